"""Deadlines (期限): a rule, a start, what was approved on top and what is left out, reckoned and explained.

The day of the event does not count, and where a rule rolls, a term whose last day is a day off ends on the next working
day: 市场监督管理行政处罚程序规定 art 80, and the like for other texts. Whether a term rolls stands in its rule, for it
does so for a party's time limit and does not stretch a power. Which statutes mean working days by "days" is said by
their own articles (行政处罚法 art 85, 行政强制法 art 69, 行政许可法 art 82, 行政复议法 art 88) and stands in the rule
as its unit. A term before an event is counted back in the same way, which is a judgement.
"""

import re
from bisect import bisect_right
from calendar import monthrange
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Literal, NamedTuple

from lawcheck.core.calendar import Calendar, fixed_in
from lawcheck.core.calendar import Step as Step  # noqa: PLC0414  # a reckoning is explained in its words
from lawcheck.core.dates import FIRST_YEAR, LAST_YEAR
from lawcheck.errors import InvalidRule, TimeMissing

MOST = 9999
"""The longest term, in its unit."""


class Unit(StrEnum):
    """What a term is counted in."""

    WORKING_DAYS = "wd"
    DAYS = "d"
    HOURS = "h"
    MONTHS = "m"


How = Literal["within", "before", "lasts", "after"]


class Rule(NamedTuple):
    """A term: `within` so long after a day, so long `before` one at least, what `lasts` so long at least.

    What may come only `after` so long comes not on its last day, but from the next.
    """

    how: How
    amount: int
    unit: Unit
    rolls: bool


class Pause(NamedTuple):
    """Days that the law leaves out of a term, both included; `ends` is None while it lasts. `reason` is a slug."""

    begins: date
    ends: date | None
    reason: str


class Reckoning(NamedTuple):
    """All that decides a deadline but the calendar.

    `start` is a naive Beijing time for hours; `more` the sum of approved extensions in the rule's unit. Pauses count
    for terms that run forward in days or months: the clock of hours and a term before an event do not stand still.
    """

    rule: Rule
    start: date
    more: int = 0
    pauses: tuple[Pause, ...] = ()


class Deadline(NamedTuple):
    """The last day, or the first for `lasts` and `after`; None while a pause lasts. `time` (HH:MM) for hours only.

    `provisional` when a day that was looked at for work lies in a year whose notice is not known.
    """

    due: date | None
    time: str | None
    provisional: bool


# --- rules ------------------------------------------------------------------------------------

_UNITS = {
    **{unit.value: unit for unit in Unit},
    **dict.fromkeys(("工作日", "个工作日"), Unit.WORKING_DAYS),
    **dict.fromkeys(("日", "天"), Unit.DAYS),
    **dict.fromkeys(("小时", "个小时"), Unit.HOURS),
    **dict.fromkeys(("月", "个月"), Unit.MONTHS),
}
_HOWS: dict[tuple[str, str], How] = {
    ("", ""): "within",
    ("within", ""): "within",
    ("at least", "before"): "before",
    ("lasts at least", ""): "lasts",
    ("after", ""): "after",
    ("", "内"): "within",
    ("不少于", ""): "lasts",
    ("前至少", ""): "before",
    ("至少", "前"): "before",
}
_RULE = re.compile(
    r"(?P<head>(?:within|after|at least|lasts at least)(?= )|不少于|前?至少)? ?"
    r"(?P<amount>[1-9][0-9]{0,3}|[一二两三四五六七八九十]{1,3}) ?(?P<unit>[a-z]+|[^ -~ ]+?)"
    r"(?P<tail> before| ?[内前])?(?P<rolls>, ?rolls)?"
)
_DIGITS = {digit: value for value, digit in enumerate("一二三四五六七八九", start=1)}
_LONGEST = 60


def parse_rule(text: str) -> Rule:
    """Read a rule: `within 15 d, rolls`, `at least 7 wd before`, `lasts at least 7 wd`, `after 10 wd`.

    `7 wd` means within.

    Units are `wd` working days, `d` days, `h` hours, `m` months, or 工作日, 日 and 天, 小时, 月 after a number, in
    digits or in Chinese up to 九十九. 内 says within, 不少于 lasts, 至少 with 前 before. 日 is a calendar day here;
    where a statute means working days by it, the rule says so.

    Raises:
        InvalidRule: when it is no rule.

    """
    rule = _canonical(text) if len(text) <= _LONGEST else None
    if rule is None:
        raise InvalidRule(text=text)
    return rule


