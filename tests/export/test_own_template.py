"""The bureau's own Word template: its fields filled, or a fault and nothing written."""

from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest

from lawcheck.errors import NoSuchFile, UnfitTemplate, UnknownTemplateFields
from lawcheck.export.own_template import filled_template
from lawcheck.service.report import Report, make_report
from lawcheck.store.register import Register

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


def test_every_unknown_field_is_named(report: Report, tmp_path: Path) -> None:
    path = template(tmp_path / "own.docx", "{{ titel }}{{ bureau }}{{ yaer }}")
    with pytest.raises(UnknownTemplateFields) as raised:
        filled_template(path, report, at=AT)
    assert raised.value.params == {"path": str(path), "fields": ["titel", "yaer"]}


@pytest.mark.parametrize(
    "text",
    [
        "{{ figures.gone }}",
        "{{ title.__class__.__mro__ }}",
        "{% for one in paragraphs %}",
        "{{ title | gone }}",
        "{% include 'x' %}",
    ],
)
def test_what_reaches_beyond_the_words_of_a_template_is_refused(text: str, report: Report, tmp_path: Path) -> None:
    with pytest.raises(UnfitTemplate):
        filled_template(template(tmp_path / "own.docx", text), report, at=AT)


def test_a_text_with_marks_of_xml_stays_a_text(report: Report, tmp_path: Path) -> None:
    told = report._replace(bureau="<甲> & {{ 乙 }}")
    document = docx.Document(BytesIO(filled_template(template(tmp_path / "own.docx", "{{ bureau }}"), told, at=AT)))
    assert document.paragraphs[0].text == "<甲> & {{ 乙 }}"


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
