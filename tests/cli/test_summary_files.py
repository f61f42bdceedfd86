"""`summary -o`: what each file holds, that nothing is half written, and that nothing is overwritten unasked."""

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from lawcheck.export.summary import OVERDUE
from support import Program, Run

Front = Callable[..., Run]
pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported")  # openpyxl, of bars it does not read


@pytest.fixture
def told(front: Front, lived: Path) -> dict[str, object]:
    assert lived.exists()
    data: dict[str, object] = json.loads(front("summary", "2026", "--json").out)["data"]
    return data


def test_a_workbook_has_one_sheet_a_table(front: Front, told: dict[str, object], tmp_path: Path) -> None:
    run = front("summary", "2026", "-o", tmp_path / "s.xlsx")
    assert (run.code, run.err, run.out.splitlines()[0]) == (
        0, "", f"The summary of 2026 is in {tmp_path / 's.xlsx'}: 13 tables.",
    )  # fmt: skip
    book = load_workbook(tmp_path / "s.xlsx")
    assert book.sheetnames == [
        "Overview", "By checklist", "By unit", "By month due", "By section", "Month by month", "Overdue, and whose",
        "Overdue, the longest first", "Terms in cases", "Rates", "Not triggered", "Figures", "Rows",
    ]  # fmt: skip
    page = book["By checklist"]
    heads, line, total = [[cell.value for cell in row] for row in page.iter_rows()]
    lines: list[dict[str, object]] = told["lines"]  # type: ignore[assignment]
    found = dict(zip(heads, line, strict=True))
    wanted = lines[0]
    assert found["Checklist"] == "TT Small checklist"
    assert [
        found[head] for head in ("Rows", "Done", "Part", "Open", "Overdue", "N/a", "On time", "Late", "Weight")
    ] == [wanted[key] for key in ("rows", "done", "partial", "open", "overdue", "na", "on_time", "late", "weight")]
    assert f"{found['%']:.3f}" == "0.222"
    assert total[1:] == line[1:]
    refs = [row[0].value for row in book["Rows"].iter_rows(min_row=2)]
    assert refs == [
        "TT-01", *(f"TT-02.Q{n}.{unit}" for n in (1, 2, 3, 4) for unit in ("FZ", "ZF")), "TT-03.1",
    ]  # fmt: skip
    properties = {one.name: one.value for one in book.custom_doc_props}  # type: ignore[attr-defined]
    assert (properties["lawcheck_register"], properties["lawcheck_head"]) == (
        told["register_id"], told["head"]["hash"],  # type: ignore[index]
    )  # fmt: skip


def test_rows_of_a_workbook_are_as_of_the_day(front: Front, lived: Path, tmp_path: Path) -> None:
    assert lived.exists()
    assert front("summary", "2026", "--as-of", "2026-04-01", "-o", tmp_path / "s.xlsx").code == 0
    rows = {row[0]: row for row in load_workbook(tmp_path / "s.xlsx")["Rows"].iter_rows(min_row=2, values_only=True)}
    assert "TT-03.1" not in rows
    assert rows["TT-01"][7:12] == ("practice, not law", "open", None, None, 1)


def test_csv_opens_in_a_spreadsheet_with_every_table_under_its_title(front: Front, lived: Path, tmp_path: Path) -> None:
    assert lived.exists()
    assert front("note", "TT-01", "x").code == 0
    assert front("summary", "2026", "-o", tmp_path / "s.csv", "--lang", "zh").code == 0
    held = (tmp_path / "s.csv").read_bytes()
    assert held.startswith("\ufeff".encode())
    assert b"\r\n" in held
    lines = list(csv.reader(io.StringIO(held.decode("utf-8-sig"))))
    begun = lines.index(["按责任单位"])
    assert lines[begun + 1][:4] == ["单位", "行", "已完成", "部分"]
    assert lines[begun + 2][:4] == ["FZ 法制科", "6", "2", "0"]
    alone = front("summary", "2026", "--by", "unit", "-o", tmp_path / "unit.csv")
    assert alone.code == 0
    assert "Month by month" not in (tmp_path / "unit.csv").read_text(encoding="utf-8-sig")


