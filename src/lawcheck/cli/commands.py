"""The table of commands: where each one lives, its panel, its first line of help, and two examples that work.

The table costs nothing to import; a command's module is imported when the command is called or helped with.
"""

from typing import NamedTuple

from lawcheck.render.language import N_

EVERYDAY, CASES, YEAR_END = N_("Everyday"), N_("Cases and deadlines"), N_("Year end")
REGISTER, LIBRARY = N_("Register"), N_("Library")
PANELS = (EVERYDAY, CASES, YEAR_END, LIBRARY, REGISTER)


class CommandLine(NamedTuple):
    """A command: module and function, panel, first line of help, examples for the demonstration register."""

    place: str
    panel: str
    help: str
    examples: tuple[str, ...] = ()


COMMANDS: dict[str, CommandLine] = {
    "start": CommandLine(
        "years:start",
        EVERYDAY,
        N_("Start a year from the templates."),
        ("lawcheck start 2023 --from 2022", "lawcheck start 2023 PL ES"),
    ),
    "list": CommandLine(
        "lists:list_",
        EVERYDAY,
        N_("List rows, rates and what has not happened."),
        ("lawcheck list FR", "lawcheck list --overdue --unit FZ"),
    ),
    "next": CommandLine(
        "lists:next_",
        EVERYDAY,
        N_("Show the most urgent rows."),
        ("lawcheck next", "lawcheck next -n 3"),
    ),
    "show": CommandLine(
        "lists:show",
        EVERYDAY,
        N_("Show a row or item with its law and history."),
        ("lawcheck show FR-04", "lawcheck show CR-06"),
    ),
    "tick": CommandLine(
        "rows:tick",
        EVERYDAY,
        N_("Tick rows as done, or partly done."),
        ("lawcheck tick PL-06 --on 2022-12-20 --note 'checked'", "lawcheck tick ES-28 --partial 'contract to renew'"),
    ),
    "untick": CommandLine(
        "rows:untick",
        EVERYDAY,
        N_("Reopen rows, with the reason."),
        ("lawcheck untick PL-01 --why 'one section is missing'", "lawcheck untick FR-04 --why 'ticked too early'"),
    ),
    "na": CommandLine(
        "rows:na",
        EVERYDAY,
        N_("Set rows aside as not applicable."),
        (
            "lawcheck na LP-06.D0426 --why 'held by the city bureau'",
            "lawcheck na MD-01 --why 'no major decision planned'",
        ),
    ),
    "note": CommandLine(
        "rows:note",
        EVERYDAY,
        N_("Write a note on a row or item."),
        ("lawcheck note PL-10 'draft sent to the office'", "lawcheck note CR-06 'to be raised at the meeting'"),
    ),
    "assign": CommandLine(
        "rows:assign",
        EVERYDAY,
        N_("Give rows to a person; '-' for nobody."),
        ("lawcheck assign PL-06 PL-10 lihua", "lawcheck assign PL-06 -"),
    ),
    "occasion": CommandLine(
        "rows:occasion",
        EVERYDAY,
        N_("Record that an occasion has come."),
        (
            "lawcheck occasion PL-02 --on 2022-07-15 --note 'a regulation was revised'",
            "lawcheck occasion PL-03 --on 2022-12-01 --note 'list changed'",
        ),
    ),
    "undo": CommandLine(
        "journal:undo",
        EVERYDAY,
        N_("Take back your last command."),
        ("lawcheck undo --as 法制员", "lawcheck undo --as 法制员 --json"),
    ),
    "log": CommandLine(
        "journal:log",
        EVERYDAY,
        N_("Read the journal."),
        ("lawcheck log FR-04", "lawcheck log --export ~/journal.jsonl"),
    ),
    "accept": CommandLine(
        "reviews:accept",
        EVERYDAY,
        N_("Accept done rows as they stand."),
        ("lawcheck accept PL-01 --as 复核员", "lawcheck accept LP-01 FR-01.Q4 --as 复核员"),
    ),
    "return": CommandLine(
        "reviews:return_",
        EVERYDAY,
        N_("Return done rows, with the reason."),
        (
            "lawcheck return MD-15.M11 --why 'the minutes are not signed' --as 复核员",
            "lawcheck return LP-01 --why 'the page is missing' --as 复核员",
        ),
    ),
    "evidence add": CommandLine(
        "evidence:add",
        EVERYDAY,
        N_("Add evidence to a row or a figure."),
        (
            "lawcheck evidence add PL-01 --file checklists/PL.yaml --dated 2022-12-20",
            "lawcheck evidence add PL-01 --doc '海府办〔2022〕18号' --link https://www.gov.cn/",
        ),
    ),
    "evidence list": CommandLine(
        "evidence:list_",
        EVERYDAY,
        N_("List evidence."),
        ("lawcheck evidence list", "lawcheck evidence list PL --json"),
    ),
    "evidence open": CommandLine(
        "evidence:open_",
        EVERYDAY,
        N_("Look at evidence."),
        ("lawcheck evidence open PL-01#1", "lawcheck evidence open PL-01 1 --json"),
    ),
    "evidence export": CommandLine(
        "evidence:export",
        YEAR_END,
        N_("Hand evidence out for an inspection."),
        (
            "lawcheck evidence export PL-01 -o ~/inspection/PL-01",
            "lawcheck evidence export --year 2022 -o ~/inspection/2022",
        ),
    ),
    "evidence remove": CommandLine(
        "evidence:remove",
        EVERYDAY,
        N_("Take evidence off its row or figure."),
        (
            "lawcheck evidence remove PL-01#1 --why 'belongs to another row'",
            "lawcheck evidence remove PL-01 2 --why 'replaced by the signed copy'",
        ),
    ),
    "evidence purge": CommandLine(
        "evidence:purge",
        REGISTER,
        N_("Erase the content of evidence for good."),
        (
            "lawcheck evidence purge PL-01#1 --why 'classified; order of the secrecy office'",
            "lawcheck evidence purge PL-01 1 --why 'classified; order of the secrecy office' --json",
        ),
    ),
    "figure add": CommandLine(
        "figures:add",
        EVERYDAY,
        N_("Record an amount with its measure."),
        (
            "lawcheck figure add penalty_decisions 716件",
            "lawcheck figure add legal_lectures 1次 --on 2022-12-20 --doc '海府办〔2022〕21号'",
        ),
    ),
    "figure target": CommandLine(
        "figures:target",
        EVERYDAY,
        N_("Set what a figure is to reach."),
        ("lawcheck figure target cases_total 800宗", "lawcheck figure target legal_lectures 2次"),
    ),
    "figure import": CommandLine(
        "figures:import_",
        EVERYDAY,
        N_("Record figures from a table."),
        (
            "lawcheck figure import checklists/figures.csv --dry-run",
            "lawcheck figure import checklists/figures.csv",
        ),
    ),
    "figure list": CommandLine(
        "figures:list_",
        EVERYDAY,
        N_("List the figures of a year."),
        ("lawcheck figure list", "lawcheck figure list --json"),
    ),
    "figure show": CommandLine(
        "figures:show",
        EVERYDAY,
        N_("Show a figure with its entries."),
        ("lawcheck figure show cases_total", "lawcheck figure show fines_collected"),
    ),
    "deadline": CommandLine(
        "deadlines:deadline",
        EVERYDAY,
        N_("Reckon a deadline and say why."),
        ("lawcheck deadline '7 wd' 2022-09-29", "lawcheck deadline '7 wd' 2022-10-14 --before"),
    ),
    "case open": CommandLine(
        "cases:open_",
        CASES,
        N_("Open a case."),
        (
            "lawcheck case open AJ --no '海市监案字〔2022〕88号' --title '无照经营' --on 2022-11-01",
            "lawcheck case open TS --no 20221105001 --title '退款纠纷' --on 2022-11-05",
        ),
    ),
    "case milestone": CommandLine(
        "cases:milestone",
        CASES,
        N_("Record a milestone of a case."),
        (
            "lawcheck case milestone AJ-01 filed 2022-11-10",
            "lawcheck case milestone AJ-01 lead 2022-11-02 --correct --why 'typed wrongly'",
        ),
    ),
    "case pause": CommandLine(
        "cases:pause",
        CASES,
        N_("Leave days out of a case's terms."),
        (
            "lawcheck case pause AJ-01 appraisal 2022-11-20 2022-11-30",
            "lawcheck case pause AJ-01 suspension 2022-12-01",
        ),
    ),
    "case extend": CommandLine(
        "cases:extend",
        CASES,
        N_("Record that a term was extended."),
        (
            "lawcheck case extend AJ-01.DECIDE '30 d' --approval '局长批准' --on 2022-12-20",
            "lawcheck case extend AJ-01.VERIFY '15 wd' --approval '局长批准' --on 2022-11-15",
        ),
    ),
    "case fact": CommandLine(
        "cases:fact",
        CASES,
        N_("Say which facts hold of a case."),
        ("lawcheck case fact AJ-01 other_province", "lawcheck case fact AJ-01 other_province=no"),
    ),
    "case import": CommandLine(
        "cases:import_",
        CASES,
        N_("Open many cases from a table."),
        (
            "lawcheck case import checklists/cases/example.csv --template AJ --dry-run",
            "lawcheck case import checklists/cases/example.csv --template AJ",
        ),
    ),
    "case list": CommandLine(
        "cases:list_",
        CASES,
        N_("List cases."),
        ("lawcheck case list", "lawcheck case list AJ --all"),
    ),
    "case show": CommandLine(
        "cases:show",
        CASES,
        N_("Show a case as a timeline."),
        ("lawcheck case show AJ-01", "lawcheck case show AJ-01 --json"),
    ),
    "case close": CommandLine(
        "cases:close",
        CASES,
        N_("Close a case."),
        (
            "lawcheck case close AJ-01 --on 2022-12-30 --why '移送公安机关'",
            "lawcheck case close TS-01 --why '投诉人撤回'",
        ),
    ),
    "case reopen": CommandLine(
        "cases:reopen",
        CASES,
        N_("Open a closed case again."),
        ("lawcheck case reopen AJ-01 --why '决定被撤销'", "lawcheck case reopen TS-01 --why '投诉人再次提出'"),
    ),
    "summary": CommandLine(
        "years:summary",
        YEAR_END,
        N_("Sum up a year."),
        ("lawcheck summary 2022 --as-of 2023-01-09", "lawcheck summary 2022 --by unit"),
    ),
    "report": CommandLine(
        "reports:report",
        YEAR_END,
        N_("Write the year's report as a Word document."),
        ("lawcheck report 2022 -o report-2022.docx --draft", "lawcheck report 2022 --privacy-scan"),
    ),
    "hand-out": CommandLine(
        "handouts:hand_out",
        YEAR_END,
        N_("Write a workbook for a unit to fill in."),
        (
            "lawcheck hand-out --unit ZF -o ~/ZF.xlsx",
            "lawcheck hand-out --all -o ~/handed-out",
        ),
    ),
    "collect": CommandLine(
        "handouts:collect",
        YEAR_END,
        N_("Collect workbooks that units filled in."),
        ("lawcheck collect ~/handed-out", "lawcheck collect ~/handed-out --apply"),
    ),
    "year close": CommandLine(
        "years:close",
        YEAR_END,
        N_("Close a year and write its manifest."),
        ("lawcheck year close 2022 --confirm -o -", "lawcheck year close 2022 --confirm --out -"),
    ),
    "year manifest": CommandLine(
        "years:manifest",
        YEAR_END,
        N_("Write the manifest of a closed year again."),
        ("lawcheck year manifest 2022 -o -", "lawcheck year manifest 2022 --out -"),
    ),
    "year reopen": CommandLine(
        "years:reopen",
        YEAR_END,
        N_("Open a closed year again, with the reason."),
        (
            "lawcheck year reopen 2022 --why 'a court changed a decision'",
            "lawcheck year reopen 2022 --why 'the audit asks for a second list' --json",
        ),
    ),
    "demo": CommandLine(
        "demo:demo",
        LIBRARY,
        N_("Look at the year 2022 of a real bureau."),
        ("lawcheck demo", "lawcheck demo --fresh"),
    ),
    "template list": CommandLine(
        "templates:list_",
        LIBRARY,
        N_("List the templates."),
        ("lawcheck template list", "lawcheck template list --json"),
    ),
    "template show": CommandLine(
        "templates:show",
        LIBRARY,
        N_("Show a template with the law of a year."),
        ("lawcheck template show PL", "lawcheck template show CR --year 2026"),
    ),
    "template check": CommandLine(
        "templates:check",
        LIBRARY,
        N_("Check template files for faults."),
        ("lawcheck template check", "lawcheck template check checklists/PL.yaml"),
    ),
    "template upgrade": CommandLine(
        "templates:upgrade",
        LIBRARY,
        N_("Take revised templates into a started year."),
        ("lawcheck template upgrade", "lawcheck template upgrade PL --apply"),
    ),
    "template diff": CommandLine(
        "templates:diff",
        LIBRARY,
        N_("Compare the templates of two years, or two files."),
        ("lawcheck template diff 2022 2026", "lawcheck template diff 2025 2026 CR --format csv"),
    ),
    "calendar status": CommandLine(
        "calendar:status",
        REGISTER,
        N_("Show which years' holidays are known."),
        ("lawcheck calendar status", "lawcheck calendar status --json"),
    ),
    "calendar import": CommandLine(
        "calendar:import_",
        REGISTER,
        N_("Take over a year's holiday notice."),
        (
            "lawcheck calendar import checklists/holidays/2026.yaml --dry-run",
            "lawcheck calendar import checklists/holidays/2026.yaml",
        ),
    ),
    "calendar ics": CommandLine(
        "calendar:ics",
        REGISTER,
        N_("Write open due days as a calendar file."),
        ("lawcheck calendar ics -o -", "lawcheck calendar ics -o - --unit FZ --within 10"),
    ),
    "bureau show": CommandLine(
        "bureau:show",
        REGISTER,
        N_("Show the bureau's units, duties and choices."),
        ("lawcheck bureau show", "lawcheck bureau show --json"),
    ),
    "bureau import": CommandLine(
        "bureau:import_",
        REGISTER,
        N_("Take over a bureau file."),
        ("lawcheck bureau import checklists/demo/2022/bureau.yaml", "lawcheck bureau import checklists/bureau.yaml"),
    ),
    "verify": CommandLine(
        "proof:verify",
        REGISTER,
        N_("Prove that the record is whole."),
        ("lawcheck verify", "lawcheck verify --read-evidence"),
    ),
    "redact": CommandLine(
        "redaction:redact",
        REGISTER,
        N_("Erase the words of an entry where the law demands it."),
        (
            "lawcheck redact 50 --why 'a person asked for it (个人信息保护法 art 47)' --dry-run",
            "lawcheck redact 50 --why 'a person asked for it (个人信息保护法 art 47)'",
        ),
    ),
    "backup": CommandLine(
        "register:backup",
        REGISTER,
        N_("Write a backup, with its evidence and a manifest."),
        ("lawcheck backup -o ~/lawcheck-2022.backup", "lawcheck backup -o ~/lawcheck-2022.backup --force"),
    ),
    "restore": CommandLine(
        "register:restore",
        REGISTER,
        N_("Put a backup where there is no register."),
        (
            "lawcheck restore ~/lawcheck-2022.backup --register ~/restored.db",
            "lawcheck restore ~/lawcheck-2022.backup --register ~/bare.db --without-manifest",
        ),
    ),
    "export": CommandLine(
        "register:export",
        REGISTER,
        N_("Write the whole register as open files, in one archive."),
        ("lawcheck export -o ~/lawcheck-2022.zip", "lawcheck export -o ~/lawcheck-2022.zip --force"),
    ),
    "import": CommandLine(
        "register:import_",
        REGISTER,
        N_("Make a register from an archive of open files."),
        (
            "lawcheck import ~/lawcheck-2022.zip --register ~/imported.db",
            "lawcheck import ~/lawcheck-2022.zip --register ~/again.db --json",
        ),
    ),
}
"""Every command but the board, which is lawcheck without a command."""

GROUPS = {
    "case": (CASES, N_("Cases: milestones, terms, deadlines.")),
    "evidence": (EVERYDAY, N_("Evidence: files, links and document numbers.")),
    "figure": (EVERYDAY, N_("Record and read the figures of the report.")),
    "year": (YEAR_END, N_("Close a year, or open it again.")),
    "template": (LIBRARY, N_("Look at the checklist templates.")),
    "calendar": (REGISTER, N_("Working days, and due days as a calendar.")),
    "bureau": (REGISTER, N_("The bureau: units, people, duties.")),
}
"""The groups of commands, with their panel and first line of help."""
