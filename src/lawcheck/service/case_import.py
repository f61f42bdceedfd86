"""Cases by the thousand from a table, a row a case: all of them or none, as one entry."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, timedelta
from heapq import nsmallest
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from lawcheck.core.case import OutOfOrder
from lawcheck.core.journal import WHOLE, Actor, Change
from lawcheck.library.tables import read_table
from lawcheck.service.case_rows import CaseLine, Held, Moved, consequences, milestone_fields
from lawcheck.service.case_table import STEP, CaseTable, Progress, ReadCase
from lawcheck.service.cases import case_fields
from lawcheck.service.first_answers import FirstAnswer, record_of_cases
from lawcheck.service.working_days import calendar_of
from lawcheck.store.entities import key_text
from lawcheck.store.register import Register

if TYPE_CHECKING:
    from lawcheck.library.nodes import Fault

MOST = 20_000
"""How many cases are taken from one file: each entry of the journal is read as a whole."""
SOON_DAYS = 14
URGENT = 10
"""How many of the most urgent rows are named."""


class Taken(NamedTuple):
    """The cases of a kind that were taken: how many, their first and last ref."""

    template: str
    title_zh: str
    title_en: str
    cases: int
    first: str
    last: str


class Warned(NamedTuple):
    """A case with milestones out of order, as the law does not forbid, or a step missing, and where in the file."""

    ref: str
    line: int
    out_of_order: OutOfOrder


class CasesImported(NamedTuple):
    """A table of cases taken: what came of it, and the faults of the rows left out (`left` of them).

    Of the rows that the cases got, `done` are done (`late` of them late, `early` before their first lawful day), and of
    the open ones `overdue` are over their day and `soon` due within 14 days; `urgent` are the first of both. `entry` is
    None where nothing was written.
    """

    file: str
    sheet: str | None
    taken: tuple[Taken, ...]
    rows: int
    done: int
    late: int
    early: int
    overdue: int
    soon: int
    provisional: int
    urgent: tuple[Moved, ...]
    warnings: tuple[Warned, ...]
    titles: dict[str, tuple[str, str]]
    left: int
    faults: "tuple[Fault, ...]"
    entry: int | None
    today: date
    answers: tuple[FirstAnswer, ...] = ()


class _LookedAt(Exception):
    """Ends a transaction in which nothing is to stay."""


def import_cases(  # noqa: PLR0913  # how a file is taken
    register: Register,
    actor: Actor,
    file: Path,
    *,
    template: str | None = None,
    good_rows: bool = False,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> CasesImported:
    """Open a case for each row of a table, with its milestones and facts, as one entry.

    The head names the columns: number, title, opened, unit, facts, template, and milestones and facts by their names
    or titles. With `good_rows` the rows without a fault are taken; otherwise one fault keeps all from being taken.

    Raises:
        BadFile: with every fault of the file.
        UnknownTemplate: there is no such case template.
        MissingParameter: neither an option nor a column names the kind of case.

    """
    table = read_table(file, MOST)
    report = progress or (lambda _done, _of: None)
    with suppress(_LookedAt), register.transaction():
        reader = CaseTable(register, actor.today, table)
        cases, left = reader.read(template, good_rows=good_rows, progress=report)
        changes, moved, taken, warnings = _opened(reader, cases, actor, report)
        done = None if dry_run else record_of_cases(register, actor, "case import", changes)
        result = _counted(reader, taken, moved, warnings, left, None if done is None else done.seq, actor)
        result = result._replace(answers=() if done is None else done.answers)
        if dry_run:
            raise _LookedAt
    return result


def _opened(
    reader: CaseTable, cases: Sequence[ReadCase], actor: Actor, progress: Progress
) -> tuple[list[Change], list[Moved], list[Taken], list[Warned]]:
    """Return the changes that open cases, those of one kind of thing together, as they are written fastest."""
    calendar = calendar_of(reader.register)
    files: list[Change] = []
    milestones: list[Change] = []
    rows: list[Change] = []
    moved: list[Moved] = []
    warnings: list[Warned] = []
    counts = dict.fromkeys(reader.kinds, 0)
    for done, case in enumerate(cases):
        kept = case.kind.kept
        ref = _ref(case.kind.first + counts[kept.template], kept.template)
        counts[kept.template] += 1
        opened = case.milestones[0].at[:10]
        line = CaseLine(
            ref, kept.template, kept.n, case.number, case.title, case.unit, opened, case.facts, "open", None
        )
        files.append(Change("case", ref, WHOLE, None, case_fields(line)))
        milestones += [
            Change("milestone", key_text(ref, one.name, one.n), WHOLE, None, milestone_fields(one))
            for one in case.milestones
        ]
        held = Held(line, kept.document, case.kind.plan, case.milestones, (), (), {}, {})
        follow, its = consequences(held, actor, calendar, reader.bureau)
        for change in follow:
            (rows if change.entity == "case_row" else milestones).append(change)
        moved += its
        warnings += [Warned(ref, case.line, one) for one in case.warnings]
        if done % STEP == 0:
            progress(len(cases) + done, 2 * len(cases))
    taken = []
    for name, count in counts.items():
        if count:
            kind = reader.kinds[name]
            title = kind.kept.document["title"]
            last = kind.first + count - 1
            taken.append(Taken(name, title["zh"], title["en"], count, _ref(kind.first, name), _ref(last, name)))
    return [*reader.changes, *files, *milestones, *rows], moved, taken, warnings


def _ref(number: int, template: str) -> str:
    return f"{template}-{number:02}"


def _counted(  # noqa: PLR0913  # all that is said of an import
    reader: CaseTable,
    taken: list[Taken],
    moved: list[Moved],
    warnings: list[Warned],
    left: int,
    entry: int | None,
    actor: Actor,
) -> CasesImported:
    today = date.fromisoformat(actor.today)
    day, soon = today.isoformat(), (today + timedelta(days=SOON_DAYS)).isoformat()
    waiting = [one for one in moved if one.what == "new" and one.due is not None and one.due <= soon]
    titles = {
        one["name"]: (one["title"]["zh"], one["title"]["en"])
        for kind in reader.kinds.values()
        for one in kind.kept.document["milestones"]
    }
    return CasesImported(
        reader.table.path,
        reader.table.sheet,
        tuple(taken),
        len(moved),
        sum(one.what == "done" for one in moved),
        sum(one.what == "done" and one.late for one in moved),
        sum(one.what == "done" and one.early for one in moved),
        sum(one.due is not None and one.due < day for one in waiting),
        sum(one.due is not None and one.due >= day for one in waiting),
        sum(one.what == "new" and one.provisional for one in moved),
        tuple(nsmallest(URGENT, waiting, key=lambda one: (one.due or "", one.ref))),
        tuple(warnings),
        titles,
        left,
        tuple(reader.faults),
        entry,
        today,
    )
