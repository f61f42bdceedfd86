"""The page of a summary: it needs nothing else, shows what users typed as text, and fits windows and paper."""

import html
import json
import os
import re
import shutil
import subprocess
import tempfile
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from lawcheck.core.journal import Actor
from lawcheck.core.year_cases import Term
from lawcheck.export.page import STYLE, summary_page
from lawcheck.render import language
from lawcheck.service.figures import Reported, add_figure
from lawcheck.service.rows import set_rows_aside, tick
from lawcheck.service.start import start_year
from lawcheck.service.summary import summarise
from lawcheck.store.register import Register
from support import SMALL_BUREAU, SMALL_TEMPLATE, TODAY

DAY = date.fromisoformat(TODAY)
CHROMIUM = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
HOSTILE = "</td><script>document.title='taken'</script><img src=x onerror=alert(1)>\"'&lt;"


@pytest.fixture
def page(small: Register, actor: Actor) -> str:
    tick(small, actor, ["TT-01"], on=date(2026, 4, 2))
    tick(small, actor, ["TT-02.Q1.FZ"], on=None)
    tick(small, actor, ["TT-02.Q1.ZF"], on=None, partial="two files")
    set_rows_aside(small, actor, ["TT-02.Q2.FZ"], why="x")
    add_figure(small, actor, "visits", "3次", Reported(on=DAY))
    return summary_page(summarise(small, 2026, as_of=DAY))[0]


@pytest.fixture
def hostile_page(tmp_path: Path, empty_register: Register, actor: Actor) -> str:
    words = json.dumps(HOSTILE)
    (tmp_path / "TT.yaml").write_text(
        SMALL_TEMPLATE.replace("zh: 年度事项, en: Yearly item", f"zh: {words}, en: {words}"), encoding="utf-8"
    )
    (tmp_path / "bureau.yaml").write_text(
        SMALL_BUREAU.replace("zh: 小局, en: Small bureau", f"zh: {words}, en: {words}"), encoding="utf-8"
    )
    start_year(empty_register, actor, 2026, [str(tmp_path / "TT.yaml")], tmp_path / "bureau.yaml")
    tick(empty_register, actor, ["TT-01"], on=None, partial=HOSTILE)
    return summary_page(summarise(empty_register, 2026, as_of=DAY))[0]


