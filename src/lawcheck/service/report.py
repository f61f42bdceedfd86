"""The year's report: the facts of a year gathered, the plan filled with them, every number with its sources."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from lawcheck.core.bureau import Bureau
from lawcheck.core.counted import RateCounted, parse_counted
from lawcheck.core.evidence import Evidence
from lawcheck.core.figure import FigureEntry, FigureValue, speaking
from lawcheck.core.growth import Growth, same_day
from lawcheck.core.journal import Head
from lawcheck.core.privacy import Private, find_private
from lawcheck.core.refs import entry_ref
from lawcheck.core.report import LISTS, MANY, Composed, Facts, ListedItem, Origin, Plan, Told, compose
from lawcheck.core.row import Row
from lawcheck.core.totals import Totals
from lawcheck.core.words import Review, State
from lawcheck.errors import ReportGaps
from lawcheck.library.report_plan import default_plan_file, plan_of_text, read_plan, unknown_fields
from lawcheck.service.attached import EVERY_REF, evidence_on
from lawcheck.service.bureaus import kept_bureau
from lawcheck.service.figures import beside, entry_seq, figures_of_year
from lawcheck.service.finding import find_item
from lawcheck.service.nearest import nearest
from lawcheck.service.standing import entries_by_key, standing_items
from lawcheck.service.year_cases import case_tallies
from lawcheck.service.years import years_meant
from lawcheck.store import codec
from lawcheck.store.entities import key_text
from lawcheck.store.register import Register

EVERYTHING = "all"
"""The name of the count of all rows of a year."""


class SourceEntry(NamedTuple):
    """An entry of a figure with the number of the journal's entry that recorded it last."""

    entry: FigureEntry
    seq: int


class SourceFigure(NamedTuple):
    """A figure that a number rests on, with the entries that its value comes from; none where the register counts."""

    figure: FigureValue
    entries: tuple[SourceEntry, ...]


class SourceRow(NamedTuple):
    """A row with the number of the journal's entry that changed it last, 0 where none did since the year began."""

    ref: str
    seq: int


