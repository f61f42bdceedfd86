"""Totals that balance, and percentages rounded in whole numbers."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawcheck.core.totals import Totals

COUNT = st.integers(0, 10**6)


@st.composite
def totals(draw: st.DrawFn) -> Totals:
    done, partial, left, na, weight = (draw(COUNT) for _ in range(5))
    late = draw(st.integers(0, done))
    return Totals(
        rows=done + partial + left + na,
        done=done,
        partial=partial,
        open=left,
        na=na,
        late=late,
        undated=draw(st.integers(0, done - late)),
        overdue=draw(st.integers(0, partial + left)),
        weight=weight,
        weight_done=draw(st.integers(0, weight)),
        not_triggered=draw(COUNT),
    )


def rounded(part: int, whole: int) -> str:
    found = str((Decimal(100 * part) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP))
    return "99.9" if found == "100.0" and part < whole else found


@given(totals(), totals())
@settings(max_examples=60, deadline=None)
def test_what_balances_apart_balances_together(one: Totals, other: Totals) -> None:
    both = one.plus(other)
    assert one.balances()
    assert both.balances()
    assert tuple(both) == tuple(a + b for a, b in zip(one, other, strict=True))
    assert both == other.plus(one)


@given(totals(), st.sampled_from(["rows", "done", "partial", "open", "na"]), st.sampled_from([-1, 1]))
@settings(max_examples=60, deadline=None)
def test_one_row_too_many_or_too_few_unbalances(one: Totals, name: str, more: int) -> None:
    assert not one._replace(**{name: getattr(one, name) + more}).balances()


@pytest.mark.parametrize(
    "changes",
    [
        {"late": 3},
        {"undated": 3},
        {"late": 1, "undated": 2},
        {"overdue": 4},
        {"weight_done": 11},
    ],
)
def test_a_part_larger_than_its_whole_unbalances(changes: dict[str, int]) -> None:
    whole = Totals(rows=6, done=2, partial=1, open=2, na=1, weight=10)
    assert whole.balances()
    assert not whole._replace(**changes).balances()


def test_no_rows_balance_and_have_no_percentage() -> None:
    none = Totals()
    assert (none.balances(), none.percent(), none.score()) == (True, None, None)


def test_where_no_row_applies_there_is_no_percentage() -> None:
    assert Totals(rows=3, na=3).percent() is None


def test_rows_that_do_not_apply_are_out_of_the_percentage() -> None:
    assert Totals(rows=4, done=1, open=2, na=1).percent() == "33.3"


def test_what_is_partly_done_counts_for_nothing() -> None:
    assert Totals(rows=2, done=1, partial=1, weight=5, weight_done=2).percent() == "50.0"
    assert Totals(rows=2, done=1, partial=1, weight=5, weight_done=2).score() == "40.0"


@pytest.mark.parametrize(
    ("done", "rows", "percent"),
    [
        (0, 7, "0.0"),
        (7, 7, "100.0"),
        (2, 3, "66.7"),
        (1, 2000, "0.1"),
        (1, 2001, "0.0"),
        (1, 16, "6.3"),
        (3, 400, "0.8"),
    ],
)
def test_a_half_tenth_is_rounded_up(done: int, rows: int, percent: str) -> None:
    assert Totals(rows=rows, done=done, open=rows - done).percent() == percent


@given(totals())
@settings(max_examples=60, deadline=None)
def test_percentage_and_score_are_rounded_to_the_nearest_tenth_and_what_is_not_all_never_reads_so(one: Totals) -> None:
    applies = one.rows - one.na
    assert one.percent() == (rounded(one.done, applies) if applies else None)
    assert one.score() == (rounded(one.weight_done, one.weight) if one.weight else None)
