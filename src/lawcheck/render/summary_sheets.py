"""A year's summary as typed tables, for workbooks, pages and CSV."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from lawcheck.core.figure import FigureValue
from lawcheck.core.row import Row
from lawcheck.core.totals import Totals
from lawcheck.core.words import State
from lawcheck.render.figures import period_words, value_words
from lawcheck.render.language import N_, _, pick
from lawcheck.render.sheets import COUNT, DAY, INDENT, NUMBER, PERCENT, Sheet, SheetColumn, Value
from lawcheck.render.summary_parts import (
    MONTHS,
    PARTS,
    TERMS,
    formulas,
    heading,
    level_label,
    line_label,
    met_percent,
    overdue_more,
)
from lawcheck.render.words import LEVELS, REVIEWS, STATES, title, word

if TYPE_CHECKING:
    from lawcheck.core.rate import RateValue
    from lawcheck.service.summary import Breakdown, Summary

NAMES = {
    "template": N_("By checklist"),
    "unit": N_("By unit"),
    "month": N_("By month due"),
    "section": N_("By section"),
}


def summary_sheets(result: Summary) -> Iterator[Sheet]:
    """Yield the tables of a summary: what it is of, each breakdown, and what else was asked for."""
    yield _overview(result)
    for one in result.breakdowns:
        yield _breakdown(result, one)
    if result.burn_up is not None:
        yield _burn_up(result)
    if result.held is not None:
        yield _held(result)
    yield _overdue(result)
    if result.terms is not None:
        yield _terms(result)
    yield _rates(result)
    yield _idle(result)
    yield _figures(result)
    if result.rows is not None:
        yield rows_sheet(_("Rows"), result.rows, result.total.rows, result.as_of)


def share(percent: str | None) -> Decimal | None:
    """Return a share of a hundred from its text."""
    return None if percent is None else Decimal(percent)


def _overview(result: Summary) -> Sheet:
    """Return what the summary is of and what it comes to, with how its numbers are reckoned."""
    total, compared = result.total, result.compared
    pairs: list[tuple[str, Value]] = [
        (_("Bureau"), pick(*result.bureau.name) if result.bureau else ""),
        (_("Year"), str(result.year)),
        (_("As of"), result.as_of),
    ]
    pairs += list(zip((_(head) for head in _STATES), _state_values(total), strict=True))
    pairs += list(zip((_(head) for head in _TIMELY), _timely_values(total), strict=True))
    pairs += [(_("Carried from {year}").format(year=one.year), one.rows) for one in result.carried]
    pairs += [
        (_("Register"), result.register_id),
        (_("Head of the chain"), result.head.hash),
        (_("Entry"), result.head.seq),
    ]
    rows: list[tuple[Value, ...]] = [(label, None if value is None else _plain(value)) for label, value in pairs]
    if compared is not None:
        before = {
            **dict(zip((_(head) for head in _STATES), _state_values(compared.total), strict=True)),
            **dict(zip((_(head) for head in _TIMELY), _timely_values(compared.total), strict=True)),
            _("Year"): str(compared.year),
            _("As of"): compared.as_of,
        }
        rows = [(*row, _plain(held) if (held := before.get(str(row[0]))) is not None else None) for row in rows]
    columns = (
        SheetColumn(_("What"), width=24),
        SheetColumn(str(result.year), width=40),
        *([] if compared is None else [SheetColumn(str(compared.year), width=20)]),
    )
    return Sheet(_("Overview"), heading(result), columns, rows, len(rows), note="\n".join(formulas()))


def _plain(value: Value) -> Value:
    return f"{value}%" if isinstance(value, Decimal) else value


_STATES = (N_("Rows"), N_("Done"), N_("Part"), N_("Open"), N_("Overdue"), N_("N/a"), N_("Idle"), "%")
_TIMELY = (
    N_("On time"), N_("Late"), N_("No day"), N_("Accepted"), N_("To review"), N_("Returned"), N_("Evid."),
    N_("Weight"),
    N_("Weight done"), N_("Score"),
)  # fmt: skip


def _state_values(totals: Totals) -> tuple[Value, ...]:
    return (
        totals.rows, totals.done, totals.partial, totals.open, totals.overdue, totals.na, totals.not_triggered,
        share(totals.percent()),
    )  # fmt: skip


def _timely_values(totals: Totals) -> tuple[Value, ...]:
    return (
        totals.on_time(), totals.late, totals.undated, totals.accepted, totals.to_review, totals.returned,
        totals.evidenced, totals.weight, totals.weight_done, share(totals.score()),
    )  # fmt: skip


def _total_columns() -> tuple[SheetColumn, ...]:
    return tuple(
        SheetColumn(_(head), PERCENT, 12, bars=True) if head in ("%", "Score") else SheetColumn(_(head), COUNT)
        for head in (*_STATES, *_TIMELY)
    )


def _values(totals: Totals) -> tuple[Value, ...]:
    return (*_state_values(totals), *_timely_values(totals))


def _breakdown(result: Summary, one: Breakdown) -> Sheet:
    """Return one breakdown; sections stand under one another, each holding what lies under it."""
    columns = (SheetColumn(_(PARTS[one.by]), width=36), *_total_columns())
    if one.levels:
        rows = [(INDENT * (line.level - 1) + level_label(line), *_values(line.totals)) for line in one.levels]
        note = _("A section above holds all that lies under it; the total counts each row once.")
    else:
        rows, note = [(line_label(one.by, line), *_values(line.totals)) for line in one.lines], ""
    rows.append((_("Total"), *_values(result.total)))
    name = _(NAMES[one.by])
    return Sheet(name, name, columns, rows, len(rows), total=True, note=note)


def _burn_up(result: Summary) -> Sheet:
    assert result.burn_up is not None  # noqa: S101  # asked by whoever calls
    columns = (SheetColumn(_("Month"), width=10), *(SheetColumn(_(head), COUNT, 12) for head in MONTHS))
    rows = [(one.month, one.due, one.done, one.due_so_far, one.done_so_far) for one in result.burn_up.months]
    return Sheet(_("Month by month"), _("Month by month"), columns, rows, len(rows))


def _held(result: Summary) -> Sheet:
    units = {one.code: pick(*one.name) for one in result.bureau.units} if result.bureau else {}
    columns = (
        SheetColumn(_("Unit"), width=24),
        SheetColumn(_("Given to"), width=14),
        SheetColumn(_("Overdue"), COUNT, 12, bars=True),
        SheetColumn(_("Oldest"), DAY, 12),
        SheetColumn(_("Days"), COUNT),
    )
    rows = [
        (f"{one.unit} {units.get(one.unit, '')}".rstrip(), one.assignee, one.rows, one.oldest,
         (result.as_of - one.oldest).days)
        for one in result.held or ()
    ]  # fmt: skip
    return Sheet(_("Overdue, and whose"), _("Overdue, and whose"), columns, rows, len(rows))


def _overdue(result: Summary) -> Sheet:
    columns = (
        SheetColumn(_("Ref"), width=16),
        SheetColumn(_("Item"), width=48),
        SheetColumn(_("Unit"), width=10),
        SheetColumn(_("Due"), DAY, 12),
        SheetColumn(_("About the day"), width=14),
        SheetColumn(_("Days"), COUNT),
        SheetColumn(_("What is left"), width=32),
    )
    name, named = _("Overdue, the longest first"), result.overdue if result.all_overdue is None else result.all_overdue
    about = _about_days()
    rows = (
        (row.ref, title(row), row.unit, row.due, about[_marks(row)],
         (result.as_of - row.due).days if row.due else None, row.left_to_do)
        for row in named
    )  # fmt: skip
    if result.all_overdue is not None:
        return Sheet(name, name, columns, rows, result.total.overdue)
    note = overdue_more(result) if result.more_overdue() else ""
    return Sheet(name, name, columns, rows, len(result.overdue), note=note)


def _marks(row: Row) -> tuple[bool, bool]:
    """Tell what is to be said of a row's day: whether practice fixed it, and whether it is provisional."""
    return row.due_from == "practice" and row.due is not None, bool(row.provisional and row.due)


