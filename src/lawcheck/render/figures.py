"""Figures with their measure, period and how exact they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from lawcheck.core.counted import Counted, RateCounted, RowsCounted, Rule, Share, parse_counted
from lawcheck.core.figure import EXACT, FigureEntry, FigureValue
from lawcheck.core.growth import Growth
from lawcheck.core.refs import entry_ref
from lawcheck.render.evidence import evidence_words, line_data
from lawcheck.render.grid import Block, Cell, Column, Grid
from lawcheck.render.language import N_, _, is_chinese, pick, plural
from lawcheck.render.safe import safe
from lawcheck.render.words import QUALIFIERS, amount, day, word

if TYPE_CHECKING:
    from lawcheck.service.figure_import import FiguresImported
    from lawcheck.service.figures import Beside, FigureAdded, Figures, FigureShown, TargetSet


_COUNTED = {"cases": N_("counted from cases"), "rows": N_("counted from rows"), "rate": N_("reckoned from two figures")}
"""How a figure is answered that nobody types."""


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
        "target": figure.target,
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
    if figure.source in _COUNTED:
        return f"{text}{_(' (')}{_(_COUNTED[figure.source])}{_(')')}"
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
    figures = [
        {
            **figure_data(one),
            "last_year": _beside_data(result.beside.get(one.key)),
            "typed": None if one.key not in result.typed else result.typed[one.key].value,
        }
        for one in result.figures
    ]
    return {"year": result.year, "as_of": result.as_of, "figures": figures}


def _beside_data(one: Beside | None) -> dict[str, object] | None:
    """Return a figure's value of the year before with its growth as JSON; None where there is none."""
    if one is None:
        return None
    grown = one.growth
    return {
        "year": one.last.year,
        "value": one.last.value,
        "base": one.last.base,
        "growth": None if grown is None else grown.value,
        "in_points": None if grown is None else grown.in_points,
    }


def growth_words(growth: Growth | None) -> str:
    """Return a growth with its sign, in per cent or in percentage points; a dash where there is none."""
    if growth is None:
        return "-"
    number = format(growth.value, "+f")
    return _("{n} points").format(n=number) if growth.in_points else f"{number}%"


def no_growth_note(pairs: Iterable[tuple[FigureValue, FigureValue, Growth | None]]) -> str:
    """Say why there is no growth between two values; nothing where there is one between all of them."""
    if all(grown is not None or now.value is None or last.value is None for now, last, grown in pairs):
        return ""
    return _("Growth -: the two values differ in measure or in the part of their years, or the earlier one is nought.")


def values_grid(heading: str, figures: Iterable[FigureValue], note: str = "") -> Grid:
    """Return figures as a table: title, value, period or cut-off."""
    columns = (
        Column(_("Figure"), fold=True),
        Column(_("Value"), right=True, fold=True),
        Column(_("Period or cut-off"), fold=True),
    )
    return Grid(heading, columns, [_cells(one) for one in figures], note=note)


def _cells(one: FigureValue) -> tuple[Cell | str, ...]:
    value = Cell(value_words(one), "" if one.value is not None else "yellow")
    return pick(one.title_zh, one.title_en), value, period_words(one)


def figures_grid(result: Figures) -> Grid:
    """Return the figures of a year as one table, by key; targets and the year before where there are any."""
    grid = values_grid(_("Figures of {year}").format(year=result.year), result.figures)
    columns = [Column(_("Key")), *grid.columns]
    with_targets = any(one.target is not None for one in result.figures)
    if with_targets:
        columns.append(Column(_("Target"), right=True))
    if result.beside:
        columns += [Column(str(result.year - 1), right=True), Column(_("Growth"), right=True)]
    rows: list[tuple[Cell | str, ...]] = []
    for one in result.figures:
        last = result.beside.get(one.key)
        title, value, period = _cells(one)
        if one.key in result.typed:
            typed = result.typed[one.key]
            said = _("typed: {value}").format(value=amount(str(typed.value), typed.measure_zh, typed.measure_en))
            value = Cell(f"{value_words(one)}{_('; ')}{said}", "yellow")
        cells = [Cell(one.key, "bold"), title, value, period]
        if with_targets:
            cells.append(target_words(one))
        if result.beside:
            cells += [value_words(last.last) if last else "-", growth_words(last.growth if last else None)]
        rows.append(tuple(cells))
    beside = ((one, last.last, last.growth) for one in result.figures if (last := result.beside.get(one.key)))
    return grid._replace(columns=tuple(columns), rows=rows, note=no_growth_note(beside))


def target_words(figure: FigureValue) -> str:
    """Return what a figure is to reach; a dash where nothing is said."""
    return "-" if figure.target is None else amount(figure.target, figure.measure_zh, figure.measure_en)


def figures_words(result: Figures) -> Iterator[Block]:
    """List the figures of a year, the gaps among them."""
    if result.figures:
        yield figures_grid(result)
    missing = sum(one.value is None for one in result.figures)
    yield _("{n} figures, {missing} missing").format(n=len(result.figures), missing=missing)


