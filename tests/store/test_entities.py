"""Changes are applied forwards and backwards, live and in a replay, and only to what they start from."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import SQLModel

from lawcheck.core.force import asked_days
from lawcheck.core.frozen import laid_rows
from lawcheck.core.journal import Actor, Change, Entry
from lawcheck.core.refs import template_bounds
from lawcheck.service.start import start_year
from lawcheck.service.verify import REPLAYED
from lawcheck.store import codec
from lawcheck.store.entities import ENTITIES, Mismatch, apply_changes, apply_recorded, key_text, key_values
from lawcheck.store.redaction import changes_of, left_of_redacted
from lawcheck.store.register import Register
from lawcheck.store.statements import KEYS
from lawcheck.store.tables import TABLES
from support import INSTANT

Dump = dict[str, list[tuple[object, ...]]]
Dumped = Callable[[Register], Dump]
CURRENT = tuple(str(table.__tablename__) for table in TABLES[4:])
"""The tables that entries fill: all but the register itself, its journal and the frozen copies."""


def _current(dumped: Dump) -> Dump:
    return {name: dumped[name] for name in CURRENT}


def _changes(register: Register) -> list[list[Change]]:
    left = left_of_redacted(register)
    return [changes_of(Entry(*values), left) for values in register.all("entry_all")]  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ENTITIES)
def test_an_entity_names_the_columns_of_its_table_in_their_order(name: str) -> None:
    entity = ENTITIES[name]
    columns = [column.name for column in SQLModel.metadata.tables[entity.table].c]
    assert [*entity.key, *entity.fields] == columns
    assert KEYS[entity.table] == entity.key


def test_every_table_that_changes_has_an_entity() -> None:
    # Items are laid out with their checklist or case template; the other tables are the journal's own.
    assert {entity.table for entity in ENTITIES.values()} == set(CURRENT) - {"item", "case_item"}


def test_every_table_that_changes_is_replayed() -> None:
    assert set(REPLAYED) == set(CURRENT) == SQLModel.metadata.tables.keys() - {
        "register", "entry", "touched", "document",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("name", "parts", "text"),
    [
        ("year", (2026,), "2026"),
        ("holiday", (2027,), "2027"),
        ("checklist", (2026, "PL"), "2026/PL"),
        ("row", (2026, "PL-03.Q1.ZF"), "2026/PL-03.Q1.ZF"),
        ("note", (2026, "PL-03", 12), "2026/PL-03#12"),
        ("figure_entry", (2022, "cases_total", 1), "2022/cases_total#1"),
        ("milestone", ("AJ-17", "decided", 1), "AJ-17/decided#1"),
        ("evidence", (2026, "PL-03.Q1.ZF", 2), "2026/PL-03.Q1.ZF#2"),
        ("evidence", (0, "AJ-17.PUB", 2), "AJ-17.PUB#2"),
        ("review", (2026, "PL-03"), "2026/PL-03"),
        ("review", (0, "AJ-17.PUB"), "AJ-17.PUB"),
        ("closing", (2026,), "2026"),
    ],
)
def test_a_key_is_written_as_people_read_it(name: str, parts: tuple[object, ...], text: str) -> None:
    assert key_text(*parts) == text
    assert tuple(key_values(ENTITIES[name], text).values()) == parts


@pytest.mark.parametrize(
    ("name", "text", "values"),
    [
        ("case_template", "AJ#2", ("AJ", 2)),
        ("case", "AJ-17", ("AJ-17",)),
        ("pause", "AJ-17/pause#3", ("AJ-17", 3)),
        ("extension", "AJ-17/extension#1", ("AJ-17", 1)),
        ("case_row", "AJ-17.PAY.2", ("AJ-17.PAY.2",)),
        ("case_note", "AJ-17.PUB#2", ("AJ-17.PUB", 2)),
    ],
)
def test_the_key_of_what_belongs_to_a_case_is_read(name: str, text: str, values: tuple[object, ...]) -> None:
    assert tuple(key_values(ENTITIES[name], text).values()) == values


@settings(max_examples=60, deadline=None, database=None)
@given(
    year=st.integers(1949, 2200),
    word=st.text(st.characters(codec="ascii", categories=["Lu", "Ll", "Nd"], include_characters="-._"), min_size=1),
    n=st.integers(1, 10**6),
)
def test_a_key_reads_back_as_it_was_written(year: int, word: str, n: int) -> None:
    assert key_values(ENTITIES["year"], key_text(year)) == {"year": year}
    assert key_values(ENTITIES["row"], key_text(year, word)) == {"year": year, "ref": word}
    assert key_values(ENTITIES["figure_entry"], key_text(year, word, n)) == {"year": year, "key": word, "n": n}


def test_the_bureau_is_the_only_one_of_its_kind() -> None:
    assert key_values(ENTITIES["bureau"], "bureau") == {"one": 1}


def test_the_bounds_of_a_template_hold_its_refs_and_no_others() -> None:
    bounds = template_bounds("PL")
    refs = ["PK-99", "PL-01", "PL-01.Q1.ZF", "PL-999", "PM-01", "P-01", "PLX-01"]
    assert [ref for ref in refs if bounds["low"] <= ref < bounds["high"]] == ["PL-01", "PL-01.Q1.ZF", "PL-999"]


def test_the_changes_of_all_entries_applied_from_empty_give_the_same_tables(
    filled: Register, dump: Dumped, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with Register.create(tmp_path_factory.mktemp("replay") / "replay.db", INSTANT) as copy:
        for key, body in filled.all("document_all"):
            copy.run("document_insert", hash=key, body=body)
        for changes in _changes(filled):
            apply_changes(copy.connection, changes)
        assert _current(dump(copy)) == _current(dump(filled))


def test_the_changes_of_all_entries_taken_back_from_the_last_leave_empty_tables(filled: Register, dump: Dumped) -> None:
    for changes in reversed(_changes(filled)):
        back = [change._replace(old=change.new, new=change.old) for change in reversed(changes)]
        apply_changes(filled.connection, back)
    assert _current(dump(filled)) == {name: [] for name in CURRENT}


def test_a_checklist_brings_the_rows_that_its_frozen_copy_lays_out(small: Register) -> None:
    (checklist,) = small.all("checklist_all")
    document = small.document(str(checklist[-1]))
    assert document is not None
    laid = sorted((row.ref, row.code, row.unit, row.period, row.begins, row.due) for row in laid_rows(document))
    held = small.all("checklist_row_all")
    assert [
        (ref, code, unit, period, begins, due) for _, ref, code, unit, period, _, _, begins, due, *_ in held
    ] == laid
    assert {values[9:] for values in held} == {("open", None, None, None, None, None, None, "none", 0, None)}


def test_items_without_rows_carry_what_lists_say_of_them_and_others_nothing(register: Register) -> None:
    held = [(values[3], values[-3], codec.json_held(values[-1])) for values in register.all("item_all")]
    without = [(standing, body) for kind, standing, body in held if kind in ("occasion", "case")]
    assert {standing for kind, standing, _ in held if kind not in ("occasion", "case")} == {None}
    assert [codec.json_held(standing) for standing, _ in without] == [
        {"gone": False, "units": body["units"], "rate": body["rate"], "asked": [*asked_days(body)]}
        for _, body in without
    ]
    assert any(body["rate"] for _, body in without)
    assert any(asked_days(body) != (None, None) for _, body in without)


def test_a_checklist_taken_back_takes_its_items_and_rows_and_no_others(
    small: Register, actor: Actor, dump: Dumped
) -> None:
    before = _current(dump(small))
    start_year(small, actor, 2026, ["PL"])
    start_year(small, actor, 2027, ["PL"])
    later = [change for changes in _changes(small)[1:] for change in changes]
    assert len(small.all("item_all")) > len(before["item"])
    apply_changes(small.connection, [one._replace(old=one.new, new=one.old) for one in reversed(later)])
    assert _current(dump(small)) == before


@pytest.mark.parametrize(
    "changes",
    [
        [Change("row", "2026/TT-01", "assignee", "x", None)],
        [Change("row", "2026/TT-01", "assignee", None, "a"), Change("row", "2026/TT-01", "assignee", None, "b")],
        [Change("row", "2026/TT-09", "assignee", None, "a")],
        [Change("year", "2026", "*", None, {"state": "open"})],
        [Change("year", "2027", "*", None, {"state": "open"}), Change("year", "2027", "*", None, {"state": "open"})],
        [Change("checklist", "2026/TT", "*", None, {})],
        [Change("note", "2026/TT-01#1", "*", None, {"text": "", "person": "", "on_date": ""})] * 2,
        [Change("figure", "2026/nothing", "*", {"place": 1}, None)],
    ],
)
def test_a_change_applies_only_to_what_it_starts_from(changes: list[Change], small: Register) -> None:
    with pytest.raises(Mismatch):
        apply_changes(small.connection, changes)


def test_several_changes_of_one_thing_follow_each_other(small: Register) -> None:
    steps = [None, "a", "b", None, "c"]
    changes = [Change("row", "2026/TT-01", "assignee", old, new) for old, new in pairwise(steps)]
    apply_changes(small.connection, changes)
    held = small.one("checklist_row_get", key_year=2026, key_ref="TT-01")
    assert held is not None
    assert held[ENTITIES["row"].fields.index("assignee")] == "c"


def _notes(register: Register) -> list[tuple[object, ...]]:
    return register.all("case_note_all")


def _made(count: int) -> list[Change]:
    new = {"text": "a", "person": "lihua", "on_date": "2026-06-15"}
    return [Change("case_note", f"AJ-01#{n}", "*", None, new) for n in range(1, count + 1)]


@pytest.mark.parametrize("count", [3, 300])
def test_many_values_are_changed_as_a_few_are(empty_register: Register, count: int) -> None:
    changes = _made(count)
    for n in range(1, count + 1):  # by turns one field and two, and the first thing once more
        changes.append(Change("case_note", f"AJ-01#{n}", "text", "a", f"b{n}"))
        if n % 2:
            changes.append(Change("case_note", f"AJ-01#{n}", "person", "lihua", "wang"))
    changes.append(Change("case_note", "AJ-01#1", "text", "b1", "c"))
    apply_changes(empty_register.connection, changes)
    expected = [("AJ-01", n, f"b{n}", "wang" if n % 2 else "lihua", "2026-06-15") for n in range(1, count + 1)]
    expected[0] = ("AJ-01", 1, "c", "wang", "2026-06-15")
    assert _notes(empty_register) == expected
    apply_changes(empty_register.connection, [one._replace(old=one.new, new=one.old) for one in reversed(changes)])
    assert _notes(empty_register) == []


@pytest.mark.parametrize("count", [3, 300])
@pytest.mark.parametrize(
    "wrong",
    [
        Change("case_note", "AJ-01#2", "text", "another", "b"),
        Change("case_note", "AJ-01#2", "text", None, "b"),
        Change("case_note", "AJ-01#2", "text", 1, "b"),
        Change("case_note", "AJ-99#2", "text", "a", "b"),
    ],
)
def test_one_old_value_that_does_not_fit_stops_many_changes(
    empty_register: Register, count: int, wrong: Change
) -> None:
    apply_changes(empty_register.connection, _made(count))
    changes = [Change("case_note", f"AJ-01#{n}", "text", "a", "b") for n in range(1, count + 1)]
    changes[1] = wrong
    with pytest.raises(Mismatch):
        apply_changes(empty_register.connection, changes)


@pytest.mark.parametrize("count", [3, 300])
def test_a_field_that_is_none_stops_many_changes(empty_register: Register, count: int) -> None:
    apply_changes(empty_register.connection, _made(count))
    changes = [Change("case_note", f"AJ-01#{n}", 'text" = 1; --', "a", "b") for n in range(1, count + 1)]
    with pytest.raises(Mismatch):
        apply_recorded(empty_register.connection, changes)
