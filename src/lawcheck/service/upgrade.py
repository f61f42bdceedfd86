"""A revised template taken into a started year: looked at first, then applied in one entry."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import NamedTuple

from lawcheck.core.frozen import Document, LaidRow
from lawcheck.core.journal import WHOLE, Actor, Change, fallen
from lawcheck.core.layout import figure_document, frozen_copy
from lawcheck.core.refs import normalise, template_bounds
from lawcheck.core.row import Row, reopened
from lawcheck.core.template import Figure, Template
from lawcheck.core.upgrade import ItemChange, Plan, plan
from lawcheck.core.words import Review, State
from lawcheck.errors import ChecklistNotStarted, ConflictingOptions, FigureCounted, NoYearStarted, OwnTemplates
from lawcheck.library.places import template_files
from lawcheck.library.reading import read_duties, read_registry
from lawcheck.service.bureaus import kept_bureau
from lawcheck.service.reviews import falls_away
from lawcheck.service.rows import note_change
from lawcheck.service.start import figure_changes, templates_named
from lawcheck.service.years import check_writable, one_year
from lawcheck.store import codec
from lawcheck.store.entities import ENTITIES, key_text
from lawcheck.store.register import Register

FormerNote = Callable[[Row, ItemChange], str]
"""Words the note that a row asked again keeps: what had been done on it, and what changed."""


class UpgradedChecklist(NamedTuple):
    """A checklist with what its revision does to it; `changes` is false where there is nothing to do."""

    template: str
    title_zh: str
    title_en: str
    changes: bool
    plan: Plan


class Upgraded(NamedTuple):
    """Checklists of a year against their revised templates.

    `seq` is the entry that took them over, None when they were only looked at or nothing was to do. `figures` are the
    keys of those that are new or told otherwise, `own` the checklists that came from files of the bureau's own and
    were not named, `fell` acceptances that fall away.
    """

    year: int
    seq: int | None
    checklists: tuple[UpgradedChecklist, ...]
    figures: tuple[str, ...]
    own: tuple[str, ...]
    today: date
    fell: tuple[Change, ...] = ()


def preview(register: Register, names: tuple[str, ...] = (), *, year: int | None, today: date) -> Upgraded:
    """Return what the revised templates, named by code or file, would do to the started checklists of a year.

    The year is the latest open one where none is asked for, the templates all of its checklists that come with
    lawcheck where none is named.

    Raises:
        ChecklistNotStarted: a template named has no checklist in the year.
        OwnTemplates: none is named, and the year holds only checklists from files of the bureau's own.
        BadFile: with every fault of the files read.
        FigureCounted: a revised template counts a figure in another way that has entries.

    """
    with register.snapshot():
        meant = one_year(register, year)
        checked = _looked_at(register, meant, names)
        figures = _figure_changes(register, meant, checked)
        own = _own(register, meant, names)
        again = [row for one, *_ in checked for row in one.plan.asked_again]
        fell = fallen(change for row in again for change in falls_away(register, row))
    return Upgraded(meant, None, tuple(one for one, *_ in checked), _keys(figures), own, today, fell)


def upgrade(
    register: Register, actor: Actor, names: tuple[str, ...] = (), *, year: int | None, former: FormerNote
) -> Upgraded:
    """Take revised templates into the started checklists of a year, all in one entry; `former` words the notes.

    Work on what asks for the same stays, what asks for something else is asked again with a note of what had been
    done, and the former text stays in the register. Nothing to do, nothing is written.

    Raises:
        YearClosed: the year is closed.
        NotFound, BadFile, FigureCounted: as for `preview`.

    """
    seq = None
    today = date.fromisoformat(actor.today)
    with register.transaction():
        meant = one_year(register, year)
        check_writable(register, meant)
        checked = _looked_at(register, meant, names)
        figures = _figure_changes(register, meant, checked)
        changes = [*figures]
        for one, _, held in checked:
            if one.changes:
                changes += _checklist_changes(register, actor, meant, (one, held), former)
        if changes:
            seq = register.record(actor, "template upgrade", changes).seq
        own = _own(register, meant, names)
    return Upgraded(meant, seq, tuple(one for one, *_ in checked), _keys(figures), own, today, fallen(changes))


def _keys(figures: list[Change]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(change.key.partition("/")[2] for change in figures))


Looked = tuple[UpgradedChecklist, Template, tuple[str, str, str]]
"""A checklist, its revised template, and what the register holds of it: titles and the key of its copy."""


def _looked_at(register: Register, year: int, names: tuple[str, ...]) -> list[Looked]:
    registry = read_registry()
    started = _started(register, year)
    names = tuple(dict.fromkeys(names)) or _of_lawcheck(year, started)
    for name in names:
        if not name.endswith((".yaml", ".yml")) and normalise(name) not in started and normalise(name) in _shipped():
            raise ChecklistNotStarted(template=normalise(name), year=year)
    bureau = kept_bureau(register)
    if bureau is None:
        raise NoYearStarted
    templates = templates_named(names, duties=read_duties(), registry=registry)
    codes = [template.code for template in templates]
    for code in codes:
        if codes.count(code) > 1:
            raise ConflictingOptions(first=code, second=code)
        if code not in started:
            raise ChecklistNotStarted(template=code, year=year)
    return [
        _looked(register, year, (one, frozen_copy(one, registry, bureau, year)), started[one.code]) for one in templates
    ]


def _looked(register: Register, year: int, revised: tuple[Template, Document], held: tuple[str, str, str]) -> Looked:
    template, copy = revised
    old = register.document(held[2]) or copy
    bounds = template_bounds(template.code)
    rows = [codec.row(one) for one in register.each("row_under", year=year, **bounds)]
    noted = {str(ref) for what in ("note_refs", "evidence_refs") for (ref,) in register.all(what, year=year, **bounds)}
    found = plan(old, copy, rows, noted)
    return UpgradedChecklist(template.code, *template.title, found.document != old, found), template, held


def _started(register: Register, year: int) -> dict[str, tuple[str, str, str]]:
    return {
        str(code): (str(zh), str(en), str(document))
        for _, code, zh, en, document in register.all("checklist_of_year", year=year)
    }


def _shipped() -> set[str]:
    return {path.stem for path in template_files()}


def _of_lawcheck(year: int, started: dict[str, tuple[str, str, str]]) -> tuple[str, ...]:
    shipped = _shipped()
    names = tuple(code for code in started if code in shipped)
    if not names:
        raise OwnTemplates(templates=list(started), year=year)
    return names


def _own(register: Register, year: int, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the checklists passed over because only a file of the bureau's own can tell what became of them."""
    return () if names else tuple(code for code in _started(register, year) if code not in _shipped())


