"""Due days as the service finds them, made by hand so that every kind is there."""

from datetime import date
from typing import Any

from lawcheck.core.row import Row
from lawcheck.service.due_days import DueDay, DueDays
from lawcheck.service.working_days import calendar_of

TODAY = date(2026, 9, 24)
ROW = Row(
    2026, "TT-01", "TT-01", "TT", "yearly", "年度事项", "Yearly item", 2, "", "FZ", None, None, date(2026, 1, 1),
    date(2026, 10, 12), "law", "open", None, None, None, None, None, None, "none", None,
)  # fmt: skip
NOTHING: dict[str, Any] = {"basis": [], "practice": None}
PRACTICE: dict[str, Any] = {"basis": [], "practice": {"title": {"zh": "惯例", "en": "custom"}}}


def citation(article: str, standing: str = "in-force") -> dict[str, Any]:
    """Return a citation as a frozen copy holds it."""
    sure = {"date": "2021-07-15", "certainty": "read", "by": None}
    return {
        "title": {"zh": "行政处罚法", "en": "Administrative Penalty Law"},
        "article": article,
        "certainty": "read",
        "from": sure,
        "to": None,
        "ended": None,
        "successor": None,
        "standing": standing,
        "applies": {"from": None, "to": None},
    }


def due_days_of(*days: DueDay, today: date = TODAY) -> DueDays:
    units = {"FZ": ("法制科", "Legal"), "ZF": ("执法队", "Enforcement")}
    return DueDays(days, ("小局", "Small bureau"), units, "ab" * 16, today, calendar_of(None))
