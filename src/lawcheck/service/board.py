"""What presses: the board, and what comes next."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from lawcheck.core.row import Row
from lawcheck.service.attached import with_evidence
from lawcheck.service.working_days import calendar_for, calendar_of, last_day_within
from lawcheck.service.years import open_years, year_without_notice, years_meant, years_or_cases
from lawcheck.store import codec
from lawcheck.store.register import Register

if TYPE_CHECKING:
    from lawcheck.core.calendar import Calendar
    from lawcheck.service.reviews import Said

SOON_DAYS = 10
"""Within how many working days what is due is due soon."""
BOARD_LINES = 10


class DueCount(NamedTuple):
    """How many rows of a year, or of all cases (None), are overdue, and due soon."""

    year: int | None
    overdue: int
    soon: int


class Board(NamedTuple):
    """What an officer sees first; `said` is why the returned rows were returned.

    It is over all years that are not closed, and over cases; or over the year that was `asked` for alone.
    """

    today: date
    soon_days: int
    years: tuple[int, ...]
    counts: tuple[DueCount, ...]
    overdue: tuple[Row, ...]
    soon: tuple[Row, ...]
    returned: tuple[Row, ...]
    undated: tuple[Row, ...]
    year_missing: bool
    holidays_missing: int | None
    calendar: "Calendar"
    said: tuple["Said | None", ...] = ()
    asked: int | None = None


class Next(NamedTuple):
    """The most urgent rows: the longest overdue first, then by working days left, then those without a day."""

    rows: tuple[Row, ...]
    today: date
    calendar: "Calendar | None"


def board(register: Register, today: date, *, year: int | None = None) -> Board:
    """Return what is overdue, due soon and returned, of the year asked for, or of all open years and cases.

    Raises:
        YearNotStarted: the year holds no checklist.

    """
    day, cases = today.isoformat(), year is None
    with register.snapshot():
        calendar = calendar_of(register)
        soon = last_day_within(calendar, today, SOON_DAYS).isoformat()
        years = tuple(sorted(open_years(register) if year is None else years_meant(register, year)))
        counts: list[DueCount] = []
        for one in years:
            counted = register.one("row_due_counts", year=one, today=day, soon=soon) or (0, 0)
            if any(counted):
                counts.append(DueCount(one, int(str(counted[0])), int(str(counted[1]))))
        urgent = _urgent(register, "next", years, today=day, most=BOARD_LINES, cases=cases)
        near = _urgent(register, "soon", years, today=day, soon=soon, most=BOARD_LINES, cases=cases)
        returned = _urgent(register, "returned", years, most=BOARD_LINES, cases=cases)
        said = _said(register, returned)
        # What a case asks for without a day is told by the case itself.
        undated = _urgent(register, "undated", years, today=day, most=BOARD_LINES, cases=False)
        counted = (register.one("case_row_due_counts", today=day, soon=soon) if cases else None) or (0, 0)
        if any(counted):
            counts.append(DueCount(None, int(str(counted[0])), int(str(counted[1]))))
        holidays_missing = year_without_notice(register, today)
    return Board(
        today,
        SOON_DAYS,
        years,
        tuple(counts),
        tuple(row for row in urgent if row.days_overdue(today)),
        tuple(near),
        tuple(returned),
        tuple(undated),
        year is None and today.year not in years,
        holidays_missing,
        calendar,
        said,
        year,
    )


def _said(register: Register, returned: list[Row]) -> tuple["Said | None", ...]:
    if not returned:
        return ()
    from lawcheck.service.reviews import said_of  # only where there are reviews

    return tuple(said_of(register, row) for row in returned)


def _urgent(
    register: Register, what: str, years: Iterable[int], *, most: int, cases: bool = True, **parameters: object
) -> list[Row]:
    """Return the first rows of several years and of all cases by due day and time, each read by its own index.

    A later day never has fewer working days left, so this is the order of working days left too.
    """
    rows = [
        codec.row(one)
        for year in years
        for one in register.all(f"row_{what}_of_year", year=year, most=most, **parameters)
    ]
    if cases:
        rows += [codec.case_row(one) for one in register.all(f"case_row_{what}", most=most, **parameters)]
    rows.sort(key=lambda row: (row.due or date.max, row.due_time or "~", row.year, row.ref))
    return list(with_evidence(register, rows[:most]))


def next_rows(register: Register, most: int, *, year: int | None, today: date) -> Next:
    """Return the most urgent rows that have begun, of the year asked for, or of all open years and cases."""
    day = today.isoformat()
    with register.snapshot():
        years = years_or_cases(register, year)
        cases = year is None
        rows = _urgent(register, "next", years, today=day, most=most, cases=cases)
        if len(rows) < most:
            rows += _urgent(register, "undated", years, today=day, most=most - len(rows), cases=False)
        calendar = calendar_for(register, rows, today)
    return Next(tuple(rows), today, calendar)
