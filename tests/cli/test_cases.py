"""Cases at the front door: what is said in both languages, what JSON holds, and what is refused how."""

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyte
import pytest

from lawcheck.render.grid import width
from lawcheck.service.lists import ref_completions
from lawcheck.store.register import Register
from support import Run

Front = Callable[..., Run]
OnTerminal = Callable[..., Run]
NUMBER = "粤市监案〔2026〕17号"
STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
ATTACK = "\x1b[31m\x1b]0;x\x07\x9b2J\n\r\u202e\u200f[red]{0}%s"
TODAY = "2026-10-08"


@pytest.fixture
def decided(front: Front, started: Path, monkeypatch: pytest.MonkeyPatch) -> Front:
    """The front door on 2026-10-08, with a penalty case AJ-01 decided on 2026-09-24."""
    assert started.exists()
    monkeypatch.setenv("LAWCHECK_TODAY", TODAY)
    for arguments in (
        ["case", "open", "AJ", "--no", NUMBER, "--title", "虚假宣传", "--on", "2026-07-01"],
        ["case", "milestone", "AJ-01", "filed", "2026-07-06"],
        ["case", "milestone", "AJ-01", "decided", "2026-09-24"],
    ):
        assert front(*arguments).code == 0
    return front


def data_of(run: Run) -> dict[str, Any]:
    held: dict[str, Any] = json.loads(run.out)
    assert (held["lawcheck"], held["status"], held["exit_code"], held["errors"]) == (1, "ok", 0, [])
    assert (run.code, run.err) == (0, "")
    data: dict[str, Any] = held["data"]
    return data


def line_of(run: Run, word: str) -> str:
    (found,) = [line for line in run.out.splitlines() if word in line]
    return " ".join(found.split())


# --- a decision before a long holiday ---------------------------------------------------------------

