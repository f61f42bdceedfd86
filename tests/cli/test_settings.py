import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lawcheck.config import SETTINGS
from support import INSTANT, Program, Run

Front = Callable[..., Run]


@pytest.fixture
def settings_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the settings file belongs; nothing is there yet."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    path = tmp_path / "config" / "lawcheck" / "config.toml"
    path.parent.mkdir(parents=True)
    return path


def _data(run: Run) -> dict[str, Any]:
    assert run.code == 0, run.err
    held: dict[str, Any] = json.loads(run.out)["data"]
    return held


def _entry(front: Front) -> dict[str, Any]:
    entry: dict[str, Any] = _data(front("log", "-n", "1", "--json"))["entries"][0]
    return entry


@pytest.mark.parametrize("place", ["before", "after"])
def test_every_global_option_stands_before_or_after_the_command(place: str, front: Front, started: Path) -> None:
    elsewhere = started.rename(started.with_name("elsewhere.db"))
    options = ["--register", str(elsewhere), "--year", "2026", "--lang", "zh", "--as", "wang", "--json"]
    command = ["tick", "TT-01"]
    run = front(*options, *command) if place == "before" else front(*command, *options)
    row = _data(run)["rows"][0]
    assert (row["title"], row["done_by"], row["year"]) == ("年度事项", "wang", 2026)


def test_global_options_stand_on_both_sides_and_inside_a_group(front: Front, started: Path) -> None:
    assert started.exists()
    figures = _data(front("--lang", "zh", "figure", "--year", "2026", "list", "--json"))["figures"]
    assert figures[0]["title"] == "走访次数"


def test_the_last_word_on_an_option_counts(front: Front, started: Path) -> None:
    assert started.exists()
    assert _data(front("--year", "2020", "list", "--year", "2026", "--json"))["years"] == [2026]