def figure_added_data(result: FigureAdded) -> dict[str, object]:
    """Return a figure after an entry as JSON."""
    warnings = [
        {"code": f"answered-by-{one.source}", "words": _answered(one)} for one in (result.counted,) if one is not None
    ]
    if result.counts_from is not None:
        warnings.append({"code": "counts-later", "words": _counts_from(result.counts_from)})
    if result.outspoken is not None:
        warnings.append({"code": "later-entry", "words": _outspoken(result.outspoken, result.figure)})
    counted = None if result.counted is None else figure_data(result.counted)
    return {
        "entry": result.seq,
        "figure": figure_data(result.figure),
        "counted": counted,
        "evidence": [line_data(one) for one in result.evidence],
        "warnings": warnings,
    }


def _counts_from(counts: date) -> str:
    """Say that an entry of days to come does not count yet."""
    return _("It counts from {day} on; until then the figure is without it.").format(day=day(counts))


def _outspoken(entry: FigureEntry, figure: FigureValue) -> str:
    """Say that another entry, of a later day, speaks for a figure."""
    return _("The figure stays at entry {n}, {value}, which is of a later day.").format(
        n=entry.n, value=amount(entry.digits + entry.multiple, figure.measure_zh, figure.measure_en)
    )


def _answered(counted: FigureValue) -> str:
    """Say that the register answers a figure, whatever is typed."""
    if counted.source != "cases":
        return _(
            "The register finds this figure itself: {value}. What was typed is kept beside it and not reported."
        ).format(value=value_words(counted))
    value = amount(str(counted.value), counted.measure_zh, counted.measure_en)
    return _(
        "Cases answer this figure: {value} as of {day}. What was typed is kept beside it and not reported."
    ).format(value=value, day=day(counted.to_date))


def figure_added_words(result: FigureAdded) -> Iterator[str]:
    """Say in a line what was recorded and what the figure comes to, and warn where cases answer it."""
    figure, entry = result.figure, result.entry
    typed = amount(entry.digits + entry.multiple, figure.measure_zh, figure.measure_en)
    adds = "" if entry.digits.startswith("-") else "+"
    line = f"{figure.key} ({figure.year})  {adds}{typed}  {safe(pick(figure.title_zh, figure.title_en))}"
    if figure.entries > 1:
        line += "  " + _("now {value}").format(value=value_words(figure))
    yield line
    yield from (f"  {evidence_words(one)}" for one in result.evidence)
    if result.counts_from is not None:
        yield _("Note: {words}").format(words=_counts_from(result.counts_from))
    if result.outspoken is not None:
        yield _("Note: {words}").format(words=_outspoken(result.outspoken, result.figure))
    if result.counted is not None:
        yield _("Note: {words}").format(words=_answered(result.counted))


def figure_shown_data(result: FigureShown) -> dict[str, object]:
    """Return a figure with its entries as JSON; `typed` is what they come to where the register answers it itself."""
    typed = result.typed
    corrected = {one.corrects: one.n for one in result.entries if one.corrects is not None}
    return {
        "figure": figure_data(result.figure),
        "entries": [
            {
                **_entry_data(entry),
                "ref": entry_ref(entry.key, entry.n),
                "entry": seq,
                "corrected_by": corrected.get(entry.n),
                "evidence": [line_data(one) for one in evidence],
            }
            for entry, seq, evidence in zip(result.entries, result.sources, result.evidence, strict=True)
        ],
        "counted": _counted_data(result.figure.counted),
        "typed": None
        if typed is None
        else {"value": typed.value, "base": typed.base, "difference": _difference(result)},
        "last_year": _beside_data(result.beside),
        "unreported": result.unreported,
    }


def _counted_data(text: str | None) -> dict[str, object] | None:
    """Return how the register answers a figure as JSON; None where it does not."""
    rule = None if text is None else parse_counted(text)
    return None if rule is None or isinstance(rule, Share) else rule._asdict()


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
        "corrects": entry.corrects,
    }


_WHICH = {
    "all": N_("rows {rows} of cases of the kind {case}, by the year of {by}; those set aside left out"),
    "due": N_("rows {rows} of cases of the kind {case}, done or past their day, by the year of {by}"),
    "in-time": N_("rows {rows} of cases of the kind {case}, done in time, by the year of {by}"),
}


_OF_YEAR = {
    "all": N_("rows of {of}; those set aside left out"),
    "done": N_("rows of {of}, done"),
    "overdue": N_("rows of {of}, overdue"),
}


def rule_words(rule: Rule) -> str:
    """Say how the register answers a figure, or what bounds what is typed."""
    if isinstance(rule, Share):
        return _("a share of a whole, from 0 to 100 %")
    if isinstance(rule, RateCounted):
        return _("{met} in per cent of {of}").format(met=rule.met, of=rule.of)
    if isinstance(rule, RowsCounted):
        return _(_OF_YEAR[rule.which]).format(of=_(", ").join(rule.of))
    return _counted_words(rule)


