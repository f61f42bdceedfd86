"""Trials of a process that is killed, and of many at once: nothing acknowledged is lost, nothing is half done."""

import os
import random
import select
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple, NoReturn, TextIO

from faults_acts import chosen_act
from faults_ground import (
    DAY,
    EVIDENCE_TOO,
    LIHUA,
    ROOT,
    WANG,
    copy_ground,
    environment,
    findings_of,
    state_of,
)
from lawcheck.errors import LawcheckError
from lawcheck.service.rows import tick
from lawcheck.service.start import start_year
from lawcheck.service.verify import verify
from lawcheck.store.register import Register
from support import INSTANT, SMALL_BUREAU, SMALL_TEMPLATE

LONGEST = 0.02
"""Seconds after which a worker is killed at the latest, once it has acknowledged so much."""
ROUND = 40
"""How many kills a register takes before a fresh one: proving a long journal whole takes longer."""


class Killed(NamedTuple):
    """What came of a number of kills: how much had been acknowledged, how much of it was lost, what was wrong."""

    kills: int
    acknowledged: int
    lost: int
    wrong: tuple[str, ...]


def kill_workers(ground: Path, folder: Path, seed: str, kills: int) -> Killed:
    """Kill a worker at a random moment, prove the register whole, and let another go on, so many times."""
    dice = random.Random(seed)  # noqa: S311  # nothing secret: the same moments every time
    acknowledged = lost = 0
    wrong: list[str] = []
    path = ground
    for number in range(kills):
        if number % ROUND == 0:
            shutil.rmtree(folder, ignore_errors=True)
            path = copy_ground(ground, folder)
        told = _killed_worker(path, f"{seed} {number}", dice.choice((0, 1, 1, 2, 4)), dice.uniform(0, LONGEST))
        acknowledged += len(told)
        held, complaints = _held_after(path, told)
        lost += len(set(told) - held)
        wrong += [f"kill {number} of {seed!r}: {one}" for one in complaints]
    return Killed(kills, acknowledged, lost, tuple(wrong))


