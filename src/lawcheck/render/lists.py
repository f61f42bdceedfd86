"""The board, lists, and what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from lawcheck.core.row import Row
from lawcheck.core.words import State
from lawcheck.render.grid import Block, Cell, Column, Grid
from lawcheck.render.language import _, pick, plural
from lawcheck.render.rows import reviewed_rows_data, row_data
from lawcheck.render.words import day, due_words, pasteable, percent_text, state_cell, title

if TYPE_CHECKING:
    from lawcheck.core.rate import RateValue
    from lawcheck.core.totals import Totals
    from lawcheck.service.board import Board, Next
    from lawcheck.service.lists import Listed
    from lawcheck.service.standing import NotTriggered

    Listing = Board | Listed | Next


def rows_grid(
    heading: str, rows: Iterable[Row], result: Listing, marks: set[str] | None = None, note: str = ""
) -> Grid:
    """Return rows of a result as a table: ref, year, title, unit, due, how far off, state.

    `marks` takes up the marks beside days that are to be explained, while the rows are drawn.
    """
    columns = (
        Column(_("Ref")),
        Column(_("Year")),
        Column(_("Item"), fold=True),
        Column(_("Unit"), fold=True),
        Column(_("Due")),
        Column(_("Left or done"), fold=True),
        Column(_("State"), fold=True),
    )
    return Grid(heading, columns, (_row_cells(row, result, marks) for row in rows), note=note)


def _row_cells(row: Row, result: Listing, marks: set[str] | None) -> tuple[Cell | str, ...]:
    overdue = row.days_overdue(result.today)
    near: Cell | str = day(row.done_on) if row.state == State.DONE else ""
    if row.is_unfinished():
        near = Cell(due_words(row, result.today, result.calendar), "bold red" if overdue else "")
    due = day(row.due) + (_("*") if row.due_from == "practice" and row.due else "")
    if row.due_time:
        due += f" {row.due_time}"
    if row.provisional and row.due:
        due += _("?")
    if marks is not None and ((row.provisional and row.due) or row.reaches_unknown(result.today, result.calendar)):
        marks.add("?")
    who = row.unit + (f" {row.assignee}" if row.assignee else "")
    return (Cell(row.ref, "bold"), str(row.year or ""), title(row), who, due, near, state_cell(row))


def practice_note() -> str:
    """Say what the star beside a day means."""
    return _("* a day fixed by practice, not by law")


def _notes(marks: set[str]) -> Iterator[str]:
    """Say what the marks beside days mean."""
    yield practice_note()
    if "?" in marks:
        yield _("? reaches into a year without a notice of holidays: left out are its weekends and what the law fixes")


# --- the board --------------------------------------------------------------------------------


def board_data(result: Board) -> dict[str, object]:
    """Return the board as JSON."""
    from lawcheck.render.calendar import holiday_warnings  # not for lists

    return {
        "today": result.today,
        "years": list(result.years),
        "soon_days": result.soon_days,
        "counts": [{"year": one.year, "overdue": one.overdue, "soon": one.soon} for one in result.counts],
        "overdue": [row_data(row, result.today, result.calendar) for row in result.overdue],
        "soon": [row_data(row, result.today, result.calendar) for row in result.soon],
        "returned": reviewed_rows_data(result.returned, result.said, result.today, result.calendar),
        "undated": [row_data(row, result.today, result.calendar) for row in result.undated],
        "warnings": [
            *([{"code": "year-not-started", "year": result.today.year}] if result.year_missing else []),
            *holiday_warnings(result.holidays_missing),
        ],
    }


def board_words(result: Board) -> Iterator[Block]:
    """Say what presses, the returned first, then the overdue, then what is due soon."""
    years = _(", ").join(str(year) for year in result.years)
    if result.asked is None:
        yield _("{today} · open years: {years}").format(today=result.today, years=years or _("none"))
    else:
        yield _("{today} · year {year} alone").format(today=result.today, year=result.asked)
    if result.year_missing:
        missing = _("The year {year} has not been started: lawcheck start {year}")
        yield pasteable(missing.format(year=result.today.year))
    if result.holidays_missing is not None:
        from lawcheck.render.calendar import holiday_warning  # only where a year is missing

        yield holiday_warning(result.holidays_missing)
    marks: set[str] = set()
    of_year = "" if result.asked is None else f" --year {result.asked}"
    overdue, soon = sum(one.overdue for one in result.counts), sum(one.soon for one in result.counts)
    if result.returned:
        yield _returned_grid(result, marks)
    if result.overdue:
        heading = plural("{n} row overdue", "{n} rows overdue", overdue)
        heading += _whose([(one.year, one.overdue) for one in result.counts])
        more = _more(overdue, len(result.overdue), f"--overdue{of_year}")
        yield rows_grid(heading, result.overdue, result, marks, more)
    if result.soon:
        heading = plural("{n} row due soon", "{n} rows due soon", soon)
        heading += _whose([(one.year, one.soon) for one in result.counts])
        option = f"--due-within {result.soon_days}{of_year}"
        yield rows_grid(heading, result.soon, result, marks, _more(soon, len(result.soon), option))
    if result.undated:
        yield rows_grid(_("Open with no day fixed"), result.undated, result, marks)
    if not (result.returned or result.overdue or result.soon or result.undated):
        yield plural(
            "Nothing is overdue or due within {n} working day.",
            "Nothing is overdue or due within {n} working days.",
            result.soon_days,
        )
    elif result.overdue or result.soon:
        yield from _notes(marks)


def _returned_grid(result: Board, marks: set[str]) -> Grid:
    """Return the returned rows with who returned them, when and why."""
    several = len(result.years) > 1
    columns = (
        Column(_("Ref")),
        *([Column(_("Year"))] if several else []),
        Column(_("Item"), fold=True),
        Column(_("Unit"), fold=True),
        Column(_("Due")),
        Column(_("Returned by"), fold=True),
        Column(_("Why"), fold=True),
    )
    rows = []
    for row, said in zip(result.returned, result.said, strict=True):
        ref, year, item, unit, due, *_rest = _row_cells(row, result, marks)
        who, why = (f"{said.person} {said.on_date}", said.why or "") if said is not None else ("", "")
        rows.append((ref, *([year] if several else []), item, unit, due, who, Cell(why, "bold red")))
    return Grid(_("Returned by the reviewer"), columns, rows)


def _whose(counts: Iterable[tuple[int | None, int]]) -> str:
    """Say how many rows are of which year and how many of cases (None), unless all are of one year."""
    counted = [(year, n) for year, n in counts if n]
    if len(counted) == 1 and counted[0][0] is not None:
        return ""
    parts = (
        _("{year}: {n}").format(year=year, n=n) if year is not None else _("cases: {n}").format(n=n)
        for year, n in counted
    )
    return f"{_(' (')}{_(', ').join(parts)}{_(')')}"


def _more(all_of_them: int, shown: int, option: str) -> str:
    if all_of_them <= shown:
        return ""
    return pasteable(_("{n} more: lawcheck list {option}").format(n=all_of_them - shown, option=option))


# --- lists ------------------------------------------------------------------------------------


def totals_data(totals: Totals) -> dict[str, object]:
    """Return totals as JSON says them."""
    return {
        "rows": totals.rows,
        "done": totals.done,
        "partial": totals.partial,
        "open": totals.open,
        "na": totals.na,
        "late": totals.late,
        "undated": totals.undated,
        "overdue": totals.overdue,
        "not_triggered": totals.not_triggered,
        "accepted": totals.accepted,
        "returned": totals.returned,
        "to_review": totals.to_review,
        "percent": totals.percent(),
    }


def rate_data(rate: RateValue) -> dict[str, object]:
    """Return a rate as JSON says it."""
    return {
        "ref": rate.code,
        "year": rate.year,
        "template": rate.template,
        "title": pick(rate.title_zh, rate.title_en),
        "met": rate.met,
        "of": rate.of,
        "percent": rate.percent(),
        "at_least": rate.at_least,
        "is_met": rate.is_met(),
        "exceeds": rate.exceeds(),
        "source": rate.source,
        "asked": {"from": rate.asked[0], "to": rate.asked[1]},
    }


def idle_data(item: NotTriggered) -> dict[str, object]:
    """Return an occasion that has not come as JSON says it."""
    return {
        "ref": item.code,
        "year": item.year,
        "template": item.template,
        "unit": item.unit,
        "title": pick(item.title_zh, item.title_en),
        "asked": {"from": item.asked[0], "to": item.asked[1]},
    }


def listed_data(result: Listed) -> dict[str, object]:
    """Return a list as JSON; its rows are a stream."""
    return {
        "years": list(result.years),
        "totals": totals_data(result.totals),
        "rows": (row_data(row, result.today, result.calendar) for row in result.rows),
        "rates": [rate_data(rate) for rate in result.standing.rates],
        "not_triggered": [idle_data(item) for item in result.standing.not_triggered],
    }


def listed_grid(result: Listed) -> Grid:
    """Return the rows of a list as one table."""
    return rows_grid("", result.rows, result)


def listed_words(result: Listed) -> Iterator[Block]:
    """List the rows, then the rates, then the occasions that have not come, then the totals."""
    if result.totals.rows:
        marks: set[str] = set()
        yield rows_grid("", result.rows, result, marks)
        yield from _notes(marks)
    if result.standing.rates:
        yield rates_grid(result.standing.rates)
    if result.standing.not_triggered:
        yield idle_grid(result.standing.not_triggered)
    yield totals_line(result.totals)


def rates_grid(rates: Iterable[RateValue]) -> Grid:
    """Return rates as a table: 198 of 209, met or not, or a gap where the figure is missing; of which year if several.

    A rate of 0 of 0 says that none arose.
    """
    shown = list(rates)
    several = len({rate.year for rate in shown}) > 1
    columns = (
        Column(_("Ref")),
        *([Column(_("Year"))] if several else []),
        Column(_("In every case"), fold=True),
        Column(_("Rate"), right=True),
        Column(""),
        Column(_("Asked"), right=True),
        Column(_("Met")),
    )
    counted = [rate.code for rate in shown if rate.source == "cases"]
    note = f"{_('Counted from cases')}{_(': ')}{_(', ').join(counted)}" if counted else ""
    return Grid(_("Rates"), columns, [_rate_cells(rate, year=several) for rate in shown], note=note)


def _title_within(item: RateValue | NotTriggered) -> str:
    """Return a title with the days of the year within which the law asks for the item, where it does not say them."""
    text = pick(item.title_zh, item.title_en)
    days = [day for day in item.asked if day]
    if not days or all(day in text for day in days):
        return text
    from lawcheck.render.law import span_words  # only where law turns within the year

    return f"{text} · {span_words(*item.asked)}"


def _rate_cells(rate: RateValue, *, year: bool) -> tuple[Cell | str, ...]:
    counted, percent, said = rate_words(rate)
    style = {_("no figure"): "yellow", _("met"): "green", _("none arose"): ""}.get(said, "bold red")
    return (
        Cell(rate.code, "bold"),
        *([str(rate.year)] if year else []),
        _title_within(rate),
        counted,
        percent,
        rate.at_least,
        Cell(said, style),
    )


def rate_words(rate: RateValue) -> tuple[str, str, str]:
    """Return what a rate comes to: so many of so many, in per cent, and whether it reaches what is asked."""
    counted = "-"
    if rate.met is not None and rate.of is not None:
        counted = _("{met} of {of}").format(met=format(rate.met, "f"), of=format(rate.of, "f"))
    said = {None: _("no figure"), True: _("met"), False: _("not met")}[rate.is_met()]
    if rate.exceeds():
        said = _("more than all")
    elif rate.none_arose():
        said = _("none arose")
    return counted, percent_text(rate.percent()), said


def idle_grid(items: Iterable[NotTriggered]) -> Grid:
    """Return occasions that have not come as a table; of which year where there are several."""
    shown = list(items)
    several = len({item.year for item in shown}) > 1
    columns = (
        Column(_("Ref")),
        *([Column(_("Year"))] if several else []),
        Column(_("On occasion, not triggered"), fold=True),
        Column(_("Unit")),
    )
    rows: list[tuple[Cell | str, ...]] = [
        (Cell(item.code, "bold"), *([str(item.year)] if several else []), _title_within(item), item.unit)
        for item in shown
    ]
    return Grid(_("Not triggered"), columns, rows)


def totals_line(totals: Totals) -> str:
    """Say totals in a line."""
    return _(
        "Rows: {rows} = {done} done + {partial} partial + {open} open + {na} n/a; "
        "{overdue} overdue, {late} late, {undated} with no day stated; {idle} not triggered"
    ).format(**totals._asdict(), idle=totals.not_triggered)


def next_data(result: Next) -> dict[str, object]:
    """Return what comes next as JSON."""
    return {"today": result.today, "rows": [row_data(row, result.today, result.calendar) for row in result.rows]}


def next_grid(result: Next) -> Grid:
    """Return what comes next as one table."""
    return rows_grid("", result.rows, result)


def next_words(result: Next) -> Iterator[Block]:
    """List what comes next."""
    if result.rows:
        marks: set[str] = set()
        yield rows_grid("", result.rows, result, marks)
        yield from _notes(marks)
    else:
        yield _("Nothing is open.")
