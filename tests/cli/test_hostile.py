import csv
import io
import json
import os
import re
import shlex
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from lawcheck.cli.commands import COMMANDS
from lawcheck.core.journal import Actor
from lawcheck.service.journal import undo
from lawcheck.service.rows import note_on
from lawcheck.service.verify import verify
from lawcheck.store.register import Register
from support import ROOT, SMALL_BUREAU, SMALL_TEMPLATE, TODAY, Program, Run

Front = Callable[..., Run]
STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
STYLING = re.compile("\x1b\\[[0-9;]*m")
ATTACK = "\x1b[31m\x1b]0;x\x07\x9b2J\x9d0;y\x9c\n\r\u202e\u2066\u200f\ufeff\x7f\x08[red]{0}%s"
"""A colour, a title, their forms of one byte, line ends, marks that turn text around, a rich tag, placeholders."""
BRACKETS = "[red]stop[/red] [bold] [/] {0} {name} %s"
IN_A_FILE = ATTACK.replace("\r", "\x00")
"""What only a file can hold."""
FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", '=HYPERLINK("http://example.invalid")')


def _nothing_steers(run: Run) -> None:
    assert STEERING.findall(run.out) == []
    assert STEERING.findall(run.err) == []


@pytest.fixture
def attacked(front: Front, started: Path) -> Front:
    """The front door of a register in which every free text attacks the reader."""
    assert started.exists()
    for arguments in (
        ["note", "TT-01", ATTACK],
        ["tick", "TT-01", "--note", ATTACK],
        ["tick", "TT-02.Q1.FZ", "--partial", ATTACK],
        ["na", "TT-02.Q1.ZF", "--why", ATTACK],
        ["na", "TT-02.Q2.ZF", "--why", "x"],
        ["untick", "TT-02.Q2.ZF", "--why", ATTACK],
        ["occasion", "TT-03", "--on", "2026-05-04", "--note", ATTACK],
        ["figure", "add", "visits", "1次", "--note", ATTACK],
    ):
        run = front(*arguments)
        assert (run.code, run.err) == (0, "")
        _nothing_steers(run)
    return front


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_what_was_typed_never_reaches_the_reader_raw(spoken: str, attacked: Front) -> None:
    for arguments in (
        [],
        ["list"],
        ["next"],
        ["show", "TT-01"],
        ["show", "TT-02"],
        ["show", "TT-02.Q1.FZ"],
        ["show", "TT-02.Q1.ZF"],
        ["show", "TT-02.Q2.ZF"],
        ["show", "TT-03.1"],
        ["log"],
        ["log", "TT-01"],
        ["figure", "list"],
        ["figure", "show", "visits"],
        ["summary"],
        ["verify"],
        ["tick", "TT-02.Q1.ZF"],
        ["untick", "TT-01", "--why", "x"],
        ["undo"],
    ):
        run = attacked("--lang", spoken, *arguments)
        assert run.code in (0, 4)
        _nothing_steers(run)


def test_brackets_and_braces_are_shown_as_they_were_typed(front: Front, started: Path) -> None:
    assert started.exists()
    assert BRACKETS in front("note", "TT-01", BRACKETS).out
    assert BRACKETS in front("show", "TT-01").out
    assert BRACKETS in front("log", "-n", "1").out
    assert BRACKETS in front("occasion", "TT-03", "--on", "2026-05-04", "--note", BRACKETS).out
    assert BRACKETS in front("list").out
    assert BRACKETS in front("tick", BRACKETS).err


def test_what_was_typed_is_kept_as_it_was_typed(attacked: Front) -> None:
    run = attacked("show", "TT-01", "--json")
    assert run.out.count("\n") == 1
    assert not re.search("[\x00-\x09\x0b-\x1f]", run.out)
    assert [one["text"] for one in json.loads(run.out)["data"]["notes"]] == [ATTACK, ATTACK]


