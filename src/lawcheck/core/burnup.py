"""A year's burn-up: what fell due and what was done, month by month and from the beginning."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple


class Month(NamedTuple):
    """A month (`2026-03`): what fell due and was done in it, and both so far; what is done is None after the day."""

    month: str
    due: int
    done: int | None
    due_so_far: int
    done_so_far: int | None


class BurnUp(NamedTuple):
    """Due against done over a year, rows set aside left out.

    Of the `rows`, those due in a month and those without a day (`no_day`) make the whole; of the `done`, those done in
    a month and those whose day was not stated (`undated`).
    """

    months: tuple[Month, ...]
    rows: int
    done: int
    no_day: int
    undated: int

    def balances(self) -> bool:
        """Tell whether the months make the whole."""
        return (
            self.rows == self.no_day + sum(one.due for one in self.months)
            and self.done == self.undated + sum(one.done or 0 for one in self.months)
            and self.done <= self.rows
        )


UNSTATED = ""
"""The month of what was done on a day that was not stated."""


def burn_up(counted: Iterable[tuple[str | None, str | None, int]], year: int, as_of: date) -> BurnUp:
    """Return the burn-up of rows counted by the month they are due in and the month they were done in by a day.

    The month due is None where no day is fixed, the month done None where a row is not done.
    """
    due: dict[str, int] = {}
    done: dict[str, int] = {}
    rows = finished = no_day = undated = 0
    for month_due, month_done, n in counted:
        rows += n
        if month_due is None:
            no_day += n
        else:
            due[month_due] = due.get(month_due, 0) + n
        if month_done is None:
            continue
        finished += n
        if month_done == UNSTATED:
            undated += n
        else:
            done[month_done] = done.get(month_done, 0) + n
    known = {f"{year}-{month:02}" for month in range(1, 13)} | due.keys() | done.keys()
    months: list[Month] = []
    due_so_far = done_so_far = 0
    for month in sorted(known):
        come = month <= as_of.isoformat()[:7]
        due_so_far += due.get(month, 0)
        done_so_far += done.get(month, 0)
        months.append(
            Month(
                month,
                due.get(month, 0),
                done.get(month, 0) if come else None,
                due_so_far,
                done_so_far if come else None,
            )
        )
    return BurnUp(tuple(months), rows, finished, no_day, undated)
