"""Figures recorded, listed and shown."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from lawcheck.core.counted import RateCounted, RowsCounted, Share, parse_counted
from lawcheck.core.figure import (
    Adds,
    Amount,
    FigureEntry,
    FigureValue,
    Qualifier,
    added_up,
    least_exact,
    not_corrected,
    parse_amount,
    speaking,
)
from lawcheck.core.growth import Growth, comparable, growth, same_day
from lawcheck.core.journal import WHOLE, Actor, Change
from lawcheck.core.rate import RateValue
from lawcheck.core.refs import entry_ref
from lawcheck.core.row import clean_text, required_text
from lawcheck.errors import (
    FutureDate,
    NoFigureEntries,
    OutsideYear,
    PeriodReversed,
    ShareBeyond,
    UnknownFigure,
    UnknownFigureEntry,
)
from lawcheck.service.attached import Attach, evidence_on
from lawcheck.service.counting import Counting, Frozen, counting_for
from lawcheck.service.nearest import nearest
from lawcheck.service.people import unit_code
from lawcheck.service.standing import entries_by_key
from lawcheck.service.years import check_writable, one_year
from lawcheck.store import codec
from lawcheck.store.entities import key_text
from lawcheck.store.register import Register

if TYPE_CHECKING:
    from lawcheck.core.evidence import Evidence


class Reported(NamedTuple):
    """What is said about an amount: the day it was counted on, or the period; how exact; by which unit."""

    on: date | None = None
    begins: date | None = None
    ends: date | None = None
    qualifier: Qualifier = Qualifier.EXACT
    unit: str | None = None
    note: str | None = None


class FigureAdded(NamedTuple):
    """A figure after an entry, with the evidence on it; `counted` is what the register answers all the same.

    `counts_from` is the day on which the entry begins to count, where that has not come. `outspoken` is the entry that
    the figure's value comes from instead, where only one counts.
    """

    figure: FigureValue
    entry: FigureEntry
    seq: int
    counted: FigureValue | None = None
    evidence: "tuple[Evidence, ...]" = ()
    counts_from: date | None = None
    outspoken: FigureEntry | None = None


class Beside(NamedTuple):
    """A figure's value of the year before, and its growth where both speak of the same part of their years."""

    last: FigureValue
    growth: Growth | None


class FigureShown(NamedTuple):
    """A figure with its entries; `typed` is what they come to where the register answers the figure itself.

    `sources` are the numbers of the journal's entries that recorded them, `evidence` what stands on each. `unreported`
    is what the register would answer to a figure that the bureau reports by hand.
    """

    figure: FigureValue
    entries: tuple[FigureEntry, ...]
    typed: FigureValue | None = None
    beside: Beside | None = None
    sources: tuple[int, ...] = ()
    evidence: "tuple[tuple[Evidence, ...], ...]" = ()
    unreported: int | None = None


class Figures(NamedTuple):
    """All figures of a year; those without a value are gaps. `beside` holds those that the year before has too.

    `typed` is what entries come to, by the key of a figure that the register answers otherwise itself.
    """

    year: int
    as_of: date
    figures: tuple[FigureValue, ...]
    beside: dict[str, Beside]
    typed: dict[str, FigureValue]


class TargetSet(NamedTuple):
    """A figure with its target as it is from now on, and as it was; `seq` is None where nothing changed."""

    figure: FigureValue
    before: str | None
    seq: int | None