def _about_days() -> dict[tuple[bool, bool], str | None]:
    """Return what a file says of a day where a terminal shows a mark beside it."""
    practice, provisional = word(LEVELS, "practice"), _("provisional")
    return {
        (False, False): None,
        (True, False): practice,
        (False, True): provisional,
        (True, True): f"{practice}{_('; ')}{provisional}",
    }


def _terms(result: Summary) -> Sheet:
    columns = (
        SheetColumn(_("Step"), width=14),
        SheetColumn(_("Clock"), width=32),
        SheetColumn(_("Term"), width=40),
        *(SheetColumn(_(head), COUNT) for head in TERMS[:-1]),
        SheetColumn(_(TERMS[-1]), PERCENT, 12, bars=True),
    )
    rows = [
        (f"{one.template}.{one.code}", pick(one.clock_zh, one.clock_en), pick(one.title_zh, one.title_en), one.rows,
         one.met, one.late, one.early, one.undated, one.overdue, one.running, one.na, share(met_percent(one)))
        for one in result.terms or ()
    ]  # fmt: skip
    return Sheet(_("Terms in cases"), _("Terms in cases"), columns, rows, len(rows))


def _rates(result: Summary) -> Sheet:
    columns = (
        SheetColumn(_("Ref"), width=10),
        SheetColumn(_("In every case"), width=48),
        SheetColumn(_("Met"), NUMBER),
        SheetColumn(_("Of"), NUMBER),
        SheetColumn(_("Rate"), PERCENT, 12, bars=True),
        SheetColumn(_("Asked"), width=10),
        SheetColumn(_("Outcome"), width=12),
    )
    rows = [
        (one.code, pick(one.title_zh, one.title_en), one.met, one.of, share(one.percent()), one.at_least, _met(one))
        for one in result.rates
    ]
    return Sheet(_("Rates"), _("Rates"), columns, rows, len(rows))


