"""The words for closed vocabularies and for days, counts and people, in the language spoken now."""

import re
from datetime import date
from typing import TYPE_CHECKING

from lawcheck.core.row import Row
from lawcheck.core.words import State
from lawcheck.render.grid import Cell
from lawcheck.render.language import N_, _, is_chinese, pick, plural
from lawcheck.render.safe import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lawcheck.core.calendar import Calendar
    from lawcheck.core.journal import Change
    from lawcheck.service.reviews import Said

STATES = {"open": N_("open"), "partial": N_("partial"), "done": N_("done"), "na": N_("n/a")}
CASE_STATES = {"open": N_("in hand"), "closed": N_("closed")}
KINDS = {"yearly": N_("yearly"), "periodic": N_("periodic"), "occasion": N_("on occasion"), "case": N_("in every case")}
REVIEWS = {"none": N_("not reviewed"), "accepted": N_("accepted"), "returned": N_("returned")}
EVIDENCE = {
    "file": N_("file"),
    "reference": N_("reference"),
    "link": N_("link"),
    "document": N_("document number"),
}
LEVELS = {
    "statute": N_("statute"),
    "regulation": N_("administrative regulation"),
    "rule": N_("ministerial rule"),
    "local": N_("local law or rule"),
    "policy": N_("policy paper"),
    "practice": N_("practice, not law"),
}
CERTAINTIES = {
    "read": N_("read in the text"),
    "recalled": N_("recalled, not read"),
    "not-found": N_("not found, not confirmed"),
}
ENDINGS = {
    "repealed": N_("repealed"),
    "superseded": N_("superseded"),
    "plan-ended": N_("plan period ended"),
    "unknown": N_("end not known"),
}
QUALIFIERS = {
    "exact": "",
    "about": N_("about"),
    "more-than": N_("more than"),
    "at-best": N_("at best"),
    "cumulative": N_("cumulative"),
    "counted": N_("counted from the text"),
    "inferred": N_("inferred"),
}
_NEAR = 20
"""Up to so many working days, the days that a holiday adds are worth telling."""
STATE_STYLES = {"done": "green", "partial": "yellow", "na": "dim", "open": ""}


_call = {"lawcheck": "lawcheck"}


def set_call(call: str) -> None:
    """Say how lawcheck is called from here, as far as it matters for pasting: with the register that was named."""
    _call["lawcheck"] = safe(call)


def pasteable(text: str) -> str:
    """Return a hint whose commands can be pasted as they stand."""
    return re.sub(r"\blawcheck (?=[a-z])", lambda _match: _call["lawcheck"] + " ", text)


def word(vocabulary: dict[str, str], value: str) -> str:
    """Return the word for a value of a vocabulary, the value itself where it has none."""
    message = vocabulary.get(value)
    return value if message is None else _(message) if message else ""


def title(row: Row) -> str:
    """Return the title of a row's item, with what happened where it is an occasion."""
    text = pick(row.title_zh, row.title_en)
    return f"{text} · {row.happening}" if row.happening else text


def day(value: date | None) -> str:
    """Return a day as ISO 8601, a dash where there is none."""
    return "-" if value is None else value.isoformat()


def measure(zh: str, en: str) -> str:
    """Return a measure with the space that English puts before it."""
    return zh if is_chinese() or zh == "%" else f" {en}"


def amount(value: str, zh: str, en: str) -> str:
    """Return an amount with its measure as people write it: `1619.14万元`; in English `16,191,400 yuan`."""
    if is_chinese():
        return value + zh
    for multiple, zeros in (("万", 4), ("亿", 8)):
        if value.endswith(multiple):
            whole, _point, part = value.removesuffix(multiple).partition(".")
            digits = whole + part[:zeros].ljust(zeros, "0") + ("." + part[zeros:] if part[zeros:] else "")
            head, point, tail = digits.partition(".")
            value = f"{int(head):,}{point}{tail}"
    return value + measure(zh, en)


def state_cell(row: Row) -> Cell:
    """Return a row's state for a table, with what makes it special: late, not dated, returned; and its evidence."""
    said = _state_cell(row)
    if not row.evidence:
        return said
    counted = plural("{n} evidence", "{n} evidence", len(row.evidence))
    return Cell(f"{said.text} · {counted}", said.style)


def _state_cell(row: Row) -> Cell:
    text, style = word(STATES, row.state), STATE_STYLES[row.state]
    if row.state == State.DONE and row.due is not None:
        if row.done_on is None:
            return Cell(f"{text} · {_('day not stated')}", style)
        if row.is_late():
            return Cell(f"{text} · {_('late')}", "yellow")
    if row.is_early():
        return Cell(f"{text} · {_('too early')}", "yellow")
    if row.review == "returned":
        return Cell(f"{text} · {_('returned')}", "bold red")
    return Cell(text, style)


