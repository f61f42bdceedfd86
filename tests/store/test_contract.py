"""The statements are written once: SQLAlchemy and the generated SQL text give the same, byte for byte."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from sqlalchemy import Connection, Executable, create_engine, text
from sqlmodel import SQLModel

from generate import sqlite_module
from lawcheck.store import sqlite_sql, tables
from lawcheck.store.register import Register
from lawcheck.store.statements import KEYS, STATEMENTS
from support import ROOT

Params = dict[str, object]
Rows = list[tuple[object, ...]]
Dump = dict[str, Rows]
IN_ORDER = [str(table.__tablename__) for table in tables.TABLES]
"""The tables, each after those that it refers to."""

NO_FILTER: Params = {
    "first_year": 2025,
    "last_year": 2026,
    "closed_too": 1,
    **dict.fromkeys(
        ("low", "high", "suffix", "unit", "state", "review", "to_review", "due_from", "due_to", "due_before")
    ),
}
FILTERS: list[Params] = [
    NO_FILTER,
    NO_FILTER | {"closed_too": 0},
    NO_FILTER | {"first_year": 2026},
    NO_FILTER | {"low": "TT-02.", "high": "TT-02/"},
    NO_FILTER | {"low": "TT-02", "high": "TT-02/", "suffix": "ZF"},
    NO_FILTER | {"low": "PL-", "high": "PL."},
    NO_FILTER | {"unit": "ZF"},
    *(NO_FILTER | {"state": state} for state in ("open", "partial", "done", "na")),
    *(NO_FILTER | {"review": review} for review in ("none", "accepted", "returned")),
    NO_FILTER | {"to_review": "yes"},
    NO_FILTER | {"due_to": "2026-06-30"},
    NO_FILTER | {"due_from": "2026-06-15", "due_to": "2026-06-30"},
    NO_FILTER | {"due_before": "2026-06-15"},
    NO_FILTER | {"unit": "FZ", "state": "partial", "due_before": "2026-06-15", "closed_too": 0},
]
CASE_FILTER: Params = dict.fromkeys(
    ("low", "high", "unit", "state", "review", "to_review", "due_from", "due_to", "due_before")
)
CASE_FILTERS: list[Params] = [
    CASE_FILTER,
    CASE_FILTER | {"low": "AJ-01.", "high": "AJ-01/"},
    CASE_FILTER | {"unit": "ZF"},
    *(CASE_FILTER | {"state": state} for state in ("open", "partial", "done", "na")),
    *(CASE_FILTER | {"review": review} for review in ("none", "accepted", "returned")),
    CASE_FILTER | {"to_review": "yes"},
    CASE_FILTER | {"due_to": "2026-06-30"},
    CASE_FILTER | {"due_from": "2026-06-15", "due_to": "2026-06-30"},
    CASE_FILTER | {"due_before": "2026-06-15"},
]
REACHED: list[Params] = [
    {"milestone": name, "first": first, "after": after, "low": "AJ-", "high": "AJ."}
    for name, first, after in (("filed", "2026-01-01", "2027-01-01"), ("lead", "2026-05-01", "2026-07-01"))
]
FACTS: list[Params] = [one | {"fact": fact} for one in REACHED for fact in (None, "simplified", "complex")]
AS_OF = ("2025-12-31", "2026-03-31", "2026-04-01", "2026-06-15", "2027-12-31")
READS: dict[str, list[Params]] = {
    "holiday_year_documents": [{}],
    "entry_head": [{}],
    "entry_all": [{}],
    "entry_redacting": [{}],
    "evidence_hashed": [{}],
    "review_accepted": [{}],
    "touched_by_entry": [{}],
    "touched_count": [{}],
    "redacting_seqs": [{}],
    "entry_one": [{"seq": seq} for seq in (1, 20, 999)],
    "entry_collected": [{"seq": seq} for seq in (0, 1)],
    "entry_after": [{"seq": seq} for seq in (0, 1, 20)],
    "entry_latest": [{"most": most} for most in (1, 5, 1000)],
    "entry_about": [
        {"key": key, "dot": key + ".", "after_dot": key + "/", "hash": key + "#", "after_hash": key + "$", "most": most}
        for key, most in (("2026/TT-01", 9), ("2026/TT-02", 2), ("2026/TT-04", 9))
    ],
    "touched_under": [
        {"key": key, "dot": key + ".", "after_dot": key + "0", "hash": key + "#", "after_hash": key + "$"}
        for key in ("2026/TT-01", "2026/TT-02", "AJ-01", "2026/visits")
    ],
    "touched_last": [{"key": key} for key in ("2026/TT-01", "2026/TT-02.Q2.FZ", "2026/TT-04")],
    "entry_of_person": [{"person": person} for person in ("wang", "lihua", "nobody")],
    "row_get": [{"year": 2026, "ref": ref} for ref in ("TT-01", "TT-02.Q1.ZF", "TT-03.1")],
    "row_under": [{"year": 2026, "low": "TT-02.", "high": "TT-02/"}, {"year": 2025, "low": "PL-", "high": "PL."}],
    "row_list": FILTERS,
    "row_list_totals": [one | {"as_of": as_of} for one in FILTERS for as_of in AS_OF],
    "row_soon_of_year": [
        {"today": "2026-06-15", "soon": soon, "most": 10, "year": 2026} for soon in ("2026-06-29", "2026-07-31")
    ],
    "row_next_of_year": [{"today": today, "most": 100, "year": year} for today in AS_OF[2:] for year in (2025, 2026)],
    "row_undated_of_year": [{"today": "2026-06-15", "most": 10, "year": year} for year in (2025, 2026)],
    "row_open_reckonings": [{}],
    "row_returned_of_year": [{"most": 10, "year": year} for year in (2025, 2026)],
    "row_overdue_unfinished": [{"year": year, "as_of": as_of, "most": 50} for year in (2025, 2026) for as_of in AS_OF],
    "row_overdue_count": [{"year": year, "as_of": as_of} for year in (2025, 2026) for as_of in AS_OF],
    "row_overdue": [{"year": year, "as_of": as_of, "most": 50} for year in (2025, 2026) for as_of in AS_OF],
    "row_due_counts": [
        {"today": today, "soon": soon, "year": 2026}
        for today, soon in (("2026-06-15", "2026-06-30"), ("2026-04-01", "2026-04-01"))
    ],
    "row_unfinished": [{"year": 2025}, {"year": 2026}],
    "row_remainder": [{"year": year, "most": most} for year in (2025, 2026) for most in (2, 100)],
    "row_remainder_count": [{"year": 2025}, {"year": 2026}],
    "row_assigned": [{"year": 2025}, {"year": 2026}],
    "row_holders": [{"year": 2025}, {"year": 2026}],
    **{
        f"evidenced_by_{part}": [{"year": year, "as_of": as_of} for year in (2025, 2026) for as_of in AS_OF]
        for part in ("template", "unit", "month")
    },
    "evidence_of": [
        {"year": year, "ref": ref} for year, ref in ((2026, "TT-01"), (0, "AJ-01.OFFICERS"), (2025, "PL-01"))
    ],
    "evidence_between": [
        {"year": year, "low": low, "high": "~", "suffix": suffix, "removed_too": too}
        for year, low, suffix in ((2026, "", None), (2026, "TT-02", "ZF"), (2026, "TT-02", "FZ"), (0, "", None))
        for too in (0, 1)
    ],
    "evidence_by_hash": [{"hash": "sha256:" + 64 * "a"}, {"hash": "sm3:" + 64 * "a"}],
    "evidence_refs": [{"year": 2026, "low": "TT-", "high": "TT."}, {"year": 0, "low": "AJ-01.", "high": "AJ-01/"}],
    "note_refs": [{"year": 2026, "low": "TT-", "high": "TT."}, {"year": 2025, "low": "PL-", "high": "PL."}],
    "item_of_year": [{"year": 2025}, {"year": 2026}],
    "row_count_under": [{"year": 2026, "low": "TT-", "high": "TT."}, {"year": 2025, "low": "MD-", "high": "MD."}],
    "row_count_all": [{}],
    "evidence_files": [{}],
    "entry_unchained": [{}],
    "row_completion": [{"year": 2026, "low": low, "high": low + "~", "most": 3} for low in ("TT", "TT-02.Q3", "")],
    "item_codes": [{}],
    "item_standing": [{"year": year, "as_of": as_of} for year in (2025, 2026) for as_of in (*AS_OF, "2026-05-19")],
    "checklist_of_year": [{"year": 2025}, {"year": 2026}],
    **{
        f"totals_by_{part}": [{"year": year, "as_of": as_of} for year in (2025, 2026) for as_of in AS_OF]
        for part in ("template", "unit", "month")
    },
    **{
        name: [{"year": 2025}, {"year": 2026}]
        for name in ("row_left", "row_returned_refs", "row_to_review_refs", "evidence_standing")
    },
    "evidence_seen": [
        {"year": 2026, "ref": "TT-01"},
        {"year": 0, "ref": "AJ-01.OFFICERS"},
        {"year": 2026, "ref": "TT-02.Q1.ZF"},
    ],
    **{
        name: [{"year": year, "as_of": as_of} for year in (2025, 2026) for as_of in AS_OF]
        for name in ("burn_up", "overdue_by_holder", "overdue_by_holder_unfinished", "row_of_year")
    },
    "entry_at": [{"seq": seq} for seq in (1, 3, 999)],
    "row_unfinished_of_unit": [{"year": year, "unit": unit} for year in (2025, 2026) for unit in ("ZF", "FZ", "ALL")],
    "row_open_by_unit": [{"year": year, "today": "2026-06-15"} for year in (2025, 2026)],
    "section_of_unit": [{"year": year, "unit": unit} for year in (2025, 2026) for unit in ("ZF", "FZ", "ALL")],
    "figure_of_unit": [{"year": 2026, "unit": unit} for unit in ("ZF", "FZ")],
    "case_terms": [{"first": "2026-01-01", "after": "2027-01-01", "as_of": as_of} for as_of in AS_OF],
    "note_of": [{"year": 2026, "ref": ref} for ref in ("TT-01", "TT-02.Q2.FZ", "TT-04")],
    "figure_of_year": [{"year": 2025}, {"year": 2026}],
    "figure_last_place": [{"year": 2025}, {"year": 2026}, {"year": 1999}],
    "figure_entry_of_year": [{"year": 2026}],
    "figure_entry_of": [{"year": 2026, "key": "visits"}, {"year": 2026, "key": "tt_all"}],
    "case_row_one": [{"ref": ref} for ref in ("AJ-01.DECIDE", "AJ-01.HOLD", "AJ-09.DECIDE")],
    "case_row_of": [{"low": f"{ref}.", "high": f"{ref}/"} for ref in ("AJ-01", "AJ-02", "TS-01")],
    "case_row_fields_of": [{"low": f"{ref}.", "high": f"{ref}/"} for ref in ("AJ-01", "AJ-02", "TS-01")],
    "case_row_next": [{"today": today, "most": most} for today in AS_OF for most in (2, 100)],
    "case_row_soon": [{"today": "2026-06-01", "soon": soon, "most": 10} for soon in ("2026-06-30", "2026-07-31")],
    "case_row_returned": [{"most": 10}],
    "case_row_due_counts": [{"today": "2026-06-15", "soon": soon} for soon in ("2026-06-15", "2026-07-31")],
    "case_row_list": CASE_FILTERS,
    "case_row_list_totals": [one | {"as_of": as_of} for one in CASE_FILTERS for as_of in AS_OF],
    "case_row_completion": [{"low": low, "high": low + "~", "most": 3} for low in ("AJ", "AJ-01.D", "")],
    "case_completion": [{"low": low, "high": low + "~", "most": 3} for low in ("AJ", "AJ-02", "")],
    "case_row_open_reckonings": [{}],
    "case_row_item": [{"ref": ref} for ref in ("AJ-01.DECIDE", "AJ-01.OFFICERS")],
    "case_list": [
        dict.fromkeys(("template", "unit", "state", "number")) | one
        for one in ({}, {"template": "AJ"}, {"unit": "ZF"}, {"state": "closed"}, {"template": "AJ", "number": "2"})
    ],
    "case_due": [
        {"today": "2026-06-15", "low": low, "high": high} for low, high in ((None, None), ("AJ-01.", "AJ-01/"))
    ],
    "case_last": [{"template": template} for template in ("AJ", "TS", "XK")],
    "case_numbered": [{"template": template, "number": "2"} for template in ("AJ", "TS")],
    "case_count": [{}],
    "case_row_count_all": [{}],
    "case_template_last": [{"template": template} for template in ("AJ", "XK")],
    **{f"case_{part}_of": [{"ref": ref} for ref in ("AJ-01", "TS-01")] for part in ("milestone", "pause", "extension")},
    "case_note_of": [{"ref": ref} for ref in ("AJ-01.OFFICERS", "TS-01")],
    "case_reached": FACTS,
    "case_open_reached": REACHED,
    "case_rows_reached": [
        one | {"code": code, "as_of": as_of} for one in FACTS for code in ("VERIFY", "DECIDE") for as_of in AS_OF
    ],
    **{f"{name}_all": [{}] for name in KEYS},
    **{f"{name}_get": [] for name in KEYS},  # with the keys that the register holds
}
NEW: dict[str, Params] = {
    "bureau": {},  # the document of a checklist
    "holiday_year": {},
    "year": {"state": "open"},
    "checklist": {"title_zh": "另一份"},
    "item": {"title_zh": "另一项", "weight": 9},
    "checklist_row": {"state": "done", "done_by": "wang", "done_on": "2026-01-02", "left_to_do": None, "why": None},
    "note": {"text": "别的"},
    "figure": {"place": 99},
    "figure_entry": {"digits": "0.50", "multiple": "亿"},
    "case_template": {"title_zh": "另一份"},
    "case_item": {"title_zh": "另一项", "weight": 9},
    "case_file": {"state": "closed", "closed_on": "2026-06-15"},
    "case_milestone": {"at": "2026-03-03T09:30", "party": "某公司", "why": "typed wrongly"},
    "case_pause": {"until": None},
    "case_extension": {"amount": 15},
    "case_row": {"state": "open", "done_on": None, "due_time": "09:30", "left_to_do": None, "why": None},
    "case_note": {"text": "别的"},
    "evidence": {"name": "二.pdf", "dated": None},
    "review": {"on_date": "2026-06-16", "same_account": 1},
    "confirmation": {"person": "zhou"},
    "closing": {"person": "zhou"},
}
WRITES: dict[str, list[Params]] = {
    "row_delete_under": [{"year": 2026, "low": "TT-02.", "high": "TT-02/"}],
    "item_delete_of": [{"year": 2025, "template": "PL"}],
    "case_item_delete_of": [{"template": "AJ", "n": 1}],
    "entry_blank": [{"key_seq": 3}],
    "register_begin": [{"created_at": "2026-01-01T00:00:00.000000Z"}],
    **{f"{name}_{what}": [] for name in NEW for what in ("update", "delete")},
}
INSERTS = {f"{name}_insert" for name in (*KEYS, "entry")}


@pytest.fixture(scope="module")
def held(filled_file: Path) -> Iterator[Register]:
    """Yield the filled register itself, to be read and never written to."""
    with Register.open(filled_file) as register:
        yield register


@pytest.fixture(scope="module")
def plain(held: Register) -> Iterator[sqlite3.Connection]:
    """A database in memory of the generated schema, filled through the generated text."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("PRAGMA foreign_keys=ON")
    for statement in sqlite_sql.SCHEMA:
        connection.execute(statement)
    for name in IN_ORDER:
        columns = _columns(name)
        for values in held.all(f"{name}_all"):
            connection.execute(_text(f"{name}_insert"), dict(zip(columns, values, strict=True)))
    connection.execute("PRAGMA foreign_keys=OFF")
    yield connection
    connection.close()


