"""A plan of the year's report: read from its file, or from the text of it that a register keeps."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from lawcheck.core.report import Paragraph, Part, Plan, Sentence
from lawcheck.errors import BadFile
from lawcheck.library import schema
from lawcheck.library.nodes import Fault, Path_, Source, read_source, source_of_text
from lawcheck.library.places import checklists
from lawcheck.library.shaping import finished, shaped

if TYPE_CHECKING:
    from lawcheck.core.report import Place

_FIELD = re.compile(r"\{[^{}]*\}")
_FOLD = re.compile(r"(?<=[^\x00-\x7f]) (?=[^\x00-\x7f])")
"""A space that YAML puts where a folded text goes on in the next line; Chinese has none."""


def default_plan_file() -> Path:
    """Return the file of the plan that a bureau without one of its own uses."""
    return checklists() / "report.yaml"


def read_plan(path: Path) -> Plan:
    """Read a plan.

    Raises:
        BadFile: with every fault.
        NoSuchFile: the file cannot be read at all.

    """
    return _plan(read_source(path))


def plan_of_text(text: str, name: str) -> Plan:
    """Read a plan from its text; `name` is the file it came from.

    Raises:
        BadFile: with every fault.

    """
    return _plan(source_of_text(text, name))


def unknown_fields(plan: Plan, unknown: "tuple[tuple[str, Place], ...]", nearest: dict[str, list[str]]) -> BadFile:
    """Return the error of a plan that names what the year does not know, each with its place."""
    faults = sorted({(place, name) for name, place in unknown})
    return BadFile(
        faults=tuple(
            Fault(plan.path, *place, "unknown-field", "field", {"key": name, "wanted": nearest.get(name, [])})
            for place, name in faults
        )
    )


def _plan(source: Source) -> Plan:
    held = shaped(source, schema.ReportFile)
    if held is not None:
        for path, text in _texts(source.value, ()):
            if set("{}") & set(_FIELD.sub("", text)):
                source.fault(path, "open-brace", "field-in-braces", key=text[:40])
    finished([source])
    assert held is not None  # noqa: S101  # `finished` has raised otherwise
    return Plan(
        source.path,
        _sentence(source, ("title",), held.title),
        _sentence(source, ("to",), held.to) if held.to is not None else None,
        _paragraphs(source, ("opening",), held.opening),
        tuple(_part(source, ("parts", n), part) for n, part in enumerate(held.parts)),
        _sentence(source, ("signed",), held.signed),
        {name.replace("_", "-"): str(text) for name, text in held.words.model_dump().items()},
    )


def _texts(value: object, path: Path_) -> Iterator[tuple[Path_, str]]:
    """Yield every text of a plan with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _texts(one, (*path, key))
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from _texts(one, (*path, place))


_AnyPart = schema.FirstPartShape | schema.SecondPartShape | schema.ThirdPartShape


def _part(source: Source, path: Path_, held: _AnyPart) -> Part:
    under: list[schema.SecondPartShape] | list[schema.ThirdPartShape] = (
        [] if isinstance(held, schema.ThirdPartShape) else held.parts
    )
    return Part(
        _sentence(source, (*path, "heading"), held.heading),
        _paragraphs(source, (*path, "say"), held.say),
        tuple(_part(source, (*path, "parts", n), part) for n, part in enumerate(under)),
    )


def _paragraphs(source: Source, path: Path_, held: list[schema.ParagraphShape]) -> tuple[Paragraph, ...]:
    return tuple(
        tuple(_sentence(source, (*path, n, k), one) for k, one in enumerate(paragraph))
        if isinstance(paragraph, list)
        else (_sentence(source, (*path, n), paragraph),)
        for n, paragraph in enumerate(held)
    )


def _sentence(source: Source, path: Path_, held: schema.Said) -> Sentence:
    place = source.place(path)
    if isinstance(held, str):
        return Sentence(_FOLD.sub("", held), place)
    return Sentence(
        _FOLD.sub("", held.text),
        place,
        _names(held.done),
        _names(held.begun),
        _names(held.known),
        held.otherwise,
        held.rows,
        _names(held.of),
        held.figures,
        held.each,
        held.join,
        held.most,
    )


def _names(named: schema.Named | None) -> tuple[str, ...]:
    if named is None:
        return ()
    return (named,) if isinstance(named, str) else tuple(named)
