"""Files that are taken in: plain ones only, no link followed, whole, and unchanged while they are read."""

import errno
import io
import os
import stat
from pathlib import Path

from lawcheck.errors import FileTooLarge, NoSuchFile

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
)
"""A link is refused by the system itself where it can; a pipe put in the place of a file does not hold us up."""
_REASONS = {
    errno.ENOENT: "no-file",
    errno.ENOTDIR: "no-file",
    errno.EACCES: "no-right",
    errno.EPERM: "no-right",
    errno.ELOOP: "a-link",
    errno.EMLINK: "a-link",
    errno.ENXIO: "not-a-file",
    errno.EISDIR: "not-a-file",
}


class Incoming(io.FileIO):
    """A plain file open for reading; the end of it is only reached if it is the file that was opened."""

    def __init__(self, path: Path, most_bytes: int) -> None:
        """Open a file of no more than so many bytes.

        Raises:
            NoSuchFile: there is none, it cannot be read, or it is a link, a folder or a device.
            FileTooLarge: it is larger.

        """
        self.path = path
        try:
            named = path.lstat()
            self._check_plain(named)
            descriptor = os.open(path, _FLAGS)
        except (OSError, ValueError) as error:
            raise self._fault(error) from error
        super().__init__(descriptor, "rb")
        self.begun = os.fstat(descriptor)
        self.size = self.begun.st_size
        self.read_bytes = 0
        try:
            self._check_plain(self.begun)
            self._check_same(named, most_bytes)
        except BaseException:
            self.close()
            raise

    def read(self, size: int | None = -1) -> bytes:
        """Read on.

        Raises:
            NoSuchFile: it cannot be read on, or it is not the file any more that was opened.

        """
        try:
            piece = super().read(-1 if size is None else size) or b""
            self.read_bytes += len(piece)
            now = os.fstat(self.fileno())
        except OSError as error:
            raise self._fault(error) from error
        before = (self.begun.st_size, self.begun.st_mtime_ns)
        if (now.st_size, now.st_mtime_ns) != before or self.read_bytes > self.size:
            raise NoSuchFile(path=str(self.path), reason="file-changed")
        if not piece and self.read_bytes != self.size:
            raise NoSuchFile(path=str(self.path), reason="file-changed")
        return piece

    def _check_same(self, named: os.stat_result, most_bytes: int) -> None:
        if (named.st_dev, named.st_ino) != (self.begun.st_dev, self.begun.st_ino):
            raise NoSuchFile(path=str(self.path), reason="file-changed")
        if self.size > most_bytes:
            raise FileTooLarge(path=str(self.path), size=self.size, most=most_bytes)

    def _check_plain(self, found: os.stat_result) -> None:
        if stat.S_ISLNK(found.st_mode):
            raise NoSuchFile(path=str(self.path), reason="a-link")
        if not stat.S_ISREG(found.st_mode):
            raise NoSuchFile(path=str(self.path), reason="not-a-file")

    def _fault(self, error: Exception) -> NoSuchFile:
        number = getattr(error, "errno", None)
        reason = "no-file" if number is None else _REASONS.get(number) or os.strerror(number)
        return NoSuchFile(path=str(self.path), reason=reason)
