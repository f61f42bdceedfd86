"""What the trials of `make faults` stand on: a register worked in, files beside it, its state, the program in a fork.

A trial never touches what it did not make: everything lies in a temporary folder that goes when the run ends.
"""

import hashlib
import os
import re
import shutil
import sqlite3
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import NamedTuple, NoReturn

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))  # try this checkout, whatever is installed

import lawcheck.cli.main
from lawcheck.cli.app import App
from lawcheck.core.checks import Finding
from lawcheck.service.archive import export_register
from lawcheck.service.backup import back_up
from lawcheck.service.cases import close_case, open_case, record_milestone
from lawcheck.service.closing import close_year
from lawcheck.service.evidence import Intake, Offered, add_evidence, remove_evidence
from lawcheck.service.figures import Reported, add_figure
from lawcheck.service.reviews import accept
from lawcheck.service.rows import note_on, record_occasion, set_rows_aside, tick
from lawcheck.service.start import start_year
from lawcheck.service.verify import Asked, verify
from lawcheck.store.register import Register
from support import ACTOR, HOLIDAYS_2027, INSTANT, SMALL_BUREAU, SMALL_TEMPLATE, TODAY

ROOT = Path(__file__).resolve().parent.parent
DAY = date.fromisoformat(TODAY)
LIHUA = ACTOR
WANG = ACTOR._replace(person="wang")
NUMBERS = ("试案〔2026〕1号", "试案〔2026〕2号")
CASES = """\
文号,标题,收到日期,立案,调查终结,作出处理决定,情形
试案〔2026〕201号,无照经营,2026-03-10,2026-03-20,,,
试案〔2026〕202号,虚假宣传,2026-04-01,2026-04-15,2026-05-10,,hearing_right
"""
RANDOM = ("salt", "payload_hash", "prev", "hash", "at")
"""What of an entry is another one every time."""


class Figure(NamedTuple):
    """A line of the table: what was tried, how much of it, what was found, what must be, and what is wrong in words.

    `holds` is None of a trial that could not be made.
    """

    what: str
    size: str
    found: str
    must: str
    holds: bool | None
    wrong: Sequence[str]


class GroundUnfit(Exception):
    """A command does not work on the ground even when nothing fails."""


class Run(NamedTuple):
    """What a run of the program left behind; the code is negative where a signal ended it."""

    code: int
    out: str
    err: str


def write_files(folder: Path) -> None:
    """Write the files that commands take: a bureau and a revised one, a template and a revised one, a notice, cases."""
    texts = {
        "bureau.yaml": SMALL_BUREAU,
        "new-bureau.yaml": SMALL_BUREAU.replace("小局", "大局"),
        "TT.yaml": SMALL_TEMPLATE,
        "TU.yaml": SMALL_TEMPLATE.replace("TT", "TU").replace("tt_", "tu_"),
        "TV.yaml": SMALL_TEMPLATE.replace("TT", "TV").replace("tt_", "tv_"),
        "revised/TT.yaml": SMALL_TEMPLATE.replace("每季度一次", "每季度两次"),
        "2027.yaml": HOLIDAYS_2027,
        "cases.csv": CASES,
        "figures.csv": "key,value,on\nvisits,3次,2026-06-01\nvisits,4次,2026-06-02\n",
        "paper.txt": "the signed paper\n" * 2000,
        "other.txt": "another paper\n" * 50,
        "new.txt": "a new paper\n" * 500,
    }
    for name, text in texts.items():
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")


