"""The year's summary as tables that a head reads at a glance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lawcheck.core.figure import FigureValue
from lawcheck.core.totals import Totals
from lawcheck.render.figures import figure_data, growth_words, period_words, value_words, values_grid
from lawcheck.render.grid import Block, Cell, Column, Grid
from lawcheck.render.language import N_, _, is_chinese, pick, plural
from lawcheck.render.lists import (
    idle_data,
    rate_data,
    rates_grid,
    totals_data,
)
from lawcheck.render.rows import row_data
from lawcheck.render.safe import safe
from lawcheck.render.words import bar, day, pasteable, percent_text, title
from lawcheck.render.wrap import wrapped

if TYPE_CHECKING:
    from lawcheck.core.burnup import BurnUp
    from lawcheck.core.sections import SectionLine
    from lawcheck.export.summary import SummarySaved
    from lawcheck.service.summary import Breakdown, Compared, Line, Summary, Term

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
        "lines": [_line_data(one) for one in result.lines],
        "totals": _totals(result.total),
        "overdue": [row_data(row, result.as_of, None) for row in result.overdue],
        "rates": [rate_data(rate) for rate in result.rates],
        "not_triggered": [idle_data(item) for item in result.not_triggered],
        "figures": [figure_data(figure) for figure in result.figures],
        "head": {"seq": result.head.seq, "hash": result.head.hash},
        "register_id": result.register_id,
        "carried": [one._asdict() for one in result.carried],
        "breakdowns": {one.by: [_line_data(line) for line in one.lines] for one in result.breakdowns},
        "sections": [_level_data(line) for one in result.breakdowns for line in one.levels],
        "burn_up": None if result.burn_up is None else _burn_up_data(result.burn_up),
        "held": None if result.held is None else [one._asdict() for one in result.held],
        "terms": None if result.terms is None else [_term_data(one) for one in result.terms],
        "compared": None if result.compared is None else _compared_data(result.compared),
        "closed": None if result.closed is None else {"by": result.closed[0], "on": result.closed[1]},
    }


def _totals(totals: Totals) -> dict[str, object]:
    return {
        **totals_data(totals),
        "on_time": totals.on_time(),
        "evidenced": totals.evidenced,
        "weight": totals.weight,
        "weight_done": totals.weight_done,
        "score": totals.score(),
    }


def _line_data(line: Line) -> dict[str, object]:
    return {"part": line.part, "title": line_title(line), **_totals(line.totals)}


def _level_data(line: SectionLine) -> dict[str, object]:
    title = pick(line.title_zh, line.title_en)
    return {"number": line.number, "title": title, "level": line.level, **_totals(line.totals)}


def _burn_up_data(burnt: BurnUp) -> dict[str, object]:
    return {**burnt._asdict(), "months": [one._asdict() for one in burnt.months]}


def _term_data(term: Term) -> dict[str, object]:
    held: dict[str, object] = {
        **term._asdict(),
        "title": pick(term.title_zh, term.title_en),
        "percent": met_percent(term),
    }
    return {key: value for key, value in held.items() if key not in ("title_zh", "title_en")}


def _compared_data(compared: Compared) -> dict[str, object]:
    return {
        "year": compared.year,
        "as_of": compared.as_of,
        "totals": _totals(compared.total),
        "figures": [
            {
                "key": one.figure.key,
                "now": one.figure.value,
                "before": one.before.value if one.before is not None else None,
                "growth": one.growth.value if one.growth is not None else None,
                "in_points": one.growth.in_points if one.growth is not None else None,
            }
            for one in compared.figures
        ],
    }


def line_title(line: Line) -> str:
    """Return the title of a part of the year; what has no such part has words of its own."""
    return pick(line.title_zh, line.title_en) if line.part is not None else _("no day fixed")


def met_percent(term: Term) -> str | None:
    """Return how many of the terms that have ended were met, in per cent to one decimal, rounded down."""
    if not term.settled():
        return None
    tenths = term.met * 1000 // term.settled()
    return f"{tenths // 10}.{tenths % 10}"


def summary_grid(result: Summary) -> Grid:
    """Return the totals as one table, the last line the total."""
    columns = (
        Column(_(PARTS[result.by]), fold=True),
        *(Column(_(head), right=True) for head in (*_STATES, *_TIMELY)),
        Column(_("Score"), right=True),
        Column(_("Evid."), right=True),
    )
    rows = [
        (label, *_state_cells(totals), *_timely_cells(totals), percent_text(totals.score()), str(totals.evidenced))
        for label, totals in (*((line_label(result.by, one), one.totals) for one in result.lines), _total(result))
    ]
    return Grid(heading(result), columns, rows, total=True, tight=True)


_STATES = (N_("Rows"), N_("Done"), N_("Part"), N_("Open"), N_("Overdue"), N_("N/a"), N_("Idle"), "%")
_TIMELY = (N_("On time"), N_("Late"), N_("No day"), N_("Reviewed"))


def _total(result: Summary) -> tuple[str, Totals]:
    return _("Total"), result.total


def line_label(by: str, line: Line) -> str:
    """Return how a part of the year is named in a table: by its code and title, or by either where they are one."""
    title = line_title(line)
    return f"{line.part} {title}" if by in ("template", "unit") and line.part not in (None, title) else title


def level_label(line: SectionLine) -> str:
    """Return a section's number and title; level one has the title that the bureau gives it, if any."""
    title = pick(line.title_zh, line.title_en)
    if line.number is None:
        return title
    if not title and line.level == 1:
        return _("Part {number}").format(number=line.number)
    return f"{line.number} {title}".rstrip()


