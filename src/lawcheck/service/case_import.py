"""Cases by the thousand from a table, a row a case: all of them or none, as one entry."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from heapq import nsmallest
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lawcheck.core.case import OutOfOrder, Plan, Reached, all_out_of_order
from lawcheck.core.dates import FIRST_YEAR, LAST_YEAR, moment_text
from lawcheck.core.journal import WHOLE, Actor, Change
from lawcheck.core.row import clean_text
from lawcheck.errors import (
    BadFile,
    InvalidDate,
    InvalidFact,
    MissingParameter,
    UnknownFact,
    UnknownTemplate,
    UnknownUnit,
)
from lawcheck.service.case_rows import CaseLine, Fields, Held, Moved, consequences, milestone_fields, plan_for
from lawcheck.service.cases import (
    Kept,
    bureau_of,
    case_fields,
    case_unit,
    facts_given,
    keep_template,
    next_ref,
    shipped_case,
)
from lawcheck.service.people import unit_code
from lawcheck.service.working_days import calendar_of
from lawcheck.store.entities import key_text
from lawcheck.store.register import Register

if TYPE_CHECKING:
    from lawcheck.library.nodes import Fault
    from lawcheck.library.tables import Merged, Table, TableRow, Value

MOST = 20_000
"""How many cases are taken from one file: each entry of the journal is read as a whole."""
SOON_DAYS = 14
URGENT = 10
"""How many of the most urgent rows are named."""
Progress = Callable[[int, int], None]
_STEP = 100


class Taken(NamedTuple):
    """The cases of a kind that were taken: how many, their first and last ref."""

    template: str
    title_zh: str
    title_en: str
    cases: int
    first: str
    last: str


class Warned(NamedTuple):
    """A case whose milestones stand out of order, as the law does not forbid, and where in the file."""

    ref: str
    line: int
    out_of_order: OutOfOrder


class CasesImported(NamedTuple):
    """A table of cases taken: what came of it, and the faults of the rows left out (`left` of them).

    Of the rows that the cases got, `done` are done (`late` of them late), and of the open ones `overdue` are over
    their day and `soon` due within 14 days; `urgent` are the first of both. `entry` is None where nothing was written.
    """

    file: str
    sheet: str | None
    taken: tuple[Taken, ...]
    rows: int
    done: int
    late: int
    overdue: int
    soon: int
    provisional: int
    urgent: tuple[Moved, ...]
    warnings: tuple[Warned, ...]
    titles: dict[str, tuple[str, str]]
    left: int
    faults: "tuple[Fault, ...]"
    entry: int | None
    today: date


class _Column(NamedTuple):
    """What a column holds: one of the plain parts, or a milestone or fact of the kind of case by its name."""

    what: str
    name: str
    place: int


class _Kind(NamedTuple):
    """A kind of case met in the file, with the numbers that its cases have: by whom, or in which line of the file."""

    kept: Kept
    plan: Plan
    columns: list[_Column]
    foreign: list[int]
    numbers: dict[str, str | int]
    first: int


class _Case(NamedTuple):
    """A row read without a fault."""

    line: int
    kind: _Kind
    number: str
    title: str
    unit: str
    facts: tuple[str, ...]
    milestones: tuple[Reached, ...]
    warnings: list[OutOfOrder]


class _LookedAt(Exception):
    """Ends a transaction in which nothing is to stay."""


def import_cases(  # noqa: PLR0913  # how a file is taken
    register: Register,
    actor: Actor,
    file: Path,
    *,
    template: str | None = None,
    good_rows: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> CasesImported:
    """Open a case for each row of a table, with its milestones and facts, as one entry.

    The head names the columns: number, title, opened, unit, facts, template, and milestones and facts by their names
    or titles. With `good_rows` the rows without a fault are taken; otherwise one fault keeps all from being taken.

    Raises:
        BadFile: with every fault of the file.
        UnknownTemplate: there is no such case template.
        MissingParameter: neither an option nor a column names the kind of case.

    """
    from lawcheck.library.tables import read_table  # workbooks: only here

    table = read_table(file, MOST)
    found: CasesImported | None = None
    try:
        with register.transaction():
            found = _Import(register, actor, table, progress or (lambda _done, _of: None)).run(
                template, good_rows=good_rows, dry_run=dry_run
            )
            if found.entry is None:
                raise _LookedAt  # noqa: TRY301  # nothing that was kept on the way stays
    except _LookedAt:
        pass
    assert found is not None  # noqa: S101  # anything else has raised
    return found


class _Import:
    """One table on its way into the register."""

    def __init__(self, register: Register, actor: Actor, table: "Table", progress: Progress) -> None:
        self.register = register
        self.actor = actor
        self.table = table
        self.progress = progress
        self.head, *self.rows = table.rows
        self.faults: list[Fault] = []
        self.bureau, self.changes = bureau_of(register)
        self.kinds: dict[str, _Kind | None] = {}
        self.units: dict[str, str | None] = {}

    def run(self, template: str | None, *, good_rows: bool, dry_run: bool) -> CasesImported:
        """Read every row, then open the cases.

        Raises:
            BadFile: with every fault.

        """
        self._check_merged()
        common = self._common_columns()
        if template is None and "template" not in common:
            raise MissingParameter(name="--template")
        if template is not None:
            kept, changes = keep_template(self.register, shipped_case(template))
            self._add_kind(kept, changes)
        if self.faults:
            raise BadFile(faults=self.faults)
        cases: list[_Case] = []
        left = 0
        of = 2 * len(self.rows)
        merged = {line for one in self.table.merged for line in range(one.first, min(one.last, one.first + MOST) + 1)}
        for done, row in enumerate(self.rows):
            before = len(self.faults)
            case = self._case(row, common, template)
            if row.line in merged:
                before = -1
            if case is not None and len(self.faults) == before:
                case.kind.numbers[case.number] = row.line
                cases.append(case)
            else:
                left += 1
            if done % _STEP == 0:
                self.progress(done, of)
        self._check_columns()
        self.faults += [self._merged_fault(one) for one in self.table.merged]
        self.faults.sort(key=lambda one: (one.line, one.column))
        if self.faults and (not good_rows or not cases):
            raise BadFile(faults=self.faults)
        return self._opened(cases, left, dry_run=dry_run)

    # --- the head -----------------------------------------------------------------------------

    def _fault(self, line: int, place: int, what: str, expected: str, **parameters: object) -> None:
        self.faults.append(self.table.fault(line, place + 1, what, expected, **parameters))

    def _merged_fault(self, merged: "Merged") -> "Fault":
        return self.table.fault(merged.first, merged.column, "merged-cells", "own-cells")

    def _check_merged(self) -> None:
        """Refuse a head with merged cells: its columns cannot be told.

        Raises:
            BadFile: it has some.

        """
        head = [one for one in self.table.merged if one.first <= self.head.line]
        if head:
            raise BadFile(faults=[self._merged_fault(one) for one in head])

    def _common_columns(self) -> dict[str, int]:
        """Return the places of the columns that every kind of case has."""
        found: dict[str, int] = {}
        seen: dict[str, int] = {}
        for place, value in enumerate(self.head.values):
            if not isinstance(value, str):
                used = value is not None or any(place < len(row.values) and row.values[place] for row in self.rows)
                if used:
                    self._fault(self.head.line, place, "nameless-column", "column-name")
                continue
            name = _plain(value)
            what = _HEADS.get(name, name)
            if what in seen:
                self._fault(self.head.line, place, "duplicate-column", "one-column", key=value)
            seen[what] = place
            if name in _HEADS:
                found[what] = place
        for row in self.rows:
            if len(row.values) > len(self.head.values):
                self._fault(row.line, len(self.head.values), "nameless-column", "column-name")
        for needed in ("number", "title"):
            if needed not in found:
                self._fault(self.head.line, 0, "missing-column", "column-of", wanted=list(_WORDS[needed]))
        return found

    def _add_kind(self, kept: Kept, changes: list[Change]) -> _Kind:
        plan = plan_for(kept.key, self.register)
        names = _names_of(plan, kept.document)
        columns: list[_Column] = []
        foreign: list[int] = []
        there: set[tuple[str, str]] = set()
        for place, value in enumerate(self.head.values):
            if not isinstance(value, str) or _plain(value) in _HEADS:
                continue
            meant = names.get(_plain(value), ())
            if len(meant) > 1:
                wanted = [name for _, name in meant]
                self._fault(self.head.line, place, "ambiguous-column", "one-of", key=value, wanted=wanted)
            elif not meant:
                foreign.append(place)
            elif meant[0] in there:
                self._fault(self.head.line, place, "duplicate-column", "one-column", key=value)
            else:
                there.add(meant[0])
                columns.append(_Column(*meant[0], place))
        any_state = {"unit": None, "state": None, "number": None}
        taken = self.register.each("case_list", template=kept.template, **any_state)
        numbers: dict[str, str | int] = {str(values[3]): str(values[0]) for values in taken}
        first = int(next_ref(self.register, kept.template).partition("-")[2])
        self.changes += changes
        kind = self.kinds[kept.template] = _Kind(kept, plan, columns, foreign, numbers, first)
        return kind

    def _check_columns(self) -> None:
        """Note the columns that no kind of case in the file knows."""
        kinds = [kind for kind in self.kinds.values() if kind is not None]
        if not kinds:
            return
        for place in sorted(set.intersection(*(set(kind.foreign) for kind in kinds))):
            names = [name for kind in kinds for name in (*kind.plan.milestones, *kind.plan.facts)]
            key = str(self.head.values[place])
            near = _nearest(key, [*_HEADS, *names])
            self._fault(self.head.line, place, "unknown-column", "known-column", key=key, wanted=near)

    # --- a row --------------------------------------------------------------------------------

    def _case(self, row: "TableRow", common: dict[str, int], template: str | None) -> _Case | None:
        """Return the case of a row; None where its kind cannot be told, and something else with faults noted."""
        kind = self._kind(row, common, template)
        if kind is None:
            return None
        values = row.values
        texts: dict[str, str] = {}
        for what in ("number", "title"):
            text = self._text(row, common[what])
            if text is None:
                self._missing(row, common[what])
            texts[what] = text or ""
        number = texts["number"]
        taken = kind.numbers.get(number)
        if taken is not None and number:
            what = "number-taken" if isinstance(taken, str) else "number-twice"
            self._fault(row.line, common["number"], what, "own-number", key=number, ref=taken)
        place = common.get("unit")
        unit = self._unit(row, place) if place is not None and _at(values, place) is not None else None
        facts = self._facts(row, kind, common.get("facts"))
        for place in kind.foreign:
            if _at(values, place) is not None and len(self.kinds) > 1:
                self._fault(row.line, place, "foreign-cell", "empty-cell", template=kind.kept.template)
        milestones, warnings = self._milestones(row, kind, common.get("opened"))
        if not milestones:
            return None
        return _Case(
            row.line, kind, number, texts["title"],
            unit if unit is not None else case_unit(kind.kept.document, self.bureau), facts, milestones,
            warnings,
        )  # fmt: skip

    def _kind(self, row: "TableRow", common: dict[str, int], template: str | None) -> _Kind | None:
        place = common.get("template")
        text = self._text(row, place) if place is not None else None
        if text is None:
            if template is None and place is not None:
                self._missing(row, place)
            return next(iter(self.kinds.values())) if template is not None else None
        code = text.upper()
        if place is not None and code not in self.kinds:
            try:
                self._add_kind(*keep_template(self.register, shipped_case(text)))
            except UnknownTemplate as error:
                self.kinds[code] = None
                wanted = error.params["nearest"]
                self._fault(row.line, place, "unknown-case-template", "one-of", key=text, wanted=wanted)
                return None
        kind = self.kinds[code]
        if place is not None and (
            kind is None or (template is not None and kind is not next(iter(self.kinds.values())))
        ):
            wanted = [name for name, one in self.kinds.items() if one is not None][:1]
            self._fault(row.line, place, "unknown-case-template", "one-of", key=text, wanted=wanted)
            return None
        return kind

    def _missing(self, row: "TableRow", place: int) -> None:
        from lawcheck.library.tables import Unusable

        if not isinstance(_at(row.values, place), Unusable):
            self._fault(row.line, place, "missing-cell", "required", key=str(self.head.values[place]))

    def _usable(self, row: "TableRow", place: int) -> "str | int | float | date | None":
        """Return what a cell holds; None for nothing, and for what is not relied on, which is noted."""
        from lawcheck.library.tables import Unusable

        value = _at(row.values, place)
        if isinstance(value, Unusable):
            self._fault(row.line, place, value.what, "plain-value", key=value.text[:60])
            return None
        return value

    def _text(self, row: "TableRow", place: int) -> str | None:
        value = _at(row.values, place)
        if type(value) is not str:
            value = self._usable(row, place)
        if value is None:
            return None
        if isinstance(value, (int, float)):
            if abs(value) >= _DIGITS_LOST:
                self._fault(row.line, place, "digits-lost", "number-as-text", key=f"{value:.0f}")
            return str(int(value)) if value == int(value) else str(value)
        return " ".join(clean_text(value).split()) if isinstance(value, str) else value.isoformat()[:10]

    def _unit(self, row: "TableRow", place: int) -> str | None:
        text = self._text(row, place)
        if text is None:
            return None
        if text not in self.units:
            named = {name: one["code"] for one in self.bureau["units"] for name in one["name"].values()}
            try:
                self.units[text] = named[text] if text in named else unit_code(self.register, text)
            except UnknownUnit:
                self.units[text] = None
        if self.units[text] is None:
            known = [one["code"] for one in self.bureau["units"]]
            self._fault(row.line, place, "no-such-unit", "one-of", key=text, wanted=known[:20])
        return self.units[text]

    def _facts(self, row: "TableRow", kind: _Kind, place: int | None) -> tuple[str, ...]:
        holds: dict[str, bool] = {}
        if place is not None and (text := self._text(row, place)) is not None:
            for one in re.split(r"[,;，；、\s]+", text):
                if one:
                    holds |= self._fact(row, kind, place, one)
        for column in kind.columns:
            if column.what == "fact" and (value := self._usable(row, column.place)) is not None:
                said = str(int(value)) if isinstance(value, (bool, float)) and value in {0, 1} else str(value)
                holds |= self._fact(row, kind, column.place, f"{column.name}={said}")
        return tuple(sorted(name for name, true in holds.items() if true))

    def _fact(self, row: "TableRow", kind: _Kind, place: int, text: str) -> dict[str, bool]:
        name, equals, value = text.partition("=")
        titles = {
            one["title"][language]: one["name"] for one in kind.kept.document["facts"] for language in ("zh", "en")
        }
        try:
            return facts_given(kind.plan, [titles.get(name, name) + equals + value])
        except UnknownFact:
            self._fault(row.line, place, "no-such-fact", "one-of", key=name, wanted=list(kind.plan.facts))
        except InvalidFact:
            self._fault(row.line, place, "unclear-fact", "yes-or-no", key=value)
        return {}

    # --- milestones ---------------------------------------------------------------------------

    def _milestones(
        self, row: "TableRow", kind: _Kind, opened: int | None
    ) -> tuple[tuple[Reached, ...], list[OutOfOrder]]:
        """Return a row's milestones, the one that opens the case first, and what stands out of order.

        There are none where the one that opens the case is missing.
        """
        plan, values = kind.plan, row.values
        places: dict[str, int] = {}
        found: list[Reached] = []
        if opened is not None and (at := self._moment(row, opened, plan, plan.opens)) is not None:
            found.append(Reached(plan.opens, 1, at))
            places[plan.opens] = opened
        for what, name, place in kind.columns:
            if what != "milestone" or _at(values, place) is None:
                continue
            at = self._moment(row, place, plan, name)
            if at is None:
                continue
            if name in places:
                if at != found[0].at:
                    key = str(self.head.values[places[name]])
                    self._fault(row.line, place, "opened-twice", "one-day", key=key, other=found[0].at)
                continue
            places[name] = place
            found.append(Reached(name, 1, at))
        if plan.opens not in places:
            columns = [one.place for one in kind.columns if one.name == plan.opens and one.what == "milestone"]
            if opened is not None or columns:
                self._missing(row, opened if opened is not None else columns[0])
            else:
                wanted = [*_WORDS["opened"], plan.opens]
                self._fault(row.line, len(values), "missing-opened", "column-of", wanted=wanted)
            return (), []
        found.sort(key=lambda one: one.name != plan.opens)
        reached = tuple(found)
        warnings = all_out_of_order(plan, reached) if len(reached) > 1 else []
        for one in warnings:
            if one.impossible:
                self._fault(row.line, places[one.name], "milestone-impossible", "lawful-order", **one._asdict())
        return reached, warnings

    def _moment(self, row: "TableRow", place: int, plan: Plan, name: str) -> str | None:
        """Return when a milestone was reached; None where that cannot be told, which is noted."""
        milestone = plan.milestones[name]
        value = _at(row.values, place)
        if not isinstance(value, (str, date)):
            value = self._usable(row, place)
        if value is None:
            return None
        at = _moment_of(value)
        if at is None:
            self._fault(row.line, place, "unreadable-day", "day-cell", key=str(value))
            return None
        if not milestone.timed and at.endswith(" 00:00"):
            at = at[:10]
        if at[:10] > self.actor.today and not milestone.planned:
            self._fault(row.line, place, "future-day", "day-come", key=at, today=self.actor.today)
        if milestone.timed and len(at) == 10:
            self._fault(row.line, place, "no-time", "day-and-time", key=at)
        return at

    # --- the cases ----------------------------------------------------------------------------

    def _opened(self, cases: Sequence[_Case], left: int, *, dry_run: bool) -> CasesImported:
        """Open the cases: the things of one kind after the other, as they are written fastest."""
        calendar = calendar_of(self.register)
        files: list[Change] = []
        milestones: list[Change] = []
        rows: list[Change] = []
        moved: list[Moved] = []
        warnings: list[Warned] = []
        counts = dict.fromkeys(self.kinds, 0)
        of = 2 * len(cases)
        for done, case in enumerate(cases):
            kept, plan = case.kind.kept, case.kind.plan
            ref = f"{kept.template}-{case.kind.first + counts[kept.template]:02}"
            counts[kept.template] += 1
            line = CaseLine(
                ref, kept.template, kept.n, case.number, case.title, case.unit, case.milestones[0].at[:10],
                case.facts, "open", None,
            )  # fmt: skip
            files.append(Change("case", ref, WHOLE, None, case_fields(line)))
            milestones += [
                Change("milestone", key_text(ref, one.name, 1), WHOLE, None, milestone_fields(one))
                for one in case.milestones
            ]
            held = Held(line, kept.document, plan, case.milestones, (), (), {})
            follow, its = consequences(held, self.actor, calendar, self.bureau)
            for change in follow:
                (rows if change.entity == "case_row" else milestones).append(change)
            moved += its
            warnings += [Warned(ref, case.line, one) for one in case.warnings]
            if done % _STEP == 0:
                self.progress(len(cases) + done, of)
        entry = None
        if not dry_run:
            changes = [*self.changes, *files, *milestones, *rows]
            entry = self.register.record(self.actor, "case import", changes).seq
        return self._counted(_taken(self.kinds, counts), moved, warnings, left, entry)

    def _counted(
        self, taken: tuple[Taken, ...], moved: list[Moved], warnings: list[Warned], left: int, entry: int | None
    ) -> CasesImported:
        today = date.fromisoformat(self.actor.today)
        day, soon = today.isoformat(), (today + timedelta(days=SOON_DAYS)).isoformat()
        waiting = [one for one in moved if one.what == "new" and one.due is not None and one.due <= soon]
        titles = {
            one["name"]: (one["title"]["zh"], one["title"]["en"])
            for kind in self.kinds.values()
            if kind is not None
            for one in kind.kept.document["milestones"]
        }
        return CasesImported(
            self.table.path,
            self.table.sheet,
            taken,
            len(moved),
            sum(one.what == "done" for one in moved),
            sum(one.what == "done" and one.late for one in moved),
            sum(one.due is not None and one.due < day for one in waiting),
            sum(one.due is not None and one.due >= day for one in waiting),
            sum(one.what == "new" and one.provisional for one in moved),
            tuple(nsmallest(URGENT, waiting, key=lambda one: (one.due or "", one.ref))),
            tuple(warnings),
            titles,
            left,
            tuple(self.faults),
            entry,
            today,
        )


def _taken(kinds: dict[str, _Kind | None], counts: dict[str, int]) -> tuple[Taken, ...]:
    return tuple(
        Taken(
            name, kind.kept.document["title"]["zh"], kind.kept.document["title"]["en"], counts[name],
            f"{name}-{kind.first:02}", f"{name}-{kind.first + counts[name] - 1:02}",
        )
        for name, kind in kinds.items()
        if kind is not None and counts[name]
    )  # fmt: skip


# --- names and values -------------------------------------------------------------------------

_WORDS = {
    "number": ("number", "文号", "案号", "编号"),
    "title": ("title", "标题", "案由", "案件名称"),
    "opened": ("opened", "收到日期", "开案日期", "来件日期"),
    "unit": ("unit", "单位", "承办单位", "承办机构"),
    "facts": ("facts", "事实", "情形"),
    "template": ("template", "类别", "案件类别"),
}
"""What the head may call the columns that every kind of case has."""
_HEADS = {word: what for what, words in _WORDS.items() for word in words}
_DIGITS_LOST = 10**15
_SECONDS = re.compile(r"([0-9]:[0-5][0-9]):[0-5][0-9](?:\.[0-9]+)?$")


def _plain(text: str) -> str:
    """Return a name in the head as it is compared: half width, small letters, single spaces."""
    if not text.isascii():
        import unicodedata

        text = unicodedata.normalize("NFKC", text)
    return " ".join(text.split()).lower()


def _names_of(plan: Plan, document: Fields) -> dict[str, list[tuple[str, str]]]:
    """Return what a name in the head can mean for a kind of case: (`milestone` or `fact`, its name)."""
    found: dict[str, list[tuple[str, str]]] = {}
    for what, known in (("milestone", document["milestones"]), ("fact", document["facts"])):
        for one in known:
            for title in one["title"].values():
                meant = found.setdefault(_plain(title), [])
                if (what, one["name"]) not in meant:
                    meant.append((what, one["name"]))
    found |= {name: [("fact", name)] for name in plan.facts}
    return found | {name: [("milestone", name)] for name in plan.milestones}


def _at(values: "Sequence[Value]", place: int) -> "Value":
    return values[place] if place < len(values) else None


def _moment_of(value: object) -> str | None:
    """Return a day, or a day with a time, as it is kept; None where it is neither."""
    if isinstance(value, str):
        return _moment_read(value)
    if isinstance(value, datetime):
        value += timedelta(seconds=0.5)  # a workbook counts days in fractions
        text = value.isoformat(" ", "minutes")[:16]
    elif isinstance(value, date):
        text = value.isoformat()
    else:
        return None
    return text if FIRST_YEAR <= value.year <= LAST_YEAR else None


@lru_cache(maxsize=4096)
def _moment_read(text: str) -> str | None:
    try:
        return moment_text(_SECONDS.sub(r"\1", text))
    except InvalidDate:
        return None


def _nearest(name: str, known: Sequence[str]) -> list[str]:
    from lawcheck.service.nearest import nearest

    return nearest(_plain(name), list(known)) or [words[0] for words in _WORDS.values()]
