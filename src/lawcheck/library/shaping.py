"""What every file of the library shares: shape checked with all faults noted, law and texts turned into values."""

import re
from collections.abc import Callable, Iterable, Sequence
from copy import deepcopy
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from lawcheck.core.law import EVERY_VERSION, Basis, Certainty, Registry
from lawcheck.core.template import Practice
from lawcheck.core.words import Text
from lawcheck.errors import BadFile
from lawcheck.library import schema
from lawcheck.library.nodes import Path_, Source

_Shape = TypeVar("_Shape", bound=schema.Shape)

EXPECTED = {
    "missing": "required",
    "extra_forbidden": "known-key",
    "string_type": "text",
    "int_type": "integer",
    "bool_type": "boolean",
    "list_type": "list",
    "dict_type": "mapping",
    "model_type": "mapping",
    "model_attributes_type": "mapping",
    "string_pattern_mismatch": "pattern",
    "literal_error": "one-of",
    "string_too_short": "some-text",
    "string_too_long": "shorter-text",
    "too_short": "one-at-least",
    "too_long": "fewer",
    "greater_than_equal": "at-least",
    "less_than_equal": "at-most",
}
"""Pydantic's kinds of fault -> ours."""


def shaped(source: Source, shape: type[_Shape]) -> _Shape | None:
    """Return what a file holds, its faults of shape noted; None where too little is left to check further."""
    if source.faults:
        return None
    try:
        return shape.model_validate(source.value)
    except ValidationError as error:
        for one in error.errors(include_url=False):
            _note(source, one)
        return _mended(source, shape)


def _note(source: Source, one: ErrorDetails) -> None:
    """Note a fault of shape, once where a value might have had two shapes."""
    path = _known_path(source, one["loc"])
    what = {"missing": "missing-key", "extra_forbidden": "unknown-key"}.get(one["type"], "bad-value")
    key = str(one["loc"][-1] if what != "bad-value" else path[-1] if path else "")
    part = (*path, key) if what == "missing-key" else path
    if part in source.mended:
        return
    context = one.get("ctx", {})
    limits = (context.get(name) for name in ("expected", "pattern", "ge", "le", "max_length"))
    wanted = next((limit for limit in limits if limit is not None), "")
    if one["type"] == "literal_error":
        wanted = re.findall(r"'([^']*)'", str(wanted))
    found = "" if what == "missing-key" else repr(one["input"])[:60]
    expected = EXPECTED.get(one["type"], "shape")
    what = what if path or what != "bad-value" else "bad-root"
    source.fault(path, what, expected, key=key, found=found, wanted=wanted, detail=one["msg"])
    source.mended.add(part)


_HARMLESS: dict[str, object] = {
    **{key: {"zh": "x", "en": "x"} for key in ("title", "standard", "evidence", "about", "name", "measure", "issuer")},
    **dict.fromkeys(("zh", "en", "section", "duty", "law", "key", "number", "id", "from", "met", "of"), "x"),
    **dict.fromkeys(("code", "unit"), "ZZ"),
    "certainty": "recalled",
    "for": "year",
    "kind": "case",
    **dict.fromkeys(("template", "case"), "ZZ"),
    "by": "x",
    "weight": 1,
}
"""What stands for a part that is missing or was taken out, by its key."""
_HARMLESS_OF: dict[type[schema.Shape], dict[str, object]] = {
    schema.CaseFile: {"for": "case", "name": "x", "opens": "x", "milestone": "x", "rule": "within 1 d"},
    schema.ClocksFile: {
        **{key: {"zh": "x", "en": "x"} for key in ("starts", "approval")},
        **dict.fromkeys(("choice", "milestone"), "x"),
        **{key: {} for key in ("answers", "pauses", "choices")},
        "rule": "within 1 d",
        "before": "2000-01-01",
    },
}
"""The same where a kind of file means something else by a key."""
_WHEN = ("kind", "every", "dates", "due", "due_from", "deadline", "clock", "rate", "basis", "source")
"""The keys of an item that are checked against each other: a fault in one says nothing of the others."""


def _mended(source: Source, shape: type[_Shape]) -> _Shape | None:
    """Return a file with its faulty parts taken out, so that the rest can be checked; None where nothing is left."""
    value = deepcopy(source.value)
    for part in sorted(source.mended, key=len, reverse=True):
        _take_out(value, part)
    for _round in range(3):
        try:
            held = shape.model_validate(value)
        except ValidationError as error:
            for one in error.errors(include_url=False):
                _put_in(value, tuple(one["loc"]), shape)
        else:
            for part in list(source.mended):
                if len(part) > 2 and part[0] == "items" and part[2] in _WHEN:
                    source.mended.update((*part[:2], key) for key in _WHEN)
                elif part[:1] == ("laws",):
                    source.mended.update((*part[:4], key) for key in ("issued", "from", "to", "ended"))
            return held
    return None