def heading(result: Summary) -> str:
    """Return the heading of a summary: the bureau, the year and the day."""
    name = pick(*result.bureau.name) if result.bureau else ""
    return _("{bureau} · {year} as of {day}").format(bureau=name, year=result.year, day=day(result.as_of))


def _bold(cell: Cell | str) -> Cell:
    return Cell(cell, "bold") if isinstance(cell, str) else Cell(cell.text, f"bold {cell.style}".strip())


def _state_cells(totals: Totals) -> tuple[Cell | str, ...]:
    return (
        str(totals.rows),
        Cell(str(totals.done), "green" if totals.done else ""),
        Cell(str(totals.partial), "yellow" if totals.partial else ""),
        str(totals.open),
        Cell(str(totals.overdue), "bold red" if totals.overdue else ""),
        str(totals.na),
        str(totals.not_triggered),
        percent_text(totals.percent()),
    )


def _timely_cells(totals: Totals) -> tuple[Cell | str, ...]:
    return (
        Cell(str(totals.on_time()), "green" if totals.on_time() else ""),
        Cell(str(totals.late), "yellow" if totals.late else ""),
        str(totals.undated),
        Cell(reviewed(totals), "yellow" if totals.to_review else ""),
    )


def reviewed(totals: Totals) -> str:
    """Return how many were accepted of the done rows that ask for a review; a dash where none does."""
    asked = totals.accepted + totals.to_review
    return f"{totals.accepted}/{asked}" if asked else "-"


def _states_grid(title: str, result: Summary, one: Breakdown) -> Grid:
    """Return what is done of each part of the year."""
    columns = (
        Column(_(PARTS[one.by]), fold=True),
        *(Column(_(head), right=True) for head in _STATES),
        Column("", spare=True),
    )
    rows = [(line_label(one.by, line), *_state_cells(line.totals), bar(line.totals.percent())) for line in one.lines]
    label, total = _total(result)
    rows.append((label, *_state_cells(total), bar(total.percent())))
    return Grid(title, columns, _with_total(rows), total=True)


def _timely_grid(result: Summary, one: Breakdown) -> Grid:
    """Return how what is done was done: in time, late, on a day that was not stated; and what it weighs."""
    columns = (
        Column(_(PARTS[one.by]), fold=True),
        *(Column(_(head), right=True) for head in ("Done", *_TIMELY)),
        Column(_("Evid."), right=True),
        Column(_("Weight"), right=True),
        Column(_("Score"), right=True),
        Column("", spare=True),
    )
    rows = [
        (label, str(totals.done), *_timely_cells(totals), str(totals.evidenced), *_score_cells(totals))
        for label, totals in (*((line_label(one.by, line), line.totals) for line in one.lines), _total(result))
    ]
    note = _("Evid.: done, with evidence on the row.")
    return Grid(_("How it was done"), columns, _with_total(rows), total=True, note=note)


