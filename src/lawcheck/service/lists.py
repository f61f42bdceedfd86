"""Rows read: the board, lists, what comes next, one row in full."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from lawcheck.core.refs import normalise, parse_ref
from lawcheck.core.row import Row, clean_text
from lawcheck.core.totals import Totals
from lawcheck.errors import AmbiguousRef, UnknownTemplate
from lawcheck.service.finding import (
    MOST_CANDIDATES,
    FrozenItem,
    find_item,
    matching_rows,
    unknown_ref,
)
from lawcheck.service.nearest import nearest
from lawcheck.service.people import unit_code
from lawcheck.service.years import open_years, years_meant
from lawcheck.store import codec
from lawcheck.store.entities import template_bounds
from lawcheck.store.register import Register

if TYPE_CHECKING:
    from lawcheck.service.journal import LogLine
    from lawcheck.service.standing import Standing

SOON_DAYS = 14
BOARD_LINES = 10


class DueCount(NamedTuple):
    """How many rows of a year are overdue, and due soon."""

    year: int
    overdue: int
    soon: int


class Board(NamedTuple):
    """What an officer sees first, over all years that are not closed."""

    today: date
    soon_days: int
    years: tuple[int, ...]
    counts: tuple[DueCount, ...]
    overdue: tuple[Row, ...]
    soon: tuple[Row, ...]
    returned: tuple[Row, ...]
    undated: tuple[Row, ...]
    year_missing: bool


class Listed(NamedTuple):
    """Rows that answer to a filter, read as they are needed, with the totals and what has no row."""

    rows: Iterator[Row]
    totals: Totals
    standing: "Standing"
    years: tuple[int, ...]
    today: date


class Next(NamedTuple):
    """The most urgent rows: overdue first, then by what is due first, then those without a day."""

    rows: tuple[Row, ...]
    today: date


class Note(NamedTuple):
    """A note as it was written."""

    n: int
    text: str
    person: str
    on_date: str


class Shown(NamedTuple):
    """An item with its rows, notes and history; `rate` names the two figures of a case item, key and titles."""

    item: FrozenItem
    rows: tuple[Row, ...]
    notes: tuple[Note, ...]
    history: "tuple[LogLine, ...]"
    rate: tuple[tuple[str, str, str], ...]
    today: date


class Filter(NamedTuple):
    """Which rows to list; None stands for any."""

    name: str | None = None
    unit: str | None = None
    state: str | None = None
    due_within: int | None = None
    overdue: bool = False


def board(register: Register, today: date) -> Board:
    """Return what is overdue, due soon and returned, over all years that are not closed."""
    soon = (today + timedelta(days=SOON_DAYS)).isoformat()
    day = today.isoformat()
    with register.snapshot():
        years = tuple(sorted(open_years(register)))
        counts: list[DueCount] = []
        for year in years:
            counted = register.one("row_due_counts", year=year, today=day, soon=soon) or (0, 0)
            if any(counted):
                counts.append(DueCount(year, int(str(counted[0])), int(str(counted[1]))))
        urgent = _of_years(register, "row_next_of_year", years, today=day, most=BOARD_LINES)
        near = _of_years(register, "row_soon", years, today=day, soon=soon, most=BOARD_LINES)
        returned = _of_years(register, "row_returned", years, most=BOARD_LINES)
        undated = _of_years(register, "row_undated_of_year", years, today=day, most=BOARD_LINES)
    return Board(
        today,
        SOON_DAYS,
        years,
        tuple(counts),
        tuple(row for row in urgent if row.days_overdue(today)),
        tuple(near),
        tuple(returned),
        tuple(undated),
        today.year not in years,
    )


def _of_years(
    register: Register, statement: str, years: Iterable[int], *, most: int, **parameters: object
) -> list[Row]:
    """Return the first rows of several years by due date, each year read by its own index."""
    rows = [codec.row(one) for year in years for one in register.all(statement, year=year, most=most, **parameters)]
    return sorted(rows, key=lambda row: (row.due or date.max, row.year, row.ref))[:most]


def list_rows(register: Register, wanted: Filter, *, year: int | None, today: date) -> Listed:
    """Return the rows that answer to a filter, over the year asked for or all open years.

    Raises:
        UnknownRef: the name is a ref that nothing answers to.
        UnknownTemplate: the name is a template that was not started.
        UnknownUnit: the bureau has no such unit.

    """
    register.hold()
    years = years_meant(register, year)
    parameters = _parameters(register, wanted, years, today, any_state=year is not None)
    counted = register.one("row_list_totals", **parameters, as_of=today.isoformat())
    counts = [int(str(one or 0)) for one in counted or ()]
    plain = wanted.state is None and wanted.due_within is None and not wanted.overdue
    low, high = parameters["low"], parameters["high"]
    unit = unit_code(register, wanted.unit) if wanted.unit is not None else None
    from lawcheck.service.standing import NOTHING_STANDING, standing_items  # decimals, only where items have no rows

    standing = standing_items(register, years, today, bounds=(low, high), unit=unit) if plain else NOTHING_STANDING
    totals = Totals(*counts)._replace(not_triggered=len(standing.not_triggered))
    rows = (codec.row(one) for one in register.each("row_list", **parameters))
    return Listed(rows, totals, standing, tuple(years), today)


def _parameters(
    register: Register, wanted: Filter, years: list[int], today: date, *, any_state: bool = False
) -> dict[str, object]:
    low = high = suffix = None
    if wanted.name is not None:
        low, high, suffix = _bounds(register, wanted.name, years)
    unit = unit_code(register, wanted.unit) if wanted.unit is not None else None
    within = wanted.due_within
    return {
        "first_year": min(years, default=0),
        "last_year": max(years, default=0),
        "closed_too": 1 if any_state else 0,
        "low": low,
        "high": high,
        "suffix": suffix,
        "unit": unit,
        "state": wanted.state,
        "review": None,
        "due_from": None if within is None else today.isoformat(),
        "due_to": None if within is None else (today + timedelta(days=within)).isoformat(),
        "due_before": today.isoformat() if wanted.overdue else None,
    }


def _bounds(register: Register, name: str, years: list[int]) -> tuple[str, str, str | None]:
    """Return the bounds of the refs that a template's code or a ref stands for, and the unit they end with, if any."""
    plain = normalise(name)
    started = [str(code) for year in years for _, code, *_ in register.all("checklist_of_year", year=year)]
    if plain in started:
        bounds = template_bounds(plain)
        return bounds["low"], bounds["high"], None
    if plain.isalpha():
        raise UnknownTemplate(name=name, nearest=nearest(plain, started) or sorted(set(started)))
    ref = parse_ref(name)
    whole = ref.text == ref.code
    if not any(matching_rows(register, year, ref) or (whole and find_item(register, year, ref.code)) for year in years):
        raise unknown_ref(register, ref, years)
    if ref.unit is not None and ref.period is None:
        return ref.code, ref.code + "/", ref.unit
    # The ref itself and all under it: `/` is what follows the full stop.
    return ref.text, ref.text + "/" if whole else ref.text + ".~", None


