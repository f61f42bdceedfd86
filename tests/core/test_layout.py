"""A year laid out: what a frozen copy keeps, leaves out and cites, and the rows it makes."""

import json
from dataclasses import replace
from typing import Any

import pytest

from lawcheck.core.bureau import Bureau, Person, Section, Unit
from lawcheck.core.canonical import canonical
from lawcheck.core.counted import Counted
from lawcheck.core.figure import Adds
from lawcheck.core.frozen import Document, LaidRow, laid_rows
from lawcheck.core.law import EVERY_VERSION, Basis, Certainty, Ended, Law, LawDate, Level, Registry, Source, Version
from lawcheck.core.layout import bureau_document, figure_document, frozen_copy
from lawcheck.core.periods import Every
from lawcheck.core.template import DueFrom, Figure, Item, Practice, Rate, Template
from lawcheck.core.words import Kind, Text
from lawcheck.errors import DutyUnheld

READ, NOT_FOUND = Certainty.READ, Certainty.NOT_FOUND
UNKNOWN = LawDate(None, NOT_FOUND)


def text(words: str) -> Text:
    return Text(f"{words}（中文）", words)


def version(name: str, begins: str | None, ends: str | None = None, title: Text | None = None) -> Version:
    return Version(
        name,
        title,
        f"令第{name}号",
        READ,
        UNKNOWN,
        LawDate(begins, READ if begins else NOT_FOUND),
        LawDate(ends, READ) if ends else None,
        Ended.REPEALED if ends else None,
        ("JL",),
        None,
        None,
    )


def law(name: str, level: Level, *versions: Version) -> Law:
    return Law(name, text(name), level, text("issuer"), None, versions)


REGISTRY = Registry(
    {
        one.id: one
        for one in (
            law("statute", Level.STATUTE, version("2021", "2021-07-15")),
            law(
                "rule",
                Level.RULE,
                version("2020", "2020-01-01", "2026-04-14", text("interim")),
                version("2026", "2026-04-15"),
            ),
            law("plan", Level.POLICY, version("2021", "2021-08", "2025-12-31")),
            law("summer", Level.LOCAL, version("2022", "2022-07-01")),
            law("undated", Level.LOCAL, version("x", None)),
        )
    },
    {
        "JL": Source("JL", text("library"), "web", "2026-07-17"),
        "custom": Source("custom", text("custom"), None, None),
        "seed": Source("seed", text("report"), "web", "2023-01-17"),
    },
)
BUREAU = Bureau(
    text("bureau"),
    (Unit("FZ", text("legal")), Unit("ZF", text("enforcement")), Unit("RS", text("personnel"))),
    (Person("lihua", "李华", "FZ", reviews=True, begins="2026-01-01", ends=None),),
    {"legal": ("FZ",), "case-handling": ("ZF", "FZ"), "personnel": ("RS",), "party": ("RS",)},
    (Section("power-list", "一(一)", text("power list")),),
    (Figure("visits", text("visits"), text("times"), Adds.LAST, "power-list"),),
)
CUSTOM = Practice("custom", None, None)
SEED = Practice("seed", "一(一)", text("by practice"))

PLAIN = Item(
    code="TT-01",
    title=text("title"),
    standard=text("standard"),
    evidence=text("evidence"),
    duty="legal",
    co_duties=(),
    each=False,
    kind=Kind.YEARLY,
    every=None,
    dates=(),
    due="by 12-31",
    due_from=DueFrom.PRACTICE,
    deadline=None,
    rate=None,
    weight=2,
    section="power-list",
    first_year=None,
    last_year=None,
    basis=(),
    practice=CUSTOM,
    note=None,
)
QUARTERLY = replace(PLAIN, kind=Kind.PERIODIC, every=Every.QUARTER, due="by period end")


def rests_on(*names: str) -> tuple[Basis, ...]:
    return tuple(Basis(name, {EVERY_VERSION: "3"}, (), READ, {EVERY_VERSION: "JL"}) for name in names)


def by_law(*names: str) -> Item:
    return replace(PLAIN, basis=rests_on(*names), practice=None)


def template(*items: Item) -> Template:
    return Template("TT", text("template"), text("about"), (), items)


