"""Days on which rows are due as a calendar that other programs read: iCalendar, RFC 5545.

An event keeps its UID as long as its row lives, and its SEQUENCE is the entry that changed the row last: a program that
takes the file over again moves the event instead of adding another. The same register gives the same bytes all day.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

import icalendar

from lawcheck.render.language import _, language, pick
from lawcheck.render.law import citation_words
from lawcheck.render.safe import safe
from lawcheck.render.words import title

if TYPE_CHECKING:
    from lawcheck.service.due_days import DueDay, DueDays

ZONE = "Asia/Shanghai"
NOBODY = "-"
"""The unit of a case that no unit handles."""
AHEAD = (3, 1, 0)
"""How many working days ahead an alarm rings, at nine; fewer where that has gone by."""
_NINE = time(9)
_BEFORE_THE_HOUR = timedelta(hours=-2)


class CalendarSaved(NamedTuple):
    """A calendar that was written: where, with how many events, and how many days are provisional."""

    path: str
    events: int
    provisional: int


def calendar_file(found: "DueDays") -> bytes:
    """Return the calendar: UTF-8, lines that end with CRLF and are folded at 75 octets.

    A day is an event of the whole day that leaves its owner free; where hours count, it begins at the minute in
    Beijing time and has no length. A day that a missing holiday notice may still move is tentative.
    """
    made = icalendar.Calendar()
    name = _("Due days of {bureau}").format(bureau=_typed(pick(*found.bureau))) if found.bureau else _("Due days")
    for key, value in (
        ("prodid", f"-//lawcheck//lawcheck//{language().upper()}"),
        ("version", "2.0"),
        ("calscale", "GREGORIAN"),
        ("method", "PUBLISH"),
        ("name", name),
        ("x-wr-calname", name),
        ("x-wr-timezone", ZONE),
    ):
        made.add(key, value)
    made.add_component(_zone())
    for one in found.days:
        made.add_component(_event(one, found))
    content: bytes = made.to_ical()
    return content


def _zone() -> icalendar.Timezone:
    """Return Beijing time, as it is since summer time ended in 1991."""
    zone, standard = icalendar.Timezone(), icalendar.TimezoneStandard()
    zone.add("tzid", ZONE)
    standard.add("dtstart", datetime(1991, 9, 15, 2))  # noqa: DTZ001  # local, as the standard asks
    standard.add("tzoffsetfrom", timedelta(hours=9))
    standard.add("tzoffsetto", timedelta(hours=8))
    standard.add("tzname", "CST")
    zone.add_component(standard)
    return zone


def _event(one: "DueDay", found: "DueDays") -> icalendar.Event:
    row, event = one.row, icalendar.Event()
    assert row.due is not None  # noqa: S101  # only such rows are found
    summary = f"{row.ref} {_typed(title(row))}"
    event.add("uid", f"{row.year or 'case'}-{row.ref}@{found.register_id}.lawcheck")
    event.add("sequence", one.changed_by)
    event.add("dtstamp", datetime.combine(found.today, time(), UTC))
    if row.due_time:
        starts = datetime.combine(row.due, time.fromisoformat(row.due_time))
        event.add("dtstart", starts, {"TZID": ZONE})
    else:
        starts = datetime.combine(row.due, time())
        event.add("dtstart", row.due)
        event.add("dtend", row.due + timedelta(days=1))
    event.add("summary", summary)
    event.add("description", "\n".join(_description(one)))
    if row.unit != NOBODY:
        event.add("categories", [_typed(pick(*found.units[row.unit]) if row.unit in found.units else row.unit)])
    event.add("status", "TENTATIVE" if row.provisional else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    rings = _rings(row.due, starts, found, timed=bool(row.due_time))
    if rings is not None:
        alarm = icalendar.Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary)
        alarm.add("trigger", rings)
        event.add_component(alarm)
    return event


def _typed(text: object) -> str:
    r"""Return what somebody typed, harmless: icalendar takes even a typed `\N` for a line's end, but not `\n`."""
    return safe(text).replace("\\N", "\\n")


def _rings(due: date, starts: datetime, found: "DueDays", *, timed: bool) -> timedelta | None:
    """Return how long before its beginning an event rings; None where its day has gone by."""
    for days in AHEAD:
        day = found.calendar.backward(due, days)
        rings = datetime.combine(day, _NINE) - starts
        if day >= found.today:
            return min(rings, _BEFORE_THE_HOUR) if timed else rings
    return None


def _description(one: "DueDay") -> list[str]:
    """Return the lines of an event's description: the ref, the case, the law, and what is to be known of the day."""
    row, law = one.row, one.law
    lines = [f"{_('Ref')}{_(': ')}{row.ref}" + (f" ({row.year})" if row.year else "")]
    if one.number is not None:
        lines.append(f"{_('Case')}{_(': ')}{_typed(one.number)} {_typed(one.title)}".rstrip())
    cited = [citation_words(basis) for basis in law["basis"] if basis["standing"] == "in-force"]
    if cited:
        lines.append(f"{_('Law')}{_(': ')}{_('; ').join(cited)}")
    elif law["practice"]:
        named = law["practice"]["title"]
        lines.append(f"{_('practice, not law')}{_(': ')}{_typed(pick(named['zh'], named['en']))}")
    if row.due_from == "practice":
        lines.append(_("The day is fixed by practice, not by law."))
    if row.provisional:
        lines.append(_("The day is provisional: the holidays up to it are not all known yet."))
    if row.target is not None:
        lines.append(f"{_('Target')}{_(': ')}{row.target.isoformat()}")
    if row.left_to_do:
        lines.append(f"{_('Left to do')}{_(': ')}{_typed(row.left_to_do)}")
    return lines
