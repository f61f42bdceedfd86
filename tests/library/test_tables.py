"""Tables from files: what cells hold, with their places; what is no table, or too large for one, is refused."""

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from lawcheck.errors import BadFile, NoSuchFile
from lawcheck.library import tables
from lawcheck.library.nodes import Fault
from lawcheck.library.tables import Merged, TableRow, Unusable, column_letters, read_table

Write = Callable[..., Path]


@pytest.fixture
def csv_file(tmp_path: Path) -> Write:
    def write(data: bytes | str, name: str = "cases.csv") -> Path:
        path = tmp_path / name
        path.write_bytes(data.encode() if isinstance(data, str) else data)
        return path

    return write


@pytest.fixture
def workbook(tmp_path: Path) -> Write:
    def write(*rows: list[object], merge: str | None = None, sheet: str = "案件") -> Path:
        book = Workbook()
        page = book.active
        assert page is not None
        page.title = sheet
        for row in rows:
            page.append(row)
        if merge is not None:
            page.merge_cells(merge)
        path = tmp_path / "cases.xlsx"
        book.save(path)
        return path

    return write


def _faults(path: Path, most: int = 10) -> list[tuple[int, str]]:
    with pytest.raises(BadFile) as caught:
        read_table(path, most)
    faults: list[Fault] = caught.value.params["faults"]  # type: ignore[assignment]
    return [(fault.line, fault.what) for fault in faults]


def test_a_csv_is_read_with_the_line_of_each_row_and_without_empty_ones(csv_file: Write) -> None:
    path = csv_file('number,title\r\n\r\n1," two\nlines "\r\n,\r\n2,b,,\r\n')
    assert read_table(path, 10).rows == [
        TableRow(1, ["number", "title"]),
        TableRow(3, ["1", "two\nlines"]),
        TableRow(6, ["2", "b"]),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_a_csv_may_be_in_utf_8_with_or_without_a_mark_or_in_gb18030(csv_file: Write, encoding: str) -> None:
    path = csv_file("文号,标题\n一,甲\n".encode(encoding))
    assert [row.values for row in read_table(path, 10).rows] == [["文号", "标题"], ["一", "甲"]]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_head_tells_what_parts_the_columns(csv_file: Write, delimiter: str) -> None:
    path = csv_file(f"a{delimiter}b\n1{delimiter}2\n")
    assert [row.values for row in read_table(path, 10).rows] == [["a", "b"], ["1", "2"]]


def test_formulas_and_control_characters_are_not_relied_on(csv_file: Write) -> None:
    row = read_table(csv_file("a,b,c\n=1+1,x\x07y,\x85z\n"), 10).rows[1]
    assert row.values == [Unusable("formula", "=1+1"), Unusable("control-character", "x\x07y"), "z"]


@pytest.mark.parametrize(
    ("data", "name", "what"),
    [
        (b"", "cases.csv", "empty-file"),
        (b" \n\n", "cases.csv", "empty-file"),
        (b",,\n,,\n", "cases.csv", "empty-file"),
        (b"a,b\n\xff\xff\xff,1\n", "cases.csv", "not-utf8-gb18030"),
        (b'a,b\n"1,2\n', "cases.csv", "broken-csv"),
        (b"a\0b\n", "cases.csv", "no-table"),
        (b"PK\3\4 a workbook by another name", "cases.csv", "no-table"),
        (b"no workbook", "cases.xlsx", "no-workbook"),
        (b"PK\3\4 nor this", "cases.xlsx", "no-workbook"),
        (b"a," * 300 + b"a\n", "cases.csv", "too-many-columns"),
    ],
)
def test_what_is_no_table_is_refused(csv_file: Write, data: bytes, name: str, what: str) -> None:
    assert [one for _, one in _faults(csv_file(data, name))] == [what]


def test_a_missing_file_is_not_found(tmp_path: Path) -> None:
    with pytest.raises(NoSuchFile):
        read_table(tmp_path / "none.xlsx", 10)


def test_too_many_rows_are_refused_where_they_begin(csv_file: Write) -> None:
    lines = ["number", *(str(n) for n in range(11))]
    assert _faults(csv_file("\n".join(lines))) == [(12, "too-many-rows")]
    assert len(read_table(csv_file("\n".join(lines[:-1])), 10).rows) == 11


def test_a_workbook_gives_days_times_numbers_and_text_as_they_are(workbook: Write) -> None:
    at = datetime(2026, 3, 5, 15, 30)  # noqa: DTZ001  # as a workbook has it
    path = workbook(["a", "b", "c", "d", "e", None], [date(2026, 3, 5), at, 12, True, " text ", None], [None, "z"])
    table = read_table(path, 10)
    assert table.sheet == "案件"
    assert table.rows == [
        TableRow(1, ["a", "b", "c", "d", "e"]),
        TableRow(2, [date(2026, 3, 5), at, 12, True, "text"]),
        TableRow(3, [None, "z"]),
    ]
    assert type(table.rows[1].values[0]) is date


def test_a_formula_in_a_workbook_is_not_relied_on_and_an_error_neither(workbook: Write) -> None:
    path = workbook(["a", "b"], ["=SUM(1,2)", "#REF!"])
    assert read_table(path, 10).rows[1].values == [Unusable("formula", "=SUM(1,2)"), Unusable("cell-error", "#REF!")]


def test_merged_cells_are_found(workbook: Write) -> None:
    path = workbook(["a", "b"], [1, 2], [3, 4], merge="B2:B3")
    assert read_table(path, 10).merged == [Merged(2, 3, 2)]


def test_the_first_sheet_that_is_shown_is_read(tmp_path: Path) -> None:
    book = Workbook()
    hidden = book.active
    assert hidden is not None
    hidden.append(["hidden"])
    hidden.sheet_state = "hidden"
    book.create_sheet("二").append(["shown"])
    book.save(tmp_path / "two.xlsx")
    table = read_table(tmp_path / "two.xlsx", 10)
    assert (table.sheet, table.rows) == ("二", [TableRow(1, ["shown"])])


def _repacked(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    made = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == part else data)
    path.write_bytes(made.getvalue())
    return path


SHEET = "xl/worksheets/sheet1.xml"


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(
    workbook: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "MAX_UNPACKED", 100_000)
    path = _repacked(workbook(["a"], [1]), SHEET, lambda data: data + b" " * 200_000)
    assert path.stat().st_size < 20_000
    assert _faults(path) == [(1, "unpacks-too-large")]


def test_entities_in_a_workbook_are_refused(workbook: Write) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    path = _repacked(workbook(["a"], [1]), SHEET, lambda data: bomb + data[data.find(b"<worksheet") :])
    assert _faults(path) == [(1, "no-workbook")]


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (b'r="1"', b'r="99999999999"', "no-workbook"),
        (b'r="A1"', b'r="XFD1"', "too-many-columns"),
        (b"</sheetData>", b"", "no-workbook"),
    ],
)
def test_a_workbook_that_lies_about_its_cells_is_refused(workbook: Write, old: bytes, new: bytes, what: str) -> None:
    path = _repacked(workbook(["a"]), SHEET, lambda data: data.replace(old, new))
    assert [one for _, one in _faults(path)] == [what]


