"""Workbooks: typed cells, heads that stay, bars, nothing evaluated, and nothing kept beside them."""

import gc
import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from lawcheck.export import workbook
from lawcheck.export.workbook import MOST_CHARACTERS, Properties, write_workbook
from lawcheck.render.sheets import COUNT, DAY, NUMBER, PERCENT, Sheet, SheetColumn, Value

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")  # openpyxl, of bars it does not read
COLUMNS = (
    SheetColumn("Item", width=40),
    SheetColumn("Rows", COUNT, bars=True),
    SheetColumn("%", PERCENT, bars=True),
    SheetColumn("Number", NUMBER),
    SheetColumn("Due", DAY),
)
PROPERTIES = Properties("2026", "lawcheck", "register r, head h", {"lawcheck_register": "r", "lawcheck_entry": 7})
HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "http://x", "12", "\x07bell", "_x0041_"]


def _book(*rows: tuple[Value, ...], total: bool = False, note: str = "") -> Any:
    stream = io.BytesIO()
    sheet = Sheet("Table", "A table", COLUMNS, iter(rows), len(rows), total=total, note=note)
    assert write_workbook(stream, [sheet], PROPERTIES) == 1
    return load_workbook(stream)


def _page(*rows: tuple[Value, ...], total: bool = False, note: str = "") -> Worksheet:
    page: Worksheet = _book(*rows, total=total, note=note)["Table"]
    return page


def test_cells_are_what_they_are() -> None:
    page = _page(("事项", 12, Decimal("33.3"), Decimal("16191400.50"), date(2026, 3, 5)), (None,) * 5)
    cells = [page.cell(2, column) for column in range(1, 6)]
    assert [cell.data_type for cell in cells] == ["s", "n", "n", "n", "d"]
    assert [cell.value for cell in cells[:2]] == ["事项", 12]
    assert cells[2].value == pytest.approx(0.333)
    assert cells[3].value == pytest.approx(16191400.5)
    assert [cell.number_format for cell in cells[1:]] == ["#,##0", "0.0%", "#,##0.##########", "yyyy-mm-dd"]
    assert page.cell(3, 1).value is None


def test_heads_stay_in_view_and_can_be_filtered_and_come_again_on_every_page_of_paper() -> None:
    page = _page(("a", 1, None, None, None), ("b", 2, None, None, None))
    assert [cell.value for cell in page[1]] == ["Item", "Rows", "%", "Number", "Due"]
    assert (page.freeze_panes, page.auto_filter.ref) == ("B2", "A1:E3")
    assert (page.print_title_rows, page.page_setup.orientation) == ("$1:$1", "landscape")


def test_bars_stand_behind_counts_and_shares_but_not_behind_the_total() -> None:
    page = _page(("a", 1, Decimal(50), None, None), ("Total", 1, Decimal(50), None, None), total=True)
    ranges = {str(one.sqref): [rule.type for rule in one.rules] for one in page.conditional_formatting}
    assert ranges == {"B2": ["dataBar"], "C2": ["dataBar"]}
    assert page.cell(3, 1).font.b
    assert not page.cell(2, 1).font.b


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_is_never_a_formula_a_link_or_a_number(text: str) -> None:
    cell = _page((text, None, None, None, None)).cell(2, 1)
    assert (cell.data_type, cell.hyperlink) == ("s", None)
    if text.startswith(("=", "+", "-", "@")):
        assert cell.quotePrefix


def test_a_control_character_is_written_out(tmp_path: Path) -> None:
    assert tmp_path.exists()
    assert _page(("x\x07\x1b[31m", None, None, None, None)).cell(2, 1).value == "x\\x07\\x1b[31m"


def test_a_text_that_is_too_long_for_a_cell_ends_in_an_ellipsis() -> None:
    told = _page(("长" * 40_000, None, None, None, None)).cell(2, 1).value
    assert isinstance(told, str)
    assert (len(told), told[-1]) == (MOST_CHARACTERS, "…")


def test_a_number_of_more_digits_than_a_workbook_keeps_is_text() -> None:
    cell = _page(("a", None, None, Decimal(1234567890123456789), None)).cell(2, 4)
    assert (cell.data_type, cell.value) == ("s", "1234567890123456789")


def test_notes_stand_below_the_table() -> None:
    page = _page(("a", 1, None, None, None), note="one\ntwo")
    assert [page.cell(line, 1).value for line in range(1, 6)] == ["Item", "a", None, "one", "two"]


def test_the_register_and_the_head_are_in_the_properties() -> None:
    book = _book(("a", 1, None, None, None))
    assert (book.properties.title, book.properties.description) == ("2026", "register r, head h")
    assert {one.name: one.value for one in book.custom_doc_props} == {"lawcheck_register": "r", "lawcheck_entry": 7}


def test_what_is_given_up_leaves_nothing_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    def rows() -> Iterator[tuple[Value, ...]]:
        yield ("a", 1, None, None, None)
        raise KeyboardInterrupt

    stream = io.BytesIO()
    with pytest.raises(KeyboardInterrupt):
        write_workbook(stream, [Sheet("Table", "", COLUMNS, rows(), 2)], PROPERTIES)
    assert (stream.getvalue(), list(tmp_path.iterdir())) == (b"", [])


class _Full(io.BytesIO):
    """A disk that takes so many bytes."""

    def write(self, data: Any) -> int:  # bytes of any kind
        if self.tell() + len(data) > 2000:
            raise OSError(28, "No space left on device")
        return super().write(data)


def test_a_full_disk_is_told_once_and_not_again_when_the_workbook_is_forgotten(
    capsys: pytest.CaptureFixture[str],
) -> None:
    stream = _Full()
    with pytest.raises(OSError, match="No space left"):
        write_workbook(stream, [Sheet("Table", "", COLUMNS, iter([("a", 1, None, None, None)]), 1)], PROPERTIES)
    stream.close()
    gc.collect()
    assert capsys.readouterr() == ("", "")


def test_progress_is_told_now_and_then() -> None:
    told: list[tuple[int, int]] = []
    rows: list[tuple[Value, ...]] = [("a", 1, None, None, None)] * 2500
    write_workbook(
        io.BytesIO(), [Sheet("T", "", COLUMNS, rows, 2500)], PROPERTIES, lambda done, of: told.append((done, of))
    )
    assert told == [(1000, 2500), (2000, 2500)]


def test_a_table_of_more_lines_than_a_sheet_holds_goes_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_LINES", 2)
    stream = io.BytesIO()
    rows: list[tuple[Value, ...]] = [(str(n), n, None, None, None) for n in range(5)]
    assert write_workbook(stream, [Sheet("Table", "", COLUMNS, rows, 5)], PROPERTIES) == 3
    book = load_workbook(stream)
    told = {page.title: [row[0] for row in page.iter_rows(min_row=2, values_only=True)] for page in book.worksheets}
    assert told == {"Table (1)": ["0", "1"], "Table (2)": ["2", "3"], "Table (3)": ["4"]}
