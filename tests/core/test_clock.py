"""Clocks frozen for a case: when a rule applies by the law it rests on, and which rule is that of a day."""

from datetime import date

import pytest

from lawcheck.core.clock import Clock, ClockRule, Extension, Target, Window, frozen_clock, window
from lawcheck.core.frozen import Document, rule_on
from lawcheck.core.law import Basis, Certainty, Ended, Law, LawDate, Level, Registry, Version
from lawcheck.core.words import Text

READ = Certainty.READ


def text(word: str) -> Text:
    return Text(f"{word}（中）", word)


def day(of: str | None, by: str | None = None) -> LawDate:
    return LawDate(of, READ if of else Certainty.NOT_FOUND, by)


def version(name: str, begins: LawDate, ends: LawDate | None = None, issued: str | None = None) -> Version:
    ended = Ended.SUPERSEDED if ends else None
    return Version(name, None, None, READ, day(issued), begins, ends, ended, ("JL",), None, None)


def law(name: str, *versions: Version) -> Law:
    return Law(name, text(name), Level.STATUTE, text("issuer"), None, versions)


REGISTRY = Registry(
    {
        one.id: one
        for one in (
            law(
                "two",
                version("old", day("2018-01-01"), day("2023-12-31")),
                version("new", day("2024-01-01")),
            ),
            law("rough", version("1", day("2021-05"), day("2022-06"))),
            law("undated", version("1", day(None))),
            law("issued", version("1", day(None), issued="2019-03-02")),
            law("traced", version("1", day(None, "2022"))),
            law("open", version("1", day("2020-01-01"), day(None))),
        )
    }
)


def on(name: str, *only: str) -> Basis:
    return Basis(name, {"*": "3"}, only, READ, {"*": "JL"})


def rule(term: str, *bases: Basis) -> ClockRule:
    return ClockRule(term, bases, None, None, (), None, None)


@pytest.mark.parametrize(
    ("bases", "begins", "ends"),
    [
        ((on("two"),), "2018-01-01", None),
        ((on("two", "old"),), "2018-01-01", "2023-12-31"),
        ((on("two", "new"),), "2024-01-01", None),
        ((on("rough"),), "2021-05-01", "2022-06-30"),
        ((on("rough"), on("two", "old")), "2018-01-01", "2023-12-31"),
        ((on("undated"),), None, None),
        ((on("undated"), on("rough")), None, None),
        ((on("issued"),), "2019-03-02", None),
        ((on("traced"),), "2022-01-01", None),
        ((on("open"),), "2020-01-01", None),
        ((), None, None),
    ],
)
def test_a_rule_applies_while_any_of_its_law_may_be_in_force(
    bases: tuple[Basis, ...], begins: str | None, ends: str | None
) -> None:
    days = (None if one is None else date.fromisoformat(one) for one in (begins, ends))
    assert window(bases, REGISTRY) == Window(*days)


@pytest.fixture
def reply() -> Document:
    rules = (rule("within 10 d", on("two", "old")), rule("within 10 wd", on("two", "new")))
    return frozen_clock(Clock("reply", text("Reply"), text("received"), rules, None, None), REGISTRY)


@pytest.mark.parametrize(
    ("of", "place"),
    [("2017-12-31", None), ("2018-01-01", 0), ("2023-12-31", 0), ("2024-01-01", 1), ("2199-12-31", 1)],
)
def test_the_rule_of_a_day_is_the_one_whose_law_is_in_force_on_it(reply: Document, of: str, place: int | None) -> None:
    assert rule_on(reply, date.fromisoformat(of)) == place


def test_every_version_is_cited_without_a_year_to_bound_it(reply: Document) -> None:
    whole = frozen_clock(
        Clock("all", text("All"), text("received"), (rule("within 3 d", on("two")),), None, None), REGISTRY
    )
    cited = [[(one["version"], one["applies"]) for one in held["basis"]] for held in whole["rules"]]
    assert cited == [[(name, {"from": None, "to": None}) for name in ("old", "new")]]
    assert [[one["version"] for one in held["basis"]] for held in reply["rules"]] == [["old"], ["new"]]


def test_a_frozen_clock_keeps_what_extends_it_what_stops_it_and_its_stricter_target() -> None:
    held = ClockRule(
        "within 10 wd",
        (on("two"),),
        None,
        Extension(30, 1, text("the head"), text("the leadership")),
        ("hearing",),
        Target("within 5 wd", (on("rough"),), text("stricter")),
        text("a note"),
    )
    (found,) = frozen_clock(Clock("x", text("X"), text("y"), (held,), None, None), REGISTRY)["rules"]
    assert {key: found[key] for key in ("rule", "from", "to", "practice", "extend", "pauses", "note")} == {
        "rule": "within 10 wd",
        "from": "2018-01-01",
        "to": None,
        "practice": None,
        "extend": {
            "amount": 30,
            "times": 1,
            "approval": {"zh": "the head（中）", "en": "the head"},
            "further": {"zh": "the leadership（中）", "en": "the leadership"},
        },
        "pauses": ["hearing"],
        "note": {"zh": "a note（中）", "en": "a note"},
    }
    target = found["target"]
    assert (target["rule"], target["from"], target["to"]) == ("within 5 wd", "2021-05-01", "2022-06-30")
    assert [one["law"] for one in target["basis"]] == ["rough"]
