"""Words in Chinese and English: gettext with the English text as the message's id."""

import gettext
import os
from pathlib import Path

DOMAIN = "lawcheck"
LOCALE = Path(__file__).resolve().parent.parent / "locale"
LANGUAGES = ("zh", "en")

_state: dict[str, gettext.NullTranslations | str] = {"language": "en", "messages": gettext.NullTranslations()}


def choose(language: str) -> None:
    """Speak Chinese (`zh`) or English (`en`) from now on; what typer says itself follows."""
    chinese = language == "zh"
    _state["language"] = language
    _state["messages"] = (
        gettext.translation(DOMAIN, LOCALE, ["zh"], fallback=True) if chinese else gettext.NullTranslations()
    )
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(DOMAIN, LOCALE)
    gettext.textdomain(DOMAIN)


def from_environment() -> str:
    """Return `zh` where the locale is Chinese, `en` otherwise."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        locale = os.environ.get(variable, "")
        if locale:
            return "zh" if locale.lower().startswith(("zh", "chinese")) else "en"
    if os.name == "nt":
        import ctypes  # only on Windows, where the locale is not in the environment

        chinese = 0x04
        return "zh" if ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == chinese else "en"  # type: ignore[attr-defined]
    return "en"


def language() -> str:
    """Return the language spoken now."""
    return str(_state["language"])


def is_chinese() -> bool:
    """Tell whether Chinese is spoken now."""
    return _state["language"] == "zh"


def _(message: str) -> str:
    """Return a message in the language spoken now."""
    return _state["messages"].gettext(message)  # type: ignore[union-attr]


def chinese(message: str) -> str:
    """Return a message in Chinese, whatever language is spoken: for papers that Chinese offices fill in."""
    return gettext.translation(DOMAIN, LOCALE, ["zh"], fallback=True).gettext(message)


def plural(one: str, many: str, n: int, **words: object) -> str:
    """Return the message for `n` things, `{n}` and the other words filled in."""
    return _state["messages"].ngettext(one, many, n).format(n=n, **words)  # type: ignore[union-attr]


def N_(message: str) -> str:  # noqa: N802  # gettext's own name for a message that is marked now and translated later
    """Mark a message for translation."""
    return message


def pick(zh: str, en: str) -> str:
    """Return the text in the language spoken now."""
    return zh if is_chinese() else en
