"""Clocks: the file of terms -> values of core, every fault with its place."""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from lawcheck.core.clock import Choice, Clock, ClockRule, Clocks, Extension, Target, Transition, window
from lawcheck.core.deadline import Rule, parse_rule
from lawcheck.core.law import Basis, Registry
from lawcheck.errors import InvalidRule
from lawcheck.library import schema
from lawcheck.library.nodes import Path_, Source, read_source
from lawcheck.library.places import clocks_file
from lawcheck.library.shaping import (
    basis_of,
    check_bases,
    check_practice,
    finished,
    optional,
    practice_of,
    shaped,
    text_of,
)


def read_clocks(registry: Registry, path: Path | None = None) -> Clocks:
    """Read `clocks.yaml`: the terms of the law by name, the pauses and the choices that they know.

    Raises:
        BadFile: with every fault.

    """
    source = read_source(path or clocks_file())
    held = shaped(source, schema.ClocksFile)
    if held is not None:
        for name, choice in held.choices.items():
            if len(choice.answers) < 2:
                source.fault(("choices", name, "answers"), "few-answers", "two-answers", key=name)
        for name, clock in held.clocks.items():
            _check_clock(source, ("clocks", name), clock, held, registry)
    finished([source])
    assert held is not None  # noqa: S101  # `finished` has raised otherwise
    return Clocks(
        {name: _clock(name, clock) for name, clock in held.clocks.items()},
        {name: text_of(title) for name, title in held.pauses.items()},
        {
            name: Choice(text_of(one.title), {answer: text_of(title) for answer, title in one.answers.items()})
            for name, one in held.choices.items()
        },
    )


def _check_clock(
    source: Source, here: Path_, clock: schema.ClockShape, held: schema.ClocksFile, registry: Registry
) -> None:
    name = str(here[-1])
    if clock.transition is not None and clock.transition.choice not in held.choices:
        source.fault((*here, "transition", "choice"), "unknown-choice", "choice", key=clock.transition.choice)
    windows = []
    for index, rule in enumerate(clock.rules):
        place: Path_ = (*here, "rules", index)
        check_rule(source, (*place, "rule"), rule.rule)
        check_bases(source, (*place, "basis"), rule.basis, registry)
        check_practice(source, (*place, "source"), rule.source, registry)
        if not rule.basis and rule.source is None:
            source.fault(place, "no-ground", "basis-or-source", key=name)
        for n, reason in enumerate(rule.pauses):
            if reason not in held.pauses:
                source.fault((*place, "pauses", n), "unknown-pause", "pause", key=reason)
            if reason in rule.pauses[:n]:
                source.fault((*place, "pauses", n), "duplicate-entry", "one-entry", key=reason)
        if rule.target is not None:
            check_rule(source, (*place, "target", "rule"), rule.target.rule)
            check_bases(source, (*place, "target", "basis"), rule.target.basis, registry)
        check_in_force(source, (*place, "basis"), rule.basis, registry)
        bases = _known(rule.basis, registry)
        windows.append(None if bases is None else window(bases, registry))
    for index, (first, second) in enumerate(pairwise(windows)):
        apart = first and second and first.ends and second.begins and first.ends < second.begins
        if first is not None and second is not None and not apart:
            source.fault((*here, "rules", index + 1), "terms-overlap", "oldest-first", key=name)


def check_in_force(source: Source, here: Path_, shapes: Sequence[schema.BasisShape], registry: Registry) -> None:
    """Note law that is cited and was never in force: a version that ends before it begins."""
    for n, shape in enumerate(shapes):
        bases = _known([shape], registry)
        begins, ends = window(bases, registry) if bases else (None, None)
        if begins is not None and ends is not None and ends < begins:
            source.fault((*here, n), "never-in-force", "in-force", key=shape.law)


def _known(shapes: Sequence[schema.BasisShape], registry: Registry) -> tuple[Basis, ...] | None:
    """Return bases whose law and versions the registry has; None where it lacks one."""
    for shape in shapes:
        law = registry.laws.get(shape.law)
        if law is None or any(law.version(one) is None for one in shape.only or ()):
            return None
    return tuple(basis_of(shape) for shape in shapes)


def check_rule(source: Source, here: Path_, text: str) -> Rule | None:
    """Return a term, or None where it cannot be read, which is noted."""
    try:
        return parse_rule(text)
    except InvalidRule:
        source.fault(here, "bad-rule", "term", key=text)
        return None


def _clock(name: str, clock: schema.ClockShape) -> Clock:
    transition = clock.transition
    return Clock(
        name,
        text_of(clock.title),
        text_of(clock.starts),
        tuple(_rule(rule) for rule in clock.rules),
        Transition(transition.choice, transition.milestone, transition.before) if transition else None,
        optional(text_of, clock.note),
    )


def _rule(rule: schema.ClockRuleShape) -> ClockRule:
    extend, target = rule.extend, rule.target
    return ClockRule(
        rule.rule,
        tuple(basis_of(basis) for basis in rule.basis),
        optional(practice_of, rule.source),
        Extension(extend.amount, extend.times, text_of(extend.approval), optional(text_of, extend.further))
        if extend
        else None,
        tuple(rule.pauses),
        Target(target.rule, tuple(basis_of(basis) for basis in target.basis), optional(text_of, target.note))
        if target
        else None,
        optional(text_of, rule.note),
    )
