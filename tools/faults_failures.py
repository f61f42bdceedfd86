"""Trials of a disk that fails: the k-th statement, write, sync or change of a name of every command that writes.

Statements fail through a connection that raises; writes, syncs and names through `faults_shim.c`, loaded before the C
library; a full disk is a real one, mounted small. After each the register is as it was or as the command leaves it.
"""

import ctypes
import errno
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from enum import IntEnum
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import lawcheck.store.file
from faults_commands import FINISHES, FRESH, IN_A_FOLDER, LATER, MAY_WAIT, READING, SEVERAL
from faults_ground import ROOT, GroundUnfit, Run, copy_ground, environment, files_of, findings_of, run_forked, state_of
from lawcheck.errors import LawcheckError


class Kind(IntEnum):
    """What the shim counts; the same numbers stand in its source."""

    WRITES = 1
    SYNCS = 2
    NAMES = 4


class How(IntEnum):
    """How a call fails: once, from then on, with half of it written, with the end of the process, or of the power."""

    ONCE = 0
    FROM_THEN_ON = 1
    TORN = 2
    DEATH = 3
    POWER_CUT = 4


class Way(NamedTuple):
    """One way to fail: of statements (no kind) or of calls."""

    name: str
    kind: Kind | None
    how: How | None = None
    number: int = 0
    error: str = ""


WAYS: dict[str, tuple[Way, ...]] = {
    "every statement fails": (
        Way("I/O error", None, error="SQLITE_IOERR"),
        Way("disk full", None, error="SQLITE_FULL"),
    ),
    "Ctrl-C at every statement": (
        Way("Ctrl-C before it", None, error="before"),
        Way("Ctrl-C after it", None, error="after"),
    ),
    "every write fails": (
        Way("I/O error", Kind.WRITES, How.ONCE, errno.EIO),
        Way("disk full from then on", Kind.WRITES, How.FROM_THEN_ON, errno.ENOSPC),
        Way("half of it, I/O error", Kind.WRITES, How.TORN, errno.EIO),
    ),
    "killed or power cut at every write": (
        Way("half of it, killed", Kind.WRITES, How.DEATH),
        Way("power cut, all unsynced lost", Kind.WRITES, How.POWER_CUT, 0),
        Way("power cut, some unsynced lost", Kind.WRITES, How.POWER_CUT, 1),
    ),
    "every sync fails": (
        Way("I/O error", Kind.SYNCS, How.ONCE, errno.EIO),
        Way("disk full", Kind.SYNCS, How.ONCE, errno.ENOSPC),
    ),
    "killed or power cut at every sync": (
        Way("killed", Kind.SYNCS, How.DEATH),
        Way("power cut, some unsynced lost", Kind.SYNCS, How.POWER_CUT, 3),
    ),
    "every change of a name fails": (Way("I/O error", Kind.NAMES, How.ONCE, errno.EIO),),
    "killed at every change of a name": (Way("killed", Kind.NAMES, How.DEATH),),
}
"""What is tried with every step of a command that writes, and the manners in which it is, in turn."""
AFTER = Way("power cut once it said that it was done", Kind.WRITES, How.POWER_CUT, 0)
NEVER = 1 << 40
"""No command makes so many calls."""
MESSAGES = {"SQLITE_IOERR": "disk I/O error", "SQLITE_FULL": "database or disk is full"}
FAILED, INTERRUPTED, BUG = 6, 130, 70


ENDS = (How.DEATH, How.POWER_CUT)
"""Ways in which the process does not live to tidy up."""


class Tried(NamedTuple):
    """How often a command was made to fail in a way, how often it had done its work all the same, what was wrong."""

    command: str
    way: str
    steps: int
    done: int
    wrong: tuple[str, ...]


# --- the faults -------------------------------------------------------------------------------


class Failing(sqlite3.Connection):
    """A connection whose k-th statement fails; the count goes through all connections of a process."""

    left = 0
    error = ""
    came = False

    def execute(self, *arguments: Any) -> sqlite3.Cursor:  # noqa: ANN401
        """Run a statement, or fail it."""
        if not self._is_now():
            return super().execute(*arguments)
        if self.error == "after":
            super().execute(*arguments)
        raise _raised(self.error)

    def executemany(self, *arguments: Any) -> sqlite3.Cursor:  # noqa: ANN401
        """Run a statement many times, or fail it."""
        if self._is_now():
            raise _raised(self.error)
        return super().executemany(*arguments)

    def blobopen(self, *arguments: Any, **more: Any) -> sqlite3.Blob:  # noqa: ANN401
        """Open a value, or fail to."""
        if self._is_now():
            raise _raised(self.error)
        return super().blobopen(*arguments, **more)

    def _is_now(self) -> bool:
        Failing.left -= 1
        Failing.came = Failing.came or Failing.left == 0
        return Failing.left == 0


