"""Figures that cases answer: counted in the year of the milestone they name, as of a day."""

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from lawcheck.core.case import Reached
from lawcheck.core.figure import FigureValue
from lawcheck.core.journal import WHOLE, Actor, Change
from lawcheck.errors import UnknownFigure
from lawcheck.render.summary_sheets import summary_sheets
from lawcheck.service.bureaus import default_bureau_file, import_bureau
from lawcheck.service.case_rows import CaseLine, Held, consequences, milestone_fields, plan_for
from lawcheck.service.cases import case_fields, keep_template, open_case, record_milestone, set_facts, shipped_case
from lawcheck.service.closing import close_year
from lawcheck.service.figures import Reported, add_figure, list_figures, show_figure
from lawcheck.service.journal import undo
from lawcheck.service.lists import Filter, list_rows
from lawcheck.service.people import bureau_held
from lawcheck.service.rows import set_rows_aside, tick
from lawcheck.service.start import start_year
from lawcheck.service.summary import summarise
from lawcheck.service.verify import verify
from lawcheck.service.working_days import calendar_of
from lawcheck.store import sqlite_sql
from lawcheck.store.entities import key_text
from lawcheck.store.register import Register
from support import TODAY, Program

DAY = date.fromisoformat(TODAY)
PUBLISHED = "Publish penalty and licence decisions"
"""The clock of a published decision, in words."""
LEAD, DECIDED = "2026-02-24", "2026-03-02"
IN_TIME, LATE = "2026-03-11", "2026-03-12"
"""The seventh working day after the decision, and the day after it."""


@pytest.fixture
def penalties(empty_register: Register, actor: Actor) -> Register:
    """Return a register with the penalties' checklist of 2026."""
    start_year(empty_register, actor, 2026, ["ES"])
    return empty_register


def _cases(register: Register, actor: Actor, cases: Sequence[tuple[str, ...]], facts: str = "") -> list[str]:
    """Record penalty cases by lead, decision and publication, as many as there are, in one entry."""
    with register.transaction():
        kept, changes = keep_template(register, shipped_case("AJ"))
        plan, bureau, calendar = plan_for(kept.key, register), bureau_held(register), calendar_of(register)
        first = len(register.all("case_file_all")) + 1
        refs = [f"AJ-{n:02}" for n in range(first, first + len(cases))]
        for ref, days in zip(refs, cases, strict=True):
            line = CaseLine(ref, "AJ", 1, ref, "x", "ALL", days[0], tuple(facts.split()), "open", None)
            reached = tuple(
                Reached(*one) for one in zip(("lead", "decided", "published"), (1, 1, 1), days, strict=False)
            )
            changes.append(Change("case", ref, WHOLE, None, case_fields(line)))
            changes += [
                Change("milestone", key_text(ref, one.name, 1), WHOLE, None, milestone_fields(one)) for one in reached
            ]
            held = Held(line, kept.document, plan, reached, (), (), {}, {})
            changes += consequences(held, actor, calendar, bureau)[0]
        register.record(actor, "case import", changes)
    return refs


def _figure(register: Register, key: str, as_of: date = DAY) -> FigureValue:
    return next(one for one in list_figures(register, year=2026, as_of=as_of).figures if one.key == key)


def _published(register: Register, as_of: date = DAY) -> tuple[object, ...]:
    (rate,) = (one for one in summarise(register, 2026, by="template", as_of=as_of).rates if one.code == "ES-03")
    return rate.met, rate.of, rate.source


def _mixed(register: Register, actor: Actor) -> list[str]:
    """Record 198 penalties published in time, 8 published late and 3 not at all."""
    days = [(LEAD, DECIDED, IN_TIME)] * 198 + [(LEAD, DECIDED, LATE)] * 8
    return _cases(register, actor, [*days, *[(LEAD, DECIDED)] * 3])


def test_198_of_209_penalties_published_in_time_are_found_everywhere(
    penalties: Register, actor: Actor, program: Program
) -> None:
    _mixed(penalties, actor)
    standing = list_rows(penalties, Filter("ES"), year=None, today=DAY).standing
    (listed,) = (one for one in standing.rates if one.code == "ES-03")
    assert (listed.met, listed.of, listed.percent(), listed.is_met()) == (Decimal(198), Decimal(209), "94.7", False)
    assert _published(penalties) == (Decimal(198), Decimal(209), "cases")
    assert verify(penalties).findings == ()
    for command in (("list", "ES"), ("summary", "2026")):
        words = program(*command).out
        assert "198 of 209" in words
        assert "Counted from cases: ES-03" in words
        words = program("--lang", "zh", *command).out
        assert "198/209" in words
        assert "按案件统计：ES-03" in words
        (rate,) = (one for one in json.loads(program("--json", *command).out)["data"]["rates"] if one["ref"] == "ES-03")
        assert (rate["met"], rate["of"], rate["source"], rate["is_met"]) == ("198", "209", "cases", False)


