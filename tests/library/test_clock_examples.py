"""The clocks that the law sets, each with a day worked out by hand and the reasons for that day.

An explanation is written as `3` for days that counted, `off 10-01..10-07 National Day`, `worked 10-10` for a weekend
day worked, `rolled` for days off at the end, `paused` with its reason and the days left out, `+30` for an extension.
"""

from datetime import date, datetime
from functools import cache
from typing import Any

import pytest

from lawcheck.core.calendar import Calendar, Step
from lawcheck.core.clock import frozen_clock
from lawcheck.core.deadline import Pause, Reckoning, Unit, explain, parse_rule, reckon
from lawcheck.library.clocks import read_clocks
from lawcheck.library.known_years import KnownYears
from lawcheck.library.reading import read_registry

MIDAUTUMN = "off 09-25..09-27 Mid-Autumn Festival"
NATIONAL = "off 10-01..10-07 National Day"
LABOUR = "off 05-01..05-05 Labour Day"
DRAGON = "off 06-19..06-21 Dragon Boat Festival"
NEW_YEAR = "off 01-01..01-03 New Year's Day"
BOTH_2025 = "off 10-01..10-08 National Day and Mid-Autumn Festival"
BOTH_2023 = "off 09-29..10-06 Mid-Autumn Festival and National Day"

