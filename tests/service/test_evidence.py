"""Evidence added to rows, taken off, looked up, handed out and erased."""

import hashlib
import json
import os
import stat
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from lawcheck import errors
from lawcheck.core.evidence import Evidence
from lawcheck.core.journal import Actor, Entry
from lawcheck.core.row import Row
from lawcheck.service.attached import evidence_on, with_evidence
from lawcheck.service.cases import close_case, open_case
from lawcheck.service.evidence import (
    EvidenceAdded,
    Intake,
    Offered,
    To,
    add_evidence,
    attaching,
    evidence_to_hand_out,
    evidence_to_open,
    find_evidence,
    list_evidence,
    purge_evidence,
    remove_evidence,
)
from lawcheck.service.items import show
from lawcheck.service.journal import undo
from lawcheck.service.lists import Filter, list_rows
from lawcheck.service.reviews import accept
from lawcheck.service.rows import note_on, record_occasion, tick
from lawcheck.service.start import start_year
from lawcheck.service.summary import summarise
from lawcheck.service.upgrade import upgrade
from lawcheck.service.verify import verify
from lawcheck.store import codec
from lawcheck.store.register import Register
from lawcheck.store.vault import Vault
from support import SMALL_TEMPLATE, TODAY

DAY = date.fromisoformat(TODAY)
NOW = Intake()
PAGE = "https://example.invalid/1"
HELLO = "sha256:" + hashlib.sha256(b"hello").hexdigest()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "会议纪要.pdf"
    path.write_bytes(b"hello")
    return path


def _add(register: Register, actor: Actor, ref: str, *files: Path, year: int | None = None) -> EvidenceAdded:
    return add_evidence(register, actor, ref, Offered(files), NOW, year=year)


def _page(register: Register, actor: Actor, ref: str, *, year: int | None = None) -> EvidenceAdded:
    return add_evidence(register, actor, ref, Offered(links=(PAGE,)), NOW, year=year)


def _last(register: Register) -> tuple[Entry, list[list[object]]]:
    (entry,) = [Entry(*values) for values in register.all("entry_latest", most=1)]  # type: ignore[arg-type]
    return entry, json.loads(str(entry.payload))["changes"]


def _kept(register: Register) -> list[str | None]:
    return [hashed for hashed, _ in Vault(register.path).each()]


def _is_whole(register: Register) -> bool:
    return not verify(register).findings


# --- added ------------------------------------------------------------------------------------


def test_a_file_a_page_and_a_number_become_evidence_by_one_entry(small: Register, actor: Actor, file: Path) -> None:
    offered = Offered((file,), (PAGE,), ("小府〔2026〕1号",), date(2026, 6, 1))
    found = add_evidence(small, actor, "TT-01", offered, NOW)
    assert found.lines == (
        Evidence(2026, "TT-01", 1, "file", "会议纪要.pdf", None, HELLO, 5, "2026-06-01", "lihua", TODAY),
        Evidence(2026, "TT-01", 2, "link", PAGE, None, None, None, "2026-06-01", "lihua", TODAY),
        Evidence(2026, "TT-01", 3, "document", "小府〔2026〕1号", None, None, None, "2026-06-01", "lihua", TODAY),
    )
    assert (found.holder.ref, found.holder.evidence, found.seq, found.fell) == ("TT-01", found.lines, 2, ())
    entry, changes = _last(small)
    assert (entry.seq, entry.command, entry.person) == (2, "evidence add", "lihua")
    assert [change[:4] for change in changes] == [["evidence", f"2026/TT-01#{n}", "*", None] for n in (1, 2, 3)]
    assert Vault(small.path).path_of(HELLO).read_bytes() == b"hello"
    assert _is_whole(small)


def test_the_same_file_is_stored_once_for_all_rows(small: Register, actor: Actor, file: Path) -> None:
    copy = file.with_name("copy.pdf")
    copy.write_bytes(b"hello")
    _add(small, actor, "TT-01", file)
    _add(small, actor, "TT-02.Q1.FZ", copy)
    assert _kept(small) == [HELLO]
    assert [one.name for one in list_evidence(small).lines] == ["会议纪要.pdf", "copy.pdf"]


