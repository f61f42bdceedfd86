"""The register on disk: tables and statements, one codec, the journal. Table rows never leave this room."""
