"""Clocks and case templates: the forty-one terms of the law, what is shipped, and every fault with its place."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from lawcheck.core.calendar import Calendar
from lawcheck.core.canonical import canonical
from lawcheck.core.case import CaseState, Reached, lay_out, plan_of, with_derived
from lawcheck.core.case_layout import frozen_case
from lawcheck.core.clock import Clocks, frozen_clock
from lawcheck.core.deadline import parse_rule, rule_text
from lawcheck.core.frozen import Document, rule_on
from lawcheck.core.law import Registry
from lawcheck.core.template import CaseTemplate, Template
from lawcheck.core.words import Text
from lawcheck.errors import BadFile
from lawcheck.library.cases import case_code, is_case_file, read_case_templates, read_library
from lawcheck.library.clocks import read_clocks
from lawcheck.library.places import case_files, checklists, clocks_file
from lawcheck.library.reading import read_registry, read_templates
from lawcheck.render.errors import fault_line
from support import SMALL_TEMPLATE

Rules = list[tuple[str, dict[str, str]]]


@pytest.fixture(scope="module")
def clocks(registry: Registry) -> Clocks:
    return read_clocks(registry)


@pytest.fixture(scope="module")
def cases(registry: Registry, duties: dict[str, Text], clocks: Clocks) -> dict[str, CaseTemplate]:
    return {one.code: one for one in read_case_templates(None, registry, duties, clocks)}


# --- the forty-one clocks ------------------------------------------------------------------------

CXGD = "cxgd"
CLOCKS: dict[str, dict[str, Rules]] = {
    "lead-verify": {"lead-verify": [("within 15 wd", {CXGD: "18"})]},
    "case-90d": {"case-90d": [("within 90 d, rolls", {CXGD: "64, 80", "cfl": "60"})]},
    "evidence-hold": {"evidence-hold": [("within 7 wd", {CXGD: "35", "cfl": "56"})]},
    "emergency-report": {"emergency-report": [("within 24 h", {CXGD: "33, 36"})]},
    "seizure": {"seizure": [("within 30 d", {CXGD: "38", "qzf": "25"})]},
    "assist": {"assist": [("within 15 wd", {CXGD: "45"})]},
    "jurisdiction": {
        "jurisdiction.settle": [("within 7 wd", {CXGD: "13", "tsjb": "30/33"})],
        "jurisdiction.designate": [("within 7 wd", {CXGD: "16"})],
    },
    "review": {"review": [("within 10 wd", {CXGD: "55"})]},
    "party-5wd": {"party-5wd": [("within 5 wd", {CXGD: "57", "cfl": "64", "tzbf": "7"})]},
    "hearing-host": {"hearing-host": [("within 3 wd", {"tzbf": "18"})]},
    "hearing-file": {"hearing-file": [("within 3 wd", {"tzbf": "19"})]},
    "hearing-fix": {"hearing-fix": [("within 5 wd", {"tzbf": "20"})]},
    "hearing-notice": {"hearing-notice": [("at least 7 wd before", {"tzbf": "20, 21", "cfl": "64"})]},
    "hearing-public": {"hearing-public": [("at least 3 wd before", {"tzbf": "22", "gd-tz 2022": "20"})]},
    "hearing-total": {"hearing-total": [("within 30 d", {"gd-tz 2022": "38"})]},
    "hearing-report": {"hearing-report": [("within 5 wd", {"tzbf": "29"})]},
    "service-7wd": {"service-7wd": [("within 7 wd", {CXGD: "81", "cfl": "61"})]},
    "public-service": {"public-service": [("within 30 d", {CXGD: "82(五)"})]},
    "publish-7wd": {"publish-7wd": [("within 7 wd", {"gb118": "(六)", "gd-gs": "21"})]},
    "publish-20wd": {"publish-20wd": [("within 20 wd", {"gb118": "(六)", "gd-gs": "21"})]},
    "necips": {
        "necips": [("within 20 wd", {"gsgd": "9"})],
        "necips.push": [("within 10 wd", {"gsgd": "10"})],
        "necips.receive": [("within 10 wd", {"gsgd": "10"})],
    },
    "withdraw": {"withdraw": [("within 3 wd", {"cfl": "48", "gd-gs": "24", "gsgd": "11"})]},
    "av-store": {"av-store": [("within 1 wd", {"gd-jl": "23"})]},
    "fine-pay": {"fine-pay": [("within 15 d, rolls", {"cfl": "67", CXGD: "72, 80"})]},
    "fine-handin": {
        "fine-handin.agency": [("within 2 wd", {"cfl": "71", CXGD: "73"})],
        "fine-handin.bank": [("within 2 wd", {"cfl": "71", CXGD: "73"})],
    },
    "urge": {
        "urge": [("after 10 wd", {CXGD: "76", "qzf": "54"})],
        "urge.court": [("within 3 m, rolls", {"qzf": "53, 54", CXGD: "76"})],
    },
    "close": {"close": [("within 15 wd", {CXGD: "77"})]},
    "simple-archive": {"simple-archive": [("within 7 wd", {CXGD: "70"})]},
    "criminal": {
        "criminal.decide": [("within 3 d", {"ysfz": "5"})],
        "criminal.file": [("within 24 h", {"ysfz": "5"})],
        "criminal.goods": [("within 3 d", {"ysfz": "12"})],
    },
    "complaint": {"complaint": [("within 7 wd", {"tsjb 2020": "14"}), ("within 7 wd", {"tsjb 2026": "15"})]},
    "mediation": {
        "mediation": [
            ("within 45 wd", {"tsjb 2020": "20, 21(五)"}),
            ("within 60 d, rolls", {"tsjb 2026": "22, 23(五), 45"}),
        ]
    },
    "mediation-end": {"mediation-end": [("within 7 wd", {"tsjb 2020": "21"}), ("within 7 wd", {"tsjb 2026": "23"})]},
    "informer": {"informer": [("within 5 wd", {"tsjb 2020": "31"})]},
    "rec-reply": {
        "rec-reply": [("within 10 d", {"fyf 2017": "23, 40"}), ("within 10 wd", {"fyf 2023": "48, 88"})],
        "rec-reply.simplified": [("within 10 d", {"fyf 2017": "23, 40"}), ("within 5 wd", {"fyf 2023": "54, 88"})],
    },
    "rec-self": {"rec-self": [("within 5 wd", {"fytl 2026": "38"})]},
    "lit-answer": {"lit-answer": [("within 15 d, rolls", {"xsf": "67, 101"})]},
    "ogi": {"ogi": [("within 20 wd", {"xxgk": "33"})]},
    "licence": {
        "licence.decide": [("within 20 wd", {"xkf": "42, 82", "xkcx": "34, 77"})],
        "licence.deliver": [("within 10 wd", {"xkf": "44, 82", "xkcx": "35, 77"})],
    },
    "hearing-notice-request": {"hearing-notice-request": [("within 7 wd", {"gd-tz 2022": "20(二), 42"})]},
    "hearing-panel": {"hearing-panel": [("within 5 wd", {"gd-tz 2022": "20(一)"})]},
    "credit-info": {"credit-info": [("within 20 wd", {"gd-scjg": "49"})]},
}
"""By clock of the law: the ids that carry it, with each rule and the articles of its law by law and bound version."""
BESIDE = {
    "gs-nondisclosure-filing": [("within 7 wd", {"gd-gs": "15, 16"})],
    "fy-transfer-5wd": [("within 5 wd", {"fyf 2023": "32, 88"})],
    "fy-annex-10wd": [("within 10 wd", {"fyf 2023": "58, 88"})],
    "fy-opinion-60d": [("within 60 d", {"fytl 2007": "57", "fyf 2023": "76"})],
    "zw-correction-5wd": [("within 5 wd", {"xkf": "32, 82"})],
    "jc-comment-30d": [("lasts at least 30 d", {"zdjc": "14, 15, 18"})],
    "jc-hearing-7d": [("at least 7 d before", {"zdjc": "16, 17"})],
    "jc-legality-7wd": [("lasts at least 7 wd", {"zdjc": "25–28"})],
    "disclose-20wd": [("within 20 wd", {"xxgk": "26"})],
    "share-20wd": [("within 20 wd", {"gd-scjg": "23(3)"})],
    "review-recheck": [("within 10 wd", {"gd-ajpc": "12(七)"})],
    "review-report-filing": [("within 5 wd", {})],
    "supervision-30d": [("within 30 d", {"gd-ajpc": "19–25", "gd-zfjd": "33, 34"})],
    "supervision-notice": [("within 10 wd", {"zfjd-zx": "18–20"})],
}
"""Terms beside the forty-one that items of cases, or occasions of a year, ask for."""


def held(clocks: Clocks, name: str) -> Rules:
    return [
        (
            rule.rule,
            {" ".join((one.law, *one.only)): "/".join(one.articles.values()) for one in rule.basis},
        )
        for rule in clocks.clocks[name].rules
    ]


@pytest.mark.parametrize("name", CLOCKS)
def test_each_of_the_forty_one_clocks_has_its_term_and_its_law(clocks: Clocks, name: str) -> None:
    assert {one: held(clocks, one) for one in CLOCKS[name]} == CLOCKS[name]


def test_there_are_forty_one_and_those_that_items_ask_for_beside_them(clocks: Clocks) -> None:
    assert len(CLOCKS) == 41
    assert {one: held(clocks, one) for one in BESIDE} == BESIDE
    assert set(clocks.clocks) == {one for name in CLOCKS.values() for one in name} | set(BESIDE)


def test_every_term_is_written_as_it_is_read(clocks: Clocks) -> None:
    rules = [rule.rule for clock in clocks.clocks.values() for rule in clock.rules]
    targets = [rule.target.rule for clock in clocks.clocks.values() for rule in clock.rules if rule.target]
    for rule in (*rules, *targets):
        assert rule_text(parse_rule(rule)) == rule


def test_the_penalty_procedure_leaves_six_kinds_of_time_out_of_its_ninety_days(clocks: Clocks) -> None:
    pauses = {name: [rule.pauses for rule in clock.rules] for name, clock in clocks.clocks.items()}
    assert {name: found for name, found in pauses.items() if any(found)} == {
        "lead-verify": [("appraisal", "identification")],
        "case-90d": [("suspension", "hearing", "public-notice", "appraisal", "identification", "refund")],
        "hearing-total": [("postponement", "suspension")],
        "mediation": [("appraisal",), ("appraisal",)],
    }


def test_terms_may_be_extended_as_the_law_says(clocks: Clocks) -> None:
    found = {name: clock.rules[-1].extend for name, clock in clocks.clocks.items()}
    amounts = {name: (one.amount, one.times, one.further is not None) for name, one in found.items() if one}
    assert amounts == {
        "lead-verify": (15, 1, False),
        "case-90d": (30, 1, True),
        "seizure": (30, 1, False),
        "review": (None, None, False),
        "ogi": (20, 1, False),
        "licence.decide": (10, 1, False),
    }


def test_a_stricter_term_of_lower_rank_stands_beside_the_limit(clocks: Clocks) -> None:
    targets = {
        name: (clock.rules[0].rule, one.rule, [basis.law for basis in one.basis])
        for name, clock in clocks.clocks.items()
        if (one := clock.rules[0].target)
    }
    assert targets == {
        "review": ("within 10 wd", "within 5 wd", ["gd-sh"]),
        "hearing-panel": ("within 5 wd", "within 3 wd", ["tzbf"]),
    }


def test_only_the_change_of_the_complaint_rules_leaves_a_choice(clocks: Clocks) -> None:
    choices = {name: tuple(one.answers) for name, one in clocks.choices.items()}
    assert choices == {"complaints-before-2026-04-15": ("by-receipt", "by-event")}
    transitions = {name: clock.transition for name, clock in clocks.clocks.items() if clock.transition}
    assert set(transitions) == {"complaint", "mediation", "mediation-end", "informer"}
    for one in transitions.values():
        assert (one.choice, one.milestone, one.before) == ("complaints-before-2026-04-15", "received", "2026-04-15")


# --- the law on a day ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "day", "rule"),
    [
        ("rec-reply", "2017-12-31", None),
        ("rec-reply", "2023-12-31", "within 10 d"),
        ("rec-reply", "2024-01-01", "within 10 wd"),
        ("rec-reply.simplified", "2023-12-31", "within 10 d"),
        ("rec-reply.simplified", "2024-01-01", "within 5 wd"),
        ("rec-self", "2026-06-30", None),
        ("rec-self", "2026-07-01", "within 5 wd"),
        ("mediation", "2026-04-14", "within 45 wd"),
        ("mediation", "2026-04-15", "within 60 d, rolls"),
        ("informer", "2019-12-31", None),
        ("informer", "2026-04-14", "within 5 wd"),
        ("informer", "2026-04-15", None),
        ("hearing-notice-request", "2022-05-31", None),
        ("hearing-notice-request", "2022-06-01", "within 7 wd"),
        ("fy-opinion-60d", "2026-07-01", "within 60 d"),
        ("publish-7wd", "2200-12-31", "within 7 wd"),
    ],
)
def test_the_rule_of_a_day_is_that_of_the_law_in_force(
    clocks: Clocks, registry: Registry, name: str, day: str, rule: str | None
) -> None:
    document = frozen_clock(clocks.clocks[name], registry)
    place = rule_on(document, date.fromisoformat(day))
    assert (None if place is None else document["rules"][place]["rule"]) == rule


def test_a_frozen_rule_says_from_when_to_when_it_applies_and_cites_every_version(
    clocks: Clocks, registry: Registry
) -> None:
    found = {
        name: [
            (
                rule["from"],
                rule["to"],
                [(one["law"], one["version"], one["article"], one["certainty"]) for one in rule["basis"]],
            )
            for rule in frozen_clock(clocks.clocks[name], registry)["rules"]
        ]
        for name in ("rec-reply", "close", "rec-self")
    }
    assert found == {
        "rec-reply": [
            ("2018-01-01", "2023-12-31", [("fyf", "2017", "23, 40", "read")]),
            ("2024-01-01", None, [("fyf", "2023", "48, 88", "read")]),
        ],
        "close": [
            ("2021-07-15", None, [("cxgd", "2021", None, "not-found"), ("cxgd", "2022", "77", "read")]),
        ],
        "rec-self": [("2026-07-01", None, [("fytl", "2026", "38", "read")])],
    }


# --- the templates -------------------------------------------------------------------------------

CASES = {"AJ": 50, "FY": 10, "GK": 1, "JB": 8, "JC": 9, "SS": 4, "TS": 6, "XK": 6}


def test_eight_kinds_of_case_come_with_the_program(cases: dict[str, CaseTemplate]) -> None:
    assert {code: len(one.items) for code, one in cases.items()} == CASES


def test_every_clock_is_used_by_some_case_and_every_fact_and_milestone_by_its_own(
    cases: dict[str, CaseTemplate], clocks: Clocks, shipped: dict[str, Template]
) -> None:
    used_clocks = {item.clock for one in cases.values() for item in one.items if item.clock}
    used_clocks |= {item.clock.id for one in shipped.values() for item in one.items if item.clock}
    assert set(clocks.clocks) - used_clocks == {
        "public-service"
    }  # nobody acts: service is deemed by a derived milestone
    for one in cases.values():
        facts = {name for item in one.items for name in (*item.when, *item.unless)}
        assert {fact.name for fact in one.facts} == facts, one.code
        used = {one.opens, one.closes, *(name for item in one.items for name in (item.starts, item.ends))}
        used |= {name for of in one.milestones for name in (*of.after, *of.not_before)}
        used |= {name for of in one.milestones for wanted in of.expects for name in wanted.milestones}
        assert {of.name for of in one.milestones} <= used, one.code


def test_every_item_of_a_case_has_a_term_or_law_of_its_own(cases: dict[str, CaseTemplate]) -> None:
    for one in cases.values():
        for item in one.items:
            assert (item.clock is None) != (not item.basis), (one.code, item.code)


def test_texts_of_cases_are_said_in_both_languages(cases: dict[str, CaseTemplate], clocks: Clocks) -> None:
    texts = [
        text for one in cases.values() for item in one.items for text in (item.title, item.standard, item.evidence)
    ]
    texts += [fact.title for one in cases.values() for fact in one.facts]
    texts += [milestone.title for one in cases.values() for milestone in one.milestones]
    texts += [text for clock in clocks.clocks.values() for text in (clock.title, clock.starts)]
    for text in texts:
        assert any("\u4e00" <= sign <= "\u9fff" for sign in text.zh), text
        assert not any("\u4e00" <= sign <= "\u9fff" for sign in text.en), text


@pytest.mark.parametrize("code", CASES)
def test_a_frozen_case_is_what_its_canonical_json_holds(
    cases: dict[str, CaseTemplate], clocks: Clocks, registry: Registry, code: str
) -> None:
    document = frozen_case(cases[code], clocks, registry)
    assert json.loads(canonical(document)) == document
    assert document["case"] == code


def test_a_frozen_case_holds_the_pauses_and_choices_that_its_clocks_know(
    cases: dict[str, CaseTemplate], clocks: Clocks, registry: Registry
) -> None:
    found: Document = {}
    for code, one in cases.items():
        document = frozen_case(one, clocks, registry)
        found[code] = (sorted(document["pauses"]), sorted(document["choices"]))
    assert found == {
        "AJ": (sorted(clocks.pauses), []),
        "FY": ([], []),
        "GK": ([], []),
        "JB": (["appraisal", "identification"], ["complaints-before-2026-04-15"]),
        "JC": ([], []),
        "SS": ([], []),
        "TS": (["appraisal"], ["complaints-before-2026-04-15"]),
        "XK": ([], []),
    }


def test_an_item_without_a_clock_says_when_its_law_is_in_force(
    cases: dict[str, CaseTemplate], clocks: Clocks, registry: Registry
) -> None:
    items = {one["code"]: one for one in frozen_case(cases["TS"], clocks, registry)["items"]}
    assert (items["REASON"]["from"], items["REASON"]["to"], items["REASON"]["clock"]) == ("2026-04-15", None, None)
    assert (items["SPLIT"]["from"], items["SPLIT"]["to"]) == ("2020-01-01", None)
    assert [one["version"] for one in items["SPLIT"]["basis"]] == ["2020", "2026"]
    assert (items["ACCEPT"]["from"], items["ACCEPT"]["to"], items["ACCEPT"]["basis"]) == (None, None, [])


def codes_of(
    cases: dict[str, CaseTemplate],
    clocks: Clocks,
    registry: Registry,
    facts: set[str],
    milestones: dict[str, str],
) -> set[str]:
    """Return the codes of the rows that a penalty case has."""
    plan = plan_of(frozen_case(cases["AJ"], clocks, registry))
    calendar = Calendar({})
    reached = tuple(Reached(name, 1, at) for name, at in milestones.items())
    state = CaseState(frozenset(facts), with_derived(plan, reached, calendar))
    return {row.code for row in lay_out(plan, state, calendar)}


DECIDED = {"lead": "2026-08-03", "filed": "2026-08-10", "decided": "2026-09-24"}
PUBLICITY = {"PUB", "NECIPS", "PUSH", "NODISC"}


@pytest.mark.parametrize(
    ("facts", "publicity"),
    [
        (set(), {"PUB", "NECIPS"}),
        ({"warning_only"}, {"PUB"}),
        ({"other_province"}, {"PUB", "PUSH"}),
        ({"other_province", "warning_only"}, {"PUB"}),
        ({"not_public"}, {"NECIPS", "NODISC"}),
        ({"no_penalty"}, set()),
    ],
)
def test_facts_decide_where_a_penalty_is_published(
    cases: dict[str, CaseTemplate], clocks: Clocks, registry: Registry, facts: set[str], publicity: set[str]
) -> None:
    assert codes_of(cases, clocks, registry, facts, DECIDED) & PUBLICITY == publicity


def test_a_hearing_has_rows_once_it_is_asked_for(
    cases: dict[str, CaseTemplate], clocks: Clocks, registry: Registry
) -> None:
    asked = {*codes_of(cases, clocks, registry, set(), {**DECIDED, "hearing-requested": "2026-09-01"})}
    assert asked - codes_of(cases, clocks, registry, set(), DECIDED) == {"HHOST", "HPANEL", "HREQ", "HTOTAL"}


def test_the_simple_procedure_has_neither_verification_nor_review_nor_ninety_days(
    cases: dict[str, CaseTemplate], clocks: Clocks, registry: Registry
) -> None:
    reviewed = {**DECIDED, "review-received": "2026-09-01"}
    ordinary = codes_of(cases, clocks, registry, set(), reviewed)
    simple = codes_of(cases, clocks, registry, {"simplified"}, reviewed)
    assert ordinary - simple == {"VERIFY", "REVIEW", "DECIDE", "ARCHIVE"}
    assert simple - ordinary == {"SIMPLE"}


def test_service_is_deemed_thirty_days_after_the_public_notice_and_the_fine_runs_from_it(
    cases: dict[str, CaseTemplate], clocks: Clocks, registry: Registry
) -> None:
    posted = {**DECIDED, "notice-posted": "2026-10-12"}
    found = codes_of(cases, clocks, registry, {"fined"}, posted) - codes_of(cases, clocks, registry, {"fined"}, DECIDED)
    assert found == {"POSTED", "FINE"}


EXPECTED = {
    "AJ": {
        "transferred": [("transfer-approved", "", "")],
        "decided": [
            ("filed", "", "simplified not_filed"),
            ("reviewed legal-reviewed", "", "simplified not_filed listed_for_review"),
            ("legal-reviewed", "listed_for_review", ""),
            ("party-notified", "", "simplified not_filed no_penalty"),
            ("discussed", "complex", ""),
        ],
        "announced": [("decided", "", "")],
        "notice-posted": [("decided", "", "")],
        "served": [("decided", "", "")],
        "published": [("decided", "", "")],
        "urged": [("served", "", "")],
        "court-applied": [("urged", "", ""), ("remedy-expired", "", "")],
    },
    "FY": {
        "replied": [("copy-received", "through_bureau", "")],
        "decision-received": [("replied", "", "to_correct")],
        "performed": [("decision-received", "", "")],
    },
    "GK": {"closed": [("answered", "", "")]},
    "JB": {"informer-told": [("filing-decided", "", "")], "closed": [("filing-decided answered referred", "", "")]},
    "JC": {
        "decided": [
            ("comment-closed", "", "not_public"),
            ("expert-reviewed", "technical", ""),
            ("risk-assessed", "risky", ""),
            ("legality-reviewed", "", ""),
        ],
        "published": [("decided", "", ""), ("party-reported", "party_report", "")],
    },
    "SS": {"judged": [("answered", "", "")], "performed": [("judged", "", "")]},
    "TS": {
        "mediated": [("accepted", "", "")],
        "mediation-ended": [("accepted", "", "")],
        "parties-told": [("mediation-ended", "", "")],
        "closed": [("mediated refused", "", "")],
    },
    "XK": {
        "accepted": [("correction-told", "incomplete", "")],
        "decided": [("accepted", "", "")],
        "delivered": [("decided", "", "")],
        "published": [("decided", "", "")],
    },
}
"""The steps on which each milestone rests: of several names one is enough, where the facts are so and are not so."""


def test_each_milestone_names_the_steps_on_which_it_rests(cases: dict[str, CaseTemplate]) -> None:
    found = {
        code: {
            one.name: [(" ".join(of.milestones), " ".join(of.when), " ".join(of.unless)) for of in one.expects]
            for one in case.milestones
            if one.expects
        }
        for code, case in cases.items()
    }
    assert found == EXPECTED


def test_closing_a_case_ticks_nothing_but_its_own_closing(cases: dict[str, CaseTemplate]) -> None:
    ticked = {
        (code, item.code) for code, one in cases.items() for item in one.items if item.ends and item.ends == one.closes
    }
    assert {code: one.closes for code, one in cases.items() if one.closes != "closed"} == {"JC": None}
    assert ticked == {("AJ", "CLOSE")}


def test_a_penalty_is_refused_only_an_order_that_cannot_be(cases: dict[str, CaseTemplate]) -> None:
    (decided,) = (one for one in cases["AJ"].milestones if one.name == "decided")
    (reviewed,) = (one for one in cases["AJ"].milestones if one.name == "legal-reviewed")
    assert (decided.not_before, reviewed.not_before) == (("lead", "filed"), ("legal-received",))


def test_a_simplified_reconsideration_before_2024_has_the_ordinary_term(
    cases: dict[str, CaseTemplate], clocks: Clocks, registry: Registry
) -> None:
    plan = plan_of(frozen_case(cases["FY"], clocks, registry))
    state = CaseState(frozenset({"simplified"}), (Reached("received", 1, "2023-06-01"),))
    assert [(row.code, row.due) for row in lay_out(plan, state, Calendar({}))] == [("REPLY5", "2023-06-11")]


# --- faults --------------------------------------------------------------------------------------

SMALL_CASE = """\
template: ZC
for: case
title: {zh: 小案, en: Small case}
about: {zh: 试验用。, en: For trying out.}
opens: begun
closes: over
facts:
  - {name: urgent, title: {zh: 紧急, en: Urgent}}
