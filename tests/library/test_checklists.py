"""The checklists that come with lawcheck: what they hold, and what they ask in which year."""

import re
from collections import Counter
from datetime import date
from itertools import pairwise

import pytest
import yaml

from lawcheck.core.calendar import FIXED
from lawcheck.core.frozen import laid_rows
from lawcheck.core.law import Certainty, Ended, Law, Level, Registry, Standing
from lawcheck.core.layout import item_periods
from lawcheck.core.template import DueFrom, Item, Template
from lawcheck.core.words import Kind, Text
from lawcheck.library.places import checklists, template_files
from lawcheck.library.reading import read_bureau, read_demo, read_duties
from shipped import cited, due_of, item_of, year_of, years_with

YEARS = range(2022, 2027)
ITEMS = {
    "AR": 8,
    "CR": 17,
    "ES": 29,
    "FC": 10,
    "FR": 7,
    "LO": 7,
    "LP": 10,
    "MD": 19,
    "PI": 5,
    "PL": 10,
    "RL": 14,
    "SE": 7,
    "SI": 5,
    "SV": 11,
}
KINDS = {
    "AR": {"yearly": 8},
    "CR": {"periodic": 5, "occasion": 2, "case": 10},
    "ES": {"yearly": 8, "periodic": 4, "occasion": 5, "case": 12},
    "FC": {"yearly": 6, "case": 4},
    "FR": {"yearly": 5, "periodic": 1, "occasion": 1},
    "LO": {"yearly": 4, "periodic": 1, "occasion": 2},
    "LP": {"yearly": 7, "periodic": 2, "occasion": 1},
    "MD": {"yearly": 1, "periodic": 1, "occasion": 3, "case": 14},
    "PI": {"yearly": 1, "periodic": 2, "occasion": 2},
    "PL": {"yearly": 6, "occasion": 4},
    "RL": {"periodic": 1, "occasion": 5, "case": 8},
    "SE": {"yearly": 2, "periodic": 1, "occasion": 2, "case": 2},
    "SI": {"yearly": 1, "periodic": 1, "occasion": 1, "case": 2},
    "SV": {"yearly": 3, "occasion": 6, "case": 2},
}
FIGURES = {
    "AR": 0,
    "CR": 22,
    "ES": 24,
    "FC": 8,
    "FR": 1,
    "LO": 0,
    "LP": 2,
    "MD": 28,
    "PI": 0,
    "PL": 0,
    "RL": 17,
    "SE": 4,
    "SI": 4,
    "SV": 4,
}
DEMO_TEMPLATES = ["CR", "ES", "FR", "LP", "MD", "PL"]
LAWS = {
    "nianjie",
    "cfl",
    "cxgd",
    "tzbf",
    "gsgd",
    "tsjb",
    "zfjd-zx",
    "zrz",
    "xkcx",
    "cljz",
    "zdjc",
    "gd-zdjc",
    "gz-zdjc",
    "gd-jctz",
    "gb118",
    "yf36",
    "gd-gs",
    "gd-jl",
    "gd-sh",
    "yzf",
    "gd-scjg",
    "gd-ajpc",
    "gd-zfjd",
    "zfjd",
    "gd-tz",
    "ducha",
    "dyzr",
    "gangyao",
    "pf17",
    "pfl",
    "pf85",
    "fyf",
    "fytl",
    "xsf",
    "cting",
    "xxgk",
    "yhys",
    "gb47",
    "gb42",
    "zxzw",
    "xkf",
    "qzf",
    "fcr-16",
    "fcr-21",
    "fldf",
    "fcr-24",
    "fcr-25",
    "cl27",
    "zl27",
    "jc54",
    "gf26",
    "yfh136",
    "gz-yf",
    "yfl277",
    "ysfz",
    "ykyh",
    "xtjd",
    "gd-yhys",
    "gz-shufa",
    "gz-zxgh",
    "xfr",
}
HAN = re.compile(r"[\u4e00-\u9fff]")
LATIN_WORD = re.compile(r"[A-Za-z]{3}")


