"""Rows with the evidence that stands on them, and what puts it there."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from lawcheck.core.row import Row
from lawcheck.store import codec
from lawcheck.store.register import Register

if TYPE_CHECKING:
    from lawcheck.core.evidence import Evidence
    from lawcheck.core.journal import Change

Attach = Callable[[int, str], "list[Change]"]
"""Returns the changes that put evidence on a row, or on an entry of a figure, of a year (0: of a case) with a ref."""
FEW = 500
"""Up to so many rows each is asked for its evidence; of more, rows and evidence are read side by side."""
EVERY_REF = {"low": "", "high": "~"}
"""Bounds between which all refs lie."""


def evidence_on(register: Register, year: int, ref: str, *, removed_too: bool = False) -> "tuple[Evidence, ...]":
    """Return the evidence on a row in the order of its numbers; the year of a case's row is 0."""
    found = (codec.evidence(one) for one in register.all("evidence_of", year=year, ref=ref))
    return tuple(one for one in found if removed_too or one.removed_on is None)


def with_evidence(register: Register, rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return a few rows with their evidence."""
    read = list(rows)  # to the end, before anything else is read
    return tuple(_with(row, evidence_on(register, row.year, row.ref)) for row in read)


def many_with_evidence(
    register: Register, rows: Iterator[Row], years: Sequence[int], low: object, high: object
) -> Iterator[Row]:
    """Yield many rows with their evidence: rows of years (0: of cases) in their order, by ref, none held for long."""
    bounds = EVERY_REF if low is None else {"low": low, "high": high}
    found = chain.from_iterable(
        register.each("evidence_between", year=year, **bounds, suffix=None, removed_too=0) for year in years
    )
    coming = next(found, None)
    place = {year: number for number, year in enumerate(years)}
    for row in rows:
        lines: list[Evidence] = []
        here = (place[row.year], row.ref)
        while coming is not None and (there := (place[int(str(coming[0]))], str(coming[1]))) <= here:
            if there == here:
                lines.append(codec.evidence(coming))
            coming = next(found, None)
        yield _with(row, tuple(lines))


def _with(row: Row, lines: "tuple[Evidence, ...]") -> Row:
    return row._replace(evidence=lines) if lines else row
