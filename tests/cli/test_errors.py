import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from lawcheck.cli.app import App
from lawcheck.errors import RegisterUnreachable
from lawcheck.library import places, reading
from lawcheck.store import file
from lawcheck.store.file import SCHEMA_VERSION
from lawcheck.store.tables import SQLITE_TRIGGERS
from support import CASE_TEMPLATES, SMALL_BUREAU, SMALL_TEMPLATE, TEMPLATES, Program, Run

Front = Callable[..., Run]


def _head(front: Front) -> tuple[int, str]:
    head = json.loads(front("log", "--json").out)["data"]["head"]
    return head["seq"], head["hash"]


# --- 0 and 1 -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["list", "--overdue"], 0),
        (["list", "--overdue", "--fail"], 1),
        (["list", "--unit", "ZF", "--state", "done", "--fail"], 0),
        (["list", "TT-03.2", "--fail"], 3),
        (["verify"], 0),
        (["template", "check"], 0),
    ],
)
def test_gaps_count_only_where_they_are_asked_for(arguments: list[str], code: int, front: Front, lived: Path) -> None:
    assert lived.exists()
    assert front(*arguments).code == code


def test_a_law_that_nothing_cites_is_a_gap_unless_it_says_why(
    front: Front, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = tmp_path / "checklists"
    shutil.copytree(places.checklists(), library)
    laws = (library / "laws.yaml").read_text(encoding="utf-8")
    head, _said, rest = laws.partition("    uncited:\n")
    (library / "laws.yaml").write_text(head + "".join(rest.splitlines(keepends=True)[2:]), encoding="utf-8")
    monkeypatch.setattr(reading, "checklists", lambda: library)
    run = front("template", "check", "--json")
    assert run.code == 1
    assert len(json.loads(run.out)["data"]["uncited"]) == 1


def test_verify_leaves_with_one_when_something_was_changed_behind_its_back(front: Front, lived: Path) -> None:
    connection = sqlite3.connect(lived)
    connection.execute("UPDATE checklist_row SET assignee = 'wang' WHERE ref = 'TT-02.Q4.ZF'")
    connection.commit()
    connection.close()
    run = front("verify")
    assert (run.code, run.err) == (1, "")
    assert "1 finding (" in run.out
    held = json.loads(front("verify", "--json").out)
    assert (held["status"], held["exit_code"], held["errors"]) == ("gaps", 1, [])
    assert [(one["check"], one["severity"]) for one in held["data"]["findings"]] == [("replay.tables", "error")]


# --- 2 -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said", "hint"),
    [
        (
            ["list", "--overdu"],
            "There is no option '--overdu'. Nearest: --overdue.",
            "Run the command with --help to see its options.",
        ),
        (
            ["lst"],
            "There is no command 'lst'. Nearest: list.",
            "Run 'lawcheck --help' to see the commands.",
        ),
        (
            ["template", "chekc"],
            "There is no command 'template chekc'. Nearest: check.",
            "Run 'lawcheck --help' to see the commands.",
        ),
        (
            ["tick", "TT-01", "--on"],
            "--on needs a value.",
            "Run the command with --help to see its options.",
        ),
        (
            ["tick"],
            "'REF...' is missing.",
            "Run the command with --help to see how it is used.",
        ),
        (
            ["untick", "TT-01"],
            "'--why' is missing.",
            "Run the command with --help to see how it is used.",
        ),
        (
            ["list", "--state", "closed"],
            "'closed' does not do for --state; expected: open, partial, done, na.",
            "Run the command with --help to see how it is used.",
        ),
        (
            ["list", "--state", "it's"],
            "'it's' does not do for --state; expected: open, partial, done, na.",
            "Run the command with --help to see how it is used.",
        ),
        (
            ["next", "-n", "many"],
            "'many' does not do for -n; expected: 1 .. 1000.",
            "Run the command with --help to see how it is used.",
        ),
        (
            ["next", "-n", "0"],
            "'0' does not do for -n; expected: 1 .. 1000.",
            "Run the command with --help to see how it is used.",
        ),
        (
            ["list", "--due-within", "4000"],
            "'4000' does not do for --due-within; expected: 0 .. 3660.",
            "Run the command with --help to see how it is used.",
        ),
        (
            ["start", "next"],
            "'next' does not do for YEAR; expected: 1, 2, 3 ....",
            "Run the command with --help to see how it is used.",
        ),
        (
            ["start", "1900"],
            "'1900' is no year that can be started.",
            "Write a year from 1949 to 2200, as in 'lawcheck start 2026'.",
        ),
        (
            ["start", "2027", "--year", "2026"],
            "2027 and --year 2026 cannot stand together.",
            "Leave one of the two out.",
        ),
        (
            ["note", "TT-01", "two", "words"],
            "These words are not taken here: 'words'.",
            "Put a text of several words between quotation marks.",
        ),
        (
            ["note", "TT-01", "draft", "(second)", "sent"],
            "These words are not taken here: '(second) sent'.",
            "Put a text of several words between quotation marks.",
        ),
        (
            ["tick", "TT-01", "--on", "2026-02-30"],
            "'2026-02-30' is no day of the calendar.",
            "Write a day as 2026-03-05.",
        ),
        (
            ["tick", "TT-01", "--on", "yesterday"],
            "'yesterday' is no day of the calendar.",
            "Write a day as 2026-03-05.",
        ),
        (
            ["tick", "TT-01", "--on", "2026-03-01", "--partial", "half"],
            "--on and --partial cannot stand together.",
            "Leave one of the two out.",
        ),
        (
            ["tick", "first"],
            "'first' is no ref. A ref looks like PL-03, ES-02.Q2 or PL-02.1.",
            "Run 'lawcheck list' to see the rows.",
        ),
        (
            ["untick", "TT-01", "--why", "  "],
            "--why holds no words.",
            "Say it in a few words, between quotation marks.",
        ),
        (
            ["na", "TT-01", "--why", ""],
            "--why holds no words.",
            "Say it in a few words, between quotation marks.",
        ),
        (
            ["note", "TT-01", "\n"],
            "TEXT holds no words.",
            "Say it in a few words, between quotation marks.",
        ),
        (
            ["assign", "lihua"],
            "NAME holds no words.",
            "Say it in a few words, between quotation marks.",
        ),
        (
            ["figure", "add", "visits", "21"],
            "'21' has no measure. This figure is counted in 次 (visits).",
            "Write the measure after the number: lawcheck figure add visits '21次'",
        ),
        (
            ["figure", "add", "visits", "many"],
            "'many' is no amount.",
            "Write a number and its measure, as in 21次, 1619.14万元 or 3.72%.",
        ),
        (
            ["figure", "add", "visits", "21件"],
            "'21件' is in another measure than the figure visits, which is counted in 次 (visits).",
            "Run 'lawcheck figure show visits' to see the figure.",
        ),
        (
            ["figure", "add", "visits", "21次", "--on", "2026-03-01", "--to", "2026-03-31"],
            "--on and --from / --to cannot stand together.",
            "Leave one of the two out.",
        ),
        (
            ["figure", "add", "visits", "21次", "--from", "2026-03-01"],
            "'--to' is missing.",
            "Run the command with --help to see how it is used.",
        ),
        (
            ["summary", "--by", "week"],
            "'week' does not do for --by; expected: template, unit, month, section.",
            "Run the command with --help to see how it is used.",
        ),
        (
            ["verify", "--format", "csv"],
            "--format csv and verify cannot stand together.",
            "Leave one of the two out.",
        ),
    ],
)
def test_a_command_line_that_cannot_be_read_leaves_with_two(
    arguments: list[str], said: str, hint: str, front: Front, started: Path
) -> None:
    assert started.exists()
    run = front(*arguments)
    assert (run.code, run.out) == (2, "")
    assert run.err.splitlines() == [f"Error: {said}", hint]


