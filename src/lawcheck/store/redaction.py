"""Entries that were blanked by law, what a later entry left in their place, and a file without what was erased."""

from lawcheck import errors
from lawcheck.core.journal import Change, Entry
from lawcheck.core.redaction import Left, left_by
from lawcheck.store import codec
from lawcheck.store.file import translated
from lawcheck.store.register import Register

AllLeft = dict[int, Left]
"""By the number of a blanked entry: what stands in the place of its payload, without what had to go."""


def left_of_redacted(register: Register) -> AllLeft:
    """Return what is left of every blanked entry. A later blanking has the last word.

    Raises:
        ValueError, LookupError, TypeError: the payload of an entry that blanks others cannot be read.

    """
    return left_by(register.each("entry_redacting"))  # type: ignore[arg-type]  # two columns


def changes_of(entry: Entry, left: AllLeft) -> list[Change]:
    """Return the changes of an entry as they are replayed.

    Raises:
        LookupError: it was blanked and nothing stands in its place.
        ValueError, TypeError: its payload cannot be read.

    """
    return said_by(entry, left)[0]


def said_by(entry: Entry, left: AllLeft) -> tuple[list[Change], int | None]:
    """Return what an entry says, or what is left of that, and the entry that it takes back.

    Raises:
        LookupError: it was blanked and nothing stands in its place.
        ValueError, TypeError: its payload cannot be read.

    """
    return codec.payload_changes(left[entry.seq].payload if entry.payload is None else entry.payload)


def overwrite_freed(register: Register) -> None:
    """Have SQLite overwrite what it frees from now on."""
    with translated(register.path, register.busy_seconds):
        register.connection.execute("PRAGMA secure_delete=ON")


def sweep(register: Register) -> str | None:
    """Write the file anew, so that no freed page and no log beside it holds what was erased; return what kept it.

    That is None when it is done, `busy` while others read or write, `full` where the disk is full, `interrupted`, else
    `failed`. It can be done again at any time.
    """
    try:
        with translated(register.path, register.busy_seconds):
            for statement in ("PRAGMA wal_checkpoint(TRUNCATE)", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
                found = register.connection.execute(statement).fetchone()
                if found is not None and found[0]:
                    return "busy"
    except KeyboardInterrupt:  # what was erased before is on the record by now, and that is to be told
        return "interrupted"
    except errors.RegisterLocked:
        return "busy"
    except errors.DiskFull:
        return "full"
    except errors.RegisterFault:
        return "failed"
    return None
