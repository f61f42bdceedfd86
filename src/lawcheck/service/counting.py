"""Figures that the register answers: cases and their rows by the year of a milestone, rows of the year, rates."""

from datetime import date, timedelta

from lawcheck.core.counted import WHICH, WHICH_OF_YEAR, Counted, RowsCounted, parse_counted
from lawcheck.core.frozen import Document
from lawcheck.core.refs import template_bounds
from lawcheck.core.words import State
from lawcheck.service.people import bureau_held
from lawcheck.store import codec
from lawcheck.store.register import Register


def counting_for(register: Register, year: int, as_of: date) -> "Counting | Frozen":
    """Return what cases answer to the figures of a year: as they stand, or as they stood when the year was closed.

    A day before all of the year was over is counted from the cases in either case.
    """
    document = frozen_of(register, year, as_of)
    return Counting(register, year, as_of) if document is None else Frozen(document)


def frozen_of(register: Register, year: int, as_of: date) -> Document | None:
    """Return what the closing of a year froze; None for an open year, and for a day before all of it was over."""
    held = register.one("closing_get", key_year=year)
    return None if held is None or as_of < date(year, 12, 31) else register.document(str(held[0])) or {}


class Frozen:
    """What cases had answered to the figures of a year when it was closed."""

    def __init__(self, document: Document) -> None:
        """Answer from the document of a closing."""
        self._counted: dict[str, int | None] = document["counted"]
        self._typed = frozenset(document.get("typed", ()))

    def is_typed(self, key: str) -> bool:
        """Tell whether the bureau reported a figure by hand then."""
        return key in self._typed

    def count(self, text: str | None, key: str) -> int | None:
        """Return what cases had answered to a figure that is counted so; None where they answered nothing."""
        return None if text is None or key in self._typed else self._counted.get(text)


class Counting:
    """The cases and rows of a register counted for the figures of a year as of a day; asks for each number once.

    Figures that the bureau reports by hand are not answered.
    """

    def __init__(self, register: Register, year: int, as_of: date) -> None:
        """Count in a register, up to a day."""
        self._register, self._year = register, year
        self._bounds = {"first": f"{year}-01-01", "after": min(date(year + 1, 1, 1), _after(as_of)).isoformat()}
        self._day, self._as_of = as_of, as_of.isoformat()
        self._held: dict[tuple[str | None, ...], tuple[int, ...]] = {}
        self._typed = frozenset((bureau_held(register) or {}).get("typed", ()))

    def count(self, text: str | None, key: str) -> int | None:
        """Return what answers the figure with a key, which is counted so; None where nothing does."""
        return None if key in self._typed else self.counted(text)

    def is_typed(self, key: str) -> bool:
        """Tell whether the bureau reports a figure by hand."""
        return key in self._typed

    def counted(self, text: str | None) -> int | None:
        """Return what cases or rows come to that are counted so; None where no case reached the milestone."""
        if text is None:
            return None
        counted = parse_counted(text)
        if isinstance(counted, RowsCounted):
            return self._rows_of_year(counted)
        if not isinstance(counted, Counted):
            return None
        cases, with_fact = self._asked("case_reached", counted, fact=counted.fact)
        if not cases:
            return None
        if not counted.rows:
            return with_fact
        place = WHICH.index(str(counted.which))
        return sum(self._rows(counted, code)[place] for code in counted.rows)

    def _rows_of_year(self, counted: RowsCounted) -> int:
        found = [0, 0, 0]
        for code in counted.of:
            bounds = {"low": code, "high": code + "/"} if "-" in code else template_bounds(code)
            for values in self._register.each("row_under", year=self._year, **bounds):
                state, overdue = codec.row(values).stood(self._day)
                for place, counts in enumerate((state != State.NA, state == State.DONE, overdue)):
                    found[place] += counts
        return found[WHICH_OF_YEAR.index(counted.which)]

    def _rows(self, counted: Counted, code: str) -> tuple[int, ...]:
        return self._asked("case_rows_reached", counted, fact=counted.fact, code=code, as_of=self._as_of)

    def _asked(self, statement: str, counted: Counted, **asked: str | None) -> tuple[int, ...]:
        key = (statement, counted.case, counted.by, *asked.values())
        if key not in self._held:
            bounds = {**self._bounds, **template_bounds(counted.case)}
            found = self._register.one(statement, milestone=counted.by, **bounds, **asked) or (0, 0)
            self._held[key] = tuple(int(str(one)) for one in found)
        return self._held[key]


def _after(day: date) -> date:
    return day if day == date.max else day + timedelta(1)
