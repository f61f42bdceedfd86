"""The bureau kept in the register: taken from a file, read back, and what that means for the rows of open years."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from lawcheck import errors
from lawcheck.core.figure import Adds
from lawcheck.core.journal import Actor
from lawcheck.core.words import Text
from lawcheck.library.reading import read_bureau, read_duties
from lawcheck.service.bureaus import BureauImported, default_bureau_file, import_bureau, kept_bureau
from lawcheck.service.people import person_id, unit_code
from lawcheck.service.rows import record_occasion, tick
from lawcheck.service.start import start_year
from lawcheck.service.verify import verify
from lawcheck.store.register import Register
from support import SMALL_BUREAU, TODAY

Dump = dict[str, list[tuple[object, ...]]]
Dumped = Callable[[Register], Dump]
DAY = date.fromisoformat(TODAY)
NEW_UNIT = "units:\n  - {code: NEU, name: {zh: 新科, en: New}}\n"


@pytest.fixture
def changed(tmp_path: Path) -> Callable[..., Path]:
    """Return what writes the small bureau's file with some words changed."""

    def write(*changes: tuple[str, str]) -> Path:
        text = SMALL_BUREAU
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "changed.yaml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


Changed = Callable[..., Path]


def _units(register: Register, year: int = 2026) -> dict[str, str]:
    return {str(row[1]): str(row[3]) for row in register.all("checklist_row_all") if row[0] == year}


def test_a_bureau_reads_back_as_its_file_says(small: Register, small_bureau: Path) -> None:
    bureau = kept_bureau(small)
    assert bureau == read_bureau(small_bureau, read_duties())
    assert bureau is not None
    assert bureau.name == Text("小局", "Small bureau")
    assert [(one.id, one.name, one.unit, one.reviews) for one in bureau.people] == [
        ("lihua", "李华", "FZ", False),
        ("wang", "王芳", "ZF", True),
    ]
    assert bureau.duties == {"legal": ("FZ",), "case-handling": ("ZF", "FZ"), "*": ("FZ",)}
    assert [(figure.key, figure.measure.zh, figure.adds) for figure in bureau.figures] == [("visits", "次", Adds.SUM)]


def test_before_the_first_year_there_is_no_bureau(empty_register: Register) -> None:
    assert kept_bureau(empty_register) is None


def test_a_register_starts_with_one_unit_that_holds_every_duty(register: Register) -> None:
    bureau = kept_bureau(register)
    assert bureau == read_bureau(default_bureau_file(), read_duties())
    assert set(_units(register).values()) == {"BJ"}


def test_the_same_file_again_changes_nothing_and_says_so(
    small: Register, actor: Actor, small_bureau: Path, dump: Dumped
) -> None:
    before = dump(small)
    bureau = kept_bureau(small)
    assert bureau is not None
    imported = import_bureau(small, actor, small_bureau)
    assert imported == BureauImported(bureau, changed=False, figures_added=0, rows_moved=0)
    assert (dump(small), small.head().seq) == (before, 1)


def test_a_file_taken_over_before_any_year_serves_the_first(
    empty_register: Register, actor: Actor, small_bureau: Path, small_template: Path
) -> None:
    imported = import_bureau(empty_register, actor, small_bureau)
    assert (imported.changed, imported.figures_added, imported.rows_moved) == (True, 0, 0)
    start_year(empty_register, actor, 2026, [str(small_template)])
    assert set(_units(empty_register).values()) == {"FZ", "ZF"}
    assert empty_register.head().seq == 2


def test_a_new_name_is_one_entry_and_moves_no_row(small: Register, actor: Actor, changed: Changed) -> None:
    rows = small.all("checklist_row_all")
    imported = import_bureau(small, actor, changed(("小局", "大局")))
    assert (imported.bureau.name.zh, imported.changed, imported.rows_moved) == ("大局", True, 0)
    assert kept_bureau(small) == imported.bureau
    assert small.all("checklist_row_all") == rows
    assert small.head().seq == 2
    assert verify(small).findings == ()


def test_unfinished_rows_go_to_the_unit_that_holds_their_duty_now_and_done_ones_stay(
    small: Register, actor: Actor, changed: Changed
) -> None:
    record_occasion(small, actor, "TT-03", on=DAY, note="x")
    record_occasion(small, actor, "TT-03", on=DAY, note="y")
    tick(small, actor, ["TT-03.1"], on=DAY)
    imported = import_bureau(small, actor, changed(("legal: FZ", "legal: ZF")))
    assert imported.rows_moved == 2
    units = _units(small)
    assert (units["TT-01"], units["TT-03.1"], units["TT-03.2"]) == ("ZF", "FZ", "ZF")
    assert small.head().seq == 5
    assert verify(small).findings == ()


def test_a_row_of_each_unit_stays_with_its_unit_as_long_as_there_is_one(
    small: Register, actor: Actor, changed: Changed
) -> None:
    before = _units(small)
    import_bureau(small, actor, changed(("case-handling: [ZF, FZ]", "case-handling: FZ")))
    assert _units(small) == before


