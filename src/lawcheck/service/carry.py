"""A year follows an earlier one: what is new against it, whose rows they stay, and what it leaves unfinished."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from lawcheck.core.bureau import Bureau
from lawcheck.core.frozen import Document, laid_rows
from lawcheck.core.journal import Actor, Change
from lawcheck.core.remainder import Remainder, remainder
from lawcheck.core.row import Row
from lawcheck.core.upgrade import ItemChange, compare
from lawcheck.errors import NotEarlier, NothingToCarry, OwnTemplates
from lawcheck.library.places import template_files
from lawcheck.service.years import open_years
from lawcheck.store import codec
from lawcheck.store.entities import key_text
from lawcheck.store.register import Register

REMAINDER_LINES = 20


class Compared(NamedTuple):
    """A checklist against that of the earlier year; `is_new` says that the earlier year had none."""

    template: str
    title_zh: str
    title_en: str
    is_new: bool
    items: tuple[ItemChange, ...]


class OtherUnit(NamedTuple):
    """An item whose unit of the earlier year answers for it no more; `now` are those that do."""

    code: str
    unit: str
    now: tuple[str, ...]


class Lost(NamedTuple):
    """Somebody who is not given his rows again, since the bureau does not list him any more."""

    person: str
    refs: tuple[str, ...]


class Carried(NamedTuple):
    """What a year takes over from an earlier one.

    `checklists` compares the frozen copies kept in the register. `not_started` are checklists that only the earlier
    year has, `own` those among them that came from files of the bureau's own. `remainder` holds the first rows not
    finished there, `remaining` counts them all; both tell of a closed year only how many it was closed with.
    """

    from_year: int
    is_closed: bool
    checklists: tuple[Compared, ...]
    not_started: tuple[str, ...]
    own: tuple[str, ...]
    assigned: int
    lost: tuple[Lost, ...]
    other_units: tuple[OtherUnit, ...]
    remaining: Remainder
    remainder: tuple[Row, ...]
    today: date


def templates_of(register: Register, from_year: int, year: int) -> tuple[str, ...]:
    """Return the templates of an earlier year that come with lawcheck, to start a later year from.

    Raises:
        NotEarlier: it is not earlier.
        NothingToCarry: it was never started.
        OwnTemplates: all it had came from files of the bureau's own.

    """
    _check_earlier(register, from_year, year)
    held = _codes(register, from_year)
    shipped = _shipped()
    names = tuple(code for code in held if code in shipped)
    if not names:
        raise OwnTemplates(templates=list(held), year=from_year)
    return names


def carry(
    register: Register,
    actor: Actor,
    years: tuple[int, int],
    copies: Iterable[Document],
    bureau: Bureau,
    started: set[str],
) -> tuple[Carried, list[Change]]:
    """Return what a year takes over from an earlier one, and the changes that give its rows their assignees.

    `years` are the earlier and the later year, `copies` the frozen checklists of the later one, `started` the
    templates started just now: what was started before is compared and left as it is. This is the one place where
    what hangs on a row of the earlier year passes to the row of the same item, period and unit.

    Raises:
        NotEarlier: the earlier year is not earlier.
        NothingToCarry: it was never started.

    """
    from_year, year = years
    _check_earlier(register, from_year, year)
    copies = list(copies)
    fresh = [copy for copy in copies if copy["template"] in started]
    held = _codes(register, from_year)
    missing = tuple(code for code in held if code not in {copy["template"] for copy in copies})
    changes, lost = _assignments(register, years, fresh, bureau)
    open_ones = open_years(register)
    counted = register.one("row_remainder_count", year=from_year)
    first = [codec.row(one) for one in register.all("row_remainder", year=from_year, most=REMAINDER_LINES)]
    carried = Carried(
        from_year,
        from_year not in open_ones,
        tuple(_compared(register, from_year, copy) for copy in copies),
        missing,
        tuple(code for code in missing if code not in _shipped()),
        len(changes),
        lost,
        tuple(_other_units(register, from_year, fresh)),
        Remainder(from_year, int(str(counted[0])) if counted else 0),
        remainder(first, year, open_ones),
        date.fromisoformat(actor.today),
    )
    return carried, changes


def _check_earlier(register: Register, from_year: int, year: int) -> None:
    if from_year >= year:
        raise NotEarlier(year=from_year, wanted=year, before=year - 1)
    if not _codes(register, from_year):
        started = sorted(int(str(one)) for one, _ in register.all("year_all"))
        raise NothingToCarry(year=from_year, wanted=year, started=[one for one in started if one < year])


def _codes(register: Register, year: int) -> tuple[str, ...]:
    return tuple(str(one[1]) for one in register.all("checklist_of_year", year=year))


def _shipped() -> set[str]:
    return {path.stem for path in template_files()}


def _compared(register: Register, from_year: int, copy: Document) -> Compared:
    title = copy["title"]
    held = register.one("checklist_get", key_year=from_year, key_template=copy["template"])
    before = register.document(str(held[2])) if held is not None else None
    items = compare(before, copy) if before is not None else ()
    return Compared(copy["template"], title["zh"], title["en"], before is None, items)


def _assignments(
    register: Register, years: tuple[int, int], fresh: list[Document], bureau: Bureau
) -> tuple[list[Change], tuple[Lost, ...]]:
    """Return the changes that give new rows to whoever had the same ones, as far as the bureau still lists him."""
    from_year, year = years
    given = {
        (code, period, unit): str(person)
        for code, period, unit, person in register.each("row_assigned", year=from_year)
    }
    there = {one.id for one in bureau.people if one.ends is None or one.ends >= f"{year}-01-01"}
    changes: list[Change] = []
    lost: dict[str, list[str]] = {}
    for row in (row for copy in fresh for row in laid_rows(copy)) if given else ():
        person = given.get((row.code, row.period, row.unit))
        if person is None:
            continue
        if bureau.people and person not in there:
            lost.setdefault(person, []).append(row.ref)
        else:
            changes.append(Change("row", key_text(year, row.ref), "assignee", None, person))
    return changes, tuple(Lost(person, tuple(refs)) for person, refs in lost.items())


def _other_units(register: Register, from_year: int, fresh: list[Document]) -> Iterator[OtherUnit]:
    """Yield the units that had rows of an item in the earlier year and have none in the new one, though it lives on."""
    now = {item["code"]: tuple(item["units"]) for copy in fresh for item in copy["items"] if item["periods"]}
    for code, unit in register.each("row_holders", year=from_year):
        units = now.get(str(code))
        if units is not None and unit not in units:
            yield OtherUnit(str(code), str(unit), units)
