"""Evidence on entries of figures: added with an amount or later, found by the figure, followed, taken off, erased."""

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from lawcheck import errors
from lawcheck.core.evidence import Evidence
from lawcheck.core.journal import Actor
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
from lawcheck.service.figure_import import import_figures
from lawcheck.service.figures import Reported, add_figure, set_target, show_figure
from lawcheck.service.journal import read_log, undo
from lawcheck.service.lists import figure_completions
from lawcheck.service.redaction import Meant, redact
from lawcheck.service.report import make_report
from lawcheck.service.rows import tick
from lawcheck.service.start import start_year
from lawcheck.service.summary import summarise
from lawcheck.service.verify import Asked, verify
from lawcheck.store.register import Register
from lawcheck.store.vault import Vault
from support import SMALL_TEMPLATE, TODAY

DAY = date.fromisoformat(TODAY)
NOW = Intake()
HELLO = "sha256:" + hashlib.sha256(b"hello").hexdigest()
STATISTICS = Evidence(2026, "visits.1", 1, "file", "统计表.xlsx", None, HELLO, 5, None, "lihua", TODAY)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "统计表.xlsx"
    path.write_bytes(b"hello")
    return path


@pytest.fixture
def counted(small: Register, actor: Actor, file: Path) -> Register:
    """Return a register with an entry of visits that has a file."""
    attach = attaching(small, actor, To(figure="visits"), Offered((file,)), NOW)
    add_figure(small, actor, "visits", "21次", Reported(note="from the gate's book"), attach=attach)
    return small


def _number(register: Register, actor: Actor, ref: str, number: str = "1号", year: int | None = None) -> EvidenceAdded:
    return add_evidence(register, actor, ref, Offered(documents=(number,)), NOW, year=year)


def _addresses(register: Register, name: str | None = None) -> list[str]:
    return [one.address() for one in list_evidence(register, name).lines]


def _unwatched(_read: int, _of: int) -> None:
    """Take no notice of how much is read."""


def _is_whole(register: Register) -> bool:
    return not verify(register, asked=Asked(reading=_unwatched)).findings


# --- added ------------------------------------------------------------------------------------


def test_an_amount_and_its_evidence_are_one_entry(small: Register, actor: Actor, file: Path) -> None:
    attach = attaching(small, actor, To(figure="visits"), Offered((file,), (), ("1号",)), NOW)
    added = add_figure(small, actor, "visits", "21次", Reported(), attach=attach)
    (line,) = read_log(small, None, year=None, most=1).lines
    assert [(change.entity, change.key) for change in line.changes or ()] == [
        ("figure_entry", "2026/visits#1"), ("evidence", "2026/visits.1#1"), ("evidence", "2026/visits.1#2"),
    ]  # fmt: skip
    assert added.evidence == show_figure(small, "visits", year=None, as_of=DAY).evidence[0]
    assert added.evidence[0] == STATISTICS
    assert Vault(small.path).path_of(HELLO).read_bytes() == b"hello"
    assert _is_whole(small)


def test_evidence_added_later_stands_on_the_entry_that_speaks_for_the_figure(counted: Register, actor: Actor) -> None:
    added = _number(counted, actor, "visits")
    assert [one.address() for one in added.lines] == ["visits.1#2"]
    assert (added.holder.ref, added.holder.title_en, added.fell) == ("visits.1", "Visits", ())
    add_figure(counted, actor, "visits", "23次", Reported(note="counted anew"), correct=1)
    assert [one.address() for one in _number(counted, actor, "visits").lines] == ["visits.2#1"]
    assert [one.address() for one in _number(counted, actor, "visits.1", "2号").lines] == ["visits.1#3"]
    shown = show_figure(counted, "visits", year=None, as_of=DAY)
    assert [len(lines) for lines in shown.evidence] == [3, 1]


def test_of_several_entries_one_must_be_named(counted: Register, actor: Actor) -> None:
    add_figure(counted, actor, "visits", "2次", Reported())
    with pytest.raises(errors.AmbiguousRef) as error:
        _number(counted, actor, "visits")
    assert error.value.params == {"ref": "visits", "candidates": [("visits.1", 2026), ("visits.2", 2026)], "more": 0}
    assert _number(counted, actor, "visits.2").holder.ref == "visits.2"


def test_where_the_last_entry_counts_it_is_the_one_that_is_meant(
    empty_register: Register, actor: Actor, small_bureau: Path, small_template: Path
) -> None:
    last = "en: decisions}, adds: last"
    small_template.write_text(SMALL_TEMPLATE.replace("en: decisions}", last), encoding="utf-8")
    start_year(empty_register, actor, 2026, [str(small_template)], small_bureau)
    for amount in ("3件", "5件"):
        add_figure(empty_register, actor, "tt_all", amount, Reported())
    assert _number(empty_register, actor, "tt_all").holder.ref == "tt_all.2"


