"""The calendar of a register: what comes with lawcheck, what is imported, what is missing."""

from datetime import date
from pathlib import Path

import pytest

from lawcheck.core.deadline import Reckoning, parse_rule, reckon
from lawcheck.core.journal import WHOLE, Actor, Change
from lawcheck.core.words import Text
from lawcheck.errors import BadFile, EmptyText, HolidayKnown, InvalidDate, InvalidRule, RegisterReadOnly, TimeMissing
from lawcheck.library.holidays import read_holidays
from lawcheck.library.places import holiday_files
from lawcheck.service.board import board
from lawcheck.service.calendar import HolidaysImported, import_holidays, status
from lawcheck.service.deadlines import reckon_once
from lawcheck.service.journal import undo
from lawcheck.service.verify import verify
from lawcheck.service.working_days import calendar_of
from lawcheck.store import codec
from lawcheck.store.register import Register
from support import HOLIDAYS_2027

SEVEN = parse_rule("7 wd")
DAY = date(2026, 11, 20)


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "2027.yaml"
    path.write_text(HOLIDAYS_2027, encoding="utf-8")
    return path


def _seq(register: Register) -> int:
    return register.head().seq


def test_without_a_register_the_calendar_is_what_comes_with_lawcheck() -> None:
    calendar = calendar_of(None)
    assert [year for year in range(2000, 2030) if calendar.known(year)] == list(range(2004, 2027))


def test_an_imported_year_counts_and_is_kept_by_one_entry(small: Register, actor: Actor, notice: Path) -> None:
    reckoning = Reckoning(SEVEN, date(2027, 9, 28))
    assert reckon(reckoning, calendar_of(small))[::2] == (date(2027, 10, 8), True)
    before = _seq(small)
    done = import_holidays(small, actor, notice)
    record = read_holidays(notice)
    assert done == HolidaysImported(record, changed=True, dry_run=False, moved=())
    assert _seq(small) == before + 1
    key = small.one("holiday_year_get", key_year=2027)
    assert key is not None
    entry = small.one("entry_latest", most=1)
    assert entry is not None
    assert (entry[5], codec.payload_changes(str(entry[8]))[0]) == (
        "calendar import",
        [Change("holiday", "2027", WHOLE, None, {"document": key[0]})],
    )
    calendar = calendar_of(small)
    assert calendar.years[2027] == record
    # 29 and 30 September, 8 October, Saturday the 9th worked, 11 to 13 October.
    assert reckon(reckoning, calendar)[::2] == (date(2027, 10, 13), False)
    assert verify(small).findings == ()


def test_a_notice_reaches_into_the_year_before(small: Register, actor: Actor, notice: Path) -> None:
    assert calendar_of(small).is_working(date(2026, 12, 31))
    import_holidays(small, actor, notice)
    assert not calendar_of(small).is_working(date(2026, 12, 31))


def test_the_same_days_again_change_nothing(small: Register, actor: Actor, notice: Path) -> None:
    import_holidays(small, actor, notice)
    before = _seq(small)
    again = import_holidays(small, actor, notice)
    assert (again.changed, again.moved, _seq(small)) == (False, (), before)
    shipped = import_holidays(small, actor, holiday_files()[-1])
    assert (shipped.record.year, shipped.changed, _seq(small)) == (2026, False, before)


def test_a_known_year_with_other_days_is_refused_and_the_first_that_differ_are_named(
    small: Register, actor: Actor, notice: Path
) -> None:
    import_holidays(small, actor, notice)
    before = _seq(small)
    notice.write_text(HOLIDAYS_2027.replace("to: 2027-10-07", "to: 2027-10-08"), encoding="utf-8")
    with pytest.raises(HolidayKnown) as refused:
        import_holidays(small, actor, notice)
    assert refused.value.params == {"year": 2027, "days": ["2027-10-08"], "more": 0}
    assert (refused.value.exit_code, _seq(small)) == (4, before)


def test_a_shipped_year_with_other_days_is_refused(small: Register, actor: Actor, tmp_path: Path) -> None:
    path = tmp_path / "2026.yaml"
    text = holiday_files()[-1].read_text(encoding="utf-8")
    path.write_text(text.replace("  - {day: 2026-10-10, for: 国庆节}\n", ""), encoding="utf-8")
    with pytest.raises(HolidayKnown) as refused:
        import_holidays(small, actor, path)
    assert refused.value.params == {"year": 2026, "days": ["2026-10-10"], "more": 0}


