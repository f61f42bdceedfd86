"""Every error a user can meet: a stable code, its parameters, its exit code.

The words for each code live in ``render/errors.py``; nothing is imported here.
"""


class LawcheckError(Exception):
    """The base of all expected errors; `params` fill the sentence that `render` words."""

    code = "error"
    exit_code = 70

    def __init__(self, **params: object) -> None:
        """Keep the parameters that the sentence quotes."""
        super().__init__(self.code, params)
        self.params = params


# --- 2: usage --------------------------------------------------------------------------------


class UsageFault(LawcheckError):
    """An argument that cannot be read."""

    code = "usage"
    exit_code = 2


class MissingParameter(UsageFault):
    """An argument or option that is needed and not given: `name`."""

    code = "missing-parameter"


class DashedValue(UsageFault):
    """A value with a dash in front, which is taken for an option: `name` is how it begins."""

    code = "dashed-value"


class NoSuchOption(UsageFault):
    """An option that the command does not have: `name`, `nearest`."""

    code = "no-such-option"


class NoSuchCommand(UsageFault):
    """A command that does not exist: `name`, `nearest`."""

    code = "no-such-command"


class OptionWithoutValue(UsageFault):
    """An option that stands without its value: `option`."""

    code = "option-without-value"


class FlagWithValue(UsageFault):
    """A flag that was given a value: `option`."""

    code = "flag-with-value"


class InvalidValue(UsageFault):
    """A value of another kind than asked for: `option`, `text`, `expected`."""

    code = "invalid-value"


class TooManyArguments(UsageFault):
    """Words that the command does not take: `text`."""

    code = "too-many-arguments"


class InvalidRef(UsageFault):
    """A ref that is not shaped like one: `text`."""

    code = "invalid-ref"


class InvalidDate(UsageFault):
    """A date that does not exist or is not written as YYYY-MM-DD: `text`."""

    code = "invalid-date"


class InvalidRule(UsageFault):
    """A term that is not written as one: `text`."""

    code = "invalid-rule"


class UnknownClock(UsageFault):
    """A name that is neither a term nor a clock: `text`, `nearest`."""

    code = "unknown-clock"


class TimeMissing(UsageFault):
    """A term in hours that starts on a day without a time: `date`."""

    code = "time-missing"


class RowNeedsTime(TimeMissing):
    """A row in hours that is ticked on a day: `ref`, `case`, `name` (of the milestone that ends it), `date`."""

    code = "row-needs-time"


class HashUnknown(UsageFault):
    """A way of hashing that this machine does not have: `algorithm`, `expected`."""

    code = "hash-unknown"


class ExtraMissing(UsageFault):
    """Something that needs a library which is not installed: `extra`."""

    code = "extra-missing"


class InvalidEvidence(UsageFault):
    """What names evidence is not shaped like `PL-03#2`: `text`."""

    code = "invalid-evidence"


class InvalidLink(UsageFault):
    """A link that cannot be kept as evidence: `text`, `why` (`scheme`, `host`, `password`, `space`, `long`)."""

    code = "invalid-link"


class TooLong(UsageFault):
    """A text longer than what it stands for can be: `option`, `most` (characters)."""

    code = "too-long"


class InvalidYear(UsageFault):
    """A year that is no year of the calendar in use: `text`."""

    code = "invalid-year"


class EmptyText(UsageFault):
    """A reason or note that holds no words: `option`."""

    code = "empty-text"


class ConflictingOptions(UsageFault):
    """Two options that cannot stand together: `first`, `second`."""

    code = "conflicting-options"


class InvalidSetting(UsageFault):
    """A setting from a flag, the environment or the file that cannot be read: `name`, `value`, `expected`."""

    code = "invalid-setting"


class PeriodReversed(UsageFault):
    """A period that ends before it begins: `begins`, `ends`."""

    code = "period-reversed"


class InvalidFact(UsageFault):
    """A fact that is neither said to hold nor not to: `text`."""

    code = "invalid-fact"


class AmountWithoutMeasure(UsageFault):
    """A quantity typed without its measure (计量单位): `text`, `measure`."""

    code = "amount-without-measure"


class InvalidAmount(UsageFault):
    """A quantity that cannot be read: `text`."""

    code = "invalid-amount"


