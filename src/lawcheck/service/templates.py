"""The library looked at: templates listed, shown and checked."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple, cast

from lawcheck.core.bureau import EVERY_OTHER_DUTY, Bureau, Unit
from lawcheck.core.clock import Choice, Clock, ClockRule, Clocks, Window, window
from lawcheck.core.dates import check_year
from lawcheck.core.difference import Difference, difference
from lawcheck.core.law import Citation, Law, Level, Registry
from lawcheck.core.layout import frozen_copy, text_copy
from lawcheck.core.refs import normalise
from lawcheck.core.template import CaseItem, CaseTemplate, Item, Template
from lawcheck.core.words import Kind, Text
from lawcheck.errors import BadFile, ConflictingOptions, NotForYears, UnknownTemplate
from lawcheck.library.cases import Library, case_code, read_library
from lawcheck.library.clocks import read_clocks
from lawcheck.library.places import case_files, clocks_file, template_files
from lawcheck.library.reading import read_duties, read_registry, read_templates
from lawcheck.service.nearest import nearest


class TemplateLine(NamedTuple):
    """A template at a glance: for a year or for a case, how many items of each kind."""

    code: str
    span: str
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


class ShownTerm(NamedTuple):
    """A rule of a clock that applies in a year, its days, and the law that then sets it and its target."""

    rule: ClockRule
    window: Window
    citations: tuple[Citation, ...]
    target: tuple[Citation, ...]


class ShownCaseItem(NamedTuple):
    """An item of a case with its law in a year: that of its clock, of which no rule may apply, or its own."""

    item: CaseItem
    clock: Clock | None
    terms: tuple[ShownTerm, ...]
    citations: tuple[Citation, ...]


class CaseTemplateShown(NamedTuple):
    """A case template with the terms and the law of a year; `pauses` by name for which a term of it stands still."""

    template: CaseTemplate
    year: int
    items: tuple[ShownCaseItem, ...]
    registry: Registry
    pauses: dict[str, Text]


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


def bureau_choices() -> dict[str, Choice]:
    """Return the questions that a bureau answers, since no text does, by name."""
    return read_clocks(read_registry()).choices


def list_templates() -> TemplateList:
    """Return the templates that come with lawcheck."""
    registry = read_registry()
    library = read_library(None, registry, read_duties())
    years = [
        TemplateLine(
            one.code,
            "year",
            one.title,
            len(one.items),
            {kind.value: sum(item.kind is kind for item in one.items) for kind in Kind},
            len(one.figures),
        )
        for one in library.templates
    ]
    cases = [
        TemplateLine(
            one.code,
            "case",
            one.title,
            len(one.items),
            {kind.value: len(one.items) if kind is Kind.CASE else 0 for kind in Kind},
            0,
        )
        for one in library.cases
    ]
    return TemplateList((*years, *cases), len(registry.laws))


def show_template(name: str, year: int) -> TemplateShown | CaseTemplateShown:
    """Return a template for a year or for a case, by code or path, with the law of a year.

    Raises:
        UnknownTemplate: no template has this code.
        BadFile: with every fault of the file.

    """
    registry, duties = read_registry(), read_duties()
    files = [Path(name)] if name.endswith((".yaml", ".yml")) else None
    library = read_library(files, registry, duties)
    both: list[Template | CaseTemplate] = [*library.templates, *library.cases]
    templates = {one.code: one for one in both}
    found = next(iter(templates.values())) if files else templates.get(normalise(name))
    if found is None:
        raise UnknownTemplate(name=name, nearest=nearest(normalise(name), list(templates)) or list(templates))
    if isinstance(found, CaseTemplate):
        return _case_shown(found, library.clocks, registry, year)
    return _year_shown(found, registry, year)


def _year_shown(found: Template, registry: Registry, year: int) -> TemplateShown:
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


def _case_shown(found: CaseTemplate, clocks: Clocks, registry: Registry, year: int) -> CaseTemplateShown:
    items: list[ShownCaseItem] = []
    for item in found.items:
        clock = clocks.clocks[item.clock] if item.clock else None
        terms = tuple(_terms(clock, registry, year)) if clock else ()
        items.append(ShownCaseItem(item, clock, terms, tuple(registry.cite(item.basis, year))))
    reasons = {reason for one in items if one.clock for rule in one.clock.rules for reason in rule.pauses}
    pauses = {reason: title for reason, title in clocks.pauses.items() if reason in reasons}
    return CaseTemplateShown(found, year, tuple(items), registry, pauses)


def _terms(clock: Clock, registry: Registry, year: int) -> Iterator[ShownTerm]:
    """Yield the rules of a clock that apply on any day of a year."""
    for rule in clock.rules:
        days = window(rule.basis, registry)
        if (days.begins is None or days.begins.year <= year) and (days.ends is None or days.ends.year >= year):
            target = rule.target.basis if rule.target else ()
            yield ShownTerm(rule, days, tuple(registry.cite(rule.basis, year)), tuple(registry.cite(target, year)))


def check_templates(names: Sequence[str]) -> TemplatesChecked:
    """Check files, all that come with lawcheck when none is named.

    Raises:
        BadFile: with every fault of every file.

    """
    registry = read_registry()
    files = [Path(name) for name in names] or [*template_files(), *case_files(), clocks_file()]
    library = read_library([Path(name) for name in names] or None, registry, read_duties())
    items = sum(len(one.items) for one in library.templates) + sum(len(one.items) for one in library.cases)
    cited = _cited(library)
    idle = [] if names else [law for law in registry.laws.values() if law.id not in cited]
    return TemplatesChecked(
        tuple(str(file) for file in files),
        items,
        tuple(law for law in idle if law.uncited is None),
        tuple(law for law in idle if law.uncited is not None),
    )


def _cited(library: Library) -> set[str]:
    """Return the laws that any item or any clock rests on."""
    rules = [rule for clock in library.clocks.clocks.values() for rule in clock.rules]
    bases = [basis for one in library.templates for item in one.items for basis in item.basis]
    bases += [basis for one in library.cases for item in one.items for basis in item.basis]
    bases += [basis for rule in rules for basis in (*rule.basis, *(rule.target.basis if rule.target else ()))]
    return {basis.law for basis in bases}


_NOBODY = Bureau(Text("", ""), (Unit("ALL", Text("", "")),), (), {EVERY_OTHER_DUTY: ("ALL",)}, (), ())
"""A bureau of one unit: who does an item is no matter of the templates."""


def compare_years(before: int, after: int, names: Sequence[str]) -> TemplatesCompared:
    """Compare what the templates, all for years or those named by code, ask for in two years.

    Raises:
        InvalidYear: a year is out of range.
        UnknownTemplate: no template has such a code.
        NotForYears: a template named is for cases.

    """
    years = (check_year(before), check_year(after))
    registry = read_registry()
    shipped = {one.code: one for one in read_templates(None, registry, read_duties())}
    for name in names:
        if normalise(name) not in shipped and case_code(normalise(name)) is not None:
            raise NotForYears(template=normalise(name))
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