def test_an_empty_file_is_evidence_like_any_other(small: Register, actor: Actor, tmp_path: Path) -> None:
    path = tmp_path / "empty.txt"
    path.touch()
    (line,) = _add(small, actor, "TT-01", path).lines
    assert (line.size, line.hash) == (0, "sha256:" + hashlib.sha256(b"").hexdigest())


def test_a_file_that_may_not_be_copied_leaves_hash_and_place(small: Register, actor: Actor, file: Path) -> None:
    (line,) = add_evidence(small, actor, "TT-01", Offered((file,), reference=True), NOW).lines
    assert (line.kind, line.name, line.place, line.hash, line.size) == ("reference", file.name, str(file), HELLO, 5)
    assert not Vault(small.path).folder.exists()


def test_sm3_is_kept_with_its_name(small: Register, actor: Actor, file: Path) -> None:
    if "sm3" not in hashlib.algorithms_available:
        pytest.skip("this OpenSSL has no SM3")
    (line,) = add_evidence(small, actor, "TT-01", Offered((file,)), Intake("sm3")).lines
    assert line.hash == "sm3:becbbfaae6548b8bf0cfcad5a27183cd1be6093b1cceccc303d9c61d0a645268"
    assert Vault(small.path).holds(line.hash)


def test_who_reads_a_large_file_is_told_how_far_it_is(small: Register, actor: Actor, tmp_path: Path) -> None:
    path = tmp_path / "large.bin"
    path.write_bytes(bytes(3 << 20))
    told: list[tuple[int, int]] = []
    for reference in (False, True):
        offered = Offered((path,), reference=reference)
        ref = "TT-02.Q1.FZ" if reference else "TT-01"
        add_evidence(small, actor, ref, offered, Intake(progress=lambda done, of: told.append((done, of))))
    assert told == 2 * [(n << 20, 3 << 20) for n in (1, 2, 3)]


@pytest.mark.parametrize(
    ("offered", "wanted"),
    [
        (Offered(), errors.MissingParameter),
        (Offered(links=(PAGE,), reference=True), errors.MissingParameter),
        (Offered(links=("ftp://x",)), errors.InvalidLink),
        (Offered(links=(PAGE, PAGE)), errors.EvidenceThere),
        (Offered(documents=(" ",)), errors.EmptyText),
        (Offered(documents=("1号",), dated=date(2026, 6, 16)), errors.FutureDate),
        (Offered((Path("/nowhere/x.pdf"),)), errors.NoSuchFile),
        (Offered((Path("a\0b"),)), errors.NoSuchFile),
    ],
)
def test_what_cannot_be_evidence_changes_nothing(
    offered: Offered, wanted: type[errors.LawcheckError], small: Register, actor: Actor
) -> None:
    with pytest.raises(wanted):
        add_evidence(small, actor, "TT-01", offered, NOW)
    assert (small.head().seq, _kept(small)) == (1, [])


def test_one_file_that_cannot_be_read_keeps_all_of_them_out(small: Register, actor: Actor, file: Path) -> None:
    with pytest.raises(errors.NoSuchFile):
        _add(small, actor, "TT-01", file, file.with_name("missing.pdf"))
    assert (small.head().seq, _kept(small)) == (1, [])


def test_nothing_is_copied_for_a_row_that_is_not_there(small: Register, actor: Actor, file: Path) -> None:
    for ref, wanted in (
        ("TT-99", errors.UnknownRef),
        ("TT-02", errors.AmbiguousRef),
        ("TT-03", errors.OccasionFirst),
        ("TT-04", errors.RateNotTicked),
        ("x", errors.InvalidRef),
    ):
        with pytest.raises(wanted):
            _add(small, actor, ref, file)
    assert _kept(small) == []


def test_the_row_has_the_same_file_only_once(small: Register, actor: Actor, file: Path) -> None:
    _add(small, actor, "TT-01", file)
    with pytest.raises(errors.EvidenceThere) as error:
        _add(small, actor, "TT-01", file)
    assert error.value.params == {"name": "会议纪要.pdf", "address": "TT-01#1"}
    assert small.head().seq == 2


def test_a_closed_year_takes_no_evidence(
    small: Register, actor: Actor, file: Path, close_year: Callable[[Register, int], None]
) -> None:
    _add(small, actor, "TT-01", file)
    close_year(small, 2026)
    with pytest.raises(errors.YearClosed):
        _page(small, actor, "TT-01", year=2026)
    with pytest.raises(errors.YearClosed):
        remove_evidence(small, actor, ["TT-01#1"], why="x", year=2026)
    assert [one.n for one in list_evidence(small, "TT", year=2026).lines] == [1]


