"""Words and cells that every table of a summary is made of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lawcheck.core.totals import Totals
from lawcheck.render.grid import Cell
from lawcheck.render.language import N_, _, pick, plural
from lawcheck.render.words import bar, day, pasteable, percent_text

if TYPE_CHECKING:
    from lawcheck.core.burnup import BurnUp
    from lawcheck.core.sections import SectionLine
    from lawcheck.core.year_cases import Term
    from lawcheck.service.summary import Line, Summary

PARTS = {
    "template": N_("Checklist"),
    "unit": N_("Unit"),
    "month": N_("Due in"),
    "section": N_("Section of the report"),
}
STATES = (N_("Rows"), N_("Done"), N_("Part"), N_("Open"), N_("Overdue"), N_("N/a"), N_("Idle"), "%")
TIMELY = (N_("On time"), N_("Late"), N_("No day"), N_("Reviewed"))
MONTHS = (N_("Came due"), N_("Done"), N_("Due so far"), N_("Done so far"))
TERMS = (
    N_("Terms"), N_("Met"), N_("Late"), N_("Early"), N_("No day"), N_("Overdue"), N_("Running"), N_("N/a"),
    N_("Met, %"),
)  # fmt: skip
BURN_WIDTH = 32


def line_title(line: Line) -> str:
    """Return the title of a part of the year; what has no such part has words of its own."""
    return pick(line.title_zh, line.title_en) if line.part is not None else _("no day fixed")


def met_percent(term: Term) -> str | None:
    """Return how many of the terms that have ended were met, in per cent to one decimal, rounded down."""
    if not term.settled():
        return None
    tenths = term.met * 1000 // term.settled()
    return f"{tenths // 10}.{tenths % 10}"


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


def reviewed(totals: Totals) -> str:
    """Return how many were accepted of the done rows that ask for a review; a dash where none does."""
    asked = totals.accepted + totals.to_review
    return f"{totals.accepted}/{asked}" if asked else "-"


def total_line(result: Summary) -> tuple[str, Totals]:
    """Return the last line of a table: its label and the totals."""
    return _("Total"), result.total


def bold(cell: Cell | str) -> Cell:
    """Return a cell in bold."""
    return Cell(cell, "bold") if isinstance(cell, str) else Cell(cell.text, f"bold {cell.style}".strip())


def with_total(rows: list[tuple[Cell | str, ...]]) -> list[tuple[Cell | str, ...]]:
    """Return lines of which the last, the total, is bold."""
    return [*rows[:-1], tuple(bold(one) for one in rows[-1])]


def state_cells(totals: Totals) -> tuple[Cell | str, ...]:
    """Return the cells of the states of rows."""
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


def timely_cells(totals: Totals) -> tuple[Cell | str, ...]:
    """Return the cells of how rows were done."""
    return (
        Cell(str(totals.on_time()), "green" if totals.on_time() else ""),
        Cell(str(totals.late), "yellow" if totals.late else ""),
        str(totals.undated),
        Cell(reviewed(totals), "yellow" if totals.to_review else ""),
    )


def level_cells(totals: Totals) -> tuple[Cell | str, ...]:
    """Return the cells of a section."""
    return (
        str(totals.rows),
        Cell(str(totals.done), "green" if totals.done else ""),
        str(totals.evidenced),
        Cell(str(totals.overdue), "bold red" if totals.overdue else ""),
        percent_text(totals.percent()),
        *score_cells(totals),
    )


def score_cells(totals: Totals) -> tuple[Cell | str, ...]:
    """Return the weight done of the weight that applies, the score, and the score as a bar."""
    return f"{totals.weight_done}/{totals.weight}", percent_text(totals.score()), bar(totals.score())


def burn_bar(done: int | None, due: int, rows: int) -> str:
    """Return a line of the burn-up, in characters that any console shows; a mark stands where what is due ends."""
    if not rows:
        return ""
    filled, mark = (done or 0) * BURN_WIDTH // rows, min(due * BURN_WIDTH // rows, BURN_WIDTH - 1)
    return "".join("|" if place == mark else "#" if place < filled else "." for place in range(BURN_WIDTH))


def burn_up_notes(burnt: BurnUp) -> list[str]:
    """Say which rows stand in no month of a burn-up."""
    notes = []
    if burnt.no_day:
        notes.append(plural("{n} has no day", "{n} have no day", burnt.no_day))
    if burnt.undated:
        notes.append(
            plural(
                "{n} done on a day not stated is in no month",
                "{n} done on a day not stated are in no month",
                burnt.undated,
            )
        )
    return notes


def overdue_more(result: Summary) -> str:
    """Say how many rows are overdue beyond those named, and how all of them are listed."""
    more = plural("{n} more row", "{n} more rows", result.more_overdue())
    return f"{more}{_(': ')}" + pasteable(f"lawcheck list --overdue --year {result.year}")


def formulas() -> Iterator[str]:
    """Say how the numbers of a summary are reckoned."""
    yield _("Rows = done + part + n/a + open. Late and no day stated are among the done, overdue among part and open.")
    yield _("% = done / (rows - n/a). Score = sum of weights done / sum of weights, n/a left out, part counting 0.")
    yield _("Idle: occasions not triggered; they have no row.")
