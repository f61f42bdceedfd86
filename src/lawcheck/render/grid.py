"""A table before it is drawn: by rich on a terminal, as plain aligned text into a pipe or file."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import NamedTuple, TextIO

from lawcheck.render.safe import safe, safe_lines

NARROW = 96
"""Below so many cells across, a terminal is narrow."""
CHUNK = 500
"""How many rows are laid out together: the widths are those of a chunk, and no more of a long list is held."""


class Cell(NamedTuple):
    """A text with the style it is drawn in on a terminal."""

    text: str
    style: str = ""


class Column(NamedTuple):
    """A column's head; numbers stand right, `fold` lets long text go on in the next line.

    A column that is `spare` is left out where the terminal is narrow, and in CSV.
    """

    head: str
    right: bool = False
    fold: bool = False
    spare: bool = False


class Grid(NamedTuple):
    """A table: `rows` may be a stream. The last row is the total when `total` says so; `tight` sets columns close."""

    title: str
    columns: tuple[Column, ...]
    rows: Iterable[tuple[Cell | str, ...]]
    total: bool = False
    note: str = ""
    tight: bool = False


Block = Grid | str
"""What a screen is made of: tables and lines."""


def plain(blocks: Iterable[Block], out: TextIO) -> None:
    """Write blocks as plain text: no frames, no colours, no folding."""
    first = True
    for block in blocks:
        if isinstance(block, str):
            out.write(safe_lines(block) + "\n")
        else:
            if not first:
                out.write("\n")
            if block.title:
                out.write(safe(block.title) + "\n")
            for part in _chunks(block.rows):
                _plain_rows(block.columns, part, out)
            if block.note:
                out.write(safe_lines(block.note) + "\n")
        first = False


def _chunks(rows: Iterable[tuple[Cell | str, ...]]) -> Iterator[list[tuple[Cell | str, ...]]]:
    stream = iter(rows)
    while part := list(islice(stream, CHUNK)):
        yield part


def _plain_rows(columns: tuple[Column, ...], rows: list[tuple[Cell | str, ...]], out: TextIO) -> None:
    texts = [tuple(safe(one.text if isinstance(one, Cell) else one) for one in row) for row in rows]
    heads = tuple(column.head for column in columns)
    widths = [max(width(row[n]) for row in chain([heads], texts)) for n in range(len(columns))]
    for row in chain([heads], texts):
        cells = [
            " " * (widths[n] - width(text)) + text if columns[n].right else text + " " * (widths[n] - width(text))
            for n, text in enumerate(row)
        ]
        out.write("  ".join(cells).rstrip() + "\n")


def width(text: str) -> int:
    """Return how many cells of a terminal a text takes; a Chinese character takes two."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(one) else 2 if east_asian_width(one) in "WF" else 1 for one in text)


def draw(blocks: Iterable[Block], out: TextIO, *, colour: bool, columns: int | None = None) -> None:
    """Draw blocks on a terminal with rich; long text folds and is never cut."""
    from rich import box
    from rich.console import Console
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    from lawcheck.render.wrap import wrapped  # which measures with this module

    console = Console(
        file=out, markup=False, highlight=False, emoji=False, no_color=not colour, width=columns, force_terminal=True,
        legacy_windows=False,
    )  # fmt: skip

    def drawn(cell: Cell) -> Text | Padding:
        """Return a cell as rich draws it: an indent holds for all its lines."""
        text = safe(cell.text)
        plain = text.lstrip(" ")
        words = Text(plain, style=cell.style)
        return Padding(words, (0, 0, 0, len(text) - len(plain))) if plain != text else words

    for block in blocks:
        if isinstance(block, str):
            out.write("\n".join(wrapped(line, console.width) for line in safe_lines(block).splitlines()) + "\n")
            continue
        console.print()
        for number, part in enumerate(_chunks(block.rows)):
            table = Table(
                title=Text(safe(block.title), style="bold") if block.title and number == 0 else None,
                title_justify="left",
                box=box.SIMPLE_HEAD,
                show_footer=False,
                pad_edge=False,
                padding=(0, 0 if block.tight else 1, 0, 0),
            )
            kept = [n for n, one in enumerate(block.columns) if not (one.spare and console.width < NARROW)]
            for column in (block.columns[n] for n in kept):
                table.add_column(
                    Text(column.head),
                    justify="right" if column.right else "left",
                    overflow="fold",
                    no_wrap=not column.fold,
                    ratio=None,
                )
            for index, row in enumerate(part):
                if block.total and index == len(part) - 1:
                    table.add_section()
                texts = [one if isinstance(one, Cell) else Cell(one) for one in (row[n] for n in kept)]
                table.add_row(*(drawn(one) for one in texts))
            console.print(table)
        for line in safe_lines(block.note).splitlines():
            console.print(Text(wrapped(line, console.width), style="dim"))
