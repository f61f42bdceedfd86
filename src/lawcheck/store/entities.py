"""What the journal's changes speak of, and how they are applied: the same way live and in a replay."""

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from lawcheck.core.frozen import Document, laid_rows
from lawcheck.core.journal import WHOLE, Change
from lawcheck.core.refs import template_bounds
from lawcheck.core.words import Kind, Review, State
from lawcheck.store import sqlite_sql


class Entity(NamedTuple):
    """A thing with a natural key: its table, its key's columns, the other columns in the table's order."""

    table: str
    key: tuple[str, ...]
    fields: tuple[str, ...]


ENTITIES = {
    "bureau": Entity("bureau", ("one",), ("document",)),
    "holiday": Entity("holiday_year", ("year",), ("document",)),
    "year": Entity("year", ("year",), ("state",)),
    "checklist": Entity("checklist", ("year", "template"), ("title_zh", "title_en", "document")),
    "row": Entity(
        "checklist_row",
        ("year", "ref"),
        (
            "code",
            "unit",
            "period",
            "occasion",
            "happening",
            "begins",
            "due",
            "state",
            "left_to_do",
            "why",
            "done_on",
            "done_by",
            "recorded_on",
            "assignee",
            "review",
            "provisional",
            "reckoning",
        ),
    ),
    "note": Entity("note", ("year", "ref", "n"), ("text", "person", "on_date")),
    "figure": Entity(
        "figure",
        ("year", "key"),
        ("place", "title_zh", "title_en", "measure_zh", "measure_en", "adds", "section", "counted", "target"),
    ),
    "figure_entry": Entity(
        "figure_entry",
        ("year", "key", "n"),
        ("digits", "multiple", "on_date", "from_date", "to_date", "qualifier", "unit", "note", "person", "corrects"),
    ),
    "case_template": Entity("case_template", ("template", "n"), ("title_zh", "title_en", "document")),
    "case": Entity(
        "case_file",
        ("ref",),
        ("template", "template_n", "number", "title", "unit", "opened_on", "facts", "state", "closed_on"),
    ),
    "milestone": Entity("case_milestone", ("ref", "name", "n"), ("at", "party", "derived", "why")),
    "pause": Entity("case_pause", ("ref", "n"), ("reason", "since", "until")),
    "extension": Entity("case_extension", ("ref", "n"), ("code", "row_n", "amount", "approved_on", "approval")),
    "case_row": Entity(
        "case_row",
        ("ref",),
        (
            "case_ref",
            "template_n",
            "code",
            "n",
            "unit",
            "begins",
            "due",
            "due_time",
            "earliest",
            "target",
            "provisional",
            "reckoning",
            "rule",
            "choice",
            "state",
            "left_to_do",
            "why",
            "done_on",
            "done_time",
            "done_by",
            "recorded_on",
            "assignee",
            "review",
        ),
    ),
    "case_note": Entity("case_note", ("ref", "n"), ("text", "person", "on_date")),
    "evidence": Entity(
        "evidence",
        ("year", "ref", "n"),
        (
            "kind",
            "name",
            "place",
            "hash",
            "size",
            "dated",
            "person",
            "added_on",
            "removed_on",
            "removed_by",
            "why",
            "purged_on",
        ),
    ),
    "review": Entity("review", ("year", "ref"), ("verdict", "person", "on_date", "why", "content", "same_account")),
    "confirmation": Entity("confirmation", ("year", "code"), ("person", "on_date")),
    "closing": Entity("closing", ("year",), ("document", "person", "on_date")),
}
"""By the word that an entry uses. A key is written `2026`, `2026/PL-01`, `2026/PL-01#2`; the bureau's is `bureau`.

What belongs to a case begins with its ref: `AJ-17`, `AJ-17.PUB`, `AJ-17/decided#1`, `AJ-17/pause#1`, `AJ-17.PUB#2`.
Evidence and reviews hang on rows of both kinds; those of a case have the year 0, which is not written.
"""


class Mismatch(Exception):
    """A change whose old value is not what the table holds."""


def key_text(*parts: object) -> str:
    """Write a natural key: year, name and number. The year 0 of what belongs to a case is left out."""
    year, *rest = parts
    if year == 0:
        name, *rest = rest
        return f"{name}#{rest[0]}" if rest else str(name)
    text = str(year)
    if rest:
        text += f"/{rest[0]}"
    if len(rest) > 1:
        text += f"#{rest[1]}"
    return text


def key_values(entity: Entity, key: str) -> dict[str, object]:
    """Read a natural key back to the columns it stands for."""
    return dict(zip(entity.key, key_parts(entity, key), strict=False))