def test_a_row_counts_once_it_is_done_or_past_its_day(penalties: Register, actor: Actor) -> None:
    _cases(penalties, actor, [(LEAD, DECIDED, "2026-03-05"), (LEAD, DECIDED)])
    last = date.fromisoformat(IN_TIME)
    assert _published(penalties, date(2026, 3, 4)) == (Decimal(0), Decimal(0), "cases")
    assert _published(penalties, date(2026, 3, 5)) == (Decimal(1), Decimal(1), "cases")
    assert _published(penalties, last) == (Decimal(1), Decimal(1), "cases")
    assert _published(penalties, last.replace(day=12)) == (Decimal(1), Decimal(2), "cases")


def test_a_case_counts_in_the_year_of_the_milestone_that_the_figure_names(penalties: Register, actor: Actor) -> None:
    start_year(penalties, actor, 2025, ["ES"])
    _cases(penalties, actor, [("2025-12-01", "2025-12-31", "2026-01-05"), ("2025-12-01", "2026-01-04", "2026-01-09")])
    for year in (2025, 2026):
        figures = {one.key: one.value for one in list_figures(penalties, year=year, as_of=DAY).figures}
        assert (figures["penalty_decisions"], figures["penalty_published_7wd"]) == ("1", "1")


def test_entries_answer_until_a_case_reaches_the_milestone(penalties: Register, actor: Actor) -> None:
    add_figure(penalties, actor, "penalty_decisions", "12件", Reported())
    add_figure(penalties, actor, "penalty_published_7wd", "11件", Reported())
    _cases(penalties, actor, [(LEAD,), ("2025-01-02", "2025-02-03")])
    assert _published(penalties) == (Decimal(11), Decimal(12), "entries")
    assert _figure(penalties, "penalty_decisions").source == "entries"
    _cases(penalties, actor, [(LEAD, DECIDED, IN_TIME)])
    assert _published(penalties, date(2026, 3, 1)) == (Decimal(11), Decimal(12), "entries")
    assert _published(penalties) == (Decimal(1), Decimal(1), "cases")


def test_what_was_typed_stands_beside_what_cases_answer(penalties: Register, actor: Actor, program: Program) -> None:
    _cases(penalties, actor, [(LEAD, DECIDED, IN_TIME)] * 2)
    added = add_figure(penalties, actor, "penalty_decisions", "5件", Reported())
    assert (added.figure.value, added.counted and added.counted.value) == ("5", "2")
    shown = show_figure(penalties, "penalty_decisions", year=None, as_of=DAY)
    assert (shown.figure.value, shown.figure.source, shown.figure.entries) == ("2", "cases", 1)
    assert (shown.figure.from_date, shown.figure.to_date) == (date(2026, 1, 1), DAY)
    assert shown.typed is not None
    assert (shown.typed.value, shown.typed.source) == ("5", "entries")
    words = program("figure", "show", "penalty_decisions").out
    assert "Value: 2 decisions (counted from cases)" in words
    assert "Typed: 5 decisions (the sum of its entries), +3 against the cases" in words
    data = json.loads(program("--json", "figure", "show", "penalty_decisions").out)["data"]
    assert data["typed"] == {"value": "5", "base": "5", "difference": "3"}
    assert (data["figure"]["source"], data["figure"]["value"]) == ("cases", "2")
    assert data["counted"] == {"case": "AJ", "by": "decided", "fact": None, "rows": ["PUB", "NODISC"], "which": "due"}


def _by_hand(register: Register, actor: Actor, folder: Path, *keys: str) -> None:
    path = folder / "bureau.yaml"
    default = default_bureau_file().read_text(encoding="utf-8")
    path.write_text(f"{default}\ntyped: [{', '.join(keys)}]\n", encoding="utf-8")
    import_bureau(register, actor, path)


