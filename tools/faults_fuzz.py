"""Trials of input: what people type, made by hypothesis, and files, mutated from real ones, by the hundred thousand.

Whatever comes, a reader gives a value or a `LawcheckError`, within a second, in little memory.
"""

import random
import resource
import shutil
import signal
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from faults_ground import CASES, LIHUA, copy_ground, run_forked
from lawcheck import config
from lawcheck.core.dates import FIRST_YEAR, LAST_YEAR, moment_text, parse_date, parse_year
from lawcheck.core.deadline import explain, parse_reckoning, parse_rule, reckon
from lawcheck.core.figure import parse_amount
from lawcheck.core.refs import parse_ref
from lawcheck.errors import LawcheckError
from lawcheck.library.cases import read_library
from lawcheck.library.holidays import read_holidays
from lawcheck.library.places import case_files, template_files
from lawcheck.library.reading import read_bureau, read_duties, read_registry, read_templates
from lawcheck.library.tables import read_table
from lawcheck.service.archive_import import import_register
from lawcheck.service.case_import import import_cases
from lawcheck.service.collect import collect
from lawcheck.service.figure_import import import_figures
from lawcheck.service.verify_file import verify_file
from lawcheck.service.working_days import calendar_of
from lawcheck.store.register import Register
from support import HOLIDAYS_2027, SMALL_BUREAU, SMALL_TEMPLATE

SLOW_SECONDS = 1.0
HANG_SECONDS = 20.0
BATCH = 2_000
"""How many inputs hypothesis makes at a time: it remembers them all."""
SHOWN = 20


class Fuzzed(NamedTuple):
    """What came of a reader's inputs: how many it read, how many it refused; the slowest; the memory of its process."""

    reader: str
    inputs: int
    refused: int
    slowest: float
    peak_mebibytes: int
    wrong: tuple[str, ...]


class Probe:
    """Gives inputs to a reader and notes what it must not do."""

    def __init__(self, read: Callable[[Any], object]) -> None:
        """Begin with nothing given."""
        self.read = read
        self.inputs = self.refused = 0
        self.slowest = 0.0
        self.wrong: list[str] = []

    def __call__(self, given_: object) -> None:
        """Give one input."""
        self.inputs += 1
        begun = time.thread_time()
        signal.setitimer(signal.ITIMER_VIRTUAL, HANG_SECONDS)
        try:
            self.read(given_)
        except LawcheckError:
            self.refused += 1
        except Exception as error:  # noqa: BLE001  # what a reader lets through is what is looked for
            self.wrong.append(f"{error!r:.200} of {given_!r:.300}")
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        took = time.thread_time() - begun
        if took > SLOW_SECONDS:
            self.wrong.append(f"{took:.1f} s for {given_!r:.300}")
        self.slowest = max(self.slowest, took)


def _hangs(_number: int, _frame: FrameType | None) -> None:
    raise TimeoutError


# --- what is typed ----------------------------------------------------------------------------


_SIGNS = (
    "\0\t\n\r\x1b \"'%&*+,-./:;=@[]`{}~\x7f\x85\xa0\xad·×éß٣½世零〇一"
    "\u200b\u2028\u202e\u3000\ud800Ａｌ．，－／：％😀𝟗\U0010ffff"
)
"""Characters of every kind that make trouble; hypothesis' own table of all of them takes 250 MiB to make."""
_NUMBERS = (
    "0",
    "1",
    "7",
    "12",
    "31",
    "99999999999999999999",
    "-1",
    "+2",
    "1e9",
    "１２",
    "٣",
    "½",
    "0.5",
    ",",
    ".",
    "二",
)


class Typed(NamedTuple):
    """A reader of typed text: some texts that it knows, words that it knows, and its share of all inputs."""

    read: Callable[[str], object]
    texts: tuple[str, ...]
    words: tuple[str, ...]
    share: float


