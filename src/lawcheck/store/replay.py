"""The journal folded into what the tables must hold, and held against them, in one pass over each and little memory.

Of everything that was changed the first old and the last new values are kept, and every old value between is held
against the new one before it. Of everything that was made only a sum of hashes is kept: a table fits if each of its
lines shows the last values, and if its lines, with the first values put back, add up to what was made. The hashes are
Python's own, whose key nobody knows before the run.

It only tells whether all fits: what does not is named by a replay into an empty register, entry by entry.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from lawcheck.core.frozen import Document, laid_rows
from lawcheck.core.journal import WHOLE
from lawcheck.core.words import Review, State
from lawcheck.errors import RegisterDamaged
from lawcheck.store.entities import ENTITIES, Entity, Mismatch, case_items_of, items_of, key_parts
from lawcheck.store.register import Register

MOST_THINGS = 300_000
"""So many changed things are held in memory; where there are more, the pass is made once for each share of them."""
_THING = itemgetter(0, 1)
_PLAIN = ("row", "case_row")
"""Things of which there are many: held by the text of their key, any other by its parts."""
Values = tuple[Any, ...]
Folded = tuple[tuple[str, ...], Values, Values]
"""The fields of a thing that were changed, their first values, their last ones."""


class Replay:
    """What entries come to; `shares` and `share` say which part of the things is looked at."""

    def __init__(self, register: Register, shares: int = 1, share: int = 0) -> None:
        """Begin with nothing."""
        self.register = register
        self.shares, self.share = shares, share
        self.things: dict[str, dict[object, Folded]] = {name: {} for name in ENTITIES}
        self.made = dict.fromkeys((entity.table for entity in ENTITIES.values()), 0)
        self.documents: set[str] = set()
        self._same: dict[Folded, Folded] = {}
        self._known: dict[tuple[str, ...], bool] = {}
        self._one_of_some = shares > 1

    def add(self, changes: Iterable[Sequence[Any]]) -> None:
        """Take in the changes of the next entry.

        Raises:
            Mismatch: they do not go with those before, or are of a kind that is not folded.
            LookupError, TypeError, ValueError: they say nonsense.

        """
        for (name, key), run in groupby(changes, _THING):
            if self._one_of_some and not self._is_of_share(name, key):
                continue
            _, _, fields, olds, news = zip(*run, strict=True)
            if WHOLE in fields or not self._differ(fields):
                for field, old, new in zip(fields, olds, news, strict=True):
                    if field == WHOLE:
                        self._make_or_unmake(name, key, old, new)
                    else:
                        self._set(name, key, (field,), (old,), (new,))
            else:
                self._set(name, key, fields, olds, news)

    def _is_of_share(self, name: str, key: str) -> bool:
        """Tell whether a thing is looked at: of those of which there are few, all in the first share.

        Checklists lay out rows of every share.
        """
        if name in _PLAIN:
            return hash(key) % self.shares == self.share
        return self.share == 0 or name == "checklist"

    def _differ(self, fields: tuple[str, ...]) -> bool:
        """Tell whether no field stands twice; most entries speak of the same few."""
        found = self._known.get(fields)
        if found is None:
            found = self._known[fields] = len(set(fields)) == len(fields)
        return found

    def _set(self, name: str, key: str, fields: tuple[str, ...], olds: Values, news: Values) -> None:
        things = self.things[name]
        at: object = key if name in _PLAIN else key_parts(ENTITIES[name], key)
        before = things.get(at)
        if before is not None:
            now = dict(zip(before[0], zip(before[1], before[2], strict=True), strict=True))
            for field, old, new in zip(fields, olds, news, strict=True):
                first, last = now.get(field, (old, old))
                if last != old:
                    raise Mismatch(name, key, field)
                now[field] = first, new
            fields = tuple(now)
            olds, news = zip(*now.values(), strict=True)
        if "document" in fields:
            self.documents.add(news[fields.index("document")])
        folded = (fields, olds, news)
        things[at] = self._same.setdefault(folded, folded)

    def _make_or_unmake(self, name: str, key: str, old: Document | None, new: Document | None) -> None:
        entity = ENTITIES[name]
        parts = key_parts(entity, key)
        at = key if name in _PLAIN else parts
        if old is None:
            if at in self.things[name] or new is None:
                raise Mismatch(name, key)
            self.made[entity.table] += _hash((*parts, *_values(entity, new)))
            if "document" in new:
                self.documents.add(new["document"])
            if name == "checklist":
                self._lay_out(parts[0], new["document"])
            return
        if new is not None or name in ("checklist", "case_template"):
            raise Mismatch(name, key)
        folded = self.things[name].pop(at, None)
        if folded is not None:
            fields, firsts, lasts = folded
            if any(old[field] != last for field, last in zip(fields, lasts, strict=True)):
                raise Mismatch(name, key)
            old = {**old, **dict(zip(fields, firsts, strict=True))}
        self.made[entity.table] -= _hash((*parts, *_values(entity, old)))

    def _lay_out(self, year: object, document: str) -> None:
        """Add the rows that a checklist lays out."""
        try:
            held = self.register.document(document)
        except RegisterDamaged:
            held = None
        if held is None:
            raise Mismatch(document)
        made = 0
        open_, none = State.OPEN.value, Review.NONE.value
        for ref, code, unit, period, begins, due in laid_rows(held):
            if self._one_of_some and not self._is_of_share("row", f"{year}/{ref}"):
                continue
            made += _hash((year, ref, code, unit, period, None, None, begins, due, open_, *_6, none, 0, None))
        self.made["checklist_row"] += made

    def fits(self) -> bool:
        """Tell whether the tables hold what the entries come to."""
        if any(self.register.one("document_get", key_hash=document) is None for document in self.documents):
            return False
        names = [name for name in ENTITIES if self.share == 0 or name in _PLAIN]
        return all(self._table_fits(name) for name in names) and (self.share > 0 or self._items_fit())

    def _table_fits(self, name: str) -> bool:
        entity, things = ENTITIES[name], self.things[name]
        width = len(entity.key)
        found = seen = 0
        for values in self.register.each(f"{entity.table}_all"):
            at: Any = (f"{values[0]}/{values[1]}" if width > 1 else values[0]) if name in _PLAIN else values[:width]
            if self._one_of_some and not self._is_of_share(name, at):
                continue
            folded = things.get(at)
            if folded is None:
                found += _hash(values)
                continue
            fields, firsts, lasts = folded
            places, of = _places(entity, fields)
            if of(values) != lasts:
                return False
            before = list(values)
            for place, first in zip(places, firsts, strict=True):
                before[place] = first
            found += _hash(tuple(before))
            seen += 1
        return seen == len(things) and found == self.made[entity.table]

    def _items_fit(self) -> bool:
        """Tell whether items are those of the frozen copies."""
        register = self.register
        of_years = of_cases = 0
        for year, template, *_, document in register.each("checklist_all"):
            held = register.document(str(document)) or {}
            of_years += sum(map(_hash, items_of(held, {"year": year, "template": template})))
        for template, n, *_, document in register.each("case_template_all"):
            held = register.document(str(document)) or {}
            of_cases += sum(map(_hash, case_items_of(held, {"template": template, "n": n})))
        return of_years == sum(map(_hash, register.each("item_all"))) and of_cases == sum(
            map(_hash, register.each("case_item_all"))
        )


@cache
def _places(entity: Entity, fields: tuple[str, ...]) -> tuple[tuple[int, ...], Callable[[Values], Values]]:
    """Return where fields stand in a table's line, and what takes them out."""
    first = len(entity.key)
    places = tuple([first + entity.fields.index(field) for field in fields])
    if len(places) == 1:
        return places, lambda values: (values[places[0]],)
    return places, itemgetter(*places)


def _values(entity: Entity, held: Document) -> Values:
    """Return the fields of a thing in their order.

    Raises:
        Mismatch: it has others.

    """
    if len(held) != len(entity.fields):
        raise Mismatch(entity.table)
    return tuple([held[field] for field in entity.fields])


def _hash(values: Values) -> int:
    """Return a hash of a line; hashed once more, so that what two lines exchange does not come out in a sum."""
    return hash(hash(values).to_bytes(8, "little", signed=True))


_6 = (None,) * 6
