"""A register of an older version is brought to this one: a backup first, all or nothing, the journal as it was."""

import os
import re
import shutil
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from lawcheck import errors
from lawcheck.core.journal import Actor
from lawcheck.service.restore import restore
from lawcheck.service.rows import tick
from lawcheck.service.verify import Asked, verify
from lawcheck.store import file, sqlite_sql
from lawcheck.store import upgrade as upgrade_module
from lawcheck.store.copying import manifest_place
from lawcheck.store.file import SCHEMA_VERSION
from lawcheck.store.migrations import to_2
from lawcheck.store.register import Register
from lawcheck.store.upgrade import Upgraded, upgrade
from support import INSTANT, ROOT

REGISTERS = sorted((ROOT / "tests" / "registers").glob("*.register"))
OLD = ROOT / "tests" / "registers" / "schema-1.register"
STAMP = "20260615T010203000004Z"
Dump = dict[str, list[tuple[object, ...]]]
FULL = sqlite3.OperationalError("database or disk is full")
FULL.sqlite_errorcode = sqlite3.SQLITE_FULL


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """Return a register as version 1 wrote it."""
    return Path(shutil.copy(OLD, tmp_path / "register.db"))


def _asked(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def _version(path: Path) -> int:
    return int(_asked(path, "PRAGMA user_version")[0][0])


def _schema(path: Path) -> dict[tuple[str, str], str]:
    """Return what SQLite holds of the schema, without spaces and quotation marks, which mean nothing."""
    held = _asked(path, "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
    return {(kind, name): re.sub(r"[\s\"]+", "", sql) for kind, name, sql in held}


def _names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


# --- what becomes of it -----------------------------------------------------------------------


def test_the_example_is_really_of_version_1() -> None:
    assert _version(OLD) == 1
    assert {"evidence", "review"} & {name for _, name in _schema(OLD)} == set()


@pytest.mark.parametrize("example", REGISTERS, ids=lambda path: path.stem)
def test_every_released_version_opens_with_this_one_and_is_worked_on(
    example: Path, tmp_path: Path, actor: Actor
) -> None:
    path = Path(shutil.copy(example, tmp_path / "register.db"))
    if example.with_name(example.name + ".vault").is_dir():
        shutil.copytree(example.with_name(example.name + ".vault"), tmp_path / "register.db.vault")
    upgrade(path, INSTANT, 2.0)
    with Register.open(path) as register:
        assert verify(register).findings == ()
        tick(register, actor, ["TT-02.Q3.FZ"], year=2026, on=None)
        assert verify(register).findings == ()


@pytest.mark.parametrize(
    "example", [path for path in REGISTERS if manifest_place(path).exists()], ids=lambda path: path.stem
)
def test_a_backup_of_every_released_version_is_restored(example: Path, tmp_path: Path) -> None:
    done = restore(example, tmp_path / "register.db", at=INSTANT, busy_seconds=2.0)
    assert (done.files, done.lost, _version(tmp_path / "register.db")) == (3, (), SCHEMA_VERSION)
    with Register.open(tmp_path / "register.db") as register:
        assert verify(register, None, Asked(reading=lambda _done, _of: None)).findings == ()


def test_an_upgraded_register_has_the_schema_of_a_new_one(old: Path, tmp_path: Path) -> None:
    with Register.create(tmp_path / "new.db", INSTANT):
        upgrade(old, INSTANT, 2.0)
        assert _schema(old) == _schema(tmp_path / "new.db")
    tables = [name for kind, name in _schema(old) if kind == "table"]
    for name in tables:
        listed = _asked(old, f"SELECT name FROM pragma_table_info('{name}')")
        made = next(one for one in sqlite_sql.SCHEMA if one.startswith(f"CREATE TABLE {name} "))
        assert [column for (column,) in listed] == re.findall(r'^  "?([a-z_]+)"? (?:TEXT|INTEGER)', made, re.MULTILINE)


def test_an_upgrade_leaves_the_journal_and_all_that_was_there(old: Path) -> None:
    before = {
        name: _asked(old, f"SELECT * FROM {name} ORDER BY 1, 2")
        for kind, name in _schema(old)
        if kind == "table" and name not in ("item", "case_item", "figure", "figure_entry")
    }
    figures = {name: _asked(old, f"SELECT * FROM {name} ORDER BY 1, 2, 3") for name in ("figure", "figure_entry")}
    items = _asked(old, "SELECT year, code, standing, body FROM item")
    upgrade(old, INSTANT, 2.0)
    assert {name: _asked(old, f"SELECT * FROM {name} ORDER BY 1, 2") for name in before} == before
    assert {name: _asked(old, f"SELECT * FROM {name} ORDER BY 1, 2, 3") for name in figures} == {
        name: [(*values, None) for values in rows] for name, rows in figures.items()
    }
    assert _asked(old, "SELECT year, code, standing, body FROM item") == items
    assert {one for (one,) in _asked(old, "SELECT reviewed FROM item")} == {0}


def test_whether_an_item_asks_for_a_review_is_read_from_its_frozen_copy(old: Path) -> None:
    with closing(sqlite3.connect(old)) as connection, connection:
        asking = "UPDATE item SET body = '{\"review\":true,' || substr(body, 2) WHERE code = 'TT-01'"
        connection.execute(asking)
    upgrade(old, INSTANT, 2.0)
    assert _asked(old, "SELECT code FROM item WHERE reviewed = 1") == [("TT-01",)]


# --- the backup from before -------------------------------------------------------------------


def test_a_backup_from_before_lies_beside_it_for_its_owner_alone(old: Path, tmp_path: Path) -> None:
    before = _asked(old, "SELECT * FROM entry")
    umask = os.umask(0)
    try:
        done = upgrade(old, INSTANT, 2.0)
    finally:
        os.umask(umask)
    backup = tmp_path / f"register.db.schema-1.{STAMP}.backup"
    assert done == Upgraded(old, 1, SCHEMA_VERSION, backup)
    assert (_version(backup), _asked(backup, "SELECT * FROM entry")) == (1, before)
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert _names(tmp_path) == {"register.db", backup.name}


def test_the_backup_from_before_is_restored_and_upgraded_anew(old: Path, tmp_path: Path) -> None:
    backup = upgrade(old, INSTANT, 2.0).backup
    assert backup is not None
    place = tmp_path / "again" / "register.db"
    done = restore(backup, place, at=INSTANT, busy_seconds=2.0, without_manifest=True)
    assert (done.head.seq, _version(place), _version(backup)) == (36, SCHEMA_VERSION, 1)
    assert _names(place.parent) == {"register.db"}


def test_without_room_for_a_backup_nothing_is_upgraded(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = old.read_bytes()
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, 10**5))
    with pytest.raises(errors.NotUpgraded) as refused:
        upgrade(old, INSTANT, 2.0)
    assert refused.value.params["reason"] == "no-room"
    assert old.read_bytes() == before
    assert _names(tmp_path) == {"register.db"}


@pytest.mark.parametrize("closed_to", ["register.db", "."])
def test_what_cannot_be_written_is_not_upgraded(
    closed_to: str, old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = old.read_bytes()
    real = os.access
    monkeypatch.setattr(
        os,
        "access",
        lambda path, mode: not (Path(path) == tmp_path / closed_to and mode == os.W_OK) and real(path, mode),
    )
    with pytest.raises(errors.UpgradeReadOnly) as refused:
        upgrade(old, INSTANT, 2.0)
    assert refused.value.params == {"path": str(old), "found": 1, "known": SCHEMA_VERSION}
    assert old.read_bytes() == before
    assert _names(tmp_path) == {"register.db"}


# --- all or nothing ---------------------------------------------------------------------------


def test_an_older_register_is_not_opened_as_if_it_were_of_this_version(old: Path) -> None:
    with pytest.raises(errors.RegisterOlder) as refused:
        Register.open(old)
    assert refused.value.params == {"path": str(old), "found": 1, "known": SCHEMA_VERSION}


@pytest.mark.parametrize("failing", range(len(to_2.ITEMS) + len(to_2.NEW)))
@pytest.mark.parametrize("interruption", [KeyboardInterrupt, FULL])
def test_an_upgrade_that_is_stopped_leaves_the_old_register(
    failing: int, interruption: Any, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _asked(old, "SELECT * FROM sqlite_master"), _asked(old, "SELECT * FROM item")

    def migrate(connection: sqlite3.Connection) -> None:
        connection.create_function("asks_for_review", 1, lambda _: 0)
        for statement in [*to_2.ITEMS, *to_2.NEW][:failing]:
            connection.execute(statement)
        raise interruption

    monkeypatch.setattr(to_2, "migrate", migrate)
    with pytest.raises((KeyboardInterrupt, errors.RegisterFault)):
        upgrade(old, INSTANT, 2.0)
    assert (_asked(old, "SELECT * FROM sqlite_master"), _asked(old, "SELECT * FROM item")) == before
    assert _version(old) == 1
    assert _names(old.parent) == {"register.db"}
    monkeypatch.undo()
    upgrade(old, INSTANT, 2.0)
    assert _version(old) == SCHEMA_VERSION


KILLED = """
import os, signal, sys
from pathlib import Path
from lawcheck.store import upgrade
from lawcheck.store.migrations import to_2
left = int(sys.argv[2])
class Counted:
    def __init__(self, inner): self.inner = inner
    def create_function(self, *a, **k): self.inner.create_function(*a, **k)
    def execute(self, statement):
        global left
        left -= 1
        if left < 0: os.kill(os.getpid(), signal.SIGKILL)
        return self.inner.execute(statement)
real = to_2.migrate
to_2.migrate = lambda connection: real(Counted(connection))
upgrade.upgrade(Path(sys.argv[1]), sys.argv[3], 2.0)
"""


@pytest.mark.parametrize("statements", [0, 3, 7, 12, 99])
def test_a_kill_amid_an_upgrade_leaves_the_old_register_or_the_new_one(statements: int, old: Path) -> None:
    words = [sys.executable, "-c", KILLED, str(old), str(statements), INSTANT]
    killed = subprocess.run(words, check=False, env={"PYTHONPATH": str(Path(file.__file__).parents[2]), **os.environ})
    assert killed.returncode == (0 if statements == 99 else -signal.SIGKILL)
    assert _version(old) == (SCHEMA_VERSION if statements == 99 else 1)
    upgrade(old, INSTANT.replace("03.", "04."), 2.0)
    with Register.open(old) as register:
        assert verify(register).findings == ()


def test_of_several_who_open_it_one_upgrades_and_the_others_wait(old: Path, tmp_path: Path) -> None:
    begin = threading.Barrier(6)
    done: list[Upgraded] = []

    def opens() -> None:
        begin.wait()
        done.append(upgrade(old, INSTANT, 20.0))

    threads = [threading.Thread(target=opens) for _ in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(str(one.backup) for one in done) == sorted(
        [str(tmp_path / f"register.db.schema-1.{STAMP}.backup"), *["None"] * 5]
    )
    assert {one.now for one in done} == {SCHEMA_VERSION}
    with Register.open(old) as register:
        assert verify(register).findings == ()


def test_a_register_with_a_log_is_upgraded_with_what_lies_in_it(old: Path, tmp_path: Path) -> None:
    writer = sqlite3.connect(old, isolation_level=None)
    writer.execute("PRAGMA journal_mode=WAL")
    writer.execute("UPDATE checklist_row SET assignee = 'in the log' WHERE ref = 'TT-01'")
    upgrade(old, INSTANT, 2.0)
    writer.close()
    kept = tmp_path / f"register.db.schema-1.{STAMP}.backup"
    for path in (old, kept):
        assert _asked(path, "SELECT assignee FROM checklist_row WHERE ref = 'TT-01'") == [("in the log",)]


def test_somebody_at_work_is_waited_for_and_then_named(old: Path) -> None:
    with closing(sqlite3.connect(old, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(errors.RegisterLocked):
            upgrade(old, INSTANT, 0.05)
        other.execute("ROLLBACK")
    assert _version(old) == 1


# --- not what it says -------------------------------------------------------------------------


def test_a_register_that_only_says_it_is_older_is_damaged(small: Register, tmp_path: Path) -> None:
    small.connection.execute("PRAGMA user_version=1")
    small.close()
    with pytest.raises(errors.RegisterDamaged) as refused:
        upgrade(small.path, INSTANT, 2.0)
    assert refused.value.params["reason"] == "other-version"
    assert _names(tmp_path) == {"register.db"}


@pytest.mark.parametrize("version", [0, -1])
def test_a_register_of_no_version_is_damaged(version: int, small: Register) -> None:
    small.connection.execute(f"PRAGMA user_version={version}")
    small.close()
    with pytest.raises(errors.RegisterDamaged):
        Register.open(small.path)


def test_a_register_of_this_version_is_left_as_it_is(small: Register, tmp_path: Path) -> None:
    small.close()
    before = small.path.read_bytes()
    assert upgrade(small.path, INSTANT, 2.0) == Upgraded(small.path, SCHEMA_VERSION, SCHEMA_VERSION, None)
    assert small.path.read_bytes() == before
    assert _names(tmp_path) == {"register.db"}


def test_what_refers_to_nothing_is_found_before_the_upgrade_is_kept(old: Path) -> None:
    with closing(sqlite3.connect(old)) as connection, connection:
        connection.execute("DELETE FROM year WHERE year = 2025")
    with pytest.raises(errors.RegisterDamaged):
        upgrade(old, INSTANT, 2.0)
    assert _version(old) == 1


def test_a_migration_imports_nothing_that_may_change() -> None:
    for path in Path(str(upgrade_module.__file__)).with_name("migrations").glob("*.py"):
        assert set(re.findall(r"^(?:import|from) ([a-z_.0-9]+)", path.read_text(encoding="utf-8"), re.MULTILINE)) <= {
            "json",
            "sqlite3",
        }


def test_the_dump_of_an_upgraded_register_is_what_its_journal_gives(
    old: Path, dump: Callable[[Register], Dump]
) -> None:
    upgrade(old, INSTANT, 2.0)
    with Register.open(old) as register:
        held = dump(register)
    assert (held["evidence"], held["review"], held["confirmation"], held["closing"]) == ([], [], [], [])
    assert len(held["entry"]) == 36
