"""The register proves itself: the file, the chain, a replay from empty, the balance, and on request the evidence."""

import json
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import closing, contextmanager, suppress
from json import JSONDecoder
from pathlib import Path
from typing import NamedTuple

from lawcheck.core.canonical import digest
from lawcheck.core.chain import MOST, Ancestor, Chain
from lawcheck.core.checks import CHECKS, Finding, Severity
from lawcheck.core.frozen import Document, laid_count
from lawcheck.core.journal import Entry, Head
from lawcheck.core.refs import template_bounds
from lawcheck.core.totals import Totals
from lawcheck.service.verify_evidence import EvidenceRead, read_evidence
from lawcheck.service.verify_manifest import against_manifest
from lawcheck.service.verify_rules import closing_findings, review_findings
from lawcheck.store.entities import ENTITIES, UNFIT, apply_recorded, write_touched
from lawcheck.store.redaction import AllLeft, changes_of, left_of_redacted
from lawcheck.store.register import Register, Values
from lawcheck.store.replay import MOST_THINGS, Replay
from lawcheck.store.schema import schema_differences

Progress = Callable[[int, int], None]
REPLAYED = (
    "bureau", "holiday_year", "year", "checklist", "item", "checklist_row", "note", "figure", "figure_entry",
    "case_template", "case_item", "case_file", "case_milestone", "case_pause", "case_extension", "case_row",
    "case_note", "evidence", "review", "confirmation", "closing",
)  # fmt: skip
KEY_WIDTHS = {
    **{entity.table: len(entity.key) for entity in ENTITIES.values()},
    "item": 2,
    "case_item": 3,
    "touched": 2,
}
"""How many columns of a table are its key; they come first."""
FIELDS = {entity.table: entity.fields for entity in ENTITIES.values()}
"""The columns of a table after its key, where it is one of entries' things."""
MOST_OF_A_TABLE = 20
"""So many findings of one table are told; more say no more."""


class Asked(NamedTuple):
    """What is to be checked beside the record itself.

    `against` is a head, or the first digits of one; `manifest` one that left the register, its signature looked at;
    `reading` is told of the bytes of evidence read, None reads none; `references` reads what lies elsewhere too.
    """

    against: str | None = None
    manifest: Document | None = None
    reading: Progress | None = None
    references: bool = False

    def head(self) -> str | None:
        """Return the head that is to be taken back."""
        return self.against if self.manifest is None else str(self.manifest["head"]["hash"])


class Verified(NamedTuple):
    """What was checked and what was found; no finding means that the record is whole, whatever is noted.

    `ancestor` is the entry of the head that was taken back; `evidence` what was read of it, None where nothing was.
    """

    register: str
    register_id: str
    entries: int
    redacted: tuple[int, ...]
    rows: int
    head: Head
    checks: tuple[str, ...]
    findings: tuple[Finding, ...]
    notes: tuple[Finding, ...] = ()
    ancestor: Ancestor | None = None
    evidence: EvidenceRead | None = None


def verify(register: Register, progress: Progress | None = None, asked: Asked | None = None) -> Verified:
    """Check the file, the chain of entries, the frozen copies, a replay from empty, and the totals.

    Raises:
        HashUnknown: evidence is to be read that was hashed in a way this machine does not have.

    """
    asked = asked or Asked()
    report = progress or (lambda _done, _of: None)
    with register.snapshot(), _beside(register) as file:
        head = register.head()
        chain = Chain(register.id(), asked.head(), register.begun())
        fits = _walk(register, chain, head.seq, report)
        findings = [*file(), *_schema(register), *chain.findings, *_documents(register)]
        replayed = not any(finding.check.startswith(_BEFORE_REPLAY) for finding in findings)
        if replayed and not fits:
            findings += _replay(register, head.seq, report)
        findings += _balance(register)
        findings += review_findings(register)
        findings += closing_findings(register)
        if asked.manifest is not None:
            findings += against_manifest(register, asked.manifest, chain)
        read = None if asked.reading is None else read_evidence(register, asked.reading, references=asked.references)
        counted = [register.one("row_count_all"), register.one("case_row_count_all")]
    found = (*findings, *chain.notes, *(read.findings if read is not None else ()))
    return Verified(
        str(register.path),
        register.id(),
        head.seq,
        tuple(chain.redacted),
        sum(int(str(one[0])) for one in counted if one is not None),
        head,
        tuple(_made(asked, replayed=replayed)),
        tuple(one for one in found if one.severity != Severity.NOTE)[:MOST],
        tuple(one for one in found if one.severity == Severity.NOTE)[:MOST],
        chain.ancestors[0] if len(chain.ancestors) == 1 else None,
        read,
    )


