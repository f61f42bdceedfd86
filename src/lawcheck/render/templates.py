"""The library in words: templates, their items and law."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lawcheck.core.layout import frozen_citation
from lawcheck.render.grid import Block, Cell, Column, Grid
from lawcheck.render.language import N_, _, pick, plural
from lawcheck.render.law import citation_words
from lawcheck.render.safe import safe
from lawcheck.render.words import KINDS, LEVELS, word

if TYPE_CHECKING:
    from lawcheck.core.template import CaseItem, Item
    from lawcheck.service.templates import (
        ShownItem,
        TemplateList,
        TemplatesChecked,
        TemplateShown,
    )


EVERY = {
    "month": N_("each month, by its end"),
    "quarter": N_("each quarter, by its end"),
    "half-year": N_("each half-year, by its end"),
}


SPANS = {"year": N_("a year"), "case": N_("a case")}


def template_list_data(result: TemplateList) -> dict[str, object]:
    """Return the templates as JSON."""
    return {
        "laws": result.laws,
        "templates": [
            {
                "template": one.code,
                "for": one.span,
                "title": pick(*one.title),
                "items": one.items,
                "kinds": one.kinds,
                "figures": one.figures,
            }
            for one in result.templates
        ],
    }


def template_list_grid(result: TemplateList) -> Grid:
    """Return the templates as one table."""
    kinds = ("yearly", "periodic", "occasion", "case")
    columns = (
        Column(_("Code")),
        Column(_("For")),
        Column(_("Checklist"), fold=True),
        Column(_("Items"), right=True),
        *(Column(word(KINDS, kind), right=True) for kind in kinds),
        Column(_("Figures"), right=True),
    )
    rows: list[tuple[Cell | str, ...]] = [
        (
            Cell(one.code, "bold"),
            _(SPANS[one.span]),
            pick(*one.title),
            str(one.items),
            *(str(one.kinds[kind]) for kind in kinds),
            str(one.figures),
        )
        for one in result.templates
    ]
    return Grid("", columns, rows)


def template_list_words(result: TemplateList) -> Iterator[Block]:
    """List the templates."""
    yield template_list_grid(result)
    yearly = [one for one in result.templates if one.span == "year"]
    yield _("{years} templates for a year with {items} items, {cases} for a case.").format(
        years=len(yearly), items=sum(one.items for one in yearly), cases=len(result.templates) - len(yearly)
    )
    yield _("{n} laws in the registry. Run 'lawcheck template show CODE' to see the items.").format(n=result.laws)


def template_shown_data(result: TemplateShown) -> dict[str, object]:
    """Return a template with the law of a year as JSON."""
    return {
        "template": result.template.code,
        "title": pick(*result.template.title),
        "about": pick(*result.template.about),
        "year": result.year,
        "items": [_item_data(result, one) for one in result.items],
        "left_out": list(result.left_out),
        "figures": [{"key": one.key, "title": pick(*one.title)} for one in result.template.figures],
    }


def _item_data(result: TemplateShown, one: ShownItem) -> dict[str, object]:
    item = one.item
    citations = [frozen_citation(citation, result.registry) for citation in one.citations]
    return {
        "code": item.code,
        "title": pick(*item.title),
        "kind": item.kind.value,
        "due": item.due,
        "due_from": item.due_from.value if item.due_from else None,
        "deadline": pick(*item.deadline) if item.deadline else None,
        "duty": item.duty,
        "level": one.level.value,
        "weight": item.weight,
        "section": item.section,
        "review": item.review,
        "basis": [citation_words(citation) for citation in citations],
        "citations": citations,
    }


def template_shown_grid(result: TemplateShown) -> Grid:
    """Return the items of a template as one table."""
    columns = (
        Column(_("Code")),
        Column(_("Item"), fold=True),
        Column(_("When"), fold=True),
        Column(_("Law and sources"), fold=True),
    )
    rows = [(Cell(one.item.code, "bold"), titled(one.item), _when(one), _grounds(result, one)) for one in result.items]
    return Grid(f"{result.template.code} {pick(*result.template.title)} · {result.year}", columns, rows)


def titled(item: Item | CaseItem) -> str:
    """Return the title of an item, and that it asks for a review where it does."""
    return f"{pick(*item.title)} · {_('to be reviewed')}" if item.review else pick(*item.title)


def _when(one: ShownItem) -> str:
    item = one.item
    if item.deadline is not None and item.due is None and not item.dates:
        return f"{word(KINDS, item.kind)}{_(': ')}{pick(*item.deadline)}"
    rule = _(", ").join(item.dates) if item.dates else EVERY[item.every.value] if item.every else ""
    rule = _(rule) if rule in EVERY.values() else rule or _due(str(item.due))
    practice = _(" (day by practice)") if item.due_from == "practice" else ""
    return rule + practice


def _due(rule: str) -> str:
    """Say a yearly due rule: by 12-31, before 03-01 of the next year."""
    how, day, *later = rule.split(" ")
    if how == "before":
        return (_("before {day} of the next year") if later else _("before {day}")).format(day=day)
    return (_("by {day} of the next year") if later else _("by {day}")).format(day=day)


def _grounds(result: TemplateShown, one: ShownItem) -> str:
    parts = [citation_words(frozen_citation(citation, result.registry)) for citation in one.citations]
    if one.item.practice is not None:
        source = result.registry.sources[one.item.practice.source]
        parts.append(
            f"{word(LEVELS, 'practice')}{_(': ')}{pick(*source.title)} {one.item.practice.place or ''}".strip()
        )
    return _("; ").join(parts)


def template_shown_words(result: TemplateShown) -> Iterator[Block]:
    """Show a template with the law of a year."""
    yield safe(pick(*result.template.about))
    yield template_shown_grid(result)
    if result.left_out:
        yield _("not of {year}, so left out: {codes}").format(year=result.year, codes=_(", ").join(result.left_out))


def templates_checked_data(result: TemplatesChecked) -> dict[str, object]:
    """Return what was checked as JSON."""
    return {
        "files": list(result.files),
        "items": result.items,
        "uncited": [{"law": law.id, "title": pick(*law.title)} for law in result.uncited],
        "explained": [
            {"law": law.id, "title": pick(*law.title), "why": pick(*(law.uncited or ("", "")))}
            for law in result.explained
        ],
    }


def templates_checked_words(result: TemplatesChecked) -> Iterator[str]:
    """Say that no fault was found, and which laws nothing cites: a gap without a reason, a remark with one."""
    counted = plural("{n} file", "{n} files", len(result.files))
    yield _("No fault in {files}, {items} items.").format(files=counted, items=result.items)
    if result.uncited:
        laws = _(", ").join(law.id for law in result.uncited)
        warning = plural(
            "warning: no template cites {n} law", "warning: no template cites {n} laws", len(result.uncited)
        )
        yield f"{warning}{_(': ')}{laws}"
    if result.explained:
        yield _("Cited by no template, and why:")
        for law in result.explained:
            yield f"  {law.id} {pick(f'《{law.title.zh}》', law.title.en)}{_(': ')}{pick(*(law.uncited or ('', '')))}"
