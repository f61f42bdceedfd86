"""The calendar file, read back by icalendar and by a plain reader of the standard's lines."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from due_rows import NOTHING, ROW, TODAY, due_days_of
from lawcheck.export.ics import calendar_file
from lawcheck.render import language
from lawcheck.service.due_days import DueDay, DueDays


def _lines(content: bytes) -> list[str]:
    """Return the lines of a calendar as RFC 5545 reads them: CRLF ends a line, and a space behind it goes on."""
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    raw = content.removesuffix(b"\r\n").split(b"\r\n")
    assert max(len(line) for line in raw) <= 75
    for line in raw:
        line.decode("utf-8")  # no character is torn apart
    return content.replace(b"\r\n ", b"").decode("utf-8").removesuffix("\r\n").split("\r\n")


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], text)


def _events(content: bytes) -> list[dict[str, str]]:
    """Return the events' properties by name, parameters left with the name, read without a library."""
    found: list[dict[str, str]] = []
    inside: list[str] = []
    for line in _lines(content):
        name, _colon, value = line.partition(":")
        if name == "BEGIN":
            inside.append(value)
            if value == "VEVENT":
                found.append({})
        elif name == "END":
            assert inside.pop() == value
        elif "VEVENT" in inside:
            found[-1]["/".join([*inside[2:], name])] = _plain(value)
    assert inside == []
    return found


