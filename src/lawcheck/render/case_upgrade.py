"""A revised case template in words: what became of its items, and of the rows of open cases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from lawcheck.core.words import State
from lawcheck.render.cases import case_data, moved_data, moved_words
from lawcheck.render.grid import Block
from lawcheck.render.language import _, pick, plural
from lawcheck.render.safe import safe
from lawcheck.render.upgrade import BECAME
from lawcheck.render.words import STATES, fallen_data, fallen_words, pasteable, word

if TYPE_CHECKING:
    from lawcheck.service.case_upgrade import CasesUpgraded


def cases_upgraded_data(result: CasesUpgraded) -> dict[str, object]:
    """Return what a revised case template does as JSON."""
    return {
        "template": result.template,
        "title": pick(result.title_zh, result.title_en),
        "entry": result.seq,
        "items": [
            {"code": one.code, "change": one.how, "title": pick(one.title_zh, one.title_en)} for one in result.items
        ],
        "cases": [
            {
                "case": case_data(one.case),
                "rows": [moved_data(moved) for moved in one.moved],
                "asked_again": list(one.again),
            }
            for one in result.cases
        ],
        **fallen_data(result.fell),
    }


def cases_upgraded_words(result: CasesUpgraded) -> Iterator[Block]:
    """Say what became of the items, then of the rows of each open case."""
    counted = Counter(one.how for one in result.items)
    said = _(", ").join(
        _("{n} {became}").format(n=counted[how], became=word(BECAME, how)) for how in BECAME if counted[how]
    )
    yield f"{result.template} {safe(pick(result.title_zh, result.title_en))}{_(': ')}{said}"
    for item in result.items:
        if item.how != "same":
            yield f"  {item.code}  {word(BECAME, item.how)}  {safe(pick(item.title_zh, item.title_en))}"
    for one in result.cases:
        yield f"{one.case.ref}  {safe(one.case.number)} {safe(one.case.title)}"
        yield from moved_words(one.moved)
        for ref in one.again:
            yield _("{ref} is asked again; a note says what had been done.").format(ref=ref)
    yield from fallen_words(result.fell)
    if not result.cases:
        yield _("No open case rests on an earlier text.")
    elif result.seq is None:
        yield pasteable(
            _("Nothing was changed; to take it over: lawcheck template upgrade {template} --apply").format(
                template=result.template
            )
        )
    else:
        yield plural("{n} case took it over.", "{n} cases took it over.", len(result.cases))


def former_case_note(row: dict[str, Any], item: dict[str, Any]) -> str:
    """Word the note that keeps what had been done on a row whose text was revised."""
    stood = word(STATES, row["state"])
    if row["state"] == State.DONE:
        stood = _("{state} by {name} on {day}").format(
            state=stood, name=row["done_by"], day=row["done_on"] or _("a day not stated")
        )
    elif row["why"] or row["left_to_do"]:
        stood += f"{_(': ')}{row['why'] or row['left_to_do']}"
    return _("Before the template was revised: {stood}. It asked for: {standard}").format(
        stood=stood, standard=pick(item["standard"]["zh"], item["standard"]["en"])
    )