def frozen(*items: Item, year: int = 2026, bureau: Bureau = BUREAU) -> Document:
    return frozen_copy(template(*items), REGISTRY, bureau, year)


def only_item(item: Item, year: int = 2026, bureau: Bureau = BUREAU) -> dict[str, Any]:
    (kept,) = frozen(item, year=year, bureau=bureau)["items"]
    found: dict[str, Any] = kept
    return found


def dues(item: Item, year: int = 2026) -> list[str | None]:
    return [due for _name, _begins, due in only_item(item, year)["periods"]]


def test_a_copy_says_that_an_item_asks_for_a_review_only_where_it_does() -> None:
    assert only_item(replace(PLAIN, review=True))["review"] is True
    assert "review" not in only_item(PLAIN)


# --- the whole copy ------------------------------------------------------------------------------


def test_a_frozen_copy_holds_all_that_a_checklist_needs() -> None:
    item = replace(
        PLAIN,
        co_duties=("personnel",),
        deadline=text("deadline"),
        basis=rests_on("rule"),
        practice=SEED,
        note=text("note"),
        due_from=DueFrom.LAW,
    )
    citation = {
        "law": "rule",
        "level": "rule",
        "issuer": {"zh": "issuer（中文）", "en": "issuer"},
        "number_certainty": "read",
        "article": "3",
        "certainty": "read",
        "read_in": {"title": {"zh": "library（中文）", "en": "library"}, "snapshot": "2026-07-17"},
        "issued": {"date": None, "certainty": "not-found", "by": None},
        "standing": "in-force",
        "standing_certainty": "read",
        "note": None,
    }
    assert frozen(item) == {
        "format": 1,
        "year": 2026,
        "template": "TT",
        "title": {"zh": "template（中文）", "en": "template"},
        "about": {"zh": "about（中文）", "en": "about"},
        "left_out": [],
        "items": [
            {
                "code": "TT-01",
                "title": {"zh": "title（中文）", "en": "title"},
                "standard": {"zh": "standard（中文）", "en": "standard"},
                "evidence": {"zh": "evidence（中文）", "en": "evidence"},
                "duty": "legal",
                "units": ["FZ"],
                "co_units": ["RS"],
                "each": False,
                "kind": "yearly",
                "every": None,
                "dates": [],
                "due": "by 12-31",
                "due_from": "law",
                "deadline": {"zh": "deadline（中文）", "en": "deadline"},
                "clock": None,
                "rate": None,
                "weight": 2,
                "section": "power-list",
                "level": "rule",
                "basis": [
                    citation
                    | {
                        "title": {"zh": "interim（中文）", "en": "interim"},
                        "version": "2020",
                        "number": "令第2020号",
                        "from": {"date": "2020-01-01", "certainty": "read", "by": None},
                        "to": {"date": "2026-04-14", "certainty": "read", "by": None},
                        "ended": "repealed",
                        "successor": {
                            "law": "rule",
                            "version": "2026",
                            "title": {"zh": "rule（中文）", "en": "rule"},
                            "number": "令第2026号",
                            "from": {"date": "2026-04-15", "certainty": "read", "by": None},
                            "certainty": "read",
                        },
                        "applies": {
                            "from": None,
                            "to": {"date": "2026-04-14", "certainty": "read", "by": None},
                        },
                    },
                    citation
                    | {
                        "title": {"zh": "rule（中文）", "en": "rule"},
                        "version": "2026",
                        "number": "令第2026号",
                        "from": {"date": "2026-04-15", "certainty": "read", "by": None},
                        "to": None,
                        "ended": None,
                        "successor": None,
                        "applies": {
                            "from": {"date": "2026-04-15", "certainty": "read", "by": None},
                            "to": None,
                        },
                    },
                ],
                "practice": {
                    "source": "seed",
                    "title": {"zh": "report（中文）", "en": "report"},
                    "place": "一(一)",
                    "note": {"zh": "by practice（中文）", "en": "by practice"},
                },
                "note": {"zh": "note（中文）", "en": "note"},
                "periods": [[None, "2026-01-01", "2026-12-31"]],
            }
        ],
    }