class NegativeAmount(UsageFault):
    """An amount of less than nothing: `text`, `key`."""

    code = "negative-amount"


class ShareBeyond(UsageFault):
    """A share that is less than nothing or more than the whole: `text`, `key`."""

    code = "share-beyond"


class WrongMeasure(UsageFault):
    """A quantity in another measure than the figure's: `text`, `key`, `measure`."""

    code = "wrong-measure"


# --- 3: not found or ambiguous ---------------------------------------------------------------


class NotFound(LawcheckError):
    """Something named that is not there."""

    code = "not-found"
    exit_code = 3


class UnknownRef(NotFound):
    """No row or item has this ref: `ref`, `years`, `nearest`."""

    code = "unknown-ref"


class AmbiguousRef(NotFound):
    """A ref that several rows answer to: `ref`, `candidates` (pairs of ref and year)."""

    code = "ambiguous-ref"


class NotOfYear(NotFound):
    """An item of a template that is no part of the year: `ref`, `year`, `why` (`years` or `law`)."""

    code = "not-of-year"


class YearNotStarted(NotFound):
    """A year that holds no checklist yet: `year`."""

    code = "year-not-started"


class NothingToCarry(NotFound):
    """A year to carry from that was never started: `year`, `wanted`, `started`."""

    code = "nothing-to-carry"


class OwnTemplates(NotFound):
    """Checklists that came from files of the bureau's own, which must be named again: `templates`, `year`."""

    code = "own-templates"


class ChecklistNotStarted(NotFound):
    """A template of which the year holds no checklist: `template`, `year`."""

    code = "checklist-not-started"


class NoOpenYear(NotFound):
    """Every year of the register is closed: `year` is the latest, `next_year` the one after it."""

    code = "no-open-year"


class NoYearStarted(NotFound):
    """A register in which no year has been started."""

    code = "no-year-started"


class UnknownTemplate(NotFound):
    """No template has this code: `name`, `nearest`."""

    code = "unknown-template"


class UnknownUnit(NotFound):
    """No unit of the bureau has this code: `unit`, `nearest`."""

    code = "unknown-unit"


class UnknownPerson(NotFound):
    """The bureau lists its people and this one is not among them: `person`, `nearest`."""

    code = "unknown-person"


class UnknownFigure(NotFound):
    """No figure of the year has this key: `key`, `year`, `nearest`."""

    code = "unknown-figure"


class NoFigureEntries(NotFound):
    """A figure has no entry that could be corrected, or on which evidence could stand: `key`."""

    code = "no-figure-entries"


class NoSuchFile(NotFound):
    """A file named on the command line that cannot be read: `path`, `reason`."""

    code = "no-such-file"


class UnknownEvidence(NotFound):
    """No row has this evidence: `address`, `ref`, `known` (what evidence there is)."""

    code = "unknown-evidence"


class UnknownFigureEntry(NotFound):
    """A figure has no entry of that number that could be corrected: `key`, `n`, `entries` (numbers of those it has)."""

    code = "unknown-figure-entry"


class UnknownCase(NotFound):
    """No case has this ref: `ref`, `nearest`."""

    code = "unknown-case"


class UnknownMilestone(NotFound):
    """The case's template has no such milestone: `name`, `ref`, `known` (names with titles)."""

    code = "unknown-milestone"


class UnknownFact(NotFound):
    """The case's template has no such fact: `name`, `template`, `known`."""

    code = "unknown-fact"


class UnknownEntry(NotFound):
    """The journal has no entry of this number: `seq`, `last`."""

    code = "unknown-entry"


class UnknownPause(NotFound):
    """No term of the case stands still for this reason: `reason`, `ref`, `known` (names with titles)."""

    code = "unknown-pause"


# --- 4: refused by a rule ---------------------------------------------------------------------


class Refused(LawcheckError):
    """A change the rules do not allow."""

    code = "refused"
    exit_code = 4


class AlreadyDone(Refused):
    """The row is done already: `ref`, `done_by`, `done_on`."""

    code = "already-done"


class NotApplicable(Refused):
    """The row was set aside as not applicable: `ref`, `why`."""

    code = "not-applicable"


