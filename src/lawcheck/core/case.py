"""Cases (案件/决策): facts, milestones and pauses decide which rows a case has, and when each is due.

A case is laid out from its frozen template alone. Laying out is a pure function of what is recorded, so that a
milestone recorded, corrected or taken back always leads to the same rows, in whatever order things came to be known.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from lawcheck.core.calendar import Calendar
from lawcheck.core.deadline import (
    Pause,
    Reckoning,
    Rule,
    Unit,
    is_earliest,
    parse_rule,
    reckon,
    reckoning_text,
    stands_still,
)
from lawcheck.core.frozen import Document

BY_RECEIPT = "by-receipt"
"""The answer to a question of transition that lets the day of receipt pick the law."""


class Reached(NamedTuple):
    """A milestone of a case: the `n`-th of its name, on a day or at a minute (`2026-09-24 15:30`, Beijing time).

    `derived` ones follow from another by law and are worked out, not recorded; `why` says why one was corrected.
    """

    name: str
    n: int
    at: str
    party: str | None = None
    derived: bool = False
    why: str | None = None

    def day(self) -> date:
        """Return the day of it."""
        return date.fromisoformat(self.at[:10])


class Extended(NamedTuple):
    """An approved extension of one row's term, `amount` in the unit of its rule."""

    code: str
    n: int
    amount: int


class CaseState(NamedTuple):
    """What is recorded of a case, as far as its rows depend on it; `choices` are the bureau's answers by question."""

    facts: frozenset[str]
    milestones: tuple[Reached, ...]
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extended, ...] = ()
    choices: tuple[tuple[str, str], ...] = ()


class PlanRule(NamedTuple):
    """One rule of a clock, ready to be applied; `begins` and `ends` bound the days on which it is law."""

    rule: Rule
    target: Rule | None
    begins: str
    ends: str
    pauses: frozenset[str]
    target_begins: str = ""
    target_ends: str = "9999"


class PlanItem(NamedTuple):
    """An item of a case template, ready to be laid out; `transition` is (choice, milestone, before)."""

    code: str
    when: frozenset[str]
    unless: frozenset[str]
    starts: str | None
    ends: str | None
    rules: tuple[PlanRule, ...] | None
    transition: tuple[str, str, str] | None
    begins: str
    law_ends: str


class PlanExpected(NamedTuple):
    """A step expected before a milestone, by the facts: one of `milestones` is enough."""

    milestones: tuple[str, ...]
    when: frozenset[str]
    unless: frozenset[str]


class PlanMilestone(NamedTuple):
    """A milestone of a case template; `derived` are pairs of the milestone it follows from and the rule."""

    name: str
    after: tuple[str, ...]
    not_before: tuple[str, ...]
    expects: tuple[PlanExpected, ...]
    planned: bool
    timed: bool
    derived: tuple[tuple[str, Rule], ...]


class Plan(NamedTuple):
    """A frozen case template, read once for many cases."""

    template: str
    opens: str
    closes: str | None
    facts: tuple[str, ...]
    milestones: dict[str, PlanMilestone]
    items: tuple[PlanItem, ...]
    documents: dict[str, Document]
    """The frozen items, by code."""


class LaidCaseRow(NamedTuple):
    """A row of a case as the law lays it out; `rule` is the place of the clock's rule that applies.

    `due` is the last day in time, `earliest` the first lawful day of what must last, `target` the stricter day beside
    the limit. `ended` is the milestone with which the row is done. `choice` names the bureau's answer that decided.
    """

    code: str
    n: int
    begins: str
    due: str | None
    due_time: str | None
    earliest: str | None
    target: str | None
    provisional: bool
    reckoning: str | None
    rule: int | None
    choice: str | None
    ended: Reached | None


