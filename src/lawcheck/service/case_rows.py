"""The rows of cases: what is recorded of a case is read, and its rows are brought in line with it."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from lawcheck.core.case import (
    CaseState,
    Extended,
    LaidCaseRow,
    OutOfOrder,
    Plan,
    Reached,
    lay_out,
    missing_steps,
    out_of_order,
    plan_of,
    with_derived,
)
from lawcheck.core.deadline import Pause
from lawcheck.core.journal import WHOLE, Actor, Change
from lawcheck.core.refs import parse_ref, row_ref_of
from lawcheck.core.review import CONTENT, unreviewed
from lawcheck.core.row import Fields as RowFields
from lawcheck.core.row import Row
from lawcheck.core.words import Review, State
from lawcheck.errors import CaseClosed, FollowsByLaw, InvalidValue, MilestoneImpossible, RowNeedsTime
from lawcheck.service.finding import unknown_case
from lawcheck.service.people import bureau_held
from lawcheck.service.working_days import calendar_of
from lawcheck.store import codec
from lawcheck.store.entities import ENTITIES, key_text
from lawcheck.store.register import Register

if TYPE_CHECKING:
    from lawcheck.core.calendar import Calendar

Fields = dict[str, Any]


class CaseLine(NamedTuple):
    """A case at a glance; `facts` are those that hold."""

    ref: str
    template: str
    template_n: int
    number: str
    title: str
    unit: str
    opened_on: str
    facts: tuple[str, ...]
    state: str
    closed_on: str | None


class Moved(NamedTuple):
    """A row of a case that a command brought, moved, ended, reopened or took away.

    `what` is `new`, `moved`, `done`, `reopened`, `gone`, `aside` or `left` (overdue, so not set aside). The days are
    the last in time, or the first lawful ones. `choice` names the bureau's answer that decided which law applies.
    """

    what: str
    ref: str
    title_zh: str
    title_en: str
    was: str | None
    due: str | None
    due_time: str | None
    earliest: str | None
    target: str | None
    provisional: bool
    late: bool
    early: bool = False
    choice: str | None = None


class Warned(NamedTuple):
    """A warning of a case; `titles` of its milestones."""

    case: str
    warning: OutOfOrder
    titles: dict[str, tuple[str, str]]


class Held(NamedTuple):
    """A case as the register holds it, with its frozen template.

    `reviews` is what was said of its rows, by ref, `evidenced` the refs of rows with evidence.
    """

    line: CaseLine
    document: Fields
    plan: Plan
    milestones: tuple[Reached, ...]
    pauses: tuple[tuple[int, Pause], ...]
    extensions: tuple[tuple[int, Extended], ...]
    rows: dict[str, Fields]
    reviews: dict[str, Fields]
    evidenced: frozenset[str] = frozenset()


_PLANS: dict[str, tuple[Fields, Plan]] = {}


def plan_for(key: str, register: Register) -> Plan:
    """Return the plan of a frozen case template, read once a process."""
    return template_of(key, register)[1]


def template_of(key: str, register: Register) -> tuple[Fields, Plan]:
    """Return a frozen case template and its plan."""
    if key not in _PLANS:
        document = register.document(key) or {}
        _PLANS[key] = (document, plan_of(document))
    return _PLANS[key]


def holders(bureau: Fields | None, duty: str) -> tuple[str, ...]:
    """Return the units that hold a duty by the bureau's document; `-` where there is no bureau."""
    duties: dict[str, list[str]] = bureau["duties"] if bureau else {}
    return tuple(duties.get(duty) or duties.get("*") or ("-",))


# --- a case read ------------------------------------------------------------------------------


def case_ref(text: str) -> str:
    """Return the ref of a case as it is kept.

    Raises:
        InvalidRef: the text is no ref.

    """
    return parse_ref(text).code


def load(register: Register, text: str) -> Held:
    """Return a case with all that is recorded of it.

    Raises:
        UnknownCase: there is none.

    """
    ref = case_ref(text)
    values = register.one("case_file_get", key_ref=ref)
    if values is None:
        raise unknown_case(register, ref)
    line = case_line(ref, values)
    kept = register.one("case_template_get", key_template=line.template, key_n=line.template_n)
    document, plan = template_of(str(kept[2]) if kept else "", register)
    milestones = tuple(
        Reached(str(name), int(str(n)), str(at), party and str(party), bool(derived), why and str(why))  # type: ignore[arg-type]
        for _, name, n, at, party, derived, why in register.all("case_milestone_of", ref=ref)
    )
    pauses = tuple(
        (int(str(n)), Pause(date.fromisoformat(str(since)), codec.day(None if until is None else str(until)), str(why)))
        for _, n, why, since, until in register.all("case_pause_of", ref=ref)
    )
    extensions = tuple(
        (int(str(n)), Extended(str(code), int(str(row_n)), int(str(amount))))
        for _, n, code, row_n, amount, *_ in register.all("case_extension_of", ref=ref)
    )
    names = ("ref", *ENTITIES["case_row"].fields)
    rows = {
        str(one[0]): dict(zip(names, one, strict=True))
        for one in register.all("case_row_fields_of", low=ref + ".", high=ref + "/")
    }
    said = {ref: register.one("review_get", key_year=0, key_ref=ref) for ref, row in rows.items() if _is_reviewed(row)}
    names = ENTITIES["review"].fields
    reviews = {ref: dict(zip(names, one, strict=True)) for ref, one in said.items() if one is not None}
    evidenced = frozenset(str(one) for (one,) in register.all("evidence_refs", year=0, low=ref + ".", high=ref + "/"))
    return Held(line, document, plan, milestones, pauses, extensions, rows, reviews, evidenced)


