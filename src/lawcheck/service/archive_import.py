"""An archive of open files made a register again: its journal is replayed from empty, and the result is proved."""

import sqlite3
from pathlib import Path
from typing import NamedTuple

from lawcheck.core.archive import (
    DOCUMENTS,
    JOURNAL,
    MANIFEST,
    REGISTER,
    About,
    Unfit,
    about_of,
    document_of,
    entry_of,
    evidence_hash,
    evidence_part,
)
from lawcheck.core.chain import Chain
from lawcheck.core.frozen import Document
from lawcheck.core.journal import Entry, Head
from lawcheck.core.manifest import ManifestFile, ManifestKind, files_of, read_manifest
from lawcheck.service.backup import Progress, Tally
from lawcheck.service.restore import MAX_MANIFEST, Check, check_free, folder_of, move_register_in
from lawcheck.service.verify import verify
from lawcheck.store.archive import ArchiveReader, reading
from lawcheck.store.copying import Wanted, check_room, keep_pieces, not_the_register, row_count, wanted_files
from lawcheck.store.entities import Mismatch, apply_recorded, write_touched
from lawcheck.store.file import SCHEMA_VERSION
from lawcheck.store.placing import made_beside
from lawcheck.store.redaction import changes_of, left_of_redacted
from lawcheck.store.register import Register
from lawcheck.store.vault import Vault

_UNFIT = (
    Mismatch,
    sqlite3.IntegrityError,
    sqlite3.ProgrammingError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    RecursionError,
)
"""What goes wrong where an entry says nonsense."""
_MOST_ABOUT = 4096


class Imported(NamedTuple):
    """A register made from an archive: where, its head, how much, and the evidence that the archive did not have."""

    register: str
    file: str
    register_id: str
    head: Head
    rows: int
    files: int
    lost: tuple[str, ...]
    signed: bool


def import_register(
    file: Path,
    place: Path,
    *,
    busy_seconds: float,
    check: Check | None = None,
    progress: Progress | None = None,
) -> Imported:
    """Make a register from an archive at a place where there is none; nothing is there until all of it is proved.

    Raises:
        RegisterThere: there is something at the place.
        NoSuchFile: there is no such archive.
        BadArchive: it is none, or something in it is not as it must be.
        FileNotWritten: the place cannot be written, or the disk is full.

    """
    check_free(place)
    told = Tally(progress, 0)
    with reading(file, told) as archive, folder_of(place), made_beside(place) as folder:
        told.of = sum(part.file_size for part in archive.archive.infolist())
        copy = folder / place.name
        check_room(copy, 2 * told.of)
        about = _about(archive)
        with (
            not_the_register(copy),
            Register.create(copy, about.created_at, busy_seconds, register_id=about.id) as register,
        ):
            register.is_new = False
            register.pragma("synchronous=OFF")  # all of it is brought to the disk before it is moved
            register.pragma("journal_mode=MEMORY")
            with register.transaction():
                _take_journal(archive, register)
                _take_documents(archive, register)
                _replay(archive, register)
            findings = verify(register).findings
            if findings:
                raise archive.bad("not-whole", f"{findings[0].check} {findings[0].where}")
            head, wanted, rows = register.head(), wanted_files(register), row_count(register)
        lost, signed = _take_evidence(archive, about, head, wanted, Vault(copy), check)
        move_register_in(copy, place, folder)
    return Imported(str(place), str(file), about.id, head, rows, len(wanted) - len(lost), lost, signed)


def _about(archive: ArchiveReader) -> About:
    if archive.size(REGISTER) > _MOST_ABOUT:
        raise archive.bad("too-long", REGISTER)
    lines = list(archive.lines(REGISTER))
    try:
        about = about_of(lines[0] if len(lines) == 1 else b"")
    except Unfit as unfit:
        raise archive.bad(str(unfit.args[0]), REGISTER, 1) from unfit
    if about.schema > SCHEMA_VERSION:
        raise archive.bad("newer-archive", REGISTER, 1)
    return about


def _take_journal(archive: ArchiveReader, register: Register) -> None:
    """Write the entries as they are; each fits the one before it."""
    chain = Chain(register.id())
    for number, line in enumerate(archive.lines(JOURNAL), start=1):
        try:
            entry = entry_of(line)
            if not chain.follow(entry):
                raise archive.bad("unchained", JOURNAL, number)
            register.run("entry_insert", **entry._asdict())
        except Unfit as unfit:
            raise archive.bad(str(unfit.args[0]), JOURNAL, number) from unfit
        except _UNFIT as error:
            raise archive.bad("not-applicable", JOURNAL, number) from error


def _take_documents(archive: ArchiveReader, register: Register) -> None:
    """Write the frozen copies; they stand in order, each once."""
    before = ""
    for number, line in enumerate(archive.lines(DOCUMENTS), start=1):
        try:
            key, body = document_of(line)
            if key <= before:
                raise archive.bad("not-by-hash", DOCUMENTS, number)
            register.run("document_insert", hash=key, body=body)
        except Unfit as unfit:
            raise archive.bad(str(unfit.args[0]), DOCUMENTS, number) from unfit
        except _UNFIT as error:
            raise archive.bad("not-applicable", DOCUMENTS, number) from error
        before = key


def _replay(archive: ArchiveReader, register: Register) -> None:
    """Apply every entry to the empty tables."""
    try:
        left = left_of_redacted(register)
    except _UNFIT as error:
        raise archive.bad("bad-redaction", JOURNAL) from error
    for values in register.each("entry_all"):
        entry = Entry(*values)  # type: ignore[arg-type]
        try:
            changes = changes_of(entry, left)
            apply_recorded(register.connection, changes)
            write_touched(register.connection, entry.seq, changes)
        except _UNFIT as error:
            raise archive.bad("not-applicable", JOURNAL, entry.seq) from error


def _take_evidence(
    archive: ArchiveReader, about: About, head: Head, wanted: list[Wanted], vault: Vault, check: Check | None
) -> tuple[tuple[str, ...], bool]:
    """Take the evidence that the journal refers to, and hold all against the manifest."""
    document = _manifest(archive, about, head)
    lost = tuple(document["content"]["lost"])
    sizes = {one.hash: one.size for one in wanted if one.hash not in lost}
    if len(sizes) + len(lost) != len(wanted):
        raise archive.bad("other-lost", MANIFEST)
    for name in archive.evidence:
        if archive.size(name) != sizes.get(evidence_hash(name) or ""):
            raise archive.bad("unknown-evidence", name)
    for hashed, size in sizes.items():
        name = evidence_part(hashed)
        if name not in archive.evidence:
            raise archive.bad("missing-part", name)
        if not keep_pieces(archive.pieces(name), vault.place_for(hashed), hashed):
            raise archive.bad("other-hash", name)
        archive.files.append(ManifestFile(name, hashed, size))
    if files_of(document) != archive.files:
        raise archive.bad("other-files", MANIFEST)
    return lost, check(document) if check is not None else False


def _manifest(archive: ArchiveReader, about: About, head: Head) -> Document:
    try:
        document = read_manifest(archive.whole(MANIFEST, MAX_MANIFEST))
        lost = [str(one) for one in document["content"]["lost"]]
    except (ValueError, LookupError, TypeError) as error:
        raise archive.bad("bad-manifest", MANIFEST) from error
    if document["kind"] != ManifestKind.EXPORT or lost != sorted(set(lost)):
        raise archive.bad("bad-manifest", MANIFEST)
    if (document["register_id"], document["head"]) != (about.id, {"seq": head.seq, "hash": head.hash}):
        raise archive.bad("other-head", MANIFEST)
    return document
