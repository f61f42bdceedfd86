"""Arguments and options that several commands share."""

from collections.abc import Callable
from datetime import date
from typing import Annotated

import typer

from lawcheck.cli.app import app
from lawcheck.core.dates import parse_date
from lawcheck.render.language import _, pick

UNSTATED = "unstated"
Files = Annotated[
    list[str] | None, typer.Option("--file", metavar="PATH", help=_("Evidence: a file, copied into the vault."))
]
Links = Annotated[
    list[str] | None, typer.Option("--link", metavar="URL", help=_("Evidence: the address of a page on the web."))
]
Documents = Annotated[
    list[str] | None, typer.Option("--doc", metavar="NUMBER", help=_("Evidence: the number of a document (文号)."))
]


def day_or_today(text: str | None) -> date:
    """Return the day of an option, today when it is not given.

    Raises:
        InvalidDate: there is no such day.

    """
    return app.today if text is None else parse_date(text)


def complete_ref(incomplete: str) -> list[tuple[str, str]]:
    """Complete a ref from the rows that are not finished; nothing where there is no register."""
    from lawcheck.service.lists import ref_completions

    return _completed(ref_completions, incomplete)


def complete_figure(incomplete: str) -> list[tuple[str, str]]:
    """Complete the key of a figure; nothing where there is no register."""
    from lawcheck.service.lists import figure_completions

    return _completed(figure_completions, incomplete)


def complete_row_or_figure(incomplete: str) -> list[tuple[str, str]]:
    """Complete a ref, or the key of a figure."""
    return [*complete_ref(incomplete), *complete_figure(incomplete)]


def _completed(find: Callable[..., list[tuple[str, str, str]]], incomplete: str) -> list[tuple[str, str]]:
    from lawcheck.errors import LawcheckError
    from lawcheck.store.register import Register

    try:
        with Register.open(app.path, app.busy_seconds) as register:  # completing upgrades nothing
            found = find(register, incomplete, year=app.year)
    except LawcheckError:
        return []
    return [(name, pick(zh, en)) for name, zh, en in found]


def is_case_template(name: str) -> bool:
    """Tell whether a name is the code of a case template that comes with lawcheck."""
    from lawcheck.core.refs import normalise
    from lawcheck.library.places import case_files  # no file is read

    return normalise(name) in {path.stem for path in case_files()}


def complete_template(incomplete: str) -> list[str]:
    """Complete the code of a template from the names of the files."""
    from lawcheck.library.places import template_files  # no file is read

    return [path.stem for path in template_files() if path.stem.startswith(incomplete.upper())]


def complete_any_template(incomplete: str) -> list[str]:
    """Complete the code of a template for a year or for a case."""
    from lawcheck.library.places import case_files, template_files  # no file is read

    return [path.stem for path in (*template_files(), *case_files()) if path.stem.startswith(incomplete.upper())]
