"""The front door: read arguments, one service call, one rendering. Command modules are imported only when called."""

import gc

# A command makes some ten thousand objects while it loads and hardly any in cycles: looking for cycles among them
# every 700 objects costs a tenth of a tick.
gc.set_threshold(100_000, 20, 20)
