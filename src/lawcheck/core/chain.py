"""The chain of entries walked from its beginning: every entry that does not fit is named, the first one first."""

import re
from typing import NamedTuple

from lawcheck.core.checks import Finding
from lawcheck.core.journal import REDACTING_VERSION, Entry, Head, entry_hash, payload_hash
from lawcheck.errors import InvalidValue

MOST = 100
"""So many findings are kept; more say no more."""
SHORTEST = 16
"""The fewest hexadecimal digits by which a head is taken back."""


def is_head(text: str) -> bool:
    """Tell whether a text is a head that was printed, or the first digits of one."""
    return re.fullmatch(f"[0-9a-f]{{{SHORTEST},64}}", _digits(text)) is not None


def head_digits(text: str) -> str:
    """Return a head that was printed, or its first digits, as it is looked for.

    Raises:
        InvalidValue: it is no such thing, or too short to tell one head from another.

    """
    if not is_head(text):
        raise InvalidValue(option="--against", text=text, expected=f"{SHORTEST} .. 64 x 0-9 a-f")
    return _digits(text)


def _digits(text: str) -> str:
    return "".join(text.split()).lower()


class Ancestor(NamedTuple):
    """A head that was taken back: the entry it belongs to and its instant; 0 and None for the register's id."""

    seq: int
    at: str | None
    hash: str


class Chain:
    """A walk along a chain: what was found on it, and what it has come to."""

    def __init__(self, register_id: str, against: str | None = None, begun: str | None = None) -> None:
        """Begin at the register's id; `against` is a head, or the first digits of one, to be found on the way.

        `begun` is the instant at which the register says that it was begun, which is that of its first entry.
        """
        self.findings: list[Finding] = []
        self.notes: list[Finding] = []
        self.redacted: list[int] = []
        self.ancestors: list[Ancestor] = []
        self.seq = 0
        self.hash = register_id
        self.at = ""
        self.against = against
        self.begun = begun
        if against is not None and register_id.startswith(against):
            self.ancestors.append(Ancestor(0, None, register_id))

    def follow(self, entry: Entry) -> bool:
        """Go on to an entry; return whether it fits."""
        seq, at, _, _, _, _, version, _, payload, salt, payload_hashed, prev, hashed = entry
        fits = True
        if seq != self.seq + 1:
            fits = self._found("chain.sequence", seq, str(self.seq + 1))
        if seq == 1 and self.begun not in (None, at):
            fits = self._found("chain.begin", seq, str(self.begun))
        if prev != self.hash:
            fits = self._found("chain.link", seq)
        if payload is None or salt is None:
            self.redacted.append(seq)
        elif not _payload_fits(salt, payload, payload_hashed):
            fits = self._found("chain.payload", seq)
        if entry_hash(prev, entry) != hashed:
            fits = self._found("chain.head", seq)
        if version > REDACTING_VERSION:
            fits = self._found("chain.version", seq, str(version))
        if at < self.at and len(self.notes) < MOST:
            self.notes.append(Finding("chain.clock", f"#{seq}", f"{at} < {self.at}"))
        if self.against is not None and hashed.startswith(self.against) and len(self.ancestors) <= 1:
            self.ancestors.append(Ancestor(seq, at, hashed))
        self.seq, self.hash, self.at = seq, hashed, at
        return fits

    def end(self, said: set[int], head: Head | None = None) -> None:
        """Come to the end; `said` are the entries of which a later one says that it blanked them.

        `head` is where the chain is said to end.
        """
        for seq in self.redacted:
            if seq not in said:
                self._found("chain.redaction", seq)
        if head is not None and (self.seq, self.hash) != head:
            self._found("chain.end", self.seq, f"#{head.seq} {head.hash}")
        if self.against is not None and len(self.ancestors) != 1:
            self.findings.append(Finding("chain.ancestor", self.against, str(len(self.ancestors))))

    def _found(self, check: str, seq: int, detail: str = "") -> bool:
        if len(self.findings) < MOST:
            self.findings.append(Finding(check, f"#{seq}", detail))
        return False


def _payload_fits(salt: str, payload: str, hashed: str) -> bool:
    try:
        return payload_hash(salt, payload) == hashed
    except ValueError:  # a salt that is not hexadecimal
        return False
