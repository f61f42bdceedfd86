"""Something happens: an item that waited for it gets a row of its own."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from lawcheck import errors
from lawcheck.core.journal import Actor
from lawcheck.core.row import Row
from lawcheck.service.bureaus import import_bureau
from lawcheck.service.items import show
from lawcheck.service.lists import Filter, list_rows
from lawcheck.service.rows import note_on, record_occasion, tick
from lawcheck.service.start import start_year
from lawcheck.service.verify import verify
from lawcheck.store.register import Register
from support import SMALL_BUREAU, SMALL_TEMPLATE, TODAY

DAY = date.fromisoformat(TODAY)
MAY = date(2026, 5, 20)


def _idle(register: Register) -> list[str]:
    return [item.code for item in list_rows(register, Filter(), year=None, today=DAY).standing.not_triggered]


def test_an_occasion_brings_an_open_row_that_says_what_happened(small: Register, actor: Actor) -> None:
    changed = record_occasion(small, actor, "tt-03", on=MAY, note=" a rule was revised ")
    row = Row(
        2026, "TT-03.1", "TT-03", "TT", "occasion", "发生事项", "Occasion item", 1, "power-list", "FZ", None, 1, MAY,
        None, None, "open", None, None, None, None, None, None, "none", "a rule was revised",
    )  # fmt: skip
    assert (changed.command, changed.rows, changed.seq) == ("occasion", (row,), 2)
    assert show(small, "TT-03.1", year=None, today=DAY).rows == (row,)


def test_after_the_bureau_changed_an_occasion_goes_to_whoever_holds_the_duty_now(
    small: Register, actor: Actor, tmp_path: Path
) -> None:
    path = tmp_path / "bureau.yaml"
    path.write_text(SMALL_BUREAU.replace('legal: FZ, case-handling: [ZF, FZ], "*": FZ', '"*": ZF'), encoding="utf-8")
    import_bureau(small, actor, path)
    (idle,) = list_rows(small, Filter(), year=None, today=DAY).standing.not_triggered
    assert idle.unit == "ZF"
    assert list_rows(small, Filter(unit="FZ"), year=None, today=DAY).standing.not_triggered == ()
    assert show(small, "TT-03", year=None, today=DAY).item.body["units"] == ["ZF"]
    (row,) = record_occasion(small, actor, "TT-03", on=MAY, note="x").rows
    assert row.unit == "ZF"
    assert verify(small).findings == ()


def test_a_closed_year_keeps_the_units_that_it_was_closed_with(
    small: Register, actor: Actor, tmp_path: Path, close_year: Callable[[Register, int], None]
) -> None:
    close_year(small, 2026)
    path = tmp_path / "bureau.yaml"
    path.write_text(SMALL_BUREAU.replace('legal: FZ, case-handling: [ZF, FZ], "*": FZ', '"*": ZF'), encoding="utf-8")
    import_bureau(small, actor, path)
    (idle,) = list_rows(small, Filter(), year=2026, today=DAY).standing.not_triggered
    assert idle.unit == "FZ"


def test_an_item_stands_as_not_triggered_until_its_occasion_comes(small: Register, actor: Actor) -> None:
    assert _idle(small) == ["TT-03"]
    record_occasion(small, actor, "TT-03", on=MAY, note="x")
    assert _idle(small) == []


def test_occasions_are_numbered_as_they_are_recorded(small: Register, actor: Actor) -> None:
    refs = [record_occasion(small, actor, "TT-03", on=MAY - timedelta(n), note="x").rows[0].ref for n in range(12)]
    assert refs == [f"TT-03.{n}" for n in range(1, 13)]
    assert verify(small).findings == ()


def test_an_occasion_is_ticked_by_its_number_or_alone_by_its_item(small: Register, actor: Actor) -> None:
    record_occasion(small, actor, "TT-03", on=MAY, note="first")
    assert tick(small, actor, ["TT-03"], on=MAY).rows[0].ref == "TT-03.1"
    record_occasion(small, actor, "TT-03", on=MAY, note="second")
    record_occasion(small, actor, "TT-03", on=MAY, note="third")
    with pytest.raises(errors.AmbiguousRef) as ambiguous:
        tick(small, actor, ["TT-03"], on=MAY)
    assert ambiguous.value.params["candidates"] == [("TT-03.2", 2026), ("TT-03.3", 2026)]
    assert tick(small, actor, ["TT-03.3"], on=MAY).rows[0].happening == "third"


def test_where_each_unit_has_a_row_an_occasion_brings_one_for_every_unit_in_one_entry(
    empty_register: Register, actor: Actor, small_bureau: Path, small_template: Path
) -> None:
    each = SMALL_TEMPLATE.replace(
        "duty: legal\n    kind: occasion", "duty: case-handling\n    each: true\n    kind: occasion"
    )
    small_template.write_text(each, encoding="utf-8")
    start_year(empty_register, actor, 2026, [str(small_template)], small_bureau)
    first = record_occasion(empty_register, actor, "TT-03", on=MAY, note="x")
    second = record_occasion(empty_register, actor, "TT-03", on=MAY, note="y")
    assert [(row.ref, row.unit, row.occasion) for row in first.rows + second.rows] == [
        ("TT-03.1.ZF", "ZF", 1),
        ("TT-03.1.FZ", "FZ", 1),
        ("TT-03.2.ZF", "ZF", 2),
        ("TT-03.2.FZ", "FZ", 2),
    ]
    assert (first.seq, second.seq) == (2, 3)


def test_an_occasion_belongs_to_the_year_of_its_day(two_years: Register, actor: Actor) -> None:
    assert record_occasion(two_years, actor, "TT-03", on=date(2025, 12, 31), note="x").rows[0].year == 2025
    assert record_occasion(two_years, actor, "TT-03", on=date(2026, 1, 1), note="x").rows[0].year == 2026


@pytest.mark.parametrize(
    ("code", "day", "begins"), [("RL-04", "2026-06-15", "2026-07-01"), ("SV-07", "2026-01-15", "2026-02-01")]
)
def test_what_no_law_asks_for_yet_cannot_happen(
    code: str, day: str, begins: str, register: Register, actor: Actor
) -> None:
    on = date.fromisoformat(day)
    refused = _refused(register, lambda: record_occasion(register, actor, code, on=on, note="x"))
    assert (type(refused), refused.params["begins"], refused.params["ends"]) == (errors.NotAskedOn, begins, None)


def _refused(register: Register, command: Callable[[], object]) -> errors.LawcheckError:
    before = register.all("checklist_row_all"), register.head()
    with pytest.raises(errors.LawcheckError) as refused:
        command()
    assert (register.all("checklist_row_all"), register.head()) == before
    return refused.value


def test_an_occasion_that_has_not_come_is_refused(small: Register, actor: Actor) -> None:
    tomorrow = DAY + timedelta(days=1)
    refused = _refused(small, lambda: record_occasion(small, actor, "TT-03", on=tomorrow, note="x"))
    assert isinstance(refused, errors.FutureDate)
    assert record_occasion(small, actor, "TT-03", on=DAY, note="x").rows[0].begins == DAY


def test_an_occasion_outside_the_year_asked_for_is_refused(two_years: Register, actor: Actor) -> None:
    refused = _refused(two_years, lambda: record_occasion(two_years, actor, "TT-03", on=MAY, note="x", year=2025))
    assert (type(refused), refused.params) == (errors.OutsideYear, {"date": "2026-05-20", "year": 2025})


def test_an_occasion_of_a_year_that_was_not_started_is_refused(small: Register, actor: Actor) -> None:
    refused = _refused(small, lambda: record_occasion(small, actor, "TT-03", on=date(2025, 5, 5), note="x"))
    assert (type(refused), refused.params) == (errors.YearNotStarted, {"year": 2025})


@pytest.mark.parametrize(("code", "kind"), [("TT-01", "yearly"), ("TT-02", "periodic"), ("TT-04", "case")])
def test_only_what_waits_for_an_occasion_can_be_triggered(code: str, kind: str, small: Register, actor: Actor) -> None:
    refused = _refused(small, lambda: record_occasion(small, actor, code, on=MAY, note="x"))
    assert (type(refused), refused.params) == (errors.NotAnOccasion, {"ref": code, "kind": kind})


@pytest.mark.parametrize("code", ["TT-09", "TT-03.1", "TT-03.FZ"])
def test_an_occasion_is_recorded_for_an_item_and_for_nothing_else(code: str, small: Register, actor: Actor) -> None:
    record_occasion(small, actor, "TT-03", on=MAY, note="x")
    refused = _refused(small, lambda: record_occasion(small, actor, code, on=MAY, note="x"))
    assert isinstance(refused, errors.UnknownRef)


@pytest.mark.parametrize("note", ["", " \n"])
def test_an_occasion_without_a_word_is_refused(note: str, small: Register, actor: Actor) -> None:
    refused = _refused(small, lambda: record_occasion(small, actor, "TT-03", on=MAY, note=note))
    assert isinstance(refused, errors.EmptyText)


def test_notes_on_an_item_stay_with_it_when_its_occasion_comes(small: Register, actor: Actor) -> None:
    note_on(small, actor, "TT-03", "expected in May")
    record_occasion(small, actor, "TT-03", on=MAY, note="came")
    note_on(small, actor, "TT-03.1", "on its row")
    shown = show(small, "TT-03.1", year=None, today=DAY)
    assert [note.text for note in shown.notes] == ["on its row", "expected in May"]
