"""Law in time: the versions of a document, and which of them an item cites in a year or on a day."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from lawcheck.core.force import Applies, Certainty, Force, LawDate, OnDay, Standing
from lawcheck.core.words import Text

__all__ = [
    "EVERY_VERSION",
    "NO_SUCCESSOR",
    "Applies",
    "Basis",
    "Certainty",
    "Citation",
    "Ended",
    "Force",
    "Law",
    "LawDate",
    "Level",
    "OnDay",
    "Registry",
    "Source",
    "Standing",
    "Version",
]


class Level(StrEnum):
    """How binding a source is (效力层级), the most binding first."""

    STATUTE = "statute"
    REGULATION = "regulation"
    RULE = "rule"
    LOCAL = "local"
    POLICY = "policy"
    PRACTICE = "practice"


class Ended(StrEnum):
    """How a version of a law ended."""

    REPEALED = "repealed"
    SUPERSEDED = "superseded"
    PLAN_ENDED = "plan-ended"
    UNKNOWN = "unknown"


EVERY_VERSION = "*"
NO_SUCCESSOR = "not-found"
"""Stands for what follows a version where that was looked for and not found."""


@dataclass(frozen=True, slots=True)
class Version:
    """One text of a law: its number, when it was in force, how it ended, and where it was read.

    `successor` is the id of the law that follows where that is another law, or NO_SUCCESSOR.
    """

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
    successor: str | None = None

    @property
    def force(self) -> Force:
        """Return the dates that decide when the version is in force."""
        return Force(self.issued, self.begins, self.ends)

    def standing(self, year: int) -> Standing:
        """Tell whether the version may have been in force on any day of the year."""
        return self.force.in_year(year)

    def standing_on(self, day: date) -> OnDay:
        """Tell whether the version may have been in force on a day, and how sure that is."""
        return self.force.on(day)


@dataclass(frozen=True, slots=True)
class Law:
    """A document of the registry (法源) with its versions, oldest first; `uncited` says why no item rests on it."""

    id: str
    title: Text
    level: Level
    issuer: Text
    note: Text | None
    versions: tuple[Version, ...]
    uncited: Text | None = None

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
    """One version that an item rests on in a year or on a day, with the article as far as it is confirmed.

    `certainty` is that of the article, `standing_certainty` that of the standing; `applies` says within which days of
    the year the version applies.
    """

    law: Law
    version: Version
    article: str | None
    certainty: Certainty
    read_in: str | None
    standing: Standing
    standing_certainty: Certainty
    applies: Applies


@dataclass(frozen=True, slots=True)
class Registry:
    """All laws and sources, by id."""

    laws: dict[str, Law]
    sources: dict[str, Source] = field(default_factory=dict)

    def cite(self, bases: Iterable[Basis], year: int) -> Iterator[Citation]:
        """Yield the versions in force in the year, and the last one that ended where none is."""
        for law, basis, version, on in self._cited(bases, lambda version: _in_year(version, year)):
            yield _citation(law, basis, version, on, year)

    def cite_on(self, bases: Iterable[Basis], day: date) -> Iterator[Citation]:
        """Yield the versions in force on a day, and the last one that ended where none is.

        Where the dates do not tell which of two versions stands on the day, both are yielded, each as unsure as it is.
        """
        for law, basis, version, on in self._cited(bases, lambda version: version.standing_on(day)):
            yield _citation(law, basis, version, on, day.year)

    def cite_all(self, bases: Iterable[Basis], year: int) -> Iterator[Citation]:
        """Yield every version that the bases name, with its standing in the year."""
        for basis in bases:
            law = self.laws[basis.law]
            for version in _named(law, basis):
                yield _citation(law, basis, version, _in_year(version, year), year)

    def _cited(
        self, bases: Iterable[Basis], stands: Callable[[Version], OnDay]
    ) -> Iterator[tuple[Law, Basis, Version, OnDay]]:
        for basis in bases:
            law = self.laws[basis.law]
            found = [(law, basis, version, stands(version)) for version in _named(law, basis)]
            live = [one for one in found if one[3].standing is Standing.IN_FORCE]
            yield from live or [one for one in found if one[3].standing is Standing.ENDED][-1:]

    def successor(self, law: Law, version: Version) -> tuple[Law, Version] | None:
        """Return what follows a version that ended: the next of its law, or the law that its entry names."""
        if version.ends is None:
            return None
        later = law.versions[law.versions.index(version) + 1 :]
        if later:
            return law, later[0]
        other = self.laws.get(version.successor or "")
        return (other, other.versions[0]) if other else None


def _named(law: Law, basis: Basis) -> list[Version]:
    return [version for version in law.versions if not basis.only or version.id in basis.only]


def _in_year(version: Version, year: int) -> OnDay:
    """Return the standing in a year, as sure as on its surest day."""
    standing = version.standing(year)
    bounds = (date(year, 1, 1), date(year, 12, 31), version.begins.latest(), version.ends and version.ends.earliest())
    on = [version.standing_on(day) for day in bounds if day is not None and day.year == year]
    surest = min((list(Certainty).index(one.certainty) for one in on if one.standing is standing), default=-1)
    return OnDay(standing, list(Certainty)[surest])


def _citation(law: Law, basis: Basis, version: Version, on: OnDay, year: int) -> Citation:
    article, source = basis.article(version.id), basis.source(version.id)
    if version.id not in basis.articles and not version.read_in and any(one.read_in for one in law.versions):
        article = None  # article numbers belong to a version: those of another text are not those of one unread
    read = article is not None and source is not None
    certainty = basis.certainty if read or basis.certainty is not Certainty.READ else Certainty.NOT_FOUND
    source = source if article else None
    return Citation(law, version, article, certainty, source, on.standing, on.certainty, version.force.within(year))
