"""Erasing (抹除): which words of the journal may have to go by law, and what is left of an entry without them.

Free text can name an informer (个人信息保护法 art 47) or tell a secret, so all of it can go. Codes, days, states,
amounts, numbers and who did it stay: without them nobody could say what was done.
"""

import json
import re
from collections.abc import Container, Iterable, Iterator
from typing import Any, NamedTuple

from lawcheck.core.canonical import canonical, digest
from lawcheck.core.journal import REDACTED, WHOLE, Change
from lawcheck.core.review import EvidenceSeen, NoteSeen, content_of
from lawcheck.core.words import State

ERASABLE: dict[str, tuple[str, ...]] = {
    "row": ("happening", "left_to_do", "why"),
    "note": ("text",),
    "figure_entry": ("note",),
    "case": ("title",),
    "milestone": ("party", "why"),
    "extension": ("approval",),
    "case_row": ("left_to_do", "why"),
    "case_note": ("text",),
    "evidence": ("name", "place", "why"),
    "review": ("why",),
}
"""The free text of every thing that an entry can speak of, by the words of `store/entities.py`."""

_REVIEWED = ("row", "case_row", "note", "case_note", "evidence")
"""What the content hash of a review covers."""

SHORTEST = 2
"""Words of fewer characters are erased only where they are all of a text."""


class Place(NamedTuple):
    """Where free text stands: the thing, its key, its field, and the text."""

    entity: str
    key: str
    field: str
    text: str

    def row(self) -> str:
        """Return the key of the row that it stands on."""
        return self.key.partition("#")[0]

    def is_reviewed(self) -> bool:
        """Tell whether a review of the row covers it."""
        return self.entity in _REVIEWED


class Words(NamedTuple):
    """What is to go: texts by the row's item, case or figure that they are about, and hashes that covered them.

    `contents` holds, by the key of a row whose content had such words, the new hash of each old one; any other is
    blanked, for it could tell the words to whoever guesses.
    """

    texts: dict[str, tuple[str, ...]]
    contents: dict[str, dict[str, str]]


class Left(NamedTuple):
    """What stands in the place of a blanked payload: `by` which entry, and `why`."""

    payload: str
    by: int
    why: str


def subject_of(key: str) -> str:
    """Return what a key is about: the item of a year's row, `2026/PL-03`, a case, `AJ-17`, or a figure."""
    path = key.partition("#")[0]
    first, slash, rest = path.partition("/")
    if first.isdigit():
        return first + slash + rest.partition(".")[0]
    return first.partition(".")[0]


def is_about(key: str, name: str) -> bool:
    """Tell whether a key stands for a thing of this ref, or for what is under it or on it."""
    first, slash, rest = key.partition("/")
    path = rest if slash and first.isdigit() else key
    return path == name or (path.startswith(name) and path[len(name)] in "./#")


def each_change(payload: str) -> Iterator[tuple[int, int, Change]]:
    """Yield the changes of a payload one by one, each with where its text begins and ends.

    Raises:
        ValueError: it is no payload.

    """
    head = '{"changes":['
    if not payload.startswith(head):
        raise ValueError(payload[:40])
    read = json.JSONDecoder().raw_decode
    place = len(head)
    while payload[place : place + 1] != "]":
        change, end = read(payload, place)
        yield place, end, Change(*change)
        place = end + (payload[end : end + 1] == ",")


def each_left(payload: str) -> Iterator[tuple[int, str]]:
    """Yield the entries that a redacting payload blanks, each with the payload that stands in its place.

    Raises:
        ValueError, LookupError, TypeError: it is no such payload.

    """
    for seq, start, end in _left_at(payload):
        yield seq, payload[start:end]


def _left_at(payload: str) -> Iterator[tuple[int, int, int]]:
    """Yield the entries that a payload blanks, each with where what is left of it begins and ends."""
    place = _redacts_from(payload)
    read = json.JSONDecoder().raw_decode
    while payload[place : place + 1] != "]":
        (seq, _), end = read(payload, place)
        yield int(seq), place + len(f"[{seq},"), end - 1
        place = end + (payload[end : end + 1] == ",")


def _redacts_from(payload: str) -> int:
    head = '],"redacts":['
    place = len('{"changes":[')
    for _, end, _ in each_change(payload):
        place = end
    if not payload.startswith(head, place):
        raise ValueError(payload[place : place + 40])
    return place + len(head)


def left_by(redacting: Iterable[tuple[int, str | None]]) -> dict[int, Left]:
    """Return what stands in the place of blanked entries, from the redacting entries, the latest first.

    A redacting entry can be blanked by a later one, where words stood in what it left; the later one says what is left
    of it in turn.

    Raises:
        ValueError, LookupError, TypeError: a payload cannot be read.

    """
    found: dict[int, Left] = {}
    for seq, held in redacting:
        payload = found[seq].payload if held is None else held
        why = reason_of(payload)
        for blanked, left in each_left(payload):
            found.setdefault(blanked, Left(left, seq, why))
    return found


def reason_of(payload: str) -> str:
    """Return why a redacting payload blanks others; it stands at its end.

    Raises:
        ValueError: it is no such payload.

    """
    _, found, why = payload.rpartition(',"why":')
    if not found:
        raise ValueError(payload[-40:])
    return str(json.loads(why[:-1]))


# --- what goes --------------------------------------------------------------------------------


def texts_of(change: Change) -> Iterator[Place]:
    """Yield the free text that a change holds, as it was or as it is."""
    entity, key, field, old, new = change
    for name in ERASABLE.get(entity, ()):
        for value in (old, new):
            text = value.get(name) if field == WHOLE and isinstance(value, dict) else value if field == name else None
            words = _stem(text) if (entity, name) == ("evidence", "name") and isinstance(text, str) else text
            if isinstance(words, str) and words.replace(REDACTED, "").strip():
                yield Place(entity, key, name, words)


