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
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    literal_column,
    not_,
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
    "holiday_year": ("year",),
    "year": ("year",),
    "checklist": ("year", "template"),
    "item": ("year", "code"),
    "checklist_row": ("year", "ref"),
    "note": ("year", "ref", "n"),
    "figure": ("year", "key"),
    "figure_entry": ("year", "key", "n"),
    "case_template": ("template", "n"),
    "case_item": ("template", "template_n", "code"),
    "case_file": ("ref",),
    "case_milestone": ("ref", "name", "n"),
    "case_pause": ("ref", "n"),
    "case_extension": ("ref", "n"),
    "case_row": ("ref",),
    "case_note": ("ref", "n"),
    "evidence": ("year", "ref", "n"),
    "review": ("year", "ref"),
    "confirmation": ("year", "code"),
    "closing": ("year",),
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
_holiday = _table["holiday_year"].c
_evidence = _table["evidence"].c
_document = _table["document"].c
_evidence = _table["evidence"].c
_review = _table["review"].c


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
    _row.provisional,
    _row.reckoning,
)
"""In the order of `core.row.Row`, as far as a checklist's row goes."""

_done_unreviewed = and_(_row.state == "done", _row.review == "none")
_asked_item = _table["item"].alias("asked").c
_asks_for_review = exists().where(
    _asked_item.year == _row.year, _asked_item.code == _row.code, _asked_item.reviewed == 1
)

_case_row = _table["case_row"].c
_case = _table["case_file"].c
_case_item = _table["case_item"].c
_milestone = _table["case_milestone"].c

_case_done_unreviewed = and_(_case_row.state == "done", _case_row.review == "none")
_asked_case = _table["case_file"].alias("asked_case").c
_asked_case_item = _table["case_item"].alias("asked_item").c
_case_asks_for_review = exists().where(
    _asked_case.ref == _case_row.case_ref,
    _asked_case_item.template == _asked_case.template,
    _asked_case_item.template_n == _case_row.template_n,
    _asked_case_item.code == _case_row.code,
    _asked_case_item.reviewed == 1,
)

CASE_ROW_COLUMNS: tuple[ColumnElement[Any], ...] = (
    literal_column("0").label("year"),
    _case_row.ref,
    _case_row.code,
    _case.template,
    literal_column("'case'").label("kind"),
    _case_item.title_zh,
    _case_item.title_en,
    _case_item.weight,
    literal_column("''").label("section"),
    _case_row.unit,
    literal_column("NULL").label("period"),
    literal_column("NULL").label("occasion"),
    _case_row.begins,
    _case_row.due,
    literal_column("'law'").label("due_from"),
    _case_row.state,
    _case_row.left_to_do,
    _case_row.why,
    _case_row.done_on,
    _case_row.done_by,
    _case_row.recorded_on,
    _case_row.assignee,
    _case_row.review,
    literal_column("NULL").label("happening"),
    _case_row.provisional,
    _case_row.reckoning,
    _case_row.due_time,
    _case_row.earliest,
    _case_row.target,
    _case_row.done_time,
    _case_row.rule,
    _case_row.choice,
    _case_row.n,
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
        _unless_null("review", _row.review == _text("review")),
        _unless_null("to_review", and_(_done_unreviewed, _asks_for_review)),
        _unless_null("due_from", _row.due >= _text("due_from")),
        _unless_null("due_to", and_(_row.due <= _text("due_to"), _unfinished)),
        _unless_null("due_before", and_(_row.due < _text("due_before"), _unfinished)),
    )


_unfinished_case: ColumnElement[bool] = literal_column(f"case_row.{UNFINISHED}")
_returned_case: ColumnElement[bool] = literal_column(f"case_row.{RETURNED}")
_case_joined = (
    _table["case_row"]
    .join(_table["case_file"], _case.ref == _case_row.case_ref)
    .join(
        _table["case_item"],
        and_(
            _case_item.template == _case.template,
            _case_item.template_n == _case_row.template_n,
            _case_item.code == _case_row.code,
        ),
    )
)


_by_time = func.coalesce(_case_row.due_time, "~")


