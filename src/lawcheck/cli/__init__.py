"""The front door: read arguments, one service call, one rendering. Command modules are imported only when called."""