EXAMPLES = [
    ("lead-verify", "lead-verify", "within 15 wd", "2026-09-17", "2026-10-14",
     f"1, off 09-19, worked 09-20, 4, {MIDAUTUMN}, 3, {NATIONAL}, 2, worked 10-10, off 10-11, 3"),
    ("case-90d", "case-90d", "within 90 d, rolls", "2026-07-06", "2026-10-08", "90, rolled 10-04..10-07 National Day"),
    ("evidence-hold", "evidence-hold", "within 7 wd", "2026-04-29", "2026-05-12",
     f"1, {LABOUR}, 3, worked 05-09, off 05-10, 2"),
    ("emergency-report", "emergency-report", "within 24 h", "2026-09-25T16:40", "2026-09-26 16:40", ""),
    ("seizure", "seizure", "within 30 d", "2026-09-03", "2026-10-03", "30"),
    ("assist", "assist", "within 15 wd", "2026-04-24", "2026-05-19",
     f"off 04-25..04-26, 4, {LABOUR}, 3, worked 05-09, off 05-10, 5, off 05-16..05-17, 2"),
    ("jurisdiction", "jurisdiction.settle", "within 7 wd", "2025-09-26", "2025-10-13",
     f"off 09-27, worked 09-28, 2, {BOTH_2025}, 2, worked 10-11, off 10-12, 1"),
    ("jurisdiction", "jurisdiction.designate", "within 7 wd", "2026-06-15", "2026-06-25", f"3, {DRAGON}, 4"),
    ("review", "review", "within 10 wd", "2026-09-22", "2026-10-13",
     f"2, {MIDAUTUMN}, 3, {NATIONAL}, 2, worked 10-10, off 10-11, 2"),
    ("party-5wd", "party-5wd", "within 5 wd", "2026-09-28", "2026-10-10", f"2, {NATIONAL}, 2, worked 10-10"),
    ("hearing-host", "hearing-host", "within 3 wd", "2026-09-30", "2026-10-10", f"{NATIONAL}, 2, worked 10-10"),
    ("hearing-file", "hearing-file", "within 3 wd", "2026-10-09", "2026-10-13", "worked 10-10, off 10-11, 2"),
    ("hearing-fix", "hearing-fix", "within 5 wd", "2026-02-12", "2026-02-26",
     "1, worked 02-14, off 02-15..02-23 Spring Festival, 3"),
    ("hearing-notice", "hearing-notice", "at least 7 wd before", "2026-10-14", "2026-09-29",
     f"2, {NATIONAL}, 2, worked 10-10, off 10-11, 2"),
    ("hearing-public", "hearing-public", "at least 3 wd before", "2026-10-08", "2026-09-28", f"3, {NATIONAL}"),
    ("hearing-total", "hearing-total", "within 30 d", "2026-09-01", "2026-10-01", "30"),
    ("hearing-report", "hearing-report", "within 5 wd", "2022-09-29", "2022-10-11",
     f"1, {NATIONAL}, worked 10-08, worked 10-09, 2"),
    ("service-7wd", "service-7wd", "within 7 wd", "2022-04-28", "2022-05-11",
     "1, off 04-30..05-04 Labour Day, 2, worked 05-07, off 05-08, 3"),
    ("public-service", "public-service", "within 30 d", "2026-09-04", "2026-10-04", "30"),
    ("publish-7wd", "publish-7wd", "within 7 wd", "2026-09-24", "2026-10-12",
     f"{MIDAUTUMN}, 3, {NATIONAL}, 2, worked 10-10, off 10-11, 1"),
    ("publish-20wd", "publish-20wd", "within 20 wd", "2026-09-24", "2026-10-29",
     f"{MIDAUTUMN}, 3, {NATIONAL}, 2, worked 10-10, off 10-11, 5, off 10-17..10-18, 5, off 10-24..10-25, 4"),
    ("necips", "necips", "within 20 wd", "2024-09-27", "2024-10-30",
     (f"off 09-28, worked 09-29, 1, {NATIONAL}, 4, worked 10-12, off 10-13, 5, off 10-19..10-20, 5,"
     " off 10-26..10-27, 3")),
    ("necips", "necips.push", "within 10 wd", "2024-02-02", "2024-02-21",
     "off 02-03, worked 02-04, 5, off 02-10..02-17 Spring Festival, worked 02-18, 3"),
    ("necips", "necips.receive", "within 10 wd", "2023-09-28", "2023-10-18",
     f"{BOTH_2023}, worked 10-07, worked 10-08, 5, off 10-14..10-15, 3"),
    ("withdraw", "withdraw", "within 3 wd", "2026-05-08", "2026-05-12", "worked 05-09, off 05-10, 2"),
    ("av-store", "av-store", "within 1 wd", "2026-05-08", "2026-05-09", "worked 05-09"),
    ("fine-pay", "fine-pay", "within 15 d, rolls", "2026-09-21", "2026-10-08", "15, rolled 10-06..10-07 National Day"),
    ("fine-pay", "fine-pay", "within 15 d, rolls", "2026-09-25", "2026-10-10", "15"),
    ("fine-handin", "fine-handin.agency", "within 2 wd", "2026-09-30", "2026-10-09", f"{NATIONAL}, 2"),
    ("fine-handin", "fine-handin.bank", "within 2 wd", "2026-10-09", "2026-10-12", "worked 10-10, off 10-11, 1"),
    ("urge", "urge", "after 10 wd", "2026-09-24", "2026-10-16",
     f"{MIDAUTUMN}, 3, {NATIONAL}, 2, worked 10-10, off 10-11, 4"),
    ("urge", "urge.court", "within 3 m, rolls", "2026-07-31", "2026-11-02", "rolled 10-31..11-01"),
    ("urge", "urge.court", "within 3 m, rolls", "2025-11-30", "2026-02-28", "month-end 02-28"),
    ("close", "close", "within 15 wd", "2025-09-26", "2025-10-23",
     f"off 09-27, worked 09-28, 2, {BOTH_2025}, 2, worked 10-11, off 10-12, 5, off 10-18..10-19, 4"),
    ("simple-archive", "simple-archive", "within 7 wd", "2025-12-30", "2026-01-09", f"1, {NEW_YEAR}, worked 01-04, 5"),
    ("criminal", "criminal.decide", "within 3 d", "2026-10-01", "2026-10-04", "3"),
    ("criminal", "criminal.file", "within 24 h", "2026-09-30T17:30", "2026-10-01 17:30", ""),
    ("criminal", "criminal.goods", "within 3 d", "2026-09-24", "2026-09-27", "3"),
    ("complaint", "complaint", "within 7 wd", "2026-04-14", "2026-04-23", "3, off 04-18..04-19, 4"),
    ("complaint", "complaint", "within 7 wd", "2026-04-15", "2026-04-24", "2, off 04-18..04-19, 5"),
    ("mediation", "mediation", "within 45 wd", "2026-04-14", "2026-06-18",
     (f"3, off 04-18..04-19, 5, off 04-25..04-26, 4, {LABOUR}, 3, worked 05-09, off 05-10, 5, off 05-16..05-17, 5,"
     " off 05-23..05-24, 5, off 05-30..05-31, 5, off 06-06..06-07, 5, off 06-13..06-14, 4")),
    ("mediation", "mediation", "within 60 d, rolls", "2026-04-21", "2026-06-22",
     "60, rolled 06-20..06-21 Dragon Boat Festival"),
    ("mediation", "mediation", "within 60 d, rolls", "2026-04-15", "2026-06-15", "60, rolled 06-14"),
    ("mediation-end", "mediation-end", "within 7 wd", "2026-04-10", "2026-04-21",
     "off 04-11..04-12, 5, off 04-18..04-19, 2"),
    ("mediation-end", "mediation-end", "within 7 wd", "2026-04-16", "2026-04-27",
     "1, off 04-18..04-19, 5, off 04-25..04-26, 1"),
    ("informer", "informer", "within 5 wd", "2026-04-14", "2026-04-21", "3, off 04-18..04-19, 2"),
    ("rec-reply", "rec-reply", "within 10 d", "2023-12-31", "2024-01-10", "10"),
    ("rec-reply", "rec-reply", "within 10 wd", "2024-01-01", "2024-01-15",
     "4, off 01-06..01-07, 5, off 01-13..01-14, 1"),
    ("rec-reply", "rec-reply.simplified", "within 5 wd", "2024-02-08", "2024-02-21",
     "1, off 02-10..02-17 Spring Festival, worked 02-18, 3"),
    ("rec-self", "rec-self", "within 5 wd", "2026-07-01", "2026-07-08", "2, off 07-04..07-05, 3"),
    ("lit-answer", "lit-answer", "within 15 d, rolls", "2026-09-18", "2026-10-08",
     "15, rolled 10-03..10-07 National Day"),
    ("ogi", "ogi", "within 20 wd", "2026-09-24", "2026-10-29",
     f"{MIDAUTUMN}, 3, {NATIONAL}, 2, worked 10-10, off 10-11, 5, off 10-17..10-18, 5, off 10-24..10-25, 4"),
    ("licence", "licence.decide", "within 20 wd", "2026-02-13", "2026-03-19",
     ("worked 02-14, off 02-15..02-23 Spring Festival, 4, worked 02-28, off 03-01, 5, off 03-07..03-08, 5,"
     " off 03-14..03-15, 4")),
    ("licence", "licence.deliver", "within 10 wd", "2026-04-03", "2026-04-20",
     "off 04-04..04-06 Tomb-Sweeping Day, 4, off 04-11..04-12, 5, off 04-18..04-19, 1"),
    ("hearing-notice-request", "hearing-notice-request", "within 7 wd", "2022-06-02", "2022-06-14",
     "off 06-03..06-05 Dragon Boat Festival, 5, off 06-11..06-12, 2"),
    ("hearing-panel", "hearing-panel", "within 5 wd", "2026-06-17", "2026-06-25", f"1, {DRAGON}, 4"),
    ("credit-info", "credit-info", "within 20 wd", "2025-12-31", "2026-01-29",
     f"{NEW_YEAR}, worked 01-04, 5, off 01-10..01-11, 5, off 01-17..01-18, 5, off 01-24..01-25, 4"),
]  # fmt: skip
"""By term of the law: the clock, its rule, the day it starts, the last day in time (or first lawful), and why."""

