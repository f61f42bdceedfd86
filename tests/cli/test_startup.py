import re
from pathlib import Path

import pytest

from support import Program, Run

HEAVY = {"sqlalchemy", "sqlmodel", "pydantic", "pydantic_core", "yaml", "alembic", "xlsxwriter", "openpyxl"}
DRAWING = {"rich"}
LOADED = re.compile(r"import time:\s+\d+ \|\s+\d+ \|\s+(\S+)")
TIMED = {"PYTHONPROFILEIMPORTTIME": "1"}


def _loaded(run: Run) -> set[str]:
    """Return the packages that a run loaded."""
    return {name.split(".")[0] for name in LOADED.findall(run.err)}


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("list", "--json"),
        ("next", "--json"),
        ("show", "TT-01", "--json"),
        ("tick", "TT-02.Q1.ZF", "--on", "2026-03-30", "--note", "x"),
        ("na", "TT-02.Q1.ZF", "--why", "x"),
        ("note", "TT-01", "x"),
        ("undo",),
        ("figure", "add", "visits", "21次"),
        ("show", "TT-99"),
    ],
)
def test_an_everyday_command_loads_neither_the_database_toolkit_nor_yaml(
    arguments: tuple[str, ...], lived: Path, program: Program
) -> None:
    assert lived == program.register
    run = program(*arguments, env=TIMED)
    assert run.code == (3 if "TT-99" in arguments else 0)
    assert "lawcheck" in _loaded(run)
    assert _loaded(run) & (HEAVY | DRAWING) == set()


@pytest.mark.parametrize("arguments", [("--version",), ("figure", "list", "--json"), ("log", "--json")])
def test_a_command_that_only_reads_loads_no_more_than_it_needs(
    arguments: tuple[str, ...], lived: Path, program: Program
) -> None:
    assert lived.exists()
    run = program(*arguments, env=TIMED)
    assert run.code == 0
    assert _loaded(run) & (HEAVY | DRAWING) == set()


def _completed(program: Program, words: str, **more: str) -> Run:
    typed = len(words.split(" ")) - 1
    return program(env={"_LAWCHECK_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(typed), **more})


def test_completion_answers_refs_and_loads_no_more_than_an_everyday_command(lived: Path, program: Program) -> None:
    assert lived.exists()
    run = _completed(program, "lawcheck tick TT-02.Q3", **TIMED)
    assert (run.code, run.out.split()) == (0, ["TT-02.Q3.FZ", "TT-02.Q3.ZF"])
    assert _loaded(run) & HEAVY == set()


def test_completion_offers_only_rows_that_are_not_finished(lived: Path, program: Program) -> None:
    assert lived.exists()
    refs = _completed(program, "lawcheck tick TT").out.split()
    assert set(refs) & {"TT-01", "TT-02.Q1.FZ", "TT-02.Q2.FZ"} == set()
    assert {"TT-02.Q1.ZF", "TT-02.Q2.ZF", "TT-03.1"} <= set(refs)


@pytest.mark.parametrize("words", ["lawcheck template show P", "lawcheck start 2026 P"])
def test_completion_of_a_template_reads_no_file(words: str, program: Program) -> None:
    run = _completed(program, words, **TIMED)
    assert (run.code, run.out.split()) == (0, ["PI", "PL"])
    assert _loaded(run) & HEAVY == set()


def test_completion_without_a_register_offers_nothing_and_complains_of_nothing(program: Program) -> None:
    run = _completed(program, "lawcheck tick TT")
    assert (run.code, run.out.strip(), run.err) == (0, "", "")


@pytest.mark.parametrize("setting", [{"LAWCHECK_YEAR": "soon"}, {"LAWCHECK_REGISTER": "postgresql://db/x"}])
def test_completion_with_a_wrong_setting_complains_of_nothing(setting: dict[str, str], program: Program) -> None:
    run = _completed(program, "lawcheck tick TT", **setting)
    assert (run.code, run.out.strip(), run.err) == (0, "", "")


def test_completion_answers_from_the_register_named_before_the_command(lived: Path, program: Program) -> None:
    elsewhere = lived.rename(lived.with_name("elsewhere.db"))
    run = _completed(program, f"lawcheck --register {elsewhere} tick TT-02.Q3")
    assert (run.code, run.out.split()) == (0, ["TT-02.Q3.FZ", "TT-02.Q3.ZF"])


def test_completion_of_commands_loads_none_of_them(program: Program) -> None:
    run = _completed(program, "lawcheck ve", **TIMED)
    assert (run.code, run.out.split()) == (0, ["verify"])
    assert _loaded(run) & HEAVY == set()