def typed(reader: Typed, dice: random.Random) -> str:
    """Return a text that a reader may or may not know."""
    text = dice.choice(reader.texts)
    if dice.random() < 0.3:
        text = "".join(dice.choice((*reader.words, *_NUMBERS)) for _ in range(dice.randrange(9)))
    for _ in range(dice.choice((0, 1, 1, 1, 2, 4))):
        begins = dice.randrange(len(text) + 1)
        ends = begins + dice.choice((0, 0, 1, 3))
        put = dice.choice(
            (dice.choice(_SIGNS), dice.choice(reader.words), dice.choice(_NUMBERS), text[begins:ends] * 9)
        )
        text = text[:begins] + put + text[ends:]
    return text


def _by_hypothesis(reader: Typed) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from((*reader.texts, *reader.words, *_NUMBERS, *_SIGNS)), max_size=6).map("".join)


def _dates(text: str) -> None:
    with suppress(LawcheckError):
        parse_year(text)
    with suppress(LawcheckError):
        moment_text(text)
    parse_date(text)


def _amounts(text: str) -> None:
    parse_amount(text, "visits", "次", "visits")


def _reckonings(text: str) -> None:
    found = parse_reckoning(text)
    if FIRST_YEAR <= found.start.year <= LAST_YEAR:  # the days that are taken from people
        reckon(found, calendar_of(None))
        explain(found, calendar_of(None))


TYPED: dict[str, Typed] = {
    "refs": Typed(
        parse_ref,
        (
            "PL-03",
            "ES-11.Q2",
            "PL-03.ZF",
            "PL-02.1",
            "AJ-17",
            "AJ-17.PUB",
            "pl-03.zf",
            "ＰＬ－０３",
            "LP-06.D0426",
            "RL-01.M06",
        ),
        ("PL", "ES", "AJ", ".", "..", "-", "#", "/", "Q2", "ZF", "M12", "H1", "D0229", "PUB", " "),
        0.25,
    ),
    "rules": Typed(
        parse_rule,
        (
            "7 wd",
            "within 15 d, rolls",
            "at least 7 wd before",
            "lasts at least 30 d",
            "after 10 wd",
            "2 h",
            "六十日内",
            "7个工作日",
        ),
        (
            "within",
            "after",
            "before",
            ", rolls",
            "wd",
            "d",
            "h",
            "m",
            " ",
            "工作日",
            "个",
            "日",
            "内",
            "不少于",
            "前至少",
            "十",
        ),
        0.2,
    ),
    "reckonings": Typed(
        _reckonings,
        (
            "within 15 d, rolls from 2026-01-05",
            "within 7 wd from 2026-12-28 + 15",
            "within 3 m from 2026-11-30 without hearing 2026-12-01..2026-12-20",
            "within 30 d from 2026-05-01 + 30 without appraisal 2026-05-20..2026-06-01 without hearing 2026-06-01..",
            "within 24 h from 2026-01-05T15:30",
            "at least 7 wd before from 2026-10-08",
            "after 10 wd from 2199-12-31",
            "within 9999 m from 2026-01-31",
        ),
        (" from ", " + ", " without ", "hearing ", "..", "2026-02-29", "T24:00", "9999", "0001-01-01", "9999-12-31"),
        0.1,
    ),
    "amounts": Typed(
        _amounts,
        ("21次", "1619.14万次", "3亿次", "1,619次", "21 visits", "+3次", "０次", "-5次", "0.10 次"),
        ("次", "万", "亿", "元", "%", "visits", " ", ",", ".", "件"),
        0.15,
    ),
    "dates": Typed(
        _dates,
        (
            "2026-03-05",
            "2026/3/5",
            "2026年3月5日",
            "2026-03-05 15:30",
            "2026-3-5T9:05",
            "２０２６－０３－０５",
            "2026",
            "2026-02-29",
        ),
        ("-", "/", ".", "年", "月", "日", " ", "T", ":", "：", "24:00", "unstated"),
        0.15,
    ),
}
"""By name."""
BY_HYPOTHESIS = 0.04
"""The part of these inputs that hypothesis makes: a hundred times slower, it also finds the shortest that fails."""


