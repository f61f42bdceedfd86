"""Done rows accepted and returned, and acceptances that fall away."""

import sqlite3
from collections.abc import Callable
from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest

from lawcheck import errors
from lawcheck.core.journal import WHOLE, Actor, Change
from lawcheck.core.row import Row
from lawcheck.service import case_upgrade
from lawcheck.service.board import board
from lawcheck.service.case_show import show_case
from lawcheck.service.cases import close_case, open_case, record_milestone, reopen_case, shipped_case
from lawcheck.service.finding import find_row
from lawcheck.service.items import show
from lawcheck.service.journal import undo
from lawcheck.service.lists import Filter, list_rows
from lawcheck.service.reviews import Reviewed, Said, accept, falls_away, hash_seen, return_, review_of, work_on
from lawcheck.service.rows import assign, note_on, set_rows_aside, tick, untick
from lawcheck.service.start import start_year
from lawcheck.service.summary import summarise
from lawcheck.service.verify import verify
from lawcheck.store.entities import key_text
from lawcheck.store.register import Register
from support import REVIEWED_TEMPLATE, TODAY

DAY = date.fromisoformat(TODAY)
MARCH = date(2026, 3, 30)


def _row(register: Register, ref: str, year: int = 2026) -> Row:
    return find_row(register, ref, year, TODAY)


def _said(register: Register, ref: str) -> tuple[str, str | None]:
    row = _row(register, ref)
    line = review_of(register, row)
    return row.review, None if line is None else str(line["verdict"])


def _with_evidence(register: Register, actor: Actor, ref: str, n: int = 1) -> None:
    row = _row(register, ref)
    line = dict.fromkeys(("place", "hash", "size", "dated", "removed_on", "removed_by", "why", "purged_on"))
    line |= {"kind": "document", "name": "1号", "person": actor.person, "added_on": TODAY}
    with register.transaction():
        change = Change("evidence", key_text(row.year, row.ref, n), WHOLE, None, line)
        register.record(actor, "evidence add", [*falls_away(register, row), change])


@pytest.fixture
def done(small: Register, actor: Actor) -> Register:
    """Return a register in which Li Hua ticked TT-01."""
    tick(small, actor, ["TT-01"], on=MARCH, note="signed")
    return small


@pytest.fixture
def accepted(done: Register, wang: Actor) -> Register:
    """Return the same, accepted by Wang."""
    accept(done, wang, ["TT-01"])
    return done


@pytest.fixture
def case(small: Register, actor: Actor) -> Register:
    """Return a register with a case AJ-01 whose lead came and which was filed."""
    open_case(small, actor, "AJ", number="17号", title="虚假宣传", on="2026-05-01")
    record_milestone(small, actor, "AJ-01", "filed", "2026-05-06")
    return small


# --- accept and return ------------------------------------------------------------------------


def test_a_reviewer_accepts_a_row_as_it_stands(done: Register, wang: Actor) -> None:
    row = _row(done, "TT-01")
    reviewed = accept(done, wang, ["TT-01"])
    assert reviewed == Reviewed("accept", (row._replace(review="accepted"),), (True,), "wang", None, 3, DAY)
    assert review_of(done, _row(done, "TT-01")) == {
        "verdict": "accepted",
        "person": "wang",
        "on_date": TODAY,
        "why": None,
        "content": hash_seen(done, row),
        "same_account": 1,
    }
    assert not verify(done).findings


def test_another_account_is_told_apart_from_the_one_that_did_the_work(done: Register, wang: Actor) -> None:
    reviewed = accept(done, wang._replace(os_user="os-wang"), ["TT-01"])
    assert reviewed.same_account == (False,)


def test_an_account_that_added_evidence_counts_too(done: Register, actor: Actor, wang: Actor) -> None:
    _with_evidence(done, actor._replace(person="zhao", os_user="os-zhao"), "TT-01")
    work = work_on(done, _row(done, "TT-01"))
    assert work == (frozenset({"lihua"}), frozenset({"zhao"}), frozenset({"os-lihua", "os-zhao"}))
    assert accept(done, wang._replace(os_user="os-zhao"), ["TT-01"]).same_account == (True,)


