"""Rows listed by a filter, and refs completed."""

from collections.abc import Iterator
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from lawcheck.core.refs import normalise, parse_ref, row_ref_of, template_bounds
from lawcheck.core.row import Row, clean_text
from lawcheck.core.totals import Totals
from lawcheck.errors import UnknownTemplate
from lawcheck.service.attached import FEW, many_with_evidence, with_evidence
from lawcheck.service.finding import find_item, matching_case_rows, matching_rows, unknown_ref
from lawcheck.service.nearest import nearest
from lawcheck.service.people import unit_code
from lawcheck.service.working_days import calendar_of, last_day_within
from lawcheck.service.years import open_years, years_or_cases
from lawcheck.store import codec
from lawcheck.store.register import Register

if TYPE_CHECKING:
    from lawcheck.core.calendar import Calendar
    from lawcheck.service.standing import Standing


class Listed(NamedTuple):
    """Rows that answer to a filter, read as they are needed, with the totals and what has no row."""

    rows: Iterator[Row]
    totals: Totals
    standing: "Standing"
    years: tuple[int, ...]
    today: date
    calendar: "Calendar"


class Filter(NamedTuple):
    """Which rows to list; None stands for any. `due_within` is a number of working days.

    `to_review` leaves the done rows of items that ask for a review and have none yet.
    """

    name: str | None = None
    unit: str | None = None
    state: str | None = None
    due_within: int | None = None
    overdue: bool = False
    to_review: bool = False
    review: str | None = None


def list_rows(register: Register, wanted: Filter, *, year: int | None, today: date) -> Listed:
    """Return the rows that answer to a filter, over the year asked for or all open years.

    Raises:
        UnknownRef: the name is a ref that nothing answers to.
        UnknownTemplate: the name is a template that was not started.
        UnknownUnit: the bureau has no such unit.

    """
    register.hold()
    years = years_or_cases(register, year)
    calendar = calendar_of(register)
    unit = unit_code(register, wanted.unit) if wanted.unit is not None else None
    low, high, suffix = bounds_of(register, wanted.name, years) if wanted.name is not None else (None, None, None)
    within = wanted.due_within
    parameters: dict[str, object] = {
        "first_year": min(years, default=1),
        "last_year": max(years, default=0),
        "closed_too": 0 if year is None else 1,
        "low": low,
        "high": high,
        "suffix": suffix,
        "unit": unit,
        "state": wanted.state,
        "due_from": None if within is None else today.isoformat(),
        "due_to": None if within is None else last_day_within(calendar, today, within).isoformat(),
        "due_before": today.isoformat() if wanted.overdue else None,
        "review": wanted.review,
        "to_review": "yes" if wanted.to_review else None,
    }
    counted = register.one("row_list_totals", **parameters, as_of=today.isoformat())
    counts = [int(str(one or 0)) for one in counted or ()]
    of_cases = _lists_cases(wanted, year)
    for_cases = {name: parameters[name] for name in _CASE_FILTERS}
    if of_cases:
        counted = register.one("case_row_list_totals", **for_cases, as_of=today.isoformat())
        counts = [one + int(str(two or 0)) for one, two in zip(counts, counted or (), strict=True)]
    plain = wanted._replace(name=None, unit=None) == Filter()
    from lawcheck.service.standing import NOTHING_STANDING, standing_items  # completion does without

    standing = standing_items(register, years, today, bounds=(low, high), unit=unit) if plain else NOTHING_STANDING
    *states, accepted, returned, to_review = counts
    totals = Totals(*states)._replace(
        accepted=accepted, returned=returned, to_review=to_review, not_triggered=len(standing.not_triggered)
    )
    rows: Iterator[Row] = (codec.row(one) for one in register.each("row_list", **parameters))
    if of_cases:
        rows = chain(rows, (codec.case_row(one) for one in register.each("case_row_list", **for_cases)))
    if totals.rows <= FEW:
        rows = iter(with_evidence(register, rows))
    else:
        rows = many_with_evidence(register, rows, [*sorted(years), 0], low, high)
    return Listed(rows, totals, standing, tuple(years), today, calendar)


_CASE_FILTERS = ("low", "high", "unit", "state", "due_from", "due_to", "due_before", "review", "to_review")


def _lists_cases(wanted: Filter, year: int | None) -> bool:
    """Tell whether rows of cases are listed: where named, or where what presses or what a review says is asked for."""
    if year is not None:
        return False
    presses = wanted.overdue or wanted.due_within is not None or wanted.to_review or wanted.review is not None
    return wanted.name is not None or presses


def bounds_of(register: Register, name: str, years: list[int]) -> tuple[str, str, str | None]:
    """Return the bounds of the refs that a template's code or a ref stands for, and the unit they end with, if any."""
    plain = normalise(name)
    started = [str(code) for year in years for _, code, *_ in register.all("checklist_of_year", year=year)]
    if plain in started or register.one("case_template_last", template=plain) is not None:
        bounds = template_bounds(plain)
        return bounds["low"], bounds["high"], None
    if plain.isalpha():
        raise UnknownTemplate(name=name, nearest=nearest(plain, started) or sorted(set(started)))
    ref = parse_ref(name)
    whole = ref.text == ref.code
    if register.one("case_file_get", key_ref=ref.code) is not None and matching_case_rows(register, ref):
        row = "" if whole else row_ref_of(ref.code, ref.unit or "", ref.occasion or 1)
        return row or ref.code, (row or ref.code) + ("/" if whole else "/" if ref.occasion is None else "."), None
    if not any(matching_rows(register, year, ref) or (whole and find_item(register, year, ref.code)) for year in years):
        raise unknown_ref(register, ref, years)
    if ref.unit is not None and ref.period is None:
        return ref.code, ref.code + "/", ref.unit
    # The ref itself and all under it: `/` is what follows the full stop.
    return ref.text, ref.text + "/" if whole else ref.text + ".~", None


def figure_completions(register: Register, begun: str, *, year: int | None) -> list[tuple[str, str, str]]:
    """Return the keys of figures that begin with what was typed, each with its titles."""
    found: dict[str, tuple[str, str]] = {}
    for one in [year] if year is not None else open_years(register):
        for values in register.all("figure_of_year", year=one):
            if str(values[1]).startswith(begun):
                found.setdefault(str(values[1]), (str(values[3]), str(values[4])))
    return [(key, *titles) for key, titles in sorted(found.items())]


def ref_completions(register: Register, begun: str, *, year: int | None) -> list[tuple[str, str, str]]:
    """Return refs and item codes that begin with what was typed, each with its titles."""
    plain = clean_text(normalise(begun))
    found: dict[str, tuple[str, str]] = {}
    for one in [year] if year is not None else open_years(register):
        for values in register.all("row_completion", year=one, low=plain, high=plain + "~", most=200):
            found.setdefault(str(values[0]), (str(values[1]), str(values[2])))
    if year is None:
        for ref, title in register.all("case_completion", low=plain, high=plain + "~", most=200):
            found.setdefault(str(ref), (str(title), str(title)))
        for ref, zh, en in register.all("case_row_completion", low=plain, high=plain + "~", most=200):
            found.setdefault(str(ref), (str(zh), str(en)))
    return [(ref, *titles) for ref, titles in sorted(found.items())]
