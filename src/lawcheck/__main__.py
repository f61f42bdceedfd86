"""`python -m lawcheck`."""

from lawcheck.cli.main import main

main()
