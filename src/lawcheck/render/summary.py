"""The year's summary as tables that a head reads at a glance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lawcheck.core.totals import Totals
from lawcheck.render.figures import figure_data, values_grid
from lawcheck.render.grid import Block, Cell, Column, Grid
from lawcheck.render.language import N_, _, is_chinese, pick, plural
from lawcheck.render.lists import (
    idle_data,
    rate_data,
    rates_grid,
    totals_data,
)
from lawcheck.render.rows import row_data
from lawcheck.render.words import bar, day, pasteable, percent_text, title
from lawcheck.render.wrap import wrapped

if TYPE_CHECKING:
    from lawcheck.service.summary import Line, Summary

PARTS = {
    "template": N_("Checklist"),
    "unit": N_("Unit"),
    "month": N_("Due in"),
    "section": N_("Section of the report"),
}


def summary_data(result: Summary) -> dict[str, object]:
    """Return a summary as JSON."""
    name = result.bureau.name if result.bureau else None
    return {
        "year": result.year,
        "as_of": result.as_of,
        "by": result.by,
        "bureau": pick(*name) if name else None,
        "lines": [{"part": one.part, "title": _title(one), **_totals(one.totals)} for one in result.lines],
        "totals": _totals(result.total),
        "overdue": [row_data(row, result.as_of, None) for row in result.overdue],
        "rates": [rate_data(rate) for rate in result.rates],
        "not_triggered": [idle_data(item) for item in result.not_triggered],
        "figures": [figure_data(figure) for figure in result.figures],
        "head": {"seq": result.head.seq, "hash": result.head.hash},
        "register_id": result.register_id,
        "carried": [one._asdict() for one in result.carried],
    }


def _totals(totals: Totals) -> dict[str, object]:
    return {**totals_data(totals), "score": totals.score()}


def _title(line: Line) -> str:
    return pick(line.title_zh, line.title_en) if line.part is not None else _("no day fixed")


def summary_grid(result: Summary) -> Grid:
    """Return the totals as one table, the last line the total."""
    columns = (
        Column(_(PARTS[result.by]), fold=True),
        Column(_("Rows"), right=True),
        Column(_("Done"), right=True),
        Column(_("Late"), right=True),
        Column(_("No day"), right=True),
        Column(_("Part"), right=True),
        Column(_("N/a"), right=True),
        Column(_("Open"), right=True),
        Column(_("Overdue"), right=True),
        Column(_("Idle"), right=True),
        Column("%", right=True),
        Column(_("Score"), right=True),
        Column("", spare=True),
    )
    rows = [_cells(_label(result, line), line.totals) for line in result.lines]
    rows.append(tuple(_bold(one) for one in _cells(_("Total"), result.total)))
    return Grid(_heading(result), columns, rows, total=True, tight=True)


def _label(result: Summary, line: Line) -> str:
    known = result.by in ("template", "unit") and line.part is not None
    return f"{line.part} {_title(line)}" if known and line.part != _title(line) else _title(line)


def _bold(cell: Cell | str) -> Cell:
    return Cell(cell, "bold") if isinstance(cell, str) else Cell(cell.text, f"bold {cell.style}".strip())


def _heading(result: Summary) -> str:
    name = pick(*result.bureau.name) if result.bureau else ""
    return _("{bureau} · {year} as of {day}").format(bureau=name, year=result.year, day=day(result.as_of))


def _cells(label: str, totals: Totals) -> tuple[Cell | str, ...]:
    return (
        label,
        str(totals.rows),
        Cell(str(totals.done), "green" if totals.done else ""),
        Cell(str(totals.late), "yellow" if totals.late else ""),
        str(totals.undated),
        Cell(str(totals.partial), "yellow" if totals.partial else ""),
        str(totals.na),
        str(totals.open),
        Cell(str(totals.overdue), "bold red" if totals.overdue else ""),
        str(totals.not_triggered),
        percent_text(totals.percent()),
        percent_text(totals.score()),
        bar(totals.percent()),
    )


def summary_words(result: Summary) -> Iterator[Block]:
    """Say a year: totals, rates, what is overdue, what has not happened, figures, the head of the chain."""
    yield summary_grid(result)
    yield _("Rows = done + part + n/a + open. Late and no day stated are among the done, overdue among part and open.")
    yield _("% = done / (rows - n/a). Score = sum of weights done / sum of weights, n/a left out, part counting 0.")
    yield _("Idle: occasions not triggered; they have no row.")
    for one in result.carried:
        carried = plural(
            "Carried from {year}: {n} row not finished yet, counted in {year} and not here.",
            "Carried from {year}: {n} rows not finished yet, counted in {year} and not here.",
            one.rows,
            year=one.year,
        )
        yield carried
    if result.overdue:
        yield _overdue_grid(result)
    yield from _rates(result)
    if result.not_triggered:
        idle = plural("{n} occasion not triggered", "{n} occasions not triggered", len(result.not_triggered))
        yield _codes(idle, [item.code for item in result.not_triggered])
    if result.figures:
        missing = sum(one.value is None for one in result.figures)
        present = [one for one in result.figures if one.value is not None]
        note = plural("{n} figure is missing.", "{n} figures are missing.", missing) if missing else ""
        hint = pasteable(_("Run 'lawcheck figure list' to see which.")) if missing else ""
        yield values_grid(_("Figures"), present, note=(note + hint) if is_chinese() else f"{note} {hint}".strip())
    yield _("Register {id}, head of the chain: entry {seq}").format(id=result.register_id, seq=result.head.seq)
    yield result.head.hash


def _rates(result: Summary) -> Iterator[Block]:
    known = [rate for rate in result.rates if rate.met is not None and rate.of is not None]
    unknown = [rate.code for rate in result.rates if rate.met is None or rate.of is None]
    if known:
        yield rates_grid(known)
    if unknown:
        missing = plural("{n} rate has no figure yet", "{n} rates have no figure yet", len(unknown))
        yield _codes(missing, unknown)


def _codes(head: str, codes: list[str]) -> str:
    """Return a list of codes, broken so that it fits a page of 100 cells."""
    return wrapped(f"{head}{_(': ')}{', '.join(codes)}", 100)


def _overdue_grid(result: Summary) -> Grid:
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
            day(row.due) + (_("*") if row.due_from == "practice" else ""),
            Cell(str((result.as_of - row.due).days) if row.due else "", "bold red"),
            row.left_to_do or "",
        )
        for row in result.overdue
    ]
    more = result.total.overdue - len(rows)
    note = _("* a day fixed by practice, not by law")
    if more > 0:
        rest = plural("{n} more row", "{n} more rows", more)
        note += f"\n{rest}{_(': ')}" + pasteable(f"lawcheck list --overdue --year {result.year}")
    return Grid(_("Overdue, the longest first"), columns, rows, note=note)
