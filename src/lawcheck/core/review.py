"""Review (复核): what an acceptance is bound to, who may give it, and what can be reviewed at all.

Who did the work does not review it, and an acceptance holds only as long as what was seen stays as it was.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import NamedTuple

from lawcheck.core.canonical import canonical, digest
from lawcheck.core.frozen import Document
from lawcheck.core.journal import WHOLE, Change
from lawcheck.core.row import Row
from lawcheck.core.words import Review, State
from lawcheck.errors import AlreadyAccepted, NotDoneYet, NotReviewer, OwnWork

CONTENT = ("state", "done_on", "done_time", "done_by", "left_to_do", "why")
"""The fields of a row that an acceptance is bound to."""


class NoteSeen(NamedTuple):
    """A note as a reviewer sees it; `on_date` is ISO 8601."""

    text: str
    person: str
    on_date: str


class EvidenceSeen(NamedTuple):
    """Evidence on a row as a reviewer sees it: `hash` of a file, `dated` its own day, `person` who added it."""

    kind: str
    name: str
    hash: str | None
    dated: str | None
    person: str


class Work(NamedTuple):
    """Who worked on a row: `did` ticked it, also partly, since it was last open; `added` put evidence on it that stays.

    `accounts` are those of the operating system from which that was done.
    """

    did: frozenset[str]
    added: frozenset[str]
    accounts: frozenset[str]


def content(row: Row, notes: Sequence[NoteSeen], evidence: Sequence[EvidenceSeen]) -> Document:
    """Return what a reviewer sees of a row, which is what his acceptance is bound to."""
    fields = {name: getattr(row, name) for name in CONTENT}
    fields["done_on"] = row.done_on.isoformat() if row.done_on is not None else None
    return content_of(fields, notes, evidence)


def content_of(fields: Document, notes: Sequence[NoteSeen], evidence: Sequence[EvidenceSeen]) -> Document:
    """Return what a reviewer sees of a row from its fields as entries hold them; others than he sees may be there."""
    return {
        **{name: fields.get(name) for name in CONTENT},
        "notes": [list(note) for note in notes],
        "evidence": [list(one) for one in evidence],
    }


def content_hash(row: Row, notes: Sequence[NoteSeen], evidence: Sequence[EvidenceSeen]) -> str:
    """Return the SHA-256 of the canonical JSON of what a reviewer sees; notes and evidence in the order of numbers."""
    return digest(canonical(content(row, notes, evidence)))


def changes_content(row: Row, fields: Collection[tuple[str, object]]) -> bool:
    """Tell whether new fields of a row are other than what an acceptance of it is bound to."""
    return any(name in CONTENT and getattr(row, name) != value for name, value in fields)


def may_review(row: Row, person: str, work: Work, reviewers: Collection[str] | None) -> None:
    """Check that a person may review a row; `reviewers` are those the bureau lists, None where it lists nobody.

    Raises:
        NotDoneYet: the row is not done, so there is nothing to review.
        OwnWork: the person ticked the row, or added evidence to it.
        NotReviewer: the bureau lists its people, and this one does not review.

    """
    if row.state != State.DONE:
        raise NotDoneYet(ref=row.ref, year=row.year, state=row.state, review=row.review)
    if person in work.did or person == row.done_by:
        raise OwnWork(ref=row.ref, year=row.year, person=person, how="did")
    if person in work.added:
        raise OwnWork(ref=row.ref, year=row.year, person=person, how="added")
    if reviewers is not None and person not in reviewers:
        raise NotReviewer(person=person, reviewers=sorted(reviewers))


def may_accept(row: Row, line: Document | None) -> None:
    """Check that a row is not accepted already; `line` is what its reviewer said of it.

    Raises:
        AlreadyAccepted: it is.

    """
    if row.review == Review.ACCEPTED:
        said = line or {}
        raise AlreadyAccepted(ref=row.ref, year=row.year, person=said.get("person"), day=said.get("on_date"))


def reviewers_on(people: Sequence[Document], day: date) -> frozenset[str] | None:
    """Return who may review on a day by the bureau's people; None where it lists nobody."""
    text = day.isoformat()
    return (
        frozenset(
            str(one["id"])
            for one in people
            if one["reviews"] and (one["begins"] or text) <= text <= (one["ends"] or text)
        )
        if people
        else None
    )


def unreviewed(entity: str, key: str, review: str, line: Document | None) -> list[Change]:
    """Return the changes by which what was said of a row is said no more; `entity` is `row` or `case_row`.

    They come before any change of the row itself: a trigger refuses another content under an acceptance.
    """
    return [
        Change(entity, key, "review", review, Review.NONE.value),
        *([Change("review", key, WHOLE, line, None)] if line is not None else []),
    ]