milestones:
  - {name: begun, title: {zh: 开始, en: Begun}}
  - {name: decided, title: {zh: 决定, en: Decided}, not_before: [begun]}
  - {name: posted, title: {zh: 公告, en: Posted}, after: [decided]}
  - {name: served, title: {zh: 送达, en: Served}, derived: [{milestone: posted, rule: within 30 d}]}
  - {name: over, title: {zh: 结束, en: Over}, after: [served]}
items:
  - code: PUB
    title: {zh: 公开, en: Publish}
    standard: {zh: 已公开。, en: It is published.}
    evidence: {zh: 链接, en: a link}
    duty: legal
    unless: [urgent]
    clock: publish-7wd
    starts: decided
    ends: posted
    weight: 3
  - code: TWO
    title: {zh: 两人, en: Two officers}
    standard: {zh: 两人以上。, en: Two or more.}
    evidence: {zh: 笔录, en: a record}
    duty: case-handling
    weight: 1
    basis:
      - {law: cfl, articles: "42", certainty: read, read_in: JL}
"""


@pytest.fixture
def small_case(tmp_path: Path) -> Path:
    path = tmp_path / "ZC.yaml"
    path.write_text(SMALL_CASE, encoding="utf-8")
    return path


def lines_of(folder: Path, reading: Callable[[], object]) -> list[str]:
    try:
        reading()
    except BadFile as error:
        faults = error.params["faults"]
    else:
        return []
    assert isinstance(faults, tuple)
    return [fault_line(fault).removeprefix(f"{folder}/") for fault in faults]


@pytest.fixture
def changed(small_case: Path, registry: Registry, duties: dict[str, Text], clocks: Clocks) -> Callable[..., list[str]]:
    """Return the faults of the small case with texts put in others' places."""

    def faults(*pairs: tuple[str, str]) -> list[str]:
        text = SMALL_CASE
        for old, new in pairs:
            assert text.count(old) >= 1, old
            text = text.replace(old, new, 1)
        small_case.write_text(text, encoding="utf-8")
        return lines_of(small_case.parent, lambda: read_case_templates([small_case], registry, duties, clocks))

    return faults


