"""A backup put where there is no register, once it has proved to be whole."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from lawcheck.core.frozen import Document
from lawcheck.core.journal import Head
from lawcheck.core.manifest import ManifestKind, files_of, read_manifest
from lawcheck.core.writing import reading_reason, reason
from lawcheck.errors import (
    FileNotWritten,
    NoManifest,
    NoSuchFile,
    NotABackup,
    RegisterFault,
    RegisterOlder,
    RegisterThere,
)
from lawcheck.service.backup import Progress, Tally
from lawcheck.service.verify import verify
from lawcheck.store.copying import (
    Wanted,
    check_room,
    copy_register,
    copy_vault,
    file_size,
    hashed_copy,
    manifest_place,
    open_plain,
    row_count,
    wanted_files,
)
from lawcheck.store.file import set_log
from lawcheck.store.placing import COMPANIONS, made_beside, move_in, sync_tree
from lawcheck.store.register import Register
from lawcheck.store.upgrade import upgrade
from lawcheck.store.vault import Vault

MAX_MANIFEST = 100_000_000
"""The largest manifest that is read: it names every file of evidence."""
Check = Callable[[Document], bool]


class Restored(NamedTuple):
    """A register restored: from what, its head, how much, and the evidence that the backup did not have (`lost`).

    `made_at` is the instant of the backup, `last_at` that of the last entry in it; `age_seconds` how long ago the
    first was, or the second where there is no manifest. `signed` says whether a signature was there and held.
    """

    register: str
    file: str
    register_id: str
    head: Head
    rows: int
    files: int
    lost: tuple[str, ...]
    made_at: str | None
    made_by: str | None
    last_at: str | None
    age_seconds: int | None
    signed: bool


class _Said(NamedTuple):
    """What a manifest says of its backup."""

    made_at: str
    made_by: str
    register_id: str
    head: Head
    hash: str
    files: dict[str, int]
    lost: tuple[str, ...]
    signed: bool


class _Opening(NamedTuple):
    """With what a copy is opened: the instant, for one of an older version is upgraded, and how long to wait."""

    at: str
    busy_seconds: float

    def opened(self, copy: Path) -> Register:
        """Open a copy, which nobody else does; it is its own backup."""
        try:
            return Register.open(copy, self.busy_seconds)
        except RegisterOlder:
            upgrade(copy, self.at, self.busy_seconds, backed_up=False)
            return Register.open(copy, self.busy_seconds)


def restore(  # noqa: PLR0913  # what, where to, when, how sure
    file: Path,
    place: Path,
    *,
    at: str,
    busy_seconds: float,
    without_manifest: bool = False,
    check: Check | None = None,
    progress: Progress | None = None,
) -> Restored:
    """Make a backup the register at a place where there is none; nothing is there until all of it is whole.

    `check` looks at the manifest's signature: it says whether there is one, and refuses a wrong one.

    Raises:
        RegisterThere: there is something at the place.
        NoSuchFile: there is no such backup.
        NotABackup: it is not whole, not as its manifest says, or has none.
        RegisterFault: the file is no register.
        FileNotWritten: the place cannot be written, or the disk is full.

    """
    check_free(place)
    said = None if without_manifest else _said(file, check)
    with folder_of(place), made_beside(place) as folder, _named(file, folder):
        copy = folder / place.name
        lost = _copied(file, copy, said, _Opening(at, busy_seconds), progress)
        with Register.open(copy, busy_seconds) as register:
            if said is not None and (register.id(), register.head()) != (said.register_id, said.head):
                raise NotABackup(path=str(file), reason="another-register", name=said.register_id)
            check_whole(register, file, progress)
            last = register.all("entry_latest", most=1)
            last_at = str(last[0][1]) if last else None
            made_at = said.made_at if said is not None else None
            done = Restored(
                str(place),
                str(file),
                register.id(),
                register.head(),
                row_count(register),
                len(wanted_files(register)) - len(lost),
                lost,
                made_at,
                said.made_by if said is not None else None,
                last_at,
                _seconds_between(made_at or last_at, at),
                said is not None and said.signed,
            )
        move_register_in(copy, place, folder)
    return done


def check_free(place: Path) -> None:
    """Refuse a place where there is a register, a vault, or what SQLite leaves beside one.

    Raises:
        RegisterThere: there is.

    """
    try:
        for one in (place, Vault(place).folder, *(place.with_name(place.name + end) for end in COMPANIONS)):
            if os.path.lexists(one):
                raise RegisterThere(path=str(one))
    except ValueError as error:  # a name that no file can have
        raise FileNotWritten(path=str(place), reason=reason(error)) from error


@contextmanager
def folder_of(place: Path) -> Iterator[None]:
    """Make the folder of a place for its owner alone, where it is missing; it goes again if the block fails.

    Raises:
        FileNotWritten: it cannot be made.

    """
    missing = [one for one in (place.parent, *place.parent.parents) if not one.exists()]
    try:
        for one in reversed(missing):
            one.mkdir(mode=0o700)
    except (OSError, ValueError) as error:
        raise FileNotWritten(path=str(place), reason=reason(error)) from error
    try:
        yield
    except BaseException:
        for one in missing:
            with suppress(OSError):
                one.rmdir()
        raise


@contextmanager
def _named(file: Path, folder: Path) -> Iterator[None]:
    """Say of a register in a folder that nobody has heard of that it is the backup that cannot be used."""
    try:
        yield
    except RegisterFault as error:
        if Path(str(error.params.get("path", ""))).parent == folder:
            error.params["path"] = str(file)
        raise


def check_whole(register: Register, file: Path, progress: Progress | None) -> None:
    """Prove a register before it is used.

    Raises:
        NotABackup: something is not as it must be.

    """
    found = verify(register, progress).findings
    if found:
        raise NotABackup(path=str(file), reason="not-proved", name=f"{found[0].check} {found[0].where}")


def move_register_in(copy: Path, place: Path, folder: Path) -> None:
    """Move a register that is whole and closed to its place, its vault first.

    Raises:
        OSError: it cannot be moved.

    """
    set_log(copy, place)
    sync_tree(copy.parent)
    vault = Vault(copy).folder
    check_free(place)
    move_in([*([(vault, Vault(place).folder)] if vault.exists() else []), (copy, place)], folder)


def _said(file: Path, check: Check | None) -> _Said:
    """Read the manifest that lies beside a backup.

    Raises:
        NoSuchFile: there is no backup.
        NotABackup: there is no manifest, or it is none of a backup.

    """
    if not file.exists():
        raise NoSuchFile(path=str(file), reason="no-file")
    try:
        with open_plain(manifest_place(file)) as opened:
            text = opened.read(MAX_MANIFEST + 1)
    except FileNotFoundError as error:
        raise NoManifest(path=str(file), name=manifest_place(file).name) from error
    except OSError as error:
        raise NotABackup(path=str(file), reason="bad-manifest", name=reading_reason(error)) from error
    try:
        document = read_manifest(text)
        if document["kind"] != ManifestKind.BACKUP:
            raise NotABackup(path=str(file), reason="other-manifest", name=document["kind"])
        own, *others = files_of(document)
        lost = tuple(str(one) for one in document["content"]["lost"])
        head = Head(document["head"]["seq"], document["head"]["hash"])
        datetime.fromisoformat(document["made_at"])
        files = {one.hash: one.size for one in others}
    except (ValueError, LookupError, TypeError) as error:
        raise NotABackup(path=str(file), reason="bad-manifest", name="") from error
    signed = check(document) if check is not None else False
    return _Said(document["made_at"], document["made_by"], document["register_id"], head, own.hash, files, lost, signed)


def _copied(
    file: Path, copy: Path, said: _Said | None, opening: _Opening, progress: Progress | None
) -> tuple[str, ...]:
    """Copy a backup beside its place; return the hashes of the evidence that it does not have.

    Raises:
        NotABackup: a file is missing or is not what the manifest says.

    """
    if said is None:
        return _bare_copied(file, copy, opening, progress)
    size = file.stat().st_size + sum(said.files.values())
    check_room(copy, size)
    told = Tally(progress, size)
    if _hash_copied(file, copy, told) != said.hash:
        raise NotABackup(path=str(file), reason="other-hash-of-file", name=file.name)
    try:
        kept = copy_vault(Vault(file), [Wanted(*one) for one in said.files.items()], Vault(copy), told)
    except ValueError as error:  # no hash of a file
        raise NotABackup(path=str(file), reason="bad-manifest", name="") from error
    if kept.lost:
        raise NotABackup(path=str(file), reason="file-lost", name=kept.lost[0])
    with opening.opened(copy) as register:
        wanted = {one.hash for one in wanted_files(register)}
    amiss = wanted ^ {*said.files, *said.lost}
    if amiss or not set(said.files).isdisjoint(said.lost):
        raise NotABackup(path=str(file), reason="file-lost", name=min(amiss, default=""))
    return said.lost


def _bare_copied(file: Path, copy: Path, opening: _Opening, progress: Progress | None) -> tuple[str, ...]:
    """Copy a register without a manifest, with what still lies in its log and the evidence that lies beside it."""
    with Register.open(file, opening.busy_seconds, older=True) as held:
        size = file_size(held)
        check_room(copy, size)
        copy_register(held, copy, Tally(progress, size))
    with opening.opened(copy) as register:
        wanted = wanted_files(register)
    size = sum(one.size for one in wanted)
    check_room(copy, size)
    return copy_vault(Vault(file), wanted, Vault(copy), Tally(progress, size)).lost


def _hash_copied(file: Path, copy: Path, told: Tally) -> str:
    """Copy a backup's own file and return its hash.

    Raises:
        NoSuchFile: it cannot be read.

    """
    try:
        source = open_plain(Path(os.path.realpath(file)))
    except OSError as error:
        raise NoSuchFile(path=str(file), reason=reading_reason(error)) from error
    with source:
        return hashed_copy(source, copy, told)


def _seconds_between(instant: str | None, now: str) -> int | None:
    """Return how long before now an instant lies; None where it cannot be told."""
    try:
        begun = datetime.fromisoformat(instant or "")
        return int((datetime.fromisoformat(now) - begun).total_seconds())
    except (ValueError, TypeError):
        return None
