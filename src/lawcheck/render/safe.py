"""What a user typed, made harmless for a terminal and for a spreadsheet."""

import re

# C0 and C1 controls, separators of lines, and the marks that turn the direction of text around.
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe(text: object) -> str:
    """Return a text on one line, in which nothing steers the terminal: line ends as spaces, controls written out."""
    plain = str(text).replace("\r\n", " ").replace("\n", " ").replace("\t", " ")
    return _CONTROLS.sub(lambda match: f"\\x{ord(match[0]):02x}", plain)


def safe_lines(text: object) -> str:
    """Return a text that may have several lines, in which nothing else steers the terminal."""
    return "\n".join(safe(line) for line in str(text).splitlines())


def cell(text: object) -> str:
    """Return a text that a spreadsheet takes as text and never as a formula."""
    plain = "" if text is None else str(text)
    return "'" + plain if plain.startswith(_FORMULA) and plain != "-" and not _is_number(plain) else plain


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[-+]?[0-9]+(\.[0-9]+)?", text) is not None
