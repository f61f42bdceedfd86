"""Starting a year: a template becomes a frozen copy with its law cited and its rows laid out."""

from datetime import date

from lawcheck.core.bureau import Bureau
from lawcheck.core.counted import counted_text
from lawcheck.core.frozen import Document
from lawcheck.core.frozen import frozen_text as _text
from lawcheck.core.law import NO_SUCCESSOR, Citation, LawDate, Level, Registry, Standing
from lawcheck.core.periods import Period, parse_due, periods
from lawcheck.core.template import DueFrom, Figure, Item, Practice, Template
from lawcheck.core.words import Kind
from lawcheck.errors import DutyUnheld

_LEVELS = list(Level)
CUSTOM = "custom"
"""The source of a practice that nobody but custom sets."""


def frozen_copy(template: Template, registry: Registry, bureau: Bureau, year: int) -> Document:
    """Return the checklist of a template for a year: items kept, citations resolved, rows and dates laid out.

    An item is kept when any of its bases, or its practice, stands in the year. Rows are written as the periods and
    the units of an item; `laid_rows` multiplies them out, which needs neither template nor rules.

    Raises:
        DutyUnheld: no unit of the bureau holds a duty of a kept item.

    """
    kept: list[Document] = []
    left_out: list[Document] = []
    unheld: set[str] = set()
    for item in template.items:
        citations = list(registry.cite(item.basis, year))
        if not item.lives_in(year):
            left_out.append(_left_out(item, "years", citations, registry))
        elif item.practice is None and not any(one.standing is Standing.IN_FORCE for one in citations):
            left_out.append(_left_out(item, "law", citations, registry))
        else:
            holders = bureau.holders(item.duty)
            if not holders:
                unheld.add(item.duty)
            units = holders if item.each else holders[:1]
            kept.append(_frozen_item(item, citations, registry, bureau, units, year))
    if unheld:
        raise DutyUnheld(template=template.code, duties=sorted(unheld), faults=())
    return {
        "format": 1,
        "year": year,
        "template": template.code,
        "title": _text(template.title),
        "about": _text(template.about),
        "items": kept,
        "left_out": left_out,
    }


def text_copy(template: Template, registry: Registry, bureau: Bureau, year: int) -> Document:
    """Return a template as a frozen copy holds it, with every item and every version that it names.

    What the law of the year would leave out is kept, so that two texts of a template can be compared.
    """
    items = [
        _frozen_item(one, list(registry.cite_all(one.basis, year)), registry, bureau, (), year)
        for one in template.items
    ]
    return {
        "format": 1,
        "year": year,
        "template": template.code,
        "title": _text(template.title),
        "about": _text(template.about),
        "items": items,
        "left_out": [],
    }


def _left_out(item: Item, why: str, citations: list[Citation], registry: Registry) -> Document:
    """Return what a frozen copy says of an item that its year does not ask for: why, and the law that had asked."""
    basis = [frozen_citation(one, registry) for one in citations]
    return {"code": item.code, "why": why, "title": _text(item.title), "basis": basis}


def _frozen_item(
    item: Item, citations: list[Citation], registry: Registry, bureau: Bureau, units: tuple[str, ...], year: int
) -> Document:
    live = [_LEVELS.index(one.law.level) for one in citations if one.standing is Standing.IN_FORCE]
    clock = _frozen_clock(item, registry)
    return {
        "code": item.code,
        "title": _text(item.title),
        "standard": _text(item.standard),
        "evidence": _text(item.evidence),
        "duty": item.duty,
        "units": list(units),
        "co_units": list(
            dict.fromkeys(unit for duty in item.co_duties for unit in bureau.holders(duty)[:1] if unit not in units)
        ),
        "each": item.each,
        "kind": item.kind.value,
        "every": item.every.value if item.every else None,
        "dates": list(item.dates),
        "due": item.due,
        "due_from": item.due_from.value if item.due_from else _due_from(clock),
        "deadline": _text(item.deadline) if item.deadline else None,
        "clock": clock,
        "rate": {"met": item.rate.met, "of": item.rate.of, "at_least": item.rate.at_least} if item.rate else None,
        "weight": item.weight,
        "section": item.section,
        "level": (_LEVELS[min(live)] if live else Level.PRACTICE).value,
        "basis": [frozen_citation(one, registry) for one in citations],
        "practice": frozen_practice(item.practice, registry) if item.practice else None,
        "note": _text(item.note) if item.note else None,
        "periods": [
            [one.name, one.begins.isoformat(), one.due.isoformat() if one.due else None]
            for one in _not_before_law(item, citations, item_periods(item, year))
        ],
        **asks_for_review(review=item.review),
    }


def asks_for_review(*, review: bool) -> Document:
    """Return what a frozen item says where it asks for a review; nothing where it does not, as older copies do."""
    return {"review": True} if review else {}


def _frozen_clock(item: Item, registry: Registry) -> Document | None:
    if item.clock is None:
        return None
    from lawcheck.core.clock import frozen_clock  # which cites as this module does

    return frozen_clock(item.clock, registry)


