"""Closing a year at the front door: where its manifest goes, and what is said when it cannot."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from lawcheck.errors import FileNotWritten
from lawcheck.export import manifest
from support import REVIEWED_TEMPLATE, SMALL_BUREAU, Run

Front = Callable[..., Run]


@pytest.fixture
def spring(front: Front, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Front:
    """The front door on a register with the year 2026, on a day of the year after, in a folder of its own."""
    (tmp_path / "TT.yaml").write_text(REVIEWED_TEMPLATE, encoding="utf-8")
    (tmp_path / "bureau.yaml").write_text(SMALL_BUREAU, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert front("start", "2026", "TT.yaml", "--bureau", "bureau.yaml").code == 0
    monkeypatch.setenv("LAWCHECK_TODAY", "2027-04-02")
    return front


def _entries(front: Front) -> int:
    seq: int = json.loads(front("log", "--json").out)["data"]["head"]["seq"]
    return seq


def test_what_did_not_happen_is_listed_with_the_command_that_confirms_it(spring: Front) -> None:
    run = spring("year", "close", "2026")
    assert (run.code, run.out) == (4, "")
    assert run.err == (
        "Error: These did not happen in 2026, and nobody has confirmed it yet:\n"
        "  TT-03  Occasion item\n"
        "If that is right, run 'lawcheck year close 2026 --confirm'. Nothing was changed.\n"
    )
    assert spring("--lang", "zh", "year", "close", "2026").err == (
        "错误：以下事项在2026年度未发生，尚无人确认：\n"
        "  TT-03  发生事项\n"
        "情况属实的，请运行“lawcheck year close 2026 --confirm”。未作任何更改。\n"
    )


def test_reviews_and_what_is_not_confirmed_are_told_at_once(spring: Front) -> None:
    assert spring("tick", "TT-02.Q1.FZ", "--on", "2026-03-30").code == 0
    run = spring("year", "close", "2026")
    assert (run.code, run.out) == (4, "")
    assert run.err.splitlines()[:-1] == [
        "Error: The year 2026 cannot be closed while reviews are missing.",
        "Waiting for a review: TT-02.Q1.FZ.",
        "Not confirmed either; --confirm says that they did not happen:",
        "  TT-03  Occasion item",
    ]
    spoken = spring("--lang", "zh", "year", "close", "2026").err
    assert "另有事项在本年度未发生，尚无人确认（关账时加 --confirm 确认）：\n  TT-03  发生事项" in spoken
    assert "TT-03" not in spring("year", "close", "2026", "--confirm").err


def test_the_manifest_lies_in_the_folder_where_the_year_was_closed(spring: Front) -> None:
    run = spring("year", "close", "2026", "--confirm")
    assert (run.code, run.err) == (0, "")
    written = json.loads(Path("lawcheck-2026.manifest.json").read_text(encoding="utf-8"))
    assert (written["kind"], written["head"]["seq"], written["content"]["totals"]["open"]) == ("closing", 2, 9)
    again = spring("year", "manifest", "2026", "-o", "-")
    assert (again.code, json.loads(again.out)) == (0, written)


def test_a_place_that_cannot_be_written_keeps_the_year_open(spring: Front, tmp_path: Path) -> None:
    (tmp_path / "there.json").write_text("x", encoding="utf-8")
    (tmp_path / "folder").mkdir()
    for place, code, exit_code in (
        ("there.json", "file-there", 4),
        ("folder", "file-not-written", 6),
        ("no/such/folder/x.json", "file-not-written", 6),
    ):
        run = spring("year", "close", "2026", "--confirm", "-o", place, "--json")
        assert (run.code, json.loads(run.out)["errors"][0]["code"]) == (exit_code, code)
    assert _entries(spring) == 1
    run = spring("year", "close", "2026", "--confirm", "-o", "there.json", "--force")
    assert (run.code, _entries(spring)) == (0, 2)


def test_a_manifest_that_cannot_be_written_after_all_is_told_with_the_way_to_write_it(
    spring: Front, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **_more: object) -> None:
        raise FileNotWritten(path="x.json", reason="no-room")

    with monkeypatch.context() as patched:
        patched.setattr(manifest, "write_manifest", full)
        run = spring("year", "close", "2026", "--confirm", "-o", "x.json")
    assert (run.code, run.out) == (6, "")
    assert run.err == (
        "Error: The year 2026 is closed by entry 2, but its manifest 'x.json' could not be written: the disk is full.\n"
        "Run 'lawcheck year manifest 2026 -o FILE' to write it.\n"
        "The change itself was made; 'lawcheck log' shows it.\n"
    )
    assert spring("year", "manifest", "2026", "-o", "x.json").code == 0
    assert json.loads(Path("x.json").read_text(encoding="utf-8"))["head"]["seq"] == 2


@pytest.mark.parametrize(
    ("arguments", "code", "exit_code"),
    [
        (["year", "close", "2025"], "year-not-started", 3),
        (["year", "close", "next"], "invalid-value", 2),
        (["year", "close"], "missing-parameter", 2),
        (["year", "close", "2026", "--year", "2025"], "conflicting-options", 2),
        (["year", "close", "2026", "--confirm", "-o", "-"], "conflicting-options", 2),
        (["year", "close", "2026", "--confirm", "--why", "x"], "no-such-option", 2),
        (["year", "reopen", "2026"], "missing-parameter", 2),
        (["year", "reopen", "2026", "--why", "x"], "year-open", 4),
        (["year", "manifest", "2026", "-o", "x.json"], "year-open", 4),
        (["year", "manifest", "2026"], "missing-parameter", 2),
        (["accept", "TT-03"], "occasion-first", 4),
        (["accept", "TT-04"], "rate-not-ticked", 4),
        (["accept", "TT-99"], "unknown-ref", 3),
        (["accept"], "missing-parameter", 2),
        (["return", "TT-01"], "missing-parameter", 2),
        (["return", "TT-01", "--why", " "], "empty-text", 2),
        (["list", "--review", "perhaps"], "invalid-value", 2),
    ],
)
def test_wrong_input_changes_nothing_and_is_told(
    arguments: list[str], code: str, exit_code: int, spring: Front
) -> None:
    run = spring(*arguments, "--json")
    assert (run.code, json.loads(run.out)["errors"][0]["code"], run.err) == (exit_code, code, "")
    assert _entries(spring) == 1


def test_a_reason_that_steers_a_terminal_is_kept_and_shown_harmless(spring: Front) -> None:
    spring("tick", "TT-01", "--on", "2026-03-30")
    why = "\x1b[31m[bold]=1+1'); DROP TABLE review; --\u202e"
    assert spring("return", "TT-01", "--why", why, "--as", "wang").code == 0
    for arguments in ((), ("show", "TT-01"), ("log",), ("list", "--review", "returned")):
        run = spring(*arguments)
        assert run.code == 0
        assert not {"\x1b", "\u202e"} & set(run.out)
    told = json.loads(spring("show", "TT-01", "--json").out)["data"]["rows"][0]["review_by"]
    assert told == {"verdict": "returned", "person": "wang", "on_date": "2027-04-02", "why": why, "same_account": True}
