"""What the cases of a year come to: how many were opened and closed, and how the terms that began in it stand."""

from typing import NamedTuple


class CaseTally(NamedTuple):
    """Cases of a kind: opened and closed in the year up to the day, and in hand on it."""

    opened: int
    closed: int
    open: int


class Term(NamedTuple):
    """The terms of one clock in the cases of a kind that began in the year, by how they stand; all together `rows`.

    `late` are those done after their day or hour, `early` those done before their first lawful day: a breach as well,
    but none of being late. `overdue` are those not done and past their day; `undated` those done on a day that was not
    stated.
    """

    template: str
    code: str
    clock: str
    title_zh: str
    title_en: str
    clock_zh: str
    clock_en: str
    rows: int
    met: int
    late: int
    early: int
    undated: int
    overdue: int
    running: int
    na: int

    def balances(self) -> bool:
        """Tell whether the parts make the whole."""
        return self.rows == self.settled() + self.running + self.na

    def settled(self) -> int:
        """Return how many of the terms have ended, one way or the other."""
        return self.met + self.late + self.early + self.undated + self.overdue
