"""Clocks by name: the term on a day with its law, its extension, its pauses and what the bureau chooses; and a list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from lawcheck.core.deadline import parse_rule
from lawcheck.core.force import Standing, force_of
from lawcheck.render.deadlines import (
    deadline_data,
    deadline_words,
    explanation_data,
    explanation_words,
    length_words,
    remarks,
    rule_words,
)
from lawcheck.render.grid import Block, Cell, Column, Grid
from lawcheck.render.language import _, pick, plural
from lawcheck.render.law import bracketed, grounds, named_with_article, span_words
from lawcheck.render.safe import safe

if TYPE_CHECKING:
    from lawcheck.core.deadline import Deadline
    from lawcheck.service.clocks import ClockLine, ClockList, ClockReckoned, Turned


def clock_reckoned_data(result: ClockReckoned) -> dict[str, object]:
    """Return a clock's term as JSON, as that of any term; `clock` says what it rests on."""
    rule, turned = result.rule, result.turned
    deadline = {"due": None, "time": None, "provisional": False}
    return {
        "rule": rule["rule"] if rule else None,
        "start": result.start,
        **(deadline_data(result.deadline) if result.deadline else deadline),
        "explanation": explanation_data(result.reckoning, result.steps) if result.reckoning else [],
        "clock": {
            "id": result.clock["id"],
            "title": _picked(result.clock["title"]),
            "starts": _picked(result.clock["starts"]),
            "rule": rule,
            "target": None if result.target is None else {"rule": result.target[0], **deadline_data(result.target[1])},
            "pauses": [pick(*title) for title in result.pauses],
            "rules": [{"rule": text, "from": span.begins, "to": span.ends} for text, span in result.spans],
            "choice": None if turned is None else _turned_data(turned),
        },
    }


def _turned_data(turned: Turned) -> dict[str, object]:
    return {
        "name": turned.name,
        "title": pick(*turned.choice.title),
        "before": turned.before,
        "answer": turned.chosen,
        "is_set": turned.is_set,
        "answers": [
            {
                "answer": one.answer,
                "words": pick(*one.title),
                "rule": one.rule,
                "due": one.deadline.due if one.deadline else None,
                "provisional": bool(one.deadline and one.deadline.provisional),
            }
            for one in turned.answers
        ],
    }


def _picked(text: dict[str, str]) -> str:
    return pick(text["zh"], text["en"])


def clock_reckoned_words(result: ClockReckoned) -> Iterator[str]:
    """Say when a clock's term ends and why; what may extend it or let it stand still; its law; what is chosen."""
    clock, rule = result.clock, result.rule
    yield f"{clock['id']}  {safe(_picked(clock['title']))}"
    yield f"{_('Runs from')}{_(': ')}{safe(_picked(clock['starts']))}"
    if rule is None or result.reckoning is None or result.deadline is None:
        yield _("No law in force on {day} sets a term.").format(day=_day(result))
        yield from _spans(result)
    else:
        yield f"{_('Term')}{_(': ')}{rule_words(result.reckoning.rule)}"
        yield deadline_words(result.reckoning, result.deadline)
        yield from explanation_words(result.reckoning, result.steps)
        if result.target is not None:
            text, deadline = result.target
            yield f"{_('Target')}{_(': ')}{rule_words(parse_rule(text))}{_('; ')}{_due(deadline)}"
        if rule["extend"]:
            yield f"{_('Extension')}{_(': ')}{_extension(rule)}"
        if result.pauses:
            yield f"{_('Left out')}{_(': ')}{_(', ').join(safe(pick(*title)) for title in result.pauses)}"
        yield from remarks(clock["note"], rule["note"], rule["target"] and rule["target"]["note"])
    if result.turned is not None:
        yield ""
        yield from _turned_words(result.turned)
    if rule is not None:
        yield ""
        yield from grounds(_standing(rule["basis"], rule["practice"], _day(result)), on=_day(result))
        if len(result.spans) > 1:
            yield ""
            yield from _spans(result)
        if rule["target"] and rule["target"]["basis"]:
            yield ""
            yield _("The target rests on")
            yield from grounds(_standing(rule["target"]["basis"], None, _day(result)), on=_day(result))


