"""`python -m lawcheck`."""

from lawcheck.cli import enter

enter()
