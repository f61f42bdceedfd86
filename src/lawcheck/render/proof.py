"""What `verify` found, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lawcheck.core.checks import Severity
from lawcheck.core.manifest import ManifestKind
from lawcheck.render.language import N_, _, plural
from lawcheck.render.safe import safe
from lawcheck.render.words import word

if TYPE_CHECKING:
    from lawcheck.core.chain import Ancestor
    from lawcheck.core.checks import Finding
    from lawcheck.service.verify import Verified
    from lawcheck.service.verify_evidence import EvidenceRead
    from lawcheck.service.verify_file import JournalVerified, ManifestVerified

GROUPS = {
    "file": N_("the file and its references"),
    "chain": N_("the chain of entries"),
    "documents": N_("the frozen copies"),
    "replay": N_("the replay from empty"),
    "balance": N_("the balance of rows"),
    "reviews": N_("the reviews"),
    "closings": N_("the closed years"),
    "manifest": N_("the manifest"),
    "evidence": N_("the evidence"),
}
"""By the first word of a check's id."""

SEVERITIES = {Severity.ERROR: N_("error"), Severity.WARNING: N_("warning"), Severity.NOTE: N_("note")}

FINDINGS = {
    "file.integrity": N_("SQLite finds: {detail}"),
    "file.references": N_("refers to no line of {detail}"),
    "file.schema": N_("a part of the schema that this version does not make so: {detail}"),
    "chain.form": N_("cannot be read as an entry: {detail}"),
    "chain.sequence": N_("entry {detail} is missing before it"),
    "chain.begin": N_("is of another instant than the register, which says {detail}"),
    "chain.link": N_("does not follow the entry before it"),
    "chain.payload": N_("its payload was changed after it was written"),
    "chain.head": N_("its head was changed after it was written"),
    "chain.version": N_("its payload version {detail} is not known"),
    "chain.redaction": N_("was blanked, and no entry says so"),
    "chain.clock": N_("is earlier than the entry before it: a clock ran backwards ({detail})"),
    "chain.end": N_("the journal does not end with the head it names: {detail}"),
    "chain.ancestor": N_("this head is none of this chain's"),
    "documents.hash": N_("a frozen copy was changed"),
    "documents.missing": N_("has no frozen copy"),
    "documents.form": N_("its frozen copy cannot be read"),
    "replay.applies": N_("its changes cannot be applied: {detail}"),
    "replay.tables": N_("the table and the journal differ (table / journal): {detail}"),
    "replay.touched": N_("the table and the journal differ (table / journal): {detail}"),
    "balance.rows": N_("rows laid out and rows held differ: {detail}"),
    "balance.totals": N_("rows are not done, partial, open and not applicable together: {detail}"),
    "reviews.separation": N_("{detail} accepted what he did himself"),
    "reviews.content": N_("what was accepted is not what is there now: {detail}"),
    "closings.frozen": N_("the year no longer counts what its closing froze (now / frozen): {detail}"),
    "manifest.register": N_("the manifest is of another register; this one is {detail}"),
    "manifest.head": N_("the manifest gives this head another number; here it is {detail}"),
    "manifest.content": N_("what the manifest says was frozen is not what this entry froze: {detail}"),
    "manifest.files": N_("the file is not the one that the manifest names: {detail}"),
    "manifest.absent": N_("the file that the manifest names cannot be read: {detail}"),
    "manifest.signature": N_("the signature does not hold: {detail}"),
    "manifest.unsigned": N_("the manifest is not signed"),
    "evidence.missing": N_("its file is missing: {detail}"),
    "evidence.bytes": N_("its file was changed: {detail}"),
    "evidence.link": N_("a link or something else stands in the place of its file: {detail}"),
    "evidence.purged": N_("was purged, and its file is still there: {detail}"),
    "evidence.stray": N_("belongs to no evidence of the register"),
    "evidence.reference": N_("the file that lies elsewhere was changed: {detail}"),
    "evidence.unreachable": N_("the file that lies elsewhere cannot be reached: {detail}"),
}
"""What each check says; in the order of `core.checks.CHECKS`."""

DETAILS = {
    "missing": N_("it is missing"),
    "changed": N_("it is another"),
    "added": N_("it was added"),
    "outside": N_("its name leads out of the folder"),
    "unsigned": N_("it is not signed"),
    "other-algorithm": N_("it is not by Ed25519"),
    "wrong-signature": N_("it does not fit what is signed"),
    "another-key": N_("it is by another key"),
    "no-file": N_("there is no such file"),
    "no-right": N_("you may not read it"),
    "not-a-file": N_("it is no regular file"),
    "depth": N_("it is too deep"),
    "parts": N_("it has too many parts"),
}
"""Details that lawcheck itself finds; any other is quoted."""


def finding_data(finding: Finding) -> dict[str, object]:
    """Return a finding as JSON."""
    return {**finding._asdict(), "severity": finding.severity.value}


def finding_words(finding: Finding) -> str:
    """Say a finding in a line: check, where, what."""
    what = _(FINDINGS[finding.check]).format(detail=safe(word(DETAILS, finding.detail)))
    return f"{finding.check}{_(': ')}{safe(finding.where)}{_(': ')}{what}"


def verified_data(result: Verified) -> dict[str, object]:
    """Return what was verified as JSON."""
    return {
        "register": result.register,
        "register_id": result.register_id,
        "entries": result.entries,
        "rows": result.rows,
        "redacted": list(result.redacted),
        "checks": list(result.checks),
        "findings": [finding_data(finding) for finding in result.findings],
        "notes": [finding_data(finding) for finding in result.notes],
        "head": {"seq": result.head.seq, "hash": result.head.hash},
        "ancestor": None if result.ancestor is None else result.ancestor._asdict(),
        "evidence": None if result.evidence is None else _evidence_data(result.evidence),
    }