def test_every_row_overdue_is_in_a_file_or_the_file_says_how_many_more(
    front: Front, small_bureau: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert front("start", "2026", "--bureau", small_bureau).code == 0
    asked = ("summary", "2026", "--as-of", "2026-12-31")
    data = json.loads(front(*asked, "--json").out)["data"]
    n = data["totals"]["overdue"]
    assert (len(data["overdue"]), data["overdue_more"]) == (10, n - 10)
    title = "Overdue, the longest first"
    assert front(*asked, "-o", tmp_path / "s.xlsx").code == 0
    lines = list(load_workbook(tmp_path / "s.xlsx")[title].iter_rows(values_only=True))
    assert [line[0] for line in lines[1:11]] == [row["ref"] for row in data["overdue"]]
    assert (len(lines), lines[0][3:6]) == (n + 1, ("Due", "About the day", "Days"))
    assert {line[4] for line in lines[1:]} == {None, "practice, not law"}
    assert front(*asked, "--by", "unit", "-o", tmp_path / "s.csv").code == 0
    held = list(csv.reader(io.StringIO((tmp_path / "s.csv").read_text(encoding="utf-8-sig"))))
    begun = held.index([title])
    assert held.index([], begun) - begun == n + 2
    assert front(*asked, "-o", tmp_path / "s.html").code == 0
    assert "more row" not in (tmp_path / "s.html").read_text(encoding="utf-8")
    monkeypatch.setitem(OVERDUE, "html", 7)
    assert front(*asked, "-o", tmp_path / "t.html").code == 0
    page = (tmp_path / "t.html").read_text(encoding="utf-8")
    assert f"<p>{n - 7} more rows: lawcheck list --overdue --year 2026</p>" in page


def test_the_numbers_of_figures_are_no_document_numbers(front: Front, lived: Path, tmp_path: Path) -> None:
    assert lived.exists()
    assert front("summary", "2026", "-o", tmp_path / "s.csv", "--lang", "zh").code == 0
    held = list(csv.reader(io.StringIO((tmp_path / "s.csv").read_text(encoding="utf-8-sig"))))
    assert held[held.index(["数据"]) + 1] == ["标识", "数据", "数值", "数值（纯数字）", "计量单位", "数据时间"]


def test_json_is_the_envelope(front: Front, told: dict[str, object], tmp_path: Path) -> None:
    assert front("summary", "2026", "-o", tmp_path / "s.json").code == 0
    held = json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))
    assert set(held) == {"lawcheck", "command", "status", "exit_code", "data", "errors"}
    assert held["data"] == told


@pytest.mark.parametrize("form", ["xlsx", "html", "csv", "json"])
def test_a_file_that_is_there_goes_only_by_force(form: str, front: Front, lived: Path, tmp_path: Path) -> None:
    assert lived.exists()
    file = tmp_path / f"s.{form}"
    file.write_bytes(b"mine")
    refused = front("summary", "2026", "-o", file)
    assert (refused.code, refused.out) == (4, "")
    assert refused.err.startswith(f"Error: There is a file '{file}' already.")
    assert file.read_bytes() == b"mine"
    assert front("summary", "2026", "-o", file, "--force").code == 0
    assert file.read_bytes() != b"mine"
    assert not list(tmp_path.glob(".lawcheck-*"))


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("s.docx", 2, "expected: .xlsx, .html, .csv, .json"),
        ("s", 2, "expected: .xlsx, .html, .csv, .json"),
        ("nowhere/s.xlsx", 6, "cannot be written"),
        ("folder.xlsx", 6, "cannot be written"),
    ],
)
def test_a_place_that_does_not_do_is_said(
    name: str, code: int, words: str, front: Front, lived: Path, tmp_path: Path
) -> None:
    assert lived.exists()
    (tmp_path / "folder.xlsx").mkdir()
    run = front("summary", "2026", "-o", tmp_path / name)
    assert (run.code, run.out) == (code, "")
    assert words in run.err


def test_the_answer_is_an_envelope_too(front: Front, told: dict[str, object], tmp_path: Path) -> None:
    run = front("summary", "2026", "-o", tmp_path / "s.html", "--json")
    assert json.loads(run.out)["data"] == {
        "file": str(tmp_path / "s.html"), "form": "html", "year": 2026, "tables": 9, "rows": 10, "head": told["head"],
    }  # fmt: skip
    assert front("summary", "2026", "-o", tmp_path / "t.html", "--format", "csv").code == 2
    assert not (tmp_path / "t.html").exists()


def test_another_year_stands_beside_in_every_file(
    front: Front, lived: Path, small_template: Path, tmp_path: Path
) -> None:
    assert lived.exists()
    assert front("start", "2025", small_template).code == 0
    assert front("figure", "add", "tt_met", "100件", "--year", "2025").code == 0
    run = front("summary", "2026", "--compare", "2025")
    assert "2025 as of 2025-06-15: 9 rows, 0 done (0.0%), 0 late, 3 overdue; score 0.0%." in run.out
    assert "+98.0%" in run.out
    assert front("summary", "2026", "--compare", "2025", "-o", tmp_path / "s.xlsx").code == 0
    page = load_workbook(tmp_path / "s.xlsx")["Figures"]
    found: dict[object, tuple[object, ...]] = {row[0]: row[6:] for row in page.iter_rows(values_only=True)}
    assert found["Key"] == ("2025", "Value of 2025 as a number", "Growth", "Growth, points")
    assert found["tt_met"] == ("100 decisions", 100, pytest.approx(0.98), None)
    assert front("summary", "2026", "--compare", "2026").code == 2
    assert front("summary", "2026", "--compare", "2024").code == 3


def test_an_interrupt_leaves_nothing(lived: Path, program: Program, tmp_path: Path) -> None:
    assert lived.exists()
    slow = (
        "import signal, time, sys; import lawcheck.export.workbook as w; old = w._write_sheet\n"
        "def late(*a):\n    print('writing', flush=True); time.sleep(30)\n"
        "w._write_sheet = late\n"
        "from lawcheck.cli import enter; sys.argv[0] = 'lawcheck'; sys.exit(enter())"
    )
    words = [sys.executable, "-c", slow, "summary", "2026", "-o", str(tmp_path / "s.xlsx")]
    with subprocess.Popen(
        words, env={**program.env, "TMPDIR": str(tmp_path)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == b"writing\n"
        time.sleep(0.1)
        os.kill(running.pid, signal.SIGINT)
        assert running.wait(timeout=20) == 130
    assert not (tmp_path / "s.xlsx").exists()
    assert [one.name for one in tmp_path.iterdir() if "lawcheck-" in one.name] == []
