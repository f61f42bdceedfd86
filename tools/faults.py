"""Try to break the register and print what came of it; `make faults` runs it, with --quick in little time.

Every line of the table is counted by this run: what was tried, how much of it, what was found, what must be. It leaves
with 1 when a line is not what it must be. What needs a C compiler, Linux or the right to mount a disk is left out where
that is missing, and the line says so. The same seed tries the same things.
"""

import argparse
import os
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import ExitStack
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

from faults_commands import CHANGING, FRESH, LONG, READING
from faults_failures import (
    AFTER,
    WAYS,
    Tried,
    full_disk_tried,
    make_bed,
    mounted,
    power_cut_afterwards,
    process_tried,
    shim_built,
    tried,
)
from faults_fuzz import FILES, TAKEN, TYPED, Fuzzed, fuzz_files, fuzz_taken, fuzz_typed
from faults_ground import Figure, make_ground
from faults_kills import Killed, kill_commands, kill_workers, many_at_once
from faults_tampering import Tampered, flip, tamper
from faults_walk import Walked, walk

WORKERS = 2
SHOWN = 40
"""How much of what is wrong is printed under a line."""


class Sizes(NamedTuple):
    """How much of everything is tried."""

    kills: int
    command_kills: int
    processes: int
    ticks: int
    walks: int
    steps: int
    commands: tuple[str, ...] | None
    long_steps: int
    room: range
    changes: int
    flips: int
    inputs: int


FULL = Sizes(1000, 60, 32, 200, 400, 30, None, 12, range(0, 320, 16), 10_000, 3_000, 1_000_000)
QUICK = Sizes(30, 4, 8, 20, 8, 20, ("note",), 4, range(0, 256, 64), 100, 20, 10_000)
MOST_MEBIBYTES, MOST_SECONDS = 200, 1.0


class Trial:
    """One run: its folder, its ground, its seed and sizes, and the processes that do the work."""

    def __init__(self, folder: Path, seed: int, sizes: Sizes) -> None:
        """Make the ground and start the processes, with the shim where there can be one."""
        self.folder = folder
        self.seed = seed
        self.sizes = sizes
        self.ground = make_ground(folder / "ground")
        self.shim = shim_built(folder)
        self.made = 0

    def place(self) -> Path:
        """Return a folder of its own for a job; it is not there yet."""
        self.made += 1
        return self.folder / f"job-{self.made}"

    def done(self, jobs: Iterable[tuple[Callable[..., Any], tuple[object, ...]]], *, fresh: bool = False) -> list[Any]:
        """Do jobs in processes beside this one, each in one of its own if asked; return what they return, in order."""
        settings = {"LD_PRELOAD": str(self.shim)} if self.shim else {}
        os.environ.update(settings)
        try:
            with ProcessPoolExecutor(
                WORKERS, mp_context=get_context("spawn"), max_tasks_per_child=1 if fresh else None
            ) as pool:
                futures = [pool.submit(job, *arguments) for job, arguments in jobs]
                _watched(futures)
                return [future.result() for future in futures]
        finally:
            for name in settings:
                os.environ.pop(name)


def _watched(futures: list[Future[Any]]) -> None:
    if not sys.stderr.isatty():
        return
    for number, _ in enumerate(as_completed(futures), start=1):
        sys.stderr.write(f"\r{number} of {len(futures)} ")
    sys.stderr.write("\r\x1b[K")


# --- the trials -------------------------------------------------------------------------------


