"""Canonical JSON, the one form in which a thing is hashed: keys sorted, no spaces, UTF-8."""

import json
import sys
from contextlib import suppress
from functools import cache
from importlib import import_module
from typing import Any


def canonical(thing: object) -> str:
    """Return the canonical JSON of strings, integers, booleans, None, lists and dictionaries."""
    return _ENCODER.encode(thing)


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
"""Made once: `json.dumps` makes one each time."""


MOST_PARTS = 2_000_000
"""So many lists and mappings are read from JSON of unknown origin, and no more."""


def read_json(text: str | bytes) -> Any:  # noqa: ANN401  # what JSON holds
    """Return what JSON of unknown origin holds.

    Raises:
        ValueError: it is no JSON, or too deep, or of too many parts to be meant.

    """
    parts = text.count(b"[") + text.count(b"{") if isinstance(text, bytes) else text.count("[") + text.count("{")
    if parts > MOST_PARTS:
        raise ValueError("parts")
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("depth") from error


def digest(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, as 64 hexadecimal digits."""
    return sha256_hex(text.encode("utf-8"))


def sha256_hex(data: bytes) -> str:
    """Return the SHA-256 of bytes, as 64 hexadecimal digits."""
    if len(data) > _LARGE:
        import hashlib  # OpenSSL is worth its loading where there is much to hash

        return hashlib.sha256(data).hexdigest()
    hashed: str = _sha256()(data).hexdigest()
    return hashed


_LARGE = 1 << 20


@cache
def _sha256() -> Any:  # noqa: ANN401  # the constructor, wherever it comes from
    """Return Python's own SHA-256 where it is there: `hashlib` loads OpenSSL, which is a thirtieth of a tick.

    Where that is loaded anyway it is the faster one.
    """
    for name in ("hashlib",) if "hashlib" in sys.modules else ("_sha2", "_sha256", "hashlib"):
        with suppress(ImportError):
            return import_module(name).sha256
    raise AssertionError