def _met(rate: RateValue) -> str:
    if rate.met is None or rate.of is None:
        return _("no figure")
    if rate.none_arose():
        return _("none arose")
    return {True: _("met"), False: _("not met"), None: _("impossible")}[rate.is_met()]


def _idle(result: Summary) -> Sheet:
    columns = (
        SheetColumn(_("Ref"), width=10),
        SheetColumn(_("On occasion, not triggered"), width=60),
        SheetColumn(_("Unit"), width=10),
    )
    rows = [(one.code, pick(one.title_zh, one.title_en), one.unit) for one in result.not_triggered]
    return Sheet(_("Not triggered"), _("Not triggered"), columns, rows, len(rows))


def _figures(result: Summary) -> Sheet:
    """Return all figures, the missing ones as gaps: as people read them, and the number in the measure itself."""
    compared = result.compared
    columns: tuple[SheetColumn, ...] = (
        SheetColumn(_("Key"), width=28),
        SheetColumn(_("Figure"), width=44),
        SheetColumn(_("Value"), width=24),
        SheetColumn(_("Value as a number"), NUMBER, 16),
        SheetColumn(_("Measure"), width=10),
        SheetColumn(_("Period or cut-off"), width=24),
    )
    if compared is None:
        rows = [_figure(one) for one in result.figures]
    else:
        columns += (
            SheetColumn(str(compared.year), width=24),
            SheetColumn(_("Value of {year} as a number").format(year=compared.year), NUMBER, 16),
            SheetColumn(_("Growth"), PERCENT, 12),
            SheetColumn(_("Growth, points"), NUMBER, 12),
        )
        rows = [
            (
                *_figure(one.figure),
                value_words(one.before) if one.before is not None else None,
                one.before.base if one.before is not None else None,
                one.growth.value if one.growth is not None and not one.growth.in_points else None,
                one.growth.value if one.growth is not None and one.growth.in_points else None,
            )
            for one in compared.figures
        ]
    return Sheet(_("Figures"), _("Figures"), columns, rows, len(rows))


def _figure(one: FigureValue) -> tuple[Value, ...]:
    return (
        one.key, pick(one.title_zh, one.title_en), value_words(one), one.base, pick(one.measure_zh, one.measure_en),
        period_words(one) if one.value is not None else None,
    )  # fmt: skip


def rows_sheet(name: str, rows: Iterator[Row], lines: int, as_of: date) -> Sheet:
    """Return rows one by one as they stood on a day; they are read as they are needed."""
    columns = (
        SheetColumn(_("Ref"), width=16),
        SheetColumn(_("Item"), width=48),
        SheetColumn(_("Checklist"), width=9),
        SheetColumn(_("Unit"), width=9),
        SheetColumn(_("Given to"), width=12),
        SheetColumn(_("Begins"), DAY, 12),
        SheetColumn(_("Due"), DAY, 12),
        SheetColumn(_("About the day"), width=14),
        SheetColumn(_("State"), width=10),
        SheetColumn(_("Done on"), DAY, 12),
        SheetColumn(_("Days late"), COUNT),
        SheetColumn(_("Days overdue"), COUNT),
        SheetColumn(_("What is left, or why"), width=32),
        SheetColumn(_("Done by"), width=12),
        SheetColumn(_("Review"), width=12),
        SheetColumn(_("Weight"), COUNT),
    )
    states = {state: word(STATES, state) for state in STATES}
    reviews = {review: word(REVIEWS, review) for review in REVIEWS}
    about = _about_days()
    values = (_row_values(row, as_of, states, reviews, about) for row in rows)
    return Sheet(name, name, columns, values, lines)


def _row_values(
    row: Row,
    as_of: date,
    states: dict[str, str],
    reviews: dict[str, str],
    about: dict[tuple[bool, bool], str | None],
) -> tuple[Value, ...]:
    if row.done_on is not None and row.done_on > as_of:
        row = row._replace(state=State.OPEN.value, done_on=None, done_by=None)
    return (
        row.ref, title(row), row.template, row.unit, row.assignee, row.begins, row.due, about[_marks(row)],
        states[row.state], row.done_on, row.days_late() or None, row.days_overdue(as_of) or None,
        row.left_to_do or row.why, row.done_by, reviews[row.review], row.weight,
    )  # fmt: skip
