"""The tables of a summary as a terminal shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lawcheck.core.figure import FigureValue
from lawcheck.render.figures import growth_words, no_growth_note, period_words, value_words, values_grid
from lawcheck.render.grid import Cell, Column, Grid
from lawcheck.render.language import _, is_chinese, pick, plural
from lawcheck.render.summary_parts import (
    MONTHS,
    PARTS,
    STATES,
    TERMS,
    TIMELY,
    bold,
    burn_bar,
    burn_up_notes,
    level_cells,
    level_label,
    line_label,
    met_percent,
    overdue_more,
    score_cells,
    state_cells,
    timely_cells,
    total_line,
    with_total,
)
from lawcheck.render.words import bar, day, pasteable, percent_text, title

if TYPE_CHECKING:
    from lawcheck.core.burnup import BurnUp
    from lawcheck.core.sections import SectionLine
    from lawcheck.service.summary import Breakdown, Summary


def states_grid(title: str, result: Summary, one: Breakdown) -> Grid:
    """Return what is done of each part of the year."""
    columns = (
        Column(_(PARTS[one.by]), fold=True),
        *(Column(_(head), right=True) for head in STATES),
        Column("", spare=True),
    )
    rows = [(line_label(one.by, line), *state_cells(line.totals), bar(line.totals.percent())) for line in one.lines]
    label, total = total_line(result)
    rows.append((label, *state_cells(total), bar(total.percent())))
    return Grid(title, columns, with_total(rows), total=True)


def timely_grid(result: Summary, one: Breakdown) -> Grid:
    """Return how what is done was done: in time, late, on a day that was not stated; and what it weighs."""
    columns = (
        Column(_(PARTS[one.by]), fold=True),
        *(Column(_(head), right=True) for head in ("Done", *TIMELY)),
        Column(_("Evid."), right=True),
        Column(_("Weight"), right=True),
        Column(_("Score"), right=True),
        Column("", spare=True),
    )
    rows = [
        (label, str(totals.done), *timely_cells(totals), str(totals.evidenced), *score_cells(totals))
        for label, totals in (*((line_label(one.by, line), line.totals) for line in one.lines), total_line(result))
    ]
    note = _("Evid.: done, with evidence on the row.")
    return Grid(_("How it was done"), columns, with_total(rows), total=True, note=note)


def levels_grid(result: Summary, levels: tuple[SectionLine, ...]) -> Grid:
    """Return the sections of the report under one another, with weights and score."""
    columns = (
        Column(_(PARTS["section"]), fold=True),
        *(Column(_(head), right=True) for head in ("Rows", "Done", "Evid.", "Overdue", "%", "Weight", "Score")),
        Column("", spare=True),
    )
    rows: list[tuple[Cell | str, ...]] = []
    for line in levels:
        cells = (Cell("  " * (line.level - 1) + level_label(line)), *level_cells(line.totals))
        rows.append(tuple(bold(one) for one in cells) if line.level == 1 else cells)
    label, total = total_line(result)
    rows.append((label, *level_cells(total)))
    note = _("A section above holds all that lies under it; the total counts each row once.")
    return Grid(_("By section of the report"), columns, with_total(rows), total=True, note=note)


def burn_up_grid(burnt: BurnUp) -> Grid:
    """Return the burn-up: what is done so far drawn against all rows, the mark where what is due so far ends."""
    columns = (
        Column(_("Month")),
        *(Column(_(head), right=True) for head in MONTHS),
        Column(""),
    )
    rows = [
        (
            one.month,
            str(one.due),
            "-" if one.done is None else str(one.done),
            str(one.due_so_far),
            "-" if one.done_so_far is None else str(one.done_so_far),
            burn_bar(one.done_so_far, one.due_so_far, burnt.rows),
        )
        for one in burnt.months
    ]
    legend = _("# done so far, | due so far, . all rows that apply: {rows}").format(rows=burnt.rows)
    note = _("; ").join([legend, *burn_up_notes(burnt)])
    return Grid(_("Month by month"), columns, rows, note=note)


def held_grid(result: Summary) -> Grid:
    """Return what each has overdue, and since when."""
    units = {one.code: pick(*one.name) for one in result.bureau.units} if result.bureau else {}
    columns = (
        Column(_("Unit"), fold=True),
        Column(_("Given to"), fold=True),
        Column(_("Overdue"), right=True),
        Column(_("Oldest")),
        Column(_("Days"), right=True),
    )
    rows = [
        (
            f"{one.unit} {units.get(one.unit, '')}".rstrip(),
            one.assignee or "-",
            Cell(str(one.rows), "bold red"),
            day(one.oldest),
            str((result.as_of - one.oldest).days),
        )
        for one in result.held or ()
    ]
    return Grid(_("Overdue, and whose"), columns, rows)


def terms_grid(result: Summary) -> Grid:
    """Return the terms of cases by clock, and how each stands; what is rare has a column only where it occurs."""
    terms = result.terms or ()
    left_out = {head for head, name in _RARE.items() if not any(getattr(one, name) for one in terms)}
    columns = (
        Column(_("Step")),
        Column(_("Term"), fold=True),
        *(Column(_(head), right=True) for head in TERMS if head not in left_out),
    )
    rows: list[tuple[Cell | str, ...]] = []
    for one in terms:
        cells: tuple[Cell | str, ...] = (
            str(one.rows),
            Cell(str(one.met), "green" if one.met else ""),
            Cell(str(one.late), "yellow" if one.late else ""),
            Cell(str(one.early), "yellow" if one.early else ""),
            str(one.undated),
            Cell(str(one.overdue), "bold red" if one.overdue else ""),
            str(one.running),
            str(one.na),
            percent_text(met_percent(one)),
        )
        shown = (cell for head, cell in zip(TERMS, cells, strict=True) if head not in left_out)
        rows.append((Cell(f"{one.template}.{one.code}", "bold"), pick(one.title_zh, one.title_en), *shown))
    note = _(
        "Terms that began in {year}. Met, % = met / all that have ended: met, late, too early, no day stated, overdue."
    )
    return Grid(_("Terms in cases"), columns, rows, note=note.format(year=result.year))


_RARE = {"Early": "early", "No day": "undated", "N/a": "na"}
"""Heads of columns that are left out where they would hold nothing."""


def overdue_grid(result: Summary) -> Grid:
    """Return the rows overdue for longest."""
    columns = (
        Column(_("Ref")),
        Column(_("Item"), fold=True),
        Column(_("Unit")),
        Column(_("Due")),
        Column(_("Days"), right=True),
        Column(_("What is left"), fold=True),
    )
    rows = [
        (
            Cell(row.ref, "bold"),
            title(row),
            row.unit,
            day(row.due) + (_("*") if row.due_from == "practice" else "") + (_("?") if row.provisional else ""),
            Cell(str((result.as_of - row.due).days) if row.due else "", "bold red"),
            row.left_to_do or "",
        )
        for row in result.overdue
    ]
    note = _("* a day fixed by practice, not by law")
    if any(row.provisional for row in result.overdue):
        note += "\n" + _("? reaches into a year whose holidays are not known yet: only its weekends are left out")
    if result.more_overdue():
        note += "\n" + overdue_more(result)
    return Grid(_("Overdue, the longest first"), columns, rows, note=note)


def figures_grid(result: Summary) -> Grid:
    """Return the figures that have a value, beside those of the year compared with; what is missing stands below."""
    missing = sum(one.value is None for one in result.figures)
    note = plural("{n} figure is missing.", "{n} figures are missing.", missing) if missing else ""
    hint = pasteable(_("Run 'lawcheck figure list' to see which.")) if missing else ""
    note = (note + hint) if is_chinese() else f"{note} {hint}".strip()
    if result.compared is None:
        return values_grid(_("Figures"), [one for one in result.figures if one.value is not None], note=note)
    columns = (
        Column(_("Figure"), fold=True),
        Column(str(result.year), right=True, fold=True),
        Column(str(result.compared.year), right=True, fold=True),
        Column(_("Growth"), right=True),
        Column(_("Period or cut-off"), spare=True),
    )
    rows = [
        (
            pick(one.figure.title_zh, one.figure.title_en),
            _value_cell(one.figure),
            _value_cell(one.before) if one.before is not None else "-",
            growth_words(one.growth),
            period_words(one.figure) if one.figure.value is not None else "-",
        )
        for one in result.compared.figures
        if one.figure.value is not None or (one.before is not None and one.before.value is not None)
    ]
    note = f"{note}\n" if note else ""
    note += _("Growth is reckoned from both values, of {year} as of {day}; between rates in percentage points.").format(
        year=result.compared.year, day=day(result.compared.as_of)
    )
    beside = ((one.figure, one.before, one.growth) for one in result.compared.figures if one.before is not None)
    note = f"{note}\n{no_growth_note(beside)}".rstrip()
    return Grid(_("Figures"), columns, rows, note=note)


def _value_cell(figure: FigureValue) -> Cell:
    return Cell(value_words(figure), "" if figure.value is not None else "yellow")
