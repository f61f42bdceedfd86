"""The year summed up: totals that balance, rates, what is overdue, figures, and the head of the chain."""

from datetime import date
from typing import NamedTuple

from lawcheck.core.bureau import Bureau
from lawcheck.core.figure import FigureValue
from lawcheck.core.journal import Head
from lawcheck.core.rate import RateValue
from lawcheck.core.remainder import Remainder, nearest_earlier
from lawcheck.core.row import Row
from lawcheck.core.totals import Totals
from lawcheck.errors import RegisterDamaged
from lawcheck.service.bureaus import kept_bureau
from lawcheck.service.figures import figures_of_year
from lawcheck.service.standing import NotTriggered, standing_items
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


class Summary(NamedTuple):
    """A year as of a day; `carried` is what its nearest earlier open year has not finished now, counted apart."""

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


def summarise(register: Register, year: int, *, by: str, as_of: date) -> Summary:
    """Sum up a year as of a day, by template, unit, month of the due date or section of the report.

    A row done after that day counts as open. Rows are counted apart from their states, and every line and the total
    must balance.

    Raises:
        YearNotStarted: the year holds no checklist.
        RegisterDamaged: the totals do not balance.

    """
    years_meant(register, year)
    with register.snapshot():
        bureau = kept_bureau(register)
        standing = standing_items(register, [year], as_of)
        counted = _counted(register, year, by, as_of, standing.not_triggered)
        figures = figures_of_year(register, year, as_of)
        total = Totals()
        for one in counted.values():
            total = total.plus(one)
        overdue = _overdue(register, year, as_of, total.overdue)
        carried = _carried(register, year)
        head, register_id = register.head(), register.id()
        titles = _titles(register, year, by, bureau)
    lines = tuple(
        Line(part, *titles.get(part or "", (part or "", part or "")), counted[part])
        for part in sorted(
            counted, key=lambda part: (part is None, list(titles).index(part) if part in titles else 0, part or "")
        )
    )
    if not (total.balances() and all(line.totals.balances() for line in lines)):
        raise RegisterDamaged(path=str(register.path), reason="unbalanced")
    return Summary(
        year, as_of, by, bureau, lines, total, tuple(overdue), standing.not_triggered, standing.rates, figures, head,
        register_id, carried,
    )  # fmt: skip


def _carried(register: Register, year: int) -> tuple[Remainder, ...]:
    earlier = nearest_earlier(open_years(register), year)
    counted = register.one("row_remainder_count", year=earlier) if earlier is not None else None
    rows = int(str(counted[0])) if counted else 0
    return (Remainder(earlier, rows),) if earlier is not None and rows else ()


def _overdue(register: Register, year: int, as_of: date, all_of_them: int) -> list[Row]:
    """Return the rows overdue for longest; those done only after `as_of` are looked for where the counts ask for it."""
    day = as_of.isoformat()
    counted = register.one("row_overdue_count", year=year, as_of=day)
    statement = "row_overdue_unfinished" if counted == (all_of_them,) else "row_overdue"
    return [codec.row(one) for one in register.all(statement, year=year, as_of=day, most=OVERDUE_LINES)]


def _counted(
    register: Register, year: int, by: str, as_of: date, idle: tuple[NotTriggered, ...]
) -> dict[str | None, Totals]:
    statement = {"unit": "totals_by_unit", "month": "totals_by_month"}.get(by, "totals_by_template")
    place = {"template": 1, "section": 2}.get(by, 0)
    found: dict[str | None, Totals] = {}
    for values in register.all(statement, year=year, as_of=as_of.isoformat()):
        part = None if values[place] is None else str(values[place])
        found[part] = found.get(part, Totals()).plus(Totals(*(int(str(one)) for one in values[3:])))
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
