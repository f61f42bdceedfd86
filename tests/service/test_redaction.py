"""Words are erased by law: gone from record and file, while the chain stays whole and a replay goes through."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from lawcheck.core.canonical import sha256_hex
from lawcheck.core.journal import REDACTED, WHOLE, Actor, Change, Entry, Redaction, entry_hash, payload_hash
from lawcheck.core.redaction import Place
from lawcheck.errors import (
    AlreadyRedacted,
    DiskFull,
    EmptyText,
    InvalidValue,
    NothingToRedact,
    NothingToRedactOf,
    ReasonHoldsWords,
    ReasonStays,
    RedactionStands,
    TouchedSince,
    UnknownEntry,
    WordsNotThere,
)
from lawcheck.service.archive import export_register
from lawcheck.service.archive_import import import_register
from lawcheck.service.backup import back_up
from lawcheck.service.cases import close_case, extend_row, open_case, record_milestone, reopen_case
from lawcheck.service.evidence import Intake, Offered, add_evidence, remove_evidence
from lawcheck.service.figures import Reported, add_figure
from lawcheck.service.journal import read_log, undo
from lawcheck.service.journal_file import journal_lines
from lawcheck.service.redaction import Blanked, Meant, Redacted, Swept, finish, redact
from lawcheck.service.reviews import accept, hash_seen, return_, review_line
from lawcheck.service.rows import note_on, record_occasion, set_rows_aside, tick, untick
from lawcheck.service.verify import verify
from lawcheck.service.verify_file import JournalVerified, verify_file
from lawcheck.store import codec, long
from lawcheck.store.entities import held_fields, overwrite
from lawcheck.store.register import Register
from support import INSTANT, TODAY

DAY = date(2026, 6, 15)
INFORMER = '举报人张三（"老三"）\n第二行\t\\'
WHY = "个人信息保护法第四十七条"


def _bytes(register: Register) -> bytes:
    """Return every byte of the register's file and of those that SQLite keeps beside it."""
    return b"".join(one.read_bytes() for one in register.path.parent.glob(register.path.name + "*") if one.is_file())


def _forms(text: str) -> list[bytes]:
    """Return the ways in which words can stand in a file: as they are, and escaped as JSON has it."""
    return [text.encode(), json.dumps(text, ensure_ascii=False)[1:-1].encode(), json.dumps(text)[1:-1].encode()]


def _is_gone(register: Register, text: str) -> bool:
    held = _bytes(register)
    return not any(form in held for form in _forms(text))


def _entries(register: Register) -> list[Entry]:
    return [Entry(*values) for values in register.all("entry_all")]  # type: ignore[arg-type]


def _blanked(register: Register) -> tuple[int, ...]:
    """Return the blanked entries of a register that is otherwise whole."""
    verified = verify(register)
    assert verified.findings == ()
    return verified.redacted


# --- what goes --------------------------------------------------------------------------------


def test_a_note_goes_from_the_table_the_journal_and_the_file(small: Register, actor: Actor, wang: Actor) -> None:
    note_on(small, actor, "TT-01", INFORMER)
    tick(small, actor, ["TT-01"], on=DAY, note="另一条")
    assert not _is_gone(small, INFORMER)
    place = Place("note", "2026/TT-01#1", "text", "")
    assert redact(small, wang, 2, why=WHY) == Redacted(
        2, 4, WHY, (Blanked(2, INSTANT, "lihua", "note"),), (place,), None, (3,)
    )
    assert [text for _, text, *_ in small.all("note_of", year=2026, ref="TT-01")] == [REDACTED, "另一条"]
    assert _is_gone(small, INFORMER)
    assert _is_gone(small, "张三")
    assert _blanked(small) == (2,)