def key_parts(entity: Entity, key: str) -> tuple[object, ...]:
    """Read a natural key back to the values of its columns."""
    columns = entity.key
    if len(columns) == 1:
        return (1 if columns[0] == "one" else int(key) if columns[0] == "year" else key,)
    path, _, n = key.partition("#")
    first, of_year, name = path.partition("/")
    if columns[0] == "year" and not of_year:
        first, name = "0", path  # what hangs on a row of a case
    start = int(first) if columns[0] == "year" else first
    if len(columns) == 3:
        return start, name, int(n)
    return start, int(n) if columns[1] == "n" else name


def touched_by(seq: int, changes: Iterable[Change]) -> list[tuple[str, int]]:
    """Return the lines that tell which things an entry speaks of, for `write_touched`."""
    return [(key, seq) for key in sorted({change[1] for change in changes})]


def write_touched(connection: sqlite3.Connection, seq: int, changes: Iterable[Change]) -> None:
    """Write which things an entry speaks of."""
    connection.executemany(_by_position(sqlite_sql.TOUCHED_INSERT), touched_by(seq, changes))


_LATER = {"figure": {"target": None}, "figure_entry": {"corrects": None}}
"""Fields that things have since version 2: entries written before do not name them."""


def _completed(change: Change) -> Change:
    """Return a change that makes or unmakes a thing with the fields that it has had since."""
    later = _LATER.get(change.entity)
    if later is None or change.field != WHOLE:
        return change
    old, new = ({**later, **one} if isinstance(one, dict) else one for one in (change.old, change.new))
    return change._replace(old=old, new=new)


def apply_changes(connection: sqlite3.Connection, changes: list[Change]) -> None:
    """Apply changes in order, each only if the table holds its old value.

    Runs of things made, and of values given to things of one kind, are written many at once.

    Raises:
        Mismatch: the table holds something else.

    """
    for (name, makes, whole), run in groupby(map(_completed, changes), key=_kind_of_change):
        entity = ENTITIES[name]
        if makes:
            _make(connection, entity, list(run))
        elif whole:
            for change in run:
                _make_or_unmake(connection, entity, key_values(entity, change.key), change)
        else:
            _set(connection, entity, list(run))


_LAID_OUT = ("checklist", "case_template")
"""Things that fill in others when they are made."""


def _kind_of_change(change: Change) -> tuple[str, bool, bool]:
    """Return of what kind of thing a change speaks, whether it only makes one, and whether it is of a whole one.

    The key keeps what is only made from being made twice.
    """
    entity, _, field, old, _ = change
    whole = field == WHOLE
    return entity, whole and old is None and entity not in _LAID_OUT, whole


_MANY = 20
"""From so many on, things are written by parameters in order, which is prepared for first."""


def _make(connection: sqlite3.Connection, entity: Entity, changes: list[Change]) -> None:
    """Make things of one kind, none of which may be there.

    Raises:
        Mismatch: one of them is.

    """
    try:
        if len(changes) < _MANY:
            made = [{**key_values(entity, change.key), **change.new} for change in changes]  # type: ignore[dict-item]
            connection.executemany(_statement(entity, "insert"), made)
        else:
            connection.executemany(_by_position(_statement(entity, "insert")), _made_rows(entity, changes))
    except sqlite3.IntegrityError as error:
        if error.sqlite_errorcode in _TWICE:
            raise Mismatch(str(error)) from error
        raise


def _made_rows(entity: Entity, changes: list[Change]) -> list[tuple[object, ...]]:
    """Return many things as rows of their table, in its order, in which it takes them up faster."""
    fields: Any = itemgetter(*entity.fields) if len(entity.fields) > 1 else lambda new: (new[entity.fields[0]],)
    width = len(entity.fields)
    rows = []
    for _, key, _, _, new in changes:
        if len(new) != width:  # type: ignore[arg-type]
            raise Mismatch(key)
        rows.append((*key_parts(entity, key), *fields(new)))
    rows.sort(key=itemgetter(slice(len(entity.key))))
    return rows


def _set(connection: sqlite3.Connection, entity: Entity, changes: list[Change]) -> None:
    """Give things of one kind other values; those that are given the same fields are written together."""
    groups: dict[tuple[str, ...], list[tuple[Change, ...]]] = {}
    seen: set[str] = set()
    for key, run in groupby(changes, key=_key_of):
        group = tuple(run)
        if key in seen:  # once more: after all that came before
            _set_groups(connection, entity, groups)
            seen.clear()
        seen.add(key)
        groups.setdefault(tuple([change[2] for change in group]), []).append(group)
    _set_groups(connection, entity, groups)


_key_of = itemgetter(1)


