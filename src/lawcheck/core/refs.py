"""Refs (编号): what a person types for a row, and what is printed pastes back.

`PL-03` an item or its only row · `ES-11.Q2` a period · `PL-03.ZF` a unit · `PL-02.1` an occasion.
"""

import re
from typing import NamedTuple

from lawcheck.errors import InvalidRef

PERIOD = r"Q[1-4]|M(?:0[1-9]|1[0-2])|H[12]|D(?:0[1-9]|1[0-2])[0-3][0-9]"
_REF = re.compile(r"(?P<area>[A-Z]{2})-(?P<number>[0-9]{1,6})(?P<tail>(?:\.[A-Z0-9]{1,12}){0,3})")
_PERIOD = re.compile(PERIOD)
_CASE_ITEM = re.compile(r"[A-Z0-9]{2,8}")
_UNIT = re.compile(r"[A-Z][A-Z0-9]{0,11}")
_ENTRY = re.compile(r"(?P<key>[A-Za-z][A-Za-z0-9_]{0,59})(?:\.(?P<n>[1-9][0-9]{0,8}))?")
_LOOSE = str.maketrans(dict.fromkeys("－–—−‐‑‒―﹣", "-") | dict.fromkeys("。．·", "."))
"""Dashes and stops that an input method or a word processor puts for the plain ones."""


class Ref(NamedTuple):
    """A ref taken apart; `text` is its canonical form."""

    text: str
    code: str
    period: str | None
    occasion: int | None
    unit: str | None


def folded(text: str) -> str:
    """Fold full-width letters and dashes, as typed by an input method; the case stays."""
    text = text.strip().translate(_LOOSE)
    if not text.isascii():
        import unicodedata  # only where something is not plain ASCII

        text = unicodedata.normalize("NFKC", text)
    return text


def normalise(text: str) -> str:
    """Fold full-width letters, dashes and case, as typed by hand or by an input method."""
    return folded(text).upper()


def is_period(part: str) -> bool:
    """Tell whether a part of a ref names a period; no unit may be called so."""
    return _PERIOD.fullmatch(part) is not None


def is_unit_code(part: str) -> bool:
    """Tell whether a text can serve as a unit's code: Latin, and no period."""
    return _UNIT.fullmatch(part) is not None and not is_period(part)


def is_case_item_code(part: str) -> bool:
    """Tell whether a text can be the code of a case's item: Latin capitals and digits, no number and no period."""
    return _CASE_ITEM.fullmatch(part) is not None and not part.isdigit() and not is_period(part)


def row_ref(code: str, period: str | None, occasion: int | None, unit: str | None) -> str:
    """Join a row's parts to its canonical ref; `unit` only where every unit has a row of its own."""
    parts = (code, period, str(occasion) if occasion is not None else None, unit)
    return ".".join(part for part in parts if part is not None)


def parse_ref(text: str) -> Ref:
    """Read what a person typed.

    Raises:
        InvalidRef: when it is not shaped like a ref.

    """
    match = _REF.fullmatch(normalise(text))
    if match is None:
        raise InvalidRef(text=text)
    period = occasion = unit = None
    for part in match["tail"].split(".")[1:]:
        if is_period(part) and period is None:
            period = part
        elif part.isdigit() and occasion is None and int(part) > 0:
            occasion = int(part)
        elif is_unit_code(part) and unit is None:
            unit = part
        else:
            raise InvalidRef(text=text)
    code = f"{match['area']}-{match['number'].zfill(2)}"
    return Ref(row_ref(code, period, occasion, unit), code, period, occasion, unit)


def entry_ref(key: str, n: int) -> str:
    """Return what a person types for an entry of a figure: `cases_total.2`."""
    return f"{key}.{n}"


def parse_entry_ref(text: str) -> tuple[str, int | None] | None:
    """Read what names a figure or an entry of it as its key and number; None where it is shaped otherwise.

    A row's ref has a dash, and a figure's key has none.
    """
    match = _ENTRY.fullmatch(folded(text))
    return None if match is None else (match["key"], int(match["n"]) if match["n"] else None)


def template_bounds(template: str) -> dict[str, str]:
    """Return the bounds between which the refs of a template lie: `PL-` and what follows it, `PL.`."""
    return {"low": f"{template}-", "high": f"{template}."}


def row_ref_of(case: str, code: str, n: int) -> str:
    """Return the ref of a case's row: `AJ-17.PUB`, `AJ-17.PAY.2` for the second time (another party)."""
    return f"{case}.{code}" if n == 1 else f"{case}.{code}.{n}"
