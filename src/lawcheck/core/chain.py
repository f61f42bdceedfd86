"""The chain of entries walked from its beginning: every entry that does not fit is named, the first one first."""

import re
from typing import NamedTuple

from lawcheck.core.checks import Finding
from lawcheck.core.journal import REDACTING_VERSION, Entry, entry_hash, payload_hash
from lawcheck.errors import InvalidValue

SHORTEST = 16
"""The fewest hexadecimal digits by which a head is taken back."""


def head_digits(text: str) -> str:
    """Return a head that was printed, or its first digits, as it is looked for.

    Raises:
        InvalidValue: it is no such thing, or too short to tell one head from another.

    """
    digits = "".join(text.split()).lower()
    if re.fullmatch(f"[0-9a-f]{{{SHORTEST},64}}", digits) is None:
        raise InvalidValue(option="--against", text=text, expected=f"{SHORTEST} .. 64 x 0-9 a-f")
    return digits


class Ancestor(NamedTuple):
    """A head that was taken back: the entry it belongs to and its instant; 0 and None for the register's id."""

    seq: int
    at: str | None
    hash: str


class Chain:
    """A walk along a chain: what was found on it, and what it has come to."""

    def __init__(self, register_id: str, against: str | None = None) -> None:
        """Begin at the register's id; `against` is a head, or the first digits of one, to be found on the way."""
        self.findings: list[Finding] = []
        self.notes: list[Finding] = []
        self.redacted: list[int] = []
        self.ancestors: list[Ancestor] = []
        self.seq = 0
        self.hash = register_id
        self.at = ""
        self.against = against
        if against is not None and register_id.startswith(against):
            self.ancestors.append(Ancestor(0, None, register_id))

    def follow(self, entry: Entry) -> bool:
        """Go on to an entry; return whether it fits."""
        before = len(self.findings)
        if entry.seq != self.seq + 1:
            self._found("chain.sequence", entry, str(self.seq + 1))
        if entry.prev != self.hash:
            self._found("chain.link", entry)
        if entry.payload is None or entry.salt is None:
            self.redacted.append(entry.seq)
        elif not _payload_fits(entry.salt, entry.payload, entry.payload_hash):
            self._found("chain.payload", entry)
        if entry_hash(entry.prev, entry) != entry.hash:
            self._found("chain.head", entry)
        if entry.version > REDACTING_VERSION:
            self._found("chain.version", entry, str(entry.version))
        if entry.at < self.at:
            self.notes.append(Finding("chain.clock", f"#{entry.seq}", f"{entry.at} < {self.at}"))
        if self.against is not None and entry.hash.startswith(self.against):
            self.ancestors.append(Ancestor(entry.seq, entry.at, entry.hash))
        self.seq, self.hash, self.at = entry.seq, entry.hash, entry.at
        return len(self.findings) == before

    def end(self, said: "set[int]") -> None:
        """Come to the end; `said` are the entries of which a later one says that it blanked them."""
        self.findings += [Finding("chain.redaction", f"#{seq}") for seq in self.redacted if seq not in said]
        if self.against is not None and len(self.ancestors) != 1:
            self.findings.append(Finding("chain.ancestor", self.against, str(len(self.ancestors))))

    def _found(self, check: str, entry: Entry, detail: str = "") -> None:
        self.findings.append(Finding(check, f"#{entry.seq}", detail))


def _payload_fits(salt: str, payload: str, hashed: str) -> bool:
    try:
        return payload_hash(salt, payload) == hashed
    except ValueError:  # a salt that is not hexadecimal
        return False
