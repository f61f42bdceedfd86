"""What officers do to rows, and which row a ref means."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from lawcheck import errors
from lawcheck.core.journal import Actor, Entry
from lawcheck.core.row import Row
from lawcheck.service.items import show
from lawcheck.service.journal import undo
from lawcheck.service.people import person_id, unit_code
from lawcheck.service.rows import Changed, Noted, assign, note_on, record_occasion, set_rows_aside, tick, untick
from lawcheck.service.start import start_year
from lawcheck.service.verify import verify
from lawcheck.store import codec
from lawcheck.store.register import Register
from support import SMALL_TEMPLATE, TODAY

Dump = dict[str, list[tuple[object, ...]]]
Dumped = Callable[[Register], Dump]
DAY = date.fromisoformat(TODAY)
HOSTILE = "'); DROP TABLE note; -- [bold red]x[/] \x1b[31m =1+1 \u202e 法"


def _row(register: Register, ref: str, year: int = 2026) -> Row:
    held = register.one("row_get", year=year, ref=ref)
    assert held is not None
    return codec.row(held)


def _notes(register: Register, ref: str, year: int = 2026) -> list[tuple[object, ...]]:
    return register.all("note_of", year=year, ref=ref)


def _last(register: Register) -> tuple[Entry, list[list[object]]]:
    (entry,) = [Entry(*values) for values in register.all("entry_latest", most=1)]  # type: ignore[arg-type]
    return entry, json.loads(str(entry.payload))["changes"]


@pytest.fixture
def refused(dump: Dumped) -> Callable[[Register, Callable[[], object]], errors.LawcheckError]:
    """Return what a command is refused with, having seen that it changed nothing."""

    def refuse(register: Register, command: Callable[[], object]) -> errors.LawcheckError:
        before = dump(register), register.head()
        with pytest.raises(errors.LawcheckError) as error:
            command()
        assert (dump(register), register.head()) == before
        assert not register.connection.in_transaction
        return error.value

    return refuse


Refuse = Callable[[Register, Callable[[], object]], errors.LawcheckError]


# --- tick -------------------------------------------------------------------------------------


def test_a_tick_says_what_was_done_by_whom_on_which_day_and_when_it_was_written_down(
    small: Register, actor: Actor
) -> None:
    open_row = _row(small, "TT-01")
    changed = tick(small, actor, ["TT-01"], on=date(2026, 3, 31))
    row = open_row._replace(state="done", done_on=date(2026, 3, 31), done_by="lihua", recorded_on=DAY)
    assert changed == Changed("tick", (row,), 2, DAY)
    assert _row(small, "TT-01") == row
    assert (row.days_late(), row.days_overdue(DAY), row.days_recorded_after()) == (0, 0, 76)


def test_a_tick_is_one_entry_with_what_was_and_what_is(small: Register, actor: Actor) -> None:
    tick(small, actor, ["TT-01"], on=date(2026, 4, 2), note="late")
    entry, changes = _last(small)
    assert (entry.seq, entry.command, entry.person) == (2, "tick", "lihua")
    key = "2026/TT-01"
    assert sorted(changes, key=str) == [
        ["note", f"{key}#1", "*", None, {"text": "late", "person": "lihua", "on_date": TODAY}],
        ["row", key, "done_by", None, "lihua"],
        ["row", key, "done_on", None, "2026-04-02"],
        ["row", key, "recorded_on", None, TODAY],
        ["row", key, "state", "open", "done"],
    ]
    assert _row(small, "TT-01").days_late() == 2


def test_a_tick_on_an_unstated_day_is_done_without_a_day(small: Register, actor: Actor) -> None:
    tick(small, actor, ["TT-01"], on=None)
    row = _row(small, "TT-01")
    assert (row.state, row.done_on, row.done_by) == ("done", None, "lihua")
    assert (row.days_late(), row.days_recorded_after()) == (0, 0)


def test_several_rows_are_ticked_in_one_entry_each_with_the_note(small: Register, actor: Actor) -> None:
    changed = tick(small, actor, ["TT-02.Q2.ZF", "TT-01", "TT-02.Q1.FZ"], on=DAY, note=" all of them ")
    assert [row.ref for row in changed.rows] == ["TT-02.Q2.ZF", "TT-01", "TT-02.Q1.FZ"]
    assert changed.seq == small.head().seq == 2
    for row in changed.rows:
        assert _notes(small, row.ref) == [(1, "all of them", "lihua", TODAY)]


def test_a_row_named_twice_is_ticked_once(small: Register, actor: Actor) -> None:
    changed = tick(small, actor, ["TT-01", "tt-01", "ＴＴ－０１"], on=DAY, note="once")
    assert [row.ref for row in changed.rows] == ["TT-01"]
    assert len(_notes(small, "TT-01")) == 1


@pytest.mark.parametrize(
    "typed", ["tt-02.q1.zf", " TT-02.Q1.ZF ", "ＴＴ－０２．Ｑ１．ＺＦ", "tt—02。q1。zf", "TT-02.ZF.Q1", "TT-2.Q1.ZF"]
)
def test_a_ref_is_read_however_it_was_typed(typed: str, small: Register, actor: Actor) -> None:
    assert [row.ref for row in tick(small, actor, [typed], on=DAY).rows] == ["TT-02.Q1.ZF"]


def test_ticking_what_is_done_is_refused_and_says_who_did_it_and_when(
    small: Register, actor: Actor, wang: Actor, refused: Refuse
) -> None:
    tick(small, wang, ["TT-01"], on=date(2026, 2, 3))
    error = refused(small, lambda: tick(small, actor, ["TT-01"], on=DAY))
    assert isinstance(error, errors.AlreadyDone)
    assert error.params == {"ref": "TT-01", "year": 2026, "done_by": "wang", "done_on": "2026-02-03"}


def test_a_day_that_has_not_come_is_refused(small: Register, actor: Actor, refused: Refuse) -> None:
    tomorrow = DAY + timedelta(days=1)
    error = refused(small, lambda: tick(small, actor, ["TT-01"], on=tomorrow))
    assert isinstance(error, errors.FutureDate)
    assert error.params == {"date": "2026-06-16", "today": TODAY, "ref": "TT-01"}
    assert tick(small, actor, ["TT-01"], on=DAY).rows[0].done_on == DAY


@pytest.mark.parametrize(("ref", "first"), [("TT-02.Q2.ZF", date(2026, 4, 1)), ("TT-01", date(2025, 1, 1))])
def test_a_period_is_not_done_before_it_begins_and_a_year_is_at_most_one_ahead(
    ref: str, first: date, small: Register, actor: Actor, refused: Refuse
) -> None:
    error = refused(small, lambda: tick(small, actor, [ref], on=first - timedelta(days=1)))
    assert isinstance(error, errors.BeforePeriod)
    assert error.params["ref"] == ref
    assert tick(small, actor, [ref], on=first).rows[0].done_on == first


def test_an_occasion_is_not_done_before_it_came(small: Register, actor: Actor, refused: Refuse) -> None:
    record_occasion(small, actor, "TT-03", on=date(2026, 5, 5), note="x")
    error = refused(small, lambda: tick(small, actor, ["TT-03.1"], on=date(2026, 5, 4)))
    assert isinstance(error, errors.BeforePeriod)
    assert error.params == {"ref": "TT-03.1", "date": "2026-05-04", "begins": "2026-05-05"}


def test_a_rate_is_never_ticked_by_hand(small: Register, actor: Actor, refused: Refuse) -> None:
    error = refused(small, lambda: tick(small, actor, ["TT-04"], on=DAY))
    assert isinstance(error, errors.RateNotTicked)
    assert error.params == {"ref": "TT-04", "met": "tt_met", "of": "tt_all", "year": 2026}


def test_what_waits_for_an_occasion_is_not_ticked_before_it(small: Register, actor: Actor, refused: Refuse) -> None:
    error = refused(small, lambda: tick(small, actor, ["TT-03"], on=DAY))
    assert (type(error), error.params) == (errors.OccasionFirst, {"ref": "TT-03", "year": 2026})


@pytest.mark.parametrize("bad", ["TT-99", "nonsense", "TT-01.Q1", "TT-02", "TT-04", "TT-02.Q2.FZ", "TT-02.Q3.FZ", ""])
def test_one_bad_ref_among_several_stops_them_all(bad: str, small: Register, actor: Actor, refused: Refuse) -> None:
    tick(small, actor, ["TT-02.Q2.FZ"], on=DAY)
    refused(small, lambda: tick(small, actor, ["TT-01", bad, "TT-02.Q1.ZF"], on=DAY, note="x"))


@pytest.mark.parametrize("note", ["", "  \n\t "])
def test_a_note_without_a_word_is_refused(note: str, small: Register, actor: Actor, refused: Refuse) -> None:
    assert isinstance(refused(small, lambda: tick(small, actor, ["TT-01"], on=DAY, note=note)), errors.EmptyText)
    assert isinstance(refused(small, lambda: note_on(small, actor, "TT-01", note)), errors.EmptyText)


def test_partly_done_says_what_is_left_and_can_be_done_later(small: Register, actor: Actor, wang: Actor) -> None:
    changed = tick(small, actor, ["TT-01"], on=None, partial=" one section ")
    partly = changed.rows[0]
    assert (partly.state, partly.left_to_do, partly.done_by, partly.done_on) == (
        "partial",
        "one section",
        "lihua",
        None,
    )
    assert tick(small, actor, ["TT-01"], on=None, partial="a page").rows[0].left_to_do == "a page"
    done = tick(small, wang, ["TT-01"], on=DAY).rows[0]
    assert (done.state, done.left_to_do, done.done_by) == ("done", None, "wang")


def test_partly_done_without_a_word_of_what_is_left_is_refused(small: Register, actor: Actor, refused: Refuse) -> None:
    error = refused(small, lambda: tick(small, actor, ["TT-01"], on=None, partial="  "))
    assert (type(error), error.params) == (errors.EmptyText, {"option": "--partial"})


# --- untick, na -------------------------------------------------------------------------------


def test_an_unticked_row_is_as_open_as_before_and_says_why(small: Register, actor: Actor) -> None:
    before = _row(small, "TT-01")
    tick(small, actor, ["TT-01"], on=date(2026, 3, 1), note="done")
    changed = untick(small, actor, ["TT-01"], why="not signed")
    assert changed == Changed("untick", (before._replace(recorded_on=DAY),), 3, DAY)
    assert _row(small, "TT-01") == before._replace(recorded_on=DAY)
    assert [text for _, text, _, _ in _notes(small, "TT-01")] == ["done", "not signed"]


def test_what_is_open_cannot_be_unticked(small: Register, actor: Actor, refused: Refuse) -> None:
    error = refused(small, lambda: untick(small, actor, ["TT-01"], why="x"))
    assert (type(error), error.params) == (errors.NothingToUntick, {"ref": "TT-01", "year": 2026})


@pytest.mark.parametrize("state", ["partial", "na"])
def test_what_is_partly_done_or_set_aside_can_be_reopened(state: str, small: Register, actor: Actor) -> None:
    if state == "na":
        set_rows_aside(small, actor, ["TT-01"], why="x")
    else:
        tick(small, actor, ["TT-01"], on=None, partial="x")
    row = untick(small, actor, ["TT-01"], why="y").rows[0]
    assert (row.state, row.left_to_do, row.why, row.done_by) == ("open", None, None, None)


@pytest.mark.parametrize("why", ["", " ", "\u3000"])
def test_a_reason_must_hold_a_word(why: str, small: Register, actor: Actor, refused: Refuse) -> None:
    tick(small, actor, ["TT-02.Q1.ZF"], on=DAY)
    for command in (
        lambda: untick(small, actor, ["TT-02.Q1.ZF"], why=why),
        lambda: set_rows_aside(small, actor, ["TT-01"], why=why),
    ):
        error = refused(small, command)
        assert (type(error), error.params) == (errors.EmptyText, {"option": "--why"})


def test_a_row_set_aside_says_why_and_is_neither_open_nor_done(small: Register, actor: Actor) -> None:
    row = set_rows_aside(small, actor, ["TT-01", "TT-02.Q1.ZF"], why=" no list here ").rows[0]
    assert (row.state, row.why, row.done_by, row.recorded_on) == ("na", "no list here", None, DAY)
    assert not row.is_unfinished()
    assert _row(small, "TT-02.Q1.ZF").state == "na"


def test_what_was_set_aside_is_not_ticked_and_says_why(small: Register, actor: Actor, refused: Refuse) -> None:
    set_rows_aside(small, actor, ["TT-01"], why="no list here")
    for command in (
        lambda: tick(small, actor, ["TT-01"], on=DAY),
        lambda: set_rows_aside(small, actor, ["TT-01"], why="again"),
    ):
        error = refused(small, command)
        assert (type(error), error.params) == (
            errors.NotApplicable,
            {"ref": "TT-01", "year": 2026, "why": "no list here"},
        )


def test_what_is_done_is_not_set_aside(small: Register, actor: Actor, refused: Refuse) -> None:
    tick(small, actor, ["TT-01"], on=DAY)
    assert isinstance(refused(small, lambda: set_rows_aside(small, actor, ["TT-01"], why="x")), errors.AlreadyDone)


# --- note, assign -----------------------------------------------------------------------------


def test_notes_on_a_row_are_numbered_and_say_who_and_when(small: Register, actor: Actor, wang: Actor) -> None:
    noted = note_on(small, actor, "tt-01", " first ")
    assert noted == Noted(2026, "TT-01", "年度事项", "Yearly item", "first", 2)
    note_on(small, wang, "TT-01", "second")
    assert _notes(small, "TT-01") == [(1, "first", "lihua", TODAY), (2, "second", "wang", TODAY)]


@pytest.mark.parametrize(("item", "title"), [("TT-03", "Occasion item"), ("TT-04", "Case item")])
def test_an_item_without_rows_can_be_noted(item: str, title: str, small: Register, actor: Actor) -> None:
    assert note_on(small, actor, item, "nothing yet") == Noted(
        2026, item, _row_title(small, item), title, "nothing yet", 2
    )
    assert [note.text for note in show(small, item, year=None, today=DAY).notes] == ["nothing yet"]


def _row_title(register: Register, code: str) -> str:
    held = register.one("item_get", key_year=2026, key_code=code)
    assert held is not None
    return str(held[3])


def test_a_note_on_an_item_with_several_rows_begun_asks_which(small: Register, actor: Actor, refused: Refuse) -> None:
    assert isinstance(refused(small, lambda: note_on(small, actor, "TT-02", "x")), errors.AmbiguousRef)


@pytest.mark.parametrize("item", ["TT-03", "TT-04"])
def test_a_note_on_an_item_of_two_years_asks_which(
    item: str, two_years: Register, actor: Actor, refused: Refuse
) -> None:
    error = refused(two_years, lambda: note_on(two_years, actor, item, "x"))
    assert isinstance(error, errors.AmbiguousRef)
    assert note_on(two_years, actor, item, "x", year=2025).year == 2025


def test_a_note_can_be_written_after_another_was_taken_back(small: Register, actor: Actor, wang: Actor) -> None:
    note_on(small, actor, "TT-01", "first")
    note_on(small, wang, "TT-01", "second")
    undo(small, actor)
    note_on(small, actor, "TT-01", "third")
    assert [text for _, text, _, _ in _notes(small, "TT-01")] == ["second", "third"]
    assert verify(small).findings == ()


@pytest.mark.parametrize(
    "text",
    [HOSTILE, "two\nlines", "x" * 100_000, "🈳", "\N{ZERO WIDTH SPACE}x"],
    ids=["hostile", "lines", "long", "wide", "invisible"],
)
def test_a_note_is_kept_as_it_was_written_and_is_only_ever_text(text: str, small: Register, actor: Actor) -> None:
    note_on(small, actor, "TT-01", text)
    set_rows_aside(small, actor, ["TT-02.Q1.ZF"], why=text)
    assert _notes(small, "TT-01") == [(1, text, "lihua", TODAY)]
    assert _row(small, "TT-02.Q1.ZF").why == text
    assert verify(small).findings == ()


def test_null_bytes_and_broken_letters_in_a_note_are_replaced(small: Register, actor: Actor) -> None:
    note_on(small, actor, "TT-01", "a\0b\udcffc")
    assert [text for _, text, _, _ in _notes(small, "TT-01")] == ["a\N{REPLACEMENT CHARACTER}b?c"]
    assert verify(small).findings == ()


def test_rows_are_given_to_a_person_and_taken_back(small: Register, actor: Actor) -> None:
    changed = assign(small, actor, ["TT-01", "TT-02.Q1.ZF"], "wang")
    assert [row.assignee for row in changed.rows] == ["wang", "wang"]
    assert _last(small)[1] == [
        ["row", "2026/TT-01", "assignee", None, "wang"],
        ["row", "2026/TT-02.Q1.ZF", "assignee", None, "wang"],
    ]
    assert assign(small, actor, ["TT-01"], "-").rows[0].assignee is None


def test_a_row_given_to_somebody_can_be_ticked_by_another(small: Register, actor: Actor, wang: Actor) -> None:
    assign(small, actor, ["TT-01"], "lihua")
    row = tick(small, wang, ["TT-01"], on=DAY).rows[0]
    assert (row.assignee, row.done_by) == ("lihua", "wang")


def test_nobody_is_no_name(small: Register, actor: Actor, refused: Refuse) -> None:
    assert isinstance(refused(small, lambda: assign(small, actor, ["TT-01"], "  ")), errors.EmptyText)


def test_where_the_bureau_lists_its_people_rows_are_given_to_none_but_them(
    small: Register, actor: Actor, refused: Refuse
) -> None:
    error = refused(small, lambda: assign(small, actor, ["TT-01"], "wnag"))
    assert isinstance(error, errors.UnknownPerson)
    assert assign(small, actor, ["TT-01"], "王芳").rows[0].assignee == "wang"


def test_people_the_bureau_lists_are_known_by_id_and_by_name_and_nobody_else_is(small: Register) -> None:
    assert [person_id(small, name) for name in ("lihua", "李华", "wang", "王芳")] == ["lihua", "lihua", "wang", "wang"]
    with pytest.raises(errors.UnknownPerson) as unknown:
        person_id(small, "lihau")
    assert unknown.value.params == {"person": "lihau", "nearest": ["lihua"]}
    with pytest.raises(errors.UnknownPerson) as unknown:
        person_id(small, "someone else")
    assert unknown.value.params["nearest"] == ["lihua", "李华", "wang", "王芳"]


def test_where_the_bureau_lists_nobody_any_name_will_do(register: Register, empty_register: Register) -> None:
    assert person_id(register, "anyone") == "anyone"
    assert register is empty_register


def test_before_any_year_is_started_any_name_will_do(empty_register: Register) -> None:
    assert person_id(empty_register, "anyone") == "anyone"


def test_a_unit_is_known_by_its_code_however_it_was_typed(small: Register) -> None:
    assert [unit_code(small, code) for code in ("ZF", "zf", " ｆｚ ")] == ["ZF", "ZF", "FZ"]
    with pytest.raises(errors.UnknownUnit) as unknown:
        unit_code(small, "ZZ")
    assert unknown.value.params == {"unit": "ZZ", "nearest": ["FZ", "ZF"]}


# --- which row a ref means --------------------------------------------------------------------


def test_a_bare_ref_means_the_only_row(small: Register, actor: Actor) -> None:
    assert tick(small, actor, ["TT-01"], on=DAY).rows[0].ref == "TT-01"


def test_a_bare_ref_means_the_one_row_that_is_begun_and_unfinished(small: Register, actor: Actor) -> None:
    tick(small, actor, ["TT-02.Q1.FZ", "TT-02.Q1.ZF", "TT-02.Q2.FZ"], on=DAY)
    assert [row.ref for row in tick(small, actor, ["TT-02"], on=DAY).rows] == ["TT-02.Q2.ZF"]


def test_a_bare_ref_of_several_rows_begun_names_them_all_and_none_that_has_not_begun(
    small: Register, actor: Actor, refused: Refuse
) -> None:
    error = refused(small, lambda: tick(small, actor, ["tt-02"], on=DAY))
    assert isinstance(error, errors.AmbiguousRef)
    assert error.params == {
        "ref": "TT-02",
        "candidates": [(f"TT-02.Q{quarter}.{unit}", 2026) for quarter in (1, 2) for unit in ("FZ", "ZF")],
        "more": 0,
    }


def test_a_bare_ref_of_nothing_that_is_unfinished_names_what_there_is(
    small: Register, actor: Actor, refused: Refuse
) -> None:
    for quarter in (1, 2, 3, 4):
        tick(small, actor, [f"TT-02.Q{quarter}.FZ", f"TT-02.Q{quarter}.ZF"], on=None)
    error = refused(small, lambda: untick(small, actor, ["TT-02"], why="x"))
    assert isinstance(error, errors.AmbiguousRef)
    candidates = error.params["candidates"]
    assert isinstance(candidates, list)
    assert len(candidates) == 8


@pytest.mark.parametrize(
    ("ref", "candidates"),
    [
        ("TT-02.Q2", ["TT-02.Q2.FZ", "TT-02.Q2.ZF"]),
        ("TT-02.ZF", ["TT-02.Q1.ZF", "TT-02.Q2.ZF"]),
    ],
)
def test_a_ref_may_name_a_period_or_a_unit_alone(
    ref: str, candidates: list[str], small: Register, actor: Actor, refused: Refuse
) -> None:
    error = refused(small, lambda: tick(small, actor, [ref], on=DAY))
    assert isinstance(error, errors.AmbiguousRef)
    assert error.params["candidates"] == [(one, 2026) for one in candidates]
    tick(small, actor, [candidates[0]], on=DAY)
    assert tick(small, actor, [ref], on=DAY).rows[0].ref == candidates[1]


def test_a_ref_of_two_years_asks_for_the_year_unless_only_one_is_unfinished(
    two_years: Register, actor: Actor, refused: Refuse
) -> None:
    error = refused(two_years, lambda: tick(two_years, actor, ["TT-01"], on=DAY))
    assert isinstance(error, errors.AmbiguousRef)
    assert error.params["candidates"] == [("TT-01", 2025), ("TT-01", 2026)]
    assert tick(two_years, actor, ["TT-01"], on=DAY, year=2026).rows[0].year == 2026
    assert tick(two_years, actor, ["TT-01"], on=DAY).rows[0].year == 2025


def test_a_ref_of_a_year_that_is_closed_means_the_open_year(
    two_years: Register, actor: Actor, close_year: Callable[[Register, int], None]
) -> None:
    close_year(two_years, 2025)
    assert tick(two_years, actor, ["TT-01"], on=DAY).rows[0].year == 2026


def test_a_closed_year_changes_no_more(
    two_years: Register, actor: Actor, close_year: Callable[[Register, int], None], refused: Refuse
) -> None:
    tick(two_years, actor, ["TT-02.Q1.ZF"], on=DAY, year=2025)
    close_year(two_years, 2025)
    commands: list[Callable[[], object]] = [
        lambda: tick(two_years, actor, ["TT-01"], on=DAY, year=2025),
        lambda: untick(two_years, actor, ["TT-02.Q1.ZF"], why="x", year=2025),
        lambda: set_rows_aside(two_years, actor, ["TT-01"], why="x", year=2025),
        lambda: note_on(two_years, actor, "TT-01", "x", year=2025),
        lambda: note_on(two_years, actor, "TT-04", "x", year=2025),
        lambda: assign(two_years, actor, ["TT-01"], "wang", year=2025),
        lambda: record_occasion(two_years, actor, "TT-03", on=date(2025, 5, 5), note="x", year=2025),
    ]
    for command in commands:
        error = refused(two_years, command)
        assert (type(error), error.params) == (errors.YearClosed, {"year": 2025})


def test_with_all_years_closed_no_ref_means_anything(
    small: Register, actor: Actor, close_year: Callable[[Register, int], None], refused: Refuse
) -> None:
    close_year(small, 2026)
    assert isinstance(refused(small, lambda: tick(small, actor, ["TT-01"], on=DAY)), errors.NoOpenYear)


def test_a_year_that_was_not_started_is_named(small: Register, actor: Actor, refused: Refuse) -> None:
    error = refused(small, lambda: tick(small, actor, ["TT-01"], on=DAY, year=2024))
    assert (type(error), error.params) == (errors.YearNotStarted, {"year": 2024})


def test_in_a_register_without_a_year_nothing_can_be_ticked(
    empty_register: Register, actor: Actor, refused: Refuse
) -> None:
    assert isinstance(refused(empty_register, lambda: tick(empty_register, actor, ["TT-01"], on=DAY)), errors.NotFound)


@pytest.mark.parametrize(
    ("ref", "nearest"),
    [
        ("TT-05", ["TT-04", "TT-03", "TT-02"]),
        ("TT-01.Q1", ["TT-01"]),
        ("TT-01.ZF", ["TT-01"]),
        ("TT-02.Q1.JL", ["TT-02.Q1.FZ", "TT-02.Q1.ZF", "TT-02.Q2.FZ"]),
        ("TT-02.M01", ["TT-02.Q1.FZ", "TT-02.Q1.ZF", "TT-02.Q2.FZ"]),
        ("TI-01", ["TT-01", "TT-04", "TT-03"]),
        ("ZZ-77", []),
    ],
)
def test_a_ref_that_nothing_answers_to_is_told_the_nearest(
    ref: str, nearest: list[str], small: Register, actor: Actor, refused: Refuse
) -> None:
    error = refused(small, lambda: tick(small, actor, [ref], on=DAY))
    assert isinstance(error, errors.UnknownRef)
    assert error.params["ref"] == ref
    assert error.params["years"] == [2026]
    assert error.params["nearest"] == nearest


def test_an_item_that_the_law_of_the_year_does_not_know_says_so(
    small: Register, actor: Actor, small_template: Path, refused: Refuse
) -> None:
    early = SMALL_TEMPLATE.replace("    weight: 2\n", "    weight: 2\n    years: {to: 2026}\n")
    small_template.write_text(early, encoding="utf-8")
    start_year(small, actor, 2027, [str(small_template)])
    error = refused(small, lambda: tick(small, actor, ["TT-01"], on=DAY, year=2027))
    assert isinstance(error, errors.NotOfYear)
    assert error.params == {"ref": "TT-01", "year": 2027, "why": "years"}


@pytest.mark.parametrize(
    "ref", ["", "TT", "TT-", "01", "TT01", "TT-01.", "TT-01..FZ", "TT-01.FZ.ZF", "TT-01.0", "../etc", HOSTILE, "\udcff"]
)
def test_what_is_not_shaped_like_a_ref_is_quoted(ref: str, small: Register, actor: Actor, refused: Refuse) -> None:
    error = refused(small, lambda: tick(small, actor, [ref], on=DAY))
    assert (type(error), error.params["text"]) == (errors.InvalidRef, ref)


# --- nothing is lost --------------------------------------------------------------------------


def test_every_command_is_one_entry(small: Register, actor: Actor) -> None:
    tick(small, actor, ["TT-01", "TT-02.Q1.FZ"], on=DAY, note="x")
    untick(small, actor, ["TT-01"], why="x")
    set_rows_aside(small, actor, ["TT-01", "TT-02.Q1.ZF"], why="x")
    note_on(small, actor, "TT-01", "x")
    assign(small, actor, ["TT-01", "TT-02.Q2.ZF"], "wang")
    record_occasion(small, actor, "TT-03", on=DAY, note="x")
    commands = [(values[0], values[5]) for values in small.all("entry_all")]
    names = ["start", "tick", "untick", "na", "note", "assign", "occasion"]
    assert commands == list(enumerate(names, start=1))


def test_an_error_of_the_database_in_the_middle_of_a_tick_leaves_nothing_of_it(
    small: Register, actor: Actor, dump: Dumped
) -> None:
    before, head = dump(small), small.head()
    small.connection.execute(
        "CREATE TEMP TRIGGER late BEFORE INSERT ON entry BEGIN SELECT RAISE(ABORT, 'no more entries'); END"
    )
    with pytest.raises(errors.AgainstConstraint) as refused:
        tick(small, actor, ["TT-01", "TT-02.Q1.FZ"], on=DAY, note="x")
    assert refused.value.params["reason"] == "no-more-entries"
    assert (dump(small), small.head()) == (before, head)
    small.connection.execute("DROP TRIGGER late")
    assert tick(small, actor, ["TT-01", "TT-02.Q1.FZ"], on=DAY, note="x").seq == 2
