"""A year started, and a real year played."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from lawcheck.render.grid import Block
from lawcheck.render.items import left_over
from lawcheck.render.language import _, pick, plural
from lawcheck.render.lists import board_data, board_words
from lawcheck.render.rows import row_data
from lawcheck.render.safe import safe
from lawcheck.render.summary import summary_data, summary_words
from lawcheck.render.upgrade import change_lines, counts, few, item_change_data
from lawcheck.render.words import pasteable, title

if TYPE_CHECKING:
    from lawcheck.service.board import Board
    from lawcheck.service.carry import Carried
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
        "carried": None if result.carried is None else _carried_data(result.carried),
    }


def _carried_data(carried: Carried) -> dict[str, object]:
    return {
        "from": carried.from_year,
        "closed": carried.is_closed,
        "checklists": [
            {
                "template": one.template,
                "title": pick(one.title_zh, one.title_en),
                "new": one.is_new,
                "items": [item_change_data(item) for item in one.items],
            }
            for one in carried.checklists
        ],
        "not_started": list(carried.not_started),
        "own": list(carried.own),
        "assigned": carried.assigned,
        "lost": [{"person": one.person, "refs": list(one.refs)} for one in carried.lost],
        "other_units": [{"code": one.code, "unit": one.unit, "now": list(one.now)} for one in carried.other_units],
        "remaining": carried.remaining.rows,
        "remainder": [row_data(row, carried.today, None) for row in carried.remainder],
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
    if result.carried is not None:
        yield from _carried_words(result.carried)


def _carried_words(carried: Carried) -> Iterator[str]:
    """Say what is new against the earlier year, whose rows they stay, and what it leaves."""
    year = carried.from_year
    yield ""
    yield _("Against {year}:").format(year=year)
    for one in carried.checklists:
        title = safe(pick(one.title_zh, one.title_en))
        if one.is_new:
            yield f"{one.template}  {title}{_(': ')}" + _("no checklist in {year}").format(year=year)
        else:
            yield f"{one.template}  {title}{_(': ')}{counts(one.items)}"
            yield from change_lines(one.items)
    if carried.not_started:
        yield _("Checklists of {year} that were not started: {codes}").format(
            year=year, codes=_(", ").join(carried.not_started)
        )
    if carried.own:
        yield _("From files of your own, so name the files to carry them: {codes}").format(
            codes=_(", ").join(carried.own)
        )
    if carried.assigned:
        yield plural(
            "{n} row given to whoever had it in {year}.", "{n} rows given to whoever had them in {year}.",
            carried.assigned, year=year,
        )  # fmt: skip
    for lost in carried.lost:
        yield _("Given to nobody, since {name} is no longer listed: {refs}").format(
            name=safe(lost.person), refs=few(lost.refs)
        )
    for other in carried.other_units:
        yield _("{ref}: {unit} had rows in {year} and has none now; it is with {now}").format(
            ref=other.code, unit=other.unit, year=year, now=_(", ").join(other.now)
        )
    yield from _remainder_words(carried)


def _remainder_words(carried: Carried) -> Iterator[str]:
    year, rows = carried.remaining
    if rows == 0:
        yield _("Nothing of {year} is left open.").format(year=year)
        return
    if carried.is_closed:
        yield plural(
            "{year} was closed with {n} row not finished; it stays in its record.",
            "{year} was closed with {n} rows not finished; they stay in its record.",
            rows, year=year,
        )  # fmt: skip
        return
    yield plural(
        "Left of {year}: {n} row. It stays a row of {year}, on the board until it is closed, and counts there only.",
        "Left of {year}: {n} rows. They stay rows of {year}, on the board until it is closed, and count there only.",
        rows, year=year,
    )  # fmt: skip
    for row in carried.remainder:
        yield f"  {left_over(row)}  {row.unit}  {safe(title(row))}"
    if rows > len(carried.remainder):
        more = plural("{n} more row", "{n} more rows", rows - len(carried.remainder))
        yield f"  {more}{_(': ')}" + pasteable(f"lawcheck list --year {year}")


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


_NEXT = (
    "summary 2022 --by unit --as-of 2023-01-09",
    "report 2022 --as-of 2023-01-09 --signed-on 2023-01-09 -o report-2022.docx",
    "figure list",
    "show CR-06",
    "log FR-04",
    "verify",
)
"""What may be looked at in the demonstration year."""


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
    for line in _NEXT:
        yield f"  {result.call} {line}"
    yield _("Or begin your own: {call} start 2026").format(call=result.call.split(" --register")[0])
