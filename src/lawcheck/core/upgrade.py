"""A revised checklist against the one that was started: what it changes, and what becomes of the rows."""

from collections.abc import Collection, Iterable, Iterator
from typing import Any, NamedTuple

from lawcheck.core.canonical import canonical, digest
from lawcheck.core.frozen import Document, LaidRow, laid_rows
from lawcheck.core.row import Row
from lawcheck.core.words import Kind, Review, State

NEW, CHANGED, MOVED, RENEWED, SAME, GONE = "new", "changed", "moved", "renewed", "same", "gone"
"""What became of an item.

`changed` is another duty, `moved` the same duty on other days or with another holder, `renewed` the same duty cited,
weighed or explained otherwise.
"""

_WORDED = ("title", "standard", "evidence", "deadline")
_LAYOUT = ("duty", "each", "kind", "every")
_LAID_OUT = ("units", "co_units", "periods")


class Cause(NamedTuple):
    """A law behind a change: `how` is `began`, `ended`, `cited` or `dropped`; `day` as precise as it is known."""

    title_zh: str
    title_en: str
    number: str | None
    article: str | None
    how: str
    day: str | None


class ItemChange(NamedTuple):
    """What became of an item: `what` names the parts that differ, `why` (of one gone) is `years`, `law` or `template`.

    `why` is what the newer copy tells: the item belongs to other years, no law it rests on is in force, or the
    template has it no more.
    """

    code: str
    how: str
    title_zh: str
    title_en: str
    what: tuple[str, ...] = ()
    laws: tuple[Cause, ...] = ()
    why: str | None = None


def content(item: Document) -> Document:
    """Return what a frozen item asks for, which is what work on it answers to.

    That is its Chinese text (title, standard, evidence, deadline in words), kind and rate, the laws in force that ask
    for it with their articles, and the source of a practice. It is not how rows are laid out (units, periods, days),
    nor weight, section, remark, level, English rendering, nor which version of a law is cited and how sure it is: a
    law republished with the same article asks for the same thing.
    """
    worded = {key: item[key]["zh"] if item[key] else None for key in _WORDED}
    basis = sorted({(one["law"], one["article"] or "") for one in item["basis"] if one["standing"] == "in-force"})
    practice = item["practice"]
    source = practice["source"] if practice else None
    return {**worded, "kind": item["kind"], "rate": item["rate"], "basis": basis, "source": source}


def content_hash(item: Document) -> str:
    """Return the SHA-256 of the canonical JSON of what a frozen item asks for."""
    return digest(canonical(content(item)))


def compare(old: Document, new: Document) -> tuple[ItemChange, ...]:
    """Return what became of every item from one frozen checklist to another, of the same year or a later one.

    Items stand in the order of the newer copy, those gone at the end. An item that an earlier revision had marked as
    gone counts as not there.
    """
    before = {item["code"]: item for item in old["items"] if not item.get("gone")}
    after = {item["code"]: item for item in new["items"] if not item.get("gone")}
    left_out = {one["code"]: one["why"] for one in new["left_out"]}
    found = [_became(before.get(code), item, old["year"], new["year"]) for code, item in after.items()]
    for code, item in before.items():
        if code not in after:
            causes = tuple(_causes(item["basis"], "ended", "to", old["year"] - 1, new["year"] - 1))
            found.append(ItemChange(code, GONE, *_titles(item), (), causes, left_out.get(code, "template")))
    return tuple(found)


def _became(before: Document | None, after: Document, old_year: int, new_year: int) -> ItemChange:
    if before is None:
        causes = tuple(_causes(after["basis"], "began", "from", old_year, new_year))
        return ItemChange(after["code"], NEW, *_titles(after), (), causes)
    was, now = content(before), content(after)
    differing = tuple(key for key in now if was[key] != now[key])
    if content_hash(before) != content_hash(after):
        how = CHANGED
    elif _layout(before, old_year) != _layout(after, new_year):
        how = MOVED
    elif any(before.get(key) != after.get(key) for key in {*before, *after} - {*_LAID_OUT}):
        how = RENEWED
    else:
        how = SAME
    return ItemChange(after["code"], how, *_titles(after), differing, tuple(_cited_anew(before, after)))


def _titles(item: Document) -> tuple[str, str]:
    return item["title"]["zh"], item["title"]["en"]


def _layout(item: Document, year: int) -> list[object]:
    """Return how an item's rows are laid out, apart from the year itself and from who holds a duty just now."""
    periods = [[name, _shifted(begins, year), _shifted(due, year)] for name, begins, due in item["periods"]]
    return [*(item[key] for key in _LAYOUT), periods]


def _shifted(day: str | None, year: int) -> tuple[int, str] | None:
    """Return a day as years after the checklist's year and month and day; the last of February is one day."""
    if day is None:
        return None
    month_day = day[5:]
    return int(day[:4]) - year, "02-28" if month_day == "02-29" else month_day


def _causes(basis: list[Document], how: str, end: str, after: int, until: int) -> Iterator[Cause]:
    """Yield the citations of versions that began, or ended, after a year and up to another one."""
    for one in basis:
        day: Any = one[end]["date"] if one[end] else None
        if day is not None and after < int(day[:4]) <= until:
            yield _cause(one, how, day)


