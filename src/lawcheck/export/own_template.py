"""The report in the bureau's own Word template: its fields filled in a sandbox, by docxtpl where that is installed.

A template has `{{ title }}`, `{{ bureau }}`, `{{ year }}`, `{{ as_of }}`, `{{ to }}`, `{{ signed }}` and `{{ date }}`,
`{{ figures.KEY }}` for each figure that the plan names, and `{%p for one in paragraphs %}` with `one.kind`, `one.level`
and `one.text`. An unknown field is a fault and stops all, and so is one written as a plan writes it, which would stay
as it is; nothing in a template can reach beyond these words. Of jinja it has fields, conditions, a few filters and
loops over the paragraphs, two deep at most: nothing that calls, defines or multiplies, and so nothing that never ends.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from lawcheck.errors import (
    ExtraMissing,
    FieldsOfPlan,
    NoSuchFile,
    UnfitTemplate,
    UnknownTemplateFields,
    UnreadTemplateField,
)
from lawcheck.export.docx import MOST_OF_PROPERTY, printable

if TYPE_CHECKING:
    from docxtpl import DocxTemplate
    from jinja2 import Environment, TemplateSyntaxError, nodes

    from lawcheck.service.report import Report

MAX_BYTES = 20_000_000
MAX_UNPACKED = 200_000_000
"""What a template may hold, packed and unpacked: it is measured before it is unpacked."""
_ALLOWED = (
    "Template", "Output", "TemplateData", "Name", "Const", "Getattr", "Getitem", "For", "If", "Compare", "Operand",
    "And", "Or", "Not", "CondExpr", "Filter", "Test", "Concat", "Add", "Sub", "Neg",
)  # fmt: skip
"""What a template is made of, by jinja's names."""
_FILTERS = {"default", "d", "escape", "e", "first", "int", "last", "length", "lower", "trim", "upper"}
_DEEP = 2
PARAGRAPH = ("kind", "level", "text")
"""What each of the report's paragraphs has."""
_AT_EDGES = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
_FILLED = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_FIELD = re.compile(r"\{\{.*?\}\}")
_OF_PLAN = re.compile(r"[{｛]\s*[A-Za-z][A-Za-z0-9_.-]*\s*[}｝]")
_UNCLOSED = re.compile(r"\{\{|\{%|%\}|\}\}")
_BLOCK = re.compile(r"\{%-?(?:p|tr|tc|r)?\s*(end)?(?:for|if)\b")
_TAGS = re.compile(r"<[^>]+>")
_UNDEFINED = re.compile(r"has no attribute '([^']+)'|'([^']+)' is undefined")


class _Part(NamedTuple):
    """The text of a template, or a header or footer: what jinja reads, a line a paragraph, and the words alone."""

    xml: str
    paragraphs: tuple[str, ...]


def filled_template(path: Path, report: "Report", *, at: datetime) -> bytes:
    """Return a Word template with its fields filled.

    Raises:
        ExtraMissing: docxtpl is not installed.
        NoSuchFile: there is no such file.
        UnfitTemplate: it is no Word document, too large, or cannot be filled.
        FieldsOfPlan: it has fields as a plan writes them.
        UnreadTemplateField: something between braces cannot be read.
        UnknownTemplateFields: it has fields that are not known.

    """
    try:
        import docxtpl  # an extra; heavy
        import jinja2
        from jinja2.sandbox import ImmutableSandboxedEnvironment
    except ImportError as error:
        raise ExtraMissing(extra="template") from error
    _measure(path)
    words = _words(report)
    environment = ImmutableSandboxedEnvironment(undefined=jinja2.StrictUndefined, autoescape=True)
    try:
        template = docxtpl.DocxTemplate(str(path))
        parts = list(_parts(template))
    except Exception as error:  # broken as it may be, in a package, its relations or its XML
        raise UnfitTemplate(path=str(path), reason="no-document") from error
    _check_braces(path, parts)
    if not any(_FILLED.search(text) for part in parts for text in part.paragraphs):
        raise UnfitTemplate(path=str(path), reason="no-fields")
    _check_fields(path, [_read(path, part, environment) for part in parts], words)
    try:
        template.render(words, environment, autoescape=True)
        properties = template.docx.core_properties
        properties.identifier, properties.version = report.head.hash, str(report.head.seq)
        properties.author = properties.last_modified_by = printable(report.bureau)[:MOST_OF_PROPERTY]
        properties.comments = properties.keywords = properties.subject = properties.category = ""
        properties.modified = at.replace(tzinfo=None)
        content = io.BytesIO()
        template.save(content)
    except jinja2.UndefinedError as error:
        found = _UNDEFINED.search(str(error))
        fields = [one for one in found.groups() if one] if found else []
        raise UnknownTemplateFields(path=str(path), fields=fields, nearest=_nearest(fields, words)) from error
    except Exception as error:  # whatever a template makes of its fields, or a package holds besides
        raise UnfitTemplate(path=str(path), reason="unfillable") from error
    return content.getvalue()


