"""What is handed out and collected, in words: the lines of a workbook, in Chinese first, and what came of both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lawcheck.core.handout import FIGURES, ROWS, TO_FILL, Binding, GivenLine
from lawcheck.render.errors import fault_line
from lawcheck.render.grid import Block, Cell, Column, Grid
from lawcheck.render.language import N_, _, chinese, pick, plural
from lawcheck.render.safe import safe, safe_lines
from lawcheck.render.words import STATES, day, pasteable

if TYPE_CHECKING:
    from lawcheck.core.row import Row
    from lawcheck.export.hand_out import HandedOuts
    from lawcheck.service.collect import Collected, Collection, Outcome
    from lawcheck.service.hand_out import HandOut, OpenFigure, OpenRow

ROW_HEADS = (
    N_("Ref"), N_("Item"), N_("What is to be reached"), N_("Evidence asked for"), N_("Due"), N_("As it stands"),
    N_("State"), N_("Done on"), N_("Note, what is left, or why"),
)  # fmt: skip
FIGURE_HEADS = (
    N_("Key"), N_("Figure"), N_("Measure"), N_("How to fill it in"), N_("Value so far"), N_("Value to report"),
    N_("Counted on"), N_("Where it comes from"),
)  # fmt: skip
ADDS = {
    "sum": N_("only what comes on top: it is added to the value so far"),
    "last": N_("the newest value: it takes the place of the value so far"),
}
HELP_LINES = (
    N_("Fill in the yellow cells of the sheets 事项 and 数据 and send the file back; nothing else may be changed."),
    N_("State: choose from the list. 已完成 needs the day it was done (2026-03-05, or 未注明 where it is not known)."),
    N_("部分完成 needs what is left, 不适用 needs the reason; leave a row empty where there is nothing to report."),
    N_("A figure is a plain number in the measure of its line, or a number with 万 or 亿; its day is optional."),
    N_("Do not insert, delete, move, sort or merge rows or cells, rename sheets, or write formulas."),
    N_("The file may be filled in with Excel or WPS and must stay an .xlsx file without macros."),
    N_("It is bound to one year, one unit and one state of the register, and is taken over once."),
)


def both(message: str) -> str:
    """Return a message in Chinese and English, the Chinese first."""
    return f"{chinese(message)} {message}"


def given_lines(given: HandOut) -> tuple[GivenLine, ...]:
    """Return the lines of a workbook with the cells that are not to be filled in."""
    title = f"{given.bureau[0]} {given.year}年 {given.unit} {given.unit_name[0]}"
    lines = []
    for sheet, heads, count in ((ROWS, ROW_HEADS, len(given.rows)), (FIGURES, FIGURE_HEADS, len(given.figures))):
        if count:
            lines.append(GivenLine(sheet, 1, "", 0, (_cell(title),)))
            lines.append(GivenLine(sheet, 2, "", 0, tuple(both(head) for head in heads)))
    lines += [GivenLine(ROWS, line, one.row.ref, 0, _row(one)) for line, one in enumerate(given.rows, start=3)]
    lines += [
        GivenLine(FIGURES, line, one.figure.key, one.last, _figure(one))
        for line, one in enumerate(given.figures, start=3)
    ]
    return tuple(lines)


def binding_of(given: HandOut) -> Binding:
    """Return what binds the workbook of a unit."""
    head = given.head
    return Binding(given.register_id, given.year, given.unit, head.seq, head.hash, given.made_on, given_lines(given))


MOST_CHARACTERS = 30_000
"""More than that of a text is not handed out: a cell takes no more."""


def _cell(text: str) -> str:
    return safe_lines(text).strip()[:MOST_CHARACTERS]


def _row(one: OpenRow) -> tuple[str, ...]:
    row = one.row
    title = row.title_zh + (f" · {row.happening}" if row.happening else "")
    due = row.due.isoformat() if row.due else chinese(N_("no day fixed"))
    return tuple(_cell(text) for text in (row.ref, title, one.standard, one.evidence, due, _standing(row)))


def _standing(row: Row) -> str:
    words = chinese(STATES[row.state])
    if row.review == "returned":
        words = chinese(N_("returned"))
    return f"{words}：{row.left_to_do}" if row.left_to_do else words


def _figure(one: OpenFigure) -> tuple[str, ...]:
    figure = one.figure
    value = "" if figure.value is None else figure.value + figure.measure_zh
    return tuple(
        _cell(text) for text in (figure.key, figure.title_zh, figure.measure_zh, chinese(ADDS[figure.adds]), value)
    )


assert len(ROW_HEADS) == 6 + len(TO_FILL[ROWS])  # noqa: S101  # the cells to fill in stand last
assert len(FIGURE_HEADS) == 5 + len(TO_FILL[FIGURES])  # noqa: S101  # as above


# --- what came of it --------------------------------------------------------------------------


def handed_outs_data(result: HandedOuts) -> dict[str, object]:
    """Return the workbooks that were written as JSON."""
    return {
        "year": result.year,
        "workbooks": [
            {"file": one.path, "unit": one.unit, "title": pick(one.unit_zh, one.unit_en), "rows": one.rows,
             "figures": one.figures}
            for one in result.workbooks
        ],
        "idle": list(result.idle),
        "unclaimed": list(result.unclaimed),
    }  # fmt: skip


def handed_outs_words(result: HandedOuts) -> Iterator[Block]:
    """Say which workbooks were written, for whom, and what nobody was asked for."""
    columns = (
        Column(_("Unit"), fold=True),
        Column(_("Rows"), right=True),
        Column(_("Figures"), right=True),
        Column(_("File"), fold=True),
    )
    rows = [
        (f"{one.unit} {pick(one.unit_zh, one.unit_en)}", str(one.rows), str(one.figures), one.path)
        for one in result.workbooks
    ]
    yield Grid(_("Handed out for {year}").format(year=result.year), columns, rows)
    if result.idle:
        yield _("Nothing open: {units}").format(units=_(", ").join(result.idle))
    if result.unclaimed:
        shown = _(", ").join(result.unclaimed[:MOST_KEYS])
        more = len(result.unclaimed) - MOST_KEYS
        shown += " " + plural("and {n} more", "and {n} more", more) if more > 0 else ""
        words = plural(
            "{n} figure is reported by no unit: {keys}",
            "{n} figures are reported by no unit: {keys}",
            len(result.unclaimed),
            keys=shown,
        )
        yield words
        yield (
            _(
                "A unit is asked for the figures of the sections in which it has rows (`duties` in bureau.yaml, and "
                "`section` of a new figure under `figures`), and for what it reported before: enter an amount for a "
                "unit, and that unit is asked from then on."
            )
        )
        yield pasteable(_("lawcheck figure add {key} VALUE --unit UNIT").format(key=result.unclaimed[0]))
    yield pasteable(_("When they come back: lawcheck collect FILE..."))


MOST_KEYS = 8
_WHATS = {
    "done": N_("done"),
    "partial": N_("partly done"),
    "na": N_("not applicable"),
    "note": N_("note"),
    "amount": N_("amount"),
    "same": N_("as it stands"),
    "conflict": N_("conflict"),
}
_COUNTED = ("done", "partial", "na", "note", "amount", "same", "conflict")


def collection_data(result: Collection) -> dict[str, object]:
    """Return what workbooks report as JSON."""
    return {
        "year": result.year,
        "applied": result.applied,
        "workbooks": [
            {
                "file": one.path,
                "unit": one.unit,
                "title": pick(one.unit_zh, one.unit_en),
                "made_on": one.made_on,
                "entry": one.entry,
                "answers": [_outcome_data(answer) for answer in one.outcomes],
            }
            for one in result.workbooks
        ],
        "unanswered": [
            {"unit": one.unit, "title": pick(one.unit_zh, one.unit_en), "rows": one.rows, "overdue": one.overdue}
            for one in result.unanswered
        ],
        "answered_before": [
            {"unit": one.unit, "title": pick(one.unit_zh, one.unit_en), "entry": one.entry, "on": one.on}
            for one in result.answered_before
        ],
        "left": result.left,
        "faults": [{"code": one.what, "cell": one.cell, "message": fault_line(one)} for one in result.faults],
    }


def _outcome_data(one: Outcome) -> dict[str, object]:
    held: dict[str, object] = {**one._asdict(), "title": pick(one.title_zh, one.title_en)}
    return {key: value for key, value in held.items() if key not in ("title_zh", "title_en")}


def collection_words(result: Collection) -> Iterator[Block]:
    """Say what each workbook reports, what stands against it, and who has not answered."""
    heads = (N_("Done"), N_("Part"), N_("N/a"), N_("Notes"), N_("Amounts"), N_("As it is"), N_("Conflicts"))
    columns = (
        Column(_("Unit"), fold=True),
        *(Column(_(head), right=True) for head in heads),
        Column(_("Entry"), right=True),
        Column(_("File"), fold=True, spare=True),
    )
    rows: list[tuple[Cell | str, ...]] = [
        (
            f"{one.unit} {pick(one.unit_zh, one.unit_en)}",
            *(_count(one, what) for what in _COUNTED),
            str(one.entry) if one.entry is not None else "-",
            one.path,
        )
        for one in result.workbooks
    ]
    title = _("Taken over for {year}") if result.applied else _("Would be taken over for {year}")
    yield Grid(title.format(year=result.year), columns, rows)
    if len(result.workbooks) == 1 or not result.applied:
        yield from _answers(result, ("done", "partial", "na", "note", "amount"), _("What is reported"))
    yield from _answers(result, ("conflict",), _("Conflicts: the register was changed since, and stays as it is"))
    if result.faults:
        yield plural("{n} workbook was left out:", "{n} workbooks were left out:", result.left)
        yield "\n".join(fault_line(one) for one in result.faults)
    yield from _unanswered(result)
    if not result.applied:
        yield _("Nothing was changed. Run the command again with --apply to take it over.")


def _count(one: Collected, what: str) -> Cell:
    n = sum(answer.what == what for answer in one.outcomes)
    return Cell(str(n), "bold red" if n and what == "conflict" else "")


MOST_TOLD = 60


def _answers(result: Collection, wanted: tuple[str, ...], title: str) -> Iterator[Block]:
    """Yield the answers of some kinds, unit by unit, at most so many."""
    columns = (
        Column(_("Unit")),
        Column(_("Ref")),
        Column(_("Item"), fold=True),
        Column(_("Reported"), fold=True),
        Column(_("Place"), spare=True),
    )
    found = [(one, answer) for one in result.workbooks for answer in one.outcomes if answer.what in wanted]
    if not found:
        return
    rows = [
        (one.unit, Cell(answer.key, "bold"), pick(answer.title_zh, answer.title_en), _reported(answer), answer.place)
        for one, answer in found[:MOST_TOLD]
    ]
    more = len(found) - MOST_TOLD
    yield Grid(title, columns, rows, note=plural("and {n} more", "and {n} more", more) if more > 0 else "")


def _reported(one: Outcome) -> str:
    parts = [_(_WHATS[one.what])] if one.what not in ("amount", "note", "conflict") else []
    parts += [day(one.on)] if one.on is not None else [_("day not stated")] if one.what == "done" else []
    parts += [one.text] if one.text else []
    if one.what == "conflict":
        if one.seq is not None:
            parts.append(_("entry {seq} by {person} came in between").format(seq=one.seq, person=one.person))
        elif one.person is not None:
            parts.append(_("another amount by {person} came in between").format(person=one.person))
        else:
            parts.append(_("it is no longer of this unit"))
    return _("; ").join(parts)


def _unanswered(result: Collection) -> Iterator[Block]:
    if result.answered_before:
        before = [
            _("{unit} on {day} (entry {seq})").format(
                unit=safe(f"{one.unit} {pick(one.unit_zh, one.unit_en)}"), day=day(one.on), seq=one.entry
            )
            for one in result.answered_before
        ]
        yield f"{_('Answered before')}{_(': ')}{_('; ').join(before)}"
    if not result.unanswered:
        return
    columns = (
        Column(_("Unit"), fold=True),
        Column(_("Open rows"), right=True),
        Column(_("Overdue"), right=True),
    )
    rows = [
        (f"{one.unit} {pick(one.unit_zh, one.unit_en)}", str(one.rows), str(one.overdue)) for one in result.unanswered
    ]
    yield Grid(_("Not answered"), columns, rows)
