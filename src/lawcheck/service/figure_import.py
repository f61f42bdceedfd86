"""Figures by the table, a row an entry: all of them or none, as one entry of the journal."""

import re
from contextlib import suppress
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lawcheck.core.dates import parse_date
from lawcheck.core.figure import Amount, FigureEntry, FigureValue, Qualifier
from lawcheck.core.journal import Actor, Change
from lawcheck.core.refs import entry_ref
from lawcheck.core.row import clean_text
from lawcheck.errors import (
    AmountWithoutMeasure,
    BadFile,
    InvalidAmount,
    InvalidDate,
    NegativeAmount,
    ShareBeyond,
    UnknownFigure,
    UnknownUnit,
    WrongMeasure,
)
from lawcheck.library.tables import DIGITS_KEPT, Unusable, read_table
from lawcheck.service.attached import Attach
from lawcheck.service.figures import Reported, entry_change, entry_of, held_figure, typed_amount
from lawcheck.service.nearest import nearest
from lawcheck.service.people import unit_code
from lawcheck.service.years import check_writable, one_year
from lawcheck.store import codec
from lawcheck.store.register import Register

if TYPE_CHECKING:
    from lawcheck.library.nodes import Fault
    from lawcheck.library.tables import Table, TableRow, Value

MOST = 20_000
"""How many entries are taken from one file."""
_WORDS = {
    "key": ("key", "数据", "数据编码", "指标", "指标名称", "数据名称"),
    "value": ("value", "数值", "数值和单位"),
    "measure": ("measure", "计量单位"),
    "on": ("on", "统计日", "日期"),
    "from": ("from", "起始日", "起"),
    "to": ("to", "截止日", "止"),
    "qualifier": ("qualifier", "限定词"),
    "unit": ("unit", "填报单位", "责任单位"),
    "note": ("note", "说明", "备注"),
}
"""What the head may call the columns; the first is what a fault names."""
_HEADS = {word: what for what, words in _WORDS.items() for word in words}
_QUALIFIERS = {
    **{one.value: one for one in Qualifier},
    "约": Qualifier.ABOUT,
    "超过": Qualifier.MORE_THAN,
    "最快": Qualifier.AT_BEST,
    "最优": Qualifier.AT_BEST,
    "累计": Qualifier.CUMULATIVE,
    "推定": Qualifier.INFERRED,
    "推算": Qualifier.INFERRED,
    "按列举计": Qualifier.COUNTED,
    "据原文清点": Qualifier.COUNTED,
}
_TITLE_LINES = 10
"""So many lines above the head may hold a title of the table and what is said of it."""


class FiguresImported(NamedTuple):
    """A table of figures taken: how many entries of how many figures of the year; `entry` None where none was made."""

    file: str
    sheet: str | None
    year: int
    entries: int
    figures: int
    entry: int | None


class _LookedAt(Exception):
    """Ends a transaction in which nothing is to stay."""


def import_figures(
    register: Register,
    actor: Actor,
    file: Path,
    *,
    year: int | None = None,
    dry_run: bool = False,
    attach: Attach | None = None,
) -> FiguresImported:
    """Record an entry for each row of a table: the key, the value with its measure, its days, and what is said of it.

    `attach` returns the changes that put evidence on each of them, in the same entry of the journal.

    Raises:
        BadFile: with every fault of the file; nothing was taken then.

    """
    table = read_table(file, MOST)
    with suppress(_LookedAt), register.transaction():
        meant = one_year(register, year, today=date.fromisoformat(actor.today))
        check_writable(register, meant)
        entries = _Reader(register, actor, table, meant).entries()
        changes: list[Change] = [entry_change(one) for one in entries]
        if attach is not None:
            changes += [change for one in entries for change in attach(meant, entry_ref(one.key, one.n))]
        seq = register.record(actor, "figure import", changes).seq if changes and not dry_run else None
        result = FiguresImported(table.path, table.sheet, meant, len(entries), len({one.key for one in entries}), seq)
        if dry_run:
            raise _LookedAt
    return result


