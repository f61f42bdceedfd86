"""Who acts and for which unit, checked against the bureau kept in the register.

The bureau is read as the document that it is kept as: everyday commands need no more of it.
"""

from typing import Any

from lawcheck.core.refs import normalise
from lawcheck.errors import UnknownPerson, UnknownUnit
from lawcheck.service.nearest import nearest
from lawcheck.store.register import Register


def bureau_held(register: Register) -> dict[str, Any] | None:
    """Return the bureau's document; None before the first year is started."""
    held = register.one("bureau_get", key_one=1)
    return None if held is None else register.document(str(held[0]))


def bureau_since(register: Register, year: int) -> dict[str, Any] | None:
    """Return the bureau where it may be another than the one that an open year was started with; else None.

    What a frozen copy says of units holds until then. A closed year keeps its own for good.
    """
    found = register.one("touched_last", key="bureau")
    began = found is None or found[0] is None or int(str(found[0])) <= 1
    if began or register.one("year_get", key_year=year) != ("open",):
        return None
    return bureau_held(register)


def units_now(bureau: dict[str, Any], item: dict[str, Any]) -> list[str]:
    """Return the units that hold the duty of a frozen item today: the first, or all where each has a row of its own.

    Where nobody holds it any more they are those of the frozen copy.
    """
    holders: list[str] = bureau["duties"].get(item["duty"], bureau["duties"].get("*", []))
    return (holders if item["each"] else holders[:1]) or item["units"]


def person_id(register: Register, name: str) -> str:
    """Return the id of a person named by id or name; any name will do where the bureau lists nobody.

    Raises:
        UnknownPerson: the bureau lists its people and this is none of them.

    """
    bureau = bureau_held(register)
    people = bureau["people"] if bureau else []
    for person in people:
        if name in (person["id"], person["name"]):
            return str(person["id"])
    if not people:
        return name
    known = [one for person in people for one in (person["id"], person["name"])]
    raise UnknownPerson(person=name, nearest=nearest(name, known) or known[:5])


def unit_code(register: Register, code: str) -> str:
    """Return the code of a unit named by it, however its letters were typed, or by its name.

    Raises:
        UnknownUnit: the bureau has none of that code or name.

    """
    plain = normalise(code)
    bureau = bureau_held(register)
    known = [unit["code"] for unit in bureau["units"]] if bureau else [plain]
    if plain not in known:
        named = [unit["code"] for unit in bureau["units"] if code.strip() in unit["name"].values()] if bureau else []
        if len(named) == 1:
            return str(named[0])
        raise UnknownUnit(unit=code, nearest=nearest(plain, known) or known[:10])
    return plain
