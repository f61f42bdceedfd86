"""Evidence read again: whatever was changed, removed or put beside it is found."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from lawcheck.core.checks import Finding
from lawcheck.core.journal import WHOLE, Actor, Change
from lawcheck.service.reviews import accept
from lawcheck.service.rows import tick
from lawcheck.service.verify import Asked, Verified, verify
from lawcheck.service.verify_evidence import EvidenceRead
from lawcheck.store.entities import key_text
from lawcheck.store.register import Register
from lawcheck.store.vault import Vault, hash_of
from support import TODAY

Kept = Callable[..., Path]


@pytest.fixture
def kept(small: Register, actor: Actor) -> Kept:
    """Return what keeps a text as evidence of TT-01 and returns where its file lies."""

    def keep(text: str, n: int, *, place: Path | None = None) -> Path:
        content = text.encode()
        vault = Vault(small.path)
        hashed = hash_of(io.BytesIO(content), "sha256")
        if place is None:
            hashed = vault.keep(io.BytesIO(content), len(content)).hash
        line = dict.fromkeys(("place", "dated", "removed_on", "removed_by", "why", "purged_on"))
        line |= {"kind": "file", "name": f"{n}.txt", "hash": hashed, "size": len(content), "person": "lihua"}
        line |= {"added_on": TODAY}
        if place is not None:
            line |= {"kind": "reference", "place": str(place)}
        with small.transaction():
            change = Change("evidence", key_text(2026, "TT-01", n), WHOLE, None, line)
            small.record(actor, "evidence add", [change])
        return vault.path_of(hashed)

    return keep


def _read(register: Register, *, references: bool = False) -> Verified:
    return verify(register, asked=Asked(reading=lambda _done, _of: None, references=references))


def _found(register: Register, *, references: bool = False) -> list[tuple[str, str]]:
    verified = _read(register, references=references)
    return [(one.check, one.where) for one in (*verified.findings, *verified.notes)]


def test_evidence_that_nobody_touched_is_whole_and_counted(small: Register, kept: Kept) -> None:
    kept("minutes", 1)
    kept("decision", 2)
    kept("minutes", 3)
    verified = _read(small)
    assert verified.findings == verified.notes == ()
    assert verified.evidence == EvidenceRead(2, 15, 0, 0, 0, ())


def test_reading_tells_how_far_it_is(small: Register, kept: Kept) -> None:
    kept("minutes", 1)
    seen: list[tuple[int, int]] = []
    verify(small, asked=Asked(reading=lambda done, of: seen.append((done, of))))
    assert seen == [(7, 7)]


def test_evidence_is_not_read_unasked(small: Register, kept: Kept) -> None:
    kept("minutes", 1).unlink()
    verified = verify(small)
    assert (verified.findings, verified.evidence) == ((), None)
    assert [one for one in verified.checks if one.startswith("evidence")] == []


def test_a_changed_byte_is_found_and_its_row_named(small: Register, kept: Kept) -> None:
    path = kept("minutes", 1)
    path.chmod(0o600)
    path.write_text("Minutes", encoding="utf-8")
    assert _found(small) == [("evidence.bytes", "2026/TT-01#1")]


def test_a_file_of_another_size_is_found_without_reading_it(small: Register, kept: Kept) -> None:
    path = kept("minutes", 1)
    path.chmod(0o600)
    with path.open("r+b") as file:
        file.truncate(1 << 40)  # a sparse file of a tebibyte
    assert _found(small) == [("evidence.bytes", "2026/TT-01#1")]


def test_a_missing_file_is_found(small: Register, kept: Kept) -> None:
    kept("minutes", 1).unlink()
    assert _found(small) == [("evidence.missing", "2026/TT-01#1")]


@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_link_in_the_place_of_a_file_is_not_followed(what: str, small: Register, kept: Kept, tmp_path: Path) -> None:
    path = kept("minutes", 1)
    moved = path if what == "file" else path.parent
    moved.rename(tmp_path / "elsewhere")
    moved.symlink_to(tmp_path / "elsewhere")
    assert ("evidence.link", "2026/TT-01#1") in _found(small)


def test_a_folder_in_the_place_of_a_file_is_found(small: Register, kept: Kept) -> None:
    path = kept("minutes", 1)
    path.unlink()
    path.mkdir()
    assert _found(small) == [("evidence.link", "2026/TT-01#1")]


def test_what_belongs_to_nothing_is_noted(small: Register, kept: Kept) -> None:
    path = kept("minutes", 1)
    (path.parent / "notes.txt").write_text("x", encoding="utf-8")
    verified = _read(small)
    assert verified.findings == ()
    assert verified.notes == (Finding("evidence.stray", f"sha256/{path.parent.name}/notes.txt"),)


def test_a_purged_file_is_not_missed_and_one_that_stayed_is_found(small: Register, kept: Kept, actor: Actor) -> None:
    path = kept("secret", 1)
    with small.transaction():
        change = Change("evidence", "2026/TT-01#1", "purged_on", None, TODAY)
        small.record(actor, "evidence purge", [change])
    assert _found(small) == [("evidence.purged", "2026/TT-01#1")]
    path.unlink()
    verified = _read(small)
    assert verified.findings == verified.notes == ()
    assert verified.evidence == EvidenceRead(0, 0, 1, 0, 0, ())
    kept("secret", 2).unlink()
    assert _found(small) == [("evidence.missing", "2026/TT-01#2")]


def test_a_file_that_lies_elsewhere_is_read_only_when_asked_for(small: Register, kept: Kept, tmp_path: Path) -> None:
    place = tmp_path / "secret.txt"
    kept("secret", 1, place=place)
    assert _read(small).evidence == EvidenceRead(0, 0, 0, 0, 1, ())
    assert _found(small, references=True) == [("evidence.unreachable", "2026/TT-01#1")]
    place.write_text("secret", encoding="utf-8")
    verified = _read(small, references=True)
    assert (verified.findings, verified.evidence) == ((), EvidenceRead(0, 6, 0, 1, 0, ()))
    place.write_text("public", encoding="utf-8")
    assert _found(small, references=True) == [("evidence.reference", "2026/TT-01#1")]


def test_who_accepts_what_he_added_evidence_to_is_found(small: Register, kept: Kept, actor: Actor, wang: Actor) -> None:
    kept("minutes", 1)
    tick(small, actor, ["TT-01"], on=date(2026, 4, 2))
    accept(small, wang, ["TT-01"])
    assert verify(small).findings == ()
    small.connection.execute("DROP TRIGGER review_passed_to_another")
    small.connection.execute("UPDATE review SET person = 'lihua'")
    found = [(one.check, one.where, one.detail) for one in verify(small).findings]
    assert ("reviews.separation", "2026/TT-01", "lihua") in found


def test_what_was_accepted_and_is_another_now_is_found(small: Register, actor: Actor, wang: Actor) -> None:
    tick(small, actor, ["TT-01"], on=date(2026, 4, 2), note="signed")
    accept(small, wang, ["TT-01"])
    assert verify(small).findings == ()
    small.connection.execute("UPDATE note SET text = 'unsigned' WHERE ref = 'TT-01'")
    found = [(one.check, one.where) for one in verify(small).findings]
    assert found == [("replay.tables", "note 2026/TT-01/1"), ("reviews.content", "2026/TT-01")]
