"""Cases: opened, brought forward by milestones, pauses and extensions, closed; their rows follow by the law."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from lawcheck.core.case import Extended, OutOfOrder, Plan, Reached
from lawcheck.core.dates import moment_text
from lawcheck.core.deadline import Pause, parse_rule
from lawcheck.core.journal import WHOLE, Actor, Change, Entry, fallen
from lawcheck.core.refs import normalise, parse_ref, row_ref_of
from lawcheck.core.row import clean_text, required_text
from lawcheck.core.words import State
from lawcheck.errors import (
    AmbiguousRef,
    BeforePeriod,
    CaseOpen,
    FutureDate,
    InvalidFact,
    InvalidRule,
    MilestoneNotReached,
    MilestoneReached,
    NotExtensible,
    NumberTaken,
    PeriodReversed,
    RowsLeft,
    TimeMissing,
    UnknownFact,
    UnknownMilestone,
    UnknownPause,
    UnknownTemplate,
)
from lawcheck.service.case_rows import (
    CaseLine,
    Fields,
    Held,
    Moved,
    case_note_change,
    consequences,
    holders,
    load,
    milestone_fields,
    moved_row,
    open_case_held,
    plan_for,
    said_no_more,
    with_milestone,
)
from lawcheck.service.finding import unknown_case_row
from lawcheck.service.first_answers import FirstAnswer, record_of_cases
from lawcheck.service.nearest import nearest
from lawcheck.service.people import bureau_held, unit_code
from lawcheck.service.working_days import calendar_of
from lawcheck.store.entities import ENTITIES, key_text
from lawcheck.store.redaction import left_of_redacted, said_by
from lawcheck.store.register import Register


class CaseChanged(NamedTuple):
    """A case after a command: what it did to the rows, and what stands out of order.

    `asked` says whose approval the law asks for an extension, `fell` which acceptances fell away, `answers` which
    figures were typed and are answered by cases from now on.
    """

    command: str
    case: CaseLine
    milestone: tuple[str, str, str, str] | None
    moved: tuple[Moved, ...]
    warnings: tuple[OutOfOrder, ...]
    titles: dict[str, tuple[str, str]]
    seq: int
    today: date
    asked: tuple[str, str] | None = None
    fell: tuple[Change, ...] = ()
    answers: tuple[FirstAnswer, ...] = ()


def open_case(  # noqa: PLR0913  # what is known of a case when it is opened
    register: Register,
    actor: Actor,
    template: str,
    *,
    number: str,
    title: str,
    on: str,
    facts: Sequence[str] = (),
    unit: str | None = None,
) -> CaseChanged:
    """Open a case on a day: it gets the next number of its kind, and the rows that the law asks for from then on.

    Raises:
        UnknownTemplate: there is no such case template.
        NumberTaken: another case of the kind has this number.
        UnknownFact: the template knows no such fact.
        FutureDate: the day has not come.

    """
    words, name = required_text(number, "--no"), required_text(title, "--title")
    at = moment_text(on)
    with register.transaction():
        kept, changes = keep_template(register, shipped_case(template))
        plan = plan_for(kept.key, register)
        taken = register.one("case_numbered", template=kept.template, number=words)
        if taken is not None:
            raise NumberTaken(number=words, ref=taken[0])
        holds = {fact for fact, true in facts_given(plan, facts).items() if true}
        bureau, first = bureau_of(register)
        changes += first
        line = CaseLine(
            next_ref(register, kept.template),
            kept.template,
            kept.n,
            words,
            name,
            unit_code(register, unit) if unit is not None else case_unit(kept.document, bureau),
            at[:10],
            tuple(sorted(holds)),
            "open",
            None,
        )
        _check_moment(plan, plan.opens, at, actor)
        reached = Reached(plan.opens, 1, at)
        calendar = calendar_of(register)
        changes += [
            Change("case", line.ref, WHOLE, None, case_fields(line)),
            Change("milestone", key_text(line.ref, plan.opens, 1), WHOLE, None, milestone_fields(reached)),
        ]
        held = Held(line, kept.document, plan, (reached,), (), (), {}, {})
        follow, moved = consequences(held, actor, calendar, bureau)
        done = record_of_cases(register, actor, "case open", changes + follow)
    return _changed("case open", held, moved, done.seq, actor, reached=reached)._replace(answers=done.answers)


class Kept(NamedTuple):
    """A case template kept in the register; `key` is the hash of its frozen copy."""

    template: str
    n: int
    key: str
    document: Fields


def shipped_case(name: str) -> Fields:
    """Return the frozen copy of the case template of a name, as it comes with lawcheck today.

    Raises:
        UnknownTemplate: there is none of that name.
        BadFile: with every fault of the file.

    """
    from lawcheck.core.case_layout import frozen_case  # YAML: only when a case is opened
    from lawcheck.library.cases import case_code, read_case_templates
    from lawcheck.library.clocks import read_clocks
    from lawcheck.library.places import case_files
    from lawcheck.library.reading import read_duties, read_registry

    plain = normalise(name)
    known = [path.stem for path in case_files()]
    if case_code(plain) is None:
        raise UnknownTemplate(name=name, nearest=nearest(plain, known) or known)
    registry = read_registry()
    clocks = read_clocks(registry)
    files = [path for path in case_files() if path.stem == plain]
    (template,) = read_case_templates(files, registry, read_duties(), clocks)
    return frozen_case(template, clocks, registry)


def keep_template(register: Register, document: Fields) -> tuple[Kept, list[Change]]:
    """Return a frozen case template as the register keeps it, and the change that keeps it where it is new."""
    plain, key = document["case"], register.keep(document)
    last = register.one("case_template_last", template=plain)
    if last is not None and last[4] == key:
        return Kept(plain, int(str(last[1])), key, document), []
    n = int(str(last[1])) + 1 if last is not None else 1
    new = {"title_zh": document["title"]["zh"], "title_en": document["title"]["en"], "document": key}
    return Kept(plain, n, key, document), [Change("case_template", f"{plain}#{n}", WHOLE, None, new)]


def next_ref(register: Register, template: str) -> str:
    """Return the ref of the next case of a kind; a number is given out once, even where its case was taken back."""
    last = register.one("case_last", template=template)
    number = int(str(last[0]).partition("-")[2]) + 1 if last else 1
    while _spoken_of(register, ref := f"{template}-{number:02}"):
        number += 1
    return ref


def _spoken_of(register: Register, ref: str) -> bool:
    nothing = dict.fromkeys(("dot", "after_dot", "hash", "after_hash"), ref)
    return register.one("entry_about", key=ref, **nothing, most=1) is not None


def bureau_of(register: Register) -> tuple[Fields, list[Change]]:
    """Return the bureau's document, and the change that keeps the one-unit bureau where the register has none yet."""
    held = bureau_held(register)
    if held is not None:
        return held, []
    from lawcheck.core.layout import bureau_document  # only for the first case of a register without a year
    from lawcheck.library.reading import read_bureau, read_duties
    from lawcheck.service.bureaus import bureau_changes, default_bureau_file

    bureau = read_bureau(default_bureau_file(), read_duties())
    return bureau_document(bureau), bureau_changes(register, bureau)


