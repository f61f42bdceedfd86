"""What binds a workbook that was handed out: it comes back whole, or not at all."""

import json
from datetime import date

import pytest

from lawcheck.core.canonical import digest
from lawcheck.core.handout import FIGURES, FORMAT, ROWS, Binding, GivenLine, read_binding

LINES = (
    GivenLine(ROWS, 2, "", 0, ("编号 Ref", "_x0041_")),
    GivenLine(ROWS, 3, "TT-01", 0, ("TT-01", 'a "title"')),
    GivenLine(FIGURES, 3, "visits", 2, ("visits",)),
)
BINDING = Binding("ab" * 16, 2026, "ZF", 7, "cd" * 32, date(2026, 6, 15), LINES)
PLAIN = ["r", 2026, "ZF", 7, "h", "2026-06-15", [[ROWS, 3, "TT-01", 0, ["x"]]]]


def test_a_binding_comes_back_as_it_was() -> None:
    assert read_binding(BINDING.text(), BINDING.hash()) == BINDING


def test_a_binding_is_plain_ascii_without_what_a_workbook_takes_for_an_escape() -> None:
    assert BINDING.text().isascii()
    assert "_x" not in BINDING.text()


@pytest.mark.parametrize("text", [BINDING.text() + " ", BINDING.text().replace("2026", "2025"), ""])
def test_a_binding_that_was_changed_is_none(text: str) -> None:
    assert read_binding(text, BINDING.hash()) is None


@pytest.mark.parametrize(
    "held",
    [
        [FORMAT + 1, *PLAIN],
        [FORMAT, *PLAIN[:5], "someday", PLAIN[6]],
        [FORMAT, "r", "2026", *PLAIN[2:]],
        [FORMAT, "r", True, *PLAIN[2:]],
        [FORMAT, "r", 2026, ["ZF"], *PLAIN[3:]],
        [FORMAT, "r", 2026, "ZF", 2**70, *PLAIN[4:]],
        [FORMAT, "r", 2026, "ZF", -1, *PLAIN[4:]],
        [FORMAT, *PLAIN[:6], []],
        [FORMAT, *PLAIN[:6], [["another", 3, "TT-01", 0, ["x"]]]],
        [FORMAT, *PLAIN[:6], [[ROWS, 3, "\ud800", 0, ["x"]]]],
        [FORMAT, *PLAIN[:6], [[ROWS, "3", "TT-01", 0, ["x"]]]],
        [FORMAT, *PLAIN[:6], [[ROWS, 3, "TT-01", 0, [1]]]],
        [FORMAT, *PLAIN[:6], [[ROWS, 3]]],
        {"format": FORMAT},
        None,
    ],
)
def test_a_binding_that_somebody_wrote_anew_must_be_of_its_form(held: object) -> None:
    text = json.dumps(held)
    assert read_binding(text, digest(text)) is None