def test_the_same_words_go_from_every_entry_about_the_item_and_from_no_other(
    small: Register, actor: Actor, wang: Actor
) -> None:
    set_rows_aside(small, actor, ["TT-02.Q1.ZF"], why="张三")
    untick(small, wang, ["TT-02.Q1.ZF"], why="核实张三来访")
    tick(small, wang, ["TT-02.Q1.ZF"], on=DAY, partial="再问张三")
    note_on(small, actor, "TT-02.Q2.FZ", "张三")
    note_on(small, actor, "TT-01", "张三")
    assert [one.seq for one in redact(small, actor, 2, why=WHY).entries] == [2, 3, 4, 5]
    assert small.all("note_of", year=2026, ref="TT-02.Q1.ZF")[0][1] == f"核实{REDACTED}来访"
    assert small.one("row_get", year=2026, ref="TT-02.Q1.ZF")[16] == f"再问{REDACTED}"  # type: ignore[index]
    assert small.all("note_of", year=2026, ref="TT-02.Q2.FZ")[0][1] == REDACTED
    assert small.all("note_of", year=2026, ref="TT-01")[0][1] == "张三"
    assert _blanked(small) == (2, 3, 4, 5)


def test_words_that_were_there_before_go_from_old_values_and_undoings(small: Register, actor: Actor) -> None:
    tick(small, actor, ["TT-01"], on=DAY, partial=INFORMER)
    tick(small, actor, ["TT-01"], on=DAY)
    undo(small, actor)
    undo(small, actor)
    assert [one.seq for one in redact(small, actor, 3, why=WHY).entries] == [2, 3, 4, 5]
    assert _is_gone(small, INFORMER)
    assert _blanked(small) == (2, 3, 4, 5)


def test_words_of_a_case_go_wherever_they_stand_in_it(small: Register, actor: Actor) -> None:
    open_case(small, actor, "AJ", number="17", title=INFORMER, on="2026-03-02")
    record_milestone(small, actor, "AJ-01", "filed", "2026-03-06", party=INFORMER)
    extend_row(small, actor, "AJ-01.DECIDE", "30 d", on=date(2026, 3, 20), approval=INFORMER)
    close_case(small, actor, "AJ-01", on=DAY, why=INFORMER)
    reopen_case(small, actor, "AJ-01", why=INFORMER)
    note_on(small, actor, "AJ-01", "别的")
    done = redact(small, actor, 2, why=WHY)
    assert [one.seq for one in done.entries] == [2, 3, 4, 5, 6]
    assert {(one.entity, one.field) for one in done.places} == {
        ("case", "title"), ("milestone", "party"), ("extension", "approval"), ("case_row", "why"),
        ("case_note", "text"),
    }  # fmt: skip
    assert _is_gone(small, INFORMER)
    assert (small.one("case_file_get", key_ref="AJ-01") or ())[2:4] == ("17", REDACTED)
    assert _blanked(small) == (2, 3, 4, 5, 6)


def test_a_case_whose_closing_was_redacted_is_reopened_with_what_was_set_aside(small: Register, actor: Actor) -> None:
    open_case(small, actor, "AJ", number="17", title="虚假宣传", on="2026-06-12")
    close_case(small, actor, "AJ-01", on=DAY, why=INFORMER)
    redact(small, actor, 3, why=WHY)
    assert {one.what for one in reopen_case(small, actor, "AJ-01", why="重办").moved} == {"reopened"}
    assert _blanked(small) == (3,)


def test_what_happened_and_the_note_of_a_figure_go(small: Register, actor: Actor) -> None:
    record_occasion(small, actor, "TT-03", on=DAY, note=INFORMER)
    add_figure(small, actor, "visits", "21次", Reported(on=DAY, note=INFORMER))
    redact(small, actor, 2, why=WHY)
    redact(small, actor, 3, why=WHY)
    assert _is_gone(small, INFORMER)
    assert small.all("figure_entry_of", year=2026, key="visits")[0][9:12] == (None, REDACTED, "lihua")
    assert _blanked(small) == (2, 3)


