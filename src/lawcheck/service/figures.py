"""Figures recorded, listed and shown."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from lawcheck.core.figure import (
    Adds,
    FigureEntry,
    FigureValue,
    Qualifier,
    added_up,
    least_exact,
    parse_amount,
)
from lawcheck.core.journal import WHOLE, Actor, Change
from lawcheck.core.row import clean_text, required_text
from lawcheck.errors import FutureDate, OutsideYear, PeriodReversed, UnknownFigure
from lawcheck.service.counting import Counting, Frozen, counting_for
from lawcheck.service.nearest import nearest
from lawcheck.service.people import unit_code
from lawcheck.service.standing import entries_by_key
from lawcheck.service.years import check_writable, one_year
from lawcheck.store import codec
from lawcheck.store.entities import key_text
from lawcheck.store.register import Register


class Reported(NamedTuple):
    """What is said about an amount: the day it was counted on, or the period; how exact; by which unit."""

    on: date | None = None
    begins: date | None = None
    ends: date | None = None
    qualifier: Qualifier = Qualifier.EXACT
    unit: str | None = None
    note: str | None = None


class FigureAdded(NamedTuple):
    """A figure after an entry; `counted` is what cases answer to it all the same."""

    figure: FigureValue
    entry: FigureEntry
    seq: int
    counted: FigureValue | None = None


class FigureShown(NamedTuple):
    """A figure with its entries; `typed` is what they come to where cases answer the figure."""

    figure: FigureValue
    entries: tuple[FigureEntry, ...]
    typed: FigureValue | None = None


class Figures(NamedTuple):
    """All figures of a year; those without a value are gaps."""

    year: int
    as_of: date
    figures: tuple[FigureValue, ...]


def add_figure(
    register: Register, actor: Actor, key: str, amount: str, said: Reported, *, year: int | None = None
) -> FigureAdded:
    """Record an amount of a figure with its measure; an amount without one is refused.

    Where neither a year nor a day is said, it goes into today's year, or the latest open one where that is not open.

    Raises:
        UnknownFigure: the year has no such figure.
        AmountWithoutMeasure: the measure is missing.
        WrongMeasure: it is not the figure's.
        FutureDate: the day has not come.
        OutsideYear: the day or period is not of the figure's year.

    """
    today = date.fromisoformat(actor.today)
    last = said.ends or said.on
    if said.begins and said.ends and said.begins > said.ends:
        raise PeriodReversed(begins=said.begins.isoformat(), ends=said.ends.isoformat())
    for day in (said.on, said.begins):
        if day is not None and day > today:
            raise FutureDate(date=day.isoformat(), today=actor.today)
    note = required_text(said.note, "--note") if said.note is not None else None
    with register.transaction():
        meant = one_year(register, year if year is not None else (last.year if last else None), today=today)
        if any(day is not None and day.year != meant for day in (said.on, said.begins, said.ends)):
            raise OutsideYear(date=str(last or said.begins), year=meant)
        check_writable(register, meant)
        held = _held(register, meant, key)
        typed = parse_amount(amount, held.key, held.measure_zh, held.measure_en)
        unit = unit_code(register, said.unit) if said.unit is not None else None
        entry = FigureEntry(
            meant,
            held.key,
            max((int(str(one[2])) for one in register.all("figure_entry_of", year=meant, key=held.key)), default=0) + 1,
            typed.digits,
            typed.multiple,
            said.on,
            said.begins,
            said.ends,
            said.qualifier.value,
            unit,
            note,
            actor.person,
        )
        new = {name: codec.encoded(value) for name, value in list(entry._asdict().items())[3:]}
        change = Change("figure_entry", key_text(meant, held.key, entry.n), WHOLE, None, new)
        seq = register.record(actor, "figure add", [change]).seq
        figure = _valued(register, held, date.max)
        answered = _answered(figure, Counting(register, meant, today), today)
    return FigureAdded(figure, entry, seq, answered if answered.source == "cases" else None)


def list_figures(register: Register, *, year: int | None, as_of: date) -> Figures:
    """Return all figures of a year as of a day: of that day's year where none is asked for and it is open."""
    with register.snapshot():
        meant = one_year(register, year, today=as_of)
        return Figures(meant, as_of, figures_of_year(register, meant, as_of))


