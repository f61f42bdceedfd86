"""Reviews: done rows accepted or returned by somebody else than those who did them."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from lawcheck.core.frozen import Document
from lawcheck.core.journal import WHOLE, Actor, Change, Entry, fallen
from lawcheck.core.review import (
    EvidenceSeen,
    NoteSeen,
    Work,
    changes_content,
    content_hash,
    may_accept,
    may_review,
    reviewers_on,
    unreviewed,
)
from lawcheck.core.row import Fields, Row, reopened, required_text
from lawcheck.core.words import Review, State
from lawcheck.service.finding import find_row
from lawcheck.service.people import bureau_held
from lawcheck.service.years import check_writable
from lawcheck.store import codec
from lawcheck.store.entities import ENTITIES, key_text
from lawcheck.store.register import Register

if TYPE_CHECKING:
    from lawcheck.service.case_rows import Moved, Warned


class Reviewed(NamedTuple):
    """Rows after a review, with the entry that holds it and, for each, whether it came from an account that did it.

    `fell` are acceptances that a return ended, `moved` rows of the same cases that followed one.
    """

    command: str
    rows: tuple[Row, ...]
    same_account: tuple[bool, ...]
    person: str
    why: str | None
    seq: int
    today: date
    fell: tuple[Change, ...] = ()
    moved: tuple["Moved", ...] = ()
    warnings: tuple["Warned", ...] = ()


# --- what was said of a row -------------------------------------------------------------------


class Said(NamedTuple):
    """What a reviewer said of a row as it stands: `verdict` is `accepted` or `returned`, the latter with `why`."""

    verdict: str
    person: str
    on_date: str
    why: str | None
    same_account: bool


def said_of(register: Register, row: Row) -> Said | None:
    """Return what the reviewer said of a row; None where nothing is said."""
    line = None if row.review == Review.NONE else review_of(register, row)
    if line is None:
        return None
    return Said(line["verdict"], line["person"], line["on_date"], line["why"], bool(line["same_account"]))


def review_of(register: Register, row: Row) -> Document | None:
    """Return what the reviewer said of a row as it stands; None where nothing was said."""
    return review_line(register, row.year, row.ref)


def review_line(register: Register, year: int, ref: str) -> Document | None:
    """Return the review of a row as its table holds it; the year of a case's row is 0."""
    held = register.one("review_get", key_year=year, key_ref=ref)
    return None if held is None else dict(zip(ENTITIES["review"].fields, held, strict=True))


def falls_away(register: Register, row: Row) -> list[Change]:
    """Return the changes by which the acceptance of a row falls away; none where it is not accepted.

    They belong before the change that makes it fall, in the same entry; the row's `review` is `none` after them.
    """
    return _without(register, row) if row.review == Review.ACCEPTED else []


def falls_away_from(register: Register, key: str) -> list[Change]:
    """Return the changes by which the acceptance of the row with a key falls away; none where that has none."""
    year, _, ref = key.rpartition("/")
    line = review_line(register, int(year or 0), ref)
    if line is None or line["verdict"] != Review.ACCEPTED:
        return []
    return unreviewed("row" if year else "case_row", key, Review.ACCEPTED.value, line)


def is_answered(register: Register, row: Row) -> list[Change]:
    """Return the changes by which a returned row is no more so, as it is done again; none where it is not returned."""
    return _without(register, row) if row.review == Review.RETURNED else []


def unreviewed_for(register: Register, row: Row, new: Fields) -> tuple[Row, list[Change]]:
    """Return a row without what was said of it, as far as new fields of it end that, and the changes that end it."""
    if row.review == Review.ACCEPTED and changes_content(row, new.items()):
        changes = falls_away(register, row)
    elif row.review == Review.RETURNED and new.get("state") in (State.DONE, State.NA):
        changes = is_answered(register, row)
    else:
        return row, []
    return row._replace(review=Review.NONE.value), changes


def _without(register: Register, row: Row) -> list[Change]:
    return unreviewed(entity_of(row), key_text(row.year, row.ref), row.review, review_of(register, row))


def entity_of(row: Row) -> str:
    """Return the word by which entries speak of a row."""
    return "case_row" if row.is_of_case() else "row"


