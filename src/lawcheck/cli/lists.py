"""Commands that read rows."""

from typing import Annotated

import typer

from lawcheck.cli.app import app
from lawcheck.cli.options import complete_ref
from lawcheck.core.words import Review, State
from lawcheck.render.language import _


def show_board() -> None:
    """Show the board, over all open years and cases, or of the year that is named."""
    from lawcheck.service.board import board  # each command loads its own

    app.warn_of_far_disk()
    app.show(board(app.register, app.today, year=app.year))


def list_(  # noqa: PLR0913  # each filter is an option of its own
    name: Annotated[
        str | None, typer.Argument(metavar="[REF|TEMPLATE]", help=_("Only these rows."), autocompletion=complete_ref)
    ] = None,
    unit: Annotated[str | None, typer.Option("--unit", metavar="UNIT", help=_("Only rows of this unit."))] = None,
    state: Annotated[State | None, typer.Option("--state", help=_("Only rows in this state."))] = None,
    overdue: Annotated[bool, typer.Option("--overdue", help=_("Only overdue rows."))] = False,
    due_within: Annotated[
        int | None,
        typer.Option(
            "--due-within", metavar="DAYS", min=0, max=3660, help=_("Only open rows due within this many working days.")
        ),
    ] = None,
    to_review: Annotated[bool, typer.Option("--to-review", help=_("Only done rows that wait for a review."))] = False,
    review: Annotated[Review | None, typer.Option("--review", help=_("Only rows of which a review says this."))] = None,
    fail: Annotated[
        bool, typer.Option("--fail", help=_("Leave with exit code 1 if any row is listed; else say nothing."))
    ] = False,
) -> None:
    """List rows, rates and what has not happened.

    For a scheduler: 'lawcheck list --overdue --fail' says nothing and leaves with 0 while nothing is overdue.
    """
    from lawcheck.service import lists

    said = review.value if review else None
    wanted = lists.Filter(name, unit, state.value if state else None, due_within, overdue, to_review, said)
    found = lists.list_rows(app.register, wanted, year=app.year, today=app.today)
    if found.totals.rows or not fail or app.form != "table":
        app.show(found, exit_code=1 if fail and found.totals.rows else 0)


def next_(
    most: Annotated[int, typer.Option("-n", metavar="N", min=1, max=1000, help=_("How many."))] = 10,
) -> None:
    """Show the most urgent rows."""
    from lawcheck.service.board import next_rows

    app.show(next_rows(app.register, most, year=app.year, today=app.today))


def show(
    ref: Annotated[str, typer.Argument(metavar="REF", help=_("A row or an item."), autocompletion=complete_ref)],
) -> None:
    """Show a row or item with its law and history."""
    from lawcheck.service import items

    app.show(items.show_any(app.register, ref, year=app.year, today=app.today))
