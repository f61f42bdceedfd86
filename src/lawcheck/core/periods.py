"""Periods of a year, and due rules by a day."""

import re
from calendar import monthrange
from datetime import date
from enum import StrEnum
from typing import NamedTuple

_RULE = re.compile(r"(?P<how>by|before) (?P<month>[0-9]{2})-(?P<day>[0-9]{2})(?P<next> next year)?")


class Every(StrEnum):
    """How often a periodic item comes round."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    DATES = "dates"


class DueRule(NamedTuple):
    """A due date by a day of the year, or before one; `years_on` is 1 for a day of the next year."""

    before: bool
    month: int
    day: int
    years_on: int

    def due(self, year: int) -> date:
        """Return the last day on which the row of `year` is in time.

        "3月1日之前" is read as before that day, so the last day of February at the latest; that
        reading is a judgment and the templates say so.
        """
        day = date(year + self.years_on, self.month, self.day)
        return day.fromordinal(day.toordinal() - 1) if self.before else day


def parse_due(text: str) -> DueRule | None:
    """Read a yearly due rule: `by 12-31`, `by 01-31 next year`, `before 03-01 next year`; None if it is none."""
    match = _RULE.fullmatch(text)
    if match is None or not is_month_day(f"{match['month']}-{match['day']}"):
        return None
    return DueRule(match["how"] == "before", int(match["month"]), int(match["day"]), 1 if match["next"] else 0)


def is_month_day(text: str) -> bool:
    """Tell whether `MM-DD` is a day of every year (02-29 is not)."""
    match = re.fullmatch(r"([0-9]{2})-([0-9]{2})", text)
    return match is not None and 1 <= int(match[1]) <= 12 and 1 <= int(match[2]) <= monthrange(2023, int(match[1]))[1]


class Period(NamedTuple):
    """A stretch of a year for which an item asks once: `name` is None for the whole year."""

    name: str | None
    begins: date
    due: date | None


_LENGTHS = {Every.MONTH: ("M", 1), Every.QUARTER: ("Q", 3), Every.HALF_YEAR: ("H", 6)}


def periods(every: Every, dates: tuple[str, ...], year: int) -> tuple[Period, ...]:
    """Lay out the periods of a year, each due on its last day, or the named days themselves."""
    if every is Every.DATES:
        new_year = date(year, 1, 1)
        return tuple(
            Period("D" + day.replace("-", ""), new_year, date(year, int(day[:2]), int(day[3:]))) for day in dates
        )
    letter, months = _LENGTHS[every]
    laid = []
    for index in range(12 // months):
        first, last = index * months + 1, (index + 1) * months
        name = f"{letter}{index + 1:02}" if letter == "M" else f"{letter}{index + 1}"
        laid.append(Period(name, date(year, first, 1), date(year, last, monthrange(year, last)[1])))
    return tuple(laid)
