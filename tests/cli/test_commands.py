import csv
import io
import json
import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from lawcheck.cli.commands import COMMANDS
from support import HOLIDAYS_2027, ROOT, TEMPLATES, Run

Front = Callable[..., Run]
INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}")
HASH = re.compile(r"[0-9a-f]{64}|[0-9a-f]{32}")


def _plain(text: str, folder: Path) -> str:
    """Return what was said without what differs from run to run."""
    return HASH.sub("<hash>", INSTANT.sub("<instant>", text.replace(f"{folder}/", "")))


def _transcript(spoken: str) -> str:
    """Return a year's work in order: each command behind a dollar sign, then what it says."""
    return (Path(__file__).parent / f"year-of-work.{spoken}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_a_year_of_work_is_told_in_exact_words(
    spoken: str,
    front: Front,
    small_template: Path,
    small_bureau: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert small_template.parent == small_bureau.parent == tmp_path
    monkeypatch.chdir(tmp_path)
    Path("2027.yaml").write_text(HOLIDAYS_2027, encoding="utf-8")
    shutil.copy(ROOT / "checklists" / "cases" / "example.csv", "cases.csv")
    told = _transcript(spoken)
    said = ""
    for line in told.splitlines():
        if line.startswith("$ lawcheck"):
            run = front("--lang", spoken, *shlex.split(line)[2:])
            assert (line, run.code, run.err) == (line, 0, "")
            said += f"{line}\n{_plain(run.out, tmp_path)}"
    assert said.splitlines() == told.splitlines()
    log = front("--lang", spoken, "log", "-n", "500", "--format", "csv").out
    entries = list(csv.DictReader(io.StringIO(log)))
    head = list(entries[0])[-1]
    assert [one for one in entries if not one[head]] == []
    (target,) = [one[head] for one in entries if one[list(one)[3]].startswith("figure target")]
    assert target == {"en": "2026/visits target: - -> 30", "zh": "2026/visits 目标数：- -> 30"}[spoken]


def test_every_command_takes_part_in_the_year_of_work() -> None:
    begun = [line.removeprefix("$ lawcheck ") for line in _transcript("en").splitlines() if line.startswith("$")]
    idle = [command for command in COMMANDS if not any(one.startswith(command) for one in begun)]
    assert idle == ["figure import", "demo", "template list"]
    assert begun == [line.removeprefix("$ lawcheck ") for line in _transcript("zh").splitlines() if line[:1] == "$"]


def _data(run: Run) -> dict[str, Any]:
    assert (run.code, run.err) == (0, "")
    held: dict[str, Any] = json.loads(run.out)["data"]
    return held


def _entries(front: Front) -> int:
    seq: int = _data(front("log", "--json"))["head"]["seq"]
    return seq


# --- the demonstration -------------------------------------------------------------------------


def test_the_demonstration_is_made_once_and_then_kept(front: Front, tmp_path: Path) -> None:
    path = tmp_path / "home" / ".local" / "share" / "lawcheck" / "demo-2022.db"
    first = front("demo")
    assert (first.code, first.err, path.is_file()) == (0, "", True)
    assert "This year was played from what the bureau's report of 2022 says: " in first.out
    assert "This register had been made before; --fresh makes it anew." not in first.out
    begun = front("--register", path, "log", "--json").out
    second = front("demo")
    assert second.code == 0
    assert "This register had been made before; --fresh makes it anew." in second.out
    assert front("--register", path, "log", "--json").out == begun
    assert front("--register", path, "--as", "法制员", "tick", "PL-06", "--on", "2022-12-20").code == 0
    assert front("--register", path, "log", "--json").out != begun
    fresh = front("demo", "--fresh")
    assert (fresh.code, fresh.err) == (0, "")
    head = _data(front("--register", path, "log", "--json"))["head"]
    assert head["seq"] == json.loads(begun)["data"]["head"]["seq"]
    assert head["hash"] != json.loads(begun)["data"]["head"]["hash"]
    assert [one.name for one in path.parent.iterdir()] == ["demo-2022.db"]
    assert front("--register", path, "verify").code == 0


def test_the_demonstration_touches_no_other_register(front: Front, lived: Path) -> None:
    before = lived.read_bytes()
    assert front("demo").code == 0
    assert lived.read_bytes() == before


def test_the_demonstration_makes_nothing_anew_but_its_own_file(front: Front, lived: Path) -> None:
    before = lived.read_bytes()
    run = front("--register", lived, "demo", "--fresh")
    assert (run.code, run.out) == (6, "")
    assert "it is not the demonstration's own file demo-2022.db" in run.err
    assert lived.read_bytes() == before


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_the_commands_that_the_demonstration_suggests_can_be_typed(
    spoken: str, front: Front, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "my data"))
    lines = front("--lang", spoken, "demo").out.splitlines()
    typed = [shlex.split(line) for line in lines if re.match("  .* --register ", line)]
    suggested = [words[words.index("--register") :] for words in typed]
    assert len(suggested) == 6
    for arguments in suggested:
        run = front(*arguments)
        assert (run.code, run.err) == (0, "")


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_the_demonstration_is_played_in_the_language_spoken(spoken: str, front: Front, tmp_path: Path) -> None:
    data = _data(front("--lang", spoken, "demo", "--json"))
    assert (data["is_new"], data["summary"]["year"], data["summary"]["as_of"]) == (True, 2022, "2023-01-09")
    register = tmp_path / "home" / ".local" / "share" / "lawcheck" / "demo-2022.db"
    entries = _data(front("--register", register, "log", "-n", "500", "--json"))["entries"]
    notes = [change[4]["text"] for one in entries for change in one["changes"] if change[0] == "note"]
    chinese = [sum("\u4e00" <= one <= "\u9fff" for one in note) > len(note) / 3 for note in notes]
    assert len(notes) > 10
    assert sum(chinese) > len(notes) * 0.9 if spoken == "zh" else sum(chinese) == 0


