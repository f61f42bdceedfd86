"""Service items, proof items, fair-competition review, reconsideration and litigation: what is asked in which year."""

import pytest

from lawcheck.core.template import DueFrom, Template
from shipped import cited, due_of, item_of, year_of, years_with

YEARS = range(2022, 2028)
ALWAYS = tuple(YEARS)
FROM_2024 = tuple(range(2024, 2028))
FROM_2026 = (2026, 2027)
YEAR_END = "by 12-31"
QUARTER = "quarter: by period end"

TABLE = {
    "SI-01": ("省政务服务事项系统的认领、梳理和更新", "yearly", YEAR_END, ALWAYS),
    "SI-02": ("办事指南的编制和公布", "occasion", None, ALWAYS),
    "SI-03": ("许可按期决定并按期送达", "case", None, ALWAYS),
    "SI-04": ("许可申请补正一次告知", "case", None, ALWAYS),
    "SI-05": ("不索要数据共享可得的材料", "periodic", QUARTER, ALWAYS),
    "PI-01": ("索要证明情况年度清查", "yearly", YEAR_END, ALWAYS),
    "PI-02": ("证明事项清单的公布和更新", "occasion", None, ALWAYS),
    "PI-03": ("证明事项告知承诺制的目录和文本", "occasion", None, ALWAYS),
    "PI-04": ("告知承诺的事中事后核查", "periodic", QUARTER, ALWAYS),
    "PI-05": ("窗口不得索要清单以外的证明", "periodic", QUARTER, ALWAYS),
    "FC-01": ("本局政策措施出台前全部审查并留书面结论", "case", None, ALWAYS),
    "FC-02": ("拟由区政府出台的政策措施会同审查", "case", None, ALWAYS),
    "FC-03": ("审查时听取利害关系人意见", "case", None, FROM_2024),
    "FC-04": ("适用例外规定的写明理由和期限", "case", None, FROM_2024),
    "FC-05": ("存量政策措施清理", "yearly", YEAR_END, ALWAYS),
    "FC-06": ("公平竞争审查抽查并报告区政府", "yearly", YEAR_END, FROM_2024),
    "FC-07": ("公平竞争审查举报渠道公开", "yearly", YEAR_END, FROM_2024),
    "FC-08": ("年度公平竞争审查总结报送（2021年细则）", "yearly", "by 01-15 next year", (2022, 2023)),
    "FC-09": ("公平竞争审查纳入考核的年度自评", "yearly", YEAR_END, FROM_2024),
    "FC-10": ("政府采购领域文件自查", "yearly", YEAR_END, ALWAYS),
    "RL-01": ("复议按期书面答复并提交证据、依据", "case", None, ALWAYS),
    "RL-02": ("复议没有因逾期不答复而视为没有证据", "case", None, ALWAYS),
    "RL-03": ("经本局提交的复议申请按期转送", "occasion", None, FROM_2024),
    "RL-04": ("认为处罚违法或者不当的自行纠正并告知", "occasion", None, FROM_2026),
    "RL-05": ("复议由一至二名工作人员代理", "case", None, FROM_2026),
    "RL-06": ("规范性文件附带审查按期书面答复", "occasion", None, FROM_2024),
    "RL-07": ("复议决定书、调解书、意见书按期履行", "case", None, ALWAYS),
    "RL-08": ("收到复议意见书60日内报告纠正情况", "occasion", None, ALWAYS),
    "RL-09": ("应诉15日内提交答辩状和证据、依据", "case", None, ALWAYS),
    "RL-10": ("行政机关负责人出庭应诉", "case", None, ALWAYS),
    "RL-11": ("生效裁判按期履行", "case", None, ALWAYS),
    "RL-12": ("司法建议、检察建议、复议建议的办理和回复", "occasion", None, ALWAYS),
    "RL-13": ("复议诉讼、听证和案件核审情况定期通报", "periodic", QUARTER, ALWAYS),
    "RL-14": ("决定书写明复议、诉讼的途径和期限", "case", None, ALWAYS),
}

