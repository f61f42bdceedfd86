"""One use case a function: one transaction, the rules of core, one entry, a result. Knows no output."""
