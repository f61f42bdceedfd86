"""The zip of a register as open files: written with nothing in it that chance decides, read as if it were a trap."""

import hashlib
import os
import stat
import struct
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO

from lawcheck.core.archive import DOCUMENTS, JOURNAL, MANIFEST, MAX_LINE, REGISTER, evidence_hash
from lawcheck.core.manifest import ManifestFile
from lawcheck.core.writing import reading_reason
from lawcheck.errors import BadArchive, NoSuchFile
from lawcheck.store.copying import Told, open_plain, pieces
from lawcheck.store.vault import PIECE

MAX_DIRECTORY = 16 << 20
"""How many bytes the list of parts may have, for it is held as a whole: some 130,000 files of evidence."""
MAX_EVIDENCE = 100_000
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_ENCRYPTED = 0x1
_UNREADABLE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
    LookupError,
    OverflowError,
    struct.error,
)
"""What the library of zips says of an archive that is none, or of a part that is not what the list says."""


class ArchiveWriter:
    """Writes the parts of an archive one after the other; the same parts give the same bytes."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        """Write into an open zip."""
        self.archive = archive
        self.files: list[ManifestFile] = []

    def lines(self, name: str, lines: Iterable[str]) -> None:
        """Write a part of lines."""
        digest, size = hashlib.sha256(), 0
        with self._part(name) as part:
            for line in lines:
                content = line.encode() + b"\n"
                digest.update(content)
                size += len(content)
                part.write(content)
        self.files.append(ManifestFile(name, f"sha256:{digest.hexdigest()}", size))

    def file(self, name: str, hashed: str, source: BinaryIO, told: Told) -> None:
        """Write a file whose hash is known."""
        size = 0
        with source, self._part(name) as part:
            for piece in pieces(source, told):
                size += len(piece)
                part.write(piece)
        self.files.append(ManifestFile(name, hashed, size))

    def text(self, name: str, text: str) -> None:
        """Write a part as it stands; it is not among the files."""
        with self._part(name) as part:
            part.write(text.encode())

    def _part(self, name: str) -> IO[bytes]:
        part = zipfile.ZipInfo(name, _LONG_AGO)
        part.create_system = 3
        part.external_attr = (stat.S_IFREG | 0o600) << 16
        # Whether a part is longer than 4 GiB is not known before: room for its length is made in any case.
        return self.archive.open(part, "w", force_zip64=True)


@contextmanager
def writing(file: BinaryIO) -> Iterator[ArchiveWriter]:
    """Write an archive into an open file."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=True) as archive:
        yield ArchiveWriter(archive)


