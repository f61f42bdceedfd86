"""The year's summary as tables that a head reads at a glance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lawcheck.core.totals import Totals
from lawcheck.render.figures import figure_data
from lawcheck.render.grid import Block, Column, Grid
from lawcheck.render.language import _, pick, plural
from lawcheck.render.lists import (
    idle_data,
    rate_data,
    rates_grid,
    totals_data,
)
from lawcheck.render.rows import row_data
from lawcheck.render.safe import safe
from lawcheck.render.summary_parts import (
    PARTS,
    STATES,
    TIMELY,
    formulas,
    heading,
    line_label,
    line_title,
    met_percent,
    state_cells,
    timely_cells,
    total_line,
)
from lawcheck.render.summary_tables import (
    burn_up_grid,
    figures_grid,
    held_grid,
    levels_grid,
    overdue_grid,
    states_grid,
    terms_grid,
    timely_grid,
)
from lawcheck.render.words import day, pasteable, percent_text

if TYPE_CHECKING:
    from lawcheck.core.burnup import BurnUp
    from lawcheck.core.sections import SectionLine
    from lawcheck.core.year_cases import Term
    from lawcheck.export.summary import SummarySaved
    from lawcheck.service.summary import ClosedBy, Compared, Line, Summary


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
        "overdue_more": result.more_overdue(),
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
        "closed": None if result.closed is None else _closed_data(result.closed),
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
        "clock_title": pick(term.clock_zh, term.clock_en),
        "percent": met_percent(term),
    }
    return {key: value for key, value in held.items() if not key.endswith(("_zh", "_en"))}


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


def summary_grid(result: Summary) -> Grid:
    """Return the totals as one table, the last line the total."""
    columns = (
        Column(_(PARTS[result.by]), fold=True),
        *(Column(_(head), right=True) for head in (*STATES, *TIMELY)),
        Column(_("Score"), right=True),
        Column(_("Evid."), right=True),
    )
    rows = [
        (label, *state_cells(totals), *timely_cells(totals), percent_text(totals.score()), str(totals.evidenced))
        for label, totals in (*((line_label(result.by, one), one.totals) for one in result.lines), total_line(result))
    ]
    return Grid(heading(result), columns, rows, total=True, tight=True)


def summary_words(result: Summary) -> Iterator[Block]:
    """Say a year: totals, rates, what is overdue, what has not happened, figures, the head of the chain."""
    first, *others = result.breakdowns
    yield states_grid(heading(result), result, first)
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
    yield levels_grid(result, first.levels) if first.levels else timely_grid(result, first)
    for other in others:
        if other.by == "unit":
            yield states_grid(_("By unit"), result, other)
        elif other.levels:
            yield levels_grid(result, other.levels)
    if result.burn_up is not None:
        yield burn_up_grid(result.burn_up)
    if result.held:
        yield held_grid(result)
    if result.overdue:
        yield overdue_grid(result)
    if result.terms:
        yield terms_grid(result)
    yield from _rates(result)
    if result.not_triggered:
        idle = plural("{n} occasion not triggered", "{n} occasions not triggered", len(result.not_triggered))
        yield _codes(idle, [item.code for item in result.not_triggered])
    if result.figures:
        yield figures_grid(result)
    yield _("Register {id}, head of the chain: entry {seq}").format(id=result.register_id, seq=result.head.seq)
    yield result.head.hash


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
        yield _closed_words(result.closed)


def _closed_data(closed: ClosedBy) -> dict[str, object]:
    return {"by": closed.person, "on": closed.day, "frozen": closed.frozen}


def _closed_words(closed: ClosedBy) -> str:
    said = {
        "all": _("Closed by {person} on {day}; figures, rates and terms of cases are as they stood then."),
        "figures": _("Closed by {person} on {day}; figures and rates counted from cases are as they stood then."),
        "nothing": _("Closed by {person} on {day}; as of a day within the year, cases are counted as they stand now."),
    }
    return said[closed.frozen].format(person=safe(closed.person), day=closed.day)


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


def _rates(result: Summary) -> Iterator[Block]:
    known = [rate for rate in result.rates if rate.met is not None and rate.of is not None]
    unknown = [rate.code for rate in result.rates if rate.met is None or rate.of is None]
    if known:
        yield rates_grid(known)
    if unknown:
        missing = plural("{n} rate has no figure yet", "{n} rates have no figure yet", len(unknown))
        yield _codes(missing, unknown)


def _codes(head: str, codes: list[str]) -> str:
    """Return a list of codes as one line, which a terminal breaks between them."""
    return f"{head}{_(': ')}{_(', ').join(codes)}"


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
