"""Files -> values of core: shape first, then what only the whole can tell, every fault with its place."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from lawcheck.core.bureau import EVERY_OTHER_DUTY, Bureau, Person, ReportText, Section, Unit
from lawcheck.core.counted import Counted, RateCounted, RowsCounted, Rule, Share
from lawcheck.core.deadline import Unit as TermUnit
from lawcheck.core.deadline import parse_rule
from lawcheck.core.figure import Adds
from lawcheck.core.law import (
    NO_SUCCESSOR,
    Certainty,
    Ended,
    Law,
    LawDate,
    Level,
    Registry,
    Version,
)
from lawcheck.core.law import Source as LawSource
from lawcheck.core.periods import Every, is_month_day, parse_due
from lawcheck.core.refs import is_unit_code
from lawcheck.core.template import CaseTemplate, DueFrom, Figure, Item, Rate, Template
from lawcheck.core.words import Kind, Text
from lawcheck.library import schema
from lawcheck.library.nodes import Fault, Path_, Source, read_source
from lawcheck.library.places import case_files, checklists, template_files
from lawcheck.library.shaping import basis_of, check_bases, check_practice, finished, kind_of, practice_of, shaped
from lawcheck.library.shaping import optional as _optional
from lawcheck.library.shaping import text_of as _text

if TYPE_CHECKING:
    from lawcheck.core.clock import Clocks

# --- laws and duties --------------------------------------------------------------------------


def read_registry(path: Path | None = None) -> Registry:
    """Read `laws.yaml`.

    Raises:
        BadFile: with every fault.

    """
    source = read_source(path or checklists() / "laws.yaml")
    held = shaped(source, schema.LawsFile)
    if held is not None:
        _check_laws(source, held)
    finished([source])
    assert held is not None  # noqa: S101  # `finished` has raised otherwise
    return Registry(
        {law_id: _law(law_id, law) for law_id, law in held.laws.items()},
        {one: LawSource(one, _text(s.title), s.place, s.snapshot) for one, s in held.sources.items()},
    )


def _check_laws(source: Source, held: schema.LawsFile) -> None:
    for law_id, law in held.laws.items():
        seen: set[str] = set()
        for index, version in enumerate(law.versions):
            here: Path_ = ("laws", law_id, "versions", index)
            if version.id in seen:
                source.fault((*here, "id"), "duplicate-version", "one-version", key=version.id)
            seen.add(version.id)
            if version.successor is not None and (version.ends is None or version is not law.versions[-1]):
                source.fault((*here, "successor"), "successor-misplaced", "successor-of-ended", key=law_id)
            elif version.successor not in (None, NO_SUCCESSOR, *held.laws):
                source.fault((*here, "successor"), "unknown-law", "law", key=version.successor)
            if (version.ends is None) != (version.ended is None):
                source.fault((*here, "ended"), "end-unexplained", "to-and-ended", key=law_id)
            for name, day in (("issued", version.issued), ("from", version.begins), ("to", version.ends)):
                for part, text in (("date", day.date), ("by", day.by)) if day is not None else ():
                    if text is not None and not _is_day(text):
                        source.fault((*here, name, part), "no-such-date", "date", key=text)
                if day is not None and (day.date is None) != (day.certainty == "not-found"):
                    source.fault((*here, name), "date-certainty", "date-or-not-found", key=name)
            for place, origin in enumerate(version.read_in):
                if origin not in held.sources:
                    source.fault((*here, "read_in", place), "unknown-source", "source", key=origin)


def _law(law_id: str, law: schema.LawShape) -> Law:
    return Law(
        law_id,
        _text(law.title),
        Level(law.level),
        _text(law.issuer),
        _optional(_text, law.note),
        tuple(
            Version(
                version.id,
                _optional(_text, version.title),
                version.number,
                Certainty(version.number_certainty),
                _law_date(version.issued),
                _law_date(version.begins),
                _optional(_law_date, version.ends),
                Ended(version.ended) if version.ended else None,
                tuple(version.read_in),
                version.read,
                _optional(_text, version.note),
                version.successor,
            )
            for version in law.versions
        ),
        _optional(_text, law.uncited),
    )


def _law_date(day: schema.LawDateShape) -> LawDate:
    return LawDate(day.date, Certainty(day.certainty), day.by)


def read_duties(path: Path | None = None) -> dict[str, Text]:
    """Read `duties.yaml`: the duties that items may name, with their titles.

    Raises:
        BadFile: with every fault.

    """
    source = read_source(path or checklists() / "duties.yaml")
    held = shaped(source, schema.DutiesFile)
    finished([source])
    assert held is not None  # noqa: S101  # `finished` has raised otherwise
    return {key: _text(title) for key, title in held.duties.items()}


# --- templates --------------------------------------------------------------------------------


def read_templates(
    paths: Iterable[Path] | None,
    registry: Registry,
    duties: dict[str, Text],
    clocks: "Clocks | None" = None,
    cases: Iterable[CaseTemplate] = (),
) -> list[Template]:
    """Read templates, all that come with lawcheck when no path is given.

    Clocks are read only where an item names one and none are given. Of what figures say of cases, more than the kind
    of case is checked where its template is given.

    Raises:
        BadFile: with every fault of every file.

    """
    sources: list[Source] = []
    shapes: list[schema.TemplateFile] = []
    codes: dict[str, str] = {}
    kinds = {one.code: one for one in cases}
    for path in template_files() if paths is None else paths:
        source = read_source(path)
        sources.append(source)
        if kind_of(source) == "case":
            source.fault(("for",), "case-file", "for-year")
            continue
        held = shaped(source, schema.TemplateFile)
        if held is None:
            continue
        if held.template in codes:
            source.fault(
                ("template",), "duplicate-template", "one-template", key=held.template, other=codes[held.template]
            )
        codes.setdefault(held.template, source.path)
        if clocks is None and any(item.clock for item in held.items):
            from lawcheck.library.clocks import read_clocks  # only where an item names one

            clocks = read_clocks(registry)
        _check_template(source, held, registry, duties)
        _check_figures(source, held.figures, kinds)
        _check_clocks(source, held, clocks)
        shapes.append(held)
    finished(sources)
    return [_template(one, clocks) for one in shapes]


def _check_template(source: Source, held: schema.TemplateFile, registry: Registry, duties: dict[str, Text]) -> None:
    keys: set[str] = set()
    for index, figure in enumerate(held.figures):
        if figure.key in keys:
            source.fault(("figures", index, "key"), "duplicate-figure", "one-figure", key=figure.key)
        keys.add(figure.key)
    codes: set[str] = set()
    for index, item in enumerate(held.items):
        here: Path_ = ("items", index)
        if item.code in codes:
            source.fault((*here, "code"), "duplicate-code", "one-code", key=item.code)
        codes.add(item.code)
        if ("template",) not in source.mended and not item.code.startswith(held.template + "-"):
            source.fault((*here, "code"), "foreign-code", "own-code", key=item.code, template=held.template)
        for place, duty in ((("duty",), item.duty), *((("with", n), one) for n, one in enumerate(item.co_duties))):
            if duty not in duties:
                source.fault((*here, *place), "unknown-duty", "duty", key=duty)
        _check_when(source, here, item)
        _check_basis(source, here, item, registry)
        _check_rate(source, here, item, keys)


def _check_when(source: Source, here: Path_, item: schema.ItemShape) -> None:
    """Check that kind, period and due rule fit together."""
    periodic, yearly = item.kind == "periodic", item.kind == "yearly"
    if (item.every is not None) != periodic:
        source.fault((*here, "every"), "every-misplaced", "every-periodic", kind=item.kind)
    if (item.dates is not None) != (item.every == "dates"):
        source.fault((*here, "dates"), "dates-misplaced", "dates-every-dates")
    for n, day in enumerate(item.dates or []):
        if item.dates and day in item.dates[:n]:
            source.fault((*here, "dates", n), "duplicate-entry", "one-entry", key=day)
        if not is_month_day(day):
            source.fault((*here, "dates", n), "no-such-day", "month-day", key=day)
    wants_due = yearly or (periodic and item.every != "dates")
    if (item.due is not None) != wants_due:
        source.fault((*here, "due"), "due-misplaced", "due-yearly", kind=item.kind)
    elif item.due is not None and periodic != (item.due == "by period end"):
        source.fault((*here, "due"), "due-other-kind", "due-of-kind", kind=item.kind, key=item.due)
    elif item.due is not None and yearly and parse_due(item.due) is None:
        source.fault((*here, "due"), "no-such-day", "month-day", key=item.due)
    if (item.due_from is not None) != (yearly or periodic):
        source.fault((*here, "due_from"), "due-from-misplaced", "due-from-yearly", kind=item.kind)
    if item.kind in ("occasion", "case") and item.deadline is None:
        source.fault((*here, "deadline"), "deadline-missing", "deadline", key=item.code)
    years = item.years
    if years and years.first and years.last and years.first > years.last:
        source.fault((*here, "years"), "years-reversed", "years-in-order")


def _check_basis(source: Source, here: Path_, item: schema.ItemShape, registry: Registry) -> None:
    check_bases(source, (*here, "basis"), item.basis, registry)
    if not item.basis and item.source is None:
        source.fault((*here, "basis"), "no-ground", "basis-or-source", key=item.code)
    if item.due_from == "practice" and item.source is None:
        source.fault((*here, "source"), "practice-unsourced", "source-of-practice", key=item.code)
    if item.due_from == "law" and not item.basis:
        source.fault((*here, "due_from"), "no-law-for-day", "basis", key=item.code)
    check_practice(source, (*here, "source"), item.source, registry)


def _check_rate(source: Source, here: Path_, item: schema.ItemShape, keys: set[str]) -> None:
    if (item.rate is not None) != (item.kind == "case"):
        source.fault((*here, "rate"), "rate-misplaced", "rate-case", kind=item.kind)
    if item.review and item.kind == "case":
        source.fault((*here, "review"), "review-misplaced", "review-with-rows", kind=item.kind)
    if item.rate is not None:
        for name, key in (("met", item.rate.met), ("of", item.rate.of)):
            if key not in keys:
                source.fault((*here, "rate", name), "unknown-figure", "figure", key=key)


def _check_figures(source: Source, figures: Iterable[schema.FigureShape], kinds: Mapping[str, CaseTemplate]) -> None:
    """Check that what figures count of cases is there to be counted."""
    known = {*kinds, *(path.stem for path in case_files())}
    for index, figure in enumerate(figures):
        _check_rule(source, index, figure)
        counted, here = figure.counted, ("figures", index, "counted")
        if counted is None or any(part[:3] == here for part in source.mended):
            continue
        if (counted.row is None) != (counted.which is None):
            source.fault((*here, "which"), "which-misplaced", "which-with-row", key=figure.key)
        if counted.case not in known:
            source.fault((*here, "case"), "no-case-template", "case-template", key=counted.case)
        kind = kinds.get(counted.case)
        if kind is None:
            continue
        parts: list[tuple[Path_, str | None, set[str]]] = [
            (("by",), counted.by, {one.name for one in kind.milestones}),
            (("fact",), counted.fact, {one.name for one in kind.facts}),
            *((("row",), code, {one.code for one in kind.items}) for code in _rows_counted(counted)),
        ]
        for place, name, names in parts:
            if name is not None and name not in names:
                source.fault((*here, *place), "unknown-part-of-case", "part-of-case", key=name, case=counted.case)


def _check_rule(source: Source, index: int, figure: schema.FigureShape) -> None:
    """Check that a figure has one rule at most, and that a rate or share is in per cent."""
    rules = [name for name in ("counted", "rows", "rate", "share") if getattr(figure, name)]
    if len(rules) > 1:
        source.fault(("figures", index, rules[1]), "two-rules", "one-rule", key=figure.key)
    if (figure.rate is not None or figure.share) and figure.measure.zh != "%":
        source.fault(("figures", index, "measure", "zh"), "no-percent", "percent", key=figure.key)


def _rows_counted(counted: schema.CountedShape) -> tuple[str, ...]:
    return (counted.row,) if isinstance(counted.row, str) else tuple(counted.row or ())


def _check_clocks(source: Source, held: schema.TemplateFile, clocks: "Clocks | None") -> None:
    """Check that clocks stand with occasions only, and that a day is enough to start them."""
    for index, item in enumerate(held.items):
        here: Path_ = ("items", index, "clock")
        if item.clock is None or clocks is None:
            continue
        clock = clocks.clocks.get(item.clock)
        if item.kind != "occasion":
            source.fault(here, "clock-misplaced", "clock-occasion", kind=item.kind)
        elif clock is None:
            source.fault(here, "unknown-clock", "clock", key=item.clock)
        elif clock.transition or any(
            rule.how != "within" or rule.unit is TermUnit.HOURS
            for rule in (parse_rule(one.rule) for one in clock.rules)
        ):
            source.fault(here, "clock-unfit", "clock-forward", key=item.clock)


def _template(held: schema.TemplateFile, clocks: "Clocks | None") -> Template:
    return Template(
        held.template,
        _text(held.title),
        _text(held.about),
        tuple(_figure(figure) for figure in held.figures),
        tuple(_item(item, clocks) for item in held.items),
    )


def _item(item: schema.ItemShape, clocks: "Clocks | None") -> Item:
    return Item(
        code=item.code,
        title=_text(item.title),
        standard=_text(item.standard),
        evidence=_text(item.evidence),
        duty=item.duty,
        co_duties=tuple(item.co_duties),
        each=item.each,
        kind=Kind(item.kind),
        every=Every(item.every) if item.every else None,
        dates=tuple(item.dates or ()),
        due=item.due,
        due_from=DueFrom(item.due_from) if item.due_from else None,
        deadline=_optional(_text, item.deadline),
        rate=Rate(item.rate.met, item.rate.of, item.rate.at_least) if item.rate else None,
        weight=item.weight,
        section=item.section,
        first_year=item.years.first if item.years else None,
        last_year=item.years.last if item.years else None,
        basis=tuple(basis_of(basis) for basis in item.basis),
        practice=_optional(practice_of, item.source),
        note=_optional(_text, item.note),
        clock=clocks.clocks[item.clock] if item.clock and clocks else None,
        review=item.review,
    )


def _figure(figure: schema.FigureShape) -> Figure:
    return Figure(
        figure.key,
        _text(figure.title),
        _text(figure.measure),
        Adds(figure.adds),
        figure.section,
        _rule(figure),
    )


def _rule(figure: schema.FigureShape) -> Rule | None:
    """Return how the register answers a figure, or what bounds what is typed."""
    if figure.rows is not None:
        of = figure.rows.of
        return RowsCounted((of,) if isinstance(of, str) else tuple(of), figure.rows.which)
    if figure.rate is not None:
        return RateCounted(figure.rate.met, figure.rate.of)
    return Share() if figure.share else _optional(_counted, figure.counted)


def _counted(counted: schema.CountedShape) -> Counted:
    return Counted(counted.case, counted.by, counted.fact, _rows_counted(counted), counted.which)


# --- the bureau -------------------------------------------------------------------------------


def read_bureau(path: Path, duties: dict[str, Text]) -> Bureau:
    """Read a `bureau.yaml`.

    Raises:
        BadFile: with every fault.

    """
    source = read_source(path)
    held = shaped(source, schema.BureauFile)
    if held is not None:
        _check_bureau(source, held, duties)
        _check_figures(source, held.figures, {})
        if held.choices:
            _check_choices(source, held.choices)
    report = _report_text(path, held.report) if held is not None and held.report else None
    finished([source])
    assert held is not None  # noqa: S101  # `finished` has raised otherwise
    return Bureau(
        _text(held.name),
        tuple(Unit(unit.code, _text(unit.name)) for unit in held.units),
        tuple(Person(one.id, one.name, one.unit, one.reviews, one.begins, one.ends) for one in held.people),
        {duty: (units,) if isinstance(units, str) else tuple(units) for duty, units in held.duties.items()},
        tuple(Section(one.key, one.number, _text(one.title)) for one in held.sections),
        tuple(_figure(figure) for figure in held.figures),
        dict(held.choices),
        report,
        tuple(held.typed),
    )


def _report_text(bureau: Path, name: str) -> ReportText:
    """Return the plan of a report that stands beside a bureau's file.

    Raises:
        BadFile: with every fault of the plan.

    """
    from lawcheck.library.report_plan import read_plan  # only where the bureau has one

    path = bureau.with_name(name)
    read_plan(path)
    return ReportText(name, path.read_text(encoding="utf-8-sig"))


def _check_choices(source: Source, choices: Mapping[str, str]) -> None:
    """Check a bureau's answers against the questions of the clocks."""
    from lawcheck.library.clocks import read_clocks  # only where the bureau answers one

    known = read_clocks(read_registry()).choices
    for name, answer in choices.items():
        if name not in known:
            source.fault(("choices", name), "unknown-question", "question", key=name, known=list(known))
        elif answer not in known[name].answers:
            source.fault(("choices", name), "unknown-answer", "answer", key=answer, known=list(known[name].answers))


