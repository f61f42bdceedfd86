"""A year starts: once, whole, frozen, in one entry; or not at all."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from lawcheck import errors
from lawcheck.core.journal import Actor, Entry
from lawcheck.library.places import checklists
from lawcheck.service.bureaus import kept_bureau
from lawcheck.service.journal import undo
from lawcheck.service.rows import tick
from lawcheck.service.start import StartedChecklist, start_year
from lawcheck.service.verify import verify
from lawcheck.store.register import Register
from support import INSTANT, ROOT, SMALL_BUREAU, SMALL_TEMPLATE, TEMPLATES

Dump = dict[str, list[tuple[object, ...]]]
Dumped = Callable[[Register], Dump]
SMALL_LINE = StartedChecklist("TT", "小清单", "Small checklist", 4, 9, ())


def _rows(register: Register, year: int = 2026) -> list[tuple[object, ...]]:
    """Return ref, unit, first day and due day of the rows of a year."""
    return [(*held[1:2], held[3], held[7], held[8]) for held in register.all("checklist_row_all") if held[0] == year]


def _commands(register: Register) -> list[str]:
    return [Entry(*values).command for values in register.all("entry_all")]  # type: ignore[arg-type]


def test_a_year_starts_with_a_row_for_every_period_and_unit(
    empty_register: Register, actor: Actor, small_bureau: Path, small_template: Path
) -> None:
    done = start_year(empty_register, actor, 2026, [str(small_template)], small_bureau)
    assert (done.year, done.started, done.already, done.is_new) == (2026, (SMALL_LINE,), (), True)
    assert done.register == str(empty_register.path)
    quarters = [("Q1", "01-01", "03-31"), ("Q2", "04-01", "06-30"), ("Q3", "07-01", "09-30"), ("Q4", "10-01", "12-31")]
    assert _rows(empty_register) == [
        ("TT-01", "FZ", "2026-01-01", "2026-03-31"),
        *(
            (f"TT-02.{name}.{unit}", unit, f"2026-{begins}", f"2026-{due}")
            for name, begins, due in quarters
            for unit in ("FZ", "ZF")
        ),
    ]


def test_a_year_starts_in_one_entry_with_its_bureau_and_figures(small: Register) -> None:
    assert _commands(small) == ["start"]
    assert small.all("year_all") == [(2026, "open")]
    assert kept_bureau(small) is not None
    assert [held[1] for held in small.all("figure_of_year", year=2026)] == ["visits", "tt_met", "tt_all"]
    assert verify(small).findings == ()


def test_starting_twice_changes_nothing_and_says_so(
    small: Register, actor: Actor, small_template: Path, dump: Dumped
) -> None:
    before = dump(small)
    again = start_year(small, actor, 2026, [str(small_template)])
    assert (again.started, again.already) == ((), (SMALL_LINE,))
    assert dump(small) == before
    assert _commands(small) == ["start"]


def test_what_stands_already_is_counted_as_it_stands(small: Register, actor: Actor, small_template: Path) -> None:
    small_template.write_text(SMALL_TEMPLATE.replace("every: quarter", "every: month"), encoding="utf-8")
    again = start_year(small, actor, 2026, [str(small_template)])
    assert [line.rows for line in again.already] == [9]
    assert len(_rows(small)) == 9


def test_all_templates_start_together_or_one_after_another(
    register: Register, empty_register: Register, actor: Actor, tmp_path: Path
) -> None:
    with Register.create(tmp_path / "second.db", INSTANT) as second:
        first = start_year(second, actor, 2026, ["pl", "ＥＳ", "PL"])
        rest = start_year(second, actor, 2026)
        assert [line.template for line in first.started] == ["PL", "ES"]
        assert [line.template for line in rest.started] == [code for code in TEMPLATES if code not in ("ES", "PL")]
        assert [line.template for line in rest.already] == ["ES", "PL"]
        assert _rows(second) == _rows(register)
        assert _commands(second) == ["start", "start"]
    assert register is empty_register


def test_own_files_and_templates_that_come_with_lawcheck_start_together(
    empty_register: Register, actor: Actor, small_bureau: Path, small_template: Path
) -> None:
    done = start_year(empty_register, actor, 2026, ["MD", str(small_template)], small_bureau)
    assert [line.template for line in done.started] == ["MD", "TT"]


def test_each_year_has_rows_of_its_own(two_years: Register) -> None:
    assert [row[0] for row in _rows(two_years, 2025)] == [row[0] for row in _rows(two_years, 2026)]
    assert {str(row[2])[:4] for row in _rows(two_years, 2025)} == {"2025"}
    assert two_years.all("year_all") == [(2025, "open"), (2026, "open")]


def test_what_was_started_never_changes_with_its_template(
    small: Register, actor: Actor, small_template: Path, dump: Dumped
) -> None:
    before = dump(small)
    small_template.write_text(SMALL_TEMPLATE.replace("年度事项", "改了"), encoding="utf-8")
    start_year(small, actor, 2026, [str(small_template)])
    assert dump(small) == before
    start_year(small, actor, 2027, [str(small_template)])
    titles = {values[0]: values[5] for values in small.all("item_all") if values[1] == "TT-01"}
    assert titles == {2026: "年度事项", 2027: "改了"}


def test_a_row_goes_to_the_first_unit_that_holds_its_duty_unless_each_has_one(
    empty_register: Register, actor: Actor, small_bureau: Path, small_template: Path
) -> None:
    small_template.write_text(SMALL_TEMPLATE.replace("    each: true\n", ""), encoding="utf-8")
    start_year(empty_register, actor, 2026, [str(small_template)], small_bureau)
    assert [(row[0], row[1]) for row in _rows(empty_register)][1:] == [(f"TT-02.Q{n}", "ZF") for n in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    ("rule", "due"),
    [
        ("by 12-31", "2027-12-31"),
        ("by 01-31 next year", "2028-01-31"),
        ("before 03-01 next year", "2028-02-29"),
        ("before 03-01", "2027-02-28"),
    ],
)
def test_a_due_day_may_lie_in_the_next_year_and_before_a_day_is_the_day_before(
    rule: str, due: str, small: Register, actor: Actor, small_template: Path
) -> None:
    small_template.write_text(SMALL_TEMPLATE.replace("by 03-31", rule), encoding="utf-8")
    start_year(small, actor, 2027, [str(small_template)])
    assert _rows(small, 2027)[0] == ("TT-01", "FZ", "2027-01-01", due)


def test_a_started_year_can_be_taken_back_and_started_again(
    empty_register: Register, actor: Actor, small_bureau: Path, small_template: Path, dump: Dumped
) -> None:
    names = [str(small_template)]
    start_year(empty_register, actor, 2026, names, small_bureau)
    first = dump(empty_register)
    undo(empty_register, actor)
    without = dump(empty_register)
    assert {name for name, held in without.items() if held} == {"document"}
    start_year(empty_register, actor, 2026, names, small_bureau)
    assert dump(empty_register) == first
    assert _commands(empty_register) == ["start", "undo", "start"]
    assert verify(empty_register).findings == ()


def test_another_bureau_file_for_a_started_year_is_taken_over_or_left_alone_but_never_half(
    small: Register, actor: Actor, small_template: Path, tmp_path: Path, dump: Dumped
) -> None:
    other = tmp_path / "other.yaml"
    other.write_text(SMALL_BUREAU.replace("小局", "新局"), encoding="utf-8")
    before = dump(small)
    done = start_year(small, actor, 2026, [str(small_template)], other)
    assert kept_bureau(small) == done.bureau
    assert (dump(small) == before) is (small.head().seq == 1)


def test_a_bureau_file_taken_over_at_the_start_moves_rows_as_an_import_does(
    small: Register, actor: Actor, small_template: Path, tmp_path: Path
) -> None:
    alone = (
        "name: {zh: 小局, en: Small bureau}\nunits:\n  - {code: NEU, name: {zh: 新科, en: New}}\nduties: {'*': NEU}\n"
    )
    sections = SMALL_BUREAU[SMALL_BUREAU.index("sections:") :]
    (tmp_path / "alone.yaml").write_text(alone + sections, encoding="utf-8")
    start_year(small, actor, 2027, [str(small_template)], tmp_path / "alone.yaml")
    assert {row[1] for row in _rows(small, 2026)} == {"NEU"}


# --- refused ----------------------------------------------------------------------------------


def _refused(register: Register, actor: Actor, year: int, *names: str) -> errors.LawcheckError:
    before = register.head()
    held = register.all("document_all")
    with pytest.raises(errors.LawcheckError) as refused:
        start_year(register, actor, year, names)
    assert register.head() == before
    assert register.all("document_all") == held
    assert not register.connection.in_transaction
    return refused.value


def test_a_template_that_does_not_exist_is_named_with_the_nearest(small: Register, actor: Actor) -> None:
    refused = _refused(small, actor, 2027, "PL", "ESS")
    assert isinstance(refused, errors.UnknownTemplate)
    assert refused.params == {"name": "ESS", "nearest": ["ES"]}


def test_where_nothing_is_near_all_templates_are_named(small: Register, actor: Actor) -> None:
    assert _refused(small, actor, 2027, "普法").params["nearest"] == TEMPLATES


def test_a_file_that_does_not_exist_is_named(small: Register, actor: Actor, tmp_path: Path) -> None:
    assert isinstance(_refused(small, actor, 2027, str(tmp_path / "no.yaml")), errors.NotFound | errors.BadFile)


@pytest.mark.parametrize("year", [0, 26, 1948, 2201, 99999])
def test_a_year_must_be_one_of_the_calendar(year: int, small: Register, actor: Actor) -> None:
    assert isinstance(_refused(small, actor, year), errors.InvalidYear)


def test_a_closed_year_starts_nothing_more(
    small: Register, actor: Actor, close_year: Callable[[Register, int], None]
) -> None:
    close_year(small, 2026)
    assert isinstance(_refused(small, actor, 2026, "PL"), errors.YearClosed)


def test_a_template_for_cases_is_not_started_for_a_year(small: Register, actor: Actor, small_template: Path) -> None:
    small_template.write_text(SMALL_TEMPLATE.replace("for: year", "for: case"), encoding="utf-8")
    refused = _refused(small, actor, 2027, str(small_template))
    assert (type(refused), refused.params) == (errors.NotForYears, {"template": "TT"})


@pytest.mark.parametrize("name", ["AJ", "aj", str(checklists() / "cases" / "AJ.yaml")])
def test_a_kind_of_case_is_not_started_for_a_year(small: Register, actor: Actor, name: str) -> None:
    refused = _refused(small, actor, 2027, name)
    assert (type(refused), refused.params) == (errors.NotForYears, {"template": "AJ"})


def test_a_duty_that_nobody_holds_stops_the_start(
    empty_register: Register, actor: Actor, small_bureau: Path, small_template: Path, dump: Dumped
) -> None:
    small_bureau.write_text(SMALL_BUREAU.replace(', "*": FZ', "").replace("legal: FZ, ", ""), encoding="utf-8")
    with pytest.raises(errors.DutyUnheld) as refused:
        start_year(empty_register, actor, 2026, [str(small_template)], small_bureau)
    assert (refused.value.params["template"], refused.value.params["duties"]) == ("TT", ["legal"])
    assert all(not held for held in dump(empty_register).values())


def test_one_key_for_two_figures_stops_the_start(small: Register, actor: Actor, small_template: Path) -> None:
    clash = SMALL_TEMPLATE.replace("tt_met", "visits").replace("template: TT", "template: UU").replace("TT-0", "UU-0")
    small_template.write_text(clash, encoding="utf-8")
    refused = _refused(small, actor, 2026, str(small_template))
    assert isinstance(refused, errors.FigureClash)
    assert refused.params["key"] == "visits"


def test_a_bad_file_among_good_ones_stops_the_start(small: Register, actor: Actor, small_template: Path) -> None:
    small_template.write_text(SMALL_TEMPLATE.replace("law: cfl", "law: nowhere"), encoding="utf-8")
    assert isinstance(_refused(small, actor, 2027, "PL", str(small_template)), errors.BadFile)


@pytest.mark.parametrize("second", ["same file", "copy"])
def test_one_template_named_twice_is_a_fault_of_the_call_and_no_damage(
    second: str, small: Register, actor: Actor, tmp_path: Path
) -> None:
    shipped = ROOT / "checklists" / "PL.yaml"
    copy = tmp_path / "mine.yaml"
    copy.write_bytes(shipped.read_bytes())
    refused = _refused(small, actor, 2027, "PL", str(shipped if second == "same file" else copy))
    assert refused.exit_code in (2, 4, 5)


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, MemoryError, SystemExit])
def test_a_start_broken_off_half_way_leaves_no_register_behind(
    interruption: type[BaseException],
    tmp_path: Path,
    actor: Actor,
    monkeypatch: pytest.MonkeyPatch,
    small_bureau: Path,
) -> None:
    register = Register.create(tmp_path / "new" / "register.db", INSTANT)
    rows_seen: list[object] = []

    def break_off(_: int) -> bytes:  # asked for the salt of the entry, when all rows are laid out
        rows_seen.append(register.one("row_count_all"))
        raise interruption

    with monkeypatch.context() as patched:
        patched.setattr(os, "urandom", break_off)
        with pytest.raises(interruption), register:
            start_year(register, actor, 2026, (), small_bureau)
    assert rows_seen[0] > (100,)  # type: ignore[operator]
    assert list((tmp_path / "new").iterdir()) == []


def test_a_start_broken_off_in_a_register_with_work_in_it_leaves_that_as_it_was(
    small: Register, actor: Actor, monkeypatch: pytest.MonkeyPatch, dump: Dumped
) -> None:
    before, head = dump(small), small.head()

    def break_off(_: int) -> bytes:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(os, "urandom", break_off)
        with pytest.raises(KeyboardInterrupt):
            start_year(small, actor, 2027)
    assert (dump(small), small.head()) == (before, head)
    small.close()
    with Register.open(small.path) as again:
        assert (dump(again), again.head()) == (before, head)
        assert start_year(again, actor, 2027).started != ()
        assert tick(again, actor, ["TT-01"], on=None).seq == 3
        assert verify(again).findings == ()