def case_unit(document: Fields, bureau: Fields | None) -> str:
    """Return the unit that answers for a case unless another is named: the first holder of its first duty."""
    return holders(bureau, document["items"][0]["duty"])[0]


def facts_given(plan: Plan, given: Iterable[str]) -> dict[str, bool]:
    """Read facts as they are typed: `simplified`, `simplified=yes`, `simplified=no`.

    Raises:
        UnknownFact: the template knows none of that name.
        InvalidFact: it is neither true nor false.

    """
    found: dict[str, bool] = {}
    for text in given:
        name, equals, value = text.partition("=")
        plain = name.strip().lower().replace("-", "_")
        known = {fact.replace("-", "_"): fact for fact in plan.facts}
        if plain not in known:
            raise UnknownFact(name=name, template=plan.template, known=list(plan.facts))
        said = _SAID.get(value.strip().lower()) if equals else True
        if said is None:
            raise InvalidFact(text=text)
        found[known[plain]] = said
    return found


_SAID = {
    **dict.fromkeys(("yes", "true", "1", "是"), True),
    **dict.fromkeys(("no", "false", "0", "否"), False),
}


def case_fields(line: CaseLine) -> Fields:
    """Return a case as its table holds it."""
    return {name: " ".join(line.facts) if name == "facts" else getattr(line, name) for name in ENTITIES["case"].fields}


