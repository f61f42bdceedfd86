"""One table of settings: flag over environment over file over default."""

import os
import sys
from pathlib import Path
from typing import NamedTuple

from lawcheck.errors import InvalidSetting, UnsupportedRegister

FILE_NAME = "config.toml"


class Setting(NamedTuple):
    """A setting: its name in the file, flag and environment variable, and what it does (a message id)."""

    name: str
    flag: str | None
    variable: str | None
    help: str


SETTINGS = (
    Setting("register", "--register", "LAWCHECK_REGISTER", "The register's file."),
    Setting("year", "--year", "LAWCHECK_YEAR", "The year that is meant where several are open."),
    Setting("lang", "--lang", "LAWCHECK_LANG", "The language: zh or en."),
    Setting("user", "--as", "LAWCHECK_USER", "The person who acts."),
    Setting("format", "--format", None, "The form of the output: table, json or csv."),
    Setting("today", None, "LAWCHECK_TODAY", "What counts as today; every entry says that it was set."),
    Setting(
        "signing_key",
        None,
        "LAWCHECK_SIGNING_KEY",
        "A private key, Ed25519 in PEM, by which every manifest that is written is signed.",
    ),
    Setting("busy_seconds", None, "LAWCHECK_BUSY_SECONDS", "How long to wait for another writer; 60 by default."),
    Setting(
        "evidence_most_mib",
        None,
        "LAWCHECK_EVIDENCE_MOST_MIB",
        "How large a file of evidence may be, in MiB; 1024 by default.",
    ),
    Setting(
        "evidence_hash", None, "LAWCHECK_EVIDENCE_HASH", "How evidence is hashed: sha256, which is the default, or sm3."
    ),
)
"""In the order in which they are documented."""


def from_file() -> dict[str, str]:
    """Return what the settings file says; empty when there is none.

    Raises:
        InvalidSetting: the file cannot be read as TOML, or names a setting that does not exist.

    """
    path = config_file()
    if not path.is_file():
        return {}
    import tomllib  # only where there is a file

    try:
        held = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidSetting(name=str(path), value=str(error), expected="TOML") from error
    known = [setting.name for setting in SETTINGS]
    for name in held:
        if name not in known:
            raise InvalidSetting(name=str(path), value=name, expected=", ".join(known))
    return {name: str(value) for name, value in held.items()}


def value(name: str, flag: str | None, file: dict[str, str]) -> str | None:
    """Return a setting from its flag, its environment variable or the file; None when nobody says."""
    setting = next(one for one in SETTINGS if one.name == name)
    if flag is not None:
        return flag
    if setting.variable is not None and os.environ.get(setting.variable):
        return os.environ[setting.variable]
    return file.get(name)


def number(name: str, text: str, lowest: float) -> float:
    """Return a setting that is a number.

    Raises:
        InvalidSetting: it is none, or too small.

    """
    try:
        found = float(text)
    except ValueError:
        found = lowest - 1
    if not lowest <= found < 1e6:  # eleven days; also keeps nan and inf out
        raise InvalidSetting(name=name, value=text, expected=f">= {lowest:g}")
    return found


def register_path(text: str | None) -> Path:
    """Return the path of the register, the default one when nobody says.

    Raises:
        UnsupportedRegister: the address is of a kind that this version cannot open.

    """
    if text is None:
        return data_folder() / "register.db"
    if "://" in text:
        raise UnsupportedRegister(address=text.split("@")[-1])
    return at_home(Path(text))


def at_home(path: Path) -> Path:
    """Return a path with `~` as the home folder that it names; as it stands where there is no such home."""
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def data_folder() -> Path:
    """Return the folder of registers on this machine and for this user."""
    return _folder("XDG_DATA_HOME", ".local/share", "user_data_path")


def config_file() -> Path:
    """Return where the settings file may be."""
    return _folder("XDG_CONFIG_HOME", ".config", "user_config_path") / FILE_NAME


def _folder(variable: str, below_home: str, elsewhere: str) -> Path:
    """Return a folder of the user's; platformdirs knows it, but loading it is a twentieth of a tick on Linux."""
    if sys.platform == "linux":
        named = os.environ.get(variable, "").strip()
        return (Path(named) if named.startswith("/") else at_home(Path("~") / below_home)) / "lawcheck"
    import platformdirs

    found: Path = getattr(platformdirs, elsewhere)("lawcheck", appauthor=False)
    return found
