"""The shape of the library's files, one pydantic model a thing; also the source of the JSON Schemas for editors."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag


def _as_text(value: object) -> object:
    """Take an unquoted number where a text is meant, such as `articles: 5`."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Words = Annotated[str, Field(min_length=1, max_length=2000, pattern=r"\S")]
Short = Annotated[str, BeforeValidator(_as_text), Field(min_length=1, max_length=300)]
Code = Annotated[str, Field(pattern=r"^[A-Z]{2}-[0-9]{2,3}$", examples=["PL-03"])]
CountedOf = Annotated[str, Field(pattern=r"^[A-Z]{2}(-[0-9]{2,3})?$", examples=["PL", "PL-03"])]
TemplateCode = Annotated[str, Field(pattern=r"^[A-Z]{2}$", examples=["PL"])]
Slug = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$", examples=["power-list"])]
Key = Annotated[str, Field(pattern=r"^[a-zA-Z][a-zA-Z0-9_]{0,59}$", examples=["cases_total"])]
MonthDay = Annotated[str, Field(pattern=r"^(0[1-9]|1[0-2])-[0-3][0-9]$", examples=["03-15"])]
Due = Annotated[
    str,
    Field(
        pattern=r"^(by period end|(by|before) (0[1-9]|1[0-2])-[0-3][0-9]( next year)?)$",
        examples=["by 12-31", "by 01-31 next year", "before 03-01 next year", "by period end"],
    ),
]
Day = Annotated[str, Field(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$", examples=["2026-03-05"])]
PartDay = Annotated[
    str,
    BeforeValidator(_as_text),
    Field(pattern=r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$", examples=["2021", "2021-07"]),
]
Year = Annotated[int, Field(ge=1949, le=2200)]
ClockId = Annotated[
    str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}(\.[a-z][a-z0-9-]{0,19})?$", examples=["review", "criminal.file"])
]
FactName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$", examples=["warning_only"])]
CaseItemCode = Annotated[str, Field(pattern=r"^[A-Z0-9]{2,8}$", examples=["PUB"])]
Term = Annotated[
    str,
    Field(
        min_length=1,
        max_length=60,
        examples=["within 7 wd", "within 15 d, rolls", "at least 7 wd before", "lasts at least 30 d", "after 10 wd"],
    ),
]
UnitCode = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9]{0,11}$", examples=["ZF"])]


class Shape(BaseModel):
    """A mapping that holds its own keys and no others."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class TextShape(Shape):
    """A text in both languages."""

    zh: Words
    en: Words


class CountedShape(Shape):
    """How the register counts a figure: cases whose first milestone `by` lies in the year, or rows of those cases."""

    case: TemplateCode
    by: Slug
    fact: FactName | None = None
    row: CaseItemCode | Annotated[list[CaseItemCode], Field(min_length=1, max_length=9)] | None = None
    which: Literal["all", "due", "in-time"] | None = None


class RowsCountedShape(Shape):
    """How the register counts a figure from rows of the year: of these items or templates, all, done or overdue."""

    of: CountedOf | Annotated[list[CountedOf], Field(min_length=1, max_length=50)]
    which: Literal["all", "done", "overdue"] = "done"


class RateCountedShape(Shape):
    """How the register reckons a figure: one figure in per cent of another."""

    met: Key
    of: Key


class FigureShape(Shape):
    """A quantity that the report or a rate needs; one at most of the last four says how it is answered or bounded."""

    key: Key
    title: TextShape
    measure: TextShape
    adds: Literal["sum", "last"] = "sum"
    section: Slug
    counted: CountedShape | None = None
    rows: RowsCountedShape | None = None
    rate: RateCountedShape | None = None
    share: Annotated[bool, Field(description="A share of a whole in per cent: 0 to 100.")] = False


class RateShape(Shape):
    """A case item's rate: two figures of the same template, and what it has to reach."""

    met: Key
    of: Key
    at_least: Annotated[str, Field(pattern=r"^(100|[0-9]{1,2})(\.[0-9]+)?%$", examples=["100%"])]


class YearsShape(Shape):
    """The years in which an item itself lives, where that is not its law's doing."""

    first: Annotated[Year | None, Field(alias="from")] = None
    last: Annotated[Year | None, Field(alias="to")] = None


class BasisShape(Shape):
    """Law and article; `articles` and `read_in` one text for every version, or by the id of a version."""

    law: Slug
    articles: Short | dict[str, Short] | None = None
    only: list[Short] | None = None
    certainty: Literal["read", "recalled", "not-found"]
    read_in: Short | dict[str, Short] | None = None


class PracticeShape(Shape):
    """Where a practice comes from."""

    origin: Annotated[Short, Field(alias="from")]
    place: Short | None = None
    note: TextShape | None = None


class ItemShape(Shape):
    """A duty; with `review` somebody else than those who did it confirms that it is done."""

    code: Code
    title: TextShape
    standard: TextShape
    evidence: TextShape
    duty: Slug
    co_duties: Annotated[list[Slug], Field(alias="with")] = []
    each: bool = False
    kind: Literal["yearly", "periodic", "occasion", "case"]
    every: Literal["month", "quarter", "half-year", "dates"] | None = None
    dates: Annotated[list[MonthDay], Field(min_length=1, max_length=60)] | None = None
    due: Due | None = None
    due_from: Literal["law", "practice"] | None = None
    deadline: TextShape | None = None
    clock: ClockId | None = None
    rate: RateShape | None = None
    weight: Annotated[int, Field(ge=1, le=100)]
    section: Slug
    years: YearsShape | None = None
    basis: list[BasisShape] = []
    source: PracticeShape | None = None
    review: bool = False
    note: TextShape | None = None


class TemplateFile(Shape):
    """A checklist template of lawcheck: the duties of one area."""

    template: TemplateCode
    span: Annotated[Literal["year"], Field(alias="for")]
    title: TextShape
    about: TextShape
    figures: list[FigureShape] = []
    items: Annotated[list[ItemShape], Field(min_length=1)]


class ExtensionShape(Shape):
    """How far a term may be extended, in the rule's own unit, how often and by whom; `further` by whom beyond that."""

    amount: Annotated[int, Field(ge=1, le=9999)] | None = None
    times: Annotated[int, Field(ge=1, le=99)] | None = None
    approval: TextShape
    further: TextShape | None = None


class TargetShape(Shape):
    """A stricter term beside the limit."""

    rule: Term
    basis: list[BasisShape] = []
    note: TextShape | None = None


class ClockRuleShape(Shape):
    """One term of a clock with the law that sets it; it applies on days on which that law is in force."""

    rule: Term
    basis: list[BasisShape] = []
    source: PracticeShape | None = None
    extend: ExtensionShape | None = None
    pauses: list[Slug] = []
    target: TargetShape | None = None
    note: TextShape | None = None


class TransitionShape(Shape):
    """A change of law without a rule of transition: the bureau's choice for events before a day."""

    choice: Slug
    milestone: Slug
    before: Day


class ClockShape(Shape):
    """A term of the law with its rules, oldest first, and the event from which it runs, in words."""

    title: TextShape
    starts: TextShape
    rules: Annotated[list[ClockRuleShape], Field(min_length=1)]
    transition: TransitionShape | None = None
    note: TextShape | None = None


class ChoiceShape(Shape):
    """A question that no text answers, with its answers, the default first."""

    title: TextShape
    answers: dict[Slug, TextShape]


class ClocksFile(Shape):
    """The terms that the law sets for the steps of a case, why they stand still, and what a bureau may choose."""

    pauses: dict[Slug, TextShape]
    choices: dict[Slug, ChoiceShape]
    clocks: dict[ClockId, ClockShape]


class FactShape(Shape):
    """Something about a case that is true or not."""

    name: FactName
    title: TextShape


class DerivedShape(Shape):
    """A milestone that follows from another by law."""

    milestone: Slug
    rule: Term


class ExpectedShape(Shape):
    """A step that a milestone rests on, if the facts are so; of several milestones one is enough."""

    milestone: Slug | Annotated[list[Slug], Field(min_length=2, max_length=9)]
    when: list[FactName] = []
    unless: list[FactName] = []


class MilestoneShape(Shape):
    """A dated event of a case."""

    name: Slug
    title: TextShape
    after: list[Slug] = []
    not_before: list[Slug] = []
    expects: list[ExpectedShape] = []
    planned: bool = False
    timed: bool = False
    derived: list[DerivedShape] = []


class CaseItemShape(Shape):
    """A duty in every case of a kind; `review` as for a duty of a year."""

    code: CaseItemCode
    title: TextShape
    standard: TextShape
    evidence: TextShape
    duty: Slug
    when: list[FactName] = []
    unless: list[FactName] = []
    clock: ClockId | None = None
    starts: Slug | None = None
    ends: Slug | None = None
    weight: Annotated[int, Field(ge=1, le=100)]
    basis: list[BasisShape] = []
    source: PracticeShape | None = None
    review: bool = False
    note: TextShape | None = None


class CaseFile(Shape):
    """A case template of lawcheck: the facts, milestones and duties of one kind of case."""

    template: TemplateCode
    span: Annotated[Literal["case"], Field(alias="for")]
    title: TextShape
    about: TextShape
    opens: Slug
    closes: Slug | None = None
    facts: list[FactShape] = []
    milestones: Annotated[list[MilestoneShape], Field(min_length=1)]
    items: Annotated[list[CaseItemShape], Field(min_length=1)]


class LawDateShape(Shape):
    """A date of law with its precision (by its length) and certainty; `by` where only a later trace is known."""

    date: PartDay | None = None
    certainty: Literal["read", "recalled", "not-found"]
    by: PartDay | None = None


class VersionShape(Shape):
    """One text of a law; `successor` names the law that follows, or `not-found` where it was looked for in vain."""

    id: Short
    title: TextShape | None = None
    number: Short | None = None
    number_certainty: Literal["read", "recalled", "not-found"]
    issued: LawDateShape
    begins: Annotated[LawDateShape, Field(alias="from")]
    ends: Annotated[LawDateShape | None, Field(alias="to")] = None
    ended: Literal["repealed", "superseded", "plan-ended", "unknown"] | None = None
    successor: Slug | None = None
    read_in: list[Short]
    read: Short | None = None
    note: TextShape | None = None


class LawShape(Shape):
    """A law with its versions, oldest first; `uncited` says why no item rests on it, where none does."""

    title: TextShape
    level: Literal["statute", "regulation", "rule", "local", "policy"]
    issuer: TextShape
    note: TextShape | None = None
    uncited: TextShape | None = None
    versions: Annotated[list[VersionShape], Field(min_length=1)]


class SourceShape(Shape):
    """Where texts were read, or where a practice comes from."""

    title: TextShape
    place: Short | None = None
    snapshot: PartDay | None = None


class LawsFile(Shape):
    """The registry of laws and sources."""

    sources: dict[str, SourceShape]
    laws: dict[str, LawShape]


class DutiesFile(Shape):
    """The duties that items may name."""

    duties: dict[str, TextShape]


class UnitShape(Shape):
    """A section, office or sub-district of the bureau."""

    code: UnitCode
    name: TextShape


class PersonShape(Shape):
    """Somebody of the bureau."""

    id: Annotated[str, Field(pattern=r"^[^\s\x00-\x1f]{1,40}$", examples=["lihua"])]
    name: Short
    unit: UnitCode
    reviews: bool = False
    begins: Annotated[Day | None, Field(alias="from")] = None
    ends: Annotated[Day | None, Field(alias="to")] = None


class SectionShape(Shape):
    """A heading of the bureau's report."""

    key: Slug
    number: Short
    title: TextShape


class BureauFile(Shape):
    """A bureau of lawcheck: units, people, who holds which duty, sections and figures of its report."""

    name: TextShape
    units: Annotated[list[UnitShape], Field(min_length=1)]
    people: list[PersonShape] = []
    duties: dict[str, UnitCode | Annotated[list[UnitCode], Field(min_length=1)]]
    sections: list[SectionShape] = []
    figures: list[FigureShape] = []
    choices: dict[Slug, Slug] = {}
    typed: Annotated[
        list[Key],
        Field(description="Figures reported by hand although cases or rows of the register could answer them."),
    ] = []
    report: Annotated[
        str | None,
        Field(pattern=r"^[^/\\]{1,100}\.ya?ml$", description="The plan of its report, a file beside this one."),
    ] = None


class StepShape(Shape):
    """One thing that was done, left or said in a demonstration year: exactly one of the first four keys.

    `left` stands in the report of the year, and so in Chinese.
    """

    tick: Short | Annotated[list[Short], Field(min_length=1)] | None = None
    partial: Short | Annotated[list[Short], Field(min_length=1)] | None = None
    occasion: Code | None = None
    note: Short | None = None
    on: Day | Literal["unstated"] | None = None
    left: Short | None = None
    text: TextShape | None = None


class DemoFigureShape(Shape):
    """One figure entry of a demonstration year; `text` says where it was read."""

    key: Key
    value: Short
    begins: Annotated[Day | None, Field(alias="from")] = None
    ends: Annotated[Day | None, Field(alias="to")] = None
    qualifier: Literal["exact", "about", "more-than", "at-best", "cumulative", "counted", "inferred"] = "exact"
    text: TextShape | None = None


class DemoFile(Shape):
    """A demonstration year."""

    year: Year
    today: Day
    person: Short
    templates: list[TemplateCode]
    steps: list[StepShape]
    figures: list[DemoFigureShape]


Notice = Annotated[str, Field(min_length=1, max_length=60, pattern=r"\S", examples=["国办发明电〔2025〕7号"])]


class OffShape(Shape):
    """A stretch of days off, as the notice gives it, with the name of its holiday; one day has from and to alike."""

    begins: Annotated[Day, Field(alias="from")]
    ends: Annotated[Day, Field(alias="to")]
    name: TextShape
    notice: Annotated[Notice | None, Field(description="The later notice that changed these days.")] = None


class WorkedShape(Shape):
    """A Saturday or Sunday that is worked; `for` is the Chinese name of the holiday it makes up for."""

    day: Day
    holiday: Annotated[Words, Field(alias="for")]
    notice: Annotated[Notice | None, Field(description="The later notice that changed this day.")] = None


class HolidayFile(Shape):
    """A year's days off and worked weekend days, as the State Council's notice has them."""

    year: Year
    notice: Notice | None = None
    certainty: Literal["read", "recalled", "not-found"] = "read"
    read_in: Short | None = None
    off: Annotated[list[OffShape], Field(min_length=1, max_length=60)]
    worked: Annotated[list[WorkedShape], Field(max_length=60)] = []


Text = Annotated[str, BeforeValidator(_as_text), Field(min_length=1, max_length=5000, pattern=r"\S")]
Named = Short | Annotated[list[Short], Field(min_length=1, max_length=50)]


class SentenceShape(Shape):
    """A sentence that stands only where something is so, or that lists rows or figures."""

    text: Text
    done: Annotated[Named | None, Field(description="Items that must be done for the sentence to stand.")] = None
    begun: Annotated[Named | None, Field(description="Items of which a row at least is done or partly done.")] = None
    known: Annotated[Named | None, Field(description="Figures that must have a value.")] = None
    otherwise: Annotated[Text | None, Field(description="What stands where the sentence does not.")] = None
    rows: Annotated[
        Literal["done", "partial", "overdue", "returned", "unfinished"] | None,
        Field(description="The rows that {list} names, {count} counts and whose items {items} counts."),
    ] = None
    of: Annotated[Named | None, Field(description="Only rows of these templates, items or sections.")] = None
    figures: Annotated[Slug | None, Field(description="The section whose figures {list} names.")] = None
    each: Annotated[
        Text | None,
        Field(description="One of the list: {title}, and {n} {due} {left} {why} {unit} of rows, {value} of figures."),
    ] = None
    join: Annotated[str | None, Field(max_length=10, description="What stands between two of the list.")] = None
    most: Annotated[int | None, Field(ge=1, le=1000, description="How many of the list are named.")] = None


def _said_as(value: object) -> str:
    """Tell by its kind what is meant: so a fault in a sentence is told, and not that it is no text."""
    return "sentence" if isinstance(value, dict) else "paragraph" if isinstance(value, list) else "text"


Said = Annotated[Annotated[Text, Tag("text")] | Annotated[SentenceShape, Tag("sentence")], Discriminator(_said_as)]
ParagraphShape = Annotated[
    Annotated[Text, Tag("text")]
    | Annotated[SentenceShape, Tag("sentence")]
    | Annotated[list[Said], Field(min_length=1, max_length=200), Tag("paragraph")],
    Discriminator(_said_as),
]


class ThirdPartShape(Shape):
    """A heading of the third level."""

    heading: Text
    say: list[ParagraphShape] = []


class SecondPartShape(Shape):
    """A heading of the second level."""

    heading: Text
    say: list[ParagraphShape] = []
    parts: list[ThirdPartShape] = []


class FirstPartShape(Shape):
    """A heading of the first level."""

    heading: Text
    say: list[ParagraphShape] = []
    parts: list[SecondPartShape] = []


class ReportWordsShape(Shape):
    """The phrases for how exact a figure is, its days, its growth, and for what is missing."""

    exact: Text = "{value}"
    about: Text = "约{value}"
    more_than: Annotated[Text, Field(alias="more-than")] = "超过{value}"
    at_best: Annotated[Text, Field(alias="at-best")] = "最快{value}"
    cumulative: Text = "累计{value}"
    counted: Text = "{value}（按列举计）"
    inferred: Text = "{value}（推算）"
    growth_up: Annotated[Text, Field(alias="growth-up")] = "同比增长{percent}"
    growth_down: Annotated[Text, Field(alias="growth-down")] = "同比下降{percent}"
    points_up: Annotated[Text, Field(alias="points-up")] = "同比提高{points}个百分点"
    points_down: Annotated[Text, Field(alias="points-down")] = "同比降低{points}个百分点"
    growth_same: Annotated[Text, Field(alias="growth-same")] = "与上年持平"
    day: Text = "{month}月{day}日"
    whole_day: Annotated[Text, Field(alias="whole-day")] = "{year}年{month}月{day}日"
    no_day: Annotated[Text, Field(alias="no-day")] = "未定期限"
    cut_off: Annotated[Text, Field(alias="cut-off")] = "截至{day}"
    period: Text = "{begins}至{ends}"
    whole_year: Annotated[Text, Field(alias="whole-year")] = "全年"
    more: Text = "等{n}项"
    gap: Text = "【待补：{what}】"
    content: Text = "本部分内容"
    gap_last: Annotated[Text, Field(alias="gap-last")] = "的上年数"
    gap_growth: Annotated[Text, Field(alias="gap-growth")] = "的同比增幅"
    gap_target: Annotated[Text, Field(alias="gap-target")] = "的目标数"
    gap_period: Annotated[Text, Field(alias="gap-period")] = "的统计期"


class ReportFile(Shape):
    """A plan of the year's report: its headings, and the sentences under each."""

    title: Text
    to: Text | None = None
    opening: list[ParagraphShape] = []
    parts: Annotated[list[FirstPartShape], Field(min_length=1, max_length=40)]
    signed: Text = "{bureau}"
    words: ReportWordsShape = ReportWordsShape()