def _with_total(rows: list[tuple[Cell | str, ...]]) -> list[tuple[Cell | str, ...]]:
    return [*rows[:-1], tuple(_bold(one) for one in rows[-1])]


def _levels_grid(result: Summary, levels: tuple[SectionLine, ...]) -> Grid:
    """Return the sections of the report under one another, with weights and score."""
    columns = (
        Column(_(PARTS["section"]), fold=True),
        *(Column(_(head), right=True) for head in ("Rows", "Done", "Evid.", "Overdue", "%", "Weight", "Score")),
        Column("", spare=True),
    )
    rows: list[tuple[Cell | str, ...]] = []
    for line in levels:
        cells = (Cell("  " * (line.level - 1) + level_label(line)), *_level_cells(line.totals))
        rows.append(tuple(_bold(one) for one in cells) if line.level == 1 else cells)
    label, total = _total(result)
    rows.append((label, *_level_cells(total)))
    note = _("A section above holds all that lies under it; the total counts each row once.")
    return Grid(_("By section of the report"), columns, _with_total(rows), total=True, note=note)


def _level_cells(totals: Totals) -> tuple[Cell | str, ...]:
    return (
        str(totals.rows),
        Cell(str(totals.done), "green" if totals.done else ""),
        str(totals.evidenced),
        Cell(str(totals.overdue), "bold red" if totals.overdue else ""),
        percent_text(totals.percent()),
        *_score_cells(totals),
    )


def _score_cells(totals: Totals) -> tuple[Cell | str, ...]:
    """Return the weight done of the weight that applies, the score, and the score as a bar."""
    return f"{totals.weight_done}/{totals.weight}", percent_text(totals.score()), bar(totals.score())


MONTHS = (N_("Came due"), N_("Done"), N_("Due so far"), N_("Done so far"))


def _burn_up_grid(burnt: BurnUp) -> Grid:
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
    note = _("# done so far, | due so far, . all rows that apply: {rows}").format(rows=burnt.rows)
    if burnt.no_day:
        note += _("; ") + plural("{n} has no day", "{n} have no day", burnt.no_day)
    if burnt.undated:
        note += _("; ") + plural(
            "{n} done on a day not stated is in no month", "{n} done on a day not stated are in no month", burnt.undated
        )
    return Grid(_("Month by month"), columns, rows, note=note)


BURN_WIDTH = 32


def burn_bar(done: int | None, due: int, rows: int) -> str:
    """Return a line of the burn-up, in characters that any console shows; a mark stands where what is due ends."""
    if not rows:
        return ""
    filled, mark = (done or 0) * BURN_WIDTH // rows, min(due * BURN_WIDTH // rows, BURN_WIDTH - 1)
    return "".join("|" if place == mark else "#" if place < filled else "." for place in range(BURN_WIDTH))


def _held_grid(result: Summary) -> Grid:
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


TERMS = (N_("Terms"), N_("Met"), N_("Late"), N_("No day"), N_("Overdue"), N_("Running"), N_("N/a"), N_("Met, %"))


def _terms_grid(result: Summary) -> Grid:
    """Return the terms of cases by clock, and how each stands."""
    columns = (
        Column(_("Step")),
        Column(_("Term"), fold=True),
        *(Column(_(head), right=True) for head in TERMS),
    )
    rows: list[tuple[Cell | str, ...]] = [
        (
            Cell(f"{one.template}.{one.code}", "bold"),
            pick(one.title_zh, one.title_en),
            str(one.rows),
            Cell(str(one.met), "green" if one.met else ""),
            Cell(str(one.late), "yellow" if one.late else ""),
            str(one.undated),
            Cell(str(one.overdue), "bold red" if one.overdue else ""),
            str(one.running),
            str(one.na),
            percent_text(met_percent(one)),
        )
        for one in result.terms or ()
    ]
    note = _("Terms that began in {year}. Met, % = met / all that have ended: met, late, no day stated, overdue.")
    return Grid(_("Terms in cases"), columns, rows, note=note.format(year=result.year))


