"""The report of the demonstration year read back from its Word document: headings, quantities, format."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from lawcheck.core.report import Block, Piece
from lawcheck.export.docx import report_file
from lawcheck.service.report import Report, make_report
from lawcheck.store.register import Register

SIGNED = date(2023, 1, 9)
AT = datetime(2023, 1, 9, 8, 30, tzinfo=UTC)
HEADINGS = """\
一、重点工作情况
（一）进一步完善权责清单，厘清各项职权责任
（二）制定普法责任清单，落实普法责任
（三）完成广东省政务服务事项管理系统相关事项梳理工作
（四）清理规范性文件证明事项，优化服务流程
（五）推进行政决策法治化、科学化、民主化
（六）坚持创新引领发展持续优化营商环境
（七）坚持关切民生热点，强化风险隐患防控
（八）突出重点加强执法，维护公平竞争秩序
（九）紧跟防控形势要求，严把疫情防控关口
（十）全面压实主体责任，从严开展队伍建设
（十一）落实党政主要负责人履行推进法治建设第一责任人职责，压实党政主要负责人推进法治建设第一责任
二、目前存在的问题
三、下一步工作计划
（一）加强人员培训，进一步提高执法水平
（二）进一步落实推行行政执法公示制度、执法全过程记录制度、重大执法决定法制审核制度等三项制度工作
（三）完善行政执法效能考核方法
（四）做好街道综合行政执法对接工作
"""
"""The headings of the report that the year was entered from, in its order."""
QUANTITIES = """\
pufa_content_classes 一(二) 3类
pufa_law_areas 一(二) 14个领域（按列举计）
case_committee_meetings 一(五) 21次
cases_discussed 一(五) 209宗
penalty_hearings 一(五) 26次
cbso_enterprises 一(六) 超过20家
macau_online_setup_days 一(六) 最快0.5天
commercial_entities 一(六) 19.71万户
commercial_entities_yoy 一(六) 3.72%
quality_assessment_A_years 一(六) 3年
gov_quality_award_nominees 一(六) 1家
quality_brand_top100 一(六) 6家
patents_granted 一(六) 7681件
invention_patents 一(六) 2112件
invention_patents_yoy 一(六) 16%
national_first_group_standard 一(六) 1个
tm_infringement_insurance_first 一(六) 1单
credit_analysis_system_first 一(六) 1个
food_safety_A_years 一(七) 5年
major_food_incidents 一(七) 0起
kitchen_online_coverage 一(七) 100%
catering_upgraded_A 一(七) 18家
special_food_trace_rank 一(七) 1名次
food_rapid_tests 一(七) 23.83万批次
food_rapid_pass_rate 一(七) 98.94%
sampling_task_norm 一(七) 1批次/千人
sampling_task_completion 一(七) 133.10%
drug_vending_pilot_first 一(七) 1个
drug_device_key_products 一(七) 491家次
drug_device_key_firms 一(七) 468家次
drug_device_key_links 一(七) 207家次
drug_samples 一(七) 268批次
drug_sample_pass_rate 一(七) 98.5%
cosmetics_case 一(七) 1宗
special_equip_users_inspected 一(七) 347家
special_equip_cases 一(七) 16宗
special_equip_inspection_rate 一(七) 99.39%
special_equip_deregistered 一(七) 135台
special_equip_accidents 一(七) 0起
ebike_sellers_inspected 一(七) 81家次
ebike_interviews 一(七) 13家次
campus_inspections 一(七) 16次
toy_sellers_inspected 一(七) 121家
sanwu_products 一(七) 198件
product_quality_cases_filed 一(七) 13宗
cases_total 一(八) 716宗
fines_collected 一(八) 1619.14万元（推算）
fcr_joint_reviews 一(八) 超过20次
procurement_docs_selfchecked 一(八) 440份
price_campaigns 一(八) 14项
price_cases_filed 一(八) 14宗
ad_cases 一(八) 22宗
ad_fines 一(八) 265.50万元
online_leads 一(八) 84条
delivery_platforms 一(八) 2个
merchants_taken_offline 一(八) 89家
trust_consumption_units 一(八) 273家
rights_service_stations 一(八) 147家
odr_enterprises 一(八) 18家
offline_7day_return_stores 一(八) 9家
complaints_reports 一(八) 8.08万件
consumer_losses_recovered 一(八) 约2232.6万元
greatwall_broadband_case 一(八) 1宗（按列举计）
market_upgraded 一(八) 2家
fair_markets_closed 一(八) 13家
markets_remaining 一(八) 51家
outbreak_codes 一(九) 3个（按列举计）
cadres_deployed 一(九) 超过300名
fever_drug_messages 一(九) 超过100万条
fangcang_meal_checks 一(九) 4626宗
fangcang_meal_pass_rate 一(九) 98.56%
fangcang_meals 一(九) 累计231.99万人次
fangcang_complaints 一(九) 0件
fangcang_errors 一(九) 0件
fangcang_infections 一(九) 0例
fangcang_accidents 一(九) 0起
cold_chain_samples 一(九) 2.99万份
cold_chain_positive 一(九) 0份
price_data_collected 一(九) 9915条（推算）
admonition_letters 一(九) 9841份（推算）
price_violation_cases 一(九) 5宗（推算）
frontline_comrades 一(十) 超过100名
legal_lectures 一(十一) 1次（按列举计）
internal_bodies_merged 二 3个（按列举计）
"""
"""Its 84 quantities in its order, each under its heading: value and measure as it prints them, and how exact."""


@pytest.fixture(scope="module")
def report(demo_year: Register) -> Report:
    return make_report(demo_year, 2022, as_of=SIGNED, signed_on=SIGNED)


@pytest.fixture(scope="module")
def clean(report: Report) -> bytes:
    return report_file(report, draft=False, at=AT)


@pytest.fixture(scope="module")
def draft(report: Report) -> bytes:
    return report_file(report, draft=True, at=AT)


def read(content: bytes) -> Document:
    return docx.Document(BytesIO(content))


def headings(document: Document) -> list[str]:
    return [one.text for one in document.paragraphs if str(one.style and one.style.name).startswith("Heading")]


def texts_by_heading(document: Document) -> dict[str, str]:
    """Return what stands under each heading of the first two levels, by its number: `一(八)`."""
    found: dict[str, str] = {}
    first = here = ""
    for paragraph in document.paragraphs:
        style = str(paragraph.style and paragraph.style.name)
        if style == "Heading 1":
            first = here = paragraph.text.partition("、")[0]
        elif style == "Heading 2":
            here = f"{first}({paragraph.text[1:].partition('）')[0]})"
        else:
            found[here] = found.get(here, "") + paragraph.text
    return found


def test_the_headings_are_those_of_the_report_in_its_order(clean: bytes) -> None:
    assert headings(read(clean)) == HEADINGS.splitlines()


def test_each_of_the_84_quantities_stands_under_its_heading_with_value_measure_and_qualifier(clean: bytes) -> None:
    said = texts_by_heading(read(clean))
    missing: list[str] = []
    lines = QUANTITIES.splitlines()
    for line in lines:
        _key, section, words = line.split(" ")
        before, found, after = said[section].partition(words)
        if not found or before[-1:].isdigit():
            missing.append(line)
        said[section] = after if found else before  # the next one stands behind it
    assert missing == []
    assert len(lines) == 84


def test_every_number_of_the_report_has_its_entries(report: Report) -> None:
    told = {one.origin.name: [entry.seq for entry in one.entries] for one in report.sources if one.figure is not None}
    assert {line.split(" ")[0] for line in QUANTITIES.splitlines()} <= set(told)
    assert all(len(entries) == 1 and entries[0] > 1 for entries in told.values())


def test_the_page_is_that_of_the_standard(clean: bytes) -> None:
    (section,) = read(clean).sections
    sides = [section.top_margin, section.bottom_margin, section.left_margin, section.right_margin]
    assert [round(side.mm) for side in sides if side is not None] == [37, 35, 28, 26]
    assert section.page_width is not None
    assert section.page_height is not None
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("linesAndChars", "579")
    room = section.page_height - section.top_margin - section.bottom_margin  # type: ignore[operator]
    assert room // (579 * 635) == 22
    room = section.page_width - section.left_margin - section.right_margin  # type: ignore[operator]
    assert room // (315 * 635) == 28
    assert section.footer_distance is not None
    assert round(section.footer_distance.mm) == 25


STYLES = {
    "Title": ("方正小标宋简体", 22.0, False),
    "Normal": ("仿宋_GB2312", 16.0, False),
    "Heading 1": ("黑体", 16.0, False),
    "Heading 2": ("楷体_GB2312", 16.0, False),
    "Heading 3": ("仿宋_GB2312", 16.0, True),
}


@pytest.mark.parametrize("name", STYLES)
def test_a_style_has_its_font_for_chinese_and_its_size(name: str, clean: bytes) -> None:
    style = read(clean).styles[name]
    fonts = style.element.rPr.find(qn("w:rFonts"))
    assert (fonts.get(qn("w:eastAsia")), style.font.size.pt, bool(style.font.bold)) == STYLES[name]


def test_every_run_names_its_font_for_chinese_itself(clean: bytes) -> None:
    document = read(clean)
    for paragraph in document.paragraphs:
        style = paragraph.style
        assert style is not None
        wanted = style.element.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia"))
        for run in paragraph.runs:
            assert run._r.rPr is not None
            assert run._r.rPr.find(qn("w:rFonts")).get(qn("w:eastAsia")) == wanted


def test_a_font_that_may_be_missing_has_another_named_for_it(clean: bytes) -> None:
    table = ZipFile(BytesIO(clean)).read("word/fontTable.xml").decode()
    for name, other in (("方正小标宋简体", "宋体"), ("仿宋_GB2312", "仿宋"), ("楷体_GB2312", "楷体")):
        assert f'<w:font w:name="{name}"><w:altName w:val="{other}"/>' in table


def test_the_body_is_indented_by_two_characters_with_lines_of_one_height(clean: bytes) -> None:
    body = read(clean).styles["Normal"].element.pPr
    spacing, indent = body.find(qn("w:spacing")), body.find(qn("w:ind"))
    assert (spacing.get(qn("w:line")), spacing.get(qn("w:lineRule"))) == ("579", "exact")
    assert indent.get(qn("w:firstLineChars")) == "200"


def test_pages_are_numbered_between_dashes_odd_ones_right_and_even_ones_left(clean: bytes) -> None:
    document = read(clean)
    assert document.settings.odd_and_even_pages_header_footer is True
    (section,) = document.sections
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        (paragraph,) = footer.paragraphs
        assert paragraph.text == "— 1 —"
        assert paragraph._p.pPr.find(qn("w:jc")).get(qn("w:val")) == side
        assert "".join(one.text or "" for one in paragraph._p.iter(qn("w:instrText"))).strip() == "PAGE"
        assert {run.font.size.pt for run in paragraph.runs if run.font.size} == {14.0}


def test_bureau_and_date_are_signed_one_over_the_other(clean: bytes) -> None:
    name, day = read(clean).paragraphs[-2:]
    assert (name.text, day.text) == ("广州市海珠区市场监督管理局", "2023年1月9日")
    indents = [one.paragraph_format.right_indent for one in (name, day)]
    assert [indent and round(indent.pt / 15.75, 1) for indent in indents] == [0.5, 4.0]


PATH_OR_HASH = re.compile(r"[0-9a-f]{16,}|[\\/][A-Za-z]+[\\/]|sha256|\.(?:pdf|docx?|xlsx?|db)\b")


def words_of(content: bytes) -> Iterator[tuple[str, str]]:
    archive = ZipFile(BytesIO(content))
    for name in archive.namelist():
        if name.startswith("word/") and name.endswith(".xml"):
            yield name, "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", archive.read(name).decode()))


def test_signature_and_date_come_with_the_last_lines_before_them(clean: bytes) -> None:
    *_, last, empty, signed, dated = read(clean).paragraphs
    assert (bool(last.text), empty.text, dated.text) == (True, "", "2023年1月9日")
    assert [one.paragraph_format.keep_with_next for one in (last, empty, signed, dated)] == [True, True, True, None]


def test_the_clean_document_has_no_comment_no_path_and_no_hash_on_its_pages(clean: bytes, report: Report) -> None:
    assert [(name, found) for name, text in words_of(clean) if (found := PATH_OR_HASH.findall(text))] == []
    assert len(read(clean).comments) == 0
    properties = read(clean).core_properties
    assert (properties.identifier, properties.version) == (report.head.hash, str(report.head.seq))
    assert properties.title == "广州市海珠区市场监督管理局关于2022年度法治政府建设情况的报告"
    assert "comments.xml" not in " ".join(ZipFile(BytesIO(clean)).namelist())


def test_a_draft_says_at_every_number_where_it_comes_from(draft: bytes, report: Report) -> None:
    document = read(draft)
    comments = [one.text for one in document.comments]
    (fines,) = [one for one in comments if "fines_collected" in one]
    (source,) = [one for one in report.sources if one.origin.name == "fines_collected"]
    assert fines.startswith("Fines and confiscations paid into the treasury [fines_collected] 2022: ")
    assert "Period or cut-off: 2022\n" in fines
    entry = f"Entry #{source.entries[0].seq}: fines_collected.1, 16,191,400 yuan, inferred, 2022-01-01 .. 2022-12-31"
    assert entry in fines
    marked = {origin.name for origin in report.composed.origins if origin.what == "figure"}
    assert all(any(f"[{name}]" in one for one in comments) for name in marked)


def test_a_draft_lists_all_sources_in_an_annex(draft: bytes, report: Report) -> None:
    texts = [one.text for one in read(draft).paragraphs]
    annex = texts[texts.index("Annex: where the numbers come from") :]
    assert report.head.hash in annex[1]
    numbered = [one for one in annex if re.match(r"[0-9]+\. ", one)]
    assert len(numbered) == len(report.sources)


def test_a_draft_says_the_same_as_the_clean_document_before_its_annex(clean: bytes, draft: bytes) -> None:
    said = [one.text for one in read(clean).paragraphs]
    assert [one.text for one in read(draft).paragraphs][: len(said)] == said


def test_a_title_of_any_characters_and_length_can_be_a_property(report: Report) -> None:
    title = Block("title", (Piece("总\x01结\ufffe" + "长" * 300),))
    told = report._replace(
        bureau="局\x0b", composed=report.composed._replace(blocks=(title, *report.composed.blocks[1:]))
    )
    properties = read(report_file(told, draft=False, at=AT)).core_properties
    assert (properties.title, properties.author) == ("总\ufffd结\ufffd" + "长" * 251, "局\ufffd")


def test_a_text_that_somebody_typed_cannot_break_the_document(report: Report) -> None:
    hostile = Block("body", (Piece("<w:p>&\x00\x1b[31m\u202e {{x}}\ud800\n第二行"),))
    told = report._replace(
        composed=report.composed._replace(blocks=(*report.composed.blocks[:2], hostile, *report.composed.blocks[2:]))
    )
    texts = [one.text for one in read(report_file(told, draft=True, at=AT)).paragraphs]
    assert "<w:p>&\ufffd\ufffd[31m\ufffd {{x}}\ufffd\n第二行" in texts
