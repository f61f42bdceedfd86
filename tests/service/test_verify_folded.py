"""The journal folded: a whole register is proved in one pass, and what does not fit is named entry by entry."""

import json
import sys
from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace

import pytest

from lawcheck.core.checks import Finding
from lawcheck.core.journal import WHOLE, Actor, Change
from lawcheck.service import verify as proving
from lawcheck.service.calendar import import_holidays
from lawcheck.service.cases import close_case, open_case, record_milestone, reopen_case
from lawcheck.service.journal import undo
from lawcheck.service.rows import assign, note_on, record_occasion, tick, untick
from lawcheck.service.verify import verify
from lawcheck.store.entities import Mismatch
from lawcheck.store.register import Register
from lawcheck.store.replay import Replay
from support import HOLIDAYS_2027, TODAY

DAY = date.fromisoformat(TODAY)


@pytest.fixture
def lived(small: Register, actor: Actor, wang: Actor) -> Register:
    """Return a register with changes upon changes, things made, changed and unmade again."""
    tick(small, actor, ["TT-01"], on=date(2026, 4, 2), note="done")
    untick(small, actor, ["TT-01"], why="again")
    tick(small, wang, ["TT-01", "TT-02.Q1.ZF"], on=DAY)
    assign(small, actor, ["TT-02.Q2.ZF"], "wang")
    undo(small, actor)
    record_occasion(small, actor, "TT-03", on=date(2026, 5, 5), note="x")
    tick(small, actor, ["TT-03.1"], on=DAY)
    undo(small, actor)
    undo(small, actor)
    note_on(small, wang, "TT-01", "seen")
    open_case(small, actor, "AJ", number="17", title="虚假宣传", on="2026-03-02")
    record_milestone(small, actor, "AJ-01", "filed", "2026-03-06")
    tick(small, wang, ["AJ-01.OFFICERS"], on=date(2026, 3, 9))
    close_case(small, actor, "AJ-01", on=DAY, why="moved")
    reopen_case(small, actor, "AJ-01", why="again")
    notice = small.path.with_name("2027.yaml")
    notice.write_text(HOLIDAYS_2027, encoding="utf-8")
    import_holidays(small, actor, notice)
    return small


@pytest.fixture
def only_folded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no replay go entry by entry."""

    def refuse(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(proving, "_replay", refuse)


@pytest.mark.usefixtures("only_folded")
@pytest.mark.parametrize("most", [1_000_000, 5, 1])
def test_a_whole_register_is_proved_without_going_through_it_entry_by_entry(
    most: int, lived: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proving, "MOST_THINGS", most)
    assert verify(lived).findings == ()


@pytest.mark.parametrize("most", [1_000_000, 5, 1])
@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("UPDATE checklist_row SET done_on = '2026-04-01' WHERE ref = 'TT-01'", "checklist_row 2026/TT-01"),
        ("UPDATE checklist_row SET assignee = 'wang' WHERE ref = 'TT-02.Q4.ZF'", "checklist_row 2026/TT-02.Q4.ZF"),
        ("UPDATE case_row SET due = '2026-12-31' WHERE ref = 'AJ-01.DECIDE'", "case_row AJ-01.DECIDE"),
        ("UPDATE note SET person = 'li' WHERE ref = 'TT-01' AND n = 2", "note 2026/TT-01/2"),
    ],
)
def test_what_was_changed_is_named_whatever_share_it_is_in(
    most: int, statement: str, where: str, lived: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(proving, "MOST_THINGS", most)
    assert lived.connection.execute(statement).rowcount == 1
    assert [(one.check, one.where) for one in verify(lived).findings] == [("replay.tables", where)]


def test_lines_that_exchange_a_value_are_found(lived: Register, actor: Actor) -> None:
    note_on(lived, actor, "TT-04", "first")
    note_on(lived, actor, "TT-04", "second")
    lived.connection.execute("UPDATE note SET text = iif(n = 1, 'second', 'first') WHERE ref = 'TT-04'")
    assert [one.where for one in verify(lived).findings] == ["note 2026/TT-04/1", "note 2026/TT-04/2"]


def test_hashes_that_can_be_foreseen_prove_nothing(lived: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[int] = []
    replay = proving._replay

    def counted(register: Register, entries: int, report: proving.Progress) -> Iterator[Finding]:
        called.append(entries)
        return replay(register, entries, report)

    monkeypatch.setattr(proving, "_replay", counted)
    monkeypatch.setattr(sys, "flags", SimpleNamespace(hash_randomization=0))
    assert verify(lived).findings == ()
    assert called == [17]


KEPT = {"text": "x", "person": "l", "on_date": "x"}
NONSENSE: dict[str, list[Change]] = {
    "an old value that never was": [
        Change("row", "2026/TT-01", "state", "open", "na"),
        *2 * [Change("row", "2026/TT-01", "state", "open", "done")],
    ],
    "a note made twice": [Change("note", "2026/TT-04#9", WHOLE, None, KEPT)] * 2,
    "a note unmade that never was": [Change("note", "2026/TT-04#9", WHOLE, KEPT, None)],
    "an unknown field": [Change("row", "2026/TT-01", "colour", None, "red")],
    "a field less": [Change("note", "2026/TT-04#9", WHOLE, None, {"text": "x"})],
    "another field": [Change("note", "2026/TT-04#9", WHOLE, None, {"text": "x", "person": "l", "at": "x"})],
    "a list for a value": [Change("row", "2026/TT-01", "assignee", None, ["x"])],
    "a thing for a key": [Change("row", ["2026"], "assignee", None, "x")],  # type: ignore[arg-type]
    "a checklist unmade": [Change("checklist", "2026/TT", WHOLE, {"title_zh": ""}, None)],
    "a copy that is not there": [Change("bureau", "bureau", "document", None, 64 * "0")],
    "an unknown thing": [Change("weather", "2026", "state", None, "x")],
}


@pytest.mark.parametrize("what", NONSENSE)
def test_nonsense_is_not_said_to_fit(what: str, lived: Register) -> None:
    replay = Replay(lived)
    try:
        for values in lived.each("entry_all"):
            replay.add(json.loads(str(values[8]))["changes"])
        assert replay.fits()
        replay.add(NONSENSE[what])
        fits = replay.fits()
    except (Mismatch, LookupError, TypeError, ValueError):
        fits = False
    assert not fits


def test_a_register_is_proved_while_others_write(lived: Register, actor: Actor) -> None:
    head = lived.head()

    def write(done: int, of: int) -> None:
        if done == of:
            with Register.open(lived.path, 5) as other:
                note_on(other, actor, "TT-01", "meanwhile")

    verified = verify(lived, write)
    assert (verified.findings, verified.head) == ((), head)
    assert lived.head().seq == head.seq + 1
