"""The journal's format: canonical JSON, salted payloads, a chain of hashes that can never change silently."""

import json
from hashlib import sha256
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lawcheck.core.canonical import canonical, digest
from lawcheck.core.journal import (
    PAYLOAD_VERSION,
    WHOLE,
    Actor,
    Change,
    Entry,
    Head,
    entry_hash,
    next_entry,
    payload_hash,
    payload_text,
)

REGISTER = "0f" * 16
SALT = "00112233445566778899aabbccddeeff"
ACTOR = Actor("lihua", "os-lihua", "desk-1", "2026-06-15T01:02:03.000004Z", "2026-06-15", today_set=False)
CHANGES = [
    Change("row", "2026/PL-03", "state", "open", "done"),
    Change("row", "2026/PL-03", "done_on", None, "2026-06-14"),
    Change("note", "2026/PL-03/1", WHOLE, None, {"text": "材料已齐", "n": 1, "own": True}),
]
FIRST = next_entry(Head(0, REGISTER), ACTOR, "tick", CHANGES, None, SALT)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


# --- canonical JSON ------------------------------------------------------------------------------


def test_canonical_json_sorts_keys_and_writes_no_space_and_no_escapes() -> None:
    thing = {"b": [1, None, True], "a": {"标题": "某局\n“甲”", "Z": ""}}
    assert canonical(thing) == '{"a":{"Z":"","标题":"某局\\n“甲”"},"b":[1,null,true]}'


def test_a_number_that_json_does_not_have_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        canonical({"a": float("nan")})


@given(JSON)
@settings(max_examples=60, deadline=None)
def test_canonical_json_reads_back_and_is_the_same_again(thing: object) -> None:
    text = canonical(thing)
    assert json.loads(text) == thing
    assert canonical(json.loads(text)) == text


@given(st.dictionaries(st.text(max_size=5), st.integers(), max_size=6))
@settings(max_examples=60, deadline=None)
def test_the_order_in_which_keys_were_set_does_not_matter(thing: dict[str, int]) -> None:
    assert canonical(dict(reversed(thing.items()))) == canonical(thing)


