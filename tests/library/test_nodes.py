"""YAML read to plain values with their places, and hostile files refused before they can do harm."""

import os
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lawcheck.errors import NoSuchFile
from lawcheck.library.nodes import MAX_BYTES, MAX_DEPTH, Fault, Source, read_source

Read = Callable[[str | bytes], Source]

LAUGHS = "a: &a [ha, ha]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
    for before, name in zip("abcdefghi", "bcdefghij", strict=True)
)


def found(source: Source) -> list[tuple[int, int, str]]:
    return [(one.line, one.column, one.what) for one in source.faults]


# --- values and places -------------------------------------------------------------------------


def test_a_file_is_read_to_plain_values(read: Read) -> None:
    source = read("name: {zh: 某局, en: A bureau}\ncodes: [A, 'B', \"C\"]\nlong: >\n  two\n  lines\n")
    assert source.faults == []
    assert source.value == {"name": {"zh": "某局", "en": "A bureau"}, "codes": ["A", "B", "C"], "long": "two lines\n"}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("5", 5),
        ("-5", -5),
        ("0", 0),
        ("'5'", "5"),
        ('"5"', "5"),
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("'null'", "null"),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("off", "off"),
        ("010", "010"),
        ("0x1F", "0x1F"),
        ("0o17", "0o17"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("2.5", "2.5"),
        ("1e3", "1e3"),
        (".inf", ".inf"),
        (".nan", ".nan"),
        ("2026-03-05", "2026-03-05"),
        ("03-15", "03-15"),
        ("9" * 30, "9" * 30),
        ("国办发〔2018〕118号", "国办发〔2018〕118号"),
        ("=1+1", "=1+1"),
        ("'[bold]'", "[bold]"),
    ],
)
def test_what_is_written_plainly_is_text_but_for_truth_nothing_and_whole_numbers(
    read: Read, written: str, value: object
) -> None:
    source = read(f"a: {written}\n")
    assert source.faults == []
    assert source.value == {"a": value}
    assert type(source.value["a"]) is type(value)


def test_every_part_knows_its_line_and_column(read: Read) -> None:
    source = read("标题: 甲\nitems:\n  - code: PL-01\n    with: [legal, office]\n")
    assert source.places == {
        (): (1, 1),
        ("标题",): (1, 5),
        ("items",): (3, 3),
        ("items", 0): (3, 5),
        ("items", 0, "code"): (3, 11),
        ("items", 0, "with"): (4, 11),
        ("items", 0, "with", 0): (4, 12),
        ("items", 0, "with", 1): (4, 19),
    }


def test_a_part_that_is_missing_stands_where_its_nearest_whole_stands(read: Read) -> None:
    source = read("items:\n  - code: PL-01\n")
    assert source.place(("items", 0, "title", "zh")) == (2, 5)
    assert source.place(("nothing", 3)) == (1, 1)
    assert Source("x").place(("a",)) == (1, 1)


def test_a_byte_order_mark_and_windows_line_ends_are_taken(read: Read) -> None:
    source = read("\ufeffa: 甲\r\nb: 乙\r\n".encode())
    assert (source.value, source.faults) == ({"a": "甲", "b": "乙"}, [])
    assert source.place(("b",)) == (2, 4)


def test_a_file_is_named_in_its_faults_as_it_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("")
    assert [one.path for one in read_source(path).faults] == [str(path)]
    assert [one.path for one in read_source(path, "shown.yaml").faults] == ["shown.yaml"]


# --- what is refused ---------------------------------------------------------------------------


@pytest.mark.parametrize("content", ["", "\n\n", "# 只有注释\n", "\ufeff"])
def test_an_empty_file_is_refused(read: Read, content: str) -> None:
    source = read(content)
    assert source.faults == [Fault("file.yaml", 1, 1, "empty-file", "content")]
    assert source.value is None


@pytest.mark.parametrize(
    ("content", "line", "column"),
    [
        ("a: [1, 2\nb: 3\n", 2, 2),
        ("a: 'x\n", 2, 1),
        ("a:\n\tb: 1\n", 2, 1),
        ("a: b: c\n", 1, 5),
        ("标题: 名: c\n", 1, 6),
        ("a: 1\n- b\n", 2, 1),
        ("a: }\n", 1, 4),
        ("a: @x\n", 1, 4),
        ("a: `x`\n", 1, 4),
        ("%YAML 2.0\n---\na: 1\n", 1, 1),
    ],
)
def test_broken_yaml_is_refused_where_it_breaks(read: Read, content: str, line: int, column: int) -> None:
    source = read(content)
    assert found(source) == [(line, column, "yaml")]
    assert source.value is None