class _Elements(HTMLParser):
    """The elements of a page, with what links or runs."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)


def _elements(page: str) -> _Elements:
    parsed = _Elements()
    parsed.feed(page)
    return parsed


@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_the_page_needs_nothing_from_anywhere(page: str, spoken: str) -> None:
    language.choose(spoken)
    parsed = _elements(page)
    assert parsed.tags & {"script", "link", "img", "iframe", "object", "embed", "a", "base", "form"} == set()
    assert parsed.attributes & {"href", "src", "srcset", "action", "onload", "onclick", "style"} == set()
    assert re.search(r"https?:|url\(|@import|@font-face", page) is None
    assert "default-src 'none'" in page


def test_what_a_user_typed_is_text(hostile_page: str) -> None:
    parsed = _elements(hostile_page)
    assert parsed.tags & {"script", "img"} == set()
    assert html.escape(HOSTILE, quote=True) in hostile_page


def test_the_page_speaks_the_language_chosen(small: Register) -> None:
    language.choose("zh")
    page, tables = summary_page(summarise(small, 2026, as_of=DAY))
    assert '<html lang="zh-CN">' in page
    assert "按责任单位" in page
    assert tables == page.count("<table>")


def test_the_charts_hold_the_numbers(page: str) -> None:
    assert page.count("<polyline") == 2
    (first,) = re.findall(r"<span>TT Small checklist</span><svg[^>]*>(.*?)</svg><b class=\"n\">(.*?)</b>", page)
    drawn = re.findall(r'class="(\w+)" x="([0-9.]+)" y="0" width="([0-9.]+)" height="10"><title>(\d+)', first[0])
    assert [(kind, n) for kind, _x, _width, n in drawn] == [
        ("undated", "1"), ("late", "1"), ("over", "1"), ("open", "5"), ("na", "1"),
    ]  # fmt: skip
    assert sum(float(width) for _kind, _x, width, _n in drawn) == pytest.approx(100, abs=0.1)
    assert first[1] == "25.0%"


def test_the_chart_of_terms_tells_what_was_too_early_apart_from_what_was_late(small: Register) -> None:
    term = Term(
        "JC", "NOTICE", "comment-30d", "征求意见", "Comment", "意见征集期", "Comment period", 6, 1, 1, 2, 1, 0, 1, 0
    )
    page = summary_page(summarise(small, 2026, as_of=DAY)._replace(terms=(term,)))[0]
    chart = page.partition("<h2>Terms in cases</h2>")[2].partition("</section>")[0]
    assert re.findall(r'class="(\w+)" x=[^>]*><title>(\d+)', chart) == [
        ("done", "1"), ("undated", "1"), ("late", "1"), ("early", "2"), ("open", "1"),
    ]  # fmt: skip
    assert '<i class="early"></i>done too early' in chart
    assert page.count("done too early") == 1


def test_a_section_under_another_is_indented_in_all_its_lines(page: str) -> None:
    assert '<td class="w l1">一(一) 权责清单</td>' in page.replace("Power list", "权责清单")
    assert "　" not in page


def _light(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_what_is_open_and_what_does_not_apply_are_told_apart() -> None:
    is_open, not_applicable = (
        _light(re.findall(rf"--{name}: (#[0-9a-f]{{6}})", STYLE)[0]) for name in ("open", "none")
    )
    assert (not_applicable + 0.05) / (is_open + 0.05) > 2


# --- in a real browser ------------------------------------------------------------------------


def _chromium(*arguments: str) -> str:
    """Run the browser without a screen, a network, or more than a minute, and return what it prints."""
    assert CHROMIUM is not None
    with tempfile.TemporaryDirectory(
        prefix="page-", dir="/tmp", ignore_cleanup_errors=True
    ) as folder:  # its socket needs a short path
        command = [
            CHROMIUM, "--headless", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            f"--user-data-dir={folder}/profile", "--host-resolver-rules=MAP * ~NOTFOUND",
            "--allow-file-access-from-files", *(["--no-sandbox"] if os.geteuid() == 0 else []), *arguments,
        ]  # fmt: skip
        environment = {"PATH": os.environ["PATH"], "HOME": folder, "TMPDIR": folder}
        done = subprocess.run(
            command, capture_output=True, timeout=60, check=False, env=environment, text=True, encoding="utf-8"
        )
    assert done.returncode == 0, done.stderr
    return done.stdout


MEASURE = """<!DOCTYPE html><meta charset="utf-8"><body style="margin:0">
<iframe id="page" src="page.html" style="border:0;width:{width}px;height:900px"></iframe>
<script>
document.getElementById("page").onload = (event) => {{
  const inside = event.target.contentDocument, root = inside.documentElement;
  const beyond = [...inside.querySelectorAll("h1,h2,p,.card,.bars,.bars svg,.burn,.burn svg,.wide,footer")]
    .filter((one) => one.getBoundingClientRect().right > root.clientWidth + 1)
    .map((one) => one.className || one.tagName);
  const flat = [...inside.querySelectorAll("svg")].filter((one) => one.getBoundingClientRect().width < 20).length;
  const told = {{width: inside.defaultView.innerWidth, over: root.scrollWidth - root.clientWidth,
    beyond, flat, title: inside.title, resources: inside.defaultView.performance.getEntriesByType("resource").length}};
  document.body.replaceChildren(document.createElement("pre"));
  document.body.firstChild.textContent = JSON.stringify(told);
}};
</script>
"""


@needs_chromium
@pytest.mark.parametrize("width", [400, 800, 1400])
def test_the_page_fits_a_window(hostile_page: str, width: int, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(hostile_page, encoding="utf-8")
    (tmp_path / "outer.html").write_text(MEASURE.format(width=width), encoding="utf-8")
    outer = (tmp_path / "outer.html").as_uri()
    shown = _chromium(f"--window-size={width + 50},1000", "--dump-dom", outer)
    (told,) = re.findall(r"<pre>(.*?)</pre>", shown)
    measured = json.loads(html.unescape(told))
    assert (measured["width"], measured["over"], measured["beyond"], measured["flat"]) == (width, 0, [], 0)
    assert measured["resources"] == 0
    assert measured["title"].startswith("</td><script>")


@needs_chromium
def test_a_wide_table_scrolls_in_its_box(page: str, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    told = """[...inside.querySelectorAll(".wide")].map((one) => one.scrollWidth > one.clientWidth + 1
      ? [inside.defaultView.getComputedStyle(one).overflowX, one.tabIndex] : null).find((one) => one)"""
    outer = re.sub(r"const told = .*?;\n", f"const told = {told};\n", MEASURE.format(width=800), flags=re.DOTALL)
    (tmp_path / "outer.html").write_text(outer, encoding="utf-8")
    shown = _chromium("--window-size=850,1000", "--dump-dom", (tmp_path / "outer.html").as_uri())
    assert re.findall(r"<pre>(.*?)</pre>", shown) == ['["auto",0]']


@needs_chromium
def test_the_page_goes_on_paper(page: str, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    printed = tmp_path / "page.pdf"
    _chromium(f"--print-to-pdf={printed}", "--no-pdf-header-footer", (tmp_path / "page.html").as_uri())
    held = printed.read_bytes()
    assert held.startswith(b"%PDF-")
    assert re.search(rb"/MediaBox\s*\[0 0 59[45][0-9.]* 84[12][0-9.]*\]", held)  # A4, upright