def test_rows_of_a_unit_that_is_gone_go_to_whoever_holds_their_duty_now(
    small: Register, actor: Actor, changed: Changed
) -> None:
    gone = changed(
        ("  - {code: ZF, name: {zh: 执法队, en: Enforcement}}\n", ""),
        ("unit: ZF", "unit: FZ"),
        ("case-handling: [ZF, FZ]", "case-handling: FZ"),
    )
    tick(small, actor, ["TT-02.Q1.ZF"], on=DAY)
    imported = import_bureau(small, actor, gone)
    units = _units(small)
    assert imported.rows_moved == 3
    assert {unit for ref, unit in units.items() if ref != "TT-02.Q1.ZF"} == {"FZ"}
    assert units["TT-02.Q1.ZF"] == "ZF"
    assert verify(small).findings == ()


def test_a_closed_year_keeps_its_units(
    two_years: Register, actor: Actor, changed: Changed, close_year: Callable[[Register, int], None]
) -> None:
    close_year(two_years, 2025)
    imported = import_bureau(two_years, actor, changed(("legal: FZ", "legal: ZF")))
    assert imported.rows_moved == 1
    assert (_units(two_years, 2025)["TT-01"], _units(two_years, 2026)["TT-01"]) == ("FZ", "ZF")


def test_new_figures_join_every_open_year_behind_the_others(
    two_years: Register, actor: Actor, changed: Changed, close_year: Callable[[Register, int], None]
) -> None:
    close_year(two_years, 2025)
    more = (
        "figures:\n  - {key: calls, title: {zh: 来电, en: Calls}, measure: {zh: 个, en: calls}, section: power-list}\n"
    )
    imported = import_bureau(two_years, actor, changed(("figures:\n", more)))
    assert imported.figures_added == 1
    keys = {year: [row[1] for row in two_years.all("figure_of_year", year=year)] for year in (2025, 2026)}
    assert keys == {2025: ["visits", "tt_met", "tt_all"], 2026: ["visits", "tt_met", "tt_all", "calls"]}


def test_people_and_units_are_those_of_the_file_taken_over_last(
    small: Register, actor: Actor, changed: Changed
) -> None:
    import_bureau(small, actor, changed(("id: wang", "id: wangfang"), ("units:\n", NEW_UNIT)))
    assert person_id(small, "王芳") == "wangfang"
    assert unit_code(small, "neu") == "NEU"
    with pytest.raises(errors.UnknownPerson):
        person_id(small, "wang")


def _refused(register: Register, dump: Dumped, command: Callable[[], object]) -> errors.LawcheckError:
    before = dump(register), register.head()
    with pytest.raises(errors.LawcheckError) as refused:
        command()
    assert (dump(register), register.head()) == before
    return refused.value


def test_a_file_by_which_nobody_would_hold_the_duty_of_a_row_is_refused(
    small: Register, actor: Actor, changed: Changed, dump: Dumped
) -> None:
    unheld = changed(("legal: FZ, ", ""), (', "*": FZ', ""))
    refused = _refused(small, dump, lambda: import_bureau(small, actor, unheld))
    assert isinstance(refused, errors.DutyUnheld)
    assert refused.params["duties"] == ["legal"]


def test_a_file_that_gives_a_figure_another_measure_is_refused(
    small: Register, actor: Actor, changed: Changed, dump: Dumped
) -> None:
    other = changed(("measure: {zh: 次, en: visits}", "measure: {zh: 家, en: firms}"))
    refused = _refused(small, dump, lambda: import_bureau(small, actor, other))
    assert (type(refused), refused.params["key"]) == (errors.FigureClash, "visits")


def test_a_file_with_faults_is_refused_with_all_of_them(
    small: Register, actor: Actor, changed: Changed, dump: Dumped
) -> None:
    bad = changed(("unit: ZF", "unit: XX"), ("legal: FZ", "legall: FZ"))
    refused = _refused(small, dump, lambda: import_bureau(small, actor, bad))
    assert isinstance(refused, errors.BadFile)
    faults = refused.params["faults"]
    assert isinstance(faults, tuple)
    assert [fault.parameters["key"] for fault in faults] == ["XX", "legall"]


def test_a_file_that_is_not_there_is_named(small: Register, actor: Actor, tmp_path: Path, dump: Dumped) -> None:
    refused = _refused(small, dump, lambda: import_bureau(small, actor, tmp_path / "none.yaml"))
    assert isinstance(refused, errors.NoSuchFile)
    assert refused.params["path"] == str(tmp_path / "none.yaml")


def test_items_of_each_unit_that_keep_the_rows_of_other_units_are_told(
    small: Register, actor: Actor, changed: Changed
) -> None:
    assert import_bureau(small, actor, changed(("[ZF, FZ]", "[ZF]"))).kept == ((2026, "TT-02"),)
    assert import_bureau(small, actor, changed(("小局", "另一局"))).kept == ()
