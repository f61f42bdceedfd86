"""The library looked at: templates listed, shown with the law of a year, and checked."""

from pathlib import Path

import pytest

from lawcheck import errors
from lawcheck.core.law import Level, Standing
from lawcheck.core.words import Kind
from lawcheck.library.places import case_files, checklists, clocks_file, template_files
from lawcheck.service.templates import (
    CaseTemplateShown,
    TemplatesChecked,
    TemplateShown,
    check_templates,
    compare_files,
    compare_years,
    list_templates,
    show_template,
)
from support import CASE_TEMPLATES, SMALL_TEMPLATE, TEMPLATES


def year_shown(name: str, year: int) -> TemplateShown:
    shown = show_template(name, year)
    assert isinstance(shown, TemplateShown)
    return shown


def test_all_templates_are_listed_with_their_items_of_each_kind() -> None:
    listed = list_templates()
    assert [line.code for line in listed.templates if line.span == "year"] == TEMPLATES
    assert [line.code for line in listed.templates if line.span == "case"] == CASE_TEMPLATES
    for line in listed.templates:
        assert sum(line.kinds.values()) == line.items > 0
        assert set(line.kinds) == {kind.value for kind in Kind}
        assert line.title.zh != line.title.en
    assert sum(line.items for line in listed.templates if line.span == "year") == 159
    assert listed.laws > 50


def test_the_four_areas_hold_sixty_eight_items_of_which_a_third_come_round_with_the_year() -> None:
    lines = [line for line in list_templates().templates if line.code in ("PL", "LP", "ES", "MD")]
    assert sum(line.items for line in lines) == 68
    assert 20 <= sum(line.kinds["yearly"] + line.kinds["periodic"] for line in lines) <= 34


def test_a_template_is_shown_with_the_law_of_the_year(small_template: Path) -> None:
    shown = year_shown(str(small_template), 2026)
    assert (shown.template.code, shown.year, shown.left_out) == ("TT", 2026, ())
    levels = {one.item.code: one.level for one in shown.items}
    assert levels == {
        "TT-01": Level.PRACTICE,
        "TT-02": Level.STATUTE,
        "TT-03": Level.PRACTICE,
        "TT-04": Level.STATUTE,
    }
    cited = [(one.law.id, one.version.id, one.article, one.standing) for one in shown.items[1].citations]
    assert cited == [("cfl", "2021", "39", Standing.IN_FORCE)]


def test_what_the_law_of_the_year_did_not_ask_for_is_left_out(small_template: Path) -> None:
    shown = year_shown(str(small_template), 1990)
    assert shown.left_out == ("TT-02", "TT-04")
    assert [one.item.code for one in shown.items] == ["TT-01", "TT-03"]


def test_two_years_of_one_template_cite_different_law() -> None:
    versions = {
        year: {(one.law.id, one.version.id) for item in year_shown("CR", year).items for one in item.citations}
        for year in (2022, 2026)
    }
    assert ("tsjb", "2020") in versions[2022]
    assert ("tsjb", "2026") in versions[2026] - versions[2022]
    assert year_shown("CR", 2022).left_out == ("CR-02", "CR-13")
    assert year_shown("CR", 2026).left_out == ()


@pytest.mark.parametrize("code", TEMPLATES)
@pytest.mark.parametrize("year", [2022, 2026])
def test_every_item_shown_rests_on_law_in_force_or_says_whose_practice_it_is(code: str, year: int) -> None:
    for one in year_shown(code, year).items:
        live = [citation for citation in one.citations if citation.standing is Standing.IN_FORCE]
        assert live or one.item.practice
        assert (one.level is Level.PRACTICE) == (not live)


@pytest.mark.parametrize("typed", ["pl", " PL ", "ｐｌ"])
def test_a_templates_code_is_read_however_it_was_typed(typed: str) -> None:
    assert show_template(typed, 2026).template.code == "PL"


def test_a_template_that_does_not_exist_is_named_with_the_others() -> None:
    with pytest.raises(errors.UnknownTemplate) as unknown:
        show_template("XX", 2026)
    assert unknown.value.params == {"name": "XX", "nearest": [*TEMPLATES, *CASE_TEMPLATES]}


def test_a_file_that_does_not_exist_is_named(tmp_path: Path) -> None:
    path = str(tmp_path / "none.yaml")
    for command in (lambda: show_template(path, 2026), lambda: check_templates([path])):
        with pytest.raises(errors.NoSuchFile) as missing:
            command()
        assert missing.value.params["path"] == path


