"""A backup holds one moment whole, whoever writes meanwhile, or nothing of it is there."""

import io
import json
import os
import shutil
import sqlite3
import stat
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lawcheck import errors
from lawcheck.core.journal import Actor, Change
from lawcheck.service import backup as backup_module
from lawcheck.service.backup import BackedUp, back_up
from lawcheck.service.rows import note_on, tick
from lawcheck.service.verify import verify
from lawcheck.store import copying
from lawcheck.store.file import SCHEMA_VERSION
from lawcheck.store.register import Register
from lawcheck.store.vault import Vault
from support import INSTANT, TODAY, keep_evidence

Dump = dict[str, list[tuple[object, ...]]]


@pytest.fixture
def proved(small: Register, actor: Actor) -> Register:
    """Return a register with work on it and three files of evidence."""
    tick(small, actor, ["TT-02.Q1.FZ"], on=date(2026, 4, 2), note="done")
    keep_evidence(small, actor, b"first", b"second" * 300_000, b"")
    return small


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Return a folder for backups."""
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


def _manifest(file: Path) -> dict[str, Any]:
    held: dict[str, Any] = json.loads(file.with_name(file.name + ".manifest.json").read_text(encoding="utf-8"))
    return held


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def _refused(kind: type[errors.LawcheckError], register: Register, actor: Actor, file: Path, **more: Any) -> Any:
    with pytest.raises(kind) as refused:
        back_up(register, actor, file, **{"force": False, **more})
    return refused.value.params


# --- what it holds ----------------------------------------------------------------------------


def test_a_backup_is_a_register_with_its_evidence_and_a_manifest(
    proved: Register, actor: Actor, out: Path, dump: Callable[[Register], Dump]
) -> None:
    done = back_up(proved, actor, out / "b.db", force=False)
    hashes = sorted(str(values[6]) for values in proved.all("evidence_all"))
    names = [f"b.db.vault/sha256/{one[7:9]}/{one[7:]}" for one in hashes]
    assert done == BackedUp(
        str(out / "b.db"), str(out / "b.db.manifest.json"), str(proved.path), proved.id(), proved.head(), 9, 3,
        done.size, (), signed=False,
    )  # fmt: skip
    assert sorted(_files(out)) == sorted(["b.db", "b.db.manifest.json", *names])
    with Register.open(out / "b.db") as copy:
        assert dump(copy) == dump(proved)
        assert copy.all("entry_all") == proved.all("entry_all")
        assert verify(copy).findings == ()
        assert copy.pragma("journal_mode") == [("delete",)]
    assert [Vault(out / "b.db").path_of(one).read_bytes() for one in hashes] == [
        Vault(proved.path).path_of(one).read_bytes() for one in hashes
    ]


def test_the_manifest_names_the_head_and_every_file(proved: Register, actor: Actor, out: Path) -> None:
    done = back_up(proved, actor, out / "b.db", force=False)
    held = _manifest(out / "b.db")
    files = held.pop("files")
    assert held == {
        "lawcheck_manifest": 1,
        "kind": "backup",
        "register_id": proved.id(),
        "head": {"seq": proved.head().seq, "hash": proved.head().hash},
        "made_at": INSTANT,
        "made_by": "lihua",
        "content": {"entries": proved.head().seq, "rows": 9, "schema": SCHEMA_VERSION, "lost": []},
    }
    assert [one["name"] for one in files] == ["b.db", *sorted(name for name in _files(out) if ".vault/" in name)]
    for one in files:
        algorithm = one["hash"].partition(":")[0]
        assert copying.hash_of_file(out / one["name"], algorithm, lambda _: None) == one["hash"]
        assert (out / one["name"]).stat().st_size == one["size"]
    assert done.size == sum(one["size"] for one in files)


def test_a_backup_is_for_its_owner_alone_whatever_the_umask(proved: Register, actor: Actor, out: Path) -> None:
    before = os.umask(0)
    try:
        back_up(proved, actor, out / "b.db", force=False)
    finally:
        os.umask(before)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in out.rglob("*") if path.is_dir()}
    assert modes == {0o700}
    assert stat.S_IMODE((out / "b.db").stat().st_mode) == 0o600
    assert stat.S_IMODE((out / "b.db.manifest.json").stat().st_mode) == 0o600
    assert {stat.S_IMODE(path.stat().st_mode) for path in (out / "b.db.vault").rglob("*") if path.is_file()} == {0o400}


def test_evidence_under_another_hash_is_proved_by_that(proved: Register, actor: Actor, out: Path) -> None:
    (hashed,) = keep_evidence(proved, actor, b"by sm3", algorithm="sm3")
    back_up(proved, actor, out / "b.db", force=False)
    assert Vault(out / "b.db").path_of(hashed).read_bytes() == b"by sm3"
    assert hashed in [one["hash"] for one in _manifest(out / "b.db")["files"]]


def test_what_was_purged_or_belongs_to_nothing_is_not_in_a_backup(proved: Register, actor: Actor, out: Path) -> None:
    purged, kept = keep_evidence(proved, actor, b"secret", b"to be kept")
    with proved.transaction():
        proved.record(actor, "evidence purge", [Change("evidence", "2026/TT-01#4", "purged_on", None, TODAY)])
    Vault(proved.path).keep(io.BytesIO(b"nobody's"), 8)
    back_up(proved, actor, out / "b.db", force=False)
    assert Vault(proved.path).holds(purged)
    assert not Vault(out / "b.db").holds(purged)
    assert Vault(out / "b.db").holds(kept)
    assert not any(content in (b"secret", b"nobody's") for content in _files(out).values())


@pytest.mark.parametrize("damage", ["missing", "changed", "a link", "a folder"])
def test_evidence_that_is_lost_is_named_and_the_rest_is_kept(
    damage: str, proved: Register, actor: Actor, out: Path
) -> None:
    hashes = [one.hash for one in copying.wanted_files(proved)]
    path = Vault(proved.path).path_of(hashes[1])
    path.unlink()
    if damage == "changed":
        path.write_bytes(b"something else")
    elif damage == "a link":
        (out.parent / "elsewhere").write_bytes(b"second" * 300_000)
        path.symlink_to(out.parent / "elsewhere")
    elif damage == "a folder":
        path.mkdir()
    done = back_up(proved, actor, out / "b.db", force=False)
    assert (done.files, done.lost) == (2, (hashes[1],))
    assert _manifest(out / "b.db")["content"]["lost"] == [hashes[1]]
    assert not Vault(out / "b.db").holds(hashes[1])


def test_evidence_purged_amid_a_backup_is_in_no_backup_and_not_lost(
    proved: Register, actor: Actor, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (secret,) = keep_evidence(proved, actor, b"secret")
    purged: list[str] = []

    def slow(*arguments: Any) -> Any:
        if not purged:
            purged.append(secret)
            with Register.open(proved.path) as other, other.transaction():
                other.record(actor, "evidence purge", [Change("evidence", "2026/TT-01#4", "purged_on", None, TODAY)])
            Vault(proved.path).purge(secret)
        return copying.copy_file(*arguments)

    monkeypatch.setattr(backup_module, "copy_file", slow)
    done = back_up(proved, actor, out / "b.db", force=False)
    assert (done.head, done.files, done.lost) == (proved.head(), 3, ())
    with Register.open(out / "b.db") as copy:
        assert copy.head() == proved.head()


def test_a_backup_holds_one_moment_while_others_write(proved: Register, actor: Actor, out: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        with Register.open(proved.path) as other:
            while not stop.is_set():
                note_on(other, actor, "TT-01", "again")

    writers = [threading.Thread(target=write) for _ in range(2)]
    for one in writers:
        one.start()
    try:
        heads = [back_up(proved, actor, out / f"b{n}.db", force=False).head for n in range(4)]
    finally:
        stop.set()
        for one in writers:
            one.join()
    assert [head.seq for head in heads] == sorted(head.seq for head in heads)
    assert proved.head().seq > heads[0].seq
    for n, head in enumerate(heads):
        with Register.open(out / f"b{n}.db") as copy:
            assert copy.head() == head
            assert verify(copy).findings == ()


def test_a_backup_of_a_register_that_others_may_not_write_works_too(
    proved: Register, actor: Actor, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    proved.close()
    real = os.access
    monkeypatch.setattr(
        os, "access", lambda path, mode: not (path == proved.path and mode == os.W_OK) and real(path, mode)
    )
    with Register.open(proved.path) as register:
        assert register.read_only
        assert back_up(register, actor, out / "b.db", force=False).files == 3


def test_progress_counts_up_to_the_end(proved: Register, actor: Actor, out: Path) -> None:
    told: list[tuple[int, int]] = []
    back_up(proved, actor, out / "b.db", force=False, progress=lambda done, of: told.append((done, of)))
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]


# --- where it goes ----------------------------------------------------------------------------


def test_an_earlier_backup_goes_only_by_force_and_then_as_a_whole(proved: Register, actor: Actor, out: Path) -> None:
    back_up(proved, actor, out / "b.db", force=False)
    before = _files(out)
    assert _refused(errors.FileThere, proved, actor, out / "b.db") == {"path": str(out / "b.db")}
    assert _files(out) == before
    (out / "b.db-wal").write_bytes(b"left by somebody who opened it")
    with proved.transaction():
        gone = [Change("evidence", f"2026/TT-01#{n}", "purged_on", None, TODAY) for n in (1, 2, 3)]
        proved.record(actor, "evidence purge", gone)
    done = back_up(proved, actor, out / "b.db", force=True)
    assert done.head == proved.head()
    assert sorted(_files(out)) == ["b.db", "b.db.manifest.json"]
    assert not (out / "b.db.vault").exists()


@pytest.mark.parametrize("there", ["b.db", "b.db.vault", "b.db.manifest.json"])
def test_what_is_no_finished_backup_is_not_replaced_even_by_force(
    there: str, proved: Register, actor: Actor, out: Path
) -> None:
    (out / there).write_bytes(b"somebody's letter")
    assert _refused(errors.FileThere, proved, actor, out / "b.db") == {"path": str(out / there)}
    assert _refused(errors.NotReplaced, proved, actor, out / "b.db", force=True) == {"path": str(out / there)}
    assert _files(out) == {there: b"somebody's letter"}


def test_another_register_is_not_replaced_even_by_force(proved: Register, actor: Actor, out: Path) -> None:
    shutil.copy(proved.path, out / "live.db")
    before = _files(out)
    _refused(errors.NotReplaced, proved, actor, out / "live.db", force=True)
    assert _files(out) == before


@pytest.mark.parametrize(
    "name", ["register.db", "register.db-wal", "register.db.vault", "register.db.vault/b.db", "hard", "soft"]
)
def test_the_register_is_never_written_over_by_its_own_backup(
    name: str, proved: Register, actor: Actor, tmp_path: Path
) -> None:
    (tmp_path / "hard").hardlink_to(proved.path)
    (tmp_path / "soft").symlink_to(proved.path)
    head = proved.head()
    _refused(errors.BackupOntoItself, proved, actor, tmp_path / name, force=True)
    assert proved.head() == head
    assert verify(proved).findings == ()


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("none/b.db", "no-folder"),
        ("file/b.db", "no-folder"),
        ("folder", "not-a-file"),
        ("x" * 300, "File name too long"),
        ("nul\0byte", "embedded null byte"),
    ],
)
def test_a_place_that_cannot_be_written_is_named(
    name: str, reason: str, proved: Register, actor: Actor, out: Path
) -> None:
    (out / "file").touch()
    (out / "folder").mkdir()
    assert _refused(errors.FileNotWritten, proved, actor, out / name)["reason"] == reason
    assert sorted(path.name for path in out.iterdir()) == ["file", "folder"]


def test_what_a_link_points_to_is_written_and_the_link_stays(proved: Register, actor: Actor, out: Path) -> None:
    (out / "disk").mkdir()
    (out / "latest").symlink_to(out / "disk" / "b.db")
    back_up(proved, actor, out / "latest", force=False)
    assert (out / "latest").is_symlink()
    assert (out / "disk" / "b.db.manifest.json").is_file()


# --- nothing half -----------------------------------------------------------------------------


def test_a_disk_without_room_is_known_before_anything_is_written(
    proved: Register, actor: Actor, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**6, 10**6, 100))
    assert _refused(errors.FileNotWritten, proved, actor, out / "b.db")["reason"] == "no-room"
    assert list(out.iterdir()) == []


STEPS = ["copy_register", "copy_file", "first_fault", "Hashing", "new_file", "sync_tree", "sync_file", "move_in"]


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, OSError(28, "No space left on device"), MemoryError])
@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("force", [False, True])
def test_whatever_stops_a_backup_leaves_what_was_there_before(
    force: bool,
    step: str,
    interruption: Any,
    proved: Register,
    actor: Actor,
    out: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if force:
        back_up(proved, actor, out / "b.db", force=False)
    before = _files(out)

    def broken(*_: Any, **__: Any) -> Any:
        raise interruption

    monkeypatch.setattr(backup_module, step, broken)
    with pytest.raises((KeyboardInterrupt, errors.FileNotWritten, MemoryError)):
        back_up(proved, actor, out / "b.db", force=force)
    assert _files(out) == before
    assert [path.name for path in out.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("failing", range(6))
def test_a_move_that_fails_puts_all_back(
    failing: int, proved: Register, actor: Actor, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(proved, actor, out / "b.db", force=False)
    before = _files(out)
    real = Path.rename
    moved: list[Path] = []

    def rename(path: Path, target: Path) -> Path:
        moved.append(path)
        if len(moved) == failing + 1:
            raise OSError(5, "Input/output error")
        return real(path, target)

    monkeypatch.setattr(Path, "rename", rename)
    assert _refused(errors.FileNotWritten, proved, actor, out / "b.db", force=True)["reason"] == "Input/output error"
    assert len(moved) > failing
    assert _files(out) == before


def test_a_copy_that_reads_back_as_something_else_is_no_backup(
    proved: Register, actor: Actor, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def careless(source: Path, place: Path, told: Any) -> bool:
        there = copying.copy_file(source, place, told)
        place.chmod(0o600)
        place.write_bytes(b"rot")
        return there

    monkeypatch.setattr(backup_module, "copy_file", careless)
    assert _refused(errors.FileNotWritten, proved, actor, out / "b.db") == {
        "path": str(out / "b.db"),
        "reason": "read-back",
    }
    assert list(out.iterdir()) == []


def test_a_damaged_register_is_named_as_such(proved: Register, actor: Actor, out: Path) -> None:
    proved.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (root,) = proved.connection.execute("SELECT rootpage FROM sqlite_master WHERE name='checklist_row'").fetchone()
    ((size,),) = proved.pragma("page_size")
    proved.close()
    with proved.path.open("r+b") as file:
        file.seek((root - 1) * size + 3)
        file.write(b"\xff\xff")
    with Register.open(proved.path) as damaged:
        refused = _refused(errors.RegisterDamaged, damaged, actor, out / "b.db")
    assert refused["path"] == str(proved.path)
    assert list(out.iterdir()) == []


def test_a_chain_with_a_broken_link_is_no_backup(proved: Register, actor: Actor, out: Path) -> None:
    proved.connection.execute("DROP TRIGGER entry_only_redacted")
    proved.connection.execute("UPDATE entry SET prev = hash WHERE seq = 3")
    assert _refused(errors.RegisterDamaged, proved, actor, out / "b.db")["reason"] == "unchained"


def test_memory_stays_flat_whatever_the_size(proved: Register, actor: Actor, out: Path) -> None:
    with sqlite3.connect(proved.path) as other:
        other.execute("CREATE TABLE filler (body TEXT)")
        other.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
            " INSERT INTO filler SELECT hex(randomblob(2000)) FROM n"
        )
    other.close()
    import tracemalloc

    tracemalloc.start()
    back_up(proved, actor, out / "b.db", force=False)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 << 20
