"""What evidence stands on: rows of a year or of a case, and entries of figures."""

from typing import NamedTuple

from lawcheck.core.evidence import Evidence
from lawcheck.core.figure import FigureEntry, FigureValue, not_corrected, speaking
from lawcheck.core.refs import entry_ref, parse_entry_ref, parse_ref
from lawcheck.core.row import Row
from lawcheck.errors import AmbiguousRef, NoFigureEntries, UnknownFigureEntry
from lawcheck.service.attached import evidence_on, with_evidence
from lawcheck.service.figures import held_figure
from lawcheck.service.finding import MOST_CANDIDATES, find_row, matching_case_rows, matching_rows
from lawcheck.service.lists import bounds_of
from lawcheck.service.years import check_writable, one_year, years_meant
from lawcheck.store import codec
from lawcheck.store.register import Register


class EntryHeld(NamedTuple):
    """An entry of a figure; it has a year, a ref and titles, as a row has. `evidence` is read where it is asked for."""

    figure: FigureValue
    entry: FigureEntry
    evidence: tuple[Evidence, ...] = ()

    @property
    def year(self) -> int:
        """The year of its figure."""
        return self.entry.year

    @property
    def ref(self) -> str:
        """What a person types for it: `cases_total.2`."""
        return entry_ref(self.entry.key, self.entry.n)

    @property
    def title_zh(self) -> str:
        """The title of its figure in Chinese."""
        return self.figure.title_zh

    @property
    def title_en(self) -> str:
        """The title of its figure in English."""
        return self.figure.title_en

    def is_of_case(self) -> bool:
        """Tell whether it belongs to a case: it never does."""
        return False


Holder = Row | EntryHeld


def find_holder(register: Register, text: str, year: int | None, today: str) -> Holder:
    """Return the one row or entry of a figure that a ref means.

    A figure's key means the one entry that its value comes from.

    Raises:
        NotFound: the ref means nothing, or several.

    """
    entries = _entries_named(register, text, year)
    if entries is None:
        return find_row(register, text, year, today)
    key, n = parse_entry_ref(text) or ("", None)
    meant = entries if n is not None else [one for held in _by_year(entries) for one in _speaking(held)]
    if len(meant) == 1:
        return meant[0]
    if meant:
        candidates = [(one.ref, one.year) for one in meant[:MOST_CANDIDATES]]
        raise AmbiguousRef(
            ref=key if n is None else entry_ref(key, n), candidates=candidates, more=len(meant) - len(candidates)
        )
    if n is None:
        raise NoFigureEntries(key=key)
    known = _entries_named(register, key, year) or []
    if not known:
        raise NoFigureEntries(key=key)
    raise UnknownFigureEntry(key=key, n=n, entries=sorted({one.entry.n for one in known}))


def holder_to_change(register: Register, text: str, year: int | None, today: str) -> Holder:
    """Return the row or entry that a ref means, if it may be changed: of a year that is open, or of any case.

    Raises:
        NotFound: the ref means nothing, or several.
        YearClosed: the year is closed.

    """
    found = find_holder(register, text, year, today)
    if not found.is_of_case():
        check_writable(register, found.year)
    return found


def holders_named(register: Register, text: str, year: int | None, today: str) -> list[Holder]:
    """Return all rows, or entries of a figure, that a ref is a part of.

    Raises:
        NotFound: there is none.

    """
    entries = _entries_named(register, text, year)
    if entries is not None:
        return list(entries) or [find_holder(register, text, year, today)]  # which says why there is none
    ref = parse_ref(text)
    rows = [row for one in years_meant(register, year) for row in matching_rows(register, one, ref)]
    rows = rows or (matching_case_rows(register, ref) if year is None else [])
    return list(rows) or [find_row(register, text, year, today)]  # as above


def holder_at(register: Register, year: int, ref: str) -> Holder:
    """Return the row of a year or of a case (0), or the entry of a figure, with a ref, with its evidence."""
    named = parse_entry_ref(ref)
    if named is not None:
        found = next(one for one in _entries_of(register, year, named[0]) if one.ref == ref)
        return found._replace(evidence=evidence_on(register, year, ref))
    if year == 0:
        row = codec.case_row(register.one("case_row_one", ref=ref) or ())
    else:
        row = codec.row(register.one("row_get", year=year, ref=ref) or ())
    return with_evidence(register, [row])[0]


def bounds_of_holders(register: Register, name: str, years: list[int]) -> tuple[str, str, str | None]:
    """Return the bounds of the refs that a template's code, a ref or a figure's key stands for, as `bounds_of` does.

    Raises:
        NotFound: it stands for nothing.

    """
    named = figure_named(register, name, years)
    if named is not None:
        key, n = named
        return (f"{key}.", f"{key}/", None) if n is None else (entry_ref(key, n), entry_ref(key, n) + ".", None)
    return bounds_of(register, name, years)


# --- entries of figures -----------------------------------------------------------------------


def figure_named(register: Register, text: str, years: list[int]) -> tuple[str, int | None] | None:
    """Return the key and the number that a text names a figure, or an entry of it, by; None where it may name a row.

    Raises:
        UnknownFigure: it is a figure's key by its shape, and no year has it.

    """
    named = parse_entry_ref(text)
    if named is None:
        return None
    if not _has_figure(register, years, named[0]):
        if len(named[0]) <= _CODE:
            return None
        held_figure(register, years[0] if years else one_year(register, None), named[0])
    return named


_CODE = 2
"""Up to two letters without a dash may be half of a row's ref, or a template's code."""


def _entries_named(register: Register, text: str, year: int | None) -> list[EntryHeld] | None:
    """Return the entries that a text names, corrected ones too; None where it names no figure."""
    if parse_entry_ref(text) is None:
        return None
    years = years_meant(register, year)
    named = figure_named(register, text, years)
    if named is None:
        return None
    key, n = named
    return [one for each in years for one in _entries_of(register, each, key) if n in (None, one.entry.n)]


def _entries_of(register: Register, year: int, key: str) -> list[EntryHeld]:
    """Return the entries of a figure in a year; none where the year has no such figure."""
    if not _has_figure(register, [year], key):
        return []
    figure = held_figure(register, year, key)
    entries = [codec.figure_entry(one) for one in register.all("figure_entry_of", year=year, key=key)]
    return [EntryHeld(figure, one) for one in entries]


def _has_figure(register: Register, years: list[int], key: str) -> bool:
    return any(register.one("figure_get", key_year=year, key_key=key) is not None for year in years)


def _by_year(entries: list[EntryHeld]) -> list[list[EntryHeld]]:
    years = dict.fromkeys(one.year for one in entries)
    return [[one for one in entries if one.year == year] for year in years]


def _speaking(entries: list[EntryHeld]) -> list[EntryHeld]:
    """Return the entries of a figure in a year that its value comes from."""
    standing = speaking(entries[0].figure.adds, not_corrected([one.entry for one in entries]))
    return [one for one in entries if one.entry in standing]
