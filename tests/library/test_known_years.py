"""The years that come with lawcheck, read out of their compact text one by one."""

import pytest

from lawcheck.core.calendar import HolidayYear
from lawcheck.library.holidays import read_all_holidays
from lawcheck.library.known_days import FIRST, LAST
from lawcheck.library.known_years import KnownYears


def test_the_compact_years_say_what_the_holiday_files_say() -> None:
    known = KnownYears({})
    assert dict(known) == read_all_holidays()
    assert (list(known), len(known)) == (list(range(FIRST, LAST + 1)), LAST - FIRST + 1)


def test_a_year_of_the_register_stands_beside_the_known_ones_and_before_them() -> None:
    own = HolidayYear(LAST + 1, "x", "read", {}, {})
    other = HolidayYear(LAST, "y", "read", {}, {})
    known = KnownYears({LAST + 1: own, LAST: other})
    assert (known[LAST + 1], known[LAST], known[FIRST].year) == (own, other, FIRST)
    assert (len(known), max(known), LAST + 1 in known) == (LAST - FIRST + 2, LAST + 1, True)


def test_a_year_that_nobody_knows_is_not_there() -> None:
    known = KnownYears({})
    assert (LAST + 1 in known, known.get(LAST + 1), known.get(FIRST - 1)) == (False, None, None)
    with pytest.raises(KeyError):
        known[LAST + 1]
