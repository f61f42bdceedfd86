"""A table of cases read: its head names the columns, its rows are told apart into cases and faults."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from lawcheck.core.case import OutOfOrder, Plan, Reached, all_missing_steps, all_out_of_order
from lawcheck.core.dates import FIRST_YEAR, LAST_YEAR, moment_text
from lawcheck.core.refs import normalise
from lawcheck.core.row import clean_text
from lawcheck.errors import (
    BadFile,
    InvalidDate,
    InvalidFact,
    MissingParameter,
    UnknownFact,
    UnknownTemplate,
)
from lawcheck.library.places import case_files
from lawcheck.library.tables import Unusable
from lawcheck.service.case_rows import Fields, plan_for
from lawcheck.service.cases import Kept, bureau_of, case_unit, facts_given, keep_template, next_ref, shipped_case
from lawcheck.service.nearest import nearest
from lawcheck.store.register import Register

if TYPE_CHECKING:
    from lawcheck.library.nodes import Fault
    from lawcheck.library.tables import Merged, Table, TableRow, Value

Progress = Callable[[int, int], None]
STEP = 100
"""How many rows pass between two reports of progress."""


class _Column(NamedTuple):
    """What a column holds: one of the plain parts, or a milestone or fact of the kind of case by its name."""

    what: str
    name: str
    place: int


class Kind(NamedTuple):
    """A kind of case met in the file, with the numbers that its cases have: by whom, or in which line of the file."""

    kept: Kept
    plan: Plan
    columns: list[_Column]
    foreign: list[int]
    numbers: dict[str, str | int]
    first: int


class ReadCase(NamedTuple):
    """A row read without a fault."""

    line: int
    kind: Kind
    number: str
    title: str
    unit: str
    facts: tuple[str, ...]
    milestones: tuple[Reached, ...]
    warnings: list[OutOfOrder]


class CaseTable:
    """A table of cases on its way into the register, with its faults.

    `changes` keep what the register does not hold yet: a bureau, templates.
    """

    def __init__(self, register: Register, today: str, table: "Table") -> None:
        """Take the table; nothing is read yet."""
        self.register = register
        self.today = today
        self.table = table
        self.head, *self.rows = table.rows
        self.faults: list[Fault] = []
        self.bureau, self.changes = bureau_of(register)
        self.kinds: dict[str, Kind] = {}
        self.meant: dict[str, Kind | None] = {}
        self.units: dict[str, str | None] = {}
        self.unknown: set[int] = set()

    def read(self, template: str | None, *, good_rows: bool, progress: Progress) -> tuple[list[ReadCase], int]:
        """Return the cases of the rows without a fault, and how many rows have one; both with `good_rows` only.

        Raises:
            BadFile: with every fault, also where none of the rows is good or the head is at fault.
            UnknownTemplate: there is no such case template.
            MissingParameter: neither an option nor a column names the kind of case.

        """
        self._check_merged()
        common = self._common_columns()
        given = self._add_kind(shipped_case(template)) if template is not None else None
        if given is None and "template" not in common:
            raise MissingParameter(name="--template")
        if not {"number", "title"} <= common.keys():
            raise BadFile(faults=self.faults)
        kinds = [self._kind(row, common.get("template"), given) for row in self.rows]
        self._check_columns()
        at_head = any(one.line <= self.head.line for one in self.faults)
        merged = {line for one in self.table.merged for line in range(one.first, min(one.last, self.rows_end()) + 1)}
        self.faults += [self._merged_fault(one) for one in self.table.merged]
        cases: list[ReadCase] = []
        for done, (row, kind) in enumerate(zip(self.rows, kinds, strict=True)):
            before = len(self.faults)
            case = self._case(row, common, kind) if kind is not None else None
            if case is not None and len(self.faults) == before and row.line not in merged:
                case.kind.numbers[case.number] = row.line
                cases.append(case)
            if done % STEP == 0:
                progress(done, 2 * len(self.rows))
        self.faults.sort(key=lambda one: (one.line, one.column))
        if self.faults and (at_head or not good_rows or not cases):
            raise BadFile(faults=self.faults)
        return cases, len(self.rows) - len(cases)

    def rows_end(self) -> int:
        """Return the line of the last row."""
        return self.rows[-1].line if self.rows else self.head.line

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
            if isinstance(value, Unusable):
                self._fault(self.head.line, place, value.what, "plain-value", key=value.text[:60])
                continue
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
        for needed in ("number", "title"):
            if needed not in found:
                self._fault(self.head.line, 0, "missing-column", "column-of", wanted=list(_WORDS[needed]))
        return found

    def _add_kind(self, document: Fields) -> Kind:
        kept, changes = keep_template(self.register, document)
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
        kind = self.kinds[kept.template] = Kind(kept, plan, columns, foreign, numbers, first)
        return kind

    def _check_columns(self) -> None:
        """Note the columns that no kind of case in the file knows."""
        foreign = [set(kind.foreign) for kind in self.kinds.values()]
        self.unknown = set.intersection(*foreign) if foreign else set()
        known = [*_HEADS, *(name for kind in self.kinds.values() for name in (*kind.plan.milestones, *kind.plan.facts))]
        for place in sorted(self.unknown):
            key = str(self.head.values[place])
            near = nearest(_plain(key), known) or [words[0] for words in _WORDS.values()]
            self._fault(self.head.line, place, "unknown-column", "known-column", key=key, wanted=near)

    # --- a row --------------------------------------------------------------------------------

    def _case(self, row: "TableRow", common: dict[str, int], kind: Kind) -> ReadCase | None:
        """Return the case of a row, with its faults noted; None where it has no first day."""
        values = row.values
        if len(values) > len(self.head.values):
            self._fault(row.line, len(self.head.values), "nameless-column", "column-name")
        texts: dict[str, str] = {}
        for what in ("number", "title"):
            text = self._text(row, common[what])
            if text is None:
                self._missing(row, common[what])
            texts[what] = text or ""
        number = texts["number"]
        taken = kind.numbers.get(number)
        if isinstance(taken, str):
            self._fault(row.line, common["number"], "number-taken", "own-number", key=number, ref=taken)
        elif taken is not None:
            self._fault(row.line, common["number"], "number-twice", "own-number", key=number, ref=taken)
        place = common.get("unit")
        unit = self._unit(row, place) if place is not None and _at(values, place) is not None else None
        facts = self._facts(row, kind, common.get("facts"))
        for place in kind.foreign:
            if place not in self.unknown and _at(values, place) is not None:
                self._fault(row.line, place, "foreign-cell", "empty-cell", template=kind.kept.template)
        milestones, warnings = self._milestones(row, kind, common.get("opened"), facts)
        if not milestones:
            return None
        return ReadCase(
            row.line, kind, number, texts["title"],
            unit if unit is not None else case_unit(kind.kept.document, self.bureau), facts, milestones,
            warnings,
        )  # fmt: skip

    def _kind(self, row: "TableRow", place: int | None, given: Kind | None) -> Kind | None:
        """Return the kind of a row's case; None where it cannot be told, which is noted."""
        text = self._text(row, place) if place is not None else None
        if place is None or text is None:
            if place is None or _at(row.values, place) is None:
                if given is None and place is not None:
                    self._missing(row, place)
                return given
            return None
        if text not in self.meant:
            plain = normalise(text)
            try:
                self.meant[text] = self.kinds.get(plain) or self._add_kind(shipped_case(plain))
            except UnknownTemplate:
                self.meant[text] = None
        kind = self.meant[text]
        if kind is None or (given is not None and kind is not given):
            wanted = [given.kept.template] if given is not None else [path.stem for path in case_files()]
            self._fault(row.line, place, "unknown-case-template", "one-of", key=text, wanted=wanted)
            return None
        return kind

    def _missing(self, row: "TableRow", place: int) -> None:
        if _at(row.values, place) is None:  # anything else has been noted
            self._fault(row.line, place, "missing-cell", "required", key=str(self.head.values[place]))

    def _usable(self, row: "TableRow", place: int) -> "str | int | float | date | None":
        """Return what a cell holds; None for nothing, and for what is not relied on, which is noted."""
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
            units = self.bureau["units"]
            named = {name: one["code"] for one in units for name in (one["code"], *one["name"].values())}
            self.units[text] = named.get(text) or named.get(normalise(text))
        if self.units[text] is None:
            wanted = [one["code"] for one in self.bureau["units"]][:20]
            self._fault(row.line, place, "no-such-unit", "one-of", key=text, wanted=wanted)
        return self.units[text]

    def _facts(self, row: "TableRow", kind: Kind, place: int | None) -> tuple[str, ...]:
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

    def _fact(self, row: "TableRow", kind: Kind, place: int, text: str) -> dict[str, bool]:
        name, equals, value = text.partition("=")
        titles = {title: one["name"] for one in kind.kept.document["facts"] for title in one["title"].values()}
        try:
            return facts_given(kind.plan, [titles.get(name, name) + equals + value])
        except UnknownFact:
            self._fault(row.line, place, "no-such-fact", "one-of", key=name, wanted=list(kind.plan.facts))
        except InvalidFact:
            self._fault(row.line, place, "unclear-fact", "yes-or-no", key=value)
        return {}

    # --- milestones ---------------------------------------------------------------------------

    def _milestones(
        self, row: "TableRow", kind: Kind, opened: int | None, facts: tuple[str, ...]
    ) -> tuple[tuple[Reached, ...], list[OutOfOrder]]:
        """Return a row's milestones, the one that opens the case first, and what stands out of order or is missing.

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
                milestones = kind.kept.document["milestones"]
                titles = {each["name"]: (each["title"]["zh"], each["title"]["en"]) for each in milestones}
                self._fault(
                    row.line,
                    places[one.name],
                    "milestone-impossible",
                    "lawful-order",
                    name=(one.name, titles[one.name]),
                    at=one.at,
                    other=(one.other, titles[one.other]),
                    other_at=one.other_at,
                )
        return reached, warnings + all_missing_steps(plan, facts, reached)

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
        if at[:10] > self.today and not milestone.planned:
            self._fault(row.line, place, "future-day", "day-come", key=at, today=self.today)
        if milestone.timed and len(at) == 10:
            self._fault(row.line, place, "no-time", "day-and-time", key=at)
        return at


# --- names and values -------------------------------------------------------------------------

_WORDS = {
    "number": ("number", "文号", "案号", "编号"),
    "title": ("title", "标题", "名称", "案由", "案件名称"),
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
