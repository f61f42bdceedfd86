import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from lawcheck.cli.commands import COMMANDS
from support import ROOT, Run

Front = Callable[..., Run]
EXAMPLES = [
    pytest.param(example, 1 if example == "lawcheck template check" else 0, id=example)
    for line in COMMANDS.values()
    for example in line.examples
]


@pytest.fixture
def on_the_demo(demo_register: Path, front: Front, monkeypatch: pytest.MonkeyPatch) -> Front:
    """The front door on a register of its own with the demonstration year, on the day it is looked at."""
    monkeypatch.setenv("LAWCHECK_REGISTER", str(demo_register))
    monkeypatch.setenv("LAWCHECK_TODAY", "2023-01-09")
    monkeypatch.setenv("LAWCHECK_USER", "法制员")
    monkeypatch.chdir(ROOT)
    return front


@pytest.mark.parametrize(("example", "code"), EXAMPLES)
def test_an_example_works_on_the_demonstration_year(example: str, code: int, on_the_demo: Front) -> None:
    program, *arguments = shlex.split(example)
    run = on_the_demo(*arguments)
    assert program == "lawcheck"
    assert (run.code, run.err) == (code, "")
    assert run.out.strip()


@pytest.mark.parametrize(("example", "code"), EXAMPLES[::2])
def test_an_example_works_in_chinese_too(example: str, code: int, on_the_demo: Front) -> None:
    run = on_the_demo("--lang", "zh", *shlex.split(example)[1:])
    assert (run.code, run.err) == (code, "")
    assert not run.out.isascii()


def test_the_demonstration_year_is_whole_after_all_examples_on_one_register(on_the_demo: Front) -> None:
    for line in COMMANDS.values():
        for example in line.examples:
            if " demo" not in example:
                on_the_demo(*shlex.split(example)[1:])
    run = on_the_demo("verify")
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith("The record is whole: ")