def plan_of(document: Document) -> Plan:
    """Read a frozen case template."""
    milestones = {
        one["name"]: PlanMilestone(
            one["name"],
            tuple(one["after"]),
            tuple(one["not_before"]),
            tuple(
                PlanExpected(tuple(of["milestones"]), frozenset(of["when"]), frozenset(of["unless"]))
                for of in one.get("expects", ())
            ),
            one["planned"],
            one["timed"],
            tuple((of["milestone"], parse_rule(of["rule"])) for of in one["derived"]),
        )
        for one in document["milestones"]
    }
    facts = tuple(one["name"] for one in document["facts"])
    items = tuple(_plan_item(one) for one in document["items"])
    documents = {one["code"]: one for one in document["items"]}
    return Plan(document["case"], document["opens"], document["closes"], facts, milestones, items, documents)


def _plan_item(item: Document) -> PlanItem:
    clock = item["clock"]
    rules = None
    if clock is not None:
        rules = tuple(
            PlanRule(
                parse_rule(one["rule"]),
                parse_rule(one["target"]["rule"]) if one["target"] else None,
                *_window(one),
                frozenset(one["pauses"]),
                *(_window(one["target"]) if one["target"] else ()),
            )
            for one in clock["rules"]
        )
    held = clock["transition"] if clock else None
    return PlanItem(
        item["code"],
        frozenset(item["when"]),
        frozenset(item["unless"]),
        item["starts"],
        item["ends"],
        rules,
        (held["choice"], held["milestone"], held["before"]) if held else None,
        *_window(item),
    )


def _window(held: Document) -> tuple[str, str]:
    """Return the first and last day on which the law of a frozen thing is in force, as texts that compare."""
    return held["from"] or "", held["to"] or "9999"


def with_derived(plan: Plan, milestones: tuple[Reached, ...], calendar: Calendar) -> tuple[Reached, ...]:
    """Return the recorded milestones with those that follow from them by law, unless they were recorded themselves."""
    found = [one for one in milestones if not one.derived]
    for milestone in plan.milestones.values():
        for source, rule in milestone.derived:
            for one in [of for of in found if of.name == source]:
                n = _free_number([of for of in found if of.name == milestone.name], one)
                due = reckon(Reckoning(rule, one.day(), 0, ()), calendar).due if n else None
                if n and due is not None:
                    found.append(Reached(milestone.name, n, due.isoformat(), one.party, derived=True))
    return tuple(found)


def _free_number(there: list[Reached], source: Reached) -> int | None:
    """Return the number of what follows from a milestone; None where that was recorded, or followed, for its party.

    Where nobody is named, the first follows from the first and the second from the second.
    """
    if source.party is not None and any(one.party == source.party for one in there):
        return None
    same = next((one for one in there if one.n == source.n), None)
    if same is None:
        return source.n
    if None in (same.party, source.party):
        return None
    return max(one.n for one in there) + 1


def lay_out(plan: Plan, state: CaseState, calendar: Calendar) -> list[LaidCaseRow]:
    """Return the rows that a case has by what is recorded of it; `state.milestones` with the derived ones.

    A row appears when its milestone is reached, and for every time that it is (another party). No row appears where
    the law in force on that day sets no term any more.
    """
    reached: dict[str, dict[int, Reached]] = {}
    for one in state.milestones:
        reached.setdefault(one.name, {})[one.n] = one
    opened = reached.get(plan.opens, {}).get(1)
    laid: list[LaidCaseRow] = []
    if opened is None:
        return laid
    facts = state.facts
    for item in plan.items:
        if item.starts is not None and item.starts not in reached:
            continue
        if not (item.when <= facts and item.unless.isdisjoint(facts)):
            continue
        ends = reached.get(item.ends, {}) if item.ends else {}
        if item.starts is None:
            if not item.begins <= opened.at[:10] <= item.law_ends:
                continue
            laid.append(_row(item, 1, opened.at[:10], ends.get(1)))
            continue
        for n, start in reached[item.starts].items():
            if item.rules is None:
                if item.begins <= start.at[:10] <= item.law_ends:
                    laid.append(_row(item, n, start.at[:10], ends.get(n)))
            elif (row := _clocked(item, item.rules, start, state, reached, ends.get(n), opened, calendar)) is not None:
                laid.append(row)
    return laid


