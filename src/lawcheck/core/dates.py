"""Dates and years as people write them."""

import re
from datetime import date, datetime

from lawcheck.errors import InvalidDate, InvalidYear, TimeMissing

FIRST_YEAR = 1949
LAST_YEAR = 2200
_DATE = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
_TIME = re.compile(r"([0-9]{1,2}):([0-5][0-9])")
_CLOCK = str.maketrans("：　０１２３４５６７８９", ": 0123456789")
"""What an input method puts for the plain characters of a time."""


def parse_date(text: str) -> date:
    """Read a day written `2026-03-05`, `2026/3/5` or `2026年3月5日`, full-width digits too.

    Raises:
        InvalidDate: when there is no such day.

    """
    plain = text.strip()
    if not plain.isascii():
        import unicodedata  # only where something is not plain ASCII

        plain = unicodedata.normalize("NFKC", plain)
    match = _DATE.fullmatch(plain)
    if match is None:
        raise InvalidDate(text=text)
    try:
        day = date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        raise InvalidDate(text=text) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise InvalidDate(text=text)
    return day


def parse_moment(text: str) -> datetime:
    """Read a day and a time, written `2026-03-05 15:30` or with a T between, as naive Beijing time.

    Raises:
        InvalidDate: when there is no such day or time.
        TimeMissing: when only a day is given.

    """
    head, gap, tail = text.strip().translate(_CLOCK).partition("T" if "T" in text else " ")
    day = parse_date(head)
    if not gap:
        raise TimeMissing(date=day.isoformat())
    match = _TIME.fullmatch(tail.strip())
    if match is None or int(match[1]) > 23:
        raise InvalidDate(text=text)
    return datetime(day.year, day.month, day.day, int(match[1]), int(match[2]))  # noqa: DTZ001  # naive is meant


def check_year(year: int) -> int:
    """Return a year that can be started.

    Raises:
        InvalidYear: when it lies outside 1949 to 2200.

    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidYear(text=str(year), first=FIRST_YEAR, last=LAST_YEAR)
    return year


def moment_text(text: str) -> str:
    """Read a day, or a day with a time of day (Beijing time), and return it as `2026-09-24` or `2026-09-24 15:30`.

    Raises:
        InvalidDate: when there is no such day or minute.

    """
    try:
        return f"{parse_moment(text):%Y-%m-%d %H:%M}"
    except TimeMissing:
        return parse_date(text).isoformat()


def parse_year(text: str) -> int:
    """Read a year of four digits, full-width ones too.

    Raises:
        InvalidYear: when it is none, or lies outside 1949 to 2200.

    """
    plain = text.strip()
    if not plain.isascii():
        import unicodedata  # only where something is not plain ASCII

        plain = unicodedata.normalize("NFKC", plain)
    if not (plain.isascii() and plain.isdigit() and len(plain) == 4):
        raise InvalidYear(text=text, first=FIRST_YEAR, last=LAST_YEAR)
    return check_year(int(plain))