def test_the_templates_that_come_with_lawcheck_have_no_fault() -> None:
    checked = check_templates([])
    assert checked.files == tuple(str(file) for file in (*template_files(), *case_files(), clocks_file()))
    assert checked.items == 159 + sum(line.items for line in list_templates().templates if line.span == "case")


def test_a_law_that_an_item_cites_is_not_listed_as_uncited() -> None:
    uncited = {law.id for law in check_templates([]).uncited}
    cited = {
        citation.law.id for code in TEMPLATES for item in show_template(code, 2026).items for citation in item.citations
    }
    assert cited
    assert not uncited & cited


def test_a_case_template_is_shown_with_the_terms_of_the_year() -> None:
    informer: dict[int, list[tuple[str, str]]] = {}
    for year in (2025, 2026, 2027):
        shown = show_template("JB", year)
        assert isinstance(shown, CaseTemplateShown)
        (item,) = [one for one in shown.items if one.item.code == "INFORM"]
        informer[year] = [(term.rule.rule, str(term.window.ends)) for term in item.terms]
    assert informer == {2025: [("within 5 wd", "2026-04-14")], 2026: [("within 5 wd", "2026-04-14")], 2027: []}


def test_a_case_template_is_shown_and_checked_from_its_file() -> None:
    path = str(checklists() / "cases" / "AJ.yaml")
    shown = show_template(path, 2026)
    assert isinstance(shown, CaseTemplateShown)
    assert shown.template.code == "AJ"
    assert check_templates([path]) == TemplatesChecked((path,), len(shown.items), (), ())


def test_a_law_that_only_a_clock_cites_counts_as_cited() -> None:
    assert "xkcx" not in {law.id for law in check_templates([]).uncited}


def test_two_years_of_a_case_template_are_not_compared() -> None:
    with pytest.raises(errors.NotForYears) as refused:
        compare_years(2022, 2026, ["aj"])
    assert refused.value.params == {"template": "AJ"}


def test_own_files_are_checked_alone(small_template: Path) -> None:
    assert check_templates([str(small_template)]) == TemplatesChecked((str(small_template),), 4, (), ())


def test_all_faults_of_all_files_are_told_at_once(small_template: Path, tmp_path: Path) -> None:
    bad = SMALL_TEMPLATE.replace("law: cfl", "law: nowhere").replace("duty: case-handling", "duty: nobody")
    small_template.write_text(bad, encoding="utf-8")
    second = tmp_path / "UU.yaml"
    second.write_text(SMALL_TEMPLATE, encoding="utf-8")
    with pytest.raises(errors.BadFile) as refused:
        check_templates([str(small_template), str(second)])
    faults = refused.value.params["faults"]
    assert isinstance(faults, tuple)
    found = [(Path(one.path).name, one.line, one.what) for one in faults]
    lines = bad.splitlines()
    laws = [number for number, line in enumerate(lines, start=1) if "law: nowhere" in line]
    (duty,) = [number for number, line in enumerate(lines, start=1) if "duty: nobody" in line]
    assert found == [
        ("TT.yaml", duty, "unknown-duty"),
        *(("TT.yaml", line, "unknown-law") for line in laws),
        ("UU.yaml", 1, "duplicate-template"),
    ]


# --- two years, two texts ------------------------------------------------------------------------


def outcomes(code: str, before: int, after: int) -> dict[str, str]:
    (found,) = compare_years(before, after, [code]).templates
    return {one.code: one.outcome.value for one in found.items}


def reasons(code: str, before: int, after: int) -> list[tuple[str, str | None]]:
    (found,) = compare_years(before, after, [code[:2]]).templates
    (one,) = (item for item in found.items if item.code == code)
    return [
        (cause.reason.value, f"{cause.citation['law']} {cause.citation['version']}" if cause.citation else None)
        for cause in one.causes
    ]


def test_complaints_of_2022_and_2026_differ_by_the_law_of_2026_04_15() -> None:
    found = outcomes("CR", 2022, 2026)
    assert [code for code, outcome in found.items() if outcome == "new"] == ["CR-02", "CR-13"]
    assert [code for code, outcome in found.items() if outcome == "unchanged"] == ["CR-15", "CR-17"]
    assert reasons("CR-01", 2022, 2026) == [("ends", "tsjb 2020"), ("begins", "tsjb 2026")]
    assert reasons("CR-06", 2022, 2026) == [("ends", "tsjb 2020")]


