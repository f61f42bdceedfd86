"""The calendar of a register: the years that come with lawcheck and those that were imported.

Commands that show no day ahead do without the calendar, so it is imported where it is made.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from lawcheck.core.row import Row
from lawcheck.store.register import Register

if TYPE_CHECKING:
    from lawcheck.core.calendar import Calendar, HolidayYear


def calendar_of(register: Register | None) -> "Calendar":
    """Return the calendar that a register counts by; without one, the years that come with lawcheck."""
    from lawcheck.core.calendar import Calendar
    from lawcheck.library.known_years import KnownYears

    return Calendar(KnownYears({} if register is None else imported_years(register)))


def calendar_for(register: Register, rows: Iterable[Row], today: date) -> "Calendar | None":
    """Return the calendar where any of some rows has a day ahead; None where there is nothing to count."""
    return calendar_of(register) if any(row.is_due_after(today) for row in rows) else None


def last_day_within(calendar: "Calendar", today: date, days: int) -> date:
    """Return the last day that is no more than so many working days ahead: days off behind it belong to it."""
    return calendar.forward(today, days + 1) - timedelta(days=1)


def imported_years(register: Register) -> "dict[int, HolidayYear]":
    """Return the years that a register took over from notices."""
    held = register.all("holiday_year_documents")
    if not held:
        return {}
    from lawcheck.core.calendar import HolidayYear
    from lawcheck.core.words import Text
    from lawcheck.store.codec import json_held

    years: dict[int, HolidayYear] = {}
    for year, body in held:
        document = json_held(body)
        off, worked = ({day: Text(*name) for day, name in document[part].items()} for part in ("off", "worked"))
        number = int(str(year))
        years[number] = HolidayYear(number, document["notice"], document["certainty"], off, worked, document["amended"])
    return years
