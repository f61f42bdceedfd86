"""`case import` from outside: what it says in both languages, its exit codes, and that nothing is half taken."""

import json
from pathlib import Path

import pytest

from support import Program

GOOD = "number,title,opened\nA-1,first,2026-03-02\nA-2,second,2026-06-01\n"
DAY = "expected: a cell that holds a date, or a day written 2026-03-05 with a year of four digits"
OWN = "expected: a number that no other case of its kind has"
BAD = GOOD + "A-3,,26-3-5\nA-2,again,2026-06-01\n"


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    path = tmp_path / "cases.csv"
    path.write_text(GOOD, encoding="utf-8")
    return path


def _data(text: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(text)["data"]
    return found


def test_cases_are_taken_and_counted(program: Program, cases: Path) -> None:
    taken = program("case", "import", cases, "--template", "AJ")
    assert (taken.code, taken.err) == (0, "")
    assert taken.out.startswith(f"2 cases taken from {cases}\n")
    assert "AJ-01 .. AJ-02" in taken.out
    assert "AJ-01.VERIFY" in taken.out
    assert program("verify").code == 0


def test_what_was_done_too_early_is_counted_apart_from_what_was_late(program: Program, cases: Path) -> None:
    cases.write_text(
        "number,title,opened,comment-opened,comment-closed\nJ-1,first,2026-01-05,2026-01-06,2026-01-27\n",
        encoding="utf-8",
    )
    looked = program("case", "import", cases, "--template", "JC", "--dry-run").out
    assert "done 1, of these late 0; overdue 0; due within 14 days 0; done too early 1" in looked
    taken = _data(program("case", "import", cases, "--template", "JC", "--json").out)
    assert (taken["done"], taken["late"], taken["early"]) == (1, 0, 1)


def test_every_fault_is_listed_with_its_place_and_nothing_is_taken(program: Program, cases: Path) -> None:
    cases.write_text(BAD, encoding="utf-8")
    refused = program("case", "import", cases, "--template", "AJ")
    assert (refused.code, refused.out) == (5, "")
    assert refused.err.splitlines() == [
        f"{cases}:4:2: nothing under 'title', expected: a value",
        f"{cases}:4:3: '26-3-5' is no day that can be read, {DAY}",
        f"{cases}:5:1: the number 'A-2' stands in line 3 too, {OWN}",
        "Correct the file and run the command again. Nothing was changed.",
    ]
    assert not program.register.exists()


def test_faults_are_listed_in_chinese(program: Program, cases: Path) -> None:
    cases.write_text(BAD, encoding="utf-8")
    refused = program("case", "import", cases, "--template", "AJ", "--lang", "zh")
    assert refused.err.splitlines()[0] == f"{cases}:4:2：“title”一列是空的；要求：填写内容"
    assert "文号“A-2”在第3行也有" in refused.err


def test_good_rows_are_taken_with_exit_code_1(program: Program, cases: Path) -> None:
    cases.write_text(BAD, encoding="utf-8")
    taken = program("case", "import", cases, "--template", "AJ", "--good-rows", "--json")
    assert taken.code == 1
    envelope = json.loads(taken.out)
    assert (envelope["status"], envelope["data"]["cases"], envelope["data"]["left"]) == ("gaps", 2, 2)
    places = [(one["line"], one["column"], one["code"]) for one in envelope["data"]["faults"]]
    assert places == [(4, 2, "missing-cell"), (4, 3, "unreadable-day"), (5, 1, "number-twice")]
    words = program("case", "import", cases, "--template", "AJ", "--good-rows")
    assert (words.code, words.out) == (5, "")  # the good ones are there now


def test_a_dry_run_leaves_nothing_behind(program: Program, cases: Path) -> None:
    looked_at = program("case", "import", cases, "--template", "AJ", "--dry-run", "--json")
    assert (looked_at.code, _data(looked_at.out)["cases"], _data(looked_at.out)["dry_run"]) == (0, 2, True)
    assert not program.register.exists()


def test_an_import_is_taken_back_by_one_undo(program: Program, cases: Path) -> None:
    assert program("case", "import", cases, "--template", "AJ").code == 0
    assert program("undo").code == 0
    assert _data(program("case", "list", "--all", "--json").out)["cases"] == []
    assert program("verify").code == 0


def test_the_kind_of_case_must_be_told(program: Program, cases: Path) -> None:
    refused = program("case", "import", cases)
    assert refused.code == 2
    assert "--template" in refused.err
