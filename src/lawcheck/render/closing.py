"""A year closed and opened again in words, and its manifest."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lawcheck.render.language import _, pick, plural
from lawcheck.render.lists import totals_data, totals_line
from lawcheck.render.safe import safe
from lawcheck.render.words import pasteable

if TYPE_CHECKING:
    from lawcheck.service.closing import Closed, ManifestMade, Reopened

_MOST = 20
"""How many refs are named before they are only counted."""


def closed_data(result: Closed) -> dict[str, object]:
    """Return what a year was closed with as JSON."""
    return {
        "year": result.year,
        "entry": result.seq,
        "totals": totals_data(result.total),
        "unfinished": [one._asdict() for one in result.left],
        "confirmed": [{"ref": one.code, "title": pick(one.title_zh, one.title_en)} for one in result.confirmed],
        "missing_figures": list(result.missing),
        "head": result.manifest["head"],
        "manifest": result.file,
    }


def closed_words(result: Closed) -> Iterator[str]:
    """Say what a year was closed with: its totals, what it leaves open, what did not happen, what is missing."""
    yield _("The year {year} is closed by entry {seq}.").format(year=result.year, seq=result.seq)
    yield totals_line(result.total)
    if result.left:
        unfinished = plural("{n} row stays unfinished", "{n} rows stay unfinished", len(result.left))
        yield _named(unfinished, [one.ref for one in result.left])
    if result.confirmed:
        confirmed = plural(
            "{n} item confirmed as not happened", "{n} items confirmed as not happened", len(result.confirmed)
        )
        yield _named(confirmed, [one.code for one in result.confirmed])
    if result.missing:
        missing = plural("{n} figure is missing", "{n} figures are missing", len(result.missing))
        yield _named(missing, list(result.missing))
    yield _("Head of the chain: entry {seq}, {hash}").format(**result.manifest["head"])
    if result.file is not None:
        yield _manifest_line(result.file)


def _named(head: str, refs: list[str]) -> str:
    """Return a list of refs, the rest of a long one counted."""
    more = len(refs) - _MOST
    rest = " " + plural("and {n} more", "and {n} more", more) if more > 0 else ""
    return f"{head}{_(': ')}{_(', ').join(safe(one) for one in refs[:_MOST])}{rest}"


def _manifest_line(file: str) -> str:
    return _(
        "Manifest written to {path}. Keep it away from the register: it proves what the year was closed with."
    ).format(path=safe(file))


def reopened_data(result: Reopened) -> dict[str, object]:
    """Return that a year was opened again as JSON."""
    return {
        "year": result.year,
        "entry": result.seq,
        "why": result.why,
        "closed_on": result.closed_on,
        "closed_by": result.closed_by,
        "confirmations": result.confirmed,
    }


def reopened_words(result: Reopened) -> Iterator[str]:
    """Say that a year was opened again, and what fell away with its closing."""
    yield _("The year {year} is open again: {why}").format(year=result.year, why=safe(result.why))
    yield _("It had been closed by {person} on {day}; entry {seq} keeps the reason.").format(
        person=safe(result.closed_by), day=result.closed_on, seq=result.seq
    )
    if result.confirmed:
        yield plural(
            "{n} item has to be confirmed anew as not happened.",
            "{n} items have to be confirmed anew as not happened.",
            result.confirmed,
        )
    yield pasteable(_("Close it again: lawcheck year close {year}").format(year=result.year))


def manifest_made_data(result: ManifestMade) -> dict[str, object]:
    """Return that the manifest of a closed year was made as JSON."""
    return {"year": result.year, "head": result.manifest["head"], "manifest": result.file}


def manifest_made_words(result: ManifestMade) -> Iterator[str]:
    """Say where the manifest of a closed year is."""
    if result.file is not None:
        yield _manifest_line(result.file)
