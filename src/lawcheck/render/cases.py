"""Cases: what a command did to one, lists, the timeline of one, and one of its rows with the reckoning explained."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from lawcheck.core.case import OutOfOrder
from lawcheck.core.deadline import parse_reckoning
from lawcheck.core.force import Standing, force_of
from lawcheck.core.refs import row_ref_of
from lawcheck.core.row import Row
from lawcheck.core.words import State
from lawcheck.render.deadlines import explanation_data, reckoned_block, remarks, term_words
from lawcheck.render.evidence import evidence_block, line_data
from lawcheck.render.grid import Block, Cell, Column, Grid
from lawcheck.render.journal import log_line_data, log_line_words
from lawcheck.render.language import N_, _, pick, plural
from lawcheck.render.law import grounds
from lawcheck.render.rows import review_words, reviewed_rows_data
from lawcheck.render.safe import safe, safe_lines
from lawcheck.render.words import (
    STATES,
    amount,
    day,
    due_words,
    fallen_data,
    fallen_words,
    pasteable,
    state_cell,
    timeliness,
    word,
)

if TYPE_CHECKING:
    from lawcheck.service.case_rows import CaseLine, Moved
    from lawcheck.service.case_show import CaseList, CaseRowShown, CaseShown, ListedCase
    from lawcheck.service.cases import CaseChanged
    from lawcheck.service.first_answers import FirstAnswer
    from lawcheck.service.items import Note

_WHAT = {
    "new": N_("now asked for"),
    "moved": N_("moved"),
    "done": N_("done"),
    "reopened": N_("open again"),
    "gone": N_("no longer asked for"),
    "aside": N_("set aside"),
    "left": N_("stays overdue"),
}
_DONE = {
    "case open": N_("opened"),
    "case pause": N_("pause recorded"),
    "case extend": N_("extension recorded"),
    "case fact": N_("facts recorded"),
    "case close": N_("closed"),
    "case reopen": N_("open again"),
}


def case_data(case: CaseLine) -> dict[str, object]:
    """Return a case at a glance as JSON says it."""
    return {
        "ref": case.ref,
        "template": case.template,
        "number": case.number,
        "title": case.title,
        "unit": case.unit,
        "opened_on": case.opened_on,
        "closed_on": case.closed_on,
        "state": case.state,
        "facts": list(case.facts),
    }


def moved_data(moved: Moved) -> dict[str, object]:
    """Return what became of a row as JSON says it."""
    return {**moved._asdict(), "title": pick(moved.title_zh, moved.title_en)}


def case_changed_data(result: CaseChanged) -> dict[str, object]:
    """Return what a command on a case did as JSON."""
    return {
        "entry": result.seq,
        "case": case_data(result.case),
        "milestone": None if result.milestone is None else {"name": result.milestone[2], "at": result.milestone[3]},
        "rows": [moved_data(one) for one in result.moved],
        "warnings": [
            *(warning_data(one, result.titles) for one in result.warnings),
            *(answer_data(one) for one in result.answers),
        ],
        **fallen_data(result.fell),
    }


def warning_data(one: OutOfOrder, titles: dict[str, tuple[str, str]]) -> dict[str, object]:
    """Return a warning as JSON: `out-of-order` with both days, or `missing-step` with the steps one of which is due."""
    words = warning_words(one, titles)
    if not one.other_at:
        return {"code": "missing-step", "name": one.name, "at": one.at, "steps": one.other.split(), "words": words}
    return {"code": "out-of-order", **one._asdict(), "words": words}


def case_changed_words(result: CaseChanged) -> Iterator[Block]:
    """Say what was recorded, then which rows came, ended and moved."""
    case = result.case
    if result.milestone is not None and result.command == "case milestone":
        zh, en, _name, at = result.milestone
        what = f"{safe(pick(zh, en))} {at}"
    else:
        what = _(_DONE[result.command])
    yield f"{case.ref}  {what}  {safe(case.number)} {safe(case.title)}"
    for one in result.warnings:
        yield _("Note: {words}").format(words=warning_words(one, result.titles))
    for answer in result.answers:
        yield _("Note: {words}").format(words=answer_words(answer))
    yield from fallen_words(result.fell)
    yield from moved_words(result.moved)
    if result.asked is not None:
        yield _("The law asks for: {approval}").format(approval=safe(pick(*result.asked)))
    if result.command == "case open":
        yield pasteable(_("Next: lawcheck case show {ref}").format(ref=case.ref))


def answer_data(one: FirstAnswer) -> dict[str, object]:
    """Return as JSON that cases answer a figure from now on."""
    figure, typed = one
    told = {"key": figure.key, "year": figure.year, "value": figure.value, "typed": typed.value}
    return {"code": "answered-by-cases", **told, "words": answer_words(one)}


def answer_words(one: FirstAnswer) -> str:
    """Say that cases answer a figure from now on, with what was typed."""
    from lawcheck.render.figures import value_words  # only where there is such a figure

    figure, typed = one
    return _(
        "{key} ({year}): cases answer it from now on: {value}; typed {typed} stands beside it, and is reported if "
        "`typed` in bureau.yaml names it"
    ).format(
        key=figure.key,
        year=figure.year,
        value=safe(amount(str(figure.value), figure.measure_zh, figure.measure_en)),
        typed=safe(value_words(typed)),
    )


def warning_words(one: OutOfOrder, titles: dict[str, tuple[str, str]]) -> str:
    """Say which of two milestones lies before the other, or which step has no date."""
    if not one.other_at:
        steps = _(" or ").join(safe(pick(*titles[step])) for step in one.other.split())
        return _("{name} ({at}) rests on a step that has no date: {steps}").format(
            name=safe(pick(*titles[one.name])), at=one.at, steps=steps
        )
    name, other = (pick(*titles[one]) for one in (one.name, one.other))
    return _("{name} ({at}) lies before {other} ({other_at})").format(
        name=safe(name), at=one.at, other=safe(other), other_at=one.other_at
    )


def moved_words(moved: Iterable[Moved]) -> Iterator[Block]:
    """List rows that came, ended and moved, each with its day, and the bureau's choices that decided."""
    moved = tuple(moved)
    rows = [_moved_cells(one) for one in moved]
    if rows:
        columns = (Column(_("Ref")), Column(_("Item"), fold=True), Column(_("What")), Column(_("Due"), fold=True))
        yield Grid("", columns, rows)
    for choice in dict.fromkeys(one.choice for one in moved if one.choice):
        name, _equals, answer = choice.partition("=")
        yield _("Decided by the setting {name} = {answer}").format(name=name, answer=answer)


