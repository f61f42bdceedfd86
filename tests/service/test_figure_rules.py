"""Figures held against targets and the year before, corrected, and answered by rows or as rates of two others."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from lawcheck import errors
from lawcheck.core.figure import FigureValue
from lawcheck.core.growth import Growth
from lawcheck.core.journal import Actor
from lawcheck.errors import BadFile
from lawcheck.service.bureaus import import_bureau
from lawcheck.service.figure_import import FiguresImported, import_figures
from lawcheck.service.figures import (
    Beside,
    Reported,
    add_figure,
    list_figures,
    set_target,
    show_figure,
)
from lawcheck.service.journal import undo
from lawcheck.service.rows import tick
from lawcheck.service.verify import verify
from lawcheck.store.register import Register
from support import SMALL_BUREAU, TODAY

DAY = date.fromisoformat(TODAY)
MORE = """\
  - {key: rows_done, title: {zh: 完成数, en: Done}, measure: {zh: 项, en: rows}, section: power-list, rows: {of: TT}}
  - key: in_time
    title: {zh: 按期率, en: In time}
    measure: {zh: "%", en: "%"}
    section: power-list
    rate: {met: tt_met, of: tt_all}
  - key: pass_rate
    title: {zh: 合格率, en: Passed}
    measure: {zh: "%", en: "%"}
    section: power-list
    share: true
    adds: last
