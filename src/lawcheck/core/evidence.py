"""Evidence (佐证材料): what shows that a row was done or where a figure comes from; what may be added and taken off.

Evidence is a file, a file of which only hash and place are kept, a link, or the number of a document (文号). It stands
on a row, whatever its state, since papers come before the work is done as well as after it, or on an entry of a figure.
What is taken off keeps its line and its number.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from lawcheck.core.refs import folded
from lawcheck.core.row import Fields, clean_text, required_text
from lawcheck.core.words import EvidenceKind
from lawcheck.errors import (
    EvidenceErased,
    EvidenceRemoved,
    EvidenceThere,
    FutureDate,
    InvalidEvidence,
    InvalidLink,
    NoBytesKept,
    TooLong,
)

LINK_MOST, DOCUMENT_MOST, NAME_MOST = 2000, 200, 240
"""The most characters of a link and of a document's number, and the most bytes of a file's name."""
PROGRAMS = re.compile(
    "app|appimage|bat|chm|cmd|com|command|cpl|deb|desktop|dll|exe|hta|html?|inf|jar|jse?|lnk|mht|msc|msi|pif|ps1|py|reg"
    "|rpm|run|scf|scr|settingcontent-ms|sh|svg|url|vb[es]?|ws[fh]|xhtml",
    re.IGNORECASE,
)
"""The endings of files that a system runs, or in which a browser runs what they bring; none is handed to a viewer."""
_ADDRESS = re.compile(r"(?P<ref>[^#\s]+)\s*#\s*(?P<n>[1-9][0-9]{0,8})")
_SCHEME = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.\-]*):(?P<rest>.*)", re.DOTALL)
_AUTHORITY = re.compile(r"//(?P<authority>[^/?#\\]*)")
_UNWRITABLE = re.compile(r'[<>:"/\\|?*]')
_RESERVED = re.compile(r"(CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(COM|LPT)[0-9¹²³])\s*(\..*)?", re.IGNORECASE | re.DOTALL)
_MOVES = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Categories of characters that steer a terminal or a line of text and have no place in a name."""


class Piece(NamedTuple):
    """What is to become evidence: the fields of a line that do not depend on its row."""

    kind: str
    name: str
    place: str | None = None
    hash: str | None = None
    size: int | None = None


class Evidence(NamedTuple):
    """A line of evidence, in the order of its table's columns; the year of a case's row is 0, days are ISO 8601.

    `ref` is that of a row, or of an entry of a figure: `cases_total.2`. `dated` is the evidence's own day. What was
    taken off has `removed_on`; the bytes of what has `purged_on` are gone for good.
    """

    year: int
    ref: str
    n: int
    kind: str
    name: str
    place: str | None
    hash: str | None
    size: int | None
    dated: str | None
    person: str
    added_on: str
    removed_on: str | None = None
    removed_by: str | None = None
    why: str | None = None
    purged_on: str | None = None

    def address(self) -> str:
        """Return what a person types for it: `PL-03#2`."""
        return f"{self.ref}#{self.n}"

    def is_removed(self) -> bool:
        """Tell whether it was taken off its row."""
        return self.removed_on is not None


# --- what is typed ----------------------------------------------------------------------------


def parse_address(words: Sequence[str]) -> tuple[str, int]:
    """Read what names evidence, `PL-03#2` or `PL-03 2` or `cases_total.2#1`, as a ref and a number.

    Raises:
        InvalidEvidence: it is not shaped so.

    """
    text = " ".join(words)
    plain = folded(text)
    if len(words) == 2 and "#" not in plain:
        plain = "#".join(folded(word) for word in words)
    match = _ADDRESS.fullmatch(plain)
    if match is None:
        raise InvalidEvidence(text=text)
    ref = match["ref"]
    return ref.upper() if "-" in ref else ref, int(match["n"])  # keys of figures have no dash, and keep their case


def link_text(text: str) -> str:
    """Return a link as it is kept: the address of a page, without a password.

    Raises:
        EmptyText: it holds no words.
        InvalidLink: it is no address of the web, or one that may not be kept.

    """
    link = required_text(text, "--link")
    match = _SCHEME.fullmatch(link)
    authority = _AUTHORITY.match(match["rest"]) if match is not None else None
    why = None
    if len(link) > LINK_MOST:
        why = "long"
    elif any(one.isspace() or unicodedata.category(one) in _MOVES for one in link):
        why = "space"
    elif match is None or match["scheme"].lower() not in ("http", "https"):
        why = "scheme"
    elif authority is None or not authority["authority"].strip(":@"):
        why = "host"
    elif "@" in authority["authority"]:
        why = "password"
    if why is not None:
        raise InvalidLink(text=text, why=why)
    return link


