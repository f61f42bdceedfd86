"""The register proves itself: whatever was tampered with is found, whatever was acknowledged is there."""

import json
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import pytest

from lawcheck.core.canonical import canonical, digest
from lawcheck.core.chain import Ancestor
from lawcheck.core.checks import Finding
from lawcheck.core.journal import Actor, Entry, entry_hash, payload_hash
from lawcheck.service.bureaus import import_bureau
from lawcheck.service.calendar import import_holidays
from lawcheck.service.cases import extend_row, open_case, pause_case, record_milestone
from lawcheck.service.closing import Closed, close_year
from lawcheck.service.figures import Reported, add_figure
from lawcheck.service.rows import note_on, record_occasion, set_rows_aside, tick
from lawcheck.service.start import start_year
from lawcheck.service.verify import Asked, Verified, verify
from lawcheck.store.register import Register
from support import HOLIDAYS_2027, INSTANT, SMALL_BUREAU, SMALL_TEMPLATE, TODAY

DAY = date.fromisoformat(TODAY)
MADE = (
    "file.integrity", "file.references", "file.schema",
    "chain.sequence", "chain.begin", "chain.link", "chain.payload", "chain.head", "chain.version",
    "chain.redaction", "chain.clock",
    "documents.hash", "documents.missing", "documents.form",
    "replay.applies", "replay.tables", "replay.touched",
    "balance.rows", "balance.totals", "reviews.separation", "reviews.content", "closings.frozen",
)  # fmt: skip
"""What is checked unasked."""
GUARDS = (
    "entry_only_redacted",
    "entry_never_deleted",
    "entry_in_sequence",
    "document_never_changed",
    "document_never_deleted",
)


@pytest.fixture
def worked(small: Register, actor: Actor, wang: Actor, tmp_path: Path) -> Register:
    """Return a register with something of everything, in nine entries."""
    tick(small, actor, ["TT-01"], on=date(2026, 4, 2), note="done")
    tick(small, wang, ["TT-02.Q1.ZF", "TT-02.Q1.FZ"], on=None)
    set_rows_aside(small, actor, ["TT-02.Q4.ZF"], why="x")
    record_occasion(small, actor, "TT-03", on=date(2026, 5, 5), note="x")
    note_on(small, wang, "TT-03.1", "seen")
    add_figure(small, actor, "visits", "21次", Reported(on=date(2026, 5, 5)))
    (tmp_path / "new.yaml").write_text(SMALL_BUREAU.replace("小局", "大局"), encoding="utf-8")
    import_bureau(small, actor, tmp_path / "new.yaml")
    tick(small, actor, ["TT-03.1"], on=DAY)
    return small


@contextmanager
def _unguarded(connection: sqlite3.Connection) -> Iterator[None]:
    """Take the triggers away that keep the journal as it is, and put them back as if nothing had been."""
    guards = [
        connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (guard,)).fetchone()[0] for guard in GUARDS
    ]
    for guard in GUARDS:
        connection.execute(f"DROP TRIGGER {guard}")
    yield
    for guard in guards:
        connection.execute(guard)


def _tampered(register: Register, *statements: str) -> Verified:
    """Verify a register after somebody has been at its file with another program."""
    with closing(sqlite3.connect(register.path, isolation_level=None)) as other, _unguarded(other):
        for statement in statements:
            assert other.execute(statement).rowcount != 0
    return verify(register)


def _entries(register: Register) -> list[Entry]:
    return [Entry(*values) for values in register.all("entry_all")]  # type: ignore[arg-type]


def _rewritten(register: Register, seq: int, change: Callable[[Entry], Entry], *, to_the_end: bool) -> Verified:
    """Verify after an entry was changed and its hashes made anew; those of all later entries too, or not."""
    with closing(sqlite3.connect(register.path, isolation_level=None)) as other, _unguarded(other):
        prev = register.id()
        for held in _entries(register):
            entry = held
            if held.seq == seq:
                entry = change(held)
                entry = entry._replace(payload_hash=payload_hash(str(entry.salt), str(entry.payload)))
            if held.seq == seq or (held.seq > seq and to_the_end):
                entry = entry._replace(prev=prev)
                entry = entry._replace(hash=entry_hash(prev, entry))
                row = (entry.at, entry.payload, entry.payload_hash, entry.prev, entry.hash, entry.person, entry.seq)
                other.execute(
                    "UPDATE entry SET at=?, payload=?, payload_hash=?, prev=?, hash=?, person=? WHERE seq=?", row
                )
            prev = entry.hash
    return verify(register)


