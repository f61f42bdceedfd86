"""Figures with their measure, period and how exact they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from lawcheck.core.counted import Counted, parse_counted
from lawcheck.core.figure import EXACT, FigureEntry, FigureValue
from lawcheck.render.grid import Block, Cell, Column, Grid
from lawcheck.render.language import N_, _, is_chinese, pick
from lawcheck.render.safe import safe
from lawcheck.render.words import QUALIFIERS, amount, day, word

if TYPE_CHECKING:
    from lawcheck.service.figures import FigureAdded, Figures, FigureShown


def figure_data(figure: FigureValue) -> dict[str, object]:
    """Return a figure as JSON; `value` as people read it, `base` in the measure itself."""
    return {
        "key": figure.key,
        "title": pick(figure.title_zh, figure.title_en),
        "value": figure.value,
        "base": figure.base,
        "measure": pick(figure.measure_zh, figure.measure_en),
        "period": _period_data(figure),
        "qualifier": figure.qualifier,
        "adds": figure.adds,
        "section": figure.section,
        "entries": figure.entries,
        "source": figure.source,
        "year": figure.year,
    }


def _period_data(figure: FigureValue) -> dict[str, object] | None:
    if figure.from_date is None and figure.to_date is None:
        return None
    return {"from": figure.from_date, "to": figure.to_date}


def value_words(figure: FigureValue) -> str:
    """Return a figure's value with measure and qualifier; a visible gap where it is missing."""
    if figure.value is None:
        return _("missing")
    text = amount(figure.value, figure.measure_zh, figure.measure_en)
    if figure.source == "cases":
        return f"{text}{_(' (')}{_('counted from cases')}{_(')')}"
    qualifier = word(QUALIFIERS, figure.qualifier or "exact")
    if not qualifier:
        return text
    if figure.qualifier in ("about", "more-than", "at-best"):
        return f"{qualifier}{text}" if is_chinese() else f"{qualifier} {text}"
    return f"{text}{_(' (')}{qualifier}{_(')')}"


def period_words(figure: FigureValue) -> str:
    """Return what days a figure speaks of: a year by its number, a period by both ends, a cut-off by its day."""
    begins, ends, year = figure.from_date, figure.to_date, figure.year
    if begins is None and ends is None:
        return "-"
    if begins is None:
        return _("as of {day}").format(day=day(ends))
    if (begins.month, begins.day) == (1, 1) and ends is not None and (ends.month, ends.day) == (12, 31):
        return str(year)
    return f"{day(begins)} .. {day(ends)}"


def figures_data(result: Figures) -> dict[str, object]:
    """Return the figures of a year as JSON."""
    return {"year": result.year, "as_of": result.as_of, "figures": [figure_data(one) for one in result.figures]}


def values_grid(heading: str, figures: Iterable[FigureValue], note: str = "") -> Grid:
    """Return figures as a table: title, value, period or cut-off."""
    columns = (
        Column(_("Figure"), fold=True),
        Column(_("Value"), right=True, fold=True),
        Column(_("Period or cut-off")),
    )
    return Grid(heading, columns, [_cells(one) for one in figures], note=note)


def _cells(one: FigureValue) -> tuple[Cell | str, ...]:
    value = Cell(value_words(one), "" if one.value is not None else "yellow")
    return pick(one.title_zh, one.title_en), value, period_words(one)


def figures_grid(result: Figures) -> Grid:
    """Return the figures of a year as one table, by key."""
    grid = values_grid(_("Figures of {year}").format(year=result.year), result.figures)
    rows = [(Cell(one.key, "bold"), *_cells(one)) for one in result.figures]
    return grid._replace(columns=(Column(_("Key"), fold=True), *grid.columns), rows=rows)


def figures_words(result: Figures) -> Iterator[Block]:
    """List the figures of a year, the gaps among them."""
    if result.figures:
        yield figures_grid(result)
    missing = sum(one.value is None for one in result.figures)
    yield _("{n} figures, {missing} missing").format(n=len(result.figures), missing=missing)


def figure_added_data(result: FigureAdded) -> dict[str, object]:
    """Return a figure after an entry as JSON."""
    warnings = [{"code": "answered-by-cases", "words": _answered(one)} for one in (result.counted,) if one is not None]
    counted = None if result.counted is None else figure_data(result.counted)
    return {
        "entry": result.seq,
        "figure": figure_data(result.figure),
        "counted": counted,
        "warnings": warnings,
    }