def document_number(text: str) -> str:
    """Return the number of a document (文号) as it is kept: on one line.

    Raises:
        EmptyText: it holds no words.
        TooLong: it is no number but a text.

    """
    number = " ".join(required_text(text, "--doc").split())
    if len(number) > DOCUMENT_MOST:
        raise TooLong(option="--doc", most=DOCUMENT_MOST)
    return number


def check_dated(dated: date | None, today: date) -> None:
    """Refuse evidence that bears a day which has not come.

    Raises:
        FutureDate: the day has not come.

    """
    if dated is not None and dated > today:
        raise FutureDate(date=dated.isoformat(), today=today.isoformat())


# --- names ------------------------------------------------------------------------------------


def kept_name(name: str) -> str:
    """Return the name under which a file is kept: its own, without folders and without what steers a line of text."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", clean_text(name)))[-1]
    plain = "".join("_" if unicodedata.category(one) in _MOVES else one for one in last).strip()
    return _shortened(plain) if plain.strip(".") else "_"


def written_name(name: str) -> str:
    """Return a name under which a file can be written on every system and is taken for nothing but a file."""
    plain = _UNWRITABLE.sub("_", kept_name(name)).strip(" .") or "_"
    return "_" + plain if plain.startswith(("-", "~")) or _RESERVED.fullmatch(plain) else plain


def written_names(names: Iterable[str]) -> list[str]:
    """Return names under which files can be written into one folder of any system: no two of them are the same."""
    taken: set[str] = set()
    found: list[str] = []
    for name in names:
        plain = written_name(name)
        stem, dot, ending = plain.rpartition(".") if "." in plain else (plain, "", "")
        n = 1
        while plain.casefold() in taken:
            n += 1
            plain = f"{stem} ({n}){dot}{ending}"
        taken.add(plain.casefold())
        found.append(plain)
    return found


def is_program(name: str) -> bool:
    """Tell whether a file of this name would be run rather than shown."""
    _stem, dot, ending = written_name(name).rpartition(".")
    return bool(dot) and PROGRAMS.fullmatch(ending) is not None


def _shortened(name: str) -> str:
    """Return a name of no more bytes than file systems take, with its ending."""
    if len(name.encode()) <= NAME_MOST:
        return name
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending.encode()) > 20:
        stem, dot, ending = name, "", ""
    room = NAME_MOST - len((dot + ending).encode())
    return stem.encode()[:room].decode("utf-8", "ignore").rstrip() + dot + ending


# --- what may be done -------------------------------------------------------------------------


def added(
    pieces: Sequence[Piece], held: Iterable[Evidence], *, dated: date | None, by: str, today: date
) -> list[Fields]:
    """Return the fields of the lines that pieces become on a row which holds evidence already.

    Raises:
        EvidenceThere: the row holds the same, or it is offered twice.

    """
    there = {_same(one): one for one in held if not one.is_removed()}
    lines: list[Fields] = []
    offered: set[tuple[str, str]] = set()
    for piece in pieces:
        same = _same(piece)
        if same in there or same in offered:
            one = there.get(same)
            raise EvidenceThere(name=piece.name, address=one.address() if one is not None else None)
        offered.add(same)
        lines.append(
            {
                **piece._asdict(),
                "dated": dated.isoformat() if dated is not None else None,
                "person": by,
                "added_on": today.isoformat(),
                "removed_on": None,
                "removed_by": None,
                "why": None,
                "purged_on": None,
            }
        )
    return lines


def _same(one: Piece | Evidence) -> tuple[str, str]:
    """Return what makes two pieces the same: the bytes of files, the text of links and of numbers."""
    return ("bytes", one.hash) if one.hash is not None else (one.kind, one.name)


def taken_off(one: Evidence, *, by: str, why: str, today: date) -> Fields:
    """Return the fields of a line that change when it is taken off its row.

    Raises:
        EvidenceRemoved: it was taken off before.

    """
    if one.is_removed():
        raise EvidenceRemoved(address=one.address(), day=one.removed_on, person=one.removed_by)
    return {"removed_on": today.isoformat(), "removed_by": by, "why": why}


def file_hash(one: Evidence) -> str:
    """Return the hash of the bytes that were kept of evidence, be they erased or not.

    Raises:
        NoBytesKept: nothing was kept of it but its line.

    """
    if one.hash is None or one.kind != EvidenceKind.FILE:
        raise NoBytesKept(address=one.address(), evidence_kind=one.kind, name=one.name, place=one.place)
    return one.hash


def kept_hash(one: Evidence) -> str:
    """Return the hash of the bytes that are kept of evidence.

    Raises:
        NoBytesKept: nothing was kept of it but its line.
        EvidenceErased: they were erased.

    """
    hashed = file_hash(one)
    if one.purged_on is not None:
        raise EvidenceErased(address=one.address(), day=one.purged_on)
    return hashed
