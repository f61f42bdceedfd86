"""One item in full: what it asks for, its law, its rows, notes and history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from lawcheck.core.row import Row
from lawcheck.core.words import State
from lawcheck.render.journal import log_line_data, log_line_words
from lawcheck.render.language import _, pick
from lawcheck.render.law import asked_words, bracketed, grounds, law_on_data
from lawcheck.render.rows import review_words, reviewed_rows_data, row_data
from lawcheck.render.safe import safe, safe_lines
from lawcheck.render.words import KINDS, LEVELS, STATES, day, due_words, timeliness, word

if TYPE_CHECKING:
    from lawcheck.core.evidence import Evidence
    from lawcheck.service.items import Shown


def shown_data(result: Shown) -> dict[str, object]:
    """Return an item as JSON: `item` is its frozen copy, `law_on` how its law stands on the day of an occasion."""
    return {
        "item": {**result.item.body, "year": result.item.year, "template": result.item.template},
        "law_on": law_on_data(result.item.body, _day_of_law(result)),
        "rows": reviewed_rows_data(result.rows, result.said, result.today, result.calendar),
        "evidence": _evidence_data(result.evidence),
        "notes": [note._asdict() for note in result.notes],
        "history": [log_line_data(line) for line in result.history],
        "earlier": [row_data(row, result.today, result.calendar) for row in result.earlier],
        **_rate_data(result),
        **_term_data(result),
    }


def _rate_data(result: Shown) -> dict[str, object]:
    """Return what the rate of a case item comes to as JSON; nothing of any other item."""
    if result.stands is None:
        return {}
    from lawcheck.render.lists import rate_data  # only where there is a rate

    return {"rate": rate_data(result.stands)}


def _evidence_data(lines: tuple[Evidence, ...]) -> list[dict[str, object]]:
    """Return evidence as JSON, with what was taken off."""
    if not lines:
        return []
    from lawcheck.render.evidence import line_data  # only where there is evidence

    return [line_data(one) for one in lines]


def _term_data(result: Shown) -> dict[str, object]:
    """Return as JSON which rule set the day of an occasion's row, and how the day was reckoned."""
    term = result.term
    if term is None or term.reckoning is None:
        return {"rule": None, "explanation": []}
    from lawcheck.render.deadlines import explanation_data  # only where a day was reckoned

    return {"rule": term.rule, "explanation": explanation_data(term.reckoning, term.steps)}


def shown_words(result: Shown) -> Iterator[str]:
    """Say an item in full."""
    item, body = result.item, _Frozen(result.item.body)
    single = result.rows[0] if len(result.rows) == 1 else None
    yield f"{single.ref if single else item.code} ({item.year})  {safe(pick(item.title_zh, item.title_en))}"
    yield ""
    yield from _lines(_heads(result, body, single))
    if item.body.get("gone"):
        yield _("No longer asked for: the template was revised; kept for what was done or noted.")
    if single is not None:
        yield from review_words(single, result.said, asked=bool(body.get("review")))
    yield from (left_over(row) for row in result.earlier)
    yield from _term_words(result)
    yield ""
    yield from grounds(result.item.body, on=_day_of_law(result))
    if len(result.rows) > 1:
        yield ""
        yield _("Rows")
        for row in result.rows:
            yield f"  {row.ref}  {row.unit}  {day(row.due)}  {word(STATES, row.state)}"
    if result.evidence:
        from lawcheck.render.evidence import evidence_block  # only where there is evidence

        yield from evidence_block(result.evidence)
    if result.notes:
        yield ""
        yield _("Notes")
        for note in result.notes:
            yield f"  {note.on_date} {safe(note.person)}: {safe_lines(note.text)}"
    if result.history:
        yield ""
        yield _("History")
        yield from (f"  {line}" for entry in result.history for line in log_line_words(entry))


def _term_words(result: Shown) -> Iterator[str]:
    """Explain the day of an occasion's row, and name the law that sets its term."""
    term, clock = result.term, _clock(result)
    if term is None or term.rule is None or term.reckoning is None:
        return
    from lawcheck.render.deadlines import reckoned_block, remarks  # only where a day was reckoned

    yield from reckoned_block(term.reckoning, term.steps)
    yield from remarks(clock["note"], term.rule["note"])
    yield ""
    yield _("The term: {term}").format(term=safe(pick(clock["title"]["zh"], clock["title"]["en"])))
    yield from grounds(term.rule, on=_day_of_law(result))


