"""What is left of earlier years (上年遗留)."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from lawcheck.core.row import Row


class Remainder(NamedTuple):
    """How many rows of an earlier year are not finished."""

    year: int
    rows: int


def remainder(
    rows: Iterable[Row], year: int, open_years: Collection[int], follower: Row | None = None
) -> tuple[Row, ...]:
    """Return which rows are left of earlier years for a year, or for one row of it (`follower`).

    A row that was not finished in its year stays that year's row. It is not copied: it stands on the board with its
    year until its year is closed, is ticked there (`--year`), counts there and nowhere else. What the new year has is
    a link, and the link is computed, not kept: a row of an earlier open year that is open or partly done is what a
    row of the same item and period follows, if it has the same ref or belongs to the same unit. So nothing can be
    ticked twice, a new year's totals never hold the rows of another, the remainder shrinks by itself when the earlier
    row is ticked, set aside or taken back, and it ends when the earlier year is closed: then its unfinished rows
    stay in that year's record, as they were reported. What happened on occasion in an earlier year is left over too,
    but no row follows it.
    """
    return tuple(
        row
        for row in rows
        if row.year < year
        and row.year in open_years
        and row.is_unfinished()
        and (follower is None or _leads(row, follower))
    )


def _leads(row: Row, follower: Row) -> bool:
    same_period = row.code == follower.code and row.period == follower.period
    once = row.occasion is None and follower.occasion is None
    return same_period and once and (row.ref == follower.ref or row.unit == follower.unit)


def nearest_earlier(open_years: Collection[int], year: int) -> int | None:
    """Return the open year whose remainder a year's summary names: the nearest earlier one.

    Those before it are named by that year's own summary, so that no row is in two remainders.
    """
    return max((one for one in open_years if one < year), default=None)