def test_many_differing_days_are_counted_and_the_first_five_named(
    small: Register, actor: Actor, tmp_path: Path
) -> None:
    path = tmp_path / "2026.yaml"
    path.write_text(
        "year: 2026\nnotice: x\noff:\n  - {from: 2026-01-01, to: 2026-01-01, name: {zh: 元旦, en: New Year}}\n",
        encoding="utf-8",
    )
    with pytest.raises(HolidayKnown) as refused:
        import_holidays(small, actor, path)
    days = ["2026-01-02", "2026-01-03", "2026-01-04", "2026-02-14", "2026-02-15"]
    assert refused.value.params == {"year": 2026, "days": days, "more": 33}


def test_a_wrong_notice_is_replaced_by_one_entry_for_a_reason_that_is_kept(
    small: Register, actor: Actor, notice: Path
) -> None:
    import_holidays(small, actor, notice)
    before, old = _seq(small), small.one("holiday_year_get", key_year=2027)
    notice.write_text(HOLIDAYS_2027.replace("to: 2027-10-07", "to: 2027-10-08"), encoding="utf-8")
    done = import_holidays(small, actor, notice, replace=True, why=" typed wrongly ")
    record = read_holidays(notice)
    assert done == HolidaysImported(record, changed=True, dry_run=False, moved=(), replaced=True)
    assert _seq(small) == before + 1
    new, entry = small.one("holiday_year_get", key_year=2027), small.one("entry_latest", most=1)
    assert old is not None
    assert new is not None
    assert entry is not None
    assert codec.payload_changes(str(entry[8]))[0] == [Change("holiday", "2027", "document", old[0], new[0])]
    assert status(small, DAY).years[0] == (record, True, "typed wrongly")
    assert calendar_of(small).years[2027] == record
    assert verify(small).findings == ()
    undo(small, actor)
    assert "2027-10-08" not in calendar_of(small).years[2027].off
    assert status(small, DAY).years[0].why is None
    assert verify(small).findings == ()
    undo(small, actor)
    assert not calendar_of(small).known(2027)


def test_a_shipped_year_that_is_replaced_is_the_registers_own_from_then_on(
    small: Register, actor: Actor, tmp_path: Path
) -> None:
    path = tmp_path / "2026.yaml"
    text = holiday_files()[-1].read_text(encoding="utf-8")
    path.write_text(text.replace("  - {day: 2026-10-10, for: 国庆节}\n", ""), encoding="utf-8")
    assert calendar_of(small).is_working(date(2026, 10, 10))
    import_holidays(small, actor, path, replace=True, why="as in the register of the county")
    assert not calendar_of(small).is_working(date(2026, 10, 10))
    assert calendar_of(None).is_working(date(2026, 10, 10))
    first = status(small, DAY).years[0]
    assert (first.record.year, first.imported, first.why) == (2026, True, "as in the register of the county")
    with pytest.raises(HolidayKnown):
        import_holidays(small, actor, holiday_files()[-1])
    undo(small, actor)
    assert calendar_of(small).is_working(date(2026, 10, 10))


def test_a_wrong_number_is_replaced_and_the_same_notice_is_not(small: Register, actor: Actor, notice: Path) -> None:
    import_holidays(small, actor, notice)
    before = _seq(small)
    same = import_holidays(small, actor, notice, replace=True, why="again")
    assert (same.changed, same.replaced, _seq(small)) == (False, False, before)
    notice.write_text(HOLIDAYS_2027.replace("1号", "2号"), encoding="utf-8")
    assert not import_holidays(small, actor, notice).changed
    assert import_holidays(small, actor, notice, replace=True, why="its number").changed
    assert calendar_of(small).years[2027].notice == "试发〔2026〕2号"


@pytest.mark.parametrize("why", [None, " \n"])
def test_a_notice_is_not_replaced_for_no_reason(why: str | None, small: Register, actor: Actor, notice: Path) -> None:
    before = _seq(small)
    with pytest.raises(EmptyText) as refused:
        import_holidays(small, actor, notice, replace=True, why=why)
    assert (refused.value.params, _seq(small)) == ({"option": "--why"}, before)


def test_a_year_that_was_not_known_is_only_taken_over(small: Register, actor: Actor, notice: Path) -> None:
    done = import_holidays(small, actor, notice, replace=True, why="the county's copy")
    assert (done.changed, done.replaced, status(small, DAY).years[0].why) == (True, False, "the county's copy")


