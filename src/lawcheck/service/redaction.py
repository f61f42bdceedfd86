"""Erasing where the law demands it: the words of an entry go from the journal, the tables and the file."""

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from lawcheck.core.journal import REDACTING_VERSION, Actor, Entry, Redaction
from lawcheck.core.redaction import (
    SHORTEST,
    Left,
    Place,
    Words,
    contents_without,
    each_change,
    fields_without,
    holds_other,
    is_about,
    payload_without,
    places_in,
    redacting_without,
    subject_of,
    texts_of,
    without,
)
from lawcheck.core.refs import folded, parse_entry_ref, parse_ref
from lawcheck.core.row import required_text
from lawcheck.errors import (
    AlreadyRedacted,
    InvalidValue,
    NothingToRedact,
    NothingToRedactOf,
    ReasonHoldsWords,
    ReasonStays,
    RegisterDamaged,
    UnknownEntry,
    WordsNotThere,
)
from lawcheck.store.entities import held_fields, overwrite
from lawcheck.store.redaction import left_of_redacted, overwrite_freed, sweep
from lawcheck.store.register import Register

Texts = dict[str, tuple[str, ...]]
"""The words that go, by what they are about."""


class Blanked(NamedTuple):
    """An entry from which words went, or would go."""

    seq: int
    at: str
    person: str
    command: str


class Redacted(NamedTuple):
    """What was erased, or would be: `seq` is the entry asked for, `by` the one that blanks, None before it is done.

    `places` hold the words themselves only as long as nothing is done. `unswept` says why the file could not be
    written anew (`busy`, `full`, `interrupted`, `failed`), None where it was. `others` are entries that hold other free
    text about the same items, cases and figures: whether it says the same, only a person can tell.
    """

    seq: int
    by: int | None
    why: str
    entries: tuple[Blanked, ...]
    places: tuple[Place, ...]
    unswept: str | None
    others: tuple[int, ...] = ()


class Swept(NamedTuple):
    """That the file was written anew, or why not, as in `Redacted`."""

    register: str
    unswept: str | None


class Meant(NamedTuple):
    """What of an entry is to go: all its free text, or `only` what is about one thing, or only certain `words`."""

    only: str | None = None
    words: str | None = None


EVERYTHING = Meant()


def redact(
    register: Register, actor: Actor, seq: int, *, why: str, meant: Meant = EVERYTHING, dry_run: bool = False
) -> Redacted:
    """Erase the free text of an entry, wherever it stands again about the same item, case or figure.

    Every entry that holds it is blanked by one new entry, which says what is left of each; the tables are made to fit.
    An acceptance stands: it is bound to what is left. A closed year is no hindrance.

    Raises:
        EmptyText: no reason is given.
        UnknownEntry: there is no such entry.
        AlreadyRedacted: it was blanked, and holds no more free text.
        NothingToRedact: it holds no free text, or nothing of what is meant.
        InvalidValue: the words are a single character, which stands everywhere.
        ReasonStays: it erased words itself, and holds nothing but the reason.
        ReasonHoldsWords: the reason repeats the words.
        DiskFull, RegisterLocked: nothing was changed.

    """
    reason = required_text(why, "--why")
    meant = Meant(_name(meant.only) if meant.only is not None else None, _words(meant.words))
    if not dry_run:
        overwrite_freed(register)
    with register.snapshot() if dry_run else register.transaction():
        journal = _Journal(register)
        texts = _texts(journal, seq, meant)
        if any(without(reason, words) != reason for words in texts.values()):
            raise ReasonHoldsWords(option="--why")
        about = journal.about(texts)
        places, rows = _stands(journal, about, texts)
        words = Words(texts, _contents(journal, about, rows, texts))
        if not dry_run:
            _fit(register, places, words)
        left = {n: text for n in about if (text := payload_without(journal.payload(n), words)) is not None}
        blanked = tuple(journal.blanked(n) for n in left)
        others = journal.others(about, words)
        if dry_run:
            return Redacted(seq, None, reason, blanked, places, None, others)
        entry = register.record(actor, "redact", [], redaction=Redaction(journal.carried(left), reason))
    erased = tuple(one._replace(text="") for one in places)
    return Redacted(seq, entry.seq, reason, blanked, tuple(dict.fromkeys(erased)), sweep(register), others)


def finish(register: Register) -> Swept:
    """Write the file anew, so that no freed page holds what was erased before.

    Raises:
        RegisterReadOnly: the file cannot be written.

    """
    with register.transaction():  # whether it can be written at all
        pass
    return Swept(str(register.path), sweep(register))