@lru_cache(maxsize=512)
def _canonical(text: str) -> Rule | None:
    import unicodedata  # only for rules not met before

    match = _RULE.fullmatch(" ".join(unicodedata.normalize("NFKC", text).lower().split()))
    if match is None:
        return None
    unit, how = _UNITS.get(match["unit"]), _HOWS.get((match["head"] or "", (match["tail"] or "").strip()))
    amount = _number(match["amount"])
    rolls = match["rolls"] is not None
    if unit is None or how is None or amount is None:
        return None
    if rolls and (how != "within" or unit in {Unit.WORKING_DAYS, Unit.HOURS}):
        return None
    return Rule(how, amount, unit, rolls)


def _number(text: str) -> int | None:
    """Return a number in digits or in Chinese up to 九十九; None where the characters are none."""
    if text.isascii():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return 2 if text == "两" else _DIGITS.get(text)
    if (tens and tens not in _DIGITS) or (ones and ones not in _DIGITS):
        return None
    return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)


def rule_text(rule: Rule) -> str:
    """Write a rule as `parse_rule` reads it."""
    term = f"{rule.amount} {rule.unit.value}"
    if rule.how == "before":
        return f"at least {term} before"
    if rule.how == "lasts":
        return f"lasts at least {term}"
    if rule.how == "after":
        return f"after {term}"
    return f"within {term}, rolls" if rule.rolls else f"within {term}"


# --- reckonings as they are kept --------------------------------------------------------------

_REASON = re.compile(r"[a-z]+(?:-[a-z]+)*")


def reckoning_text(reckoning: Reckoning) -> str:
    """Write a reckoning in one line: `within 90 d from 2026-03-01 + 30 without hearing 2026-04-01..2026-04-10`."""
    rule, start, more, pauses = reckoning
    text = f"{rule_text(rule)} from {start.isoformat()[:16]}"
    if more:
        text += f" + {more}"
    for begins, ends, reason in pauses:
        text += f" without {reason} {begins.isoformat()}..{ends.isoformat() if ends else ''}"
    return text


def parse_reckoning(text: str) -> Reckoning:
    """Read what `reckoning_text` wrote.

    Raises:
        InvalidRule: when it is something else.

    """
    head, _, tail = text.partition(" from ")
    rule = _kept_rule(head)
    if len(tail) == 10 and rule is not None and tail[4] == "-" == tail[7] and rule[2] is not _HOURS:
        try:
            return Reckoning(rule, _day(tail))
        except ValueError:
            raise InvalidRule(text=text) from None
    if rule is None or len(text) > 10_000:
        raise InvalidRule(text=text)
    tail, *left_out = tail.split(" without ")
    start, plus, more = tail.partition(" + ")
    try:
        return Reckoning(
            rule,
            _moment(start) if rule.unit is Unit.HOURS else _day(start),
            _amount(more) if plus else 0,
            tuple(_pause(part, rule) for part in left_out),
        )
    except ValueError:
        raise InvalidRule(text=text) from None


@lru_cache(maxsize=512)
def _kept_rule(text: str) -> Rule | None:
    rule = _canonical(text) if len(text) <= _LONGEST else None
    return rule if rule is not None and rule_text(rule) == text else None


def _day(text: str) -> date:
    if len(text) != 10 or not text[4] == "-" == text[7]:
        raise ValueError(text)
    return _possible(date.fromisoformat(text))


def _moment(text: str) -> datetime:
    if len(text) != 16 or not text[4] == "-" == text[7] or text[10] != "T":
        raise ValueError(text)
    moment = datetime.fromisoformat(text)
    _possible(moment)
    return moment


