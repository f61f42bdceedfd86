"""Sections of a report under one another, by their numbers."""

import pytest

from lawcheck.core.sections import SectionLine, by_level, number_steps
from lawcheck.core.totals import Totals

ONE, TWO, FOUR = (Totals(rows=n, open=n) for n in (1, 2, 4))


@pytest.mark.parametrize(
    ("number", "steps"),
    [
        ("一", ("一",)),
        ("一(十一)", ("一", "(十一)")),
        ("一（二）", ("一", "(二)")),
        ("一、", ("一",)),
        ("三(二)1", ("三", "(二)", "1")),
        ("2.1.3", ("2", "1", "3")),
        ("", ()),
    ],
)
def test_a_number_is_read_by_its_levels(number: str, steps: tuple[str, ...]) -> None:
    assert number_steps(number) == steps


def test_a_section_above_holds_what_lies_under_it_and_has_the_title_that_is_known() -> None:
    listed = [("一(一)", "甲", "A", ONE), ("一(二)", "乙", "B", TWO), ("二", "丙", "C", FOUR)]
    assert by_level(listed) == (
        SectionLine("一", "", "", 1, Totals(rows=3, open=3)),
        SectionLine("一(一)", "甲", "A", 2, ONE),
        SectionLine("一(二)", "乙", "B", 2, TWO),
        SectionLine("二", "丙", "C", 1, FOUR),
    )


def test_a_section_that_stands_above_others_holds_its_own_too() -> None:
    listed = [("一(一)", "甲", "A", ONE), ("一", "总", "All", TWO), ("一(一)1", "细", "Detail", FOUR)]
    assert [(line.number, line.title_en, line.level, line.totals.rows) for line in by_level(listed)] == [
        ("一", "All", 1, 7),
        ("一(一)", "A", 2, 5),
        ("一(一)1", "Detail", 3, 4),
    ]


def test_sections_without_anything_are_left_out() -> None:
    assert by_level([("一(一)", "甲", "A", Totals()), ("二", "乙", "B", ONE)]) == (
        SectionLine("二", "乙", "B", 1, ONE),
    )
