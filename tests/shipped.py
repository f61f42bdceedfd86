"""The checklists that come with lawcheck, frozen for a year and asked what they hold."""

from functools import cache
from typing import Any

from lawcheck.core.bureau import Bureau
from lawcheck.core.frozen import Document, laid_rows
from lawcheck.core.law import Registry
from lawcheck.core.layout import frozen_copy
from lawcheck.core.template import Template
from lawcheck.library.places import checklists
from lawcheck.library.reading import read_bureau, read_duties, read_registry, read_templates


@cache
def library() -> tuple[Registry, dict[str, Template], Bureau]:
    registry, duties = read_registry(), read_duties()
    templates = {one.code: one for one in read_templates(None, registry, duties)}
    return registry, templates, read_bureau(checklists() / "bureau.yaml", duties)


@cache
def year_of(template: str, year: int) -> Document:
    registry, templates, bureau = library()
    return frozen_copy(templates[template], registry, bureau, year)


def item_of(code: str, year: int) -> dict[str, Any] | None:
    found: dict[str, Any] | None = next((one for one in year_of(code[:2], year)["items"] if one["code"] == code), None)
    return found


def cited(code: str, year: int) -> list[tuple[str, str, str | None, str, str]]:
    item = item_of(code, year)
    assert item is not None
    return [(one["law"], one["version"], one["article"], one["certainty"], one["standing"]) for one in item["basis"]]


def years_with(code: str, years: range = range(2020, 2030)) -> list[int]:
    return [year for year in years if item_of(code, year) is not None]


def due_of(code: str, year: int) -> list[str | None]:
    return [row.due for row in laid_rows(year_of(code[:2], year)) if row.code == code]
