"""A register with something in every table and in every state, and its tables as they stand."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from lawcheck.core.figure import Qualifier
from lawcheck.core.journal import WHOLE, Actor, Change, Redaction
from lawcheck.service.calendar import import_holidays
from lawcheck.service.cases import close_case, extend_row, open_case, pause_case, record_milestone, reopen_case
from lawcheck.service.figures import Reported, add_figure
from lawcheck.service.journal import undo
from lawcheck.service.rows import assign, note_on, record_occasion, set_rows_aside, tick, untick
from lawcheck.service.start import start_year
from lawcheck.store import sqlite_sql
from lawcheck.store.register import Register
from support import ACTOR, HOLIDAYS_2027

TABLES = tuple(name.removesuffix("_ALL").lower() for name in vars(sqlite_sql) if name.endswith("_ALL"))
Dump = dict[str, list[tuple[object, ...]]]


@pytest.fixture(scope="session")
def dump() -> Callable[[Register], Dump]:
    """Return every table of a register, in the order of its key."""

    def dumped(register: Register) -> Dump:
        return {name: register.all(f"{name}_all") for name in TABLES if name != "row_count"}

    return dumped


@pytest.fixture(scope="session")
def filled_file(small_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a register of two years with rows in every state, late and undated, notes, figures, occasions, cases."""
    path = tmp_path_factory.mktemp("filled") / "register.db"
    shutil.copy(small_file, path)
    wang = ACTOR._replace(person="wang", os_user="os-wang", host="desk-2")
    with Register.open(path, 2.0) as register:
        _fill(register, ACTOR, wang)
        _fill_with_cases(register, ACTOR, wang)
        notice = path.with_name("2027.yaml")
        notice.write_text(HOLIDAYS_2027, encoding="utf-8")
        import_holidays(register, ACTOR, notice)
        register.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture
def filled(filled_file: Path, tmp_path: Path) -> Iterator[Register]:
    """Yield a copy of the filled register."""
    path = tmp_path / "filled.db"
    shutil.copy(filled_file, path)
    with Register.open(path, 2.0) as register:
        yield register


def _fill(small: Register, actor: Actor, wang: Actor) -> None:
    start_year(small, actor, 2025, ["PL", "MD"])
    tick(small, actor, ["TT-01"], year=2026, on=date(2026, 4, 2), note="迟了两天 / two days late")
    tick(small, wang, ["TT-02.Q1.ZF"], on=None)
    tick(small, wang, ["TT-02.Q1.FZ"], on=None, partial="还差一份 \N{RIGHT-TO-LEFT OVERRIDE} 'quoted' \"twice\"")
    set_rows_aside(small, actor, ["TT-02.Q4.ZF"], why="no cases\nat all")
    tick(small, wang, ["TT-02.Q2.ZF"], on=date(2026, 5, 5))
    tick(small, wang, ["TT-02.Q2.FZ"], on=date(2026, 5, 5))
    untick(small, wang, ["TT-02.Q2.FZ"], why="too early")
    tick(small, actor, ["TT-02.Q2.FZ"], on=date(2026, 6, 1))
    undo(small, actor)
    assign(small, actor, ["TT-02.Q3.ZF"], "wang")
    record_occasion(small, actor, "TT-03", on=date(2026, 5, 20), note="第一次")
    record_occasion(small, actor, "TT-03", on=date(2026, 6, 10), note="second")
    record_occasion(small, actor, "TT-03", on=date(2026, 6, 11), note="third, undated")
    tick(small, actor, ["TT-03.1"], on=date(2026, 5, 30))
    note_on(small, actor, "TT-04", "no list yet")
    note_on(small, wang, "TT-02.Q3.FZ", "later")
    add_figure(small, actor, "visits", "1.5万次", Reported(ends=date(2026, 3, 31), qualifier=Qualifier.ABOUT))
    period = Reported(begins=date(2026, 4, 1), ends=date(2026, 5, 31), unit="ZF", note="from the list")
    add_figure(small, wang, "visits", "21次", period)
    add_figure(small, actor, "tt_met", "198件", Reported(on=date(2026, 6, 14)))
    add_figure(small, actor, "tt_all", "209件", Reported(), year=2026)
    tick(small, actor, ["PL-01"], year=2025, on=date(2025, 12, 31))
    record_occasion(small, wang, "PL-03", on=date(2025, 12, 1), note="to be reviewed", year=2025)
    tick(small, wang, ["PL-03.1"], year=2025, on=date(2025, 12, 2))
    with small.transaction():
        back = [
            Change("row", "2026/TT-02.Q2.ZF", "review", "none", "returned"),
            Change("row", "2026/TT-01", "review", "none", "accepted"),
            Change("year", "2025", "state", "open", "closed"),
        ]
        small.record(wang, "review and close", back)
    with small.transaction():
        small.record(wang, "told of rows", _of_rows(small.keep({"format": 1, "counts": {}})))

    noted = note_on(small, wang, "TT-04", "█").seq
    with small.transaction():
        left = str(small.all("entry_latest", most=1)[0][8])
        small.record(wang, "redact", [], redaction=Redaction([(noted, left)], "法定"))


