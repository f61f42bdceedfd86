"""The record proved at the front door."""

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from lawcheck.core.journal import Entry, entry_hash, payload_hash
from lawcheck.store.register import Register
from support import Run

Front = Callable[..., Run]
GUARD = "entry_only_redacted"


def _moved_in_its_row(register: Path) -> None:
    """Move the tick of TT-01 to an earlier day, in the row alone."""
    with closing(sqlite3.connect(register)) as connection, connection:
        moved = "UPDATE checklist_row SET done_on = '2026-03-31' WHERE ref = 'TT-01'"
        assert connection.execute(moved).rowcount == 1


def _moved_in_its_entry(register: Path, *, rewriting: bool = False) -> None:
    """Move it in its entry too; with `rewriting` all hashes from there on are made anew."""
    with Register.open(register) as opened:
        entries = [Entry(*values) for values in opened.all("entry_all")]  # type: ignore[arg-type]
        prev = opened.id()
    with closing(sqlite3.connect(register, isolation_level=None)) as connection:
        guard = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (GUARD,)).fetchone()[0]
        connection.execute(f"DROP TRIGGER {GUARD}")
        for held in entries:
            entry = held._replace(payload=str(held.payload).replace("2026-04-02", "2026-03-31"))
            if rewriting:
                hashed = payload_hash(str(entry.salt), str(entry.payload))
                entry = entry._replace(prev=prev, payload_hash=hashed)
                entry = entry._replace(hash=entry_hash(prev, entry))
            prev = entry.hash
            row = (entry.payload, entry.payload_hash, entry.prev, entry.hash, entry.seq)
            connection.execute("UPDATE entry SET payload=?, payload_hash=?, prev=?, hash=? WHERE seq=?", row)
        connection.execute(guard)


def test_a_tick_moved_to_an_earlier_day_is_found_with_one_command(front: Front, lived: Path) -> None:
    _moved_in_its_row(lived)
    run = front("verify")
    assert (run.code, run.err) == (1, "")
    first, second, *_ = run.out.splitlines()
    assert first == (
        "replay.tables: checklist_row 2026/TT-01: the table and the journal differ (table / journal): "
        "done_on: 2026-03-31 / 2026-04-02"
    )
    assert second == "1 finding (9 entries, 10 rows)"


def test_a_tick_moved_in_its_row_and_its_entry_is_found_with_one_command(front: Front, lived: Path) -> None:
    _moved_in_its_row(lived)
    _moved_in_its_entry(lived)
    run = front("verify")
    assert (run.code, run.err) == (1, "")
    assert run.out.splitlines()[0] == "chain.payload: #2: its payload was changed after it was written"


def test_a_tick_moved_with_the_whole_chain_made_anew_is_found_by_a_head_that_was_printed(
    front: Front, lived: Path
) -> None:
    printed = json.loads(front("summary", "2026", "--json").out)["data"]["head"]["hash"]
    _moved_in_its_row(lived)
    _moved_in_its_entry(lived, rewriting=True)
    assert front("verify").code == 0
    run = front("verify", "--against", printed)
    assert (run.code, run.err) == (1, "")
    assert run.out.splitlines()[0] == f"chain.ancestor: {printed}: this head is none of this chain's"


def test_a_head_that_was_printed_is_proved_an_ancestor(front: Front, lived: Path) -> None:
    assert lived.exists()
    head = json.loads(front("log", "-n", "4", "--json").out)["data"]["entries"][3]
    run = front("verify", "--against", f" {head['hash'][:20].upper()}")
    assert (run.code, run.err) == (0, "")
    said = "The head that was taken back is entry 6 of this chain, of 2026-06-15T01:02:03Z; 3 entries come after it."
    assert said in run.out.splitlines()
    held = json.loads(front("verify", "--against", head["hash"], "--json").out)["data"]
    assert held["ancestor"] == {"at": head["at"], "hash": head["hash"], "seq": 6}


@pytest.mark.parametrize("text", ["", "abc", "0123456789abcde", "0" * 65, "xyz0123456789abcdef0", "法" * 16])
def test_what_is_no_head_is_refused(text: str, front: Front, lived: Path) -> None:
    assert lived.exists()
    run = front("verify", "--against", text)
    assert (run.code, run.out) == (2, "")
    assert "--against" in run.err


def test_a_quiet_proof_says_nothing_where_nothing_is_found(front: Front, lived: Path) -> None:
    run = front("verify", "--quiet", "--read-evidence")
    assert run == Run(0, "", "")
    _moved_in_its_row(lived)
    run = front("verify", "-q")
    assert (run.code, run.out) == (1, front("verify").out)