def _is_reviewed(row: Fields) -> bool:
    return bool(row["review"] != Review.NONE)


def case_line(ref: str, values: Sequence[object]) -> CaseLine:
    """Return a case from the other columns of its table."""
    template, n, number, title, unit, opened, facts, state, closed = values
    return CaseLine(
        ref, str(template), int(str(n)), str(number), str(title), str(unit), str(opened), tuple(str(facts).split()),
        str(state), None if closed is None else str(closed),
    )  # fmt: skip


def open_case_held(register: Register, text: str) -> Held:
    """Return a case that is open.

    Raises:
        UnknownCase: there is none.
        CaseClosed: it is closed.

    """
    held = load(register, text)
    if held.line.state != "open":
        raise CaseClosed(ref=held.line.ref, on=held.line.closed_on)
    return held


def milestone_fields(reached: Reached) -> Fields:
    """Return a milestone as its table holds it."""
    return {"at": reached.at, "party": reached.party, "derived": int(reached.derived), "why": reached.why}


# --- what follows -----------------------------------------------------------------------------


def consequences(
    held: Held, actor: Actor, calendar: "Calendar", bureau: Fields | None, former: Fields | None = None
) -> tuple[list[Change], list[Moved]]:
    """Return the changes that bring a case's derived milestones and rows in line with what is recorded of it.

    `former` is the frozen template that the case had until now, where it gets another.
    """
    changes: list[Change] = []
    reached = with_derived(held.plan, held.milestones, calendar)
    before = {(one.name, one.n): one for one in held.milestones if one.derived}
    after = {(one.name, one.n): one for one in reached if one.derived}
    for name, n in sorted(before.keys() | after.keys()):
        old, new = before.get((name, n)), after.get((name, n))
        key = key_text(held.line.ref, name, n)
        recorded = any((one.name, one.n) == (name, n) for one in held.milestones if not one.derived)
        if old is None and new is not None:
            changes.append(Change("milestone", key, WHOLE, None, milestone_fields(new)))
        elif old is not None and new is None and not recorded:
            changes.append(Change("milestone", key, WHOLE, milestone_fields(old), None))
        elif old is not None and new is not None and old.at != new.at:
            changes.append(Change("milestone", key, "at", old.at, new.at))
    state = CaseState(
        frozenset(held.line.facts),
        reached,
        tuple(pause for _, pause in held.pauses),
        tuple(one for _, one in held.extensions),
        tuple(sorted((bureau.get("choices") or {}).items())) if bureau else (),
    )
    follow, moved = _row_changes(held, lay_out(held.plan, state, calendar), actor, bureau, former)
    return changes + follow, moved


def _row_changes(
    held: Held, laid: list[LaidCaseRow], actor: Actor, bureau: Fields | None, former: Fields | None
) -> tuple[list[Change], list[Moved]]:
    items = held.plan.documents
    if former is not None:
        items = {item["code"]: item for item in former["items"]} | items
    changes: list[Change] = []
    moved: list[Moved] = []
    seen: set[str] = set()
    for laid_row in laid:
        # What lies ahead, as service that is deemed by law, has not ended anything yet.
        ahead = laid_row.ended is not None and laid_row.ended.at[:10] > actor.today
        one = laid_row._replace(ended=None) if ahead else laid_row
        ref = row_ref_of(held.line.ref, one.code, one.n)
        seen.add(ref)
        title = items[one.code]["title"]
        new = laid_fields(one, held.line.template_n)
        old = held.rows.get(ref)
        if old is not None and _is_settled(old, new):
            new |= {name: old[name] for name in _RECKONED}
        if old is None:
            fields = new_row(held.line.ref, one, items[one.code]["duty"], held.line.unit, bureau)
            fields.update(new)
            fields.update(_ended(one, actor))
            changes.append(Change("case_row", ref, WHOLE, None, fields))
            moved.append(moved_row("done" if one.ended else "new", ref, title, None, fields))
            continue
        what = "moved" if (old["due"], old["earliest"]) != (new["due"], new["earliest"]) else None
        if one.ended is not None:
            ended = _ended(one, actor)
            if any(old[name] != ended[name] for name in ("state", "done_on", "done_time")):
                new |= {"left_to_do": None, "why": None} | ended
                what = "done"
        elif items[one.code]["ends"] is not None and old["state"] == State.DONE:
            new |= REOPENED | {"recorded_on": actor.today}
            what = "reopened"
        changes += said_no_more(held, ref, new)
        changes += [
            Change("case_row", ref, name, old[name], value) for name, value in new.items() if old[name] != value
        ]
        if what is not None:
            moved.append(moved_row(what, ref, title, old["earliest"] or old["due"], old | new))
    for ref, old in held.rows.items():
        if ref not in seen and _is_untouched(old) and ref not in held.evidenced:
            fields = {name: value for name, value in old.items() if name != "ref"}
            changes.append(Change("case_row", ref, WHOLE, fields, None))
            away = old | {"due": None, "earliest": None}
            moved.append(moved_row("gone", ref, items[old["code"]]["title"], old["earliest"] or old["due"], away))
    return changes, moved