def _check_bureau(source: Source, held: schema.BureauFile, duties: dict[str, Text]) -> None:
    units: set[str] = set()
    for index, unit in enumerate(held.units):
        if unit.code in units:
            source.fault(("units", index, "code"), "duplicate-unit", "one-unit", key=unit.code)
        units.add(unit.code)
        if not is_unit_code(unit.code):
            source.fault(("units", index, "code"), "unit-like-period", "unit-code", key=unit.code)
    for group, name, things in (
        ("people", "id", [one.id for one in held.people]),
        ("sections", "key", [one.key for one in held.sections]),
        ("figures", "key", [one.key for one in held.figures]),
    ):
        for index, key in enumerate(things):
            if key in things[:index]:
                source.fault((group, index, name), "duplicate-entry", "one-entry", key=key)
    _check_people(source, held, units)
    for duty, holders in held.duties.items():
        if duty not in duties and duty != EVERY_OTHER_DUTY:
            source.fault(("duties", duty), "unknown-duty-held", "duty", key=duty)
        named = [holders] if isinstance(holders, str) else holders
        for n, code in enumerate(named):
            if code not in units:
                source.fault(("duties", duty, n), "unknown-unit", "unit", key=code)
            if code in named[:n]:
                source.fault(("duties", duty, n), "duplicate-entry", "one-entry", key=code)


