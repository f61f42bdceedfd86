"""Refs: what a person types is read, and what is printed pastes back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawcheck.core.refs import Ref, is_period, is_unit_code, normalise, parse_ref, row_ref
from lawcheck.errors import InvalidRef

PERIODS = [
    *(f"Q{n}" for n in range(1, 5)),
    *(f"M{n:02}" for n in range(1, 13)),
    "H1",
    "H2",
    "D0315",
    "D1231",
]
CODES = st.from_regex(r"[A-Z]{2}-[0-9]{2,3}", fullmatch=True)
UNITS = st.from_regex(r"[A-Z][A-Z0-9]{0,11}", fullmatch=True).filter(is_unit_code)
DASHES = "-－–—−‐"
DOTS = ".．。·"


@pytest.mark.parametrize(
    ("typed", "text", "period", "occasion", "unit"),
    [
        ("PL-03", "PL-03", None, None, None),
        ("pl-03", "PL-03", None, None, None),
        ("  PL-03\n", "PL-03", None, None, None),
        ("PL-3", "PL-03", None, None, None),
        ("pl-3.2", "PL-03.2", None, 2, None),
        ("ＰＬ－０３", "PL-03", None, None, None),
        ("ｐｌ—０３", "PL-03", None, None, None),
        ("PL–03", "PL-03", None, None, None),
        ("PL−03", "PL-03", None, None, None),
        ("PL‐03", "PL-03", None, None, None),
        ("PL﹣03", "PL-03", None, None, None),
        ("ES-11.Q2", "ES-11.Q2", "Q2", None, None),
        ("es-11。q2", "ES-11.Q2", "Q2", None, None),
        ("ES-11．Q2", "ES-11.Q2", "Q2", None, None),
        ("ES-11·Q2", "ES-11.Q2", "Q2", None, None),
        ("CR-15.M12", "CR-15.M12", "M12", None, None),
        ("CR-15.H2", "CR-15.H2", "H2", None, None),
        ("LP-06.D0315", "LP-06.D0315", "D0315", None, None),
        ("PL-03.ZF", "PL-03.ZF", None, None, "ZF"),
        ("PL-02.1", "PL-02.1", None, 1, None),
        ("PL-02.012", "PL-02.12", None, 12, None),
        ("PL-102.Q1.ZF", "PL-102.Q1.ZF", "Q1", None, "ZF"),
        ("PL-05.ZF.2", "PL-05.2.ZF", None, 2, "ZF"),
        ("ES-02.ZF.Q2", "ES-02.Q2.ZF", "Q2", None, "ZF"),
        ("ES-02.M1", "ES-02.M1", None, None, "M1"),
    ],
)
def test_a_ref_is_read_as_it_is_typed(
    typed: str, text: str, period: str | None, occasion: int | None, unit: str | None
) -> None:
    assert parse_ref(typed) == Ref(text, text.split(".", maxsplit=1)[0], period, occasion, unit)


@pytest.mark.parametrize("dash", ["\u2011", "\u2012", "\u2015"], ids=["non-breaking", "figure", "horizontal bar"])
def test_a_dash_that_a_word_processor_or_an_old_encoding_writes_is_a_dash(dash: str) -> None:
    assert parse_ref(f"PL{dash}03").text == "PL-03"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "PL",
        "PL-",
        "PL-0000003",
        "P-03",
        "PLX-03",
        "PL03",
        "PL 03",
        "PL--03",
        "PL-03.",
        "PL-03..Q1",
        "PL-02.0",
        "PL-02.-1",
        "ES-02.Q1.Q2",
        "ES-02.1.2",
        "ES-02.ZF.FZ",
        "ES-02.Q1.1.ZF.X",
        "ES-02.1ZF",
        "ES-02.ABCDEFGHIJKLM",
        "PL-03; DROP TABLE row",
        "../PL-03",
        "PL-03\x00",
        "PL-03\x1b[2J",
        "权责-03",
        "PL-٠٣",
        "PL-03\ud800",
        "AJ-17.PUB.Q1.Q2",
    ],
)
def test_what_is_no_ref_is_refused_and_quoted(typed: str) -> None:
    with pytest.raises(InvalidRef) as refused:
        parse_ref(typed)
    assert refused.value.params == {"text": typed}
    assert refused.value.exit_code == 2


@given(
    code=CODES,
    period=st.none() | st.sampled_from(PERIODS),
    occasion=st.none() | st.integers(1, 999_999),
    unit=st.none() | UNITS,
)
@settings(max_examples=60, deadline=None)
def test_what_is_printed_pastes_back(code: str, period: str | None, occasion: int | None, unit: str | None) -> None:
    printed = row_ref(code, period, occasion, unit)
    assert parse_ref(printed) == Ref(printed, code, period, occasion, unit)


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_what_is_printed_is_read_through_any_input_method(data: st.DataObject) -> None:
    period = data.draw(st.sampled_from(PERIODS))
    printed = row_ref(data.draw(CODES), period, None, data.draw(UNITS))
    typed = ""
    for letter in printed:
        ways = [letter, letter.lower(), chr(ord(letter) + 0xFEE0), chr(ord(letter.lower()) + 0xFEE0)]
        typed += data.draw(st.sampled_from({"-": list(DASHES), ".": list(DOTS)}.get(letter, ways)))
    assert parse_ref(typed).text == printed


@given(st.text(max_size=30))
@settings(max_examples=60, deadline=None)
def test_whatever_is_typed_is_a_ref_or_refused(typed: str) -> None:
    try:
        ref = parse_ref(typed)
    except InvalidRef:
        return
    assert parse_ref(ref.text) == ref


def test_reading_twice_changes_nothing_more() -> None:
    assert normalise(normalise("ｐｌ—０３。ｑ2")) == normalise("ｐｌ—０３。ｑ2") == "PL-03.Q2"


@pytest.mark.parametrize("name", PERIODS)
def test_no_unit_is_called_like_a_period(name: str) -> None:
    assert is_period(name)
    assert not is_unit_code(name)


@pytest.mark.parametrize("name", ["Q0", "Q5", "M00", "M13", "M1", "H3", "D1315", "D0015", "D0345", "q1", "Q12", ""])
def test_what_looks_like_a_period_and_is_none(name: str) -> None:
    assert not is_period(name)


@pytest.mark.parametrize("code", ["ZF", "A", "Q5", "M1", "JG01", "ABCDEFGHIJKL"])
def test_latin_letters_and_digits_make_a_unit(code: str) -> None:
    assert is_unit_code(code)


@pytest.mark.parametrize("code", ["", "1", "1A", "zf", "执法", "Z-F", "Z F", "ABCDEFGHIJKLM"])
def test_anything_else_makes_no_unit(code: str) -> None:
    assert not is_unit_code(code)
