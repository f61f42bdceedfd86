"""The year 2022 of a real bureau, played from its file: what the report says, no more and no less."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from lawcheck.core.journal import Actor, Entry
from lawcheck.core.totals import Totals
from lawcheck.service.board import board
from lawcheck.service.demo import YEAR, demo_today, play
from lawcheck.service.figures import Figures, list_figures, show_figure
from lawcheck.service.items import show
from lawcheck.service.summary import BREAKDOWNS, Summary, summarise
from lawcheck.service.verify import verify
from lawcheck.store.register import Register
from support import INSTANT, TODAY

Dump = dict[str, list[tuple[object, ...]]]
SIGNED = date(2023, 1, 9)
ACTOR = Actor("somebody", "os-somebody", "desk-1", INSTANT, TODAY, today_set=False)
MISPRINT, RIGHT = "国发办", "国办发〔2018〕118号"
FIGURES = """\
pufa_content_classes 3类 3 2022-01-01 2022-12-31 exact
pufa_law_areas 14个领域 14 2022-01-01 2022-12-31 counted
case_committee_meetings 21次 21 2022-01-01 2022-12-12 exact
cases_discussed 209宗 209 2022-01-01 2022-12-12 exact
penalty_hearings 26次 26 2022-01-01 2022-12-31 exact
cbso_enterprises 20家 20 2022-01-01 2022-12-31 more-than
macau_online_setup_days 0.5天 0.5 2022-01-01 2022-12-31 at-best
commercial_entities 19.71万户 197100 - 2022-09-30 exact
commercial_entities_yoy 3.72% 3.72 - 2022-09-30 exact
quality_assessment_A_years 3年 3 - 2022-12-31 exact
gov_quality_award_nominees 1家 1 2022-01-01 2022-12-31 exact
quality_brand_top100 6家 6 2022-01-01 2022-12-31 exact
patents_granted 7681件 7681 2022-01-01 2022-10-31 exact
invention_patents 2112件 2112 2022-01-01 2022-10-31 exact
invention_patents_yoy 16% 16 2022-01-01 2022-10-31 exact
national_first_group_standard 1个 1 2022-01-01 2022-12-31 exact
tm_infringement_insurance_first 1单 1 2022-01-01 2022-12-31 exact
credit_analysis_system_first 1个 1 2022-01-01 2022-12-31 exact
food_safety_A_years 5年 5 - 2022-12-31 exact
major_food_incidents 0起 0 2022-01-01 2022-12-31 exact
kitchen_online_coverage 100% 100 2022-01-01 2022-12-31 exact
catering_upgraded_A 18家 18 2022-01-01 2022-12-31 exact
special_food_trace_rank 1名次 1 2022-01-01 2022-12-31 exact
food_rapid_tests 23.83万批次 238300 2022-01-01 2022-12-31 exact
food_rapid_pass_rate 98.94% 98.94 2022-01-01 2022-12-31 exact
sampling_task_norm 1批次/千人 1 2022-01-01 2022-12-31 exact
sampling_task_completion 133.10% 133.10 2022-01-01 2022-12-31 exact
drug_vending_pilot_first 1个 1 2022-01-01 2022-12-31 exact
drug_device_key_products 491家次 491 2022-01-01 2022-12-31 exact
drug_device_key_firms 468家次 468 2022-01-01 2022-12-31 exact
drug_device_key_links 207家次 207 2022-01-01 2022-12-31 exact
drug_samples 268批次 268 2022-01-01 2022-12-31 exact
drug_sample_pass_rate 98.5% 98.5 2022-01-01 2022-12-31 exact
cosmetics_case 1宗 1 2022-01-01 2022-12-31 exact
special_equip_users_inspected 347家 347 2022-01-01 2022-12-31 exact
special_equip_cases 16宗 16 2022-01-01 2022-12-31 exact
special_equip_inspection_rate 99.39% 99.39 2022-01-01 2022-12-31 exact
special_equip_deregistered 135台 135 2022-01-01 2022-12-31 exact
special_equip_accidents 0起 0 2022-01-01 2022-12-31 exact
ebike_sellers_inspected 81家次 81 2022-01-01 2022-12-31 exact
ebike_interviews 13家次 13 2022-01-01 2022-12-31 exact
campus_inspections 16次 16 2022-01-01 2022-12-31 exact
toy_sellers_inspected 121家 121 2022-01-01 2022-12-31 exact
sanwu_products 198件 198 2022-01-01 2022-12-31 exact
product_quality_cases_filed 13宗 13 2022-01-01 2022-12-31 exact
cases_total 716宗 716 2022-01-01 2022-12-31 exact
fines_collected 1619.14万元 16191400 2022-01-01 2022-12-31 inferred
fcr_joint_reviews 20次 20 2022-01-01 2022-12-31 more-than
procurement_docs_selfchecked 440份 440 2022-01-01 2022-12-31 exact
price_campaigns 14项 14 2022-01-01 2022-12-31 exact
price_cases_filed 14宗 14 2022-01-01 2022-12-31 exact
ad_cases 22宗 22 2022-01-01 2022-12-31 exact
ad_fines 265.50万元 2655000 2022-01-01 2022-12-31 exact
online_leads 84条 84 2022-01-01 2022-12-31 exact
delivery_platforms 2个 2 2022-01-01 2022-12-31 exact
merchants_taken_offline 89家 89 2022-01-01 2022-12-31 exact
trust_consumption_units 273家 273 2022-01-01 2022-12-31 exact
rights_service_stations 147家 147 2022-01-01 2022-12-31 exact
odr_enterprises 18家 18 2022-01-01 2022-12-31 exact
offline_7day_return_stores 9家 9 2022-01-01 2022-12-31 exact
complaints_reports 8.08万件 80800 2022-01-01 2022-12-31 exact
consumer_losses_recovered 2232.6万元 22326000 2022-01-01 2022-12-31 about
greatwall_broadband_case 1宗 1 2022-01-01 2022-12-31 counted
market_upgraded 2家 2 2022-01-01 2022-12-31 exact
fair_markets_closed 13家 13 2022-01-01 2022-12-31 exact
markets_remaining 51家 51 - 2022-12-31 exact
cadres_deployed 300名 300 2022-01-01 2022-12-31 more-than
fever_drug_messages 100万条 1000000 2022-01-01 2022-12-31 more-than
fangcang_meal_checks 4626宗 4626 2022-01-01 2022-12-31 exact
fangcang_meal_pass_rate 98.56% 98.56 2022-01-01 2022-12-31 exact
fangcang_meals 231.99万人次 2319900 2022-01-01 2022-12-31 cumulative
fangcang_complaints 0件 0 2022-01-01 2022-12-31 exact
fangcang_errors 0件 0 2022-01-01 2022-12-31 exact
fangcang_infections 0例 0 2022-01-01 2022-12-31 exact
fangcang_accidents 0起 0 2022-01-01 2022-12-31 exact
cold_chain_samples 2.99万份 29900 2022-01-01 2022-12-31 exact
cold_chain_positive 0份 0 2022-01-01 2022-12-31 exact
price_data_collected 9915条 9915 2022-10-22 2022-12-31 inferred
admonition_letters 9841份 9841 2022-10-22 2022-12-31 inferred
price_violation_cases 5宗 5 2022-10-22 2022-12-31 inferred
outbreak_codes 3个 3 2022-01-01 2022-12-31 counted
frontline_comrades 100名 100 2022-01-01 2022-12-31 more-than
legal_lectures 1次 1 2022-01-01 2022-12-31 counted
internal_bodies_merged 3个 3 - 2022-12-31 counted
"""
"""Key, value with measure, the number in the measure itself, first day, last day, qualifier."""


@pytest.fixture(scope="module", params=["zh", "en"])
def played(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    with Register.create(tmp_path_factory.mktemp("demo") / "demo.db", INSTANT) as register:
        play(register, ACTOR, chinese=request.param == "zh")
        yield register


def _summary(register: Register, by: str = "template") -> Summary:
    return summarise(register, YEAR, by=by, as_of=SIGNED)


def _figures(register: Register) -> Figures:
    return list_figures(register, year=YEAR, as_of=SIGNED)


# --- figures ----------------------------------------------------------------------------------


def test_the_quantities_of_the_report_are_all_recorded_and_nothing_else_is(played: Register) -> None:
    recorded = [figure.key for figure in _figures(played).figures if figure.value is not None]
    assert sorted(recorded) == sorted(line.split()[0] for line in FIGURES.splitlines())
    assert len(recorded) == len(played.all("figure_entry_of_year", year=YEAR)) == 84


@pytest.mark.parametrize("line", FIGURES.splitlines(), ids=lambda line: str(line).split()[0])
def test_a_quantity_stands_with_its_value_measure_period_and_qualifier(line: str, played: Register) -> None:
    key, typed, base, begins, ends, qualifier = line.split()
    shown = show_figure(played, key, year=YEAR, as_of=SIGNED)
    figure, (entry,) = shown.figure, shown.entries
    assert f"{figure.value}{figure.measure_zh}" == typed
    assert figure.base == Decimal(base)
    assert str(figure.from_date or "-") == begins
    assert str(figure.to_date) == ends
    assert (figure.qualifier, entry.qualifier, figure.entries) == (qualifier, qualifier, 1)
    assert entry.person == "法制员"
    assert entry.note is not None
    assert entry.note.startswith(("年报", "Report "))


def test_the_fines_are_sixteen_million_yuan_of_which_the_report_prints_no_unit(played: Register) -> None:
    fines = show_figure(played, "fines_collected", year=YEAR, as_of=SIGNED).figure
    assert (fines.value, fines.measure_zh, fines.base, fines.qualifier) == (
        "1619.14万",
        "元",
        Decimal(16191400),
        "inferred",
    )


def test_the_meetings_are_counted_to_the_twelfth_of_december(played: Register) -> None:
    for key, value in (("case_committee_meetings", "21"), ("cases_discussed", "209")):
        figure = show_figure(played, key, year=YEAR, as_of=SIGNED).figure
        assert (figure.value, figure.from_date, figure.to_date) == (value, date(2022, 1, 1), date(2022, 12, 12))
    before = list_figures(played, year=YEAR, as_of=date(2022, 12, 11)).figures
    assert [figure.value for figure in before if figure.key == "case_committee_meetings"] == [None]


def test_a_value_reads_as_it_was_printed(played: Register) -> None:
    printed = {"complaints_reports": "8.08万", "ad_fines": "265.50万", "sampling_task_completion": "133.10"}
    for key, value in printed.items():
        assert show_figure(played, key, year=YEAR, as_of=SIGNED).figure.value == value


# --- the misprint -----------------------------------------------------------------------------


def _places(thing: object, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield where in a document the misprint stands."""
    if isinstance(thing, dict):
        for key, value in thing.items():
            yield from _places(value, (*path, str(key)))
    elif isinstance(thing, list):
        for value in thing:
            yield from _places(value, path)
    elif MISPRINT in str(thing):
        yield path


