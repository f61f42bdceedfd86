"""The year summed up: totals that balance, rates, what is overdue, figures, and the head of the chain."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from lawcheck.core.bureau import Bureau
from lawcheck.core.burnup import BurnUp, burn_up
from lawcheck.core.figure import FigureValue
from lawcheck.core.growth import Growth, same_day
from lawcheck.core.journal import Head
from lawcheck.core.rate import RateValue
from lawcheck.core.remainder import Remainder, nearest_earlier
from lawcheck.core.row import Row
from lawcheck.core.sections import SectionLine, by_level
from lawcheck.core.totals import Totals
from lawcheck.core.year_cases import Term
from lawcheck.errors import ConflictingOptions, RegisterDamaged
from lawcheck.service.bureaus import kept_bureau
from lawcheck.service.counting import frozen_of
from lawcheck.service.figures import beside, figures_of_year
from lawcheck.service.standing import NotTriggered, standing_items
from lawcheck.service.year_cases import case_terms
from lawcheck.service.years import open_years, years_meant
from lawcheck.store import codec
from lawcheck.store.register import Register

OVERDUE_LINES = 10
BREAKDOWNS = ("template", "unit", "month", "section")


class Line(NamedTuple):
    """Totals of one part of a year; `part` None gathers what has no such part, as a row without a due day."""

    part: str | None
    title_zh: str
    title_en: str
    totals: Totals


class Breakdown(NamedTuple):
    """A year broken down one way; `levels` are the sections of the report under one another, empty otherwise."""

    by: str
    lines: tuple[Line, ...]
    levels: tuple[SectionLine, ...] = ()


class Held(NamedTuple):
    """What a unit, or a person of it, has overdue: how many rows, and since when the oldest of them."""

    unit: str
    assignee: str | None
    rows: int
    oldest: date


class Grown(NamedTuple):
    """A figure beside its value of another year, None where that year does not have it, and its growth."""

    figure: FigureValue
    before: FigureValue | None
    growth: Growth | None


class Compared(NamedTuple):
    """Another year beside this one: its totals and figures, as of the day that stands where the summary's does."""

    year: int
    as_of: date
    total: Totals
    figures: tuple[Grown, ...]


class ClosedBy(NamedTuple):
    """Who closed a year, and when; `frozen` is what is told as it stood then.

    That is `nothing` for a day before the year was over, `figures` where the closing froze no more than figures and
    rates, `all` where it froze cases and terms too.
    """

    person: str
    day: str
    frozen: str


class Summary(NamedTuple):
    """A year as of a day; `carried` is what its nearest earlier open year has not finished now, counted apart.

    `lines` are those of the breakdown named `by`. A summary of everything holds all `breakdowns`, the burn-up, what
    each unit has overdue and the terms of cases; these are None where one breakdown alone was asked for. `rows` are all
    rows of the year and `all_overdue` all that are overdue, read as they are needed, where they were asked for;
    `overdue` are the first of these. `closed` is who closed the year, and when.
    """

    year: int
    as_of: date
    by: str
    bureau: Bureau | None
    lines: tuple[Line, ...]
    total: Totals
    overdue: tuple[Row, ...]
    not_triggered: tuple[NotTriggered, ...]
    rates: tuple[RateValue, ...]
    figures: tuple[FigureValue, ...]
    head: Head
    register_id: str
    carried: tuple[Remainder, ...]
    breakdowns: tuple[Breakdown, ...] = ()
    burn_up: BurnUp | None = None
    held: tuple[Held, ...] | None = None
    terms: tuple[Term, ...] | None = None
    compared: Compared | None = None
    rows: Iterator[Row] | None = None
    closed: ClosedBy | None = None
    all_overdue: Iterator[Row] | None = None

    def more_overdue(self) -> int:
        """Return how many rows are overdue beyond those of `overdue`."""
        return self.total.overdue - len(self.overdue)


def summarise(  # noqa: PLR0913  # what a summary is of
    register: Register,
    year: int,
    *,
    by: str | None = None,
    as_of: date,
    compare: int | None = None,
    with_rows: bool = False,
    overdue: int | None = OVERDUE_LINES,
) -> Summary:
    """Sum up a year as of a day: by template, unit, month of the due date or section of the report, or in every way.

    A row done after that day counts as open. Rows are counted apart from their states, and every line, the total and
    all that else is counted must balance. `overdue` is how many of the rows overdue are named; for all of them (None),
    as for all rows with `with_rows`, the register is held at this state.

    Raises:
        YearNotStarted: the year, or the one it is compared with, holds no checklist.
        ConflictingOptions: it is compared with itself.
        RegisterDamaged: the totals do not balance.

    """
    years_meant(register, year)
    if compare is not None:
        if compare == year:
            raise ConflictingOptions(first=str(year), second=f"--compare {compare}")
        years_meant(register, compare)
    if not with_rows and overdue is not None:
        with register.snapshot():
            return _summary(register, year, by, as_of, compare, overdue)
    register.hold()
    held = _summary(register, year, by, as_of, compare, OVERDUE_LINES if overdue is None else overdue)
    if with_rows:
        held = held._replace(rows=_rows(register, year, as_of))
    if overdue is None:
        held = held._replace(all_overdue=_overdue(register, year, as_of, held.total.overdue, None))
    return held


