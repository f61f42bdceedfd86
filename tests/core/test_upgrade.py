"""One frozen copy against another: what asks for something else, and what the rows become."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawcheck.core.frozen import Document, laid_rows
from lawcheck.core.row import Row
from lawcheck.core.upgrade import Cause, ItemChange, compare, content_hash, plan


def text(words: str) -> Document:
    return {"zh": words, "en": f"{words} in English"}


def citation(law: str = "apl", article: str | None = "5", version: str = "2021", **more: object) -> Document:
    made: Document = {
        "law": law, "title": text(law), "issuer": text("x"), "level": "statute", "version": version, "number": "1号",
        "number_certainty": "read", "article": article, "certainty": "read", "read_in": None,
        "from": {"date": "2021-07-15", "certainty": "read", "by": None}, "to": None, "ended": None,
        "standing": "in-force", "note": None,
    }  # fmt: skip
    return made | more


def item(code: str = "TT-01", year: int = 2026, **more: object) -> Document:
    made: Document = {
        "code": code, "title": text("a"), "standard": text("b"), "evidence": text("c"), "duty": "legal",
        "units": ["FZ"], "co_units": [], "each": False, "kind": "yearly", "every": None, "due_from": "law",
        "deadline": None, "rate": None, "weight": 2, "section": "s", "level": "statute", "basis": [citation()],
        "practice": None, "note": None, "periods": [[None, f"{year}-01-01", f"{year}-03-31"]],
    }  # fmt: skip
    return made | more


def copy(*items: Document, year: int = 2026, left_out: tuple[tuple[str, str], ...] = ()) -> Document:
    return {
        "format": 1, "year": year, "template": "TT", "title": text("t"), "about": text("t"), "items": list(items),
        "left_out": [{"code": code, "why": why} for code, why in left_out],
    }  # fmt: skip


def row(ref: str, state: str = "open", **more: Any) -> Row:
    code, *rest = ref.split(".")
    occasion = int(rest[0]) if rest and rest[0].isdigit() else None
    made = Row(
        2026, ref, code, "TT", "yearly", "a", "a", 2, "s", "FZ", rest[0] if rest and occasion is None else None,
        occasion, date(2026, 1, 1), date(2026, 3, 31), "law", state, None, None, None, None, None, None, "none", None,
    )  # fmt: skip
    return made._replace(**more)


QUARTERS = [[f"Q{n}", f"2026-{3 * n - 2:02}-01", f"2026-{3 * n:02}-28"] for n in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ({"title": text("z")}, ("title",)),
        ({"standard": text("z"), "evidence": text("z")}, ("standard", "evidence")),
        ({"deadline": text("z")}, ("deadline",)),
        ({"kind": "occasion"}, ("kind",)),
        ({"basis": [citation(article="6")]}, ("basis",)),
        ({"basis": [citation(), citation(law="cfl")]}, ("basis",)),
        ({"basis": [citation(standing="ended")]}, ("basis",)),
        ({"practice": {"source": "custom"}}, ("source",)),
    ],
)
def test_another_duty_law_or_article_is_a_change(more: Document, what: tuple[str, ...]) -> None:
    (became,) = compare(copy(item()), copy(item(**more)))
    assert (became.how, became.what) == ("changed", what)
    assert content_hash(item()) != content_hash(item(**more))


@pytest.mark.parametrize(
    ("more", "how"),
    [
        ({}, "same"),
        ({"units": ["ZF"], "co_units": ["FZ"]}, "same"),
        ({"periods": QUARTERS}, "moved"),
        ({"duty": "case-handling"}, "moved"),
        ({"each": True}, "moved"),
        ({"weight": 3}, "renewed"),
        ({"note": text("z")}, "renewed"),
        ({"title": {"zh": "a", "en": "put better"}}, "renewed"),
        ({"basis": [citation(version="2026", number="2号")]}, "renewed"),
        ({"basis": [citation(certainty="recalled", read_in={"title": text("r"), "snapshot": None})]}, "renewed"),
    ],
)
def test_other_rows_words_about_it_and_versions_of_a_law_are_no_other_duty(more: Document, how: str) -> None:
    (became,) = compare(copy(item()), copy(item(**more)))
    assert (became.how, became.what) == (how, ())
    assert content_hash(item()) == content_hash(item(**more))


def test_the_same_item_a_year_later_is_the_same_in_a_leap_year_too() -> None:
    old = item(year=2027, periods=[[None, "2027-01-01", "2028-02-29"]])
    new = item(year=2028, periods=[[None, "2028-01-01", "2029-02-28"]])
    assert compare(copy(old, year=2027), copy(new, year=2028))[0].how == "same"
    later = item(year=2028, periods=[[None, "2028-01-01", "2028-02-29"]])
    assert compare(copy(old, year=2027), copy(later, year=2028))[0].how == "moved"


def test_what_is_new_and_gone_is_told_with_the_law_behind_it() -> None:
    ended = citation("old", to={"date": "2026-06-30", "certainty": "read"}, ended="repealed")
    began = citation("new") | {"from": {"date": "2027-01-01", "certainty": "read", "by": None}}
    old = copy(item("TT-01", basis=[ended]), item("TT-02"), item("TT-03"))
    new = copy(
        item("TT-04", 2027, basis=[began, citation()]), year=2027, left_out=(("TT-01", "law"), ("TT-02", "years"))
    )
    title = ("a", "a in English")
    assert compare(old, new) == (
        ItemChange("TT-04", "new", *title, (), (Cause("new", "new in English", "1号", "5", "began", "2027-01-01"),)),
        ItemChange(
            "TT-01", "gone", *title, (), (Cause("old", "old in English", "1号", "5", "ended", "2026-06-30"),), "law"
        ),
        ItemChange("TT-02", "gone", *title, (), (), "years"),
        ItemChange("TT-03", "gone", *title, (), (), "template"),
    )


def test_a_law_cited_anew_is_named() -> None:
    (became,) = compare(copy(item()), copy(item(basis=[citation(version="2026", number="2号")])))
    assert [(one.how, one.number) for one in became.laws] == [("cited", "2号"), ("dropped", "1号")]


def test_work_on_what_is_unchanged_stays_and_what_changed_asks_again() -> None:
    old = copy(item("TT-01"), item("TT-02"), item("TT-03"), item("TT-04"))
    new = copy(item("TT-01"), *(item(code, title=text("z")) for code in ("TT-02", "TT-03", "TT-04")))
    rows = [row("TT-01", "done"), row("TT-02", "done"), row("TT-03", "na"), row("TT-04", "partial")]
    made = plan(old, new, rows, set())
    assert [one.ref for one in made.asked_again] == ["TT-02", "TT-03"]
    assert (made.added, made.dropped, made.kept, made.moved) == ((), (), (), ())
    assert made.document == new


def test_nothing_done_is_destroyed_when_an_item_is_laid_out_otherwise_or_goes() -> None:
    old = copy(item("TT-01", kind="periodic", every="quarter", periods=QUARTERS), item("TT-02"), item("TT-03"))
    new = copy(item("TT-01", kind="periodic", every="half-year", periods=[["H1", "2026-01-01", "2026-06-30"]]))
    rows = [
        row("TT-01.Q1", "done"),
        row("TT-01.Q2", "partial"),
        *(row(ref) for ref in ("TT-01.Q3", "TT-01.Q4", "TT-02", "TT-03")),
    ]
    made = plan(old, new, rows, {"TT-01.Q4", "TT-03"})
    assert [one.ref for one in made.added] == ["TT-01.H1"]
    assert [one.ref for one in made.dropped] == ["TT-01.Q3", "TT-02"]
    assert [one.ref for one in made.kept] == ["TT-01.Q1", "TT-01.Q2", "TT-01.Q4", "TT-03"]
    assert [(one["code"], one.get("gone", False)) for one in made.document["items"]] == [
        ("TT-01", False),
        ("TT-03", True),
    ]
    assert {one.ref for one in laid_rows(made.document)} == {"TT-01.H1", "TT-01.Q1", "TT-01.Q2", "TT-01.Q4", "TT-03"}


def test_an_item_that_comes_back_is_new_and_asks_again_where_it_says_something_else() -> None:
    first = plan(copy(item("TT-01"), item("TT-02")), copy(item("TT-02")), [row("TT-01", "done"), row("TT-02")], set())
    for back, asked in ((item("TT-01"), []), (item("TT-01", title=text("z")), ["TT-01"])):
        made = plan(first.document, copy(back, item("TT-02")), [row("TT-01", "done"), row("TT-02")], set())
        assert {one.code: one.how for one in made.items} == {"TT-01": "new", "TT-02": "same"}
        assert [one.ref for one in made.asked_again] == asked
        assert (made.added, made.kept, "kept" in made.document) == ((), (), False)


def test_an_occasion_that_happened_stays_with_its_item_marked() -> None:
    old = copy(item("TT-03", kind="occasion", periods=[]))
    made = plan(old, copy(), [row("TT-03.1")], set())
    assert (made.dropped, made.kept) == ((), ())
    assert [(one["code"], one["gone"]) for one in made.document["items"]] == [("TT-03", True)]


def test_days_move_only_for_what_is_not_finished() -> None:
    new = copy(item(periods=[[None, "2026-01-01", "2026-06-30"]]))
    moved = plan(copy(item()), new, [row("TT-01")], set()).moved
    assert [(one.row.ref, one.unit, one.begins, one.due) for one in moved] == [
        ("TT-01", "FZ", "2026-01-01", "2026-06-30")
    ]
    assert plan(copy(item()), new, [row("TT-01", "done")], set()).moved == ()


def test_who_holds_a_duty_is_not_the_templates_affair() -> None:
    made = plan(copy(item()), copy(item(units=["ZF"], title=text("z"))), [row("TT-01")], set())
    assert (made.document["items"][0]["units"], made.moved) == (["FZ"], ())
    made = plan(copy(item()), copy(item(units=["ZF"], duty="case-handling")), [row("TT-01")], set())
    assert [(one.row.ref, one.unit) for one in made.moved] == [("TT-01", "ZF")]


CODES = ["TT-01", "TT-02", "TT-03", "TT-04"]
ITEMS = st.lists(st.sampled_from(CODES), unique=True).flatmap(
    lambda codes: st.tuples(
        *(
            st.builds(
                lambda code, words, each, quarterly: item(
                    code, title=text(words), each=each, periods=QUARTERS if quarterly else item()["periods"]
                ),
                st.just(code),
                st.sampled_from("ab"),
                st.booleans(),
                st.booleans(),
            )
            for code in codes
        )
    )
)


@settings(max_examples=100, deadline=None, database=None)
@given(ITEMS, ITEMS, st.data())
def test_whatever_is_revised_rows_and_copy_agree_and_work_survives(
    before: tuple[Document, ...], after: tuple[Document, ...], data: st.DataObject
) -> None:
    old = copy(*before)
    rows = [
        row(one.ref, data.draw(st.sampled_from(["open", "partial", "done", "na"])), code=one.code, period=one.period)
        for one in laid_rows(old)
    ]
    noted = {one.ref for one in rows if data.draw(st.booleans())}
    made = plan(old, copy(*after), rows, noted)
    held = {one.ref for one in rows} - {one.ref for one in made.dropped} | {one.ref for one in made.added}
    laid = [one.ref for one in laid_rows(made.document)]
    assert sorted(laid) == sorted(held)
    assert {one.code for one in laid_rows(made.document)} <= {one["code"] for one in made.document["items"]}
    assert all(one.state == "open" and one.ref not in noted for one in made.dropped)
    again = plan(made.document, copy(*after), [one for one in rows if one.ref in held], noted)
    assert (again.dropped, again.document) == ((), made.document)
