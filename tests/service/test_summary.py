"""The year summed up: totals that balance, whatever happened, as of any day."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawcheck import errors
from lawcheck.core.burnup import BurnUp
from lawcheck.core.growth import Growth
from lawcheck.core.journal import Actor
from lawcheck.core.totals import Totals
from lawcheck.service.bureaus import kept_bureau
from lawcheck.service.figures import Reported, add_figure
from lawcheck.service.journal import undo
from lawcheck.service.rows import assign, note_on, record_occasion, set_rows_aside, tick, untick
from lawcheck.service.start import start_year
from lawcheck.service.summary import BREAKDOWNS, Held, Summary, summarise
from lawcheck.service.verify import verify
from lawcheck.store.register import Register
from support import INSTANT, SMALL_BUREAU, SMALL_TEMPLATE, TODAY

Dump = dict[str, list[tuple[object, ...]]]
DAY = date.fromisoformat(TODAY)
ACTOR = Actor("lihua", "os-lihua", "desk-1", INSTANT, TODAY, today_set=False)


def _summary(register: Register, as_of: date = DAY, by: str = "template", year: int = 2026) -> Summary:
    return summarise(register, year, by=by, as_of=as_of)


class _Held(NamedTuple):
    """A row as the table holds it, with what its item says."""

    template: str
    section: str
    weight: int
    unit: str
    occasion: int | None
    begins: str
    due: str | None
    state: str
    done_on: str | None


def _held(register: Register, year: int = 2026) -> Iterator[_Held]:
    items = {(held[0], held[1]): held for held in register.all("item_all")}
    for row in register.all("checklist_row_all"):
        if row[0] == year:
            item = items[row[0], row[2]]
            yield _Held(item[2], item[8], item[7], row[3], row[5], row[7], row[8], row[9], row[12])  # type: ignore[arg-type]


def _recounted(register: Register, by: str, as_of: date) -> dict[str | None, Totals]:
    """Count the rows one by one, as the words say it: what is done after the day is open on the day."""
    day = as_of.isoformat()
    found: dict[str | None, Totals] = {}
    for row in _held(register):
        if row.occasion is not None and row.begins > day:
            continue
        later = row.state == "done" and row.done_on is not None and row.done_on > day
        done, is_open = row.state == "done" and not later, row.state == "open" or later
        behind = (is_open or row.state == "partial") and row.due is not None and row.due < day
        late = done and row.done_on is not None and row.due is not None and row.done_on > row.due
        counted = Totals(
            rows=1,
            done=done,
            partial=row.state == "partial",
            open=is_open,
            na=row.state == "na",
            late=late,
            undated=done and row.done_on is None,
            overdue=behind,
            weight=0 if row.state == "na" else row.weight,
            weight_done=row.weight if done else 0,
        )
        part = {
            "template": row.template,
            "unit": row.unit,
            "month": row.due[:7] if row.due else None,
            "section": row.section,
        }[by]
        found[part] = found.get(part, Totals()).plus(counted)
    return found


def _check(register: Register, as_of: date) -> None:
    """Compare every breakdown with the rows counted one by one."""
    totals = set()
    for by in BREAKDOWNS:
        summary = _summary(register, as_of, by)
        counted = {line.part: line.totals._replace(not_triggered=0) for line in summary.lines}
        assert {part: one for part, one in counted.items() if one.rows} == _recounted(register, by, as_of)
        assert sum(line.totals.not_triggered for line in summary.lines) == len(summary.not_triggered)
        assert summary.total.balances()
        totals.add(summary.total)
    everything = summarise(register, 2026, as_of=as_of)  # which holds all its parts against the total
    totals.add(everything.total)
    assert len(totals) == 1
    assert everything.burn_up is not None
    assert sum(one.due for one in everything.burn_up.months) + everything.burn_up.no_day == (
        everything.total.rows - everything.total.na
    )
    assert sum(one.rows for one in everything.held or ()) == everything.total.overdue


@pytest.fixture
def worked(small: Register, actor: Actor) -> Register:
    """Return a register with rows in every state, late and undated, an occasion, and figures."""
    tick(small, actor, ["TT-01"], on=date(2026, 4, 2))
    tick(small, actor, ["TT-02.Q1.ZF"], on=date(2026, 3, 31))
    tick(small, actor, ["TT-02.Q2.ZF"], on=None)
    tick(small, actor, ["TT-02.Q1.FZ"], on=None, partial="a page")
    set_rows_aside(small, actor, ["TT-02.Q4.ZF"], why="x")
    record_occasion(small, actor, "TT-03", on=date(2026, 5, 5), note="x")
    add_figure(small, actor, "visits", "3次", Reported(on=date(2026, 3, 10)))
    add_figure(small, actor, "visits", "5次", Reported(on=date(2026, 6, 10)))
    return small


# --- whole values -----------------------------------------------------------------------------


def test_a_year_is_summed_up(worked: Register) -> None:
    summary = _summary(worked)
    totals = Totals(
        rows=10,
        done=3,
        partial=1,
        open=5,
        na=1,
        late=1,
        undated=1,
        overdue=1,
        weight=2 + 7 * 3 + 1,
        weight_done=2 + 3 + 3,
        not_triggered=0,
    )
    (line,) = summary.lines
    assert (line.part, line.title_zh, line.title_en, line.totals) == ("TT", "小清单", "Small checklist", totals)
    assert summary.total == totals
    assert (totals.percent(), totals.score()) == ("33.3", "33.3")
    assert [(row.ref, row.left_to_do) for row in summary.overdue] == [("TT-02.Q1.FZ", "a page")]
    assert (summary.year, summary.as_of, summary.by) == (2026, DAY, "template")
    assert [(figure.key, figure.value) for figure in summary.figures] == [
        ("visits", "8"),
        ("tt_met", None),
        ("tt_all", None),
    ]
    assert (summary.head, summary.register_id) == (worked.head(), worked.id())
    assert summary.bureau == kept_bureau(worked)


def test_the_units_of_a_year_have_their_names(worked: Register) -> None:
    lines = _summary(worked, by="unit").lines
    assert [(line.part, line.title_en, line.totals.rows, line.totals.done) for line in lines] == [
        ("FZ", "Legal", 6, 1),
        ("ZF", "Enforcement", 4, 2),
    ]


def test_the_months_of_a_year_are_those_of_the_due_days_and_what_has_none_comes_last(worked: Register) -> None:
    lines = _summary(worked, by="month").lines
    assert [(line.part, line.totals.rows) for line in lines] == [
        ("2026-03", 3),
        ("2026-06", 2),
        ("2026-09", 2),
        ("2026-12", 2),
        (None, 1),
    ]


def test_the_sections_of_a_year_are_those_of_the_report(worked: Register) -> None:
    (line,) = _summary(worked, by="section").lines
    assert (line.part, line.title_zh, line.totals.rows) == ("power-list", "一(一) 权责清单", 10)


def test_what_has_not_happened_is_counted_in_its_template_unit_and_section(small: Register) -> None:
    for by, part in (("template", "TT"), ("unit", "FZ"), ("section", "power-list"), ("month", None)):
        idle = {line.part: line.totals.not_triggered for line in _summary(small, by=by).lines}
        assert {name: n for name, n in idle.items() if n} == {part: 1}


def test_a_template_without_a_row_has_a_line_all_the_same(small: Register, actor: Actor, small_template: Path) -> None:
    only_case = (
        SMALL_TEMPLATE[: SMALL_TEMPLATE.index("  - code: TT-01")]
        + SMALL_TEMPLATE[SMALL_TEMPLATE.index("  - code: TT-04") :]
    )
    small_template.write_text(
        only_case.replace("template: TT", "template: UU").replace("TT-04", "UU-04"), encoding="utf-8"
    )
    start_year(small, actor, 2026, [str(small_template)])
    assert [(line.part, line.totals.rows) for line in _summary(small).lines] == [("TT", 9), ("UU", 0)]


def test_what_is_overdue_longest_comes_first_and_at_most_ten_are_named(register: Register) -> None:
    summary = _summary(register, date(2026, 12, 31))
    assert len(summary.overdue) == 10 < summary.total.overdue
    assert [row.due for row in summary.overdue] == sorted(row.due for row in summary.overdue if row.due)


def test_all_that_is_overdue_is_read_as_it_is_needed_where_it_is_asked_for(register: Register) -> None:
    summary = summarise(register, 2026, as_of=date(2026, 12, 31), overdue=None)
    assert summary.all_overdue is not None
    every = list(summary.all_overdue)
    assert (len(every), every[:10]) == (summary.total.overdue, list(summary.overdue))
    assert len(summarise(register, 2026, as_of=date(2026, 12, 31), overdue=12).overdue) == 12


def test_a_year_that_was_not_started_cannot_be_summed_up(small: Register) -> None:
    with pytest.raises(errors.YearNotStarted):
        _summary(small, year=2025)


def test_a_closed_year_is_summed_up_all_the_same(worked: Register, close_year: Callable[[Register, int], None]) -> None:
    before = _summary(worked)
    close_year(worked, 2026)
    assert _summary(worked)._replace(head=before.head) == before


def test_one_year_says_nothing_of_another(two_years: Register, actor: Actor) -> None:
    before = _summary(two_years, year=2025)
    tick(two_years, actor, ["TT-01"], on=DAY, year=2026)
    record_occasion(two_years, actor, "TT-03", on=DAY, note="x")
    add_figure(two_years, actor, "visits", "3次", Reported(on=DAY))
    assert _summary(two_years, year=2025)._replace(head=before.head) == before


# --- everything ------------------------------------------------------------------------------


def test_a_summary_of_everything_holds_every_breakdown_the_burn_up_and_who_has_what_overdue(worked: Register) -> None:
    summary = summarise(worked, 2026, as_of=DAY)
    assert [one.by for one in summary.breakdowns] == list(BREAKDOWNS)
    assert [one.lines for one in summary.breakdowns] == [_summary(worked, by=by).lines for by in BREAKDOWNS]
    assert (summary.by, summary.lines) == ("template", summary.breakdowns[0].lines)
    assert summary.held == (Held("FZ", None, 1, date(2026, 3, 31)),)
    assert summary.burn_up is not None
    assert summary.burn_up._replace(months=()) == BurnUp((), rows=9, done=3, no_day=1, undated=1)
    months = {one.month: one[1:] for one in summary.burn_up.months}
    assert (months["2026-03"], months["2026-04"], months["2026-07"]) == ((3, 1, 3, 1), (0, 1, 3, 2), (0, None, 5, None))
    assert summary.terms == ()


def test_one_breakdown_alone_holds_nothing_that_was_not_asked_for(worked: Register) -> None:
    asked = {by: _summary(worked, by=by) for by in BREAKDOWNS}
    assert {by: (one.burn_up is None, one.held is None, one.terms) for by, one in asked.items()} == {
        "template": (True, True, None),
        "unit": (True, False, None),
        "month": (False, True, None),
        "section": (True, True, None),
    }
    assert [len(one.breakdowns) for one in asked.values()] == [1, 1, 1, 1]


def test_sections_stand_under_one_another(worked: Register) -> None:
    (one,) = _summary(worked, by="section").breakdowns
    assert [(line.number, line.title_zh, line.level, line.totals.rows) for line in one.levels] == [
        ("一", "", 1, 10),
        ("一(一)", "权责清单", 2, 10),
    ]
    assert one.levels[0].totals == one.levels[1].totals == one.lines[0].totals


def test_what_is_overdue_is_told_by_unit_and_by_whom_it_was_given_to(worked: Register, actor: Actor) -> None:
    day = date(2026, 10, 1)
    assign(worked, actor, ["TT-02.Q2.FZ"], "wang")
    assert summarise(worked, 2026, by="unit", as_of=day).held == (
        Held("FZ", None, 2, date(2026, 3, 31)),
        Held("FZ", "wang", 1, date(2026, 6, 30)),
        Held("ZF", None, 1, date(2026, 9, 30)),
    )


def test_rows_are_read_at_the_state_that_was_summed_up(worked: Register, actor: Actor) -> None:
    summary = summarise(worked, 2026, as_of=DAY, with_rows=True)
    with Register.open(worked.path) as other:
        record_occasion(other, actor, "TT-03", on=date(2026, 6, 1), note="y")
    assert summary.rows is not None
    assert len(list(summary.rows)) == summary.total.rows == 10
    assert _summary(worked).total.rows == 11


def test_another_year_stands_beside_on_the_same_day_with_growth(two_years: Register, actor: Actor) -> None:
    add_figure(two_years, actor, "visits", "8次", Reported(on=date(2025, 3, 10)))
    add_figure(two_years, actor, "visits", "100次", Reported(on=date(2025, 12, 10)))
    add_figure(two_years, actor, "visits", "10次", Reported(on=date(2026, 3, 10)))
    tick(two_years, actor, ["TT-01"], on=date(2025, 3, 31), year=2025)
    compared = summarise(two_years, 2026, as_of=DAY, compare=2025).compared
    assert compared is not None
    assert (compared.year, compared.as_of, compared.total.rows, compared.total.done) == (2025, date(2025, 6, 15), 9, 1)
    visits = compared.figures[0]
    assert (visits.figure.value, visits.before and visits.before.value) == ("10", "8")
    assert visits.growth == Growth(Decimal("25.0"), in_points=False)
    ended = summarise(two_years, 2026, as_of=date(2026, 12, 31), compare=2025).compared
    assert ended is not None
    assert ended.figures[0].growth == Growth(Decimal("-90.7"), in_points=False)


def test_a_year_is_compared_with_another_that_was_started(worked: Register) -> None:
    with pytest.raises(errors.ConflictingOptions):
        summarise(worked, 2026, as_of=DAY, compare=2026)
    with pytest.raises(errors.YearNotStarted):
        summarise(worked, 2026, as_of=DAY, compare=2025)


# --- as of a day ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_of", "done", "late", "is_open", "overdue"),
    [
        (date(2026, 3, 30), 1, 0, 6, 0),
        (date(2026, 3, 31), 2, 0, 5, 0),
        (date(2026, 4, 1), 2, 0, 5, 2),
        (date(2026, 4, 2), 3, 1, 4, 1),
        (date(2026, 5, 4), 3, 1, 4, 1),
        (date(2026, 5, 5), 3, 1, 5, 1),
        (date(2026, 7, 1), 3, 1, 5, 2),
    ],
)
def test_what_is_done_after_the_day_is_open_on_it(
    as_of: date, done: int, late: int, is_open: int, overdue: int, worked: Register
) -> None:
    total = _summary(worked, as_of).total
    assert (total.done, total.late, total.open, total.overdue) == (done, late, is_open, overdue)
    assert (total.partial, total.na, total.undated) == (1, 1, 1)
    _check(worked, as_of)


def test_what_is_done_late_was_overdue_before_it_was_done(worked: Register) -> None:
    assert [row.ref for row in _summary(worked, date(2026, 4, 1)).overdue] == ["TT-01", "TT-02.Q1.FZ"]
    assert [row.ref for row in _summary(worked, date(2026, 4, 2)).overdue] == ["TT-02.Q1.FZ"]


def test_occasions_after_the_day_do_not_exist_on_it(worked: Register, actor: Actor) -> None:
    tick(worked, actor, ["TT-03.1"], on=date(2026, 5, 6))
    before, then, after = (_summary(worked, date(2026, 5, day)) for day in (4, 5, 6))
    assert [summary.total.rows for summary in (before, then, after)] == [9, 10, 10]
    assert [summary.total.not_triggered for summary in (before, then, after)] == [1, 0, 0]
    assert [item.code for item in before.not_triggered] == ["TT-03"]
    assert [summary.total.done for summary in (before, then, after)] == [3, 3, 4]


def test_figures_of_days_after_the_day_are_missing_on_it(worked: Register) -> None:
    values = [
        _summary(worked, day).figures[0].value for day in (date(2026, 3, 9), date(2026, 3, 10), date(2026, 6, 9), DAY)
    ]
    assert values == [None, "3", "3", "8"]


def test_the_same_year_as_of_the_same_day_reads_the_same_later(worked: Register, actor: Actor, wang: Actor) -> None:
    days = [date(2026, 3, 31), date(2026, 5, 31), DAY]
    before = [_summary(worked, day, by) for day in days for by in BREAKDOWNS]
    on = date(2026, 6, 16)
    later, other = actor._replace(today="2026-09-01"), wang._replace(today="2026-09-01")
    tick(worked, later, ["TT-02.Q2.FZ"], on=on, note="x")
    tick(worked, later, ["TT-02.Q3.ZF"], on=date(2026, 7, 1))
    record_occasion(worked, other, "TT-03", on=on, note="x")
    tick(worked, other, ["TT-03.1", "TT-03.2"], on=date(2026, 8, 1))
    tick(worked, later, ["TT-02.Q3.FZ"], on=date(2026, 9, 1))
    undo(worked, later)
    note_on(worked, later, "TT-01", "x")
    assign(worked, later, ["TT-02.Q4.FZ"], "wang")
    add_figure(worked, other, "visits", "100次", Reported(on=on))
    add_figure(worked, other, "tt_met", "1件", Reported(ends=date(2026, 8, 31), begins=on))
    after = [_summary(worked, day, by) for day in days for by in BREAKDOWNS]
    for old, new in zip(before, after, strict=True):
        assert [row.ref for row in new.overdue] == [row.ref for row in old.overdue]
        assert new._replace(head=old.head, overdue=old.overdue) == old


# --- whatever happens -------------------------------------------------------------------------


class Done(NamedTuple):
    """One command of an officer."""

    what: str
    ref: int
    day: date
    who: str


REFS = ["TT-01", *(f"TT-02.Q{n}.{unit}" for n in (1, 2, 3) for unit in ("FZ", "ZF")), "TT-03.1", "TT-03.2"]
COMMANDS = st.builds(
    Done,
    st.sampled_from(["tick", "tick", "unstated", "untick", "na", "partial", "occasion", "figure", "undo"]),
    st.integers(0, len(REFS) - 1),
    st.integers(0, 165).map(lambda days: date(2026, 1, 1) + timedelta(days)),
    st.sampled_from(["lihua", "wang"]),
)


def _do(register: Register, done: Done) -> bool:
    """Do one command; tell whether the rules allowed it."""
    who, refs = ACTOR._replace(person=done.who), [REFS[done.ref]]
    commands: dict[str, Callable[[], object]] = {
        "tick": lambda: tick(register, who, refs, on=done.day, note="x"),
        "unstated": lambda: tick(register, who, refs, on=None),
        "untick": lambda: untick(register, who, refs, why="x"),
        "na": lambda: set_rows_aside(register, who, refs, why="x"),
        "partial": lambda: tick(register, who, refs, on=None, partial="x"),
        "occasion": lambda: record_occasion(register, who, "TT-03", on=done.day, note="x"),
        "figure": lambda: add_figure(register, who, "tt_all", "2件", Reported(on=done.day)),
        "undo": lambda: undo(register, who),
    }
    try:
        commands[done.what]()
    except (errors.Refused, errors.NotFound):
        return False
    return True


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a closed register of the small template, to be copied."""
    folder = tmp_path_factory.mktemp("started")
    (folder / "bureau.yaml").write_text(SMALL_BUREAU, encoding="utf-8")
    (folder / "TT.yaml").write_text(SMALL_TEMPLATE, encoding="utf-8")
    with Register.create(folder / "register.db", INSTANT) as register:
        # Started by somebody else, so that nobody's undo takes the year itself back.
        start_year(register, ACTOR._replace(person="chief"), 2026, [str(folder / "TT.yaml")], folder / "bureau.yaml")
        register.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder / "register.db"


