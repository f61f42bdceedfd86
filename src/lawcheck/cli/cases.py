"""Commands on cases."""

from pathlib import Path
from typing import Annotated

import typer

from lawcheck.cli.app import app
from lawcheck.cli.options import complete_ref, day_or_today
from lawcheck.core.dates import parse_date
from lawcheck.errors import ConflictingOptions
from lawcheck.render.language import _

Case = Annotated[str, typer.Argument(metavar="CASE", help=_("The case, such as AJ-17."), autocompletion=complete_ref)]
Facts = Annotated[
    list[str] | None, typer.Option("--fact", metavar="NAME=yes|no", help=_("What holds of the case; may be repeated."))
]


def open_(  # what is known of a case when it is opened
    template: Annotated[str, typer.Argument(metavar="TEMPLATE", help=_("The kind of case, such as AJ."))],
    number: Annotated[str, typer.Option("--no", metavar="NUMBER", help=_("The number of its file (文号)."))],
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help=_("What it is about."))],
    on: Annotated[str, typer.Option("--on", metavar="DATE", help=_("The day it came, with HH:MM if need be."))],
    fact: Facts = None,
    unit: Annotated[str | None, typer.Option("--unit", metavar="UNIT", help=_("The unit that handles it."))] = None,
) -> None:
    """Open a case.

    It gets the next ref of its kind, and the rows that the law asks for from that day on.
    """
    from lawcheck.service import cases

    app.show(
        cases.open_case(
            app.register_or_new(), app.actor, template, number=number, title=title, on=on, facts=fact or (), unit=unit
        )
    )


def milestone(  # noqa: PLR0913  # one milestone, and what is said of it
    case: Case,
    name: Annotated[str, typer.Argument(metavar="NAME", help=_("The milestone, such as decided."))],
    at: Annotated[str, typer.Argument(metavar="DATE", help=_("The day, with HH:MM where hours count."))],
    again: Annotated[bool, typer.Option("--again", help=_("Once more, for another party."))] = False,
    party: Annotated[str | None, typer.Option("--party", metavar="NAME", help=_("Which party it concerns."))] = None,
    correct: Annotated[bool, typer.Option("--correct", help=_("Correct the date; say --why."))] = False,
    why: Annotated[str | None, typer.Option("--why", metavar="TEXT", help=_("The reason."))] = None,
) -> None:
    """Record a milestone of a case.

    Rows appear, end and move by it. A milestone that has a date is only given another with --again or --correct.
    """
    if again and correct:
        raise ConflictingOptions(first="--again", second="--correct")
    from lawcheck.service import cases

    app.show(
        cases.record_milestone(
            app.register, app.actor, case, name, at, again=again, party=party, correct=correct, why=why
        )
    )


def pause(
    case: Case,
    reason: Annotated[str, typer.Argument(metavar="REASON", help=_("Why, such as hearing or appraisal."))],
    since: Annotated[str, typer.Argument(metavar="FROM", help=_("The first day left out."))],
    until: Annotated[
        str | None, typer.Argument(metavar="[TO]", help=_("The last day left out; open if not said."))
    ] = None,
) -> None:
    """Leave days out of a case's terms.

    Both days are left out. Say the same pause again with its last day to end one that lasts, or to correct it.
    """
    from lawcheck.service import cases

    ends = parse_date(until) if until is not None else None
    app.show(cases.pause_case(app.register, app.actor, case, reason, parse_date(since), ends))


def extend(
    row: Annotated[
        str, typer.Argument(metavar="ROW", help=_("The row, such as AJ-17.DECIDE."), autocompletion=complete_ref)
    ],
    amount: Annotated[str, typer.Argument(metavar="AMOUNT", help=_("By how much, such as '30 d' or '15 wd'."))],
    approval: Annotated[str, typer.Option("--approval", metavar="TEXT", help=_("Who approved it, and the paper."))],
    on: Annotated[
        str | None, typer.Option("--on", metavar="DATE", help=_("The day of approval; today if left out."))
    ] = None,
) -> None:
    """Record that a term was extended."""
    from lawcheck.service import cases

    app.show(cases.extend_row(app.register, app.actor, row, amount, on=day_or_today(on), approval=approval))


def fact(
    case: Case,
    facts: Annotated[list[str], typer.Argument(metavar="NAME=yes|no...", help=_("Facts of the case."))],
) -> None:
    """Say which facts hold of a case."""
    from lawcheck.service import cases

    app.show(cases.set_facts(app.register, app.actor, case, facts))


def close(
    case: Case,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help=_("The day; today if left out."))] = None,
    why: Annotated[
        str | None, typer.Option("--why", metavar="TEXT", help=_("Why rows that are left no longer apply."))
    ] = None,
) -> None:
    """Close a case.

    Rows that are not done stand in the way, unless a reason sets them aside.
    """
    from lawcheck.service import cases

    app.show(cases.close_case(app.register, app.actor, case, on=day_or_today(on), why=why))


def reopen(
    case: Case,
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help=_("The reason."))],
) -> None:
    """Open a closed case again."""
    from lawcheck.service import cases

    app.show(cases.reopen_case(app.register, app.actor, case, why=why))


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("A workbook (.xlsx) or CSV file, a row a case."))],
    template: Annotated[
        str | None, typer.Option("--template", metavar="TEMPLATE", help=_("The kind of case; or a column says it."))
    ] = None,
    good_rows: Annotated[
        bool,
        typer.Option(
            "--good-rows",
            help=_("Take the rows without a fault, and list the others; the exit code is 1 where there are any."),
        ),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Show what would be taken, and change nothing."))
    ] = False,
) -> None:
    """Open many cases from a table.

    The first row names the columns: number, title, opened, unit, facts, template, and milestones and facts by name
    or title. Every fault is listed with its place; all rows are taken, or none.
    """
    from lawcheck.cli.progress import progress
    from lawcheck.service import case_import

    with progress(_("Reading cases")) as report:
        found = case_import.import_cases(
            app.register_or_new(),
            app.actor,
            file,
            template=template,
            good_rows=good_rows,
            dry_run=dry_run,
            progress=report,
        )
    app.show(found, exit_code=1 if found.faults else 0)


def list_(
    template: Annotated[str | None, typer.Argument(metavar="[TEMPLATE]", help=_("Only this kind."))] = None,
    unit: Annotated[str | None, typer.Option("--unit", metavar="UNIT", help=_("Only cases of this unit."))] = None,
    number: Annotated[str | None, typer.Option("--no", metavar="NUMBER", help=_("Only the case of this file."))] = None,
    closed: Annotated[bool, typer.Option("--closed", help=_("Closed ones instead of open ones."))] = False,
    every: Annotated[bool, typer.Option("--all", help=_("Open and closed ones."))] = False,
) -> None:
    """List cases."""
    if closed and every:
        raise ConflictingOptions(first="--closed", second="--all")
    from lawcheck.service import case_show

    state = None if every or number is not None else "closed" if closed else "open"
    app.show(
        case_show.list_cases(app.register, template=template, unit=unit, state=state, number=number, today=app.today)
    )


def show(case: Case) -> None:
    """Show a case as a timeline."""
    from lawcheck.service import case_show

    app.show(case_show.show_case(app.register, case, today=app.today))