def seen(register: Register, row: Row) -> tuple[list[NoteSeen], list[EvidenceSeen]]:
    """Return the notes and the evidence that stand on a row, as numbered."""
    if row.is_of_case():
        notes = [NoteSeen(*map(str, note)) for _, _, *note in register.all("case_note_of", ref=row.ref)]
    else:
        notes = [NoteSeen(*map(str, note)) for _, *note in register.all("note_of", year=row.year, ref=row.ref)]
    held = register.all("evidence_seen", year=row.year, ref=row.ref)
    return notes, [EvidenceSeen(*one) for one in held]  # type: ignore[arg-type]  # columns in its order


def hash_seen(register: Register, row: Row) -> str:
    """Return the hash of what a row holds now, to which a review of it is bound."""
    return content_hash(row, *seen(register, row))


# --- who did it -------------------------------------------------------------------------------


def work_on(register: Register, row: Row) -> Work:
    """Return who ticked a row since it was last open and who added evidence that is on it, from the journal.

    What was taken back counts as not done.
    """
    key = key_text(row.year, row.ref)
    bounds = {"dot": key, "after_dot": key, "hash": key + "#", "after_hash": key + "$"}
    _, evidence = seen(register, row)
    added = frozenset(one.person for one in evidence)
    did: set[str] = set()
    accounts: set[str] = set()
    taken_back: set[int] = set()
    reopened_since = False
    for values in register.all("entry_about", key=key, **bounds, most=_ALL):
        entry = Entry(*values)  # type: ignore[arg-type]
        changes, undoes = said_in(register, entry, key)
        if entry.seq in taken_back:
            continue
        if undoes is not None:
            taken_back.add(undoes)
            continue
        if _adds(changes, key):
            accounts.add(entry.os_user)
        if reopened_since:
            continue
        fields = _fields(changes, row, key)
        if fields.get("done_by") is not None:
            did.add(str(fields["done_by"]))
            accounts.add(entry.os_user)
        reopened_since = fields.get("state") == State.OPEN
    return Work(frozenset(did), added, frozenset(accounts))


_ALL = 1_000_000_000


def said_in(register: Register, entry: Entry, key: str) -> tuple[Sequence[Change], int | None]:
    """Return what an entry says of a row and what is on it, and what it takes back, also where it was blanked."""
    if entry.payload is None:
        from lawcheck.store.long import left_about  # only where something was blanked

        left = left_about(register, [key]).get(entry.seq)
        return ((), None) if left is None else (left.changes, left.undoes)
    if not entry.payload:
        from lawcheck.store.long import changes_about  # only after an import of many cases

        return changes_about(register, entry.seq, [key])
    return codec.payload_changes(entry.payload)


def _fields(changes: Iterable[Change], row: Row, key: str) -> Document:
    """Return the fields that changes give a row."""
    found: Document = {}
    for change in changes:
        if change.entity == entity_of(row) and change.key == key:
            whole = change.new if isinstance(change.new, dict) else {}
            found |= whole if change.field == WHOLE else {change.field: change.new}
    return found


def _adds(changes: Iterable[Change], key: str) -> bool:
    return any(
        one.entity == "evidence" and one.field == WHOLE and one.new is not None and one.key.partition("#")[0] == key
        for one in changes
    )


# --- the reviewer's commands ------------------------------------------------------------------


def accept(register: Register, actor: Actor, refs: Sequence[str], *, year: int | None = None) -> Reviewed:
    """Accept done rows as they stand; all of them or none.

    Raises:
        NotFound: a ref means no row or several.
        NotDoneYet, OwnWork, NotReviewer, AlreadyAccepted: a row cannot be accepted, or not by this person.
        YearClosed: the year is closed.

    """
    with register.transaction():
        rows = _rows(register, actor, refs, year, lambda row: row.state == State.DONE and row.review == Review.NONE)
        changes: list[Change] = []
        accounts: list[bool] = []
        for row in rows:
            line = _line(register, actor, row, Review.ACCEPTED, None)
            may_accept(row, review_of(register, row))
            accounts.append(bool(line["same_account"]))
            key = key_text(row.year, row.ref)
            changes.append(Change("review", key, WHOLE, None, line))
            changes.append(Change(entity_of(row), key, "review", row.review, Review.ACCEPTED.value))
        entry = register.record(actor, "accept", changes)
    after = tuple(row._replace(review=Review.ACCEPTED.value) for row in rows)
    return Reviewed(
        "accept", after, tuple(accounts), actor.person, None, entry.seq, date.fromisoformat(actor.today)
    )  # fmt: skip


