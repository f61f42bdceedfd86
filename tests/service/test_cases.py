"""Cases in a register: opened, brought forward, corrected, taken back, closed; their rows follow by the law."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lawcheck import errors
from lawcheck.core.case import OutOfOrder
from lawcheck.core.deadline import Pause
from lawcheck.core.journal import Actor
from lawcheck.core.refs import parse_ref
from lawcheck.core.row import Row
from lawcheck.library import places
from lawcheck.service.board import board, next_rows
from lawcheck.service.calendar import import_holidays, status
from lawcheck.service.case_rows import CaseLine
from lawcheck.service.case_show import list_cases, show_case, show_case_row
from lawcheck.service.cases import (
    CaseChanged,
    close_case,
    extend_row,
    open_case,
    pause_case,
    record_milestone,
    reopen_case,
    set_facts,
)
from lawcheck.service.journal import read_log, undo
from lawcheck.service.lists import Filter, list_rows
from lawcheck.service.rows import assign, note_on, set_rows_aside, tick, untick
from lawcheck.service.verify import verify
from lawcheck.service.working_days import calendar_of
from lawcheck.store.register import Register
from support import CASE_TEMPLATES, HOLIDAYS_2027

TODAY = "2026-11-20"
DAY = date.fromisoformat(TODAY)


@pytest.fixture
def actor(actor: Actor) -> Actor:
    return actor._replace(today=TODAY)


@pytest.fixture
def wang(actor: Actor) -> Actor:
    return actor._replace(person="wang")


@pytest.fixture
def case(small: Register, actor: Actor) -> Register:
    """Return a register with a penalty case AJ-01 whose lead came on 2026-07-01 and which was filed on 2026-07-06."""
    open_case(small, actor, "AJ", number="粤市监案〔2026〕17号", title="虚假宣传", on="2026-07-01")
    record_milestone(small, actor, "AJ-01", "filed", "2026-07-06")
    return small


@pytest.fixture
def decided(case: Register, actor: Actor) -> Register:
    """Return the same register with the case decided on 2026-09-24, before a long holiday."""
    record_milestone(case, actor, "AJ-01", "decided", "2026-09-24")
    return case


def rows_of(register: Register, ref: str = "AJ-01") -> dict[str, Row]:
    return {row.ref.partition(".")[2]: row for row in show_case(register, ref, today=DAY).rows}


def due_of(register: Register, code: str, ref: str = "AJ-01") -> str | None:
    due = rows_of(register, ref)[code].due
    return due.isoformat() if due else None


def milestones_of(register: Register, ref: str = "AJ-01") -> dict[tuple[str, int], str]:
    return {(one.name, one.n): one.at for one in show_case(register, ref, today=DAY).milestones}


def what_moved(changed: CaseChanged) -> list[tuple[str, str, str | None, str | None]]:
    return [(one.what, one.ref, one.was, one.due) for one in changed.moved]


def refused(register: Register, command: Callable[[], object]) -> tuple[type[Exception], dict[str, object]]:
    """Return the error of a command that is refused, after seeing that it left nothing behind."""
    tables = ("case_file", "case_milestone", "case_pause", "case_extension", "case_row", "case_note", "case_template")
    before = [register.all(f"{name}_all") for name in tables], register.head()
    with pytest.raises(errors.LawcheckError) as failed:
        command()
    assert ([register.all(f"{name}_all") for name in tables], register.head()) == before
    return type(failed.value), failed.value.params


# --- opening --------------------------------------------------------------------------------------


def test_an_opened_case_has_its_ref_its_unit_and_the_rows_of_its_first_day(small: Register, actor: Actor) -> None:
    changed = open_case(small, actor, "aj", number=" 17号 ", title=" 虚假宣传 ", on="2026年7月1日", facts=["complex"])
    case = CaseLine("AJ-01", "AJ", 1, "17号", "虚假宣传", "ZF", "2026-07-01", ("complex",), "open", None)
    assert (changed.command, changed.case, changed.warnings) == ("case open", case, ())
    assert what_moved(changed) == [
        ("new", "AJ-01.VERIFY", None, "2026-07-22"),
        ("new", "AJ-01.ARCHIVE", None, None),
        ("new", "AJ-01.COLLECT", None, None),
        ("new", "AJ-01.OFFICERS", None, None),
        ("new", "AJ-01.PLATFORM", None, None),
    ]
    assert {code: row.unit for code, row in rows_of(small).items()} == {
        "VERIFY": "ZF", "ARCHIVE": "ZF", "COLLECT": "FZ", "OFFICERS": "ZF", "PLATFORM": "ZF",
    }  # fmt: skip
    assert milestones_of(small) == {("lead", 1): "2026-07-01"}
    assert verify(small).findings == ()


def test_a_case_of_a_unit_keeps_the_rows_that_the_unit_holds(small: Register, actor: Actor) -> None:
    open_case(small, actor, "AJ", number="1", title="x", on="2026-07-01", unit="fz", facts=["complex"])
    assert {row.unit for row in rows_of(small).values()} == {"FZ"}
    assert [one.case.ref for one in list_cases(small, unit="FZ", today=DAY).cases] == ["AJ-01"]
    assert list_cases(small, unit="ZF", today=DAY).cases == ()
    assert list_cases(small, template="xk", today=DAY).cases == ()
    assert refused(small, lambda: list_cases(small, template="QQ", today=DAY)) == (
        errors.UnknownTemplate, {"name": "QQ", "nearest": CASE_TEMPLATES},
    )  # fmt: skip


@pytest.mark.parametrize("template", ["AJ", "FY", "GK", "JB", "JC", "SS", "TS", "XK"])
def test_every_kind_of_case_opens_closes_and_is_taken_back(template: str, small: Register, actor: Actor) -> None:
    ref = open_case(small, actor, template, number="1", title="x", on="2026-07-01").case.ref
    assert ref == f"{template}-01"
    close_case(small, actor, ref, on=date(2026, 7, 2), why="opened by mistake")
    assert {row.state for row in rows_of(small, ref).values()} <= {"done", "na"}
    assert verify(small).findings == ()
    undo(small, actor)
    undo(small, actor)
    assert small.all("case_file_all") == []
    assert small.all("case_template_all") == []
    assert verify(small).findings == ()


def test_the_same_number_is_not_opened_twice_but_in_another_kind_it_is(case: Register, actor: Actor) -> None:
    number = "粤市监案〔2026〕17号"
    again = lambda: open_case(case, actor, "AJ", number=f" {number}", title="x", on="2026-07-01")  # noqa: E731
    assert refused(case, again) == (errors.NumberTaken, {"number": number, "ref": "AJ-01"})
    close_case(case, actor, "AJ-01", on=DAY, why="x")
    assert refused(case, again)[0] is errors.NumberTaken
    assert open_case(case, actor, "GK", number=number, title="x", on="2026-07-01").case.ref == "GK-01"
    assert [one.case.ref for one in list_cases(case, number=number, state=None, today=DAY).cases] == ["AJ-01", "GK-01"]


@pytest.mark.parametrize(
    ("given", "kind", "params"),
    [
        ({"template": "AA"}, errors.UnknownTemplate, {"name": "AA"}),
        ({"template": "PL"}, errors.UnknownTemplate, {"name": "PL"}),
        ({"template": "checklists/cases/AJ.yaml"}, errors.UnknownTemplate, {}),
        ({"number": " "}, errors.EmptyText, {"option": "--no"}),
        ({"title": ""}, errors.EmptyText, {"option": "--title"}),
        ({"on": "2026-11-21"}, errors.FutureDate, {"date": "2026-11-21", "today": TODAY}),
        ({"on": "2026-11-20 24:01"}, errors.InvalidDate, {}),
        ({"on": "soon"}, errors.InvalidDate, {}),
        ({"facts": ["simple"]}, errors.UnknownFact, {"name": "simple", "template": "AJ"}),
        ({"facts": ["simplified=perhaps"]}, errors.InvalidFact, {"text": "simplified=perhaps"}),
        ({"facts": ["simplified="]}, errors.InvalidFact, {"text": "simplified="}),
        ({"unit": "XX"}, errors.UnknownUnit, {"unit": "XX"}),
    ],
)
def test_a_case_that_cannot_be_opened_is_refused(
    given: dict[str, Any], kind: type[Exception], params: dict[str, object], small: Register, actor: Actor
) -> None:
    whole: dict[str, Any] = {"template": "AJ", "number": "1", "title": "x", "on": "2026-07-01", **given}
    found, told = refused(small, lambda: open_case(small, actor, whole.pop("template"), **whole))
    assert found is kind
    assert {name: told[name] for name in params} == params


def test_a_revised_template_stands_beside_the_one_that_open_cases_keep(
    case: Register, actor: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = tmp_path / "checklists"
    shutil.copytree(places.checklists(), library)
    file = library / "cases" / "AJ.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("clock: publish-7wd", "clock: withdraw"), encoding="utf-8")
    monkeypatch.setattr(places, "checklists", lambda: library)
    assert open_case(case, actor, "AJ", number="2", title="x", on="2026-07-01").case.template_n == 2
    assert open_case(case, actor, "AJ", number="3", title="x", on="2026-07-01").case.template_n == 2
    for ref in ("AJ-01", "AJ-02"):
        record_milestone(case, actor, ref, "decided", "2026-09-24")
    assert (due_of(case, "PUB", "AJ-01"), due_of(case, "PUB", "AJ-02")) == ("2026-10-12", "2026-09-30")
    monkeypatch.undo()
    assert open_case(case, actor, "AJ", number="4", title="x", on="2026-07-01").case.template_n == 3
    assert verify(case).findings == ()


# --- milestones -----------------------------------------------------------------------------------


def test_a_milestone_ends_rows_and_brings_others(case: Register, actor: Actor) -> None:
    changed = record_milestone(case, actor, "aj-1", "Decided", "2026-09-24")
    assert changed.milestone == ("作出处理决定", "Decided", "decided", "2026-09-24")
    assert what_moved(changed) == [
        ("done", "AJ-01.DECIDE", "2026-10-08", "2026-10-08"),
        ("new", "AJ-01.PUB", None, "2026-10-12"),
        ("new", "AJ-01.NECIPS", None, "2026-10-29"),
        ("new", "AJ-01.DISCRET", None, None),
        ("new", "AJ-01.REMEDY", None, None),
        ("new", "AJ-01.TELLPUB", None, None),
    ]
    decided = rows_of(case)["DECIDE"]
    assert (decided.state, decided.done_on, decided.done_by, decided.recorded_on) == (
        "done", date(2026, 9, 24), "lihua", DAY,
    )  # fmt: skip
    undo(case, actor)
    assert set(rows_of(case)) == {"VERIFY", "DECIDE", "ARCHIVE", "OFFICERS", "PLATFORM"}
    assert verify(case).findings == ()


def test_a_milestone_answers_to_its_title_in_either_language(case: Register, actor: Actor) -> None:
    for name in ("作出处理决定", "Decided", "DECIDED "):
        assert record_milestone(case, actor, "AJ-01", name, "2026-09-24").milestone is not None
        undo(case, actor)


def test_a_second_date_is_refused_unless_it_is_of_another_party(decided: Register, actor: Actor) -> None:
    record_milestone(decided, actor, "AJ-01", "served", "2026-09-28", party="甲公司")
    set_facts(decided, actor, "AJ-01", ["fined"])
    assert refused(decided, lambda: record_milestone(decided, actor, "AJ-01", "served", "2026-09-29")) == (
        errors.MilestoneReached,
        {"ref": "AJ-01", "name": "served", "at": "2026-09-28"},
    )
    changed = record_milestone(decided, actor, "AJ-01", "served", "2026-09-29", again=True, party="乙公司")
    assert what_moved(changed) == [("new", "AJ-01.FINE.2", None, "2026-10-14")]
    assert {code: row.due for code, row in rows_of(decided).items() if code.startswith("FINE")} == {
        "FINE": date(2026, 10, 13),
        "FINE.2": date(2026, 10, 14),
    }
    tick(decided, actor, ["AJ-01.FINE.2"], on=date(2026, 10, 15))
    assert {code: row.state for code, row in rows_of(decided).items() if code.startswith("FINE")} == {
        "FINE": "open",
        "FINE.2": "done",
    }
    assert milestones_of(decided)["paid", 2] == "2026-10-15"
    assert [one.party for one in show_case(decided, "AJ-01", today=DAY).milestones if one.name == "served"] == [
        "甲公司", "乙公司",
    ]  # fmt: skip
    assert verify(decided).findings == ()


def test_one_of_several_parties_is_corrected_by_its_number(decided: Register, actor: Actor) -> None:
    record_milestone(decided, actor, "AJ-01", "served", "2026-09-28", party="甲公司")
    record_milestone(decided, actor, "AJ-01", "served", "2026-09-29", again=True, party="乙公司")
    record_milestone(decided, actor, "AJ-01", "served.1", "2026-09-25", correct=True, why="the receipt says so")
    record_milestone(decided, actor, "AJ-01", "served.2", "2026-09-30", correct=True, why="the last one")
    found = [
        (one.n, one.at, one.party) for one in show_case(decided, "AJ-01", today=DAY).milestones if one.name == "served"
    ]
    assert sorted(found) == [(1, "2026-09-25", "甲公司"), (2, "2026-09-30", "乙公司")]


def test_a_correction_says_what_moved(decided: Register, actor: Actor) -> None:
    changed = record_milestone(decided, actor, "AJ-01", "decided", "2026-09-23", correct=True, why="misread")
    assert what_moved(changed) == [
        ("done", "AJ-01.DECIDE", "2026-10-08", "2026-10-08"),
        ("moved", "AJ-01.PUB", "2026-10-12", "2026-10-10"),
        ("moved", "AJ-01.NECIPS", "2026-10-29", "2026-10-28"),
    ]
    undo(decided, actor)
    assert (due_of(decided, "PUB"), milestones_of(decided)["decided", 1]) == ("2026-10-12", "2026-09-24")
    assert verify(decided).findings == ()


@pytest.mark.parametrize(
    ("name", "at", "options", "kind", "params"),
    [
        (
            "decidd",
            "2026-09-24",
            {},
            errors.UnknownMilestone,
            {"ref": "AJ-01", "known": (("decided", ("作出处理决定", "Decided")),)},
        ),
        ("filed.0", "2026-09-24", {}, errors.UnknownMilestone, {}),
        ("decided", "2026-11-21", {}, errors.FutureDate, {"date": "2026-11-21"}),
        ("decided", "2026-02-30", {}, errors.InvalidDate, {}),
        ("measure-taken", "2026-08-03", {}, errors.TimeMissing, {"date": "2026-08-03"}),
        ("decided", "2026-07-05", {}, errors.MilestoneImpossible, {"name": "decided", "other": "filed"}),
        ("lead", "2026-07-07", {"correct": True, "why": "x"}, errors.MilestoneImpossible, {"name": "filed"}),
        ("decided", "2026-09-24", {"correct": True, "why": "x"}, errors.MilestoneNotReached, {"name": "decided"}),
        ("filed.2", "2026-09-24", {"correct": True, "why": "x"}, errors.MilestoneNotReached, {"name": "filed"}),
        ("filed", "2026-07-07", {"correct": True}, errors.EmptyText, {"option": "--why"}),
        ("filed", "2026-07-07", {"correct": True, "why": " "}, errors.EmptyText, {"option": "--why"}),
    ],
)
def test_a_milestone_that_cannot_be_is_refused(  # what is given and what is told
    name: str, at: str, options: dict[str, Any], kind: type[Exception], params: dict[str, object],
    case: Register, actor: Actor,
) -> None:  # fmt: skip
    found, told = refused(case, lambda: record_milestone(case, actor, "AJ-01", name, at, **options))
    assert found is kind
    assert {one: told[one] for one in params} == params


def test_a_milestone_out_of_order_is_recorded_with_a_warning(case: Register, actor: Actor) -> None:
    changed = record_milestone(case, actor, "AJ-01", "review-received", "2026-08-03")
    assert changed.warnings == ()
    changed = record_milestone(case, actor, "AJ-01", "investigated", "2026-08-04")
    (warning,) = changed.warnings
    assert warning == OutOfOrder("review-received", "2026-08-03", "investigated", "2026-08-04", impossible=False)
    assert show_case(case, "AJ-01", today=DAY).warnings == (warning,)


def test_a_legal_review_before_the_hearing_ended_is_recorded_with_a_warning(case: Register, actor: Actor) -> None:
    for name, at in (("hearing", "2026-09-10"), ("hearing-ended", "2026-09-10"), ("legal-received", "2026-09-01")):
        record_milestone(case, actor, "AJ-01", name, at)
    changed = record_milestone(case, actor, "AJ-01", "legal-reviewed", "2026-09-08")
    assert changed.warnings == (
        OutOfOrder("legal-reviewed", "2026-09-08", "hearing-ended", "2026-09-10", impossible=False),
    )


def missing(name: str, at: str, *steps: str) -> tuple[OutOfOrder, ...]:
    return tuple(OutOfOrder(name, at, step, "", impossible=False) for step in steps)


def test_a_decision_without_review_and_notice_is_recorded_with_a_warning_of_each(case: Register, actor: Actor) -> None:
    changed = record_milestone(case, actor, "AJ-01", "decided", "2026-09-24")
    found = missing("decided", "2026-09-24", "reviewed legal-reviewed", "party-notified")
    assert changed.warnings == found
    assert show_case(case, "AJ-01", today=DAY).warnings == found
    record_milestone(case, actor, "AJ-01", "party-notified", "2026-09-10")
    assert show_case(case, "AJ-01", today=DAY).warnings == found[:1]
    record_milestone(case, actor, "AJ-01", "review-received", "2026-09-01")
    record_milestone(case, actor, "AJ-01", "reviewed", "2026-09-08")
    assert show_case(case, "AJ-01", today=DAY).warnings == ()


def test_the_facts_of_a_case_decide_which_steps_it_misses(decided: Register, actor: Actor) -> None:
    set_facts(decided, actor, "AJ-01", ["listed_for_review", "complex", "no_penalty"])
    found = missing("decided", "2026-09-24", "legal-reviewed", "discussed")
    assert show_case(decided, "AJ-01", today=DAY).warnings == found
    set_facts(decided, actor, "AJ-01", ["listed_for_review=no", "complex=no", "simplified"])
    assert show_case(decided, "AJ-01", today=DAY).warnings == ()


def test_a_tick_that_records_a_milestone_tells_what_it_misses(case: Register, actor: Actor) -> None:
    (told,) = tick(case, actor, ["AJ-01.DECIDE"], on=date(2026, 9, 24)).warnings[:1]
    assert (told.case, told.warning) == ("AJ-01", *missing("decided", "2026-09-24", "reviewed legal-reviewed"))


def test_another_party_has_its_own_row_of_service(decided: Register, actor: Actor) -> None:
    record_milestone(decided, actor, "AJ-01", "announced", "2026-09-24")
    record_milestone(decided, actor, "AJ-01", "announced", "2026-09-25", again=True, party="second")
    record_milestone(decided, actor, "AJ-01", "served", "2026-09-24")
    rows = rows_of(decided)
    assert (rows["SERVE"].state, rows["SERVE.2"].state) == ("done", "open")


def test_a_planned_milestone_may_lie_ahead_and_counts_back_to_its_notice(case: Register, actor: Actor) -> None:
    record_milestone(case, actor, "AJ-01", "hearing-requested", "2026-11-16")
    record_milestone(case, actor, "AJ-01", "hearing-fixed", "2026-11-18")
    record_milestone(case, actor, "AJ-01", "hearing", "2026-12-01")
    rows = rows_of(case)
    assert (rows["HNOTICE"].due, rows["HPUBLIC"].due) == (date(2026, 11, 20), date(2026, 11, 26))
    assert rows["HNOTICE"].begins == date(2026, 7, 1)
    tick(case, actor, ["AJ-01.HNOTICE"], on=DAY)
    assert {code for code, row in rows_of(case).items() if row.state == "done"} == {"VERIFY", "HNOTICE", "HREQ"}


def test_deemed_service_follows_from_the_notice_unless_service_was_recorded(decided: Register, actor: Actor) -> None:
    set_facts(decided, actor, "AJ-01", ["fined"])
    record_milestone(decided, actor, "AJ-01", "notice-posted", "2026-10-09")
    assert milestones_of(decided)["served", 1] == "2026-11-08"
    assert due_of(decided, "FINE") == "2026-11-23"
    changed = record_milestone(decided, actor, "AJ-01", "served", "2026-10-12")
    assert ("moved", "AJ-01.FINE", "2026-11-23", "2026-10-27") in what_moved(changed)
    undo(decided, actor)
    assert (milestones_of(decided)["served", 1], due_of(decided, "FINE")) == ("2026-11-08", "2026-11-23")
    record_milestone(decided, actor, "AJ-01", "notice-posted", "2026-10-08", correct=True, why="x")
    assert milestones_of(decided)["served", 1] == "2026-11-07"
    undo(decided, actor)
    undo(decided, actor)
    assert ("served", 1) not in milestones_of(decided)
    assert "FINE" not in rows_of(decided)
    assert verify(decided).findings == ()


def test_a_milestone_is_corrected_as_often_as_need_be(decided: Register, actor: Actor) -> None:
    for day, why in (("2026-09-23", "wrong day"), ("2026-09-22", "wrong again"), ("2026-09-22", "the same")):
        record_milestone(decided, actor, "AJ-01", "decided", day, correct=True, why=why)
    (reached,) = [one for one in show_case(decided, "AJ-01", today=DAY).milestones if one.name == "decided"]
    assert (reached.at, reached.why) == ("2026-09-22", "the same")
    assert verify(decided).findings == ()


def test_a_corrected_milestone_can_be_unticked(case: Register, actor: Actor) -> None:
    record_milestone(case, actor, "AJ-01", "filed", "2026-07-07", correct=True, why="wrong day")
    untick(case, actor, ["AJ-01.VERIFY"], why="not filed at all")
    assert ("filed", 1) not in milestones_of(case)
    assert rows_of(case)["VERIFY"].state == "open"
    assert verify(case).findings == ()


def test_a_corrected_opening_moves_the_day_on_which_the_case_was_opened(case: Register, actor: Actor) -> None:
    record_milestone(case, actor, "AJ-01", "lead", "2026-07-02", correct=True, why="came a day later")
    assert list_cases(case, today=DAY).cases[0].case.opened_on == "2026-07-02"
    assert rows_of(case)["OFFICERS"].begins == date(2026, 7, 2)
    undo(case, actor)
    assert show_case(case, "AJ-01", today=DAY).case.opened_on == "2026-07-01"
    assert verify(case).findings == ()


# --- a register without a year ------------------------------------------------------------------


def test_a_register_with_cases_only_is_worked_in(empty_register: Register, actor: Actor) -> None:
    open_case(empty_register, actor, "GK", number="1", title="x", on="2026-11-02")
    tick(empty_register, actor, ["GK-01.ANSWER"], on=date(2026, 11, 5))
    note_on(empty_register, actor, "GK-01", "answered")
    untick(empty_register, actor, ["GK-01.ANSWER"], why="not sent")
    assert [row.ref for row in next_rows(empty_register, 1, year=None, today=DAY).rows] == ["GK-01.ANSWER"]
    listed = list_rows(empty_register, Filter("GK-01"), year=None, today=DAY)
    assert (listed.years, listed.totals.rows) == ((), len(list(listed.rows)))
    assert list(list_rows(empty_register, Filter(overdue=True), year=None, today=DAY).rows) == []
    assert list(list_rows(empty_register, Filter(), year=None, today=DAY).rows) == []
    assert len(read_log(empty_register, "GK-01.ANSWER", year=None, most=9).lines) == 3


def test_what_a_register_with_cases_only_lacks_is_unknown(empty_register: Register, actor: Actor) -> None:
    open_case(empty_register, actor, "GK", number="1", title="x", on="2026-11-02")
    assert refused(empty_register, lambda: tick(empty_register, actor, ["PL-01"], on=None))[0] is errors.UnknownRef
    unknown = (errors.UnknownCase, {"ref": "GK-02", "nearest": ["GK-01"]})
    assert refused(empty_register, lambda: note_on(empty_register, actor, "GK-02", "x")) == unknown


def test_a_register_without_years_and_cases_asks_for_a_year(empty_register: Register, actor: Actor) -> None:
    assert refused(empty_register, lambda: tick(empty_register, actor, ["PL-01"], on=None)) == (
        errors.NoYearStarted,
        {},
    )


# --- refs ---------------------------------------------------------------------------------------


def test_a_row_that_a_case_lacks_is_unknown_with_the_nearest_that_it_has(decided: Register, actor: Actor) -> None:
    for command in (
        lambda: tick(decided, actor, ["AJ-01.PUBB"], on=None),
        lambda: note_on(decided, actor, "AJ-01.PUBB", "x"),
        lambda: list_rows(decided, Filter("AJ-01.PUBB"), year=None, today=DAY),
    ):
        kind, params = refused(decided, command)
        assert (kind, params["ref"], params["template"]) == (errors.UnknownRef, "AJ-01.PUBB", "AJ-01")
        assert "AJ-01.PUB" in list(params["nearest"])  # type: ignore[call-overload]


def test_a_ref_is_given_out_once(case: Register, actor: Actor) -> None:
    for number in ("2", "3"):
        open_case(case, actor, "AJ", number=number, title="x", on="2026-07-01")
    undo(case, actor)
    undo(case, actor)
    assert open_case(case, actor, "AJ", number="2", title="x", on="2026-07-01").case.ref == "AJ-04"
    assert open_case(case, actor, "GK", number="2", title="x", on="2026-07-01").case.ref == "GK-01"
    assert verify(case).findings == ()


def test_refs_go_on_past_two_digits(small: Register, actor: Actor) -> None:
    refs = [open_case(small, actor, "GK", number=str(n), title="x", on="2026-07-01").case.ref for n in range(102)]
    assert refs == [f"GK-{n:02}" for n in range(1, 103)]
    assert [one.case.ref for one in list_cases(small, today=DAY).cases] == refs


# --- pauses and facts -----------------------------------------------------------------------------


def test_a_pause_moves_only_terms_that_stand_still_for_its_reason(case: Register, actor: Actor) -> None:
    record_milestone(case, actor, "AJ-01", "seized", "2026-07-07")
    changed = pause_case(case, actor, "AJ-01", "检测、检验、检疫、鉴定", date(2026, 8, 3), date(2026, 8, 7))
    assert what_moved(changed) == [("moved", "AJ-01.DECIDE", "2026-10-08", "2026-10-09")]
    undo(case, actor)
    assert due_of(case, "DECIDE") == "2026-10-08"
    assert verify(case).findings == ()


def test_a_term_has_no_day_while_a_pause_lasts(case: Register, actor: Actor) -> None:
    changed = pause_case(case, actor, "AJ-01", "hearing", date(2026, 8, 3), None)
    assert what_moved(changed) == [("moved", "AJ-01.DECIDE", "2026-10-08", None)]
    assert "AJ-01.DECIDE" not in [row.ref for row in list_rows(case, Filter(overdue=True), year=None, today=DAY).rows]
    ended = pause_case(case, actor, "AJ-01", "hearing", date(2026, 8, 3), date(2026, 8, 12))
    assert what_moved(ended) == [("moved", "AJ-01.DECIDE", None, "2026-10-14")]
    assert show_case(case, "AJ-01", today=DAY).pauses == (Pause(date(2026, 8, 3), date(2026, 8, 12), "hearing"),)
    undo(case, actor)
    assert show_case(case, "AJ-01", today=DAY).pauses == (Pause(date(2026, 8, 3), None, "hearing"),)
    assert verify(case).findings == ()


@pytest.mark.parametrize(
    ("reason", "since", "until", "kind", "params"),
    [
        ("holiday", "2026-08-03", None, errors.UnknownPause, {"reason": "holiday", "ref": "AJ-01"}),
        ("hearing", "2026-08-03", "2026-08-02", errors.PeriodReversed, {"begins": "2026-08-03", "ends": "2026-08-02"}),
        ("hearing", "2026-11-21", None, errors.FutureDate, {"date": "2026-11-21"}),
        ("hearing", "2026-08-03", "2026-11-21", errors.FutureDate, {"date": "2026-11-21"}),
    ],
)
def test_a_pause_that_cannot_be_is_refused(  # what is given and what is told
    reason: str, since: str, until: str | None, kind: type[Exception], params: dict[str, object],
    case: Register, actor: Actor,
) -> None:  # fmt: skip
    ends = date.fromisoformat(until) if until else None
    found, told = refused(case, lambda: pause_case(case, actor, "AJ-01", reason, date.fromisoformat(since), ends))
    assert found is kind
    assert {one: told[one] for one in params} == params


def test_facts_bring_rows_and_take_open_ones_away(decided: Register, actor: Actor) -> None:
    changed = set_facts(decided, actor, "AJ-01", ["Other-Province", "warning_only=否"])
    assert changed.case.facts == ("other_province",)
    assert what_moved(changed) == [
        ("new", "AJ-01.PUSH", None, "2026-10-15"),
        ("gone", "AJ-01.NECIPS", "2026-10-29", None),
    ]
    changed = set_facts(decided, actor, "AJ-01", ["other_province=no"])
    assert {one.what: one.ref for one in changed.moved} == {"new": "AJ-01.NECIPS", "gone": "AJ-01.PUSH"}
    undo(decided, actor)
    undo(decided, actor)
    assert show_case(decided, "AJ-01", today=DAY).case.facts == ()
    assert due_of(decided, "NECIPS") == "2026-10-29"
    assert verify(decided).findings == ()


def test_work_that_was_done_or_given_to_somebody_does_not_go(decided: Register, actor: Actor) -> None:
    tick(decided, actor, ["AJ-01.NECIPS"], on=date(2026, 10, 20))
    assign(decided, actor, ["AJ-01.TELLPUB"], "wang")
    assert set_facts(decided, actor, "AJ-01", ["warning_only"]).moved == ()
    rows = rows_of(decided)
    assert (rows["NECIPS"].state, rows["TELLPUB"].assignee) == ("done", "wang")


def test_facts_that_a_case_does_not_know_are_refused(case: Register, actor: Actor) -> None:
    for given, kind in ((["big"], errors.UnknownFact), (["fined", "simplified=maybe"], errors.InvalidFact)):
        assert refused(case, lambda: set_facts(case, actor, "AJ-01", given))[0] is kind  # noqa: B023


# --- rows ---------------------------------------------------------------------------------------


def test_a_tick_records_the_milestone_that_ends_the_row_and_others_follow(decided: Register, actor: Actor) -> None:
    set_facts(decided, actor, "AJ-01", ["on_site_fine", "fined"])
    record_milestone(decided, actor, "AJ-01", "collected", "2026-09-24")
    changed = tick(decided, actor, ["aj-01.handin"], on=date(2026, 9, 28), note="in cash")
    assert [(row.ref, row.state, row.done_on) for row in changed.rows] == [
        ("AJ-01.HANDIN", "done", date(2026, 9, 28)),
    ]  # fmt: skip
    assert [(one.what, one.ref, one.due) for one in changed.moved] == [("new", "AJ-01.BANK", "2026-09-30")]
    assert milestones_of(decided)["handed-in", 1] == "2026-09-28"
    untick(decided, actor, ["AJ-01.HANDIN"], why="not counted yet")
    assert ("handed-in", 1) not in milestones_of(decided)
    assert "BANK" not in rows_of(decided)
    undo(decided, actor)
    assert due_of(decided, "BANK") == "2026-09-30"
    assert verify(decided).findings == ()


def test_rows_that_end_together_are_ticked_together(decided: Register, actor: Actor) -> None:
    record_milestone(decided, actor, "AJ-01", "served", "2026-09-24")
    record_milestone(decided, actor, "AJ-01", "urged", "2026-09-28")
    record_milestone(decided, actor, "AJ-01", "remedy-expired", "2026-09-28")
    changed = tick(decided, actor, ["AJ-01.URGE", "AJ-01.COURT"], on=date(2026, 10, 30))
    assert {row.ref: row.state for row in changed.rows} == {"AJ-01.URGE": "done", "AJ-01.COURT": "done"}
    untick(decided, actor, ["AJ-01.URGE"], why="withdrawn")
    assert rows_of(decided)["COURT"].state == "open"
    assert verify(decided).findings == ()


def test_rows_of_cases_and_years_change_in_one_entry_or_not_at_all(decided: Register, actor: Actor) -> None:
    kind, _ = refused(decided, lambda: tick(decided, actor, ["TT-01", "AJ-01.DECIDE"], on=DAY))
    assert kind is errors.AlreadyDone
    changed = tick(decided, actor, ["AJ-01.DISCRET", "TT-01"], on=DAY)
    assert [row.ref for row in changed.rows] == ["AJ-01.DISCRET", "TT-01"]
    undo(decided, actor)
    assert rows_of(decided)["DISCRET"].state == "open"
    assert verify(decided).findings == ()


def test_a_row_is_partly_done_set_aside_given_to_somebody_and_noted(decided: Register, actor: Actor) -> None:
    tick(decided, actor, ["AJ-01.NECIPS"], on=None, partial="the annex")
    set_rows_aside(decided, actor, ["AJ-01.PUB"], why="withheld")
    assign(decided, actor, ["AJ-01.TELLPUB"], "王芳")
    note_on(decided, actor, "AJ-01.TELLPUB", "by post")
    note_on(decided, actor, "AJ-01", "of the case")
    rows = rows_of(decided)
    assert (rows["NECIPS"].state, rows["NECIPS"].left_to_do) == ("partial", "the annex")
    assert (rows["PUB"].state, rows["PUB"].why, rows["TELLPUB"].assignee) == ("na", "withheld", "wang")
    assert [note.text for note in show_case(decided, "AJ-01", today=DAY).notes] == ["of the case"]
    shown = show_case_row(decided, parse_ref("AJ-01.TELLPUB"), today=DAY)
    assert [note.text for note in shown.notes] == ["by post"]
    record_milestone(decided, actor, "AJ-01", "published", "2026-10-12")
    record_milestone(decided, actor, "AJ-01", "necips-published", "2026-10-30")
    rows = rows_of(decided)
    assert [(rows[one].state, rows[one].why, rows[one].left_to_do) for one in ("PUB", "NECIPS")] == [
        ("done", None, None)
    ] * 2
    assert rows["NECIPS"].is_late()
    for _ in range(7):
        undo(decided, actor)
    assert rows_of(decided)["TELLPUB"].assignee is None
    assert show_case(decided, "AJ-01", today=DAY).notes == ()
    assert verify(decided).findings == ()


@pytest.mark.parametrize(
    ("ref", "on", "kind"),
    [
        ("AJ-01.PUB", None, errors.InvalidValue),
        ("AJ-01.PUB", date(2026, 11, 21), errors.FutureDate),
        ("AJ-01.PUB", date(2026, 9, 23), errors.BeforePeriod),
        ("AJ-01.DECIDE", DAY, errors.AlreadyDone),
        ("AJ-01", DAY, errors.AmbiguousRef),
        ("AJ-01.WITHDRAW", DAY, errors.UnknownRef),
        ("AJ-09.PUB", DAY, errors.UnknownCase),
    ],
)
def test_a_tick_that_cannot_be_is_refused(
    ref: str, on: date | None, kind: type[Exception], decided: Register, actor: Actor
) -> None:
    assert refused(decided, lambda: tick(decided, actor, [ref], on=on))[0] is kind


def test_a_row_in_hours_is_ended_with_the_time_of_its_milestone(decided: Register, actor: Actor) -> None:
    record_milestone(decided, actor, "AJ-01", "measure-taken", "2026-07-08 10:00")
    assert refused(decided, lambda: tick(decided, actor, ["AJ-01.REPORT24"], on=date(2026, 7, 9))) == (
        errors.RowNeedsTime,
        {"ref": "AJ-01.REPORT24", "case": "AJ-01", "name": "measure-reported", "date": "2026-07-09"},
    )
    changed = record_milestone(decided, actor, "AJ-01", "measure-reported", "2026年7月9日 10:01")
    assert [(one.what, one.ref, one.due, one.due_time, one.late) for one in changed.moved] == [
        ("done", "AJ-01.REPORT24", "2026-07-09", "10:00", True),
    ]  # fmt: skip
    record_milestone(decided, actor, "AJ-01", "measure-reported", "2026-07-09 10:00", correct=True, why="misread")
    row = rows_of(decided)["REPORT24"]
    assert (row.due_time, row.done_time, row.is_late()) == ("10:00", "10:00", False)
    untick(decided, actor, ["AJ-01.REPORT24"], why="x")
    assert rows_of(decided)["REPORT24"].done_time is None
    assert verify(decided).findings == ()


def test_what_follows_by_law_is_not_unticked(decided: Register, actor: Actor) -> None:
    record_milestone(decided, actor, "AJ-01", "announced", "2026-09-24")
    record_milestone(decided, actor, "AJ-01", "notice-posted", "2026-10-09")
    assert refused(decided, lambda: untick(decided, actor, ["AJ-01.SERVE"], why="x")) == (
        errors.FollowsByLaw,
        {"ref": "AJ-01.SERVE", "case": "AJ-01", "at": "2026-11-08"},
    )


def test_a_row_of_another_party_is_meant_by_its_number(decided: Register, actor: Actor) -> None:
    record_milestone(decided, actor, "AJ-01", "decided", "2026-09-28", again=True)
    tick(decided, actor, ["ＡＪ－０１．ＰＵＢ．２"], on=date(2026, 10, 13))
    rows = rows_of(decided)
    assert (rows["PUB"].state, rows["PUB.2"].state) == ("open", "done")
    assert tick(decided, actor, ["AJ-01.PUB"], on=date(2026, 10, 12)).rows[0].ref == "AJ-01.PUB"


# --- what presses -------------------------------------------------------------------------------


def test_rows_of_cases_press_beside_those_of_years(decided: Register) -> None:
    day = date(2026, 10, 13)
    assert [row.ref for row in next_rows(decided, 9, year=None, today=day).rows if row.is_of_case()][:2] == [
        "AJ-01.PUB", "AJ-01.NECIPS",
    ]  # fmt: skip
    shown = board(decided, day)
    assert "AJ-01.PUB" in [row.ref for row in shown.overdue]
    assert {row.year for row in board(decided, day, year=2026).overdue} <= {2026}
    assert [(one.year, one.overdue, one.soon) for one in shown.counts if one.year is None] == [(None, 1, 0)]
    assert next_rows(decided, 9, year=2026, today=day).rows[0].year == 2026
    (line,) = list_cases(decided, today=day).cases
    assert (line.next_due, line.overdue) == (date(2026, 10, 12), 1)


@pytest.mark.parametrize(
    ("wanted", "refs"),
    [
        (Filter("AJ-01.PUB"), ["AJ-01.PUB", "AJ-01.PUB.2"]),
        (Filter("AJ-01.PUB.2"), ["AJ-01.PUB.2"]),
        (Filter("aj", state="done"), ["AJ-01.DECIDE", "AJ-01.VERIFY"]),
        (Filter("AJ-01", overdue=True), ["AJ-01.NECIPS", "AJ-01.NECIPS.2", "AJ-01.PUB", "AJ-01.PUB.2"]),
        (Filter("AJ-02"), ["AJ-02.ARCHIVE", "AJ-02.OFFICERS", "AJ-02.PLATFORM", "AJ-02.VERIFY"]),
        (Filter("AJ-01", unit="FZ"), ["AJ-01.NECIPS", "AJ-01.NECIPS.2"]),
    ],
)
def test_rows_of_cases_are_listed_by_kind_case_and_row(
    wanted: Filter, refs: list[str], decided: Register, actor: Actor
) -> None:
    record_milestone(decided, actor, "AJ-01", "decided", "2026-09-28", again=True)
    open_case(decided, actor, "AJ", number="2", title="x", on="2026-11-02")
    listed = list_rows(decided, wanted, year=None, today=DAY)
    assert sorted(row.ref for row in listed.rows) == refs


def test_a_case_has_its_history(decided: Register, actor: Actor, wang: Actor) -> None:
    tick(decided, wang, ["AJ-01.PUB"], on=date(2026, 10, 12))
    note_on(decided, actor, "AJ-01.PUB", "x")
    open_case(decided, actor, "AJ", number="2", title="x", on="2026-11-02")
    commands = [line.entry.command for line in read_log(decided, "AJ-01", year=None, most=9).lines]
    assert commands == ["note", "tick", "case milestone", "case milestone", "case open"]
    commands = [line.entry.command for line in read_log(decided, "aj-01.pub", year=None, most=9).lines]
    assert commands == ["note", "tick", "case milestone"]


# --- extensions ---------------------------------------------------------------------------------

SEPTEMBER = date(2026, 9, 21)


def test_an_approved_extension_moves_the_end_of_a_term(case: Register, actor: Actor) -> None:
    assert due_of(case, "DECIDE") == "2026-10-08"
    changed = extend_row(case, actor, "aj-01.decide", "30日", on=SEPTEMBER, approval="by the head")
    assert what_moved(changed) == [("moved", "AJ-01.DECIDE", "2026-10-08", "2026-11-03")]
    assert show_case(case, "AJ-01", today=DAY).extensions[0][1:] == ("2026-09-21", "by the head")
    undo(case, actor)
    assert due_of(case, "DECIDE") == "2026-10-08"
    assert verify(case).findings == ()


def test_beyond_what_the_head_may_extend_the_leadership_decides_by_how_much(case: Register, actor: Actor) -> None:
    extend_row(case, actor, "AJ-01.DECIDE", "30 d", on=SEPTEMBER, approval="by the head")
    changed = extend_row(case, actor, "AJ-01.DECIDE", "45 d", on=date(2026, 11, 2), approval="discussed together")
    assert what_moved(changed) == [("moved", "AJ-01.DECIDE", "2026-11-03", "2026-12-18")]
    assert verify(case).findings == ()


@pytest.mark.parametrize(
    ("row", "amount", "why", "most"),
    [
        ("AJ-01.DECIDE", "31 d", "amount", 30),
        ("AJ-01.DECIDE", "30 wd", "law", None),
        ("AJ-01.VERIFY", "15 wd", "ended", None),
        ("AJ-01.SEIZE", "31 d", "amount", 30),
        ("AJ-01.HOLD", "7 wd", "law", None),
        ("AJ-01.OFFICERS", "1 wd", "law", None),
    ],
)
def test_a_term_is_extended_only_as_the_law_lets_it(
    row: str, amount: str, why: str, most: int | None, case: Register, actor: Actor
) -> None:
    record_milestone(case, actor, "AJ-01", "seized", "2026-07-07")
    record_milestone(case, actor, "AJ-01", "evidence-held", "2026-07-07")
    command = lambda: extend_row(case, actor, row, amount, on=SEPTEMBER, approval="x")  # noqa: E731
    assert refused(case, command) == (errors.NotExtensible, {"ref": row, "why": why, "most": most})


def test_only_a_row_that_is_there_is_extended(case: Register, actor: Actor) -> None:
    command = lambda: extend_row(case, actor, "AJ-01.PUB", "1 wd", on=SEPTEMBER, approval="x")  # noqa: E731
    assert refused(case, command)[0] is errors.UnknownRef


def test_a_term_is_extended_no_more_often_than_the_law_lets_it(case: Register, actor: Actor) -> None:
    record_milestone(case, actor, "AJ-01", "seized", "2026-07-07")
    extend_row(case, actor, "AJ-01.SEIZE", "30 d", on=date(2026, 8, 3), approval="x")
    command = lambda: extend_row(case, actor, "AJ-01.SEIZE", "1 d", on=SEPTEMBER, approval="x")  # noqa: E731
    assert refused(case, command) == (errors.NotExtensible, {"ref": "AJ-01.SEIZE", "why": "times", "most": 1})


@pytest.mark.parametrize("amount", ["", "soon", "0 d", "at least 7 d before", "lasts at least 30 d", "30 d, rolls"])
def test_an_extension_is_a_plain_length(amount: str, case: Register, actor: Actor) -> None:
    command = lambda: extend_row(case, actor, "AJ-01.DECIDE", amount, on=SEPTEMBER, approval="x")  # noqa: E731
    assert refused(case, command) == (errors.InvalidRule, {"text": amount})


def test_an_extension_needs_its_approval_and_a_day_that_has_come(case: Register, actor: Actor) -> None:
    for on, approval, kind in (
        (SEPTEMBER, " ", errors.EmptyText),
        (date(2026, 11, 21), "x", errors.FutureDate),
    ):
        command = lambda: extend_row(case, actor, "AJ-01.DECIDE", "30 d", on=on, approval=approval)  # noqa: B023, E731
        assert refused(case, command)[0] is kind


# --- closing ------------------------------------------------------------------------------------


def test_a_case_is_closed_when_nothing_is_left_or_the_rest_is_set_aside(decided: Register, actor: Actor) -> None:
    kind, params = refused(decided, lambda: close_case(decided, actor, "AJ-01", on=DAY))
    left = {"AJ-01.DISCRET", "AJ-01.NECIPS", "AJ-01.OFFICERS", "AJ-01.PLATFORM", "AJ-01.PUB", "AJ-01.REMEDY"}
    assert (kind, set(params["rows"])) == (errors.RowsLeft, left | {"AJ-01.ARCHIVE", "AJ-01.TELLPUB"})  # type: ignore[call-overload]
    changed = close_case(decided, actor, "AJ-01", on=DAY, why="given to another bureau")
    assert (changed.case.state, changed.case.closed_on) == ("closed", TODAY)
    assert milestones_of(decided)["closed", 1] == TODAY
    rows = rows_of(decided)
    assert {code: row.state for code, row in rows.items() if row.state != "na"} == {
        "DECIDE": "done", "VERIFY": "done", "PUB": "open", "NECIPS": "open",
    }  # fmt: skip
    assert rows["REMEDY"].why == "given to another bureau"
    assert list_cases(decided, today=DAY).cases == ()
    assert verify(decided).findings == ()


def test_a_closed_case_stands_still_until_it_is_opened_again(decided: Register, actor: Actor) -> None:
    close_case(decided, actor, "AJ-01", on=DAY, why="x")
    for command in (
        lambda: record_milestone(decided, actor, "AJ-01", "served", "2026-09-28"),
        lambda: pause_case(decided, actor, "AJ-01", "hearing", DAY, None),
        lambda: extend_row(decided, actor, "AJ-01.DECIDE", "30 d", on=DAY, approval="x"),
        lambda: set_facts(decided, actor, "AJ-01", ["fined"]),
        lambda: close_case(decided, actor, "AJ-01", on=DAY),
        lambda: untick(decided, actor, ["AJ-01.DECIDE"], why="x"),
        lambda: assign(decided, actor, ["AJ-01.PUB"], "wang"),
    ):
        assert refused(decided, command) == (errors.CaseClosed, {"ref": "AJ-01", "on": TODAY})
    reopen_case(decided, actor, "AJ-01", why="the court sent it back")
    case = show_case(decided, "AJ-01", today=DAY)
    assert (case.case.state, case.case.closed_on, case.notes[0].text) == ("open", None, "the court sent it back")
    assert refused(decided, lambda: reopen_case(decided, actor, "AJ-01", why="x")) == (
        errors.CaseOpen,
        {"ref": "AJ-01"},
    )
    record_milestone(decided, actor, "AJ-01", "served", "2026-09-28")
    for _ in range(3):
        undo(decided, actor)
    assert rows_of(decided)["PUB"].state == "open"
    assert verify(decided).findings == ()


def test_a_note_is_written_on_a_closed_case_too(decided: Register, actor: Actor) -> None:
    close_case(decided, actor, "AJ-01", on=DAY, why="x")
    note_on(decided, actor, "AJ-01.PUB", "seen in the archive")
    assert show_case_row(decided, parse_ref("AJ-01.PUB"), today=DAY).notes[0].text == "seen in the archive"


def test_a_case_is_not_closed_before_it_was_opened(case: Register, actor: Actor) -> None:
    early = date(2026, 6, 30)
    assert refused(case, lambda: close_case(case, actor, "AJ-01", on=early, why="x")) == (
        errors.BeforePeriod,
        {"ref": "AJ-01", "date": "2026-06-30", "begins": "2026-07-01"},
    )


# --- undo ---------------------------------------------------------------------------------------


def test_what_rows_were_reckoned_with_since_is_not_taken_back(case: Register, actor: Actor, wang: Actor) -> None:
    pause_case(case, wang, "AJ-01", "appraisal", date(2026, 8, 3), date(2026, 8, 7))
    record_milestone(case, actor, "AJ-01", "seized", "2026-08-03")
    kind, params = refused(case, lambda: undo(case, wang))
    assert (kind, params["key"]) == (errors.TouchedSince, "AJ-01/seized#1")
    undo(case, actor)
    assert undo(case, wang).command == "case pause"
    assert verify(case).findings == ()


def test_what_another_case_went_through_does_not_stand_in_the_way(case: Register, actor: Actor, wang: Actor) -> None:
    pause_case(case, wang, "AJ-01", "appraisal", date(2026, 8, 3), date(2026, 8, 7))
    open_case(case, actor, "AJ", number="2", title="x", on="2026-07-01")
    assert undo(case, wang).command == "case pause"


# --- a notice of holidays -------------------------------------------------------------------------

NOTICE = """\
year: 2027
certainty: not-found
off:
  - {from: 2026-12-31, to: 2027-01-03, name: {zh: 元旦, en: New Year}}
  - {from: 2027-02-05, to: 2027-02-11, name: {zh: 春节, en: Spring Festival}}