class ArchiveReader:
    """Reads the parts of an archive that was found to hold nothing else; told apart by name, never by path."""

    def __init__(self, path: Path, archive: zipfile.ZipFile, size: int, told: Told) -> None:
        """Look at the list of parts.

        Raises:
            BadArchive: a part is no part of an archive, or not stored as one.

        """
        self.path = path
        self.archive = archive
        self.told = told
        self.files: list[ManifestFile] = []
        parts = archive.infolist()
        names = [part.filename for part in parts]
        for part in parts:
            self._check(part)
        for name, before in zip(sorted(names)[1:], sorted(names), strict=False):
            if name == before:
                raise self.bad("part-twice", name)
        self.evidence = [name for name in names if evidence_hash(name) is not None]
        order = [REGISTER, JOURNAL, DOCUMENTS, *sorted(self.evidence), MANIFEST]
        for wanted in (REGISTER, JOURNAL, DOCUMENTS, MANIFEST):
            if wanted not in names:
                raise self.bad("missing-part", wanted)
        for name, wanted in zip(names, order, strict=False):
            if name != wanted:
                raise self.bad("out-of-order" if name in order else "unknown-part", name)
        if sum(part.file_size for part in parts) > size:
            raise self.bad("overlapping", names[0])

    def _check(self, part: zipfile.ZipInfo) -> None:
        kind = stat.S_IFMT(part.external_attr >> 16)
        if evidence_hash(part.filename) is None and part.filename not in (REGISTER, JOURNAL, DOCUMENTS, MANIFEST):
            raise self.bad("unknown-part", part.orig_filename)
        if part.flag_bits & _ENCRYPTED:
            raise self.bad("part-encrypted", part.filename)
        if part.compress_type != zipfile.ZIP_STORED or part.compress_size != part.file_size:
            raise self.bad("part-compressed", part.filename)
        if kind not in (0, stat.S_IFREG):
            raise self.bad("not-a-file", part.filename)

    def lines(self, name: str) -> Iterator[bytes]:
        """Yield the lines of a part, without their ends; once all are read, the part is among the files.

        Raises:
            BadArchive: a line is too long or the last one has no end, or the part cannot be read.

        """
        digest, size, number = hashlib.sha256(), 0, 1
        rest: list[bytes] = []
        held = 0
        for piece in self.pieces(name):
            digest.update(piece)
            size += len(piece)
            *ended, last = piece.split(b"\n")
            for line in ended:
                yield b"".join([*rest, line])
                rest, held, number = [], 0, number + 1
            rest.append(last)
            held += len(last)
            if held > MAX_LINE:
                raise self.bad("line-too-long", name, number)
        if held:
            raise self.bad("line-without-end", name, number)
        self.files.append(ManifestFile(name, f"sha256:{digest.hexdigest()}", size))

    def pieces(self, name: str) -> Iterator[bytes]:
        """Yield what a part holds, piece by piece.

        Raises:
            BadArchive: it cannot be read, or is not what the list of parts says.

        """
        try:
            with self.archive.open(name) as part:
                while piece := part.read(PIECE):
                    yield piece
                    self.told(len(piece))
        except (*_UNREADABLE, OSError) as error:
            raise self.bad("unreadable", name) from error

    def whole(self, name: str, most: int) -> bytes:
        """Return what a short part holds.

        Raises:
            BadArchive: it is longer, or cannot be read.

        """
        if self.archive.getinfo(name).file_size > most:
            raise self.bad("too-long", name)
        return b"".join(self.pieces(name))

    def size(self, name: str) -> int:
        """Return how many bytes a part has."""
        return self.archive.getinfo(name).file_size

    def bad(self, what: str, part: str, line: int | None = None) -> BadArchive:
        """Return the error that names what is wrong with a part, and in which line."""
        return BadArchive(path=str(self.path), part=part, line=line, reason=what)


@contextmanager
def reading(path: Path, told: Told) -> Iterator[ArchiveReader]:
    """Open an archive.

    Raises:
        NoSuchFile: there is no such file.
        BadArchive: it is no archive of a register.

    """
    try:
        file = open_plain(Path(os.path.realpath(path)))
    except (OSError, ValueError) as error:
        raise NoSuchFile(path=str(path), reason=reading_reason(error)) from error
    with file:
        size = os.fstat(file.fileno()).st_size
        _check_directory(path, file, size)
        try:
            archive = zipfile.ZipFile(file)
        except (*_UNREADABLE, OSError) as error:
            raise BadArchive(path=str(path), part="", line=None, reason="no-zip") from error
        with archive:
            yield ArchiveReader(path, archive, size, told)


def _check_directory(path: Path, file: BinaryIO, size: int) -> None:
    """Refuse a list of parts that would fill the memory, before the library of zips reads it.

    Raises:
        BadArchive: it is too long, or there is none.

    """
    tail = min(size, 22 + 65_535 + 76)
    file.seek(size - tail)
    end = file.read(tail)
    at = end.rfind(b"PK\x05\x06")
    if at < 0 or len(end) < at + 22:
        raise BadArchive(path=str(path), part="", line=None, reason="no-zip")
    (length,) = struct.unpack_from("<I", end, at + 12)
    if at >= 76 and end[at - 20 : at - 16] == b"PK\x06\x07":  # more than the short form can say
        (length,) = struct.unpack_from("<Q", end, at - 36)
    if length > MAX_DIRECTORY:
        raise BadArchive(path=str(path), part="", line=None, reason="too-many-parts")
