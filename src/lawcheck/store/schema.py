"""The schema that this version makes, held against the one a file has."""

import re
from collections.abc import Iterator
from functools import cache

from lawcheck.store import sqlite_sql
from lawcheck.store.register import Register

_NAMED = re.compile(r"CREATE (TABLE|INDEX|TRIGGER) \"?(\w+)", re.IGNORECASE)


@cache
def expected() -> dict[str, str]:
    """Return the tables, indexes and triggers of this version by name, each as SQL without what spaces differ in."""
    made = {}
    for statement in sqlite_sql.SCHEMA:
        named = _NAMED.match(statement)
        if named is not None:
            made[named[2]] = _bare(statement)
    return made


def schema_differences(register: Register) -> Iterator[tuple[str, str]]:
    """Yield the name of every table, index and trigger that is `missing`, `changed` or `added`, with that word."""
    held = {str(name): _bare(str(text)) for name, text in register.schema()}
    for name, text in expected().items():
        if name not in held:
            yield name, "missing"
        elif held[name] != text:
            yield name, "changed"
    for name in held:
        if name not in expected():
            yield name, "added"


def _bare(statement: str) -> str:
    """Return SQL with its spaces made one and no quotation marks around names."""
    return re.sub(r"\s*([(),])\s*", r"\1", " ".join(statement.replace('"', "").split()))
