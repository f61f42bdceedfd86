"""A reckoned deadline and its explanation in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from lawcheck.core.calendar import FixedDays, Step, fixed_in
from lawcheck.core.deadline import Reckoning, Rule, Unit, rule_text
from lawcheck.render.grid import Block, Column, Grid
from lawcheck.render.language import N_, _, pick, plural
from lawcheck.render.safe import safe
from lawcheck.render.words import CERTAINTIES, word

if TYPE_CHECKING:
    from lawcheck.core.deadline import Deadline
    from lawcheck.service.deadlines import Reckoned

WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)


def reckoned_data(result: Reckoned) -> dict[str, object]:
    """Return a reckoned deadline as JSON."""
    return {
        "rule": rule_text(result.reckoning.rule),
        "start": result.reckoning.start,
        **deadline_data(result.deadline),
        "explanation": explanation_data(result.reckoning, result.steps),
    }


def deadline_data(deadline: Deadline) -> dict[str, object]:
    """Return a deadline as JSON says it."""
    return {"due": deadline.due, "time": deadline.time, "provisional": deadline.provisional}


def explanation_data(reckoning: Reckoning, steps: tuple[Step, ...]) -> list[dict[str, object]]:
    """Return the steps of a reckoning as JSON, each with its words."""
    return [
        {
            "code": step.code,
            "from": step.begins,
            "to": step.ends,
            "name": _name(step) or None,
            "notice": step.notice,
            "amount": step.amount,
            "words": step_words(reckoning, step),
        }
        for step in steps
    ]


def reckoned_grid(result: Reckoned) -> Grid:
    """Return the steps as one table."""
    columns = (Column(_("From")), Column(_("To")), Column(_("What"), fold=True), Column(_("Notice"), fold=True))
    rows = [
        (
            step.begins.isoformat() if step.begins else "",
            step.ends.isoformat() if step.ends else "",
            _what(result.reckoning, step),
            step.notice or "",
        )
        for step in result.steps
    ]
    return Grid("", columns, rows)


def reckoned_words(result: Reckoned) -> Iterator[Block]:
    """Say when the term ends, then why."""
    yield deadline_words(result.reckoning, result.deadline)
    yield from explanation_words(result.reckoning, result.steps)


def deadline_words(reckoning: Reckoning, deadline: Deadline) -> str:
    """Return a deadline in one line."""
    if deadline.due is None:
        return _("No day while the pause lasts")
    day = f"{deadline.due.isoformat()} {weekday(deadline.due)}"
    if deadline.time is not None:
        day += f" {deadline.time}"
    said = {
        "lasts": _("May end on {day} at the earliest"),
        "after": _("From {day} on"),
        "before": _("{day} at the latest"),
    }.get(reckoning.rule.how, _("Due {day}"))
    line = said.format(day=day)
    return _("{line} (provisional)").format(line=line) if deadline.provisional else line


def explanation_words(reckoning: Reckoning, steps: tuple[Step, ...]) -> Iterator[str]:
    """Say each step of a reckoning in a line, but for its end."""
    for step in steps:
        if step.code not in {"due", "earliest"}:
            yield f"  {step_words(reckoning, step)}"


def rule_words(rule: Rule) -> str:
    """Return a term in words: within 10 working days, at least 7 days before, lasts at least 30 days."""
    said = {
        "within": _("within {length}"),
        "before": _("at least {length} before"),
        "lasts": _("lasts at least {length}"),
        "after": _("after {length}"),
    }[rule.how].format(length=length_words(rule))
    return said + (f"{_('; ')}{_('a day off at the end moves it on')}" if rule.rolls else "")


def length_words(rule: Rule) -> str:
    """Return how long a term is: 10 working days, 30 days, 24 hours, 3 months."""
    return term_words(Reckoning(rule, date.min), rule.amount)


def reckoned_block(reckoning: Reckoning, steps: tuple[Step, ...]) -> Iterator[str]:
    """Say under a heading of its own how a row's day was reckoned."""
    yield ""
    yield _("How the day is reckoned")
    yield from explanation_words(reckoning, steps)


def remarks(*notes: dict[str, str] | None) -> Iterator[str]:
    """Say what a clock, its rule or an item remarks."""
    for note in notes:
        if note:
            yield f"{_('Remark')}{_(': ')}{safe(pick(note['zh'], note['en']))}"


