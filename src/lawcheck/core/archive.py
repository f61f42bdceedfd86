"""A whole register as open files (开放格式): what the parts of an archive are called, and what stands in their lines.

An archive is a zip of parts that are stored and never compressed, in this order: `register.json` (format, id,
created_at, schema), `journal.jsonl` (an entry a line, all of its fields), `documents.jsonl` (hash and body of a frozen
copy a line, by hash), `evidence/<algorithm>/<hash>` (the files of the vault, by hash), `manifest.json`. All JSON is
canonical, so the same record gives the same bytes. What comes from elsewhere is measured before it is parsed.
"""

import json
import re
from typing import NamedTuple

from lawcheck.core.canonical import canonical, digest
from lawcheck.core.journal import Entry

FORMAT = 1
REGISTER, JOURNAL, DOCUMENTS, MANIFEST = "register.json", "journal.jsonl", "documents.jsonl", "manifest.json"
MAX_LINE = 256 << 20
"""The longest line that is read: an entry of ten thousand cases imported at once has 150 MB."""
_FLAT = re.compile(rb'\{(?:"[a-z_]{1,20}":(?:"(?:[^"\\]++|\\.)*+"|-?[0-9]{1,18}|null),?){1,20}\}', re.DOTALL)
_ID = re.compile("[0-9a-f]{32}")
_EVIDENCE = re.compile("evidence/(sha256|sm3)/([0-9a-f]{64})")
_ALLOWED = 100_000
"""So many brackets and commas are no bomb, however short the text."""


class Unfit(Exception):
    """A line or part that is not what it must be; its first argument is a code that `render` words."""


class About(NamedTuple):
    """What an archive says of its register: id, instant of its making, the schema that it had."""

    id: str
    created_at: str
    schema: int


def evidence_part(hashed: str) -> str:
    """Return what the part of a file of evidence is called, from the hash as the journal writes it."""
    return f"evidence/{hashed.replace(':', '/')}"


def evidence_hash(name: str) -> str | None:
    """Return the hash of the file of evidence that a part holds; None where it is another part."""
    parts = _EVIDENCE.fullmatch(name)
    return None if parts is None else f"{parts[1]}:{parts[2]}"


def about_line(about: About) -> str:
    """Return what stands in `register.json`."""
    return canonical({"format": FORMAT, **about._asdict()})


def entry_line(entry: Entry) -> str:
    """Return the line of an entry."""
    return canonical(entry._asdict())


def document_line(key: str, body: str) -> str:
    """Return the line of a frozen copy."""
    return canonical({"hash": key, "body": body})


def about_of(line: bytes) -> About:
    """Read what stands in `register.json`.

    Raises:
        Unfit: it is something else, or of a later format.

    """
    held = _flat(line, {"format": int, "id": str, "created_at": str, "schema": int})
    if held.pop("format") != FORMAT:
        raise Unfit("other-format")
    if _ID.fullmatch(str(held["id"])) is None:
        raise Unfit("no-id")
    return About(**held)  # type: ignore[arg-type]


def entry_of(line: bytes) -> Entry:
    """Read the line of an entry; whether it fits its chain is told elsewhere.

    Raises:
        Unfit: it is something else.

    """
    held = _flat(line, dict.fromkeys(Entry._fields, str) | {"seq": int, "version": int}, ("today", "payload", "salt"))
    entry = Entry(**held)  # type: ignore[arg-type]
    if entry.payload is not None:
        check_tame(entry.payload)
    return entry


def document_of(line: bytes) -> tuple[str, str]:
    """Read the line of a frozen copy: its hash, which fits, and its body.

    Raises:
        Unfit: it is something else.

    """
    held = _flat(line, {"hash": str, "body": str})
    key, body = str(held["hash"]), str(held["body"])
    if digest(body) != key:
        raise Unfit("other-hash-of-copy")
    check_tame(body)
    return key, body


def check_tame(text: str) -> None:
    """Refuse JSON that takes far more room than its text: lists of nothing, nested or side by side.

    Raises:
        Unfit: it does.

    """
    if text.count("[") + text.count("{") > len(text) // 8 + _ALLOWED or text.count(",") > len(text) // 3 + _ALLOWED:
        raise Unfit("bomb")


def _flat(line: bytes, kinds: dict[str, type], may_be_null: tuple[str, ...] = ()) -> dict[str, object]:
    """Read an object of texts and whole numbers, in its canonical form and with these keys."""
    if _FLAT.fullmatch(line) is None:
        raise Unfit("no-object")
    try:
        held: dict[str, object] = json.loads(line)
        if canonical(held).encode() != line:
            raise Unfit("not-canonical")
    except ValueError as error:  # bytes that are no UTF-8, half of a character
        raise Unfit("no-object") from error
    if held.keys() != kinds.keys():
        raise Unfit("other-keys")
    for name, value in held.items():
        if not (isinstance(value, kinds[name]) or (value is None and name in may_be_null)):
            raise Unfit("other-kind")
    return held