def _row(item: PlanItem, n: int, begins: str, ended: Reached | None) -> LaidCaseRow:
    return LaidCaseRow(item.code, n, begins, None, None, None, None, False, None, None, None, ended)  # noqa: FBT003


def rule_for(
    rules: tuple[PlanRule, ...],
    transition: tuple[str, str, str] | None,
    start: str,
    received: str | None,
    choices: tuple[tuple[str, str], ...],
) -> tuple[int | None, str | None]:
    """Return the place of the rule that is law for a term that begins on `start`, and the choice that decided.

    Where the law changed without saying what becomes of what was received before, the bureau's answer decides
    whether the day of receipt or the day on which the term begins picks the law.
    """
    day, choice = start[:10], None
    if transition is not None and received is not None:
        name, _, before = transition
        if received[:10] < before <= day:
            choice = dict(choices).get(name, BY_RECEIPT)
            if choice == BY_RECEIPT:
                day = received[:10]
            choice = f"{name}={choice}"
    place = next((n for n, one in enumerate(rules) if one.begins <= day <= one.ends), None)
    return place, choice


def _clocked(  # noqa: PLR0913  # one row's whole circumstances
    item: PlanItem,
    rules: tuple[PlanRule, ...],
    start: Reached,
    state: CaseState,
    reached: dict[str, dict[int, Reached]],
    ended: Reached | None,
    opened: Reached,
    calendar: Calendar,
) -> LaidCaseRow | None:
    received = reached.get(item.transition[1], {}).get(1) if item.transition else None
    place, choice = rule_for(rules, item.transition, start.at, received.at if received else None, state.choices)
    if place is None:
        return None
    rule, target, _, _, stops, *target_window = rules[place]
    if not target_window[0] <= start.at[:10] <= target_window[1]:
        target = None
    begins: date | datetime = start.day()
    if rule.unit is Unit.HOURS:
        begins = datetime.fromisoformat(start.at)
    pauses: tuple[Pause, ...] = ()
    if state.pauses and stops and stands_still(rule):
        stopped = (one for one in state.pauses if one.reason in stops)
        pauses = tuple(sorted(stopped, key=lambda one: (one.begins, one.ends or date.max, one.reason)))
    more = sum(one.amount for one in state.extensions if (one.code, one.n) == (item.code, start.n))
    reckoning = Reckoning(rule, begins, more, pauses)
    deadline = reckon(reckoning, calendar)
    due = deadline.due.isoformat() if deadline.due else None
    lasts = is_earliest(rule)
    aim = reckon(Reckoning(target, begins, 0, pauses), calendar).due if target else None
    return LaidCaseRow(
        item.code,
        start.n,
        start.at[:10] if rule.how != "before" else opened.at[:10],
        None if lasts else due,
        deadline.time,
        due if lasts else None,
        aim.isoformat() if aim else None,
        deadline.provisional,
        reckoning_text(reckoning),
        place,
        choice,
        ended,
    )


class OutOfOrder(NamedTuple):
    """A milestone that lies before another which should come first, or cannot lie after it.

    `other_at` is empty where the other has no date at all; `other` then names one step, or several by spaces of which
    one was enough.
    """

    name: str
    at: str
    other: str
    other_at: str
    impossible: bool


def out_of_order(plan: Plan, milestones: tuple[Reached, ...], moved: Reached) -> list[OutOfOrder]:
    """Return where a milestone stands out of order with those recorded: warnings, and what the law makes impossible."""
    found: list[OutOfOrder] = []
    firsts = _firsts(milestones)
    for milestone in plan.milestones.values():
        for names, impossible in ((milestone.not_before, True), (milestone.after, False)):
            if milestone.name == moved.name:
                found += [_pair(moved, firsts[name], impossible=impossible) for name in names if name in firsts]
            elif moved.name in names and moved.n == 1 and milestone.name in firsts:
                found.append(_pair(firsts[milestone.name], moved, impossible=impossible))
    return [one for one in found if _lies_before(one.at, one.other_at)]


