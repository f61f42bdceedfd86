"""Figures (数据): quantities read as people write them, added up by their own rule, and rates from them."""

import re
from datetime import date
from decimal import Context, Decimal
from enum import StrEnum
from typing import NamedTuple

from lawcheck.errors import AmountWithoutMeasure, InvalidAmount, NegativeAmount, WrongMeasure

_AMOUNT = re.compile(r"(?P<number>[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?)\s*(?P<measure>.*)", re.DOTALL)
_MULTIPLES = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000)}
_PERCENT = ("%", "％", "per cent", "percent")
_MAY_FALL = {"%", "百分点", "个百分点", "percentage points", "points"}
"""Measures of what can be less than nothing."""
_MULTIPLE_ALONE = ("万", "亿")
LONGEST = 40
EXACT = Context(prec=200)
"""Enough digits for any amounts that are taken to be added up and compared without rounding."""


class Adds(StrEnum):
    """How the entries of a figure add up."""

    SUM = "sum"
    LAST = "last"


class Qualifier(StrEnum):
    """How exact a figure's value is (限定词)."""

    EXACT = "exact"
    ABOUT = "about"
    MORE_THAN = "more-than"
    AT_BEST = "at-best"
    CUMULATIVE = "cumulative"
    COUNTED = "counted"
    INFERRED = "inferred"


class Amount(NamedTuple):
    """A quantity as typed: `1619.14万元` has the digits `1619.14`, the multiple `万` and the measure `元`."""

    digits: str
    multiple: str
    measure: str

    def base(self) -> Decimal:
        """Return the value in the measure itself: 16191400 for `1619.14万元`."""
        return _times(self.digits, self.multiple)


def _times(digits: str, multiple: str) -> Decimal:
    """Return digits times 万 or 亿: 1.2万 is 12000 and not 12000.0, and 265.50 stays as written."""
    if not multiple:
        return Decimal(digits)
    return _shortest(EXACT.multiply(Decimal(digits), _MULTIPLES[multiple]))


def _shortest(value: Decimal) -> Decimal:
    """Return a value without zeros behind the point that nobody typed."""
    whole = value.to_integral_value(context=EXACT)
    return EXACT.quantize(value, Decimal(1)) if value == whole else EXACT.normalize(value)


class FigureEntry(NamedTuple):
    """One entry of a figure: the typed amount, the day or period it speaks of, how exact it is, who reported it.

    `corrects` is the number of the entry that it stands in the place of.
    """

    year: int
    key: str
    n: int
    digits: str
    multiple: str
    on_date: date | None
    from_date: date | None
    to_date: date | None
    qualifier: str
    unit: str | None
    note: str | None
    person: str
    corrects: int | None = None

    def amount(self) -> Decimal:
        """Return the value in the figure's measure."""
        return _times(self.digits, self.multiple)

    def counts_on(self, as_of: date) -> bool:
        """Tell whether the entry speaks of days up to and including `as_of`."""
        day = self.to_date or self.on_date
        return day is None or day <= as_of


class FigureValue(NamedTuple):
    """A figure of a year with what its entries add up to; `value` None is a visible gap.

    `value` is the text that people read, with its multiple (`1619.14万`), `base` the number in the measure itself.
    `source` is `cases` where the register counted it from its cases, `rows` where it counted rows of the year and
    `rate` where it reckoned the rate of two others, as `counted` says, and `entries` otherwise. `target` is what is to
    be reached, digits and multiple.
    """

    year: int
    key: str
    title_zh: str
    title_en: str
    measure_zh: str
    measure_en: str
    adds: str
    section: str
    value: str | None
    base: Decimal | None
    from_date: date | None
    to_date: date | None
    qualifier: str | None
    entries: int
    source: str = "entries"
    counted: str | None = None
    target: str | None = None