def _raised(error: str) -> BaseException:
    if error not in MESSAGES:
        return KeyboardInterrupt()
    raised = sqlite3.OperationalError(MESSAGES[error])
    raised.sqlite_errorcode = getattr(sqlite3, error)
    raised.sqlite_errorname = error
    return raised


def fail_statement(at: int, error: str) -> None:
    """Make the statement with this number fail in this process."""
    really = sqlite3.connect

    def connect(*arguments: Any, **more: Any) -> sqlite3.Connection:  # noqa: ANN401
        return really(*arguments, factory=Failing, **more)

    Failing.left, Failing.error = at, error
    lawcheck.store.file.sqlite3.connect = connect  # type: ignore[attr-defined]


def shim_built(folder: Path) -> Path | None:
    """Compile the shim; None where there is no C compiler, or no Linux."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None or sys.platform != "linux":
        return None
    made = folder / "faults_shim.so"
    source = ROOT / "tools" / "faults_shim.c"
    done = subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-o", made, source, "-ldl"], check=False)
    return made if done.returncode == 0 else None


def fail_call(folder: Path, way: Way, at: int) -> None:
    """Make a call of the C library below a folder fail in this process, which was started with the shim."""
    shim = ctypes.CDLL(None)
    shim.faults_arm(os.fsencode(folder), int(way.kind or 0), int(way.how or 0), ctypes.c_long(at), way.number)


# --- a step -----------------------------------------------------------------------------------


class Bed(NamedTuple):
    """Where a command is tried: the ground, what it holds before and after, and the folder for its copies."""

    command: str
    arguments: list[str]
    ground: Path
    folder: Path
    before: tuple[str | None, dict[str, str]]
    after: tuple[str | None, dict[str, str]]


def make_bed(command: str, arguments: list[str], ground: Path, folder: Path) -> Bed:
    """Run the command once without a fault, to know what it leaves behind."""
    if command in FRESH:
        without = copy_ground(ground, folder / "without")
        without.unlink()
        ground = without
    place = folder / "clean"
    path = _laid(ground, place)
    before = _held(path)
    run = run_forked(arguments, path)
    if run.code != 0:
        raise GroundUnfit(command, run.err)
    after = _held(path)
    if (before == after) != (command in READING):
        raise GroundUnfit(command, "it changes nothing, or what it must not")
    shutil.rmtree(place)
    return Bed(command, arguments, ground, folder, before, after)


def _laid(ground: Path, place: Path) -> Path:
    shutil.rmtree(place, ignore_errors=True)
    return copy_ground(ground, place)


def _held(path: Path) -> tuple[str | None, dict[str, str]]:
    return state_of(path), files_of(path.parent, path)


def step(bed: Bed, way: Way, at: int) -> tuple[bool, bool, list[str]]:
    """Fail one step of the command; return whether there was such a step, whether its work was done, what is wrong."""
    place = bed.folder / "tried"
    path = _laid(bed.ground, place)
    told = os.memfd_create("told")

    def arm() -> None:
        if way.kind is None:
            fail_statement(at, way.error)
        else:
            fail_call(place, way, at)
        _tell_at_the_end(told, way)

    run = run_forked(bed.arguments, path, arm)
    with os.fdopen(told, "rb") as file:
        file.seek(0)
        came = run.code == -signal.SIGKILL or file.read() == b"came"
    if way.how is How.POWER_CUT:
        path.with_name(path.name + "-shm").unlink(missing_ok=True)  # memory, and not a file: it goes with the power
    if not came and run.code == 0:
        return False, True, []
    wrong, done = looked_at(bed, path, run, way)
    return True, done, wrong


def power_cut_afterwards(bed: Bed) -> Tried:
    """Cut the power when the command has said that it was done: nothing of it is lost."""
    wrong: list[str] = []
    for chance in (0, 1, 3, 5):
        place = bed.folder / "tried"
        path = _laid(bed.ground, place)
        way = AFTER._replace(number=chance)
        run = run_forked(bed.arguments, path, partial(_cut_at_the_end, place, way))
        if run.code != 0:
            wrong.append(f"{bed.command}: exit code {run.code}: {run.err[:200]!r}")
        path.with_name(path.name + "-shm").unlink(missing_ok=True)  # memory, and not a file: it goes with the power
        complaints, done = looked_at(bed, path, run, way._replace(how=How.ONCE))
        wrong += [f"{bed.command}, power cut {chance} after its end: {one}" for one in complaints]
        if not done and not complaints:
            wrong.append(f"{bed.command}, power cut {chance} after its end: it is lost")
    return Tried(bed.command, AFTER.name, 4, 4 - len(wrong), tuple(wrong))


def _cut_at_the_end(place: Path, way: Way) -> None:
    fail_call(place, way, NEVER)
    leave = os._exit

    def cut(code: int) -> None:
        ctypes.CDLL(None).faults_cut_power(way.number)
        leave(code)

    os._exit = cut  # type: ignore[assignment]


def _tell_at_the_end(told: int, way: Way) -> None:
    """Have the fork say, when it ends, whether the fault came."""
    leave = os._exit

    def tell(code: int) -> None:
        came = Failing.came if way.kind is None else ctypes.CDLL(None).faults_came() != 0
        if came:
            os.write(told, b"came")
        leave(code)

    os._exit = tell  # type: ignore[assignment]


def looked_at(bed: Bed, path: Path, run: Run, way: Way) -> tuple[list[str], bool]:
    """Return what is wrong after a run that something happened to, and whether the command had done its work."""
    wrong = _of_the_run(bed.command, run, way)
    try:
        found = findings_of(path) if path.exists() else ()
    except (LawcheckError, sqlite3.Error) as error:
        found = ()
        if bed.before[0] is not None or not isinstance(error, LawcheckError):
            wrong.append(f"cannot be opened: {error!r}")
    unfinished = [one for one in found if one.check == FINISHES.get(bed.command)]
    wrong += [f"verify: {one}" for one in found if one not in unfinished][:1]
    try:
        held = _held(path)
    except sqlite3.Error as error:
        return [*wrong, f"cannot be read: {error!r}"], False
    done = held == bed.after != bed.before
    if bed.before[0] is None and held[0] != bed.after[0]:
        held = (None, held[1])  # a register without an entry is as good as none, if the command works after all
    if held[0] not in (bed.before[0], bed.after[0]):
        wrong.append("the register is between")
    if way.how not in ENDS and way.kind is not Kind.NAMES and held[1] not in (bed.before[1], bed.after[1]):
        changed = sorted({name for name, _ in held[1].items() ^ bed.before[1].items()})
        wrong.append(f"files are between: {changed}")
    if run.code == 0 and held != bed.after:
        wrong.append("said that it was done, and it was not")
    if done and "nothing was changed" in run.err:
        wrong.append("said that nothing was changed, and it was")
    if bed.command in IN_A_FOLDER | SEVERAL and (way.how in ENDS or way.kind is Kind.NAMES) and held != bed.before:
        return wrong, done
    if bed.command in LATER and held[0] == bed.after[0] and (way.how in ENDS or LATER[bed.command] in run.err):
        return wrong, done
    if (not done or unfinished) and not wrong and bed.before != bed.after:
        again = run_forked(bed.arguments, path)
        if (again.code, _held(path)[0]) != (0, bed.after[0]) or findings_of(path):
            wrong.append(f"does not work afterwards: {again.code} {again.err[:200]!r}")
    return wrong, done


def _of_the_run(command: str, run: Run, way: Way) -> list[str]:
    """Return what is wrong with the exit code and the words."""
    expected = {0, FAILED, INTERRUPTED} if way.error in ("before", "after") else {0, FAILED}
    if command in MAY_WAIT and MAY_WAIT[command] in run.out + run.err:
        expected.add(1)
    if way.how in ENDS:
        expected = {-signal.SIGKILL}
    wrong = [] if run.code in expected else [f"exit code {run.code}: {run.err[:200]!r}"]
    if "Traceback" in run.err or run.code == BUG:
        wrong.append(f"a traceback: {run.err[-300:]!r}")
    said = (
        run.out + run.err if run.code == 1 or '"errors": [{' in run.out else run.err
    )  # JSON tells errors where results stand
    if run.code > 0 and not said.strip():
        wrong.append("no message")
    return wrong


def tried(bed: Bed, what: str, most: int | None = None) -> Tried:
    """Fail every step of a command, in one manner after the other; of a long command so many, chosen by chance."""
    made, done, wrong = 0, 0, []
    ways = WAYS[what]
    for at in count(1) if most is None else _chosen(bed, what, most):
        way = ways[(at + len(bed.command)) % len(ways)]
        came, finished, complaints = step(bed, way, at)
        if not came:
            break
        made += 1
        done += finished
        wrong += [f"{bed.command}, {what}, {at}, {way.name}: {one}" for one in complaints]
    shutil.rmtree(bed.folder / "tried", ignore_errors=True)
    return Tried(bed.command, what, made, done, tuple(wrong))


def _chosen(bed: Bed, what: str, most: int) -> list[int]:
    """Return some steps of a long command, in order, by chance."""
    way, place = WAYS[what][0], bed.folder / "tried"
    path = _laid(bed.ground, place)
    told = os.memfd_create("told")

    def arm() -> None:
        if way.kind is None:
            fail_statement(NEVER, way.error)
        else:
            fail_call(place, way, NEVER)
        leave = os._exit

        def tell(code: int) -> None:
            os.write(told, str(NEVER - (Failing.left if way.kind is None else _left())).encode())
            leave(code)

        os._exit = tell  # type: ignore[assignment]

    run_forked(bed.arguments, path, arm)
    with os.fdopen(told, "rb") as file:
        file.seek(0)
        steps = int(file.read())
    dice = random.Random(f"{bed.command} {what}")  # noqa: S311
    return sorted(dice.sample(range(1, steps + 1), min(most, steps)))


def _left() -> int:
    shim = ctypes.CDLL(None)
    shim.faults_left.restype = ctypes.c_long
    return int(shim.faults_left())


# --- real processes, a full disk --------------------------------------------------------------


def process_tried(bed: Bed, what: str, shim: Path) -> Tried:
    """Fail every call of a command that is run as a process of its own."""
    made, done, wrong = 0, 0, []
    ways = WAYS[what]
    for at in count(1):
        place = bed.folder / "tried"
        path = _laid(bed.ground, place)
        came = bed.folder / "came"
        came.unlink(missing_ok=True)
        way = ways[at % len(ways)]
        settings = {
            "LD_PRELOAD": str(shim),
            "FAULTS_FOLDER": str(place),
            "FAULTS_KIND": str(int(way.kind or 0)),
            "FAULTS_HOW": str(int(way.how or 0)),
            "FAULTS_AT": str(at),
            "FAULTS_ERRNO": str(way.number),
            "FAULTS_CAME": str(came),
        }
        run = run_process(bed.arguments, path, settings)
        if not came.exists():
            break
        if way.how is How.POWER_CUT:
            path.with_name(path.name + "-shm").unlink(missing_ok=True)
        complaints, finished = looked_at(bed, path, run, way)
        made += 1
        done += finished
        wrong += [f"{bed.command}, process, {what}, {at}, {way.name}: {one}" for one in complaints]
    return Tried(bed.command, what, made, done, tuple(wrong))


def run_process(arguments: list[str], path: Path, settings: dict[str, str]) -> Run:
    """Run a command line as a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "lawcheck", *arguments],
        cwd=path.parent,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT / "src"), **environment(path), **settings},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    return Run(done.returncode, done.stdout, done.stderr)


