"""Things made beside their place and moved there when they are whole, so that nothing half ever lies there."""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from lawcheck.core.writing import reason
from lawcheck.errors import FileNotWritten
from lawcheck.store.vault import sync_folder

COMPANIONS = ("-wal", "-shm", "-journal")
"""What SQLite puts beside a file, by the end of its name."""


@contextmanager
def made_beside(place: Path) -> Iterator[Path]:
    """Yield an empty folder of mode 0700 beside a place, on the same disk; what is left in it goes with it.

    Raises:
        FileNotWritten: it cannot be made, or the system refuses to write, say because the disk is full.

    """
    try:
        folder = Path(tempfile.mkdtemp(prefix=".lawcheck-", dir=place.parent))
    except (OSError, ValueError) as error:  # a name that no file can have
        raise FileNotWritten(path=str(place), reason=reason(error)) from error
    try:
        yield folder
    except FileNotWritten as error:  # of something in the folder, which nobody has heard of
        raise FileNotWritten(path=str(place), reason=error.params["reason"]) from error
    except OSError as error:
        raise FileNotWritten(path=str(place), reason=reason(error)) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def move_in(made: Sequence[tuple[Path, Path]], attic: Path, *, instead_of: Sequence[Path] = ()) -> None:
    """Move what was made to its places, one after the other; what stands there goes into the attic first.

    What only goes (`instead_of`) goes before all others. Each step is on the disk before the next; if one fails, all
    goes back to where it was.

    Raises:
        OSError: a step failed.

    """
    gone = dict.fromkeys([*instead_of, *(place for _, place in reversed(made))])
    steps = [(place, attic / f"before-{n}") for n, place in enumerate(gone) if os.path.lexists(place)]
    steps += made
    places = {place for _, place in made}
    done: list[tuple[Path, Path]] = []
    try:
        for source, target in steps:
            _check_free(target)
            done.append((source, target))
            source.rename(target)
            sync_folder(target.parent if target in places else source.parent)
    except BaseException:
        for source, target in reversed(done):
            with suppress(FileNotFoundError):  # the last one may not have been moved yet
                target.rename(source)
        raise


def _check_free(place: Path) -> None:
    if os.path.lexists(place):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))


def sync_file(path: Path) -> None:
    """Bring what a file holds to the disk."""
    descriptor = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_tree(top: Path) -> None:
    """Bring all files under a folder to the disk, and the names in all of its folders."""
    for folder, _folders, names in os.walk(top):
        for name in names:
            sync_file(Path(folder) / name)
        sync_folder(Path(folder))
