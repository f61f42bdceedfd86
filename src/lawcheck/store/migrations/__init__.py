"""From one version of the schema to the next, oldest first: `to_2` makes version 2 of version 1.

A migration that was released is never edited and imports nothing that may change after it. It runs in a transaction
that others do not see, with foreign keys unchecked until its end, and leaves the journal as it is.
"""
