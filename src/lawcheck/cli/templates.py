"""Commands on templates."""

from pathlib import Path
from typing import Annotated

import typer

from lawcheck.cli.app import app
from lawcheck.cli.options import complete_any_template, complete_template, is_case_template
from lawcheck.core.dates import parse_year
from lawcheck.errors import ConflictingOptions
from lawcheck.render.language import _


def list_() -> None:
    """List the templates."""
    from lawcheck.service import templates  # reads YAML, which completion does without

    app.show(templates.list_templates())


def show(
    name: Annotated[
        str, typer.Argument(metavar="TEMPLATE", help=_("A code or a file."), autocompletion=complete_any_template)
    ],
) -> None:
    """Show a template with the law of a year.

    The year is this one unless --year names another.
    """
    from lawcheck.service import templates

    app.show(templates.show_template(name, app.year or app.today.year))


def check(
    files: Annotated[
        list[str] | None, typer.Argument(metavar="[FILE...]", help=_("Files; all that come with lawcheck if left out."))
    ] = None,
) -> None:
    """Check template files for faults.

    Every fault is reported at once as file:line:column. Warnings alone leave with exit code 1.
    """
    from lawcheck.service import templates

    found = templates.check_templates(files or ())
    app.show(found, exit_code=1 if found.uncited else 0)


def diff(
    before: Annotated[str, typer.Argument(metavar="A", help=_("A year, or a template file."))],
    after: Annotated[str, typer.Argument(metavar="B", help=_("Another year, or another file."))],
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[TEMPLATE...]", help=_("Codes; all if left out."), autocompletion=complete_template),
    ] = None,
) -> None:
    """Compare the templates of two years, or two files.

    Says of each item whether it is new, changed, gone or unchanged, and which law made it so. Two files of one
    template are compared text by text, by the law of this year unless --year names another.
    """
    from lawcheck.service import templates

    files = [one for one in (before, after) if one.endswith((".yaml", ".yml"))]
    if len(files) == 1:
        raise ConflictingOptions(first=before, second=after)
    if files and names:
        raise ConflictingOptions(first=after, second=names[0])
    if files:
        app.show(templates.compare_files(Path(before), Path(after), app.year or app.today.year))
    else:
        app.show(templates.compare_years(parse_year(before), parse_year(after), names or ()))


def upgrade(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[TEMPLATE...]",
            help=_("Codes, or files of your own; all checklists of the year if left out."),
            autocompletion=complete_template,
        ),
    ] = None,
    apply: Annotated[bool, typer.Option("--apply", help=_("Take them over, in one entry."))] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Only show what would change, as without --apply."))
    ] = False,
) -> None:
    """Take revised templates into a started year.

    Shows what is new, changed and gone, and changes nothing until --apply is given. The code of a case template, such
    as AJ, stands for the open cases of that kind. Work on what asks for the same
    stays; what asks for something else is asked again, with a note of what had been done. 'undo' takes it back.
    """
    from lawcheck.render.upgrade import former_note
    from lawcheck.service import upgrade as revised

    if apply and dry_run:
        raise ConflictingOptions(first="--apply", second="--dry-run")
    named = tuple(names or ())
    if len(named) == 1 and is_case_template(named[0]):
        from lawcheck.render.case_upgrade import former_case_note
        from lawcheck.service import case_upgrade

        app.show(case_upgrade.upgrade_cases(app.register, app.actor, named[0], apply=apply, former=former_case_note))
        return
    if apply:
        app.show(revised.upgrade(app.register, app.actor, named, year=app.year, former=former_note))
    else:
        app.show(revised.preview(app.register, named, year=app.year, today=app.today))
