"""The year's report put together: a plan's phrases filled with figures, rows and cases, in the order of its headings.

A plan is the bureau's own: headings of up to three levels, and under each its paragraphs, made of sentences. A sentence
has fields between braces: `{cases_total}` the figure as it reads, `{cases_total.growth}` a part of it, `{PL-01.done}`
how many rows, `{ES-22.rate}` a rate, `{AJ.opened}` cases, `{year}` what the report is about. What is missing stays a
visible gap; what a sentence claims to be done must be done for the sentence to stand. Required content of the report:
法治政府建设与责任落实督察工作规定 art 25.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple

from lawcheck.core.figure import FigureValue, Qualifier
from lawcheck.core.growth import Growth
from lawcheck.core.rate import RateValue
from lawcheck.core.totals import Totals
from lawcheck.core.year_cases import CaseTally

Place = tuple[int, int]
"""Line and column in the plan's file."""
LISTS = ("done", "partial", "overdue", "returned", "unfinished")
"""Rows that a sentence can list: done, partly done, past their day, sent back by the reviewer, all not finished."""
LEVELS = 3
_FIELD = re.compile(r"\{([^{}]*)\}")
_NUMERALS = "零一二三四五六七八九十"
_STOPS = "。；;.，, \n"


class Sentence(NamedTuple):
    """A sentence of a plan.

    It stands only if the items of `done` are done, one row at least of those of `begun` is done or partly done, and the
    figures of `known` have a value; else `otherwise` stands, if there is any. With `rows` or `figures` its field
    `{list}` lists rows, or the figures of a section, each by the phrase `each`; without any of them it does not stand.
    """

    text: str
    place: Place
    done: tuple[str, ...] = ()
    begun: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    otherwise: str | None = None
    rows: str | None = None
    of: tuple[str, ...] = ()
    figures: str | None = None
    each: str | None = None
    join: str | None = None
    most: int | None = None


Paragraph = tuple[Sentence, ...]


class Part(NamedTuple):
    """A heading of the report with its paragraphs and the headings under it."""

    heading: Sentence
    say: tuple[Paragraph, ...]
    parts: "tuple[Part, ...]"


class Plan(NamedTuple):
    """What a report says, in which order; `words` are the phrases for qualifiers, days, growth and gaps."""

    path: str
    title: Sentence
    to: Sentence | None
    opening: tuple[Paragraph, ...]
    parts: tuple[Part, ...]
    signed: Sentence
    words: dict[str, str]


class Told(NamedTuple):
    """A figure of this year with that of the year before, where there is one, and its growth where both compare."""

    figure: FigureValue
    last: FigureValue | None = None
    growth: Growth | None = None


class ListedItem(NamedTuple):
    """The rows of one item that a list names: how many, the earliest day, what is left, why the reviewer sent back."""

    code: str
    template: str
    section: str
    title: str
    refs: tuple[str, ...]
    units: tuple[str, ...]
    due: date | None
    left: str | None
    why: str | None


class Facts(NamedTuple):
    """All that a report can tell of a year as of a day.

    `tallies` count rows by item, by template and, as `all`, all.
    """

    year: int
    as_of: date
    signed_on: date
    bureau: str
    figures: dict[str, Told]
    rates: dict[str, RateValue]
    tallies: dict[str, Totals]
    lists: dict[str, tuple[ListedItem, ...]]
    cases: dict[str, CaseTally]


MANY = 20
"""How many rows are named as the source of a number, with their entries; of more it is said how many there are."""


class Origin(NamedTuple):
    """What a number rests on: a figure, a rate, rows, cases or a list, by its name, and which part of it.

    What is said because items are done or begun is a `claim`; its `refs` are their codes.
    """

    what: str
    name: str
    part: str
    refs: tuple[str, ...] = ()


class Piece(NamedTuple):
    """A stretch of text; `source` is the number of its origin, from 1, 0 for plain words."""

    text: str
    source: int = 0
    gap: bool = False


class Block(NamedTuple):
    """A paragraph as it is printed: `kind` is title, to, heading, body, signed or date; headings have a level."""

    kind: str
    pieces: tuple[Piece, ...]
    level: int = 0

    def text(self) -> str:
        """Return its words."""
        return "".join(piece.text for piece in self.pieces)


class Gap(NamedTuple):
    """Something that is missing: its name, its title, and the heading under which it stands."""

    name: str
    title: str
    heading: str


class Composed(NamedTuple):
    """A report put together; `unknown` are fields and names of the plan that the year does not know."""

    blocks: tuple[Block, ...]
    gaps: tuple[Gap, ...]
    origins: tuple[Origin, ...]
    unknown: tuple[tuple[str, Place], ...]


