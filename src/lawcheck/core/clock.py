"""Clocks (期限规则): the terms that the law sets for the steps of a case, by the version in force on the day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from lawcheck.core.frozen import Document, frozen_text
from lawcheck.core.law import Basis, Registry, Version
from lawcheck.core.layout import frozen_citation, frozen_practice
from lawcheck.core.template import Practice
from lawcheck.core.words import Text


@dataclass(frozen=True, slots=True)
class Extension:
    """How far a term may be extended, `amount` in the rule's own unit, and by whom; `times` None where no law says.

    `further` says who may extend it beyond that, where the law lets somebody.
    """

    amount: int | None
    times: int | None
    approval: Text
    further: Text | None


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
class Choice:
    """A question that no text answers: what it is about, the possible answers, the first being the default."""

    title: Text
    answers: dict[str, Text]


@dataclass(frozen=True, slots=True)
class Clocks:
    """All clocks, the reasons for which a term stands still, and the choices that bureaus have, by name."""

    clocks: dict[str, Clock]
    pauses: dict[str, Text]
    choices: dict[str, Choice]


# --- when a rule applies ----------------------------------------------------------------------


class Window(NamedTuple):
    """The first and the last day on which something applies; None where it is not known, or has not ended."""

    begins: date | None
    ends: date | None


def window(bases: Iterable[Basis], registry: Registry) -> Window:
    """Return from when to when any of the versions that some bases name is in force.

    What is not known does not exclude: a version whose start was not found stands from its issue, if that is known.
    """
    versions = [version for _, version in _versions(bases, registry)]
    begins = [
        version.begins.earliest() if version.begins.text else (version.issued.earliest() or version.begins.earliest())
        for version in versions
    ]
    ends = [version.ends.latest() if version.ends else None for version in versions]
    known, over = [day for day in begins if day], [day for day in ends if day]
    return Window(
        min(known) if known and len(known) == len(begins) else None,
        max(over) if over and len(over) == len(ends) else None,
    )


def _versions(bases: Iterable[Basis], registry: Registry) -> Iterator[tuple[Basis, Version]]:
    for basis in bases:
        for version in registry.laws[basis.law].versions:
            if not basis.only or version.id in basis.only:
                yield basis, version


# --- freezing ---------------------------------------------------------------------------------


def frozen_clock(clock: Clock, registry: Registry) -> Document:
    """Return a clock as a case keeps it: every rule with the days of its law, all versions that it cites."""
    transition = clock.transition
    return {
        "id": clock.id,
        "title": frozen_text(clock.title),
        "starts": frozen_text(clock.starts),
        "rules": [_frozen_rule(rule, registry) for rule in clock.rules],
        "transition": None
        if transition is None
        else {"choice": transition.choice, "milestone": transition.milestone, "before": transition.before},
        "note": frozen_text(clock.note) if clock.note else None,
    }


def _frozen_rule(rule: ClockRule, registry: Registry) -> Document:
    extend, target = rule.extend, rule.target
    return {
        "rule": rule.rule,
        **frozen_window(rule.basis, registry),
        "basis": frozen_bases(rule.basis, registry),
        "practice": frozen_practice(rule.practice, registry) if rule.practice else None,
        "extend": None
        if extend is None
        else {
            "amount": extend.amount,
            "times": extend.times,
            "approval": frozen_text(extend.approval),
            "further": frozen_text(extend.further) if extend.further else None,
        },
        "pauses": list(rule.pauses),
        "target": None
        if target is None
        else {
            "rule": target.rule,
            **frozen_window(target.basis, registry),
            "basis": frozen_bases(target.basis, registry),
            "note": frozen_text(target.note) if target.note else None,
        },
        "note": frozen_text(rule.note) if rule.note else None,
    }


def frozen_window(bases: Iterable[Basis], registry: Registry) -> Document:
    """Return the window of some bases as `from` and `to`, ISO days or None."""
    begins, ends = window(bases, registry)
    return {"from": begins.isoformat() if begins else None, "to": ends.isoformat() if ends else None}


def frozen_bases(bases: Iterable[Basis], registry: Registry) -> list[Document]:
    """Return every version that some bases name; no year bounds them, for a case runs across years."""
    made: list[Document] = []
    for basis, version in _versions(bases, registry):
        alone = replace(basis, only=(version.id,))
        begins = version.begins.earliest() or version.issued.earliest() or date.min
        cited = (frozen_citation(one, registry) for one in registry.cite((alone,), begins.year))
        made += [one | {"applies": {"from": None, "to": None}} for one in cited]
    return made
