"""The library looked at: templates listed, shown with the law of a year, and checked."""

from pathlib import Path

import pytest

from lawcheck import errors
from lawcheck.core.law import Level, Standing
from lawcheck.core.words import Kind
from lawcheck.library.places import template_files
from lawcheck.service.templates import TemplatesChecked, check_templates, list_templates, show_template
from support import SMALL_TEMPLATE

CODES = ["CR", "ES", "FR", "LP", "MD", "PL"]


def test_all_templates_are_listed_with_their_items_of_each_kind() -> None:
    listed = list_templates()
    assert [line.code for line in listed.templates] == CODES
    for line in listed.templates:
        assert sum(line.kinds.values()) == line.items > 0
        assert set(line.kinds) == {kind.value for kind in Kind}
        assert line.title.zh != line.title.en
    assert sum(line.items for line in listed.templates) == 92
    assert listed.laws > 50


def test_the_four_areas_hold_sixty_eight_items_of_which_a_third_come_round_with_the_year() -> None:
    lines = [line for line in list_templates().templates if line.code in ("PL", "LP", "ES", "MD")]
    assert sum(line.items for line in lines) == 68
    assert 20 <= sum(line.kinds["yearly"] + line.kinds["periodic"] for line in lines) <= 34


def test_a_template_is_shown_with_the_law_of_the_year(small_template: Path) -> None:
    shown = show_template(str(small_template), 2026)
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
    shown = show_template(str(small_template), 1990)
    assert shown.left_out == ("TT-02", "TT-04")
    assert [one.item.code for one in shown.items] == ["TT-01", "TT-03"]


def test_two_years_of_one_template_cite_different_law() -> None:
    versions = {
        year: {(one.law.id, one.version.id) for item in show_template("CR", year).items for one in item.citations}
        for year in (2022, 2026)
    }
    assert ("tsjb", "2020") in versions[2022]
    assert ("tsjb", "2026") in versions[2026] - versions[2022]
    assert show_template("CR", 2022).left_out == ("CR-02", "CR-13")
    assert show_template("CR", 2026).left_out == ()


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("year", [2022, 2026])
def test_every_item_shown_rests_on_law_in_force_or_says_whose_practice_it_is(code: str, year: int) -> None:
    for one in show_template(code, year).items:
        live = [citation for citation in one.citations if citation.standing is Standing.IN_FORCE]
        assert live or one.item.practice
        assert (one.level is Level.PRACTICE) == (not live)


@pytest.mark.parametrize("typed", ["pl", " PL ", "ｐｌ"])
def test_a_templates_code_is_read_however_it_was_typed(typed: str) -> None:
    assert show_template(typed, 2026).template.code == "PL"


def test_a_template_that_does_not_exist_is_named_with_the_others() -> None:
    with pytest.raises(errors.UnknownTemplate) as unknown:
        show_template("XX", 2026)
    assert unknown.value.params == {"name": "XX", "nearest": CODES}


def test_a_file_that_does_not_exist_is_named(tmp_path: Path) -> None:
    path = str(tmp_path / "none.yaml")
    for command in (lambda: show_template(path, 2026), lambda: check_templates([path])):
        with pytest.raises(errors.NoSuchFile) as missing:
            command()
        assert missing.value.params["path"] == path


def test_the_templates_that_come_with_lawcheck_have_no_fault() -> None:
    checked = check_templates([])
    assert checked.files == tuple(str(file) for file in template_files())
    assert checked.items == 92


def test_a_law_that_an_item_cites_is_not_listed_as_uncited() -> None:
    uncited = {law.id for law in check_templates([]).uncited}
    cited = {
        citation.law.id for code in CODES for item in show_template(code, 2026).items for citation in item.citations
    }
    assert cited
    assert not uncited & cited


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
