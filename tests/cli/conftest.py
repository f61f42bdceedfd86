"""What the tests of the front door share: the program in this process, on a terminal, and registers to look at."""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from pathlib import Path

import pexpect
import pytest

from lawcheck.cli import main
from lawcheck.cli.app import App
from lawcheck.cli.commands import COMMANDS
from lawcheck.core.journal import Actor
from lawcheck.render.words import set_call
from lawcheck.service.figures import Reported, add_figure
from lawcheck.service.rows import note_on, record_occasion, set_rows_aside, tick
from lawcheck.service.start import start_year
from lawcheck.store.register import Register
from support import INSTANT, SMALL_BUREAU, SMALL_TEMPLATE, TODAY, Program, Run

MODULES = sorted({line.place.split(":")[0] for line in COMMANDS.values()} | {"app", "main", "options"})
DEMO = "demo-2022.db"


@pytest.fixture
def front(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Callable[..., Run]]:
    """The front door in this process: what a command line leaves behind, without the time that a process takes."""
    monkeypatch.setenv("LAWCHECK_REGISTER", str(tmp_path / "register.db"))
    monkeypatch.setenv("LAWCHECK_TODAY", TODAY)
    monkeypatch.setenv("LAWCHECK_USER", "lihua")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(variable, raising=False)
    modules = [import_module(f"lawcheck.cli.{name}") for name in MODULES]

    def run(*arguments: str | Path) -> Run:
        fresh = App()
        for module in modules:
            if isinstance(getattr(module, "app", None), App):
                monkeypatch.setattr(module, "app", fresh)
        set_call("lawcheck")
        capsys.readouterr()
        code = main.run([str(one) for one in arguments])
        out, err = capsys.readouterr()
        assert code != main.BUG, err
        return Run(code, out, err)

    yield run
    set_call("lawcheck")


@pytest.fixture(scope="session")
def small_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a register of the small template's year 2026, in which nothing has been done yet."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "bureau.yaml").write_text(SMALL_BUREAU, encoding="utf-8")
    (folder / "TT.yaml").write_text(SMALL_TEMPLATE, encoding="utf-8")
    (folder / "figures.csv").write_text("key,value\nvisits,9次\n", encoding="utf-8")
    with Register.create(folder / "register.db", INSTANT, 2.0) as register:
        start_year(register, _lihua(), 2026, [str(folder / "TT.yaml")], folder / "bureau.yaml")
    return folder


@pytest.fixture
def started(small_made: Path, tmp_path: Path) -> Path:
    """A copy of that register of the test's own."""
    return Path(shutil.copy(small_made / "register.db", tmp_path / "register.db"))


@pytest.fixture
def lived(started: Path) -> Path:
    """The same register after one thing of every kind: done, late, partly done, set aside, happened, counted."""
    actor = _lihua()
    with Register.open(started) as register:
        tick(register, actor, ["TT-01"], on=date.fromisoformat("2026-04-02"), note="signed by the head")
        tick(register, actor, ["TT-02.Q1.FZ"], on=None)
        tick(register, actor, ["TT-02.Q1.ZF"], on=None, partial="two files")
        set_rows_aside(register, actor, ["TT-02.Q2.FZ"], why="merged into the next quarter")
        record_occasion(register, actor, "TT-03", on=date.fromisoformat("2026-05-04"), note="a rule changed")
        note_on(register, actor, "TT-04", "asked the court")
        add_figure(register, actor, "tt_met", "198件", Reported())
        add_figure(register, actor, "tt_all", "209件", Reported())
    return started


def _lihua() -> Actor:
    return Actor("lihua", "os-lihua", "desk-1", INSTANT, TODAY, today_set=False)


@pytest.fixture(scope="session")
def demo_made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration register, made once by `lawcheck demo`."""
    folder = tmp_path_factory.mktemp("demo")
    done = Program(folder)("--register", folder / DEMO, "demo")
    assert (done.code, done.err) == (0, "")
    return folder / DEMO


@pytest.fixture
def demo_register(demo_made: Path, tmp_path: Path) -> Path:
    """A copy of the demonstration register of the test's own."""
    return Path(shutil.copy(demo_made, tmp_path / DEMO))


@pytest.fixture
def on_terminal(program: Program) -> Callable[..., Run]:
    """The program on a terminal of its own: every byte that it sends there."""

    def run(*arguments: str, columns: int = 80, env: dict[str, str] | None = None) -> Run:
        given = {name: value for name, value in program.env.items() if name != "COLUMNS"}
        child = pexpect.spawn(
            sys.executable,
            ["-m", "lawcheck", *arguments],
            cwd=str(program.folder),
            env={**given, "LANG": "C.UTF-8", "TERM": "xterm-256color", **(env or {})},
            dimensions=(60, columns),
            timeout=30,
            encoding="utf-8",
        )
        sent = child.read()
        child.close()
        assert child.exitstatus is not None
        return Run(child.exitstatus, sent, "")

    return run
