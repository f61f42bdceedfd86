"""Commands of the reviewer."""

from typing import Annotated

import typer

from lawcheck.cli.app import app
from lawcheck.cli.options import complete_ref
from lawcheck.render.language import _
from lawcheck.service import reviews

Refs = Annotated[list[str], typer.Argument(metavar="REF...", help=_("Refs of done rows."), autocompletion=complete_ref)]


def accept(refs: Refs) -> None:
    """Accept done rows as they stand.

    All of the rows or none. Who ticked a row or added evidence to it does not review it. The acceptance falls away
    when the row, its notes or its evidence change.
    """
    app.show(reviews.accept(app.register, app.actor, refs, year=app.year))


def return_(refs: Refs, why: Annotated[str, typer.Option("--why", metavar="TEXT", help=_("What is wanting."))]) -> None:
    """Return done rows, with the reason.

    All of the rows or none. They are open again and stand first on the board until they are done anew.
    """
    app.show(reviews.return_(app.register, app.actor, refs, why=why, year=app.year))
