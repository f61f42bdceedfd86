"""Which years a register holds."""

from datetime import date

from lawcheck.errors import NoOpenYear, NoYearStarted, YearClosed, YearNotStarted
from lawcheck.store.register import Register

NOTICE_MONTH = 11
"""The month from which the notice of the next year's holidays is waited for."""


def open_years(register: Register) -> list[int]:
    """Return the years that are not closed, the latest first."""
    return sorted((int(str(year)) for year, state in register.all("year_all") if state == "open"), reverse=True)


def years_meant(register: Register, year: int | None) -> list[int]:
    """Return the year asked for, or all years that are not closed; none where the register has cases only.

    Raises:
        YearNotStarted: the year holds no checklist.
        NoYearStarted, NoOpenYear: no year is open, and there is no case.

    """
    if year is not None:
        if register.one("year_get", key_year=year) is None:
            raise YearNotStarted(year=year)
        return [year]
    years = open_years(register)
    if not years and register.one("case_count") is None:
        raise _none_open(register)
    return years


def _none_open(register: Register) -> NoOpenYear | NoYearStarted:
    closed = max((int(str(year)) for year, _ in register.all("year_all")), default=None)
    return NoYearStarted() if closed is None else NoOpenYear(year=closed, next_year=closed + 1)


def years_or_cases(register: Register, year: int | None) -> list[int]:
    """Return the year asked for, or all years that are not closed: none where the register keeps cases only.

    Raises:
        YearNotStarted: the year holds no checklist.
        NoYearStarted, NoOpenYear: no year is open, and there is no case either.

    """
    years = open_years(register) if year is None else []
    if year is None and not years and register.all("case_count"):
        return []
    return years or years_meant(register, year)


def one_year(register: Register, year: int | None, *, today: date | None = None) -> int:
    """Return the year asked for, or that of today where it is open, or the latest that is open.

    Raises:
        YearNotStarted: the year holds no checklist.
        NoYearStarted, NoOpenYear: no year is open.

    """
    years = years_meant(register, year)
    if not years:
        raise _none_open(register)
    return today.year if today is not None and today.year in years else years[0]


def check_writable(register: Register, year: int) -> None:
    """Refuse to change a closed year.

    Raises:
        YearClosed: it is closed.

    """
    held = register.one("year_get", key_year=year)
    if held is not None and held[0] != "open":
        raise YearClosed(year=year)


def year_without_notice(register: Register | None, today: date) -> int | None:
    """Return the year whose holidays are not known: this one, or from November on the next; None when all are."""
    from lawcheck.library.known_days import FIRST, LAST  # only the board asks

    wanted = (today.year, today.year + 1) if today.month >= NOTICE_MONTH else (today.year,)
    unknown = [year for year in wanted if not FIRST <= year <= LAST]
    if unknown and register is not None:
        unknown = [year for year in unknown if register.one("holiday_year_get", key_year=year) is None]
    return unknown[0] if unknown else None
