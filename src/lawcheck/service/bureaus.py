"""The bureau kept in the register: read, shown, taken from a file."""

from pathlib import Path
from typing import NamedTuple

from lawcheck.core.bureau import Bureau, Person, Section, Unit
from lawcheck.core.figure import Adds
from lawcheck.core.journal import WHOLE, Actor, Change
from lawcheck.core.layout import bureau_document
from lawcheck.core.template import Figure
from lawcheck.core.words import Text
from lawcheck.errors import BureauInUse
from lawcheck.service.people import bureau_held
from lawcheck.store.register import Register


class BureauImported(NamedTuple):
    """A bureau file taken over; `changed` is false when it said what the register held already."""

    bureau: Bureau
    changed: bool
    figures_added: int


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
            )
            for one in document["figures"]
        ),
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
    """Take a bureau file over; its new figures join every open year. Rows laid out already stay where they are.

    Raises:
        BadFile: with every fault of the file.
        BureauInUse: it drops a unit that still holds unfinished rows.

    """
    from lawcheck.library.reading import (  # not on the everyday path
        read_bureau,
        read_duties,
    )
    from lawcheck.service.start import figure_changes
    from lawcheck.service.years import open_years

    bureau = read_bureau(file, read_duties())
    with register.transaction():
        kept = {unit.code for unit in bureau.units}
        for unit, rows in register.all("row_units_unfinished"):
            if unit not in kept:
                raise BureauInUse(unit=unit, rows=rows)
        changes = bureau_changes(register, bureau)
        figures = [one for year in open_years(register) for one in figure_changes(register, year, bureau.figures)]
        if changes or figures:
            register.record(actor, "bureau import", [*changes, *figures])
    return BureauImported(bureau, bool(changes or figures), len(figures))


def _text(held: dict[str, str]) -> Text:
    return Text(held["zh"], held["en"])