def _parsed(content: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def test_a_day_is_an_event_of_the_whole_day(found: DueDays) -> None:
    assert _events(calendar_file(found))[0] == {
        "UID": f"2026-TT-01@{'ab' * 16}.lawcheck",
        "SEQUENCE": "0",
        "DTSTAMP": "20260924T000000Z",
        "DTSTART;VALUE=DATE": "20261012",
        "DTEND;VALUE=DATE": "20261013",
        "SUMMARY": "TT-01 Yearly item",
        "DESCRIPTION": "Ref: TT-01 (2026)\nLaw: Administrative Penalty Law art. 48",
        "CATEGORIES": "Legal",
        "STATUS": "CONFIRMED",
        "TRANSP": "TRANSPARENT",
        "VALARM/ACTION": "DISPLAY",
        "VALARM/DESCRIPTION": "TT-01 Yearly item",
        "VALARM/TRIGGER": "-P3DT15H",
    }


def test_an_hour_is_an_event_at_the_minute_in_beijing(found: DueDays) -> None:
    content = calendar_file(found)
    event = _events(content)[1]
    assert {name: event[name] for name in event if name.startswith("DT")} == {
        "DTSTAMP": "20260924T000000Z",
        "DTSTART;TZID=Asia/Shanghai": "20260930T153000",
    }
    assert event["UID"] == f"case-AJ-17.PUB@{'ab' * 16}.lawcheck"
    assert event["SEQUENCE"] == "41"
    assert event["DESCRIPTION"] == (
        "Ref: AJ-17.PUB\nCase: 海市监处罚〔2026〕88号 无照经营; 罚款, 1\\2\npractice, not law: custom"
    )
    assert _parsed(content)[1].decoded("dtstart").astimezone(UTC) == datetime(2026, 9, 30, 7, 30, tzinfo=UTC)


def test_a_day_that_may_move_is_tentative_and_says_so(found: DueDays) -> None:
    event = _events(calendar_file(found))[2]
    assert (event["STATUS"], event["CATEGORIES"]) == ("TENTATIVE", "XX")
    assert event["DESCRIPTION"].splitlines()[1:] == [
        "The day is fixed by practice, not by law.",
        "The day is provisional: the holidays up to it are not all known yet.",
    ]


def test_a_calendar_speaks_the_language_chosen(found: DueDays) -> None:
    language.choose("zh")
    content = calendar_file(found)
    lines = _lines(content)
    assert {"PRODID:-//lawcheck//lawcheck//ZH", "NAME:小局到期日", "X-WR-CALNAME:小局到期日"} <= set(lines)
    first = _events(content)[0]
    assert (first["SUMMARY"], first["CATEGORIES"]) == ("TT-01 年度事项", "法制科")
    assert first["DESCRIPTION"] == "编号：TT-01 (2026)\n依据：《行政处罚法》第48条"


def test_another_parser_reads_what_was_written(found: DueDays) -> None:
    content = calendar_file(found)
    calendar: Any = icalendar.Calendar.from_ical(content)
    assert (calendar["version"], calendar["method"], calendar["calscale"]) == ("2.0", "PUBLISH", "GREGORIAN")
    assert [str(one["tzid"]) for one in calendar.walk("VTIMEZONE")] == ["Asia/Shanghai"]
    events = _parsed(content)
    assert [one.errors for one in events] == [[], [], []]
    assert [one.decoded("dtstart") for one in events][::2] == [date(2026, 10, 12), date(2027, 1, 8)]
    assert [str(one["description"]) for one in events] == [one["DESCRIPTION"] for one in _events(content)]
    assert [[str(part) for part in one["categories"].cats] for one in events] == [["Legal"], ["Enforcement"], ["XX"]]


def test_the_same_day_gives_the_same_bytes_and_another_day_only_another_stamp(found: DueDays) -> None:
    assert calendar_file(found) == calendar_file(found)
    far = found._replace(days=found.days[::2])
    later = calendar_file(far._replace(today=date(2026, 9, 25)))
    assert later.replace(b"20260925T", b"20260924T") == calendar_file(far)


def test_a_calendar_without_a_day_is_one_all_the_same() -> None:
    content = calendar_file(due_days_of()._replace(bureau=None, units={}))
    assert _events(content) == []
    assert "NAME:Due days" in _lines(content)
    assert [one.name for one in icalendar.Calendar.from_ical(content).subcomponents] == ["VTIMEZONE"]


@pytest.mark.parametrize(
    ("due", "time", "rings"),
    [
        (date(2026, 10, 12), None, "2026-10-08 09:00"),  # Thursday; then Friday and the Saturday worked
        (date(2026, 10, 8), None, "2026-09-28 09:00"),  # the last three working days before the holiday
        (date(2026, 9, 29), None, "2026-09-28 09:00"),  # three ahead has gone by: one ahead
        (date(2026, 9, 28), None, "2026-09-24 09:00"),  # the 25th is Mid-Autumn
        (date(2026, 9, 24), None, "2026-09-24 09:00"),
        (date(2026, 9, 23), None, None),
        (date(2026, 9, 30), "15:30", "2026-09-24 09:00"),
        (date(2026, 9, 24), "15:30", "2026-09-24 09:00"),
        (date(2026, 9, 24), "10:00", "2026-09-24 08:00"),  # two hours before
        (date(2026, 9, 24), "00:00", "2026-09-23 22:00"),
    ],
)
def test_an_alarm_rings_some_working_days_ahead_and_never_for_what_is_over(
    due: date, time: str | None, rings: str | None
) -> None:
    row = ROW._replace(due=due, due_time=time)
    (event,) = _parsed(calendar_file(due_days_of(DueDay(row, None, None, NOTHING, 0))))
    alarms = list(event.walk("VALARM"))
    starts = datetime.fromisoformat(f"{due}T{time or '00:00'}")
    assert [starts + one["trigger"].dt for one in alarms] == ([datetime.fromisoformat(rings)] if rings else [])


@pytest.mark.parametrize("hour", ["00:00", "08:59", "23:59"])
def test_what_is_due_at_an_hour_of_today_rings_two_hours_before_at_the_latest(hour: str) -> None:
    row = ROW._replace(due=TODAY, due_time=hour)
    (event,) = _parsed(calendar_file(due_days_of(DueDay(row, None, None, NOTHING, 0))))
    (alarm,) = event.walk("VALARM")
    assert alarm["trigger"].dt <= timedelta(hours=-2)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=200), st.text(max_size=120))
@example("C:\\New", "\\N")
def test_whatever_a_user_typed_reads_back_on_lines_of_its_own(title: str, number: str) -> None:
    language.choose("en")
    row = ROW._replace(happening=title or None)
    content = calendar_file(due_days_of(DueDay(row, number, title, NOTHING, 0)))
    (event,), (parsed,) = _events(content), _parsed(content)
    assert str(parsed["summary"]) == event["SUMMARY"]
    assert event["DESCRIPTION"].count("\n") == 1
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f]", event["SUMMARY"] + event["DESCRIPTION"])
    assert set(event) >= {"UID", "DTSTAMP", "DTSTART;VALUE=DATE"}
