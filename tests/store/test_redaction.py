"""Every field is known as free text or not; the file is written anew, or says why not."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Text
from sqlmodel import SQLModel

from lawcheck.core.redaction import ERASABLE
from lawcheck.store.entities import ENTITIES
from lawcheck.store.redaction import overwrite_freed, sweep
from lawcheck.store.register import Register
from lawcheck.store.tables import TABLES

KEPT = {
    "bureau": {"document"},
    "holiday": {"document"},
    "year": {"state"},
    "checklist": {"title_zh", "title_en", "document"},
    "row": {
        "code", "unit", "period", "begins", "due", "state", "done_on", "done_by", "recorded_on", "assignee", "review",
        "reckoning",
    },
    "note": {"person", "on_date"},
    "figure": {"title_zh", "title_en", "measure_zh", "measure_en", "adds", "section", "counted", "target"},
    "figure_entry": {"digits", "multiple", "on_date", "from_date", "to_date", "qualifier", "unit", "person"},
    "case_template": {"title_zh", "title_en", "document"},
    "case": {"template", "number", "unit", "opened_on", "facts", "state", "closed_on"},
    "milestone": {"at"},
    "pause": {"reason", "since", "until"},
    "extension": {"code", "approved_on"},
    "case_row": {
        "case_ref", "code", "unit", "begins", "due", "due_time", "earliest", "target", "reckoning", "choice", "state",
        "done_on", "done_time", "done_by", "recorded_on", "assignee", "review",
    },
    "case_note": {"person", "on_date"},
    "evidence": {"kind", "hash", "dated", "person", "added_on", "removed_on", "removed_by", "purged_on"},
    "review": {"verdict", "person", "on_date", "content"},
    "confirmation": {"person", "on_date"},
    "closing": {"document", "person", "on_date"},
}  # fmt: skip
"""Fields of text that are no free text: codes, days, words of a list, hashes, persons, numbers and frozen copies."""


def test_every_field_of_text_is_known_as_free_text_or_not() -> None:
    columns = {str(table.__tablename__): SQLModel.metadata.tables[str(table.__tablename__)].columns for table in TABLES}
    for name, entity in ENTITIES.items():
        texts = {one for one in entity.fields if isinstance(columns[entity.table][one].type, Text)}
        erasable = set(ERASABLE.get(name, ()))
        assert erasable | KEPT.get(name, set()) == texts, name
        assert erasable & KEPT.get(name, set()) == set(), name


def _noted(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("INSERT INTO case_note VALUES ('AJ-01', 1, 'the secret words', 'lihua', '2026-06-15')")
        other.execute("DELETE FROM case_note")


def _bytes(path: Path) -> bytes:
    return b"".join(one.read_bytes() for one in path.parent.glob(path.name + "*"))


def test_a_swept_file_holds_nothing_that_was_deleted(small: Register) -> None:
    _noted(small.path)
    assert b"the secret words" in _bytes(small.path)
    assert sweep(small) is None
    assert b"the secret words" not in _bytes(small.path)


def test_while_another_reads_the_file_is_not_swept_and_says_so(small_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    path.write_bytes(small_file.read_bytes())
    with Register.open(path, 0.1) as register:
        overwrite_freed(register)
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN")
            other.execute("SELECT count(*) FROM note").fetchone()
            _noted(path)
            assert sweep(register) == "busy"
            other.execute("COMMIT")
        assert sweep(register) is None
        assert b"the secret words" not in _bytes(path)