def compose(plan: Plan, facts: Facts) -> Composed:
    """Put a report together from its plan and the facts of the year."""
    return _Composer(plan, facts).composed()


class _Composer:
    """One report in the making."""

    def __init__(self, plan: Plan, facts: Facts) -> None:
        self.plan, self.facts = plan, facts
        self.blocks: list[Block] = []
        self.gaps: list[Gap] = []
        self.origins: dict[Origin, int] = {}
        self.unknown: list[tuple[str, Place]] = []
        self.heading = ""
        day = self._day(facts.as_of, whole=True)
        self.plain = {
            "bureau": facts.bureau,
            "year": str(facts.year),
            "last_year": str(facts.year - 1),
            "next_year": str(facts.year + 1),
            "as_of": day,
        }

    def composed(self) -> Composed:
        plan = self.plan
        self._block("title", plan.title)
        if plan.to is not None:
            self._block("to", plan.to)
        self._paragraphs(plan.opening)
        self._parts(plan.parts, 1)
        self._block("signed", plan.signed)
        self.blocks.append(Block("date", (Piece(self._day(self.facts.signed_on, whole=True)),)))
        return Composed(tuple(self.blocks), tuple(self.gaps), tuple(self.origins), tuple(self.unknown))

    # --- headings and paragraphs --------------------------------------------------------------

    def _block(self, kind: str, sentence: Sentence) -> None:
        self.blocks.append(Block(kind, tuple(self._filled(sentence.text, sentence.place))))

    def _parts(self, parts: Iterable[Part], level: int) -> None:
        for number, part in enumerate(parts, start=1):
            pieces = self._filled(part.heading.text, part.heading.place)
            self.heading = numbered(number, level) + "".join(piece.text for piece in pieces)
            self.blocks.append(Block("heading", (Piece(numbered(number, level)), *pieces), level))
            said = self._paragraphs(part.say)
            self._parts(part.parts, level + 1)
            if not (said or part.parts):
                self.blocks.append(Block("body", (self._gap(part.heading.text, self.plan.words["content"]),)))

    def _paragraphs(self, paragraphs: Iterable[Paragraph]) -> bool:
        said = False
        for paragraph in paragraphs:
            pieces = [piece for sentence in paragraph for piece in self._sentence(sentence)]
            if pieces:
                self.blocks.append(Block("body", tuple(pieces)))
                said = True
        return said

    # --- sentences ----------------------------------------------------------------------------

    def _sentence(self, sentence: Sentence) -> list[Piece]:
        if not self._stands(sentence):
            return self._filled(sentence.otherwise, sentence.place) if sentence.otherwise else []
        if sentence.rows is not None:
            return self._rows(sentence, sentence.rows)
        if sentence.figures is not None:
            return self._figures(sentence, sentence.figures)
        return self._claimed(sentence, self._filled(sentence.text, sentence.place))

    def _claimed(self, sentence: Sentence, pieces: list[Piece]) -> list[Piece]:
        """Return the pieces of a sentence; its first plain words lead to the items because of which it is said."""
        for what, codes in (("done", sentence.done), ("begun", sentence.begun)):
            place = next((n for n, one in enumerate(pieces) if not one.source and not one.gap), None)
            if codes and place is not None:
                source = self._source(Origin("claim", what, "", tuple(codes)))
                pieces[place] = pieces[place]._replace(source=source)
        return pieces

    def _stands(self, sentence: Sentence) -> bool:
        """Tell whether what a sentence claims is so; names that the year does not know are noted."""
        stands = True
        for code in sentence.done:
            tally = self._tally(code, sentence.place)
            stands &= tally is not None and tally.rows > tally.na and tally.done == tally.rows - tally.na
        for code in sentence.begun:
            tally = self._tally(code, sentence.place)
            stands &= tally is not None and tally.done + tally.partial > 0
        for key in sentence.known:
            told = self.facts.figures.get(key)
            if told is None:
                self.unknown.append((key, sentence.place))
            stands &= told is not None and told.figure.value is not None
        return stands

    def _tally(self, code: str, place: Place) -> Totals | None:
        tally = self.facts.tallies.get(code)
        if tally is None:
            self.unknown.append((code, place))
        return tally

    def _rows(self, sentence: Sentence, what: str) -> list[Piece]:
        names = set(sentence.of)
        items = [one for one in self.facts.lists[what] if not names or names & {one.code, one.template, one.section}]
        if not items:
            return self._filled(sentence.otherwise, sentence.place) if sentence.otherwise else []
        shown = items[: sentence.most] if sentence.most else items
        each = sentence.each or "{title}"
        pieces: list[Piece] = []
        for item in shown:
            if pieces:
                pieces.append(Piece(self._join(sentence, "，" if sentence.each is None else "；")))
            pieces += self._filled(each, sentence.place, self._of_item(item))
        if len(shown) < len(items):
            pieces.append(Piece(self.plan.words["more"].replace("{n}", str(len(items)))))
        refs = tuple(ref for item in items for ref in item.refs)
        source = self._source(Origin("list", what, "", refs))
        counts = {"count": Piece(str(len(refs)), source), "items": Piece(str(len(items)), source)}
        return self._filled(sentence.text, sentence.place, {"list": pieces, **{k: [v] for k, v in counts.items()}})

    def _join(self, sentence: Sentence, default: str) -> str:
        return default if sentence.join is None else sentence.join

    def _of_item(self, item: ListedItem) -> dict[str, list[Piece]]:
        """Return what the phrase for one item of a list can say."""
        source = self._source(Origin("list", item.code, "", item.refs))
        words = {
            "title": item.title,
            "due": self._day(item.due, whole=item.due.year != self.facts.year)
            if item.due
            else self.plan.words["no-day"],
            "left": (item.left or "").rstrip(_STOPS),
            "why": (item.why or "").rstrip(_STOPS),
            "unit": "、".join(item.units),
        }
        return {name: [Piece(text)] for name, text in words.items()} | {"n": [Piece(str(len(item.refs)), source)]}

    def _figures(self, sentence: Sentence, section: str) -> list[Piece]:
        """List the figures of a section, the missing ones as gaps."""
        of_section = [told for told in self.facts.figures.values() if told.figure.section == section]
        if not of_section:
            return self._filled(sentence.otherwise, sentence.place) if sentence.otherwise else []
        pieces: list[Piece] = []
        for told in of_section:
            if pieces:
                pieces.append(Piece(self._join(sentence, "，")))
            local = {"title": [Piece(told.figure.title_zh)], "value": [self._figure(told, "")]}
            pieces += self._filled(sentence.each or self._each(told.figure), sentence.place, local)
        return self._filled(sentence.text, sentence.place, {"list": pieces})

    def _each(self, figure: FigureValue) -> str:
        """Return the phrase for one figure of a list: 为 stands before a bare number, and not before 约 or 超过."""
        phrase = self.plan.words[figure.qualifier or Qualifier.EXACT.value]
        return "{title}为{value}" if phrase.startswith("{value}") else "{title}{value}"

    # --- fields -------------------------------------------------------------------------------

    def _filled(self, text: str, place: Place, local: "dict[str, list[Piece]] | None" = None) -> list[Piece]:
        """Return a text with its fields filled."""
        pieces: list[Piece] = []
        end = 0
        for match in _FIELD.finditer(text):
            if match.start() > end:
                pieces.append(Piece(text[end : match.start()]))
            pieces += self._field(match[1].strip(), place, local or {})
            end = match.end()
        if text[end:]:
            pieces.append(Piece(text[end:]))
        return pieces

    def _field(self, name: str, place: Place, local: "dict[str, list[Piece]]") -> list[Piece]:
        if name in local:
            return local[name]
        if name in self.plain:
            return [Piece(self.plain[name])]
        whole, _, part = name.partition(".")
        facts = self.facts
        if whole in facts.figures and part in _OF_FIGURE:
            return [self._figure(facts.figures[whole], part)]
        if whole in facts.rates and part in _OF_RATE:
            return [self._rate(facts.rates[whole], part)]
        if whole in facts.tallies and part in _OF_ROWS:
            return [self._count("rows", whole, part)]
        if whole in facts.cases and part in CaseTally._fields:
            return [self._count("cases", whole, part)]
        self.unknown.append((name, place))
        return [Piece("{" + name + "}")]

    def _source(self, origin: Origin) -> int:
        return self.origins.setdefault(origin, len(self.origins) + 1)

    def _gap(self, name: str, what: str) -> Piece:
        self.gaps.append(Gap(name, what, self.heading))
        return Piece(self.plan.words["gap"].replace("{what}", what), gap=True)

    def _count(self, what: str, name: str, part: str) -> Piece:
        held = self.facts.cases[name] if what == "cases" else self.facts.tallies[name]
        value = held.percent() if part == "percent" and isinstance(held, Totals) else str(getattr(held, part))
        text = "" if value is None else value + ("%" if part == "percent" else "")
        if not text:
            return self._gap(f"{name}.{part}", name)
        return Piece(text, self._source(Origin(what, name, part)))

    def _rate(self, rate: RateValue, part: str) -> Piece:
        percent = rate.percent()
        number = {"met": rate.met, "of": rate.of}.get(part)
        text = (percent and f"{percent}%") if part == "rate" else None if number is None else f"{number:f}"
        if not text or rate.exceeds():
            return self._gap(f"{rate.code}.{part}", rate.title_zh)
        return Piece(text, self._source(Origin("rate", rate.code, part)))

    def _figure(self, told: Told, part: str) -> Piece:
        figure = told.figure
        text = _OF_FIGURE[part](self, told)
        if text is None:
            suffix = self.plan.words.get(f"gap-{part}", "")
            return self._gap(f"{figure.key}.{part}" if part else figure.key, figure.title_zh + suffix)
        return Piece(text, self._source(Origin("figure", figure.key, part)))

    # --- how figures read ---------------------------------------------------------------------

    def _qualified(self, figure: FigureValue | None) -> str | None:
        """Return a figure as it reads: how exact, value, measure."""
        value = _plain(figure)
        if figure is None or value is None:
            return None
        phrase = self.plan.words[figure.qualifier or Qualifier.EXACT.value]
        return phrase.replace("{value}", value)

    def _value(self, told: Told) -> str | None:
        return self._qualified(told.figure)

    def _last(self, told: Told) -> str | None:
        return self._qualified(told.last)

    def _bare(self, told: Told) -> str | None:
        return _plain(told.figure)

    def _target(self, told: Told) -> str | None:
        target = told.figure.target
        return None if target is None else target + told.figure.measure_zh

    def _growth(self, told: Told) -> str | None:
        grown = told.growth
        if grown is None:
            return None
        way = "same" if not grown.value else "up" if grown.value > 0 else "down"
        number = f"{abs(grown.value):f}"
        number = number.rstrip("0").rstrip(".") if "." in number else number
        exact = Qualifier.EXACT.value
        inexact = {told.figure.qualifier or exact, (told.last and told.last.qualifier) or exact} - {exact}
        amount = number if grown.in_points else f"{number}%"
        if inexact:
            amount = self.plan.words["about"].replace("{value}", amount)
        name = f"points-{way}" if grown.in_points and grown.value else f"growth-{way}"
        return self.plan.words[name].replace("{percent}", amount).replace("{points}", amount)

    def _period(self, told: Told) -> str | None:
        begins, ends = told.figure.from_date, told.figure.to_date
        if ends is None:
            return None
        words = self.plan.words
        if begins is None:
            return words["cut-off"].replace("{day}", self._day(ends, whole=ends.year != self.facts.year))
        if (begins.month, begins.day, ends.month, ends.day) == (1, 1, 12, 31):
            return words["whole-year"]
        first, last = (self._day(day, whole=day.year != self.facts.year) for day in (begins, ends))
        return words["period"].replace("{begins}", first).replace("{ends}", last)

    def _day(self, day: date, *, whole: bool) -> str:
        phrase = self.plan.words["whole-day" if whole else "day"]
        numbers = {"{year}": day.year, "{month}": day.month, "{day}": day.day}
        for field, number in numbers.items():
            phrase = phrase.replace(field, str(number))
        return phrase