def _container(value: object, path: Path_) -> object:
    for part in path:
        if isinstance(value, dict):
            value = value.get(part)
        elif isinstance(value, list) and isinstance(part, int) and part < len(value):
            value = value[part]
    return value


def _take_out(value: object, part: Path_) -> None:
    around = _container(value, part[:-1])
    if isinstance(around, dict):
        around.pop(part[-1], None)


def _put_in(value: object, location: Path_, shape: type[schema.Shape]) -> None:
    around = _container(value, location[:-1])
    code = "ZZ-00" if location[:1] == ("items",) and shape is schema.TemplateFile else "ZZ"
    if isinstance(around, dict):
        key = str(location[-1])
        harmless = {**_HARMLESS, **_HARMLESS_OF.get(shape, {})}
        around[key] = code if key == "code" else deepcopy(harmless.get(key))


def _known_path(source: Source, location: tuple[str | int, ...]) -> Path_:
    """Drop what pydantic adds to a location for its own unions."""
    path: Path_ = ()
    for part in location:
        if (*path, part) in source.places:
            path = (*path, part)
    return path


def kind_of(source: Source) -> str | None:
    """Return what a template is for, `year` or `case`, as far as it says so."""
    found = source.value.get("for") if isinstance(source.value, dict) else None
    return found if isinstance(found, str) else None


def finished(sources: Iterable[Source]) -> None:
    """Raise what is wrong with any of the files, all of it.

    Raises:
        BadFile: there is at least one fault.

    """
    faults = sorted(
        (fault for source in sources for fault in source.faults), key=lambda one: (one.path, one.line, one.column)
    )
    if faults:
        raise BadFile(faults=tuple(faults))


# --- law and texts ----------------------------------------------------------------------------


def check_bases(source: Source, here: Path_, bases: Sequence[schema.BasisShape], registry: Registry) -> None:
    """Note what is wrong with some bases: law, version or source that the registry does not have."""
    for n, basis in enumerate(bases):
        place: Path_ = (*here, n)
        law = registry.laws.get(basis.law)
        if law is None:
            source.fault((*place, "law"), "unknown-law", "law", key=basis.law)
        named = basis.articles if isinstance(basis.articles, dict) else {}
        read = basis.read_in if isinstance(basis.read_in, dict) else {}
        for version in dict.fromkeys((*named, *read, *(basis.only or []))):
            if law is not None and law.version(version) is None:
                source.fault((*place, "articles"), "unknown-version", "version", key=version, law=basis.law)
        origins = basis.read_in if isinstance(basis.read_in, dict) else {"": basis.read_in}
        for origin in origins.values():
            if origin is not None and origin not in registry.sources:
                source.fault((*place, "read_in"), "unknown-source", "source", key=origin)
        if (basis.certainty == "read") != (basis.read_in is not None):
            source.fault(place, "read-nowhere", "read-in", key=basis.law)


def check_practice(source: Source, here: Path_, practice: schema.PracticeShape | None, registry: Registry) -> None:
    """Note a practice whose source the registry does not have."""
    if practice is not None and practice.origin not in registry.sources:
        source.fault((*here, "from"), "unknown-source", "source", key=practice.origin)


def basis_of(basis: schema.BasisShape) -> Basis:
    """Return a basis as the rules see it."""
    return Basis(
        basis.law,
        _by_version(basis.articles),
        tuple(basis.only or ()),
        Certainty(basis.certainty),
        _by_version(basis.read_in),
    )


def _by_version(given: str | dict[str, str] | None) -> dict[str, str]:
    """Return what holds for each version; one text for all stands under the asterisk."""
    if given is None:
        return {}
    return dict(given) if isinstance(given, dict) else {EVERY_VERSION: given}


def practice_of(source: schema.PracticeShape) -> Practice:
    """Return a practice as the rules see it."""
    return Practice(source.origin, source.place, optional(text_of, source.note))


_From = TypeVar("_From")
_To = TypeVar("_To")


def optional(convert: Callable[[_From], _To], value: _From | None) -> _To | None:
    """Return a value converted; None stays None."""
    return None if value is None else convert(value)


def text_of(text: schema.TextShape) -> Text:
    """Return a text in both languages."""
    return Text(text.zh, text.en)
