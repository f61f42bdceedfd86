"""A file written whole or not at all, or the same to standard output."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

from lawcheck.core.writing import reason
from lawcheck.errors import FileNotWritten, FileThere

MODE = 0o600
"""What is exported is for its owner, as the register is."""


class Written(NamedTuple):
    """What was written: the SHA-256 of its bytes with the name of the algorithm, and how many they are."""

    hash: str
    size: int


def write_file(path: Path, content: bytes, *, force: bool) -> None:
    """Write a file beside its place and move it there; one that is there goes only by `force`.

    Raises:
        FileThere: there is a file already.
        FileNotWritten: the place cannot be written, the disk is full, or what is there is no plain file.

    """
    with replacing(path, force=force) as file:
        file.write(content)


def write_pieces(path: Path, pieces: Iterable[bytes], *, force: bool) -> Written:
    """Write a file piece by piece beside its place and move it there; one that is there goes only by `force`.

    Raises:
        FileThere, FileNotWritten: as `write_file`.

    """
    import hashlib  # OpenSSL, not loaded where nothing is written

    hashed, size = hashlib.sha256(), 0
    with replacing(path, force=force) as file:
        for piece in pieces:
            file.write(piece)
            hashed.update(piece)
            size += len(piece)
    return Written(f"sha256:{hashed.hexdigest()}", size)


@contextmanager
def replacing(path: Path, *, force: bool) -> Iterator[BinaryIO]:
    """Yield a file beside a place, which is moved there after the block; given up, nothing is left of it.

    Raises:
        FileThere: there is a file already, before anything is written.
        FileNotWritten: the place cannot be written, the disk is full, or what is there is no plain file.

    """
    place, beside, descriptor, mode = _begun(path, force=force)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(mode)
        beside.replace(place)
    except OSError as error:
        raise FileNotWritten(path=str(path), reason=reason(error)) from error
    finally:
        with suppress(OSError):  # what cannot be removed is no reason to hide what went wrong, or that all went well
            beside.unlink(missing_ok=True)


@contextmanager
def folder_placed(folder: Path) -> Iterator[Path]:
    """Yield a folder of mode 0700 beside a place that is free or an empty folder, and move it there after the block.

    Given up, nothing is left of it.

    Raises:
        FileNotWritten: it cannot be written, or moved there.

    """
    try:
        made = Path(tempfile.mkdtemp(prefix=".lawcheck-", dir=folder.parent))
    except (OSError, ValueError) as error:
        raise FileNotWritten(path=str(folder), reason=reason(error)) from error
    try:
        yield made
        with suppress(FileNotFoundError):
            folder.rmdir()
        made.rename(folder)
        _sync(folder.parent)
    except OSError as error:
        raise FileNotWritten(path=str(folder), reason=reason(error)) from error
    finally:
        shutil.rmtree(made, ignore_errors=True)


def _sync(folder: Path) -> None:
    """Bring the names in a folder to the disk, where the system lets folders be opened."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def taken_back(path: Path) -> Iterator[None]:
    """Remove a file that was not there before, where what belongs to it cannot be written in the block after it."""
    was_there = os.path.lexists(path)
    try:
        yield
    except BaseException:
        if not was_there:
            with suppress(OSError):
                path.unlink(missing_ok=True)
        raise


def _begun(path: Path, *, force: bool) -> tuple[Path, Path, int, int]:
    """Return the place that a path stands for, a new file beside it, that file's descriptor, and its mode to be.

    Raises:
        FileThere: there is a file already.
        FileNotWritten: the place cannot be written.

    """
    try:
        place = Path(os.path.realpath(path))
        mode = MODE
        if os.path.lexists(place):
            if not place.is_file():
                raise FileNotWritten(path=str(path), reason="not-a-file")
            if not force:
                raise FileThere(path=str(path))
            mode = place.stat().st_mode & 0o777
        descriptor, name = tempfile.mkstemp(prefix=".lawcheck-", dir=place.parent)
    except (OSError, ValueError) as error:
        raise FileNotWritten(path=str(path), reason=reason(error)) from error
    return place, Path(name), descriptor, mode


def write_out(content: bytes) -> None:
    """Write bytes to standard output as they are.

    Raises:
        FileNotWritten: nothing can be written there.

    """
    write_pieces_out((content,))


def write_pieces_out(pieces: Iterable[bytes]) -> None:
    """Write bytes to standard output piece by piece.

    Raises:
        FileNotWritten: nothing can be written there.

    """
    try:
        sys.stdout.flush()
        for piece in pieces:
            sys.stdout.buffer.write(piece)
        sys.stdout.buffer.flush()
    except BrokenPipeError:  # the reader has seen enough
        raise
    except OSError as error:
        raise FileNotWritten(path="-", reason=reason(error)) from error
