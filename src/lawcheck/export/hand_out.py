"""A workbook for a unit: drop-downs, protected cells but for those to fill in, and what binds it, hidden."""

import contextlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

from lawcheck.core.handout import BINDING, FIGURES, HELP, ROWS, STATES, TO_FILL, GivenLine
from lawcheck.core.writing import reason
from lawcheck.errors import FileNotWritten
from lawcheck.export.file import replacing
from lawcheck.export.workbook import FONT, GREY, fitted, kept, opened
from lawcheck.render.hand_out import HELP_LINES, binding_of
from lawcheck.render.language import chinese

if TYPE_CHECKING:
    from lawcheck.service.hand_out import HandOut, HandOuts

CHUNK = 30_000
"""How much of the binding a cell takes."""
_WIDTHS = {ROWS: (16, 40, 36, 28, 12, 18, 12, 16, 40), FIGURES: (26, 36, 10, 24, 16, 18, 13, 40)}
YELLOW = "#FFF9DB"
TITLE_POINTS = 24.0


class HandedOut(NamedTuple):
    """A workbook that was written: where, for which unit, with how many rows and figures."""

    path: str
    unit: str
    unit_zh: str
    unit_en: str
    rows: int
    figures: int


class HandedOuts(NamedTuple):
    """All workbooks that were written for a year; units with nothing open, figures that no unit reports."""

    year: int
    workbooks: tuple[HandedOut, ...]
    idle: tuple[str, ...]
    unclaimed: tuple[str, ...]


def write_hand_out(file: BinaryIO, given: "HandOut") -> None:
    """Write the workbook of a unit."""
    binding = binding_of(given)
    with opened(file) as book:
        book.set_properties({"title": f"{given.year} {given.unit}", "author": "lawcheck"})
        look: dict[str, object] = {"font_name": FONT, "font_size": 10.5, "valign": "top", "text_wrap": True}
        formats = {
            "title": book.add_format({**look, "bold": True, "font_size": 14, "text_wrap": False}),
            "head": book.add_format({**look, "bold": True, "bg_color": GREY, "border": 1}),
            "plain": book.add_format({**look, "border": 1, "num_format": "@"}),
            "text": book.add_format({**look, "border": 1, "bg_color": YELLOW, "locked": False, "num_format": "@"}),
            "on": book.add_format(
                {**look, "border": 1, "bg_color": YELLOW, "locked": False, "num_format": "yyyy-mm-dd"}
            ),
        }
        formats["value"] = formats["state"] = formats["text"]
        _write_help(book, formats)
        for sheet in (ROWS, FIGURES):
            lines = [one for one in binding.lines if one.sheet == sheet]
            if lines:
                _write_lines(book, sheet, lines, given.year, formats)
        _write_binding(book, binding.text(), binding.hash())


def _write_help(book: Any, formats: dict[str, Any]) -> None:  # noqa: ANN401  # xlsxwriter has no types
    page = book.add_worksheet(HELP)
    page.set_column(0, 0, 110)
    page.write_string(0, 0, HELP, formats["title"])
    lines = [*(chinese(line) for line in HELP_LINES), "", *HELP_LINES]
    for place, line in enumerate(lines, start=1):
        page.set_row(place, fitted([(line, 110)]))
        page.write_string(place, 0, line, formats["plain"])
    page.protect("")


def _write_lines(book: Any, sheet: str, lines: list[GivenLine], year: int, formats: dict[str, Any]) -> None:  # noqa: ANN401
    page = book.add_worksheet(sheet)
    for place, width in enumerate(_WIDTHS[sheet]):
        page.set_column(place, place, width)
    page.freeze_panes(2, 2)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0, 1)
    looks = {1: "title", 2: "head"}
    for one in lines:
        page.set_row(
            one.line - 1, fitted(zip(one.cells, _WIDTHS[sheet], strict=False)) if one.line > 1 else TITLE_POINTS
        )
        for place, cell in enumerate(one.cells):
            page.write_string(one.line - 1, place, kept(cell), formats[looks.get(one.line, "plain")])
        if one.key:
            for place, name in enumerate(TO_FILL[sheet], start=len(one.cells)):
                page.write_blank(one.line - 1, place, None, formats[name])
    first, last, fill = 2, lines[-1].line - 1, len(lines[-1].cells)
    if sheet == ROWS:
        page.data_validation(
            first, fill, last, fill,
            {"validate": "list", "source": list(STATES), "error_title": HELP, "error_message": "、".join(STATES)},
        )  # fmt: skip
    page.data_validation(
        first, fill + 1, last, fill + 1,
        {
            "validate": "date", "criteria": "between", "minimum": date(year - 1, 1, 1),
            "maximum": date(year + 1, 12, 31), "error_type": "warning", "error_title": HELP,
            "error_message": "2026-03-05",
        },
    )  # fmt: skip
    page.protect("", {"format_rows": True, "format_columns": True, "select_locked_cells": True})


def _write_binding(book: Any, text: str, hashed: str) -> None:  # noqa: ANN401
    page = book.add_worksheet(BINDING)
    page.write_string(0, 0, hashed)
    for line, start in enumerate(range(0, len(text), CHUNK), start=1):
        page.write_string(line, 0, text[start : start + CHUNK])
    page.protect("")
    page.very_hidden()


def file_name(given: "HandOut") -> str:
    """Return what the workbook of a unit is called among those of all units."""
    return "-".join(one for one in (str(given.year), given.unit, _safe_name(given.unit_name[0])) if one) + ".xlsx"


def _safe_name(text: str) -> str:
    return "".join(one for one in text if one.isalnum())[:40]


def save_hand_outs(place: Path, found: "HandOuts", *, in_folder: bool, force: bool) -> HandedOuts:
    """Write the workbook of a unit to a file, or those of all units into a folder, all of them or none.

    Raises:
        FileThere: there is a file already.
        FileNotWritten: the place cannot be written.

    """
    with contextlib.ExitStack() as stack:
        if in_folder:
            stack.enter_context(_folder(place))
        written = []
        for given in found.units:
            path = place / file_name(given) if in_folder else place
            write_hand_out(stack.enter_context(replacing(path, force=force)), given)
            rows, figures = len(given.rows), len(given.figures)
            written.append(HandedOut(str(path), given.unit, *given.unit_name, rows, figures))
    return HandedOuts(found.year, tuple(written), found.idle, found.unclaimed)


@contextlib.contextmanager
def _folder(root: Path) -> Iterator[None]:
    """Make a folder for the block; given up, a folder that was not there goes again.

    Raises:
        FileNotWritten: it cannot be made.

    """
    is_new = not root.exists()
    try:
        root.mkdir(exist_ok=True)
    except OSError as error:
        raise FileNotWritten(path=str(root), reason=reason(error)) from error
    try:
        yield
    except BaseException:
        if is_new:
            with contextlib.suppress(OSError):
                root.rmdir()
        raise