class _Journal:
    """The entries of a register, each with what it says today."""

    def __init__(self, register: Register) -> None:
        self.register = register

    @cached_property
    def left(self) -> dict[int, Left]:
        return left_of_redacted(self.register)

    def entry(self, seq: int) -> Entry | None:
        held = self.register.one("entry_one", seq=seq)
        return None if held is None else Entry(*held)  # type: ignore[arg-type]

    def payload(self, seq: int) -> str:
        """Return the payload of an entry, or what stands in its place.

        Raises:
            RegisterDamaged: it was blanked and nothing stands in its place.

        """
        entry = self.entry(seq)
        if entry is not None and entry.payload is not None:
            return entry.payload
        if seq not in self.left:
            raise RegisterDamaged(path=str(self.register.path), reason=f"#{seq}")
        return self.left[seq].payload

    def blanked(self, seq: int) -> Blanked:
        entry = self.entry(seq)
        return Blanked(seq, *(("", "", "") if entry is None else (entry.at, entry.person, entry.command)))

    def about(self, texts: Texts) -> list[int]:
        """Return the entries that speak of what the words are about."""
        found: set[int] = set()
        for key in texts:
            # What is under it (a full stop, a slash) and what is on it (a number sign).
            bounds = {"dot": key + ".", "after_dot": key + "0", "hash": key + "#", "after_hash": key + "$"}
            found.update(int(str(n)) for (n,) in self.register.each("touched_under", key=key, **bounds))
        return sorted(found)

    def others(self, about: Iterable[int], words: Words) -> tuple[int, ...]:
        """Return the entries that hold other free text about what the words are about."""
        return tuple(seq for seq in about if holds_other(self.payload(seq), words))

    def carried(self, left: dict[int, str]) -> list[tuple[int, str]]:
        """Return what the new entry says of blanked ones: also of those that said until now what was left."""
        moved: dict[int, set[int]] = {}
        to_see = [seq for seq in left if seq in self.left]
        for seq in to_see:
            carrier = self.left[seq].by
            if carrier not in moved and carrier in self.left:
                to_see.append(carrier)
            moved.setdefault(carrier, set()).add(seq)
        carriers = {seq: redacting_without(self.payload(seq), gone) for seq, gone in moved.items()}
        return sorted((left | carriers).items())


def _name(text: str) -> str:
    """Return the ref of a row or a case, or the key of a figure or an entry of it, as keys hold it.

    Raises:
        InvalidRef: it is none of these.

    """
    return parse_ref(text).text if parse_entry_ref(text) is None else folded(text)


def _words(text: str | None) -> str | None:
    """Return words that are to go, None for all.

    Raises:
        EmptyText, InvalidValue: they are none, or too few to be told from others.

    """
    words = required_text(text, "--words") if text is not None else None
    if words is not None and len(words) < SHORTEST:
        raise InvalidValue(option="--words", text=words, expected=f"{SHORTEST} ..")
    return words


def _texts(journal: _Journal, seq: int, meant: Meant) -> Texts:
    """Return the free text of an entry, or of what is meant of it, by what it is about.

    Raises:
        UnknownEntry, AlreadyRedacted, NothingToRedact, ReasonStays: there is none.

    """
    entry = journal.entry(seq)
    if entry is None:
        raise UnknownEntry(seq=seq, last=journal.register.head().seq)
    found: dict[str, dict[str, None]] = {}
    keys: dict[str, None] = {}
    for _, _, change in each_change(journal.payload(seq)):
        keys[change.key] = None
        if meant.only is None or is_about(change.key, meant.only):
            for place in texts_of(change):
                if meant.words is None or meant.words in place.text:
                    found.setdefault(subject_of(place.key), {})[meant.words or place.text] = None
    if found:
        return {subject: tuple(words) for subject, words in found.items()}
    if meant.words is None and entry.payload is None and seq in journal.left:
        raise AlreadyRedacted(seq=seq, by=journal.left[seq].by, why=journal.left[seq].why)
    if entry.version == REDACTING_VERSION:
        raise ReasonStays(seq=seq)
    named = list(keys)[:_MOST] or ["-"]
    if meant.words is not None:
        raise WordsNotThere(seq=seq, command=entry.command, keys=named)
    if meant.only is None:
        raise NothingToRedact(seq=seq, command=entry.command, keys=named)
    raise NothingToRedactOf(seq=seq, command=entry.command, keys=named, only=meant.only)


_MOST = 6
"""So many things that an entry speaks of are named."""


def _stands(journal: _Journal, about: Iterable[int], texts: Texts) -> tuple[tuple[Place, ...], set[str]]:
    """Return where the words stand in entries, each place once, and the rows whose reviewed content held them."""
    places: dict[Place, None] = {}
    for seq in about:
        places.update(dict.fromkeys(places_in(journal.payload(seq), Words(texts, {}))))
    return tuple(places), {one.row() for one in places if one.is_reviewed()}


def _contents(journal: _Journal, about: Iterable[int], rows: set[str], texts: Texts) -> dict[str, dict[str, str]]:
    """Return the hashes of what was reviewed of rows, with those of what is left of it."""
    if not rows:
        return {}
    changes = (change for seq in about for _, _, change in each_change(journal.payload(seq)))
    return contents_without(changes, sorted(rows), Words(texts, {}))


def _fit(register: Register, places: Iterable[Place], words: Words) -> None:
    """Take the words from the tables, and from the hashes of what was reviewed."""
    stood = [(one.entity, one.key) for one in places]
    for entity, key in dict.fromkeys([*stood, *(("review", row) for row in words.contents)]):
        held = held_fields(register.connection, entity, key)
        changed = fields_without(entity, key, held, words) if held is not None else {}
        if changed:
            overwrite(register.connection, entity, key, changed)