class NothingToUntick(Refused):
    """The row is open as it stands: `ref`."""

    code = "nothing-to-untick"


class NotDoneYet(Refused):
    """A row that is not done and so cannot be reviewed: `ref`, `year`, `state`, `review`."""

    code = "not-done"


class OwnWork(Refused):
    """Who did it does not review it: `ref`, `year`, `person`, `how` (`did` it or `added` evidence)."""

    code = "own-work"


class NotReviewer(Refused):
    """A person whom the bureau's list does not name as one who reviews: `person`, `reviewers`."""

    code = "not-a-reviewer"


class AlreadyAccepted(Refused):
    """The row is accepted already, as it stands: `ref`, `year`, `person`, `day`."""

    code = "already-accepted"


class AgainstConstraint(Refused):
    """A change that the register's own constraints refuse, whatever let it through before: `path`, `reason`."""

    code = "against-constraint"


class FutureDate(Refused):
    """A thing said to be done on a day that has not come: `date`, `today`."""

    code = "future-date"


class BeforePeriod(Refused):
    """A thing said to be done before it could be asked for: `ref`, `date`, `begins`."""

    code = "before-period"


class RateNotTicked(Refused):
    """A case item is a rate from figures and is never ticked by hand: `ref`, `met`, `of`."""

    code = "rate-not-ticked"


class OccasionFirst(Refused):
    """An occasion item has no row until an occasion is recorded: `ref`."""

    code = "occasion-first"


class NotAnOccasion(Refused):
    """Only an item of the kind `occasion` can be triggered: `ref`, `kind`."""

    code = "not-an-occasion"


class OutsideYear(Refused):
    """An occasion dated outside the year of its checklist: `date`, `year`."""

    code = "outside-year"


class AlreadyClosed(Refused):
    """A year that is to be closed and is: `year`, `person`, `day`."""

    code = "already-closed"


class YearOpen(Refused):
    """A year that is to be opened again, or whose manifest is asked for, and that is open: `year`."""

    code = "year-open"


class YearNotOver(Refused):
    """A year that is to be closed before its end: `year`, `today`, `ends`."""

    code = "year-not-over"


class ReviewsMissing(Refused):
    """A year that is to be closed while reviews are not settled: `year`, refs `returned` and `to_review`.

    `unconfirmed` are besides the occasions of which nobody confirms that they did not come (code and both titles).
    """

    code = "reviews-missing"


class NotConfirmed(Refused):
    """A year that is to be closed with occasions of which nobody confirms that they did not come.

    `year`, `unconfirmed` (code and both titles of each).
    """

    code = "not-confirmed"


class YearClosed(Refused):
    """The year is closed and its checklists are frozen: `year`."""

    code = "year-closed"


class NothingToUndo(Refused):
    """This person has no command left to take back: `person`."""

    code = "nothing-to-undo"


class TouchedSince(Refused):
    """A later entry changed the same things: `seq`, `later`, `person`, `key`."""

    code = "touched-since"


class RedactionStands(Refused):
    """What was erased cannot be brought back: `seq` (the entry that erased it)."""

    code = "redaction-stands"


class AlreadyRedacted(Refused):
    """The entry was blanked and holds no more free text: `seq`, `by`, `why`."""

    code = "already-redacted"


class NothingToRedact(Refused):
    """An entry without free text: `seq`, `command`, `keys` (what it speaks of)."""

    code = "nothing-to-redact"


class NothingToRedactOf(NothingToRedact):
    """An entry without free text about one thing: `seq`, `command`, `keys`, `only` (its ref)."""

    code = "nothing-to-redact-of"


class WordsNotThere(NothingToRedact):
    """An entry in whose free text certain words do not stand: `seq`, `command`, `keys`."""

    code = "words-not-there"


class ReasonStays(Refused):
    """The reason of an entry that erased words: `seq`."""

    code = "reason-stays"


class ReasonHoldsWords(Refused):
    """A reason for erasing that repeats the words to be erased: `option`."""

    code = "reason-holds-words"


class HolidayKnown(Refused):
    """A notice for a year whose days are known to be others: `year`, `days` (the first that differ), `more`."""

    code = "holiday-known"


class FileThere(Refused):
    """A file is to be written where one is already: `path`."""

    code = "file-there"


