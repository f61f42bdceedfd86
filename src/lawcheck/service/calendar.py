"""The calendar of a register."""

from lawcheck.core.calendar import Calendar
from lawcheck.library.known_days import known_years
from lawcheck.store.register import Register


def calendar_of(register: Register | None) -> Calendar:  # noqa: ARG001
    """Return the calendar that a register counts by."""
    return Calendar(known_years())
