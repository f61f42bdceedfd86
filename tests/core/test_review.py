"""What an acceptance is bound to, and who may give it."""

from datetime import date

import pytest

from lawcheck import errors
from lawcheck.core.canonical import canonical, digest
from lawcheck.core.journal import Change, fallen
from lawcheck.core.review import (
    EvidenceSeen,
    NoteSeen,
    Work,
    changes_content,
    content_hash,
    may_accept,
    may_review,
    reviewers_on,
    unreviewed,
)
from lawcheck.core.row import Row

ROW = Row(
    2026, "TT-01", "TT-01", "TT", "yearly", "年度事项", "Yearly item", 2, "power-list", "FZ", None, None,
    date(2026, 1, 1), date(2026, 3, 31), "practice", "done", None, None, date(2026, 3, 30), "lihua",
    date(2026, 3, 31), None, "none", None,
)  # fmt: skip
NOTE = NoteSeen("signed", "lihua", "2026-03-31")
PAPER = EvidenceSeen("file", "list.pdf", "sha256:" + "0" * 64, "2026-03-30", "zhao")
NOBODY = Work(frozenset(), frozenset(), frozenset())


def _refused(row: Row, person: str, work: Work, reviewers: set[str] | None = None) -> errors.LawcheckError:
    with pytest.raises(errors.Refused) as refused:
        may_review(row, person, work, reviewers)
    return refused.value


def test_an_acceptance_is_bound_to_state_day_person_reason_notes_and_evidence() -> None:
    seen = {
        "state": "done",
        "done_on": "2026-03-30",
        "done_time": None,
        "done_by": "lihua",
        "left_to_do": None,
        "why": None,
        "notes": [["signed", "lihua", "2026-03-31"]],
        "evidence": [["file", "list.pdf", "sha256:" + "0" * 64, "2026-03-30", "zhao"]],
    }
    assert content_hash(ROW, [NOTE], [PAPER]) == digest(canonical(seen))


@pytest.mark.parametrize(
    ("row", "notes", "evidence"),
    [
        (ROW._replace(done_on=date(2026, 3, 29)), [NOTE], [PAPER]),
        (ROW._replace(done_on=None), [NOTE], [PAPER]),
        (ROW._replace(done_by="wang"), [NOTE], [PAPER]),
        (ROW._replace(state="na", why="merged"), [NOTE], [PAPER]),
        (ROW._replace(done_time="10:00"), [NOTE], [PAPER]),
        (ROW, [NOTE._replace(text="signed by the head")], [PAPER]),
        (ROW, [], [PAPER]),
        (ROW, [NOTE, NOTE], [PAPER]),
        (ROW, [NOTE], []),
        (ROW, [NOTE], [PAPER._replace(hash="sha256:" + "1" * 64)]),
        (ROW, [NOTE], [PAPER._replace(dated=None)]),
    ],
)
def test_anything_else_that_is_seen_has_another_hash(
    row: Row, notes: list[NoteSeen], evidence: list[EvidenceSeen]
) -> None:
    assert content_hash(row, notes, evidence) != content_hash(ROW, [NOTE], [PAPER])


def test_what_is_no_part_of_it_leaves_the_hash_as_it_is() -> None:
    given = ROW._replace(assignee="zhao", due=date(2026, 4, 1), unit="ZF", weight=3, review="accepted")
    assert content_hash(given, [NOTE], [PAPER]) == content_hash(ROW, [NOTE], [PAPER])
    assert not changes_content(ROW, [("assignee", "zhao"), ("state", "done"), ("due", None)])
    assert changes_content(ROW, [("assignee", "zhao"), ("done_on", None)])


def test_somebody_else_may_review_what_is_done() -> None:
    may_review(ROW, "wang", Work(frozenset({"lihua"}), frozenset({"zhao"}), frozenset()), {"wang"})
    may_review(ROW, "anybody", NOBODY, None)


@pytest.mark.parametrize("state", ["open", "partial", "na"])
def test_only_a_done_row_can_be_reviewed(state: str) -> None:
    refused = _refused(ROW._replace(state=state, done_on=None), "wang", NOBODY)
    assert (type(refused), refused.params["state"]) == (errors.NotDoneYet, state)


def test_who_ticked_also_partly_or_added_evidence_does_not_review() -> None:
    work = Work(frozenset({"sun"}), frozenset({"zhao"}), frozenset())
    for person, how in (("lihua", "did"), ("sun", "did"), ("zhao", "added")):
        refused = _refused(ROW, person, work)
        assert (type(refused), refused.params["how"], refused.params["person"]) == (errors.OwnWork, how, person)


def test_where_the_bureau_lists_people_only_its_reviewers_review() -> None:
    refused = _refused(ROW, "zhao", NOBODY, {"wang", "sun"})
    assert (type(refused), refused.params) == (errors.NotReviewer, {"person": "zhao", "reviewers": ["sun", "wang"]})
    refused = _refused(ROW, "zhao", NOBODY, set())
    assert refused.params["reviewers"] == []


def test_reviewers_are_those_who_review_on_the_day() -> None:
    people = [
        {"id": "lihua", "reviews": False, "begins": None, "ends": None},
        {"id": "wang", "reviews": True, "begins": None, "ends": None},
        {"id": "left", "reviews": True, "begins": "2020-01-01", "ends": "2026-06-14"},
        {"id": "today", "reviews": True, "begins": "2026-06-15", "ends": "2026-06-15"},
        {"id": "later", "reviews": True, "begins": "2026-06-16", "ends": None},
    ]
    assert reviewers_on(people, date(2026, 6, 15)) == frozenset({"wang", "today"})
    assert reviewers_on([], date(2026, 6, 15)) is None


def test_a_row_is_not_accepted_twice() -> None:
    may_accept(ROW, None)
    with pytest.raises(errors.AlreadyAccepted) as refused:
        may_accept(ROW._replace(review="accepted"), {"person": "wang", "on_date": "2026-06-01"})
    assert refused.value.params == {"ref": "TT-01", "year": 2026, "person": "wang", "day": "2026-06-01"}


def test_what_was_said_goes_with_the_word_on_the_row_before_its_line() -> None:
    line = {"verdict": "accepted", "person": "wang", "on_date": "2026-06-01"}
    changes = unreviewed("row", "2026/TT-01", "accepted", line)
    assert changes == [
        Change("row", "2026/TT-01", "review", "accepted", "none"),
        Change("review", "2026/TT-01", "*", line, None),
    ]
    assert fallen(changes) == (changes[1],)
    returned = unreviewed("case_row", "AJ-01.PUB", "returned", {"verdict": "returned"})
    assert fallen(returned) == ()