@pytest.mark.parametrize(
    ("content", "line", "column", "letter"),
    [
        ("a: \x00\n", 1, 4, "#x0000"),
        ("a: b\nb: \x07c\n", 2, 4, "#x0007"),
        ("a: \x1b[31m\n", 1, 4, "#x001b"),
        ("a: \x7f\n", 1, 4, "#x007f"),
        ("a: b\x9b31m\n", 1, 5, "#x009b"),
        ("标题标题标题标题: 甲\n乙: \x00\n", 2, 4, "#x0000"),
        ("标题标题标题标题标题标题: \x1b\n", 1, 15, "#x001b"),
        ("🏛🏛🏛🏛🏛🏛: 1\nb: \x00\n", 2, 4, "#x0000"),
        ("甲: \ufffe\n", 1, 4, "#xfffe"),
    ],
)
def test_a_control_character_is_refused_and_named(
    read: Read, content: str, line: int, column: int, letter: str
) -> None:
    source = read(content)
    assert found(source) == [(line, column, "yaml")]
    assert source.faults[0].parameters == {"problem": letter}
    assert source.value is None


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("标题: 甲\n".encode("gbk"), 1),
        ("a: b\n名: ".encode() + "标题".encode("gbk"), 2),
        ("a: 甲".encode("utf-16"), 1),
        (b"a: b\nc: \xff\n", 2),
        (b"a: \xed\xa0\x80\n", 1),
    ],
)
def test_bytes_that_are_no_utf_8_are_refused_on_their_line(read: Read, content: bytes, line: int) -> None:
    source = read(content)
    assert [(one.line, one.what, one.expected) for one in source.faults] == [(line, "not-utf8", "utf8")]
    assert source.value is None


def test_a_key_that_stands_twice_is_refused_at_its_second_place(read: Read) -> None:
    source = read("a: 1\nb: {c: 1, d: 2, c: 3}\na: 2\n")
    assert [(one.line, one.column, one.what, one.parameters) for one in source.faults] == [
        (2, 17, "duplicate-key", {"key": "c"}),
        (3, 1, "duplicate-key", {"key": "a"}),
    ]


def test_a_key_quoted_and_unquoted_is_one_key(read: Read) -> None:
    assert found(read("a: 1\n'a': 2\n")) == [(2, 1, "duplicate-key")]


@pytest.mark.parametrize("key", ["? [a, b]\n: 1\n", "{a: 1}: 2\n"])
def test_a_key_that_is_no_text_is_refused(read: Read, key: str) -> None:
    assert [one.what for one in read(key).faults] == ["key-not-text"]


@pytest.mark.parametrize(
    ("content", "places"),
    [
        ("a: &one 1\nb: 2\n", [(1, 4)]),
        ("a: &one {x: 1}\nb: *one\n", [(1, 4), (2, 4)]),
        ("a: &one {x: 1}\nb:\n  <<: *one\n", [(1, 4), (3, 7)]),
        ("&key a: 1\n", [(1, 1)]),
    ],
)
def test_anchors_and_aliases_are_refused_each_in_its_place(
    read: Read, content: str, places: list[tuple[int, int]]
) -> None:
    assert found(read(content)) == [(line, column, "anchor") for line, column in places]


def test_an_alias_to_nothing_is_refused(read: Read) -> None:
    assert found(read("a: *nowhere\n")) == [(1, 4, "anchor")]


def test_a_file_that_contains_itself_is_refused(read: Read) -> None:
    assert found(read("a: &a [*a]\n")) == [(1, 4, "anchor"), (1, 8, "anchor")]


