"""A register of an older schema brought to this one: a backup first, then the migrations, each in one transaction."""

import os
import sqlite3
from contextlib import closing
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from lawcheck.errors import FileNotWritten, NotUpgraded, RegisterDamaged, UpgradeReadOnly
from lawcheck.store.copying import check_room, copy_register, file_size, first_fault
from lawcheck.store.file import SCHEMA_VERSION, connect, translated
from lawcheck.store.placing import made_beside, move_in, sync_tree
from lawcheck.store.register import Register


class Upgraded(NamedTuple):
    """What was done to a register: from which version to which, and where the backup from before is, if one was made.

    Where another process was faster, there is nothing left to do: `was` is the version it already had.
    """

    path: Path
    was: int
    now: int
    backup: Path | None


def upgrade(path: Path, at: str, busy_seconds: float, *, backed_up: bool = True) -> Upgraded:
    """Bring a register to this version. Whoever else wants to waits, and then finds it done.

    The backup lies beside the register, without its evidence, which no upgrade touches; its name holds the instant.

    Raises:
        UpgradeReadOnly: the file or its folder cannot be written.
        NotUpgraded: no backup can be made of it.
        RegisterFault: it is locked, damaged, or of a newer version.

    """
    register = _opened(path, busy_seconds)
    with closing(register.connection) as connection, translated(path, busy_seconds):
        connection.execute("PRAGMA foreign_keys=OFF")  # tables are made anew under the names that others refer to
        was = now = _version(connection)
        kept: Path | None = None
        while now < SCHEMA_VERSION:
            connection.execute("BEGIN IMMEDIATE")
            try:
                now = reached = _version(connection)  # of one who was faster
                if now < SCHEMA_VERSION:
                    step = _next(connection, path, now)
                    kept = kept or (_kept(path, at, busy_seconds, now) if backed_up else None)
                    reached = _migrate(connection, path, step, now)
                connection.execute("COMMIT")
                now = reached
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                if kept is not None and now == was:
                    kept.unlink(missing_ok=True)  # of a register that is still the same
                raise
    return Upgraded(path, was if kept or not backed_up else now, now, kept)


def _opened(path: Path, busy_seconds: float) -> Register:
    connection, read_only = connect(path, busy_seconds, older=True)
    if read_only or not os.access(path.parent, os.W_OK):
        found = _version(connection)
        connection.close()
        raise UpgradeReadOnly(path=str(path), found=found, known=SCHEMA_VERSION)
    return Register(path, connection, busy_seconds, read_only=False)


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _next(connection: sqlite3.Connection, path: Path, now: int) -> ModuleType:
    """Return the migration that comes next.

    Raises:
        RegisterDamaged: the tables are not those of the version that the register says it has.

    """
    step = import_module(f"lawcheck.store.migrations.to_{now + 1}")
    if not step.fits(connection):
        raise RegisterDamaged(path=str(path), reason="other-version")
    return step


def _migrate(connection: sqlite3.Connection, path: Path, step: ModuleType, now: int) -> int:
    """Run a migration and return the version that it makes.

    Raises:
        RegisterDamaged: something in the register refers to nothing.

    """
    step.migrate(connection)
    dangling = connection.execute("PRAGMA foreign_key_check").fetchone()
    if dangling is not None:
        raise RegisterDamaged(path=str(path), reason=f"{dangling[0]} {dangling[1]}: {dangling[2]}")
    connection.execute(f"PRAGMA user_version={now + 1}")
    return now + 1


def _kept(path: Path, at: str, busy_seconds: float, version: int) -> Path:
    """Copy a register as it is beside itself and return where.

    Raises:
        NotUpgraded: it cannot be copied.

    """
    stamp = "".join(sign for sign in at if sign.isalnum())
    place = path.with_name(f"{path.name}.schema-{version}.{stamp}.backup")
    connection, _ = connect(path, busy_seconds, older=True)
    try:
        with (
            closing(connection),
            made_beside(place) as folder,
        ):
            register = Register(path, connection, busy_seconds, read_only=True)
            check_room(place, 3 * file_size(register))  # the copy, and the log in which tables are made anew
            copy_register(register, folder / place.name, lambda _: None)
            with Register.open(folder / place.name, busy_seconds, older=True) as copy:
                fault = first_fault(copy)
            if fault is not None:
                raise RegisterDamaged(path=str(path), reason=fault)
            sync_tree(folder)
            move_in([(folder / place.name, place)], folder)
    except FileNotWritten as error:
        raise NotUpgraded(path=str(path), reason=error.params["reason"], name=str(place)) from error
    return place