CLOCKS = [
    "lead-verify", "case-90d", "evidence-hold", "emergency-report", "seizure", "assist", "jurisdiction",
    "review", "party-5wd", "hearing-host", "hearing-file", "hearing-fix", "hearing-notice", "hearing-public",
    "hearing-total", "hearing-report", "service-7wd", "public-service", "publish-7wd", "publish-20wd",
    "necips", "withdraw", "av-store", "fine-pay", "fine-handin", "urge", "close", "simple-archive",
    "criminal", "complaint", "mediation", "mediation-end", "informer", "rec-reply", "rec-self", "lit-answer",
    "ogi", "licence", "hearing-notice-request", "hearing-panel", "credit-info",
]  # fmt: skip


@cache
def calendar() -> Calendar:
    return Calendar(KnownYears({}))


@cache
def clock(name: str) -> dict[str, Any]:
    registry = read_registry()
    return frozen_clock(read_clocks(registry).clocks[name], registry)


def rule_on(name: str, day: str) -> dict[str, Any] | None:
    """Return the rule of a clock that is law on a day."""
    rules: list[dict[str, Any]] = clock(name)["rules"]
    return next((one for one in rules if (one["from"] or "") <= day[:10] <= (one["to"] or "9999")), None)


def reckoned(name: str, start: str, more: int = 0, *pauses: tuple[str, str, str]) -> Reckoning:
    """Return the reckoning of a clock from a day, or a minute."""
    held = rule_on(name, start)
    assert held is not None
    rule = parse_rule(held["rule"])
    begins = datetime.fromisoformat(start) if rule.unit is Unit.HOURS else date.fromisoformat(start)
    left_out = tuple(
        Pause(date.fromisoformat(since), date.fromisoformat(until), reason) for reason, since, until in pauses
    )
    assert {one.reason for one in left_out} <= set(held["pauses"])
    return Reckoning(rule, begins, more, left_out)


def day_of(reckoning: Reckoning) -> str:
    deadline = reckon(reckoning, calendar())
    assert not deadline.provisional
    return f"{deadline.due}" + (f" {deadline.time}" if deadline.time else "")