def test_the_misprint_of_the_report_stands_nowhere_but_in_the_warning_against_it(played: Register) -> None:
    warned, cited = 0, 0
    for _, body in played.all("document_all"):
        places = list(_places(json.loads(str(body))))
        assert {path[-2:-1] for path in places} <= {("note",)}
        warned += len(places)
        cited += str(body).count(f'"number":"{RIGHT}"')
    assert warned > 0
    assert cited > 0
    entered = ("bureau", "year", "checklist", "checklist_row", "note", "figure", "figure_entry", "entry")
    for table in entered:
        assert MISPRINT not in repr(played.all(f"{table}_all"))


# --- rows -------------------------------------------------------------------------------------


def test_of_two_law_lectures_one_is_named_and_the_other_is_left(played: Register) -> None:
    (row,) = show(played, "FR-04", year=YEAR, today=SIGNED).rows
    assert (row.state, row.done_on, row.done_by) == ("partial", None, "法制员")
    assert row.left_to_do == "每年至少两次，报告只写明一次；第二次没有举办或者没有写明。"  # in the report's language
    assert show_figure(played, "legal_lectures", year=YEAR, as_of=SIGNED).figure.value == "1"


def test_the_late_answers_to_informers_are_noted_and_not_counted(played: Register) -> None:
    shown = show(played, "CR-06", year=YEAR, today=SIGNED)
    assert (shown.item.kind, shown.rows) == ("case", ())
    (note,) = shown.notes
    assert ("答复逾期" in note.text) != ("answered late" in note.text)
    (rate,) = [one for one in _summary(played).rates if one.code == "CR-06"]
    assert (rate.met, rate.of, rate.percent(), rate.is_met()) == (None, None, None, None)


