"""A revised template is looked at, taken over in one entry, and taken back; what was done is never lost."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from lawcheck import errors
from lawcheck.core.journal import Actor
from lawcheck.core.row import Row
from lawcheck.core.upgrade import ItemChange
from lawcheck.service.bureaus import import_bureau
from lawcheck.service.figures import Reported, add_figure
from lawcheck.service.finding import find_item
from lawcheck.service.items import show
from lawcheck.service.journal import undo
from lawcheck.service.lists import Filter, list_rows
from lawcheck.service.reviews import accept, return_
from lawcheck.service.rows import note_on, record_occasion, set_rows_aside, tick
from lawcheck.service.standing import standing_items
from lawcheck.service.start import start_year
from lawcheck.service.upgrade import Upgraded, preview, upgrade
from lawcheck.service.verify import verify
from lawcheck.store import codec
from lawcheck.store.register import Register
from support import SMALL_BUREAU, SMALL_TEMPLATE, TODAY

Dump = dict[str, list[tuple[object, ...]]]
Dumped = Callable[[Register], Dump]
Revise = Callable[..., str]
DAY = date.fromisoformat(TODAY)
OTHER_TITLE = ("年度事项", "年度要事")
HALF_YEARS = ("every: quarter", "every: half-year")


def former(row: Row, change: ItemChange) -> str:
    return f"{row.state} {row.done_on} {row.done_by} {row.why} {','.join(change.what)}"


@pytest.fixture
def revise(small_template: Path) -> Revise:
    """Return what writes the small template with some words changed, or without some items."""

    def write(*changes: tuple[str, str], without: tuple[str, ...] = ()) -> str:
        revised = SMALL_TEMPLATE
        for old, new in changes:
            assert old in revised
            revised = revised.replace(old, new)
        head, *items = revised.split("  - code: ")
        revised = head + "".join("  - code: " + one for one in items if one[:5] not in without)
        small_template.write_text(revised, encoding="utf-8")
        return str(small_template)

    return write


@pytest.fixture
def worked(small: Register, actor: Actor, wang: Actor) -> Register:
    """Return a register in which something was done on every item."""
    tick(small, wang, ["TT-01"], on=date(2026, 3, 2))
    tick(small, actor, ["TT-02.Q1.FZ"], on=date(2026, 3, 20))
    set_rows_aside(small, actor, ["TT-02.Q1.ZF"], why="no cases")
    tick(small, actor, ["TT-02.Q2.ZF"], on=None, partial="one file")
    record_occasion(small, actor, "TT-03", on=date(2026, 5, 4), note="a rule changed")
    note_on(small, actor, "TT-04", "ask the court")
    return small


def _rows(register: Register) -> dict[str, Row]:
    held = register.all("row_under", year=2026, low="TT-", high="TT.")
    return {row.ref: row for row in map(codec.row, held)}


def _apply(register: Register, actor: Actor, *names: str, year: int | None = None) -> Upgraded:
    done = upgrade(register, actor, names, year=year, former=former)
    assert verify(register).findings == ()
    return done


def test_a_template_that_says_the_same_changes_nothing(
    worked: Register, actor: Actor, revise: Revise, dump: Dumped
) -> None:
    before, head = dump(worked), worked.head()
    done = _apply(worked, actor, revise())
    assert (done.seq, [one.changes for one in done.checklists]) == (None, [False])
    assert (dump(worked), worked.head()) == (before, head)


def test_what_was_accepted_under_another_text_is_accepted_no_more(
    worked: Register, actor: Actor, revise: Revise, wang: Actor
) -> None:
    tick(worked, actor, ["TT-02.Q2.FZ"], on=date(2026, 5, 5))
    accept(worked, wang, ["TT-02.Q1.FZ", "TT-02.Q2.FZ"])
    name = revise(("季度事项", "季度要事"))
    seen = preview(worked, (name,), year=None, today=DAY)
    assert [one.key for one in seen.fell] == ["2026/TT-02.Q1.FZ", "2026/TT-02.Q2.FZ"]
    assert _apply(worked, actor, name).fell == seen.fell
    assert (worked.all("review_all"), {row.review for row in _rows(worked).values()}) == ([], {"none"})
    undo(worked, actor)
    assert [row.ref for row in _rows(worked).values() if row.review == "accepted"] == ["TT-02.Q1.FZ", "TT-02.Q2.FZ"]
    assert verify(worked).findings == ()


def test_a_row_that_is_asked_for_no_more_stays_while_it_is_returned(
    worked: Register, actor: Actor, revise: Revise, wang: Actor
) -> None:
    return_(worked, wang, ["TT-02.Q1.FZ"], why="not signed")
    (one,) = _apply(worked, actor, revise(HALF_YEARS)).checklists
    assert "TT-02.Q1.FZ" in [row.ref for row in one.plan.kept]
    assert _rows(worked)["TT-02.Q1.FZ"].review == "returned"


def test_an_item_that_now_asks_for_a_review_asks_for_the_same(worked: Register, actor: Actor, revise: Revise) -> None:
    (one,) = _apply(
        worked, actor, revise(("due_from: law\n    weight: 3\n", "due_from: law\n    weight: 3\n    review: true\n"))
    ).checklists
    assert {item.code: item.how for item in one.plan.items} == {
        "TT-01": "same", "TT-02": "renewed", "TT-03": "same", "TT-04": "same",
    }  # fmt: skip
    assert one.plan.asked_again == ()
    listed = list_rows(worked, Filter(to_review=True), year=None, today=DAY)
    assert [row.ref for row in listed.rows] == ["TT-02.Q1.FZ"]


def test_a_bureau_file_taken_over_is_no_revision(
    worked: Register, actor: Actor, revise: Revise, tmp_path: Path
) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(SMALL_BUREAU.replace("[ZF, FZ]", "[ZF]").replace("legal: FZ", "legal: ZF"), encoding="utf-8")
    import_bureau(worked, actor, other)
    assert [one.changes for one in preview(worked, (revise(),), year=None, today=DAY).checklists] == [False]


def test_a_preview_says_what_would_happen_and_changes_nothing(
    worked: Register, actor: Actor, revise: Revise, dump: Dumped
) -> None:
    before = dump(worked)
    name = revise(OTHER_TITLE, HALF_YEARS, without=("TT-03",))
    seen = preview(worked, (name,), year=None, today=DAY)
    assert (dump(worked), worked.connection.in_transaction) == (before, False)
    done = _apply(worked, actor, name)
    assert done.checklists == seen.checklists
    assert (seen.seq, done.seq) == (None, worked.head().seq)


def test_changed_text_asks_again_with_a_note_of_what_had_been_done(
    worked: Register, actor: Actor, revise: Revise
) -> None:
    former_text = find_item(worked, 2026, "TT-01")
    assert former_text is not None
    _apply(worked, actor, revise(OTHER_TITLE))
    shown = show(worked, "TT-01", year=None, today=DAY)
    row = shown.rows[0]
    assert (row.title_zh, row.state, row.done_on, row.done_by, row.review) == ("年度要事", "open", None, None, "none")
    assert [note.text for note in shown.notes] == ["done 2026-03-02 wang None title"]
    kept = [codec.json_held(body) for _, body in worked.all("document_all") if "TT-01" in str(body)]
    assert former_text.body in [item for copy in kept for item in copy["items"]]


def test_work_on_unchanged_text_stays(worked: Register, actor: Actor, revise: Revise) -> None:
    before = _rows(worked)
    _apply(worked, actor, revise(OTHER_TITLE, ("weight: 3", "weight: 5")))
    after = _rows(worked)
    assert {ref: row._replace(weight=3) for ref, row in after.items() if row.code == "TT-02"} == {
        ref: row for ref, row in before.items() if row.code == "TT-02"
    }
    assert {row.weight for row in after.values() if row.code == "TT-02"} == {5}


def test_what_was_set_aside_is_asked_again_and_what_is_partly_done_goes_on(
    worked: Register, actor: Actor, revise: Revise
) -> None:
    _apply(worked, actor, revise(("每季度一次。", "每季度两次。")))
    rows = _rows(worked)
    states = {ref: rows[ref].state for ref in ("TT-02.Q1.FZ", "TT-02.Q1.ZF", "TT-02.Q2.ZF")}
    assert states == {"TT-02.Q1.FZ": "open", "TT-02.Q1.ZF": "open", "TT-02.Q2.ZF": "partial"}
    assert rows["TT-02.Q2.ZF"].left_to_do == "one file"
    notes = show(worked, "TT-02.Q1.ZF", year=None, today=DAY).notes
    assert [note.text for note in notes] == ["na None None no cases standard"]


def test_rows_laid_out_otherwise_keep_what_was_done(worked: Register, actor: Actor, revise: Revise) -> None:
    _apply(worked, actor, revise(HALF_YEARS))
    assert {ref: row.state for ref, row in _rows(worked).items() if row.code == "TT-02"} == {
        "TT-02.H1.FZ": "open", "TT-02.H1.ZF": "open", "TT-02.H2.FZ": "open", "TT-02.H2.ZF": "open",
        "TT-02.Q1.FZ": "done", "TT-02.Q1.ZF": "na", "TT-02.Q2.ZF": "partial",
    }  # fmt: skip
    again = preview(worked, (revise(HALF_YEARS),), year=None, today=DAY)
    assert [one.changes for one in again.checklists] == [False]


def test_items_gone_stay_marked_where_something_was_done_or_noted(
    worked: Register, actor: Actor, revise: Revise
) -> None:
    _apply(worked, actor, revise(without=("TT-01", "TT-03", "TT-04")))
    items = {code: find_item(worked, 2026, code) for code in ("TT-01", "TT-02", "TT-03", "TT-04")}
    assert {code: item and item.body.get("gone") for code, item in items.items()} == {
        "TT-01": True, "TT-02": None, "TT-03": True, "TT-04": True,
    }  # fmt: skip
    assert {"TT-01", "TT-03.1"} <= set(_rows(worked))
    with pytest.raises(errors.NotOfYear):
        record_occasion(worked, actor, "TT-03", on=DAY, note="again")
    assert standing_items(worked, [2026], DAY).rates == ()


def test_items_gone_without_work_leave_nothing(small: Register, actor: Actor, revise: Revise) -> None:
    done = _apply(small, actor, revise(without=("TT-01", "TT-03", "TT-04")))
    assert [row.ref for row in done.checklists[0].plan.dropped] == ["TT-01"]
    assert [find_item(small, 2026, code) for code in ("TT-01", "TT-03", "TT-04")] == [None, None, None]


def test_new_items_get_rows_and_new_figures_join(small: Register, actor: Actor, revise: Revise) -> None:
    name = revise(without=("TT-01",))
    _apply(small, actor, name)
    done = _apply(small, actor, revise(("tt_met", "tt_kept")))
    assert [row.ref for row in done.checklists[0].plan.added] == ["TT-01"]
    assert (_rows(small)["TT-01"].due, done.figures) == (date(2026, 3, 31), ("tt_kept",))


def test_a_figure_put_in_other_words_is_told_anew_but_never_counted_anew(
    small: Register, actor: Actor, revise: Revise
) -> None:
    assert _apply(small, actor, revise(("按期数", "按时数"))).figures == ("tt_met",)
    add_figure(small, actor, "tt_met", "198件", Reported())
    head = small.head()
    name = revise(("{zh: 件, en: decisions}", "{zh: 次, en: times}"))
    with pytest.raises(errors.FigureCounted):
        preview(small, (name,), year=None, today=DAY)
    with pytest.raises(errors.FigureCounted) as refused:
        _apply(small, actor, name)
    assert refused.value.params == {"key": "tt_met", "measure": "件", "template": "TT"}
    assert small.head() == head


def test_days_and_titles_follow(small: Register, actor: Actor, revise: Revise) -> None:
    _apply(small, actor, revise(("by 03-31", "by 06-30"), ("小清单", "新清单")))
    assert _rows(small)["TT-01"].due == date(2026, 6, 30)
    assert [one[2] for one in small.all("checklist_of_year", year=2026)] == ["新清单"]


@pytest.mark.parametrize(
    ("changes", "without"),
    [
        ((OTHER_TITLE,), ()),
        ((HALF_YEARS, OTHER_TITLE), ("TT-03",)),
        ((("tt_met", "tt_kept"), ("小清单", "新清单")), ("TT-01",)),
        ((), ("TT-01", "TT-02", "TT-03")),
    ],
)
def test_an_upgrade_taken_back_leaves_all_as_it_was(
    changes: tuple[tuple[str, str], ...],
    without: tuple[str, ...],
    worked: Register,
    actor: Actor,
    revise: Revise,
    dump: Dumped,
) -> None:
    before = dump(worked) | {"document": []}
    _apply(worked, actor, revise(*changes, without=without))
    assert dump(worked) | {"document": []} != before
    undo(worked, actor)
    assert dump(worked) | {"document": []} == before
    assert verify(worked).findings == ()


def test_an_upgrade_on_which_others_have_built_is_not_taken_back(
    worked: Register, actor: Actor, wang: Actor, revise: Revise
) -> None:
    _apply(worked, actor, revise(without=("TT-03",)))
    _apply(worked, actor, revise(("TT-03", "TT-05")))
    record_occasion(worked, wang, "TT-05", on=DAY, note="x")
    with pytest.raises(errors.TouchedSince):
        undo(worked, actor)
    undo(worked, wang)
    undo(worked, actor)
    assert verify(worked).findings == ()


def test_only_the_year_that_is_meant_changes(two_years: Register, actor: Actor, revise: Revise) -> None:
    assert _apply(two_years, actor, revise(OTHER_TITLE)).year == 2026
    titles = {values[0]: values[5] for values in two_years.all("item_all") if values[1] == "TT-01"}
    assert titles == {2025: "年度事项", 2026: "年度要事"}
    assert _apply(two_years, actor, revise(OTHER_TITLE), year=2025).seq is not None


def test_templates_of_lawcheck_are_looked_at_without_being_named(small: Register, actor: Actor) -> None:
    start_year(small, actor, 2026, ["PL"])
    seen = preview(small, year=None, today=DAY)
    assert ([one.template for one in seen.checklists], seen.own) == (["PL"], ("TT",))
    assert _apply(small, actor).seq is None


def test_what_cannot_be_meant_is_refused(
    small: Register, actor: Actor, revise: Revise, close_year: Callable[[Register, int], None]
) -> None:
    def refused(*names: str, year: int | None = None) -> errors.LawcheckError:
        head = small.head()
        with pytest.raises(errors.LawcheckError) as refusal:
            upgrade(small, actor, names, year=year, former=former)
        assert (small.head(), small.connection.in_transaction) == (head, False)
        return refusal.value

    assert isinstance(refused("PL"), errors.ChecklistNotStarted)
    assert isinstance(refused("QQ"), errors.UnknownTemplate)
    assert isinstance(refused(), errors.OwnTemplates)
    assert isinstance(refused(revise(), year=2020), errors.YearNotStarted)
    Path(revise()).write_text("template: TT\n", encoding="utf-8")
    assert isinstance(refused(revise().replace("TT.yaml", "no.yaml")), errors.NotFound | errors.BadFile)
    close_year(small, 2026)
    assert isinstance(refused(revise(OTHER_TITLE), year=2026), errors.YearClosed)
