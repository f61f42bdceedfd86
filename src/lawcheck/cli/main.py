"""The entry point: language, the lazy tree of commands, global options, and the one boundary where errors end."""

import os
import sys
from importlib import import_module
from itertools import pairwise
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import get_command, get_command_from_info
from typer.models import CommandInfo

from lawcheck import __version__, config
from lawcheck.cli import INTERRUPTED
from lawcheck.cli.app import app
from lawcheck.cli.commands import COMMANDS, GROUPS, CommandLine
from lawcheck.config import SETTINGS
from lawcheck.errors import InvalidSetting, LawcheckError
from lawcheck.render import language
from lawcheck.render.language import N_, _

USAGE, BUG = 2, 70
_ClickUsageError: type[Exception] = typer.BadParameter.__mro__[1]
"""Typer vendors click and says that it is not to be imported; its usage error is what BadParameter derives from."""


class SpokenHelp:
    """Makes typer's own words of a help page speak the language chosen."""

    def get_help_option(self, ctx: Any) -> Any:  # noqa: ANN401
        """Return the help option with its help in the language spoken now."""
        option = super().get_help_option(ctx)  # type: ignore[misc]
        if option is not None:
            option.help = _("Show this page and leave.")
        return option

    def get_usage(self, ctx: Any) -> str:  # noqa: ANN401
        """Return the line of usage."""
        usage: str = super().get_usage(ctx)  # type: ignore[misc]
        return usage.replace("Usage:", _("Usage:"), 1).replace("[OPTIONS]", _("[OPTIONS]"), 1)


class SpokenCommand(SpokenHelp, TyperCommand):
    """A command whose help speaks the language chosen."""


class LazyGroup(SpokenHelp, TyperGroup):
    """A group that imports the module of a command only when the command is called."""

    prefix = ""
    helping = False

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401, ARG002  # a click context, vendored and private
        """Return the names of the commands in the order of the table."""
        heads = dict.fromkeys(
            name.removeprefix(self.prefix).split(" ")[0] for name in COMMANDS if name.startswith(self.prefix)
        )
        return list(heads)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401, ARG002
        """Return a command with its parameters; only its name and help while the group's own help is drawn."""
        name = self.prefix + cmd_name
        if name in GROUPS:
            return _group(name)
        line = COMMANDS.get(name)
        if line is None:
            return None
        if self.helping:
            return TyperCommand(cmd_name, help=_(line.help), rich_help_panel=_(line.panel))
        return _command(cmd_name, line)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:  # noqa: ANN401
        """Find the command that was typed.

        Raises:
            NoSuchCommand: there is none of that name.

        """
        if not args or args[0].startswith("-"):
            return super().resolve_command(ctx, args)
        name, *rest = args
        app.command = (self.prefix + name).split(" ")
        command = self.get_command(ctx, name)  # made once: its parameters are a good part of a command's start
        if command is None and not ctx.resilient_parsing:
            from lawcheck.cli.usage import no_such_command  # only for errors

            raise no_such_command(name, self.prefix)
        return name if command else None, command, rest

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Draw the help without importing what the commands need."""
        self.helping = True
        super().format_help(ctx, formatter)


def _command(name: str, line: CommandLine) -> TyperCommand:
    module, function = line.place.split(":")
    callback = getattr(import_module(f"lawcheck.cli.{module}"), function)
    examples = "\n\n".join([_("Examples:"), *line.examples]) if line.examples else None
    info = CommandInfo(
        name=name, callback=callback, cls=SpokenCommand, help=_help(callback), epilog=examples, context_settings=CONTEXT
    )
    command = get_command_from_info(info, pretty_exceptions_short=True, rich_markup_mode="rich")
    command.params += global_options()
    return command  # type: ignore[return-value]


def _help(callback: Any) -> str:  # noqa: ANN401
    doc = callback.__doc__ or ""
    return "\n".join(_(part) if part.strip() else "" for part in doc_paragraphs(doc))


def doc_paragraphs(doc: str) -> list[str]:
    """Return the paragraphs of a command's docstring, each on one line, as they are translated."""
    paragraphs = [" ".join(part.split()) for part in doc.split("\n\n")]
    return [one for part in paragraphs if part for one in (part, "")][:-1]


def _group(name: str) -> TyperGroup:
    panel, text = GROUPS[name]
    made = LazyGroup(name=name, help=_(text), rich_help_panel=_(panel), no_args_is_help=True, rich_markup_mode="rich")
    made.prefix = name + " "
    made.params += global_options()
    return made


CONTEXT = {"help_option_names": ["-h", "--help"]}
METAVARS = {"register": "FILE", "year": "YEAR", "lang": "zh|en", "user": "NAME", "format": "table|json|csv"}
_PANEL = N_("Options of every command")


def global_options() -> list[TyperOption]:
    """Return the options that stand before or after any command; what they say is kept in `app`."""
    options = [
        TyperOption(
            param_decls=[f"global_{setting.name}", setting.flag],
            type=str,
            callback=_keep(setting.name),
            expose_value=False,
            metavar=METAVARS[setting.name],
            help=_(setting.help) + (f" [{setting.variable}]" if setting.variable else ""),
            rich_help_panel=_(_PANEL),
        )
        for setting in SETTINGS
        if setting.flag is not None
    ]
    json_option = TyperOption(
        param_decls=["global_json", "--json"],
        is_flag=True,
        type=bool,
        callback=_keep_json,
        expose_value=False,
        help=_("The same as --format json."),
        rich_help_panel=_(_PANEL),
    )
    return [*options, json_option]