class _Reader:
    """A table of figures on its way into the register, with its faults."""

    def __init__(self, register: Register, actor: Actor, table: "Table", year: int) -> None:
        self.register, self.actor, self.table, self.year = register, actor, table, year
        self.faults: list[Fault] = []
        self.places: dict[str, int] = {}
        self.figures: dict[str, FigureValue] = {}
        self.known: dict[str, dict[tuple[object, ...], int]] = {}
        self.last: dict[str, int] = {}

    def entries(self) -> list[FigureEntry]:
        """Return the entries of all rows.

        Raises:
            BadFile: with every fault.

        """
        start = self._head_line()
        head, *rows = self.table.rows[start:]
        self._read_head(head)
        if not {"key", "value"} <= self.places.keys():
            raise BadFile(faults=self.faults)
        self.faults += [
            self.table.fault(one.first, one.column, "merged-cells", "own-cells")
            for one in self.table.merged
            if one.last >= head.line
        ]
        entries = [entry for row in rows if (entry := self._entry(row)) is not None]
        if self.faults:
            raise BadFile(faults=sorted(self.faults, key=lambda one: (one.line, one.column)))
        return entries

    def _fault(self, line: int, place: int, what: str, expected: str, **parameters: object) -> None:
        self.faults.append(self.table.fault(line, place + 1, what, expected, **parameters))

    def _head_line(self) -> int:
        """Return which row is the head: the first that names the figure and the value; a title may stand above it."""
        for number, row in enumerate(self.table.rows[:_TITLE_LINES]):
            named = {_HEADS.get(_plain(str(value))) for value in row.values if value is not None}
            if {"key", "value"} <= named:
                return number
        return 0

    def _read_head(self, head: "TableRow") -> None:
        for place, value in enumerate(head.values):
            if value is None:
                continue
            what = _HEADS.get(_plain(str(value)))
            if what is None:
                spoken = 0 if str(value).isascii() else 1
                near = nearest(_plain(str(value)), list(_HEADS)) or [words[spoken] for words in _WORDS.values()]
                self._fault(head.line, place, "unknown-column", "figure-column", key=str(value), wanted=near)
            elif what in self.places:
                self._fault(head.line, place, "duplicate-column", "one-column", key=str(value))
            else:
                self.places[what] = place
        for needed in ("key", "value"):
            if needed not in self.places:
                self._fault(head.line, 0, "missing-column", "column-of", wanted=list(_WORDS[needed]))

    def _entry(self, row: "TableRow") -> FigureEntry | None:
        """Return the entry of a row; None where it has a fault."""
        before = len(self.faults)
        figure = self._figure(row)
        said = Reported(
            self._day(row, "on"),
            self._day(row, "from"),
            self._day(row, "to"),
            self._qualifier(row),
            self._unit(row),
            self._text(row, "note"),
        )
        self._check_days(row, said)
        if figure is None:
            return None
        typed = self._typed(row, figure)
        if typed is None:
            return None
        entry = entry_of(figure, self._next(figure), typed, said, self.actor.person)
        twin = self.known[figure.key].setdefault(entry[3:], entry.n)
        if twin != entry.n:
            self._fault(row.line, self.places["key"], "entry-twice", "new-entry", key=figure.key, n=str(twin))
        self.last[figure.key] = entry.n
        return entry if len(self.faults) == before else None

    def _typed(self, row: "TableRow", figure: FigureValue) -> Amount | None:
        """Return the amount of a row; None where it is none of the figure's."""
        faults = len(self.faults)
        text, line, place = self._amount(row), row.line, self.places["value"]
        if len(self.faults) > faults:
            return None
        try:
            return typed_amount(figure, text)
        except InvalidAmount:
            self._fault(line, place, "invalid-amount", "amount", key=text, measure=figure.measure_zh)
        except AmountWithoutMeasure:
            self._fault(line, place, "amount-without-measure", "amount", key=text, measure=figure.measure_zh)
        except WrongMeasure:
            self._fault(line, place, "wrong-measure", "amount", key=text, measure=figure.measure_zh)
        except NegativeAmount:
            self._fault(line, place, "negative-amount", "amount", key=text, measure=figure.measure_zh)
        except ShareBeyond:
            self._fault(line, place, "share-beyond", "amount", key=text, measure=figure.measure_zh)
        return None

    def _figure(self, row: "TableRow") -> FigureValue | None:
        key = self._text(row, "key")
        if key is None:
            self._fault(row.line, self.places["key"], "missing-cell", "required", key=_WORDS["key"][0])
            return None
        if key not in self.figures:
            try:
                figure = held_figure(self.register, self.year, self._titled.get(_plain(key), key))
            except UnknownFigure as error:
                near = error.params["nearest"] or [
                    str(one[1]) for one in self.register.all("figure_of_year", year=self.year)[:5]
                ]
                self._fault(row.line, self.places["key"], "no-such-figure", "figure-of-year", key=key, wanted=near)
                return None
            self.figures[key] = figure
            if figure.key in self.known:
                return figure
            found = self.register.all("figure_entry_of", year=self.year, key=figure.key)
            entries = [codec.figure_entry(one) for one in found]
            self.known[figure.key] = {one[3:]: one.n for one in entries}
            self.last[figure.key] = max((one.n for one in entries), default=0)
        return self.figures[key]

    @cached_property
    def _titled(self) -> dict[str, str]:
        """Return the keys of figures by their titles; a title that two have means neither."""
        found: dict[str, list[str]] = {}
        for _, key, _, *titles in self.register.all("figure_of_year", year=self.year):
            for title in {_plain(str(one)) for one in titles[:2]}:
                found.setdefault(title, []).append(str(key))
        return {title: keys[0] for title, keys in found.items() if len(keys) == 1}

    def _next(self, figure: FigureValue) -> int:
        return self.last[figure.key] + 1

    def _value(self, row: "TableRow", what: str) -> "Value":
        place = self.places.get(what)
        value = row.values[place] if place is not None and place < len(row.values) else None
        if isinstance(value, Unusable):
            assert place is not None  # noqa: S101  # there is a value
            self._fault(row.line, place, value.what, "plain-value", key=value.text[:60])
            return None
        return value

    def _text(self, row: "TableRow", what: str) -> str | None:
        value = self._value(row, what)
        text = clean_text(str(value)) if value is not None else ""
        return text or None

    def _amount(self, row: "TableRow") -> str:
        """Return the value with its measure, which may stand in a column of its own, or in both."""
        value, measure = self._value(row, "value"), self._text(row, "measure") or ""
        if isinstance(value, bool) or value is None:
            return ""
        text = f"{value:.{DIGITS_KEPT}g}" if isinstance(value, float) else str(value)
        return text if measure and _plain(text).endswith(_plain(measure)) else text + measure

    def _day(self, row: "TableRow", what: str) -> date | None:
        value = self._value(row, what)
        if value is None:
            return None
        if isinstance(value, date):
            return date(value.year, value.month, value.day)
        try:
            return parse_date(str(value))
        except InvalidDate:
            self._fault(row.line, self.places[what], "unreadable-day", "day-cell", key=str(value))
            return None

    def _check_days(self, row: "TableRow", said: Reported) -> None:
        for what, day in (("on", said.on), ("from", said.begins), ("to", said.ends)):
            if day is not None and day.year != self.year:
                self._fault(
                    row.line, self.places[what], "foreign-year", "day-of-year", key=day.isoformat(), year=str(self.year)
                )
            elif day is not None and what != "to" and day.isoformat() > self.actor.today:
                self._fault(
                    row.line, self.places[what], "future-day", "day-come", key=day.isoformat(), today=self.actor.today
                )
        if said.begins is not None and (said.ends is None or said.ends < said.begins):
            self._fault(row.line, self.places["from"], "range-reversed", "range-in-order", key=said.begins.isoformat())
        if said.on is not None and said.ends is not None:
            self._fault(row.line, self.places["on"], "day-and-period", "day-or-period", key=said.on.isoformat())

    def _qualifier(self, row: "TableRow") -> Qualifier:
        text = self._text(row, "qualifier")
        found = _QUALIFIERS.get(_plain(text)) if text else Qualifier.EXACT
        if found is None:
            wanted = [one.value for one in Qualifier]
            self._fault(row.line, self.places["qualifier"], "no-such-qualifier", "one-of", key=text, wanted=wanted)
            return Qualifier.EXACT
        return found

    def _unit(self, row: "TableRow") -> str | None:
        text = self._text(row, "unit")
        if text is None:
            return None
        try:
            return unit_code(self.register, text)
        except UnknownUnit as error:
            wanted = error.params["nearest"]
            self._fault(row.line, self.places["unit"], "no-such-unit", "one-of", key=text, wanted=wanted)
            return None


def _plain(text: str) -> str:
    """Return a word as it is compared: half width, small letters, single spaces, no word in brackets."""
    if not text.isascii():
        import unicodedata

        text = unicodedata.normalize("NFKC", text)
    return " ".join(re.sub(r"\(.*?\)", "", text).split()).lower()
