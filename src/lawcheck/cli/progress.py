"""A progress bar on stderr for work that takes over a second; nothing into a pipe or file."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

PATIENCE_SECONDS = 1.0


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Yield a function that is told how much of how much is done."""
    begun = monotonic()
    bar = None
    task = None

    def report(done: int, of: int) -> None:
        nonlocal bar, task
        if bar is None:
            if not sys.stderr.isatty() or monotonic() - begun < PATIENCE_SECONDS:
                return
            from rich.console import Console
            from rich.progress import Progress

            bar = Progress(console=Console(file=sys.stderr), transient=True)
            bar.start()
            task = bar.add_task(what, total=of)
        if task is not None:
            bar.update(task, completed=done, total=of)
        if done >= of:
            bar.stop()  # makes room for the next one

    try:
        yield report
    finally:
        if bar is not None:
            bar.stop()
