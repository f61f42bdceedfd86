"""What must not be in a text that is published: identity numbers, telephone numbers, names of persons that are known.

It finds what has the form of it, and names that it is told. It is no review for secrecy (保密审查): 保守国家秘密法 and
政府信息公开条例 art 17 ask for that, and people do it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

_PROVINCE = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])"
_NO_AMOUNT = r"(?![0-9Xx%]| ?[万亿元件宗])"
_NEW = rf"{_PROVINCE}[0-9]{{4}}[ -]?(?P<day>(?:19|20)[0-9]{{6}})[ -]?[0-9]{{3}}[0-9Xx]"
_OLD = rf"{_PROVINCE}[0-9]{{4}}[ -]?(?P<born>[0-9]{{6}})[ -]?[0-9]{{3}}"
_IDENTITY = re.compile(rf"(?<![0-9.])(?:{_NEW}|{_OLD}){_NO_AMOUNT}")
_MOBILE = r"(?:\+?86[- ]?)?1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}"
_AREA = r"0(?:10|2[0-9]|[3-9][0-9]{2})"
_FIXED = rf"(?:\({_AREA}\)|{_AREA})(?: ?- ?| )?[2-9][0-9]{{2,3}}[- ]?[0-9]{{4}}(?:[-转][0-9]{{1,5}})?"
_SERVICE = r"[48]00[- ]?[0-9]{3}[- ]?[0-9]{4}"
_TELEPHONE = re.compile(rf"(?<![0-9.])(?:{_MOBILE}|{_FIXED}|{_SERVICE}){_NO_AMOUNT}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_AROUND = 12
CHECK_DIGIT, FIFTEEN = "check-digit", "fifteen"
"""What is to be said of an identity number: its check digit does not fit, or it is an old one of 15 digits."""


class Private(NamedTuple):
    """Something found: `identity`, `telephone` or `name`, the words themselves, the heading, and what stands around.

    `about` is what is to be said of an identity number, if anything.
    """

    kind: str
    text: str
    heading: str
    around: str
    about: str | None = None


def has_check_digit(text: str) -> bool:
    """Tell whether the last of 18 digits is the one that the others ask for (GB 11643-1999)."""
    total = sum(int(digit) * weight for digit, weight in zip(text, _WEIGHTS, strict=False))
    return _CHECKS[total % 11] == text[-1].upper()


def find_private(paragraphs: Iterable[tuple[str, str]], names: Iterable[str]) -> Iterator[Private]:
    """Yield what is found in paragraphs, each with the heading it stands under, in their order."""
    known = sorted({name.strip() for name in names if len(name.strip()) > 1}, key=len, reverse=True)
    named = re.compile("|".join(re.escape(name) for name in known)) if known else None
    for heading, paragraph in paragraphs:
        text = unicodedata.normalize("NFKC", paragraph)
        found = [("identity", match) for match in _IDENTITY.finditer(text) if _is_identity(match)]
        taken = [match.span() for _, match in found]
        found += [
            ("telephone", match)
            for match in _TELEPHONE.finditer(text)
            if not any(start <= match.start() < end for start, end in taken) and not _is_document_number(text, match)
        ]
        if named is not None:
            found += [("name", match) for match in named.finditer(text)]
        for kind, match in sorted(found, key=lambda one: one[1].start()):
            around = text[max(0, match.start() - _AROUND) : match.end() + _AROUND]
            yield Private(kind, match[0], heading, around, _about(match[0]) if kind == "identity" else None)


def _is_identity(match: re.Match[str]) -> bool:
    """Tell whether digits that begin as an identity number are one: they hold a day of birth."""
    try:
        date.fromisoformat(match["day"] or "19" + match["born"])
    except ValueError:
        return False
    return True


def _about(text: str) -> str | None:
    bare = _bare(text)
    if len(bare) == 15:
        return FIFTEEN
    return None if has_check_digit(bare) else CHECK_DIGIT


def _bare(text: str) -> str:
    return text.replace(" ", "").replace("-", "")


def _is_document_number(text: str, match: re.Match[str]) -> bool:
    """Tell whether digits are the number of a document: 〔2026〕…号, 第…号."""
    return text[: match.start()].endswith(("〕", "]", "】", "第", "字")) and text[match.end() :].startswith("号")