def words_of(reckoning: Reckoning) -> str:
    return ", ".join(filter(None, (said(step) for step in explain(reckoning, calendar()))))


def said(step: Step) -> str:
    days = "" if step.begins is None else f"{step.begins:%m-%d}"
    if step.begins is not None and step.ends not in (None, step.begins):
        days += f"..{step.ends:%m-%d}"
    name = "" if step.name is None else f" {step.name if isinstance(step.name, str) else step.name.en}"
    return {
        "start": "",
        "due": "",
        "earliest": "",
        "extended": f"+{step.amount}",
        "counted": str(step.amount),
        "skipped": f"off {days}{name}",
        "worked": f"worked {days}",
        "rolled": f"rolled {days}{name}",
        "paused": f"paused {days}{name} {step.amount}",
        "month-end": f"month-end {days}",
    }[step.code]


def test_every_clock_of_the_law_has_an_example() -> None:
    assert len(CLOCKS) == 41
    assert {one[0] for one in EXAMPLES} == set(CLOCKS)


@pytest.mark.parametrize(
    ("name", "rule", "start", "due", "words"),
    [one[1:] for one in EXAMPLES],
    ids=[f"{one[1]} {one[3]}" for one in EXAMPLES],
)
def test_a_clock_ends_on_the_day_worked_out_by_hand_and_says_why(
    name: str, rule: str, start: str, due: str, words: str
) -> None:
    held = rule_on(name, start)
    assert held is not None
    reckoning = reckoned(name, start)
    assert (held["rule"], day_of(reckoning), words_of(reckoning)) == (rule, due, words)


@pytest.mark.parametrize(
    ("name", "start", "more", "due", "words"),
    [
        ("lead-verify", "2026-10-09", 15, "2026-11-19",
         ("+15, worked 10-10, off 10-11, 5, off 10-17..10-18, 5, off 10-24..10-25, 5, off 10-31..11-01, 5,"
         " off 11-07..11-08, 5, off 11-14..11-15, 4")),
        ("case-90d", "2026-07-06", 30, "2026-11-03", "+30, 120"),
        ("case-90d", "2026-06-03", 30, "2026-10-08", "+30, 120, rolled 10-01..10-07 National Day"),
        ("seizure", "2026-09-03", 30, "2026-11-02", "+30, 60"),
        ("licence.decide", "2026-02-13", 10, "2026-04-02",
         ("+10, worked 02-14, off 02-15..02-23 Spring Festival, 4, worked 02-28, off 03-01, 5, off 03-07..03-08, 5,"
         " off 03-14..03-15, 5, off 03-21..03-22, 5, off 03-28..03-29, 4")),
        ("ogi", "2026-09-24", 20, "2026-11-26",
         (f"+20, {MIDAUTUMN}, 3, {NATIONAL}, 2, worked 10-10, off 10-11, 5, off 10-17..10-18, 5, off 10-24..10-25, 5,"
         " off 10-31..11-01, 5, off 11-07..11-08, 5, off 11-14..11-15, 5, off 11-21..11-22, 4")),
    ],
)  # fmt: skip
def test_an_extended_clock_runs_on_from_its_first_term(name: str, start: str, more: int, due: str, words: str) -> None:
    reckoning = reckoned(name, start, more)
    assert (day_of(reckoning), words_of(reckoning)) == (due, words)


@pytest.mark.parametrize(
    ("name", "amount", "times", "further"),
    [
        ("lead-verify", 15, 1, False), ("case-90d", 30, 1, True), ("seizure", 30, 1, False), ("ogi", 20, 1, False),
        ("licence.decide", 10, 1, False), ("review", None, None, False),
    ],
)  # fmt: skip
def test_a_clock_says_how_far_it_may_be_extended(
    name: str, amount: int | None, times: int | None, *, further: bool
) -> None:
    extend = clock(name)["rules"][-1]["extend"]
    assert (extend["amount"], extend["times"], extend["further"] is not None) == (amount, times, further)


def test_no_other_clock_of_the_list_is_extended() -> None:
    extended = {one[1] for one in EXAMPLES if any(rule["extend"] for rule in clock(one[1])["rules"])}
    assert extended == {"lead-verify", "case-90d", "seizure", "ogi", "licence.decide", "review"}