def _wheres(verified: Verified) -> list[tuple[str, str]]:
    return [(finding.check, finding.where) for finding in verified.findings]


# --- whole ------------------------------------------------------------------------------------


def test_a_register_that_nobody_tampered_with_is_whole(worked: Register) -> None:
    assert verify(worked) == Verified(str(worked.path), worked.id(), 9, (), 10, worked.head(), MADE, ())


def test_an_empty_register_is_whole(empty_register: Register) -> None:
    verified = verify(empty_register)
    assert (verified.entries, verified.rows, verified.findings) == (0, 0, ())


def test_verifying_changes_nothing_and_tells_how_far_it_is(worked: Register) -> None:
    before = _entries(worked), worked.all("checklist_row_all")
    seen: list[tuple[int, int]] = []
    verify(worked, lambda done, of: seen.append((done, of)))
    assert seen == [(n, 9) for n in range(1, 10)]
    assert (_entries(worked), worked.all("checklist_row_all")) == before
    assert not worked.connection.in_transaction


def test_verifying_asks_neither_templates_nor_files(worked: Register, tmp_path: Path) -> None:
    for path in tmp_path.glob("*.yaml"):
        path.unlink()
    assert verify(worked).findings == ()


# --- tables -----------------------------------------------------------------------------------

OPEN = "begins, due, 'open', NULL, NULL, NULL, NULL, NULL, NULL, review, 0, NULL FROM checklist_row WHERE ref"
TABLES = {
    "a changed row": (
        "UPDATE checklist_row SET done_on = '2026-03-31' WHERE ref = 'TT-01'",
        ("replay.tables", "checklist_row 2026/TT-01"),
    ),
    "a row ticked past the journal": (
        "UPDATE checklist_row SET state = 'done', done_by = 'lihua' WHERE ref = 'TT-02.Q3.FZ'",
        ("replay.tables", "checklist_row 2026/TT-02.Q3.FZ"),
    ),
    "a row's reason": (
        "UPDATE checklist_row SET why = 'y' WHERE ref = 'TT-02.Q4.ZF'",
        ("replay.tables", "checklist_row 2026/TT-02.Q4.ZF"),
    ),
    "a row of another unit": (
        "UPDATE checklist_row SET unit = 'ZF' WHERE ref = 'TT-01'",
        ("replay.tables", "checklist_row 2026/TT-01"),
    ),
    "a later due day": (
        "UPDATE checklist_row SET due = '2026-12-31' WHERE ref = 'TT-01'",
        ("replay.tables", "checklist_row 2026/TT-01"),
    ),
    "a removed row": (
        "DELETE FROM checklist_row WHERE ref = 'TT-02.Q3.FZ'",
        ("balance.rows", "2026/TT"),
    ),
    "a removed occasion": (
        "DELETE FROM checklist_row WHERE ref = 'TT-03.1'",
        ("replay.tables", "checklist_row 2026/TT-03.1"),
    ),
    "an extra row": (
        f"INSERT INTO checklist_row SELECT 2026, 'TT-02.Q9.FZ', code, unit, 'Q9', NULL, NULL, {OPEN} = 'TT-02.Q3.FZ'",
        ("balance.rows", "2026/TT"),
    ),
    "an extra occasion": (
        f"INSERT INTO checklist_row SELECT 2026, 'TT-03.2', code, unit, NULL, 2, 'y', {OPEN} = 'TT-03.1'",
        ("replay.tables", "checklist_row 2026/TT-03.2"),
    ),
    "a changed note": (
        "UPDATE note SET text = 'not done' WHERE ref = 'TT-01'",
        ("replay.tables", "note 2026/TT-01"),
    ),
    "a removed note": ("DELETE FROM note WHERE ref = 'TT-03.1'", ("replay.tables", "note 2026/TT-03.1")),
    "an extra note": (
        "INSERT INTO note VALUES (2026, 'TT-04', 1, 'x', 'wang', '2026-06-15')",
        ("replay.tables", "note 2026/TT-04"),
    ),
    "a changed amount": (
        "UPDATE figure_entry SET digits = '210'",
        ("replay.tables", "figure_entry 2026/visits"),
    ),
    "a removed amount": ("DELETE FROM figure_entry", ("replay.tables", "figure_entry 2026/visits")),
    "another measure": (
        "UPDATE figure SET measure_zh = '万次' WHERE key = 'visits'",
        ("replay.tables", "figure 2026/visits"),
    ),
    "a lighter item": ("UPDATE item SET weight = 1 WHERE code = 'TT-01'", ("replay.tables", "item 2026/TT-01")),
    "another law": (
        "UPDATE item SET body = replace(body, 'read', 'made') WHERE code = 'TT-02'",
        ("replay.tables", "item 2026/TT-02"),
    ),
    "a closed year": ("UPDATE year SET state = 'closed'", ("replay.tables", "year 2026")),
    "another title": ("UPDATE checklist SET title_en = 'x'", ("replay.tables", "checklist 2026/TT")),
    "a year more": ("INSERT INTO year VALUES (2025, 'open')", ("replay.tables", "year 2025")),
    "the bureau of before": (
        "UPDATE bureau SET document = (SELECT hash FROM document WHERE body LIKE '%小局%' AND body LIKE '%people%')",
        ("replay.tables", "bureau 1"),
    ),
}