# --- a year starts -----------------------------------------------------------------------------


def test_starting_twice_changes_nothing_and_says_so(front: Front) -> None:
    assert front("start", "2026", "PL", "FR").code == 0
    before = front("list", "--json").out, _entries(front)
    run = front("start", "2026", "pl", "ＦＲ")
    assert (run.code, run.out) == (0, "Started before, left as they are: PL, FR\nNothing was changed.\n")
    assert (front("list", "--json").out, _entries(front)) == before


def test_a_second_start_adds_what_was_not_started(front: Front) -> None:
    front("start", "2026", "PL")
    data = _data(front("start", "2026", "--json"))
    assert [one["template"] for one in data["already"]] == ["PL"]
    assert [one["template"] for one in data["started"]] == [code for code in TEMPLATES if code != "PL"]


def test_the_board_says_that_this_year_has_not_been_started(front: Front, small_template: Path) -> None:
    front("start", "2025", small_template)
    run = front()
    assert run.out.splitlines()[:2] == [
        "2026-06-15 · open years: 2025",
        "The year 2026 has not been started: lawcheck start 2026",
    ]
    assert _data(front("--json"))["warnings"] == [{"code": "year-not-started", "year": 2026}]


def test_rows_of_two_years_stand_together_each_with_its_year(front: Front, small_template: Path) -> None:
    front("start", "2025", small_template)
    front("start", "2026", small_template)
    rows = _data(front("list", "TT-01", "--json"))["rows"]
    assert [(one["ref"], one["year"]) for one in rows] == [("TT-01", 2025), ("TT-01", 2026)]
    assert [one["year"] for one in _data(front("list", "TT-01", "--year", "2025", "--json"))["rows"]] == [2025]
    assert front("tick", "TT-01", "--year", "2025").code == 0
    assert _data(front("tick", "TT-01", "--json"))["rows"][0]["year"] == 2026


# --- refs and rows -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["tt-02.q2.zf", "ＴＴ－０２．Ｑ２．ＺＦ", " TT-02.Q2.ZF ", "TT—02。Q2。ZF", "tt-02.zf.q2"]
)
def test_a_ref_is_read_however_it_was_typed(typed: str, front: Front, started: Path) -> None:
    assert started.exists()
    assert _data(front("tick", typed, "--json"))["rows"][0]["ref"] == "TT-02.Q2.ZF"


def test_a_short_ref_means_the_one_row_that_is_open_and_begun(front: Front, started: Path) -> None:
    assert started.exists()
    front("tick", "TT-02.Q1.ZF", "TT-02.Q1.FZ", "TT-02.Q2.FZ")
    assert _data(front("tick", "TT-02", "--json"))["rows"][0]["ref"] == "TT-02.Q2.ZF"


def test_what_is_printed_pastes_back(front: Front, started: Path) -> None:
    assert started.exists()
    refs = [line.split()[0] for line in front("list", "TT").out.splitlines() if line.startswith("TT-0")]
    assert len(refs) == 11
    for ref in refs:
        assert front("show", ref).code == 0


def test_the_same_row_named_twice_is_ticked_once(front: Front, started: Path) -> None:
    assert started.exists()
    data = _data(front("tick", "TT-01", "tt-01", "--json"))
    assert [row["ref"] for row in data["rows"]] == ["TT-01"]
    assert _entries(front) == 2


