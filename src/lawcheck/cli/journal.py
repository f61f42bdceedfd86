"""Commands on the journal."""

from pathlib import Path
from typing import Annotated

import typer

from lawcheck.cli.app import app
from lawcheck.cli.options import complete_row_or_figure
from lawcheck.config import at_home
from lawcheck.errors import ConflictingOptions
from lawcheck.render.language import _
from lawcheck.service import journal


def undo() -> None:
    """Take back your last command.

    It is refused when a later entry touched the same rows. Again, it takes back the command before.
    """
    app.show(journal.undo(app.register, app.actor))


def log(
    ref: Annotated[
        str | None,
        typer.Argument(metavar="[REF|KEY]", help=_("Only what concerns this."), autocompletion=complete_row_or_figure),
    ] = None,
    most: Annotated[int | None, typer.Option("-n", metavar="N", min=1, max=100_000, help=_("How many."))] = None,
    export: Annotated[
        str | None,
        typer.Option(
            "--export", metavar="FILE", help=_("Write all of it to a file that proves itself; '-' for standard output.")
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=_("Put it in the place of a file that is there."))] = False,
) -> None:
    """Read the journal.

    With --export it is written whole as JSON lines, with a manifest beside it; 'lawcheck verify FILE' checks that file
    without the register.
    """
    if export is None:
        app.show(journal.read_log(app.register, ref, year=app.year, most=20 if most is None else most))
        return
    given = {"REF": ref, "-n": most, "--format": app.form if export == "-" and app.form != "table" else None}
    for name, value in given.items():
        if value is not None:
            raise ConflictingOptions(first=f"--export {export}", second=f"{name} {value}")
    _export(export, force=force)


def _export(out: str, *, force: bool) -> None:
    """Write the journal to a file with its manifest, or to standard output without one."""
    from lawcheck.core.manifest import ManifestFile, ManifestKind, manifest
    from lawcheck.export.file import taken_back, write_pieces, write_pieces_out
    from lawcheck.export.manifest import check_place, write_manifest
    from lawcheck.service.journal_file import JournalExported, journal_lines

    if out != "-":
        app.refuse_csv()
    made = journal_lines(app.register)
    if out == "-":
        write_pieces_out(made.lines)
        return
    path = at_home(Path(out))
    beside = path.with_name(path.name + ".manifest.json")
    sign = app.sign
    check_place(beside, force=force)
    with taken_back(path):
        written = write_pieces(path, made.lines, force=force)
        files = [ManifestFile(path.name, written.hash, written.size)]
        document = manifest(
            ManifestKind.JOURNAL, made.register_id, made.head, app.maker, files, {"entries": made.head.seq}
        )
        write_manifest(beside, document, force=force, sign=sign)
    app.show(JournalExported(str(path), str(beside), made.register_id, made.head, written.size, sign is not None))