def _changed(  # noqa: PLR0913  # what the one line back says
    command: str,
    held: Held,
    moved: Iterable[Moved],
    seq: int,
    actor: Actor,
    *,
    reached: Reached | None = None,
    warnings: Iterable[OutOfOrder] = (),
    changes: Iterable[Change] = (),
) -> CaseChanged:
    titles = {one["name"]: (one["title"]["zh"], one["title"]["en"]) for one in held.document["milestones"]}
    milestone = (*titles[reached.name], reached.name, reached.at) if reached is not None else None
    order = sorted(moved, key=lambda one: (one.due or one.earliest or "9", one.ref))
    today = date.fromisoformat(actor.today)
    return CaseChanged(
        command, held.line, milestone, tuple(order), tuple(warnings), titles, seq, today, fell=fallen(changes)
    )


# --- milestones -------------------------------------------------------------------------------


def _check_moment(plan: Plan, name: str, at: str, actor: Actor) -> None:
    milestone = plan.milestones[name]
    if at[:10] > actor.today and not milestone.planned:
        raise FutureDate(date=at[:10], today=actor.today)
    if milestone.timed and len(at) == 10:
        raise TimeMissing(date=at)


def record_milestone(  # noqa: PLR0913  # one milestone, and what is said of it
    register: Register,
    actor: Actor,
    case: str,
    name: str,
    at: str,
    *,
    again: bool = False,
    party: str | None = None,
    correct: bool = False,
    why: str | None = None,
) -> CaseChanged:
    """Record that a case reached a milestone on a day, or at a minute; rows appear, end and move by it.

    A second date is refused unless it is `again` (another party) or corrects the first, with the reason.

    Raises:
        UnknownMilestone: the case knows none of that name.
        MilestoneReached: it has a date already.
        MilestoneNotReached: there is nothing to correct.
        MilestoneImpossible: it cannot lie there by law.
        FutureDate: the day has not come, and the milestone is none that is planned.
        TimeMissing: hours are counted from it, and no time of day is given.

    """
    moment = moment_text(at)
    reason = required_text(why or "", "--why") if correct else None
    with register.transaction():
        held = open_case_held(register, case)
        plain, n = _milestone_meant(held, name)
        _check_moment(held.plan, plain, moment, actor)
        who = clean_text(party) if party else None
        n = _corrected_number(held, plain, n, who) if correct else _next_number(held, plain, who, again=again)
        reached = Reached(plain, n, moment, who)
        changes, held, warnings = with_milestone(held, reached, reason)
        follow, moved = consequences(held, actor, calendar_of(register), bureau_held(register))
        done = record_of_cases(register, actor, "case milestone", changes + follow)
    changed = _changed(
        "case milestone", held, moved, done.seq, actor, reached=reached, warnings=warnings, changes=follow
    )
    return changed._replace(answers=done.answers)


def _corrected_number(held: Held, name: str, n: int | None, party: str | None) -> int:
    """Return which of a milestone's dates is to be corrected: the one named, the party's, or the only one.

    Raises:
        MilestoneNotReached: there is none.
        AmbiguousRef: there are several.

    """
    there = {one.n: one for one in held.milestones if one.name == name and not one.derived}
    if n is None and party is not None:
        n = next((one.n for one in there.values() if one.party == party), None)
    if n is None and len(there) > 1:
        candidates = [(f"{name}.{number}", 0) for number in sorted(there)]
        raise AmbiguousRef(ref=f"{held.line.ref} {name}", candidates=candidates, more=0)
    n = n or next(iter(there), 0)
    if n not in there:
        raise MilestoneNotReached(ref=held.line.ref, name=name)
    return n


def _next_number(held: Held, name: str, party: str | None, *, again: bool) -> int:
    """Return the number of a milestone's next date: a party keeps its number through the case.

    Raises:
        MilestoneReached: it has a date already, and nothing says that this one is another party's.

    """
    there = {one.n: one for one in held.milestones if one.name == name and not one.derived}
    parties = {one.party: one.n for one in held.milestones if one.party is not None and not one.derived}
    known = parties.get(party) if party is not None else None
    if known is not None and known not in there:
        return known
    if there and not again:
        first = there[known] if known is not None else there[min(there)]
        raise MilestoneReached(ref=held.line.ref, name=name, at=first.at)
    taken = [*there, *(parties.values() if party is not None else ())]
    return max(taken, default=0) + 1


