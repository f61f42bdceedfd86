"""Which words can go, what is left of a payload without them, and how redacting payloads are read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawcheck.core.canonical import canonical
from lawcheck.core.journal import REDACTED, WHOLE, Change, Redaction, payload_text
from lawcheck.core.redaction import (
    Left,
    Place,
    Words,
    change_without,
    each_change,
    each_left,
    is_about,
    left_by,
    payload_without,
    places_in,
    reason_of,
    redacting_without,
    subject_of,
    texts_of,
    without,
)

NOTE = {"text": "举报人张三", "person": "lihua", "on_date": "2026-06-15"}
WORDS = Words({"2026/TT-01": ("举报人张三",)}, {})


@pytest.mark.parametrize(
    ("key", "subject"),
    [
        ("2026/TT-02.Q1.ZF", "2026/TT-02"),
        ("2026/TT-02.Q1.ZF#2", "2026/TT-02"),
        ("2026/TT-04#1", "2026/TT-04"),
        ("2026/visits#3", "2026/visits"),
        ("AJ-17", "AJ-17"),
        ("AJ-17.PAY.2#1", "AJ-17"),
        ("AJ-17/filed#1", "AJ-17"),
        ("2026", "2026"),
        ("bureau", "bureau"),
    ],
)
def test_what_hangs_on_an_item_or_case_is_about_it(key: str, subject: str) -> None:
    assert subject_of(key) == subject


@pytest.mark.parametrize(
    ("key", "name", "about"),
    [
        ("2026/TT-02.Q1.ZF#2", "TT-02", True),
        ("2026/TT-02.Q1.ZF#2", "TT-02.Q1.ZF", True),
        ("2026/TT-02.Q1.ZF", "TT-02.Q1.Z", False),
        ("2026/TT-021", "TT-02", False),
        ("AJ-17/filed#1", "AJ-17", True),
        ("AJ-17.PUB", "AJ-17", True),
        ("AJ-171", "AJ-17", False),
    ],
)
def test_a_ref_stands_for_what_is_under_it_and_on_it(key: str, name: str, about: bool) -> None:
    assert is_about(key, name) is about


def test_the_free_text_of_a_change_is_what_was_and_what_is() -> None:
    assert list(texts_of(Change("row", "2026/TT-01", "why", "旧", "新"))) == [
        Place("row", "2026/TT-01", "why", "旧"),
        Place("row", "2026/TT-01", "why", "新"),
    ]
    assert list(texts_of(Change("note", "2026/TT-01#1", WHOLE, NOTE, None))) == [
        Place("note", "2026/TT-01#1", "text", "举报人张三")
    ]
    named = {"name": "张三举报信.pdf", "place": None, "why": None}
    assert [one.text for one in texts_of(Change("evidence", "2026/TT-01#1", WHOLE, None, named))] == ["张三举报信"]
    for name in ("一.pdf", "没有后缀", "https://example.invalid/张三"):
        change = Change("evidence", "2026/TT-01#1", WHOLE, None, named | {"name": name})
        assert [one.text for one in texts_of(change)] == [name]
    for nothing in (None, "", REDACTED, REDACTED * 2, 3):
        assert list(texts_of(Change("row", "2026/TT-01", "why", nothing, None))) == []
    assert list(texts_of(Change("row", "2026/TT-01", "done_by", None, "lihua"))) == []
    assert list(texts_of(Change("year", "2026", WHOLE, None, {"state": "open"}))) == []


@pytest.mark.parametrize(
    ("text", "words", "left"),
    [
        ("张三", ("张三",), REDACTED),
        ("核实：张三来访", ("张三",), f"核实：{REDACTED}来访"),
        ("张三来访", ("张三", "张三来访"), REDACTED),
        ("李四", ("张三",), "李四"),
        ("x", ("x",), REDACTED),
        ("exact", ("x",), "exact"),
    ],
)
def test_words_are_blanked_wherever_they_stand(text: str, words: tuple[str, ...], left: str) -> None:
    assert without(text, words) == left


def test_only_what_is_about_the_same_item_is_blanked() -> None:
    here, there = (Change("note", f"2026/{ref}#1", WHOLE, None, NOTE) for ref in ("TT-01.FZ", "TT-02"))
    assert change_without(here, WORDS) == here._replace(new=NOTE | {"text": REDACTED})
    assert change_without(there, WORDS) == there


def test_the_hash_of_reviewed_content_is_made_anew_where_it_stands_and_blanked_where_it_does_not() -> None:
    words = Words({}, {"2026/TT-01": {"a": "b"}})
    said = {"verdict": "accepted", "why": None, "content": "a"}
    change = Change("review", "2026/TT-01", WHOLE, said | {"content": "x"}, said)
    assert change_without(change, words) == change._replace(
        old=said | {"content": REDACTED}, new=said | {"content": "b"}
    )
    assert change_without(change._replace(key="2026/TT-02"), words) == change._replace(key="2026/TT-02")


def test_what_is_left_of_a_payload_differs_in_the_words_alone() -> None:
    changes = [
        Change("row", "2026/TT-01", "state", "open", "done"),
        Change("note", "2026/TT-01#1", WHOLE, None, NOTE),
        Change("note", "2026/TT-02#1", WHOLE, None, NOTE),
    ]
    payload = payload_text(changes, 7)
    left = [changes[0], changes[1]._replace(new=NOTE | {"text": REDACTED}), changes[2]]
    assert payload_without(payload, WORDS) == payload_text(left, 7)
    assert list(places_in(payload, WORDS)) == [Place("note", "2026/TT-01#1", "text", "举报人张三")]
    assert payload_without(payload, Words({"2026/TT-01": ("别的",)}, {})) is None


_texts = st.text(st.sampled_from('张三ab"\\\n],{}:[1') | st.characters(exclude_categories=["Cs"]), max_size=12)
_values = st.none() | _texts | st.integers(0, 9) | st.dictionaries(st.sampled_from(["text", "why"]), _texts)


@given(st.lists(st.tuples(st.sampled_from(["row", "note"]), _texts, st.sampled_from(["why", "*"]), _values, _values)))
def test_changes_are_read_one_by_one_from_any_payload(changes: list[tuple[str, str, str, object, object]]) -> None:
    payload = payload_text([Change(*one) for one in changes], None)
    assert [(canonical(one), payload[a:b]) for a, b, one in each_change(payload)] == [
        (canonical(one), canonical(one)) for one in changes
    ]


@given(st.lists(st.tuples(st.integers(1, 999), _texts), unique_by=lambda one: one[0]), _texts)
def test_a_redacting_payload_reads_back_as_it_was_written(left: list[tuple[int, str]], why: str) -> None:
    held = [(seq, payload_text([Change("note", "AJ-01#1", WHOLE, None, {"text": text})], seq)) for seq, text in left]
    payload = payload_text([], None, Redaction(held, why))
    assert (list(each_left(payload)), reason_of(payload)) == (held, why)
    gone = {seq for seq, _ in held[:1]}
    rest = redacting_without(payload, gone)
    assert rest == payload_text([], None, Redaction(held[1:], why))


def test_a_later_blanking_has_the_last_word_also_of_an_entry_that_blanked() -> None:
    plain = {seq: payload_text([], seq) for seq in range(9)}
    first = payload_text([], None, Redaction([(1, plain[1]), (2, plain[2])], "一"))
    second = payload_text([], None, Redaction([(1, plain[8]), (4, redacting_without(first, {1}))], "二"))
    assert left_by([(5, second), (4, None)]) == {
        1: Left(plain[8], 5, "二"),
        2: Left(plain[2], 4, "一"),
        4: Left(redacting_without(first, {1}), 5, "二"),
    }


@pytest.mark.parametrize("payload", ["", "{}", '{"changes":[', '{"changes":[1]}', '{"changes":[],"undoes":null}'])
def test_what_is_no_redacting_payload_is_refused(payload: str) -> None:
    with pytest.raises((ValueError, LookupError, TypeError)):
        left_by([(1, payload)])


def test_what_an_entry_was_blanked_of_without_an_entry_that_says_so_is_refused() -> None:
    with pytest.raises(LookupError):
        left_by([(1, None)])