def fuzz_typed(reader: str, seed_: int, inputs: int) -> Fuzzed:
    """Give a reader of typed text so many inputs, some of them made by hypothesis."""
    known = TYPED[reader]
    probe = Probe(known.read)
    signal.signal(signal.SIGVTALRM, _hangs)
    made = int(inputs * BY_HYPOTHESIS)
    for number, first in enumerate(range(0, made, BATCH)):
        _given(probe, _by_hypothesis(known), seed_ + number, min(BATCH, made - first))
    dice = random.Random(f"{reader} {seed_}")  # noqa: S311  # nothing secret
    while probe.inputs < inputs:
        probe(typed(known, dice))
    return _fuzzed(reader, probe)


def _given(probe: Probe, texts: st.SearchStrategy[str], seed_: int, inputs: int) -> None:
    @settings(
        max_examples=inputs,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        verbosity=Verbosity.quiet,
    )
    @seed(seed_)
    @given(texts)
    def give(text: str) -> None:
        probe(text)

    give()


# --- files ------------------------------------------------------------------------------------

_WORDS = tuple(
    word.encode("utf-8", "surrogatepass")
    for word in (
        "\x00", "\x1b[31m", "\ufeff", "\u2028", "\ud800", "😀", "&a ", "*a", "<<: *a", "!!python/object:os.system ",
        "{", "}", "[", "]", "[" * 60, "- " * 40, "{a: " * 40, "'", '"', "|", ">", "? ", ": ", "#", "\t", "\r", "\n\n",
        "-1", "0", "99999999999999999999999", "1e999", "nan", ".inf", "0x10", "1_000", "null", "~", "true", "",
        "2026-02-30", "2026-13-01", "0001-01-01", "9999-12-31", "=1+1", "@SUM(A1)", ",", ",,,,", ";", '""', "是", "件",
        "<!DOCTYPE a [<!ENTITY b 'c'>]>", "<row/>", "<c t='s'><v>99999999</v></c>", "../../etc/passwd",
    )
)  # fmt: skip
"""What is put into files."""


def mutated(content: bytes, dice: random.Random) -> bytes:
    """Return a file's content with a few things changed in it."""
    held = content
    for _ in range(dice.choice((1, 1, 1, 2, 3, 6))):
        held = dice.choice(MUTATIONS)(held, dice)
    return held


def _span(held: bytes, dice: random.Random) -> tuple[int, int]:
    begins = dice.randrange(len(held) + 1)
    return begins, min(len(held), begins + dice.choice((1, 2, 5, 20, 200)))


def _flipped(held: bytes, dice: random.Random) -> bytes:
    begins, _ = _span(held, dice)
    return held[:begins] + bytes([dice.randrange(256)]) + held[begins + 1 :]


def _cut_out(held: bytes, dice: random.Random) -> bytes:
    begins, ends = _span(held, dice)
    return held[:begins] + held[ends:]


def _doubled(held: bytes, dice: random.Random) -> bytes:
    begins, ends = _span(held, dice)
    return held[:ends] + held[begins:ends] * dice.choice((1, 2, 50)) + held[ends:]


def _put_in(held: bytes, dice: random.Random) -> bytes:
    begins, ends = _span(held, dice)
    return held[:begins] + dice.choice(_WORDS) + held[dice.choice((begins, ends)) :]


def _moved(held: bytes, dice: random.Random) -> bytes:
    begins, ends = _span(held, dice)
    to, _ = _span(held, dice)
    return held[:to] + held[begins:ends] + held[to:]


def _lines(held: bytes, dice: random.Random) -> bytes:
    lines = held.split(b"\n")
    one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[one], lines[other] = lines[other], dice.choice((lines[one], b"", lines[one] + dice.choice(_WORDS)))
    return b"\n".join(lines)


