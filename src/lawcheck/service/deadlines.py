"""The deadline calculator: a rule and a day, with nothing recorded."""

from typing import TYPE_CHECKING, NamedTuple

from lawcheck.core.calendar import Step
from lawcheck.core.deadline import Deadline, Reckoning, Unit, explain, is_earliest, parse_rule, reckon
from lawcheck.errors import InvalidRule
from lawcheck.service.working_days import calendar_of
from lawcheck.store.register import Register

if TYPE_CHECKING:
    from lawcheck.service.clocks import ClockReckoned


class Reckoned(NamedTuple):
    """A term reckoned, with the steps that explain it."""

    reckoning: Reckoning
    deadline: Deadline
    steps: tuple[Step, ...]


def reckon_once(
    register: Register | None, rule_text: str, when: str, *, before: bool = False
) -> "Reckoned | ClockReckoned":
    """Reckon a term, or that of a clock by its name, from a day, or from a day and time for hours.

    With `before`, a term that says no more than its length is one that ends so long before the day.

    Raises:
        InvalidRule: the rule cannot be read, or cannot be turned round.
        UnknownClock: there is no clock of that name.
        InvalidDate: there is no such day or time.
        TimeMissing: a term in hours, and no time of day.

    """
    from lawcheck.core.dates import parse_date, parse_moment

    try:
        rule = parse_rule(rule_text)
    except InvalidRule:
        from lawcheck.service.clocks import reckon_clock  # reads YAML, which a plain term does without

        return reckon_clock(register, rule_text, when, before=before)
    if before:
        if is_earliest(rule) or rule.rolls:
            raise InvalidRule(text=f"{rule_text} --before")
        rule = rule._replace(how="before")
    start = parse_moment(when) if rule.unit is Unit.HOURS else parse_date(when)
    reckoning, calendar = Reckoning(rule, start), calendar_of(register)
    return Reckoned(reckoning, reckon(reckoning, calendar), explain(reckoning, calendar))
