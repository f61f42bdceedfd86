"""What the bench measures on, made from a fixed seed: templates, a bureau, registers, and a calendar for the peer."""

import csv
import json
import random
import shutil
from collections.abc import Callable
from datetime import date, timedelta
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from lawcheck.core.deadline import parse_rule, stands_still
from lawcheck.core.journal import WHOLE, Actor, Change
from lawcheck.library.nodes import read_source
from lawcheck.library.places import template_files
from lawcheck.service import rows
from lawcheck.service.bureaus import import_bureau
from lawcheck.service.case_import import import_cases
from lawcheck.service.start import start_year
from lawcheck.store.register import Register
from lawcheck.store.vault import Vault

SEED = 20260630
TODAY = date(2026, 6, 30)
YEAR = TODAY.year
PERSON = "p001"
EVIDENCE = 200
"""How many files of evidence, of 1 MiB each, a register has that is backed up."""
UNITS = tuple(f"U{n:03}" for n in range(1, 101))
BATCH = 500
"""How many rows a command ticks while a register is filled."""


class Made(NamedTuple):
    """A register with the files that it was started from."""

    path: Path
    templates: list[str]
    bureau: Path


class Registers:
    """The registers of one run, each made when it is first asked for."""

    def __init__(self, folder: Path, rows_per_unit: int, report: Callable[[str], None]) -> None:
        """Choose where they are, how large a large year is, and who is told of the progress."""
        self.folder = folder
        self.rows_per_unit = rows_per_unit
        self.report = report

    @property
    def rows(self) -> int:
        """Return how many rows a large year has."""
        return self.rows_per_unit * len(UNITS)

    @cached_property
    def one(self) -> Made:
        """Return a register of one large year, all of it open."""
        return self._made("one", self.rows_per_unit, YEAR, 0)

    @cached_property
    def few(self) -> Made:
        """Return a register of ten years with one row a unit and year: 1,000 rows, 30 % of them done."""
        return self._made("few", 1, YEAR - 9, 30)

    @cached_property
    def many(self) -> Made:
        """Return a register of ten large years, 30 % of each done."""
        return self._made("many", self.rows_per_unit, YEAR - 9, 30)

    @cached_property
    def worked(self) -> Made:
        """Return a register of one large year, 30 % of it done, and a fifth as many cases as it has rows."""
        made = self._made("worked", self.rows_per_unit, YEAR, 30)
        table = write_cases(self.folder / "worked" / "cases.csv", self.rows // 5)
        with Register.open(made.path) as register:
            register.connection.execute("PRAGMA synchronous=OFF")
            import_cases(register, actor(CASES_TODAY), table, template="AJ")
        return made

    @cached_property
    def some(self) -> Made:
        """Return a register of one year with fifty open rows a unit."""
        return self._made("some", 50, YEAR, 0)

    def _made(self, name: str, rows_per_unit: int, first: int, done_percent: int) -> Made:
        place = self.folder / name
        try:
            files = write_templates(place / "templates", rows_per_unit)
            made = Made(place / "register.db", [str(file) for file in files], write_bureau(place / "bureau.yaml"))
            fill(made, range(first, YEAR + 1), done_percent, self.report)
        except BaseException:
            shutil.rmtree(place)
            raise
        return made


def actor(today: date = TODAY) -> Actor:
    """Return the person who acts in the bench on a day."""
    return Actor(PERSON, "bench", "bench", "2026-06-30T08:00:00.000000Z", today.isoformat(), today_set=True)


def write_templates(folder: Path, rows_per_unit: int) -> list[Path]:
    """Write templates, at most ten, that lay out so many rows a year for every unit; their words are the shipped ones.

    A fifth of the rows belong to quarterly items, a few to half-yearly ones, the rest to yearly ones.
    """
    folder.mkdir(parents=True)
    shipped: list[dict[str, Any]] = [
        item
        for file in template_files()
        for item in read_source(file).value["items"]  # type: ignore[index]
    ]
    models = [item for item in shipped if item.get("source", {}).get("from", "custom") != "custom"]
    files = 10 if rows_per_unit >= 10 else 1
    written = []
    for number in range(files):
        code = "A" + chr(ord("A") + number)
        each = rows_per_unit // files
        quarterly, half_yearly = each // 20 or each // 10, each // 50
        kinds = ["quarter"] * quarterly + ["half-year"] * half_yearly
        kinds += ["year"] * (each - 4 * quarterly - 2 * half_yearly)
        dice = random.Random(SEED + number)  # noqa: S311  # nothing secret: the same data every time
        dice.shuffle(kinds)
        items = [_item(f"{code}-{n:03}", kind, dice.choice(models), dice) for n, kind in enumerate(kinds, start=1)]
        words = {"zh": f"测量清单{code}", "en": f"Measured checklist {code}"}
        written.append(folder / f"{code}.yaml")
        template = {"template": code, "for": "year", "title": words, "about": words, "items": items}
        _write(written[-1], template)
    return written


def _item(code: str, kind: str, model: dict[str, Any], dice: random.Random) -> dict[str, Any]:
    """Return an item with the words and the law of a shipped one and rows for every unit."""
    made: dict[str, Any] = {
        key: model[key] for key in ("standard", "evidence", "duty", "section", "basis", "source") if key in model
    }
    made |= {
        "code": code,
        "title": {language: f"{text} ({code})" for language, text in model["title"].items()},
        "each": True,
        "weight": dice.randint(1, 5),
        "due_from": "practice",
    }
    if kind == "year":
        return {**made, "kind": "yearly", "due": f"by {dice.randint(1, 12):02}-{dice.randint(1, 28):02}"}
    return {**made, "kind": "periodic", "every": kind, "due": "by period end"}


def write_bureau(file: Path) -> Path:
    """Write a bureau of a hundred units, each with a person, that all hold every duty."""
    units = [{"code": code, "name": {"zh": f"第{n}科", "en": f"Section {n}"}} for n, code in enumerate(UNITS, start=1)]
    people = [{"id": f"p{n:03}", "name": f"人员{n}", "unit": code} for n, code in enumerate(UNITS, start=1)]
    name = {"zh": "测量局", "en": "The measured bureau"}
    _write(file, {"name": name, "units": units, "people": people, "duties": {"*": list(UNITS)}})
    return file


def _write(file: Path, content: dict[str, Any]) -> None:
    """Write a library file as JSON, which is YAML too and leaves nothing to quoting."""
    file.write_text(json.dumps(content, ensure_ascii=False, indent=1), encoding="utf-8")


def fill(made: Made, years: range, done_percent: int, report: Callable[[str], None]) -> None:
    """Start years through the service, one after the other, and do a part of the rows of each.

    The disk is not waited for, which changes nothing in what is written.
    """
    dice = random.Random(SEED)  # noqa: S311  # nothing secret: the same data every time
    with Register.create(made.path, actor().at) as register:
        register.connection.execute("PRAGMA synchronous=OFF")
        for year in years:
            last = min(date(year, 12, 31), TODAY)
            started = start_year(register, actor(last), year, made.templates, made.bureau).started
            report(f"made {sum(one.rows for one in started):,} rows of {year}")
            _do_some(register, year, last, done_percent, dice)


def _do_some(register: Register, year: int, last: date, percent: int, dice: random.Random) -> None:
    """Do a random part of a year's rows: most are ticked, some on a day not stated, some partly or set aside.

    They are done in the order in which their periods begin, for none can be done before.
    """
    begun = rows_of(register, year, last)
    chosen = dice.sample(begun, min(len(begun), register_rows(register, year) * percent // 100))
    chosen.sort(key=lambda row: row[1])
    for n in range(0, len(chosen), BATCH):
        batch = [ref for ref, _ in chosen[n : n + BATCH]]
        first = date.fromisoformat(chosen[n : n + BATCH][-1][1])
        on = first + timedelta(days=dice.randint(0, (last - first).days))
        which = n // BATCH % 20
        if which == 1:
            rows.set_rows_aside(register, actor(last), batch, why="no such matter in this unit", year=year)
        elif which == 2:
            rows.tick(register, actor(last), batch, year=year, on=None, partial="one of two is left")
        else:
            rows.tick(register, actor(last), batch, year=year, on=None if which == 3 else on)


def rows_of(register: Register, year: int, begun: date, state: str = "open") -> list[tuple[str, str]]:
    """Return ref and first day of a year's rows in a state that have begun by a day."""
    return register.connection.execute(
        "SELECT ref, begins FROM checklist_row WHERE year = ? AND state = ? AND begins <= ? ORDER BY ref",
        (year, state, begun.isoformat()),
    ).fetchall()


def refs_of(register: Register, year: int, state: str = "open") -> list[str]:
    """Return the refs of a year's rows in a state that have begun."""
    return [ref for ref, _ in rows_of(register, year, TODAY, state)]


def register_rows(register: Register, year: int) -> int:
    """Return how many rows a year has."""
    found = register.connection.execute("SELECT count(*) FROM checklist_row WHERE year = ?", (year,)).fetchone()
    return int(found[0])


def proof_register(file: Path, folder: Path, entries: int, report: Callable[[str], None]) -> None:
    """Make a register of two years in which every entry ticks two rows and writes a note on each: ten changes.

    The entries are written as a tick writes them, many in a transaction.
    """
    folder.mkdir()
    files = [str(one) for one in write_templates(folder / "templates", max(10, entries // 1000 * 10))]
    bureau = write_bureau(folder / "bureau.yaml")
    with Register.create(file, actor().at) as register:
        for pragma in ("synchronous=OFF", "cache_size=-200000"):
            register.connection.execute(f"PRAGMA {pragma}")
        for year in (YEAR - 1, YEAR):
            start_year(register, actor(), year, files, bureau)
        years = (YEAR - 1, YEAR)
        keys = [f"{year}/{ref}" for year in years for ref, _ in rows_of(register, year, date(YEAR, 12, 31))]
        random.Random(SEED).shuffle(keys)  # noqa: S311  # nothing secret: the same data every time
        for first in range(0, entries, BATCH):
            with register.transaction():
                for n in range(first, min(first + BATCH, entries)):
                    told = [one for key in keys[2 * n : 2 * n + 2] for one in _ticked(key, n)]
                    register.record(actor(), "tick", told)
            if first % (100 * BATCH) == 0:
                report(f"made {first + BATCH:,} entries of ticks")
        register.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _ticked(key: str, n: int) -> list[Change]:
    """Return what a tick with a note changes."""
    day = (date(YEAR, 6, 1) + timedelta(days=n % 28)).isoformat()
    note = {"text": f"已核对，材料齐全（第{n}次）", "person": PERSON, "on_date": TODAY.isoformat()}
    return [
        Change("row", key, "state", "open", "done"),
        Change("row", key, "done_on", None, day),
        Change("row", key, "done_by", None, PERSON),
        Change("row", key, "recorded_on", None, TODAY.isoformat()),
        Change("note", f"{key}#1", WHOLE, None, note),
    ]


CASES_TODAY = date(2026, 12, 30)
"""The day of the registers of cases: many of their deadlines reach into the year after, whose holidays come later."""
CASE_HEAD = ("number", "title", "opened", "filed", "investigated", "reviewed", "decided", "facts")
_LEAPS = (0, 5, 30, 8, 20)
"""About how many days lie between milestones."""


def write_cases(file: Path, cases: int) -> Path:
    """Write a table of penalty cases of the year, each with one to five milestones."""
    dice = random.Random(SEED)  # noqa: S311  # nothing secret: the same data every time
    with file.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(CASE_HEAD)
        for n in range(1, cases + 1):
            day, reached = date(YEAR, 1, 4) + timedelta(days=dice.randint(0, 330)), []
            for leap in _LEAPS[: dice.randint(1, len(_LEAPS))]:
                day += timedelta(days=dice.randint(leap // 2, leap))
                reached.append(min(day, CASES_TODAY).isoformat())
            reached += [""] * (len(_LEAPS) - len(reached))
            facts = dice.choice(("", "", "fined", "warning_only", "hearing_right fined"))
            table.writerow((f"测市监处〔{YEAR}〕{n}号", f"测量用的第{n}件案件", *reached, facts))
    return file


def write_waiting_cases(file: Path, cases: int) -> Path:
    """Write a table of cases of the last days, each with nine deadlines in working days that reach into next year."""
    days = [(CASES_TODAY - timedelta(days=n)).isoformat() for n in range(8)]
    heads = ("lead", "dispute", "designation-asked", "evidence-held", "seized", "review-received", "legal-received")
    with file.open("w", encoding="utf-8", newline="") as stream:
        table = csv.writer(stream)
        table.writerow(("number", "title", *heads, "decided"))
        for n in range(1, cases + 1):
            table.writerow((f"W{n}", f"等待的第{n}件", *[days[n % len(days)]] * (len(heads) + 1)))
    return file


def write_notice(file: Path) -> Path:
    """Write a notice of the holidays of the year after."""
    after = YEAR + 1
    new_year, spring = {"zh": "元旦", "en": "New Year"}, {"zh": "春节", "en": "Spring Festival"}
    _write(
        file,
        {
            "year": after,
            "notice": f"测量发〔{YEAR}〕1号",
            "certainty": "read",
            "off": [
                {"from": f"{after}-01-01", "to": f"{after}-01-05", "name": new_year},
                {"from": f"{after}-02-04", "to": f"{after}-02-12", "name": spring},
            ],
            "worked": [{"day": f"{after}-01-09", "for": "元旦"}],
        },
    )
    return file


def case_register(file: Path, table: Path, bureau: Path) -> None:
    """Make a register with a bureau and the cases of a table."""
    with Register.create(file, actor().at) as register:
        register.connection.execute("PRAGMA synchronous=OFF")
        import_bureau(register, actor(CASES_TODAY), bureau)
        import_cases(register, actor(CASES_TODAY), table, template="AJ")


def write_todos(folder: Path, entries: int) -> Path:
    """Write open to-do entries and a configuration for todoman; return the configuration."""
    calendar = folder / "lists" / "duties"
    calendar.mkdir(parents=True)
    for n in range(1, entries + 1):
        lines = (
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//lawcheck//bench//EN",
            "BEGIN:VTODO",
            f"UID:{n}@bench",
            "DTSTAMP:20260101T000000Z",
            f"SUMMARY:A duty of the year, number {n}",
            "DUE;VALUE=DATE:20261231",
            "STATUS:NEEDS-ACTION",
            "END:VTODO",
            "END:VCALENDAR",
        )
        (calendar / f"{n}.ics").write_text("\r\n".join(lines) + "\r\n", encoding="utf-8", newline="")
    settings = folder / "config.py"
    values = {"path": str(folder / "lists" / "*"), "cache_path": str(folder / "cache.db"), "date_format": "%Y-%m-%d"}
    settings.write_text("".join(f"{key} = {value!r}\n" for key, value in values.items()), encoding="utf-8")
    return settings


RULES = (
    "within 7 wd",
    "within 20 wd",
    "within 15 d, rolls",
    "within 90 d",
    "within 3 m, rolls",
    "within 24 h",
    "at least 7 wd before",
    "lasts at least 7 wd",
)


def reckonings(most: int) -> list[str]:
    """Return deadlines of mixed rules over four years; one in twenty is extended and one has a pause."""
    made: list[str] = []
    for number in range(most):
        rule = RULES[number % len(RULES)]
        start = date(2022, 1, 1) + timedelta(days=number * 37 % 1700)
        text = f"{rule} from {start}" + ("T15:30" if rule.endswith(" h") else "")
        if number % 20 == 1:
            text += " + 3"
        elif number % 20 == 10 and stands_still(parse_rule(rule)):
            text += f" without hearing {start + timedelta(days=2)}..{start + timedelta(days=5)}"
        made.append(text)
    return made


def keep_evidence(register: Register, files: int) -> None:
    """Keep files of random bytes on the first row of a register."""
    dice = random.Random(SEED)  # noqa: S311  # not a secret
    _year, ref, *_rest = register.all("checklist_row_all")[0]
    line = {
        "kind": "file", "name": "scan.pdf", "place": None, "dated": None, "person": PERSON,
        "added_on": TODAY.isoformat(), "removed_on": None, "removed_by": None, "why": None, "purged_on": None,
    }  # fmt: skip
    changes = []
    for n in range(files):
        kept = Vault(register.path).keep(BytesIO(dice.randbytes(1 << 20)), 1 << 20)
        new = {**line, "hash": kept.hash, "size": kept.size}
        changes.append(Change("evidence", f"{YEAR}/{ref}#{n + 1}", WHOLE, None, new))
    with register.transaction():
        register.record(actor(), "evidence add", changes)