def test_a_small_case_has_no_fault(changed: Callable[..., list[str]]) -> None:
    assert changed() == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("opens: begun", "opens: born", "5:8: no milestone 'born' in this file, expected: a milestone declared in"),
        ("closes: over", "closes: begun", "6:9: 'closes' ends where it starts, expected: another milestone"),
        ("[begun]", "[gone]", "11:64: no milestone 'gone' in this file"),
        ("after: [decided]", "after: [decided, decided]", "12:66: 'decided' stands here twice"),
        (
            "not_before: [begun]",
            "not_before: [posted]",
            "11:12: 'decided' comes before itself, expected: an order without",
        ),
        ("after: [decided]", "expects: [{milestone: gone}]", "12:71: no milestone 'gone' in this file"),
        ("after: [decided]", "expects: [{milestone: [begun, begun]}]", "12:79: 'begun' stands here twice"),
        ("after: [decided]", "expects: [{milestone: posted}]", "12:71: 'posted' comes before itself"),
        ("not_before: [begun]", "expects: [{milestone: posted}]", "11:73: 'posted' comes before itself"),
        ("after: [decided]", "expects: [{milestone: begun, when: [late]}]", "12:85: no fact 'late' in this file"),
        ("milestone: posted", "milestone: served", "13:58: 'served' comes before itself"),
        ("within 30 d}", "soon}", "13:85: 'soon' is no term, expected: a term such as 'within 7 wd'"),
        ("within 30 d}", "at least 3 wd before}", "13:85: the term 'at least 3 wd before' does not run on"),
        ("name: served", "name: posted", "13:12: 'posted' stands here twice, expected: each once"),
        ("[urgent]", "[late]", "21:14: no fact 'late' in this file, expected: a fact declared in the same file"),
        ("unless: [urgent]", "when: [urgent]\n    unless: [urgent]", "22:14: 'urgent' stands here twice"),
        ("clock: publish-7wd", "clock: publish-8wd", "22:12: no clock 'publish-8wd' in clocks.yaml"),
        ("clock: publish-7wd", "clock: informer", "22:12: no milestone 'received' in this file"),
        (
            "clock: publish-7wd",
            "clock: criminal.file",
            "23:13: the clock criminal.file runs in hours and the milestone",
        ),
        ("    starts: decided\n", "", "22:12: 'PUB' names a clock and no milestone that starts it"),
        ("ends: posted", "ends: decided", "24:11: 'PUB' ends where it starts, expected: another milestone"),
        ("ends: posted", "ends: begun", "24:11: by the order of the milestones 'PUB' ends before it starts"),
        ("publish-7wd", "hearing-notice", "24:11: by the order of the milestones 'PUB' ends before it starts"),
        ("code: PUB", "code: Q1", "16:11: 'Q1' cannot be the code of an item of a case, expected: 2 to 8 capitals"),
        ("code: PUB", 'code: "2026"', "16:11: '2026' cannot be the code of an item of a case"),
        ("code: PUB", "code: TWO", "26:11: the code 'TWO' stands here twice, expected: each code once"),
        ("duty: legal", "duty: cook", "20:11: no duty 'cook' in duties.yaml, expected: a duty of duties.yaml"),
        ("law: cfl", "law: cfn", "33:15: no law 'cfn' in laws.yaml, expected: a law of laws.yaml"),
        ('articles: "42"', 'articles: {"1996": "42"}', "33:30: the law cfl has no version '1996'"),
        ("read_in: JL", "read_in: JM", "33:62: no source 'JM' in laws.yaml"),
        (
            "    weight: 1\n    basis:",
            "    weight: 1\n    clock: review\n    starts: begun\n    basis:",
            "35:7: 'TWO' has both",
        ),
        ("template: ZC", "template: PL", "1:11: the template 'PL' is also in "),
        ("for: case", "for: year", "2:6: this is a template for a year, expected: a template with 'for: case'"),
        ("weight: 3", "weight: 0", "25:13: 'weight' is 0, expected: 1 or more"),
        ("weight: 3", "weight: 3\n    wait: 2", "26:5: the key 'wait' is not known"),
    ],
)
def test_a_fault_of_a_case_template_is_told_with_its_place(
    changed: Callable[..., list[str]], old: str, new: str, fault: str
) -> None:
    found = changed((old, new))
    assert [line for line in found if line.startswith(f"ZC.yaml:{fault}")], found