def _of_rows(closing: str) -> list[Change]:
    """Return evidence, reviews and confirmations on rows of a year and of a case, and a closed year."""
    file = {
        "kind": "file", "name": "一.pdf", "place": None, "hash": "sha256:" + 64 * "a", "size": 9, "dated": "2026-04-01",
        "person": "lihua", "added_on": "2026-06-15", "removed_on": None, "removed_by": None, "why": None,
        "purged_on": None,
    }  # fmt: skip
    link = file | {"kind": "link", "name": "https://example.invalid/1", "hash": None, "size": None, "dated": None}
    off = {"removed_on": "2026-06-15", "removed_by": "wang", "why": "别人的"}
    said = {"person": "zhou", "on_date": "2026-06-15", "content": 64 * "b", "same_account": 0}
    return [
        Change("evidence", "2026/TT-01#1", WHOLE, None, file),
        Change("evidence", "2026/TT-01#2", WHOLE, None, file | {"purged_on": "2026-06-15"} | off),
        Change("evidence", "AJ-01.OFFICERS#1", WHOLE, None, link),
        Change("evidence", "2026/TT-02.Q1.ZF#1", WHOLE, None, file | {"kind": "reference", "place": "/safe/2"}),
        Change("review", "2026/TT-01", WHOLE, None, {"verdict": "accepted", "why": None, **said}),
        Change("review", "AJ-01.OFFICERS", WHOLE, None, {"verdict": "returned", "why": "缺签字", **said}),
        Change("confirmation", "2025/MD-02", WHOLE, None, {"person": "wang", "on_date": "2026-06-15"}),
        Change("closing", "2025", WHOLE, None, {"document": closing, "person": "wang", "on_date": "2026-06-15"}),
    ]


def _fill_with_cases(small: Register, actor: Actor, wang: Actor) -> None:
    open_case(small, actor, "AJ", number="粤市监案〔2026〕17号", title="虚假宣传", on="2026-03-02", facts=["fined"])
    record_milestone(small, actor, "AJ-01", "filed", "2026-03-06")
    record_milestone(small, wang, "AJ-01", "evidence-held", "2026-03-10")
    pause_case(small, wang, "AJ-01", "appraisal", date(2026, 4, 1), date(2026, 4, 10))
    extend_row(small, actor, "AJ-01.DECIDE", "30 d", on=date(2026, 6, 1), approval="局长批准")
    tick(small, wang, ["AJ-01.OFFICERS"], on=date(2026, 3, 9), note="two of them")
    tick(small, actor, ["AJ-01.PLATFORM"], on=None, partial="the seizure")
    open_case(small, actor, "AJ", number="2", title="second", on="2026-06-01", unit="ZF")
    open_case(small, wang, "TS", number="3", title="投诉", on="2026-05-06")
    close_case(small, actor, "TS-01", on=date(2026, 5, 20), why="taken back")
    reopen_case(small, actor, "TS-01", why="made again")
    close_case(small, actor, "TS-01", on=date(2026, 6, 10), why="settled")
    with small.transaction():
        told = [
            Change("case_row", "AJ-01.OFFICERS", "review", "none", "returned"),
            Change("row", "2026/TT-03.2", "reckoning", None, "within 7 wd from 2026-06-10"),
            Change("row", "2026/TT-03.2", "due", None, "2026-06-22"),
        ]
        small.record(wang, "told", told)
