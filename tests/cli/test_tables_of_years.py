"""What tables and hints say where there is nothing, or more than one year: rates, figures, the log, templates."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from support import Run

Front = Callable[..., Run]


def _data(run: Run) -> dict[str, Any]:
    assert (run.code, run.err) == (0, "")
    data: dict[str, Any] = json.loads(run.out)["data"]
    return data


def _line(run: Run, word: str) -> str:
    (found,) = [line for line in run.out.splitlines() if word in line]
    return " ".join(found.split())


@pytest.mark.parametrize(("spoken", "none"), [("en", "none arose"), ("zh", "无此情形")])
def test_a_rate_of_nothing_says_that_none_arose(front: Front, started: Path, spoken: str, none: str) -> None:
    assert started.exists()
    for key in ("tt_met", "tt_all"):
        assert front("figure", "add", key, "0件").code == 0
    (rate,) = _data(front("list", "--json"))["rates"]
    assert (rate["met"], rate["of"], rate["percent"], rate["is_met"], rate["exceeds"]) == ("0", "0", None, None, False)
    for command in (["list"], ["summary"]):
        said = _line(front(*command, "--lang", spoken), "95%")
        assert said.endswith(f"- 95% {none}")


@pytest.fixture
def two_years(front: Front, lived: Path, small_template: Path) -> Front:
    """The front door with the years 2026 and 2027 of the small template open."""
    assert lived.exists()
    assert front("start", "2027", small_template).code == 0
    return front


def test_rates_and_what_has_not_happened_name_their_year_where_several_are_listed(two_years: Front) -> None:
    def grid(*arguments: str) -> list[str]:
        out = two_years("list", *arguments).out
        begun = out.index("Rates")
        return [" ".join(line.split()) for line in out[begun:].splitlines() if line]

    both = grid()
    assert both[1] == "Ref Year In every case Rate Asked Met"
    assert both[2:4] == ["TT-04 2027 Case item - - 95% no figure", "TT-04 2026 Case item 198 of 209 94.7% 95% not met"]
    assert grid("--year", "2026")[1:3] == [
        "Ref In every case Rate Asked Met",
        "TT-04 Case item 198 of 209 94.7% 95% not met",
    ]


def test_occasions_that_have_not_come_in_two_years_name_their_year(
    front: Front, started: Path, small_template: Path
) -> None:
    assert started.exists()
    assert front("start", "2027", small_template).code == 0
    out = front("list").out
    lines = [" ".join(line.split()) for line in out[out.index("Not triggered") :].splitlines() if line]
    assert lines[1:4] == [
        "Ref Year On occasion, not triggered Unit",
        "TT-03 2027 Occasion item FZ",
        "TT-03 2026 Occasion item FZ",
    ]
    assert "TT-03 Occasion item FZ" in [
        " ".join(line.split()) for line in front("list", "--year", "2026").out.splitlines()
    ]


def test_a_figure_without_a_day_goes_into_the_year_of_today(two_years: Front) -> None:
    added = _data(two_years("figure", "add", "tt_all", "1件", "--json"))
    assert added["figure"]["year"] == 2026
    assert _data(two_years("figure", "list", "--json"))["year"] == 2026
    assert _data(two_years("figure", "add", "tt_all", "1件", "--year", "2027", "--json"))["figure"]["year"] == 2027


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        (["-n", "1"], "lawcheck log -n 10"),
        (["tt-02.q1.zf", "-n", "1"], "lawcheck log TT-02.Q1.ZF -n 10"),
        (["TT-02.Q1.ZF", "-n", "1", "--year", "2026"], "lawcheck log TT-02.Q1.ZF -n 10 --year 2026"),
    ],
)
def test_the_hint_of_the_log_keeps_what_was_asked_for(front: Front, lived: Path, asked: list[str], hint: str) -> None:
    assert lived.exists()
    assert front("note", "TT-02.Q1.ZF", "seen").code == 0
    assert front("note", "TT-02.Q1.ZF", "seen again").code == 0
    assert _line(front("log", *asked), "older") == f"There are older entries: {hint}"


@pytest.mark.parametrize(
    ("spoken", "named"),
    [
        ("en", ["decided Decided", "fined The penalty includes a fine", "hearing hearing"]),
        ("zh", ["warning_only 仅给予警告", "hearing 听证", "decided 作出处理决定", "appraisal 检测、检验、检疫、鉴定"]),
    ],
)
def test_a_case_template_names_its_milestones_facts_and_pauses(front: Front, spoken: str, named: list[str]) -> None:
    run = front("template", "show", "AJ", "--lang", spoken)
    assert (run.code, run.err) == (0, "")
    lines = [" ".join(line.split()) for line in run.out.splitlines()]
    assert [one for one in named if one not in lines] == []


def test_the_pauses_of_a_case_template_are_in_json(front: Front) -> None:
    pauses = {one["name"]: one["title"] for one in _data(front("template", "show", "AJ", "--json"))["pauses"]}
    assert set(pauses) == {
        "suspension", "hearing", "public-notice", "appraisal", "identification", "refund", "postponement",
    }  # fmt: skip
    assert all(pauses.values())


def test_a_clock_names_only_the_law_that_stands_on_the_day(front: Front) -> None:
    for clock in ("case-90d", "complaint", "mediation"):
        run = front("deadline", clock, "2026-05-01")
        assert (run.code, run.err) == (0, "")
        assert "Law in force on 2026-05-01" in run.out
        assert "not in force on" not in run.out
    before = front("deadline", "complaint", "2026-04-14").out
    assert "In force: since 2020-01-01" in before
    assert "In force: since 2026-04-15" not in before


@pytest.mark.parametrize(
    ("command", "language", "heads"),
    [
        (["calendar", "status"], "zh", ["年度", "通知文号", "文号依据", "放假天数", "调休上班天数", "来源"]),
        (["deadline", "--list"], "zh", ["期限名称", "名称", "期限", "依据"]),
    ],
)
def test_every_column_has_a_head_of_its_own(front: Front, command: list[str], language: str, heads: list[str]) -> None:
    run = front(*command, "--lang", language, "--format", "csv")
    assert run.out.splitlines()[0].lstrip("\ufeff").split(",") == heads


def test_a_case_in_the_log_is_in_hand_or_closed(front: Front, started: Path) -> None:
    assert started.exists()
    for command in (
        ["case", "open", "AJ", "--no", "1", "--title", "x", "--on", "2026-06-01"],
        ["case", "close", "AJ-01", "--why", "x"],
        ["case", "reopen", "AJ-01", "--why", "y"],
    ):
        assert front(*command).code == 0
    assert "AJ-01 状态：已办结 -> 在办" in front("log", "AJ-01", "--lang", "zh").out
    assert "AJ-01 state: closed -> in hand" in front("log", "AJ-01").out


def test_the_board_of_one_year_shows_that_year_alone(two_years: Front) -> None:
    held = _data(two_years("--year", "2027", "--json"))
    assert (held["years"], {row["year"] for row in held["overdue"] + held["soon"] + held["undated"]}) == ([2027], set())
    held = _data(two_years("--year", "2026", "--json"))
    assert (held["years"], held["counts"]) == ([2026], [{"overdue": 1, "soon": 1, "year": 2026}])
    assert two_years("--year", "2026").out.splitlines()[0] == "2026-06-15 · year 2026 alone"
    assert _data(two_years("--json"))["years"] == [2026, 2027]
    missing = two_years("--year", "2020")
    assert (missing.code, missing.err.splitlines()[0]) == (3, "Error: The year 2020 has not been started.")


@pytest.mark.parametrize("before", ["0件", "100件"])
def test_a_growth_that_is_not_reckoned_is_explained_where_there_is_one(
    before: str, front: Front, lived: Path, small_template: Path
) -> None:
    assert lived.exists()
    assert front("start", "2025", small_template).code == 0
    assert front("figure", "add", "tt_met", before, "--year", "2025").code == 0
    said = "Growth -: the two values differ in measure or in the part of their years, or the earlier one is nought."
    for command in (["summary", "2026", "--compare", "2025"], ["figure", "list", "--year", "2026"]):
        assert (said in front(*command).out) is (before == "0件")
