"""The term of an occasion: by the clock of its item, as its law stood on the day on which it came."""

from datetime import date
from typing import NamedTuple

from lawcheck.core.calendar import Step
from lawcheck.core.deadline import Reckoning, explain, parse_reckoning, parse_rule, reckon, reckoning_text
from lawcheck.core.frozen import Document, rule_on
from lawcheck.core.row import Row
from lawcheck.service.working_days import calendar_of
from lawcheck.store.register import Register


class Term(NamedTuple):
    """The last day of a term, whether it is provisional, and how it was reckoned, as a row keeps them."""

    due: str
    provisional: int
    reckoning: str


class TermShown(NamedTuple):
    """A term explained: the rule in force, and the steps to the day; neither where no law set a term on the day."""

    rule: Document | None
    reckoning: Reckoning | None
    steps: tuple[Step, ...]


def term_of(register: Register, clock: Document, on: date) -> Term | None:
    """Return the term of what happened on a day; None where no rule of the clock is in force on it."""
    place = rule_on(clock, on)
    if place is None:
        return None
    reckoning = Reckoning(parse_rule(clock["rules"][place]["rule"]), on)
    found = reckon(reckoning, calendar_of(register))
    assert found.due is not None  # noqa: S101  # a term that runs on without a pause always ends
    return Term(found.due.isoformat(), int(found.provisional), reckoning_text(reckoning))


def term_shown(register: Register, clock: Document, row: Row) -> TermShown | None:
    """Return how the day of an occasion's row was reckoned; None for one recorded before its item had a clock."""
    place = rule_on(clock, row.begins)
    if place is None:
        return TermShown(None, None, ())
    if row.reckoning is None:
        return None
    reckoning = parse_reckoning(row.reckoning)
    return TermShown(clock["rules"][place], reckoning, explain(reckoning, calendar_of(register)))