def template_texts(path: Path) -> list[str]:
    """Return what a Word template says itself, paragraph by paragraph, for whoever looks through it.

    Raises:
        NoSuchFile, UnfitTemplate: as for `filled_template`.

    """
    _measure(path)
    try:
        import docxtpl  # as there

        return [text for part in _parts(docxtpl.DocxTemplate(str(path))) for text in part.paragraphs]
    except ImportError as error:
        raise ExtraMissing(extra="template") from error
    except Exception as error:  # as there
        raise UnfitTemplate(path=str(path), reason="no-document") from error


def _measure(path: Path) -> None:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnfitTemplate(path=str(path), reason="too-large")
        with zipfile.ZipFile(path) as archive:
            if sum(one.file_size for one in archive.infolist()) > MAX_UNPACKED:
                raise UnfitTemplate(path=str(path), reason="too-large")
            names = archive.namelist()
            if "word/document.xml" not in names:
                raise UnfitTemplate(path=str(path), reason="no-document")
            for name in names:
                if (reason := _unfit(name, archive)) is not None:
                    raise UnfitTemplate(path=str(path), reason=reason)
    except BROKEN as error:
        raise UnfitTemplate(path=str(path), reason="no-document") from error
    except OSError as error:
        raise NoSuchFile(path=str(path), reason="no-file" if not path.exists() else str(error.strerror)) from error


BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError)
"""What is raised about archives that are none, or broken."""
_COMMENTS = re.compile(r"word/comments[0-9]*\.xml")
_TEXTS = re.compile(r"word/(?:document|header[0-9]*|footer[0-9]*|footnotes|endnotes)\.xml")
_TRACKED = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo)[ >]")
_HIDDEN = re.compile(rb"<w:vanish(?! w:val=\"(?:0|false|off)\")")
MOST_PARAGRAPHS = 20_000


def _unfit(name: str, archive: zipfile.ZipFile) -> str | None:
    """Return why a part of a package cannot be published, None where it can."""
    if _COMMENTS.fullmatch(name):
        return "has-comments" if b":comment " in archive.read(name) else None
    if not _TEXTS.fullmatch(name):
        return None
    content = archive.read(name)
    if content.count(b"<w:p>") + content.count(b"<w:p ") + content.count(b"<w:p/") > MOST_PARAGRAPHS:
        return "too-large"
    if _TRACKED.search(content):
        return "tracked-changes"
    return "hidden-text" if _HIDDEN.search(content) else None


# --- what a template asks for -----------------------------------------------------------------


def _parts(template: "DocxTemplate") -> Iterator[_Part]:
    """Yield the text of a template, its headers and its footers."""
    document = template.get_docx()
    others = (one for one in document.part.rels.values() if one.reltype in _AT_EDGES)
    for body in (document.element.body, *(parse_xml(one.target_part.blob) for one in others)):
        xml = re.sub(r"<w:p([ >])", r"\n<w:p\1", template.patch_xml(template.xml_to_string(body)))
        texts = ("".join(one.text or "" for one in paragraph.iter(qn("w:t"))) for paragraph in body.iter(qn("w:p")))
        yield _Part(xml, tuple(texts))


def _check_braces(path: Path, parts: list[_Part]) -> None:
    """Refuse fields that would stay in the document as they are, and braces that are not closed in their paragraph.

    Raises:
        FieldsOfPlan: there are such fields.
        UnreadTemplateField: there are such braces.

    """
    left = [(text, _FILLED.sub("", text)) for part in parts for text in part.paragraphs]
    found = [(text, match[0]) for text, rest in left for match in _OF_PLAN.finditer(rest)]
    if found:
        raise FieldsOfPlan(path=str(path), text=found[0][0], fields=list(dict.fromkeys(field for _, field in found)))
    for text, rest in left:
        if _UNCLOSED.search(rest):
            raise UnreadTemplateField(path=str(path), text=text, reason="brace-open")


def _read(path: Path, part: _Part, environment: "Environment") -> "nodes.Template":
    """Return what a part of a template asks for.

    Raises:
        UnfitTemplate: it asks for what a template may not have.
        UnreadTemplateField: something between braces cannot be read.

    """
    import jinja2  # an extra

    try:
        read = environment.parse(part.xml)
        _check_reach(path, read, environment)
        environment.from_string(read)  # or filters that are not known would be met only as it is filled
    except jinja2.TemplateSyntaxError as error:
        reason = _why_unread(error)
        line = _TAGS.sub("", part.xml.splitlines()[error.lineno - 1]).strip()
        text = _left_open(part) if reason == "block-open" else _unread_in(line, environment)
        raise UnreadTemplateField(path=str(path), text=text, reason=reason) from error
    return read


