"""What the bureau chooses where no text decides: in its file, followed by open cases, told by the calculator."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from lawcheck import errors
from lawcheck.core.bureau import Bureau
from lawcheck.core.journal import Actor
from lawcheck.service.bureaus import BureauImported, import_bureau, kept_bureau
from lawcheck.service.case_rows import load
from lawcheck.service.cases import close_case, open_case, record_milestone
from lawcheck.service.clocks import ClockReckoned, list_clocks
from lawcheck.service.deadlines import Reckoned, reckon_once
from lawcheck.service.journal import undo
from lawcheck.service.verify import verify
from lawcheck.store.register import Register
from support import SMALL_BUREAU

NAME = "complaints-before-2026-04-15"
Import = Callable[[str | None], BureauImported]


@pytest.fixture
def choose(small: Register, actor: Actor, tmp_path: Path) -> Import:
    """Return what takes over the small bureau with an answer, or with none."""

    def taken(answer: str | None) -> BureauImported:
        path = tmp_path / "bureau.yaml"
        more = f"choices: {{{NAME}: {answer}}}\n" if answer else ""
        path.write_text(SMALL_BUREAU + more, encoding="utf-8")
        return import_bureau(small, actor, path)

    return taken


def _complaint(register: Register, actor: Actor, number: str, received: str, accepted: str) -> str:
    ref = open_case(register, actor, "TS", number=number, title="x", on=received).case.ref
    record_milestone(register, actor, ref, "accepted", accepted)
    return ref


def _mediate(register: Register, ref: str) -> tuple[str | None, str | None]:
    row = load(register, ref).rows[f"{ref}.MEDIATE"]
    return row["due"], row["choice"]


def test_an_answer_given_anew_moves_the_open_cases_that_turn_on_it(
    small: Register, actor: Actor, choose: Import
) -> None:
    turning = _complaint(small, actor, "1", "2026-04-10", "2026-04-20")
    _complaint(small, actor, "2", "2026-04-15", "2026-04-20")
    _complaint(small, actor, "3", "2026-03-02", "2026-03-09")
    closed = _complaint(small, actor, "4", "2026-04-10", "2026-04-20")
    close_case(small, actor, closed, on=date(2026, 6, 1), why="taken back by the complainant")
    assert _mediate(small, turning) == ("2026-06-25", f"{NAME}=by-receipt")
    result = choose("by-event")
    assert [(one.ref, one.what, one.was, one.due) for one in result.moved] == [
        (f"{turning}.MEDIATE", "moved", "2026-06-25", "2026-06-22")
    ]
    assert _mediate(small, turning) == ("2026-06-22", f"{NAME}=by-event")
    assert _mediate(small, closed) == ("2026-06-25", f"{NAME}=by-receipt")
    assert verify(small).findings == ()


def test_file_and_cases_change_in_one_entry_and_are_taken_back_with_it(
    small: Register, actor: Actor, choose: Import
) -> None:
    ref = _complaint(small, actor, "1", "2026-04-10", "2026-04-20")
    before = small.head().seq
    choose("by-event")
    assert small.head().seq == before + 1
    undo(small, actor)
    bureau = kept_bureau(small)
    assert bureau is not None
    assert bureau.choices == {}
    assert _mediate(small, ref) == ("2026-06-25", f"{NAME}=by-receipt")
    assert verify(small).findings == ()


def test_the_default_said_aloud_moves_nothing(small: Register, actor: Actor, choose: Import) -> None:
    _complaint(small, actor, "1", "2026-04-10", "2026-04-20")
    result = choose("by-receipt")
    assert (result.changed, result.moved) == (True, ())
    assert choose("by-receipt").changed is False


def test_the_answer_is_kept_with_the_bureau(small: Register, choose: Import) -> None:
    choose("by-event")
    bureau = kept_bureau(small)
    assert isinstance(bureau, Bureau)
    assert bureau.choices == {NAME: "by-event"}


@pytest.mark.parametrize(
    ("text", "what"), [(f"{NAME}: whatever", "unknown-answer"), ("no-such-question: by-event", "unknown-question")]
)
def test_an_answer_that_no_clock_knows_is_refused(
    small: Register, actor: Actor, tmp_path: Path, text: str, what: str
) -> None:
    path = tmp_path / "bureau.yaml"
    path.write_text(SMALL_BUREAU + f"choices: {{{text}}}\n", encoding="utf-8")
    before = small.head()
    with pytest.raises(errors.BadFile) as refused:
        import_bureau(small, actor, path)
    faults: tuple[object, ...] = refused.value.params["faults"]  # type: ignore[assignment]
    assert [getattr(one, "what", None) for one in faults] == [what]
    assert small.head() == before


# --- the calculator takes a clock by its name -----------------------------------------------------


def _clock(name: str, when: str, register: Register | None = None) -> ClockReckoned:
    found = reckon_once(register, name, when)
    assert isinstance(found, ClockReckoned)
    return found


@pytest.mark.parametrize(
    ("name", "when", "rule", "due"),
    [
        ("rec-reply", "2023-12-31", "within 10 d", "2024-01-10"),
        ("rec-reply", "2024-01-02", "within 10 wd", "2024-01-16"),
        ("mediation", "2026-04-14", "within 45 wd", "2026-06-18"),
        ("mediation", "2026-05-01", "within 60 d, rolls", "2026-06-30"),
        ("MEDIATION ", "2026-05-01", "within 60 d, rolls", "2026-06-30"),
        ("投诉调解", "2026-05-01", "within 60 d, rolls", "2026-06-30"),
        ("hearing-notice", "2022-10-14", "at least 7 wd before", "2022-09-30"),
    ],
)
def test_the_rule_in_force_on_the_day_is_taken(name: str, when: str, rule: str, due: str) -> None:
    found = _clock(name, when)
    assert found.rule is not None
    assert found.deadline is not None
    assert (found.rule["rule"], found.deadline.due) == (rule, date.fromisoformat(due))
    assert found.steps[-1].code == "due"


def test_what_may_change_a_term_stands_beside_it() -> None:
    review, case = _clock("review", "2026-05-06"), _clock("case-90d", "2026-05-06")
    assert review.target is not None
    assert (review.target[0], review.target[1].due) == ("within 5 wd", date(2026, 5, 12))
    assert case.rule is not None
    assert (case.rule["extend"]["amount"], case.rule["extend"]["times"]) == (30, 1)
    assert [title.en for title in case.pauses][:2] == ["suspension", "hearing"]


def test_hours_run_from_a_time_of_day() -> None:
    found = _clock("criminal.file", "2026-05-01 15:30").deadline
    assert found is not None
    assert (found.due, found.time) == (date(2026, 5, 2), "15:30")
    with pytest.raises(errors.TimeMissing):
        reckon_once(None, "criminal.file", "2026-05-01")


def test_a_transition_says_what_each_answer_would_decide(small: Register, choose: Import) -> None:
    turned = _clock("mediation", "2026-05-01", small).turned
    assert turned is not None
    assert (turned.chosen, turned.is_set) == ("by-receipt", False)
    assert [(one.answer, one.rule, one.deadline and one.deadline.due) for one in turned.answers] == [
        ("by-receipt", "within 45 wd", date(2026, 7, 7)),
        ("by-event", "within 60 d, rolls", date(2026, 6, 30)),
    ]
    choose("by-event")
    turned = _clock("mediation", "2026-05-01", small).turned
    assert turned is not None
    assert (turned.chosen, turned.is_set) == ("by-event", True)
    assert _clock("mediation", "2026-04-14", small).turned is None


def test_where_no_law_sets_a_term_any_more_none_is_reckoned() -> None:
    found = _clock("informer", "2026-04-15")
    assert (found.rule, found.reckoning, found.deadline, found.steps) == (None, None, None, ())
    assert [(rule, span.ends) for rule, span in found.spans] == [("within 5 wd", date(2026, 4, 14))]
    assert found.turned is not None
    assert [one.rule for one in found.turned.answers] == ["within 5 wd", None]


def test_a_name_that_is_no_clock_is_answered_with_the_nearest() -> None:
    with pytest.raises(errors.UnknownClock) as unknown:
        reckon_once(None, "mediaton", "2026-05-01")
    assert unknown.value.params["nearest"] == ["mediation", "mediation-end"]
    for text in ("7 working", "", "within 7"):
        with pytest.raises(errors.InvalidRule):
            reckon_once(None, text, "2026-05-01")
    assert isinstance(reckon_once(None, "7 wd", "2022-09-29"), Reckoned)


def test_a_clock_is_not_turned_round() -> None:
    with pytest.raises(errors.InvalidRule):
        reckon_once(None, "review", "2026-05-06", before=True)


def test_all_clocks_are_listed_with_what_is_law_today() -> None:
    rules = {one.id: one.rule and one.rule["rule"] for one in list_clocks(date(2026, 6, 15)).clocks}
    assert (rules["informer"], rules["rec-self"], rules["review"]) == (None, None, "within 10 wd")
    assert {one.id: one.rule and one.rule["rule"] for one in list_clocks(date(2026, 7, 1)).clocks}["rec-self"]