def test_a_returned_row_is_open_again_and_stands_on_the_board_until_it_is_done_anew(
    done: Register, actor: Actor, wang: Actor
) -> None:
    reviewed = return_(done, wang, ["TT-01"], why="the list is not signed")
    (row,) = reviewed.rows
    assert (row.state, row.done_by, row.done_on, row.review) == ("open", None, None, "returned")
    assert (reviewed.command, reviewed.why, reviewed.fell) == ("return", "the list is not signed", ())
    assert board(done, DAY).returned == (row,)
    tick(done, actor, ["TT-01"], on=None, partial="one signature")
    assert _said(done, "TT-01") == ("returned", "returned")
    tick(done, actor, ["TT-01"], on=DAY)
    assert _said(done, "TT-01") == ("none", None)
    assert board(done, DAY).returned == ()
    assert not verify(done).findings


def test_an_accepted_row_can_be_returned_and_the_acceptance_falls_away(accepted: Register, wang: Actor) -> None:
    sun = wang._replace(person="wang", at="2026-06-16T00:00:00.000000Z")
    reviewed = return_(accepted, sun, ["TT-01"], why="it is the list of last year")
    assert [(one.key, one.old["person"]) for one in reviewed.fell] == [("2026/TT-01", "wang")]  # type: ignore[index]
    assert _said(accepted, "TT-01") == ("returned", "returned")
    assert not verify(accepted).findings


def test_setting_a_returned_row_aside_answers_it(done: Register, actor: Actor, wang: Actor) -> None:
    return_(done, wang, ["TT-01"], why="not ours")
    set_rows_aside(done, actor, ["TT-01"], why="held by the city bureau")
    assert _said(done, "TT-01") == ("none", None)


def test_a_note_on_a_returned_row_leaves_it_returned(done: Register, actor: Actor, wang: Actor) -> None:
    return_(done, wang, ["TT-01"], why="not signed")
    note_on(done, actor, "TT-01", "asked the head")
    assert _said(done, "TT-01") == ("returned", "returned")


def test_all_rows_are_reviewed_or_none(done: Register, wang: Actor) -> None:
    with pytest.raises(errors.NotDoneYet):
        accept(done, wang, ["TT-01", "TT-02.Q1.ZF"])
    with pytest.raises(errors.NotDoneYet):
        return_(done, wang, ["TT-01", "TT-02.Q1.ZF"], why="x")
    assert (_said(done, "TT-01"), done.head().seq) == (("none", None), 2)


def test_a_return_needs_a_reason(done: Register, wang: Actor) -> None:
    with pytest.raises(errors.EmptyText):
        return_(done, wang, ["TT-01"], why=" ")


def test_a_closed_year_is_not_reviewed(
    done: Register, wang: Actor, close_year: Callable[[Register, int], None]
) -> None:
    close_year(done, 2026)
    with pytest.raises(errors.YearClosed):
        accept(done, wang, ["TT-01"], year=2026)
    with pytest.raises(errors.YearClosed):
        return_(done, wang, ["TT-01"], why="x", year=2026)


# --- who may ----------------------------------------------------------------------------------


def test_who_ticked_does_not_review(done: Register, actor: Actor) -> None:
    with pytest.raises(errors.OwnWork) as refused:
        accept(done, actor, ["TT-01"])
    assert refused.value.params["how"] == "did"


def test_who_did_a_part_does_not_review_until_the_row_was_open_again(
    small: Register, actor: Actor, wang: Actor
) -> None:
    tick(small, wang, ["TT-01"], on=None, partial="the signature")
    tick(small, actor, ["TT-01"], on=MARCH)
    with pytest.raises(errors.OwnWork):
        accept(small, wang, ["TT-01"])
    untick(small, actor, ["TT-01"], why="wrong year")
    tick(small, actor, ["TT-01"], on=MARCH)
    assert work_on(small, _row(small, "TT-01")).did == {"lihua"}
    accept(small, wang, ["TT-01"])


def test_work_that_was_taken_back_is_nobodys(small: Register, actor: Actor, wang: Actor) -> None:
    tick(small, wang, ["TT-01"], on=None, partial="the signature")
    undo(small, wang)
    tick(small, actor, ["TT-01"], on=MARCH)
    assert work_on(small, _row(small, "TT-01")).did == {"lihua"}


def test_a_reopening_that_was_taken_back_hides_nobody(small: Register, actor: Actor, wang: Actor) -> None:
    tick(small, wang, ["TT-01"], on=None, partial="the signature")
    tick(small, actor, ["TT-01"], on=MARCH)
    untick(small, actor, ["TT-01"], why="by mistake")
    undo(small, actor)
    assert work_on(small, _row(small, "TT-01")).did == {"lihua", "wang"}


