"""Commands on evidence."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from lawcheck import config
from lawcheck.cli.app import app
from lawcheck.cli.options import complete_row_or_figure
from lawcheck.cli.progress import progress
from lawcheck.config import at_home
from lawcheck.core.dates import parse_date
from lawcheck.core.evidence import is_program
from lawcheck.errors import InvalidSetting
from lawcheck.render.language import _
from lawcheck.service import evidence
from lawcheck.service.attached import Attach
from lawcheck.store.vault import ALGORITHMS, Progress

Ref = Annotated[
    str,
    typer.Argument(
        metavar="REF|KEY", help=_("A row, or a figure or an entry of it."), autocompletion=complete_row_or_figure
    ),
]
Address = Annotated[
    list[str],
    typer.Argument(metavar="REF#N", help=_("A row or an entry of a figure, and the number of its evidence.")),
]
Of = Annotated[
    str | None,
    typer.Argument(
        metavar="[REF|TEMPLATE|KEY]", help=_("Only these rows or figures."), autocompletion=complete_row_or_figure
    ),
]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help=_("The reason."))]


def add(  # each kind of evidence is an option of its own
    ref: Ref,
    files: Annotated[
        list[str] | None, typer.Option("--file", metavar="PATH", help=_("A file; it is copied into the vault."))
    ] = None,
    links: Annotated[
        list[str] | None, typer.Option("--link", metavar="URL", help=_("The address of a page on the web."))
    ] = None,
    documents: Annotated[
        list[str] | None, typer.Option("--doc", metavar="NUMBER", help=_("The number of a document (文号)."))
    ] = None,
    dated: Annotated[
        str | None, typer.Option("--dated", metavar="DATE", help=_("The day that the evidence itself bears."))
    ] = None,
    reference: Annotated[
        bool,
        typer.Option("--reference", help=_("Keep only hash and place of the files, which may not be copied (涉密).")),
    ] = False,
) -> None:
    """Add evidence to a row or a figure.

    A figure's key stands for the one entry that its value comes from; cases_total.2 is its second. A file is kept by
    the hash of its content, so the same file is kept once. No link in the file system is followed.
    """
    offered = offered_as(files, links, documents)._replace(
        dated=parse_date(dated) if dated else None, reference=reference
    )
    with progress(_("Reading evidence")) as report:
        result = evidence.add_evidence(app.register, app.actor, ref, offered, intake(report), year=app.year)
    app.show(result)


def offered_as(files: list[str] | None, links: list[str] | None, documents: list[str] | None) -> evidence.Offered:
    """Return what the options of a command line offer."""
    paths = tuple(at_home(Path(one)) for one in files or ())
    return evidence.Offered(paths, tuple(links or ()), tuple(documents or ()))


def attaching(
    files: list[str] | None,
    links: list[str] | None,
    documents: list[str] | None,
    *,
    rows: Sequence[str] = (),
    figure: str | None = None,
) -> Attach:
    """Take in the evidence that comes with a tick or a figure, and return what puts it there."""
    offered, to = offered_as(files, links, documents), evidence.To(rows, figure)
    with progress(_("Reading evidence")) as report:
        return evidence.attaching(app.register, app.actor, to, offered, intake(report), year=app.year)


def intake(report: Progress) -> evidence.Intake:
    """Return how the settings have files taken in.

    Raises:
        InvalidSetting: a setting cannot be read.

    """
    most = config.number("evidence_most_mib", app.setting("evidence_most_mib") or "1024", 0)
    algorithm = app.setting("evidence_hash") or ALGORITHMS[0]
    if algorithm not in ALGORITHMS:
        raise InvalidSetting(name="evidence_hash", value=algorithm, expected=", ".join(ALGORITHMS))
    return evidence.Intake(algorithm, int(most * (1 << 20)), report)


def list_(
    name: Of = None,
    all_of_it: Annotated[bool, typer.Option("--all", help=_("Also what was taken off."))] = False,
) -> None:
    """List evidence."""
    app.show(evidence.list_evidence(app.register, name, year=app.year, removed_too=all_of_it))


def remove(address: Address, why: Why) -> None:
    """Take evidence off its row or figure.

    It stays in the record, with the reason and its content; 'evidence purge' erases.
    """
    app.show(evidence.remove_evidence(app.register, app.actor, address, why=why, year=app.year))


def open_(address: Address) -> None:
    """Look at evidence.

    The system's viewer shows a copy that only you can read, compared with its hash; delete it when you have read it.
    Programs and scripts are never handed to a viewer.
    """
    from lawcheck.cli.viewer import view
    from lawcheck.export.evidence import EvidenceOpened, copy_to_look_at

    found = evidence.evidence_to_open(app.register, address, year=app.year, today=app.today)
    target, harmful = found.line.name, False
    if found.path is not None:
        harmful = is_program(found.line.name)
        with progress(_("Copying evidence")) as report:
            target = str(copy_to_look_at(found, report))
    app.show(EvidenceOpened(found.line, target, not harmful and view(target), harmful))


def export(
    out: Annotated[str, typer.Option("-o", "--out", metavar="DIR", help=_("A folder that is new or empty."))],
    name: Of = None,
) -> None:
    """Hand evidence out for an inspection.

    Writes a folder for every row and entry with the files under their own names, and an index with hash, day and who
    added what. Each file is compared with its hash on the way; what is damaged is left out and said, with exit code 1.
    """
    from lawcheck.export.evidence import hand_out

    going = evidence.evidence_to_hand_out(app.register, name, year=app.year)
    with progress(_("Copying evidence")) as report:
        result = hand_out(at_home(Path(out)), going, report)
    app.show(result, exit_code=1 if result.faults() else 0)


def purge(address: Address, why: Why) -> None:
    """Erase the content of evidence for good.

    The file is removed from the vault for all that refers to it; its line and its hash stay, with the reason.
    This cannot be taken back, and copies made before are yours to destroy.
    """
    app.show(evidence.purge_evidence(app.register, app.actor, address, why=why, year=app.year))