def test_a_flag_that_was_given_a_value_is_not_said_to_need_one(front: Front, started: Path) -> None:
    assert started.exists()
    run = front("list", "--fail=1")
    assert (run.code, run.out) == (2, "")
    assert "needs a value" not in run.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["list", "--overdu"], "错误：没有选项“--overdu”。相近的有：--overdue。"),
        (["lst"], "错误：没有命令“lst”。相近的有：list。"),
        (["note", "TT-01", "两个", "词"], "错误：这里不接受这些词：“词”。"),
        (["list", "--state", "closed"], "错误：--state不能是“closed”，应为：open, partial, done, na。"),
        (["tick", "TT-01", "--on", "昨天"], "错误：“昨天”不是有效的日期。"),
    ],
)
def test_a_command_line_that_cannot_be_read_is_refused_in_chinese_too(
    arguments: list[str], said: str, front: Front, started: Path
) -> None:
    assert started.exists()
    run = front("--lang", "zh", *arguments)
    assert (run.code, run.out, run.err.splitlines()[0]) == (2, "", said)


# --- 3 -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["tick", "TT-09"], "No item or row TT-09 in 2026. Nearest: TT-04, TT-03, TT-02."),
        (
            ["show", "TT-02.Q1.XX"],
            "No item or row TT-02.Q1.XX in 2026. Nearest: TT-02.Q1.FZ, TT-02.Q1.ZF, TT-02.Q2.FZ.",
        ),
        (["tick", "TT-02.Q3"], "TT-02.Q3 can mean any of these: TT-02.Q3.FZ (2026), TT-02.Q3.ZF (2026)."),
        (["list", "--year", "2025"], "The year 2025 has not been started."),
        (["summary", "2025"], "The year 2025 has not been started."),
        (["list", "--unit", "ZZ"], "The bureau has no unit 'ZZ'. Nearest: FZ, ZF."),
        (["list", "QQ"], "There is no template 'QQ'. Nearest: TT."),
        (["start", "2026", "QQ"], f"There is no template 'QQ'. Nearest: {', '.join(TEMPLATES)}."),
        (
            ["template", "show", "LQ"],
            f"There is no template 'LQ'. Nearest: {', '.join([*TEMPLATES, *CASE_TEMPLATES])}.",
        ),
        (["figure", "show", "visit"], "There is no figure visit in 2026. Nearest: visits."),
        (["figure", "add", "visit", "1次"], "There is no figure visit in 2026. Nearest: visits."),
        (
            ["tick", "TT-01", "--as", "zhang"],
            "The bureau lists its people, and 'zhang' is not among them. Nearest: wang.",
        ),
        (
            ["bureau", "import", "/nowhere/bureau.yaml"],
            "The file '/nowhere/bureau.yaml' cannot be read: there is no such file.",
        ),
        (["template", "check", "/"], "The file '/' cannot be read: it is no regular file."),
    ],
)
def test_what_is_not_there_leaves_with_three(arguments: list[str], said: str, front: Front, started: Path) -> None:
    assert started.exists()
    before = _head(front)
    run = front(*arguments)
    assert (run.code, run.out, run.err.splitlines()[0]) == (3, "", f"Error: {said}")
    assert len(run.err.splitlines()) == 2
    assert _head(front) == before


