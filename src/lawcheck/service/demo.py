"""A real year as an example: what the report of a bureau says, done command by command in a register of its own."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from lawcheck.core.dates import parse_date
from lawcheck.core.figure import Qualifier
from lawcheck.core.journal import Actor
from lawcheck.library.places import checklists
from lawcheck.library.reading import read_demo
from lawcheck.library.schema import StepShape, TextShape
from lawcheck.service.figures import Reported, add_figure
from lawcheck.service.rows import note_on, record_occasion, tick
from lawcheck.service.start import start_year
from lawcheck.store.register import Register

YEAR = 2022


def demo_today() -> date:
    """Return the day on which the demonstration year is looked at."""
    return parse_date(read_demo(_folder() / "year.yaml").today)


def play(register: Register, actor: Actor, *, chinese: bool, progress: Callable[[int, int], None] | None = None) -> int:
    """Start the demonstration year and do all that its file says; return the number of steps.

    Raises:
        BadFile: the file has faults.

    """
    year = read_demo(_folder() / "year.yaml")
    person = actor._replace(person=year.person, today=year.today, today_set=True)
    start_year(register, person, year.year, year.templates, _folder() / "bureau.yaml")
    steps = len(year.steps) + len(year.figures)
    done = 0
    for step in year.steps:
        _do(register, person, step, year.year, chinese=chinese)
        done += 1
        if progress:
            progress(done, steps)
    for figure in year.figures:
        said = Reported(
            None,
            parse_date(figure.begins) if figure.begins else None,
            parse_date(figure.ends) if figure.ends else None,
            Qualifier(figure.qualifier),
            None,
            _words(figure.text, chinese=chinese),
        )
        add_figure(register, person, figure.key, figure.value, said, year=year.year)
        done += 1
        if progress:
            progress(done, steps)
    return steps


def _do(register: Register, actor: Actor, step: StepShape, year: int, *, chinese: bool) -> None:
    words = _words(step.text, chinese=chinese)
    on = parse_date(step.on) if step.on not in (None, "unstated") else None
    if step.tick is not None:
        tick(register, actor, _refs(step.tick), year=year, on=on, note=words)
    elif step.partial is not None:
        tick(register, actor, _refs(step.partial), year=year, on=None, note=words, partial=step.left or "")
    elif step.occasion is not None and on is not None:
        record_occasion(register, actor, step.occasion, on=on, note=words or "", year=year)
    elif step.note is not None:
        note_on(register, actor, step.note, words or "", year=year)


def _refs(named: str | list[str]) -> list[str]:
    return [named] if isinstance(named, str) else named


def _words(text: TextShape | None, *, chinese: bool) -> str | None:
    if text is None:
        return None
    return text.zh if chinese else text.en


def _folder() -> Path:
    return checklists() / "demo" / str(YEAR)
