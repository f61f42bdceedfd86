"""Tables from files, workbooks (xlsx) and CSV: rows of values, each with its place. Nothing in them is evaluated.

A workbook is measured before it is unpacked, and its XML is read with entities forbidden.
"""

import csv
import io
import os
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from lawcheck.errors import BadFile
from lawcheck.library.nodes import Fault, file_bytes

MAX_BYTES = 50_000_000
"""The largest file that is read."""
MAX_UNPACKED = 200_000_000
MAX_SHARED = 60_000_000
"""The largest table of shared texts: it is the one part of a workbook that is held as a whole."""
MAX_PARTS = 2_000
MAX_COLUMNS = 200
_LAST_ROW = 1_048_576
_WORKBOOKS = (".xlsx", ".xlsm")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_MERGED = re.compile(
    rb"<(?:\w+:)?mergeCell\s[^>]*?ref\s*=\s*[\"']\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::[^\"']*?([0-9]{1,7}))?[\"']"
)
_ESCAPED = re.compile("_x(?![Dd][89A-Fa-f])([0-9A-Fa-f]{4})_")
"""How a workbook writes a character that XML does not take, or that would read as such an escape."""
_CHUNK = 1 << 20
DIGITS_KEPT = 15
"""A workbook keeps no more digits of a number."""
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
"""What a number's format shows as it stands, and its colours and conditions."""


class Unusable(NamedTuple):
    """A cell that holds nothing to be relied on; `what` is the code of the fault: a formula, an error, a control."""

    what: str
    text: str


Value = str | int | float | bool | date | Unusable | None
"""What a cell holds: a day is a date, a day with a time of day a datetime; text without outer space."""


class TableRow(NamedTuple):
    """A row that is not empty: its line in the file, and its values from the first column on."""

    line: int
    values: list[Value]


class Merged(NamedTuple):
    """Cells merged into one: the first and the last line, the column of the first."""

    first: int
    last: int
    column: int


class Table(NamedTuple):
    """A table read; `sheet` is the name of the sheet of a workbook, None for CSV."""

    path: str
    sheet: str | None
    rows: list[TableRow]
    merged: list[Merged]

    def fault(self, line: int, column: int, what: str, expected: str, **parameters: object) -> Fault:
        """Return a fault of a cell; columns count from 1."""
        cell = f"{column_letters(column)}{line}" if self.sheet is not None else ""
        return Fault(self.path, line, column, what, expected, parameters, cell)


