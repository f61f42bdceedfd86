"""Who may do what to which row: every command that changes something is tried, and a page says what came of it.

`python tests/permissions.py` writes `docs/permissions.md` and `docs/permissions.zh-CN.md` from what happens; the test
`tests/cli/test_permissions.py` tries everything again and compares.
"""

import io
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl import load_workbook

from lawcheck.cli import main
from lawcheck.cli.app import App
from lawcheck.cli.commands import COMMANDS
from lawcheck.core.journal import Actor
from lawcheck.render import language
from lawcheck.render.words import set_call
from lawcheck.service.cases import close_case, open_case, record_milestone
from lawcheck.service.closing import close_year
from lawcheck.service.evidence import Intake, Offered, add_evidence
from lawcheck.service.reviews import accept
from lawcheck.service.rows import note_on, tick
from lawcheck.service.start import start_year
from lawcheck.store.register import Register
from support import HOLIDAYS_2027, INSTANT, REVIEWED_TEMPLATE, ROOT, SMALL_BUREAU

CLOSING_DAY = "2027-04-02"
ROW = "TT-02.Q1.FZ"
NOTED = 7
"""The entry with a note, before anything is done on the row."""
ROLES = {"lihua": ("officer", "经办人"), "wang": ("reviewer", "复核人"), "zhao": ("other unit", "其他单位人员")}
"""Who tries: Li Hua did the row and added its evidence, Wang reviews, Zhao is of another unit and reviews nothing."""
STATES = {
    "open": ("open", "未完成"),
    "done": ("done", "已完成"),
    "accepted": ("accepted", "复核通过"),
    "closed": ("closed year", "已关账年度"),
}
COMMANDS_TRIED: dict[str, str] = {
    "start": "2026 UU.yaml",
    "tick": f"{ROW} --year 2026 --on 2026-03-30",
    "untick": f"{ROW} --year 2026 --why x",
    "na": f"{ROW} --year 2026 --why x",
    "note": f"{ROW} x --year 2026",
    "assign": f"{ROW} zhao --year 2026",
    "occasion": "TT-03 --year 2026 --on 2026-05-04 --note x",
    "accept": f"{ROW} --year 2026",
    "return": f"{ROW} --year 2026 --why x",
    "evidence add": f"{ROW} --doc 2号 --year 2026",
    "evidence remove": f"{ROW}#1 --why x --year 2026",
    "evidence purge": f"{ROW}#1 --why x --year 2026",
    "undo": "",
    "figure add": "visits 1次 --year 2026",
    "figure target": "visits 9次 --year 2026",
    "figure import": "figures.csv --year 2026",
    "collect": "FZ.xlsx --apply --year 2026",
    "redact": f"{NOTED} --why law",
    "case open": "TS --no 9 --title x --on 2026-06-01",
    "case milestone": "AJ-01 decided 2026-06-01",
    "case pause": "AJ-01 appraisal 2026-04-01 2026-04-10",
    "case extend": "AJ-01.DECIDE 30d --approval x --on 2026-05-08",
    "case fact": "AJ-01 fined",
    "case import": "cases.csv --template AJ",
    "case close": "AJ-01 --why x",
    "case reopen": "AJ-02 --why x",
    "year close": "2026 --confirm -o closing.json",
    "year reopen": "2026 --why x",
    "template upgrade": "TT.yaml --year 2026 --apply",
    "calendar import": "2027.yaml",
    "bureau import": "other.yaml",
}
"""Commands that change a register, with what is typed behind them."""
ONLY_READ = {
    *("list", "next", "show", "log", "figure list", "figure show", "deadline", "case list", "case show", "summary"),
    *("year manifest", "demo", "template list", "template show", "template check", "template diff"),
    *("calendar status", "calendar ics", "bureau show", "verify", "backup", "restore", "export", "import", "hand-out"),
    "report",
    *("evidence list", "evidence open", "evidence export"),
}
"""Commands that change no register that is there; whoever can read the file may give them."""

Outcomes = dict[tuple[str, str], str]
"""By state and role: `allowed`, or the code of the error."""


class Place(NamedTuple):
    """A folder with what the commands need, and the registers in which the row stands in each state."""

    folder: Path
    registers: Mapping[str, Path]


