"""Reminders on the command line: a scheduler's list, the calendar file, the board with cases, on a narrow terminal."""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import run as run_process
from typing import Any

import icalendar
import pytest

from lawcheck.core.journal import Actor
from lawcheck.service.cases import open_case, record_milestone
from lawcheck.store.register import Register
from support import Program, Run

Front = Callable[..., Run]
OVERDUE = ("list", "--overdue", "--fail")


@pytest.fixture
def with_case(started: Path, actor: Actor) -> Path:
    """A register with the small year and a case whose decision is to be published."""
    later = actor._replace(today="2026-09-28")
    with Register.open(started) as register:
        open_case(register, later, "AJ", number="海市监处罚〔2026〕88号", title="无照经营", on="2026-08-03", facts=[])
        record_milestone(register, later, "AJ-01", "filed", "2026-08-10")
        record_milestone(register, later, "AJ-01", "decided", "2026-09-24")
    return started


def _on(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    monkeypatch.setenv("LAWCHECK_TODAY", day)


# --- a scheduler ------------------------------------------------------------------------------


def test_a_scheduler_hears_nothing_while_nothing_is_overdue(
    front: Front, started: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert started.exists()
    _on(monkeypatch, "2026-03-31")
    assert front(*OVERDUE) == Run(0, "", "")
    _on(monkeypatch, "2026-04-01")
    run = front(*OVERDUE)
    assert (run.code, run.err) == (1, "")
    assert [line.split()[0] for line in run.out.splitlines()[1:4]] == ["TT-01", "TT-02.Q1.FZ", "TT-02.Q1.ZF"]


def test_a_scheduler_is_told_of_rows_of_cases(front: Front, with_case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert with_case.exists()
    _on(monkeypatch, "2026-09-28")
    front("na", "TT-01", "TT-02.Q1.FZ", "TT-02.Q1.ZF", "TT-02.Q2.FZ", "TT-02.Q2.ZF", "--why", "x")
    front("na", "TT-02.Q3.FZ", "TT-02.Q3.ZF", "--why", "x")
    _on(monkeypatch, "2026-10-12")
    assert front(*OVERDUE) == Run(0, "", "")
    _on(monkeypatch, "2026-10-13")
    run = front(*OVERDUE, "--json")
    held = json.loads(run.out)
    assert (run.code, held["status"], held["exit_code"]) == (1, "gaps", 1)
    assert [(row["ref"], row["days_overdue"], row["working_days_left"]) for row in held["data"]["rows"]] == [
        ("AJ-01.PUB", 1, 0)
    ]


def test_a_program_gets_its_envelope_also_when_nothing_is_overdue(
    front: Front, started: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert started.exists()
    _on(monkeypatch, "2026-03-31")
    run = front(*OVERDUE, "--json")
    assert (run.code, json.loads(run.out)["data"]["rows"]) == (0, [])


def test_working_days_are_said_in_the_help(front: Front) -> None:
    assert "due within this many working days" in " ".join(re.sub("[│╭╮╰╯─]", " ", front("list", "--help").out).split())


# --- the board --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spoken", "lines"),
    [
        ("en", ["7 rows overdue", "1 row due soon (cases: 1)"]),
        ("zh", ["逾期7行", "临近期限1行（案件1行）"]),
    ],
)
def test_the_board_says_whose_rows_press(
    spoken: str, lines: list[str], front: Front, with_case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert with_case.exists()
    _on(monkeypatch, "2026-10-09")
    out = front("--lang", spoken).out
    assert [line for line in out.splitlines() if line in lines] == lines
    _on(monkeypatch, "2026-10-13")
    heads = {"en": "8 rows overdue (2026: 7, cases: 1)", "zh": "逾期8行（2026年7行、案件1行）"}
    assert heads[spoken] in front("--lang", spoken).out.splitlines()


def test_the_board_warns_from_november_on_that_the_next_notice_is_missing(
    front: Front, started: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert started.exists()
    warning = "The holidays of 2027 are not known yet: lawcheck calendar import FILE takes over the notice."
    for day, told in (("2026-10-31", False), ("2026-11-01", True)):
        _on(monkeypatch, day)
        assert (warning in front().out.splitlines()) is told
        warnings = json.loads(front("--json").out)["data"]["warnings"]
        assert warnings == ([{"code": "holidays-unknown", "year": 2027}] if told else [])


def test_what_reaches_into_an_unknown_year_is_marked_and_the_mark_explained(
    front: Front, started: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Register.open(started) as register, register.transaction():
        register.connection.execute("UPDATE checklist_row SET due='2027-01-04' WHERE ref='TT-02.Q4.FZ'")
    note = "? reaches into a year without a notice of holidays: left out are its weekends and what the law fixes"
    _on(monkeypatch, "2026-12-30")
    for command in ((), ("next",), ("list",)):
        out = front(*command).out
        assert "2 working days left?" in out
        assert note in out.splitlines()
    assert note not in front("list", "TT-02.Q3").out
    (row,) = json.loads(front("list", "TT-02.Q4.FZ", "--json").out)["data"]["rows"]
    assert (row["working_days_left"], row["working_days_provisional"]) == (2, True)


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_days_left_stand_readably_on_a_narrow_terminal(
    spoken: str, on_terminal: Callable[..., Run], program: Program, with_case: Path
) -> None:
    assert with_case == program.register
    run = on_terminal("next", "--lang", spoken, columns=80, env={"LAWCHECK_TODAY": "2026-09-30", "NO_COLOR": "1"})
    words = {"en": ["4", "working", "days", "left"], "zh": ["还剩4个工作日"]}[spoken]
    plain = re.sub("\x1b\\[[0-9;]*m", "", run.out)
    assert run.code == 0
    assert all(word in plain for word in words)
    assert "AJ-01.PUB" in plain
    assert "2026-10-12" in plain


# --- the calendar file ------------------------------------------------------------------------


def test_due_days_are_written_to_a_file_once_and_again_by_force(
    front: Front, with_case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert with_case.exists()
    _on(monkeypatch, "2026-09-28")
    path = tmp_path / "due.ics"
    assert front("calendar", "ics", "-o", path) == Run(0, f"11 due days written to {path}\n", "")
    content = path.read_bytes()
    assert len(icalendar.Calendar.from_ical(content).walk("VEVENT")) == 11
    again = front("calendar", "ics", "-o", path)
    assert (again.code, again.out) == (4, "")
    assert again.err == (
        f"Error: There is a file '{path}' already.\n"
        "Say --force to put another in its place, or name another file. Nothing was changed.\n"
    )
    assert front("calendar", "ics", "-o", path, "--force", "--json").code == 0
    assert path.read_bytes() == content


def test_an_event_that_moves_keeps_its_uid_and_gets_a_higher_sequence(
    front: Front, with_case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert with_case.exists()
    _on(monkeypatch, "2026-09-28")

    def published(name: str) -> tuple[str, int, str]:
        assert front("calendar", "ics", "-o", tmp_path / name).code == 0
        events: list[Any] = icalendar.Calendar.from_ical((tmp_path / name).read_bytes()).walk("VEVENT")
        (one,) = [event for event in events if "AJ-01.PUB" in event["uid"]]
        return str(one["uid"]), int(one["sequence"]), str(one.decoded("dtstart"))

    uid, sequence, day = published("one.ics")
    assert day == "2026-10-12"
    assert front("case", "milestone", "AJ-01", "decided", "2026-09-28", "--correct", "--why", "x").code == 0
    moved = published("two.ics")
    assert moved[0] == uid
    assert moved[1] > sequence
    assert moved[2] == "2026-10-13"


def test_due_days_go_to_standard_output_as_they_are(program: Program, with_case: Path) -> None:
    assert with_case == program.register
    command = [sys.executable, "-m", "lawcheck", "calendar", "ics", "-o", "-", "--unit", "ZF", "--within", "10"]
    env = {**program.env, "LAWCHECK_TODAY": "2026-09-28"}
    done = run_process(command, env=env, capture_output=True, check=True)
    assert (done.stdout[:17], done.stderr) == (b"BEGIN:VCALENDAR\r\n", b"")
    events = icalendar.Calendar.from_ical(done.stdout).walk("VEVENT")
    assert [str(one["summary"]).split()[0] for one in events] == ["TT-02.Q3.ZF", "AJ-01.PUB"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_behind_standard_output_is_told_plainly(program: Program, started: Path) -> None:
    assert started == program.register
    command = [sys.executable, "-m", "lawcheck", "calendar", "ics", "-o", "-"]
    with Path("/dev/full").open("wb") as full:
        done = run_process(command, env=program.env, stdout=full, stderr=-1, text=True, check=False)
    assert done.returncode == 6
    assert done.stderr.splitlines()[0] == "Error: The file '-' cannot be written: the disk is full."


def test_a_calendar_on_standard_output_leaves_no_room_for_an_envelope(front: Front, started: Path) -> None:
    assert started.exists()
    run = front("calendar", "ics", "-o", "-", "--json")
    assert (run.code, json.loads(run.out)["errors"][0]["code"]) == (2, "conflicting-options")
