"""Random walks: whatever is done in whatever order, replay equals the tables, undo gives what was, totals balance."""

import random
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from faults_acts import ACTS
from faults_ground import DAY, LIHUA, WANG, content_of
from lawcheck.errors import LawcheckError
from lawcheck.service.journal import undo
from lawcheck.service.summary import BREAKDOWNS, summarise
from lawcheck.service.verify import verify
from lawcheck.store.register import Register

APART = ("entry", "touched", "document")
"""What undo adds to: the journal, what it speaks of, and copies that are kept."""


class Walked(NamedTuple):
    """What came of walks: acts done, refused, taken back again; what was wrong; how often each act was done."""

    walks: int
    done: int
    refused: int
    undone: int
    wrong: tuple[str, ...]
    acts: Counter[str]


def register_in_memory(path: Path, content: bytes) -> Register:
    """Open a copy of a register in memory; its path says only where its vault would be."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.deserialize(content)
    connection.execute("PRAGMA foreign_keys=ON")
    return Register(path, connection, 1.0, read_only=False)


def image_of(path: Path) -> bytes:
    """Return a register's file as bytes that can be opened in memory: without a write-ahead log."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    held = bytearray(path.read_bytes())
    held[18:20] = b"\1\1"  # the versions of a file without a write-ahead log
    return bytes(held)


def walk(ground: Path, seed: str, walks: int, steps: int) -> Walked:
    """Walk so many times from the ground, and look at the register at every step and at the end."""
    image = image_of(ground)
    done = refused = undone = 0
    wrong: list[str] = []
    acts: Counter[str] = Counter()
    for number in range(walks):
        dice = random.Random(f"{seed} {number}")  # noqa: S311
        register = register_in_memory(ground, image)
        path = []
        for _ in range(steps):
            name, actor = dice.choice(list(ACTS)), dice.choice((LIHUA, WANG))
            before = content_of(register.connection, APART)
            path.append(name)
            try:
                ACTS[name](register, dice, actor)
            except LawcheckError as error:
                refused += 1
                if content_of(register.connection, APART) != before:
                    wrong.append(f"walk {number}: {path}: refused ({error.code}), and something changed")
                continue
            done += 1
            acts[name] += 1
            if name != "undo" and dice.random() < 0.5:
                undone += 1
                undo(register, actor)
                if content_of(register.connection, APART) != before:
                    wrong.append(f"walk {number}: {path}: undo does not give back what was")
            wrong += [f"walk {number}: {path}: {one}" for one in unbalanced(register)]
        wrong += [f"walk {number}: {path}: verify: {one}" for one in verify(register).findings[:1]]
        register.close()
    return Walked(walks, done, refused, undone, tuple(wrong), acts)


def unbalanced(register: Register) -> list[str]:
    """Return where the totals of a summary are not what the rows come to when they are counted one by one."""
    states = Counter(str(values[9]) for values in register.each("checklist_row_all") if values[0] == 2026)
    counted = (sum(states.values()), states["done"], states["partial"], states["open"], states["na"])
    wrong = []
    for by in BREAKDOWNS:
        found = summarise(register, 2026, by=by, as_of=DAY)
        total = found.total
        lines = [line.totals for line in found.lines]
        summed = tuple(sum(line[place] for line in lines) for place in range(len(total)))
        if (total.rows, total.done, total.partial, total.open, total.na) != counted or summed != tuple(total):
            wrong.append(f"by {by}: {total} where the rows are {counted}")
    return wrong