def prepare(folder: Path) -> Place:
    """Make the files that the commands name and one register for each state of the row."""
    bureau = SMALL_BUREAU.replace("duties:", "  - {id: zhao, name: 赵敏, unit: ZF}\nduties:")
    files = {
        "bureau.yaml": bureau,
        "other.yaml": bureau.replace("zh: 小局", "zh: 另一局"),
        "TT.yaml": REVIEWED_TEMPLATE,
        "UU.yaml": REVIEWED_TEMPLATE.replace("TT", "UU").replace("tt_", "uu_"),
        "2027.yaml": HOLIDAYS_2027,
        "figures.csv": "key,value\nvisits,1次\n",
        "cases.csv": (ROOT / "checklists" / "cases" / "example.csv").read_text(encoding="utf-8"),
    }
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    base = folder / "open.db"
    lihua, wang = (Actor(who, f"os-{who}", "desk", INSTANT, CLOSING_DAY, today_set=True) for who in ("lihua", "wang"))
    with Register.create(base, INSTANT, 2.0) as register:
        start_year(register, lihua, 2026, [str(folder / "TT.yaml")], folder / "bureau.yaml")
        open_case(register, lihua, "AJ", number="1", title="x", on="2026-03-02")
        record_milestone(register, lihua, "AJ-01", "filed", "2026-03-06")
        open_case(register, lihua, "AJ", number="2", title="x", on="2026-03-02")
        close_case(register, lihua, "AJ-02", on=date(2026, 6, 1), why="x")
        add_evidence(register, lihua, ROW, Offered((folder / "cases.csv",)), Intake(), year=2026)
        for one in (lihua, wang, lihua._replace(person="zhao")):
            note_on(register, one, "TT-04", "x", year=2026)  # something to take back
    _answered(folder, base)
    registers = {"open": base}
    before = base
    for state in ("done", "accepted", "closed"):
        registers[state] = Path(shutil.copy(before, folder / f"{state}.db"))
        with Register.open(registers[state]) as register:
            if state == "done":
                tick(register, lihua, [ROW], year=2026, on=date(2026, 3, 30))
            elif state == "accepted":
                accept(register, wang, [ROW], year=2026)
            else:
                close_year(register, lihua, 2026, confirm=True)
        before = registers[state]
    (folder / "TT.yaml").write_text(REVIEWED_TEMPLATE.replace("季度事项", "季度要事"), encoding="utf-8")
    return Place(folder, registers)


def _answered(folder: Path, register: Path) -> None:
    """Hand out the workbook of the row's unit, and report the row as done in it."""
    file = folder / "FZ.xlsx"
    _run(["hand-out", "--unit", "FZ", "--out", str(file), "--register", str(register), "--json"], folder)
    book = load_workbook(file)
    sheet = book["事项"]
    (line,) = [cells[0].row for cells in sheet.iter_rows() if cells[0].value == ROW]
    sheet[f"G{line}"], sheet[f"H{line}"] = "已完成", date(2026, 3, 31)
    book.save(file)


def outcomes(command: str, place: Place) -> Outcomes:
    """Try a command in every state as everybody, each time on a register of its own; say what came of it."""
    found: Outcomes = {}
    for state, register in place.registers.items():
        for person in ROLES:
            with tempfile.TemporaryDirectory(dir=place.folder) as there:
                copy = Path(shutil.copy(register, there))
                words = [*command.split(" "), *COMMANDS_TRIED[command].split()]
                named = [str(place.folder / one) if (place.folder / one).exists() else one for one in words]
                said = _run([*named, "--json", "--as", person, "--register", str(copy)], Path(there))
            codes = [one["code"] for one in said["errors"]]
            found[state, person] = "allowed" if said["status"] == "ok" else codes[0] if codes else "conflict"
    return found


def _run(arguments: list[str], folder: Path) -> dict[str, Any]:
    """Run a command line in this process; return the envelope that it answers with."""
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with _at(folder), redirect_stdout(out), redirect_stderr(io.StringIO()):
        fresh = App()
        for name in sorted({line.place.split(":")[0] for line in COMMANDS.values()} | {"app", "main", "options"}):
            module = import_module(f"lawcheck.cli.{name}")
            if isinstance(getattr(module, "app", None), App):
                module.app = fresh  # type: ignore[attr-defined]
        main.run(arguments)
        out.flush()
        out.seek(0)
        answer: dict[str, Any] = json.loads(out.read())
        return answer