def test_evidence_goes_on_a_row_in_every_state(small: Register, actor: Actor) -> None:
    tick(small, actor, ["TT-02.Q1.FZ"], on=DAY)
    tick(small, actor, ["TT-02.Q1.ZF"], on=None, partial="one file")
    record_occasion(small, actor, "TT-03", on=DAY, note="x")
    for ref in ("TT-01", "TT-02.Q1.FZ", "TT-02.Q1.ZF", "TT-03.1", "TT-03"):
        if ref == "TT-03":
            continue
        assert [one.n for one in _page(small, actor, ref).lines] == [1]


def test_a_row_of_a_case_takes_evidence_also_after_the_case_was_closed(
    small: Register, actor: Actor, file: Path
) -> None:
    open_case(small, actor, "AJ", number="17", title="虚假宣传", on="2026-03-02")
    (line,) = _add(small, actor, "AJ-01.OFFICERS", file).lines
    assert (line.year, line.address()) == (0, "AJ-01.OFFICERS#1")
    close_case(small, actor, "AJ-01", on=DAY, why="transferred")
    assert [one.n for one in _page(small, actor, "AJ-01.OFFICERS").lines] == [2]
    assert _last(small)[1][0][1] == "AJ-01.OFFICERS#2"
    assert _is_whole(small)


def test_an_acceptance_falls_away_with_the_evidence(small: Register, actor: Actor, wang: Actor) -> None:
    _page(small, actor, "TT-01")
    tick(small, actor, ["TT-01"], on=DAY)
    for change in (
        lambda: add_evidence(small, actor, "TT-01", Offered(documents=("1号",)), NOW),
        lambda: remove_evidence(small, actor, ["TT-01#1"], why="wrong row"),
    ):
        accept(small, wang, ["TT-01"])
        found = change()
        assert [(one.entity, one.key, one.new) for one in found.fell] == [("review", "2026/TT-01", None)]
        assert isinstance(found.holder, Row)
        assert found.holder.review == "none"
    assert _is_whole(small)


def test_who_added_evidence_does_not_review_the_row(small: Register, actor: Actor, wang: Actor) -> None:
    tick(small, actor, ["TT-01"], on=DAY)
    _page(small, wang, "TT-01")
    with pytest.raises(errors.OwnWork):
        accept(small, wang, ["TT-01"])


# --- with a tick ------------------------------------------------------------------------------


@pytest.mark.parametrize("partial", [None, "one signature"])
def test_a_tick_brings_its_evidence_in_the_same_entry(
    partial: str | None, small: Register, actor: Actor, file: Path
) -> None:
    refs = ["TT-01", "TT-02.Q1.FZ"]
    attach = attaching(small, actor, To(refs), Offered((file,), (PAGE,)), NOW)
    changed = tick(small, actor, refs, on=DAY, partial=partial, attach=attach)
    entry, changes = _last(small)
    assert (entry.seq, entry.command) == (2, "tick")
    keys = [change[1] for change in changes if change[0] == "evidence"]
    assert keys == [f"2026/{ref}#{n}" for ref in refs for n in (1, 2)]
    assert [[one.n for one in row.evidence] for row in changed.rows] == [[1, 2], [1, 2]]
    assert _kept(small) == [HELLO]
    undo(small, actor)
    assert list(list_evidence(small).lines) == []
    assert _is_whole(small)


def test_a_row_of_a_case_is_ticked_with_evidence(small: Register, actor: Actor, file: Path) -> None:
    open_case(small, actor, "AJ", number="17", title="虚假宣传", on="2026-03-02")
    attach = attaching(small, actor, To(["AJ-01.OFFICERS"]), Offered((file,)), NOW)
    changed = tick(small, actor, ["AJ-01.OFFICERS"], on=DAY, attach=attach)
    assert [one.address() for one in changed.rows[0].evidence] == ["AJ-01.OFFICERS#1"]


