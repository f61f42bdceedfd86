"""Copies of a register: its file by SQLite's online backup, its vault by hash; both whole while others write."""

import errno
import hashlib
import os
import shutil
import sqlite3
import stat
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO, NamedTuple, Self

from lawcheck.errors import DiskFull, FileNotWritten, RegisterUnreachable
from lawcheck.store.file import NEEDED_BYTES, is_full, translated
from lawcheck.store.register import Register
from lawcheck.store.vault import PIECE, Vault, new_digest

Told = Callable[[int], None]
"""Is told how many bytes more are done."""
_PAGES = 1024
"""How many pages of a register are copied at once, before an interrupt is heard."""


class Wanted(NamedTuple):
    """A file of the vault that a register refers to: its hash as the journal writes it, how many bytes."""

    hash: str
    size: int


class Copied(NamedTuple):
    """What was copied of a vault, and the hashes of what was not there or was no longer what its hash says."""

    files: tuple[Wanted, ...]
    lost: tuple[str, ...]


def manifest_place(place: Path) -> Path:
    """Return where the manifest of a file lies."""
    return place.with_name(place.name + ".manifest.json")


def file_size(register: Register) -> int:
    """Return how many bytes a register has as one file."""
    ((pages,),), ((size,),) = register.pragma("page_count"), register.pragma("page_size")
    return int(str(pages)) * int(str(size))


def row_count(register: Register) -> int:
    """Return how many rows a register has, those of years and those of cases."""
    counted = (register.one("row_count_all"), register.one("case_row_count_all"))
    return sum(int(str(one[0])) for one in counted if one is not None)


def first_fault(register: Register) -> str | None:
    """Return the first thing that SQLite finds wrong with a file, or a link that the chain of entries lacks."""
    ((line,),) = register.pragma("quick_check(1)")
    if line != "ok":
        return str(line)
    unchained = register.one("entry_unchained")
    return None if unchained is not None and unchained[0] == 0 else "unchained"


def check_room(place: Path, size: int) -> None:
    """Refuse to begin what the disk has no room for.

    Raises:
        FileNotWritten: there is less room on the disk of a place.

    """
    if shutil.disk_usage(place.parent).free < size + NEEDED_BYTES:
        raise FileNotWritten(path=str(place), reason="no-room")


def new_file(path: Path) -> BinaryIO:
    """Make a file of mode 0600 where there is none, whatever the umask, and open it to be written.

    Raises:
        OSError: it cannot be made.

    """
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600), "wb")


def copy_register(register: Register, place: Path, told: Told) -> None:
    """Copy a register's file as it stands at one moment, whoever writes meanwhile; the copy is one file without a log.

    Raises:
        RegisterFault: the register cannot be read.
        FileNotWritten: the copy cannot be written.

    """
    new_file(place).close()
    ((size,),) = register.pragma("page_size")
    done = 0

    def step(_status: int, remaining: int, total: int) -> None:
        nonlocal done
        told((total - remaining - done) * int(str(size)))
        done = total - remaining

    with (
        closing(sqlite3.connect(place, isolation_level=None)) as target,
        register.snapshot(),
        not_the_register(place),
        translated(register.path, register.busy_seconds),
    ):
        # What is half written goes away with its folder, and all of it is brought to the disk at the end.
        target.execute("PRAGMA journal_mode=OFF")
        target.execute("PRAGMA synchronous=OFF")
        register.head()  # from here on the snapshot stands, and nobody's writing begins the copy anew
        register.connection.backup(target, pages=_PAGES, progress=step)
        target.execute("PRAGMA journal_mode=DELETE")


@contextmanager
def not_the_register(place: Path) -> Iterator[None]:
    """Say of a full disk that the copy was not written: it is not the register that could not be."""
    try:
        yield
    except (DiskFull, RegisterUnreachable) as error:
        if isinstance(error, DiskFull) or is_full(place):
            raise FileNotWritten(path=str(place), reason="no-room") from error
        raise


def wanted_files(register: Register) -> list[Wanted]:
    """Return the files of the vault that a register refers to and that were not purged, by hash."""
    return [Wanted(str(hashed), int(str(size))) for hashed, size in register.each("evidence_files")]


