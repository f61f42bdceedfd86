"""The deadline calculator and the calendar at the front door, in both languages."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from support import HOLIDAYS_2027, Program, Run

Front = Callable[..., Run]
UNKNOWN_2027 = (
    "The notice of 2027 is not known: left out there are weekends and the days off that the law fixes by date alone: "
    "New Year's Day 01-01, Labour Day 05-01 – 05-02, National Day 10-01 – 10-03 "
    "(Measures on Public Holidays, art 2; 国务院令第795号, read in the text)."
)


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "2027.yaml"
    path.write_text(HOLIDAYS_2027, encoding="utf-8")
    return path


def test_a_deadline_is_said_first_and_then_explained(front: Front) -> None:
    run = front("deadline", "7 wd", "2022-09-29")
    assert (run.code, run.err) == (0, "")
    assert run.out == (
        "Due 2022-10-13 Thursday\n"
        "  2022-09-29 Thursday, the day itself does not count\n"
        "  2022-09-30 1 working day\n"
        "  2022-10-01 – 2022-10-07 National Day off (国办发明电〔2021〕11号)\n"
        "  2022-10-08 Saturday, worked for National Day (国办发明电〔2021〕11号)\n"
        "  2022-10-09 Sunday, worked for National Day (国办发明电〔2021〕11号)\n"
        "  2022-10-10 – 2022-10-13 4 working days\n"
    )


def test_a_deadline_is_explained_in_chinese(front: Front) -> None:
    run = front("deadline", "7个工作日", "2022-10-14", "--before", "--lang", "zh")
    assert (run.code, run.err) == (0, "")
    assert run.out == (
        "最迟2022-09-30 星期五\n"
        "  2022-10-14 星期五，当日不计算在内\n"
        "  2022-09-30 1个工作日\n"
        "  2022-10-01 – 2022-10-07 国庆节放假（国办发明电〔2021〕11号）\n"
        "  2022-10-08 星期六，国庆节调休上班（国办发明电〔2021〕11号）\n"
        "  2022-10-09 星期日，国庆节调休上班（国办发明电〔2021〕11号）\n"
        "  2022-10-10 – 2022-10-13 4个工作日\n"
    )


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        (
            ["24 h", "2026-09-30", "15:30"],
            ["Due 2026-10-01 Thursday 15:30", "  2026-09-30 15:30, from which the hours run"],
        ),
        (
            ["15 d, rolls", "2026-09-18"],
            [
                "Due 2026-10-08 Thursday",
                "  2026-09-18 Friday, the day itself does not count",
                "  2026-09-19 – 2026-10-03 15 days",
                "  2026-10-03 – 2026-10-07 National Day off, so the end moves on (国办发明电〔2025〕7号)",
            ],
        ),
        (
            ["23 d, rolls", "2026-09-18"],
            [
                "Due 2026-10-12 Monday",
                "  2026-09-18 Friday, the day itself does not count",
                "  2026-09-19 – 2026-10-11 23 days",
                "  2026-10-11 weekend, so the end moves on",
            ],
        ),
        (
            ["lasts at least 3 m", "2025-11-30"],
            [
                "May end on 2026-02-28 Saturday at the earliest",
                "  2025-11-30 Sunday, the day itself does not count",
                "  2026-02-28 the last day of a month that has no such day",
            ],
        ),
        (
            ["7 wd", "2026-12-24"],
            [
                "Due 2027-01-05 Tuesday (provisional)",
                "  2026-12-24 Thursday, the day itself does not count",
                "  2026-12-25 1 working day",
                "  2026-12-26 – 2026-12-27 weekend",
                "  2026-12-28 – 2026-12-31 4 working days",
                "  2027-01-01 New Year's Day off (国务院令第795号)",
                "  2027-01-02 – 2027-01-03 weekend",
                "  2027-01-04 – 2027-01-05 2 working days",
                f"  {UNKNOWN_2027}",
            ],
        ),
        (
            ["1 wd", "1999-09-30"],
            [
                "Due 1999-10-01 Friday (provisional)",
                "  1999-09-30 Thursday, the day itself does not count",
                "  1999-10-01 1 working day",
                "  The holidays of 1999 are not known: only weekends are left out there.",
            ],
        ),
    ],
)
def test_every_kind_of_term_is_said_in_its_words(arguments: list[str], lines: list[str], front: Front) -> None:
    run = front("deadline", *arguments)
    assert (run.code, run.err) == (0, "")
    assert run.out.splitlines() == lines


def test_a_deadline_as_json_has_its_day_its_steps_and_whether_it_is_provisional(front: Front) -> None:
    data = json.loads(front("deadline", "7 wd", "2026-09-24", "--json").out)["data"]
    assert {key: data[key] for key in ("due", "time", "provisional", "rule", "start")} == {
        "due": "2026-10-12",
        "time": None,
        "provisional": False,
        "rule": "within 7 wd",
        "start": "2026-09-24",
    }
    assert [(one["code"], one["from"], one["to"], one["amount"]) for one in data["explanation"]] == [
        ("start", "2026-09-24", None, None),
        ("skipped", "2026-09-25", "2026-09-27", 3),
        ("counted", "2026-09-28", "2026-09-30", 3),
        ("skipped", "2026-10-01", "2026-10-07", 7),
        ("counted", "2026-10-08", "2026-10-09", 2),
        ("worked", "2026-10-10", "2026-10-10", 1),
        ("skipped", "2026-10-11", "2026-10-11", 1),
        ("counted", "2026-10-12", "2026-10-12", 1),
        ("due", "2026-10-12", None, None),
    ]
    assert data["explanation"][5] == {
        "code": "worked",
        "from": "2026-10-10",
        "to": "2026-10-10",
        "name": "National Day",
        "notice": "国办发明电〔2025〕7号",
        "amount": 1,
        "words": "2026-10-10 Saturday, worked for National Day (国办发明电〔2025〕7号)",
    }


def test_the_steps_of_a_deadline_can_be_csv(front: Front) -> None:
    run = front("deadline", "1 wd", "2026-09-30", "--format", "csv")
    assert run.out == (
        "From,To,What,Notice\n"
        '2026-09-30,,"Wednesday, the day itself does not count",\n'
        "2026-10-01,2026-10-07,National Day off,国办发明电〔2025〕7号\n"
        "2026-10-08,2026-10-08,1 working day,\n"
        "2026-10-08,,the last day,\n"
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["7 weeks", "2026-09-24"], "Error: '7 weeks' is no term."),
        (["七个星期", "2026-09-24"], "Error: '七个星期' is no term."),
        (["\x1b[31m7 wd", "2026-09-24"], "is no term."),
        (["7" * 3000 + " wd", "2026-09-24"], "...' is no term."),
        (["24 h", "2026-09-24"], "Error: A term in hours starts at a time of day, and 2026-09-24 has none."),
        (["7 wd", "2026-02-30"], "2026-02-30"),
    ],
)
def test_what_cannot_be_reckoned_is_a_fault_of_usage_and_quoted(
    arguments: list[str], message: str, front: Front
) -> None:
    run = front("deadline", *arguments)
    assert (run.code, run.out) == (2, "")
    assert message in run.err.splitlines()[0]
    assert "\x1b" not in run.err


def test_a_deadline_counts_by_what_the_register_has_imported(front: Front, started: Path, notice: Path) -> None:
    assert started.exists()
    assert front("deadline", "7 wd", "2027-09-28").out.startswith("Due 2027-10-08 Friday (provisional)\n")
    done = front("calendar", "import", notice)
    assert (done.code, done.err) == (0, "")
    assert (
        done.out == "2027 taken over (试发〔2026〕1号): 20 days off, 3 weekend days worked\nNo open deadline moves.\n"
    )
    run = front("deadline", "7 wd", "2027-09-28")
    assert run.out.splitlines()[0] == "Due 2027-10-13 Wednesday"
    assert "  2027-10-09 Saturday, worked for National Day (试发〔2026〕1号)" in run.out.splitlines()
    again = front("calendar", "import", notice)
    assert (again.code, again.out) == (
        0,
        "The holidays of 2027 are known already, with these days. Nothing was changed.\n",
    )


def test_a_notice_is_taken_over_in_chinese(front: Front, started: Path, notice: Path) -> None:
    assert started.exists()
    seen = front("calendar", "import", notice, "--dry-run", "--lang", "zh")
    assert (seen.code, seen.out) == (
        0,
        "将导入2027年（试发〔2026〕1号）：放假20天、调休上班3天\n没有未完成的期限因此变动。\n",
    )
    done = front("calendar", "import", notice, "--lang", "zh")
    assert done.out.startswith("已导入2027年（试发〔2026〕1号）")
    again = front("calendar", "import", notice, "--lang", "zh")
    assert again.out == "2027年的放假安排已有，日期相同。未作任何更改。\n"


def test_a_notice_as_json_says_what_it_brought(front: Front, started: Path, notice: Path) -> None:
    assert started.exists()
    seen = json.loads(front("calendar", "import", notice, "--dry-run", "--json").out)["data"]
    assert (seen["year"], seen["changed"], seen["dry_run"], seen["moved"]) == (2027, False, True, [])
    done = json.loads(front("calendar", "import", notice, "--json").out)["data"]
    assert (done["changed"], done["dry_run"]) == (True, False)
    assert done["worked"] == ["2027-01-03", "2027-02-13", "2027-10-09"]


def test_a_known_year_with_other_days_is_refused_in_both_languages(front: Front, started: Path, notice: Path) -> None:
    assert started.exists()
    front("calendar", "import", notice)
    notice.write_text(HOLIDAYS_2027.replace("to: 2027-05-03", "to: 2027-05-09"), encoding="utf-8")
    run = front("calendar", "import", notice)
    assert (run.code, run.out) == (4, "")
    assert run.err == (
        "Error: The holidays of 2027 are known already, with other days: "
        "2027-05-04, 2027-05-05, 2027-05-06, 2027-05-07, 2027-05-08 and 1 more.\n"
        "Run 'lawcheck calendar status' to see what is known; if that is wrong, say --replace and --why."
        " Nothing was changed.\n"
    )
    spoken = front("calendar", "import", notice, "--lang", "zh")
    assert (spoken.code, spoken.err.splitlines()[1]) == (
        4,
        "请运行“lawcheck calendar status”查看已有年份；如已有的有误，请加 --replace 和 --why。未作任何更改。",
    )


def test_a_wrong_notice_is_replaced_in_both_languages(front: Front, started: Path, notice: Path) -> None:
    assert started.exists()
    front("calendar", "import", notice)
    notice.write_text(HOLIDAYS_2027.replace("to: 2027-05-03", "to: 2027-05-04"), encoding="utf-8")
    looked = front("calendar", "import", notice, "--replace", "--dry-run")
    assert (looked.code, looked.out) == (
        0,
        "2027 would be replaced (试发〔2026〕1号): 21 days off, 3 weekend days worked\nNo open deadline moves.\n",
    )
    run = front("calendar", "import", notice, "--replace", "--why", "4 May is off", "--lang", "zh")
    assert (run.code, run.err) == (0, "")
    assert run.out == "已替换2027年（试发〔2026〕1号）：放假21天、调休上班3天\n没有未完成的期限因此变动。\n"
    assert "2027 revised" in front("log").out
    known = front("calendar", "status", "--format", "csv").out.splitlines()[1]
    assert known == "2027,试发〔2026〕1号,read in the text,21,3,the register: 4 May is off"
    first = json.loads(front("calendar", "status", "--json").out)["data"]["years"][0]
    assert (first["year"], first["imported"], first["why"]) == (2027, True, "4 May is off")
    assert json.loads(front("calendar", "import", notice, "--json").out)["data"]["replaced"] is False


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--replace"], "--why"),
        (["--why", "4 May is off"], "--replace"),
    ],
)
def test_a_replacement_is_asked_for_with_its_reason(
    options: list[str], message: str, front: Front, started: Path, notice: Path
) -> None:
    assert started.exists()
    run = front("calendar", "import", notice, *options)
    assert (run.code, run.out) == (2, "")
    assert message in run.err.splitlines()[0]


def test_a_faulty_notice_is_refused_with_every_place(front: Front, started: Path, notice: Path) -> None:
    assert started.exists()
    notice.write_text(HOLIDAYS_2027.replace("2027-02-13", "2027-02-12"), encoding="utf-8")
    run = front("calendar", "import", notice, "--lang", "zh")
    assert (run.code, run.out) == (5, "")
    assert run.err.splitlines()[0] == f"{notice}:11:11：“2027-02-12”既放假又上班；要求：二者之一"


def test_a_notice_needs_a_register(front: Front, notice: Path) -> None:
    run = front("calendar", "import", notice)
    assert (run.code, run.out) == (6, "")


def test_the_status_lists_the_years_and_warns_from_november(
    front: Front, started: Path, notice: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert started.exists()
    assert "not known" not in front("calendar", "status").out
    monkeypatch.setenv("LAWCHECK_TODAY", "2026-11-01")
    warning = "The holidays of 2027 are not known yet: lawcheck calendar import FILE takes over the notice."
    run = front("calendar", "status")
    assert run.out.splitlines()[-2] == warning
    assert run.out.splitlines()[-1] == UNKNOWN_2027
    fixed = json.loads(front("calendar", "status", "--json").out)["data"]["fixed"]
    assert (fixed["number"], fixed["certainty"], fixed["off"][:3]) == (
        "国务院令第795号", "read", ["2027-01-01", "2027-05-01", "2027-05-02"],
    )  # fmt: skip
    assert warning in front().out.splitlines()
    assert (
        "尚无2027年的放假安排：请用 lawcheck calendar import FILE 导入通知。" in front("--lang", "zh").out.splitlines()
    )
    board = json.loads(front("--json").out)["data"]
    assert board["warnings"] == [{"code": "holidays-unknown", "year": 2027}]
    front("calendar", "import", notice)
    assert warning not in front("calendar", "status").out
    assert json.loads(front("--json").out)["data"]["warnings"] == []
    years = json.loads(front("calendar", "status", "--json").out)["data"]["years"]
    assert [(one["year"], one["imported"]) for one in years[:2]] == [(2027, True), (2026, False)]


def test_the_status_says_how_sure_each_number_is(front: Front) -> None:
    run = front("calendar", "status", "--format", "csv")
    lines = run.out.splitlines()
    assert lines[0] == "Year,Notice,Its number,Days off,Weekend days worked,Known from"
    assert lines[1] == "2026,国办发明电〔2025〕7号,read in the text,33,6,lawcheck"
    assert lines[-1] == '2004,国办发明电〔2003〕53号,"recalled, not read",22,6,lawcheck'
    assert '2019,"国办发明电〔2018〕15号, 国办发明电〔2019〕3号",read in the text,30,7,lawcheck' in lines
    years = json.loads(front("calendar", "status", "--json").out)["data"]
    assert (years["missing"], years["warnings"], len(years["years"])) == (None, [], 23)
    assert years["years"][7]["amended_by"] == ["国办发明电〔2019〕3号"]


def test_the_calculator_loads_neither_the_database_toolkit_nor_yaml(program: Program) -> None:
    run = program("deadline", "7 wd", "2022-09-29", env={"PYTHONPROFILEIMPORTTIME": "1"})
    assert (run.code, run.out.splitlines()[0]) == (0, "Due 2022-10-13 Thursday")
    loaded = {line.rpartition("|")[2].strip().split(".")[0] for line in run.err.splitlines()}
    assert loaded & {"sqlalchemy", "sqlmodel", "pydantic", "yaml", "rich"} == set()


def test_a_register_that_is_named_and_not_there_is_an_error(front: Front, tmp_path: Path) -> None:
    run = front("deadline", "7 wd", "2022-09-29", "--register", tmp_path / "none.db")
    assert (run.code, run.out) == (6, "")