class ReportGaps(Refused):
    """A report that misses something: `year`, `gaps` (name, title, heading of each)."""

    code = "report-gaps"


class NothingToHandOut(Refused):
    """The unit has neither an open row nor a figure to report: `unit`, `year`."""

    code = "nothing-to-hand-out"


class FolderInUse(Refused):
    """Files are to be written into a folder that holds some: `path`."""

    code = "folder-in-use"


class FileTooLarge(Refused):
    """A file larger than evidence may be: `path`, `size`, `most` (bytes)."""

    code = "file-too-large"


class EvidenceThere(Refused):
    """The row has the same evidence: `name`, `address` (None where it was offered twice)."""

    code = "evidence-there"


class EvidenceRemoved(Refused):
    """The evidence was taken off its row: `address`, `day`, `person`."""

    code = "evidence-removed"


class EvidenceErased(Refused):
    """The evidence was erased: `address`, `day`."""

    code = "evidence-erased"


class NoBytesKept(Refused):
    """Of this evidence nothing is kept but its line: `address`, `evidence_kind`, `name`, `place`."""

    code = "no-bytes-kept"


class BackupOntoItself(Refused):
    """A copy is to be written over the register that it is of, or into its vault: `path`."""

    code = "backup-onto-itself"


class NotReplaced(Refused):
    """What stands where a backup is to go is no backup that was finished: `path`."""

    code = "not-replaced"


class RegisterThere(Refused):
    """A register is to be made where there is something already: `path`."""

    code = "register-there"


class NotEarlier(Refused):
    """A year is carried from an earlier one: `year`, `wanted`, `before` (the year before the wanted one)."""

    code = "not-earlier"


class FigureCounted(Refused):
    """A revised template counts a figure in another way, and it has entries: `key`, `measure`, `template`."""

    code = "figure-counted"


class NotForYears(Refused):
    """A template for cases is not started for a year: `template`."""

    code = "case-template"


class CaseClosed(Refused):
    """The case is closed: `ref`, `on`."""

    code = "case-closed"


class CaseOpen(Refused):
    """The case is open as it stands: `ref`."""

    code = "case-open"


class NumberTaken(Refused):
    """Another case of the kind has this number (文号): `number`, `ref`."""

    code = "number-taken"


class NotAskedOn(Refused):
    """An occasion on a day on which no law asks for its item: `ref`, `date`, `begins`, `ends` (asked for from, until).

    `begins` is None where no law begins after the day within the year, `ends` where none has ended before it.
    """

    code = "not-asked-on"


class MilestoneReached(Refused):
    """The milestone has a date already: `ref`, `name`, `at`."""

    code = "milestone-reached"


class MilestoneNotReached(Refused):
    """A milestone to be corrected that has no date yet: `ref`, `name`."""

    code = "milestone-not-reached"


class MilestoneImpossible(Refused):
    """A milestone dated before another that it cannot precede in law: `name`, `at`, `other`, `other_at`."""

    code = "milestone-impossible"


class FollowsByLaw(Refused):
    """A row to be reopened that a milestone ended which follows from another by law: `ref`, `case`, `at`."""

    code = "follows-by-law"


class RowsLeft(Refused):
    """A case to be closed with rows that are not done: `ref`, `rows`."""

    code = "rows-left"


class NotExtensible(Refused):
    """A term not extended: `ref`, `why` (`law`, `times`, `amount`, `ended`, `late`), `most` or the day it ended."""

    code = "not-extensible"


# --- 5: bad template or input file ------------------------------------------------------------


class BadFile(LawcheckError):
    """One or more files with faults: `faults`, each with path, line, column, what and expected."""

    code = "bad-file"
    exit_code = 5


class NotProvable(BadFile):
    """A file that is neither a register nor a journal nor a manifest, or cannot be read: `path`, `reason`."""

    code = "not-provable"


class KeyUnusable(BadFile):
    """A key that cannot be used to sign or to check a signature: `path`, `reason`."""

    code = "key-unusable"


class SignatureWrong(BadFile):
    """A manifest whose signature does not hold: `path`, `reason`."""

    code = "signature-wrong"


class DutyUnheld(BadFile):
    """Duties that no unit of the bureau holds: `duties`, `template`."""

    code = "duty-unheld"


