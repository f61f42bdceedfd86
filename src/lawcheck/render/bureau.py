"""The bureau in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from lawcheck.core.bureau import Bureau
from lawcheck.core.clock import Choice
from lawcheck.core.words import Text
from lawcheck.render.grid import Block, Cell, Column, Grid
from lawcheck.render.language import _, pick, plural
from lawcheck.render.law import bracketed
from lawcheck.render.safe import safe

if TYPE_CHECKING:
    from lawcheck.service.bureaus import BureauImported


class BureauShown(NamedTuple):
    """The bureau of a register, with the titles of duties and the questions that it may answer."""

    bureau: Bureau
    duties: dict[str, Text]
    choices: dict[str, Choice]


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
        "choices": [_choice_data(result, name, choice) for name, choice in result.choices.items()],
        "typed": list(bureau.typed),
    }


def _choice_data(result: BureauShown, name: str, choice: Choice) -> dict[str, object]:
    answer = _answer(result, name, choice)
    return {
        "name": name,
        "title": pick(*choice.title),
        "answer": answer,
        "words": pick(*choice.answers[answer]),
        "is_set": name in result.bureau.choices,
        "answers": {one: pick(*words) for one, words in choice.answers.items()},
    }


def _answer(result: BureauShown, name: str, choice: Choice) -> str:
    """Return the answer to a question that holds: the bureau's, or the first, which is the default."""
    answer = result.bureau.choices.get(name)
    return answer if answer in choice.answers else next(iter(choice.answers))


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
    if result.bureau.typed:
        yield _("Reported by hand: {figures}").format(figures=_(", ").join(result.bureau.typed))
    if result.choices:
        yield ""
        yield _("Where no text decides, the bureau chooses:")
    for name, choice in result.choices.items():
        answer = _answer(result, name, choice)
        how = "" if name in result.bureau.choices else bracketed(_("the default, not set"))
        yield f"  {name}{_(': ')}{safe(pick(*choice.title))}"
        yield f"    {answer}{how}{_(': ')}{safe(pick(*choice.answers[answer]))}"
        for other in choice.answers:
            if other != answer:
                yield f"    {_('or')} {other}{_(': ')}{safe(pick(*choice.answers[other]))}"


def bureau_imported_data(result: BureauImported) -> dict[str, object]:
    """Return what was taken over as JSON."""
    return {
        **bureau_shown_data(BureauShown(result.bureau, {}, {})),
        "choices": dict(result.bureau.choices),
        "moved": [one._asdict() for one in result.moved],
        "changed": result.changed,
        "figures_added": result.figures_added,
        "rows_moved": result.rows_moved,
        "kept": [{"year": year, "code": code} for year, code in result.kept],
    }


def bureau_imported_words(result: BureauImported) -> Iterator[Block]:
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
    if result.kept:
        yield _(
            "Note: each unit that holds their duty has rows of {items}; they stay as the year was started, and a unit"
            " that came later has none."
        ).format(items=_(", ").join(f"{code} ({year})" for year, code in result.kept))
    if result.moved:
        from lawcheck.render.cases import moved_words  # only where there are cases

        yield plural(
            "{n} row of open cases follows the choice.", "{n} rows of open cases follow the choice.", len(result.moved)
        )
        yield from moved_words(result.moved)