def test_a_ref_of_two_years_names_them_and_a_command_that_tells_them_apart(front: Front, started: Path) -> None:
    (started.parent / "TT.yaml").write_text(SMALL_TEMPLATE, encoding="utf-8")
    assert front("start", "2025", started.parent / "TT.yaml").code == 0
    run = front("tick", "TT-01")
    assert run.code == 3
    said, hint = run.err.splitlines()
    assert said == "Error: TT-01 can mean any of these: TT-01 (2025), TT-01 (2026)."
    example = re.search(r"TT-01 --year [0-9]{4}", hint)
    assert example is not None
    assert front("show", *example[0].split(" ")).out.startswith("TT-01 (20")


def test_an_empty_register_has_no_year(front: Front, small_bureau: Path) -> None:
    assert front("bureau", "import", small_bureau).code == 0
    for arguments in (["list"], ["next"], ["tick", "TT-01"], ["summary"], ["figure", "list"]):
        run = front(*arguments)
        assert (run.code, run.err.splitlines()[0]) == (3, "Error: No year has been started in this register.")


# --- 4 -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["tick", "TT-01"], "TT-01 of 2026 is done already, by lihua on 2026-04-02."),
        (["tick", "TT-02.Q1.FZ"], "TT-02.Q1.FZ of 2026 is done already, by lihua on a day not stated."),
        (["na", "TT-01", "--why", "x"], "TT-01 of 2026 is done already, by lihua on 2026-04-02."),
        (
            ["tick", "TT-02.Q2.FZ"],
            "TT-02.Q2.FZ of 2026 was set aside as not applicable: merged into the next quarter",
        ),
        (["untick", "TT-02.Q2.ZF", "--why", "x"], "TT-02.Q2.ZF of 2026 is open; there is nothing to untick."),
        (["tick", "TT-02.Q2.ZF", "--on", "2026-06-16"], "2026-06-16 has not come yet; today is 2026-06-15."),
        (["tick", "TT-04"], "TT-04 happens in every case, so it stands for a rate and is not ticked."),
        (
            ["occasion", "TT-01", "--on", "2026-06-01", "--note", "x"],
            "TT-01 is yearly; only an item that waits for an occasion can be triggered.",
        ),
        (
            ["occasion", "TT-03", "--on", "2026-06-16", "--note", "x"],
            "2026-06-16 has not come yet; today is 2026-06-15.",
        ),
        (
            ["occasion", "TT-03", "--on", "2025-06-16", "--note", "x", "--year", "2026"],
            "2025-06-16 does not lie in 2026, the year that is meant.",
        ),
        (
            ["figure", "add", "visits", "1次", "--on", "2026-06-16"],
            "2026-06-16 has not come yet; today is 2026-06-15.",
        ),
        (["undo", "--as", "wang"], "'wang' has no command left to take back."),
    ],
)
def test_what_the_rules_forbid_leaves_with_four(arguments: list[str], said: str, front: Front, lived: Path) -> None:
    assert lived.exists()
    before = _head(front)
    run = front(*arguments)
    assert (run.code, run.out) == (4, "")
    assert run.err.splitlines()[0] == f"Error: {said}"
    assert len(run.err.splitlines()) == 2
    assert _head(front) == before


