"""A plan's phrases filled with the facts of a year: what stands, what is left out, what is a gap, what is unknown."""

from datetime import date
from decimal import Decimal

import pytest

from lawcheck.core.figure import FigureValue
from lawcheck.core.growth import Growth
from lawcheck.core.rate import RateValue
from lawcheck.core.report import (
    Block,
    Composed,
    Facts,
    Gap,
    ListedItem,
    Origin,
    Part,
    Piece,
    Plan,
    Sentence,
    Told,
    chinese_number,
    compose,
    numbered,
)
from lawcheck.core.totals import Totals
from lawcheck.core.year_cases import CaseTally
from lawcheck.library.schema import ReportWordsShape

WORDS = {name.replace("_", "-"): text for name, text in ReportWordsShape().model_dump().items()}
FIGURE = FigureValue(
    2026, "visits", "走访次数", "Visits", "次", "visits", "sum", "power-list", "21", Decimal(21), date(2026, 1, 1),
    date(2026, 12, 31), "exact", 1,
)  # fmt: skip
MISSING = FIGURE._replace(key="fines", title_zh="罚没款", measure_zh="元", value=None, base=None, qualifier=None)
LAST = FIGURE._replace(year=2025, value="20", base=Decimal(20), from_date=date(2025, 1, 1), to_date=date(2025, 12, 31))
FIVE = Growth(Decimal("5.0"), in_points=False)
RATE = RateValue(2026, "TT-04", "TT", "逐案事项", "Case item", Decimal(198), Decimal(209), "95%")
LATE = ListedItem(
    "TT-02", "TT", "power-list", "季度事项", ("TT-02.Q1.FZ", "TT-02.Q1.ZF"), ("法制科", "执法队"), date(2026, 3, 31),
    "两份没有归档。", "缺少记录",
)  # fmt: skip
FACTS = Facts(
    2026,
    date(2026, 12, 12),
    date(2027, 1, 9),
    "小局",
    {"visits": Told(FIGURE._replace(target="30"), LAST, FIVE), "fines": Told(MISSING)},
    {"TT-04": RATE},
    {
        "TT-01": Totals(1, 1, 0, 0, 0),
        "TT-02": Totals(8, 2, 1, 4, 1),
        "TT-03": Totals(),
        "TT": Totals(9, 3, 1, 4, 1),
        "all": Totals(9, 3, 1, 4, 1),
    },
    {"done": (), "partial": (), "overdue": (LATE,), "returned": (), "unfinished": (LATE,)},
    {"AJ": CaseTally(12, 9, 5)},
)
AT = (7, 11)


def plan(*sentences: Sentence, words: dict[str, str] | None = None) -> Plan:
    said = (sentences,)
    heading = Sentence("工作", (1, 1))
    return Plan("report.yaml", heading, None, (), (Part(heading, said, ()),), heading, {**WORDS, **(words or {})})


def composed(*sentences: Sentence, words: dict[str, str] | None = None) -> Composed:
    return compose(plan(*sentences, words=words), FACTS)


def said(*sentences: Sentence | str, words: dict[str, str] | None = None) -> str:
    made = composed(*(one if isinstance(one, Sentence) else Sentence(one, AT) for one in sentences), words=words)
    return "".join(block.text() for block in made.blocks if block.kind == "body")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{bureau}{year}年", "小局2026年"),
        ("{last_year}、{next_year}", "2025、2027"),
        ("截至{as_of}", "截至2026年12月12日"),
        ("走访{visits}", "走访21次"),
        ("上年{visits.last}", "上年20次"),
        ("{visits.growth}", "同比增长5%"),
        ("目标{visits.target}", "目标30次"),
        ("{visits.period}", "全年"),
        ("{TT-04.met}/{TT-04.of}，{TT-04.rate}", "198/209，94.7%"),
        ("{TT-02.done}/{TT-02.rows}，{all.percent}", "2/8，37.5%"),
        ("{AJ.opened}、{AJ.closed}、{AJ.open}", "12、9、5"),
        ("罚没{fines}。", "罚没【待补：罚没款】。"),
        ("{fines.growth}", "【待补：罚没款的同比增幅】"),
    ],
)
def test_a_field_is_filled(text: str, words: str) -> None:
    assert said(text) == words