def _words(held: bytes, dice: random.Random) -> bytes:
    words = held.split(b" ")
    words[dice.randrange(len(words))] = dice.choice((dice.choice(words), dice.choice(_WORDS)))
    return b" ".join(words)


def _ended(held: bytes, dice: random.Random) -> bytes:
    return held[: dice.randrange(len(held) + 1)]


MUTATIONS = (_flipped, _cut_out, _doubled, _put_in, _put_in, _moved, _lines, _words, _words, _ended)


class Folder:
    """Where the files lie that are read, and what their readers need beside them."""

    def __init__(self, place: Path) -> None:
        """Make the folder."""
        self.place = place
        place.mkdir(parents=True, exist_ok=True)
        self.duties = read_duties()
        self.registry = read_registry()

    def file(self, name: str, content: bytes) -> Path:
        """Write a file and return its path."""
        path = self.place / name
        path.write_bytes(content)
        return path


def _settings(folder: Folder, content: bytes) -> None:
    folder.file("config.toml", content)
    config.from_file()


def _templates(folder: Folder, content: bytes) -> None:
    read_templates([folder.file("TT.yaml", content)], folder.registry, folder.duties)


def _case_templates(folder: Folder, content: bytes) -> None:
    read_library([folder.file("AJ.yaml", content)], folder.registry, folder.duties)


def _bureaus(folder: Folder, content: bytes) -> None:
    read_bureau(folder.file("bureau.yaml", content), folder.duties)


def _notices(folder: Folder, content: bytes) -> None:
    read_holidays(folder.file("2027.yaml", content))


def _csv(folder: Folder, content: bytes) -> None:
    read_table(folder.file("cases.csv", content), 1000)


def _xlsx(folder: Folder, content: bytes) -> None:
    read_table(folder.file("cases.xlsx", content), 1000)


def workbook() -> bytes:
    """Return a workbook of cases, stored and not deflated so that mutations meet its XML."""
    book = Workbook()
    sheet = book.create_sheet("案件", 0)
    for line in CASES.splitlines():
        sheet.append(line.split(","))
    made, stored = BytesIO(), BytesIO()
    book.save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(stored, "w", zipfile.ZIP_STORED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name), source.read(name))
    return stored.getvalue()


