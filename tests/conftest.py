"""The fixtures that all tests share: a home of their own, registers, a small bureau and template, the program."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from lawcheck.core.journal import Actor
from lawcheck.render import language
from lawcheck.service.start import start_year
from lawcheck.store.register import Register
from support import ACTOR, INSTANT, SMALL_BUREAU, SMALL_TEMPLATE, Program


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the real home directory out of reach, and speak English."""
    for name in list(os.environ):
        if name.startswith(("LAWCHECK_", "XDG_", "_LAWCHECK", "DISPLAY", "WAYLAND_DISPLAY")):  # a screen for a viewer
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "100")
    language.choose("en")


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


@pytest.fixture
def actor() -> Actor:
    return ACTOR


@pytest.fixture
def empty_register(tmp_path: Path) -> Iterator[Register]:
    with Register.create(tmp_path / "register.db", INSTANT, 2.0) as register:
        yield register


@pytest.fixture
def register(empty_register: Register, actor: Actor) -> Register:
    """A register with the year 2026 of all templates and the one-unit bureau."""
    start_year(empty_register, actor, 2026)
    return empty_register


@pytest.fixture
def small_bureau(tmp_path: Path) -> Path:
    path = tmp_path / "bureau.yaml"
    path.write_text(SMALL_BUREAU, encoding="utf-8")
    return path


@pytest.fixture
def small_template(tmp_path: Path) -> Path:
    path = tmp_path / "TT.yaml"
    path.write_text(SMALL_TEMPLATE, encoding="utf-8")
    return path


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
