"""Cases taken from a table: how many, what is late and due, and which rows were left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lawcheck.render.cases import answer_data, answer_words, moved_words, warning_data, warning_words
from lawcheck.render.errors import fault_line
from lawcheck.render.grid import Block, Cell, Column, Grid
from lawcheck.render.language import _, pick, plural
from lawcheck.render.safe import safe
from lawcheck.render.words import pasteable

if TYPE_CHECKING:
    from lawcheck.service.case_import import CasesImported

_SHOWN = 20


def cases_imported_data(result: CasesImported) -> dict[str, object]:
    """Return what was taken as JSON."""
    return {
        "file": result.file,
        "sheet": result.sheet,
        "entry": result.entry,
        "dry_run": result.entry is None,
        "taken": [{**one._asdict(), "title": pick(one.title_zh, one.title_en)} for one in result.taken],
        "cases": sum(one.cases for one in result.taken),
        "rows": result.rows,
        "done": result.done,
        "late": result.late,
        "early": result.early,
        "overdue": result.overdue,
        "soon": result.soon,
        "provisional": result.provisional,
        "urgent": [{**one._asdict(), "title": pick(one.title_zh, one.title_en)} for one in result.urgent],
        "warnings": [
            {"ref": one.ref, "line": one.line, **warning_data(one.out_of_order, result.titles)}
            for one in result.warnings
        ]
        + [answer_data(one) for one in result.answers],
        "left": result.left,
        "faults": [
            {"code": one.what, "line": one.line, "column": one.column, "cell": one.cell, "message": fault_line(one)}
            for one in result.faults
        ],
    }


def cases_imported_words(result: CasesImported) -> Iterator[Block]:
    """Say what was taken, what of it is late or due soon, and list the rows left out."""
    cases = plural("{n} case", "{n} cases", sum(one.cases for one in result.taken))
    said = _("{cases} would be taken from {file}") if result.entry is None else _("{cases} taken from {file}")
    file = safe(result.file) + (f" ({safe(result.sheet)})" if result.sheet is not None else "")
    yield said.format(cases=cases, file=file)
    columns = (Column(_("Kind")), Column(_("Title"), fold=True), Column(_("Cases"), right=True), Column(_("Refs")))
    yield Grid(
        "",
        columns,
        [
            (Cell(one.template, "bold"), pick(one.title_zh, one.title_en), str(one.cases), f"{one.first} .. {one.last}")
            for one in result.taken
        ],
    )
    yield _("Rows: {rows}; done {done}, of these late {late}; overdue {overdue}; due within 14 days {soon}").format(
        rows=result.rows, done=result.done, late=result.late, overdue=result.overdue, soon=result.soon
    ) + "".join(
        words.format(n=n)
        for words, n in ((_("; done too early {n}"), result.early), (_("; provisional {n}"), result.provisional))
        if n
    )
    if result.urgent:
        yield _("The most urgent:")
        yield from moved_words(result.urgent)
    for one in result.warnings[:_SHOWN]:
        words = warning_words(one.out_of_order, result.titles)
        yield _("Note: line {line}, {ref}: {words}").format(line=one.line, ref=one.ref, words=words)
    if len(result.warnings) > _SHOWN:
        yield plural("and {n} more", "and {n} more", len(result.warnings) - _SHOWN)
    for answer in result.answers:
        yield _("Note: {words}").format(words=answer_words(answer))
    if result.faults:
        yield plural("{n} row was left out:", "{n} rows were left out:", result.left)
        yield "\n".join(fault_line(one) for one in result.faults)
    if result.entry is not None and result.taken:
        yield pasteable(_("Next: lawcheck case list {template}").format(template=result.taken[0].template))