def _standing(basis: list[dict[str, Any]], practice: object, day: date) -> dict[str, Any]:
    """Return the law to be named for a day: the versions that stand on it, or all where none does."""
    held = [one for one in basis if force_of(one).on(day).standing is Standing.IN_FORCE]
    return {"basis": held or basis, "practice": practice}


def _day(result: ClockReckoned) -> date:
    return date.fromisoformat(result.start.isoformat()[:10])


def _spans(result: ClockReckoned) -> Iterator[str]:
    """Say from when to when each rule of the clock is law."""
    yield _("Its terms in time")
    for text, span in result.spans:
        days = span_words(*(day.isoformat() if day else None for day in span)) or _("no day known")
        yield f"  {rule_words(parse_rule(text))}{_(': ')}{days}"


def _extension(rule: dict[str, Any]) -> str:
    extend = rule["extend"]
    longest = _("no length is set")
    if extend["amount"]:
        longest = length_words(parse_rule(rule["rule"])._replace(amount=extend["amount"]))
    times = plural("{n} time at most", "{n} times at most", extend["times"]) if extend["times"] else ""
    further = extend["further"]
    parts = [longest, times, safe(_picked(extend["approval"])), safe(_picked(further)) if further else ""]
    return _("; ").join(part for part in parts if part)


def _turned_words(turned: Turned) -> Iterator[str]:
    """Say what each answer to a question that no text answers would come to, the one that holds first marked."""
    yield _("If it was received before {day}, the setting {name} decides:").format(
        day=turned.before.isoformat(), name=turned.name
    )
    for one in turned.answers:
        mark = ""
        if one.answer == turned.chosen:
            mark = bracketed(_("chosen") if turned.is_set else _("the default, not set"))
        outcome = _("no law sets a term")
        if one.rule is not None and one.deadline is not None:
            outcome = f"{rule_words(parse_rule(one.rule))}{_('; ')}{_due(one.deadline)}"
        yield f"  {one.answer}{mark}{_(': ')}{outcome} – {safe(pick(*one.title))}"


def _due(deadline: Deadline) -> str:
    day = deadline.due.isoformat() if deadline.due else "-"
    return _("due {day}").format(day=day) + (bracketed(_("provisional")) if deadline.provisional else "")


# --- the list ---------------------------------------------------------------------------------


def clock_list_data(result: ClockList) -> dict[str, object]:
    """Return all clocks as JSON."""
    return {
        "today": result.today,
        "clocks": [
            {
                "id": one.id,
                "title": pick(*one.title),
                "rule": one.rule["rule"] if one.rule else None,
                "law": _law(one, result.today),
            }
            for one in result.clocks
        ],
    }


def clock_list_grid(result: ClockList) -> Grid:
    """Return all clocks as one table."""
    columns = (
        Column(_("Clock")),
        Column(_("Title"), fold=True),
        Column(_("Term"), fold=True),
        Column(_("Law"), fold=True),
    )
    rows = [
        (
            Cell(one.id, "bold"),
            pick(*one.title),
            rule_words(parse_rule(one.rule["rule"])) if one.rule else Cell(_("no law today"), "yellow"),
            _("; ").join(_law(one, result.today)),
        )
        for one in result.clocks
    ]
    return Grid(_("Clocks on {day}").format(day=result.today), columns, rows)


def clock_list_words(result: ClockList) -> Iterator[Block]:
    """List all clocks."""
    yield clock_list_grid(result)


def _law(one: ClockLine, today: date) -> list[str]:
    """Return the law that sets a clock's term on a day, or the practice."""
    if one.rule is None:
        return []
    held = [of for of in one.rule["basis"] if force_of(of).on(today).standing is Standing.IN_FORCE]
    practice = [_("practice, not law")] if one.rule["practice"] else []
    return [named_with_article(of) for of in held] + practice