class ReportSource(NamedTuple):
    """What one number of the report rests on: figures with their entries, or rows; and the evidence on them.

    `figures` are the one that is told; or the two of which it is a rate; or that of this year and of the year before
    for a `growth`. `rows` are the first of `of_rows`.
    """

    number: int
    origin: Origin
    figure: FigureValue | None
    figures: tuple[SourceFigure, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    rows: tuple[SourceRow, ...] = ()
    of_rows: int = 0
    growth: Growth | None = None

    @property
    def entries(self) -> tuple[SourceEntry, ...]:
        """The entries of all its figures."""
        return tuple(entry for one in self.figures for entry in one.entries)


class Report(NamedTuple):
    """A year's report as of a day, put together but not written: its text, gaps and sources, and the chain's head."""

    year: int
    as_of: date
    bureau: str
    plan: str
    composed: Composed
    sources: tuple[ReportSource, ...]
    head: Head
    register_id: str


def make_report(
    register: Register, year: int, *, as_of: date, signed_on: date, plan_file: Path | None = None
) -> Report:
    """Put the report of a year together as of a day.

    The plan is the file named, or else the one of the bureau, or else the one that comes with lawcheck.

    Raises:
        YearNotStarted: the year holds no checklist.
        BadFile: the plan has faults, or names what the year does not know.

    """
    given = read_plan(plan_file) if plan_file is not None else None
    years_meant(register, year)
    with register.snapshot():
        bureau = kept_bureau(register)
        plan = given or _plan_of(bureau)
        facts = _facts(register, year, as_of, signed_on, bureau)
        composed = compose(plan, facts)
        if composed.unknown:
            known = list(dict.fromkeys([*facts.figures, *facts.tallies, *facts.cases]))
            near = {name: nearest(name.partition(".")[0], known) or known[:5] for name, _ in composed.unknown}
            raise unknown_fields(plan, composed.unknown, near)
        sources = tuple(_sources(register, facts, composed.origins))
        head, register_id = register.head(), register.id()
    return Report(year, as_of, facts.bureau, plan.path, composed, sources, head, register_id)


def check_complete(report: Report) -> None:
    """Refuse a report that misses something.

    Raises:
        ReportGaps: it does.

    """
    gaps = report.composed.gaps
    if gaps:
        raise ReportGaps(year=report.year, n=len(gaps), gaps=[one.title for one in gaps])


def find_private_in(register: Register, report: Report, more: Iterable[str] = ()) -> tuple[Private, ...]:
    """Return what in a report, and in `more` paragraphs that go with it, should be looked at before it is published.

    The names are those of the bureau's people and of the parties of cases.
    """
    with register.snapshot():
        bureau = kept_bureau(register)
        names = [one.name for one in bureau.people] if bureau else []
        names += {str(one[4]) for one in register.each("case_milestone_all") if one[4] is not None}
    paragraphs: list[tuple[str, str]] = []
    heading = ""
    for block in report.composed.blocks:
        heading = block.text() if block.kind == "heading" else heading
        paragraphs.append((heading, block.text()))
    return tuple(find_private([*paragraphs, *(("", text) for text in more)], names))


def _plan_of(bureau: Bureau | None) -> Plan:
    if bureau is None or bureau.report is None:
        return read_plan(default_plan_file())
    return plan_of_text(bureau.report.text, bureau.report.name)


def _facts(register: Register, year: int, as_of: date, signed_on: date, bureau: Bureau | None) -> Facts:
    rates = {one.code: one for one in standing_items(register, [year], as_of).rates}
    tallies, lists = _rows(register, year, as_of, bureau)
    return Facts(
        year,
        as_of,
        signed_on,
        bureau.name.zh if bureau else "",
        _figures(register, year, as_of),
        rates,
        tallies,
        lists,
        case_tallies(register, year, as_of),
    )


# --- figures ----------------------------------------------------------------------------------


def _figures(register: Register, year: int, as_of: date) -> dict[str, Told]:
    """Return the figures of a year, each with that of the year before by the same day, and its growth."""
    figures = figures_of_year(register, year, as_of)
    before = beside(register, figures, year, as_of)
    return {one.key: Told(one, *before.get(one.key, (None, None))) for one in figures}


# --- rows -------------------------------------------------------------------------------------


def _rows(
    register: Register, year: int, as_of: date, bureau: Bureau | None
) -> tuple[dict[str, Totals], dict[str, tuple[ListedItem, ...]]]:
    """Return the counts of a year's rows by item, template and in all, and the rows of each list by item."""
    tallies: dict[str, Totals] = {EVERYTHING: Totals()}
    for _, template, *_ in register.all("checklist_of_year", year=year):
        tallies[str(template)] = Totals()
    names = {unit.code: unit.name.zh for unit in bureau.units} if bureau else {}
    lists: dict[str, dict[str, _Listing]] = {name: {} for name in LISTS}
    counts: dict[str, list[int]] = {}
    for values in register.each("row_under", year=year, low="", high="~"):
        row = codec.row(values)
        state, overdue = row.stood(as_of)
        count = counts.setdefault(row.code, [0] * len(Totals._fields))
        done = state == State.DONE
        for place, true in enumerate(
            (True, done, state == State.PARTIAL, state == State.OPEN, state == State.NA, done and row.is_late())
        ):
            count[place] += true
        count[Totals._fields.index("overdue")] += overdue
        for name in _lists_of(row, state, overdue=overdue):
            of_list = lists[name]
            if row.code not in of_list:
                of_list[row.code] = _Listing(row)
            of_list[row.code].take(row, names)
    for code, count in counts.items():
        tally = Totals(*count)
        for name in (code, code.partition("-")[0], EVERYTHING):
            tallies[name] = tallies.get(name, Totals()).plus(tally)
    for item, _ in register.all("item_of_year", year=year):
        tallies.setdefault(str(item), Totals())
    return tallies, {name: tuple(one.listed(register) for one in by_item.values()) for name, by_item in lists.items()}


def _lists_of(row: Row, state: str, *, overdue: bool) -> Iterable[str]:
    if state == State.DONE:
        yield "done"
    if state == State.PARTIAL:
        yield "partial"
    if overdue:
        yield "overdue"
    if row.review == Review.RETURNED:
        yield "returned"
    if state in (State.OPEN, State.PARTIAL):
        yield "unfinished"


class _Listing:
    """The rows of one item on a list, of which only what is told of them is kept."""

    def __init__(self, first: Row) -> None:
        self.first = first
        self.refs: list[str] = []
        self.units: dict[str, None] = {}
        self.due: date | None = None
        self.left: str | None = None
        self.returned: str | None = None

    def take(self, row: Row, names: dict[str, str]) -> None:
        self.refs.append(row.ref)
        self.units[names.get(row.unit, row.unit)] = None
        if row.due is not None and (self.due is None or row.due < self.due):
            self.due = row.due
        self.left = self.left or row.left_to_do
        if row.review == Review.RETURNED:
            self.returned = row.ref

    def listed(self, register: Register) -> ListedItem:
        first, why = self.first, None
        if self.returned is not None:
            found = register.one("review_get", key_year=first.year, key_ref=self.returned)
            why = str(found[3]) if found and found[3] else None
        return ListedItem(
            first.code, first.template, first.section, first.title_zh, tuple(self.refs), tuple(self.units), self.due,
            self.left, why,
        )  # fmt: skip


# --- sources ----------------------------------------------------------------------------------


def _sources(register: Register, facts: Facts, origins: Iterable[Origin]) -> Iterable[ReportSource]:
    """Yield what each number rests on; figures of the year before are looked up as of the same day of it."""
    days = {facts.year: facts.as_of, facts.year - 1: same_day(facts.as_of, facts.year, facts.year - 1)}
    bounds = {**EVERY_REF, "suffix": None, "removed_too": 0}
    evidence = [codec.evidence(one) for one in register.all("evidence_between", year=facts.year, **bounds)]
    held = {year: entries_by_key(register, year, day) for year, day in days.items()}
    for number, origin in enumerate(origins, start=1):
        if origin.what != "figure":
            refs = _rows_of(register, facts.year, origin)
            rows = tuple(SourceRow(ref, _row_seq(register, facts.year, ref)) for ref in refs[:MANY])
            all_refs = frozenset(refs)
            on_rows = tuple(one for one in evidence if one.ref in all_refs)
            figures = _with_entries(register, held, _figures_of_rate(register, facts, origin))
            found = on_rows + _evidence_on(register, figures)
            yield ReportSource(number, origin, None, figures, found, rows, len(refs))
            continue
        told = facts.figures[origin.name]
        figure = told.last if origin.part == "last" and told.last is not None else told.figure
        growth = told.growth if origin.part == "growth" else None
        rests_on = [figure] if growth is None or told.last is None else [figure, told.last]
        figures = _with_entries(register, held, [one for each in rests_on for one in _parts_of(each, facts)])
        yield ReportSource(number, origin, figure, figures, _evidence_on(register, figures), growth=growth)


def _with_entries(
    register: Register, held: dict[int, dict[str, list[FigureEntry]]], figures: Iterable[FigureValue]
) -> tuple[SourceFigure, ...]:
    return tuple(
        SourceFigure(one, tuple(SourceEntry(entry, entry_seq(register, entry)) for entry in _standing(held, one)))
        for one in figures
    )


def _evidence_on(register: Register, figures: Iterable[SourceFigure]) -> tuple[Evidence, ...]:
    """Return the evidence on the entries of figures."""
    entries = [one.entry for part in figures for one in part.entries]
    return tuple(one for each in entries for one in evidence_on(register, each.year, entry_ref(each.key, each.n)))


def _figures_of_rate(register: Register, facts: Facts, origin: Origin) -> list[FigureValue]:
    """Return the two figures that make the rate of an item; none for what is no rate."""
    item = find_item(register, facts.year, origin.name) if origin.what == "rate" else None
    keys: Any = item.body["rate"] if item is not None else {}
    return [facts.figures[key].figure for key in (keys["met"], keys["of"]) if key in facts.figures] if keys else []


def _parts_of(figure: FigureValue, facts: Facts) -> list[FigureValue]:
    """Return the two figures of this year of which one is a rate; any other alone."""
    rule = parse_counted(figure.counted) if figure.source == "rate" and figure.counted is not None else None
    if not isinstance(rule, RateCounted) or figure.year != facts.year:
        return [figure]
    return [facts.figures[key].figure for key in rule if key in facts.figures]


def _standing(held: dict[int, dict[str, list[FigureEntry]]], figure: FigureValue) -> list[FigureEntry]:
    """Return the entries that a figure's value comes from; none where the register counts it."""
    if figure.source != "entries":
        return []
    return speaking(figure.adds, held[figure.year].get(figure.key, []))


def _rows_of(register: Register, year: int, origin: Origin) -> tuple[str, ...]:
    """Return the refs of the rows that are listed, counted of an item, or because of which something is said."""
    if origin.what == "list":
        return origin.refs
    items = origin.refs if origin.what == "claim" else (origin.name,) if origin.what == "rows" else ()
    return tuple(
        codec.row(one).ref
        for item in items
        if "-" in item
        for one in register.all("row_under", year=year, low=item, high=item + "/")
    )


def _row_seq(register: Register, year: int, ref: str) -> int:
    found = register.one("touched_last", key=key_text(year, ref))
    return int(str(found[0])) if found and found[0] is not None else 0
