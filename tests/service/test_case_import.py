"""Cases from a table: all of them or none, every fault with its place, one entry that can be taken back."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from lawcheck.core.case import OutOfOrder
from lawcheck.core.journal import Actor
from lawcheck.errors import BadFile, MissingParameter, TouchedSince, UnknownTemplate
from lawcheck.library.nodes import Fault
from lawcheck.service import case_import
from lawcheck.service.bureaus import import_bureau
from lawcheck.service.case_import import CasesImported, Taken, Warned, import_cases
from lawcheck.service.case_show import list_cases, show_case
from lawcheck.service.cases import open_case, record_milestone
from lawcheck.service.journal import read_log, undo
from lawcheck.service.verify import verify
from lawcheck.store.register import Register
from support import ACTOR, TODAY

HEAD = ["number", "title", "opened", "filed", "decided"]
GOOD = ["A-1", "first", "2026-03-02", "2026-03-10", "2026-05-08"]
TABLES = ("case_file", "case_milestone", "case_row", "case_template", "entry", "touched", "document")
Take = Callable[..., CasesImported]


@pytest.fixture
def take(empty_register: Register, tmp_path: Path) -> Take:
    """Import rows under a head, as CSV, or as a workbook where a file's name says so."""

    def taken(
        *rows: Sequence[object], head: list[str] | None = None, name: str = "cases.csv", **more: object
    ) -> CasesImported:
        path = tmp_path / name
        lines = [HEAD if head is None else head, *rows]
        if name.endswith(".xlsx"):
            book = Workbook()
            page = book.active
            assert page is not None
            for line in lines:
                page.append(list(line))
            book.save(path)
        else:
            path.write_text("\n".join(",".join(str(one) for one in line) for line in lines), encoding="utf-8")
        return import_cases(empty_register, ACTOR, path, **{"template": "AJ", **more})  # type: ignore[arg-type]

    return taken


def _dump(register: Register) -> dict[str, list[tuple[object, ...]]]:
    return {name: register.all(f"{name}_all") for name in TABLES}


def _faults(take: Take, *rows: Sequence[object], **more: object) -> list[tuple[int, int, str]]:
    with pytest.raises(BadFile) as caught:
        take(*rows, **more)
    faults: list[Fault] = caught.value.params["faults"]  # type: ignore[assignment]
    return [(one.line, one.column, one.what) for one in faults]


def test_a_row_opens_a_case_just_as_the_commands_do(take: Take, empty_register: Register, tmp_path: Path) -> None:
    take(["A-1", "first", "2026-03-02", "2026-03-10", "", "是"], head=[*HEAD, "fined"])
    with Register.create(tmp_path / "other.db", ACTOR.at) as other:
        open_case(other, ACTOR, "AJ", number="A-1", title="first", on="2026-03-02", facts=["fined"])
        record_milestone(other, ACTOR, "AJ-01", "filed", "2026-03-10")
        for name in ("case_file", "case_milestone", "case_row", "case_template", "document"):
            assert empty_register.all(f"{name}_all") == other.all(f"{name}_all"), name


def test_what_is_taken_is_counted(take: Take) -> None:
    taken = take(GOOD, ["A-2", "second", "2026-05-06", "", ""], ["A-3", "third", "2026-06-12", "", ""])
    assert taken.taken == (Taken("AJ", "行政处罚案件", "Penalty case", 3, "AJ-01", "AJ-03"),)
    assert (taken.left, taken.faults, taken.entry, taken.sheet) == (0, (), 1, None)
    urgent = {one.ref: one.due for one in taken.urgent}
    assert urgent["AJ-02.VERIFY"] == "2026-05-26"
    assert taken.overdue + taken.soon == len(urgent)


