"""The report in the bureau's own Word template: its fields filled in a sandbox, by docxtpl where that is installed.

A template has `{{ title }}`, `{{ bureau }}`, `{{ year }}`, `{{ as_of }}`, `{{ to }}`, `{{ signed }}` and `{{ date }}`,
`{{ figures.KEY }}` for each figure that the plan names, and `{%p for one in paragraphs %}` with `one.kind`, `one.level`
and `one.text`. An unknown field is a fault and stops all; nothing in a template can reach beyond these words.
"""

import io
import zipfile
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from lawcheck.errors import ExtraMissing, NoSuchFile, UnfitTemplate, UnknownTemplateFields
from lawcheck.export.docx import printable

if TYPE_CHECKING:
    from lawcheck.service.report import Report

MAX_BYTES = 20_000_000
MAX_UNPACKED = 200_000_000
"""What a template may hold, packed and unpacked: it is measured before it is unpacked."""


def filled_template(path: Path, report: "Report", *, at: datetime) -> bytes:
    """Return a Word template with its fields filled.

    Raises:
        ExtraMissing: docxtpl is not installed.
        NoSuchFile: there is no such file.
        UnfitTemplate: it is no Word document, too large, or cannot be filled.
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
        unknown = sorted(template.get_undeclared_template_variables(environment) - words.keys())
        if unknown:
            raise UnknownTemplateFields(path=str(path), fields=unknown)
        template.render(words, environment, autoescape=True)
        properties = template.docx.core_properties
        properties.identifier, properties.version = report.head.hash, str(report.head.seq)
        properties.modified = at.replace(tzinfo=None)
        content = io.BytesIO()
        template.save(content)
    except (jinja2.TemplateError, ValueError, KeyError, TypeError) as error:
        raise UnfitTemplate(path=str(path), reason=str(error)[:200] or type(error).__name__) from error
    return content.getvalue()


def _measure(path: Path) -> None:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnfitTemplate(path=str(path), reason="too-large")
        with zipfile.ZipFile(path) as archive:
            if sum(one.file_size for one in archive.infolist()) > MAX_UNPACKED:
                raise UnfitTemplate(path=str(path), reason="too-large")
            if "word/document.xml" not in archive.namelist():
                raise UnfitTemplate(path=str(path), reason="no-document")
    except zipfile.BadZipFile as error:
        raise UnfitTemplate(path=str(path), reason="no-document") from error
    except OSError as error:
        raise NoSuchFile(path=str(path), reason="no-file" if not path.exists() else str(error.strerror)) from error


def _words(report: "Report") -> dict[str, object]:
    """Return what a template can say, by name."""
    blocks = report.composed.blocks
    texts = {block.kind: block.text().replace("\n", "") for block in blocks}
    origins = report.composed.origins
    figures = {
        origins[piece.source - 1].name: piece.text
        for block in blocks
        for piece in block.pieces
        if piece.source and origins[piece.source - 1][::2] == ("figure", "")
    }
    return {
        "title": texts["title"],
        "to": texts.get("to", ""),
        "bureau": report.bureau,
        "year": report.year,
        "as_of": report.as_of.isoformat(),
        "signed": texts["signed"],
        "date": texts["date"],
        "figures": figures,
        "paragraphs": [
            {"kind": block.kind, "level": block.level, "text": printable(block.text())}
            for block in blocks
            if block.kind in ("heading", "body")
        ],
    }