def test_only_what_is_named_goes_and_the_rest_can_go_later(small: Register, actor: Actor) -> None:
    tick(small, actor, ["TT-01", "TT-02.Q1.ZF"], on=None, note=INFORMER)
    assert [one.key for one in redact(small, actor, 2, why=WHY, meant=Meant("tt-01")).places] == ["2026/TT-01#1"]
    assert not _is_gone(small, INFORMER)
    assert [one.seq for one in redact(small, actor, 2, why="再次").entries] == [2]
    assert _is_gone(small, INFORMER)
    assert _blanked(small) == (2, 3)  # what the first left held the words of the other row
    lines = {line.entry.seq: line for line in read_log(small, None, year=None, most=9).lines}
    assert (lines[2].redacted_by, lines[2].why) == (4, "再次")
    assert (lines[3].redacted_by, lines[3].redacts, lines[3].why) == (4, (), "再次")
    assert (lines[4].redacts, lines[4].why) == ((2, 3), "再次")


def test_only_certain_words_go_wherever_they_stand_about_the_same(small: Register, actor: Actor) -> None:
    note_on(small, actor, "TT-01", "举报人张三反映目录有误")
    note_on(small, actor, "TT-01", "张三又来电")
    note_on(small, actor, "TT-01", "无关")
    done = redact(small, actor, 2, why=WHY, meant=Meant(words="张三"))
    assert ([one.seq for one in done.entries], done.others) == ([2, 3], (4,))
    texts = [text for _, text, *_ in small.all("note_of", year=2026, ref="TT-01")]
    assert texts == [f"举报人{REDACTED}反映目录有误", f"{REDACTED}又来电", "无关"]
    assert _is_gone(small, "张三")
    redact(small, actor, 2, why=WHY)
    assert small.all("note_of", year=2026, ref="TT-01")[0][1] == REDACTED
    assert _blanked(small) == (2, 3, 5)


def test_words_that_do_not_stand_there_or_are_too_few_are_refused(small: Register, actor: Actor) -> None:
    note_on(small, actor, "TT-01", "举报人张三")
    with pytest.raises(WordsNotThere):
        redact(small, actor, 2, why=WHY, meant=Meant(words="李四"))
    with pytest.raises(EmptyText):
        redact(small, actor, 2, why=WHY, meant=Meant(words=" "))
    with pytest.raises(InvalidValue):
        redact(small, actor, 2, why=WHY, meant=Meant(words="张"))
    with pytest.raises(ReasonHoldsWords):
        redact(small, actor, 2, why="删去张三", meant=Meant(words="张三"))


def test_other_free_text_about_the_same_is_named(small: Register, actor: Actor) -> None:
    note_on(small, actor, "TT-01", "张三")
    note_on(small, actor, "TT-01", "三张")
    note_on(small, actor, "TT-04", "三张")
    assert redact(small, actor, 2, why=WHY, dry_run=True).others == (3,)
    assert redact(small, actor, 2, why=WHY).others == (3,)


