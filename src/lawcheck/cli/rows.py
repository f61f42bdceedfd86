"""Commands that change rows."""

from typing import Annotated

import typer

from lawcheck.cli.app import app
from lawcheck.cli.options import UNSTATED, Documents, Files, Links, complete_ref, day_or_today
from lawcheck.core.dates import parse_date
from lawcheck.errors import ConflictingOptions, EmptyText
from lawcheck.render.language import _
from lawcheck.service import rows

Refs = Annotated[list[str], typer.Argument(metavar="REF...", help=_("Refs of rows."), autocompletion=complete_ref)]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help=_("The reason."))]


def tick(  # noqa: PLR0913  # each thing that can be said of a tick is an option
    refs: Refs,
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE|unstated", help=_("The day it was done; today if left out."))
    ] = None,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help=_("A note to go with it."))] = None,
    partial: Annotated[
        str | None, typer.Option("--partial", metavar="TEXT", help=_("Only partly done: what is left."))
    ] = None,
    files: Files = None,
    links: Links = None,
    documents: Documents = None,
) -> None:
    """Tick rows as done, or partly done.

    All of the rows or none. With --on unstated the day is not known, and the row never counts as on time.
    """
    if partial is not None and on is not None:
        raise ConflictingOptions(first="--on", second="--partial")
    day = None if on is not None and on.strip().lower() == UNSTATED else day_or_today(on)
    attach = None
    if files or links or documents:
        from lawcheck.cli.evidence import attaching  # only with evidence

        attach = attaching(files, links, documents, rows=refs)
    app.show(rows.tick(app.register, app.actor, refs, year=app.year, on=day, note=note, partial=partial, attach=attach))


def untick(refs: Refs, why: Why) -> None:
    """Reopen rows, with the reason."""
    app.show(rows.untick(app.register, app.actor, refs, why=why, year=app.year))


def na(refs: Refs, why: Why) -> None:
    """Set rows aside as not applicable."""
    app.show(rows.set_rows_aside(app.register, app.actor, refs, why=why, year=app.year))


def note(
    ref: Annotated[str, typer.Argument(metavar="REF", help=_("A row or an item."), autocompletion=complete_ref)],
    text: Annotated[str, typer.Argument(metavar="TEXT", help=_("What to note."))],
) -> None:
    """Write a note on a row or item."""
    app.show(rows.note_on(app.register, app.actor, ref, text, year=app.year))


def assign(
    words: Annotated[
        list[str],
        typer.Argument(metavar="REF... NAME", help=_("Refs, then the name."), autocompletion=complete_ref),
    ],
) -> None:
    """Give rows to a person; '-' for nobody."""
    *refs, name = words
    if not refs:
        raise EmptyText(option="NAME")
    app.show(rows.assign(app.register, app.actor, refs, name, year=app.year))


def occasion(
    item: Annotated[
        str, typer.Argument(metavar="ITEM", help=_("The item that waits for it."), autocompletion=complete_ref)
    ],
    on: Annotated[str, typer.Option("--on", metavar="DATE", help=_("The day it happened."))],
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help=_("What happened."))],
) -> None:
    """Record that an occasion has come.

    The item gets a row of its own for it, such as PL-02.1.
    """
    app.show(rows.record_occasion(app.register, app.actor, item, on=parse_date(on), note=note, year=app.year))
