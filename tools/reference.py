"""The reference page: what there is to type, to set and to expect, read from the code itself."""

import sys
from collections.abc import Iterator
from typing import Any

from lawcheck import errors
from lawcheck.cli.commands import COMMANDS, PANELS
from lawcheck.cli.main import root
from lawcheck.config import SETTINGS
from lawcheck.core.checks import CHECKS
from lawcheck.render.errors import SENTENCES
from lawcheck.render.language import N_, _, choose, pick
from lawcheck.render.proof import FINDINGS, SEVERITIES
from lawcheck.render.words import KINDS, word
from lawcheck.service.templates import list_templates

EXIT_CODES = {
    0: N_("done"),
    1: N_("gaps found, only where they were asked for: verify, list --fail, warnings of template check"),
    2: N_("the command line cannot be read"),
    3: N_("not found, or it could mean several things"),
    4: N_("refused by a rule"),
    5: N_("a template or input file has faults"),
    6: N_("the register is unreachable, locked or of another version, or a file cannot be written"),
    70: N_("a mistake in lawcheck"),
    130: N_("interrupted"),
}


def reference_lines() -> Iterator[str]:
    """Yield the page in the language spoken now."""
    yield "# " + _("Reference")
    yield ""
    yield _("Made from the code by `make generate`; `make docs` checks that it is up to date.")
    yield from _commands()
    yield from _table(_("Settings"), (_("Name"), _("Flag"), _("Environment"), _("Meaning")), _settings())
    yield from _table(_("Exit codes"), (_("Code"), _("Meaning")), ((str(n), _(text)) for n, text in EXIT_CODES.items()))
    heads = (_("Check"), _("Severity"), _("Says"))
    yield from _table(_("Checks of verify"), heads, _checks())
    yield from _table(_("Templates"), (_("Code"), _("Checklist"), _("Items"), _("Kinds")), _templates())
    yield from _table(_("Errors"), (_("Code"), _("Exit"), _("Says")), _errors())


def _commands() -> Iterator[str]:
    command = root()
    for panel in PANELS:
        yield ""
        yield f"## {_(panel)}"
        for name, line in COMMANDS.items():
            if line.panel != panel:
                continue
            yield ""
            yield f"### lawcheck {name}"
            yield ""
            yield from _command(command, name)
            yield ""
            yield "```sh"
            yield from line.examples
            yield "```"


def _command(command: Any, name: str) -> Iterator[str]:  # noqa: ANN401  # typer's command type is vendored
    for part in name.split(" "):
        command = command.get_command(None, part)
    yield command.help
    own = [param for param in command.params if not (param.name or "").startswith("global_")]
    if own:
        yield ""
    for param in own:
        names = f"`{', '.join(param.opts)}`" if param.param_type_name == "option" else f"`{param.metavar}`"
        metavar = f" `{param.metavar}`" if param.param_type_name == "option" and param.metavar else ""
        yield f"- {names}{metavar} — {param.help}"


def _settings() -> Iterator[tuple[str, ...]]:
    for one in SETTINGS:
        yield (one.name, f"`{one.flag}`" if one.flag else "", f"`{one.variable}`" if one.variable else "", _(one.help))


def _templates() -> Iterator[tuple[str, ...]]:
    for one in list_templates().templates:
        kinds = _(", ").join(f"{word(KINDS, kind)} {count}" for kind, count in one.kinds.items() if count)
        yield (one.code, pick(*one.title), str(one.items), kinds)


def _checks() -> Iterator[tuple[str, ...]]:
    for check, severity in CHECKS.items():
        yield (f"`{check}`", _(SEVERITIES[severity]), _(FINDINGS[check]).replace("|", "\\|"))


def _errors() -> Iterator[tuple[str, ...]]:
    classes = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, errors.LawcheckError)]
    for one in sorted(classes, key=lambda found: (found.exit_code, found.code)):
        if one.code in SENTENCES:
            yield (f"`{one.code}`", str(one.exit_code), _(SENTENCES[one.code][0]).replace("|", "\\|"))


def _table(title: str, heads: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> Iterator[str]:
    yield ""
    yield f"## {title}"
    yield ""
    yield f"| {' | '.join(heads)} |"
    yield f"|{' --- |' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(row)} |"


if __name__ == "__main__":
    choose(sys.argv[1])
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write("\n".join(reference_lines()) + "\n")
