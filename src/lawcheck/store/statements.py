"""Every statement, by name, written once with SQLAlchemy and compiled to SQL text for SQLite by `tools/generate.py`.

Optional filters are NULL-safe (`:unit IS NULL OR unit = :unit`); no IN list over parameters, no dialect's own upsert.
"""

from typing import Any

from sqlalchemy import (
    Integer,
    Select,
    Text,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal,
    literal_column,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.sql.elements import ClauseElement
from sqlalchemy.sql.expression import ColumnElement
from sqlmodel import SQLModel

from lawcheck.store import tables
from lawcheck.store.tables import RETURNED, UNFINISHED

KEYS = {
    "register": ("one",),
    "touched": ("key", "seq"),
    "document": ("hash",),
    "bureau": ("one",),
    "year": ("year",),
    "checklist": ("year", "template"),
    "item": ("year", "code"),
    "checklist_row": ("year", "ref"),
    "note": ("year", "ref", "n"),
    "figure": ("year", "key"),
    "figure_entry": ("year", "key", "n"),
}
"""The natural key of each table that entries speak of or that is filled in bulk."""

_table = SQLModel.metadata.tables
_row = _table["checklist_row"].c
_item = _table["item"].c
_year = _table["year"].c
_entry = _table["entry"].c
_touched = _table["touched"].c
_figure = _table["figure"].c
_figure_entry = _table["figure_entry"].c
_note = _table["note"].c


def _text(name: str) -> Any:  # noqa: ANN401  # SQLAlchemy's bind parameters have no useful type
    return bindparam(name, type_=Text)


def _number(name: str) -> Any:  # noqa: ANN401
    return bindparam(name, type_=Integer)


def _unless_null(name: str, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return or_(_text(name).is_(null()), condition)


_unfinished: ColumnElement[bool] = literal_column(f"checklist_row.{UNFINISHED}")
_returned: ColumnElement[bool] = literal_column(f"checklist_row.{RETURNED}")
_joined = _table["checklist_row"].join(
    _table["item"], and_(_item.year == _row.year, _item.code == _row.code), isouter=False
)
_open_year = exists().where(_year.year == _row.year, _year.state == "open")

ROW_COLUMNS = (
    _row.year,
    _row.ref,
    _row.code,
    _item.template,
    _item.kind,
    _item.title_zh,
    _item.title_en,
    _item.weight,
    _item.section,
    _row.unit,
    _row.period,
    _row.occasion,
    _row.begins,
    _row.due,
    _item.due_from,
    _row.state,
    _row.left_to_do,
    _row.why,
    _row.done_on,
    _row.done_by,
    _row.recorded_on,
    _row.assignee,
    _row.review,
    _row.happening,
)
"""In the order of `core.row.Row`."""


def _rows() -> Select[Any]:
    return select(*ROW_COLUMNS).select_from(_joined)


def _filtered(query: Select[Any]) -> Select[Any]:
    return query.where(
        _row.year >= _number("first_year"),
        _row.year <= _number("last_year"),
        or_(_number("closed_too") == 1, _open_year),
        _unless_null("low", and_(_row.ref >= _text("low"), _row.ref < _text("high"))),
        _unless_null("suffix", _row.ref.like(literal("%.") + _text("suffix"))),
        _unless_null("unit", _row.unit == _text("unit")),
        _unless_null("state", _row.state == _text("state")),
        _unless_null("due_from", _row.due >= _text("due_from")),
        _unless_null("due_to", and_(_row.due <= _text("due_to"), _unfinished)),
        _unless_null("due_before", and_(_row.due < _text("due_before"), _unfinished)),
    )


def _counted(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(condition)


_done = and_(_row.state == "done", or_(_row.done_on.is_(None), _row.done_on <= _text("as_of")))
_open = or_(_row.state == "open", and_(_row.state == "done", _row.done_on > _text("as_of")))
_by_then = or_(_row.occasion.is_(None), _row.begins <= _text("as_of"))


def _aggregates() -> tuple[ColumnElement[Any], ...]:
    return (
        func.count().label("n_rows"),
        _counted(_done).label("n_done"),
        _counted(_row.state == "partial").label("n_partial"),
        _counted(_open).label("n_open"),
        _counted(_row.state == "na").label("n_na"),
        _counted(and_(_done, _row.done_on > _row.due)).label("n_late"),
        _counted(and_(_row.state == "done", _row.done_on.is_(None))).label("n_undated"),
        _counted(and_(or_(_open, _row.state == "partial"), _row.due < _text("as_of"))).label("n_overdue"),
    )


def _totals_by(group: ColumnElement[Any]) -> Select[Any]:
    # Rows are counted by item first, so that the join meets each item once and not each row.
    inner = (
        select(_row.code, group.label("part"), *_aggregates())
        .where(_row.year == _number("year"), _by_then)
        .group_by(_row.code, group)
        .subquery("counted")
    )
    counts = [
        inner.c.n_rows,
        inner.c.n_done,
        inner.c.n_partial,
        inner.c.n_open,
        inner.c.n_na,
        inner.c.n_late,
        inner.c.n_undated,
        inner.c.n_overdue,
    ]
    return (
        select(
            inner.c.part,
            _item.template,
            _item.section,
            *(func.sum(count) for count in counts),
            func.sum((inner.c.n_rows - inner.c.n_na) * _item.weight),
            func.sum(inner.c.n_done * _item.weight),
        )
        .select_from(inner.join(_table["item"], and_(_item.year == _number("year"), _item.code == inner.c.code)))
        .group_by(inner.c.part, _item.template, _item.section)
        .order_by(inner.c.part, _item.template, _item.section)
    )


def _entities() -> dict[str, ClauseElement]:
    made: dict[str, ClauseElement] = {}
    for name, key in KEYS.items():
        table = _table[name]
        here = [table.c[column] == bindparam(f"key_{column}", type_=table.c[column].type) for column in key]
        rest = [column for column in table.c if column.name not in key]
        made[f"{name}_insert"] = insert(table)
        made[f"{name}_get"] = select(*(rest or [table.c[column] for column in key])).where(*here)
        if name not in ("register", "document", "touched"):
            made[f"{name}_update"] = (
                update(table).where(*here).values({c.name: bindparam(c.name, type_=c.type) for c in rest})
            )
            made[f"{name}_delete"] = delete(table).where(*here)
        made[f"{name}_all"] = select(table).order_by(*(table.c[column] for column in key))
    return made


STATEMENTS: dict[str, ClauseElement] = {
    **_entities(),
    "entry_insert": insert(_table["entry"]),
    "entry_head": select(_entry.seq, _entry.hash).order_by(_entry.seq.desc()).limit(1),
    "entry_all": select(_table["entry"]).order_by(_entry.seq),
    "entry_after": select(_table["entry"]).where(_entry.seq > _number("seq")).order_by(_entry.seq),
    "entry_latest": select(_table["entry"]).order_by(_entry.seq.desc()).limit(_number("most")),
    "entry_about": (
        select(_table["entry"])
        .where(
            _entry.seq.in_(
                select(_touched.seq).where(
                    or_(
                        _touched.key == _text("key"),
                        and_(_touched.key >= _text("dot"), _touched.key < _text("after_dot")),
                        and_(_touched.key >= _text("hash"), _touched.key < _text("after_hash")),
                    )
                )
            )
        )
        .order_by(_entry.seq.desc())
        .limit(_number("most"))
    ),
    "entry_of_person": (select(_table["entry"]).where(_entry.person == _text("person")).order_by(_entry.seq.desc())),
    "row_get": _rows().where(_row.year == _number("year"), _row.ref == _text("ref")),
    "row_under": (
        _rows()
        .where(_row.year == _number("year"), _row.ref >= _text("low"), _row.ref < _text("high"))
        .order_by(_row.ref)
    ),
    "row_list": _filtered(_rows()).order_by(_row.year, _row.ref),
    "row_list_totals": _filtered(select(*_aggregates()).select_from(_table["checklist_row"])),
    "row_next_of_year": (
        _rows()
        .where(_unfinished, _row.due.is_not(None), _row.begins <= _text("today"), _row.year == _number("year"))
        .order_by(_row.due, _row.year, _row.ref)
        .limit(_number("most"))
    ),
    "row_undated_of_year": (
        _rows()
        .where(_unfinished, _row.due.is_(None), _row.begins <= _text("today"), _row.year == _number("year"))
        .order_by(_row.ref)
        .limit(_number("most"))
    ),
    "row_soon": (
        _rows()
        .where(
            _unfinished,
            _row.due >= _text("today"),
            _row.due <= _text("soon"),
            _row.begins <= _text("today"),
            _row.year == _number("year"),
        )
        .order_by(_row.due, _row.ref)
        .limit(_number("most"))
    ),
    "row_returned": (
        _rows().where(_returned, _row.year == _number("year")).order_by(_row.due, _row.ref).limit(_number("most"))
    ),
    "row_overdue": (
        _rows()
        .where(
            _row.year == _number("year"),
            or_(_open, _row.state == "partial"),
            _row.due < _text("as_of"),
            _by_then,
        )
        .order_by(_row.due, _row.ref)
        .limit(_number("most"))
    ),
    "row_due_counts": select(
        func.count().filter(_row.due < _text("today")), func.count().filter(_row.due >= _text("today"))
    ).where(_unfinished, _row.year == _number("year"), _row.due <= _text("soon"), _row.begins <= _text("today")),
    "row_overdue_unfinished": (
        _rows()
        .where(_row.year == _number("year"), _unfinished, _row.due < _text("as_of"), _by_then)
        .order_by(_row.due, _row.ref)
        .limit(_number("most"))
    ),
    "row_overdue_count": select(func.count()).where(
        _row.year == _number("year"), _unfinished, _row.due < _text("as_of")
    ),
    "row_delete_under": delete(_table["checklist_row"]).where(
        _row.year == _number("year"), _row.ref >= _text("low"), _row.ref < _text("high")
    ),
    "row_count_under": select(func.count()).where(
        _row.year == _number("year"), _row.ref >= _text("low"), _row.ref < _text("high"), _row.occasion.is_(None)
    ),
    "row_count_all": select(func.count()).select_from(_table["checklist_row"]),
    "row_completion": (
        select(_row.ref, _item.title_zh, _item.title_en)
        .select_from(_joined)
        .where(_row.year == _number("year"), _row.ref >= _text("low"), _row.ref < _text("high"), _unfinished)
        .order_by(_row.ref)
        .limit(_number("most"))
    ),
    "item_delete_of": delete(_table["item"]).where(_item.year == _number("year"), _item.template == _text("template")),
    "item_of_year": select(_item.code, _item.body).where(_item.year == _number("year")).order_by(_item.code),
    "row_unfinished": select(_row.ref, _row.code, _row.unit)
    .where(_row.year == _number("year"), _unfinished)
    .order_by(_row.ref),
    "row_remainder": (
        _rows()
        .where(_unfinished, _row.year == _number("year"))
        .order_by(_row.due.is_(None), _row.due, _row.ref)
        .limit(_number("most"))
    ),
    "row_remainder_count": select(func.count()).where(_unfinished, _row.year == _number("year")),
    "row_assigned": (
        select(_row.code, _row.period, _row.unit, _row.assignee)
        .where(_row.year == _number("year"), _row.assignee.is_not(None), _row.occasion.is_(None))
        .order_by(_row.code, _row.period, _row.unit)
    ),
    "row_holders": (
        select(_row.code, _row.unit)
        .distinct()
        .where(_row.year == _number("year"), _row.occasion.is_(None))
        .order_by(_row.code, _row.unit)
    ),
    "note_refs": select(_note.ref)
    .distinct()
    .where(_note.year == _number("year"), _note.ref >= _text("low"), _note.ref < _text("high"))
    .order_by(_note.ref),
    "item_codes": select(_item.code).distinct().order_by(_item.code),
    "item_standing": (
        select(
            _item.year,
            _item.code,
            _item.template,
            _item.kind,
            _item.title_zh,
            _item.title_en,
            _item.section,
            _item.body,
        )
        .where(
            _item.year == _number("year"),
            or_(
                _item.kind == "case",
                and_(
                    _item.kind == "occasion",
                    ~exists().where(
                        _row.year == _item.year,
                        _row.ref > _item.code + ".",
                        _row.ref < _item.code + "/",
                        _row.begins <= _text("as_of"),
                    ),
                ),
            ),
        )
        .order_by(_item.code)
    ),
    "checklist_of_year": (
        select(_table["checklist"])
        .where(_table["checklist"].c.year == _number("year"))
        .order_by(_table["checklist"].c.template)
    ),
    "totals_by_template": _totals_by(literal_column("''")),
    "totals_by_unit": _totals_by(_row.unit),
    "totals_by_month": _totals_by(func.substr(_row.due, 1, 7)),
    "note_of": select(_note.n, _note.text, _note.person, _note.on_date)
    .where(_note.year == _number("year"), _note.ref == _text("ref"))
    .order_by(_note.n),
    "figure_of_year": select(_table["figure"])
    .where(_figure.year == _number("year"))
    .order_by(_figure.place, _figure.key),
    "figure_last_place": select(func.max(_figure.place)).where(_figure.year == _number("year")),
    "figure_entry_of_year": (
        select(_table["figure_entry"])
        .where(_figure_entry.year == _number("year"))
        .order_by(_figure_entry.key, _figure_entry.n)
    ),
    "figure_entry_of": (
        select(_table["figure_entry"])
        .where(_figure_entry.year == _number("year"), _figure_entry.key == _text("key"))
        .order_by(_figure_entry.n)
    ),
}
"""Named statements; parameters are named in SQL by a colon."""

assert tuple(tables.TABLES), "the tables must be declared before their statements"  # noqa: S101  # keeps the import
