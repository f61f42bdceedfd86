"""Copies of the register in words: backups, what was restored."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lawcheck.render.language import _, plural
from lawcheck.render.safe import safe
from lawcheck.render.words import pasteable

if TYPE_CHECKING:
    from lawcheck.core.journal import Head
    from lawcheck.service.archive import Exported
    from lawcheck.service.archive_import import Imported
    from lawcheck.service.backup import BackedUp
    from lawcheck.service.restore import Restored

_SHOWN = 5


def backed_up_data(result: BackedUp) -> dict[str, object]:
    """Return a backup as JSON."""
    return _told(result)


def backed_up_words(result: BackedUp) -> Iterator[str]:
    """Say where a backup is and what it holds."""
    yield _("Backed up to {path}, and read back: {counted}.").format(
        path=safe(result.file), counted=counted(result.head, result.rows, result.files)
    )
    signed = _(" (signed)") if result.signed else ""
    yield _("Its manifest: {path}").format(path=safe(result.manifest)) + signed
    yield from lost_words(result.lost)
    yield _("Head of the chain: entry {seq}, {hash}").format(seq=result.head.seq, hash=result.head.hash)


def restored_data(result: Restored) -> dict[str, object]:
    """Return what was restored as JSON."""
    return _told(result)


def restored_words(result: Restored) -> Iterator[str]:
    """Say what was restored, and how old it is."""
    yield _("Restored to {register} from {path}, proved whole: {counted}.").format(
        register=safe(result.register),
        path=safe(result.file),
        counted=counted(result.head, result.rows, result.files),
    )
    signed = _(" (signed)") if result.signed else ""
    age = "" if result.age_seconds is None else _(", {age} ago").format(age=age_words(result.age_seconds))
    if result.made_at is not None:
        backed_up = _("Backed up at {at} by {person}{age}").format(
            at=_second(result.made_at), person=safe(result.made_by or ""), age=age
        )
        yield backed_up + signed
        age = ""
    if result.last_at is not None:
        yield _("The last entry in it is of {at}{age}").format(at=_second(result.last_at), age=age)
    yield from lost_words(result.lost)
    yield _("Head of the chain: entry {seq}, {hash}").format(seq=result.head.seq, hash=result.head.hash)


def exported_data(result: Exported) -> dict[str, object]:
    """Return an archive as JSON."""
    return _told(result)


def exported_words(result: Exported) -> Iterator[str]:
    """Say where an archive is and what it holds."""
    signed = _(" (signed)") if result.signed else ""
    yield (
        _("Exported to {path}: {counted}.").format(
            path=safe(result.file), counted=counted(result.head, result.rows, result.files)
        )
        + signed
    )
    yield from lost_words(result.lost)
    yield _("Head of the chain: entry {seq}, {hash}").format(seq=result.head.seq, hash=result.head.hash)


def imported_data(result: Imported) -> dict[str, object]:
    """Return what was made from an archive as JSON."""
    return _told(result)


def imported_words(result: Imported) -> Iterator[str]:
    """Say what was made from an archive."""
    signed = _(" (signed)") if result.signed else ""
    yield (
        _("{register} made from {path}, replayed and proved whole: {counted}.").format(
            register=safe(result.register),
            path=safe(result.file),
            counted=counted(result.head, result.rows, result.files),
        )
        + signed
    )
    yield from lost_words(result.lost)
    yield _("Head of the chain: entry {seq}, {hash}").format(seq=result.head.seq, hash=result.head.hash)


def upgraded_words(register: str, was: int, now: int, backup: str) -> str:
    """Say that a register was brought to this version, and where the backup from before is."""
    return _("The register {path} was upgraded from format {was} to {now}. As it was before: {backup}").format(
        path=safe(register), was=was, now=now, backup=safe(backup)
    )


def far_words(register: str) -> str:
    """Warn of a register on a disk of another machine."""
    return _(
        "Warning: the register {path} lies on a network drive, where SQLite cannot rely on locks: let no two machines "
        "write it at once, keep it on a disk of one machine if you can, and back it up often."
    ).format(path=safe(register))


def counted(head: Head, rows: int, files: int) -> str:
    """Say how much a register holds."""
    words = _("{entries} entries, {rows} rows").format(entries=head.seq, rows=rows)
    return words + _(", ") + plural("{n} file of evidence", "{n} files of evidence", files)


def lost_words(lost: tuple[str, ...]) -> Iterator[str]:
    """Name the evidence that a copy does not have."""
    if lost:
        yield plural(
            "{n} file of evidence is missing or damaged in the vault, and so in the copy:",
            "{n} files of evidence are missing or damaged in the vault, and so in the copy:",
            len(lost),
        )
        yield from (f"  {safe(one)}" for one in lost[:_SHOWN])
        if len(lost) > _SHOWN:
            yield "  " + plural("and {n} more", "and {n} more", len(lost) - _SHOWN)
        yield pasteable(_("Run 'lawcheck verify --read-evidence' to see which rows they belong to."))


def age_words(seconds: int) -> str:
    """Say how long ago something was."""
    minutes, hours, days = seconds // 60, seconds // 3_600, seconds // 86_400
    if days > 0:
        return plural("{n} day", "{n} days", days)
    if hours > 0:
        return plural("{n} hour", "{n} hours", hours)
    if minutes > 0:
        return plural("{n} minute", "{n} minutes", minutes)
    return _("less than a minute")


def _told(result: BackedUp | Restored | Exported | Imported) -> dict[str, object]:
    return result._asdict() | {"head": result.head._asdict(), "lost": list(result.lost)}


def _second(instant: str) -> str:
    return f"{safe(instant[:19])}Z"
