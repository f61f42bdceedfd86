"""The calendar's known years, and an imported notice, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lawcheck.core.calendar import fixed_in
from lawcheck.render.grid import Block, Cell, Column, Grid
from lawcheck.render.language import N_, _, plural
from lawcheck.render.safe import safe
from lawcheck.render.words import CERTAINTIES, pasteable, word

if TYPE_CHECKING:
    from lawcheck.export.ics import CalendarSaved
    from lawcheck.service.calendar import CalendarStatus, HolidaysImported, KnownYear, Moved


ORIGINS = {True: N_("the register"), False: N_("lawcheck")}


def calendar_status_data(result: CalendarStatus) -> dict[str, object]:
    """Return the known years as JSON."""
    return {
        "years": [_year_data(one) for one in result.years],
        "missing": result.missing,
        "fixed": None if result.missing is None else _fixed_data(result.missing),
        "warnings": holiday_warnings(result.missing),
    }


def _fixed_data(year: int) -> dict[str, object] | None:
    """Return the days off that the law fixes in a year without a notice as JSON."""
    fixed = fixed_in(year)
    if fixed is None:
        return None
    off = [f"{year}-{day}" for day in sorted(fixed.days)]
    return {"number": fixed.number, "certainty": fixed.certainty, "off": off}


def _year_data(known: KnownYear) -> dict[str, object]:
    record = known.record
    return {
        "year": record.year,
        "notice": record.notice,
        "certainty": record.certainty,
        "amended_by": sorted(set(record.amended.values())),
        "imported": known.imported,
        "why": known.why,
        "off": sorted(record.off),
        "worked": sorted(record.worked),
    }


def holiday_warnings(missing: int | None) -> list[dict[str, object]]:
    """Return the warning of a year whose notice is missing as JSON says it."""
    return [] if missing is None else [{"code": "holidays-unknown", "year": missing}]


def holiday_warning(missing: int) -> str:
    """Say that a year's notice is missing, and what to do."""
    said = _("The holidays of {year} are not known yet: lawcheck calendar import FILE takes over the notice.")
    return pasteable(said.format(year=missing))


def calendar_status_grid(result: CalendarStatus) -> Grid:
    """Return the known years as one table."""
    columns = (
        Column(_("Year")),
        Column(_("Notice"), fold=True),
        Column(_("Its number"), fold=True),
        Column(_("Days off"), right=True),
        Column(_("Weekend days worked"), right=True),
        Column(_("Known from"), fold=True),
    )
    rows = [
        (
            Cell(str(one.record.year), "bold"),
            _(", ").join([one.record.notice or "-", *sorted(set(one.record.amended.values()))]),
            word(CERTAINTIES, one.record.certainty),
            str(len(one.record.off)),
            str(len(one.record.worked)),
            _(": ").join([_(ORIGINS[one.imported]), *([one.why] if one.why else [])]),
        )
        for one in result.years
    ]
    return Grid("", columns, rows)


def calendar_status_words(result: CalendarStatus) -> Iterator[Block]:
    """List the known years, and say which is missing."""
    yield calendar_status_grid(result)
    if result.missing is not None:
        yield holiday_warning(result.missing)
        from lawcheck.render.deadlines import unknown_year_words  # not for the board

        yield unknown_year_words(result.missing)


def holidays_imported_data(result: HolidaysImported) -> dict[str, object]:
    """Return what a notice brought as JSON."""
    record = result.record
    return {
        "year": record.year,
        "notice": record.notice,
        "off": sorted(record.off),
        "worked": sorted(record.worked),
        "changed": result.changed and not result.dry_run,
        "dry_run": result.dry_run,
        "replaced": result.replaced and not result.dry_run,
        "moved": [one._asdict() for one in result.moved],
    }


def holidays_imported_words(result: HolidaysImported) -> Iterator[Block]:
    """Say what a notice brought, and list the deadlines that it moves."""
    record = result.record
    if not result.changed:
        yield _("The holidays of {year} are known already, with these days. Nothing was changed.").format(
            year=record.year
        )
        return
    off = plural("{n} day off", "{n} days off", len(record.off))
    worked = plural("{n} weekend day worked", "{n} weekend days worked", len(record.worked))
    if result.replaced:
        said = _("{year} would be replaced") if result.dry_run else _("{year} replaced")
    else:
        said = _("{year} would be taken over") if result.dry_run else _("{year} taken over")
    notice = _(" ({notice})").format(notice=safe(record.notice)) if record.notice else ""
    yield f"{said.format(year=record.year)}{notice}{_(': ')}{off}{_(', ')}{worked}"
    if result.moved:
        yield _moved_grid(result.moved)
    else:
        yield _("No open deadline moves.")


def _moved_grid(moved: tuple[Moved, ...]) -> Grid:
    heading = plural("{n} open deadline moves", "{n} open deadlines move", len(moved))
    columns = (Column(_("What"), fold=True), Column(_("From")), Column(_("To")))
    rows = [(Cell(one.key, "bold"), one.before or "-", one.after or "-") for one in moved]
    return Grid(heading, columns, rows)


def calendar_saved_data(result: CalendarSaved) -> dict[str, object]:
    """Return where a calendar was written as JSON."""
    return {"file": result.path, "events": result.events, "provisional": result.provisional}


def calendar_saved_words(result: CalendarSaved) -> Iterator[Block]:
    """Say how many days were written, and how many of them a holiday notice may still move."""
    path = safe(result.path)
    counted = plural("{n} due day written to {path}", "{n} due days written to {path}", result.events, path=path)
    if result.provisional:
        counted += _("; ") + plural("{n} of them provisional", "{n} of them provisional", result.provisional)
    yield counted