def _keep(name: str) -> Any:  # noqa: ANN401  # a click callback
    def keep(ctx: Any, param: Any, value: str | None) -> None:  # noqa: ANN401, ARG001
        if value is not None:
            app.flags[name] = value

    return keep


def _keep_json(ctx: Any, param: Any, value: bool) -> None:  # noqa: ANN401, ARG001
    if value:
        app.flags["format"] = "json"


def _board(
    ctx: typer.Context,
    version: bool = typer.Option(False, "--version", help=N_("Print the version.")),  # noqa: FBT003
) -> None:
    if version:
        sys.stdout.write(f"lawcheck {__version__}\n")
    elif ctx.invoked_subcommand is None:
        from lawcheck.cli.lists import show_board

        show_board()


_COMPLETION = (
    N_("Install completion for the current shell."),
    N_("Show completion for the current shell, to copy it or customize the installation."),
)
"""Words of typer's that stand on our help page."""
_ABOUT = N_("The compliance checklist of a bureau's year: started from templates, ticked, summed up.")
_WITHOUT = N_("Without a command it shows the board: what is overdue, due soon and returned.")


def root() -> Any:  # noqa: ANN401  # typer's own command type is vendored
    """Return the tree of commands in the language spoken now."""
    tree = typer.Typer(
        name="lawcheck",
        cls=LazyGroup,
        invoke_without_command=True,
        callback=_board,
        help=f"{_(_ABOUT)}\n\n{_(_WITHOUT)}",
        context_settings=CONTEXT,
        rich_markup_mode="rich",
        pretty_exceptions_enable=False,
    )
    command = get_command(tree)
    for param in command.params:
        param.help = _(param.help) if getattr(param, "help", None) else None  # type: ignore[attr-defined]
    command.params += global_options()
    return command


def early_language(arguments: list[str]) -> str:
    """Return the language to speak, before the arguments are parsed.

    Raises:
        InvalidSetting: a language is named that lawcheck does not speak.

    """
    flag = None
    for index, argument in enumerate(arguments):
        if argument == "--lang" and index + 1 < len(arguments):
            flag = arguments[index + 1]
        elif argument.startswith("--lang="):
            flag = argument.removeprefix("--lang=")
    named = config.value("lang", flag, {})
    if named is None:
        named = config.from_file().get("lang")
    if named is not None and named not in language.LANGUAGES:
        raise InvalidSetting(name="lang", value=named, expected=", ".join(language.LANGUAGES))
    return named or language.from_environment()


def run(arguments: list[str]) -> int:
    """Run one command line; return its exit code. No error leaves this function but as words."""
    _set_up_streams()
    language.choose(language.from_environment())
    try:
        try:
            language.choose(early_language(arguments))
            code = root().main(args=arguments, prog_name="lawcheck", standalone_mode=False)
            code = code if isinstance(code, int) else 0
            if code == INTERRUPTED:
                _say_interrupted()
            sys.stdout.flush()
        except _ClickUsageError as error:
            from lawcheck.cli.usage import usage_fault

            code = _fail(usage_fault(error), arguments) if type(error).__name__ != "NoArgsIsHelpError" else USAGE
        except LawcheckError as error:
            code = _fail(error, arguments)
        except typer.Abort:
            code = INTERRUPTED
        except KeyboardInterrupt:
            _say_interrupted()
            code = INTERRUPTED
    except BrokenPipeError:
        return _pipe_closed()
    except SystemExit as exit_:
        # Typer leaves with 1 when its output's reader is gone; nothing else here raises it.
        return _pipe_closed() if exit_.code == 1 else int(str(exit_.code or 0))
    except Exception as error:  # noqa: BLE001  # the boundary: never a traceback
        damage = app.damage()
        return _bug(error) if damage is None else _fail(damage, arguments)
    finally:
        app.close()
    return code


_MADE = N_("The change itself was made; 'lawcheck log' shows it.")


def _say_interrupted() -> None:
    text = (
        _("Interrupted.") + " " + _(_MADE)
        if app.has_written
        else _("Interrupted; nothing was changed by this command.")
    )
    sys.stderr.write(text + "\n")


def _fail(error: LawcheckError, arguments: list[str]) -> int:
    from lawcheck.render.output import show_error

    if error.params.get("path") == "":
        error.params["path"] = str(app.path)
    show_error(error, app.command, "json" if _asks_for_json(arguments) else "table")
    if app.has_written:
        sys.stderr.write(_(_MADE) + "\n")
    return error.exit_code


def _asks_for_json(arguments: list[str]) -> bool:
    """Tell whether errors are to be JSON, also where the arguments were not read to their end."""
    if "--json" in arguments or "--format=json" in arguments or ("--format", "json") in pairwise(arguments):
        return True
    try:
        return app.form == "json"
    except LawcheckError:
        return False


def _pipe_closed() -> int:
    """Leave quietly when the reader of a pipe has seen enough."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())
    return 0


def _bug(error: Exception) -> int:
    """Keep what happened in a file and say where it is."""
    import platform
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile(
        "w", prefix="lawcheck-bug-", suffix=".log", delete=False, encoding="utf-8", errors="replace"
    ) as log:
        log.write(f"lawcheck {__version__}, Python {platform.python_version()}, {platform.platform()}\n")
        log.write("".join(traceback.format_exception(error)))
    text = _("This is a mistake in lawcheck, and nothing was changed. Details are in {path}")
    if app.has_written:
        text = _("This is a mistake in lawcheck. Details are in {path}") + "\n" + _(_MADE)
    sys.stderr.write(text.format(path=log.name) + "\n")
    return BUG


def _set_up_streams() -> None:
    """Make a stream that cannot show a character write a question mark instead of crashing."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