def _due_from(clock: Document | None) -> str | None:
    """Return whether law or practice sets the term of an occasion; None where it has none."""
    if clock is None:
        return None
    return (DueFrom.LAW if any(rule["basis"] for rule in clock["rules"]) else DueFrom.PRACTICE).value


def frozen_practice(practice: Practice, registry: Registry) -> Document:
    """Return where a practice comes from as a frozen copy holds it."""
    return {
        "source": practice.source,
        "title": _text(registry.sources[practice.source].title),
        "place": practice.place,
        "note": _text(practice.note) if practice.note else None,
    }


def _not_before_law(item: Item, citations: list[Citation], laid: tuple[Period, ...]) -> tuple[Period, ...]:
    """Take away what mere custom asks before the law it serves begins: periods over by then, and early days."""
    if item.practice is None or item.practice.source != CUSTOM:
        return laid
    begins = [
        one.version.begins.earliest() if one.version.begins.text else None
        for one in citations
        if one.standing is Standing.IN_FORCE
    ]
    known = [day for day in begins if day is not None]
    if not known or len(known) < len(begins):
        return laid
    first = min(known)
    early = [one for one in laid if one.due is not None and one.due < first]
    return tuple(one._replace(due=None) if one in early else one for one in laid if not (one in early and one.name))


def item_periods(item: Item, year: int) -> tuple[Period, ...]:
    """Return the periods of an item in a year: none for an item that has rows only when something happens."""
    if item.kind is Kind.YEARLY:
        rule = parse_due(item.due) if item.due else None
        return (Period(None, date(year, 1, 1), rule.due(year) if rule else None),)
    if item.kind is Kind.PERIODIC and item.every is not None:
        return periods(item.every, item.dates, year)
    return ()


def frozen_citation(citation: Citation, registry: Registry) -> Document:
    """Return a citation as a frozen copy holds it; `applies` bounds it within the year, by dates of law."""
    version, law = citation.version, citation.law
    source = registry.sources.get(citation.read_in or "")
    return {
        "law": law.id,
        "title": _text(version.title or law.title),
        "issuer": _text(law.issuer),
        "level": law.level.value,
        "version": version.id,
        "number": version.number,
        "number_certainty": version.number_certainty.value,
        "article": citation.article,
        "certainty": citation.certainty.value,
        "read_in": None if source is None else {"title": _text(source.title), "snapshot": source.snapshot},
        "issued": _law_date(version.issued),
        "from": _law_date(version.begins),
        "to": _law_date(version.ends) if version.ends else None,
        "ended": version.ended.value if version.ended else None,
        "successor": _successor(citation, registry),
        "standing": citation.standing.value,
        "standing_certainty": citation.standing_certainty.value,
        "applies": {
            "from": _law_date(citation.applies.begins) if citation.applies.begins else None,
            "to": _law_date(citation.applies.ends) if citation.applies.ends else None,
        },
        "note": _text(version.note) if version.note else None,
    }


def _successor(citation: Citation, registry: Registry) -> Document | None:
    """Return what follows a version that ends, with its start; certainty alone where it was looked for in vain."""
    found = registry.successor(citation.law, citation.version)
    if found is None:
        return {"certainty": NO_SUCCESSOR} if citation.version.successor == NO_SUCCESSOR else None
    law, version = found
    return {
        "law": law.id,
        "version": version.id,
        "title": _text(version.title or law.title),
        "number": version.number,
        "from": _law_date(version.begins),
        "certainty": version.begins.certainty.value,
    }


def _law_date(day: LawDate) -> Document:
    return {"date": day.text, "certainty": day.certainty.value, "by": day.by}


def bureau_document(bureau: Bureau) -> Document:
    """Return the bureau as a frozen document."""
    return {
        "format": 1,
        "name": _text(bureau.name),
        "units": [{"code": unit.code, "name": _text(unit.name)} for unit in bureau.units],
        "people": [
            {
                "id": one.id,
                "name": one.name,
                "unit": one.unit,
                "reviews": one.reviews,
                "begins": one.begins,
                "ends": one.ends,
            }
            for one in bureau.people
        ],
        "duties": {duty: list(units) for duty, units in bureau.duties.items()},
        "sections": [{"key": one.key, "number": one.number, "title": _text(one.title)} for one in bureau.sections],
        "figures": [{"key": figure.key, **figure_document(figure)} for figure in bureau.figures],
        "choices": dict(bureau.choices),
        **({"report": {"name": bureau.report.name, "text": bureau.report.text}} if bureau.report else {}),
        **({"typed": list(bureau.typed)} if bureau.typed else {}),
    }


def figure_document(figure: Figure) -> Document:
    """Return what a figure is, apart from its entries."""
    return {
        "title_zh": figure.title.zh,
        "title_en": figure.title.en,
        "measure_zh": figure.measure.zh,
        "measure_en": figure.measure.en,
        "adds": figure.adds.value,
        "section": figure.section,
        "counted": counted_text(figure.counted) if figure.counted else None,
    }