@pytest.fixture(scope="module")
def alchemy(held: Register) -> Iterator[Connection]:
    """A database in memory of SQLModel's metadata, filled through SQLAlchemy."""
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        connection.execute(text("PRAGMA foreign_keys=ON"))
        SQLModel.metadata.create_all(connection)
        for name in IN_ORDER:
            columns = _columns(name)
            for values in held.all(f"{name}_all"):
                connection.execute(_statement(f"{name}_insert"), dict(zip(columns, values, strict=True)))
        connection.commit()
        connection.execute(text("PRAGMA foreign_keys=OFF"))
        yield connection
        connection.rollback()
    engine.dispose()


def _columns(table: str) -> list[str]:
    return [column.name for column in SQLModel.metadata.tables[table].c]


def _text(name: str) -> str:
    found: str = getattr(sqlite_sql, name.upper())
    return found


def _statement(name: str) -> Executable:
    return cast("Executable", STATEMENTS[name])


def _held_keys(register: Register, table: str) -> list[Params]:
    columns = _columns(table)
    return [
        {f"key_{column}": value for column, value in zip(columns, values, strict=True) if column in KEYS[table]}
        for values in register.all(f"{table}_all")
    ]


def _through_alchemy(connection: Connection, name: str, params: Params) -> Rows:
    return [tuple(row) for row in connection.execute(_statement(name), params)]


