"""`hand-out` and `collect` from outside: what they say in both languages, their exit codes, a hundred at once."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from lawcheck.export.hand_out import HandedOuts
from lawcheck.render.hand_out import handed_outs_words
from lawcheck.render.language import choose
from support import Program, Run

Front = Callable[..., Run]


@pytest.fixture
def answered(front: Front, started: Path, tmp_path: Path) -> Path:
    """A folder of two workbooks, of which one reports a row as done."""
    assert started.exists()
    assert front("hand-out", "--all", "-o", tmp_path / "out").code == 0
    file = tmp_path / "out" / "2026-ZF-执法队.xlsx"
    book = load_workbook(file)
    book["事项"]["G3"], book["事项"]["H3"] = "已完成", date(2026, 3, 30)
    book.save(file)
    return tmp_path / "out"


def test_a_folder_of_workbooks_is_looked_at_and_then_taken(front: Front, answered: Path) -> None:
    looked = front("collect", answered)
    assert (looked.code, looked.err) == (0, "")
    assert "Would be taken over for 2026" in looked.out
    assert "TT-02.Q1.ZF" in looked.out
    assert "done; 2026-03-30" in looked.out
    assert looked.out.endswith("Nothing was changed. Run the command again with --apply to take it over.\n")
    taken = front("collect", answered, "--apply", "--json")
    data = json.loads(taken.out)["data"]
    assert (taken.code, data["applied"], data["unanswered"], data["left"]) == (0, True, [], 0)
    assert {one["unit"]: (len(one["answers"]), one["entry"]) for one in data["workbooks"]} == {
        "FZ": (0, None), "ZF": (1, 2),
    }  # fmt: skip
    log = front("log", "TT-02.Q1.ZF")
    assert "collect ZF" in log.out
    assert front("verify").code == 0


def test_who_has_not_answered_is_told_with_what_he_has_open(front: Front, answered: Path) -> None:
    run = front("--lang", "zh", "collect", answered / "2026-ZF-执法队.xlsx")
    assert "尚未报送" in run.out
    assert [line.split() for line in run.out.splitlines() if line.startswith("FZ")] == [["FZ", "法制科", "5", "2"]]


def test_a_unit_whose_workbook_was_taken_before_is_told_with_its_day(front: Front, answered: Path) -> None:
    assert front("collect", answered / "2026-ZF-执法队.xlsx", "--apply").code == 0
    run = front("--lang", "zh", "collect", answered / "2026-FZ-法制科.xlsx")
    assert "此前已报送：ZF 执法队 2026-06-15（第2条流水）" in run.out
    assert "尚未报送" not in run.out


def test_figures_that_nobody_is_asked_for_come_with_what_to_do() -> None:
    choose("en")
    found = HandedOuts(2026, (), (), ("food_samples",))
    words = "\n".join(str(one) for one in handed_outs_words(found))
    assert "1 figure is reported by no unit: food_samples" in words
    assert "lawcheck figure add food_samples VALUE --unit UNIT" in words


def test_faults_are_told_with_sheet_and_cell_in_both_languages(front: Front, answered: Path) -> None:
    file = answered / "2026-ZF-执法队.xlsx"
    book = load_workbook(file)
    book["事项"]["B4"], book["事项"]["G5"] = "另一事项", "搞定"
    book.save(file)
    refused = front("collect", answered, "--apply")
    assert (refused.code, refused.out) == (5, "")
    assert refused.err.splitlines() == [
        f"{file}:事项!B4: '另一事项' stands where 季度事项 was handed out, expected: only the yellow cells changed",
        "Correct the file and run the command again. Nothing was changed.",
    ]
    book["事项"]["B4"] = "季度事项"
    book.save(file)
    said = front("--lang", "zh", "collect", answered, "--apply").err.splitlines()[0]
    assert said == f"{file}:事项!G5：“搞定”不是可选的状态；要求：已完成、部分完成、不适用、未完成之一"


def test_a_conflict_leaves_with_1_and_names_the_entry(front: Front, answered: Path) -> None:
    assert front("na", "TT-02.Q1.ZF", "--why", "x", "--as", "wang").code == 0
    run = front("collect", answered, "--apply")
    assert run.code == 1
    assert "entry 2 by wang came in between" in run.out


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["hand-out", "-o", "x.xlsx"], 2),
        (["hand-out", "--unit", "ZF", "--all", "-o", "x.xlsx"], 2),
        (["hand-out", "--unit", "ZF"], 2),
        (["hand-out", "--unit", "ZF", "-o", "x.docx"], 2),
        (["hand-out", "--unit", "XX", "-o", "x.xlsx"], 3),
        (["hand-out", "--unit", "ZF", "-o", "nowhere/x.xlsx"], 6),
        (["hand-out", "--unit", "ZF", "-o", "x.xlsx", "--year", "2020"], 3),
        (["hand-out", "--unit", "ZF", "-o", "x.xlsx", "--format", "csv"], 2),
        (["collect"], 2),
        (["collect", "none.xlsx"], 5),
        (["collect", "none.xlsx", "--apply", "--dry-run"], 2),
    ],
)
def test_what_cannot_be_done_is_said(
    arguments: list[str], code: int, front: Front, started: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(started.parent)
    run = front(*arguments)
    assert (run.code, run.out) == (code, "")
    assert run.err
    assert not (started.parent / "x.xlsx").exists()


@pytest.mark.parametrize(("spoken", "words"), [("en", "there is no such file"), ("zh", "没有这个文件")])
def test_a_file_that_is_not_there_is_told_in_words(spoken: str, words: str, front: Front, started: Path) -> None:
    assert started.exists()
    assert words in front("--lang", spoken, "collect", started.parent / "none.xlsx").err


def test_a_file_that_is_there_stays(front: Front, started: Path, tmp_path: Path) -> None:
    assert started.exists()
    (tmp_path / "ZF.xlsx").write_bytes(b"mine")
    assert front("hand-out", "--unit", "ZF", "-o", tmp_path / "ZF.xlsx").code == 4
    assert (tmp_path / "ZF.xlsx").read_bytes() == b"mine"
    assert front("hand-out", "--unit", "ZF", "-o", tmp_path / "ZF.xlsx", "--force").code == 0


def test_a_folder_given_up_is_not_left(front: Front, started: Path, tmp_path: Path) -> None:
    assert started.exists()
    (tmp_path / "file").write_bytes(b"")
    assert front("hand-out", "--all", "-o", tmp_path / "file").code == 6
    assert front("hand-out", "--all", "-o", tmp_path / "not" / "there").code == 6
    assert not (tmp_path / "not").exists()


def test_everyday_commands_know_nothing_of_workbooks(program: Program, started: Path) -> None:
    assert started.exists()
    run = program("next", env={"PYTHONPROFILEIMPORTTIME": "1"})
    assert "openpyxl" not in run.err
    assert "xlsxwriter" not in run.err
