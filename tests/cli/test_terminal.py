import csv
import io
import json
import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pyte
import pytest

from lawcheck.render.grid import width
from support import SMALL_BUREAU, SMALL_TEMPLATE, Program, Run

Front = Callable[..., Run]
OnTerminal = Callable[..., Run]
LONG = "在行政执法决定作出之日起七个工作日内向社会公布执法机关执法对象执法类别执法结论等信息并接受社会监督"
DEMO = {"LAWCHECK_TODAY": "2023-01-09", "LAWCHECK_USER": "法制员"}


def _screen(sent: str, columns: int) -> list[str]:
    """Return the lines that a terminal of so many columns shows."""
    screen = pyte.Screen(columns, 2000)
    pyte.Stream(screen).feed(sent)
    lines = (screen.buffer[y] for y in range(screen.cursor.y + 1))
    return ["".join(line[x].data for x in range(columns)).rstrip() for line in lines]


def _characters(text: str) -> "Counter[str]":
    return Counter(character for character in text if not character.isspace())


@pytest.fixture
def demo(demo_made: Path, program: Program) -> Path:
    """The demonstration year as the register of the program."""
    return Path(shutil.copy(demo_made, program.register))


@pytest.fixture
def long_words(program: Program, front: Front, tmp_path: Path) -> Path:
    """A register whose first item has a title of a hundred cells."""
    template, bureau = tmp_path / "TT.yaml", tmp_path / "bureau.yaml"
    template.write_text(SMALL_TEMPLATE.replace("年度事项", LONG), encoding="utf-8")
    bureau.write_text(SMALL_BUREAU, encoding="utf-8")
    assert front("start", "2026", template, "--bureau", bureau).code == 0
    return program.register


@pytest.mark.parametrize("columns", [80, 100])
def test_a_long_chinese_title_is_folded_and_not_cut(columns: int, on_terminal: OnTerminal, long_words: Path) -> None:
    assert long_words.exists()
    run = on_terminal("--lang", "zh", "list", "TT-01", columns=columns)
    lines = _screen(run.out, columns)
    assert run.code == 0
    (first,) = [number for number, line in enumerate(lines) if line.strip().startswith("TT-01")]
    column = lines[first].index("在行政")
    pieces = [re.split(r"\s{2,}| 2026-| FZ", line[column:].strip())[0] for line in lines[first : first + 12]]
    assert "".join(pieces).startswith(LONG)
    assert "…" not in "".join(lines)
    assert max(width(line) for line in lines) <= columns


