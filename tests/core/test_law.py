"""Law in time: what is in force when, and what an item may cite in a year."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from lawcheck.core.law import (
    EVERY_VERSION,
    NO_SUCCESSOR,
    Applies,
    Basis,
    Certainty,
    Citation,
    Ended,
    Law,
    LawDate,
    Level,
    OnDay,
    Registry,
    Standing,
    Version,
)
from lawcheck.core.words import Text

READ, RECALLED, NOT_FOUND = Certainty.READ, Certainty.RECALLED, Certainty.NOT_FOUND
UNKNOWN = LawDate(None, NOT_FOUND)


def on(text: str, certainty: Certainty = READ) -> LawDate:
    return LawDate(text, certainty)


def version(
    name: str, begins: LawDate, ends: LawDate | None = None, issued: LawDate = UNKNOWN, ended: Ended | None = None
) -> Version:
    if ends is not None and ended is None:
        ended = Ended.SUPERSEDED
    return Version(name, None, None, NOT_FOUND, issued, begins, ends, ended, (), None, None)


def law(name: str, *versions: Version, level: Level = Level.RULE) -> Law:
    return Law(name, Text("某规定", "Some rules"), level, Text("某部", "Some ministry"), None, versions)


def basis(
    name: str,
    articles: dict[str, str] | None = None,
    *,
    only: tuple[str, ...] = (),
    certainty: Certainty = READ,
    read_in: dict[str, str] | None = None,
) -> Basis:
    if read_in is None:
        read_in = {EVERY_VERSION: "JL"} if certainty is READ else {}
    return Basis(name, articles or {}, only, certainty, read_in)


OLD = version("2020", on("2020-01-01"), on("2026-04-14"))
NEW = version("2026", on("2026-04-15"))
TURNING = law("turning", OLD, NEW)
REGISTRY = Registry({"turning": TURNING})


def cited(basis: Basis, year: int, registry: Registry = REGISTRY) -> list[tuple[str, Standing, str | None, Certainty]]:
    return [(one.version.id, one.standing, one.article, one.certainty) for one in registry.cite((basis,), year)]


# --- dates --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("2021-07", date(2021, 7, 1), date(2021, 7, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28)),
        ("2021-07-15", date(2021, 7, 15), date(2021, 7, 15)),
    ],
)
def test_a_date_of_law_is_as_precise_as_it_is_written(text: str, first: date, last: date) -> None:
    assert (on(text).earliest(), on(text).latest()) == (first, last)


def test_a_date_that_was_not_found_has_no_bounds() -> None:
    assert (UNKNOWN.earliest(), UNKNOWN.latest()) == (None, None)


def test_a_date_not_found_is_bounded_by_the_day_of_its_first_trace() -> None:
    traced = LawDate(None, NOT_FOUND, "2023-01")
    assert (traced.earliest(), traced.latest()) == (date(2023, 1, 1), date(2023, 1, 31))


# --- standing -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "standing"),
    [
        (2019, Standing.NOT_YET),
        (2020, Standing.IN_FORCE),
        (2025, Standing.IN_FORCE),
        (2026, Standing.IN_FORCE),
        (2027, Standing.ENDED),
    ],
)
def test_a_version_stands_in_every_year_that_it_touches(year: int, standing: Standing) -> None:
    assert OLD.standing(year) is standing


def test_one_day_in_the_year_is_enough() -> None:
    begun_last = version("a", on("2026-12-31"))
    ended_first = version("b", on("2020-01-01"), on("2026-01-01"))
    assert (begun_last.standing(2026), ended_first.standing(2026)) == (Standing.IN_FORCE, Standing.IN_FORCE)
    assert (begun_last.standing(2025), ended_first.standing(2027)) == (Standing.NOT_YET, Standing.ENDED)


def test_a_start_known_to_the_year_only_does_not_exclude_that_year() -> None:
    assert version("a", on("2021")).standing(2021) is Standing.IN_FORCE
    assert version("a", on("2021")).standing(2020) is Standing.NOT_YET


def test_an_end_known_to_the_year_only_does_not_exclude_that_year() -> None:
    ending = version("a", on("2019"), on("2024"))
    assert (ending.standing(2024), ending.standing(2025)) == (Standing.IN_FORCE, Standing.ENDED)


def test_a_start_not_found_is_taken_from_the_issue() -> None:
    issued = version("a", LawDate(None, NOT_FOUND, "2023-01"), issued=on("2022-07-28"))
    assert (issued.standing(2021), issued.standing(2022)) == (Standing.NOT_YET, Standing.IN_FORCE)


def test_a_start_not_found_is_taken_from_its_first_trace_where_the_issue_is_not_known() -> None:
    traced = version("a", LawDate(None, NOT_FOUND, "2022"))
    assert (traced.standing(2021), traced.standing(2022)) == (Standing.NOT_YET, Standing.IN_FORCE)


def test_what_is_known_of_neither_start_nor_end_excludes_no_year() -> None:
    nothing = version("a", UNKNOWN, UNKNOWN, ended=Ended.UNKNOWN)
    assert {nothing.standing(year) for year in (1949, 2022, 2200)} == {Standing.IN_FORCE}


def test_an_end_not_found_still_stands() -> None:
    lost = version("a", on("2020-04-01"), UNKNOWN, ended=Ended.UNKNOWN)
    assert lost.standing(2030) is Standing.IN_FORCE


def test_a_version_is_found_by_its_id() -> None:
    assert TURNING.version("2026") is NEW
    assert TURNING.version("2021") is None


# --- standing on a day --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "old", "new"),
    [
        (date(2019, 12, 31), Standing.NOT_YET, Standing.NOT_YET),
        (date(2020, 1, 1), Standing.IN_FORCE, Standing.NOT_YET),
        (date(2026, 4, 14), Standing.IN_FORCE, Standing.NOT_YET),
        (date(2026, 4, 15), Standing.ENDED, Standing.IN_FORCE),
        (date(2200, 1, 1), Standing.ENDED, Standing.IN_FORCE),
    ],
)
def test_a_version_stands_from_its_first_day_to_its_last(day: date, old: Standing, new: Standing) -> None:
    assert (OLD.standing_on(day), NEW.standing_on(day)) == (OnDay(old, READ), OnDay(new, READ))


@pytest.mark.parametrize(
    ("stands", "day", "expected"),
    [
        (version("a", on("2022-11-01", RECALLED)), date(2022, 10, 31), OnDay(Standing.NOT_YET, RECALLED)),
        (version("a", on("2022-11-01", RECALLED)), date(2022, 11, 1), OnDay(Standing.IN_FORCE, RECALLED)),
        (version("a", on("2020-01-01"), on("2024-07-31", RECALLED)), date(2024, 8, 1), OnDay(Standing.ENDED, RECALLED)),
        (version("a", on("2021-08")), date(2021, 7, 31), OnDay(Standing.NOT_YET, READ)),
        (version("a", on("2021-08")), date(2021, 8, 1), OnDay(Standing.IN_FORCE, NOT_FOUND)),
        (version("a", on("2021-08")), date(2021, 8, 31), OnDay(Standing.IN_FORCE, READ)),
        (version("a", on("2020"), on("2024")), date(2024, 1, 1), OnDay(Standing.IN_FORCE, READ)),
        (version("a", on("2020"), on("2024")), date(2024, 1, 2), OnDay(Standing.IN_FORCE, NOT_FOUND)),
        (version("a", on("2020"), on("2024")), date(2025, 1, 1), OnDay(Standing.ENDED, READ)),
        (version("a", on("2020"), UNKNOWN, ended=Ended.UNKNOWN), date(2030, 1, 1), OnDay(Standing.IN_FORCE, NOT_FOUND)),
        (version("a", LawDate(None, NOT_FOUND, "2023-01")), date(2022, 12, 31), OnDay(Standing.NOT_YET, NOT_FOUND)),
        (version("a", LawDate(None, NOT_FOUND, "2023-01")), date(2023, 1, 31), OnDay(Standing.IN_FORCE, READ)),
        (version("a", UNKNOWN, issued=on("2022-07-28")), date(2022, 7, 27), OnDay(Standing.NOT_YET, NOT_FOUND)),
        (version("a", UNKNOWN, issued=on("2022-07-28")), date(2022, 7, 28), OnDay(Standing.IN_FORCE, NOT_FOUND)),
    ],
)
def test_a_standing_is_as_sure_as_the_dates_it_follows_from(stands: Version, day: date, expected: OnDay) -> None:
    assert stands.standing_on(day) == expected


@pytest.mark.parametrize("name", [OLD, NEW, version("a", on("2021-08"), on("2024")), version("a", UNKNOWN)])
@pytest.mark.parametrize("year", [2019, 2021, 2024, 2026, 2027])
def test_a_version_stands_in_a_year_if_it_stands_on_any_of_its_days(name: Version, year: int) -> None:
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)] + [date(year, 12, 31)]
    standings = {name.standing_on(day).standing for day in days}
    assert (name.standing(year) is Standing.IN_FORCE) == (Standing.IN_FORCE in standings)


# --- within a year ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stands", "year", "begins", "ends"),
    [
        (OLD, 2019, None, None),
        (OLD, 2020, None, None),
        (OLD, 2026, None, "2026-04-14"),
        (OLD, 2027, None, None),
        (NEW, 2026, "2026-04-15", None),
        (NEW, 2027, None, None),
        (version("a", on("2026-03-01"), on("2026-09-30")), 2026, "2026-03-01", "2026-09-30"),
        (version("a", on("2021"), on("2025-12-31")), 2021, "2021", None),
        (version("a", on("2021-08"), on("2025-12-31")), 2025, None, None),
        (version("a", on("2021"), on("2024")), 2024, None, "2024"),
    ],
)
def test_a_version_applies_within_the_days_of_the_year_that_it_stands(
    stands: Version, year: int, begins: str | None, ends: str | None
) -> None:
    within = stands.force.within(year)
    assert (within.begins and within.begins.text, within.ends and within.ends.text) == (begins, ends)


def test_a_start_not_found_bounds_the_year_of_the_issue_only() -> None:
    issued = version("a", UNKNOWN, issued=on("2022-07-28"))
    assert issued.force.within(2022) == Applies(UNKNOWN, None)
    assert issued.force.within(2023) == Applies(None, None)


# --- citing -------------------------------------------------------------------------------------


def test_the_version_in_force_is_cited_with_its_own_article() -> None:
    moved = basis("turning", {"2020": "14", "2026": "15"})
    assert cited(moved, 2022) == [("2020", Standing.IN_FORCE, "14", READ)]
    assert cited(moved, 2027) == [("2026", Standing.IN_FORCE, "15", READ)]


def test_both_versions_are_cited_in_the_year_in_which_the_law_turns() -> None:
    moved = basis("turning", {"2020": "14", "2026": "15"})
    assert cited(moved, 2026) == [("2020", Standing.IN_FORCE, "14", READ), ("2026", Standing.IN_FORCE, "15", READ)]


def test_one_article_for_every_version_is_cited_in_each() -> None:
    everywhere = basis("turning", {EVERY_VERSION: "9"})
    assert [article for _version, _standing, article, _certainty in cited(everywhere, 2026)] == ["9", "9"]


def test_an_article_not_confirmed_in_a_version_is_not_found_there() -> None:
    once = basis("turning", {"2026": "15"})
    assert cited(once, 2026) == [("2020", Standing.IN_FORCE, None, NOT_FOUND), ("2026", Standing.IN_FORCE, "15", READ)]


def test_an_article_not_confirmed_in_a_version_was_read_nowhere() -> None:
    (citation,) = REGISTRY.cite((basis("turning", {"2026": "15"}),), 2022)
    assert citation == Citation(TURNING, OLD, None, NOT_FOUND, None, Standing.IN_FORCE, READ, Applies(None, None))


def test_a_recalled_clause_without_an_article_stays_recalled() -> None:
    recalled = basis("turning", certainty=RECALLED)
    assert cited(recalled, 2022) == [("2020", Standing.IN_FORCE, None, RECALLED)]


def test_a_clause_not_found_stays_not_found() -> None:
    lost = basis("turning", certainty=NOT_FOUND)
    assert cited(lost, 2022) == [("2020", Standing.IN_FORCE, None, NOT_FOUND)]


def test_where_an_article_was_read_can_differ_by_version() -> None:
    twice = basis("turning", {"2020": "14", "2026": "15"}, read_in={"2020": "LRB", "2026": "MCA"})
    assert [(one.article, one.read_in) for one in REGISTRY.cite((twice,), 2026)] == [("14", "LRB"), ("15", "MCA")]


def test_an_article_is_read_only_in_the_version_in_which_it_was_read() -> None:
    half = basis("turning", {EVERY_VERSION: "9"}, read_in={"2026": "MCA"})
    assert [one.certainty for one in REGISTRY.cite((half,), 2022)] != [READ]


def cited_on(basis: Basis, day: date, registry: Registry = REGISTRY) -> list[tuple[str, Standing, str | None]]:
    return [(one.version.id, one.standing, one.article) for one in registry.cite_on((basis,), day)]


def test_on_a_day_the_version_of_that_day_is_cited() -> None:
    moved = basis("turning", {"2020": "14", "2026": "15"})
    assert cited_on(moved, date(2026, 4, 14)) == [("2020", Standing.IN_FORCE, "14")]
    assert cited_on(moved, date(2026, 4, 15)) == [("2026", Standing.IN_FORCE, "15")]
    assert cited_on(moved, date(2019, 12, 31)) == []


def test_what_ended_before_a_day_is_cited_as_ended_where_nothing_follows() -> None:
    narrow = basis("turning", {"2020": "31"}, only=("2020",))
    assert cited_on(narrow, date(2026, 4, 15)) == [("2020", Standing.ENDED, "31")]


def test_where_the_dates_do_not_tell_which_version_stands_both_are_cited_as_not_sure() -> None:
    vague = law("vague", version("a", on("2000"), on("2024-03")), version("b", on("2024-03")))
    found = Registry({"vague": vague}).cite_on((basis("vague", {EVERY_VERSION: "1"}),), date(2024, 3, 15))
    assert [(one.version.id, one.standing_certainty) for one in found] == [("a", NOT_FOUND), ("b", NOT_FOUND)]


def test_every_version_is_named_with_its_standing_in_the_year() -> None:
    moved = basis("turning", {"2020": "14", "2026": "15"})
    found = [(one.version.id, one.standing) for one in REGISTRY.cite_all((moved,), 2022)]
    assert found == [("2020", Standing.IN_FORCE), ("2026", Standing.NOT_YET)]


def test_the_article_of_a_text_that_was_read_is_not_that_of_one_that_was_not() -> None:
    read = replace(NEW, read_in=("MCA",))
    registry = Registry({"turning": law("turning", OLD, read)})
    everywhere = basis("turning", {EVERY_VERSION: "9"})
    assert cited(everywhere, 2026, registry) == [
        ("2020", Standing.IN_FORCE, None, NOT_FOUND),
        ("2026", Standing.IN_FORCE, "9", READ),
    ]


def test_what_follows_a_version_is_the_next_or_the_law_that_it_names() -> None:
    after = law("after", version("2024", on("2024-08-01")))
    gone = law("gone", replace(version("2016", on("2016"), on("2024-07-31")), successor="after"))
    lost = law("lost", replace(version("2021", on("2021"), on("2025-12-31")), successor=NO_SUCCESSOR))
    registry = Registry({one.id: one for one in (TURNING, after, gone, lost)})
    assert registry.successor(TURNING, OLD) == (TURNING, NEW)
    assert registry.successor(TURNING, NEW) is None
    assert registry.successor(gone, gone.versions[0]) == (after, after.versions[0])
    assert registry.successor(lost, lost.versions[0]) is None


def test_only_the_named_versions_are_cited() -> None:
    narrow = basis("turning", {"2020": "31"}, only=("2020",))
    assert cited(narrow, 2026) == [("2020", Standing.IN_FORCE, "31", READ)]
    assert cited(narrow, 2027) == [("2020", Standing.ENDED, "31", READ)]
    assert cited(basis("turning", {"2026": "38"}, only=("2026",)), 2022) == []


def test_what_has_not_begun_is_not_cited() -> None:
    assert cited(basis("turning", {"2020": "14"}), 2019) == []


def test_what_ended_is_cited_as_ended_only_where_no_other_version_stands() -> None:
    plan = Registry({"plan": law("plan", version("2021", on("2021-08"), on("2025-12-31"), ended=Ended.PLAN_ENDED))})
    outline = basis("plan", {EVERY_VERSION: "(四)"})
    assert cited(outline, 2025, plan) == [("2021", Standing.IN_FORCE, "(四)", READ)]
    assert cited(outline, 2026, plan) == [("2021", Standing.ENDED, "(四)", READ)]
    assert [one for one in cited(basis("turning"), 2027) if one[1] is Standing.ENDED] == []


def test_of_several_versions_that_ended_the_last_is_cited() -> None:
    gone = law("gone", version("a", on("2000"), on("2005")), version("b", on("2006"), on("2010")))
    assert cited(basis("gone", {EVERY_VERSION: "1"}), 2026, Registry({"gone": gone})) == [
        ("b", Standing.ENDED, "1", READ)
    ]


def test_between_an_end_and_a_later_start_the_ended_version_is_cited() -> None:
    gap = law("gap", version("a", on("2000"), on("2020")), version("b", on("2024")))
    assert cited(basis("gap", {EVERY_VERSION: "1"}), 2022, Registry({"gap": gap})) == [("a", Standing.ENDED, "1", READ)]


def test_citations_come_in_the_order_of_the_bases() -> None:
    registry = Registry({"turning": TURNING, "other": law("other", version("1", on("2000")))})
    bases = (basis("other", {EVERY_VERSION: "3"}), basis("turning", {EVERY_VERSION: "9"}))
    found = [(one.law.id, one.version.id) for one in registry.cite(bases, 2026)]
    assert found == [("other", "1"), ("turning", "2020"), ("turning", "2026")]


def test_the_levels_stand_from_the_most_binding_down() -> None:
    assert [level.value for level in Level] == ["statute", "regulation", "rule", "local", "policy", "practice"]
