"""Commands on templates."""

from typing import Annotated

import typer

from lawcheck.cli.app import app
from lawcheck.cli.options import complete_any_template
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
