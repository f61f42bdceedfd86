"""The fixtures that all tests share: a home of their own, registers, a small bureau and template, the program."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from lawcheck.core.journal import Actor
from lawcheck.render import language
from lawcheck.service.start import start_year
from lawcheck.store.register import Register
from support import INSTANT, SMALL_BUREAU, SMALL_TEMPLATE, TODAY, Program


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the real home directory out of reach, and speak English."""
    for name in list(os.environ):
        if name.startswith(("LAWCHECK_", "XDG_", "_LAWCHECK")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "100")
    language.choose("en")


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)


@pytest.fixture
def actor() -> Actor:
    return Actor("lihua", "os-lihua", "desk-1", INSTANT, TODAY, today_set=False)


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


@pytest.fixture
def small(empty_register: Register, actor: Actor, small_bureau: Path, small_template: Path) -> Register:
    """A register with the year 2026 of one small template and a bureau of two units and two people."""
    start_year(empty_register, actor, 2026, [str(small_template)], small_bureau)
    return empty_register
