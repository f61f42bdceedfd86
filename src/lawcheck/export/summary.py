"""A year's summary as a file: a workbook, a page, CSV or JSON, by the end of the file's name."""

import csv
import io
from collections.abc import Callable
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from lawcheck.render.language import _
from lawcheck.render.output import write_json
from lawcheck.render.safe import cell
from lawcheck.render.sheets import value_text
from lawcheck.render.summary import summary_data
from lawcheck.render.summary_parts import heading
from lawcheck.render.summary_sheets import summary_sheets

if TYPE_CHECKING:
    from lawcheck.core.journal import Head
    from lawcheck.service.summary import Summary

FORMS = ("xlsx", "html", "csv", "json")
OVERDUE = {"xlsx": None, "csv": None, "html": 500}
"""How many of the rows overdue a form names, None for all: what is written line by line holds however many."""


class SummarySaved(NamedTuple):
    """A summary that was written: where, as what, how many tables and rows of the year, the head it was printed at."""

    path: str
    form: str
    year: int
    tables: int
    rows: int
    head: "Head"


def write_summary(
    file: BinaryIO, form: str, result: "Summary", progress: Callable[[int, int], None] | None = None
) -> int:
    """Write a summary in a form; return how many tables there are in it."""
    if form == "xlsx":
        from lawcheck.export.workbook import Properties, write_workbook  # only for a workbook

        properties = Properties(
            heading(result),
            "lawcheck",
            _("Register {id}, head of the chain: entry {seq}").format(id=result.register_id, seq=result.head.seq)
            + f"\n{result.head.hash}",
            {
                "lawcheck_register": result.register_id,
                "lawcheck_head": result.head.hash,
                "lawcheck_entry": result.head.seq,
            },
        )
        return write_workbook(file, summary_sheets(result), properties, progress)
    if form == "html":
        from lawcheck.export.page import summary_page  # only for a page

        page, tables = summary_page(result)
        file.write(page.encode())
        return tables
    stream = io.TextIOWrapper(file, "utf-8-sig" if form == "csv" else "utf-8", newline="", write_through=True)
    try:
        if form == "json":
            write_json(summary_data(result), ["summary"], stream, exit_code=0)
            return 1
        return _write_csv(result, stream)
    finally:
        stream.detach()


def _write_csv(result: "Summary", stream: io.TextIOWrapper) -> int:
    """Write all tables one below the other, each under its title, an empty line between them."""
    writer = csv.writer(stream)
    tables = 0
    for tables, sheet in enumerate(summary_sheets(result), start=1):  # counts
        if tables > 1:
            writer.writerow([])
        writer.writerow([cell(sheet.title)])
        writer.writerow([column.head for column in sheet.columns])
        for values in sheet.rows:
            writer.writerow(
                [
                    cell(value_text(one, column.kind)) if isinstance(one, str) else value_text(one, column.kind)
                    for one, column in zip(values, sheet.columns, strict=True)
                ]
            )
    return tables