def test_an_item_that_rests_on_nothing_is_told(changed: Callable[..., list[str]]) -> None:
    basis = SMALL_CASE[SMALL_CASE.index("    basis:") :]
    assert changed((basis, "")) == [
        "ZC.yaml:26:5: 'TWO' rests on nothing, expected: a clock, a basis, or the source of a practice"
    ]


def test_all_faults_of_a_case_template_are_told_at_once(changed: Callable[..., list[str]]) -> None:
    found = changed(("opens: begun", "opens: born"), ("duty: legal", "duty: cook"), ("weight: 1", "weight: x"))
    assert [line.split(":")[1] for line in found] == ["5", "20", "31"]


def test_a_milestone_that_could_not_be_read_is_not_missed_elsewhere(changed: Callable[..., list[str]]) -> None:
    found = changed(("name: decided", "name: Decided"))
    assert [line.split(":")[1] for line in found] == ["11"]


def test_a_term_that_could_not_be_read_is_the_only_fault(changed: Callable[..., list[str]]) -> None:
    found = changed(("rule: within 30 d", "rule: 30"))
    assert [line.split(", expected")[0] for line in found] == ["ZC.yaml:13:85: 'rule' is 30"]


def test_templates_of_both_kinds_and_their_faults_are_read_together(
    small_case: Path, tmp_path: Path, registry: Registry, duties: dict[str, Text]
) -> None:
    year = tmp_path / "TT.yaml"
    year.write_text(SMALL_TEMPLATE, encoding="utf-8")
    library = read_library([small_case, year], registry, duties)
    assert ([one.code for one in library.templates], [one.code for one in library.cases]) == (["TT"], ["ZC"])
    year.write_text(SMALL_TEMPLATE.replace("duty: legal", "duty: cook", 1), encoding="utf-8")
    small_case.write_text(SMALL_CASE.replace("duty: legal", "duty: cook", 1), encoding="utf-8")
    found = lines_of(tmp_path, lambda: read_library([small_case, year], registry, duties))
    assert [line.split(":")[0] for line in found] == ["TT.yaml", "ZC.yaml"]