def _stem(name: str) -> str:
    """Return the name of a file without its ending, which tells what opens it and nobody's name."""
    stem, ending = name[: name.rfind(".")], name[name.rfind(".") :]
    return stem if len(stem) >= SHORTEST and _ENDING.fullmatch(ending) else name


_ENDING = re.compile(r"\.[A-Za-z0-9]{1,5}")


def without(text: str, words: Iterable[str]) -> str:
    """Return a text without words: they are blanked wherever they stand in it."""
    for word in sorted(words, key=len, reverse=True):
        if text == word:
            return REDACTED
        if len(word) >= SHORTEST:
            text = text.replace(word, REDACTED)
    return text


def fields_without(entity: str, key: str, fields: dict[str, Any], words: Words) -> dict[str, Any]:
    """Return those fields of a thing that are otherwise without the words."""
    changed: dict[str, Any] = {}
    texts = words.texts.get(subject_of(key), ())
    for name in ERASABLE.get(entity, ()):
        value = fields.get(name)
        if isinstance(value, str) and (text := without(value, texts)) != value:
            changed[name] = text
    if entity == "review" and isinstance(fields.get("content"), str) and key in words.contents:
        content = words.contents[key].get(fields["content"], REDACTED)
        if content != fields["content"]:
            changed["content"] = content
    return changed


def change_without(change: Change, words: Words) -> Change:
    """Return a change without the words."""
    entity, key, field, old, new = change
    if entity not in ERASABLE:
        return change
    sides = []
    for value in (old, new):
        if field == WHOLE:
            sides.append({**value, **fields_without(entity, key, value, words)} if isinstance(value, dict) else value)
        else:
            sides.append(fields_without(entity, key, {field: value}, words).get(field, value))
    return Change(entity, key, field, *sides)


def places_in(payload: str, words: Words) -> Iterator[Place]:
    """Yield where the words stand in a payload.

    Raises:
        ValueError: it is no payload.

    """
    for _, _, change in each_change(payload):
        for place in texts_of(change):
            texts = words.texts.get(subject_of(place.key), ())
            if without(place.text, texts) != place.text:
                yield place


class _Content:
    """What a reviewer sees of a row, from the changes that made it so."""

    def __init__(self) -> None:
        self.fields: dict[str, Any] = {"state": State.OPEN.value}
        self.on_it: dict[tuple[str, int], dict[str, Any]] = {}

    def apply(self, change: Change) -> None:
        _, number, n = change.key.partition("#")
        of = self.on_it.setdefault((change.entity, int(n)), {}) if number else self.fields
        if change.field != WHOLE:
            of[change.field] = change.new
        elif isinstance(change.new, dict):
            of.update(change.new)
        elif number:
            del self.on_it[change.entity, int(n)]
        else:
            self.fields = {}

    def digest(self) -> str:
        notes = [
            NoteSeen(*(held[name] for name in NoteSeen._fields))
            for (entity, _), held in sorted(self.on_it.items(), key=_of_entry)
            if entity in ("note", "case_note")
        ]
        evidence = [
            EvidenceSeen(*(held[name] for name in EvidenceSeen._fields))
            for (entity, _), held in sorted(self.on_it.items(), key=_of_entry)
            if entity == "evidence" and held["removed_on"] is None
        ]
        return digest(canonical(content_of(self.fields, notes, evidence)))


def _of_entry(held: tuple[tuple[str, int], object]) -> tuple[str, int]:
    return held[0]


def contents_without(changes: Iterable[Change], rows: Iterable[str], words: Words) -> dict[str, dict[str, str]]:
    """Return, by the key of a row, the hash of each content that was reviewed with that of what is left of it.

    `changes` are all that ever were about the rows, the first first. A hash that is not that of the content is left
    out: whoever forged it gets no new one.
    """
    found: dict[str, dict[str, str]] = {row: {} for row in rows}
    before = {row: _Content() for row in found}
    after = {row: _Content() for row in found}
    for change in changes:
        row = change.key.partition("#")[0]
        if row not in found:
            continue
        if change.entity in _REVIEWED:
            before[row].apply(change)
            after[row].apply(change_without(change, words))
        elif change.entity == "review" and isinstance(change.new, dict):
            said = before[row].digest()
            if change.new.get("content") == said:
                found[row][said] = after[row].digest()
    return found


def holds_other(payload: str, words: Words) -> bool:
    """Tell whether a payload holds other free text about what the words are about.

    Raises:
        ValueError: it is no payload.

    """
    return any(
        place.text != REDACTED and without(place.text, words.texts[subject]) == place.text
        for _, _, change in each_change(payload)
        if (subject := subject_of(change.key)) in words.texts
        for place in texts_of(change)
    )


def payload_without(payload: str, words: Words) -> str | None:
    """Return a payload without the words, None where it holds none of them.

    Raises:
        ValueError: it is no payload.

    """
    pieces: list[str] = []
    copied = 0
    for start, end, change in each_change(payload):
        after = change_without(change, words)
        if after != change:
            pieces += [payload[copied:start], canonical(after)]
            copied = end
    return "".join([*pieces, payload[copied:]]) if pieces else None


def redacting_without(payload: str, gone: Container[int]) -> str:
    """Return what is left of a redacting payload once another entry carries what stands in the place of some.

    Raises:
        ValueError, LookupError, TypeError: it is no such payload.

    """
    begins = ends = _redacts_from(payload)
    kept = []
    for seq, start, end in _left_at(payload):
        ends = end + 1
        if seq not in gone:
            kept.append(f"[{seq},{payload[start:end]}]")
    return payload[:begins] + ",".join(kept) + payload[ends:]