def _moved_cells(one: Moved) -> tuple[Cell | str, ...]:
    due = one.due or ""
    if one.due_time:
        due += f" {one.due_time}"
    if one.earliest:
        due = _("not before {day}").format(day=one.earliest)
    if one.provisional:
        due += f" {_('provisional')}"
    if one.target:
        due += _("; target {day}").format(day=one.target)
    if one.what == "moved" and one.was:
        due = _("{was} -> {due}").format(was=one.was, due=due or _("stands still"))
    what = _(_WHAT[one.what]) + (f" · {_('late')}" if one.late else f" · {_('too early')}" if one.early else "")
    style = {
        "new": "",
        "moved": "yellow",
        "done": "green",
        "reopened": "yellow",
        "gone": "dim",
        "aside": "dim",
        "left": "bold red",
    }[one.what]
    return (
        Cell(one.ref, "bold"),
        pick(one.title_zh, one.title_en),
        Cell(what, "bold red" if one.late or one.early else style),
        due,
    )


# --- lists ------------------------------------------------------------------------------------


def case_list_data(result: CaseList) -> dict[str, object]:
    """Return cases as JSON; a stream."""
    return {"cases": (_listed_data(one) for one in result.cases), "today": result.today}


def _listed_data(one: ListedCase) -> dict[str, object]:
    return {**case_data(one.case), "next_due": one.next_due, "overdue": one.overdue, "open": one.open}


