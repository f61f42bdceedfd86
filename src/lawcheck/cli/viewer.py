"""The system's viewer of files and pages, called without a shell."""

import os
import shutil
import subprocess
import sys

PATIENCE_SECONDS = 3.0


def view(target: str) -> bool:
    """Have the system show a file or a page; return whether it has something that does.

    What opens goes on by itself. A viewer that gives up at once counts as none.
    """
    if sys.platform == "win32":
        try:
            os.startfile(target)  # noqa: S606  # no shell is wanted
        except OSError:
            return False
        return True
    name = "open" if sys.platform == "darwin" else "xdg-open"
    program = shutil.which(name)
    if program is None or (name == "xdg-open" and not _has_screen()):
        return False
    silent = subprocess.DEVNULL
    try:
        shown = subprocess.Popen(  # noqa: S603  # a program of the system with one argument, no shell
            [program, target], stdin=silent, stdout=silent, stderr=silent, start_new_session=True
        )
    except OSError:
        return False
    try:
        return shown.wait(PATIENCE_SECONDS) == 0
    except subprocess.TimeoutExpired:
        return True


def _has_screen() -> bool:
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