def test_a_digest_is_sha_256_of_the_bytes_in_utf_8() -> None:
    assert digest("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert digest("法制") == sha256("法制".encode()).hexdigest()


# --- one entry, pinned ---------------------------------------------------------------------------

PAYLOAD = (
    '{"changes":[["row","2026/PL-03","state","open","done"],["row","2026/PL-03","done_on",null,"2026-06-14"],'
    '["note","2026/PL-03/1","*",null,{"n":1,"own":true,"text":"材料已齐"}]],"undoes":null}'
)
PAYLOAD_HASH = "8ea6a65de5e151bb9decd12d7815070b7a8df63a29844c23504fa482247d539e"
ENTRY_HASH = "a8c7be221bd9ecd85719b6d3d540e19218543dd4a50c0ad5c238ae63ac227cd0"


def test_the_format_of_an_entry_never_changes() -> None:
    assert (
        Entry(
            seq=1,
            at="2026-06-15T01:02:03.000004Z",
            person="lihua",
            os_user="os-lihua",
            host="desk-1",
            command="tick",
            version=1,
            today=None,
            payload=PAYLOAD,
            salt=SALT,
            payload_hash=PAYLOAD_HASH,
            prev=REGISTER,
            hash=ENTRY_HASH,
        )
        == FIRST
    )


def test_anyone_can_work_the_hashes_out_without_this_program() -> None:
    payload = sha256(bytes.fromhex(SALT) + PAYLOAD.encode()).hexdigest()
    head = (
        f'["lawcheck-entry-1","{REGISTER}",1,"2026-06-15T01:02:03.000004Z","lihua","os-lihua","desk-1","tick",1,null,'
        f'"{payload}"]'
    )
    assert (payload, sha256(head.encode()).hexdigest()) == (PAYLOAD_HASH, ENTRY_HASH)


def test_the_payload_says_what_it_takes_back() -> None:
    assert payload_text([], 7) == '{"changes":[],"undoes":7}'
    assert PAYLOAD_VERSION == 1


def test_a_day_set_by_hand_stands_in_the_entry_and_leaves_its_instant_alone() -> None:
    told = next_entry(
        Head(0, REGISTER), ACTOR._replace(today="2022-12-31", today_set=True), "tick", CHANGES, None, SALT
    )
    assert (told.today, told.at) == ("2022-12-31", "2026-06-15T01:02:03.000004Z")
    assert told.hash != FIRST.hash


def test_the_salt_keeps_equal_payloads_apart() -> None:
    assert payload_hash("00" * 16, PAYLOAD) != payload_hash("01" * 16, PAYLOAD)


def test_an_entry_follows_the_head_of_the_chain() -> None:
    second = next_entry(Head(FIRST.seq, FIRST.hash), ACTOR, "untick", [], 1, SALT)
    assert (second.seq, second.prev) == (2, FIRST.hash)
    assert second.hash == entry_hash(FIRST.hash, second)


# --- what any change does ------------------------------------------------------------------------

COVERED = ["seq", "at", "person", "os_user", "host", "command", "version", "today", "payload_hash"]


@given(st.sampled_from(COVERED), st.text(max_size=12), st.integers(0, 10**9))
@settings(max_examples=60, deadline=None)
def test_any_field_changed_changes_the_hash(name: str, text: str, number: int) -> None:
    value: Any = number if name in ("seq", "version") else text
    changed = FIRST._replace(**{name: value})
    assert (entry_hash(REGISTER, changed) == ENTRY_HASH) is (getattr(FIRST, name) == value)


def test_a_day_not_set_and_an_empty_day_differ() -> None:
    assert entry_hash(REGISTER, FIRST._replace(today="")) != ENTRY_HASH


def test_words_moved_from_one_field_to_the_next_change_the_hash() -> None:
    moved = FIRST._replace(person="lihuaos-", os_user="lihua")
    assert entry_hash(REGISTER, moved) != ENTRY_HASH
    quoted = FIRST._replace(person='lihua","os-lihua', os_user="x")
    assert entry_hash(REGISTER, quoted) != ENTRY_HASH


@given(st.text("0123456789abcdef", min_size=32, max_size=64))
@settings(max_examples=60, deadline=None)
def test_another_entry_before_it_changes_the_hash(prev: str) -> None:
    assert (entry_hash(prev, FIRST) == ENTRY_HASH) is (prev == REGISTER)


@given(st.integers(0, len(PAYLOAD) - 1), st.characters(exclude_categories=["Cs"]))
@settings(max_examples=60, deadline=None)
def test_any_letter_of_the_payload_changed_changes_its_hash(place: int, letter: str) -> None:
    payload = PAYLOAD[:place] + letter + PAYLOAD[place + 1 :]
    assert (payload_hash(SALT, payload) == PAYLOAD_HASH) is (payload == PAYLOAD)


@given(st.integers(0, 31), st.sampled_from("0123456789abcdef"))
@settings(max_examples=60, deadline=None)
def test_any_digit_of_the_salt_changed_changes_the_payloads_hash(place: int, digit: str) -> None:
    salt = SALT[:place] + digit + SALT[place + 1 :]
    assert (payload_hash(salt, PAYLOAD) == PAYLOAD_HASH) is (salt == SALT)


def test_entries_in_another_order_break_the_chain() -> None:
    second = next_entry(Head(FIRST.seq, FIRST.hash), ACTOR, "note", CHANGES, None, SALT)
    third = next_entry(Head(second.seq, second.hash), ACTOR, "note", CHANGES, None, SALT)
    assert entry_hash(FIRST.hash, third) != third.hash
    assert entry_hash(third.hash, second) != second.hash
