"""Citations in words, from what a frozen copy holds: in short for tables, in full for one item."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from lawcheck.core.force import OnDay, Standing, asked_days, force_of
from lawcheck.render.language import _, is_chinese, pick
from lawcheck.render.safe import safe
from lawcheck.render.words import CERTAINTIES, ENDINGS, LEVELS, word


def grounds(body: dict[str, Any], *, on: date | None = None) -> Iterator[str]:
    """Say each citation in full, a fact a line, then the practice.

    Where `on` names the day on which something happened, the law in force on it stands first.
    """
    basis: list[dict[str, Any]] = body["basis"]
    if on is None:
        yield _("Law and sources")
        for one in basis:
            yield from _citation_lines(one)
    else:
        standings = [force_of(one).on(on) for one in basis]
        in_force = [place for place, held in enumerate(standings) if held.standing is Standing.IN_FORCE]
        yield _("Law in force on {day}").format(day=on)
        if not in_force:
            yield "  " + _("none")
        for place in in_force:
            yield from _citation_lines(basis[place], standings[place])
        if len(in_force) < len(basis):
            yield ""
            yield _("Other law of the year, not in force on {day}").format(day=on)
        for place, one in enumerate(basis):
            if place not in in_force:
                yield from _citation_lines(one, standings[place])
    practice = body["practice"]
    if practice is not None:
        where = f" {practice['place']}" if practice["place"] else ""
        note = practice["note"]
        words = f"{_(': ')}{safe(pick(note['zh'], note['en']))}" if note else ""
        named = safe(pick(practice["title"]["zh"], practice["title"]["en"]))
        yield f"  - {_('practice, not law')} · {named}{where}{words}"


def law_on_data(body: dict[str, Any], on: date | None) -> dict[str, object] | None:
    """Return as JSON how each citation stands on a day, in the order of `basis`."""
    if on is None:
        return None
    held = [(one, force_of(one).on(on)) for one in body["basis"]]
    return {
        "day": on,
        "basis": [
            {"law": one["law"], "version": one["version"], "standing": day.standing, "certainty": day.certainty}
            for one, day in held
        ],
    }


def asked_words(body: dict[str, Any]) -> str:
    """Return within which days of its year the law asks for an item; empty where it does all year."""
    return span_words(*asked_days(body))


def citation_words(one: dict[str, Any]) -> str:
    """Return a citation in short: title, article, its days within the year, and what is not sure or over."""
    doubts = []
    if one["article"] and one["certainty"] != "read":
        doubts.append(word(CERTAINTIES, one["certainty"]))
    if one["standing"] != "not-yet" and one["from"]["certainty"] != "read":
        doubts.append(_start_doubt(one["from"]))
    applies = one["applies"]
    if one["standing"] == "not-yet":
        doubts.append(_("not yet in force"))
    elif one["standing"] == "ended":
        doubts.append(_ended(one))
    else:
        span = span_words(applies["from"] and applies["from"]["date"], applies["to"] and applies["to"]["date"])
        doubts += [span] if span else []
        if applies["to"] or one["ended"] == "unknown":
            doubts.append(_ended(one))
    doubt = f" ({_(', ').join(doubts)})" if doubts else ""
    return named_with_article(one) + doubt


def _start_doubt(begins: dict[str, Any]) -> str:
    return _("start recalled, not read") if begins["certainty"] == "recalled" else _("start not found")


def span_words(begins: str | None, ends: str | None) -> str:
    """Return from which day to which something applies; empty where neither bounds it."""
    if begins and ends:
        return _("from {day} to {end}").format(day=begins, end=ends)
    if begins:
        return _("from {day}").format(day=begins)
    return _("to {day}").format(day=ends) if ends else ""


def _ended(one: dict[str, Any]) -> str:
    """Say how a version ended, that its end was recalled, and that nothing was found to follow it."""
    words = word(ENDINGS, one["ended"] or "unknown")
    if one["to"] and one["to"]["certainty"] == "recalled":
        words += bracketed(_("day recalled, not read"))
    successor = one["successor"]
    if one["standing"] == "ended" and successor is not None and "law" not in successor:
        words += _("; ") + _("successor not found")
    return words


def named(one: dict[str, Any]) -> str:
    """Return the title of a citation as the language writes titles."""
    return safe(pick(f"《{one['title']['zh']}》", one["title"]["en"]))


def numbered(one: dict[str, Any]) -> str:
    """Return title and number."""
    return named(one) + (bracketed(safe(one["number"])) if one["number"] else "")


def named_with_article(one: dict[str, Any]) -> str:
    """Return title and article, or that the article was not confirmed in this version."""
    if not one["article"]:
        return f"{named(one)} {_('article not confirmed in this version')}"
    return named(one) + ("" if is_chinese() else " ") + article_words(one["article"])


def bracketed(text: str) -> str:
    """Return a text between the brackets of the language."""
    return f"{_(' (')}{text}{_(')')}"


def _citation_lines(one: dict[str, Any], on: OnDay | None = None) -> Iterator[str]:
    yield f"  - {named_with_article(one)}"
    yield from (f"      {head}{_(': ')}{text}" for head, text in _facts(one, on))


def _facts(one: dict[str, Any], on: OnDay | None) -> Iterator[tuple[str, str]]:
    number = safe(one["number"]) + bracketed(word(CERTAINTIES, one["number_certainty"])) if one["number"] else ""
    yield _("Number"), number or _("number not found")
    yield _("Level"), word(LEVELS, one["level"])
    yield _("In force"), _in_force(one)
    if one["standing"] == "ended":
        yield _("Standing"), _("not in force in this year") + _("; ") + _ended(one)
    if on is not None and on.standing is Standing.IN_FORCE and on.certainty != "read":
        yield _("On that day"), word(CERTAINTIES, on.certainty)
    applies = one["applies"]
    span = span_words(applies["from"] and applies["from"]["date"], applies["to"] and applies["to"]["date"])
    if span:
        yield _("Applies this year"), span
    successor = one["successor"]
    if successor is not None and "law" in successor:
        since = successor["from"]["date"] or _("a day not found")
        yield _("Followed by"), _("{law}, from {day}").format(law=numbered(successor), day=since)
    yield _("Clause"), _clause(one)
    if one["note"]:
        yield _("Remark"), safe(pick(one["note"]["zh"], one["note"]["en"]))


def _in_force(one: dict[str, Any]) -> str:
    begins, ends, issued = one["from"], one["to"], one.get("issued")
    if begins["date"]:
        words = _("since {day}").format(day=begins["date"]) + bracketed(word(CERTAINTIES, begins["certainty"]))
    elif begins["by"]:
        words = _("since a day not found, in force by {day}").format(day=begins["by"])
    elif issued and issued["date"]:
        words = _("since a day not found, issued {day}").format(day=issued["date"])
    else:
        words = _("since a day not found")
    if ends is None:
        return words
    if not ends["date"]:
        return words + _("; ") + _("end not known, present force not confirmed")
    until = _("until {day}").format(day=ends["date"]) + bracketed(word(CERTAINTIES, ends["certainty"]))
    planned = one["ended"] == "plan-ended" and one["standing"] != "ended"
    ended = _("end of the plan period") if planned else word(ENDINGS, one["ended"])
    return words + _("; ") + until + _("; ") + ended


def _clause(one: dict[str, Any]) -> str:
    source = one["read_in"]
    words = word(CERTAINTIES, one["certainty"])
    if source is None:
        return words
    copy = " ".join(part for part in (pick(source["title"]["zh"], source["title"]["en"]), source["snapshot"]) if part)
    return words + bracketed(safe(copy))


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