_OF_FIGURE: dict[str, Callable[[_Composer, Told], str | None]] = {
    "": _Composer._value,  # noqa: SLF001  # the parts of a figure, by name
    "value": _Composer._bare,  # noqa: SLF001
    "last": _Composer._last,  # noqa: SLF001
    "growth": _Composer._growth,  # noqa: SLF001
    "target": _Composer._target,  # noqa: SLF001
    "period": _Composer._period,  # noqa: SLF001
}
_OF_RATE = ("met", "of", "rate")
_OF_ROWS = ("rows", "done", "partial", "open", "na", "late", "overdue", "percent")


def _plain(figure: FigureValue | None) -> str | None:
    if figure is None or figure.value is None:
        return None
    return figure.value + figure.measure_zh


def numbered(number: int, level: int) -> str:
    """Return the number before a heading: `一、`, `（一）`, `1.` (GB/T 9704-2012, 7.3.3)."""
    if level == 1:
        return f"{chinese_number(number)}、"
    return f"（{chinese_number(number)}）" if level == 2 else f"{number}."


def chinese_number(number: int) -> str:
    """Return a number from 1 to 99 in Chinese: 11 is 十一, 20 is 二十."""
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_NUMERALS[tens]}十"
    return head + (_NUMERALS[ones] if ones else "")