def summary_words(result: Summary) -> Iterator[Block]:
    """Say a year: totals, rates, what is overdue, what has not happened, figures, the head of the chain."""
    first, *others = result.breakdowns
    yield _states_grid(heading(result), result, first)
    yield from formulas()
    yield from _reviews(result)
    for one in result.carried:
        carried = plural(
            "Carried from {year}: {n} row not finished yet, counted in {year} and not here.",
            "Carried from {year}: {n} rows not finished yet, counted in {year} and not here.",
            one.rows,
            year=one.year,
        )
        yield carried
    if result.compared is not None:
        yield _compared_words(result.compared)
    yield _levels_grid(result, first.levels) if first.levels else _timely_grid(result, first)
    for other in others:
        if other.by == "unit":
            yield _states_grid(_("By unit"), result, other)
        elif other.levels:
            yield _levels_grid(result, other.levels)
    if result.burn_up is not None:
        yield _burn_up_grid(result.burn_up)
    if result.held:
        yield _held_grid(result)
    if result.overdue:
        yield _overdue_grid(result)
    if result.terms:
        yield _terms_grid(result)
    yield from _rates(result)
    if result.not_triggered:
        idle = plural("{n} occasion not triggered", "{n} occasions not triggered", len(result.not_triggered))
        yield _codes(idle, [item.code for item in result.not_triggered])
    if result.figures:
        yield _figures(result)
    yield _("Register {id}, head of the chain: entry {seq}").format(id=result.register_id, seq=result.head.seq)
    yield result.head.hash


def formulas() -> Iterator[str]:
    """Say how the numbers of a summary are reckoned."""
    yield _("Rows = done + part + n/a + open. Late and no day stated are among the done, overdue among part and open.")
    yield _("% = done / (rows - n/a). Score = sum of weights done / sum of weights, n/a left out, part counting 0.")
    yield _("Idle: occasions not triggered; they have no row.")


def _reviews(result: Summary) -> Iterator[str]:
    """Say what reviewers have still to see or sent back, and whether the year is closed."""
    total = result.total
    if total.accepted or total.to_review:
        yield _("Reviewed = accepted / done rows of items that ask for a review.")
    if total.returned:
        yield plural("{n} row returned by the reviewer.", "{n} rows returned by the reviewer.", total.returned)
    if total.to_review:
        waiting = plural("{n} row waits for a review", "{n} rows wait for a review", total.to_review)
        yield f"{waiting}{_(': ')}" + pasteable(f"lawcheck list --to-review --year {result.year}")
    if result.closed is not None:
        person, on = result.closed
        yield _("Closed by {person} on {day}; figures and rates counted from cases are as they stood then.").format(
            person=safe(person), day=on
        )


def _compared_words(compared: Compared) -> str:
    """Say how the year stands beside another, in a line."""
    return _(
        "{year} as of {day}: {rows} rows, {done} done ({percent}), {late} late, {overdue} overdue; score {score}."
    ).format(
        year=compared.year,
        day=day(compared.as_of),
        rows=compared.total.rows,
        done=compared.total.done,
        percent=percent_text(compared.total.percent()),
        late=compared.total.late,
        overdue=compared.total.overdue,
        score=percent_text(compared.total.score()),
    )


def _figures(result: Summary) -> Grid:
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
    return Grid(_("Figures"), columns, rows, note=note)


def _value_cell(figure: FigureValue) -> Cell:
    return Cell(value_words(figure), "" if figure.value is not None else "yellow")


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


def summary_saved_data(result: SummarySaved) -> dict[str, object]:
    """Return what was written as JSON."""
    return {
        "file": result.path,
        "form": result.form,
        "year": result.year,
        "tables": result.tables,
        "rows": result.rows,
        "head": {"seq": result.head.seq, "hash": result.head.hash},
    }


def summary_saved_words(result: SummarySaved) -> Iterator[str]:
    """Say in a line what was written, and at which head."""
    tables = plural("{n} table", "{n} tables", result.tables)
    yield _("The summary of {year} is in {file}: {tables}.").format(
        year=result.year, file=safe(result.path), tables=tables
    )
    yield _("Head of the chain: entry {seq}").format(seq=result.head.seq)
    yield result.head.hash
