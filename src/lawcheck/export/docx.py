"""The year's report as a Word document in the format of official documents, GB/T 9704-2012.

A4 with margins of 37, 35, 28 and 26 mm; a grid of 22 lines of 28 characters that fills the type area (5.2); the
title in 小标宋 of size 2, the body in 仿宋 of size 3, headings in 黑体, 楷体 and bold 仿宋 (7.3); page numbers in 宋体
of size 4 between dashes, 7 mm under the type area, odd ones right and even ones left (7.5). The fonts are those that
offices of the field have; where one is missing, the word processor takes the one that the font table names instead.

A draft is for the bureau's own desk: a comment on every number says where it comes from, and an annex lists the
sources. The clean document says none of that; the head of the journal stands in its properties.
"""

import io
import re
from copy import deepcopy
from datetime import datetime
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import east_asian_width

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from lawcheck.render.language import _
from lawcheck.render.report import source_head, source_lines
from lawcheck.render.wrap import unbroken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.section import _Footer
    from docx.text.paragraph import Paragraph
    from docx.text.run import Run

    from lawcheck.core.report import Block, Piece
    from lawcheck.service.report import Report

SONG, FANG_SONG, HEI, KAI, SMALL_SONG = "宋体", "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体"
LATIN = "Times New Roman"
ALTERNATIVES = {FANG_SONG: "仿宋", KAI: "楷体", SMALL_SONG: "宋体", SONG: "SimSun", HEI: "SimHei"}
"""What a word processor takes where a font is missing."""
SIZE_2, SIZE_3, SIZE_4, SIZE_5 = 22.0, 16.0, 14.0, 10.5
"""Sizes 二号, 三号, 四号 and 五号 in points."""
LINE = 579
"""The height of a line in twentieths of a point: 22 of them fill the 225 mm of the type area."""
CHARACTER = 315
"""The width of a character in twentieths of a point: 28 of them fill the 156 mm of the type area.

Size 3 is 320, so letters stand 5 closer. A grid of characters narrower than the letters would say the same, but
LibreOffice (7.4) gives each letter two cells of such a grid.
"""
LINES, CHARACTERS, SIGNED = 22, 28, 3
"""What a page and a line hold, and how many lines the signature takes: an empty one, the name, the date."""
SEAL_INDENT = 4
"""Under a seal the date stands four characters from the right (7.3.5.1)."""
_NO_XML = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)
"""What XML cannot hold, and the marks that turn the direction of text around."""


class _Letters(NamedTuple):
    """How letters look."""

    font: str
    size: float
    bold: bool = False


class _Style(NamedTuple):
    """A style of paragraphs: its name, its letters, how it stands, its indent in characters, its level as a heading."""

    name: str
    letters: _Letters
    stands: str = "both"
    indent: int = 2
    line: int = LINE
    level: int = 0


