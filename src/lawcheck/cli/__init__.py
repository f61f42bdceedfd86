"""The front door: read arguments, one service call, one rendering. Command modules are imported only when called."""

import gc
import signal
import sys
from types import FrameType

# A command makes some ten thousand objects while it loads and hardly any in cycles: looking for cycles among them
# every 700 objects costs a tenth of a tick.
gc.set_threshold(100_000, 20, 20)

INTERRUPTED = 130


def enter() -> None:
    """Run lawcheck and leave with its exit code, also when it is interrupted while it still loads."""
    try:
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler and hasattr(signal, "setitimer"):
            for number in (signal.SIGINT, signal.SIGALRM):
                signal.signal(number, _interrupted)
        from lawcheck.cli.main import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = INTERRUPTED
    sys.exit(code)


def _interrupted(_number: int, frame: FrameType | None) -> None:
    """Interrupt the program, but not amid the import system: its locks would stay held, and the next import wait."""
    if frame is not None and frame.f_code.co_filename.startswith("<frozen importlib"):
        signal.setitimer(signal.ITIMER_REAL, 0.002)
        return
    raise KeyboardInterrupt