def step_words(reckoning: Reckoning, step: Step) -> str:
    """Return a step in words: its days, what they were taken for, and the notice that decided."""
    named = step.notice if step.code != "provisional" else None
    notice = _(" ({notice})").format(notice=safe(named)) if named else ""
    return " ".join(part for part in (_days(step), _what(reckoning, step)) if part) + notice


def unknown_year_words(year: int) -> str:
    """Say what is left out in a year whose notice is not known: weekends, and what the law fixes, which it names."""
    fixed = fixed_in(year)
    if fixed is None:
        return _("The holidays of {year} are not known: only weekends are left out there.").format(year=year)
    return _(
        "The notice of {year} is not known: left out there are weekends and the days off that the law fixes by date "
        "alone: {days} (Measures on Public Holidays, art 2; {number}, {certainty})."
    ).format(
        year=year,
        days=_(", ").join(_fixed_days(fixed)),
        number=fixed.number,
        certainty=word(CERTAINTIES, fixed.certainty),
    )


def _fixed_days(fixed: FixedDays) -> Iterator[str]:
    """Yield the days that the law fixes, those that follow each other as one."""
    days = sorted(fixed.days)
    for name in dict.fromkeys(fixed.days[day] for day in days):
        its = [day for day in days if fixed.days[day] == name]
        span = its[0] if len(its) == 1 else f"{its[0]} – {its[-1]}"
        yield f"{pick(*name)} {span}"


def weekday(day: date) -> str:
    """Return the word for a day of the week."""
    return _(WEEKDAYS[day.weekday()])


def _days(step: Step) -> str:
    if step.begins is None:
        return ""
    if step.code == "paused" and step.ends is None:
        return _("{day} -").format(day=step.begins.isoformat())
    if step.ends is None or step.ends == step.begins:
        return step.begins.isoformat()
    return f"{step.begins.isoformat()} – {step.ends.isoformat()}"


def _name(step: Step) -> str:
    if step.name is None:
        return ""
    return step.name if isinstance(step.name, str) else pick(*step.name)


def _what(reckoning: Reckoning, step: Step) -> str:
    """Return what a step's days were taken for."""
    name, amount = safe(_name(step)), step.amount or 0
    if step.code == "start":
        return "" if step.begins is None else _start_words(reckoning, step.begins)
    if step.code == "skipped":
        return _("{name} off").format(name=name) if name else _("weekend")
    if step.code == "rolled":
        return _("{name} off, so the end moves on").format(name=name) if name else _("weekend, so the end moves on")
    if step.code == "worked" and step.begins is not None:
        return _("{weekday}, worked for {name}").format(weekday=weekday(step.begins), name=name)
    if step.code == "paused":
        counted = f" ({_length(reckoning, amount)})" if step.ends else ""
        return _("left out: {reason}").format(reason=name) + counted
    if step.code == "provisional":
        return unknown_year_words(amount)
    words = {
        "counted": _length(reckoning, amount),
        "extended": _("extended by {length}").format(length=term_words(reckoning, amount)),
        "month-end": _("the last day of a month that has no such day"),
        "due": _("the last day"),
        "earliest": _("the first day on which the end is lawful"),
    }
    return words[step.code]


def _start_words(reckoning: Reckoning, begins: date) -> str:
    if reckoning.rule.unit is Unit.HOURS:
        return _("{time}, from which the hours run").format(time=f"{reckoning.start:%H:%M}")
    return _("{weekday}, the day itself does not count").format(weekday=weekday(begins))


def _length(reckoning: Reckoning, amount: int) -> str:
    """Return a number of the days that a term counts."""
    if reckoning.rule.unit is Unit.WORKING_DAYS:
        return plural("{n} working day", "{n} working days", amount)
    return plural("{n} day", "{n} days", amount)


def term_words(reckoning: Reckoning, amount: int) -> str:
    """Return an amount in a term's own unit."""
    if reckoning.rule.unit is Unit.HOURS:
        return plural("{n} hour", "{n} hours", amount)
    if reckoning.rule.unit is Unit.MONTHS:
        return plural("{n} month", "{n} months", amount)
    return _length(reckoning, amount)