def test_a_figure_of_two_years_asks_for_one(two_years: Register, actor: Actor) -> None:
    for year in (2025, 2026):
        add_figure(two_years, actor, "visits", "1次", Reported(), year=year)
    with pytest.raises(errors.AmbiguousRef) as error:
        _number(two_years, actor, "visits.1")
    assert error.value.params["candidates"] == [("visits.1", 2026), ("visits.1", 2025)]
    assert _number(two_years, actor, "visits.1", year=2025).holder.year == 2025
    assert find_evidence(two_years, ["visits#1"], None, TODAY)[1].year == 2025


@pytest.mark.parametrize(
    ("ref", "error", "params"),
    [
        ("visit", errors.UnknownFigure, {"key": "visit", "year": 2026, "nearest": ["visits"]}),
        ("tt_met", errors.NoFigureEntries, {"key": "tt_met"}),
        ("tt_met.1", errors.NoFigureEntries, {"key": "tt_met"}),
        ("visits.2", errors.UnknownFigureEntry, {"key": "visits", "n": 2, "entries": [1]}),
        ("visits.0", errors.InvalidRef, {"text": "visits.0"}),
        ("TT", errors.InvalidRef, {"text": "TT"}),
    ],
)
def test_what_no_entry_answers_to_is_refused_and_nothing_is_kept(
    counted: Register, actor: Actor, tmp_path: Path, ref: str, error: type[errors.LawcheckError], params: object
) -> None:
    other = tmp_path / "other.txt"
    other.write_bytes(b"other")
    with pytest.raises(error) as raised:
        add_evidence(counted, actor, ref, Offered((other,)), NOW)
    assert raised.value.params == params
    assert [hashed for hashed, _ in Vault(counted.path).each()] == [HELLO]


def test_nothing_is_copied_for_a_figure_that_is_not_there(small: Register, actor: Actor, file: Path) -> None:
    with pytest.raises(errors.UnknownFigure):
        attaching(small, actor, To(figure="visit"), Offered((file,)), NOW)
    assert list(Vault(small.path).each()) == []


def test_the_same_evidence_stands_once_on_an_entry(counted: Register, actor: Actor, file: Path) -> None:
    with pytest.raises(errors.EvidenceThere):
        add_evidence(counted, actor, "visits", Offered((file,)), NOW)


def test_a_closed_year_takes_no_evidence_of_figures(
    counted: Register, actor: Actor, close_year: Callable[[Register, int], None]
) -> None:
    close_year(counted, 2026)
    with pytest.raises(errors.YearClosed):
        _number(counted, actor, "visits.1", year=2026)
    with pytest.raises(errors.YearClosed):
        remove_evidence(counted, actor, ["visits.1#1"], why="wrong", year=2026)


def test_a_table_of_figures_leaves_its_evidence_on_each_entry(
    small: Register, actor: Actor, file: Path, tmp_path: Path
) -> None:
    table = tmp_path / "figures.csv"
    table.write_text("key,value\nvisits,3次\ntt_all,2件\nvisits,4次\n", encoding="utf-8")
    attach = attaching(small, actor, To(), Offered((file,)), NOW)
    import_figures(small, actor, table, year=2026, attach=attach)
    assert _addresses(small) == ["tt_all.1#1", "visits.1#1", "visits.2#1"]
    assert [hashed for hashed, _ in Vault(small.path).each()] == [HELLO]
    assert undo(small, actor).command == "figure import"
    assert _addresses(small) == []
    assert _is_whole(small)


# --- found and followed -----------------------------------------------------------------------


def test_evidence_of_figures_is_listed_with_that_of_rows(counted: Register, actor: Actor) -> None:
    _number(counted, actor, "TT-01")
    add_figure(counted, actor, "visits", "1次", Reported())
    for ref in ("visits.2", "visits.1"):
        _number(counted, actor, ref)
    assert _addresses(counted) == ["TT-01#1", "visits.1#1", "visits.1#2", "visits.2#1"]
    assert _addresses(counted, "visits") == ["visits.1#1", "visits.1#2", "visits.2#1"]
    assert _addresses(counted, "visits.2") == ["visits.2#1"]
    assert _addresses(counted, "TT") == ["TT-01#1"]
    with pytest.raises(errors.UnknownFigure):
        list_evidence(counted, "visit")


def test_an_entry_is_not_taken_for_another_whose_number_begins_alike(counted: Register, actor: Actor) -> None:
    for _ in range(10):
        add_figure(counted, actor, "visits", "1次", Reported())
    _number(counted, actor, "visits.11")
    assert _addresses(counted, "visits.1") == ["visits.1#1"]
    assert [line.entry.seq for line in read_log(counted, "visits.1", year=None, most=20).lines] == [2]


