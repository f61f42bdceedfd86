"""What tests need beside fixtures: the program as a process, a small bureau and a small template as text."""

import io
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import lawcheck
from lawcheck.core.journal import WHOLE, Actor, Change
from lawcheck.store.register import Register
from lawcheck.store.vault import Vault

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ["AR", "CR", "ES", "FC", "FR", "LO", "LP", "MD", "PI", "PL", "RL", "SE", "SI", "SV"]
"""The codes of the templates that come with lawcheck."""
CASE_TEMPLATES = ["AJ", "FY", "GK", "JB", "JC", "SS", "TS", "XK"]
"""The codes of the case templates that come with lawcheck."""
TODAY = "2026-06-15"
INSTANT = "2026-06-15T01:02:03.000004Z"
ACTOR = Actor("lihua", "os-lihua", "desk-1", INSTANT, TODAY, today_set=False)


class Run(NamedTuple):
    """What a run of the program left behind."""

    code: int
    out: str
    err: str


class Program:
    """The program, run as a process of its own with a register in the test's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.register = folder / "register.db"
        self.env = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(Path(lawcheck.__file__).parent.parent),  # the lawcheck that the tests import, wherever
            "HOME": str(folder / "home"),
            "LAWCHECK_REGISTER": str(self.register),
            "LAWCHECK_TODAY": TODAY,
            "LAWCHECK_USER": "lihua",
            "LAWCHECK_BUSY_SECONDS": "5",
            "PYTHONUTF8": "1",
            "COLUMNS": "100",
            **{name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")},
        }

    def __call__(self, *arguments: str | Path, env: dict[str, str] | None = None, text_in: str | None = None) -> Run:
        command: Sequence[str] = [sys.executable, "-m", "lawcheck", *(str(one) for one in arguments)]
        done = subprocess.run(
            command,
            cwd=self.folder,
            env={**self.env, **(env or {})},
            input=text_in,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="surrogateescape",
            timeout=120,
            check=False,
        )
        return Run(done.returncode, done.stdout, done.stderr)


SMALL_BUREAU = """\
name: {zh: 小局, en: Small bureau}
units:
  - {code: FZ, name: {zh: 法制科, en: Legal}}
  - {code: ZF, name: {zh: 执法队, en: Enforcement}}
people:
  - {id: lihua, name: 李华, unit: FZ}
  - {id: wang, name: 王芳, unit: ZF, reviews: true}
duties: {legal: FZ, case-handling: [ZF, FZ], "*": FZ}
sections:
  - {key: power-list, number: 一(一), title: {zh: 权责清单, en: Power list}}
figures:
  - {key: visits, title: {zh: 走访次数, en: Visits}, measure: {zh: 次, en: visits}, section: power-list}
"""

SMALL_TEMPLATE = """\
template: TT
for: year
title: {zh: 小清单, en: Small checklist}
about: {zh: 试验用。, en: For trying out.}
figures:
  - {key: tt_met, title: {zh: 按期数, en: In time}, measure: {zh: 件, en: decisions}, section: power-list}
  - {key: tt_all, title: {zh: 总数, en: All}, measure: {zh: 件, en: decisions}, section: power-list}
items:
  - code: TT-01
    title: {zh: 年度事项, en: Yearly item}
    standard: {zh: 已完成。, en: It is done.}
    evidence: {zh: 文件, en: a paper}
    duty: legal
    kind: yearly
    due: by 03-31
    due_from: practice
    weight: 2
    section: power-list
    source: {from: custom}
  - code: TT-02
    title: {zh: 季度事项, en: Quarterly item}
    standard: {zh: 每季度一次。, en: Once a quarter.}
    evidence: {zh: 记录, en: a record}
    duty: case-handling
    each: true
    kind: periodic
    every: quarter
    due: by period end
    due_from: law
    weight: 3
    section: power-list
    basis:
      - {law: cfl, articles: "39", certainty: read, read_in: JL}
  - code: TT-03
    title: {zh: 发生事项, en: Occasion item}
    standard: {zh: 发生后办理。, en: Done once it happens.}
    evidence: {zh: 记录, en: a record}
    duty: legal
    kind: occasion
    deadline: {zh: 及时, en: promptly}
    weight: 1
    section: power-list
    source: {from: custom}
  - code: TT-04
    title: {zh: 逐案事项, en: Case item}
    standard: {zh: 逐案办理。, en: Done in every case.}
    evidence: {zh: 台账, en: a list}
    duty: legal
    kind: case
    deadline: {zh: 7个工作日, en: 7 working days}
    rate: {met: tt_met, of: tt_all, at_least: "95%"}
    weight: 3
    section: power-list
    basis:
      - {law: cfl, articles: "48", certainty: read, read_in: JL}
"""

REVIEWED_TEMPLATE = SMALL_TEMPLATE.replace(
    "    due_from: law\n    weight: 3\n", "    due_from: law\n    weight: 3\n    review: true\n"
)
"""The same, with the quarterly item to be reviewed."""

HOLIDAYS_2027 = """\
year: 2027
notice: 试发〔2026〕1号
certainty: read
off:
  - {from: 2026-12-31, to: 2027-01-02, name: {zh: 元旦, en: New Year's Day}}
  - {from: 2027-02-06, to: 2027-02-12, name: {zh: 春节, en: Spring Festival}}
  - {from: 2027-05-01, to: 2027-05-03, name: {zh: 劳动节, en: Labour Day}}
  - {from: 2027-10-01, to: 2027-10-07, name: {zh: 国庆节, en: National Day}}
worked:
  - {day: 2027-01-03, for: 元旦}
  - {day: 2027-02-13, for: 春节}
  - {day: 2027-10-09, for: 国庆节}
"""
"""A made-up notice for a year that has none yet."""

EVIDENCE = {
    "kind": "file", "name": "一.pdf", "place": None, "dated": None, "person": "lihua", "added_on": TODAY,
    "removed_on": None, "removed_by": None, "why": None, "purged_on": None,
}  # fmt: skip
"""A file of evidence but for its hash and size."""


def keep_evidence(register: Register, actor: Actor, *contents: bytes, algorithm: str = "sha256") -> list[str]:
    """Keep files on the row TT-01 and return their hashes."""
    hashes = []
    for content in contents:
        kept = Vault(register.path).keep(io.BytesIO(content), len(content), algorithm)
        n = len(register.all("evidence_all")) + 1
        line = {**EVIDENCE, "hash": kept.hash, "size": kept.size}
        with register.transaction():
            register.record(actor, "evidence add", [Change("evidence", f"2026/TT-01#{n}", WHOLE, None, line)])
        hashes.append(kept.hash)
    return hashes
