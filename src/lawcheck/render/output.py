"""A result to stdout: as words and tables, as one JSON envelope, or as CSV."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, TextIO

from lawcheck.errors import ConflictingOptions, LawcheckError
from lawcheck.render.language import _
from lawcheck.render.safe import cell, safe_lines

if TYPE_CHECKING:
    from lawcheck.render.grid import Grid

VERSION = 1

VIEWS = {
    "Changed": "rows",
    "Noted": "rows",
    "Reviewed": "reviews",
    "Board": "lists",
    "Listed": "lists",
    "Next": "lists",
    "Shown": "items",
    "Log": "journal",
    "Undone": "journal",
    "Verified": "proof",
    "JournalVerified": "proof",
    "ManifestVerified": "proof",
    "JournalExported": "journal",
    "EvidenceAdded": "evidence",
    "EvidenceHandedOut": "evidence",
    "EvidenceList": "evidence",
    "EvidenceOpened": "evidence",
    "EvidencePurged": "evidence",
    "EvidenceTakenOff": "evidence",
    "Redacted": "redaction",
    "Swept": "redaction",
    "FigureAdded": "figures",
    "FigureShown": "figures",
    "Figures": "figures",
    "FiguresImported": "figures",
    "TargetSet": "figures",
    "Reckoned": "deadlines",
    "ClockReckoned": "clocks",
    "ClockList": "clocks",
    "CalendarStatus": "calendar",
    "HolidaysImported": "calendar",
    "CalendarSaved": "calendar",
    "Summary": "summary",
    "SummarySaved": "summary",
    "HandedOuts": "hand_out",
    "Collection": "hand_out",
    "Closed": "closing",
    "Reopened": "closing",
    "ManifestMade": "closing",
    "Started": "start",
    "Played": "start",
    "ReportSaved": "report",
    "Upgraded": "upgrade",
    "TemplateList": "templates",
    "TemplateShown": "templates",
    "CaseTemplateShown": "case_templates",
    "TemplatesChecked": "templates",
    "TemplatesCompared": "difference",
    "BureauShown": "bureau",
    "BureauImported": "bureau",
    "CaseChanged": "cases",
    "CasesUpgraded": "case_upgrade",
    "CaseList": "cases",
    "CaseShown": "cases",
    "CaseRowShown": "cases",
    "CasesImported": "case_import",
    "BackedUp": "copies",
    "Restored": "copies",
    "Exported": "copies",
    "Imported": "copies",
}
"""Which module words which result; imported only when there is such a result.

A module has, for a result `Name`, the functions `name_data` for JSON and `name_words` for people; `name_grid` where
the result has one table that can be CSV.
"""


def _function(result: object, what: str) -> Any:  # noqa: ANN401  # one of a view's functions
    name = type(result).__name__
    module = import_module(f"lawcheck.render.{VIEWS[name]}")
    snake = "".join("_" + one.lower() if one.isupper() else one for one in name).lstrip("_")
    return getattr(module, f"{snake}_{what}", None)


def show(result: object, command: list[str], form: str, out: TextIO, *, exit_code: int = 0) -> None:
    """Write a result in the form asked for: `table`, `json` or `csv`.

    Raises:
        ConflictingOptions: the result has no table that could be CSV.

    """
    if form == "json":
        write_json(_function(result, "data")(result), command, out, exit_code=exit_code)
    elif form == "csv":
        grid = _function(result, "grid")
        if grid is None:
            raise ConflictingOptions(first="--format csv", second=" ".join(command))
        _write_csv(grid(result), out)
    else:
        _write_words(_function(result, "words")(result), out)


def write_json(data: Mapping[str, object], command: list[str], out: TextIO, *, exit_code: int) -> None:
    """Write the envelope, keys sorted; lists in `data` may be streams and are written as they come."""
    readable = (getattr(out, "encoding", None) or "utf-8").lower().replace("-", "") == "utf8"

    text = json.JSONEncoder(ensure_ascii=not readable, sort_keys=True, default=_plain_value).encode

    out.write(f'{{"command": {text(command)}, "data": {{')
    for number, key in enumerate(sorted(data)):
        value = data[key]
        out.write((", " if number else "") + f"{text(key)}: ")
        if isinstance(value, Iterator):
            out.write("[")
            out.writelines((", " if place else "") + text(one) for place, one in enumerate(value))
            out.write("]")
        else:
            out.write(text(value))
    status = "gaps" if exit_code else "ok"
    out.write(f'}}, "errors": [], "exit_code": {exit_code}, "lawcheck": {VERSION}, "status": "{status}"}}\n')


def show_error(error: LawcheckError, command: list[str], form: str) -> None:
    """Write an error: the envelope on stdout for JSON, words on stderr otherwise."""
    from lawcheck.render.errors import fault_line, sentence

    message, hint = sentence(error)
    if form != "json":
        sys.stderr.write(f"{_('Error')}{_(': ')}{message}\n" if error.code != "bad-file" else f"{message}\n")
        if hint:
            sys.stderr.write(f"{hint}\n")
        return
    faults: Iterable[Any] = error.params.get("faults", ())  # type: ignore[assignment]
    errors = [{"code": error.code, "message": fault_line(fault), "hint": hint} for fault in faults]
    envelope = {
        "lawcheck": VERSION,
        "command": command,
        "status": "error",
        "exit_code": error.exit_code,
        "data": {},
        "errors": errors or [{"code": error.code, "message": message, "hint": hint}],
    }
    readable = (getattr(sys.stdout, "encoding", None) or "utf-8").lower().replace("-", "") == "utf8"
    sys.stdout.write(json.dumps(envelope, ensure_ascii=not readable, sort_keys=True) + "\n")


def _plain_value(value: object) -> object:
    if type(value).__name__ == "Decimal":  # by name: decimals are not loaded for commands that have none
        return format(value, "f")
    isoformat = getattr(value, "isoformat", None)
    if isoformat is not None:
        return isoformat()
    raise TypeError(type(value).__name__)


def _write_words(blocks: Iterable[Any], out: TextIO) -> None:
    """Draw tables on a terminal, write plain text anywhere else; rich is loaded only for a table on a terminal."""
    stream = iter(blocks)
    for block in stream:
        if isinstance(block, str):
            lines = safe_lines(block)
            out.write((_broken(lines) if out.isatty() else lines) + "\n")
            continue
        from lawcheck.render.grid import draw, plain  # only for tables

        rest = _chained(block, stream)
        if out.isatty():
            import os

            draw(rest, out, colour=not os.environ.get("NO_COLOR"))
        else:
            plain(rest, out)


def _broken(text: str) -> str:
    """Break lines where the terminal ends."""
    from shutil import get_terminal_size

    from lawcheck.render.wrap import wrapped  # only for a terminal

    columns = get_terminal_size().columns
    return "\n".join(wrapped(line, columns) for line in text.splitlines()) or ""


def _chained(first: object, rest: Iterator[Any]) -> Iterator[Any]:
    yield first
    yield from rest


def _write_csv(grid: "Grid", out: TextIO) -> None:
    import csv  # only for CSV

    from lawcheck.render.grid import Cell

    writer = csv.writer(out, lineterminator="\n")
    kept = [n for n, column in enumerate(grid.columns) if not column.spare]
    writer.writerow([grid.columns[n].head for n in kept])
    for row in grid.rows:
        writer.writerow([cell(one.text if isinstance(one, Cell) else one) for one in (row[n] for n in kept)])
