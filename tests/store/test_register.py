"""The register's promises: all or nothing, one entry a command, append-only, chained, and every state makes sense."""

import hashlib
import json
import sqlite3
from collections.abc import Callable
from datetime import date

import pytest

from lawcheck import errors
from lawcheck.core.journal import Actor, Change, Entry, Head
from lawcheck.service.rows import tick
from lawcheck.store.register import Register
from support import INSTANT, TODAY

Dump = dict[str, list[tuple[object, ...]]]
Dumped = Callable[[Register], Dump]
DAY = date.fromisoformat(TODAY)
NOTE = Change("note", "2026/TT-01#1", "*", None, {"text": "x", "person": "lihua", "on_date": TODAY})
ASSIGNED = Change("row", "2026/TT-01", "assignee", None, "wang")


def _entries(register: Register) -> list[Entry]:
    return [Entry(*values) for values in register.all("entry_all")]  # type: ignore[arg-type]


def _refuses(register: Register, sql: str, *words: str) -> None:
    with pytest.raises(sqlite3.IntegrityError) as refused:
        register.connection.execute(sql)
    assert str(refused.value) in words


# --- all or nothing ---------------------------------------------------------------------------


@pytest.mark.parametrize("interruption", [RuntimeError, KeyboardInterrupt, SystemExit])
def test_a_transaction_that_is_interrupted_leaves_nothing(
    interruption: type[BaseException], small: Register, actor: Actor, dump: Dumped
) -> None:
    before = dump(small)

    def begin_and_break() -> None:
        with small.transaction():
            small.keep({"a": 1})
            small.record(actor, "note", [NOTE, ASSIGNED])
            assert small.head().seq == 2
            raise interruption

    with pytest.raises(interruption):
        begin_and_break()
    assert dump(small) == before
    assert not small.connection.in_transaction


def test_an_interrupt_after_all_was_written_undoes_nothing_and_is_known_for_what_it_is(
    small: Register, actor: Actor
) -> None:
    class Interrupted(sqlite3.Connection):
        def execute(self, sql: str, *parameters: object) -> sqlite3.Cursor:
            done = super().execute(sql, *parameters)  # type: ignore[arg-type]
            if sql == "COMMIT":
                raise KeyboardInterrupt
            return done

    small.connection = sqlite3.connect(small.path, factory=Interrupted, isolation_level=None)

    def note() -> None:
        with small.transaction():
            small.record(actor, "note", [NOTE])

    assert not small.has_written
    with pytest.raises(KeyboardInterrupt):
        note()
    assert small.has_written
    small.connection.close()
    with Register.open(small.path) as again:
        assert again.head().seq == 2
        assert not again.has_written


def test_what_a_transaction_did_is_there_for_the_next_one_who_opens_the_register(
    small: Register, actor: Actor, dump: Dumped
) -> None:
    with small.transaction():
        small.record(actor, "note", [NOTE])
    with Register.open(small.path) as again:
        assert again.one("note_of", year=2026, ref="TT-01") == (1, "x", "lihua", TODAY)
        assert dump(again) == dump(small)


def test_a_snapshot_shows_one_state_while_another_writes(small: Register, actor: Actor) -> None:
    with Register.open(small.path) as reader:
        with reader.snapshot():
            assert reader.head().seq == 1
            tick(small, actor, ["TT-01"], on=DAY)
            assert reader.head().seq == 1
            assert reader.one("row_get", year=2026, ref="TT-01") != small.one("row_get", year=2026, ref="TT-01")
        assert reader.head() == small.head()


@pytest.mark.parametrize(
    "change",
    [
        ASSIGNED._replace(old="nobody"),
        ASSIGNED._replace(key="2026/TT-99"),
        ASSIGNED._replace(key="2027/TT-01"),
        Change("year", "2026", "*", None, {"state": "open"}),
        NOTE,
        Change("note", "2026/TT-01#2", "*", {"text": "x", "person": "lihua", "on_date": TODAY}, None),
    ],
)
def test_a_change_that_starts_from_something_else_is_damage_and_changes_nothing(
    change: Change, small: Register, actor: Actor, dump: Dumped
) -> None:
    before = dump(small)

    def write() -> None:
        with small.transaction():
            small.record(actor, "forged", [NOTE, change])

    with pytest.raises(errors.RegisterDamaged) as found:
        write()
    assert found.value.params == {"path": str(small.path), "reason": "mismatch"}
    assert dump(small) == before


# --- the journal ------------------------------------------------------------------------------


def test_before_the_first_entry_the_head_of_the_chain_is_the_register_itself(empty_register: Register) -> None:
    assert empty_register.head() == Head(0, empty_register.id())
    assert len(empty_register.id()) == 32
    assert empty_register.one("register_get", key_one=1) == (empty_register.id(), INSTANT)