def test_who_added_evidence_that_is_on_the_row_does_not_review(done: Register, wang: Actor) -> None:
    _with_evidence(done, wang, "TT-01")
    with pytest.raises(errors.OwnWork) as refused:
        accept(done, wang, ["TT-01"])
    assert refused.value.params["how"] == "added"


def test_only_those_review_whom_the_bureau_lists_for_it(small: Register, actor: Actor, wang: Actor) -> None:
    tick(small, wang, ["TT-01"], on=MARCH)
    with pytest.raises(errors.NotReviewer) as refused:
        accept(small, actor, ["TT-01"])
    assert refused.value.params == {"person": "lihua", "reviewers": ["wang"]}


def test_the_register_itself_refuses_a_review_by_who_did_it(done: Register, actor: Actor) -> None:
    line = {"verdict": "accepted", "person": "lihua", "on_date": TODAY, "why": None, "content": "", "same_account": 1}
    with pytest.raises(errors.AgainstConstraint) as refused, done.transaction():
        done.record(actor, "accept", [Change("review", "2026/TT-01", WHOLE, None, line)])
    assert refused.value.params["reason"] == "who-did-it-does-not-review-it"
    assert done.head().seq == 2


def test_the_register_itself_refuses_another_content_under_an_acceptance(accepted: Register, actor: Actor) -> None:
    with pytest.raises(errors.AgainstConstraint), accepted.transaction():
        accepted.record(actor, "tick", [Change("row", "2026/TT-01", "done_on", "2026-03-30", "2026-03-01")])
    with pytest.raises(sqlite3.IntegrityError):
        accepted.connection.execute("UPDATE checklist_row SET done_on = '2026-03-01' WHERE ref = 'TT-01'")


# --- what makes an acceptance fall ------------------------------------------------------------


def test_reopening_a_row_ends_its_acceptance(accepted: Register, actor: Actor) -> None:
    changed = untick(accepted, actor, ["TT-01"], why="one section is missing")
    assert [one.key for one in changed.fell] == ["2026/TT-01"]
    assert (_said(accepted, "TT-01"), changed.rows[0].review) == (("none", None), "none")
    assert not verify(accepted).findings


def test_a_note_ends_it(accepted: Register, actor: Actor) -> None:
    noted = note_on(accepted, actor, "TT-01", "the head asks for a second list")
    assert [one.key for one in noted.fell] == ["2026/TT-01"]
    assert _said(accepted, "TT-01") == ("none", None)
    assert not verify(accepted).findings


def test_evidence_ends_it(accepted: Register, actor: Actor) -> None:
    _with_evidence(accepted, actor, "TT-01")
    assert _said(accepted, "TT-01") == ("none", None)


def test_giving_a_row_to_somebody_leaves_it(accepted: Register, actor: Actor) -> None:
    assert assign(accepted, actor, ["TT-01"], "wang").fell == ()
    assert _said(accepted, "TT-01") == ("accepted", "accepted")


def test_taking_back_a_note_that_came_before_it_ends_it(small: Register, actor: Actor, wang: Actor) -> None:
    tick(small, actor, ["TT-01"], on=MARCH)
    note_on(small, actor, "TT-01", "as asked")
    accept(small, wang, ["TT-01"])
    assert [one.key for one in undo(small, actor).fell] == ["2026/TT-01"]
    assert _said(small, "TT-01") == ("none", None)
    assert not verify(small).findings


def test_taking_back_what_made_it_fall_brings_it_back(accepted: Register, actor: Actor) -> None:
    untick(accepted, actor, ["TT-01"], why="by mistake")
    undo(accepted, actor)
    row = _row(accepted, "TT-01")
    assert _said(accepted, "TT-01") == ("accepted", "accepted")
    assert (review_of(accepted, row) or {})["content"] == hash_seen(accepted, row)
    assert not verify(accepted).findings


def test_the_tick_below_an_acceptance_cannot_be_taken_back(accepted: Register, actor: Actor) -> None:
    with pytest.raises(errors.TouchedSince):
        undo(accepted, actor)


def test_a_reviewer_takes_back_his_own_review(accepted: Register, done: Register, wang: Actor) -> None:
    assert [one.key for one in undo(accepted, wang).fell] == ["2026/TT-01"]
    return_(done, wang, ["TT-01"], why="not signed")
    undo(done, wang)
    row = _row(done, "TT-01")
    assert (row.state, row.done_by, row.review, review_of(done, row)) == ("done", "lihua", "none", None)
    assert not verify(done).findings


