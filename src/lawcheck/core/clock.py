"""Clocks (期限规则): the terms that the law sets for a step of a case, by the version in force on the day."""

from dataclasses import dataclass

from lawcheck.core.law import Basis
from lawcheck.core.template import Practice
from lawcheck.core.words import Text


@dataclass(frozen=True, slots=True)
class Extension:
    """How far a term may be extended, `amount` in the rule's own unit, and by whom; `times` None where no law says."""

    amount: int | None
    times: int | None
    approval: Text


@dataclass(frozen=True, slots=True)
class Target:
    """A stricter term beside the limit: what a text of lower rank, or the bureau itself, asks for."""

    rule: str
    basis: tuple[Basis, ...]
    note: Text | None


@dataclass(frozen=True, slots=True)
class ClockRule:
    """One term (`within 10 wd`) with the law that sets it; it applies on days on which any of its bases is in force.

    `pauses` are the reasons for which days are left out of the term.
    """

    rule: str
    basis: tuple[Basis, ...]
    practice: Practice | None
    extend: Extension | None
    pauses: tuple[str, ...]
    target: Target | None
    note: Text | None


@dataclass(frozen=True, slots=True)
class Transition:
    """A change of law without a rule of transition: events up to `before` are judged by a choice of the bureau.

    `milestone` is the event of the case by whose day `by-receipt` picks the law; `by-event` picks it by the day on
    which the term itself begins.
    """

    choice: str
    milestone: str
    before: str


@dataclass(frozen=True, slots=True)
class Clock:
    """A term of the law by name, with its rules, oldest first, and the event from which it runs, in words."""

    id: str
    title: Text
    starts: Text
    rules: tuple[ClockRule, ...]
    transition: Transition | None
    note: Text | None


@dataclass(frozen=True, slots=True)
class Clocks:
    """All clocks, the reasons for which a term stands still, and the choices that bureaus have, by name."""

    clocks: dict[str, Clock]
    pauses: dict[str, Text]
    choices: dict[str, "Choice"]


@dataclass(frozen=True, slots=True)
class Choice:
    """A question that no text answers: what it is about, the possible answers, the first being the default."""

    title: Text
    answers: dict[str, Text]
