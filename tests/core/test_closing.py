"""What stands in the way of closing a year, and the document that freezes it."""

from datetime import date
from decimal import Decimal

import pytest

from lawcheck import errors
from lawcheck.core.closing import (
    Idle,
    Kept,
    Left,
    Part,
    Standing,
    check_over,
    check_settled,
    closing_document,
    frozen_cases,
    frozen_terms,
)
from lawcheck.core.figure import FigureValue
from lawcheck.core.rate import RateValue
from lawcheck.core.totals import Totals
from lawcheck.core.year_cases import CaseTally, Term

IDLE = Idle("TT-03", "发生事项", "Occasion item")
PART = Part(
    "TT", "小清单", "Small", Totals(rows=3, done=2, open=1, weight=6, weight_done=4, accepted=1, not_triggered=1)
)
OTHER = Part("UU", "另一清单", "Other", Totals(rows=1, done=1, weight=1, weight_done=1))
FIGURE = FigureValue(
    2026, "visits", "走访", "Visits", "次", "visits", "sum", "power-list", "1.5万", Decimal(15000), date(2026, 1, 1),
    date(2026, 12, 12), "about", 2,
)  # fmt: skip
STANDING = Standing(
    (PART, OTHER),
    (),
    (),
    (IDLE,),
    (Left("TT-02.Q1", "open", "2026-03-31"),),
    (RateValue(2026, "TT-04", "TT", "逐案", "Case item", Decimal(198), Decimal(209), "95%", source="cases"),),
    (FIGURE,),
    {"case AJ by decided": 198, "case AJ by filed": None},
    (Kept("TT-01", 1, "file", "list.pdf", "sha256:00", 12, "2026-03-30"),),
    {"AJ": CaseTally(3, 2, 1)},
    (Term("AJ", "PUB", "publish-7wd", "公开", "Publish", "公示期限", "Publication", 3, 1, 1, 0, 0, 0, 1, 0),),
)


def test_a_year_is_closed_once_it_is_over() -> None:
    check_over(2026, date(2027, 1, 1))
    for today in (date(2026, 12, 31), date(2026, 6, 15), date(2025, 1, 1)):
        with pytest.raises(errors.YearNotOver) as refused:
            check_over(2026, today)
        assert refused.value.params == {"year": 2026, "today": today.isoformat(), "ends": "2026-12-31"}


def test_all_that_stands_in_the_way_is_told_at_once() -> None:
    standing = STANDING._replace(returned=("TT-01",), to_review=("TT-02.Q1", "TT-02.Q2"))
    for confirm in (False, True):
        with pytest.raises(errors.ReviewsMissing) as refused:
            check_settled(2026, standing, confirm=confirm)
        assert refused.value.params == {
            "year": 2026, "returned": ["TT-01"], "to_review": ["TT-02.Q1", "TT-02.Q2"],
            "unconfirmed": [] if confirm else [IDLE],
        }  # fmt: skip


def test_what_did_not_happen_is_confirmed_by_somebody() -> None:
    with pytest.raises(errors.NotConfirmed) as refused:
        check_settled(2026, STANDING, confirm=False)
    assert refused.value.params == {"year": 2026, "unconfirmed": [IDLE]}
    check_settled(2026, STANDING, confirm=True)
    check_settled(2026, STANDING._replace(idle=()), confirm=False)


def test_the_document_of_a_closing_holds_all_that_was_counted() -> None:
    document = closing_document(2026, STANDING, "lihua", "2027-04-02")
    assert document["totals"] == {**STANDING.total()._asdict(), "percent": "75.0", "score": "71.4"}
    assert [(one["template"], one["totals"]["rows"]) for one in document["templates"]] == [("TT", 3), ("UU", 1)]
    assert {key: document[key] for key in document if key not in ("totals", "templates")} == {
        "format": 1,
        "year": 2026,
        "closed_on": "2027-04-02",
        "closed_by": "lihua",
        "unfinished": [{"ref": "TT-02.Q1", "state": "open", "due": "2026-03-31"}],
        "not_triggered": [{"code": "TT-03", "title": {"zh": "发生事项", "en": "Occasion item"}}],
        "rates": [
            {
                "code": "TT-04",
                "title": {"zh": "逐案", "en": "Case item"},
                "met": "198",
                "of": "209",
                "percent": "94.7",
                "at_least": "95%",
                "source": "cases",
            }
        ],
        "figures": [
            {
                "key": "visits",
                "title": {"zh": "走访", "en": "Visits"},
                "measure": {"zh": "次", "en": "visits"},
                "value": "1.5万",
                "base": "15000",
                "from": "2026-01-01",
                "to": "2026-12-12",
                "qualifier": "about",
                "source": "entries",
            }
        ],
        "counted": {"case AJ by decided": 198, "case AJ by filed": None},
        "evidence": [
            {
                "ref": "TT-01",
                "n": 1,
                "kind": "file",
                "hash": "sha256:00",
                "size": 12,
                "dated": "2026-03-30",
            }
        ],
        "cases": {"AJ": {"opened": 3, "closed": 2, "open": 1}},
        "terms": [
            {
                "template": "AJ", "code": "PUB", "clock": "publish-7wd", "title": {"zh": "公开", "en": "Publish"},
                "clock_title": {"zh": "公示期限", "en": "Publication"},
                "rows": 3, "met": 1, "late": 1, "early": 0, "undated": 0, "overdue": 0, "running": 1, "na": 0,
            }
        ],
    }  # fmt: skip


def test_what_a_closing_froze_of_cases_is_read_back_and_an_older_one_says_nothing_of_them() -> None:
    document = closing_document(2026, STANDING, "lihua", "2027-04-02")
    assert (frozen_cases(document), frozen_terms(document)) == (STANDING.cases, STANDING.terms)
    older = {key: document[key] for key in document if key not in ("cases", "terms")}
    assert (frozen_cases(older), frozen_terms(older)) == (None, None)
