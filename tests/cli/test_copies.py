"""Backups and what is restored from them, at the front door: interrupted, on a full disk, in both languages."""

import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lawcheck.store.register import Register
from support import ACTOR, Program, Run, keep_evidence

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


@pytest.mark.parametrize("wait", [0.3, 0.4, 0.5, 0.6, 0.8])
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
    time.sleep(wait)
    child.send_signal(signal.SIGINT)
    out, err = child.communicate(timeout=60)
    assert heavy.exists()
    if child.returncode == 0:  # it was faster
        assert "out/b.manifest.json" in _names(tmp_path)
    else:
        assert (child.returncode, out) == (130, "")
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
