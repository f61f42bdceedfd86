"""The bureau kept in the register: read, shown, taken from a file."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lawcheck.core.bureau import Bureau, Person, ReportText, Section, Unit
from lawcheck.core.counted import parse_counted
from lawcheck.core.figure import Adds
from lawcheck.core.journal import WHOLE, Actor, Change
from lawcheck.core.layout import bureau_document
from lawcheck.core.refs import template_bounds
from lawcheck.core.template import Figure
from lawcheck.core.words import Text
from lawcheck.errors import DutyUnheld, UnknownFigure
from lawcheck.service.people import bureau_held
from lawcheck.service.years import open_years
from lawcheck.store import codec
from lawcheck.store.entities import key_text
from lawcheck.store.register import Register

if TYPE_CHECKING:
    from lawcheck.service.case_rows import Moved


class BureauImported(NamedTuple):
    """A bureau file taken over; `changed` is false when it said what the register held already.

    `moved` are rows of open cases that follow an answer given otherwise than before. `kept` are items, with their year,
    that each unit has rows of, and whose rows stay those of the units that the year was started with.
    """

    bureau: Bureau
    changed: bool
    figures_added: int
    rows_moved: int
    moved: "tuple[Moved, ...]" = ()
    kept: tuple[tuple[int, str], ...] = ()


def kept_bureau(register: Register) -> Bureau | None:
    """Return the bureau of a register; None before the first year is started."""
    document = bureau_held(register)
    if document is None:
        return None
    return Bureau(
        _text(document["name"]),
        tuple(Unit(unit["code"], _text(unit["name"])) for unit in document["units"]),
        tuple(Person(**person) for person in document["people"]),
        {duty: tuple(units) for duty, units in document["duties"].items()},
        tuple(Section(one["key"], one["number"], _text(one["title"])) for one in document["sections"]),
        tuple(
            Figure(
                one["key"],
                Text(one["title_zh"], one["title_en"]),
                Text(one["measure_zh"], one["measure_en"]),
                Adds(one["adds"]),
                one["section"],
                parse_counted(one["counted"]) if one.get("counted") else None,
            )
            for one in document["figures"]
        ),
        dict(document.get("choices") or {}),
        ReportText(**document["report"]) if document.get("report") else None,
        tuple(document.get("typed", ())),
    )


def default_bureau_file() -> Path:
    """Return the file of the one-unit bureau that a register starts with."""
    from lawcheck.library.places import (
        checklists,  # the library is not loaded by everyday commands
    )

    return checklists() / "bureau.yaml"


def bureau_changes(register: Register, bureau: Bureau) -> list[Change]:
    """Keep a bureau's document and return the change that makes it the present one, if it is another."""
    key = register.keep(bureau_document(bureau))
    held = register.one("bureau_get", key_one=1)
    if held is None:
        return [Change("bureau", "bureau", WHOLE, None, {"document": key})]
    return [] if held[0] == key else [Change("bureau", "bureau", "document", held[0], key)]


def import_bureau(register: Register, actor: Actor, file: Path) -> BureauImported:
    """Take a bureau file over: in open years, unfinished rows go to whoever holds their duty now, and figures join.

    A row of an item that each unit has stays with its unit as long as the bureau has that unit. Open cases follow what
    the bureau chooses anew where no text says which law governs.

    Raises:
        BadFile: with every fault of the file.
        DutyUnheld: an unfinished row asks for a duty that nobody would hold.
        UnknownFigure: a figure that is to be reported by hand is one of no open year.

    """
    from lawcheck.library.reading import (  # not on the everyday path
        read_bureau,
        read_duties,
    )

    bureau = read_bureau(file, read_duties())
    with register.transaction():
        changes, moved = takeover(register, actor, bureau)
        if changes:
            register.record(actor, "bureau import", changes)
        kept = tuple(_kept_of_each(register, bureau)) if changes else ()
    figures = sum(change.entity == "figure" for change in changes)
    rows = sum(change.entity == "row" for change in changes)
    return BureauImported(bureau, bool(changes), figures, rows, tuple(moved), kept)


