"""Entries that were blanked by law, and what a later entry left in their place."""

from lawcheck.core.journal import Change, Entry
from lawcheck.store import codec
from lawcheck.store.register import Register

Left = dict[int, list[Change]]
"""By the number of a blanked entry: the changes that stand in the place of its own, without what had to go."""


def left_of_redacted(register: Register) -> Left:
    """Return what is left of every blanked entry. A later blanking has the last word.

    Raises:
        ValueError, LookupError, TypeError: the payload of an entry that blanks others cannot be read.

    """
    left: Left = {}
    for (payload,) in register.each("entry_redacting"):
        left.update(codec.payload_redacts(str(payload)))
    return left


def changes_of(entry: Entry, left: Left) -> list[Change]:
    """Return the changes of an entry as they are replayed.

    Raises:
        LookupError: it was blanked and nothing stands in its place.
        ValueError, TypeError: its payload cannot be read.

    """
    return left[entry.seq] if entry.payload is None else codec.payload_changes(entry.payload)[0]
