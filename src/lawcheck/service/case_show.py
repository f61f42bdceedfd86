"""Cases looked at: listed, and one shown as a timeline of milestones and deadlines."""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from lawcheck.core.case import Extended, OutOfOrder, Reached, all_missing_steps, out_of_order
from lawcheck.core.deadline import Pause, Reckoning, explain, parse_reckoning
from lawcheck.core.refs import normalise, template_bounds
from lawcheck.core.row import Row
from lawcheck.core.words import Text
from lawcheck.errors import UnknownTemplate
from lawcheck.library.places import case_files
from lawcheck.service.attached import evidence_on, with_evidence
from lawcheck.service.case_rows import CaseLine, Fields, case_line, load
from lawcheck.service.finding import matching_case_rows, unknown_case_row
from lawcheck.service.items import Note, said_of_rows
from lawcheck.service.journal import LogLine, read_log
from lawcheck.service.nearest import nearest
from lawcheck.service.people import unit_code
from lawcheck.service.working_days import calendar_for, calendar_of
from lawcheck.store import codec
from lawcheck.store.register import Register

if TYPE_CHECKING:
    from lawcheck.core.calendar import Calendar, Step
    from lawcheck.core.evidence import Evidence
    from lawcheck.core.refs import Ref
    from lawcheck.service.reviews import Said


class ListedCase(NamedTuple):
    """A case with what presses in it: the next day due, how many rows are overdue and how many are open."""

    case: CaseLine
    next_due: date | None
    overdue: int
    open: int


class CaseList(NamedTuple):
    """Cases by kind and number; `titles` of the kinds."""

    cases: tuple[ListedCase, ...]
    titles: dict[str, tuple[str, str]]
    today: date


class CaseShown(NamedTuple):
    """A case in full. `silent` names items whose milestone was reached when no law asked for them, with its day.

    `said` is what reviewers said of the rows, in their order.
    """

    case: CaseLine
    document: Fields
    milestones: tuple[Reached, ...]
    rows: tuple[Row, ...]
    pauses: tuple[Pause, ...]
    extensions: tuple[tuple[Extended, str, str], ...]
    silent: tuple[tuple[str, str], ...]
    warnings: tuple[OutOfOrder, ...]
    notes: tuple[Note, ...]
    history: tuple[LogLine, ...]
    today: date
    calendar: "Calendar | None"
    said: tuple["Said | None", ...] = ()


class CaseRowShown(NamedTuple):
    """A row of a case with its law and, where it has a day, how that was reckoned; `rule` is the frozen rule.

    `evidence` has what was taken off too.
    """

    case: CaseLine
    row: Row
    item: Fields
    choices: Fields
    rule: Fields | None
    reckoning: Reckoning | None
    steps: tuple["Step", ...]
    notes: tuple[Note, ...]
    history: tuple[LogLine, ...]
    today: date
    calendar: "Calendar | None"
    evidence: "tuple[Evidence, ...]" = ()
    said: tuple["Said | None", ...] = ()


def list_cases(
    register: Register,
    *,
    template: str | None = None,
    unit: str | None = None,
    state: str | None = "open",
    number: str | None = None,
    today: date,
) -> CaseList:
    """Return cases of a kind, of a unit, open or closed, or with a number (文号).

    Raises:
        UnknownTemplate: there is no such kind of case.
        UnknownUnit: the bureau has no such unit.

    """
    with register.snapshot():
        plain = normalise(template) if template is not None else None
        titles = {str(one[0]): (str(one[2]), str(one[3])) for one in register.all("case_template_all")}
        if plain is not None and plain not in titles:
            known = [path.stem for path in case_files()]
            if plain not in known:
                raise UnknownTemplate(name=plain, nearest=nearest(plain, known) or known)
        code = unit_code(register, unit) if unit is not None else None
        found = register.all("case_list", template=plain, unit=code, state=state, number=number)
        bounds = template_bounds(plain) if plain is not None else {"low": None, "high": None}
        due = {str(one[0]): one[1:] for one in register.all("case_due", today=today.isoformat(), **bounds)}
    cases: list[ListedCase] = []
    for ref, *values in found:
        first, overdue, left = due.get(str(ref), (None, 0, 0))
        day = codec.day(None if first is None else str(first))
        cases.append(ListedCase(case_line(str(ref), values), day, int(str(overdue)), int(str(left))))
    return CaseList(tuple(cases), titles, today)