def test_an_item_that_waits_for_an_occasion_says_how_to_record_it(front: Front, started: Path) -> None:
    assert started.exists()
    run = front("tick", "TT-03")
    assert (run.code, run.err) == (
        4,
        (
            "Error: TT-03 has no row until something happens.\n"
            "Record it first: lawcheck occasion TT-03 --on 2026-MM-DD --note '...'\n"
        ),
    )


def test_what_somebody_else_touched_since_is_not_undone(front: Front, started: Path) -> None:
    assert started.exists()
    front("tick", "TT-01")
    front("untick", "TT-01", "--why", "no paper", "--as", "wang")
    run = front("undo")
    assert (run.code, run.err) == (
        4,
        (
            "Error: Entry 2 cannot be taken back: entry 3 by 'wang' changed 2026/TT-01 after it.\n"
            "Run 'lawcheck log' to see both, and correct the row by a new command.\n"
        ),
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["tick", "TT-02.Q1.FZ", "TT-02.Q1.ZF", "TT-99"],
        ["tick", "TT-02.Q1.ZF", "TT-02.Q3"],
        ["tick", "TT-02.Q2.ZF", "TT-01"],
        ["untick", "TT-01", "TT-02.Q2.ZF", "--why", "x"],
        ["na", "TT-02.Q2.ZF", "TT-01", "--why", "x"],
        ["assign", "TT-02.Q2.ZF", "TT-99", "wang"],
    ],
)
def test_one_bad_ref_among_several_changes_nothing(arguments: list[str], front: Front, lived: Path) -> None:
    assert lived.exists()
    before = front("list", "--json").out, _head(front)
    assert front(*arguments).code in (3, 4)
    assert (front("list", "--json").out, _head(front)) == before