KEPT = {
    ("SI", 2022): "01 02 03 04 05",
    ("SI", 2023): "01 02 03 04 05",
    ("SI", 2024): "01 02 03 04 05",
    ("SI", 2025): "01 02 03 04 05",
    ("SI", 2026): "01 02 03 04 05",
    ("PI", 2022): "01 02 03 04 05",
    ("PI", 2023): "01 02 03 04 05",
    ("PI", 2024): "01 02 03 04 05",
    ("PI", 2025): "01 02 03 04 05",
    ("PI", 2026): "01 02 03 04 05",
    ("FC", 2022): "01 02 05 08 10",
    ("FC", 2023): "01 02 05 08 10",
    ("FC", 2024): "01 02 03 04 05 06 07 09 10",
    ("FC", 2025): "01 02 03 04 05 06 07 09 10",
    ("FC", 2026): "01 02 03 04 05 06 07 09 10",
    ("RL", 2022): "01 02 07 08 09 10 11 12 13 14",
    ("RL", 2023): "01 02 07 08 09 10 11 12 13 14",
    ("RL", 2024): "01 02 03 06 07 08 09 10 11 12 13 14",
    ("RL", 2025): "01 02 03 06 07 08 09 10 11 12 13 14",
    ("RL", 2026): "01 02 03 04 05 06 07 08 09 10 11 12 13 14",
}

VERSIONS = {
    ("FC", 2022): "fcr-16 2016, fcr-21 2021, fldf 2022, gangyao 2021",
    ("FC", 2023): "fcr-16 2016, fcr-21 2021, fldf 2022, gangyao 2021",
    ("FC", 2024): "fcr-16 2016, fcr-21 2021, fcr-24 2024, fldf 2022, gangyao 2021",
    ("FC", 2025): "fcr-24 2024, fcr-25 2025, fldf 2022, gangyao 2021",
    ("FC", 2026): "fcr-24 2024, fcr-25 2025, fldf 2022",
    ("RL", 2022): "cfl 2021, cting 2020, cxgd 2021, cxgd 2022, ducha 2019, fyf 2017, fytl 2007, gangyao 2021,"
    " gd-zfjd 2016, xsf 2017, zfjd-zx 2019",
    ("RL", 2023): "cfl 2021, cting 2020, cxgd 2022, ducha 2019, fyf 2017, fytl 2007, gangyao 2021, gd-zfjd 2016,"
    " xsf 2017, zfjd-zx 2019",
    ("RL", 2024): "cfl 2021, cting 2020, cxgd 2022, ducha 2019, fyf 2023, fytl 2007, gangyao 2021, gd-zfjd 2016,"
    " xsf 2017, zfjd-zx 2019",
    ("RL", 2025): "cfl 2021, cting 2020, cxgd 2022, ducha 2019, fyf 2023, fytl 2007, gangyao 2021, gd-zfjd 2016,"
    " xsf 2017, zfjd-zx 2019",
    ("RL", 2026): "cfl 2021, cting 2020, cxgd 2022, ducha 2019, fyf 2023, fytl 2007, fytl 2026, gd-zfjd 2016,"
    " xsf 2017, zfjd-zx 2019",
}

ENDED = {
    ("FC", 2022): set(),
    ("FC", 2023): set(),
    ("FC", 2024): set(),
    ("FC", 2025): {"fcr-16", "fcr-21"},
    ("FC", 2026): {"fcr-16", "fcr-21", "gangyao"},
    ("RL", 2022): set(),
    ("RL", 2023): set(),
    ("RL", 2024): set(),
    ("RL", 2025): set(),
    ("RL", 2026): {"gangyao"},
}


def when(template: Template, code: str) -> str | None:
    item = next(one for one in template.items if one.code == code)
    return f"{item.every.value}: {item.due}" if item.every else item.due


