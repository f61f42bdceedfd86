"""Templates, laws, duties and bureaus read; every fault of a file told at once, each with its place."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lawcheck.core.bureau import Bureau, Person, Section, Unit
from lawcheck.core.figure import Adds
from lawcheck.core.law import Basis, Certainty, Registry
from lawcheck.core.periods import Every
from lawcheck.core.template import DueFrom, Figure, Item, Practice, Rate, Template
from lawcheck.core.words import Kind, Text
from lawcheck.errors import BadFile, NoSuchFile
from lawcheck.library.nodes import Fault
from lawcheck.library.reading import read_bureau, read_demo, read_duties, read_registry, read_templates
from lawcheck.render import language
from lawcheck.render.errors import EXPECTEDS, WHATS, fault_line
from support import REVIEWED_TEMPLATE, SMALL_BUREAU, SMALL_TEMPLATE

Faults = Callable[[str | bytes], list[str]]
Changed = Callable[[str, str], list[str]]

DUE_QUARTERLY = "every: quarter\n    due: by period end"
BASIS = '{law: cfl, articles: "39", certainty: read, read_in: JL}'

LAWS = """\
sources:
  JL: {title: {zh: 文库, en: Library}, place: web, snapshot: "2026-07"}
laws:
  cfl:
    title: {zh: 处罚法, en: Penalty Law}
    level: statute
    issuer: {zh: 某会, en: Some committee}
    versions:
      - id: "2017"
        number_certainty: not-found
        issued: {certainty: not-found}
        from: {certainty: not-found, by: "2018-01"}
        to: {date: "2021-07-14", certainty: recalled}
        ended: superseded
        read_in: []
      - id: 2021
        number: 主席令第70号
        number_certainty: read
        issued: {date: "2021-01-22", certainty: read}
        from: {date: "2021-07-15", certainty: read}
        read_in: [JL]
        read: arts 39, 48
