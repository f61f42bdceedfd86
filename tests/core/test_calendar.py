"""Working days: every known day beside an independent calendar, and what holds for any holidays."""

from datetime import date, timedelta

import pytest
from chinese_calendar import is_workday
from hypothesis import given, settings
from hypothesis import strategies as st

from lawcheck.core.calendar import Calendar, HolidayYear, Reason, Step, fixed_in
from lawcheck.core.words import Text
from lawcheck.library.known_years import KnownYears

CALENDAR = Calendar(KnownYears({}))
EVERY_DAY = [date(2004, 1, 1) + timedelta(days=n) for n in range((date(2027, 1, 1) - date(2004, 1, 1)).days)]
DAYS = st.dates(date(2004, 1, 1), date(2026, 12, 31))
SOME = Text("节", "feast")


def made(off: set[date], worked: set[date] = frozenset()) -> Calendar:  # type: ignore[assignment]
    """Return a calendar of 2020 to 2024 with these holidays."""
    days = {year: ({one for one in off if one.year == year}, {one for one in worked if one.year == year})
            for year in range(2020, 2025)}  # fmt: skip
    return Calendar(
        {
            year: HolidayYear(
                year,
                None,
                "not-found",
                {one.isoformat(): SOME for one in rest},
                {one.isoformat(): SOME for one in work},
            )
            for year, (rest, work) in days.items()
        }
    )


def test_every_known_day_is_worked_or_not_as_an_independent_calendar_has_it() -> None:
    differing = [day for day in EVERY_DAY if CALENDAR.is_working(day) != is_workday(day)]
    # The notice for 2006 has Saturday 31 December 2005 worked; chinesecalendar leaves it out.
    assert differing == [date(2005, 12, 31)]


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("2022-10-03", Reason("holiday", Text("国庆节", "National Day"), "国办发明电〔2021〕11号")),
        ("2022-10-08", Reason("worked", Text("国庆节", "National Day"), "国办发明电〔2021〕11号")),
        ("2022-10-15", Reason("weekend", None, None)),
        ("2022-10-14", Reason("plain", None, None)),
        ("2022-12-31", Reason("holiday", Text("元旦", "New Year's Day"), "国办发明电〔2022〕16号")),
        ("2018-12-29", Reason("worked", Text("元旦", "New Year's Day"), "国办发明电〔2018〕15号")),
        ("2019-05-02", Reason("holiday", Text("劳动节", "Labour Day"), "国办发明电〔2019〕3号")),
        ("2020-01-30", Reason("holiday", Text("春节", "Spring Festival"), "国办发明电〔2019〕16号")),
        ("2020-01-31", Reason("holiday", Text("春节", "Spring Festival"), "国办发明电〔2020〕1号")),
        ("2004-05-03", Reason("holiday", Text("劳动节", "Labour Day"), None)),
        ("2027-10-01", Reason("holiday", Text("国庆节", "National Day"), "国务院令第795号")),
        ("2027-10-04", Reason("plain", None, None)),
    ],
)
def test_a_day_says_why_it_is_worked_or_not_and_by_which_notice(day: str, reason: Reason) -> None:
    assert CALENDAR.reason(date.fromisoformat(day)) == reason


@pytest.mark.parametrize(
    ("after", "amount", "day"),
    [
        ("2022-09-29", 7, "2022-10-13"),
        ("2026-09-24", 7, "2026-10-12"),
        ("2026-09-24", 20, "2026-10-29"),
        ("2022-10-01", 1, "2022-10-08"),
        ("2022-12-30", 1, "2023-01-03"),
        ("2026-12-31", 1, "2027-01-04"),
        ("2026-12-24", 7, "2027-01-05"),
        ("2026-09-24", 0, "2026-09-24"),
    ],
)
def test_working_days_are_counted_forward_from_the_day_after(after: str, amount: int, day: str) -> None:
    assert CALENDAR.forward(date.fromisoformat(after), amount) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("before", "amount", "day"),
    [("2022-10-14", 7, "2022-09-30"), ("2023-01-03", 1, "2022-12-30"), ("2022-10-14", 0, "2022-10-14")],
)
def test_working_days_are_counted_back_from_the_day_before(before: str, amount: int, day: str) -> None:
    assert CALENDAR.backward(date.fromisoformat(before), amount) == date.fromisoformat(day)


