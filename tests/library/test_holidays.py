"""Holiday files: what is shipped, what the generated module says of it, and every fault with its place."""

from collections.abc import Callable
from pathlib import Path

import pytest

from lawcheck.core.calendar import HolidayYear
from lawcheck.core.words import Text
from lawcheck.errors import BadFile, NoSuchFile
from lawcheck.library.holidays import read_all_holidays, read_holidays
from lawcheck.library.known_days import FIRST, LAST
from lawcheck.library.known_years import KnownYears
from lawcheck.library.places import holiday_files
from lawcheck.render.errors import fault_line
from support import HOLIDAYS_2027

Faults = Callable[[str, str], list[str]]
NEAR = "a day of the year, of the December before or the January after"
NUMBER = "a number, or certainty: not-found"
DAY = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"


@pytest.fixture
def faults(tmp_path: Path) -> Faults:
    """Return the faults of the made-up notice with one text put in another's place."""

    def lines(old: str, new: str) -> list[str]:
        assert HOLIDAYS_2027.count(old) >= 1
        path = tmp_path / "2027.yaml"
        path.write_text(HOLIDAYS_2027.replace(old, new, 1), encoding="utf-8")
        try:
            read_holidays(path)
        except BadFile as error:
            found = error.params["faults"]
            assert isinstance(found, tuple)
            return [fault_line(one).removeprefix(f"{tmp_path}/") for one in found]
        return []

    return lines


def test_every_year_from_2004_to_2026_comes_with_lawcheck_in_a_file_of_its_name() -> None:
    assert [path.stem for path in holiday_files()] == [str(year) for year in range(2004, 2027)]
    assert [read_holidays(path).year for path in holiday_files()] == list(range(2004, 2027))
    assert (FIRST, LAST) == (2004, 2026)


def test_the_module_of_everyday_commands_says_what_the_files_say() -> None:
    assert dict(KnownYears({})) == read_all_holidays()


def test_a_number_that_was_read_says_where_and_one_that_was_not_says_nothing() -> None:
    for path in holiday_files():
        held = path.read_text(encoding="utf-8")
        assert ("\nread_in: " in held) == ("\ncertainty: read\n" in held), path.name
        assert "\nnotice: 国办发明电〔" in held


def test_a_year_is_read_with_the_whole_stretches_of_its_notice(tmp_path: Path) -> None:
    path = tmp_path / "2027.yaml"
    path.write_text(HOLIDAYS_2027, encoding="utf-8")
    year = read_holidays(path)
    new_year, national = Text("元旦", "New Year's Day"), Text("国庆节", "National Day")
    assert isinstance(year, HolidayYear)
    assert (year.year, year.notice, year.certainty, year.amended) == (2027, "试发〔2026〕1号", "read", {})
    assert [day for day, name in year.off.items() if name == new_year] == ["2026-12-31", "2027-01-01", "2027-01-02"]
    assert len(year.off) == 3 + 7 + 3 + 7
    assert year.worked == {
        "2027-01-03": new_year,
        "2027-02-13": Text("春节", "Spring Festival"),
        "2027-10-09": national,
    }


def test_a_later_notice_stands_beside_the_days_that_it_changed(tmp_path: Path) -> None:
    path = tmp_path / "2027.yaml"
    changed = HOLIDAYS_2027.replace(
        "{day: 2027-10-09, for: 国庆节}", "{day: 2027-10-09, for: 国庆节, notice: 试发〔2027〕3号}"
    )
    path.write_text(changed, encoding="utf-8")
    year = read_holidays(path)
    assert year.amended == {"2027-10-09": "试发〔2027〕3号"}
    assert (year.notice_of("2027-10-09"), year.notice_of("2027-10-01")) == ("试发〔2027〕3号", "试发〔2026〕1号")


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        (
            "day: 2027-02-13",
            "day: 2027-02-12",
            [
                "2027.yaml:11:11: '2027-02-12' is both off and worked, expected: one of the two",
                "2027.yaml:11:11: '2027-02-12' is no Saturday or Sunday, expected: a weekend day that is worked",
            ],
        ),
        (
            "day: 2027-10-09",
            "day: 2027-10-08",
            ["2027.yaml:12:11: '2027-10-08' is no Saturday or Sunday, expected: a weekend day that is worked"],
        ),
        (
            "to: 2027-05-03",
            "to: 2027-04-30",
            ["2027.yaml:7:28: '2027-05-01..2027-04-30' ends before it begins, expected: from before to"],
        ),
        (
            "from: 2026-12-31",
            "from: 2026-11-30",
            [
                "2027.yaml:5:12: '2026-11-30' lies outside the year 2027, expected: " + NEAR,
            ],
        ),
        (
            "to: 2027-10-07",
            "to: 2028-02-01",
            [
                "2027.yaml:8:28: '2028-02-01' lies outside the year 2027, expected: " + NEAR,
            ],
        ),
        (
            "from: 2027-05-01, to: 2027-05-03",
            "from: 2027-02-12, to: 2027-02-12",
            ["2027.yaml:7:5: '2027-02-12' stands here twice, expected: each once"],
        ),
        (
            "day: 2027-02-13",
            "day: 2027-01-03",
            ["2027.yaml:11:11: '2027-01-03' stands here twice, expected: each once"],
        ),
        (
            "to: 2027-02-12",
            "to: 2027-02-30",
            [
                "2027.yaml:6:28: there is no day '2027-02-30', expected: a day of the calendar",
            ],
        ),
        (
            "for: 春节",
            "for: 新春",
            ["2027.yaml:11:28: no holiday '新春' under 'off', expected: the Chinese name of one of its holidays"],
        ),
        (
            "certainty: read",
            "certainty: not-found",
            ["2027.yaml:2:9: number and certainty of the notice do not fit together, expected: " + NUMBER],
        ),
        (
            "certainty: read",
            "certainty: sure",
            ["2027.yaml:3:12: 'certainty' is 'sure', expected: one of read, recalled, not-found"],
        ),
        ("year: 2027", "year: 27", ["2027.yaml:1:7: 'year' is 27, expected: 1949 or more"]),
        (
            "year: 2027",
            "years: 2027",
            [
                "2027.yaml:1:1: 'year' is missing, expected: a value",
                "2027.yaml:1:1: the key 'years' is not known, expected: one of the keys of the schema",
            ],
        ),
        ("to: 2027-05-03, ", "", ["2027.yaml:7:5: 'to' is missing, expected: a value"]),
        ("day: 2027-10-09", "day: 10-09", ["2027.yaml:12:11: 'day' is '10-09', expected: text of the form " + DAY]),
    ],
)
def test_a_fault_is_told_with_its_place(old: str, new: str, lines: list[str], faults: Faults) -> None:
    assert faults(old, new) == lines


def test_every_fault_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "2027.yaml"
    broken = (
        HOLIDAYS_2027.replace("2027-10-09", "2027-10-08")
        .replace("for: 春节", "for: 新春")
        .replace("2027-05-03", "2027-04-03")
    )
    path.write_text(broken, encoding="utf-8")
    with pytest.raises(BadFile) as refused:
        read_holidays(path)
    assert [one.what for one in refused.value.params["faults"]] == ["range-reversed", "unknown-holiday", "worked-plain"]  # type: ignore[attr-defined]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoSuchFile) as refused:
        read_holidays(tmp_path / "none.yaml")
    assert refused.value.params == {"path": str(tmp_path / "none.yaml"), "reason": "no-file"}
