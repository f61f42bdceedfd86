"""How the register answers a figure itself: from its cases, from rows of the year, or as the rate of two others."""

from typing import NamedTuple

WHICH = ("all", "due", "in-time")
"""Which rows count, those set aside left out: all; those done or past their day; those done in time.

In time is not later than the day, or the hour, and where something must last not too early. A row that no day is fixed
for is in time once it is done, but never one whose day was not stated.
"""
WHICH_OF_YEAR = ("all", "done", "overdue")
"""Which rows of the year count, those set aside left out."""


class Counted(NamedTuple):
    """Cases of a kind whose first milestone `by` lies in the year; with `rows`, their rows of these codes instead.

    `fact` names a fact that must hold of the case. `which` says which rows count.
    """

    case: str
    by: str
    fact: str | None = None
    rows: tuple[str, ...] = ()
    which: str | None = None


class RowsCounted(NamedTuple):
    """Rows of the year of these items or templates."""

    of: tuple[str, ...]
    which: str


class RateCounted(NamedTuple):
    """One figure in per cent of another."""

    met: str
    of: str


class Share(NamedTuple):
    """Typed, but a share of a whole: never less than nothing nor more than `most` per cent."""

    most: int = 100


Rule = Counted | RowsCounted | RateCounted | Share
_ROWS, _RATE, _SHARE = "rows", "rate", "share"


def counted_text(rule: Rule) -> str:
    """Write how a figure is answered in one line, as it is kept: `AJ decided, PUB NODISC in-time`."""
    if isinstance(rule, Share):
        return _SHARE
    if isinstance(rule, RateCounted):
        return f"{_RATE} {rule.met} {rule.of}"
    if isinstance(rule, RowsCounted):
        return f"{_ROWS} {rule.which} {' '.join(rule.of)}"
    text = f"{rule.case} {rule.by}"
    if rule.fact is not None:
        text += f" {rule.fact}"
    if rule.rows:
        text += f", {' '.join(rule.rows)} {rule.which}"
    return text


def parse_counted(text: str) -> Rule:
    """Read what `counted_text` wrote. A kind of case is two capitals, so that no other rule is taken for one."""
    first, *rest = text.split()
    if first == _SHARE:
        return Share()
    if first == _RATE:
        return RateCounted(*rest)
    if first == _ROWS:
        return RowsCounted(tuple(rest[1:]), rest[0])
    of_case, _, of_rows = text.partition(", ")
    case, by, *fact = of_case.split()
    *rows, which = of_rows.split() if of_rows else [None]
    return Counted(case, by, fact[0] if fact else None, tuple(str(row) for row in rows), which)
