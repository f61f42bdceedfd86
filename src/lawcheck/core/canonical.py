"""Canonical JSON, the one form in which a thing is hashed: keys sorted, no spaces, UTF-8."""

import json


def canonical(thing: object) -> str:
    """Return the canonical JSON of strings, integers, booleans, None, lists and dictionaries."""
    return json.dumps(thing, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def digest(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, as 64 hexadecimal digits."""
    return sha256_hex(text.encode("utf-8"))


def sha256_hex(data: bytes) -> str:
    """Return the SHA-256 of bytes, as 64 hexadecimal digits.

    Python's own SHA-256 is asked first: `hashlib` loads OpenSSL, which is a thirtieth of a tick.
    """
    try:
        from _sha2 import sha256  # type: ignore[import-not-found,unused-ignore]
    except ImportError:
        try:
            from _sha256 import sha256  # type: ignore[import-not-found,unused-ignore]
        except ImportError:
            from hashlib import sha256
    hashed: str = sha256(data).hexdigest()
    return hashed