# --- 5 -----------------------------------------------------------------------------------------


def test_every_fault_of_a_template_is_told_with_its_place(front: Front, tmp_path: Path) -> None:
    wrong = tmp_path / "TT.yaml"
    text = SMALL_TEMPLATE.replace("duty: legal", "duty: nobody", 1).replace("code: TT-02", "code: TT-01")
    wrong.write_text(text, encoding="utf-8")
    lines = text.splitlines()
    duty = lines.index("    duty: nobody") + 1
    code = lines.index("  - code: TT-01", duty) + 1
    run = front("template", "check", wrong)
    assert (run.code, run.out) == (5, "")
    assert run.err.splitlines() == [
        f"{wrong}:{duty}:11: no duty 'nobody' in duties.yaml, expected: a duty of duties.yaml",
        f"{wrong}:{code}:11: the code 'TT-01' stands here twice, expected: each code once",
        "Correct the file and run the command again. Nothing was changed.",
    ]


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_a_bad_file_starts_no_year_and_leaves_no_register(spoken: str, front: Front, tmp_path: Path) -> None:
    wrong = tmp_path / "TT.yaml"
    text = SMALL_TEMPLATE.replace("kind: yearly", "kind: seldom")
    wrong.write_text(text, encoding="utf-8")
    line = text.splitlines().index("    kind: seldom") + 1
    run = front("--lang", spoken, "start", "2026", wrong)
    assert (run.code, run.out) == (5, "")
    assert run.err.startswith(f"{wrong}:{line}:11")
    assert spoken == "en" or " or " not in run.err
    assert list(tmp_path.glob("register.db*")) == []


@pytest.mark.parametrize("text", ["", "- 1\n", "name: [\n", "a: &x 1\nb: *x\n", "!!python/none x\n", "\ud7ff: 1\n"])
def test_a_bad_bureau_file_changes_nothing(text: str, front: Front, started: Path, tmp_path: Path) -> None:
    assert started.exists()
    wrong = tmp_path / "bureau.yaml"
    wrong.write_text(text, encoding="utf-8")
    before = _head(front)
    run = front("bureau", "import", wrong)
    assert (run.code, run.out) == (5, "")
    assert run.err.startswith(f"{wrong}:")
    assert _head(front) == before


def test_a_bureau_that_holds_no_duty_is_told_which(front: Front, small_template: Path, tmp_path: Path) -> None:
    bureau = tmp_path / "bureau.yaml"
    bureau.write_text(SMALL_BUREAU.replace(', "*": FZ', "").replace("legal: FZ, ", ""), encoding="utf-8")
    run = front("start", "2026", small_template, "--bureau", bureau)
    assert (run.code, run.out) == (5, "")
    assert run.err == (
        "Error: No unit of the bureau holds what template TT needs: legal.\n"
        "Add the duties to your bureau file and run 'lawcheck bureau import FILE'.\n"
    )
    assert not (tmp_path / "register.db").exists()