def test_a_flag_is_over_the_environment_which_is_over_the_file(
    front: Front, started: Path, settings_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert started.exists()
    settings_file.write_text('user = "wang"\n', encoding="utf-8")
    monkeypatch.delenv("LAWCHECK_USER")
    by_file = _data(front("tick", "TT-01", "--json"))["rows"][0]["done_by"]
    monkeypatch.setenv("LAWCHECK_USER", "lihua")
    by_environment = _data(front("tick", "TT-02.Q1.ZF", "--json"))["rows"][0]["done_by"]
    by_flag = _data(front("--as", "王芳", "tick", "TT-02.Q1.FZ", "--json"))["rows"][0]["done_by"]
    assert (by_file, by_environment, by_flag) == ("wang", "lihua", "wang")


def test_the_file_names_register_and_year_and_today(
    front: Front, started: Path, settings_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = started.rename(started.with_name("elsewhere.db"))
    settings_file.write_text(f'register = "{elsewhere}"\nyear = 2026\ntoday = "2026-02-01"\n', encoding="utf-8")
    for name in ("LAWCHECK_REGISTER", "LAWCHECK_TODAY"):
        monkeypatch.delenv(name)
    held = _data(front("next", "--json"))
    assert (held["today"], len(held["rows"])) == ("2026-02-01", 3)


def test_the_file_names_the_form_of_results_and_of_errors(front: Front, started: Path, settings_file: Path) -> None:
    assert started.exists()
    settings_file.write_text('format = "json"\n', encoding="utf-8")
    assert json.loads(front("next").out)["status"] == "ok"
    run = front("tick", "TT-99")
    assert (json.loads(run.out)["status"], run.err) == ("error", "")


@pytest.mark.parametrize("how", ["flag", "environment", "file"])
def test_the_language_is_chosen_by_flag_environment_and_file(
    how: str, front: Front, started: Path, settings_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert started.exists()
    if how == "environment":
        monkeypatch.setenv("LAWCHECK_LANG", "zh")
    if how == "file":
        settings_file.write_text('lang = "zh"\n', encoding="utf-8")
    run = front("--lang", "zh", "show", "TT-01") if how == "flag" else front("show", "TT-01")
    assert run.out.startswith("TT-01 (2026)  年度事项\n")


def test_the_locale_chooses_the_language_where_nobody_else_does(
    front: Front, started: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert started.exists()
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    chinese = front("show", "TT-01").out
    english = front("--lang=en", "show", "TT-01").out
    assert chinese.startswith("TT-01 (2026)  年度事项\n")
    assert english.startswith("TT-01 (2026)  Yearly item\n")


@pytest.mark.parametrize(
    ("arguments", "environment", "said"),
    [
        (["next", "--year", "soon"], {}, "The setting 'year' cannot be 'soon'; expected: 2026."),
        (["next", "--year", "-1"], {}, "The setting 'year' cannot be '-1'; expected: 2026."),
        (["next", "--year", "²"], {}, "The setting 'year' cannot be '²'; expected: 2026."),
        (["next", "--year", "1900"], {}, "'1900' is no year that can be started."),
        (["next"], {"LAWCHECK_YEAR": "soon"}, "The setting 'year' cannot be 'soon'; expected: 2026."),
        (["next", "--format", "xml"], {}, "The setting 'format' cannot be 'xml'; expected: table, json, csv."),
        (["next"], {"LAWCHECK_TODAY": "tomorrow"}, "'tomorrow' is no day of the calendar."),
        (["next"], {"LAWCHECK_TODAY": "2026-02-29"}, "'2026-02-29' is no day of the calendar."),
        (["next"], {"LAWCHECK_BUSY_SECONDS": "long"}, "The setting 'busy_seconds' cannot be 'long'; expected: >= 0."),
        (["next"], {"LAWCHECK_BUSY_SECONDS": "nan"}, "The setting 'busy_seconds' cannot be 'nan'; expected: >= 0."),
        (["next"], {"LAWCHECK_BUSY_SECONDS": "-1"}, "The setting 'busy_seconds' cannot be '-1'; expected: >= 0."),
    ],
)
def test_a_setting_that_cannot_be_read_is_a_usage_error(
    arguments: list[str],
    environment: dict[str, str],
    said: str,
    front: Front,
    started: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert started.exists()
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    run = front(*arguments)
    assert (run.code, run.out, run.err.splitlines()[0]) == (2, "", f"Error: {said}")


@pytest.mark.parametrize("arguments", [["next", "--lang", "fr"], ["--lang=fr", "next"], ["--lang", "", "next"]])
def test_a_language_that_is_not_spoken_is_refused(arguments: list[str], front: Front, started: Path) -> None:
    assert started.exists()
    run = front(*arguments)
    assert (run.code, run.out) == (2, "")
    assert "lang" in run.err


def test_a_language_of_the_environment_that_is_not_spoken_is_refused(
    front: Front, started: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert started.exists()
    monkeypatch.setenv("LAWCHECK_LANG", "fr")
    assert front("next").code == 2


def test_the_board_refuses_a_wrong_year_too(front: Front, started: Path) -> None:
    assert started.exists()
    run = front("--year", "soon")
    assert (run.code, run.out) == (2, "")


@pytest.mark.parametrize("empty", ["LAWCHECK_YEAR", "LAWCHECK_TODAY", "LAWCHECK_LANG", "LAWCHECK_BUSY_SECONDS"])
def test_an_empty_variable_says_nothing(
    empty: str, front: Front, started: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert started.exists()
    monkeypatch.setenv(empty, "")
    assert front("next").code == 0


@pytest.mark.parametrize(
    "text",
    [
        'colour = "red"\n',
        "year = \n",
        "[section]\nyear = 2026\n",
        "\x00",
    ],
)
def test_a_settings_file_that_cannot_be_read_is_named(
    text: str, front: Front, started: Path, settings_file: Path
) -> None:
    assert started.exists()
    settings_file.write_text(text, encoding="utf-8")
    run = front("next")
    assert (run.code, run.out) == (2, "")
    assert run.err.startswith(f"Error: The setting '{str(settings_file)[:40]}")


def test_a_settings_file_that_is_no_utf8_is_named(front: Front, started: Path, settings_file: Path) -> None:
    assert started.exists()
    settings_file.write_bytes('user = "王芳"\n'.encode("gbk"))
    run = front("next")
    assert (run.code, run.out) == (2, "")


def test_the_register_lies_in_the_users_own_folder_by_default(
    front: Front, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LAWCHECK_REGISTER")
    assert front("start", "2026", "PL").code == 0
    path = tmp_path / "home" / ".local" / "share" / "lawcheck" / "register.db"
    assert path.is_file()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_today_is_recorded_in_the_entry_and_never_changes_its_instant(
    front: Front, started: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert started.exists()
    monkeypatch.setenv("LAWCHECK_TODAY", "2026-04-02")
    row = _data(front("tick", "TT-01", "--json"))["rows"][0]
    entry = _entry(front)
    assert (row["done_on"], row["recorded_on"], entry["today_set"]) == ("2026-04-02", "2026-04-02", "2026-04-02")
    assert entry["at"][:10] != "2026-04-02"
    assert entry["at"].endswith("Z")
    assert "* what counts as today had been set by hand" in front("log", "-n", "1").out.splitlines()


def test_an_entry_does_not_say_that_today_was_set_when_it_was_not(
    front: Front, started: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert started.exists()
    monkeypatch.delenv("LAWCHECK_TODAY")
    assert front("note", "TT-01", "x").code == 0
    entry = _entry(front)
    assert entry["today_set"] is None
    assert entry["at"] != INSTANT


def test_an_entry_names_person_account_and_host(front: Front, started: Path) -> None:
    assert started.exists()
    front("note", "TT-01", "x", "--as", "王芳")
    entry = _entry(front)
    assert (entry["person"], entry["command"]) == ("wang", "note")
    assert entry["os_user"]
    assert entry["host"]


def test_a_register_in_the_home_folder_is_named_with_a_tilde(front: Front, started: Path, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    started.rename(tmp_path / "home" / "mine.db")
    assert front("--register", "~/mine.db", "next").code == 0


def test_no_colour_is_drawn_where_it_is_not_wanted(on_terminal: Callable[..., Run], started: Path) -> None:
    assert started.exists()
    with_colour, without = on_terminal("list"), on_terminal("list", env={"NO_COLOR": "1"})
    assert "\x1b[1;31m" in with_colour.out
    assert "31m" not in without.out


def test_every_variable_that_is_documented_is_read(program: Program, started: Path) -> None:
    assert started.exists()
    variables = {one.variable for one in SETTINGS if one.variable}
    assert variables == {
        "LAWCHECK_REGISTER",
        "LAWCHECK_YEAR",
        "LAWCHECK_LANG",
        "LAWCHECK_USER",
        "LAWCHECK_TODAY",
        "LAWCHECK_SIGNING_KEY",
        "LAWCHECK_EVIDENCE_HASH",
        "LAWCHECK_EVIDENCE_MOST_MIB",
        "LAWCHECK_BUSY_SECONDS",
    }
    run = program("list", "--json", env={"LAWCHECK_YEAR": "2020", "LAWCHECK_LANG": "zh"})
    assert run.code == 3
    assert "2020年度" in json.loads(run.out)["errors"][0]["message"]
