"""Backups and what is restored from them, at the front door: interrupted, on a full disk, in both languages."""

import json
import os
import pty
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from lawcheck.store import file
from lawcheck.store.register import Register
from support import ACTOR, ROOT, Program, Run, keep_evidence

Front = Callable[..., Run]


def _names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_what_was_backed_up_comes_back(front: Front, lived: Path, tmp_path: Path) -> None:
    before = json.loads(front("list", "--json").out)["data"]
    assert front("backup", "-o", tmp_path / "b").code == 0
    lived.unlink()
    run = front("restore", tmp_path / "b")
    assert (run.code, run.err) == (0, "")
    assert json.loads(front("list", "--json").out)["data"] == before
    assert front("verify").code == 0


def test_whoever_runs_a_scheduler_may_make_a_backup(front: Front, lived: Path, tmp_path: Path) -> None:
    assert front("--as", "cron", "note", "TT-01", "x").code == 3
    assert front("--as", "cron", "backup", "-o", tmp_path / "b").code == 0
    assert json.loads((tmp_path / "b.manifest.json").read_text(encoding="utf-8"))["made_by"] == "cron"
    assert lived.exists()


def test_a_backup_of_a_register_that_is_not_there_makes_nothing(front: Front, tmp_path: Path) -> None:
    assert front("backup", "-o", tmp_path / "b").code == 6
    assert _names(tmp_path) == set()


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_lost_evidence_is_a_gap_and_is_named(spoken: str, front: Front, lived: Path, tmp_path: Path) -> None:
    with Register.open(lived) as register:
        hashed, _ = keep_evidence(register, ACTOR, b"gone", b"kept")
    shutil.rmtree(tmp_path / "register.db.vault" / "sha256" / hashed[7:9])
    run = front("--lang", spoken, "backup", "-o", tmp_path / "b")
    assert (run.code, run.err) == (1, "")
    assert hashed in run.out
    assert front("--lang", spoken, "restore", tmp_path / "b", "--register", tmp_path / "r.db", "--json").code == 1


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["backup"], 2, "'--out' is missing."),
        (["backup", "-o", "-"], 2, "'-'"),
        (["export", "-o", "-"], 2, "'-'"),
        (["backup", "-o", "b", "--format", "csv"], 2, "--format csv"),
        (["restore", "register.db", "--register", "new.db", "--format", "csv"], 2, "--format csv"),
        (["export", "-o", "a.zip", "--format", "csv"], 2, "--format csv"),
        (["import", "a.zip", "--register", "new.db", "--format", "csv"], 2, "--format csv"),
        (["export", "-o", "register.db"], 4, "belongs to the register itself."),
        (["import", "none.zip", "--register", "new.db"], 3, "there is no such file."),
        (["import", "register.db", "--register", "new.db"], 5, "it is no archive, or not all of it."),
        (["import", "none.zip"], 4, "There is something at"),
        (["backup", "-o", "register.db"], 4, "belongs to the register itself."),
        (["backup", "-o", "none/b"], 6, "there is no such folder."),
        (["backup", "-o", "/proc/b"], 6, "cannot be written"),
        (["restore", "none", "--register", "new.db"], 3, "there is no such file."),
        (["restore", "none"], 4, "There is something at"),
        (["restore", "register.db", "--register", "new.db"], 5, "The manifest 'register.db.manifest.json'"),
        (["restore", "/dev/zero", "--register", "new.db", "--without-manifest"], 6, "is no lawcheck register"),
        (["restore", "/dev/zero", "--register", "new.db"], 5, "The manifest 'zero.manifest.json'"),
        (["restore", "/", "--register", "new.db", "--without-manifest"], 6, "is a folder, not a register."),
    ],
)
def test_a_refusal_names_what_is_wrong(
    arguments: list[str],
    code: int,
    says: str,
    front: Front,
    started: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    before = _names(tmp_path)
    run = front(*arguments)
    assert (run.code, run.out) == (code, "")
    assert says in run.err
    assert _names(tmp_path) == before
    assert started.exists()


@pytest.fixture
def heavy(program: Program, started: Path) -> Path:
    """Return a register with so much evidence that its backup takes a while."""
    with Register.open(started) as register:
        keep_evidence(register, ACTOR, *(bytes([n]) * 3_000_000 for n in range(40)))
    assert started == program.register
    return started


@pytest.mark.parametrize("wait", [0, 0.02, 0.05, 0.1, 0.2])
def test_an_interrupted_backup_leaves_nothing_half(wait: float, heavy: Path, program: Program, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    before = _names(tmp_path)
    child = subprocess.Popen(
        [sys.executable, "-m", "lawcheck", "backup", "-o", "out/b"],
        cwd=tmp_path,
        env=program.env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while child.poll() is None and not any((tmp_path / "out").iterdir()):
        time.sleep(0.002)
    time.sleep(wait)
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=60)
    assert heavy.exists()
    if "out/b.manifest.json" in _names(tmp_path):  # it was faster; the interrupt may have met Python at its end
        assert child.returncode in (0, 130, -signal.SIGINT)
    else:
        assert (child.returncode, out) == (130, "")
        if err:  # nothing is said where the program had not begun to speak
            assert "Interrupted; nothing was changed by this command." in err
        assert _names(tmp_path) == before


def test_a_long_backup_shows_how_far_it_is(heavy: Path, program: Program, tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    slow = "import time, lawcheck.cli.progress as p; p.PATIENCE_SECONDS = 0; from lawcheck.cli import enter; enter()"
    child = subprocess.Popen(
        [sys.executable, "-c", slow, "backup", "-o", "b"],
        cwd=tmp_path,
        env=program.env,
        stdout=subprocess.PIPE,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            break
        shown += piece
    assert child.stdout is not None
    child.stdout.close()
    os.close(ours)
    assert child.wait(60) == 0
    assert b"Backing up" in shown
    assert b"100%" in shown or b"%" in shown
    assert heavy.exists()


# --- a register of an older version -----------------------------------------------------------


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return Path(shutil.copy(ROOT / "tests" / "registers" / "schema-1.register", tmp_path / "register.db"))


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("list", "--json"),
        ("tick", "TT-02.Q3.FZ", "--on", "unstated"),
        ("verify",),
        ("backup", "-o", "b"),
        ("start", "2027"),
    ],
)
def test_any_command_upgrades_a_register_first_and_says_so_once(
    arguments: tuple[str, ...], front: Front, old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = front(*arguments)
    (backup,) = tmp_path.glob("register.db.schema-1.*.backup")
    assert run.code == 0
    assert run.err == f"The register {old} was upgraded from format 1 to 2. As it was before: {backup}\n"
    assert front("verify").err == ""


def test_completion_upgrades_nothing(old: Path, program: Program) -> None:
    before = old.read_bytes()
    run = program(env={"_LAWCHECK_COMPLETE": "complete_bash", "COMP_WORDS": "lawcheck tick TT", "COMP_CWORD": "2"})
    assert (run.code, run.out.strip(), run.err) == (0, "", "")
    assert old.read_bytes() == before


def test_an_old_demonstration_is_made_anew_all_the_same(front: Front, tmp_path: Path) -> None:
    place = tmp_path / "home" / ".local" / "share" / "lawcheck" / "demo-2022.db"
    place.parent.mkdir(parents=True)
    shutil.copy(ROOT / "tests" / "registers" / "schema-1.register", place)
    assert front("demo", "--fresh").code == 0
    assert [path.name for path in place.parent.iterdir()] == ["demo-2022.db"]


# --- a register on a disk of another machine --------------------------------------------------


@pytest.mark.parametrize("arguments", [(), ("verify",), ("verify", "--json"), ("start", "2027")])
def test_a_register_on_a_network_drive_is_warned_of_once(
    arguments: tuple[str, ...], front: Front, lived: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "is_on_local_disk", lambda _: False)
    run = front(*arguments)
    assert run.code == 0
    assert run.err.startswith(f"Warning: the register {lived} lies on a network drive")
    assert run.err.count("\n") == 1
    assert "Warning" not in run.out


def test_everyday_commands_do_not_warn_of_a_network_drive_each_time(
    front: Front, lived: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert lived.exists()
    monkeypatch.setattr(file, "is_on_local_disk", lambda _: False)
    for arguments in (("list",), ("next",), ("tick", "TT-02.Q2.ZF", "--on", "unstated"), ("show", "TT-01")):
        run = front(*arguments)
        assert (run.code, run.err) == (0, "")


def test_a_register_that_was_moved_to_a_network_drive_gives_up_its_log(
    front: Front, lived: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def log() -> str:
        with closing(sqlite3.connect(lived)) as connection:
            return str(connection.execute("PRAGMA journal_mode").fetchone()[0])

    assert log() == "wal"
    monkeypatch.setattr(file, "is_on_local_disk", lambda _: False)
    assert front("list").code == 0
    assert log() == "delete"


# --- signed -----------------------------------------------------------------------------------


@pytest.fixture
def signed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have every manifest signed."""
    key = tmp_path / "key.pem"
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", str(key)], check=True)
    monkeypatch.setenv("LAWCHECK_SIGNING_KEY", str(key))


def _with_another_signature(text: bytes) -> bytes:
    manifest = json.loads(text)
    value = manifest["signature"]["value"]
    manifest["signature"]["value"] = ("B" if value[0] == "A" else "A") + value[1:]
    return json.dumps(manifest).encode()


@pytest.mark.usefixtures("signed", "lived")
def test_a_signed_archive_comes_back_and_a_wrong_signature_makes_nothing(front: Front, tmp_path: Path) -> None:
    assert "(signed)" in front("export", "-o", tmp_path / "a.zip").out
    run = front("import", tmp_path / "a.zip", "--register", tmp_path / "new.db")
    assert (run.code, "(signed)" in run.out) == (0, True)
    with zipfile.ZipFile(tmp_path / "a.zip") as held, zipfile.ZipFile(tmp_path / "b.zip", "w") as other:
        for name in held.namelist():
            content = held.read(name)
            part = zipfile.ZipInfo(name)
            other.writestr(part, _with_another_signature(content) if name == "manifest.json" else content)
    run = front("import", tmp_path / "b.zip", "--register", tmp_path / "other.db")
    assert (run.code, run.out) == (5, "")
    assert "signature" in run.err
    assert not (tmp_path / "other.db").exists()


@pytest.mark.usefixtures("signed", "lived")
def test_a_signed_archive_gives_the_same_bytes_there_and_back(front: Front, tmp_path: Path) -> None:
    for arguments in (
        ["export", "-o", tmp_path / "a.zip"],
        ["import", tmp_path / "a.zip", "--register", tmp_path / "new.db"],
        ["--register", tmp_path / "new.db", "export", "-o", tmp_path / "b.zip"],
    ):
        assert front(*arguments).code == 0
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


@pytest.mark.usefixtures("signed", "lived")
def test_a_signed_backup_comes_back_and_a_wrong_signature_makes_nothing(front: Front, tmp_path: Path) -> None:
    assert "(signed)" in front("backup", "-o", tmp_path / "b").out
    run = front("restore", tmp_path / "b", "--register", tmp_path / "new.db")
    assert (run.code, "(signed)" in run.out) == (0, True)
    manifest = tmp_path / "b.manifest.json"
    manifest.write_bytes(_with_another_signature(manifest.read_bytes()))
    run = front("restore", tmp_path / "b", "--register", tmp_path / "other.db")
    assert (run.code, run.out) == (5, "")
    assert not (tmp_path / "other.db").exists()
