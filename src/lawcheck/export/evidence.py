"""Evidence copied out of the register: one piece to be looked at, or a folder of all for an inspection with an index.

Bytes are compared with their hash while they are copied; what is not as it was kept is left out and said. No file that
is there is ever written over.
"""

import csv
import hashlib
import io
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lawcheck.core.evidence import Evidence, written_name, written_names
from lawcheck.core.writing import reason as reason_of
from lawcheck.errors import EvidenceDamaged, FileNotWritten, FolderInUse, HashUnknown
from lawcheck.export.file import MODE, folder_placed, write_file
from lawcheck.render.evidence import index_head, index_line
from lawcheck.render.safe import cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lawcheck.service.evidence import Outgoing

PIECE = 1 << 20
INDEX = "index.csv"
OF_CASES = "cases"
"""The folder of what belongs to cases; that of a year is called by its number."""
Progress = Callable[[int, int], None]


class Copied(NamedTuple):
    """Evidence that was handed out: the file that it became, as seen from the folder, or why there is none."""

    line: Evidence
    file: str | None
    fault: str | None


class EvidenceOpened(NamedTuple):
    """Evidence to be looked at: the copy of its file, or the address of its page, and whether a viewer shows it.

    `is_program` says that the file would be run rather than shown, so that no viewer was given it.
    """

    line: Evidence
    target: str
    is_shown: bool
    is_program: bool


class EvidenceHandedOut(NamedTuple):
    """Evidence written into a folder, with an index."""

    folder: str
    index_file: str
    lines: tuple[Copied, ...]

    def faults(self) -> tuple[Copied, ...]:
        """Return what could not be handed out as it was kept."""
        return tuple(one for one in self.lines if one.fault is not None)


def copy_to_look_at(outgoing: "Outgoing", progress: Progress | None = None) -> Path:
    """Copy evidence under its own name into a new folder of the system's for what is needed for a while.

    Raises:
        EvidenceDamaged: the vault does not hold what was kept.
        FileNotWritten: there is no room for it.

    """
    try:
        folder = Path(tempfile.mkdtemp(prefix="lawcheck-evidence-"))
    except OSError as error:
        raise FileNotWritten(path=tempfile.gettempdir(), reason=reason_of(error)) from error
    with _removed_on_failure([folder]):
        place = folder / written_name(outgoing.line.name)
        copy_whole(outgoing, place, progress)
        place.chmod(0o400)
    return place


def hand_out(folder: Path, going: Sequence["Outgoing"], progress: Progress | None = None) -> EvidenceHandedOut:
    """Write evidence into a folder that is new or empty: a folder a row, the files under their own names, an index.

    All of it is there in the end, or nothing is; what is damaged in the vault is left out and said.

    Raises:
        FolderInUse: the folder holds something.
        FileNotWritten: it cannot be written.

    """
    _check_free(folder)
    places = _places(going)
    done, size = 0, sum(one.line.size or 0 for one in going if one.path is not None)
    copied: list[Copied] = []
    with folder_placed(folder) as whole:
        for outgoing, name in zip(going, places, strict=True):
            fault = None
            if name is not None:

                def told(read: int, _of: int, before: int = done) -> None:
                    if progress is not None:
                        progress(before + read, size)

                fault = _copied_to(whole / name, outgoing, told)
                done += outgoing.line.size or 0
            copied.append(Copied(outgoing.line, name if fault is None else None, fault))
        rows = [index_line(outgoing, one) for outgoing, one in zip(going, copied, strict=True)]
        write_file(whole / INDEX, _table([index_head(), *rows]), force=False)
    return EvidenceHandedOut(str(folder), str(folder / INDEX), tuple(copied))