"""


def laws_faults(folder: Path, content: str) -> list[str]:
    path = folder / "laws.yaml"
    path.write_text(content, encoding="utf-8")
    try:
        read_registry(path)
    except BadFile as error:
        faults = error.params["faults"]
        assert isinstance(faults, tuple)
        return [fault_line(one).removeprefix(f"{folder}/") for one in faults]
    return []


def changed_laws(folder: Path, old: str, new: str) -> list[str]:
    assert LAWS.count(old) >= 1
    return laws_faults(folder, LAWS.replace(old, new, 1))


# --- a template that is well ---------------------------------------------------------------------


def test_an_item_says_whether_it_asks_for_a_review(
    small_template: Path, registry: Registry, duties: dict[str, Text]
) -> None:
    small_template.write_text(REVIEWED_TEMPLATE, encoding="utf-8")
    (found,) = read_templates([small_template], registry, duties)
    assert {item.code: item.review for item in found.items} == {
        "TT-01": False, "TT-02": True, "TT-03": False, "TT-04": False,
    }  # fmt: skip


def test_an_item_without_rows_asks_for_no_review_and_a_review_is_yes_or_no(
    template_faults: Faults,
) -> None:
    of_rate = SMALL_TEMPLATE.replace("    rate:", "    review: true\n    rate:")
    (line,) = template_faults(of_rate)
    assert line.startswith("TT.yaml:51:13: 'review' does not fit an item of the kind in every case, expected: ")
    (line,) = template_faults(SMALL_TEMPLATE.replace("    weight: 2", "    review: often\n    weight: 2"))
    assert "'review' is 'often'" in line


def test_a_template_is_read_whole(small_template: Path, registry: Registry, duties: dict[str, Text]) -> None:
    (found,) = read_templates([small_template], registry, duties)
    plain: dict[str, Any] = {
        "duty": "legal",
        "co_duties": (),
        "each": False,
        "every": None,
        "dates": (),
        "due": None,
        "due_from": None,
        "deadline": None,
        "rate": None,
        "section": "power-list",
        "first_year": None,
        "last_year": None,
        "basis": (),
        "practice": None,
        "note": None,
    }
    cases = Text("件", "decisions")
    assert found == Template(
        "TT",
        Text("小清单", "Small checklist"),
        Text("试验用。", "For trying out."),
        (
            Figure("tt_met", Text("按期数", "In time"), cases, Adds.SUM, "power-list"),
            Figure("tt_all", Text("总数", "All"), cases, Adds.SUM, "power-list"),
        ),
        (
            Item(
                **plain
                | {
                    "code": "TT-01",
                    "title": Text("年度事项", "Yearly item"),
                    "standard": Text("已完成。", "It is done."),
                    "evidence": Text("文件", "a paper"),
                    "kind": Kind.YEARLY,
                    "due": "by 03-31",
                    "due_from": DueFrom.PRACTICE,
                    "weight": 2,
                    "practice": Practice("custom", None, None),
                }
            ),
            Item(
                **plain
                | {
                    "code": "TT-02",
                    "title": Text("季度事项", "Quarterly item"),
                    "standard": Text("每季度一次。", "Once a quarter."),
                    "evidence": Text("记录", "a record"),
                    "duty": "case-handling",
                    "each": True,
                    "kind": Kind.PERIODIC,
                    "every": Every.QUARTER,
                    "due": "by period end",
                    "due_from": DueFrom.LAW,
                    "weight": 3,
                    "basis": (Basis("cfl", {"*": "39"}, (), Certainty.READ, {"*": "JL"}),),
                }
            ),
            Item(
                **plain
                | {
                    "code": "TT-03",
                    "title": Text("发生事项", "Occasion item"),
                    "standard": Text("发生后办理。", "Done once it happens."),
                    "evidence": Text("记录", "a record"),
                    "kind": Kind.OCCASION,
                    "deadline": Text("及时", "promptly"),
                    "weight": 1,
                    "practice": Practice("custom", None, None),
                }
            ),
            Item(
                **plain
                | {
                    "code": "TT-04",
                    "title": Text("逐案事项", "Case item"),
                    "standard": Text("逐案办理。", "Done in every case."),
                    "evidence": Text("台账", "a list"),
                    "kind": Kind.CASE,
                    "deadline": Text("7个工作日", "7 working days"),
                    "rate": Rate("tt_met", "tt_all", "95%"),
                    "weight": 3,
                    "basis": (Basis("cfl", {"*": "48"}, (), Certainty.READ, {"*": "JL"}),),
                }
            ),
        ),
    )


def test_what_an_item_may_say_besides_is_read_too(tmp_path: Path, registry: Registry, duties: dict[str, Text]) -> None:
    more = (
        "with: [office, party]\n    years: {from: 2025, to: 2027}\n    note: {zh: 注, en: note}\n"
        "    source: {from: seed, place: 一(一), note: {zh: 惯例, en: practice}}\n"
        "    basis:\n      - {law: tsjb, articles: {'2020': 14, '2026': '15'}, only: ['2026'], certainty: read,"
        " read_in: {'2020': LRB, '2026': MCA}}\n      - {law: xfr, certainty: recalled}"
    )
    path = tmp_path / "TT.yaml"
    path.write_text(SMALL_TEMPLATE.replace("source: {from: custom}", more, 1), encoding="utf-8")
    item = read_templates([path], registry, duties)[0].items[0]
    assert (item.co_duties, item.first_year, item.last_year) == (("office", "party"), 2025, 2027)
    assert item.note == Text("注", "note")
    assert item.practice == Practice("seed", "一(一)", Text("惯例", "practice"))
    assert item.basis == (
        Basis("tsjb", {"2020": "14", "2026": "15"}, ("2026",), Certainty.READ, {"2020": "LRB", "2026": "MCA"}),
        Basis("xfr", {}, (), Certainty.RECALLED, {}),
    )


def test_a_template_for_cases_is_not_read_as_one_for_a_year(template_faults: Faults) -> None:
    assert template_faults(SMALL_TEMPLATE.replace("for: year", "for: case")) == [
        "TT.yaml:2:6: this is a template for cases, expected: a template with 'for: year'"
    ]


# --- shape ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("weight: 2", "weight: two", "17:13: 'weight' is 'two', expected: a whole number"),
        ("weight: 2", "weight: 2.5", "17:13: 'weight' is '2.5', expected: a whole number"),
        ("weight: 2", "weight: true", "17:13: 'weight' is True, expected: a whole number"),
        ("weight: 2", "weight: '2'", "17:13: 'weight' is '2', expected: a whole number"),
        ("weight: 2", "weight: 0", "17:13: 'weight' is 0, expected: 1 or more"),
        ("weight: 2", "weight: 101", "17:13: 'weight' is 101, expected: 100 or less"),
        ("weight: 2", "weight:", "17:12: 'weight' is None, expected: a whole number"),
        ("each: true", "each: yes", "25:11: 'each' is 'yes', expected: true or false"),
        (
            "kind: yearly",
            "kind: annual",
            "14:11: 'kind' is 'annual', expected: one of yearly, periodic, occasion, case",
        ),
        ("{zh: 年度事项, en: Yearly item}", "年度事项", "10:12: 'title' is '年度事项', expected: a mapping"),
        ("{zh: 年度事项, en: Yearly item}", "[a, b]", "10:12: 'title' is ['a', 'b'], expected: a mapping"),
        ("{zh: 年度事项, en: Yearly item}", "{zh: 年度事项}", "10:12: 'en' is missing, expected: a value"),
        ("{zh: 年度事项, en: Yearly item}", "{zh: 年度事项, en: 5}", "10:27: 'en' is 5, expected: text"),
        ("{zh: 年度事项, en: Yearly item}", "{zh: 年度事项, en: ''}", "10:27: 'en' is '', expected: some text"),
        ("basis:\n      - " + BASIS, "basis: cfl", "32:12: 'basis' is 'cfl', expected: a list"),
        (
            "code: TT-01",
            "code: TT-1",
            "9:11: 'code' is 'TT-1', expected: text of the form ^[A-Z]{2}-[0-9]{2,3}$",
        ),
        ("    evidence: {zh: 文件, en: a paper}\n", "", "9:5: 'evidence' is missing, expected: a value"),
    ],
)
def test_what_has_another_shape_is_told_with_its_place(with_item: Changed, old: str, new: str, fault: str) -> None:
    lines = with_item(old, new)
    assert len(lines) == 1
    assert lines[0].startswith(f"TT.yaml:{fault}")


def test_a_missing_list_of_items_is_told(template_faults: Faults) -> None:
    head = SMALL_TEMPLATE.split("items:")[0]
    assert template_faults(head) == ["TT.yaml:1:1: 'items' is missing, expected: a value"]
    assert template_faults(head + "items: []\n") == ["TT.yaml:8:8: 'items' is [], expected: at least one"]


@pytest.mark.parametrize(
    ("old", "new", "place", "key"),
    [
        ("    weight: 2\n", "    weight: 2\n    wait: 3\n", "18:5", "wait"),
        ("    weight: 2\n", "    weight: 2\n    bases:\n      - law: cfl\n", "18:5", "bases"),
        ("en: Small checklist}", "en: S, fr: P}", "3:25", "fr"),
    ],
)
def test_a_key_that_is_not_known_is_told_where_it_stands(
    with_item: Changed, old: str, new: str, place: str, key: str
) -> None:
    assert with_item(old, new) == [
        f"TT.yaml:{place}: the key '{key}' is not known, expected: one of the keys of the schema"
    ]


@pytest.mark.parametrize("written", ["[39]", "{'2021': [39]}", "true"])
def test_a_value_that_may_have_two_shapes_is_told_by_its_own_name(with_item: Changed, written: str) -> None:
    lines = with_item('articles: "39"', f"articles: {written}")
    assert lines
    assert {line.split(" is ")[0].split(": ")[-1] for line in lines} <= {"'articles'", "'2021'"}


@pytest.mark.parametrize("content", ["- a\n- b\n", "hello\n", "5\n"])
def test_a_file_of_another_shape_is_told_without_an_empty_name(template_faults: Faults, content: str) -> None:
    (line,) = template_faults(content)
    assert line.startswith("TT.yaml:1:1: ")
    assert line.endswith("expected: a mapping")
    assert "''" not in line


@pytest.mark.parametrize("content", ["---\n", "null\n", "~\n", "--- # nothing\n...\n"])
def test_a_file_that_holds_nothing_is_empty(template_faults: Faults, content: str) -> None:
    (line,) = template_faults(content)
    assert line.endswith(": the file is empty, expected: at least one key")


def test_every_fault_of_shape_is_told_at_once(template_faults: Faults) -> None:
    content = (
        SMALL_TEMPLATE.replace("weight: 2", "weight: two")
        .replace("for: year", "for: ever")
        .replace("kind: occasion", "kind: maybe")
        .replace("en: a list", "en: 7")
        .replace("    duty: case-handling\n", "")
    )
    assert template_faults(content) == [
        "TT.yaml:2:6: 'for' is 'ever', expected: one of year",
        "TT.yaml:17:13: 'weight' is 'two', expected: a whole number",
        "TT.yaml:20:5: 'duty' is missing, expected: a value",
        "TT.yaml:38:11: 'kind' is 'maybe', expected: one of yearly, periodic, occasion, case",
        "TT.yaml:46:28: 'en' is 7, expected: text",
    ]


# --- what only the whole can tell ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("code: TT-02", "code: TT-01", "20:11: the code 'TT-01' stands here twice, expected: each code once"),
        (
            "code: TT-02",
            "code: PL-02",
            "20:11: the code 'PL-02' does not begin with TT-, expected: codes that begin with TT-",
        ),
        ("duty: legal", "duty: lawyer", "13:11: no duty 'lawyer' in duties.yaml, expected: a duty of duties.yaml"),
        (
            "duty: legal",
            "duty: legal\n    with: [office, chief]",
            "14:20: no duty 'chief' in duties.yaml, expected: a duty of duties.yaml",
        ),
        ("law: cfl", "law: xyz", "33:15: no law 'xyz' in laws.yaml, expected: a law of laws.yaml"),
        (
            'articles: "39"',
            "articles: {'1996': '39'}",
            "33:30: the law cfl has no version '1996', expected: a version of that law",
        ),
        (
            'articles: "39"',
            'articles: "39", only: ["1996"]',
            "33:30: the law cfl has no version '1996', expected: a version of that law",
        ),
        ("read_in: JL", "read_in: XX", "33:62: no source 'XX' in laws.yaml, expected: a source of laws.yaml"),
        (
            "read_in: JL",
            "read_in: {'2021': XX}",
            "33:62: no source 'XX' in laws.yaml, expected: a source of laws.yaml",
        ),
        (
            ", read_in: JL",
            "",
            (
                "33:9: certainty and read_in of 'cfl' do not fit together, "
                "expected: read_in where it was read, and only there"
            ),
        ),
        (
            "certainty: read",
            "certainty: recalled",
            (
                "33:9: certainty and read_in of 'cfl' do not fit together, "
                "expected: read_in where it was read, and only there"
            ),
        ),
        (
            "source: {from: custom}",
            "source: {from: nowhere}",
            "19:20: no source 'nowhere' in laws.yaml, expected: a source of laws.yaml",
        ),
        (
            "met: tt_met",
            "met: tt_none",
            "51:17: no figure 'tt_none' in this template, expected: a figure declared in the same file",
        ),
        (
            "of: tt_all",
            "of: visits",
            "51:29: no figure 'visits' in this template, expected: a figure declared in the same file",
        ),
        ("key: tt_all", "key: tt_met", "7:11: the figure 'tt_met' stands here twice, expected: each figure once"),
        (
            "for: year",
            "for: year\nmilestones: [{name: filed, title: {zh: 立案, en: Filed}}]",
            "3:1: the key 'milestones' is not known, expected: one of the keys of the schema",
        ),
    ],
)
def test_what_points_to_nothing_or_stands_twice_is_told(with_item: Changed, old: str, new: str, fault: str) -> None:
    assert f"TT.yaml:{fault}" in with_item(old, new)


@pytest.mark.parametrize(
    ("old", "new", "faults"),
    [
        (
            "due: by 03-31",
            "due: by period end",
            [
                (
                    "15:10: the due rule 'by period end' does not fit an item of the kind yearly, "
                    "expected: 'by 12-31' for yearly, 'by period end' for periodic items"
                )
            ],
        ),
        (
            "due: by period end",
            "due: by 12-31",
            [
                (
                    "28:10: the due rule 'by 12-31' does not fit an item of the kind periodic, "
                    "expected: 'by 12-31' for yearly, 'by period end' for periodic items"
                )
            ],
        ),
        (
            "    due: by 03-31\n",
            "",
            [
                (
                    "9:5: 'due' does not fit an item of the kind yearly, "
                    "expected: 'due' with yearly and periodic items, and only there"
                )
            ],
        ),
        (
            "    due_from: practice\n",
            "",
            [
                (
                    "9:5: 'due_from' does not fit an item of the kind yearly, "
                    "expected: 'due_from' with yearly and periodic items, and only there"
                )
            ],
        ),
        (
            "due: by 03-31",
            "due: by 03-31\n    every: quarter",
            [
                (
                    "16:12: 'every' does not fit an item of the kind yearly, "
                    "expected: 'every' with periodic items, and only there"
                )
            ],
        ),
        (
            "    every: quarter\n",
            "",
            [
                (
                    "20:5: 'every' does not fit an item of the kind periodic, "
                    "expected: 'every' with periodic items, and only there"
                )
            ],
        ),
        (
            "every: quarter",
            "every: dates",
            [
                "20:5: 'dates' and 'every' do not fit together, expected: 'dates' with 'every: dates', and only there",
                (
                    "28:10: 'due' does not fit an item of the kind periodic, "
                    "expected: 'due' with yearly and periodic items, and only there"
                ),
            ],
        ),
        (
            "every: quarter",
            'every: quarter\n    dates: ["03-15"]',
            ["28:12: 'dates' and 'every' do not fit together, expected: 'dates' with 'every: dates', and only there"],
        ),
        (
            "    deadline: {zh: 及时, en: promptly}\n",
            "",
            ["34:5: 'TT-03' says no deadline in words, expected: 'deadline' in both languages"],
        ),
        (
            '    rate: {met: tt_met, of: tt_all, at_least: "95%"}\n',
            "",
            [
                (
                    "44:5: 'rate' does not fit an item of the kind in every case, "
                    "expected: 'rate' with case items, and only there"
                )
            ],
        ),
        (
            "kind: occasion",
            'kind: occasion\n    rate: {met: tt_met, of: tt_all, at_least: "1%"}',
            [
                (
                    "40:11: 'rate' does not fit an item of the kind on occasion, "
                    "expected: 'rate' with case items, and only there"
                )
            ],
        ),
        (
            "kind: occasion",
            "kind: occasion\n    due: by 12-31\n    due_from: practice",
            [
                (
                    "40:10: 'due' does not fit an item of the kind on occasion, "
                    "expected: 'due' with yearly and periodic items, and only there"
                ),
                (
                    "41:15: 'due_from' does not fit an item of the kind on occasion, "
                    "expected: 'due_from' with yearly and periodic items, and only there"
                ),
            ],
        ),
        (
            "weight: 2",
            "weight: 2\n    years: {from: 2027, to: 2025}",
            ["18:12: the years end before they begin, expected: from before to"],
        ),
    ],
)
def test_kind_period_and_day_must_fit_together(with_item: Changed, old: str, new: str, faults: list[str]) -> None:
    assert with_item(old, new) == [f"TT.yaml:{one}" for one in faults]


@pytest.mark.parametrize("rule", ["by 02-29", "by 02-30", "by 04-31 next year", "before 02-29 next year", "by 12-00"])
def test_a_due_day_must_be_a_day_of_every_year(with_item: Changed, rule: str) -> None:
    assert with_item("due: by 03-31", f"due: {rule}") == [
        f"TT.yaml:15:10: '{rule}' is no day of every year, expected: a day that every year has, such as 12-31"
    ]


def test_a_named_day_must_be_a_day_of_every_year(with_item: Changed) -> None:
    dates = 'every: dates\n    dates: ["03-15", "02-29", "04-31"]'
    assert with_item(DUE_QUARTERLY, dates) == [
        "TT.yaml:28:22: '02-29' is no day of every year, expected: a day that every year has, such as 12-31",
        "TT.yaml:28:31: '04-31' is no day of every year, expected: a day that every year has, such as 12-31",
    ]


def test_a_day_named_twice_would_make_two_rows_of_one_ref(with_item: Changed) -> None:
    (line,) = with_item(DUE_QUARTERLY, 'every: dates\n    dates: ["03-15", "03-15"]')
    assert line.startswith("TT.yaml:28:")


def test_a_practice_names_where_it_comes_from(with_item: Changed) -> None:
    assert with_item("source: {from: custom}", "basis:\n      - " + BASIS) == [
        (
            "TT.yaml:9:5: 'TT-01' says that practice fixes its day, but not where the practice comes from, "
            "expected: 'source'"
        )
    ]


def test_a_day_fixed_by_law_names_the_law(with_item: Changed) -> None:
    assert with_item("due_from: practice", "due_from: law") == [
        "TT.yaml:16:15: 'TT-01' says that the law fixes its day, but names no law, expected: a basis"
    ]


def test_an_item_rests_on_something(with_item: Changed) -> None:
    assert with_item(
        "deadline: {zh: 及时, en: promptly}\n    weight: 1\n    section: power-list\n    source: {from: custom}\n",
        "deadline: {zh: 及时, en: promptly}\n    weight: 1\n    section: power-list\n",
    ) == ["TT.yaml:34:5: 'TT-03' rests on nothing, expected: a basis, or the source of a practice"]


def test_a_law_and_a_source_both_unknown_are_told_at_once(with_item: Changed) -> None:
    assert with_item(BASIS, '{law: xyz, articles: "39", certainty: read, read_in: XX}') == [
        "TT.yaml:33:15: no law 'xyz' in laws.yaml, expected: a law of laws.yaml",
        "TT.yaml:33:62: no source 'XX' in laws.yaml, expected: a source of laws.yaml",
    ]


def test_every_fault_of_meaning_is_told_at_once_in_the_order_of_the_file(template_faults: Faults) -> None:
    content = (
        SMALL_TEMPLATE.replace("duty: legal", "duty: lawyer", 1)
        .replace("due: by 03-31", "due: by 02-29")
        .replace("code: TT-02", "code: TT-01")
        .replace('law: cfl, articles: "39"', 'law: xyz, articles: "39"')
        .replace("of: tt_all", "of: visits")
    )
    assert template_faults(content) == [
        "TT.yaml:13:11: no duty 'lawyer' in duties.yaml, expected: a duty of duties.yaml",
        "TT.yaml:15:10: 'by 02-29' is no day of every year, expected: a day that every year has, such as 12-31",
        "TT.yaml:20:11: the code 'TT-01' stands here twice, expected: each code once",
        "TT.yaml:33:15: no law 'xyz' in laws.yaml, expected: a law of laws.yaml",
        "TT.yaml:51:29: no figure 'visits' in this template, expected: a figure declared in the same file",
    ]


def test_faults_of_shape_do_not_hide_the_faults_of_meaning(template_faults: Faults) -> None:
    content = (
        SMALL_TEMPLATE.replace("weight: 2", "weight: two")
        .replace("code: TT-03", "code: TT-02")
        .replace('law: cfl, articles: "48"', 'law: xyz, articles: "48"')
    )
    assert template_faults(content) == [
        "TT.yaml:17:13: 'weight' is 'two', expected: a whole number",
        "TT.yaml:34:11: the code 'TT-02' stands here twice, expected: each code once",
        "TT.yaml:55:15: no law 'xyz' in laws.yaml, expected: a law of laws.yaml",
    ]


def test_a_broken_code_of_a_template_puts_no_other_in_its_place(with_item: Changed) -> None:
    assert with_item("template: TT", "template: month") == [
        "TT.yaml:1:11: 'template' is 'month', expected: text of the form ^[A-Z]{2}$"
    ]
    assert with_item("template: TT\n", "") == ["TT.yaml:1:1: 'template' is missing, expected: a value"]


def test_two_broken_codes_are_not_taken_for_one_code(template_faults: Faults) -> None:
    content = SMALL_TEMPLATE.replace("code: TT-01", "code: 1").replace("code: TT-02", "code: 2")
    assert template_faults(content) == [
        "TT.yaml:9:11: 'code' is 1, expected: text",
        "TT.yaml:20:11: 'code' is 2, expected: text",
    ]


def test_two_people_without_an_id_are_not_taken_for_one(bureau_faults: Faults) -> None:
    assert bureau_faults(SMALL_BUREAU.replace("id: lihua, ", "").replace("id: wang, ", "")) == [
        "bureau.yaml:6:5: 'id' is missing, expected: a value",
        "bureau.yaml:7:5: 'id' is missing, expected: a value",
    ]


def test_what_follows_a_law_is_named_only_where_it_ended_last(tmp_path: Path) -> None:
    expected = "expected: only for the last version of a law, and only where it has an end"
    said = "a successor is named for a version of 'cfl' that has none to name"
    (line,) = changed_laws(tmp_path, "ended: superseded", "ended: superseded\n        successor: not-found")
    assert line.endswith(f"{said}, {expected}")
    (line,) = changed_laws(tmp_path, "read: arts 39, 48", "successor: not-found")
    assert line.endswith(f"{said}, {expected}")
    ending = 'to: {date: "2026-01-01", certainty: read}\n        ended: superseded\n        successor: '
    (line,) = changed_laws(tmp_path, "read: arts 39, 48", ending + "xyz")
    assert line.endswith("no law 'xyz' in laws.yaml, expected: a law of laws.yaml")
    assert changed_laws(tmp_path, "read: arts 39, 48", ending + "cfl") == []
    assert changed_laws(tmp_path, "read: arts 39, 48", ending + "not-found") == []


def test_a_broken_day_of_a_law_is_told_once(tmp_path: Path) -> None:
    (line,) = changed_laws(tmp_path, 'to: {date: "2021-07-14", certainty: recalled}', "to: soon")
    assert line == "laws.yaml:13:13: 'to' is 'soon', expected: a mapping"


def test_a_broken_source_is_still_there(tmp_path: Path) -> None:
    (line,) = changed_laws(tmp_path, "title: {zh: 文库, en: Library}", "title: 文库")
    assert line == "laws.yaml:2:15: 'title' is '文库', expected: a mapping"


def test_the_faults_of_every_file_are_told_at_once(tmp_path: Path, registry: Registry, duties: dict[str, Text]) -> None:
    contents = {
        "A.yaml": SMALL_TEMPLATE.replace("weight: 2", "weight: 0"),
        "B.yaml": "a: [\n",
        "C.yaml": SMALL_TEMPLATE,
        "D.yaml": SMALL_TEMPLATE,
    }
    for name, content in contents.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    paths = [tmp_path / name for name in contents]
    with pytest.raises(BadFile) as refused:
        read_templates(paths, registry, duties)
    faults = refused.value.params["faults"]
    assert isinstance(faults, tuple)
    assert [(one.path, one.line, one.column, one.what) for one in faults] == [
        (str(paths[0]), 17, 13, "bad-value"),
        (str(paths[1]), 2, 1, "yaml"),
        (str(paths[2]), 1, 11, "duplicate-template"),
        (str(paths[3]), 1, 11, "duplicate-template"),
    ]
    assert faults[2].parameters == faults[3].parameters == {"key": "TT", "other": str(paths[0])}


def test_a_template_that_is_not_there_is_told(tmp_path: Path, registry: Registry, duties: dict[str, Text]) -> None:
    with pytest.raises(NoSuchFile):
        read_templates([tmp_path / "none.yaml"], registry, duties)


# --- hostile templates, as people read of them ---------------------------------------------------


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (
            "template: TT\nfor: [year\n",
            ["3:1: not YAML: did not find expected ',' or ']', expected: YAML 1.2"],
        ),
        (
            "template: !!python/object/apply:os.system ['id']\n",
            [
                (
                    "1:11: a tag tag:yaml.org,2002:python/object/apply:os.system, "
                    "expected: plain text, numbers, lists and mappings"
                )
            ],
        ),
        (
            "a: &a [x, x]\nb: [*a, *a]\n",
            [
                "1:4: an anchor or alias, expected: each thing written out where it stands",
                "2:5: an anchor or alias, expected: each thing written out where it stands",
                "2:9: an anchor or alias, expected: each thing written out where it stands",
            ],
        ),
        ("template: TT\ntemplate: TT\n", ["2:1: the key 'template' stands here twice, expected: each key once"]),
        (SMALL_TEMPLATE + "---\na: 1\n", ["56:1: a second document, expected: one document"]),
        ("[" * 1000, ["1:21: nested too deeply, expected: 20 levels at most"]),
        ("名: 标题\n".encode("gbk"), ["1:1: these bytes are no UTF-8, expected: a file in UTF-8"]),
        ("", ["1:1: the file is empty, expected: at least one key"]),
        ("a: \x00\n", ["1:4: not YAML: #x0000, expected: YAML 1.2"]),
    ],
)
def test_a_hostile_file_is_told_in_one_line_a_fault(
    template_faults: Faults, content: str | bytes, lines: list[str]
) -> None:
    assert [line for line in template_faults(content) if "is missing" not in line] == [
        f"TT.yaml:{line}" for line in lines
    ]


def test_a_template_of_50_megabytes_is_told_in_one_line(
    tmp_path: Path, registry: Registry, duties: dict[str, Text]
) -> None:
    path = tmp_path / "TT.yaml"
    path.touch()
    os.truncate(path, 50_000_000)
    with pytest.raises(BadFile) as refused:
        read_templates([path], registry, duties)
    faults = refused.value.params["faults"]
    assert isinstance(faults, tuple)
    assert [fault_line(one) for one in faults] == [
        f"{path}:1:1: the file has 50000000 bytes, expected: 2000000 bytes at most"
    ]


def test_what_a_file_says_cannot_steer_the_terminal(with_item: Changed) -> None:
    (line,) = with_item("duty: legal", 'duty: "\\e[31mred\\e]0;title\\a"')
    assert "\x1b" not in line
    assert "\x07" not in line


@given(
    st.integers(0, len(SMALL_TEMPLATE)),
    st.integers(0, 30),
    st.text("ab:-[]{}!&*?|>'\"%@# \n,~059甲", max_size=8)
    | st.sampled_from(["null", "{}", "[]", "true", "2026", "cfl"]),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_done_to_a_template_it_is_read_or_its_faults_are_told(
    template_faults: Faults, place: int, length: int, text: str
) -> None:
    content = SMALL_TEMPLATE[:place] + text + SMALL_TEMPLATE[place + length :]
    lines = template_faults(content)
    assert all(line.startswith("TT.yaml:") and "\n" not in line for line in lines)
    assert lines == template_faults(content)


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_every_kind_of_fault_has_words_in_both_languages(spoken: str) -> None:
    language.choose(spoken)
    parameters: dict[str, object] = {"key": "K", "kind": "yearly", "limit": 20, "template": "TT"}
    for what in WHATS:
        assert fault_line(Fault("f.yaml", 1, 2, what, "required", parameters)).startswith("f.yaml:1:2")
    for expected in EXPECTEDS:
        assert fault_line(Fault("f.yaml", 1, 2, "tag", expected, parameters)).startswith("f.yaml:1:2")


# --- the registry --------------------------------------------------------------------------------


def test_a_registry_is_read_with_the_versions_of_its_laws(tmp_path: Path) -> None:
    path = tmp_path / "laws.yaml"
    path.write_text(LAWS, encoding="utf-8")
    registry = read_registry(path)
    law = registry.laws["cfl"]
    assert [one.id for one in law.versions] == ["2017", "2021"]
    assert [one.number for one in law.versions] == [None, "主席令第70号"]
    assert law.versions[0].begins.by == "2018-01"
    assert [bool(one.ends) for one in law.versions] == [True, False]
    assert registry.sources["JL"].snapshot == "2026-07"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("id: 2021", "id: 2017", "16:13: the version '2017' stands here twice, expected: each version once"),
        (
            "        ended: superseded\n",
            "",
            "9:9: only one of 'to' and 'ended' is given for 'cfl', expected: both, or neither",
        ),
        (
            "        read_in: [JL]\n",
            "        ended: repealed\n        read_in: [JL]\n",
            "21:16: only one of 'to' and 'ended' is given for 'cfl', expected: both, or neither",
        ),
        ("read_in: [JL]", "read_in: [XX]", "21:19: no source 'XX' in laws.yaml, expected: a source of laws.yaml"),
        (
            "level: statute",
            "level: custom",
            "6:12: 'level' is 'custom', expected: one of statute, regulation, rule, local, policy",
        ),
        (
            'from: {date: "2021-07-15", certainty: read}',
            "from: {certainty: read}",
            "20:15: date and certainty of 'from' do not fit together, expected: a date, or certainty: not-found",
        ),
        (
            'issued: {date: "2021-01-22", certainty: read}',
            'issued: {date: "2021-01-22", certainty: not-found}',
            "19:17: date and certainty of 'issued' do not fit together, expected: a date, or certainty: not-found",
        ),
    ],
)
def test_a_fault_of_the_registry_is_told_with_its_place(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert changed_laws(tmp_path, old, new) == [f"laws.yaml:{fault}"]


@pytest.mark.parametrize("day", ["2021-13", "2021-00-01", "2021-07-32", "21-07-15", "2021-7-15", "15.07.2021"])
def test_a_date_of_law_has_the_form_of_a_date(tmp_path: Path, day: str) -> None:
    (line,) = changed_laws(tmp_path, 'from: {date: "2021-07-15"', f'from: {{date: "{day}"')
    assert line.startswith(f"laws.yaml:20:22: 'date' is '{day}', expected: ")


@pytest.mark.parametrize("day", ["2021-02-29", "2021-02-31", "2021-04-31", "0000"])
def test_a_date_of_law_is_a_day_that_exists(tmp_path: Path, day: str) -> None:
    (line,) = changed_laws(tmp_path, 'from: {date: "2021-07-15"', f'from: {{date: "{day}"')
    assert line.startswith("laws.yaml:20:")


def test_duties_are_read_with_their_titles(tmp_path: Path) -> None:
    path = tmp_path / "duties.yaml"
    path.write_text("duties:\n  legal: {zh: 法制, en: Legal}\n", encoding="utf-8")
    assert read_duties(path) == {"legal": Text("法制", "Legal")}
    path.write_text("duties:\n  legal: 法制\n", encoding="utf-8")
    with pytest.raises(BadFile):
        read_duties(path)


# --- the bureau ----------------------------------------------------------------------------------


def test_a_bureau_is_read_whole(small_bureau: Path, duties: dict[str, Text]) -> None:
    assert read_bureau(small_bureau, duties) == Bureau(
        Text("小局", "Small bureau"),
        (Unit("FZ", Text("法制科", "Legal")), Unit("ZF", Text("执法队", "Enforcement"))),
        (
            Person("lihua", "李华", "FZ", reviews=False, begins=None, ends=None),
            Person("wang", "王芳", "ZF", reviews=True, begins=None, ends=None),
        ),
        {"legal": ("FZ",), "case-handling": ("ZF", "FZ"), "*": ("FZ",)},
        (Section("power-list", "一(一)", Text("权责清单", "Power list")),),
        (Figure("visits", Text("走访次数", "Visits"), Text("次", "visits"), Adds.SUM, "power-list"),),
    )


@pytest.mark.parametrize("code", ["Q1", "Q4", "M01", "M12", "H1", "H2", "D0315"])
def test_a_unit_called_like_a_period_is_refused(bureau_faults: Faults, code: str) -> None:
    assert bureau_faults(SMALL_BUREAU.replace("ZF", code)) == [
        (
            f"bureau.yaml:4:12: the unit '{code}' is called like a period, "
            "expected: a code that is not Q1, M01, H1 or D0315"
        )
    ]


@pytest.mark.parametrize("code", ["Q5", "M1", "M13", "H3", "D1315"])
def test_a_unit_called_almost_like_a_period_is_taken(bureau_faults: Faults, code: str) -> None:
    assert bureau_faults(SMALL_BUREAU.replace("ZF", code)) == []


@pytest.mark.parametrize(
    ("old", "new", "faults"),
    [
        (
            "code: ZF",
            "code: FZ",
            [
                "4:12: the unit 'FZ' stands here twice, expected: each unit once",
                "7:32: no unit 'ZF' in this file, expected: a unit declared in the same file",
                "8:37: no unit 'ZF' in this file, expected: a unit declared in the same file",
            ],
        ),
        ("id: wang", "id: lihua", ["7:10: 'lihua' stands here twice, expected: each once"]),
        (
            "unit: ZF",
            "unit: XX",
            ["7:32: no unit 'XX' in this file, expected: a unit declared in the same file"],
        ),
        (
            "[ZF, FZ]",
            "[ZF, XX]",
            ["8:41: no unit 'XX' in this file, expected: a unit declared in the same file"],
        ),
        (
            "reviews: true",
            "reviews: often",
            ["7:45: 'reviews' is 'often', expected: true or false"],
        ),
        (
            "id: wang",
            'id: "wang fang"',
            ["7:10: 'id' is 'wang fang', expected: text of the form ^[^\\s\\x00-\\x1f]{1,40}$"],
        ),
    ],
)
def test_a_fault_of_the_bureau_is_told_with_its_place(
    with_bureau: Changed, old: str, new: str, faults: list[str]
) -> None:
    assert with_bureau(old, new) == [f"bureau.yaml:{one}" for one in faults]


def test_a_duty_that_nobody_knows_is_told_where_it_stands(bureau_faults: Faults) -> None:
    content = SMALL_BUREAU.replace(
        'duties: {legal: FZ, case-handling: [ZF, FZ], "*": FZ}', "duties:\n  legl:\n    - FZ"
    )
    assert bureau_faults(content) == ["bureau.yaml:9:3: no duty 'legl' in duties.yaml, expected: a duty of duties.yaml"]


@pytest.mark.parametrize("group", ["sections", "figures"])
def test_a_section_or_a_figure_that_stands_twice_is_refused(bureau_faults: Faults, group: str) -> None:
    line = next(one for one in SMALL_BUREAU.splitlines() if SMALL_BUREAU.split(f"{group}:\n")[1].startswith(one))
    (fault,) = bureau_faults(SMALL_BUREAU.replace(line, f"{line}\n{line}"))
    assert fault.endswith("stands here twice, expected: each once")


def test_a_unit_that_holds_a_duty_twice_would_get_two_rows_of_one_ref(with_bureau: Changed) -> None:
    (line,) = with_bureau("[ZF, FZ]", "[ZF, ZF]")
    assert line.startswith("bureau.yaml:8:")


@pytest.mark.parametrize("written", ["[]", "5", "{a: b}"])
def test_who_holds_a_duty_is_told_by_the_name_of_the_duty(with_bureau: Changed, written: str) -> None:
    lines = with_bureau("[ZF, FZ]", written)
    assert {line.split(" is ")[0] for line in lines} == {"bureau.yaml:8:36: 'case-handling'"}


@pytest.mark.parametrize("day", ["2026-02-29", "2026-02-31", "2026-04-31"])
def test_a_person_begins_and_ends_on_days_that_exist(with_bureau: Changed, day: str) -> None:
    (line,) = with_bureau("unit: ZF", f"unit: ZF, from: {day}")
    assert line.startswith("bureau.yaml:7:")


def test_a_persons_days_are_kept(tmp_path: Path, duties: dict[str, Text]) -> None:
    path = tmp_path / "bureau.yaml"
    days = "unit: ZF, from: 2026-01-01, to: '2026-12-31'"
    path.write_text(SMALL_BUREAU.replace("unit: ZF", days), encoding="utf-8")
    assert read_bureau(path, duties).people[1] == Person(
        "wang", "王芳", "ZF", reviews=True, begins="2026-01-01", ends="2026-12-31"
    )


# --- the demonstration year ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("step", "whats"),
    [
        ("{tick: TT-01, on: unstated}", []),
        ("{partial: [TT-01], left: 余}", []),
        ("{on: '2026-01-01'}", ["step-unclear"]),
        ("{tick: TT-01, note: TT-02}", ["step-unclear"]),
        ("{partial: TT-01}", ["missing-key"]),
        ("{tick: TT-01, on: someday}", ["bad-value"]),
    ],
)
def test_a_step_of_a_demonstration_says_exactly_one_thing(tmp_path: Path, step: str, whats: list[str]) -> None:
    path = tmp_path / "year.yaml"
    path.write_text(
        f"year: 2026\ntoday: '2026-06-15'\nperson: lihua\ntemplates: [TT]\nfigures: []\nsteps:\n  - {step}\n",
        encoding="utf-8",
    )
    found: list[tuple[int, str]] = []
    try:
        assert len(read_demo(path).steps) == 1
    except BadFile as error:
        faults = error.params["faults"]
        assert isinstance(faults, tuple)
        found = [(one.line, one.what) for one in faults]
    assert sorted(set(found)) == [(7, what) for what in whats]