def _milestone_meant(held: Held, text: str) -> tuple[str, int | None]:
    """Return a milestone's name, and which of several where it was typed (`served.2`)."""
    head, dot, number = text.strip().partition(".")
    n = int(number) if dot and number.isdigit() else None
    titles = {one["name"]: (one["title"]["zh"], one["title"]["en"]) for one in held.document["milestones"]}
    plain = _named(head if n else text, titles)
    if plain is None:
        wanted = text.strip().lower()
        near = nearest(wanted, list(titles))
        near += [name for name, both in titles.items() if any(wanted in one.lower() for one in both)]
        known = [(name, titles[name]) for name in dict.fromkeys(near or titles)]
        raise UnknownMilestone(name=text, ref=held.line.ref, known=tuple(known))
    return plain, n


def _named(text: str, titles: dict[str, tuple[str, str]]) -> str | None:
    """Return the name that a text means: the name itself, its title, or words that stand in one title alone."""
    wanted = text.strip().lower()
    if wanted in titles:
        return wanted
    whole = [name for name, both in titles.items() if wanted in (one.lower() for one in both)]
    parts = [name for name, both in titles.items() if wanted and any(wanted in one.lower() for one in both)]
    found = whole or parts
    return found[0] if len(found) == 1 else None


# --- pauses, extensions, facts ----------------------------------------------------------------


def pause_case(  # a pause is a reason and two days
    register: Register, actor: Actor, case: str, reason: str, since: date, until: date | None
) -> CaseChanged:
    """Leave days out of a case's terms, both included; without an end while it lasts. Said again, it gets another end.

    Raises:
        UnknownPause: no term of the case stands still for this reason.
        PeriodReversed: it ends before it begins.

    """
    if until is not None and until < since:
        raise PeriodReversed(begins=since.isoformat(), ends=until.isoformat())
    for one in (since, until):
        if one is not None and one.isoformat() > actor.today:
            raise FutureDate(date=one.isoformat(), today=actor.today)
    with register.transaction():
        held = open_case_held(register, case)
        titles: dict[str, Fields] = held.document["pauses"]
        named = {name: (title["zh"], title["en"]) for name, title in titles.items()}
        plain = _named(reason, named)
        if plain is None:
            raise UnknownPause(reason=reason, ref=held.line.ref, known=tuple(named.items()))
        pause = Pause(since, until, plain)
        known = next(((n, one) for n, one in held.pauses if one.reason == plain and one.begins == since), None)
        ends = until.isoformat() if until else None
        if known is not None:
            n, former = known
            ended = former.ends.isoformat() if former.ends else None
            key = key_text(held.line.ref, "pause", n)
            changes = [Change("pause", key, "until", ended, ends)] if ended != ends else []
            pauses = tuple((m, pause if m == n else one) for m, one in held.pauses)
        else:
            n = max((n for n, _ in held.pauses), default=0) + 1
            new = {"reason": plain, "since": since.isoformat(), "until": ends}
            changes = [Change("pause", key_text(held.line.ref, "pause", n), WHOLE, None, new)]
            pauses = (*held.pauses, (n, pause))
        held = held._replace(pauses=pauses)
        follow, moved = consequences(held, actor, calendar_of(register), bureau_held(register))
        entry = register.record(actor, "case pause", changes + follow)
    return _changed("case pause", held, moved, entry.seq, actor, changes=follow)


