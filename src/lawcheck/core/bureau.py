"""The bureau (单位档案): its units, people, which unit holds which duty, sections of its report."""

from dataclasses import dataclass, field

from lawcheck.core.template import Figure
from lawcheck.core.words import Text

EVERY_OTHER_DUTY = "*"


@dataclass(frozen=True, slots=True)
class Unit:
    """A section, office or sub-district that answers for rows (责任单位)."""

    code: str
    name: Text


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the bureau (人员); `begins` and `ends` are ISO days, None when open."""

    id: str
    name: str
    unit: str
    reviews: bool
    begins: str | None
    ends: str | None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the bureau's report that items and figures point to."""

    key: str
    number: str
    title: Text


@dataclass(frozen=True, slots=True)
class ReportText:
    """The bureau's own plan of its report: the name of the file and its text, as written."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Bureau:
    """One bureau; `duties` maps a duty, or `*` for every other, to the codes of its units.

    `choices` are its answers to questions that no text answers, by the question's name; the default is left out.
    `report` is None where it uses the plan that comes with lawcheck. `typed` are keys of figures that it reports by
    hand although cases or rows could answer them.
    """

    name: Text
    units: tuple[Unit, ...]
    people: tuple[Person, ...]
    duties: dict[str, tuple[str, ...]]
    sections: tuple[Section, ...]
    figures: tuple[Figure, ...]
    choices: dict[str, str] = field(default_factory=dict)
    report: ReportText | None = None
    typed: tuple[str, ...] = ()

    def holders(self, duty: str) -> tuple[str, ...]:
        """Return the units that hold a duty, the first of them answering for it; empty when nobody does."""
        return self.duties.get(duty, self.duties.get(EVERY_OTHER_DUTY, ()))
