"""Reviews in words: rows accepted, and rows returned with the reason."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lawcheck.render.language import _
from lawcheck.render.rows import ref_words, row_data
from lawcheck.render.safe import safe
from lawcheck.render.words import fallen_data, fallen_words, same_account_words, title

if TYPE_CHECKING:
    from lawcheck.render.grid import Block
    from lawcheck.service.reviews import Reviewed


def reviewed_data(result: Reviewed) -> dict[str, object]:
    """Return what `accept` and `return` say as JSON."""
    rows = [
        {**row_data(row, result.today, None), "same_account": same}
        for row, same in zip(result.rows, result.same_account, strict=True)
    ]
    data: dict[str, object] = {"entry": result.seq, "rows": rows}
    if result.moved:
        data["moved"] = [one._asdict() for one in result.moved]
    return data | fallen_data(result.fell)


def reviewed_words(result: Reviewed) -> Iterator[Block]:
    """Say in a line each what was said of the rows."""
    for row, same in zip(result.rows, result.same_account, strict=True):
        who = safe(result.person)
        if result.why is None:
            said = _("accepted by {name}").format(name=who)
        else:
            said = _("returned by {name}: {why}").format(name=who, why=safe(result.why))
        yield f"{ref_words(row)}  {said}{same_account_words() if same else ''}  {safe(title(row))}"
    yield from fallen_words(result.fell)
    if result.moved:
        from lawcheck.render.cases import moved_words  # only where there are cases

        yield from moved_words(result.moved)
