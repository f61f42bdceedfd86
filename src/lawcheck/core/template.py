"""Templates (清单模板) as the rules see them: the items and figures of one area, the milestones and items of a case."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from lawcheck.core.counted import Rule
from lawcheck.core.figure import Adds
from lawcheck.core.law import Basis
from lawcheck.core.periods import Every
from lawcheck.core.words import Kind, Text

if TYPE_CHECKING:
    from lawcheck.core.clock import Clock


class DueFrom(StrEnum):
    """Whether the law or practice fixes a day."""

    LAW = "law"
    PRACTICE = "practice"


@dataclass(frozen=True, slots=True)
class Practice:
    """Where a practice comes from: a source of the registry, a place in it, and a word about it."""

    source: str
    place: str | None
    note: Text | None


@dataclass(frozen=True, slots=True)
class Rate:
    """The rate a case item stands for: `met` of `of`, to reach `at_least` per cent."""

    met: str
    of: str
    at_least: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity for the report: key, measure (计量单位), how entries add up, section; how it is answered, if so."""

    key: str
    title: Text
    measure: Text
    adds: Adds
    section: str
    counted: Rule | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A duty in a template (事项); `clock` is the term of an occasion, where a text gives it a number.

    `review` says that somebody else than those who did it confirms that it is done.
    """

    code: str
    title: Text
    standard: Text
    evidence: Text
    duty: str
    co_duties: tuple[str, ...]
    each: bool
    kind: Kind
    every: Every | None
    dates: tuple[str, ...]
    due: str | None
    due_from: DueFrom | None
    deadline: Text | None
    rate: Rate | None
    weight: int
    section: str
    first_year: int | None
    last_year: int | None
    basis: tuple[Basis, ...]
    practice: Practice | None
    note: Text | None
    clock: "Clock | None" = None
    review: bool = False

    def lives_in(self, year: int) -> bool:
        """Tell whether the item itself, apart from its law, belongs to the year."""
        return (self.first_year or year) <= year <= (self.last_year or year)


@dataclass(frozen=True, slots=True)
class Template:
    """One area of duties for a year."""

    code: str
    title: Text
    about: Text
    figures: tuple[Figure, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """Something about a case that decides which of its rows apply: true or not, not unless said."""

    name: str
    title: Text


@dataclass(frozen=True, slots=True)
class Derived:
    """A milestone that follows from another by law, as service is deemed some days after the public notice."""

    milestone: str
    rule: str


@dataclass(frozen=True, slots=True)
class Expected:
    """A step that must have been taken when a milestone is reached, by the facts: one of `milestones` is enough."""

    milestones: tuple[str, ...]
    when: tuple[str, ...]
    unless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Milestone:
    """A dated event of a case that starts or bounds deadlines (节点).

    `after` names milestones that come first as a rule (out of order is warned of); `not_before` those before which it
    cannot lie in law or logic; `expects` the steps without which it is warned of. `planned` ones may lie ahead, as a
    hearing does; `timed` ones have a time of day.
    """

    name: str
    title: Text
    after: tuple[str, ...]
    not_before: tuple[str, ...]
    expects: tuple[Expected, ...]
    planned: bool
    timed: bool
    derived: tuple[Derived, ...]


@dataclass(frozen=True, slots=True)
class CaseItem:
    """A duty in every case: a row begins with the milestone `starts` and ends with `ends`, where they are named.

    `when` lists facts that must hold, `unless` facts that must not. `clock` names the term, and the law with it; an
    item without one has its own `basis` or `practice`. `review` as for an item of a year.
    """

    code: str
    title: Text
    standard: Text
    evidence: Text
    duty: str
    when: tuple[str, ...]
    unless: tuple[str, ...]
    clock: str | None
    starts: str | None
    ends: str | None
    weight: int
    basis: tuple[Basis, ...]
    practice: Practice | None
    note: Text | None
    review: bool = False


@dataclass(frozen=True, slots=True)
class CaseTemplate:
    """One kind of case: `opens` is the milestone recorded when a case is opened, `closes` the one that closes it."""

    code: str
    title: Text
    about: Text
    opens: str
    closes: str | None
    facts: tuple[Fact, ...]
    milestones: tuple[Milestone, ...]
    items: tuple[CaseItem, ...]
