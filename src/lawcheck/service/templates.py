"""The library looked at: templates listed, shown and checked."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from lawcheck.core.law import Citation, Law, Level, Registry
from lawcheck.core.refs import normalise
from lawcheck.core.template import Item, Template
from lawcheck.core.words import Kind, Text
from lawcheck.errors import UnknownTemplate
from lawcheck.library.places import template_files
from lawcheck.library.reading import read_duties, read_registry, read_templates
from lawcheck.service.nearest import nearest


class TemplateLine(NamedTuple):
    """A template at a glance: how many items of each kind."""

    code: str
    title: Text
    items: int
    kinds: dict[str, int]
    figures: int


class TemplateList(NamedTuple):
    """The templates that come with lawcheck."""

    templates: tuple[TemplateLine, ...]
    laws: int


class ShownItem(NamedTuple):
    """An item with its law in a year."""

    item: Item
    level: Level
    citations: tuple[Citation, ...]


class TemplateShown(NamedTuple):
    """A template with the law of a year: what is kept, what is left out."""

    template: Template
    year: int
    items: tuple[ShownItem, ...]
    left_out: tuple[str, ...]
    registry: Registry


class TemplatesChecked(NamedTuple):
    """Files without a fault, with what is worth a second look: laws that nothing cites."""

    files: tuple[str, ...]
    items: int
    uncited: tuple[Law, ...]


def duty_titles() -> dict[str, Text]:
    """Return the titles of the duties that items name."""
    return read_duties()


def list_templates() -> TemplateList:
    """Return the templates that come with lawcheck."""
    registry = read_registry()
    lines = [
        TemplateLine(
            one.code,
            one.title,
            len(one.items),
            {kind.value: sum(item.kind is kind for item in one.items) for kind in Kind},
            len(one.figures),
        )
        for one in read_templates(None, registry, read_duties())
    ]
    return TemplateList(tuple(lines), len(registry.laws))


def show_template(name: str, year: int) -> TemplateShown:
    """Return a template, by code or path, with the law of a year.

    Raises:
        UnknownTemplate: no template has this code.
        BadFile: with every fault of the file.

    """
    registry, duties = read_registry(), read_duties()
    files = [Path(name)] if name.endswith((".yaml", ".yml")) else None
    templates = read_templates(files, registry, duties)
    wanted = templates[0].code if files else normalise(name)
    found = next((one for one in templates if one.code == wanted), None)
    if found is None:
        known = [one.code for one in templates]
        raise UnknownTemplate(name=name, nearest=nearest(wanted, known) or known)
    items: list[ShownItem] = []
    left_out: list[str] = []
    for item in found.items:
        citations = tuple(registry.cite(item.basis, year))
        live = [one for one in citations if one.standing.value == "in-force"]
        if not item.lives_in(year) or not (live or item.practice):
            left_out.append(item.code)
            continue
        level = min((one.law.level for one in live), key=list(Level).index, default=Level.PRACTICE)
        items.append(ShownItem(item, level, citations))
    return TemplateShown(found, year, tuple(items), tuple(left_out), registry)


def check_templates(names: Sequence[str]) -> TemplatesChecked:
    """Check files, all that come with lawcheck when none is named.

    Raises:
        BadFile: with every fault of every file.

    """
    registry = read_registry()
    files = [Path(name) for name in names] or template_files()
    templates = read_templates(files, registry, read_duties())
    cited = {basis.law for one in templates for item in one.items for basis in item.basis}
    uncited = () if names else tuple(law for law in registry.laws.values() if law.id not in cited)
    return TemplatesChecked(tuple(str(file) for file in files), sum(len(one.items) for one in templates), uncited)
