"""The JSON Schemas that stand beside the files: they take what is shipped and refuse what is broken."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from lawcheck.library.nodes import Source, read_source
from lawcheck.library.places import case_files, checklists, holiday_files, template_files
from support import SMALL_BUREAU, SMALL_TEMPLATE

SCHEMAS = ("template", "case", "clocks", "laws", "duties", "bureau", "holidays", "report")


def schema_of(name: str) -> dict[str, Any]:
    held: dict[str, Any] = json.loads((checklists() / f"{name}.schema.json").read_text(encoding="utf-8"))
    return held


def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(schema_of(name))


def complaints(name: str, value: object) -> list[str]:
    return sorted(one.message for one in validator(name).iter_errors(value))


def shipped() -> Iterator[tuple[str, Path]]:
    for path in template_files():
        yield "template", path
    for path in case_files():
        yield "case", path
    for name in ("clocks", "laws", "duties", "bureau", "report"):
        yield name, checklists() / f"{name}.yaml"
    for path in holiday_files():
        yield "holidays", path
    yield "bureau", checklists() / "demo" / "2022" / "bureau.yaml"
    yield "report", checklists() / "demo" / "2022" / "report.yaml"


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_a_schema(name: str) -> None:
    held = schema_of(name)
    Draft202012Validator.check_schema(held)
    assert held["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert held["$id"] == f"{name}.schema.json"
    assert held["additionalProperties"] is False


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_mapping_of_a_schema_is_closed(name: str) -> None:
    for shape in schema_of(name).get("$defs", {}).values():
        if shape["type"] == "object":
            assert shape["additionalProperties"] is False, shape["title"]


@pytest.mark.parametrize(("name", "path"), [pytest.param(*one, id=one[1].name) for one in shipped()])
def test_a_shipped_file_is_taken(name: str, path: Path) -> None:
    assert complaints(name, read_source(path).value) == []


def test_a_shipped_file_names_its_schema_for_editors() -> None:
    for name, path in shipped():
        first = path.read_text(encoding="utf-8").splitlines()[0]
        schema = checklists() / f"{name}.schema.json"
        prefix = "# yaml-language-server: $schema="
        assert first.startswith(prefix), path.name
        assert (path.parent / first.removeprefix(prefix)).resolve() == schema.resolve(), path.name


def test_a_small_template_and_a_small_bureau_are_taken(read: Callable[[str | bytes], Source]) -> None:
    assert complaints("template", read(SMALL_TEMPLATE).value) == []
    assert complaints("bureau", read(SMALL_BUREAU).value) == []


BROKEN_TEMPLATE = [
    ("weight: 2", "weight: two"),
    ("weight: 2", "weight: 0"),
    ("weight: 2", "weight: 101"),
    ("each: true", "each: yes"),
    ("kind: yearly", "kind: annual"),
    ("code: TT-01", "code: TT-1"),
    ("template: TT", "template: tt"),
    ("for: year", "for: ever"),
    ("en: Yearly item", "en: ''"),
    ("en: Yearly item", "en: '  '"),
    (", en: Yearly item", ""),
    ("{zh: 年度事项, en: Yearly item}", "年度事项"),
    ("    duty: legal\n", ""),
    ("duty: legal", "duty: legal\n    wait: 3"),
    ("due: by 03-31", "due: by 3-31"),
    ("due: by 03-31", "due: soon"),
    ('at_least: "95%"', "at_least: '95'"),
    ('at_least: "95%"', "at_least: 101%"),
    ("certainty: read", "certainty: sure"),
    ("source: {from: custom}", "source: {place: 一}"),
    ("items:", "things:"),
]


@pytest.mark.parametrize(("old", "new"), BROKEN_TEMPLATE)
def test_a_broken_template_is_refused_by_the_schema_and_by_the_reader(
    read: Callable[[str | bytes], Source],
    template_faults: Callable[[str | bytes], list[str]],
    old: str,
    new: str,
) -> None:
    assert old in SMALL_TEMPLATE
    content = SMALL_TEMPLATE.replace(old, new, 1)
    assert complaints("template", read(content).value)
    assert template_faults(content)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("code: ZF", "code: zf"),
        ("code: ZF", "code: 执法"),
        ("name: {zh: 小局, en: Small bureau}", "name: 小局"),
        ("[ZF, FZ]", "[]"),
        ("reviews: true", "reviews: often"),
        ("id: wang", "id: wang fang"),
        ("unit: ZF", "unit: ZF, from: yesterday"),
        ("adds", "add"),
        ("people:", "persons:"),
    ],
)
def test_a_broken_bureau_is_refused_by_the_schema_and_by_the_reader(
    read: Callable[[str | bytes], Source],
    bureau_faults: Callable[[str | bytes], list[str]],
    old: str,
    new: str,
) -> None:
    whole = SMALL_BUREAU.replace("section: power-list}", "section: power-list, adds: sum}")
    assert old in whole
    content = whole.replace(old, new, 1)
    assert complaints("bureau", read(content).value)
    assert bureau_faults(content)


@pytest.mark.parametrize(
    "changes",
    [
        {"laws": {"cfl": {}}},
        {"laws": []},
        {"laws": {"cfl": {"title": {"zh": "法", "en": "Law"}, "level": "practice"}}},
        {"sources": {"JL": {"title": "Library"}}},
        {"more": 1},
    ],
)
def test_a_broken_registry_is_refused(changes: dict[str, object]) -> None:
    whole = read_source(checklists() / "laws.yaml").value
    assert isinstance(whole, dict)
    assert complaints("laws", {**whole, **changes})


@pytest.mark.parametrize("value", [{}, {"duties": []}, {"duties": {"legal": "法制"}}, {"duties": {}, "x": 1}, []])
def test_a_broken_list_of_duties_is_refused(value: object) -> None:
    assert complaints("duties", value)