def work(register: Register, folder: Path) -> Iterator[None]:
    """Start years of the small template in an empty register and do one thing of every kind, one at a time."""
    for year, template in ((2024, "TV"), (2025, "TU"), (2026, "TT")):
        start_year(register, LIHUA, year, [str(folder / f"{template}.yaml")], folder / "bureau.yaml")
        yield
    tick(register, LIHUA, ["TV-01"], on=date(2024, 3, 1))
    yield
    close_year(register, LIHUA, 2024, confirm=True)
    yield
    tick(register, LIHUA, ["TT-01"], on=date(2026, 4, 2), note="done")
    yield
    tick(register, WANG, ["TT-02.Q1.ZF"], on=None, partial="two files")
    yield
    set_rows_aside(register, LIHUA, ["TT-02.Q4.ZF"], why="not held this year")
    yield
    record_occasion(register, LIHUA, "TT-03", on=date(2026, 5, 5), note="a rule was revised")
    yield
    note_on(register, WANG, "TT-03.1", "seen")
    yield
    tick(register, LIHUA, ["TT-02.Q1.FZ"], on=date(2026, 3, 30))
    yield
    kept = Offered((folder / "paper.txt", folder / "other.txt"), ("https://www.gov.cn/",), ("试办〔2026〕18号",))
    add_evidence(register, LIHUA, "TT-02.Q1.FZ", kept, Intake())
    yield
    add_evidence(register, LIHUA, "TT-01", Offered((folder / "other.txt",)), Intake())
    yield
    remove_evidence(register, LIHUA, ["TT-01#1"], why="belongs to another row")
    yield
    accept(register, WANG, ["TT-02.Q1.FZ"])
    yield
    add_figure(register, LIHUA, "visits", "21次", Reported(on=date(2026, 5, 5)))
    yield
    for number in NUMBERS:
        open_case(register, LIHUA, "AJ", number=number, title="无照经营", on="2026-05-01", facts=(), unit=None)
        yield
    close_case(register, LIHUA, "AJ-02", on=date(2026, 5, 6), why="移送公安机关")
    yield
    record_milestone(register, LIHUA, "AJ-01", "filed", "2026-05-08")
    yield


def make_ground(folder: Path) -> Path:
    """Make a folder with the files and a register that was worked in; return the register's path."""
    folder.mkdir(parents=True)
    write_files(folder)
    path = folder / "register.db"
    with Register.create(path, INSTANT) as register:
        earlier = earlier_of(path)
        earlier.mkdir()
        for step, _ in enumerate(work(register, folder)):
            register.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            shutil.copy(path, earlier / f"{step:02}.db")
        back_up(register, LIHUA, folder / "kept.backup", force=False)
        export_register(register, folder / "kept.zip", force=False)
        hand_out_answered(path)
        register.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def earlier_of(ground: Path) -> Path:
    """Return the folder where the ground's register lies as it was after each thing that was done in it."""
    return ground.parent.with_name(ground.parent.name + "-earlier")


def hand_out_answered(path: Path) -> None:
    """Hand out a workbook to a unit, and let it report a row as done."""
    from openpyxl import load_workbook  # only where a ground is made

    run = run_forked(["hand-out", "--unit", "ZF", "--year", "2026", "-o", "handed.xlsx"], path)
    if run.code != 0:
        raise GroundUnfit("hand-out", run.err)
    file = path.with_name("handed.xlsx")
    book = load_workbook(file)
    sheet = book["事项"]
    row = next(one for one in range(1, sheet.max_row + 1) if sheet.cell(one, 1).value == "TT-02.Q2.ZF")
    sheet.cell(row, 7).value, sheet.cell(row, 8).value = "已完成", DAY
    book.save(file)


def copy_ground(ground: Path, place: Path) -> Path:
    """Copy a ground to a place where there is none; return the register's path there."""
    shutil.copytree(ground.parent, place)
    return place / ground.name


# --- the state --------------------------------------------------------------------------------


def state_of(path: Path) -> str | None:
    """Return a hash of all that a register holds but what chance decides; None where there is none."""
    if not path.exists():
        return None
    with closing(sqlite3.connect(f"file:{path}?mode=rw", uri=True)) as connection:
        return content_of(connection)


def content_of(connection: sqlite3.Connection, apart: tuple[str, ...] = ()) -> str:
    """Return a hash of all that the tables hold, but the ids and salts of the journal and the tables left apart."""
    hashed = hashlib.sha256()
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").fetchall()
    for (name,) in names:
        if name in ("register", "sqlite_stat1", *apart):
            continue
        columns = [str(row[1]) for row in connection.execute(f"PRAGMA table_info({name})")]
        kept = ", ".join(one for one in columns if name != "entry" or one not in RANDOM)
        rows = sorted(map(repr, connection.execute(f"SELECT {kept} FROM {name}")))
        hashed.update(f"{name} {len(rows)}\n".encode())
        hashed.update("\n".join(rows).encode())
    return hashed.hexdigest()