def kills(trial: Trial) -> Iterator[Figure]:
    """Kill workers and commands at random moments."""
    share = -(-trial.sizes.kills // (2 * WORKERS))
    shares = [min(share, trial.sizes.kills - first) for first in range(0, trial.sizes.kills, share)]
    found: list[Killed] = trial.done(
        [(kill_workers, (trial.ground, trial.place(), f"{trial.seed} {n}", one)) for n, one in enumerate(shares)]
        + [(kill_commands, (trial.ground, trial.place(), str(trial.seed), trial.sizes.command_kills))]
    )
    for name, results in (("kill -9 amid service calls", found[:-1]), ("kill -9 of the command line", found[-1:])):
        number, acknowledged = sum(one.kills for one in results), sum(one.acknowledged for one in results)
        lost, wrong = sum(one.lost for one in results), [line for one in results for line in one.wrong]
        size = f"{number:,} kills, {acknowledged:,} acknowledged"
        yield Figure(name, size, f"{lost} lost, {len(wrong)} wrong", "0 lost, 0 wrong", not lost and not wrong, wrong)


def together(trial: Trial) -> Iterator[Figure]:
    """Let many processes tick at once."""
    processes, ticks = trial.sizes.processes, trial.sizes.ticks
    (found,) = trial.done([(many_at_once, (trial.place(), processes, ticks))])
    size = f"{processes} processes × {ticks} ticks"
    said = f"{found.entries:,} entries, {len(found.wrong)} wrong, longest wait {found.longest:.1f} s"
    must = f"{processes * ticks:,} entries, 0 wrong"
    yield Figure("many at once", size, said, must, found.entries == processes * ticks and not found.wrong, found.wrong)


def walks(trial: Trial) -> Iterator[Figure]:
    """Walk by chance."""
    share = -(-trial.sizes.walks // (4 * WORKERS))
    shares = [min(share, trial.sizes.walks - first) for first in range(0, trial.sizes.walks, share)]
    found: list[Walked] = trial.done(
        (walk, (trial.ground, trial.place(), f"{trial.seed} {n}", one, trial.sizes.steps))
        for n, one in enumerate(shares)
    )
    number, done = sum(one.walks for one in found), sum(one.done for one in found)
    refused, undone = sum(one.refused for one in found), sum(one.undone for one in found)
    wrong = [line for one in found for line in one.wrong]
    size = f"{number} walks, {done:,} acts, {refused:,} refused, {undone:,} undone"
    yield Figure("replay, undo and totals on random walks", size, f"{len(wrong)} wrong", "0 wrong", not wrong, wrong)


def _try(command: str, arguments: list[str], ground: Path, folder: Path, what: str, long_steps: int) -> Tried:
    bed = make_bed(command, arguments, ground, folder)
    try:
        return tried(bed, what, long_steps if command in LONG else None)
    finally:
        shutil.rmtree(folder)


def failures(trial: Trial) -> Iterator[Figure]:
    """Fail every statement, write, sync and change of a name of every command that writes."""
    named = {**CHANGING, **FRESH}
    wanted = trial.sizes.commands or tuple(named)
    found: list[Tried] = trial.done(
        (_try, (name, named[name], trial.ground, trial.place(), what, trial.sizes.long_steps))
        for name in wanted
        for what, ways in WAYS.items()
        if ways[0].kind is None or trial.shim
    )
    for what in WAYS:
        yield _failed(what, [one for one in found if one.way == what], "no C compiler")


def _failed(what: str, found: list[Tried], missing: str) -> Figure:
    if not found:
        return Figure(what, missing, "not tried", "0 between", None, ())
    wrong = [line for one in found for line in one.wrong]
    steps, done = sum(one.steps for one in found), sum(one.done for one in found)
    size = f"{len({one.command for one in found})} commands, {steps:,} steps"
    if sampled := len({one.command for one in found} & LONG):
        size += f" ({sampled} sampled)"
    said = f"{steps - done:,} before, {done:,} after, {len(wrong)} wrong"
    return Figure(what, size, said, "0 wrong", not wrong, wrong)


def _cut_power(command: str, arguments: list[str], ground: Path, folder: Path) -> Tried:
    bed = make_bed(command, arguments, ground, folder)
    try:
        return power_cut_afterwards(bed)
    finally:
        shutil.rmtree(folder)


def power(trial: Trial) -> Iterator[Figure]:
    """Cut the power once a command has said that it was done; amid it is one of the failures."""
    named = {**CHANGING, **FRESH}
    wanted = trial.sizes.commands or tuple(named)
    found: list[Tried] = []
    if trial.shim:
        found = trial.done((_cut_power, (name, named[name], trial.ground, trial.place())) for name in wanted)
    yield _failed(AFTER.name, found, "no C compiler")


def reading(trial: Trial) -> Iterator[Figure]:
    """Fail every statement of every command that only reads."""
    wanted = tuple(READING) if trial.sizes.commands is None else ("list",)
    found: list[Tried] = trial.done(
        (_try, (name, READING[name], trial.ground, trial.place(), what, trial.sizes.long_steps))
        for name in wanted
        for what, ways in WAYS.items()
        if ways[0].kind is None
    )
    steps, wrong = sum(one.steps for one in found), [line for one in found for line in one.wrong]
    size = f"{len(wanted)} commands, {steps:,} steps"
    yield Figure("every statement of what only reads", size, f"{len(wrong)} wrong", "0 wrong", not wrong, wrong)


def _try_processes(ground: Path, folder: Path, what: str, shim: Path) -> Tried:
    bed = make_bed("note", CHANGING["note"], ground, folder)
    return process_tried(bed, what, shim)


def processes(trial: Trial) -> Iterator[Figure]:
    """The same for a command that is run as a process of its own."""
    tried_ = [what for what, ways in WAYS.items() if ways[0].kind is not None]
    if trial.sizes is not FULL:
        tried_ = ["killed or power cut at every sync"]
    shim, trial.shim = trial.shim, None  # only the command itself is to fail
    found: list[Tried] = []
    if shim is not None:
        found = trial.done((_try_processes, (trial.ground, trial.place(), what, shim)) for what in tried_)
    trial.shim = shim
    yield _failed("every write, sync, name of a whole process", found, "no C compiler")


def full_disk(trial: Trial) -> Iterator[Figure]:
    """Run commands on a real disk that is full, or nearly."""
    with ExitStack() as stack:
        mount = trial.place()
        off = mounted(mount, "4m")
        found: list[Tried] = []
        if off is not None:
            stack.callback(off)
            named = {name: one for name, one in {**CHANGING, **FRESH}.items() if name not in LONG}
            found = trial.done(
                [
                    (
                        _try_full,
                        (
                            named,
                            trial.sizes.commands or tuple(named),
                            trial.ground,
                            trial.place(),
                            mount,
                            trial.sizes.room,
                        ),
                    )
                ]
            )[0]
        yield _failed("a real disk that is full, or nearly", found, "no right to mount a disk")


def _try_full(
    named: dict[str, list[str]], wanted: tuple[str, ...], ground: Path, folder: Path, mount: Path, room: range
) -> list[Tried]:
    found = []
    for name in wanted:
        bed = make_bed(name, named[name], ground, folder)
        found.append(full_disk_tried(bed, mount, room))
        shutil.rmtree(folder)
    return found


def tampering(trial: Trial) -> Iterator[Figure]:
    """Change what the tables hold, with another program; then single bytes of the file."""
    shares = [trial.sizes.changes // (4 * WORKERS)] * (4 * WORKERS)
    found: list[Tampered] = trial.done(
        (tamper, (trial.ground, trial.place(), f"{trial.seed} {n}", one)) for n, one in enumerate(shares)
    )
    yield _tampered("changes, deletions, swaps, cuts in tables", found, "all found or refused")


def flips(trial: Trial) -> Iterator[Figure]:
    """Change single bytes of the file."""
    shares = [trial.sizes.flips // (2 * WORKERS)] * (2 * WORKERS)
    found = trial.done((flip, (trial.ground, trial.place(), f"{trial.seed} {n}", one)) for n, one in enumerate(shares))
    yield _tampered("bytes of the file changed", found, "no traceback, no write")


def _tampered(what: str, found: list[Tampered], must: str) -> Figure:
    tried_, seen = sum(one.tried for one in found), sum(one.found for one in found)
    refused, wrong = sum(one.refused for one in found), [line for one in found for line in one.wrong]
    kinds = sum((one.kinds for one in found), Counter[str]())
    size = f"{tried_:,}" + (f" ({len(kinds)} kinds)" if kinds else "")
    harmless = tried_ - seen - refused
    said = f"{seen:,} found, {refused:,} refused, {harmless:,} else, {len(wrong)} wrong"
    return Figure(what, size, said, must, not wrong, wrong)


def fuzzing(trial: Trial) -> Iterator[Figure]:
    """Give readers what people type and files that were mutated."""
    inputs = trial.sizes.inputs
    jobs: list[tuple[Callable[..., Any], tuple[object, ...]]] = [
        (fuzz_typed, (name, trial.seed, int(inputs * reader.share))) for name, reader in TYPED.items()
    ]
    jobs += [
        (fuzz_files, (name, trial.place(), trial.seed, int(inputs * share))) for name, (*_, share) in FILES.items()
    ]
    jobs += [
        (fuzz_taken, (name, trial.ground, trial.place(), trial.seed, int(inputs * reader.share)))
        for name, reader in TAKEN.items()
    ]
    found: list[Fuzzed] = trial.done(jobs, fresh=True)
    for one in found:
        yield _fuzzed(f"fuzzing: {one.reader}", [one])
    yield _fuzzed("fuzzing: all readers", found)


def _fuzzed(what: str, found: list[Fuzzed]) -> Figure:
    inputs, refused = sum(one.inputs for one in found), sum(one.refused for one in found)
    slowest, peak = max(one.slowest for one in found), max(one.peak_mebibytes for one in found)
    wrong = [line for one in found for line in one.wrong]
    holds = not wrong and slowest <= MOST_SECONDS and peak <= MOST_MEBIBYTES
    said = f"{len(wrong)} wrong, slowest {slowest:.3f} s, {peak} MiB"
    return Figure(what, f"{inputs:,} inputs, {refused:,} refused", said, "0 wrong, 1 s, 200 MiB", holds, wrong)


TRIALS: dict[str, Callable[[Trial], Iterator[Figure]]] = {
    "kills": kills,
    "together": together,
    "failures": failures,
    "reading": reading,
    "power": power,
    "processes": processes,
    "full-disk": full_disk,
    "walks": walks,
    "tampering": tampering,
    "flips": flips,
    "fuzzing": fuzzing,
}


# --- the table --------------------------------------------------------------------------------


def run(names: Iterable[str], seed: int, sizes: Sizes) -> list[Figure]:
    """Make the trials and return their lines."""
    with tempfile.TemporaryDirectory(prefix="lawcheck-faults-") as folder:
        trial = Trial(Path(folder), seed, sizes)
        found = []
        for name in names:
            begun = time.monotonic()
            for figure in TRIALS[name](trial):
                found.append(figure)
                print_line(figure)
            print(f"  ({name}: {time.monotonic() - begun:.0f} s)", flush=True)
        return found


def print_line(figure: Figure) -> None:
    """Print a line of the table, and under it what is wrong."""
    verdict = {True: "as it must be", False: "NOT AS IT MUST BE", None: "not tried"}[figure.holds]
    print(f"{figure.what:<44} {figure.size:<46} {figure.found:<44} {figure.must:<24} {verdict}")
    for line in figure.wrong[:SHOWN]:
        print(f"    {line}")


def main(arguments: list[str]) -> int:
    """Read the command line, make the trials, print the table."""
    parser = argparse.ArgumentParser(prog="faults", description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--quick", action="store_true", help="small sizes, as the tests run them")
    parser.add_argument("--seed", type=int, default=20261128, help="what chance begins from")
    parser.add_argument("trials", nargs="*", metavar="TRIAL", help=f"only these: {', '.join(TRIALS)}")
    asked = parser.parse_args(arguments)
    if unknown := [name for name in asked.trials if name not in TRIALS]:
        parser.error(f"no trial {', '.join(unknown)}; there are {', '.join(TRIALS)}")
    print(f"seed {asked.seed}, {'quick' if asked.quick else 'full'} size, {WORKERS} processes", flush=True)
    print(f"{'what':<44} {'size':<46} {'found':<44} {'must be':<24}")
    begun = time.monotonic()
    found = run(asked.trials or TRIALS, asked.seed, QUICK if asked.quick else FULL)
    wrong = sum(figure.holds is False for figure in found)
    left_out = sum(figure.holds is None for figure in found)
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024
    print(f"{len(found)} lines, {wrong} not as they must be, {left_out} not tried; ", end="")
    print(f"{time.monotonic() - begun:.0f} s, largest process {peak} MiB")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
