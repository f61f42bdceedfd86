"""Workbooks (xlsx): one sheet a table, typed cells, heads that stay in view, bars behind numbers, nothing evaluated."""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any, BinaryIO, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxWriterException

from lawcheck.render.grid import width
from lawcheck.render.safe import safe_lines
from lawcheck.render.sheets import COUNT, DAY, NUMBER, PERCENT, TEXT, Sheet, Value

MOST_LINES = 1_048_575
"""The most lines under its head that a sheet of a workbook holds."""
MOST_CHARACTERS = 32_767
"""The longest text of a cell; what is longer ends in an ellipsis."""
_FORMULA = ("=", "+", "-", "@")
QUOTED = "quoted"
"""The kind of a text that a program might take for a formula once somebody edits it."""
_DAY_NOUGHT = date(1899, 12, 30).toordinal()
"""Workbooks count days from here, rightly so since March 1900."""
_EXACT = Decimal(10) ** 15
"""Numbers of more digits would lose some in a workbook, and are text there."""
FONT, GREY, BLUE, RED = "等线", "#D9E2EC", "#8DB4E2", "#E6A5A5"
MOST_FITTED = 2000
"""Tables of more lines have lines of one height."""
LINE_POINTS, MOST_POINTS = 15.0, 400.0
STEP = 1000
"""How many lines pass between two reports of progress."""


class Properties(NamedTuple):
    """What a workbook says of itself; `custom` are its own properties by name."""

    title: str
    author: str
    comments: str
    custom: dict[str, str | int]


