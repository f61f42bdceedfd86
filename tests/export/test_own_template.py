"""The bureau's own Word template: its fields filled, or a fault and nothing written."""

import re
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest

from lawcheck.core.report import Gap, Piece
from lawcheck.errors import FieldsOfPlan, NoSuchFile, UnfitTemplate, UnknownTemplateFields, UnreadTemplateField
from lawcheck.export.own_template import filled_template, template_texts
from lawcheck.service.report import Report, make_report
from lawcheck.store.register import Register
from support import ROOT

SIGNED = date(2023, 1, 9)
AT = datetime(2023, 1, 9, 8, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def report(demo_year: Register) -> Report:
    return make_report(demo_year, 2022, as_of=SIGNED, signed_on=SIGNED)


def template(path: Path, *paragraphs: str) -> Path:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    document.save(str(path))
    return path


def test_the_fields_of_a_template_are_filled(report: Report, tmp_path: Path) -> None:
    path = template(
        tmp_path / "own.docx",
        "{{ title }}",
        "罚没{{ figures.fines_collected }}",
        "{%p for one in paragraphs if one.level == 1 %}",
        "{{ one.text }}",
        "{%p endfor %}",
        "{{ signed }} {{ date }}",
    )
    document = docx.Document(BytesIO(filled_template(path, report, at=AT)))
    assert [one.text for one in document.paragraphs] == [
        "广州市海珠区市场监督管理局关于2022年度法治政府建设情况的报告",
        "罚没1619.14万元（推算）",
        "一、重点工作情况",
        "二、目前存在的问题",
        "三、下一步工作计划",
        "广州市海珠区市场监督管理局 2023年1月9日",
    ]
    assert document.core_properties.identifier == report.head.hash


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_the_template_of_the_readme_is_filled(name: str, report: Report, tmp_path: Path) -> None:
    (shown,) = re.findall(r"```text\n(\{\{ title.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL)
    filled = filled_template(template(tmp_path / "own.docx", *shown.splitlines()), report, at=AT)
    texts = [one.text for one in docx.Document(BytesIO(filled)).paragraphs]
    said = [one.text() for one in report.composed.blocks if one.kind in ("heading", "body")]
    assert (texts[0], texts[-1]) == (
        "广州市海珠区市场监督管理局关于2022年度法治政府建设情况的报告", "广州市海珠区市场监督管理局　2023年1月9日",
    )  # fmt: skip
    assert texts[2:-1] == said
    assert re.fullmatch("截至2023年1月9日，全年查办案件[0-9]+.*。", texts[1])


def test_a_day_reads_as_in_the_report(report: Report, tmp_path: Path) -> None:
    path = template(tmp_path / "own.docx", "截至{{ as_of }}，{{ date }}")
    assert docx.Document(BytesIO(filled_template(path, report, at=AT))).paragraphs[0].text == (
        "截至2023年1月9日，2023年1月9日"
    )


def test_a_figure_that_is_missing_is_the_gap_that_marks_it(report: Report, tmp_path: Path) -> None:
    composed, gap = report.composed, Piece("【待补：户数】", gap=True)
    blocks = (*composed.blocks, composed.blocks[-1]._replace(kind="body", pieces=(gap,)))
    composed = composed._replace(blocks=blocks, gaps=(*composed.gaps, Gap("households", "户数", "")))
    path = template(tmp_path / "own.docx", "{{ figures.households }}")
    filled = filled_template(path, report._replace(composed=composed), at=AT)
    assert docx.Document(BytesIO(filled)).paragraphs[0].text == "【待补：户数】"


def test_every_unknown_field_is_named_with_the_nearest_known_ones(report: Report, tmp_path: Path) -> None:
    asked = "{{ titel }}{{ bureau }}{{ yaer }}{{ fines_collected }}{{ figures.fine_collected }}"
    path = template(
        tmp_path / "own.docx", asked, "{%p for one in paragraphs %}", "{{ one.txt }}{{ one.level }}", "{%p endfor %}"
    )
    with pytest.raises(UnknownTemplateFields) as raised:
        filled_template(path, report, at=AT)
    assert raised.value.params == {
        "path": str(path),
        "fields": ["figures.fine_collected", "fines_collected", "one.txt", "titel", "yaer"],
        "nearest": ["figures.fines_collected", "one.text", "title", "year"],
    }


@pytest.mark.parametrize(
    ("texts", "at", "reason"),
    [
        (("{{ title", "罚没{{ figures.fines collected }}"), "{{ title", "brace-open"),
        (("{{ title }}", "罚没{{ figures.fines collected }}元"), "{{ figures.fines collected }}", "no-field"),
        (("{{ 罚没款 入库 }}",), "{{ 罚没款 入库 }}", "no-field"),
        (("前", "{% for one in paragraphs %}", "{{ one.text }}"), "{% for one in paragraphs %}", "block-open"),
        (("{{ title }}{% endfor %}",), "{{ title }}{% endfor %}", "block-unopened"),
        (("{{ title | gone }}",), "{{ title | gone }}", "no-filter"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_paragraph(
    texts: tuple[str, ...], at: str, reason: str, report: Report, tmp_path: Path
) -> None:
    path = template(tmp_path / "own.docx", *texts)
    with pytest.raises(UnreadTemplateField) as raised:
        filled_template(path, report, at=AT)
    assert raised.value.params == {"path": str(path), "text": at, "reason": reason}


@pytest.mark.parametrize("field", ["{cases_total}", "{ PL-01.done }", "｛cases_total.growth｝", "｛｛title｝｝"])
def test_fields_as_a_plan_writes_them_do_not_stay_in_a_document(field: str, report: Report, tmp_path: Path) -> None:
    path = template(tmp_path / "own.docx", "{{ title }}{注}", f"案件{field}件")
    with pytest.raises(FieldsOfPlan) as raised:
        filled_template(path, report, at=AT)
    assert (raised.value.params["text"], len(raised.value.params["fields"])) == (f"案件{field}件", 1)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{{ title.__class__.__mro__ }}", "out-of-reach"),
        ("{% include 'x' %}", "out-of-reach"),
        ("{{ 1 / 0 }}", "out-of-reach"),
        ("{{ 'x' * 10**10 }}", "out-of-reach"),
        ("{{ '%999999999d'|format(1) }}", "out-of-reach"),
        ("{{ '{:>9999999999}'.format(1) }}", "out-of-reach"),
        ("{{ lipsum(n=1000000) }}", "out-of-reach"),
        ("{% for i in range(10**9) %}x{% endfor %}", "out-of-reach"),
        ("{% for i in title %}x{% endfor %}", "out-of-reach"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "out-of-reach"),
        ("{% set x = title ~ title %}{{ x }}", "out-of-reach"),
        ("{% for a in paragraphs %}" * 3 + "x" + "{% endfor %}" * 3, "out-of-reach"),
        ("{{ year + title }}", "unfillable"),
    ],
)
def test_what_reaches_beyond_the_words_of_a_template_is_refused(
    text: str, reason: str, report: Report, tmp_path: Path
) -> None:
    path = template(tmp_path / "own.docx", text)
    with pytest.raises(UnfitTemplate) as raised:
        filled_template(path, report, at=AT)
    assert raised.value.params == {"path": str(path), "reason": reason}


def test_a_text_with_marks_of_xml_stays_a_text(report: Report, tmp_path: Path) -> None:
    told = report._replace(bureau="<甲> & {{ 乙 }}")
    document = docx.Document(BytesIO(filled_template(template(tmp_path / "own.docx", "{{ bureau }}"), told, at=AT)))
    assert document.paragraphs[0].text == "<甲> & {{ 乙 }}"


def test_simple_words_of_jinja_do(report: Report, tmp_path: Path) -> None:
    texts = (
        "{{ year - 1 }} {{ title|length > 3 }} {{ to or '无' }} {% if year == 2022 %}本年{% else %}他年{% endif %}",
    )
    filled = filled_template(template(tmp_path / "own.docx", *texts), report, at=AT)
    assert docx.Document(BytesIO(filled)).paragraphs[0].text == "2021 True 无 本年"


def test_a_template_with_comments_is_refused_for_they_would_be_published(report: Report, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_comment(document.add_paragraph("{{ title }}").runs[0], text="改一下", author="王")
    document.save(str(tmp_path / "own.docx"))
    with pytest.raises(UnfitTemplate) as raised:
        filled_template(tmp_path / "own.docx", report, at=AT)
    assert raised.value.params["reason"] == "has-comments"


@pytest.mark.parametrize(
    ("part", "reason"),
    [
        (
            '<w:p><w:del w:id="1" w:author="李某"><w:r><w:delText>举报人</w:delText></w:r></w:del></w:p>',
            "tracked-changes",
        ),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>内部</w:t></w:r></w:p>", "hidden-text"),
        ("<w:p/>" * 20_001, "too-large"),
    ],
)
def test_what_does_not_show_in_a_template_is_not_published(
    part: str, reason: str, report: Report, tmp_path: Path
) -> None:
    whole = template(tmp_path / "whole.docx", "{{ title }}")
    with ZipFile(whole) as read, ZipFile(tmp_path / "own.docx", "w") as written:
        for name in read.namelist():
            content = read.read(name)
            here = content.replace(b"<w:body>", b"<w:body>" + part.encode()) if name == "word/document.xml" else content
            written.writestr(name, here)
    with pytest.raises(UnfitTemplate) as raised:
        filled_template(tmp_path / "own.docx", report, at=AT)
    assert raised.value.params["reason"] == reason


def test_a_template_without_a_field_is_refused(report: Report, tmp_path: Path) -> None:
    with pytest.raises(UnfitTemplate) as raised:
        filled_template(template(tmp_path / "own.docx", "年度报告"), report, at=AT)
    assert raised.value.params["reason"] == "no-fields"


def test_the_words_of_a_template_can_be_looked_through(tmp_path: Path) -> None:
    path = template(tmp_path / "own.docx", "{{ title }}", "联系人王某，电话13800138000")
    assert template_texts(path) == ["{{ title }}", "联系人王某，电话13800138000"]


def test_who_made_the_template_is_not_named_in_the_report(report: Report, tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("{{ title }}")
    document.core_properties.author, document.core_properties.comments = "王某", "内部"
    document.core_properties.keywords = "密"
    document.save(str(tmp_path / "own.docx"))
    properties = docx.Document(BytesIO(filled_template(tmp_path / "own.docx", report, at=AT))).core_properties
    assert (properties.author, properties.last_modified_by) == (report.bureau, report.bureau)
    assert (properties.comments, properties.keywords) == ("", "")


@pytest.mark.parametrize(
    ("part", "content"),
    [
        ("word/document.xml", b"<w:document"),
        ("word/document.xml", b"<x/>"),
        ("word/_rels/document.xml.rels", b"<Relationships"),
        ("[Content_Types].xml", b"<Types/>"),
        (
            "word/document.xml",
            b'<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><d>&b;&b;</d>',
        ),
    ],
)
def test_a_broken_document_is_refused(part: str, content: bytes, report: Report, tmp_path: Path) -> None:
    whole = template(tmp_path / "whole.docx", "{{ title }}")
    with ZipFile(whole) as read, ZipFile(tmp_path / "own.docx", "w") as written:
        for name in read.namelist():
            written.writestr(name, content if name == part else read.read(name))
    with pytest.raises(UnfitTemplate):
        filled_template(tmp_path / "own.docx", report, at=AT)


def test_what_is_no_word_document_is_refused(report: Report, tmp_path: Path) -> None:
    path = tmp_path / "own.docx"
    with pytest.raises(NoSuchFile):
        filled_template(path, report, at=AT)
    path.write_bytes(b"text")
    with pytest.raises(UnfitTemplate):
        filled_template(path, report, at=AT)
    with ZipFile(path, "w") as archive:
        archive.writestr("other.xml", "<x/>")
    with pytest.raises(UnfitTemplate):
        filled_template(path, report, at=AT)
