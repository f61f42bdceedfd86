"""Commands on the journal."""

from typing import Annotated

import typer

from lawcheck.cli.app import app
from lawcheck.cli.options import complete_ref
from lawcheck.render.language import _
from lawcheck.service import journal


def undo() -> None:
    """Take back your last command.

    It is refused when a later entry touched the same rows. Again, it takes back the command before.
    """
    app.show(journal.undo(app.register, app.actor))


def log(
    ref: Annotated[
        str | None, typer.Argument(metavar="[REF]", help=_("Only what concerns this."), autocompletion=complete_ref)
    ] = None,
    most: Annotated[int, typer.Option("-n", metavar="N", min=1, max=100_000, help=_("How many."))] = 20,
) -> None:
    """Read the journal."""
    app.show(journal.read_log(app.register, ref, year=app.year, most=most))