def _contents(read: Callable[[str], Rows]) -> Dump:
    return {name: read(f"{name}_all") for name in (*KEYS, "entry")}


def _plain_contents(connection: sqlite3.Connection) -> Dump:
    return _contents(lambda name: connection.execute(_text(name)).fetchall())


def _alchemy_contents(connection: Connection) -> Dump:
    return _contents(lambda name: _through_alchemy(connection, name, {}))


def test_every_statement_is_tried() -> None:
    assert READS.keys() | WRITES.keys() | INSERTS == STATEMENTS.keys()


def test_every_statement_has_its_text_and_no_text_is_left_over() -> None:
    bulk = {"CHECKLIST_ROW_INSERT_BULK", "ITEM_INSERT_BULK"}
    texts = {name for name in vars(sqlite_sql) if name.isupper()}
    assert texts == {name.upper() for name in STATEMENTS} | bulk | {"SCHEMA"}


def test_the_generated_module_is_up_to_date() -> None:
    path = ROOT / "src" / "lawcheck" / "store" / "sqlite_sql.py"
    assert path.read_text(encoding="utf-8") == sqlite_module()


@pytest.mark.parametrize("name", sorted(READS))
def test_a_reading_statement_gives_the_same_rows_both_ways(name: str, held: Register, alchemy: Connection) -> None:
    tries = READS[name] or _held_keys(held, name.removesuffix("_get"))
    found = 0
    for params in tries:
        here = held.all(name, **params)
        assert repr(here).encode() == repr(_through_alchemy(alchemy, name, params)).encode(), params
        found += len(here)
    assert found > 0