def test_a_file_of_a_figure_is_opened_and_handed_out_under_its_title(counted: Register) -> None:
    kept = Vault(counted.path).path_of(HELLO)
    opened = evidence_to_open(counted, ["visits#1"], year=None, today=DAY)
    assert opened == (STATISTICS, "走访次数", "Visits", kept)
    assert evidence_to_hand_out(counted, "visits", year=None) == (opened,)
    assert evidence_to_hand_out(counted, None, year=2026) == (opened,)


def test_the_log_of_a_figure_tells_its_entries_and_their_evidence(counted: Register, actor: Actor) -> None:
    tick(counted, actor, ["TT-01"], on=DAY)
    set_target(counted, actor, "visits", "30次")
    add_figure(counted, actor, "visits", "1次", Reported())
    _number(counted, actor, "visits.2")
    log = read_log(counted, "visits", year=None, most=20)
    assert [(line.entry.seq, line.entry.command) for line in log.lines] == [
        (6, "evidence add"), (5, "figure add"), (4, "figure target"), (2, "figure add"), (1, "start"),
    ]  # fmt: skip
    assert log.ref == "visits"
    assert [line.entry.seq for line in read_log(counted, "visits.2", year=None, most=20).lines] == [6, 5]
    with pytest.raises(errors.UnknownFigure):
        read_log(counted, "visit", year=None, most=20)


def test_a_reader_of_the_report_follows_a_figure_to_its_evidence(counted: Register) -> None:
    made = make_report(counted, 2026, as_of=DAY, signed_on=DAY)
    (source,) = [one for one in made.sources if one.origin.name == "visits"]
    assert [(one.entry.n, one.seq) for one in source.entries] == [(1, 2)]
    assert source.evidence == (STATISTICS,)


def test_evidence_of_figures_is_not_counted_as_of_rows(counted: Register, actor: Actor) -> None:
    tick(counted, actor, ["TT-01"], on=DAY)
    assert summarise(counted, 2026, as_of=DAY).total.evidenced == 0
    _number(counted, actor, "TT-01")
    assert summarise(counted, 2026, as_of=DAY).total.evidenced == 1


def test_keys_of_figures_are_completed(two_years: Register) -> None:
    assert figure_completions(two_years, "vi", year=None) == [("visits", "走访次数", "Visits")]
    assert [key for key, *_ in figure_completions(two_years, "", year=2026)] == ["tt_all", "tt_met", "visits"]
    assert figure_completions(two_years, "x", year=None) == []


# --- taken off and erased ---------------------------------------------------------------------


def test_evidence_of_a_figure_is_taken_off_and_its_number_stays(counted: Register, actor: Actor) -> None:
    off = remove_evidence(counted, actor, ["visits.1#1"], why="of another year")
    assert (off.line.why, off.holder.ref, off.holder.evidence) == ("of another year", "visits.1", ())
    assert [one.address() for one in _number(counted, actor, "visits").lines] == ["visits.1#2"]
    assert _is_whole(counted)


def test_an_amount_is_not_taken_back_from_under_evidence_of_another(
    counted: Register, actor: Actor, wang: Actor
) -> None:
    _number(counted, wang, "visits")
    with pytest.raises(errors.TouchedSince) as error:
        undo(counted, actor)
    assert error.value.params["key"] == "2026/visits.1#2"
    undo(counted, wang)
    undo(counted, actor)
    assert _addresses(counted) == []
    assert _is_whole(counted)


def test_the_bytes_behind_a_figure_can_be_erased(counted: Register, actor: Actor, file: Path) -> None:
    add_evidence(counted, actor, "TT-01", Offered((file,)), NOW)
    gone = purge_evidence(counted, actor, ["visits#1"], why="保密法")
    assert [one.address() for one in gone.lines] == ["TT-01#1", "visits.1#1"]
    assert list(Vault(counted.path).each()) == []
    assert _is_whole(counted)


def test_words_about_a_figure_go_from_its_notes_and_its_evidence(small: Register, actor: Actor, tmp_path: Path) -> None:
    paper = tmp_path / "举报人王某.txt"
    paper.write_bytes(b"hello")
    attach = attaching(small, actor, To(figure="visits"), Offered((paper,)), NOW)
    seq = add_figure(small, actor, "visits", "1次", Reported(note="举报人王某"), attach=attach).seq
    add_figure(small, actor, "tt_all", "1件", Reported(note="举报人王某"))
    redact(small, actor, seq, why="个人信息保护法 art 47", meant=Meant(only="visits", words="王某"))
    shown = show_figure(small, "visits", year=None, as_of=DAY)
    assert "王某" not in f"{shown.entries}{shown.evidence}"
    assert "王某" in str(show_figure(small, "tt_all", year=None, as_of=DAY).entries)
    assert _is_whole(small)
