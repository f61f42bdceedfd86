"""The years whose holidays are known, and the notice of another year taken over."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lawcheck.core.calendar import Calendar, HolidayYear
from lawcheck.core.words import Text
from lawcheck.library.known_years import KnownYears
from lawcheck.service.working_days import calendar_of, imported_years
from lawcheck.service.years import year_without_notice
from lawcheck.store.register import Register

if TYPE_CHECKING:
    from lawcheck.core.journal import Actor, Change

_SHOWN = 5


class KnownYear(NamedTuple):
    """A year whose holidays are known, and whether the register or lawcheck itself brought them."""

    record: HolidayYear
    imported: bool


class CalendarStatus(NamedTuple):
    """The years that are known, the latest first, and the year that is waited for, if any."""

    years: tuple[KnownYear, ...]
    missing: int | None


class Moved(NamedTuple):
    """An open deadline that a notice moves: what it belongs to, and its days before and after."""

    key: str
    before: str | None
    after: str | None


class HolidaysImported(NamedTuple):
    """A notice taken over; `changed` is false when its days were known, `dry_run` when it was only looked at."""

    record: HolidayYear
    changed: bool
    dry_run: bool
    moved: tuple[Moved, ...]


def status(register: Register | None, today: date) -> CalendarStatus:
    """Tell which years are known, by which notice, and which one is missing."""
    imported = imported_years(register) if register is not None else {}
    years = KnownYears(imported)
    known = tuple(KnownYear(years[year], year in imported) for year in sorted(years, reverse=True))
    return CalendarStatus(known, year_without_notice(register, today))


def import_holidays(register: Register, actor: "Actor", file: Path, *, dry_run: bool = False) -> HolidaysImported:
    """Keep a year's notice in the register and move the open deadlines that it moves, as one entry.

    Raises:
        BadFile: with every fault of the file.
        HolidayKnown: the year is known with other days.

    """
    from lawcheck.core.journal import WHOLE, Change  # not for commands that only count days
    from lawcheck.library.holidays import read_holidays

    record = read_holidays(file)
    with register.transaction():
        before = calendar_of(register)
        if before.known(record.year):
            _check_same(before.years[record.year], record)
            return HolidaysImported(record, changed=False, dry_run=dry_run, moved=())
        after = Calendar({**before.years, record.year: record})
        from lawcheck.service.redating import moved_deadlines  # as above

        changes = moved_deadlines(register, after, record.year)
        if not dry_run:
            kept = {"document": register.keep(_document(record))}
            whole = Change("holiday", str(record.year), WHOLE, None, kept)
            register.record(actor, "calendar import", [whole, *changes])
    return HolidaysImported(record, changed=True, dry_run=dry_run, moved=_moved(changes))


def _moved(changes: "list[Change]") -> tuple[Moved, ...]:
    """Return the deadlines that get another day."""
    return tuple(
        Moved(one.key, str(one.old) if one.old else None, str(one.new) if one.new else None)
        for one in changes
        if one.field in {"due", "earliest"}
    )


def _check_same(known: HolidayYear, record: HolidayYear) -> None:
    from lawcheck.errors import HolidayKnown  # only for errors

    differing = sorted(
        {day for day in (*known.off, *record.off) if (day in known.off) != (day in record.off)}
        | {day for day in (*known.worked, *record.worked) if (day in known.worked) != (day in record.worked)}
    )
    if differing:
        raise HolidayKnown(year=record.year, days=differing[:_SHOWN], more=max(0, len(differing) - _SHOWN))


def _document(record: HolidayYear) -> dict[str, object]:
    """Return a year as it is kept."""
    return {
        "year": record.year,
        "notice": record.notice,
        "certainty": record.certainty,
        "off": _named(record.off),
        "worked": _named(record.worked),
        "amended": dict(record.amended),
    }


def _named(days: Mapping[str, Text]) -> dict[str, list[str]]:
    return {day: [name.zh, name.en] for day, name in days.items()}
