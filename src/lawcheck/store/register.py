"""The register (台账): one connection, named statements, transactions, and the journal's one entry a command."""

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

from lawcheck import errors
from lawcheck.core.canonical import canonical, digest
from lawcheck.core.frozen import Document
from lawcheck.store import sqlite_sql
from lawcheck.store.codec import json_held
from lawcheck.store.file import (
    APPLICATION_ID,
    SCHEMA_VERSION,
    connect,
    making_file,
    opened,
    remove_file,
    translated,
)

if TYPE_CHECKING:
    from lawcheck.core.journal import Actor, Change, Entry, Head, Redaction

BUSY_SECONDS = 60.0
Values = tuple[object, ...]


class Register:
    """An open register. Statements are named as in `store/statements.py`; results are plain tuples."""

    def __init__(self, path: Path, connection: sqlite3.Connection, busy_seconds: float, *, read_only: bool) -> None:
        """Hold an open connection; use `open` or `create`."""
        self.path = path
        self.connection = connection
        self.busy_seconds = busy_seconds
        self.read_only = read_only
        self.is_new = False
        self.is_held = False
        self.has_written = False
        """Whether a transaction of this run is on the disk."""

    @classmethod
    def open(cls, path: Path, busy_seconds: float = BUSY_SECONDS, *, older: bool = False) -> Self:
        """Open a register that is there; one of an older version only where that is said, for what all versions have.

        Raises:
            RegisterFault: when it is missing or cannot be used.

        """
        connection, read_only = connect(path, busy_seconds, older=older)
        return cls(path, connection, busy_seconds, read_only=read_only)

    @classmethod
    def create(cls, path: Path, at: str, busy_seconds: float = BUSY_SECONDS, *, register_id: str | None = None) -> Self:
        """Make a new register at a place where there is none; closed without an entry, it goes again.

        It gets an id of its own, unless it is one that was there before.

        Raises:
            RegisterFault: when it cannot be made.

        """
        with making_file(path, busy_seconds) as connection:
            coming = cls(path, connection, busy_seconds, read_only=False)
            with coming.transaction():
                for statement in sqlite_sql.SCHEMA:
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
                coming.run("register_insert", one=1, id=register_id or os.urandom(16).hex(), created_at=at)
        try:
            with translated(path, busy_seconds):
                register = cls(path, opened(path, "mode=rw", busy_seconds), busy_seconds, read_only=False)
            register.is_new = True
        except BaseException:
            remove_file(path)
            raise
        return register

    def close(self) -> None:
        """Close the connection; remove a new register that was never written to."""
        self.connection.close()
        if self.is_new and not self.has_written:
            with suppress(errors.RegisterUnreachable):  # an empty register that stays is no harm
                remove_file(self.path)

    def __enter__(self) -> Self:
        """Return the register itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    # --- statements ---------------------------------------------------------------------------

    def _sql(self, name: str) -> str:
        text: str = getattr(sqlite_sql, name.upper())
        return text

    def run(self, name: str, /, **parameters: object) -> int:
        """Run a statement that changes something; return how many rows it touched."""
        with translated(self.path, self.busy_seconds):
            return self.connection.execute(self._sql(name), parameters).rowcount

    def one(self, name: str, /, **parameters: object) -> Values | None:
        """Return the first row of a result, None when it is empty."""
        with translated(self.path, self.busy_seconds):
            found: Values | None = self.connection.execute(self._sql(name), parameters).fetchone()
        return found

    def all(self, name: str, /, **parameters: object) -> list[Values]:
        """Return the whole result."""
        with translated(self.path, self.busy_seconds):
            return self.connection.execute(self._sql(name), parameters).fetchall()

    def each(self, name: str, /, **parameters: object) -> Iterator[Values]:
        """Yield a result row by row, however long it is."""
        with translated(self.path, self.busy_seconds):
            # No `yield from`: it would close the cursor of a stream that is given up, after the connection is closed.
            for values in self.connection.execute(self._sql(name), parameters):  # noqa: UP028
                yield values

    def pragma(self, name: str) -> list[Values]:
        """Return what SQLite says of the file when asked by a pragma."""
        with translated(self.path, self.busy_seconds):
            return self.connection.execute(f"PRAGMA {name}").fetchall()

    def schema(self) -> list[Values]:
        """Return name and SQL text of every table, index, trigger and view in the file, SQLite's own left out."""
        with translated(self.path, self.busy_seconds):
            return self.connection.execute(
                "SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name"
            ).fetchall()

    # --- transactions and the journal ---------------------------------------------------------

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all of the block or none of it; the writers of one register stand in line.

        Raises:
            RegisterReadOnly: the file cannot be written.
            RegisterLocked: another process kept it busy for longer than the busy timeout.

        """
        self.release()
        if self.read_only:
            raise errors.RegisterReadOnly(path=str(self.path))
        with translated(self.path, self.busy_seconds):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException as error:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                elif isinstance(error, KeyboardInterrupt):  # it came when all was on the disk
                    self.has_written = True
                raise
            self.has_written = True

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read one state of the register throughout the block, whatever others write meanwhile."""
        self.release()
        with translated(self.path, self.busy_seconds):
            self.connection.execute("BEGIN")
        try:
            yield
        finally:
            if self.connection.in_transaction:
                with translated(self.path, self.busy_seconds):
                    self.connection.execute("ROLLBACK")

    def hold(self) -> None:
        """Read one state of the register from now on, whatever others write, until the next snapshot or transaction."""
        self.release()
        with translated(self.path, self.busy_seconds):
            self.connection.execute("BEGIN")
        self.is_held = True

    def release(self) -> None:
        """End what `hold` began."""
        if self.is_held:
            self.is_held = False
            with translated(self.path, self.busy_seconds):
                self.connection.execute("ROLLBACK")

    def head(self) -> "Head":
        """Return the journal's last entry."""
        from lawcheck.core.journal import Head  # what is written and proved is not loaded by commands that only read

        found = self.one("entry_head")
        return Head(0, self.id()) if found is None else Head(*found)  # type: ignore[arg-type]

    def id(self) -> str:
        """Return the register's id, 32 hexadecimal digits."""
        found = self.one("register_get", key_one=1)
        return "" if found is None else str(found[0])

    def begun(self) -> str | None:
        """Return the instant at which the register was begun: of its first entry, and of its making before that."""
        found = self.one("register_get", key_one=1)
        return None if found is None else str(found[1])

    def keep(self, document: Document) -> str:
        """Keep a document under the hash of its canonical JSON and return the hash; once is enough."""
        body = canonical(document)
        key = digest(body)
        if self.one("document_get", key_hash=key) is None:
            self.run("document_insert", hash=key, body=body)
        return key

    def document(self, key: str) -> Document | None:
        """Return a kept document."""
        found = self.one("document_get", key_hash=key)
        held: Document | None = None if found is None else json_held(found[0])
        return held

    def record(
        self,
        actor: "Actor",
        command: str,
        changes: "Sequence[Change]",
        undoes: int | None = None,
        redaction: "Redaction | None" = None,
    ) -> "Entry":
        """Apply changes and write their entry; belongs inside `transaction`.

        `redaction` blanks earlier entries and says what stands in the place of each; the tables are made to fit before.

        Raises:
            RegisterDamaged: a table does not hold what the change starts from.

        """
        from lawcheck.core.journal import next_entry  # as in `head`
        from lawcheck.store.entities import Mismatch, apply_changes, write_touched

        with translated(self.path, self.busy_seconds):
            try:
                apply_changes(self.connection, list(changes))
            except Mismatch as mismatch:
                raise errors.RegisterDamaged(path=str(self.path), reason="mismatch") from mismatch
            entry = next_entry(self.head(), actor, command, list(changes), undoes, os.urandom(16).hex(), redaction)
            self.connection.execute(sqlite_sql.ENTRY_INSERT, entry._asdict())
            write_touched(self.connection, entry.seq, changes)
        if entry.seq == 1:
            self.run("register_begin", created_at=entry.at)
        for seq, _ in redaction.left if redaction else ():
            self.run("entry_blank", key_seq=seq)
        return entry
