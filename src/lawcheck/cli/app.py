"""What every command shares: settings, the register, who acts and when. All of it is made when first asked for."""

import os
import sys
from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

import typer

from lawcheck import config
from lawcheck.core.row import clean_text
from lawcheck.errors import ConflictingOptions, InvalidSetting, RegisterDamaged, RegisterFault, RegisterOlder
from lawcheck.render import output
from lawcheck.render.words import set_call

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from lawcheck.core.frozen import Document
    from lawcheck.core.journal import Actor
    from lawcheck.store.register import Register

FORMS = ("table", "json", "csv")


class App:
    """One run of the program; the clock is read once, here."""

    def __init__(self) -> None:
        """Read the clock."""
        self.flags: dict[str, str] = {}
        self.command = ["board"]
        self.now = datetime.now(UTC)
        self._register: Register | None = None

    @cached_property
    def _file(self) -> dict[str, str]:
        return config.from_file()

    def setting(self, name: str) -> str | None:
        """Return a setting: flag over environment over file."""
        return config.value(name, self.flags.get(name), self._file)

    @cached_property
    def form(self) -> str:
        """Return the form of the output."""
        form = self.setting("format") or "table"
        if form not in FORMS:
            raise InvalidSetting(name="format", value=form, expected=", ".join(FORMS))
        return form

    @cached_property
    def year(self) -> int | None:
        """Return the year named by a setting."""
        text = self.setting("year")
        if text is None:
            return None
        if not text.isdecimal() or not text.isascii():
            raise InvalidSetting(name="year", value=text, expected="2026")
        from lawcheck.core.dates import check_year  # only where a year is named

        return check_year(int(text))

    @cached_property
    def today(self) -> date:
        """Return what counts as today."""
        text = self.setting("today")
        if not text:
            return self.now.astimezone().date()
        from lawcheck.core.dates import parse_date  # only where a day is set

        return parse_date(text)

    @cached_property
    def path(self) -> "Path":
        """Return the path of the register."""
        named = self.flags.get("register")
        if named is not None:
            import shlex  # only where one is named

            set_call(f"lawcheck --register {shlex.quote(named)}")
        return config.register_path(self.setting("register"))

    @property
    def busy_seconds(self) -> float:
        """Return how long to wait for another writer."""
        return config.number("busy_seconds", self.setting("busy_seconds") or "60", 0)

    @property
    def register(self) -> "Register":
        """Return the open register.

        Raises:
            RegisterFault: when it cannot be opened.

        """
        if self._register is None:
            self._register = self.opened(self.path)
        return self._register

    def opened(self, path: "Path") -> "Register":
        """Return an open register; one of an older version is upgraded first, and stderr says so.

        Raises:
            RegisterFault: when it cannot be opened.

        """
        from lawcheck.store.register import Register  # not loaded for --help

        try:
            return Register.open(path, self.busy_seconds)
        except RegisterOlder:
            from lawcheck.render.copies import upgraded_words
            from lawcheck.store.upgrade import upgrade  # only where it has to be

            done = upgrade(path, self.instant, self.busy_seconds)
            if done.backup is not None:
                sys.stderr.write(upgraded_words(str(path), done.was, done.now, str(done.backup)) + "\n")
            return Register.open(path, self.busy_seconds)

    def warn_of_far_disk(self) -> None:
        """Say on stderr that the register lies on a disk of another machine, if it does."""
        from lawcheck.store.file import is_on_local_disk

        if not is_on_local_disk(self.register.path):
            from lawcheck.render.copies import far_words

            sys.stderr.write(far_words(str(self.register.path)) + "\n")

    def register_or_none(self) -> "Register | None":
        """Return the open register, None where there is none and none was named."""
        named = self.flags.get("register") is not None
        return self.register if named or os.path.lexists(self.path) else None

    def register_or_new(self) -> "Register":
        """Return the open register, a new one where there is none."""
        if self._register is None and not os.path.lexists(self.path):
            self._register = self.new_register(self.path)
        return self.register

    def new_register(self, path: "Path") -> "Register":
        """Make a new register at a place where there is none."""
        from lawcheck.store.register import Register

        return Register.create(path, self.instant, self.busy_seconds)

    @property
    def instant(self) -> str:
        """Return the instant of this run in UTC, ISO 8601 with microseconds."""
        return self.now.isoformat(timespec="microseconds").replace("+00:00", "Z")

    @property
    def actor(self) -> "Actor":
        """Return who acts; the bureau's list of people decides whether he may, where there is one.

        Raises:
            ConflictingOptions: the output is to be CSV, which a command that changes something does not have.

        """
        self.refuse_csv()
        from lawcheck.service.people import person_id

        maker = self.maker
        return maker._replace(person=person_id(self.register, maker.person))

    @property
    def maker(self) -> "Actor":
        """Return who makes a copy, which changes nothing: anybody, whether or not the bureau lists him."""
        from lawcheck.core.journal import Actor  # not needed by commands that only read

        user = clean_text(_os_user()) or "?"
        person = clean_text(self.setting("user") or user)[:80]
        today_set = self.setting("today") is not None
        return Actor(person, user, clean_text(_host()), self.instant, self.today.isoformat(), today_set)

    @cached_property
    def sign(self) -> "Callable[[Document], Document] | None":
        """Return what signs manifests, None where no key is set.

        Raises:
            KeyUnusable: the key cannot be used.
            ExtraMissing: the library for it is not installed.

        """
        named = self.setting("signing_key")
        if not named:
            return None
        from pathlib import Path

        from lawcheck.export.signing import signer  # only where a key is set

        return signer(config.at_home(Path(named)), _passphrase)

    def refuse_csv(self) -> None:
        """Refuse to begin what writes something and has no table to show.

        Raises:
            ConflictingOptions: the output is to be CSV.

        """
        if self.form == "csv":
            raise ConflictingOptions(first="--format csv", second=" ".join(self.command))

    def show(self, result: object, *, exit_code: int = 0) -> None:
        """Write a result and leave with its exit code.

        Raises:
            typer.Exit: with the exit code, when it is not 0.

        """
        output.show(result, self.command, self.form, sys.stdout, exit_code=exit_code)
        if exit_code:
            raise typer.Exit(exit_code)

    @property
    def has_written(self) -> bool:
        """Tell whether the change of this run is on the disk already."""
        return self._register is not None and self._register.has_written

    def damage(self) -> RegisterFault | None:
        """Return what is wrong with the open register, if anything: an error that nobody foresaw may come of that."""
        if self._register is None:
            return None
        from lawcheck.service.verify import verify  # only after such an error

        try:
            findings = verify(self._register).findings
        except RegisterFault as fault:
            return fault
        except Exception:  # noqa: BLE001  # the error that led here is the one to tell
            return None
        if not findings:
            return None
        return RegisterDamaged(path=str(self.path), reason=f"{findings[0].check} {findings[0].where}")

    def close(self) -> None:
        """Close the register, if it was opened."""
        if self._register is not None:
            self._register.close()


def _passphrase() -> str | None:
    """Ask for a key's passphrase on a terminal; None where there is none."""
    if not sys.stdin.isatty():
        return None
    import getpass  # only for a key that is encrypted

    from lawcheck.render.language import _

    return getpass.getpass(_("Passphrase of the signing key: "), sys.stderr)


def _os_user() -> str:
    try:
        import pwd
    except ImportError:  # Windows
        return os.environ.get("USERNAME", "?")
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


def _host() -> str:
    if hasattr(os, "uname"):
        return os.uname().nodename
    return os.environ.get("COMPUTERNAME", "?")


app = App()
"""The one run of this process."""