def write_workbook(
    file: BinaryIO,
    sheets: Iterable[Sheet],
    properties: Properties,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Write tables as a workbook, line by line, whatever their length; return how many sheets it has."""
    written = 0
    with opened(file) as book:
        book.set_properties({"title": properties.title, "author": properties.author, "comments": properties.comments})
        for name, value in properties.custom.items():
            book.set_custom_property(name, value)
        formats = Formats(book)
        for sheet in sheets:
            for part in _in_sheets(sheet):
                _write_sheet(book, part, formats, progress or _silent)
                written += 1
    return written


def _in_sheets(sheet: Sheet) -> Iterator[Sheet]:
    """Yield a table, or as many as it takes where it has more lines than a sheet holds."""
    rows, left, n = iter(sheet.rows), sheet.lines, 1
    while left > MOST_LINES:
        name = f"{sheet.name[:25]} ({n})"
        yield sheet._replace(name=name, rows=islice(rows, MOST_LINES), lines=MOST_LINES, total=False, note="")
        left, n = left - MOST_LINES, n + 1
    yield sheet._replace(name=sheet.name if n == 1 else f"{sheet.name[:25]} ({n})", rows=rows, lines=left)


def _silent(_done: int, _of: int) -> None:
    """Report to nobody."""


@contextmanager
def opened(file: BinaryIO) -> Iterator[Any]:
    """Yield a workbook that takes its lines in order and holds none of them; what it keeps beside it goes away."""
    with tempfile.TemporaryDirectory(prefix="lawcheck-") as folder:
        options = {
            "constant_memory": True, "tmpdir": folder, "strings_to_formulas": False, "strings_to_urls": False,
            "strings_to_numbers": False, "remove_timezone": True,
        }  # fmt: skip
        target = _Target(file)
        book = Workbook(target, options)
        try:
            yield book
            book.close()
        except XlsxWriterException as error:
            if isinstance(error.__cause__ or error.__context__, OSError):
                raise (error.__cause__ or error.__context__) from error  # a full disk, as it is
            raise
        finally:
            target.is_given_up = book.fileclosed = True  # it would write itself when it is forgotten
            for page in book.worksheets():
                if page.row_data_fh is not None:
                    page.row_data_fh.close()


class _Target:
    """The file of a workbook; given up it takes what is written and lets it go.

    An archive that is given up ends itself when it is forgotten, and complains to the terminal where it cannot.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._at = file.tell()
        self.is_given_up = False

    def write(self, data: bytes) -> int:
        if not self.is_given_up:
            self._file.write(data)
        self._at += len(data)
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        if not self.is_given_up:
            self._at = self._file.seek(offset, whence)
        return self._at

    def tell(self) -> int:
        return self._at

    def flush(self) -> None:
        if not self.is_given_up:
            self._file.flush()


class Formats:
    """The formats of a workbook's cells, by kind: as they are, and bold for a total."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401  # xlsxwriter has no types
        """Declare them."""
        look: dict[str, object] = {"font_name": FONT, "font_size": 10.5, "valign": "vcenter"}
        shown: dict[str, dict[str, object]] = {
            TEXT: {"text_wrap": True, "num_format": "@"},
            COUNT: {"num_format": "#,##0"},
            NUMBER: {"num_format": "#,##0.##########"},
            PERCENT: {"num_format": "0.0%"},
            DAY: {"num_format": "yyyy-mm-dd", "align": "center"},
            QUOTED: {"text_wrap": True, "num_format": "@", "quote_prefix": True},
        }
        self.head = book.add_format({**look, "bold": True, "bg_color": GREY, "border": 1, "text_wrap": True})
        self.note = book.add_format({**look, "italic": True, "font_color": "#595959"})
        self.plain = {kind: book.add_format({**look, **more}) for kind, more in shown.items()}
        self.bold = {kind: book.add_format({**look, **more, "bold": True, "top": 1}) for kind, more in shown.items()}


def _write_sheet(book: Any, sheet: Sheet, formats: Formats, progress: Callable[[int, int], None]) -> None:  # noqa: ANN401
    page = book.add_worksheet(sheet.name[:31])
    page.freeze_panes(1, 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_footer("&C&P / &N")
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width)
        page.write_string(0, place, column.head, formats.head)
    last, line = sheet.lines, 0
    kinds, widths = [column.kind for column in sheet.columns], [column.width for column in sheet.columns]
    for line, values in enumerate(sheet.rows, start=1):
        held = formats.bold if sheet.total and line == last else formats.plain
        if sheet.lines <= MOST_FITTED:
            texts = ((one, wide) for one, wide in zip(values, widths, strict=True) if isinstance(one, str))
            page.set_row(line, fitted(texts))
        for place, value in enumerate(values):
            if value is not None:
                write_value(page, line, place, value, kinds[place], held)
        if line % STEP == 0:
            progress(line, last)
    body = line - 1 if sheet.total else line
    if body > 0:
        page.autofilter(0, 0, body, len(sheet.columns) - 1)
        for place, column in enumerate(sheet.columns):
            if column.bars:
                page.conditional_format(1, place, body, place, _bars(column.kind))
    for more, text in enumerate(sheet.note.splitlines(), start=2):
        page.write_string(line + more, 0, text, formats.note)


def fitted(texts: Iterable[tuple[str, int]]) -> float:
    """Return how high a line is that holds texts in columns so wide: not every program makes it fit by itself."""
    most = 1
    for text, wide in texts:
        lines = sum(max(1, -(-width(line) // max(1, wide - 1))) for line in text.splitlines())
        most = max(most, lines)
    return min(most * LINE_POINTS, MOST_POINTS)


def _bars(kind: str) -> dict[str, object]:
    bars: dict[str, object] = {"type": "data_bar", "bar_solid": True, "min_type": "num", "min_value": 0}
    if kind == PERCENT:
        return {**bars, "bar_color": BLUE, "max_type": "num", "max_value": 1}
    return {**bars, "bar_color": RED}


def write_value(page: Any, line: int, place: int, value: Value, kind: str, held: dict[str, Any]) -> None:  # noqa: ANN401
    """Write one value as what it is: text stays text, whatever it begins with."""
    if isinstance(value, str):
        text = value if value.isprintable() and len(value) <= MOST_CHARACTERS else kept(value)
        page.write_string(line, place, text, held[QUOTED if text.startswith(_FORMULA) else TEXT])
    elif isinstance(value, date):
        page.write_number(line, place, value.toordinal() - _DAY_NOUGHT, held[DAY])
    elif kind == PERCENT and isinstance(value, Decimal):
        page.write_number(line, place, float(value) / 100, held[PERCENT])
    elif isinstance(value, Decimal) and abs(value) >= _EXACT:
        page.write_string(line, place, format(value, "f"), held[TEXT])
    elif value is not None:
        page.write_number(line, place, value, held[kind if kind != TEXT else COUNT])


def kept(text: str) -> str:
    """Return a text as a cell holds it: nothing in it steers anything, and no more of it than a cell takes."""
    plain = safe_lines(text)
    return plain if len(plain) <= MOST_CHARACTERS else plain[: MOST_CHARACTERS - 1] + "…"
