"""A register as open files goes there and back byte for byte; what is not such an archive makes nothing."""

import json
import os
import random
import shutil
import stat
import struct
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lawcheck import errors
from lawcheck.core.canonical import canonical, digest
from lawcheck.core.journal import Actor, Change, Entry, Redaction, entry_hash, payload_hash
from lawcheck.service import archive as archive_module
from lawcheck.service import archive_import
from lawcheck.service.archive import Exported, export_register
from lawcheck.service.archive_import import Imported, import_register
from lawcheck.service.journal import undo
from lawcheck.service.rows import note_on, tick
from lawcheck.service.verify import verify
from lawcheck.store import archive as zips
from lawcheck.store.copying import readable, wanted_files
from lawcheck.store.file import SCHEMA_VERSION
from lawcheck.store.register import Register
from lawcheck.store.vault import Vault
from support import INSTANT, TODAY, keep_evidence

Dump = dict[str, list[tuple[object, ...]]]
Parts = dict[str, bytes]


@pytest.fixture
def proved(small: Register, actor: Actor) -> Register:
    """Return a register with work on it, taken back in part, a blanked note, and evidence of which some was purged."""
    tick(small, actor, ["TT-02.Q1.FZ"], on=date(2026, 4, 2), note="做完了 / done \N{RIGHT-TO-LEFT OVERRIDE}")
    noted = note_on(small, actor, "TT-04", "█").seq
    with small.transaction():
        left = str(small.all("entry_latest", most=1)[0][8])
        small.record(actor, "redact", [], redaction=Redaction([(noted, left)], "法定"))
    tick(small, actor, ["TT-01"], on=date(2026, 3, 1))
    undo(small, actor)
    keep_evidence(small, actor, b"first", b"second" * 300_000, b"", b"secret")
    keep_evidence(small, actor, b"by sm3", algorithm="sm3")
    with small.transaction():
        small.record(actor, "evidence purge", [Change("evidence", "2026/TT-01#4", "purged_on", None, TODAY)])
    return small


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Return a folder for what is written."""
    (tmp_path / "out").mkdir()
    return tmp_path / "out"


@pytest.fixture
def exported(proved: Register, out: Path) -> Path:
    """Return an archive of that register."""
    export_register(proved, out / "a.zip", force=False)
    return out / "a.zip"


def _imported(file: Path, place: Path, **more: Any) -> Imported:
    return import_register(file, place, busy_seconds=2.0, **more)


def _parts(file: Path) -> Parts:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _write(file: Path, parts: Parts) -> Path:
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return file


def _refused(file: Path, out: Path) -> tuple[str, int | None, str]:
    """Return part, line and reason of a refusal that left nothing."""
    before = sorted(out.rglob("*"))
    with pytest.raises(errors.BadArchive) as refused:
        _imported(file, out / "new.db")
    assert sorted(out.rglob("*")) == before
    assert refused.value.params["path"] == str(file)
    params: Any = refused.value.params
    return params["part"], params["line"], params["reason"]


# --- there and back ---------------------------------------------------------------------------


def test_a_register_goes_there_and_back_byte_for_byte(
    proved: Register, exported: Path, out: Path, dump: Callable[[Register], Dump]
) -> None:
    done = _imported(exported, out / "new.db")
    assert done == Imported(str(out / "new.db"), str(exported), proved.id(), proved.head(), 9, 4, (), signed=False)
    with Register.open(out / "new.db") as register:
        assert dump(register) == dump(proved)
        for table in ("entry", "touched", "evidence", "register"):
            assert register.all(f"{table}_all") == proved.all(f"{table}_all")
        assert verify(register).findings == ()
        export_register(register, out / "b.zip", force=False)
    assert (out / "b.zip").read_bytes() == exported.read_bytes()


def test_the_same_record_gives_the_same_bytes(proved: Register, exported: Path, out: Path) -> None:
    export_register(proved, out / "again.zip", force=False)
    assert (out / "again.zip").read_bytes() == exported.read_bytes()


def test_a_register_with_something_of_everything_goes_there_and_back(
    register: Register, out: Path, actor: Actor
) -> None:
    tick(register, actor, ["PL-01"], on=date(2026, 3, 1))
    done = export_register(register, out / "a.zip", force=False)
    assert done == Exported(
        str(out / "a.zip"), str(register.path), register.id(), register.head(), done.rows, 0,
        (out / "a.zip").stat().st_size, (), signed=False,
    )  # fmt: skip
    _imported(out / "a.zip", out / "new.db")
    with Register.open(out / "new.db") as imported:
        export_register(imported, out / "b.zip", force=False)
    assert (out / "a.zip").read_bytes() == (out / "b.zip").read_bytes()


def test_what_an_archive_holds_can_be_read_by_anybody(proved: Register, exported: Path) -> None:
    parts = _parts(exported)
    files = [one.hash for one in wanted_files(proved)]
    evidence = [f"evidence/{hashed.replace(':', '/')}" for hashed in files]
    assert list(parts) == ["register.json", "journal.jsonl", "documents.jsonl", *evidence, "manifest.json"]
    assert json.loads(parts["register.json"]) == {
        "format": 1, "id": proved.id(), "created_at": INSTANT, "schema": SCHEMA_VERSION,
    }  # fmt: skip
    entries = [json.loads(line) for line in parts["journal.jsonl"].splitlines()]
    assert [tuple(one[name] for name in Entry._fields) for one in entries] == proved.all("entry_all")
    documents = [json.loads(line) for line in parts["documents.jsonl"].splitlines()]
    assert [(one["hash"], one["body"]) for one in documents] == proved.all("document_all")
    assert b"secret" not in parts.values()
    manifest = json.loads(parts["manifest.json"])
    assert (manifest["kind"], manifest["head"]["hash"]) == ("export", proved.head().hash)
    assert [one["name"] for one in manifest["files"]] == list(parts)[:-1]
    with zipfile.ZipFile(exported) as archive:
        assert {(one.date_time, one.compress_type) for one in archive.infolist()} == {((1980, 1, 1, 0, 0, 0), 0)}


def test_an_archive_and_what_is_made_of_it_are_for_their_owner_alone(proved: Register, out: Path) -> None:
    before = os.umask(0)
    try:
        export_register(proved, out / "a.zip", force=False)
        _imported(out / "a.zip", out / "new" / "register.db")
    finally:
        os.umask(before)
    made = [out / "a.zip", *(out / "new").rglob("*")]
    assert {stat.S_IMODE(path.stat().st_mode) for path in made if path.is_file()} == {0o600, 0o400}
    assert {stat.S_IMODE(path.stat().st_mode) for path in (out / "new").rglob("*") if path.is_dir()} == {0o700}


def test_lost_evidence_is_named_and_stays_lost(proved: Register, out: Path) -> None:
    shutil.rmtree(Vault(proved.path).folder)
    done = export_register(proved, out / "a.zip", force=False)
    assert (done.files, len(done.lost)) == (0, 4)
    assert _imported(out / "a.zip", out / "new.db").lost == done.lost


def test_an_archive_holds_one_moment_while_others_write(
    proved: Register, out: Path, actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    head = proved.head()

    def slow(*arguments: Any) -> Any:
        with Register.open(proved.path) as other:
            note_on(other, actor, "TT-01", "meanwhile")
        return readable(*arguments)

    monkeypatch.setattr(archive_module, "readable", slow)
    assert export_register(proved, out / "a.zip", force=False).head == head
    assert _imported(out / "a.zip", out / "new.db").head == head


@pytest.mark.parametrize("end", ["", ".vault", "-wal"])
def test_nothing_is_imported_over_what_is_there(end: str, exported: Path, out: Path) -> None:
    (out / f"new.db{end}").write_bytes(b"mine")
    with pytest.raises(errors.RegisterThere):
        _imported(exported, out / "new.db")
    assert (out / f"new.db{end}").read_bytes() == b"mine"


def test_a_file_that_is_there_goes_only_by_force(proved: Register, exported: Path, out: Path) -> None:
    exported.write_bytes(b"mine")
    with pytest.raises(errors.FileThere):
        export_register(proved, exported, force=False)
    assert exported.read_bytes() == b"mine"
    export_register(proved, exported, force=True)
    assert _imported(exported, out / "new.db").files == 4


@pytest.mark.parametrize("name", ["register.db", "register.db-wal", "register.db.vault", "register.db.vault/a.zip"])
def test_an_archive_is_never_written_over_its_register(name: str, proved: Register, tmp_path: Path) -> None:
    with pytest.raises(errors.BackupOntoItself):
        export_register(proved, tmp_path / name, force=True)
    assert verify(proved).findings == ()


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, OSError(28, "No space left on device")])
@pytest.mark.parametrize(
    ("module", "step"),
    [
        (archive_module, "readable"), (archive_module, "manifest_text"), (archive_module, "move_in"),
        (archive_import, "about_of"), (archive_import, "apply_recorded"), (archive_import, "verify"),
        (archive_import, "keep_pieces"), (archive_import, "move_register_in"),
    ],
)  # fmt: skip
def test_whatever_stops_it_leaves_nothing(
    module: Any,
    step: str,
    interruption: Any,
    proved: Register,
    exported: Path,
    out: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = sorted(out.rglob("*"))

    def broken(*_: Any, **__: Any) -> Any:
        raise interruption

    monkeypatch.setattr(module, step, broken)
    with pytest.raises((KeyboardInterrupt, errors.FileNotWritten)):
        export_register(proved, out / "b.zip", force=False) if module is archive_module else _imported(
            exported, out / "new.db"
        )
    assert sorted(out.rglob("*")) == before


# --- what is no archive -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [b"", b"hello", b"PK\x05\x06", b"PK\x03\x04" + bytes(500), b"SQLite format 3\0" + bytes(500), bytes(70_000)],
)
def test_a_file_of_another_kind_is_no_archive(content: bytes, out: Path) -> None:
    (out / "a.zip").write_bytes(content)
    assert _refused(out / "a.zip", out) == ("", None, "no-zip")


def test_an_empty_zip_is_no_archive_of_a_register(out: Path) -> None:
    assert _refused(_write(out / "a.zip", {}), out) == ("register.json", None, "missing-part")


@pytest.mark.parametrize("kind", ["none", "a folder", "a pipe", "a device"])
def test_what_is_no_file_is_not_waited_for(kind: str, out: Path) -> None:
    path = out / "a.zip"
    if kind == "a folder":
        path.mkdir()
    elif kind == "a pipe":
        os.mkfifo(path)
    elif kind == "a device":
        path = Path("/dev/zero")
    with pytest.raises(errors.NoSuchFile):
        _imported(path, out / "new.db")


def test_a_truncated_archive_is_refused_wherever_it_ends(exported: Path, out: Path) -> None:
    content = exported.read_bytes()
    dice = random.Random(1)  # noqa: S311  # places to cut at
    for end in [1, 22, 100, len(content) - 1, *(dice.randrange(len(content)) for _ in range(20))]:
        (out / "cut.zip").write_bytes(content[:end])
        assert _refused(out / "cut.zip", out)[2] in ("no-zip", "unreadable", "missing-part")


def test_a_byte_that_changed_is_found_wherever_it_is(exported: Path, out: Path) -> None:
    content = exported.read_bytes()
    dice = random.Random(2)  # noqa: S311  # places to change
    harmless = 0
    for _ in range(60):
        changed = bytearray(content)
        at = dice.randrange(len(content))
        changed[at] ^= 1 << dice.randrange(8)
        (out / "changed.zip").write_bytes(changed)
        try:
            _imported(out / "changed.zip", out / "new.db")
        except errors.BadArchive:
            assert not (out / "new.db").exists()
        else:  # what a zip says beside its parts: a time, a version
            harmless += 1
            with Register.open(out / "new.db") as register:
                export_register(register, out / "again.zip", force=True)
            assert (out / "again.zip").read_bytes() == content
            (out / "new.db").unlink()
            shutil.rmtree(out / "new.db.vault")
    assert harmless < 10


HOSTILE_NAMES = [
    "../../etc/passwd", "/etc/passwd", "C:\\windows\\x", "..\\x", "evidence/../x", "evidence/sha256/../../x",
    "REGISTER.JSON", "evidence/md5/" + "a" * 32, "evidence/sha256/" + "A" * 64, "evidence/sha256/" + "a" * 63,
    "journal.jsonl/", "a/", "\x1b[2J", "",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_a_part_with_another_name_is_refused_and_goes_nowhere(name: str, exported: Path, out: Path) -> None:
    parts = _parts(exported)
    assert _refused(_write(out / "x.zip", {name: b"x", **parts}), out)[2] == "unknown-part"
    assert _refused(_write(out / "x.zip", {**parts, name: b"x"}), out)[2] == "unknown-part"


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFDIR, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFIFO, stat.S_IFSOCK])
def test_a_part_that_is_no_plain_file_is_refused(kind: int, exported: Path, out: Path) -> None:
    with zipfile.ZipFile(out / "x.zip", "w") as archive:
        for name, content in _parts(exported).items():
            part = zipfile.ZipInfo(name)
            part.external_attr = (kind | 0o644) << 16
            archive.writestr(part, content)
    assert _refused(out / "x.zip", out) == ("register.json", None, "not-a-file")


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_part_that_stands_there_twice_is_refused(exported: Path, out: Path) -> None:
    parts = _parts(exported)
    with zipfile.ZipFile(out / "x.zip", "w") as archive:
        for name, content in [*parts.items(), ("journal.jsonl", b"")]:
            archive.writestr(zipfile.ZipInfo(name), content)
    assert _refused(out / "x.zip", out) == ("journal.jsonl", None, "part-twice")


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_compressed_part_is_refused_before_it_is_unpacked(method: int, exported: Path, out: Path) -> None:
    parts = _parts(exported)
    with zipfile.ZipFile(out / "x.zip", "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, method if name == "journal.jsonl" else zipfile.ZIP_STORED)
    assert _refused(out / "x.zip", out) == ("journal.jsonl", None, "part-compressed")


def _listed(file: Path, name: str, offset: int, form: str, *values: int) -> None:
    """Change what the list of parts says of one."""
    content = bytearray(file.read_bytes())
    at = content.rindex(b"PK\x01\x02", 0, content.rindex(name.encode()))
    struct.pack_into(form, content, at + offset, *values)
    file.write_bytes(content)


def test_an_encrypted_part_is_refused(exported: Path, out: Path) -> None:
    file = _write(out / "x.zip", _parts(exported))
    _listed(file, "journal.jsonl", 8, "<H", 1)
    assert _refused(file, out) == ("journal.jsonl", None, "part-encrypted")


@pytest.mark.parametrize(("stored", "unpacked"), [(10, 2**31), (2**31, 2**31), (10, 10), (0, 0)])
def test_a_part_that_lies_about_its_size_is_refused(stored: int, unpacked: int, exported: Path, out: Path) -> None:
    file = _write(out / "x.zip", _parts(exported))
    _listed(file, "journal.jsonl", 20, "<II", stored, unpacked)
    assert _refused(file, out)[2] in (
        "part-compressed",
        "overlapping",
        "unreadable",
        "other-files",
        "line-without-end",
        "not-proved",
    )


def test_parts_that_lie_over_each_other_are_refused(exported: Path, out: Path) -> None:
    parts = _parts(exported)
    file = _write(out / "x.zip", parts)
    with zipfile.ZipFile(file) as archive:
        start = archive.getinfo("documents.jsonl").header_offset
    _listed(file, "journal.jsonl", 42, "<I", start)
    assert _refused(file, out)[2] in ("unreadable", "overlapping")


def test_a_list_of_parts_that_would_fill_the_memory_is_refused_unread(exported: Path, out: Path) -> None:
    content = bytearray(exported.read_bytes())
    struct.pack_into("<I", content, content.rindex(b"PK\x05\x06") + 12, 0x7FFFFFFF)
    (out / "x.zip").write_bytes(content)
    assert _refused(out / "x.zip", out) == ("", None, "too-many-parts")
    long_form = struct.pack("<4sQHHIIQQQQ", b"PK\x06\x06", 44, 45, 45, 0, 0, 1 << 20, 1 << 20, 1 << 30, 0)
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, 0, 1)
    (out / "x.zip").write_bytes(bytes(1000) + long_form + locator + content[-22:])
    assert _refused(out / "x.zip", out) == ("", None, "too-many-parts")
    sparse = out / "sparse.zip"
    with sparse.open("wb") as file:
        file.truncate(10 << 30)
        file.seek(10 << 30)
        file.write(b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 40_000, 40_000, 0x7FFFFFFF, 0, 0))
    assert _refused(sparse, out) == ("", None, "too-many-parts")


# --- what stands in the lines -----------------------------------------------------------------


def _line(parts: Parts, name: str, number: int, line: bytes) -> Parts:
    lines = parts[name].splitlines(keepends=True)
    lines[number - 1] = line + b"\n"
    return {**parts, name: b"".join(lines)}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b"", "no-object"),
        (b"{}", "no-object"),
        (b"[]", "no-object"),
        (b"null", "no-object"),
        (b"[" * 200_000, "no-object"),
        (b'{"seq":' + b"[" * 200_000 + b"]" * 200_000 + b"}", "no-object"),
        (b'{"seq":1}', "other-keys"),
        (b'{"seq":1.5}', "no-object"),
        (b'{"seq":' + b"9" * 5000 + b"}", "no-object"),
        (b'{"seq":NaN}', "no-object"),
        (b'{"seq": 1}', "no-object"),
        (b'{"seq":1,"seq":1}', "not-canonical"),
        (b'{"a":"\xff"}', "no-object"),
        (b'{"a":"\\ud800"}', "no-object"),
        (b'{"b":1,"a":1}', "not-canonical"),
        (b"\xef\xbb\xbf{}", "no-object"),
        (b"\0" * 1000, "no-object"),
    ],
)
@pytest.mark.parametrize("part", ["register.json", "journal.jsonl", "documents.jsonl"])
def test_a_line_that_is_none_is_named(part: str, line: bytes, reason: str, exported: Path, out: Path) -> None:
    number = {"register.json": 1, "documents.jsonl": 2}.get(part, 3)
    file = _write(out / "x.zip", _line(_parts(exported), part, number, line))
    assert _refused(file, out) in [(part, number, reason), (part, None, "too-long")]


@pytest.mark.parametrize("field", Entry._fields)
@pytest.mark.parametrize("value", [None, 0, -1, 10**17, "", "x", "\0", "0" * 64])
def test_an_entry_with_another_value_is_named(field: str, value: object, exported: Path, out: Path) -> None:
    parts = _parts(exported)
    entry = json.loads(parts["journal.jsonl"].splitlines()[2])
    if entry[field] == value:
        return
    file = _write(out / "x.zip", _line(parts, "journal.jsonl", 3, canonical({**entry, field: value}).encode()))
    part, line, reason = _refused(file, out)
    assert (part, line) == ("journal.jsonl", 3)
    assert reason in ("other-kind", "unchained", "not-applicable")


def _forged(parts: Parts, payload: str, *, version: int = 1) -> Parts:
    """Return the parts with one more entry, whose chain is right whatever its payload says."""
    last = json.loads(parts["journal.jsonl"].splitlines()[-1])
    entry = Entry(**last)._replace(
        seq=last["seq"] + 1, version=version, payload=payload, salt="00" * 16, prev=last["hash"], today=None,
        payload_hash=payload_hash("00" * 16, payload),
    )  # fmt: skip
    entry = entry._replace(hash=entry_hash(entry.prev, entry))
    return {**parts, "journal.jsonl": parts["journal.jsonl"] + canonical(entry._asdict()).encode() + b"\n"}


BY_THE_DOER = {
    "verdict": "accepted", "person": "lihua", "on_date": TODAY, "why": None, "content": "", "same_account": 0,
}  # fmt: skip
WITHOUT_COPY = {"document": "0" * 64, "title_en": "", "title_zh": ""}


@pytest.mark.parametrize(
    "payload",
    [
        "", "null", "[]", "{}", "nonsense", '{"changes":1,"undoes":null}', '{"changes":[1],"undoes":null}',
        '{"changes":[["row","2026/TT-01","state","open",{"a":1}]],"undoes":null}',
        '{"changes":[["row","2026/TT-01","no such field","open",1]],"undoes":null}',
        '{"changes":[["row","2026/TT-01","state","done","open"]],"undoes":null}',
        '{"changes":[["nothing","2026/TT-01","state","open","done"]],"undoes":null}',
        '{"changes":[["row","x","state","open","done"]],"undoes":null}',
        '{"changes":[["row",["x"],"state","open","done"]],"undoes":null}',
        '{"changes":[["year","2027","*",null,{"state":"ajar"}]],"undoes":null}',
        '{"changes":[["year","99999999999999999999999","*",null,{"state":"open"}]],"undoes":null}',
        canonical({"changes": [["checklist", "2026/ZZ", "*", None, WITHOUT_COPY]], "undoes": None}),
        canonical({"changes": [["review", "2026/TT-02.Q1.FZ", "*", None, BY_THE_DOER]], "undoes": None}),
        '{"changes":' + "[" * 50_000 + "]" * 50_000 + ',"undoes":null}',
        '{"changes":[["row","2026/TT-01; DROP TABLE entry","state","open","done"]],"undoes":null}',
    ],
)  # fmt: skip
def test_an_entry_whose_changes_are_nonsense_is_named(payload: str, exported: Path, out: Path) -> None:
    parts = _parts(exported)
    number = len(parts["journal.jsonl"].splitlines()) + 1
    part, line, reason = _refused(_write(out / "x.zip", _forged(parts, payload)), out)
    assert (part, line, reason) == ("journal.jsonl", number, "not-applicable")


@pytest.mark.parametrize(
    "payload", ['{"changes":[],"redacts":1,"undoes":null}', '{"changes":[],"redacts":[[1]],"undoes":null}', "x"]
)
def test_what_is_left_of_a_redacted_entry_must_be_readable(payload: str, exported: Path, out: Path) -> None:
    file = _write(out / "x.zip", _forged(_parts(exported), payload, version=2))
    assert _refused(file, out) == ("journal.jsonl", None, "bad-redaction")


@pytest.mark.parametrize(
    "payload", ["[" + "[]," * 200_000 + "[]]", "[" + "{}," * 200_000 + "{}]", "[" + "0," * 900_000 + "0]"]
)
def test_json_that_takes_far_more_room_than_its_text_is_refused_unparsed(
    payload: str, exported: Path, out: Path
) -> None:
    parts = _parts(exported)
    number = len(parts["journal.jsonl"].splitlines()) + 1
    assert _refused(_write(out / "x.zip", _forged(parts, payload)), out) == ("journal.jsonl", number, "bomb")
    document = canonical({"hash": digest(payload), "body": payload}).encode()
    assert _refused(_write(out / "x.zip", _line(parts, "documents.jsonl", 1, document)), out)[2] == "bomb"


def test_a_line_without_end_is_refused_in_bounded_memory(
    exported: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zips, "MAX_LINE", 3 << 20)
    file = _write(out / "x.zip", {**_parts(exported), "journal.jsonl": b"x" * (20 << 20)})
    tracemalloc.start()
    assert _refused(file, out) == ("journal.jsonl", 1, "line-too-long")
    assert tracemalloc.get_traced_memory()[1] < 16 << 20
    tracemalloc.stop()


@pytest.mark.parametrize("part", ["register.json", "journal.jsonl", "documents.jsonl"])
def test_a_last_line_without_its_end_is_named(part: str, exported: Path, out: Path) -> None:
    parts = _parts(exported)
    number = len(parts[part].splitlines())
    assert _refused(_write(out / "x.zip", {**parts, part: parts[part][:-1]}), out) == (part, number, "line-without-end")


@pytest.mark.parametrize("part", ["register.json", "journal.jsonl", "documents.jsonl", "manifest.json"])
def test_a_part_that_is_missing_or_empty_is_named(part: str, exported: Path, out: Path) -> None:
    parts = _parts(exported)
    without = {name: content for name, content in parts.items() if name != part}
    assert _refused(_write(out / "x.zip", without), out) == (part, None, "missing-part")
    assert _refused(_write(out / "y.zip", {**parts, part: b""}), out)[2] in (
        "no-object", "bad-manifest", "not-applicable", "other-head",
    )  # fmt: skip


def test_parts_in_another_order_are_refused(exported: Path, out: Path) -> None:
    parts = dict(reversed(_parts(exported).items()))
    assert _refused(_write(out / "x.zip", parts), out)[2] == "out-of-order"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"format": 2}, "other-format"),
        ({"schema": 99}, "newer-archive"),
        ({"id": "../x"}, "no-id"),
        ({"id": "0" * 32}, "unchained"),
    ],
)
def test_what_an_archive_says_of_itself_is_held_against_it(
    said: dict[str, object], reason: str, exported: Path, out: Path
) -> None:
    parts = _parts(exported)
    about = json.loads(parts["register.json"]) | said
    assert (
        _refused(_write(out / "x.zip", _line(parts, "register.json", 1, canonical(about).encode())), out)[2] == reason
    )


def test_frozen_copies_stand_in_order_each_once_and_fit_their_hash(exported: Path, out: Path) -> None:
    parts = _parts(exported)
    lines = parts["documents.jsonl"].splitlines(keepends=True)
    swapped = {**parts, "documents.jsonl": b"".join(reversed(lines))}
    assert _refused(_write(out / "x.zip", swapped), out) == ("documents.jsonl", 2, "not-by-hash")
    twice = {**parts, "documents.jsonl": b"".join([lines[0], *lines])}
    assert _refused(_write(out / "x.zip", twice), out) == ("documents.jsonl", 2, "not-by-hash")
    other = json.loads(lines[0]) | {"body": "{}"}
    file = _write(out / "x.zip", _line(parts, "documents.jsonl", 1, canonical(other).encode()))
    assert _refused(file, out) == ("documents.jsonl", 1, "other-hash-of-copy")


def _manifest_says(parts: Parts, **said: Any) -> Parts:
    held = json.loads(parts["manifest.json"])
    return {**parts, "manifest.json": json.dumps({**held, **said}).encode()}


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"kind": "backup"}, "bad-manifest"),
        ({"register_id": "0" * 32}, "other-head"),
        ({"head": {"seq": 1, "hash": "0" * 64}}, "other-head"),
        ({"files": []}, "other-files"),
        ({"content": {"lost": ["sha256:" + "0" * 64]}}, "other-lost"),
        ({"content": {"lost": ["b", "a"]}}, "bad-manifest"),
        ({"content": {}}, "bad-manifest"),
        ({"content": []}, "bad-manifest"),
    ],
)
def test_a_manifest_that_says_something_else_is_refused(
    said: dict[str, Any], reason: str, exported: Path, out: Path
) -> None:
    assert _refused(_write(out / "x.zip", _manifest_says(_parts(exported), **said)), out) == (
        "manifest.json",
        None,
        reason,
    )


@pytest.mark.parametrize("text", [b"[" * 100_000, b"{}", b"\xff", b"x", b'{"lawcheck_manifest":1}'])
def test_a_manifest_that_cannot_be_read_is_refused(text: bytes, exported: Path, out: Path) -> None:
    file = _write(out / "x.zip", {**_parts(exported), "manifest.json": text})
    assert _refused(file, out) == ("manifest.json", None, "bad-manifest")


def test_evidence_is_what_its_name_says_and_what_the_journal_refers_to(exported: Path, out: Path) -> None:
    parts = _parts(exported)
    name = next(name for name in parts if name.startswith("evidence/") and parts[name] == b"first")
    assert _refused(_write(out / "x.zip", {**parts, name: b"other"}), out) == (name, None, "other-hash")
    assert _refused(_write(out / "x.zip", {**parts, name: b"longer"}), out) == (name, None, "unknown-evidence")
    without = {one: content for one, content in parts.items() if one != name}
    assert _refused(_write(out / "x.zip", without), out) == (name, None, "missing-part")
    extra = dict(
        sorted(
            {**parts, "evidence/sha256/" + "0" * 64: b"x"}.items(),
            key=lambda one: list(parts).index(one[0]) if one[0] in parts else 2.5,
        )
    )
    assert _refused(_write(out / "x.zip", extra), out) == ("evidence/sha256/" + "0" * 64, None, "unknown-evidence")


def test_memory_stays_flat_whatever_the_evidence(small: Register, actor: Actor, out: Path) -> None:
    keep_evidence(small, actor, bytes(30 << 20))
    tracemalloc.start()
    export_register(small, out / "a.zip", force=False)
    _imported(out / "a.zip", out / "new.db")
    assert tracemalloc.get_traced_memory()[1] < 12 << 20
    tracemalloc.stop()