def test_a_case_template_is_known_by_its_code_and_by_what_its_file_says(small_case: Path, small_template: Path) -> None:
    assert [case_code(one) for one in ("AJ", "PL", small_case, small_template)] == ["AJ", None, "ZC", None]
    assert (is_case_file(small_case), is_case_file(small_template)) == (True, False)
    assert {path.stem for path in case_files()} == set(CASES)


def test_a_case_template_is_no_template_for_a_year(
    small_case: Path, registry: Registry, duties: dict[str, Text]
) -> None:
    assert lines_of(small_case.parent, lambda: read_templates([small_case], registry, duties)) == [
        "ZC.yaml:2:6: this is a template for cases, expected: a template with 'for: year'"
    ]


# --- faults of clocks ----------------------------------------------------------------------------

SMALL_CLOCKS = """\
pauses:
  hearing: {zh: 听证, en: hearing}
choices:
  which: {title: {zh: 哪个, en: which}, answers: {one: {zh: 一, en: one}, two: {zh: 二, en: two}}}
clocks:
  reply:
    title: {zh: 答复, en: Reply}
    starts: {zh: 收到, en: received}
    rules:
      - rule: within 10 d
        basis:
          - {law: fyf, articles: {"2017": "23"}, only: ["2017"], certainty: read, read_in: LRB}
        pauses: [hearing]
      - rule: within 10 wd
        basis:
          - {law: fyf, articles: {"2023": "48"}, only: ["2023"], certainty: read, read_in: JL}
        target: {rule: within 5 wd}
    transition: {choice: which, milestone: received, before: "2024-01-01"}
"""


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("within 10 d\n", "within ten days\n", "10:15: 'within ten days' is no term, expected: a term such as"),
        ("within 5 wd", "in 5 wd", "17:24: 'in 5 wd' is no term"),
        ("pauses: [hearing]", "pauses: [lunch]", "13:18: no pause 'lunch' in this file, expected: one of 'pauses'"),
        ("[hearing]", "[hearing, hearing]", "13:27: 'hearing' stands here twice"),
        ("choice: which", "choice: whose", "18:26: no choice 'whose' in this file, expected: one of 'choices'"),
        (", two: {zh: 二, en: two}", "", "4:48: 'which' leaves no choice, expected: two answers at least"),
        ("law: fyf", "law: fyg", "12:19: no law 'fyg' in laws.yaml"),
        ('only: ["2017"]', 'only: ["2018"]', "12:34: the law fyf has no version '2018'"),
        ('only: ["2023"], ', "", "14:9: the terms of 'reply' overlap, or the newer one stands first"),
        ('before: "2024-01-01"', "before: soon", "18:62: 'before' is 'soon'"),
        ("  reply:", "  Reply:", "7:5: 'Reply' is 'Reply', expected: text of the form"),
    ],
)
def test_a_fault_of_the_clocks_is_told_with_its_place(
    tmp_path: Path, registry: Registry, old: str, new: str, fault: str
) -> None:
    path = tmp_path / "clocks.yaml"
    assert SMALL_CLOCKS.count(old) >= 1
    path.write_text(SMALL_CLOCKS.replace(old, new, 1), encoding="utf-8")
    found = lines_of(tmp_path, lambda: read_clocks(registry, path))
    assert [line for line in found if line.startswith(f"clocks.yaml:{fault}")], found


