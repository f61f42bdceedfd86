"""What a year holds beside its rows: occasions that have not come, and rates of case items."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from lawcheck.core.force import asked_days
from lawcheck.core.rate import RateValue
from lawcheck.core.words import Kind
from lawcheck.store import codec
from lawcheck.store.register import Register

if TYPE_CHECKING:
    from decimal import Decimal

    from lawcheck.core.figure import FigureEntry


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
        adds: dict[str, str] = {}
        for values in register.all("item_standing", year=year, as_of=as_of.isoformat()):
            code, template, kind, zh, en, section = (str(one) for one in values[1:7])
            if low is not None and not str(low) <= code < str(high):
                continue
            body = codec.json_held(values[7])
            if body.get("gone") or (unit is not None and unit not in body["units"]):
                continue
            if kind == Kind.OCCASION:
                idle.append(NotTriggered(year, code, template, zh, en, section, body["units"][0], asked_days(body)))
                continue
            if sums is None:
                sums = entries_by_key(register, year, as_of)
                adds = {str(one[1]): str(one[7]) for one in register.all("figure_of_year", year=year)}
            rate = body["rate"]
            met, of = (_base(adds.get(key, "sum"), sums.get(key, [])) for key in (rate["met"], rate["of"]))
            rates.append(RateValue(year, code, template, zh, en, met, of, rate["at_least"], asked_days(body)))
    return Standing(tuple(idle), tuple(rates))


def _base(adds: str, entries: "list[FigureEntry]") -> "Decimal | None":
    """Return what entries come to, None where there are none."""
    if not entries:
        return None
    from lawcheck.core.figure import added_up  # decimals, only where there are figures

    found = added_up(adds, entries)
    return found[1] if found else None


def entries_by_key(register: Register, year: int, as_of: date) -> "dict[str, list[FigureEntry]]":
    """Return the entries of a year's figures that speak of days up to `as_of`, by key."""
    found: dict[str, list[FigureEntry]] = {}
    for values in register.all("figure_entry_of_year", year=year):
        entry = codec.figure_entry(values)
        if entry.counts_on(as_of):
            found.setdefault(entry.key, []).append(entry)
    return found
