"""What the journal's changes speak of, and how they are applied: the same way live and in a replay."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from lawcheck.core.frozen import Document, laid_rows
from lawcheck.core.journal import WHOLE, Change
from lawcheck.core.refs import template_bounds
from lawcheck.core.words import Review, State
from lawcheck.store import sqlite_sql


class Entity(NamedTuple):
    """A thing with a natural key: its table, its key's columns, the other columns in the table's order."""

    table: str
    key: tuple[str, ...]
    fields: tuple[str, ...]


ENTITIES = {
    "bureau": Entity("bureau", ("one",), ("document",)),
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
        ),
    ),
    "note": Entity("note", ("year", "ref", "n"), ("text", "person", "on_date")),
    "figure": Entity(
        "figure",
        ("year", "key"),
        ("place", "title_zh", "title_en", "measure_zh", "measure_en", "adds", "section"),
    ),
    "figure_entry": Entity(
        "figure_entry",
        ("year", "key", "n"),
        ("digits", "multiple", "on_date", "from_date", "to_date", "qualifier", "unit", "note", "person"),
    ),
}
"""By the word that an entry uses. A key is written `2026`, `2026/PL-01`, `2026/PL-01#2`; the bureau's is `bureau`."""


class Mismatch(Exception):
    """A change whose old value is not what the table holds."""


def key_text(*parts: object) -> str:
    """Write a natural key: year, name and number."""
    year, *rest = parts
    text = str(year)
    if rest:
        text += f"/{rest[0]}"
    if len(rest) > 1:
        text += f"#{rest[1]}"
    return text


def key_values(entity: Entity, key: str) -> dict[str, object]:
    """Read a natural key back to the columns it stands for."""
    if entity.key == ("one",):
        return {"one": 1}
    year, _, rest = key.partition("/")
    values: dict[str, object] = {"year": int(year)}
    if len(entity.key) > 1:
        name, _, n = rest.partition("#")
        values[entity.key[1]] = name
        if len(entity.key) > 2:  # year, name, number
            values[entity.key[2]] = int(n)
    return values


def touched_by(seq: int, changes: Iterable[Change]) -> list[dict[str, object]]:
    """Return the lines that tell which things an entry speaks of."""
    return [{"key": key, "seq": seq} for key in dict.fromkeys(change.key for change in changes)]


def apply_changes(connection: sqlite3.Connection, changes: list[Change]) -> None:
    """Apply changes in order, each only if the table holds its old value.

    Raises:
        Mismatch: the table holds something else.

    """
    for (name, key), group in groupby(changes, key=lambda change: (change.entity, change.key)):
        entity = ENTITIES[name]
        where = key_values(entity, key)
        fields: list[Change] = []
        for change in group:
            if change.field == WHOLE:
                _make_or_unmake(connection, entity, where, change)
            else:
                fields.append(change)
        if fields:
            _set_fields(connection, entity, where, fields)


_UNFIT = (
    sqlite3.IntegrityError,
    sqlite3.ProgrammingError,
    ArithmeticError,
    AttributeError,
    LookupError,
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
    except _UNFIT as error:
        raise Mismatch(str(error)) from error


def _statement(entity: Entity, what: str) -> str:
    text: str = getattr(sqlite_sql, f"{entity.table}_{what}".upper())
    return text


def _current(connection: sqlite3.Connection, entity: Entity, where: dict[str, object]) -> dict[str, object] | None:
    keyed = {f"key_{column}": value for column, value in where.items()}
    held = connection.execute(_statement(entity, "get"), keyed).fetchone()
    return None if held is None else dict(zip(entity.fields, held, strict=True))


def _set_fields(
    connection: sqlite3.Connection, entity: Entity, where: dict[str, object], changes: list[Change]
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
    else:
        if entity.table == "checklist":
            _take_up(connection, where)
        keyed = {f"key_{column}": value for column, value in where.items()}
        connection.execute(_statement(entity, "delete"), keyed)


def _lay_out(connection: sqlite3.Connection, where: dict[str, object], document: str) -> None:
    """Fill in the items and rows of a checklist from its frozen copy."""
    checklist = _copy(connection, document)
    connection.executemany(sqlite_sql.ITEM_INSERT_BULK, _items(checklist, where))
    # In one order of columns with RowTable; the parts that never vary at the start of a year are bound as such.
    open_, none, year = State.OPEN.value, Review.NONE.value, where["year"]
    connection.executemany(
        sqlite_sql.CHECKLIST_ROW_INSERT_BULK,
        (
            (year, ref, code, unit, period, None, None, begins, due, open_, None, None, None, None, None, None, none)
            for ref, code, unit, period, begins, due in laid_rows(checklist)
        ),
    )


def _copy(connection: sqlite3.Connection, document: str) -> Document:
    held = connection.execute(sqlite_sql.DOCUMENT_GET, {"key_hash": document}).fetchone()
    if held is None:
        raise Mismatch(document)
    checklist: Document = json.loads(held[0])
    return checklist


def _take_other_items(connection: sqlite3.Connection, where: dict[str, object], old: str, new: str) -> None:
    """Make the items of a checklist those of another frozen copy; its rows are left to changes of their own.

    Rows of an item that goes are gone before this change, and rows of a new one come after it: the other way round
    when it is taken back.
    """
    before = {values[1]: values for values in _items(_copy(connection, old), where)}
    after = {values[1]: values for values in _items(_copy(connection, new), where)}
    keyed = [{"key_year": where["year"], "key_code": code} for code in before if code not in after]
    connection.executemany(sqlite_sql.ITEM_DELETE, keyed)
    connection.executemany(
        sqlite_sql.ITEM_INSERT_BULK, [values for code, values in after.items() if code not in before]
    )
    for code, values in after.items():
        if before.get(code, values) != values:
            named = dict(zip(_ITEM_FIELDS, values[2:], strict=True))
            connection.execute(sqlite_sql.ITEM_UPDATE, {"key_year": where["year"], "key_code": code, **named})


_ITEM_FIELDS = ("template", "kind", "level", "title_zh", "title_en", "weight", "section", "due_from", "body")
"""The columns of an item after its key, in the order in which `_items` has them."""


def _items(checklist: Document, where: dict[str, object]) -> Iterator[tuple[object, ...]]:
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
            json.dumps(item, ensure_ascii=False, sort_keys=True, separators=(",", ":")),
        )


def _take_up(connection: sqlite3.Connection, where: dict[str, object]) -> None:
    bounds = template_bounds(str(where["template"]))
    connection.execute(sqlite_sql.ROW_DELETE_UNDER, {"year": where["year"], **bounds})
    connection.execute(sqlite_sql.ITEM_DELETE_OF, where)
