"""Working days left of a row, by a calendar with one known year."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawcheck.core.calendar import Calendar, HolidayYear
from lawcheck.core.row import Row
from lawcheck.core.words import Text

NATIONAL = Text("国庆节", "National Day")
OFF = {f"2026-10-{day:02}": NATIONAL for day in range(1, 8)}
KNOWN = Calendar({2026: HolidayYear(2026, "x", "read", OFF, {"2026-10-10": NATIONAL})})
ROW = Row(
    2026, "TT-01", "TT-01", "TT", "yearly", "", "", 1, "", "FZ", None, None, date(2026, 1, 1), date(2026, 10, 12),
    "law", "open", None, None, None, None, None, None, "none", None,
)  # fmt: skip


@pytest.mark.parametrize(
    ("today", "left"),
    [
        (date(2026, 9, 24), 8),  # 25, 28, 29, 30 September; 8, 9, 12 October and the Saturday worked, the 10th
        (date(2026, 10, 7), 4),
        (date(2026, 10, 9), 2),
        (date(2026, 10, 11), 1),
        (date(2026, 10, 12), 0),
        (date(2026, 10, 13), 0),
        (date(2026, 12, 31), 0),
    ],
)
def test_the_days_after_today_up_to_the_due_day_are_left_and_never_less_than_none(today: date, left: int) -> None:
    ahead = range(today.toordinal() + 1, date(2026, 10, 13).toordinal())
    assert ROW.working_days_left(today, KNOWN) == left
    assert sum(KNOWN.is_working(date.fromordinal(day)) for day in ahead) == left


@pytest.mark.parametrize("state", ["done", "na"])
def test_nothing_is_left_of_what_is_finished_or_has_no_day(state: str) -> None:
    today = date(2026, 9, 24)
    assert ROW._replace(state=state).working_days_left(today, KNOWN) is None
    assert ROW._replace(due=None).working_days_left(today, KNOWN) is None
    assert not ROW._replace(state=state).is_due_after(today)
    assert not ROW._replace(due=None).is_due_after(today)
    assert ROW._replace(state="partial", left_to_do="x").working_days_left(today, KNOWN) is not None


def test_a_day_that_is_over_needs_no_calendar() -> None:
    assert ROW.working_days_left(date(2026, 10, 12), None) == 0
    assert not ROW.is_due_after(date(2026, 10, 12))
    assert ROW.is_due_after(date(2026, 10, 11))


@pytest.mark.parametrize(
    ("today", "due", "unknown"),
    [
        (date(2026, 12, 30), date(2026, 12, 31), False),
        (date(2026, 12, 30), date(2027, 1, 1), True),
        (date(2026, 12, 31), date(2027, 1, 4), True),
        (date(2027, 1, 4), date(2027, 1, 4), False),
        (date(2027, 1, 5), date(2027, 1, 4), False),
        (date(2025, 12, 31), date(2026, 1, 5), False),
        (date(2025, 12, 30), date(2026, 1, 5), True),
    ],
)
def test_days_left_in_a_year_without_a_notice_are_not_known(today: date, due: date, unknown: bool) -> None:
    row = ROW._replace(due=due)
    assert row.reaches_unknown(today, KNOWN) is unknown
    assert not row._replace(state="done").reaches_unknown(today, KNOWN)


@settings(max_examples=80, deadline=None)
@given(st.dates(date(2025, 1, 1), date(2028, 1, 1)), st.integers(0, 400), st.integers(0, 60))
def test_a_later_day_never_has_fewer_working_days_left(today: date, ahead: int, later: int) -> None:
    first = date.fromordinal(today.toordinal() + ahead)
    second = date.fromordinal(first.toordinal() + later)
    sooner, longer = (ROW._replace(due=due).working_days_left(today, KNOWN) for due in (first, second))
    assert sooner is not None
    assert longer is not None
    assert sooner <= longer <= sooner + later