def _workbook_parts(held: bytes, dice: random.Random) -> bytes:
    """Return a workbook or an archive with one part mutated and the rest whole, its sums right."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(held)) as source, zipfile.ZipFile(made, "w") as target:
        names = source.namelist()
        wanted = dice.choice([*names, *(name for name in names if "sheet" in name.lower() or "shared" in name.lower())])
        for name in names:
            content = source.read(name)
            target.writestr(zipfile.ZipInfo(name), mutated(content, dice) if name == wanted else content)
    return made.getvalue()


_SETTINGS = b'lang = "zh"\nregister = "/tmp/r.db"\nbusy_seconds = 5\nformat = "json"\nuser = "lihua"\nyear = 2026\n'
FILES: dict[str, tuple[Callable[[Folder, bytes], None], Callable[[], list[bytes]], float]] = {
    "settings files": (_settings, lambda: [_SETTINGS], 0.04),
    "CSV tables": (_csv, lambda: [CASES.encode(), CASES.encode("gb18030")], 0.05),
    "workbooks": (_xlsx, lambda: [workbook()], 0.002),
    "notices": (_notices, lambda: [HOLIDAYS_2027.encode()], 0.02),
    "bureau files": (_bureaus, lambda: [SMALL_BUREAU.encode()], 0.02),
    "templates": (_templates, lambda: [SMALL_TEMPLATE.encode()], 0.015),
    "shipped templates": (_templates, lambda: [path.read_bytes() for path in template_files()], 0.0005),
    "case templates": (_case_templates, lambda: [path.read_bytes() for path in case_files()], 0.0005),
}
"""By name: the reader of a file, the files that are mutated for it, its share of all inputs."""


def fuzz_files(reader: str, place: Path, seed_: int, inputs: int) -> Fuzzed:
    """Give a reader of files so many mutated ones."""
    read, originals, _ = FILES[reader]
    folder, held, dice = Folder(place), originals(), random.Random(f"{reader} {seed_}")  # noqa: S311  # nothing secret
    probe = Probe(lambda content: read(folder, content))
    signal.signal(signal.SIGVTALRM, _hangs)
    change = _workbook_parts if reader == "workbooks" else mutated
    config.config_file = lambda: place / "config.toml"
    for number in range(inputs):
        probe((mutated if number % 2 else change)(dice.choice(held), dice))
    shutil.rmtree(place)
    return _fuzzed(reader, probe)


class Taker(NamedTuple):
    """A reader that needs a register: the names of its files in the ground, what takes one, its share of all inputs."""

    files: tuple[str, ...]
    take: Callable[[Register, Path], object]
    share: float


def _cases(register: Register, file: Path) -> None:
    import_cases(register, LIHUA, file, template="AJ", good_rows=file.stat().st_size % 2 == 0, dry_run=True)


def _figures(register: Register, file: Path) -> None:
    import_figures(register, LIHUA, file, year=2026, dry_run=True)


def _answers(register: Register, file: Path) -> None:
    collect(register, LIHUA, [file], year=2026)


def _proofs(_register: Register, file: Path) -> None:
    verify_file(file, lambda _document: None)


def _archives(register: Register, file: Path) -> None:
    place = file.with_name("imported.db")
    try:
        import_register(file, place, busy_seconds=1.0)
    finally:
        for made in file.parent.glob("imported.db*"):
            shutil.rmtree(made) if made.is_dir() else made.unlink()
        if left := [one.name for one in file.parent.iterdir() if one.name.startswith(".")]:
            raise AssertionError(left)
    register.head()


TAKEN: dict[str, Taker] = {
    "case imports": Taker(("cases.csv", "cases.xlsx"), _cases, 0.002),
    "figure imports": Taker(("figures.csv",), _figures, 0.005),
    "workbooks of units": Taker(("handed.xlsx",), _answers, 0.001),
    "journals and manifests": Taker(("journal.jsonl", "kept.backup.manifest.json"), _proofs, 0.01),
    "archives": Taker(("kept.zip",), _archives, 0.001),
}
"""By name."""


def fuzz_taken(reader: str, ground: Path, place: Path, seed_: int, inputs: int) -> Fuzzed:
    """Give a register mutated files to take or to prove; nothing of them stays in it."""
    known = TAKEN[reader]
    path = copy_ground(ground, place)
    run_forked(["log", "--export", "journal.jsonl"], path)
    path.with_name("cases.xlsx").write_bytes(workbook())
    held = {name: path.with_name(name).read_bytes() for name in known.files}
    dice = random.Random(f"{reader} {seed_}")  # noqa: S311
    signal.signal(signal.SIGVTALRM, _hangs)
    with Register.open(path) as register:
        head = register.head()

        def take(given_: tuple[str, bytes]) -> None:
            name, content = given_
            file = path.with_name(f"given-{name}")
            file.write_bytes(content)
            known.take(register, file)

        probe = Probe(take)
        for number in range(inputs):
            name = dice.choice(known.files)
            change = _workbook_parts if held[name][:2] == b"PK" and number % 4 else mutated
            probe((name, change(held[name], dice)))
        if register.head() != head:
            probe.wrong.append("something was written")
    shutil.rmtree(place)
    return _fuzzed(reader, probe)


def _peak_mebibytes() -> int:
    """Return the most memory that this process held: `getrusage` would count what its parent held when it began."""
    for line in Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _fuzzed(reader: str, probe: Probe) -> Fuzzed:
    peak = _peak_mebibytes()
    wrong = [f"{reader}: {one}" for one in probe.wrong]
    return Fuzzed(reader, probe.inputs, probe.refused, probe.slowest, peak, tuple(wrong[:SHOWN]))
