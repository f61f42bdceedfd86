"""Growth of a figure over the year before (同比): computed, never typed."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from lawcheck.core.figure import EXACT, Adds, FigureValue


class Growth(NamedTuple):
    """By how much a figure grew: in per cent to one decimal, or in percentage points (个百分点) where it is a rate."""

    value: Decimal
    in_points: bool


def growth(now: FigureValue, before: FigureValue) -> Growth | None:
    """Return a figure's growth; None where a value is missing, measures differ, or nothing stood there before."""
    if now.base is None or before.base is None or now.measure_zh != before.measure_zh:
        return None
    difference = EXACT.subtract(now.base, before.base)
    if now.measure_zh == "%":
        return Growth(difference, in_points=True)
    if before.base <= 0:
        return None
    percent = EXACT.divide(EXACT.multiply(difference, Decimal(100)), before.base)
    return Growth(percent.quantize(Decimal("0.1"), ROUND_HALF_UP, EXACT), in_points=False)


def comparable(now: FigureValue, before: FigureValue) -> bool:
    """Tell whether a figure and that of another year speak of the same part of their years.

    They do where both ends are the same days; sums of dated entries do, both being counted up to the same day.
    """
    ends = [
        [None if day is None else (day.month, day.day) for day in (one.from_date, one.to_date)] for one in (now, before)
    ]
    if ends[0] == ends[1]:
        return True
    return now.adds == Adds.SUM and now.from_date is None and before.from_date is None


def same_day(as_of: date, year: int, other: int) -> date:
    """Return the day that stands in another year where `as_of` stands in this one; February 28 for the 29th."""
    shifted = as_of.year - year + other
    try:
        return as_of.replace(year=shifted)
    except ValueError:
        return as_of.replace(year=shifted, day=28)
