"""Workbooks handed out to units (下发): what each line held, what binds a workbook, and the words that come back.

The binding is JSON: format, register, year, unit, head of the journal and day of the hand-out, and every line with the
thing it speaks of, the last entry of a figure then, and the cells that are not to be filled in. Its hash stands beside
it. It shows what was changed by mistake; whoever means to deceive can write both anew.
"""

import json
from datetime import date
from typing import NamedTuple

from lawcheck.core.canonical import digest
from lawcheck.core.words import State

FORMAT = 1
HELP, ROWS, FIGURES, BINDING = "填写说明", "事项", "数据", "lawcheck"
"""The sheets of a workbook; that of the binding is hidden."""
STATES = {"已完成": State.DONE, "部分完成": State.PARTIAL, "不适用": State.NA, "未完成": State.OPEN}
"""What the drop-down of a row's state offers."""
OTHER_WORDS = {"done": State.DONE, "partial": State.PARTIAL, "n/a": State.NA, "na": State.NA, "open": State.OPEN}
UNSTATED = ("未注明", "unstated")
"""What stands for a day that is not known."""
TO_FILL = {ROWS: ("state", "on", "text"), FIGURES: ("value", "on", "text")}
"""The cells that are filled in, behind those that were handed out."""


class GivenLine(NamedTuple):
    """A line as it was handed out: its sheet and place, what it speaks of, and its cells from the first on.

    `key` is a ref or the key of a figure, empty for a title or heads; `last` the number of the figure's last entry.
    """

    sheet: str
    line: int
    key: str
    last: int
    cells: tuple[str, ...]


class Binding(NamedTuple):
    """What binds a workbook: to a register, a year, a unit, the journal's head and every line."""

    register_id: str
    year: int
    unit: str
    seq: int
    head: str
    made_on: date
    lines: tuple[GivenLine, ...]

    def text(self) -> str:
        """Return the binding as it stands in a workbook: ASCII, and nothing that a workbook takes for an escape."""
        text = json.dumps([FORMAT, *self[:5], self.made_on.isoformat(), self.lines], separators=(",", ":"))
        return text.replace("_x", "\\u005fx")

    def hash(self) -> str:
        """Return the hash that stands beside it."""
        return digest(self.text())


def read_binding(text: str, expected: str) -> Binding | None:
    """Return the binding that a text holds; None where its hash is another, or it is of another form."""
    if digest(text) != expected:
        return None
    try:
        version, register_id, year, unit, seq, head, made_on, lines = json.loads(text)
        if version != FORMAT:
            return None
        given = tuple(GivenLine(sheet, line, key, last, tuple(cells)) for sheet, line, key, last, cells in lines)
        found = Binding(register_id, year, unit, seq, head, date.fromisoformat(made_on), given)
    except (ValueError, TypeError, RecursionError):
        return None
    return found if _is_whole(found) else None


_MOST = 2**31


def _is_whole(found: Binding) -> bool:
    """Tell whether every part of a binding is of its kind: whoever wrote a workbook anew may have put anything in."""
    texts = [found.register_id, found.unit, found.head]
    numbers = [found.year, found.seq]
    for one in found.lines:
        texts += [one.sheet, one.key]
        numbers += [one.line, one.last]
        if one.sheet not in TO_FILL or not all(isinstance(cell, str) for cell in one.cells):
            return False
    return (
        bool(found.lines)
        and all(isinstance(text, str) and text.isprintable() for text in texts)
        and all(type(number) is int and 0 <= number < _MOST for number in numbers)
    )
