"""Days and years as people write them."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawcheck.core.dates import check_year, parse_date, parse_moment
from lawcheck.errors import InvalidDate, InvalidYear, TimeMissing

DAYS = st.dates(date(1949, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    "typed",
    [
        "2026-03-05",
        "2026-3-5",
        "2026/3/5",
        "2026/03/05",
        "2026.3.5",
        "2026年3月5日",
        "2026年03月05日",
        "2026年3月5",
        "２０２６－０３－０５",
        "２０２６年３月５日",
        "２０２６／３／５",
        "  2026-03-05\n",
    ],
)
def test_a_day_is_read_as_people_write_it(typed: str) -> None:
    assert parse_date(typed) == date(2026, 3, 5)


@pytest.mark.parametrize(
    "typed",
    [
        "2026-02-29",
        "2100-02-29",
        "2026-02-30",
        "2026-04-31",
        "2026-13-01",
        "2026-00-10",
        "2026-01-00",
        "2026-01-32",
        "1948-12-31",
        "2201-01-01",
        "0000-01-01",
        "9999-12-31",
        "26-03-05",
        "20260305",
        "2026-03",
        "2026",
        "03-05-2026",
        "5 March 2026",
        "today",
        "昨天",
        "-2026-03-05",
        "2026-03-05 10:00",
        "2026-03-05T00:00",
        "٢٠٢٦-٠٣-٠٥",
        "2026--3-5",
        "",
    ],
)
def test_a_day_that_does_not_exist_is_refused_and_quoted(typed: str) -> None:
    with pytest.raises(InvalidDate) as refused:
        parse_date(typed)
    assert refused.value.params == {"text": typed}
    assert refused.value.exit_code == 2


def test_the_leap_day_exists_in_leap_years_only() -> None:
    assert parse_date("2024-02-29") == date(2024, 2, 29)
    assert parse_date("2000-2-29") == date(2000, 2, 29)


@given(DAYS, st.sampled_from(["{0}-{1:02}-{2:02}", "{0}/{1}/{2}", "{0}年{1}月{2}日"]))
@settings(max_examples=60, deadline=None)
def test_every_day_of_the_calendar_is_read(day: date, form: str) -> None:
    assert parse_date(form.format(day.year, day.month, day.day)) == day


@given(st.text(max_size=20) | st.from_regex(r"[0-9]{1,5}[-/.年][0-9]{1,3}[-/.月][0-9]{1,3}日?", fullmatch=True))
@settings(max_examples=60, deadline=None)
def test_whatever_is_typed_is_a_day_or_refused(typed: str) -> None:
    try:
        day = parse_date(typed)
    except InvalidDate:
        return
    assert 1949 <= day.year <= 2200


@pytest.mark.parametrize("year", [1949, 2022, 2026, 2200])
def test_a_year_of_the_republic_can_be_started(year: int) -> None:
    assert check_year(year) == year


@pytest.mark.parametrize("year", [-1, 0, 26, 1948, 2201, 10**12])
def test_a_year_out_of_range_is_refused(year: int) -> None:
    with pytest.raises(InvalidYear) as refused:
        check_year(year)
    assert refused.value.params == {"text": str(year), "first": 1949, "last": 2200}


@pytest.mark.parametrize(
    "typed",
    [
        "2026-03-05 09:05",
        "2026-03-05T09:05",
        "2026/3/5 9:05",
        "2026年3月5日 9:05",
        "２０２６-０３-０５　０９：０５",
        " 2026-03-05  9:05 ",
    ],
)
def test_a_day_and_its_time_are_read_as_people_write_them(typed: str) -> None:
    assert parse_moment(typed) == datetime(2026, 3, 5, 9, 5)  # noqa: DTZ001  # Beijing time has no offset here


@pytest.mark.parametrize(
    "typed", ["2026-03-05 24:00", "2026-03-05 9:60", "2026-03-05 9", "2026-03-05 9:5", "2026-03-05 9:05:00"]
)
def test_a_time_that_there_is_not_is_refused_and_quoted(typed: str) -> None:
    with pytest.raises(InvalidDate) as refused:
        parse_moment(typed)
    assert refused.value.params == {"text": typed}


def test_a_day_without_a_time_says_that_the_time_is_missing() -> None:
    with pytest.raises(TimeMissing) as refused:
        parse_moment("2026/3/5")
    assert refused.value.params == {"date": "2026-03-05"}