def case_list_grid(result: CaseList) -> Grid:
    """Return cases as a table."""
    columns = (
        Column(_("Ref")),
        Column(_("Number"), fold=True),
        Column(_("Title"), fold=True),
        Column(_("Unit")),
        Column(_("Opened")),
        Column(_("Next due")),
        Column(_("Overdue"), right=True),
        Column(_("State")),
    )
    return Grid("", columns, (_listed_cells(one) for one in result.cases))


def _listed_cells(one: ListedCase) -> tuple[Cell | str, ...]:
    case = one.case
    state = _("closed {day}").format(day=case.closed_on) if case.state == "closed" else _("in hand")
    overdue = Cell(str(one.overdue), "bold red") if one.overdue else ""
    next_due = day(one.next_due) if one.next_due else ""
    return (Cell(case.ref, "bold"), case.number, case.title, case.unit, case.opened_on, next_due, overdue, state)


def case_list_words(result: CaseList) -> Iterator[Block]:
    """List cases, then count them."""
    if result.cases:
        yield case_list_grid(result)
    yield plural("{n} case", "{n} cases", len(result.cases))


# --- one case ---------------------------------------------------------------------------------


def case_shown_data(result: CaseShown) -> dict[str, object]:
    """Return a case in full as JSON."""
    titles = _titles(result.document)
    by_day = sorted(result.milestones, key=lambda one: (one.at, one.name, one.n))
    return {
        "case": case_data(result.case),
        "milestones": [{**one._asdict(), "title": pick(*titles[one.name])} for one in by_day],
        "rows": reviewed_rows_data(result.rows, result.said, result.today, result.calendar),
        "pauses": [
            {"reason": one.reason, "from": one.begins, "to": one.ends, "title": _pause_title(result, one.reason)}
            for one in result.pauses
        ],
        "extensions": [
            {
                "row": row_ref_of(result.case.ref, one.code, one.n),
                "amount": one.amount,
                "approved_on": on,
                "approval": text,
            }
            for one, on, text in result.extensions
        ],
        "not_asked": [{"code": code, "from": at} for code, at in result.silent],
        "warnings": [warning_data(one, titles) for one in result.warnings],
        "notes": [note._asdict() for note in result.notes],
        "history": [log_line_data(line) for line in result.history],
    }


def _titles(document: dict[str, Any]) -> dict[str, tuple[str, str]]:
    return {one["name"]: (one["title"]["zh"], one["title"]["en"]) for one in document["milestones"]}


def _pause_title(result: CaseShown, reason: str) -> str:
    title = result.document["pauses"].get(reason)
    return pick(title["zh"], title["en"]) if title else reason


def case_shown_words(result: CaseShown) -> Iterator[Block]:
    """Show a case as a timeline of milestones and deadlines: met, late, due."""
    case, document = result.case, result.document
    state = _("closed {day}").format(day=case.closed_on) if case.closed_on else _("in hand")
    kind = pick(document["title"]["zh"], document["title"]["en"])
    yield f"{case.ref}  {safe(kind)}  {safe(case.number)}  {safe(case.title)}"
    yield f"{_('Unit')}{_(': ')}{safe(case.unit)}  {_('Opened')}{_(': ')}{case.opened_on}  {_('State')}{_(': ')}{state}"
    if case.facts:
        facts = {one["name"]: pick(one["title"]["zh"], one["title"]["en"]) for one in document["facts"]}
        yield f"{_('Facts')}{_(': ')}{_(', ').join(safe(facts.get(fact, fact)) for fact in case.facts)}"
    titles = _titles(document)
    for one in result.warnings:
        yield _("Note: {words}").format(words=warning_words(one, titles))
    yield _timeline(result, titles)
    undated = [row for row in result.rows if row.due is None and row.earliest is None and row.reckoning is None]
    if undated:
        columns = (Column(_("Ref")), Column(_("Item"), fold=True), Column(_("State"), fold=True))
        rows = [(Cell(row.ref, "bold"), pick(row.title_zh, row.title_en), state_cell(row)) for row in undated]
        yield Grid(_("With no day fixed"), columns, rows)
    items = {item["code"]: item for item in document["items"]}
    for code, at in result.silent:
        title = pick(items[code]["title"]["zh"], items[code]["title"]["en"])
        yield _("Not asked for by the law in force on {day}: {title}").format(day=at[:10], title=safe(title))
    if result.notes:
        yield _notes(result.notes)
    if result.history:
        yield ""
        yield _("History")
        yield from (f"  {line}" for entry in result.history for line in log_line_words(entry))