def test_a_tick_that_is_refused_leaves_no_evidence(small: Register, actor: Actor, file: Path) -> None:
    tick(small, actor, ["TT-01"], on=DAY)
    attach = attaching(small, actor, To(["TT-01"]), Offered((file,)), NOW)
    with pytest.raises(errors.AlreadyDone):
        tick(small, actor, ["TT-01"], on=DAY, attach=attach)
    assert (small.head().seq, list(list_evidence(small).lines)) == (2, [])


# --- numbers ----------------------------------------------------------------------------------


def test_a_number_is_never_given_twice(small: Register, actor: Actor) -> None:
    note_on(small, actor, "TT-01", "a note has numbers of its own")
    assert [one.n for one in _page(small, actor, "TT-01").lines] == [1]
    undo(small, actor)
    assert [one.n for one in _page(small, actor, "TT-01").lines] == [2]
    remove_evidence(small, actor, ["TT-01#2"], why="wrong row")
    assert [one.n for one in _page(small, actor, "TT-01").lines] == [3]
    assert _is_whole(small)


# --- looked up --------------------------------------------------------------------------------


def test_evidence_is_found_by_what_is_printed_of_it(small: Register, actor: Actor) -> None:
    _page(small, actor, "TT-02.Q2.ZF")
    _page(small, actor, "TT-02.Q1.FZ")
    row, line = find_evidence(small, ["tt-02.q2.zf#1"], None, TODAY)
    assert (row.ref, line.address()) == ("TT-02.Q2.ZF", "TT-02.Q2.ZF#1")
    with pytest.raises(errors.AmbiguousRef) as ambiguous:
        find_evidence(small, ["TT-02", "1"], None, TODAY)
    assert ambiguous.value.params == {
        "ref": "TT-02#1", "candidates": [("TT-02.Q1.FZ#1", 2026), ("TT-02.Q2.ZF#1", 2026)], "more": 0,
    }  # fmt: skip
    with pytest.raises(errors.UnknownEvidence) as unknown:
        find_evidence(small, ["TT-02.Q2.ZF#2"], None, TODAY)
    assert unknown.value.params == {"address": "TT-02.Q2.ZF#2", "ref": "TT-02.Q2.ZF", "known": ["TT-02.Q2.ZF#1"]}
    with pytest.raises(errors.UnknownRef):
        find_evidence(small, ["TT-99#1"], None, TODAY)


def test_a_ref_of_several_years_means_the_one_with_the_evidence(two_years: Register, actor: Actor) -> None:
    _page(two_years, actor, "TT-01", year=2025)
    assert find_evidence(two_years, ["TT-01#1"], None, TODAY)[1].year == 2025
    _page(two_years, actor, "TT-01", year=2026)
    with pytest.raises(errors.AmbiguousRef):
        find_evidence(two_years, ["TT-01#1"], None, TODAY)
    assert find_evidence(two_years, ["TT-01#1"], 2026, TODAY)[1].year == 2026


def test_evidence_is_listed_by_row_and_without_what_was_taken_off(small: Register, actor: Actor) -> None:
    open_case(small, actor, "AJ", number="17", title="虚假宣传", on="2026-03-02")
    for ref in ("TT-02.Q2.ZF", "TT-01", "AJ-01.OFFICERS", "TT-02.Q1.FZ"):
        _page(small, actor, ref)
    remove_evidence(small, actor, ["TT-01#1"], why="wrong row")

    def listed(name: str | None, *, year: int | None = None, removed_too: bool = False) -> list[str]:
        return [one.address() for one in list_evidence(small, name, year=year, removed_too=removed_too).lines]

    assert listed(None) == ["TT-02.Q1.FZ#1", "TT-02.Q2.ZF#1", "AJ-01.OFFICERS#1"]
    assert listed(None, year=2026) == ["TT-02.Q1.FZ#1", "TT-02.Q2.ZF#1"]
    assert listed("TT", removed_too=True) == ["TT-01#1", "TT-02.Q1.FZ#1", "TT-02.Q2.ZF#1"]
    assert listed("TT-02.ZF") == ["TT-02.Q2.ZF#1"]
    assert listed("AJ-01") == ["AJ-01.OFFICERS#1"]
    with pytest.raises(errors.UnknownTemplate):
        listed("XX")


