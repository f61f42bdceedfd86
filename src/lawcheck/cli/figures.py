"""Commands on figures."""

from pathlib import Path
from typing import Annotated

import typer

from lawcheck.cli.app import app
from lawcheck.cli.options import Documents, Files, Links, complete_figure, day_or_today
from lawcheck.core.dates import parse_date
from lawcheck.core.figure import Qualifier
from lawcheck.errors import ConflictingOptions, MissingParameter
from lawcheck.render.language import _
from lawcheck.service import figures

Key = Annotated[str, typer.Argument(metavar="KEY", help=_("The figure's key."), autocompletion=complete_figure)]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help=_("As of this day; today if left out."))]


def add(  # noqa: PLR0913  # each thing that can be said of an amount is an option
    key: Key,
    amount: Annotated[str, typer.Argument(metavar="VALUE+MEASURE", help=_("Such as 21次, 1619.14万元 or 3.72%."))],
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help=_("The day it was counted on."))] = None,
    begins: Annotated[str | None, typer.Option("--from", metavar="DATE", help=_("The first day it covers."))] = None,
    ends: Annotated[
        str | None, typer.Option("--to", metavar="DATE", help=_("The last day it covers, or the cut-off."))
    ] = None,
    qualifier: Annotated[
        Qualifier,
        typer.Option(
            "--qualifier",
            metavar="WORD",
            help=_("How exact it is: exact, about, more-than, at-best, cumulative, counted or inferred."),
        ),
    ] = Qualifier.EXACT,
    unit: Annotated[str | None, typer.Option("--unit", metavar="UNIT", help=_("The unit that reports it."))] = None,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help=_("Where it comes from."))] = None,
    correct: Annotated[
        int | None,
        typer.Option("--correct", metavar="N", min=1, help=_("The entry that it stands in the place of; say --why.")),
    ] = None,
    why: Annotated[str | None, typer.Option("--why", metavar="TEXT", help=_("The reason."))] = None,
    files: Files = None,
    links: Links = None,
    documents: Documents = None,
) -> None:
    """Record an amount with its measure.

    An amount without its measure is refused. Entries add up by the figure's own rule; with --correct one stands in the
    place of another, which figure show numbers, and both stay to be seen.
    """
    if (correct is None) != (why is None):
        raise MissingParameter(name="--why" if why is None else "--correct")
    if why is not None and note is not None:
        raise ConflictingOptions(first="--why", second="--note")
    if on is not None and (begins is not None or ends is not None):
        raise ConflictingOptions(first="--on", second="--from / --to")
    if begins is not None and ends is None:
        raise MissingParameter(name="--to")
    said = figures.Reported(
        parse_date(on) if on else None,
        parse_date(begins) if begins else None,
        parse_date(ends) if ends else None,
        qualifier,
        unit,
        note if why is None else why,
    )
    attach = None
    if files or links or documents:
        from lawcheck.cli.evidence import attaching  # only with evidence

        attach = attaching(files, links, documents, figure=key)
    app.show(
        figures.add_figure(app.register, app.actor, key, amount, said, year=app.year, correct=correct, attach=attach)
    )


def target(
    key: Key,
    amount: Annotated[
        str | None,
        typer.Argument(metavar="[VALUE+MEASURE]", help=_("What it is to reach, such as 800宗; nothing if left out.")),
    ] = None,
) -> None:
    """Set what a figure is to reach.

    Without an amount it has no target any more.
    """
    app.show(figures.set_target(app.register, app.actor, key, amount, year=app.year))


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("A workbook (.xlsx) or a CSV file."))],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Look at it, and change nothing."))] = False,
    files: Files = None,
    links: Links = None,
    documents: Documents = None,
) -> None:
    """Record figures from a table.

    Each row is an entry; evidence that is given stands on each of them. The first row names the columns: key, value,
    measure, on, from, to, qualifier, unit, note, or the same in Chinese; the measure may stand behind the value. One
    fault keeps all from being taken.
    """
    from lawcheck.service.figure_import import import_figures

    attach = None
    if (files or links or documents) and not dry_run:
        from lawcheck.cli.evidence import attaching  # only with evidence

        attach = attaching(files, links, documents)
    app.show(import_figures(app.register, app.actor, file, year=app.year, dry_run=dry_run, attach=attach))


def list_(as_of: AsOf = None) -> None:
    """List the figures of a year."""
    app.show(figures.list_figures(app.register, year=app.year, as_of=day_or_today(as_of)))


def show(key: Key, as_of: AsOf = None) -> None:
    """Show a figure with its entries."""
    app.show(figures.show_figure(app.register, key, year=app.year, as_of=day_or_today(as_of)))