def test_several_rows_are_one_entry(front: Front, started: Path) -> None:
    assert started.exists()
    front("tick", "TT-02.Q1.ZF", "TT-02.Q1.FZ", "TT-01", "--note", "all signed")
    assert _entries(front) == 2
    assert front("undo").out == (
        "Entry 2 (tick) taken back by entry 3: 2026/TT-02.Q1.ZF, 2026/TT-02.Q1.ZF#1, 2026/TT-02.Q1.FZ, "
        "2026/TT-02.Q1.FZ#1, 2026/TT-01, 2026/TT-01#1\n"
    )
    assert _data(front("list", "--json"))["totals"]["open"] == 9


def test_undoing_again_takes_back_the_command_before(front: Front, started: Path) -> None:
    assert started.exists()
    front("tick", "TT-01")
    front("note", "TT-01", "signed")
    assert front("undo").out == "Entry 3 (note) taken back by entry 4: 2026/TT-01#1\n"
    assert front("undo").out == "Entry 2 (tick) taken back by entry 5: 2026/TT-01\n"


def test_a_text_that_begins_with_a_dash_can_be_noted(front: Front, started: Path) -> None:
    assert started.exists()
    assert front("note", "TT-01", "--", "--json").out == "TT-01 (2026)  noted: --json  Yearly item\n"


@pytest.mark.parametrize("day", ["2026-04-02", "2026/4/2", "2026.4.2", "2026年4月2日", "２０２６－０４－０２"])
def test_a_day_is_read_as_people_write_it(day: str, front: Front, started: Path) -> None:
    assert started.exists()
    assert _data(front("tick", "TT-01", "--on", day, "--json"))["rows"][0]["done_on"] == "2026-04-02"


def test_filters_of_a_list_narrow_it_together(front: Front, lived: Path) -> None:
    assert lived.exists()

    def refs(*options: str) -> list[str]:
        return [row["ref"] for row in _data(front("list", *options, "--json"))["rows"]]

    assert refs("--unit", "zf", "--state", "open") == ["TT-02.Q2.ZF", "TT-02.Q3.ZF", "TT-02.Q4.ZF"]
    assert refs("--due-within", "15") == ["TT-02.Q2.ZF"]
    assert refs("--overdue") == ["TT-02.Q1.ZF"]
    assert refs("TT-02.Q1") == ["TT-02.Q1.FZ", "TT-02.Q1.ZF"]
    assert refs("TT-03") == ["TT-03.1"]
    assert refs("--state", "na", "--unit", "ZF") == []


def test_next_begins_with_what_is_overdue_longest(front: Front, lived: Path) -> None:
    assert lived.exists()
    rows = _data(front("next", "--json"))["rows"]
    assert [row["ref"] for row in rows] == ["TT-02.Q1.ZF", "TT-02.Q2.ZF", "TT-03.1"]


# --- figures -----------------------------------------------------------------------------------


def test_a_sum_of_whole_things_stays_whole(front: Front, started: Path) -> None:
    assert started.exists()
    front("figure", "add", "visits", "21次")
    figure = _data(front("figure", "add", "visits", "1.5万次", "--json"))["figure"]
    assert (figure["value"], figure["base"]) == ("15021", "15021")


@pytest.mark.parametrize("typed", ["21次", "21 次", "２１次", "21 visits", "21VISITS", "+21次"])
def test_an_amount_is_read_with_its_measure_in_either_language(typed: str, front: Front, started: Path) -> None:
    assert started.exists()
    assert _data(front("figure", "add", "visits", typed, "--json"))["figure"]["value"] == "21"


def test_a_figure_is_listed_as_of_a_day(front: Front, started: Path) -> None:
    assert started.exists()
    front("figure", "add", "visits", "21次", "--on", "2026-03-31")
    front("figure", "add", "visits", "3次", "--on", "2026-06-01")
    values = [
        _data(front("figure", "show", "visits", "--as-of", day, "--json"))["figure"]["value"]
        for day in ("2026-03-30", "2026-03-31", "2026-06-01")
    ]
    assert values == [None, "21", "24"]


# --- the year summed up ------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["template", "unit", "month", "section"])
def test_the_lines_of_a_summary_add_up_to_its_total(by: str, front: Front, lived: Path) -> None:
    assert lived.exists()
    data = _data(front("summary", "--by", by, "--json"))
    for key in ("rows", "done", "late", "undated", "partial", "na", "open", "overdue", "not_triggered"):
        assert sum(line[key] for line in data["lines"]) == data["totals"][key]


def test_a_summary_leads_out_the_head_of_the_chain(front: Front, lived: Path) -> None:
    assert lived.exists()
    assert _data(front("summary", "--json"))["head"] == _data(front("log", "--json"))["head"]


def test_a_template_is_shown_in_chinese_throughout(front: Front) -> None:
    run = front("--lang", "zh", "template", "show", "ES", "--year", "2026", "--format", "csv")
    assert run.code == 0
    words = re.compile(r"\b(by|before|period end|quarter|month|next year)\b")
    english = [line for line in run.out.splitlines() if words.search(line)]
    assert english == []