def test_a_null_byte_and_half_a_character_are_replaced(front: Front, started: Path) -> None:
    assert started.exists()
    assert front("note", "TT-01", "a\x00b\udc9bc").code == 0
    (note,) = json.loads(front("show", "TT-01", "--json").out)["data"]["notes"]
    assert note["text"] == "a\ufffdb?c"


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_an_error_never_shows_raw_what_it_quotes(spoken: str, front: Front, started: Path) -> None:
    assert started.exists()
    for arguments in (
        ["tick", "{}"],
        ["list", "{}"],
        ["list", "--unit", "{}"],
        ["list", "--state", "{}"],
        ["list", "--{}"],
        ["{}"],
        ["figure", "{}"],
        ["note", "TT-01", "a", "{}"],
        ["tick", "TT-01", "--on", "{}"],
        ["next", "-n", "{}"],
        ["next", "--year", "{}"],
        ["next", "--format", "{}"],
        ["tick", "TT-01", "--as", "{}"],
        ["figure", "show", "{}"],
        ["figure", "add", "visits", "{}"],
        ["figure", "add", "visits", "1{}"],
        ["start", "2026", "{}"],
        ["start", "2026", "{}.yaml"],
        ["start", "{}"],
        ["template", "show", "{}"],
        ["template", "check", "{}"],
        ["bureau", "import", "{}"],
        ["summary", "--by", "{}"],
        ["--register", "{}", "list"],
        ["--register", "postgresql://{}", "list"],
    ):
        run = front("--lang", spoken, *(one.replace("{}", ATTACK) for one in arguments))
        assert (arguments, run.code in (2, 3, 5, 6), bool(run.err)) == (arguments, True, True)
        _nothing_steers(run)


