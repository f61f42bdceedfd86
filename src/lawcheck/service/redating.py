"""Open deadlines reckoned again when the calendar changes."""

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from lawcheck.core.calendar import Calendar
from lawcheck.core.deadline import Reckoning, Rule, is_earliest, parse_reckoning, parse_rule, reckon
from lawcheck.core.journal import Change
from lawcheck.store.codec import json_held
from lawcheck.store.entities import key_text
from lawcheck.store.register import Register

if TYPE_CHECKING:
    from lawcheck.core.deadline import Deadline


def moved_deadlines(register: Register, before: Calendar, after: Calendar, year: int) -> list[Change]:
    """Return the changes that give open deadlines their days by another calendar, which differs in one year's notice.

    A deadline that ends before the first day of that year, or of either notice, cannot move by it, unless it was
    provisional or is counted back from a later day.
    """
    notices = [one.years[year] for one in (before, after) if one.known(year)]
    first = min((f"{year:04}", *(day for one in notices for day in (*one.off, *one.worked))))

    def stays(text: str, day: object, provisional: object) -> bool:
        return not provisional and str(day or "9") < first and not text.startswith(_COUNTED_BACK)

    @cache  # those that began on one day by one rule end on one day
    def reckoned(text: str) -> tuple[str | None, int, bool]:
        reckoning = parse_reckoning(text)
        found = reckon(reckoning, after)
        return _day(found), int(found.provisional), is_earliest(reckoning.rule)

    changes: list[Change] = []
    cases: Iterator[Any] = register.each("case_row_open_reckonings")
    for ref, text, due, earliest, target, provisional in cases:
        if stays(text, due or earliest, provisional):
            continue
        day, uncertain, lasts = reckoned(text)
        new_due, new_earliest = (None, day) if lasts else (day, None)
        if new_due != due:
            changes.append(Change("case_row", ref, "due", due, new_due))
        if new_earliest != earliest:
            changes.append(Change("case_row", ref, "earliest", earliest, new_earliest))
        if uncertain != provisional:
            changes.append(Change("case_row", ref, "provisional", provisional, uncertain))
        if target is not None and (aim := _target(register, ref, text, after)) != target:
            changes.append(Change("case_row", ref, "target", target, aim))
    rows: Iterator[Any] = register.each("row_open_reckonings")
    for in_year, ref, text, due, provisional in rows:
        if stays(text, due, provisional):
            continue
        day, uncertain, _ = reckoned(text)
        key = key_text(in_year, ref)
        for field, old, value in (("due", due, day), ("provisional", provisional, uncertain)):
            if old != value:
                changes.append(Change("row", key, field, old, value))
    return changes


_COUNTED_BACK = "at least "
"""How the text of a term before an event begins."""


def _day(deadline: "Deadline") -> str | None:
    return None if deadline.due is None else deadline.due.isoformat()


def _target(register: Register, ref: str, text: str, calendar: Calendar) -> str | None:
    """Return the stricter day beside the limit, by the rule that the case's frozen template gives it."""
    held = register.one("case_row_item", ref=ref)
    if held is None:
        return None
    reckoning = parse_reckoning(text)
    rule = _target_rule(str(held[0]), int(str(held[1])))
    return _day(reckon(Reckoning(rule, reckoning.start, 0, reckoning.pauses), calendar))


@lru_cache(maxsize=256)
def _target_rule(item: str, place: int) -> Rule:
    """Return the rule of the target beside a rule of a frozen item."""
    return parse_rule(json_held(item)["clock"]["rules"][place]["target"]["rule"])
