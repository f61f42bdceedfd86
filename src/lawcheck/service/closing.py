"""A year is closed and frozen, opened again for a reason, and its manifest made, then or later."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from lawcheck.core.closing import (
    Idle,
    Kept,
    Left,
    Part,
    Standing,
    check_over,
    check_settled,
    closing_document,
)
from lawcheck.core.frozen import Document
from lawcheck.core.journal import WHOLE, Actor, Change, Entry, Head
from lawcheck.core.manifest import ManifestKind, manifest
from lawcheck.core.row import required_text
from lawcheck.core.totals import Totals
from lawcheck.errors import AlreadyClosed, RegisterDamaged, YearNotStarted, YearOpen
from lawcheck.service.counting import Counting
from lawcheck.service.figures import figures_of_year
from lawcheck.service.people import bureau_held
from lawcheck.service.reviews import said_in
from lawcheck.service.standing import standing_items
from lawcheck.service.year_cases import case_tallies, case_terms
from lawcheck.store.entities import key_text
from lawcheck.store.register import Register


class Closed(NamedTuple):
    """A year after it was closed: its totals, what it leaves open, which occasions were confirmed, what it lacks.

    `missing` are keys of figures without a value. `manifest` is what leaves the register; `seq` the entry.
    """

    year: int
    total: Totals
    left: tuple[Left, ...]
    confirmed: tuple[Idle, ...]
    missing: tuple[str, ...]
    manifest: Document
    seq: int
    file: str | None = None


class Reopened(NamedTuple):
    """A year that was opened again; `confirmed` counts the confirmations that fell away with the closing."""

    year: int
    why: str
    closed_on: str
    closed_by: str
    confirmed: int
    seq: int


class ManifestMade(NamedTuple):
    """The manifest of a closed year, made again."""

    year: int
    manifest: Document
    file: str | None = None


def close_year(
    register: Register, actor: Actor, year: int, *, confirm: bool, check: Callable[[], None] = lambda: None
) -> Closed:
    """Close a year: its rows take no change from then on, and what cases answer to its figures is frozen.

    `confirm` says that what is listed as not triggered did not happen in the year; `check` is called before anything
    is written, and may raise. Cases go on.

    Raises:
        YearNotStarted: the year holds no checklist.
        AlreadyClosed: it is closed.
        YearNotOver: it is not over.
        ReviewsMissing: reviews are not settled.
        NotConfirmed: occasions did not come, and `confirm` is not said.
        RegisterDamaged: the totals do not balance.

    """
    today = date.fromisoformat(actor.today)
    with register.transaction():
        _check_open(register, year)
        check_over(year, today)
        standing = _standing(register, year, today)
        check_settled(year, standing, confirm=confirm)
        if not all(part.totals.balances() for part in standing.parts):
            raise RegisterDamaged(path=str(register.path), reason="unbalanced")
        check()
        said = {"person": actor.person, "on_date": actor.today}
        document = register.keep(closing_document(year, standing, actor.person, actor.today))
        changes = [
            Change("year", key_text(year), "state", "open", "closed"),
            Change("closing", key_text(year), WHOLE, None, {"document": document, **said}),
            *(Change("confirmation", key_text(year, one.code), WHOLE, None, said) for one in standing.idle),
        ]
        entry = register.record(actor, "year close", changes)
        made = _manifest(register, year)
    missing = tuple(one.key for one in standing.figures if one.value is None)
    return Closed(year, standing.total(), standing.left, standing.idle, missing, made, entry.seq)


def reopen_year(register: Register, actor: Actor, year: int, *, why: str) -> Reopened:
    """Open a closed year again, with the reason; what was confirmed has to be confirmed anew when it is closed.

    Raises:
        EmptyText: no reason is given.
        YearNotStarted: the year holds no checklist.
        YearOpen: it is open.

    """
    reason = required_text(why, "--why")
    with register.transaction():
        held = _closing(register, year)
        confirmed = [one for one in register.all("confirmation_all") if one[0] == year]
        changes = [
            Change("year", key_text(year), "state", "closed", "open"),
            _reason(register, actor, year, reason),
            Change("closing", key_text(year), WHOLE, held, None),
            *(
                Change("confirmation", key_text(year, code), WHOLE, {"person": person, "on_date": day}, None)
                for _, code, person, day in confirmed
            ),
        ]
        entry = register.record(actor, "year reopen", changes)
    return Reopened(year, reason, str(held["on_date"]), str(held["person"]), len(confirmed), entry.seq)


def manifest_of_year(register: Register, year: int) -> ManifestMade:
    """Return the manifest of a closed year as it was made when the year was closed.

    Raises:
        YearNotStarted: the year holds no checklist.
        YearOpen: it is open.

    """
    with register.snapshot():
        _closing(register, year)
        return ManifestMade(year, _manifest(register, year))


# --- what is read -----------------------------------------------------------------------------


def _check_open(register: Register, year: int) -> None:
    held = register.one("year_get", key_year=year)
    if held is None:
        raise YearNotStarted(year=year)
    if held[0] != "open":
        closing = _closing(register, year)
        raise AlreadyClosed(year=year, person=closing["person"], day=closing["on_date"])


def _closing(register: Register, year: int) -> Document:
    """Return the closing of a year as its table holds it."""
    if register.one("year_get", key_year=year) is None:
        raise YearNotStarted(year=year)
    held = register.one("closing_get", key_year=year)
    if held is None:
        raise YearOpen(year=year)
    document, person, day = held
    return {"document": document, "person": person, "on_date": day}


def _standing(register: Register, year: int, today: date) -> Standing:
    standing = standing_items(register, [year], today)
    figures = figures_of_year(register, year, today)
    counting = Counting(register, year, today)
    left = (Left(str(ref), str(state), due and str(due)) for ref, state, due in register.all("row_left", year=year))  # type: ignore[arg-type]
    return Standing(
        _parts(register, year, today, {one.code: one.template for one in standing.not_triggered}),
        tuple(str(ref) for (ref,) in register.all("row_returned_refs", year=year)),
        tuple(str(ref) for (ref,) in register.all("row_to_review_refs", year=year)),
        tuple(Idle(one.code, one.title_zh, one.title_en) for one in standing.not_triggered),
        tuple(left),
        standing.rates,
        figures,
        {one.counted: counting.counted(one.counted) for one in figures if one.counted and one.source in _ANSWERED},
        tuple(Kept(*one) for one in register.all("evidence_standing", year=year)),  # type: ignore[arg-type]
        case_tallies(register, year, today),
        case_terms(register, year, today),
        tuple((bureau_held(register) or {}).get("typed", ())),
    )


_ANSWERED = ("cases", "rows")


def _parts(register: Register, year: int, today: date, idle: dict[str, str]) -> tuple[Part, ...]:
    counted: dict[str, Totals] = {}
    for _, template, _, *counts in register.all("totals_by_template", year=year, as_of=today.isoformat()):
        counted[str(template)] = counted.get(str(template), Totals()).plus(Totals(*(int(str(one)) for one in counts)))
    for template in idle.values():
        counted[template] = counted.get(template, Totals()).plus(Totals(not_triggered=1))
    return tuple(
        Part(str(template), str(zh), str(en), counted.get(str(template), Totals()))
        for _, template, zh, en, _ in register.all("checklist_of_year", year=year)
    )


def _reason(register: Register, actor: Actor, year: int, reason: str) -> Change:
    """Return the change that keeps why a year was opened again, as a note that hangs on no row."""
    n = max((int(str(one[0])) for one in register.all("note_of", year=year, ref=REOPENED)), default=0) + 1
    new = {"text": reason, "person": actor.person, "on_date": actor.today}
    return Change("note", key_text(year, REOPENED, n), WHOLE, None, new)


REOPENED = "reopened"
"""What the notes hang on that say why a year was opened again."""


def _manifest(register: Register, year: int) -> Document:
    """Return the manifest of a closed year from the entry that closed it, whenever it is asked for."""
    key = key_text(year)
    closing = _closing(register, year)
    nothing = dict.fromkeys(("dot", "after_dot", "hash", "after_hash"), key)
    for values in register.all("entry_about", key=key, **nothing, most=_ALL):
        entry = Entry(*values)  # type: ignore[arg-type]
        changes, _ = said_in(register, entry, key)
        if any(one.entity == "closing" and one.new == closing for one in changes):
            break
    else:
        raise RegisterDamaged(path=str(register.path), reason="mismatch")
    by = Actor(entry.person, entry.os_user, entry.host, entry.at, entry.today or "", today_set=False)
    content = register.document(str(closing["document"])) or {}
    return manifest(ManifestKind.CLOSING, register.id(), Head(entry.seq, entry.hash), by, (), content)


_ALL = 1_000_000_000
