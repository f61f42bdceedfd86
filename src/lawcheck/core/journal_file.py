"""The journal as a file of JSON lines, which can be checked without the register.

The first line says what it is: `lawcheck_journal` its version, the register's id, the head. After it stands one entry
a line, from the first to the head, with everything that its hash covers; payload and salt are null where it was
blanked.
"""

from collections.abc import Iterator
from typing import Any

from lawcheck.core.canonical import canonical, read_json
from lawcheck.core.journal import Entry, Head

JOURNAL_VERSION = 1
_TYPES: dict[str, tuple[type, ...]] = dict.fromkeys(Entry._fields, (str,))
_TYPES |= dict.fromkeys(("seq", "version"), (int,)) | dict.fromkeys(("today", "payload", "salt"), (str, type(None)))


def header_line(register_id: str, head: Head) -> str:
    """Return the first line, without its end."""
    of = {"seq": head.seq, "hash": head.hash}
    return canonical({"lawcheck_journal": JOURNAL_VERSION, "register_id": register_id, "head": of})


def entry_line(entry: Entry) -> str:
    """Return the line of an entry, without its end."""
    return canonical(entry._asdict())


def read_header(line: bytes) -> tuple[str, Head]:
    """Read the first line: the register's id and the head.

    Raises:
        ValueError: it is none of a journal.

    """
    held = _read(line)
    head = held.get("head")
    if held.get("lawcheck_journal") != JOURNAL_VERSION or not isinstance(head, dict):
        raise ValueError(JOURNAL_VERSION)
    register_id, seq, hashed = held.get("register_id"), head.get("seq"), head.get("hash")
    if type(seq) is not int or not isinstance(hashed, str) or not isinstance(register_id, str):
        raise ValueError(JOURNAL_VERSION)
    return register_id, Head(seq, hashed)


def read_entry(line: bytes) -> Entry:
    """Read the line of an entry.

    Raises:
        ValueError: it is none.

    """
    held = _read(line)
    if set(held) != set(Entry._fields):
        raise ValueError(", ".join(sorted(set(Entry._fields) ^ set(held)))[:100])
    for name, value in held.items():
        if isinstance(value, str):
            value.encode()  # half of a pair of surrogates is no text
        fits = type(value) in _TYPES[name] and not (isinstance(value, int) and abs(value) >= 1 << 63)
        if not fits:
            raise ValueError(name)
    return Entry(**held)  # type: ignore[arg-type]  # just looked at


def read_redacts(payload: str) -> set[int]:
    """Return which entries a payload of the redacting version blanks, or one that it blanked in turn.

    Raises:
        ValueError: it is no such payload.

    """
    try:
        return set(_redacts(read_json(payload)))
    except (AttributeError, LookupError, TypeError, RecursionError) as error:
        raise ValueError(str(error)) from error


def _redacts(held: Any) -> Iterator[int]:  # noqa: ANN401  # what JSON holds
    for seq, left in held.get("redacts", ()):
        yield int(seq)
        yield from _redacts(left)


def _read(line: bytes) -> dict[str, object]:
    held = read_json(line.decode())
    if not isinstance(held, dict):
        raise ValueError(type(held).__name__)  # noqa: TRY004  # of what is in a file, not of a call
    return held