def _kept_of_each(register: Register, bureau: Bureau) -> "Iterator[tuple[int, str]]":
    """Yield the items of open years that other units hold now than those that have their rows."""
    for year in open_years(register):
        for code, text in register.each("item_of_year", year=year):
            item = codec.json_held(text)
            if item["each"] and item["periods"] and set(item["units"]) != set(bureau.holders(item["duty"])):
                yield year, str(code)


def takeover(register: Register, actor: Actor, bureau: Bureau) -> "tuple[list[Change], list[Moved]]":
    """Return the changes that make a bureau the present one, and the rows of open cases that move by its choices.

    They are those of its file, its figures and rows in open years, and open cases.
    """
    from lawcheck.service.start import figure_changes

    years = open_years(register)
    _check_typed(register, years, bureau)
    figures = [one for year in years for one in figure_changes(register, year, bureau.figures)]
    moved = [one for year in years for one in _moved_rows(register, year, bureau)]
    follow, moved_in_cases = _choice_changes(register, actor, bureau)
    return [*bureau_changes(register, bureau), *figures, *moved, *follow], moved_in_cases


def _check_typed(register: Register, years: list[int], bureau: Bureau) -> None:
    """Refuse a key that is to be reported by hand and that no open year and not the bureau itself has."""
    from lawcheck.service.nearest import nearest  # only where a bureau is taken over

    own = {one.key for one in bureau.figures}
    known = {str(one[1]) for year in years for one in register.all("figure_of_year", year=year)} | own
    for key in bureau.typed:
        if years and key not in known:
            raise UnknownFigure(key=key, year=years[0], nearest=nearest(key, sorted(known)))


def _choice_changes(register: Register, actor: Actor, bureau: Bureau) -> "tuple[list[Change], list[Moved]]":
    """Return the changes that bring open cases in line with what a bureau chooses otherwise than the one before it."""
    held = bureau_held(register)
    before: dict[str, str] = (held or {}).get("choices") or {}
    differing = {name for name in {*before, *bureau.choices} if before.get(name) != bureau.choices.get(name)}
    if held is None or not differing:
        return [], []
    from lawcheck.service.case_rows import consequences, load
    from lawcheck.service.working_days import calendar_of  # only where a choice is made anew

    calendar, document = calendar_of(register), bureau_document(bureau)
    changes: list[Change] = []
    moved: list[Moved] = []
    for ref in _cases_that_turn_on(register, differing):
        follow, others = consequences(load(register, ref), actor, calendar, document)
        changes += follow
        moved += others
    return changes, moved


def _cases_that_turn_on(register: Register, choices: set[str]) -> list[str]:
    """Return the open cases that some choices may decide: those that reached its milestone before the law changed."""
    found: dict[str, None] = {}
    for template, *_, key in register.all("case_template_all"):
        document = register.document(str(key)) or {}
        clocks = (item["clock"] for item in document["items"] if item["clock"] is not None)
        turns = {
            (held["milestone"], held["before"])
            for clock in clocks
            if (held := clock["transition"]) is not None and held["choice"] in choices
        }
        for name, before in sorted(turns):
            bounds = {"first": "", "after": before, **template_bounds(str(template))}
            refs = register.all("case_open_reached", milestone=name, **bounds)
            found.update((str(ref), None) for (ref,) in refs)
    return list(found)


def _moved_rows(register: Register, year: int, bureau: Bureau) -> list[Change]:
    """Return the changes that give a year's unfinished rows to the units that hold their duties now."""
    codes = {unit.code for unit in bureau.units}
    items = {str(code): codec.json_held(body) for code, body in register.each("item_of_year", year=year)}
    moved: list[Change] = []
    unheld: set[str] = set()
    for ref, code, unit in register.each("row_unfinished", year=year):
        item = items[str(code)]
        holders = bureau.holders(item["duty"])
        if item["each"] and unit in codes:
            continue
        if not holders:
            unheld.add(item["duty"])
        elif holders[0] != unit:
            moved.append(Change("row", key_text(year, ref), "unit", unit, holders[0]))
    if unheld:
        raise DutyUnheld(template=str(year), duties=sorted(unheld), faults=())
    return moved


def _text(held: dict[str, str]) -> Text:
    return Text(held["zh"], held["en"])
