"""A file that left the register, checked without it: a journal, a manifest, or another register."""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from lawcheck.core.chain import Ancestor, Chain
from lawcheck.core.checks import Finding
from lawcheck.core.frozen import Document
from lawcheck.core.journal import REDACTING_VERSION, Head
from lawcheck.core.journal_file import read_entry, read_header, read_redacts
from lawcheck.core.manifest import ManifestKind, files_of, read_manifest
from lawcheck.core.writing import reading_reason
from lawcheck.errors import LawcheckError, NoSuchFile, NotProvable
from lawcheck.store.vault import ALGORITHMS, hash_of

Progress = Callable[[int, int], None]
Check = Callable[[Document], str | None]
MAX_LINE = 64 << 20
"""The longest line of a journal that is read: far more than the largest import of cases writes."""
MAX_MANIFEST = 32 << 20
_SQLITE = b"SQLite format 3\x00"
_LIE_BESIDE = (ManifestKind.BACKUP, ManifestKind.EXPORT, ManifestKind.JOURNAL, ManifestKind.REPORT)
"""Kinds of manifests whose files lie beside them; a closing's are the evidence in the vault."""


class JournalVerified(NamedTuple):
    """What was found in a journal's file; `head` is the one it says it ends with."""

    file: str
    register_id: str
    entries: int
    redacted: tuple[int, ...]
    head: Head
    findings: tuple[Finding, ...]
    notes: tuple[Finding, ...]
    ancestor: Ancestor | None


class ManifestVerified(NamedTuple):
    """What was found of a manifest; `fingerprint` is that of the key it is signed by, None where it is not signed."""

    file: str
    kind: str
    register_id: str
    head: Head
    made_at: str
    made_by: str
    files: int
    fingerprint: str | None
    findings: tuple[Finding, ...]
    notes: tuple[Finding, ...]


def is_file(path: Path) -> bool:
    """Tell whether there is a file, whatever is written there for its name."""
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def is_register(path: Path) -> bool:
    """Tell whether a file is a database of SQLite, by its first bytes.

    Raises:
        NoSuchFile: it is not there or cannot be read.

    """
    with _opened(path) as file:
        return file.read(len(_SQLITE)) == _SQLITE


def verify_file(
    path: Path, check: Check, progress: Progress | None = None, against: str | None = None
) -> JournalVerified | ManifestVerified:
    """Check a journal or a manifest; `check` looks at a manifest's signature and returns the key's fingerprint.

    Raises:
        NoSuchFile: it is not there or cannot be read.
        NotProvable: it is neither.

    """
    report = progress or (lambda _done, _of: None)
    with _opened(path) as file:
        first = file.readline(MAX_LINE)
        try:
            register_id, head = read_header(first)
        except ValueError:
            file.seek(0)
            return _manifest(path, file.read(MAX_MANIFEST + 1), check, report)
        chain = Chain(register_id, against)
        size = os.fstat(file.fileno()).st_size
        said: set[int] = set()
        try:
            chain.findings += _entries(file, chain, said, lambda done: report(min(done, size), size))
        except OSError as error:
            raise NoSuchFile(path=str(path), reason=reading_reason(error)) from error
        chain.end(said, head)
    return JournalVerified(
        str(path),
        register_id,
        chain.seq,
        tuple(chain.redacted),
        head,
        tuple(chain.findings),
        tuple(chain.notes),
        chain.ancestors[0] if len(chain.ancestors) == 1 else None,
    )


def read_manifest_file(path: Path) -> Document:
    """Read a manifest.

    Raises:
        NoSuchFile: it is not there or cannot be read.
        NotProvable: it is none.

    """
    with _opened(path) as file:
        return _document(path, file.read(MAX_MANIFEST + 1))


def _opened(path: Path) -> BinaryIO:
    """Open a plain file to be read; nothing waits for a pipe or a device.

    Raises:
        NoSuchFile: it is not there, cannot be read, or is something else.

    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.close(descriptor)
            raise NoSuchFile(path=str(path), reason="not-a-file")
        return os.fdopen(descriptor, "rb")
    except (OSError, ValueError) as error:
        raise NoSuchFile(path=str(path), reason=reading_reason(error)) from error


def _entries(file: BinaryIO, chain: Chain, said: set[int], on: Callable[[int], None]) -> Iterator[Finding]:
    """Follow the lines of a journal; the first that is no entry ends it."""
    number, done = 1, file.tell()
    while line := file.readline(MAX_LINE + 1):
        number += 1
        done += len(line)
        if len(line) > MAX_LINE:
            yield Finding("chain.form", f"{number}:1", f"> {MAX_LINE}")
            return
        try:
            entry = read_entry(line)
        except ValueError as error:
            yield Finding("chain.form", f"{number}:1", str(error)[:100])
            return
        chain.follow(entry)
        if entry.version == REDACTING_VERSION and entry.payload is not None:
            try:
                said |= read_redacts(entry.payload)
            except ValueError as error:
                yield Finding("chain.form", f"#{entry.seq}", str(error)[:100])
        on(done)


def _document(path: Path, held: bytes) -> Document:
    if len(held) > MAX_MANIFEST:
        raise NotProvable(path=str(path), reason="too-large")
    try:
        return read_manifest(held)
    except ValueError as error:
        raise NotProvable(path=str(path), reason="unknown-form") from error


def _manifest(path: Path, held: bytes, check: Check, report: Progress) -> ManifestVerified:
    document = _document(path, held)
    findings, notes, fingerprint = [], [], None
    try:
        fingerprint = check(document)
    except LawcheckError as error:
        if error.code != "signature-wrong":
            raise
        findings.append(Finding("manifest.signature", path.name, str(error.params["reason"])))
    else:
        if fingerprint is None:
            notes.append(Finding("manifest.unsigned", path.name))
    files = files_of(document)
    if document["kind"] in _LIE_BESIDE:
        total, done = sum(file.size for file in files), 0
        for one in files:
            findings += _beside(path.parent, one.name, one.hash, one.size)
            done += one.size
            report(min(done, total), total)
    return ManifestVerified(
        str(path),
        str(document["kind"]),
        str(document["register_id"]),
        Head(document["head"]["seq"], document["head"]["hash"]),
        str(document["made_at"]),
        str(document["made_by"]),
        len(files),
        fingerprint,
        tuple(findings),
        tuple(notes),
    )


def _beside(folder: Path, name: str, hashed: str, size: int) -> Iterator[Finding]:
    """Hold a file that lies beside a manifest against it; no name leads out of the folder."""
    place = Path(os.path.realpath(folder))
    if hashed.partition(":")[0] not in ALGORITHMS:
        yield Finding("manifest.files", name, hashed[:80])
        return
    try:
        path = Path(os.path.realpath(place / name))
        if not path.is_relative_to(place) or path == place:
            yield Finding("manifest.files", name, "outside")
            return
        with _opened(path) as file:
            found_size = os.fstat(file.fileno()).st_size
            found = hash_of(file, hashed.partition(":")[0]) if found_size == size else ""
    except NoSuchFile as error:
        yield Finding("manifest.absent", name, str(error.params["reason"]))
        return
    except (OSError, ValueError) as error:
        yield Finding("manifest.absent", name, reading_reason(error))
        return
    if found != hashed:
        yield Finding("manifest.files", name, found or f"{size} / {found_size}")
