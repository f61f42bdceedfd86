"""Templates of two years, or two texts of one, compared: in words, as JSON and as one table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from lawcheck.core.difference import Cause, Difference, ItemDifference, Outcome, Part, Reason
from lawcheck.render.grid import Block, Cell, Column, Grid
from lawcheck.render.language import N_, _, pick
from lawcheck.render.law import bracketed, named_with_article, numbered
from lawcheck.render.safe import safe
from lawcheck.render.words import CERTAINTIES, ENDINGS, KINDS, LEVELS, word

if TYPE_CHECKING:
    from lawcheck.service.templates import TemplatesCompared

OUTCOMES = {
    "new": N_("new"),
    "changed": N_("changed"),
    "gone": N_("gone"),
    "unchanged": N_("unchanged"),
}
PARTS = {
    "title": N_("title"),
    "standard": N_("standard"),
    "evidence": N_("evidence asked for"),
    "duty": N_("duty"),
    "each": N_("each unit"),
    "kind": N_("kind"),
    "level": N_("level"),
    "due": N_("days"),
    "deadline": N_("deadline in words"),
    "clock": N_("term"),
    "rate": N_("rate"),
    "weight": N_("weight"),
    "section": N_("section of the report"),
    "practice": N_("practice"),
    "note": N_("remark"),
    "basis": N_("law"),
}
FACTS = {
    "title": N_("title"),
    "number": N_("number"),
    "number_certainty": N_("certainty of the number"),
    "article": N_("article"),
    "certainty": N_("certainty of the clause"),
    "read_in": N_("where it was read"),
    "issued": N_("day of issue"),
    "from": N_("start"),
    "to": N_("end"),
    "ended": N_("how it ended"),
    "successor": N_("what follows"),
}
_VOCABULARIES = {"kind": KINDS, "level": LEVELS}


def templates_compared_data(result: TemplatesCompared) -> dict[str, object]:
    """Return what differs as JSON; the items of each template by their outcome."""
    return {
        "before": result.before,
        "after": result.after,
        "year": result.year,
        "templates": [
            {
                "template": one.template,
                "title": pick(one.title["zh"], one.title["en"]),
                "counts": one.counted(),
                "items": [_item_data(result, item) for item in one.items],
            }
            for one in result.templates
        ],
    }


def _item_data(result: TemplatesCompared, one: ItemDifference) -> dict[str, object]:
    return {
        "code": one.code,
        "title": pick(one.title["zh"], one.title["en"]),
        "outcome": one.outcome,
        "parts": [{"part": part.name, "before": part.before, "after": part.after} for part in one.parts],
        "causes": [_cause_data(result, one, cause) for cause in one.causes],
        "asked": [{"from": begins, "to": ends} for begins, ends in one.asked],
    }


def _cause_data(result: TemplatesCompared, item: ItemDifference, cause: Cause) -> dict[str, object]:
    one = cause.citation
    data: dict[str, object] = {
        "reason": cause.reason,
        "facts": list(cause.facts),
        "words": _cause_words(result, item, cause),
    }
    if one is not None:
        successor = one["successor"] or {}
        data |= {key: one[key] for key in ("law", "version", "number", "article", "certainty", "from", "to", "ended")}
        data["successor"] = successor.get("number") or successor.get("certainty")
    return data


def templates_compared_grid(result: TemplatesCompared) -> Grid:
    """Return what differs as one table, a line an item."""
    columns = (
        Column(_("Template")),
        Column(_("Code")),
        Column(_("What")),
        Column(_("Item"), fold=True),
        Column(_("Parts"), fold=True),
        Column(_("Because"), fold=True),
        Column(_("Asked for"), fold=True),
    )
    rows = [
        (
            one.template,
            Cell(item.code, "bold"),
            word(OUTCOMES, item.outcome),
            pick(item.title["zh"], item.title["en"]),
            _(", ").join(word(PARTS, part.name) for part in item.parts),
            _("; ").join(_cause_words(result, item, cause) for cause in item.causes),
            _("; ").join(_asked(result, item)),
        )
        for one in result.templates
        for item in one.items
    ]
    return Grid("", columns, rows)


def templates_compared_words(result: TemplatesCompared) -> Iterator[Block]:
    """Say what differs, template by template: what is new, changed and gone with its law, what is the same by code."""
    for place, one in enumerate(result.templates):
        if place:
            yield ""
        yield from _template_words(result, one)


def _template_words(result: TemplatesCompared, one: Difference) -> Iterator[str]:
    counts = _(", ").join(f"{word(OUTCOMES, outcome)} {n}" for outcome, n in one.counted().items())
    title = safe(pick(one.title["zh"], one.title["en"]))
    yield f"{one.template}  {title} · {safe(result.before)} -> {safe(result.after)}{_(': ')}{counts}"
    for item in one.items:
        if item.outcome is not Outcome.SAME:
            yield f"  {word(OUTCOMES, item.outcome)}  {item.code}  {safe(pick(item.title['zh'], item.title['en']))}"
        elif asked := list(_asked(result, item)):
            yield f"  {word(OUTCOMES, item.outcome)}  {item.code}{_(': ')}{_('; ').join(asked)}"
        if item.outcome is not Outcome.SAME:
            yield from (f"      {line}" for line in _item_lines(result, item))
    same = [item.code for item in one.items if item.outcome is Outcome.SAME and not list(_asked(result, item))]
    if same:
        yield f"  {word(OUTCOMES, 'unchanged')}{_(': ')}{_(', ').join(same)}"


def _item_lines(result: TemplatesCompared, item: ItemDifference) -> Iterator[str]:
    yield from (_cause_words(result, item, cause) for cause in item.causes)
    yield from (_part_words(part) for part in item.parts if part.name != "basis" or not item.causes)
    yield from _asked(result, item)


def _asked(result: TemplatesCompared, item: ItemDifference) -> Iterator[str]:
    """Say when within a year the law asks for an item, for two years that are compared."""
    if result.year is not None:
        return
    for year, (begins, ends) in zip((result.before, result.after), item.asked, strict=True):
        if begins and ends:
            yield _("asked for in {year} from {day} to {end}").format(year=year, day=begins, end=ends)
        elif begins:
            yield _("asked for in {year} from {day}").format(year=year, day=begins)
        elif ends:
            yield _("asked for in {year} to {day}").format(year=year, day=ends)


def _cause_words(result: TemplatesCompared, item: ItemDifference, cause: Cause) -> str:
    one = cause.citation
    if one is None and result.year is not None:
        return _("only in this text")
    if one is None:
        years = (result.before, result.after) if item.outcome is Outcome.GONE else (result.after, result.before)
        return _("the template asks for it in {year} and not in {other}").format(year=years[0], other=years[1])
    cited = named_with_article(one) + (bracketed(safe(one["number"])) if one["number"] else "")
    return f"{cited}{_(': ')}{_event(cause, one)}"


def _event(cause: Cause, one: dict[str, Any]) -> str:
    if cause.reason is Reason.BEGINS:
        return _("in force from {day}").format(day=_day(one["from"]))
    if cause.reason is Reason.ENDS:
        words = _("{ended}, in force to {day}").format(
            ended=word(ENDINGS, one["ended"] or "unknown"), day=_day(one["to"])
        )
        return words + _("; ") + _followed(one["successor"])
    if cause.reason is Reason.ALTERED:
        return _("differs in {facts}").format(facts=_(", ").join(word(FACTS, fact) for fact in cause.facts))
    return _("cited anew") if cause.reason is Reason.CITED else _("no longer cited")


def _followed(successor: dict[str, Any] | None) -> str:
    if successor is None:
        return _("nothing on record follows")
    if "law" not in successor:
        return _("successor not found")
    return _("followed by {law} from {day}").format(law=numbered(successor), day=_day(successor["from"]))


def _day(day: dict[str, Any] | None) -> str:
    if day is None or not day["date"]:
        return _("a day not found")
    return str(day["date"]) + ("" if day["certainty"] == "read" else bracketed(word(CERTAINTIES, day["certainty"])))


def _part_words(part: Part) -> str:
    """Say what of an item differs; texts and closed vocabularies with what they were and are."""
    name = word(PARTS, part.name)
    before, after = (_part_text(part.name, value) for value in (part.before, part.after))
    if before is None or after is None or before == after:
        return _("{part} changed").format(part=name)
    return f"{name}{_(': ')}{before} -> {after}"


def _part_text(name: str, value: Any) -> str | None:  # noqa: ANN401  # what JSON holds
    if isinstance(value, dict) and set(value) == {"zh", "en"}:
        return safe(pick(value["zh"], value["en"]))
    if name == "due":
        periods = [period for period, _has_day in value["periods"] if period]
        has_day = any(has_day for _period, has_day in value["periods"])
        return _(", ").join(periods) or (value["due"] if has_day else None) or _("no day fixed")
    if name == "clock":
        return str(value) if value else None
    if name in _VOCABULARIES:
        return word(_VOCABULARIES[name], value)
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None