def test_a_figure_that_the_bureau_reports_by_hand_is_not_answered_by_cases(
    penalties: Register, actor: Actor, tmp_path: Path
) -> None:
    add_figure(penalties, actor, "penalty_decisions", "739件", Reported())
    _cases(penalties, actor, [(LEAD, DECIDED, IN_TIME)] * 2)
    listed = list_figures(penalties, year=2026, as_of=DAY)
    assert {key: one.value for key, one in listed.typed.items()} == {"penalty_decisions": "739"}
    assert _figure(penalties, "penalty_decisions").value == "2"
    _by_hand(penalties, actor, tmp_path, "penalty_decisions")
    shown = show_figure(penalties, "penalty_decisions", year=None, as_of=DAY)
    assert (shown.figure.value, shown.figure.source, shown.typed, shown.unreported) == ("739", "entries", None, 2)
    assert list_figures(penalties, year=2026, as_of=DAY).typed == {}
    assert _published(penalties) == (None, Decimal(739), "entries")  # what is counted is no part of what is typed
    assert add_figure(penalties, actor, "penalty_decisions", "1件", Reported()).counted is None
    assert verify(penalties).findings == ()


def test_a_rate_with_a_part_reported_by_hand_is_of_what_was_typed(
    penalties: Register, actor: Actor, tmp_path: Path
) -> None:
    path = tmp_path / "bureau.yaml"
    own = "{key: own, title: {zh: 率, en: Rate}, measure: {zh: '%', en: '%'}, section: enforcement"
    rate = "rate: {met: penalty_published_7wd, of: penalty_decisions}}"
    default = default_bureau_file().read_text(encoding="utf-8")
    path.write_text(f"{default}\nfigures: [{own}, {rate}]\n", encoding="utf-8")
    import_bureau(penalties, actor, path)
    add_figure(penalties, actor, "penalty_decisions", "8件", Reported())
    _cases(penalties, actor, [(LEAD, DECIDED, IN_TIME)] * 2)
    assert _figure(penalties, "own").value == "100.0"
    path.write_text(path.read_text(encoding="utf-8") + "typed: [penalty_decisions]\n", encoding="utf-8")
    import_bureau(penalties, actor, path)
    assert _figure(penalties, "own").value is None
    add_figure(penalties, actor, "penalty_published_7wd", "7件", Reported())
    assert _figure(penalties, "own").value == "87.5"


def test_a_closed_year_keeps_what_it_was_closed_with_whoever_reports_it_later(
    penalties: Register, actor: Actor, tmp_path: Path
) -> None:
    for number in ("739件", "1件"):
        add_figure(penalties, actor, "penalty_decisions", number, Reported())
    _cases(penalties, actor, [(LEAD, DECIDED, IN_TIME)] * 2)
    _by_hand(penalties, actor, tmp_path, "penalty_decisions")
    later = actor._replace(today="2027-01-05")
    close_year(penalties, later, 2026, confirm=True)
    _by_hand(penalties, later, tmp_path, "penalty_published_7wd")
    values = {one.key: one.value for one in list_figures(penalties, year=2026, as_of=date(2027, 1, 5)).figures}
    assert (values["penalty_decisions"], values["penalty_published_7wd"]) == ("740", "2")
    (rate,) = [one for one in summarise(penalties, 2026, as_of=date(2027, 1, 5)).rates if one.of == Decimal(740)]
    assert (rate.met, rate.source) == (None, "entries")


def test_a_key_that_no_year_has_is_not_reported_by_hand(penalties: Register, actor: Actor, tmp_path: Path) -> None:
    with pytest.raises(UnknownFigure) as error:
        _by_hand(penalties, actor, tmp_path, "penalty_decision")
    assert error.value.params["nearest"][0] == "penalty_decisions"  # type: ignore[index]


def test_typing_what_cases_answer_is_warned_of(penalties: Register, actor: Actor, program: Program) -> None:
    add = ("figure", "add", "penalty_decisions", "5件")
    assert "Cases answer this figure" not in program(*add).out
    _cases(penalties, actor, [(LEAD, DECIDED, IN_TIME)])
    said = program(*add)
    assert said.code == 0
    assert "Note: Cases answer this figure: 1 decisions as of 2026-06-15." in said.out
    data = json.loads(program("--json", *add).out)["data"]
    assert [one["code"] for one in data["warnings"]] == ["answered-by-cases"]
    assert data["counted"]["value"] == "1"


def test_a_figure_that_cases_do_not_answer_has_no_typed_value_beside_it(penalties: Register, actor: Actor) -> None:
    added = add_figure(penalties, actor, "other_decisions", "5件", Reported())
    shown = show_figure(penalties, "other_decisions", year=None, as_of=DAY)
    assert (added.counted, shown.typed, shown.figure.source) == (None, None, "entries")