def items(shipped: dict[str, Template]) -> dict[str, Item]:
    return {item.code: item for template in shipped.values() for item in template.items}


# --- the templates -------------------------------------------------------------------------------


def test_the_templates_come_with_the_program_and_stand_for_years(shipped: dict[str, Template]) -> None:
    assert [path.name for path in template_files()] == [f"{code}.yaml" for code in sorted(ITEMS)]
    assert {code: len(one.items) for code, one in shipped.items()} == ITEMS


def test_the_items_are_of_these_kinds(shipped: dict[str, Template]) -> None:
    assert {code: dict(Counter(item.kind.value for item in one.items)) for code, one in shipped.items()} == KINDS
    kinds = Counter(item.kind for item in items(shipped).values())
    assert kinds == {Kind.YEARLY: 52, Kind.PERIODIC: 19, Kind.OCCASION: 34, Kind.CASE: 54}
    assert {code: len(one.figures) for code, one in shipped.items()} == FIGURES


def test_items_are_numbered_in_order_and_no_code_stands_twice(shipped: dict[str, Template]) -> None:
    for code, template in shipped.items():
        assert [item.code for item in template.items] == [f"{code}-{n:02}" for n in range(1, ITEMS[code] + 1)]


def test_no_figure_is_declared_twice_in_all_the_templates(shipped: dict[str, Template]) -> None:
    keys = [figure.key for template in shipped.values() for figure in template.figures]
    assert sorted(set(keys)) == sorted(keys)


def test_every_text_is_complete_in_both_languages(shipped: dict[str, Template], registry: Registry) -> None:
    texts: list[Text | None] = list(read_duties().values())
    for template in shipped.values():
        texts += [template.title, template.about]
        texts += [words for figure in template.figures for words in (figure.title, figure.measure)]
        for item in template.items:
            texts += [item.title, item.standard, item.evidence, item.deadline, item.note]
            texts.append(item.practice.note if item.practice else None)
    for law in registry.laws.values():
        texts += [law.title, law.issuer, law.note]
        texts += [words for version in law.versions for words in (version.title, version.note)]
    texts += [source.title for source in registry.sources.values()]
    for words in texts:
        if words is None or words == Text("%", "%"):
            continue
        assert HAN.search(words.zh), words
        assert LATIN_WORD.search(words.en), words
        assert words.zh.strip() == words.zh, words
        assert words.en.strip() == words.en, words


def test_an_english_text_says_nothing_in_chinese(shipped: dict[str, Template]) -> None:
    for item in items(shipped).values():
        for words in (item.title, item.standard, item.evidence, item.deadline):
            assert words is None or not HAN.search(words.en), item.code


def test_every_item_has_a_title_a_standard_and_evidence_of_its_own(shipped: dict[str, Template]) -> None:
    for name in ("title", "standard"):
        for spoken in ("zh", "en"):
            said = [getattr(getattr(item, name), spoken) for item in items(shipped).values()]
            assert [text for text, times in Counter(said).items() if times > 1] == []


def test_every_section_of_an_item_is_a_section_of_the_bureau(shipped: dict[str, Template]) -> None:
    duties = read_duties()
    for path in (checklists() / "bureau.yaml", checklists() / "demo" / "2022" / "bureau.yaml"):
        bureau = read_bureau(path, duties)
        sections = {section.key for section in bureau.sections}
        wanted = {item.section for item in items(shipped).values()}
        wanted |= {figure.section for template in shipped.values() for figure in template.figures}
        assert wanted <= sections
        assert all(bureau.holders(item.duty) for item in items(shipped).values())


def test_every_day_of_practice_names_its_source_and_every_day_of_law_its_basis(shipped: dict[str, Template]) -> None:
    fixed = Counter(item.due_from for item in items(shipped).values())
    assert fixed == {DueFrom.PRACTICE: 63, DueFrom.LAW: 8, None: 88}
    for item in items(shipped).values():
        assert item.due_from is not DueFrom.PRACTICE or item.practice is not None, item.code
        assert item.due_from is not DueFrom.LAW or item.basis, item.code
        assert item.basis or item.practice, item.code