@pytest.mark.parametrize("code", ["FC", "PI", "RL", "SI"])
def test_the_items_are_those_of_the_table_in_its_order(shipped: dict[str, Template], code: str) -> None:
    template = shipped[code]
    found = {
        item.code: (
            item.title.zh,
            item.kind.value,
            when(template, item.code),
            tuple(years_with(item.code, YEARS)),
        )
        for item in template.items
    }
    table = {name: line for name, line in TABLE.items() if name.startswith(code)}
    assert list(found) == list(table)
    assert found == table


@pytest.mark.parametrize(("code", "year"), sorted(KEPT))
def test_a_started_year_keeps_these_items(code: str, year: int) -> None:
    kept = [one["code"] for one in year_of(code, year)["items"]]
    assert kept == [f"{code}-{number}" for number in KEPT[code, year].split()]


@pytest.mark.parametrize(("code", "year"), sorted(VERSIONS))
def test_a_started_year_cites_these_texts_in_force_and_these_that_ended(code: str, year: int) -> None:
    basis = [one for item in year_of(code, year)["items"] for one in item["basis"]]
    in_force = {f"{one['law']} {one['version']}" for one in basis if one["standing"] == "in-force"}
    assert sorted(in_force) == VERSIONS[code, year].split(", ")
    assert {one["law"] for one in basis if one["standing"] == "ended"} == ENDED[code, year]


def test_every_day_of_these_areas_is_a_day_of_practice(shipped: dict[str, Template]) -> None:
    dated = [item for code in ("FC", "PI", "RL", "SI") for item in shipped[code].items if item.due_from]
    assert {item.due_from for item in dated} == {DueFrom.PRACTICE}
    assert len(dated) == 12


# --- fair-competition review ---------------------------------------------------------------------


def test_the_review_of_2023_rests_on_the_papers_of_2016_and_2021_and_on_the_law() -> None:
    assert cited("FC-01", 2023) == [
        ("fldf", "2022", "5", "read", "in-force"),
        ("fcr-21", "2021", "1, 2", "read", "in-force"),
        ("fcr-16", "2016", None, "not-found", "in-force"),
    ]


def test_the_review_of_2024_rests_on_both_the_old_papers_and_the_regulations() -> None:
    assert cited("FC-01", 2024) == [
        ("fldf", "2022", "5", "read", "in-force"),
        ("fcr-24", "2024", "2, 13, 17, 18", "read", "in-force"),
        ("fcr-21", "2021", "1, 2", "read", "in-force"),
        ("fcr-16", "2016", None, "not-found", "in-force"),
    ]


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_review_from_2025_rests_on_the_regulations_and_their_measures(year: int) -> None:
    assert cited("FC-01", year) == [
        ("fldf", "2022", "5", "read", "in-force"),
        ("fcr-24", "2024", "2, 13, 17, 18", "read", "in-force"),
        ("fcr-25", "2025", None, "not-found", "in-force"),
        ("fcr-21", "2021", "1, 2", "read", "ended"),
        ("fcr-16", "2016", None, "not-found", "ended"),
    ]


def test_joint_review_was_practice_before_the_regulations_of_2024() -> None:
    levels = {year: (item_of("FC-02", year) or {})["level"] for year in (2022, 2023, 2024, 2026)}
    assert levels == {2022: "practice", 2023: "practice", 2024: "regulation", 2026: "regulation"}
    assert cited("FC-02", 2023) == []
    assert cited("FC-02", 2024) == [("fcr-24", "2024", "14", "read", "in-force")]


def test_the_day_of_the_yearly_summary_is_recalled_and_never_shown_as_law() -> None:
    item = item_of("FC-08", 2023)
    assert item is not None
    assert (item["due_from"], due_of("FC-08", 2023)) == ("practice", ["2024-01-15"])
    assert cited("FC-08", 2023) == [("fcr-21", "2021", None, "recalled", "in-force")]
    assert "凭记忆" in item["practice"]["note"]["zh"]