def _clock(result: Shown) -> dict[str, Any]:
    held: Any = result.item.body.get("clock")
    return held or {}


def _heads(result: Shown, body: _Frozen, row: Row | None) -> Iterator[tuple[str, str]]:
    item = result.item
    yield _("Standard"), body.text("standard")
    yield _("Evidence asked for"), body.text("evidence")
    kind = [word(KINDS, item.kind), f"{_('weight')} {item.weight}", word(LEVELS, item.level)]
    yield _("Kind"), _("; ").join(kind + ([_("to be reviewed")] if body.get("review") else []))
    units = _(", ").join(str(one) for one in body.get("units"))
    co_units = _(", ").join(str(one) for one in body.get("co_units"))
    yield _("Unit"), units + (bracketed(_("together with {units}").format(units=co_units)) if co_units else "")
    if body.get("deadline"):
        yield _("Deadline in words"), body.text("deadline")
    if body.get("rate"):
        met, of = (f"{pick(zh, en)} [{key}]" for key, zh, en in result.rate)
        at_least = body.get("rate")["at_least"]
        yield _("Rate"), _("{met} of {of}, at least {at_least}").format(met=met, of=of, at_least=at_least)
    if result.stands is not None:
        from lawcheck.render.lists import rate_words  # only where there is a rate

        yield _("Value"), _(", ").join(rate_words(result.stands))
    if row is not None:
        yield from _row_heads(result, row, body)
    elif not result.rows and item.kind == "occasion":
        yield _("State"), _("not triggered")
    if within := asked_words(result.item.body):
        yield _("Asked for"), within
    if body.get("note"):
        yield _("Remark"), body.text("note")


def _day_of_law(result: Shown) -> date | None:
    """Return the day on which what happened asks for its law; None where the year does."""
    row = result.rows[0] if len(result.rows) == 1 else None
    return row.begins if row is not None and row.happening else None


def _row_heads(result: Shown, row: Row, body: _Frozen) -> Iterator[tuple[str, str]]:
    due = day(row.due) + (bracketed(_("provisional")) if row.provisional else "")
    if row.due is not None:
        due += "  " + _fixed_by(str(body.get("due_from")), result.item.level)
    elif result.term is not None and result.term.rule is None:
        due += bracketed(_("no law in force on {day} sets a term").format(day=day(row.begins)))
    yield _("Due"), due
    if row.happening:
        yield _("Happened"), f"{day(row.begins)} {safe(row.happening)}"
    state = word(STATES, row.state)
    ahead = bracketed(due_words(row, result.today, result.calendar)) if row.is_unfinished() else ""
    if row.state == State.DONE:
        state += _(", by {name} on {day} ({timeliness})").format(
            name=safe(row.done_by), day=day(row.done_on), timeliness=timeliness(row)
        )
    elif row.state == State.PARTIAL:
        state += _(", left: {left}").format(left=safe(row.left_to_do)) + ahead
    elif row.state == State.NA:
        state += f"{_(': ')}{safe(row.why)}"
    else:
        state += ahead
    yield _("State"), state
    if row.assignee:
        yield _("Given to"), safe(row.assignee)


def left_over(row: Row) -> str:
    """Say of a row that an earlier year has not finished it."""
    left = f"{_('; ')}{_('left: {left}').format(left=safe(row.left_to_do))}" if row.left_to_do else ""
    due = _("due {day}").format(day=day(row.due)) if row.due else _("no day fixed")
    return f"{row.year}{_(': ')}" + _("{ref} still open, {due}").format(ref=row.ref, due=due) + left


def _lines(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    for head, text in pairs:
        yield f"{head}{_(': ')}{safe(text)}"


def _fixed_by(due_from: str, level: str) -> str:
    """Say what fixes the day: practice, the law, or a paper that is no law."""
    if due_from == "practice":
        return _("fixed by practice, not by law")
    return _("fixed by a policy paper, not by law") if level == "policy" else _("fixed by law")


class _Frozen:
    """A frozen item read in the language spoken now."""

    def __init__(self, body: dict[str, object]) -> None:
        self.body = body

    def get(self, key: str) -> Any:  # noqa: ANN401  # what JSON holds
        return self.body.get(key)

    def text(self, key: str) -> str:
        held = self.body[key]
        return pick(held["zh"], held["en"])  # type: ignore[index]