# --- rows of cases ----------------------------------------------------------------------------


def test_a_row_of_a_case_is_accepted_and_falls_with_its_milestone(case: Register, actor: Actor, wang: Actor) -> None:
    (row,) = accept(case, wang, ["AJ-01.VERIFY"]).rows
    assert (row.review, row.done_on) == ("accepted", date(2026, 5, 6))
    changed = record_milestone(case, actor, "AJ-01", "filed", "2026-05-07", correct=True, why="typed wrongly")
    assert [one.key for one in changed.fell] == ["AJ-01.VERIFY"]
    assert _said(case, "AJ-01.VERIFY") == ("none", None)
    assert not verify(case).findings


def test_a_milestone_that_leaves_the_row_as_it_is_leaves_its_acceptance(
    case: Register, actor: Actor, wang: Actor
) -> None:
    accept(case, wang, ["AJ-01.VERIFY"])
    assert record_milestone(case, actor, "AJ-01", "decided", "2026-06-01").fell == ()
    assert _said(case, "AJ-01.VERIFY") == ("accepted", "accepted")


def test_a_returned_row_of_a_case_loses_its_milestone_and_gets_it_anew(
    case: Register, actor: Actor, wang: Actor
) -> None:
    reviewed = return_(case, wang, ["AJ-01.VERIFY"], why="the form is not signed")
    assert [(row.state, row.review) for row in reviewed.rows] == [("open", "returned")]
    assert not verify(case).findings
    tick(case, actor, ["AJ-01.VERIFY"], on=date(2026, 5, 8))
    assert _said(case, "AJ-01.VERIFY") == ("none", None)
    undo(case, actor)
    assert _said(case, "AJ-01.VERIFY") == ("returned", "returned")
    record_milestone(case, actor, "AJ-01", "filed", "2026-05-09")
    assert _said(case, "AJ-01.VERIFY") == ("none", None)
    assert not verify(case).findings


def test_unticking_and_noting_end_the_acceptance_of_a_cases_row(case: Register, actor: Actor, wang: Actor) -> None:
    accept(case, wang, ["AJ-01.VERIFY"])
    assert [one.key for one in note_on(case, actor, "AJ-01.VERIFY", "second copy").fell] == ["AJ-01.VERIFY"]
    accept(case, wang, ["AJ-01.VERIFY"])
    assert [one.key for one in untick(case, actor, ["AJ-01.VERIFY"], why="too early").fell] == ["AJ-01.VERIFY"]
    assert _said(case, "AJ-01.VERIFY") == ("none", None)
    assert not verify(case).findings


def test_closing_a_case_answers_what_was_returned_and_reopening_asks_again(
    case: Register, actor: Actor, wang: Actor
) -> None:
    return_(case, wang, ["AJ-01.VERIFY"], why="not signed")
    close_case(case, actor, "AJ-01", on=date(2026, 5, 10), why="transferred")
    closed = _said(case, "AJ-01.VERIFY")
    reopen_case(case, actor, "AJ-01", why="sent back")
    assert (closed, _said(case, "AJ-01.VERIFY")) == (("none", None), ("returned", "returned"))
    assert not verify(case).findings