_BEFORE_REPLAY = ("file.integrity", "file.references", "chain.", "documents.")
"""A replay waits until these are whole: it would only say the same again, and less clearly."""


def _made(asked: Asked, *, replayed: bool) -> Iterator[str]:
    """Yield the ids of the checks that were made."""
    left_out = {
        "replay.": not replayed,
        "chain.ancestor": asked.head() is None,
        "manifest.": asked.manifest is None,
        "manifest.files": True,  # of files beside a manifest
        "manifest.absent": True,
        "manifest.signature": True,
        "manifest.unsigned": True,
        "evidence.": asked.reading is None,
        "evidence.reference": not asked.references,
        "evidence.unreachable": not asked.references,
        "chain.form": True,  # of files only
        "chain.end": True,
    }
    for check in CHECKS:
        if not any(check.startswith(start) for start, is_out in left_out.items() if is_out):
            yield check


@contextmanager
def _beside(register: Register) -> Iterator[Callable[[], list[Finding]]]:
    """Let SQLite check its file in a thread of its own while the journal is read; yield what waits for its findings."""
    used: list[Register] = []

    def check() -> list[Finding]:
        with Register.open(register.path, register.busy_seconds) as other:
            used.append(other)
            return list(_file(other))

    with ThreadPoolExecutor(1) as pool:
        checking = pool.submit(check)
        try:
            yield checking.result
        finally:
            while not checking.done():
                for other in used:
                    with suppress(sqlite3.ProgrammingError):  # closed in between
                        other.connection.interrupt()  # the rest was given up
                wait([checking], timeout=0.1)


def _file(register: Register) -> Iterator[Finding]:
    for (line,) in register.pragma("integrity_check(20)"):
        if line != "ok":
            yield Finding("file.integrity", str(register.path), str(line))
    for table, row, parent, _ in register.pragma("foreign_key_check"):
        yield Finding("file.references", f"{table} {row}", str(parent))


def _schema(register: Register) -> Iterator[Finding]:
    for name, how in schema_differences(register):
        yield Finding("file.schema", name, how)


def _walk(register: Register, chain: Chain, entries: int, report: Progress) -> bool:
    """Read the journal once: along the chain, and what its entries come to; return whether the tables hold that."""
    try:
        left = left_of_redacted(register)
    except UNFIT:
        left = {}  # what cannot be read says nothing; its own entry is named by its hash or by the replay
    decoded = JSONDecoder().decode
    (things,) = register.one("touched_count") or (0,)
    shares = 1 + int(str(things)) // MOST_THINGS
    replay, touched = Replay(register, shares), register.each("touched_by_entry")
    fits = bool(sys.flags.hash_randomization)  # a sum of hashes that can be foreseen proves nothing
    for values in register.each("entry_all"):
        entry = Entry._make(values)
        fits = chain.follow(entry) and fits
        if fits:
            try:
                payload = left[entry.seq].payload if entry.payload is None else entry.payload
                changes = decoded(payload)["changes"]
                replay.add(changes)
                fits = all((entry.seq, key) == next(touched, None) for key in sorted({change[1] for change in changes}))
            except UNFIT:
                fits = False
        report(entry.seq, entries)
    chain.end(set(left))
    fits = fits and next(touched, None) is None and _holds(replay)
    return fits and all(_share_fits(register, left, shares, share) for share in range(1, shares))


def _share_fits(register: Register, left: AllLeft, shares: int, share: int) -> bool:
    """Tell whether another share of the things holds what the entries come to."""
    replay = Replay(register, shares, share)
    try:
        for values in register.each("entry_all"):
            replay.add(changes_of(Entry._make(values), left))
    except UNFIT:
        return False
    return _holds(replay)


