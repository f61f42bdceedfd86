"""Tables as files hold them: typed values under heads. A workbook, a page and CSV are drawn from the same tables."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from lawcheck.render.safe import safe_lines

Value = str | int | Decimal | date | None
"""What a cell holds; a share of a hundred is a Decimal in per cent, None an empty cell."""
TEXT, COUNT, NUMBER, PERCENT, DAY = "text", "count", "number", "percent", "day"

INDENT = "　"
"""What stands before a text for each level that it lies under another."""


class SheetColumn(NamedTuple):
    """A column: its head, the kind of its values, how wide it is in characters, whether it is drawn as bars too.

    Bars of counts are measured against the largest, those of shares against a hundred.
    """

    head: str
    kind: str = TEXT
    width: int = 9
    bars: bool = False


class Sheet(NamedTuple):
    """A table; `rows` may be a stream, `lines` says how many they are. The last row is the total where `total` says so.

    `name` is the word on the tab of a workbook, `title` what stands above the table elsewhere.
    """

    name: str
    title: str
    columns: tuple[SheetColumn, ...]
    rows: Iterable[tuple[Value, ...]]
    lines: int
    total: bool = False
    note: str = ""


def value_text(value: Value, kind: str) -> str:
    """Return a value as people read it: days as ISO 8601, shares with their sign; nothing steers what shows it."""
    if value is None:
        return ""
    if kind == PERCENT:
        return f"{value}%"
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else safe_lines(value)