def _is_untouched(row: Fields) -> bool:
    return row["state"] == State.OPEN and not row["assignee"] and not _is_reviewed(row)


def _is_settled(old: Fields, new: Fields) -> bool:
    """Tell whether a row was done by the notices known then, which a later notice does not judge anew."""
    return old["state"] == State.DONE and not old["provisional"] and bool(old["reckoning"] == new["reckoning"])


def said_no_more(held: Held, ref: str, new: Fields) -> list[Change]:
    """Return the changes by which what was said of a row in review ends, as it gets new fields; none where it stays.

    An acceptance falls away with another content, a return is answered once the row is done or set aside.
    """
    old = held.rows[ref]
    if old["review"] == Review.ACCEPTED:
        ends = any(name in new and new[name] != old[name] for name in CONTENT)
    else:
        ends = old["review"] == Review.RETURNED and new.get("state") in (State.DONE, State.NA)
    return unreviewed("case_row", ref, old["review"], held.reviews.get(ref)) if ends else []


_RECKONED = ("due", "due_time", "earliest", "target", "provisional")
"""The fields of a row that the calendar has a say in."""

REOPENED: Fields = {
    "state": State.OPEN.value, "done_on": None, "done_time": None, "done_by": None,
}  # fmt: skip


def laid_fields(one: LaidCaseRow, template_n: int) -> Fields:
    """Return what the law lays out of a row, as the table holds it, by a revision of the case's template."""
    return {
        "template_n": template_n,
        "begins": one.begins,
        "due": one.due,
        "due_time": one.due_time,
        "earliest": one.earliest,
        "target": one.target,
        "provisional": int(one.provisional),
        "reckoning": one.reckoning,
        "rule": one.rule,
        "choice": one.choice,
    }


def new_row(case: str, one: LaidCaseRow, duty: str, unit: str, bureau: Fields | None) -> Fields:
    """Return the fields of a row that appears: with the case's unit if that holds the duty, with the holder if not."""
    held_by = holders(bureau, duty)
    fields = _NEW.copy()
    fields["case_ref"] = case
    fields["code"] = one.code
    fields["n"] = one.n
    fields["unit"] = unit if unit in held_by else held_by[0]
    return fields


_NEW: Fields = {
    **dict.fromkeys(sorted(ENTITIES["case_row"].fields)), "state": State.OPEN.value, "review": Review.NONE.value,
}  # fmt: skip
"""A row that nothing is known of yet, in the order in which its entry is written."""


def _ended(one: LaidCaseRow, actor: Actor) -> Fields:
    if one.ended is None:
        return {}
    return {
        "state": State.DONE.value,
        "done_on": one.ended.at[:10],
        "done_time": one.ended.at[11:] or None,
        "done_by": actor.person,
        "recorded_on": actor.today,
    }


def moved_row(what: str, ref: str, title: Fields, was: str | None, row: Fields) -> Moved:
    """Return what became of a row, from its fields after it."""
    done, due = row.get("done_on"), row["due"]
    at, limit = row.get("done_time"), row["due_time"]
    late = bool(done and due and (done > due or (done == due and at and limit and at > limit)))
    return Moved(
        what, ref, title["zh"], title["en"], was, due, row["due_time"], row["earliest"], row["target"],
        bool(row["provisional"]), late, bool(done and row["earliest"] and done < row["earliest"]), row["choice"],
    )  # fmt: skip


