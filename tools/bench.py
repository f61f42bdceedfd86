"""Measure lawcheck beside what it can be compared with, in one run on one machine; `make bench` runs it.

Both sides of a ratio are measured in turn, A B A B, and the ratio is the median of the pairs' own. *Process* is a whole
command seen from outside, *call* a service function on an open register. It measures and does not judge: it leaves with
0 whatever it finds, and what lies over its limit is named at the end. It needs a pseudo-terminal, so Linux or macOS.
"""

import argparse
import hashlib
import json
import os
import platform
import shutil
import signal
import sqlite3
import subprocess
import sys
import sysconfig
import tempfile
import termios
import warnings
from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from functools import cached_property, partial
from io import BytesIO
from itertools import islice
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))  # measure this checkout, whatever is installed

import docx
from openpyxl import load_workbook
from xlsxwriter import Workbook

import lawcheck.cli  # noqa: F401  # sets the garbage collector as the program does
from bench_data import (
    CASES_TODAY,
    EVIDENCE,
    PERSON,
    TODAY,
    YEAR,
    Made,
    Registers,
    actor,
    case_register,
    keep_evidence,
    proof_register,
    reckonings,
    refs_of,
    register_rows,
    write_bureau,
    write_cases,
    write_notice,
    write_todos,
    write_waiting_cases,
)
from lawcheck.core.deadline import explain, parse_reckoning, reckon
from lawcheck.core.handout import ROWS
from lawcheck.errors import LawcheckError
from lawcheck.export.docx import report_file
from lawcheck.export.hand_out import save_hand_outs
from lawcheck.export.workbook import Formats, Properties, write_workbook
from lawcheck.render.sheets import COUNT, DAY, TEXT, Sheet
from lawcheck.render.summary_sheets import rows_sheet
from lawcheck.service import rows
from lawcheck.service.backup import back_up
from lawcheck.service.bureaus import import_bureau
from lawcheck.service.calendar import import_holidays
from lawcheck.service.case_import import import_cases
from lawcheck.service.cases import record_milestone
from lawcheck.service.collect import collect
from lawcheck.service.demo import YEAR as DEMO_YEAR
from lawcheck.service.demo import play
from lawcheck.service.evidence import Intake, Offered, add_evidence
from lawcheck.service.hand_out import hand_out
from lawcheck.service.report import make_report
from lawcheck.service.start import start_year
from lawcheck.service.summary import Summary, summarise
from lawcheck.service.verify import verify
from lawcheck.service.working_days import calendar_of
from lawcheck.store import sqlite_sql
from lawcheck.store.file import settle
from lawcheck.store.placing import sync_tree
from lawcheck.store.register import Register
from lawcheck.store.vault import Vault

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
ENTER = "import sys; from lawcheck.cli import enter; sys.argv[0] = 'lawcheck'; sys.exit(enter())"
LAWCHECK = (sys.executable, "-c", ENTER)
"""What the installed command does, by the lawcheck of this checkout."""
EARLIER = date(YEAR, 5, 31)
"""A day on which some rows that are done now were open; both ways of counting must agree on it too."""
MEBIBYTE = 1024 * 1024
RSS_UNIT = 1 if sys.platform == "darwin" else 1024
COLUMNS = 100
MILESTONES = 10
"""How many milestones make one sample."""
TICKS = 25
"""How many ticks make one sample of a tick, which alone is shorter than what disturbs it."""

LAUNCHER = """
import json, os, sys, time
begun = time.monotonic()
silent = (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=[silent])
_, status, usage = os.wait4(child, 0)
print(json.dumps([os.waitstatus_to_exitcode(status), usage.ru_maxrss, time.monotonic() - begun]))
"""
"""Starts a command from a small process: on Linux a child's peak counts what its parent held when it was started."""

TOTALS = """
SELECT {part}, sum(counted), sum(done), sum(partial), sum(opened), sum(na), sum(late), sum(undated), sum(overdue),
  sum((counted - na) * weight), sum(done * weight), sum(accepted * reviewed), sum(returned),
  sum((done - accepted) * reviewed)
FROM (
  SELECT code AS item_code, {of_row} AS of_row, count(*) AS counted,
    count(*) FILTER (WHERE state = 'done' AND (done_on IS NULL OR done_on <= :day)) AS done,
    count(*) FILTER (WHERE state = 'partial') AS partial,
    count(*) FILTER (WHERE state = 'open' OR (state = 'done' AND done_on > :day)) AS opened,
    count(*) FILTER (WHERE state = 'na') AS na,
    count(*) FILTER (WHERE state = 'done' AND done_on <= :day AND done_on > due) AS late,
    count(*) FILTER (WHERE state = 'done' AND done_on IS NULL) AS undated,
    count(*) FILTER (
      WHERE due < :day AND (state IN ('open', 'partial') OR (state = 'done' AND done_on > :day))
    ) AS overdue,
    count(*) FILTER (
      WHERE review = 'accepted' AND state = 'done' AND (done_on IS NULL OR done_on <= :day)
        AND NOT EXISTS (SELECT 1 FROM review WHERE year = r.year AND ref = r.ref AND on_date > :day)
    ) AS accepted,
    count(*) FILTER (
      WHERE review = 'returned'
        AND NOT EXISTS (SELECT 1 FROM review WHERE year = r.year AND ref = r.ref AND on_date > :day)
    ) AS returned
  FROM checklist_row AS r
  WHERE year = :year AND (occasion IS NULL OR begins <= :day)
  GROUP BY code, of_row
) JOIN item ON year = :year AND code = item_code
GROUP BY {part} ORDER BY {part}
"""
BROKEN_DOWN = {
    by: TOTALS.replace("{part}", part).replace("{of_row}", of_row)
    for by, part, of_row in (
        ("template", "template", "''"),
        ("unit", "of_row", "unit"),
        ("month", "of_row", "substr(due, 1, 7)"),
        ("section", "section", "''"),
    )
}
"""What `summary --by ...` counts, written by hand."""