def extend_row(  # how far, when, and by whose approval
    register: Register, actor: Actor, row: str, amount: str, *, on: date, approval: str
) -> CaseChanged:
    """Extend the term of a case's row by an approved amount in the unit of its rule: `30 d`.

    Where somebody may extend it beyond what the law itself sets, he fixes by how much.

    Raises:
        UnknownCase: there is no such case.
        UnknownRef: the case has no such row.
        NotExtensible: the law does not let this term be extended, or no further.
        InvalidRule: the amount is none.

    """
    words = required_text(approval, "--approval")
    if on.isoformat() > actor.today:
        raise FutureDate(date=on.isoformat(), today=actor.today)
    more = parse_rule(amount)
    if more.how != "within" or more.rolls:
        raise InvalidRule(text=amount)
    ref = parse_ref(row)
    with register.transaction():
        held = open_case_held(register, ref.code)
        fields = held.rows.get(ref_of_row(ref.text, held))
        if fields is None:
            raise unknown_case_row(register, ref)
        if fields["rule"] is None:
            raise NotExtensible(ref=ref.text, why="law", most=None)
        item = next(one for one in held.document["items"] if one["code"] == fields["code"])
        rule = item["clock"]["rules"][fields["rule"]]
        extend = rule["extend"]
        if extend is None or more.unit is not parse_rule(rule["rule"]).unit:
            raise NotExtensible(ref=ref.text, why="law", most=None)
        if fields["state"] not in (State.OPEN, State.PARTIAL):
            raise NotExtensible(ref=ref.text, why="ended", most=None)
        earlier = [one for _, one in held.extensions if (one.code, one.n) == (fields["code"], fields["n"])]
        used_up = extend["times"] is not None and len(earlier) >= extend["times"]
        if used_up and extend["further"] is None:
            raise NotExtensible(ref=ref.text, why="times", most=extend["times"])
        if not used_up and extend["amount"] is not None and more.amount > extend["amount"]:
            raise NotExtensible(ref=ref.text, why="amount", most=extend["amount"])
        if fields["due"] is not None and on.isoformat() > fields["due"]:
            raise NotExtensible(ref=ref.text, why="late", most=fields["due"])  # what has ended is not extended
        n = max((n for n, _ in held.extensions), default=0) + 1
        new = {
            "code": fields["code"], "row_n": fields["n"], "amount": more.amount,
            "approved_on": on.isoformat(), "approval": words,
        }  # fmt: skip
        extended = (n, Extended(str(fields["code"]), int(fields["n"]), more.amount))
        held = held._replace(extensions=(*held.extensions, extended))
        changes = [Change("extension", key_text(held.line.ref, "extension", n), WHOLE, None, new)]
        follow, moved = consequences(held, actor, calendar_of(register), bureau_held(register))
        entry = register.record(actor, "case extend", changes + follow)
    asked = extend["further"] if used_up else extend["approval"]
    changed = _changed("case extend", held, moved, entry.seq, actor, changes=follow)
    return changed._replace(asked=(asked["zh"], asked["en"]))


def ref_of_row(text: str, held: Held) -> str:
    """Return the ref of a case's row as it is kept, from one whose parts stand in another order."""
    ref = parse_ref(text)
    return row_ref_of(held.line.ref, ref.unit or "", ref.occasion or 1)


def set_facts(register: Register, actor: Actor, case: str, facts: Sequence[str]) -> CaseChanged:
    """Say which facts hold of a case, and which do not; rows come and go by them.

    Raises:
        UnknownFact: the template knows none of that name.
        InvalidFact: it is neither true nor false.

    """
    with register.transaction():
        held = open_case_held(register, case)
        given = facts_given(held.plan, facts)
        holds = dict.fromkeys(held.line.facts, True) | given
        after = tuple(sorted(fact for fact, true in holds.items() if true))
        changes: list[Change] = []
        if after != held.line.facts:
            changes = [Change("case", held.line.ref, "facts", " ".join(held.line.facts), " ".join(after))]
        held = held._replace(line=held.line._replace(facts=after))
        follow, moved = consequences(held, actor, calendar_of(register), bureau_held(register))
        entry = register.record(actor, "case fact", changes + follow)
    return _changed("case fact", held, moved, entry.seq, actor, changes=follow)


# --- closing ----------------------------------------------------------------------------------