def _possible(day: date) -> date:
    """Return a day of years that are reckoned in; the longest term from any other would leave the calendar."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR + 100:
        raise ValueError(day)
    return day


def _amount(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or text[0] == "0" or int(text) > MOST:
        raise ValueError(text)
    return int(text)


def _pause(text: str, rule: Rule) -> Pause:
    reason, _, days = text.partition(" ")
    begins, _, ends = days.partition("..")
    if not _REASON.fullmatch(reason) or ".." not in days or not stands_still(rule):
        raise ValueError(text)
    pause = Pause(_day(begins), _day(ends) if ends else None, reason)
    if pause.ends is not None and pause.ends < pause.begins:
        raise ValueError(text)
    return pause


def is_earliest(rule: Rule) -> bool:
    """Tell whether a rule says when something may end or come at the earliest, rather than at the latest."""
    return rule.how in {"lasts", "after"}


def stands_still(rule: Rule) -> bool:
    """Tell whether pauses count for a rule: it runs forward, and not by the clock."""
    return rule.how != "before" and rule.unit is not Unit.HOURS


# --- reckoning --------------------------------------------------------------------------------

_WORKING, _HOURS, _MONTHS = Unit.WORKING_DAYS, Unit.HOURS, Unit.MONTHS
_day_of = date.fromordinal
_new = tuple.__new__


def reckon(reckoning: Reckoning, calendar: Calendar) -> Deadline:
    """Return when a term ends.

    Months end on the corresponding day, or on the month's last. A pause adds the days, or the working days, by which it
    falls inside the term; calendar days for months. That a rolled end which falls into a pause goes past it, is a
    judgement.

    Raises:
        TimeMissing: a term in hours starts on a day without a time.

    """
    (how, amount, unit, rolls), start, more, pauses = reckoning
    if unit is _HOURS:
        return _by_the_clock(reckoning)
    if how == "after":
        ended = reckon(reckoning._replace(rule=Rule("lasts", amount, unit, rolls)), calendar)
        return ended if ended.due is None else ended._replace(due=ended.due + timedelta(days=1))
    first = start.toordinal()
    if how == "before":
        last = _back(first, amount + more, unit, calendar)
        return _new(Deadline, (_day_of(last), None, unit is _WORKING and not calendar.knows(last, first - 1)))
    if pauses:
        return _with_pauses(reckoning, calendar)
    looked_at = first + 1
    if unit is _WORKING:
        days = calendar.days
        index = bisect_right(days, first) + amount + more - 1
        if 0 < index < len(days) and days[0] <= first:
            last = days[index]
        else:
            last = calendar.forward_ordinal(first, amount + more)
    else:
        last = _months(start, amount + more).toordinal() if unit is _MONTHS else first + amount + more
        if not rolls:
            return _new(Deadline, (_day_of(last), None, False))
        looked_at, last = last, calendar.roll_ordinal(last)
    low, high = calendar.settled
    known = (low <= looked_at and last <= high) or calendar.knows(looked_at, last)
    return _new(Deadline, (_day_of(last), None, not known))  # half the time of a call of the class


def _by_the_clock(reckoning: Reckoning) -> Deadline:
    rule, start, more, _ = reckoning
    if not isinstance(start, datetime):
        raise TimeMissing(date=start.isoformat())
    length = timedelta(hours=rule.amount + more)
    due = start - length if rule.how == "before" else start + length
    return Deadline(due.date(), f"{due.hour:02}:{due.minute:02}", provisional=False)


def _back(first: int, amount: int, unit: Unit, calendar: Calendar) -> int:
    if unit is _WORKING:
        return calendar.backward_ordinal(first, amount)
    return _months(_day_of(first), -amount).toordinal() if unit is _MONTHS else first - amount


def _months(day: date, amount: int) -> date:
    """Return the corresponding day so many months on, or the last of that month where it has none."""
    year, month = divmod(day.year * 12 + day.month - 1 + amount, 12)
    month += 1
    number = day.day
    return date(year, month, number if number < 29 else min(number, monthrange(year, month)[1]))


class _Part(NamedTuple):
    """A stretch of a term, or a pause in it, as ordinals; `ends` is None for a pause that lasts."""

    begins: int
    ends: int | None
    reason: str | None = None


def _with_pauses(reckoning: Reckoning, calendar: Calendar) -> Deadline:
    parts, last = _parts(reckoning, calendar)
    if last is None:
        return Deadline(None, None, provisional=False)
    rule = reckoning.rule
    looked_at = parts[0].begins
    if rule.unit is not _WORKING:
        looked_at = min((part.begins for part in parts if part.reason == _ROLLED), default=last)
        if not rule.rolls:
            return Deadline(_day_of(last), None, provisional=False)
    return Deadline(_day_of(last), None, not calendar.knows(looked_at, last))


_ROLLED = ""
"""Stands for a reason where days off at the end of a term were passed over."""


def _parts(reckoning: Reckoning, calendar: Calendar) -> tuple[list[_Part], int | None]:
    """Lay a forward term out: what counts, what is paused and what is rolled over, and the ordinal of its end."""
    rule, start, more, _ = reckoning
    first = begins = start.toordinal() + 1
    left = rule.amount + more
    if rule.unit is _MONTHS:
        left = _months(start, left).toordinal() - start.toordinal()
    parts: list[_Part] = []
    waiting = _disjoint(reckoning.pauses, first) if reckoning.pauses else []
    for pause in waiting:
        inside = pause.begins - begins
        if rule.unit is _WORKING:
            inside = calendar.count_ordinal(begins - 1, pause.begins - 1)
        if inside >= left:
            break
        if pause.begins > begins:
            parts.append(_Part(begins, pause.begins - 1))
        parts.append(pause)
        if pause.ends is None:
            return parts, None
        left -= inside
        begins = pause.ends + 1
    last = calendar.forward_ordinal(begins - 1, left) if rule.unit is _WORKING else begins - 1 + left
    parts.append(_Part(begins, last))
    return _rolled(parts, last, waiting, calendar) if rule.rolls else (parts, last)


def _rolled(parts: list[_Part], last: int, waiting: list[_Part], calendar: Calendar) -> tuple[list[_Part], int | None]:
    """Go on from a day off at the end of a term to the next working day outside every pause."""
    while (rolled := calendar.roll_ordinal(last)) != last or any(_holds(pause, last) for pause in waiting):
        if rolled != last:
            parts.append(_Part(last, rolled - 1, _ROLLED))
            last = rolled
        pause = next((one for one in waiting if _holds(one, last)), None)
        if pause is not None:
            parts.append(_Part(last, pause.ends, pause.reason))
            if pause.ends is None:
                return parts, None
            last = pause.ends + 1
    return parts, last


def _holds(pause: _Part, ordinal: int) -> bool:
    return pause.begins <= ordinal and (pause.ends is None or ordinal <= pause.ends)


def _disjoint(pauses: tuple[Pause, ...], first: int) -> list[_Part]:
    """Return pauses in order as far as they lie after the start; where two overlap, the day belongs to the earlier."""
    made: list[_Part] = []
    for begins, ends, reason in sorted(pauses, key=lambda one: (one.begins, one.ends or date.max, one.reason)):
        low = max(begins.toordinal(), first)
        if ends is not None and ends.toordinal() < low:
            continue
        made.append(_Part(low, None if ends is None else ends.toordinal(), reason))
        if ends is None:
            break
        first = ends.toordinal() + 1
    return made


# --- explanation ------------------------------------------------------------------------------


def explain(reckoning: Reckoning, calendar: Calendar) -> tuple[Step, ...]:
    """Return the steps of a reckoning in order of time, from its start to its end.

    `start` · `extended` (amount) · `counted` and `worked` days, which add up to the amount of working days or days ·
    `skipped` days off (weekends without a name) · `paused` (the reason; amount: working days or days left out; `ends`
    None while it lasts) · `month-end` (the month has no corresponding day) · `rolled` days off at the end ·
    `provisional` (amount: the first year not known; notice: the law that fixes days off in it all the same) · `due`, or
    `earliest` for `lasts`; neither while a pause lasts.

    Raises:
        TimeMissing: a term in hours starts on a day without a time.

    """
    rule, start, more, pauses = reckoning
    due, _, provisional = reckon(reckoning, calendar)
    if rule.how == "after" and rule.unit is not _HOURS:
        told = explain(reckoning._replace(rule=rule._replace(how="lasts")), calendar)
        return tuple(step._replace(begins=due) if step.code == "earliest" else step for step in told)
    how, amount, unit, _ = rule
    steps = [_step("start", _plain(start))]
    if more:
        steps.append(Step("extended", amount=more))
    first = last = 0
    if unit is _WORKING and due is not None and not pauses:
        first, last = start.toordinal(), due.toordinal()
        first, last = (last, first - 1) if how == "before" else (first + 1, last)
        steps += calendar.runs(first, last)
    elif unit is not _HOURS and how != "before":
        laid_out = _parts_explained(reckoning, calendar)
        steps += laid_out
        last = due.toordinal() if due else 0
        if provisional:
            rolled = (step.begins.toordinal() for step in laid_out if step.code == "rolled" and step.begins)
            first = start.toordinal() + 1 if unit is _WORKING else min(rolled, default=last)
    if unit is _MONTHS and due is not None:
        corresponding = _months(start, -(amount + more) if how == "before" else amount + more)
        if corresponding.day != start.day:
            steps.append(Step("month-end", corresponding))
    if provisional:
        steps.append(_provisional(calendar.unknown(first, last)))
    if due is not None:
        steps.append(_step("earliest" if is_earliest(rule) else "due", due))
    return tuple(steps)


def _provisional(year: int | None) -> Step:
    fixed = fixed_in(year) if year is not None else None
    return Step("provisional", notice=fixed.number if fixed else None, amount=year)


def _step(code: str, begins: date, ends: date | None = None, amount: int | None = None) -> Step:
    return _new(Step, (code, begins, ends, None, None, amount))


def _plain(day: date) -> date:
    return day.date() if isinstance(day, datetime) else day


def _parts_explained(reckoning: Reckoning, calendar: Calendar) -> list[Step]:
    """Return the steps of a forward term that is paused, or counted in days or months."""
    working, months = reckoning.rule.unit is _WORKING, reckoning.rule.unit is _MONTHS
    steps: list[Step] = []
    for begins, ends, reason in _parts(reckoning, calendar)[0]:
        if months and reason is None:
            continue
        day, end = _day_of(begins), None if ends is None else _day_of(ends)
        if end is None or ends is None:
            steps.append(Step("paused", day, None, reason))
        elif reason == _ROLLED:
            steps += (_new(Step, ("rolled", *run[1:])) for run in calendar.runs(begins, ends))
        elif reason is not None:
            out = calendar.count_ordinal(begins - 1, ends) if working else ends - begins + 1
            steps.append(Step("paused", day, end, reason, amount=out))
        elif working:
            steps += calendar.runs(begins, ends)
        else:
            steps.append(_step("counted", day, end, ends - begins + 1))
    return steps