def test_a_revised_template_of_cases_ends_the_acceptance_of_what_is_asked_again(
    case: Register, actor: Actor, wang: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    tick(case, actor, ["AJ-01.OFFICERS"], on=date(2026, 5, 7))
    accept(case, wang, ["AJ-01.VERIFY", "AJ-01.OFFICERS"])
    revised = deepcopy(shipped_case("AJ"))
    next(item for item in revised["items"] if item["code"] == "OFFICERS")["standard"]["zh"] = "另有要求。"
    monkeypatch.setattr(case_upgrade, "shipped_case", lambda _name: revised)
    upgraded = case_upgrade.upgrade_cases(case, actor, "AJ", apply=True, former=lambda *_: "x")
    assert [one.key for one in upgraded.fell] == ["AJ-01.OFFICERS"]
    assert (_said(case, "AJ-01.OFFICERS"), _said(case, "AJ-01.VERIFY")) == (("none", None), ("accepted", "accepted"))
    assert not verify(case).findings


# --- what is listed and counted ---------------------------------------------------------------


def test_only_items_that_ask_for_a_review_are_listed_and_counted_for_it(
    empty_register: Register, actor: Actor, wang: Actor, small_bureau: Path, tmp_path: Path
) -> None:
    (tmp_path / "TT.yaml").write_text(REVIEWED_TEMPLATE, encoding="utf-8")
    start_year(empty_register, actor, 2026, [str(tmp_path / "TT.yaml")], small_bureau)
    tick(empty_register, actor, ["TT-01", "TT-02.Q1.FZ", "TT-02.Q1.ZF", "TT-02.Q2.FZ"], on=date(2026, 4, 2))
    accept(empty_register, wang, ["TT-01", "TT-02.Q1.FZ"])
    return_(empty_register, wang, ["TT-02.Q2.FZ"], why="not signed")

    def listed(wanted: Filter) -> list[str]:
        found = [row.ref for row in list_rows(empty_register, wanted, year=None, today=DAY).rows]
        empty_register.release()
        return found

    assert listed(Filter(to_review=True)) == ["TT-02.Q1.ZF"]
    assert listed(Filter(review="accepted")) == ["TT-01", "TT-02.Q1.FZ"]
    assert listed(Filter(review="returned")) == ["TT-02.Q2.FZ"]
    totals = list_rows(empty_register, Filter(), year=None, today=DAY).totals
    empty_register.release()
    summed = summarise(empty_register, 2026, by="unit", as_of=DAY)
    for counted in (totals, summed.total):
        assert (counted.accepted, counted.returned, counted.to_review, counted.balances()) == (1, 1, 1, True)
    units = {line.part: (line.totals.accepted, line.totals.to_review) for line in summed.lines}
    assert units == {"FZ": (1, 0), "ZF": (0, 1)}


def test_a_summary_as_of_a_day_knows_no_later_review(
    empty_register: Register, actor: Actor, wang: Actor, small_bureau: Path, tmp_path: Path
) -> None:
    (tmp_path / "TT.yaml").write_text(REVIEWED_TEMPLATE, encoding="utf-8")
    start_year(empty_register, actor, 2026, [str(tmp_path / "TT.yaml")], small_bureau)
    tick(empty_register, actor, ["TT-02.Q1.FZ", "TT-02.Q1.ZF"], on=date(2026, 4, 2))
    before = summarise(empty_register, 2026, by="template", as_of=date(2026, 6, 1)).total
    accept(empty_register, wang, ["TT-02.Q1.FZ"])
    after = summarise(empty_register, 2026, by="template", as_of=date(2026, 6, 1)).total
    assert (after, after.accepted, after.to_review) == (before, 0, 2)
    now = summarise(empty_register, 2026, by="template", as_of=DAY).total
    assert (now.accepted, now.to_review) == (1, 1)


def test_a_row_of_a_case_waits_for_its_review_too(small: Register, actor: Actor, wang: Actor) -> None:
    open_case(small, actor, "XK", number="1", title="x", on="2026-05-06")
    record_milestone(small, actor, "XK-01", "accepted", "2026-05-07")
    record_milestone(small, actor, "XK-01", "decided", "2026-05-11")
    record_milestone(small, actor, "XK-01", "published", "2026-05-12")
    listed = list_rows(small, Filter(to_review=True), year=None, today=DAY)
    assert ([row.ref for row in listed.rows], listed.totals.to_review) == (["XK-01.PUB"], 1)
    small.release()
    accept(small, wang, ["XK-01.PUB"])
    totals = list_rows(small, Filter("XK"), year=None, today=DAY).totals
    small.release()
    assert (totals.accepted, totals.to_review) == (1, 0)
    (said,) = [one for one in show_case(small, "XK-01", today=DAY).said if one is not None]
    assert (said.verdict, said.person, said.same_account) == ("accepted", "wang", True)


def test_a_ref_without_a_period_means_the_row_that_waits_for_the_review(
    small: Register, actor: Actor, wang: Actor
) -> None:
    tick(small, actor, ["TT-02.Q1.FZ"], on=MARCH)
    assert [row.ref for row in accept(small, wang, ["TT-02"]).rows] == ["TT-02.Q1.FZ"]
    assert [row.ref for row in return_(small, wang, ["TT-02"], why="x").rows] == ["TT-02.Q1.FZ"]


def test_the_board_and_show_say_who_said_what(done: Register, wang: Actor) -> None:
    return_(done, wang, ["TT-01"], why="not signed")
    said = Said("returned", "wang", TODAY, "not signed", same_account=True)
    assert board(done, DAY).said == (said,)
    assert show(done, "TT-01", year=None, today=DAY).said == (said,)
    assert show(done, "TT-02.Q1.FZ", year=None, today=DAY).said == ()
