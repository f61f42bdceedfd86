"""The law on a date: which versions the registry cites in which year, from which day to which day."""

from datetime import date, timedelta

import pytest

from lawcheck.core.law import Basis, Certainty, LawDate, Registry, Standing

READ, RECALLED, NOT_FOUND = Certainty.READ, Certainty.RECALLED, Certainty.NOT_FOUND
YEARS = (2022, 2023, 2024, 2025, 2026)
Line = tuple[str, str | None, str | None]
"""A version, the day of the year from which it applies and the day to which, None where the year bounds it."""


def bases(*laws: str) -> tuple[Basis, ...]:
    return tuple(Basis(law, {}, (), RECALLED, {}) for law in laws)


def text(day: LawDate | None) -> str | None:
    return day.text if day else None


def cited(registry: Registry, law: str, year: int) -> list[Line]:
    return [
        (one.version.id if one.standing is Standing.IN_FORCE else "ended " + one.version.id,
         text(one.applies.begins), text(one.applies.ends))
        for one in registry.cite(bases(law), year)
    ]  # fmt: skip


def whole(version: str) -> list[Line]:
    return [(version, None, None)]


def begun(version: str, day: str) -> list[Line]:
    return [(version, day, None)]


TABLE: dict[str, dict[str, list[list[Line]]]] = {
    "penalty procedure": {
        "cxgd": [[("2021", None, "2022-10-31"), ("2022", "2022-11-01", None)], *[whole("2022")] * 4],
        "cfl": [whole("2021")] * 5,
    },
    "hearing": {
        "gd-tz": [[("1999", None, "2022-05-31"), ("2022", "2022-06-01", None)], *[whole("2022")] * 4],
        "tzbf": [whole("2021")] * 5,
    },
    "complaints, informers and mediation": {
        "tsjb": [*[whole("2020")] * 4, [("2020", None, "2026-04-14"), ("2026", "2026-04-15", None)]],
    },
    "reconsideration": {
        "fyf": [*[whole("2017")] * 2, *[whole("2023")] * 3],
        "fytl": [*[whole("2007")] * 4, [("2007", None, "2026-06-30"), ("2026", "2026-07-01", None)]],
    },
    "fair-competition review": {
        "fcr-16": [*[whole("2016")] * 2, [("2016", None, "2024-07-31")], *[whole("ended 2016")] * 2],
        "fcr-21": [*[whole("2021")] * 2, [("2021", None, "2024-07-31")], *[whole("ended 2021")] * 2],
        "fldf": [begun("2022", "2022-08-01"), *[whole("2022")] * 4],
        "fcr-24": [[], [], begun("2024", "2024-08-01"), *[whole("2024")] * 2],
        "fcr-25": [[], [], [], begun("2025", "2025-04-20"), whole("2025")],
    },
    "publicity": {
        "pf17": [whole("2017")] * 5,
        "pf85": [*[whole("2021")] * 4, whole("ended 2021")],
        "pfl": [[], [], [], begun("2025", "2025-11-01"), whole("2025")],
    },
    "enforcement supervision": {
        "gd-zfjd": [whole("2016")] * 5,
        "zfjd-zx": [whole("2019")] * 5,
        "xtjd": [[], [], begun("2024", "2024-02"), *[whole("2024")] * 2],
        "zfjd": [[], [], [], [], begun("2025", "2026-02-01")],
    },
    "three systems": {
        "gb118": [whole("2018")] * 5,
        "yf36": [whole("2019")] * 5,
        "gd-gs": [whole("2021")] * 5,
        "gd-jl": [whole("2021")] * 5,
        "gd-sh": [whole("2021")] * 5,
        "yzf": [[], begun("2023", "2023-09-27"), *[whole("2023")] * 3],
    },
    "outline": {"gangyao": [*[whole("2021")] * 4, whole("ended 2021")]},
    "enforcement quality plan": {
        "zl27": [[], begun("2023", "2023-08-09"), *[whole("2023")] * 2, whole("ended 2023")],
    },
    "enterprise inspections": {"jc54": [[], [], begun("2024", "2024-12-30"), *[whole("2024")] * 2]},
    "major decisions": {
        "zdjc": [whole("2019")] * 5,
        "gz-zdjc": [whole("2022")] * 5,
        "gd-jctz": [[], [], *[whole("2023")] * 3],
    },
    "discretion": {
        "cl27": [begun("2022", "2022-07-29"), *[whole("2022")] * 4],
        "cljz": [begun("2022", "2022-10"), *[whole("2022")] * 4],
    },
    "annual report": {"ducha": [whole("2019")] * 5},
}


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize(("topic", "law"), [(topic, law) for topic, laws in TABLE.items() for law in laws])
def test_a_year_cites_these_versions_within_these_days(registry: Registry, topic: str, law: str, year: int) -> None:
    assert cited(registry, law, year) == TABLE[topic][law][YEARS.index(year)]


