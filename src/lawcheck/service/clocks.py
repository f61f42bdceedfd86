"""Clocks looked up by name: the term on a day with its law, and all of them in a table. Nothing is recorded."""

from datetime import date, datetime
from typing import NamedTuple

from lawcheck.core.calendar import Step
from lawcheck.core.case import BY_RECEIPT
from lawcheck.core.clock import Choice, Clock, Clocks, Window, frozen_clock, window
from lawcheck.core.dates import parse_date, parse_moment
from lawcheck.core.deadline import Deadline, Reckoning, Unit, explain, parse_rule, reckon
from lawcheck.core.frozen import Document, rule_on, stands_on
from lawcheck.core.law import Registry
from lawcheck.core.words import Text
from lawcheck.errors import InvalidRule, UnknownClock
from lawcheck.library.clocks import read_clocks
from lawcheck.library.reading import read_registry
from lawcheck.service.nearest import nearest
from lawcheck.service.people import bureau_held
from lawcheck.service.working_days import calendar_of
from lawcheck.store.register import Register


class Answered(NamedTuple):
    """What an answer to a question of transition comes to: the rule and the last day; None where no law sets a term."""

    answer: str
    title: Text
    rule: str | None
    deadline: Deadline | None


class Turned(NamedTuple):
    """A change of law that leaves open what governs events before it, with what each answer comes to.

    `chosen` is the bureau's answer or the default, `is_set` whether the bureau gave it.
    """

    name: str
    choice: Choice
    before: date
    answers: tuple[Answered, ...]
    chosen: str
    is_set: bool


class ClockReckoned(NamedTuple):
    """A clock's term from a day by the law in force on it; without a rule where no law sets one then.

    `rule` is the frozen rule, `target` what is due by the stricter term beside it, `pauses` the titles of the reasons
    for which it stands still, `spans` from when to when each rule of the clock is law.
    """

    clock: Document
    start: date | datetime
    rule: Document | None
    reckoning: Reckoning | None
    deadline: Deadline | None
    steps: tuple[Step, ...]
    target: tuple[str, Deadline] | None
    pauses: tuple[Text, ...]
    turned: Turned | None
    spans: tuple[tuple[str, Window], ...]


class ClockLine(NamedTuple):
    """A clock at a glance: the rule in force on the day, None where there is none, and the law that sets it."""

    id: str
    title: Text
    rule: Document | None


class ClockList(NamedTuple):
    """All clocks as of a day."""

    clocks: tuple[ClockLine, ...]
    today: date


def reckon_clock(register: Register | None, name: str, when: str, *, before: bool = False) -> ClockReckoned:
    """Reckon the term of a clock, named by its id or title, from a day, or a day and time for hours.

    Raises:
        UnknownClock: there is none of that name, though it is called like one.
        InvalidRule: the text is neither a clock nor a term, or asks to turn a clock round.
        InvalidDate: there is no such day or time.
        TimeMissing: a term in hours, and no time of day.

    """
    registry = read_registry()
    clocks = read_clocks(registry)
    clock = _named(clocks, name)
    if before:
        raise InvalidRule(text=f"{name} --before")
    hours = any(parse_rule(rule.rule).unit is Unit.HOURS for rule in clock.rules)
    start = parse_moment(when) if hours else parse_date(when)
    document, calendar = frozen_clock(clock, registry), calendar_of(register)
    day = date.fromisoformat(start.isoformat()[:10])
    place = rule_on(document, day)
    rule: Document | None = None if place is None else document["rules"][place]
    reckoning = None if rule is None else Reckoning(parse_rule(rule["rule"]), start)
    aim = rule["target"] if rule is not None else None
    target = None
    if aim is not None and stands_on(aim, day):
        target = (aim["rule"], reckon(Reckoning(parse_rule(aim["rule"]), start), calendar))
    return ClockReckoned(
        document,
        start,
        rule,
        reckoning,
        reckon(reckoning, calendar) if reckoning else None,
        explain(reckoning, calendar) if reckoning else (),
        target,
        tuple(clocks.pauses[reason] for reason in rule["pauses"]) if rule is not None else (),
        _turned(register, clocks, clock, document, start),
        _spans(clock, registry),
    )


def _named(clocks: Clocks, name: str) -> Clock:
    plain = name.strip().lower()
    for clock in clocks.clocks.values():
        if plain == clock.id or name.strip() in clock.title:
            return clock
    near = nearest(plain, list(clocks.clocks)) or [one for one in clocks.clocks if plain and plain in one][:3]
    if near or (plain.isascii() and plain.replace("-", "").replace(".", "").isalpha()):
        raise UnknownClock(text=name, nearest=near)
    raise InvalidRule(text=name)


def _turned(
    register: Register | None, clocks: Clocks, clock: Clock, document: Document, start: date | datetime
) -> Turned | None:
    """Return what a transition leaves open for a term that begins on a day; None before the law changed."""
    held = clock.transition
    if held is None or start.isoformat()[:10] < held.before:
        return None
    turns, calendar = date.fromisoformat(held.before), calendar_of(register)
    choice = clocks.choices[held.choice]
    answers: list[Answered] = []
    for answer, title in choice.answers.items():
        day = date.fromordinal(turns.toordinal() - 1) if answer == BY_RECEIPT else start
        place = rule_on(document, day)
        text: str | None = None if place is None else document["rules"][place]["rule"]
        deadline = None if text is None else reckon(Reckoning(parse_rule(text), start), calendar)
        answers.append(Answered(answer, title, text, deadline))
    bureau = (bureau_held(register) if register is not None else None) or {}
    given = (bureau.get("choices") or {}).get(held.choice)
    chosen = given if given in choice.answers else next(iter(choice.answers))
    return Turned(held.choice, choice, turns, tuple(answers), chosen, given in choice.answers)


def _spans(clock: Clock, registry: Registry) -> tuple[tuple[str, Window], ...]:
    return tuple((rule.rule, window(rule.basis, registry)) for rule in clock.rules)


def list_clocks(today: date) -> ClockList:
    """Return all clocks with the rule in force on a day."""
    registry = read_registry()
    lines: list[ClockLine] = []
    for clock in read_clocks(registry).clocks.values():
        document = frozen_clock(clock, registry)
        place = rule_on(document, today)
        lines.append(ClockLine(clock.id, clock.title, None if place is None else document["rules"][place]))
    return ClockList(tuple(lines), today)
