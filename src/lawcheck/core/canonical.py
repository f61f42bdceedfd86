"""Canonical JSON, the one form in which a thing is hashed: keys sorted, no spaces, UTF-8."""

import json


def canonical(thing: object) -> str:
    """Return the canonical JSON of strings, integers, booleans, None, lists and dictionaries."""
    return json.dumps(thing, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, as 64 hexadecimal digits."""
    from hashlib import sha256  # loads OpenSSL, which commands that only read do without

    return sha256(text.encode("utf-8")).hexdigest()