def _evidence_data(read: EvidenceRead) -> dict[str, object]:
    return {name: value for name, value in read._asdict().items() if name != "findings"}


def verified_words(result: Verified) -> Iterator[str]:
    """Say what was checked and what was found."""
    yield from _found_words(result.findings, result.notes)
    counted = _("{entries} entries, {rows} rows").format(entries=result.entries, rows=result.rows)
    groups = dict.fromkeys(check.partition(".")[0] for check in result.checks)
    checks = _(", ").join(_(GROUPS[group]) for group in groups)
    if result.findings:
        yield plural("{n} finding", "{n} findings", len(result.findings)) + f" ({counted})"
    else:
        yield _("The record is whole: {counted}; checked: {checks}.").format(counted=counted, checks=checks)
    if "replay" not in groups:
        yield _("The replay from empty waits until the rest is whole.")
    if result.redacted:
        yield _("Redacted entries, replayed by what was left in their place: {entries}").format(
            entries=_(", ").join(str(seq) for seq in result.redacted)
        )
    if result.evidence is not None:
        yield from _evidence_words(result.evidence)
    if result.ancestor is not None:
        yield _ancestor_words(result.ancestor, result.entries)
    yield _("Head of the chain: entry {seq}, {hash}").format(seq=result.head.seq, hash=result.head.hash)


def journal_verified_data(result: JournalVerified) -> dict[str, object]:
    """Return what was found in a journal's file as JSON."""
    return {
        "file": result.file,
        "register_id": result.register_id,
        "entries": result.entries,
        "redacted": list(result.redacted),
        "findings": [finding_data(finding) for finding in result.findings],
        "notes": [finding_data(finding) for finding in result.notes],
        "head": {"seq": result.head.seq, "hash": result.head.hash},
        "ancestor": None if result.ancestor is None else result.ancestor._asdict(),
    }


def journal_verified_words(result: JournalVerified) -> Iterator[str]:
    """Say what was found in a journal's file."""
    yield from _found_words(result.findings, result.notes)
    counted = plural("{n} entry", "{n} entries", result.entries)
    if result.findings:
        yield plural("{n} finding", "{n} findings", len(result.findings)) + f" ({counted})"
    else:
        yield _("The journal is whole: {counted}, of the register {id}.").format(
            counted=counted, id=safe(result.register_id)
        )
    if result.redacted:
        yield _("Redacted entries: {entries}").format(entries=_(", ").join(str(seq) for seq in result.redacted))
    if result.ancestor is not None:
        yield _ancestor_words(result.ancestor, result.entries)
    yield _("Head of the chain: entry {seq}, {hash}").format(seq=result.head.seq, hash=safe(result.head.hash))


def manifest_verified_data(result: ManifestVerified) -> dict[str, object]:
    """Return what was found of a manifest as JSON."""
    return {
        "file": result.file,
        "kind": result.kind,
        "register_id": result.register_id,
        "made_at": result.made_at,
        "made_by": result.made_by,
        "files": result.files,
        "fingerprint": result.fingerprint,
        "findings": [finding_data(finding) for finding in result.findings],
        "notes": [finding_data(finding) for finding in result.notes],
        "head": {"seq": result.head.seq, "hash": result.head.hash},
    }


KINDS: dict[str, str] = {
    ManifestKind.CLOSING: N_("a closed year"),
    ManifestKind.BACKUP: N_("a backup"),
    ManifestKind.EXPORT: N_("an export"),
    ManifestKind.JOURNAL: N_("a journal"),
    ManifestKind.REPORT: N_("a report"),
}
"""What a manifest goes with."""


def manifest_verified_words(result: ManifestVerified) -> Iterator[str]:
    """Say what was found of a manifest, and by which key it is signed."""
    yield from _found_words(result.findings, result.notes)
    kind, by, at = word(KINDS, result.kind), safe(result.made_by), safe(result.made_at[:19])
    yield _("Manifest of {kind}, made by {person} at {at}Z, of the register {id}; it names {files}.").format(
        kind=safe(kind),
        person=by,
        at=at,
        id=safe(result.register_id),
        files=plural("{n} file", "{n} files", result.files),
    )
    if result.fingerprint is not None:
        yield _("Signed by the key with the fingerprint {fingerprint}").format(fingerprint=result.fingerprint)
    if result.findings:
        yield plural("{n} finding", "{n} findings", len(result.findings))
    yield _("Head of the chain: entry {seq}, {hash}").format(seq=result.head.seq, hash=safe(result.head.hash))


def _found_words(findings: tuple[Finding, ...], notes: tuple[Finding, ...]) -> Iterator[str]:
    yield from map(finding_words, findings)
    for note in notes:
        yield f"{_('Note')}{_(': ')}{finding_words(note)}"


def _evidence_words(read: EvidenceRead) -> Iterator[str]:
    """Say how much evidence was read, and what was not."""
    yield plural(
        "{n} file of evidence read again, {bytes} bytes",
        "{n} files of evidence read again, {bytes} bytes",
        read.files + read.references,
        bytes=read.bytes,
    )
    if read.unread:
        yield plural(
            "{n} file lies elsewhere and was not read; --references reads it.",
            "{n} files lie elsewhere and were not read; --references reads them.",
            read.unread,
        )


def _ancestor_words(ancestor: Ancestor, entries: int) -> str:
    if ancestor.at is None:
        return _("The head that was taken back is the id of this register; {after} entries come after it.").format(
            after=entries
        )
    return _(
        "The head that was taken back is entry {seq} of this chain, of {at}; {after} entries come after it."
    ).format(seq=ancestor.seq, at=f"{ancestor.at[:19]}Z", after=entries - ancestor.seq)
