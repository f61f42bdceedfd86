"""Commands on the calendar of working days."""

from pathlib import Path
from typing import Annotated

import typer

from lawcheck.cli.app import app
from lawcheck.render.language import _


def status() -> None:
    """Show which years' holidays are known."""
    from lawcheck.service import calendar

    app.show(calendar.status(app.register_or_none(), app.today))


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("A file like those in checklists/holidays."))],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Show what would move, and change nothing."))] = False,
) -> None:
    """Take over a year's holiday notice.

    The notice is kept in the register, and the open deadlines that it moves get their new day by the same entry.
    """
    from lawcheck.service import calendar

    app.show(calendar.import_holidays(app.register, app.actor, file, dry_run=dry_run))
