"""When a text of law is in force: dates with precision and certainty, standing in a year and on a day.

Light enough for everyday commands, which read it from frozen citations.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, NamedTuple


class Certainty(StrEnum):
    """How sure a fact of law is: read in a text, recalled, or not found."""

    READ = "read"
    RECALLED = "recalled"
    NOT_FOUND = "not-found"


class Standing(StrEnum):
    """How a version stands towards a year or a day."""

    IN_FORCE = "in-force"
    NOT_YET = "not-yet"
    ENDED = "ended"


_CERTAINTIES = list(Certainty)


def least(certainties: Iterable[Certainty]) -> Certainty:
    """Return the least sure of some facts."""
    return max(certainties, key=_CERTAINTIES.index)


class LawDate(NamedTuple):
    """A date of law as it is known: `text` is YYYY, YYYY-MM or YYYY-MM-DD, None when it was not found.

    `by` says, for a date not found, the day by which the document is known to have been in force.
    """

    text: str | None
    certainty: Certainty
    by: str | None = None

    def earliest(self) -> date | None:
        """Return the first day that the written precision allows."""
        return _bound(self.text or self.by, last=False)

    def latest(self) -> date | None:
        """Return the last day that the written precision allows."""
        return _bound(self.text or self.by, last=True)


def _bound(text: str | None, *, last: bool) -> date | None:
    if text is None:
        return None
    parts = [int(part) for part in text.split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = parts[0], parts[1] if len(parts) > 1 else (12 if last else 1)
    if not last:
        return date(year, month, 1)
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


class OnDay(NamedTuple):
    """How a version stands on a day, and how sure that is."""

    standing: Standing
    certainty: Certainty


class Applies(NamedTuple):
    """Within which days of a year a version applies; None where the year itself is the bound."""

    begins: LawDate | None
    ends: LawDate | None


class Force(NamedTuple):
    """The dates that decide when a version is in force.

    What is not known does not exclude: a document whose start was not found stands from its issue, if that is
    known, and one whose end was not found still stands.
    """

    issued: LawDate
    begins: LawDate
    ends: LawDate | None

    def _first(self) -> date | None:
        return self.begins.earliest() if self.begins.text else (self.issued.earliest() or self.begins.earliest())

    def _last(self) -> date | None:
        return self.ends.latest() if self.ends else None

    def in_year(self, year: int) -> Standing:
        """Tell whether the version may have been in force on any day of the year."""
        first, last = self._first(), self._last()
        if first is not None and first.year > year:
            return Standing.NOT_YET
        if last is not None and last.year < year:
            return Standing.ENDED
        return Standing.IN_FORCE

    def on(self, day: date) -> OnDay:
        """Tell whether the version may have been in force on a day, and how sure that is.

        It is as sure as the dates that it follows from; a day between the first and the last that an imprecise date
        allows is not found.
        """
        first, last = self._first(), self._last()
        if first is not None and first > day:
            return OnDay(Standing.NOT_YET, self.begins.certainty)
        if last is not None and last < day:
            return OnDay(Standing.ENDED, self.ends.certainty if self.ends else Certainty.READ)
        return OnDay(Standing.IN_FORCE, least((self._begun(day), self._not_ended(day))))

    def _begun(self, day: date) -> Certainty:
        latest = self.begins.latest()
        if latest is None or latest > day:
            return Certainty.NOT_FOUND
        return self.begins.certainty if self.begins.text else Certainty.READ

    def _not_ended(self, day: date) -> Certainty:
        if self.ends is None:
            return Certainty.READ
        earliest = self.ends.earliest()
        return Certainty.NOT_FOUND if earliest is None or earliest < day else self.ends.certainty

    def within(self, year: int) -> Applies:
        """Return within which days of a year the version applies, if it stands in it.

        A start not found bounds the year of the issue only: the version did not stand in all of it.
        """
        if self.in_year(year) is not Standing.IN_FORCE:
            return Applies(None, None)
        begins, ends = None, None
        if self.begins.text:
            latest = self.begins.latest()
            begins = self.begins if latest and latest > date(year, 1, 1) else None
        elif (issued := self.issued.latest()) is not None and issued.year == year:
            begins = self.begins
        if self.ends is not None and self.ends.text:
            earliest = self.ends.earliest()
            ends = self.ends if earliest and earliest < date(year, 12, 31) else None
        return Applies(begins, ends)


def force_of(citation: dict[str, Any]) -> Force:
    """Return the dates of a frozen citation."""
    issued = citation.get("issued")
    return Force(
        _held(issued) if issued else LawDate(None, Certainty.NOT_FOUND),
        _held(citation["from"]),
        _held(citation["to"]) if citation["to"] else None,
    )


def _held(day: dict[str, Any]) -> LawDate:
    return LawDate(day["date"], Certainty(day["certainty"]), day["by"])


def asked_within(item: dict[str, Any]) -> Applies:
    """Return within which days of its year the law asks for a frozen item.

    Practice, and a version that applies all year or whose bound was not found, ask for it from or to the year's own
    bounds.
    """
    live = [one["applies"] for one in item["basis"] if one["standing"] == Standing.IN_FORCE]
    if item["practice"] is not None or not live:
        return Applies(None, None)
    begins = [_held(one["from"]) if one["from"] else None for one in live]
    ends = [_held(one["to"]) if one["to"] else None for one in live]
    firsts = [day for day in begins if day is not None and day.text]
    lasts = [day for day in ends if day is not None and day.text]
    return Applies(
        min(firsts, key=lambda day: str(day.earliest())) if len(firsts) == len(live) else None,
        max(lasts, key=lambda day: str(day.latest())) if len(lasts) == len(live) else None,
    )


def asked_on(item: dict[str, Any], day: date) -> bool:
    """Tell whether practice, or law that may be in force on a day of its year, asks for a frozen item on that day."""
    standings = [force_of(one).on(day).standing for one in item["basis"]]
    return item["practice"] is not None or not standings or Standing.IN_FORCE in standings


def asked_around(item: dict[str, Any], day: date) -> tuple[str | None, str | None]:
    """Return as dates of law from when on after a day a frozen item is asked for, and until when it was before it."""
    forces = [force_of(one) for one in item["basis"] if one["standing"] == Standing.IN_FORCE]
    begun = [one.begins.text or one.issued.text for one in forces if one.on(day).standing is Standing.NOT_YET]
    ended = [one.ends.text for one in forces if one.ends and one.on(day).standing is Standing.ENDED]
    return min((text for text in begun if text), default=None), max((text for text in ended if text), default=None)


def asked_days(item: dict[str, Any]) -> tuple[str | None, str | None]:
    """Return as dates of law within which days of its year a frozen item is asked for; None for the year's bounds."""
    within = asked_within(item)
    return (within.begins.text if within.begins else None, within.ends.text if within.ends else None)


def standing_of(item: dict[str, Any]) -> dict[str, Any]:
    """Return what lists say of a frozen item that has no rows: its units, its rate, within which days it is asked for.

    `gone` is true of an item that a revision left out and that stays for the work done on it.
    """
    return {
        "gone": bool(item.get("gone")),
        "units": item["units"],
        "rate": item.get("rate"),
        "asked": asked_days(item),
    }