def test_what_was_done_was_done_on_no_day_that_anybody_stated(played: Register) -> None:
    months = [f"MD-15.M{month:02}" for month in range(1, 12)]
    rows = played.all("checklist_row_all")
    assert sorted(str(row[1]) for row in rows if row[9] == "done") == ["FR-01.Q4", "LP-01", *months, "PL-01"]
    assert sorted(str(row[1]) for row in rows if row[9] == "partial") == [
        "ES-11",
        "FR-04",
        "FR-06",
        *(f"LP-03.Q{quarter}.ZF" for quarter in (1, 2, 3, 4)),
        "MD-15.M12",
    ]
    assert {row[12] for row in rows} == {None}
    assert {row[6] for row in rows} == {None}
    assert not [row for row in rows if row[9] == "na"]


def test_every_row_that_was_touched_says_where_the_report_speaks_of_it(played: Register) -> None:
    touched = {str(row[1]) for row in played.all("checklist_row_all") if row[9] != "open"}
    notes = {str(note[1]): str(note[3]) for note in played.all("note_all")}
    assert touched <= notes.keys()
    assert all(text.startswith(("年报", "Report ")) for text in notes.values())


# --- the whole --------------------------------------------------------------------------------


def test_the_year_is_summed_up_as_of_the_day_the_report_was_signed(played: Register) -> None:
    summary = _summary(played)
    assert {line.part: tuple(line.totals[:8]) for line in summary.lines} == {
        "CR": (24, 0, 0, 24, 0, 0, 0, 24),
        "ES": (40, 0, 1, 39, 0, 0, 0, 39),
        "FR": (9, 1, 2, 6, 0, 0, 1, 7),
        "LP": (13, 1, 4, 8, 0, 0, 1, 12),
        "MD": (13, 11, 1, 1, 0, 0, 11, 2),
        "PL": (5, 1, 0, 4, 0, 0, 1, 3),
    }
    total = Totals(
        rows=104,
        done=14,
        partial=8,
        open=82,
        na=0,
        late=0,
        undated=14,
        overdue=87,
        weight=204,
        weight_done=17,
        not_triggered=15,
    )
    assert {by: _summary(played, by).total for by in BREAKDOWNS} == dict.fromkeys(BREAKDOWNS, total)
    assert (total.percent(), total.score()) == ("13.5", "8.3")
    assert len(summary.rates) == 35
    assert [rate for rate in summary.rates if rate.is_met() is not None] == []