def add_figure(  # noqa: PLR0913  # what is said of an amount, and of the entry that it corrects
    register: Register,
    actor: Actor,
    key: str,
    amount: str,
    said: Reported,
    *,
    year: int | None = None,
    correct: int | None = None,
    attach: Attach | None = None,
) -> FigureAdded:
    """Record an amount of a figure with its measure; an amount without one is refused.

    Where neither a year nor a day is said, it goes into today's year, or the latest open one where that is not open.
    With `correct` it stands in the place of that entry from now on, and is said of the same days unless it says others.
    `attach` returns the changes that put evidence on it, in the same entry of the journal.

    Raises:
        UnknownFigure: the year has no such figure.
        NoFigureEntries, UnknownFigureEntry: the figure has no entry, or none of that number that stands.
        AmountWithoutMeasure: the measure is missing.
        WrongMeasure: it is not the figure's.
        ShareBeyond: a share is not from 0 to 100 %.
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
    note = required_text(said.note, "--why" if correct else "--note") if said.note is not None else None
    with register.transaction():
        meant = one_year(register, year if year is not None else (last.year if last else None), today=today)
        if any(day is not None and day.year != meant for day in (said.on, said.begins, said.ends)):
            raise OutsideYear(date=str(last or said.begins), year=meant)
        check_writable(register, meant)
        held = held_figure(register, meant, key)
        typed = typed_amount(held, amount)
        unit = unit_code(register, said.unit) if said.unit is not None else None
        entries = [codec.figure_entry(one) for one in register.all("figure_entry_of", year=meant, key=held.key)]
        said = said._replace(unit=unit, note=note)
        if correct is not None:
            said = _as_corrected(held.key, entries, correct, said)
        n = max((one.n for one in entries), default=0) + 1
        entry = entry_of(held, n, typed, said, actor.person)._replace(corrects=correct)
        on_it = attach(meant, entry_ref(held.key, n)) if attach is not None else []
        seq = register.record(actor, "figure add", [entry_change(entry), *on_it]).seq
        figure = _valued(register, held, today)
        answered = None
        if figure.counted is not None:
            answered = next(one for one in figures_of_year(register, meant, today) if one.key == figure.key)
        lines = evidence_on(register, meant, entry_ref(held.key, n)) if on_it else ()
    counted = answered if answered and answered.source != "entries" else None
    counts_from = None if entry.counts_on(today) else entry.to_date
    spoken = speaking(held.adds, [one for one in not_corrected([*entries, entry]) if one.counts_on(today)])
    outspoken = spoken[0] if held.adds == Adds.LAST and counts_from is None and spoken[0].n != n else None
    return FigureAdded(figure, entry, seq, counted, lines, counts_from, outspoken)


def typed_amount(figure: FigureValue, text: str) -> Amount:
    """Return an amount of a figure as typed.

    Raises:
        InvalidAmount: there is no number in it.
        AmountWithoutMeasure: the measure is missing.
        WrongMeasure: it is not the figure's.
        NegativeAmount: it is less than nothing.
        ShareBeyond: a share is not from 0 to 100 %.

    """
    typed = parse_amount(text, figure.key, figure.measure_zh, figure.measure_en)
    rule = parse_counted(figure.counted) if figure.counted is not None else None
    if isinstance(rule, Share) and not 0 <= typed.base() <= rule.most:
        raise ShareBeyond(text=text, key=figure.key)
    return typed


def entry_of(figure: FigureValue, n: int, typed: Amount, said: Reported, person: str) -> FigureEntry:
    """Return the entry of an amount."""
    return FigureEntry(
        figure.year, figure.key, n, typed.digits, typed.multiple, said.on, said.begins, said.ends,
        said.qualifier.value, said.unit, said.note, person,
    )  # fmt: skip


def entry_change(entry: FigureEntry) -> Change:
    """Return the change that makes an entry."""
    new = {name: codec.encoded(value) for name, value in list(entry._asdict().items())[3:]}
    return Change("figure_entry", key_text(entry.year, entry.key, entry.n), WHOLE, None, new)


def _as_corrected(key: str, entries: list[FigureEntry], n: int, said: Reported) -> Reported:
    """Return what is said of an amount that corrects an entry: what the entry said, where nothing else is said."""
    standing = {one.n: one for one in not_corrected(entries)}
    old = standing.get(n)
    if not entries:
        raise NoFigureEntries(key=key)
    if old is None:
        raise UnknownFigureEntry(key=key, n=n, entries=list(standing))
    if said.on is None and said.begins is None and said.ends is None:
        said = said._replace(on=old.on_date, begins=old.from_date, ends=old.to_date)
    return said._replace(unit=said.unit or old.unit)


def set_target(register: Register, actor: Actor, key: str, amount: str | None, *, year: int | None = None) -> TargetSet:
    """Set what a figure of a year is to reach, or nothing.

    Raises:
        UnknownFigure: the year has no such figure.
        AmountWithoutMeasure: the measure is missing.
        WrongMeasure: it is not the figure's.

    """
    with register.transaction():
        meant = one_year(register, year, today=date.fromisoformat(actor.today))
        check_writable(register, meant)
        held = held_figure(register, meant, key)
        typed = typed_amount(held, amount) if amount is not None else None
        target = typed.digits + typed.multiple if typed else None
        seq = None
        if target != held.target:
            change = Change("figure", key_text(meant, held.key), "target", held.target, target)
            seq = register.record(actor, "figure target", [change]).seq
    return TargetSet(held._replace(target=target), held.target, seq)


def list_figures(register: Register, *, year: int | None, as_of: date) -> Figures:
    """Return all figures of a year as of a day: of that day's year where none is asked for and it is open."""
    with register.snapshot():
        meant = one_year(register, year, today=as_of)
        figures = figures_of_year(register, meant, as_of)
        typed = typed_beside(register, figures, meant, as_of)
        return Figures(meant, as_of, figures, beside(register, figures, meant, as_of), typed)


