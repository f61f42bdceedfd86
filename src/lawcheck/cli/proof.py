"""Commands that prove the record."""

from typing import Annotated

import typer

from lawcheck.cli.app import app
from lawcheck.render.language import _


def verify(
    read_evidence: Annotated[
        bool, typer.Option("--read-evidence", help=_("Read every byte of the kept files again."))
    ] = False,
    references: Annotated[
        bool, typer.Option("--references", help=_("Read the files that lie elsewhere too; with --read-evidence."))
    ] = False,
    against: Annotated[
        str | None,
        typer.Option("--against", metavar="HASH", help=_("A head that was printed, or its first 16 digits or more.")),
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help=_("Say nothing where nothing is found."))] = False,
) -> None:
    """Prove that the record is whole.

    It checks the file, the chain of entries, the frozen copies, a replay from empty, the balance of rows and the
    reviews. With --against it also proves that a head printed earlier still belongs to this chain: nothing up to it
    was rewritten, and the end was not cut off before it.
    """
    from lawcheck.cli.progress import progress
    from lawcheck.core.chain import head_digits
    from lawcheck.service.verify import Asked
    from lawcheck.service.verify import verify as verify_register

    digits = None if against is None else head_digits(against)
    app.warn_of_far_disk()
    with progress(_("Replaying entries")) as report, progress(_("Reading evidence")) as reading:
        asked = Asked(digits, reading if read_evidence or references else None, references)
        found = verify_register(app.register, report, asked)
    if found.findings or not quiet:
        app.show(found, exit_code=1 if found.findings else 0)