def _rows(register: Register, year: int, as_of: date) -> Iterator[Row]:
    return (codec.row(one) for one in register.each("row_of_year", year=year, as_of=as_of.isoformat()))


def _summary(register: Register, year: int, by: str | None, as_of: date, compare: int | None, overdue: int) -> Summary:
    bureau = kept_bureau(register)
    standing = standing_items(register, [year], as_of)
    ways = BREAKDOWNS if by is None else (by,)
    breakdowns = tuple(_broken_down(register, year, as_of, bureau, standing.not_triggered, ways))
    lines = breakdowns[0].lines
    total = _sum(lines)
    burnt = _burn_up(register, year, as_of) if by in (None, "month") else None
    held = _held(register, year, as_of, total.overdue) if by in (None, "unit") else None
    terms = case_terms(register, year, as_of) if by is None else None
    _check(register, breakdowns, total, burnt, held, terms)
    figures = figures_of_year(register, year, as_of)
    return Summary(
        year, as_of, ways[0], bureau, lines, total, tuple(_overdue(register, year, as_of, total.overdue, overdue)),
        standing.not_triggered, standing.rates, figures, register.head(), register.id(), _carried(register, year),
        breakdowns, burnt, held, terms,
        None if compare is None else _compared(register, year, compare, as_of, figures),
        closed=_closed(register, year, as_of),
    )  # fmt: skip


def _closed(register: Register, year: int, as_of: date) -> ClosedBy | None:
    held = register.one("closing_get", key_year=year)
    if held is None:
        return None
    document = frozen_of(register, year, as_of)
    frozen = "nothing" if document is None else "all" if "terms" in document else "figures"
    return ClosedBy(str(held[1]), str(held[2]), frozen)


def _check(  # all that is counted
    register: Register,
    breakdowns: Sequence[Breakdown],
    total: Totals,
    burnt: BurnUp | None,
    held: Sequence[Held] | None,
    terms: Sequence[Term] | None,
) -> None:
    """Hold everything that was counted against the total.

    Raises:
        RegisterDamaged: something does not balance.

    """
    sound = total.balances() and all(
        _sum(one.lines) == total and all(line.totals.balances() for line in one.lines) for one in breakdowns
    )
    levels = [[line for line in one.levels if line.level == 1] for one in breakdowns if one.levels]
    sound = sound and all(sum(line.totals.rows for line in one) == total.rows for one in levels)
    if burnt is not None:
        sound = sound and burnt.balances() and (burnt.rows, burnt.done) == (total.rows - total.na, total.done)
    if held is not None:
        sound = sound and sum(one.rows for one in held) == total.overdue
    if not (sound and all(one.balances() for one in terms or ())):
        raise RegisterDamaged(path=str(register.path), reason="unbalanced")


def _sum(lines: Sequence[Line]) -> Totals:
    total = Totals()
    for line in lines:
        total = total.plus(line.totals)
    return total


class Counts(NamedTuple):
    """What the register counts, by part, template and section: the rows, and the done ones with evidence."""

    rows: list[tuple[object, ...]]
    evidenced: list[tuple[object, ...]]


def _broken_down(
    register: Register,
    year: int,
    as_of: date,
    bureau: Bureau | None,
    idle: tuple[NotTriggered, ...],
    ways: Sequence[str],
) -> Iterator[Breakdown]:
    """Yield a year broken down each way; templates and sections come from one count."""
    counts: dict[str, Counts] = {}
    for by in ways:
        part = {"unit": "unit", "month": "month"}.get(by, "template")
        if part not in counts:
            counts[part] = Counts(
                register.all(f"totals_by_{part}", year=year, as_of=as_of.isoformat()),
                register.all(f"evidenced_by_{part}", year=year, as_of=as_of.isoformat()),
            )
        counted = _counted(register, year, by, counts[part], idle)
        titles = _titles(register, year, by, bureau)
        order = {part: place for place, part in enumerate(titles)}
        parts = sorted(counted, key=lambda part: (part is None, order.get(part or "", 0), part or ""))
        lines = tuple(Line(part, *titles.get(part or "", (part or "", part or "")), counted[part]) for part in parts)
        yield Breakdown(by, lines, _levels(bureau, lines) if by == "section" else ())


