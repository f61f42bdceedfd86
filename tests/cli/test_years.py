"""A year that follows and a revised template, at the front door and in both languages."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from support import SMALL_TEMPLATE, Run

Front = Callable[..., Run]


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "TT.yaml"
    path.write_text(SMALL_TEMPLATE, encoding="utf-8")
    return path


@pytest.fixture
def january(front: Front, lived: Path, template: Path, monkeypatch: pytest.MonkeyPatch) -> Front:
    """The front door on 5 January 2027 with the year 2026 still open and nothing of 2027 started."""
    assert lived.exists()
    assert template.exists()
    monkeypatch.setenv("LAWCHECK_TODAY", "2027-01-05")
    return front


def _data(run: Run) -> dict[str, Any]:
    assert (run.code, run.err) == (0, "")
    data: dict[str, Any] = json.loads(run.out)["data"]
    return data


def test_a_year_that_follows_says_what_is_left(january: Front, template: Path) -> None:
    assert january("assign", "TT-02.Q3.ZF", "wang").code == 0
    run = january("start", "2027", template, "--from", "2026")
    assert (run.code, run.err) == (0, "")
    assert run.out == (
        "TT  Small checklist: 4 items, 9 rows\n"
        "9 rows of 2027 laid out.\n"
        "Next: lawcheck next, lawcheck list TT, lawcheck tick REF\n"
        "\n"
        "Against 2026:\n"
        "TT  Small checklist: 4 unchanged\n"
        "1 row given to whoever had it in 2026.\n"
        "Left of 2026: 7 rows. They stay rows of 2026, on the board until it is closed, and count there only.\n"
        "  2026: TT-02.Q1.ZF still open, due 2026-03-31; left: two files  ZF  Quarterly item\n"
        "  2026: TT-02.Q2.ZF still open, due 2026-06-30  ZF  Quarterly item\n"
        "  2026: TT-02.Q3.FZ still open, due 2026-09-30  FZ  Quarterly item\n"
        "  2026: TT-02.Q3.ZF still open, due 2026-09-30  ZF  Quarterly item\n"
        "  2026: TT-02.Q4.FZ still open, due 2026-12-31  FZ  Quarterly item\n"
        "  2026: TT-02.Q4.ZF still open, due 2026-12-31  ZF  Quarterly item\n"
        "  2026: TT-03.1 still open, no day fixed  FZ  Occasion item · a rule changed\n"
    )
    assert "2026: TT-02.Q3.ZF still open, due 2026-09-30\n" in january("show", "TT-02.Q3.ZF", "--year", "2027").out
    carried = "Carried from 2026: 7 rows not finished yet, counted in 2026 and not here.\n"
    assert carried in january("summary", "2027").out
    assert january("verify").code == 0


def test_a_year_that_follows_speaks_chinese(january: Front, template: Path) -> None:
    run = january("--lang", "zh", "start", "2027", template, "--from", "2026")
    assert run.code == 0
    assert "与2026年相比：\nTT  小清单：未变4项\n" in run.out
    assert "2026年遗留7行：仍属2026年" in run.out
    assert "2026年遗留：尚有7行未办结，计入2026年，不计入本年。\n" in january("--lang", "zh", "summary", "2027").out


def test_what_is_carried_is_told_as_json(january: Front, template: Path) -> None:
    carried = _data(january("start", "2027", template, "--from", "2026", "--json"))["carried"]
    assert {key: value for key, value in carried.items() if key not in ("checklists", "remainder")} == {
        "from": 2026, "closed": False, "not_started": [], "own": [], "assigned": 0, "lost": [], "other_units": [],
        "remaining": 7,
    }  # fmt: skip
    assert [(one["ref"], one["change"]) for one in carried["checklists"][0]["items"]] == [
        (f"TT-0{n}", "same") for n in (1, 2, 3, 4)
    ]
    assert {row["year"] for row in carried["remainder"]} == {2026}
    shown = _data(january("show", "TT-02.Q3.ZF", "--year", "2027", "--json"))
    assert [(row["ref"], row["year"]) for row in shown["earlier"]] == [("TT-02.Q3.ZF", 2026)]
    assert _data(january("summary", "2027", "--json"))["carried"] == [{"year": 2026, "rows": 7}]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (
            ["2027", "--from", "2020"],
            3,
            (
                "Error: The year 2020 was never started here, so nothing can be carried from it. Earlier years: 2026\n"
                "Name a year that was started, or start 2027 without --from.\n"
            ),
        ),
        (
            ["2027", "--from", "2027"],
            4,
            (
                "Error: 2027 is not before 2027; a year is carried from an earlier one.\n"
                "Name the year before: lawcheck start 2027 --from 2026\n"
            ),
        ),
        (
            ["2027", "--from", "2026"],
            3,
            "Error: All checklists of 2026 came from files of your own: TT\nName the files.\n",
        ),
    ],
)
def test_what_cannot_be_followed_is_said(arguments: list[str], code: int, said: str, january: Front) -> None:
    run = january("start", *arguments)
    assert (run.code, run.out, run.err) == (code, "", said)
    assert "Error" not in january("--lang", "zh", "start", *arguments).err


def test_without_a_register_nothing_is_followed_and_none_is_made(front: Front, tmp_path: Path) -> None:
    assert front("start", "2027", "--from", "2026").code == 3
    assert not (tmp_path / "register.db").exists()


def test_a_revised_template_is_shown_first_and_taken_over_when_told(front: Front, lived: Path, template: Path) -> None:
    assert lived.exists()
    template.write_text(SMALL_TEMPLATE.replace("年度事项, en: Yearly", "年度要事, en: Main"), encoding="utf-8")
    what = (
        "TT (2026)  Small checklist: 3 unchanged, 1 changed\n"
        "    changed: TT-01 Main item (title)\n"
        "    asked again, with a note of what had been done: TT-01\n"
    )
    for words in (["template", "upgrade", template], ["template", "upgrade", template, "--dry-run"]):
        run = front(*words)
        said = "Nothing was changed yet. Run the command again with --apply to take this over.\n"
        assert (run.code, run.out, run.err) == (0, what + said, "")
    run = front("template", "upgrade", template, "--apply")
    assert (run.code, run.out) == (0, what + "Taken over by entry 10; 'lawcheck undo' takes it back.\n")
    note = "The template was revised (title), so this is asked again; done by lihua on 2026-04-02 under the former text"
    assert note in front("show", "TT-01").out
    assert "2026/TT revised" in front("log").out
    again = front("template", "upgrade", template, "--apply").out
    assert again.endswith("The checklists say what their templates say. Nothing was changed.\n")
    assert (front("verify").code, front("undo").code, front("verify").code) == (0, 0, 0)


def test_a_revised_template_is_taken_over_in_chinese(front: Front, lived: Path, template: Path) -> None:
    assert lived.exists()
    template.write_text(SMALL_TEMPLATE.replace("年度事项", "年度要事"), encoding="utf-8")
    run = front("--lang", "zh", "template", "upgrade", template, "--apply")
    assert "    修订：TT-01 年度要事（标题）\n    重新要求办理，原办理情况已记入备注：TT-01\n" in run.out
    shown = front("--lang", "zh", "show", "TT-01").out
    assert "模板已修订（标题），请重新办理；按原文本已由lihua于2026-04-02办结" in shown


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--apply", "--dry-run"], 2),
        (["PL"], 3),
        (["ZZ"], 3),
        ([], 3),
        (["/nowhere/TT.yaml"], 3),
        (["--year", "2020"], 3),
    ],
)
def test_an_upgrade_that_cannot_be_meant_is_refused(arguments: list[str], code: int, front: Front, lived: Path) -> None:
    assert lived.exists()
    for options in (["--lang", "en"], ["--lang", "zh"]):
        run = front(*options, "template", "upgrade", *arguments)
        assert (run.code, run.out) == (code, "")
        assert len(run.err.splitlines()) == 2


def test_a_broken_template_is_refused_with_its_place(front: Front, lived: Path, template: Path) -> None:
    assert lived.exists()
    template.write_text("template: TT\nfor: year\ncolour: red\n", encoding="utf-8")
    run = front("template", "upgrade", template, "--apply")
    assert (run.code, run.out) == (5, "")
    assert f"{template}:3:1: the key 'colour' is not known" in run.err