@pytest.mark.parametrize(
    ("spoken", "columns", "arguments"),
    [
        ("zh", 80, "list ES"),
        ("zh", 100, "list ES"),
        ("en", 80, "list ES"),
        ("en", 100, "list ES"),
        ("zh", 80, "next -n 20"),
        ("zh", 80, "log -n 20"),
        ("en", 100, "log -n 20"),
        ("zh", 80, "summary 2022"),
        ("zh", 100, "summary 2022 --by section"),
        ("en", 80, "summary 2022 --by unit"),
        ("zh", 80, "figure list"),
        ("en", 80, "figure list"),
        ("zh", 80, "bureau show"),
        ("zh", 80, "template list"),
        ("en", 80, "template list"),
        ("zh", 80, "template show CR --year 2022"),
        ("en", 100, "template show CR --year 2022"),
    ],
)
def test_a_table_on_a_terminal_loses_nothing(
    spoken: str,
    columns: int,
    arguments: str,
    on_terminal: OnTerminal,
    front: Front,
    demo: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert demo.exists()
    for name, value in DEMO.items():
        monkeypatch.setenv(name, value)
    told = front("--lang", spoken, *arguments.split(" "), "--format", "csv")
    shown = on_terminal("--lang", spoken, *arguments.split(" "), columns=columns, env=DEMO)
    lines = _screen(shown.out, columns)
    cells = [one for line in csv.reader(io.StringIO(told.out)) for one in line]
    wanted = _characters("".join(one.removeprefix("'") for one in cells))
    assert (told.code, shown.code) == (0, 0)
    assert wanted - _characters("".join(lines)) == Counter()
    assert "…" not in "".join(lines)


@pytest.mark.parametrize(
    ("spoken", "head", "mark"), [("zh", "未发生的事项15个：", "、"), ("en", "35 rates have", ", ")]
)
@pytest.mark.parametrize("columns", [80, 100])
def test_a_list_of_items_fills_its_lines(
    spoken: str, head: str, mark: str, columns: int, on_terminal: OnTerminal, demo: Path
) -> None:
    assert demo.exists()
    shown = on_terminal("--lang", spoken, "summary", "2022", columns=columns, env=DEMO)
    lines = [line.rstrip() for line in _screen(shown.out, columns)]
    (first,) = [number for number, line in enumerate(lines) if head in line]
    last = next(number for number in range(first, len(lines)) if not lines[number].endswith(mark.rstrip()))
    assert last > first
    assert lines[first].count(mark) > 2
    assert all(columns - 10 < width(line) <= columns for line in lines[first:last])
    assert all(re.match("  [A-Z]{2}-[0-9]", line) for line in lines[first + 1 : last + 1])


@pytest.mark.parametrize("columns", [80, 100])
def test_the_board_and_the_demonstration_fit_the_terminal(columns: int, on_terminal: OnTerminal, demo: Path) -> None:
    for arguments in ((), ("--register", str(demo), "demo")):
        run = on_terminal("--lang", "zh", *arguments, columns=columns, env=DEMO)
        assert run.code == 0
        assert "…" not in run.out
        assert "2022" in run.out


@pytest.mark.parametrize("columns", [80, 100])
@pytest.mark.parametrize("name", ["某某律师事务所王某某律师", "法" * 30, "a-long-name-of-a-law-firm-and-partners"])
def test_a_long_name_takes_nothing_from_the_other_columns(
    name: str, columns: int, on_terminal: OnTerminal, front: Front, tmp_path: Path
) -> None:
    bureau, template = tmp_path / "bureau.yaml", tmp_path / "TT.yaml"
    bureau.write_text(SMALL_BUREAU.replace("id: wang", f"id: {name}"), encoding="utf-8")
    template.write_text(SMALL_TEMPLATE, encoding="utf-8")
    front("start", "2026", template, "--bureau", bureau)
    assert front("assign", "TT-01", name).code == 0
    run = on_terminal("list", "TT-01", columns=columns)
    shown = _screen(run.out, columns)
    assert (
        _characters(f"TT-01 2026 Yearly item {name} 2026-03-31 76 days overdue open") - _characters("".join(shown))
        == Counter()
    )


def test_columns_of_a_plain_table_begin_where_their_heads_do(front: Front, lived: Path) -> None:
    assert lived.exists()
    for spoken, head in (("zh", "期限"), ("en", "Due")):
        heads, *lines = front("--lang", spoken, "list", "TT-02").out.splitlines()[:9]
        place = width(heads[: heads.index(head)])
        assert {width(line[: line.index("2026-")]) for line in lines} == {place}


def test_plain_tables_align_mixed_words_by_what_is_seen(front: Front, started: Path) -> None:
    assert started.exists()
    for note in ("abc", "中文", "ＡＢＣ", "e\u0301te\u0301", "中a文b"):
        assert front("occasion", "TT-03", "--on", "2026-05-04", "--note", note).code == 0
    heads, *lines = [line for line in front("--lang", "zh", "list", "TT-03").out.splitlines() if "  " in line][:6]
    place = width(heads[: heads.index("单位")])
    assert [width(line[: line.index("  FZ") + 2]) for line in lines if "FZ" in line] == [place] * 5


@pytest.mark.parametrize("spoken", ["zh", "en"])
@pytest.mark.parametrize(
    "arguments",
    [(), ("list",), ("show", "CR-06"), ("summary", "2022"), ("tick", "PL-06"), ("tick", "PL-99"), ("--help",)],
)
def test_a_gbk_console_shows_chinese_and_never_fails(
    arguments: tuple[str, ...], spoken: str, program: Program, demo: Path
) -> None:
    assert demo.exists()
    gbk = {"PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0", **DEMO}
    run = program("--lang", spoken, *arguments, env=gbk)
    assert run.code == (3 if "PL-99" in arguments else 0)
    shown = (run.out + run.err).encode("utf-8", "surrogateescape").decode("gbk")
    assert "Traceback" not in shown
    assert spoken == "en" or any("\u4e00" <= one <= "\u9fff" for one in shown)


def test_what_gbk_cannot_show_is_a_question_mark(program: Program, front: Front, started: Path) -> None:
    assert started.exists()
    assert front("note", "TT-01", "✓ ☐ ⚠ 😀 ทดสอบ 完成").code == 0
    run = program("show", "TT-01", env={"PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"})
    shown = run.out.encode("utf-8", "surrogateescape").decode("gbk")
    assert run.code == 0
    assert "? ? ? ? ????? 完成" in shown


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "latin-1", "gb18030", "utf-8"])
def test_json_on_any_console_is_valid(encoding: str, program: Program, front: Front, started: Path) -> None:
    assert started.exists()
    assert front("note", "TT-01", "✓ 完成 😀").code == 0
    env = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    run = program("--lang", "zh", "show", "TT-01", "--json", env=env)
    held = json.loads(run.out.encode("utf-8", "surrogateescape").decode(encoding))
    assert held["data"]["notes"][0]["text"] == "✓ 完成 😀"
    assert held["data"]["rows"][0]["title"] == "年度事项"
    run = program("--lang", "zh", "tick", "TT-99", "--json", env=env)
    held = json.loads(run.out.encode("utf-8", "surrogateescape").decode(encoding))
    assert (run.code, held["errors"][0]["code"]) == (3, "unknown-ref")
    assert "没有" in held["errors"][0]["message"]