def all_out_of_order(plan: Plan, milestones: tuple[Reached, ...]) -> list[OutOfOrder]:
    """Return every pair of recorded milestones that stands out of order."""
    firsts = _firsts(milestones)
    return [
        _pair(one, firsts[name], impossible=impossible)
        for one in milestones
        if not one.derived
        for impossible, names in enumerate((plan.milestones[one.name].after, plan.milestones[one.name].not_before))
        for name in names
        if name in firsts and _lies_before(one.at, firsts[name].at)
    ]


def missing_steps(plan: Plan, facts: Iterable[str], milestones: Iterable[Reached], moved: Reached) -> list[OutOfOrder]:
    """Return the steps that a milestone rests on, by the facts of its case, and that have no date."""
    true = frozenset(facts)
    dated = {one.name for one in milestones}
    return [
        OutOfOrder(moved.name, moved.at, " ".join(one.milestones), "", impossible=False)
        for one in plan.milestones[moved.name].expects
        if one.when <= true and one.unless.isdisjoint(true) and dated.isdisjoint(one.milestones)
    ]


def all_missing_steps(plan: Plan, facts: Iterable[str], milestones: tuple[Reached, ...]) -> list[OutOfOrder]:
    """Return every step without a date that a recorded milestone rests on."""
    firsts = sorted(_firsts(milestones).values(), key=lambda one: (one.at, one.name))
    return [missing for one in firsts for missing in missing_steps(plan, facts, milestones, one)]


def _firsts(milestones: tuple[Reached, ...]) -> dict[str, Reached]:
    """Return the first of each name that was recorded."""
    found: dict[str, Reached] = {}
    for one in milestones:
        if not one.derived and (one.name not in found or one.n < found[one.name].n):
            found[one.name] = one
    return found


def _pair(later: Reached, earlier: Reached, *, impossible: bool | int) -> OutOfOrder:
    return OutOfOrder(later.name, later.at, earlier.name, earlier.at, bool(impossible))


def _lies_before(later: str, earlier: str) -> bool:
    """Tell whether what should come later came earlier; a day alone may lie before or after any minute of it."""
    width = min(len(later), len(earlier))
    return later[:width] < earlier[:width]


NEW, CHANGED, RENEWED, SAME, GONE = "new", "changed", "renewed", "same", "gone"
"""What became of an item of a case template: `renewed` asks for the same, cited or explained otherwise."""

_ASKS = ("title", "standard", "evidence", "when", "unless", "starts", "ends")


def compare_items(old: Document, new: Document) -> dict[str, str]:
    """Tell of each item of two revisions of a case template what became of it, by its code.

    An item asks for something else when its words in Chinese, its facts, its milestones or a rule of its clock do.
    """
    before, after = ({item["code"]: item for item in one["items"]} for one in (old, new))
    found: dict[str, str] = {}
    for code in [*after, *(code for code in before if code not in after)]:
        if code not in before or code not in after:
            found[code] = NEW if code in after else GONE
        elif before[code] == after[code]:
            found[code] = SAME
        else:
            found[code] = RENEWED if _asked(before[code]) == _asked(after[code]) else CHANGED
    return found


def _asked(item: Document) -> list[object]:
    words = [item[name]["zh"] if isinstance(item[name], dict) else item[name] for name in _ASKS]
    rules = item["clock"]["rules"] if item["clock"] else []
    terms = [
        [one["rule"], one["from"], one["to"], one["pauses"], one["target"] and one["target"]["rule"]] for one in rules
    ]
    return [*words, terms]