def _answered(counted: FigureValue) -> str:
    """Say that cases answer a figure, whatever is typed."""
    value = amount(str(counted.value), counted.measure_zh, counted.measure_en)
    return _(
        "Cases answer this figure: {value} as of {day}. What was typed is kept beside it and not reported."
    ).format(value=value, day=day(counted.to_date))


def figure_added_words(result: FigureAdded) -> Iterator[str]:
    """Say in a line what was recorded and what the figure comes to, and warn where cases answer it."""
    figure, entry = result.figure, result.entry
    typed = amount(entry.digits + entry.multiple, figure.measure_zh, figure.measure_en)
    line = f"{figure.key} ({figure.year})  +{typed}  {safe(pick(figure.title_zh, figure.title_en))}"
    if figure.entries > 1:
        line += "  " + _("now {value}").format(value=value_words(figure))
    yield line
    if result.counted is not None:
        yield _("Note: {words}").format(words=_answered(result.counted))


def figure_shown_data(result: FigureShown) -> dict[str, object]:
    """Return a figure with its entries as JSON; `typed` is what they come to where cases answer it."""
    typed = result.typed
    return {
        "figure": figure_data(result.figure),
        "entries": [_entry_data(entry) for entry in result.entries],
        "counted": _counted_data(result.figure.counted),
        "typed": None
        if typed is None
        else {"value": typed.value, "base": typed.base, "difference": _difference(result)},
    }


def _counted_data(text: str | None) -> dict[str, object] | None:
    return None if text is None else parse_counted(text)._asdict()


def _difference(result: FigureShown) -> Decimal | None:
    """Return by how much what was typed exceeds what cases answer."""
    if result.typed is None or result.typed.base is None or result.figure.base is None:
        return None
    return EXACT.subtract(result.typed.base, result.figure.base)


def _entry_data(entry: FigureEntry) -> dict[str, object]:
    return {
        "n": entry.n,
        "value": entry.digits + entry.multiple,
        "base": entry.amount(),
        "on": entry.on_date,
        "from": entry.from_date,
        "to": entry.to_date,
        "qualifier": entry.qualifier,
        "unit": entry.unit,
        "note": entry.note,
        "person": entry.person,
    }


_WHICH = {
    "all": N_("rows {rows} of cases of the kind {case}, by the year of {by}; those set aside left out"),
    "due": N_("rows {rows} of cases of the kind {case}, done or past their day, by the year of {by}"),
    "in-time": N_("rows {rows} of cases of the kind {case}, done in time, by the year of {by}"),
}


def _counted_words(counted: Counted) -> str:
    """Say how the register counts a figure from its cases."""
    words = _(_WHICH[counted.which]) if counted.which else _("cases of the kind {case}, by the year of {by}")
    words = words.format(rows=_(", ").join(counted.rows), case=counted.case, by=counted.by)
    return words + (f"{_('; ')}{_('only where {fact} holds').format(fact=counted.fact)}" if counted.fact else "")


def figure_shown_words(result: FigureShown) -> Iterator[str]:
    """Say a figure and its entries."""
    figure = result.figure
    yield f"{figure.key} ({figure.year})  {safe(pick(figure.title_zh, figure.title_en))}"
    adds = {"sum": _("the sum of its entries"), "last": _("the last of its entries")}[figure.adds]
    how = f"{_(' (')}{adds}{_(')')}" if figure.source == "entries" else ""
    yield f"{_('Value')}{_(': ')}{value_words(figure)}{how}"
    if figure.counted is not None:
        yield f"{_('Cases')}{_(': ')}{_counted_words(parse_counted(figure.counted))}"
    if result.typed is not None:
        difference = _difference(result)
        yield _("Typed: {value} ({adds}), {difference} against the cases").format(
            value=value_words(result.typed), adds=adds, difference=format(difference or 0, "+f")
        )
    yield f"{_('Period or cut-off')}{_(': ')}{period_words(figure)}"
    for entry in result.entries:
        typed = amount(entry.digits + entry.multiple, figure.measure_zh, figure.measure_en)
        days = f"{day(entry.from_date)} .. {day(entry.to_date)}" if entry.to_date else day(entry.on_date)
        unit = f"  {safe(entry.unit)}" if entry.unit else ""
        note = f"  {safe(entry.note)}" if entry.note else ""
        qualifier = word(QUALIFIERS, entry.qualifier)
        yield f"  {entry.n}. {typed}{' ' + qualifier if qualifier else ''}  {days}{unit}  {safe(entry.person)}{note}"