@pytest.mark.parametrize("what", TABLES)
def test_tables_that_say_something_else_than_the_journal_are_found(what: str, worked: Register) -> None:
    statement, expected = TABLES[what]
    found = _wheres(_tampered(worked, statement))
    assert any(one[0] == expected[0] and one[1].startswith(expected[1]) for one in found)


CASE_TABLES = {
    "a case under another number": ("UPDATE case_file SET number = '18'", "case_file AJ-01"),
    "another fact": ("UPDATE case_file SET facts = 'simplified'", "case_file AJ-01"),
    "an earlier milestone": (
        "UPDATE case_milestone SET at = '2026-03-05' WHERE name = 'filed'",
        "case_milestone AJ-01/filed",
    ),
    "a removed milestone": ("DELETE FROM case_milestone WHERE name = 'filed'", "case_milestone AJ-01/"),
    "a longer pause": ("UPDATE case_pause SET until = '2026-05-10'", "case_pause AJ-01/1"),
    "a longer extension": ("UPDATE case_extension SET amount = 60", "case_extension AJ-01/1"),
    "a later due day": (
        "UPDATE case_row SET due = '2026-12-31' WHERE code = 'DECIDE'",
        "case_row AJ-01.DECIDE",
    ),
    "a row ticked past the journal": (
        "UPDATE case_row SET state = 'done', done_by = 'lihua' WHERE code = 'DECIDE'",
        "case_row AJ-01.DECIDE",
    ),
    "a removed row": ("DELETE FROM case_row WHERE code = 'DECIDE'", "case_row AJ-01."),
    "a changed note": ("UPDATE case_note SET text = 'x'", "case_note AJ-01/1"),
    "a lighter item": ("UPDATE case_item SET weight = 1 WHERE code = 'DECIDE'", "case_item AJ/1"),
    "another title": ("UPDATE case_template SET title_en = 'x'", "case_template AJ/1"),
    "a holiday less": ("DELETE FROM holiday_year", "holiday_year 2027"),
}


@pytest.fixture
def with_case(small: Register, actor: Actor, tmp_path: Path) -> Register:
    """Return a register with a case, and a year's holidays that were imported."""
    open_case(small, actor, "AJ", number="17", title="虚假宣传", on="2026-03-02")
    record_milestone(small, actor, "AJ-01", "filed", "2026-03-06")
    pause_case(small, actor, "AJ-01", "appraisal", date(2026, 4, 1), date(2026, 4, 10))
    extend_row(small, actor, "AJ-01.DECIDE", "30 d", on=DAY, approval="局长批准")
    note_on(small, actor, "AJ-01", "ask the court")
    notice = tmp_path / "2027.yaml"
    notice.write_text(HOLIDAYS_2027, encoding="utf-8")
    import_holidays(small, actor, notice)
    assert verify(small).findings == ()
    return small


@pytest.mark.parametrize("what", CASE_TABLES)
def test_a_case_that_says_something_else_than_the_journal_is_found(what: str, with_case: Register) -> None:
    statement, where = CASE_TABLES[what]
    found = _wheres(_tampered(with_case, statement))
    assert any(check == "replay.tables" and at.startswith(where) for check, at in found)


def test_what_differs_is_quoted_as_it_is_and_as_it_should_be(worked: Register) -> None:
    (finding,) = _tampered(worked, "UPDATE note SET text = 'not done', person = 'wang' WHERE ref = 'TT-01'").findings
    told = "text: not done / done; person: wang / lihua"
    assert finding == Finding("replay.tables", "note 2026/TT-01/1", told)


