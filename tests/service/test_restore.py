"""A backup becomes a register only where there is none, and only once it has proved to be whole."""

import json
import os
import shutil
import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lawcheck import errors
from lawcheck.core.journal import Actor
from lawcheck.service import restore as restore_module
from lawcheck.service.backup import back_up
from lawcheck.service.restore import Restored, restore
from lawcheck.service.rows import note_on, tick
from lawcheck.service.verify import verify
from lawcheck.store import file
from lawcheck.store.copying import wanted_files
from lawcheck.store.register import Register
from lawcheck.store.vault import Vault
from support import INSTANT, keep_evidence

LATER = "2026-06-18T13:02:03.000004Z"
Dump = dict[str, list[tuple[object, ...]]]


@pytest.fixture
def backed_up(small: Register, actor: Actor, tmp_path: Path) -> Path:
    """Return a backup of a register with work on it and two files of evidence."""
    tick(small, actor, ["TT-02.Q1.FZ"], on=date(2026, 4, 2), note="done")
    keep_evidence(small, actor, b"first", b"second" * 300_000)
    (tmp_path / "out").mkdir()
    back_up(small, actor, tmp_path / "out" / "b.db", force=False)
    return tmp_path / "out" / "b.db"


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Return a place where there is nothing, in a folder that is not there."""
    return tmp_path / "new" / "here" / "register.db"


def _restored(backup: Path, place: Path, **more: Any) -> Restored:
    return restore(backup, place, at=LATER, busy_seconds=2.0, **more)


def _refused(kind: type[errors.LawcheckError], backup: Path, place: Path, **more: Any) -> dict[str, object]:
    with pytest.raises(kind) as refused:
        _restored(backup, place, **more)
    assert not place.parent.exists()
    return refused.value.params


def _say(backup: Path, **parts: Any) -> None:
    path = backup.with_name(backup.name + ".manifest.json")
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | parts), encoding="utf-8")


def test_a_restored_register_is_the_one_that_was_backed_up(
    small: Register, backed_up: Path, place: Path, dump: Callable[[Register], Dump]
) -> None:
    done = _restored(backed_up, place)
    assert done == Restored(
        str(place), str(backed_up), small.id(), small.head(), 9, 2, (), INSTANT, "lihua", INSTANT, 302_400, signed=False
    )
    with Register.open(place) as register:
        assert dump(register) == dump(small)
        assert register.all("entry_all") == small.all("entry_all")
        assert verify(register).findings == ()
        assert register.pragma("journal_mode") == [("wal",)]
        for one in wanted_files(register):
            assert Vault(place).path_of(one.hash).read_bytes() == Vault(small.path).path_of(one.hash).read_bytes()
    assert sorted(path.name for path in place.parent.iterdir()) == ["register.db", "register.db.vault"]


def test_a_restored_register_is_worked_on_and_its_backup_stays_as_it_was(
    backed_up: Path, place: Path, actor: Actor
) -> None:
    before = backed_up.read_bytes()
    _restored(backed_up, place)
    with Register.open(place) as register:
        note_on(register, actor, "TT-01", "after the fire")
        assert verify(register).findings == ()
    assert backed_up.read_bytes() == before
    _restored(backed_up, place.with_name("again.db"))


def test_a_restored_register_is_for_its_owner_alone_whatever_the_umask(backed_up: Path, place: Path) -> None:
    before = os.umask(0)
    try:
        _restored(backed_up, place)
    finally:
        os.umask(before)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    folders = [place.parent.parent, place.parent, *(path for path in place.parent.rglob("*") if path.is_dir())]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folders} == {0o700}


def test_a_backup_may_have_been_given_another_name(backed_up: Path, place: Path) -> None:
    for end in ("", ".vault", ".manifest.json"):
        backed_up.with_name(backed_up.name + end).rename(backed_up.with_name("备份" + end))
    assert _restored(backed_up.with_name("备份"), place).files == 2


def test_on_a_disk_of_another_machine_there_is_no_write_ahead_log(
    backed_up: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "is_on_local_disk", lambda path: path != place)
    _restored(backed_up, place)
    with Register.open(place) as register:
        assert register.pragma("journal_mode") == [("delete",)]


@pytest.mark.parametrize("end", ["", ".vault", "-wal", "-shm", "-journal"])
def test_nothing_is_restored_over_what_is_there(end: str, backed_up: Path, place: Path) -> None:
    place.parent.mkdir(parents=True)
    there = place.with_name(place.name + end)
    there.write_bytes(b"mine")
    with pytest.raises(errors.RegisterThere) as refused:
        _restored(backed_up, place)
    assert refused.value.params == {"path": str(there)}
    assert [path.read_bytes() for path in place.parent.iterdir()] == [b"mine"]


def test_what_comes_to_be_there_meanwhile_is_not_replaced(
    backed_up: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*arguments: Any) -> Any:
        place.write_bytes(b"a colleague was faster")
        return verify(*arguments)

    monkeypatch.setattr(restore_module, "verify", slow)
    with pytest.raises(errors.RegisterThere):
        _restored(backed_up, place)
    assert place.read_bytes() == b"a colleague was faster"
    assert [path.name for path in place.parent.iterdir()] == ["register.db"]


# --- not as the manifest says -----------------------------------------------------------------


def test_a_backup_without_its_manifest_is_unfinished(backed_up: Path, place: Path) -> None:
    backed_up.with_name("b.db.manifest.json").unlink()
    assert _refused(errors.NoManifest, backed_up, place) == {"path": str(backed_up), "name": "b.db.manifest.json"}


def test_a_backup_that_is_not_there_is_named(tmp_path: Path, place: Path) -> None:
    assert _refused(errors.NoSuchFile, tmp_path / "none", place)["reason"] == "no-file"


@pytest.mark.parametrize(
    "text",
    [
        "", "{}", "[]", "null", "not JSON", "[" * 100_000, '{"lawcheck_manifest": 2}', "\x00", '"' + "x" * 1000,
        '{"lawcheck_manifest": 1, "kind": "backup"}',
    ],
)  # fmt: skip
def test_a_manifest_that_cannot_be_read_is_refused(text: str, backed_up: Path, place: Path) -> None:
    backed_up.with_name("b.db.manifest.json").write_text(text, encoding="utf-8")
    assert _refused(errors.NotABackup, backed_up, place)["reason"] == "bad-manifest"


@pytest.mark.parametrize("kind", ["a folder", "a pipe", "a link"])
def test_a_manifest_that_is_no_file_is_refused_and_not_waited_for(kind: str, backed_up: Path, place: Path) -> None:
    path = backed_up.with_name("b.db.manifest.json")
    path.rename(backed_up.with_name("elsewhere"))
    if kind == "a folder":
        path.mkdir()
    elif kind == "a pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(backed_up.with_name("elsewhere"))
    assert _refused(errors.NotABackup, backed_up, place)["reason"] == "bad-manifest"


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"kind": "export"}, "other-manifest"),
        ({"register_id": "0" * 32}, "another-register"),
        ({"head": {"seq": 1, "hash": "0" * 64}}, "another-register"),
        ({"files": []}, "bad-manifest"),
        ({"content": {}}, "bad-manifest"),
        ({"content": {"lost": 3}}, "bad-manifest"),
        ({"files": [{"name": 1, "hash": 2, "size": 3}]}, "bad-manifest"),
        ({"files": [{"name": "b.db", "hash": "sha256:" + "0" * 64, "size": 3}]}, "other-hash-of-file"),
        ({"made_at": "yesterday"}, "bad-manifest"),
    ],
)
def test_a_manifest_that_says_something_else_is_refused(
    parts: dict[str, Any], reason: str, backed_up: Path, place: Path
) -> None:
    _say(backed_up, **parts)
    assert _refused(errors.NotABackup, backed_up, place)["reason"] == reason


def test_a_manifest_of_another_register_is_refused(backed_up: Path, place: Path, actor: Actor, tmp_path: Path) -> None:
    with Register.create(tmp_path / "other.db", INSTANT) as other:
        back_up(other, actor, tmp_path / "other.backup", force=False)
    shutil.copy(tmp_path / "other.backup.manifest.json", backed_up.with_name("b.db.manifest.json"))
    assert _refused(errors.NotABackup, backed_up, place)["reason"] == "other-hash-of-file"


@pytest.mark.parametrize("names", [0, 1, 2])
def test_a_manifest_that_names_other_evidence_than_the_register_is_refused(
    names: int, backed_up: Path, place: Path
) -> None:
    path = backed_up.with_name("b.db.manifest.json")
    files = json.loads(path.read_text(encoding="utf-8"))["files"]
    extra = {"name": "../../etc/passwd", "hash": "sha256:" + "0" * 64, "size": 5}
    _say(backed_up, files=[files[:2], [*files, extra], [*files, {**extra, "hash": "../../etc/passwd"}]][names])
    assert _refused(errors.NotABackup, backed_up, place)["reason"] == ("bad-manifest" if names == 2 else "file-lost")


@pytest.mark.parametrize("offset", [0, 20, 100, 5000, 30_000, -1])
def test_a_byte_that_changed_in_the_file_is_found(offset: int, backed_up: Path, place: Path) -> None:
    content = bytearray(backed_up.read_bytes())
    content[offset] ^= 1
    backed_up.write_bytes(content)
    assert _refused(errors.NotABackup, backed_up, place) == {
        "path": str(backed_up), "reason": "other-hash-of-file", "name": "b.db",
    }  # fmt: skip


@pytest.mark.parametrize("damage", ["changed", "missing", "a link"])
def test_evidence_that_is_no_longer_whole_is_found(damage: str, backed_up: Path, place: Path) -> None:
    path = next(path for path in Vault(backed_up).folder.rglob("*") if path.is_file())
    content = path.read_bytes()
    path.unlink()
    if damage == "changed":
        path.write_bytes(content + b"x")
    elif damage == "a link":
        backed_up.with_name("elsewhere").write_bytes(content)
        path.symlink_to(backed_up.with_name("elsewhere"))
    refused = _refused(errors.NotABackup, backed_up, place)
    assert (refused["reason"], refused["name"]) == ("file-lost", f"sha256:{path.name}")


def test_a_register_that_was_tampered_with_before_is_proved_not_to_be_whole(
    small: Register, actor: Actor, place: Path, tmp_path: Path
) -> None:
    small.connection.execute("UPDATE checklist_row SET due = '2026-12-31' WHERE ref = 'TT-01'")
    back_up(small, actor, tmp_path / "b.db", force=False)
    refused = _refused(errors.NotABackup, tmp_path / "b.db", place)
    assert refused["reason"] == "not-proved"


def test_a_signature_is_looked_at_and_a_wrong_one_refuses_the_backup(backed_up: Path, place: Path) -> None:
    def wrong(document: Any) -> bool:
        raise errors.NotABackup(path=document["register_id"], reason="bad-manifest", name="")

    _refused(errors.NotABackup, backed_up, place, check=wrong)
    assert _restored(backed_up, place, check=lambda _: True).signed


# --- without a manifest -----------------------------------------------------------------------


def test_a_bare_register_is_taken_when_that_is_said_and_proved_all_the_same(
    small: Register, backed_up: Path, place: Path
) -> None:
    backed_up.with_name("b.db.manifest.json").unlink()
    done = _restored(backed_up, place, without_manifest=True)
    assert (done.head, done.files, done.made_at, done.last_at) == (small.head(), 2, None, INSTANT)
    assert Vault(place).folder.is_dir()


def test_what_still_lies_in_the_log_of_a_bare_register_comes_along(small: Register, place: Path, actor: Actor) -> None:
    note_on(small, actor, "TT-01", "only in the log")
    assert small.path.with_name("register.db-wal").stat().st_size > 0
    assert _restored(small.path, place, without_manifest=True).head == small.head()


def test_a_bare_register_that_is_not_whole_is_refused_too(small: Register, place: Path) -> None:
    small.connection.execute("UPDATE checklist_row SET due = '2026-12-31' WHERE ref = 'TT-01'")
    refused = _refused(errors.NotABackup, small.path, place, without_manifest=True)
    assert refused["reason"] == "not-proved"


def test_evidence_that_a_bare_register_lacks_is_named(backed_up: Path, place: Path) -> None:
    shutil.rmtree(Vault(backed_up).folder)
    done = _restored(backed_up, place, without_manifest=True)
    assert (done.files, len(done.lost)) == (0, 2)


@pytest.mark.parametrize("content", [b"", b"hello\n" * 1000, b"\0" * 8192, b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_file_that_is_no_register_is_refused(content: bytes, place: Path, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(content)
    refused = _refused(errors.RegisterFault, tmp_path / "x", place, without_manifest=True)
    assert refused["path"] == str(tmp_path / "x")


# --- nothing half -----------------------------------------------------------------------------


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, OSError(28, "No space left on device")])
@pytest.mark.parametrize("step", ["hashed_copy", "copy_vault", "verify", "sync_tree", "set_log", "move_in"])
def test_whatever_stops_a_restoration_leaves_nothing(
    step: str, interruption: Any, backed_up: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> Any:
        raise interruption

    monkeypatch.setattr(restore_module, step, broken)
    with pytest.raises((KeyboardInterrupt, errors.FileNotWritten)):
        _restored(backed_up, place)
    assert not place.parent.exists()
