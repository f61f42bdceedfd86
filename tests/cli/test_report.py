"""The report from the front door: written or refused as a whole, gaps on the terminal, a manifest beside it."""

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest

from lawcheck.library.report_plan import default_plan_file
from support import Run

Front = Callable[..., Run]


@pytest.fixture
def on_the_demo(demo_register: Path, front: Front, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Front:
    monkeypatch.setenv("LAWCHECK_REGISTER", str(demo_register))
    monkeypatch.setenv("LAWCHECK_TODAY", "2023-01-09")
    monkeypatch.chdir(tmp_path)
    return front


def test_a_report_is_written_with_its_manifest(on_the_demo: Front, tmp_path: Path) -> None:
    run = on_the_demo("report", "2022", "-o", "report.docx")
    assert (run.code, run.err) == (0, "")
    assert run.out.startswith("Report of 2022 as of 2023-01-09 written to report.docx\n")
    content = (tmp_path / "report.docx").read_bytes()
    manifest = json.loads((tmp_path / "report.docx.manifest.json").read_text(encoding="utf-8"))
    assert manifest["kind"] == "report"
    digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
    assert manifest["files"] == [{"name": "report.docx", "hash": digest, "size": len(content)}]
    assert manifest["content"]["figures"]["fines_collected"] == {
        "value": "1619.14万", "measure": "元", "qualifier": "inferred", "source": "entries",
    }  # fmt: skip
    head = json.loads(on_the_demo("log", "--json").out)["data"]["head"]
    assert manifest["head"]["hash"] == docx.Document("report.docx").core_properties.identifier
    assert head in (manifest["head"]["hash"], manifest["head"], {**manifest["head"]})


def test_a_file_that_is_there_goes_only_by_force(on_the_demo: Front, tmp_path: Path) -> None:
    (tmp_path / "report.docx").write_text("mine", encoding="utf-8")
    run = on_the_demo("report", "2022", "-o", "report.docx")
    assert run.code == 4
    assert (tmp_path / "report.docx").read_text(encoding="utf-8") == "mine"
    assert not (tmp_path / "report.docx.manifest.json").exists()
    assert on_the_demo("report", "2022", "-o", "report.docx", "--force").code == 0


def test_a_manifest_that_is_there_keeps_the_report_from_being_written(on_the_demo: Front, tmp_path: Path) -> None:
    (tmp_path / "report.docx.manifest.json").write_text("{}", encoding="utf-8")
    assert on_the_demo("report", "2022", "-o", "report.docx").code == 4
    assert not (tmp_path / "report.docx").exists()


def test_a_report_with_gaps_is_refused_and_each_is_a_line_on_the_terminal(
    front: Front, lived: Path, tmp_path: Path
) -> None:
    assert lived.exists()
    out = tmp_path / "report.docx"
    run = front("report", "2026", "-o", str(out))
    assert run.code == 4
    assert "Missing: 走访次数 [visits], under （一）权责清单管理\n" in run.err
    assert "Error: Missing in the report of 2026 (" in run.err
    assert not out.exists()
    run = front("report", "2026", "-o", str(out), "--with-gaps")
    assert run.code == 0
    (highlighted,) = [
        (one.text, one.font.highlight_color)
        for paragraph in docx.Document(str(out)).paragraphs
        for one in paragraph.runs
        if "走访次数】" in one.text
    ]
    assert highlighted == ("【待补：走访次数】", 7)
    assert front("report", "2026", "-o", str(out), "--draft", "--force").code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["2022"], 2, "-o"),
        (["2022", "-o", "report.pdf"], 2, "FILE.docx"),
        (["2021", "-o", "report.docx"], 3, "2021"),
        (["2022", "-o", "report.docx", "--as-of", "soon"], 2, "soon"),
        (["2022", "-o", "report.docx", "--plan", "gone.yaml"], 3, "gone.yaml"),
        (["2022", "-o", "gone/report.docx"], 6, "there is no such folder"),
    ],
)
def test_what_cannot_be_done_is_refused(arguments: list[str], code: int, words: str, on_the_demo: Front) -> None:
    run = on_the_demo("report", *arguments)
    assert (run.code, words in run.err, run.out) == (code, True, "")


def test_a_plan_with_an_unknown_field_names_its_place(on_the_demo: Front, tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text("title: x\nparts:\n  - heading: '{cases_totl}'\n", encoding="utf-8")
    run = on_the_demo("report", "2022", "-o", "report.docx", "--plan", "plan.yaml")
    assert run.code == 5
    assert run.err.startswith("plan.yaml:3:14: 'cases_totl' is nothing that this year knows, expected: ")
    assert "cases_total" in run.err
    assert not (tmp_path / "report.docx").exists()


def test_a_look_for_what_is_private_lists_it_and_is_no_review_for_secrecy(on_the_demo: Front, tmp_path: Path) -> None:
    run = on_the_demo("report", "2022", "--privacy-scan")
    assert (run.code, run.err) == (0, "")
    assert "No identity number" in run.out
    assert "This is not the review for secrecy" in run.out
    (tmp_path / "plan.yaml").write_text(
        "title: x\nparts:\n  - heading: 工作\n    say: [号码11010519491231002X]\n", encoding="utf-8"
    )
    run = on_the_demo("report", "2022", "--privacy-scan", "--plan", "plan.yaml")
    assert run.code == 1
    assert "11010519491231002X" in run.out
    assert "This is not the review for secrecy" in run.out


def test_a_document_is_chinese_whatever_language_is_spoken(on_the_demo: Front, tmp_path: Path) -> None:
    for spoken in ("zh", "en"):
        assert on_the_demo("--lang", spoken, "report", "2022", "-o", f"{spoken}.docx").code == 0
    texts = [ZipFile(tmp_path / f"{one}.docx").read("word/document.xml") for one in ("zh", "en")]
    assert texts[0] == texts[1]


def test_the_plan_that_comes_with_lawcheck_counts_rows_and_items_apart_and_tells_figures_in_sentences(
    on_the_demo: Front, tmp_path: Path
) -> None:
    run = on_the_demo("report", "2022", "-o", "report.docx", "--plan", default_plan_file(), "--with-gaps")
    assert run.code == 0
    texts = [one.text for one in docx.Document(str(tmp_path / "report.docx")).paragraphs]
    (overdue,) = [text for text in texts if text.startswith("一是有的工作未按期完成")]
    counted = "超过期限未完成的任务共[0-9]+项，涉及[0-9]+个事项，主要是.*（最早应于.*前完成）等。"
    assert re.fullmatch(f"一是有的工作未按期完成。截至2023年1月9日，{counted}", overdue)
    assert overdue.count("；") == 7
    assert any("普法责任清单确定的普法内容大类为3类，" in text for text in texts)