def close_case(register: Register, actor: Actor, case: str, *, on: date, why: str | None = None) -> CaseChanged:
    """Close a case on a day; its closing milestone is recorded with it. What is left is set aside with a reason.

    A row that is overdue by then is not set aside: it stays overdue, and rates count it.

    Raises:
        RowsLeft: rows are not done, and no reason is given.
        FutureDate: the day has not come.
        BeforePeriod: the case was not opened yet on that day.

    """
    if on.isoformat() > actor.today:
        raise FutureDate(date=on.isoformat(), today=actor.today)
    reason = required_text(why, "--why") if why is not None else None
    with register.transaction():
        held = open_case_held(register, case)
        if on.isoformat() < held.line.opened_on:
            raise BeforePeriod(ref=held.line.ref, date=on.isoformat(), begins=held.line.opened_on)
        changes: list[Change] = []
        warnings: list[OutOfOrder] = []
        closes = held.plan.closes
        if closes is not None and not any(one.name == closes and not one.derived for one in held.milestones):
            changes, held, warnings = with_milestone(held, Reached(closes, 1, on.isoformat()), None)
        follow, moved = consequences(held, actor, calendar_of(register), bureau_held(register))
        rows = _after(held.rows, follow)
        left = [ref for ref, row in rows.items() if row["state"] in (State.OPEN, State.PARTIAL)]
        if left and reason is None:
            raise RowsLeft(ref=held.line.ref, rows=left)
        day = on.isoformat()
        set_aside = {"state": State.NA.value, "why": reason, "left_to_do": None, "recorded_on": actor.today}
        overdue = [ref for ref in left if (rows[ref]["due"] or day) < day]
        answered = [
            change for ref in left if ref not in overdue and ref in held.rows
            for change in said_no_more(held, ref, set_aside)
        ]  # fmt: skip
        aside = [
            Change("case_row", ref, field, rows[ref][field], value)
            for ref in left
            if ref not in overdue
            for field, value in set_aside.items()
            if rows[ref][field] != value
        ]
        items = {item["code"]: item["title"] for item in held.document["items"]}
        moved += [
            moved_row(
                "left" if ref in overdue else "aside", ref, items.get(rows[ref]["code"], _NO_TITLE), None, rows[ref]
            )
            for ref in left
        ]
        closing = [
            Change("case", held.line.ref, "state", "open", "closed"),
            Change("case", held.line.ref, "closed_on", None, day),
        ]
        done = record_of_cases(register, actor, "case close", [*changes, *follow, *answered, *aside, *closing])
    held = held._replace(line=held.line._replace(state="closed", closed_on=day))
    changed = _changed("case close", held, moved, done.seq, actor, warnings=warnings, changes=follow)
    return changed._replace(answers=done.answers)


def _after(rows: dict[str, Fields], changes: list[Change]) -> dict[str, Fields]:
    found = {ref: dict(row) for ref, row in rows.items()}
    for change in changes:
        if change.entity != "case_row":
            continue
        if change.field != WHOLE:
            found[change.key][change.field] = change.new
        elif change.new is None:
            del found[change.key]
        else:
            found[change.key] = dict(change.new)  # type: ignore[call-overload]
    return found


def reopen_case(register: Register, actor: Actor, case: str, *, why: str) -> CaseChanged:
    """Open a closed case again, with the reason as a note; what closing set aside is asked for again.

    Its closing milestone stays as it was.

    Raises:
        CaseOpen: it is open.

    """
    reason = required_text(why, "--why")
    with register.transaction():
        held = load(register, case)
        if held.line.state == "open":
            raise CaseOpen(ref=held.line.ref)
        changes = [
            Change("case", held.line.ref, "state", "closed", "open"),
            Change("case", held.line.ref, "closed_on", held.line.closed_on, None),
            case_note_change(register, actor, held.line.ref, reason),
        ]
        back = _asked_again(register, held)
        rows = _after(held.rows, back)
        items = {item["code"]: item["title"] for item in held.document["items"]}
        moved = [
            moved_row("reopened", ref, items.get(rows[ref]["code"], _NO_TITLE), None, rows[ref])
            for ref in dict.fromkeys(change.key for change in back)
        ]
        held = held._replace(line=held.line._replace(state="open", closed_on=None), rows=rows)
        follow, others = consequences(held, actor, calendar_of(register), bureau_held(register))
        entry = register.record(actor, "case reopen", [*changes, *back, *follow])
    return _changed("case reopen", held, [*moved, *others], entry.seq, actor, changes=follow)


_NO_TITLE: Fields = {"zh": "", "en": ""}


def _asked_again(register: Register, held: Held) -> list[Change]:
    """Return the changes that take back what the last closing of a case set aside, where it still stands so."""
    ref = held.line.ref
    bounds = {"dot": ref + ".", "after_dot": ref + "0", "hash": ref + "#", "after_hash": ref + "$"}
    for values in register.all("entry_about", key=ref, **bounds, most=1000):
        entry = Entry(*values)  # type: ignore[arg-type]
        if entry.command != "case close":
            continue
        changes, _ = said_by(entry, left_of_redacted(register) if entry.payload is None else {})
        aside = {one.key for one in changes if one.field == "state" and one.new == State.NA.value}
        return [
            one._replace(old=one.new, new=one.old)
            for one in changes
            if one.key in aside and held.rows.get(one.key, {}).get(one.field) == one.new
        ]
    return []