def _timeline(result: CaseShown, titles: dict[str, tuple[str, str]]) -> Grid:
    """Lay milestones, deadlines and pauses out by day."""
    lines: list[tuple[str, int, tuple[Cell | str, ...]]] = []
    for one in result.milestones:
        words = safe(pick(*titles[one.name]))
        if one.n > 1 or one.party:
            words += _(" ({party})").format(party=safe(one.party) if one.party else one.n)
        outcome = _("follows by law") if one.derived else _("reached")
        if one.at[:10] > result.today.isoformat():
            outcome = _("ahead")
        lines.append((one.at, 0, (one.at, "*", Cell(words, "bold"), "", outcome)))
    for row in result.rows:
        if row.due is not None or row.earliest is not None:
            lines.append(_deadline_line(row, result))
        elif row.reckoning is not None:  # a pause lasts: no day, whatever became of it
            at = day(row.done_on) if row.done_on else "-"
            how = Cell(_("stands still"), "yellow") if row.is_unfinished() else _how_it_stands(row, result)
            cells = (at, "", pick(row.title_zh, row.title_en), row.ref, how)
            lines.append((at if row.done_on else "9999", 1, cells))
    for pause in result.pauses:
        until = day(pause.ends) if pause.ends else _("still")
        span = _("{begins} to {ends}").format(begins=pause.begins, ends=until)
        words = _("left out of terms: {reason}").format(reason=safe(_pause_title(result, pause.reason)))
        lines.append((pause.begins.isoformat(), 1, (pause.begins.isoformat(), "", words, "", span)))
    for extended, on, text in result.extensions:
        ref = row_ref_of(result.case.ref, extended.code, extended.n)
        reckoning = next((one.reckoning for one in result.rows if one.ref == ref), None)
        length = term_words(parse_reckoning(reckoning), extended.amount) if reckoning else str(extended.amount)
        words = _("{ref} extended by {amount}: {approval}").format(ref=ref, amount=length, approval=safe(text))
        lines.append((on, 1, (on, "", words, "", _("approved"))))
    columns = (
        Column(_("Day")),
        Column(""),
        Column(_("What"), fold=True),
        Column(_("Ref")),
        Column(_("How it stands"), fold=True),
    )
    return Grid(_("Timeline"), columns, [cells for _at, _kind, cells in sorted(lines, key=lambda one: one[:2])])


def _deadline_line(row: Row, result: CaseShown) -> tuple[str, int, tuple[Cell | str, ...]]:
    at = (row.due or row.earliest or result.today).isoformat() + (f" {row.due_time}" if row.due_time else "")
    shown = at + (_("?") if row.provisional else "")
    words = pick(row.title_zh, row.title_en)
    words = (_("not before: {title}") if row.earliest else _("due: {title}")).format(title=words)
    if row.target is not None and row.is_unfinished():
        words += _("; target {day}").format(day=day(row.target))
    return at, 1, (shown, "", words, row.ref, _how_it_stands(row, result))


def _how_it_stands(row: Row, result: CaseShown) -> Cell:
    if row.state == State.DONE:
        late = row.is_late() or row.is_early()
        met = f"{_('in time')} {day(row.done_on)}" if not late else f"{day(row.done_on)} {timeliness(row)}"
        return Cell(met + (f" {row.done_time}" if row.done_time else ""), "bold red" if late else "green")
    if row.state == State.NA:
        return Cell(word(STATES, row.state), "dim")
    words = due_words(row, result.today, result.calendar)
    return Cell(words, "bold red" if row.days_overdue(result.today) else "")


def _notes(notes: Iterable[Note]) -> str:
    lines = [_("Notes"), *(f"  {note.on_date} {safe(note.person)}: {safe_lines(note.text)}" for note in notes)]
    return "\n".join(lines)


