"""One row or item in full: its law, notes and history."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from lawcheck.core.refs import Ref, parse_ref
from lawcheck.core.remainder import remainder
from lawcheck.core.row import Row
from lawcheck.core.words import Kind, Review
from lawcheck.errors import AmbiguousRef
from lawcheck.service.attached import evidence_on, with_evidence
from lawcheck.service.finding import MOST_CANDIDATES, FrozenItem, find_item, matching_rows, unknown_ref
from lawcheck.service.journal import LogLine, read_log
from lawcheck.service.working_days import calendar_for
from lawcheck.service.years import open_years, years_meant
from lawcheck.store.register import Register

if TYPE_CHECKING:
    from lawcheck.core.calendar import Calendar
    from lawcheck.core.evidence import Evidence
    from lawcheck.core.rate import RateValue
    from lawcheck.service.case_show import CaseRowShown, CaseShown
    from lawcheck.service.reviews import Said
    from lawcheck.service.terms import TermShown


class Note(NamedTuple):
    """A note as it was written."""

    n: int
    text: str
    person: str
    on_date: str


class Shown(NamedTuple):
    """An item with its rows, notes and history; `term` explains the day of an occasion's row, if that has a clock.

    `rate` names the two figures of a case item, key and titles; `earlier` are rows of earlier open years that are not
    finished and that this row follows, or all of the item where it is shown whole. `evidence` is that of all rows, with
    what was taken off; `said` is what reviewers said of the rows, in their order. `stands` is what the rate comes to.
    """

    item: FrozenItem
    rows: tuple[Row, ...]
    notes: tuple[Note, ...]
    history: tuple[LogLine, ...]
    rate: tuple[tuple[str, str, str], ...]
    today: date
    earlier: tuple[Row, ...]
    calendar: "Calendar | None"
    term: "TermShown | None" = None
    evidence: "tuple[Evidence, ...]" = ()
    said: tuple["Said | None", ...] = ()
    stands: "RateValue | None" = None


def show_any(register: Register, text: str, *, year: int | None, today: date) -> "Shown | CaseShown | CaseRowShown":
    """Return what a ref stands for: an item of a year or one of its rows, a case or one of its rows.

    Raises:
        UnknownRef: nothing answers to it.
        AmbiguousRef: it stands for something in several years.

    """
    ref = parse_ref(text)
    if register.one("case_file_get", key_ref=ref.code) is None:
        return show(register, text, year=year, today=today)
    from lawcheck.service.case_show import show_case, show_case_row  # only where there are cases

    whole = ref.text == ref.code
    return show_case(register, ref.code, today=today) if whole else show_case_row(register, ref, today=today)


def show(register: Register, text: str, *, year: int | None, today: date) -> Shown:
    """Return what a ref of a year stands for: a row with its item, or an item with all its rows.

    Raises:
        UnknownRef: nothing answers to it.
        AmbiguousRef: it stands for something in several years.

    """
    ref = parse_ref(text)
    with register.snapshot():
        years = years_meant(register, year)
        found = [
            (one, item, rows)
            for one in years
            if (item := find_item(register, one, ref.code)) is not None
            and ((rows := matching_rows(register, one, ref)) or ref.text == ref.code)
        ]
        if not found:
            raise unknown_ref(register, ref, years)
        if len(found) > 1:
            pending = [one for one in found if any(_is_pending(row, today) for row in one[2])]
            found = pending if len(pending) == 1 else found
        if len(found) > 1:
            raise AmbiguousRef(
                ref=ref.text, candidates=[(ref.text, one[0]) for one in found[: -MOST_CANDIDATES - 1 : -1]], more=0
            )
        one, item, rows = found[0]
        noted = register.all("note_of", year=one, ref=rows[0].ref if len(rows) == 1 else ref.text)
        if len(rows) == 1 and rows[0].ref != item.code:
            noted += register.all("note_of", year=one, ref=item.code)
        earlier = _earlier(register, item, rows[0] if len(rows) == 1 else None)
        term = _term(register, item, rows[0]) if len(rows) == 1 else None
        evidence = tuple(line for row in rows for line in evidence_on(register, one, row.ref, removed_too=True))
        shown, earlier = with_evidence(register, rows), with_evidence(register, earlier)
        said = said_of_rows(register, rows)
        stands = _rate(register, item, today)
    notes = tuple(Note(*note) for note in noted)  # type: ignore[arg-type]
    log = read_log(register, rows[0].ref if len(rows) == 1 else item.code, year=one, most=20)
    calendar = calendar_for(register, [*rows, *earlier], today)
    figures = _rate_figures(register, item)
    return Shown(item, shown, notes, log.lines, figures, today, earlier, calendar, term, evidence, said, stands)


def _rate(register: Register, item: FrozenItem, today: date) -> "RateValue | None":
    if item.kind != Kind.CASE:
        return None
    from lawcheck.service.standing import standing_items  # only where there is a rate

    rates = standing_items(register, [item.year], today, bounds=(item.code, item.code + "!")).rates
    return rates[0] if rates else None


def said_of_rows(register: Register, rows: Sequence[Row]) -> tuple["Said | None", ...]:
    """Return what reviewers said of rows, in their order; nothing where they said nothing of any."""
    if all(row.review == Review.NONE for row in rows):
        return ()
    from lawcheck.service.reviews import said_of  # only where there are reviews

    return tuple(said_of(register, row) for row in rows)


def _term(register: Register, item: FrozenItem, row: Row) -> "TermShown | None":
    clock: Any = item.body.get("clock")
    if clock is None or row.happening is None:
        return None
    from lawcheck.service.terms import term_shown  # only where a day was reckoned

    return term_shown(register, clock, row)


def _earlier(register: Register, item: FrozenItem, follower: Row | None) -> tuple[Row, ...]:
    years = open_years(register)
    whole = Ref(item.code, item.code, None, None, None)
    rows = (row for year in sorted(years) if year < item.year for row in matching_rows(register, year, whole))
    return remainder(rows, item.year, years, follower)


def _rate_figures(register: Register, item: FrozenItem) -> tuple[tuple[str, str, str], ...]:
    """Return key and titles of the two figures of a case item's rate; nothing for any other item."""
    rate: Any = item.body["rate"]
    keys = (rate["met"], rate["of"]) if rate else ()
    found = [(key, register.one("figure_get", key_year=item.year, key_key=key)) for key in keys]
    return tuple((key, str(held[1]), str(held[2])) for key, held in found if held is not None)


def _is_pending(row: Row, today: date) -> bool:
    return row.is_unfinished() and row.begins <= today