"""


@pytest.fixture
def ruled(small: Register, actor: Actor, tmp_path: Path) -> Register:
    """Return the small register with figures that it answers itself."""
    path = tmp_path / "bureau.yaml"
    path.write_text(SMALL_BUREAU + MORE, encoding="utf-8")
    import_bureau(small, actor, path)
    return small


def figure(register: Register, key: str) -> FigureValue:
    return show_figure(register, key, year=2026, as_of=DAY).figure


def values(register: Register, key: str) -> tuple[str | None, str]:
    found = figure(register, key)
    return found.value, found.source


# --- corrections ------------------------------------------------------------------------------


def test_an_entry_stands_in_the_place_of_the_one_that_it_corrects(small: Register, actor: Actor) -> None:
    on = Reported(on=date(2026, 3, 1), unit="ZF")
    for amount in ("20次", "5次"):
        add_figure(small, actor, "visits", amount, on)
    added = add_figure(small, actor, "visits", "21次", Reported(note="one was missed"), correct=1)
    assert (added.figure.value, added.entry.n, added.entry.corrects) == ("26", 3, 1)
    assert (added.entry.on_date, added.entry.unit, added.entry.note) == (date(2026, 3, 1), "ZF", "one was missed")
    shown = show_figure(small, "visits", year=2026, as_of=DAY)
    assert [(one.n, one.corrects) for one in shown.entries] == [(1, None), (2, None), (3, 1)]
    assert shown.sources == (added.seq - 2, added.seq - 1, added.seq)
    assert verify(small).findings == ()


@pytest.mark.parametrize("adds", ["sum", "last"])
def test_a_correction_is_corrected_in_its_turn(adds: str, small: Register, actor: Actor) -> None:
    assert adds
    add_figure(small, actor, "visits", "20次", Reported())
    add_figure(small, actor, "visits", "21次", Reported(note="a"), correct=1)
    add_figure(small, actor, "visits", "22次", Reported(note="b"), correct=2)
    assert figure(small, "visits").value == "22"
    with pytest.raises(errors.UnknownFigureEntry) as raised:
        add_figure(small, actor, "visits", "1次", Reported(note="c"), correct=1)
    assert raised.value.params == {"key": "visits", "n": 1, "entries": [3]}


def test_undo_takes_a_correction_back(small: Register, actor: Actor) -> None:
    add_figure(small, actor, "visits", "20次", Reported())
    add_figure(small, actor, "visits", "21次", Reported(note="a"), correct=1)
    undo(small, actor)
    assert figure(small, "visits").value == "20"


# --- rules ------------------------------------------------------------------------------------


def test_rows_of_the_year_answer_a_figure(ruled: Register, actor: Actor) -> None:
    assert values(ruled, "rows_done") == ("0", "rows")
    tick(ruled, actor, ["TT-01"], year=2026, on=date(2026, 3, 1))
    assert values(ruled, "rows_done") == ("1", "rows")
    assert show_figure(ruled, "rows_done", year=2026, as_of=date(2026, 2, 1)).figure.value == "0"
    added = add_figure(ruled, actor, "rows_done", "3项", Reported())
    assert (added.figure.value, added.counted and added.counted.value) == ("3", "1")
    shown = show_figure(ruled, "rows_done", year=2026, as_of=DAY)
    assert (shown.figure.value, shown.typed and shown.typed.value) == ("1", "3")


def test_a_rate_of_two_figures_is_reckoned(ruled: Register, actor: Actor) -> None:
    assert values(ruled, "in_time") == (None, "rate")
    add_figure(ruled, actor, "tt_met", "198件", Reported(on=date(2026, 6, 1)))
    add_figure(ruled, actor, "tt_all", "209件", Reported(on=date(2026, 6, 2)))
    found = figure(ruled, "in_time")
    assert (found.value, found.base, found.source, found.to_date) == ("94.7", Decimal("94.7"), "rate", date(2026, 6, 2))


def test_a_rate_of_more_than_all_is_a_gap(ruled: Register, actor: Actor) -> None:
    add_figure(ruled, actor, "tt_met", "210件", Reported())
    add_figure(ruled, actor, "tt_all", "209件", Reported())
    assert values(ruled, "in_time") == (None, "rate")


@pytest.mark.parametrize("amount", ["133.10%", "-1%", "100.01%"])
def test_a_share_of_more_than_the_whole_is_refused(amount: str, ruled: Register, actor: Actor) -> None:
    with pytest.raises(errors.ShareBeyond):
        add_figure(ruled, actor, "pass_rate", amount, Reported())
    add_figure(ruled, actor, "pass_rate", "100%", Reported())
    assert values(ruled, "pass_rate") == ("100", "entries")


def test_two_measures_for_one_figure_are_refused(small: Register, actor: Actor) -> None:
    add_figure(small, actor, "visits", "20次", Reported())
    for wrong, error in (("20家", errors.WrongMeasure), ("20", errors.AmountWithoutMeasure)):
        with pytest.raises(error):
            add_figure(small, actor, "visits", wrong, Reported())
    with pytest.raises(errors.OutsideYear):
        add_figure(small, actor, "visits", "1次", Reported(ends=date(2025, 12, 31)), year=2026)


@pytest.mark.parametrize(
    ("more", "faults"),
    [
        ("rows: {of: TT}, share: true", {"two-rules", "no-percent"}),
        ("rate: {met: a, of: b}", {"no-percent"}),
        ("rows: {of: tt}", {"bad-value"}),
    ],
)
def test_a_figure_has_one_rule_and_a_rate_is_in_per_cent(
    more: str, faults: set[str], small: Register, actor: Actor, tmp_path: Path
) -> None:
    path = tmp_path / "bureau.yaml"
    line = f"  - {{key: x, title: {{zh: 甲, en: A}}, measure: {{zh: 项, en: rows}}, section: power-list, {more}}}\n"
    path.write_text(SMALL_BUREAU + line, encoding="utf-8")
    with pytest.raises(BadFile) as raised:
        import_bureau(small, actor, path)
    assert {one.what for one in raised.value.params["faults"]} == faults  # type: ignore[attr-defined]


# --- targets and the year before --------------------------------------------------------------


def test_a_target_is_kept_and_taken_back(small: Register, actor: Actor) -> None:
    done = set_target(small, actor, "visits", "1.5万次", year=2026)
    assert (done.before, done.figure.target) == (None, "1.5万")
    assert figure(small, "visits").target == "1.5万"
    assert set_target(small, actor, "visits", "1.5万次", year=2026).seq is None
    assert set_target(small, actor, "visits", None, year=2026).before == "1.5万"
    assert figure(small, "visits").target is None
    with pytest.raises(errors.WrongMeasure):
        set_target(small, actor, "visits", "15家", year=2026)
    assert verify(small).findings == ()


def test_a_figure_stands_beside_the_year_before_by_the_same_day(two_years: Register, actor: Actor) -> None:
    for year, month, amount in ((2025, 3, "20次"), (2025, 9, "80次"), (2026, 3, "25次")):
        add_figure(two_years, actor, "visits", amount, Reported(on=date(year, month, 1)), year=year)
    listed = list_figures(two_years, year=2026, as_of=DAY)
    last = listed.beside["visits"]
    assert (last.last.year, last.last.value, last.growth) == (2025, "20", Growth(Decimal("25.0"), in_points=False))
    assert show_figure(two_years, "visits", year=2026, as_of=DAY).beside == last
    assert set(listed.beside) == {"visits"}


def test_what_covers_another_part_of_its_year_has_no_growth(two_years: Register, actor: Actor) -> None:
    whole = Reported(begins=date(2025, 1, 1), ends=date(2025, 6, 15))
    part = Reported(begins=date(2026, 1, 1), ends=date(2026, 5, 31))
    add_figure(two_years, actor, "visits", "20次", whole, year=2025)
    add_figure(two_years, actor, "visits", "25次", part, year=2026)
    beside = list_figures(two_years, year=2026, as_of=DAY).beside["visits"]
    assert isinstance(beside, Beside)
    assert (beside.last.value, beside.growth) == ("20", None)


# --- tables -----------------------------------------------------------------------------------


TABLE = """\
数据,数值,计量单位,起始日,截止日,限定词,责任单位,说明
visits,20,次,2026-01-01,2026-03-31,约,zf,一季度
tt_met,1.50万件,,,2026-05-31,,,
"""


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_a_table_of_figures_is_taken_as_one_entry(small: Register, actor: Actor, tmp_path: Path) -> None:
    path = written(tmp_path / "figures.csv", TABLE)
    before = small.head().seq
    looked = import_figures(small, actor, path, dry_run=True)
    assert (looked.entry, small.head().seq) == (None, before)
    done = import_figures(small, actor, path)
    assert done == FiguresImported(str(path), None, 2026, 2, 2, before + 1)
    (entry,) = show_figure(small, "visits", year=2026, as_of=DAY).entries
    assert (entry.digits, entry.qualifier, entry.unit, entry.note) == ("20", "about", "ZF", "一季度")
    assert figure(small, "tt_met").value == "1.50万"
    assert verify(small).findings == ()


def test_a_table_with_faults_is_refused_with_all_of_them(small: Register, actor: Actor, tmp_path: Path) -> None:
    text = (
        "key,value,on,from,to,qualifier,unit\n"
        "visits,20,2026-03-01,,,,\n"  # without a measure
        "visits,20家,,,,,\n"  # another measure
        "vists,20次,,,,,\n"
        "visits,,2025-03-01,,,,\n"  # of another year, and nothing there
        "visits,1次,2026-03-01,,2026-04-01,,\n"
        "visits,1次,,2026-05-01,2026-04-01,roughly,XX\n"
        "visits,=1+1,someday,,,,\n"
    )
    with pytest.raises(BadFile) as raised:
        import_figures(small, actor, written(tmp_path / "figures.csv", text))
    faults = raised.value.params["faults"]
    assert [(one.line, one.what) for one in faults] == [  # type: ignore[attr-defined]
        (2, "amount-without-measure"),
        (3, "wrong-measure"),
        (4, "no-such-figure"),
        (5, "invalid-amount"),
        (5, "foreign-year"),
        (6, "day-and-period"),
        (7, "range-reversed"),
        (7, "no-such-qualifier"),
        (7, "no-such-unit"),
        (8, "formula"),
        (8, "unreadable-day"),
    ]
    assert figure(small, "visits").entries == 0


def test_the_same_table_twice_is_refused(small: Register, actor: Actor, tmp_path: Path) -> None:
    path = written(tmp_path / "figures.csv", TABLE)
    import_figures(small, actor, path)
    with pytest.raises(BadFile) as raised:
        import_figures(small, actor, path)
    assert [one.what for one in raised.value.params["faults"]] == ["entry-twice", "entry-twice"]  # type: ignore[attr-defined]
    assert figure(small, "visits").value == "20"


def workbook(path: Path, rows: list[list[object]], formats: dict[str, str], merged: str = "") -> Path:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in rows:
        sheet.append(row)
    for cell, number_format in formats.items():
        sheet[cell].number_format = number_format
    if merged:
        sheet.merge_cells(merged)
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("value", "number_format", "measure", "read"),
    [
        (0.985, "0.0%", "%", "98.5"),
        (0.985, "0%", None, "98.5"),
        (1, "0.00%", "%", "100"),
        (0.07, "0%", "%", "7"),
        (98.5, 'General"%"', "%", "98.5"),
        (98.5, "General", "%", "98.5"),
        ("98.5%", "@", "%", "98.5"),
        ("98.50％", "@", "％", "98.50"),
    ],
)
def test_a_cell_in_per_cent_is_read_as_it_shows(  # what stands in a cell, how it shows, what is read
    value: object, number_format: str, measure: str | None, read: str, ruled: Register, actor: Actor, tmp_path: Path
) -> None:
    rows: list[list[object]] = [["数据", "数值", "计量单位"], ["pass_rate", value, measure]]
    import_figures(ruled, actor, workbook(tmp_path / "figures.xlsx", rows, {"B2": number_format}))
    assert figure(ruled, "pass_rate").value == read


def test_a_table_as_officials_make_it_is_taken(small: Register, actor: Actor, tmp_path: Path) -> None:
    rows: list[list[object]] = [
        ["2026年度数据统计表"],
        [],
        ["指标名称", "数值", "计量单位", "责任单位", "备注"],
        ["走访次数", 20, "次", "执法队", "一至五月"],
        ["Visits", "1次", None, "zf", None],
        ["总数（件）", 3, "件", None, None],
    ]
    made = import_figures(small, actor, workbook(tmp_path / "figures.xlsx", rows, {}, merged="A1:E1"))
    assert (made.entries, made.figures) == (3, 2)
    assert [(one.digits, one.unit) for one in show_figure(small, "visits", year=2026, as_of=DAY).entries] == [
        ("20", "ZF"), ("1", "ZF"),
    ]  # fmt: skip
    assert figure(small, "tt_all").value == "3"


def test_a_title_that_two_figures_have_means_neither(small: Register, actor: Actor, tmp_path: Path) -> None:
    path = tmp_path / "bureau.yaml"
    path.write_text(SMALL_BUREAU + MORE.replace("完成数", "走访次数"), encoding="utf-8")
    import_bureau(small, actor, path)
    with pytest.raises(BadFile) as raised:
        import_figures(small, actor, written(tmp_path / "figures.csv", "数据,数值\n走访次数,1次\n"))
    assert [one.what for one in raised.value.params["faults"]] == ["no-such-figure"]  # type: ignore[attr-defined]


def test_merged_cells_below_the_head_are_refused(small: Register, actor: Actor, tmp_path: Path) -> None:
    rows: list[list[object]] = [["表"], ["数据", "数值"], ["visits", "1次"], ["visits", "2次"]]
    with pytest.raises(BadFile) as raised:
        import_figures(small, actor, workbook(tmp_path / "figures.xlsx", rows, {}, merged="A3:A4"))
    assert [(one.line, one.what) for one in raised.value.params["faults"]] == [(3, "merged-cells"), (4, "missing-cell")]  # type: ignore[attr-defined]


def test_a_heading_that_is_not_known_is_told_the_known_ones_in_its_own_language(
    small: Register, actor: Actor, tmp_path: Path
) -> None:
    for head, word in (("数据,数值,甲乙丙丁", "数据"), ("key,value,qqqqqq", "key")):
        with pytest.raises(BadFile) as raised:
            import_figures(small, actor, written(tmp_path / "figures.csv", f"{head}\nvisits,1次,x\n"))
        assert [one.parameters["wanted"][0] for one in raised.value.params["faults"]] == [word]  # type: ignore[attr-defined]


def test_a_table_without_its_columns_is_refused(small: Register, actor: Actor, tmp_path: Path) -> None:
    with pytest.raises(BadFile) as raised:
        import_figures(small, actor, written(tmp_path / "figures.csv", "key,amount,key\nvisits,1次,x\n"))
    faults = raised.value.params["faults"]
    assert [one.what for one in faults] == ["unknown-column", "duplicate-column", "missing-column"]  # type: ignore[attr-defined]