def _set_groups(
    connection: sqlite3.Connection, entity: Entity, groups: dict[tuple[str, ...], list[tuple[Change, ...]]]
) -> None:
    for fields, group in groups.items():
        if len(group) < _MANY or len(set(fields)) < len(fields) or not set(fields) <= set(entity.fields):
            for changes in group:
                _set_fields(connection, entity, key_values(entity, changes[0].key), changes)
            continue
        rows = [
            (*[one[4] for one in changes], *key_parts(entity, changes[0][1]), *[one[3] for one in changes])
            for changes in group
        ]
        if connection.executemany(_setting(entity, fields), rows).rowcount != len(rows):
            raise Mismatch(entity.table, fields)
    groups.clear()


@cache
def _setting(entity: Entity, fields: tuple[str, ...]) -> str:
    """Return the statement that gives fields new values where a thing still has the old ones.

    Its words are names of declared columns; the plus keeps the old value from being turned into the column's kind.
    """
    values = ", ".join(f'"{name}" = ?' for name in fields)
    where = " AND ".join([*(f'"{name}" = ?' for name in entity.key), *(f'+"{name}" IS ?' for name in fields)])
    return f"UPDATE {entity.table} SET {values} WHERE {where}"


@cache
def _by_position(text: str) -> str:
    """Return an insertion with its parameters by position, which binds faster; the names are in the table's order."""
    head, values, tail = text.partition(" VALUES ")
    return head + values + re.sub(r":[a-z_]+", "?", tail)


UNFIT = (
    Mismatch,
    sqlite3.IntegrityError,
    sqlite3.ProgrammingError,
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)
"""What goes wrong when changes say nonsense."""


def apply_recorded(connection: sqlite3.Connection, changes: list[Change]) -> None:
    """Apply the changes of an entry as they were recorded, whoever may have written them.

    Raises:
        Mismatch: they cannot be applied.

    """
    try:
        apply_changes(connection, changes)
    except UNFIT as error:
        raise Mismatch(str(error)) from error


_TWICE = (sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY, sqlite3.SQLITE_CONSTRAINT_UNIQUE)
"""What SQLite says of a key that is there already."""


def _statement(entity: Entity, what: str) -> str:
    text: str = getattr(sqlite_sql, f"{entity.table}_{what}".upper())
    return text


def _current(connection: sqlite3.Connection, entity: Entity, where: dict[str, object]) -> dict[str, object] | None:
    keyed = {f"key_{column}": value for column, value in where.items()}
    held = connection.execute(_statement(entity, "get"), keyed).fetchone()
    return None if held is None else dict(zip(entity.fields, held, strict=True))


def held_fields(connection: sqlite3.Connection, name: str, key: str) -> dict[str, object] | None:
    """Return what the tables hold of a thing; None where it is not there."""
    entity = ENTITIES[name]
    return _current(connection, entity, key_values(entity, key))


def overwrite(connection: sqlite3.Connection, name: str, key: str, fields: dict[str, object]) -> None:
    """Give a thing other values, past the journal: only words that are erased there too.

    Who may review has no say in it: a reviewer can have worked on the row since he returned it.
    """
    entity = ENTITIES[name]
    if name == "review":
        trigger = "review_passed_to_another"
        (text,) = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (trigger,)).fetchone()
        connection.execute(f"DROP TRIGGER {trigger}")
        _overwrite(connection, entity, key, fields)
        connection.execute(text)
    else:
        _overwrite(connection, entity, key, fields)


def _overwrite(connection: sqlite3.Connection, entity: Entity, key: str, fields: dict[str, object]) -> None:
    values = ", ".join(f'"{one}" = ?' for one in fields)
    where = " AND ".join(f'"{one}" = ?' for one in entity.key)
    parameters = (*fields.values(), *key_parts(entity, key))
    connection.execute(f"UPDATE {entity.table} SET {values} WHERE {where}", parameters)


def _set_fields(
    connection: sqlite3.Connection, entity: Entity, where: dict[str, object], changes: Iterable[Change]
) -> None:
    values = _current(connection, entity, where)
    for change in changes:
        if values is None or values[change.field] != change.old:
            raise Mismatch(change)
        values[change.field] = change.new
    keyed = {f"key_{column}": value for column, value in where.items()}
    connection.execute(_statement(entity, "update"), {**keyed, **(values or {})})
    if entity.table == "checklist":
        for change in changes:
            if change.field == "document":
                _take_other_items(connection, where, str(change.old), str(change.new))


