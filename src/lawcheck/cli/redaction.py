"""Erasing words where the law demands it."""

from typing import Annotated

import typer

from lawcheck.cli.app import app
from lawcheck.cli.options import complete_ref
from lawcheck.errors import ConflictingOptions, InvalidValue, MissingParameter
from lawcheck.render.language import _


def redact(
    entry: Annotated[
        str | None, typer.Argument(metavar="[ENTRY]", help=_("The number of the entry, as the log has it."))
    ] = None,
    why: Annotated[
        str | None, typer.Option("--why", metavar="TEXT", help=_("The law or decision that demands it; it stays."))
    ] = None,
    only: Annotated[
        str | None,
        typer.Option(
            "--only",
            metavar="REF",
            help=_("Only the words about this row, item, case or figure."),
            autocompletion=complete_ref,
        ),
    ] = None,
    words: Annotated[
        str | None,
        typer.Option("--words", metavar="TEXT", help=_("Only these words of its free text, such as a name.")),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("Show what would go; change nothing."))] = False,
    finish: Annotated[
        bool, typer.Option("--finish", help=_("Only write the file anew, where that had to wait."))
    ] = False,
) -> None:
    """Erase the words of an entry where the law demands it.

    Notes, reasons, titles, parties and names of evidence go, wherever the same words stand again about the same item,
    case or figure. What was done, when and by whom stays, and so do the numbers of cases, frozen copies and the reason
    given here. Backups and exports made before still hold the words.
    """
    from lawcheck.service import redaction

    if finish:
        others = {entry or "ENTRY": entry, "--why": why, "--only": only, "--words": words, "--dry-run": dry_run or None}
        for name, given in others.items():
            if given is not None:
                raise ConflictingOptions(first="--finish", second=name)
        swept = redaction.finish(app.register)
        app.show(swept, exit_code=1 if swept.unswept else 0)
        return
    if entry is None or why is None:
        raise MissingParameter(name="ENTRY" if entry is None else "--why")
    number = entry.removeprefix("#")
    if not number.isdecimal() or len(number) > _DIGITS:
        raise InvalidValue(option="ENTRY", text=entry, expected="number")
    meant = redaction.Meant(only, words)
    done = redaction.redact(app.register, app.actor, int(number), why=why, meant=meant, dry_run=dry_run)
    app.show(done, exit_code=1 if done.unswept else 0)


_DIGITS = 18
"""More than a number of an entry has."""