def _case_rows() -> Select[Any]:
    return select(*CASE_ROW_COLUMNS).select_from(_case_joined)


def _case_filtered(query: Any) -> Any:  # noqa: ANN401  # a selection of any columns
    return query.where(
        _unless_null("low", and_(_case_row.ref >= _text("low"), _case_row.ref < _text("high"))),
        _unless_null("unit", _case_row.unit == _text("unit")),
        _unless_null("state", _case_row.state == _text("state")),
        _unless_null("review", _case_row.review == _text("review")),
        _unless_null("to_review", and_(_case_done_unreviewed, _case_asks_for_review)),
        _unless_null("due_from", _case_row.due >= _text("due_from")),
        _unless_null("due_to", and_(_case_row.due <= _text("due_to"), _unfinished_case)),
        _unless_null("due_before", and_(_case_row.due < _text("due_before"), _unfinished_case)),
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


_said_later = (
    exists()
    .where(_review.year == _row.year, _review.ref == _row.ref, _review.on_date > _text("as_of"))
    .correlate(_table["checklist_row"])
)
_accepted_by_then = and_(_row.review == "accepted", _done, not_(_said_later))
_returned_by_then = and_(_row.review == "returned", not_(_said_later))


def _totals_by(group: ColumnElement[Any], *, by_item: bool) -> Select[Any]:
    """Return the totals of a year by a group of rows, by template and section of the item too where it is asked for."""
    # Rows are counted by item first, so that the join meets each item once and not each row.
    inner = (
        select(
            _row.code,
            group.label("part"),
            *_aggregates(),
            _counted(_accepted_by_then).label("n_accepted"),
            _counted(_returned_by_then).label("n_returned"),
        )
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
    of_item = (_item.template, _item.section) if by_item else ()
    unasked: tuple[ColumnElement[Any], ...] = () if by_item else (literal_column("''"), literal_column("''"))
    return (
        select(
            inner.c.part,
            *of_item,
            *unasked,
            *(func.sum(count) for count in counts),
            func.sum((inner.c.n_rows - inner.c.n_na) * _item.weight),
            func.sum(inner.c.n_done * _item.weight),
            func.sum(inner.c.n_accepted * _item.reviewed),
            func.sum(inner.c.n_returned),
            func.sum((inner.c.n_done - inner.c.n_accepted) * _item.reviewed),
        )
        .select_from(inner.join(_table["item"], and_(_item.year == _number("year"), _item.code == inner.c.code)))
        .group_by(inner.c.part, *of_item)
        .order_by(inner.c.part, *of_item)
    )


def _burn_up() -> Select[Any]:
    """Return the months in which rows are due and were done by a day; an empty month where the day was not stated."""
    month_due = func.substr(_row.due, 1, 7).label("month_due")
    dated = and_(_row.state == "done", _row.done_on <= _text("as_of"))
    unstated = and_(_row.state == "done", _row.done_on.is_(None))
    month_done = case((dated, func.substr(_row.done_on, 1, 7)), (unstated, literal_column("''"))).label("month_done")
    return (
        select(month_due, month_done, func.count())
        .where(_row.year == _number("year"), _row.state != "na", _by_then)
        .group_by(literal_column("month_due"), literal_column("month_done"))
        .order_by(literal_column("month_due"), literal_column("month_done"))
    )


def _overdue_by_holder(pending: ColumnElement[bool]) -> Select[Any]:
    return (
        select(_row.unit, _row.assignee, func.count(), func.min(_row.due))
        .where(_row.year == _number("year"), pending, _row.due < _text("as_of"), _by_then)
        .group_by(_row.unit, _row.assignee)
        .order_by(_row.unit, _row.assignee)
    )


def _evidenced_by(group: ColumnElement[Any]) -> Select[Any]:
    # From the evidence to the rows, so that a year with little evidence costs little.
    standing = (
        select(_evidence.ref)
        .distinct()
        .where(
            _evidence.year == _number("year"),
            _evidence.added_on <= _text("as_of"),
            or_(_evidence.removed_on.is_(null()), _evidence.removed_on > _text("as_of")),
        )
        .subquery("standing")
    )
    return (
        select(group.label("part"), _item.template, _item.section, func.count())
        .select_from(
            standing.join(_table["checklist_row"], and_(_row.year == _number("year"), _row.ref == standing.c.ref)).join(
                _table["item"], and_(_item.year == _row.year, _item.code == _row.code)
            )
        )
        .where(_done, _by_then)
        .group_by(group, _item.template, _item.section)
        .order_by(group, _item.template, _item.section)
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


def _unchained() -> ClauseElement:
    """Return the statement that counts entries which do not name the hash of the one before them."""
    before = _table["entry"].alias("before")
    joined = _table["entry"].outerjoin(before, before.c.seq == _entry.seq - 1)
    named = func.coalesce(before.c.hash, select(_table["register"].c.id).scalar_subquery())
    return select(func.count()).select_from(joined).where(_entry.prev != named)


def _first_reached() -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that a case of a kind reached a milestone first in a stretch of days."""
    return (
        _milestone.name == _text("milestone"),
        _milestone.n == 1,
        _milestone.at >= _text("first"),
        _milestone.at < _text("after"),
        _milestone.ref >= _text("low"),
        _milestone.ref < _text("high"),
    )


def _holds(name: str) -> ColumnElement[bool]:
    """Return whether a fact holds of a case; of any where none is asked for. Facts stand as words between spaces."""
    facts = literal(" ") + _case.facts + " "
    return _unless_null(name, func.replace(facts, literal(" ") + _text(name) + " ", "") != facts)


def _cases() -> dict[str, ClauseElement]:
    """Return the statements over cases: their rows answer to the same questions as those of a year's checklists."""
    most = _number("most")
    return {
        "case_row_one": _case_rows().where(_case_row.ref == _text("ref")),
        "case_row_of": (
            _case_rows()
            .where(_case_row.ref >= _text("low"), _case_row.ref < _text("high"))
            .order_by(_case_row.begins, _case_row.due, _case_row.ref)
        ),
        "case_row_fields_of": select(_table["case_row"]).where(
            _case_row.ref >= _text("low"), _case_row.ref < _text("high")
        ),
        "case_row_next": (
            _case_rows()
            .where(_unfinished_case, _case_row.due.is_not(None), _case_row.begins <= _text("today"))
            .order_by(_case_row.due, _by_time, _case_row.ref)
            .limit(most)
        ),
        "case_row_soon": (
            _case_rows()
            .where(
                _unfinished_case,
                _case_row.due >= _text("today"),
                _case_row.due <= _text("soon"),
                _case_row.begins <= _text("today"),
            )
            .order_by(_case_row.due, _by_time, _case_row.ref)
            .limit(most)
        ),
        "case_row_returned": _case_rows().where(_returned_case).order_by(_case_row.due, _case_row.ref).limit(most),
        "case_row_due_counts": select(
            func.count().filter(_case_row.due < _text("today")), func.count().filter(_case_row.due >= _text("today"))
        ).where(_unfinished_case, _case_row.due <= _text("soon"), _case_row.begins <= _text("today")),
        "case_row_list": _case_filtered(_case_rows()).order_by(_case_row.ref),
        "case_row_list_totals": _case_filtered(
            select(
                func.count(),
                _counted(_case_row.state == "done"),
                _counted(_case_row.state == "partial"),
                _counted(_case_row.state == "open"),
                _counted(_case_row.state == "na"),
                _counted(and_(_case_row.state == "done", _late_case)),
                _counted(and_(_case_row.state == "done", _case_row.done_on.is_(None))),
                _counted(and_(_unfinished_case, _case_row.due < _text("as_of"))),
                _counted(and_(_case_row.state == "done", _case_row.review == "accepted", _case_asks_for_review)),
                _counted(_case_row.review == "returned"),
                _counted(and_(_case_done_unreviewed, _case_asks_for_review)),
            ).select_from(_table["case_row"])
        ),
        "case_row_completion": (
            select(_case_row.ref, _case_item.title_zh, _case_item.title_en)
            .select_from(_case_joined)
            .where(_case_row.ref >= _text("low"), _case_row.ref < _text("high"), _unfinished_case)
            .order_by(_case_row.ref)
            .limit(most)
        ),
        "case_completion": (
            select(_case.ref, _case.title)
            .where(_case.ref >= _text("low"), _case.ref < _text("high"), _case.state == "open")
            .order_by(_case.ref)
            .limit(most)
        ),
        "case_row_open_reckonings": (
            select(
                _case_row.ref,
                _case_row.reckoning,
                _case_row.due,
                _case_row.earliest,
                _case_row.target,
                _case_row.provisional,
            )
            .where(or_(_unfinished_case, _case_row.provisional == 1), _case_row.reckoning.is_not(None))
            .order_by(_case_row.ref)
        ),
        "case_row_item": (
            select(_case_item.body, _case_row.rule).select_from(_case_joined).where(_case_row.ref == _text("ref"))
        ),
        "case_list": (
            select(_table["case_file"])
            .where(
                _unless_null("template", _case.template == _text("template")),
                _unless_null("unit", _case.unit == _text("unit")),
                _unless_null("state", _case.state == _text("state")),
                _unless_null("number", _case.number == _text("number")),
            )
            .order_by(_case.template, func.length(_case.ref), _case.ref)
        ),
        "case_due": (
            select(
                _case_row.case_ref,
                func.min(_case_row.due),
                func.count().filter(_case_row.due < _text("today")),
                func.count(),
            )
            .where(
                _unfinished_case,
                _unless_null("low", and_(_case_row.ref >= _text("low"), _case_row.ref < _text("high"))),
            )
            .group_by(_case_row.case_ref)
        ),
        "case_last": (
            select(_case.ref)
            .where(_case.template == _text("template"))
            .order_by(func.length(_case.ref).desc(), _case.ref.desc())
            .limit(1)
        ),
        "case_numbered": select(_case.ref).where(_case.template == _text("template"), _case.number == _text("number")),
        "case_count": select(_case.template, _case.state, func.count()).group_by(_case.template, _case.state),
        "case_item_delete_of": delete(_table["case_item"]).where(
            _case_item.template == _text("template"), _case_item.template_n == _number("n")
        ),
        "case_template_last": (
            select(_table["case_template"])
            .where(_table["case_template"].c.template == _text("template"))
            .order_by(_table["case_template"].c.n.desc())
            .limit(1)
        ),
        "case_milestone_of": (
            select(_table["case_milestone"])
            .where(_milestone.ref == _text("ref"))
            .order_by(_milestone.at, _milestone.name, _milestone.n)
        ),
        "case_pause_of": (
            select(_table["case_pause"])
            .where(_table["case_pause"].c.ref == _text("ref"))
            .order_by(_table["case_pause"].c.n)
        ),
        "case_extension_of": (
            select(_table["case_extension"])
            .where(_table["case_extension"].c.ref == _text("ref"))
            .order_by(_table["case_extension"].c.n)
        ),
        "case_note_of": (
            select(_table["case_note"])
            .where(_table["case_note"].c.ref == _text("ref"))
            .order_by(_table["case_note"].c.n)
        ),
        "case_terms": (
            select(
                func.substr(_case_row.ref, 1, 2).label("template"),
                _case_row.code,
                func.max(_case_row.template_n),
                func.count(),
                _counted(and_(_done_case, _case_row.done_on.is_not(None), not_(_late_case), not_(_early_case))),
                _counted(and_(_done_case, _late_case)),
                _counted(and_(_done_case, _early_case, not_(_late_case))),
                _counted(and_(_done_case, _case_row.done_on.is_(None))),
                _counted(and_(_pending_case, _case_row.due < _text("as_of"))),
                _counted(and_(_pending_case, or_(_case_row.due.is_(None), _case_row.due >= _text("as_of")))),
                _counted(_case_row.state == "na"),
            )
            .where(
                _case_row.begins >= _text("first"),
                _case_row.begins < _text("after"),
                _case_row.begins <= _text("as_of"),
            )
            .group_by(literal_column("template"), _case_row.code)
            .order_by(literal_column("template"), _case_row.code)
        ),
        "case_reached": (
            select(func.count(), _counted(_holds("fact")))
            .select_from(_table["case_milestone"].join(_table["case_file"], _case.ref == _milestone.ref))
            .where(*_first_reached())
        ),
        "case_open_reached": (
            select(_milestone.ref)
            .select_from(_table["case_milestone"].join(_table["case_file"], _case.ref == _milestone.ref))
            .where(*_first_reached(), _case.state == "open")
            .order_by(_milestone.ref)
        ),
        "case_rows_reached": (
            select(
                func.count(),
                _counted(or_(_done_case, _case_row.due < _text("as_of"))),
                _counted(and_(_done_case, _case_row.done_on.is_not(None), not_(_late_case), not_(_early_case))),
            )
            .select_from(
                _table["case_milestone"]
                .join(_table["case_file"], _case.ref == _milestone.ref)
                .join(
                    _table["case_row"],
                    and_(
                        _case_row.ref >= _milestone.ref + ".",
                        _case_row.ref < _milestone.ref + "/",
                        _case_row.code == _text("code"),
                    ),
                )
            )
            .where(*_first_reached(), _case_row.state != "na", _holds("fact"))
        ),
    }


_late_case = func.coalesce(
    or_(
        _case_row.done_on > _case_row.due,
        and_(_case_row.done_on == _case_row.due, _case_row.done_time > _case_row.due_time),
    ),
    0,
)
_early_case = func.coalesce(_case_row.done_on < _case_row.earliest, 0)
_done_case = and_(_case_row.state == "done", or_(_case_row.done_on.is_(None), _case_row.done_on <= _text("as_of")))
_pending_case = or_(_unfinished_case, and_(_case_row.state == "done", _case_row.done_on > _text("as_of")))

LONG = 1_000_000
"""A payload of more characters is not read as a whole for what it says of one thing; an empty one stands for it."""
_payload_unless_long = case((func.length(_entry.payload) > LONG, literal_column("''")), else_=_entry.payload).label(
    "payload"
)

_did_it = or_(
    exists().where(_row.year == _review.year, _row.ref == _review.ref, _row.done_by == _review.person),
    and_(
        _review.year == literal_column("0"),
        exists().where(_case_row.ref == _review.ref, _case_row.done_by == _review.person),
    ),
    exists().where(
        _evidence.year == _review.year,
        _evidence.ref == _review.ref,
        _evidence.removed_on.is_(None),
        _evidence.person == _review.person,
    ),
)
"""That the reviewer ticked the row himself, or added evidence that is on it."""

STATEMENTS: dict[str, ClauseElement] = {
    **_entities(),
    "holiday_year_documents": (
        select(_holiday.year, _document.body).where(_document.hash == _holiday.document).order_by(_holiday.year)
    ),
    "register_begin": update(_table["register"]).values(created_at=_text("created_at")),
    "entry_insert": insert(_table["entry"]),
    "entry_head": select(_entry.seq, _entry.hash).order_by(_entry.seq.desc()).limit(1),
    "entry_all": select(_table["entry"]).order_by(_entry.seq),
    "entry_redacting": select(_entry.seq, _entry.payload)
    .where(_entry.version == literal_column("2"))
    .order_by(_entry.seq.desc()),
    "redacting_seqs": select(_entry.seq)
    .where(_entry.version == literal_column("2"), _entry.payload.is_not(None))
    .order_by(_entry.seq.desc()),
    "entry_one": select(_table["entry"]).where(_entry.seq == _number("seq")),
    "entry_blank": update(_table["entry"])
    .where(_entry.seq == _number("key_seq"), _entry.payload.is_not(None))
    .values(payload=null(), salt=null()),
    "entry_at": select(_entry.hash, _entry.person).where(_entry.seq == _number("seq")),
    "entry_after": select(_table["entry"]).where(_entry.seq > _number("seq")).order_by(_entry.seq),
    "entry_collected": select(_table["entry"])
    .where(
        _entry.seq > _number("seq"),
        or_(_entry.command == literal_column("'undo'"), _entry.command.like(literal_column("'collect %'"))),
    )
    .order_by(_entry.seq),
    "entry_latest": select(_table["entry"]).order_by(_entry.seq.desc()).limit(_number("most")),
    "entry_about": (
        select(*(_payload_unless_long if one.name == "payload" else one for one in _entry))
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
    "touched_under": select(_touched.seq)
    .distinct()
    .where(
        or_(
            _touched.key == _text("key"),
            and_(_touched.key >= _text("dot"), _touched.key < _text("after_dot")),
            and_(_touched.key >= _text("hash"), _touched.key < _text("after_hash")),
        )
    )
    .order_by(_touched.seq),
    "touched_last": select(func.max(_touched.seq)).where(_touched.key == _text("key")),
    "entry_of_person": (select(_table["entry"]).where(_entry.person == _text("person")).order_by(_entry.seq.desc())),
    "row_get": _rows().where(_row.year == _number("year"), _row.ref == _text("ref")),
    "row_under": (
        _rows()
        .where(_row.year == _number("year"), _row.ref >= _text("low"), _row.ref < _text("high"))
        .order_by(_row.ref)
    ),
    "row_list": _filtered(_rows()).order_by(_row.year, _row.ref),
    "row_list_totals": _filtered(
        select(
            *_aggregates(),
            _counted(and_(_accepted_by_then, _asks_for_review)),
            _counted(_returned_by_then),
            _counted(and_(_done, not_(_accepted_by_then), _asks_for_review)),
        ).select_from(_table["checklist_row"])
    ),
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
    "row_soon_of_year": (
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
    "row_returned_of_year": (
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
    "touched_by_entry": select(_touched.seq, _touched.key).order_by(_touched.seq, _touched.key),
    "touched_count": select(func.count(_touched.key.distinct())).where(  # a number sign: notes and the like
        func.instr(_touched.key, literal_column("'#'")) == literal_column("0")
    ),
    "row_count_all": select(func.count()).select_from(_table["checklist_row"]),
    "case_row_count_all": select(func.count()).select_from(_table["case_row"]),
    "evidence_hashed": select(
        _evidence.hash,
        _evidence.size,
        _evidence.year,
        _evidence.ref,
        _evidence.n,
        _evidence.kind,
        _evidence.place,
        _evidence.purged_on,
    )
    .where(_evidence.hash.is_not(None))
    .order_by(_evidence.hash, _evidence.year, _evidence.ref, _evidence.n),
    "review_accepted": select(
        _review.year,
        _review.ref,
        _review.person,
        case((_did_it, literal_column("1")), else_=literal_column("0")).label("did_it"),
    )
    .where(_review.verdict == literal_column("'accepted'"))
    .order_by(_review.year, _review.ref),
    "evidence_files": select(_evidence.hash, _evidence.size)
    .where(_evidence.kind == literal_column("'file'"), _evidence.purged_on.is_(None))
    .distinct()
    .order_by(_evidence.hash),
    "entry_unchained": _unchained(),
    "row_completion": (
        select(_row.ref, _item.title_zh, _item.title_en)
        .select_from(_joined)
        .where(_row.year == _number("year"), _row.ref >= _text("low"), _row.ref < _text("high"), _unfinished)
        .order_by(_row.ref)
        .limit(_number("most"))
    ),
    "item_delete_of": delete(_table["item"]).where(_item.year == _number("year"), _item.template == _text("template")),
    "item_of_year": select(_item.code, _item.body).where(_item.year == _number("year")).order_by(_item.code),
    "row_unfinished_of_unit": (
        _rows()
        .where(_unfinished, _row.year == _number("year"), _row.unit == _text("unit"))
        .order_by(_row.due.is_(None), _row.due, _row.ref)
    ),
    "row_open_by_unit": (
        select(_row.unit, func.count(), _counted(_row.due < _text("today")))
        .where(_unfinished, _row.year == _number("year"))
        .group_by(_row.unit)
        .order_by(_row.unit)
    ),
    "section_of_unit": (
        select(_item.section)
        .distinct()
        .select_from(_joined)
        .where(_row.year == _number("year"), _row.unit == _text("unit"))
        .order_by(_item.section)
    ),
    "figure_of_unit": (
        select(_figure_entry.key)
        .distinct()
        .where(_figure_entry.year <= _number("year"), _figure_entry.unit == _text("unit"))
        .order_by(_figure_entry.key)
    ),
    "row_unfinished": select(_row.ref, _row.code, _row.unit)
    .where(_row.year == _number("year"), _unfinished)
    .order_by(_row.ref),
    "row_open_reckonings": select(_row.year, _row.ref, _row.reckoning, _row.due, _row.provisional)
    .where(or_(_unfinished, _row.provisional == 1), _row.reckoning.is_not(None), _open_year)
    .order_by(_row.year, _row.ref),
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
            _item.standing,
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
    "totals_by_template": _totals_by(literal_column("''"), by_item=True),
    "totals_by_unit": _totals_by(_row.unit, by_item=False),
    "totals_by_month": _totals_by(func.substr(_row.due, 1, 7), by_item=False),
    "evidenced_by_template": _evidenced_by(literal_column("''")),
    "evidenced_by_unit": _evidenced_by(_row.unit),
    "evidenced_by_month": _evidenced_by(func.substr(_row.due, 1, 7)),
    "burn_up": _burn_up(),
    "overdue_by_holder": _overdue_by_holder(or_(_open, _row.state == "partial")),
    "overdue_by_holder_unfinished": _overdue_by_holder(_unfinished),
    "row_of_year": _rows().where(_row.year == _number("year"), _by_then).order_by(_row.ref),
    "note_of": select(_note.n, _note.text, _note.person, _note.on_date)
    .where(_note.year == _number("year"), _note.ref == _text("ref"))
    .order_by(_note.n),
    "evidence_of": (
        select(_table["evidence"])
        .where(_evidence.year == _number("year"), _evidence.ref == _text("ref"))
        .order_by(_evidence.n)
    ),
    "evidence_between": (
        select(_table["evidence"])
        .where(
            _evidence.year == _number("year"),
            _evidence.ref >= _text("low"),
            _evidence.ref < _text("high"),
            _unless_null("suffix", _evidence.ref.like(literal("%.") + _text("suffix"))),
            or_(_number("removed_too") == 1, _evidence.removed_on.is_(null())),
        )
        .order_by(_evidence.ref, _evidence.n)
    ),
    "evidence_by_hash": (
        select(_table["evidence"])
        .where(_evidence.hash == _text("hash"))
        .order_by(_evidence.year, _evidence.ref, _evidence.n)
    ),
    "evidence_refs": select(_evidence.ref)
    .distinct()
    .where(_evidence.year == _number("year"), _evidence.ref >= _text("low"), _evidence.ref < _text("high"))
    .order_by(_evidence.ref),
    "figure_of_year": select(_table["figure"])
    .where(_figure.year == _number("year"))
    .order_by(_figure.place, _figure.key),
    **_cases(),
    "row_left": (
        select(_row.ref, _row.state, _row.due).where(_row.year == _number("year"), _unfinished).order_by(_row.ref)
    ),
    "row_returned_refs": select(_row.ref).where(_row.year == _number("year"), _returned).order_by(_row.ref),
    "row_to_review_refs": (
        select(_row.ref).where(_row.year == _number("year"), _done_unreviewed, _asks_for_review).order_by(_row.ref)
    ),
    "evidence_standing": (
        select(
            _evidence.ref,
            _evidence.n,
            _evidence.kind,
            _evidence.name,
            _evidence.hash,
            _evidence.size,
            _evidence.dated,
        )
        .where(_evidence.year == _number("year"), _evidence.removed_on.is_(None))
        .order_by(_evidence.ref, _evidence.n)
    ),
    "evidence_seen": (
        select(_evidence.kind, _evidence.name, _evidence.hash, _evidence.dated, _evidence.person)
        .where(_evidence.year == _number("year"), _evidence.ref == _text("ref"), _evidence.removed_on.is_(None))
        .order_by(_evidence.n)
    ),
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