# --- 6 -----------------------------------------------------------------------------------------


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A database of another program."""
    path = tmp_path / "foreign.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE t (x)")
    connection.commit()
    connection.close()
    return path


def test_a_register_that_is_not_there_says_how_to_make_one(
    front: Front, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = front("--register", "mine.db", "list")
    assert (run.code, run.out, run.err) == (
        6,
        "",
        (
            "Error: There is no register at 'mine.db'.\n"
            "Run 'lawcheck --register mine.db start' with a year to make one, "
            "or 'lawcheck --register mine.db demo' to look at a real year.\n"
        ),
    )
    assert list(tmp_path.glob("*.db*")) == []


def test_a_long_path_is_told_whole(front: Front, tmp_path: Path) -> None:
    path = tmp_path / ("long-name-" * 10) / "register.db"
    run = front("--register", path, "list")
    assert (run.code, run.err.splitlines()[0]) == (6, f"Error: There is no register at '{path}'.")


def test_what_is_no_register_is_left_alone(
    front: Front, foreign: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text, empty = tmp_path / "text.db", tmp_path / "empty.db"
    text.write_text("a list of duties\n" * 100, encoding="utf-8")
    empty.touch()
    for path, reason in (
        (foreign, "it is a database of another program"),
        (text, "file is not a database"),
        (empty, "the file is empty"),
    ):
        before = path.read_bytes()
        for command in (["list"], ["start", "2026", "PL"], ["tick", "TT-01"]):
            run = front("--register", path.name, *command)
            assert (run.code, run.out) == (6, "")
            assert run.err.splitlines()[0] == f"Error: '{path.name}' is no lawcheck register: {reason}."
        assert path.read_bytes() == before


def test_a_folder_is_no_register(front: Front, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for command in (["list"], ["start", "2026", "PL"]):
        run = front("--register", ".", *command)
        assert (run.code, run.err) == (
            6,
            "Error: '.' is a folder, not a register.\nName a file with --register.\n",
        )


def test_a_register_of_a_newer_version_is_left_alone(
    front: Front, started: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = sqlite3.connect(started)
    connection.execute(f"PRAGMA user_version={SCHEMA_VERSION + 1}")
    connection.close()
    monkeypatch.chdir(started.parent)
    run = front("--register", started.name, "tick", "TT-01")
    assert (run.code, run.out) == (6, "")
    assert run.err.splitlines()[0] == (
        "Error: The register 'register.db' was written by a newer lawcheck "
        f"(format {SCHEMA_VERSION + 1}, this one knows {SCHEMA_VERSION})."
    )


@pytest.fixture
def kept_busy(started: Path) -> Iterator[Path]:
    """A register that another program is writing to."""
    connection = sqlite3.connect(started, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    yield started
    connection.close()


def test_a_register_that_stays_busy_is_given_up(kept_busy: Path, front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAWCHECK_BUSY_SECONDS", "0.1")
    monkeypatch.chdir(kept_busy.parent)
    run = front("--register", "register.db", "tick", "TT-01")
    assert (run.code, run.out, run.err) == (
        6,
        "",
        (
            "Error: Another program kept the register 'register.db' busy for 0.1 seconds.\n"
            "Try again when it has finished. Nothing was changed.\n"
        ),
    )
    assert front("list").code == 0


def test_a_register_at_an_address_is_refused_without_its_password(front: Front) -> None:
    run = front("--register", "postgresql://lihua:secret@db.example/law", "list")
    assert (run.code, run.out) == (6, "")
    assert "secret" not in run.err
    assert run.err.startswith("Error: This version opens registers in a file only, not at 'db.example/law'.\n")


def test_a_register_in_a_folder_that_cannot_be_made_is_out_of_reach(
    front: Front, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    run = front("--register", "file/register.db", "start", "2026", "PL")
    assert (run.code, run.out) == (6, "")
    assert run.err.startswith("Error: The register 'file/register.db' cannot be opened: ")


def test_a_damaged_register_is_told_from_a_mistake(front: Front, lived: Path) -> None:
    held = bytearray(lived.read_bytes())
    held[4096 : len(held)] = b"\xa5" * (len(held) - 4096)
    lived.write_bytes(held)
    for command in (["list"], ["tick", "TT-01"], ["verify"], ["log"]):
        run = front(*command)
        assert run.code in (1, 6)
        assert run.out + run.err


# --- 130 and closed pipes ----------------------------------------------------------------------


@pytest.fixture(scope="session")
def large_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A template of 900 monthly items, 10,800 rows in a year."""
    head, _, rest = SMALL_TEMPLATE.partition("  - code: TT-01\n")
    item = rest.partition("  - code: TT-02\n")[0].replace("    kind: yearly\n    due: by 03-31\n", "")
    monthly = "    kind: periodic\n    every: month\n    due: by period end\n"
    path = tmp_path_factory.mktemp("large") / "TT.yaml"
    items = "".join(f"  - code: TT-{number}\n{item}{monthly}" for number in range(100, 1000))
    path.write_text(head + items, encoding="utf-8")
    return path


