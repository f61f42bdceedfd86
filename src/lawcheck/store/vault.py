"""The vault (佐证库): files kept by the hash of their content, in a folder beside the register.

A file lies at `<register's name>.vault/<algorithm>/<first two digits>/<hash>`; it is written beside its place, brought
to the disk and moved there, so that what lies under a hash is whole. The journal says which files belong to what.
"""

import errno
import hashlib
import os
import re
import stat
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from lawcheck import errors

ALGORITHMS = ("sha256", "sm3")
PIECE = 1 << 20
COMING, DEAD_SECONDS = ".coming-", 3600
"""How a file is called while it comes in; one that nothing was written to for so long was left by a command killed."""
Progress = Callable[[int, int], None]
_HASH = re.compile(r"(sha256|sm3):([0-9a-f]{64})")


class Kept(NamedTuple):
    """A file in the vault: `sha256:` or `sm3:` and the hash of its bytes, and how many they are."""

    hash: str
    size: int
    is_new: bool


def new_digest(algorithm: str) -> "hashlib._Hash":
    """Return an empty digest.

    Raises:
        HashUnknown: OpenSSL on this machine does not have the algorithm.

    """
    try:
        return hashlib.new(algorithm, usedforsecurity=True)
    except ValueError as error:
        raise errors.HashUnknown(algorithm=algorithm, expected=", ".join(ALGORITHMS)) from error


class Vault:
    """The folder of kept files of one register; made when the first file is kept."""

    def __init__(self, register: Path) -> None:
        """Take the place that goes with a register's file; nothing is made or read."""
        self.folder = register.with_name(register.name + ".vault")

    def path_of(self, hashed: str) -> Path:
        """Return where the file with a hash lies or would lie.

        Raises:
            ValueError: it is no hash as the journal writes it.

        """
        parts = _HASH.fullmatch(hashed)
        if parts is None:
            raise ValueError(hashed)
        return self.folder / parts[1] / parts[2][:2] / parts[2]

    def place_for(self, hashed: str) -> Path:
        """Make the folders in which the file with a hash lies, for their owner alone, and return its place.

        Raises:
            OSError: they cannot be made.
            ValueError: it is no hash as the journal writes it.

        """
        place = self.path_of(hashed)
        for folder in (self.folder, place.parent.parent, place.parent):  # one by one: `parents` would not mind the mode
            folder.mkdir(mode=0o700, exist_ok=True)
        return place

    def holds(self, hashed: str) -> bool:
        """Tell whether the file with a hash is there, without reading it."""
        return self.path_of(hashed).is_file()

    def keep(
        self, source: BinaryIO, size: int, algorithm: str = ALGORITHMS[0], progress: Progress | None = None
    ) -> Kept:
        """Copy a file in; one that is there already is not written again. `size` is what the progress counts to.

        Raises:
            VaultFault: the vault cannot be written, or the disk is full.
            HashUnknown: the algorithm is not to be had.

        """
        digest = new_digest(algorithm)
        beside: Path | None = None
        done = 0
        try:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            self._sweep()
            descriptor, name = tempfile.mkstemp(prefix=COMING, dir=self.folder)
            beside = Path(name)
            with os.fdopen(descriptor, "wb", buffering=0) as file:
                for piece in iter(lambda: source.read(PIECE), b""):
                    digest.update(piece)
                    _write_all(file, piece)
                    done += len(piece)
                    if progress is not None:
                        progress(done, size)
                os.fsync(file.fileno())
            hashed = f"{algorithm}:{digest.hexdigest()}"
            place = self.path_of(hashed)
            folders = (place.parent, place.parent.parent, self.folder, self.folder.parent)
            if is_new := not place.exists():
                self.place_for(hashed)
                beside.chmod(stat.S_IRUSR)
                beside.replace(place)
            for folder in folders:  # also of a file that another command has just moved there
                sync_folder(folder)
        except OSError as error:
            raise vault_fault(error, self.folder) from error
        finally:
            if beside is not None:
                with suppress(OSError):  # it hides under a name of its own, and nothing went wrong by it
                    beside.unlink(missing_ok=True)
        return Kept(hashed, done, is_new)

    def _sweep(self) -> None:
        """Take away what commands left that were killed while a file came in."""
        for left in self.folder.glob(COMING + "*"):
            try:
                if time.time() - left.stat().st_mtime > DEAD_SECONDS:
                    left.unlink()
            except FileNotFoundError:
                continue  # it has come in, or another command was first

    def open(self, hashed: str) -> BinaryIO:
        """Return the file with a hash, to be read.

        Raises:
            OSError: it is not there or cannot be read.
            ValueError: it is no hash as the journal writes it.

        """
        return self.path_of(hashed).open("rb")

    def purge(self, hashed: str) -> bool:
        """Remove a file for good; return whether it was there.

        Raises:
            VaultFault: it cannot be removed.

        """
        place = self.path_of(hashed)
        try:
            if os.name == "nt":
                place.chmod(stat.S_IWRITE)  # Windows removes nothing that is read-only
            place.unlink()
            sync_folder(place.parent)
        except FileNotFoundError:
            return False
        except OSError as error:
            raise vault_fault(error, self.folder) from error
        return True

    def each(self) -> Iterator[tuple[str | None, Path]]:
        """Yield everything that lies in the vault, with its hash; None for what is not a kept file."""
        for top, _folders, names in os.walk(self.folder):
            for name in sorted(names):
                path = Path(top) / name
                hashed = f"{path.parent.parent.name}:{name}"
                fits = _HASH.fullmatch(hashed) is not None and self.path_of(hashed) == path
                yield hashed if fits and not path.is_symlink() else None, path


def hash_of(source: BinaryIO, algorithm: str, progress: Callable[[int], None] | None = None) -> str:
    """Return the hash of what a file holds, as the journal writes it; `progress` is told the bytes of each piece."""
    digest = new_digest(algorithm)
    for piece in iter(lambda: source.read(PIECE), b""):
        digest.update(piece)
        if progress is not None:
            progress(len(piece))
    return f"{algorithm}:{digest.hexdigest()}"


def vault_fault(error: OSError, place: Path) -> errors.RegisterFault:
    """Return what an error of the operating system means for the vault."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return errors.DiskFull(path=str(place))
    return errors.VaultFault(path=str(place), reason=error.strerror or str(error))


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk, where the system can."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_all(file: BinaryIO, piece: bytes) -> None:
    rest = memoryview(piece)
    while rest:
        rest = rest[file.write(rest) :]