def test_the_head_may_be_in_chinese_and_days_as_people_write_them(take: Take, empty_register: Register) -> None:
    head = ["文号", "标题", "收到日期", "立案", "作出处理决定", "情形"]
    take(
        ["甲〔2026〕1号", "案件", "2026年3月2日", "2026/3/10", "2026-05-08 00:00:00", "处罚含罚款；warning_only"],
        head=head,
    )
    (case,) = list_cases(empty_register, today=date.fromisoformat(TODAY)).cases
    assert (case.case.number, case.case.opened_on, case.case.facts) == (
        "甲〔2026〕1号", "2026-03-02", ("fined", "warning_only"),
    )  # fmt: skip
    reached = {one.name: one.at for one in show_case(empty_register, "AJ-01", today=date(2026, 6, 15)).milestones}
    assert reached == {"lead": "2026-03-02", "filed": "2026-03-10", "decided": "2026-05-08"}


@pytest.mark.parametrize("head", ["名称", "案由", "标题", "案件名称"])
def test_the_title_may_be_called_as_case_lists_call_it(take: Take, empty_register: Register, head: str) -> None:
    take(["甲〔2026〕1号", "销售过期食品案", "2026-03-02"], head=["案号", head, "收到日期"])
    (case,) = list_cases(empty_register, today=date.fromisoformat(TODAY)).cases
    assert case.case.title == "销售过期食品案"


def test_a_workbook_gives_days_as_cells_as_text_and_with_a_time(take: Take, empty_register: Register) -> None:
    at = datetime(2026, 3, 6, 15, 30)  # noqa: DTZ001  # as a workbook has it
    taken = take(
        [20260302001, "first", date(2026, 3, 2), "2026/3/10", at],
        head=["number", "title", "opened", "filed", "measure-taken"],
        name="cases.xlsx",
    )
    assert taken.sheet == "Sheet"
    case = show_case(empty_register, "AJ-01", today=date(2026, 6, 15))
    assert case.case.number == "20260302001"
    reached = {one.name: one.at for one in case.milestones}
    assert reached == {"lead": "2026-03-02", "filed": "2026-03-10", "measure-taken": "2026-03-06 15:30"}


@pytest.mark.parametrize(
    ("place", "value", "what"),
    [
        (0, "", "missing-cell"),
        (1, "", "missing-cell"),
        (1, "=A1", "formula"),
        (1, "a\x07b", "control-character"),
        (2, "", "missing-cell"),
        (2, "26-3-5", "unreadable-day"),
        (2, "2026-02-30", "unreadable-day"),
        (2, "soon", "unreadable-day"),
        (2, "46086", "unreadable-day"),
        (3, "2026-06-16", "future-day"),
        (4, "2026-03-01", "milestone-impossible"),
    ],
)
def test_a_bad_cell_is_named_with_its_place(take: Take, place: int, value: str, what: str) -> None:
    row = [*GOOD]
    row[place] = value
    assert (3, place + 1, what) in _faults(take, ["A-0", *GOOD[1:]], row)


@pytest.mark.parametrize(
    ("head", "value", "what"),
    [
        ("unit", "XX", "no-such-unit"),
        ("facts", "nothing_known", "no-such-fact"),
        ("fined", "perhaps", "unclear-fact"),
        ("measure-taken", "2026-03-06", "no-time"),
        ("template", "ZZ", "unknown-case-template"),
        ("lead", "2026-03-03", "opened-twice"),
    ],
)
def test_a_bad_value_of_another_column_is_named(
    take: Take, empty_register: Register, small_bureau: Path, head: str, value: str, what: str
) -> None:
    import_bureau(empty_register, ACTOR, small_bureau)
    assert _faults(take, [*GOOD, value], head=[*HEAD, head]) == [(2, 6, what)]


