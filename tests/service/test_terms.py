"""Occasions whose text gives a number: the row's last day, by the law of the day on which they came."""

from datetime import date
from pathlib import Path

import pytest

from lawcheck.core.canonical import canonical
from lawcheck.core.journal import Actor
from lawcheck.core.row import Row
from lawcheck.errors import NotAskedOn
from lawcheck.library.holidays import read_holidays
from lawcheck.render.items import shown_words
from lawcheck.render.language import choose
from lawcheck.render.rows import changed_data, changed_words
from lawcheck.service.calendar import import_holidays
from lawcheck.service.items import Shown, show
from lawcheck.service.journal import undo
from lawcheck.service.lists import Filter, list_rows
from lawcheck.service.rows import record_occasion, tick
from lawcheck.service.start import start_year
from lawcheck.service.summary import summarise
from lawcheck.service.verify import verify
from lawcheck.store.register import Register
from support import SMALL_BUREAU

DAY = date(2026, 11, 20)


@pytest.fixture
def november(actor: Actor) -> Actor:
    return actor._replace(today=DAY.isoformat())


@pytest.fixture
def year(empty_register: Register, actor: Actor) -> Register:
    """Return a register with the checklists of 2026 that have occasions with a number."""
    start_year(empty_register, actor, 2026, ["PL", "RL", "SV"])
    return empty_register


def _came(register: Register, actor: Actor, code: str, on: str) -> Row:
    (row,) = record_occasion(register, actor, code, on=date.fromisoformat(on), note="came").rows
    return row


def _words(register: Register, ref: str) -> str:
    shown = show(register, ref, year=None, today=DAY)
    assert isinstance(shown, Shown)
    return "\n".join(shown_words(shown))


@pytest.mark.parametrize(
    ("code", "on", "due", "reckoning"),
    [
        ("PL-03", "2026-09-24", "2026-10-29", "within 20 wd from 2026-09-24"),
        ("RL-03", "2026-04-30", "2026-05-11", "within 5 wd from 2026-04-30"),
        ("RL-08", "2026-03-02", "2026-05-01", "within 60 d from 2026-03-02"),
        ("SV-04", "2026-03-02", "2026-03-09", "within 5 wd from 2026-03-02"),
        ("SV-05", "2026-03-02", "2026-04-01", "within 30 d from 2026-03-02"),
        ("SV-06", "2026-09-24", "2026-10-15", "within 10 wd from 2026-09-24"),
    ],
)
def test_an_occasion_has_its_day_by_the_number_of_its_text(
    year: Register, november: Actor, code: str, on: str, due: str, reckoning: str
) -> None:
    row = _came(year, november, code, on)
    assert (row.due, row.provisional, row.reckoning) == (date.fromisoformat(due), 0, reckoning)
    assert verify(year).findings == ()


def test_an_occasion_whose_text_gives_no_number_has_no_day(year: Register, november: Actor) -> None:
    changed = record_occasion(year, november, "PL-02", on=date(2026, 9, 24), note="a law changed")
    assert (changed.rows[0].due, changed.rows[0].reckoning, changed.without_law) == (None, None, False)
    assert "Due" not in "".join(str(one) for one in changed_words(changed))


def test_what_is_recorded_says_the_day_and_its_reasons(year: Register, november: Actor) -> None:
    changed = record_occasion(year, november, "PL-03", on=date(2026, 9, 24), note="list changed")
    (said,) = changed_words(changed)
    assert str(said).startswith("PL-03.1 (2026)  happened on 2026-09-24; its row is open; due 2026-10-29  ")
    assert changed_data(changed)["without_law"] is False
    words = _words(year, "PL-03.1")
    for line in (
        "Deadline in words: within 20 working days of the list being made or changed",
        "Due: 2026-10-29  fixed by law",
        "How the day is reckoned",
        "  2026-09-24 Thursday, the day itself does not count",
        "  2026-10-10 Saturday, worked for National Day (国办发明电〔2025〕7号)",
        "The term: Publish other decisions and prior information",
    ):
        assert line in words
    choose("zh")
    assert "期限：2026-10-29" in _words(year, "PL-03.1")


