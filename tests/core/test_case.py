"""A case is laid out from its frozen template and from what is recorded of it, and from nothing else."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawcheck.core.calendar import Calendar, HolidayYear
from lawcheck.core.case import (
    CaseState,
    Extended,
    LaidCaseRow,
    OutOfOrder,
    Plan,
    Reached,
    all_missing_steps,
    all_out_of_order,
    lay_out,
    missing_steps,
    out_of_order,
    plan_of,
    rule_for,
    with_derived,
)
from lawcheck.core.deadline import Pause
from lawcheck.core.words import Text

HOLIDAY = Text("国庆节", "National Day")
CALENDAR = Calendar(
    {
        2026: HolidayYear(
            2026, None, "read", {f"2026-10-{day:02}": HOLIDAY for day in range(1, 8)}, {"2026-10-10": HOLIDAY}
        )
    }
)
"""The year 2026 with one holiday, from Thursday the 1st to Wednesday the 7th of October, Saturday the 10th worked."""


def rule(text: str, **given: Any) -> dict[str, Any]:  # whatever a frozen rule holds
    return {"rule": text, "from": None, "to": None, "pauses": [], "target": None, **given}


def clock(*rules: dict[str, Any], transition: dict[str, str] | None = None) -> dict[str, Any]:
    return {"rules": list(rules), "transition": transition}


def item(code: str, **given: Any) -> dict[str, Any]:  # whatever a frozen item holds
    plain: dict[str, Any] = {
        "when": [],
        "unless": [],
        "clock": None,
        "starts": None,
        "ends": None,
        "from": None,
        "to": None,
    }
    return {"code": code, **plain, **given}


def milestone(name: str, **given: Any) -> dict[str, Any]:  # whatever a frozen milestone holds
    return {"name": name, "after": [], "not_before": [], "planned": False, "timed": False, "derived": [], **given}


BY_CHOICE = {"choice": "old-or-new", "milestone": "opened", "before": "2026-06-01"}
DOCUMENT = {
    "case": "ZZ",
    "opens": "opened",
    "closes": "closed",
    "facts": [{"name": "simple"}, {"name": "fined"}],
    "milestones": [
        milestone("opened"),
        milestone("decided", not_before=["opened"], after=["heard"]),
        milestone("posted", not_before=["decided"]),
        milestone("served", not_before=["decided"], derived=[{"milestone": "posted", "rule": "within 30 d"}]),
        milestone("paid", after=["served"]),
        milestone("heard", planned=True),
        milestone("notified", not_before=["opened"]),
        milestone("seized", timed=True),
        milestone("released", not_before=["seized"], timed=True),
        milestone("called"),
        milestone("ended", not_before=["called"]),
        milestone("closed"),
    ],
    "items": [
        item("ALWAYS"),
        item("FILE", ends="closed"),
        item("DECIDE", starts="opened", ends="decided", unless=["simple"],
             clock=clock(rule("within 90 d, rolls", pauses=["hearing", "test"]))),
        item("SAY", starts="decided"),
        item("PUB", starts="decided", clock=clock(rule("within 7 wd")), ends="published"),
        item("PAY", when=["fined"], starts="served", ends="paid", clock=clock(rule("within 15 d, rolls"))),
        item("NOTIFY", starts="heard", ends="notified", clock=clock(rule("at least 7 wd before"))),
        item("REPORT", starts="seized", ends="released", clock=clock(rule("within 24 h"))),
        item("COMMENT", starts="called", ends="ended", clock=clock(rule("lasts at least 30 d"))),
        item("REVIEW", starts="called", clock=clock(rule("within 10 wd", target={
            "rule": "within 5 wd", "from": "2026-03-01", "to": None}))),
        item("SETTLE", starts="decided", clock=clock(
            rule("within 10 wd", to="2026-05-31"), rule("within 20 d", **{"from": "2026-06-01"}),
            transition=BY_CHOICE)),
        item("OLD", starts="decided", clock=clock(rule("within 3 wd", to="2026-05-31"))),
        item("RECENT", starts="decided", **{"from": "2026-06-01"}),
    ],
}  # fmt: skip
PLAN = plan_of(DOCUMENT)


def reached(*texts: str) -> tuple[Reached, ...]:
    """Read milestones written `decided 2026-09-24`, `served.2 2026-09-25`, `seized 2026-09-24 15:30`."""
    made = []
    for text in texts:
        name, _, at = text.partition(" ")
        plain, _, n = name.partition(".")
        made.append(Reached(plain, int(n or 1), at))
    return tuple(made)


@dataclass(frozen=True)
class Given:
    """What is recorded of a case, laid out with its derived milestones."""

    milestones: tuple[Reached, ...]
    facts: frozenset[str] = frozenset()
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extended, ...] = ()
    choices: tuple[tuple[str, str], ...] = field(default=())

    def rows(self, plan: Plan = PLAN) -> dict[str, LaidCaseRow]:
        everything = with_derived(plan, self.milestones, CALENDAR)
        state = CaseState(self.facts, everything, self.pauses, self.extensions, self.choices)
        laid = lay_out(plan, state, CALENDAR)
        found = {one.code if one.n == 1 else f"{one.code}.{one.n}": one for one in laid}
        assert len(found) == len(laid)
        return found


def dues(given_: Given) -> dict[str, str | None]:
    return {code: row.due for code, row in given_.rows().items()}


# --- which rows ---------------------------------------------------------------------------------


def test_nothing_is_laid_out_before_the_opening_milestone() -> None:
    assert Given(reached("decided 2026-09-24", "called 2026-09-24")).rows() == {}
    assert Given(reached("opened.2 2026-09-24")).rows() == {}


def test_rows_appear_when_their_milestone_is_reached() -> None:
    opened = Given(reached("opened 2026-09-01"))
    assert set(opened.rows()) == {"ALWAYS", "FILE", "DECIDE"}
    decided = Given(reached("opened 2026-09-01", "decided 2026-09-24"))
    assert set(decided.rows()) - set(opened.rows()) == {"SAY", "PUB", "SETTLE", "RECENT"}


def test_a_row_without_a_term_begins_with_its_milestone_and_has_no_day() -> None:
    rows = Given(reached("opened 2026-09-01", "decided 2026-09-24")).rows()
    plain = dict.fromkeys(("due", "due_time", "earliest", "target", "reckoning", "rule", "choice", "ended"))
    assert rows["SAY"]._asdict() == {"code": "SAY", "n": 1, "begins": "2026-09-24", "provisional": False, **plain}
    assert rows["ALWAYS"].begins == "2026-09-01"


def test_facts_decide_which_rows_there_are() -> None:
    seen = reached("opened 2026-09-01", "served 2026-09-24")
    assert set(Given(seen).rows()) == {"ALWAYS", "FILE", "DECIDE"}
    assert set(Given(seen, frozenset({"fined"})).rows()) == {"ALWAYS", "FILE", "DECIDE", "PAY"}
    assert set(Given(seen, frozenset({"fined", "simple"})).rows()) == {"ALWAYS", "FILE", "PAY"}


def test_a_row_is_ended_by_the_milestone_of_its_own_number() -> None:
    seen = reached("opened 2026-09-01", "served 2026-09-02", "served.2 2026-09-03", "paid.2 2026-09-04")
    rows = Given(seen, frozenset({"fined"})).rows()
    assert (rows["PAY"].due, rows["PAY"].ended) == ("2026-09-17", None)
    assert (rows["PAY.2"].due, rows["PAY.2"].ended) == ("2026-09-18", Reached("paid", 2, "2026-09-04"))
    assert Given(reached("opened 2026-09-01", "closed 2026-09-08")).rows()["FILE"].ended == Reached(
        "closed", 1, "2026-09-08"
    )


# --- which law ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "codes", "due"),
    [
        ("2026-05-29", {"SETTLE", "OLD"}, "2026-06-12"),
        ("2026-05-31", {"SETTLE", "OLD"}, "2026-06-12"),
        ("2026-06-01", {"SETTLE", "RECENT"}, "2026-06-21"),
    ],
)
def test_a_row_follows_the_law_of_the_day_on_which_its_term_begins(day: str, codes: set[str], due: str) -> None:
    rows = Given(reached(f"opened {day}", f"decided {day}")).rows()
    assert set(rows) & {"SETTLE", "OLD", "RECENT"} == codes
    assert rows["SETTLE"].due == due


@pytest.mark.parametrize(
    ("choices", "rule_", "due", "choice"),
    [
        ((), 0, "2026-06-16", "old-or-new=by-receipt"),
        ((("old-or-new", "by-receipt"),), 0, "2026-06-16", "old-or-new=by-receipt"),
        ((("old-or-new", "by-event"),), 1, "2026-06-22", "old-or-new=by-event"),
        ((("another", "by-event"),), 0, "2026-06-16", "old-or-new=by-receipt"),
    ],
)
def test_where_the_law_is_silent_on_transition_the_answer_of_the_bureau_decides_and_is_named(
    choices: tuple[tuple[str, str], ...], rule_: int, due: str, choice: str
) -> None:
    row = Given(reached("opened 2026-05-20", "decided 2026-06-02"), choices=choices).rows()["SETTLE"]
    assert (row.rule, row.due, row.choice) == (rule_, due, choice)


@pytest.mark.parametrize(("opened", "decided"), [("2026-05-20", "2026-05-31"), ("2026-06-01", "2026-06-02")])
def test_no_answer_is_asked_for_where_receipt_and_event_lie_on_one_side(opened: str, decided: str) -> None:
    given_ = Given(reached(f"opened {opened}", f"decided {decided}"), choices=(("old-or-new", "by-event"),))
    assert given_.rows()["SETTLE"].choice is None


def test_a_term_that_the_law_no_longer_sets_still_runs_for_what_came_before_if_receipt_decides() -> None:
    transition = ("old-or-new", "opened", "2026-06-01")
    (old,) = [one for one in PLAN.items if one.code == "OLD"]
    assert old.rules is not None
    for choices, place in (((), 0), ((("old-or-new", "by-event"),), None)):
        assert rule_for(old.rules, transition, "2026-06-02", "2026-05-20", choices)[0] == place


# --- days ---------------------------------------------------------------------------------------


def test_each_kind_of_term_has_its_day() -> None:
    seen = reached("opened 2026-09-01", "decided 2026-09-24", "heard 2026-10-14", "called 2026-09-01")
    rows = Given(seen).rows()
    assert (rows["PUB"].due, rows["PUB"].reckoning) == ("2026-10-10", "within 7 wd from 2026-09-24")
    assert (rows["DECIDE"].due, rows["NOTIFY"].due) == ("2026-11-30", "2026-09-29")
    assert (rows["COMMENT"].due, rows["COMMENT"].earliest) == (None, "2026-10-01")
    assert (rows["REVIEW"].due, rows["REVIEW"].target) == ("2026-09-15", "2026-09-08")


def test_what_is_counted_back_begins_with_the_case() -> None:
    rows = Given(reached("opened 2026-09-01", "heard 2026-10-14")).rows()
    assert (rows["NOTIFY"].begins, rows["NOTIFY"].due) == ("2026-09-01", "2026-09-29")


def test_a_target_counts_only_while_its_own_text_is_in_force() -> None:
    rows = Given(reached("opened 2026-01-01", "called 2026-02-27")).rows()
    assert (rows["REVIEW"].due, rows["REVIEW"].target) == ("2026-03-13", None)
    rows = Given(reached("opened 2026-01-01", "called 2026-03-02")).rows()
    assert rows["REVIEW"].target == "2026-03-09"


def test_hours_run_from_the_minute_over_days_off() -> None:
    row = Given(reached("opened 2026-09-01", "seized 2026-09-30 16:45")).rows()["REPORT"]
    assert (row.begins, row.due, row.due_time, row.reckoning) == (
        "2026-09-30", "2026-10-01", "16:45", "within 24 h from 2026-09-30T16:45",
    )  # fmt: skip


def test_days_beyond_the_known_years_are_provisional() -> None:
    rows = Given(reached("opened 2026-09-01", "decided 2026-12-28")).rows()
    assert (rows["PUB"].due, rows["PUB"].provisional) == ("2027-01-07", True)
    assert not rows["DECIDE"].provisional


def test_only_pauses_that_the_rule_names_leave_days_out() -> None:
    hearing = Pause(date(2026, 9, 10), date(2026, 9, 12), "hearing")
    other = Pause(date(2026, 9, 14), date(2026, 9, 30), "publicity")
    seen = reached("opened 2026-09-01", "decided 2026-09-10", "called 2026-09-09")
    plain, paused = dues(Given(seen)), dues(Given(seen, pauses=(hearing, other)))
    assert (plain["DECIDE"], paused["DECIDE"]) == ("2026-11-30", "2026-12-03")
    assert {code: due for code, due in paused.items() if due != plain[code]} == {"DECIDE": "2026-12-03"}


def test_a_pause_that_lasts_leaves_no_day() -> None:
    row = Given(reached("opened 2026-09-01"), pauses=(Pause(date(2026, 9, 10), None, "test"),)).rows()["DECIDE"]
    assert (row.due, row.earliest, row.reckoning) == (
        None, None, "within 90 d, rolls from 2026-09-01 without test 2026-09-10..",
    )  # fmt: skip


def test_extensions_of_a_row_add_up_and_leave_others_alone() -> None:
    seen = reached("opened 2026-09-01", "decided 2026-09-08", "decided.2 2026-09-08")
    more = (Extended("PUB", 2, 5), Extended("PUB", 2, 1), Extended("DECIDE", 1, 30))
    assert {
        code: due for code, due in dues(Given(seen, extensions=more)).items() if code in ("PUB", "PUB.2", "DECIDE")
    } == {
        "DECIDE": "2026-12-30",
        "PUB": "2026-09-17",
        "PUB.2": "2026-09-25",
    }


# --- derived milestones -------------------------------------------------------------------------


def test_a_milestone_follows_from_another_by_law_for_every_party() -> None:
    seen = (Reached("posted", 1, "2026-09-01", "first"), Reached("posted", 2, "2026-09-03", "second"))
    assert with_derived(PLAN, seen, CALENDAR) == (
        *seen,
        Reached("served", 1, "2026-10-01", "first", derived=True),
        Reached("served", 2, "2026-10-03", "second", derived=True),
    )


def test_what_was_recorded_wins_over_what_follows() -> None:
    seen = reached("posted 2026-09-01", "served 2026-09-20")
    assert with_derived(PLAN, seen, CALENDAR) == seen


def test_what_followed_before_is_worked_out_anew() -> None:
    stale = (*reached("posted 2026-09-02"), Reached("served", 1, "2026-10-01", derived=True))
    assert with_derived(PLAN, stale, CALENDAR) == (
        *reached("posted 2026-09-02"),
        Reached("served", 1, "2026-10-02", derived=True),
    )
    assert with_derived(PLAN, stale[1:], CALENDAR) == ()


def test_terms_run_from_a_milestone_that_follows() -> None:
    rows = Given(reached("opened 2026-08-01", "posted 2026-09-01"), frozenset({"fined"})).rows()
    assert (rows["PAY"].begins, rows["PAY"].due) == ("2026-10-01", "2026-10-16")


# --- order --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seen", "moved", "found"),
    [
        (["opened 2026-09-02"], "decided 2026-09-01",
         [OutOfOrder("decided", "2026-09-01", "opened", "2026-09-02", impossible=True)]),
        (["opened 2026-09-02"], "decided 2026-09-02", []),
        (["opened 2026-09-02"], "decided 2026-09-03", []),
        (["heard 2026-09-09"], "decided 2026-09-03",
         [OutOfOrder("decided", "2026-09-03", "heard", "2026-09-09", impossible=False)]),
        (["decided 2026-09-03"], "opened 2026-09-04",
         [OutOfOrder("decided", "2026-09-03", "opened", "2026-09-04", impossible=True)]),
        (["decided 2026-09-03"], "heard 2026-09-04",
         [OutOfOrder("decided", "2026-09-03", "heard", "2026-09-04", impossible=False)]),
        ([], "decided 2026-09-03", []),
        (["opened 2026-09-02", "decided 2026-09-05"], "decided.2 2026-09-01",
         [OutOfOrder("decided", "2026-09-01", "opened", "2026-09-02", impossible=True)]),
        (["decided 2026-09-05", "served 2026-09-06"], "decided.2 2026-09-08", []),
    ],
)  # fmt: skip
def test_a_milestone_out_of_order_is_found_and_named(seen: list[str], moved: str, found: list[OutOfOrder]) -> None:
    (one,) = reached(moved)
    assert out_of_order(PLAN, (*reached(*seen), one), one) == found


@pytest.mark.parametrize(
    ("first", "second", "impossible"),
    [
        ("2026-09-01 10:00", "2026-09-01 09:59", True),
        ("2026-09-01 10:00", "2026-09-01 10:00", False),
        ("2026-09-01 10:00", "2026-09-01", False),
        ("2026-09-01", "2026-09-01 00:00", False),
        ("2026-09-01 00:00", "2026-08-31", True),
    ],
)
def test_a_day_without_a_time_may_lie_before_or_after_any_minute_of_it(
    first: str, second: str, *, impossible: bool
) -> None:
    (seized, released) = reached(f"seized {first}", f"released {second}")
    assert bool(out_of_order(PLAN, (seized, released), released)) is impossible
    assert bool(out_of_order(PLAN, (seized, released), seized)) is impossible
    assert bool(all_out_of_order(PLAN, (seized, released))) is impossible


def test_all_that_stands_out_of_order_is_what_each_milestone_finds() -> None:
    seen = reached(
        "opened 2026-09-05", "decided 2026-09-04", "heard 2026-09-06", "served 2026-09-03", "paid 2026-09-01"
    )
    every = {found for one in seen for found in out_of_order(PLAN, seen, one)}
    assert set(all_out_of_order(PLAN, seen)) == every
    assert len(every) == 4


EXPECTING = plan_of(
    DOCUMENT
    | {
        "milestones": [
            milestone("opened"),
            milestone("heard"),
            milestone("decided", expects=[
                {"milestones": ["heard", "notified"], "when": [], "unless": ["simple"]},
                {"milestones": ["called"], "when": ["fined"], "unless": []},
            ]),
            milestone("posted"),
            milestone("served", expects=[{"milestones": ["decided"], "when": [], "unless": []}],
                      derived=[{"milestone": "posted", "rule": "within 30 d"}]),
            milestone("notified"),
            milestone("called"),
        ],
    }
)  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "seen", "steps"),
    [
        (set(), [], ["heard notified"]),
        ({"fined"}, [], ["heard notified", "called"]),
        ({"simple"}, [], []),
        ({"simple", "fined"}, [], ["called"]),
        (set(), ["heard 2026-09-01"], []),
        (set(), ["notified 2026-09-01"], []),
        (set(), ["notified 2026-09-30"], []),  # a date out of order is another matter
        ({"fined"}, ["heard 2026-09-01", "called 2026-09-02"], []),
    ],
)
def test_a_step_without_a_date_is_missed_by_what_rests_on_it(
    facts: set[str], seen: list[str], steps: list[str]
) -> None:
    *there, decided = reached(*seen, "decided 2026-09-24")
    found = [OutOfOrder("decided", "2026-09-24", step, "", impossible=False) for step in steps]
    assert missing_steps(EXPECTING, facts, (*there, decided), decided) == found
    assert all_missing_steps(EXPECTING, facts, (*there, decided)) == found


def test_every_recorded_milestone_is_asked_once_for_its_steps() -> None:
    seen = reached("opened 2026-09-01", "served.2 2026-09-12", "served 2026-09-10")
    assert all_missing_steps(EXPECTING, (), seen) == [
        OutOfOrder("served", "2026-09-10", "decided", "", impossible=False)
    ]


def test_what_follows_by_law_misses_nothing_and_a_template_without_expectations_neither() -> None:
    posted = with_derived(EXPECTING, reached("opened 2026-08-01", "posted 2026-09-01"), CALENDAR)
    assert [one.name for one in posted if one.derived] == ["served"]
    assert all_missing_steps(EXPECTING, (), posted) == []
    assert all_missing_steps(PLAN, (), reached("opened 2026-08-01", "served 2026-09-01")) == []


def test_what_follows_by_law_is_never_out_of_order() -> None:
    derived = Reached("served", 1, "2026-08-01", derived=True)
    seen = (*reached("opened 2026-09-01", "decided 2026-09-02", "paid 2026-07-01"), derived)
    assert all_out_of_order(PLAN, seen) == []


# --- whatever the order -------------------------------------------------------------------------

DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31)).map(date.isoformat)
NAMES = [one["name"] for one in DOCUMENT["milestones"]]  # type: ignore[index]


@st.composite
def milestones(draw: st.DrawFn) -> tuple[Reached, ...]:
    made = [Reached("opened", 1, draw(DAYS))]
    for name in draw(st.lists(st.sampled_from(NAMES[1:]), unique=True)):
        time = " 09:30" if name in ("seized", "released") else ""
        made += [Reached(name, n, draw(DAYS) + time) for n in range(1, draw(st.integers(2, 4)))]
    return tuple(made)


PAUSES = st.lists(
    st.builds(
        lambda begins, length, why: Pause(begins, date.fromordinal(begins.toordinal() + length), why),
        st.dates(date(2026, 1, 1), date(2026, 12, 31)),
        st.integers(0, 60),
        st.sampled_from(["hearing", "test", "publicity"]),
    ),
    max_size=3,
).map(tuple)


@given(milestones(), PAUSES, st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_the_order_in_which_things_came_to_be_known_never_changes_the_rows(
    seen: tuple[Reached, ...],
    pauses: tuple[Pause, ...],
    chance: Any,  # a source of chance
) -> None:
    mixed = list(seen)
    chance.shuffle(mixed)
    facts = frozenset({"fined"})
    assert Given(tuple(mixed), facts, pauses[::-1]).rows() == Given(seen, facts, pauses).rows()


@given(milestones(), st.data())
@settings(max_examples=100, deadline=None)
def test_a_corrected_milestone_leads_to_the_rows_of_one_recorded_so_at_first(
    seen: tuple[Reached, ...], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(seen) - 1))
    day = data.draw(DAYS) + seen[place].at[10:]
    at_first = (*seen[:place], seen[place]._replace(at=day), *seen[place + 1 :])
    before = with_derived(PLAN, seen, CALENDAR)
    corrected = (
        *(one for one in before if one[:2] != seen[place][:2] or one.derived),
        seen[place]._replace(at=day),
    )
    facts = frozenset({"fined"})
    assert Given(corrected, facts).rows() == Given(at_first, facts).rows()


@given(milestones(), PAUSES)
@settings(max_examples=100, deadline=None)
def test_every_row_begins_in_its_case_and_is_asked_for_once(
    seen: tuple[Reached, ...], pauses: tuple[Pause, ...]
) -> None:
    known = {one.at[:10] for one in with_derived(PLAN, seen, CALENDAR)}
    for row in Given(seen, frozenset({"fined"}), pauses).rows().values():
        assert row.begins in known
        assert row.due is None or row.earliest is None