def test_a_day_of_practice_is_explained_and_a_practice_on_record_says_where_it_stands(
    shipped: dict[str, Template],
) -> None:
    for item in items(shipped).values():
        if item.practice is not None and item.due_from is DueFrom.PRACTICE:
            assert item.practice.note is not None, item.code
        if item.practice is not None:
            assert (item.practice.source, bool(item.practice.place)) in {("custom", False), ("seed", True)}, item.code


def test_only_these_days_are_fixed_by_law(shipped: dict[str, Template]) -> None:
    by_law = {item.code: item.due for item in items(shipped).values() if item.due_from is DueFrom.LAW}
    assert by_law == {
        "AR-05": "before 03-01 next year",
        "AR-06": "before 04-01 next year",
        "AR-08": "by 01-31 next year",
        "ES-10": "by 01-31 next year",
        "FR-04": "by 12-31",
        "LO-02": "by 12-31",
        "LP-05": "by 12-04",
        "SV-01": "by 12-31",
    }


def test_an_item_weighs_from_one_to_three(shipped: dict[str, Template]) -> None:
    assert {item.weight for item in items(shipped).values()} == {1, 2, 3}


def test_a_rate_counts_two_figures_of_its_template(shipped: dict[str, Template]) -> None:
    for template in shipped.values():
        keys = {figure.key for figure in template.figures}
        for item in template.items:
            assert (item.rate is not None) is (item.kind is Kind.CASE), item.code
            if item.rate is not None:
                assert item.rate.met != item.rate.of, item.code
                assert {item.rate.met, item.rate.of} <= keys, item.code


# --- the years -----------------------------------------------------------------------------------

LEFT_OUT = {
    2022: "CR-02 CR-13 FC-03 FC-04 FC-06 FC-07 FC-09 LP-07 LP-08 LP-09 LP-10 PL-08 RL-03 RL-04 RL-05 RL-06 SE-02 SV-07",
    2023: "CR-02 CR-13 FC-03 FC-04 FC-06 FC-07 FC-09 LP-08 LP-09 LP-10 PL-08 RL-03 RL-04 RL-05 RL-06 SV-07",
    2024: "CR-02 CR-13 FC-08 LP-08 LP-09 LP-10 PL-08 RL-04 RL-05 SE-02 SV-07",
    2025: "CR-02 CR-13 FC-08 RL-04 RL-05 SE-02 SV-07",
    2026: "FC-08 LO-02 LO-06 LP-10 SE-02",
    2027: "CR-06 FC-08 LO-02 LO-06 LP-10 SE-02",
}


@pytest.mark.parametrize("year", sorted(LEFT_OUT))
def test_a_year_keeps_the_items_that_stand_in_it(year: int) -> None:
    left_out = [one["code"] for code in sorted(ITEMS) for one in year_of(code, year)["left_out"]]
    assert left_out == LEFT_OUT[year].split()
    assert sum(len(year_of(code, year)["items"]) for code in ITEMS) == sum(ITEMS.values()) - len(left_out)


@pytest.mark.parametrize(
    ("code", "years"),
    [
        ("LP-10", [2025]),
        ("PL-08", [2025, 2026, 2027, 2028, 2029]),
        ("CR-13", [2026, 2027, 2028, 2029]),
        ("CR-02", [2026, 2027, 2028, 2029]),
        ("CR-06", [2020, 2021, 2022, 2023, 2024, 2025, 2026]),
        ("LP-07", [2023, 2024, 2025, 2026, 2027, 2028, 2029]),
        ("LP-09", [2025, 2026, 2027, 2028, 2029]),
        ("PL-01", list(range(2020, 2030))),
    ],
)
def test_an_item_is_asked_in_its_years(code: str, years: list[int]) -> None:
    assert years_with(code) == years