def with_milestone(held: Held, reached: Reached, why: str | None) -> tuple[list[Change], Held, list[OutOfOrder]]:
    """Return the changes that record a milestone, the case with it, and what stands out of order or is missing.

    Raises:
        MilestoneImpossible: the law cannot have it there.

    """
    warnings = out_of_order(held.plan, held.milestones, reached)
    for one in warnings:
        if one.impossible:
            raise MilestoneImpossible(name=one.name, at=one.at, other=one.other, other_at=one.other_at)
    key = key_text(held.line.ref, reached.name, reached.n)
    old = next((one for one in held.milestones if (one.name, one.n) == (reached.name, reached.n)), None)
    reached = reached._replace(why=why, party=reached.party or (old.party if old else None))
    new = milestone_fields(reached)
    if old is None:
        changes = [Change("milestone", key, WHOLE, None, new)]
    else:
        before = milestone_fields(old)
        changes = [
            Change("milestone", key, field, before[field], value)
            for field, value in new.items()
            if before[field] != value
        ]
    others = tuple(one for one in held.milestones if (one.name, one.n) != (reached.name, reached.n))
    line, day = held.line, reached.at[:10]
    if (reached.name, reached.n) == (held.plan.opens, 1) and line.opened_on != day:
        changes.append(Change("case", line.ref, "opened_on", line.opened_on, day))
        line = line._replace(opened_on=day)
    held = held._replace(line=line, milestones=(*others, reached))
    return changes, held, warnings + missing_steps(held.plan, line.facts, held.milestones, reached)


def case_note_change(register: Register, actor: Actor, ref: str, text: str) -> Change:
    """Return the change that writes a note on a case or one of its rows."""
    n = max((int(str(held[1])) for held in register.all("case_note_of", ref=ref)), default=0) + 1
    new = {"text": text, "person": actor.person, "on_date": actor.today}
    return Change("case_note", f"{ref}#{n}", WHOLE, None, new)


def changed_rows(
    register: Register, actor: Actor, rows: Sequence[tuple[Row, RowFields]]
) -> tuple[list[Change], list[Moved], list[Warned]]:
    """Return the changes that give rows of cases new fields; one that ends with a milestone records or unmakes it.

    What stands out of order by it, or is missing, comes with the case it stands in. What was said of a row in review
    ends before the row changes; `row.review` is what is said of it by now.

    Raises:
        CaseClosed: a case is closed.
        MilestoneImpossible: the law cannot have the milestone on that day.
        InvalidValue: a milestone without a day.
        RowNeedsTime: the milestone needs a time of day.
        FollowsByLaw: the row was ended by what follows from another milestone.

    """
    changes: list[Change] = []
    moved: list[Moved] = []
    warnings: list[Warned] = []
    bureau, calendar = bureau_held(register), calendar_of(register)
    for case in dict.fromkeys(row.case_ref() for row, _ in rows):
        held = open_case_held(register, case)
        ends = {item["code"]: item["ends"] for item in held.document["items"]}
        for row, new in rows:
            if row.case_ref() != case:
                continue
            name, state = ends.get(row.code), new.get("state")
            review = row.review
            if review != Review.NONE:
                from lawcheck.service.reviews import unreviewed_for  # only where there are reviews

                unreviewed_row, before = unreviewed_for(register, row, new)
                changes += before
                review = unreviewed_row.review
            held = held._replace(rows=held.rows | {row.ref: held.rows[row.ref] | {"review": review}})
            if name is not None and state == State.DONE:
                day = new["done_on"]
                if not isinstance(day, date):
                    raise InvalidValue(option="--on", text="unstated", expected="date")
                if held.plan.milestones[name].timed:
                    raise RowNeedsTime(ref=row.ref, case=case, name=name, date=day.isoformat())
                made, held, found = with_milestone(held, Reached(name, row.n, day.isoformat()), None)
                changes += made
                titles = {one["name"]: (one["title"]["zh"], one["title"]["en"]) for one in held.document["milestones"]}
                warnings += [Warned(case, one, titles) for one in found]
            elif name is not None and row.state == State.DONE and state == State.OPEN:
                gone, held = _without_milestone(held, name, row)
                changes += gone
            else:
                changes += [
                    Change("case_row", row.ref, field, codec.encoded(getattr(row, field)), codec.encoded(value))
                    for field, value in new.items()
                    if codec.encoded(getattr(row, field)) != codec.encoded(value)
                ]
        follow, others = consequences(held, actor, calendar, bureau)
        changes += follow
        moved += others
    return changes, moved, warnings


def _without_milestone(held: Held, name: str, row: Row) -> tuple[list[Change], Held]:
    old = next(one for one in held.milestones if (one.name, one.n) == (name, row.n))
    if old.derived:
        raise FollowsByLaw(ref=row.ref, case=held.line.ref, at=old.at)
    change = Change("milestone", key_text(held.line.ref, name, row.n), WHOLE, milestone_fields(old), None)
    return [change], held._replace(milestones=tuple(one for one in held.milestones if one is not old))
