"""Rows (行): what is ticked and counted, and which changes of a row the rules allow."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from lawcheck.core.words import State
from lawcheck.errors import AlreadyDone, BeforePeriod, EmptyText, FutureDate, NotApplicable, NothingToUntick

if TYPE_CHECKING:
    from lawcheck.core.calendar import Calendar
    from lawcheck.core.evidence import Evidence


class Row(NamedTuple):
    """A row with the words of its item.

    `done_on` None on a done row means that the day was not stated: never on time, counted apart. `due` None means
    that no day is fixed. `recorded_on` is the day the present state was written down. `evidence` is what stands on it,
    where that was asked for.
    """

    year: int
    ref: str
    code: str
    template: str
    kind: str
    title_zh: str
    title_en: str
    weight: int
    section: str
    unit: str
    period: str | None
    occasion: int | None
    begins: date
    due: date | None
    due_from: str | None
    state: str
    left_to_do: str | None
    why: str | None
    done_on: date | None
    done_by: str | None
    recorded_on: date | None
    assignee: str | None
    review: str
    happening: str | None
    provisional: int = 0
    reckoning: str | None = None
    due_time: str | None = None
    earliest: date | None = None
    target: date | None = None
    done_time: str | None = None
    rule: int | None = None
    choice: str | None = None
    n: int = 1
    evidence: tuple["Evidence", ...] = ()

    def is_of_case(self) -> bool:
        """Tell whether the row belongs to a case: its `ref` begins with the case's, its year is 0."""
        return self.year == 0

    def case_ref(self) -> str:
        """Return the ref of the case that a case's row belongs to."""
        return self.ref.partition(".")[0]

    def is_unfinished(self) -> bool:
        """Tell whether something is still to be done."""
        return self.state in (State.OPEN, State.PARTIAL)

    def stood(self, as_of: date) -> tuple[str, bool]:
        """Return the state as of a day, and whether the row was overdue on it: what was done later was open."""
        later = self.state == State.DONE and self.done_on is not None and self.done_on > as_of
        state = State.OPEN.value if later else self.state
        unfinished = state in (State.OPEN, State.PARTIAL)
        return state, unfinished and self.due is not None and self.due < as_of

    def days_overdue(self, today: date) -> int:
        """Return how many days the row is overdue, 0 when it is not."""
        if self.due is None or not self.is_unfinished():
            return 0
        return max(0, (today - self.due).days)

    def is_due_after(self, today: date) -> bool:
        """Tell whether something is still to be done and its due day lies ahead."""
        return self.due is not None and self.due > today and self.is_unfinished()

    def working_days_left(self, today: date, calendar: "Calendar | None") -> int | None:
        """Return how many working days lie after today up to the due day, 0 on that day and when overdue.

        None where nothing is to be done or no day is fixed, and where the day lies ahead but there is no calendar.
        """
        if self.due is None or not self.is_unfinished():
            return None
        if self.due <= today:
            return 0
        return None if calendar is None else calendar.count(today, self.due)

    def reaches_unknown(self, today: date, calendar: "Calendar | None") -> bool:
        """Tell whether the days left reach into a year whose holidays are not known: its weekends alone count."""
        if calendar is None or self.due is None or not self.is_due_after(today):
            return False
        return not calendar.knows(today.toordinal() + 1, self.due.toordinal())

    def days_late(self) -> int:
        """Return how many days after its due date the row was done, 0 when in time or not known."""
        if self.due is None or self.done_on is None or self.state != State.DONE:
            return 0
        return max(0, (self.done_on - self.due).days)

    def is_late(self) -> bool:
        """Tell whether the row was done after its due day, or after its hour where the term runs in hours."""
        if self.days_late():
            return True
        on_the_day = self.due is not None and self.done_on == self.due and self.state == State.DONE
        return on_the_day and bool(self.due_time and self.done_time and self.done_time > self.due_time)

    def is_early(self) -> bool:
        """Tell whether what must last was ended before its earliest lawful day."""
        return self.earliest is not None and self.done_on is not None and self.done_on < self.earliest

    def days_recorded_after(self) -> int:
        """Return how many days after its day the tick was recorded (补录), 0 when at once or not known."""
        if self.done_on is None or self.recorded_on is None:
            return 0
        return max(0, (self.recorded_on - self.done_on).days)


Fields = dict[str, object]
"""The fields of a row that change, by name."""

_CLEARED: Fields = {"left_to_do": None, "why": None, "done_on": None, "done_by": None}


def ticked(row: Row, *, on: date | None, by: str, today: date) -> Fields:
    """Return the fields of a row that becomes done on a day, None when the day is not stated.

    Raises:
        AlreadyDone: the row is done.
        NotApplicable: the row was set aside.
        FutureDate: the day has not come.
        BeforePeriod: the day lies before the row could be asked for.

    """
    _can_tick(row)
    if on is not None and on > today:
        raise FutureDate(date=on.isoformat(), today=today.isoformat(), ref=row.ref)
    if on is not None and on < _earliest(row):
        raise BeforePeriod(ref=row.ref, date=on.isoformat(), begins=row.begins.isoformat())
    return {**_CLEARED, "state": State.DONE, "done_on": on, "done_by": by, "recorded_on": today}


def _earliest(row: Row) -> date:
    """Return the first day on which a row can be done: a yearly one in the year before, as plans are; others begin."""
    return row.begins if row.period or row.occasion or row.is_of_case() else date(row.begins.year - 1, 1, 1)


def partly_done(row: Row, *, left: str, by: str, today: date) -> Fields:
    """Return the fields of a row that is done but for what is left.

    Raises:
        AlreadyDone: the row is done.
        NotApplicable: the row was set aside.
        EmptyText: nothing is said to be left.

    """
    _can_tick(row)
    return {
        **_CLEARED,
        "state": State.PARTIAL,
        "left_to_do": required_text(left, "--partial"),
        "done_by": by,
        "recorded_on": today,
    }


def reopened(row: Row, *, today: date) -> Fields:
    """Return the fields of a row that is open again; what was said of it in review is another matter.

    Raises:
        NothingToUntick: the row is open.

    """
    if row.state == State.OPEN:
        raise NothingToUntick(ref=row.ref, year=row.year)
    return {**_CLEARED, "state": State.OPEN, "recorded_on": today}


def set_aside(row: Row, *, why: str, today: date) -> Fields:
    """Return the fields of a row that does not apply, with the reason.

    Raises:
        AlreadyDone: the row is done; it is unticked first.
        NotApplicable: the row was set aside already.

    """
    _can_tick(row)
    return {**_CLEARED, "state": State.NA, "why": why, "recorded_on": today}


def required_text(text: str, option: str) -> str:
    """Return a reason or note without outer space.

    Raises:
        EmptyText: when no word is left.

    """
    words = clean_text(text)
    if not words:
        raise EmptyText(option=option)
    return words


def clean_text(text: str) -> str:
    """Return free text as it is kept: outer space gone, null bytes and lone surrogates replaced.

    Anything else stays as typed; what could steer a terminal is made harmless where it is shown.
    """
    return text.strip().replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def _can_tick(row: Row) -> None:
    if row.state == State.DONE:
        day = row.done_on.isoformat() if row.done_on else None
        raise AlreadyDone(ref=row.ref, year=row.year, done_by=row.done_by, done_on=day)
    if row.state == State.NA:
        raise NotApplicable(ref=row.ref, year=row.year, why=row.why)