@pytest.mark.parametrize(
    ("code", "year", "due"),
    [
        ("ES-10", 2026, ["2027-01-31"]),
        ("FR-05", 2026, ["2027-02-28"]),
        ("FR-05", 2023, ["2024-02-29"]),
        ("LP-05", 2026, ["2026-12-04"]),
        ("LP-05", 2022, ["2022-12-04"]),
        ("LP-08", 2025, ["2026-01-31"]),
        ("PL-01", 2026, ["2026-12-31"]),
        ("FR-04", 2026, ["2026-12-31"]),
        ("ES-02", 2026, ["2026-03-31", "2026-06-30", "2026-09-30", "2026-12-31"]),
        ("LP-06", 2026, ["2026-03-15", "2026-04-26", "2026-05-20", "2026-06-30", "2026-09-30"]),
        ("PL-09", 2023, ["2023-03-31"]),
        ("MD-14", 2026, []),
        ("CR-01", 2026, []),
    ],
)
def test_an_item_of_a_year_is_due_on_these_days(code: str, year: int, due: list[str]) -> None:
    assert due_of(code, year) == due


ASKED = {
    "LO": {
        "LO-01": ("yearly", "by 03-31", "practice", "2022-2027"),
        "LO-02": ("yearly", "by 12-31", "law", "2022-2025"),
        "LO-03": ("yearly", "by 01-31", "practice", "2022-2027"),
        "LO-04": ("yearly", "by 12-31", "practice", "2022-2027"),
        "LO-05": ("occasion", None, None, "2022-2027"),
        "LO-06": ("occasion", None, None, "2022-2025"),
        "LO-07": ("periodic", "quarter", "practice", "2022-2027"),
    },
    "SV": {
        "SV-01": ("yearly", "by 12-31", "law", "2022-2027"),
        "SV-02": ("case", None, None, "2022-2027"),
        "SV-03": ("occasion", None, None, "2022-2027"),
        "SV-04": ("occasion", None, None, "2022-2027"),
        "SV-05": ("occasion", None, None, "2022-2027"),
        "SV-06": ("occasion", None, None, "2022-2027"),
        "SV-07": ("occasion", None, None, "2026-2027"),
        "SV-08": ("yearly", "by 12-31", "practice", "2022-2027"),
        "SV-09": ("occasion", None, None, "2022-2027"),
        "SV-10": ("case", None, None, "2022-2027"),
        "SV-11": ("yearly", "by 12-31", "practice", "2022-2027"),
    },
    "SE": {
        "SE-01": ("occasion", None, None, "2022-2027"),
        "SE-02": ("occasion", None, None, "2023-2023"),
        "SE-03": ("periodic", "quarter", "practice", "2022-2027"),
        "SE-04": ("yearly", "by 12-31", "practice", "2022-2027"),
        "SE-05": ("case", None, None, "2022-2027"),
        "SE-06": ("yearly", "by 12-31", "practice", "2022-2027"),
        "SE-07": ("case", None, None, "2022-2027"),
    },
    "AR": {
        "AR-01": ("yearly", "by 12-15", "practice", "2022-2027"),
        "AR-02": ("yearly", "by 01-15 next year", "practice", "2022-2027"),
        "AR-03": ("yearly", "before 04-01 next year", "practice", "2022-2027"),
        "AR-04": ("yearly", "before 03-01 next year", "practice", "2022-2027"),
        "AR-05": ("yearly", "before 03-01 next year", "law", "2022-2027"),
        "AR-06": ("yearly", "before 04-01 next year", "law", "2022-2027"),
        "AR-07": ("yearly", "by 03-31 next year", "practice", "2022-2027"),
        "AR-08": ("yearly", "by 01-31 next year", "law", "2022-2027"),
    },
}
"""Kind, when it is due (or how often it comes round), whether law or practice fixes that, first and last year asked."""


@pytest.mark.parametrize("code", sorted(ASKED))
def test_a_template_asks_for_this_when_and_in_these_years(code: str, shipped: dict[str, Template]) -> None:
    found = {}
    for item in shipped[code].items:
        years = years_with(item.code, range(2022, 2028))
        assert years == list(range(years[0], years[-1] + 1))
        when = item.every.value if item.every else item.due
        due_from = item.due_from.value if item.due_from else None
        found[item.code] = (item.kind.value, when, due_from, f"{years[0]}-{years[-1]}")
    assert found == ASKED[code]


