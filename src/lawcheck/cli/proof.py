"""Commands that prove the record."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lawcheck.cli.app import app
from lawcheck.errors import ConflictingOptions, MissingParameter, SignatureWrong
from lawcheck.render.language import _

if TYPE_CHECKING:
    from lawcheck.core.frozen import Document
    from lawcheck.service.verify import Verified
    from lawcheck.service.verify_file import JournalVerified, ManifestVerified


def verify(  # each thing that can be proved is an option
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help=_("A journal, a manifest or a backup; the register if left out.")),
    ] = None,
    read_evidence: Annotated[
        bool, typer.Option("--read-evidence", help=_("Read every byte of the kept files again."))
    ] = False,
    references: Annotated[
        bool, typer.Option("--references", help=_("Read the files that lie elsewhere too; with --read-evidence."))
    ] = False,
    against: Annotated[
        str | None,
        typer.Option(
            "--against",
            metavar="HASH|FILE",
            help=_("A head that was printed, or its first 16 digits or more; or a manifest."),
        ),
    ] = None,
    key: Annotated[
        Path | None, typer.Option("--key", metavar="FILE", help=_("The public key that a manifest must be signed by."))
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help=_("Say nothing where nothing is found."))] = False,
) -> None:
    """Prove that the record is whole.

    It checks the file, the chain of entries, the frozen copies, a replay from empty, the balance of rows and the
    reviews. With --against it also proves that a head printed earlier still belongs to this chain: nothing up to it
    was rewritten, and the end was not cut off before it. A journal or a manifest is checked without the register.
    """
    digits, manifest = (None, None) if against is None else _head_or_manifest(against, key)
    found: Verified | JournalVerified | ManifestVerified
    if references and not read_evidence:
        raise MissingParameter(name="--read-evidence")
    if file is not None and not _is_register(file):
        if read_evidence or manifest is not None:
            raise ConflictingOptions(first=str(file), second="--read-evidence" if read_evidence else "--against FILE")
        found = _file(file, key, digits)
    else:
        if key is not None and manifest is None:
            raise MissingParameter(name="--against FILE")
        found = _register(file, digits, manifest, read_evidence=read_evidence, references=references)
    if found.findings or not quiet:
        app.show(found, exit_code=1 if found.findings else 0)


def _register(
    file: Path | None, against: str | None, manifest: "Document | None", *, read_evidence: bool, references: bool
) -> "Verified":
    """Prove a register, the one that is meant where no file is named."""
    from lawcheck.cli.progress import progress
    from lawcheck.service.verify import Asked
    from lawcheck.service.verify import verify as verify_register
    from lawcheck.store.register import Register

    register = app.register if file is None else Register.open(file, app.busy_seconds)
    if file is None:
        app.warn_of_far_disk()
    try:
        with progress(_("Replaying entries")) as report, progress(_("Reading evidence")) as reading:
            asked = Asked(against, manifest, reading if read_evidence else None, references)
            return verify_register(register, report, asked)
    finally:
        if file is not None:
            register.close()


def _file(file: Path, key: Path | None, against: str | None) -> "JournalVerified | ManifestVerified":
    from lawcheck.cli.progress import progress
    from lawcheck.export.signing import check_signature
    from lawcheck.service.verify_file import verify_file

    with progress(_("Reading")) as report:
        return verify_file(file, lambda document: check_signature(document, key), report, against)


def _is_register(file: Path) -> bool:
    from lawcheck.service.verify_file import is_register

    return is_register(file)


def _head_or_manifest(text: str, key: Path | None) -> "tuple[str | None, Document | None]":
    """Return what `--against` names: the digits of a head, or a manifest whose signature holds, where it has one.

    Raises:
        InvalidValue: it is neither.
        SignatureWrong: the signature does not hold.

    """
    from lawcheck.core.chain import head_digits, is_head
    from lawcheck.export.signing import check_signature
    from lawcheck.service.verify_file import is_file, read_manifest_file

    file = Path(text)
    if is_head(text) or not is_file(file):
        return head_digits(text), None
    document = read_manifest_file(file)
    try:
        check_signature(document, key)
    except SignatureWrong as error:
        error.params["path"] = str(file)
        raise
    return None, document