def _interrupted(program: Program, arguments: list[str], ready: Callable[[], bool], seconds: float) -> Run:
    """Run the program and interrupt it so many seconds after it is ready."""
    with subprocess.Popen(
        [sys.executable, "-m", "lawcheck", *arguments],
        cwd=program.folder,
        env=program.env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        deadline = time.monotonic() + 20
        while not ready() and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.005)
        time.sleep(seconds)
        process.send_signal(signal.SIGINT)
        try:
            out, err = process.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()  # leaving the block would wait for it
            raise
    return Run(process.returncode, out, err)


INTERRUPTED = Run(130, "", "Interrupted; nothing was changed by this command.\n")
MADE = "Interrupted. The change itself was made; 'lawcheck log' shows it.\n"


@pytest.mark.parametrize("seconds", [0.0, 0.1, 0.2])
def test_an_interrupted_start_leaves_nothing_half_done(
    seconds: float, program: Program, front: Front, large_template: Path, small_bureau: Path
) -> None:
    arguments = ["start", "2026", str(large_template), "--bureau", str(small_bureau)]
    run = _interrupted(program, arguments, program.register.exists, seconds)
    if run.code == 0 or run.err == MADE:  # a fast machine was done before
        assert json.loads(front("list", "--json").out)["data"]["totals"]["rows"] == 10_800
        assert front("verify").code == 0
    else:
        assert run == INTERRUPTED
        assert list(program.folder.glob("register.db*")) == []


def test_an_interrupted_start_of_a_second_year_leaves_the_first_as_it_was(
    program: Program, front: Front, started: Path, large_template: Path
) -> None:
    before = front("list", "--json").out, _head(front)
    log = started.with_name("register.db-wal")
    arguments = ["start", "2027", str(large_template)]
    run = _interrupted(program, arguments, lambda: log.exists() and log.stat().st_size > 0, 0.0)
    if run.code == 0 or run.err == MADE:  # the signal came when all was written
        assert json.loads(front("list", "--year", "2027", "--json").out)["data"]["totals"]["rows"] == 10_800
    else:
        assert run == INTERRUPTED
        assert (front("list", "--json").out, _head(front)) == before
    assert front("verify").code == 0


