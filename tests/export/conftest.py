"""Due days of every kind: of a year, of a case by the hour, provisional; the demonstration year."""

from collections.abc import Iterator
from datetime import date

import pytest

from due_rows import NOTHING, PRACTICE, ROW, citation, due_days_of
from lawcheck.service.demo import play
from lawcheck.service.due_days import DueDay, DueDays
from lawcheck.store.register import Register
from support import ACTOR, INSTANT


@pytest.fixture(scope="session")
def demo_year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """The register of the demonstration year, only to be read."""
    with Register.create(tmp_path_factory.mktemp("demo") / "demo.db", INSTANT) as register:
        play(register, ACTOR, chinese=True)
        yield register


@pytest.fixture
def found() -> DueDays:
    return due_days_of(
        DueDay(ROW, None, None, {**NOTHING, "basis": [citation("48"), citation("7", "ended")]}, 0),
        DueDay(
            ROW._replace(year=0, ref="AJ-17.PUB", code="PUB", due_time="15:30", unit="ZF", due=date(2026, 9, 30)),
            "海市监处罚〔2026〕88号", "无照经营; 罚款, 1\\2", PRACTICE, 41,
        ),
        DueDay(
            ROW._replace(ref="TT-02.Q4.ZF", due=date(2027, 1, 8), provisional=1, due_from="practice", unit="XX"),
            None, None, NOTHING, 7,
        ),
    )  # fmt: skip
