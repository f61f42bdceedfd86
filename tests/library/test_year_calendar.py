"""The yearly calendar of a bureau: what the list of a year asks for on which day, and by which law in force then."""

from typing import Any, NamedTuple

import pytest

from lawcheck.core.frozen import Document, laid_rows
from lawcheck.core.law import Registry
from lawcheck.core.layout import frozen_copy
from lawcheck.core.template import Template
from lawcheck.core.words import Text
from lawcheck.library.places import checklists
from lawcheck.library.reading import read_bureau

YEARS = range(2022, 2027)
LAST_OF_FEBRUARY = {2022: "2023-02-28", 2023: "2024-02-29", 2024: "2025-02-28", 2025: "2026-02-28", 2026: "2027-02-28"}


class Line(NamedTuple):
    """A line of the calendar.

    Law and article by the first and last year in which they are in force; `recalled` and `title only` mark what was
    not read. A day that begins with `+` falls in the year after the list's.
    """

    ref: str
    days: tuple[str, ...]
    due_from: str
    law: dict[str, tuple[int, int]]
    years: tuple[int, int] = (2022, 2026)


ALWAYS = (2022, 2026)
PLAN = (2022, 2025)
CALENDAR = [
    # 15 January: the fair-competition summary that the Rules of 2021 asked for, a day that is only recalled
    Line("FC-08", ("+01-15",), "practice", {"fcr-21 recalled": (2022, 2023)}, (2022, 2023)),
    # 31 January: enforcement data; the report on open government information
    Line("ES-10", ("+01-31",), "law", {"gd-gs 17": ALWAYS, "gb118 (六)": ALWAYS}),
    Line("AR-08", ("+01-31",), "law", {"xxgk 49, 50": ALWAYS}),
    # before 1 March and before 1 April: the report submitted and published
    Line("AR-05", ("+02-last",), "law", {"ducha 23": ALWAYS}),
    Line("AR-06", ("+03-31",), "law", {"ducha 24": ALWAYS, "gangyao (三十三)": PLAN}),
    # the first quarter, by practice
    Line("LP-01", ("03-31",), "practice", {"pf17 recalled": ALWAYS, "pfl 8, 9": (2025, 2026), "ducha 9(十)": ALWAYS}),
    Line("LP-02", ("03-31",), "practice", {"pf17 recalled": ALWAYS, "pf85 recalled": PLAN, "pfl 8, 9": (2025, 2026)}),
    Line("LO-01", ("03-31",), "practice", {"gd-sh 8": ALWAYS, "gb118 (二十三)": ALWAYS}),
    Line("FR-02", ("03-31",), "practice", {"ducha 9(一)": ALWAYS}),
    Line("MD-01", ("03-31",), "practice", {"zdjc 3": ALWAYS, "gangyao (十一)": PLAN}),
    # theme days and Constitution Day
    Line(
        "LP-06",
        ("03-15", "04-26", "05-20", "06-30", "09-30"),
        "practice",
        {"pfl 16": (2025, 2026), "pf17 recalled": ALWAYS},
    ),
    Line("LP-05", ("12-04",), "law", {"pfl 13": (2025, 2026), "xfr recalled": ALWAYS}),
    # the middle of December, by practice
    Line("AR-01", ("12-15",), "practice", {"ducha 25": ALWAYS}),
    # by the end of the year; the head's statement runs into the next and closes before the report is submitted
    Line(
        "SV-01",
        ("12-31",),
        "law",
        {"gd-ajpc 4, 6, 12": ALWAYS, "gd-zfjd 24": ALWAYS, "zfjd-zx 7, 11": ALWAYS, "zfjd 15, 18": (2026, 2026)},
    ),
    Line("FR-04", ("12-31",), "law", {"ducha 9(九)": ALWAYS}),
    Line("LO-02", ("12-31",), "law", {"gangyao (三十四)": PLAN, "zl27 recalled": (2023, 2025)}, PLAN),
    Line(
        "FR-05",
        ("+02-last",),
        "practice",
        {
            "gz-shufa title only": (2024, 2026),
            "pfl 38": (2025, 2026),
            "ducha 9, 25(三)": ALWAYS,
            "ducha 6 recalled": ALWAYS,
            "dyzr recalled": ALWAYS,
        },
    ),
]


@pytest.fixture(scope="module")
def started(registry: Registry, shipped: dict[str, Template], duties: dict[str, Text]) -> dict[int, list[Document]]:
    """Return the checklists of all the templates, started for each year."""
    bureau = read_bureau(checklists() / "bureau.yaml", duties)
    return {year: [frozen_copy(one, registry, bureau, year) for one in shipped.values()] for year in YEARS}


def asked(document: Document, code: str) -> dict[str, Any] | None:
    found: dict[str, Any] | None = next((one for one in document["items"] if one["code"] == code), None)
    return found


def day_of(day: str, year: int) -> str:
    if day == "+02-last":
        return LAST_OF_FEBRUARY[year]
    return f"{year + 1}-{day[1:]}" if day.startswith("+") else f"{year}-{day}"


def law_of(item: dict[str, Any]) -> list[str]:
    marks = {"read": None, "recalled": "recalled", "not-found": "title only"}
    return [
        " ".join(part for part in (one["law"], one["article"], marks[one["certainty"]]) if part)
        for one in item["basis"]
        if one["standing"] == "in-force"
    ]


@pytest.mark.parametrize("year", YEARS)
def test_a_year_asks_for_what_the_calendar_holds_on_its_day_and_by_its_law(
    year: int, started: dict[int, list[Document]]
) -> None:
    found = {}
    for line in CALENDAR:
        document = next(one for one in started[year] if one["template"] == line.ref[:2])
        item = asked(document, line.ref)
        if item is not None:
            days = [row.due for row in laid_rows(document) if row.code == line.ref]
            found[line.ref] = (days, item["due_from"], law_of(item))
    assert found == {
        line.ref: (
            [day_of(day, year) for day in line.days],
            line.due_from,
            [law for law, (first, last) in line.law.items() if first <= year <= last],
        )
        for line in CALENDAR
        if line.years[0] <= year <= line.years[1]
    }


@pytest.mark.parametrize("year", YEARS)
def test_no_other_day_of_a_year_is_fixed_by_law(year: int, started: dict[int, list[Document]]) -> None:
    dated = [item for one in started[year] for item in one["items"] if item["kind"] != "occasion"]
    by_law = {item["code"] for item in dated if item["due_from"] == "law"}
    assert by_law == {
        line.ref for line in CALENDAR if line.due_from == "law" and line.years[0] <= year <= line.years[1]
    }


@pytest.mark.parametrize("year", YEARS)
def test_what_falls_due_in_the_new_year_belongs_to_the_list_of_the_old_one(
    year: int, started: dict[int, list[Document]]
) -> None:
    refs: dict[str, set[str]] = {}
    for document in started[year]:
        for row in laid_rows(document):
            refs.setdefault(row.due or "", set()).add(row.ref)
    assert refs[f"{year + 1}-01-31"] >= {"AR-08", "ES-10"}
    assert refs[LAST_OF_FEBRUARY[year]] >= {"AR-04", "AR-05", "FR-05"}
    assert refs[f"{year + 1}-03-31"] >= {"AR-03", "AR-06", "AR-07"}
