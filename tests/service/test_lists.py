"""Rows read: the board, lists with their totals, what comes next, one row in full, completion."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from lawcheck import errors
from lawcheck.core.journal import Actor, Change
from lawcheck.core.totals import Totals
from lawcheck.service.board import DueCount, board, next_rows
from lawcheck.service.figures import Reported, add_figure
from lawcheck.service.items import Note, show
from lawcheck.service.lists import Filter, list_rows, ref_completions
from lawcheck.service.rows import note_on, record_occasion, set_rows_aside, tick
from lawcheck.service.start import start_year
from lawcheck.store.register import Register
from support import SMALL_TEMPLATE, TODAY

DAY = date.fromisoformat(TODAY)
ALL = [
    "TT-01",
    "TT-02.Q1.FZ",
    "TT-02.Q1.ZF",
    "TT-02.Q2.FZ",
    "TT-02.Q2.ZF",
    "TT-02.Q3.FZ",
    "TT-02.Q3.ZF",
    "TT-02.Q4.FZ",
    "TT-02.Q4.ZF",
]


@pytest.fixture
def worked(small: Register, actor: Actor) -> Register:
    """Return a register with one row in each state, and an occasion."""
    tick(small, actor, ["TT-02.Q1.ZF"], on=date(2026, 4, 2))
    tick(small, actor, ["TT-02.Q2.ZF"], on=None)
    tick(small, actor, ["TT-02.Q1.FZ"], on=None, partial="a page")
    set_rows_aside(small, actor, ["TT-02.Q4.ZF"], why="x")
    record_occasion(small, actor, "TT-03", on=date(2026, 5, 5), note="x")
    return small


def _listed(register: Register, wanted: Filter, year: int | None = None, today: date = DAY) -> list[str]:
    return [row.ref for row in list_rows(register, wanted, year=year, today=today).rows]


# --- list -------------------------------------------------------------------------------------


def test_all_rows_are_listed_with_their_totals_and_what_has_no_row(worked: Register, actor: Actor) -> None:
    add_figure(worked, actor, "tt_met", "1件", Reported())
    listed = list_rows(worked, Filter(), year=None, today=DAY)
    assert [row.ref for row in listed.rows] == [*ALL, "TT-03.1"]
    assert listed.totals == Totals(
        rows=10, done=2, partial=1, open=6, na=1, late=1, undated=1, overdue=2, not_triggered=0
    )
    assert listed.totals.balances()
    assert (listed.years, listed.today, listed.standing.not_triggered) == ((2026,), DAY, ())
    assert [(rate.code, rate.met, rate.of) for rate in listed.standing.rates] == [("TT-04", Decimal(1), None)]


def test_what_has_not_happened_is_listed_and_counted_apart(small: Register) -> None:
    listed = list_rows(small, Filter(), year=None, today=DAY)
    assert [(item.code, item.unit, item.title_en) for item in listed.standing.not_triggered] == [
        ("TT-03", "FZ", "Occasion item")
    ]
    assert (listed.totals.rows, listed.totals.not_triggered) == (9, 1)


@pytest.mark.parametrize(
    ("wanted", "refs"),
    [
        (Filter("TT"), [*ALL, "TT-03.1"]),
        (Filter("tt"), [*ALL, "TT-03.1"]),
        (Filter("TT-01"), ["TT-01"]),
        (Filter("ｔｔ－０２"), ALL[1:]),
        (Filter("TT-02.Q1"), ["TT-02.Q1.FZ", "TT-02.Q1.ZF"]),
        (Filter("TT-02.Q1.ZF"), ["TT-02.Q1.ZF"]),
        (Filter("TT-03"), ["TT-03.1"]),
        (Filter("TT-04"), []),
        (Filter(unit="ZF"), [ref for ref in ALL if ref.endswith("ZF")]),
        (Filter(unit="fz"), [*(ref for ref in ALL if not ref.endswith("ZF")), "TT-03.1"]),
        (Filter(state="done"), ["TT-02.Q1.ZF", "TT-02.Q2.ZF"]),
        (Filter(state="partial"), ["TT-02.Q1.FZ"]),
        (Filter(state="na"), ["TT-02.Q4.ZF"]),
        (Filter(state="open"), ["TT-01", "TT-02.Q2.FZ", *ALL[5:8], "TT-03.1"]),
        (Filter(overdue=True), ["TT-01", "TT-02.Q1.FZ"]),
        (Filter(due_within=9), []),
        (Filter(due_within=10), ["TT-02.Q2.FZ"]),
        (Filter(due_within=120), ["TT-02.Q2.FZ", "TT-02.Q3.FZ", "TT-02.Q3.ZF"]),
        (Filter("TT-02", unit="FZ", state="open", due_within=140), ["TT-02.Q2.FZ", "TT-02.Q3.FZ", "TT-02.Q4.FZ"]),
        (Filter(state="done", overdue=True), []),
    ],
)
def test_filters_are_taken_together(wanted: Filter, refs: list[str], worked: Register) -> None:
    listed = list_rows(worked, wanted, year=None, today=DAY)
    rows = list(listed.rows)
    assert [row.ref for row in rows] == refs
    totals = listed.totals
    assert totals.balances()
    assert totals._replace(weight=0, weight_done=0, not_triggered=0) == Totals(
        rows=len(rows),
        done=sum(row.state == "done" for row in rows),
        partial=sum(row.state == "partial" for row in rows),
        open=sum(row.state == "open" for row in rows),
        na=sum(row.state == "na" for row in rows),
        late=sum(row.days_late() > 0 for row in rows),
        undated=sum(row.state == "done" and row.done_on is None for row in rows),
        overdue=sum(row.days_overdue(DAY) > 0 for row in rows),
    )


def test_what_has_no_row_stands_only_where_all_states_are_listed(small: Register) -> None:
    assert list_rows(small, Filter("TT-03"), year=None, today=DAY).totals.not_triggered == 1
    assert list_rows(small, Filter("TT-02"), year=None, today=DAY).totals.not_triggered == 0
    assert list_rows(small, Filter(unit="FZ"), year=None, today=DAY).totals.not_triggered == 1
    assert list_rows(small, Filter(unit="ZF"), year=None, today=DAY).totals.not_triggered == 0
    assert list_rows(small, Filter(state="open"), year=None, today=DAY).standing.rates == ()


def test_the_rows_of_a_unit_of_an_item_are_listed_by_the_ref_that_ticks_them(worked: Register) -> None:
    assert _listed(worked, Filter("TT-02.ZF")) == [ref for ref in ALL if ref.endswith("ZF")]


def test_a_row_due_today_is_not_overdue(small: Register) -> None:
    assert _listed(small, Filter(overdue=True), today=date(2026, 3, 31)) == []
    assert _listed(small, Filter(due_within=0), today=date(2026, 3, 31)) == ALL[:3]
    assert _listed(small, Filter(due_within=0), today=date(2026, 4, 1)) == []
    assert _listed(small, Filter(overdue=True), today=date(2026, 4, 1)) == ALL[:3]


def test_all_open_years_are_listed_and_a_closed_one_where_it_is_asked_for(
    two_years: Register, close_year: Callable[[Register, int], None]
) -> None:
    assert _listed(two_years, Filter()) == ALL + ALL
    close_year(two_years, 2025)
    assert list_rows(two_years, Filter(), year=None, today=DAY).years == (2026,)
    assert _listed(two_years, Filter()) == ALL
    assert [row.year for row in list_rows(two_years, Filter("TT-01"), year=2025, today=DAY).rows] == [2025]


def test_a_closed_year_between_open_ones_is_left_out(
    two_years: Register, actor: Actor, small_template: Path, close_year: Callable[[Register, int], None]
) -> None:
    start_year(two_years, actor, 2027, [str(small_template)])
    close_year(two_years, 2026)
    rows = list_rows(two_years, Filter("TT-01"), year=None, today=DAY).rows
    assert [row.year for row in rows] == [2025, 2027]


@pytest.mark.parametrize(
    ("name", "error", "nearest"),
    [
        ("TS", errors.UnknownTemplate, ["TT"]),
        ("普法", errors.UnknownTemplate, ["TT"]),
        ("TT-7", errors.UnknownRef, None),
        ("TT-01.Q3", errors.UnknownRef, ["TT-01"]),
    ],
)
def test_a_list_of_nothing_known_names_the_nearest(
    name: str, error: type[errors.LawcheckError], nearest: list[str] | None, small: Register
) -> None:
    with pytest.raises(error) as refused:
        list_rows(small, Filter(name), year=None, today=DAY)
    if nearest is not None:
        assert refused.value.params["nearest"] == nearest
    assert refused.value.exit_code == 3


def test_a_list_of_an_unknown_unit_or_year_is_refused(small: Register) -> None:
    with pytest.raises(errors.UnknownUnit):
        list_rows(small, Filter(unit="ZX"), year=None, today=DAY)
    with pytest.raises(errors.YearNotStarted):
        list_rows(small, Filter(), year=2027, today=DAY)


def test_nothing_can_be_listed_before_a_year_is_started(empty_register: Register) -> None:
    with pytest.raises(errors.NoYearStarted):
        list_rows(empty_register, Filter(), year=None, today=DAY)


# --- next -------------------------------------------------------------------------------------


def _next(register: Register, most: int = 50, year: int | None = None, today: date = DAY) -> list[str]:
    return [row.ref for row in next_rows(register, most, year=year, today=today).rows]


def test_what_comes_next_is_what_was_due_first_and_has_begun(worked: Register, actor: Actor) -> None:
    record_occasion(worked, actor, "TT-03", on=DAY, note="y")
    assert _next(worked) == ["TT-01", "TT-02.Q1.FZ", "TT-02.Q2.FZ", "TT-03.1", "TT-03.2"]
    assert _next(worked, most=2) == ["TT-01", "TT-02.Q1.FZ"]
    assert _next(worked, most=4) == ["TT-01", "TT-02.Q1.FZ", "TT-02.Q2.FZ", "TT-03.1"]


def test_what_comes_next_in_a_year_has_what_has_no_day_at_its_end(worked: Register) -> None:
    assert _next(worked, year=2026) == ["TT-01", "TT-02.Q1.FZ", "TT-02.Q2.FZ", "TT-03.1"]


def test_nothing_comes_next_that_has_not_begun(small: Register) -> None:
    assert _next(small, today=date(2026, 1, 1)) == ALL[:3]
    assert _next(small, today=date(2026, 12, 1)) == ALL
    assert _next(small, today=date(2025, 12, 31)) == []


def test_what_comes_next_goes_over_all_open_years(
    two_years: Register, close_year: Callable[[Register, int], None]
) -> None:
    rows = next_rows(two_years, 12, year=None, today=DAY).rows
    assert [(row.year, row.ref) for row in rows] == [(2025, ref) for ref in ALL] + [(2026, ref) for ref in ALL[:3]]
    assert [row.year for row in next_rows(two_years, 2, year=2026, today=DAY).rows] == [2026, 2026]
    close_year(two_years, 2025)
    assert {row.year for row in next_rows(two_years, 12, year=None, today=DAY).rows} == {2026}


# --- the board --------------------------------------------------------------------------------


def test_the_board_shows_what_is_overdue_what_is_due_soon_and_what_has_no_day(worked: Register) -> None:
    seen = board(worked, date(2026, 6, 20))
    assert (seen.today, seen.soon_days, seen.years, seen.year_missing) == (date(2026, 6, 20), 10, (2026,), False)
    assert seen.counts == (DueCount(2026, 2, 1),)
    assert [row.ref for row in seen.overdue] == ["TT-01", "TT-02.Q1.FZ"]
    assert [row.ref for row in seen.soon] == ["TT-02.Q2.FZ"]
    assert [row.ref for row in seen.undated] == ["TT-03.1"]
    assert seen.returned == ()


def test_what_is_due_in_eleven_working_days_is_not_due_soon(small: Register) -> None:
    # Friday 19 June is the Dragon Boat Festival.
    assert board(small, date(2026, 6, 12)).soon == ()
    assert [row.ref for row in board(small, DAY).soon] == ["TT-02.Q2.FZ", "TT-02.Q2.ZF"]


def test_the_board_shows_all_that_is_due_soon_behind_much_that_is_overdue(register: Register) -> None:
    seen = board(register, date(2026, 12, 20))
    assert len(seen.overdue) == 10
    assert len(seen.soon) == 10
    assert {row.due for row in seen.soon} == {date(2026, 12, 31)}
    (count,) = seen.counts
    overdue = list_rows(register, Filter(overdue=True), year=None, today=date(2026, 12, 20)).totals.rows
    within = list_rows(register, Filter(due_within=10), year=None, today=date(2026, 12, 20)).totals.rows
    assert count == DueCount(2026, overdue, within)


def test_what_the_board_counts_as_due_soon_is_what_it_shows(
    small: Register, actor: Actor, small_template: Path
) -> None:
    early = SMALL_TEMPLATE.replace("by 03-31", "by 01-05")
    small_template.write_text(early, encoding="utf-8")
    start_year(small, actor, 2027, [str(small_template)])
    seen = board(small, date(2026, 12, 30))
    counted = {count.year: count.soon for count in seen.counts}
    assert {row.year for row in seen.soon} == {year for year, soon in counted.items() if soon}
    assert len(seen.soon) == sum(counted.values()) == 2


def test_the_board_of_two_years_counts_each(two_years: Register) -> None:
    seen = board(two_years, date(2026, 1, 20))
    assert seen.years == (2025, 2026)
    assert seen.counts == (DueCount(2025, 9, 0),)


def test_the_board_says_that_the_present_year_was_not_started(small: Register) -> None:
    assert board(small, date(2027, 1, 1)).year_missing
    assert not board(small, DAY).year_missing


def test_the_board_of_an_empty_register_is_empty(empty_register: Register) -> None:
    seen = board(empty_register, DAY)
    assert (seen.years, seen.counts, seen.overdue, seen.soon, seen.year_missing) == ((), (), (), (), True)


def test_what_was_returned_stands_on_the_board(worked: Register, actor: Actor) -> None:
    with worked.transaction():
        worked.record(actor, "return", [Change("row", "2026/TT-02.Q1.ZF", "review", "none", "returned")])
    assert [row.ref for row in board(worked, DAY).returned] == ["TT-02.Q1.ZF"]


# --- show -------------------------------------------------------------------------------------


def test_a_row_is_shown_with_its_item_notes_and_history(small: Register, actor: Actor) -> None:
    tick(small, actor, ["TT-02.Q1.ZF"], on=DAY, note="done")
    note_on(small, actor, "TT-02.Q1.FZ", "of the other")
    shown = show(small, "tt-02.q1.zf", year=None, today=DAY)
    assert (shown.item.code, shown.item.kind, shown.item.level, shown.item.weight) == (
        "TT-02",
        "periodic",
        "statute",
        3,
    )
    assert [row.ref for row in shown.rows] == ["TT-02.Q1.ZF"]
    assert shown.notes == (Note(1, "done", "lihua", TODAY),)
    assert [line.entry.seq for line in shown.history] == [2]
    assert shown.item.body["units"] == ["ZF", "FZ"]


def test_an_item_is_shown_with_all_its_rows(small: Register) -> None:
    assert [row.ref for row in show(small, "TT-02", year=None, today=DAY).rows] == ALL[1:]
    assert show(small, "TT-04", year=None, today=DAY).rows == ()
    assert show(small, "TT-03", year=None, today=DAY).rows == ()


def test_what_stands_in_two_years_is_shown_for_the_year_in_which_it_is_unfinished(
    two_years: Register, actor: Actor
) -> None:
    with pytest.raises(errors.AmbiguousRef) as ambiguous:
        show(two_years, "TT-01", year=None, today=DAY)
    assert ambiguous.value.params["candidates"] == [("TT-01", 2025), ("TT-01", 2026)]
    tick(two_years, actor, ["TT-01"], on=DAY, year=2026)
    assert show(two_years, "TT-01", year=None, today=DAY).rows[0].year == 2025
    assert show(two_years, "TT-01", year=2026, today=DAY).rows[0].year == 2026


@pytest.mark.parametrize("ref", ["TT-09", "TT-01.Q1", "TT-03.1"])
def test_nothing_is_shown_of_what_is_not_there(ref: str, small: Register) -> None:
    with pytest.raises(errors.UnknownRef):
        show(small, ref, year=None, today=DAY)


# --- completion -------------------------------------------------------------------------------


def test_a_ref_begun_is_completed_from_what_is_unfinished(worked: Register) -> None:
    assert ref_completions(worked, "tt-02.q1", year=None) == [("TT-02.Q1.FZ", "季度事项", "Quarterly item")]
    assert [ref for ref, _, _ in ref_completions(worked, "", year=None)] == [
        "TT-01",
        "TT-02.Q1.FZ",
        *ALL[3:4],
        *ALL[5:8],
        "TT-03.1",
    ]
    assert ref_completions(worked, "ZZ", year=None) == []


def test_a_ref_of_two_years_is_completed_once(two_years: Register) -> None:
    assert [ref for ref, _, _ in ref_completions(two_years, "TT-01", year=None)] == ["TT-01"]


def test_broken_letters_complete_to_nothing(small: Register) -> None:
    assert ref_completions(small, "\udcff", year=None) == []
