"""What must not be in a text that is published: identity numbers, telephone numbers, names of persons that are known.

It finds what has the form of it, and names that it is told. It is no review for secrecy (保密审查): 保守国家秘密法 and
政府信息公开条例 art 17 ask for that, and people do it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_IDENTITY = re.compile(r"(?<![0-9])[1-9][0-9]{16}[0-9Xx](?![0-9Xx])")
_MOBILE = r"(?:\+?86[- ]?)?1[3-9][0-9]{9}"
_FIXED = r"0[0-9]{2,3}[- ]?[1-9][0-9]{6,7}"
_SERVICE = r"400[- ]?[0-9]{3}[- ]?[0-9]{4}"
_TELEPHONE = re.compile(rf"(?<![0-9.])(?:{_MOBILE}|{_FIXED}|{_SERVICE})(?![0-9%])")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_AROUND = 12


class Private(NamedTuple):
    """Something found: `identity`, `telephone` or `name`, the words themselves, the heading, and what stands around."""

    kind: str
    text: str
    heading: str
    around: str


def is_identity_number(text: str) -> bool:
    """Tell whether a text is an identity number with the right check digit (GB 11643-1999)."""
    if not _IDENTITY.fullmatch(text):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text, _WEIGHTS, strict=False))
    return _CHECKS[total % 11] == text[-1].upper()


def find_private(paragraphs: Iterable[tuple[str, str]], names: Iterable[str]) -> Iterator[Private]:
    """Yield what is found in paragraphs, each with the heading it stands under, in their order."""
    known = sorted({name.strip() for name in names if len(name.strip()) > 1}, key=len, reverse=True)
    named = re.compile("|".join(re.escape(name) for name in known)) if known else None
    for heading, paragraph in paragraphs:
        text = unicodedata.normalize("NFKC", paragraph)
        found = [("identity", match) for match in _IDENTITY.finditer(text) if is_identity_number(match[0])]
        taken = [match.span() for _, match in found]
        found += [
            ("telephone", match)
            for match in _TELEPHONE.finditer(text)
            if not any(start <= match.start() < end for start, end in taken)
        ]
        if named is not None:
            found += [("name", match) for match in named.finditer(text)]
        for kind, match in sorted(found, key=lambda one: one[1].start()):
            around = text[max(0, match.start() - _AROUND) : match.end() + _AROUND]
            yield Private(kind, match[0], heading, around)
