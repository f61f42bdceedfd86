"""The journal read back, and commands taken back."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from lawcheck import errors
from lawcheck.core.journal import Actor, Change
from lawcheck.service.bureaus import import_bureau, kept_bureau
from lawcheck.service.figures import Reported, add_figure
from lawcheck.service.journal import Undone, read_log, undo
from lawcheck.service.people import unit_code
from lawcheck.service.rows import assign, note_on, record_occasion, set_rows_aside, tick, untick
from lawcheck.service.start import start_year
from lawcheck.service.verify import verify
from lawcheck.store.register import Register
from support import SMALL_BUREAU, TODAY

Dump = dict[str, list[tuple[object, ...]]]
Dumped = Callable[[Register], Dump]
DAY = date.fromisoformat(TODAY)

COMMANDS: dict[str, Callable[[Register, Actor], object]] = {
    "tick": lambda register, who: tick(register, who, ["TT-02.Q2.ZF", "TT-02.Q2.FZ"], on=DAY, note="x"),
    "tick --partial": lambda register, who: tick(register, who, ["TT-02.Q2.ZF"], on=None, partial="x"),
    "untick": lambda register, who: untick(register, who, ["TT-01"], why="x"),
    "na": lambda register, who: set_rows_aside(register, who, ["TT-02.Q2.ZF"], why="x"),
    "note": lambda register, who: note_on(register, who, "TT-04", "x"),
    "assign": lambda register, who: assign(register, who, ["TT-01", "TT-02.Q2.ZF"], "wang"),
    "occasion": lambda register, who: record_occasion(register, who, "TT-03", on=DAY, note="x"),
    "figure add": lambda register, who: add_figure(register, who, "visits", "1次", Reported()),
    "start": lambda register, who: start_year(register, who, 2027, ["PL"]),
    "start of another template": lambda register, who: start_year(register, who, 2026, ["PL"]),
}


@pytest.fixture
def begun(small: Register, actor: Actor) -> Register:
    """Return a register in which something was done before."""
    tick(small, actor, ["TT-01"], on=date(2026, 3, 1), note="done")
    add_figure(small, actor, "visits", "7次", Reported())
    return small


# --- undo -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_taken_back_leaves_all_as_it_was(name: str, begun: Register, actor: Actor, dump: Dumped) -> None:
    before = dump(begun) | {"document": []}
    COMMANDS[name](begun, actor)
    assert dump(begun) | {"document": []} != before
    undone = undo(begun, actor)
    assert (undone.command, undone.seq, undone.by_seq) == (name.partition(" -")[0].partition(" of")[0], 4, 5)
    assert dump(begun) | {"document": []} == before
    assert verify(begun).findings == ()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_taken_back_can_be_given_again(name: str, begun: Register, actor: Actor, dump: Dumped) -> None:
    COMMANDS[name](begun, actor)
    after = dump(begun)
    undo(begun, actor)
    COMMANDS[name](begun, actor)
    assert dump(begun) == after
    assert verify(begun).findings == ()


def test_undo_again_takes_back_the_command_before(small: Register, actor: Actor, dump: Dumped) -> None:
    states = [dump(small)]
    for command in ("tick", "assign", "occasion"):
        COMMANDS[command](small, actor)
        states.append(dump(small))
    tick(small, actor, ["TT-03.1"], on=DAY)
    undone = [undo(small, actor) for _ in range(4)]
    assert [(one.command, one.seq) for one in undone] == [("tick", 5), ("occasion", 4), ("assign", 3), ("tick", 2)]
    assert dump(small) == states[0]
    assert undo(small, actor).command == "start"
    with pytest.raises(errors.NothingToUndo) as nothing:
        undo(small, actor)
    assert nothing.value.params == {"person": "lihua"}
    assert verify(small).findings == ()


def test_what_comes_after_an_undo_is_taken_back_before_what_came_first(small: Register, actor: Actor) -> None:
    tick(small, actor, ["TT-01"], on=DAY)
    tick(small, actor, ["TT-02.Q1.ZF"], on=DAY)
    undo(small, actor)
    tick(small, actor, ["TT-02.Q1.FZ"], on=DAY)
    assert [undo(small, actor).keys for _ in range(2)] == [("2026/TT-02.Q1.FZ",), ("2026/TT-01",)]


def test_an_undo_is_an_entry_that_says_what_it_takes_back(small: Register, actor: Actor) -> None:
    tick(small, actor, ["TT-01"], on=DAY, note="x")
    undone = undo(small, actor)
    assert undone == Undone("tick", 2, 3, ("2026/TT-01", "2026/TT-01#1"))
    line, ticked = read_log(small, "TT-01", year=None, most=2).lines
    assert (line.entry.command, line.undoes, ticked.undoes) == ("undo", 2, None)
    assert ticked.changes is not None
    assert line.changes == tuple(one._replace(old=one.new, new=one.old) for one in reversed(ticked.changes))


def test_each_takes_back_his_own(small: Register, actor: Actor, wang: Actor) -> None:
    tick(small, actor, ["TT-01"], on=DAY)
    tick(small, wang, ["TT-02.Q1.ZF"], on=DAY)
    assert undo(small, actor).keys == ("2026/TT-01",)
    with pytest.raises(errors.TouchedSince):
        undo(small, actor)  # the start, on which the other's tick rests
    assert undo(small, wang).keys == ("2026/TT-02.Q1.ZF",)
    with pytest.raises(errors.NothingToUndo):
        undo(small, wang)


def _touched(register: Register, who: Actor, dump: Dumped) -> dict[str, object]:
    before = dump(register), register.head()
    with pytest.raises(errors.TouchedSince) as refused:
        undo(register, who)
    assert (dump(register), register.head()) == before
    return refused.value.params


def test_what_another_touched_since_is_not_taken_back(small: Register, actor: Actor, wang: Actor, dump: Dumped) -> None:
    tick(small, actor, ["TT-01", "TT-02.Q1.ZF"], on=DAY)
    untick(small, wang, ["TT-01"], why="x")
    assert _touched(small, actor, dump) == {"seq": 2, "later": 3, "person": "wang", "key": "2026/TT-01"}
    undo(small, wang)
    assert undo(small, actor).seq == 2


@pytest.mark.parametrize(
    "later",
    [
        lambda register, who: tick(register, who, ["TT-03.1"], on=DAY),
        lambda register, who: note_on(register, who, "TT-03.1", "x"),
        lambda register, who: assign(register, who, ["TT-03.1"], "wang"),
    ],
)
def test_an_occasion_on_which_work_rests_is_not_taken_back(
    later: Callable[[Register, Actor], object], small: Register, actor: Actor, wang: Actor, dump: Dumped
) -> None:
    record_occasion(small, actor, "TT-03", on=DAY, note="x")
    later(small, wang)
    assert _touched(small, actor, dump)["later"] == 3


@pytest.mark.parametrize("name", ["tick", "note", "assign", "occasion", "figure add", "start of another template"])
def test_a_start_on_which_work_rests_is_not_taken_back(
    name: str, small: Register, actor: Actor, wang: Actor, dump: Dumped
) -> None:
    COMMANDS[name](small, wang)
    assert _touched(small, actor, dump)["seq"] == 1


def test_a_start_is_taken_back_while_work_goes_on_in_another_year(
    small: Register, actor: Actor, wang: Actor, small_template: Path, dump: Dumped
) -> None:
    before = dump(small)
    start_year(small, wang, 2025, [str(small_template)])
    tick(small, actor, ["TT-01"], on=DAY, year=2026)
    undo(small, wang)
    assert dump(small)["year"] == before["year"]
    assert {row[0] for row in dump(small)["checklist_row"]} == {2026}


def test_notes_of_others_do_not_keep_a_tick_from_being_taken_back(small: Register, actor: Actor, wang: Actor) -> None:
    tick(small, actor, ["TT-01"], on=DAY)
    note_on(small, wang, "TT-01", "seen")
    undo(small, actor)
    assert [text for _, text, _, _ in small.all("note_of", year=2026, ref="TT-01")] == ["seen"]


def test_in_a_closed_year_nothing_is_taken_back(
    small: Register, wang: Actor, close_year: Callable[[Register, int], None]
) -> None:
    tick(small, wang, ["TT-01"], on=DAY)
    close_year(small, 2026)
    with pytest.raises(errors.YearClosed):
        undo(small, wang)


def test_a_bureau_file_is_taken_back_as_a_whole(small: Register, actor: Actor, tmp_path: Path, dump: Dumped) -> None:
    before = dump(small) | {"document": []}
    new = SMALL_BUREAU.replace("小局", "大局").replace("legal: FZ", "legal: ZF")
    (tmp_path / "new.yaml").write_text(new, encoding="utf-8")
    assert import_bureau(small, actor, tmp_path / "new.yaml").rows_moved == 1
    undo(small, actor)
    assert dump(small) | {"document": []} == before


def test_a_bureau_file_by_which_a_year_was_started_is_not_taken_back(
    small: Register, actor: Actor, wang: Actor, tmp_path: Path, small_template: Path
) -> None:
    new = SMALL_BUREAU.replace("units:\n", "units:\n  - {code: NEU, name: {zh: 新科, en: New}}\n")
    (tmp_path / "new.yaml").write_text(new.replace("legal: FZ", "legal: NEU"), encoding="utf-8")
    import_bureau(small, actor, tmp_path / "new.yaml")
    start_year(small, wang, 2027, [str(small_template)])
    with pytest.raises(errors.TouchedSince):
        undo(small, actor)
    assert {unit_code(small, str(row[3])) for row in small.all("checklist_row_all")} == {"FZ", "ZF", "NEU"}


def test_a_blanked_entry_is_passed_over(small: Register, actor: Actor) -> None:
    note_on(small, actor, "TT-01", "an informer's name")
    tick(small, actor, ["TT-02.Q1.ZF"], on=DAY)
    small.connection.execute("UPDATE entry SET payload = NULL, salt = NULL WHERE seq = 2")
    assert undo(small, actor).seq == 3


def test_what_a_blanked_entry_may_rest_on_is_not_taken_back(small: Register, actor: Actor, dump: Dumped) -> None:
    note_on(small, actor, "TT-01", "an informer's name")
    small.connection.execute("UPDATE entry SET payload = NULL, salt = NULL WHERE seq = 2")
    assert _touched(small, actor, dump)["later"] == 2


def test_a_command_that_changed_nothing_is_taken_back_all_the_same(small: Register, actor: Actor, wang: Actor) -> None:
    assign(small, wang, ["TT-01"], "wang")
    assign(small, actor, ["TT-01"], "wang")
    note_on(small, wang, "TT-02.Q1.ZF", "an informer's name")
    small.connection.execute("UPDATE entry SET payload = NULL, salt = NULL WHERE seq = 4")
    assert undo(small, actor) == Undone("assign", 3, 5, ())


# --- log --------------------------------------------------------------------------------------


def _seqs(register: Register, ref: str | None, most: int = 20) -> list[int]:
    return [line.entry.seq for line in read_log(register, ref, year=None, most=most).lines]


def test_the_log_is_read_from_the_latest_entry_back(begun: Register, actor: Actor) -> None:
    note_on(begun, actor, "TT-01", "x")
    log = read_log(begun, None, year=None, most=3)
    assert [(line.entry.seq, line.entry.command) for line in log.lines] == [(4, "note"), (3, "figure add"), (2, "tick")]
    assert (log.more, log.head) == (True, begun.head())
    assert log.lines[0].changes == (
        Change("note", "2026/TT-01#2", "*", None, {"text": "x", "person": "lihua", "on_date": TODAY}),
    )
    assert not read_log(begun, None, year=None, most=4).more


def test_the_log_of_a_ref_is_what_concerns_it_and_its_notes(small: Register, actor: Actor) -> None:
    tick(small, actor, ["TT-01"], on=DAY)
    tick(small, actor, ["TT-02.Q1.ZF", "TT-02.Q1.FZ"], on=DAY)
    note_on(small, actor, "TT-02.Q1.ZF", "x")
    note_on(small, actor, "TT-04", "x")
    record_occasion(small, actor, "TT-03", on=DAY, note="x")
    found = {
        ref: _seqs(small, ref) for ref in ("TT-01", "tt-02", "TT-02.Q1", "TT-02.Q1.FZ", "TT-03", "TT-03.1", "TT-04")
    }
    assert found == {
        "TT-01": [2],
        "tt-02": [4, 3],
        "TT-02.Q1": [4, 3],
        "TT-02.Q1.FZ": [3],
        "TT-03": [6],
        "TT-03.1": [6],
        "TT-04": [5],
    }


def test_the_log_of_a_unit_of_an_item_is_that_of_its_rows(small: Register, actor: Actor) -> None:
    tick(small, actor, ["TT-02.Q1.ZF"], on=DAY)
    tick(small, actor, ["TT-02.Q2.FZ"], on=DAY)
    tick(small, actor, ["TT-02.Q2.ZF"], on=DAY)
    assert _seqs(small, "TT-02.ZF") == [4, 2]


def test_the_log_of_a_ref_goes_over_all_open_years_or_the_one_asked_for(two_years: Register, actor: Actor) -> None:
    tick(two_years, actor, ["TT-01"], on=DAY, year=2025)
    tick(two_years, actor, ["TT-01"], on=DAY, year=2026)
    assert _seqs(two_years, "TT-01") == [4, 3]
    assert [line.entry.seq for line in read_log(two_years, "TT-01", year=2025, most=9).lines] == [3]


def test_the_log_of_a_ref_is_cut_at_the_number_asked_for(small: Register, actor: Actor) -> None:
    for _ in range(5):
        note_on(small, actor, "TT-01", "x")
    log = read_log(small, "TT-01", year=None, most=2)
    assert [line.entry.seq for line in log.lines] == [6, 5]
    assert log.more


def test_the_log_of_something_untouched_is_empty(small: Register) -> None:
    assert _seqs(small, "TT-02.Q3") == []


@pytest.mark.parametrize("ref", ["TT-77", "TT-01.Q1", "TT-02.Q1.JL"])
def test_the_log_of_nothing_is_refused(ref: str, small: Register) -> None:
    with pytest.raises(errors.UnknownRef):
        read_log(small, ref, year=None, most=5)


def test_a_blanked_entry_is_shown_without_its_changes(small: Register, actor: Actor) -> None:
    note_on(small, actor, "TT-01", "an informer's name")
    small.connection.execute("UPDATE entry SET payload = NULL, salt = NULL WHERE seq = 2")
    line = read_log(small, None, year=None, most=1).lines[0]
    assert (line.entry.command, line.entry.person, line.changes, line.undoes) == ("note", "lihua", None, None)


def test_the_bureau_that_is_taken_back_is_the_one_before(small: Register, actor: Actor, tmp_path: Path) -> None:
    before = kept_bureau(small)
    (tmp_path / "new.yaml").write_text(SMALL_BUREAU.replace("小局", "大局"), encoding="utf-8")
    import_bureau(small, actor, tmp_path / "new.yaml")
    assert kept_bureau(small) != before
    undo(small, actor)
    assert kept_bureau(small) == before