def _holds(replay: Replay) -> bool:
    """Tell whether the tables hold what was replayed; a frozen copy that is none says that they do not."""
    try:
        return replay.fits()
    except UNFIT:
        return False


def _documents(register: Register) -> Iterator[Finding]:
    for key, body in register.each("document_all"):
        if digest(str(body)) != key:
            yield Finding("documents.hash", str(key))


def _replay(register: Register, entries: int, report: Progress) -> Iterator[Finding]:
    """Apply every entry to an empty register and compare it with this one, table by table."""
    with (
        tempfile.TemporaryDirectory(prefix="lawcheck-") as folder,
        closing(Register.create(Path(folder) / "replay.db", "").connection) as connection,
    ):
        copy = Register(Path(folder) / "replay.db", connection, register.busy_seconds, read_only=False)
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("PRAGMA journal_mode=MEMORY")
        connection.execute("BEGIN")
        for key, body in register.each("document_all"):
            copy.run("document_insert", hash=key, body=body)
        left: AllLeft = {}
        seq = 0
        try:
            left = left_of_redacted(register)
            for seq, values in enumerate(register.each("entry_all"), start=1):
                changes = changes_of(Entry(*values), left)  # type: ignore[arg-type]
                apply_recorded(connection, changes)
                write_touched(connection, seq, changes)
                report(seq, entries)
        except UNFIT as error:
            yield Finding("replay.applies", f"#{seq}", str(error)[:200])
            return
        found = [finding for table in REPLAYED for finding in _compare(register, copy, table, "replay.tables")]
        yield from found or _compare(register, copy, "touched", "replay.touched")


def _compare(register: Register, copy: Register, table: str, check: str) -> Iterator[Finding]:
    """Walk along a table and its replay in the order of their keys; name what only one has or both have otherwise."""
    width = KEY_WIDTHS[table]
    ours, theirs = register.each(f"{table}_all"), copy.each(f"{table}_all")
    here, there = next(ours, None), next(theirs, None)
    found = 0
    while (here is not None or there is not None) and found < MOST_OF_A_TABLE:
        is_ours = there is None or (here is not None and here[:width] <= there[:width])
        is_theirs = here is None or (there is not None and there[:width] <= here[:width])
        if here != there:
            found += 1
            named = "/".join(str(one) for one in ((here if is_ours else there) or ())[:width])
            detail = _difference(table, here if is_ours else None, there if is_theirs else None)
            yield Finding(check, f"{table} {named}", detail[:300])
        if is_ours:
            here = next(ours, None)
        if is_theirs:
            there = next(theirs, None)


def _difference(table: str, here: Values | None, there: Values | None) -> str:
    """Return the fields in which a line and its replay differ, or the whole line where only one side has it."""
    names = FIELDS.get(table)
    if here is None or there is None or names is None:
        return f"{here} / {there}"
    width = KEY_WIDTHS[table]
    told = zip(names, here[width:], there[width:], strict=True)
    return "; ".join(f"{name}: {ours} / {theirs}" for name, ours, theirs in told if ours != theirs)


def _balance(register: Register) -> Iterator[Finding]:
    """Check that each checklist holds the rows its frozen copy lays out, occasions apart, and that totals balance."""
    for year, template, *_, document in register.each("checklist_all"):
        where = f"{year}/{template}"
        held = register.one("document_get", key_hash=document)
        counted = register.one("row_count_under", year=year, **template_bounds(str(template)))
        if held is None or counted is None:
            yield Finding("documents.missing", where)
            continue
        try:
            laid = laid_count(json.loads(str(held[0])))
        except UNFIT:
            yield Finding("documents.form", where)
            continue
        if laid != counted[0]:
            yield Finding("balance.rows", where, f"{laid} / {counted[0]}")
    for year, _state in register.all("year_all"):
        for part, template, section, *counts in register.each("totals_by_template", year=year, as_of=_NEVER):
            if not Totals(*counts).balances():  # type: ignore[arg-type]
                where = "/".join(str(one) for one in (year, part, template, section) if one)
                yield Finding("balance.totals", where, " / ".join(str(one) for one in counts[:5]))


_NEVER = "9999-12-31"
"""A day after all others."""
