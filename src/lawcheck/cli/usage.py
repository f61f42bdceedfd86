"""Typer's usage errors as errors of our own, so that they are worded once and in both languages.

Typer vendors click and words these errors itself, in English only; what they carry is read by name.
"""

import re
from difflib import get_close_matches
from typing import Any

from lawcheck import errors
from lawcheck.cli.commands import COMMANDS

_QUOTED = re.compile(r"'([^']*)'|\(([^)]*)\)")


def usage_fault(error: Any) -> errors.UsageFault:  # noqa: ANN401  # a vendored class that is not to be imported
    """Return the error of ours that says what typer's says."""
    kind = type(error).__name__
    message = str(getattr(error, "message", "") or error)
    if kind == "MissingParameter":
        return errors.MissingParameter(name=_parameter(error))
    if kind == "NoSuchOption":
        return errors.NoSuchOption(name=error.option_name, nearest=list(error.possibilities or ()))
    if kind == "BadOptionUsage":
        return errors.OptionWithoutValue(option=error.option_name)
    if kind == "BadParameter" and getattr(error, "param", None) is not None:
        return errors.InvalidValue(option=_parameter(error), text=_found(message), expected=_expected(error.param.type))
    if message.startswith("No such command"):
        name = _found(message)
        heads = list(dict.fromkeys(one.split(" ")[0] for one in COMMANDS))
        return errors.NoSuchCommand(name=name, nearest=get_close_matches(name, heads) or ["--help"])
    if "unexpected extra argument" in message:
        return errors.TooManyArguments(text=_found(message))
    return errors.UsageFault(message=message)


def _parameter(error: Any) -> str:  # noqa: ANN401
    param = error.param
    if param is None:
        return str(error.param_hint or "")
    return str(param.opts[-1] if param.param_type_name == "option" else param.metavar or param.name)


def _found(message: str) -> str:
    match = _QUOTED.search(message)
    return (match[1] or match[2] or "") if match else message


def _expected(kind: Any) -> str:  # noqa: ANN401  # a click parameter type
    choices = getattr(kind, "choices", None)
    if choices:
        return ", ".join(str(getattr(one, "value", one)) for one in choices)
    low, high = getattr(kind, "min", None), getattr(kind, "max", None)
    if low is not None and high is not None:
        return f"{low} .. {high}"
    return {"integer": "1, 2, 3 ..."}.get(getattr(kind, "name", ""), str(getattr(kind, "name", "")))
