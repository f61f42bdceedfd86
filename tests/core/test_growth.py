"""Growth of figures: computed from both values, in per cent or percentage points."""

from datetime import date
from decimal import Decimal

import pytest

from lawcheck.core.figure import FigureValue
from lawcheck.core.growth import Growth, comparable, growth, same_day


def _figure(base: str | None, measure: str = "件") -> FigureValue:
    number = None if base is None else Decimal(base)
    return FigureValue(
        2026, "k", "甲", "A", measure, measure, "sum", "s", base, number, None, None, "exact", 1
    )  # fmt: skip


@pytest.mark.parametrize(
    ("now", "before", "grown"),
    [
        ("110", "100", "10.0"),
        ("95", "100", "-5.0"),
        ("100", "100", "0.0"),
        ("1", "3", "-66.7"),
        ("16191400", "15000000", "7.9"),
        ("0", "5", "-100.0"),
    ],
)
def test_growth_is_reckoned_to_one_decimal(now: str, before: str, grown: str) -> None:
    assert growth(_figure(now), _figure(before)) == Growth(Decimal(grown), in_points=False)


def test_rates_grow_by_percentage_points() -> None:
    assert growth(_figure("99.39", "%"), _figure("98.5", "%")) == Growth(Decimal("0.89"), in_points=True)


@pytest.mark.parametrize(("now", "before"), [(None, "1"), ("1", None), ("1", "0"), ("1", "-2")])
def test_there_is_no_growth_where_a_value_is_missing_or_nothing_stood_there(
    now: str | None, before: str | None
) -> None:
    assert growth(_figure(now), _figure(before)) is None


def test_another_measure_has_no_growth() -> None:
    assert growth(_figure("1", "件"), _figure("1", "家")) is None


@pytest.mark.parametrize(
    ("as_of", "day"),
    [
        (date(2024, 6, 30), date(2023, 6, 30)),
        (date(2025, 1, 9), date(2024, 1, 9)),
        (date(2024, 2, 29), date(2023, 2, 28)),
    ],
)
def test_another_year_is_looked_at_on_the_same_day(as_of: date, day: date) -> None:
    assert same_day(as_of, 2024, 2023) == day


@pytest.mark.parametrize(
    ("adds", "now", "before", "compare"),
    [
        ("sum", ((1, 1), (12, 31)), ((1, 1), (12, 31)), True),
        ("sum", ((1, 1), (12, 12)), ((1, 1), (12, 31)), False),  # part of a year against a whole one
        ("sum", (None, (12, 10)), (None, (12, 3)), True),  # entries with days of their own, up to the same day
        ("last", (None, (9, 30)), (None, (9, 30)), True),
        ("last", (None, (9, 30)), (None, (12, 31)), False),
    ],
)
def test_two_years_compare_where_both_speak_of_the_same_part_of_them(
    adds: str,
    now: tuple[tuple[int, int] | None, tuple[int, int]],
    before: tuple[tuple[int, int] | None, tuple[int, int]],
    compare: bool,
) -> None:
    figures = []
    for year, (begins, ends) in ((2026, now), (2025, before)):
        first = None if begins is None else date(year, *begins)
        figures.append(_figure("1")._replace(adds=adds, year=year, from_date=first, to_date=date(year, *ends)))
    assert comparable(*figures) is compare
