"""Workbooks handed out and collected: what units fill in is taken over once, and nothing else ever is."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from lawcheck import errors
from lawcheck.core.handout import BINDING, FIGURES, HELP, ROWS
from lawcheck.core.journal import Actor
from lawcheck.export.hand_out import save_hand_outs
from lawcheck.library import answers, tables
from lawcheck.library.nodes import Fault
from lawcheck.service.collect import Collection, collect
from lawcheck.service.figures import Reported, add_figure, show_figure
from lawcheck.service.finding import find_row
from lawcheck.service.hand_out import hand_out
from lawcheck.service.journal import undo
from lawcheck.service.reviews import accept, return_
from lawcheck.service.rows import assign, note_on, set_rows_aside, tick
from lawcheck.service.start import start_year
from lawcheck.service.verify import verify
from lawcheck.store.register import Register
from support import INSTANT, TODAY

DAY = date.fromisoformat(TODAY)
Fill = Callable[..., Path]


@pytest.fixture
def given(small: Register, tmp_path: Path) -> Path:
    """The workbook of the unit ZF: four quarterly rows and the figures of their section."""
    save_hand_outs(tmp_path / "ZF.xlsx", hand_out(small, year=2026, unit="zf", today=DAY), in_folder=False, force=False)
    return tmp_path / "ZF.xlsx"


@pytest.fixture
def fill(given: Path, tmp_path: Path) -> Fill:
    """Return what fills cells of the workbook in (`事项!G3`), or does anything else to it, and saves it as another."""

    def filled(
        cells: dict[str, object] | None = None, *, does: Callable[[Any], None] | None = None, name: str = "back"
    ) -> Path:
        book = load_workbook(given)
        for place, value in (cells or {}).items():
            sheet, _, cell = place.partition("!")
            book[sheet][cell].value = value
        if does is not None:
            does(book)
        path = tmp_path / f"{name}.xlsx"
        book.save(path)
        return path

    return filled


def _collect(register: Register, actor: Actor, *files: Path, apply: bool = True, **more: Any) -> Collection:
    return collect(register, actor, files, apply=apply, **more)


def _faults(register: Register, actor: Actor, *files: Path) -> list[tuple[str, str]]:
    """Return place and kind of every fault; nothing must have been taken."""
    head = register.head()
    with pytest.raises(errors.BadFile) as caught:
        _collect(register, actor, *files)
    assert register.head() == head
    faults: list[Fault] = caught.value.params["faults"]  # type: ignore[assignment]
    return [(one.cell, one.what) for one in faults]


def _outcomes(result: Collection) -> list[tuple[str, str]]:
    return [(one.key, one.what) for book in result.workbooks for one in book.outcomes]


DONE: dict[str, object] = {f"{ROWS}!G3": "已完成", f"{ROWS}!H3": date(2026, 3, 30)}


# --- what is handed out -----------------------------------------------------------------------


def test_a_workbook_holds_the_open_rows_and_figures_of_a_unit(given: Path) -> None:
    book = load_workbook(given)
    assert book.sheetnames == [HELP, ROWS, FIGURES, BINDING]
    assert book[BINDING].sheet_state == "veryHidden"
    page = book[ROWS]
    assert [page.cell(2, column).value for column in (1, 5, 7, 8)] == [
        "编号 Ref",
        "期限 Due",
        "状态 State",
        "完成日期 Done on",
    ]
    assert [page.cell(line, 1).value for line in range(3, 8)] == [*(f"TT-02.Q{n}.ZF" for n in (1, 2, 3, 4)), None]
    assert [cell.value for cell in page[3]][1:6] == ["季度事项", "每季度一次。", "记录", "2026-03-31", "未完成"]
    assert [book[FIGURES].cell(line, 1).value for line in range(3, 7)] == ["visits", "tt_met", "tt_all", None]


def test_only_the_cells_to_fill_in_can_be_changed_and_states_are_chosen_from_a_list(given: Path) -> None:
    book = load_workbook(given)
    for sheet, first in ((ROWS, 7), (FIGURES, 6)):
        page = book[sheet]
        assert page.protection.sheet
        locked = [page.cell(3, column).protection.locked for column in range(1, first + 3)]
        assert locked == [True] * (first - 1) + [False] * 3
    (states, days) = book[ROWS].data_validations.dataValidation
    assert (states.formula1, str(states.sqref)) == ('"已完成,部分完成,不适用,未完成"', "G3:G6")
    assert (days.type, str(days.sqref)) == ("date", "H3:H6")
    assert "请填写" in str(book[HELP]["A2"].value)
    assert "Fill in" in str(book[HELP]["A10"].value)


def test_figures_that_a_unit_reported_are_its_own_and_the_rest_are_named(small: Register, actor: Actor) -> None:
    found = hand_out(small, year=2026, unit=None, today=DAY)
    assert [(one.unit, len(one.rows), len(one.figures)) for one in found.units] == [("FZ", 5, 3), ("ZF", 4, 3)]
    assert (found.idle, found.unclaimed) == ((), ())
    add_figure(small, actor, "visits", "3次", Reported(on=DAY, unit="ZF"))
    (given,) = hand_out(small, year=2026, unit="ZF", today=DAY).units
    first = given.figures[0]
    assert (first.figure.key, first.figure.value, first.last) == ("visits", "3", 1)


def test_a_unit_with_nothing_open_gets_nothing(small: Register, actor: Actor, close_year: Any) -> None:
    with pytest.raises(errors.UnknownUnit):
        hand_out(small, year=2026, unit="XX", today=DAY)
    close_year(small, 2026)
    with pytest.raises(errors.YearClosed):
        hand_out(small, year=2026, unit="ZF", today=DAY)
    assert actor.person == "lihua"


def test_a_workbook_for_every_unit_or_for_none(small: Register, tmp_path: Path) -> None:
    found = hand_out(small, year=2026, unit=None, today=DAY)
    saved = save_hand_outs(tmp_path / "out", found, in_folder=True, force=False)
    assert [Path(one.path).name for one in saved.workbooks] == ["2026-FZ-法制科.xlsx", "2026-ZF-执法队.xlsx"]
    (tmp_path / "out" / "2026-FZ-法制科.xlsx").unlink()
    found = hand_out(small, year=2026, unit=None, today=DAY)
    with pytest.raises(errors.FileThere):
        save_hand_outs(tmp_path / "out", found, in_folder=True, force=False)
    assert [one.name for one in (tmp_path / "out").iterdir()] == ["2026-ZF-执法队.xlsx"]
    found = hand_out(small, year=2026, unit=None, today=DAY)
    save_hand_outs(tmp_path / "out", found, in_folder=True, force=True)
    assert len(list((tmp_path / "out").iterdir())) == 2


# --- what is taken ----------------------------------------------------------------------------


def test_what_a_unit_fills_in_is_taken_as_one_entry(small: Register, actor: Actor, fill: Fill) -> None:
    path = fill(
        {
            **DONE,
            f"{ROWS}!I3": "抄送办公室",
            f"{ROWS}!G4": "部分完成", f"{ROWS}!I4": "还差两份",
            f"{ROWS}!G5": "不适用", f"{ROWS}!I5": "并入上季度",
            f"{ROWS}!I6": "已请示",
            f"{FIGURES}!F3": "1.50万", f"{FIGURES}!G3": "2026年5月1日", f"{FIGURES}!H3": "巡查台账",
            f"{FIGURES}!F4": 12,
        }
    )  # fmt: skip
    before = small.head().seq
    result = _collect(small, actor, path)
    (book,) = result.workbooks
    assert (book.unit, book.entry, small.head().seq) == ("ZF", before + 1, before + 1)
    assert _outcomes(result) == [
        ("TT-02.Q1.ZF", "done"), ("TT-02.Q2.ZF", "partial"), ("TT-02.Q3.ZF", "na"), ("TT-02.Q4.ZF", "note"),
        ("visits", "amount"), ("tt_met", "amount"),
    ]  # fmt: skip
    first, second, third = (find_row(small, f"TT-02.Q{n}.ZF", 2026, TODAY) for n in (1, 2, 3))
    assert (first.state, first.done_on, first.done_by) == ("done", date(2026, 3, 30), "lihua")
    assert (second.left_to_do, third.why) == ("还差两份", "并入上季度")
    notes = [note[1] for ref in ("TT-02.Q1.ZF", "TT-02.Q4.ZF") for note in small.all("note_of", year=2026, ref=ref)]
    assert notes == ["抄送办公室", "已请示"]
    (entry,) = show_figure(small, "visits", year=2026, as_of=DAY).entries
    assert (entry.digits, entry.multiple, entry.on_date, entry.unit, entry.note) == (
        "1.50", "万", date(2026, 5, 1), "ZF", "巡查台账",
    )  # fmt: skip
    assert show_figure(small, "tt_met", year=2026, as_of=DAY).figure.value == "12"
    held = small.all("entry_latest", most=1)[0]
    assert (held[2], held[5]) == ("lihua", "collect ZF")
    assert verify(small).findings == ()
    undo(small, actor)
    assert find_row(small, "TT-02.Q1.ZF", 2026, TODAY).state == "open"


@pytest.mark.parametrize(
    ("value", "on"),
    [
        (date(2026, 3, 30), date(2026, 3, 30)),
        (datetime(2026, 3, 30, 0, 0), date(2026, 3, 30)),  # noqa: DTZ001  # as a workbook has it
        ("2026-03-30", date(2026, 3, 30)),
        ("2026/3/30", date(2026, 3, 30)),
        ("２０２６年３月３０日", date(2026, 3, 30)),
        ("未注明", None),
    ],
)
def test_a_day_may_be_a_day_or_a_day_written_out(
    value: object, on: date | None, small: Register, actor: Actor, fill: Fill
) -> None:
    _collect(small, actor, fill({f"{ROWS}!G3": "已完成", f"{ROWS}!H3": value}))
    row = find_row(small, "TT-02.Q1.ZF", 2026, TODAY)
    assert (row.state, row.done_on) == ("done", on)


@pytest.mark.parametrize(
    ("value", "told"), [("12", "12"), (12, "12"), (1619.14, "1619.14"), ("3件", "3"), ("0.30", "0.30")]
)
def test_an_amount_is_a_number_in_the_measure_of_its_line(
    value: object, told: str, small: Register, actor: Actor, fill: Fill
) -> None:
    _collect(small, actor, fill({f"{FIGURES}!F4": value}))
    assert show_figure(small, "tt_met", year=2026, as_of=DAY).figure.value == told


def test_what_several_units_report_of_one_figure_adds_up(small: Register, actor: Actor, tmp_path: Path) -> None:
    for unit in ("ZF", "FZ"):
        path = tmp_path / f"{unit}.xlsx"
        save_hand_outs(path, hand_out(small, year=2026, unit=unit, today=DAY), in_folder=False, force=False)
        book = load_workbook(path)
        book[FIGURES]["F3"].value = 7 if unit == "ZF" else 9
        book.save(path)
    result = _collect(small, actor, tmp_path / "ZF.xlsx", tmp_path / "FZ.xlsx")
    assert _outcomes(result) == [("visits", "amount"), ("visits", "amount")]
    assert show_figure(small, "visits", year=2026, as_of=DAY).figure.value == "16"


def test_looking_changes_nothing(small: Register, actor: Actor, fill: Fill) -> None:
    before = small.head()
    result = _collect(small, actor, fill(DONE), apply=False)
    assert (result.applied, [one.entry for one in result.workbooks]) == (False, [None])
    assert _outcomes(result) == [("TT-02.Q1.ZF", "done")]
    assert small.head() == before


def test_what_was_taken_is_not_taken_again(small: Register, actor: Actor, fill: Fill) -> None:
    path = fill({**DONE, f"{ROWS}!I6": "已请示", f"{FIGURES}!F3": 5})
    _collect(small, actor, path)
    before = small.head()
    again = _collect(small, actor, path)
    assert {what for _key, what in _outcomes(again)} == {"same"}
    assert small.head() == before


def test_an_empty_workbook_is_an_answer_too(small: Register, actor: Actor, given: Path) -> None:
    before = small.head()
    result = _collect(small, actor, given)
    assert (_outcomes(result), result.workbooks[0].entry, small.head()) == ([], None, before)
    assert [(one.unit, one.rows, one.overdue) for one in result.unanswered] == [("FZ", 5, 2)]


def test_what_changed_since_is_a_conflict_and_the_rest_is_taken(
    small: Register, actor: Actor, wang: Actor, fill: Fill
) -> None:
    path = fill({**DONE, f"{ROWS}!G4": "不适用", f"{ROWS}!I4": "x", f"{FIGURES}!F3": 5, f"{FIGURES}!F4": 6})
    set_rows_aside(small, wang, ["TT-02.Q1.ZF"], why="y")
    add_figure(small, wang, "visits", "9次", Reported())
    note_on(small, wang, "TT-02.Q2.ZF", "a note is no conflict")
    result = _collect(small, actor, path)
    assert _outcomes(result) == [
        ("TT-02.Q1.ZF", "conflict"), ("TT-02.Q2.ZF", "na"), ("visits", "conflict"), ("tt_met", "amount"),
    ]  # fmt: skip
    (first, _, third, _) = result.workbooks[0].outcomes
    assert (first.person, third.person) == ("wang", "wang")
    assert find_row(small, "TT-02.Q1.ZF", 2026, TODAY).why == "y"
    assert show_figure(small, "visits", year=2026, as_of=DAY).figure.value == "9"


def test_a_unit_whose_workbook_was_taken_before_has_answered(
    small: Register, actor: Actor, wang: Actor, fill: Fill, tmp_path: Path
) -> None:
    save_hand_outs(tmp_path / "FZ.xlsx", hand_out(small, year=2026, unit="FZ", today=DAY), in_folder=False, force=True)
    looked = _collect(small, actor, tmp_path / "FZ.xlsx", apply=False)
    assert ([one.unit for one in looked.unanswered], looked.answered_before) == (["ZF"], ())
    _collect(small, wang, fill(DONE))
    entry = small.head().seq
    later = _collect(small, actor, tmp_path / "FZ.xlsx")
    assert later.unanswered == ()
    assert later.answered_before == (("ZF", "执法队", "Enforcement", entry, DAY),)
    undo(small, wang)
    assert [one.unit for one in _collect(small, actor, tmp_path / "FZ.xlsx").unanswered] == ["ZF"]
    _collect(small, wang, fill(DONE))
    save_hand_outs(tmp_path / "FZ.xlsx", hand_out(small, year=2026, unit="FZ", today=DAY), in_folder=False, force=True)
    assert [one.unit for one in _collect(small, actor, tmp_path / "FZ.xlsx").unanswered] == ["ZF"]


def test_what_was_collected_and_taken_back_can_be_collected_again(
    small: Register, actor: Actor, wang: Actor, fill: Fill
) -> None:
    path = fill({**DONE, f"{ROWS}!I6": "已请示", f"{FIGURES}!F3": 5})
    first = _collect(small, actor, path)
    undo(small, actor)
    again = _collect(small, actor, path)
    assert _outcomes(again) == _outcomes(first)
    assert verify(small).findings == ()
    undo(small, actor)
    set_rows_aside(small, wang, ["TT-02.Q1.ZF"], why="y")
    (row, *_) = _collect(small, actor, path).workbooks[0].outcomes
    assert (row.what, row.person) == ("conflict", "wang")


def test_what_was_taken_back_since_though_it_stood_when_it_was_handed_out_is_a_conflict(
    small: Register, actor: Actor, wang: Actor, fill: Fill, given: Path
) -> None:
    add_figure(small, wang, "visits", "9次", Reported())
    tick(small, actor, ["TT-02.Q1.ZF"], on=None, partial="half")
    save_hand_outs(given, hand_out(small, year=2026, unit="ZF", today=DAY), in_folder=False, force=True)
    path = fill({**DONE, f"{FIGURES}!F3": 5})
    undo(small, actor)
    undo(small, wang)
    add_figure(small, wang, "visits", "8次", Reported())
    found = [(one.key, one.what, one.person) for one in _collect(small, actor, path).workbooks[0].outcomes]
    assert found == [("TT-02.Q1.ZF", "conflict", "lihua"), ("visits", "conflict", "wang")]
    undo(small, wang)
    found = [(one.key, one.what, one.person) for one in _collect(small, actor, path).workbooks[0].outcomes]
    assert found == [("TT-02.Q1.ZF", "conflict", "lihua"), ("visits", "conflict", "wang")]


def test_two_workbooks_of_one_unit_that_say_otherwise_are_a_conflict(
    small: Register, actor: Actor, fill: Fill, tmp_path: Path
) -> None:
    first = fill(DONE, name="first")
    assign(small, actor, ["TT-02.Q4.ZF"], "wang")  # so that the second is another workbook
    save_hand_outs(tmp_path / "ZF.xlsx", hand_out(small, year=2026, unit="ZF", today=DAY), in_folder=False, force=True)
    second = fill({f"{ROWS}!G3": "不适用", f"{ROWS}!I3": "x"}, name="second")
    result = _collect(small, actor, first, second)
    assert _outcomes(result) == [("TT-02.Q1.ZF", "done"), ("TT-02.Q1.ZF", "conflict")]


# --- what is refused --------------------------------------------------------------------------


def _insert(sheet: str, line: int) -> Callable[[Any], None]:
    return lambda book: book[sheet].insert_rows(line)


@pytest.mark.parametrize(
    ("does", "faults"),
    [
        (
            _insert(ROWS, 4),
            [(f"{ROWS}!A4", "altered-cell"), (f"{ROWS}!A5", "line-moved"), (f"{ROWS}!A7", "beside-cells")],
        ),
        (lambda book: book[ROWS].delete_rows(3), [(f"{ROWS}!A3", "line-moved")]),
        (lambda book: book[ROWS].delete_rows(6), [(f"{ROWS}!A6", "altered-cell")]),
        (lambda book: setattr(book[ROWS], "title", "Sheet1"), [(f"{ROWS}!A1", "sheet-missing")]),
        (lambda book: book.remove(book[FIGURES]), [(f"{FIGURES}!A1", "sheet-missing")]),
        (lambda book: book.remove(book[BINDING]), [("", "not-handed-out")]),
        (lambda book: book[ROWS].merge_cells("G3:G4"), [(f"{ROWS}!G3", "merged-cells")]),
        (lambda book: book[ROWS].__setitem__("B3", "another item"), [(f"{ROWS}!B3", "altered-cell")]),
        (lambda book: book[ROWS].__setitem__("G2", "Zustand"), [(f"{ROWS}!G2", "altered-cell")]),
        (lambda book: book[ROWS].__setitem__("B4", "=B5"), [(f"{ROWS}!B4", "altered-cell")]),
        (lambda book: book[ROWS].__setitem__("E4", None), [(f"{ROWS}!E4", "altered-cell")]),
        (lambda book: book[ROWS].__setitem__("K3", "x"), [(f"{ROWS}!K3", "beside-cells")]),
        (lambda book: book[ROWS].__setitem__("A20", "x"), [(f"{ROWS}!A20", "beside-cells")]),
        (lambda book: book[BINDING].__setitem__("A2", "[]"), [(f"{BINDING}!A1", "binding-altered")]),
        (lambda book: book[BINDING].__setitem__("A1", "0" * 64), [(f"{BINDING}!A1", "binding-altered")]),
    ],
)
def test_what_was_altered_outside_the_cells_to_fill_in_is_refused(
    does: Callable[[Any], None], faults: list[tuple[str, str]], small: Register, actor: Actor, fill: Fill
) -> None:
    assert _faults(small, actor, fill(DONE, does=does)) == faults


def test_sheets_of_its_own_that_a_program_adds_are_no_fault(small: Register, actor: Actor, fill: Fill) -> None:
    def added(book: Any) -> None:
        book.create_sheet("WpsReserved_CellImgList").sheet_state = "veryHidden"

    assert _outcomes(_collect(small, actor, fill(DONE, does=added))) == [("TT-02.Q1.ZF", "done")]


@pytest.mark.parametrize(
    ("cells", "faults"),
    [
        ({"G3": "搞定"}, [("G3", "unknown-state")]),
        ({"G3": '="已完成"'}, [("G3", "formula")]),
        ({"G3": 1}, [("G3", "unknown-state")]),
        ({"G3": "已完成"}, [("H3", "day-missing")]),
        ({"G3": "部分完成"}, [("I3", "left-missing")]),
        ({"G3": "不适用", "I3": "  "}, [("I3", "reason-missing")]),
        ({"H3": date(2026, 3, 30)}, [("H3", "day-without-done")]),
        ({"G3": "不适用", "H3": date(2026, 3, 30), "I3": "x"}, [("H3", "day-without-done")]),
        ({"G3": "已完成", "H3": "26-3-5"}, [("H3", "unreadable-day")]),
        ({"G3": "已完成", "H3": "3月5日"}, [("H3", "unreadable-day")]),
        ({"G3": "已完成", "H3": "=TODAY()"}, [("H3", "formula")]),
        ({"G3": "已完成", "H3": date(2026, 6, 16)}, [("H3", "future-day")]),
        ({"G3": "已完成", "H3": date(2025, 12, 31)}, [("H3", "before-period")]),
        ({"I3": "=1+1"}, [("I3", "formula")]),
    ],
)
def test_an_answer_that_cannot_be_is_refused_with_its_place(
    cells: dict[str, object], faults: list[tuple[str, str]], small: Register, actor: Actor, fill: Fill
) -> None:
    path = fill({f"{ROWS}!{place}": value for place, value in cells.items()})
    assert _faults(small, actor, path) == [(f"{ROWS}!{place}", what) for place, what in faults]


def test_a_number_that_is_not_shown_as_a_day_is_no_day(small: Register, actor: Actor, fill: Fill) -> None:
    def plain(book: Any) -> None:
        book[ROWS]["H3"].number_format = "General"

    path = fill({f"{ROWS}!G3": "已完成", f"{ROWS}!H3": 46111}, does=plain)
    assert _faults(small, actor, path) == [(f"{ROWS}!H3", "unreadable-day")]


@pytest.mark.parametrize(
    ("cells", "faults"),
    [
        ({"F3": "many"}, [("F3", "bad-amount")]),
        ({"F3": "3件"}, [("F3", "bad-amount")]),
        ({"F3": date(2026, 1, 1)}, [("F3", "bad-amount")]),
        ({"F3": True}, [("F3", "bad-amount")]),
        ({"F3": "=1+1"}, [("F3", "formula")]),
        ({"G3": date(2026, 1, 1)}, [("F3", "amount-missing")]),
        ({"H3": "x"}, [("F3", "amount-missing")]),
        ({"F3": 1, "G3": date(2025, 1, 1)}, [("G3", "outside-year")]),
        ({"F3": 1, "G3": date(2026, 12, 1)}, [("G3", "future-day")]),
    ],
)
def test_an_amount_that_cannot_be_is_refused_with_its_place(
    cells: dict[str, object], faults: list[tuple[str, str]], small: Register, actor: Actor, fill: Fill
) -> None:
    path = fill({f"{FIGURES}!{place}": value for place, value in cells.items()})
    assert _faults(small, actor, path) == [(f"{FIGURES}!{place}", what) for place, what in faults]


def test_every_fault_of_every_workbook_is_told_at_once(
    small: Register, actor: Actor, fill: Fill, tmp_path: Path
) -> None:
    first = fill({f"{ROWS}!G3": "x", f"{ROWS}!G4": "部分完成", f"{FIGURES}!F3": "?"}, name="first")
    nothing = tmp_path / "none.xlsx"
    other = tmp_path / "other.xlsx"
    Workbook().save(other)
    assert _faults(small, actor, first, nothing, other) == [
        ("", "unreadable"), ("", "not-handed-out"), (f"{ROWS}!G3", "unknown-state"), (f"{ROWS}!I4", "left-missing"),
        (f"{FIGURES}!F3", "bad-amount"),
    ]  # fmt: skip


def test_good_workbooks_are_taken_where_that_was_asked_for(
    small: Register, actor: Actor, fill: Fill, tmp_path: Path
) -> None:
    good = fill(DONE, name="good")
    (tmp_path / "bad.xlsx").write_bytes(b"no workbook")
    result = _collect(small, actor, good, tmp_path / "bad.xlsx", good_files=True)
    assert _outcomes(result) == [("TT-02.Q1.ZF", "done")]
    assert (result.left, [one.what for one in result.faults]) == (1, ["no-workbook"])
    with pytest.raises(errors.BadFile):
        _collect(small, actor, tmp_path / "bad.xlsx", good_files=True)


def test_the_same_workbook_twice_is_refused(small: Register, actor: Actor, fill: Fill) -> None:
    assert _faults(small, actor, fill(DONE, name="a"), fill({}, name="b")) == [(f"{BINDING}!A1", "given-twice")]


def test_a_workbook_of_another_register_is_refused(
    actor: Actor, fill: Fill, tmp_path: Path, small_template: Path, small_bureau: Path
) -> None:
    path = fill(DONE)
    with Register.create(tmp_path / "other.db", INSTANT) as other:
        start_year(other, actor, 2026, [str(small_template)], small_bureau)
        assert _faults(other, actor, path) == [(f"{BINDING}!A1", "other-register")]


def test_a_workbook_of_a_history_that_the_register_does_not_have_is_refused(
    small: Register, actor: Actor, wang: Actor, small_file: Path, fill: Fill, tmp_path: Path
) -> None:
    assign(small, actor, ["TT-01"], "wang")
    save_hand_outs(tmp_path / "ZF.xlsx", hand_out(small, year=2026, unit="ZF", today=DAY), in_folder=False, force=True)
    path = fill(DONE)
    restored = tmp_path / "restored.db"
    restored.write_bytes(small_file.read_bytes())
    with Register.open(restored) as other:
        assert _faults(other, actor, path) == [(f"{BINDING}!A1", "other-head")]
        assign(other, wang, ["TT-01"], "wang")
        assert _faults(other, actor, path) == [(f"{BINDING}!A1", "other-head")]


def test_a_workbook_of_last_year_is_refused_unless_that_year_is_meant(
    two_years: Register, actor: Actor, tmp_path: Path, close_year: Any
) -> None:
    save_hand_outs(
        tmp_path / "old.xlsx", hand_out(two_years, year=2025, unit="ZF", today=DAY), in_folder=False, force=False
    )
    assert _faults(two_years, actor, tmp_path / "old.xlsx") == [(f"{BINDING}!A1", "other-year")]
    assert _collect(two_years, actor, tmp_path / "old.xlsx", year=2025).year == 2025
    close_year(two_years, 2025)
    with pytest.raises(errors.YearClosed):
        _collect(two_years, actor, tmp_path / "old.xlsx", year=2025)
    assert _faults(two_years, actor, tmp_path / "old.xlsx") == [(f"{BINDING}!A1", "closed-year")]
    close_year(two_years, 2026)
    with pytest.raises(errors.YearClosed) as refused:
        _collect(two_years, actor, tmp_path / "old.xlsx")
    assert refused.value.params["year"] == 2025


def _repacked(path: Path, add: dict[str, bytes], name: str) -> Path:
    made = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, old.read(part))
        for part, data in add.items():
            new.writestr(part, data)
    found = path.with_name(name)
    found.write_bytes(made.getvalue())
    return found


def test_macros_are_refused_whatever_the_file_is_called(small: Register, actor: Actor, fill: Fill) -> None:
    path = fill(DONE)
    named = _repacked(path, {}, "back.xlsm")
    hidden = _repacked(path, {"xl/vbaProject.bin": b"x"}, "hidden.xlsx")
    assert _faults(small, actor, named, hidden) == [("", "macros"), ("", "macros")]


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(
    small: Register, actor: Actor, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "MAX_UNPACKED", 500_000)
    bomb = _repacked(fill(DONE), {"xl/media/x.bin": b"0" * 600_000}, "bomb.xlsx")
    assert bomb.stat().st_size < 50_000
    assert _faults(small, actor, bomb) == [("", "unpacks-too-large")]


def test_a_sheet_without_end_is_not_read_to_its_end(
    small: Register, actor: Actor, fill: Fill, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "MOST_FAULTS", 3)

    def endless(book: Any) -> None:
        for line in range(20, 60):
            book[ROWS].cell(line, 1, "x")

    assert _faults(small, actor, fill(DONE, does=endless)) == [
        (f"{ROWS}!A{line}", "beside-cells") for line in (20, 21, 22)
    ]


@pytest.mark.parametrize("text", ["=1+1", "+86 20", "_x0041_", "a\nb", "x\x07y", "  ", "长" * 40_000])
def test_a_title_of_any_kind_comes_back_as_it_was_handed_out(
    text: str, small: Register, actor: Actor, tmp_path: Path
) -> None:
    tick(small, actor, ["TT-02.Q1.ZF"], on=None, partial=text if text.strip() else "x")
    path = tmp_path / "ZF.xlsx"
    save_hand_outs(path, hand_out(small, year=2026, unit="ZF", today=DAY), in_folder=False, force=False)
    assert _outcomes(_collect(small, actor, path)) == []


def test_a_returned_row_that_is_done_is_no_more_returned(
    small: Register, actor: Actor, wang: Actor, fill: Fill, tmp_path: Path
) -> None:
    tick(small, actor, ["TT-02.Q1.ZF"], on=date(2026, 3, 30))
    return_(small, wang, ["TT-02.Q1.ZF"], why="no signature")
    save_hand_outs(tmp_path / "ZF.xlsx", hand_out(small, year=2026, unit="ZF", today=DAY), in_folder=False, force=True)
    assert load_workbook(tmp_path / "ZF.xlsx")[ROWS]["F3"].value == "退回"
    assert _outcomes(_collect(small, actor, fill(DONE))) == [("TT-02.Q1.ZF", "done")]
    row = find_row(small, "TT-02.Q1.ZF", 2026, TODAY)
    assert (row.state, row.review) == ("done", "none")
    assert verify(small).findings == ()


def test_a_note_on_what_was_accepted_since_is_a_conflict(
    small: Register, actor: Actor, wang: Actor, fill: Fill
) -> None:
    path = fill({f"{ROWS}!I3": "a word more"})
    tick(small, actor, ["TT-02.Q1.ZF"], on=date(2026, 3, 30))
    accept(small, wang, ["TT-02.Q1.ZF"])
    assert _outcomes(_collect(small, actor, path)) == [("TT-02.Q1.ZF", "conflict")]
    assert find_row(small, "TT-02.Q1.ZF", 2026, TODAY).review == "accepted"
