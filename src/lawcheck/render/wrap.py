"""Lines broken for a terminal: English between words, Chinese anywhere but before a closing mark."""

import re

from lawcheck.render.grid import width

_PIECES = re.compile(r"\s+|[!-~]+|.", re.DOTALL)
_NEVER_FIRST = set("，。、；：？！）》】”’」』〉％·…")
_NEVER_LAST = set("（《【“‘「『〈([")


def wrapped(line: str, columns: int) -> str:
    """Return a line broken at a width, what follows indented as the line is and two cells more."""
    if width(line) <= columns:
        return line
    indent = " " * (len(line) - len(line.lstrip(" ")) + 2)
    lines: list[str] = []
    current = line[: len(indent) - 2]
    for piece in unbroken(line.lstrip(" ")):
        if width(current) + width(piece.rstrip(" ")) > columns and current.strip():
            lines.append(current.rstrip(" "))
            current = indent
            piece = piece.lstrip(" ")  # noqa: PLW2901  # a new line begins with no space of its own
        current += piece
    return "\n".join([*lines, current.rstrip(" ")])


def unbroken(text: str) -> list[str]:
    """Return what is not to be broken: a word of letters and figures, a character with the marks that cling to it."""
    pieces: list[str] = []
    glue = False
    for piece in _PIECES.findall(text):
        if pieces and (glue or piece[0] in _NEVER_FIRST):
            pieces[-1] += piece
        else:
            pieces.append(piece)
        glue = piece[-1] in _NEVER_LAST
    return pieces