def _cited_anew(before: Document, after: Document) -> Iterator[Cause]:
    """Yield what is cited now and was not, and what was cited and is not: another law, article or version."""
    was, now = (
        {(one["law"], one["version"], one["article"]): one for one in item["basis"]} for item in (before, after)
    )
    for key, one in now.items():
        if key not in was:
            yield _cause(one, "cited", one["from"]["date"])
    for key, one in was.items():
        if key not in now:
            yield _cause(one, "dropped", one["to"]["date"] if one["to"] else None)


def _cause(citation: Document, how: str, day: str | None) -> Cause:
    title = citation["title"]
    return Cause(title["zh"], title["en"], citation["number"], citation["article"], how, day)


# --- a year's rows -----------------------------------------------------------------------------


class MovedRow(NamedTuple):
    """An unfinished row with the holder and the days that the revised checklist gives it."""

    row: Row
    unit: str
    begins: str
    due: str | None


class Plan(NamedTuple):
    """What a revised checklist does to a started one; nothing done is destroyed.

    `asked_again` are rows done or set aside under the former text, to be opened again; `kept` are rows with work that
    the revised checklist lays out no more; `dropped` rows had no work and go; `added` are new ones.
    """

    document: Document
    items: tuple[ItemChange, ...]
    asked_again: tuple[Row, ...]
    added: tuple[LaidRow, ...]
    dropped: tuple[Row, ...]
    kept: tuple[Row, ...]
    moved: tuple[MovedRow, ...]


def plan(old: Document, new: Document, rows: Iterable[Row], noted: Collection[str]) -> Plan:
    """Return how the rows of a checklist follow its revision, and the frozen copy that says so.

    Rows of an item that asks for the same keep their work. Where what is asked for changed, what was done or set aside
    under the former text is asked again, if it is still laid out; a row partly done asks already. A row laid out no
    more goes if nothing was done on it and neither note nor evidence (`noted`: refs with either) stands on it, and
    stays otherwise; what happened on occasion always stays. Days and holders change only for rows not finished: the
    rest was done in time, or late, as things stood. An item whose layout is as it was keeps its units: who holds a duty
    is the bureau's affair.
    """
    held = list(rows)
    items = compare(old, new)
    how = {one.code: one.how for one in items}
    before = {item["code"]: item for item in old["items"]}
    merged = [_with_units(item, before.get(item["code"]), old["year"]) for item in new["items"]]
    relaid = {item["code"] for item, given in zip(merged, new["items"], strict=True) if item is given}
    laid = {one.ref: one for one in laid_rows({"items": merged})}
    on_occasion = {item["code"] for item in merged if item["kind"] == Kind.OCCASION}
    other = {
        code for code, became in how.items() if became == CHANGED or _is_back_otherwise(before.get(code), merged, code)
    }
    asked_again = [
        row
        for row in held
        if row.code in other
        and row.state in (State.DONE, State.NA)
        and (row.ref in laid or (row.occasion is not None and row.code in on_occasion))
    ]
    unlaid = [row for row in held if row.occasion is None and row.ref not in laid]
    kept = [row for row in unlaid if _has_work(row, noted)]
    staying = {row.code for row in held if row.occasion is not None} | {row.code for row in kept} | set(noted)
    marked = [_marked(item) for code, item in before.items() if code in staying and how.get(code, GONE) == GONE]
    document = {**new, "items": merged + marked}
    if kept:
        document["kept"] = [
            [row.ref, row.code, row.unit, row.period, row.begins.isoformat(), row.due.isoformat() if row.due else None]
            for row in kept
        ]
    there = {row.ref for row in held}
    opened = {row.ref for row in asked_again}
    moved = [
        MovedRow(row, one.unit, one.begins, one.due)
        for row in held
        if (one := laid.get(row.ref)) is not None
        and row.code in relaid
        and (row.is_unfinished() or row.ref in opened)
        and (row.unit, row.begins.isoformat(), row.due.isoformat() if row.due else None)
        != (one.unit, one.begins, one.due)
    ]
    dropped = [row for row in unlaid if not _has_work(row, noted)]
    added = [one for ref, one in laid.items() if ref not in there]
    return Plan(document, items, tuple(asked_again), tuple(added), tuple(dropped), tuple(kept), tuple(moved))


def _has_work(row: Row, noted: Collection[str]) -> bool:
    """Tell whether something was done on a row, noted on it, or returned to whoever did it."""
    return row.state != State.OPEN or row.ref in noted or row.review != Review.NONE


def _is_back_otherwise(before: Document | None, items: list[Document], code: str) -> bool:
    """Tell whether an item marked as gone is asked for again, and asks for something else."""
    if before is None or not before.get("gone"):
        return False
    return any(content_hash(before) != content_hash(item) for item in items if item["code"] == code)


def _with_units(item: Document, before: Document | None, year: int) -> Document:
    if before is None or before.get("gone") or _layout(before, year) != _layout(item, year):
        return item
    return {**item, "units": before["units"], "co_units": before["co_units"]}


def _marked(item: Document) -> Document:
    """Return an item that is asked for no more, kept for the work done on it: it lays out no rows."""
    return {**item, "periods": [], "gone": True}
