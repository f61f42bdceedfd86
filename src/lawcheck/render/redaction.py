"""What was erased, or would be, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lawcheck.render.grid import Block, Column, Grid
from lawcheck.render.language import N_, _, plural
from lawcheck.render.safe import safe
from lawcheck.render.words import pasteable

if TYPE_CHECKING:
    from lawcheck.service.redaction import Blanked, Redacted, Swept

FIELDS = {
    "happening": N_("what happened"),
    "left_to_do": N_("what is left"),
    "why": N_("reason"),
    "text": N_("text of a note"),
    "note": N_("note of a figure"),
    "title": N_("title"),
    "party": N_("party"),
    "approval": N_("approval"),
    "name": N_("name of evidence"),
    "place": N_("place of evidence"),
}
"""The fields that free text stands in."""

UNSWEPT = {
    "busy": N_("others read or write the register"),
    "full": N_("the disk is full"),
    "interrupted": N_("it was interrupted"),
    "failed": N_("the system refused"),
}
"""Why the file was not written anew."""

_MOST = 20
"""So many places are listed."""


def redacted_data(result: Redacted) -> dict[str, object]:
    """Return what was erased as JSON; the words themselves only as long as nothing is done."""
    return {
        "seq": result.seq,
        "entry": result.by,
        "dry_run": result.by is None,
        "why": result.why,
        "entries": [one._asdict() for one in result.entries],
        "places": [
            {"entity": one.entity, "key": one.key, "field": one.field, "text": one.text or None}
            for one in result.places
        ],
        "unswept": result.unswept,
        "others": list(result.others),
    }


def redacted_words(result: Redacted) -> Iterator[Block]:
    """Say which entries were blanked and where the words stood, and what else there is to do."""
    if result.by is None:
        yield plural("{n} entry would be blanked:", "{n} entries would be blanked:", len(result.entries))
    else:
        yield plural(
            "Entry {by} blanked {n} entry:", "Entry {by} blanked {n} entries:", len(result.entries), by=result.by
        )
    yield from (f"  {_entry(one)}" for one in result.entries[:_MOST])
    yield from _rest(len(result.entries))
    if result.by is None:
        yield _places(result)
        yield from _rest(len(result.places))
        yield from _others(result)
        yield _("Nothing was changed. What was done, when and by whom would stay.")
        return
    for one in result.places[:_MOST]:
        yield f"  {safe(one.key)}{_(': ')}{_(FIELDS[one.field])}"
    yield from _rest(len(result.places))
    yield from _others(result)
    yield from _unswept(result.unswept)
    yield _("Backups and exports made before still hold the words; remove or replace them.")


def _entry(one: Blanked) -> str:
    return f"#{one.seq}  {one.at[:19]}Z  {safe(one.person)}  {safe(one.command)}"


def _places(result: Redacted) -> Grid:
    columns = (Column(_("Where")), Column(_("What")), Column(_("Words"), fold=True))
    rows = [(one.key, _(FIELDS[one.field]), one.text) for one in result.places[:_MOST]]
    return Grid("", columns, rows)


def _others(result: Redacted) -> Iterator[str]:
    if result.others:
        seqs = _(", ").join(f"#{seq}" for seq in result.others[:_MOST])
        more = len(result.others) - _MOST
        seqs += " " + plural("and {n} more", "and {n} more", more) if more > 0 else ""
        yield _("Other free text about the same stays; see whether it says the same in other words: {entries}").format(
            entries=seqs
        )


def _rest(count: int) -> Iterator[str]:
    if count > _MOST:
        yield "  " + plural("and {n} more", "and {n} more", count - _MOST)


def _unswept(reason: str | None) -> Iterator[str]:
    if reason is None:
        yield _("The file was written anew: no freed page of it holds the words.")
        return
    yield _(
        "The words are gone from the record, but freed pages of the file, and of backups made until it is written anew,"
        " may still hold them: {reason}."
    ).format(reason=_(UNSWEPT[reason]))
    yield pasteable(_("Run 'lawcheck redact --finish' when that is over."))


def swept_data(result: Swept) -> dict[str, object]:
    """Return whether the file was written anew as JSON."""
    return result._asdict()


def swept_words(result: Swept) -> Iterator[str]:
    """Say whether the file was written anew."""
    yield from _unswept(result.unswept)
