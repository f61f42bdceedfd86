"""Rates of case items: so many of so many, met or not."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from decimal import Decimal


class RateValue(NamedTuple):
    """A case item's rate in a year: `met` of `of`, None where the figure is missing.

    `asked` is from and to which date of law within the year the law asks for the item, None for the year's bounds.
    `source` is `cases` where the register counted both from its cases, `entries` where they were recorded.
    """

    year: int
    code: str
    template: str
    title_zh: str
    title_en: str
    met: "Decimal | None"
    of: "Decimal | None"
    at_least: str
    asked: tuple[str | None, str | None] = (None, None)
    source: str = "entries"

    def percent(self) -> str | None:
        """Return the rate in per cent to one decimal, rounded half up.

        It never reads what it does not reach: 99.96 % is no 100 %, and 94.96 % no 95 % where that is asked.
        """
        if self.met is None or not self.of:
            return None
        from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal  # only where there are figures

        from lawcheck.core.figure import EXACT

        per_cent = EXACT.divide(EXACT.multiply(self.met, Decimal(100)), self.of)
        found = per_cent.quantize(Decimal("0.1"), ROUND_HALF_UP, EXACT)
        if any(per_cent < bound <= found for bound in (Decimal(self.at_least.rstrip("%")), Decimal(100))):
            found = per_cent.quantize(Decimal("0.1"), ROUND_DOWN, EXACT)
        return format(found, "f")

    def exceeds(self) -> bool:
        """Tell whether more is said to be met than there is: one of the two figures is wrong."""
        return self.met is not None and self.of is not None and self.met > self.of

    def none_arose(self) -> bool:
        """Tell whether there was nothing to count: 0 of 0, which is neither met nor missed."""
        return self.met == 0 == self.of

    def is_met(self) -> bool | None:
        """Tell whether the rate reaches what is asked; None when it is not known or there was nothing to count."""
        if self.met is None or self.of is None or self.exceeds() or self.none_arose():
            return None
        from decimal import Decimal  # only where there are figures

        from lawcheck.core.figure import EXACT

        asked = EXACT.multiply(self.of, Decimal(self.at_least.rstrip("%")))
        return EXACT.multiply(self.met, Decimal(100)) >= asked