@pytest.mark.parametrize(
    ("qualifier", "words"),
    [
        ("exact", "21次"),
        ("about", "约21次"),
        ("more-than", "超过21次"),
        ("at-best", "最快21次"),
        ("cumulative", "累计21次"),
        ("counted", "21次（按列举计）"),
        ("inferred", "21次（推算）"),
    ],
)
def test_a_figure_says_how_exact_it_is(qualifier: str, words: str) -> None:
    facts = FACTS._replace(figures={"visits": Told(FIGURE._replace(qualifier=qualifier))})
    made = compose(plan(Sentence("{visits}", AT)), facts)
    assert made.blocks[2] == Block("body", (Piece(words, 1),))


@pytest.mark.parametrize(
    ("begins", "ends", "words"),
    [
        (date(2026, 1, 1), date(2026, 12, 12), "1月1日至12月12日"),
        (None, date(2026, 9, 30), "截至9月30日"),
        (None, date(2025, 9, 30), "截至2025年9月30日"),
    ],
)
def test_a_period_is_told_by_its_days(begins: date | None, ends: date, words: str) -> None:
    facts = FACTS._replace(figures={"visits": Told(FIGURE._replace(from_date=begins, to_date=ends))})
    assert compose(plan(Sentence("{visits.period}", AT)), facts).blocks[2].text() == words


def test_phrases_are_the_bureaus_own() -> None:
    assert said("{visits.growth}；{fines}", words={"growth-up": "较上年增加{percent}", "gap": "（缺：{what}）"}) == (
        "较上年增加5%；（缺：罚没款）"
    )


@pytest.mark.parametrize(
    ("grown", "words"),
    [
        (Growth(Decimal("-66.7"), in_points=False), "同比下降66.7%"),
        (Growth(Decimal("0.0"), in_points=False), "与上年持平"),
        (Growth(Decimal("100.0"), in_points=False), "同比增长100%"),
        (Growth(Decimal("1.24"), in_points=True), "同比提高1.24个百分点"),
        (Growth(Decimal(-10), in_points=True), "同比降低10个百分点"),
        (None, "【待补：走访次数的同比增幅】"),
    ],
)
def test_growth_is_worded_up_and_down_in_per_cent_and_in_points(grown: Growth | None, words: str) -> None:
    facts = FACTS._replace(figures={"visits": Told(FIGURE, LAST, grown)})
    assert compose(plan(Sentence("{visits.growth}", AT)), facts).blocks[2].text() == words


def test_growth_of_an_inexact_figure_is_inexact() -> None:
    facts = FACTS._replace(figures={"visits": Told(FIGURE._replace(qualifier="about"), LAST, FIVE)})
    assert compose(plan(Sentence("{visits.growth}", AT)), facts).blocks[2].text() == "同比增长约5%"


def test_what_is_claimed_to_be_done_stands_only_if_it_is() -> None:
    assert said(Sentence("完成了。", AT, done=("TT-01",)), "还有。") == "完成了。还有。"
    assert said(Sentence("完成了。", AT, done=("TT-02",)), "还有。") == "还有。"
    assert said(Sentence("完成了。", AT, done=("TT-03",))) == "【待补：本部分内容】"  # without a row nothing was done
    assert said(Sentence("完成了。", AT, done=("TT-01", "TT-02"), otherwise="未完成。")) == "未完成。"
    assert said(Sentence("已开展。", AT, begun=("TT-02",))) == "已开展。"
    assert said(Sentence("罚没{fines}。", AT, known=("fines",)), "走访{visits}。") == "走访21次。"


def test_rows_are_listed_by_item_in_the_phrase_of_the_plan() -> None:
    sentence = Sentence(
        "逾期{count}项、{items}类：{list}。", AT, rows="overdue", each="{title}（{n}项，{due}，{left}，{why}，{unit}）"
    )
    assert said(sentence) == "逾期2项、1类：季度事项（2项，3月31日，两份没有归档，缺少记录，法制科、执法队）。"
    assert said(sentence._replace(of=("TT-02",))) == said(sentence._replace(of=("power-list",))) == said(sentence)
    assert said(sentence._replace(of=("PL",), otherwise="没有逾期。")) == "没有逾期。"
    assert said(sentence._replace(rows="returned")) == "【待补：本部分内容】"


