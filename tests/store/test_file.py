"""The register's file: how it is made, what it refuses to be, and what it says when it cannot be used."""

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from lawcheck import errors
from lawcheck.core.journal import Actor
from lawcheck.service.lists import Filter, list_rows
from lawcheck.service.rows import note_on, tick
from lawcheck.service.start import start_year
from lawcheck.service.verify import verify
from lawcheck.store import file, sqlite_sql
from lawcheck.store.file import SCHEMA_VERSION, translated
from lawcheck.store.register import Register
from support import INSTANT, TODAY

Dump = dict[str, list[tuple[object, ...]]]
DAY = date.fromisoformat(TODAY)


@pytest.fixture
def closed(small: Register, actor: Actor) -> Path:
    """Return the path of a register that is whole, closed, and in one file."""
    tick(small, actor, ["TT-01"], on=date(2026, 3, 1), note="走访企业二十家")
    small.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    small.close()
    return small.path


@pytest.fixture
def other(closed: Path) -> Iterator[sqlite3.Connection]:
    """Give a connection of somebody else's."""
    connection = sqlite3.connect(closed, isolation_level=None)
    yield connection
    connection.close()


def _setting(connection: sqlite3.Connection, pragma: str) -> object:
    return connection.execute(f"PRAGMA {pragma}").fetchone()[0]


def _refused(path: Path) -> errors.RegisterFault:
    with pytest.raises(errors.RegisterFault) as refused:
        Register.open(path, 0.05)
    return refused.value


# --- made -------------------------------------------------------------------------------------


def test_a_new_register_is_for_its_owner_alone_whatever_the_umask(
    tmp_path: Path, actor: Actor, small_bureau: Path, small_template: Path
) -> None:
    before = os.umask(0)
    try:
        with Register.create(tmp_path / "mine.db", INSTANT) as register:
            start_year(register, actor, 2026, [str(small_template)], small_bureau)
            modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob("mine.db*")}
    finally:
        os.umask(before)
    assert modes == {"mine.db": 0o600, "mine.db-wal": 0o600, "mine.db-shm": 0o600}


def test_folders_made_for_a_register_are_for_its_owner_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with Register.create(tmp_path / "data" / "register.db", INSTANT) as register:
            assert stat.S_IMODE(register.path.parent.stat().st_mode) == 0o700
    finally:
        os.umask(before)


@pytest.mark.parametrize("how", ["created", "opened"])
def test_every_connection_minds_foreign_keys_and_waits_for_the_disk(how: str, closed: Path, tmp_path: Path) -> None:
    register = Register.open(closed) if how == "opened" else Register.create(tmp_path / "new.db", INSTANT)
    with register:
        assert _setting(register.connection, "foreign_keys") == 1
        assert _setting(register.connection, "synchronous") == 2
        assert _setting(register.connection, "trusted_schema") == 0
        assert _setting(register.connection, "journal_mode") == "wal"
        assert register.connection.isolation_level is None


def test_one_waits_a_minute_for_another_writer_unless_told_otherwise(closed: Path) -> None:
    with Register.open(closed) as register:
        assert register.busy_seconds == 60
        assert _setting(register.connection, "busy_timeout") == 60_000
    with Register.open(closed, 0.25) as register:
        assert _setting(register.connection, "busy_timeout") == 250


def test_all_tables_are_strict(empty_register: Register) -> None:
    listed = empty_register.connection.execute("PRAGMA table_list").fetchall()
    strict = {name: strict for schema, name, kind, _, _, strict in listed if not name.startswith("sqlite_")}
    assert len(strict) == 25
    assert set(strict.values()) == {1}


def test_a_register_says_whose_it_is_and_of_which_version(empty_register: Register) -> None:
    assert _setting(empty_register.connection, "application_id") == int.from_bytes(b"LWCK", "big")
    assert _setting(empty_register.connection, "user_version") == SCHEMA_VERSION


def test_on_a_disk_of_another_machine_there_is_no_write_ahead_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "is_on_local_disk", lambda _: False)
    with Register.create(tmp_path / "far.db", INSTANT) as register:
        assert _setting(register.connection, "journal_mode") == "delete"