BURNT = """
SELECT substr(due, 1, 7),
  CASE WHEN state = 'done' AND done_on <= :day THEN substr(done_on, 1, 7)
    WHEN state = 'done' AND done_on IS NULL THEN '' END,
  count(*)
FROM checklist_row
WHERE year = :year AND state <> 'na' AND (occasion IS NULL OR begins <= :day)
GROUP BY 1, 2
"""
HOLDING = """
SELECT unit, assignee, count(*), min(due) FROM checklist_row
WHERE year = :year AND state IN ('open', 'partial') AND due < :day
GROUP BY unit, assignee
"""
TERMS = """
SELECT template, code, count(*),
  count(*) FILTER (WHERE done AND done_on IS NOT NULL AND NOT late AND NOT early),
  count(*) FILTER (WHERE done AND late),
  count(*) FILTER (WHERE done AND early),
  count(*) FILTER (WHERE done AND done_on IS NULL),
  count(*) FILTER (WHERE pending AND due < :day),
  count(*) FILTER (WHERE pending AND (due IS NULL OR due >= :day)),
  count(*) FILTER (WHERE state = 'na')
FROM (
  SELECT template, code, case_row.state, due, done_on,
    case_row.state = 'done' AND (done_on IS NULL OR done_on <= :day) AS done,
    case_row.state IN ('open', 'partial') OR (case_row.state = 'done' AND done_on > :day) AS pending,
    coalesce(done_on > due OR (done_on = due AND done_time > due_time), 0) AS late,
    coalesce(done_on < earliest, 0) AS early
  FROM case_row JOIN case_file ON case_file.ref = case_ref
  WHERE begins >= :year || '-01-01' AND begins <= :day
)
GROUP BY template, code
"""
"""What a summary of everything counts beside the breakdowns, written by hand."""
ALWAYS = (
    "SELECT count(*) FROM checklist_row WHERE year = :year AND state IN ('open', 'partial') AND due < :day",
    (
        "SELECT * FROM checklist_row WHERE year = :year AND state IN ('open', 'partial') AND due < :day"
        " ORDER BY due, ref LIMIT 10"
    ),
    "SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1",
)
"""What every summary says: what is overdue, the longest of it, and the head of the chain."""

TICKED = "UPDATE checklist_row SET state = 'done', done_on = ?, done_by = ?, recorded_on = ? WHERE year = ? AND ref = ?"
"""What a tick changes in a row, written by hand."""


REWRITTEN = "UPDATE case_row SET due = ?, earliest = ?, target = ?, provisional = ? WHERE ref = ?"
"""What a notice changes in the rows of cases, written by hand."""


class Line(NamedTuple):
    """A line of the report."""

    what: str
    boundary: str
    against: str
    reference: str
    measured: str
    ratio: str
    limit: str
    verdict: str


class Found(NamedTuple):
    """What a bare bisection gives: as many fields as a deadline."""

    due: date
    time: str | None
    provisional: bool


class BenchFault(Exception):
    """A command that was to be measured did not do what it should."""


class Program(NamedTuple):
    """A command line seen from outside; `after` puts back what it changed, outside the measured time."""

    words: tuple[str, ...]
    environment: dict[str, str]
    terminal: bool = False
    after: Callable[[], object] = lambda: None

    def seconds(self) -> float:
        """Run it once.

        Raises:
            BenchFault: it failed.

        """
        taken, code = self._on_terminal() if self.terminal else self._silent()
        if code != 0:
            raise BenchFault("exit code " + str(code))
        self.after()
        return taken

    def _silent(self) -> tuple[float, int]:
        null = subprocess.DEVNULL
        begun = perf_counter()
        code = subprocess.call(self.words, env=self.environment, stdin=null, stdout=null, stderr=null)
        return perf_counter() - begun, code

    def _on_terminal(self) -> tuple[float, int]:
        ours, theirs = os.openpty()
        termios.tcsetwinsize(theirs, (40, COLUMNS))
        begun = perf_counter()
        with subprocess.Popen(self.words, env=self.environment, stdin=theirs, stdout=theirs, stderr=theirs) as running:
            os.close(theirs)
            while _read(ours):
                pass
            code = running.wait()
            taken = perf_counter() - begun
        os.close(ours)
        return taken, code

    def peak(self) -> tuple[float, float]:
        """Run it once from a small process; return its peak memory in MiB and the seconds it took.

        Raises:
            BenchFault: it failed.

        """
        launched = [sys.executable, "-I", "-S", "-c", LAUNCHER, *self.words]
        with subprocess.Popen(
            launched, env=self.environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, process_group=0
        ) as running:
            try:
                said, _ = running.communicate()
            except BaseException:
                os.killpg(running.pid, signal.SIGKILL)  # the command goes with its launcher
                raise
        code, held, seconds = json.loads(said)
        if code != 0:
            raise BenchFault("exit code " + str(code))
        return held * RSS_UNIT / MEBIBYTE, seconds


def _read(terminal: int) -> bytes:
    """Read what a terminal shows; nothing once its other side is closed, which Linux reports as an error."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""


Measure = Program | Callable[[], float]
"""What can be timed: a command, or a function that returns seconds."""


def _seconds(measure: Measure) -> float:
    return measure.seconds() if isinstance(measure, Program) else measure()


class TimedRegister(Register):
    """A register that knows how long its last transaction took."""

    seconds = 0.0

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all of the block or none of it, by the clock."""
        begun = perf_counter()
        with super().transaction():
            yield
        self.seconds = perf_counter() - begun


