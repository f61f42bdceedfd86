"""The years whose holidays come with lawcheck, each read out of its compact text when it is asked for."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from lawcheck.core.calendar import HolidayYear
from lawcheck.core.words import Text
from lawcheck.library.known_days import NAMES, YEARS


class KnownYears(Mapping[int, HolidayYear]):
    """The years that come with lawcheck and those of a register, which stand before them."""

    def __init__(self, imported: Mapping[int, HolidayYear]) -> None:
        """Take the years that a register holds; none of the others is read yet."""
        self._read = dict(imported)

    def __getitem__(self, year: int) -> HolidayYear:
        """Return a year.

        Raises:
            KeyError: it is not known.

        """
        found = self._read.get(year)
        if found is None:
            found = self._read[year] = _year(year)
        return found

    def __contains__(self, year: object) -> bool:
        """Tell whether a year is known, without reading it."""
        return year in YEARS or year in self._read

    def __iter__(self) -> Iterator[int]:
        """Yield the years in order."""
        return iter(sorted({*YEARS, *self._read}))

    def __len__(self) -> int:
        """Return how many years are known."""
        return len({*YEARS, *self._read})


def _year(year: int) -> HolidayYear:
    notice, certainty, off, worked, amended = YEARS[year]
    return HolidayYear(year, notice, certainty, _named(year, off), _named(year, worked), amended)


def _named(year: int, packed: str) -> dict[str, Text]:
    """Return days with their names, from stretches such as `0122+7:1`: month and day, how many days, which name."""
    days: dict[str, Text] = {}
    for stretch in packed.split():
        head, _colon, name = stretch.partition(":")
        start, _plus, length = head.partition("+")
        text = Text(*NAMES[int(name)])
        first = date(int(start[:-4] or year), int(start[-4:-2]), int(start[-2:]))
        for n in range(int(length or 1)):
            days[(first + timedelta(n)).isoformat()] = text
    return days