def test_a_frozen_copy_is_what_its_canonical_json_holds() -> None:
    item = replace(QUARTERLY, each=True, duty="case-handling", basis=rests_on("rule", "plan", "undated"))
    copy = frozen(item, PLAIN)
    assert json.loads(canonical(copy)) == copy


def test_the_same_year_is_frozen_the_same_way_twice() -> None:
    item = replace(QUARTERLY, basis=rests_on("rule"))
    assert canonical(frozen(item)) == canonical(frozen(item))


# --- what is kept --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "lives"),
    [
        (None, None, [2024, 2025, 2026]),
        (2025, None, [2025, 2026]),
        (None, 2025, [2024, 2025]),
        (2025, 2025, [2025]),
    ],
)
def test_an_item_lives_in_its_own_years(first: int | None, last: int | None, lives: list[int]) -> None:
    item = replace(PLAIN, first_year=first, last_year=last)
    assert [year for year in (2024, 2025, 2026) if item.lives_in(year)] == lives


def test_an_item_outside_its_years_is_left_out_and_says_so() -> None:
    copy = frozen(replace(PLAIN, last_year=2025))
    assert copy["items"] == []
    assert copy["left_out"] == [{"code": "TT-01", "why": "years", "title": PLAIN.title._asdict(), "basis": []}]


@pytest.mark.parametrize(("year", "kept"), [(2020, False), (2021, True), (2030, True)])
def test_an_item_of_law_alone_is_kept_while_its_law_stands(year: int, kept: bool) -> None:
    copy = frozen(by_law("statute"), year=year)
    assert [one["code"] for one in copy["items"]] == (["TT-01"] if kept else [])
    assert [(one["code"], one["why"]) for one in copy["left_out"]] == ([] if kept else [("TT-01", "law")])


def test_one_law_in_force_is_enough() -> None:
    copy = frozen(by_law("plan", "statute"))
    assert [(one["law"], one["standing"]) for one in copy["items"][0]["basis"]] == [
        ("plan", "ended"),
        ("statute", "in-force"),
    ]


def test_an_item_of_law_alone_goes_when_all_its_law_has_ended() -> None:
    (left,) = frozen(by_law("plan"))["left_out"]
    assert (left["code"], left["why"]) == ("TT-01", "law")
    assert [(one["law"], one["standing"], one["to"]["date"]) for one in left["basis"]] == [
        ("plan", "ended", "2025-12-31")
    ]


def test_a_practice_is_kept_whatever_became_of_its_law() -> None:
    ended = only_item(replace(PLAIN, basis=rests_on("plan")), 2026)
    assert (ended["level"], [one["standing"] for one in ended["basis"]]) == ("practice", ["ended"])
    not_yet = only_item(replace(PLAIN, basis=rests_on("statute")), 2020)
    assert (not_yet["level"], not_yet["basis"]) == ("practice", [])


@pytest.mark.parametrize(
    ("names", "level"),
    [
        (("statute", "rule"), "statute"),
        (("plan", "rule"), "rule"),
        (("summer", "plan"), "local"),
        (("plan",), "practice"),
        ((), "practice"),
    ],
)
def test_an_item_is_as_binding_as_the_most_binding_law_in_force(names: tuple[str, ...], level: str) -> None:
    assert only_item(replace(PLAIN, basis=rests_on(*names)), 2026)["level"] == level


def test_a_case_item_keeps_its_rate_and_lays_out_no_row() -> None:
    item = replace(
        by_law("statute"),
        kind=Kind.CASE,
        due=None,
        due_from=None,
        deadline=text("7 days"),
        rate=Rate("met", "all", "95%"),
    )
    kept = only_item(item)
    assert (kept["rate"], kept["periods"]) == ({"met": "met", "of": "all", "at_least": "95%"}, [])
    assert list(laid_rows(frozen(item))) == []


def test_an_occasion_item_lays_out_no_row() -> None:
    item = replace(PLAIN, kind=Kind.OCCASION, due=None, due_from=None, deadline=text("promptly"))
    assert list(laid_rows(frozen(item))) == []


# --- who answers ---------------------------------------------------------------------------------