def _unread_in(line: str, environment: "Environment") -> str:
    """Return the first field of a paragraph that cannot be read, all of the paragraph where each can by itself."""
    import jinja2  # an extra

    for match in _FIELD.finditer(line):
        try:
            environment.from_string(match[0])
        except jinja2.TemplateSyntaxError:
            return match[0]
    return line


def _why_unread(error: "TemplateSyntaxError") -> str:
    """Return why a template cannot be read, as far as what jinja says of it tells."""
    said = error.message or ""
    if said.startswith("Unexpected end of template"):
        return "block-open"
    if said.startswith("Encountered unknown tag") and "'end" in said:
        return "block-unopened"
    return "no-filter" if said.startswith("No filter named") else "no-field"


def _left_open(part: _Part) -> str:
    """Return the paragraph in which the innermost `for` or `if` without an end stands."""
    opened: list[str] = []
    for text in part.paragraphs:
        for match in _BLOCK.finditer(text):
            if not match[1]:
                opened.append(text)
            elif opened:
                opened.pop()
    return opened[-1] if opened else ""


def _check_reach(path: Path, read: "nodes.Template", environment: "Environment") -> None:
    """Refuse what a template may not have.

    Raises:
        UnfitTemplate: it has such a thing.

    """
    from jinja2 import nodes  # an extra

    def reaches(node: nodes.Node, deep: int) -> bool:
        if isinstance(node, nodes.For):
            deep += 1
            if deep > _DEEP or not (isinstance(node.iter, nodes.Name) and node.iter.name == "paragraphs"):
                return True
        if isinstance(node, nodes.Filter) and node.name in environment.filters.keys() - _FILTERS:
            return True
        if isinstance(node, nodes.Getattr) and node.attr.startswith("_"):
            return True
        return type(node).__name__ not in _ALLOWED or any(reaches(one, deep) for one in node.iter_child_nodes())

    if reaches(read, 0):
        raise UnfitTemplate(path=str(path), reason="out-of-reach")


def _check_fields(path: Path, parts: "list[nodes.Template]", words: dict[str, object]) -> None:
    """Refuse fields that are not known.

    Raises:
        UnknownTemplateFields: there are such fields.

    """
    from jinja2 import meta, nodes  # an extra

    figures: dict[str, str] = words["figures"]  # type: ignore[assignment]
    unknown: set[str] = set()
    for read in parts:
        unknown |= meta.find_undeclared_variables(read) - words.keys()
        paragraphs = {
            one.target.name
            for one in read.find_all(nodes.For)
            if isinstance(one.iter, nodes.Name) and one.iter.name == "paragraphs" and isinstance(one.target, nodes.Name)
        }
        for asked in read.find_all(nodes.Getattr):
            whole = asked.node
            if isinstance(whole, nodes.Name) and (
                (whole.name == "figures" and asked.attr not in figures)
                or (whole.name in paragraphs and asked.attr not in PARAGRAPH)
            ):
                unknown.add(f"{whole.name}.{asked.attr}")
    if unknown:
        fields = sorted(unknown)
        raise UnknownTemplateFields(path=str(path), fields=fields, nearest=_nearest(fields, words))


def _nearest(fields: list[str], words: dict[str, object]) -> list[str]:
    """Return the known fields that look most like unknown ones; a figure is known by its key too."""
    known = {name: name for name in words if name != "figures"}
    known |= {key: f"figures.{key}" for key in words["figures"]}  # type: ignore[attr-defined]
    known |= {name: f"one.{name}" for name in PARAGRAPH}
    near = (
        one for field in fields for one in get_close_matches(field.rpartition(".")[2], list(known), n=2, cutoff=0.75)
    )
    return list(dict.fromkeys(known[one] for one in near))


# --- what it is filled with -------------------------------------------------------------------


def _words(report: "Report") -> dict[str, object]:
    """Return what a template can say, by name; a figure that is missing is the gap that marks it."""
    blocks, origins, day = report.composed.blocks, report.composed.origins, report.as_of
    texts = {block.kind: block.text().replace("\n", "") for block in blocks}
    pieces = [piece for block in blocks for piece in block.pieces]
    gaps = zip(report.composed.gaps, (piece.text for piece in pieces if piece.gap), strict=True)
    figures = {gap.name: text for gap, text in gaps if "." not in gap.name} | {
        origins[piece.source - 1].name: piece.text
        for piece in pieces
        if piece.source and origins[piece.source - 1][::2] == ("figure", "")
    }
    return {
        "title": texts["title"],
        "to": texts.get("to", ""),
        "bureau": report.bureau,
        "year": report.year,
        "as_of": f"{day.year}年{day.month}月{day.day}日",
        "signed": texts["signed"],
        "date": texts["date"],
        "figures": figures,
        "paragraphs": [
            {"kind": block.kind, "level": block.level, "text": printable(block.text())}
            for block in blocks
            if block.kind in ("heading", "body")
        ],
    }