# --- the edges ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("law", "last", "before", "after"),
    [
        ("gd-tz", date(2022, 5, 31), "1999", "2022"),
        ("cxgd", date(2022, 10, 31), "2021", "2022"),
        ("fyf", date(2023, 12, 31), "2017", "2023"),
        ("tsjb", date(2026, 4, 14), "2020", "2026"),
        ("fytl", date(2026, 6, 30), "2007", "2026"),
    ],
)
def test_the_day_of_the_event_decides_between_two_versions(
    registry: Registry, law: str, last: date, before: str, after: str
) -> None:
    for day, version in ((last, before), (last + timedelta(days=1), after)):
        found = [(one.version.id, one.standing) for one in registry.cite_on(bases(law), day)]
        assert found == [(version, Standing.IN_FORCE)]


def test_these_are_all_the_laws_with_several_versions(registry: Registry) -> None:
    several = {law.id for law in registry.laws.values() if len(law.versions) > 1}
    assert several == {"gd-tz", "cxgd", "fyf", "tsjb", "fytl", "nianjie"}


@pytest.mark.parametrize(
    ("law", "first"),
    [
        ("cl27", date(2022, 7, 29)),
        ("fldf", date(2022, 8, 1)),
        ("yzf", date(2023, 9, 27)),
        ("gd-jctz", date(2024, 1, 1)),
        ("fcr-24", date(2024, 8, 1)),
        ("jc54", date(2024, 12, 30)),
        ("fcr-25", date(2025, 4, 20)),
        ("pfl", date(2025, 11, 1)),
        ("zfjd", date(2026, 2, 1)),
    ],
)
def test_a_law_is_cited_from_its_first_day(registry: Registry, law: str, first: date) -> None:
    assert list(registry.cite_on(bases(law), first - timedelta(days=1))) == []
    (one,) = registry.cite_on(bases(law), first)
    assert (one.standing, one.standing_certainty) == (Standing.IN_FORCE, READ)


@pytest.mark.parametrize(
    ("law", "last", "certainty", "follows"),
    [
        ("fcr-16", date(2024, 7, 31), RECALLED, "fcr-24"),
        ("fcr-21", date(2024, 7, 31), RECALLED, "fcr-24"),
        ("gangyao", date(2025, 12, 31), READ, None),
        ("pf85", date(2025, 12, 31), READ, None),
        ("zl27", date(2025, 12, 31), READ, None),
    ],
)
def test_what_ended_says_how_surely_and_what_follows(
    registry: Registry, law: str, last: date, certainty: Certainty, follows: str | None
) -> None:
    assert [one.standing for one in registry.cite_on(bases(law), last)] == [Standing.IN_FORCE]
    (one,) = registry.cite_on(bases(law), last + timedelta(days=1))
    assert (one.standing, one.standing_certainty) == (Standing.ENDED, certainty)
    found = registry.successor(one.law, one.version)
    assert (found[0].id if found else None) == follows
    assert one.version.successor == (follows or "not-found")


def test_the_start_of_the_second_penalty_procedure_is_recalled_on_every_day(registry: Registry) -> None:
    for day in (date(2022, 10, 31), date(2022, 11, 1)):
        assert {one.standing_certainty for one in registry.cite_on(bases("cxgd"), day)} == {RECALLED}


@pytest.mark.parametrize("law", ["gd-gs", "gd-jl", "gd-sh", "gd-zfjd", "zfjd-zx"])
def test_what_may_have_ended_is_cited_as_not_confirmed(registry: Registry, law: str) -> None:
    (one,) = registry.cite_on(bases(law), date(2026, 6, 1))
    assert (one.standing, one.standing_certainty) == (Standing.IN_FORCE, NOT_FOUND)


def test_a_plan_that_ended_names_what_follows_or_that_nothing_was_found(registry: Registry) -> None:
    for law in registry.laws.values():
        for version in law.versions:
            ends = version.ends.latest() if version.ends else None
            if ends is not None and ends.year <= max(YEARS):
                follows = registry.successor(law, version)
                assert follows is not None or version.successor == "not-found", (law.id, version.id)
