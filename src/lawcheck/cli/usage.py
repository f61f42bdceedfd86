"""Typer's usage errors as errors of our own, so that they are worded once and in both languages.

Typer vendors click and words these errors itself, in English only; what they carry is read by name.
"""

import re
from difflib import get_close_matches
from typing import Any

from lawcheck import errors
from lawcheck.cli.commands import COMMANDS

_FOUND = re.compile(r"""(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|(\S+)) is not""")
_SURPLUS = re.compile(r"unexpected extra argument(?:\(s\)|s)? \((.*)\)\W*$", re.DOTALL)


def usage_fault(error: Any) -> errors.UsageFault:  # noqa: ANN401  # a vendored class that is not to be imported
    """Return the error of ours that says what typer's says."""
    kind = type(error).__name__
    message = str(getattr(error, "message", "") or error)
    if kind == "MissingParameter":
        return errors.MissingParameter(name=_parameter(error))
    if kind == "NoSuchOption" and error.option_name[1:2].isdigit():
        return errors.DashedValue(name=error.option_name)
    if kind == "NoSuchOption":
        return errors.NoSuchOption(name=error.option_name, nearest=list(error.possibilities or ()))
    if kind == "BadOptionUsage":
        if "not take a value" in message:
            return errors.FlagWithValue(option=error.option_name)
        return errors.OptionWithoutValue(option=error.option_name)
    if kind == "BadParameter" and getattr(error, "param", None) is not None:
        return errors.InvalidValue(option=_parameter(error), text=_found(message), expected=_expected(error.param.type))
    surplus = _SURPLUS.search(message)
    if surplus is not None:
        return errors.TooManyArguments(text=surplus[1])
    return errors.UsageFault(message=message)


def no_such_command(name: str, prefix: str) -> errors.NoSuchCommand:
    """Return the error for a command that does not exist, with those whose names look like it."""
    names = [one for one in COMMANDS if one.startswith(prefix)]
    heads = list(dict.fromkeys(one.removeprefix(prefix).split(" ")[0] for one in names))
    near = get_close_matches(name, heads) or ([one for one in names if name in one.split(" ")] or heads)[:3]
    return errors.NoSuchCommand(name=prefix + name, nearest=near)


def _parameter(error: Any) -> str:  # noqa: ANN401
    param = error.param
    if param is None:
        return str(error.param_hint or "")
    return str(param.opts[-1] if param.param_type_name == "option" else param.metavar or param.name)


def _found(message: str) -> str:
    match = _FOUND.match(message)
    return next((part for part in match.groups() if part is not None), "") if match else message


def _expected(kind: Any) -> str:  # noqa: ANN401  # a click parameter type
    choices = getattr(kind, "choices", None)
    if choices:
        return ", ".join(str(getattr(one, "value", one)) for one in choices)
    low, high = getattr(kind, "min", None), getattr(kind, "max", None)
    if low is not None and high is not None:
        return f"{low} .. {high}"
    return {"integer": "1, 2, 3 ...", "int": "1, 2, 3 ..."}.get(
        getattr(kind, "name", ""), str(getattr(kind, "name", ""))
    )