_BODY = _Letters(FANG_SONG, SIZE_3)
_STYLES = {
    "body": _Style("Normal", _BODY),
    "title": _Style("Title", _Letters(SMALL_SONG, SIZE_2), "center", 0),
    "to": _Style("Salutation", _BODY, "both", 0),
    "signed": _Style("Signature", _BODY, "right", 0),
    "date": _Style("Date", _BODY, "right", 0),
    "heading1": _Style("Heading 1", _Letters(HEI, SIZE_3), level=1),
    "heading2": _Style("Heading 2", _Letters(KAI, SIZE_3), level=2),
    "heading3": _Style("Heading 3", _Letters(FANG_SONG, SIZE_3, bold=True), level=3),
    "annex": _Style("Body Text", _Letters(FANG_SONG, SIZE_5), "left", 0, LINE // 2),
}
"""The style of each kind of paragraph."""


def report_file(report: "Report", *, draft: bool, at: datetime) -> bytes:
    """Return the report as the bytes of a Word document; a draft has comments and the annex of sources."""
    document = docx.Document()
    _set_up(document, report, at)
    marked: dict[int, list[Run]] = {}
    texts = {block.kind: block.text() for block in report.composed.blocks}
    seal = _under_seal(texts["signed"], texts["date"])
    for block in report.composed.blocks:
        _write(document, block if draft else joined(block), seal, marked)
    if needs_last_lines(report.composed.blocks):
        document.paragraphs[-4].paragraph_format.keep_with_next = True  # before the empty line, the name, the date
    if draft:
        _comment(document, report, marked)
        _annex(document, report)
    content = io.BytesIO()
    document.save(content)
    return content.getvalue()


def joined(block: "Block") -> "Block":
    """Return a paragraph in as few pieces as it can do with: its gaps, and the text between them."""
    runs = (list(pieces) for _, pieces in groupby(block.pieces, key=lambda piece: piece.gap))
    return block._replace(
        pieces=tuple(run[0]._replace(text="".join(one.text for one in run), source=0) for run in runs)
    )


# --- page and styles --------------------------------------------------------------------------


def _set_up(document: "Document", report: "Report", at: datetime) -> None:
    section = document.sections[0]
    section.orientation = WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(25)
    for grid in section._sectPr.findall(qn("w:docGrid")):  # noqa: SLF001  # python-docx has no grid of its own
        section._sectPr.remove(grid)  # noqa: SLF001
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "linesAndChars")
    grid.set(qn("w:linePitch"), str(LINE))
    grid.set(qn("w:charSpace"), "0")
    section._sectPr.append(grid)  # noqa: SLF001
    document.settings.odd_and_even_pages_header_footer = True
    _number_pages(section.footer, right=True)
    _number_pages(section.even_page_footer, right=False)
    _set_styles(document)
    _name_alternatives(document)
    _set_properties(document, report, at)


MOST_OF_PROPERTY = 255
"""A property of a Word document has no more characters."""


def _set_properties(document: "Document", report: "Report", at: datetime) -> None:
    """Say what the document is and which state of the register it tells; drop the picture of an empty page."""
    properties = document.core_properties
    title = next(block.text() for block in report.composed.blocks if block.kind == "title")
    properties.title = printable(title.replace("\n", ""))[:MOST_OF_PROPERTY]
    properties.author = properties.last_modified_by = printable(report.bureau)[:MOST_OF_PROPERTY]
    properties.comments = ""
    properties.language = "zh-CN"
    properties.created = properties.modified = at.replace(tzinfo=None)
    properties.identifier = report.head.hash
    properties.version = str(report.head.seq)
    package = document.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[key]


def _number_pages(footer: "_Footer", *, right: bool) -> None:
    """Number pages between dashes: odd ones right, one character in, even ones left."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    letters = _Letters(SONG, SIZE_4)
    side = f'<w:jc w:val="{"right" if right else "left"}"/>'
    where = "right" if right else "left"
    indent = f'<w:ind w:{where}Chars="100" w:{where}="280" w:firstLineChars="0" w:firstLine="0"/>'
    paragraph._p.insert(0, parse_xml(f'<w:pPr {nsdecls("w")}><w:snapToGrid w:val="0"/>{indent}{side}</w:pPr>'))  # noqa: SLF001
    _run(paragraph, "— ", letters)
    for part in (
        '<w:fldChar {} w:fldCharType="begin"/>',
        '<w:instrText {} xml:space="preserve"> PAGE </w:instrText>',
        '<w:fldChar {} w:fldCharType="separate"/>',
        "<w:t {}>1</w:t>",
        '<w:fldChar {} w:fldCharType="end"/>',
    ):
        _run(paragraph, "", letters)._r.append(parse_xml(part.format(nsdecls("w"))))  # noqa: SLF001
    _run(paragraph, " —", letters)


def _set_styles(document: "Document") -> None:
    """Set the styles to the format and to nothing else: the letters' fonts for Chinese too, lines and indents."""
    styles = document.styles.element
    styles.replace(styles.find(qn("w:docDefaults")), parse_xml(_DEFAULTS))
    for style in _STYLES.values():
        if style.name not in document.styles:
            document.styles.add_style(style.name, WD_STYLE_TYPE.PARAGRAPH)
        element = document.styles[style.name].element
        for part in ("w:pPr", "w:rPr", "w:basedOn", "w:link", "w:next"):
            for found in element.findall(qn(part)):
                element.remove(found)
        if style.name != "Normal":
            based = OxmlElement("w:basedOn")
            based.set(qn("w:val"), "Normal")
            element.insert(1, based)
        element.append(parse_xml(f"<w:pPr {nsdecls('w')}>{_standing(style)}</w:pPr>"))
        element.append(_properties(style.letters))


