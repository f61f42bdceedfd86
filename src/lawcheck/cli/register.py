"""The register as a whole: kept elsewhere, and put back."""

from pathlib import Path
from typing import Annotated

import typer

from lawcheck.cli.app import app
from lawcheck.cli.progress import progress
from lawcheck.config import at_home
from lawcheck.core.frozen import Document
from lawcheck.errors import InvalidValue, SignatureWrong
from lawcheck.render.language import _


def _file(out: Path) -> Path:
    """Return where a copy goes.

    Raises:
        InvalidValue: standard output is meant, into which no such thing can be written.

    """
    if str(out) == "-":
        raise InvalidValue(option="--out", text="-", expected="FILE")
    return at_home(out)


def backup(
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FILE", help=_("Where to."))],
    force: Annotated[bool, typer.Option("--force", help=_("Put it in the place of an earlier backup."))] = False,
) -> None:
    """Write a backup, with its evidence and a manifest.

    Others may go on working meanwhile: it holds one moment. FILE is a register itself, FILE.vault its evidence, and
    FILE.manifest.json says what belongs to it. All of it is read back before it is put in its place.
    """
    from lawcheck.service.backup import back_up

    app.refuse_csv()
    with progress(_("Backing up")) as report:
        done = back_up(app.register, app.maker, _file(out), force=force, progress=report, sign=app.sign)
    app.show(done, exit_code=1 if done.lost else 0)


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_("The backup; its manifest stands beside it."))],
    without_manifest: Annotated[
        bool, typer.Option("--without-manifest", help=_("Take a register's bare file, whatever it is a copy of."))
    ] = False,
) -> None:
    """Put a backup where there is no register.

    The place is the one that --register names, or the usual one; nothing may be there. The backup is proved first:
    against its manifest, and by all that `verify` checks.
    """
    from lawcheck.service.restore import restore as restore_register

    app.refuse_csv()
    with progress(_("Restoring")) as report:
        done = restore_register(
            at_home(file),
            app.path,
            at=app.instant,
            busy_seconds=app.busy_seconds,
            without_manifest=without_manifest,
            check=lambda document: _is_signed(document, file),
            progress=report,
        )
    app.show(done, exit_code=1 if done.lost else 0)


def export(
    out: Annotated[Path, typer.Option("-o", "--out", metavar="FILE.zip", help=_("Where to."))],
    force: Annotated[bool, typer.Option("--force", help=_("Put it in the place of a file that is there."))] = False,
) -> None:
    """Write the whole register as open files, in one archive.

    JSON lines and the evidence as it is, in a zip without compression: other programs can read it, and the same record
    gives the same bytes. `lawcheck import` makes a register of it again.
    """
    from lawcheck.service.archive import export_register

    app.refuse_csv()
    with progress(_("Exporting")) as report:
        done = export_register(app.register, _file(out), force=force, progress=report, sign=app.sign)
    app.show(done, exit_code=1 if done.lost else 0)


def import_(
    file: Annotated[Path, typer.Argument(metavar="FILE.zip", help=_("What `lawcheck export` wrote."))],
) -> None:
    """Make a register from an archive of open files.

    The place is the one that --register names, or the usual one; nothing may be there. The journal is replayed from
    empty, and all of it is proved before it is put in its place.
    """
    from lawcheck.service.archive_import import import_register

    app.refuse_csv()
    with progress(_("Importing")) as report:
        done = import_register(
            at_home(file),
            app.path,
            busy_seconds=app.busy_seconds,
            check=lambda document: _is_signed(document, file),
            progress=report,
        )
    app.show(done, exit_code=1 if done.lost else 0)


def _is_signed(document: Document, file: Path) -> bool:
    """Tell whether the manifest of a backup or an archive is signed.

    Raises:
        SignatureWrong: it is, and the signature does not hold.

    """
    from lawcheck.export.signing import check_signature

    try:
        return check_signature(document) is not None
    except SignatureWrong as error:
        error.params["path"] = str(file)
        raise
