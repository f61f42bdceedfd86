"""Figures: amounts as people write them, sums that keep their digits, rates that never flatter."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawcheck.core.figure import Amount, FigureEntry, added_up, least_exact, not_corrected, parse_amount, speaking
from lawcheck.core.rate import RateValue
from lawcheck.errors import AmountWithoutMeasure, InvalidAmount, NegativeAmount, UsageFault, WrongMeasure

MULTIPLES = {"": 1, "万": 10_000, "亿": 100_000_000}


def read(text: str, measure_zh: str = "件", measure_en: str = "cases") -> Amount:
    return parse_amount(text, "some_key", measure_zh, measure_en)


def entry(digits: str, multiple: str = "", on: date | None = None, to: date | None = None) -> FigureEntry:
    return FigureEntry(2026, "some_key", 1, digits, multiple, on, None, to, "exact", None, None, "lihua")


def rate(met: object, of: object, at_least: str = "100%") -> RateValue:
    numbers = [None if one is None else Decimal(str(one)) for one in (met, of)]
    return RateValue(2026, "ES-03", "ES", "事项", "An item", numbers[0], numbers[1], at_least)


# --- amounts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "measure_zh", "measure_en", "amount", "base"),
    [
        ("21次", "次", "times", Amount("21", "", "次"), "21"),
        ("21 times", "次", "times", Amount("21", "", "次"), "21"),
        ("21 TIMES", "次", "times", Amount("21", "", "次"), "21"),
        ("1619.14万元", "元", "yuan", Amount("1619.14", "万", "元"), "16191400"),
        ("1619.14 万 元", "元", "yuan", Amount("1619.14", "万", "元"), "16191400"),
        ("1619.14万 yuan", "元", "yuan", Amount("1619.14", "万", "元"), "16191400"),
        ("8.08万件", "件", "cases", Amount("8.08", "万", "件"), "80800"),
        ("1.2亿元", "元", "yuan", Amount("1.2", "亿", "元"), "120000000"),
        ("133.10%", "%", "per cent", Amount("133.10", "", "%"), "133.10"),
        ("3.72 %", "%", "per cent", Amount("3.72", "", "%"), "3.72"),
        ("3.72％", "%", "per cent", Amount("3.72", "", "%"), "3.72"),
        ("3.72 percent", "%", "per cent", Amount("3.72", "", "%"), "3.72"),
        ("８．０８万件", "件", "cases", Amount("8.08", "万", "件"), "80800"),
        ("１，２３４件", "件", "cases", Amount("1234", "", "件"), "1234"),
        ("1,234,567.89元", "元", "yuan", Amount("1234567.89", "", "元"), "1234567.89"),
        ("1619.14万元", "万元", "ten thousand yuan", Amount("1619.14", "", "万元"), "1619.14"),
        ("-3.72%", "%", "%", Amount("-3.72", "", "%"), "-3.72"),
        ("-0.5个百分点", "个百分点", "percentage points", Amount("-0.5", "", "个百分点"), "-0.5"),
        ("+3件", "件", "cases", Amount("3", "", "件"), "3"),
        ("0件", "件", "cases", Amount("0", "", "件"), "0"),
        ("  440份\n", "份", "copies", Amount("440", "", "份"), "440"),
        ("0.10元", "元", "yuan", Amount("0.10", "", "元"), "0.10"),
    ],
)
def test_an_amount_is_read_as_it_is_written(
    typed: str, measure_zh: str, measure_en: str, amount: Amount, base: str
) -> None:
    found = read(typed, measure_zh, measure_en)
    assert found == amount
    assert found.base() == Decimal(base)


@pytest.mark.parametrize("typed", ["21", "21 ", "1,234", "8.08", "8.08万", "1 亿", "-3", "２１"])
def test_an_amount_without_its_measure_is_refused_and_told_which(typed: str) -> None:
    with pytest.raises(AmountWithoutMeasure) as refused:
        read(typed)
    assert refused.value.params == {"text": typed, "measure": "件", "measure_en": "cases", "key": "some_key"}


@pytest.mark.parametrize(
    "typed", ["21次", "21元", "21%", "21件次", "21 case", "1e5件", "21.件", "1.2.3件", "21万亿件", "21件；22件", "21㎡"]
)
def test_an_amount_in_another_measure_is_refused_and_told_which(typed: str) -> None:
    with pytest.raises(WrongMeasure) as refused:
        read(typed)
    assert refused.value.params == {"text": typed, "measure": "件", "measure_en": "cases", "key": "some_key"}


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "件",
        "很多件",
        "一百件",
        "NaN件",
        "Infinity件",
        "∞件",
        "--3件",
        "+-3件",
        ".5件",
        "٣件",
        "=1+1",
        "9" * 41,
        "9" * 40 + "件",
        "9" * 100_000 + "件",
        "\x00",
        "\ud800",
    ],
)
def test_what_is_no_amount_is_refused_and_quoted(typed: str) -> None:
    with pytest.raises(InvalidAmount) as refused:
        read(typed)
    assert refused.value.params == {"text": typed}


@pytest.mark.parametrize("typed", ["-3件", "-0.01万件", "－3件"])
def test_what_is_counted_is_not_less_than_nothing(typed: str) -> None:
    with pytest.raises(NegativeAmount) as refused:
        read(typed)
    assert refused.value.params == {"text": typed, "key": "some_key"}


def test_a_per_cent_sign_fits_only_a_figure_in_per_cent() -> None:
    with pytest.raises(WrongMeasure):
        read("3.72%", "元", "yuan")


@pytest.mark.parametrize(
    ("measure_zh", "measure_en", "typed"),
    [("㎡", "square metres", "120㎡"), ("％", "per cent", "3.72％"), ("％", "per cent", "3.72%")],
)
def test_a_measure_that_has_several_spellings_is_known_in_each(measure_zh: str, measure_en: str, typed: str) -> None:
    assert read(typed, measure_zh, measure_en).measure == measure_zh


@given(
    st.decimals(0, 10**9, places=2),
    st.sampled_from(sorted(MULTIPLES)),
    st.sampled_from(["件", "元", "人次", "学时"]),
)
@settings(max_examples=60, deadline=None)
def test_every_amount_keeps_the_digits_that_were_typed(number: Decimal, multiple: str, measure: str) -> None:
    found = read(f"{number}{multiple}{measure}", measure, "units")
    assert found == Amount(str(number), multiple, measure)
    assert found.base() == number * MULTIPLES[multiple]


@given(st.text(max_size=25) | st.from_regex(r"[0-9,.+-]{0,8}[万亿]?[件次]?", fullmatch=True))
@settings(max_examples=60, deadline=None)
def test_whatever_is_typed_is_an_amount_or_refused(typed: str) -> None:
    try:
        found = read(typed)
    except UsageFault:
        return
    assert found.base().is_finite()
    assert found.measure == "件"


# --- entries -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "counts"), [(date(2026, 6, 29), True), (date(2026, 6, 30), True), (date(2026, 7, 1), False)]
)
def test_an_entry_counts_up_to_and_on_its_day(day: date, counts: bool) -> None:
    assert entry("1", on=day).counts_on(date(2026, 6, 30)) is counts


def test_an_entry_of_a_period_counts_when_the_period_is_over() -> None:
    half_year = entry("1", on=date(2026, 1, 1), to=date(2026, 6, 30))
    assert (half_year.counts_on(date(2026, 6, 29)), half_year.counts_on(date(2026, 6, 30))) == (False, True)


def test_an_entry_of_no_day_always_counts() -> None:
    assert entry("1").counts_on(date(1949, 10, 1)) is True


def test_without_entries_there_is_a_gap_and_no_zero() -> None:
    assert added_up("sum", []) is None
    assert added_up("last", []) is None


@pytest.mark.parametrize("adds", ["sum", "last"])
def test_a_single_entry_is_shown_as_it_was_typed(adds: str) -> None:
    assert added_up(adds, [entry("1619.10", "万")]) == ("1619.10万", Decimal(16191000))
    assert added_up(adds, [entry("133.10")]) == ("133.10", Decimal("133.10"))


def test_the_last_entry_stands_where_entries_replace_each_other() -> None:
    assert added_up("last", [entry("5"), entry("3.0"), entry("4", "万")]) == ("4万", Decimal(40000))


@pytest.mark.parametrize(
    ("entries", "text", "base"),
    [
        ([("0.10", ""), ("0.20", "")], "0.30", "0.30"),
        ([("1", ""), ("2", ""), ("3", "")], "6", "6"),
        ([("1619.14", "万"), ("0.86", "万")], "1620.00万", "16200000"),
        ([("1619.14", "万"), ("5000", "")], "1619.64万", "16196400"),
        ([("1.5", "万"), ("1", "")], "1.5001万", "15001"),
        ([("5", ""), ("-5", "")], "0", "0"),
        ([("0.1", "亿"), ("1", "万")], "0.1001亿", "10010000"),
        ([("1.50", ""), ("1.5", "")], "3.00", "3"),
    ],
)
def test_a_sum_is_written_with_the_first_multiple_and_keeps_the_digits(
    entries: list[tuple[str, str]], text: str, base: str
) -> None:
    assert added_up("sum", [entry(*one) for one in entries]) == (text, Decimal(base))


def test_a_sum_of_whole_things_has_no_decimals() -> None:
    assert added_up("sum", [entry("5000"), entry("1.5", "万")]) == ("20000", Decimal(20000))


@given(
    st.lists(
        st.tuples(st.decimals(-(10**8), 10**8, places=3), st.sampled_from(sorted(MULTIPLES))), min_size=2, max_size=8
    )
)
@settings(max_examples=60, deadline=None)
def test_a_sum_is_exact_and_reads_as_what_it_comes_to(entries: list[tuple[Decimal, str]]) -> None:
    total = added_up("sum", [entry(str(digits), multiple) for digits, multiple in entries])
    exact = sum((Fraction(digits) * MULTIPLES[multiple] for digits, multiple in entries), Fraction(0))
    assert total is not None
    text, base = total
    multiple = entries[0][1]
    assert Fraction(base) == exact
    assert text.endswith(multiple)
    assert Fraction(text.removesuffix(multiple)) * MULTIPLES[multiple] == exact


@pytest.mark.parametrize("multiple", sorted(MULTIPLES))
def test_whatever_amounts_are_taken_add_up_to_the_last_digit(multiple: str) -> None:
    for length in range(1, 45):
        try:
            amount = read("9" * length + multiple + "件")
        except InvalidAmount:
            continue
        entries = [entry(amount.digits, amount.multiple)] * 2
        total = added_up("sum", entries)
        assert total is not None
        assert total[0] == f"{2 * int('9' * length)}{multiple}"
        assert Fraction(total[1]) == 2 * int("9" * length) * MULTIPLES[multiple]


@pytest.mark.parametrize(
    ("qualifiers", "least"),
    [
        ([], "exact"),
        (["exact"], "exact"),
        (["exact", "exact"], "exact"),
        (["exact", "about", "exact"], "about"),
        (["more-than"], "more-than"),
        (["inferred", "exact"], "inferred"),
    ],
)
def test_a_sum_is_exact_only_when_every_entry_is(qualifiers: list[str], least: str) -> None:
    assert least_exact(qualifiers) == least


# --- corrections and the last of them ------------------------------------------------------------


def numbered(*entries: FigureEntry) -> list[FigureEntry]:
    return [one._replace(n=n) for n, one in enumerate(entries, start=1)]


def test_a_correction_stands_where_the_first_one_of_its_row_stood() -> None:
    first, other, again, third = numbered(entry("1"), entry("2"), entry("3"), entry("4"))
    again, third = again._replace(corrects=1), third._replace(corrects=3)
    assert not_corrected([first, other, again]) == [again, other]
    assert not_corrected([first, other, again, third]) == [third, other]


@pytest.mark.parametrize(
    ("days", "spoken"),
    [
        ([date(2026, 12, 20), date(2026, 6, 30)], 1),
        ([date(2026, 6, 30), date(2026, 12, 20)], 2),
        ([date(2026, 6, 30), date(2026, 6, 30)], 2),
        ([None, None], 2),
        ([date(2026, 6, 30), None], 2),
        ([None, date(2026, 6, 30)], 2),
        ([date(2026, 12, 20), None, date(2026, 6, 30)], 2),
    ],
)
def test_where_the_last_counts_it_is_that_of_the_latest_day(days: list[date | None], spoken: int) -> None:
    entries = numbered(*(entry(str(n), on=day) for n, day in enumerate(days, start=1)))
    assert speaking("last", entries) == [entries[spoken - 1]]
    assert speaking("sum", entries) == entries
    assert speaking("last", []) == []


# --- rates ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("met", "of", "percent", "is_met"),
    [
        (198, 209, "94.7", False),
        (209, 209, "100.0", True),
        (2499, 2500, "99.9", False),
        (999_999, 1_000_000, "99.9", False),
        (2, 3, "66.7", False),
        (5590, 5630, "99.3", False),
        (0, 5, "0.0", False),
        ("1.5", "3", "50.0", False),
    ],
)
def test_a_rate_is_rounded_and_nothing_missing_reads_as_all(
    met: object, of: object, percent: str, is_met: bool
) -> None:
    found = rate(met, of)
    assert (found.percent(), found.is_met()) == (percent, is_met)


def test_nothing_of_nothing_has_no_percentage_and_is_neither_met_nor_missed() -> None:
    nothing = rate(0, 0)
    assert (nothing.percent(), nothing.is_met(), nothing.none_arose()) == (None, None, True)


@pytest.mark.parametrize(("met", "of"), [(None, 5), (5, None), (None, None), (None, 0)])
def test_a_rate_with_a_missing_figure_is_not_known(met: object, of: object) -> None:
    found = rate(met, of)
    assert (found.percent(), found.is_met()) == (None, None)


@pytest.mark.parametrize(
    ("met", "at_least", "is_met"),
    [(95, "95%", True), (94, "95%", False), (5, "5%", True), (99, "99.5%", False), (100, "99.5%", True)],
)
def test_a_rate_is_held_against_what_is_asked(met: int, at_least: str, is_met: bool) -> None:
    assert rate(met, 100, at_least).is_met() is is_met


@pytest.mark.parametrize(("met", "percent"), [(9494, "94.9"), (9496, "94.9"), (9500, "95.0"), (9546, "95.5")])
def test_a_rate_never_reads_what_is_asked_and_not_reached(met: int, percent: str) -> None:
    assert rate(met, 10_000, "95%").percent() == percent


@given(st.integers(1, 10**12), st.data())
@settings(max_examples=60, deadline=None)
def test_a_rate_reads_100_only_when_all_are_met(of: int, data: st.DataObject) -> None:
    met = data.draw(st.integers(max(0, of - 3), of))
    found = rate(met, of)
    assert (found.percent() == "100.0") is (met == of)
    assert found.is_met() is (met == of)


@pytest.mark.parametrize("of", ["1", "9" * 15])
def test_a_rate_of_whatever_amounts_are_taken_can_be_told(of: str) -> None:
    for length in range(1, 45):
        try:
            met = read("9" * length + "亿件").base()
        except InvalidAmount:
            continue
        tenths = (Fraction(met) * 2000 + int(of)) // (2 * int(of))
        tenths = 999 if tenths == 1000 and met < int(of) else tenths
        assert rate(met, of).percent() == f"{tenths // 10}.{tenths % 10}"
