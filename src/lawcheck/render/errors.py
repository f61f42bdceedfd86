"""The words of every error: what was found, quoted, and a command to run next."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from lawcheck.errors import LawcheckError
from lawcheck.render.language import N_, _, pick, plural
from lawcheck.render.safe import safe
from lawcheck.render.words import KINDS, evidence_kept, pasteable, quoted, quoted_path, size_words, word

_LIST = N_("Run 'lawcheck list' to see the rows.")
_NOTHING = N_("Nothing was changed.")
_ANOTHER_REVIEWS = N_("Somebody else reviews it. 'lawcheck list --to-review' shows what waits.")

SENTENCES: dict[str, tuple[str, str]] = {
    "usage": (N_("{message}"), N_("Run the command with --help to see how it is used.")),
    "missing-parameter": (N_("{name} is missing."), N_("Run the command with --help to see how it is used.")),
    "dashed-value": (
        N_("{name} begins a value that is taken for an option."),
        N_("Put '--' before it: lawcheck figure add KEY -- -3.2%"),
    ),
    "no-such-option": (
        N_("There is no option {name}.{near}"),
        N_("Run the command with --help to see its options."),
    ),
    "no-such-command": (
        N_("There is no command {name}.{near}"),
        N_("Run 'lawcheck --help' to see the commands."),
    ),
    "option-without-value": (
        N_("{option} needs a value."),
        N_("Run the command with --help to see its options."),
    ),
    "flag-with-value": (N_("{option} takes no value."), N_("Run the command with --help to see its options.")),
    "invalid-value": (
        N_("{text} does not do for {option}; expected: {expected}."),
        N_("Run the command with --help to see how it is used."),
    ),
    "too-many-arguments": (
        N_("These words are not taken here: {text}."),
        N_("Put a text of several words between quotation marks."),
    ),
    "invalid-ref": (
        N_("{text} is no ref. A ref looks like PL-03, ES-02.Q2 or PL-02.1."),
        _LIST,
    ),
    "invalid-date": (N_("{text} is no day of the calendar."), N_("Write a day as 2026-03-05.")),
    "invalid-evidence": (
        N_("{text} names no evidence. It is named by a row and its number on it, like PL-03#2."),
        N_("Run 'lawcheck evidence list' to see the evidence."),
    ),
    "invalid-link": (
        N_("{text} cannot be kept as a link: {why_no_link}."),
        N_("A link begins with https:// or http://"),
    ),
    "too-long": (N_("The text for {option} is too long: {most} characters at most."), _NOTHING),
    "unknown-evidence": (
        N_("There is no evidence {address}.{has}"),
        N_("Run 'lawcheck evidence list {ref}' to see what there is."),
    ),
    "hash-unknown": (
        N_("This machine cannot hash by {algorithm}."),
        N_("Set evidence_hash to one of: {expected}."),
    ),
    "extra-missing": (
        N_("This needs a library that is not installed: the extra '{extra}'."),
        N_("Install it with: pip install 'lawcheck[{extra}]'"),
    ),
    "unknown-clock": (
        N_("{text} is neither a term nor a clock.{near}"),
        N_("Run 'lawcheck deadline --list' to see the clocks, or write a term such as '7 wd'."),
    ),
    "invalid-rule": (
        N_("{text} is no term."),
        N_(
            "Write it as 'within 7 wd', 'within 15 d, rolls', 'at least 7 wd before', 'lasts at least 7 wd' or "
            "'after 10 wd'; wd working days, d days, h hours, m months."
        ),
    ),
    "time-missing": (
        N_("A term in hours starts at a time of day, and {date} has none."),
        N_("Write day and time, such as '{date} 15:30'."),
    ),
    "row-needs-time": (
        N_("{ref} is counted in hours, and {date} has no time of day."),
        N_("Run 'lawcheck case milestone {case} {name} \"{date} HH:MM\"' with the time."),
    ),
    "invalid-year": (
        N_("{text} is no year that can be started."),
        N_("Write a year from 1949 to 2200, as in 'lawcheck start 2026'."),
    ),
    "empty-text": (N_("{option} holds no words."), N_("Say it in a few words, between quotation marks.")),
    "conflicting-options": (
        N_("{first} and {second} cannot stand together."),
        N_("Leave one of the two out."),
    ),
    "invalid-setting": (
        N_("The setting {name} cannot be {value}; expected: {expected}."),
        N_("The settings are listed in docs/reference.md."),
    ),
    "amount-without-measure": (
        N_("{text} has no measure. This figure is counted in {measure} ({measure_en})."),
        N_("Write the measure after the number: lawcheck figure add {key} '{plain}{measure}'"),
    ),
    "invalid-amount": (
        N_("{text} is no amount."),
        N_("Write a number and its measure, as in 21次, 1619.14万元 or 3.72%."),
    ),
    "negative-amount": (
        N_("{text} is less than nothing; {key} counts what there is."),
        N_("Correct an entry with 'lawcheck figure add {key} VALUE+MEASURE --correct N --why TEXT'."),
    ),
    "share-beyond": (
        N_("{text} cannot be: {key} is a share of a whole, from 0 to 100 %."),
        N_("Run 'lawcheck figure show {key}' to see the figure."),
    ),
    "unknown-figure-entry": (
        N_("The figure {key} has no entry {n} that could be meant; those that could: {entries}"),
        N_("Run 'lawcheck figure show {key}' to see its entries."),
    ),
    "wrong-measure": (
        N_("{text} is in another measure than the figure {key}, which is counted in {measure} ({measure_en})."),
        N_("Run 'lawcheck figure show {key}' to see the figure."),
    ),
    "not-found": (N_("Not found."), _LIST),
    "unknown-ref": (
        N_("No item or row {ref} in {years}.{near}"),
        N_("Run 'lawcheck list {template}' to see the rows."),
    ),
    "ambiguous-ref": (
        N_("{ref} can mean any of these: {candidates}."),
        N_("Say which one, for example {example}."),
    ),
    "not-of-year": (
        N_("{ref} is no part of {year}: {why_left_out}."),
        N_("Run 'lawcheck template show {template} --year {year}' to see the items of a year."),
    ),
    "before-period": (
        N_("{date} lies before {ref} could be asked for; its period begins on {begins}."),
        N_("Give the day on which it was done. Nothing was changed."),
    ),
    "period-reversed": (N_("The period from {begins} to {ends} ends before it begins."), _NOTHING),
    "year-not-started": (N_("The year {year} has not been started."), N_("Run 'lawcheck start {year}'.")),
    "nothing-to-carry": (
        N_("The year {year} was never started here, so nothing can be carried from it. Earlier years: {started}"),
        N_("Name a year that was started, or start {wanted} without --from."),
    ),
    "own-templates": (
        N_("All checklists of {year} came from files of your own: {templates}"),
        N_("Name the files."),
    ),
    "checklist-not-started": (
        N_("The checklist {template} was not started in {year}."),
        N_("Run 'lawcheck start {year} {template}' to start it."),
    ),
    "unfit-template": (
        N_("The template {path} cannot be filled: {reason}"),
        N_("Correct it and run the command again. Nothing was written."),
    ),
    "unknown-template-fields": (
        N_("The template {path} has fields that are not known: {fields}.{near}"),
        N_(
            "A template knows title, to, bureau, year, as_of, signed, date and paragraphs, and figures.KEY for each"
            " figure that the plan names. Nothing was written."
        ),
    ),
    "unread-template-field": (
        N_("The template {path} cannot be read at {text}: {reason}"),
        N_(
            "A field is written {{{{ title }}}}, a figure {{{{ figures.cases_total }}}}; the paragraphs of the report"
            " stand between {{%p for one in paragraphs %}} and {{%p endfor %}}. Nothing was written."
        ),
    ),
    "fields-of-plan": (
        N_("The template {path} has fields that would stay as they are: {fields}, first at {text}"),
        N_(
            "In Word a field has two braces on each side, and a figure is named with figures: {{{{ year }}}},"
            " {{{{ figures.cases_total }}}}. Nothing was written."
        ),
    ),
    "report-gaps": (
        N_("Missing in the report of {year} ({n}): {gaps}"),
        N_("Record what is missing, or write it with --draft or --with-gaps. Nothing was written."),
    ),
    "not-earlier": (
        N_("{year} is not before {wanted}; a year is carried from an earlier one."),
        N_("Name the year before: lawcheck start {wanted} --from {before}"),
    ),
    "figure-counted": (
        N_("The revised template {template} counts the figure {key} in another way, and it has entries in {measure}."),
        N_("Give the figure a new key in the template, or keep its measure. Nothing was changed."),
    ),
    "no-open-year": (
        N_("No year is open; {year} was closed last."),
        N_("Look at it with '--year {year}', or start the next one: 'lawcheck start {next_year}'."),
    ),
    "no-year-started": (
        N_("No year has been started in this register."),
        N_("Run 'lawcheck start' with a year, for example 'lawcheck start 2026'."),
    ),
    "unknown-template": (
        N_("There is no template {name}.{near}"),
        N_("Run 'lawcheck template list' to see the templates."),
    ),
    "unknown-unit": (
        N_("The bureau has no unit {unit}.{near}"),
        N_("Run 'lawcheck bureau show' to see its units."),
    ),
    "unknown-person": (
        N_("The bureau lists its people, and {person} is not among them.{near}"),
        N_("Name yourself with --as or LAWCHECK_USER; 'lawcheck bureau show' lists the people."),
    ),
    "no-figure-entries": (
        N_("The figure {key} has no entry yet."),
        N_("Run 'lawcheck figure add {key} VALUE+MEASURE' to record one; it takes evidence too."),
    ),
    "unknown-figure": (
        N_("There is no figure {key} in {year}.{near}"),
        N_("Run 'lawcheck figure list' to see the figures."),
    ),
    "unknown-case": (
        N_("There is no case {ref}.{near}"),
        N_("Run 'lawcheck case list --all' to see the cases."),
    ),
    "unknown-milestone": (
        N_("{ref} has no milestone {name}. Known: {known}."),
        N_("Run 'lawcheck case show {ref}' to see the case."),
    ),
    "unknown-fact": (
        N_("Cases of the kind {template} have no fact {name}. Known: {known}."),
        N_("Run 'lawcheck template show {template}' to see the facts."),
    ),
    "unknown-pause": (
        N_("No term of {ref} stands still for {reason}. Known: {known}."),
        N_("Run 'lawcheck case show {ref}' to see the case."),
    ),
    "invalid-fact": (N_("{text} says neither yes nor no."), N_("Write a fact as name=yes or name=no.")),
    "case-closed": (
        N_("{ref} was closed on {on}."),
        N_("Run 'lawcheck case reopen {ref} --why ...' first if it goes on."),
    ),
    "case-open": (N_("{ref} is open."), _NOTHING),
    "number-taken": (
        N_("The number {number} belongs to {ref} already."),
        N_("Run 'lawcheck case show {ref}' to see that case. Nothing was changed."),
    ),
    "not-asked-on": (
        N_("No law asks for {ref} on {date}: {asked}."),
        N_("Check the day; 'lawcheck show {ref}' shows the law. Nothing was changed."),
    ),
    "milestone-reached": (
        N_("{ref} has a date for {name} already: {at}."),
        N_("Say --again for another party, or --correct --why ... if that date was wrong."),
    ),
    "milestone-not-reached": (
        N_("{ref} has no date for {name} that could be corrected."),
        N_("Record it first: lawcheck case milestone {ref} {name} DATE"),
    ),
    "milestone-impossible": (
        N_("{name} ({at}) cannot lie before {other} ({other_at})."),
        N_("Check both dates. Nothing was changed."),
    ),
    "rows-left": (
        N_("{ref} has rows that are not done: {rows}."),
        N_("Finish them, or close it with --why to set them aside. Nothing was changed."),
    ),
    "follows-by-law": (
        N_("{ref} was ended on {at} by what follows from another milestone by law."),
        N_("Correct that milestone; 'lawcheck case show {case}' shows which."),
    ),
    "not-extensible": (N_("The term of {ref} cannot be extended: {why_not_extended}."), _NOTHING),
    "no-such-file": (N_("The file {path} cannot be read: {reason}."), N_("Check the path.")),
    "refused": (N_("The rules do not allow this."), _NOTHING),
    "already-done": (
        N_("{ref} of {year} is done already, by {done_by} on {day}."),
        N_("Run 'lawcheck untick {ref} --year {year} --why ...' first if that was wrong."),
    ),
    "not-applicable": (
        N_("{ref} of {year} was set aside as not applicable: {why}"),
        N_("Run 'lawcheck untick {ref} --year {year} --why ...' first if that was wrong."),
    ),
    "nothing-to-untick": (N_("{ref} of {year} is open; there is nothing to untick."), _NOTHING),
    "not-done": (
        N_("{ref} of {year} is not done, so there is nothing to review."),
        N_("Run 'lawcheck list --to-review' to see what waits for a review."),
    ),
    "own-work": (N_("{person} {how} {ref} of {year} and so cannot review it."), _ANOTHER_REVIEWS),
    "not-a-reviewer": (
        N_("{person} is not among those who review."),
        N_("Those who review: {reviewers}. 'reviews: true' in the bureau file says who does."),
    ),
    "already-accepted": (N_("{ref} of {year} was accepted by {person} on {day} already, as it stands."), _NOTHING),
    "against-constraint": (
        N_("The register {path} refuses the change: {reason}."),
        N_("Nothing was changed. Run 'lawcheck verify' to see whether the record is whole."),
    ),
    "future-date": (
        N_("{date} has not come yet; today is {today}."),
        N_("Give a day up to today. Nothing was changed."),
    ),
    "rate-not-ticked": (
        N_("{ref} happens in every case, so it stands for a rate and is not ticked."),
        N_("Record its two figures: 'lawcheck figure add {met} ...' and 'lawcheck figure add {of} ...'"),
    ),
    "occasion-first": (
        N_("{ref} has no row until something happens."),
        N_("Record it first: lawcheck occasion {ref} --on {year}-MM-DD --note '...'"),
    ),
    "not-an-occasion": (
        N_("{ref} is {kind}; only an item that waits for an occasion can be triggered."),
        N_("Run 'lawcheck show {ref}' to see what it asks for."),
    ),
    "outside-year": (
        N_("{date} does not lie in {year}, the year that is meant."),
        N_("Give a day of that year, or name the other year with --year."),
    ),
    "year-closed": (
        N_("The year {year} is closed; its checklists are frozen."),
        N_("Nothing was changed. 'lawcheck year reopen {year} --why ...' opens it again."),
    ),
    "already-closed": (
        N_("The year {year} was closed by {person} on {day} already."),
        N_("Run 'lawcheck year manifest {year} -o FILE' for its manifest."),
    ),
    "year-open": (N_("The year {year} is open."), _NOTHING),
    "year-not-over": (
        N_("The year {year} runs until {ends}; today is {today}. What did not happen in it cannot be said yet."),
        N_("Close it once it is over. Nothing was changed."),
    ),
    "reviews-missing": (
        N_("The year {year} cannot be closed while reviews are missing.{returned_rows}{waiting_rows}{idle_items}"),
        N_("Run 'lawcheck list --to-review --year {year}' and 'lawcheck list --review returned --year {year}'."),
    ),
    "not-confirmed": (
        N_("These did not happen in {year}, and nobody has confirmed it yet:{items}"),
        N_("If that is right, run 'lawcheck year close {year} --confirm'. Nothing was changed."),
    ),
    "manifest-not-written": (
        N_("The year {year} is closed by entry {seq}, but its manifest {path} could not be written: {reason}."),
        N_("Run 'lawcheck year manifest {year} -o FILE' to write it."),
    ),
    "nothing-to-undo": (N_("{person} has no command left to take back."), N_("Run 'lawcheck log' to see the entries.")),
    "unknown-entry": (
        N_("There is no entry {seq}; the last one is {last}."),
        N_("Run 'lawcheck log' to see the entries."),
    ),
    "redaction-stands": (
        N_("Entry {seq} erased something for good; that cannot be taken back."),
        N_("Run 'lawcheck log' to see what it left, and correct a row by a new command."),
    ),
    "already-redacted": (
        N_("Entry {seq} was redacted by entry {by} already: {why}. It holds no more free text."),
        N_("Run 'lawcheck redact --finish' if the file could not be written anew then."),
    ),
    "nothing-to-redact": (
        N_("Entry {seq} ({command}) holds no free text; it speaks of {keys}."),
        N_("Run 'lawcheck log' to find the entry that holds the words. Nothing was changed."),
    ),
    "nothing-to-redact-of": (
        N_("Entry {seq} ({command}) holds no free text about {only}; it speaks of {keys}."),
        N_("Run 'lawcheck log {only}' to find the entry that holds the words. Nothing was changed."),
    ),
    "words-not-there": (
        N_("These words do not stand in the free text of entry {seq} ({command}); it speaks of {keys}."),
        N_("Run 'lawcheck log' to find the entry that holds the words. Nothing was changed."),
    ),
    "reason-stays": (
        N_("Entry {seq} erased words itself, and says why; its reason stays."),
        N_("Run 'lawcheck log' to see the entries. Nothing was changed."),
    ),
    "reason-holds-words": (
        N_("The reason repeats the words that are to be erased, and it would stay."),
        N_("Name the law or the decision instead, and nobody's name. Nothing was changed."),
    ),
    "touched-since": (
        N_("Entry {seq} cannot be taken back: entry {later} by {person} changed {key} after it."),
        N_("Run 'lawcheck log' to see both, and correct the row by a new command."),
    ),
    "holiday-known": (
        N_("The holidays of {year} are known already, with other days: {days}."),
        N_(
            "Run 'lawcheck calendar status' to see what is known; if that is wrong, say --replace and --why."
            " Nothing was changed."
        ),
    ),
    "file-there": (
        N_("There is a file {path} already."),
        N_("Say --force to put another in its place, or name another file. Nothing was changed."),
    ),
    "folder-in-use": (
        N_("The folder {path} is not empty."),
        N_("Name a folder that does not exist yet, or an empty one. Nothing was written."),
    ),
    "file-too-large": (
        N_("The file {path} has {size_words}; evidence may have {most_words} at most."),
        N_("The setting evidence_most_mib says how much. Nothing was changed."),
    ),
    "evidence-there": (N_("The same evidence is there already: {name}{as_address}."), _NOTHING),
    "evidence-removed": (N_("{address} was taken off its row by {person} on {day}."), _NOTHING),
    "evidence-erased": (
        N_("{address} was erased on {day}; only its hash and its line are kept."),
        N_("Run 'lawcheck log' to see by whom and why."),
    ),
    "no-bytes-kept": (N_("Of {address} no content is kept: {what_is_kept}."), _NOTHING),
    "backup-onto-itself": (
        N_("{path} belongs to the register itself."),
        N_("Name a file elsewhere, best on another disk."),
    ),
    "not-replaced": (
        N_("{path} is there, and it is no backup that was finished."),
        N_("Name another file, or remove this one by hand. Nothing was changed."),
    ),
    "register-there": (
        N_("There is something at {path} already."),
        N_("Name a place where there is no register with --register. Nothing was changed."),
    ),
    "not-a-backup": (N_("{path} cannot be restored: {reason}"), _NOTHING),
    "bad-archive": (
        N_("{path} cannot be taken over{where}: {reason}."),
        N_(
            "An archive is what 'lawcheck export' writes; a bureau file is taken over by 'lawcheck bureau import', "
            "a table of cases by 'lawcheck case import'. Nothing was made."
        ),
    ),
    "no-manifest": (
        N_("The manifest {name} of {path} is missing: the backup was not finished, or not copied whole."),
        N_("Look for it; 'lawcheck restore {path} --without-manifest' takes the bare file of a register as it is."),
    ),
    "nothing-to-hand-out": (
        N_("The unit {unit} has nothing open in {year} and no figure to report."),
        N_("Run 'lawcheck summary {year} --by unit' to see who has."),
    ),
    "case-template": (
        N_("The template {template} is for cases and is not started for a year."),
        N_("Run 'lawcheck template list' to see what each template is for."),
    ),
    "bad-file": (N_("{faults}"), N_("Correct the file and run the command again. Nothing was changed.")),
    "not-provable": (
        N_("{path} is neither a register nor a journal nor a manifest: {reason}."),
        N_("Name what backup, log --export, year close or report wrote; what export wrote is proved by import."),
    ),
    "key-unusable": (
        N_("The key {path} cannot be used: {reason}."),
        N_("Make one with: openssl genpkey -algorithm ed25519 -out key.pem"),
    ),
    "signature-wrong": (
        N_("The signature of the manifest of {path} does not hold: {reason}."),
        N_("The manifest was changed, or made by somebody else. Nothing was changed."),
    ),
    "duty-unheld": (
        N_("No unit of the bureau holds what template {template} needs: {duties}."),
        N_("Add the duties to your bureau file and run 'lawcheck bureau import FILE'."),
    ),
    "figure-clash": (
        N_("The figure {key} is declared in two ways."),
        N_("Declare it once, in a template or in the bureau file."),
    ),
    "register": (N_("The register cannot be used."), _NOTHING),
    "register-missing": (
        N_("There is no register at {path}."),
        N_("Run 'lawcheck start' with a year to make one, or 'lawcheck demo' to look at a real year."),
    ),
    "register-is-directory": (N_("{path} is a folder, not a register."), N_("Name a file with --register.")),
    "not-a-register": (
        N_("{path} is no lawcheck register: {reason}."),
        N_("Name another file with --register. The file was not touched."),
    ),
    "register-read-only": (
        N_("The register {path} can be read but not written."),
        N_("Ask for the right to write it. Nothing was changed."),
    ),
    "register-locked": (
        N_("Another program kept the register {path} busy for {seconds} seconds."),
        N_("Try again when it has finished. Nothing was changed."),
    ),
    "register-newer": (
        N_("The register {path} was written by a newer lawcheck (format {found}, this one knows {known})."),
        N_("Update lawcheck. Nothing was changed."),
    ),
    "register-older": (
        N_("The register {path} was written by an older lawcheck (format {found}, this one knows {known})."),
        N_("Open it by 'lawcheck --register {path}' first: it is upgraded, after a backup. Nothing was changed."),
    ),
    "upgrade-read-only": (
        N_(
            "The register {path} was written by an older lawcheck and has to be upgraded (from format {found} to "
            "{known}), but it or its folder cannot be written."
        ),
        N_("Ask for the right to write both, or copy it to where you have it. Nothing was changed."),
    ),
    "not-upgraded": (
        N_("The register {path} has to be upgraded, but the backup from before, {name}, cannot be written: {reason}."),
        N_("Check the rights and the room on the disk. Nothing was changed."),
    ),
    "file-not-written": (
        N_("The file {path} cannot be written: {reason}."),
        N_("Check the path, the rights and the room on the disk."),
    ),
    "register-unreachable": (
        N_("The register {path} cannot be opened: {reason}."),
        N_("Check the path and the rights, or name another file with --register."),
    ),
    "unsupported-register": (
        N_("This version opens registers in a file only, not at {address}."),
        N_("Name a file with --register."),
    ),
    "disk-full": (N_("The disk is full; the register {path} was not changed."), N_("Make room and run it again.")),
    "vault-fault": (
        N_("The evidence folder {path} cannot be used: {reason}"),
        N_("Look at the folder and its rights, and run it again."),
    ),
    "evidence-damaged": (
        N_("The evidence {address} at {path} is damaged: {reason}."),
        N_("Run 'lawcheck verify --read-evidence' to see all that is wrong, and take the file from a copy."),
    ),
    "sqlite-too-old": (
        N_("This Python comes with SQLite {found}; lawcheck needs {needed} or newer."),
        N_("Use a newer Python."),
    ),
    "register-damaged": (
        N_("The register {path} is damaged: {reason}"),
        N_("Run 'lawcheck verify' to see what is wrong, and go back to a copy."),
    ),
}
"""By error code: the sentence and the hint."""

WHATS: dict[str, str] = {
    "too-large": N_("the file has {bytes} bytes"),
    "not-utf8": N_("these bytes are no UTF-8"),
    "yaml": N_("not YAML: {problem}"),
    "empty-file": N_("the file is empty"),
    "anchor": N_("an anchor or alias"),
    "second-document": N_("a second document"),
    "tag": N_("a tag {tag}"),
    "too-deep": N_("nested too deeply"),
    "key-not-text": N_("a key that is no text"),
    "duplicate-key": N_("the key {key} stands here twice"),
    "missing-key": N_("{key} is missing"),
    "unknown-key": N_("the key {key} is not known"),
    "bad-value": N_("{key} is {found}"),
    "bad-root": N_("the file holds {found}"),
    "no-such-date": N_("there is no day {key}"),
    "duplicate-version": N_("the version {key} stands here twice"),
    "end-unexplained": N_("only one of 'to' and 'ended' is given for {key}"),
    "successor-misplaced": N_("a successor is named for a version of {key} that has none to name"),
    "date-certainty": N_("date and certainty of {key} do not fit together"),
    "unknown-source": N_("no source {key} in laws.yaml"),
    "duplicate-template": N_("the template {key} is also in {other}"),
    "duplicate-figure": N_("the figure {key} stands here twice"),
    "case-file": N_("this is a template for cases"),
    "year-file": N_("this is a template for a year"),
    "bad-rule": N_("{key} is no term"),
    "terms-overlap": N_("the terms of {key} overlap, or the newer one stands first"),
    "never-in-force": N_("the law {key} ends before it begins"),
    "few-answers": N_("{key} leaves no choice"),
    "unknown-choice": N_("no choice {key} in this file"),
    "unknown-pause": N_("no pause {key} in this file"),
    "unknown-clock": N_("no clock {key} in clocks.yaml"),
    "clock-misplaced": N_("'clock' does not fit an item of the kind {kind}"),
    "clock-unfit": N_("the clock {key} cannot run from the day of an occasion alone"),
    "which-misplaced": N_("only one of 'row' and 'which' is given for {key}"),
    "no-case-template": N_("no case template {key}"),
    "unknown-part-of-case": N_("the case template {case} has no {key}"),
    "unknown-question": N_("no choice {key} in clocks.yaml"),
    "unknown-answer": N_("{key} is no answer to it"),
    "unknown-milestone": N_("no milestone {key} in this file"),
    "unknown-fact": N_("no fact {key} in this file"),
    "circle": N_("{key} comes before itself"),
    "derived-back": N_("the term {key} does not run on from an event"),
    "case-item-code": N_("{key} cannot be the code of an item of a case"),
    "ends-at-start": N_("{key} ends where it starts"),
    "out-of-order": N_("by the order of the milestones {key} ends before it starts"),
    "two-grounds": N_("{key} has both a clock and law of its own"),
    "clock-unstarted": N_("{key} names a clock and no milestone that starts it"),
    "untimed": N_("the clock {clock} runs in hours and the milestone {key} has no time of day"),
    "duplicate-code": N_("the code {key} stands here twice"),
    "foreign-code": N_("the code {key} does not begin with {template}-"),
    "unknown-duty": N_("no duty {key} in duties.yaml"),
    "unknown-duty-held": N_("no duty {key} in duties.yaml"),
    "every-misplaced": N_("'every' does not fit an item of the kind {kind}"),
    "dates-misplaced": N_("'dates' and 'every' do not fit together"),
    "no-such-day": N_("{key} is no day of every year"),
    "due-misplaced": N_("'due' does not fit an item of the kind {kind}"),
    "due-other-kind": N_("the due rule {key} does not fit an item of the kind {kind}"),
    "due-from-misplaced": N_("'due_from' does not fit an item of the kind {kind}"),
    "deadline-missing": N_("{key} says no deadline in words"),
    "years-reversed": N_("the years end before they begin"),
    "unknown-law": N_("no law {key} in laws.yaml"),
    "unknown-version": N_("the law {law} has no version {key}"),
    "read-nowhere": N_("certainty and read_in of {key} do not fit together"),
    "no-ground": N_("{key} rests on nothing"),
    "practice-unsourced": N_("{key} says that practice fixes its day, but not where the practice comes from"),
    "no-law-for-day": N_("{key} says that the law fixes its day, but names no law"),
    "review-misplaced": N_("'review' does not fit an item of the kind {kind}"),
    "rate-misplaced": N_("'rate' does not fit an item of the kind {kind}"),
    "unknown-figure": N_("no figure {key} in this template"),
    "duplicate-unit": N_("the unit {key} stands here twice"),
    "unit-like-period": N_("the unit {key} is called like a period"),
    "duplicate-entry": N_("{key} stands here twice"),
    "unknown-unit": N_("no unit {key} in this file"),
    "range-reversed": N_("{key} ends before it begins"),
    "foreign-year": N_("{key} lies outside the year {year}"),
    "off-and-worked": N_("{key} is both off and worked"),
    "worked-plain": N_("{key} is no Saturday or Sunday"),
    "unknown-holiday": N_("no holiday {key} under 'off'"),
    "number-certainty": N_("number and certainty of the notice do not fit together"),
    "invalid-amount": N_("{key} is no amount"),
    "amount-without-measure": N_("{key} has no measure"),
    "wrong-measure": N_("{key} is in another measure"),
    "share-beyond": N_("{key} is no share of a whole"),
    "negative-amount": N_("{key} is less than nothing"),
    "entry-twice": N_("the figure {key} has this very entry already, number {n}"),
    "no-such-figure": N_("the year has no figure {key}"),
    "no-such-qualifier": N_("{key} does not say how exact it is"),
    "day-and-period": N_("both a day and a period for {key}"),
    "two-rules": N_("the figure {key} is answered in two ways"),
    "no-percent": N_("the rate {key} is not in per cent"),
    "unknown-field": N_("{key} is nothing that this year knows"),
    "open-brace": N_("a brace without its counterpart in {key}"),
    "step-unclear": N_("a step that says several things, or none"),
    "too-many-rows": N_("more than {limit} rows"),
    "too-many-columns": N_("more than {limit} columns"),
    "no-table": N_("this is no table"),
    "no-workbook": N_("this is no workbook, or a broken one"),
    "unpacks-too-large": N_("unpacked, the workbook has {bytes} bytes"),
    "not-utf8-gb18030": N_("these bytes are neither UTF-8 nor GB 18030"),
    "broken-csv": N_("not CSV: {problem}"),
    "merged-cells": N_("merged cells"),
    "formula": N_("a formula {key}"),
    "cell-error": N_("an error {key}"),
    "control-character": N_("a control character in {key}"),
    "no-day": N_("{key} is a time without a day"),
    "nameless-column": N_("a column without a name"),
    "duplicate-column": N_("the column {key} stands here twice"),
    "ambiguous-column": N_("the column {key} can mean several things"),
    "unknown-column": N_("the column {key} is not known"),
    "missing-column": N_("a column is missing"),
    "missing-opened": N_("the day on which the case came is missing"),
    "missing-cell": N_("nothing under {key}"),
    "digits-lost": N_("{key} is a number of more than 15 digits, of which a workbook keeps no more"),
    "number-taken": N_("the number {key} is taken by {ref}"),
    "number-twice": N_("the number {key} stands in line {ref} too"),
    "macros": N_("a workbook with macros"),
    "not-handed-out": N_("this is no workbook that was handed out"),
    "binding-altered": N_("what binds the workbook was changed"),
    "sheet-missing": N_("no sheet {key}; there are: {found}"),
    "line-moved": N_("the line of {key} stands here, which was {was}"),
    "altered-cell": N_("{key} stands where {was} was handed out"),
    "beside-cells": N_("{key} stands outside the cells to fill in"),
    "unreadable": N_("the file cannot be read: {problem}"),
    "given-twice": N_("the same workbook as {other}"),
    "other-register": N_("this workbook is of another register, {key}"),
    "other-head": N_("this workbook was handed out at an entry {key} that the register does not have"),
    "other-year": N_("this workbook is of the year {key}"),
    "closed-year": N_("this workbook is of the year {key}, which is closed"),
    "unknown-state": N_("{key} is no state"),
    "day-missing": N_("{key} is said to be done, and no day is given"),
    "day-without-done": N_("a day is given, and {key} is not said to be done"),
    "left-missing": N_("{key} is partly done, and what is left is not said"),
    "reason-missing": N_("{key} is not applicable, and no reason is given"),
    "before-period": N_("{key} lies before the row could be asked for"),
    "row-settled": N_("{key} is not open"),
    "outside-year": N_("{key} does not lie in {year}"),
    "amount-missing": N_("a day or a note of {key}, and no amount"),
    "bad-amount": N_("{key} is no amount in {measure}"),
    "no-such-unit": N_("the bureau has no unit {key}"),
    "no-such-fact": N_("there is no fact {key}"),
    "unclear-fact": N_("{key} says neither yes nor no"),
    "unknown-case-template": N_("{key} is not the kind of case"),
    "foreign-cell": N_("cases of the kind {template} have no such column"),
    "unreadable-day": N_("{key} is no day that can be read"),
    "future-day": N_("{key} has not come yet"),
    "no-time": N_("{key} has no time of day"),
    "opened-twice": N_("another day than under {key}, {other}"),
    "milestone-impossible": N_("{name} ({at}) cannot lie before {other} ({other_at})"),
}
"""By kind of fault: what was found."""

EXPECTEDS: dict[str, str] = {
    "size": N_("{limit} bytes at most"),
    "utf8": N_("a file in UTF-8"),
    "yaml": N_("YAML 1.2"),
    "content": N_("at least one key"),
    "no-anchor": N_("each thing written out where it stands"),
    "one-document": N_("one document"),
    "no-tag": N_("plain text, numbers, lists and mappings"),
    "depth": N_("{limit} levels at most"),
    "key-text": N_("a word"),
    "one-key": N_("each key once"),
    "required": N_("a value"),
    "known-key": N_("one of the keys of the schema"),
    "text": N_("text"),
    "integer": N_("a whole number"),
    "boolean": N_("true or false"),
    "list": N_("a list"),
    "mapping": N_("a mapping"),
    "pattern": N_("text of the form {wanted}"),
    "one-of": N_("one of {wanted}"),
    "plain-workbook": N_("an .xlsx workbook without macros"),
    "handed-out": N_("a workbook that 'lawcheck hand-out' wrote"),
    "as-given": N_("it as it was handed out; ask for a new one"),
    "sheet-as-given": N_("the sheets by the names that they were handed out with"),
    "line-in-place": N_("each line where it was handed out"),
    "cell-as-given": N_("only the yellow cells changed"),
    "once": N_("each workbook once"),
    "own-register": N_("a workbook of this register"),
    "year-meant": N_("a workbook of {year}; another open year is named by --year"),
    "open-year": N_("a workbook of an open year"),
    "day-or-unstated": N_("the day, or 未注明"),
    "empty-or-done": N_("no day, or the state 已完成"),
    "day-from": N_("{wanted} or later"),
    "open-row": N_("a row that is open"),
    "day-of-year": N_("a day of {year}"),
    "amount": N_("a number in {measure}, such as 12 or 1619.14万"),
    "some-text": N_("some text"),
    "shorter-text": N_("text of at most {wanted} characters"),
    "one-at-least": N_("at least one"),
    "fewer": N_("fewer entries"),
    "at-least": N_("{wanted} or more"),
    "at-most": N_("{wanted} or less"),
    "shape": N_("{detail}"),
    "one-version": N_("each version once"),
    "to-and-ended": N_("both, or neither"),
    "successor-of-ended": N_("only for the last version of a law, and only where it has an end"),
    "date-or-not-found": N_("a date, or certainty: not-found"),
    "source": N_("a source of laws.yaml"),
    "one-template": N_("each template once"),
    "one-figure": N_("each figure once"),
    "for-year": N_("a template with 'for: year'"),
    "for-case": N_("a template with 'for: case'"),
    "term": N_("a term such as 'within 7 wd', 'within 15 d, rolls', 'at least 7 wd before' or 'after 10 wd'"),
    "term-on": N_("a term such as 'within 30 d'"),
    "oldest-first": N_("terms that follow each other in time, the oldest first"),
    "in-force": N_("law that was in force on some day"),
    "two-answers": N_("two answers at least"),
    "choice": N_("one of 'choices'"),
    "pause": N_("one of 'pauses'"),
    "clock": N_("a clock of clocks.yaml"),
    "clock-occasion": N_("'clock' with occasions, and only there"),
    "clock-forward": N_("a clock whose terms end so many days or months after their start, without a choice"),
    "which-with-row": N_("both, or neither"),
    "case-template": N_("the code of a case template"),
    "part-of-case": N_("a milestone, a fact or an item of that case template"),
    "question": N_("one of {known}"),
    "answer": N_("one of {known}"),
    "milestone": N_("a milestone declared in the same file"),
    "fact": N_("a fact declared in the same file"),
    "no-circle": N_("an order without a circle"),
    "case-item-code": N_("2 to 8 capitals and digits, not digits alone and no period such as Q1 or M01"),
    "other-milestone": N_("another milestone"),
    "in-order": N_("milestones in the order of the term"),
    "one-ground": N_("one of the two: a clock brings its law"),
    "clock-or-basis": N_("a clock, a basis, or the source of a practice"),
    "starts": N_("'starts'"),
    "timed": N_("'timed: true' with that milestone"),
    "one-code": N_("each code once"),
    "own-code": N_("codes that begin with {template}-"),
    "duty": N_("a duty of duties.yaml"),
    "every-periodic": N_("'every' with periodic items, and only there"),
    "dates-every-dates": N_("'dates' with 'every: dates', and only there"),
    "date": N_("a day of the calendar"),
    "month-day": N_("a day that every year has, such as 12-31"),
    "due-yearly": N_("'due' with yearly and periodic items, and only there"),
    "due-of-kind": N_("'by 12-31' for yearly, 'by period end' for periodic items"),
    "due-from-yearly": N_("'due_from' with yearly and periodic items, and only there"),
    "deadline": N_("'deadline' in both languages"),
    "years-in-order": N_("from before to"),
    "law": N_("a law of laws.yaml"),
    "version": N_("a version of that law"),
    "read-in": N_("read_in where it was read, and only there"),
    "basis-or-source": N_("a basis, or the source of a practice"),
    "source-of-practice": N_("'source'"),
    "basis": N_("a basis"),
    "review-with-rows": N_("'review' with items that have rows; in a case template with the case's own items"),
    "rate-case": N_("'rate' with case items, and only there"),
    "figure": N_("a figure declared in the same file"),
    "one-unit": N_("each unit once"),
    "unit-code": N_("a code that is not Q1, M01, H1 or D0315"),
    "one-entry": N_("each once"),
    "unit": N_("a unit declared in the same file"),
    "range-in-order": N_("from before to"),
    "near-year": N_("a day of the year, of the December before or the January after"),
    "off-or-worked": N_("one of the two"),
    "weekend": N_("a weekend day that is worked"),
    "holiday": N_("the Chinese name of one of its holidays"),
    "number-or-not-found": N_("a number, or certainty: not-found"),
    "figure-column": N_("one of the columns {wanted}"),
    "new-entry": N_("an entry that is not there yet"),
    "figure-of-year": N_("one of its figures; near: {wanted}"),
    "day-or-period": N_("one of the two"),
    "one-rule": N_("one at most of counted, rows, rate and share"),
    "percent": N_("the measure %"),
    "field": N_("a figure, an item, a template or a case template of the year; near: {wanted}"),
    "field-in-braces": N_("braces in pairs, and only around fields"),
    "one-verb": N_("exactly one of tick, partial, occasion and note"),
    "fewer-rows": N_("{limit} cases at most in one file"),
    "fewer-columns": N_("{limit} columns at most"),
    "csv-or-xlsx": N_("a workbook (.xlsx) or a CSV file"),
    "utf8-gb18030": N_("a CSV file in one of the two"),
    "csv": N_("quotation marks in pairs"),
    "table": N_("a row with the names of the columns, and a row for each case"),
    "own-cells": N_("each value in a cell of its own"),
    "plain-value": N_("the value itself"),
    "column-name": N_("a name in the first row"),
    "one-column": N_("each column once"),
    "known-column": N_("a column of every case, or a milestone or fact of its kind; nearest: {wanted}"),
    "column-of": N_("a column called {wanted}"),
    "number-as-text": N_("the number as text"),
    "own-number": N_("a number that no other case of its kind has"),
    "yes-or-no": N_("yes or no (是 or 否)"),
    "empty-cell": N_("nothing here"),
    "day-cell": N_("a cell that holds a date, or a day written 2026-03-05 with a year of four digits"),
    "day-come": N_("a day up to {today}"),
    "day-and-time": N_("day and time, such as 2026-03-05 15:30"),
    "one-day": N_("one day"),
    "lawful-order": N_("days in an order that the law allows"),
}
"""By kind of fault: what was expected."""

_UNTICK_FIRST = N_("Run 'lawcheck untick {ref} --why ...' first if that was wrong.")
OF_NO_YEAR: dict[str, tuple[str, str]] = {
    "unknown-ref": (N_("There is no row {ref}.{near}"), N_("Run 'lawcheck list {template}' to see the rows.")),
    "already-done": (N_("{ref} is done already, by {done_by} on {day}."), _UNTICK_FIRST),
    "not-applicable": (N_("{ref} was set aside as not applicable: {why}"), _UNTICK_FIRST),
    "nothing-to-untick": (N_("{ref} is open; there is nothing to untick."), _NOTHING),
    "not-done": (
        N_("{ref} is not done, so there is nothing to review."),
        N_("Run 'lawcheck list --to-review' to see what waits for a review."),
    ),
    "own-work": (N_("{person} {how} {ref} and so cannot review it."), _ANOTHER_REVIEWS),
    "already-accepted": (N_("{ref} was accepted by {person} on {day} already, as it stands."), _NOTHING),
}
"""Said of rows of cases, which belong to no year."""
NONE_KNOWN: dict[str, tuple[str, str]] = {
    "unknown-pause": (
        N_("No term of {ref} stands still for any reason."),
        N_("Run 'lawcheck case show {ref}' to see the case."),
    ),
}
"""Said where there is nothing to choose from."""


def sentence(error: LawcheckError) -> tuple[str, str]:
    """Return what an error says and the hint that goes with it."""
    without_year = not (error.params.get("year", True) and error.params.get("years", True))
    none_known = not error.params.get("known", True)
    other = (without_year and OF_NO_YEAR.get(error.code)) or (none_known and NONE_KNOWN.get(error.code))
    message, hint = other or SENTENCES.get(error.code, SENTENCES["usage"])
    said = _(message).format_map(_Missing(_filled(error, quoted)))
    return said, pasteable(_(hint).format_map(_Missing(_filled(error, safe))))


def fault_line(fault: Any) -> str:  # noqa: ANN401  # a Fault of the library, which this room does not know
    """Return one fault of a file as `path:line:column: what, expected`, of a workbook as `path:B7: ...`."""
    words = _Missing({key: _listed(value) for key, value in fault.parameters.items()})
    if "kind" in words:
        words["kind"] = word(KINDS, words["kind"])
    if "key" in words:
        words["key"] = quoted(fault.parameters["key"])
    if fault.parameters.get("problem") in REASONS:
        words["problem"] = _(REASONS[fault.parameters["problem"]])
    what = _(WHATS[fault.what]).format_map(words)
    expected = _(EXPECTEDS[fault.expected]).format_map(words)
    where = fault.cell or f"{fault.line}:{fault.column}"
    return _("{place}: {what}, expected: {expected}").format(
        place=f"{safe(fault.path)}:{where}", what=what, expected=expected
    )


def _listed(value: object) -> str:
    """Return a word, or several in a row; a name with its title in both languages as both."""
    if isinstance(value, tuple) and len(value) == 2 and isinstance(value[1], tuple):
        return _("{name} ({title})").format(name=safe(value[0]), title=safe(pick(*value[1])))
    return _(", ").join(safe(one) for one in value) if isinstance(value, (list, tuple)) else safe(value)


class _Missing(dict[str, str]):
    """Words for a sentence; one that is not there stays empty."""

    def __missing__(self, key: str) -> str:
        return ""


REASONS = {
    "no-file": N_("there is no such file"),
    "no-right": N_("you may not read it"),
    "not-a-file": N_("it is no regular file"),
    "a-link": N_("it is a link; name the file that it leads to"),
    "file-changed": N_("it changed while it was read"),
    "other-bytes": N_("its bytes are not those that were kept"),
    "no-room": N_("the disk is full"),
    "no-folder": N_("there is no such folder"),
    "no-right-to-write": N_("you may not write there"),
    "empty-file": N_("the file is empty"),
    "file-there": N_("there is a file of that name already"),
    "foreign-file": N_("it is a database of another program"),
    "not-the-demo": N_("it is not the demonstration's own file demo-2022.db"),
    "too-large": N_("it is too large"),
    "no-document": N_("it is no Word document"),
    "has-comments": N_("it holds comments, which would be published with the report"),
    "tracked-changes": N_("it holds tracked changes, which would be published with the report"),
    "hidden-text": N_("it holds hidden text, which would be published with the report"),
    "no-fields": N_("it has no field to fill"),
    "no-field": N_("what stands between the braces is no field"),
    "brace-open": N_("braces that are opened are not closed"),
    "block-open": N_("a for or an if has no end"),
    "block-unopened": N_("an end without its for or if"),
    "no-filter": N_("there is no such filter"),
    "out-of-reach": N_("a field asks for what a template may not have"),
    "unfillable": N_("what is asked of a field cannot be worked out"),
    "unbalanced": N_("its totals do not balance"),
    "the-journal-is-append-only": N_("the journal is append-only"),
    "the-journal-has-no-gaps": N_("the journal has no gaps"),
    "frozen-copies-never-change": N_("frozen copies never change"),
    "who-did-it-does-not-review-it": N_("who did it does not review it"),
    "what-was-accepted-has-changed": N_("what was accepted has changed"),
    "no-zip": N_("it is no archive, or not all of it"),
    "too-many-files": N_("the register has more evidence than an archive takes; make a backup"),
    "too-many-parts": N_("it has more parts than an archive of a register"),
    "unknown-part": N_("no archive of a register has this part"),
    "missing-part": N_("this part is missing"),
    "part-twice": N_("this part stands there twice"),
    "out-of-order": N_("this part stands in another place"),
    "overlapping": N_("its parts take more room than the whole"),
    "part-encrypted": N_("it is encrypted"),
    "part-compressed": N_("it is compressed, and an archive of a register never is"),
    "unreadable": N_("it cannot be read as it should"),
    "too-long": N_("it is too long"),
    "line-too-long": N_("the line is too long"),
    "line-without-end": N_("the line has no end"),
    "no-object": N_("it is no JSON object of texts and whole numbers"),
    "not-canonical": N_("its JSON is not in canonical form"),
    "other-keys": N_("its keys are others"),
    "other-kind": N_("a value is of another kind"),
    "other-format": N_("its format is not known to this version"),
    "newer-archive": N_("it was written by a newer lawcheck"),
    "no-id": N_("it has no id of a register"),
    "other-hash-of-copy": N_("the frozen copy has another hash"),
    "not-by-hash": N_("the frozen copies do not stand in order, each once"),
    "bomb": N_("it would take far more room than its text"),
    "not-applicable": N_("it cannot be applied to what came before"),
    "bad-redaction": N_("what is left of a redacted entry cannot be read"),
    "unknown-evidence": N_("the journal refers to no such file, or to one of another size"),
    "other-hash": N_("its hash is another"),
    "other-lost": N_("it names other evidence as lost"),
    "other-files": N_("it names other parts, or gives them other hashes"),
    "other-head": N_("it is that of another register or of another moment"),
    "read-back": N_("what was read back is not what was written"),
    "other-version": N_("its tables are not those of the version that it says it has"),
    "no-version": N_("it does not say of which version it is"),
    "unchained": N_("an entry does not follow the one before it"),
    "bad-manifest": N_("its manifest cannot be read"),
    "other-manifest": N_("its manifest is of another kind ({name})"),
    "another-register": N_("its manifest is that of another register or of another moment ({name})"),
    "other-hash-of-file": N_("the manifest gives {name} another hash: it was changed, or is damaged"),
    "file-lost": N_("the evidence {name} is missing or damaged, or the manifest does not name it"),
    "unknown-form": N_("its form is not known"),
    "needs-passphrase": N_("it is encrypted, and there is no terminal on which its passphrase can be asked"),
    "wrong-passphrase": N_("the passphrase is another"),
    "no-private-key": N_("it is no private key in PEM"),
    "no-public-key": N_("it is no public key in PEM"),
    "not-ed25519": N_("it is no key of Ed25519"),
    "unsigned": N_("it is not signed"),
    "other-algorithm": N_("it is not by Ed25519"),
    "wrong-signature": N_("it does not fit what is signed"),
    "another-key": N_("it is by another key"),
    "not-whole": N_("it is not whole"),
    "not-proved": N_("it is not whole ({name})"),
    "mismatch": N_("a table does not hold what the journal says"),
}
"""Reasons that lawcheck itself finds; any other is what the system said."""


def reason_words(reason: str) -> str:
    """Return a reason in words."""
    return _(REASONS[reason]) if reason in REASONS else safe(reason)


_PATHS = ("path", "name")
_QUOTED = (*_PATHS, "text", "value", "unit", "person", "address")


def _filled(error: LawcheckError, quote: Callable[[object], str]) -> Mapping[str, str]:
    """Return the parameters of an error as words, what a user typed as `quote` has it."""
    words: dict[str, str] = {}
    for name, value in error.params.items():
        if name == "candidates":
            pairs: list[tuple[str, int]] = value  # type: ignore[assignment]
            words[name] = _(", ").join(f"{ref} ({year})" if year else ref for ref, year in pairs)
            more = int(str(error.params.get("more", 0)))
            if more > 0:
                words[name] += " " + plural("and {n} more", "and {n} more", more)
            several_years = len({year for _ref, year in pairs}) > 1
            ref, year = pairs[0]
            words["example"] = f"{ref} --year {year}" if several_years else ref
        elif name == "known" and isinstance(value, tuple) and value and isinstance(value[0], tuple):
            named: tuple[tuple[str, tuple[str, str]], ...] = value
            words[name] = _(", ").join(
                _("{name} ({title})").format(name=one, title=safe(pick(*both))) for one, both in named
            )
        elif name == "faults":
            words[name] = "\n".join(fault_line(fault) for fault in value)  # type: ignore[attr-defined]
        elif name == "reason":
            words[name] = reason_words(str(value))
        elif name == "kind":
            words[name] = word(KINDS, str(value))
        elif name in _PATHS and quote is quoted:
            words[name] = quoted_path(value)
        elif name in _QUOTED:
            words[name] = quote(value)
        elif isinstance(value, Iterable) and not isinstance(value, str):
            words[name] = _(", ").join(safe(one) for one in value)
        else:
            words[name] = safe(value)
    _add_particulars(error, words)
    _add_of_closing(error, words)
    return words


def _in_part(error: LawcheckError, words: Mapping[str, str]) -> str:
    """Say in which part of an archive something is wrong, and in which line."""
    if not error.params["part"]:
        return ""
    if error.params["line"] is None:
        return _(", {part}").format(part=words["part"])
    return _(", {part}, line {line}").format(part=words["part"], line=error.params["line"])


_NOT_EXTENDED: dict[str, Callable[[object], str]] = {
    "law": lambda _most: _("the law sets no extension for it, or not in this unit"),
    "ended": lambda _most: _("it is not open"),
    "times": lambda most: _("it has been extended {most} times already, which is all the law allows").format(most=most),
    "late": lambda due: _("it ended on {due}, before the approval").format(due=due),
    "amount": lambda most: _("the law allows no more than {most}").format(most=most),
}


_NO_LINK = {
    "scheme": N_("it does not begin with https:// or http://"),
    "host": N_("it names no site"),
    "password": N_("it holds a name or a password, which the register would keep for good"),
    "space": N_("it holds a space or a control character"),
    "long": N_("it is too long"),
}


def _add_of_evidence(error: LawcheckError, words: dict[str, str]) -> None:
    """Add the words that only errors of evidence need."""
    if error.code == "invalid-link":
        words["why_no_link"] = _(_NO_LINK[str(error.params["why"])])
    elif error.code == "unknown-evidence":
        known: list[str] = error.params["known"]  # type: ignore[assignment]
        words["has"] = _(" There is: {words}.").format(words=_(", ").join(known)) if known else ""
    elif error.code == "file-too-large":
        sizes = {name: int(str(error.params[name])) for name in ("size", "most")}
        words |= {f"{name}_words": size_words(value) for name, value in sizes.items()}
    elif error.code == "evidence-there" and error.params["address"]:
        words["as_address"] = f"{_(' (')}{words['address']}{_(')')}"
    elif error.code == "no-bytes-kept":
        words["what_is_kept"] = evidence_kept(
            str(error.params["evidence_kind"]), words["name"], safe(error.params["place"])
        )


def _add_particulars(error: LawcheckError, words: dict[str, str]) -> None:
    """Add the words that only one kind of error needs."""
    _add_of_evidence(error, words)
    if error.code == "own-work":
        words["how"] = _("ticked") if error.params["how"] == "did" else _("added evidence to")
    if error.code == "not-a-reviewer":
        words["reviewers"] = words["reviewers"] or _("nobody")
    if error.code == "already-done":
        words["day"] = safe(error.params["done_on"] or _("a day not stated"))
    nearest: list[str] = error.params.get("nearest", [])  # type: ignore[assignment]
    if nearest:
        words["near"] = _(" Nearest: {words}.").format(words=_(", ").join(safe(one) for one in nearest))
    if error.code == "bad-archive":
        words["where"] = _in_part(error, words)
    if error.code == "not-a-backup":
        words["reason"] = words["reason"].format_map(_Missing(words))
    if error.code == "not-extensible":
        words["why_not_extended"] = _NOT_EXTENDED[str(error.params["why"])](error.params["most"])
    more = int(str(error.params.get("more", 0)))
    if error.code == "holiday-known" and more:
        words["days"] += " " + plural("and {n} more", "and {n} more", more)
    if error.code == "not-of-year":
        reasons = {
            "years": _("it is asked for in other years only"),
            "law": _("no law it rests on is in force then"),
            "revised": _("the template was revised and asks for it no more"),
        }
        words["why_left_out"] = reasons[str(error.params["why"])]
        words["template"] = safe(error.params["ref"])[:2]
    if error.code == "not-asked-on":
        begins, ends = (safe(error.params[name]) if error.params[name] else "" for name in ("begins", "ends"))
        parts = [_("asked for until {day}").format(day=ends) if ends else ""]
        parts += [_("asked for from {day} on").format(day=begins) if begins else ""]
        words["asked"] = _("; ").join(part for part in parts if part) or _("no law in force then asks for it")
    if error.code == "nothing-to-carry":
        words["started"] = words["started"] or _("none")
    if error.code == "amount-without-measure":
        words["plain"] = safe(str(error.params["text"]).strip())


def _add_of_closing(error: LawcheckError, words: dict[str, str]) -> None:
    """Add the words that say what stands in the way of closing a year."""
    if error.code == "reviews-missing":
        for name, said in (("returned", _("Returned: {refs}.")), ("to_review", _("Waiting for a review: {refs}."))):
            refs: list[str] = error.params[name]  # type: ignore[assignment]
            place = "returned_rows" if name == "returned" else "waiting_rows"
            words[place] = "\n" + said.format(refs=_(", ").join(safe(one) for one in refs)) if refs else ""
    if error.code in ("reviews-missing", "not-confirmed"):
        items: list[tuple[str, str, str]] = error.params["unconfirmed"]  # type: ignore[assignment]
        words["items"] = "".join(f"\n  {safe(code)}  {safe(pick(zh, en))}" for code, zh, en in items)
        besides = "\n" + _("Not confirmed either; --confirm says that they did not happen:{items}")
        words["idle_items"] = besides.format(items=words["items"]) if items else ""
