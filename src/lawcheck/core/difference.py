"""Two checklists compared by code: what is new, changed, gone and the same, and the law that made it so."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any, NamedTuple

from lawcheck.core.force import Standing, asked_days, force_of
from lawcheck.core.frozen import Document


class Outcome(StrEnum):
    """What became of an item from one checklist to the other."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"
    SAME = "unchanged"


class Reason(StrEnum):
    """What a law, or the template itself, did to an item."""

    BEGINS = "begins"
    ENDS = "ends"
    CITED = "cited"
    DROPPED = "dropped"
    ALTERED = "altered"
    TEMPLATE = "template"


class Cause(NamedTuple):
    """Why an item differs: a citation that begins, ends, is cited anew, is no longer cited or reads otherwise.

    `citation` is the frozen citation on the side that holds it, the second where both do; None where the template
    itself sets the item's years. `facts` are the keys of an altered citation that differ.
    """

    reason: Reason
    citation: Document | None
    facts: tuple[str, ...] = ()


class Part(NamedTuple):
    """A part of an item that differs; `before` and `after` as the frozen copies hold them."""

    name: str
    before: Any
    after: Any


class ItemDifference(NamedTuple):
    """An item on one side or on both; `asked` is when within its year each side asks for it, where not all year."""

    code: str
    title: Document
    outcome: Outcome
    parts: tuple[Part, ...]
    causes: tuple[Cause, ...]
    asked: tuple[tuple[str | None, str | None], tuple[str | None, str | None]]


class Difference(NamedTuple):
    """What differs between two checklists of one template, items in the order of their codes."""

    template: str
    title: Document
    items: tuple[ItemDifference, ...]

    def counted(self) -> dict[str, int]:
        """Return how many items had which outcome."""
        return {outcome.value: sum(one.outcome is outcome for one in self.items) for outcome in Outcome}


PARTS = (
    "title", "standard", "evidence", "duty", "each", "kind", "level", "due", "deadline", "clock", "rate", "weight",
    "section", "practice", "note",
)  # fmt: skip
"""The parts of an item that are compared as they stand; `due` with its period and days, the basis apart."""
_TOLD_ELSEWHERE = ("standing", "standing_certainty", "applies", "note")
"""What of a citation follows from the year that is asked, or only remarks on it."""
_WHOLE = (None, None)


def difference(before: Document, after: Document) -> Difference:
    """Compare two frozen copies of one template, of two years or of two texts.

    An item counts as changed when its own words, its days, or the law that it rests on differ. A law that begins
    within the first year and stands all of the second changes nothing but is told in `asked`; one that ends within
    the second year does change its items. In copies of the same year no law begins or ends: it is cited or dropped.
    """
    first, second = ({one["code"]: one for one in copy["items"]} for copy in (before, after))
    out_first, out_second = ({one["code"]: one for one in copy["left_out"]} for copy in (before, after))
    years = (before["year"], after["year"])
    items = []
    for code in sorted({*first, *second}):
        old, new = first.get(code), second.get(code)
        parts: tuple[Part, ...] = ()
        if old is not None and new is not None:
            parts, causes = tuple(_parts(old, new)), tuple(_causes(old["basis"], new["basis"], years))
            outcome = Outcome.CHANGED if parts or causes else Outcome.SAME
        elif new is not None:
            outcome, causes = Outcome.NEW, _reasons(out_first.get(code), None, new, years)
        else:
            outcome, causes = Outcome.GONE, _reasons(out_second.get(code), old, None, years)
        title: Document = (new or old or {})["title"]
        items.append(ItemDifference(code, title, outcome, parts, causes, (_asked(old), _asked(new))))
    return Difference(after["template"], after["title"], tuple(items))


def _reasons(
    left_out: Document | None, old: Document | None, new: Document | None, years: tuple[int, int]
) -> tuple[Cause, ...]:
    """Return why an item stands on one side only; `left_out` is what the other side says of it."""
    by_template = (Cause(Reason.TEMPLATE, None),)
    if left_out is None:
        return by_template
    causes = tuple(_causes((old or left_out)["basis"], (new or left_out)["basis"], years))
    return causes if left_out["why"] == "law" else causes + by_template


def _asked(item: Document | None) -> tuple[str | None, str | None]:
    return _WHOLE if item is None else asked_days(item)


def _parts(old: Document, new: Document) -> Iterator[Part]:
    for name in PARTS:
        before, after = (_part(item, name) for item in (old, new))
        if before != after:
            yield Part(name, before, after)
    before, after = ([_reference(one) for one in item["basis"]] for item in (old, new))
    if before != after:
        yield Part("basis", before, after)


def _part(item: Document, name: str) -> Any:  # noqa: ANN401  # what JSON holds
    """Return a part of an item as it is compared; a clock by its terms, for its law is cited version by version."""
    if name == "due":
        return _due(item)
    if name == "clock":
        return " / ".join(rule["rule"] for rule in item["clock"]["rules"]) if item.get("clock") else None
    return item[name]


def _due(item: Document) -> Document:
    """Return what fixes the days of an item, apart from the year: the rule, and for which periods there is a day."""
    return {
        **{key: item[key] for key in ("every", "dates", "due", "due_from")},
        "periods": [[name, due is not None] for name, _begins, due in item["periods"]],
    }


def _reference(one: Document) -> Document:
    """Return what an item rests on in a citation; the day on which it ends within the year is part of it."""
    return {
        **{key: one[key] for key in ("law", "version", "article", "certainty", "standing")},
        "to": one["applies"]["to"]["date"] if one["applies"]["to"] else None,
    }


def _keyed(basis: list[Document]) -> dict[tuple[str, str], Document]:
    return {(one["law"], one["version"]): one for one in basis}


def _causes(old: list[Document], new: list[Document], years: tuple[int, int]) -> Iterator[Cause]:
    """Yield what the law did between two lists of citations, in the order of the second, then of the first."""
    before, after = _keyed(old), _keyed(new)
    for key, one in after.items():
        held = before.get(key)
        if held is None:
            yield Cause(_reason(one, *years) or Reason.CITED, one)
            continue
        facts = tuple(name for name in one if name not in _TOLD_ELSEWHERE and one[name] != held.get(name))
        if facts:
            yield Cause(Reason.ALTERED, one, facts)
        elif _reference(held) != _reference(one):
            yield Cause(Reason.ENDS, one)
    for key, one in before.items():
        if key not in after:
            yield Cause(_reason(one, years[1], years[0]) or Reason.DROPPED, one)


def _reason(one: Document, missing: int, there: int) -> Reason | None:
    """Tell what the law did to a citation that stands in one year and is missing in the other, if it did anything."""
    if one["standing"] == Standing.ENDED:
        return Reason.ENDS
    if there == missing:
        return None
    standing = force_of(one).in_year(missing)
    return {Standing.NOT_YET: Reason.BEGINS, Standing.ENDED: Reason.ENDS}.get(standing)
