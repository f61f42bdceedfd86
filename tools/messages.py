"""The messages that lawcheck speaks: found in the sources, kept in one catalogue, compiled for gettext."""

import ast
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

import typer
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from lawcheck.cli.commands import COMMANDS
from lawcheck.cli.main import doc_paragraphs
from lawcheck.config import SETTINGS

SOURCE = Path(__file__).resolve().parent.parent / "src" / "lawcheck"
CATALOGUE = SOURCE / "locale" / "zh" / "LC_MESSAGES" / "lawcheck.po"
SINGLE, PLURAL = {"_", "N_", "gettext"}, {"plural", "ngettext"}
UNSEEN = {"cli.py", "testing.py", "termui.py", "_termui_impl.py", "_winconsole.py"}
"""Parts of typer whose texts lawcheck never shows: its own program, prompts, editors."""
Message = str | tuple[str, str]


def in_sources() -> set[Message]:
    """Return every message of lawcheck and of typer's own texts, a pair where it has a plural."""
    found: set[Message] = set()
    own = [path for path in SOURCE.rglob("*.py") if path.name != "sqlite_sql.py"]
    own.append(Path(__file__).with_name("reference.py"))
    theirs = Path(typer.__file__).parent
    shown = [path for path in [*theirs.glob("*.py"), *(theirs / "_click").glob("*.py")] if path.name not in UNSEEN]
    for path in [*own, *shown]:
        found.update(_calls(ast.parse(path.read_text(encoding="utf-8"))))
    found.update(setting.help for setting in SETTINGS)
    for line in COMMANDS.values():
        module, function = line.place.split(":")
        callback = getattr(import_module(f"lawcheck.cli.{module}"), function)
        found.update(part for part in doc_paragraphs(callback.__doc__) if part)
    found.discard("")
    return found


def _calls(tree: ast.AST) -> Iterator[Message]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        texts = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
        if name in SINGLE and len(texts) == 1:
            yield texts[0]
        elif name in PLURAL and len(texts) == 2:
            yield texts[0], texts[1]


def catalogue() -> Catalog:
    """Return the Chinese catalogue as it is kept."""
    if not CATALOGUE.exists():
        return Catalog(locale="zh", project="lawcheck", charset="utf-8")
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh")


def merged() -> str:
    """Return the catalogue with every message of the sources and no others; new ones wait for their words."""
    old = catalogue()
    known = {message.id: message.string for message in old}
    by_first = {key[0] if isinstance(key, tuple) else key: words for key, words in known.items()}
    new = Catalog(
        locale="zh", project="lawcheck", charset="utf-8", header_comment="# The words of lawcheck in Chinese."
    )
    for message in sorted(in_sources(), key=lambda one: one if isinstance(one, str) else one[0]):
        first = message if isinstance(message, str) else message[0]
        words: Any = known.get(message, by_first.get(first, ""))
        if isinstance(message, tuple):
            words = words if isinstance(words, tuple) else (words,)
        elif isinstance(words, tuple):
            words = words[0]
        new.add(message, words)
    out = io.BytesIO()
    write_po(out, new, width=110, omit_header=True)
    head = 'msgid ""\nmsgstr ""\n"Language: zh\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    return head + '"Plural-Forms: nplurals=1; plural=0;\\n"\n' + "\n" + out.getvalue().decode()


def compiled() -> bytes:
    """Return the catalogue as gettext reads it."""
    made = catalogue()
    made.revision_date = made.creation_date = datetime(2026, 1, 1, tzinfo=UTC)  # the same messages, the same bytes
    out = io.BytesIO()
    write_mo(out, made)
    return out.getvalue()
