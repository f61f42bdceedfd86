"""A year starts: templates are frozen for it, their rows laid out, in one entry."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lawcheck.core.bureau import Bureau
from lawcheck.core.dates import check_year
from lawcheck.core.frozen import Document
from lawcheck.core.journal import WHOLE, Actor, Change
from lawcheck.core.law import Registry
from lawcheck.core.layout import figure_document, frozen_copy
from lawcheck.core.refs import normalise, template_bounds
from lawcheck.core.template import Figure, Template
from lawcheck.core.words import Text
from lawcheck.errors import ConflictingOptions, FigureClash, NotForYears, UnknownTemplate
from lawcheck.library.cases import case_code
from lawcheck.library.reading import (
    read_bureau,
    read_duties,
    read_registry,
    read_templates,
)
from lawcheck.service.bureaus import default_bureau_file, kept_bureau, takeover
from lawcheck.service.nearest import nearest
from lawcheck.service.years import check_writable
from lawcheck.store.entities import key_text
from lawcheck.store.register import Register

if TYPE_CHECKING:
    from lawcheck.service.carry import Carried


class StartedChecklist(NamedTuple):
    """A checklist of the year: `rows` laid out, or counted where it had been started before."""

    template: str
    title_zh: str
    title_en: str
    items: int
    rows: int
    left_out: tuple[str, ...]


class Started(NamedTuple):
    """What `start` did."""

    year: int
    register: str
    started: tuple[StartedChecklist, ...]
    already: tuple[StartedChecklist, ...]
    bureau: Bureau
    is_new: bool
    carried: "Carried | None" = None


def start_year(
    register: Register,
    actor: Actor,
    year: int,
    names: Iterable[str] = (),
    bureau_file: Path | None = None,
    *,
    from_year: int | None = None,
) -> Started:
    """Start a year from all templates or from those named, by code or by the path of a file.

    A template started before is left as it is: starting twice changes nothing and says so. With `from_year` the
    year follows an earlier one: its templates where none is named, its assignees, and what it leaves unfinished.

    Raises:
        InvalidYear: the year is out of range.
        UnknownTemplate: a name is neither a template's code nor a file.
        NotForYears: a name is that of a template for cases.
        BadFile: with every fault of the files read.
        YearClosed: the year is closed.
        NotEarlier: the year to carry from is not before it.
        NothingToCarry: the year to carry from was never started.
        OwnTemplates: none is named, and the earlier year had only templates of the bureau's own.

    """
    check_year(year)
    names = tuple(dict.fromkeys(names))
    if from_year is not None and not names:
        from lawcheck.service.carry import templates_of

        names = templates_of(register, from_year, year)
    registry, duties = read_registry(), read_duties()
    templates = templates_named(names, duties=duties, registry=registry)
    codes = [template.code for template in templates]
    for template in templates:
        if codes.count(template.code) > 1:
            raise ConflictingOptions(first=template.code, second=template.code)
    given = read_bureau(bureau_file, duties) if bureau_file is not None else None
    carried: Carried | None = None
    with register.transaction():
        check_writable(register, year)
        kept = kept_bureau(register)
        bureau = given or kept or read_bureau(default_bureau_file(), duties)
        changes, _moved = takeover(register, actor, bureau) if given or kept is None else ([], [])
        if register.one("year_get", key_year=year) is None:
            changes.append(Change("year", key_text(year), WHOLE, None, {"state": "open"}))
        started: list[StartedChecklist] = []
        already: list[StartedChecklist] = []
        figures: list[Figure] = list(bureau.figures)
        copies: list[Document] = []
        for template in templates:
            document = frozen_copy(template, registry, bureau, year)
            items = document["items"]
            left_out = tuple(one["code"] for one in document["left_out"])
            rows = sum(len(one["periods"]) * len(one["units"]) for one in items)
            line = StartedChecklist(template.code, *template.title, len(items), rows, left_out)
            if (there := register.one("checklist_get", key_year=year, key_template=template.code)) is not None:
                copies.append(register.document(str(there[2])) or document)
                count = register.one("row_count_under", year=year, **template_bounds(template.code))
                already.append(line._replace(rows=int(str(count[0])) if count else 0))
                continue
            key = register.keep(document)
            new = {"title_zh": template.title.zh, "title_en": template.title.en, "document": key}
            changes.append(Change("checklist", key_text(year, template.code), WHOLE, None, new))
            figures += template.figures
            copies.append(document)
            started.append(line)
        if started:
            taken = {change.key for change in changes if change.entity == "figure"}
            added = [one for one in figure_changes(register, year, figures) if one.key not in taken]
            changes += added  # after the year, which they refer to
        if from_year is not None:
            from lawcheck.service.carry import carry

            carried, assigned = carry(
                register, actor, (from_year, year), copies, bureau, {one.template for one in started}
            )
            changes += assigned  # after the checklists, whose rows they speak of
        if changes:
            register.record(actor, "start", changes)
    return Started(year, str(register.path), tuple(started), tuple(already), bureau, register.is_new, carried)


def figure_changes(register: Register, year: int, figures: Iterable[Figure]) -> list[Change]:
    """Return the changes that give a year the figures it lacks.

    Raises:
        FigureClash: one key means two different figures.

    """
    held = {str(one[1]): one for one in register.all("figure_of_year", year=year)}
    known = {key: dict(zip(_FIGURE_FIELDS, values[2:], strict=True)) for key, values in held.items()}
    last = register.one("figure_last_place", year=year)
    place = int(str(last[0])) if last and last[0] is not None else 0
    changes: list[Change] = []
    for figure in figures:
        document = figure_document(figure)
        there = known.get(figure.key)
        if there is None:
            place += 1
            known[figure.key] = {"place": place, **document, "target": None}
            changes.append(Change("figure", key_text(year, figure.key), WHOLE, None, known[figure.key]))
        elif {field: there[field] for field in document} != document:
            raise FigureClash(key=figure.key, faults=())
    return changes


_FIGURE_FIELDS = ("place", "title_zh", "title_en", "measure_zh", "measure_en", "adds", "section", "counted", "target")


def templates_named(names: tuple[str, ...], *, duties: dict[str, Text], registry: Registry) -> list[Template]:
    """Return the templates named by code or by the path of a file; all for a year where none is.

    Raises:
        UnknownTemplate: a name is neither a template's code nor a file.
        BadFile: with every fault of the files read.

    """
    files = [Path(name) for name in names if name.endswith((".yaml", ".yml"))]
    codes = [normalise(name) for name in names if not name.endswith((".yaml", ".yml"))]
    named: list[str | Path] = [*codes, *files]
    for case in (case_code(one) for one in named):
        if case is not None:
            raise NotForYears(template=case)
    own = read_templates(files, registry, duties) if files else []
    if files and not codes:
        return own
    shipped = read_templates(None, registry, duties)
    by_code = {template.code: template for template in shipped}
    if not codes:
        return shipped
    for name, code in zip((one for one in names if not one.endswith((".yaml", ".yml"))), codes, strict=True):
        if code not in by_code:
            raise UnknownTemplate(name=name, nearest=nearest(code, list(by_code)) or list(by_code))
    return [by_code[code] for code in dict.fromkeys(codes)] + own
