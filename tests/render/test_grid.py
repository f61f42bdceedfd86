import io
import re
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawcheck.render.grid import CHUNK, Block, Cell, Column, Grid, draw, plain, width

HOSTILE = st.text(alphabet=st.characters(categories=None), max_size=60)
LONG = (
    "行政执法机关应当建立健全行政执法公示制度并及时通过政府网站以及政务新媒体办事大厅公示栏服务窗口等平台向社会公开" * 3
)
STYLING = re.compile("\x1b\\[[0-9;]*m")


def _plain(*blocks: Block) -> str:
    out = io.StringIO()
    plain(blocks, out)
    return out.getvalue()


def _drawn(*blocks: Block, columns: int = 80, colour: bool = False) -> str:
    out = io.StringIO()
    draw(blocks, out, colour=colour, columns=columns)
    return out.getvalue()


def _seen(*blocks: Block, columns: int = 80) -> list[str]:
    return [line.rstrip() for line in STYLING.sub("", _drawn(*blocks, columns=columns)).splitlines()]


def _grid(*rows: tuple[Cell | str, ...], title: str = "", note: str = "", total: bool = False) -> Grid:
    return Grid(title, (Column("Ref"), Column("Item", fold=True), Column("Days", right=True)), rows, total, note)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("", 0),
        ("PL-03", 5),
        ("清单", 4),
        ("清单A", 5),
        ("ＡＢ", 4),
        ("，。《》", 8),
        ("é", 1),
        ("e\u0301", 1),
        ("✓", 1),
        ("한글", 4),
        ("😀", 2),
    ],
)
def test_a_chinese_character_takes_two_cells(text: str, cells: int) -> None:
    assert width(text) == cells


def test_plain_tables_align_by_what_is_seen() -> None:
    text = _plain(_grid(("PL-01", "权责清单", "7"), ("PL-02.1", "Open", "120")))
    assert text == "Ref      Item      Days\nPL-01    权责清单     7\nPL-02.1  Open       120\n"


def test_a_plain_table_has_its_title_before_and_its_note_after() -> None:
    assert _plain("first", _grid(("a", "b", "c"), title="Title", note="* note"), "last") == (
        "first\n\nTitle\nRef  Item  Days\na    b        c\n* note\nlast\n"
    )


def test_a_plain_table_folds_nothing_and_ends_no_line_in_spaces() -> None:
    text = _plain(_grid(("PL-01", LONG, ""), ("PL-02", "short", "")))
    assert text.splitlines()[1] == f"PL-01  {LONG}"
    assert [line for line in text.splitlines() if line != line.rstrip()] == []


def test_an_empty_plain_table_writes_nothing() -> None:
    assert _plain(_grid()) == ""


def test_a_long_table_is_laid_out_in_parts_as_its_rows_come() -> None:
    out = io.StringIO()
    written: list[int] = []

    def rows() -> Iterator[tuple[str, ...]]:
        for number in range(2 * CHUNK + 1):
            written.append(out.getvalue().count("\n"))
            yield f"R-{number}", "", ""

    plain([Grid("", (Column("Ref"), Column("Item"), Column("Days")), rows())], out)
    assert (written[CHUNK - 1], written[CHUNK + 1], written[-1]) == (0, CHUNK + 1, 2 * CHUNK + 2)
    assert sum(line.startswith("R-") for line in out.getvalue().splitlines()) == 2 * CHUNK + 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(HOSTILE, HOSTILE, HOSTILE), min_size=1, max_size=5))
def test_a_cell_of_a_plain_table_never_steers_the_terminal(rows: list[tuple[str, ...]]) -> None:
    text = _plain(_grid(*rows))
    assert len(text.split("\n")) == len(rows) + 2
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)


@pytest.mark.parametrize("columns", [40, 80, 100, 200])
def test_a_drawn_table_folds_long_text_and_cuts_nothing(columns: int) -> None:
    lines = _seen(_grid(("ES-02.Q1.FZ", LONG, "120")), columns=columns)
    assert "".join(character for line in lines for character in line if character in LONG) == LONG
    assert max(width(line) for line in lines) <= columns
    assert [line.split()[0] for line in lines if "ES-02" in line] == ["ES-02.Q1.FZ"]
    assert [line.split()[-1] for line in lines if "ES-02" in line] == ["120"]


@pytest.mark.parametrize("columns", [80, 100])
def test_columns_that_do_not_fold_leave_the_others_room(columns: int) -> None:
    heads = (*(Column(f"C{number}") for number in range(5)), Column("Item", fold=True), Column("State", fold=True))
    cells = ("ES-02.D0426.ZF", "2026", "FZ lihua", "2026-12-31*", "4", LONG, "done · day not stated")
    lines = _seen(Grid("", heads, [cells]), columns=columns)
    assert Counter("".join(cells).replace(" ", "")) - Counter("".join(lines)) == Counter()
    assert max(width(line) for line in lines) <= columns


def test_a_long_line_outside_tables_is_folded_and_not_cut() -> None:
    lines = _seen(LONG, columns=80)
    assert "".join(line.strip() for line in lines) == LONG
    assert max(width(line) for line in lines) <= 80


def test_a_drawn_table_stands_between_its_title_and_its_note() -> None:
    lines = _seen(_grid(("a", "b", "1"), ("Total", "", "1"), title="Title", note="note", total=True))
    assert [line.split() for line in lines if line.strip(" ─")] == [
        ["Title"],
        ["Ref", "Item", "Days"],
        ["a", "b", "1"],
        ["Total", "1"],
        ["note"],
    ]


def test_a_total_stands_apart() -> None:
    rows = ("a", "b", "1"), ("Total", "", "1")
    apart, together = _seen(_grid(*rows, total=True)), _seen(_grid(*rows))
    assert len(apart) == len(together) + 1


def test_colours_are_left_out_when_they_are_not_wanted() -> None:
    grid = _grid((Cell("PL-01", "bold red"), Cell("x", "green"), ""))
    assert "31m" in _drawn(grid, colour=True)
    assert not re.search("\x1b\\[[0-9;]*3[0-9]m", _drawn(grid))


@pytest.mark.parametrize(
    "typed",
    ["[red]stop[/red]", "[/]", "[bold", "[link=file:///]x[/link]", ":smile: :warning:", "\\[red]", "[1/2]", "{x}"],
)
def test_brackets_in_a_drawn_table_are_shown_as_they_were_typed(typed: str) -> None:
    text = _drawn(_grid(("PL-01", typed, "1"), title=typed, note=typed), typed)
    assert STYLING.sub("", text).count(typed) == 4


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(HOSTILE, HOSTILE, HOSTILE), min_size=1, max_size=4))
def test_a_cell_of_a_drawn_table_never_steers_the_terminal(rows: list[tuple[str, ...]]) -> None:
    text = STYLING.sub("", _drawn(_grid(*((Cell(one, "bold"), two, three) for one, two, three in rows)), colour=True))
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)
