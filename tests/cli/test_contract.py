import json
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lawcheck.cli.commands import COMMANDS
from lawcheck.core.journal import Actor
from lawcheck.export.hand_out import save_hand_outs
from lawcheck.service.archive import export_register
from lawcheck.service.backup import back_up
from lawcheck.service.cases import close_case, open_case, record_milestone
from lawcheck.service.evidence import Intake, Offered, add_evidence
from lawcheck.service.hand_out import hand_out
from lawcheck.store.register import Register
from support import INSTANT, TODAY, Run

Front = Callable[..., Run]
ROW_KEYS = {
    "ref", "title", "kind", "state", "review", "due", "overdue", "late", "unit", "year", "template", "done_on",
    "done_by", "evidence", "working_days_left", "working_days_provisional",
}  # fmt: skip
TOTAL_KEYS = {
    "rows", "done", "partial", "open", "na", "late", "overdue", "not_triggered", "accepted", "returned", "to_review",
}  # fmt: skip
FIGURE_KEYS = {"key", "title", "value", "measure", "period", "qualifier"}
OF_A_CASE = {"entry", "case", "milestone", "rows", "warnings"}
CASES: dict[str, tuple[tuple[str, ...], set[str]]] = {
    "board": (
        (),
        {"today", "years", "soon_days", "counts", "overdue", "soon", "returned", "undated", "warnings"},
    ),
    "start": (("2027", "PL", "--from", "2026"), {"year", "register", "started", "already", "carried"}),
    "list": ((), {"years", "totals", "rows", "rates", "not_triggered"}),
    "next": ((), {"today", "rows"}),
    "show": (
        ("TT-01",),
        {"item", "law_on", "rows", "notes", "history", "earlier", "rule", "explanation", "evidence"},
    ),
    "tick": (("TT-02.Q2.ZF", "--on", "2026-06-01"), {"entry", "rows"}),
    "untick": (("TT-01", "--why", "too early"), {"entry", "rows"}),
    "na": (("TT-02.Q3.ZF", "--why", "merged"), {"entry", "rows"}),
    "note": (("TT-01", "seen"), {"entry", "year", "ref", "text"}),
    "assign": (("TT-02.Q2.ZF", "wang"), {"entry", "rows"}),
    "occasion": (("TT-03", "--on", "2026-06-01", "--note", "again"), {"entry", "rows", "without_law"}),
    "accept": (("TT-01", "--as", "wang"), {"entry", "rows"}),
    "return": (("TT-01", "--why", "not signed", "--as", "wang"), {"entry", "rows"}),
    "undo": ((), {"entry", "undoes", "command", "keys"}),
    "log": ((), {"entries", "head", "more"}),
    "evidence add": (
        ("TT-02.Q2.ZF", "--doc", "小府〔2026〕1号", "--link", "https://example.invalid/1"),
        {"entry", "evidence", "rows", "figure_entry"},
    ),
    "evidence list": ((), {"years", "evidence"}),
    "evidence open": (("TT-02.Q4.FZ#1",), {"evidence", "target", "shown"}),
    "evidence export": (("TT-02.Q4.FZ", "-o", "~/handed-out"), {"folder", "index", "evidence"}),
    "evidence purge": (
        ("TT-02.Q4.FZ", "1", "--why", "classified"),
        {"entry", "hash", "why", "was_there", "evidence"},
    ),
    "evidence remove": (("TT-02.Q3.FZ#1", "--why", "of another row"), {"entry", "evidence", "rows", "figure_entry"}),
    "figure add": (("visits", "21次"), {"entry", "figure", "counted", "evidence", "warnings"}),
    "figure target": (("visits", "30次"), {"entry", "figure", "before"}),
    "figure import": (
        ("{small}/figures.csv", "--year", "2026"), {"file", "sheet", "year", "entries", "figures", "entry"},
    ),
    "figure list": ((), {"year", "as_of", "figures"}),
    "figure show": (("tt_met",), {"figure", "entries", "counted", "typed", "last_year", "unreported"}),
    "summary": (
        ("2026",),
        {
            "year", "as_of", "by", "bureau", "lines", "totals", "overdue", "overdue_more", "rates", "not_triggered",
            "figures", "head", "register_id", "carried", "breakdowns", "sections", "burn_up", "held", "terms",
            "compared", "closed",
        },
    ),
    "report": (
        ("2026", "-o", "{small}/report.docx", "--with-gaps", "--force"),
        {"file", "manifest", "draft", "year", "as_of", "plan", "headings", "gaps", "sources", "private", "head"},
    ),
    "hand-out": (("--unit", "ZF", "-o", "{small}/ZF.xlsx", "--force"), {"year", "workbooks", "idle", "unclaimed"}),
    "collect": (
        ("{kept}/handed-out",),
        {"year", "applied", "workbooks", "unanswered", "answered_before", "left", "faults"},
    ),
    "year close": (
        ("2026", "-o", "{kept}/closing.json", "--force"),
        {"year", "entry", "totals", "unfinished", "confirmed", "missing_figures", "head", "manifest"},
    ),
    "year manifest": (("2026", "-o", "{kept}/closing.json", "--force"), {"year", "head", "manifest"}),
    "year reopen": (
        ("2026", "--why", "an audit"),
        {"year", "entry", "why", "closed_on", "closed_by", "confirmations"},
    ),
    "case open": (("TS", "--no", "18", "--title", "refund", "--on", "2026-06-01"), OF_A_CASE),
    "case import": (
        ("{templates}/cases/example.csv", "--template", "AJ"),
        {
            "file", "sheet", "dry_run", "taken", "left", "cases", "rows", "done", "late", "early", "overdue", "soon",
            "provisional", "urgent", "entry", "faults", "warnings",
        },
    ),
    "case milestone": (("AJ-01", "decided", "2026-06-01"), OF_A_CASE),
    "case pause": (("AJ-01", "appraisal", "2026-04-01", "2026-04-10"), OF_A_CASE),
    "case extend": (("AJ-01.DECIDE", "30 d", "--on", "2026-05-08", "--approval", "the head"), OF_A_CASE),
    "case fact": (("AJ-01", "fined"), OF_A_CASE),
    "case list": ((), {"today", "cases"}),
    "case show": (
        ("AJ-01",),
        {
            "case", "milestones", "rows", "pauses", "extensions", "not_asked", "notes", "history", "warnings",
        },
    ),
    "case close": (("AJ-01", "--why", "transferred"), OF_A_CASE),
    "case reopen": (("AJ-02", "--why", "overturned"), OF_A_CASE),
    "deadline": (("7 wd", "2026-09-24"), {"rule", "start", "due", "time", "provisional", "explanation"}),
    "calendar status": ((), {"years", "missing", "fixed", "warnings"}),
    "calendar import": (
        ("{templates}/holidays/2026.yaml",),
        {"year", "notice", "off", "worked", "changed", "dry_run", "replaced", "moved"},
    ),
    "demo": ((), {"register", "is_new", "board", "summary"}),
    "template list": ((), {"laws", "templates"}),
    "template show": (("PL",), {"template", "title", "about", "year", "items", "left_out", "figures"}),
    "template check": (("{templates}/PL.yaml",), {"files", "items", "uncited", "explained"}),
    "template diff": (("2022", "2026", "PL"), {"before", "after", "year", "templates"}),
    "template upgrade": (("{small}/TT.yaml", "--apply"), {"year", "entry", "checklists", "figures", "own"}),
    "calendar ics": (("-o", "{small}/due.ics", "--force"), {"file", "events", "provisional"}),
    "bureau show": ((), {"name", "units", "people", "duties", "sections", "figures", "choices", "typed"}),
    "bureau import": (
        ("{small}/bureau.yaml",),
        {
            "name", "units", "people", "duties", "sections", "figures", "choices", "changed", "figures_added",
            "rows_moved", "moved", "typed", "kept",
        },
    ),
    "verify": (
        (),
        {
            "register", "register_id", "entries", "rows", "redacted", "checks", "findings", "notes", "head", "ancestor",
            "evidence",
        },
    ),
    "backup": (
        ("-o", "{kept}/other.backup"),
        {"file", "manifest", "register", "register_id", "head", "rows", "files", "size", "lost", "signed"},
    ),
    "restore": (
        ("{kept}/register.backup", "--register", "{kept}/restored.db"),
        {
            "register", "file", "register_id", "head", "rows", "files", "lost", "made_at", "made_by", "last_at",
            "age_seconds", "signed",
        },
    ),
    "redact": (("2", "--why", "by law"), {"seq", "entry", "dry_run", "why", "entries", "places", "unswept", "others"}),
    "export": (
        ("-o", "{kept}/other.zip"),
        {"file", "register", "register_id", "head", "rows", "files", "size", "lost", "signed"},
    ),
    "import": (
        ("{kept}/register.zip", "--register", "{kept}/imported.db"),
        {"register", "file", "register_id", "head", "rows", "files", "lost", "signed"},
    ),
}  # fmt: skip
"""By command: arguments that do something, and the keys of its data."""


