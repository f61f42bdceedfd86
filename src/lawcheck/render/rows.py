"""Rows that a command changed, in a line each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from lawcheck.core.row import Row
from lawcheck.core.words import State
from lawcheck.render.language import _, pick
from lawcheck.render.safe import safe
from lawcheck.render.words import day, fallen_data, fallen_words, said_data, said_words, timeliness, title

if TYPE_CHECKING:
    from lawcheck.core.calendar import Calendar
    from lawcheck.core.evidence import Evidence
    from lawcheck.render.grid import Block
    from lawcheck.service.reviews import Said
    from lawcheck.service.rows import Changed, Noted


def row_data(row: Row, today: date, calendar: Calendar | None) -> dict[str, object]:
    """Return a row as JSON says it; the calendar may be None where the row has no day ahead."""
    return {
        "ref": row.ref,
        "code": row.code,
        "title": pick(row.title_zh, row.title_en),
        "kind": row.kind,
        "template": row.template,
        "year": row.year or None,
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
        "working_days_left": row.working_days_left(today, calendar),
        "working_days_provisional": row.reaches_unknown(today, calendar),
        "late": row.is_late(),
        "days_late": row.days_late(),
        "evidence": [evidence_data(one) for one in row.evidence],
        "provisional": bool(row.provisional),
        **(_case_data(row) if row.is_of_case() else {}),
    }


def evidence_data(one: Evidence) -> dict[str, object]:
    """Return evidence as JSON says it beside its row."""
    return {
        "n": one.n,
        "kind": one.kind,
        "name": one.name,
        "place": one.place,
        "hash": one.hash,
        "size": one.size,
        "dated": one.dated,
        "person": one.person,
        "added_on": one.added_on,
        "purged_on": one.purged_on,
    }


def reviewed_rows_data(
    rows: Sequence[Row], said: Sequence[Said | None], today: date, calendar: Calendar | None
) -> list[dict[str, object]]:
    """Return rows as JSON says them, each with what a reviewer said of it under `review_by`; null where nothing."""
    return [
        {**row_data(row, today, calendar), **said_data(said[place] if said else None)} for place, row in enumerate(rows)
    ]


def review_words(row: Row, said: Sequence[Said | None], *, asked: bool) -> Iterator[str]:
    """Say what a reviewer said of a row, or that a review is waited for where one is asked for."""
    if said and said[0] is not None:
        yield f"{_('Review')}{_(': ')}{said_words(said[0])}"
    elif asked and row.state == State.DONE:
        yield f"{_('Review')}{_(': ')}{_('waited for')}"


def _case_data(row: Row) -> dict[str, object]:
    """Return what only a case's row has: its case, hours, the first lawful day, the target, the bureau's choice."""
    return {
        "case": row.case_ref(),
        "due_time": row.due_time,
        "earliest": row.earliest,
        "early": row.is_early(),
        "target": row.target,
        "done_time": row.done_time,
        "choice": row.choice,
    }


def changed_data(result: Changed) -> dict[str, object]:
    """Return what `tick`, `untick`, `na`, `assign` and `occasion` say as JSON."""
    rows = [row_data(row, result.today, result.calendar) for row in result.rows]
    data: dict[str, object] = {"entry": result.seq, "rows": rows}
    if result.command == "occasion":
        data["without_law"] = result.without_law
    if result.moved:
        data["moved"] = [one._asdict() for one in result.moved]
    if result.warnings:
        from lawcheck.render.cases import warning_data  # only where there are cases

        data["warnings"] = [{"case": one.case, **warning_data(one.warning, one.titles)} for one in result.warnings]
    return data | fallen_data(result.fell)


def changed_words(result: Changed) -> Iterator[Block]:
    """Say in a line each what became of the rows."""
    for row in result.rows:
        yield f"{ref_words(row)}  {_outcome(result, row)}  {safe(title(row))}"
        if result.command == "tick" and row.evidence:
            from lawcheck.render.evidence import evidence_words  # only where there is some

            yield from (f"  {evidence_words(one)}" for one in row.evidence)
    yield from fallen_words(result.fell)
    if result.warnings:
        from lawcheck.render.cases import warning_words  # only where there are cases

        for one in result.warnings:
            yield _("Note: {ref}: {words}").format(ref=one.case, words=warning_words(one.warning, one.titles))
    if result.moved:
        from lawcheck.render.cases import moved_words  # only where there are cases

        yield from moved_words(result.moved)
    last = result.rows[-1].begins if result.rows else None
    if result.command == "tick" and last is not None:
        yield from _warnings(result)


def ref_words(row: Row) -> str:
    """Return a row's ref with its year, or alone where it belongs to a case."""
    return row.ref if row.is_of_case() else f"{row.ref} ({row.year})"


def _outcome(result: Changed, row: Row) -> str:
    if result.command == "assign":
        return _("given to {name}").format(name=safe(row.assignee)) if row.assignee else _("given to nobody")
    if result.command == "occasion":
        return _occasion(result, row)
    if row.state == State.DONE:
        return _("done by {name} on {day} ({timeliness})").format(
            name=safe(row.done_by), day=day(row.done_on), timeliness=timeliness(row)
        )
    if row.state == State.PARTIAL:
        return _("partly done; left: {left}").format(left=safe(row.left_to_do))
    if row.state == State.NA:
        return _("not applicable: {why}").format(why=safe(row.why))
    return _("open again")


def _occasion(result: Changed, row: Row) -> str:
    """Say that an occasion came, and by when its row is due; or that no law sets a term any more."""
    words = _("happened on {day}; its row is open").format(day=day(row.begins))
    if row.due is not None:
        words += f"{_('; ')}{_('due {day}').format(day=day(row.due))}"
        return words + (f"{_(' (')}{_('provisional')}{_(')')}" if row.provisional else "")
    if result.without_law:
        words += f"{_('; ')}{_('no law in force on {day} sets a term').format(day=day(row.begins))}"
    return words


def _warnings(result: Changed) -> Iterator[str]:
    early = [row for row in result.rows if row.done_on is not None and row.done_on < row.begins]
    if early:
        refs = _(", ").join(row.ref for row in early)
        yield _("Note: done before the year begins: {refs}").format(refs=refs)


def noted_data(result: Noted) -> dict[str, object]:
    """Return what `note` says as JSON."""
    data = {"entry": result.seq, "year": result.year or None, "ref": result.ref, "text": result.text}
    return data | fallen_data(result.fell)


def noted_words(result: Noted) -> Iterator[str]:
    """Say in a line what was noted."""
    title_text = safe(pick(result.title_zh, result.title_en))
    ref = f"{result.ref} ({result.year})" if result.year else result.ref
    yield f"{ref}  {_('noted')}{_(': ')}{safe(result.text)}  {title_text}"
    yield from fallen_words(result.fell)
