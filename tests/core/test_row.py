"""Every change of a row, allowed or refused, and what is late, overdue or recorded later."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawcheck.core.row import Fields, Row, clean_text, partly_done, reopened, required_text, set_aside, ticked
from lawcheck.core.words import Kind, Review, State
from lawcheck.errors import (
    AlreadyDone,
    BeforePeriod,
    EmptyText,
    FutureDate,
    LawcheckError,
    NotApplicable,
    NothingToUntick,
)

TODAY = date(2026, 6, 15)
OPEN = Row(
    year=2026,
    ref="PL-03",
    code="PL-03",
    template="PL",
    kind=Kind.YEARLY,
    title_zh="事项",
    title_en="An item",
    weight=2,
    section="power-list",
    unit="FZ",
    period=None,
    occasion=None,
    begins=date(2026, 1, 1),
    due=date(2026, 3, 31),
    due_from="practice",
    state=State.OPEN,
    left_to_do=None,
    why=None,
    done_on=None,
    done_by=None,
    recorded_on=None,
    assignee=None,
    review=Review.NONE,
    happening=None,
)
PARTIAL = OPEN._replace(state=State.PARTIAL, left_to_do="盖章", done_by="wang", recorded_on=date(2026, 3, 1))
DONE = OPEN._replace(
    state=State.DONE, done_on=date(2026, 3, 30), done_by="wang", recorded_on=date(2026, 4, 2), review=Review.ACCEPTED
)
NA = OPEN._replace(state=State.NA, why="无此业务", recorded_on=date(2026, 3, 1))
ROWS = {"open": OPEN, "partial": PARTIAL, "done": DONE, "na": NA}

Step = Callable[[Row], Fields]
STEPS: dict[str, Step] = {
    "tick": lambda row: ticked(row, on=date(2026, 6, 14), by="lihua", today=TODAY),
    "partial": lambda row: partly_done(row, left="公开", by="lihua", today=TODAY),
    "untick": lambda row: reopened(row, today=TODAY),
    "na": lambda row: set_aside(row, why="机构改革", today=TODAY),
}
AFTER: dict[str, Fields] = {
    "tick": {
        "state": State.DONE,
        "done_on": date(2026, 6, 14),
        "done_by": "lihua",
        "recorded_on": TODAY,
        "left_to_do": None,
        "why": None,
    },
    "partial": {
        "state": State.PARTIAL,
        "left_to_do": "公开",
        "done_by": "lihua",
        "recorded_on": TODAY,
        "done_on": None,
        "why": None,
    },
    "untick": {
        "state": State.OPEN,
        "recorded_on": TODAY,
        "done_on": None,
        "done_by": None,
        "left_to_do": None,
        "why": None,
    },
    "na": {
        "state": State.NA,
        "why": "机构改革",
        "recorded_on": TODAY,
        "done_on": None,
        "done_by": None,
        "left_to_do": None,
    },
}
ALREADY_DONE = {"ref": "PL-03", "year": 2026, "done_by": "wang", "done_on": "2026-03-30"}
SET_ASIDE = {"ref": "PL-03", "year": 2026, "why": "无此业务"}


# --- every change of every state ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "step"),
    [
        ("open", "tick"),
        ("open", "partial"),
        ("open", "na"),
        ("partial", "tick"),
        ("partial", "partial"),
        ("partial", "na"),
        ("partial", "untick"),
        ("done", "untick"),
        ("na", "untick"),
    ],
)
def test_a_change_that_is_allowed_leaves_nothing_of_the_state_before(state: str, step: str) -> None:
    assert STEPS[step](ROWS[state]) == AFTER[step]


@pytest.mark.parametrize(
    ("state", "step", "refusal", "parameters"),
    [
        ("open", "untick", NothingToUntick, {"ref": "PL-03", "year": 2026}),
        ("done", "tick", AlreadyDone, ALREADY_DONE),
        ("done", "partial", AlreadyDone, ALREADY_DONE),
        ("done", "na", AlreadyDone, ALREADY_DONE),
        ("na", "tick", NotApplicable, SET_ASIDE),
        ("na", "partial", NotApplicable, SET_ASIDE),
        ("na", "na", NotApplicable, SET_ASIDE),
    ],
)
def test_a_change_that_is_not_allowed_is_refused(
    state: str, step: str, refusal: type[LawcheckError], parameters: dict[str, object]
) -> None:
    with pytest.raises(refusal) as refused:
        STEPS[step](ROWS[state])
    assert refused.value.params == parameters
    assert refused.value.exit_code == 4


def test_a_row_done_on_a_day_not_stated_is_done_already_too() -> None:
    with pytest.raises(AlreadyDone) as refused:
        STEPS["tick"](DONE._replace(done_on=None))
    assert refused.value.params == {**ALREADY_DONE, "done_on": None}


@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=12))
@settings(max_examples=60, deadline=None)
def test_whatever_is_done_a_row_holds_what_its_state_needs_and_no_more(steps: list[str]) -> None:
    row = OPEN
    for step in steps:
        try:
            fields: dict[str, Any] = STEPS[step](row)
        except LawcheckError:
            continue
        row = row._replace(**fields)
    assert (row.done_on is not None) is (row.state == State.DONE)
    assert (row.done_by is not None) is (row.state in (State.DONE, State.PARTIAL))
    assert (row.left_to_do is not None) is (row.state == State.PARTIAL)
    assert (row.why is not None) is (row.state == State.NA)


# --- days --------------------------------------------------------------------------------------


def test_a_row_is_ticked_today_or_on_a_day_gone_by() -> None:
    assert ticked(OPEN, on=TODAY, by="lihua", today=TODAY)["done_on"] == TODAY
    assert ticked(OPEN, on=date(2026, 1, 1), by="lihua", today=TODAY)["done_on"] == date(2026, 1, 1)


def test_a_day_that_has_not_come_is_refused() -> None:
    with pytest.raises(FutureDate) as refused:
        ticked(OPEN, on=date(2026, 6, 16), by="lihua", today=TODAY)
    assert refused.value.params == {"date": "2026-06-16", "today": "2026-06-15", "ref": "PL-03"}


def test_a_yearly_row_may_be_done_in_the_year_before_and_no_earlier() -> None:
    assert ticked(OPEN, on=date(2025, 1, 1), by="lihua", today=TODAY)["done_on"] == date(2025, 1, 1)
    with pytest.raises(BeforePeriod) as refused:
        ticked(OPEN, on=date(2024, 12, 31), by="lihua", today=TODAY)
    assert refused.value.params == {"ref": "PL-03", "date": "2024-12-31", "begins": "2026-01-01"}
    assert refused.value.exit_code == 4


@pytest.mark.parametrize(
    "row",
    [
        OPEN._replace(ref="PL-03.Q2", period="Q2", begins=date(2026, 4, 1)),
        OPEN._replace(ref="PL-03.1", occasion=1, begins=date(2026, 4, 1)),
    ],
    ids=["a quarter", "an occasion"],
)
def test_a_row_is_not_done_before_its_period_or_occasion_begins(row: Row) -> None:
    assert ticked(row, on=date(2026, 4, 1), by="lihua", today=TODAY)["done_on"] == date(2026, 4, 1)
    with pytest.raises(BeforePeriod) as refused:
        ticked(row, on=date(2026, 3, 31), by="lihua", today=TODAY)
    assert refused.value.params == {"ref": row.ref, "date": "2026-03-31", "begins": "2026-04-01"}


def test_a_day_not_stated_is_kept_as_not_stated() -> None:
    fields: dict[str, Any] = ticked(OPEN, on=None, by="lihua", today=TODAY)
    row = OPEN._replace(**fields)
    assert (row.state, row.done_on, row.recorded_on) == (State.DONE, None, TODAY)
    assert (row.days_late(), row.days_recorded_after()) == (0, 0)


@pytest.mark.parametrize(
    ("today", "days"),
    [
        (date(2026, 3, 30), 0),
        (date(2026, 3, 31), 0),
        (date(2026, 4, 1), 1),
        (date(2027, 3, 31), 365),
    ],
)
def test_a_row_is_overdue_from_the_day_after_its_day(today: date, days: int) -> None:
    assert OPEN.days_overdue(today) == PARTIAL.days_overdue(today) == days


def test_what_is_finished_or_has_no_day_is_never_overdue() -> None:
    long_after = date(2030, 1, 1)
    assert DONE.days_overdue(long_after) == NA.days_overdue(long_after) == 0
    assert OPEN._replace(due=None).days_overdue(long_after) == 0


@pytest.mark.parametrize(
    ("done_on", "days"),
    [(date(2026, 3, 30), 0), (date(2026, 3, 31), 0), (date(2026, 4, 1), 1), (date(2026, 4, 30), 30)],
)
def test_a_row_done_after_its_day_is_late_by_the_days_between(done_on: date, days: int) -> None:
    assert DONE._replace(done_on=done_on).days_late() == days


def test_what_is_not_done_or_has_no_day_is_never_late() -> None:
    assert DONE._replace(due=None, done_on=TODAY).days_late() == 0
    assert [row.days_late() for row in (OPEN, PARTIAL, NA)] == [0, 0, 0]


def test_a_tick_is_recorded_later_by_the_days_since_it_was_done() -> None:
    assert DONE.days_recorded_after() == 3
    assert DONE._replace(recorded_on=date(2026, 3, 30)).days_recorded_after() == 0


def test_what_was_not_ticked_was_not_recorded_later() -> None:
    assert [row.days_recorded_after() for row in (OPEN, PARTIAL, NA, DONE._replace(recorded_on=None))] == [0, 0, 0, 0]


def test_open_and_partly_done_rows_are_unfinished() -> None:
    assert [row.is_unfinished() for row in (OPEN, PARTIAL, DONE, NA)] == [True, True, False, False]


@given(st.integers(-400, 400), st.integers(0, 400))
@settings(max_examples=60, deadline=None)
def test_late_and_recorded_later_are_counted_apart(done_after: int, recorded_after: int) -> None:
    due = date(2026, 3, 31)
    done_on = due + timedelta(days=done_after)
    row = DONE._replace(done_on=done_on, recorded_on=done_on + timedelta(days=recorded_after))
    assert (row.days_late(), row.days_recorded_after()) == (max(0, done_after), recorded_after)


# --- words -------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", " ", "\n\t ", "\u3000", "\u00a0"])
def test_a_reason_needs_words(text: str) -> None:
    with pytest.raises(EmptyText) as refused:
        required_text(text, "--why")
    assert refused.value.params == {"option": "--why"}
    assert refused.value.exit_code == 2


@pytest.mark.parametrize("left", ["", "  ", "\u3000"])
def test_a_partial_tick_says_what_is_left(left: str) -> None:
    with pytest.raises(EmptyText) as refused:
        partly_done(OPEN, left=left, by="lihua", today=TODAY)
    assert refused.value.params == {"option": "--partial"}


def test_a_done_row_is_refused_before_its_words_are_looked_at() -> None:
    with pytest.raises(AlreadyDone):
        partly_done(DONE, left="", by="lihua", today=TODAY)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  材料未齐 \n", "材料未齐"),
        ("\u3000材料未齐\u3000", "材料未齐"),
        ("two\nlines", "two\nlines"),
        ("a\0b", "a\ufffdb"),
        ("a\ud800b", "a?b"),
        ("=1+1", "=1+1"),
        ("[bold]x[/bold]", "[bold]x[/bold]"),
        ("\x1b[31mred", "\x1b[31mred"),
        ("'; DROP TABLE row; --", "'; DROP TABLE row; --"),
    ],
)
def test_text_is_kept_as_typed_but_for_what_no_register_can_hold(typed: str, kept: str) -> None:
    assert required_text(typed, "--why") == kept


@given(st.text(st.characters(), max_size=40))
@settings(max_examples=60, deadline=None)
def test_text_that_is_kept_can_be_stored_and_cleaning_it_again_changes_nothing(typed: str) -> None:
    kept = clean_text(typed)
    assert kept.encode("utf-8").decode("utf-8") == kept
    assert "\0" not in kept
    assert clean_text(kept) == kept
