"""Every command, with arguments that work on the ground of the trials, and what is known of some of them."""

NUMBER = "试案〔2026〕9号"
CHANGING: dict[str, list[str]] = {
    "start": ["start", "2027", "TT.yaml"],
    "tick": ["tick", "TT-02.Q2.FZ", "TT-02.Q1.ZF", "--note", "checked", "--file", "new.txt"],
    "untick": ["untick", "TT-01", "--why", "one section is missing"],
    "na": ["na", "TT-02.Q2.ZF", "--why", "not held"],
    "note": ["note", "TT-01", "to be raised at the meeting"],
    "assign": ["assign", "TT-01", "wang"],
    "occasion": ["occasion", "TT-03", "--on", "2026-06-01", "--note", "revised again"],
    "undo": ["undo"],
    "accept": ["accept", "TT-01", "--as", "wang"],
    "return": ["return", "TT-01", "--why", "the page is missing", "--as", "wang"],
    "evidence add": ["evidence", "add", "TT-02.Q1.FZ", "--file", "new.txt", "--doc", "试办〔2026〕19号"],
    "evidence remove": ["evidence", "remove", "TT-02.Q1.FZ#1", "--why", "belongs to another row"],
    "evidence export": ["evidence", "export", "TT-02.Q1.FZ", "-o", "inspection"],
    "evidence purge": ["evidence", "purge", "TT-02.Q1.FZ#1", "--why", "保密法"],
    "figure target": ["figure", "target", "visits", "30次"],
    "figure import": ["figure", "import", "figures.csv", "--file", "figures.csv"],
    "report": ["report", "2026", "-o", "report.docx", "--draft"],
    "figure add": ["figure", "add", "visits", "3次", "--on", "2026-06-01", "--file", "new.txt"],
    "case open": ["case", "open", "AJ", "--no", NUMBER, "--title", "x", "--on", "2026-06-01"],
    "case milestone": ["case", "milestone", "AJ-01", "investigated", "2026-06-10"],
    "case pause": ["case", "pause", "AJ-01", "appraisal", "2026-05-20", "2026-05-30"],
    "case extend": ["case", "extend", "AJ-01.DECIDE", "30 d", "--approval", "局长批准", "--on", "2026-06-10"],
    "case fact": ["case", "fact", "AJ-01", "hearing_right"],
    "case import": ["case", "import", "cases.csv", "--template", "AJ"],
    "case close": ["case", "close", "AJ-01", "--why", "移送公安机关"],
    "case reopen": ["case", "reopen", "AJ-02", "--why", "决定被撤销"],
    "template upgrade": ["template", "upgrade", "revised/TT.yaml", "--apply"],
    "calendar import": ["calendar", "import", "2027.yaml"],
    "calendar ics": ["calendar", "ics", "-o", "due.ics"],
    "bureau import": ["bureau", "import", "new-bureau.yaml"],
    "redact": ["redact", "6", "--why", "个人信息保护法第47条"],
    "hand-out": ["hand-out", "--unit", "ZF", "--year", "2026", "-o", "out.xlsx"],
    "collect": ["collect", "handed.xlsx", "--apply"],
    "log": ["log", "--export", "journal.jsonl"],
    "year close": ["year", "close", "2025", "--confirm"],
    "year manifest": ["year", "manifest", "2024", "-o", "manifest.json"],
    "year reopen": ["year", "reopen", "2024", "--why", "a court changed a decision"],
    "demo": ["demo"],
    "export": ["export", "-o", "copy.zip"],
    "import": ["import", "kept.zip", "--register", "imported.db"],
    "backup": ["backup", "-o", "copy.backup"],
    "restore": ["restore", "kept.backup", "--register", "restored.db"],
}
"""Every command that writes, with arguments that work on the ground."""

READING: dict[str, list[str]] = {
    "list": ["list"],
    "next": ["next"],
    "show": ["show", "TT-02.Q1.FZ"],
    "evidence list": ["evidence", "list"],
    "evidence open": ["evidence", "open", "TT-02.Q1.FZ#1", "--json"],
    "figure list": ["figure", "list"],
    "figure show": ["figure", "show", "visits"],
    "deadline": ["deadline", "7 wd", "2026-09-29"],
    "case list": ["case", "list", "--all"],
    "case show": ["case", "show", "AJ-01"],
    "summary": ["summary", "2026"],
    "template list": ["template", "list"],
    "template show": ["template", "show", "TT.yaml", "--year", "2026"],
    "template check": ["template", "check", "TT.yaml"],
    "template diff": ["template", "diff", "TT.yaml", "revised/TT.yaml"],
    "calendar status": ["calendar", "status"],
    "bureau show": ["bureau", "show"],
    "verify": ["verify", "--read-evidence"],
}
"""Every command that writes nothing; a test holds that none is missing from both tables."""

FRESH: dict[str, list[str]] = {
    "start, new register": ["start", "2026", "TT.yaml", "--bureau", "bureau.yaml"],
    "case open, new register": CHANGING["case open"],
    "bureau import, new register": CHANGING["bureau import"],
}
"""Commands that make the register first, where there is none."""

LONG = {"demo", "backup", "restore", "export", "import", "redact", "report"}
"""Commands that do what hundreds of others do: of their steps some are chosen by chance."""
MAY_WAIT = {"redact": "--finish"}
"""Commands that leave with 1, and say so, where the second part of their work has to wait."""
FINISHES = {"evidence purge": "evidence.purged"}
"""Commands that finish when they are called again what `verify` names by this check until then."""
SEVERAL = {"report", "log", "backup", "restore"}
"""Commands that write several files, the one that says that all are there the last: killed, they leave the others."""
LATER = {"year close": "lawcheck year manifest"}
"""Commands that say how to get what could not be written after the register was changed."""
IN_A_FOLDER = {"evidence export"}
"""Commands that write a folder which is new: killed, they leave one without its index, and take another."""