def _in_order(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _value in pairs]
    assert keys == sorted(set(keys))
    return dict(pairs)


def _envelope(run: Run) -> dict[str, Any]:
    """Return the one envelope on stdout, its keys in order at every depth."""
    assert run.err == ""
    assert run.out.endswith("}\n")
    assert run.out.count("\n") == 1
    held: dict[str, Any] = json.loads(run.out, object_pairs_hook=_in_order)
    assert set(held) == {"lawcheck", "command", "status", "exit_code", "data", "errors"}
    assert (held["lawcheck"], held["exit_code"]) == (1, run.code)
    return held


@pytest.fixture
def with_cases(lived: Path) -> Path:
    """Return the register after a case was opened and filed, and another closed."""
    actor = Actor("lihua", "os-lihua", "desk-1", INSTANT, TODAY, today_set=False)
    with Register.open(lived) as register:
        open_case(register, actor, "AJ", number="17", title="false claims", on="2026-03-02")
        record_milestone(register, actor, "AJ-01", "filed", "2026-03-06")
        open_case(register, actor, "AJ", number="16", title="no licence", on="2026-03-02")
        close_case(register, actor, "AJ-02", on=date.fromisoformat(TODAY), why="transferred")
        add_evidence(register, actor, "TT-02.Q3.FZ", Offered(documents=("小府〔2026〕2号",)), Intake())
        paper = lived.with_name("paper.txt")
        paper.write_text("signed", encoding="utf-8")
        add_evidence(register, actor, "TT-02.Q4.FZ", Offered((paper,)), Intake())
        back_up(register, actor, lived.with_name("register.backup"), force=False)
        given = hand_out(register, year=2026, unit=None, today=date.fromisoformat(TODAY))
        save_hand_outs(lived.with_name("handed-out"), given, in_folder=True, force=False)
        export_register(register, lived.with_name("register.zip"), force=False)
    return lived