def next_rows(register: Register, most: int, *, year: int | None, today: date) -> Next:
    """Return the most urgent rows that have begun, over the year asked for or all open years."""
    day = today.isoformat()
    with register.snapshot():
        years = years_meant(register, year)
        rows = _of_years(register, "row_next_of_year", years, today=day, most=most)
        if len(rows) < most:
            rows += _of_years(register, "row_undated_of_year", years, today=day, most=most - len(rows))
    return Next(tuple(rows), today)


def show(register: Register, text: str, *, year: int | None, today: date) -> Shown:
    """Return what a ref stands for: a row with its item, or an item with all its rows.

    Raises:
        UnknownRef: nothing answers to it.
        AmbiguousRef: it stands for something in several years.

    """
    ref = parse_ref(text)
    with register.snapshot():
        years = years_meant(register, year)
        found = [
            (one, item, rows)
            for one in years
            if (item := find_item(register, one, ref.code)) is not None
            and ((rows := matching_rows(register, one, ref)) or ref.text == ref.code)
        ]
        if not found:
            raise unknown_ref(register, ref, years)
        if len(found) > 1:
            pending = [one for one in found if any(_is_pending(row, today) for row in one[2])]
            found = pending if len(pending) == 1 else found
        if len(found) > 1:
            raise AmbiguousRef(ref=ref.text, candidates=[(ref.text, one[0]) for one in found[:MOST_CANDIDATES]], more=0)
        one, item, rows = found[0]
        noted = register.all("note_of", year=one, ref=rows[0].ref if len(rows) == 1 else ref.text)
        if len(rows) == 1 and rows[0].ref != item.code:
            noted += register.all("note_of", year=one, ref=item.code)
    from lawcheck.service.journal import read_log  # only here

    notes = tuple(Note(*note) for note in noted)  # type: ignore[arg-type]
    log = read_log(register, rows[0].ref if len(rows) == 1 else item.code, year=one, most=20)
    return Shown(item, tuple(rows), notes, log.lines, _rate_figures(register, item), today)


def _rate_figures(register: Register, item: FrozenItem) -> tuple[tuple[str, str, str], ...]:
    """Return key and titles of the two figures of a case item's rate; nothing for any other item."""
    rate: Any = item.body["rate"]
    keys = (rate["met"], rate["of"]) if rate else ()
    found = [(key, register.one("figure_get", key_year=item.year, key_key=key)) for key in keys]
    return tuple((key, str(held[1]), str(held[2])) for key, held in found if held is not None)


def _is_pending(row: Row, today: date) -> bool:
    return row.is_unfinished() and row.begins <= today


def ref_completions(register: Register, begun: str, *, year: int | None) -> list[tuple[str, str, str]]:
    """Return refs and item codes that begin with what was typed, each with its titles."""
    plain = clean_text(normalise(begun))
    found: dict[str, tuple[str, str]] = {}
    for one in [year] if year is not None else open_years(register):
        for values in register.all("row_completion", year=one, low=plain, high=plain + "~", most=200):
            found.setdefault(str(values[0]), (str(values[1]), str(values[2])))
    return [(ref, *titles) for ref, titles in sorted(found.items())]
