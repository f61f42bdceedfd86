"""The journal read back, and the last command of a person taken back."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from lawcheck.core.journal import REDACTING_VERSION, WHOLE, Actor, Change, Entry, Head, fallen
from lawcheck.core.refs import Ref, entry_ref, folded, parse_entry_ref, parse_ref, row_ref_of, template_bounds
from lawcheck.errors import NothingToUndo, RedactionStands, TouchedSince
from lawcheck.service.finding import find_item, matching_rows, unknown_ref
from lawcheck.service.years import check_writable, years_meant
from lawcheck.store import codec
from lawcheck.store.entities import key_text
from lawcheck.store.register import Register

if TYPE_CHECKING:
    from lawcheck.store.long import LeftAbout


class LogLine(NamedTuple):
    """An entry with its changes; once it is redacted, what is left of them, None where nothing stands in its place.

    `redacted_by` is the entry that blanked it, `redacts` are those that it blanks itself; `why` is said by either.
    """

    entry: Entry
    changes: tuple[Change, ...] | None
    undoes: int | None
    redacted_by: int | None = None
    redacts: tuple[int, ...] = ()
    why: str | None = None


class Log(NamedTuple):
    """Entries, the latest first, and the head of the chain; `more` says that older ones were left out.

    `ref` and `year` are what was asked for.
    """

    lines: tuple[LogLine, ...]
    head: Head
    more: bool
    ref: str | None = None
    year: int | None = None


class Undone(NamedTuple):
    """The entry taken back and the one that did it; `fell` are acceptances that fell away."""

    command: str
    seq: int
    by_seq: int
    keys: tuple[str, ...]
    fell: tuple[Change, ...] = ()


def read_log(register: Register, ref: str | None, *, year: int | None, most: int) -> Log:
    """Return the latest entries, of the whole register or of what a ref or a figure's key stands for.

    Raises:
        NotFound: the ref means nothing.

    """
    with register.snapshot():
        more = most + 1
        keys: list[str] = []
        if ref is None:
            found = register.all("entry_latest", most=more)
        else:
            found, keys = _about(register, ref, year, more)
        journal = _Left(register, keys)
        lines = tuple(_line(Entry(*values), journal) for values in found[:most])  # type: ignore[arg-type]
        head = register.head()
    asked = None
    if ref is not None:
        asked = parse_ref(ref).text if parse_entry_ref(ref) is None else folded(ref)
    return Log(lines, head, len(found) > most, asked, year if asked is not None else None)


def _about(register: Register, text: str, year: int | None, most: int) -> tuple[list[tuple[object, ...]], list[str]]:
    """Return the latest entries about what a ref stands for, and the keys of that."""
    if parse_entry_ref(text) is not None:
        from lawcheck.service.holding import figure_named  # only where a figure may be named

        years = years_meant(register, year)
        named = figure_named(register, text, years)
        if named is not None:
            return _about_figure(register, years, *named, most)
    ref = parse_ref(text)
    if register.one("case_file_get", key_ref=ref.code) is not None:
        return _about_case(register, ref, most)
    years = years_meant(register, year)
    found: dict[object, tuple[object, ...]] = {}
    known = False
    keys: list[str] = []
    for one in years:
        known = (
            known
            or bool(matching_rows(register, one, ref))
            or (find_item(register, one, ref.code) is not None and ref.text == ref.code)
        )
        of_unit = ref.unit is not None and ref.period is None
        refs = [row.ref for row in matching_rows(register, one, ref)] if of_unit else [ref.text]
        for key in [key_text(one, name) for name in refs]:
            keys.append(key)
            # The thing itself, what is under it (a full stop) and what is on it (a number sign).
            bounds = {"dot": key + ".", "after_dot": key + "/", "hash": key + "#", "after_hash": key + "$"}
            for row in register.all("entry_about", key=key, **bounds, most=most):
                found[row[0]] = row
    if not known:
        raise unknown_ref(register, ref, years)
    return sorted(found.values(), key=lambda row: int(str(row[0])), reverse=True)[:most], keys


def _about_figure(
    register: Register, years: Sequence[int], key: str, n: int | None, most: int
) -> tuple[list[tuple[object, ...]], list[str]]:
    """Return the entries that speak of a figure or one of its entries, and of the evidence on them."""
    found: dict[object, tuple[object, ...]] = {}
    keys: list[str] = []
    for year in years:
        whole = key_text(year, key)
        its_own, evidence = (whole, whole + ".") if n is None else (key_text(year, key, n), f"{whole}.{n}#")
        bounds = {"dot": evidence, "after_dot": evidence + "~", "hash": its_own + "#", "after_hash": its_own + "$"}
        for row in register.all("entry_about", key=its_own, **bounds, most=most):
            found[row[0]] = row
        keys += [its_own, evidence.rstrip("#.")] if n is not None else [whole]
    return sorted(found.values(), key=lambda row: int(str(row[0])), reverse=True)[:most], keys


def _about_case(register: Register, ref: Ref, most: int) -> tuple[list[tuple[object, ...]], list[str]]:
    """Return the entries that speak of a case, its milestones and rows, or of one of its rows."""
    key = ref.text if ref.text == ref.code else row_ref_of(ref.code, ref.unit or "", ref.occasion or 1)
    # Under a case stand its rows (a full stop) and its milestones (a slash, which follows it).
    bounds = {"dot": key + ".", "after_dot": key + "0", "hash": key + "#", "after_hash": key + "$"}
    return register.all("entry_about", key=key, **bounds, most=most), [key]


def lines_about(register: Register, key: str, most: int = 1_000_000) -> Iterator[LogLine]:
    """Yield the entries that speak of the thing with this very key, the latest first."""
    bounds = {"dot": key, "after_dot": key, "hash": key, "after_hash": key}
    journal = _Left(register, [key])
    for values in register.all("entry_about", key=key, **bounds, most=most):
        yield _line(Entry(*values), journal)  # type: ignore[arg-type]


def lines_collected(register: Register, seq: int) -> Iterator[LogLine]:
    """Yield the entries after one by which workbooks were collected, and those that took something back, in order."""
    journal = _Left(register)
    for values in register.all("entry_collected", seq=seq):
        yield _line(Entry(*values), journal)  # type: ignore[arg-type]


class _Left:
    """What is left of blanked entries, read where the first of them is met; `keys` name the things of interest."""

    def __init__(self, register: Register, keys: Sequence[str] = ()) -> None:
        self.register = register
        self.keys = keys
        self._about: dict[int, LeftAbout] | None = None

    def of(self, entry: Entry) -> "LeftAbout | None":
        """Return what is left of an entry that was blanked."""
        if self._about is None:
            self._about = self._read()
        return self._about.get(entry.seq)

    def _read(self) -> "dict[int, LeftAbout]":
        # Only where something was blanked.
        from lawcheck.store.long import LeftAbout, left_about
        from lawcheck.store.redaction import left_of_redacted

        if self.keys:
            return left_about(self.register, self.keys)
        found = {}
        for seq, left in left_of_redacted(self.register).items():
            changes, undoes = codec.payload_changes(left.payload)
            found[seq] = LeftAbout(tuple(changes), undoes, left.by, left.why)
        return found


def _line(entry: Entry, journal: _Left) -> LogLine:
    """Return an entry with its changes; of a long one only those of the things of interest."""
    if entry.payload is None:
        left = journal.of(entry)
        if left is None:
            return LogLine(entry, None, None)
        return LogLine(entry, left.changes, left.undoes, left.by, (), left.why)
    if not entry.payload:
        from lawcheck.store.long import changes_about  # only after an import of many cases

        return LogLine(entry, *changes_about(journal.register, entry.seq, journal.keys))
    changes, undoes = codec.payload_changes(entry.payload)
    line = LogLine(entry, tuple(changes), undoes)
    if entry.version == REDACTING_VERSION:
        from lawcheck.core.redaction import each_left, reason_of  # as above

        return line._replace(redacts=tuple(seq for seq, _ in each_left(entry.payload)), why=reason_of(entry.payload))
    return line


def undo(register: Register, actor: Actor) -> Undone:
    """Take back the last command of the same person by a new entry; again, the one before it.

    Raises:
        NothingToUndo: this person has nothing left to take back.
        TouchedSince: a later entry touched the same things.
        YearClosed: the year is closed.
        RedactionStands: the last command erased something.

    """
    with register.transaction():
        journal = _Left(register)
        entry, changes = _last_of(register, actor.person, journal)
        later = [_line(Entry(*values), journal) for values in register.all("entry_after", seq=entry.seq)]  # type: ignore[arg-type]
        taken_back = {line.undoes for line in later}
        for line in later:
            touched = None if line.undoes or line.entry.seq in taken_back else _touched(line, changes)
            if touched is not None:
                raise TouchedSince(seq=entry.seq, later=line.entry.seq, person=line.entry.person, key=touched)
        for year in {change.key.split("/")[0] for change in changes if change.entity not in ("holiday", "year")}:
            if year.isdigit():  # what belongs to a case or the bureau has no year
                check_writable(register, int(year))
        back = [change._replace(old=change.new, new=change.old) for change in reversed(changes)]
        falls = _falls(register, changes)
        written = register.record(actor, "undo", [*falls, *back], undoes=entry.seq)
        keys = tuple(dict.fromkeys(change.key for change in changes))
    return Undone(entry.command, entry.seq, written.seq, keys, fallen([*falls, *back]))


def _falls(register: Register, changes: Sequence[Change]) -> list[Change]:
    """Return the changes by which acceptances fall away as notes and evidence that came before them are taken back."""
    own = {change.key for change in changes if change.entity == "review"}
    keys = {change.key.partition("#")[0] for change in changes if change.entity in _ON_ROWS}
    if not keys - own:
        return []
    from lawcheck.service.reviews import falls_away_from  # only where there may be reviews

    return [change for key in sorted(keys - own) for change in falls_away_from(register, key)]


_ON_ROWS = ("note", "case_note", "evidence")
"""What stands on a row and belongs to what is accepted of it."""


def _last_of(register: Register, person: str, journal: _Left) -> tuple[Entry, tuple[Change, ...]]:
    """Return the last entry of a person that is not taken back, with what is left of its changes if it was blanked."""
    taken_back: set[int] = set()
    for values in register.each("entry_of_person", person=person):
        entry = Entry(*values)  # type: ignore[arg-type]
        if entry.version == REDACTING_VERSION:
            raise RedactionStands(seq=entry.seq)
        line = _line(entry, journal)
        if line.changes is None:
            continue
        if line.undoes is not None:
            taken_back.add(line.undoes)
        elif entry.seq not in taken_back:
            return entry, line.changes
    raise NothingToUndo(person=person)


def _touched(later: LogLine, changes: Sequence[Change]) -> str | None:
    """Return the key of a thing that a later entry touched and these changes too; None if there is none."""
    if changes and (later.changes is None or any(change.entity == "bureau" for change in changes)):
        return changes[0].key  # what was blanked may rest on this, and so may all that came under a bureau's file
    keys = {(change.entity, change.key) for change in changes}
    wholes = [change for change in changes if change.field in (WHOLE, "document")]
    made = {_stood_on(change) for change in wholes if change.field == WHOLE and change.entity not in _WIDE}
    wide = [change for change in wholes if change.entity in _WIDE]
    cases = {_case_of(change) for change in changes if change.entity in _RECKONED_FROM}
    for change in later.changes or ():
        if (change.entity, change.key) in keys or not made.isdisjoint(_above(change.key)):
            return change.key
        if change.entity in _RECKONED_FROM and _case_of(change) in cases:
            return change.key
        if any(_rests_on(change, whole) for whole in wide):
            return change.key
    return None


_RECKONED_FROM = ("case", "milestone", "pause", "extension")
"""What is recorded of a case: its rows follow from all of it, so a later one was reckoned with what came before."""


def _case_of(change: Change) -> str:
    return change.key.partition("/")[0]


_WIDE = ("year", "checklist", "case_template", "holiday")
"""Things under which stands more than what begins with their key."""


def _stood_on(change: Change) -> str:
    """Return the key under which stands what rests on a thing: evidence goes by the ref of an entry of a figure."""
    if change.entity != "figure_entry":
        return change.key
    key, _, n = change.key.partition("#")
    return entry_ref(key, int(n))


def _above(key: str) -> list[str]:
    """Return the keys of the things that a key stands under: `AJ-17`, `AJ-17.PUB` for `AJ-17.PUB#2`."""
    return [key[:place] for place, one in enumerate(key) if one in "#./"]


def _rests_on(change: Change, whole: Change) -> bool:
    """Tell whether a later change speaks of something under a thing that was made, or of a revision's items."""
    year, _, name = change.key.partition("/")
    if whole.entity == "year":
        return year == whole.key
    if whole.entity == "checklist":
        its_year, template = whole.key.split("/")
        bounds = template_bounds(template)
        inside = (
            change.entity in ("row", "note", "evidence") and year == its_year and bounds["low"] <= name < bounds["high"]
        )
        return inside and WHOLE in (change.field, whole.field)
    if whole.entity == "holiday":
        return change.entity in _RECKONED_FROM
    return change.entity == "case" and change.key.startswith(whole.key.partition("#")[0] + "-")