def test_a_line_that_only_one_side_has_is_quoted_whole(worked: Register) -> None:
    (finding,) = _tampered(worked, "DELETE FROM note WHERE ref = 'TT-01'").findings
    told = f"None / (2026, 'TT-01', 1, 'done', 'lihua', '{TODAY}')"
    assert finding == Finding("replay.tables", "note 2026/TT-01/1", told)


def test_what_refers_to_nothing_is_found(worked: Register) -> None:
    found = _wheres(_tampered(worked, "DELETE FROM item WHERE code = 'TT-02'"))
    assert found[:1] == [("file.references", "checklist_row None")]
    assert len([one for one in found if one[0] == "file.references"]) == 8


def test_a_state_that_no_rule_allows_is_found(worked: Register) -> None:
    allowed = "PRAGMA ignore_check_constraints=ON"
    with closing(sqlite3.connect(worked.path, isolation_level=None)) as other:
        other.execute(allowed)
        other.execute("UPDATE checklist_row SET state = 'finished' WHERE ref = 'TT-01'")
    verified = verify(worked)
    assert verified.findings[0].check == "file.integrity"
    assert "CHECK constraint failed in checklist_row" in verified.findings[0].detail


def test_an_index_that_leaves_rows_out_is_found(worked: Register) -> None:
    with closing(sqlite3.connect(worked.path, isolation_level=None)) as other:
        other.execute("PRAGMA writable_schema=ON")
        other.execute("UPDATE sqlite_master SET sql = replace(sql, '''open''', '''none''') WHERE type = 'index'")
    with Register.open(worked.path) as again:
        assert [one.check for one in verify(again).findings][:1] == ["file.integrity"]


SCHEMA = {
    "DROP TRIGGER review_by_another": ("review_by_another", "missing"),
    "DROP INDEX unfinished_by_due": ("unfinished_by_due", "missing"),
    "CREATE TRIGGER quiet AFTER INSERT ON note BEGIN DELETE FROM note; END": ("quiet", "added"),
    "CREATE TABLE aside (one)": ("aside", "added"),
    "CREATE VIEW seen AS SELECT * FROM note": ("seen", "added"),
    "ALTER TABLE note ADD COLUMN more TEXT": ("note", "changed"),
}


@pytest.mark.parametrize("statement", SCHEMA)
def test_a_schema_that_this_version_does_not_make_is_found(statement: str, worked: Register) -> None:
    worked.connection.execute(statement)
    found = [one for one in verify(worked).findings if one.check == "file.schema"]
    assert found == [Finding("file.schema", *SCHEMA[statement])]


def test_a_trigger_of_the_same_name_that_refuses_nothing_is_found(worked: Register) -> None:
    worked.connection.execute("DROP TRIGGER entry_never_deleted")
    worked.connection.execute("CREATE TRIGGER entry_never_deleted BEFORE DELETE ON entry WHEN 0 BEGIN SELECT 1; END")
    assert verify(worked).findings == (Finding("file.schema", "entry_never_deleted", "changed"),)


def test_a_line_that_says_which_entry_touched_what_and_is_gone_is_found(worked: Register) -> None:
    worked.connection.execute("DELETE FROM touched WHERE key = '2026/TT-01'")
    found = _wheres(verify(worked))
    assert found[0] == ("replay.touched", "touched 2026/TT-01/2")


# --- the chain --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        "at = '2026-06-14T00:00:00.000000Z'",
        "person = 'wang'",
        "os_user = 'somebody'",
        "host = 'elsewhere'",
        "command = 'note'",
        "version = 0",
        "today = '2026-06-14'",
    ],
)
def test_a_changed_head_of_an_entry_is_found_and_named(change: str, worked: Register) -> None:
    assert _wheres(_tampered(worked, f"UPDATE entry SET {change} WHERE seq = 4")) == [("chain.head", "#4")]


def test_a_changed_payload_is_found_and_named(worked: Register) -> None:
    changed = "UPDATE entry SET payload = replace(payload, '2026-04-02', '2026-03-31') WHERE seq = 2"
    assert _wheres(_tampered(worked, changed)) == [("chain.payload", "#2")]


def test_a_changed_salt_is_found_and_named(worked: Register) -> None:
    changed = "UPDATE entry SET salt = (SELECT salt FROM entry WHERE seq = 1) WHERE seq = 3"
    assert _wheres(_tampered(worked, changed)) == [("chain.payload", "#3")]


