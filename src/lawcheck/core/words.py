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


class EvidenceKind(StrEnum):
    """What evidence is (佐证材料): a file kept, one that may not be copied, a link, the number of a document."""

    FILE = "file"
    REFERENCE = "reference"
    LINK = "link"
    DOCUMENT = "document"