@pytest.mark.parametrize(
    ("head", "what"),
    [
        (["title", "opened"], (1, 1, "missing-column")),
        ([*HEAD, "colour"], (1, 6, "unknown-column")),
        ([*HEAD, "文号"], (1, 6, "duplicate-column")),
        ([*HEAD, "Decided"], (1, 6, "duplicate-column")),
        ([*HEAD, "决定不予立案"], (1, 6, "ambiguous-column")),
        ([*HEAD, "", "fined"], (1, 6, "nameless-column")),
        ([*HEAD, "=A1"], (1, 6, "formula")),
    ],
)
def test_a_bad_head_keeps_everything_out_even_with_good_rows(
    take: Take, empty_register: Register, head: list[str], what: tuple[int, int, str]
) -> None:
    before = _dump(empty_register)
    assert what in _faults(take, [*GOOD, "x"], head=head, good_rows=True)
    assert _dump(empty_register) == before


def test_a_value_beyond_the_head_is_not_dropped(take: Take) -> None:
    assert _faults(take, GOOD, ["A-2", *GOOD[1:], "x"]) == [(3, 6, "nameless-column")]


def test_a_kind_of_case_that_is_a_formula_keeps_its_row_out(take: Take) -> None:
    rows = [[*GOOD, "AJ"], ["A-2", *GOOD[1:], "=A1"]]
    taken = take(*rows, head=[*HEAD, "template"], good_rows=True)
    assert (taken.left, [(one.line, one.what) for one in taken.faults]) == (1, [(3, "formula")])


def test_a_number_is_given_once_in_the_file_and_in_the_register(take: Take) -> None:
    take(GOOD)
    again = ["A-2", *GOOD[1:]]
    assert _faults(take, GOOD, again, again) == [(2, 1, "number-taken"), (4, 1, "number-twice")]


def test_merged_cells_and_formulas_of_a_workbook_are_named_by_their_cells(
    empty_register: Register, tmp_path: Path
) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    for row in (HEAD, GOOD, ["A-2", "=A1", *GOOD[2:]], ["A-3", *GOOD[1:]]):
        page.append(row)
    page.merge_cells("C4:D4")
    book.save(tmp_path / "cases.xlsx")
    with pytest.raises(BadFile) as caught:
        import_cases(empty_register, ACTOR, tmp_path / "cases.xlsx", template="AJ")
    faults: list[Fault] = caught.value.params["faults"]  # type: ignore[assignment]
    assert [(one.cell, one.what) for one in faults] == [("B3", "formula"), ("C4", "merged-cells")]
    taken = import_cases(empty_register, ACTOR, tmp_path / "cases.xlsx", template="AJ", good_rows=True)
    assert (sum(one.cases for one in taken.taken), taken.left) == (1, 2)


def test_one_fault_keeps_all_from_being_taken_and_all_are_told(take: Take, empty_register: Register) -> None:
    before = _dump(empty_register)
    bad = [["", "x", "2026-13-01", "", ""], ["A-2", "", "2026-03-01", "", ""]]
    assert [line for line, *_ in _faults(take, GOOD, *bad)] == [3, 3, 4]
    assert _dump(empty_register) == before


def test_good_rows_are_taken_and_the_others_listed(take: Take, empty_register: Register) -> None:
    taken = take(GOOD, ["A-2", "", "2026-03-01", "", ""], ["A-3", *GOOD[1:]], good_rows=True)
    assert (taken.left, [(one.line, one.what) for one in taken.faults]) == (1, [(3, "missing-cell")])
    assert [case.case.number for case in list_cases(empty_register, today=date(2026, 6, 15)).cases] == ["A-1", "A-3"]
    assert verify(empty_register).findings == ()


def test_a_dry_run_counts_the_same_and_writes_nothing(take: Take, empty_register: Register) -> None:
    before = _dump(empty_register)
    looked_at = take(GOOD, dry_run=True)
    assert _dump(empty_register) == before
    assert looked_at == take(GOOD)._replace(entry=None)