class Hashing:
    """Hashes files in a thread of its own: one processor reads back what the other has copied."""

    def __init__(self) -> None:
        """Begin with nothing to do."""
        self._thread = ThreadPoolExecutor(1)
        self._stopped = False

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop, in the middle of a file too."""
        self._stopped = True
        self._thread.shutdown(cancel_futures=True)

    def begin(self, path: Path, algorithm: str) -> "Future[str]":
        """Have a file hashed."""
        return self._thread.submit(hash_of_file, path, algorithm, self._going_on)

    def _going_on(self, _bytes: int) -> None:
        if self._stopped:
            raise CancelledError


def copy_file(source: Path, place: Path, told: Told) -> bool:
    """Copy a regular file into a new one of mode 0400; return False where it is not there or is something else.

    Raises:
        OSError: the copy cannot be written.

    """
    try:
        opened = open_plain(source)
    except OSError:
        return False
    with opened as file, new_file(place) as copy:
        for piece in _moved(file, copy):
            told(piece)
        os.fchmod(copy.fileno(), stat.S_IRUSR) if hasattr(os, "fchmod") else place.chmod(stat.S_IRUSR)
    return True


def _moved(file: BinaryIO, copy: BinaryIO) -> Iterator[int]:
    """Copy what a file holds, by the system itself where it can; yield how much each time."""
    by_system = hasattr(os, "copy_file_range")
    while by_system:
        try:
            moved = os.copy_file_range(file.fileno(), copy.fileno(), 8 * PIECE)
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO):
                raise
            break  # between two file systems, or one that cannot: from where it stands
        if moved == 0:
            break
        yield moved
    while piece := file.read(PIECE):
        copy.write(piece)
        yield len(piece)


def copy_vault(source: Vault, wanted: Iterable[Wanted], target: Vault, told: Told) -> Copied:
    """Copy files from one vault to another, hashing what is read.

    Raises:
        OSError: the other vault cannot be written.

    """
    files: list[Wanted] = []
    lost: list[str] = []
    for one in wanted:
        if _copy_file(source.path_of(one.hash), target.place_for(one.hash), one.hash, told):
            files.append(one)
        else:
            lost.append(one.hash)
    return Copied(tuple(files), tuple(lost))


def _copy_file(source: Path, place: Path, hashed: str, told: Told) -> bool:
    """Copy a file if it is what its hash says; return whether it was."""
    try:
        opened = open_plain(source)
    except OSError:
        return False
    with opened as file:
        return keep_pieces(pieces(file, told), place, hashed)


def keep_pieces(content: Iterable[bytes], place: Path, hashed: str) -> bool:
    """Write pieces into a new file of a vault if they are what a hash says; return whether they were.

    Raises:
        OSError: it cannot be written.

    """
    digest = new_digest(hashed.partition(":")[0])
    with new_file(place) as copy:
        for piece in content:
            digest.update(piece)
            copy.write(piece)
    if digest.hexdigest() != hashed.partition(":")[2]:
        place.unlink()
        return False
    place.chmod(stat.S_IRUSR)
    return True


def readable(vault: Vault, wanted: Iterable[Wanted], told: Told) -> Copied:
    """Tell the files of a vault that are what their hash says from those that are lost."""
    files: list[Wanted] = []
    lost: list[str] = []
    for one in wanted:
        try:
            whole = hash_of_file(vault.path_of(one.hash), one.hash.partition(":")[0], told) == one.hash
        except OSError:
            whole = False
        if whole:
            files.append(one)
        else:
            lost.append(one.hash)
    return Copied(tuple(files), tuple(lost))


def hashed_copy(file: BinaryIO, place: Path, told: Told) -> str:
    """Copy a file into a new one of mode 0600 and return the SHA-256 of what was read, as a manifest writes it.

    Raises:
        OSError: it cannot be read or written.

    """
    digest = hashlib.sha256()
    with new_file(place) as copy:
        for piece in pieces(file, told):
            digest.update(piece)
            copy.write(piece)
    return f"sha256:{digest.hexdigest()}"


def hash_of_file(path: Path, algorithm: str, told: Told) -> str:
    """Return the hash of what a file holds, read from its place, as a manifest writes it.

    Raises:
        OSError: it cannot be read.

    """
    digest = new_digest(algorithm)
    with open_plain(path) as file:
        for piece in pieces(file, told):
            digest.update(piece)
    return f"{algorithm}:{digest.hexdigest()}"


def open_plain(path: Path) -> BinaryIO:
    """Open a regular file to be read; no link is followed, and no pipe waited for.

    Raises:
        OSError: it is not there, or is something else.

    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags)
    if stat.S_ISREG(os.fstat(descriptor).st_mode):
        return os.fdopen(descriptor, "rb", buffering=0)
    os.close(descriptor)
    raise OSError(0, "not-a-file")


def pieces(file: BinaryIO, told: Told) -> Iterator[bytes]:
    """Yield what a file holds, piece by piece."""
    for piece in iter(lambda: file.read(PIECE), b""):
        yield piece
        told(len(piece))
