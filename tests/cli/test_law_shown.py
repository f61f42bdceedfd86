"""The law as a person sees it: citations in full, the law on the day of an occasion, and what differs."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from support import SMALL_TEMPLATE, Run

Front = Callable[..., Run]

TURNING = SMALL_TEMPLATE.replace(
    """    weight: 1
    section: power-list
    source: {from: custom}
""",
    """    weight: 1
    section: power-list
    basis:
      - law: tsjb
        articles: {"2020": "14", "2026": "15"}
        certainty: read
        read_in: {"2020": LRB, "2026": MCA}
""",
)


@pytest.fixture
def turning(front: Front, small_template: Path, small_bureau: Path) -> Front:
    """The front door with a year whose occasion item rests on a law that turns on 2026-04-15."""
    small_template.write_text(TURNING, encoding="utf-8")
    assert front("start", "2026", small_template, "--bureau", small_bureau).code == 0
    return front


def _law(run: Run) -> list[str]:
    assert (run.code, run.err) == (0, "")
    lines = run.out.splitlines()
    begun = next(
        n for n, line in enumerate(lines) if line.startswith(("Law", "法源", "2026")) and not line.endswith(")")
    )
    ended = next((n for n, line in enumerate(lines) if line in ("History", "流水")), len(lines))
    return [line for line in lines[begun:ended] if line and not line.strip().startswith(("Remark", "说明"))]


def test_the_law_in_force_on_the_day_of_an_occasion_stands_first(turning: Front) -> None:
    for day in ("2026-04-14", "2026-04-15"):
        assert turning("occasion", "TT-03", "--on", day, "--note", "x").code == 0
    before, after = (_law(turning("show", ref)) for ref in ("TT-03.1", "TT-03.2"))
    old = [
        "  - SAMR Interim Measures for Handling Complaints and Reports art. 14",
        "      Number: 总局令第20号（第55号、第61号修正） (read in the text)",
        "      Level: ministerial rule",
        "      In force: since 2020-01-01 (read in the text); until 2026-04-14 (read in the text); repealed",
        "      Applies this year: to 2026-04-14",
        "      Followed by: SAMR Measures for Handling Complaints and Reports (总局令第121号), from 2026-04-15",
        "      Clause: read in the text (LawRefBook repository of laws 2025-04-19)",
    ]
    new = [
        "  - SAMR Measures for Handling Complaints and Reports art. 15",
        "      Number: 总局令第121号 (read in the text)",
        "      Level: ministerial rule",
        "      In force: since 2026-04-15 (read in the text)",
        "      Applies this year: from 2026-04-15",
        "      Clause: read in the text (market-complaint-agent knowledge base on complaints 2026-08-05)",
    ]
    other = "Other law of the year, not in force on "
    assert before == ["Law in force on 2026-04-14", *old, other + "2026-04-14", *new]
    assert after == ["Law in force on 2026-04-15", *new, other + "2026-04-15", *old]


def test_the_law_on_the_day_of_an_occasion_is_told_in_json(turning: Front) -> None:
    turning("occasion", "TT-03", "--on", "2026-04-15", "--note", "x")
    data = json.loads(turning("show", "TT-03.1", "--json").out)["data"]
    assert data["law_on"] == {
        "day": "2026-04-15",
        "basis": [
            {"law": "tsjb", "version": "2020", "standing": "ended", "certainty": "read"},
            {"law": "tsjb", "version": "2026", "standing": "in-force", "certainty": "read"},
        ],
    }
    assert json.loads(turning("show", "TT-01", "--json").out)["data"]["law_on"] is None


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_a_citation_is_told_a_fact_a_line_in_both_languages(turning: Front, spoken: str) -> None:
    turning("occasion", "TT-03", "--on", "2026-04-15", "--note", "x")
    lines = _law(turning("--lang", spoken, "show", "TT-03.1"))
    assert len(lines) == 15
    if spoken == "zh":
        assert lines[:5] == [
            "2026-04-15施行的法源",
            "  - 《市场监督管理投诉举报处理办法》第15条",
            "      文号：总局令第121号（已查阅原文）",
            "      效力层级：部门规章",
            "      施行：2026-04-15起（已查阅原文）",
        ]
        assert lines[-2] == "      接续文件：《市场监督管理投诉举报处理办法》（总局令第121号），自2026-04-15起"


@pytest.mark.parametrize(
    ("year", "code", "words"),
    [
        ("2026", "PL-01", "(plan period ended; successor not found)"),
        ("2026", "LP-02", "(plan period ended; successor not found)"),
        (
            "2022",
            "MD-13",
            "SAMR Penalty Procedure Rules article not confirmed in this version (to 2022-10-31, superseded (",
        ),
        ("2022", "MD-13", "SAMR Penalty Procedure Rules art. 60 (start recalled, not read, from 2022-11-01)"),
        ("2022", "MD-18", "Guangdong Penalty Hearing Procedure Measures art. 9, 20, 31, 38 (from 2022-06-01)"),
        ("2026", "CR-01", "art. 14 (to 2026-04-14, repealed)"),
        ("2026", "ES-01", "end not known"),
    ],
)
def test_what_is_over_or_not_sure_is_said_in_the_list_of_a_template(
    front: Front, year: str, code: str, words: str
) -> None:
    items = json.loads(front("template", "show", code[:2], "--year", year, "--json").out)["data"]["items"]
    (basis,) = (one["basis"] for one in items if one["code"] == code)
    assert words in "; ".join(basis)


# --- what differs --------------------------------------------------------------------------------


def test_an_item_that_is_gone_names_the_law_that_ended_and_what_follows(front: Front) -> None:
    run = front("template", "diff", "2026", "2027", "CR")
    lines = run.out.splitlines()
    assert (run.code, run.err) == (0, "")
    assert lines[0] == "CR  Complaints and reports · 2026 -> 2027: new 0, changed 12, gone 1, unchanged 4"
    place = next(n for n, line in enumerate(lines) if line.startswith("  gone"))
    title, cause, *rest = lines[place : place + 4]
    assert title == "  gone  CR-06  Tell a named informer within 5 working days (to 2026-04-14)"
    assert cause == (
        "      SAMR Interim Measures for Handling Complaints and Reports art. 31 (总局令第20号（第55号、第61号修正）): "
        "repealed, in force to 2026-04-14; followed by "
        "SAMR Measures for Handling Complaints and Reports (总局令第121号) from 2026-04-15"
    )
    assert rest == [
        "      the template asks for it in 2026 and not in 2027",
        "      asked for in 2026 to 2026-04-14",
    ]


def test_what_differs_is_one_table_in_csv_and_counted_in_json(front: Front) -> None:
    rows = list(csv.reader(io.StringIO(front("template", "diff", "2022", "2026", "CR", "LP", "--format", "csv").out)))
    assert rows[0] == ["Template", "Code", "What", "Item", "Parts", "Because", "Asked for"]
    data = json.loads(front("template", "diff", "2022", "2026", "CR", "LP", "--json").out)["data"]
    counts = {one["template"]: one["counts"] for one in data["templates"]}
    assert counts == {
        "CR": {"new": 2, "changed": 13, "gone": 0, "unchanged": 2},
        "LP": {"new": 3, "changed": 6, "gone": 0, "unchanged": 0},
    }
    assert len(rows) - 1 == sum(sum(one.values()) for one in counts.values())
    (cause,) = (cause for one in data["templates"][0]["items"] if one["code"] == "CR-06" for cause in one["causes"])
    assert (cause["reason"], cause["law"], cause["to"]["date"], cause["successor"]) == (
        "ends",
        "tsjb",
        "2026-04-14",
        "总局令第121号",
    )


@pytest.mark.parametrize(
    ("arguments", "code", "exit_code"),
    [
        (["20x2", "2026"], "invalid-year", 2),
        (["1900", "2026"], "invalid-year", 2),
        (["2022", "3000"], "invalid-year", 2),
        (["2022", "TT.yaml"], "conflicting-options", 2),
        (["TT.yaml", "2022"], "conflicting-options", 2),
        (["TT.yaml", "TT.yaml", "PL"], "conflicting-options", 2),
        (["TT.yaml", "none.yaml"], "no-such-file", 3),
        (["2022", "2026", "XX"], "unknown-template", 3),
        (["2022"], "missing-parameter", 2),
    ],
)
def test_what_cannot_be_compared_is_refused(
    front: Front, small_template: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: str, exit_code: int
) -> None:
    monkeypatch.chdir(small_template.parent)
    run = front("template", "diff", *arguments, "--json")
    assert (run.code, json.loads(run.out)["errors"][0]["code"]) == (exit_code, code)


def test_full_width_years_are_read(front: Front) -> None:
    assert front("template", "diff", "２０２２", "2023", "PL").code == 0


def test_a_rate_or_an_occasion_that_law_bounds_within_the_year_says_so_in_lists(front: Front) -> None:
    assert front("start", "2026", "CR").code == 0
    data = json.loads(front("list", "CR", "--json").out)["data"]
    bounded = {
        one["ref"]: one["asked"]
        for one in (*data["rates"], *data["not_triggered"])
        if one["asked"] != {"from": None, "to": None}
    }
    assert bounded == {"CR-02": {"from": "2026-04-15", "to": None}, "CR-06": {"from": None, "to": "2026-04-14"}}
    assert "Give reasons and other remedies when refusing a complaint · from 2026-04-15" in front("list", "CR").out
    summed = json.loads(front("summary", "2026", "--json").out)["data"]
    assert {one["ref"]: one["asked"] for one in summed["rates"] if one["ref"] in bounded} == bounded
