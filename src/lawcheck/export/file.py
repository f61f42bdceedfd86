"""A file written whole or not at all, or the same to standard output."""

import os
import sys
import tempfile
from pathlib import Path

from lawcheck.core.writing import reason
from lawcheck.errors import FileNotWritten, FileThere

MODE = 0o600
"""What is exported is for its owner, as the register is."""


def write_file(path: Path, content: bytes, *, force: bool) -> None:
    """Write a file beside its place and move it there; one that is there goes only by `force`.

    Raises:
        FileThere: there is a file already.
        FileNotWritten: the place cannot be written, the disk is full, or what is there is no plain file.

    """
    beside: Path | None = None
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
        beside = Path(name)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(mode)
        beside.replace(place)
    except (OSError, ValueError) as error:
        if beside is not None:
            beside.unlink(missing_ok=True)
        raise FileNotWritten(path=str(path), reason=reason(error)) from error


def write_out(content: bytes) -> None:
    """Write bytes to standard output as they are.

    Raises:
        FileNotWritten: nothing can be written there.

    """
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:  # the reader has seen enough
        raise
    except OSError as error:
        raise FileNotWritten(path="-", reason=reason(error)) from error
