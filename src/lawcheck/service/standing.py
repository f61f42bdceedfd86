"""What a year holds beside its rows: occasions that have not come, and rates of case items."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from lawcheck.core.rate import RateValue
from lawcheck.core.words import Kind
from lawcheck.service.people import bureau_since, units_now
from lawcheck.store import codec
from lawcheck.store.register import Register

if TYPE_CHECKING:
    from decimal import Decimal

    from lawcheck.core.figure import FigureEntry
    from lawcheck.service.counting import Counting, Frozen


class NotTriggered(NamedTuple):
    """An occasion item of which nothing has happened (未发生); `asked` bounds it within the year, by its law."""

    year: int
    code: str
    template: str
    title_zh: str
    title_en: str
    section: str
    unit: str
    asked: tuple[str | None, str | None] = (None, None)


class Standing(NamedTuple):
    """Items without rows: listed and counted apart."""

    not_triggered: tuple[NotTriggered, ...]
    rates: tuple[RateValue, ...]


NOTHING_STANDING = Standing((), ())


def standing_items(
    register: Register,
    years: list[int],
    as_of: date,
    bounds: tuple[object, object] = (None, None),
    unit: str | None = None,
) -> Standing:
    """Return the occasions not triggered by a day and the rates as of it: in years, between codes, of a unit."""
    low, high = bounds
    idle: list[NotTriggered] = []
    rates: list[RateValue] = []
    for year in years:
        sums: dict[str, list[FigureEntry]] | None = None
        figures: dict[str, tuple[str, str | None]] = {}
        counting: Counting | Frozen | None = None
        bureau = bureau_since(register, year)
        for values in register.all("item_standing", year=year, as_of=as_of.isoformat()):
            code, template, kind, zh, en, section = (str(one) for one in values[1:7])
            if low is not None and not str(low) <= code < str(high):
                continue
            held = codec.json_held(values[7])
            if bureau is not None:
                found = register.one("item_get", key_year=year, key_code=code)
                held["units"] = units_now(bureau, codec.json_held((found or ())[-1]))
            if held["gone"] or (unit is not None and unit not in held["units"]):
                continue
            first, last = held["asked"]
            if kind == Kind.OCCASION:
                idle.append(NotTriggered(year, code, template, zh, en, section, held["units"][0], (first, last)))
                continue
            if sums is None:
                sums = entries_by_key(register, year, as_of)
                figures = {
                    str(one[1]): (str(one[7]), _text(one[9])) for one in register.all("figure_of_year", year=year)
                }
            rate = held["rate"]
            keys = rate["met"], rate["of"]
            if counting is None and any(figures.get(key, ("", None))[1] for key in keys):
                counting = _counting(register, year, as_of)
            by_hand = counting is not None and any(counting.is_typed(key) for key in keys)  # a part of what is no part
            (met, met_source), (of, of_source) = (
                _base(key, *figures.get(key, ("sum", None)), sums.get(key, []), None if by_hand else counting)
                for key in keys
            )
            source = "cases" if met_source == of_source == "cases" else "entries"
            rates.append(RateValue(year, code, template, zh, en, met, of, rate["at_least"], (first, last), source))
    return Standing(tuple(idle), tuple(rates))


def _counting(register: Register, year: int, as_of: date) -> "Counting | Frozen":
    from lawcheck.service.counting import counting_for  # only where cases may answer

    return counting_for(register, year, as_of)


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _base(
    key: str, adds: str, counted: str | None, entries: "list[FigureEntry]", counting: "Counting | Frozen | None"
) -> "tuple[Decimal | None, str]":
    """Return what cases answer to a figure, or else what its entries come to, and which of the two it is."""
    number = counting.count(counted, key) if counting is not None else None
    if number is not None:
        from decimal import Decimal  # only where there are figures

        return Decimal(number), "cases"
    if not entries:
        return None, "entries"
    from lawcheck.core.figure import added_up  # as above

    found = added_up(adds, entries)
    return found[1] if found else None, "entries"


def entries_by_key(register: Register, year: int, as_of: date) -> "dict[str, list[FigureEntry]]":
    """Return the entries of a year's figures that speak of days up to `as_of`, by key; corrected ones left out."""
    found: dict[str, list[FigureEntry]] = {}
    for values in register.all("figure_entry_of_year", year=year):
        entry = codec.figure_entry(values)
        found.setdefault(entry.key, []).append(entry)
    if not found:
        return {}
    from lawcheck.core.figure import not_corrected  # only where there are figures

    return {key: [one for one in not_corrected(entries) if one.counts_on(as_of)] for key, entries in found.items()}
