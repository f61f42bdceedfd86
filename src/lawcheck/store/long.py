"""Long payloads, looked through piece by piece and never held as a whole."""

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

from lawcheck.core.journal import Change
from lawcheck.store.file import translated
from lawcheck.store.register import Register

_PIECE, _KEY = 1 << 20, 4096
"""How much of a long payload is read at once, and more than a key takes."""


class LeftAbout(NamedTuple):
    """What is left of a blanked entry about some things: `by` which entry, and `why`."""

    changes: tuple[Change, ...]
    undoes: int | None
    by: int
    why: str


class _Frame:
    """A payload inside of which another one is read: of an entry that blanks, or of one that it blanks."""

    def __init__(self, seq: int) -> None:
        self.seq = seq
        self.changes: list[Change] = []
        self.undoes: int | None = None
        self.blanked: list[_Frame] = []


class _Long:
    """A payload in the register's file."""

    def __init__(self, blob: sqlite3.Blob) -> None:
        self.blob = blob
        self.size = len(blob)

    def found(self, pattern: re.Pattern[bytes]) -> Iterator[tuple[int, re.Match[bytes]]]:
        """Yield where a pattern is found, and the match; none is longer than a key."""
        for start in range(0, self.size, _PIECE):
            self.blob.seek(start)
            piece = self.blob.read(_PIECE + _KEY)
            for match in pattern.finditer(piece):
                if match.start() >= _PIECE:
                    break  # begins in the next piece
                yield start + match.start(), match

    def value_at(self, place: int) -> Any:  # noqa: ANN401  # what JSON holds
        """Return the JSON value that begins at a place.

        Raises:
            ValueError: there is none.

        """
        length = _KEY
        while True:
            self.blob.seek(place)
            try:
                return json.JSONDecoder().raw_decode(self.blob.read(length).decode("utf-8", "ignore"))[0]
            except ValueError:
                if place + length > self.size:
                    raise
                length *= 8


@contextmanager
def _long(register: Register, seq: int) -> Iterator[_Long]:
    with (
        translated(register.path, register.busy_seconds),
        register.connection.blobopen("entry", "payload", seq, readonly=True) as blob,
    ):
        yield _Long(blob)


def _about(keys: Sequence[str]) -> str:
    """Return the pattern of a change's beginning that speaks of things with these keys, or of what is under them."""
    names = "|".join(re.escape(json.dumps(key, ensure_ascii=False)[:-1]) for key in keys)
    return rf'\["[a-z_]+",(?:{names})["./#]'


def changes_about(register: Register, seq: int, keys: Sequence[str]) -> tuple[tuple[Change, ...], int | None]:
    """Return what a long entry says of things with these keys and of what stands under them, and what it undoes."""
    with _long(register, seq) as payload:
        changes = tuple(Change(*payload.value_at(at)) for at, _ in payload.found(re.compile(_about(keys).encode())))
        payload.blob.seek(max(0, payload.size - _KEY))
        tail = payload.blob.read(_KEY).rpartition(b'"undoes":')[2]
    return changes, json.loads(tail[:-1])


def left_about(register: Register, keys: Sequence[str]) -> dict[int, LeftAbout]:
    """Return what is left of blanked entries about things with these keys, however long what is left of them is.

    Raises:
        ValueError, LookupError, TypeError: the payload of an entry that blanks others cannot be read.

    """
    found: dict[int, LeftAbout] = {}
    pattern = re.compile(rf'\[([0-9]+),{{"changes":\[|\],"undoes":(null|[0-9]+)(,"why":)?|{_about(keys)}'.encode())
    for (seq,) in register.all("redacting_seqs"):
        with _long(register, int(str(seq))) as payload:
            frames = [_Frame(int(str(seq)))]
            for at, match in payload.found(pattern):
                begins, undoes, says_why = match.groups()
                if begins:
                    frames.append(_Frame(int(begins)))
                elif not undoes:
                    frames[-1].changes.append(Change(*payload.value_at(at)))
                else:
                    ended = frames.pop()
                    ended.undoes = json.loads(undoes)
                    if frames:
                        frames[-1].blanked.append(ended)
                    if says_why:
                        why = str(payload.value_at(at + len(match[0])))
                        for one in ended.blanked:
                            found.setdefault(one.seq, LeftAbout(tuple(one.changes), one.undoes, ended.seq, why))
    return found