def test_clearing_existing_measures_is_practice_alone_once_its_papers_have_ended() -> None:
    levels = {year: (item_of("FC-05", year) or {})["level"] for year in (2024, 2025, 2026)}
    assert levels == {2024: "policy", 2025: "policy", 2026: "practice"}


# --- reconsideration and litigation --------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "basis"),
    [
        (2023, [("fyf", "2017", "23, 40", "read", "in-force")]),
        (2024, [("fyf", "2023", "48, 54, 88", "read", "in-force")]),
        (2025, [("fyf", "2023", "48, 54, 88", "read", "in-force")]),
        (
            2026,
            [("fyf", "2023", "48, 54, 88", "read", "in-force"), ("fytl", "2026", "41", "read", "in-force")],
        ),
    ],
)
def test_a_reply_rests_on_the_reconsideration_law_of_its_year(
    year: int, basis: list[tuple[str, str, str, str, str]]
) -> None:
    assert cited("RL-01", year) == basis


def test_a_late_reply_is_judged_by_the_article_of_its_text() -> None:
    assert [cited("RL-02", year) for year in (2023, 2024)] == [
        [("fyf", "2017", "28", "read", "in-force")],
        [("fyf", "2023", "70", "read", "in-force")],
    ]


@pytest.mark.parametrize(("code", "article"), [("RL-04", "38"), ("RL-05", "18")])
def test_what_the_regulations_of_2026_ask_for_rests_on_them_alone(code: str, article: str) -> None:
    assert cited(code, 2026) == [("fytl", "2026", article, "read", "in-force")]


def test_performing_an_outcome_names_no_article_that_was_not_read() -> None:
    assert cited("RL-07", 2023) == [
        ("fyf", "2017", None, "not-found", "in-force"),
        ("fytl", "2007", None, "not-found", "in-force"),
    ]
    assert cited("RL-07", 2026) == [
        ("fyf", "2023", "77, 83", "read", "in-force"),
        ("fytl", "2007", None, "not-found", "in-force"),
        ("fytl", "2026", "58, 71", "read", "in-force"),
    ]


def test_an_opinion_letter_rests_on_the_regulations_of_2007_until_the_law_of_2023_asks_too() -> None:
    regulations = ("fytl", "2007", "57", "read", "in-force")
    law = ("fyf", "2023", "76", "read", "in-force")
    assert {year: cited("RL-08", year) for year in (2023, 2024, 2026)} == {
        2023: [regulations],
        2024: [law, regulations],
        2026: [law, regulations],
    }


def test_the_reply_period_is_told_in_calendar_days_before_2024_and_working_days_from_then() -> None:
    item = item_of("RL-01", 2024)
    assert item is not None
    assert item["deadline"]["en"] == (
        "To 2023-12-31: 10 calendar days from receipt of the copy; from 2024-01-01: 10 working days from receipt of "
        "the copy, 5 working days in the simplified procedure"
    )


# --- service and proof items ---------------------------------------------------------------------


def test_the_outline_that_ended_leaves_notice_and_commitment_on_a_recalled_paper() -> None:
    assert cited("PI-03", 2026) == [
        ("gb42", "2020", None, "recalled", "in-force"),
        ("gangyao", "2021", "(五)", "read", "ended"),
    ]


def test_what_is_not_read_is_said_to_be_recalled_or_not_found() -> None:
    unread = {
        (item["code"], one["law"], one["certainty"])
        for code in ("FC", "PI", "SI")
        for item in year_of(code, 2024)["items"]
        for one in item["basis"]
        if one["certainty"] != "read"
    }
    assert unread == {
        ("FC-01", "fcr-16", "not-found"),
        ("FC-05", "fcr-21", "recalled"),
        ("PI-01", "gb47", "recalled"),
        ("PI-03", "gb42", "recalled"),
        ("PI-04", "gb42", "recalled"),
        ("SI-04", "xkcx", "not-found"),
    }
