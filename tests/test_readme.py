"""What the README tells a newcomer to type works, in the order in which it stands there, in either language."""

import re
import shlex

import pytest

from support import ROOT, Program

BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)


def typed(name: str) -> list[list[str]]:
    text = (ROOT / name).read_text(encoding="utf-8")
    lines = [line for block in BLOCK.findall(text) for line in block.splitlines()]
    return [shlex.split(line, comments=True)[1:] for line in lines if line.startswith("lawcheck")]


@pytest.mark.parametrize(("name", "lang"), [("README.md", "en"), ("README.zh-CN.md", "zh")])
def test_what_the_readme_says_to_type_works(program: Program, name: str, lang: str) -> None:
    (program.folder / "checklists").symlink_to(ROOT / "checklists")
    for paper in ("minutes.pdf", "secret.pdf", "会议纪要.pdf", "涉密件.pdf"):
        (program.folder / paper).write_text(paper, encoding="utf-8")
    commands = typed(name)
    assert len(commands) > 12
    for command in commands:
        run = program(*command, env={"LAWCHECK_LANG": lang, "LAWCHECK_TODAY": "2026-11-22"})
        said = "" if "report" in command[:1] else run.err  # which names all that a year without figures misses
        assert (run.code, said) == (0, ""), command


def test_both_readmes_say_to_type_the_same_commands() -> None:
    english, chinese = typed("README.md"), typed("README.zh-CN.md")
    assert [command[:2] for command in english] == [command[:2] for command in chinese]


def test_both_readmes_have_the_same_sections() -> None:
    heads = [
        len(re.findall(r"^## ", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
        for name in ("README.md", "README.zh-CN.md")
    ]
    assert heads[0] == heads[1]