def test_the_notice_to_informers_is_gone_in_2027_and_its_last_day_is_told() -> None:
    (found,) = compare_years(2026, 2027, ["CR"]).templates
    (gone,) = (one for one in found.items if one.outcome.value == "gone")
    assert (gone.code, gone.asked) == ("CR-06", ((None, "2026-04-14"), (None, None)))
    cause = gone.causes[0].citation
    assert cause is not None
    assert (cause["ended"], cause["to"]["date"], cause["successor"]["number"]) == (
        "repealed",
        "2026-04-14",
        "总局令第121号",
    )


def test_publicity_of_2022_and_2026_differs_by_the_new_law_and_the_plans_that_ended() -> None:
    assert outcomes("LP", 2022, 2026) == {
        **{f"LP-0{n}": "changed" for n in range(1, 7)},
        **{f"LP-0{n}": "new" for n in range(7, 10)},
    }
    assert reasons("LP-02", 2022, 2026) == [("ends", "pf85 2021"), ("begins", "pfl 2025")]


def test_an_article_that_was_not_confirmed_is_not_confirmed_in_the_difference_either() -> None:
    (found,) = compare_years(2022, 2023, ["MD"]).templates
    old = [
        cause.citation
        for one in found.items
        for cause in one.causes
        if cause.citation and (cause.citation["law"], cause.citation["version"]) == ("cxgd", "2021")
    ]
    assert old
    assert {(one["article"], one["certainty"]) for one in old} == {(None, "not-found")}


@pytest.mark.parametrize("code", TEMPLATES)
def test_backwards_what_was_new_is_gone(code: str) -> None:
    turned = {"new": "gone", "gone": "new", "changed": "changed", "unchanged": "unchanged"}
    assert outcomes(code, 2026, 2022) == {one: turned[outcome] for one, outcome in outcomes(code, 2022, 2026).items()}


def test_a_year_does_not_differ_from_itself() -> None:
    compared = compare_years(2026, 2026, [])
    assert [one.template for one in compared.templates] == TEMPLATES
    for one in compared.templates:
        assert {item.outcome.value for item in one.items} == {"unchanged"}


def test_two_texts_of_a_template_are_compared_whatever_the_year_keeps(small_template: Path, tmp_path: Path) -> None:
    revised = tmp_path / "revised.yaml"
    text = SMALL_TEMPLATE.replace('articles: "39"', 'articles: "40"').replace("weight: 2", "weight: 3")
    revised.write_text(text.replace("- code: TT-04", "- code: TT-05"), encoding="utf-8")
    (found,) = compare_files(small_template, revised, 1990).templates
    assert {one.code: (one.outcome.value, [part.name for part in one.parts]) for one in found.items} == {
        "TT-01": ("changed", ["weight"]),
        "TT-02": ("changed", ["basis"]),
        "TT-03": ("unchanged", []),
        "TT-04": ("gone", []),
        "TT-05": ("new", []),
    }
    assert [cause.facts for cause in found.items[1].causes] == [("article",)]


def test_two_files_of_different_templates_are_refused(small_template: Path, tmp_path: Path) -> None:
    other = tmp_path / "UU.yaml"
    other.write_text(SMALL_TEMPLATE.replace("TT", "UU"), encoding="utf-8")
    with pytest.raises(errors.ConflictingOptions) as refused:
        compare_files(small_template, other, 2026)
    assert refused.value.params == {"first": f"{small_template} (TT)", "second": f"{other} (UU)"}


def test_the_faults_of_both_files_are_told_at_once(small_template: Path, tmp_path: Path) -> None:
    bad = SMALL_TEMPLATE.replace("duty: case-handling", "duty: nobody")
    small_template.write_text(bad, encoding="utf-8")
    second = tmp_path / "second.yaml"
    second.write_text(bad, encoding="utf-8")
    with pytest.raises(errors.BadFile) as refused:
        compare_files(small_template, second, 2026)
    faults = refused.value.params["faults"]
    assert isinstance(faults, tuple)
    assert [Path(one.path).name for one in faults] == ["TT.yaml", "second.yaml"]


def test_a_year_out_of_range_and_a_template_that_does_not_exist_are_refused() -> None:
    with pytest.raises(errors.InvalidYear):
        compare_years(1900, 2026, [])
    with pytest.raises(errors.UnknownTemplate):
        compare_years(2022, 2026, ["XX"])


def test_a_law_that_nothing_cites_is_a_gap_unless_its_entry_says_why() -> None:
    checked = check_templates([])
    assert all(law.uncited is None for law in checked.uncited)
    assert {"gd-zdjc", "gz-zdjc", "gz-yf", "gz-zxgh"} <= {law.id for law in checked.explained}
    assert all(law.uncited is not None for law in checked.explained)
