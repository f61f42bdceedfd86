"""The cases of a year: counted as they stand, or as they stood when the year was closed."""

from collections.abc import Iterator
from datetime import date

from lawcheck.core.closing import frozen_cases, frozen_terms
from lawcheck.core.year_cases import CaseTally, Term
from lawcheck.library.places import case_files
from lawcheck.service.counting import frozen_of
from lawcheck.store import codec
from lawcheck.store.register import Register

_NONE = CaseTally(0, 0, 0)


def case_tallies(register: Register, year: int, as_of: date) -> dict[str, CaseTally]:
    """Return how many cases of each kind were opened and closed in a year up to a day, and were in hand on it.

    A kind that comes with lawcheck is told although no case of it was ever opened.
    """
    kinds = [path.stem for path in case_files()] + [str(one[0]) for one in register.all("case_template_all")]
    document = frozen_of(register, year, as_of)
    counted = frozen_cases(document) if document is not None else None
    return dict.fromkeys(kinds, _NONE) | (_tallies(register, year, as_of) if counted is None else counted)


def case_terms(register: Register, year: int, as_of: date) -> tuple[Term, ...]:
    """Return the terms of cases that began in a year, by kind and clock; rows that no clock sets are left out."""
    document = frozen_of(register, year, as_of)
    held = frozen_terms(document) if document is not None else None
    return tuple(_terms(register, year, as_of)) if held is None else held


def _tallies(register: Register, year: int, as_of: date) -> dict[str, CaseTally]:
    tallies: dict[str, CaseTally] = {}
    first, last = f"{year}-01-01", min(as_of, date(year, 12, 31)).isoformat()
    for values in register.each("case_list", template=None, unit=None, state=None, number=None):
        template, opened, closed = str(values[1]), str(values[6]), values[9]
        tally = tallies.get(template, _NONE)
        tallies[template] = CaseTally(
            tally.opened + (first <= opened <= last),
            tally.closed + (closed is not None and first <= str(closed) <= last),
            tally.open + (opened <= as_of.isoformat() and (closed is None or str(closed) > as_of.isoformat())),
        )
    return tallies


def _terms(register: Register, year: int, as_of: date) -> Iterator[Term]:
    bounds = {"first": f"{year}-01-01", "after": f"{year + 1}-01-01", "as_of": as_of.isoformat()}
    for template, code, n, *counts in register.all("case_terms", **bounds):
        item = register.one("case_item_get", key_template=template, key_template_n=n, key_code=code)
        body = codec.json_held(item[-1]) if item else {}
        if body.get("clock"):
            title, clock = body["title"], body["clock"]
            numbers = (int(str(one)) for one in counts)
            named = (title["zh"], title["en"], clock["title"]["zh"], clock["title"]["en"])
            yield Term(str(template), str(code), str(clock["id"]), *named, *numbers)
