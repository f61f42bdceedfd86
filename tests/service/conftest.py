"""Who acts beside the actor, the tables as they stand, and registers with a second year."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lawcheck.core.journal import Actor, Change
from lawcheck.service.start import start_year
from lawcheck.store.register import Register
from support import INSTANT, SMALL_BUREAU, SMALL_TEMPLATE, TODAY

TABLES = ("document", "bureau", "year", "checklist", "item", "checklist_row", "note", "figure", "figure_entry")
ACTOR = Actor("lihua", "os-lihua", "desk-1", INSTANT, TODAY, today_set=False)
Dump = dict[str, list[tuple[object, ...]]]


@pytest.fixture(scope="session")
def small_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the register of the fixture `small` once, to be copied for every test."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "bureau.yaml").write_text(SMALL_BUREAU, encoding="utf-8")
    (folder / "TT.yaml").write_text(SMALL_TEMPLATE, encoding="utf-8")
    with Register.create(folder / "register.db", INSTANT) as register:
        start_year(register, ACTOR, 2026, [str(folder / "TT.yaml")], folder / "bureau.yaml")
        register.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return folder / "register.db"


@pytest.fixture
def small(small_file: Path, tmp_path: Path) -> Iterator[Register]:
    """Yield a register with the year 2026 of one small template and a bureau of two units and two people."""
    path = tmp_path / "register.db"
    shutil.copy(small_file, path)
    with Register.open(path, 2.0) as register:
        yield register


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