def test_two_registers_have_two_ids(empty_register: Register, tmp_path_factory: pytest.TempPathFactory) -> None:
    with Register.create(tmp_path_factory.mktemp("other") / "register.db", INSTANT) as other:
        assert other.id() != empty_register.id()


def test_an_entry_says_who_did_what_when_and_from_where(small: Register, actor: Actor) -> None:
    with small.transaction():
        written = small.record(actor, "note", [NOTE])
    (entry,) = _entries(small)[1:]
    assert entry == written
    assert entry._replace(payload="", salt="", payload_hash="", prev="", hash="") == Entry(
        2, INSTANT, "lihua", "os-lihua", "desk-1", "note", 1, None, "", "", "", "", ""
    )
    assert json.loads(str(entry.payload)) == {
        "changes": [["note", "2026/TT-01#1", "*", None, {"text": "x", "person": "lihua", "on_date": TODAY}]],
        "undoes": None,
    }


def test_an_entry_says_which_day_counted_only_where_it_was_set(small: Register, actor: Actor) -> None:
    with small.transaction():
        small.record(actor._replace(today="2026-07-01", today_set=True), "note", [NOTE])
    entry = _entries(small)[-1]
    assert (entry.today, entry.at) == ("2026-07-01", INSTANT)


def test_the_chain_is_what_the_format_says(small: Register, actor: Actor) -> None:
    with small.transaction():
        small.record(actor, "assign", [ASSIGNED])
        small.record(actor._replace(today_set=True), "note", [NOTE], undoes=2)
    prev = small.id()
    for entry in _entries(small):
        assert entry.salt is not None
        assert entry.payload is not None
        covered = bytes.fromhex(entry.salt) + entry.payload.encode()
        assert entry.payload_hash == hashlib.sha256(covered).hexdigest()
        head = ["lawcheck-entry-1", prev, *entry[:8], entry.payload_hash]
        text = json.dumps(head, ensure_ascii=False, separators=(",", ":"))
        assert entry.hash == hashlib.sha256(text.encode()).hexdigest()
        assert entry.prev == prev
        prev = entry.hash
    assert small.head() == Head(3, prev)


def test_every_payload_has_a_salt_of_its_own(small: Register, actor: Actor) -> None:
    with small.transaction():
        small.record(actor, "assign", [])
        small.record(actor, "assign", [])
    first, second = _entries(small)[1:]
    assert first.payload == second.payload
    assert first.payload_hash != second.payload_hash
    assert {len(str(first.salt)), len(str(second.salt))} == {32}


def test_a_document_is_kept_once_under_the_hash_of_its_canonical_form(small: Register) -> None:
    before = len(small.all("document_all"))
    with small.transaction():
        key = small.keep({"b": "法", "a": [1, None, True]})
        assert small.keep({"a": [1, None, True], "b": "法"}) == key
    assert key == hashlib.sha256('{"a":[1,null,true],"b":"法"}'.encode()).hexdigest()
    assert len(small.all("document_all")) == before + 1
    assert small.document(key) == {"a": [1, None, True], "b": "法"}
    assert small.document("0" * 64) is None


# --- append-only ------------------------------------------------------------------------------

APPEND_ONLY, NO_GAPS, FROZEN = "the journal is append-only", "the journal has no gaps", "frozen copies never change"


@pytest.mark.parametrize("column", Entry._fields)
def test_no_column_of_an_entry_can_be_changed(column: str, small: Register) -> None:
    value = "7" if column in ("seq", "version") else "'" + "f" * 64 + "'"
    _refuses(small, f"UPDATE entry SET {column} = {value}", APPEND_ONLY)


@pytest.mark.parametrize("column", [one for one in Entry._fields if one not in ("payload", "salt")])
def test_no_column_can_be_changed_on_the_way_of_blanking_an_entry(column: str, small: Register) -> None:
    value = "7" if column in ("seq", "version") else "'" + "f" * 64 + "'"
    _refuses(small, f"UPDATE entry SET payload = NULL, salt = NULL, {column} = {value}", APPEND_ONLY)


@pytest.mark.parametrize("change", ["payload = NULL", "salt = NULL", "payload = '{}', salt = ''", "payload = payload"])
def test_payload_and_salt_are_blanked_together_or_not_at_all(change: str, small: Register) -> None:
    _refuses(small, f"UPDATE entry SET {change}", APPEND_ONLY)


def test_an_entry_can_be_blanked_and_never_filled_again(small: Register) -> None:
    (entry,) = _entries(small)
    small.connection.execute("UPDATE entry SET payload = NULL, salt = NULL WHERE seq = 1")
    assert _entries(small) == [entry._replace(payload=None, salt=None)]
    _refuses(small, "UPDATE entry SET payload = '{}', salt = '00'", APPEND_ONLY)
    _refuses(small, "UPDATE entry SET payload = NULL, salt = NULL", APPEND_ONLY)


