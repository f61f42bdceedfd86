"""Case templates: files -> values of core, every fault with its place."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from lawcheck.core.clock import Clocks
from lawcheck.core.deadline import Unit, parse_rule
from lawcheck.core.law import Registry
from lawcheck.core.refs import is_case_item_code
from lawcheck.core.template import CaseItem, CaseTemplate, Derived, Expected, Fact, Milestone, Template
from lawcheck.core.words import Text
from lawcheck.errors import BadFile
from lawcheck.library import schema
from lawcheck.library.clocks import check_in_force, check_rule, read_clocks
from lawcheck.library.nodes import Fault, Path_, Source, read_source
from lawcheck.library.places import case_files, template_files
from lawcheck.library.reading import read_templates
from lawcheck.library.shaping import (
    basis_of,
    check_bases,
    check_practice,
    finished,
    kind_of,
    optional,
    practice_of,
    shaped,
    text_of,
)


class Library(NamedTuple):
    """Templates for years and for cases, with the clocks that the latter name."""

    templates: list[Template]
    cases: list[CaseTemplate]
    clocks: Clocks


def read_library(files: Sequence[Path] | None, registry: Registry, duties: dict[str, Text]) -> Library:
    """Read templates of both kinds, all that come with lawcheck when no file is given, and the clocks.

    Raises:
        BadFile: with every fault of every file.

    """
    years = None if files is None else [path for path in files if not is_case_file(path)]
    cases = None if files is None else [path for path in files if is_case_file(path)]
    faults: list[Fault] = []
    templates: list[Template] = []
    held: list[CaseTemplate] = []
    clocks: Clocks | None = None
    with _kept(faults):
        clocks = read_clocks(registry)
    with _kept(faults):
        held = read_case_templates(cases, registry, duties, clocks)
    with _kept(faults):
        templates = read_templates(years, registry, duties, clocks, held)
    if faults:
        unique = [one for n, one in enumerate(faults) if one not in faults[:n]]
        raise BadFile(faults=tuple(sorted(unique, key=lambda one: (one.path, one.line, one.column))))
    assert clocks is not None  # noqa: S101  # its faults have been raised otherwise
    return Library(templates, held, clocks)


@contextmanager
def _kept(faults: list[Fault]) -> Iterator[None]:
    """Keep the faults of one kind of file, so that the next kind is read too."""
    try:
        yield
    except BadFile as error:
        found = error.params["faults"]
        faults += found if isinstance(found, tuple) else ()


def is_case_file(path: Path) -> bool:
    """Tell whether a file says that it is a template for cases.

    Raises:
        NoSuchFile: the file cannot be read at all.

    """
    return kind_of(read_source(path)) == "case"


def case_code(name: str | Path) -> str | None:
    """Return the code of the case template that a code or a path names; None where it names none."""
    if isinstance(name, str):
        return name if name in {path.stem for path in case_files()} else None
    source = read_source(name)
    found = source.value.get("template") if isinstance(source.value, dict) else None
    return str(found) if kind_of(source) == "case" else None


# --- case templates ---------------------------------------------------------------------------


def read_case_templates(
    paths: Iterable[Path] | None, registry: Registry, duties: dict[str, Text], clocks: Clocks | None
) -> list[CaseTemplate]:
    """Read case templates, all that come with lawcheck when no path is given.

    Without clocks, what items say of them is not checked.

    Raises:
        BadFile: with every fault of every file.

    """
    sources: list[Source] = []
    shapes: list[schema.CaseFile] = []
    codes: dict[str, str] = {path.stem: str(path) for path in template_files()}
    for path in case_files() if paths is None else paths:
        source = read_source(path)
        sources.append(source)
        if kind_of(source) == "year":
            source.fault(("for",), "year-file", "for-case")
            continue
        held = shaped(source, schema.CaseFile)
        if held is None:
            continue
        if held.template in codes:
            source.fault(
                ("template",), "duplicate-template", "one-template", key=held.template, other=codes[held.template]
            )
        codes.setdefault(held.template, source.path)
        _Check(source, held, registry, duties, clocks).all()
        shapes.append(held)
    finished(sources)
    return [_template(one) for one in shapes]


class _Check:
    """One case template held against the registry, the duties and the clocks."""

    def __init__(
        self,
        source: Source,
        held: schema.CaseFile,
        registry: Registry,
        duties: Mapping[str, Text],
        clocks: Clocks | None,
    ) -> None:
        self.source, self.held, self.registry, self.duties, self.clocks = source, held, registry, duties, clocks
        self.milestones = {one.name: one for one in held.milestones}
        self.facts = {one.name for one in held.facts}

    def all(self) -> None:
        """Note every fault."""
        held, source = self.held, self.source
        for group, things in (("facts", held.facts), ("milestones", held.milestones)):
            names = [one.name for one in things]
            for index, name in enumerate(names):
                if name in names[:index]:
                    source.fault((group, index, "name"), "duplicate-entry", "one-entry", key=name)
        self._milestone(("opens",), held.opens)
        self._milestone(("closes",), held.closes)
        if held.opens == held.closes:
            source.fault(("closes",), "ends-at-start", "other-milestone", key="closes")
        for index, milestone in enumerate(held.milestones):
            self._check_milestone(("milestones", index), milestone)
        codes: set[str] = set()
        for index, item in enumerate(held.items):
            here: Path_ = ("items", index)
            if item.code in codes:
                source.fault((*here, "code"), "duplicate-code", "one-code", key=item.code)
            codes.add(item.code)
            self._check_item(here, item)

    def _milestone(self, here: Path_, name: str | None) -> schema.MilestoneShape | None:
        """Return a milestone of the file, noting where it has none of that name."""
        if any(part[0] == "milestones" and part[-1] == "name" for part in self.source.mended if len(part) == 3):
            return self.milestones.get(name or "")  # one of them could not be read: it may be that one
        if name is not None and name not in self.milestones:
            self.source.fault(here, "unknown-milestone", "milestone", key=name)
        return self.milestones.get(name or "")

    def _check_milestone(self, here: Path_, milestone: schema.MilestoneShape) -> None:
        for key, names in (("after", milestone.after), ("not_before", milestone.not_before)):
            for n, name in enumerate(names):
                self._milestone((*here, key, n), name)
                if name in names[:n]:
                    self.source.fault((*here, key, n), "duplicate-entry", "one-entry", key=name)
        if milestone.name in self._before(milestone.name):
            self.source.fault((*here, "name"), "circle", "no-circle", key=milestone.name)
        for n, expected in enumerate(milestone.expects):
            self._check_expected((*here, "expects", n), milestone.name, expected)
        for n, derived in enumerate(milestone.derived):
            self._milestone((*here, "derived", n, "milestone"), derived.milestone)
            rule = check_rule(self.source, (*here, "derived", n, "rule"), derived.rule)
            if rule is not None and rule.how != "within":
                self.source.fault((*here, "derived", n, "rule"), "derived-back", "term-on", key=derived.rule)
        if milestone.name in self._sources(milestone.name):
            self.source.fault((*here, "derived"), "circle", "no-circle", key=milestone.name)

    def _check_expected(self, here: Path_, milestone: str, expected: schema.ExpectedShape) -> None:
        names = _names(expected)
        for n, name in enumerate(names):
            place: Path_ = (*here, "milestone", n) if isinstance(expected.milestone, list) else (*here, "milestone")
            self._milestone(place, name)
            if name in names[:n]:
                self.source.fault(place, "duplicate-entry", "one-entry", key=name)
            if name == milestone or milestone in self._before(name):
                self.source.fault(place, "circle", "no-circle", key=name)
        self._check_facts(here, expected)

    def _check_facts(self, here: Path_, held: schema.CaseItemShape | schema.ExpectedShape) -> None:
        for key, names in (("when", held.when), ("unless", held.unless)):
            for n, name in enumerate(names):
                if name not in self.facts:
                    self.source.fault((*here, key, n), "unknown-fact", "fact", key=name)
                if name in names[:n] or (key == "unless" and name in held.when):
                    self.source.fault((*here, key, n), "duplicate-entry", "one-entry", key=name)

    def _before(self, name: str) -> set[str]:
        """Return the milestones that come before one, by the order that the file gives."""
        return self._reached(name, lambda one: (*one.after, *one.not_before))

    def _sources(self, name: str) -> set[str]:
        """Return the milestones from which one follows."""
        return self._reached(name, lambda one: tuple(derived.milestone for derived in one.derived))

    def _reached(self, name: str, step: Callable[[schema.MilestoneShape], Iterable[str]]) -> set[str]:
        found: set[str] = set()
        waiting = [name]
        while waiting:
            one = self.milestones.get(waiting.pop())
            for other in step(one) if one else ():
                if other not in found:
                    found.add(other)
                    waiting.append(other)
        return found

    def _check_item(self, here: Path_, item: schema.CaseItemShape) -> None:
        source = self.source
        if not is_case_item_code(item.code):
            source.fault((*here, "code"), "case-item-code", "case-item-code", key=item.code)
        if item.duty not in self.duties:
            source.fault((*here, "duty"), "unknown-duty", "duty", key=item.duty)
        self._check_facts(here, item)
        starts, ends = self._milestone((*here, "starts"), item.starts), self._milestone((*here, "ends"), item.ends)
        if item.starts is not None and item.starts == item.ends:
            source.fault((*here, "ends"), "ends-at-start", "other-milestone", key=item.code)
        check_bases(source, (*here, "basis"), item.basis, self.registry)
        check_practice(source, (*here, "source"), item.source, self.registry)
        check_in_force(source, (*here, "basis"), item.basis, self.registry)
        if item.clock is not None:
            self._check_clock(here, item, starts, ends)
        elif not item.basis and item.source is None:
            source.fault((*here, "basis"), "no-ground", "clock-or-basis", key=item.code)

    def _check_clock(
        self,
        here: Path_,
        item: schema.CaseItemShape,
        starts: schema.MilestoneShape | None,
        ends: schema.MilestoneShape | None,
    ) -> None:
        source = self.source
        if item.basis or item.source is not None:
            source.fault((*here, "basis" if item.basis else "source"), "two-grounds", "one-ground", key=item.code)
        if item.starts is None:
            source.fault((*here, "clock"), "clock-unstarted", "starts", key=item.code)
        if self.clocks is None:
            return
        clock = self.clocks.clocks.get(item.clock or "")
        if clock is None:
            source.fault((*here, "clock"), "unknown-clock", "clock", key=item.clock)
            return
        if clock.transition is not None:
            self._milestone((*here, "clock"), clock.transition.milestone)
        rules = [parse_rule(rule.rule) for rule in clock.rules]
        for name, milestone in (("starts", starts), ("ends", ends)):
            if milestone is not None and not milestone.timed and any(rule.unit is Unit.HOURS for rule in rules):
                source.fault((*here, name), "untimed", "timed", key=milestone.name, clock=clock.id)
        if item.starts and item.ends:
            backward = any(rule.how == "before" for rule in rules)
            first, second = (item.ends, item.starts) if backward else (item.starts, item.ends)
            if second in self._before(first):
                source.fault((*here, "ends"), "out-of-order", "in-order", key=item.code)


def _names(expected: schema.ExpectedShape) -> tuple[str, ...]:
    return (expected.milestone,) if isinstance(expected.milestone, str) else tuple(expected.milestone)


def _template(held: schema.CaseFile) -> CaseTemplate:
    return CaseTemplate(
        held.template,
        text_of(held.title),
        text_of(held.about),
        held.opens,
        held.closes,
        tuple(Fact(one.name, text_of(one.title)) for one in held.facts),
        tuple(
            Milestone(
                one.name,
                text_of(one.title),
                tuple(one.after),
                tuple(one.not_before),
                tuple(Expected(_names(of), tuple(of.when), tuple(of.unless)) for of in one.expects),
                one.planned,
                one.timed,
                tuple(Derived(derived.milestone, derived.rule) for derived in one.derived),
            )
            for one in held.milestones
        ),
        tuple(_item(item) for item in held.items),
    )


def _item(item: schema.CaseItemShape) -> CaseItem:
    return CaseItem(
        code=item.code,
        title=text_of(item.title),
        standard=text_of(item.standard),
        evidence=text_of(item.evidence),
        duty=item.duty,
        when=tuple(item.when),
        unless=tuple(item.unless),
        clock=item.clock,
        starts=item.starts,
        ends=item.ends,
        weight=item.weight,
        basis=tuple(basis_of(basis) for basis in item.basis),
        practice=optional(practice_of, item.source),
        note=optional(text_of, item.note),
        review=item.review,
    )
