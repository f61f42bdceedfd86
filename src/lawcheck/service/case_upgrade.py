"""A revised case template taken into the open cases of its kind: looked at first, then applied in one entry."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from lawcheck.core.case import CHANGED, compare_items, plan_of
from lawcheck.core.journal import Actor, Change, fallen
from lawcheck.core.words import Review, State
from lawcheck.errors import UnknownCase
from lawcheck.service.case_rows import (
    REOPENED,
    CaseLine,
    Fields,
    Moved,
    case_note_change,
    consequences,
    load,
    said_no_more,
)
from lawcheck.service.cases import keep_template, shipped_case
from lawcheck.service.people import bureau_held
from lawcheck.service.working_days import calendar_of
from lawcheck.store.register import Register

FormerNote = Callable[[Fields, Fields], str]
"""Words the note that a row asked again keeps, from the row and the item that it was done by."""


class UpgradedItem(NamedTuple):
    """What became of an item: `new`, `changed`, `renewed`, `same` or `gone`."""

    code: str
    how: str
    title_zh: str
    title_en: str


class UpgradedCase(NamedTuple):
    """An open case with what the revision does to its rows; `again` are the refs of those asked again."""

    case: CaseLine
    moved: tuple[Moved, ...]
    again: tuple[str, ...]


class CasesUpgraded(NamedTuple):
    """A kind of case against its revised template; `seq` is the entry, None when it was only looked at.

    `fell` are acceptances that fall away.
    """

    template: str
    title_zh: str
    title_en: str
    items: tuple[UpgradedItem, ...]
    cases: tuple[UpgradedCase, ...]
    seq: int | None
    today: date
    fell: tuple[Change, ...] = ()


def upgrade_cases(register: Register, actor: Actor, template: str, *, apply: bool, former: FormerNote) -> CasesUpgraded:
    """Give the open cases of a kind its revised template, in one entry; `former` words the notes.

    Rows that ask for the same stay as they are, with their days as the revision has them; rows done by hand that ask
    for something else are asked again with a note of what had been done; a milestone stays what it was. Without
    `apply` nothing is written.

    Raises:
        UnknownTemplate: there is no such case template.
        UnknownCase: the register has no case of this kind.

    """
    document = shipped_case(template)
    seq = None
    with register.transaction() if apply else register.snapshot():
        last = register.one("case_template_last", template=document["case"])
        if last is None:
            raise UnknownCase(ref=document["case"], nearest=[])
        old = register.document(str(last[4])) or document
        n = int(str(last[1])) + (old != document)
        changes, cases = _upgraded(register, actor, document, n, former)
        if apply and cases:
            _, kept = keep_template(register, document)
            seq = register.record(actor, "template upgrade", [*kept, *changes]).seq
    titles = {item["code"]: item["title"] for one in (old, document) for item in one["items"]}
    items = (
        UpgradedItem(code, how, titles[code]["zh"], titles[code]["en"])
        for code, how in compare_items(old, document).items()
    )
    zh, en = document["title"]["zh"], document["title"]["en"]
    today = date.fromisoformat(actor.today)
    return CasesUpgraded(document["case"], zh, en, tuple(items), tuple(cases), seq, today, fallen(changes))


_UNREVIEWED: Fields = {"review": Review.NONE.value}


def _upgraded(
    register: Register, actor: Actor, document: Fields, n: int, former: FormerNote
) -> tuple[list[Change], list[UpgradedCase]]:
    plan, calendar, bureau = plan_of(document), calendar_of(register), bureau_held(register)
    changes: list[Change] = []
    cases: list[UpgradedCase] = []
    for ref, *_ in register.all("case_list", template=document["case"], unit=None, state="open", number=None):
        held = load(register, str(ref))
        if held.document == document:
            continue
        changed = {code for code, how in compare_items(held.document, document).items() if how == CHANGED}
        items = {item["code"]: item for item in held.document["items"]}
        again = {
            key: row
            for key, row in held.rows.items()
            if row["code"] in changed and row["state"] != State.OPEN and items[row["code"]]["ends"] is None
        }
        for key, row in again.items():
            new = REOPENED | {"left_to_do": None, "why": None, "recorded_on": actor.today}
            changes += said_no_more(held, key, new)
            changes += [Change("case_row", key, name, row[name], to) for name, to in new.items() if row[name] != to]
            changes.append(case_note_change(register, actor, key, former(row, items[row["code"]])))
        line = held.line._replace(template_n=n)
        rows = held.rows | {key: row | REOPENED | _UNREVIEWED for key, row in again.items()}
        revised = held._replace(line=line, document=document, plan=plan, rows=rows)
        follow, moved = consequences(revised, actor, calendar, bureau, former=held.document)
        changes += [Change("case", line.ref, "template_n", held.line.template_n, n), *follow]
        cases.append(UpgradedCase(line, tuple(moved), tuple(again)))
    return changes, cases
