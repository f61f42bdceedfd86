"""The command that writes the year's report."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from lawcheck.cli.app import app
from lawcheck.cli.options import day_or_today
from lawcheck.config import at_home
from lawcheck.errors import ConflictingOptions, FutureDate, InvalidValue, MissingParameter
from lawcheck.render.language import _


def report(  # noqa: PLR0913  # how a report is made
    year: Annotated[
        int | None, typer.Argument(metavar="[YEAR]", help=_("The year; the latest open one if left out."))
    ] = None,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="FILE.docx", help=_("The Word document to write."))
    ] = None,
    draft: Annotated[
        bool, typer.Option("--draft", help=_("For the desk: comments say where each number comes from."))
    ] = False,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help=_("As of this day; today if left out."))
    ] = None,
    signed_on: Annotated[
        str | None,
        typer.Option("--signed-on", metavar="DATE", help=_("The day under the signature; today if left out.")),
    ] = None,
    plan: Annotated[
        Path | None, typer.Option("--plan", metavar="FILE", help=_("A plan of the report other than the bureau's."))
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option(
            "--template", metavar="FILE.docx", help=_("The bureau's own Word template, whose fields are filled.")
        ),
    ] = None,
    with_gaps: Annotated[
        bool, typer.Option("--with-gaps", help=_("Write it though something is missing; gaps are marked."))
    ] = False,
    privacy_scan: Annotated[
        bool, typer.Option("--privacy-scan", help=_("Look for identity and telephone numbers and names of persons."))
    ] = False,
    force: Annotated[bool, typer.Option("--force", help=_("Put it in the place of a file that is there."))] = False,
) -> None:
    """Write the year's report as a Word document.

    It has the format of official documents, GB/T 9704-2012, and says what the bureau's plan says, filled with figures,
    rows and cases. Nothing is invented: what is missing is marked, and the clean document is refused while anything is.
    """
    from lawcheck.export.own_template import template_texts
    from lawcheck.export.report import write_report
    from lawcheck.render.report import ReportSaved, gap_line
    from lawcheck.service.report import check_complete, find_private_in, make_report
    from lawcheck.service.years import one_year

    if out is None and not privacy_scan:
        raise MissingParameter(name="-o")
    if out is not None and out.suffix.lower() != ".docx":
        raise InvalidValue(option="-o", text=str(out), expected="FILE.docx")
    if template is not None and draft:
        raise ConflictingOptions(first="--template", second="--draft")
    meant = one_year(app.register, year if year is not None else app.year)
    day, signing = day_or_today(as_of), day_or_today(signed_on)
    if day > app.today:
        raise FutureDate(date=day.isoformat(), today=app.today.isoformat())
    if signing < day:
        raise InvalidValue(option="--signed-on", text=signing.isoformat(), expected=f"{day} ..")
    made = make_report(app.register, meant, as_of=day, signed_on=signing, plan_file=plan)
    for gap in made.composed.gaps if out is not None and app.form != "json" else ():
        sys.stderr.write(gap_line(gap) + "\n")
    if out is not None and not (draft or with_gaps):
        check_complete(made)
    private = None
    if privacy_scan:
        private = find_private_in(app.register, made, template_texts(at_home(template)) if template is not None else ())
    manifest = None
    if out is not None:
        manifest = write_report(
            at_home(out), made, app.maker, draft=draft, force=force, template=template, sign=app.sign
        )
    app.show(
        ReportSaved(made, None if out is None else str(out), manifest, draft, private), exit_code=int(bool(private))
    )
