"""The register proves itself: chain, replay, balance, and SQLite's own checks."""

import json
import tempfile
from collections.abc import Callable, Iterator
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from lawcheck.core.canonical import digest
from lawcheck.core.frozen import laid_rows
from lawcheck.core.journal import (
    REDACTING_VERSION,
    Entry,
    Head,
    entry_hash,
    payload_hash,
)
from lawcheck.core.refs import template_bounds
from lawcheck.store.entities import Mismatch, apply_recorded, write_touched
from lawcheck.store.redaction import changes_of, left_of_redacted
from lawcheck.store.register import Register

Progress = Callable[[int, int], None]
CHECKS = ("file", "chain", "documents", "replay", "balance")
REPLAYED = (
    "bureau", "holiday_year", "year", "checklist", "item", "checklist_row", "note", "figure", "figure_entry",
    "case_template", "case_item", "case_file", "case_milestone", "case_pause", "case_extension", "case_row",
    "case_note", "evidence", "review", "confirmation", "closing",
)  # fmt: skip


class Finding(NamedTuple):
    """Something that is not as it must be: the check that found it, where, what (a code), and the detail."""

    check: str
    where: str
    what: str
    detail: str = ""


class Verified(NamedTuple):
    """What was checked and what was found; nothing found means that the record is whole."""

    register: str
    register_id: str
    entries: int
    redacted: tuple[int, ...]
    rows: int
    head: Head
    checks: tuple[str, ...]
    findings: tuple[Finding, ...]


def verify(register: Register, progress: Progress | None = None) -> Verified:
    """Check the file, the chain of entries, the frozen copies, a replay from empty, and the totals."""
    report = progress or (lambda _done, _of: None)
    with register.snapshot():
        head = register.head()
        redacted: list[int] = []
        findings = list(_file(register))
        findings += _chain(register, redacted)
        findings += _documents(register)
        replayed = not findings
        if replayed:
            findings += _replay(register, head.seq, report)
        findings += _balance(register)
        counted = [register.one("row_count_all"), register.one("case_row_count_all")]
    checks = tuple(check for check in CHECKS if check != "replay" or replayed)
    rows = sum(int(str(one[0])) for one in counted if one is not None)
    return Verified(
        str(register.path), register.id(), head.seq, tuple(redacted), rows, head, checks, tuple(findings[:100])
    )


def _file(register: Register) -> Iterator[Finding]:
    for (line,) in register.pragma("integrity_check(20)"):
        if line != "ok":
            yield Finding("file", str(register.path), "sqlite", str(line))
    for table, row, parent, _ in register.pragma("foreign_key_check"):
        yield Finding("file", f"{table} {row}", "dangling", str(parent))


def _chain(register: Register, redacted: list[int]) -> Iterator[Finding]:
    """Walk the chain from the register's id; the first entry that does not fit is named, and every other one."""
    prev, expected = register.id(), 1
    for values in register.each("entry_all"):
        entry = Entry(*values)  # type: ignore[arg-type]
        where = f"#{entry.seq}"
        if entry.seq != expected:
            yield Finding("chain", where, "missing", str(expected))
        if entry.prev != prev:
            yield Finding("chain", where, "unchained")
        if entry.payload is None or entry.salt is None:
            redacted.append(entry.seq)
        elif not _payload_fits(entry.salt, entry.payload, entry.payload_hash):
            yield Finding("chain", where, "payload-changed")
        if entry_hash(entry.prev, entry) != entry.hash:
            yield Finding("chain", where, "head-changed")
        if entry.version > REDACTING_VERSION:
            yield Finding("chain", where, "version", str(entry.version))
        prev, expected = entry.hash, entry.seq + 1


def _payload_fits(salt: str, payload: str, hashed: str) -> bool:
    try:
        return payload_hash(salt, payload) == hashed
    except ValueError:  # a salt that is not hexadecimal
        return False


def _documents(register: Register) -> Iterator[Finding]:
    for key, body in register.each("document_all"):
        if digest(str(body)) != key:
            yield Finding("documents", str(key), "copy-changed")


def _replay(register: Register, entries: int, report: Progress) -> Iterator[Finding]:
    """Apply every entry to an empty register and compare it with this one, table by table."""
    with tempfile.TemporaryDirectory(prefix="lawcheck-") as folder:
        copy = Register.create(Path(folder) / "replay.db", "")
        try:
            copy.connection.execute("PRAGMA synchronous=OFF")
            copy.connection.execute("PRAGMA journal_mode=MEMORY")
            copy.connection.execute("BEGIN")
            for key, body in register.each("document_all"):
                copy.run("document_insert", hash=key, body=body)
            try:
                left = left_of_redacted(register)
            except (LookupError, ValueError, TypeError) as error:
                yield Finding("replay", "redact", "not-applicable", str(error)[:200])
                return
            for done, values in enumerate(register.each("entry_all"), start=1):
                entry = Entry(*values)  # type: ignore[arg-type]
                if entry.payload is None and entry.seq not in left:
                    yield Finding("replay", f"#{entry.seq}", "blanked")
                    return
                try:
                    changes = changes_of(entry, left)
                    apply_recorded(copy.connection, changes)
                    write_touched(copy.connection, entry.seq, changes)
                except (Mismatch, LookupError, ValueError, TypeError) as error:
                    yield Finding("replay", f"#{entry.seq}", "not-applicable", str(error)[:200])
                    return
                report(done, entries)
            found = [finding for table in REPLAYED for finding in _compare(register, copy, table)]
            yield from found or _compare(register, copy, "touched")
        finally:
            copy.is_new = False
            copy.connection.close()


def _compare(register: Register, copy: Register, table: str) -> Iterator[Finding]:
    found = 0
    for here, there in zip_longest(register.each(f"{table}_all"), copy.each(f"{table}_all")):
        if here != there:
            found += 1
            yield Finding("replay", f"{table} {_name(here or there)}", "differs", f"{here} / {there}"[:300])
            if found >= 20:  # enough to see what happened
                return


def _name(values: object) -> str:
    return "/".join(str(one) for one in values[:2]) if isinstance(values, tuple) else ""


def _balance(register: Register) -> Iterator[Finding]:
    """Check that each checklist holds the rows its frozen copy lays out, occasions apart."""
    for year, template, *_, document in register.each("checklist_all"):
        held = register.one("document_get", key_hash=document)
        counted = register.one("row_count_under", year=year, **template_bounds(str(template)))
        if held is None or counted is None:
            yield Finding("balance", f"{year}/{template}", "no-copy")
            continue
        try:
            laid = sum(1 for _ in laid_rows(json.loads(str(held[0]))))
        except (ValueError, LookupError, TypeError):
            yield Finding("balance", f"{year}/{template}", "copy-unreadable")
            continue
        if laid != counted[0]:
            yield Finding("balance", f"{year}/{template}", "rows", f"{laid} / {counted[0]}")