def full_disk_tried(bed: Bed, mount: Path, room: range) -> Tried:
    """Run a command on a disk with so many KiB left, for each of them; the disk is real, and small."""
    way = Way("full disk", Kind.WRITES, How.FROM_THEN_ON, errno.ENOSPC)
    made, done, wrong = 0, 0, []
    for kibibytes in room:
        path = _laid(bed.ground, mount / "tried")
        ballast = mount / "ballast"
        fill(ballast, kibibytes)
        run = run_forked(bed.arguments, path)
        ballast.unlink()
        complaints, finished = looked_at(bed, path, run, way)
        made += 1
        done += finished
        wrong += [f"{bed.command}, full disk with {kibibytes} KiB left: {one}" for one in complaints]
        shutil.rmtree(mount / "tried")
    return Tried(bed.command, way.name, made, done, tuple(wrong))


def fill(ballast: Path, leave_kibibytes: int) -> None:
    """Fill the disk on which a file lies, but for so many KiB."""
    with ballast.open("wb", buffering=0) as file:
        piece = bytes(4096)
        try:
            while True:
                file.write(piece)
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
        file.truncate(max(0, file.tell() - leave_kibibytes * 1024))


def mounted(place: Path, size: str) -> Callable[[], None] | None:
    """Mount a small disk at a place; return what takes it off again, None where that is not allowed."""
    place.mkdir(parents=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)]
    if sys.platform != "linux" or os.geteuid() != 0 or subprocess.run(command, check=False).returncode != 0:
        return None

    def take_off() -> None:
        subprocess.run(["umount", str(place)], check=True)

    return take_off
