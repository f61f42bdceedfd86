"""Commands on a whole year."""

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from lawcheck.cli.app import app
from lawcheck.cli.options import complete_template, day_or_today
from lawcheck.config import at_home
from lawcheck.core.frozen import Document
from lawcheck.errors import ConflictingOptions, FileNotWritten, FileThere, InvalidValue, ManifestNotWritten
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

    _check_year(year)
    register = app.register_or_new()
    app.warn_of_far_disk()
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

    Without --by it tells everything, and -o writes the same to a file. With --as-of a row done after that day counts as
    open on it; what bears no day (set aside, partly done, done on no stated day, figures without one) counts as it
    stands now. The head of the chain tells which state was printed.
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
    place = at_home(out)
    with replacing(place, force=force) as file, progress(_("Writing the summary")) as report:
        found = summarise(
            app.register, year, by=by, as_of=day, compare=compare, with_rows=form == "xlsx" and by is None
        )
        tables = write_summary(file, form, found, report)
    app.show(SummarySaved(str(out), form, year, tables, found.total.rows, found.head))


Year = Annotated[int, typer.Argument(metavar="YEAR", help=_("The year."))]
Force = Annotated[bool, typer.Option("--force", help=_("Put it in the place of a file that is there."))]


def close(
    year: Year,
    confirm: Annotated[
        bool, typer.Option("--confirm", help=_("Confirm that what is listed as not triggered did not happen."))
    ] = False,
    out: Annotated[
        str | None,
        typer.Option("-o", "--out", metavar="FILE", help=_("Where the manifest goes to; '-' for standard output.")),
    ] = None,
    force: Force = False,
) -> None:
    """Close a year and write its manifest.

    Reviews must be settled, and what did not happen confirmed. From then on its rows, notes, evidence and figures take
    no change, and cases that go on do not move its figures. Rows that are open stay so and are counted.
    """
    from lawcheck.service.closing import close_year

    _check_year(year)
    place, _sign = _place(year, out), app.sign  # a key that cannot be used is told before anything is done
    closed = close_year(app.register, app.actor, year, confirm=confirm, check=lambda: _check_place(place, force=force))
    try:
        _write(place, closed.manifest, force=force)
    except (FileNotWritten, FileThere) as error:
        reason = error.params.get("reason", error.code)
        raise ManifestNotWritten(year=year, seq=closed.seq, path=str(place), reason=reason) from error
    if place is not None:
        app.show(closed._replace(file=str(place)))


def reopen(year: Year, why: Annotated[str, typer.Option("--why", metavar="TEXT", help=_("The reason."))]) -> None:
    """Open a closed year again, with the reason.

    What had been confirmed as not happened has to be confirmed anew. The closing and its reason stay in the journal.
    """
    from lawcheck.service.closing import reopen_year

    _check_year(year)
    app.show(reopen_year(app.register, app.actor, year, why=why))


def manifest(
    year: Year,
    out: Annotated[str, typer.Option("-o", "--out", metavar="FILE", help=_("Where to; '-' for standard output."))],
    force: Force = False,
) -> None:
    """Write the manifest of a closed year again.

    It says the same as when the year was closed.
    """
    from lawcheck.service.closing import manifest_of_year

    place = _place(year, out)
    made = manifest_of_year(app.register, year)
    _write(place, made.manifest, force=force)
    if place is not None:
        app.show(made._replace(file=str(place)))


def _check_year(year: int) -> None:
    """Refuse a year given twice otherwise."""
    if app.year is not None and "year" in app.flags and app.year != year:
        raise ConflictingOptions(first=str(year), second=f"--year {app.year}")


def _place(year: int, out: str | None) -> Path | None:
    """Return where a manifest goes to; None for standard output."""
    if out == "-":
        if app.form != "table":
            raise ConflictingOptions(first="-o -", second=f"--format {app.form}")
        return None
    return at_home(Path(out or f"lawcheck-{year}.manifest.json"))


def _check_place(place: Path | None, *, force: bool) -> None:
    from lawcheck.export.manifest import check_place

    if place is not None:
        check_place(place, force=force)


def _write(place: Path | None, document: Document, *, force: bool) -> None:
    from lawcheck.core.manifest import manifest_text
    from lawcheck.export.file import write_out
    from lawcheck.export.manifest import write_manifest

    if place is None:
        write_out(manifest_text(document if app.sign is None else app.sign(document)).encode())
    else:
        write_manifest(place, document, force=force, sign=app.sign)
