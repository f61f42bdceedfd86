"""Manifests as files."""

from pathlib import Path

from lawcheck.core.frozen import Document
from lawcheck.core.manifest import manifest_text
from lawcheck.export.file import write_file


def write_manifest(path: Path, document: Document, *, force: bool = False) -> None:
    """Write a manifest to a file.

    Raises:
        FileThere: there is a file already, and it is not to be replaced.
        FileNotWritten: the place cannot be written.

    """
    write_file(path, manifest_text(document).encode(), force=force)
