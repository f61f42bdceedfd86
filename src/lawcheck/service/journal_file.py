"""The journal written line by line to a file of its own."""

from collections.abc import Iterator
from typing import NamedTuple

from lawcheck.core.journal import Entry, Head
from lawcheck.core.journal_file import entry_line, header_line
from lawcheck.store.register import Register


class JournalLines(NamedTuple):
    """A journal as lines that are read while they are written; `head` is where it ends."""

    register_id: str
    head: Head
    lines: Iterator[bytes]


class JournalExported(NamedTuple):
    """A journal written to a file, and its manifest beside it; whether that is signed."""

    file: str
    manifest: str
    register_id: str
    head: Head
    size: int
    signed: bool


def journal_lines(register: Register) -> JournalLines:
    """Return the journal as it stands now, whatever others write meanwhile, until the register is let go."""
    register.hold()
    head, register_id = register.head(), register.id()

    def lines() -> Iterator[bytes]:
        yield header_line(register_id, head).encode() + b"\n"
        for values in register.each("entry_all"):
            yield entry_line(Entry._make(values)).encode() + b"\n"

    return JournalLines(register_id, head, lines())