# --- changes -----------------------------------------------------------------------------------


def _checklist_changes(
    register: Register,
    actor: Actor,
    year: int,
    checked: tuple[UpgradedChecklist, tuple[str, str, str]],
    former: FormerNote,
) -> Iterator[Change]:
    """Yield what takes a plan over: rows that go, then the copy with its items, then rows that come and change."""
    one, (zh, en, held) = checked
    found = one.plan
    key = key_text(year, one.template)
    for row in found.dropped:
        yield Change("row", key_text(year, row.ref), WHOLE, _values(row), None)
    yield Change("checklist", key, "document", held, register.keep(found.document))
    for field, before, after in (("title_zh", zh, one.title_zh), ("title_en", en, one.title_en)):
        if before != after:
            yield Change("checklist", key, field, before, after)
    for laid in found.added:
        yield Change("row", key_text(year, laid.ref), WHOLE, None, _laid_values(laid))
    for moved in found.moved:
        for field, value in (("unit", moved.unit), ("begins", moved.begins), ("due", moved.due)):
            yield from _field(moved.row, field, value)
    by_code = {item.code: item for item in found.items}
    for row in found.asked_again:
        yield from falls_away(register, row)
        for field, new in reopened(row, today=date.fromisoformat(actor.today)).items():
            yield from _field(row, field, codec.encoded(new))
        yield note_change(register, actor, year, row.ref, former(row, by_code[row.code]))


def _field(row: Row, field: str, new: object) -> Iterator[Change]:
    old = codec.encoded(getattr(row, field))
    if old != new:
        yield Change("row", key_text(row.year, row.ref), field, old, new)


def _values(row: Row) -> dict[str, object]:
    return {field: codec.encoded(getattr(row, field)) for field in ENTITIES["row"].fields}


def _laid_values(laid: LaidRow) -> dict[str, object]:
    given = {**laid._asdict(), "state": State.OPEN.value, "review": Review.NONE.value, "provisional": 0}
    return {field: given.get(field) for field in ENTITIES["row"].fields}


def _figure_changes(register: Register, year: int, checked: list[Looked]) -> list[Change]:
    """Return the changes that make a year's figures those of revised templates; none is ever taken away."""
    changes: list[Change] = []
    new: list[Figure] = []
    for _, template, _ in checked:
        for figure in template.figures:
            document = figure_document(figure)
            held = register.one("figure_get", key_year=year, key_key=figure.key)
            if held is None:
                new.append(figure)
                continue
            there = dict(zip(ENTITIES["figure"].fields, held, strict=True))
            other = [field for field in document if there[field] != document[field]]
            recounted = {"measure_zh", "adds"}.intersection(other)
            if recounted and register.one("figure_entry_of", year=year, key=figure.key) is not None:
                raise FigureCounted(key=figure.key, measure=there["measure_zh"], template=template.code)
            key = key_text(year, figure.key)
            changes += [Change("figure", key, field, there[field], document[field]) for field in other]
    return changes + figure_changes(register, year, new)
