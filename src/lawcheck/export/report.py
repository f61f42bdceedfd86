"""The year's report as files: the Word document, and beside it the manifest that says which state it tells."""

import hashlib
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from lawcheck.core.manifest import ManifestFile, ManifestKind, manifest
from lawcheck.export.docx import report_file
from lawcheck.export.file import taken_back, write_file
from lawcheck.export.manifest import check_place, write_manifest

if TYPE_CHECKING:
    from lawcheck.core.frozen import Document
    from lawcheck.core.journal import Actor
    from lawcheck.export.manifest import Sign
    from lawcheck.service.report import Report


def write_report(  # noqa: PLR0913  # what a report is written with
    path: Path,
    report: "Report",
    actor: "Actor",
    *,
    draft: bool,
    force: bool,
    template: Path | None = None,
    sign: "Sign | None" = None,
) -> str:
    """Write a report and its manifest, and return where the manifest is: `FILE.manifest.json`.

    Raises:
        UnfitTemplate: the bureau's own template cannot be filled.
        FileThere: one of the two is there already, and neither is to be replaced.
        FileNotWritten: the place cannot be written.

    """
    beside = path.with_name(path.name + ".manifest.json")
    check_place(beside, force=force)
    at = datetime.fromisoformat(actor.at)
    if template is not None:
        from lawcheck.export.own_template import filled_template  # only where one is named

        content = filled_template(template, report, at=at)
    else:
        content = report_file(report, draft=draft, at=at)
    with taken_back(path):
        write_file(path, content, force=force)
        file = ManifestFile(path.name, f"sha256:{hashlib.sha256(content).hexdigest()}", len(content))
        document = manifest(
            ManifestKind.REPORT, report.register_id, report.head, actor, [file], _content(report, draft=draft)
        )
        write_manifest(beside, document, force=force, sign=sign)
    return str(beside)


def _content(report: "Report", *, draft: bool) -> "Document":
    """Return what the manifest of a report says of it: its year and day, what is missing, and the figures in it."""
    figures = {one.figure.key: one.figure for one in report.sources if one.figure and one.figure.year == report.year}
    return {
        "year": report.year,
        "as_of": report.as_of.isoformat(),
        "draft": draft,
        "gaps": [gap.name for gap in report.composed.gaps],
        "figures": {
            key: {"value": one.value, "measure": one.measure_zh, "qualifier": one.qualifier, "source": one.source}
            for key, one in sorted(figures.items())
        },
    }