# --- one row ----------------------------------------------------------------------------------


def case_row_shown_data(result: CaseRowShown) -> dict[str, object]:
    """Return a case's row in full as JSON."""
    return {
        "case": case_data(result.case),
        "item": result.item,
        "row": reviewed_rows_data([result.row], result.said, result.today, result.calendar)[0],
        "rule": result.rule,
        "explanation": explanation_data(result.reckoning, result.steps) if result.reckoning else [],
        "evidence": [line_data(one) for one in result.evidence],
        "notes": [note._asdict() for note in result.notes],
        "history": [log_line_data(line) for line in result.history],
    }


def case_row_shown_words(result: CaseRowShown) -> Iterator[Block]:
    """Show a case's row: what it asks, by when and why that day, by which law."""
    row, item, rule = result.row, result.item, result.rule
    yield f"{row.ref}  {safe(pick(row.title_zh, row.title_en))}"
    yield f"{result.case.ref}  {safe(result.case.number)}  {safe(result.case.title)}"
    yield ""
    yield f"{_('Standard')}{_(': ')}{safe(pick(item['standard']['zh'], item['standard']['en']))}"
    yield f"{_('Evidence asked for')}{_(': ')}{safe(pick(item['evidence']['zh'], item['evidence']['en']))}"
    yield f"{_('Unit')}{_(': ')}{safe(row.unit)}"
    due = day(row.due) + (f" {row.due_time}" if row.due_time else "")
    if row.earliest is not None:
        due = _("not before {day}").format(day=day(row.earliest))
    yield f"{_('Due')}{_(': ')}{due}" + (f"{_(' (')}{_('provisional')}{_(')')}" if row.provisional else "")
    if row.target is not None:
        yield f"{_('Target')}{_(': ')}{day(row.target)}"
    stands = word(STATES, row.state)
    if row.state == State.DONE:
        stands += _(", by {name} on {day} ({timeliness})").format(
            name=safe(row.done_by), day=day(row.done_on), timeliness=timeliness(row)
        )
    else:
        stands += f"{_(' (')}{due_words(row, result.today, result.calendar)}{_(')')}"
    yield f"{_('State')}{_(': ')}{stands}"
    yield from review_words(row, result.said, asked=bool(item.get("review")))
    if result.reckoning is not None:
        yield from reckoned_block(result.reckoning, result.steps)
    if row.choice:
        yield _choice(row.choice, result.choices)
    yield from remarks(item["clock"] and item["clock"]["note"], rule and rule["note"], item["note"])
    yield ""
    on = min(row.begins, date.fromisoformat(rule["to"])) if rule is not None and rule["to"] else row.begins
    yield from grounds(_law_of(rule if rule is not None else item, on), on=on)
    if rule is not None and rule["target"]:
        yield ""
        yield _("The target rests on")
        yield from grounds(_law_of({"basis": rule["target"]["basis"], "practice": None}, row.begins), on=row.begins)
    yield from evidence_block(result.evidence)
    if result.notes:
        yield ""
        yield _notes(result.notes)
    if result.history:
        yield ""
        yield _("History")
        yield from (f"  {line}" for entry in result.history for line in log_line_words(entry))


def _law_of(body: dict[str, Any], on: date) -> dict[str, Any]:
    """Return a frozen thing with the versions of its law that stand on a day; all of them where none is known to."""
    live = [one for one in body["basis"] if force_of(one).on(on).standing is Standing.IN_FORCE]
    return body | {"basis": live or body["basis"]}


def _choice(choice: str, choices: dict[str, Any]) -> str:
    """Say which answer of the bureau decided, where the law says nothing of what came before it."""
    name, _equals, answer = choice.partition("=")
    answers = {one["answer"]: one["title"] for one in choices[name]["answers"]} if name in choices else {}
    words = pick(answers[answer]["zh"], answers[answer]["en"]) if answer in answers else answer
    return _("Decided by the setting {name} = {answer}: {words}").format(name=name, answer=answer, words=safe(words))
