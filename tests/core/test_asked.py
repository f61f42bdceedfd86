"""On which days of its year an item is asked for, by the law and the practice in its frozen copy."""

from datetime import date
from typing import Any

import pytest

from lawcheck.core.force import asked_around, asked_on


def _cited(begins: str | None, ends: str | None = None, standing: str = "in-force") -> dict[str, Any]:
    """Return of a frozen citation what decides when it is in force."""

    def held(day: str | None) -> dict[str, Any]:
        return {"date": day, "certainty": "read" if day else "not-found", "by": None}

    return {"from": held(begins), "to": held(ends) if ends else None, "issued": None, "standing": standing}


def _item(*basis: dict[str, Any], practice: object = None) -> dict[str, Any]:
    return {"basis": list(basis), "practice": practice}


NEW, OLD = _cited("2026-07-01"), _cited("2020-01-01", "2026-03-31")


@pytest.mark.parametrize(
    ("item", "day", "asked"),
    [
        (_item(NEW), "2026-06-30", False),
        (_item(NEW), "2026-07-01", True),
        (_item(OLD), "2026-03-31", True),
        (_item(OLD), "2026-04-01", False),
        (_item(OLD, NEW), "2026-05-01", False),
        (_item(OLD, NEW, practice={"title": "x"}), "2026-05-01", True),
        (_item(_cited("2026-06")), "2026-05-31", False),
        (_item(_cited("2026-06")), "2026-06-01", True),
        (_item(_cited(None)), "2026-01-01", True),
        (_item(), "2026-01-01", True),
    ],
)
def test_an_item_is_asked_for_where_practice_or_law_that_may_be_in_force_asks(
    item: dict[str, Any], day: str, asked: bool
) -> None:
    assert asked_on(item, date.fromisoformat(day)) is asked


def test_around_a_day_on_which_nothing_asks_stand_the_nearest_end_and_start() -> None:
    later = _cited("2026-09-01")
    gone = _cited("2010-01-01", "2020-12-31", standing="ended")
    item = _item(gone, later, OLD, NEW)
    assert asked_around(item, date(2026, 5, 1)) == ("2026-07-01", "2026-03-31")
    assert asked_around(_item(OLD), date(2026, 5, 1)) == (None, "2026-03-31")
    assert asked_around(_item(gone), date(2026, 5, 1)) == (None, None)