def copy_whole(outgoing: "Outgoing", place: Path, progress: Progress | None = None) -> None:
    """Write the bytes of evidence to a file that is not there yet; nothing is left of it if they are not those kept.

    Raises:
        EvidenceDamaged: they are not there, or not those that were kept.
        FileNotWritten: the file cannot be written, or is there.

    """
    line, path = outgoing.line, outgoing.path
    algorithm, _colon, digits = str(line.hash).partition(":")
    try:
        digest = hashlib.new(algorithm)
    except ValueError as error:
        raise HashUnknown(algorithm=algorithm, expected="sha256, sm3") from error
    try:
        descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), MODE)
        with os.fdopen(descriptor, "wb", buffering=0) as file:
            done = 0
            for piece in _pieces(outgoing):
                digest.update(piece)
                _write_all(file, piece)
                done += len(piece)
                if progress is not None:
                    progress(done, line.size or done)
                if done > (line.size or 0):
                    break  # not what was kept, and perhaps without an end
            os.fsync(file.fileno())
    except EvidenceDamaged:
        place.unlink()
        raise
    except OSError as error:
        raise FileNotWritten(path=str(place), reason=reason_of(error)) from error
    if digest.hexdigest() != digits:
        place.unlink()
        raise EvidenceDamaged(address=line.address(), path=str(path), reason="other-bytes")


def _pieces(outgoing: "Outgoing") -> "Iterator[bytes]":
    """Yield what lies in the vault.

    Raises:
        EvidenceDamaged: it is not there, or cannot be read.

    """
    try:
        with os.fdopen(os.open(outgoing.path or "", _READING), "rb", buffering=0) as source:
            while piece := source.read(PIECE):
                yield piece
    except OSError as error:
        reason = _UNREAD.get(type(error)) or error.strerror or str(error)
        raise EvidenceDamaged(address=outgoing.line.address(), path=str(outgoing.path), reason=reason) from error


_READING = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""What lies in the vault is read as it lies there: no link is followed, and no pipe holds anybody up."""
_UNREAD = {FileNotFoundError: "no-file", PermissionError: "no-right", IsADirectoryError: "not-a-file"}
"""Why what was kept cannot be read."""


def _copied_to(place: Path, outgoing: "Outgoing", progress: Progress) -> str | None:
    """Copy evidence to a place; return why it cannot be, where the vault is to blame."""
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        copy_whole(outgoing, place, progress)
    except EvidenceDamaged as error:
        return str(error.params["reason"])
    except OSError as error:
        raise FileNotWritten(path=str(place), reason=reason_of(error)) from error
    return None


def _places(going: Sequence["Outgoing"]) -> list[str | None]:
    """Return where each piece goes as seen from the folder, None for what has no bytes: `2026/PL-03/minutes.pdf`."""
    by_row: dict[str, list[int]] = {}
    for number, one in enumerate(going):
        if one.path is not None:
            by_row.setdefault(f"{one.line.year or OF_CASES}/{written_name(one.line.ref)}", []).append(number)
    found: list[str | None] = [None] * len(going)
    for row, numbers in by_row.items():
        for number, name in zip(numbers, written_names(going[n].line.name for n in numbers), strict=True):
            found[number] = f"{row}/{name}"
    return found


def _check_free(folder: Path) -> None:
    """Refuse a folder that holds something; make the one that it stands in.

    Raises:
        FolderInUse: it holds something, or is no folder.
        FileNotWritten: it cannot be looked into, or cannot be made.

    """
    try:
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        is_free = not os.path.lexists(folder) or (
            folder.is_dir() and not folder.is_symlink() and not any(folder.iterdir())
        )
    except (OSError, ValueError) as error:
        raise FileNotWritten(path=str(folder), reason=reason_of(error)) from error
    if not is_free:
        raise FolderInUse(path=str(folder))


@contextmanager
def _removed_on_failure(written: Sequence[Path]) -> "Iterator[None]":
    """Take away what the block wrote, none of which was there before, if it fails."""
    try:
        yield
    except BaseException:
        for one in written:
            with suppress(OSError):
                shutil.rmtree(one) if one.is_dir() else one.unlink()
        raise


def _table(rows: Iterable[Sequence[str]]) -> bytes:
    """Return a table as CSV that a spreadsheet reads in Chinese too, and takes for text."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([cell(one) for one in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _write_all(file: io.RawIOBase, piece: bytes) -> None:
    rest = memoryview(piece)
    while rest:
        rest = rest[file.write(rest) or 0 :]
