import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from lawcheck.cli.commands import COMMANDS
from support import ROOT, Run

Front = Callable[..., Run]
EXAMPLES = [example for line in COMMANDS.values() for example in line.examples]
PENALTY, COMPLAINT = COMMANDS["case open"].examples
FILED, _ = COMMANDS["case milestone"].examples
PENALTY_CLOSED, COMPLAINT_CLOSED = COMMANDS["case close"].examples
CLOSED, _ = COMMANDS["year close"].examples
EVIDENCE = COMMANDS["evidence add"].examples
EARLIER = {
    "evidence add": (),
    "lawcheck evidence": EVIDENCE,
    "year manifest": (CLOSED,),
    "year reopen": (CLOSED,),
    "case open": (),
    "case reopen AJ-01": (PENALTY, PENALTY_CLOSED),
    "case reopen TS-01": (COMPLAINT, COMPLAINT_CLOSED),
    "collect": COMMANDS["hand-out"].examples[1:],
    "restore": COMMANDS["backup"].examples[:1],
    "backup -o": COMMANDS["backup"].examples[:1],
    "lawcheck import": COMMANDS["export"].examples[:1],
    "export -o": COMMANDS["export"].examples[:1],
    "AJ-01.DECIDE": (PENALTY, FILED),
    "AJ-01": (PENALTY,),
    "TS-01": (COMPLAINT,),
}
"""The examples that come before those that hold these words: the first that fits."""


@pytest.fixture
def on_the_demo(demo_register: Path, front: Front, monkeypatch: pytest.MonkeyPatch) -> Front:
    """The front door on a register of its own with the demonstration year, on the day it is looked at.

    What examples write goes into a folder of the test's own, where the checklists are as in a checkout.
    """
    here = demo_register.parent / "here"
    here.mkdir()
    (here / "checklists").symlink_to(ROOT / "checklists")
    monkeypatch.setenv("LAWCHECK_REGISTER", str(demo_register))
    monkeypatch.setenv("LAWCHECK_TODAY", "2023-01-09")
    monkeypatch.setenv("LAWCHECK_USER", "法制员")
    (demo_register.parent / "home").mkdir()
    monkeypatch.chdir(here)
    return front


def _prepare(example: str, front: Front) -> None:
    for step in next((steps for words, steps in EARLIER.items() if words in example), ()):
        if step == example:
            continue
        assert front(*shlex.split(step)[1:]).code == 0


@pytest.mark.parametrize("example", EXAMPLES)
def test_an_example_works_on_the_demonstration_year(example: str, on_the_demo: Front) -> None:
    _prepare(example, on_the_demo)
    program, *arguments = shlex.split(example)
    run = on_the_demo(*arguments)
    assert program == "lawcheck"
    assert (run.code, run.err) == (0, "")
    assert run.out.strip()


@pytest.mark.parametrize("example", EXAMPLES[::2])
def test_an_example_works_in_chinese_too(example: str, on_the_demo: Front) -> None:
    _prepare(example, on_the_demo)
    run = on_the_demo("--lang", "zh", *shlex.split(example)[1:])
    assert (run.code, run.err) == (0, "")
    assert not run.out.isascii()


def test_the_demonstration_year_is_whole_after_all_examples_on_one_register(on_the_demo: Front) -> None:
    for example in EXAMPLES:
        if " demo" not in example:
            on_the_demo(*shlex.split(example)[1:])
    run = on_the_demo("verify")
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith("The record is whole: ")
