"""The page of permissions says what happens, and leaves out no command."""

import pytest

from lawcheck.cli.commands import COMMANDS
from permissions import COMMANDS_TRIED, ONLY_READ, PAGES, Place, outcomes, page, prepare, table_line
from support import ROOT


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return prepare(tmp_path_factory.mktemp("permissions"))


def _page(lang: int) -> str:
    return (ROOT / "docs" / PAGES[lang]).read_text(encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS_TRIED)
def test_what_the_page_says_of_a_command_is_what_happens(command: str, place: Place) -> None:
    found = outcomes(command, place)
    for lang in (0, 1):
        written = [line for line in _page(lang).splitlines() if line.startswith(f"| `{command}` |")]
        assert written == [table_line(command, found, lang)], "python tests/permissions.py writes the page anew"


def test_every_command_that_changes_something_stands_on_the_page() -> None:
    told = "a new command belongs to COMMANDS_TRIED or ONLY_READ in tests/permissions.py"
    assert COMMANDS_TRIED.keys() | ONLY_READ == COMMANDS.keys(), told
    assert not COMMANDS_TRIED.keys() & ONLY_READ
    for lang in (0, 1):
        lines = [line for line in _page(lang).splitlines() if line.startswith("| `")]
        assert [line.split("`")[1] for line in lines] == list(COMMANDS_TRIED)
        assert _page(lang) == page(lines, lang)
