"""A year closed, frozen, and opened again."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from lawcheck import errors
from lawcheck.core.closing import closing_document
from lawcheck.core.journal import Actor
from lawcheck.core.manifest import manifest_text
from lawcheck.service import closing
from lawcheck.service.board import board
from lawcheck.service.bureaus import import_bureau
from lawcheck.service.calendar import import_holidays
from lawcheck.service.cases import close_case, open_case, record_milestone
from lawcheck.service.closing import close_year, manifest_of_year, reopen_year
from lawcheck.service.figures import Reported, add_figure, list_figures
from lawcheck.service.journal import read_log, undo
from lawcheck.service.lists import Filter, list_rows
from lawcheck.service.report import make_report
from lawcheck.service.reviews import accept, return_
from lawcheck.service.rows import assign, note_on, record_occasion, set_rows_aside, tick, untick
from lawcheck.service.start import start_year
from lawcheck.service.summary import summarise
from lawcheck.service.upgrade import upgrade
from lawcheck.service.verify import verify
from lawcheck.store.register import Register
from support import HOLIDAYS_2027, REVIEWED_TEMPLATE, SMALL_BUREAU

CLOSING_DAY = "2027-04-02"
MARCH = date(2026, 3, 30)


@pytest.fixture
def spring(actor: Actor) -> Actor:
    """Li Hua on the day on which the year before is closed."""
    return actor._replace(today=CLOSING_DAY)


@pytest.fixture
def reviewer(wang: Actor) -> Actor:
    return wang._replace(today=CLOSING_DAY)


@pytest.fixture
def reviewed(empty_register: Register, actor: Actor, small_bureau: Path, tmp_path: Path) -> Register:
    """Return a register with the year 2026 of the small template, whose quarterly item asks for a review."""
    template = tmp_path / "TT.yaml"
    template.write_text(REVIEWED_TEMPLATE, encoding="utf-8")
    start_year(empty_register, actor, 2026, [str(template)], small_bureau)
    return empty_register


@pytest.fixture
def closed(reviewed: Register, actor: Actor, spring: Actor, reviewer: Actor) -> Register:
    """Return the same after a year of little work, closed."""
    tick(reviewed, actor, ["TT-01", "TT-02.Q1.FZ"], on=MARCH)
    accept(reviewed, reviewer, ["TT-02.Q1.FZ"])
    close_year(reviewed, spring, 2026, confirm=True)
    return reviewed


# --- closing ----------------------------------------------------------------------------------


def test_a_year_is_not_closed_before_its_end(reviewed: Register, actor: Actor) -> None:
    with pytest.raises(errors.YearNotOver):
        close_year(reviewed, actor, 2026, confirm=True)
    with pytest.raises(errors.YearNotStarted):
        close_year(reviewed, actor, 2025, confirm=True)


def test_reviews_are_settled_before_a_year_is_closed(
    reviewed: Register, actor: Actor, spring: Actor, reviewer: Actor
) -> None:
    tick(reviewed, actor, ["TT-01", "TT-02.Q1.FZ", "TT-02.Q1.ZF"], on=MARCH)
    return_(reviewed, reviewer, ["TT-02.Q1.ZF"], why="not signed")
    with pytest.raises(errors.ReviewsMissing) as refused:
        close_year(reviewed, spring, 2026, confirm=True)
    assert refused.value.params == {
        "year": 2026, "returned": ["TT-02.Q1.ZF"], "to_review": ["TT-02.Q1.FZ"], "unconfirmed": [],
    }  # fmt: skip
    accept(reviewed, reviewer, ["TT-02.Q1.FZ"])
    set_rows_aside(reviewed, spring, ["TT-02.Q1.ZF"], why="merged")
    assert close_year(reviewed, spring, 2026, confirm=True).seq == 6


def test_what_did_not_happen_is_confirmed_when_the_year_is_closed(reviewed: Register, spring: Actor) -> None:
    with pytest.raises(errors.NotConfirmed) as refused:
        close_year(reviewed, spring, 2026, confirm=False)
    assert refused.value.params["unconfirmed"] == [("TT-03", "发生事项", "Occasion item")]
    closed = close_year(reviewed, spring, 2026, confirm=True)
    assert [one.code for one in closed.confirmed] == ["TT-03"]
    assert reviewed.all("confirmation_all") == [(2026, "TT-03", "lihua", CLOSING_DAY)]


def test_nothing_has_to_be_confirmed_where_everything_happened(reviewed: Register, actor: Actor, spring: Actor) -> None:
    record_occasion(reviewed, actor, "TT-03", on=MARCH, note="a rule changed")
    assert close_year(reviewed, spring, 2026, confirm=False).confirmed == ()


def test_open_and_overdue_rows_stay_what_they_are_and_are_named(closed: Register) -> None:
    document = manifest_of_year(closed, 2026).manifest["content"]
    totals = document["totals"]
    assert {name: totals[name] for name in ("rows", "done", "open", "overdue", "accepted", "not_triggered")} == {
        "rows": 9, "done": 2, "open": 7, "overdue": 7, "accepted": 1, "not_triggered": 1,
    }  # fmt: skip
    assert len(document["unfinished"]) == 7
    assert document["unfinished"][0] == {"ref": "TT-02.Q1.ZF", "state": "open", "due": "2026-03-31"}


def test_a_year_is_closed_once(closed: Register, spring: Actor) -> None:
    head = closed.head()
    with pytest.raises(errors.AlreadyClosed) as refused:
        close_year(closed, spring, 2026, confirm=True)
    assert refused.value.params == {"year": 2026, "person": "lihua", "day": CLOSING_DAY}
    assert closed.head() == head


def test_what_the_caller_checks_keeps_a_year_from_being_closed(reviewed: Register, spring: Actor) -> None:
    def check() -> None:
        raise errors.FileThere(path="x")

    with pytest.raises(errors.FileThere):
        close_year(reviewed, spring, 2026, confirm=True, check=check)
    assert reviewed.head().seq == 1


def test_a_closed_year_replays(closed: Register, spring: Actor) -> None:
    assert verify(closed).findings == ()
    reopen_year(closed, spring, 2026, why="an audit")
    assert verify(closed).findings == ()


# --- frozen -----------------------------------------------------------------------------------


def test_nothing_of_a_closed_year_changes(
    closed: Register, spring: Actor, reviewer: Actor, tmp_path: Path, small_bureau: Path
) -> None:
    template = str(tmp_path / "TT.yaml")
    (tmp_path / "TT.yaml").write_text(REVIEWED_TEMPLATE.replace("年度事项", "年度要事"), encoding="utf-8")
    tries: list[Callable[[], object]] = [
        lambda: tick(closed, spring, ["TT-02.Q1.ZF"], on=MARCH, year=2026),
        lambda: tick(closed, spring, ["TT-02.Q1.ZF"], on=None, partial="half", year=2026),
        lambda: untick(closed, spring, ["TT-01"], why="x", year=2026),
        lambda: set_rows_aside(closed, spring, ["TT-02.Q1.ZF"], why="x", year=2026),
        lambda: note_on(closed, spring, "TT-01", "x", year=2026),
        lambda: note_on(closed, spring, "TT-04", "x", year=2026),
        lambda: assign(closed, spring, ["TT-01"], "wang", year=2026),
        lambda: record_occasion(closed, spring, "TT-03", on=MARCH, note="x", year=2026),
        lambda: accept(closed, reviewer, ["TT-01"], year=2026),
        lambda: return_(closed, reviewer, ["TT-01"], why="x", year=2026),
        lambda: add_figure(closed, spring, "visits", "1次", Reported(), year=2026),
        lambda: start_year(closed, spring, 2026, ["PL"]),
        lambda: upgrade(closed, spring, (template,), year=2026, former=lambda *_: ""),
        lambda: undo(closed, spring),
        lambda: undo(closed, reviewer),
    ]
    head = closed.head()
    for one in tries:
        with pytest.raises(errors.YearClosed):
            one()
    assert closed.head() == head
    small_bureau.write_text(
        SMALL_BUREAU.replace("case-handling: [ZF, FZ]", "case-handling: FZ").replace("code: FZ,", "code: FA,")
        .replace("unit: FZ", "unit: FA").replace("legal: FZ", "legal: FA").replace("FZ", "FA"),
        encoding="utf-8",
    )  # fmt: skip
    assert import_bureau(closed, spring, small_bureau).rows_moved == 0


def test_the_calendar_moves_no_day_of_a_closed_year(closed: Register, spring: Actor, tmp_path: Path) -> None:
    with closed.transaction():
        closed.connection.execute(
            "UPDATE checklist_row SET provisional = 1, due = '2027-02-12', reckoning = 'within 7 wd from 2027-02-01' "
            "WHERE ref = 'TT-02.Q4.ZF'"
        )
    notice = tmp_path / "2027.yaml"
    notice.write_text(HOLIDAYS_2027, encoding="utf-8")
    assert import_holidays(closed, spring, notice).moved == ()


def test_cases_go_on_and_do_not_move_the_figures_of_a_closed_year(
    empty_register: Register, actor: Actor, spring: Actor
) -> None:
    register = empty_register
    start_year(register, actor, 2026, ["ES"])
    for n in range(2):
        open_case(register, actor, "AJ", number=str(n), title="x", on="2026-02-24")
        record_milestone(register, actor, f"AJ-{n + 1:02}", "decided", "2026-03-02")
    record_milestone(register, actor, "AJ-01", "published", "2026-03-11")
    today = date.fromisoformat(CLOSING_DAY)

    def read() -> tuple[object, ...]:
        figures = {one.key: one.value for one in list_figures(register, year=2026, as_of=today).figures}
        told = figures["penalty_decisions"], figures["penalty_published_7wd"]
        listed = list_rows(register, Filter("ES"), year=2026, today=today).standing.rates
        summed = summarise(register, 2026, by="template", as_of=today).rates
        rates = [next((one.met, one.of) for one in rates if one.code == "ES-03") for rates in (listed, summed)]
        register.release()
        return (*told, *rates)

    counted = ("2", "1", (Decimal(1), Decimal(2)), (Decimal(1), Decimal(2)))
    assert read() == counted
    close_year(register, spring, 2026, confirm=True)
    record_milestone(register, spring, "AJ-02", "decided", "2026-03-09", correct=True, why="typed wrongly")
    record_milestone(register, spring, "AJ-02", "published", "2026-03-10")
    open_case(register, spring, "AJ", number="9", title="x", on="2026-12-01")
    record_milestone(register, spring, "AJ-03", "decided", "2026-12-20")
    assert read() == counted
    reopen_year(register, spring, 2026, why="count anew")
    assert read() != counted
    assert verify(register).findings == ()


def _told_of_cases(register: Register, plan: Path, on: str = CLOSING_DAY) -> tuple[str, int, str]:
    """Return what the report says of cases, how many terms the summary counts, and what it says is frozen."""
    day = date.fromisoformat(on)
    told = [one.text() for one in make_report(register, 2026, as_of=day, signed_on=day, plan_file=plan).composed.blocks]
    summed = summarise(register, 2026, as_of=day)
    register.release()
    frozen = summed.closed.frozen if summed.closed is not None else "open"
    return told[2], sum(one.rows for one in summed.terms or ()), frozen


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """Return a plan of a report that tells of cases."""
    path = tmp_path / "plan.yaml"
    path.write_text(
        "title: x\nparts:\n  - {heading: x, say: ['{AJ.opened}，{AJ.closed}，{AJ.open}；{JC.opened}']}\nsigned: x\n",
        encoding="utf-8",
    )
    return path


def test_cases_and_terms_told_of_a_closed_year_stand_as_they_stood_when_it_was_closed(
    empty_register: Register, actor: Actor, spring: Actor, plan: Path
) -> None:
    register = empty_register
    start_year(register, actor, 2026, ["ES"])
    for n in range(2):
        open_case(register, actor, "AJ", number=str(n), title="x", on="2026-02-24")
    before, terms, _ = _told_of_cases(register, plan)
    assert before == "2，0，2；0"
    close_year(register, spring, 2026, confirm=True)
    open_case(register, spring, "AJ", number="9", title="x", on="2026-12-30")
    open_case(register, spring, "JC", number="1", title="x", on="2026-12-30")
    close_case(register, spring, "AJ-01", on=date(2026, 12, 31), why="x")
    assert _told_of_cases(register, plan) == (before, terms, "all")
    assert _told_of_cases(register, plan, "2026-12-30")[::2] == ("3，0，3；1", "nothing")
    assert verify(register).findings == ()
    reopen_year(register, spring, 2026, why="count anew")
    assert _told_of_cases(register, plan)[0] == "3，1，2；1"


def test_a_closing_that_froze_no_cases_leaves_them_as_they_stand_and_does_not_say_otherwise(
    empty_register: Register, actor: Actor, spring: Actor, plan: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = empty_register
    start_year(register, actor, 2026, ["ES"])
    older = {"cases", "terms"}
    monkeypatch.setattr(
        closing, "closing_document",
        lambda *given: {key: held for key, held in closing_document(*given).items() if key not in older},
    )  # fmt: skip
    closed = close_year(register, spring, 2026, confirm=True)
    open_case(register, spring, "AJ", number="9", title="x", on="2026-12-30")
    told, terms, frozen = _told_of_cases(register, plan)
    assert (told, terms > 0, frozen) == ("1，0，1；0", True, "figures")
    assert manifest_of_year(register, 2026).manifest == closed.manifest
    assert verify(register).findings == ()


def test_a_closed_year_leaves_the_board_and_can_still_be_read(closed: Register) -> None:
    today = date.fromisoformat(CLOSING_DAY)
    assert board(closed, today).years == ()
    listed = list_rows(closed, Filter(), year=2026, today=today)
    assert (listed.totals.rows, sum(1 for _ in listed.rows)) == (9, 9)


# --- opened again, and the manifest -----------------------------------------------------------


def test_opening_a_year_again_takes_closing_and_confirmations_away_and_keeps_the_reason(
    closed: Register, spring: Actor
) -> None:
    reopened = reopen_year(closed, spring._replace(person="wang"), 2026, why=" an audit asks for more ")
    assert reopened == (2026, "an audit asks for more", CLOSING_DAY, "lihua", 1, 5)
    assert (closed.all("confirmation_all"), closed.all("closing_all")) == ([], [])
    assert closed.all("note_of", year=2026, ref="reopened") == [(1, "an audit asks for more", "wang", CLOSING_DAY)]
    (latest,) = read_log(closed, None, year=None, most=1).lines
    assert (latest.entry.command, latest.entry.person) == ("year reopen", "wang")
    tick(closed, spring, ["TT-02.Q1.ZF"], on=MARCH)


def test_an_open_year_is_not_opened_and_a_reason_is_asked_for(closed: Register, spring: Actor) -> None:
    with pytest.raises(errors.EmptyText):
        reopen_year(closed, spring, 2026, why=" ")
    reopen_year(closed, spring, 2026, why="once")
    with pytest.raises(errors.YearOpen):
        reopen_year(closed, spring, 2026, why="twice")
    with pytest.raises(errors.YearOpen):
        manifest_of_year(closed, 2026)
    with pytest.raises(errors.YearNotStarted):
        reopen_year(closed, spring, 2025, why="x")


def test_opening_a_year_is_taken_back_unless_something_was_done_since(closed: Register, spring: Actor) -> None:
    made = manifest_of_year(closed, 2026).manifest["content"]
    reopen_year(closed, spring, 2026, why="by mistake")
    undo(closed, spring)
    assert manifest_of_year(closed, 2026).manifest["content"] == made
    reopen_year(closed, spring, 2026, why="an audit")
    tick(closed, spring._replace(person="wang"), ["TT-02.Q1.ZF"], on=MARCH)
    with pytest.raises(errors.TouchedSince):
        undo(closed, spring)
    assert verify(closed).findings == ()


def test_the_manifest_says_the_same_whenever_it_is_made(reviewed: Register, spring: Actor, actor: Actor) -> None:
    closed = close_year(reviewed, spring, 2026, confirm=True)
    head = reviewed.head()
    assert closed.manifest["head"] == {"seq": head.seq, "hash": head.hash}
    assert (closed.manifest["kind"], closed.manifest["made_by"]) == ("closing", "lihua")
    start_year(reviewed, actor._replace(today="2027-05-01"), 2027, ["PL"])
    again = manifest_of_year(reviewed, 2026).manifest
    assert manifest_text(again) == manifest_text(closed.manifest)
