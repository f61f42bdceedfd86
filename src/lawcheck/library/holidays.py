"""Holiday files (节假日): one a year, each with the number of the State Council's notice."""

from datetime import date, timedelta
from pathlib import Path

from lawcheck.core.calendar import HolidayYear
from lawcheck.core.words import Text
from lawcheck.library import schema
from lawcheck.library.nodes import Path_, Source, read_source
from lawcheck.library.places import holiday_files
from lawcheck.library.shaping import finished, shaped


def read_holidays(path: Path) -> HolidayYear:
    """Read the holidays of a year.

    Raises:
        BadFile: with every fault.
        NoSuchFile: the file cannot be read at all.

    """
    source = read_source(path)
    held = shaped(source, schema.HolidayFile)
    found = None if held is None else _checked(source, held)
    finished([source])
    assert found is not None  # noqa: S101  # `finished` has raised otherwise
    return found


def read_all_holidays() -> dict[int, HolidayYear]:
    """Read the years that come with lawcheck.

    Raises:
        BadFile: with every fault of the first file that has any.

    """
    years = [read_holidays(path) for path in holiday_files()]
    return {one.year: one for one in years}


def _checked(source: Source, held: schema.HolidayFile) -> HolidayYear:
    """Return the year, and note what only the whole file can tell."""
    off: dict[str, Text] = {}
    worked: dict[str, Text] = {}
    amended: dict[str, str] = {}
    if (held.notice is None) != (held.certainty == "not-found"):
        source.fault(("notice",), "number-certainty", "number-or-not-found")
    for index, stretch in enumerate(held.off):
        here: Path_ = ("off", index)
        for day in _days(source, here, held.year, stretch):
            if day in off:
                source.fault(here, "duplicate-entry", "one-entry", key=day)
            off[day] = Text(stretch.name.zh, stretch.name.en)
            if stretch.notice:
                amended[day] = stretch.notice
    names = {stretch.name.zh: Text(stretch.name.zh, stretch.name.en) for stretch in held.off}
    for index, one in enumerate(held.worked):
        here = ("worked", index)
        day_of = _day(source, (*here, "day"), held.year, one.day)
        if one.holiday not in names:
            source.fault((*here, "for"), "unknown-holiday", "holiday", key=one.holiday)
        if one.day in worked:
            source.fault((*here, "day"), "duplicate-entry", "one-entry", key=one.day)
        if one.day in off:
            source.fault((*here, "day"), "off-and-worked", "off-or-worked", key=one.day)
        if day_of is not None and day_of.weekday() < 5:
            source.fault((*here, "day"), "worked-plain", "weekend", key=one.day)
        worked[one.day] = names.get(one.holiday, Text(one.holiday, one.holiday))
        if one.notice:
            amended[one.day] = one.notice
    return HolidayYear(held.year, held.notice, held.certainty, off, worked, amended)


def _days(source: Source, here: Path_, year: int, stretch: schema.OffShape) -> list[str]:
    """Return the days of a stretch; none where its bounds are wrong."""
    begins = _day(source, (*here, "from"), year, stretch.begins)
    ends = _day(source, (*here, "to"), year, stretch.ends)
    if begins is None or ends is None:
        return []
    if ends < begins:
        source.fault((*here, "to"), "range-reversed", "range-in-order", key=f"{stretch.begins}..{stretch.ends}")
    return [(begins + timedelta(days=n)).isoformat() for n in range((ends - begins).days + 1)]


def _day(source: Source, here: Path_, year: int, text: str) -> date | None:
    """Return a day in or beside the year; None where it is neither."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        source.fault(here, "no-such-date", "date", key=text)
        return None
    if not date(year - 1, 12, 1) <= day <= date(year + 1, 1, 31):
        source.fault(here, "foreign-year", "near-year", key=text, year=year)
        return None
    return day