def _standing(style: _Style) -> str:
    """Return how paragraphs of a style stand, in the order of the standard.

    Spaces between Chinese and digits would break the grid, and a page is filled to its last line: both are off. A mark
    at the end of a line may hang, as it does in Word by itself: LibreOffice (7.4) reads that the wrong way round, and
    where it lets marks hang, some of them vanish.
    """
    first = round(style.indent * CHARACTER)
    return (
        ("<w:keepNext/>" if style.level or style.name in ("Title", "Signature") else "")
        + '<w:widowControl w:val="0"/><w:overflowPunct w:val="1"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>'
        + (
            '<w:snapToGrid w:val="0"/>' if style.name in ("Title", "Body Text") else ""
        )  # or they take lines of the grid
        + f'<w:spacing w:before="0" w:after="0" w:line="{style.line}" w:lineRule="exact"/>'
        + f'<w:ind w:left="0" w:right="0" w:firstLineChars="{style.indent * 100}" w:firstLine="{first}"/>'
        + f'<w:jc w:val="{style.stands}"/>'
        + (f'<w:outlineLvl w:val="{style.level - 1}"/>' if style.level else "")
    )


_DEFAULTS = f"""<w:docDefaults {nsdecls("w")}><w:rPrDefault><w:rPr>
<w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:cs="{LATIN}" w:eastAsia="{FANG_SONG}"/>
<w:sz w:val="{round(SIZE_3 * 2)}"/><w:szCs w:val="{round(SIZE_3 * 2)}"/>
<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"""


@cache
def _properties_of(letters: _Letters, highlight: str) -> "BaseOxmlElement":
    bold = "<w:b/><w:bCs/>" if letters.bold else '<w:b w:val="0"/><w:bCs w:val="0"/>'
    size = round(letters.size * 2)
    closer = CHARACTER - round(SIZE_3 * 20) if letters.size == SIZE_3 else 0
    marked = f'<w:highlight w:val="{highlight}"/>' if highlight else ""
    return parse_xml(
        f"<w:rPr {nsdecls('w')}>"
        f'<w:rFonts w:hint="eastAsia" w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:cs="{LATIN}" w:eastAsia="{letters.font}"/>'
        f'{bold}<w:color w:val="000000"/><w:spacing w:val="{closer}"/><w:kern w:val="0"/>'
        f'<w:sz w:val="{size}"/><w:szCs w:val="{size}"/>{marked}</w:rPr>'
    )


def _properties(letters: _Letters, highlight: str = "") -> "BaseOxmlElement":
    """Return how letters look, for a style or a run: the Chinese font must be named for itself."""
    return deepcopy(_properties_of(letters, highlight))


