"""Whatever was done and in whatever order words were erased: none of them is left, and the record is whole."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lawcheck.core.journal import Actor
from lawcheck.errors import LawcheckError
from lawcheck.service.cases import close_case, open_case, record_milestone, reopen_case
from lawcheck.service.evidence import Intake, Offered, add_evidence, remove_evidence
from lawcheck.service.figures import Reported, add_figure
from lawcheck.service.journal import undo
from lawcheck.service.redaction import Meant, redact
from lawcheck.service.reviews import accept, return_
from lawcheck.service.rows import note_on, record_occasion, set_rows_aside, tick, untick
from lawcheck.service.verify import verify
from lawcheck.store.register import Register
from support import ACTOR

DAY = date(2026, 6, 15)
WANG = ACTOR._replace(person="wang")
MARK = "机密"
ROWS = ("TT-01", "TT-02.Q1.ZF", "TT-02.Q1.FZ", "TT-03.1", "AJ-01.DECIDE", "AJ-01.PUB")
Action = Callable[[Register, Actor, str, str], object]
ACTIONS: tuple[Action, ...] = (
    note_on,
    lambda register, who, row, words: note_on(register, who, row.partition(".")[0], words),
    lambda register, who, row, words: tick(register, who, [row], on=DAY, note=words),
    lambda register, who, row, words: tick(register, who, [row], on=DAY, partial=words),
    lambda register, who, row, words: untick(register, who, [row], why=words),
    lambda register, who, row, words: set_rows_aside(register, who, [row], why=words),
    lambda register, who, _row, words: record_occasion(register, who, "TT-03", on=DAY, note=words),
    lambda register, who, _row, words: add_figure(register, who, "visits", "2次", Reported(on=DAY, note=words)),
    lambda register, who, _row, words: open_case(register, who, "AJ", number="17", title=words, on="2026-03-02"),
    lambda register, who, _row, words: record_milestone(register, who, "AJ-01", "filed", "2026-03-06", party=words),
    lambda register, who, _row, words: close_case(register, who, "AJ-01", on=DAY, why=words),
    lambda register, who, _row, words: reopen_case(register, who, "AJ-01", why=words),
    lambda register, who, row, words: add_evidence(register, who, row, Offered(documents=(words,)), Intake()),
    lambda register, who, row, words: remove_evidence(register, who, [f"{row}#1"], why=words),
    lambda register, _who, row, _words: accept(register, WANG, [row]),
    lambda register, _who, row, words: return_(register, WANG, [row], why=words),
    lambda register, who, _row, _words: undo(register, who),
    lambda register, who, _row, _words: undo(register, who),
    lambda register, who, row, words: redact(register, who, 2 + len(words) % 9, why="法定", meant=Meant(row)),
    lambda register, who, _row, words: redact(register, who, 2 + len(words) % 9, why="法定"),
)
"""What can be done with words on a row, in a case, and of what was done before."""

steps = st.lists(
    st.tuples(
        st.sampled_from(ACTIONS),
        st.sampled_from([ACTOR, WANG]),
        st.sampled_from(ROWS),
        st.text(st.sampled_from('张三a"\\\n█'), max_size=9).map(lambda text: f"{text}{MARK}{text}"),
    ),
    max_size=25,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("redacted")


@settings(max_examples=30, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps)
def test_no_erased_word_is_left_anywhere_and_a_replay_gives_the_tables(
    small_file: Path, folder: Path, did: list[tuple[Action, Actor, str, str]]
) -> None:
    path = folder / "register.db"
    for old in folder.iterdir():
        old.unlink()
    shutil.copy(small_file, path)
    with Register.open(path, 2.0) as register:
        open_case(register, ACTOR, "AJ", number="17", title="虚假宣传", on="2026-03-02")
        for act, who, row, words in did:
            with suppress(LawcheckError):
                act(register, who, row, words)
        assert verify(register).findings == ()
        for seq in range(2, register.head().seq + 1):
            with suppress(LawcheckError):
                redact(register, ACTOR, seq, why="法定")
        assert verify(register).findings == ()
        assert MARK.encode() not in b"".join(one.read_bytes() for one in folder.iterdir())
        while True:
            try:
                undo(register, WANG)
            except LawcheckError:
                break
        assert verify(register).findings == ()