def test_the_first_unit_that_holds_the_duty_answers() -> None:
    assert only_item(replace(PLAIN, duty="case-handling"))["units"] == ["ZF"]


def test_every_unit_that_holds_the_duty_answers_where_each_must() -> None:
    assert only_item(replace(PLAIN, duty="case-handling", each=True))["units"] == ["ZF", "FZ"]


def test_a_duty_that_nobody_is_named_for_goes_to_the_unit_for_every_other() -> None:
    bureau = replace(BUREAU, duties={"legal": ("FZ",), "*": ("ZF", "RS")})
    assert only_item(replace(PLAIN, duty="credit", each=True), bureau=bureau)["units"] == ["ZF", "RS"]
    assert only_item(PLAIN, bureau=bureau)["units"] == ["FZ"]


def test_duties_without_a_holder_are_refused_all_at_once() -> None:
    items = (
        replace(PLAIN, duty="licensing"),
        replace(PLAIN, code="TT-02", duty="credit"),
        replace(PLAIN, code="TT-03", duty="licensing"),
    )
    with pytest.raises(DutyUnheld) as refused:
        frozen(*items)
    assert refused.value.params == {"template": "TT", "duties": ["credit", "licensing"], "faults": ()}


def test_a_duty_of_an_item_left_out_needs_no_holder() -> None:
    assert frozen(replace(PLAIN, duty="licensing", last_year=2025))["items"] == []


def test_a_unit_that_answers_is_not_named_beside_itself() -> None:
    item = replace(PLAIN, duty="case-handling", each=True, co_duties=("legal", "personnel"))
    assert only_item(item)["co_units"] == ["RS"]


def test_a_unit_that_holds_two_of_the_duties_beside_is_named_once() -> None:
    assert only_item(replace(PLAIN, co_duties=("personnel", "party")))["co_units"] == ["RS"]


def test_a_duty_beside_that_nobody_holds_names_nobody() -> None:
    assert only_item(replace(PLAIN, co_duties=("equipment",)))["co_units"] == []


# --- days ----------------------------------------------------------------------------------------


def test_a_yearly_item_is_due_on_its_day() -> None:
    assert dues(replace(PLAIN, due="by 01-31 next year")) == ["2027-01-31"]
    assert dues(replace(PLAIN, due="before 03-01 next year"), 2023) == ["2024-02-29"]


def test_a_yearly_item_without_a_day_has_none() -> None:
    assert only_item(replace(PLAIN, due=None))["periods"] == [[None, "2026-01-01", None]]


def test_a_day_that_custom_sets_before_its_law_begins_falls_away() -> None:
    item = replace(PLAIN, due="by 03-31", basis=rests_on("summer"))
    assert dues(item, 2022) == [None]
    assert dues(item, 2023) == ["2023-03-31"]


def test_periods_that_were_over_before_the_law_began_are_not_laid_out() -> None:
    item = replace(QUARTERLY, basis=rests_on("summer"))
    assert [row.ref for row in laid_rows(frozen(item, year=2022))] == ["TT-01.Q3", "TT-01.Q4"]
    assert [row.ref for row in laid_rows(frozen(item, year=2023))] == [f"TT-01.Q{n}" for n in range(1, 5)]


def test_a_period_in_which_the_law_begins_is_laid_out_whole() -> None:
    item = replace(QUARTERLY, every=Every.HALF_YEAR, basis=rests_on("statute"))
    assert list(laid_rows(frozen(item, year=2021))) == [
        LaidRow("TT-01.H2", "TT-01", "FZ", "H2", "2021-07-01", "2021-12-31")
    ]


def test_the_day_on_which_the_law_begins_counts() -> None:
    item = replace(PLAIN, due="by 07-01", basis=rests_on("summer"))
    assert dues(item, 2022) == ["2022-07-01"]


def test_a_day_stands_where_any_law_began_before_it() -> None:
    item = replace(PLAIN, due="by 03-31", basis=rests_on("summer", "rule"))
    assert dues(item, 2022) == ["2022-03-31"]


def test_a_day_stands_where_it_is_not_known_when_the_law_began() -> None:
    item = replace(PLAIN, due="by 03-31", basis=rests_on("summer", "undated"))
    assert dues(item, 2022) == ["2022-03-31"]


