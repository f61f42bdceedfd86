"""A backup: the register at one moment, the evidence that it refers to, and a manifest, read back after writing."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import NamedTuple

from lawcheck.core.frozen import Document
from lawcheck.core.journal import Actor, Head
from lawcheck.core.manifest import (
    ManifestFile,
    ManifestKind,
    manifest,
    manifest_text,
    read_manifest,
)
from lawcheck.core.writing import reason
from lawcheck.errors import BackupOntoItself, FileNotWritten, FileThere, NotReplaced, RegisterDamaged
from lawcheck.store.copying import (
    Hashing,
    Wanted,
    check_room,
    copy_file,
    copy_register,
    file_size,
    first_fault,
    manifest_place,
    new_file,
    readable,
    row_count,
    wanted_files,
)
from lawcheck.store.file import SCHEMA_VERSION
from lawcheck.store.placing import COMPANIONS, made_beside, move_in, sync_file, sync_tree
from lawcheck.store.register import Register
from lawcheck.store.vault import Vault, sync_folder

Progress = Callable[[int, int], None]
Sign = Callable[[Document], Document]
ATTEMPTS = 3
"""How often a backup begins anew because evidence was purged in the middle of it."""


class BackedUp(NamedTuple):
    """A backup: where it is, the head that it holds, how much, and the evidence that could not be had (`lost`)."""

    file: str
    manifest: str
    register: str
    register_id: str
    head: Head
    rows: int
    files: int
    size: int
    lost: tuple[str, ...]
    signed: bool


class Tally:
    """Adds up pieces of work for a progress bar."""

    def __init__(self, progress: Progress | None, of: int) -> None:
        """Begin with nothing done of `of`."""
        self.progress = progress
        self.done, self.of = 0, of

    def __call__(self, more: int) -> None:
        """Add to what is done."""
        self.done += more
        if self.progress is not None:
            self.progress(min(self.done, self.of), self.of)


def back_up(  # what a backup is of, by whom, where to
    register: Register,
    actor: Actor,
    file: Path,
    *,
    force: bool,
    progress: Progress | None = None,
    sign: Sign | None = None,
) -> BackedUp:
    """Write a backup beside its place, read it back and move it there, the manifest last; nothing half stays.

    Others may write meanwhile: the backup is the register at one moment, its head in the manifest.

    Raises:
        FileThere: there is something already, and it is not to be replaced.
        NotReplaced: what is there is no backup that was finished.
        BackupOntoItself: the place is the register's own.
        FileNotWritten: the place cannot be written, the disk is full, or what is read back is something else.
        RegisterDamaged: SQLite finds the register itself damaged.

    """
    place = _place(register, file, force=force)
    with made_beside(place) as folder:
        for attempt in range(ATTEMPTS):
            made = folder / str(attempt)
            made.mkdir(mode=0o700)
            done, document = _made(register, actor, made / place.name, str(file), progress)
            if not done.lost or not _purged_since(register, done):
                break
        if sign is not None:
            document = sign(document)
            done = done._replace(signed=True)
        with new_file(manifest_place(made / place.name)) as manifest_file:
            manifest_file.write(manifest_text(document).encode())
        sync_file(manifest_place(made / place.name))
        sync_folder(made)
        parts = [made / place.name, Vault(made / place.name).folder, manifest_place(made / place.name)]
        companions = [place.with_name(place.name + end) for end in COMPANIONS]
        stale = [] if done.files else [Vault(place).folder]
        move_in(
            [(part, place.with_name(part.name)) for part in parts if part.exists()],
            folder,
            instead_of=[manifest_place(place), *stale, *companions],
        )
    return done


def _place(register: Register, file: Path, *, force: bool) -> Path:
    """Return where the backup goes; what stands there is an earlier one, if anything.

    Raises:
        FileThere: as `back_up`.
        NotReplaced: as `back_up`.
        BackupOntoItself: as `back_up`.
        FileNotWritten: there is no such folder, or no file can be there.

    """
    try:
        place = Path(os.path.realpath(file))
        taken = [one for one in (place, Vault(place).folder, manifest_place(place)) if os.path.lexists(one)]
        if belongs_to(register, place):
            raise BackupOntoItself(path=str(file))
        if place.is_dir():
            raise FileNotWritten(path=str(file), reason="not-a-file")
    except (OSError, ValueError) as error:  # a name that no file can have
        raise FileNotWritten(path=str(file), reason=reason(error)) from error
    if taken and not force:
        raise FileThere(path=str(taken[0]))
    if taken and not _is_backup(place):
        raise NotReplaced(path=str(taken[0]))
    return place


def belongs_to(register: Register, place: Path) -> bool:
    """Tell whether a place is that of a register, of its vault, or of what SQLite puts beside it.

    Raises:
        OSError, ValueError: no file can be there.

    """
    own = Path(os.path.realpath(register.path))
    vault = Vault(own).folder
    ours = {own, vault, manifest_place(own), *(own.with_name(own.name + end) for end in COMPANIONS)}
    return place in ours or vault in place.parents or (place.exists() and place.samefile(own))


def _is_backup(place: Path) -> bool:
    """Tell whether a backup that was finished stands at a place, by its manifest."""
    try:
        held = read_manifest(manifest_place(place).read_bytes())
    except (OSError, ValueError):
        return False
    return held["kind"] == ManifestKind.BACKUP and place.is_file()


def _made(
    register: Register, actor: Actor, copy: Path, shown: str, progress: Progress | None
) -> tuple[BackedUp, Document]:
    """Make a copy and read it back; return what it is, and its manifest.

    Raises:
        FileNotWritten: as `back_up`.
        RegisterDamaged: as `back_up`.

    """
    of_file = file_size(register)
    of_all = of_file + sum(one.size for one in wanted_files(register))
    check_room(copy, of_all)
    told = Tally(progress, 2 * of_all)
    with Hashing() as hashing:
        copy_register(register, copy, told)
        of_copy = hashing.begin(copy, "sha256")
        with Register.open(copy, register.busy_seconds) as held:
            copied = list(_copied(register, wanted_files(held), Vault(copy), hashing, told))
            head = _whole_head(register, held)
            rows = row_count(held)
            register_id = held.id()
        sync_tree(copy.parent)
        files = [ManifestFile(copy.name, of_copy.result(), copy.stat().st_size)]
        told(of_file)
        kept, lost = _read_back(register, copy, copied, told)
    files += kept
    content = {"entries": head.seq, "rows": rows, "schema": SCHEMA_VERSION, "lost": lost}
    document = manifest(ManifestKind.BACKUP, register_id, head, actor, files, content)
    size = sum(one.size for one in files)
    beside = str(manifest_place(Path(shown)))
    done = BackedUp(
        shown, beside, str(register.path), register_id, head, rows, len(kept), size, tuple(lost), signed=False
    )
    return done, document


Copied = tuple[Wanted, Future[str] | None]
"""A file of evidence, and the hash of its copy that is being read back; None where there was nothing to copy."""


def _copied(register: Register, wanted: list[Wanted], vault: Vault, hashing: Hashing, told: Tally) -> Iterator[Copied]:
    """Copy the evidence that a copy refers to, and have it read back."""
    source = Vault(register.path)
    for one in wanted:
        place = vault.place_for(one.hash)
        there = copy_file(source.path_of(one.hash), place, told)
        yield one, hashing.begin(place, one.hash.partition(":")[0]) if there else None


def _whole_head(register: Register, held: Register) -> Head:
    """Return the head of a copy that is whole: for SQLite, and as a chain of entries without a gap.

    Raises:
        RegisterDamaged: the register that was copied is damaged itself.
        FileNotWritten: only the copy is.

    """
    fault = first_fault(held)
    if fault is not None:
        if (own := first_fault(register)) is not None:
            raise RegisterDamaged(path=str(register.path), reason=own)
        raise FileNotWritten(path=str(held.path), reason="read-back")
    return held.head()


def _read_back(
    register: Register, copy: Path, copied: list[Copied], told: Tally
) -> tuple[list[ManifestFile], list[str]]:
    """Return the evidence that was read back as what it is, for the manifest, and the hashes of what is lost.

    Raises:
        FileNotWritten: a copy is not what was written.

    """
    files: list[ManifestFile] = []
    lost: list[str] = []
    for one, hashing in copied:
        path = Vault(copy).path_of(one.hash)
        if hashing is None:
            lost.append(one.hash)
        elif hashing.result() == one.hash:
            files.append(ManifestFile(path.relative_to(copy.parent).as_posix(), one.hash, path.stat().st_size))
        elif readable(Vault(register.path), [one], told).files:
            raise FileNotWritten(path=str(path), reason="read-back")
        else:
            path.unlink()
            lost.append(one.hash)
        told(one.size)
    return files, lost


def _purged_since(register: Register, done: BackedUp) -> bool:
    """Tell whether what a backup misses is no longer wanted by the register: then the backup is to be of now."""
    now = {one.hash for one in wanted_files(register)}
    return any(hashed not in now for hashed in done.lost)
