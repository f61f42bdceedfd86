"""Due rules by a day and the periods of a year, for any year."""

from calendar import isleap
from datetime import date, timedelta

import pytest

from lawcheck.core.periods import DueRule, Every, Period, is_month_day, parse_due, periods

EVERY_YEAR = range(1949, 2201)


def due(text: str, year: int) -> date:
    rule = parse_due(text)
    assert rule is not None
    return rule.due(year)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("by 12-31", DueRule(before=False, month=12, day=31, years_on=0)),
        ("by 01-31 next year", DueRule(before=False, month=1, day=31, years_on=1)),
        ("before 03-01 next year", DueRule(before=True, month=3, day=1, years_on=1)),
        ("before 04-01", DueRule(before=True, month=4, day=1, years_on=0)),
    ],
)
def test_a_due_rule_is_read(text: str, rule: DueRule) -> None:
    assert parse_due(text) == rule


@pytest.mark.parametrize(
    "text",
    [
        "by 02-29",
        "by 02-30",
        "by 04-31",
        "by 13-01",
        "by 00-10",
        "by 01-00",
        "before 02-29 next year",
        "by 1-31",
        "by 01-31 next",
        "by 01-31 next year ",
        "by  01-31",
        "by 01-31\n",
        "after 01-31",
        "By 01-31",
        "by period end",
        "01-31",
        "",
    ],
)
def test_a_rule_that_not_every_year_can_keep_is_none(text: str) -> None:
    assert parse_due(text) is None


def test_a_day_of_the_year_falls_in_the_year() -> None:
    assert due("by 12-31", 2026) == date(2026, 12, 31)
    assert due("by 12-04", 2022) == date(2022, 12, 4)


def test_a_day_of_the_next_year_falls_in_the_next_year() -> None:
    assert due("by 01-31 next year", 2026) == date(2027, 1, 31)
    assert due("by 02-28 next year", 2023) == date(2024, 2, 28)


def test_before_the_first_of_march_is_the_last_day_of_february_of_any_year() -> None:
    for year in EVERY_YEAR:
        last = date(year + 1, 2, 29 if isleap(year + 1) else 28)
        assert due("before 03-01 next year", year) == last


def test_before_the_first_of_march_in_leap_years_and_in_the_years_that_look_like_it() -> None:
    assert due("before 03-01 next year", 2023) == date(2024, 2, 29)
    assert due("before 03-01 next year", 2026) == date(2027, 2, 28)
    assert due("before 03-01 next year", 1999) == date(2000, 2, 29)
    assert due("before 03-01 next year", 2099) == date(2100, 2, 28)


def test_before_the_first_of_april_is_the_last_of_march() -> None:
    assert due("before 04-01", 2026) == date(2026, 3, 31)
    assert due("before 04-01 next year", 2026) == date(2027, 3, 31)


def test_before_new_year_of_the_next_year_is_the_last_day_of_the_year() -> None:
    assert due("before 01-01 next year", 2026) == date(2026, 12, 31)


@pytest.mark.parametrize(
    ("day", "exists"),
    [
        ("01-01", True),
        ("02-28", True),
        ("12-31", True),
        ("02-29", False),
        ("04-31", False),
        ("00-01", False),
        ("13-01", False),
        ("01-00", False),
        ("1-1", False),
        ("01-01\n", False),
        ("", False),
    ],
)
def test_only_a_day_that_every_year_has_is_a_day_of_every_year(day: str, exists: bool) -> None:
    assert is_month_day(day) is exists


def test_the_quarters_of_a_year_end_on_their_last_days() -> None:
    assert periods(Every.QUARTER, (), 2026) == (
        Period("Q1", date(2026, 1, 1), date(2026, 3, 31)),
        Period("Q2", date(2026, 4, 1), date(2026, 6, 30)),
        Period("Q3", date(2026, 7, 1), date(2026, 9, 30)),
        Period("Q4", date(2026, 10, 1), date(2026, 12, 31)),
    )


def test_the_halves_of_a_year_end_in_june_and_december() -> None:
    assert periods(Every.HALF_YEAR, (), 2026) == (
        Period("H1", date(2026, 1, 1), date(2026, 6, 30)),
        Period("H2", date(2026, 7, 1), date(2026, 12, 31)),
    )


def test_the_months_are_numbered_with_two_digits() -> None:
    months = periods(Every.MONTH, (), 2024)
    assert [one.name for one in months] == [f"M{n:02}" for n in range(1, 13)]
    assert months[1] == Period("M02", date(2024, 2, 1), date(2024, 2, 29))


def test_named_days_are_asked_for_from_new_year_on() -> None:
    assert periods(Every.DATES, ("03-15", "09-30"), 2026) == (
        Period("D0315", date(2026, 1, 1), date(2026, 3, 15)),
        Period("D0930", date(2026, 1, 1), date(2026, 9, 30)),
    )


@pytest.mark.parametrize(("every", "count"), [(Every.MONTH, 12), (Every.QUARTER, 4), (Every.HALF_YEAR, 2)])
def test_the_periods_of_any_year_cover_it_without_a_gap(every: Every, count: int) -> None:
    for year in EVERY_YEAR:
        laid = periods(every, (), year)
        assert len(laid) == count
        next_day = date(year, 1, 1)
        for one in laid:
            assert one.begins == next_day
            assert one.due is not None
            next_day = one.due + timedelta(days=1)
        assert next_day == date(year + 1, 1, 1)
