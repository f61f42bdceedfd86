import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawcheck.render.safe import cell, safe, safe_lines

HOSTILE = st.text(alphabet=st.characters(categories=None), max_size=200)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("checked", "checked"),
        ("已复核，无误", "已复核，无误"),
        ("\x1b[31mred\x1b[0m", "\\x1b[31mred\\x1b[0m"),
        ("\x1b]0;title\x07", "\\x1b]0;title\\x07"),
        ("\x9b31m", "\\x9b31m"),
        ("\x9d0;title\x9c", "\\x9d0;title\\x9c"),
        ("a\x00b", "a\\x00b"),
        ("a\x7fb\x08\x08", "a\\x7fb\\x08\\x08"),
        ("one\ntwo\r\nthree\rfour\tfive", "one two three\\x0dfour five"),
        ("\u202egnp.exe", "\\x202egnp.exe"),
        ("\u2066a\u2069\u200f\ufeff", "\\x2066a\\x2069\\x200f\\xfeff"),
        ("\udc9b", "\\xdc9b"),
        ("[red]bold[/red] :smile:", "[red]bold[/red] :smile:"),
        (None, "None"),
        (42, "42"),
    ],
)
def test_what_steers_a_terminal_is_written_out(typed: object, shown: str) -> None:
    assert safe(typed) == shown


@pytest.mark.parametrize("mark", ["\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\x1c"])
def test_a_separator_of_lines_makes_no_new_line(mark: str) -> None:
    assert len(safe(f"one{mark}two").splitlines()) == 1


@pytest.mark.parametrize("mark", ["\u061c", "\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2067", "\u2068"])
def test_a_mark_that_turns_the_direction_of_text_is_written_out(mark: str) -> None:
    assert safe(mark) == f"\\x{ord(mark):02x}"


@settings(max_examples=60, deadline=None)
@given(HOSTILE)
def test_no_control_character_survives(text: str) -> None:
    shown = safe(text)
    assert [one for one in shown if unicodedata.category(one) in ("Cc", "Cs")] == []
    assert not set(shown) & set("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
    assert shown.encode("utf-8").decode("utf-8") == shown


@settings(max_examples=60, deadline=None)
@given(HOSTILE)
def test_what_is_safe_stays_as_it_is(text: str) -> None:
    assert safe(safe(text)) == safe(text)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S"], exclude_characters="\ufeff"), max_size=80))
def test_plain_words_are_left_alone(text: str) -> None:
    assert safe(text) == text


def test_a_text_of_several_lines_keeps_them_and_nothing_else() -> None:
    assert safe_lines("one\n\x1b[2Jtwo\tthree\r\nfour") == "one\n\\x1b[2Jtwo three\nfour"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("=1+1", "'=1+1"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("-", "-"),
        ("-12", "-12"),
        ("+3.72", "+3.72"),
        ("3.72%", "3.72%"),
        ("plain", "plain"),
        ("a=1", "a=1"),
        ("", ""),
        (None, ""),
        (7, "7"),
    ],
)
def test_a_cell_is_never_a_formula(text: object, written: str) -> None:
    assert cell(text) == written


@settings(max_examples=60, deadline=None)
@given(st.sampled_from("=+-@\t\r"), HOSTILE)
def test_no_cell_begins_like_a_formula_but_for_numbers(first: str, rest: str) -> None:
    written = cell(first + rest)
    assert written == "'" + first + rest or written == "-" or float(written) is not None