@pytest.mark.parametrize("salt", ["xyz", "", "0", "法"])
def test_a_salt_that_is_none_is_found_and_named(salt: str, worked: Register) -> None:
    found = _wheres(_tampered(worked, f"UPDATE entry SET salt = '{salt}' WHERE seq = 3"))
    assert ("chain.payload", "#3") in found


def test_a_row_and_its_payload_changed_together_are_found(worked: Register) -> None:
    found = _wheres(
        _tampered(
            worked,
            "UPDATE checklist_row SET done_on = '2026-03-31' WHERE ref = 'TT-01'",
            "UPDATE entry SET payload = replace(payload, '2026-04-02', '2026-03-31') WHERE seq = 2",
        )
    )
    assert found[0] == ("chain.payload", "#2")


@pytest.mark.parametrize("seq", [1, 2, 5, 8])
def test_a_removed_entry_is_found_and_the_next_one_named(seq: int, worked: Register) -> None:
    found = _tampered(worked, f"DELETE FROM entry WHERE seq = {seq}").findings
    assert found == (Finding("chain.sequence", f"#{seq + 1}", str(seq)), Finding("chain.link", f"#{seq + 1}"))


def test_another_instant_of_its_beginning_is_found(worked: Register) -> None:
    found = _tampered(worked, "UPDATE register SET created_at = '2025-06-15T01:02:03.000004Z'").findings
    assert found == (Finding("chain.begin", "#1", "2025-06-15T01:02:03.000004Z"),)


def test_a_register_is_begun_by_its_first_entry(empty_register: Register, actor: Actor) -> None:
    assert empty_register.begun() == INSTANT
    start_year(empty_register, actor._replace(at="2026-06-16T00:00:00.000000Z"), 2026, ["PL"])
    assert empty_register.begun() == "2026-06-16T00:00:00.000000Z"
    assert verify(empty_register).findings == ()


def test_frozen_copies_that_were_exchanged_are_found_and_named(worked: Register) -> None:
    held = {str(key): str(body) for key, body in worked.all("document_all")}
    first, last = min(held), max(held)
    found = _tampered(
        worked,
        f"UPDATE document SET body = CAST(x'{held[last].encode().hex()}' AS TEXT) WHERE hash = '{first}'",
        f"UPDATE document SET body = CAST(x'{held[first].encode().hex()}' AS TEXT) WHERE hash = '{last}'",
    ).findings
    assert {finding.where for finding in found if finding.check == "documents.hash"} == {first, last}


def test_a_last_entry_cut_off_is_found_by_what_it_did(worked: Register) -> None:
    found = _wheres(_tampered(worked, "DELETE FROM entry WHERE seq = 9"))
    assert found == [("replay.tables", "checklist_row 2026/TT-03.1")]


def test_a_journal_that_is_gone_is_found(worked: Register) -> None:
    assert verify(worked).findings == ()
    assert len(_tampered(worked, "DELETE FROM entry").findings) > 10


def test_a_gap_closed_by_numbering_anew_is_found(worked: Register) -> None:
    found = _wheres(
        _tampered(
            worked,
            "DELETE FROM entry WHERE seq = 5",
            "UPDATE entry SET seq = -seq WHERE seq > 5",
            "UPDATE entry SET seq = -seq - 1 WHERE seq < 0",
        )
    )
    assert found[:2] == [("chain.link", "#5"), ("chain.head", "#5")]


def test_entries_in_another_order_are_found_and_the_first_is_named(worked: Register) -> None:
    found = _wheres(
        _tampered(
            worked,
            "UPDATE entry SET seq = 100 WHERE seq = 3",
            "UPDATE entry SET seq = 3 WHERE seq = 4",
            "UPDATE entry SET seq = 4 WHERE seq = 100",
        )
    )
    assert found[0] == ("chain.link", "#3")
    assert {where for _, where in found} == {"#3", "#4", "#5"}


def test_another_register_cannot_take_over_a_journal(worked: Register) -> None:
    found = _wheres(_tampered(worked, "UPDATE register SET id = '0123456789abcdef0123456789abcdef'"))
    assert found == [("chain.link", "#1")]


def test_an_entry_with_hashes_made_anew_breaks_the_chain_behind_it(worked: Register) -> None:
    found = _wheres(_rewritten(worked, 2, lambda entry: entry._replace(person="wang"), to_the_end=False))
    assert found == [("chain.link", "#3")]


def test_a_last_entry_with_hashes_made_anew_is_found_by_what_it_did(worked: Register) -> None:
    def other_day(entry: Entry) -> Entry:
        return entry._replace(payload=str(entry.payload).replace(TODAY, "2026-06-01"))

    assert _wheres(_rewritten(worked, 9, other_day, to_the_end=True)) == [
        ("replay.tables", "checklist_row 2026/TT-03.1")
    ]


