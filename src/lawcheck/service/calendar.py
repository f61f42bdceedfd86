"""The years whose holidays are known, and the notice of another year taken over."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lawcheck.core.calendar import Calendar, HolidayYear
from lawcheck.core.row import required_text
from lawcheck.core.words import Text
from lawcheck.library.known_years import KnownYears
from lawcheck.service.working_days import calendar_of, imported_years
from lawcheck.service.years import year_without_notice
from lawcheck.store.register import Register

if TYPE_CHECKING:
    from lawcheck.core.journal import Actor, Change

_SHOWN = 5


class KnownYear(NamedTuple):
    """A year whose holidays are known, and whether the register or lawcheck itself brought them.

    `why` is the reason for which this notice took the place of another.
    """

    record: HolidayYear
    imported: bool
    why: str | None = None


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
    """A notice taken over; `changed` is false when its days were known, `dry_run` true when it was only looked at.

    `replaced` tells whether it took the place of another.
    """

    record: HolidayYear
    changed: bool
    dry_run: bool
    moved: tuple[Moved, ...]
    replaced: bool = False


def status(register: Register | None, today: date) -> CalendarStatus:
    """Tell which years are known, by which notice, and which one is missing."""
    imported = imported_years(register) if register is not None else {}
    years = KnownYears(imported)
    reasons = _reasons(register) if register is not None and imported else {}
    known = tuple(KnownYear(years[year], year in imported, reasons.get(year)) for year in sorted(years, reverse=True))
    return CalendarStatus(known, year_without_notice(register, today))


def _reasons(register: Register) -> dict[int, str | None]:
    """Return the reasons that the register's notices were taken over for."""
    from lawcheck.store.codec import json_held  # only where there are notices

    held = register.all("holiday_year_documents")
    return {int(str(year)): json_held(body).get("why") for year, body in held}


def import_holidays(
    register: Register,
    actor: "Actor",
    file: Path,
    *,
    replace: bool = False,
    why: str | None = None,
    dry_run: bool = False,
) -> HolidaysImported:
    """Keep a year's notice in the register and move the open deadlines that it moves, as one entry.

    `replace` puts it in the place of another that the year is known by, for a reason that is kept with it; a dry run
    needs none.

    Raises:
        BadFile: with every fault of the file.
        EmptyText: another notice is to be replaced for no reason.
        HolidayKnown: the year is known with other days.

    """
    from lawcheck.core.journal import WHOLE, Change  # not for commands that only count days
    from lawcheck.library.holidays import read_holidays

    reason = required_text(why or "", "--why") if replace and not dry_run else None
    record = read_holidays(file)
    with register.transaction():
        before = calendar_of(register)
        known = before.years.get(record.year)
        if known is not None:
            differing = _differing(known, record)
            if differing and not replace:
                raise _known_otherwise(record.year, differing)
            if not differing and (known == record or not replace):
                return HolidaysImported(record, changed=False, dry_run=dry_run, moved=())
        after = Calendar({**before.years, record.year: record})
        from lawcheck.service.redating import moved_deadlines  # as above

        changes = moved_deadlines(register, before, after, record.year)
        if not dry_run:
            kept = register.keep(_document(record, reason))
            held = register.one("holiday_year_get", key_year=record.year)
            field, old, new = (WHOLE, None, {"document": kept}) if held is None else ("document", held[0], kept)
            register.record(actor, "calendar import", [Change("holiday", str(record.year), field, old, new), *changes])
    return HolidaysImported(record, changed=True, dry_run=dry_run, moved=_moved(changes), replaced=known is not None)


def _moved(changes: "list[Change]") -> tuple[Moved, ...]:
    """Return the deadlines that get another day."""
    return tuple(
        Moved(one.key, str(one.old) if one.old else None, str(one.new) if one.new else None)
        for one in changes
        if one.field in {"due", "earliest"}
    )


def _differing(known: HolidayYear, record: HolidayYear) -> list[str]:
    """Return the days that one notice takes off or puts in and the other does not, in order."""
    return sorted({*(known.off.keys() ^ record.off.keys()), *(known.worked.keys() ^ record.worked.keys())})


def _known_otherwise(year: int, differing: list[str]) -> Exception:
    from lawcheck.errors import HolidayKnown  # only for errors

    return HolidayKnown(year=year, days=differing[:_SHOWN], more=max(0, len(differing) - _SHOWN))


def _document(record: HolidayYear, why: str | None) -> dict[str, object]:
    """Return a year as it is kept, with the reason where it took the place of another."""
    document: dict[str, object] = {
        "year": record.year,
        "notice": record.notice,
        "certainty": record.certainty,
        "off": _named(record.off),
        "worked": _named(record.worked),
        "amended": dict(record.amended),
    }
    return document if why is None else {**document, "why": why}


def _named(days: Mapping[str, Text]) -> dict[str, list[str]]:
    return {day: [name.zh, name.en] for day, name in days.items()}