@pytest.mark.parametrize("variable", ["LAWCHECK_YEAR", "LAWCHECK_TODAY", "LAWCHECK_BUSY_SECONDS", "LAWCHECK_REGISTER"])
def test_a_setting_of_the_environment_never_shows_raw(
    variable: str, front: Front, started: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert started.exists()
    monkeypatch.setenv(variable, ATTACK)
    run = front("next")
    assert run.code in (2, 6)
    _nothing_steers(run)


def _quoted(text: str) -> str:
    """Return a text as YAML writes it between quotation marks, with escapes."""
    return json.dumps(text, ensure_ascii=True)


@pytest.fixture
def hostile_files(tmp_path: Path) -> tuple[Path, Path]:
    """A template and a bureau file in which every free text attacks the reader."""
    words = _quoted(IN_A_FILE)
    both = f"{{zh: {words}, en: {words}}}"
    template, bureau = tmp_path / "TT.yaml", tmp_path / "bureau.yaml"
    template.write_text(
        re.sub(r"\{zh: [^}]*\}", lambda _match: both, SMALL_TEMPLATE)
        .replace('articles: "39"', f"articles: {words}")
        .replace("source: {from: custom}", f"source: {{from: custom, place: {words}, note: {both}}}"),
        encoding="utf-8",
    )
    bureau.write_text(
        re.sub(r"\{zh: [^}]*\}", lambda _match: both, SMALL_BUREAU)
        .replace("name: 李华", f"name: {words}")
        .replace("number: 一(一)", f"number: {words}"),
        encoding="utf-8",
    )
    return template, bureau


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_a_hostile_template_or_bureau_never_reaches_the_reader_raw(
    spoken: str, front: Front, hostile_files: tuple[Path, Path], tmp_path: Path
) -> None:
    template, bureau = hostile_files
    steered: list[str] = []
    for arguments in (
        ["template", "check", template],
        ["template", "show", template, "--year", "2026"],
        ["start", "2026", template, "--bureau", bureau],
        [],
        ["list"],
        ["next"],
        ["show", "TT-01"],
        ["show", "TT-02"],
        ["show", "TT-03"],
        ["show", "TT-04"],
        ["tick", "TT-01"],
        ["note", "TT-01", "x"],
        ["occasion", "TT-03", "--on", "2026-05-04", "--note", "x"],
        ["figure", "list"],
        ["figure", "show", "visits"],
        ["figure", "show", "tt_met"],
        ["figure", "add", "visits", "1"],
        ["figure", "add", "visits", "1x"],
        ["summary"],
        ["summary", "--by", "unit"],
        ["summary", "--by", "section"],
        ["bureau", "show"],
        ["bureau", "import", bureau],
        ["log"],
        ["verify"],
        ["undo"],
    ):
        run = front("--lang", spoken, *arguments)
        assert run.code in (0, 2)
        if STEERING.search(run.out + run.err):
            steered.append(" ".join(str(one).removeprefix(f"{tmp_path}/") for one in arguments))
    assert steered == []


def test_an_amount_in_a_hostile_measure_never_reaches_the_reader_raw(
    front: Front, hostile_files: tuple[Path, Path]
) -> None:
    template, bureau = hostile_files
    front("start", "2026", template, "--bureau", bureau)
    run = front("figure", "add", "visits", f"1{IN_A_FILE}")
    assert run.code == 0
    _nothing_steers(run)
    for arguments in (["figure", "show", "visits"], ["figure", "list"], ["summary"]):
        _nothing_steers(front(*arguments))


def test_the_faults_of_a_hostile_file_never_reach_the_reader_raw(front: Front, tmp_path: Path) -> None:
    path = tmp_path / "TT.yaml"
    words = _quoted(IN_A_FILE)
    for text in (
        f"{words}: 1\n",
        f"{words}: 1\n{words}: 2\n",
        SMALL_TEMPLATE.replace("duty: legal", f"duty: {words}"),
        SMALL_TEMPLATE.replace("law: cfl", f"law: {words}"),
        SMALL_TEMPLATE.replace("from: custom", f"from: {words}"),
        SMALL_TEMPLATE.replace("kind: yearly", f"kind: {words}"),
    ):
        path.write_text(text, encoding="utf-8")
        for arguments in (["template", "check", path], ["bureau", "import", path]):
            run = front(*arguments)
            assert (run.code, run.out) == (5, "")
            _nothing_steers(run)
    assert not (tmp_path / "register.db").exists()


def test_the_name_of_a_file_never_reaches_the_reader_raw(front: Front, tmp_path: Path) -> None:
    folder = tmp_path / ATTACK
    folder.mkdir()
    template = folder / "TT.yaml"
    template.write_text(SMALL_TEMPLATE, encoding="utf-8")
    _nothing_steers(front("template", "check", template))
    run = front("--register", folder / "register.db", "start", "2026", template)
    assert run.code == 0
    _nothing_steers(run)
    _nothing_steers(front("--register", folder / "register.db", "verify"))


def test_the_place_of_the_demonstration_never_reaches_the_reader_raw(
    front: Front, demo_made: Path, tmp_path: Path
) -> None:
    run = front("--register", shutil.copy(demo_made, tmp_path / f"{ATTACK}.db"), "demo")
    assert run.code == 0
    _nothing_steers(run)


@pytest.mark.parametrize(
    "arguments",
    [["list"], ["show", "TT-03.1"], ["log"], ["summary"], ["tick", ATTACK], ["--register", ATTACK, "list"]],
)
def test_nothing_but_styles_reaches_a_real_terminal(
    arguments: list[str], on_terminal: Callable[..., Run], attacked: Front
) -> None:
    assert attacked("verify").code == 0
    run = on_terminal(*arguments, columns=200)
    assert run.code in (0, 2, 6)
    shown = STYLING.sub("", run.out).replace("\r\n", "\n")
    assert STEERING.findall(shown) == []
    assert "\\x1b[31m" in shown


def test_cells_of_a_spreadsheet_are_never_formulas(front: Front, started: Path) -> None:
    assert started.exists()
    for formula in FORMULAS:
        front("tick", "TT-02.Q1.FZ", "--partial", formula)
        front("figure", "add", "visits", "1次", "--note", formula)
        front("occasion", "TT-03", "--on", "2026-05-04", "--note", formula)
        front("note", "TT-01", formula)
    for arguments in (["list"], ["next"], ["log"], ["summary"], ["figure", "list"], ["bureau", "show"]):
        run = front(*arguments, "--format", "csv")
        assert run.code == 0
        for line in csv.reader(io.StringIO(run.out)):
            dangerous = [one for one in line if one.startswith(("=", "+", "-", "@", "\t", "\r"))]
            assert [one for one in dangerous if not re.fullmatch("[-+]?[0-9.]+|-", one)] == []


@pytest.mark.parametrize("formula", FORMULAS)
def test_a_formula_from_a_file_is_text_in_csv(formula: str, front: Front, tmp_path: Path) -> None:
    template, bureau = tmp_path / "TT.yaml", tmp_path / "bureau.yaml"
    words = _quoted(formula)
    template.write_text(
        SMALL_TEMPLATE.replace("{zh: 年度事项, en: Yearly item}", f"{{zh: {words}, en: {words}}}"), encoding="utf-8"
    )
    bureau.write_text(
        SMALL_BUREAU.replace("{zh: 法制科, en: Legal}", f"{{zh: {words}, en: {words}}}"), encoding="utf-8"
    )
    assert front("start", "2026", template, "--bureau", bureau).code == 0
    rows = csv.reader(io.StringIO(front("list", "TT-01", "--format", "csv").out))
    units = csv.reader(io.StringIO(front("bureau", "show", "--format", "csv").out))
    assert [line[2] for line in rows] == ["Item", f"'{formula}"]
    assert [line[1] for line in units] == ["Name", f"'{formula}", "Enforcement"]


# --- every argument ---------------------------------------------------------------------------

INJECTION = "x'\"); DROP TABLE entry; DELETE FROM checklist_row; --"


def _schema(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()


def test_no_argument_of_any_command_is_ever_sql(
    front: Front, lived: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "checklists").symlink_to(ROOT / "checklists")
    monkeypatch.chdir(tmp_path)
    schema = _schema(lived)
    entries = len(json.loads(front("log", "--json").out)["data"]["entries"])
    for name, line in COMMANDS.items():
        if name == "demo":
            continue  # takes none
        _, *words = shlex.split(line.examples[0].replace("~", str(tmp_path)))
        for place, word in enumerate(words):
            if place < len(name.split(" ")) or word.startswith("-"):
                continue
            run = front(*words[:place], INJECTION, *words[place + 1 :])
            assert (name, place, run.code in (0, 1, 2, 3, 4, 5, 6)) == (name, place, True)
    assert _schema(lived) == schema
    assert len(json.loads(front("log", "-n", "1000", "--json").out)["data"]["entries"]) >= entries
    assert front("verify").code == 0


# --- hostile machines -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        ["--register", "~nobodyhere/register.db", "list"],
        ["calendar", "ics", "-o", "~nobodyhere/due.ics"],
        ["evidence", "add", "TT-01", "--file", "~nobodyhere/paper.txt"],
        ["backup", "-o", "~nobodyhere/copy.backup"],
        ["log", "--export", "~nobodyhere/journal.jsonl"],
    ],
)
def test_the_home_of_somebody_who_has_none_is_no_place(arguments: list[str], front: Front, lived: Path) -> None:
    assert lived.exists()
    run = front(*arguments)
    assert run.code in (3, 6)
    assert "~nobodyhere" in run.err


