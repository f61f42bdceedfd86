"""Evidence read again: every byte in the vault, and where it is asked for what lies elsewhere."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from lawcheck.core.checks import Finding
from lawcheck.core.words import EvidenceKind
from lawcheck.store.entities import key_text
from lawcheck.store.register import Register
from lawcheck.store.vault import Vault, hash_of

Progress = Callable[[int, int], None]


class EvidenceRead(NamedTuple):
    """What was read of the evidence: files and bytes, references that were not looked for, and what was found."""

    files: int
    bytes: int
    purged: int
    references: int
    unread: int
    findings: tuple[Finding, ...]


class _Kept(NamedTuple):
    """A hash that the register names: the first row that does, its size, and whether all of it was purged."""

    hash: str
    size: int
    where: str
    place: str | None
    is_purged: bool


def read_evidence(register: Register, report: Progress, *, references: bool = False) -> EvidenceRead:
    """Read every kept file again and hold it against the hash in the register.

    Raises:
        HashUnknown: a file was hashed in a way this machine does not have.

    """
    vault = Vault(register.path)
    kept, elsewhere = _named(register)
    wanted = [one for one in kept if not one.is_purged]
    total = sum(one.size for one in wanted) + (sum(one.size for one in elsewhere) if references else 0)
    done = 0

    def on(size: int) -> None:
        nonlocal done
        done += size
        report(min(done, total), total)

    findings = [finding for one in wanted for finding in _kept_file(vault, one, on)]
    findings += [Finding("evidence.purged", one.where, one.hash) for one in kept if one.is_purged and _lies(vault, one)]
    findings += _stray(vault, {one.hash for one in kept})
    if references:
        findings += [finding for one in elsewhere for finding in _reference(one, on)]
    return EvidenceRead(
        len(wanted),
        done,
        len(kept) - len(wanted),
        len(elsewhere) if references else 0,
        0 if references else len(elsewhere),
        tuple(findings),
    )


def _named(register: Register) -> tuple[list[_Kept], list[_Kept]]:
    """Return the hashes that the register names, of kept files and of files that lie elsewhere."""
    kept: dict[str, _Kept] = {}
    elsewhere: list[_Kept] = []
    for hashed, size, year, ref, n, kind, place, purged_on in register.each("evidence_hashed"):
        one = _Kept(
            str(hashed),
            int(str(size)),
            key_text(year, ref, n),
            None if place is None else str(place),
            purged_on is not None,
        )
        if kind == EvidenceKind.REFERENCE:
            elsewhere.append(one)
            continue
        before = kept.setdefault(one.hash, one)
        if before.is_purged and not one.is_purged:
            kept[one.hash] = one  # came back after it was purged
    return list(kept.values()), elsewhere


def _kept_file(vault: Vault, one: _Kept, on: Callable[[int], None]) -> Iterator[Finding]:
    """Read a file of the vault; a link in its place, or on the way to it, is not followed."""
    try:
        path = vault.path_of(one.hash)
    except ValueError:
        yield Finding("evidence.missing", one.where, one.hash)
        return
    inside = Path(os.path.realpath(vault.folder)) / path.relative_to(vault.folder)
    if not os.path.lexists(path):
        yield Finding("evidence.missing", one.where, one.hash)
    elif Path(os.path.realpath(path)) != inside or not path.is_file():
        yield Finding("evidence.link", one.where, str(path))
    else:
        yield from _read(path, one, on, changed="evidence.bytes", unread="evidence.missing")


def _reference(one: _Kept, on: Callable[[int], None]) -> Iterator[Finding]:
    """Read a file that lies elsewhere, where it can be reached."""
    path = Path(str(one.place))
    try:
        is_there = path.is_file()
    except (OSError, ValueError):
        is_there = False
    if is_there:
        yield from _read(path, one, on, changed="evidence.reference", unread="evidence.unreachable")
    else:
        yield Finding("evidence.unreachable", one.where, str(one.place))


def _read(path: Path, one: _Kept, on: Callable[[int], None], *, changed: str, unread: str) -> Iterator[Finding]:
    try:
        size = path.stat().st_size
        if size != one.size:  # says enough, however long it is now
            yield Finding(changed, one.where, f"{one.hash} ({one.size} / {size})")
            return
        with path.open("rb") as file:
            found = hash_of(file, one.hash.partition(":")[0], on)
    except OSError as error:
        yield Finding(unread, one.where, f"{one.hash}: {error.strerror}")
        return
    if found != one.hash:
        yield Finding(changed, one.where, f"{one.hash} / {found}")


def _lies(vault: Vault, one: _Kept) -> bool:
    try:
        return os.path.lexists(vault.path_of(one.hash))
    except ValueError:
        return False


def _stray(vault: Vault, known: set[str]) -> Iterator[Finding]:
    """Yield what lies in the vault and belongs to nothing."""
    for hashed, path in vault.each():
        if hashed is None and f"{path.parent.parent.name}:{path.name}" in known:
            continue  # a link in the place of a kept file was told already
        if hashed not in known:
            yield Finding("evidence.stray", str(path.relative_to(vault.folder)))