@pytest.mark.parametrize(
    ("name", "start", "pauses", "due", "words"),
    [
        ("case-90d", "2026-07-06", [("hearing", "2026-08-10", "2026-08-21"), ("appraisal", "2026-09-01", "2026-09-10")],
         "2026-10-26", "34, paused 08-10..08-21 hearing 12, 10, paused 09-01..09-10 appraisal 10, 46"),
        ("case-90d", "2026-07-06", [("public-notice", "2026-08-10", "2026-08-10")], "2026-10-08",
         "34, paused 08-10 public-notice 1, 56, rolled 10-05..10-07 National Day"),
        ("lead-verify", "2026-09-17", [("appraisal", "2026-09-21", "2026-09-24")], "2026-10-20",
         (f"1, off 09-19, worked 09-20, paused 09-21..09-24 appraisal 4, {MIDAUTUMN}, 3, {NATIONAL}, 2, worked 10-10,"
         " off 10-11, 5, off 10-17..10-18, 2")),
        ("hearing-total", "2026-09-01", [("postponement", "2026-09-10", "2026-09-14")], "2026-10-06",
         "8, paused 09-10..09-14 postponement 5, 22"),
        ("mediation", "2026-04-21", [("appraisal", "2026-05-11", "2026-05-20")], "2026-06-30",
         "19, paused 05-11..05-20 appraisal 10, 41"),
    ],
)  # fmt: skip
def test_days_that_the_law_leaves_out_extend_a_clock(
    name: str, start: str, pauses: list[tuple[str, str, str]], due: str, words: str
) -> None:
    reckoning = reckoned(name, start, 0, *pauses)
    assert (day_of(reckoning), words_of(reckoning)) == (due, words)


def test_a_clock_stands_still_only_for_what_its_own_article_names() -> None:
    found = {one[1]: {reason for rule in clock(one[1])["rules"] for reason in rule["pauses"]} for one in EXAMPLES}
    assert {name: reasons for name, reasons in found.items() if reasons} == {
        "lead-verify": {"appraisal", "identification"},
        "case-90d": {"suspension", "hearing", "public-notice", "appraisal", "identification", "refund"},
        "hearing-total": {"postponement", "suspension"},
        "mediation": {"appraisal"},
    }


@pytest.mark.parametrize(
    ("name", "start", "target"), [("review", "2026-09-22", "2026-09-30"), ("hearing-panel", "2026-06-17", "2026-06-23")]
)
def test_a_stricter_target_stands_beside_the_limit(name: str, start: str, target: str) -> None:
    held = rule_on(name, start)
    assert held is not None
    found = reckon(Reckoning(parse_rule(held["target"]["rule"]), date.fromisoformat(start)), calendar())
    assert str(found.due) == target


@pytest.mark.parametrize(
    ("name", "day", "rule"),
    [
        ("rec-reply", "2023-12-31", "within 10 d"),
        ("rec-reply", "2024-01-01", "within 10 wd"),
        ("rec-reply.simplified", "2023-12-31", "within 10 d"),
        ("rec-reply.simplified", "2024-01-01", "within 5 wd"),
        ("mediation", "2026-04-14", "within 45 wd"),
        ("mediation", "2026-04-15", "within 60 d, rolls"),
        ("informer", "2026-04-14", "within 5 wd"),
        ("informer", "2026-04-15", None),
        ("complaint", "2019-12-31", None),
        ("rec-self", "2026-06-30", None),
        ("rec-self", "2026-07-01", "within 5 wd"),
        ("hearing-notice-request", "2022-05-31", None),
        ("hearing-notice-request", "2022-06-01", "within 7 wd"),
        ("hearing-panel", "2022-05-31", None),
        ("hearing-panel", "2022-06-01", "within 5 wd"),
        ("hearing-total", "2022-05-31", None),
        ("hearing-total", "2022-06-01", "within 30 d"),
        ("hearing-public", "2022-05-31", "at least 3 wd before"),
        ("case-90d", "2021-07-15", "within 90 d, rolls"),
    ],
)
def test_the_version_in_force_on_the_day_picks_the_rule(name: str, day: str, rule: str | None) -> None:
    held = rule_on(name, day)
    assert (held["rule"] if held else None) == rule


def test_the_articles_of_a_rule_are_those_of_its_version() -> None:
    found = {
        (name, day): [(one["law"], one["version"], one["article"]) for one in (rule_on(name, day) or {})["basis"]]
        for name, day in (("complaint", "2026-04-14"), ("complaint", "2026-04-15"), ("rec-reply", "2023-12-31"))
    }
    assert found == {
        ("complaint", "2026-04-14"): [("tsjb", "2020", "14")],
        ("complaint", "2026-04-15"): [("tsjb", "2026", "15")],
        ("rec-reply", "2023-12-31"): [("fyf", "2017", "23, 40")],
    }