@pytest.mark.parametrize("where", ["", " WHERE seq = 1", " WHERE seq = (SELECT max(seq) FROM entry)"])
def test_no_entry_can_be_deleted(where: str, filled: Register) -> None:
    _refuses(filled, "DELETE FROM entry" + where, APPEND_ONLY)


@pytest.mark.parametrize("seq", [-1, 0, 1, 3, 1000])
def test_entries_follow_each_other_without_a_gap(seq: int, small: Register) -> None:
    copied = (
        f"SELECT {seq}, at, person, os_user, host, command, version, today, payload, salt, payload_hash, prev, hash"
    )
    _refuses(small, f"INSERT INTO entry {copied} FROM entry", NO_GAPS)


def test_an_entry_cannot_be_put_in_place_of_another(small: Register) -> None:
    _refuses(small, "INSERT OR REPLACE INTO entry SELECT * FROM entry", NO_GAPS)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE document SET body = '{}'",
        "UPDATE document SET hash = hash",
        "DELETE FROM document",
        "DELETE FROM document WHERE hash = (SELECT document FROM bureau)",
    ],
)
def test_frozen_copies_are_neither_changed_nor_deleted(sql: str, small: Register) -> None:
    _refuses(small, sql, FROZEN)


# --- states that make no sense ----------------------------------------------------------------

HASH = "0" * 64
ENTRY = "INSERT INTO entry VALUES (2, '', '', '', '', '', 1, NULL, '{}',"
FIGURE = "INSERT INTO figure_entry VALUES (2026, 'visits', 1, '1',"
BAD_STATES = {
    "one_register": "INSERT INTO register VALUES (2, 'id', 'now')",
    "redacted_whole": f"{ENTRY} NULL, '{HASH}', '', '{HASH}')",
    "hashes": f"{ENTRY} '', 'short', '', '{HASH}')",
    "one_bureau": "INSERT INTO bureau SELECT 2, document FROM bureau",
    "year.state_known": "INSERT INTO year VALUES (2027, 'ajar')",
    "kind_known": "UPDATE item SET kind = 'weekly'",
    "level_known": "UPDATE item SET level = 'custom'",
    "weight_positive": "UPDATE item SET weight = 0",
    "state_known": "UPDATE checklist_row SET state = 'finished'",
    "review_known": "UPDATE checklist_row SET review = 'maybe'",
    "done_by_somebody": "UPDATE checklist_row SET state = 'done'",
    "day_only_when_done": "UPDATE checklist_row SET done_on = '2026-01-01'",
    "partial_says_what_is_left": "UPDATE checklist_row SET state = 'partial'",
    "partial_alone_says_what_is_left": "UPDATE checklist_row SET left_to_do = 'something'",
    "na_says_why": "UPDATE checklist_row SET state = 'na'",
    "na_alone_says_why": "UPDATE checklist_row SET why = 'a reason'",
    "occasion_says_what_happened": "UPDATE checklist_row SET occasion = 1",
    "adds_known": "UPDATE figure SET adds = 'average'",
    "qualifier_known": f"{FIGURE} '', NULL, NULL, NULL, 'roughly', NULL, NULL, 'lihua', NULL)",
    "multiple_known": f"{FIGURE} '千', NULL, NULL, NULL, 'exact', NULL, NULL, 'lihua', NULL)",
    "corrects_an_earlier_one": f"{FIGURE} '', NULL, NULL, NULL, 'exact', NULL, NULL, 'lihua', 1)",
    "period_has_an_end": f"{FIGURE} '', NULL, '2026-01-01', NULL, 'exact', NULL, NULL, 'lihua', NULL)",
}


@pytest.mark.parametrize("constraint", BAD_STATES)
def test_a_state_that_makes_no_sense_is_refused(constraint: str, small: Register) -> None:
    name = constraint.removeprefix("year.").replace("_alone", "")
    _refuses(small, BAD_STATES[constraint], f"CHECK constraint failed: {name}")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE bureau SET document = 'gone'",
        "DELETE FROM year",
        "DELETE FROM checklist",
        "DELETE FROM item WHERE code = 'TT-01'",
        "UPDATE checklist SET document = 'gone'",
        "INSERT INTO note VALUES (2027, 'TT-01', 1, 'x', 'lihua', '2026-06-15')",
        "INSERT INTO figure_entry VALUES (2026, 'none', 1, '1', '', NULL, NULL, NULL, 'exact', NULL, NULL, 'l', NULL)",
        "UPDATE checklist_row SET code = 'TT-77' WHERE ref = 'TT-01'",
    ],
)
def test_nothing_refers_to_what_is_not_there(sql: str, small: Register) -> None:
    _refuses(small, sql, "FOREIGN KEY constraint failed")


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE item SET weight = 'heavy'",
        "UPDATE checklist_row SET begins = x'00'",
        "INSERT INTO year VALUES (2027.5, 'open')",
    ],
)
def test_a_value_of_another_type_is_refused(sql: str, small: Register) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="cannot store"):
        small.connection.execute(sql)