def _counted_words(counted: Counted) -> str:
    """Say how the register counts a figure from its cases."""
    words = _(_WHICH[counted.which]) if counted.which else _("cases of the kind {case}, by the year of {by}")
    words = words.format(rows=_(", ").join(counted.rows), case=counted.case, by=counted.by)
    return words + (f"{_('; ')}{_('only where {fact} holds').format(fact=counted.fact)}" if counted.fact else "")


def figure_shown_words(result: FigureShown) -> Iterator[str]:
    """Say a figure, what it is held against, and its entries with the journal's."""
    figure = result.figure
    yield f"{figure.key} ({figure.year})  {safe(pick(figure.title_zh, figure.title_en))}"
    adds = {"sum": _("the sum of its entries"), "last": _("its entry of the latest day")}[figure.adds]
    how = f"{_(' (')}{adds}{_(')')}" if figure.source == "entries" else ""
    yield f"{_('Value')}{_(': ')}{value_words(figure)}{how}"
    rule = None if figure.counted is None else parse_counted(figure.counted)
    if rule is not None:
        head = _("Cases") if isinstance(rule, Counted) else _("Rule")
        yield f"{head}{_(': ')}{rule_words(rule)}"
    if result.unreported is not None:
        value = amount(str(result.unreported), figure.measure_zh, figure.measure_en)
        yield _("The register itself comes to {value}; the bureau reports this figure by hand").format(value=value)
    if result.typed is not None:
        yield _typed_words(result, adds)
    yield f"{_('Period or cut-off')}{_(': ')}{period_words(figure)}"
    if figure.target is not None:
        yield f"{_('Target')}{_(': ')}{target_words(figure)}"
    if result.beside is not None:
        last = result.beside
        grown = "" if last.growth is None else f"{_(', ')}{_('Growth')}{_(': ')}{growth_words(last.growth)}"
        yield f"{last.last.year}{_(': ')}{value_words(last.last)}{grown}"
    corrected = {one.corrects: one.n for one in result.entries if one.corrects is not None}
    for entry, seq, evidence in zip(result.entries, result.sources, result.evidence, strict=True):
        yield _entry_line(figure, entry, seq, corrected.get(entry.n))
        yield from (f"     {evidence_words(one)}" for one in evidence)


def _typed_words(result: FigureShown, adds: str) -> str:
    assert result.typed is not None  # noqa: S101  # asked for only then
    difference = format(_difference(result) or 0, "+f")
    words = (
        _("Typed: {value} ({adds}), {difference} against the cases")
        if result.figure.source == "cases"
        else _("Typed: {value} ({adds}), {difference} against what the register finds")
    )
    return words.format(value=value_words(result.typed), adds=adds, difference=difference)


def _entry_line(figure: FigureValue, entry: FigureEntry, seq: int, corrected_by: int | None) -> str:
    """Return an entry in a line: what was typed, its days, unit and person, its note, and the journal's entry."""
    typed = amount(entry.digits + entry.multiple, figure.measure_zh, figure.measure_en)
    days = f"{day(entry.from_date)} .. {day(entry.to_date)}" if entry.to_date else day(entry.on_date)
    unit = f"  {safe(entry.unit)}" if entry.unit else ""
    note = f"  {safe(entry.note)}" if entry.note else ""
    qualifier = word(QUALIFIERS, entry.qualifier)
    line = f"  {entry.n}. {typed}{' ' + qualifier if qualifier else ''}  {days}{unit}  {safe(entry.person)}{note}"
    if entry.corrects is not None:
        line += f"  {_('corrects {n}').format(n=entry.corrects)}"
    if corrected_by is not None:
        line += f"  {_('corrected by {n}').format(n=corrected_by)}"
    return f"{line}  #{seq}"


def target_set_data(result: TargetSet) -> dict[str, object]:
    """Return a figure with its target as JSON."""
    return {"entry": result.seq, "figure": figure_data(result.figure), "before": result.before}


def target_set_words(result: TargetSet) -> Iterator[str]:
    """Say what a figure is to reach from now on."""
    figure = result.figure
    before = figure._replace(target=result.before)
    head = f"{figure.key} ({figure.year})  {safe(pick(figure.title_zh, figure.title_en))}"
    yield f"{head}  {_('Target')}{_(': ')}{target_words(before)} -> {target_words(figure)}"


def figures_imported_data(result: FiguresImported) -> dict[str, object]:
    """Return what came of a table of figures as JSON."""
    return result._asdict()


def figures_imported_words(result: FiguresImported) -> Iterator[str]:
    """Say what came of a table of figures."""
    entries = plural("{n} amount", "{n} amounts", result.entries)
    figures = plural("of {n} figure", "of {n} figures", result.figures)
    words = (
        _("{entries} {figures} would be taken from {file}; nothing was written")
        if result.entry is None
        else _("{entries} {figures} taken from {file}, entry #{seq}")
    )
    yield words.format(entries=entries, figures=figures, file=safe(result.file), seq=result.entry)