def test_a_day_that_custom_alone_sets_is_no_law(year: Register, november: Actor) -> None:
    row = _came(year, november, "SV-04", "2026-03-02")
    assert row.due_from == "practice"
    assert "Due: 2026-03-09  fixed by practice, not by law" in _words(year, "SV-04.1")


def test_nothing_is_recorded_on_a_day_on_which_no_law_asks_for_it(year: Register, november: Actor) -> None:
    with pytest.raises(NotAskedOn) as refused:
        record_occasion(year, november, "RL-04", on=date(2026, 6, 30), note="an application came")
    assert refused.value.params == {"ref": "RL-04", "date": "2026-06-30", "begins": "2026-07-01", "ends": None}
    assert _came(year, november, "RL-04", "2026-07-01").due == date(2026, 7, 8)


def test_every_unit_that_has_a_row_has_its_day(empty_register: Register, november: Actor, tmp_path: Path) -> None:
    bureau = tmp_path / "two.yaml"
    bureau.write_text(SMALL_BUREAU.replace('"*": FZ', '"*": [FZ, ZF]'), encoding="utf-8")
    start_year(empty_register, november, 2026, ["PL"], bureau)
    rows = record_occasion(empty_register, november, "PL-05", on=date(2026, 9, 24), note="x").rows
    assert [(row.ref, row.due) for row in rows] == [
        ("PL-05.1.FZ", date(2026, 10, 29)),
        ("PL-05.1.ZF", date(2026, 10, 29)),
    ]


def test_a_day_in_a_year_without_a_notice_is_provisional_until_the_notice_moves_it(
    year: Register, actor: Actor, tmp_path: Path
) -> None:
    january = actor._replace(today="2026-12-31")
    row = _came(year, january, "PL-03", "2026-12-28")
    assert (row.due, row.provisional) == (date(2027, 1, 26), 1)
    assert "Due: 2027-01-26 (provisional)" in _words(year, "PL-03.1")
    notice = tmp_path / "2027.yaml"
    notice.write_text(
        "year: 2027\nnotice: 国办发明电〔2026〕1号\n"
        "off:\n  - {from: 2027-01-01, to: 2027-01-04, name: {zh: 元旦, en: New Year}}\nworked: []\n",
        encoding="utf-8",
    )
    assert read_holidays(notice).year == 2027
    moved = import_holidays(year, january, notice).moved
    assert [(one.before, one.after) for one in moved] == [("2027-01-26", "2027-01-27")]
    (after,) = show(year, "PL-03.1", year=None, today=DAY).rows
    assert (after.due, after.provisional) == (date(2027, 1, 27), 0)
    assert verify(year).findings == ()


def test_late_and_overdue_occasions_are_counted_by_the_month_of_their_day(year: Register, november: Actor) -> None:
    _came(year, november, "PL-03", "2026-09-24")
    _came(year, november, "PL-03", "2026-09-24")
    tick(year, november, ["PL-03.1"], on=date(2026, 10, 30))
    lines = {one.part: one.totals for one in summarise(year, 2026, by="month", as_of=DAY).lines}
    assert (lines["2026-10"].rows, lines["2026-10"].late, lines["2026-10"].overdue) == (2, 1, 1)
    overdue = list_rows(year, Filter("PL", overdue=True), year=None, today=DAY).rows
    assert "PL-03.2" in [row.ref for row in overdue]


def test_an_occasion_taken_back_leaves_nothing(year: Register, november: Actor) -> None:
    before = year.all("checklist_row_all")
    _came(year, november, "PL-03", "2026-09-24")
    undo(year, november)
    assert year.all("checklist_row_all") == before
    assert verify(year).findings == ()


def test_the_frozen_copy_holds_the_clock_so_that_no_template_is_read_again(
    year: Register, november: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = year.one("checklist_get", key_year=2026, key_template="PL")
    document = year.document(str(held[2])) if held else None
    assert document is not None
    (item,) = (one for one in document["items"] if one["code"] == "PL-03")
    assert (item["clock"]["id"], item["due_from"]) == ("publish-20wd", "law")
    assert '"rule":"within 20 wd"' in canonical(item["clock"])
    monkeypatch.setattr("lawcheck.library.places.checklists", lambda: Path("/nowhere"))
    assert _came(year, november, "PL-03", "2026-09-24").due == date(2026, 10, 29)
