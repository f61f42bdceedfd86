"""Figures: amounts with their measure, day or period, and how exact they are, added up by their own rule."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from lawcheck import errors
from lawcheck.core.figure import FigureEntry, FigureValue, Qualifier
from lawcheck.core.journal import Actor
from lawcheck.core.rate import RateValue
from lawcheck.service.figures import FigureAdded, Reported, add_figure, list_figures, show_figure
from lawcheck.service.journal import undo
from lawcheck.service.start import start_year
from lawcheck.service.summary import summarise
from lawcheck.service.verify import verify
from lawcheck.store.register import Register
from support import SMALL_BUREAU, SMALL_TEMPLATE, TODAY

DAY = date.fromisoformat(TODAY)
VISITS = FigureValue(
    2026, "visits", "走访次数", "Visits", "次", "visits", "sum", "power-list", None, None, None, None, None, 0
)


def _visits(register: Register, as_of: date = DAY) -> FigureValue:
    return show_figure(register, "visits", year=2026, as_of=as_of).figure


@pytest.fixture
def lasting(empty_register: Register, actor: Actor, small_bureau: Path, small_template: Path) -> Register:
    """Return a register whose figures stand at what was reported last."""
    last = "en: decisions}, adds: last"
    small_template.write_text(SMALL_TEMPLATE.replace("en: decisions}", last), encoding="utf-8")
    start_year(empty_register, actor, 2026, [str(small_template)], small_bureau)
    return empty_register


def test_an_amount_is_kept_as_typed_and_counted_in_its_measure(small: Register, actor: Actor) -> None:
    said = Reported(None, date(2026, 1, 1), date(2026, 3, 31), Qualifier.ABOUT, "zf", " from the list ")
    added = add_figure(small, actor, "visits", "1.50万次", said)
    begins, ends = date(2026, 1, 1), date(2026, 3, 31)
    entry = FigureEntry(2026, "visits", 1, "1.50", "万", None, begins, ends, "about", "ZF", "from the list", "lihua")
    figure = VISITS._replace(
        value="1.50万", base=Decimal(15000), from_date=begins, to_date=ends, qualifier="about", entries=1
    )
    assert added == FigureAdded(figure, entry, 2)
    assert show_figure(small, "visits", year=None, as_of=DAY).entries == (entry,)
    assert _visits(small) == figure


def test_without_an_entry_a_figure_is_a_visible_gap(small: Register) -> None:
    assert _visits(small) == VISITS
    listed = list_figures(small, year=None, as_of=DAY)
    assert (listed.year, listed.as_of) == (2026, DAY)
    assert [(figure.key, figure.value) for figure in listed.figures] == [
        ("visits", None),
        ("tt_met", None),
        ("tt_all", None),
    ]


def test_nothing_counted_is_no_gap(small: Register, actor: Actor) -> None:
    add_figure(small, actor, "visits", "0次", Reported())
    assert (_visits(small).value, _visits(small).base) == ("0", Decimal(0))


def test_entries_add_up_with_the_widest_period_and_the_least_exact_word(small: Register, actor: Actor) -> None:
    add_figure(small, actor, "visits", "21次", Reported(begins=date(2026, 2, 1), ends=date(2026, 3, 31)))
    add_figure(small, actor, "visits", "1.5次", Reported(on=date(2026, 5, 2), qualifier=Qualifier.MORE_THAN))
    add_figure(small, actor, "visits", "1,000次", Reported(begins=date(2026, 1, 1), ends=date(2026, 1, 31)))
    assert _visits(small) == VISITS._replace(
        value="1022.5",
        base=Decimal("1022.5"),
        from_date=date(2026, 1, 1),
        to_date=date(2026, 5, 2),
        qualifier="more-than",
        entries=3,
    )


def test_a_figure_that_adds_up_to_the_last_is_what_was_reported_last(lasting: Register, actor: Actor) -> None:
    add_figure(lasting, actor, "tt_all", "197户".replace("户", "件"), Reported(ends=date(2026, 3, 31)))
    add_figure(lasting, actor, "tt_all", "1.97万件", Reported(ends=date(2026, 6, 10)))
    figure = show_figure(lasting, "tt_all", year=None, as_of=DAY).figure
    assert (figure.adds, figure.value, figure.base, figure.entries) == ("last", "1.97万", Decimal(19700), 2)


def test_what_was_reported_last_is_as_exact_and_of_the_day_as_it_says_itself(lasting: Register, actor: Actor) -> None:
    add_figure(lasting, actor, "tt_all", "100件", Reported(ends=date(2026, 3, 31), qualifier=Qualifier.ABOUT))
    add_figure(lasting, actor, "tt_all", "120件", Reported(ends=date(2026, 6, 10)))
    figure = show_figure(lasting, "tt_all", year=None, as_of=DAY).figure
    assert (figure.value, figure.to_date, figure.qualifier) == ("120", date(2026, 6, 10), "exact")


def test_a_rate_adds_its_figures_up_by_their_own_rule(lasting: Register, actor: Actor) -> None:
    for met, of in (("90件", "100件"), ("198件", "209件")):
        add_figure(lasting, actor, "tt_met", met, Reported())
        add_figure(lasting, actor, "tt_all", of, Reported())
    (rate,) = summarise(lasting, 2026, by="template", as_of=DAY).rates
    assert (rate.met, rate.of) == (Decimal(198), Decimal(209))


def test_a_rate_is_counted_from_its_figures_as_of_the_day(small: Register, actor: Actor) -> None:
    empty = RateValue(2026, "TT-04", "TT", "逐案事项", "Case item", None, None, "95%")
    assert summarise(small, 2026, by="template", as_of=DAY).rates == (empty,)
    for month, met, of in ((1, "100件", "100件"), (5, "98件", "109件")):
        add_figure(small, actor, "tt_met", met, Reported(on=date(2026, month, 1)))
        add_figure(small, actor, "tt_all", of, Reported(on=date(2026, month, 1)))
    (rate,) = summarise(small, 2026, by="template", as_of=DAY).rates
    assert rate == empty._replace(met=Decimal(198), of=Decimal(209))
    assert (rate.percent(), rate.is_met()) == ("94.7", False)
    (rate,) = summarise(small, 2026, by="template", as_of=date(2026, 4, 30)).rates
    assert (rate.percent(), rate.is_met()) == ("100.0", True)


def test_what_speaks_of_later_days_is_not_known_before_them(small: Register, actor: Actor) -> None:
    add_figure(small, actor, "visits", "3次", Reported(on=date(2026, 3, 10)))
    add_figure(small, actor, "visits", "5次", Reported(begins=date(2026, 1, 1), ends=date(2026, 5, 31)))
    as_of = {day: _visits(small, day).value for day in (date(2026, 3, 9), date(2026, 3, 10), date(2026, 5, 30), DAY)}
    assert list(as_of.values()) == [None, "3", "3", "8"]
    listed = list_figures(small, year=None, as_of=date(2026, 3, 10)).figures[0]
    assert listed == _visits(small, date(2026, 3, 10))


def test_an_amount_of_no_day_is_always_known(small: Register, actor: Actor) -> None:
    add_figure(small, actor, "visits", "3次", Reported())
    assert _visits(small, date(2026, 1, 1)).value == "3"


@pytest.mark.parametrize(
    ("typed", "digits", "multiple", "base"),
    [
        ("21次", "21", "", "21"),
        ("21 visits", "21", "", "21"),
        ("1619.14万次", "1619.14", "万", "16191400"),
        ("0.2亿次", "0.2", "亿", "20000000"),
        ("１，２３４次", "1234", "", "1234"),
        ("265.50次", "265.50", "", "265.50"),
        ("+3次", "3", "", "3"),
    ],
)
def test_an_amount_is_read_as_people_write_it(
    typed: str, digits: str, multiple: str, base: str, small: Register, actor: Actor
) -> None:
    added = add_figure(small, actor, "visits", typed, Reported())
    assert (added.entry.digits, added.entry.multiple) == (digits, multiple)
    assert (added.figure.value, added.figure.base) == (digits + multiple, Decimal(base))


def _refused(register: Register, command: Callable[[], object]) -> errors.LawcheckError:
    before = register.all("figure_entry_all"), register.head()
    with pytest.raises(errors.LawcheckError) as refused:
        command()
    assert (register.all("figure_entry_all"), register.head()) == before
    return refused.value


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("21", errors.AmountWithoutMeasure),
        ("1619.14", errors.AmountWithoutMeasure),
        ("21件", errors.WrongMeasure),
        ("21%", errors.WrongMeasure),
        ("1619.14万", errors.AmountWithoutMeasure),
        ("21百次", errors.WrongMeasure),
        ("次", errors.InvalidAmount),
        ("many visits", errors.InvalidAmount),
        ("", errors.InvalidAmount),
        ("1,23次", errors.UsageFault),
        ("1e9次", errors.UsageFault),
        ("nan次", errors.InvalidAmount),
        ("=1+1次", errors.InvalidAmount),
        ("9" * 60 + "次", errors.InvalidAmount),
    ],
)
def test_an_amount_that_cannot_be_read_or_lacks_its_measure_is_refused(
    typed: str, error: type[errors.LawcheckError], small: Register, actor: Actor
) -> None:
    refused = _refused(small, lambda: add_figure(small, actor, "visits", typed, Reported()))
    assert isinstance(refused, error)
    assert (refused.exit_code, refused.params["text"]) == (2, typed)


def test_a_missing_measure_is_named(small: Register, actor: Actor) -> None:
    refused = _refused(small, lambda: add_figure(small, actor, "visits", "21", Reported()))
    assert refused.params == {"text": "21", "measure": "次", "measure_en": "visits", "key": "visits"}


def test_a_figure_that_does_not_exist_is_named_with_the_nearest(small: Register, actor: Actor) -> None:
    refused = _refused(small, lambda: add_figure(small, actor, "visit", "21次", Reported()))
    assert isinstance(refused, errors.UnknownFigure)
    assert refused.params == {"key": "visit", "year": 2026, "nearest": ["visits"]}
    with pytest.raises(errors.UnknownFigure) as unknown:
        show_figure(small, "什么", year=None, as_of=DAY)
    assert unknown.value.params["nearest"] == []
    with pytest.raises(errors.UnknownFigure) as unknown:
        show_figure(small, "走访", year=None, as_of=DAY)
    assert unknown.value.params["nearest"] == ["visits"]


def test_a_key_of_broken_letters_is_just_an_unknown_key(small: Register, actor: Actor) -> None:
    with pytest.raises(errors.UnknownFigure):
        show_figure(small, "\udcff", year=None, as_of=DAY)
    with pytest.raises(errors.UnknownFigure):
        add_figure(small, actor, "vis\udcffits", "1次", Reported())


def test_the_unit_that_reports_is_one_of_the_bureau(small: Register, actor: Actor) -> None:
    refused = _refused(small, lambda: add_figure(small, actor, "visits", "1次", Reported(unit="JL")))
    assert (type(refused), refused.params) == (errors.UnknownUnit, {"unit": "JL", "nearest": ["FZ", "ZF"]})


@pytest.mark.parametrize(
    "said", [Reported(on=date(2026, 6, 16)), Reported(begins=date(2026, 6, 16), ends=date(2026, 6, 30))]
)
def test_an_amount_of_days_that_have_not_come_is_refused(said: Reported, small: Register, actor: Actor) -> None:
    refused = _refused(small, lambda: add_figure(small, actor, "visits", "1次", said))
    assert (type(refused), refused.params) == (errors.FutureDate, {"date": "2026-06-16", "today": TODAY})


@pytest.mark.parametrize(
    "said",
    [
        Reported(on=date(2025, 12, 31)),
        Reported(begins=date(2025, 12, 1), ends=date(2026, 1, 31)),
        Reported(ends=date(2027, 1, 1)),
    ],
)
def test_an_amount_of_another_year_is_refused(said: Reported, small: Register, actor: Actor) -> None:
    refused = _refused(small, lambda: add_figure(small, actor, "visits", "1次", said, year=2026))
    assert isinstance(refused, errors.OutsideYear)
    assert refused.params["year"] == 2026


def test_a_period_that_ends_before_it_begins_is_refused(small: Register, actor: Actor) -> None:
    said = Reported(begins=date(2026, 5, 1), ends=date(2026, 3, 1))
    refused = _refused(small, lambda: add_figure(small, actor, "visits", "1次", said))
    assert (type(refused), refused.params) == (errors.PeriodReversed, {"begins": "2026-05-01", "ends": "2026-03-01"})


@pytest.mark.parametrize("note", ["", "  "])
def test_a_note_without_a_word_is_refused(note: str, small: Register, actor: Actor) -> None:
    refused = _refused(small, lambda: add_figure(small, actor, "visits", "1次", Reported(note=note)))
    assert (type(refused), refused.params) == (errors.EmptyText, {"option": "--note"})


def test_an_amount_belongs_to_the_year_of_its_day(two_years: Register, actor: Actor) -> None:
    assert add_figure(two_years, actor, "visits", "1次", Reported(on=date(2025, 5, 5))).entry.year == 2025
    assert add_figure(two_years, actor, "visits", "1次", Reported(ends=date(2026, 5, 5))).entry.year == 2026
    assert add_figure(two_years, actor, "visits", "1次", Reported(), year=2025).entry.n == 2


def test_a_closed_year_takes_no_more_amounts(
    two_years: Register, actor: Actor, close_year: Callable[[Register, int], None]
) -> None:
    close_year(two_years, 2025)
    said = Reported(on=date(2025, 5, 5))
    assert isinstance(
        _refused(two_years, lambda: add_figure(two_years, actor, "visits", "1次", said)), errors.YearClosed
    )


def test_a_figure_of_a_year_that_was_not_started_is_refused(small: Register, actor: Actor) -> None:
    said = Reported(on=date(2025, 5, 5))
    refused = _refused(small, lambda: add_figure(small, actor, "visits", "1次", said))
    assert (type(refused), refused.params) == (errors.YearNotStarted, {"year": 2025})
    with pytest.raises(errors.YearNotStarted):
        list_figures(small, year=2025, as_of=DAY)


def test_an_amount_can_be_recorded_after_another_was_taken_back(small: Register, actor: Actor, wang: Actor) -> None:
    add_figure(small, actor, "visits", "1次", Reported())
    add_figure(small, wang, "visits", "2次", Reported())
    undo(small, actor)
    assert _visits(small).value == "2"
    assert add_figure(small, actor, "visits", "4次", Reported()).figure.value == "6"
    assert verify(small).findings == ()


def test_the_bureaus_own_figures_come_first_then_those_of_its_templates(
    empty_register: Register, actor: Actor, small_bureau: Path, small_template: Path
) -> None:
    own = "  - {key: calls, title: {zh: 来电, en: Calls}, measure: {zh: 个, en: calls}, section: power-list}\n"
    small_bureau.write_text(SMALL_BUREAU + own, encoding="utf-8")
    start_year(empty_register, actor, 2026, [str(small_template)], small_bureau)
    listed = list_figures(empty_register, year=None, as_of=DAY).figures
    assert [figure.key for figure in listed] == ["visits", "calls", "tt_met", "tt_all"]


def test_without_a_day_a_figure_goes_into_the_year_of_today_though_the_next_is_started(
    two_years: Register, actor: Actor
) -> None:
    december = actor._replace(today="2025-12-15")
    assert add_figure(two_years, december, "visits", "1次", Reported()).entry.year == 2025
    assert add_figure(two_years, actor, "visits", "1次", Reported()).entry.year == 2026
    later = actor._replace(today="2027-01-05")
    assert add_figure(two_years, later, "visits", "1次", Reported()).entry.year == 2026
    assert add_figure(two_years, december, "visits", "1次", Reported(), year=2026).entry.year == 2026
    assert [list_figures(two_years, year=None, as_of=date(year, 12, 15)).year for year in (2025, 2026, 2027)] == [
        2025,
        2026,
        2026,
    ]
    assert show_figure(two_years, "visits", year=None, as_of=date(2025, 12, 15)).figure.year == 2025


def test_what_speaks_of_days_to_come_says_from_when_it_counts(small: Register, actor: Actor) -> None:
    added = add_figure(small, actor, "visits", "21次", Reported(ends=date(2026, 12, 31)))
    assert (added.counts_from, added.figure.value) == (date(2026, 12, 31), None)
    assert _visits(small).value is None
    assert _visits(small, date(2026, 12, 31)).value == "21"
    assert add_figure(small, actor, "visits", "1次", Reported(on=DAY)).counts_from is None


def test_where_nothing_was_recorded_nothing_can_be_corrected(small: Register, actor: Actor) -> None:
    with pytest.raises(errors.NoFigureEntries) as error:
        add_figure(small, actor, "visits", "21次", Reported(note="why"), correct=1)
    assert error.value.params == {"key": "visits"}


def test_an_amount_of_an_earlier_day_that_does_not_count_is_told(lasting: Register, actor: Actor) -> None:
    add_figure(lasting, actor, "tt_all", "5件", Reported(on=date(2026, 5, 1)))
    added = add_figure(lasting, actor, "tt_all", "3件", Reported(on=date(2026, 3, 1)))
    assert added.outspoken is not None
    assert (added.figure.value, added.outspoken.n) == ("5", 1)
    assert add_figure(lasting, actor, "tt_all", "6件", Reported(on=date(2026, 6, 1))).outspoken is None