def column_letters(column: int) -> str:
    """Return how a workbook names a column: `A` for 1, `AB` for 28."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def read_table(path: Path, most: int) -> Table:
    """Read the first visible sheet of a workbook, or a CSV file in UTF-8 or GB 18030, of so many rows and a head.

    Raises:
        BadFile: it is no table, too large, or has more rows.
        NoSuchFile: the file cannot be read at all.

    """
    data, size = file_bytes(path, MAX_BYTES)
    shown = str(path)
    if data is None:
        raise _bad(shown, "too-large", "size", bytes=size, limit=MAX_BYTES)
    if not data.strip():
        raise _bad(shown, "empty-file", "table")
    if path.suffix.lower() in _WORKBOOKS:
        return _workbook(data, shown, most)
    return _csv(data, shown, most)


def _bad(path: str, what: str, expected: str, *, line: int = 1, **parameters: object) -> BadFile:
    return BadFile(faults=[Fault(path, line, 1, what, expected, parameters)])


def _text(text: str) -> Value:
    plain = text.strip()
    if not plain:
        return None
    if _CONTROLS.search(plain):
        return Unusable("control-character", plain)
    return Unusable("formula", plain) if plain[0] == "=" else plain


def _kept(lines: Iterable[tuple[int, list[Value]]], path: str, most: int) -> list[TableRow]:
    """Return the rows that hold anything.

    Raises:
        BadFile: there are too many, or too many columns.

    """
    rows: list[TableRow] = []
    for line, values in lines:
        while values and values[-1] is None:
            values.pop()
        if not values:
            continue
        if len(values) > MAX_COLUMNS:
            raise _bad(path, "too-many-columns", "fewer-columns", line=line, limit=MAX_COLUMNS)
        rows.append(TableRow(line, values))
        if len(rows) > most + 1:
            raise _bad(path, "too-many-rows", "fewer-rows", line=line, limit=most)
    if not rows:
        raise _bad(path, "empty-file", "table")
    return rows


# --- CSV --------------------------------------------------------------------------------------


def _csv(data: bytes, path: str, most: int) -> Table:
    if b"\0" in data or data[:4] == b"PK\3\4":
        raise _bad(path, "no-table", "csv-or-xlsx")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            line = data[: error.start].count(b"\n") + 1
            raise _bad(path, "not-utf8-gb18030", "utf8-gb18030", line=line) from error
    head = text[: text.find("\n")] if "\n" in text else text
    delimiter = max(",\t;", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)

    def lines() -> Iterator[tuple[int, list[Value]]]:
        line = 1
        for cells in reader:
            yield line, [_text(cell) for cell in cells]
            line = reader.line_num + 1

    try:
        return Table(path, None, _kept(lines(), path, most), [])
    except csv.Error as error:
        raise _bad(path, "broken-csv", "csv", line=reader.line_num, problem=str(error)) from error


# --- workbooks --------------------------------------------------------------------------------

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,  # of XML, whichever library reads it
    OSError,
    EOFError,
    ArithmeticError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RuntimeError,
    TypeError,
    ValueError,
)
"""What openpyxl raises about files that are no workbooks, or broken ones; forbidden entities are a ValueError."""


def _workbook(data: bytes, path: str, most: int) -> Table:
    import warnings

    load_workbook = workbook_loader()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what it does not read: checks of input, pictures
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                measure(archive, path)
            book = load_workbook(io.BytesIO(data), read_only=True)
            try:
                shown = [one for one in book.worksheets if one.sheet_state == "visible"]
                if not shown:
                    raise _bad(path, "empty-file", "table")
                sheet: Any = shown[0]
                merged = list(merged_cells(data, sheet_part(sheet), path))
                return Table(path, str(sheet.title), _kept(sheet_rows(sheet, path), path, most), merged)
            finally:
                book.close()
    except BROKEN as error:
        raise _bad(path, "no-workbook", "csv-or-xlsx") from error


def workbook_loader() -> Callable[..., Any]:
    """Return what opens workbooks. It reads XML with the standard library, in which entities can be forbidden.

    Where lxml is installed, as for reports, openpyxl would take that; it asks once, when it is first imported.
    """
    os.environ["OPENPYXL_LXML"] = "False"
    from openpyxl import load_workbook

    return load_workbook


def measure(archive: zipfile.ZipFile, path: str) -> None:
    """Refuse what would unpack to too much; a part that lies about its size ends there and is broken.

    Raises:
        BadFile: it is too large.

    """
    parts = archive.infolist()
    unpacked = sum(one.file_size for one in parts)
    if len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED:
        raise _bad(path, "unpacks-too-large", "size", bytes=unpacked, limit=MAX_UNPACKED)
    shared = max((one.file_size for one in parts if "sharedstrings" in one.filename.lower()), default=0)
    if shared > MAX_SHARED:
        raise _bad(path, "unpacks-too-large", "size", bytes=shared, limit=MAX_SHARED)


def merged_cells(data: bytes, part: str, path: str) -> Iterator[Merged]:
    """Yield the merged cells of a sheet: openpyxl does not tell of them where it reads row by row.

    Raises:
        BadFile: the sheet is in UTF-16, in which they would not be found.

    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(part) as stream:
        held = stream.read(_CHUNK)
        if b"\0" in held[:200]:
            raise _bad(path, "no-workbook", "csv-or-xlsx")
        while held:
            end = 0
            for match in _MERGED.finditer(held):
                letters, first, last = match.groups()
                column = 0
                for letter in letters:
                    column = column * 26 + letter - ord("A") + 1
                yield Merged(int(first), int(last or first), column)
                end = match.end()
            more = stream.read(_CHUNK)
            held = held[max(end, len(held) - 500) :] + more if more else b""


def sheet_part(sheet: Any) -> str:  # noqa: ANN401  # openpyxl's stubs miss it
    """Return the part of a workbook that holds a sheet."""
    part: str = sheet._worksheet_path  # noqa: SLF001  # it has no public name
    return part


def sheet_rows(sheet: Any, path: str) -> Iterator[tuple[int, list[Value]]]:  # noqa: ANN401  # openpyxl's stubs miss most of it
    """Yield the lines of a sheet with what their cells hold, empty ones too.

    Raises:
        BadFile: there are too many lines or columns.

    """
    sheet.reset_dimensions()  # what a file says of its size may be wrong
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        if line > _LAST_ROW:
            raise _bad(path, "no-workbook", "csv-or-xlsx", line=_LAST_ROW)
        if len(cells) > MAX_COLUMNS:
            raise _bad(path, "too-many-columns", "fewer-columns", line=line, limit=MAX_COLUMNS)
        yield line, [_cell(one.value, one) for one in cells]


def _cell(value: object, cell: Any) -> Value:  # noqa: ANN401
    """Return what a cell holds; a time of day counts where the cell shows one, or holds more than midnight."""
    if value is None:
        return None
    kind = cell.data_type
    if kind == "f":
        return Unusable("formula", str(value) if isinstance(value, str) else "=")
    if kind == "e":
        return Unusable("cell-error", str(value))
    if isinstance(value, str):
        return _text(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), value) if "_x" in value else value)
    if isinstance(value, datetime):
        shows_time = "h" in str(cell.number_format).lower()
        return value if shows_time or value.time() != time() else value.date()
    if isinstance(value, (int, float)) and _shows_per_cent(str(cell.number_format)):
        return per_cent(value)
    if isinstance(value, (int, float, date)):
        return value
    return Unusable("no-day", str(value))  # a time of day alone, or a span of time


def _shows_per_cent(number_format: str) -> bool:
    """Tell whether a cell shows its number a hundredfold, with a per cent sign."""
    return "%" in number_format and "%" in _LITERAL.sub("", number_format)


def per_cent(value: float) -> str:
    """Return a number as a cell in per cent shows it: 0.985 is 98.5%, with all its digits."""
    exact = Decimal(f"{value:.{DIGITS_KEPT}g}").scaleb(2)
    return f"{exact.normalize() if exact != exact.to_integral_value() else exact.quantize(Decimal(1)):f}%"
