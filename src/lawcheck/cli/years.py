"""Commands on a whole year."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from lawcheck.cli.app import app
from lawcheck.cli.options import complete_template, day_or_today
from lawcheck.errors import ConflictingOptions
from lawcheck.render.language import _


class By(StrEnum):
    """What a summary is broken down by."""

    TEMPLATE = "template"
    UNIT = "unit"
    MONTH = "month"
    SECTION = "section"


def start(
    year: Annotated[int, typer.Argument(metavar="YEAR", help=_("The year."))],
    templates: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TEMPLATE...]",
            help=_("Codes, or files of your own; all templates if left out."),
            autocompletion=complete_template,
        ),
    ] = None,
    bureau: Annotated[
        Path | None, typer.Option("--bureau", metavar="FILE", help=_("A bureau file to take over first."))
    ] = None,
    from_year: Annotated[
        int | None,
        typer.Option("--from", metavar="LAST_YEAR", help=_("An earlier year to follow: its templates, its assignees.")),
    ] = None,
) -> None:
    """Start a year from the templates.

    Makes the register if there is none. Starting twice changes nothing and says so. With --from it shows what is new,
    changed and gone against the earlier year, and what that year leaves unfinished; those rows stay its own.
    """
    from lawcheck.service.start import start_year  # loads the library, which everyday commands do without

    if app.year is not None and "year" in app.flags and app.year != year:
        raise ConflictingOptions(first=str(year), second=f"--year {app.year}")
    register = app.register_or_new()
    app.show(start_year(register, app.actor, year, templates or (), bureau, from_year=from_year))


def summary(
    year: Annotated[
        int | None, typer.Argument(metavar="[YEAR]", help=_("The year; the latest open one if left out."))
    ] = None,
    by: Annotated[
        By | None, typer.Option("--by", help=_("What to break it down by; in every way if left out."))
    ] = None,
    compare: Annotated[
        int | None, typer.Option("--compare", metavar="YEAR", help=_("Another year to set beside it, with the growth."))
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help=_("As of this day; today if left out."))
    ] = None,
) -> None:
    """Sum up a year.

    With --as-of the same year printed tomorrow reads the same: a row done after that day counts as open on it. What
    is corrected later does show; the head of the chain tells which state was printed.
    """
    from lawcheck.service.summary import summarise
    from lawcheck.service.years import one_year

    meant = one_year(app.register, year if year is not None else app.year)
    app.show(
        summarise(
            app.register, meant, by=by.value if by is not None else None, as_of=day_or_today(as_of), compare=compare
        )
    )
