"""The closed vocabularies of the field, stored by value."""

from enum import StrEnum
from typing import NamedTuple


class Text(NamedTuple):
    """One text in both languages."""

    zh: str
    en: str


class Kind(StrEnum):
    """When an item asks for something (类别)."""

    YEARLY = "yearly"
    PERIODIC = "periodic"
    OCCASION = "occasion"
    CASE = "case"


class State(StrEnum):
    """What became of a row."""

    OPEN = "open"
    PARTIAL = "partial"
    DONE = "done"
    NA = "na"


class Review(StrEnum):
    """What the reviewer said of a row (复核)."""

    NONE = "none"
    ACCEPTED = "accepted"
    RETURNED = "returned"


class Level(StrEnum):
    """How binding a source is (效力层级), the most binding first."""

    STATUTE = "statute"
    REGULATION = "regulation"
    RULE = "rule"
    LOCAL = "local"
    POLICY = "policy"
    PRACTICE = "practice"


class Certainty(StrEnum):
    """How sure a fact of law is: read in a text, recalled, or not found."""

    READ = "read"
    RECALLED = "recalled"
    NOT_FOUND = "not-found"


class Ended(StrEnum):
    """How a version of a law ended."""

    REPEALED = "repealed"
    SUPERSEDED = "superseded"
    PLAN_ENDED = "plan-ended"
    UNKNOWN = "unknown"


class Every(StrEnum):
    """How often a periodic item comes round."""

    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half-year"
    DATES = "dates"


class DueFrom(StrEnum):
    """Whether the law or practice fixes a day."""

    LAW = "law"
    PRACTICE = "practice"


class Adds(StrEnum):
    """How the entries of a figure add up."""

    SUM = "sum"
    LAST = "last"


class Qualifier(StrEnum):
    """How exact a figure's value is (限定词)."""

    EXACT = "exact"
    ABOUT = "about"
    MORE_THAN = "more-than"
    AT_BEST = "at-best"
    CUMULATIVE = "cumulative"
    COUNTED = "counted"
    INFERRED = "inferred"


class Span(StrEnum):
    """Whether a template is started for a year or opened for a case."""

    YEAR = "year"
    CASE = "case"