def test_a_dry_run_changes_nothing(small: Register, actor: Actor, notice: Path) -> None:
    before = _seq(small)
    seen = import_holidays(small, actor, notice, dry_run=True)
    assert (seen.changed, seen.dry_run, _seq(small)) == (True, True, before)
    assert not calendar_of(small).known(2027)
    assert small.all("holiday_year_all") == []


def test_an_import_is_taken_back_by_undo(small: Register, actor: Actor, notice: Path) -> None:
    import_holidays(small, actor, notice)
    undo(small, actor)
    assert not calendar_of(small).known(2027)
    assert verify(small).findings == ()
    assert import_holidays(small, actor, notice).changed


def test_a_faulty_notice_leaves_the_register_as_it_was(small: Register, actor: Actor, notice: Path) -> None:
    before = _seq(small)
    notice.write_text(HOLIDAYS_2027.replace("2027-02-13", "2027-02-12"), encoding="utf-8")
    with pytest.raises(BadFile):
        import_holidays(small, actor, notice)
    assert (_seq(small), small.all("holiday_year_all")) == (before, [])


def test_a_register_that_cannot_be_written_refuses_a_notice(small: Register, actor: Actor, notice: Path) -> None:
    small.read_only = True
    with pytest.raises(RegisterReadOnly):
        import_holidays(small, actor, notice)


@pytest.mark.parametrize(
    ("today", "missing"),
    [
        (date(2026, 10, 31), None),
        (date(2026, 11, 1), 2027),
        (date(2026, 12, 31), 2027),
        (date(2027, 1, 1), 2027),
        (date(2025, 12, 31), None),
        (date(2003, 12, 31), 2003),
    ],
)
def test_the_next_year_is_missed_from_november_on(today: date, missing: int | None, small: Register) -> None:
    assert status(None, today).missing == missing
    assert board(small, today).holidays_missing == missing


def test_an_imported_year_is_no_longer_missed(small: Register, actor: Actor, notice: Path) -> None:
    import_holidays(small, actor, notice)
    assert board(small, date(2026, 12, 1)).holidays_missing is None
    known = status(small, date(2027, 11, 1))
    assert known.missing == 2028
    assert [(one.record.year, one.imported) for one in known.years[:3]] == [(2027, True), (2026, False), (2025, False)]
    assert known.years[0].record.off["2027-10-01"] == Text("国庆节", "National Day")


# --- the calculator ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "when", "before", "due", "time"),
    [
        ("7 wd", "2022-09-29", False, date(2022, 10, 13), None),
        ("7 wd", "2022-10-14", True, date(2022, 9, 30), None),
        ("7个工作日", "2026年9月24日", False, date(2026, 10, 12), None),
        ("at least 7 wd before", "2022-10-14", False, date(2022, 9, 30), None),
        ("at least 7 wd before", "2022-10-14", True, date(2022, 9, 30), None),
        ("24小时", "2026-09-30 15:30", False, date(2026, 10, 1), "15:30"),
        ("24 h", "2026/9/30T9:05", False, date(2026, 10, 1), "09:05"),
        ("24 h", "２０２６-09-30　９：０５", False, date(2026, 10, 1), "09:05"),
    ],
)
def test_the_calculator_reckons_what_was_typed(rule: str, when: str, before: bool, due: date, time: str | None) -> None:
    found = reckon_once(None, rule, when, before=before)
    assert found.deadline == (due, time, False)


@pytest.mark.parametrize("rule", ["15 d, rolls", "lasts at least 7 wd"])
def test_a_rule_that_says_more_than_a_length_is_not_turned_round(rule: str) -> None:
    with pytest.raises(InvalidRule) as refused:
        reckon_once(None, rule, "2026-09-30", before=True)
    assert refused.value.params == {"text": f"{rule} --before"}


@pytest.mark.parametrize(
    ("rule", "when", "error"),
    [
        ("7 wd", "2026-02-30", InvalidDate),
        ("7 wd", "2026-09-30 15:30", InvalidDate),
        ("24 h", "2026-09-30", TimeMissing),
        ("24 h", "2026-09-30 24:00", InvalidDate),
        ("24 h", "2026-09-30 9:5", InvalidDate),
        ("24 h", "2026-02-30 09:05", InvalidDate),
        ("7 days", "2026-09-30", InvalidRule),
    ],
)
def test_what_cannot_be_reckoned_is_refused(rule: str, when: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        reckon_once(None, rule, when)