def test_a_day_off_rolls_to_the_next_working_day_and_a_working_day_stays() -> None:
    assert CALENDAR.roll(date(2026, 10, 3)) == date(2026, 10, 8)
    assert CALENDAR.roll(date(2026, 10, 10)) == date(2026, 10, 10)


def test_a_count_leaves_out_its_first_day_and_holds_its_last() -> None:
    assert CALENDAR.count(date(2026, 9, 24), date(2026, 10, 12)) == 7
    assert CALENDAR.count(date(2026, 10, 12), date(2026, 10, 12)) == 0
    assert CALENDAR.count(date(2026, 10, 12), date(2026, 9, 24)) == 0


@pytest.mark.parametrize(
    ("year", "off"),
    [
        (1999, ()),
        (2003, ("01-01", "05-01", "05-02", "05-03", "10-01", "10-02", "10-03")),
        (2010, ("01-01", "05-01", "10-01", "10-02", "10-03")),
        (2024, ("01-01", "05-01", "10-01", "10-02", "10-03")),
        (2027, ("01-01", "05-01", "05-02", "10-01", "10-02", "10-03")),
    ],
)
def test_a_year_without_a_notice_leaves_out_weekends_and_what_the_law_fixes_by_date(
    year: int, off: tuple[str, ...]
) -> None:
    calendar = Calendar({})
    days = [date(year, 1, 1) + timedelta(days=n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]
    resting = {f"{year}-{day}" for day in off}
    expected = [day for day in days if day.weekday() < 5 and day.isoformat() not in resting]
    assert [day for day in days if calendar.is_working(day)] == expected
    named = {day.isoformat() for day in days if calendar.reason(day).kind == "holiday"}
    assert (named, calendar.known(year)) == (resting, False)


def test_every_notice_takes_off_what_the_law_fixes_by_date() -> None:
    for year, record in KnownYears({}).items():
        fixed = fixed_in(year)
        assert fixed is not None
        assert {f"{year}-{day}" for day in fixed.days} <= record.off.keys()


def test_a_notice_stands_before_what_the_law_fixes() -> None:
    beside = HolidayYear(2028, "two", "read", {}, {"2027-10-02": SOME})
    assert Calendar({2028: beside}).reason(date(2027, 10, 2)) == Reason("worked", SOME, "two")
    own = HolidayYear(2027, "one", "read", {"2027-02-08": SOME}, {})
    calendar = Calendar({2027: own})
    assert [calendar.reason(date(2027, *day)).kind for day in ((1, 1), (2, 8))] == ["plain", "holiday"]


def test_the_later_year_decides_about_a_day_that_two_notices_name() -> None:
    first = HolidayYear(2021, "one", "read", {"2021-12-31": SOME}, {})
    second = HolidayYear(2022, "two", "read", {}, {"2021-12-31": SOME})
    calendar = Calendar({2021: first, 2022: second})
    assert calendar.is_working(date(2021, 12, 31))
    assert calendar.reason(date(2021, 12, 31)) == Reason("worked", SOME, "two")


def test_it_knows_its_years_and_names_the_first_that_it_does_not() -> None:
    calendar = Calendar({year: record for year, record in KnownYears({}).items() if year != 2010})
    first, last = date(2009, 12, 31).toordinal(), date(2011, 1, 1).toordinal()
    assert (calendar.known(2009), calendar.known(2010)) == (True, False)
    assert (calendar.unknown(first, last), calendar.unknown(first, first)) == (2010, None)
    assert (calendar.knows(first, first), calendar.knows(first, last), calendar.knows(last, last)) == (
        True,
        False,
        True,
    )
    assert calendar.unknown(last, first) is None
    assert not Calendar({}).known(2026)


def test_days_are_the_same_in_whatever_order_they_are_asked_for() -> None:
    asked = [date(2030, 5, 5), date(1990, 2, 2), date(2004, 1, 1), date(2026, 10, 1)]
    ahead = Calendar(KnownYears({}))
    back = Calendar(KnownYears({}))
    answers = {day: (ahead.forward(day, 10), ahead.backward(day, 10)) for day in asked}
    assert answers == {day: (back.forward(day, 10), back.backward(day, 10)) for day in reversed(asked)}


@settings(max_examples=100, deadline=None, database=None)
@given(day=DAYS, n=st.integers(0, 400), m=st.integers(0, 400))
def test_n_and_then_m_working_days_are_n_plus_m(day: date, n: int, m: int) -> None:
    assert CALENDAR.forward(CALENDAR.forward(day, n), m) == CALENDAR.forward(day, n + m)
    assert CALENDAR.backward(CALENDAR.backward(day, n), m) == CALENDAR.backward(day, n + m)


@settings(max_examples=100, deadline=None, database=None)
@given(day=DAYS, n=st.integers(1, 400))
def test_a_count_undoes_a_step_forward_and_back(day: date, n: int) -> None:
    assert CALENDAR.count(day, CALENDAR.forward(day, n)) == n
    start = CALENDAR.roll(day)
    assert CALENDAR.forward(CALENDAR.backward(start, n), n) == start


SPAN = st.dates(date(2021, 1, 1), date(2023, 12, 31))


@settings(max_examples=100, deadline=None, database=None)
@given(off=st.sets(SPAN, max_size=40), more=SPAN, day=SPAN, n=st.integers(1, 60))
def test_a_holiday_added_never_makes_a_forward_day_earlier_nor_a_backward_one_later(
    off: set[date], more: date, day: date, n: int
) -> None:
    without, with_it = made(off), made(off | {more})
    assert with_it.forward(day, n) >= without.forward(day, n)
    assert with_it.backward(day, n) <= without.backward(day, n)
    assert with_it.roll(day) >= without.roll(day)


@settings(max_examples=100, deadline=None, database=None)
@given(off=st.sets(SPAN, max_size=20), more=SPAN, day=SPAN, n=st.integers(1, 60))
def test_a_worked_day_added_never_makes_a_forward_day_later(off: set[date], more: date, day: date, n: int) -> None:
    without, with_it = made(off - {more}), made(off - {more}, {more})
    assert with_it.forward(day, n) <= without.forward(day, n)
    assert with_it.backward(day, n) >= without.backward(day, n)


@settings(max_examples=100, deadline=None, database=None)
@given(first=DAYS, length=st.integers(0, 900))
def test_runs_cover_every_day_once_in_order_and_say_how_many_days_they_are(first: date, length: int) -> None:
    last = first + timedelta(days=length)
    runs = CALENDAR.runs(first.toordinal(), last.toordinal())
    days = [run.begins + timedelta(days=n) for run in runs if run.begins for n in range(run.amount or 0)]
    assert days == [first + timedelta(days=n) for n in range(length + 1)]
    worked = [day for run in runs if run.code != "skipped" for day in _days(run)]
    assert worked == [day for day in days if CALENDAR.is_working(day)]
    assert all(run.code == "worked" or run[:1] + run[3:5] != nxt[:1] + nxt[3:5] for run, nxt in zip(runs, runs[1:]))  # noqa: B905, RUF007


def _days(run: Step) -> list[date]:
    assert run.begins is not None
    return [run.begins + timedelta(days=n) for n in range(run.amount or 0)]


def test_a_run_goes_over_the_end_of_a_year() -> None:
    runs = CALENDAR.runs(date(2022, 12, 30).toordinal(), date(2023, 1, 3).toordinal())
    new_year = Text("元旦", "New Year's Day")
    assert runs == [
        Step("counted", date(2022, 12, 30), date(2022, 12, 30), None, None, 1),
        Step("skipped", date(2022, 12, 31), date(2023, 1, 2), new_year, "国办发明电〔2022〕16号", 3),
        Step("counted", date(2023, 1, 3), date(2023, 1, 3), None, None, 1),
    ]
    assert CALENDAR.runs(date(2023, 1, 1).toordinal(), date(2023, 1, 1).toordinal()) == [
        Step("skipped", date(2023, 1, 1), date(2023, 1, 1), new_year, "国办发明电〔2022〕16号", 1)
    ]