def test_what_the_law_allows_but_does_not_expect_is_a_warning(take: Take) -> None:
    taken = take(
        ["A-1", "first", "2026-03-02", "2026-03-10", "2026-03-05"],
        head=["number", "title", "opened", "filed", "investigated"],
    )
    assert taken.warnings == (
        Warned("AJ-01", 2, OutOfOrder("investigated", "2026-03-05", "filed", "2026-03-10", impossible=False)),
    )


def test_a_step_without_a_date_is_a_warning_by_the_facts_of_the_row(take: Take) -> None:
    taken = take(
        ["A-1", "first", "2026-03-02", "2026-03-05", "2026-04-10", ""],
        ["A-2", "second", "2026-03-02", "", "2026-03-02", "simplified"],
        head=["number", "title", "opened", "filed", "decided", "facts"],
    )
    assert taken.warnings == tuple(
        Warned("AJ-01", 2, OutOfOrder("decided", "2026-04-10", step, "", impossible=False))
        for step in ("reviewed legal-reviewed", "party-notified")
    )


def test_the_kind_of_case_stands_in_a_column_or_an_option(take: Take) -> None:
    with pytest.raises(MissingParameter):
        take(GOOD, template=None)
    with pytest.raises(UnknownTemplate):
        take(GOOD, template="ZZ")
    taken = take([*GOOD, "aj"], head=[*HEAD, "类别"], template=None)
    assert [one.template for one in taken.taken] == ["AJ"]
    assert _faults(take, ["A-9", *GOOD[1:], ""], head=[*HEAD, "类别"], template=None) == [(2, 6, "missing-cell")]


def test_units_are_named_by_code_or_by_name(take: Take, empty_register: Register, small_bureau: Path) -> None:
    import_bureau(empty_register, ACTOR, small_bureau)
    take([*GOOD, "zf"], ["A-2", *GOOD[1:], "执法队"], ["A-3", *GOOD[1:], ""], head=[*HEAD, "单位"])
    cases = list_cases(empty_register, today=date(2026, 6, 15)).cases
    assert [case.case.unit for case in cases] == ["ZF", "ZF", "ZF"]


def test_too_many_cases_are_refused_by_the_number_that_is_taken(take: Take, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(case_import, "MOST", 2)
    rows = [[f"A-{n}", *GOOD[1:]] for n in range(3)]
    assert _faults(take, *rows) == [(4, 1, "too-many-rows")]


def test_thousands_of_cases_are_one_entry_that_verifies_and_can_be_taken_back(
    take: Take, empty_register: Register
) -> None:
    take(GOOD)
    before = {name: rows for name, rows in _dump(empty_register).items() if name.startswith("case_")}
    taken = take(*([f"N-{n}", *GOOD[1:]] for n in range(3000)))
    assert (taken.taken[0].first, taken.taken[0].last, taken.entry) == ("AJ-02", "AJ-3001", 2)
    assert verify(empty_register).findings == ()
    (entry, _) = read_log(empty_register, None, year=None, most=2).lines
    (about,) = read_log(empty_register, "AJ-150", year=None, most=20).lines
    of_case = [one for one in entry.changes or () if one.key == "AJ-150" or one.key.startswith(("AJ-150.", "AJ-150/"))]
    assert (list(about.changes or ()), about.undoes) == (of_case, None)  # of a long entry, only what is asked for
    undo(empty_register, ACTOR)
    assert read_log(empty_register, "AJ-01", year=None, most=20).lines[0].changes
    assert {name: rows for name, rows in _dump(empty_register).items() if name.startswith("case_")} == before
    assert verify(empty_register).findings == ()


def test_an_import_is_not_taken_back_once_someone_worked_on_a_case(take: Take, empty_register: Register) -> None:
    take(*([f"N-{n}", "x", "2026-03-02", "", ""] for n in range(30)))
    other: Actor = ACTOR._replace(person="wang")
    record_milestone(empty_register, other, "AJ-07", "filed", "2026-03-10")
    with pytest.raises(TouchedSince):
        undo(empty_register, ACTOR)