def return_(register: Register, actor: Actor, refs: Sequence[str], *, why: str, year: int | None = None) -> Reviewed:
    """Return done rows with the reason: they are open again, and stand first until they are done anew.

    A row accepted before can be returned too; the acceptance falls away. A case's row that ends with a milestone loses
    it, as when it is unticked.

    Raises:
        EmptyText: no reason is given.
        NotFound: a ref means no row or several.
        NotDoneYet, OwnWork, NotReviewer: a row cannot be returned, or not by this person.
        YearClosed, CaseClosed: the year or the case is closed.

    """
    reason = required_text(why, "--why")
    today = date.fromisoformat(actor.today)
    with register.transaction():
        rows = _rows(register, actor, refs, year, lambda row: row.state == State.DONE)
        changes: list[Change] = []
        accounts: list[bool] = []
        returned: list[tuple[Row, Document]] = []
        for row in rows:
            line = _line(register, actor, row, Review.RETURNED, reason)
            accounts.append(bool(line["same_account"]))
            key, entity = key_text(row.year, row.ref), entity_of(row)
            changes += falls_away(register, row)
            changes.append(Change("review", key, WHOLE, None, line))  # while the row still says who did it
            changes.append(Change(entity, key, "review", Review.NONE.value, Review.RETURNED.value))
            fields = reopened(row, today=today)
            returned.append((row._replace(review=Review.RETURNED.value), fields))
            if not row.is_of_case():
                changes += [
                    Change(entity, key, name, codec.encoded(getattr(row, name)), codec.encoded(value))
                    for name, value in fields.items()
                    if codec.encoded(getattr(row, name)) != codec.encoded(value)
                ]
        moved, warnings = _returned_in_cases(register, actor, returned, changes)
        entry = register.record(actor, "return", changes)
        after = tuple(_again(register, row) for row in rows)
    there = {row.ref for row in after}
    others = tuple(one for one in moved if one.ref not in there)
    return Reviewed(
        "return", after, tuple(accounts), actor.person, reason, entry.seq, today, fallen(changes), others, warnings
    )


def _returned_in_cases(
    register: Register, actor: Actor, returned: Sequence[tuple[Row, Document]], changes: list[Change]
) -> tuple[tuple["Moved", ...], tuple["Warned", ...]]:
    """Add the changes that reopen the rows of cases that were returned; return what followed."""
    of_cases = [one for one in returned if one[0].is_of_case()]
    if not of_cases:
        return (), ()
    from lawcheck.service.case_rows import changed_rows  # only where there are cases

    follow, moved, warnings = changed_rows(register, actor, of_cases)
    changes += follow
    return tuple(moved), tuple(warnings)


def _rows(
    register: Register, actor: Actor, refs: Sequence[str], year: int | None, meant: Callable[[Row], bool]
) -> list[Row]:
    rows = list(dict.fromkeys(find_row(register, ref, year, actor.today, meant) for ref in refs))
    for one in dict.fromkeys(row.year for row in rows if not row.is_of_case()):
        check_writable(register, one)
    return rows


def _line(register: Register, actor: Actor, row: Row, verdict: Review, why: str | None) -> Document:
    """Return what is written of a review, having seen that this person may give it."""
    work = work_on(register, row)
    bureau = bureau_held(register)
    people = bureau["people"] if bureau else []
    may_review(row, actor.person, work, reviewers_on(people, date.fromisoformat(actor.today)))
    return {
        "verdict": verdict.value,
        "person": actor.person,
        "on_date": actor.today,
        "why": why,
        "content": hash_seen(register, row),
        "same_account": int(actor.os_user in work.accounts),
    }


def _again(register: Register, row: Row) -> Row:
    if row.is_of_case():
        return codec.case_row(register.one("case_row_one", ref=row.ref) or ())
    return codec.row(register.one("row_get", year=row.year, ref=row.ref) or ())