def figures_of_year(register: Register, year: int, as_of: date) -> tuple[FigureValue, ...]:
    """Return all figures of a year as of a day, in the snapshot that is held.

    Cases and rows answer before entries do; rates are reckoned of what the others come to.
    """
    entries, counting = entries_by_key(register, year, as_of), counting_for(register, year, as_of)
    typed = {str(one[1]): _value(_empty(one), entries.get(str(one[1]), [])) for one in _all(register, year)}
    found = {key: _answered(one, counting, as_of) for key, one in typed.items()}
    return tuple(_reckoned(one, typed, found, counting) for one in found.values())


def typed_beside(register: Register, figures: Iterable[FigureValue], year: int, as_of: date) -> dict[str, FigureValue]:
    """Return what the entries come to of figures that the register answers itself, where it is something else."""
    answered = {one.key: one for one in figures if one.source != "entries"}
    if not answered:
        return {}
    entries = entries_by_key(register, year, as_of)
    found = {
        key: _value(one._replace(value=None, base=None, source="entries"), entries[key])
        for key, one in answered.items()
        if entries.get(key)
    }
    return {key: one for key, one in found.items() if one.base != answered[key].base}


def beside(
    register: Register, figures: Iterable[FigureValue], year: int, as_of: date, *, other: int | None = None
) -> dict[str, Beside]:
    """Return what the figures of a year came to by the same day of another, the year before, where that was started."""
    other = year - 1 if other is None else other
    if register.one("year_get", key_year=other) is None:
        return {}
    earlier = {one.key: one for one in figures_of_year(register, other, same_day(as_of, year, other))}
    found: dict[str, Beside] = {}
    for one in figures:
        last = earlier.get(one.key)
        if last is not None and last.value is not None:
            found[one.key] = Beside(last, growth(one, last) if comparable(one, last) else None)
    return found


def show_figure(register: Register, key: str, *, year: int | None, as_of: date) -> FigureShown:
    """Return one figure with its entries.

    Raises:
        UnknownFigure: the year has no such figure.

    """
    with register.snapshot():
        held = held_figure(register, one_year(register, year, today=as_of), key)
        entries = tuple(
            codec.figure_entry(one) for one in register.all("figure_entry_of", year=held.year, key=held.key)
        )
        typed = _value(held, [one for one in not_corrected(list(entries)) if one.counts_on(as_of)])
        figure = next(one for one in figures_of_year(register, held.year, as_of) if one.key == held.key)
        sources = tuple(entry_seq(register, entry) for entry in entries)
        last = beside(register, [figure], held.year, as_of).get(figure.key)
        evidence = tuple(evidence_on(register, held.year, entry_ref(held.key, one.n)) for one in entries)
        counting, unreported = counting_for(register, held.year, as_of), None
        if figure.counted is not None and figure.source == "entries" and isinstance(counting, Counting):
            unreported = counting.counted(figure.counted)
    differs = figure.source != "entries" and typed.value is not None
    return FigureShown(figure, entries, typed if differs else None, last, sources, evidence, unreported)