def test_what_was_set_aside_does_not_count(penalties: Register, actor: Actor) -> None:
    _cases(penalties, actor, [(LEAD, DECIDED)] * 2)
    set_rows_aside(penalties, actor, ["AJ-01.PUB"], why="withheld by law")
    assert _published(penalties) == (Decimal(0), Decimal(1), "cases")


def test_the_first_date_of_a_milestone_counts_and_its_correction_moves_the_case(
    penalties: Register, actor: Actor
) -> None:
    start_year(penalties, actor, 2025, ["ES"])
    _cases(penalties, actor, [("2025-11-03", "2026-01-05", "2026-01-06")])
    assert _figure(penalties, "penalty_decisions").value == "1"
    record_milestone(penalties, actor, "AJ-01", "decided", "2026-01-07", again=True)
    assert _figure(penalties, "penalty_decisions").value == "2"
    record_milestone(penalties, actor, "AJ-01", "decided.1", "2025-12-30", correct=True, why="misread")
    assert _figure(penalties, "penalty_decisions").source == "entries"


def test_a_row_done_on_no_stated_day_is_never_in_time(empty_register: Register, actor: Actor) -> None:
    start_year(empty_register, actor, 2026, ["ES"])
    _cases(empty_register, actor, [(LEAD, DECIDED)] * 2)
    tick(empty_register, actor, ["AJ-01.TELLPUB"], on=date.fromisoformat(DECIDED))
    tick(empty_register, actor, ["AJ-02.TELLPUB"], on=None)
    told, to_tell = (_figure(empty_register, key).value for key in ("necips_party_told", "necips_parties_to_tell"))
    assert (told, to_tell) == ("1", "2")


def test_only_cases_of_which_the_fact_holds_are_counted(empty_register: Register, actor: Actor) -> None:
    start_year(empty_register, actor, 2026, ["MD"])
    _cases(empty_register, actor, [(LEAD, DECIDED)] * 3)
    assert _figure(empty_register, "major_penalty_cases").value == "0"
    set_facts(empty_register, actor, "AJ-02", ["complex", "simplified"])
    assert _figure(empty_register, "major_penalty_cases").value == "1"


