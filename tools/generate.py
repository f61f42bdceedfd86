"""Write what is made from the code: SQL text, JSON Schemas, message catalogues, the reference pages.

`python tools/generate.py` writes; with `--check` it only compares, names what is stale, and exits 1.
"""

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlalchemy.sql.elements import ClauseElement
from sqlmodel import SQLModel

import messages
from lawcheck.core.words import Text
from lawcheck.library import schema
from lawcheck.library.holidays import read_all_holidays
from lawcheck.store import tables
from lawcheck.store.statements import STATEMENTS

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "lawcheck"


BULK = ("checklist_row_insert", "item_insert")
"""Statements that fill tables by the thousand; they also get a form with parameters by position, which binds faster."""


def sql_text(statement: ClauseElement, paramstyle: str = "named") -> str:
    """Compile one statement to SQL for SQLite with parameters named by a colon, or by position as `?`."""
    dialect = sqlite.dialect(paramstyle=paramstyle)
    compiled = statement.compile(dialect=dialect)
    text = str(compiled)
    for name, bind in getattr(compiled, "binds", {}).items():
        if bind.value is not None:  # a constant of the statement; named parameters carry no value
            literal = str(bind.value) if isinstance(bind.value, int) else "'" + bind.value.replace("'", "''") + "'"
            text = re.sub(rf":{name}\b", literal, text)
    return "\n".join(line.rstrip() for line in text.strip().replace("\t", "  ").splitlines())


def _table(table: type[SQLModel]) -> Table:
    return SQLModel.metadata.tables[str(table.__tablename__)]


def sqlite_module() -> str:
    """Return `store/sqlite_sql.py`: the schema and every statement as SQL text."""
    schema = [sql_text(CreateTable(_table(table))) for table in tables.TABLES]
    for table in tables.TABLES:
        ordered = sorted(_table(table).indexes, key=lambda index: str(index.name))
        schema += [sql_text(CreateIndex(index)) for index in ordered]
    schema += tables.SQLITE_TRIGGERS
    lines = [
        '"""SQL for SQLite, generated from `tables.py` and `statements.py` by `tools/generate.py`: do not edit."""',
        "",
        "SCHEMA = (",
        *(f'    """{one}""",' for one in schema),
        ")",
        "",
    ]
    for name, statement in STATEMENTS.items():
        lines += [f'{name.upper()} = """{sql_text(statement)}\n"""', ""]
    for name in BULK:
        lines += [f'{name.upper()}_BULK = """{sql_text(STATEMENTS[name], "qmark")}"""', ""]
    return "\n".join(lines)


SCHEMAS: dict[str, type[schema.Shape]] = {
    "template": schema.TemplateFile,
    "case": schema.CaseFile,
    "clocks": schema.ClocksFile,
    "laws": schema.LawsFile,
    "duties": schema.DutiesFile,
    "bureau": schema.BureauFile,
    "holidays": schema.HolidayFile,
    "report": schema.ReportFile,
}
"""The JSON Schemas that stand beside the files for editors."""


def json_schema(shape: type[schema.Shape], name: str) -> str:
    """Return the JSON Schema of a kind of file."""
    made = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"{name}.schema.json"}
    made |= shape.model_json_schema(by_alias=True)
    return json.dumps(made, ensure_ascii=False, indent=2) + "\n"


def known_days_module() -> str:
    """Return `library/known_days.py`: the holiday files as compact text, which `library/known_years.py` reads."""
    years = read_all_holidays()
    names: dict[Text, int] = {}
    for year in years.values():
        for name in (*year.off.values(), *year.worked.values()):
            names.setdefault(name, len(names))
    lines = [
        '"""The known years, generated from `checklists/holidays/` by `tools/generate.py`: do not edit."""',
        "",
        f"FIRST, LAST = {min(years)}, {max(years)}",
        '"""The first and the last year."""',
        "",
        "NAMES = (",
        *(f"    ({name.zh!r}, {name.en!r})," for name in names),
        ")",
        "",
        "YEARS: dict[int, tuple[str | None, str, str, str, dict[str, str]]] = {",
    ]
    for number, year in years.items():
        off, worked = (packed_days(number, days, names) for days in (year.off, year.worked))
        lines += [
            f"    {number}: (",
            f"        {year.notice!r}, {year.certainty!r},",
            f"        {off!r},",
            f"        {worked!r},",
            f"        {dict(year.amended)!r},",
            "    ),",
        ]
    return "\n".join(
        [*lines, "}", '"""Notice, certainty, days off, weekend days worked, amended days by their notice."""', ""]
    )


def packed_days(year: int, days: Mapping[str, Text], names: Mapping[Text, int]) -> str:
    """Return days as stretches of days that follow each other and have one name: `0122+7:1`."""
    stretches: list[tuple[date, int, Text]] = []
    for text, name in days.items():
        day = date.fromisoformat(text)
        if stretches and stretches[-1][2] == name and stretches[-1][0] + timedelta(stretches[-1][1]) == day:
            stretches[-1] = (stretches[-1][0], stretches[-1][1] + 1, name)
        else:
            stretches.append((day, 1, name))
    return " ".join(
        f"{'' if first.year == year else first.year}{first:%m%d}{f'+{n}' if n > 1 else ''}:{names[name]}"
        for first, n, name in stretches
    )


def reference(spoken: str) -> str:
    """Return the reference page in a language: commands, settings, exit codes, templates, errors."""
    # In a process of its own: the help of options is worded when their modules are loaded.
    command = [sys.executable, str(ROOT / "tools" / "reference.py"), spoken]
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout


def generated() -> Iterator[tuple[Path, str | bytes]]:
    """Yield every generated file with its content."""
    yield SOURCE / "store" / "sqlite_sql.py", sqlite_module()
    yield SOURCE / "library" / "known_days.py", known_days_module()
    for name, shape in SCHEMAS.items():
        yield ROOT / "checklists" / f"{name}.schema.json", json_schema(shape, name)
    yield messages.CATALOGUE, messages.merged()
    yield messages.CATALOGUE.with_suffix(".mo"), messages.compiled()
    yield ROOT / "docs" / "reference.md", reference("en")
    yield ROOT / "docs" / "reference.zh-CN.md", reference("zh")


def main() -> int:
    """Write or check the generated files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    stale = 0
    for path, content in generated():
        data = content.encode() if isinstance(content, str) else content
        if path.exists() and path.read_bytes() == data:
            continue
        stale += 1
        sys.stdout.write(f"{'stale' if check else 'written'}: {path.relative_to(ROOT)}\n")
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    return 1 if check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