def figures_of_year(register: Register, year: int, as_of: date) -> tuple[FigureValue, ...]:
    """Return all figures of a year as of a day, in the snapshot that is held; cases answer before entries do."""
    entries, counting = entries_by_key(register, year, as_of), counting_for(register, year, as_of)
    return tuple(
        _answered(_value(_empty(one), entries.get(str(one[1]), [])), counting, as_of) for one in _all(register, year)
    )


def show_figure(register: Register, key: str, *, year: int | None, as_of: date) -> FigureShown:
    """Return one figure with its entries.

    Raises:
        UnknownFigure: the year has no such figure.

    """
    with register.snapshot():
        held = _held(register, one_year(register, year, today=as_of), key)
        entries = tuple(
            codec.figure_entry(one) for one in register.all("figure_entry_of", year=held.year, key=held.key)
        )
        typed = _value(held, [one for one in entries if one.counts_on(as_of)])
        figure = _answered(typed, counting_for(register, held.year, as_of), as_of)
    return FigureShown(figure, entries, typed if figure.source == "cases" and typed.value is not None else None)


def _all(register: Register, year: int) -> list[tuple[object, ...]]:
    return register.all("figure_of_year", year=year)


def _held(register: Register, year: int, key: str) -> FigureValue:
    key = clean_text(key)
    found = register.one("figure_get", key_year=year, key_key=key)
    if found is None:
        known = [(str(one[1]), f"{one[1]} {one[3]} {one[4]}".lower()) for one in _all(register, year)]
        within = [name for name, words in known if key.strip().lower() in words][:5]
        raise UnknownFigure(key=key, year=year, nearest=within or nearest(key, [name for name, _words in known]))
    return _empty((year, key, *found))


def _empty(values: tuple[object, ...]) -> FigureValue:
    year, key, _, title_zh, title_en, measure_zh, measure_en, adds, section, counted = values
    return FigureValue(
        int(str(year)), str(key), str(title_zh), str(title_en), str(measure_zh), str(measure_en), str(adds),
        str(section), None, None, None, None, None, 0, "entries", None if counted is None else str(counted),
    )  # fmt: skip


def _answered(figure: FigureValue, counting: Counting | Frozen, as_of: date) -> FigureValue:
    """Return a figure with what the cases of its year answer up to a day, where they do."""
    number = counting.count(figure.counted)
    if number is None:
        return figure
    return figure._replace(
        value=str(number),
        base=Decimal(number),
        from_date=date(figure.year, 1, 1),
        to_date=min(as_of, date(figure.year, 12, 31)),
        qualifier=Qualifier.EXACT.value,
        source="cases",
    )


def _valued(register: Register, figure: FigureValue, as_of: date) -> FigureValue:
    entries = [codec.figure_entry(one) for one in register.all("figure_entry_of", year=figure.year, key=figure.key)]
    return _value(figure, [one for one in entries if one.counts_on(as_of)])


def _value(figure: FigureValue, entries: list[FigureEntry]) -> FigureValue:
    found, counted = added_up(figure.adds, entries), len(entries)
    if found is None:
        return figure
    if figure.adds == Adds.LAST:
        entries = entries[-1:]  # the last one alone speaks for the figure
    begins = [one.from_date for one in entries if one.from_date is not None]
    ends = [day for one in entries if (day := one.to_date or one.on_date) is not None]
    return figure._replace(
        value=found[0],
        base=found[1],
        from_date=min(begins, default=None),
        to_date=max(ends, default=None),
        qualifier=least_exact([one.qualifier for one in entries]),
        entries=counted,
    )
