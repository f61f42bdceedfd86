"""Refs -> rows: what a person meant, or the nearest things he could have meant."""

from collections.abc import Callable
from typing import NamedTuple

from lawcheck.core.refs import Ref, parse_ref
from lawcheck.core.row import Row
from lawcheck.core.words import Kind
from lawcheck.errors import AmbiguousRef, NotFound, NotOfYear, OccasionFirst, RateNotTicked, UnknownCase, UnknownRef
from lawcheck.service.nearest import nearest
from lawcheck.service.people import bureau_since, units_now
from lawcheck.service.years import years_meant
from lawcheck.store import codec
from lawcheck.store.register import Register

MOST_CANDIDATES = 12


class FrozenItem(NamedTuple):
    """An item of a started checklist; `body` is what the frozen copy says of it."""

    year: int
    code: str
    template: str
    kind: str
    level: str
    title_zh: str
    title_en: str
    weight: int
    section: str
    body: dict[str, object]


def find_item(register: Register, year: int, code: str) -> FrozenItem | None:
    """Return an item of a year, with the units that hold its duty now."""
    held = register.one("item_get", key_year=year, key_code=code)
    if held is None:
        return None
    template, kind, level, zh, en, weight, section, *_, text = held
    body, bureau = codec.json_held(text), bureau_since(register, year)
    if bureau is not None:
        body["units"] = units_now(bureau, body)
    return FrozenItem(
        year, code, str(template), str(kind), str(level), str(zh), str(en), int(str(weight)), str(section), body
    )


def matching_rows(register: Register, year: int, ref: Ref) -> list[Row]:
    """Return the row with exactly this ref, or all rows of a year that the ref is a part of."""
    exact = register.one("row_get", year=year, ref=ref.text)
    if exact is not None:
        return [codec.row(exact)]
    rows = (codec.row(one) for one in register.all("row_under", year=year, low=ref.code + ".", high=ref.code + "/"))
    return [
        row
        for row in rows
        if ref.period in (None, row.period)
        and ref.occasion in (None, row.occasion)
        and (ref.unit is None or row.ref.endswith("." + ref.unit))
    ]


def matching_case_rows(register: Register, ref: Ref) -> list[Row]:
    """Return the rows of a case that a ref stands for: all of them, or those of an item in it."""
    rows = (codec.case_row(one) for one in register.all("case_row_of", low=ref.code + ".", high=ref.code + "/"))
    return [row for row in rows if ref.unit in (None, row.code) and ref.occasion in (None, row.n)]


def find_row(
    register: Register, text: str, year: int | None, today: str, meant: Callable[[Row], bool] | None = None
) -> Row:
    """Return the one row a ref means: over all open years, the one that is unfinished and begun, or else `meant`.

    Raises:
        InvalidRef: the text is no ref.
        UnknownRef: nothing has this ref.
        AmbiguousRef: several rows answer to it.
        RateNotTicked: it is a case item, which stands for a rate.
        OccasionFirst: it is an occasion item of which nothing has happened.

    """
    ref = parse_ref(text)
    years = years_meant(register, year)
    found = [row for one in years for row in matching_rows(register, one, ref)] or matching_case_rows(register, ref)
    if len(found) == 1:
        return found[0]
    exact = [row for row in found if row.is_of_case() and row.ref == ref.text]
    if exact:  # the first of several parties goes by the item's own code
        return exact[0]
    meant = meant or (lambda row: row.is_unfinished() and row.begins.isoformat() <= today)
    pending = [row for row in found if meant(row)]
    if len(pending) == 1:
        return pending[0]
    if found:
        shown = sorted(pending or found, key=lambda row: row.year)  # what the earlier year left presses first
        candidates = [(row.ref, row.year) for row in shown[:MOST_CANDIDATES]]
        raise AmbiguousRef(ref=ref.text, candidates=candidates, more=len(shown) - len(candidates))
    for one in years:
        item = find_item(register, one, ref.code)
        if item is not None and ref.text == ref.code:
            raise _no_row(item)
    raise unknown_ref(register, ref, years)


def _no_row(item: FrozenItem) -> RateNotTicked | OccasionFirst:
    if item.kind == Kind.CASE:
        rate = item.body["rate"]
        return RateNotTicked(ref=item.code, met=rate["met"], of=rate["of"], year=item.year)  # type: ignore[index]
    return OccasionFirst(ref=item.code, year=item.year)


def unknown_case(register: Register, ref: str) -> UnknownCase:
    """Return the error for a case that is not there, with the nearest that are."""
    wanted = {"template": ref[:2], "unit": None, "state": None, "number": None}
    known = [str(one[0]) for one in register.all("case_list", **wanted)]
    return UnknownCase(ref=ref, nearest=nearest(ref, known) or known[-3:])


def unknown_case_row(register: Register, ref: Ref) -> UnknownRef:
    """Return the error for a row that a case does not have, with the nearest that it has."""
    known = sorted(row.ref for row in matching_case_rows(register, parse_ref(ref.code)))
    return UnknownRef(ref=ref.text, years=[], nearest=nearest(ref.text, known) or known[:3], template=ref.code)


def unknown_ref(register: Register, ref: Ref, years: list[int]) -> NotFound:
    """Return the error for a ref that nothing answers to, with what it may have been meant for.

    Raises:
        NotOfYear: the item was left out when the year was started.

    """
    if register.one("case_file_get", key_ref=ref.code) is not None:
        return unknown_case_row(register, ref)
    if register.one("case_template_last", template=ref.code[:2]) is not None:
        return unknown_case(register, ref.code)
    for year in years:
        held = register.one("checklist_get", key_year=year, key_template=ref.code[:2])
        document = register.document(str(held[2])) if held is not None else None
        for left_out in document["left_out"] if document else ():
            if left_out["code"] == ref.code:
                raise NotOfYear(ref=ref.code, year=year, why=left_out["why"])
    rows = [row for year in years for row in matching_rows(register, year, parse_ref(ref.code))]
    near = list(dict.fromkeys(row.ref for row in rows))[:3] or nearest(
        ref.code, [str(code) for (code,) in register.all("item_codes")]
    )
    return UnknownRef(ref=ref.text, years=years, nearest=near, template=ref.code[:2])
