"""The one codec between the values of core and the TEXT and INTEGER columns of the register."""

import json
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

from lawcheck.core.row import Row
from lawcheck.errors import RegisterDamaged

if TYPE_CHECKING:
    from lawcheck.core.evidence import Evidence
    from lawcheck.core.figure import FigureEntry
    from lawcheck.core.journal import Change


def encoded(value: object) -> object:
    """Return a value as a column or a journal entry holds it: days as ISO 8601, enums by value."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    return value


def day(text: str | None) -> date | None:
    """Return the day of an ISO 8601 text.

    Raises:
        RegisterDamaged: it is none; the path is filled in where it is known.

    """
    try:
        return None if text is None else date.fromisoformat(text)
    except (ValueError, TypeError) as error:
        raise RegisterDamaged(path="", reason=str(error)) from error


def json_held(text: object) -> Any:  # noqa: ANN401  # what JSON holds
    """Return what a column of JSON holds.

    Raises:
        RegisterDamaged: it is no JSON; the path is filled in where it is known.

    """
    try:
        return json.loads(str(text))
    except ValueError as error:
        raise RegisterDamaged(path="", reason=str(error)) from error


def row(values: tuple[object, ...]) -> Row:
    """Return the row of a result in the order of `statements.ROW_COLUMNS`."""
    made = Row(*values)  # type: ignore[arg-type]
    return made._replace(
        begins=day(made.begins),  # type: ignore[arg-type]
        due=day(made.due),  # type: ignore[arg-type]
        done_on=day(made.done_on),  # type: ignore[arg-type]
        recorded_on=day(made.recorded_on),  # type: ignore[arg-type]
    )


def case_row(values: tuple[object, ...]) -> Row:
    """Return the row of a result in the order of `statements.CASE_ROW_COLUMNS`."""
    made = row(values)
    return made._replace(earliest=day(made.earliest), target=day(made.target))  # type: ignore[arg-type]


def evidence(values: tuple[object, ...]) -> "Evidence":
    """Return the evidence of a result in the order of the table's columns."""
    from lawcheck.core.evidence import Evidence  # which most rows have none of

    return Evidence(*values)  # type: ignore[arg-type]


def figure_entry(values: tuple[object, ...]) -> "FigureEntry":
    """Return the figure's entry of a result in the order of the table's columns."""
    from lawcheck.core.figure import FigureEntry  # decimals, which everyday commands do without

    made = FigureEntry(*values)  # type: ignore[arg-type]
    return made._replace(
        on_date=day(made.on_date),  # type: ignore[arg-type]
        from_date=day(made.from_date),  # type: ignore[arg-type]
        to_date=day(made.to_date),  # type: ignore[arg-type]
    )


def payload_changes(payload: str) -> "tuple[list[Change], int | None]":
    """Return the changes of an entry's payload and the entry that it takes back."""
    from lawcheck.core.journal import Change  # not loaded by commands that only read

    held = json.loads(payload)  # `verify` tells broken payloads apart
    return [Change(*change) for change in held["changes"]], held["undoes"]
