"""Case templates in words: the items of a kind of case with their terms and the law of a year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from lawcheck.core.deadline import Unit, parse_rule
from lawcheck.core.layout import frozen_citation
from lawcheck.render.grid import Block, Cell, Column, Grid
from lawcheck.render.language import _, pick, plural
from lawcheck.render.law import citation_words, span_words
from lawcheck.render.safe import safe
from lawcheck.render.templates import titled
from lawcheck.render.words import LEVELS, word

if TYPE_CHECKING:
    from lawcheck.core.law import Citation
    from lawcheck.core.template import Milestone
    from lawcheck.core.words import Text
    from lawcheck.service.templates import CaseTemplateShown, ShownCaseItem, ShownTerm


def term_words(rule: str) -> str:
    """Say a term: within 7 working days, at least 7 days before."""
    how, n, unit, rolls = parse_rule(rule)
    lengths = {
        Unit.WORKING_DAYS: plural("{n} working day", "{n} working days", n),
        Unit.DAYS: plural("{n} day", "{n} days", n),
        Unit.HOURS: plural("{n} hour", "{n} hours", n),
        Unit.MONTHS: plural("{n} month", "{n} months", n),
    }
    sentences = {
        "within": _("within {term}"),
        "before": _("at least {term} before"),
        "lasts": _("at least {term} long"),
        "after": _("after {term}"),
    }
    said = sentences[how].format(term=lengths[unit])
    return said + _(", moved on from a day off") if rolls else said


def case_template_shown_data(result: CaseTemplateShown) -> dict[str, object]:
    """Return a case template with the law of a year as JSON."""
    template = result.template
    return {
        "template": template.code,
        "for": "case",
        "title": pick(*template.title),
        "about": pick(*template.about),
        "year": result.year,
        "opens": template.opens,
        "closes": template.closes,
        "facts": [{"name": one.name, "title": pick(*one.title)} for one in template.facts],
        "milestones": [_milestone_data(one) for one in template.milestones],
        "pauses": [{"name": name, "title": pick(*title)} for name, title in result.pauses.items()],
        "items": [_item_data(result, one) for one in result.items],
    }


def _milestone_data(one: Milestone) -> dict[str, object]:
    return {
        "name": one.name,
        "title": pick(*one.title),
        "after": list(one.after),
        "not_before": list(one.not_before),
        "expects": [
            {"milestones": list(of.milestones), "when": list(of.when), "unless": list(of.unless)} for of in one.expects
        ],
        "planned": one.planned,
        "timed": one.timed,
        "derived": [{"milestone": derived.milestone, "rule": derived.rule} for derived in one.derived],
    }


def _item_data(result: CaseTemplateShown, one: ShownCaseItem) -> dict[str, object]:
    item = one.item
    return {
        "code": item.code,
        "title": pick(*item.title),
        "duty": item.duty,
        "when": list(item.when),
        "unless": list(item.unless),
        "clock": item.clock,
        "starts": item.starts,
        "ends": item.ends,
        "weight": item.weight,
        "review": item.review,
        "terms": [_term_data(result, term) for term in one.terms],
        "basis": _cited(result, one.citations),
    }


def _term_data(result: CaseTemplateShown, term: ShownTerm) -> dict[str, object]:
    rule = term.rule
    return {
        "rule": rule.rule,
        "from": term.window.begins.isoformat() if term.window.begins else None,
        "to": term.window.ends.isoformat() if term.window.ends else None,
        "target": rule.target.rule if rule.target else None,
        "pauses": list(rule.pauses),
        "basis": _cited(result, term.citations),
    }


def _cited(result: CaseTemplateShown, citations: Iterable[Citation]) -> list[str]:
    return [citation_words(frozen_citation(one, result.registry)) for one in citations]


def case_template_shown_grid(result: CaseTemplateShown) -> Grid:
    """Return the items of a case template as one table."""
    columns = (
        Column(_("Code")),
        Column(_("Item"), fold=True),
        Column(_("Runs"), fold=True),
        Column(_("Term"), fold=True),
        Column(_("Law and sources"), fold=True),
    )
    titles = {one.name: pick(*one.title) for one in result.template.milestones}
    rows = [
        (
            Cell(one.item.code, "bold"),
            titled(one.item),
            _runs(one, titles),
            _term(result, one),
            _grounds(result, one),
        )
        for one in result.items
    ]
    return Grid(f"{result.template.code} {pick(*result.template.title)} · {result.year}", columns, rows)


def _runs(one: ShownCaseItem, titles: dict[str, str]) -> str:
    """Say from which milestone to which an item runs."""
    starts, ends = (titles[name] if name else "" for name in (one.item.starts, one.item.ends))
    return f"{starts} → {ends}" if starts and ends else starts or ends


def _term(result: CaseTemplateShown, one: ShownCaseItem) -> str:
    if one.clock is None:
        return ""
    return _("; ").join(_term_in_year(term, result.year) for term in one.terms) or _("none in this year")


def _term_in_year(term: ShownTerm, year: int) -> str:
    """Say a term, its target, and the days within the year between which it applies."""
    said = term_words(term.rule.rule)
    if term.rule.target is not None:
        said += _(" (target: {term})").format(term=term_words(term.rule.target.rule))
    begins, ends = (day.isoformat() if day and day.year == year else None for day in term.window)
    return f"{said} ({span_words(begins, ends)})" if begins or ends else said


def _grounds(result: CaseTemplateShown, one: ShownCaseItem) -> str:
    citations = [*one.citations, *(citation for term in one.terms for citation in (*term.citations, *term.target))]
    parts = list(dict.fromkeys(_cited(result, citations)))
    if one.item.practice is not None:
        source = result.registry.sources[one.item.practice.source]
        parts.append(f"{word(LEVELS, 'practice')}{_(': ')}{pick(*source.title)}")
    return _("; ").join(parts)


def case_template_shown_words(result: CaseTemplateShown) -> Iterator[Block]:
    """Show a case template with the law of a year."""
    yield safe(pick(*result.template.about))
    yield case_template_shown_grid(result)
    yield _names_grid(_("Milestones"), ((one.name, one.title) for one in result.template.milestones))
    if result.template.facts:
        facts = ((one.name, one.title) for one in result.template.facts)
        yield _names_grid(_("Facts that decide which items apply"), facts)
    if result.pauses:
        yield _names_grid(_("Reasons for which terms stand still"), result.pauses.items())


def _names_grid(heading: str, named: Iterable[tuple[str, Text]]) -> Grid:
    """Return what a command takes by name, with titles, as a table."""
    columns = (Column(_("Typed as")), Column(_("Title"), fold=True))
    return Grid(heading, columns, [(Cell(name, "bold"), pick(*title)) for name, title in named])
