from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawcheck.core import figure, law, words
from lawcheck.core.row import Row
from lawcheck.render import language
from lawcheck.render.figures import period_words, value_words
from lawcheck.render.grid import Cell
from lawcheck.render.law import article_words
from lawcheck.render.words import (
    CERTAINTIES,
    ENDINGS,
    KINDS,
    LEVELS,
    QUALIFIERS,
    REVIEWS,
    STATE_STYLES,
    STATES,
    amount,
    bar,
    day,
    due_words,
    percent_text,
    quoted,
    state_cell,
    timeliness,
    title,
    word,
)
from lawcheck.service.working_days import calendar_of

DUE = date(2026, 3, 31)
KNOWN = calendar_of(None)
ROW = Row(
    year=2026,
    ref="TT-01",
    code="TT-01",
    template="TT",
    kind="yearly",
    title_zh="年度事项",
    title_en="Yearly item",
    weight=2,
    section="power-list",
    unit="FZ",
    period=None,
    occasion=None,
    begins=date(2026, 1, 1),
    due=DUE,
    due_from="law",
    state="open",
    left_to_do=None,
    why=None,
    done_on=None,
    done_by=None,
    recorded_on=None,
    assignee=None,
    review="none",
    happening=None,
)
DONE = ROW._replace(state="done", done_by="lihua", done_on=DUE, recorded_on=DUE)


@pytest.mark.parametrize(
    ("worded", "values"),
    [
        (STATES, words.State),
        (STATE_STYLES, words.State),
        (KINDS, words.Kind),
        (REVIEWS, words.Review),
        (LEVELS, law.Level),
        (CERTAINTIES, law.Certainty),
        (ENDINGS, law.Ended),
        (QUALIFIERS, figure.Qualifier),
    ],
)
def test_a_closed_vocabulary_is_worded_whole(worded: dict[str, str], values: list[str]) -> None:
    assert set(worded) == {str(one) for one in values}


@pytest.mark.parametrize("vocabulary", [STATES, KINDS, REVIEWS, LEVELS, CERTAINTIES, ENDINGS])
def test_the_words_of_a_vocabulary_differ_in_both_languages(vocabulary: dict[str, str]) -> None:
    english = [word(vocabulary, one) for one in vocabulary]
    language.choose("zh")
    chinese = [word(vocabulary, one) for one in vocabulary]
    assert len(set(english)) == len(set(chinese)) == len(vocabulary)
    assert not set(english) & set(chinese)


def test_an_exact_figure_needs_no_word_and_an_unknown_value_stands_as_it_is() -> None:
    assert (word(QUALIFIERS, "exact"), word(KINDS, "unheard-of")) == ("", "unheard-of")


@pytest.mark.parametrize(
    ("value", "measure", "english", "chinese"),
    [
        ("21", ("次", "visits"), "21 visits", "21次"),
        ("1619.14万", ("元", "yuan"), "16,191,400 yuan", "1619.14万元"),
        ("1万", ("元", "yuan"), "10,000 yuan", "1万元"),
        ("0.5万", ("元", "yuan"), "5,000 yuan", "0.5万元"),
        ("1.23456万", ("元", "yuan"), "12,345.6 yuan", "1.23456万元"),
        ("2.5亿", ("元", "yuan"), "250,000,000 yuan", "2.5亿元"),
        ("3.72", ("%", "%"), "3.72%", "3.72%"),
    ],
)
def test_an_amount_is_written_as_people_write_it(
    value: str, measure: tuple[str, str], english: str, chinese: str
) -> None:
    assert amount(value, *measure) == english
    language.choose("zh")
    assert amount(value, *measure) == chinese


def test_a_debt_keeps_its_sign_whatever_its_multiple() -> None:
    assert amount("-0.5万", "元", "yuan") == "-5,000 yuan"
    assert amount("-1.5万", "元", "yuan") == "-15,000 yuan"


@settings(max_examples=60, deadline=None)
@given(st.decimals(min_value=0, max_value=10**8, places=2))
def test_an_amount_in_ten_thousands_is_the_same_number_in_english(value: object) -> None:
    digits = f"{value:f}"
    written = amount(f"{digits}万", "元", "yuan").removesuffix(" yuan").replace(",", "")
    assert float(written) == pytest.approx(float(digits) * 10_000)


@pytest.mark.parametrize(
    ("days", "english", "chinese"),
    [
        (-365, "365 days overdue", "逾期365天"),
        (-1, "1 day overdue", "逾期1天"),
        (0, "due today", "今日到期"),
        (1, "1 working day left", "还剩1个工作日"),
        (30, "21 working days left", "还剩21个工作日"),
    ],
)
def test_how_far_off_a_day_is_stands_in_words(days: int, english: str, chinese: str) -> None:
    row = ROW._replace(due=DUE + timedelta(days=days))
    assert due_words(row, DUE, KNOWN) == english
    language.choose("zh")
    assert due_words(row, DUE, KNOWN) == chinese