@pytest.mark.skipif(sys.platform != "linux", reason="a folder in which nobody can make anything")
@pytest.mark.parametrize("home", ["/proc", "file"])
def test_a_home_in_which_nothing_can_be_made_is_said_and_nothing_is_left(
    home: str, program: Program, tmp_path: Path
) -> None:
    if home == "file":
        (tmp_path / "home").write_text("no folder", encoding="utf-8")
        home = str(tmp_path / "home")
    del program.env["LAWCHECK_REGISTER"]
    run = program("start", "2026", "PL", env={"HOME": home})
    assert (run.code, run.out) == (6, "")
    assert run.err.startswith(f"Error: The register '{home}/.local/share/lawcheck/register.db' cannot be opened: ")
    assert program("list", env={"HOME": home}).code == 6


@pytest.mark.skipif(os.name == "nt", reason="a umask")
def test_whatever_the_umask_nobody_else_can_read_what_is_written(program: Program, small_bureau: Path) -> None:
    before = os.umask(0)
    try:
        for arguments in (
            ["start", "2026", "PL", "--bureau", str(small_bureau)],
            ["evidence", "add", "PL-01", "--file", str(small_bureau)],
            ["calendar", "ics", "-o", "due.ics"],
            ["backup", "-o", "copy.backup"],
            ["export", "-o", "copy.zip"],
            ["log", "--export", "journal.jsonl"],
        ):
            run = program(*arguments)
            assert (arguments, run.code, run.err) == (arguments, 0, "")
    finally:
        os.umask(before)
    own = {"bureau.yaml"}
    written = [path for path in program.folder.rglob("*") if path.name not in own and "home" not in path.parts]
    assert len(written) > 10
    assert [path.name for path in written if stat.S_IMODE(path.stat().st_mode) & 0o077] == []


def test_a_clock_that_runs_backwards_is_noted_and_breaks_nothing(lived: Path) -> None:
    actor = Actor("lihua", "os-lihua", "desk-1", "2026-06-15T09:00:00.000000Z", TODAY, today_set=False)
    with Register.open(lived) as register:
        first = note_on(register, actor, "TT-01", "later").seq
        earlier = actor._replace(at="2026-06-14T09:00:00.000000Z", today="2026-06-14")
        assert note_on(register, earlier, "TT-01", "earlier").seq == first + 1
        proved = verify(register)
        assert proved.findings == ()
        assert [(note.check, note.where) for note in proved.notes] == [("chain.clock", f"#{first + 1}")]
        assert undo(register, earlier).seq == first + 1


def test_two_officers_who_tick_the_same_row_at_once_do_it_once(program: Program, lived: Path) -> None:
    assert lived == program.register
    command = [sys.executable, "-m", "lawcheck", "tick", "TT-02.Q2.ZF"]
    both = [
        subprocess.Popen(
            command, cwd=program.folder, env=program.env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for _ in range(2)
    ]
    said = [one.communicate(timeout=60) for one in both]
    assert sorted(one.returncode for one in both) == [0, 4]
    assert not any("locked" in err for _, err in said)
    assert program("verify").code == 0