class Bench:
    """One run: a folder that goes away afterwards, its registers, and the lines of the report."""

    def __init__(self, folder: Path, *, quick: bool) -> None:
        """Choose the sizes."""
        self.folder = folder
        self.registers = Registers(folder, 100 if quick else 1000, _say)
        self.processes = 5 if quick else 31
        self.calls = 5 if quick else 21
        self.starts = 3 if quick else 5
        self.evidence_mib = 64 if quick else 256
        self.lines: list[Line] = []
        self.faults: list[str] = []

    @cached_property
    def shipped(self) -> Path:
        """Return a register of this year with all templates that come with lawcheck."""
        path = self.folder / "shipped.db"
        self.program(path, "start", str(YEAR)).seconds()
        return path

    def program(self, register: Path, *words: str, terminal: bool = False, **more: str) -> Program:
        """Return a command on a register; it knows nothing of the environment that the bench itself runs in."""
        return Program((*LAWCHECK, *words), self.environment(register, **more), terminal)

    def ticking(self, register: Path, ref: str, *options: str) -> Program:
        """Return the tick of an open row, which is opened again after each run."""
        made = self.program(register, "tick", ref, *options)
        return made._replace(after=lambda: _untick(register, ref))

    def environment(self, register: Path, **more: str) -> dict[str, str]:
        """Return all of the environment that commands run in."""
        return {
            "PATH": os.defpath,
            "PYTHONPATH": str(ROOT / "src"),
            "HOME": str(self.folder),
            "TMPDIR": str(self.folder),
            "LANG": "C.UTF-8",
            "TERM": "xterm-256color",
            "LAWCHECK_REGISTER": str(register),
            "LAWCHECK_TODAY": TODAY.isoformat(),
            "LAWCHECK_USER": PERSON,
            **more,
        }

    # --- the report ---------------------------------------------------------------------------

    def compare(
        self,
        what: str,
        against: str,
        reference: Measure,
        measured: Measure,
        *,
        pairs: int,
        limit: float | None = None,
    ) -> None:
        """Measure two things in turn, after a run of each that does not count."""
        _say(what)
        boundary = "process" if isinstance(measured, Program) else "call"
        try:
            taken = [(_seconds(reference), _seconds(measured)) for _ in range(pairs + 1)][1:]
        except BenchFault as fault:
            self.failed(what, boundary, str(fault))
            return
        ratios = [mine / its for its, mine in taken]
        self.lines.append(
            Line(
                what,
                boundary,
                against,
                _time(median(its for its, _ in taken)),
                _time(median(mine for _, mine in taken)),
                f"{median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})",
                "-" if limit is None else f"{limit:g}",
                _verdict(median(ratios), limit),
            )
        )

    def failed(self, what: str, boundary: str, why: str) -> None:
        """Report that something could not be measured."""
        self.lines.append(Line(what, boundary, "-", "-", "-", "-", "-", "FAILED"))
        self.faults.append(f"{what.strip()}: {why}")

    # --- what is measured ---------------------------------------------------------------------

    def start_up(self) -> None:
        """Time everyday commands on a small register against the import of typer."""
        small = self.shipped
        completing = self.program(
            small, _LAWCHECK_COMPLETE="complete_bash", COMP_WORDS="lawcheck tick PL", COMP_CWORD="2"
        )
        programs: list[tuple[str, Program, float | None]] = [
            ("tick", self.ticking(small, "PL-01"), 1.4),
            ("list --json", self.program(small, "list", "--json"), 1.4),
            ("next --json", self.program(small, "next", "--json"), 1.4),
            ("show PL-02 --json", self.program(small, "show", "PL-02", "--json"), 1.4),
            ("completion of a ref", completing, 1.4),
            ("list PL on a terminal", self.program(small, "list", "PL", terminal=True), 2),
            ("--help on a terminal", self.program(small, "--help", terminal=True), 4),
            ("tick, in Chinese", self.ticking(small, "PL-01", "--lang", "zh"), None),
            ("list --json, in Chinese", self.program(small, "list", "--json", "--lang", "zh"), None),
        ]
        for what, program, limit in programs:
            self.compare(what, "import typer", self.base, program, pairs=self.processes, limit=limit)
        fresh = self.folder / "one-year.db"
        starting = self.program(fresh, "start", str(YEAR))._replace(after=lambda: _remove(fresh))
        what = "start of one year with every template"
        self.compare(what, "import typer", self.base, starting, pairs=self.calls, limit=8)

    @property
    def base(self) -> Program:
        """Return what every start-up is held against."""
        return Program((sys.executable, "-c", "import typer"), self.environment(self.shipped))

    def peer(self) -> None:
        """Time todoman's list over as many open entries as `list --json` shows rows."""
        with Register.open(self.shipped) as register:
            entries = register_rows(register, YEAR)
        settings = write_todos(self.folder / "todoman", entries)
        todo = self.base._replace(words=(str(BIN / "todo"), "--config", str(settings), "list"))
        self.compare(f"peer: todo list ({entries})", "import typer", self.base, todo, pairs=self.processes)

    def start(self) -> None:
        """Time the start of a large year against the bare insertion of the same rows into the same table."""
        source = self.registers.one
        with Register.open(source.path) as register:
            held = register.connection.execute("SELECT * FROM checklist_row ORDER BY year, ref").fetchall()
        insert = f"INSERT INTO checklist_row VALUES ({', '.join('?' * len(held[0]))})"
        fresh = self.folder / "fresh.db"
        wholes: list[float] = []

        def bare() -> float:
            with _fresh(fresh), Register.create(fresh, actor().at) as register:
                connection = register.connection
                connection.execute("ATTACH ? AS source", (str(source.path),))
                for table in ("document", "year", "checklist", "item"):  # what rows refer to
                    connection.execute(f"INSERT INTO {table} SELECT * FROM source.{table}")
                connection.execute("DETACH source")
                begun = perf_counter()
                connection.execute("BEGIN IMMEDIATE")
                connection.executemany(insert, held)
                connection.execute("COMMIT")
                return perf_counter() - begun

        def started() -> float:
            with _fresh(fresh), TimedRegister.create(fresh, actor().at) as register:
                begun = perf_counter()
                start_year(register, actor(), YEAR, source.templates, source.bureau)
                wholes.append(perf_counter() - begun)
                return register.seconds

        what = f"start of {len(held):,} rows: its transaction"
        self.compare(what, "executemany", bare, started, pairs=self.starts, limit=2)
        whole = _time(median(wholes[1:]))
        self.lines.append(Line("  the same with reading its files", "call", "-", "-", whole, "-", "-", "-"))

    def durable(self) -> None:
        """Time single ticks on an open register against bare transactions of an update and an insertion."""
        source = self.registers.one.path
        ours, theirs = self.folder / "ticked.db", self.folder / "updated.db"
        with Register.open(source) as register:
            first, *refs = refs_of(register, YEAR)
            rows.tick(register, actor(), [first], year=YEAR, on=TODAY)
        shutil.copy(source, ours)
        shutil.copy(source, theirs)
        _untick(source, first)
        of_tick, of_update = iter(refs), iter(refs)
        with Register.open(ours) as register, closing(sqlite3.connect(theirs, isolation_level=None)) as plain:
            settle(plain)
            entry = plain.execute("SELECT * FROM entry ORDER BY seq DESC LIMIT 1").fetchone()[1:]
            plain.execute(
                "CREATE TABLE plain (seq INTEGER PRIMARY KEY, at, person, os_user, host, command, version,"
                " today, payload, salt, payload_hash, prev, hash)"
            )
            insert = f"INSERT INTO plain VALUES (NULL, {', '.join('?' * len(entry))})"
            day = TODAY.isoformat()

            def bare() -> float:
                begun = perf_counter()
                for ref in islice(of_update, TICKS):
                    plain.execute("BEGIN IMMEDIATE")
                    plain.execute(TICKED, (day, PERSON, day, YEAR, ref))
                    plain.execute(insert, entry)
                    plain.execute("COMMIT")
                return (perf_counter() - begun) / TICKS

            def ticked() -> float:
                begun = perf_counter()
                for ref in islice(of_tick, TICKS):
                    rows.tick(register, actor(), [ref], year=YEAR, on=TODAY)
                return (perf_counter() - begun) / TICKS

            what = f"durable tick (mean of {TICKS})"
            self.compare(what, "bare transaction", bare, ticked, pairs=self.calls, limit=2)

    def scale(self) -> None:
        """Time commands on ten large years against the same on ten years of 100 rows."""
        few, many = (self.everyday(one.path) for one in (self.registers.few, self.registers.many))
        limits = {"tick": 1.2, "show": 1.2, "next": 1.2, "next --year": 1.2, "the board": None}
        for what, limit in limits.items():
            title = f"{what} in 10 x {self.registers.rows:,} rows"
            self.compare(title, "10 x 100 rows", few[what], many[what], pairs=self.processes, limit=limit)

    def everyday(self, register: Path) -> dict[str, Program]:
        """Return everyday commands on a register of many years."""
        with Register.open(register) as opened:
            unfinished, done = refs_of(opened, YEAR, "open")[0], refs_of(opened, YEAR, "done")[0]
        return {
            "tick": self.ticking(register, unfinished, "--year", str(YEAR)),
            "show": self.program(register, "show", done, "--year", str(YEAR)),
            "next": self.program(register, "next"),
            "next --year": self.program(register, "next", "--year", str(YEAR)),
            "the board": self.program(register),
            "list AA --json": self.program(register, "list", "AA", "--json", "--year", str(YEAR)),
            f"list --json ({self.registers.rows:,} rows)": self.program(
                register, "list", "--json", "--year", str(YEAR)
            ),
        }

    def deadlines(self) -> None:
        """Time deadlines of mixed rules against as many bisections in a list of working days, an object each."""
        texts = reckonings(self.registers.rows)
        calendar = calendar_of(None)
        kept = [parse_reckoning(text) for text in texts]
        starts = [date.fromordinal(one.start.toordinal()) for one in kept]
        for one in kept:
            reckon(one, calendar)  # lays out the working days
        days = [date.fromordinal(day) for day in calendar.days]

        def bare() -> float:
            begun = perf_counter()
            found = [Found(days[bisect_right(days, start) + 6], None, provisional=False) for start in starts]
            taken = perf_counter() - begun
            del found
            return taken

        def reckoned() -> float:
            begun = perf_counter()
            found = [reckon(one, calendar) for one in kept]
            taken = perf_counter() - begun
            del found
            return taken

        def explained() -> float:
            begun = perf_counter()
            for one in kept:
                explain(one, calendar)
            return perf_counter() - begun

        def parsed() -> float:
            begun = perf_counter()
            found = [parse_reckoning(text) for text in texts]
            taken = perf_counter() - begun
            del found
            return taken

        of = f"{len(texts):,} deadlines"
        against = "bisect and object"
        self.compare(of, against, bare, reckoned, pairs=self.calls, limit=3)
        self.compare(f"{of}: their explanations", against, bare, explained, pairs=self.calls, limit=10)
        self.compare(f"{of}: read from their text", against, bare, parsed, pairs=self.calls)

    def summary(self) -> None:
        """Time the summary of a large year against one statement that counts the same."""
        path = self.registers.many.path
        with Register.open(path) as register, closing(sqlite3.connect(path)) as plain:

            def counted(day: date) -> list[tuple[object, ...]]:
                return plain.execute(BROKEN_DOWN["template"], {"year": YEAR, "day": day.isoformat()}).fetchall()

            def summed(day: date) -> Summary:
                return summarise(register, YEAR, by="template", as_of=day)

            what = f"summary of {self.registers.rows:,} of {10 * self.registers.rows:,} rows"
            self.compare(
                what,
                "one statement",
                lambda: _timed(counted, TODAY),
                lambda: _timed(summed, TODAY),
                pairs=self.calls,
                limit=1.5,
            )
            for day in (TODAY, EARLIER):
                said = [(line.part, *line.totals[:13]) for line in summed(day).lines]
                if said != counted(day):
                    self.failed(f"  the same numbers from both on {day}", "call", "they differ")

    def breakdowns(self) -> None:
        """Time a summary in every breakdown, and of everything, against the same statements written by hand."""
        path, asked = self.registers.worked.path, {"year": YEAR, "day": TODAY.isoformat()}
        with Register.open(path) as register, closing(sqlite3.connect(path)) as plain:

            def counted(ways: tuple[str, ...]) -> float:
                begun = perf_counter()
                for statement in ways:
                    plain.execute(statement, asked).fetchall()
                return perf_counter() - begun

            def summed(by: str | None) -> float:
                begun = perf_counter()
                summarise(register, YEAR, by=by, as_of=TODAY)
                return perf_counter() - begun

            extras: dict[str | None, tuple[str, ...]] = {"unit": (HOLDING,), "month": (BURNT,)}
            of = f"{self.registers.rows:,} rows, {self.registers.rows // 5:,} cases"
            for by, statement in BROKEN_DOWN.items():
                ways = (statement, *extras.get(by, ()), *ALWAYS)
                what = f"summary --by {by} of {of}"
                by_hand, ours = partial(counted, ways), partial(summed, by)
                self.compare(what, f"{len(ways)} by hand", by_hand, ours, pairs=self.calls, limit=1.5)
            every = (*BROKEN_DOWN.values(), BURNT, HOLDING, TERMS, *ALWAYS)
            what = f"summary of everything of {of}"
            by_hand, ours = partial(counted, every), partial(summed, None)
            self.compare(what, f"{len(every)} by hand", by_hand, ours, pairs=self.calls, limit=1.5)
            self._agree(register, plain)

    def _agree(self, register: Register, plain: sqlite3.Connection) -> None:
        """Hold the numbers of both ways against one another."""
        found = summarise(register, YEAR, as_of=TODAY)
        asked = {"year": YEAR, "day": TODAY.isoformat()}
        ours: dict[str, object] = {
            one.by: {(line.part, *line.totals[:13]) for line in one.lines} for one in found.breakdowns
        }
        theirs: dict[str, object] = {by: set(plain.execute(statement, asked)) for by, statement in BROKEN_DOWN.items()}
        ours["terms"] = {(one.template, one.code, *one[7:]) for one in found.terms or ()}
        clocked = {(one.template, one.code) for one in found.terms or ()}
        theirs["terms"] = {one for one in plain.execute(TERMS, asked) if one[:2] in clocked}
        for what, numbers in ours.items():
            if numbers != theirs[what]:
                self.failed(f"  the same numbers of {what} from both", "call", "they differ")

    def workbook(self) -> None:
        """Time a workbook of a large year's rows against xlsxwriter writing the same cells from memory."""
        path, file = self.registers.worked.path, self.folder / "rows.xlsx"
        with Register.open(path) as register:

            def sheet() -> Sheet:
                found = summarise(register, YEAR, by="template", as_of=TODAY, with_rows=True)
                return rows_sheet("Rows", found.rows or iter(()), found.total.rows, TODAY)

            held = sheet()
            kinds = [column.kind for column in held.columns]
            cells = list(held.rows)

            def bare() -> float:
                begun = perf_counter()
                with tempfile.TemporaryDirectory(dir=self.folder) as folder:
                    book = Workbook(str(file), {"constant_memory": True, "tmpdir": folder})
                    page, formats = book.add_worksheet(), Formats(book).plain
                    for line, values in enumerate(cells):
                        for place, value in enumerate(values):
                            if isinstance(value, str):
                                page.write_string(line, place, value, formats[TEXT])
                            elif kinds[place] == DAY and value is not None:
                                page.write_datetime(line, place, value, formats[DAY])
                            elif value is not None:
                                page.write_number(line, place, value, formats[COUNT])
                    book.close()
                return perf_counter() - begun

            def written() -> float:
                begun = perf_counter()
                with file.open("wb") as out:
                    write_workbook(out, [sheet()], Properties("", "", "", {}))
                return perf_counter() - begun

            what = f"workbook of {len(cells):,} lines, {sum(one is not None for row in cells for one in row):,} cells"
            self.compare(what, "xlsxwriter", bare, written, pairs=self.starts, limit=1.3)

    def collecting(self) -> None:
        """Time a hundred workbooks collected against openpyxl reading them."""
        folder = self.folder / "handed-out"
        with Register.open(self.registers.some.path) as register:
            given = hand_out(register, year=YEAR, unit=None, today=TODAY)
            workbooks = save_hand_outs(folder, given, in_folder=True, force=False).workbooks
            files, lines = [Path(one.path) for one in workbooks], sum(one.rows for one in workbooks)
            for file, one in zip(files, workbooks, strict=True):
                _fill(file, one.rows)

            def bare() -> float:
                begun = perf_counter()
                for file in files:
                    book = load_workbook(file, read_only=True)
                    for page in book.worksheets:
                        for row in page.iter_rows():
                            for cell in row:
                                cell.value  # noqa: B018  # read
                    book.close()
                return perf_counter() - begun

            def collected() -> float:
                begun = perf_counter()
                found = collect(register, actor(), files, year=YEAR)
                taken = perf_counter() - begun
                if sum(len(book.outcomes) for book in found.workbooks) != lines:
                    raise BenchFault("not every answer was read")
                return taken

            what = f"{len(files)} workbooks of {lines:,} rows collected"
            self.compare(what, "openpyxl", bare, collected, pairs=self.starts, limit=1.5)

    def cases(self) -> None:
        """Time cases taken from a table, a milestone among many cases, and a notice that moves deadlines."""
        many, waiting = (1_000, 1_120) if self.registers.rows < 100_000 else (10_000, 11_200)
        bureau = write_bureau(self.folder / "bureau.yaml")
        table = write_cases(self.folder / "cases.csv", many)
        few = write_cases(self.folder / "few.csv", 100)
        self._case_import(table, bureau, many)
        self._milestone(few, table, bureau, many)
        self._notice(write_waiting_cases(self.folder / "waiting.csv", waiting), bureau)

    def _case_import(self, table: Path, bureau: Path, many: int) -> None:
        """Time the import of cases against the bare insertion of the same rows, the entry too."""
        empty, filled, fresh = (self.folder / f"{name}.db" for name in ("no-cases", "cases", "fresh"))
        with Register.create(empty, actor().at) as register:
            import_bureau(register, actor(CASES_TODAY), bureau)
        with _copied(empty, filled) as register:
            import_cases(register, actor(CASES_TODAY), table, template="AJ")
            first = ("document", "case_template", "case_item")
            before, held = (
                {
                    name: register.connection.execute(
                        f"SELECT * FROM {name}" + (" WHERE seq > 1" if name in ("entry", "touched") else "")
                    ).fetchall()
                    for name in names
                }
                for names in (first, ("case_file", "case_milestone", "case_row", "touched", "entry"))
            )
        inserts = {name: f"INSERT INTO {name} VALUES ({', '.join('?' * len(rows[0]))})" for name, rows in held.items()}

        def bare() -> float:
            with _fresh(fresh), _copied(empty, fresh) as register:
                connection = register.connection
                for name, rows in before.items():  # what cases refer to
                    marks = ", ".join("?" * len(rows[0]))
                    connection.executemany(f"INSERT OR IGNORE INTO {name} VALUES ({marks})", rows)
                begun = perf_counter()
                connection.execute("BEGIN IMMEDIATE")
                for name, rows in held.items():
                    connection.executemany(inserts[name], rows)
                connection.execute("COMMIT")
                return perf_counter() - begun

        def imported() -> float:
            with _fresh(fresh), _copied(empty, fresh) as register:
                begun = perf_counter()
                import_cases(register, actor(CASES_TODAY), table, template="AJ")
                return perf_counter() - begun

        count = sum(len(rows) for rows in held.values())
        what = f"import of {many:,} cases ({count:,} table rows)"
        self.compare(what, "executemany", bare, imported, pairs=self.starts, limit=3)

    def _milestone(self, few: Path, table: Path, bureau: Path, many: int) -> None:
        """Time milestones among many open cases against the same among a hundred."""
        small, large = self.folder / "few-cases.db", self.folder / "many-cases.db"
        case_register(small, few, bureau)
        case_register(large, table, bureau)
        with Register.open(small) as fewer, Register.open(large) as more:
            steps = [(f"AJ-{n:02}", name) for name in ("dispute", "recorded") for n in range(1, 101)]
            here, there = iter(steps), iter(steps)

            def recorded(register: Register, coming: Iterator[tuple[str, str]]) -> float:
                begun = perf_counter()
                for ref, name in islice(coming, MILESTONES):
                    record_milestone(register, actor(CASES_TODAY), ref, name, CASES_TODAY.isoformat())
                return (perf_counter() - begun) / MILESTONES

            self.compare(
                f"milestone among {many:,} cases (mean of {MILESTONES})",
                "100 cases",
                lambda: recorded(fewer, here),
                lambda: recorded(more, there),
                pairs=min(self.calls, 18),
                limit=1.2,
            )

    def _notice(self, table: Path, bureau: Path) -> None:
        """Time a notice over open deadlines against reading and rewriting their rows."""
        source, fresh = self.folder / "waiting.db", self.folder / "noticed.db"
        case_register(source, table, bureau)
        notice = write_notice(self.folder / "notice.yaml")
        reading = sqlite_sql.CASE_ROW_OPEN_RECKONINGS
        with _fresh(fresh), _copied(source, fresh) as register:
            moved = import_holidays(register, actor(CASES_TODAY), notice).moved
            after = register.connection.execute(
                "SELECT due, earliest, target, provisional, ref FROM case_row"
                " WHERE state IN ('open', 'partial') AND reckoning IS NOT NULL ORDER BY ref"
            ).fetchall()

        def bare() -> float:
            with _fresh(fresh), _copied(source, fresh) as register:
                connection = register.connection
                begun = perf_counter()
                connection.execute("BEGIN IMMEDIATE")
                connection.execute(reading).fetchall()
                connection.executemany(REWRITTEN, after)
                connection.execute("COMMIT")
                return perf_counter() - begun

        def imported() -> float:
            with _fresh(fresh), _copied(source, fresh) as register:
                begun = perf_counter()
                import_holidays(register, actor(CASES_TODAY), notice)
                return perf_counter() - begun

        what = f"notice over {len(after):,} open deadlines ({len(moved):,} move)"
        self.compare(what, "read, rewrite", bare, imported, pairs=self.starts, limit=3)

    def evidence(self) -> None:
        """Time the adding of a large file against its copying to the disk and the hashing of the copy.

        Both bring the copy to the disk before they are done, and read a file that lies in memory. Its first bytes are
        others each time, so that none is there already.
        """
        source, copy = self.folder / "evidence.bin", self.folder / "copied.bin"
        with source.open("wb") as file:
            for _ in range(self.evidence_mib):
                file.write(os.urandom(MEBIBYTE))
        hashing = ("sha256sum",) if shutil.which("sha256sum") else ("shasum", "-a", "256")

        def bare() -> float:
            _begin_otherwise(source)
            begun = perf_counter()
            subprocess.check_call(("cp", str(source), str(copy)))
            descriptor = os.open(copy, os.O_RDONLY)
            os.fsync(descriptor)
            os.close(descriptor)
            subprocess.check_call((*hashing, str(copy)), stdout=subprocess.DEVNULL)
            taken = perf_counter() - begun
            copy.unlink()
            return taken

        with _copied(self.shipped, self.folder / "evidenced.db") as register:
            vault = Vault(register.path)

            def added() -> float:
                _begin_otherwise(source)
                begun = perf_counter()
                found = add_evidence(register, actor(), "PL-01", Offered((source,)), Intake(), year=YEAR)
                taken = perf_counter() - begun
                vault.purge(str(found.lines[0].hash))
                return taken

            what = f"adding evidence of {self.evidence_mib} MiB"
            self.compare(what, "cp, fsync, sha256sum", bare, added, pairs=self.starts, limit=2)

    def year_report(self) -> None:
        """Time the report of the demonstration year against python-docx writing the same paragraphs."""
        path, day = self.folder / "demo.db", date(2023, 1, 9)
        with Register.create(path, actor(day).at) as register:
            play(register, actor(day), chinese=True)
            made = make_report(register, DEMO_YEAR, as_of=day, signed_on=day)
            paragraphs = [(block.text(), block.level) for block in made.composed.blocks]

            def bare() -> float:
                begun = perf_counter()
                document = docx.Document()
                for text, level in paragraphs:
                    document.add_paragraph(text, f"Heading {level}" if level else None)
                document.save(BytesIO())
                return perf_counter() - begun

            def reported() -> float:
                begun = perf_counter()
                report_file(
                    make_report(register, DEMO_YEAR, as_of=day, signed_on=day), draft=False, at=datetime.now(UTC)
                )
                return perf_counter() - begun

            what = f"report of {len(paragraphs)} paragraphs"
            self.compare(what, "python-docx", bare, reported, pairs=self.starts, limit=2)

    def backup(self) -> None:
        """Time a backup, read back and on the disk, against the sqlite3 shell's and a plain copy of the vault."""
        plain, source = self.registers.one.path, self.folder / "kept.db"
        shutil.copy(plain, source)
        with Register.open(source) as register:
            keep_evidence(register, EVIDENCE)
            register.pragma("wal_checkpoint(TRUNCATE)")
        out = self.folder / "backups"

        def bare(register: Path) -> float:
            with _fresh_folder(out):
                begun = perf_counter()
                copied = out / "copy.db"
                if subprocess.call(["sqlite3", str(register), f".backup '{copied}'"]) != 0:
                    raise BenchFault("sqlite3")
                vault = Vault(register).folder
                if vault.exists() and subprocess.call(["cp", "-r", str(vault), str(Vault(copied).folder)]) != 0:
                    raise BenchFault("cp")
                sync_tree(out)
                return perf_counter() - begun

        def backed_up(path: Path) -> float:
            with _fresh_folder(out), Register.open(path) as register:
                begun = perf_counter()
                back_up(register, actor(), out / "copy.db", force=False)
                return perf_counter() - begun

        kept = f"{EVIDENCE} MiB of evidence"
        for what, path in (
            (f"backup of {self.registers.rows:,} rows and {kept}", source),
            ("  without evidence", plain),
        ):
            against = "sqlite3 .backup, cp -r, fsync"
            self.compare(what, against, partial(bare, path), partial(backed_up, path), pairs=self.starts, limit=1.5)

    def proof(self) -> None:
        """Time `verify` against one pass of SHA-256 over the payloads and one sequential read of all rows."""
        entries = 10_000 if self.registers.rows < 100_000 else 100_000
        path = self.folder / "proof.db"
        proof_register(path, self.folder / "proof", entries, _say)
        with Register.open(path) as register:
            named = register.connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()

            def bare() -> float:
                begun = perf_counter()
                digest = hashlib.sha256()
                for (payload,) in register.connection.execute("SELECT payload FROM entry ORDER BY seq"):
                    digest.update(payload.encode())
                for (table,) in named:
                    for _ in register.connection.execute(f"SELECT * FROM {table}"):
                        pass
                return perf_counter() - begun

            def verified() -> float:
                begun = perf_counter()
                if verify(register).findings:
                    raise BenchFault("findings")
                return perf_counter() - begun

            what = f"verify of {10 * entries:,} changes in {entries:,} entries"
            self.compare(what, "SHA-256 and read", bare, verified, pairs=self.starts, limit=3)
        what = f"memory: verify of {10 * entries:,} changes"
        held, seconds = self.program(path, "verify").peak()
        found = (what, "process", f"peak; took {_time(seconds)}", "-", f"{held:.1f} MiB", "-", "100 MiB")
        self.lines.append(Line(*found, _verdict(held, 100)))
        _remove(path)

    def memory(self) -> None:
        """Measure the peak memory of commands in ten large years."""
        many: Made = self.registers.many
        limited = [(what, one, 60) for what, one in self.everyday(many.path).items()]
        limited.append((f"summary {YEAR}", self.program(many.path, "summary", str(YEAR)), 80))
        workbook = self.program(many.path, "summary", str(YEAR), "-o", str(self.folder / "summary.xlsx"), "--force")
        limited.append((f"summary {YEAR} -o summary.xlsx", workbook, 150))
        out = str(self.folder / "draft.docx")
        draft = self.program(many.path, "report", str(YEAR), "-o", out, "--draft", "--force")
        limited.append((f"report {YEAR} --draft", draft, 150))
        given = self.program(many.path, "hand-out", "--all", "-o", str(self.folder / "given"), "--force")
        limited.append(("hand-out --all", given, 150))
        limited.append(("verify", self.program(many.path, "verify"), 100))
        starting = self.program(many.path, "start", str(YEAR + 1), *many.templates)
        limited.append((f"start {YEAR + 1} ({self.registers.rows:,} rows)", starting, 80))  # last, for it adds a year
        for what, program, limit in limited:
            _say(f"memory: {what}")
            try:
                held, seconds = program.peak()
            except BenchFault as fault:
                self.failed(what, "process", str(fault))
                continue
            peak, took, bound = f"{held:.1f} MiB", f"peak; took {_time(seconds)}", f"{limit} MiB"
            verdict = _verdict(held, limit)
            self.lines.append(Line(f"memory: {what}", "process", took, "-", peak, "-", bound, verdict))