def test_a_chain_made_anew_to_its_end_no_longer_fits_the_tables(worked: Register) -> None:
    def other_day(entry: Entry) -> Entry:
        return entry._replace(payload=str(entry.payload).replace("2026-04-02", "2026-03-31"))

    assert _wheres(_rewritten(worked, 2, other_day, to_the_end=True)) == [("replay.tables", "checklist_row 2026/TT-01")]


NONSENSE = {
    "no json": "changes",
    "a list": "[]",
    "nothing": "null",
    "no changes": "{}",
    "half a change": '{"changes":[["note","2026/TT-01#1"]],"undoes":null}',
    "an unknown entity": '{"changes":[["weather","2026","*",null,{}]],"undoes":null}',
    "a key without a year": '{"changes":[["note","TT-01","*",null,{}]],"undoes":null}',
    "a key that is a number": '{"changes":[["note",5,"*",null,{"text":"x"}]],"undoes":null}',
    "an unknown row": '{"changes":[["row","2026/TT-99","assignee",null,"x"]],"undoes":null}',
    "an unknown field": '{"changes":[["row","2026/TT-01","colour",null,"x"]],"undoes":null}',
    "an unknown state": '{"changes":[["row","2026/TT-01","state","done","finished"]],"undoes":null}',
    "a value that is a mapping": '{"changes":[["row","2026/TT-01","assignee",null,{"a":1}]],"undoes":null}',
    "a note made twice": (
        '{"changes":[["note","2026/TT-01#1","*",null,{"text":"x","person":"l","on_date":"x"}]],"undoes":null}'
    ),
    "a note without a person": '{"changes":[["note","2026/TT-01#2","*",null,{"text":"x"}]],"undoes":null}',
    "a note of no year": (
        '{"changes":[["note","2099/TT-01#1","*",null,{"text":"x","person":"l","on_date":"x"}]],"undoes":null}'
    ),
    "a year beyond all": '{"changes":[["note","99999999999999999999/TT-01#1","*",null,null]],"undoes":null}',
    "a checklist without a copy": (
        '{"changes":[["checklist","2026/XX","*",null,{"title_zh":"","title_en":"","document":"0"}]],"undoes":null}'
    ),
}


@pytest.mark.parametrize("what", NONSENSE)
def test_an_entry_that_says_nonsense_under_right_hashes_is_found_and_named(what: str, worked: Register) -> None:
    verified = _rewritten(worked, 8, lambda entry: entry._replace(payload=NONSENSE[what]), to_the_end=True)
    assert _wheres(verified)[:1] == [("replay.applies", "#8")]


def test_an_entry_of_a_newer_version_is_named(worked: Register) -> None:
    found = _wheres(_tampered(worked, "UPDATE entry SET version = 3 WHERE seq = 4"))
    assert ("chain.version", "#4") in found


def test_what_was_not_checked_is_not_said_to_be_checked(worked: Register) -> None:
    assert "replay.tables" in verify(worked).checks
    verified = _tampered(
        worked,
        "UPDATE entry SET person = 'wang' WHERE seq = 4",
        "UPDATE note SET text = 'not done' WHERE ref = 'TT-01'",
    )
    assert [finding.check for finding in verified.findings] == ["chain.head"]
    assert [check for check in verified.checks if check.startswith("replay")] == []


def test_an_instant_before_the_one_of_the_entry_before_is_noted_and_nothing_else(worked: Register) -> None:
    verified = _rewritten(worked, 5, lambda entry: entry._replace(at="2026-06-14T00:00:00.000000Z"), to_the_end=True)
    assert verified.findings == ()
    assert verified.notes == (Finding("chain.clock", "#5", f"2026-06-14T00:00:00.000000Z < {INSTANT}"),)


# --- heads taken back -------------------------------------------------------------------------


@pytest.mark.parametrize("digits", [64, 16])
def test_a_head_of_before_is_an_ancestor(digits: int, worked: Register) -> None:
    entry = _entries(worked)[3]
    verified = verify(worked, asked=Asked(entry.hash[:digits]))
    assert (verified.findings, verified.ancestor) == ((), Ancestor(4, INSTANT, entry.hash))
    assert "chain.ancestor" in verified.checks


def test_the_id_of_the_register_is_an_ancestor_of_all(worked: Register) -> None:
    verified = verify(worked, asked=Asked(worked.id()))
    assert (verified.findings, verified.ancestor) == ((), Ancestor(0, None, worked.id()))


