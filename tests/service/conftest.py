"""Who acts beside the actor, the tables as they stand, and registers with a second year."""

from collections.abc import Callable
from pathlib import Path

import pytest

from lawcheck.core.journal import Actor, Change
from lawcheck.service.start import start_year
from lawcheck.store.register import Register

TABLES = ("document", "bureau", "year", "checklist", "item", "checklist_row", "note", "figure", "figure_entry")
Dump = dict[str, list[tuple[object, ...]]]


@pytest.fixture(scope="session")
def dump() -> Callable[[Register], Dump]:
    """Return what every table holds but the journal, in the order of its key."""
    return lambda register: {name: register.all(f"{name}_all") for name in TABLES}


@pytest.fixture
def wang(actor: Actor) -> Actor:
    return actor._replace(person="wang")


@pytest.fixture
def two_years(small: Register, actor: Actor, small_template: Path) -> Register:
    """Return a register with the years 2025 and 2026 of the small template."""
    start_year(small, actor, 2025, [str(small_template)])
    return small


@pytest.fixture
def close_year(actor: Actor) -> Callable[[Register, int], None]:
    """Return what closes a year, as an entry."""

    def close(register: Register, year: int) -> None:
        with register.transaction():
            register.record(actor, "year close", [Change("year", str(year), "state", "open", "closed")])

    return close