def _killed_worker(path: Path, seed: str, acts: int, seconds: float) -> list[str]:
    """Let a worker act and acknowledge, and kill it some time after so many acts; return what it acknowledged."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        _work_until_killed(path, writer, random.Random(seed))  # noqa: S311
    os.close(writer)
    held = b""
    while held.count(b"\n") <= acts and select.select([reader], [], [], 10)[0]:
        held += os.read(reader, 4096)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reader, "rb") as told:
        lines = (held + told.read()).decode().splitlines(keepends=True)
    return [line.strip() for line in lines[1:] if line.endswith("\n")]


def _work_until_killed(path: Path, writer: int, dice: random.Random) -> NoReturn:
    os.write(writer, b"begun\n")
    while True:
        with Register.open(path) as register:
            for _ in range(dice.randint(1, 8)):
                act, actor = chosen_act(dice), dice.choice((LIHUA, WANG))
                try:
                    act(register, dice, actor)
                except LawcheckError:
                    continue  # refused by a rule
                head = register.head()
                os.write(writer, f"{head.seq} {head.hash}\n".encode())


def _held_after(path: Path, told: list[str]) -> tuple[set[str], list[str]]:
    """Return the entries that a register holds, and what is wrong with it."""
    with Register.open(path) as register:
        wrong = [f"verify: {one}" for one in verify(register, asked=EVIDENCE_TOO).findings[:1]]
        held = [f"{values[0]} {values[-1]}" for values in register.each("entry_all")]
    if told and len(held) > int(told[-1].split()[0]) + 1:
        wrong.append(f"{len(held)} entries, of which the last acknowledged is {told[-1]}")
    return set(held), wrong


def kill_commands(ground: Path, folder: Path, seed: str, kills: int) -> Killed:
    """Kill the real command line at random moments: each time the register is before or after."""
    dice = random.Random(seed)  # noqa: S311
    done = lost = 0
    wrong: list[str] = []
    longest = 0.0
    for number in range(-1, kills):  # the first one is not killed: it shows how long a command takes
        shutil.rmtree(folder, ignore_errors=True)
        path = copy_ground(ground, folder)
        before = state_of(path)
        begun = time.monotonic()
        command = [sys.executable, "-m", "lawcheck", "tick", "TT-02.Q2.FZ", "--note", f"note {number}"]
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), **environment(path)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        if number < 0:
            process.communicate()
            longest = 1.3 * (time.monotonic() - begun)
            continue
        time.sleep(dice.uniform(0, longest))
        process.kill()
        out, _ = process.communicate()
        said = process.returncode == 0 or "✓".encode() in out
        changed = state_of(path) != before
        done += said
        lost += said and not changed
        with Register.open(path) as register:
            entries = register.head().seq
            held = register.one("row_get", year=2026, ref="TT-02.Q2.FZ") or ()
        wrong += [f"command {number}: {one}" for one in findings_of(path)[:1]]
        if changed != ("done" in held):
            wrong.append(f"command {number}: half a tick in {entries} entries")
    return Killed(kills, done, lost, tuple(wrong))


# --- many at once -----------------------------------------------------------------------------


class Together(NamedTuple):
    """What came of many at once: how many entries, the longest wait for a tick in seconds, what was wrong."""

    entries: int
    longest: float
    wrong: tuple[str, ...]


def many_at_once(folder: Path, processes: int, ticks: int) -> Together:
    """Let processes tick rows of one register at the same time, each its own ones."""
    path = _broad(folder, processes, ticks)
    readers = [_ticking(path, number, ticks) for number in range(processes)]
    said = []
    for child, reader in readers:
        with os.fdopen(reader, encoding="utf-8") as told:
            said.append(told.read().splitlines())
        os.waitpid(child, 0)
    waits = [float(line) for lines in said for line in lines if not line.startswith("!")]
    wrong = [line for lines in said for line in lines if line.startswith("!")]
    with Register.open(path) as register:
        verified = verify(register)
        states = {str(values[9]) for values in register.each("checklist_row_all")}
    wrong += [f"verify: {one}" for one in verified.findings[:3]]
    if len(waits) != processes * ticks:
        wrong.append(f"{len(waits)} ticks were acknowledged")
    if states != {"done"}:
        wrong.append(f"rows are {sorted(states)}")
    return Together(verified.entries - 1, max(waits, default=0.0), tuple(wrong))


def _broad(folder: Path, units: int, items: int) -> Path:
    """Make a register with so many rows for so many units."""
    folder.mkdir(parents=True)
    codes = [f"U{number:02}" for number in range(units)]
    named = "".join(f"  - {{code: {code}, name: {{zh: {code}, en: {code}}}}}\n" for code in codes)
    duties = f"duties: {{legal: [{', '.join(codes)}], '*': {codes[0]}}}\n"
    head, first = SMALL_TEMPLATE[: SMALL_TEMPLATE.index("  - code: TT-01")], SMALL_TEMPLATE.split("  - code: ")[1]
    item = first.replace("kind: yearly", "kind: yearly\n    each: true")
    head = head[: head.index("figures:")] + "items:\n"
    sections = SMALL_BUREAU[SMALL_BUREAU.index("sections:") : SMALL_BUREAU.index("figures:")]
    bureau = f"name: {{zh: 大局, en: Broad}}\nunits:\n{named}{duties}{sections}"
    (folder / "bureau.yaml").write_text(bureau, encoding="utf-8")
    text = head + "".join("  - code: " + item.replace("TT-01", f"TT-{number:03}") for number in range(items))
    (folder / "TT.yaml").write_text(text, encoding="utf-8")
    path = folder / "register.db"
    with Register.create(path, INSTANT) as register:
        start_year(register, LIHUA, 2026, [str(folder / "TT.yaml")], folder / "bureau.yaml")
    return path


def _ticking(path: Path, number: int, ticks: int) -> tuple[int, int]:
    """Start a process that ticks the rows of one unit; return its id and where it tells how long each took."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        with os.fdopen(writer, "w", encoding="utf-8") as told:
            try:
                _tick_all(path, number, ticks, told)
            except BaseException as error:  # noqa: BLE001  # whatever it is, somebody would have seen it
                told.write(f"! {error!r}\n")
        os._exit(0)
    os.close(writer)
    return child, reader


def _tick_all(path: Path, number: int, ticks: int, told: TextIO) -> None:
    actor = LIHUA._replace(person=f"p{number}")
    for first in range(0, ticks, 20):
        with Register.open(path) as register:
            for item in range(first, min(first + 20, ticks)):
                begun = time.monotonic()
                tick(register, actor, [f"TT-{item:03}.U{number:02}"], on=DAY)
                told.write(f"{time.monotonic() - begun}\n")