def test_csv_on_a_gbk_console_can_be_read(program: Program, started: Path) -> None:
    assert started.exists()
    run = program("--lang", "zh", "list", "--format", "csv", env={"PYTHONIOENCODING": "gbk", "PYTHONUTF8": "0"})
    shown = run.out.encode("utf-8", "surrogateescape").decode("gbk")
    assert run.code == 0
    heads, *lines = csv.reader(io.StringIO(shown))
    assert heads[:5] == ["编号", "年度", "事项", "单位", "期限"]
    assert lines[0][:5] == ["TT-01", "2026", "年度事项", "FZ", "2026-03-31*"]


def test_nothing_is_drawn_into_a_pipe(program: Program, lived: Path) -> None:
    assert lived.exists()
    for arguments in (("list",), ("summary",), ("log",)):
        run = program(*arguments)
        assert run.err == ""
        assert not set(run.out) & set("\x1b─│")


def test_a_terminal_gets_tables_in_colour(on_terminal: OnTerminal, lived: Path) -> None:
    assert lived.exists()
    run = on_terminal("list")
    assert run.code == 0
    assert "\x1b[1;31m" in run.out
    assert "─" in run.out


def test_json_is_the_same_on_a_terminal(on_terminal: OnTerminal, program: Program, lived: Path) -> None:
    assert lived.exists()
    assert on_terminal("list", "--json").out.replace("\r\n", "\n") == program("list", "--json").out


@pytest.mark.parametrize("spoken", ["zh", "en"])
def test_returned_rows_and_a_closed_year_fit_the_terminal(
    spoken: str, on_terminal: OnTerminal, front: Front, long_words: Path
) -> None:
    assert long_words.exists()
    front("tick", "TT-01")
    front("return", "TT-01", "--why", "附件缺少会签，" * 12, "--as", "wang")
    for arguments in ((), ("show", "TT-01"), ("summary", "2026")):
        run = on_terminal("--lang", spoken, *arguments)
        assert run.code == 0
        assert "…" not in run.out
        if not arguments:
            lines = _screen(run.out, 80)
            assert "".join(lines).count("签") >= 12
            assert max(width(line) for line in lines) <= 80