@pytest.fixture(autouse=True)
def over(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands on a year that is over find it over, and closed where they need it so."""
    command = request.node.callspec.params.get("command", "") if hasattr(request.node, "callspec") else ""
    if not str(command).startswith("year "):
        return
    folder, front = request.getfixturevalue("with_cases").parent, request.getfixturevalue("front")
    monkeypatch.setenv("LAWCHECK_TODAY", "2027-04-02")
    if command != "year close":
        assert front("year", "close", "2026", "-o", folder / "before.json").code == 0


def _arguments(command: str, small: Path, kept: Path) -> list[str]:
    templates = Path(__file__).resolve().parent.parent.parent / "checklists"
    words = [] if command == "board" else command.split(" ")
    return [*words, *(one.format(small=small, templates=templates, kept=kept) for one in CASES[command][0]), "--json"]


def _every(value: object, key: str) -> Iterator[Any]:
    """Yield what stands under a key anywhere in a value."""
    if isinstance(value, dict):
        if key in value:
            yield value[key]
        for one in value.values():
            yield from _every(one, key)
    elif isinstance(value, list):
        for one in value:
            yield from _every(one, key)


def test_every_command_has_its_contract() -> None:
    assert set(CASES) == {*COMMANDS, "board"}


@pytest.mark.parametrize("command", CASES)
def test_a_command_answers_with_one_envelope(
    command: str, front: Front, with_cases: Path, small_made: Path, demo_made: Path
) -> None:
    assert with_cases.exists()
    options = ["--register", str(demo_made)] if command == "demo" else []
    held = _envelope(front(*options, *_arguments(command, small_made, with_cases.parent)))
    assert held["status"] == "ok"
    assert held["errors"] == []
    assert held["command"] == command.split(" ")
    assert set(held["data"]) == CASES[command][1]


@pytest.mark.parametrize("command", CASES)
@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_what_an_envelope_holds_does_not_depend_on_the_language_but_for_words(
    command: str, spoken: str, front: Front, with_cases: Path, small_made: Path, demo_made: Path
) -> None:
    assert with_cases.exists()
    options = ["--register", str(demo_made)] if command == "demo" else []
    held = _envelope(front("--lang", spoken, *options, *_arguments(command, small_made, with_cases.parent)))
    for key in ("state", "kind", "review", "qualifier", "due_from", "level"):
        assert [one for one in _every(held["data"], key) if one is not None and not str(one).isascii()] == []


@pytest.mark.parametrize(
    "command", ["list", "next", "show", "tick", "untick", "na", "assign", "occasion", "accept", "return"]
)
def test_a_row_says_all_that_the_contract_asks_for(command: str, front: Front, lived: Path, small_made: Path) -> None:
    assert lived.exists()
    rows = _envelope(front(*_arguments(command, small_made, lived.parent)))["data"]["rows"]
    assert rows
    for row in rows:
        assert set(row) >= ROW_KEYS
        assert row["state"] in ("open", "partial", "done", "na")
        assert row["review"] in ("none", "accepted", "returned")
        assert (type(row["overdue"]), type(row["late"]), row["evidence"]) == (bool, bool, [])
        for day in ("due", "done_on"):
            assert row[day] is None or re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", row[day])


def test_a_row_is_told_whole(front: Front, lived: Path) -> None:
    assert lived.exists()
    rows = {row["ref"]: row for row in _envelope(front("list", "--json"))["data"]["rows"]}
    assert rows["TT-01"] == {
        "ref": "TT-01",
        "code": "TT-01",
        "title": "Yearly item",
        "kind": "yearly",
        "template": "TT",
        "year": 2026,
        "unit": "FZ",
        "period": None,
        "occasion": None,
        "happening": None,
        "section": "power-list",
        "weight": 2,
        "begins": "2026-01-01",
        "due": "2026-03-31",
        "due_from": "practice",
        "provisional": False,
        "working_days_left": None,
        "working_days_provisional": False,
        "state": "done",
        "left": None,
        "why": None,
        "done_on": "2026-04-02",
        "done_by": "lihua",
        "recorded_on": "2026-06-15",
        "assignee": None,
        "review": "none",
        "overdue": False,
        "days_overdue": 0,
        "late": True,
        "days_late": 2,
        "evidence": [],
    }
    overdue = {ref for ref, row in rows.items() if row["overdue"]}
    assert overdue == {"TT-02.Q1.ZF"}
    assert {ref for ref, row in rows.items() if row["done_on"] is None and row["state"] == "done"} == {"TT-02.Q1.FZ"}
    assert (rows["TT-03.1"]["happening"], rows["TT-03.1"]["due"]) == ("a rule changed", None)


@pytest.mark.parametrize("command", ["list", "summary"])
def test_totals_say_all_that_the_contract_asks_for_and_balance(command: str, front: Front, lived: Path) -> None:
    assert lived.exists()
    totals = _envelope(front(command, "--json"))["data"]["totals"]
    assert set(totals) >= TOTAL_KEYS
    told = {key: totals[key] for key in TOTAL_KEYS}
    assert told == {
        "rows": 10, "done": 2, "partial": 1, "open": 6, "na": 1, "late": 1, "overdue": 1, "not_triggered": 0,
        "accepted": 0, "returned": 0, "to_review": 0,
    }  # fmt: skip
    assert totals["rows"] == totals["done"] + totals["partial"] + totals["open"] + totals["na"]
    assert (totals["undated"], totals["percent"]) == (1, "22.2")


def test_figures_say_all_that_the_contract_asks_for(front: Front, lived: Path) -> None:
    assert lived.exists()
    front("figure", "add", "visits", "1.50万次", "--from", "2026-01-01", "--to", "2026-03-31", "--qualifier", "about")
    figures = {one["key"]: one for one in _envelope(front("figure", "list", "--json"))["data"]["figures"]}
    assert all(set(one) >= FIGURE_KEYS for one in figures.values())
    assert figures["visits"] == {
        "key": "visits",
        "title": "Visits",
        "value": "1.50万",
        "base": "15000",
        "measure": "visits",
        "period": {"from": "2026-01-01", "to": "2026-03-31"},
        "qualifier": "about",
        "adds": "sum",
        "section": "power-list",
        "entries": 1,
        "source": "entries",
        "target": None,
        "last_year": None,
        "typed": None,
        "year": 2026,
    }
    assert (figures["tt_met"]["value"], figures["tt_met"]["period"]) == ("198", None)


def test_a_missing_figure_is_a_visible_gap(front: Front, started: Path) -> None:
    assert started.exists()
    figures = _envelope(front("figure", "list", "--json"))["data"]["figures"]
    assert {(one["key"], one["value"], one["base"], one["qualifier"]) for one in figures} == {
        ("visits", None, None, None),
        ("tt_met", None, None, None),
        ("tt_all", None, None, None),
    }


def test_decimals_are_texts_and_no_number_is_a_float(front: Front, lived: Path) -> None:
    assert lived.exists()
    for command in (["list"], ["summary"], ["figure", "list"], ["figure", "show", "tt_met"]):
        run = front(*command, "--json")
        floats: list[str] = []
        json.loads(run.out, parse_float=floats.append)
        assert floats == []


def test_a_rate_is_told_with_its_two_figures(front: Front, lived: Path) -> None:
    assert lived.exists()
    (rate,) = _envelope(front("list", "--json"))["data"]["rates"]
    wanted = {
        "ref": "TT-04",
        "year": 2026,
        "template": "TT",
        "title": "Case item",
        "met": "198",
        "of": "209",
        "percent": "94.7",
        "at_least": "95%",
        "is_met": False,
    }
    assert {key: rate[key] for key in wanted} == wanted


def test_gaps_that_were_asked_for_have_their_status(front: Front, lived: Path) -> None:
    assert lived.exists()
    held = _envelope(front("list", "--overdue", "--fail", "--json"))
    assert (held["status"], held["exit_code"], held["errors"]) == ("gaps", 1, [])
    assert [row["ref"] for row in held["data"]["rows"]] == ["TT-02.Q1.ZF"]


@pytest.mark.parametrize(
    ("arguments", "command", "code", "exit_code"),
    [
        (["tick", "TT-99"], ["tick"], "unknown-ref", 3),
        (["tick", "TT-02.Q2"], ["tick"], "ambiguous-ref", 3),
        (["tick", "TT-04"], ["tick"], "rate-not-ticked", 4),
        (["tick", "nonsense"], ["tick"], "invalid-ref", 2),
        (["list", "--unit", "XX"], ["list"], "unknown-unit", 3),
        (["list", "--due-within", "soon"], ["list"], "invalid-value", 2),
        (["figure", "show", "nothing"], ["figure", "show"], "unknown-figure", 3),
        (["figure", "add", "visits", "3"], ["figure", "add"], "amount-without-measure", 2),
        (["template", "show", "ZZ"], ["template", "show"], "unknown-template", 3),
        (["bureau", "import", "/nowhere.yaml"], ["bureau", "import"], "no-such-file", 3),
        (["next", "--year", "2020"], ["next"], "year-not-started", 3),
        (["next", "--year", "soon"], ["next"], "invalid-setting", 2),
        (["note", "TT-01"], ["note"], "missing-parameter", 2),
        (["note", "TT-01", "a", "b"], ["note"], "too-many-arguments", 2),
        (["note", "TT-01", "a", "--colour"], ["note"], "no-such-option", 2),
        (["figure", "add", "visits", "-3%"], ["figure", "add"], "dashed-value", 2),
        (["--register", "/nowhere/at/all.db"], ["board"], "register-missing", 6),
    ],
)
@pytest.mark.parametrize("asked", [["--json"], ["--format", "json"], ["--format=json"]])
def test_an_error_is_an_envelope_too(
    arguments: list[str], command: list[str], code: str, exit_code: int, asked: list[str], front: Front, started: Path
) -> None:
    assert started.exists()
    for line in ([*asked, *arguments], [*arguments, *asked]):
        run = front(*line)
        held = _envelope(run)
        assert (held["status"], held["data"], run.code) == ("error", {}, exit_code)
        assert [one["code"] for one in held["errors"]] == [code]
        assert held["command"] == command
        for one in held["errors"]:
            assert set(one) == {"code", "message", "hint"}
            assert all(one.values())


def test_every_fault_of_a_file_is_an_error_of_its_own(front: Front, started: Path, tmp_path: Path) -> None:
    assert started.exists()
    wrong = tmp_path / "XX.yaml"
    wrong.write_text("template: XX\nfor: year\ncolour: red\n", encoding="utf-8")
    run = front("template", "check", wrong, "--json")
    held = _envelope(run)
    assert (run.code, {one["code"] for one in held["errors"]}) == (5, {"bad-file"})
    assert [one["message"].removeprefix(str(wrong)) for one in held["errors"]] == [
        ":1:1: 'title' is missing, expected: a value",
        ":1:1: 'about' is missing, expected: a value",
        ":1:1: 'items' is missing, expected: a value",
        ":3:1: the key 'colour' is not known, expected: one of the keys of the schema",
    ]


@pytest.mark.parametrize("value", ["list", "undo", "figure"])
def test_the_value_of_an_option_is_never_taken_for_the_command(value: str, front: Front, started: Path) -> None:
    assert started.exists()
    held = _envelope(front("--as", value, "tick", "TT-01", "--json"))
    assert held["command"] == ["tick"]


def test_a_text_of_the_user_is_never_taken_for_the_command(front: Front, started: Path) -> None:
    assert started.exists()
    assert _envelope(front("--json", "note", "TT-01", "figure"))["command"] == ["note"]
    assert _envelope(front("--json", "note", "TT-01", "undo"))["command"] == ["note"]


def test_csv_has_one_line_a_row_under_the_heads(front: Front, lived: Path) -> None:
    assert lived.exists()
    run = front("list", "TT-02.Q1", "--format", "csv")
    assert (run.code, run.err) == (0, "")
    assert run.out == (
        "Ref,Year,Item,Unit,Due,Left or done,State\n"
        "TT-02.Q1.FZ,2026,Quarterly item,FZ,2026-03-31,-,done · day not stated\n"
        "TT-02.Q1.ZF,2026,Quarterly item,ZF,2026-03-31,76 days overdue,partial\n"
    )


def test_a_day_that_is_not_fixed_is_no_quoted_dash_in_csv(front: Front, lived: Path) -> None:
    assert lived.exists()
    run = front("list", "TT-03.1", "--format", "csv")
    assert "'-" not in run.out


@pytest.mark.parametrize(
    "arguments",
    [
        ["list"],
        ["next"],
        ["log"],
        ["summary"],
        ["figure", "list"],
        ["template", "list"],
        ["template", "show", "PL"],
        ["bureau", "show"],
        ["calendar", "status"],
        ["deadline", "7 wd", "2026-09-24"],
    ],
)
def test_what_is_one_table_can_be_csv(arguments: list[str], front: Front, lived: Path) -> None:
    assert lived.exists()
    run = front(*arguments, "--format", "csv")
    heads, *lines = run.out.splitlines()
    assert (run.code, run.err) == (0, "")
    assert lines
    assert "," in heads
    assert not heads.startswith(" ")


@pytest.mark.parametrize("form", ["csv", "xml"])
@pytest.mark.parametrize(
    "arguments",
    [
        ["tick", "TT-02.Q2.ZF"],
        ["untick", "TT-01", "--why", "x"],
        ["na", "TT-02.Q2.ZF", "--why", "x"],
        ["note", "TT-01", "x"],
        ["assign", "TT-01", "wang"],
        ["occasion", "TT-03", "--on", "2026-06-01", "--note", "x"],
        ["figure", "add", "visits", "1次"],
        ["undo"],
        ["start", "2027"],
    ],
)
def test_a_form_that_is_refused_changes_nothing(arguments: list[str], form: str, front: Front, lived: Path) -> None:
    assert lived.exists()
    before = json.loads(front("log", "--json").out)["data"]["head"]
    run = front(*arguments, "--format", form)
    after = json.loads(front("log", "--json").out)["data"]["head"]
    assert (run.code, run.out) == (2, "")
    assert after == before