@pytest.mark.parametrize("name", sorted(WRITES))
def test_a_writing_statement_leaves_the_same_tables_both_ways(
    name: str, held: Register, plain: sqlite3.Connection, alchemy: Connection
) -> None:
    for params in WRITES[name] or _writes(held, name):
        before = _plain_contents(plain)
        plain.execute("BEGIN")
        changed = plain.execute(_text(name), params).rowcount
        after = _plain_contents(plain)
        plain.execute("ROLLBACK")
        counted = alchemy.execute(_statement(name), params).rowcount
        there = _alchemy_contents(alchemy)
        alchemy.rollback()
        assert repr(after).encode() == repr(there).encode()
        assert after != before
        assert changed == counted > 0


def _writes(register: Register, name: str) -> list[Params]:
    table, _, what = name.rpartition("_")
    columns, key = _columns(table), register.all(f"{table}_all")[0]
    first = dict(zip(columns, key, strict=True))
    keyed = {f"key_{column}": first[column] for column in KEYS[table]}
    if what == "delete":
        return [keyed]
    new = NEW[table] or {"document": register.all("checklist_all")[0][-1]}
    return [keyed | {column: value for column, value in (first | new).items() if column not in KEYS[table]}]


def test_filling_both_ways_gives_the_register_that_was_copied(
    held: Register, plain: sqlite3.Connection, alchemy: Connection
) -> None:
    original = _contents(held.all)
    assert all(original.values())
    assert repr(_plain_contents(plain)).encode() == repr(original).encode()
    assert repr(_alchemy_contents(alchemy)).encode() == repr(original).encode()


