"""The demonstration year."""

import os
import shlex
import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from lawcheck.cli.app import app
from lawcheck.cli.progress import progress
from lawcheck.config import data_folder
from lawcheck.core.row import clean_text
from lawcheck.errors import NotARegister, RegisterUnreachable
from lawcheck.render.language import _, is_chinese
from lawcheck.render.words import set_call


def demo(
    fresh: Annotated[bool, typer.Option("--fresh", help=_("Make it anew, whatever was done in it."))] = False,
) -> None:
    """Look at the year 2022 of a real bureau.

    It has a register of its own, which is made the first time and then kept.
    """
    from lawcheck.render.start import Played
    from lawcheck.service.board import board
    from lawcheck.service.demo import demo_today
    from lawcheck.service.summary import summarise
    from lawcheck.store.file import remove_file
    from lawcheck.store.register import Register

    path = app.path if "register" in app.flags else data_folder() / "demo-2022.db"
    if fresh and path.exists():
        Register.open(path, app.busy_seconds, older=True).close()  # only a register is ever removed
        if path.name != "demo-2022.db":
            raise NotARegister(path=str(path), reason="not-the-demo")
        remove_file(path)
    call = f"{_program()} --register {shlex.quote(str(path))}"
    set_call(call)
    is_new, steps = not path.exists(), 0
    if is_new:
        steps = _make(path)
    with app.opened(path) as register:
        today = demo_today()
        overview = board(register, today)._replace(year_missing=False)
        result = Played(
            str(path),
            call,
            is_new,
            steps,
            overview,
            summarise(register, 2022, by="template", as_of=today),
        )
        app.show(result)


def _program() -> str:
    """Return how lawcheck is called from here: by its name where that is found, by its path otherwise."""
    return "lawcheck" if shutil.which("lawcheck") else shlex.quote(os.path.relpath(sys.argv[0]))


def _make(path: Path) -> int:
    """Play the year beside its place and move it there when it is whole.

    Raises:
        FileNotWritten: the place cannot be written.
        RegisterFault: the register cannot be made.

    """
    from lawcheck.core.journal import Actor
    from lawcheck.service.demo import play
    from lawcheck.store.placing import made_beside
    from lawcheck.store.vault import sync_folder

    who = clean_text(app.setting("user") or "demo")
    actor = Actor(who, who, "demo", app.instant, app.today.isoformat(), today_set=True)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise RegisterUnreachable(path=str(path), reason=str(error)) from error
    with made_beside(path) as folder:
        making = folder / path.name
        with app.new_register(making) as register, progress(_("Playing the year")) as report:
            steps = play(register, actor, chinese=is_chinese(), progress=report)
            register.pragma("wal_checkpoint(TRUNCATE)")  # what a failed closing leaves in the log would be missed
        making.replace(path)
        sync_folder(path.parent)
    return steps