def test_a_head_of_another_chain_is_found(worked: Register) -> None:
    verified = verify(worked, asked=Asked("0123456789abcdef"))
    assert (verified.findings, verified.ancestor) == ((Finding("chain.ancestor", "0123456789abcdef", "0"),), None)


def test_a_tail_cut_off_with_all_that_it_did_is_found_by_its_head(worked: Register) -> None:
    head = worked.head()
    verified = _tampered(
        worked,
        "DELETE FROM entry WHERE seq = 9",
        "DELETE FROM touched WHERE seq = 9",
        "UPDATE checklist_row SET state = 'open', done_on = NULL, done_by = NULL, recorded_on = NULL"
        " WHERE ref = 'TT-03.1'",
    )
    assert verified.findings == ()
    assert _wheres(verify(worked, asked=Asked(head.hash))) == [("chain.ancestor", head.hash)]


# --- frozen copies ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("年度事项", "年度事項"),
        ("2026-03-31", "2026-12-31"),
        ('"weight":2', '"weight":1'),
        ('"items":[', '"items":[['),
        ('"periods"', '"eons"'),
        ('{"about"', '["about"'),
    ],
)
def test_a_changed_frozen_copy_is_found_and_named(old: str, new: str, worked: Register) -> None:
    ((_, _, _, _, key),) = worked.all("checklist_all")
    assert old in str(worked.all("document_get", key_hash=key))
    verified = _tampered(worked, f"UPDATE document SET body = replace(body, '{old}', '{new}') WHERE hash = '{key}'")
    assert ("documents.hash", key) in _wheres(verified)


def test_a_frozen_copy_put_in_place_of_another_is_found(worked: Register) -> None:
    ((_, _, _, _, key),) = worked.all("checklist_all")
    document = worked.document(str(key))
    assert document is not None
    body = canonical(json.loads(canonical(document).replace("2026-03-31", "2026-12-31")))
    other = digest(body)
    with closing(sqlite3.connect(worked.path)) as connection, connection:
        connection.execute("INSERT INTO document VALUES (?, ?)", (other, body))
        connection.execute("UPDATE checklist SET document = ?", (other,))
    assert ("replay.tables", "checklist 2026/TT") in _wheres(verify(worked))


def test_a_removed_frozen_copy_is_found(worked: Register) -> None:
    ((_, _, _, _, key),) = worked.all("checklist_all")
    found = _wheres(_tampered(worked, f"DELETE FROM document WHERE hash = '{key}'"))
    assert ("documents.missing", "2026/TT") in found


def test_a_removed_copy_of_a_bureau_of_before_is_found(worked: Register) -> None:
    present = "SELECT document FROM bureau UNION SELECT document FROM checklist"
    found = _wheres(_tampered(worked, f"DELETE FROM document WHERE hash NOT IN ({present})"))
    assert found != []


# --- blanked ----------------------------------------------------------------------------------


def test_an_entry_blanked_without_an_entry_that_says_so_is_found(worked: Register) -> None:
    worked.connection.execute("UPDATE entry SET payload = NULL, salt = NULL WHERE seq IN (2, 6)")
    verified = verify(worked)
    assert verified.redacted == (2, 6)
    assert _wheres(verified) == [("chain.redaction", "#2"), ("chain.redaction", "#6")]


def test_an_entry_changed_beside_a_blanked_one_is_found(worked: Register) -> None:
    verified = _tampered(
        worked,
        "UPDATE entry SET payload = NULL, salt = NULL WHERE seq = 2",
        "UPDATE entry SET person = 'wang' WHERE seq IN (2, 5)",
    )
    assert _wheres(verified) == [("chain.head", "#2"), ("chain.head", "#5"), ("chain.redaction", "#2")]


# --- nothing acknowledged is lost -------------------------------------------------------------

MANY = 200
WORKER = """
import sys
from datetime import date
from pathlib import Path
from lawcheck.core.journal import Actor
from lawcheck.service.rows import tick, untick
from lawcheck.store.register import Register

path, person, first, last, forever = Path(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:6])
actor = Actor(person, "os", "desk", "2026-06-15T00:00:00.000000Z", "2026-06-15", False)
with Register.open(path, 30) as register:
    while True:
        for number in range(first, last):
            done = tick(register, actor, [f"TT-{number:03}"], on=date(2026, 6, 1), note=f"{person} {number}")
            print(done.seq, flush=True)
        if not forever:
            break
        for number in range(first, last):
            print(untick(register, actor, [f"TT-{number:03}"], why="again").seq, flush=True)
"""


