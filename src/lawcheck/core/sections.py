"""Sections of the report by their numbers: 一(二) lies under 一, which holds all that lies under it."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from lawcheck.core.totals import Totals

_STEPS = re.compile(r"[(（][^)）]*[)）]|[^()（）.．、\s]+")


class SectionLine(NamedTuple):
    """A section of a year's report with all that lies under it; level one is 一, level two 一(一).

    `number` is None for rows that have no section of the bureau's.
    """

    number: str | None
    title_zh: str
    title_en: str
    level: int
    totals: Totals


def number_steps(number: str) -> tuple[str, ...]:
    """Return a section's number by its levels: `一`, `(二)` for 一(二); `2`, `1` for 2.1."""
    return tuple(step.replace("（", "(").replace("）", ")") for step in _STEPS.findall(number))


def by_level(sections: Sequence[tuple[str, str, str, Totals]]) -> tuple[SectionLine, ...]:
    """Return sections (number, titles, what they hold themselves) in their order, each under those it lies in.

    A section above that the bureau does not list has no title. What is counted twice in the lines, once in a section
    and once in the one above, is counted once in the lines of level one, which make the whole.
    """
    sums: dict[tuple[str, ...], Totals] = {}
    named: dict[tuple[str, ...], tuple[str, str, str]] = {}
    for number, zh, en, totals in sections:
        steps = number_steps(number) or (number,)
        named[steps] = (number, zh, en)
        for level in range(1, len(steps) + 1):
            sums[steps[:level]] = sums.get(steps[:level], Totals()).plus(totals)
    order = list(sums)
    places = {steps: order.index(steps) for steps in order}
    order.sort(key=lambda steps: [places[steps[:level]] for level in range(1, len(steps) + 1)])
    return tuple(
        SectionLine(*named.get(steps, ("".join(steps), "", "")), len(steps), sums[steps])
        for steps in order
        if sums[steps] != Totals()
    )
