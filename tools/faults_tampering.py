"""Trials of tampering: with another program inside the tables, with the bytes of the file, with what lies beside it."""

import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from faults_ground import EVIDENCE_TOO, content_of, copy_ground, earlier_of, findings_of, run_forked
from lawcheck.errors import LawcheckError
from lawcheck.store.register import Register
from lawcheck.store.vault import Vault

OFTEN = ("entry", "entry", "entry", "entry", "checklist_row", "checklist_row", "case_row", "item", "note", "document")
"""The tables that are tampered with more often than all the others."""
ATTEMPTS = 50
"""After so many changes that come to nothing, a kind is given up: there is no such thing to change."""


class Tampered(NamedTuple):
    """What came of tampering: how often, how often it was a finding or a refusal, what was missed or went wrong."""

    tried: int
    found: int
    refused: int
    wrong: tuple[str, ...]
    kinds: Counter[str]


class Change(NamedTuple):
    """What was done to a table, in words."""

    kind: str
    what: str


# --- inside the tables ------------------------------------------------------------------------


class Tables:
    """The tables of a register's file as another program sees them, with every guard taken off."""

    def __init__(self, connection: sqlite3.Connection, dice: random.Random) -> None:
        """Take the guards off: triggers, constraints, references."""
        self.connection = connection
        self.dice = dice
        self.guards = [sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE type = 'trigger'")]
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("PRAGMA ignore_check_constraints=ON")
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
        self.names = [
            name for (name,) in names.fetchall() if connection.execute(f"SELECT 1 FROM {name} LIMIT 1").fetchone()
        ]

    def put_guards_back(self) -> None:
        """Put the triggers back, as somebody would who wants to leave no trace."""
        for sql in self.guards:
            self.connection.execute(sql)

    def table(self) -> str:
        """Choose a table that holds something."""
        often = [name for name in OFTEN if name in self.names]
        chosen: str = self.dice.choice((*often, *self.names))
        return chosen

    def columns(self, table: str) -> tuple[list[str], list[str]]:
        """Return the columns of a table, and those of its key."""
        held = self.connection.execute(f"PRAGMA table_info({table})").fetchall()
        return [one[1].decode() for one in held], [one[1].decode() for one in held if one[5]]

    def rows(self, table: str) -> list[sqlite3.Row]:
        """Return the rows of a table, their text as bytes."""
        return self.connection.execute(f"SELECT * FROM {table}").fetchall()

    def put(self, table: str, row: sqlite3.Row, column: str, value: object) -> None:
        """Put a value in the place of another; bytes are put as text, whatever they are."""
        _, key = self.columns(table)
        where = " AND ".join(f"{name} = {_placed(row[name])}" for name in key)
        self.connection.execute(
            f"UPDATE {table} SET {column} = {_placed(value)} WHERE {where}", (value, *(row[name] for name in key))
        )


def _placed(value: object) -> str:
    return "CAST(? AS TEXT)" if isinstance(value, bytes) else "?"


def _value(tables: Tables, *, text_only: bool = False) -> tuple[str, sqlite3.Row, str] | None:
    table = tables.table()
    row = tables.dice.choice(tables.rows(table))
    wanted = [name for name in row.keys() if isinstance(row[name], bytes if text_only else (bytes, int))]  # noqa: SIM118
    return (table, row, tables.dice.choice(wanted)) if wanted else None


def _byte(tables: Tables) -> str | None:
    """Change one byte of a value, or one digit of a number."""
    chosen = _value(tables)
    if chosen is None:
        return None
    table, row, column = chosen
    old = row[column]
    held = bytearray(str(old).encode() if isinstance(old, int) else old)
    if not held:
        return None
    place = tables.dice.randrange(len(held))
    others = b"0123456789" if isinstance(old, int) else bytes(range(1, 256))
    held[place] = tables.dice.choice([one for one in others if one != held[place]])
    new = int(held) if isinstance(old, int) else bytes(held)
    if new == old:
        return None
    tables.put(table, row, column, new)
    return f"{table}.{column}: {old!r:.80} -> {new!r:.80}"


def _delete(tables: Tables) -> str:
    """Delete a row."""
    table = tables.table()
    row = tables.dice.choice(tables.rows(table))
    _, key = tables.columns(table)
    where = " AND ".join(f"{name} = {_placed(row[name])}" for name in key)
    tables.connection.execute(f"DELETE FROM {table} WHERE {where}", tuple(row[name] for name in key))
    return f"{table}: {[row[name] for name in key]}"


def _swap(tables: Tables) -> str | None:
    """Exchange a value of two rows that is not their key."""
    table = tables.table()
    rows = tables.rows(table)
    columns, key = tables.columns(table)
    column = tables.dice.choice([name for name in columns if name not in key] or [""])
    if len(rows) < 2 or not column:
        return None
    one, other = tables.dice.sample(rows, 2)
    if one[column] == other[column]:
        return None
    tables.put(table, one, column, other[column])
    tables.put(table, other, column, one[column])
    return f"{table}.{column}: {one[column]!r:.60} <-> {other[column]!r:.60}"


def _order(tables: Tables) -> str:
    """Exchange the places of two entries of the journal."""
    (most,) = tables.connection.execute("SELECT max(seq) FROM entry").fetchone()
    one, other = tables.dice.sample(range(1, most + 1), 2)
    for old, new in ((one, -1), (other, one), (-1, other)):
        tables.connection.execute("UPDATE entry SET seq = ? WHERE seq = ?", (new, old))
    return f"entry: {one} <-> {other}"


def _cut_text(tables: Tables) -> str | None:
    """Cut a text short."""
    chosen = _value(tables, text_only=True)
    if chosen is None or not chosen[1][chosen[2]]:
        return None
    table, row, column = chosen
    old = row[column]
    new = old[: tables.dice.randrange(len(old))]
    tables.put(table, row, column, new)
    return f"{table}.{column}: {old!r:.60} -> {new!r:.60}"


def _cut_tail(tables: Tables) -> str:
    """Cut the journal's last entries off, with what says what they are about."""
    (most,) = tables.connection.execute("SELECT max(seq) FROM entry").fetchone()
    last = tables.dice.randrange(most)
    tables.connection.execute("DELETE FROM entry WHERE seq > ?", (last,))
    tables.connection.execute("DELETE FROM touched WHERE seq > ?", (last,))
    return f"entry: all after {last}"


def _older(ground: Path, path: Path, dice: random.Random) -> str:
    """Put the whole file as it was earlier in the place of the file: whole in itself, with a tail that is gone."""
    older = dice.choice(sorted(earlier_of(ground).iterdir())[:-1])
    path.write_bytes(older.read_bytes())
    return older.name


def _evidence(path: Path, dice: random.Random) -> str:
    """Change, cut, remove or exchange a file in the vault."""
    files = sorted(one for one in Vault(path).folder.rglob("*") if one.is_file())
    file, other = dice.sample(files, 2)
    held = file.read_bytes()
    place = dice.randrange(len(held))
    how = dice.choice(("byte", "byte", "byte", "cut", "longer", "gone", "exchanged"))
    file.chmod(0o600)
    if how == "gone":
        file.unlink()
    elif how == "exchanged":
        file.write_bytes(other.read_bytes())
    else:
        changed = held[:place] + bytes([held[place] ^ dice.randrange(1, 256)]) + held[place + 1 :]
        file.write_bytes({"byte": changed, "cut": held[:place], "longer": held + b"x"}[how])
    return f"{how} at {place} of {file.name[:12]}"


KINDS: dict[str, Callable[[Tables], str | None]] = {
    "byte": _byte,
    "deletion": _delete,
    "swap": _swap,
    "order": _order,
    "cut text": _cut_text,
    "cut tail": _cut_tail,
}


def tamper(ground: Path, folder: Path, seed: str, times: int) -> Tampered:
    """Tamper with a register so many times, each time with a fresh copy, and prove it whole or not."""
    dice = random.Random(seed)  # noqa: S311  # nothing secret: the same changes every time
    path = copy_ground(ground, folder)
    content = path.read_bytes()
    with Register.open(path) as register:
        head = register.head().hash
    found = refused = 0
    wrong: list[str] = []
    kinds: Counter[str] = Counter()
    while sum(kinds.values()) < times:
        for end in ("", "-wal", "-shm", "-journal"):  # another file every time: none is open any more
            path.with_name(path.name + end).unlink(missing_ok=True)
        path.write_bytes(content)
        kind = dice.choice((*["in the tables"] * 8, "evidence", "older file"))
        if kind == "evidence":
            change: Change | None = Change(kind, _evidence(path, dice))
        elif kind == "older file":
            change = Change(kind, _older(ground, path, dice))
        else:
            change = _tampered(path, dice)
        if change is None:
            continue
        kinds[change.kind] += 1
        seen, why = seen_through(path, head if kind == "older file" else None)
        if kind == "evidence":
            shutil.rmtree(Vault(path).folder)
            shutil.copytree(Vault(ground).folder, Vault(path).folder)
        found += seen == "found"
        refused += seen == "refused"
        if seen not in ("found", "refused"):
            wrong.append(f"{change.kind}, {change.what}: {seen} {why}")
    shutil.rmtree(folder)
    return Tampered(times, found, refused, tuple(wrong), kinds)


def _tampered(path: Path, dice: random.Random) -> Change | None:
    """Change something in a register's tables; None where what was chosen cannot be changed."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode=DELETE")
        connection.execute("BEGIN")
        connection.text_factory = str
        tables = Tables(connection, dice)
        connection.text_factory = bytes
        kind = dice.choice(("byte", "byte", "byte", "byte", *KINDS))
        try:
            what = KINDS[kind](tables)
        except sqlite3.IntegrityError:  # there is another of that key
            what = None
        if what is None:
            connection.execute("ROLLBACK")
            return None
        connection.text_factory = str
        tables.put_guards_back()
        connection.execute("COMMIT")
        return Change(kind, what)


def seen_through(path: Path, against: str | None) -> tuple[str, str]:
    """Return whether tampering is `found`, `refused` as damage, `missed`, or breaks the proof itself."""
    try:
        findings = findings_of(path, EVIDENCE_TOO._replace(against=against))
    except LawcheckError as error:
        return "refused", str(error.code)
    except Exception as error:  # noqa: BLE001  # a traceback is what is looked for
        return "a traceback", repr(error)
    return ("found", str(findings[0])) if findings else ("missed", "")


# --- the bytes of the file --------------------------------------------------------------------


def flip(ground: Path, folder: Path, seed: str, times: int) -> Tampered:
    """Change a byte anywhere in the file so many times; commands read it, refuse it or name it, and never write."""
    dice = random.Random(seed)  # noqa: S311
    path = copy_ground(ground, folder)
    content = path.read_bytes()
    with closing(sqlite3.connect(path)) as connection:
        whole = content_of(connection)
    found = refused = 0
    wrong: list[str] = []
    for _ in range(times):
        place, mask = dice.randrange(len(content)), dice.randrange(1, 256)
        flipped = content[:place] + bytes([content[place] ^ mask]) + content[place + 1 :]
        for end in ("-wal", "-shm", "-journal"):
            path.with_name(path.name + end).unlink(missing_ok=True)
        path.write_bytes(flipped)
        words = f"byte {place} ^ {mask}"
        verified = run_forked(["verify"], path)
        listed = run_forked(
            dice.choice((["list"], ["show", "TT-01"], ["log"], ["summary"], ["case", "list"], [])), path
        )
        found += verified.code == 1
        refused += verified.code == 6
        for run, codes in ((verified, (0, 1, 6)), (listed, (0, 3, 6))):
            if run.code not in codes or "Traceback" in run.err or (run.code > 1 and not run.err.strip()):
                wrong.append(f"{words}: {run.code} {run.err[-300:]!r}")
        if path.read_bytes() != flipped:
            wrong.append(f"{words}: the file was written to")
        if verified.code == 0 and _held(path) != whole:
            wrong.append(f"{words}: something else is read, and nothing was found")
    shutil.rmtree(folder)
    return Tampered(times, found, refused, tuple(wrong), Counter())


def _held(path: Path) -> str:
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as connection:
            return content_of(connection)
    except (sqlite3.Error, UnicodeError) as error:
        return repr(error)
