"""Two checklists compared: new, changed, gone and unchanged items, and the law that made it so."""

from copy import deepcopy
from typing import Any

import pytest

from lawcheck.core.difference import Cause, Difference, Outcome, Part, Reason, difference
from lawcheck.core.frozen import Document

WHOLE = (None, None)


def day(text: str | None, certainty: str = "read") -> Document:
    return {"date": text, "certainty": certainty, "by": None}


def citation(version: str, begins: str, ends: str | None = None, year: int = 2026, **more: Any) -> Document:
    first, last = begins[:4], ends[:4] if ends else "9999"
    standing = "not-yet" if int(first) > year else "ended" if int(last) < year else "in-force"
    return {
        "law": "rule",
        "version": version,
        "title": {"zh": "规定", "en": "Rule"},
        "number": f"No. {version}",
        "article": "3",
        "certainty": "read",
        "issued": day(None, "not-found"),
        "from": day(begins),
        "to": day(ends) if ends else None,
        "ended": "repealed" if ends else None,
        "successor": None,
        "standing": standing,
        "standing_certainty": "read",
        "applies": {
            "from": day(begins) if int(first) == year else None,
            "to": day(ends) if ends and int(last) == year else None,
        },
        "note": None,
        **more,
    }


def old(year: int) -> Document:
    return citation("2020", "2020-01-01", "2026-04-14", year)


def new(year: int) -> Document:
    return citation("2026", "2026-04-15", None, year)


def item(code: str, *basis: Document, **more: Any) -> Document:
    return {
        "code": code,
        **{name: {"zh": "文", "en": "text"} for name in ("title", "standard", "evidence")},
        "duty": "legal",
        "each": False,
        "kind": "yearly",
        "every": None,
        "dates": [],
        "due": "by 12-31",
        "due_from": "practice",
        "deadline": None,
        "rate": None,
        "weight": 1,
        "section": "s",
        "level": "rule",
        "practice": None,
        "note": None,
        "basis": list(basis),
        "periods": [[None, "2026-01-01", "2026-12-31"]],
        **more,
    }


def left_out(code: str, why: str, *basis: Document) -> Document:
    return {"code": code, "why": why, "title": {"zh": "文", "en": "text"}, "basis": list(basis)}


def copy(year: int, *items: Document, out: tuple[Document, ...] = ()) -> Document:
    kept, without = list(items), list(out)
    title = {"zh": "清单", "en": "list"}
    return {"year": year, "template": "TT", "title": title, "items": kept, "left_out": without}


def only(found: Difference) -> tuple[Outcome, list[tuple[Reason, str | None]], list[str]]:
    (one,) = found.items
    causes = [(cause.reason, cause.citation["version"] if cause.citation else None) for cause in one.causes]
    return one.outcome, causes, [part.name for part in one.parts]


def test_the_same_year_twice_is_unchanged() -> None:
    one = copy(2026, item("TT-01", old(2026), new(2026)))
    assert only(difference(one, deepcopy(one))) == (Outcome.SAME, [], [])
    assert difference(one, one).counted() == {"new": 0, "changed": 0, "gone": 0, "unchanged": 1}


def test_an_item_whose_days_move_with_the_year_only_is_unchanged() -> None:
    before = copy(2022, item("TT-01", old(2022), periods=[[None, "2022-01-01", "2022-12-31"]]))
    assert only(difference(before, copy(2023, item("TT-01", old(2023)))))[0] is Outcome.SAME


def test_a_law_that_turns_within_the_second_year_changes_its_items_from_a_day() -> None:
    found = difference(copy(2022, item("TT-01", old(2022))), copy(2026, item("TT-01", old(2026), new(2026))))
    assert only(found) == (Outcome.CHANGED, [(Reason.ENDS, "2020"), (Reason.BEGINS, "2026")], ["basis"])


def test_a_law_that_has_turned_by_the_second_year_changes_its_items() -> None:
    found = difference(copy(2022, item("TT-01", old(2022))), copy(2027, item("TT-01", new(2027))))
    assert only(found) == (Outcome.CHANGED, [(Reason.BEGINS, "2026"), (Reason.ENDS, "2020")], ["basis"])


def test_years_can_be_compared_backwards_and_the_law_began_and_ended_all_the_same() -> None:
    found = difference(copy(2027, item("TT-01", new(2027))), copy(2022, item("TT-01", old(2022))))
    assert only(found) == (Outcome.CHANGED, [(Reason.ENDS, "2020"), (Reason.BEGINS, "2026")], ["basis"])