def show_case(register: Register, ref: str, *, today: date) -> CaseShown:
    """Return a case with its milestones, deadlines, pauses, extensions, notes and history.

    Raises:
        UnknownCase: there is none of this ref.

    """
    with register.snapshot():
        held = load(register, ref)
        line = held.line
        bounds = {"low": line.ref + ".", "high": line.ref + "/"}
        rows = with_evidence(register, (codec.case_row(one) for one in register.all("case_row_of", **bounds)))
        notes = _notes(register, line.ref)
        said = said_of_rows(register, rows)
        approved = register.all("case_extension_of", ref=line.ref)
    texts = {int(str(one[1])): (str(one[5]), str(one[6])) for one in approved}
    firsts = {one.name: one for one in sorted(held.milestones, key=lambda one: -one.n)}
    there = {row.code for row in rows}
    facts = set(line.facts)
    silent = tuple(
        (str(item["code"]), firsts[item["starts"]].at)
        for item in held.document["items"]
        if item["code"] not in there
        and item["starts"] in firsts
        and set(item["when"]) <= facts
        and not set(item["unless"]) & facts
    )
    warnings = dict.fromkeys(
        warning for one in held.milestones for warning in out_of_order(held.plan, held.milestones, one)
    )
    missing = all_missing_steps(held.plan, line.facts, held.milestones)
    log = read_log(register, line.ref, year=None, most=20)
    return CaseShown(
        line,
        held.document,
        held.milestones,
        rows,
        tuple(pause for _, pause in held.pauses),
        tuple((one, *texts[n]) for n, one in held.extensions),
        silent,
        (*warnings, *missing),
        notes,
        log.lines,
        today,
        calendar_for(register, rows, today),
        said,
    )


def show_case_row(register: Register, ref: "Ref", *, today: date) -> CaseRowShown:
    """Return a row of a case with the law that sets its term and the reckoning explained.

    Raises:
        UnknownCase: there is no such case.
        UnknownRef: the case has no such row.

    """
    with register.snapshot():
        held = load(register, ref.code)
        rows = matching_case_rows(register, ref)
        if not rows:
            raise unknown_case_row(register, ref)
        (row,) = with_evidence(register, rows[:1])
        evidence = evidence_on(register, 0, row.ref, removed_too=True)
        kept = register.one("case_row_item", ref=row.ref)
        item = codec.json_held(kept[0]) if kept is not None else {}
        rule = item["clock"]["rules"][row.rule] if item["clock"] is not None and row.rule is not None else None
        reckoning = parse_reckoning(row.reckoning) if row.reckoning else None
        calendar = calendar_of(register)
        titles = {name: Text(one["zh"], one["en"]) for name, one in held.document["pauses"].items()}
        steps = tuple(
            step._replace(name=titles.get(str(step.name), step.name)) if step.code == "paused" else step
            for step in (explain(reckoning, calendar) if reckoning else ())
        )
        notes = _notes(register, row.ref)
        said = said_of_rows(register, [row])
    log = read_log(register, row.ref, year=None, most=20)
    return CaseRowShown(
        held.line, row, item, held.document["choices"], rule, reckoning, steps, notes, log.lines, today, calendar,
        evidence, said,
    )  # fmt: skip


def _notes(register: Register, ref: str) -> tuple[Note, ...]:
    held = register.all("case_note_of", ref=ref)
    return tuple(Note(int(str(n)), str(text), str(person), str(on)) for _, n, text, person, on in held)
