"""Frozen documents, and the rows that a frozen checklist lays out: read without today's templates or rules."""

from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from lawcheck.core.refs import row_ref
from lawcheck.core.words import Text

Document = dict[str, Any]
"""A frozen thing as canonical JSON holds it."""


def frozen_text(text: Text) -> Document:
    """Return a text in both languages as a frozen thing holds it."""
    return {"zh": text.zh, "en": text.en}


class LaidRow(NamedTuple):
    """A row as a checklist lays it out."""

    ref: str
    code: str
    unit: str
    period: str | None
    begins: str
    due: str | None


def laid_rows(checklist: Document) -> Iterator[LaidRow]:
    """Multiply out the rows of a frozen checklist: every period of an item with every unit that has a row.

    A copy that was revised names under `kept` the rows of the copy before it that stay for the work done on them.
    """
    for item in checklist["items"]:
        code, each, units = item["code"], item["each"], item["units"]
        for period, begins, due in item["periods"]:
            for unit in units:
                yield LaidRow(row_ref(code, period, None, unit if each else None), code, unit, period, begins, due)
    for kept in checklist.get("kept", ()):
        yield LaidRow(*kept)


def laid_count(checklist: Document) -> int:
    """Return how many rows a frozen checklist lays out."""
    items = sum(len(item["periods"]) * len(item["units"]) for item in checklist["items"])
    return items + len(checklist.get("kept", ()))


def stands_on(thing: Document, day: date) -> bool:
    """Tell whether a frozen thing with the days `from` and `to`, None where unknown or open, stands on a day."""
    text = day.isoformat()
    return (thing["from"] is None or thing["from"] <= text) and (thing["to"] is None or text <= thing["to"])


def rule_on(clock: Document, day: date) -> int | None:
    """Return the place of the rule of a frozen clock that is in force on a day; None when none is."""
    return next((place for place, rule in enumerate(clock["rules"]) if stands_on(rule, day)), None)