def test_what_is_left_of_a_long_entry_is_read_piece_by_piece(
    small: Register, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    note_on(small, actor, "TT-01", "前")
    tick(small, actor, ["TT-01", "TT-02.Q1.ZF", "TT-02.Q2.ZF"], on=None, note=INFORMER * 300)
    undo(small, actor)
    redact(small, actor, 3, why=WHY, meant=Meant("TT-02"))
    redact(small, actor, 3, why='再次"')
    redact(small, actor, 2, why="三次")
    whole = {line.entry.seq: line for line in read_log(small, None, year=None, most=9).lines}
    monkeypatch.setattr(long, "_PIECE", 64)
    for key, ref in (("2026/TT-01", "TT-01"), ("2026/TT-02.Q2.ZF", "TT-02.Q2.ZF")):
        for line in read_log(small, ref, year=None, most=9).lines:
            held = whole[line.entry.seq]
            about = tuple(one for one in held.changes or () if one.key.startswith(key))
            assert (line.redacted_by, line.why, line.undoes) == (held.redacted_by, held.why, held.undoes)
            if line.redacted_by is not None:
                assert line.changes == about
    assert {seq: line.redacted_by for seq, line in whole.items() if line.redacted_by} == {2: 7, 3: 6, 4: 6, 5: 6}


def test_words_go_from_a_closed_year_too(
    small: Register, actor: Actor, close_year: Callable[[Register, int], None]
) -> None:
    note_on(small, actor, "TT-01", INFORMER)
    close_year(small, 2026)
    redact(small, actor, 2, why=WHY)
    assert _is_gone(small, INFORMER)
    assert _blanked(small) == (2,)


def _evidence(register: Register, who: Actor, key: str, n: int, name: str) -> None:
    """Add a link to a row."""
    new = {
        "kind": "link", "name": name, "place": None, "hash": None, "size": None, "dated": None, "person": who.person,
        "added_on": who.today, "removed_on": None, "removed_by": None, "why": None, "purged_on": None,
    }  # fmt: skip
    with register.transaction():
        register.record(who, "evidence add", [Change("evidence", f"{key}#{n}", WHOLE, None, new)])


def _is_bound(register: Register, year: int, ref: str) -> bool:
    """Tell whether what the reviewer said of a row is bound to what it holds now."""
    held = register.one("case_row_one", ref=ref) if year == 0 else register.one("row_get", year=year, ref=ref)
    row = codec.row(held or ()) if year else codec.case_row(held or ())
    line = review_line(register, year, ref)
    return line is not None and line["content"] == hash_seen(register, row)


def test_the_name_of_a_file_goes_where_it_was_added_and_taken_off(
    small: Register, actor: Actor, tmp_path: Path
) -> None:
    (tmp_path / "张三举报信.pdf").write_bytes(b"secret")
    add_evidence(small, actor, "TT-01", Offered((tmp_path / "张三举报信.pdf",), reference=True), Intake())
    note_on(small, actor, "TT-01", "见张三举报信.pdf第2页")
    remove_evidence(small, actor, ["TT-01#1"], why="张三举报信涉密")
    assert [one.seq for one in redact(small, actor, 2, why=WHY).entries] == [2, 3, 4]
    assert _is_gone(small, "张三")
    assert small.all("note_of", year=2026, ref="TT-01")[0][1] == f"见{REDACTED}.pdf第2页"
    assert held_fields(small.connection, "evidence", "2026/TT-01#1") == {
        "kind": "reference", "name": f"{REDACTED}.pdf", "place": REDACTED, "hash": f"sha256:{sha256_hex(b'secret')}",
        "size": 6, "dated": None, "person": "lihua", "added_on": TODAY, "removed_on": TODAY, "removed_by": "lihua",
        "why": f"{REDACTED}涉密", "purged_on": None,
    }  # fmt: skip
    assert _blanked(small) == (2, 3, 4)


def test_an_acceptance_stands_and_is_bound_to_what_is_left(small: Register, actor: Actor, wang: Actor) -> None:
    note_on(small, actor, "TT-01", INFORMER)
    _evidence(small, actor, "2026/TT-01", 1, f"https://example.invalid/{INFORMER}")
    tick(small, actor, ["TT-01"], on=DAY)
    accept(small, wang, ["TT-01"])
    before = review_line(small, 2026, "TT-01")
    redact(small, actor, 2, why=WHY)
    assert small.one("row_get", year=2026, ref="TT-01")[22] == "accepted"  # type: ignore[index]
    assert before is not None
    assert not _is_gone(small, "https")
    assert _is_bound(small, 2026, "TT-01")
    assert _is_gone(small, str(before["content"]))  # the words could be guessed back from it
    assert _is_gone(small, INFORMER)
    assert _blanked(small) == (2, 3, 5)


def test_an_acceptance_of_a_row_of_a_case_stands(small: Register, actor: Actor, wang: Actor) -> None:
    open_case(small, actor, "AJ", number="17", title="虚假宣传", on="2026-03-02")
    record_milestone(small, actor, "AJ-01", "filed", "2026-03-06")
    note_on(small, actor, "AJ-01.VERIFY", INFORMER)
    accept(small, wang, ["AJ-01.VERIFY"])
    redact(small, actor, 4, why=WHY)
    assert _is_bound(small, 0, "AJ-01.VERIFY")
    assert _blanked(small) == (4, 5)


def test_an_acceptance_that_fell_away_comes_back_bound_to_what_is_left(
    small: Register, actor: Actor, wang: Actor
) -> None:
    tick(small, actor, ["TT-01"], on=DAY, note=INFORMER)
    accept(small, wang, ["TT-01"])
    untick(small, actor, ["TT-01"], why="早了")
    redact(small, wang, 2, why=WHY)
    undo(small, actor)
    assert _is_bound(small, 2026, "TT-01")
    assert _blanked(small) == (2, 3, 4)


def test_why_a_row_was_returned_goes_even_when_the_reviewer_worked_on_it_since(
    small: Register, actor: Actor, wang: Actor
) -> None:
    tick(small, actor, ["TT-01"], on=DAY)
    return_(small, wang, ["TT-01"], why=INFORMER)
    _evidence(small, wang, "2026/TT-01", 1, "https://example.invalid/1")
    redact(small, actor, 3, why=WHY)
    assert (review_line(small, 2026, "TT-01") or {})["why"] == REDACTED
    assert _is_gone(small, INFORMER)
    assert _blanked(small) == (3,)


def test_a_forged_hash_of_an_acceptance_gets_no_new_one(small: Register, actor: Actor, wang: Actor) -> None:
    tick(small, actor, ["TT-01"], on=DAY, note=INFORMER)
    with small.transaction():
        line = {
            "verdict": "accepted", "person": wang.person, "on_date": wang.today, "why": None, "content": 64 * "a",
            "same_account": 0,
        }  # fmt: skip
        made = Change("review", "2026/TT-01", WHOLE, None, line)
        small.record(wang, "accept", [made, Change("row", "2026/TT-01", "review", "none", "accepted")])
    redact(small, actor, 2, why=WHY)
    assert (review_line(small, 2026, "TT-01") or {})["content"] == REDACTED
    assert [one.check for one in verify(small).findings] == ["reviews.content"]


# --- what does not go -------------------------------------------------------------------------


def test_a_trial_run_says_what_would_go_and_changes_nothing(small: Register, actor: Actor) -> None:
    note_on(small, actor, "TT-01", INFORMER)
    before = _entries(small), small.all("note_all")
    blanked = (Blanked(2, INSTANT, "lihua", "note"),)
    assert redact(small, actor, 2, why=WHY, dry_run=True) == Redacted(
        2, None, WHY, blanked, (Place("note", "2026/TT-01#1", "text", INFORMER.strip()),), None
    )
    assert (_entries(small), small.all("note_all")) == before


def test_what_holds_no_free_text_is_refused_with_what_it_speaks_of(small: Register, actor: Actor) -> None:
    tick(small, actor, ["TT-01"], on=DAY)
    with pytest.raises(NothingToRedact) as refused:
        redact(small, actor, 2, why=WHY)
    assert refused.value.params == {"seq": 2, "command": "tick", "keys": ["2026/TT-01"]}
    note_on(small, actor, "TT-01", "x")
    with pytest.raises(NothingToRedactOf):
        redact(small, actor, 3, why=WHY, meant=Meant("TT-02"))


def test_an_entry_is_redacted_once_and_the_reason_stays(small: Register, actor: Actor) -> None:
    note_on(small, actor, "TT-01", INFORMER)
    redact(small, actor, 2, why=WHY)
    with pytest.raises(AlreadyRedacted) as refused:
        redact(small, actor, 2, why=WHY)
    assert refused.value.params == {"seq": 2, "by": 3, "why": WHY}
    with pytest.raises(ReasonStays):
        redact(small, actor, 3, why=WHY)


@pytest.mark.parametrize("seq", [0, -1, 3, 10**17])
def test_an_entry_that_is_not_there_is_refused(seq: int, small: Register, actor: Actor) -> None:
    note_on(small, actor, "TT-01", INFORMER)
    with pytest.raises(UnknownEntry):
        redact(small, actor, seq, why=WHY)


def test_a_reason_is_needed_and_does_not_repeat_the_words(small: Register, actor: Actor) -> None:
    note_on(small, actor, "TT-01", "张三")
    with pytest.raises(EmptyText):
        redact(small, actor, 2, why=" ")
    with pytest.raises(ReasonHoldsWords):
        redact(small, actor, 2, why="删去张三")
    assert small.head().seq == 2


# --- undo -------------------------------------------------------------------------------------


def test_a_redaction_is_not_taken_back(small: Register, actor: Actor) -> None:
    note_on(small, actor, "TT-01", INFORMER)
    redact(small, actor, 2, why=WHY)
    with pytest.raises(RedactionStands):
        undo(small, actor)


def test_a_blanked_entry_is_taken_back_by_what_is_left_of_it(small: Register, actor: Actor, wang: Actor) -> None:
    tick(small, actor, ["TT-01"], on=DAY, partial=INFORMER)
    tick(small, actor, ["TT-01"], on=DAY)
    redact(small, wang, 2, why=WHY)
    undo(small, actor)
    assert small.one("row_get", year=2026, ref="TT-01")[15:17] == ("partial", REDACTED)  # type: ignore[index]
    undo(small, actor)
    assert small.one("row_get", year=2026, ref="TT-01")[15:17] == ("open", None)  # type: ignore[index]
    assert _is_gone(small, INFORMER)
    assert _blanked(small) == (2, 3)


def test_a_blanked_undoing_still_says_what_it_took_back(small: Register, actor: Actor, wang: Actor) -> None:
    note_on(small, actor, "TT-01", "x")
    note_on(small, actor, "TT-02.Q1.ZF", INFORMER)
    undo(small, actor)
    redact(small, wang, 3, why=WHY)
    assert undo(small, actor).seq == 2
    assert _blanked(small) == (3, 4)


def test_what_came_after_a_blanked_entry_still_stands_in_the_way(small: Register, actor: Actor, wang: Actor) -> None:
    tick(small, actor, ["TT-01"], on=DAY)
    note_on(small, wang, "TT-01", INFORMER)
    untick(small, wang, ["TT-01"], why="早了")
    redact(small, wang, 3, why=WHY)
    with pytest.raises(TouchedSince) as refused:
        undo(small, actor)
    assert refused.value.params["later"] == 4


# --- proof ------------------------------------------------------------------------------------


def _forged(register: Register, change: Callable[[str], str], *statements: str) -> None:
    """Rewrite the payload of the last entry, and its hashes, as somebody with the file can."""
    entry = _entries(register)[-1]
    payload = change(str(entry.payload))
    entry = entry._replace(payload=payload, payload_hash=payload_hash(str(entry.salt), payload))
    held = (payload, entry.payload_hash, entry_hash(entry.prev, entry), entry.seq)
    with closing(sqlite3.connect(register.path, isolation_level=None)) as other:
        other.execute("DROP TRIGGER entry_only_redacted")
        other.execute("UPDATE entry SET payload = ?, payload_hash = ?, hash = ? WHERE seq = ?", held)
        for statement in statements:
            other.execute(statement)


def _found(register: Register) -> list[tuple[str, str]]:
    """Return what `verify` finds, but for the trigger that is missing since it had to be."""
    return [(one.check, one.where) for one in verify(register).findings if one.check != "file.schema"]


@pytest.fixture
def redacted(small: Register, actor: Actor) -> Register:
    """Return a register whose second entry, a tick with a note, was blanked by the third."""
    tick(small, actor, ["TT-01"], on=DAY, note=INFORMER)
    redact(small, actor, 2, why=WHY)
    return small


def test_a_changed_payload_of_what_is_left_is_found(redacted: Register) -> None:
    with closing(sqlite3.connect(redacted.path, isolation_level=None)) as other:
        other.execute("DROP TRIGGER entry_only_redacted")
        other.execute("UPDATE entry SET payload = replace(payload, '2026-06-15', '2026-03-30') WHERE seq = 3")
    assert [(one.check, one.where) for one in verify(redacted).findings if one.check != "file.schema"] == [
        ("chain.payload", "#3")
    ]


def test_what_is_left_and_differs_from_the_tables_is_found(redacted: Register) -> None:
    _forged(redacted, lambda payload: payload.replace("2026-06-15", "2026-03-30"))
    assert {(one.check, one.where) for one in verify(redacted).findings if one.check != "file.schema"} == {
        ("replay.tables", "checklist_row 2026/TT-01"),
        ("replay.tables", "note 2026/TT-01/1"),
    }


@pytest.mark.parametrize(
    "forged",
    [
        lambda _: "{}",
        lambda payload: payload.replace('"redacts":', '"redacted":'),
        lambda payload: payload.replace("[[2,", "[[9,"),
        lambda payload: payload.replace('{"changes":[[', '{"changes":[5,['),
        lambda payload: payload.replace(',"why"', ""),
    ],
)
def test_a_redacting_entry_that_says_nonsense_is_found(forged: Callable[[str], str], redacted: Register) -> None:
    _forged(redacted, forged)
    found = {one.check.partition(".")[0] for one in verify(redacted).findings if one.check != "file.schema"}
    assert found in ({"replay"}, {"chain"})


def test_what_is_left_of_an_entry_is_the_word_of_whoever_erased(small: Register, actor: Actor, wang: Actor) -> None:
    tick(small, actor, ["TT-01"], on=DAY, note=INFORMER)
    journal = b"".join(journal_lines(small).lines)
    small.release()
    said = '["row","2026/TT-01","done_on",null,"{}"]'
    left = str(_entries(small)[1].payload).replace(said.format(DAY), said.format("2026-03-30"))
    with small.transaction():
        overwrite(small.connection, "row", "2026/TT-01", {"done_on": "2026-03-30"})
        small.record(wang, "redact", [], redaction=Redaction([(2, left)], WHY))
    assert verify(small).findings == ()  # that it was blanked, by whom and why is proved, and no more
    (line,) = [json.loads(one) for one in journal.splitlines()[1:] if json.loads(one)["seq"] == 2]
    assert (line["hash"], said.format(DAY) in line["payload"]) == (_entries(small)[1].hash, True)


def test_the_words_put_back_by_hand_are_found(redacted: Register) -> None:
    with closing(sqlite3.connect(redacted.path, isolation_level=None)) as other:
        other.execute("UPDATE note SET text = 'x'")
    assert [(one.check, one.where) for one in verify(redacted).findings] == [("replay.tables", "note 2026/TT-01/1")]


# --- the file ---------------------------------------------------------------------------------


def test_while_another_reads_the_words_go_from_the_record_and_the_file_follows(small: Register, actor: Actor) -> None:
    note_on(small, actor, "TT-01", INFORMER)
    small.connection.execute("PRAGMA busy_timeout=100")
    with closing(sqlite3.connect(small.path, isolation_level=None)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM note").fetchone()
        assert redact(small, actor, 2, why=WHY).unswept == "busy"
        assert small.all("note_of", year=2026, ref="TT-01")[0][1] == REDACTED
        assert finish(small) == Swept(str(small.path), "busy")
    assert finish(small) == Swept(str(small.path), None)
    assert _is_gone(small, INFORMER)


def test_a_register_that_others_only_have_open_is_swept(small: Register, actor: Actor) -> None:
    note_on(small, actor, "TT-01", INFORMER)
    with Register.open(small.path) as other:
        other.all("note_all")
        assert redact(small, actor, 2, why=WHY).unswept is None
        assert other.all("note_of", year=2026, ref="TT-01")[0][1] == REDACTED
        assert _is_gone(small, INFORMER)


def test_a_backup_made_after_it_holds_the_words_no_more(small: Register, actor: Actor, tmp_path: Path) -> None:
    (tmp_path / "before").mkdir()
    (tmp_path / "after").mkdir()
    note_on(small, actor, "TT-01", INFORMER)
    back_up(small, actor, tmp_path / "before" / "b", force=False)
    redact(small, actor, 2, why=WHY)
    back_up(small, actor, tmp_path / "after" / "b", force=False)
    held = {
        name: b"".join(one.read_bytes() for one in (tmp_path / name).rglob("*") if one.is_file())
        for name in ("before", "after")
    }
    assert {name: any(form in kept for form in _forms(INFORMER)) for name, kept in held.items()} == {
        "before": True,
        "after": False,
    }


def test_what_is_written_out_after_it_proves_itself_and_holds_the_words_no_more(
    small: Register, actor: Actor, tmp_path: Path
) -> None:
    tick(small, actor, ["TT-01", "TT-02.Q1.ZF"], on=None, note=INFORMER)
    for only in ("TT-01", "TT-02"):  # the second blanks the first redaction too
        redact(small, actor, 2, why=WHY, meant=Meant(only))
    export_register(small, tmp_path / "a.zip", force=False)
    journal = tmp_path / "journal.jsonl"
    journal.write_bytes(b"".join(journal_lines(small).lines))
    small.release()
    held = journal.read_bytes() + (tmp_path / "a.zip").read_bytes()  # stored, not packed
    assert [form for form in _forms(INFORMER) if form in held] == []
    verified = verify_file(journal, lambda _: None)
    assert isinstance(verified, JournalVerified)
    assert (verified.findings, verified.redacted) == ((), (2, 3))
    import_register(tmp_path / "a.zip", tmp_path / "b.db", busy_seconds=2.0)
    with Register.open(tmp_path / "b.db") as copy:
        assert _blanked(copy) == (2, 3)


def test_on_a_full_disk_nothing_is_changed(small: Register, actor: Actor) -> None:
    for n in range(20):
        note_on(small, actor, "TT-01", INFORMER + str(n) * 500)
    before = _entries(small), small.all("note_all")
    pages = small.pragma("page_count")[0][0]
    small.pragma(f"max_page_count={pages}")
    with pytest.raises(DiskFull):
        redact(small, actor, 2, why="x" * 100_000)
    assert (_entries(small), small.all("note_all")) == before
    assert _blanked(small) == ()


def test_what_an_entry_left_is_as_long_as_what_it_said(small: Register, actor: Actor) -> None:
    """Nothing but the words differs, so that a history stays readable."""
    tick(small, actor, ["TT-01"], on=DAY, note=INFORMER)
    (before,) = [line for line in read_log(small, "TT-01", year=None, most=9).lines if line.entry.seq == 2]
    redact(small, actor, 2, why=WHY)
    (after,) = [line for line in read_log(small, "TT-01", year=None, most=9).lines if line.entry.seq == 2]
    assert before.changes is not None
    assert [one for one in after.changes or () if one not in before.changes] == [
        Change("note", "2026/TT-01#1", "*", None, {"text": REDACTED, "person": "lihua", "on_date": "2026-06-15"})
    ]
    assert len(after.changes or ()) == len(before.changes)
