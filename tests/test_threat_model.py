"""The threat model says nothing that a test does not hold, in either language."""

import re
from pathlib import Path

import pytest

from support import ROOT

PAGES = ("threat-model.md", "threat-model.zh-CN.md")
NAMED = re.compile(r"`(test_\w+)`")


def _claims(page: str) -> list[str]:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.startswith("- ")]


def _tests() -> set[str]:
    files: list[Path] = [path for path in (ROOT / "tests").rglob("test_*.py") if path.is_file()]
    return {
        name
        for path in files
        for name in re.findall(r"^def (test_\w+)\(", path.read_text(encoding="utf-8"), re.MULTILINE)
    }


@pytest.mark.parametrize("page", PAGES)
def test_every_claim_names_tests_that_exist(page: str) -> None:
    claims = _claims(page)
    assert len(claims) > 30
    assert [claim for claim in claims if not NAMED.search(claim)] == []
    assert {name for claim in claims for name in NAMED.findall(claim)} - _tests() == set()


def test_both_pages_make_the_same_claims_in_one_order() -> None:
    english, chinese = ([NAMED.findall(claim) for claim in _claims(page)] for page in PAGES)
    assert english == chinese