def entry_seq(register: Register, entry: FigureEntry) -> int:
    """Return the number of the journal's entry that wrote an entry of a figure last."""
    found = register.one("touched_last", key=key_text(entry.year, entry.key, entry.n))
    return int(str(found[0])) if found and found[0] is not None else 0


def _all(register: Register, year: int) -> list[tuple[object, ...]]:
    return register.all("figure_of_year", year=year)


def held_figure(register: Register, year: int, key: str) -> FigureValue:
    """Return a figure of a year without a value.

    Raises:
        UnknownFigure: the year has no such figure.

    """
    key = clean_text(key)
    found = register.one("figure_get", key_year=year, key_key=key)
    if found is None:
        known = [(str(one[1]), f"{one[1]} {one[3]} {one[4]}".lower()) for one in _all(register, year)]
        within = [name for name, words in known if key.strip().lower() in words][:5]
        raise UnknownFigure(key=key, year=year, nearest=within or nearest(key, [name for name, _words in known]))
    return _empty((year, key, *found))


def _empty(values: tuple[object, ...]) -> FigureValue:
    year, key, _, title_zh, title_en, measure_zh, measure_en, adds, section, counted, target = values
    return FigureValue(
        int(str(year)), str(key), str(title_zh), str(title_en), str(measure_zh), str(measure_en), str(adds),
        str(section), None, None, None, None, None, 0, "entries", None if counted is None else str(counted),
        None if target is None else str(target),
    )  # fmt: skip


def _answered(figure: FigureValue, counting: Counting | Frozen, as_of: date) -> FigureValue:
    """Return a figure with what the cases of its year answer up to a day, where they do."""
    number = counting.count(figure.counted, figure.key)
    if number is None:
        return figure
    return figure._replace(
        value=str(number),
        base=Decimal(number),
        from_date=date(figure.year, 1, 1),
        to_date=min(as_of, date(figure.year, 12, 31)),
        qualifier=Qualifier.EXACT.value,
        source="rows" if isinstance(parse_counted(str(figure.counted)), RowsCounted) else "cases",
    )


def _reckoned(
    figure: FigureValue, typed: dict[str, FigureValue], found: dict[str, FigureValue], counting: Counting | Frozen
) -> FigureValue:
    """Return a figure that is the rate of two others as they come to; a gap where one is missing or too large.

    Where one of them is reported by hand, both are what was typed: what is counted is no part of it.
    """
    rule = parse_counted(figure.counted) if figure.counted is not None else None
    if not isinstance(rule, RateCounted):
        return figure
    parts = [(typed if any(map(counting.is_typed, rule)) else found).get(key) for key in rule]
    met, of = (None if one is None else one.base for one in parts)
    rate = RateValue(figure.year, figure.key, "", figure.title_zh, figure.title_en, met, of, "0%")
    percent = None if rate.exceeds() else rate.percent()
    return figure._replace(
        value=percent,
        base=None if percent is None else Decimal(percent),
        from_date=min((one.from_date for one in parts if one and one.from_date), default=None),
        to_date=max((one.to_date for one in parts if one and one.to_date), default=None),
        qualifier=None if percent is None else least_exact([one.qualifier or "exact" for one in parts if one]),
        source="rate",
    )


def _valued(register: Register, figure: FigureValue, as_of: date) -> FigureValue:
    entries = [codec.figure_entry(one) for one in register.all("figure_entry_of", year=figure.year, key=figure.key)]
    return _value(figure, [one for one in not_corrected(entries) if one.counts_on(as_of)])


def _value(figure: FigureValue, entries: list[FigureEntry]) -> FigureValue:
    found, counted = added_up(figure.adds, entries), len(entries)
    if found is None:
        return figure
    entries = speaking(figure.adds, entries)
    begins = [one.from_date for one in entries if one.from_date is not None]
    ends = [day for one in entries if (day := one.to_date or one.on_date) is not None]
    if len(ends) < len(entries):  # what some speak of nobody knows, so what all speak of is not known either
        begins, ends = [], []
    return figure._replace(
        value=found[0],
        base=found[1],
        from_date=min(begins, default=None),
        to_date=max(ends, default=None),
        qualifier=least_exact([one.qualifier for one in entries]),
        entries=counted,
    )