@pytest.fixture
def broad(tmp_path: Path, actor: Actor, small_bureau: Path, small_template: Path) -> Iterator[Register]:
    """Yield a register with two hundred rows."""
    head, first = SMALL_TEMPLATE[: SMALL_TEMPLATE.index("  - code: TT-01")], SMALL_TEMPLATE.split("  - code: ")[1]
    items = ("  - code: " + first.replace("TT-01", f"TT-{number:03}") for number in range(MANY))
    small_template.write_text(head + "".join(items), encoding="utf-8")
    with Register.create(tmp_path / "broad.db", INSTANT, 30) as register:
        start_year(register, actor, 2026, [str(small_template)], small_bureau)
        yield register


def _worker(register: Register, person: str, first: int, last: int, *, forever: bool) -> subprocess.Popen[str]:
    numbers = [str(int(one)) for one in (first, last, forever)]
    command = [sys.executable, "-c", WORKER, str(register.path), person, *numbers]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_eight_who_tick_at_once_wait_for_each_other_and_lose_nothing(broad: Register) -> None:
    share = MANY // 8
    workers = [_worker(broad, f"p{n}", n * share, (n + 1) * share, forever=False) for n in range(8)]
    said = [worker.communicate(timeout=60) for worker in workers]
    assert [(worker.returncode, errors) for worker, (_, errors) in zip(workers, said, strict=True)] == [(0, "")] * 8
    acknowledged = sorted(int(seq) for out, _ in said for seq in out.split())
    assert acknowledged == list(range(2, MANY + 2))
    verified = verify(broad)
    assert (verified.entries, verified.findings) == (MANY + 1, ())
    assert {row[9] for row in broad.all("checklist_row_all")} == {"done"}
    assert {entry.person for entry in _entries(broad)[1:]} == {f"p{n}" for n in range(8)}


def test_a_worker_killed_in_the_middle_of_his_ticks_loses_none_that_was_acknowledged(broad: Register) -> None:
    for round_, ticks in enumerate((1, 7, 20, 53)):
        first = round_ * 50
        worker = _worker(broad, f"p{round_}", first, first + 50, forever=True)
        assert worker.stdout is not None
        assert worker.stderr is not None
        acknowledged = [int(worker.stdout.readline()) for _ in range(ticks)]
        worker.send_signal(signal.SIGKILL)
        acknowledged += [int(line) for line in worker.stdout if line.endswith("\n")]
        assert worker.wait(timeout=10) == -signal.SIGKILL
        assert worker.stderr.read() == ""
        worker.stdout.close()
        worker.stderr.close()
        with Register.open(broad.path, 5) as register:
            verified = verify(register)
            assert verified.findings == ()
            assert verified.entries >= acknowledged[-1]
            mine = [entry.seq for entry in _entries(register) if entry.person == f"p{round_}"]
            assert mine[: len(acknowledged)] == acknowledged
            assert len(mine) - len(acknowledged) <= 1


# --- closed years -----------------------------------------------------------------------------


@pytest.fixture
def closed(worked: Register, actor: Actor) -> Closed:
    """Return the closing of the year of the register, which lies over."""
    return close_year(worked, actor._replace(today="2027-01-10"), 2026, confirm=True)


def test_a_closed_year_counts_what_its_closing_froze(closed: Closed, worked: Register) -> None:
    assert closed.year == 2026
    assert verify(worked).findings == ()
    found = _wheres(_tampered(worked, "UPDATE checklist_row SET state = 'na', why = 'x' WHERE ref = 'TT-02.Q3.FZ'"))
    assert ("closings.frozen", "2026") in found
    assert ("replay.tables", "checklist_row 2026/TT-02.Q3.FZ") in found


def test_the_manifest_of_a_closed_year_is_held_against_what_its_entry_froze(closed: Closed, worked: Register) -> None:
    manifest = closed.manifest
    verified = verify(worked, asked=Asked(manifest=manifest))
    assert (verified.findings, verified.ancestor) == ((), Ancestor(10, INSTANT, manifest["head"]["hash"]))
    for name, value in (("closed_by", "wang"), ("totals", {}), ("evidence", [{}])):
        changed = {**manifest, "content": {**manifest["content"], name: value}}
        found = verify(worked, asked=Asked(manifest=changed)).findings
        assert [(one.check, one.where) for one in found] == [("manifest.content", "#10")]
