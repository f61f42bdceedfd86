"""Deadlines: rules read and written, reckoned, explained; worked examples, and what holds for every term."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lawcheck.core.calendar import Calendar, Step
from lawcheck.core.deadline import (
    Deadline,
    Pause,
    Reckoning,
    Rule,
    Unit,
    explain,
    parse_reckoning,
    parse_rule,
    reckon,
    reckoning_text,
    rule_text,
)
from lawcheck.core.words import Text
from lawcheck.errors import InvalidRule, TimeMissing
from lawcheck.library.known_years import KnownYears

CALENDAR = Calendar(KnownYears({}))
WD, D, H, M = Unit.WORKING_DAYS, Unit.DAYS, Unit.HOURS, Unit.MONTHS
NATIONAL_DAY = Text("国庆节", "National Day")
NOTICE_2026 = "国办发明电〔2025〕7号"
DAYS = st.dates(date(2005, 1, 1), date(2026, 6, 30))


def due(text: str) -> Deadline:
    return reckon(parse_reckoning(text), CALENDAR)


def steps(text: str) -> list[tuple[str, str, str, object]]:
    """Return an explanation in short: code, first day, last day, and the name or amount."""
    return [
        (
            step.code,
            step.begins.isoformat()[5:] if step.begins else "",
            step.ends.isoformat()[5:] if step.ends else "",
            step.name.en if isinstance(step.name, Text) else step.name or step.amount,
        )
        for step in explain(parse_reckoning(text), CALENDAR)
    ]


# --- rules ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("within 7 wd", Rule("within", 7, WD, rolls=False)),
        ("7 wd", Rule("within", 7, WD, rolls=False)),
        ("7wd", Rule("within", 7, WD, rolls=False)),
        (" Within  7  WD ", Rule("within", 7, WD, rolls=False)),
        ("within 15 d, rolls", Rule("within", 15, D, rolls=True)),
        ("15 d,rolls", Rule("within", 15, D, rolls=True)),
        ("15 日，rolls", Rule("within", 15, D, rolls=True)),
        ("within 24 h", Rule("within", 24, H, rolls=False)),
        ("within 3 m, rolls", Rule("within", 3, M, rolls=True)),
        ("at least 7 wd before", Rule("before", 7, WD, rolls=False)),
        ("at least 30 d before", Rule("before", 30, D, rolls=False)),
        ("lasts at least 7 wd", Rule("lasts", 7, WD, rolls=False)),
        ("7个工作日", Rule("within", 7, WD, rolls=False)),
        ("７个工作日", Rule("within", 7, WD, rolls=False)),
        ("7 工作日", Rule("within", 7, WD, rolls=False)),
        ("30日", Rule("within", 30, D, rolls=False)),
        ("３０ 天", Rule("within", 30, D, rolls=False)),
        ("24小时", Rule("within", 24, H, rolls=False)),
        ("3个月", Rule("within", 3, M, rolls=False)),
        ("at least 7个工作日 before", Rule("before", 7, WD, rolls=False)),
        ("七个工作日", Rule("within", 7, WD, rolls=False)),
        ("7个工作日内", Rule("within", 7, WD, rolls=False)),
        ("十五日", Rule("within", 15, D, rolls=False)),
        ("三十日内", Rule("within", 30, D, rolls=False)),
        ("十日内，rolls", Rule("within", 10, D, rolls=True)),
        ("九十九天", Rule("within", 99, D, rolls=False)),
        ("二十四小时内", Rule("within", 24, H, rolls=False)),
        ("两个月", Rule("within", 2, M, rolls=False)),
        ("不少于7个工作日", Rule("lasts", 7, WD, rolls=False)),
        ("不少于三十日", Rule("lasts", 30, D, rolls=False)),
        ("前至少7个工作日", Rule("before", 7, WD, rolls=False)),
        ("至少七个工作日前", Rule("before", 7, WD, rolls=False)),
        ("至少 7 wd 前", Rule("before", 7, WD, rolls=False)),
        ("９９９９ ｗｄ", Rule("within", 9999, WD, rolls=False)),
    ],
)
def test_a_rule_is_read_as_people_type_it(text: str, rule: Rule) -> None:
    assert parse_rule(text) == rule


@pytest.mark.parametrize(
    "text",
    [
        "",
        "wd",
        "7",
        "0 wd",
        "07 wd",
        "-7 wd",
        "+7 wd",
        "7.5 d",
        "10000 wd",
        "7 weeks",
        "7 wd wd",
        "7 wd, rolls",
        "24 h, rolls",
        "at least 7 wd",
        "at least 7 d, rolls",
        "within 7 wd before",
        "lasts 7 wd",
        "lasts at least 7 wd before",
        "lasts at least 7 d, rolls",
        "at least 7 d before, rolls",
        "within within 7 wd",
        "一百日",
        "三四日",
        "十十日",
        "两十日",
        "零日",
        "至少7个工作日",
        "7个工作日前",
        "前至少7个工作日内",
        "不少于7个工作日前",
        "不少于7日，rolls",
        "within 7个工作日内",
        "٧ wd",
        "7 wd\x00",
        "7 wd; drop table",
        "7" * 5000 + " wd",
        "within " * 5000 + "7 wd",
        " " * 100 + "7 wd",
        "7 \N{RIGHT-TO-LEFT OVERRIDE}wd",
    ],
)
def test_what_is_no_rule_is_refused_and_quoted(text: str) -> None:
    with pytest.raises(InvalidRule) as refused:
        parse_rule(text)
    assert refused.value.params == {"text": text}
    assert refused.value.exit_code == 2


RULES = st.one_of(
    st.builds(Rule, st.just("within"), st.integers(1, 9999), st.sampled_from((D, M)), st.booleans()),
    st.builds(
        Rule,
        st.sampled_from(("within", "before", "lasts")),
        st.integers(1, 9999),
        st.sampled_from(Unit),
        rolls=st.sampled_from((False,)),
    ),
)


@settings(max_examples=100, deadline=None, database=None)
@given(RULES)
def test_a_rule_reads_back_as_it_was_written(rule: Rule) -> None:
    assert parse_rule(rule_text(rule)) == rule


@st.composite
def reckonings(draw: st.DrawFn, longest: int = 200) -> Reckoning:
    rule = draw(RULES)._replace(amount=draw(st.integers(1, longest)))
    start: date = draw(DAYS)
    if rule.unit is H:
        start = datetime(start.year, start.month, start.day, draw(st.integers(0, 23)), draw(st.integers(0, 59)))  # noqa: DTZ001
    pauses: list[Pause] = []
    if rule.how != "before" and rule.unit is not H:
        for _ in range(draw(st.integers(0, 3))):
            begins = start + timedelta(days=draw(st.integers(-10, 200)))
            length = draw(st.none() | st.integers(0, 60))
            ends = None if length is None else begins + timedelta(days=length)
            pauses.append(Pause(begins, ends, draw(st.sampled_from(("hearing", "public-notice", "appraisal")))))
    return Reckoning(rule, start, draw(st.integers(0, 60)), tuple(pauses))


@settings(max_examples=100, deadline=None, database=None)
@given(reckonings(9999))
def test_a_reckoning_reads_back_as_it_was_written(reckoning: Reckoning) -> None:
    text = reckoning_text(reckoning)
    assert parse_reckoning(text) == reckoning
    assert "\n" not in text


def test_a_reckoning_is_one_line_that_people_can_read() -> None:
    pause = Pause(date(2026, 4, 1), date(2026, 4, 10), "hearing")
    reckoning = Reckoning(Rule("within", 90, D, rolls=False), date(2026, 3, 1), 30, (pause,))
    assert reckoning_text(reckoning) == "within 90 d from 2026-03-01 + 30 without hearing 2026-04-01..2026-04-10"
    clock = Reckoning(Rule("within", 24, H, rolls=False), datetime(2026, 3, 1, 15, 30))  # noqa: DTZ001
    assert reckoning_text(clock) == "within 24 h from 2026-03-01T15:30"
    waiting = Reckoning(Rule("within", 3, M, rolls=True), date(2026, 3, 1), 0, (pause._replace(ends=None),))
    assert reckoning_text(waiting) == "within 3 m, rolls from 2026-03-01 without hearing 2026-04-01.."


@pytest.mark.parametrize(
    "text",
    [
        "",
        "within 7 wd",
        "within 7 wd from",
        "within 7 wd from ",
        "7 wd from 2026-03-01",
        "within 7 wd from 2026-02-30",
        "within 7 wd from 20260301",
        "within 7 wd from 2026-W01-1",
        "within 7 wd from 2026-03-01T10:00",
        "within 7 wd from 2026-03-01 + ",
        "within 7 wd from 2026-03-01 + 0",
        "within 7 wd from 2026-03-01 + 03",
        "within 7 wd from 2026-03-01 + ３",
        "within 7 wd from 2026-03-01 + 10000",
        "within 24 h from 2026-03-01",
        "within 24 h from 2026-03-01 15:30",
        "within 24 h from 2026-03-01T25:00",
        "within 24 h from 2026-03-01T15:30 without hearing 2026-03-01..2026-03-02",
        "at least 7 wd before from 2026-03-01 without hearing 2026-03-01..2026-03-02",
        "within 7 wd from 2026-03-01 without hearing",
        "within 7 wd from 2026-03-01 without hearing 2026-03-05",
        "within 7 wd from 2026-03-01 without hearing 2026-03-05..2026-03-04",
        "within 7 wd from 2026-03-01 without Hearing 2026-03-05..",
        "within 7 wd from 2026-03-01 without  2026-03-05..",
        "within 7 wd from 2026-03-01" + " without x 2026-03-05.." * 1000,
    ],
)
def test_a_reckoning_that_was_not_written_so_is_refused(text: str) -> None:
    with pytest.raises(InvalidRule):
        parse_reckoning(text)


# --- worked examples --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("within 7 wd from 2022-09-29", "2022-10-13"),
        ("at least 7 wd before from 2022-10-14", "2022-09-30"),
        ("within 7 wd from 2026-09-24", "2026-10-12"),
        ("within 20 wd from 2026-09-24", "2026-10-29"),
        ("lasts at least 7 wd from 2026-09-24", "2026-10-12"),
        ("within 15 wd from 2026-09-24 + 15", "2026-11-12"),
        # Days of the calendar: a term that ends on a day off rolls only where the rule says so.
        ("within 15 d from 2026-09-18", "2026-10-03"),
        ("within 15 d, rolls from 2026-09-18", "2026-10-08"),
        ("within 30 d, rolls from 2026-09-18", "2026-10-19"),
        ("within 30 d, rolls from 2026-09-10", "2026-10-10"),  # a Saturday that is worked
        ("within 90 d from 2026-03-01 + 30", "2026-06-29"),
        ("at least 30 d before from 2026-10-14", "2026-09-14"),
        # Months: the corresponding day, or the last of the month.
        ("within 3 m from 2026-01-15", "2026-04-15"),
        ("within 1 m from 2026-01-31", "2026-02-28"),
        ("within 1 m from 2024-01-31", "2024-02-29"),
        ("within 12 m from 2024-02-29", "2025-02-28"),
        ("within 1 m from 2026-02-28", "2026-03-28"),
        ("within 3 m from 2025-11-30", "2026-02-28"),
        ("within 3 m, rolls from 2025-11-30", "2026-02-28"),  # a Saturday that is worked
        ("within 6 m, rolls from 2026-04-01", "2026-10-08"),
        ("within 1 m from 2026-01-31 + 1", "2026-03-31"),
        ("at least 1 m before from 2026-03-31", "2026-02-28"),
        ("lasts at least 3 m from 2025-11-30", "2026-02-28"),
        # Pauses: both days are left out.
        ("within 90 d from 2026-03-01 without hearing 2026-04-01..2026-04-10", "2026-06-09"),
        ("within 90 d from 2026-03-01 + 30 without hearing 2026-04-01..2026-04-10", "2026-07-09"),
        ("within 90 d from 2026-03-01 without a 2026-04-01..2026-04-10 without b 2026-04-06..2026-04-15", "2026-06-14"),
        ("within 90 d from 2026-03-01 without late 2026-05-30..2026-06-08", "2026-06-09"),
        ("within 90 d from 2026-03-01 without late 2026-05-31..2026-06-08", "2026-05-30"),
        ("within 90 d from 2026-03-01 without early 2026-02-01..2026-03-03", "2026-06-01"),
        ("within 90 d from 2026-03-01 without a 2026-05-30..2026-06-08 without b 2026-06-09..2026-06-09", "2026-06-10"),
        ("within 7 wd from 2026-09-24 without hearing 2026-09-26..2026-09-28", "2026-10-13"),
        ("within 7 wd from 2026-09-24 without hearing 2026-10-01..2026-10-07", "2026-10-12"),
        ("within 2 m from 2026-03-10 without hearing 2026-04-01..2026-04-10", "2026-05-20"),
        ("within 15 d, rolls from 2026-09-18 without hearing 2026-10-08..2026-10-09", "2026-10-10"),
        ("within 15 d from 2026-09-18 without hearing 2026-10-08..", "2026-10-03"),
    ],
)
def test_a_term_ends_on_its_day(text: str, day: str) -> None:
    assert due(text) == Deadline(date.fromisoformat(day), None, provisional=False)


@pytest.mark.parametrize(
    ("text", "day", "time"),
    [
        ("within 24 h from 2026-09-30T15:30", "2026-10-01", "15:30"),
        ("within 24 h from 2026-09-30T15:30 + 24", "2026-10-02", "15:30"),
        ("within 2 h from 2026-12-31T23:05", "2027-01-01", "01:05"),
        ("at least 24 h before from 2026-10-01T00:00", "2026-09-30", "00:00"),
        ("lasts at least 48 h from 2026-03-01T08:00", "2026-03-03", "08:00"),
    ],
)
def test_hours_run_on_the_clock_through_days_off_and_years(text: str, day: str, time: str) -> None:
    assert due(text) == Deadline(date.fromisoformat(day), time, provisional=False)


def test_hours_that_start_on_a_mere_day_are_refused() -> None:
    reckoning = Reckoning(Rule("within", 24, H, rolls=False), date(2026, 9, 30))
    for question in (reckon, explain):
        with pytest.raises(TimeMissing) as refused:
            question(reckoning, CALENDAR)
        assert refused.value.params == {"date": "2026-09-30"}


@pytest.mark.parametrize(
    "text",
    [
        "within 90 d from 2026-03-01 without hearing 2026-04-01..",
        "within 7 wd from 2026-09-24 without hearing 2026-10-12..",
        "within 3 m from 2026-03-01 without a 2026-04-01..2026-04-10 without b 2026-05-01..",
        "within 15 d, rolls from 2026-09-18 without hearing 2026-10-08..",
    ],
)
def test_there_is_no_day_while_a_pause_lasts_that_began_inside_the_term(text: str) -> None:
    assert due(text) == Deadline(None, None, provisional=False)
    last = explain(parse_reckoning(text), CALENDAR)[-1]
    assert (last.code, last.ends) == ("paused", None)


@pytest.mark.parametrize(
    ("text", "provisional"),
    [
        ("within 7 wd from 2026-12-22", False),
        ("within 7 wd from 2026-12-23", True),
        ("within 40 d from 2026-12-23", False),
        ("within 40 d, rolls from 2026-12-23", True),
        ("within 1 m, rolls from 2026-11-30", False),
        ("at least 5 wd before from 2027-01-05", True),
        ("at least 5 wd before from 2027-01-01", False),
        ("within 7 wd from 2003-12-31", False),
        ("within 7 wd from 2003-12-30", True),
        ("within 7 wd from 2026-12-01 without hearing 2026-12-10..2026-12-31", True),
        ("within 24 h from 2026-12-31T23:00", False),
    ],
)
def test_it_is_provisional_when_a_day_that_was_looked_at_lies_in_an_unknown_year(text: str, provisional: bool) -> None:
    assert due(text).provisional is provisional
    told = [step.amount for step in explain(parse_reckoning(text), CALENDAR) if step.code == "provisional"]
    assert told == ([] if not provisional else [2003] if "2003" in text else [2027])


# --- explanations -----------------------------------------------------------------------------


def test_a_publication_within_seven_working_days_names_what_moved_it() -> None:
    assert explain(parse_reckoning("within 7 wd from 2026-09-24"), CALENDAR) == (
        Step("start", date(2026, 9, 24)),
        Step(
            "skipped",
            date(2026, 9, 25),
            date(2026, 9, 27),
            Text("中秋节", "Mid-Autumn Festival"),
            NOTICE_2026,
            3,
        ),
        Step("counted", date(2026, 9, 28), date(2026, 9, 30), None, None, 3),
        Step("skipped", date(2026, 10, 1), date(2026, 10, 7), NATIONAL_DAY, NOTICE_2026, 7),
        Step("counted", date(2026, 10, 8), date(2026, 10, 9), None, None, 2),
        Step("worked", date(2026, 10, 10), date(2026, 10, 10), NATIONAL_DAY, NOTICE_2026, 1),
        Step("skipped", date(2026, 10, 11), date(2026, 10, 11), None, None, 1),
        Step("counted", date(2026, 10, 12), date(2026, 10, 12), None, None, 1),
        Step("due", date(2026, 10, 12)),
    )


def test_a_term_before_an_event_names_the_days_between() -> None:
    assert steps("at least 7 wd before from 2022-10-14") == [
        ("start", "10-14", "", None),
        ("counted", "09-30", "09-30", 1),
        ("skipped", "10-01", "10-07", "National Day"),
        ("worked", "10-08", "10-08", "National Day"),
        ("worked", "10-09", "10-09", "National Day"),
        ("counted", "10-10", "10-13", 4),
        ("due", "09-30", "", None),
    ]


def test_a_rolled_term_names_the_days_off_at_its_end() -> None:
    assert steps("within 15 d, rolls from 2026-09-18 without hearing 2026-10-08..2026-10-09") == [
        ("start", "09-18", "", None),
        ("counted", "09-19", "10-03", 15),
        ("rolled", "10-03", "10-07", "National Day"),
        ("paused", "10-08", "10-09", "hearing"),
        ("due", "10-10", "", None),
    ]


def test_pauses_and_extensions_stand_in_the_explanation() -> None:
    assert steps("within 90 d from 2026-03-01 + 30 without hearing 2026-04-01..2026-04-10") == [
        ("start", "03-01", "", None),
        ("extended", "", "", 30),
        ("counted", "03-02", "03-31", 30),
        ("paused", "04-01", "04-10", "hearing"),
        ("counted", "04-11", "07-09", 90),
        ("due", "07-09", "", None),
    ]
    paused = explain(parse_reckoning("within 7 wd from 2026-09-24 without hearing 2026-09-26..2026-09-28"), CALENDAR)[2]
    assert paused == Step("paused", date(2026, 9, 26), date(2026, 9, 28), "hearing", None, 1)


def test_months_say_when_there_is_no_corresponding_day_and_what_was_left_out() -> None:
    assert steps("lasts at least 3 m from 2025-11-30 without hearing 2025-12-01..2025-12-02") == [
        ("start", "11-30", "", None),
        ("paused", "12-01", "12-02", "hearing"),
        ("month-end", "02-28", "", None),
        ("earliest", "03-02", "", None),
    ]


def test_hours_have_only_a_start_and_an_end() -> None:
    assert steps("within 24 h from 2026-09-30T15:30") == [("start", "09-30", "", None), ("due", "10-01", "", None)]


@settings(max_examples=100, deadline=None, database=None)
@given(reckonings())
def test_an_explanation_adds_up_and_ends_where_the_deadline_does(reckoning: Reckoning) -> None:
    rule, start, more, _ = reckoning
    deadline = reckon(reckoning, CALENDAR)
    told = explain(reckoning, CALENDAR)
    assert (told[0].code, told[0].begins) == ("start", date(start.year, start.month, start.day))
    if deadline.due is None:
        assert (told[-1].code, told[-1].ends) == ("paused", None)
        return
    assert (told[-1].code, told[-1].begins) == ("earliest" if rule.how == "lasts" else "due", deadline.due)
    counted = sum(step.amount or 0 for step in told if step.code in {"counted", "worked"})
    if rule.unit is WD or (rule.unit is D and rule.how != "before"):
        assert counted == rule.amount + more
    for step in told:
        if step.code == "worked":
            assert step.begins is not None
            assert step.begins.weekday() >= 5
            assert CALENDAR.is_working(step.begins)
    # Every day between start and end is told of once; only the day off at the end of a term counts and is rolled too.
    if rule.unit is WD:
        days = [one for step in told if step.code in {"counted", "worked", "skipped", "paused"} for one in _days(step)]
        first, last = sorted((start, deadline.due))
        within = [first + timedelta(days=n) for n in range((last - first).days + 1)]
        assert days == (within[1:] if rule.how != "before" else within[:-1])


def _days(step: Step) -> list[date]:
    assert step.begins is not None
    assert step.ends is not None
    return [step.begins + timedelta(days=n) for n in range((step.ends - step.begins).days + 1)]


# --- what holds for every term ----------------------------------------------------------------


@settings(max_examples=100, deadline=None, database=None)
@given(reckonings(), st.integers(-20, 220), st.integers(0, 40))
def test_a_pause_added_never_shortens_a_term(reckoning: Reckoning, offset: int, length: int) -> None:
    assume(reckoning.rule.how != "before" and reckoning.rule.unit is not H)
    begins = reckoning.start + timedelta(days=offset)
    pause = Pause(begins, begins + timedelta(days=length), "appraisal")
    before, after = (
        reckon(one, CALENDAR).due for one in (reckoning, reckoning._replace(pauses=(*reckoning.pauses, pause)))
    )
    if before is None:
        assert after is None
    else:
        assert after is None or after >= before


@settings(max_examples=100, deadline=None, database=None)
@given(reckonings(), st.permutations(range(3)))
def test_the_order_in_which_pauses_are_kept_does_not_matter(reckoning: Reckoning, order: list[int]) -> None:
    shuffled = tuple(reckoning.pauses[n] for n in order if n < len(reckoning.pauses))
    assert reckon(reckoning._replace(pauses=shuffled), CALENDAR) == reckon(reckoning, CALENDAR)


@settings(max_examples=100, deadline=None, database=None)
@given(reckonings(), st.integers(1, 30))
def test_an_extension_never_shortens_a_term(reckoning: Reckoning, more: int) -> None:
    assume(reckoning.rule.how != "before")
    before = reckon(reckoning, CALENDAR)
    after = reckon(reckoning._replace(more=reckoning.more + more), CALENDAR)
    if before.due is not None and after.due is not None:
        assert (after.due, after.time or "") >= (before.due, before.time or "")


@settings(max_examples=100, deadline=None, database=None)
@given(DAYS, st.integers(1, 200), st.sampled_from((D, M)))
def test_a_rolled_term_ends_on_the_first_working_day_from_its_plain_end(day: date, amount: int, unit: Unit) -> None:
    plain = reckon(Reckoning(Rule("within", amount, unit, rolls=False), day), CALENDAR).due
    rolled = reckon(Reckoning(Rule("within", amount, unit, rolls=True), day), CALENDAR).due
    assert plain is not None
    assert rolled is not None
    assert rolled == CALENDAR.roll(plain)


@settings(max_examples=100, deadline=None, database=None)
@given(DAYS, st.integers(1, 120))
def test_months_end_on_the_same_number_or_on_the_last_day_of_the_month(day: date, amount: int) -> None:
    end = reckon(Reckoning(Rule("within", amount, M, rolls=False), day), CALENDAR).due
    assert end is not None
    assert (end.year * 12 + end.month) - (day.year * 12 + day.month) == amount
    assert end.day == day.day or (end.day < day.day and (end + timedelta(days=1)).day == 1)


@settings(max_examples=100, deadline=None, database=None)
@given(DAYS, DAYS, st.integers(1, 60), st.sampled_from(("within", "before", "lasts")), st.sampled_from((WD, D, M)))
def test_a_later_start_never_ends_earlier(one: date, other: date, amount: int, how: str, unit: Unit) -> None:
    first, second = sorted((one, other))
    rule = parse_rule({"within": "{}", "before": "at least {} before", "lasts": "lasts at least {}"}[how].format(
        f"{amount} {unit.value}"))  # fmt: skip
    ends = [reckon(Reckoning(rule, day), CALENDAR).due or date.max for day in (first, second)]
    assert ends == sorted(ends)


def test_the_longest_terms_of_the_widest_years_can_be_reckoned() -> None:
    for unit in (WD, D, M):
        for how in ("within", "before", "lasts"):
            for start in (date(1949, 1, 1), date(2200, 12, 31)):
                rule = Rule(how, 9999, unit, rolls=how == "within" and unit is not WD)
                assert reckon(Reckoning(rule, start, 9999), CALENDAR).due is not None


@pytest.mark.parametrize(
    "text",
    [
        "within 15 d from 0001-01-01",
        "within 15 d from 9999-12-31",
        "within 2 h from 9999-12-31T23:00",
        "within 30 d from 2026-05-01 without hearing 2026-06-01..9999-12-31",
    ],
)
def test_what_was_kept_never_reckons_from_a_day_beyond_the_calendar(text: str) -> None:
    with pytest.raises(InvalidRule):
        parse_reckoning(text)