@pytest.mark.parametrize("table", ["checklist_row", "item"])
def test_the_form_by_position_fills_a_table_as_the_form_by_name_does(table: str, plain: sqlite3.Connection) -> None:
    before = plain.execute(_text(f"{table}_all")).fetchall()
    plain.execute("BEGIN")
    plain.execute(f"DELETE FROM {table}")
    plain.executemany(_text(f"{table}_insert_bulk"), before)
    after = plain.execute(_text(f"{table}_all")).fetchall()
    plain.execute("ROLLBACK")
    assert after == before


def _pragma(execute: Callable[[str], Any], pragma: str) -> Rows:
    return [tuple(row) for row in execute(pragma)]


def test_the_generated_schema_is_that_of_the_models(plain: sqlite3.Connection, alchemy: Connection) -> None:
    shown = "SELECT type, name, tbl_name FROM sqlite_master WHERE type IN ('table', 'index') ORDER BY name"
    assert _pragma(plain.execute, shown) == _pragma(lambda sql: alchemy.execute(text(sql)), shown)
    for name in IN_ORDER:
        for pragma in ("table_xinfo", "foreign_key_list", "index_list"):
            columns = "name, [unique], origin, partial" if pragma == "index_list" else "*"
            asked = f"SELECT {columns} FROM pragma_{pragma}('{name}') ORDER BY 1, 2"
            assert _pragma(plain.execute, asked) == _pragma(lambda sql: alchemy.execute(text(sql)), asked)


def test_what_comes_next_is_found_by_the_index_of_unfinished_rows(plain: sqlite3.Connection) -> None:
    asked = {"today": "2026-06-15", "most": 10, "year": 2026}
    plan = plain.execute(f"EXPLAIN QUERY PLAN {_text('row_next_of_year')}", asked).fetchall()
    assert any("unfinished_by_due" in step[-1] for step in plan)
