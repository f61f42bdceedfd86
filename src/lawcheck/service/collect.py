"""Workbooks collected from units: what they report, held against the register as it stands, and taken over."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from lawcheck.core.dates import parse_date
from lawcheck.core.figure import Adds, Amount, FigureValue
from lawcheck.core.handout import OTHER_WORDS, STATES, UNSTATED
from lawcheck.core.journal import Actor, Change, Entry
from lawcheck.core.row import Fields, Row, clean_text, partly_done, set_aside, ticked
from lawcheck.core.words import Review, State
from lawcheck.errors import (
    AlreadyDone,
    AmountWithoutMeasure,
    BadFile,
    BeforePeriod,
    FutureDate,
    InvalidAmount,
    InvalidDate,
    NegativeAmount,
    NoOpenYear,
    NoSuchFile,
    NotApplicable,
    NoYearStarted,
    ShareBeyond,
    UnknownFigure,
    WrongMeasure,
)
from lawcheck.library.answers import Answer, Returned, read_answers
from lawcheck.library.nodes import Fault
from lawcheck.library.tables import Unusable, Value
from lawcheck.service.figures import Reported, entry_change, entry_of, held_figure, typed_amount
from lawcheck.service.journal import LogLine, lines_about, lines_collected
from lawcheck.service.people import bureau_held
from lawcheck.service.rows import note_change, row_changes
from lawcheck.service.years import check_writable, one_year
from lawcheck.store import codec
from lawcheck.store.entities import key_text
from lawcheck.store.register import Register

Progress = Callable[[int, int], None]


class Outcome(NamedTuple):
    """What comes of an answer.

    `what` is `done`, `partial`, `na`, `note`, `amount`, `same` (the register says so already) or `conflict`. `text` is
    what was reported: a note, what is left, a reason, an amount. A conflict names the entry that came in between and by
    whom; both are None where the row went to another unit or is gone.
    """

    what: str
    key: str
    title_zh: str
    title_en: str
    place: str
    on: date | None = None
    text: str | None = None
    seq: int | None = None
    person: str | None = None


class Collected(NamedTuple):
    """A workbook that came back without a fault: of which unit, what it reports, the entry that took it over."""

    path: str
    unit: str
    unit_zh: str
    unit_en: str
    made_on: date
    outcomes: tuple[Outcome, ...]
    entry: int | None


class Unanswered(NamedTuple):
    """A unit that has something open and of which no workbook came back."""

    unit: str
    unit_zh: str
    unit_en: str
    rows: int
    overdue: int


class AnsweredBefore(NamedTuple):
    """A unit that has something open, and of which a workbook was taken over since: by which entry, on which day."""

    unit: str
    unit_zh: str
    unit_en: str
    entry: int
    on: date


class Collection(NamedTuple):
    """All workbooks of a command, the faults of those left out, who answered before, and who has not answered."""

    year: int
    applied: bool
    workbooks: tuple[Collected, ...]
    unanswered: tuple[Unanswered, ...]
    left: int
    faults: tuple[Fault, ...]
    answered_before: tuple[AnsweredBefore, ...] = ()


class _LookedAt(Exception):
    """Ends a transaction in which nothing is to stay."""


def collect(  # noqa: PLR0913  # how workbooks are taken
    register: Register,
    actor: Actor,
    files: Sequence[Path],
    *,
    year: int | None = None,
    apply: bool = False,
    good_files: bool = False,
    progress: Progress | None = None,
) -> Collection:
    """Read workbooks that units filled in, and take over what they report, an entry a workbook; or look only.

    One fault keeps all from being taken, unless `good_files` says to take those without one. What changed in the
    register since a workbook was handed out is a conflict and is left as it stands.

    Raises:
        BadFile: with every fault of every workbook.
        YearNotStarted: the year holds no checklist.
        YearClosed: the year is closed.

    """
    report = progress or (lambda _done, _of: None)
    faults: list[Fault] = []
    read = list(_read(files, faults, report))
    with suppress(_LookedAt), register.transaction():
        meant = _year_meant(register, year, actor, read)
        check_writable(register, meant)
        collecting = _Collecting(register, actor, meant)
        taken = [found for one in read if (found := collecting.take(one)) is not None]
        faults += collecting.faults
        if faults and not (good_files and taken):
            raise BadFile(faults=faults)
        workbooks = tuple(taken if apply else (one._replace(entry=None) for one in taken))
        unanswered, before = collecting.still_open({one.unit for one in taken})
        result = Collection(meant, apply, workbooks, unanswered, len(files) - len(taken), tuple(faults), before)
        if not apply:
            raise _LookedAt
    return result


def _year_meant(register: Register, year: int | None, actor: Actor, read: Sequence[Returned]) -> int:
    """Return the year asked for, or the one that is open.

    Raises:
        YearNotStarted: the year holds no checklist.
        NoYearStarted: no year is open.
        YearClosed: no year is open, and that of a workbook is closed.

    """
    try:
        return one_year(register, year, today=date.fromisoformat(actor.today))
    except (NoOpenYear, NoYearStarted):
        for one in read:
            if one.binding.register_id == register.id():
                check_writable(register, one.binding.year)
        raise


def _read(files: Sequence[Path], faults: list[Fault], report: Progress) -> Iterator[Returned]:
    """Yield the workbooks that are as they were handed out, with the faults of the others noted."""
    bindings: dict[str, str] = {}
    for done, file in enumerate(files):
        report(done, len(files))
        try:
            found = read_answers(file)
        except BadFile as error:
            faults += error.params["faults"]  # type: ignore[arg-type]
            continue
        except NoSuchFile as error:
            faults.append(Fault(str(file), 1, 1, "unreadable", "handed-out", {"problem": str(error.params["reason"])}))
            continue
        key = found.binding.hash()
        if key in bindings:
            faults.append(found.whole("given-twice", "once", other=bindings[key]))
            continue
        bindings[key] = found.path
        yield found


class _Collecting:
    """Workbooks held against a register one after the other, with their faults."""

    def __init__(self, register: Register, actor: Actor, year: int) -> None:
        """Take the register, in a transaction."""
        self.register = register
        self.actor = actor
        self.year = year
        self.today = date.fromisoformat(actor.today)
        bureau = bureau_held(register) or {"units": []}
        self.units: dict[str, dict[str, str]] = {str(one["code"]): one["name"] for one in bureau["units"]}
        self.faults: list[Fault] = []
        self.handed_out: list[int] = []
        """The journal's heads when the workbooks that were looked at were handed out."""

    def still_open(self, answered: set[str]) -> tuple[tuple[Unanswered, ...], tuple[AnsweredBefore, ...]]:
        """Return the units that have something open and of which no workbook came back now: never, or before."""
        never: list[Unanswered] = []
        once: list[AnsweredBefore] = []
        found = self.register.all("row_open_by_unit", year=self.year, today=self.actor.today)
        missing = [
            (str(unit), int(str(rows)), int(str(overdue))) for unit, rows, overdue in found if str(unit) not in answered
        ]
        before = self._collected_since(min(self.handed_out)) if missing and self.handed_out else {}
        for unit, rows, overdue in missing:
            name = self.units.get(unit, {"zh": unit, "en": unit})
            if unit in before:
                once.append(AnsweredBefore(unit, name["zh"], name["en"], *before[unit]))
            else:
                never.append(Unanswered(unit, name["zh"], name["en"], rows, overdue))
        return tuple(never), tuple(once)

    def _collected_since(self, seq: int) -> dict[str, tuple[int, date]]:
        """Return the last entry after one by which a workbook of each unit was taken over for the year, and its day."""
        found: dict[str, LogLine] = {}
        lines = {line.entry.seq: line for line in lines_collected(self.register, seq)}
        taken_back = {line.undoes for line in lines.values()}
        for line in lines.values():
            verb, _, unit = line.entry.command.partition(" ")
            of_year = any(change.key.startswith(f"{self.year}/") for change in line.changes or ())
            if verb == "collect" and line.entry.seq not in taken_back and of_year:
                found[unit] = line
        return {unit: (line.entry.seq, _day_of(line.entry)) for unit, line in found.items()}

    def take(self, returned: Returned) -> Collected | None:
        """Take a workbook over and return what it reports; None where it has a fault, which is noted."""
        before = len(self.faults)
        if not self._is_ours(returned):
            return None
        self.handed_out.append(returned.binding.seq)
        outcomes: list[Outcome] = []
        changes: list[Change] = []
        for answer in returned.answers:
            if not answer.is_empty():
                one = _OneAnswer(self, returned, answer)
                found = one.of_row() if "state" in answer.values else one.of_figure()
                if found is not None:
                    outcomes.append(found[0])
                    changes += found[1]
        if len(self.faults) > before:
            return None
        binding = returned.binding
        name = self.units[binding.unit]
        entry = self.register.record(self.actor, f"collect {binding.unit}", changes).seq if changes else None
        return Collected(returned.path, binding.unit, name["zh"], name["en"], binding.made_on, tuple(outcomes), entry)

    def _is_ours(self, returned: Returned) -> bool:
        """Tell whether a workbook is of this register, of its present history, of the year meant and of a unit."""
        binding = returned.binding
        if binding.register_id != self.register.id():
            self.faults.append(returned.whole("other-register", "own-register", key=binding.register_id))
        elif (held := self.register.one("entry_at", seq=binding.seq)) is None or held[0] != binding.head:
            self.faults.append(returned.whole("other-head", "own-register", key=binding.seq))
        elif self.register.one("year_get", key_year=binding.year) == ("closed",):
            self.faults.append(returned.whole("closed-year", "open-year", key=binding.year))
        elif binding.year != self.year:
            self.faults.append(returned.whole("other-year", "year-meant", key=binding.year, year=self.year))
        elif binding.unit not in self.units:
            wanted = list(self.units)[:20]
            self.faults.append(returned.whole("no-such-unit", "one-of", key=binding.unit, wanted=wanted))
        else:
            return True
        return False


