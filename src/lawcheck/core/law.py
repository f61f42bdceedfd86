"""Law in time: versions of a document, dates with precision and certainty, what is in force when."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from lawcheck.core.words import Text


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


@dataclass(frozen=True, slots=True)
class LawDate:
    """A date of law as it is known: `text` is YYYY, YYYY-MM or YYYY-MM-DD, None when it was not found.

    `by` says, for a date not found, the day by which the document is known to have been in force.
    """

    text: str | None
    certainty: Certainty
    by: str | None = None

    def earliest(self) -> date | None:
        """Return the first day that the written precision allows."""
        return _bound(self.text or self.by, last=False)

    def latest(self) -> date | None:
        """Return the last day that the written precision allows."""
        return _bound(self.text or self.by, last=True)


def _bound(text: str | None, *, last: bool) -> date | None:
    if text is None:
        return None
    parts = [int(part) for part in text.split("-")]
    year = parts[0]
    month = parts[1] if len(parts) > 1 else (12 if last else 1)
    day = parts[2] if len(parts) > 2 else (monthrange(year, month)[1] if last else 1)
    return date(year, month, day)


EVERY_VERSION = "*"


class Standing(StrEnum):
    """How a version stands towards a year."""

    IN_FORCE = "in-force"
    NOT_YET = "not-yet"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Version:
    """One text of a law: its number, when it was in force, how it ended, and where it was read."""

    id: str
    title: Text | None
    number: str | None
    number_certainty: Certainty
    issued: LawDate
    begins: LawDate
    ends: LawDate | None
    ended: Ended | None
    read_in: tuple[str, ...]
    read: str | None
    note: Text | None

    def standing(self, year: int) -> Standing:
        """Tell whether the version may have been in force on any day of the year.

        What is not known does not exclude: a document whose start was not found stands from its issue, if that is
        known, and one whose end was not found still stands.
        """
        begins = self.begins.earliest() if self.begins.text else (self.issued.earliest() or self.begins.earliest())
        if begins is not None and begins.year > year:
            return Standing.NOT_YET
        ends = self.ends.latest() if self.ends else None
        if ends is not None and ends.year < year:
            return Standing.ENDED
        return Standing.IN_FORCE


@dataclass(frozen=True, slots=True)
class Law:
    """A document of the registry (法源) with its versions, oldest first."""

    id: str
    title: Text
    level: Level
    issuer: Text
    note: Text | None
    versions: tuple[Version, ...]

    def version(self, version_id: str) -> Version | None:
        """Return the version with this id, if there is one."""
        return next((version for version in self.versions if version.id == version_id), None)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text was read, or where a practice comes from; never shown as law."""

    id: str
    title: Text
    place: str | None
    snapshot: str | None


@dataclass(frozen=True, slots=True)
class Basis:
    """Law and article of an item; `articles` and where they were read by version id, or under `*` for every version."""

    law: str
    articles: dict[str, str]
    only: tuple[str, ...]
    certainty: Certainty
    read_in: dict[str, str]

    def article(self, version_id: str) -> str | None:
        """Return the article in a version; None when it was not confirmed in that version."""
        return self.articles.get(version_id, self.articles.get(EVERY_VERSION))

    def source(self, version_id: str) -> str | None:
        """Return where the article of a version was read; None when it was not."""
        return self.read_in.get(version_id, self.read_in.get(EVERY_VERSION))


@dataclass(frozen=True, slots=True)
class Citation:
    """One version that an item rests on in a year, with the article as far as it is confirmed."""

    law: Law
    version: Version
    article: str | None
    certainty: Certainty
    read_in: str | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class Registry:
    """All laws and sources, by id."""

    laws: dict[str, Law]
    sources: dict[str, Source] = field(default_factory=dict)

    def cite(self, bases: tuple[Basis, ...], year: int) -> Iterator[Citation]:
        """Yield the versions in force in the year, and the last one that ended where none is."""
        for basis in bases:
            law = self.laws[basis.law]
            versions = [version for version in law.versions if not basis.only or version.id in basis.only]
            standings = [(version, version.standing(year)) for version in versions]
            live = [pair for pair in standings if pair[1] is Standing.IN_FORCE]
            ended = [pair for pair in standings if pair[1] is Standing.ENDED]
            for version, standing in live or ended[-1:]:
                article, source = basis.article(version.id), basis.source(version.id)
                read = article is not None and source is not None
                certainty = basis.certainty if read or basis.certainty is not Certainty.READ else Certainty.NOT_FOUND
                yield Citation(law, version, article, certainty, source if article else None, standing)
