"""What officers do, by chance: acts on the ground's register that the trials of kills and of walks are made of."""

import random
from collections.abc import Callable
from datetime import date, timedelta

from faults_ground import DAY, NUMBERS
from lawcheck.core.journal import Actor
from lawcheck.service.cases import (
    close_case,
    extend_row,
    open_case,
    pause_case,
    record_milestone,
    reopen_case,
    set_facts,
)
from lawcheck.service.evidence import Intake, Offered, add_evidence, remove_evidence
from lawcheck.service.figures import Reported, add_figure
from lawcheck.service.journal import undo
from lawcheck.service.reviews import accept, return_
from lawcheck.service.rows import assign, note_on, record_occasion, set_rows_aside, tick, untick
from lawcheck.store.register import Register

Act = Callable[[Register, random.Random, Actor], object]
"""Does one thing to a register, or raises why it may not."""

YEARLY = "TT-01"
QUARTERS = tuple(f"TT-02.Q{quarter}.{unit}" for quarter in (1, 2, 3, 4) for unit in ("FZ", "ZF"))
OCCASIONS = ("TT-03.1", "TT-03.2")
CASES = ("AJ-01", "AJ-02", "AJ-03")
CASE_ROWS = tuple(f"{case}.{code}" for case in CASES for code in ("FILE", "DECIDE", "VERIFY", "PUB"))
MILESTONES = ("lead", "filed", "investigated", "party-notified", "party-answered", "decided", "served", "published")


def _row(dice: random.Random) -> str:
    return dice.choice((YEARLY, *QUARTERS, *OCCASIONS, *CASE_ROWS))


def _rows(dice: random.Random) -> list[str]:
    return [_row(dice) for _ in range(dice.choice((1, 1, 1, 2, 3)))]


def _day(dice: random.Random) -> date:
    return DAY - timedelta(days=dice.randint(0, 160))


def _tick(register: Register, dice: random.Random, actor: Actor) -> None:
    on = dice.choice((None, DAY, _day(dice)))
    tick(
        register, actor, _rows(dice), on=on, note=dice.choice((None, "seen")), partial=dice.choice((None, "two files"))
    )


def _untick(register: Register, dice: random.Random, actor: Actor) -> None:
    untick(register, actor, _rows(dice), why="again")


def _na(register: Register, dice: random.Random, actor: Actor) -> None:
    set_rows_aside(register, actor, _rows(dice), why="not held")


def _note(register: Register, dice: random.Random, actor: Actor) -> None:
    note_on(register, actor, dice.choice((_row(dice), "TT-04", dice.choice(CASES))), f"note {dice.random()}")


def _assign(register: Register, dice: random.Random, actor: Actor) -> None:
    assign(register, actor, _rows(dice), dice.choice(("wang", "lihua", "-")))


def _occasion(register: Register, dice: random.Random, actor: Actor) -> None:
    record_occasion(register, actor, "TT-03", on=_day(dice), note="a rule was revised")


def _figure(register: Register, dice: random.Random, actor: Actor) -> None:
    add_figure(register, actor, "visits", f"{dice.randint(1, 99)}次", Reported(on=_day(dice)))


def _open(register: Register, dice: random.Random, actor: Actor) -> None:
    number = dice.choice((*NUMBERS, f"试案〔2026〕{dice.randint(3, 99)}号"))
    open_case(register, actor, "AJ", number=number, title="无照经营", on=_day(dice).isoformat(), facts=(), unit=None)


def _milestone(register: Register, dice: random.Random, actor: Actor) -> None:
    case, name, on = dice.choice(CASES), dice.choice(MILESTONES), _day(dice).isoformat()
    again, correct = dice.choice(((False, False), (False, False), (True, False), (False, True)))
    why = "typed wrongly" if correct else None
    record_milestone(register, actor, case, name, on, again=again, party=None, correct=correct, why=why)


def _pause(register: Register, dice: random.Random, actor: Actor) -> None:
    begins = _day(dice)
    ends = dice.choice((None, begins + timedelta(days=dice.randint(0, 40))))
    pause_case(register, actor, dice.choice(CASES), dice.choice(("appraisal", "suspension", "hearing")), begins, ends)


def _extend(register: Register, dice: random.Random, actor: Actor) -> None:
    amount = dice.choice(("30 d", "15 wd"))
    extend_row(register, actor, dice.choice(CASE_ROWS), amount, on=_day(dice), approval="局长批准")


def _fact(register: Register, dice: random.Random, actor: Actor) -> None:
    named = dice.choice(("hearing_right", "other_province", "fined", "fined=no"))
    set_facts(register, actor, dice.choice(CASES), [named])


def _close(register: Register, dice: random.Random, actor: Actor) -> None:
    close_case(register, actor, dice.choice(CASES), on=DAY, why=dice.choice((None, "移送公安机关")))


def _reopen(register: Register, dice: random.Random, actor: Actor) -> None:
    reopen_case(register, actor, dice.choice(CASES), why="决定被撤销")


def _bearer(dice: random.Random) -> str:
    """Return the ref of something that evidence may stand on."""
    return dice.choice((_row(dice), _row(dice), "visits", f"visits.{dice.randint(1, 4)}"))


def _evidence(register: Register, dice: random.Random, actor: Actor) -> None:
    files = tuple(dice.sample([register.path.with_name(one) for one in ("paper.txt", "other.txt", "new.txt")], 1))
    links = dice.choice(((), ("https://www.gov.cn/",)))
    add_evidence(register, actor, _bearer(dice), Offered(files, links, dated=_day(dice)), Intake())


def _evidence_off(register: Register, dice: random.Random, actor: Actor) -> None:
    remove_evidence(register, actor, [f"{_bearer(dice)}#{dice.randint(1, 3)}"], why="belongs to another row")


def _accept(register: Register, dice: random.Random, actor: Actor) -> None:
    accept(register, actor, _rows(dice))


def _return(register: Register, dice: random.Random, actor: Actor) -> None:
    return_(register, actor, _rows(dice), why="the page is missing")


def _undo(register: Register, _dice: random.Random, actor: Actor) -> None:
    undo(register, actor)


ACTS: dict[str, Act] = {
    "tick": _tick,
    "untick": _untick,
    "na": _na,
    "note": _note,
    "assign": _assign,
    "occasion": _occasion,
    "figure add": _figure,
    "case open": _open,
    "case milestone": _milestone,
    "case pause": _pause,
    "case extend": _extend,
    "case fact": _fact,
    "case close": _close,
    "case reopen": _reopen,
    "evidence add": _evidence,
    "evidence remove": _evidence_off,
    "accept": _accept,
    "return": _return,
    "undo": _undo,
}
"""By the name of the command that does the same."""

OFTEN = ("tick", "untick", "note", "figure add", "evidence add", "accept", "return")


def chosen_name(dice: random.Random) -> str:
    """Return the name of an act by chance, an everyday one more often than not."""
    return dice.choice((*ACTS, *OFTEN, *OFTEN))


def chosen_act(dice: random.Random) -> Act:
    """Return an act by chance."""
    return ACTS[chosen_name(dice)]
