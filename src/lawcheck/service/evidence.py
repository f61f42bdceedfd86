"""Evidence (佐证材料) added to rows and figures, taken off, looked at, handed out, erased where the law demands it."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from lawcheck.core.evidence import (
    Evidence,
    Piece,
    added,
    check_dated,
    document_number,
    file_hash,
    kept_hash,
    kept_name,
    link_text,
    parse_address,
    taken_off,
)
from lawcheck.core.journal import WHOLE, Actor, Change, Redaction, fallen
from lawcheck.core.refs import parse_entry_ref, parse_ref
from lawcheck.core.row import Row, required_text
from lawcheck.core.words import EvidenceKind
from lawcheck.errors import AmbiguousRef, EvidenceErased, MissingParameter, UnknownEvidence
from lawcheck.service.attached import EVERY_REF, Attach, evidence_on
from lawcheck.service.finding import MOST_CANDIDATES
from lawcheck.service.holding import Holder, bounds_of_holders, figure_named, holder_at, holder_to_change, holders_named
from lawcheck.service.reviews import falls_away
from lawcheck.service.years import check_writable, years_meant, years_or_cases
from lawcheck.store import codec
from lawcheck.store.entities import key_text
from lawcheck.store.intake import Incoming
from lawcheck.store.register import Register
from lawcheck.store.vault import ALGORITHMS, Progress, Vault, hash_of


class Offered(NamedTuple):
    """What is offered as evidence: files, links, numbers of documents (文号), and the day that they bear.

    With `reference` only hash and place of the files are kept and no content, for what may not be copied (涉密).
    """

    files: tuple[Path, ...] = ()
    links: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    dated: date | None = None
    reference: bool = False


class To(NamedTuple):
    """What evidence is to come with: the rows that are ticked, by their refs, or an amount of a figure, by its key."""

    rows: Sequence[str] = ()
    figure: str | None = None


class Intake(NamedTuple):
    """How files are taken in: how they are hashed, how large one may be, and who is told how much of it is read."""

    algorithm: str = ALGORITHMS[0]
    most_bytes: int = 1 << 30
    progress: Progress | None = None


class EvidenceAdded(NamedTuple):
    """What was added to a row or an entry of a figure, which has it now; `fell` is an acceptance that fell away."""

    holder: Holder
    lines: tuple[Evidence, ...]
    seq: int
    today: date
    fell: tuple[Change, ...] = ()


class EvidenceTakenOff(NamedTuple):
    """What was taken off a row or an entry of a figure, which has it no more; `fell` as when it is added."""

    holder: Holder
    line: Evidence
    seq: int
    today: date
    fell: tuple[Change, ...] = ()


class EvidencePurged(NamedTuple):
    """Evidence whose bytes are gone: every line that referred to them, and why.

    `seq` is None where an earlier command said so already and only left the bytes; `was_there` is False where the vault
    had lost them before.
    """

    hash: str
    lines: tuple[Evidence, ...]
    why: str
    seq: int | None
    was_there: bool


class Outgoing(NamedTuple):
    """Evidence to be copied out: its line, the titles of its item or figure, where its bytes lie, if they are kept."""

    line: Evidence
    title_zh: str
    title_en: str
    path: Path | None


class EvidenceList(NamedTuple):
    """Lines of evidence, read as they are needed."""

    lines: Iterator[Evidence]
    years: tuple[int, ...]


# --- added ------------------------------------------------------------------------------------


def add_evidence(
    register: Register, actor: Actor, ref: str, offered: Offered, intake: Intake, *, year: int | None = None
) -> EvidenceAdded:
    """Add evidence to a row or an entry of a figure: all that is offered or none of it.

    Files are in the vault and on the disk before the register says so; what a refused command left there harms nothing.

    Raises:
        MissingParameter: nothing is offered.
        NotFound: the ref means no row or several, or a file cannot be read.
        Refused: the year is closed, the same evidence is there, a file is too large, the day has not come.
        VaultFault: the vault cannot be written.

    """
    with register.snapshot():  # nothing is copied for a row that is not there
        holder_to_change(register, ref, year, actor.today)
    pieces = take_in(register, offered, intake, date.fromisoformat(actor.today))
    with register.transaction():
        holder = holder_to_change(register, ref, year, actor.today)
        fell = _falls_away(register, holder)
        made = evidence_changes(register, actor, holder.year, holder.ref, pieces, offered.dated)
        entry = register.record(actor, "evidence add", [*fell, *made])
        holder = holder_at(register, holder.year, holder.ref)
    names = {change.key for change in made}
    lines = tuple(one for one in holder.evidence if key_text(one.year, one.ref, one.n) in names)
    return EvidenceAdded(holder, lines, entry.seq, date.fromisoformat(actor.today), fallen(fell))


def take_in(register: Register, offered: Offered, intake: Intake, today: date) -> tuple[Piece, ...]:
    """Return what is offered as it is kept; the bytes of files are in the vault and on the disk after that.

    Raises:
        MissingParameter: nothing is offered.
        FutureDate: the day has not come.
        NoSuchFile: a file cannot be read, is a link, a folder or a device, or changed while it was read.
        FileTooLarge: a file is larger than evidence may be.
        VaultFault: the vault cannot be written.

    """
    check_dated(offered.dated, today)
    links = [Piece(EvidenceKind.LINK.value, link_text(one)) for one in offered.links]
    numbers = [Piece(EvidenceKind.DOCUMENT.value, document_number(one)) for one in offered.documents]
    if not offered.files and (offered.reference or not (links or numbers)):
        raise MissingParameter(name="--file" if offered.reference else "--file / --link / --doc")
    vault = Vault(register.path)
    for path in offered.files:  # all can be read before any is copied
        Incoming(path, intake.most_bytes).close()
    files = [_file(vault, path, intake, reference=offered.reference) for path in offered.files]
    return (*files, *links, *numbers)


def _file(vault: Vault, path: Path, intake: Intake, *, reference: bool) -> Piece:
    name = kept_name(path.name)
    with Incoming(path, intake.most_bytes) as source:
        if not reference:
            kept = vault.keep(source, source.size, intake.algorithm, intake.progress)
            return Piece(EvidenceKind.FILE.value, name, None, kept.hash, kept.size)
        read = 0

        def told(piece: int) -> None:
            nonlocal read
            read += piece
            if intake.progress is not None:
                intake.progress(read, source.size)

        hashed = hash_of(source, intake.algorithm, told)
        return Piece(EvidenceKind.REFERENCE.value, name, str(path.absolute()), hashed, source.size)


def attaching(
    register: Register, actor: Actor, on: To, offered: Offered, intake: Intake, *, year: int | None = None
) -> Attach:
    """Take in what is offered with a tick or a figure, and return what puts it on the rows or on the entry.

    Raises:
        LawcheckError: as for `add_evidence`.

    """
    with register.snapshot():
        for ref in on.rows:
            holder_to_change(register, ref, year, actor.today)
        if on.figure is not None:
            figure_named(register, on.figure, years_meant(register, year))
    pieces = take_in(register, offered, intake, date.fromisoformat(actor.today))
    return lambda year, ref: evidence_changes(register, actor, year, ref, pieces, offered.dated)


def evidence_changes(
    register: Register, actor: Actor, year: int, ref: str, pieces: Sequence[Piece], dated: date | None
) -> list[Change]:
    """Return the changes that put evidence on a row, or on an entry of a figure.

    Raises:
        EvidenceThere: the same is there.

    """
    held = evidence_on(register, year, ref, removed_too=True)
    n = max((one.n for one in held), default=0)
    changes: list[Change] = []
    for fields in added(pieces, held, dated=dated, by=actor.person, today=date.fromisoformat(actor.today)):
        n = _free_number(register, year, ref, n + 1)
        changes.append(Change("evidence", key_text(year, ref, n), WHOLE, None, fields))
    return changes


def _free_number(register: Register, year: int, ref: str, n: int) -> int:
    """Return the first number from `n` on that no evidence there ever had, not even what was taken back."""
    while any(register.all("touched_last", key=key_text(year, ref, n))[0]) and _was_evidence(register, year, ref, n):
        n += 1
    return n


def _was_evidence(register: Register, year: int, ref: str, n: int) -> bool:
    """Tell whether an entry speaks of evidence with a number on a row: notes are numbered the same way."""
    from lawcheck.service.journal import lines_about  # only where something had that number

    key = key_text(year, ref, n)
    return any(
        line.changes is None or any(change.entity == "evidence" and change.key == key for change in line.changes)
        for line in lines_about(register, key)
    )


def _falls_away(register: Register, holder: Holder) -> list[Change]:
    """Return the changes by which the acceptance of a row falls away; figures are not reviewed."""
    return falls_away(register, holder) if isinstance(holder, Row) else []


# --- looked up --------------------------------------------------------------------------------


def find_evidence(register: Register, words: Sequence[str], year: int | None, today: str) -> tuple[Holder, Evidence]:
    """Return the row or entry of a figure and the line that `PL-03#2` names, also where it was taken off.

    Raises:
        InvalidEvidence: nothing is named so.
        NotFound: nothing has it, or several have.

    """
    text, n = parse_address(words)
    holders = holders_named(register, text, year, today)
    ref = parse_ref(text).text if parse_entry_ref(text) is None else text
    held = [(one, evidence_on(register, one.year, one.ref, removed_too=True)) for one in holders]
    found = [(holder, one) for holder, lines in held for one in lines if one.n == n]
    exact = [(holder, one) for holder, one in found if holder.is_of_case() and holder.ref == ref]
    if len(found) == 1 or exact:
        return (exact or found)[0]
    if found:
        candidates = [(one.address(), one.year) for _, one in found[:MOST_CANDIDATES]]
        raise AmbiguousRef(ref=f"{ref}#{n}", candidates=candidates, more=len(found) - len(candidates))
    known = [one.address() for _, lines in held for one in lines]
    raise UnknownEvidence(address=f"{ref}#{n}", ref=ref, known=known[:MOST_CANDIDATES])


def list_evidence(
    register: Register, name: str | None = None, *, year: int | None = None, removed_too: bool = False
) -> EvidenceList:
    """Return the evidence on what a ref, template or figure stands for, or on all of the open years and of cases.

    Raises:
        NotFound: the name stands for nothing.

    """
    register.hold()
    years = sorted(years_or_cases(register, year)) + ([0] if year is None else [])
    low, high, suffix = EVERY_REF["low"], EVERY_REF["high"], None
    if name is not None:
        low, high, suffix = bounds_of_holders(register, name, [one for one in years if one])
    asked = {"low": low, "high": high, "suffix": suffix, "removed_too": int(removed_too)}
    lines = (codec.evidence(one) for each in years for one in register.each("evidence_between", year=each, **asked))
    return EvidenceList(lines, tuple(years))


# --- taken off --------------------------------------------------------------------------------


def remove_evidence(
    register: Register, actor: Actor, words: Sequence[str], *, why: str, year: int | None = None
) -> EvidenceTakenOff:
    """Take evidence off its row or entry, with the reason; its line and its bytes stay in the record.

    Raises:
        EmptyText: no reason is given.
        NotFound: there is no such evidence.
        EvidenceRemoved: it was taken off before.
        YearClosed: the year is closed.

    """
    reason = required_text(why, "--why")
    with register.transaction():
        holder, line = find_evidence(register, words, year, actor.today)
        if not holder.is_of_case():
            check_writable(register, holder.year)
        new = taken_off(line, by=actor.person, why=reason, today=date.fromisoformat(actor.today))
        fell = _falls_away(register, holder)
        key = key_text(line.year, line.ref, line.n)
        made = [Change("evidence", key, name, getattr(line, name), value) for name, value in new.items()]
        entry = register.record(actor, "evidence remove", [*fell, *made])
        holder = holder_at(register, holder.year, holder.ref)
    gone = line._replace(**new)  # type: ignore[arg-type]  # the fields of a line by name
    return EvidenceTakenOff(holder, gone, entry.seq, date.fromisoformat(actor.today), fallen(fell))


# --- copied out -------------------------------------------------------------------------------


def evidence_to_open(register: Register, words: Sequence[str], *, year: int | None, today: date) -> Outgoing:
    """Return evidence that can be looked at: a file in the vault, or the address of a page.

    Raises:
        NotFound: there is no such evidence.
        NoBytesKept: it is the number of a document, or a file that was not copied.
        EvidenceErased: it was erased.

    """
    with register.snapshot():
        holder, line = find_evidence(register, words, year, today.isoformat())
    path = None if line.kind == EvidenceKind.LINK else Vault(register.path).path_of(kept_hash(line))
    return Outgoing(line, holder.title_zh, holder.title_en, path)


def evidence_to_hand_out(register: Register, name: str | None, *, year: int | None) -> tuple[Outgoing, ...]:
    """Return the evidence on what a ref, template or figure stands for, or of a year, without what was taken off.

    Raises:
        NotFound: the name stands for nothing.

    """
    vault = Vault(register.path)
    titles: dict[tuple[int, str], tuple[str, str]] = {}
    going: list[Outgoing] = []
    for line in list_evidence(register, name, year=year).lines:
        where = (line.year, line.ref)
        if where not in titles:
            holder = holder_at(register, *where)
            titles[where] = (holder.title_zh, holder.title_en)
        is_kept = line.kind == EvidenceKind.FILE and line.purged_on is None
        going.append(Outgoing(line, *titles[where], vault.path_of(file_hash(line)) if is_kept else None))
    return tuple(going)


# --- erased -----------------------------------------------------------------------------------


def purge_evidence(
    register: Register, actor: Actor, words: Sequence[str], *, why: str, year: int | None = None
) -> EvidencePurged:
    """Erase the bytes of a file of evidence for good, for all that refers to them; lines and hash stay.

    The entry comes first: if the bytes cannot be removed after it, the same command removes them another time. What was
    added and taken back by `undo` can be erased too; its line comes back for that, as taken off and erased. A closed
    year is no hindrance, for the law that has something erased does not wait.

    Raises:
        EmptyText: no reason is given.
        NotFound: there is no such evidence.
        NoBytesKept: nothing was kept of it but its line.
        EvidenceErased: it was erased before.
        VaultFault: the bytes cannot be removed.

    """
    reason = required_text(why, "--why")
    vault = Vault(register.path)
    with register.transaction():
        line, back = _line_to_purge(register, actor, words, reason, year)
        hashed = file_hash(line)
        held = [codec.evidence(one) for one in register.all("evidence_by_hash", hash=hashed)]
        held = [one for one in held if one.kind == EvidenceKind.FILE and one.purged_on is None]
        keys = [key_text(one.year, one.ref, one.n) for one in held]
        changes = [*back, *(Change("evidence", key, "purged_on", None, actor.today) for key in keys)]
        if not changes and not vault.holds(hashed):
            raise EvidenceErased(address=line.address(), day=line.purged_on)
        entry = None
        if changes:
            entry = register.record(actor, "evidence purge", changes, redaction=Redaction([], reason))
        lines = [one for one in map(codec.evidence, register.all("evidence_by_hash", hash=hashed)) if one.purged_on]
    was_there = vault.purge(hashed)
    return EvidencePurged(hashed, tuple(lines), reason, entry.seq if entry else None, was_there)


def _line_to_purge(
    register: Register, actor: Actor, words: Sequence[str], why: str, year: int | None
) -> tuple[Evidence, list[Change]]:
    """Return the line that is meant; one that was taken back comes with the change that makes it anew, as erased."""
    try:
        return find_evidence(register, words, year, actor.today)[1], []
    except UnknownEvidence:
        text, n = parse_address(words)
        holders = holders_named(register, text, year, actor.today)
        taken_back = [
            (one, held) for one in holders if (held := _taken_back(register, one.year, one.ref, n)) is not None
        ]
        if len(taken_back) != 1:
            raise
    holder, held = taken_back[0]
    gone = {"removed_on": actor.today, "removed_by": actor.person, "why": why, "purged_on": actor.today}
    new = {**held, **gone}
    line = Evidence(holder.year, holder.ref, n, **new)  # type: ignore[arg-type]  # its fields by name
    file_hash(line)
    return line, [Change("evidence", key_text(holder.year, holder.ref, n), WHOLE, None, new)]


def _taken_back(register: Register, year: int, ref: str, n: int) -> dict[str, object] | None:
    """Return the fields of evidence with a number that was added once, and taken back."""
    from lawcheck.service.journal import lines_about  # only where nothing has that number now

    key = key_text(year, ref, n)
    made = (
        change.new
        for line in lines_about(register, key)
        for change in line.changes or ()
        if (change.entity, change.key, change.field, change.old) == ("evidence", key, WHOLE, None)
    )
    return next((new for new in made if isinstance(new, dict)), None)
