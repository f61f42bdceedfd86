"""Clocks of occasions and figures that cases answer: read, and every fault with its place."""

from collections.abc import Callable
from pathlib import Path

import pytest

from lawcheck.core.counted import Counted, counted_text, parse_counted
from lawcheck.core.law import Registry
from lawcheck.core.template import Template
from lawcheck.core.words import Text
from lawcheck.errors import BadFile
from lawcheck.library.cases import read_library
from lawcheck.library.reading import read_templates
from lawcheck.render.errors import fault_line
from support import SMALL_TEMPLATE

OCCASION = "    deadline: {zh: 及时, en: promptly}\n"
FIGURE = "measure: {zh: 件, en: decisions}, section: power-list}\n  - {key: tt_all"
Faults = Callable[[str], list[str]]


@pytest.fixture
def faults(tmp_path: Path, registry: Registry, duties: dict[str, Text]) -> Faults:
    """Return what reads a template with all that it refers to, and says its faults, without places and quotes."""

    def read(text: str) -> list[str]:
        path = tmp_path / "TT.yaml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(BadFile) as bad:
            read_library([path], registry, duties)
        return [fault_line(one).split(": ", 1)[1].replace("'", "") for one in bad.value.params["faults"]]  # type: ignore[attr-defined]

    return read


def _clocked(clock: str) -> str:
    return SMALL_TEMPLATE.replace(OCCASION, f"{OCCASION}    clock: {clock}\n")


def _counted(counted: str) -> str:
    return SMALL_TEMPLATE.replace(FIGURE, FIGURE.replace("power-list}", f"power-list, counted: {{{counted}}}}}", 1))


def test_an_occasion_brings_the_clock_that_it_names(
    tmp_path: Path, registry: Registry, duties: dict[str, Text]
) -> None:
    path = tmp_path / "TT.yaml"
    path.write_text(_clocked("publish-20wd"), encoding="utf-8")
    (template,) = read_templates([path], registry, duties)
    clock = template.items[2].clock
    assert clock is not None
    assert (clock.id, [rule.rule for rule in clock.rules]) == ("publish-20wd", ["within 20 wd"])
    assert [one.clock for one in (*template.items[:2], template.items[3])] == [None, None, None]


@pytest.mark.parametrize(
    ("clock", "said"),
    [
        ("no-clock", "no clock no-clock in clocks.yaml, expected: a clock of clocks.yaml"),
        ("hearing-notice", "the clock hearing-notice cannot run from the day of an occasion alone"),
        ("criminal.file", "the clock criminal.file cannot run from the day of an occasion alone"),
        ("urge", "the clock urge cannot run from the day of an occasion alone"),
        ("mediation", "the clock mediation cannot run from the day of an occasion alone"),
    ],
)
def test_a_clock_that_cannot_serve_an_occasion_is_a_fault(faults: Faults, clock: str, said: str) -> None:
    (fault,) = faults(_clocked(clock))
    assert fault.startswith(said)


def test_a_clock_stands_with_occasions_only(faults: Faults) -> None:
    (fault,) = faults(SMALL_TEMPLATE.replace("    due: by 03-31\n", "    due: by 03-31\n    clock: publish-20wd\n"))
    assert fault == "clock does not fit an item of the kind yearly, expected: clock with occasions, and only there"


@pytest.mark.parametrize(
    ("counted", "expected"),
    [
        ("case: AJ, by: decided", Counted("AJ", "decided")),
        ("case: AJ, by: decided, fact: complex", Counted("AJ", "decided", "complex")),
        ("case: AJ, by: decided, row: PUB, which: due", Counted("AJ", "decided", None, ("PUB",), "due")),
        (
            "case: AJ, by: decided, row: [PUB, NODISC], which: in-time",
            Counted("AJ", "decided", None, ("PUB", "NODISC"), "in-time"),
        ),
    ],
)
def test_a_figure_says_how_cases_answer_it(
    tmp_path: Path, registry: Registry, duties: dict[str, Text], counted: str, expected: Counted
) -> None:
    path = tmp_path / "TT.yaml"
    path.write_text(_counted(counted), encoding="utf-8")
    (template,) = read_library([path], registry, duties).templates
    assert [one.counted for one in template.figures] == [expected, None]
    assert parse_counted(counted_text(expected)) == expected


@pytest.mark.parametrize(
    ("counted", "said"),
    [
        ("case: QQ, by: decided", "no case template QQ"),
        ("case: AJ, by: decided, row: PUB", "only one of row and which is given for tt_met"),
        ("case: AJ, by: decided, which: due", "only one of row and which is given for tt_met"),
        ("by: decided", "case is missing"),
        ("case: AJ, by: decided, which: late", "which is late"),
    ],
)
def test_what_cannot_be_counted_is_a_fault(faults: Faults, counted: str, said: str) -> None:
    (fault,) = faults(_counted(counted))
    assert fault.startswith(said)


def test_all_figures_that_come_with_lawcheck_count_what_their_case_templates_have(
    registry: Registry, duties: dict[str, Text], shipped: dict[str, Template]
) -> None:
    library = read_library(None, registry, duties)
    counted = {
        figure.key: figure.counted
        for one in library.templates
        for figure in one.figures
        if isinstance(figure.counted, Counted)
    }
    kinds = {one.code: one for one in library.cases}
    for key, one in counted.items():
        kind = kinds[one.case]
        assert one.by in {milestone.name for milestone in kind.milestones}, key
        assert set(one.rows) <= {item.code for item in kind.items}, key
        assert one.fact is None or one.fact in {fact.name for fact in kind.facts}, key
    assert {one.case for one in counted.values()} == {"AJ", "FY", "JB", "JC", "SS", "TS", "XK"}
    rates = [item.rate for one in shipped.values() for item in one.items if item.rate]
    assert [rate.of for rate in rates if rate.met in counted and rate.of not in counted] == []