worked:
  - {day: 2027-02-13, for: 春节}
"""


@pytest.fixture
def december(case: Register, actor: Actor, tmp_path: Path) -> tuple[Register, Actor, Path]:
    """Return a register on 2026-12-30 with deadlines that reach to the end of the year and into the next."""
    late = actor._replace(today="2026-12-30")
    record_milestone(case, late, "AJ-01", "seized", "2026-12-22")
    record_milestone(case, late, "AJ-01", "evidence-held", "2026-12-22")
    record_milestone(case, late, "AJ-01", "assist-asked", "2026-12-23")
    record_milestone(case, late, "AJ-01", "legal-received", "2026-12-24")
    set_facts(case, late, "AJ-01", ["listed_for_review"])
    path = tmp_path / "2027.yaml"
    path.write_text(NOTICE, encoding="utf-8")
    return case, late, path


def test_a_notice_makes_provisional_deadlines_definite_and_moves_them(
    december: tuple[Register, Actor, Path],
) -> None:
    register, actor, path = december
    before = {code: (row.due, row.target, row.provisional) for code, row in rows_of(register).items() if row.due}
    assert {code: before[code] for code in ("HOLD", "SEIZE", "ASSIST", "LEGAL")} == {
        "HOLD": (date(2026, 12, 31), None, 0),
        "SEIZE": (date(2027, 1, 21), None, 0),
        "ASSIST": (date(2027, 1, 14), None, 1),
        "LEGAL": (date(2027, 1, 8), date(2026, 12, 31), 1),
    }
    looked = import_holidays(register, actor, path, dry_run=True)
    assert {
        code: (row.due, row.target, row.provisional) for code, row in rows_of(register).items() if row.due
    } == before
    done = import_holidays(register, actor, path)
    moved = {one.key: (one.before, one.after) for one in done.moved}
    assert moved == {
        "AJ-01.HOLD": ("2026-12-31", "2027-01-04"),
        "AJ-01.ASSIST": ("2027-01-14", "2027-01-15"),
        "AJ-01.LEGAL": ("2027-01-08", "2027-01-11"),
        "AJ-01.SEIZEPUB": ("2027-01-20", "2027-01-21"),
    }
    assert (looked.moved, looked.dry_run, done.dry_run) == (done.moved, True, False)
    after = rows_of(register)
    assert (after["LEGAL"].target, after["LEGAL"].provisional, after["SEIZE"].due) == (
        date(2027, 1, 4),
        0,
        date(2027, 1, 21),
    )
    assert verify(register).findings == ()


def test_deadlines_are_the_same_whether_the_notice_came_before_or_after(
    december: tuple[Register, Actor, Path],
) -> None:
    register, actor, path = december
    import_holidays(register, actor, path)
    moved = rows_of(register)
    for name, day in (("seized", "2026-12-22"), ("evidence-held", "2026-12-22"), ("legal-received", "2026-12-24")):
        record_milestone(register, actor, "AJ-01", name, day, correct=True, why="again")
    assert rows_of(register) == moved


def test_what_is_done_keeps_its_day_when_a_notice_comes(december: tuple[Register, Actor, Path]) -> None:
    register, actor, path = december
    tick(register, actor, ["AJ-01.HOLD"], on=date(2026, 12, 30))
    import_holidays(register, actor, path)
    assert due_of(register, "HOLD") == "2026-12-31"


def test_a_notice_is_not_taken_back_after_cases_were_reckoned_with_it(
    december: tuple[Register, Actor, Path], wang: Actor
) -> None:
    register, actor, path = december
    import_holidays(register, actor._replace(person="wang"), path)
    record_milestone(register, actor, "AJ-01", "recorded", "2026-12-30")
    kind, params = refused(register, lambda: undo(register, wang))
    assert (kind, params["key"]) == (errors.TouchedSince, "AJ-01/recorded#1")
    undo(register, actor)
    undo(register, wang)
    assert due_of(register, "ASSIST") == "2027-01-14"
    assert rows_of(register)["ASSIST"].provisional == 1
    assert verify(register).findings == ()


def test_a_notice_that_came_with_lawcheck_is_replaced_and_definite_deadlines_move_back(
    decided: Register, actor: Actor, tmp_path: Path
) -> None:
    path = tmp_path / "2026.yaml"
    text = next(one for one in places.holiday_files() if one.stem == "2026").read_text(encoding="utf-8")
    path.write_text(text.replace("to: 2026-10-07", "to: 2026-10-06"), encoding="utf-8")
    before, seq = rows_of(decided), decided.head().seq
    looked = import_holidays(decided, actor, path, replace=True, dry_run=True)
    assert (rows_of(decided), decided.head().seq) == (before, seq)
    done = import_holidays(decided, actor, path, replace=True, why="a day too many")
    assert (done.replaced, decided.head().seq, looked.moved) == (True, seq + 1, done.moved)
    assert {one.key: (one.before, one.after) for one in done.moved} == {
        "AJ-01.NECIPS": ("2026-10-29", "2026-10-28"),
        "AJ-01.PUB": ("2026-10-12", "2026-10-10"),
    }
    assert verify(decided).findings == ()
    moved = due_of(decided, "PUB"), due_of(decided, "NECIPS")
    record_milestone(decided, actor, "AJ-01", "decided", "2026-09-24", correct=True, why="again")
    assert (due_of(decided, "PUB"), due_of(decided, "NECIPS")) == moved
    undo(decided, actor)
    undo(decided, actor)
    assert rows_of(decided) == before
    assert status(decided, DAY).years[0] == (calendar_of(None).years[2026], False, None)
    assert verify(decided).findings == ()


def test_a_notice_that_is_replaced_moves_what_is_counted_back_into_the_year_before(
    case: Register, actor: Actor, tmp_path: Path
) -> None:
    path = tmp_path / "2027.yaml"
    path.write_text(HOLIDAYS_2027, encoding="utf-8")
    late = actor._replace(today="2027-01-08")
    import_holidays(case, late, path)
    set_facts(case, late, "AJ-01", ["hearing_right"])
    record_milestone(case, late, "AJ-01", "party-notified", "2026-11-13")
    record_milestone(case, late, "AJ-01", "hearing-requested", "2026-11-16")
    record_milestone(case, late, "AJ-01", "hearing-fixed", "2026-11-18")
    record_milestone(case, late, "AJ-01", "hearing", "2027-01-08")
    path.write_text(HOLIDAYS_2027.replace("  - {day: 2027-01-03, for: 元旦}\n", ""), encoding="utf-8")
    done = import_holidays(case, late, path, replace=True, why="3 January is not worked")
    assert {one.key: (one.before, one.after) for one in done.moved} == {"AJ-01.HNOTICE": ("2026-12-29", "2026-12-28")}
    assert verify(case).findings == ()


# --- the record -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE case_file SET title = 'x'", "case_file AJ-01"),
        ("UPDATE case_milestone SET at = '2026-09-25' WHERE name = 'decided'", "case_milestone AJ-01/decided/1"),
        ("UPDATE case_pause SET until = '2026-08-09'", "case_pause AJ-01/1"),
        ("UPDATE case_extension SET amount = 31", "case_extension AJ-01/1"),
        ("UPDATE case_row SET due = '2026-10-30' WHERE code = 'PUB'", "case_row AJ-01.PUB"),
        ("UPDATE case_note SET text = 'y'", "case_note AJ-01/1"),
        ("UPDATE case_item SET weight = 9 WHERE code = 'PUB'", "case_item AJ/1/PUB"),
        ("UPDATE case_template SET title_en = 'x'", "case_template AJ/1"),
    ],
)
def test_a_case_changed_behind_its_back_is_found(statement: str, where: str, case: Register, actor: Actor) -> None:
    pause_case(case, actor, "AJ-01", "appraisal", date(2026, 8, 3), date(2026, 8, 7))
    extend_row(case, actor, "AJ-01.DECIDE", "30 d", on=date(2026, 9, 21), approval="approved")
    record_milestone(case, actor, "AJ-01", "decided", "2026-09-24")
    note_on(case, actor, "AJ-01", "x")
    assert verify(case).findings == ()
    assert case.connection.execute(statement).rowcount == 1
    assert [(one.check, one.where) for one in verify(case).findings] == [("replay.tables", where)]


# --- parties, and what closing leaves -----------------------------------------------------------------


def test_a_party_keeps_its_number_through_the_case(case: Register, actor: Actor) -> None:
    record_milestone(case, actor, "AJ-01", "party-notified", "2026-09-01", party="甲")
    record_milestone(case, actor, "AJ-01", "party-notified", "2026-09-07", party="乙", again=True)
    record_milestone(case, actor, "AJ-01", "party-answered", "2026-09-10", party="乙")
    rows = {row.ref: row for row in list_rows(case, Filter("AJ-01.PARTY"), year=None, today=DAY).rows}
    assert (rows["AJ-01.PARTY"].state, rows["AJ-01.PARTY.2"].state) == ("open", "done")
    record_milestone(case, actor, "AJ-01", "party-answered", "2026-09-03", party="甲")
    assert milestones_of(case)["party-answered", 1] == "2026-09-03"


def test_the_first_of_several_parties_goes_by_the_code_of_the_item(case: Register, actor: Actor) -> None:
    record_milestone(case, actor, "AJ-01", "party-notified", "2026-09-01", party="甲")
    record_milestone(case, actor, "AJ-01", "party-notified", "2026-09-07", party="乙", again=True)
    noted = note_on(case, actor, "AJ-01.PARTY", "heard by telephone")
    assert noted.ref == "AJ-01.PARTY"


def test_a_correction_says_which_of_several_dates_it_means(case: Register, actor: Actor) -> None:
    record_milestone(case, actor, "AJ-01", "party-notified", "2026-09-01", party="甲")
    record_milestone(case, actor, "AJ-01", "party-notified", "2026-09-07", party="乙", again=True)
    with pytest.raises(errors.AmbiguousRef) as several:
        record_milestone(case, actor, "AJ-01", "party-notified", "2026-09-02", correct=True, why="x")
    assert several.value.params["candidates"] == [("party-notified.1", 0), ("party-notified.2", 0)]
    record_milestone(case, actor, "AJ-01", "party-notified", "2026-09-08", party="乙", correct=True, why="x")
    assert milestones_of(case)["party-notified", 2] == "2026-09-08"


def test_closing_sets_aside_what_is_not_overdue_and_reopening_asks_for_it_again(case: Register, actor: Actor) -> None:
    record_milestone(case, actor, "AJ-01", "party-notified", "2026-09-01")
    closed = close_case(case, actor, "AJ-01", on=date(2026, 9, 30), why="transferred")
    told = {one.ref: one.what for one in closed.moved}
    assert (told["AJ-01.PARTY"], told["AJ-01.OFFICERS"]) == ("left", "aside")
    rows = {row.ref: row.state for row in list_rows(case, Filter("AJ-01"), year=None, today=DAY).rows}
    assert (rows["AJ-01.PARTY"], rows["AJ-01.OFFICERS"]) == ("open", "na")
    reopened = reopen_case(case, actor, "AJ-01", why="it goes on")
    assert {one.ref: one.what for one in reopened.moved}["AJ-01.OFFICERS"] == "reopened"
    rows = {row.ref: row.state for row in list_rows(case, Filter("AJ-01"), year=None, today=DAY).rows}
    assert rows["AJ-01.OFFICERS"] == "open"
    assert verify(case).findings == ()