@pytest.mark.parametrize(
    ("today", "due", "english", "chinese"),
    [
        # Friday: Saturday and Sunday come before any working day, Monday does not.
        (date(2026, 6, 12), date(2026, 6, 14), "due before the next working day", "下一工作日前到期"),
        (date(2026, 6, 12), date(2026, 6, 15), "1 working day left", "还剩1个工作日"),
        # The National Day holiday, 1 to 7 October, and the Saturday worked for it.
        (date(2026, 9, 30), date(2026, 10, 8), "1 working day left (8 days)", "还剩1个工作日（8天）"),
        (date(2026, 9, 30), date(2026, 10, 12), "4 working days left (12 days)", "还剩4个工作日（12天）"),
        (date(2026, 9, 24), date(2026, 10, 12), "7 working days left (18 days)", "还剩7个工作日（18天）"),
        # A year whose holidays are not known.
        (date(2026, 12, 30), date(2027, 1, 4), "2 working days left?", "还剩2个工作日？"),
        (date(2026, 12, 30), date(2026, 12, 31), "1 working day left", "还剩1个工作日"),
        (date(2027, 1, 4), date(2026, 12, 31), "4 days overdue", "逾期4天"),
    ],
)
def test_days_left_are_working_days_with_the_days_beside_them_over_a_holiday(
    today: date, due: date, english: str, chinese: str
) -> None:
    row = ROW._replace(due=due)
    assert due_words(row, today, KNOWN) == english
    language.choose("zh")
    assert due_words(row, today, KNOWN) == chinese


def test_a_row_without_a_day_says_so() -> None:
    assert (due_words(ROW._replace(due=None), DUE, None), day(None), day(DUE)) == ("no day fixed", "-", "2026-03-31")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "on time"),
        ({"done_on": date(2026, 4, 1), "recorded_on": date(2026, 4, 1)}, "1 day late"),
        ({"recorded_on": date(2026, 4, 2)}, "on time, recorded 2 days later"),
        ({"done_on": date(2026, 4, 3), "recorded_on": date(2026, 4, 4)}, "3 days late, recorded 1 day later"),
        ({"done_on": None}, "day not stated, so not counted as on time"),
        ({"due": None}, "no day fixed"),
    ],
)
def test_a_done_row_says_whether_it_was_in_time(changes: dict[str, object], said: str) -> None:
    assert timeliness(DONE._replace(**changes)) == said  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        (ROW, Cell("open", "")),
        (ROW._replace(state="partial"), Cell("partial", "yellow")),
        (ROW._replace(state="na"), Cell("n/a", "dim")),
        (DONE, Cell("done", "green")),
        (DONE._replace(done_on=DUE + timedelta(days=1)), Cell("done · late", "yellow")),
        (DONE._replace(done_on=None), Cell("done · day not stated", "green")),
        (ROW._replace(review="returned"), Cell("open · returned", "bold red")),
    ],
)
def test_a_state_says_what_makes_it_special(row: Row, cell: Cell) -> None:
    assert state_cell(row) == cell


def test_a_title_is_followed_by_what_happened() -> None:
    happened = ROW._replace(happening="a rule changed")
    assert (title(ROW), title(happened)) == ("Yearly item", "Yearly item · a rule changed")
    language.choose("zh")
    assert title(ROW) == "年度事项"


@pytest.mark.parametrize(
    ("percent", "drawn"),
    [
        (None, ".........."),
        ("0.0", ".........."),
        ("9.9", ".........."),
        ("10.0", "#........."),
        ("99.9", "#########."),
        ("100.0", "##########"),
    ],
)
def test_a_bar_is_full_only_at_the_whole(percent: str | None, drawn: str) -> None:
    assert bar(percent) == drawn


def test_a_percentage_of_nothing_is_a_dash() -> None:
    assert (percent_text(None), percent_text("94.7")) == ("-", "94.7%")


def test_a_quotation_is_marked_in_each_language_and_shortened() -> None:
    assert (quoted("a\nb"), quoted("y" * 81)) == ("'a b'", f"'{'y' * 77}...'")
    language.choose("zh")
    assert quoted("甲") == "“甲”"


@pytest.mark.parametrize(
    ("article", "english", "chinese"),
    [
        ("60", "art. 60", "第60条"),
        ("8, 21", "art. 8, 21", "第8条、第21条"),
        ("8(五), 21", "art. 8(五), 21", "第8条第(五)项、第21条"),
        ("49(3)", "art. 49(3)", "第49条第3款"),
        ("8–13", "art. 8–13", "第8–13条"),
        ("14, 17–20", "art. 14, 17–20", "第14条、第17–20条"),
        ("二(三)", "二(三)", "二(三)"),
    ],
)
def test_an_article_is_cited_as_each_language_does(article: str, english: str, chinese: str) -> None:
    assert article_words(article) == english
    language.choose("zh")
    assert article_words(article) == chinese


def _figure(**changes: object) -> figure.FigureValue:
    held = figure.FigureValue(
        2026, "visits", "走访", "Visits", "次", "visits", "sum", "power-list", "21", None, None, None, "exact", 1
    )
    return held._replace(**changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "english", "chinese"),
    [
        ({}, "21 visits", "21次"),
        ({"value": None}, "missing", "缺"),
        ({"qualifier": "about"}, "about 21 visits", "约21次"),
        ({"qualifier": "more-than"}, "more than 21 visits", "超过21次"),
        ({"qualifier": "counted"}, "21 visits (counted from the text)", "21次（据原文清点）"),
    ],
)
def test_a_figure_says_how_exact_it_is(changes: dict[str, object], english: str, chinese: str) -> None:
    assert value_words(_figure(**changes)) == english
    language.choose("zh")
    assert value_words(_figure(**changes)) == chinese


@pytest.mark.parametrize(
    ("begins", "ends", "said"),
    [
        (None, None, "-"),
        (None, date(2026, 11, 30), "as of 2026-11-30"),
        (date(2026, 1, 1), date(2026, 12, 31), "2026"),
        (date(2026, 1, 1), date(2026, 11, 30), "2026-01-01 .. 2026-11-30"),
    ],
)
def test_a_figure_says_which_days_it_speaks_of(begins: date | None, ends: date | None, said: str) -> None:
    assert period_words(_figure(from_date=begins, to_date=ends)) == said
