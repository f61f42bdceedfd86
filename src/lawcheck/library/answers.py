"""Workbooks that come back from units: what was filled in, each answer with its place, and every fault at once.

Nothing in them is evaluated. What was handed out must stand where it stood, and only the cells to fill in may differ.
"""

import io
import warnings
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from lawcheck.core.handout import BINDING, TO_FILL, Binding, GivenLine, read_binding
from lawcheck.errors import BadFile
from lawcheck.library.nodes import Fault, file_bytes
from lawcheck.library.tables import (
    BROKEN,
    MAX_BYTES,
    Unusable,
    Value,
    column_letters,
    measure,
    merged_cells,
    sheet_part,
    sheet_rows,
    workbook_loader,
)

MOST_FAULTS = 200
"""So many faults of one workbook are told."""
_BEYOND = 1000
"""So many lines below the last one are looked at."""
_SHORT = 40


class Answer(NamedTuple):
    """What was filled in on a line: the cells to fill in by name, with the column of the first (counted from 1)."""

    sheet: str
    line: int
    first: int
    key: str
    last: int
    values: dict[str, Value]

    def is_empty(self) -> bool:
        """Tell whether nothing was filled in."""
        return all(value is None for value in self.values.values())


class Returned(NamedTuple):
    """A workbook that came back: what binds it, what was filled in."""

    path: str
    binding: Binding
    answers: tuple[Answer, ...]

    def fault(self, answer: Answer, name: str, what: str, expected: str, **parameters: object) -> Fault:
        """Return a fault of an answer's cell."""
        column = answer.first + list(answer.values).index(name)
        return cell_fault(self.path, answer.sheet, answer.line, column, what, expected, **parameters)

    def whole(self, what: str, expected: str, **parameters: object) -> Fault:
        """Return a fault of the whole workbook, which stands in what binds it."""
        return cell_fault(self.path, BINDING, 1, 1, what, expected, **parameters)


def cell_fault(  # a fault is its place and what is wrong there
    path: str, sheet: str, line: int, column: int, what: str, expected: str, **parameters: object
) -> Fault:
    """Return a fault of a cell of a sheet; columns count from 1."""
    return Fault(path, line, column, what, expected, parameters, f"{sheet}!{column_letters(column)}{line}")


def read_answers(path: Path) -> Returned:
    """Read a workbook that was handed out.

    Raises:
        BadFile: with every fault: it is no workbook that was handed out, or differs outside the cells to fill in.
        NoSuchFile: the file cannot be read at all.

    """
    shown = str(path)
    data, size = file_bytes(path, MAX_BYTES)
    if data is None:
        raise BadFile(faults=[Fault(shown, 1, 1, "too-large", "size", {"bytes": size, "limit": MAX_BYTES})])
    if path.suffix.lower() in (".xlsm", ".xltm", ".xlsb"):
        raise BadFile(faults=[Fault(shown, 1, 1, "macros", "plain-workbook")])
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            measure(archive, shown)
            if any(name.lower().endswith("vbaproject.bin") for name in archive.namelist()):
                raise BadFile(faults=[Fault(shown, 1, 1, "macros", "plain-workbook")])
        return _read(data, shown)
    except BROKEN as error:
        raise BadFile(faults=[Fault(shown, 1, 1, "no-workbook", "handed-out")]) from error


def _read(data: bytes, path: str) -> Returned:
    load_workbook = workbook_loader()

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what it does not read: checks of input, pictures
        book = load_workbook(io.BytesIO(data), read_only=True)
        try:
            sheets = {str(one.title): one for one in book.worksheets}
            binding = _binding(sheets.get(BINDING), path)
            faults: list[Fault] = []
            answers: list[Answer] = []
            for name in dict.fromkeys(one.sheet for one in binding.lines):
                given = [one for one in binding.lines if one.sheet == name]
                if name not in sheets:
                    here = ", ".join(one for one in sheets if one != BINDING)
                    faults.append(cell_fault(path, name, 1, 1, "sheet-missing", "sheet-as-given", key=name, found=here))
                    continue
                faults += [
                    cell_fault(path, name, one.first, one.column, "merged-cells", "own-cells")
                    for one in merged_cells(data, sheet_part(sheets[name]), path)
                ]
                answers += _Sheet(path, name, given, faults).read(sheets[name])
        finally:
            book.close()
    if faults:
        raise BadFile(faults=faults[:MOST_FAULTS])
    return Returned(path, binding, tuple(answers))


