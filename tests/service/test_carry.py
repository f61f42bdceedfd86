"""A year follows an earlier one: templates, assignees, what is new, and what is left, linked and counted once."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from lawcheck import errors
from lawcheck.core.journal import Actor
from lawcheck.core.remainder import Remainder
from lawcheck.service.board import board, next_rows
from lawcheck.service.carry import Carried, Lost, OtherUnit
from lawcheck.service.items import show
from lawcheck.service.journal import undo
from lawcheck.service.rows import assign, record_occasion, set_rows_aside, tick
from lawcheck.service.start import Started, start_year
from lawcheck.service.summary import summarise
from lawcheck.service.verify import verify
from lawcheck.store.register import Register
from support import SMALL_BUREAU, SMALL_TEMPLATE

Dump = dict[str, list[tuple[object, ...]]]
Dumped = Callable[[Register], Dump]
Close = Callable[[Register, int], None]
NEW_YEAR = date(2027, 1, 5)


@pytest.fixture
def january(actor: Actor) -> Actor:
    return actor._replace(today=NEW_YEAR.isoformat())


@pytest.fixture
def worked(small: Register, actor: Actor) -> Register:
    """Return a year 2026 with two rows done, one set aside, one partly done, an occasion, and people on four rows."""
    assign(small, actor, ["TT-01", "TT-02.Q1.FZ"], "lihua")
    assign(small, actor, ["TT-02.Q1.ZF", "TT-02.Q2.ZF"], "wang")
    tick(small, actor, ["TT-02.Q1.ZF", "TT-02.Q1.FZ"], on=date(2026, 3, 20))
    set_rows_aside(small, actor, ["TT-02.Q2.FZ"], why="no cases")
    tick(small, actor, ["TT-02.Q2.ZF"], on=None, partial="one file")
    record_occasion(small, actor, "TT-03", on=date(2026, 5, 4), note="a rule changed")
    return small


LEFT = ["TT-01", "TT-02.Q2.ZF", "TT-02.Q3.FZ", "TT-02.Q3.ZF", "TT-02.Q4.FZ", "TT-02.Q4.ZF", "TT-03.1"]


def _follow(register: Register, actor: Actor, template: Path, *, bureau: Path | None = None) -> Carried:
    done = start_year(register, actor, 2027, [str(template)], bureau, from_year=2026)
    assert verify(register).findings == ()
    assert done.carried is not None
    return done.carried


def _assignees(register: Register, year: int) -> dict[object, object]:
    return {row[1]: row[15] for row in register.all("checklist_row_all") if row[0] == year and row[15] is not None}


def test_a_year_that_follows_starts_afresh_with_its_assignees(
    worked: Register, january: Actor, small_template: Path
) -> None:
    carried = _follow(worked, january, small_template)
    states = {(row[9], row[16]) for row in worked.all("checklist_row_all") if row[0] == 2027}
    assert states == {("open", "none")}
    wanted = {"TT-01": "lihua", "TT-02.Q1.FZ": "lihua", "TT-02.Q1.ZF": "wang", "TT-02.Q2.ZF": "wang"}
    assert (_assignees(worked, 2027), carried.assigned, carried.lost) == (wanted, 4, ())
    assert [(one.template, one.is_new, {item.how for item in one.items}) for one in carried.checklists] == [
        ("TT", False, {"same"})
    ]
    assert (carried.other_units, carried.not_started, carried.own, carried.is_closed) == ((), (), (), False)


def test_what_is_new_changed_and_gone_is_told_by_the_frozen_copies(
    worked: Register, january: Actor, small_template: Path
) -> None:
    revised = SMALL_TEMPLATE.replace("TT-04", "TT-05").replace("年度事项", "年度要事")
    small_template.write_text(revised, encoding="utf-8")
    (compared,) = _follow(worked, january, small_template).checklists
    assert [(one.code, one.how, one.what, one.why) for one in compared.items] == [
        ("TT-01", "changed", ("title",), None),
        ("TT-02", "same", (), None),
        ("TT-03", "same", (), None),
        ("TT-05", "new", (), None),
        ("TT-04", "gone", (), "template"),
    ]


def test_the_law_that_let_an_item_go_is_named(empty_register: Register, actor: Actor) -> None:
    start_year(empty_register, actor, 2020)
    carried = start_year(empty_register, actor, 2026, from_year=2020).carried
    assert carried is not None
    items = [item for one in carried.checklists for item in one.items]
    gone = [item for item in items if item.how == "gone"]
    assert {item.why for item in gone} <= {"law", "years"}
    assert [item.code for item in items if item.how in ("new", "gone") and item.laws] != []
    cited = [cause for item in items for cause in item.laws]
    assert {cause.how for cause in cited} <= {"began", "ended", "cited", "dropped"}
    assert all(cause.day and cause.day > "2020" for cause in cited if cause.how == "began")


def test_the_rows_of_the_earlier_year_stay_and_are_counted_there_only(
    worked: Register, january: Actor, small_template: Path
) -> None:
    before = summarise(worked, 2026, by="template", as_of=NEW_YEAR).total
    rows = [row for row in worked.all("checklist_row_all") if row[0] == 2026]
    carried = _follow(worked, january, small_template)
    assert (carried.remaining, sorted(row.ref for row in carried.remainder)) == (Remainder(2026, 7), LEFT)
    assert [row for row in worked.all("checklist_row_all") if row[0] == 2026] == rows
    later = summarise(worked, 2027, by="template", as_of=NEW_YEAR)
    assert (later.total.rows, later.total.open, later.carried) == (9, 9, (Remainder(2026, 7),))
    earlier = summarise(worked, 2026, by="template", as_of=NEW_YEAR)
    assert (earlier.total, earlier.carried) == (before, ())


def test_a_row_knows_what_it_follows_until_that_is_done(worked: Register, january: Actor, small_template: Path) -> None:
    _follow(worked, january, small_template)

    def earlier(ref: str) -> list[tuple[int, str]]:
        return [(row.year, row.ref) for row in show(worked, ref, year=2027, today=NEW_YEAR).earlier]

    assert earlier("TT-01") == [(2026, "TT-01")]
    assert earlier("TT-02.Q2.ZF") == [(2026, "TT-02.Q2.ZF")]
    assert (earlier("TT-02.Q1.ZF"), earlier("TT-02.Q2.FZ")) == ([], [])
    assert earlier("TT-03") == [(2026, "TT-03.1")]
    assert len(earlier("TT-02")) == 5
    assert show(worked, "TT-01", year=2026, today=NEW_YEAR).earlier == ()
    tick(worked, january, ["TT-01"], on=NEW_YEAR, year=2026)
    assert earlier("TT-01") == []
    assert summarise(worked, 2027, by="unit", as_of=NEW_YEAR).carried == (Remainder(2026, 6),)


def test_the_remainder_ends_when_the_earlier_year_is_closed(
    worked: Register, january: Actor, small_template: Path, close_year: Close
) -> None:
    close_year(worked, 2026)
    carried = _follow(worked, january, small_template)
    assert (carried.is_closed, carried.remaining, carried.remainder) == (True, Remainder(2026, 7), ())
    assert show(worked, "TT-01", year=None, today=NEW_YEAR).earlier == ()
    assert summarise(worked, 2027, by="unit", as_of=NEW_YEAR).carried == ()


def test_who_left_is_given_nothing_and_is_named(
    worked: Register, january: Actor, small_template: Path, tmp_path: Path
) -> None:
    left = SMALL_BUREAU.replace("reviews: true}", 'reviews: true, to: "2026-12-31"}')
    (tmp_path / "left.yaml").write_text(left, encoding="utf-8")
    carried = _follow(worked, january, small_template, bureau=tmp_path / "left.yaml")
    assert carried.lost == (Lost("wang", ("TT-02.Q1.ZF", "TT-02.Q2.ZF")),)
    assert _assignees(worked, 2027) == {"TT-01": "lihua", "TT-02.Q1.FZ": "lihua"}


def test_rows_that_lost_their_unit_are_named(
    worked: Register, january: Actor, small_template: Path, tmp_path: Path
) -> None:
    other = SMALL_BUREAU.replace("legal: FZ", "legal: ZF").replace("[ZF, FZ]", "[FZ]")
    (tmp_path / "other.yaml").write_text(other, encoding="utf-8")
    carried = _follow(worked, january, small_template, bureau=tmp_path / "other.yaml")
    assert carried.other_units == (OtherUnit("TT-01", "FZ", ("ZF",)), OtherUnit("TT-02", "ZF", ("FZ",)))
    assert _assignees(worked, 2027) == {"TT-02.Q1.FZ": "lihua"}


def test_without_names_the_templates_of_the_earlier_year_start(
    empty_register: Register, actor: Actor, small_bureau: Path, small_template: Path
) -> None:
    start_year(empty_register, actor, 2026, ["PL", "MD", str(small_template)], small_bureau)
    done = start_year(empty_register, actor, 2027, from_year=2026)
    assert [one.template for one in done.started] == ["MD", "PL"]
    assert done.carried is not None
    assert (done.carried.not_started, done.carried.own) == (("TT",), ("TT",))
    assert verify(empty_register).findings == ()


def test_starting_again_changes_nothing_and_says_so(
    worked: Register, january: Actor, small_template: Path, dump: Dumped
) -> None:
    start_year(worked, january, 2027, [str(small_template)])
    before, head = dump(worked), worked.head()
    carried = _follow(worked, january, small_template)
    assert (dump(worked), worked.head()) == (before, head)
    assert (carried.assigned, carried.remaining.rows) == (0, 7)


def test_a_year_that_followed_can_be_taken_back(
    worked: Register, january: Actor, small_template: Path, dump: Dumped
) -> None:
    before = dump(worked) | {"document": []}
    _follow(worked, january, small_template)
    assert undo(worked, january).command == "start"
    assert dump(worked) | {"document": []} == before
    assert verify(worked).findings == ()


@pytest.mark.parametrize("names", [(), ("PL",)])
def test_what_cannot_be_followed_is_refused(names: tuple[str, ...], small: Register, actor: Actor) -> None:
    def refused(year: int, from_year: int) -> errors.LawcheckError:
        head = small.head()
        with pytest.raises(errors.LawcheckError) as refusal:
            start_year(small, actor, year, names, from_year=from_year)
        assert (small.head(), small.connection.in_transaction) == (head, False)
        assert small.one("year_get", key_year=2027) is None
        return refusal.value

    never = refused(2027, 2020)
    assert isinstance(never, errors.NothingToCarry)
    assert never.params == {"year": 2020, "wanted": 2027, "started": [2026]}
    for year, from_year in ((2027, 2027), (2027, 2028), (2026, 2026)):
        error = refused(year, from_year)
        assert isinstance(error, errors.NotEarlier)
        assert error.params == {"year": from_year, "wanted": year, "before": year - 1}
    if not names:
        assert isinstance(refused(2027, 2026), errors.OwnTemplates)


# --- January ----------------------------------------------------------------------------------


@pytest.fixture
def both_years(empty_register: Register, actor: Actor) -> Register:
    """Return a register of all templates in January 2027: 2026 is not closed, 2027 has begun."""
    start_year(empty_register, actor, 2026)
    done: Started = start_year(empty_register, actor._replace(today=NEW_YEAR.isoformat()), 2027, from_year=2026)
    assert done.carried is not None
    return empty_register


def test_in_january_statutory_days_of_the_year_before_stand_on_the_board_with_their_year(both_years: Register) -> None:
    rows = next_rows(both_years, 1000, year=None, today=NEW_YEAR).rows
    due = {(row.ref, row.due) for row in rows if row.due is not None and row.due.year == 2027 and row.year == 2026}
    assert due >= {("ES-10", date(2027, 1, 31)), ("FR-05", date(2027, 2, 28))}
    seen = board(both_years, date(2027, 1, 25))
    assert {row.year for row in seen.soon if row.due == date(2027, 1, 31)} >= {2026}


def test_a_bare_ref_means_the_one_row_that_is_open_and_begun(both_years: Register, actor: Actor) -> None:
    january = actor._replace(today="2027-01-05")
    with pytest.raises(errors.AmbiguousRef) as several:
        tick(both_years, january, ["PL-01"], on=NEW_YEAR)
    assert several.value.params["candidates"] == [("PL-01", 2026), ("PL-01", 2027)]
    periodic = next(
        row for row in next_rows(both_years, 1000, year=2026, today=NEW_YEAR).rows if row.period in ("Q4", "H2", "M12")
    )
    assert tick(both_years, january, [periodic.ref], on=NEW_YEAR).rows[0].year == 2026
    tick(both_years, january, ["PL-01"], on=NEW_YEAR, year=2026)
    assert tick(both_years, january, ["PL-01"], on=NEW_YEAR).rows[0].year == 2027