def test_a_list_names_as_many_as_asked_and_says_how_many_there_are() -> None:
    other = LATE._replace(code="TT-05", title="另一事项", refs=("TT-05",))
    facts = FACTS._replace(lists={**FACTS.lists, "overdue": (LATE, other)})
    made = compose(plan(Sentence("{list}。", AT, rows="overdue", most=1)), facts)
    assert made.blocks[2].text() == "季度事项等2项。"
    made = compose(plan(Sentence("{list}。", AT, rows="overdue", join="、")), facts)
    assert made.blocks[2].text() == "季度事项、另一事项。"


def test_the_figures_of_a_section_are_listed_with_their_gaps() -> None:
    sentence = Sentence("{list}。", AT, figures="power-list")
    assert said(sentence) == "走访次数为21次，罚没款为【待补：罚没款】。"
    assert said(sentence._replace(figures="safety", otherwise="没有。")) == "没有。"


@pytest.mark.parametrize(
    ("qualifier", "words"),
    [("about", "走访次数约21次"), ("more-than", "走访次数超过21次"), ("counted", "走访次数为21次（按列举计）")],
)
def test_a_figure_that_is_not_exact_stands_in_a_list_with_its_own_word(qualifier: str, words: str) -> None:
    facts = FACTS._replace(figures={"visits": Told(FIGURE._replace(qualifier=qualifier))})
    made = compose(plan(Sentence("{list}", AT, figures="power-list")), facts)
    assert made.blocks[2].text() == words


def test_gaps_are_told_with_their_heading() -> None:
    made = composed(Sentence("{fines}，{fines.last}", AT))
    assert made.gaps == (Gap("fines", "罚没款", "一、工作"), Gap("fines.last", "罚没款的上年数", "一、工作"))


def test_a_rate_of_more_than_all_is_a_gap() -> None:
    facts = FACTS._replace(rates={"TT-04": RATE._replace(met=Decimal(210))})
    made = compose(plan(Sentence("{TT-04.rate}", AT)), facts)
    assert [gap.name for gap in made.gaps] == ["TT-04.rate"]


def test_every_number_has_its_origin_once() -> None:
    made = composed(Sentence("{visits}、{visits}、{TT-02.done}、{AJ.open}、{TT-04.rate}", AT))
    assert made.origins == (
        Origin("figure", "visits", ""),
        Origin("rows", "TT-02", "done"),
        Origin("cases", "AJ", "open"),
        Origin("rate", "TT-04", "rate"),
    )
    assert [piece.source for piece in made.blocks[2].pieces if piece.source] == [1, 1, 2, 3, 4]


def test_names_that_the_year_does_not_know_are_told_with_their_place() -> None:
    made = composed(
        Sentence("{visists}{visits.sum}{TT-99.done}", AT), Sentence("x", (8, 1), done=("TT-99",), known=("gone",))
    )
    assert made.unknown == (
        ("visists", AT), ("visits.sum", AT), ("TT-99.done", AT), ("TT-99", (8, 1)), ("gone", (8, 1)),
    )  # fmt: skip


def test_headings_are_numbered_by_level() -> None:
    third = Part(Sentence("三级", AT), ((Sentence("文。", AT),),), ())
    second = Part(Sentence("二级", AT), (), (third, third))
    first = Part(Sentence("{year}年一级", AT), (), (second, second))
    made = compose(plan()._replace(parts=(first, first)), FACTS)
    assert [block.text() for block in made.blocks if block.kind == "heading"][:6] == [
        "一、2026年一级", "（一）二级", "1.三级", "2.三级", "（二）二级", "1.三级",
    ]  # fmt: skip


def test_numbers_are_written_in_chinese() -> None:
    assert [chinese_number(one) for one in (1, 10, 11, 20, 35)] == ["一", "十", "十一", "二十", "三十五"]
    assert [numbered(2, level) for level in (1, 2, 3)] == ["二、", "（二）", "2."]