def _name_alternatives(document: "Document") -> None:
    """Name in the font table what is to be taken where a font is missing."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="auto"/></w:font>'
        for name, other in ALTERNATIVES.items()
    )
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.FONT_TABLE:
            relation.target_part._blob = _FONT_TABLE.format(fonts=fonts).encode()  # noqa: SLF001  # kept as bytes there


_FONT_TABLE = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:fonts {nsdecls("w")}>{{fonts}}</w:fonts>'


# --- paragraphs -------------------------------------------------------------------------------


def _write(document: "Document", block: "Block", seal: dict[str, float], marked: "dict[int, list[Run]]") -> None:
    """Write one paragraph with what stands around it: an empty line under the title, one above the signature.

    The empty line, the signature and the date stay together.
    """
    style = _STYLES[f"{block.kind}{block.level or ''}"]
    if block.kind == "signed":
        _paragraph(document, _STYLES["body"]).paragraph_format.keep_with_next = True
    paragraph = _paragraph(document, style)
    if block.kind == "signed":
        paragraph.paragraph_format.keep_with_next = True
    for piece in block.pieces:
        _piece(paragraph, piece, style.letters, marked)
    if block.kind == "title":
        _paragraph(document, _STYLES["body"])
    if block.kind in seal:
        paragraph.paragraph_format.right_indent = Pt(seal[block.kind] * CHARACTER / 20)


def needs_last_lines(blocks: "Sequence[Block]") -> bool:
    """Tell whether signature and date could come to stand on a page without text (GB/T 9704-2012, 7.3.5.4).

    The paragraph before them then stays with them. Word takes its last lines along, but LibreOffice (7.4) all of it and
    its heading, which leaves the page before half empty: a longer paragraph is tied only where it may end so near the
    foot of a page, as far as that can be reckoned without the fonts.
    """
    at, taken = 0, 0
    for block in blocks[:-2]:
        if block.kind == "title":
            at += block.text().count("\n") + 2  # and the empty line under it
            continue
        taken = _lines(block.text(), 0 if block.kind == "to" else 2)
        if block.kind == "heading" and (at + taken) % LINES == 0:
            at += 1  # it goes to the next page, with what it heads
        at += taken
    doubt = 1 + at // LINES // 2
    return taken <= SIGNED or not doubt < (at - 1) % LINES + 1 <= LINES - SIGNED - doubt


def _lines(text: str, indent: float) -> int:
    """Return how many lines of the grid a paragraph takes."""
    lines, used = 1, indent
    for piece in unbroken(text):
        wide = _width(piece)
        if used + wide > CHARACTERS:
            lines, used = lines + 1, 0.0
        used += wide
    return lines


def _paragraph(document: "Document", style: _Style) -> "Paragraph":
    paragraph = document.add_paragraph()
    if style.name != "Normal":
        paragraph._p.style = document.styles[style.name].style_id  # noqa: SLF001  # by name it would look all through
    return paragraph


def _piece(paragraph: "Paragraph", piece: "Piece", letters: _Letters, marked: "dict[int, list[Run]]") -> None:
    """Write a stretch of text; a gap is highlighted, a number is remembered by its source."""
    for number, text in enumerate(piece.text.split("\n")):
        if number:
            paragraph.runs[-1].add_break(WD_BREAK.LINE)
        if text:
            run = _run(paragraph, text, letters, "yellow" if piece.gap else "")
            if piece.source:
                marked.setdefault(piece.source, []).append(run)


def _run(paragraph: "Paragraph", text: str, letters: _Letters, highlight: str = "") -> "Run":
    run = paragraph.add_run(printable(text))
    run._r.insert(0, _properties(letters, highlight))  # noqa: SLF001  # python-docx sets no font for Chinese
    return run


def printable(text: str) -> str:
    """Return a text without what XML cannot hold and what would hide the order of its characters."""
    return _NO_XML.sub("\ufffd", text)


def _under_seal(name: str, day: str) -> dict[str, float]:
    """Return how many characters from the right bureau and date stand: the name centred over the date.

    The date stands four characters in, or more where the name is so long that it would leave the type area.
    """
    wide, narrow = _width(name), _width(day)
    date_in = max(float(SEAL_INDENT), (wide - narrow) / 2)
    return {"signed": date_in + (narrow - wide) / 2, "date": date_in}


def _width(text: str) -> float:
    """Return how many characters of the grid a text takes: Latin letters and digits half of one."""
    return sum(1.0 if east_asian_width(one) in "WFA" else 0.5 for one in text)


def _comment(document: "Document", report: "Report", marked: "dict[int, list[Run]]") -> None:
    """Say at every number where it comes from."""
    for source in report.sources:
        text = "\n".join((source_head(source), *source_lines(source)))
        for run in marked.get(source.number, ()):
            document.add_comment(run, text=printable(text), author="lawcheck", initials="LC")


def _annex(document: "Document", report: "Report") -> None:
    """List all sources after the text, on a page of its own."""
    style = _STYLES["annex"]
    heading = _paragraph(document, _STYLES["heading1"])
    heading.paragraph_format.page_break_before = True
    _run(heading, _("Annex: where the numbers come from"), _STYLES["heading1"].letters)
    said = _("As of {day}; entry {seq} of the journal, {hash}. This annex belongs to the draft only.").format(
        day=report.as_of.isoformat(), seq=report.head.seq, hash=report.head.hash
    )
    _run(_paragraph(document, style), said, style.letters)
    for source in report.sources:
        _run(_paragraph(document, style), f"{source.number}. {source_head(source)}", style.letters)
        for line in source_lines(source):
            _run(_paragraph(document, style), f"　　{line}", style.letters)
