"""Commands on the calendar of working days."""

from pathlib import Path
from typing import Annotated

import typer

from lawcheck.cli.app import app
from lawcheck.config import at_home
from lawcheck.errors import ConflictingOptions, MissingParameter
from lawcheck.render.language import _


def status() -> None:
    """Show which years' holidays are known."""
    from lawcheck.service import calendar

    app.show(calendar.status(app.register_or_none(), app.today))


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("A file like those in checklists/holidays."))],
    replace: Annotated[
        bool, typer.Option("--replace", help=_("Put it in the place of another notice of its year; say --why."))
    ] = False,
    why: Annotated[str | None, typer.Option("--why", metavar="TEXT", help=_("The reason."))] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Show what would move, and change nothing."))] = False,
) -> None:
    """Take over a year's holiday notice.

    The notice is kept in the register, and the open deadlines that it moves get their new day by the same entry.
    """
    from lawcheck.service import calendar

    if why is not None and not replace:
        raise MissingParameter(name="--replace")
    app.show(calendar.import_holidays(app.register, app.actor, file, replace=replace, why=why, dry_run=dry_run))


def ics(
    out: Annotated[str, typer.Option("-o", "--out", metavar="FILE", help=_("Where to; '-' for standard output."))],
    unit: Annotated[str | None, typer.Option("--unit", metavar="UNIT", help=_("Only rows of this unit."))] = None,
    within: Annotated[
        int | None,
        typer.Option(
            "--within", metavar="DAYS", min=0, max=3660, help=_("Only what is due within this many working days.")
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=_("Put it in the place of a file that is there."))] = False,
) -> None:
    """Write open due days as a calendar file.

    Each open row with a day is an event with an alarm three working days ahead. Taken over again later, the file moves
    events instead of doubling them.
    """
    from lawcheck.export.file import write_file, write_out
    from lawcheck.export.ics import CalendarSaved, calendar_file
    from lawcheck.service.due_days import due_days

    if out == "-" and app.form != "table":
        raise ConflictingOptions(first="-o -", second=f"--format {app.form}")
    found = due_days(app.register, unit=unit, within=within, year=app.year, today=app.today)
    if out == "-":
        write_out(calendar_file(found))
        return
    write_file(at_home(Path(out)), calendar_file(found), force=force)
    app.show(CalendarSaved(out, len(found.days), sum(one.row.provisional for one in found.days)))
