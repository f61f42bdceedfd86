"""What became of items and rows: a revised template against a started year, a year against the one before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from lawcheck.core.row import Row
from lawcheck.core.upgrade import Cause, ItemChange
from lawcheck.core.words import State
from lawcheck.render.language import N_, _, pick, plural
from lawcheck.render.law import article_words
from lawcheck.render.rows import row_data
from lawcheck.render.safe import safe
from lawcheck.render.words import day, fallen_data, fallen_words, pasteable, word

if TYPE_CHECKING:
    from lawcheck.service.upgrade import Upgraded, UpgradedChecklist

BECAME = {
    "same": N_("unchanged"),
    "new": N_("new"),
    "changed": N_("changed"),
    "moved": N_("other days or holder"),
    "renewed": N_("cited or explained anew"),
    "gone": N_("gone"),
}
"""What became of an item, in the order in which it is counted."""
PARTS = {
    "title": N_("title"),
    "standard": N_("standard"),
    "evidence": N_("evidence asked for"),
    "deadline": N_("deadline in words"),
    "kind": N_("kind"),
    "rate": N_("rate"),
    "basis": N_("law and articles"),
    "source": N_("source of the practice"),
}
REASONS = {
    "years": N_("it is asked for in other years only"),
    "law": N_("no law it rests on is in force then"),
    "template": N_("the template has it no more"),
}
CAUSES = {
    "began": N_("{law} in force since {day}"),
    "ended": N_("{law} in force until {day}"),
    "cited": N_("now cites {law}"),
    "dropped": N_("no longer cites {law}"),
}
MOST_REFS = 12


def item_change_data(change: ItemChange) -> dict[str, object]:
    """Return what became of an item as JSON says it."""
    return {
        "ref": change.code,
        "change": change.how,
        "title": pick(change.title_zh, change.title_en),
        "what": list(change.what),
        "why": change.why,
        "laws": [
            {
                "title": pick(one.title_zh, one.title_en),
                "number": one.number,
                "article": one.article,
                "change": one.how,
                "day": one.day,
            }
            for one in change.laws
        ],
    }


def counts(items: Iterable[ItemChange]) -> str:
    """Say how many items are unchanged, new, changed and so on."""
    counted = Counter(item.how for item in items)
    said = [_("{n} {became}").format(n=counted[how], became=word(BECAME, how)) for how in BECAME if counted[how]]
    return _(", ").join(said) or _("none")


def change_lines(items: Iterable[ItemChange]) -> Iterator[str]:
    """Say in a line each which items are not what they were, with what differs and the law behind it."""
    for item in items:
        why = [word(PARTS, one) for one in item.what]
        why += [word(REASONS, item.why)] if item.why else []
        why += [_cause(one) for one in item.laws]
        if item.how == "same" or (item.how == "renewed" and not why):
            continue
        reasons = f"{_(' (')}{_('; ').join(why)}{_(')')}" if why else ""
        yield f"    {word(BECAME, item.how)}{_(': ')}{item.code} {safe(pick(item.title_zh, item.title_en))}{reasons}"


def _cause(cause: Cause) -> str:
    law = safe(pick(f"《{cause.title_zh}》", cause.title_en))
    law += f"{_(' (')}{safe(cause.number)}{_(')')}" if cause.number else ""
    if cause.how in ("cited", "dropped") and cause.article:
        law += f" {article_words(cause.article)}"
    return _(CAUSES[cause.how]).format(law=law, day=cause.day)


def former_note(row: Row, change: ItemChange) -> str:
    """Word the note that a row asked again keeps: what had been done under the former text, and what changed."""
    what = _(", ").join(word(PARTS, one) for one in change.what)
    if row.state == State.NA:
        had = _("set aside under the former text: {why}").format(why=row.why)
    else:
        on = day(row.done_on) if row.done_on else _("a day not stated")
        had = _("done by {name} on {day} under the former text").format(name=row.done_by, day=on)
    return _("The template was revised ({what}), so this is asked again; {had}").format(what=what, had=had)


def upgraded_data(result: Upgraded) -> dict[str, object]:
    """Return revised checklists as JSON says them."""
    return {
        "year": result.year,
        "entry": result.seq,
        "figures": list(result.figures),
        "own": list(result.own),
        "checklists": [_checklist_data(one, result) for one in result.checklists],
        **fallen_data(result.fell),
    }


def _checklist_data(one: UpgradedChecklist, result: Upgraded) -> dict[str, object]:
    found = one.plan
    return {
        "template": one.template,
        "title": pick(one.title_zh, one.title_en),
        "changes": one.changes,
        "items": [item_change_data(item) for item in found.items],
        "asked_again": [row_data(row, result.today, None) for row in found.asked_again],
        "added": [row._asdict() for row in found.added],
        "dropped": [row.ref for row in found.dropped],
        "kept": [row_data(row, result.today, None) for row in found.kept],
        "moved": [
            {"ref": one.row.ref, "unit": one.unit, "begins": one.begins, "due": one.due, "due_before": one.row.due}
            for one in found.moved
        ],
    }


def upgraded_words(result: Upgraded) -> Iterator[str]:
    """Say what revised templates change, and whether it was taken over."""
    for one in result.checklists:
        head = f"{one.template} ({result.year})  {safe(pick(one.title_zh, one.title_en))}{_(': ')}"
        yield head + counts(one.plan.items)
        if one.changes:
            yield from change_lines(one.plan.items)
            yield from _rows(one)
    yield from fallen_words(result.fell)
    if result.figures:
        yield _("Figures new or told otherwise: {keys}").format(keys=_(", ").join(result.figures))
    if result.own:
        yield _("Passed over, from files of your own; name the files: {codes}").format(codes=_(", ").join(result.own))
    pending = bool(result.figures) or any(one.changes for one in result.checklists)
    if result.seq is not None:
        yield pasteable(_("Taken over by entry {seq}; 'lawcheck undo' takes it back.").format(seq=result.seq))
    elif pending:
        yield _("Nothing was changed yet. Run the command again with --apply to take this over.")
    else:
        yield _("The checklists say what their templates say. Nothing was changed.")


def _rows(one: UpgradedChecklist) -> Iterator[str]:
    found = one.plan
    for said, refs in (
        (_("asked again, with a note of what had been done: {refs}"), [row.ref for row in found.asked_again]),
        (_("new rows: {refs}"), [row.ref for row in found.added]),
        (_("rows gone, nothing had been done on them: {refs}"), [row.ref for row in found.dropped]),
        (_("laid out no more, kept for what was done or noted: {refs}"), [row.ref for row in found.kept]),
    ):
        if refs:
            yield "    " + said.format(refs=few(refs))
    for moved in found.moved[:MOST_REFS]:
        due = f"{day(moved.row.due)} -> {moved.due or '-'}"
        unit = f"{_(', ')}{moved.row.unit} -> {moved.unit}" if moved.unit != moved.row.unit else ""
        yield "    " + _("due day of {ref}: {due}").format(ref=moved.row.ref, due=due) + unit
    if len(found.moved) > MOST_REFS:
        yield "    " + plural("and {n} more", "and {n} more", len(found.moved) - MOST_REFS)


def few(refs: list[str] | tuple[str, ...]) -> str:
    """Return refs in a row, the first of them where they are many."""
    more = len(refs) - MOST_REFS
    said = _(", ").join(refs[:MOST_REFS])
    return said + (" " + plural("and {n} more", "and {n} more", more) if more > 0 else "")