def test_a_day_stands_that_the_law_or_a_practice_on_record_sets() -> None:
    assert dues(replace(by_law("summer"), due="by 03-31", due_from=DueFrom.LAW), 2022) == ["2022-03-31"]
    assert dues(replace(PLAIN, due="by 03-31", basis=rests_on("summer"), practice=SEED), 2022) == ["2022-03-31"]


# --- rows ----------------------------------------------------------------------------------------


def test_rows_are_every_period_with_every_unit_where_each_must() -> None:
    copy = frozen(replace(QUARTERLY, duty="case-handling", each=True, every=Every.HALF_YEAR))
    assert list(laid_rows(copy)) == [
        LaidRow("TT-01.H1.ZF", "TT-01", "ZF", "H1", "2026-01-01", "2026-06-30"),
        LaidRow("TT-01.H1.FZ", "TT-01", "FZ", "H1", "2026-01-01", "2026-06-30"),
        LaidRow("TT-01.H2.ZF", "TT-01", "ZF", "H2", "2026-07-01", "2026-12-31"),
        LaidRow("TT-01.H2.FZ", "TT-01", "FZ", "H2", "2026-07-01", "2026-12-31"),
    ]


def test_a_row_that_goes_to_one_unit_does_not_carry_its_name() -> None:
    assert list(laid_rows(frozen(replace(PLAIN, duty="case-handling")))) == [
        LaidRow("TT-01", "TT-01", "ZF", None, "2026-01-01", "2026-12-31")
    ]


def test_named_days_make_a_row_each() -> None:
    item = replace(QUARTERLY, every=Every.DATES, dates=("03-15", "09-30"), due=None)
    assert [(row.ref, row.due) for row in laid_rows(frozen(item))] == [
        ("TT-01.D0315", "2026-03-15"),
        ("TT-01.D0930", "2026-09-30"),
    ]


def test_rows_need_neither_template_nor_rules() -> None:
    copy = json.loads(canonical(frozen(replace(QUARTERLY, every=Every.MONTH), replace(PLAIN, code="TT-02"))))
    refs = [row.ref for row in laid_rows(copy)]
    assert refs == [*(f"TT-01.M{month:02}" for month in range(1, 13)), "TT-02"]


# --- the bureau ----------------------------------------------------------------------------------


def test_a_bureau_is_kept_as_a_document() -> None:
    assert bureau_document(BUREAU) == {
        "format": 1,
        "name": {"zh": "bureau（中文）", "en": "bureau"},
        "units": [
            {"code": "FZ", "name": {"zh": "legal（中文）", "en": "legal"}},
            {"code": "ZF", "name": {"zh": "enforcement（中文）", "en": "enforcement"}},
            {"code": "RS", "name": {"zh": "personnel（中文）", "en": "personnel"}},
        ],
        "people": [
            {"id": "lihua", "name": "李华", "unit": "FZ", "reviews": True, "begins": "2026-01-01", "ends": None}
        ],
        "duties": {"legal": ["FZ"], "case-handling": ["ZF", "FZ"], "personnel": ["RS"], "party": ["RS"]},
        "sections": [
            {"key": "power-list", "number": "一(一)", "title": {"zh": "power list（中文）", "en": "power list"}}
        ],
        "figures": [{"key": "visits", **figure_document(BUREAU.figures[0])}],
        "choices": {},
    }
    chosen = replace(BUREAU, choices={"complaints-before-2026-04-15": "by-event"})
    assert bureau_document(chosen)["choices"] == {"complaints-before-2026-04-15": "by-event"}


def test_a_figure_is_kept_apart_from_its_entries() -> None:
    assert figure_document(BUREAU.figures[0]) == {
        "title_zh": "visits（中文）",
        "title_en": "visits",
        "measure_zh": "times（中文）",
        "measure_en": "times",
        "adds": "last",
        "section": "power-list",
        "counted": None,
    }
    counted = replace(BUREAU.figures[0], counted=Counted("AJ", "decided", "complex", ("PUB", "NODISC"), "due"))
    assert figure_document(counted)["counted"] == "AJ decided complex, PUB NODISC due"
