"""Working days: weekends, and what the State Council's yearly notice takes off or puts in (节假日, 调休).

Where a year's notice is not known, the days off that the law itself fixes by date are left out all the same.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from lawcheck.core.words import Text


class HolidayYear(NamedTuple):
    """One year's notice: its number, how sure the number is, the days off, and the weekend days worked for them.

    Days are ISO dates, each with the name of its holiday. A notice may reach into the last days of the year before
    and the first ones of the year after; the notice of the later year decides. `amended` names, for the days that a
    later notice changed within the year, its number.
    """

    year: int
    notice: str | None
    certainty: str
    off: Mapping[str, Text]
    worked: Mapping[str, Text]
    amended: Mapping[str, str] = {}

    def notice_of(self, day: str) -> str | None:
        """Return the number of the notice that decided about a day; None where it was not read."""
        return self.amended.get(day, self.notice if self.certainty == "read" else None)


class FixedDays(NamedTuple):
    """The days off that a version of the law fixes by date: from which year on, its number, how sure its text is.

    Days are months and days (`10-01`), each with the name of its holiday.
    """

    since: int
    number: str
    certainty: str
    days: Mapping[str, Text]


_NEW_YEAR = Text("元旦", "New Year's Day")
_LABOUR, _NATIONAL = Text("劳动节", "Labour Day"), Text("国庆节", "National Day")
_EVERY_VERSION = {"01-01": _NEW_YEAR, "05-01": _LABOUR, **dict.fromkeys(("10-01", "10-02", "10-03"), _NATIONAL)}
FIXED = (
    FixedDays(2000, "国务院令第270号", "read", {**_EVERY_VERSION, "05-02": _LABOUR, "05-03": _LABOUR}),
    FixedDays(2008, "国务院令第513号", "read", _EVERY_VERSION),
    FixedDays(2014, "国务院令第644号", "read", _EVERY_VERSION),
    FixedDays(2025, "国务院令第795号", "read", {**_EVERY_VERSION, "05-02": _LABOUR}),
)
"""全国年节及纪念日放假办法 art 2, version by version as laws.yaml has them (`nianjie`); an earlier one was not read.

