"""The year's report in words: what was written, what is missing, where numbers come from, what is private."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from lawcheck.core.counted import parse_counted
from lawcheck.core.figure import FigureEntry, FigureValue
from lawcheck.core.refs import entry_ref
from lawcheck.core.report import MANY
from lawcheck.render.figures import growth_words, period_words, rule_words, value_words
from lawcheck.render.grid import Block, Cell, Column, Grid
from lawcheck.render.language import N_, _, pick, plural
from lawcheck.render.safe import safe
from lawcheck.render.words import QUALIFIERS, amount, day, word

if TYPE_CHECKING:
    from lawcheck.core.evidence import Evidence
    from lawcheck.core.privacy import Private
    from lawcheck.core.report import Gap, Origin
    from lawcheck.service.report import Report, ReportSource, SourceFigure

PRIVATE = {"identity": N_("identity number"), "telephone": N_("telephone number"), "name": N_("name of a person")}
ABOUT = {"check-digit": N_("its check digit does not fit"), "fifteen": N_("an old one of 15 digits")}
"""What is to be said of an identity number."""
LISTS = {
    "done": N_("rows done"),
    "partial": N_("rows partly done"),
    "overdue": N_("rows overdue"),
    "returned": N_("rows returned"),
    "unfinished": N_("rows not finished"),
}
PARTS = {
    "rows": N_("rows"),
    "done": N_("rows done"),
    "partial": N_("rows partly done"),
    "open": N_("rows open"),
    "na": N_("rows set aside"),
    "late": N_("rows done late"),
    "overdue": N_("rows overdue"),
    "percent": N_("rows done in per cent"),
}
CASES = {
    "opened": N_("cases opened in the year"),
    "closed": N_("cases closed in the year"),
    "open": N_("cases in hand"),
}
RATE_PARTS = {"met": N_("met"), "of": N_("of which"), "rate": N_("in per cent")}
FIGURE_PARTS = {
    "last": N_("the year before"),
    "growth": N_("growth against the year before, computed"),
    "target": N_("target"),
    "period": N_("its period"),
}


class ReportSaved(NamedTuple):
    """A report that was written, or only looked through: `path` and `manifest` are None then."""

    report: Report
    path: str | None
    manifest: str | None
    draft: bool
    private: tuple[Private, ...] | None


# --- where a number comes from ----------------------------------------------------------------


def source_head(source: ReportSource) -> str:
    """Say what a number is, in a line."""
    origin, figure = source.origin, source.figure
    if figure is not None:
        title = safe(pick(figure.title_zh, figure.title_en))
        part = f"{_(' (')}{_(FIGURE_PARTS[origin.part])}{_(')')}" if origin.part in FIGURE_PARTS else ""
        value = value_words(figure) if source.growth is None else growth_words(source.growth)
        return f"{title} [{figure.key}] {figure.year}{part}{_(': ')}{value}"
    if origin.what == "rate":
        return _("Rate of {code}: {part}").format(code=safe(origin.name), part=_(RATE_PARTS[origin.part]))
    if origin.what == "claim":
        return _("said because items are done") if origin.name == "done" else _("said because items are begun")
    if origin.what == "list":
        what = _(LISTS[origin.name]) if origin.name in LISTS else _("rows of {code}").format(code=safe(origin.name))
        return f"{what}{_(': ')}{len(origin.refs)}"
    words = CASES if origin.what == "cases" else PARTS
    return f"{safe(origin.name)}{_(': ')}{_(words[origin.part])}"


def source_lines(source: ReportSource) -> Iterator[str]:
    """Say what a number rests on: figures with their periods and entries, or the refs of rows; and the evidence."""
    for part in source.figures:
        yield from _figure_lines(part, named=len(source.figures) > 1 or part.figure != source.figure)
    if source.rows:
        named = [f"{one.ref} (#{one.seq})" if one.seq else one.ref for one in source.rows]
        yield _named(named, source.of_rows)
    elif not source.figures:
        yield _("counted by the register")
    if source.evidence:
        pieces = [_piece(one, source) for one in source.evidence[:MANY]]
        yield f"{_('Evidence')}{_(': ')}{_named(pieces, len(source.evidence))}"


def _piece(one: Evidence, source: ReportSource) -> str:
    """Say a piece of evidence: its address, of which year where there are two, its name, and whether it was erased."""
    years = {line.year for line in source.evidence}
    year = f" ({one.year})" if len(years) > 1 else ""
    erased = f"{_(' (')}{_('erased')}{_(')')}" if one.purged_on is not None else ""
    return f"{one.address()}{year} {safe(one.name)}{erased}"


def _figure_lines(part: SourceFigure, *, named: bool) -> Iterator[str]:
    """Say what a figure rests on, under its name where the number is not the figure itself."""
    figure = part.figure
    if named:
        title = safe(pick(figure.title_zh, figure.title_en))
        yield f"{title} [{figure.key}] {figure.year}{_(': ')}{value_words(figure)}"
    yield f"{_('Period or cut-off')}{_(': ')}{period_words(figure)}"
    if figure.source != "entries" and figure.counted is not None:
        yield _("counted by the register: {words}").format(words=rule_words(parse_counted(figure.counted)))
    for entry in part.entries:
        yield _("Entry #{seq}: {words}").format(seq=entry.seq, words=_entry_words(entry.entry, figure))


def _named(words: Sequence[str], of: int) -> str:
    """Return words in a row, and how many more there are."""
    more = "" if len(words) == of else " " + plural("and {n} more", "and {n} more", of - len(words))
    return _(", ").join(words) + more


def _entry_words(entry: FigureEntry, figure: FigureValue) -> str:
    typed = amount(entry.digits + entry.multiple, figure.measure_zh, figure.measure_en)
    days = f"{day(entry.from_date)} .. {day(entry.to_date)}" if entry.to_date else day(entry.on_date)
    year = "" if entry.year == figure.year else str(entry.year)
    parts = [
        entry_ref(entry.key, entry.n),
        year,
        typed,
        word(QUALIFIERS, entry.qualifier),
        days,
        entry.unit or "",
        entry.person,
        entry.note or "",
    ]
    return _(", ").join(safe(part) for part in parts if part)


# --- what was written -------------------------------------------------------------------------


def gap_line(gap: Gap) -> str:
    """Say what is missing, and under which heading."""
    under = _("under {heading}").format(heading=safe(gap.heading)) if gap.heading else ""
    name = f" [{safe(gap.name)}]" if gap.name != gap.title else ""
    return _("Missing: {words}").format(words=f"{safe(gap.title)}{name}" + (f"{_(', ')}{under}" if under else ""))


def report_saved_data(result: ReportSaved) -> dict[str, object]:
    """Return a report that was written as JSON: where, its headings, gaps and sources."""
    report = result.report
    composed = report.composed
    private = result.private
    return {
        "file": result.path,
        "manifest": result.manifest,
        "draft": result.draft,
        "year": report.year,
        "as_of": report.as_of,
        "plan": report.plan,
        "headings": [
            {"level": block.level, "text": block.text()} for block in composed.blocks if block.kind == "heading"
        ],
        "gaps": [gap._asdict() for gap in composed.gaps],
        "sources": [_source_data(source) for source in report.sources],
        "private": None if private is None else [one._asdict() for one in private],
        "head": {"seq": report.head.seq, "hash": report.head.hash},
    }


def _source_data(source: ReportSource) -> dict[str, object]:
    origin: Origin = source.origin
    return {
        "n": source.number,
        "what": origin.what,
        "name": origin.name,
        "part": origin.part,
        "refs": origin.refs,
        "entries": [{"n": one.entry.n, "entry": one.seq} for one in source.entries],
        "rows": [{"ref": one.ref, "entry": one.seq or None} for one in source.rows],
        "evidence": [one.address() for one in source.evidence],
    }


def report_saved_words(result: ReportSaved) -> Iterator[Block]:
    """Say where the report is, how many numbers it has, and what a look for private matters found."""
    report = result.report
    if result.path is not None:
        kind = _("Draft") if result.draft else _("Report")
        yield _("{kind} of {year} as of {day} written to {path}").format(
            kind=kind, year=report.year, day=day(report.as_of), path=safe(result.path)
        )
        n = sum(one.origin.what != "claim" for one in report.sources)
        numbers = plural("{n} number with its source", "{n} numbers with their sources", n)
        gaps = plural("{n} gap", "{n} gaps", len(report.composed.gaps))
        yield f"{numbers}{_(', ')}{gaps}{_('; ')}{_('manifest: {path}').format(path=safe(result.manifest))}"
    if result.private is not None:
        yield from _private_words(result.private)


def _private_words(private: tuple[Private, ...]) -> Iterator[Block]:
    if private:
        columns = (Column(_("What"), fold=True), Column(_("Found"), fold=True), Column(_("Where"), fold=True))
        rows = [
            (
                _(PRIVATE[one.kind]) + (f"{_(' (')}{_(ABOUT[one.about])}{_(')')}" if one.about else ""),
                Cell(one.text, "bold"),
                f"{one.heading}{_(': ')}{one.around}" if one.heading else one.around,
            )
            for one in private
        ]
        heading = plural(
            "{n} thing to look at before publication", "{n} things to look at before publication", len(rows)
        )
        yield Grid(heading, columns, rows)
    else:
        yield _("No identity number, no telephone number and no name of a known person was found.")
    yield _("This is not the review for secrecy that the law asks for: that stays with people, and is an item to tick.")
