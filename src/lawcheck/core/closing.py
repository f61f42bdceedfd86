"""The closing of a year (年度关账): what stands in its way, and the document that freezes what it comes to.

Open and overdue rows do not stand in its way: they stay what they are and are counted and named. What does are rows
whose review is not settled, and occasions of which nobody has said that they did not come.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from lawcheck.core.figure import FigureValue
from lawcheck.core.frozen import Document
from lawcheck.core.rate import RateValue
from lawcheck.core.totals import Totals
from lawcheck.core.year_cases import CaseTally, Term
from lawcheck.errors import NotConfirmed, ReviewsMissing, YearNotOver


class Part(NamedTuple):
    """A checklist of the year with what it comes to."""

    template: str
    title_zh: str
    title_en: str
    totals: Totals


class Idle(NamedTuple):
    """An item on occasion that did not happen in the year (未发生)."""

    code: str
    title_zh: str
    title_en: str


class Left(NamedTuple):
    """A row that the year leaves open or partly done; `due` is ISO 8601."""

    ref: str
    state: str
    due: str | None


class Kept(NamedTuple):
    """Evidence that is on a row of the year: `hash` of a file, None for a link or a document's number."""

    ref: str
    n: int
    kind: str
    name: str
    hash: str | None
    size: int | None
    dated: str | None


class Standing(NamedTuple):
    """A year as it stands when it is to be closed.

    `returned` and `to_review` are refs of rows; `counted` says what cases answer to each way of counting a figure,
    None where no case answers; `cases` are the cases by their kind, `terms` the terms that began in the year, `typed`
    the keys of figures that the bureau reported by hand.
    """

    parts: tuple[Part, ...]
    returned: tuple[str, ...]
    to_review: tuple[str, ...]
    idle: tuple[Idle, ...]
    left: tuple[Left, ...]
    rates: tuple[RateValue, ...]
    figures: tuple[FigureValue, ...]
    counted: Mapping[str, int | None]
    evidence: tuple[Kept, ...]
    cases: Mapping[str, CaseTally]
    terms: tuple[Term, ...]
    typed: tuple[str, ...] = ()

    def total(self) -> Totals:
        """Return all checklists together."""
        total = Totals()
        for part in self.parts:
            total = total.plus(part.totals)
        return total


def check_over(year: int, today: date) -> None:
    """Check that a year is over: until then nobody can say what did not happen in it.

    Raises:
        YearNotOver: it runs until the end of its last day.

    """
    if today <= date(year, 12, 31):
        raise YearNotOver(year=year, today=today.isoformat(), ends=f"{year}-12-31")


def check_settled(year: int, standing: Standing, *, confirm: bool) -> None:
    """Check that nothing stands in the way of closing a year; with `confirm` what did not happen is confirmed by that.

    All that stands in the way is told at once.

    Raises:
        ReviewsMissing: a row is returned, or a done row of an item that asks for a review has none.
        NotConfirmed: occasions did not come, and nobody confirms it.

    """
    unconfirmed = [] if confirm else list(standing.idle)
    returned, to_review = list(standing.returned), list(standing.to_review)
    if returned or to_review:
        raise ReviewsMissing(year=year, returned=returned, to_review=to_review, unconfirmed=unconfirmed)
    if unconfirmed:
        raise NotConfirmed(year=year, unconfirmed=unconfirmed)


def closing_document(year: int, standing: Standing, person: str, day: str) -> Document:
    """Return what a closed year comes to, as canonical JSON holds it; decimals are texts."""
    return {
        "format": 1,
        "year": year,
        "closed_on": day,
        "closed_by": person,
        "totals": _totals(standing.total()),
        "templates": [
            {"template": part.template, "title": _title(part.title_zh, part.title_en), "totals": _totals(part.totals)}
            for part in standing.parts
        ],
        "unfinished": [one._asdict() for one in standing.left],
        "not_triggered": [{"code": one.code, "title": _title(one.title_zh, one.title_en)} for one in standing.idle],
        "rates": [
            {
                "code": one.code,
                "title": _title(one.title_zh, one.title_en),
                "met": _decimal(one.met),
                "of": _decimal(one.of),
                "percent": one.percent(),
                "at_least": one.at_least,
                "source": one.source,
            }
            for one in standing.rates
        ],
        "figures": [
            {
                "key": one.key,
                "title": _title(one.title_zh, one.title_en),
                "measure": _title(one.measure_zh, one.measure_en),
                "value": one.value,
                "base": _decimal(one.base),
                "from": one.from_date and one.from_date.isoformat(),
                "to": one.to_date and one.to_date.isoformat(),
                "qualifier": one.qualifier,
                "source": one.source,
            }
            for one in standing.figures
        ],
        "counted": dict(standing.counted),
        **({"typed": list(standing.typed)} if standing.typed else {}),
        "cases": {kind: tally._asdict() for kind, tally in standing.cases.items()},
        "terms": [_term(one) for one in standing.terms],
        # Without its name, which may have to go by law: what is frozen here is never changed.
        "evidence": [
            {name: value for name, value in one._asdict().items() if name != "name"} for one in standing.evidence
        ],
    }


def frozen_cases(document: Document) -> dict[str, CaseTally] | None:
    """Return the cases that a closing froze, by their kind; None where it is older than that."""
    held = document.get("cases")
    return None if held is None else {kind: CaseTally(**tally) for kind, tally in held.items()}


def frozen_terms(document: Document) -> tuple[Term, ...] | None:
    """Return the terms that a closing froze; None where it is older than that."""
    held = document.get("terms")
    if held is None:
        return None
    return tuple(Term(**{name: _flat(one)[name] for name in Term._fields}) for one in held)


def _term(term: Term) -> Document:
    held = {name: value for name, value in term._asdict().items() if not name.endswith(("_zh", "_en"))}
    return {
        **held,
        "title": _title(term.title_zh, term.title_en),
        "clock_title": _title(term.clock_zh, term.clock_en),
    }


def _flat(term: Document) -> Document:
    """Return a frozen term with its words by language."""
    words = {"title": term["title"], "clock": term["clock_title"]}
    return term | {f"{name}_{language}": held[language] for name, held in words.items() for language in held}


def _totals(totals: Totals) -> Document:
    return {**totals._asdict(), "percent": totals.percent(), "score": totals.score()}


def _title(zh: str, en: str) -> Document:
    return {"zh": zh, "en": en}


def _decimal(value: object) -> str | None:
    return None if value is None else format(value, "f")