WHY = {
    "en": [
        "2026-09-24 Thursday, the day itself does not count",
        "2026-09-25 – 2026-09-27 Mid-Autumn Festival off (国办发明电〔2025〕7号)",
        "2026-09-28 – 2026-09-30 3 working days",
        "2026-10-01 – 2026-10-07 National Day off (国办发明电〔2025〕7号)",
        "2026-10-08 – 2026-10-09 2 working days",
        "2026-10-10 Saturday, worked for National Day (国办发明电〔2025〕7号)",
        "2026-10-11 weekend",
    ],
    "zh": [
        "2026-09-24 星期四，当日不计算在内",
        "2026-09-25 – 2026-09-27 中秋节放假（国办发明电〔2025〕7号）",
        "2026-09-28 – 2026-09-30 3个工作日",
        "2026-10-01 – 2026-10-07 国庆节放假（国办发明电〔2025〕7号）",
        "2026-10-08 – 2026-10-09 2个工作日",
        "2026-10-10 星期六，国庆节调休上班（国办发明电〔2025〕7号）",
        "2026-10-11 周末休息",
    ],
}
ENDS = {
    ("en", "PUB"): ["2026-10-12 1 working day"],
    ("zh", "PUB"): ["2026-10-12 1个工作日"],
    ("en", "NECIPS"): [
        "2026-10-12 – 2026-10-16 5 working days", "2026-10-17 – 2026-10-18 weekend",
        "2026-10-19 – 2026-10-23 5 working days", "2026-10-24 – 2026-10-25 weekend",
        "2026-10-26 – 2026-10-29 4 working days",
    ],
    ("zh", "NECIPS"): [
        "2026-10-12 – 2026-10-16 5个工作日", "2026-10-17 – 2026-10-18 周末休息",
        "2026-10-19 – 2026-10-23 5个工作日", "2026-10-24 – 2026-10-25 周末休息",
        "2026-10-26 – 2026-10-29 4个工作日",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("code", "due"), [("PUB", "2026-10-12"), ("NECIPS", "2026-10-29")])
@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_a_row_of_a_case_names_the_holidays_and_the_worked_saturday_that_moved_it(
    spoken: str, code: str, due: str, decided: Front
) -> None:
    shown = decided("--lang", spoken, "show", f"AJ-01.{code}")
    lines = shown.out.splitlines()
    head = {"en": "How the day is reckoned", "zh": "到期日如何算得"}[spoken]
    steps = [line.strip() for line in lines[lines.index(head) + 1 :]]
    wanted = WHY[spoken] + ENDS[spoken, code]
    assert steps[: len(wanted)] == wanted
    assert {"en": f"Due: {due}", "zh": f"期限：{due}"}[spoken] in lines


@pytest.mark.parametrize("code", ["PUB", "NECIPS"])
def test_a_row_of_a_case_in_json_holds_its_rule_and_every_step(code: str, decided: Front) -> None:
    data = data_of(decided("show", f"aj-01.{code.lower()}", "--json"))
    assert (data["row"]["ref"], data["row"]["due"]) == (
        f"AJ-01.{code}",
        {"PUB": "2026-10-12", "NECIPS": "2026-10-29"}[code],
    )
    worked = [one for one in data["explanation"] if one["code"] == "worked"]
    assert [(one["from"], one["name"], one["notice"]) for one in worked] == [
        ("2026-10-10", "National Day", "国办发明电〔2025〕7号")
    ]
    off = [(one["from"], one["to"], one["name"]) for one in data["explanation"] if one["code"] == "skipped"]
    assert off[:2] == [
        ("2026-09-25", "2026-09-27", "Mid-Autumn Festival"),
        ("2026-10-01", "2026-10-07", "National Day"),
    ]
    counted = sum(one["amount"] for one in data["explanation"] if one["code"] in ("counted", "worked"))
    assert (data["rule"]["rule"], counted) == (f"within {counted} wd", {"PUB": 7, "NECIPS": 20}[code])


@pytest.mark.parametrize(
    ("spoken", "pub", "necips"),
    [
        (
            "en",
            "2026-10-12 due: Publish the decision on the platform within 7 working days AJ-01.PUB 3 working days left",
            "2026-10-29 due: NECIPS within 20 working days AJ-01.NECIPS 16 working days left",
        ),
        (
            "zh",
            "2026-10-12 到期：处罚决定7个工作日内在平台公开 AJ-01.PUB 还剩3个工作日",
            "2026-10-29 到期：企业信用信息公示系统20个工作日内公示 AJ-01.NECIPS 还剩16个工作日",
        ),
    ],
)
def test_a_case_is_a_timeline_of_milestones_and_deadlines(spoken: str, pub: str, necips: str, decided: Front) -> None:
    shown = decided("--lang", spoken, "case", "show", "AJ-01")
    assert (line_of(shown, "AJ-01.PUB "), line_of(shown, "AJ-01.NECIPS ")) == (pub, necips)
    days = re.findall(r"^(2026-\d\d-\d\d) ", shown.out, re.MULTILINE)
    assert days == sorted(days)
    assert decided("--lang", spoken, "show", "AJ-01").out == shown.out


def test_a_case_in_json(decided: Front) -> None:
    data = data_of(decided("case", "show", "AJ-01", "--json"))
    assert {
        "case", "milestones", "rows", "pauses", "extensions", "not_asked", "warnings", "notes", "history",
    } <= set(data)  # fmt: skip
    assert data["case"] == {
        "ref": "AJ-01", "template": "AJ", "number": NUMBER, "title": "虚假宣传", "unit": "ZF",
        "opened_on": "2026-07-01", "closed_on": None, "state": "open", "facts": [],
    }  # fmt: skip
    assert [(one["name"], one["at"]) for one in data["milestones"]] == [
        ("lead", "2026-07-01"), ("filed", "2026-07-06"), ("decided", "2026-09-24"),
    ]  # fmt: skip
    dues = {one["ref"]: one["due"] for one in data["rows"] if one["due"]}
    assert dues == {
        "AJ-01.VERIFY": "2026-07-22", "AJ-01.DECIDE": "2026-10-08", "AJ-01.PUB": "2026-10-12",
        "AJ-01.NECIPS": "2026-10-29",
    }  # fmt: skip


OVERDUE = ["AJ-01.SEIZE", "AJ-01.SEIZEPUB"]
SET_ASIDE = [
    f"AJ-01.{code}"
    for code in (
        "DISCRET",
        "FINE",
        "FINE.2",
        "NECIPS",
        "OFFICERS",
        "PLATFORM",
        "PUB",
        "REMEDY",
        "ARCHIVE",
        "TELLPUB",
        "VIDEO",
    )
]


def test_every_command_on_a_case_answers_in_json_with_what_moved(decided: Front) -> None:
    for arguments, moved in (
        (["milestone", "AJ-01", "served", "2026-09-28", "--party", "甲公司"], []),
        (["fact", "AJ-01", "fined"], ["AJ-01.FINE"]),
        (["milestone", "AJ-01", "served", "2026-09-29", "--again"], ["AJ-01.FINE.2"]),
        (["pause", "AJ-01", "hearing", "2026-08-03", "2026-08-07"], ["AJ-01.DECIDE"]),
        (["milestone", "AJ-01", "seized", "2026-08-03"], ["AJ-01.SEIZEPUB", "AJ-01.SEIZE", "AJ-01.VIDEO"]),
        (["extend", "AJ-01.SEIZE", "30日", "--on", "2026-08-20", "--approval", "the head"], ["AJ-01.SEIZE"]),
        (["close", "AJ-01", "--why", "given away"], [*SET_ASIDE, *OVERDUE]),
        (["reopen", "AJ-01", "--why", "sent back"], SET_ASIDE),
    ):
        data = data_of(decided("case", *arguments, "--json"))
        assert {"entry", "case", "milestone", "rows", "warnings"} <= set(data)
        assert sorted(one["ref"] for one in data["rows"]) == sorted(moved)
    assert decided("verify").code == 0
    (extension,) = data_of(decided("case", "show", "AJ-01", "--json"))["extensions"]
    assert (extension["row"], extension["amount"], extension["approval"]) == ("AJ-01.SEIZE", 30, "the head")
    assert "AJ-01.SEIZE extended by 30 days: the head" in decided("case", "show", "AJ-01").out


GAPS = {
    "en": [
        "Decided (2026-09-24) rests on a step that has no date: Case review done or Legal review done",
        "Decided (2026-09-24) rests on a step that has no date: Notice served on the party",
    ],
    "zh": [
        "作出处理决定（2026-09-24）之前应有的步骤没有登记日期：完成案件审核或者完成法制审核",
        "作出处理决定（2026-09-24）之前应有的步骤没有登记日期：处罚告知书送达",
    ],
}
NOTE = {"en": "Note: ", "zh": "注意："}
NOTE_OF_CASE = {"en": "Note: AJ-01: ", "zh": "注意：AJ-01："}


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_a_decision_without_its_steps_says_so_when_recorded_ticked_and_shown(spoken: str, decided: Front) -> None:
    shown = decided("--lang", spoken, "case", "show", "AJ-01")
    assert [line for line in shown.out.splitlines() if NOTE[spoken] in line] == [
        NOTE[spoken] + one for one in GAPS[spoken]
    ]
    corrected = ["case", "milestone", "AJ-01", "decided", "2026-09-24", "--correct", "--why", "x"]
    assert NOTE[spoken] + GAPS[spoken][0] in decided("--lang", spoken, *corrected).out.splitlines()
    assert decided("untick", "AJ-01.DECIDE", "--why", "x").code == 0
    ticked = decided("--lang", spoken, "tick", "AJ-01.DECIDE", "--on", "2026-09-24")
    assert [line for line in ticked.out.splitlines() if NOTE[spoken] in line] == [
        NOTE_OF_CASE[spoken] + one for one in GAPS[spoken]
    ]


def test_a_step_without_a_date_is_a_warning_in_json(decided: Front) -> None:
    found = [
        {"code": "missing-step", "name": "decided", "at": "2026-09-24", "steps": steps, "words": words}
        for steps, words in zip([["reviewed", "legal-reviewed"], ["party-notified"]], GAPS["en"], strict=True)
    ]
    assert data_of(decided("case", "show", "AJ-01", "--json"))["warnings"] == found
    assert decided("untick", "AJ-01.DECIDE", "--why", "x").code == 0
    ticked = data_of(decided("tick", "AJ-01.DECIDE", "--on", "2026-09-24", "--json"))["warnings"]
    assert ticked == [{"case": "AJ-01", **one} for one in found]


# --- lists ----------------------------------------------------------------------------------------


def test_cases_and_their_rows_are_listed(decided: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAWCHECK_TODAY", "2026-10-13")
    refs = {one["ref"] for one in data_of(decided("list", "AJ-01", "--json"))["rows"]}
    assert refs == {one["ref"] for one in data_of(decided("list", "aj", "--json"))["rows"]}
    assert {"AJ-01.PUB", "AJ-01.NECIPS", "AJ-01.ARCHIVE"} < refs
    overdue = data_of(decided("list", "--overdue", "--json"))["rows"]
    assert "AJ-01.PUB" in {one["ref"] for one in overdue}
    assert decided("list", "AJ-01", "--overdue", "--fail").code == 1
    assert decided("list", "AJ-01.NECIPS", "--overdue", "--fail").code == 0
    assert "AJ-01.PUB" in {one["ref"] for one in data_of(decided("next", "-n", "20", "--json"))["rows"]}
    board = data_of(decided("--json"))
    assert "AJ-01.PUB" in {one["ref"] for one in board["overdue"]}
    (case,) = data_of(decided("case", "list", "--json"))["cases"]
    assert (case["ref"], case["next_due"], case["overdue"]) == ("AJ-01", "2026-10-12", 1)
    assert decided("case", "list", "--no", NUMBER).out.splitlines()[-1] == "1 case"
    assert decided("--lang", "zh", "case", "list", "--closed").code == 0


def test_rows_of_open_cases_are_completed(decided: Front, started: Path) -> None:
    assert decided("list").code == 0
    with Register.open(started) as register:
        found = [ref for ref, *_ in ref_completions(register, "ａｊ-01.n", year=None)]
        assert found == ["AJ-01.NECIPS"]
        assert ref_completions(register, "AJ-02", year=None) == []


# --- refusals ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code", "name"),
    [
        (["case", "show", "AJ-09"], 3, "unknown-case"),
        (["case", "show", "case one"], 2, "invalid-ref"),
        (["show", "AJ-01.PUBB"], 3, "unknown-ref"),
        (["tick", "AJ-01.PUBB"], 3, "unknown-ref"),
        (["tick", "AJ-01"], 3, "ambiguous-ref"),
        (["tick", "AJ-01.DECIDE"], 4, "already-done"),
        (["untick", "AJ-01.PUB", "--why", "x"], 4, "nothing-to-untick"),
        (["case", "open", "AJ", "--no", NUMBER, "--title", "x", "--on", TODAY], 4, "number-taken"),
        (["case", "open", "AA", "--no", "2", "--title", "x", "--on", TODAY], 3, "unknown-template"),
        (["case", "open", "AJ", "--no", " ", "--title", "x", "--on", TODAY], 2, "empty-text"),
        (["case", "open", "AJ", "--no", "2", "--title", "x", "--on", "2026-10-09"], 4, "future-date"),
        (["case", "open", "AJ", "--no", "2", "--title", "x", "--on", TODAY, "--fact", "big"], 3, "unknown-fact"),
        (["case", "open", "AJ", "--no", "2", "--title", "x"], 2, "missing-parameter"),
        (["case", "milestone", "AJ-01", "decidd", TODAY], 3, "unknown-milestone"),
        (["case", "milestone", "AJ-01", "decided", TODAY], 4, "milestone-reached"),
        (["case", "milestone", "AJ-01", "decided", TODAY, "--again", "--correct"], 2, "conflicting-options"),
        (["case", "milestone", "AJ-01", "decided", TODAY, "--correct"], 2, "empty-text"),
        (["case", "milestone", "AJ-01", "served", TODAY, "--correct", "--why", "x"], 4, "milestone-not-reached"),
        (["case", "milestone", "AJ-01", "served", "2026-09-23"], 4, "milestone-impossible"),
        (["case", "milestone", "AJ-01", "measure-taken", TODAY], 2, "time-missing"),
        (["case", "milestone", "AJ-01", "measure-taken", f"{TODAY} 25:00"], 2, "invalid-date"),
        (["case", "pause", "AJ-01", "rain", TODAY], 3, "unknown-pause"),
        (["case", "pause", "AJ-01", "hearing", TODAY, "2026-10-01"], 2, "period-reversed"),
        (["case", "extend", "AJ-01.PUB", "7 wd", "--approval", "x"], 4, "not-extensible"),
        (["case", "extend", "AJ-01.DECIDE", "long", "--approval", "x"], 2, "invalid-rule"),
        (["case", "fact", "AJ-01", "fined=perhaps"], 2, "invalid-fact"),
        (["case", "close", "AJ-01"], 4, "rows-left"),
        (["case", "close", "AJ-01", "--on", "2026-06-30", "--why", "x"], 4, "before-period"),
        (["case", "reopen", "AJ-01", "--why", "x"], 4, "case-open"),
        (["case", "list", "--closed", "--all"], 2, "conflicting-options"),
        (["case", "list", "QQ"], 3, "unknown-template"),
    ],
)
def test_a_wrong_word_on_a_case_is_refused_with_its_code_and_a_hint(
    arguments: list[str], code: int, name: str, decided: Front
) -> None:
    before = decided("log", "--json").out
    run = decided(*arguments, "--json")
    held = json.loads(run.out)
    assert (run.code, held["exit_code"], held["data"], held["errors"][0]["code"]) == (code, code, {}, name)
    for spoken in ("en", "zh"):
        told = decided("--lang", spoken, *arguments)
        said, hint = told.err.splitlines()[:2]
        assert (told.code, told.out) == (code, "")
        assert said.strip()
        assert hint.strip()
        assert not set(told.err) & set("{}")
        assert " of 0" not in told.err
        assert "--year 0" not in told.err
    assert decided("log", "--json").out == before


# --- hostile text, narrow terminals -----------------------------------------------------------------


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_what_was_typed_about_a_case_never_reaches_the_reader_raw(spoken: str, decided: Front) -> None:
    for arguments in (
        ["case", "open", "AJ", "--no", ATTACK, "--title", ATTACK, "--on", "2026-09-01"],
        ["case", "milestone", "AJ-02", "filed", "2026-09-02", "--party", ATTACK],
        ["case", "milestone", "AJ-02", "filed", "2026-09-03", "--correct", "--why", ATTACK],
        ["case", "extend", "AJ-02.DECIDE", "30 d", "--approval", ATTACK],
        ["note", "AJ-02", ATTACK],
        ["note", "AJ-02.DECIDE", ATTACK],
        ["na", "AJ-02.OFFICERS", "--why", ATTACK],
        ["case", "show", "AJ-02"],
        ["show", "AJ-02.DECIDE"],
        ["show", "AJ-02.OFFICERS"],
        ["case", "list"],
        ["case", "list", "--no", ATTACK],
        ["list", "AJ"],
        ["log", "AJ-02"],
        ["case", "open", "AJ", "--no", ATTACK, "--title", "x", "--on", "2026-09-01"],
        ["case", "milestone", "AJ-02", ATTACK, "2026-09-01"],
        ["case", "milestone", "AJ-02", "served", ATTACK],
        ["case", "pause", "AJ-02", ATTACK, "2026-09-01"],
        ["case", "fact", "AJ-02", ATTACK],
        ["case", "extend", "AJ-02.DECIDE", ATTACK, "--approval", "x"],
        ["case", "close", "AJ-02", "--why", ATTACK],
        ["case", "reopen", "AJ-02", "--why", ATTACK],
        ["case", "show", "AJ-02"],
        ["verify"],
    ):
        run = decided("--lang", spoken, *arguments)
        assert (arguments, run.code in (0, 2, 3, 4)) == (arguments, True)
        assert (arguments, STEERING.findall(run.out + run.err)) == (arguments, [])
    held = data_of(decided("case", "show", "AJ-02", "--json"))
    assert (held["case"]["title"], held["case"]["number"]) == (ATTACK, ATTACK)
    assert "[red]{0}%s" in decided("case", "show", "AJ-02").out


@pytest.mark.parametrize("spoken", ["en", "zh"])
@pytest.mark.parametrize("arguments", [("case", "show", "AJ-01"), ("case", "list"), ("show", "AJ-01.NECIPS")])
def test_a_case_fits_a_terminal_of_80_columns_and_loses_nothing(
    spoken: str, arguments: tuple[str, ...], decided: Front, on_terminal: OnTerminal
) -> None:
    told = decided("--lang", spoken, *arguments)
    shown = on_terminal("--lang", spoken, *arguments, env={"LAWCHECK_TODAY": TODAY})
    screen = pyte.Screen(80, 2000)
    pyte.Stream(screen).feed(shown.out)
    lines = ["".join(screen.buffer[y][x].data for x in range(80)).rstrip() for y in range(screen.cursor.y + 1)]
    assert (told.code, shown.code) == (0, 0)
    assert max(width(line) for line in lines) <= 80
    assert "…" not in "".join(lines)
    if "list" not in arguments:
        refs = re.findall(r"AJ-01\.[A-Z]+", told.out)
        assert Counter(refs) - Counter(re.findall(r"AJ-01\.[A-Z]+", "\n".join(lines))) == Counter()