@pytest.fixture(scope="module")
def copies(started: Path) -> Iterator[Callable[[], Register]]:
    """Return what opens a fresh copy of the started register."""
    opened: list[Register] = []

    def fresh() -> Register:
        while opened:
            opened.pop().close()
        path = started.with_name("copy.db")
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        shutil.copyfile(started, path)
        opened.append(Register.open(path))
        opened[0].connection.execute("PRAGMA synchronous=OFF")
        return opened[0]

    yield fresh
    while opened:
        opened.pop().close()


@settings(max_examples=40, deadline=None, database=None)
@given(commands=st.lists(COMMANDS, max_size=10), as_of=st.dates(date(2026, 1, 1), date(2027, 1, 31)))
def test_whatever_is_done_totals_balance_and_a_replay_gives_the_same(
    copies: Callable[[], Register], commands: list[Done], as_of: date
) -> None:
    register = copies()
    accepted = sum(_do(register, command) for command in commands)
    assert register.head().seq == 1 + accepted
    _check(register, as_of)
    _check(register, DAY)
    assert verify(register).findings == ()


@settings(max_examples=40, deadline=None, database=None)
@given(before=st.lists(COMMANDS, max_size=6), last=COMMANDS.filter(lambda one: one.what != "undo"))
def test_whatever_is_done_and_taken_back_leaves_every_table_as_it_was(
    copies: Callable[[], Register], dump: Callable[[Register], Dump], before: list[Done], last: Done
) -> None:
    register = copies()
    for command in before:
        _do(register, command)
    held = repr(dump(register)).encode()
    if _do(register, last):
        assert repr(dump(register)).encode() != held or last.what == "partial"  # the same is left as before
        undo(register, ACTOR._replace(person=last.who))
    assert repr(dump(register)).encode() == held


@settings(max_examples=40, deadline=None, database=None)
@given(
    before=st.lists(COMMANDS.filter(lambda one: one.what not in ("untick", "undo", "partial")), max_size=6),
    later=st.lists(COMMANDS.filter(lambda one: one.what in ("tick", "occasion", "figure")), min_size=1, max_size=6),
    by=st.sampled_from(BREAKDOWNS),
)
def test_what_is_done_on_later_days_changes_nothing_as_of_an_earlier_one(
    copies: Callable[[], Register], before: list[Done], later: list[Done], by: str
) -> None:
    register = copies()
    as_of = date(2026, 3, 31)
    for command in before:
        _do(register, command)
    first = _summary(register, as_of, by)
    for command in later:
        _do(register, command._replace(day=max(command.day, as_of + timedelta(days=1))))
    second = _summary(register, as_of, by)
    assert [row.ref for row in second.overdue] == [row.ref for row in first.overdue]
    assert second._replace(head=first.head, overdue=first.overdue) == first
