"""The whole register as open files in one archive, byte for byte the same for the same record."""

import os
from pathlib import Path
from typing import NamedTuple

from lawcheck.core.archive import (
    DOCUMENTS,
    JOURNAL,
    MANIFEST,
    REGISTER,
    About,
    about_line,
    document_line,
    entry_line,
    evidence_part,
)
from lawcheck.core.frozen import Document
from lawcheck.core.journal import Actor, Entry, Head
from lawcheck.core.manifest import ManifestFile, ManifestKind, manifest, manifest_text
from lawcheck.core.writing import reason
from lawcheck.errors import BackupOntoItself, FileNotWritten, FileThere
from lawcheck.service.backup import ATTEMPTS, Progress, Sign, Tally, belongs_to
from lawcheck.store.archive import MAX_EVIDENCE, writing
from lawcheck.store.copying import (
    Copied,
    check_room,
    file_size,
    new_file,
    open_plain,
    readable,
    row_count,
    wanted_files,
)
from lawcheck.store.file import SCHEMA_VERSION
from lawcheck.store.placing import made_beside, move_in, sync_tree
from lawcheck.store.register import Register
from lawcheck.store.vault import Vault


class Exported(NamedTuple):
    """An archive: where it is, of which register, the head that it holds, how much, and what could not be had."""

    file: str
    register: str
    register_id: str
    head: Head
    rows: int
    files: int
    size: int
    lost: tuple[str, ...]
    signed: bool


def export_register(
    register: Register, file: Path, *, force: bool, progress: Progress | None = None, sign: Sign | None = None
) -> Exported:
    """Write the whole register as open files, beside its place, and move it there when it is whole.

    Nothing in it but the record decides its bytes: its manifest names the instant and the person of the last entry.

    Raises:
        FileThere: there is a file already, and it is not to be replaced.
        BackupOntoItself: the place is the register's own.
        FileNotWritten: the place cannot be written, or the disk is full.

    """
    place = _place(register, file, force=force)
    with made_beside(place) as folder:
        made = folder / "made"
        made.mkdir(mode=0o700)
        for _ in range(ATTEMPTS):
            with register.snapshot():
                done = _written(register, made / place.name, str(file), progress, sign)
            now = {one.hash for one in wanted_files(register)}
            if now.issuperset(done.lost):
                break
            (made / place.name).unlink()  # evidence was purged in the middle: the archive is to be of now
        sync_tree(made)
        move_in([(made / place.name, place)], folder)
    return done


def _place(register: Register, file: Path, *, force: bool) -> Path:
    try:
        place = Path(os.path.realpath(file))
        if belongs_to(register, place):
            raise BackupOntoItself(path=str(file))
        if os.path.lexists(place) and not place.is_file():
            raise FileNotWritten(path=str(file), reason="not-a-file")
        if os.path.lexists(place) and not force:
            raise FileThere(path=str(file))
    except (OSError, ValueError) as error:  # a name that no file can have
        raise FileNotWritten(path=str(file), reason=reason(error)) from error
    return place


def _written(register: Register, copy: Path, shown: str, progress: Progress | None, sign: Sign | None) -> Exported:
    """Write an archive of the register as it stands in this snapshot."""
    vault, wanted = Vault(register.path), wanted_files(register)
    if len(wanted) > MAX_EVIDENCE:
        raise FileNotWritten(path=shown, reason="too-many-files")
    of_evidence = sum(one.size for one in wanted)
    check_room(copy, 2 * file_size(register) + of_evidence)  # open files take more room than a table
    told = Tally(progress, 2 * of_evidence)
    kept = readable(vault, wanted, told)
    ((_one, register_id, created_at),) = register.all("register_all")
    about = About(str(register_id), str(created_at), SCHEMA_VERSION)
    with new_file(copy) as file, writing(file) as archive:
        archive.lines(REGISTER, [about_line(about)])
        archive.lines(JOURNAL, (entry_line(Entry(*values)) for values in register.each("entry_all")))  # type: ignore[arg-type]
        archive.lines(DOCUMENTS, (document_line(str(key), str(body)) for key, body in register.each("document_all")))
        for one in kept.files:
            archive.file(evidence_part(one.hash), one.hash, open_plain(vault.path_of(one.hash)), told)
        document = _manifest(register, about, kept, archive.files)
        archive.text(MANIFEST, manifest_text(document if sign is None else sign(document)))
    return Exported(
        shown,
        str(register.path),
        about.id,
        register.head(),
        row_count(register),
        len(kept.files),
        copy.stat().st_size,
        kept.lost,
        sign is not None,
    )


def _manifest(register: Register, about: About, kept: Copied, files: list[ManifestFile]) -> Document:
    last = register.all("entry_latest", most=1)
    at, person = (str(last[0][1]), str(last[0][2])) if last else (about.created_at, "")
    who = Actor(person, "", "", at, "", today_set=False)
    head = register.head()
    content = {"entries": head.seq, "rows": row_count(register), "schema": about.schema, "lost": list(kept.lost)}
    return manifest(ManifestKind.EXPORT, about.id, head, who, files, content)
