"""What officers do to rows: tick, untick, set aside, note, assign; and what happens on occasion."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from lawcheck.core.journal import WHOLE, Actor, Change, fallen
from lawcheck.core.refs import parse_ref, row_ref
from lawcheck.core.row import (
    Fields,
    Row,
    clean_text,
    partly_done,
    reopened,
    required_text,
    set_aside,
    ticked,
)
from lawcheck.core.words import Kind, Review, State
from lawcheck.errors import AmbiguousRef, FutureDate, NotAnOccasion, NotAskedOn, NotOfYear, OutsideYear, UnknownRef
from lawcheck.service.attached import Attach, with_evidence
from lawcheck.service.finding import find_item, find_row, matching_rows, unknown_ref
from lawcheck.service.people import person_id
from lawcheck.service.working_days import calendar_for
from lawcheck.service.years import check_writable, one_year, years_meant
from lawcheck.store import codec
from lawcheck.store.entities import key_text
from lawcheck.store.register import Register

if TYPE_CHECKING:
    from lawcheck.core.calendar import Calendar
    from lawcheck.service.case_rows import Moved, Warned


class Changed(NamedTuple):
    """Rows after a command, with the entry that holds it; `moved` are others of the same cases that followed.

    The calendar counts the days left of rows that are open; None where no row has a day ahead. `without_law` says that
    the law which set a term for an occasion was not in force on its day; `warnings` are of cases that got a milestone,
    `fell` acceptances that fell away.
    """

    command: str
    rows: tuple[Row, ...]
    seq: int
    today: date
    moved: tuple["Moved", ...] = ()
    calendar: "Calendar | None" = None
    without_law: bool = False
    warnings: tuple["Warned", ...] = ()
    fell: tuple[Change, ...] = ()


class Noted(NamedTuple):
    """A note written on a row, or on an item that has no row of its own; `fell` is an acceptance that fell away."""

    year: int
    ref: str
    title_zh: str
    title_en: str
    text: str
    seq: int
    fell: tuple[Change, ...] = ()


def tick(  # noqa: PLR0913  # a tick is a day, a note and what is left; each has its own option
    register: Register,
    actor: Actor,
    refs: Sequence[str],
    *,
    year: int | None = None,
    on: date | None,
    note: str | None = None,
    partial: str | None = None,
    attach: Attach | None = None,
) -> Changed:
    """Tick rows as done on a day (None: not stated), or partly done with what is left. All of them or none.

    `attach` returns the changes that put evidence on each of them, in the same entry.

    Raises:
        NotFound: a ref means no row or several.
        Refused: a row is done or set aside, or the day has not come.

    """
    today = date.fromisoformat(actor.today)

    def fields(row: Row) -> Fields:
        if partial is not None:
            return partly_done(row, left=partial, by=actor.person, today=today)
        return ticked(row, on=on, by=actor.person, today=today)

    return _change(register, actor, "tick", refs, year, fields, note, attach)


def untick(register: Register, actor: Actor, refs: Sequence[str], *, why: str, year: int | None = None) -> Changed:
    """Reopen rows, with the reason as a note.

    Raises:
        EmptyText: no reason is given.
        NothingToUntick: a row is open.

    """
    reason = required_text(why, "--why")
    today = date.fromisoformat(actor.today)
    return _change(register, actor, "untick", refs, year, lambda row: reopened(row, today=today), reason)


def set_rows_aside(
    register: Register, actor: Actor, refs: Sequence[str], *, why: str, year: int | None = None
) -> Changed:
    """Set rows aside as not applicable, with the reason.

    Raises:
        EmptyText: no reason is given.
        Refused: a row is done or set aside already.

    """
    reason = required_text(why, "--why")
    today = date.fromisoformat(actor.today)
    return _change(register, actor, "na", refs, year, lambda row: set_aside(row, why=reason, today=today), None)


def assign(register: Register, actor: Actor, refs: Sequence[str], name: str, *, year: int | None = None) -> Changed:
    """Give rows to a person; `-` takes them back from everybody.

    Raises:
        EmptyText: no name is given.

    """
    person = required_text(name, "NAME")
    if person != "-":
        person = person_id(register, person)
    return _change(
        register, actor, "assign", refs, year, lambda _: {"assignee": None if person == "-" else person}, None
    )


def _change(  # noqa: PLR0913  # the one place where rows change
    register: Register,
    actor: Actor,
    command: str,
    refs: Sequence[str],
    year: int | None,
    fields: Callable[[Row], Fields],
    note: str | None,
    attach: Attach | None = None,
) -> Changed:
    words = required_text(note, "--note") if note is not None else None
    with register.transaction():
        rows = list(dict.fromkeys(find_row(register, ref, year, actor.today) for ref in refs))
        of_years = [row for row in rows if not row.is_of_case()]
        changes: list[Change] = []
        after: dict[Row, Row] = {}
        for one in dict.fromkeys(row.year for row in of_years):
            check_writable(register, one)
        for row in of_years:
            changed, made = row_changes(register, row, fields(row))
            changes += made
            if words is not None:
                changes.append(note_change(register, actor, row.year, row.ref, words))
            changes += attach(row.year, row.ref) if attach is not None else ()
            after[row] = changed
        if len(of_years) < len(rows):
            return _change_cases(register, actor, command, rows, after, changes, fields, words, attach)
        entry = register.record(actor, command, changes)
        done = with_evidence(register, after.values())
    today = date.fromisoformat(actor.today)
    calendar = calendar_for(register, done, today)
    return Changed(command, done, entry.seq, today, calendar=calendar, fell=fallen(changes))


def row_changes(register: Register, row: Row, new: Fields) -> tuple[Row, list[Change]]:
    """Return a row of a year with new fields, and the changes that give it these; what was said of it may end first."""
    unreviewed, changes = _unreviewed(register, row, new)
    key = key_text(row.year, row.ref)
    changes += [
        Change("row", key, name, codec.encoded(getattr(row, name)), codec.encoded(value))
        for name, value in new.items()
        if codec.encoded(getattr(row, name)) != codec.encoded(value)
    ]
    return unreviewed._replace(**new), changes  # type: ignore[arg-type]  # the fields of a row by name


def _unreviewed(register: Register, row: Row, new: Fields) -> tuple[Row, list[Change]]:
    """Return a row that is to change without what was said of it in review, and the changes by which that ends.

    An acceptance falls away with another content; a return is answered once the row is done or set aside.
    """
    if row.review == Review.NONE:
        return row, []
    from lawcheck.service.reviews import unreviewed_for  # only where there are reviews

    return unreviewed_for(register, row, new)


def _change_cases(  # noqa: PLR0913  # as above, with what was done so far
    register: Register,
    actor: Actor,
    command: str,
    rows: list[Row],
    after: dict[Row, Row],
    changes: list[Change],
    fields: Callable[[Row], Fields],
    words: str | None,
    attach: Attach | None,
) -> Changed:
    """Change rows of cases with the rest: what ends with a milestone records it, and others may follow."""
    from lawcheck.service.case_rows import case_note_change, changed_rows  # only where there are cases

    of_cases = [(row, fields(row)) for row in rows if row.is_of_case()]
    follow, moved, warnings = changed_rows(register, actor, of_cases)
    if words is not None:
        follow += [case_note_change(register, actor, row.ref, words) for row, _ in of_cases]
    if attach is not None:
        follow += [change for row, _ in of_cases for change in attach(row.year, row.ref)]
    entry = register.record(actor, command, changes + follow)
    for row, _ in of_cases:
        after[row] = codec.case_row(register.one("case_row_one", ref=row.ref) or ())
    done = with_evidence(register, (after[row] for row in rows))
    others = tuple(one for one in moved if one.ref not in {row.ref for row in done})
    today = date.fromisoformat(actor.today)
    calendar = calendar_for(register, done, today)
    fell = fallen([*changes, *follow])
    return Changed(command, done, entry.seq, today, others, calendar, warnings=tuple(warnings), fell=fell)


def note_change(register: Register, actor: Actor, year: int, ref: str, text: str) -> Change:
    """Return the change that writes one more note on a row or item."""
    n = max((int(str(held[0])) for held in register.all("note_of", year=year, ref=ref)), default=0) + 1
    new = {"text": text, "person": actor.person, "on_date": actor.today}
    return Change("note", key_text(year, ref, n), WHOLE, None, new)


def note_on(register: Register, actor: Actor, ref: str, text: str, *, year: int | None = None) -> Noted:
    """Write a note on a row, or on an item that has no row: a rate, or an occasion that has not come.

    Raises:
        EmptyText: the note holds no words.
        NotFound: the ref means nothing or several rows.

    """
    words = required_text(text, "TEXT")
    with register.transaction():
        parsed = parse_ref(ref)
        years = years_meant(register, year)
        falls: list[Change] = []
        rows = [row for one in years for row in matching_rows(register, one, parsed)]
        items = [item for one in years if (item := find_item(register, one, parsed.code)) is not None]
        if not rows and len(items) > 1 and parsed.text == parsed.code:
            raise AmbiguousRef(ref=parsed.text, candidates=[(item.code, item.year) for item in reversed(items)], more=0)
        case = None if rows or items else register.one("case_file_get", key_ref=parsed.code)
        if not rows and len(items) == 1 and parsed.text == parsed.code:
            item = items[0]
            target = (item.year, item.code, item.title_zh, item.title_en)
        elif case is not None and parsed.text == parsed.code:
            target = (0, parsed.code, str(case[3]), str(case[3]))
        else:
            row = find_row(register, ref, year, actor.today)
            target = (row.year, row.ref, row.title_zh, row.title_en)
            if row.review == Review.ACCEPTED:
                from lawcheck.service.reviews import falls_away  # only where there are reviews

                falls = falls_away(register, row)
        if case is not None:
            from lawcheck.service.case_rows import case_note_change  # only where there are cases

            change = case_note_change(register, actor, target[1], words)
        else:
            check_writable(register, target[0])
            change = note_change(register, actor, target[0], target[1], words)
        entry = register.record(actor, "note", [*falls, change])
    return Noted(*target, words, entry.seq, fallen(falls))


def record_occasion(
    register: Register, actor: Actor, code: str, *, on: date, note: str, year: int | None = None
) -> Changed:
    """Record that an occasion came on a day: its item gets a row, `PL-02.1`, for every unit that has one.

    Where the item names a clock, the rule in force on that day fixes the row's last day.

    Raises:
        UnknownRef: there is no such item.
        NotAnOccasion: the item is of another kind.
        NotAskedOn: neither law nor practice asks for the item on that day.
        FutureDate: the day has not come.
        OutsideYear: the day is not of the checklist's year.

    """
    from lawcheck.core.force import asked_around, asked_on  # only where something happened

    words = required_text(note, "--note")
    today = date.fromisoformat(actor.today)
    if on > today:
        raise FutureDate(date=on.isoformat(), today=actor.today)
    ref = parse_ref(code)
    with register.transaction():
        meant = one_year(register, year if year is not None else on.year)
        if on.year != meant:
            raise OutsideYear(date=on.isoformat(), year=meant)
        check_writable(register, meant)
        item = find_item(register, meant, ref.code)
        if item is None:
            raise unknown_ref(register, ref, [meant])
        if ref.text != ref.code:
            raise UnknownRef(ref=ref.text, years=[meant], nearest=[ref.code], template=ref.code[:2])
        if item.body.get("gone"):
            raise NotOfYear(ref=ref.code, year=meant, why="revised")
        if item.kind != Kind.OCCASION:
            raise NotAnOccasion(ref=ref.code, kind=item.kind)
        if not asked_on(item.body, on):
            begins, ends = asked_around(item.body, on)
            raise NotAskedOn(ref=ref.code, date=on.isoformat(), begins=begins, ends=ends)
        before = matching_rows(register, meant, ref)
        n = max((row.occasion or 0 for row in before), default=0) + 1
        units: list[str] = item.body["units"]  # type: ignore[assignment]
        refs = [(row_ref(item.code, None, n, unit if item.body["each"] else None), unit) for unit in units]
        clock: Any = item.body.get("clock")
        term = _term(register, clock, on)
        changes = [
            Change("row", key_text(meant, one), WHOLE, None, {**_occasion_row(item.code, unit, n, on, words), **term})
            for one, unit in refs
        ]
        entry = register.record(actor, "occasion", changes)
        rows = [codec.row(held) for one, _ in refs if (held := register.one("row_get", year=meant, ref=one))]
    calendar = calendar_for(register, rows, today)
    return Changed("occasion", tuple(rows), entry.seq, today, (), calendar, bool(clock) and not term)


def _term(register: Register, clock: Any, on: date) -> dict[str, object]:  # noqa: ANN401  # what JSON holds
    """Return the fields of a row that the clock of its item fixes; none without a clock, or a rule on that day."""
    if clock is None:
        return {}
    from lawcheck.service.terms import term_of  # only where a day is to be reckoned

    term = term_of(register, clock, on)
    return {} if term is None else term._asdict()


def _occasion_row(code: str, unit: str, n: int, on: date, happening: str) -> dict[str, object]:
    return {
        "code": code,
        "unit": unit,
        "period": None,
        "occasion": n,
        "happening": clean_text(happening),
        "begins": on.isoformat(),
        "due": None,
        "state": State.OPEN.value,
        "left_to_do": None,
        "why": None,
        "done_on": None,
        "done_by": None,
        "recorded_on": None,
        "assignee": None,
        "review": Review.NONE.value,
        "provisional": 0,
        "reckoning": None,
    }