KEPT = {
    2022: {
        "LO": "01 02 03 04 05 06 07",
        "SV": "01 02 03 04 05 06 08 09 10 11",
        "SE": "01 03 04 05 06 07",
        "AR": "01 02 03 04 05 06 07 08",
    },
    2023: {
        "LO": "01 02 03 04 05 06 07",
        "SV": "01 02 03 04 05 06 08 09 10 11",
        "SE": "01 02 03 04 05 06 07",
        "AR": "01 02 03 04 05 06 07 08",
    },
    2024: {
        "LO": "01 02 03 04 05 06 07",
        "SV": "01 02 03 04 05 06 08 09 10 11",
        "SE": "01 03 04 05 06 07",
        "AR": "01 02 03 04 05 06 07 08",
    },
    2025: {
        "LO": "01 02 03 04 05 06 07",
        "SV": "01 02 03 04 05 06 08 09 10 11",
        "SE": "01 03 04 05 06 07",
        "AR": "01 02 03 04 05 06 07 08",
    },
    2026: {
        "LO": "01 03 04 05 07",
        "SV": "01 02 03 04 05 06 07 08 09 10 11",
        "SE": "01 03 04 05 06 07",
        "AR": "01 02 03 04 05 06 07 08",
    },
}


@pytest.mark.parametrize("year", sorted(KEPT))
def test_a_year_started_keeps_exactly_these_codes(year: int) -> None:
    found = {code: [one["code"] for one in year_of(code, year)["items"]] for code in KEPT[year]}
    assert found == {code: [f"{code}-{n}" for n in numbers.split()] for code, numbers in KEPT[year].items()}


def test_an_item_gone_with_its_plan_says_that_the_law_took_it() -> None:
    def left_out(code: str, year: int) -> list[tuple[str, str, list[str]]]:
        """Return the items that a year does not ask for: why, and the laws that had asked."""
        found = year_of(code, year)["left_out"]
        return [(one["code"], one["why"], [basis["law"] for basis in one["basis"]]) for one in found]

    assert left_out("LO", 2026) == [("LO-02", "law", ["gangyao", "zl27"]), ("LO-06", "law", ["gangyao"])]
    assert left_out("SV", 2025) == [("SV-07", "law", [])]
    assert left_out("SE", 2024) == [("SE-02", "years", [])]


def test_a_plan_that_the_law_asked_for_from_july_2022_was_not_late_in_march() -> None:
    assert due_of("PL-09", 2022) == [None]


@pytest.mark.parametrize("year", YEARS)
def test_every_due_day_of_a_year_falls_in_it_or_before_april_of_the_next(year: int) -> None:
    for code in ITEMS:
        for row in laid_rows(year_of(code, year)):
            assert row.begins.startswith(f"{year}-")
            assert row.due is None or f"{year}-01-01" <= row.due < f"{year + 1}-04-01", row.ref


@pytest.mark.parametrize("year", YEARS)
def test_no_ref_stands_twice_in_a_year(year: int) -> None:
    refs = [row.ref for code in ITEMS for row in laid_rows(year_of(code, year))]
    assert sorted(set(refs)) == sorted(refs)


def test_every_item_can_be_laid_out_in_any_year(shipped: dict[str, Template]) -> None:
    for item in items(shipped).values():
        for year in (1949, 2024, 2100, 2200):
            assert all(one.due is None or one.due >= date(year, 1, 1) for one in item_periods(item, year))


# --- the law of a year ---------------------------------------------------------------------------


def test_a_complaint_of_2022_rests_on_the_rules_of_2020() -> None:
    assert cited("CR-01", 2022) == [("tsjb", "2020", "14", "read", "in-force")]


def test_a_complaint_of_2026_rests_on_both_rules() -> None:
    assert cited("CR-01", 2026) == [
        ("tsjb", "2020", "14", "read", "in-force"),
        ("tsjb", "2026", "15", "read", "in-force"),
    ]


def test_a_complaint_of_2027_rests_on_the_rules_of_2026() -> None:
    assert cited("CR-01", 2027) == [("tsjb", "2026", "15", "read", "in-force")]