def _levels(bureau: Bureau | None, lines: Sequence[Line]) -> tuple[SectionLine, ...]:
    """Return the sections of the report under one another; what lies in none of them comes last, by its key."""
    counted = {line.part: line.totals for line in lines}
    known = [
        (one.number, one.title.zh, one.title.en, counted.pop(one.key, Totals()))
        for one in (bureau.sections if bureau is not None else ())
    ]
    rest = tuple(SectionLine(None, part or "", part or "", 1, totals) for part, totals in counted.items())
    return by_level(known) + rest


def _burn_up(register: Register, year: int, as_of: date) -> BurnUp:
    counted = register.all("burn_up", year=year, as_of=as_of.isoformat())
    return burn_up(((due, done, n) for due, done, n in counted), year, as_of)  # type: ignore[misc]


def _held(register: Register, year: int, as_of: date, all_of_them: int) -> tuple[Held, ...]:
    """Return what each has overdue, those with the most first."""
    day = as_of.isoformat()
    late_ones = _only_unfinished(register, year, day, all_of_them)
    statement = "overdue_by_holder_unfinished" if late_ones else "overdue_by_holder"
    found = [
        Held(str(unit), who and str(who), int(str(rows)), date.fromisoformat(str(oldest)))  # type: ignore[arg-type]
        for unit, who, rows, oldest in register.all(statement, year=year, as_of=day)
    ]
    return tuple(sorted(found, key=lambda one: (-one.rows, one.unit, one.assignee or "")))


def _compared(register: Register, year: int, other: int, as_of: date, figures: Sequence[FigureValue]) -> Compared:
    """Return another year beside this one, both as of the same day of the year."""
    day = same_day(as_of, year, other)
    idle = standing_items(register, [other], day).not_triggered
    (broken,) = _broken_down(register, other, day, None, idle, ("template",))
    held = beside(register, figures, year, as_of, other=other)
    grown = [Grown(one, *held.get(one.key, (None, None))) for one in figures]
    return Compared(other, day, _sum(broken.lines), tuple(grown))


def _carried(register: Register, year: int) -> tuple[Remainder, ...]:
    earlier = nearest_earlier(open_years(register), year)
    counted = register.one("row_remainder_count", year=earlier) if earlier is not None else None
    rows = int(str(counted[0])) if counted else 0
    return (Remainder(earlier, rows),) if earlier is not None and rows else ()


def _overdue(register: Register, year: int, as_of: date, all_of_them: int, most: int | None) -> Iterator[Row]:
    """Yield the rows overdue for longest; those done only after `as_of` are looked for where the counts ask for it."""
    day = as_of.isoformat()
    statement = "row_overdue_unfinished" if _only_unfinished(register, year, day, all_of_them) else "row_overdue"
    bound = all_of_them if most is None else most
    return (codec.row(one) for one in register.each(statement, year=year, as_of=day, most=bound))


def _only_unfinished(register: Register, year: int, day: str, all_of_them: int) -> bool:
    """Tell whether all that was overdue on a day is unfinished now: an index then answers."""
    return register.one("row_overdue_count", year=year, as_of=day) == (all_of_them,)


def _counted(
    register: Register, year: int, by: str, counts: Counts, idle: tuple[NotTriggered, ...]
) -> dict[str | None, Totals]:
    place = {"template": 1, "section": 2}.get(by, 0)
    found: dict[str | None, Totals] = {}
    for values in counts.rows:
        part = None if values[place] is None else str(values[place])
        found[part] = found.get(part, Totals()).plus(Totals(*values[3:]))  # type: ignore[arg-type]
    for values in counts.evidenced:
        part = None if values[place] is None else str(values[place])
        found[part] = found.get(part, Totals()).plus(Totals(evidenced=int(str(values[3]))))
    for item in idle:
        part = {"template": item.template, "unit": item.unit, "section": item.section}.get(by)
        found[part] = found.get(part, Totals()).plus(Totals(not_triggered=1))
    if by == "template":
        for _, template, *_ in register.all("checklist_of_year", year=year):
            found.setdefault(str(template), Totals())
    return found


def _titles(register: Register, year: int, by: str, bureau: Bureau | None) -> dict[str, tuple[str, str]]:
    """Return the titles of parts in the order in which they are read."""
    if by == "template":
        return {str(one[1]): (str(one[2]), str(one[3])) for one in register.all("checklist_of_year", year=year)}
    if bureau is not None and by == "unit":
        return {unit.code: (unit.name.zh, unit.name.en) for unit in bureau.units}
    if bureau is not None and by == "section":
        return {one.key: (f"{one.number} {one.title.zh}", f"{one.number} {one.title.en}") for one in bureau.sections}
    return {}
