"""Law in time: what is in force when, and what an item may cite in a year."""

from datetime import date

import pytest

from lawcheck.core.law import (
    EVERY_VERSION,
    Basis,
    Certainty,
    Citation,
    Ended,
    Law,
    LawDate,
    Level,
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
    assert citation == Citation(TURNING, OLD, None, NOT_FOUND, None, Standing.IN_FORCE)


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
