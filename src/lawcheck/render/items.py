"""One item in full: what it asks for, its law, its rows, notes and history."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from lawcheck.core.row import Row
from lawcheck.core.words import State
from lawcheck.render.journal import log_line_data, log_line_words
from lawcheck.render.language import _, is_chinese, pick
from lawcheck.render.rows import row_data
from lawcheck.render.safe import safe, safe_lines
from lawcheck.render.words import (
    CERTAINTIES,
    ENDINGS,
    KINDS,
    LEVELS,
    STATES,
    day,
    due_words,
    timeliness,
    word,
)

if TYPE_CHECKING:
    from lawcheck.service.items import Shown


def shown_data(result: Shown) -> dict[str, object]:
    """Return an item as JSON: `item` is its frozen copy."""
    return {
        "item": {**result.item.body, "year": result.item.year, "template": result.item.template},
        "rows": [row_data(row, result.today) for row in result.rows],
        "notes": [note._asdict() for note in result.notes],
        "history": [log_line_data(line) for line in result.history],
        "earlier": [row_data(row, result.today) for row in result.earlier],
    }


def shown_words(result: Shown) -> Iterator[str]:
    """Say an item in full."""
    item, body = result.item, _Frozen(result.item.body)
    single = result.rows[0] if len(result.rows) == 1 else None
    yield f"{single.ref if single else item.code} ({item.year})  {safe(pick(item.title_zh, item.title_en))}"
    yield ""
    yield from _lines(_heads(result, body, single))
    if item.body.get("gone"):
        yield _("No longer asked for: the template was revised; kept for what was done or noted.")
    yield from (left_over(row) for row in result.earlier)
    yield ""
    yield _("Law and sources")
    yield from (f"  - {line}" for line in grounds(result.item.body))
    if len(result.rows) > 1:
        yield ""
        yield _("Rows")
        for row in result.rows:
            yield f"  {row.ref}  {row.unit}  {day(row.due)}  {word(STATES, row.state)}"
    if result.notes:
        yield ""
        yield _("Notes")
        for note in result.notes:
            yield f"  {note.on_date} {safe(note.person)}: {safe_lines(note.text)}"
    if result.history:
        yield ""
        yield _("History")
        yield from (f"  {line}" for entry in result.history for line in log_line_words(entry))


def _heads(result: Shown, body: _Frozen, row: Row | None) -> Iterator[tuple[str, str]]:
    item = result.item
    yield _("Standard"), body.text("standard")
    yield _("Evidence asked for"), body.text("evidence")
    yield _("Kind"), _("; ").join((word(KINDS, item.kind), f"{_('weight')} {item.weight}", word(LEVELS, item.level)))
    units = _(", ").join(str(one) for one in body.get("units"))
    co_units = _(", ").join(str(one) for one in body.get("co_units"))
    yield _("Unit"), units + (_bracketed(_("together with {units}").format(units=co_units)) if co_units else "")
    if body.get("deadline"):
        yield _("Deadline in words"), body.text("deadline")
    if body.get("rate"):
        met, of = (f"{pick(zh, en)} [{key}]" for key, zh, en in result.rate)
        at_least = body.get("rate")["at_least"]
        yield _("Rate"), _("{met} of {of}, at least {at_least}").format(met=met, of=of, at_least=at_least)
    if row is not None:
        yield from _row_heads(result, row, body)
    elif not result.rows and item.kind == "occasion":
        yield _("State"), _("not triggered")
    if body.get("note"):
        yield _("Remark"), body.text("note")


def _row_heads(result: Shown, row: Row, body: _Frozen) -> Iterator[tuple[str, str]]:
    due = day(row.due)
    if row.due is not None:
        due += "  " + _fixed_by(str(body.get("due_from")), result.item.level)
    yield _("Due"), due
    if row.happening:
        yield _("Happened"), f"{day(row.begins)} {safe(row.happening)}"
    state = word(STATES, row.state)
    if row.state == State.DONE:
        state += _(", by {name} on {day} ({timeliness})").format(
            name=safe(row.done_by), day=day(row.done_on), timeliness=timeliness(row)
        )
    elif row.state == State.PARTIAL:
        state += _(", left: {left}").format(left=safe(row.left_to_do)) + _bracketed(due_words(row, result.today))
    elif row.state == State.NA:
        state += f"{_(': ')}{safe(row.why)}"
    else:
        state += _bracketed(due_words(row, result.today))
    yield _("State"), state
    if row.assignee:
        yield _("Given to"), safe(row.assignee)


def left_over(row: Row) -> str:
    """Say of a row that an earlier year has not finished it."""
    left = f"{_('; ')}{_('left: {left}').format(left=safe(row.left_to_do))}" if row.left_to_do else ""
    due = _("due {day}").format(day=day(row.due)) if row.due else _("no day fixed")
    return f"{row.year}{_(': ')}" + _("{ref} still open, {due}").format(ref=row.ref, due=due) + left


def _bracketed(text: str) -> str:
    return f"{_(' (')}{text}{_(')')}"


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


def grounds(body: dict[str, Any]) -> Iterator[str]:
    """Say each citation in full: title, number, article, in force since, level, certainty; then the practice."""
    for one in body["basis"]:
        yield _citation(one)
    practice = body["practice"]
    if practice is not None:
        place = f" {practice['place']}" if practice["place"] else ""
        note = practice["note"]
        words = f"{_(': ')}{safe(pick(note['zh'], note['en']))}" if note else ""
        named = safe(pick(practice["title"]["zh"], practice["title"]["en"]))
        yield f"{_('practice, not law')} · {named}{place}{words}"


def _citation(one: dict[str, Any]) -> str:
    title = safe(pick(f"《{one['title']['zh']}》", one["title"]["en"]))
    number = _bracketed(safe(one["number"]) if one["number"] else _("number not found"))
    article = article_words(one["article"]) if one["article"] else _("article not confirmed in this version")
    parts = [f"{title}{number} {article}", word(LEVELS, one["level"])]
    if one["standing"] == "ended":
        parts.append(_("not in force in this year"))
    begins = one["from"]
    since = begins["date"] or (_("not found, in force by {day}").format(day=begins["by"]) if begins["by"] else None)
    parts.append(_("in force since {day}").format(day=since or _("a day not found")))
    if begins["certainty"] == "recalled":
        parts[-1] += _(" (recalled, not confirmed)")
    if one["to"] is not None:
        until = one["to"]["date"] or _("a day not found")
        parts.append(_("until {day}, {ended}").format(day=until, ended=word(ENDINGS, one["ended"])))
    certainty = word(CERTAINTIES, one["certainty"])
    source = one["read_in"]
    if source is not None:
        copy = " ".join(
            part for part in (pick(source["title"]["zh"], source["title"]["en"]), source["snapshot"]) if part
        )
        certainty += _bracketed(safe(copy))
    parts.append(f"{_('clause')}{_(': ')}{certainty}")
    return " · ".join(parts)


def article_words(article: str) -> str:
    """Return articles as one cites them: 第8条第(五)项、第23条第3款; art. 8(五); parts of a paper as they stand."""
    if not article[:1].isdigit():
        return safe(article)
    if not is_chinese():
        return f"art. {safe(article)}"
    return "、".join(_article(part) for part in safe(article).split(", "))


def _article(part: str) -> str:
    match = re.fullmatch(r"([0-9]+(?:–[0-9]+)?)(?:\((.+)\))?", part)
    if match is None:
        return part
    article, inner = f"第{match[1]}条", match[2]
    if inner is None:
        return article
    return f"{article}第{inner}款" if inner.isdigit() else f"{article}第({inner})项"