@pytest.mark.parametrize("step", ["settle", "is_on_local_disk"])
def test_a_register_that_was_just_being_made_goes_again_when_it_is_interrupted(
    step: str, front: Front, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(file, step, interrupted)
    run = front("start", "2026", "PL")
    assert (run.code, run.err) == (130, "Interrupted; nothing was changed by this command.\n")
    assert list(tmp_path.glob("register.db*")) == []


@pytest.mark.parametrize(
    ("raised", "said"),
    [
        (KeyboardInterrupt, (130, "Interrupted. The change itself was made; 'lawcheck log' shows it.\n")),
        (
            RegisterUnreachable(path="x", reason="disk I/O error"),
            (
                6,
                (
                    "Error: The register 'x' cannot be opened: disk I/O error.\n"
                    "Check the path and the rights, or name another file with --register.\n"
                    "The change itself was made; 'lawcheck log' shows it.\n"
                ),
            ),
        ),
    ],
)
def test_what_fails_after_the_change_was_made_says_that_it_was_made(
    raised: BaseException, said: tuple[int, str], front: Front, started: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert started.exists()

    def broken(*_arguments: object, **_more: object) -> None:
        raise raised

    monkeypatch.setattr(App, "show", broken)
    run = front("note", "TT-01", "x")
    assert (run.code, run.err) == said
    monkeypatch.undo()


@pytest.mark.parametrize(
    ("change", "arguments", "reason"),
    [
        ("UPDATE entry SET payload = replace(payload, ':', ';') WHERE seq = 2", ["log"], "chain.payload #2"),
        (
            "UPDATE item SET standing = replace(standing, 'at_least', 'at_most')",
            ["summary"],
            "replay.tables item 2026/TT-04",
        ),
    ],
)
def test_what_nobody_foresaw_in_a_damaged_register_is_its_damage_and_no_mistake_of_the_program(
    change: str, arguments: list[str], reason: str, front: Front, lived: Path
) -> None:
    with closing(sqlite3.connect(lived)) as other, other:
        other.execute("DROP TRIGGER entry_only_redacted")
        assert other.execute(change).rowcount > 0
        other.execute(next(one for one in SQLITE_TRIGGERS if "entry_only_redacted" in one))
    run = front(*arguments)
    assert (run.code, run.out) == (6, "")
    assert run.err == (
        f"Error: The register '{lived}' is damaged: {reason}\n"
        "Run 'lawcheck verify' to see what is wrong, and go back to a copy.\n"
    )


INTERRUPTS_WHILE_LOADING = """\
import signal, sys

class Finder:
    def find_spec(self, name, path=None, target=None):
        if name == "typer":
            signal.raise_signal(signal.SIGINT)

sys.meta_path.insert(0, Finder())
"""


def test_an_interrupt_while_the_program_loads_shows_no_traceback(program: Program, tmp_path: Path) -> None:
    (tmp_path / "early").mkdir()
    (tmp_path / "early" / "sitecustomize.py").write_text(INTERRUPTS_WHILE_LOADING, encoding="utf-8")
    run = program("list", env={"PYTHONPATH": str(tmp_path / "early")})
    assert "Traceback" not in run.err
    assert run.code in (130, -signal.SIGINT)


@pytest.mark.parametrize("arguments", [["list"], ["list", "--json"], ["list", "--format", "csv"], ["log", "-n", "99"]])
def test_a_reader_who_has_seen_enough_is_no_error(arguments: list[str], program: Program, demo_made: Path) -> None:
    shutil.copy(demo_made, program.register)
    read, write = os.pipe()
    with subprocess.Popen(
        [sys.executable, "-m", "lawcheck", *arguments],
        env=program.env,
        stdout=write,
        stderr=subprocess.PIPE,
    ) as process:
        os.close(write)
        os.read(read, 10)
        os.close(read)
        _out, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (0, b"")


def test_a_reader_who_is_gone_from_the_beginning_is_no_error(program: Program, started: Path) -> None:
    assert started.exists()
    read, write = os.pipe()
    os.close(read)
    with subprocess.Popen(
        [sys.executable, "-m", "lawcheck", "tick", "TT-01"], env=program.env, stdout=write, stderr=subprocess.PIPE
    ) as process:
        os.close(write)
        _out, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (0, b"")
    assert json.loads(program("show", "TT-01", "--json").out)["data"]["rows"][0]["state"] == "done"


def test_a_mistake_of_lawcheck_is_kept_in_a_file_and_shows_no_traceback(program: Program, started: Path) -> None:
    connection = sqlite3.connect(started)
    connection.execute("DROP TABLE note")
    connection.commit()
    connection.close()
    run = program("note", "TT-01", "x", env={"TMPDIR": str(program.folder)})
    assert run.code in (6, 70)
    assert "Traceback" not in run.out + run.err
    if run.code == 70:
        kept = list(program.folder.glob("lawcheck-bug-*.log"))
        assert len(kept) == 1
        assert str(kept[0]) in run.err
        assert "OperationalError" in kept[0].read_text(encoding="utf-8")