def test_a_fact_is_a_word_of_its_own(register: Register) -> None:
    with register.transaction():
        register.connection.execute("INSERT INTO document VALUES ('h', '{}')")
        register.connection.execute("INSERT INTO case_template VALUES ('ZZ', 1, 'x', 'x', 'h')")
        for n, facts in enumerate(("", "full", "full_day other", "x full"), start=1):
            values = (f"ZZ-0{n}", "ZZ", 1, str(n), "x", "ALL", LEAD, facts, "open", None)
            register.connection.execute("INSERT INTO case_file VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values)
            register.connection.execute(
                "INSERT INTO case_milestone VALUES (?, 'decided', 1, ?, NULL, 0, NULL)", (f"ZZ-0{n}", DECIDED)
            )
        bounds = {"low": "ZZ-", "high": "ZZ.", "first": "2026-01-01", "after": "2027-01-01"}
        assert register.one("case_reached", milestone="decided", fact="full", **bounds) == (4, 2)
        assert register.one("case_reached", milestone="decided", fact=None, **bounds) == (4, 4)


@pytest.mark.parametrize("statement", ["case_reached", "case_rows_reached"])
def test_counting_cases_reads_no_table_from_end_to_end(penalties: Register, actor: Actor, statement: str) -> None:
    _mixed(penalties, actor)
    penalties.connection.execute("ANALYZE")
    given = {
        "milestone": "decided", "fact": None, "code": "PUB", "low": "AJ-", "high": "AJ.", "first": "2026-01-01",
        "after": "2027-01-01", "as_of": TODAY,
    }  # fmt: skip
    text = getattr(sqlite_sql, statement.upper())
    plan = [str(one[-1]) for one in penalties.connection.execute(f"EXPLAIN QUERY PLAN {text}", given)]
    assert [one for one in plan if one.startswith("SCAN")] == []


def test_the_command_by_which_cases_begin_to_answer_a_typed_figure_says_so(
    penalties: Register, actor: Actor, program: Program
) -> None:
    add_figure(penalties, actor, "penalty_decisions", "739件", Reported(on=DAY))
    opened = open_case(penalties, actor, "AJ", number="1", title="x", on=LEAD)
    assert opened.answers == ()
    planned = open_case(penalties, actor, "AJ", number="2", title="x", on=LEAD)
    decided = record_milestone(penalties, actor, planned.case.ref, "decided", DECIDED)
    (answer,) = decided.answers
    assert (answer.figure.key, answer.figure.value, answer.figure.source) == ("penalty_decisions", "1", "cases")
    assert (answer.typed.value, answer.typed.source) == ("739", "entries")
    assert record_milestone(penalties, actor, opened.case.ref, "decided", DECIDED).answers == ()
    undo(penalties, actor)
    undo(penalties, actor)
    run = program("--lang", "zh", "case", "milestone", "AJ-01", "decided", DECIDED)
    assert "penalty_decisions（2026）自此按案件统计：1件；已录入的739件保留对照，在单位档案" in run.out
    undo(penalties, actor)
    told = json.loads(program("case", "milestone", "AJ-01", "decided", DECIDED, "--json").out)["data"]["warnings"]
    assert told[-1] == {
        "code": "answered-by-cases", "key": "penalty_decisions", "year": 2026, "value": "1", "typed": "739",
        "words": "penalty_decisions (2026): cases answer it from now on: 1 decisions; "
        "typed 739 decisions stands beside it, and is reported if `typed` in bureau.yaml names it",
    }  # fmt: skip


def test_cases_do_not_begin_to_answer_a_figure_that_the_bureau_reports_by_hand(
    penalties: Register, actor: Actor, tmp_path: Path
) -> None:
    add_figure(penalties, actor, "penalty_decisions", "739件", Reported(on=DAY))
    _by_hand(penalties, actor, tmp_path, "penalty_decisions")
    open_case(penalties, actor, "AJ", number="1", title="x", on=LEAD)
    assert record_milestone(penalties, actor, "AJ-01", "decided", DECIDED).answers == ()


def test_a_register_in_chinese_says_what_is_counted(penalties: Register, actor: Actor, program: Program) -> None:
    _cases(penalties, actor, [(LEAD, DECIDED, IN_TIME)])
    said = program("--lang", "zh", "figure", "show", "penalty_decisions").out
    assert "1件（按案件统计）" in said


def test_terms_of_cases_are_told_by_clock_as_they_stand(penalties: Register, actor: Actor) -> None:
    _mixed(penalties, actor)
    terms = {one.code: one for one in summarise(penalties, 2026, as_of=DAY).terms or ()}
    assert all(one.balances() for one in terms.values())
    published = terms["PUB"]
    assert (published.template, published.clock, published.clock_en) == ("AJ", "publish-7wd", PUBLISHED)
    sheet = next(one for one in summary_sheets(summarise(penalties, 2026, as_of=DAY)) if one.name == "Terms in cases")
    assert [row[1] for row in sheet.rows if row[0] == "AJ.PUB"] == [PUBLISHED]
    assert (published.rows, published.met, published.late, published.overdue) == (209, 198, 8, 3)
    before = {one.code: one for one in summarise(penalties, 2026, as_of=date.fromisoformat(IN_TIME)).terms or ()}
    assert (before["PUB"].met, before["PUB"].late, before["PUB"].overdue, before["PUB"].running) == (198, 0, 0, 11)
    assert summarise(penalties, 2026, as_of=date(2026, 1, 1)).terms == ()


def test_what_ended_before_its_first_lawful_day_is_told_as_too_early_and_not_as_late(
    penalties: Register, actor: Actor, program: Program
) -> None:
    open_case(penalties, actor, "JC", number="1", title="x", on="2026-01-05")
    record_milestone(penalties, actor, "JC-01", "comment-opened", "2026-01-06")
    heads = ["环节", "期限", "期限数", "达标", "迟", "逾期", "期限内", "按期率"]
    assert heads in [line.split() for line in program("--lang", "zh", "summary", "2026").out.splitlines()]
    record_milestone(penalties, actor, "JC-01", "comment-closed", "2026-01-27")
    terms = summarise(penalties, 2026, as_of=DAY).terms or ()
    assert all(one.balances() for one in terms)
    (closed,) = (one for one in terms if one.clock == "jc-comment-30d")
    assert (closed.rows, closed.met, closed.late, closed.early, closed.settled()) == (1, 0, 0, 1, 1)
    heads.insert(5, "过早")
    assert heads in [line.split() for line in program("--lang", "zh", "summary", "2026").out.splitlines()]
    told = json.loads(program("--json", "summary", "2026").out)["data"]["terms"]
    assert [(one["late"], one["early"]) for one in told if one["clock"] == closed.clock] == [(0, 1)]
