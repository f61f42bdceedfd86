"""The schema, declared once. Every column is TEXT or INTEGER; dates and instants are ISO 8601, decimals their digits.

Imported only to generate `sqlite_sql.py` and by what runs through SQLAlchemy; never on the everyday path.
"""

from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    Text,
    literal_column,
)
from sqlmodel import Field, SQLModel

from lawcheck.core.figure import Adds, Qualifier
from lawcheck.core.law import Level
from lawcheck.core.words import EvidenceKind, Kind, Review, State

UNFINISHED = "state IN ('open', 'partial')"
"""The condition of the partial index over open rows; statements repeat it literally so that SQLite uses the index."""


RETURNED = "review = 'returned'"
"""The condition of the partial index over returned rows, repeated likewise."""


def _one_of(column: str, values: Any) -> CheckConstraint:  # noqa: ANN401  # any of the StrEnum classes
    listed = ", ".join(f"'{value.value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


def _options(*constraints: Any, rowid: bool = False) -> tuple[Any, ...]:  # noqa: ANN401  # constraints and indexes
    return (*constraints, {"sqlite_strict": True, "sqlite_with_rowid": rowid})


class RegisterTable(SQLModel, table=True):
    """The register itself: one line."""

    __tablename__ = "register"
    __table_args__ = _options(CheckConstraint("one = 1", name="one_register"))
    one: int = Field(primary_key=True)
    id: str = Field(sa_type=Text)
    created_at: str = Field(sa_type=Text)


class EntryTable(SQLModel, table=True):
    """The journal; triggers refuse any change but the blanking of payload and salt."""

    __tablename__ = "entry"
    __table_args__ = _options(
        CheckConstraint("(payload IS NULL) = (salt IS NULL)", name="redacted_whole"),
        CheckConstraint("length(payload_hash) = 64 AND length(hash) = 64", name="hashes"),
        rowid=True,
    )
    seq: int = Field(primary_key=True)
    at: str = Field(sa_type=Text)
    person: str = Field(sa_type=Text)
    os_user: str = Field(sa_type=Text)
    host: str = Field(sa_type=Text)
    command: str = Field(sa_type=Text)
    version: int
    today: str | None = Field(default=None, sa_type=Text)
    payload: str | None = Field(default=None, sa_type=Text)
    salt: str | None = Field(default=None, sa_type=Text)
    payload_hash: str = Field(sa_type=Text)
    prev: str = Field(sa_type=Text)
    hash: str = Field(sa_type=Text)


class TouchedTable(SQLModel, table=True):
    """Which entries speak of which thing, so that a history is read without reading all entries."""

    __tablename__ = "touched"
    __table_args__ = _options()
    key: str = Field(primary_key=True, sa_type=Text)
    seq: int = Field(primary_key=True)


class DocumentTable(SQLModel, table=True):
    """Frozen copies, by the hash of their canonical JSON: checklists, bureau and holiday files. Append-only."""

    __tablename__ = "document"
    __table_args__ = _options(rowid=True)
    hash: str = Field(primary_key=True, sa_type=Text)
    body: str = Field(sa_type=Text)


class BureauTable(SQLModel, table=True):
    """The bureau's present file: one line."""

    __tablename__ = "bureau"
    __table_args__ = _options(
        CheckConstraint("one = 1", name="one_bureau"),
        ForeignKeyConstraint(["document"], ["document.hash"]),
    )
    one: int = Field(primary_key=True)
    document: str = Field(sa_type=Text)


class HolidayYearTable(SQLModel, table=True):
    """A year's holidays that were imported; those that come with lawcheck are not kept."""

    __tablename__ = "holiday_year"
    __table_args__ = _options(ForeignKeyConstraint(["document"], ["document.hash"]))
    year: int = Field(primary_key=True)
    document: str = Field(sa_type=Text)


class YearTable(SQLModel, table=True):
    """A year that was started; closed years are frozen."""

    __tablename__ = "year"
    __table_args__ = _options(CheckConstraint("state IN ('open', 'closed')", name="state_known"))
    year: int = Field(primary_key=True)
    state: str = Field(sa_type=Text)


class ChecklistTable(SQLModel, table=True):
    """A template started for a year (清单)."""

    __tablename__ = "checklist"
    __table_args__ = _options(
        ForeignKeyConstraint(["year"], ["year.year"]),
        ForeignKeyConstraint(["document"], ["document.hash"]),
    )
    year: int = Field(primary_key=True)
    template: str = Field(primary_key=True, sa_type=Text)
    title_zh: str = Field(sa_type=Text)
    title_en: str = Field(sa_type=Text)
    document: str = Field(sa_type=Text)


class ItemTable(SQLModel, table=True):
    """An item of a started checklist; `body` is its frozen JSON.

    `standing` is the little of it that lists say of an item without rows, as JSON: an occasion's, a case item's.
    `reviewed` is 1 where the template asks for a review of what is done.
    """

    __tablename__ = "item"
    __table_args__ = _options(
        ForeignKeyConstraint(["year", "template"], ["checklist.year", "checklist.template"]),
        _one_of("kind", Kind),
        _one_of("level", Level),
        CheckConstraint("weight > 0", name="weight_positive"),
    )
    year: int = Field(primary_key=True)
    code: str = Field(primary_key=True, sa_type=Text)
    template: str = Field(sa_type=Text)
    kind: str = Field(sa_type=Text)
    level: str = Field(sa_type=Text)
    title_zh: str = Field(sa_type=Text)
    title_en: str = Field(sa_type=Text)
    weight: int
    section: str = Field(sa_type=Text)
    due_from: str | None = Field(default=None, sa_type=Text)
    standing: str | None = Field(default=None, sa_type=Text)
    reviewed: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    body: str = Field(sa_type=Text)


class RowTable(SQLModel, table=True):
    """What is ticked and counted (行)."""

    __tablename__ = "checklist_row"
    __table_args__ = _options(
        ForeignKeyConstraint(["year", "code"], ["item.year", "item.code"]),
        _one_of("state", State),
        _one_of("review", Review),
        CheckConstraint("state <> 'done' OR done_by IS NOT NULL", name="done_by_somebody"),
        CheckConstraint("done_on IS NULL OR state = 'done'", name="day_only_when_done"),
        CheckConstraint("(state = 'partial') = (left_to_do IS NOT NULL)", name="partial_says_what_is_left"),
        CheckConstraint("(state = 'na') = (why IS NOT NULL)", name="na_says_why"),
        CheckConstraint("(occasion IS NULL) = (happening IS NULL)", name="occasion_says_what_happened"),
        Index("unfinished_by_due", "year", "due", "ref", "begins", sqlite_where=literal_column(UNFINISHED)),
        Index("returned_by_due", "year", "due", "ref", sqlite_where=literal_column(RETURNED)),
    )
    year: int = Field(primary_key=True)
    ref: str = Field(primary_key=True, sa_type=Text)
    code: str = Field(sa_type=Text)
    unit: str = Field(sa_type=Text)
    period: str | None = Field(default=None, sa_type=Text)
    occasion: int | None = None
    happening: str | None = Field(default=None, sa_type=Text)
    begins: str = Field(sa_type=Text)
    due: str | None = Field(default=None, sa_type=Text)
    state: str = Field(sa_type=Text)
    left_to_do: str | None = Field(default=None, sa_type=Text)
    why: str | None = Field(default=None, sa_type=Text)
    done_on: str | None = Field(default=None, sa_type=Text)
    done_by: str | None = Field(default=None, sa_type=Text)
    recorded_on: str | None = Field(default=None, sa_type=Text)
    assignee: str | None = Field(default=None, sa_type=Text)
    review: str = Field(sa_type=Text)
    provisional: int = Field(default=0)
    reckoning: str | None = Field(default=None, sa_type=Text)


class NoteTable(SQLModel, table=True):
    """A note on a row, or on an item that has none; `ref` is the row's ref or the item's code."""

    __tablename__ = "note"
    __table_args__ = _options(ForeignKeyConstraint(["year"], ["year.year"]))
    year: int = Field(primary_key=True)
    ref: str = Field(primary_key=True, sa_type=Text)
    n: int = Field(primary_key=True)
    text: str = Field(sa_type=Text)
    person: str = Field(sa_type=Text)
    on_date: str = Field(sa_type=Text)


class FigureTable(SQLModel, table=True):
    """A figure of a year, apart from its entries (数据).

    `counted` says how the register answers it, where it does; `target` is what is to be reached, digits and multiple.
    """

    __tablename__ = "figure"
    __table_args__ = _options(ForeignKeyConstraint(["year"], ["year.year"]), _one_of("adds", Adds))
    year: int = Field(primary_key=True)
    key: str = Field(primary_key=True, sa_type=Text)
    place: int
    title_zh: str = Field(sa_type=Text)
    title_en: str = Field(sa_type=Text)
    measure_zh: str = Field(sa_type=Text)
    measure_en: str = Field(sa_type=Text)
    adds: str = Field(sa_type=Text)
    section: str = Field(sa_type=Text)
    counted: str | None = Field(default=None, sa_type=Text)
    target: str | None = Field(default=None, sa_type=Text)


class FigureEntryTable(SQLModel, table=True):
    """One entry of a figure: the digits as typed, their multiple (万, 亿), the day or period, how exact.

    `corrects` is the number of the entry that it stands in the place of.
    """

    __tablename__ = "figure_entry"
    __table_args__ = _options(
        ForeignKeyConstraint(["year", "key"], ["figure.year", "figure.key"]),
        _one_of("qualifier", Qualifier),
        CheckConstraint("multiple IN ('', '万', '亿')", name="multiple_known"),
        CheckConstraint("(from_date IS NULL) OR (to_date IS NOT NULL)", name="period_has_an_end"),
        CheckConstraint("corrects < n", name="corrects_an_earlier_one"),
    )
    year: int = Field(primary_key=True)
    key: str = Field(primary_key=True, sa_type=Text)
    n: int = Field(primary_key=True)
    digits: str = Field(sa_type=Text)
    multiple: str = Field(sa_type=Text)
    on_date: str | None = Field(default=None, sa_type=Text)
    from_date: str | None = Field(default=None, sa_type=Text)
    to_date: str | None = Field(default=None, sa_type=Text)
    qualifier: str = Field(sa_type=Text)
    unit: str | None = Field(default=None, sa_type=Text)
    note: str | None = Field(default=None, sa_type=Text)
    person: str = Field(sa_type=Text)
    corrects: int | None = None


class CaseTemplateTable(SQLModel, table=True):
    """A case template as cases were opened from it, each revision kept beside the one before it."""

    __tablename__ = "case_template"
    __table_args__ = _options(ForeignKeyConstraint(["document"], ["document.hash"]))
    template: str = Field(primary_key=True, sa_type=Text)
    n: int = Field(primary_key=True)
    title_zh: str = Field(sa_type=Text)
    title_en: str = Field(sa_type=Text)
    document: str = Field(sa_type=Text)


class CaseItemTable(SQLModel, table=True):
    """An item of a kept case template; `body` is its frozen JSON."""

    __tablename__ = "case_item"
    __table_args__ = _options(
        ForeignKeyConstraint(["template", "template_n"], ["case_template.template", "case_template.n"]),
    )
    template: str = Field(primary_key=True, sa_type=Text)
    template_n: int = Field(primary_key=True)
    code: str = Field(primary_key=True, sa_type=Text)
    title_zh: str = Field(sa_type=Text)
    title_en: str = Field(sa_type=Text)
    weight: int
    reviewed: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    body: str = Field(sa_type=Text)


class CaseTable(SQLModel, table=True):
    """A case (案件/决策): it belongs to the register, not to a year; `facts` are the names of those that hold."""

    __tablename__ = "case_file"
    __table_args__ = _options(
        ForeignKeyConstraint(["template", "template_n"], ["case_template.template", "case_template.n"]),
        CheckConstraint("state IN ('open', 'closed')", name="state_known"),
        CheckConstraint("(state = 'closed') = (closed_on IS NOT NULL)", name="closed_on_a_day"),
        Index("case_by_number", "template", "number"),
        Index("open_cases", "state", "template", "ref"),
    )
    ref: str = Field(primary_key=True, sa_type=Text)
    template: str = Field(sa_type=Text)
    template_n: int
    number: str = Field(sa_type=Text)
    title: str = Field(sa_type=Text)
    unit: str = Field(sa_type=Text)
    opened_on: str = Field(sa_type=Text)
    facts: str = Field(sa_type=Text)
    state: str = Field(sa_type=Text)
    closed_on: str | None = Field(default=None, sa_type=Text)


class CaseMilestoneTable(SQLModel, table=True):
    """A milestone of a case (节点), the `n`-th of its name; a derived one follows from another by law."""

    __tablename__ = "case_milestone"
    __table_args__ = _options(
        ForeignKeyConstraint(["ref"], ["case_file.ref"]),
        Index("milestones_by_day", "name", "at", "ref"),
    )
    ref: str = Field(primary_key=True, sa_type=Text)
    name: str = Field(primary_key=True, sa_type=Text)
    n: int = Field(primary_key=True)
    at: str = Field(sa_type=Text)
    party: str | None = Field(default=None, sa_type=Text)
    derived: int
    why: str | None = Field(default=None, sa_type=Text)


class CasePauseTable(SQLModel, table=True):
    """Days that the law leaves out of a case's terms; `until` is open while the terms stand still."""

    __tablename__ = "case_pause"
    __table_args__ = _options(ForeignKeyConstraint(["ref"], ["case_file.ref"]))
    ref: str = Field(primary_key=True, sa_type=Text)
    n: int = Field(primary_key=True)
    reason: str = Field(sa_type=Text)
    since: str = Field(sa_type=Text)
    until: str | None = Field(default=None, sa_type=Text)


class CaseExtensionTable(SQLModel, table=True):
    """An approved extension of a row's term, in the unit of its rule."""

    __tablename__ = "case_extension"
    __table_args__ = _options(ForeignKeyConstraint(["ref"], ["case_file.ref"]))
    ref: str = Field(primary_key=True, sa_type=Text)
    n: int = Field(primary_key=True)
    code: str = Field(sa_type=Text)
    row_n: int
    amount: int
    approved_on: str = Field(sa_type=Text)
    approval: str = Field(sa_type=Text)


class CaseRowTable(SQLModel, table=True):
    """A row of a case: what the law asks in this case, and by when."""

    __tablename__ = "case_row"
    __table_args__ = _options(
        ForeignKeyConstraint(["case_ref"], ["case_file.ref"]),
        _one_of("state", State),
        _one_of("review", Review),
        CheckConstraint("state <> 'done' OR done_by IS NOT NULL", name="done_by_somebody"),
        CheckConstraint("done_on IS NULL OR state = 'done'", name="day_only_when_done"),
        CheckConstraint("(state = 'partial') = (left_to_do IS NOT NULL)", name="partial_says_what_is_left"),
        CheckConstraint("(state = 'na') = (why IS NOT NULL)", name="na_says_why"),
        Index("unfinished_case_rows", "due", "ref", "begins", sqlite_where=literal_column(UNFINISHED)),
        Index("returned_case_rows", "due", "ref", sqlite_where=literal_column(RETURNED)),
    )
    ref: str = Field(primary_key=True, sa_type=Text)
    case_ref: str = Field(sa_type=Text)
    template_n: int
    code: str = Field(sa_type=Text)
    n: int
    unit: str = Field(sa_type=Text)
    begins: str = Field(sa_type=Text)
    due: str | None = Field(default=None, sa_type=Text)
    due_time: str | None = Field(default=None, sa_type=Text)
    earliest: str | None = Field(default=None, sa_type=Text)
    target: str | None = Field(default=None, sa_type=Text)
    provisional: int
    reckoning: str | None = Field(default=None, sa_type=Text)
    rule: int | None = None
    choice: str | None = Field(default=None, sa_type=Text)
    state: str = Field(sa_type=Text)
    left_to_do: str | None = Field(default=None, sa_type=Text)
    why: str | None = Field(default=None, sa_type=Text)
    done_on: str | None = Field(default=None, sa_type=Text)
    done_time: str | None = Field(default=None, sa_type=Text)
    done_by: str | None = Field(default=None, sa_type=Text)
    recorded_on: str | None = Field(default=None, sa_type=Text)
    assignee: str | None = Field(default=None, sa_type=Text)
    review: str = Field(sa_type=Text)


class CaseNoteTable(SQLModel, table=True):
    """A note on a case or on one of its rows."""

    __tablename__ = "case_note"
    __table_args__ = _options()
    ref: str = Field(primary_key=True, sa_type=Text)
    n: int = Field(primary_key=True)
    text: str = Field(sa_type=Text)
    person: str = Field(sa_type=Text)
    on_date: str = Field(sa_type=Text)


class EvidenceTable(SQLModel, table=True):
    """Evidence (佐证材料) on a row of a year, or of a case, whose year is 0; what is taken off keeps its line.

    `name` is the file's name, the address of a link or a document's number. `hash` is `sha256:` or `sm3:` and the hash
    of the bytes; `place` where a file lies that may not be copied. `dated` is the evidence's own day.
    """

    __tablename__ = "evidence"
    __table_args__ = _options(
        _one_of("kind", EvidenceKind),
        CheckConstraint("(hash IS NOT NULL) = (kind IN ('file', 'reference'))", name="files_have_a_hash"),
        CheckConstraint("(hash IS NULL) = (size IS NULL)", name="files_have_a_size"),
        CheckConstraint("(place IS NOT NULL) = (kind = 'reference')", name="references_have_a_place"),
        CheckConstraint("(removed_on IS NULL) = (removed_by IS NULL)", name="removed_by_somebody"),
        CheckConstraint("(removed_on IS NULL) = (why IS NULL)", name="removed_says_why"),
        Index("evidence_by_hash", "hash"),
    )
    year: int = Field(primary_key=True)
    ref: str = Field(primary_key=True, sa_type=Text)
    n: int = Field(primary_key=True)
    kind: str = Field(sa_type=Text)
    name: str = Field(sa_type=Text)
    place: str | None = Field(default=None, sa_type=Text)
    hash: str | None = Field(default=None, sa_type=Text)
    size: int | None = None
    dated: str | None = Field(default=None, sa_type=Text)
    person: str = Field(sa_type=Text)
    added_on: str = Field(sa_type=Text)
    removed_on: str | None = Field(default=None, sa_type=Text)
    removed_by: str | None = Field(default=None, sa_type=Text)
    why: str | None = Field(default=None, sa_type=Text)
    purged_on: str | None = Field(default=None, sa_type=Text)


class ReviewTable(SQLModel, table=True):
    """What the reviewer said of a row as it stands (复核): of a year, or of a case, whose year is 0.

    `content` is the hash of what he saw; `same_account` is 1 where an account of the operating system that did the work
    reviewed it too. The row's own `review` says the same in a word.
    """

    __tablename__ = "review"
    __table_args__ = _options(
        CheckConstraint("verdict IN ('accepted', 'returned')", name="verdict_known"),
        CheckConstraint("(verdict = 'returned') = (why IS NOT NULL)", name="returned_says_why"),
    )
    year: int = Field(primary_key=True)
    ref: str = Field(primary_key=True, sa_type=Text)
    verdict: str = Field(sa_type=Text)
    person: str = Field(sa_type=Text)
    on_date: str = Field(sa_type=Text)
    why: str | None = Field(default=None, sa_type=Text)
    content: str = Field(sa_type=Text)
    same_account: int


class ConfirmationTable(SQLModel, table=True):
    """That an item on occasion did not happen in a year (未发生), confirmed by somebody when the year is closed."""

    __tablename__ = "confirmation"
    __table_args__ = _options(ForeignKeyConstraint(["year", "code"], ["item.year", "item.code"]))
    year: int = Field(primary_key=True)
    code: str = Field(primary_key=True, sa_type=Text)
    person: str = Field(sa_type=Text)
    on_date: str = Field(sa_type=Text)


class ClosingTable(SQLModel, table=True):
    """A closed year: the document holds its totals, rates, figures and files as they stood."""

    __tablename__ = "closing"
    __table_args__ = _options(
        ForeignKeyConstraint(["year"], ["year.year"]),
        ForeignKeyConstraint(["document"], ["document.hash"]),
    )
    year: int = Field(primary_key=True)
    document: str = Field(sa_type=Text)
    person: str = Field(sa_type=Text)
    on_date: str = Field(sa_type=Text)


TABLES = (
    RegisterTable,
    EntryTable,
    TouchedTable,
    DocumentTable,
    BureauTable,
    HolidayYearTable,
    YearTable,
    ChecklistTable,
    ItemTable,
    RowTable,
    NoteTable,
    FigureTable,
    FigureEntryTable,
    CaseTemplateTable,
    CaseItemTable,
    CaseTable,
    CaseMilestoneTable,
    CasePauseTable,
    CaseExtensionTable,
    CaseRowTable,
    CaseNoteTable,
    EvidenceTable,
    ReviewTable,
    ConfirmationTable,
    ClosingTable,
)
"""In the order in which they can be created."""

_DID_IT = """NEW.person = (SELECT done_by FROM checklist_row WHERE year = NEW.year AND ref = NEW.ref)
  OR (NEW.year = 0 AND NEW.person = (SELECT done_by FROM case_row WHERE ref = NEW.ref))
  OR EXISTS (
    SELECT 1 FROM evidence
    WHERE year = NEW.year AND ref = NEW.ref AND removed_on IS NULL AND person = NEW.person
  )"""
"""Whether whoever ticked a row or added evidence to it reviews it; a row that is returned is reopened after that."""


def _acceptance_stays(table: str) -> str:
    """Return the trigger that refuses another content under an acceptance: that falls away first, and is seen to."""
    changed = " OR ".join(
        f"NEW.{name} IS NOT OLD.{name}" for name in ("state", "done_on", "done_by", "left_to_do", "why")
    )
    return f"""CREATE TRIGGER {table}_acceptance_falls_first BEFORE UPDATE ON {table}
WHEN OLD.review = 'accepted' AND NEW.review = 'accepted' AND ({changed})
BEGIN SELECT RAISE(ABORT, 'what was accepted has changed'); END"""


SQLITE_TRIGGERS = (
    """CREATE TRIGGER entry_only_redacted BEFORE UPDATE ON entry
WHEN NOT (NEW.payload IS NULL AND NEW.salt IS NULL AND OLD.payload IS NOT NULL
  AND NEW.seq = OLD.seq AND NEW.at = OLD.at AND NEW.person = OLD.person AND NEW.os_user = OLD.os_user
  AND NEW.host = OLD.host AND NEW.command = OLD.command AND NEW.version = OLD.version AND NEW.today IS OLD.today
  AND NEW.payload_hash = OLD.payload_hash AND NEW.prev = OLD.prev AND NEW.hash = OLD.hash)
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    """CREATE TRIGGER entry_never_deleted BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END""",
    """CREATE TRIGGER entry_in_sequence BEFORE INSERT ON entry
WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM entry)
BEGIN SELECT RAISE(ABORT, 'the journal has no gaps'); END""",
    """CREATE TRIGGER document_never_changed BEFORE UPDATE ON document
BEGIN SELECT RAISE(ABORT, 'frozen copies never change'); END""",
    """CREATE TRIGGER document_never_deleted BEFORE DELETE ON document
BEGIN SELECT RAISE(ABORT, 'frozen copies never change'); END""",
    f"""CREATE TRIGGER review_by_another BEFORE INSERT ON review WHEN {_DID_IT}
BEGIN SELECT RAISE(ABORT, 'who did it does not review it'); END""",
    f"""CREATE TRIGGER review_passed_to_another BEFORE UPDATE ON review WHEN {_DID_IT}
BEGIN SELECT RAISE(ABORT, 'who did it does not review it'); END""",
    _acceptance_stays("checklist_row"),
    _acceptance_stays("case_row"),
)
"""What STRICT tables and constraints cannot say."""