def test_an_item_is_new_because_its_law_begins() -> None:
    found = difference(copy(2022, out=(left_out("TT-01", "law"),)), copy(2026, item("TT-01", new(2026))))
    assert only(found) == (Outcome.NEW, [(Reason.BEGINS, "2026")], [])
    assert found.items[0].asked == (WHOLE, ("2026-04-15", None))


def test_an_item_is_gone_because_its_law_ended() -> None:
    found = difference(copy(2026, item("TT-01", old(2026))), copy(2027, out=(left_out("TT-01", "law", old(2027)),)))
    assert only(found) == (Outcome.GONE, [(Reason.ENDS, "2020")], [])
    assert found.items[0].asked == ((None, "2026-04-14"), WHOLE)
    (cause,) = found.items[0].causes
    assert cause == Cause(Reason.ENDS, old(2027))


def test_an_item_that_ends_within_the_second_year_is_changed_and_tells_its_last_day() -> None:
    found = difference(copy(2022, item("TT-01", old(2022))), copy(2026, item("TT-01", old(2026))))
    assert only(found) == (Outcome.CHANGED, [(Reason.ENDS, "2020")], ["basis"])
    assert found.items[0].asked == (WHOLE, (None, "2026-04-14"))


def test_a_law_that_began_within_the_first_year_changes_nothing_but_its_day_is_told() -> None:
    found = difference(copy(2026, item("TT-01", new(2026))), copy(2027, item("TT-01", new(2027))))
    assert only(found) == (Outcome.SAME, [], [])
    assert found.items[0].asked == (("2026-04-15", None), WHOLE)


def test_a_plan_that_ended_beside_law_that_stands_changes_the_item() -> None:
    def plan(year: int) -> Document:
        return citation("2021", "2021-08", "2025-12-31", year, law="plan", ended="plan-ended")

    stays = citation("1", "2000", None, 2025)
    found = difference(copy(2025, item("TT-01", stays, plan(2025))), copy(2026, item("TT-01", stays, plan(2026))))
    assert only(found) == (Outcome.CHANGED, [(Reason.ENDS, "2021")], ["basis"])


@pytest.mark.parametrize(("years", "outcome"), [((2022, 2026), Outcome.NEW), ((2026, 2022), Outcome.GONE)])
def test_an_item_that_the_template_asks_for_in_one_year_only_says_so(years: tuple[int, int], outcome: Outcome) -> None:
    stays = citation("1", "2000", None, 2026)
    copies = {2022: copy(2022, out=(left_out("TT-01", "years", stays),)), 2026: copy(2026, item("TT-01", stays))}
    assert only(difference(copies[years[0]], copies[years[1]])) == (outcome, [(Reason.TEMPLATE, None)], [])


def test_what_a_text_says_otherwise_is_listed_with_what_it_was_and_is() -> None:
    revised = item("TT-01", old(2026), title={"zh": "新", "en": "newer"}, due="by 11-30", weight=3)
    (one,) = difference(copy(2026, item("TT-01", old(2026))), copy(2026, revised)).items
    assert [part.name for part in one.parts] == ["title", "due", "weight"]
    assert one.parts[2] == Part("weight", 1, 3)
    assert one.title == {"zh": "新", "en": "newer"}


def test_in_two_texts_law_is_cited_or_dropped_and_an_article_altered() -> None:
    other = citation("1", "2030", law="other")
    moved = {**old(2026), "article": "4"}
    found = difference(copy(2026, item("TT-01", old(2026), new(2026))), copy(2026, item("TT-01", moved, other)))
    (one,) = found.items
    assert [(cause.reason, cause.facts) for cause in one.causes] == [
        (Reason.ALTERED, ("article",)),
        (Reason.CITED, ()),
        (Reason.DROPPED, ()),
    ]


def test_an_item_in_one_text_only_is_new_or_gone_by_the_template() -> None:
    found = difference(copy(2026, item("TT-01")), copy(2026, item("TT-02")))
    assert [(one.code, one.outcome, one.causes) for one in found.items] == [
        ("TT-01", Outcome.GONE, (Cause(Reason.TEMPLATE, None),)),
        ("TT-02", Outcome.NEW, (Cause(Reason.TEMPLATE, None),)),
    ]
    assert found.counted() == {"new": 1, "changed": 0, "gone": 1, "unchanged": 0}