def test_the_rules_of_2020_are_cited_by_the_title_that_they_had() -> None:
    item = item_of("CR-01", 2026)
    assert item is not None
    assert [one["title"]["zh"] for one in item["basis"]] == [
        "市场监督管理投诉举报处理暂行办法",
        "市场监督管理投诉举报处理办法",
    ]


def test_the_notice_to_informers_rests_on_the_rules_that_asked_for_it_only() -> None:
    assert cited("CR-06", 2026) == [("tsjb", "2020", "31", "read", "in-force")]


def test_an_article_of_the_penalty_procedure_of_2021_is_not_confirmed() -> None:
    assert cited("MD-13", 2022) == [
        ("cfl", "2021", "57", "read", "in-force"),
        ("cxgd", "2021", None, "not-found", "in-force"),
        ("cxgd", "2022", "60", "read", "in-force"),
    ]
    assert cited("MD-13", 2023) == [
        ("cfl", "2021", "57", "read", "in-force"),
        ("cxgd", "2022", "60", "read", "in-force"),
    ]


def test_no_item_claims_an_article_of_the_penalty_procedure_of_2021() -> None:
    for code in ITEMS:
        for item in year_of(code, 2022)["items"]:
            for one in item["basis"]:
                if (one["law"], one["version"]) == ("cxgd", "2021"):
                    assert (one["article"], one["certainty"], one["read_in"]) == (None, "not-found", None), item["code"]


def test_a_plan_that_ended_is_shown_as_ended_beside_the_law_that_stands() -> None:
    assert cited("PL-01", 2025)[1] == ("gangyao", "2021", "(四)", "read", "in-force")
    assert cited("PL-01", 2026) == [
        ("zrz", "2021", "5", "read", "in-force"),
        ("gangyao", "2021", "(四)", "read", "ended"),
        ("gd-scjg", "2021", "7", "read", "in-force"),
    ]


@pytest.mark.parametrize("year", [*YEARS, 2027])
def test_what_ended_is_cited_only_where_no_version_of_the_law_stands(year: int) -> None:
    for code in ITEMS:
        for item in year_of(code, year)["items"]:
            standing: dict[str, set[str]] = {}
            for one in item["basis"]:
                standing.setdefault(one["law"], set()).add(one["standing"])
            assert all(len(found) == 1 for found in standing.values()), item["code"]
            ended = {law for law, found in standing.items() if found == {"ended"}}
            last_years = {"gangyao": 2025, "pf85": 2025, "fcr-16": 2024, "fcr-21": 2024, "fytl": 2026}
            assert all(year > last_years[law] for law in ended), item["code"]
            assert "fytl" not in ended or item["code"] == "RL-08"


@pytest.mark.parametrize("year", [*YEARS, 2027])
def test_what_is_shown_as_read_has_an_article_and_a_place_where_it_was_read(year: int) -> None:
    for code in ITEMS:
        for item in year_of(code, year)["items"]:
            for one in item["basis"]:
                read = one["certainty"] == "read"
                assert read is (one["read_in"] is not None), item["code"]
                assert not read or one["article"], item["code"]


@pytest.mark.parametrize("year", YEARS)
def test_practice_is_never_shown_as_law(year: int) -> None:
    for code in ITEMS:
        for item in year_of(code, year)["items"]:
            in_force = [one for one in item["basis"] if one["standing"] == "in-force"]
            assert (item["level"] == "practice") is (not in_force), item["code"]
            assert all(one["level"] != "practice" for one in item["basis"]), item["code"]


def test_supervision_rests_on_the_national_regulations_from_2026_beside_the_provincial_ones() -> None:
    before = [
        ("gd-ajpc", "2016", "4, 6, 12", "read", "in-force"),
        ("gd-zfjd", "2016", "24", "read", "in-force"),
        ("zfjd-zx", "2019", "7, 11", "read", "in-force"),
    ]
    assert cited("SV-01", 2025) == before
    assert cited("SV-01", 2026) == [*before, ("zfjd", "2025", "15, 18", "read", "in-force")]
    assert cited("SV-07", 2026) == [("zfjd", "2025", "26–30", "read", "in-force")]