def files_of(folder: Path, register: Path) -> dict[str, str]:
    """Return what lies in a folder beside a register, by name: a hash of what each file that is not hidden holds."""
    found = [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not any(part.startswith(".") and part != ".local" for part in path.relative_to(folder).parts)
    ]
    registers = {path for path in found if path.read_bytes()[:15] == b"SQLite format 3"}
    apart = {one.with_name(one.name + end) for one in registers for end in ("-wal", "-shm", "-journal")} | {register}
    return {
        str(path.relative_to(folder)): (state_of(path) or "") if path in registers else _hash_of(path)
        for path in found
        if path not in apart
    }


_BY_CHANCE = re.compile(rb"[0-9a-f]{64}|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{8,15}Z?")
"""What is another one every time: a head of the chain, which rests on salts, and the time of packing."""


def _hash_of(path: Path) -> str:
    """Return a hash of what a file holds, of packed documents by their parts, but what chance decides."""
    held = path.read_bytes()
    if path.suffix in (".docx", ".xlsx"):
        try:
            with zipfile.ZipFile(path) as parts:
                held = repr([(one, _BY_CHANCE.sub(b"#", parts.read(one))) for one in sorted(parts.namelist())]).encode()
        except (zipfile.BadZipFile, zlib.error):
            return "broken"
    if path.name.endswith(".manifest.json"):
        held = _BY_CHANCE.sub(b"#", held)
    if path.name.endswith(".docx.manifest.json"):
        held = re.sub(rb'"size": ?[0-9]+', b"#", held)  # packed, the time of packing makes a byte of difference
    return hashlib.sha256(held).hexdigest()


EVIDENCE_TOO = Asked(reading=lambda _done, _of: None)


def findings_of(path: Path, asked: Asked = EVIDENCE_TOO) -> tuple[Finding, ...]:
    """Return what `verify --read-evidence` finds in a register, or what else is asked."""
    with Register.open(path) as register:
        return verify(register, asked=asked).findings


# --- the program in a fork --------------------------------------------------------------------


def environment(register: Path) -> dict[str, str]:
    """Return the settings of a run; the folder of the register is its home."""
    return {
        "HOME": str(register.parent / "home"),
        "LAWCHECK_REGISTER": str(register),
        "LAWCHECK_TODAY": TODAY,
        "LAWCHECK_USER": "lihua",
        "LAWCHECK_BUSY_SECONDS": "5",
        "LAWCHECK_LANG": "en",
        "COLUMNS": "100",
    }


def run_forked(arguments: list[str], register: Path, before: Callable[[], None] | None = None, **settings: str) -> Run:
    """Run a command line in a fork of this process, which spares the start of another; `before` is called in it."""
    sys.stdout.flush()
    sys.stderr.flush()
    out, err = (os.memfd_create(name) for name in ("out", "err"))
    child = os.fork()
    if child == 0:
        _be_the_program(arguments, {**environment(register), **settings}, register.parent, (out, err), before)
    _, status = os.waitpid(child, 0)
    return Run(os.waitstatus_to_exitcode(status), _read(out), _read(err))


def _be_the_program(
    arguments: list[str],
    settings: dict[str, str],
    folder: Path,
    streams: tuple[int, int],
    before: Callable[[], None] | None,
) -> NoReturn:
    code = 99
    try:
        for number, descriptor in enumerate(streams, start=1):
            os.dup2(descriptor, number)
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115  # the program's own
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        os.environ.update(settings)
        os.chdir(folder)
        _begin_anew()
        if before is not None:
            before()
        code = lawcheck.cli.main.run(arguments)
    except KeyboardInterrupt:
        code = lawcheck.cli.INTERRUPTED
    except BaseException as error:  # noqa: BLE001  # what the program lets through is what is looked for
        sys.stderr.write(f"Traceback: {error!r}")
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code)


def _begin_anew() -> None:
    """Give every command a run of its own: what this process ran before may have left a register that is closed."""
    fresh = App()
    for name, module in list(sys.modules.items()):
        if name.startswith("lawcheck.cli.") and isinstance(getattr(module, "app", None), App):
            module.app = fresh  # type: ignore[attr-defined]  # a module of commands


def _read(descriptor: int) -> str:
    with os.fdopen(descriptor, "rb") as file:
        file.seek(0)
        return file.read().decode("utf-8", "replace")
