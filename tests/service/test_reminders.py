"""What presses, rows of years and of cases together: next, the board, lists by working days, due days."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from lawcheck import errors
from lawcheck.core.journal import Actor
from lawcheck.service.board import DueCount, board, next_rows
from lawcheck.service.calendar import import_holidays
from lawcheck.service.cases import open_case, record_milestone
from lawcheck.service.due_days import due_days
from lawcheck.service.items import show
from lawcheck.service.lists import Filter, list_rows
from lawcheck.service.rows import tick, untick
from lawcheck.store.register import Register

MONDAY = date(2026, 9, 28)
NUMBER = "海市监处罚〔2026〕88号"


def _decided(register: Register, actor: Actor) -> None:
    """Open a penalty case and bring it to its decision of 24 September, from which two publications run."""
    later = actor._replace(today=MONDAY.isoformat())
    open_case(register, later, "AJ", number=NUMBER, title="无照经营", on="2026-08-03", facts=[])
    record_milestone(register, later, "AJ-01", "filed", "2026-08-10")
    record_milestone(register, later, "AJ-01", "decided", "2026-09-24")


@pytest.fixture
def only_case(empty_register: Register, actor: Actor) -> Register:
    """Return a register with a case and no year."""
    _decided(empty_register, actor)
    return empty_register


@pytest.fixture
def with_case(small: Register, actor: Actor) -> Register:
    """Return a register with the small year 2026 and a case."""
    _decided(small, actor)
    return small


# --- next and the board -----------------------------------------------------------------------


def test_what_comes_next_mixes_rows_of_years_and_of_cases_by_urgency(with_case: Register) -> None:
    found = next_rows(with_case, 9, year=None, today=MONDAY)
    left = [(row.ref, row.days_overdue(MONDAY), row.working_days_left(MONDAY, found.calendar)) for row in found.rows]
    assert left == [
        ("TT-01", 181, 0),
        ("TT-02.Q1.FZ", 181, 0),
        ("TT-02.Q1.ZF", 181, 0),
        ("TT-02.Q2.FZ", 90, 0),
        ("TT-02.Q2.ZF", 90, 0),
        ("TT-02.Q3.FZ", 0, 2),
        ("TT-02.Q3.ZF", 0, 2),
        ("AJ-01.PUB", 0, 6),
        ("AJ-01.NECIPS", 0, 19),
    ]
    assert [row.ref for row in next_rows(with_case, 9, year=2026, today=MONDAY).rows] == [one[0] for one in left[:7]]


def test_of_two_terms_of_one_day_that_run_out_by_the_hour_the_earlier_hour_comes_first(with_case: Register) -> None:
    with with_case.transaction():
        for ref, time in (("AJ-01.NECIPS", "09:30"), ("AJ-01.PUB", "16:00")):
            with_case.connection.execute("UPDATE case_row SET due='2026-10-12', due_time=? WHERE ref=?", (time, ref))
    # The limit of the statement must not cut the earlier hour off.
    assert [row.ref for row in next_rows(with_case, 8, year=None, today=MONDAY).rows][-1] == "AJ-01.NECIPS"


def test_where_only_overdue_rows_come_next_no_day_is_left_to_count(with_case: Register) -> None:
    assert next_rows(with_case, 5, year=None, today=MONDAY).calendar is None
    assert next_rows(with_case, 6, year=None, today=MONDAY).calendar is not None


def test_the_board_counts_the_rows_of_years_and_of_cases_apart(with_case: Register) -> None:
    seen = board(with_case, MONDAY)
    assert seen.soon_days == 10
    assert seen.counts == (DueCount(2026, 5, 2), DueCount(None, 0, 1))
    assert [row.ref for row in seen.soon] == ["TT-02.Q3.FZ", "TT-02.Q3.ZF", "AJ-01.PUB"]
    assert board(with_case, date(2026, 10, 13)).counts == (DueCount(2026, 7, 0), DueCount(None, 1, 0))


def test_what_the_board_counts_is_what_the_lists_that_it_names_show(with_case: Register) -> None:
    for today in (MONDAY, date(2026, 10, 13), date(2026, 11, 2)):
        seen = board(with_case, today)
        for wanted, counted in (
            (Filter(overdue=True), sum(one.overdue for one in seen.counts)),
            (Filter(due_within=seen.soon_days), sum(one.soon for one in seen.counts)),
        ):
            listed = list_rows(with_case, wanted, year=None, today=today)
            assert len(list(listed.rows)) == listed.totals.rows == counted


@pytest.mark.parametrize(
    ("today", "missing"),
    [(date(2026, 10, 31), None), (date(2026, 11, 1), 2027), (date(2026, 12, 31), 2027), (date(2027, 2, 1), 2027)],
)
def test_the_board_says_from_november_on_that_the_next_notice_is_missing(
    today: date, missing: int | None, small: Register
) -> None:
    assert board(small, today).holidays_missing == missing


# --- lists by working days --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("within", "refs"),
    [
        (1, []),
        (2, ["TT-02.Q3.FZ", "TT-02.Q3.ZF"]),
        (5, ["TT-02.Q3.FZ", "TT-02.Q3.ZF"]),
        (6, ["TT-02.Q3.FZ", "TT-02.Q3.ZF", "AJ-01.PUB"]),
        (18, ["TT-02.Q3.FZ", "TT-02.Q3.ZF", "AJ-01.PUB"]),
        (19, ["TT-02.Q3.FZ", "TT-02.Q3.ZF", "AJ-01.NECIPS", "AJ-01.PUB"]),
    ],
)
def test_a_list_of_what_is_due_counts_working_days(within: int, refs: list[str], with_case: Register) -> None:
    listed = list_rows(with_case, Filter(due_within=within), year=None, today=MONDAY)
    rows = list(listed.rows)
    assert [row.ref for row in rows] == refs
    assert all((row.working_days_left(MONDAY, listed.calendar) or 0) <= within for row in rows)


def test_what_is_due_before_the_next_working_day_is_due_within_none(small: Register, actor: Actor) -> None:
    with small.transaction():
        small.connection.execute("UPDATE checklist_row SET due='2026-09-27' WHERE ref='TT-02.Q3.FZ'")
    friday = date(2026, 9, 25)
    found = list_rows(small, Filter(due_within=0), year=None, today=friday)
    assert [row.ref for row in found.rows] == ["TT-02.Q3.FZ"]
    assert actor.person == "lihua"


def test_a_register_of_cases_only_can_be_listed_and_asked_what_comes_next(only_case: Register) -> None:
    assert [row.ref for row in next_rows(only_case, 2, year=None, today=MONDAY).rows] == ["AJ-01.PUB", "AJ-01.NECIPS"]
    overdue = list_rows(only_case, Filter(overdue=True), year=None, today=date(2026, 10, 13))
    assert ([row.ref for row in overdue.rows], overdue.years, overdue.totals.rows) == (["AJ-01.PUB"], (), 1)
    assert [one.row.ref for one in due_days(only_case, year=None, today=MONDAY).days] == ["AJ-01.PUB", "AJ-01.NECIPS"]


def test_without_a_year_and_without_a_case_there_is_nothing_to_ask_for(empty_register: Register) -> None:
    for asked in (
        lambda: next_rows(empty_register, 2, year=None, today=MONDAY),
        lambda: list_rows(empty_register, Filter(overdue=True), year=None, today=MONDAY),
        lambda: due_days(empty_register, year=None, today=MONDAY),
    ):
        with pytest.raises(errors.NoYearStarted):
            asked()


# --- the calendar of a register ---------------------------------------------------------------

NOTICE_2027 = """\
year: 2027
notice: 国办发明电〔2026〕9号
certainty: read
off:
  - {from: 2027-01-01, to: 2027-01-05, name: {zh: 元旦, en: New Year's Day}}
worked: []
"""


def test_a_notice_that_was_imported_settles_the_days_left(small: Register, actor: Actor, tmp_path: Path) -> None:
    today = date(2026, 12, 30)
    with small.transaction():
        small.connection.execute("UPDATE checklist_row SET due='2027-01-08' WHERE ref='TT-02.Q4.FZ'")

    def left() -> tuple[int | None, bool]:
        found = next_rows(small, 50, year=None, today=today)
        row = next(one for one in found.rows if one.ref == "TT-02.Q4.FZ")
        return row.working_days_left(today, found.calendar), row.reaches_unknown(today, found.calendar)

    assert left() == (6, True)
    file = tmp_path / "2027.yaml"
    file.write_text(NOTICE_2027, encoding="utf-8")
    import_holidays(small, actor._replace(today=today.isoformat()), file)
    assert left() == (4, False)


def test_only_what_has_a_day_ahead_asks_for_the_calendar(small: Register, actor: Actor) -> None:
    assert tick(small, actor, ["TT-02.Q2.ZF"], on=date(2026, 6, 1)).calendar is None
    reopened = untick(small, actor, ["TT-02.Q2.ZF"], why="x")
    assert reopened.calendar is not None
    assert reopened.rows[0].working_days_left(reopened.today, reopened.calendar) == 10
    assert show(small, "TT-01", year=None, today=reopened.today).calendar is None
    assert show(small, "TT-02", year=None, today=reopened.today).calendar is not None


# --- due days ---------------------------------------------------------------------------------


def test_every_open_row_with_a_day_is_a_due_day_in_order(with_case: Register, actor: Actor) -> None:
    tick(with_case, actor, ["TT-02.Q1.ZF"], on=date(2026, 4, 2))
    tick(with_case, actor, ["TT-01"], on=None, partial="a page")
    found = due_days(with_case, year=None, today=MONDAY)
    assert [(one.row.ref, one.number, one.title, one.changed_by > 0) for one in found.days] == [
        ("TT-01", None, None, True),
        ("TT-02.Q1.FZ", None, None, False),
        ("TT-02.Q2.FZ", None, None, False),
        ("TT-02.Q2.ZF", None, None, False),
        ("TT-02.Q3.FZ", None, None, False),
        ("TT-02.Q3.ZF", None, None, False),
        ("AJ-01.PUB", NUMBER, "无照经营", True),
        ("AJ-01.NECIPS", NUMBER, "无照经营", True),
        ("TT-02.Q4.FZ", None, None, False),
        ("TT-02.Q4.ZF", None, None, False),
    ]
    assert found.units["ZF"] == ("执法队", "Enforcement")
    assert found.bureau == ("小局", "Small bureau")
    assert found.days[1].law["basis"][0]["law"] == "cfl"
    assert [one["law"] for one in found.days[7].law["basis"]]


def test_due_days_are_narrowed_by_unit_year_and_working_days(
    with_case: Register, close_year: Callable[[Register, int], None]
) -> None:
    def refs(*, unit: str | None = None, within: int | None = None, year: int | None = None) -> list[str]:
        return [one.row.ref for one in due_days(with_case, unit=unit, within=within, year=year, today=MONDAY).days]

    assert refs(unit="zf") == ["TT-02.Q1.ZF", "TT-02.Q2.ZF", "TT-02.Q3.ZF", "AJ-01.PUB", "TT-02.Q4.ZF"]
    assert refs(within=6) == ["TT-02.Q3.FZ", "TT-02.Q3.ZF", "AJ-01.PUB"]
    assert "AJ-01.PUB" not in refs(year=2026)
    with pytest.raises(errors.UnknownUnit):
        refs(unit="XX")
    close_year(with_case, 2026)
    assert refs() == ["AJ-01.PUB", "AJ-01.NECIPS"]
