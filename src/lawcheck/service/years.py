"""Which years a register holds."""

from lawcheck.errors import NoYearStarted, YearClosed, YearNotStarted
from lawcheck.store.register import Register


def open_years(register: Register) -> list[int]:
    """Return the years that are not closed, the latest first."""
    return sorted((int(str(year)) for year, state in register.all("year_all") if state == "open"), reverse=True)


def years_meant(register: Register, year: int | None) -> list[int]:
    """Return the year asked for, or all years that are not closed.

    Raises:
        YearNotStarted: the year holds no checklist.
        NoYearStarted: no year is open.

    """
    if year is not None:
        if register.one("year_get", key_year=year) is None:
            raise YearNotStarted(year=year)
        return [year]
    years = open_years(register)
    if not years:
        raise NoYearStarted
    return years


def one_year(register: Register, year: int | None) -> int:
    """Return the year asked for, or the latest that is open.

    Raises:
        YearNotStarted: the year holds no checklist.
        NoYearStarted: no year is open.

    """
    return years_meant(register, year)[0]


def check_writable(register: Register, year: int) -> None:
    """Refuse to change a closed year.

    Raises:
        YearClosed: it is closed.

    """
    held = register.one("year_get", key_year=year)
    if held is not None and held[0] != "open":
        raise YearClosed(year=year)
