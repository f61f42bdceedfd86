"""The lines of an archive: what is written reads back as the same, and anything else is refused whatever it is."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawcheck.core.archive import (
    About,
    Unfit,
    about_line,
    about_of,
    check_tame,
    document_line,
    document_of,
    entry_line,
    entry_of,
    evidence_hash,
    evidence_part,
)
from lawcheck.core.canonical import digest
from lawcheck.core.journal import Entry

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
NUMBER = st.integers(-(10**17), 10**17)
MAYBE = st.one_of(st.none(), TEXT)
ENTRIES = st.builds(
    Entry, NUMBER, TEXT, TEXT, TEXT, TEXT, TEXT, NUMBER, MAYBE, MAYBE, MAYBE, TEXT, TEXT, TEXT
)  # fmt: skip


@given(ENTRIES)
def test_an_entry_reads_back_as_it_was_written(entry: Entry) -> None:
    assert entry_of(entry_line(entry).encode()) == entry


@given(TEXT)
def test_a_frozen_copy_reads_back_as_it_was_written(body: str) -> None:
    assert document_of(document_line(digest(body), body).encode()) == (digest(body), body)


@given(st.integers(1, 99), TEXT)
def test_what_an_archive_says_of_itself_reads_back(schema: int, at: str) -> None:
    about = About("0123456789abcdef" * 2, at, schema)
    assert about_of(about_line(about).encode()) == about


@given(st.one_of(st.binary(max_size=300), st.text('{}[]":,0\\un\n', max_size=80).map(lambda text: text.encode())))
@pytest.mark.parametrize("reads", [about_of, entry_of, document_of])
def test_anything_else_is_refused(reads: object, line: bytes) -> None:
    with pytest.raises(Unfit):
        reads(line)  # type: ignore[operator]


@given(st.data())
def test_an_entry_that_was_changed_anywhere_is_another_or_none(data: st.DataObject) -> None:
    line = bytearray(entry_line(data.draw(ENTRIES)).encode())
    line[data.draw(st.integers(0, len(line) - 1))] = data.draw(st.integers(0, 255))
    try:
        entry = entry_of(bytes(line))
    except Unfit:
        return
    assert entry_line(entry).encode() == bytes(line)


def test_a_line_of_a_hundred_megabytes_is_looked_at_in_no_time() -> None:
    for line in (b'{"a":"' + b"\\" * (20 << 20), b'{"a":' + b"1" * (20 << 20), b"{" + b'"a":1,' * (3 << 20)):
        begun = time.monotonic()
        with pytest.raises(Unfit):
            entry_of(line)
        assert time.monotonic() - begun < 5


@pytest.mark.parametrize("text", ["[" * 300_000, "{}," * 300_000, "0," * 900_000])
def test_what_would_take_far_more_room_is_not_parsed(text: str) -> None:
    with pytest.raises(Unfit, match="bomb"):
        check_tame(text)


def test_rows_and_frozen_copies_are_tame() -> None:
    check_tame('[["row","2026/PL-01","state","open","done"],' * 50_000)
    check_tame('["PL-01","PL-01","FZ",null,"2026-01-01","2026-12-31"],' * 50_000)
    check_tame("[[[[" * 20_000)


@pytest.mark.parametrize("hashed", ["sha256:" + "a" * 64, "sm3:" + "0" * 64])
def test_evidence_is_named_by_its_hash(hashed: str) -> None:
    assert evidence_hash(evidence_part(hashed)) == hashed


@pytest.mark.parametrize(
    "name", ["", "evidence", "evidence/sha256/", "evidence/md5/" + "a" * 64, "x/evidence/sm3/" + "a" * 64]
)
def test_no_other_part_is_evidence(name: str) -> None:
    assert evidence_hash(name) is None