def test_rows_are_listed_with_their_evidence_few_or_many(
    small: Register, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_case(small, actor, "AJ", number="17", title="虚假宣传", on="2026-03-02")
    for ref in ("TT-02.Q2.ZF", "TT-01", "TT-01", "AJ-01.OFFICERS", "TT-02.Q4.ZF"):
        add_evidence(small, actor, ref, Offered(documents=(f"{small.head().seq}号",)), NOW)
    remove_evidence(small, actor, ["TT-02.Q4.ZF#1"], why="wrong row")

    def listed(wanted: Filter) -> list[tuple[str, list[int]]]:
        rows = list_rows(small, wanted, year=None, today=DAY).rows
        return [(row.ref, [one.n for one in row.evidence]) for row in rows]

    filters = (Filter(), Filter("TT-02"), Filter(unit="ZF"), Filter("AJ-01"), Filter(overdue=True), Filter("TT-02.ZF"))
    few = [listed(one) for one in filters]
    monkeypatch.setattr("lawcheck.service.lists.FEW", -1)
    assert [listed(one) for one in filters] == few
    held = {ref: numbers for ref, numbers in few[0] if numbers}
    assert held == {"TT-01": [1, 2], "TT-02.Q2.ZF": [1]}
    assert dict(few[3])["AJ-01.OFFICERS"] == [1]


def test_what_is_shown_of_a_row_has_all_its_evidence_with_what_was_taken_off(small: Register, actor: Actor) -> None:
    _page(small, actor, "TT-01")
    remove_evidence(small, actor, ["TT-01#1"], why="wrong row")
    add_evidence(small, actor, "TT-01", Offered(documents=("1号",)), NOW)
    shown = show(small, "TT-01", year=None, today=DAY)
    assert [(one.n, one.is_removed()) for one in shown.evidence] == [(1, True), (2, False)]
    assert [one.n for one in shown.rows[0].evidence] == [2]


# --- taken off --------------------------------------------------------------------------------


def test_what_is_taken_off_keeps_its_line_its_bytes_and_the_reason(small: Register, actor: Actor, file: Path) -> None:
    (line,) = _add(small, actor, "TT-01", file).lines
    found = remove_evidence(small, actor, ["TT-01", "1"], why=" of another row ")
    assert found.line == line._replace(removed_on=TODAY, removed_by="lihua", why="of another row")
    assert (found.holder.evidence, found.seq) == ((), 3)
    assert evidence_on(small, 2026, "TT-01") == ()
    assert evidence_on(small, 2026, "TT-01", removed_too=True) == (found.line,)
    assert _kept(small) == [HELLO]
    with pytest.raises(errors.EvidenceRemoved):
        remove_evidence(small, actor, ["TT-01#1"], why="again")
    with pytest.raises(errors.EmptyText):
        remove_evidence(small, actor, ["TT-01#1"], why=" ")
    undo(small, actor)
    assert evidence_on(small, 2026, "TT-01") == (line,)
    undo(small, actor)
    assert evidence_on(small, 2026, "TT-01", removed_too=True) == ()
    assert _kept(small) == [HELLO]
    assert _is_whole(small)


# --- erased -----------------------------------------------------------------------------------


def test_what_is_erased_goes_from_every_row_and_leaves_hash_line_and_reason(
    small: Register, actor: Actor, file: Path
) -> None:
    _add(small, actor, "TT-01", file)
    _add(small, actor, "TT-02.Q1.FZ", file)
    remove_evidence(small, actor, ["TT-02.Q1.FZ#1"], why="wrong row")
    add_evidence(small, actor, "TT-02.Q2.FZ", Offered((file,), reference=True), NOW)
    found = purge_evidence(small, actor, ["TT-01#1"], why="classified")
    assert [(one.address(), one.purged_on, one.hash) for one in found.lines] == [
        ("TT-01#1", TODAY, HELLO), ("TT-02.Q1.FZ#1", TODAY, HELLO),
    ]  # fmt: skip
    assert (found.hash, found.why, found.seq, found.was_there) == (HELLO, "classified", 6, True)
    assert _kept(small) == []
    entry = Entry(*small.all("entry_latest", most=1)[0])  # type: ignore[arg-type]
    assert (entry.command, json.loads(str(entry.payload))["why"]) == ("evidence purge", "classified")
    assert [one.n for one in evidence_on(small, 2026, "TT-01")] == [1]
    assert _is_whole(small)


def test_what_was_erased_does_not_come_back(small: Register, actor: Actor, file: Path) -> None:
    _add(small, actor, "TT-01", file)
    purge_evidence(small, actor, ["TT-01#1"], why="classified")
    with pytest.raises(errors.Refused):
        undo(small, actor)
    with pytest.raises(errors.EvidenceErased):
        purge_evidence(small, actor, ["TT-01#1"], why="again")
    with pytest.raises(errors.EvidenceErased):
        evidence_to_open(small, ["TT-01#1"], year=None, today=DAY)
    assert small.head().seq == 3


def test_bytes_that_were_left_behind_are_erased_by_the_same_command(
    small: Register, actor: Actor, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _add(small, actor, "TT-01", file)

    def fails(_vault: Vault, _hashed: str) -> bool:
        raise errors.VaultFault(path="x", reason="busy")

    with monkeypatch.context() as broken:
        broken.setattr(Vault, "purge", fails)
        with pytest.raises(errors.VaultFault):
            purge_evidence(small, actor, ["TT-01#1"], why="classified")
    assert _kept(small) == [HELLO]
    found = purge_evidence(small, actor, ["TT-01#1"], why="classified")
    assert (found.seq, found.was_there, [one.n for one in found.lines]) == (None, True, [1])
    assert (_kept(small), small.head().seq) == ([], 3)


def test_what_was_added_by_mistake_and_taken_back_can_still_be_erased(
    small: Register, actor: Actor, file: Path
) -> None:
    _add(small, actor, "TT-01", file)
    undo(small, actor)
    assert _kept(small) == [HELLO]
    found = purge_evidence(small, actor, ["TT-01#1"], why="classified")
    (line,) = found.lines
    assert (line.address(), line.removed_on, line.why, line.purged_on) == ("TT-01#1", TODAY, "classified", TODAY)
    assert _kept(small) == []
    assert evidence_on(small, 2026, "TT-01") == ()
    assert _is_whole(small)


def test_a_closed_year_does_not_keep_what_the_law_has_erased(
    small: Register, actor: Actor, file: Path, close_year: Callable[[Register, int], None]
) -> None:
    _add(small, actor, "TT-01", file)
    close_year(small, 2026)
    assert purge_evidence(small, actor, ["TT-01#1"], why="classified", year=2026).was_there
    assert _kept(small) == []


def test_what_has_no_bytes_is_not_erased(small: Register, actor: Actor, file: Path) -> None:
    offered = Offered((file,), reference=True)
    add_evidence(small, actor, "TT-01", offered, NOW)
    _page(small, actor, "TT-01")
    for words in (["TT-01#1"], ["TT-01#2"]):
        with pytest.raises(errors.NoBytesKept):
            purge_evidence(small, actor, words, why="classified")
    with pytest.raises(errors.UnknownEvidence):
        purge_evidence(small, actor, ["TT-01#3"], why="classified")
    with pytest.raises(errors.EmptyText):
        purge_evidence(small, actor, ["TT-01#1"], why=" ")
    assert small.head().seq == 3


def test_an_acceptance_stands_when_only_bytes_are_erased(
    small: Register, actor: Actor, wang: Actor, file: Path
) -> None:
    _add(small, actor, "TT-01", file)
    tick(small, actor, ["TT-01"], on=DAY)
    accept(small, wang, ["TT-01"])
    purge_evidence(small, actor, ["TT-01#1"], why="classified")
    assert show(small, "TT-01", year=None, today=DAY).rows[0].review == "accepted"
    assert _is_whole(small)


# --- copied out -------------------------------------------------------------------------------


def test_what_can_be_looked_at_is_a_file_or_a_page(small: Register, actor: Actor, file: Path) -> None:
    offered = Offered((file,), (PAGE,), ("1号",))
    add_evidence(small, actor, "TT-01", offered, NOW)
    opened = evidence_to_open(small, ["TT-01#1"], year=None, today=DAY)
    assert (opened.path, opened.title_en) == (Vault(small.path).path_of(HELLO), "Yearly item")
    assert evidence_to_open(small, ["TT-01#2"], year=None, today=DAY).path is None
    with pytest.raises(errors.NoBytesKept):
        evidence_to_open(small, ["TT-01#3"], year=None, today=DAY)


def test_what_is_handed_out_is_what_stands_on_the_rows(small: Register, actor: Actor, file: Path) -> None:
    add_evidence(small, actor, "TT-01", Offered((file,), (PAGE,)), NOW)
    add_evidence(small, actor, "TT-02.Q1.FZ", Offered(documents=("1号",)), NOW)
    remove_evidence(small, actor, ["TT-02.Q1.FZ#1"], why="wrong row")
    going = evidence_to_hand_out(small, None, year=2026)
    assert [(one.line.address(), one.path is not None, one.title_en) for one in going] == [
        ("TT-01#1", True, "Yearly item"), ("TT-01#2", False, "Yearly item"),
    ]  # fmt: skip


# --- what else follows ------------------------------------------------------------------------


def test_a_year_that_follows_another_takes_none_of_its_evidence(
    small: Register, actor: Actor, file: Path, small_template: Path
) -> None:
    _add(small, actor, "TT-01", file)
    start_year(small, actor, 2027, [str(small_template)], from_year=2026)
    assert [one.year for one in list_evidence(small, "TT-01", year=2026).lines] == [2026]
    assert list(list_evidence(small, "TT-01", year=2027).lines) == []


def test_a_row_with_evidence_stays_when_a_revised_template_asks_for_it_no_more(
    small: Register, actor: Actor, small_template: Path
) -> None:
    _page(small, actor, "TT-02.Q3.ZF")
    small_template.write_text(SMALL_TEMPLATE.replace("every: quarter", "every: half-year"), encoding="utf-8")
    upgrade(small, actor, (str(small_template),), year=2026, former=lambda *_: "x")
    rows = {row.ref for row in list_rows(small, Filter("TT-02"), year=None, today=DAY).rows}
    assert "TT-02.Q3.ZF" in rows
    assert not rows & {"TT-02.Q1.ZF", "TT-02.Q3.FZ"}
    assert _is_whole(small)


def test_the_summary_counts_done_rows_with_evidence_as_of_a_day(small: Register, actor: Actor) -> None:
    _page(small, actor, "TT-01")
    _page(small, actor, "TT-02.Q1.FZ")
    _page(small, actor, "TT-02.Q1.ZF")
    tick(small, actor, ["TT-01", "TT-02.Q1.FZ", "TT-02.Q2.ZF"], on=date(2026, 6, 1))
    for by in ("template", "unit", "month", "section"):
        found = summarise(small, 2026, by=by, as_of=DAY)
        assert (found.total.done, found.total.evidenced) == (3, 2)
        assert sum(line.totals.evidenced for line in found.lines) == 2
    later = actor._replace(today="2026-06-20")
    remove_evidence(small, later, ["TT-01#1"], why="wrong row")
    assert summarise(small, 2026, by="unit", as_of=date(2026, 6, 20)).total.evidenced == 1
    assert summarise(small, 2026, by="unit", as_of=DAY).total.evidenced == 2
    assert summarise(small, 2026, by="unit", as_of=date(2026, 5, 31)).total.evidenced == 0


def test_all_of_the_vault_is_for_its_owner_whatever_the_umask(small: Register, actor: Actor, file: Path) -> None:
    before = os.umask(0)
    try:
        _add(small, actor, "TT-01", file)
    finally:
        os.umask(before)
    modes = {stat.S_IMODE(one.stat().st_mode) for one in Vault(small.path).folder.rglob("*") if one.is_dir()}
    assert modes | {stat.S_IMODE(Vault(small.path).folder.stat().st_mode)} == {0o700}
    assert stat.S_IMODE(Vault(small.path).path_of(HELLO).stat().st_mode) == 0o400


def test_what_a_command_left_that_was_killed_goes_with_the_next_file(small: Register, actor: Actor, file: Path) -> None:
    folder = Vault(small.path).folder
    folder.mkdir()
    for name, age in ((".coming-old", 7200), (".coming-new", 60)):
        (folder / name).touch()
        then = (folder / name).stat().st_mtime - age
        os.utime(folder / name, (then, then))
    _add(small, actor, "TT-01", file)
    assert sorted(one.name for one in folder.iterdir()) == [".coming-new", "sha256"]


def test_rows_read_again_have_their_evidence(small: Register, actor: Actor) -> None:
    _page(small, actor, "TT-01")
    row = codec.row(small.one("row_get", year=2026, ref="TT-01") or ())
    assert row.evidence == ()
    assert [one.n for one in with_evidence(small, [row])[0].evidence] == [1]
