"""Manifests as files."""

import os
from collections.abc import Callable
from pathlib import Path

from lawcheck.core.frozen import Document
from lawcheck.core.manifest import manifest_text
from lawcheck.errors import FileNotWritten, FileThere
from lawcheck.export.file import write_file

Sign = Callable[[Document], Document]


def write_manifest(path: Path, document: Document, *, force: bool = False, sign: Sign | None = None) -> None:
    """Write a manifest to a file, signed where there is something that signs.

    Raises:
        FileThere: there is a file already, and it is not to be replaced.
        FileNotWritten: the place cannot be written.

    """
    signed = document if sign is None else sign(document)
    write_file(path, manifest_text(signed).encode(), force=force)


def check_place(path: Path, *, force: bool = False) -> None:
    """Check that a manifest can be written to a place, before what it goes with is done.

    Raises:
        FileThere: there is a file already, and it is not to be replaced.
        FileNotWritten: there is no such folder, it cannot be written, or what is there is no plain file.

    """
    place = Path(os.path.realpath(path))
    if os.path.lexists(place) and not place.is_file():
        raise FileNotWritten(path=str(path), reason="not-a-file")
    if os.path.lexists(place) and not force:
        raise FileThere(path=str(path))
    if not place.parent.is_dir():
        raise FileNotWritten(path=str(path), reason="no-folder")
    if not os.access(place.parent, os.W_OK):
        raise FileNotWritten(path=str(path), reason="no-right-to-write")
