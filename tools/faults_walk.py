"""Random walks: whatever is done in whatever order, replay equals the tables, undo gives what was, totals balance."""

import random
import shutil
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from faults_acts import ACTS, chosen_name
from faults_ground import DAY, EVIDENCE_TOO, LIHUA, WANG, content_of, copy_ground
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


def walk(ground: Path, folder: Path, seed: str, walks: int, steps: int) -> Walked:
    """Walk so many times from the ground, and look at the register at every step and at the end."""
    done = refused = undone = 0
    wrong: list[str] = []
    acts: Counter[str] = Counter()
    for number in range(walks):
        dice = random.Random(f"{seed} {number}")  # noqa: S311
        register = Register.open(copy_ground(ground, folder))
        register.connection.execute("PRAGMA synchronous=OFF")
        path = []
        for _ in range(steps):
            name, actor = chosen_name(dice), dice.choice((LIHUA, WANG))
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
        wrong += [f"walk {number}: {path}: verify: {one}" for one in verify(register, asked=EVIDENCE_TOO).findings[:1]]
        register.close()
        shutil.rmtree(folder)
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
