"""Which version a year's checklists cite, and within which days of it, as `start` lays them down."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lawcheck.core.journal import Actor
from lawcheck.service.start import start_year
from lawcheck.store.register import Register
from support import INSTANT

YEARS = range(2022, 2027)
ABSENT = None
"""The item is no part of the year."""
Cited = tuple[str, ...] | None

TABLE: dict[tuple[str, str, str], tuple[Cited, ...]] = {
    ("penalty procedure", "ES-03", "cxgd"): (("2021 ..2022-10-31", "2022 2022-11-01.."), *[("2022",)] * 4),
    ("hearing", "MD-18", "gd-tz"): (("1999 ..2022-05-31", "2022 2022-06-01.."), *[("2022",)] * 4),
    ("complaints", "CR-01", "tsjb"): (*[("2020",)] * 4, ("2020 ..2026-04-14", "2026 2026-04-15..")),
    ("informer's notice", "CR-06", "tsjb"): (*[("2020",)] * 4, ("2020 ..2026-04-14",)),
    ("mediation", "CR-03", "tsjb"): (*[("2020",)] * 4, ("2020 ..2026-04-14", "2026 2026-04-15..")),
    ("reconsideration reply", "RL-01", "fyf"): (*[("2017",)] * 2, *[("2023",)] * 3),
    ("reconsideration regulations", "RL-07", "fytl"): (
        *[("2007",)] * 4,
        ("2007 ..2026-06-30", "2026 2026-07-01.."),
    ),
    ("self-correction", "RL-04", "fytl"): (*[ABSENT] * 4, ("2026 2026-07-01..",)),
    ("agents", "RL-05", "fytl"): (*[ABSENT] * 4, ("2026 2026-07-01..",)),
    ("fair-competition review", "FC-01", "fcr-16"): (
        *[("2016",)] * 2,
        ("2016 ..2024-07-31",),
        *[("2016 ended",)] * 2,
    ),
    ("fair-competition review", "FC-01", "fcr-21"): (
        *[("2021",)] * 2,
        ("2021 ..2024-07-31",),
        *[("2021 ended",)] * 2,
    ),
    ("fair-competition review", "FC-01", "fldf"): (("2022 2022-08-01..",), *[("2022",)] * 4),
    ("fair-competition review", "FC-01", "fcr-24"): ((), (), ("2024 2024-08-01..",), ("2024",), ("2024",)),
    ("fair-competition review", "FC-01", "fcr-25"): ((), (), (), ("2025 2025-04-20..",), ("2025",)),
    ("fair-competition summary", "FC-08", "fcr-21"): (("2021",), ("2021",), ABSENT, ABSENT, ABSENT),
    ("who enforces educates", "LP-02", "pf17"): (*[("2017",)] * 5,),
    ("who enforces educates", "LP-02", "pf85"): (*[("2021",)] * 4, ("2021 ended",)),
    ("who enforces educates", "LP-02", "pfl"): ((), (), (), ("2025 2025-11-01..",), ("2025",)),
    ("enforcement supervision", "SV-01", "gd-zfjd"): (*[("2016",)] * 5,),
    ("enforcement supervision", "SV-01", "zfjd-zx"): (*[("2019",)] * 5,),
    ("enforcement supervision", "SV-01", "zfjd"): (*[()] * 4, ("2025 2026-02-01..",)),
    ("three systems", "ES-01", "gb118"): (*[("2018",)] * 5,),
    ("three systems", "ES-29", "yf36"): (*[("2019",)] * 5,),
    ("three systems", "ES-01", "gd-gs"): (*[("2021",)] * 5,),
    ("three systems", "ES-19", "gd-jl"): (*[("2021",)] * 5,),
    ("three systems", "ES-23", "gd-sh"): (*[("2021",)] * 5,),
    ("three systems", "ES-19", "yzf"): ((), ("2023 2023-09-27..",), *[("2023",)] * 3),
    ("rule-of-law outline", "PL-01", "gangyao"): (*[("2021",)] * 4, ("2021 ended",)),
    ("enforcement quality plan", "LO-02", "zl27"): ((), ("2023 2023-08-09..",), ("2023",), ("2023",), ABSENT),
    ("enterprise inspections", "PL-08", "jc54"): (ABSENT, ABSENT, ABSENT, ("2024",), ("2024",)),
    ("major decisions", "MD-03", "zdjc"): (*[("2019",)] * 5,),
    ("major decisions", "MD-03", "gd-jctz"): ((), (), *[("2023",)] * 3),
    ("discretion", "SV-09", "cl27"): (("2022 2022-07-29..",), *[("2022",)] * 4),
    ("discretion", "SV-09", "cljz"): (("2022 2022-10..",), *[("2022",)] * 4),
    ("annual report", "AR-05", "ducha"): (*[("2019",)] * 5,),
}
"""Topic, item and law -> what is cited in 2022 to 2026: the version, with the days that bound it within the year."""


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[int, dict[str, Any]]]:
    """Return the items of all five years, started in one register."""
    path: Path = tmp_path_factory.mktemp("years") / "register.db"
    actor = Actor("lihua", "lihua", "pc", INSTANT, "2026-11-22", today_set=False)
    with Register.create(path, INSTANT) as register:
        years: dict[int, dict[str, Any]] = {}
        for year in YEARS:
            start_year(register, actor, year)
            documents = [register.document(str(one[4])) or {} for one in register.all("checklist_of_year", year=year)]
            years[year] = {item["code"]: item for document in documents for item in document["items"]}
        yield years


def _cited(citation: dict[str, Any]) -> str:
    if citation["standing"] != "in-force":
        return f"{citation['version']} {citation['standing']}"
    begins, ends = (bound["date"] if bound else "" for bound in citation["applies"].values())
    return f"{citation['version']} {begins}..{ends}" if begins or ends else str(citation["version"])


@pytest.mark.parametrize("topic", TABLE, ids="/".join)
@pytest.mark.parametrize("year", YEARS)
def test_a_started_year_cites_the_versions_of_its_days(
    started: dict[int, dict[str, Any]], topic: tuple[str, str, str], year: int
) -> None:
    _, code, law = topic
    item = started[year].get(code)
    found = None if item is None else tuple(_cited(one) for one in item["basis"] if one["law"] == law)
    assert found == TABLE[topic][year - YEARS.start]
