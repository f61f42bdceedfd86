"""What is left of earlier years, and which row follows which."""

from datetime import date

import pytest

from lawcheck.core.remainder import nearest_earlier, remainder
from lawcheck.core.row import Row


def row(year: int, ref: str, unit: str = "FZ", state: str = "open", **more: object) -> Row:
    parts = ref.split(".")
    made = Row(
        year, ref, parts[0], "TT", "yearly", "事项", "Item", 1, "power-list", unit,
        parts[1] if len(parts) > 1 and not parts[1].isdigit() else None,
        int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else None,
        date(year, 1, 1), None, None, state, None, None, None, None, None, None, "none", None,
    )  # fmt: skip
    return made._replace(**more)  # type: ignore[arg-type]


def test_the_rows_not_finished_of_earlier_open_years_are_left_over() -> None:
    rows = [
        row(2024, "TT-01"),
        row(2025, "TT-01"),
        row(2025, "TT-02", state="partial"),
        row(2025, "TT-03", state="done"),
        row(2025, "TT-04", state="na"),
        row(2026, "TT-01"),
        row(2027, "TT-01"),
    ]
    left = remainder(rows, 2026, {2025, 2026, 2027})
    assert [(one.year, one.ref) for one in left] == [(2025, "TT-01"), (2025, "TT-02")]


@pytest.mark.parametrize(
    ("earlier", "later", "follows"),
    [
        (row(2025, "TT-01"), row(2026, "TT-01"), True),
        (row(2025, "TT-01", "ZF"), row(2026, "TT-01", "FZ"), True),  # the item went to another unit
        (row(2025, "TT-02.Q1.FZ"), row(2026, "TT-02.Q1.FZ"), True),
        (row(2025, "TT-02.Q1"), row(2026, "TT-02.Q1.FZ"), True),  # now each unit has a row
        (row(2025, "TT-02.Q4.FZ"), row(2026, "TT-02.Q1.FZ"), False),
        (row(2025, "TT-02.Q1.ZF", "ZF"), row(2026, "TT-02.Q1.FZ"), False),
        (row(2025, "TT-01"), row(2026, "TT-02"), False),
        (row(2025, "TT-03.1"), row(2026, "TT-03.1"), False),  # what happened once happens once
        (row(2025, "TT-01", state="done"), row(2026, "TT-01"), False),
    ],
)
def test_a_row_follows_the_same_item_period_and_unit(earlier: Row, later: Row, follows: bool) -> None:
    assert remainder([earlier], 2026, {2025, 2026}, later) == ((earlier,) if follows else ())


def test_each_row_is_in_one_remainder_only() -> None:
    years = {2023, 2025, 2026}
    assert {year: nearest_earlier(years, year) for year in (2023, 2025, 2026, 2027)} == {
        2023: None,
        2025: 2023,
        2026: 2025,
        2027: 2026,
    }
