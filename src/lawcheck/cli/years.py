"""Commands on a whole year."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from lawcheck.cli.app import app
from lawcheck.cli.options import complete_template, day_or_today
from lawcheck.errors import ConflictingOptions, InvalidValue
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
    out: Annotated[
        Path | None,
        typer.Option(
            "-o", "--out", metavar="FILE", help=_("Where to: a file that ends in .xlsx, .html, .csv or .json.")
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=_("Put it in the place of a file that is there."))] = False,
) -> None:
    """Sum up a year.

    With --as-of the same year printed tomorrow reads the same: a row done after that day counts as open on it. What
    is corrected later does show; the head of the chain tells which state was printed.
    """
    from lawcheck.service.summary import summarise
    from lawcheck.service.years import one_year

    meant = one_year(app.register, year if year is not None else app.year)
    day, way = day_or_today(as_of), by.value if by is not None else None
    if out is not None:
        _save(out, meant, way, day, compare, force=force)
        return
    app.show(summarise(app.register, meant, by=way, as_of=day, compare=compare))


def _save(out: Path, year: int, by: str | None, day: date, compare: int | None, *, force: bool) -> None:
    """Write the summary to a file, and say what was written."""
    from lawcheck.cli.progress import progress
    from lawcheck.export.file import replacing
    from lawcheck.export.summary import FORMS, SummarySaved, write_summary  # only for a file
    from lawcheck.service.summary import summarise

    if app.form == "csv":
        raise ConflictingOptions(first="-o", second="--format csv")
    form = out.suffix.lower().removeprefix(".")
    if form not in FORMS:
        raise InvalidValue(option="-o", text=str(out), expected=", ".join(f".{one}" for one in FORMS))
    place = out.expanduser()
    with replacing(place, force=force) as file, progress(_("Writing the summary")) as report:
        found = summarise(
            app.register, year, by=by, as_of=day, compare=compare, with_rows=form == "xlsx" and by is None
        )
        tables = write_summary(file, form, found, report)
    app.show(SummarySaved(str(out), form, year, tables, found.total.rows, found.head))
