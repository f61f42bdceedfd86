"""Open deadlines reckoned again when the calendar changes."""

from typing import TYPE_CHECKING, Any

from lawcheck.core.calendar import Calendar
from lawcheck.core.deadline import Reckoning, parse_reckoning, parse_rule, reckon
from lawcheck.core.journal import Change
from lawcheck.store.codec import json_held
from lawcheck.store.entities import key_text
from lawcheck.store.register import Register

if TYPE_CHECKING:
    from lawcheck.core.deadline import Deadline


def moved_deadlines(register: Register, after: Calendar, year: int) -> list[Change]:
    """Return the changes that give open deadlines their days by another calendar, which differs in one year's notice.

    A deadline that ends before the first day of that year, or of its notice, cannot move by it, unless it was
    provisional.
    """
    notice = after.years[year]
    first = min((f"{year:04}", *notice.off, *notice.worked))
    changes: list[Change] = []
    for ref, text, due, earliest, target, provisional in register.each("case_row_open_reckonings"):
        if str(due or earliest or "9") < first and not provisional:
            continue
        reckoning = parse_reckoning(str(text))
        found = reckon(reckoning, after)
        lasts = reckoning.rule.how == "lasts"
        was = {"due": due, "earliest": earliest, "provisional": provisional}
        day = _day(found)
        new: dict[str, Any] = {"due": None if lasts else day, "earliest": day if lasts else None}
        new["provisional"] = int(found.provisional)
        if target is not None:
            was["target"], new["target"] = target, _target(register, str(ref), reckoning, after)
        changes += [
            Change("case_row", str(ref), field, was[field], value)
            for field, value in new.items()
            if was[field] != value
        ]
    for in_year, ref, text, due, provisional in register.each("row_open_reckonings"):
        if str(due or "9") < first and not provisional:
            continue
        found = reckon(parse_reckoning(str(text)), after)
        key = key_text(in_year, ref)
        for field, old, value in (("due", due, _day(found)), ("provisional", provisional, int(found.provisional))):
            if old != value:
                changes.append(Change("row", key, field, old, value))
    return changes


def _day(deadline: "Deadline") -> str | None:
    return None if deadline.due is None else deadline.due.isoformat()


def _target(register: Register, ref: str, reckoning: Reckoning, calendar: Calendar) -> str | None:
    """Return the stricter day beside the limit, by the rule that the case's frozen template gives it."""
    held = register.one("case_row_item", ref=ref)
    if held is None:
        return None
    item = json_held(held[0])
    rule = parse_rule(item["clock"]["rules"][held[1]]["target"]["rule"])
    return _day(reckon(Reckoning(rule, reckoning.start, 0, reckoning.pauses), calendar))
