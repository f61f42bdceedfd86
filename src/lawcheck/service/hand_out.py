"""What is handed out to a unit: its open rows and its figures, as the register holds them now."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from lawcheck.core.figure import FigureValue
from lawcheck.core.journal import Head
from lawcheck.core.row import Row
from lawcheck.errors import NothingToHandOut
from lawcheck.service.figures import figures_of_year
from lawcheck.service.finding import find_item
from lawcheck.service.people import bureau_held, unit_code
from lawcheck.service.years import check_writable, one_year
from lawcheck.store import codec
from lawcheck.store.register import Register

Titles = tuple[str, str]
"""Words in Chinese and English."""


class OpenRow(NamedTuple):
    """A row that is not finished, with what its item asks for."""

    row: Row
    standard: str
    evidence: str


class OpenFigure(NamedTuple):
    """A figure that a unit reports, with the number of its last entry."""

    figure: FigureValue
    last: int


class HandOut(NamedTuple):
    """What a unit is to fill in."""

    register_id: str
    head: Head
    bureau: Titles
    year: int
    unit: str
    unit_name: Titles
    made_on: date
    rows: tuple[OpenRow, ...]
    figures: tuple[OpenFigure, ...]


class HandOuts(NamedTuple):
    """What units are to fill in, read as it is needed; `idle` have nothing open, `unclaimed` are figures of no unit."""

    year: int
    units: Iterator[HandOut]
    idle: tuple[str, ...]
    unclaimed: tuple[str, ...]


def hand_out(register: Register, *, year: int | None, unit: str | None, today: date) -> HandOuts:
    """Return what a unit is to fill in for a year, or what every unit is.

    A unit reports the figures that it reported before, and those of the sections of the report in which it has rows;
    what cases answer is not asked for.

    Raises:
        UnknownUnit: there is no such unit.
        YearClosed: the year is closed.
        NothingToHandOut: the unit has nothing open.

    """
    register.hold()
    meant = one_year(register, year, today=today)
    check_writable(register, meant)
    bureau = bureau_held(register) or {"units": [], "name": {"zh": "", "en": ""}}
    wanted = None if unit is None else unit_code(register, unit)
    figures = [one for one in figures_of_year(register, meant, today) if one.source == "entries"]
    last: dict[str, int] = {}
    for _, key, n, *_ in register.all("figure_entry_of_year", year=meant):
        last[str(key)] = max(last.get(str(key), 0), int(str(n)))
    is_open = {str(code) for code, *_ in register.all("row_open_by_unit", year=meant, today=today.isoformat())}
    given: dict[str, tuple[dict[str, Any], tuple[OpenFigure, ...]]] = {}
    idle = []
    for one in bureau["units"]:
        code = str(one["code"])
        if wanted in (None, code):
            its = tuple(
                OpenFigure(figure, last.get(figure.key, 0)) for figure in _reported(register, meant, code, figures)
            )
            if its or code in is_open:
                given[code] = (one, its)
            else:
                idle.append(code)
    if wanted is not None and not given:
        raise NothingToHandOut(unit=wanted, year=meant)
    claimed = {one.figure.key for _, its in given.values() for one in its}
    unclaimed = () if wanted is not None else tuple(one.key for one in figures if one.key not in claimed)
    units = (_of_unit(register, bureau, one, meant, today, its) for one, its in given.values())
    return HandOuts(meant, units, tuple(idle), unclaimed)


def _reported(register: Register, year: int, unit: str, figures: Sequence[FigureValue]) -> Iterator[FigureValue]:
    """Yield the figures that a unit reports."""
    sections = {str(section) for (section,) in register.all("section_of_unit", year=year, unit=unit)}
    reported = {str(key) for (key,) in register.all("figure_of_unit", year=year, unit=unit)}
    return (one for one in figures if one.section in sections or one.key in reported)


def _of_unit(  # what all units share
    register: Register,
    bureau: dict[str, Any],
    unit: dict[str, Any],
    year: int,
    today: date,
    figures: tuple[OpenFigure, ...],
) -> HandOut:
    code = str(unit["code"])
    items: dict[str, tuple[str, str]] = {}
    rows = []
    for values in register.all("row_unfinished_of_unit", year=year, unit=code):
        row = codec.row(values)
        if row.code not in items:
            item = find_item(register, year, row.code)
            body: dict[str, Any] = item.body if item is not None else {}
            items[row.code] = body["standard"]["zh"], body["evidence"]["zh"]
        rows.append(OpenRow(row, *items[row.code]))
    return HandOut(
        register.id(), register.head(), (bureau["name"]["zh"], bureau["name"]["en"]), year, code,
        (unit["name"]["zh"], unit["name"]["en"]), today, tuple(rows), figures,
    )  # fmt: skip