SECTIONS = {
    "start-up": Bench.start_up,
    "peer": Bench.peer,
    "start": Bench.start,
    "tick": Bench.durable,
    "scale": Bench.scale,
    "summary": Bench.summary,
    "breakdowns": Bench.breakdowns,
    "workbook": Bench.workbook,
    "collect": Bench.collecting,
    "deadlines": Bench.deadlines,
    "cases": Bench.cases,
    "evidence": Bench.evidence,
    "report": Bench.year_report,
    "backup": Bench.backup,
    "proof": Bench.proof,
    "memory": Bench.memory,
}
"""In the order in which they run; the last changes the large register."""


def _fill(file: Path, rows: int) -> None:
    """Report every row of a handed-out workbook as done."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = load_workbook(file)
    for line in range(3, rows + 3):
        book[ROWS].cell(line, 7).value = "已完成"
        book[ROWS].cell(line, 8).value = "未注明"
    book.save(file)


def _untick(path: Path, ref: str) -> None:
    with Register.open(path) as register:
        rows.untick(register, actor(), [ref], why="to be ticked again", year=YEAR)


@contextmanager
def _fresh(path: Path) -> Iterator[None]:
    """Take a register away after the block."""
    try:
        yield
    finally:
        _remove(path)


@contextmanager
def _fresh_folder(path: Path) -> Iterator[None]:
    """Make a folder for the block, and take it away after it."""
    path.mkdir()
    try:
        yield
    finally:
        shutil.rmtree(path)


def _remove(path: Path) -> None:
    for file in path.parent.glob(path.name + "*"):
        file.unlink()


def _copied(source: Path, path: Path) -> Register:
    """Return a copy of a register, open."""
    shutil.copy(source, path)
    return Register.open(path)


def _begin_otherwise(path: Path) -> None:
    """Give a file other first bytes, and bring it to the disk, so that its own writing disturbs no measure."""
    with path.open("r+b") as file:
        file.write(os.urandom(16))
        file.flush()
        os.fsync(file.fileno())


def _timed(function: Callable[[date], object], day: date) -> float:
    begun = perf_counter()
    function(day)
    return perf_counter() - begun


def _time(seconds: float) -> str:
    return f"{seconds:.2f} s" if seconds >= 1 else f"{seconds * 1000:.{3 if seconds < 0.01 else 1}f} ms"


def _verdict(found: float, limit: float | None) -> str:
    if limit is None:
        return "-"
    return "ok" if found <= limit else "OVER"


def _say(what: str) -> None:
    """Tell on stderr what is going on."""
    print(f"... {what}", file=sys.stderr, flush=True)


def machine() -> Iterator[str]:
    """Yield what the run was made on."""
    model = platform.processor() or platform.machine()
    cpu = Path("/proc/cpuinfo")
    if cpu.exists():
        named = (line for line in cpu.read_text(encoding="utf-8").splitlines() if line.startswith("model name"))
        model = next(named, model).rpartition(":")[2].strip()
    try:
        system = platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        system = platform.system()
    yield f"{model}, {os.cpu_count()} cores; {system}, {platform.system()} {platform.release()}"
    now = datetime.now().astimezone()
    yield f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}; {now:%Y-%m-%d %H:%M %Z}"
    yield f"Load average over the last 1, 5 and 15 minutes: {', '.join(f'{load:.1f}' for load in os.getloadavg())}"


def report(lines: list[Line], faults: list[str], *, quick: bool) -> None:
    """Print the table, then what lies over its limit."""
    print()
    print("\n".join(machine()))
    if quick:
        print("A quick run: years of 10,000 rows instead of 100,000, and fewer pairs.")
    print("Times are medians; a ratio is the median of the pairs' own (smallest-largest).\n")
    heads = Line("what", "boundary", "against", "reference", "lawcheck", "ratio", "limit", "verdict")
    widths = [max(len(line[n]) for line in (heads, *lines)) for n in range(len(heads))]
    for line in (heads, Line(*("-" * width for width in widths)), *lines):
        cells = (
            text.rjust(width) if 3 <= n <= 6 else text.ljust(width)
            for n, (text, width) in enumerate(zip(line, widths, strict=True))
        )
        print("  ".join(cells).rstrip())
    print()
    over = [line for line in lines if line.verdict == "OVER"]
    for line in over:
        found = line.ratio.partition(" ")[0] if line.ratio != "-" else line.measured
        print(f"OVER its limit: {line.what}: {found}, limit {line.limit}")
    for fault in faults:
        print(f"FAILED: {fault}")
    if lines and not over:
        print("Nothing that was measured is over its limit.")


def compile_all() -> None:
    """Compile the bytecode of lawcheck and of all that it imports, as an installed program has it."""
    _say("compiling")
    places = [str(ROOT / "src"), *{sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}]
    command = [sys.executable, "-m", "compileall", "-q", "-j", "0", *places]
    subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _attempt(bench: Bench, name: str, section: Callable[[Bench], None]) -> None:
    """Run a section; what goes wrong in it is a line of the report and keeps the others from nothing."""
    try:
        section(bench)
    except (BenchFault, LawcheckError, sqlite3.Error, OSError, LookupError) as fault:
        bench.failed(name, "-", f"{type(fault).__name__} {fault}")


def main() -> int:
    """Run all sections or those named."""
    parser = argparse.ArgumentParser(description="Measure lawcheck, side by side in one run.")
    parser.add_argument("--quick", action="store_true", help="years of 10,000 rows, fewer repetitions")
    parser.add_argument("--only", action="append", choices=SECTIONS, metavar="NAME", help=", ".join(SECTIONS))
    chosen = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # ends as Ctrl-C does: cleaned up
    lines: list[Line] = []
    faults: list[str] = []
    code = 0
    with tempfile.TemporaryDirectory(prefix="lawcheck-bench-", ignore_cleanup_errors=True) as folder:
        try:
            compile_all()
            bench = Bench(Path(folder), quick=chosen.quick)
            lines, faults = bench.lines, bench.faults
            for name, section in SECTIONS.items():
                if chosen.only is None or name in chosen.only:
                    _attempt(bench, name, section)
        except KeyboardInterrupt:
            print("Interrupted; what was measured until then:", file=sys.stderr)
            code = 130
    report(lines, faults, quick=chosen.quick)
    return code


if __name__ == "__main__":
    sys.exit(main())