def test_class_hours_rest_on_plans_of_which_one_begins_in_2023_and_was_not_read() -> None:
    assert cited("LO-02", 2022) == [("gangyao", "2021", "(三十四)", "read", "in-force")]
    assert cited("LO-02", 2025) == [
        ("gangyao", "2021", "(三十四)", "read", "in-force"),
        ("zl27", "2023", None, "recalled", "in-force"),
    ]


def test_what_was_known_by_title_or_memory_only_is_cited_without_an_article() -> None:
    assert ("yfh136", "2020", None, "not-found", "in-force") in cited("SE-01", 2026)
    assert ("gf26", "2021", None, "recalled", "in-force") in cited("SE-03", 2026)


def test_the_report_is_published_by_the_provisions_when_the_outline_has_ended() -> None:
    assert cited("AR-06", 2026) == [
        ("ducha", "2019", "24", "read", "in-force"),
        ("gangyao", "2021", "(三十三)", "read", "ended"),
    ]


def test_the_law_on_publicity_is_cited_from_the_year_in_which_it_begins() -> None:
    assert [law for law, *_rest in cited("LP-05", 2024)] == ["xfr"]
    assert [law for law, *_rest in cited("LP-05", 2025)] == ["pfl", "xfr"]


# --- the registry --------------------------------------------------------------------------------


def version_line(law: Law, name: str) -> tuple[str | None, str | None, str | None, Ended | None]:
    version = law.version(name)
    assert version is not None
    return (version.number, version.begins.text, version.ends.text if version.ends else None, version.ended)


def test_the_registry_holds_the_known_laws(registry: Registry) -> None:
    assert len(LAWS) == 61
    assert set(registry.laws) == LAWS


def test_six_laws_changed_and_keep_all_their_versions(registry: Registry) -> None:
    several = {law.id: [one.id for one in law.versions] for law in registry.laws.values() if len(law.versions) > 1}
    assert several == {
        "cxgd": ["2021", "2022"],
        "tsjb": ["2020", "2026"],
        "fyf": ["2017", "2023"],
        "fytl": ["2007", "2026"],
        "gd-tz": ["1999", "2022"],
        "nianjie": ["1999", "2007", "2013", "2024"],
    }


def test_the_days_off_that_the_calendar_takes_from_the_law_are_those_of_its_versions(registry: Registry) -> None:
    law = registry.laws["nianjie"]
    assert law.uncited is not None
    assert [(one.number, one.number_certainty) for one in law.versions] == [
        (one.number, one.certainty) for one in FIXED
    ]
    first_whole_years = [2000, *(int(str(one.begins.text)[:4]) for one in law.versions[1:])]
    assert [one.since for one in FIXED] == first_whole_years
    assert all(one.begins.certainty == "read" for one in law.versions)


@pytest.mark.parametrize(
    ("law", "version", "line"),
    [
        ("cxgd", "2021", ("总局令第2号（第42号修正）", "2021-07-15", "2022-10-31", Ended.SUPERSEDED)),
        ("cxgd", "2022", ("总局令第2号（第42号、第61号修正）", "2022-11-01", None, None)),
        ("tsjb", "2020", ("总局令第20号（第55号、第61号修正）", "2020-01-01", "2026-04-14", Ended.REPEALED)),
        ("tsjb", "2026", ("总局令第121号", "2026-04-15", None, None)),
        ("fyf", "2017", (None, "2018-01-01", "2023-12-31", Ended.SUPERSEDED)),
        ("fyf", "2023", ("主席令第九号", "2024-01-01", None, None)),
        ("fytl", "2007", ("国务院令第499号", "2007-08-01", "2026-06-30", Ended.SUPERSEDED)),
        ("fytl", "2026", ("国务院令第836号", "2026-07-01", None, None)),
        ("gb118", "2018", ("国办发〔2018〕118号", "2018-12-05", None, None)),
        ("gangyao", "2021", ("中发〔2021〕33号", "2021-08", "2025-12-31", Ended.PLAN_ENDED)),
        ("pfl", "2025", (None, "2025-11-01", None, None)),
        ("gd-gs", "2021", (None, "2021", None, Ended.UNKNOWN)),
        ("zfjd", "2025", ("国务院令第825号", "2026-02-01", None, None)),
    ],
)
def test_a_law_has_its_number_and_its_days(
    registry: Registry, law: str, version: str, line: tuple[str | None, str | None, str | None, Ended | None]
) -> None:
    assert version_line(registry.laws[law], version) == line