def test_a_bomb_of_a_billion_laughs_is_refused_at_once(read: Read) -> None:
    began = time.perf_counter()
    source = read(LAUGHS)
    assert time.perf_counter() - began < 1
    assert {one.what for one in source.faults} == {"anchor"}
    assert len(source.faults) == 10 + 9 * 9
    assert source.value is None


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("!!python/object/apply:os.system ['touch harm']", "tag:yaml.org,2002:python/object/apply:os.system"),
        ("!!python/name:os.system", "tag:yaml.org,2002:python/name:os.system"),
        ("!!python/object/new:os.system [touch harm]", "tag:yaml.org,2002:python/object/new:os.system"),
        ("!!str 5", "tag:yaml.org,2002:str"),
        ("!!binary aGVsbG8=", "tag:yaml.org,2002:binary"),
        ("!own {x: 1}", "!own"),
        ("!!set {x}", "tag:yaml.org,2002:set"),
    ],
)
def test_a_tag_is_refused_and_nothing_of_it_is_run(
    read: Read, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: str, tag: str
) -> None:
    monkeypatch.chdir(tmp_path)
    source = read(f"ok: 1\na: {written}\n")
    assert [(one.line, one.column, one.what, one.parameters) for one in source.faults] == [(2, 4, "tag", {"tag": tag})]
    assert source.value is None
    assert not (tmp_path / "harm").exists()


def test_a_second_document_is_refused_and_so_is_each_after_it(read: Read) -> None:
    assert found(read("---\na: 1\n---\nb: 2\n--- c\n")) == [(3, 1, "second-document"), (5, 1, "second-document")]


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}")])
def test_a_file_may_be_nested_as_deep_as_the_limit_and_no_deeper(read: Read, opening: str, closing: str) -> None:
    assert read(opening * MAX_DEPTH + "x" + closing * MAX_DEPTH).faults == []
    deeper = read(opening * (MAX_DEPTH + 1) + "x" + closing * (MAX_DEPTH + 1))
    assert found(deeper) == [(1, len(opening) * MAX_DEPTH + 1, "too-deep")]
    assert deeper.faults[0].parameters == {"limit": MAX_DEPTH}


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_a_file_nested_without_end_is_refused_at_once(read: Read, opening: str) -> None:
    began = time.perf_counter()
    source = read(opening * (MAX_BYTES // len(opening) // 2))
    assert time.perf_counter() - began < 2
    assert [one.what for one in source.faults] == ["too-deep"]


def test_a_file_of_50_megabytes_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "TT.yaml"
    path.touch()
    os.truncate(path, 50_000_000)
    tracemalloc.start()
    try:
        source = read_source(path, "TT.yaml")
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert source.faults == [Fault("TT.yaml", 1, 1, "too-large", "size", {"bytes": 50_000_000, "limit": MAX_BYTES})]
    assert peak < 1_000_000


def test_the_limit_itself_is_allowed(read: Read) -> None:
    head = "a: 1\n#"
    assert read(head + "x" * (MAX_BYTES - len(head))).value == {"a": 1}
    assert found(read(head + "x" * (MAX_BYTES - len(head) + 1))) == [(1, 1, "too-large")]


def test_every_fault_of_a_stream_is_found_at_once(read: Read) -> None:
    source = read("a: &x !!str 1\nb: *x\n---\nc: !y 2\n")
    assert found(source) == [
        (1, 4, "anchor"),
        (1, 4, "tag"),
        (2, 4, "anchor"),
        (3, 1, "second-document"),
        (4, 4, "tag"),
    ]


# --- what cannot be read at all ----------------------------------------------------------------


def test_a_file_that_is_not_there_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(NoSuchFile) as refused:
        read_source(tmp_path / "none.yaml")
    assert refused.value.params["path"] == str(tmp_path / "none.yaml")
    assert refused.value.exit_code == 3


def test_a_folder_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(NoSuchFile) as refused:
        read_source(tmp_path)
    assert refused.value.params == {"path": str(tmp_path), "reason": "not-a-file"}


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "pipe.yaml"
    os.mkfifo(path)
    with pytest.raises(NoSuchFile) as refused:
        read_source(path)
    assert refused.value.params == {"path": str(path), "reason": "not-a-file"}


@pytest.mark.parametrize("name", ["a\0b.yaml", "x" * 300 + ".yaml"])
def test_a_name_that_no_file_can_have_cannot_be_read(tmp_path: Path, name: str) -> None:
    with pytest.raises(NoSuchFile):
        read_source(tmp_path / name)


# --- anything ----------------------------------------------------------------------------------


@given(st.binary(max_size=60) | st.text("ab:-[]{}!&*?|>'\"%@`# \n\t,~0甲\x00", max_size=60).map(str.encode))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_file_holds_it_is_read_or_its_faults_are_placed(read: Read, content: bytes) -> None:
    source = read(content)
    lines = content.decode("utf-8", "replace").splitlines()
    assert all(1 <= one.line <= len(lines) + 1 and one.column >= 1 for one in source.faults)
    assert all(1 <= line <= len(lines) + 1 for line, _column in source.places.values())