def _check_people(source: Source, held: schema.BureauFile, units: set[str]) -> None:
    for index, person in enumerate(held.people):
        if person.unit not in units:
            source.fault(("people", index, "unit"), "unknown-unit", "unit", key=person.unit)
        for name, text in (("from", person.begins), ("to", person.ends)):
            if text is not None and not _is_day(text):
                source.fault(("people", index, name), "no-such-date", "date", key=text)


# --- the demonstration year -------------------------------------------------------------------


def read_demo(path: Path) -> schema.DemoFile:
    """Read a demonstration year.

    Raises:
        BadFile: with every fault.

    """
    source = read_source(path)
    held = shaped(source, schema.DemoFile)
    for index, step in enumerate(held.steps if held else []):
        if sum(one is not None for one in (step.tick, step.partial, step.occasion, step.note)) != 1:
            source.fault(("steps", index), "step-unclear", "one-verb")
        if step.partial is not None and step.left is None:
            source.fault(("steps", index), "missing-key", "required", key="left")
    finished([source])
    assert held is not None  # noqa: S101  # `finished` has raised otherwise
    return held


def _is_day(text: str) -> bool:
    """Tell whether a day exists; a year or a month of the right form always does."""
    try:
        return bool(date.fromisoformat(text + "0000-01-01"[len(text) :]))
    except ValueError:
        return False


__all__ = [
    "Fault",
    "finished",
    "read_bureau",
    "read_demo",
    "read_duties",
    "read_registry",
    "read_templates",
]
