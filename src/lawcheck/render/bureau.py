"""The bureau in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from lawcheck.core.bureau import Bureau
from lawcheck.core.words import Text
from lawcheck.render.grid import Block, Cell, Column, Grid
from lawcheck.render.language import _, pick, plural

if TYPE_CHECKING:
    from lawcheck.service.bureaus import BureauImported


class BureauShown(NamedTuple):
    """The bureau of a register."""

    bureau: Bureau
    duties: dict[str, Text]


def bureau_shown_data(result: BureauShown) -> dict[str, object]:
    """Return the bureau as JSON."""
    bureau = result.bureau
    return {
        "name": pick(*bureau.name),
        "units": [{"code": unit.code, "name": pick(*unit.name)} for unit in bureau.units],
        "people": [{"id": one.id, "name": one.name, "unit": one.unit, "reviews": one.reviews} for one in bureau.people],
        "duties": {duty: list(units) for duty, units in bureau.duties.items()},
        "sections": [{"key": one.key, "number": one.number, "title": pick(*one.title)} for one in bureau.sections],
        "figures": [figure.key for figure in bureau.figures],
    }


def bureau_shown_grid(result: BureauShown) -> Grid:
    """Return the units as one table, with the duties they hold."""
    bureau = result.bureau
    columns = (
        Column(_("Unit")),
        Column(_("Name"), fold=True),
        Column(_("Duties"), fold=True),
        Column(_("People"), fold=True),
    )
    rows = [
        (
            Cell(unit.code, "bold"),
            pick(*unit.name),
            _(", ").join(_duty(result, duty) for duty, holders in bureau.duties.items() if unit.code in holders),
            _(", ").join(f"{one.name} ({one.id})" for one in bureau.people if one.unit == unit.code),
        )
        for unit in bureau.units
    ]
    return Grid(pick(*bureau.name), columns, rows)


def _duty(result: BureauShown, duty: str) -> str:
    title = result.duties.get(duty)
    return _("every other duty") if title is None else pick(*title)


def bureau_shown_words(result: BureauShown) -> Iterator[Block]:
    """Show the bureau."""
    yield bureau_shown_grid(result)
    sections = plural("{n} section of the report", "{n} sections of the report", len(result.bureau.sections))
    figures = plural("{n} figure of its own", "{n} figures of its own", len(result.bureau.figures))
    yield f"{sections}{_(', ')}{figures}"


def bureau_imported_data(result: BureauImported) -> dict[str, object]:
    """Return what was taken over as JSON."""
    return {
        **bureau_shown_data(BureauShown(result.bureau, {})),
        "changed": result.changed,
        "figures_added": result.figures_added,
        "rows_moved": result.rows_moved,
    }


def bureau_imported_words(result: BureauImported) -> Iterator[str]:
    """Say what was taken over."""
    if not result.changed:
        yield _("The register holds this bureau already. Nothing was changed.")
        return
    units = plural("{n} unit", "{n} units", len(result.bureau.units))
    yield _("{bureau} taken over: {units}, {figures} new figures in open years.").format(
        bureau=pick(*result.bureau.name), units=units, figures=result.figures_added
    )
    if result.rows_moved:
        moved = result.rows_moved
        yield plural(
            "{n} unfinished row moved to its new unit.", "{n} unfinished rows moved to their new units.", moved
        )