def parse_amount(text: str, key: str, measure_zh: str, measure_en: str) -> Amount:
    """Read an amount with its measure, `21次`, `1619.14万元`, `3.72 %`, against the figure's own measure.

    Raises:
        InvalidAmount: there is no number in it.
        AmountWithoutMeasure: the measure is missing; an amount is never guessed.
        WrongMeasure: the measure is not the figure's.
        NegativeAmount: it is less than nothing, and no growth in per cent.

    """
    plain = text.strip()
    if not plain.isascii():
        import unicodedata  # only where something is not plain ASCII

        plain = unicodedata.normalize("NFKC", plain)
    match = _AMOUNT.fullmatch(plain)
    if match is None or len(plain) > LONGEST:
        raise InvalidAmount(text=text)
    digits, written = match["number"].replace(",", "").lstrip("+"), match["measure"].strip()
    if not written or written in _MULTIPLE_ALONE:
        raise AmountWithoutMeasure(text=text, measure=measure_zh, measure_en=measure_en, key=key)
    known = {_folded(measure_zh), _folded(measure_en)}
    if "%" in known and written.lower() in _PERCENT:
        return Amount(digits, "", measure_zh)
    if digits.startswith("-") and not known & _MAY_FALL:
        raise NegativeAmount(text=text, key=key)
    for multiple in ("亿", "万", ""):
        rest = written.removeprefix(multiple).strip()
        if written.startswith(multiple) and _folded(rest) in known:
            return Amount(digits, multiple, measure_zh)
    raise WrongMeasure(text=text, key=key, measure=measure_zh, measure_en=measure_en)


def _folded(measure: str) -> str:
    """Return a measure as it compares: ㎡ as m2, ％ as %, in small letters."""
    if not measure.isascii():
        import unicodedata  # only where something is not plain ASCII

        measure = unicodedata.normalize("NFKC", measure)
    return measure.lower()


def not_corrected(entries: list[FigureEntry]) -> list[FigureEntry]:
    """Return the entries that no other stands in the place of, a correction where the first one of its row stood."""
    places: dict[int, int] = {}
    for one in entries:
        places[one.n] = one.n if one.corrects is None else places.get(one.corrects, one.corrects)
    corrected = {one.corrects for one in entries}
    return sorted((one for one in entries if one.n not in corrected), key=lambda one: places[one.n])


def speaking(adds: str, entries: list[FigureEntry]) -> list[FigureEntry]:
    """Return the entries that a figure's value comes from: all where they add up, or else the one of the latest day.

    One without a day is as late as the latest before it. Of the same day the last one speaks.
    """
    if adds != Adds.LAST:
        return entries
    latest, found = date.min, None
    for one in entries:
        day = one.to_date or one.on_date or latest
        if day >= latest:
            latest, found = day, one
    return [] if found is None else [found]


def added_up(adds: str, entries: list[FigureEntry]) -> tuple[str, Decimal] | None:
    """Return what the entries come to, as written and in the measure itself; None without entries.

    A single entry keeps the digits that were typed. A sum is written with the multiple of the first entry.
    """
    entries = speaking(adds, entries)
    if not entries:
        return None
    if len(entries) == 1:
        return entries[0].digits + entries[0].multiple, entries[0].amount()
    total = Decimal(0)
    for entry in entries:
        total = EXACT.add(total, entry.amount())
    multiple = entries[0].multiple
    scaled = EXACT.divide(total, _MULTIPLES[multiple])
    alike = [-int(Decimal(entry.digits).as_tuple().exponent) for entry in entries if entry.multiple == multiple]
    places = Decimal(1).scaleb(-max(alike))
    as_typed = EXACT.quantize(scaled, places)
    scaled = as_typed if as_typed == scaled else _shortest(scaled)
    return f"{scaled:f}{multiple}", _shortest(total)


def least_exact(qualifiers: list[str]) -> str:
    """Return the qualifier of a sum: exact only when every entry is."""
    inexact = [one for one in qualifiers if one != Qualifier.EXACT]
    return inexact[-1] if inexact else Qualifier.EXACT.value