@contextmanager
def _at(folder: Path) -> Iterator[None]:
    before, environment = Path.cwd(), dict(os.environ)
    os.chdir(folder)
    os.environ["LAWCHECK_TODAY"] = CLOSING_DAY
    try:
        yield
    finally:
        set_call("lawcheck")
        os.chdir(before)
        os.environ.clear()
        os.environ.update(environment)


# --- the page ---------------------------------------------------------------------------------

_HEADS = (
    """# Who may do what

Generated by `python tests/permissions.py` from what happens: every command below is tried on the row `{row}` of an item
that asks for a review, in each state, by three people whom the bureau lists. The *officer* ticked the row, the
*reviewer* has `reviews: true`, the third is of *another unit* and does not review. A cell names the error's code where
a command is refused. `undo` takes back the last command of whoever gives it; `collect` takes a workbook that was handed
out while the row was open and reports it as done, and leaves out as a `conflict` what was changed since; `redact`
erases the words of a note of the year.

Nobody is hindered by his unit: a person of another unit may do what the officer may. Nothing but the review looks at
who somebody is, and on a single file an account of the operating system is not an identity; see the README. Commands on
cases do not look at a year: they go on when it is closed. What is not in the table changes no register.
""",
    """# 权限表

由 `python tests/permissions.py` 实际运行后生成：下列每条命令都对须复核事项的行 `{row}`，
在每种状态下，分别由单位档案中的三名人员试行。*经办人*勾选了该行；*复核人*写明 `reviews: true`；
第三人为*其他单位人员*，无复核权。命令不被允许的，格内为出错代码。`undo` 撤回的是运行人自己的上一条命令；
`collect` 收取的工作簿是在该行未完成时发出、报为已完成的，此后另有改动的不收取，记为 `conflict`；
`redact` 抹去该年度一条备注的文字。

目前不按责任单位限制：其他单位的人员可以做经办人能做的事。只有复核才看办理人是谁；
台账是单个文件时，操作系统账户不等于身份，见说明文件。案件的命令不看年度，年度关账后照常使用。
表中没有的命令不改动台账。
""",
)
PAGES = ("permissions.md", "permissions.zh-CN.md")
_ALLOWED = ("allowed", "可以")
_COMMAND = ("Command", "命令")


def table_line(command: str, found: Outcomes, lang: int) -> str:
    """Return the line of a command in the page of a language: a cell for each state."""
    return "| " + " | ".join([f"`{command}`", *(_cell(found, state, lang) for state in STATES)]) + " |"


def _cell(found: Outcomes, state: str, lang: int) -> str:
    """Say once what holds for everybody, and of each what differs."""
    said = {person: found[state, person] for person in ROLES}
    words = {person: _ALLOWED[lang] if one == "allowed" else f"`{one}`" for person, one in said.items()}
    if len(set(said.values())) == 1:
        return next(iter(words.values()))
    colon, stop = (": ", "; ") if lang == 0 else ("：", "；")
    return stop.join(f"{ROLES[person][lang]}{colon}{word}" for person, word in words.items())


def page(lines: list[str], lang: int) -> str:
    """Return the page of a language."""
    heads = "| " + " | ".join([_COMMAND[lang], *(state[lang] for state in STATES.values())]) + " |"
    rule = "|" + " --- |" * (len(STATES) + 1)
    return "\n".join([_HEADS[lang].format(row=ROW), heads, rule, *lines, ""])


def _write() -> None:
    language.choose("en")
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HOME"] = folder
        place = prepare(Path(folder))
        found = {command: outcomes(command, place) for command in COMMANDS_TRIED}
    for lang, name in enumerate(PAGES):
        lines = [table_line(command, one, lang) for command, one in found.items()]
        (ROOT / "docs" / name).write_text(page(lines, lang), encoding="utf-8")
        sys.stdout.write(f"written: docs/{name}\n")


if __name__ == "__main__":
    _write()