def test_one_version_follows_the_other_without_a_gap(registry: Registry) -> None:
    for law in registry.laws.values():
        for before, after in pairwise(law.versions):
            assert before.ends is not None
            ends, begins = before.ends.latest(), after.begins.earliest()
            assert ends is not None
            assert begins is not None
            assert (begins - ends).days == 1, law.id


def test_a_version_ends_after_it_begins(registry: Registry) -> None:
    for law in registry.laws.values():
        for version in law.versions:
            begins, ends = version.begins.earliest(), version.ends.latest() if version.ends else None
            assert begins is None or ends is None or begins <= ends, law.id


def test_a_number_is_given_or_said_to_be_not_found(registry: Registry) -> None:
    for law in registry.laws.values():
        for version in law.versions:
            assert (version.number is None) is (version.number_certainty is Certainty.NOT_FOUND), law.id


def test_no_law_is_printed_with_the_misprinted_number(registry: Registry) -> None:
    for law in registry.laws.values():
        for version in law.versions:
            assert "国发办" not in (version.number or ""), law.id
            assert "国发办" not in (version.title or law.title).zh, law.id


def test_the_misprinted_number_is_flagged_where_it_belongs(shipped: dict[str, Template], registry: Registry) -> None:
    notes = {law.id: law.versions[-1].note for law in registry.laws.values()}
    flagged = {name for name, note in notes.items() if note and "国发办" in note.zh}
    assert flagged == {"gb118"}
    assert {item.code for item in items(shipped).values() if item.note and "国发办" in item.note.zh} == {"ES-29"}


def test_no_law_is_a_practice(registry: Registry) -> None:
    assert Level.PRACTICE not in {law.level for law in registry.laws.values()}
    assert {"seed", "custom"} <= set(registry.sources)
    assert not {"seed", "custom"} & set(registry.laws)


def test_what_was_not_read_is_not_said_to_have_been_read(registry: Registry) -> None:
    for law in registry.laws.values():
        for version in law.versions:
            if not version.read_in:
                assert version.read is None, law.id


def test_a_known_law_stands_in_the_year_of_its_start(registry: Registry) -> None:
    for law in registry.laws.values():
        for version in law.versions:
            begins = version.begins.earliest()
            if begins is not None:
                assert version.standing(begins.year) is Standing.IN_FORCE, law.id


# --- the files -----------------------------------------------------------------------------------


def test_the_files_are_plain_yaml_that_any_reader_can_read(shipped: dict[str, Template]) -> None:
    for path in sorted(checklists().rglob("*.yaml")):
        data = path.read_bytes()
        assert b"\r" not in data, path.name
        assert b"\t" not in data, path.name
        assert not data.startswith(b"\xef\xbb\xbf"), path.name
        assert yaml.safe_load(data), path.name
    assert len(shipped) == len(template_files())


def test_the_demonstration_year_is_read_and_speaks_of_items_that_there_are(shipped: dict[str, Template]) -> None:
    demo = read_demo(checklists() / "demo" / "2022" / "year.yaml")
    assert (demo.year, demo.today, sorted(demo.templates)) == (2022, "2023-01-09", DEMO_TEMPLATES)
    known = {one["code"] for code in DEMO_TEMPLATES for one in year_of(code, 2022)["items"]}
    named: set[str] = set()
    for step in demo.steps:
        for one in (step.tick, step.partial, step.occasion, step.note):
            refs = [one] if isinstance(one, str) else one or []
            named |= {ref.split(".")[0] for ref in refs}
    assert named <= known
    assert len(named) > 10
    assert named <= set(items(shipped))
