"""The front door: read arguments, one service call, one rendering. Command modules are imported only when called."""

import gc
import sys

# A command makes some ten thousand objects while it loads and hardly any in cycles: looking for cycles among them
# every 700 objects costs a tenth of a tick.
gc.set_threshold(100_000, 20, 20)

INTERRUPTED = 130


def enter() -> None:
    """Run lawcheck and leave with its exit code, also when it is interrupted while it still loads."""
    try:
        from lawcheck.cli.main import run

        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = INTERRUPTED
    sys.exit(code)