def due_words(row: Row, today: date, calendar: "Calendar | None") -> str:
    """Return how far off the due date of an open row is: days when overdue, working days when ahead.

    Where a holiday makes the way there much longer than the working days say, the days stand beside them; a number
    that reaches into a year whose holidays are not known is marked.
    """
    if row.earliest is not None:
        return _("not before {day}").format(day=day(row.earliest))
    if row.due is None:
        return _("term in words: show") if row.occasion else _("no day fixed")
    days = (row.due - today).days
    if days < 0:
        return plural("{n} day overdue", "{n} days overdue", -days)
    if days == 0:
        return _("due today")
    left = row.working_days_left(today, calendar) or 0
    if not left:
        return _("due before the next working day")
    words = plural("{n} working day left", "{n} working days left", left)
    by_weekends = left + 2 * (left // 5 + 1)  # the most days that so many working days take without a holiday
    if left <= _NEAR and days > by_weekends + 2:
        words += plural(" ({n} day)", " ({n} days)", days)
    return words + (_("?") if row.reaches_unknown(today, calendar) else "")


def timeliness(row: Row) -> str:
    """Return in words whether a done row was in time, and how late it was recorded (补录)."""
    parts = []
    if row.done_on is None:
        parts.append(_("day not stated, so not counted as on time"))
    elif row.is_early():
        parts.append(_("too early: not before {day}").format(day=day(row.earliest)))
    elif row.due is None:
        parts.append(_("no day fixed"))
    elif row.is_late() and not row.days_late():
        parts.append(_("late by the hour: due at {time}").format(time=row.due_time))
    elif row.days_late():
        parts.append(plural("{n} day late", "{n} days late", row.days_late()))
    else:
        parts.append(_("on time"))
    if row.days_recorded_after():
        parts.append(plural("recorded {n} day later", "recorded {n} days later", row.days_recorded_after()))
    return _(", ").join(parts)


def said_data(said: "Said | None") -> dict[str, object]:
    """Return what a reviewer said of a row as JSON."""
    return {"review_by": None if said is None else said._asdict()}


def said_words(said: "Said") -> str:
    """Say what a reviewer said of a row: accepted or returned, who, when, why, and whether from the same account."""
    if said.why is None:
        words = _("accepted by {name} on {day}").format(name=safe(said.person), day=said.on_date)
    else:
        words = _("returned by {name} on {day}: {why}").format(
            name=safe(said.person), day=said.on_date, why=safe(said.why)
        )
    return words + (same_account_words() if said.same_account else "")


def same_account_words() -> str:
    """Say that who reviewed used the account of the operating system from which the work was done."""
    return f"{_(' (')}{_('reviewed from the same account of the operating system')}{_(')')}"


def fallen_words(fell: "Iterable[Change]") -> "Iterator[str]":
    """Say which acceptances fell away, from the changes that unmade them."""
    for change in fell:
        said: dict[str, object] = change.old  # type: ignore[assignment]
        yield _("Note: the acceptance of {key} by {person} ({day}) falls away").format(
            key=safe(change.key), person=safe(said["person"]), day=safe(said["on_date"])
        )


def fallen_data(fell: "Iterable[Change]") -> dict[str, object]:
    """Return as JSON which acceptances fell away; nothing where none did."""
    held = [{"key": change.key, **change.old} for change in fell]  # type: ignore[dict-item]
    return {"fell_away": held} if held else {}


def bar(percent: str | None, width: int = 10) -> str:
    """Return a bar of a percentage; full only at 100 %."""
    filled = 0 if percent is None else int(float(percent) * width / 100)
    return "#" * filled + "." * (width - filled)


def percent_text(percent: str | None) -> str:
    """Return a percentage, a dash where nothing applies."""
    return "-" if percent is None else f"{percent}%"


def size_words(size: int) -> str:
    """Return how large a file is, as people say it."""
    if size < 1024:
        return plural("{n} byte", "{n} bytes", size)
    units = ("KiB", "MiB", "GiB", "TiB")
    place = min((size.bit_length() - 1) // 10, len(units))
    return f"{size / 1024**place:.1f} {units[place - 1]}"


def evidence_kept(kind: str, name: str, place: str) -> str:
    """Return what there is of evidence of which no bytes are kept."""
    if kind == "reference":
        return _("the file lies at {place}").format(place=place)
    return f"{word(EVIDENCE, kind)} {name}"


def quoted(text: object, longest: int = 80) -> str:
    """Return what a user typed between quotation marks, shortened where it is long."""
    plain = safe(text)
    short = plain if len(plain) <= longest else plain[: longest - 3] + "..."
    return f"“{short}”" if is_chinese() else f"'{short}'"


def quoted_path(path: object) -> str:
    """Return a path between quotation marks, whole: its end tells files apart."""
    return quoted(path, 5000)
