"""Figures that were typed and that cases begin to answer: told by the command with which they do."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from lawcheck.core.figure import FigureValue
from lawcheck.core.journal import Actor, Change
from lawcheck.service.counting import Counting
from lawcheck.service.figures import figures_of_year, typed_beside
from lawcheck.service.standing import entries_by_key
from lawcheck.service.years import open_years
from lawcheck.store.register import Register


class FirstAnswer(NamedTuple):
    """A figure that cases answer from now on, and what was typed, which stands beside it."""

    figure: FigureValue
    typed: FigureValue


class Recorded(NamedTuple):
    """An entry about cases, and the figures that cases answer by it for the first time."""

    seq: int
    answers: tuple[FirstAnswer, ...]


def record_of_cases(register: Register, actor: Actor, command: str, changes: list[Change]) -> Recorded:
    """Write an entry about cases, and tell which typed figures of open years it makes cases answer."""
    today = date.fromisoformat(actor.today)
    waiting = _waiting(register, changes, today)
    seq = register.record(actor, command, changes).seq
    return Recorded(seq, tuple(one for year, keys in waiting.items() for one in _begun(register, year, keys, today)))


def _waiting(register: Register, changes: Sequence[Change], today: date) -> dict[int, list[str]]:
    """Return the typed figures, by year, that no case answers yet and that ask for a milestone which is recorded."""
    reached = {_kind_and_name(change.key) for change in changes if change.entity == "milestone"}
    waiting: dict[int, list[str]] = {}
    for year in open_years(register) if reached else ():
        counted = {str(one[1]): str(one[9]) for one in register.all("figure_of_year", year=year) if one[9] is not None}
        asked = {key: text for key, text in counted.items() if tuple(text.replace(",", "").split()[:2]) in reached}
        typed = entries_by_key(register, year, today) if asked else {}
        counting = Counting(register, year, today)
        waiting[year] = [key for key, text in asked.items() if typed.get(key) and counting.count(text, key) is None]
    return {year: keys for year, keys in waiting.items() if keys}


def _kind_and_name(key: str) -> tuple[str, str]:
    """Return the kind of case and the milestone that a key names: `AJ` and `decided` of `AJ-01/decided#1`."""
    ref, _, name = key.partition("/")
    return ref.partition("-")[0], name.partition("#")[0]


def _begun(register: Register, year: int, keys: list[str], today: date) -> list[FirstAnswer]:
    figures = {one.key: one for one in figures_of_year(register, year, today)}
    typed = typed_beside(register, figures.values(), year, today)
    return [FirstAnswer(figures[key], typed[key]) for key in keys if figures[key].source == "cases" and key in typed]