class FigureClash(BadFile):
    """Two templates declare one figure key differently: `key`, `first`, `second`."""

    code = "figure-clash"


class NotABackup(LawcheckError):
    """A backup that cannot be restored: `path`, `reason`, `name` (of the file in it that is meant, or a detail)."""

    code = "not-a-backup"
    exit_code = 5


class NoManifest(NotABackup):
    """A backup without its manifest: `path`, `name` (of the manifest)."""

    code = "no-manifest"


class BadArchive(LawcheckError):
    """An archive that cannot be taken over: `path`, `reason`, `part` of it or a detail, `line` in that part or None."""

    code = "bad-archive"
    exit_code = 5


# --- 6: the register cannot be used, or a file not be written ---------------------------------


class ManifestNotWritten(LawcheckError):
    """A year was closed, and its manifest could not be written: `year`, `seq`, `path`, `reason`."""

    code = "manifest-not-written"
    exit_code = 6


class UnfitTemplate(LawcheckError):
    """A Word template that cannot be filled: `path`, `reason`."""

    code = "unfit-template"
    exit_code = 5


class UnknownTemplateFields(UnfitTemplate):
    """A Word template with fields that are not known: `path`, `fields`, and the `nearest` known ones."""

    code = "unknown-template-fields"


class UnreadTemplateField(UnfitTemplate):
    """A Word template with a field or a block that cannot be read: `path`, its `text`, `reason`."""

    code = "unread-template-field"


class FieldsOfPlan(UnfitTemplate):
    """A Word template with fields written as a plan has them: `path`, the first paragraph's `text`, all `fields`."""

    code = "fields-of-plan"


class FileNotWritten(LawcheckError):
    """A file cannot be written; nothing is left of it: `path`, `reason`."""

    code = "file-not-written"
    exit_code = 6


class RegisterFault(LawcheckError):
    """The register cannot be used as it is."""

    code = "register"
    exit_code = 6


class RegisterMissing(RegisterFault):
    """There is no register at this place: `path`."""

    code = "register-missing"


class RegisterIsDirectory(RegisterFault):
    """The path of the register is a directory: `path`."""

    code = "register-is-directory"


class NotARegister(RegisterFault):
    """The file is no lawcheck register: `path`, `reason`."""

    code = "not-a-register"


class RegisterReadOnly(RegisterFault):
    """The register cannot be written: `path`."""

    code = "register-read-only"


class RegisterLocked(RegisterFault):
    """Another process kept the register busy: `path`, `seconds`."""

    code = "register-locked"


class RegisterNewer(RegisterFault):
    """The register was written by a newer version: `path`, `found`, `known`."""

    code = "register-newer"


class RegisterOlder(RegisterFault):
    """The register is of an older version and has to be upgraded first: `path`, `found`, `known`."""

    code = "register-older"


class UpgradeReadOnly(RegisterOlder):
    """A register of an older version that cannot be upgraded, because it cannot be written: as `RegisterOlder`."""

    code = "upgrade-read-only"


class NotUpgraded(RegisterFault):
    """A register of an older version of which no backup can be made first: `path`, `reason`, `name` (of the backup)."""

    code = "not-upgraded"


class RegisterUnreachable(RegisterFault):
    """The register cannot be opened: `path`, `reason`."""

    code = "register-unreachable"


class UnsupportedRegister(RegisterFault):
    """A register address of a kind this version cannot open: `address`."""

    code = "unsupported-register"


class DiskFull(RegisterFault):
    """The disk is full; nothing was changed: `path`."""

    code = "disk-full"


class VaultFault(RegisterFault):
    """The vault of evidence cannot be used: `path`, `reason`."""

    code = "vault-fault"


class EvidenceDamaged(RegisterFault):
    """Evidence that the vault does not hold as it was kept: `address`, `path`, `reason` (`no-file`, `other-bytes`)."""

    code = "evidence-damaged"


class SqliteTooOld(RegisterFault):
    """Python's SQLite cannot hold STRICT tables: `found`, `needed`."""

    code = "sqlite-too-old"


class RegisterDamaged(RegisterFault):
    """SQLite or the journal finds the file damaged: `path`, `reason`."""

    code = "register-damaged"