Its other festivals go by the lunar calendar.
"""


def fixed_in(year: int) -> FixedDays | None:
    """Return the days off that the law fixes by date in a year; None where no version was read."""
    return next((one for one in reversed(FIXED) if one.since <= year), None)


@lru_cache(maxsize=128)
def _by_law(year: int) -> HolidayYear | None:
    """Return a year as the law alone has it, without a notice."""
    fixed = fixed_in(year)
    if fixed is None:
        return None
    return HolidayYear(
        year, fixed.number, fixed.certainty, {f"{year:04}-{day}": name for day, name in fixed.days.items()}, {}
    )


class Reason(NamedTuple):
    """Why a day is worked or not: `weekend`, `holiday`, `worked` (a weekend day made up for) or `plain`.

    `notice` is the number of the notice that decides, or of the law where that fixes the day and no notice is known.
    """

    kind: str
    name: Text | None
    notice: str | None


class Step(NamedTuple):
    """One step of a reckoning: a run of days with what it was taken for, or a fact that moved the result.

    `code` is worded by `render`; `name` is a holiday's name, or the reason of a pause; `notice` the number of the
    notice that decided; `amount` a number of days, hours or months, as the code has it.
    """

    code: str
    begins: date | None = None
    ends: date | None = None
    name: Text | str | None = None
    notice: str | None = None
    amount: int | None = None


_PLAIN = Reason("plain", None, None)
_WEEKEND = Reason("weekend", None, None)
_CODES = {"plain": "counted", "weekend": "skipped", "holiday": "skipped", "worked": "worked"}


class Calendar:
    """The working days of known years; of a year that is not known, weekends and what the law fixes by date are off.

    Days go in and out as dates; the methods that end in `_ordinal` take and return proleptic ordinals, for many at
    once. Working days are laid out one year after the other as they are asked for.
    """

    def __init__(self, years: Mapping[int, HolidayYear]) -> None:
        """Take the years that are known; nothing is laid out yet."""
        self.years = years
        self.days: list[int] = []
        """The working days laid out so far, as ordinals: whole years without a gap."""
        self.laid_out = (1, 0)
        """First and last ordinal of those years."""
        self._runs: dict[int, tuple[list[int], list[Step]]] = {}
        last = max(years, default=0)
        first = last
        while first - 1 in years:
            first -= 1
        self.settled = (_new_year(first), _new_year(last + 1) - 1) if years else (1, 0)
        """First and last ordinal of the known years that stand together up to the last one."""

    def known(self, year: int) -> bool:
        """Tell whether the year's notice is known."""
        return year in self.years

    def knows(self, first: int, last: int) -> bool:
        """Tell whether every day from one ordinal to another lies in a known year."""
        low, high = self.settled
        return (low <= first and last <= high) or self.unknown(first, last) is None

    def unknown(self, first: int, last: int) -> int | None:
        """Return the first year between two ordinals whose notice is not known."""
        if first > last:
            return None
        years = range(date.fromordinal(first).year, date.fromordinal(last).year + 1)
        return next((year for year in years if year not in self.years), None)

    # --- one day ------------------------------------------------------------------------------

    def is_working(self, day: date) -> bool:
        """Tell whether a day is worked."""
        return self.roll_ordinal(day.toordinal()) == day.toordinal()

    def reason(self, day: date) -> Reason:
        """Tell why a day is worked or not."""
        named, text = None, day.isoformat()
        for record in self._records(day.year):
            for kind, names in (("holiday", record.off), ("worked", record.worked)):
                if (name := names.get(text)) is not None:
                    named = Reason(kind, name, record.notice_of(text))
        return named or (_PLAIN if day.weekday() < 5 else _WEEKEND)

    # --- counting -----------------------------------------------------------------------------

    def forward(self, day: date, amount: int) -> date:
        """Return the n-th working day after a day, which itself does not count; the day itself for 0."""
        return date.fromordinal(self.forward_ordinal(day.toordinal(), amount))

    def backward(self, day: date, amount: int) -> date:
        """Return the n-th working day before a day, which itself does not count; the day itself for 0."""
        return date.fromordinal(self.backward_ordinal(day.toordinal(), amount))

    def roll(self, day: date) -> date:
        """Return the day if it is worked, else the next one that is."""
        return date.fromordinal(self.roll_ordinal(day.toordinal()))

    def count(self, after: date, through: date) -> int:
        """Return how many working days lie after a day, up to and including another; 0 when that comes first."""
        return self.count_ordinal(after.toordinal(), through.toordinal())

    def forward_ordinal(self, ordinal: int, amount: int) -> int:
        """Return the n-th working day after an ordinal."""
        if amount < 1:
            return ordinal
        low, high = self.laid_out
        if not low <= ordinal <= high:
            self._lay_out(ordinal)
        index = bisect_right(self.days, ordinal) + amount - 1
        while index >= len(self.days):
            self._lay_out(self.laid_out[1] + 1)
        return self.days[index]

    def backward_ordinal(self, ordinal: int, amount: int) -> int:
        """Return the n-th working day before an ordinal."""
        if amount < 1:
            return ordinal
        low, high = self.laid_out
        if not low <= ordinal <= high:
            self._lay_out(ordinal)
        while (index := bisect_left(self.days, ordinal) - amount) < 0:
            self._lay_out(self.laid_out[0] - 1)
        return self.days[index]

    def roll_ordinal(self, ordinal: int) -> int:
        """Return an ordinal if it is worked, else the next one that is."""
        return self.forward_ordinal(ordinal - 1, 1)

    def count_ordinal(self, after: int, through: int) -> int:
        """Return how many working days lie after an ordinal, up to and including another."""
        if through <= after:
            return 0
        self._lay_out(after)
        self._lay_out(through)
        return bisect_right(self.days, through) - bisect_right(self.days, after)

    def _lay_out(self, ordinal: int) -> None:
        """Lay out the years between those that are laid out and the year of an ordinal, that one too."""
        low, high = self.laid_out
        year = date.fromordinal(ordinal).year
        if low > high:
            self.days = self._working_days(year)
            self.laid_out = (_new_year(year), _new_year(year + 1) - 1)
        elif ordinal < low:
            for earlier in range(date.fromordinal(low).year - 1, year - 1, -1):
                self.days[:0] = self._working_days(earlier)
            self.laid_out = (_new_year(year), high)
        elif ordinal > high:
            for later in range(date.fromordinal(high).year + 1, year + 1):
                self.days += self._working_days(later)
            self.laid_out = (low, _new_year(year + 1) - 1)

    def _working_days(self, year: int) -> list[int]:
        changed: dict[int, bool] = {}
        for record in self._records(year):
            for works, names in ((False, record.off), (True, record.worked)):
                changed.update((date.fromisoformat(day).toordinal(), works) for day in names if int(day[:4]) == year)
        return [
            one
            for one in range(_new_year(year), _new_year(year + 1))
            if (changed[one] if one in changed else 0 < one % 7 < 6)  # ordinal 1 is a Monday
        ]

    def _records(self, year: int) -> Iterator[HolidayYear]:
        """Yield the notices that can name a day of the year, the one that decides last; the law where there is none."""
        if year not in self.years and (fixed := _by_law(year)) is not None:
            yield fixed
        for near in (year - 1, year, year + 1):
            record = self.years.get(near)
            if record is not None:
                yield record

    # --- runs of days -------------------------------------------------------------------------

    def runs(self, first: int, last: int) -> list[Step]:
        """Return the runs of days from one ordinal to another: `skipped`, `worked`, `counted`, in order.

        Worked weekend days stand alone, each with the holiday it makes up for.
        """
        if first > last:
            return []
        begins, ends = date.fromordinal(first), date.fromordinal(last)
        starts, laid = self._runs.get(begins.year) or self._runs_of(begins.year)
        low = bisect_right(starts, first) - 1
        found = laid[low : bisect_right(starts, last)]
        for year in range(begins.year + 1, ends.year + 1):
            starts, laid = self._runs.get(year) or self._runs_of(year)
            part = laid[: bisect_right(starts, last)]
            if _is_one(found[-1], part[0]):
                part[0] = _joined(found.pop(), part[0])
            found += part
        if found[0].begins != begins:
            found[0] = _bounded(found[0], begins, found[0].ends or ends)
        if found[-1].ends != ends:
            found[-1] = _bounded(found[-1], found[-1].begins or begins, ends)
        return found

    def _runs_of(self, year: int) -> tuple[list[int], list[Step]]:
        """Return the runs of a year with the ordinals of their first days."""
        runs: list[Step] = []
        for ordinal in range(_new_year(year), _new_year(year + 1)):
            day = date.fromordinal(ordinal)
            kind, name, notice = self.reason(day)
            step = Step(_CODES[kind], day, day, name, notice, 1)
            if runs and _is_one(runs[-1], step):
                runs[-1] = _joined(runs[-1], step)
            else:
                runs.append(step)
        made = ([one.begins.toordinal() for one in runs if one.begins], runs)
        self._runs[year] = made
        return made


def _new_year(year: int) -> int:
    """Return the ordinal of the first of January."""
    before = year - 1
    return before * 365 + before // 4 - before // 100 + before // 400 + 1


def _is_one(step: Step, other: Step) -> bool:
    """Tell whether two runs that follow each other are one."""
    return step.code == other.code != "worked" and step.name == other.name and step.notice == other.notice


def _joined(step: Step, other: Step) -> Step:
    """Return two runs that are one."""
    return step._replace(ends=other.ends, amount=(step.amount or 0) + (other.amount or 0))


def _bounded(step: Step, begins: date, ends: date) -> Step:
    """Return a run with other bounds and the number of its days."""
    code, _, _, name, notice, _ = step
    amount = ends.toordinal() - begins.toordinal() + 1
    return tuple.__new__(Step, (code, begins, ends, name, notice, amount))  # twice as fast as a call of the class