def test_the_sections_of_the_summary_are_those_of_the_report_in_its_order(played: Register) -> None:
    numbers = [line.title_zh.partition(" ")[0] for line in _summary(played, "section").lines]
    assert numbers == ["一(一)", "一(二)", "一(五)", "一(八)", "一(十一)", "二", "三(二)"]


def test_the_board_is_looked_at_on_the_day_the_report_was_signed(played: Register) -> None:
    seen = board(played, demo_today())
    assert (demo_today(), seen.years) == (SIGNED, (2022,))
    (count,) = seen.counts
    assert count.overdue == _summary(played).total.overdue == 87


def test_the_record_of_the_year_is_whole_one_entry_a_step(played: Register) -> None:
    verified = verify(played)
    assert (verified.entries, verified.redacted, verified.rows, verified.findings) == (103, (), 104, ())


def test_every_entry_says_that_its_day_was_set(played: Register) -> None:
    entries = [Entry(*values) for values in played.all("entry_all")]  # type: ignore[arg-type]
    assert {(entry.person, entry.today, entry.at) for entry in entries} == {("法制员", "2023-01-09", INSTANT)}
    assert {entry.os_user for entry in entries} == {"os-somebody"}


def test_playing_tells_how_far_it_is_and_plays_the_same_twice(tmp_path: Path, dump: Callable[[Register], Dump]) -> None:
    seen: list[tuple[int, int]] = []
    dumps = []
    for name in ("first.db", "second.db"):
        with Register.create(tmp_path / name, INSTANT) as register:
            steps = play(register, ACTOR, chinese=True, progress=lambda done, of: seen.append((done, of)))
            dumps.append(repr(dump(register)).encode())
    assert steps == 102
    assert seen == [(done, steps) for done in range(1, steps + 1)] * 2
    assert dumps[0] == dumps[1]
