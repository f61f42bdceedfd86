import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from lawcheck.cli.commands import COMMANDS, GROUPS, PANELS
from lawcheck.config import SETTINGS
from lawcheck.render import language
from lawcheck.render.language import _
from support import ROOT, Program, Run

Front = Callable[..., Run]
STYLING = re.compile("\x1b\\[[0-9;]*m")


def _help(front: Front, *arguments: str) -> str:
    run = front(*arguments)
    assert (run.code, run.err) == (0, "")
    return STYLING.sub("", run.out)


def _doc(command: str) -> str:
    module, function = COMMANDS[command].place.split(":")
    return str(getattr(import_module(f"lawcheck.cli.{module}"), function).__doc__)


@pytest.mark.parametrize("command", COMMANDS)
def test_the_first_line_of_a_command_is_what_the_table_says(command: str) -> None:
    first, *rest = _doc(command).strip().splitlines()
    assert first == COMMANDS[command].help
    assert len(first) < 60
    assert first.endswith(".")
    assert "\n\n".join("\n".join(rest).split("\n\n")[2:]).strip() == "", "one paragraph at most"


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_has_two_examples_of_its_own(command: str) -> None:
    examples = COMMANDS[command].examples
    assert len(set(examples)) == 2
    assert [one for one in examples if not one.startswith(f"lawcheck {command}")] == []


def test_every_command_stands_in_a_panel() -> None:
    assert {line.panel for line in COMMANDS.values()} == set(PANELS)
    assert {command.split(" ")[0] for command in COMMANDS if " " in command} == set(GROUPS)


@pytest.mark.parametrize("page", ["reference.md", "reference.zh-CN.md"])
def test_every_command_and_setting_is_documented(page: str) -> None:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    assert [command for command in COMMANDS if f"\n### lawcheck {command}\n" not in text] == []
    assert [one.name for one in SETTINGS if f"\n| {one.name} |" not in text] == []
    assert [one.flag for one in SETTINGS if one.flag and f"`{one.flag}`" not in text] == []
    for line in COMMANDS.values():
        assert "\n".join(["```sh", *line.examples, "```"]) in text


@pytest.mark.parametrize(("spoken", "asked"), [("en", "--help"), ("zh", "-h")])
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_helps_in_both_languages(command: str, asked: str, spoken: str, front: Front) -> None:
    page = _help(front, *command.split(" "), asked, "--lang", spoken)
    language.choose(spoken)
    first = _(COMMANDS[command].help)
    assert first.replace(" ", "") in re.sub(r"\s", "", page)
    assert f"{_('Usage:')} lawcheck {command}" in page
    for example in COMMANDS[command].examples:
        assert example.replace(" ", "") in re.sub(r"\s", "", page)
    for setting in SETTINGS:
        assert setting.flag is None or setting.flag in page


@pytest.mark.parametrize("page", ["reference.md", "reference.zh-CN.md"])
def test_every_argument_and_option_says_what_it_is_for_in_the_language_of_its_page(page: str) -> None:
    lines = [line for line in (ROOT / "docs" / page).read_text(encoding="utf-8").splitlines() if line.startswith("- `")]
    words = [line.partition(" — ")[2] for line in lines]
    assert len(lines) > 40
    assert [line for line, said in zip(lines, words, strict=True) if not said.strip() or said == "None"] == []
    if page == "reference.zh-CN.md":
        assert [line for line, said in zip(lines, words, strict=True) if said.isascii()] == []


@pytest.mark.parametrize("command", ["list", "tick", "figure add", "summary"])
def test_the_help_of_a_process_is_chinese_throughout(command: str, program: Program) -> None:
    run = program("--lang", "zh", *command.split(" "), "--help")
    assert (run.code, run.err) == (0, "")
    told = [line for line in STYLING.sub("", run.out).splitlines() if re.match(r"│ [* ]*(--|-n|[A-Z\[])", line)]
    assert len(told) > 5
    assert [line for line in told if line.strip("│ ").isascii()] == []


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_the_first_page_names_every_command_by_panel(spoken: str, front: Front) -> None:
    page = _help(front, "--lang", spoken, "--help")
    language.choose(spoken)
    for panel in PANELS:
        assert _(panel) in page
    for command, line in COMMANDS.items():
        if " " not in command:
            assert re.search(rf"│ {command} +{re.escape(_(line.help))}", page)
    for group, (_panel, text) in GROUPS.items():
        assert re.search(rf"│ {group} +{re.escape(_(text))}", page)


@pytest.mark.parametrize("spoken", ["en", "zh"])
@pytest.mark.parametrize("group", GROUPS)
def test_a_group_names_its_commands(group: str, spoken: str, front: Front) -> None:
    page = _help(front, "--lang", spoken, group, "--help")
    language.choose(spoken)
    for command, line in COMMANDS.items():
        if command.startswith(group + " "):
            assert re.search(rf"│ {command.split(' ')[1]} +{re.escape(_(line.help))}", page)


@pytest.mark.parametrize("group", GROUPS)
def test_a_group_alone_shows_its_page_and_is_a_usage_error(group: str, front: Front) -> None:
    run = front(group)
    assert run.code == 2
    assert f"lawcheck {group}" in run.out + run.err


def test_help_needs_no_register_and_makes_none(front: Front, tmp_path: Path) -> None:
    _help(front, "tick", "--help")
    assert not (tmp_path / "register.db").exists()


def test_help_fits_the_width_of_the_terminal(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert max(len(line) for line in _help(front, "figure", "add", "--help").splitlines()) <= 80


def test_the_version_is_printed(front: Front) -> None:
    run = front("--version")
    assert (run.code, run.err) == (0, "")
    assert re.fullmatch(r"lawcheck [0-9]+\.[0-9]+\.[0-9]+\n", run.out)