def test_terms_in_the_wrong_order_are_told(tmp_path: Path, registry: Registry) -> None:
    head, tail = SMALL_CLOCKS.split("      - rule: within 10 d\n")
    first, second = tail.split("      - rule: within 10 wd\n")
    second, transition = second.split("    transition")
    path = tmp_path / "clocks.yaml"
    swapped = f"{head}      - rule: within 10 wd\n{second}      - rule: within 10 d\n{first}    transition{transition}"
    path.write_text(swapped, encoding="utf-8")
    (found,) = lines_of(tmp_path, lambda: read_clocks(registry, path))
    assert found.startswith("clocks.yaml:14:9: the terms of 'reply' overlap, or the newer one stands first, expected: ")


def test_law_that_was_never_in_force_is_told(tmp_path: Path) -> None:
    text = (checklists() / "laws.yaml").read_text(encoding="utf-8")
    assert 'from: {date: "2024-01-01", certainty: read}' in text
    laws = tmp_path / "laws.yaml"
    ended = 'to: {date: "2023-06-30", certainty: read}\n        ended: repealed'
    begun = 'from: {date: "2024-01-01", certainty: read}'
    start = text.index("  fyf:")
    laws.write_text(text[:start] + text[start:].replace(begun, f"{begun}\n        {ended}", 1), encoding="utf-8")
    path = tmp_path / "clocks.yaml"
    path.write_text(SMALL_CLOCKS, encoding="utf-8")
    assert lines_of(tmp_path, lambda: read_clocks(read_registry(laws), path)) == [
        "clocks.yaml:16:13: the law 'fyf' ends before it begins, expected: law that was in force on some day",
    ]


def test_the_clocks_file_stands_beside_the_templates() -> None:
    assert clocks_file() == checklists() / "clocks.yaml"