@pytest.mark.parametrize(
    ("place", "local"),
    [
        ("/srv/share/register.db", False),
        ("/srv/share two/register.db", False),
        ("/srv/sharers/register.db", True),
        ("/srv/share/disk/register.db", True),
        ("/srv/windows/a/register.db", False),
        ("/srv/ssh/register.db", False),
        ("/srv/fuse/register.db", True),
        ("/home/register.db", True),
    ],
)
def test_the_deepest_mount_tells_whether_a_disk_is_local(
    place: str, local: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    mounts = """\
/dev/sda1 / ext4 rw 0 0
server:/export /srv/share nfs4 rw 0 0
server:/two /srv/share\\040two nfs rw 0 0
/dev/sdb1 /srv/share/disk xfs rw 0 0
//pc/d /srv/windows cifs rw 0 0
me@there: /srv/ssh fuse.sshfs rw 0 0
/dev/fuse /srv/fuse fuse.ntfs rw 0 0
"""
    monkeypatch.setattr(Path, "read_text", lambda *_, **__: mounts)
    assert file.is_on_local_disk(Path(place)) is local


@pytest.mark.parametrize("name", ["a?b=c.db", "50%25.db", "一 二#3.db", "it's;--.db", "?mode=memory", "file:x", "-wal"])
def test_a_name_with_signs_of_an_address_is_just_a_name(
    name: str, tmp_path: Path, actor: Actor, small_bureau: Path, small_template: Path
) -> None:
    folder = tmp_path / "法治 100% #1?"
    with Register.create(folder / name, INSTANT) as register:
        start_year(register, actor, 2026, [str(small_template)], small_bureau)
    with Register.open(folder / name) as register:
        tick(register, actor, ["TT-01"], on=DAY)
        assert verify(register).findings == ()
    assert [path.name for path in folder.iterdir()] == [name]


def test_a_new_register_that_holds_nothing_goes_again_when_it_is_closed(tmp_path: Path) -> None:
    register = Register.create(tmp_path / "register.db", INSTANT)
    assert register.path.exists()
    register.close()
    assert list(tmp_path.iterdir()) == []


def test_a_new_register_stays_once_something_is_written_whatever_the_disk_does_then(
    tmp_path: Path, actor: Actor, small_bureau: Path, small_template: Path
) -> None:
    class Broken(sqlite3.Connection):
        def execute(self, *_arguments: object) -> sqlite3.Cursor:
            raise sqlite3.OperationalError

    register = Register.create(tmp_path / "register.db", INSTANT)
    start_year(register, actor, 2026, [str(small_template)], small_bureau)
    register.connection.close()
    register.connection = sqlite3.connect(register.path, factory=Broken)
    register.close()
    with Register.open(tmp_path / "register.db") as again:
        assert again.head().seq == 1


KILLED_WHILE_MAKING = """
import os, signal, sys
from pathlib import Path
from lawcheck.store import sqlite_sql
from lawcheck.store.register import Register

sqlite_sql.SCHEMA = (*sqlite_sql.SCHEMA[: int(sys.argv[2])], "SELECT killed()")
import signal
import sqlite3
really = sqlite3.connect

def connect(*arguments, **more):
    connection = really(*arguments, **more)
    connection.create_function("killed", 0, lambda: os.kill(os.getpid(), signal.SIGKILL))
    return connection

sqlite3.connect = connect
Register.create(Path(sys.argv[1]), "2026-06-15T01:02:03.000004Z")
"""


@pytest.mark.parametrize("statements", [0, 1, 20])
def test_a_register_whose_maker_is_killed_is_not_there_and_can_be_made(statements: int, tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    killed = subprocess.run([sys.executable, "-c", KILLED_WHILE_MAKING, path, str(statements)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert not path.exists()
    Register.create(path, INSTANT).close()


def test_a_register_is_made_where_the_disk_knows_no_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_arguments: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", no_links)
    with Register.create(tmp_path / "register.db", INSTANT) as register:
        assert register.head().seq == 0
        assert not list(tmp_path.glob(".coming-*"))


@pytest.mark.parametrize("links", [True, False])
def test_a_register_that_another_made_at_the_same_time_is_left_alone(
    links: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "register.db"

    def made_meanwhile(*_arguments: object) -> None:
        path.write_text("of another", encoding="utf-8")
        raise FileExistsError if links else PermissionError

    monkeypatch.setattr(os, "link", made_meanwhile)
    with pytest.raises(errors.NotARegister) as refused:
        Register.create(path, INSTANT)
    assert refused.value.params == {"path": str(path), "reason": "file-there"}
    assert path.read_text(encoding="utf-8") == "of another"
    assert list(tmp_path.iterdir()) == [path]


def test_the_end_of_a_snapshot_that_fails_is_a_fault_of_the_register(
    closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing(sqlite3.Connection):
        def execute(self, sql: str, *parameters: object) -> sqlite3.Cursor:
            if sql == "ROLLBACK":
                raised = sqlite3.OperationalError("disk I/O error")
                raised.sqlite_errorcode = sqlite3.SQLITE_IOERR
                raise raised
            return super().execute(sql, *parameters)  # type: ignore[arg-type]

    really = sqlite3.connect
    monkeypatch.setattr(file.sqlite3, "connect", lambda *of, **more: really(*of, factory=Failing, **more))  # type: ignore[attr-defined]

    def look() -> None:
        with Register.open(closed) as register, register.snapshot():
            register.head()

    with pytest.raises(errors.RegisterUnreachable):
        look()


def test_a_register_that_holds_an_entry_stays(closed: Path) -> None:
    Register.open(closed).close()
    assert closed.exists()


def test_a_register_that_was_there_before_stays_even_without_an_entry(empty_register: Register) -> None:
    Register.open(empty_register.path).close()
    assert empty_register.path.exists()


def test_no_file_that_is_there_is_ever_made_into_a_register(tmp_path: Path) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("dear colleagues", encoding="utf-8")
    with pytest.raises(errors.NotARegister):
        Register.create(path, INSTANT)
    assert path.read_text(encoding="utf-8") == "dear colleagues"


def test_a_register_cannot_be_made_inside_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(errors.RegisterUnreachable) as refused:
        Register.create(tmp_path / "file" / "register.db", INSTANT)
    assert refused.value.params["path"] == str(tmp_path / "file" / "register.db")


# --- not a register ---------------------------------------------------------------------------


def test_a_register_that_is_not_there_is_missing_and_is_not_made(tmp_path: Path) -> None:
    refused = _refused(tmp_path / "none.db")
    assert (type(refused), refused.params) == (errors.RegisterMissing, {"path": str(tmp_path / "none.db")})
    assert refused.exit_code == 6
    assert list(tmp_path.iterdir()) == []


def test_a_link_to_nowhere_is_missing(tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to(tmp_path / "gone.db")
    assert isinstance(_refused(tmp_path / "link.db"), errors.RegisterMissing)
    assert not (tmp_path / "gone.db").exists()


def test_a_folder_is_no_register(tmp_path: Path) -> None:
    assert isinstance(_refused(tmp_path), errors.RegisterIsDirectory)


def test_an_empty_file_is_no_register(tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    refused = _refused(tmp_path / "empty.db")
    assert isinstance(refused, errors.NotARegister)
    assert refused.params["reason"] == "empty-file"


def test_a_pipe_is_no_register_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.db")
    refused = _refused(tmp_path / "pipe.db")
    assert isinstance(refused, errors.NotARegister)
    assert refused.params["reason"] == "not-a-file"


@pytest.mark.parametrize(
    "content",
    [b"x", b"hello\n" * 1000, b"\0" * 8192, b"PK\x03\x04" + b"\0" * 4096],
    ids=["a byte", "text", "zeros", "an archive"],
)
def test_a_file_of_another_kind_is_no_register_and_stays_as_it_is(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(content)
    assert isinstance(_refused(path), errors.NotARegister)
    assert path.read_bytes() == content


def test_the_database_of_another_program_is_no_register_and_stays_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE entry (seq INTEGER)")
    connection.close()
    held = path.read_bytes()
    refused = _refused(path)
    assert isinstance(refused, errors.NotARegister)
    assert refused.params["reason"] == "foreign-file"
    assert path.read_bytes() == held


def test_a_register_of_a_newer_version_is_left_alone(closed: Path, other: sqlite3.Connection) -> None:
    other.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")
    refused = _refused(closed)
    assert (type(refused), refused.params) == (
        errors.RegisterNewer,
        {"path": str(closed), "found": SCHEMA_VERSION + 1, "known": SCHEMA_VERSION},
    )


@pytest.mark.parametrize("name", ["x" * 300 + ".db", "nul\0byte.db"], ids=["too long", "null byte"])
def test_a_name_that_no_file_can_have_is_out_of_reach_or_missing(name: str, tmp_path: Path) -> None:
    assert isinstance(_refused(tmp_path / name), errors.RegisterUnreachable | errors.RegisterMissing)
    with pytest.raises(errors.RegisterUnreachable):
        Register.create(tmp_path / name, INSTANT)


def test_an_sqlite_without_strict_tables_is_named(closed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 36, 0))
    refused = _refused(closed)
    assert isinstance(refused, errors.SqliteTooOld)
    assert refused.params["needed"] == "3.37.0"


# --- read-only --------------------------------------------------------------------------------


@pytest.fixture
def unwritable(closed: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a register that this user may not write; a superuser may write any file, so the answer is set."""
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and real(path, mode))
    return closed


def test_a_register_that_cannot_be_written_can_be_read(unwritable: Path) -> None:
    with Register.open(unwritable) as register:
        assert register.read_only
        listed = list_rows(register, Filter("TT-01"), year=None, today=DAY)
        assert [(row.ref, row.state) for row in listed.rows] == [("TT-01", "done")]
        assert verify(register).findings == ()


def test_a_register_that_cannot_be_written_is_not_written(unwritable: Path, actor: Actor) -> None:
    held = unwritable.read_bytes()
    with Register.open(unwritable) as register:
        with pytest.raises(errors.RegisterReadOnly) as refused:
            tick(register, actor, ["TT-02.Q1.ZF"], on=DAY)
        with pytest.raises(errors.RegisterReadOnly):
            register.run("register_insert", one=1, id="x", created_at="y")
    assert refused.value.params == {"path": str(unwritable)}
    assert unwritable.read_bytes() == held


def test_a_register_in_a_folder_that_cannot_be_written_is_read_as_it_lies(
    unwritable: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = file.opened
    tried: list[str] = []

    def opened(path: Path, mode: str, busy_seconds: float, *, older: bool) -> sqlite3.Connection:
        tried.append(mode)
        if mode == "mode=ro":  # what SQLite says where it may not make the -shm file
            message = "unable to open database file"
            raise sqlite3.OperationalError(message)
        return real(path, mode, busy_seconds, older=older)

    monkeypatch.setattr(file, "opened", opened)
    with Register.open(unwritable) as register:
        assert register.head().seq == 2
    assert tried == ["mode=ro", "immutable=1"]


# --- locked -----------------------------------------------------------------------------------


def test_a_register_kept_busy_says_so_after_the_time_to_wait(
    closed: Path, other: sqlite3.Connection, actor: Actor
) -> None:
    other.execute("BEGIN IMMEDIATE")
    with Register.open(closed, 0.05) as register:
        with pytest.raises(errors.RegisterLocked) as refused:
            tick(register, actor, ["TT-02.Q1.ZF"], on=DAY)
        assert refused.value.params == {"path": str(closed), "seconds": "0.05"}
        assert register.head().seq == 2
        other.execute("ROLLBACK")
        assert tick(register, actor, ["TT-02.Q1.ZF"], on=DAY).seq == 3


def test_a_writer_waits_for_the_one_before_him(closed: Path, actor: Actor) -> None:
    first = sqlite3.connect(closed, isolation_level=None, check_same_thread=False)
    first.execute("BEGIN IMMEDIATE")
    release = threading.Timer(0.1, first.execute, ["ROLLBACK"])
    release.start()
    with Register.open(closed, 5) as register:
        assert tick(register, actor, ["TT-02.Q1.ZF"], on=DAY).seq == 3
    release.join()
    first.close()


def test_reading_goes_on_while_another_writes(closed: Path, other: sqlite3.Connection) -> None:
    with Register.open(closed, 0.05) as register:
        other.execute("BEGIN IMMEDIATE")
        other.execute("UPDATE checklist_row SET assignee='nobody yet'")
        rows = list(list_rows(register, Filter(), year=None, today=DAY).rows)
        assert {row.assignee for row in rows} == {None}
        other.execute("ROLLBACK")


def test_a_register_locked_as_a_whole_says_so(closed: Path, other: sqlite3.Connection) -> None:
    other.execute("PRAGMA locking_mode=EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    assert isinstance(_refused(closed), errors.RegisterLocked)
    other.execute("ROLLBACK")


# --- full -------------------------------------------------------------------------------------


def test_on_a_full_disk_nothing_is_changed_and_work_goes_on_once_there_is_room(
    small: Register, actor: Actor, dump: Callable[[Register], Dump]
) -> None:
    before = dump(small)
    pages = _setting(small.connection, "page_count")
    small.connection.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(errors.DiskFull) as refused:
        tick(small, actor, ["TT-01"], on=DAY, note="long " * 20_000)
    assert refused.value.params == {"path": str(small.path)}
    assert not small.connection.in_transaction
    assert dump(small) == before
    small.connection.execute("PRAGMA max_page_count=1000000")
    assert tick(small, actor, ["TT-01"], on=DAY, note="long " * 20_000).seq == 2
    assert verify(small).findings == ()


def test_a_year_that_does_not_fit_on_the_disk_is_not_started_at_all(
    empty_register: Register, actor: Actor, dump: Callable[[Register], Dump]
) -> None:
    before = dump(empty_register)
    pages = _setting(empty_register.connection, "page_count")
    for room in (0, 5, 20, 60):
        empty_register.connection.execute(f"PRAGMA max_page_count={int(str(pages)) + room}")
        with pytest.raises(errors.DiskFull):
            start_year(empty_register, actor, 2026)
        assert dump(empty_register) == before


def test_a_register_that_does_not_fit_on_the_disk_is_not_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tight = ("PRAGMA max_page_count=6", *sqlite_sql.SCHEMA)
    monkeypatch.setattr(sqlite_sql, "SCHEMA", tight)
    with pytest.raises(errors.DiskFull):
        Register.create(tmp_path / "register.db", INSTANT)
    assert list(tmp_path.iterdir()) == []


# --- damaged ----------------------------------------------------------------------------------


def _all_of(path: Path, actor: Actor) -> None:
    """Read and check all of a register, and write to it."""
    with Register.open(path, 0.05) as register:
        for _ in list_rows(register, Filter(), year=None, today=DAY).rows:
            pass
        found = verify(register).findings
        note_on(register, actor, "TT-01", "still here")
        if found:
            raise errors.RegisterDamaged(path=str(path), reason=found[0].check)


def test_a_register_cut_short_is_damaged(closed: Path, actor: Actor) -> None:
    held = closed.read_bytes()
    for part in (2, 3, 10):
        closed.write_bytes(held[: len(held) // part])
        with pytest.raises(errors.RegisterDamaged):
            _all_of(closed, actor)


def test_a_register_with_a_page_of_noise_is_damaged_whichever_page_it_is(closed: Path, actor: Actor) -> None:
    held = closed.read_bytes()
    size = int.from_bytes(held[16:18], "big")
    for start in range(size, len(held), size):
        for suffix in ("-wal", "-shm"):
            closed.with_name(closed.name + suffix).unlink(missing_ok=True)
        closed.write_bytes(held[:start] + bytes(range(255, -1, -1)) * (size // 256) + held[start + size :])
        with pytest.raises(errors.RegisterDamaged):
            _all_of(closed, actor)


@pytest.mark.parametrize("word", ["走访企业二十家", "年度事项"])
def test_text_that_is_no_longer_text_is_damage(word: str, closed: Path, actor: Actor) -> None:
    held, good = closed.read_bytes(), word.encode()
    assert good in held
    closed.write_bytes(held.replace(good, b"\xff" * len(good)))
    with pytest.raises(errors.RegisterDamaged):
        _all_of(closed, actor)


def test_a_register_with_one_changed_bit_is_read_or_refused_and_nothing_ever_breaks(closed: Path, actor: Actor) -> None:
    held = closed.read_bytes()
    broken: dict[int, str] = {}
    for number, place in enumerate(range(100, len(held), 467)):
        for suffix in ("-wal", "-shm"):
            closed.with_name(closed.name + suffix).unlink(missing_ok=True)
        changed = bytearray(held)
        changed[place] ^= 1 << number % 8
        closed.write_bytes(changed)
        try:
            _all_of(closed, actor)
        except errors.LawcheckError:
            continue
        except Exception as error:  # noqa: BLE001  # whatever it is, it is none of ours
            broken[place] = repr(error)[:80]
    assert broken == {}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"2026-06-30", b"2026-06-3q"),
        (b'"rate":{"at_least"', b'"rate":["at_least"'),
        (b"done_on TEXT", b"gone_on TEXT"),
        (b"done_on TEXT", b"done_\xd2n TEXT"),
    ],
)
def test_a_row_an_item_or_a_table_that_makes_no_sense_is_damage(
    old: bytes, new: bytes, closed: Path, actor: Actor
) -> None:
    held = closed.read_bytes()
    assert old in held
    closed.write_bytes(held.replace(old, new))
    with pytest.raises(errors.RegisterDamaged):
        _all_of(closed, actor)


def test_an_error_of_the_disk_where_nothing_is_free_is_a_full_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing() -> None:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
        with translated(tmp_path / "register.db", 1.0):
            raise error

    with pytest.raises(errors.RegisterUnreachable):
        failing()
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=1_000))
    with pytest.raises(errors.DiskFull):
        failing()