Found = tuple[Outcome, list[Change]]


class _OneAnswer:
    """One line that was filled in."""

    def __init__(self, collecting: _Collecting, returned: Returned, answer: Answer) -> None:
        """Take the line."""
        self.collecting = collecting
        self.register = collecting.register
        self.returned = returned
        self.answer = answer
        self.place = f"{answer.sheet}!{answer.line}"
        self.fine = True

    def _fault(self, name: str, what: str, expected: str, **parameters: object) -> None:
        self.fine = False
        self.collecting.faults.append(self.returned.fault(self.answer, name, what, expected, **parameters))

    # --- a row --------------------------------------------------------------------------------

    def of_row(self) -> Found | None:
        """Return what comes of a row's answer; None where it has a fault, which is noted."""
        state, on, text = self._state(), self._day(), self._text()
        self._check_whole(state, text)
        if not self.fine:
            return None
        key = self.answer.key
        held = self.register.one("row_get", year=self.returned.binding.year, ref=key)
        if held is None:
            return Outcome("conflict", key, "", "", self.place, text=text), []
        row = codec.row(held)
        if state is None or state is State.OPEN:
            return self._noted(row, text)
        return self._changed(row, state, on, text)

    def _noted(self, row: Row, text: str | None) -> Found:
        """Return what comes of a line that leaves its row open: a note, once."""
        titles = (row.ref, row.title_zh, row.title_en, self.place)
        notes = {str(note[1]) for note in self.register.all("note_of", year=row.year, ref=row.ref)}
        if text is None or text in notes:
            return Outcome("same", *titles, text=text), []
        if row.review == Review.ACCEPTED:  # a word more would end the acceptance
            seq, person = self._touched_since(row.year, row.ref) or (None, None)
            return Outcome("conflict", *titles, text=text, seq=seq, person=person), []
        return Outcome("note", *titles, text=text), [self._note(row, text)]

    def _changed(self, row: Row, state: State, on: date | None, text: str | None) -> Found | None:
        """Return what comes of a line that changes its row; None where the rules do not allow it, which is noted."""
        titles = (row.ref, row.title_zh, row.title_en, self.place)
        if _says_so(row, state, on, text):
            return Outcome("same", *titles, on=on, text=text), []
        later = self._touched_since(row.year, row.ref)
        if later is not None:
            return Outcome("conflict", *titles, on=on, text=text, seq=later[0], person=later[1]), []
        if row.unit != self.returned.binding.unit:
            return Outcome("conflict", *titles, on=on, text=text), []
        fields = self._fields(row, state, on, text)
        if fields is None:
            return None
        changes = row_changes(self.register, row, fields)[1]
        if state is State.DONE and text is not None:
            changes.append(self._note(row, text))
        return Outcome(state.value, *titles, on=on, text=text), changes

    def _state(self) -> State | None:
        value = self._usable("state")
        if value is None:
            return None
        word = str(value).strip()
        found = STATES.get(word) or OTHER_WORDS.get(word.lower())
        if found is None:
            self._fault("state", "unknown-state", "one-of", key=word, wanted=list(STATES))
        return found

    def _check_whole(self, state: State | None, text: str | None) -> None:
        """Note what is missing beside a state, and a day without one."""
        values = self.answer.values
        if state is State.DONE and values["on"] is None:
            self._fault("on", "day-missing", "day-or-unstated", key=self.answer.key)
        elif state is not State.DONE and self.fine and values["on"] is not None:
            self._fault("on", "day-without-done", "empty-or-done", key=self.answer.key)
        if text is None and values["text"] is None:
            if state is State.PARTIAL:
                self._fault("text", "left-missing", "some-text", key=self.answer.key)
            elif state is State.NA:
                self._fault("text", "reason-missing", "some-text", key=self.answer.key)

    def _fields(self, row: Row, state: State, on: date | None, text: str | None) -> Fields | None:
        """Return the new fields of a row; None where the rules do not allow them, which is noted."""
        person, today = self.collecting.actor.person, self.collecting.today
        try:
            if state is State.DONE:
                return ticked(row, on=on, by=person, today=today)
            if state is State.PARTIAL:
                return partly_done(row, left=text or "", by=person, today=today)
            return set_aside(row, why=text or "", today=today)
        except FutureDate:
            self._fault("on", "future-day", "day-come", key=str(on), today=today.isoformat())
        except BeforePeriod as error:
            self._fault("on", "before-period", "day-from", key=str(on), wanted=str(error.params["begins"]))
        except (AlreadyDone, NotApplicable):
            self._fault("state", "row-settled", "open-row", key=row.ref)
        return None

    def _note(self, row: Row, text: str) -> Change:
        return note_change(self.register, self.collecting.actor, row.year, row.ref, text)

    def _touched_since(self, *key: object) -> tuple[int, str] | None:
        """Return the last entry that changed a thing after it was handed out, and by whom.

        What was done and taken back since changed nothing.
        """
        handed_out = self.returned.binding.seq
        (seq,) = self.register.one("touched_last", key=key_text(*key)) or (None,)
        if seq is None or int(str(seq)) <= handed_out:
            return None
        taken_back: set[int] = set()
        for line in lines_about(self.register, key_text(*key)):
            if line.entry.seq <= handed_out:
                return None
            if line.undoes is not None and line.undoes > handed_out:
                taken_back.add(line.undoes)
            elif line.entry.seq not in taken_back:
                return line.entry.seq, line.entry.person
        return None

    # --- a figure -----------------------------------------------------------------------------

    def of_figure(self) -> Found | None:
        """Return what comes of a figure's answer; None where it has a fault, which is noted."""
        year, key = self.returned.binding.year, self.answer.key
        try:
            figure = held_figure(self.register, year, key)
        except UnknownFigure:
            return Outcome("conflict", key, "", "", self.place), []
        amount, on, text = self._amount(figure), self._day(), self._text()
        if on is not None and on.year != year:
            self._fault("on", "outside-year", "day-of-year", key=on.isoformat(), year=year)
        elif on is not None and on > self.collecting.today:
            self._fault("on", "future-day", "day-come", key=on.isoformat(), today=self.collecting.actor.today)
        if amount is None or not self.fine:
            return None
        unit, titles = self.returned.binding.unit, (key, figure.title_zh, figure.title_en, self.place)
        told = amount.digits + amount.multiple + figure.measure_zh
        entries = [codec.figure_entry(one) for one in self.register.all("figure_entry_of", year=year, key=key)]
        changed = {
            n: found for n in range(1, self.answer.last + 1) if (found := self._touched_since(year, key, n)) is not None
        }
        later = [
            one
            for one in entries
            if one.n in changed or (one.n > self.answer.last and (figure.adds == Adds.LAST or one.unit in (None, unit)))
        ]  # what another unit reports since adds up with this
        if any((one.digits, one.multiple, one.unit, one.on_date) == (*amount[:2], unit, on) for one in later):
            return Outcome("same", *titles, on=on, text=told), []
        if later:
            return Outcome("conflict", *titles, on=on, text=told, person=later[-1].person), []
        if changed:  # what had been entered was taken back
            seq, person = max(changed.values())
            return Outcome("conflict", *titles, on=on, text=told, seq=seq, person=person), []
        n = max((one.n for one in entries), default=0) + 1
        entry = entry_of(figure, n, amount, Reported(on=on, unit=unit, note=text), self.collecting.actor.person)
        return Outcome("amount", *titles, on=on, text=told), [entry_change(entry)]

    def _amount(self, figure: FigureValue) -> Amount | None:
        """Return an amount: the measure of its line stands for one that was not written."""
        value, measure = self._usable("value"), figure.measure_zh
        if value is None:
            if self.fine and self.answer.values["value"] is None:
                self._fault("value", "amount-missing", "amount", key=self.answer.key, measure=measure)
            return None
        text = _number_text(value)
        for written in (text, f"{text}{measure}") if text is not None else ():
            with suppress(AmountWithoutMeasure, InvalidAmount, WrongMeasure, NegativeAmount, ShareBeyond):
                return typed_amount(figure, written)
        self._fault("value", "bad-amount", "amount", key=str(value), measure=measure)
        return None

    # --- cells --------------------------------------------------------------------------------

    def _usable(self, name: str) -> "str | int | float | date | None":
        value = self.answer.values[name]
        if isinstance(value, Unusable):
            self._fault(name, value.what, "plain-value", key=value.text[:60])
            return None
        return value

    def _text(self) -> str | None:
        value = self._usable("text")
        if value is None:
            return None
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return clean_text(value.isoformat()[:10] if isinstance(value, date) else str(value)) or None

    def _day(self) -> date | None:
        """Return a day; None where none is given or it is not known. A number is no day: nothing is guessed."""
        value = self._usable("on")
        if value is None or (isinstance(value, str) and value.strip().lower() in UNSTATED):
            return None
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        with suppress(InvalidDate):
            if isinstance(value, str):
                return parse_date(value)
        self._fault("on", "unreadable-day", "day-cell", key=str(value))
        return None


_BEIJING = timedelta(hours=8)


def _day_of(entry: Entry) -> date:
    """Return the day of an entry: the one that was set, or that of its instant in Beijing."""
    return date.fromisoformat(entry.today) if entry.today else (datetime.fromisoformat(entry.at) + _BEIJING).date()


def _says_so(row: Row, state: State, on: date | None, text: str | None) -> bool:
    """Tell whether a row stands as was reported."""
    if row.state != state:
        return False
    if state is State.DONE:
        return row.done_on == on
    return text == (row.left_to_do if state is State.PARTIAL else row.why)


def _number_text(value: "Value") -> str | None:
    """Return a number as it was typed; None for what is none."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 10**15 else repr(value)
    return str(value)
