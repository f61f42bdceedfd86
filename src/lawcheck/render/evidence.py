"""Evidence in lines and as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from lawcheck.core.row import Row
from lawcheck.render.grid import Cell, Column, Grid
from lawcheck.render.language import _, pick, plural
from lawcheck.render.rows import evidence_data, ref_words, row_data
from lawcheck.render.safe import safe
from lawcheck.render.words import EVIDENCE, amount, fallen_data, fallen_words, pasteable, size_words, title, word

if TYPE_CHECKING:
    from lawcheck.core.evidence import Evidence
    from lawcheck.export.evidence import Copied, EvidenceHandedOut, EvidenceOpened
    from lawcheck.render.grid import Block
    from lawcheck.service.evidence import EvidenceAdded, EvidenceList, EvidencePurged, EvidenceTakenOff, Outgoing

SHORT_HASH = 12
"""How many digits of a hash are shown where the whole of it is not asked for."""


def line_data(one: Evidence) -> dict[str, object]:
    """Return a line of evidence as JSON, with where it stands and what became of it."""
    return {
        "ref": one.ref,
        "year": one.year or None,
        **evidence_data(one),
        "removed_on": one.removed_on,
        "removed_by": one.removed_by,
        "why": one.why,
    }


def short_hash(hashed: str | None) -> str:
    """Return the beginning of a hash with its algorithm, a dash where there is none."""
    algorithm, _colon, digits = (hashed or "-").partition(":")
    return f"{algorithm}:{digits[:SHORT_HASH]}" if digits else algorithm


def evidence_words(one: Evidence) -> str:
    """Say a line of evidence: its address, what it is, its day, who added it, what became of it."""
    parts = [f"{one.address()}  {word(EVIDENCE, one.kind)}  {safe(one.name)}"]
    if one.dated:
        parts.append(_("dated {day}").format(day=one.dated))
    parts.append(_("added by {name} on {day}").format(name=safe(one.person), day=one.added_on))
    if one.size is not None:
        parts.append(f"{size_words(one.size)}{_(', ')}{short_hash(one.hash)}")
    if one.place is not None:
        parts.append(_("lies at {place}").format(place=safe(one.place)))
    if one.removed_on is not None:
        parts.append(
            _("TAKEN OFF by {name} on {day}: {why}").format(
                name=safe(one.removed_by), day=one.removed_on, why=safe(one.why)
            )
        )
    if one.purged_on is not None:
        parts.append(_("ERASED on {day}").format(day=one.purged_on))
    return _("; ").join(parts)


def evidence_block(lines: Iterable[Evidence]) -> Iterator[str]:
    """Say the evidence of a row or an item under a heading; nothing where there is none."""
    shown = list(lines)
    if shown:
        yield ""
        yield _("Evidence")
        yield from (f"  {evidence_words(one)}" for one in shown)


def evidence_added_data(result: EvidenceAdded) -> dict[str, object]:
    """Return what was added as JSON."""
    return {
        "entry": result.seq,
        "evidence": [line_data(one) for one in result.lines],
        **_holder_data(result),
    } | fallen_data(result.fell)


def evidence_added_words(result: EvidenceAdded) -> Iterator[str]:
    """Say in a line each what was added."""
    yield _holder_words(result)
    yield from (f"  {evidence_words(one)}" for one in result.lines)
    yield from fallen_words(result.fell)


def evidence_taken_off_data(result: EvidenceTakenOff) -> dict[str, object]:
    """Return what was taken off as JSON."""
    return {
        "entry": result.seq,
        "evidence": [line_data(result.line)],
        **_holder_data(result),
    } | fallen_data(result.fell)


def evidence_taken_off_words(result: EvidenceTakenOff) -> Iterator[str]:
    """Say what was taken off."""
    yield _holder_words(result)
    yield f"  {evidence_words(result.line)}"
    yield from fallen_words(result.fell)


def _holder_data(result: EvidenceAdded | EvidenceTakenOff) -> dict[str, object]:
    """Return as JSON on what the evidence stands: a row, or an entry of a figure by its ref."""
    holder = result.holder
    if isinstance(holder, Row):
        return {"rows": [row_data(holder, result.today, None)], "figure_entry": None}
    return {"rows": [], "figure_entry": {"ref": holder.ref, "key": holder.figure.key, "year": holder.year}}


def _holder_words(result: EvidenceAdded | EvidenceTakenOff) -> str:
    """Say on what the evidence stands."""
    holder = result.holder
    if isinstance(holder, Row):
        return f"{ref_words(holder)}  {safe(title(holder))}"
    figure, entry = holder.figure, holder.entry
    typed = amount(entry.digits + entry.multiple, figure.measure_zh, figure.measure_en)
    return f"{holder.ref} ({holder.year})  {typed}  {safe(pick(figure.title_zh, figure.title_en))}"


def evidence_list_data(result: EvidenceList) -> dict[str, object]:
    """Return a list of evidence as JSON; its lines are a stream."""
    return {"years": [year for year in result.years if year], "evidence": (line_data(one) for one in result.lines)}


def evidence_list_grid(result: EvidenceList) -> Grid:
    """Return evidence as one table."""
    return _grid(result.lines, spare=False)


def evidence_list_words(result: EvidenceList) -> Iterator[Block]:
    """List evidence."""
    first = next(result.lines, None)
    if first is None:
        yield _("There is no evidence.")
        return
    yield _grid(_with_first(first, result.lines), spare=True)


def _with_first(first: Evidence, rest: Iterator[Evidence]) -> Iterator[Evidence]:
    yield first
    yield from rest


def _grid(lines: Iterable[Evidence], *, spare: bool) -> Grid:
    """Return evidence as a table; some of it is left out where a terminal is narrow, unless it may not be."""
    columns = (
        Column(_("Evidence")),
        Column(_("Year")),
        Column(_("Kind"), fold=True),
        Column(_("Name"), fold=True),
        Column(_("Dated")),
        Column(_("Added by"), fold=True),
        Column(_("Added on"), spare=spare),
        Column(_("Size"), right=True, spare=spare),
        Column(_("Hash"), fold=True, spare=spare),
    )
    return Grid("", columns, (_cells(one, whole=not spare) for one in lines))


def _cells(one: Evidence, *, whole: bool) -> tuple[Cell | str, ...]:
    kind = word(EVIDENCE, one.kind)
    if one.removed_on is not None:
        kind += f" · {_('taken off')}"
    if one.purged_on is not None:
        kind += f" · {_('erased')}"
    return (
        Cell(one.address(), "bold"),
        str(one.year or ""),
        Cell(kind, "dim" if one.removed_on or one.purged_on else ""),
        one.name,
        one.dated or "-",
        one.person,
        one.added_on,
        "-" if one.size is None else size_words(one.size),
        (one.hash or "-") if whole else short_hash(one.hash),
    )


# --- copied out and erased --------------------------------------------------------------------


def evidence_opened_data(result: EvidenceOpened) -> dict[str, object]:
    """Return what is to be looked at as JSON."""
    return {"evidence": [line_data(result.line)], "target": result.target, "shown": result.is_shown}


def evidence_opened_words(result: EvidenceOpened) -> Iterator[str]:
    """Say whether a viewer shows it, and where it is."""
    yield evidence_words(result.line)
    target = safe(result.target)
    if result.is_program:
        yield _("This file would be run and not shown, so it was not opened. A copy lies at {path}").format(path=target)
    elif result.is_shown:
        yield _("Shown by the system's viewer: {path}").format(path=target)
    else:
        yield _("There is no viewer here. It is at {path}").format(path=target)
    if result.line.kind == "file":
        yield _("Delete the copy when you have read it.")


def index_head() -> tuple[str, ...]:
    """Return the heads of the index of what was handed out."""
    return (
        _("Evidence"), _("Year"), _("Item"), _("Kind"), _("Name"), _("File"), _("Dated"), _("Added by"), _("Added on"),
        _("Bytes"), _("Hash"), _("Remark"),
    )  # fmt: skip


def index_line(outgoing: Outgoing, copied: Copied) -> tuple[str, ...]:
    """Return a line of the index of what was handed out."""
    line = outgoing.line
    return (
        line.address(),
        str(line.year or ""),
        pick(outgoing.title_zh, outgoing.title_en),
        word(EVIDENCE, line.kind),
        line.name,
        copied.file or "",
        line.dated or "",
        line.person,
        line.added_on,
        "" if line.size is None else str(line.size),
        line.hash or "",
        _remark(line, copied),
    )


def _remark(line: Evidence, copied: Copied) -> str:
    if copied.fault is not None:
        return _("DAMAGED in the register: {reason}").format(reason=_reason(copied.fault))
    if line.purged_on is not None:
        return _("ERASED on {day}").format(day=line.purged_on)
    return _("lies at {place}").format(place=line.place) if line.place is not None else ""


def _reason(reason: str) -> str:
    from lawcheck.render.errors import reason_words  # only where something is wrong

    return reason_words(reason)


def evidence_handed_out_data(result: EvidenceHandedOut) -> dict[str, object]:
    """Return what was handed out as JSON."""
    lines = [{**line_data(one.line), "file": one.file, "fault": one.fault} for one in result.lines]
    return {"folder": result.folder, "index": result.index_file, "evidence": lines}


def evidence_handed_out_words(result: EvidenceHandedOut) -> Iterator[str]:
    """Say how many files went where, and what could not be handed out."""
    files = sum(one.file is not None for one in result.lines)
    counted = plural("{n} file", "{n} files", files)
    listed = plural("{n} piece of evidence", "{n} pieces of evidence", len(result.lines))
    yield _("{files} written to {folder}; the index lists {lines}: {index}").format(
        files=counted, folder=safe(result.folder), lines=listed, index=safe(result.index_file)
    )
    for one in result.faults():
        yield _("NOT handed out: {address} {name}: {reason}").format(
            address=one.line.address(), name=safe(one.line.name), reason=_reason(str(one.fault))
        )
    if result.faults():
        yield pasteable(_("Run 'lawcheck verify --read-evidence' to see all that is wrong."))


def evidence_purged_data(result: EvidencePurged) -> dict[str, object]:
    """Return what was erased as JSON."""
    return {
        "entry": result.seq,
        "hash": result.hash,
        "why": result.why,
        "was_there": result.was_there,
        "evidence": [line_data(one) for one in result.lines],
    }


def evidence_purged_words(result: EvidencePurged) -> Iterator[str]:
    """Say what was erased from which rows, and what is left to do."""
    yield _("Erased for good: {hash}").format(hash=result.hash)
    yield from (f"  {evidence_words(one)}" for one in result.lines)
    if not result.was_there:
        yield _("Note: the vault did not hold it any more.")
    yield _("Copies made before still hold it: backups, exports, what was opened or handed out. Destroy them too.")
