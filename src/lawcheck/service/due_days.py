"""Open rows with a day on which they are due, with what a reminder of them says."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from lawcheck.core.row import Row
from lawcheck.service.people import bureau_held, unit_code
from lawcheck.service.working_days import calendar_of, last_day_within
from lawcheck.service.years import years_or_cases
from lawcheck.store import codec
from lawcheck.store.entities import key_text
from lawcheck.store.register import Register

if TYPE_CHECKING:
    from lawcheck.core.calendar import Calendar

_LAST = date.max.isoformat()


class DueDay(NamedTuple):
    """An open row with its day, the law that asks for it, and for a case's row the case's number and title.

    `law` is the frozen item, or the frozen rule of the term: a mapping with `basis` and `practice`. `changed_by` is
    the last entry that changed the row, 0 when none did since it was laid out.
    """

    row: Row
    number: str | None
    title: str | None
    law: dict[str, Any]
    changed_by: int


class DueDays(NamedTuple):
    """The open rows with a day, the first due first; `units` gives the names of the bureau's units by code."""

    days: tuple[DueDay, ...]
    bureau: tuple[str, str] | None
    units: dict[str, tuple[str, str]]
    register_id: str
    today: date
    calendar: "Calendar"


def due_days(
    register: Register, *, unit: str | None = None, within: int | None = None, year: int | None, today: date
) -> DueDays:
    """Return what is open and has a day, in the year asked for or in all open years and cases.

    `within` leaves those that are due from today on, within so many working days.

    Raises:
        UnknownUnit: the bureau has no such unit.
        YearNotStarted: the year holds no checklist.
        NoYearStarted: no year is open, and there is no case either.

    """
    with register.snapshot():
        years = years_or_cases(register, year)
        calendar = calendar_of(register)
        wanted: dict[str, object] = {
            "low": None,
            "high": None,
            "unit": unit_code(register, unit) if unit is not None else None,
            "state": None,
            "due_from": None if within is None else today.isoformat(),
            "due_to": _LAST if within is None else last_day_within(calendar, today, within).isoformat(),
            "due_before": None,
            "review": None,
            "to_review": None,
        }
        span = {"first_year": min(years, default=1), "last_year": max(years, default=0)}
        of_years = register.all("row_list", **span, closed_too=int(year is not None), suffix=None, **wanted)
        found = list(_of_years(register, [codec.row(one) for one in of_years]))
        if year is None:
            of_cases = register.all("case_row_list", **wanted)
            found += _of_cases(register, [codec.case_row(one) for one in of_cases])
        found.sort(key=lambda one: (one.row.due or date.max, one.row.due_time or "~", one.row.year, one.row.ref))
        bureau = bureau_held(register)
        units = {one["code"]: (one["name"]["zh"], one["name"]["en"]) for one in bureau["units"]} if bureau else {}
        name = (bureau["name"]["zh"], bureau["name"]["en"]) if bureau else None
        return DueDays(tuple(found), name, units, register.id(), today, calendar)


def _of_years(register: Register, rows: list[Row]) -> Iterator[DueDay]:
    items: dict[tuple[int, str], dict[str, Any]] = {}
    for row in rows:
        key = (row.year, row.code)
        if key not in items:
            held = register.one("item_get", key_year=row.year, key_code=row.code)
            items[key] = codec.json_held(held[-1] if held else None)
        yield DueDay(row, None, None, items[key], _changed_by(register, key_text(row.year, row.ref)))


def _of_cases(register: Register, rows: list[Row]) -> Iterator[DueDay]:
    cases: dict[str, tuple[str, str]] = {}
    bodies: dict[str, dict[str, Any]] = {}
    for row in rows:
        ref = row.case_ref()
        if ref not in cases:
            held = register.one("case_file_get", key_ref=ref) or ("", "", "", "")
            cases[ref] = (str(held[2]), str(held[3]))
        body, rule = register.one("case_row_item", ref=row.ref) or ("", None)
        item = bodies.get(str(body))
        if item is None:
            item = bodies[str(body)] = codec.json_held(body)
        law = item["clock"]["rules"][rule] if item["clock"] is not None and rule is not None else item
        yield DueDay(row, *cases[ref], law, _changed_by(register, row.ref))


def _changed_by(register: Register, key: str) -> int:
    held = register.one("touched_last", key=key)
    return int(str(held[0])) if held and held[0] is not None else 0