def _binding(sheet: Any, path: str) -> Binding:  # noqa: ANN401  # openpyxl's stubs miss most of it
    """Return what binds a workbook.

    Raises:
        BadFile: nothing does, or it was changed.

    """
    if sheet is None:
        raise BadFile(faults=[Fault(path, 1, 1, "not-handed-out", "handed-out")])
    hashed, *parts = [_plain(values[0]) if values else "" for _, values in sheet_rows(sheet, path)] or [""]
    binding = read_binding("".join(parts), hashed)
    if binding is None:
        raise BadFile(faults=[cell_fault(path, BINDING, 1, 1, "binding-altered", "as-given")])
    return binding


class _Sheet:
    """One sheet held against its lines as they were handed out."""

    def __init__(self, path: str, name: str, given: list[GivenLine], faults: list[Fault]) -> None:
        """Take the lines; faults are added to those met so far."""
        self.path = path
        self.name = name
        self.given = {one.line: one for one in given}
        self.last = max(self.given)
        self.places = {one.key: one.line for one in given if one.key}
        self.faults = faults
        self.has_moved = False

    def read(self, sheet: Any) -> Iterator[Answer]:  # noqa: ANN401
        """Yield what was filled in, line by line."""
        seen = 0
        for line, values in sheet_rows(sheet, self.path):
            if line > self.last + _BEYOND or len(self.faults) >= MOST_FAULTS:
                break
            seen = line
            one = self.given.get(line)
            if one is None:
                self._foreign(line, values, 0)
                continue
            filled = self._filled(one, values)
            if filled is not None:
                yield filled
        for line in range(seen + 1, self.last + 1):
            self._filled(self.given[line], [])

    def _filled(self, one: GivenLine, values: list[Value]) -> Answer | None:
        count = len(one.cells)
        names = TO_FILL[self.name] if one.key else ()
        if not self._stands(one, values):
            return None
        self._foreign(one.line, values, count + len(names))
        if not names:
            return None
        held = [*values[count:], *[None] * len(names)]
        return Answer(self.name, one.line, count + 1, one.key, one.last, dict(zip(names, held, strict=False)))

    def _stands(self, one: GivenLine, values: list[Value]) -> bool:
        """Tell whether a line is as it was handed out; note the first cell that is not."""
        for place, wanted in enumerate(one.cells):
            found = _plain(values[place]) if place < len(values) else ""
            if found == wanted:
                continue
            if self.has_moved:
                return False
            came_from = self.places.get(found) if place == 0 else None
            if came_from is not None:
                self.has_moved = True
                self._fault(one.line, 1, "line-moved", "line-in-place", key=found, was=f"{self.name}!A{came_from}")
            else:
                self._fault(one.line, place + 1, "altered-cell", "cell-as-given", key=_short(found), was=_short(wanted))
            return False
        return True

    def _foreign(self, line: int, values: list[Value], first: int) -> None:
        """Note the first cell beyond those that a line has, if anything stands there."""
        for place, value in enumerate(values[first:], start=first):
            if value is not None:
                self._fault(line, place + 1, "beside-cells", "empty-cell", key=_short(_plain(value)))
                return

    def _fault(self, line: int, column: int, what: str, expected: str, **parameters: object) -> None:
        self.faults.append(cell_fault(self.path, self.name, line, column, what, expected, **parameters))


def _plain(value: Value) -> str:
    """Return a cell as text, to be held against what was handed out."""
    if value is None:
        return ""
    text = value.text if isinstance(value, Unusable) else str(value)
    return text.replace("\r\n", "\n")


def _short(text: str) -> str:
    return text if len(text) <= _SHORT else text[: _SHORT - 1] + "…"


def workbooks_in(paths: list[Path]) -> list[Path]:
    """Return files as named, and for a folder the workbooks in it, without what a program keeps beside them."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(
                one for one in path.iterdir() if one.suffix.lower() == ".xlsx" and not one.name.startswith((".", "~$"))
            )
        else:
            found.append(path)
    return found
