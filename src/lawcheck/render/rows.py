"""Rows that a command changed, in a line each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from lawcheck.core.row import Row
from lawcheck.core.words import State
from lawcheck.render.language import _, pick
from lawcheck.render.safe import safe
from lawcheck.render.words import day, timeliness, title

if TYPE_CHECKING:
    from lawcheck.service.rows import Changed, Noted


def row_data(row: Row, today: date) -> dict[str, object]:
    """Return a row as JSON says it."""
    return {
        "ref": row.ref,
        "code": row.code,
        "title": pick(row.title_zh, row.title_en),
        "kind": row.kind,
        "template": row.template,
        "year": row.year,
        "unit": row.unit,
        "period": row.period,
        "occasion": row.occasion,
        "happening": row.happening,
        "section": row.section,
        "weight": row.weight,
        "begins": row.begins,
        "due": row.due,
        "due_from": row.due_from,
        "state": row.state,
        "left": row.left_to_do,
        "why": row.why,
        "done_on": row.done_on,
        "done_by": row.done_by,
        "recorded_on": row.recorded_on,
        "assignee": row.assignee,
        "review": row.review,
        "overdue": bool(row.days_overdue(today)),
        "days_overdue": row.days_overdue(today),
        "late": bool(row.days_late()),
        "days_late": row.days_late(),
        "evidence": [],
    }


def changed_data(result: Changed) -> dict[str, object]:
    """Return what `tick`, `untick`, `na`, `assign` and `occasion` say as JSON."""
    return {"entry": result.seq, "rows": [row_data(row, result.today) for row in result.rows]}


def changed_words(result: Changed) -> Iterator[str]:
    """Say in a line each what became of the rows."""
    for row in result.rows:
        yield f"{row.ref} ({row.year})  {_outcome(result, row)}  {safe(title(row))}"
    last = result.rows[-1].begins if result.rows else None
    if result.command == "tick" and last is not None:
        yield from _warnings(result)


def _outcome(result: Changed, row: Row) -> str:
    if result.command == "assign":
        return _("given to {name}").format(name=safe(row.assignee)) if row.assignee else _("given to nobody")
    if result.command == "occasion":
        return _("happened on {day}; its row is open").format(day=day(row.begins))
    if row.state == State.DONE:
        return _("done by {name} on {day} ({timeliness})").format(
            name=safe(row.done_by), day=day(row.done_on), timeliness=timeliness(row)
        )
    if row.state == State.PARTIAL:
        return _("partly done; left: {left}").format(left=safe(row.left_to_do))
    if row.state == State.NA:
        return _("not applicable: {why}").format(why=safe(row.why))
    return _("open again")


def _warnings(result: Changed) -> Iterator[str]:
    early = [row for row in result.rows if row.done_on is not None and row.done_on < row.begins]
    if early:
        refs = _(", ").join(row.ref for row in early)
        yield _("Note: done before the year begins: {refs}").format(refs=refs)


def noted_data(result: Noted) -> dict[str, object]:
    """Return what `note` says as JSON."""
    return {"entry": result.seq, "year": result.year, "ref": result.ref, "text": result.text}


def noted_words(result: Noted) -> Iterator[str]:
    """Say in a line what was noted."""
    title_text = safe(pick(result.title_zh, result.title_en))
    yield f"{result.ref} ({result.year})  {_('noted')}{_(': ')}{safe(result.text)}  {title_text}"
