"""Totals that balance: rows = done + partial + open + na."""

from typing import NamedTuple


class Totals(NamedTuple):
    """Counts of rows. `late` and `undated` are among the done, `overdue` and `returned` among the open and partial.

    `weight` is Σ weight of the rows that apply, `weight_done` that of the done. Of the done rows of items that ask for
    a review, `accepted` have been accepted and `to_review` wait for it; `evidenced` are done rows with evidence.
    """

    rows: int = 0
    done: int = 0
    partial: int = 0
    open: int = 0
    na: int = 0
    late: int = 0
    undated: int = 0
    overdue: int = 0
    weight: int = 0
    weight_done: int = 0
    accepted: int = 0
    returned: int = 0
    to_review: int = 0
    not_triggered: int = 0
    evidenced: int = 0

    def plus(self, other: "Totals") -> "Totals":
        """Return both together."""
        return Totals(*(mine + its for mine, its in zip(self, other, strict=True)))

    def balances(self) -> bool:
        """Tell whether the parts make the whole."""
        return (
            self.rows == self.done + self.partial + self.open + self.na
            and self.late + self.undated <= self.done
            and self.overdue <= self.open + self.partial
            and self.weight_done <= self.weight
            and self.evidenced <= self.done
            and self.accepted + self.to_review <= self.done
            and self.returned <= self.open + self.partial
        )

    def on_time(self) -> int:
        """Return how many of the done were done on a day that is known and not late; no day may be fixed for them."""
        return self.done - self.late - self.undated

    def percent(self) -> str | None:
        """Return done / (rows − na) in per cent to one decimal; None when no row applies."""
        return _percent(self.done, self.rows - self.na)

    def score(self) -> str | None:
        """Return Σ weight of done / Σ weight, `na` left out and partial counting 0, in per cent to one decimal."""
        return _percent(self.weight_done, self.weight)


_ALL = 1000


def _percent(part: int, whole: int) -> str | None:
    if whole == 0:
        return None
    tenths = (part * 2000 + whole) // (2 * whole)  # rounded half up, in whole numbers
    if tenths == _ALL and part < whole:
        tenths -= 1  # what is not all never reads 100 %
    return f"{tenths // 10}.{tenths % 10}"
