"""A year started, and a real year played."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from lawcheck.render.grid import Block
from lawcheck.render.language import _, pick, plural
from lawcheck.render.lists import board_data, board_words
from lawcheck.render.safe import safe
from lawcheck.render.summary import summary_data, summary_words
from lawcheck.render.words import pasteable

if TYPE_CHECKING:
    from lawcheck.service.board import Board
    from lawcheck.service.start import Started, StartedChecklist
    from lawcheck.service.summary import Summary


class Played(NamedTuple):
    """The demonstration year: where its register is, its board and summary, and whether it was there before."""

    register: str
    call: str
    is_new: bool
    steps: int
    board: Board
    summary: Summary


def started_data(result: Started) -> dict[str, object]:
    """Return a started year as JSON."""
    return {
        "year": result.year,
        "register": result.register,
        "started": [_checklist(one) for one in result.started],
        "already": [_checklist(one) for one in result.already],
    }


def _checklist(one: StartedChecklist) -> dict[str, object]:
    return {
        "template": one.template,
        "title": pick(one.title_zh, one.title_en),
        "items": one.items,
        "rows": one.rows,
        "left_out": list(one.left_out),
    }


def started_words(result: Started) -> Iterator[str]:
    """Say which checklists were started, and which had been."""
    if result.is_new:
        yield _("New register: {path}").format(path=safe(result.register))
        name = pick(*result.bureau.name)
        yield plural(
            "Bureau: {name}, with {n} unit. Change it with 'lawcheck bureau import FILE'.",
            "Bureau: {name}, with {n} units. Change it with 'lawcheck bureau import FILE'.",
            len(result.bureau.units),
            name=name,
        )
    for one in result.started:
        yield f"{one.template}  {_line(one)}"
        if one.left_out:
            yield "    " + _("not of {year}, so left out: {codes}").format(
                year=result.year, codes=_(", ").join(one.left_out)
            )
    if result.already:
        codes = _(", ").join(one.template for one in result.already)
        yield _("Started before, left as they are: {codes}").format(codes=codes)
    if result.started:
        rows = sum(one.rows for one in result.started)
        yield plural("{n} row of {year} laid out.", "{n} rows of {year} laid out.", rows, year=result.year)
        following = _("Next: lawcheck next, lawcheck list {template}, lawcheck tick REF")
        yield pasteable(following.format(template=result.started[0].template))
    else:
        yield _("Nothing was changed.")


def _line(one: StartedChecklist) -> str:
    return _("{title}: {items} items, {rows} rows").format(
        title=safe(pick(one.title_zh, one.title_en)), items=one.items, rows=one.rows
    )


def played_data(result: Played) -> dict[str, object]:
    """Return the demonstration year as JSON."""
    return {
        "register": result.register,
        "is_new": result.is_new,
        "board": board_data(result.board),
        "summary": summary_data(result.summary),
    }


def played_words(result: Played) -> Iterator[Block]:
    """Print the board and the summary of the demonstration year, where it is and what to try next."""
    yield from board_words(result.board)
    yield from summary_words(result.summary)
    yield ""
    if result.is_new:
        yield _("This year was played from what the bureau's report of 2022 says: {n} commands.").format(n=result.steps)
    yield _("Ticked is what that report says, or its figures show, was done; what it does not mention stays open.")
    if not result.is_new:
        yield _("This register had been made before; --fresh makes it anew.")
    yield _("It is kept in {path}").format(path=safe(result.register))
    yield _("Try next:")
    for line in ("summary 2022 --by unit --as-of 2023-01-09", "figure list", "show CR-06", "log FR-04", "verify"):
        yield f"  {result.call} {line}"
    yield _("Or begin your own: {call} start 2026").format(call=result.call.split(" --register")[0])
