"""Commands on the bureau."""

from pathlib import Path
from typing import Annotated

import typer

from lawcheck.cli.app import app
from lawcheck.errors import NoYearStarted
from lawcheck.render.bureau import BureauShown
from lawcheck.render.language import _


def show() -> None:
    """Show the bureau's units, duties and choices."""
    from lawcheck.service import bureaus, templates  # reads YAML, which completion does without

    bureau = bureaus.kept_bureau(app.register)
    if bureau is None:
        raise NoYearStarted
    app.show(BureauShown(bureau, templates.duty_titles(), templates.bureau_choices()))


def import_(file: Annotated[Path, typer.Argument(metavar="FILE", help=_("A bureau file."))]) -> None:
    """Take over a bureau file.

    In open years, unfinished rows go to whoever holds their duty now; what is done stays as it is. Open cases follow
    the choices that the file makes anew.
    """
    from lawcheck.service import bureaus

    register = app.register_or_new()
    app.show(bureaus.import_bureau(register, app.actor, file))
