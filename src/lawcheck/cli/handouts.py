"""Commands on workbooks that units fill in."""

from pathlib import Path
from typing import Annotated

import typer

from lawcheck.cli.app import app
from lawcheck.config import at_home
from lawcheck.errors import ConflictingOptions, InvalidValue, MissingParameter
from lawcheck.render.language import _


def hand_out(
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="FILE", help=_("The workbook (.xlsx); with --all a folder."))
    ],
    unit: Annotated[str | None, typer.Option("--unit", metavar="UNIT", help=_("The unit that fills it in."))] = None,
    every: Annotated[bool, typer.Option("--all", help=_("A workbook for every unit that has something open."))] = False,
    force: Annotated[bool, typer.Option("--force", help=_("Put it in the place of a file that is there."))] = False,
) -> None:
    """Write a workbook for a unit to fill in.

    It holds the unit's open rows and figures, with drop-downs, and only the cells to fill in can be changed. It is
    bound to the register, the year, the unit and every line; collect takes it back.
    """
    if every == (unit is not None):
        if every:
            raise ConflictingOptions(first="--unit", second="--all")
        raise MissingParameter(name="--unit")
    if unit is not None and out.suffix.lower() != ".xlsx":
        raise InvalidValue(option="-o", text=str(out), expected="FILE.xlsx")
    from lawcheck.export.hand_out import save_hand_outs  # only for a workbook
    from lawcheck.service.hand_out import hand_out as open_of_units

    if app.form == "csv":
        raise ConflictingOptions(first="-o", second="--format csv")
    found = open_of_units(app.register, year=app.year, unit=unit, today=app.today)
    app.show(save_hand_outs(at_home(out), found, in_folder=every, force=force))


def collect(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help=_("Workbooks that came back, or folders of them."))
    ],
    apply: Annotated[bool, typer.Option("--apply", help=_("Take over what they report."))] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help=_("Show what would be taken, and change nothing."))
    ] = False,
    good_files: Annotated[
        bool,
        typer.Option(
            "--good-files",
            help=_("Take the workbooks without a fault, and list the others; the exit code is 1 where there are any."),
        ),
    ] = False,
) -> None:
    """Collect workbooks that units filled in.

    It shows what they report, what was changed where nothing is to be filled in, and what the register says otherwise
    since. With --apply each workbook becomes one entry; one fault keeps all from being taken.
    """
    if apply and dry_run:
        raise ConflictingOptions(first="--apply", second="--dry-run")
    from lawcheck.cli.progress import progress
    from lawcheck.library.answers import workbooks_in  # only for workbooks
    from lawcheck.service import collect as collecting

    with progress(_("Reading workbooks")) as report:
        found = collecting.collect(
            app.register, app.actor, workbooks_in([at_home(one) for one in files]), year=app.year, apply=apply,
            good_files=good_files, progress=report,
        )  # fmt: skip
    conflicts = any(answer.what == "conflict" for one in found.workbooks for answer in one.outcomes)
    app.show(found, exit_code=1 if found.faults or conflicts else 0)