def _make_or_unmake(connection: sqlite3.Connection, entity: Entity, where: dict[str, object], change: Change) -> None:
    held = _current(connection, entity, where)
    if held != change.old:
        raise Mismatch(change)
    if isinstance(change.new, dict):
        connection.execute(_statement(entity, "insert"), {**where, **change.new})
        if entity.table == "checklist":
            _lay_out(connection, where, str(change.new["document"]))
        elif entity.table == "case_template":
            _keep_items(connection, where, str(change.new["document"]))
    else:
        if entity.table == "checklist":
            _take_up(connection, where)
        elif entity.table == "case_template":
            connection.execute(sqlite_sql.CASE_ITEM_DELETE_OF, where)
        keyed = {f"key_{column}": value for column, value in where.items()}
        connection.execute(_statement(entity, "delete"), keyed)


def _lay_out(connection: sqlite3.Connection, where: dict[str, object], document: str) -> None:
    """Fill in the items and rows of a checklist from its frozen copy."""
    checklist = _kept(connection, document)
    connection.executemany(sqlite_sql.ITEM_INSERT_BULK, items_of(checklist, where))
    # In one order of columns with RowTable; the parts that never vary at the start of a year are bound as such.
    open_, none, year = State.OPEN.value, Review.NONE.value, where["year"]
    connection.executemany(
        sqlite_sql.CHECKLIST_ROW_INSERT_BULK,
        (
            (year, ref, code, unit, period, *_2, begins, due, open_, *_6, none, 0, None)
            for ref, code, unit, period, begins, due in laid_rows(checklist)
        ),
    )


_2, _6 = (None,) * 2, (None,) * 6


def _kept(connection: sqlite3.Connection, document: str) -> Document:
    held = connection.execute(sqlite_sql.DOCUMENT_GET, {"key_hash": document}).fetchone()
    if held is None:
        raise Mismatch(document)
    found: Document = json.loads(held[0])
    return found


def _keep_items(connection: sqlite3.Connection, where: dict[str, object], document: str) -> None:
    """Fill in the items of a case template from its frozen copy."""
    names = ("template", "template_n", "code", "title_zh", "title_en", "weight", "reviewed", "body")
    for values in case_items_of(_kept(connection, document), where):
        connection.execute(sqlite_sql.CASE_ITEM_INSERT, dict(zip(names, values, strict=True)))


def case_items_of(document: Document, where: dict[str, object]) -> Iterator[tuple[object, ...]]:
    """Yield the items of a case template as lines of their table."""
    for item in document["items"]:
        title = item["title"]
        reviewed = int(item.get("review", False))
        yield (
            where["template"], where["n"], item["code"], title["zh"], title["en"], item["weight"], reviewed,
            _compact(item),
        )  # fmt: skip


def _take_other_items(connection: sqlite3.Connection, where: dict[str, object], old: str, new: str) -> None:
    """Make the items of a checklist those of another frozen copy; its rows are left to changes of their own.

    Rows of an item that goes are gone before this change, and rows of a new one come after it: the other way round
    when it is taken back.
    """
    before = {values[1]: values for values in items_of(_kept(connection, old), where)}
    after = {values[1]: values for values in items_of(_kept(connection, new), where)}
    keyed = [{"key_year": where["year"], "key_code": code} for code in before if code not in after]
    connection.executemany(sqlite_sql.ITEM_DELETE, keyed)
    connection.executemany(
        sqlite_sql.ITEM_INSERT_BULK, [values for code, values in after.items() if code not in before]
    )
    for code, values in after.items():
        if before.get(code, values) != values:
            named = dict(zip(_ITEM_FIELDS, values[2:], strict=True))
            connection.execute(sqlite_sql.ITEM_UPDATE, {"key_year": where["year"], "key_code": code, **named})


_ITEM_FIELDS = (
    "template",
    "kind",
    "level",
    "title_zh",
    "title_en",
    "weight",
    "section",
    "due_from",
    "standing",
    "reviewed",
    "body",
)
"""The columns of an item after its key, in the order in which `items_of` has them."""


def items_of(checklist: Document, where: dict[str, object]) -> Iterator[tuple[object, ...]]:
    """Yield the items of a checklist as lines of their table."""
    from lawcheck.core.force import standing_of  # only where items are laid out

    for item in checklist["items"]:
        yield (
            where["year"],
            item["code"],
            where["template"],
            item["kind"],
            item["level"],
            item["title"]["zh"],
            item["title"]["en"],
            item["weight"],
            item["section"],
            item["due_from"],
            _compact(standing_of(item)) if item["kind"] in _WITHOUT_ROWS else None,
            int(item.get("review", False)),
            _compact(item),
        )


_WITHOUT_ROWS = (Kind.OCCASION, Kind.CASE)


def _compact(value: Document) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _take_up(connection: sqlite3.Connection, where: dict[str, object]) -> None:
    bounds = template_bounds(str(where["template"]))
    connection.execute(sqlite_sql.ROW_DELETE_UNDER, {"year": where["year"], **bounds})
    connection.execute(sqlite_sql.ITEM_DELETE_OF, where)
