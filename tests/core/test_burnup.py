"""What fell due and what was done, month by month."""

from datetime import date

from lawcheck.core.burnup import UNSTATED, Month, burn_up


def test_due_and_done_are_counted_by_month_and_so_far_up_to_the_day() -> None:
    counted = [("2026-01", "2026-02", 2), ("2026-01", None, 1), ("2026-12", "2025-12", 3), (None, None, 4)]
    burnt = burn_up([*counted, ("2026-02", UNSTATED, 5)], 2026, date(2026, 2, 10))
    assert burnt.months[:4] == (
        Month("2025-12", 0, 3, 0, 3),
        Month("2026-01", 3, 0, 3, 3),
        Month("2026-02", 5, 2, 8, 5),
        Month("2026-03", 0, None, 8, None),
    )
    assert burnt.months[-1] == Month("2026-12", 3, None, 11, None)
    assert (burnt.rows, burnt.done, burnt.no_day, burnt.undated) == (15, 10, 4, 5)
    assert burnt.balances()


def test_a_year_of_nothing_has_twelve_months_of_nothing() -> None:
    burnt = burn_up([], 2026, date(2027, 1, 31))
    assert [one.month for one in burnt.months] == [f"2026-{n:02}" for n in range(1, 13)]
    assert burnt.balances()
    assert not burnt._replace(rows=1).balances()


def test_months_after_the_year_in_which_its_rows_are_due_follow() -> None:
    burnt = burn_up([("2027-01", "2027-01", 1)], 2026, date(2027, 1, 31))
    assert burnt.months[-1] == Month("2027-01", 1, 1, 1, 1)
