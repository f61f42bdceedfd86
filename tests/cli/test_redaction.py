"""What the front door says of erasing, in both languages, and how it leaves."""

import json
import os
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from support import Program, Run

Front = Callable[..., Run]


@pytest.fixture
def noted(front: Front, lived: Path) -> Path:
    """Return a register whose last entry is a note on TT-01."""
    assert front("note", "TT-01", "举报人张三\n住某路").code == 0
    return lived


def _last(front: Front) -> int:
    seq: int = json.loads(front("log", "--json").out)["data"]["head"]["seq"]
    return seq


@pytest.mark.parametrize(
    "arguments",
    [
        ("redact",),
        ("redact", "2"),
        ("redact", "--why", "x"),
        ("redact", "x", "--why", "y"),
        ("redact", "2", "--why", " "),
        ("redact", "2", "--why", "y", "--only", "a b"),
        ("redact", "9" * 30, "--why", "y"),
        ("redact", "2", "--finish"),
        ("redact", "--finish", "--dry-run"),
        ("redact", "--finish", "--why", "y"),
        ("redact", "2", "--why", "y", "--format", "csv"),
    ],
)
def test_what_cannot_be_read_is_a_usage_fault_and_changes_nothing(
    arguments: tuple[str, ...], front: Front, noted: Path
) -> None:
    assert noted.exists()
    before = _last(front)
    run = front(*arguments)
    assert (run.code, run.out) == (2, "")
    assert run.err.count("\n") == 2
    assert _last(front) == before


def test_a_trial_run_shows_the_words_on_lines_of_their_own_and_the_redaction_shows_none(
    front: Front, noted: Path
) -> None:
    assert noted.exists()
    seq = str(_last(front))
    tried = front("redact", seq, "--why", "法定", "--dry-run")
    assert (tried.code, tried.err) == (0, "")
    assert "举报人张三 住某路" in tried.out
    done = front("redact", f"#{seq}", "--why", "法定")
    assert (done.code, done.err) == (0, "")
    assert "张三" not in done.out
    assert "张三" not in front("log", "TT-01").out + front("show", "TT-01").out + front("log", "--json").out


def test_the_log_says_which_entry_was_redacted_by_which_and_why(front: Front, noted: Path) -> None:
    assert noted.exists()
    seq = _last(front)
    front("redact", str(seq), "--why", "法定")
    entries = json.loads(front("log", "--json").out)["data"]["entries"]
    told = {one["seq"]: [one[name] for name in ("redacted", "redacted_by", "redacts", "why")] for one in entries}
    assert told[seq] == [True, seq + 1, [], "法定"]
    assert told[seq + 1] == [False, None, [seq], "法定"]
    assert told[seq - 1] == [False, None, [], None]
    (changed,) = [one["changes"] for one in entries if one["seq"] == seq]
    assert [one[3:] for one in changed] == [[None, {"on_date": "2026-06-15", "person": "lihua", "text": "█████"}]]


def test_while_somebody_reads_it_leaves_with_one_and_is_finished_later(program: Program, noted: Path) -> None:
    assert noted == program.register
    wait = {"LAWCHECK_BUSY_SECONDS": "0.2"}
    seq = str(json.loads(program("log", "--json").out)["data"]["head"]["seq"])
    with closing(sqlite3.connect(noted, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM note").fetchone()
        run = program("redact", seq, "--why", "法定", env=wait)
        assert (run.code, run.err) == (1, "")
        assert "others read or write the register" in run.out
        again = program("redact", "--finish", "--json", env=wait)
        assert (again.code, json.loads(again.out)["data"]["unswept"]) == (1, "busy")
    assert program("redact", "--finish").code == 0
    assert "张三".encode() not in b"".join(one.read_bytes() for one in noted.parent.glob("register.db*"))
    assert program("verify").code == 0


@pytest.mark.skipif(os.getuid() == 0, reason="root may write everywhere")
def test_a_register_that_cannot_be_written_is_left_as_it_is(front: Front, noted: Path) -> None:
    noted.chmod(stat.S_IRUSR)
    assert front("redact", "2", "--why", "法定").code == 6
    assert front("redact", "--finish").code == 6
