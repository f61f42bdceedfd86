"""The library looked at: templates listed, shown and checked."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, cast

from lawcheck.core.bureau import EVERY_OTHER_DUTY, Bureau, Unit
from lawcheck.core.dates import check_year
from lawcheck.core.difference import Difference, difference
from lawcheck.core.law import Citation, Law, Level, Registry
from lawcheck.core.layout import frozen_copy, text_copy
from lawcheck.core.refs import normalise
from lawcheck.core.template import Item, Template
from lawcheck.core.words import Kind, Text
from lawcheck.errors import BadFile, CaseTemplate, ConflictingOptions, UnknownTemplate
from lawcheck.library.cases import case_code
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
    """Files without a fault, with the laws that nothing cites: `uncited` is worth a second look, `explained` is not."""

    files: tuple[str, ...]
    items: int
    uncited: tuple[Law, ...]
    explained: tuple[Law, ...]


class TemplatesCompared(NamedTuple):
    """Templates of two years, or two texts of one; `year` is that of the law by which two texts are read."""

    before: str
    after: str
    year: int | None
    templates: tuple[Difference, ...]


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
    idle = [] if names else [law for law in registry.laws.values() if law.id not in cited]
    return TemplatesChecked(
        tuple(str(file) for file in files),
        sum(len(one.items) for one in templates),
        tuple(law for law in idle if law.uncited is None),
        tuple(law for law in idle if law.uncited is not None),
    )


_NOBODY = Bureau(Text("", ""), (Unit("ALL", Text("", "")),), (), {EVERY_OTHER_DUTY: ("ALL",)}, (), ())
"""A bureau of one unit: who does an item is no matter of the templates."""


def compare_years(before: int, after: int, names: Sequence[str]) -> TemplatesCompared:
    """Compare what the templates, all for years or those named by code, ask for in two years.

    Raises:
        InvalidYear: a year is out of range.
        UnknownTemplate: no template has such a code.
        CaseTemplate: a template named is for cases.

    """
    years = (check_year(before), check_year(after))
    registry = read_registry()
    shipped = {one.code: one for one in read_templates(None, registry, read_duties())}
    for name in names:
        if normalise(name) not in shipped and case_code(normalise(name)) is not None:
            raise CaseTemplate(template=normalise(name))
        if normalise(name) not in shipped:
            raise UnknownTemplate(name=name, nearest=nearest(normalise(name), list(shipped)) or list(shipped))
    wanted = dict.fromkeys(normalise(name) for name in names) or shipped
    chosen = [one for code, one in shipped.items() if code in wanted]
    compared = (difference(*(frozen_copy(template, registry, _NOBODY, year) for year in years)) for template in chosen)
    return TemplatesCompared(str(before), str(after), None, tuple(compared))


def compare_files(before: Path, after: Path, year: int) -> TemplatesCompared:
    """Compare two texts of a template, item by item, with every version of law that they name.

    Raises:
        BadFile: with every fault of both files.
        ConflictingOptions: the files hold different templates.

    """
    registry, duties = read_registry(), read_duties()
    found: list[Template] = []
    faults: list[object] = []
    for path in (before, after):
        try:
            found += read_templates([path], registry, duties)
        except BadFile as bad:
            faults += cast("Iterable[object]", bad.params["faults"])
    if faults:
        raise BadFile(faults=tuple(faults))
    first, second = found
    if first.code != second.code:
        raise ConflictingOptions(first=f"{before} ({first.code})", second=f"{after} ({second.code})")
    compared = difference(*(text_copy(template, registry, _NOBODY, year) for template in (first, second)))
    return TemplatesCompared(str(before), str(after), year, (compared,))
