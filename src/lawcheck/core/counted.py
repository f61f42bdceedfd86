"""How the register counts a figure from its cases: which cases, or which of their rows, in the year of a milestone."""

from typing import NamedTuple

WHICH = ("all", "due", "in-time")
"""Which rows count, those set aside left out: all; those done or past their day; those done in time.

In time is not later than the day, or the hour, and where something must last not too early. A row that no day is fixed
for is in time once it is done, but never one whose day was not stated.
"""


class Counted(NamedTuple):
    """Cases of a kind whose first milestone `by` lies in the year; with `rows`, their rows of these codes instead.

    `fact` names a fact that must hold of the case. `which` says which rows count.
    """

    case: str
    by: str
    fact: str | None = None
    rows: tuple[str, ...] = ()
    which: str | None = None


def counted_text(counted: Counted) -> str:
    """Write how a figure is counted in one line, as it is kept: `AJ decided, PUB NODISC in-time`."""
    text = f"{counted.case} {counted.by}"
    if counted.fact is not None:
        text += f" {counted.fact}"
    if counted.rows:
        text += f", {' '.join(counted.rows)} {counted.which}"
    return text


def parse_counted(text: str) -> Counted:
    """Read what `counted_text` wrote."""
    of_case, _, of_rows = text.partition(", ")
    case, by, *fact = of_case.split()
    *rows, which = of_rows.split() if of_rows else [None]
    return Counted(case, by, fact[0] if fact else None, tuple(str(row) for row in rows), which)