def test_what_a_workbook_says_of_its_size_is_not_believed(workbook: Write) -> None:
    path = _repacked(workbook(["a"], ["b"]), SHEET, lambda data: data.replace(b'ref="A1:A2"', b'ref="A1:XFD1048576"'))
    assert [row.values for row in read_table(path, 10).rows] == [["a"], ["b"]]


@pytest.mark.parametrize(("column", "letters"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (703, "AAA")])
def test_a_column_is_named_as_a_workbook_names_it(column: int, letters: str) -> None:
    assert column_letters(column) == letters


BROKEN_PART = """
import sys
from pathlib import Path
import lxml.etree  # as reports need it: openpyxl would read by it
from lawcheck.errors import BadFile
from lawcheck.library.tables import read_table

for name in sys.argv[1:]:
    try:
        read_table(Path(name), 100)
    except BadFile as error:
        print([fault.what for fault in error.params["faults"]])
import openpyxl
print(openpyxl.LXML)
"""


def test_a_workbook_with_a_broken_part_is_refused_whatever_else_is_installed(tmp_path: Path) -> None:
    book = Workbook()
    book.save(tmp_path / "whole.xlsx")
    for name, old, new in (
        ("cut.xlsx", b"</", b"<"),
        ("entity.xlsx", b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet'),
    ):
        with zipfile.ZipFile(tmp_path / "whole.xlsx") as source, zipfile.ZipFile(tmp_path / name, "w") as target:
            for part in source.namelist():
                held = source.read(part)
                target.writestr(part, held.replace(old, new) if part.endswith("sheet1.xml") else held)
    command = [sys.executable, "-c", BROKEN_PART, str(tmp_path / "cut.xlsx"), str(tmp_path / "entity.xlsx")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout.splitlines(), done.stderr) == (["['no-workbook']", "['no-workbook']", "False"], "")
