"""The journal in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lawcheck.core.journal import WHOLE, Change
from lawcheck.render.grid import Block, Column, Grid
from lawcheck.render.language import N_, _, plural
from lawcheck.render.safe import safe
from lawcheck.render.words import (
    CASE_STATES,
    EVIDENCE,
    REVIEWS,
    STATES,
    fallen_data,
    fallen_words,
    pasteable,
    quoted_path,
    word,
)

if TYPE_CHECKING:
    from lawcheck.service.journal import Log, LogLine, Undone
    from lawcheck.service.journal_file import JournalExported

FIELDS = {
    "state": N_("state"),
    "done_on": N_("done on"),
    "done_by": N_("done by"),
    "due": N_("due"),
    "earliest": N_("not before"),
    "at": N_("date"),
    "until": N_("until"),
    "facts": N_("facts"),
    "closed_on": N_("closed on"),
    "left_to_do": N_("left"),
    "why": N_("why"),
    "assignee": N_("given to"),
    "unit": N_("unit"),
    "review": N_("review"),
    "target": N_("target"),
}
"""The fields of a row, a case or a figure worth a word in the log."""


def log_line_data(line: LogLine) -> dict[str, object]:
    """Return an entry as JSON."""
    entry = line.entry
    return {
        "seq": entry.seq,
        "at": entry.at,
        "person": entry.person,
        "os_user": entry.os_user,
        "host": entry.host,
        "command": entry.command,
        "today_set": entry.today,
        "hash": entry.hash,
        "undoes": line.undoes,
        "redacted": entry.payload is None,
        "redacted_by": line.redacted_by,
        "redacts": list(line.redacts),
        "why": line.why,
        "changes": [list(change) for change in line.changes or ()],
    }


def log_line_words(line: LogLine) -> Iterator[str]:
    """Say an entry in a line: number, instant, person, command, changes."""
    entry = line.entry
    today = _(" (today set to {day})").format(day=entry.today) if entry.today else ""
    undoes = _(" of entry {seq}").format(seq=line.undoes) if line.undoes else ""
    what = _said(line)
    yield f"#{entry.seq}  {entry.at[:19]}Z  {safe(entry.person)}  {safe(entry.command)}{undoes}{today}  {what}"


def _said(line: LogLine) -> str:
    """Say what an entry changed, or what is left of that and who redacted it."""
    why = safe(line.why or "")
    if line.redacts:
        seqs = _(", ").join(f"#{seq}" for seq in line.redacts[:_MOST])
        more = len(line.redacts) - _MOST
        seqs += " " + plural("and {n} more", "and {n} more", more) if more > 0 else ""
        return _("redacts {entries}: {why}").format(entries=seqs, why=why)
    if line.changes is None:
        return _("redacted")
    changes = _changes(line.changes)
    if line.redacted_by is None:
        return f"{changes}{_(': ')}{why}" if why else changes
    return _("{changes} (redacted by #{seq}: {why})").format(changes=changes, seq=line.redacted_by, why=why)


_MOST = 4
"""So many changes, or entries, are said in one line."""


def _changes(changes: tuple[Change, ...]) -> str:
    words = [one for change in changes if (one := _change(change))] or _other(changes)
    more = len(words) - _MOST
    return _("; ").join(words[:_MOST]) + (" " + plural("and {n} more", "and {n} more", more) if more > 0 else "")


def _other(changes: tuple[Change, ...]) -> list[str]:
    """Say what an entry is about whose changes have no words of their own, or that it changed nothing."""
    if not changes:
        return [_("nothing changed")]
    return [_("{key} changed").format(key=key) for key in dict.fromkeys(_key(change) for change in changes)]


def _key(change: Change) -> str:
    return _("Bureau file") if change.entity == "bureau" else safe(change.key)


def _change(change: Change) -> str:
    key = _key(change)
    if change.entity == "review":
        return _reviewed(change)
    if change.entity == "evidence" and change.field in ("removed_on", "purged_on"):
        return f"{key} {_(_OF_EVIDENCE[change.field, change.new is not None])}"
    if change.entity == "confirmation":
        said = _("confirmed as not happened") if change.new is not None else _("to be confirmed anew")
        return f"{key} {said}"
    if change.entity == "closing":
        return ""  # the state of the year says it
    if change.field == WHOLE:
        gone = change.new is None
        held = change.old if gone else change.new
        text = next((held[name] for name in _TEXTS if held.get(name)), None) if isinstance(held, dict) else None
        if isinstance(held, dict) and "digits" in held:
            text = f"{held['digits']}{held['multiple']}"
        elif isinstance(held, dict) and change.entity == "evidence":
            text = f"{word(EVIDENCE, held['kind'])} {held['name']}"
            text += f" · {_('erased')}" if held["purged_on"] else ""
        said = f" {safe(text)}" if text else ""
        return f"{_('gone')} {key}" if gone else f"{key}{said}"
    if change.entity in ("bureau", "checklist", "holiday") and change.field == "document":
        return f"{key} {_('revised')}"
    if change.field not in FIELDS or (change.new is None and change.old is None):
        return ""
    states = CASE_STATES if change.entity in ("case", "year") else STATES
    vocabulary = {"state": states, "review": REVIEWS}.get(change.field, {})
    old, new = (word(vocabulary, str(one)) if one else "-" for one in (change.old, change.new))
    return f"{key} {_(FIELDS[change.field])}{_(': ')}{safe(old)} -> {safe(new)}"


_TEXTS = ("text", "happening", "title", "party", "approval")
"""The free text by which a thing is known when it is made."""

_OF_EVIDENCE = {
    ("removed_on", True): N_("taken off"),
    ("removed_on", False): N_("put back"),
    ("purged_on", True): N_("erased"),
    ("purged_on", False): N_("erased"),
}
"""What becomes of evidence by a change of a field."""


def _reviewed(change: Change) -> str:
    """Say what a reviewer said of a row, or that it is said no more."""
    said: dict[str, object] = change.old if change.new is None else change.new  # type: ignore[assignment]
    words = {"key": safe(change.key), "person": safe(said["person"]), "day": safe(said["on_date"])}
    if change.new is not None:
        return _("{key} returned: {why}").format(**words, why=safe(said["why"])) if said["why"] else ""
    if said["verdict"] == "accepted":
        return _("the acceptance of {key} by {person} ({day}) falls away").format(**words)
    return ""


def log_data(result: Log) -> dict[str, object]:
    """Return the log as JSON."""
    return {
        "entries": [log_line_data(line) for line in result.lines],
        "head": {"seq": result.head.seq, "hash": result.head.hash},
        "more": result.more,
    }


def log_grid(result: Log) -> Grid:
    """Return the log as one table."""
    columns = (
        Column(_("Entry"), right=True),
        Column(_("Instant (UTC)")),
        Column(_("Who"), fold=True),
        Column(_("Command")),
        Column(_("Changes"), fold=True),
    )
    rows = [
        (
            str(line.entry.seq),
            line.entry.at[:19],
            line.entry.person,
            line.entry.command + (f" #{line.undoes}" if line.undoes else "") + (" *" if line.entry.today else ""),
            _said(line),
        )
        for line in result.lines
    ]
    note = _("* what counts as today had been set by hand") if any(one.entry.today for one in result.lines) else ""
    return Grid("", columns, rows, note=note)


def log_words(result: Log) -> Iterator[Block]:
    """List entries, the latest first."""
    if result.lines:
        yield log_grid(result)
    else:
        yield _("No entry.")
    if result.more:
        year = f" --year {result.year}" if result.year is not None else ""
        asked = (f" {result.ref}" if result.ref is not None else "") + f" -n {10 * len(result.lines)}" + year
        yield pasteable(_("There are older entries: lawcheck log{asked}").format(asked=asked))
    yield _("Head of the chain: entry {seq}, {hash}").format(seq=result.head.seq, hash=result.head.hash)


def journal_exported_data(result: JournalExported) -> dict[str, object]:
    """Return what was written as JSON."""
    return {
        "file": result.file,
        "manifest": result.manifest,
        "register_id": result.register_id,
        "head": {"seq": result.head.seq, "hash": result.head.hash},
        "size": result.size,
        "signed": result.signed,
    }


def journal_exported_words(result: JournalExported) -> Iterator[str]:
    """Say what was written and how it is checked."""
    yield plural(
        "{n} entry written to {file}, with its manifest {manifest}.",
        "{n} entries written to {file}, with their manifest {manifest}.",
        result.head.seq,
        file=safe(result.file),
        manifest=safe(result.manifest),
    ) + (" " + _("The manifest is signed.") if result.signed else "")
    yield _("Check it without the register: lawcheck verify {file}").format(file=quoted_path(result.file))
    yield _("Head of the chain: entry {seq}, {hash}").format(seq=result.head.seq, hash=result.head.hash)


def undone_data(result: Undone) -> dict[str, object]:
    """Return what was taken back as JSON."""
    data = {"entry": result.by_seq, "undoes": result.seq, "command": result.command, "keys": list(result.keys)}
    return data | fallen_data(result.fell)


def undone_words(result: Undone) -> Iterator[str]:
    """Say in a line what was taken back."""
    keys = _(", ").join(safe(key) for key in result.keys[:6])
    more = len(result.keys) - 6
    if more > 0:
        keys += " " + plural("and {n} more", "and {n} more", more)
    yield _("Entry {seq} ({command}) taken back by entry {by}: {keys}").format(
        seq=result.seq, command=safe(result.command), by=result.by_seq, keys=keys
    )
    yield from fallen_words(result.fell)
