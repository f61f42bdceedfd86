"""What the tests of the library share: the registry read once, and files written and read back as lines of faults."""

from collections.abc import Callable
from pathlib import Path

import pytest

from lawcheck.core.law import Registry
from lawcheck.core.template import Template
from lawcheck.core.words import Text
from lawcheck.errors import BadFile
from lawcheck.library.nodes import Source, read_source
from lawcheck.library.reading import read_bureau, read_duties, read_registry, read_templates
from lawcheck.render.errors import fault_line
from support import SMALL_BUREAU, SMALL_TEMPLATE

Lines = list[str]
Faults = Callable[[str | bytes], Lines]
Changed = Callable[[str, str], Lines]


@pytest.fixture(scope="session")
def registry() -> Registry:
    return read_registry()


@pytest.fixture(scope="session")
def duties() -> dict[str, Text]:
    return read_duties()


@pytest.fixture(scope="session")
def shipped(registry: Registry, duties: dict[str, Text]) -> dict[str, Template]:
    return {one.code: one for one in read_templates(None, registry, duties)}


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str | bytes], Source]:
    """Write a file and read it to plain values."""

    def written(content: str | bytes) -> Source:
        path = tmp_path / "file.yaml"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_source(path, "file.yaml")

    return written


@pytest.fixture
def template_faults(tmp_path: Path, registry: Registry, duties: dict[str, Text]) -> Faults:
    """Write a template and return its faults as people read them."""

    def lines(content: str | bytes) -> Lines:
        path = tmp_path / "TT.yaml"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return _lines(tmp_path, lambda: read_templates([path], registry, duties))

    return lines


@pytest.fixture
def bureau_faults(tmp_path: Path, duties: dict[str, Text]) -> Faults:
    """Write a bureau file and return its faults as people read them."""

    def lines(content: str | bytes) -> Lines:
        path = tmp_path / "bureau.yaml"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return _lines(tmp_path, lambda: read_bureau(path, duties))

    return lines


@pytest.fixture
def with_item(template_faults: Faults) -> Changed:
    """Return the faults of the small template with one text put in another's place."""

    def lines(old: str, new: str) -> Lines:
        assert SMALL_TEMPLATE.count(old) >= 1
        return template_faults(SMALL_TEMPLATE.replace(old, new, 1))

    return lines


@pytest.fixture
def with_bureau(bureau_faults: Faults) -> Changed:
    """Return the faults of the small bureau with one text put in another's place."""

    def lines(old: str, new: str) -> Lines:
        assert SMALL_BUREAU.count(old) >= 1
        return bureau_faults(SMALL_BUREAU.replace(old, new, 1))

    return lines


def _lines(folder: Path, reading: Callable[[], object]) -> Lines:
    try:
        reading()
    except BadFile as error:
        faults = error.params["faults"]
    else:
        return []
    assert isinstance(faults, tuple)
    return [fault_line(fault).removeprefix(f"{folder}/") for fault in faults]
