"""A file is written whole or not at all."""

import errno
import os
import stat
from pathlib import Path

import pytest

from lawcheck.errors import FileNotWritten, FileThere
from lawcheck.export.file import taken_back, write_file


def test_a_file_is_written_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "due.ics"
    write_file(path, b"one\r\n", force=False)
    assert path.read_bytes() == b"one\r\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [one.name for one in tmp_path.iterdir()] == ["due.ics"]


def test_a_file_that_is_there_goes_only_by_force_and_keeps_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "due.ics"
    path.write_bytes(b"mine")
    path.chmod(0o644)
    with pytest.raises(FileThere) as refused:
        write_file(path, b"other", force=False)
    assert (refused.value.params, refused.value.exit_code) == ({"path": str(path)}, 4)
    assert path.read_bytes() == b"mine"
    write_file(path, b"other", force=True)
    assert (path.read_bytes(), stat.S_IMODE(path.stat().st_mode)) == (b"other", 0o644)
    assert [one.name for one in tmp_path.iterdir()] == ["due.ics"]


def test_what_a_link_points_to_is_written_and_the_link_stays(tmp_path: Path) -> None:
    link, target = tmp_path / "due.ics", tmp_path / "shared.ics"
    link.symlink_to(target)
    write_file(link, b"x", force=False)
    assert link.is_symlink()
    assert target.read_bytes() == b"x"


@pytest.mark.parametrize("force", [True, False])
def test_nothing_but_a_plain_file_is_replaced(force: bool, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for name in (".", "pipe"):
        with pytest.raises(FileNotWritten) as refused:
            write_file(tmp_path / name, b"x", force=force)
        assert (refused.value.params["reason"], refused.value.exit_code) == ("not-a-file", 6)


@pytest.mark.parametrize(
    ("place", "reason"),
    [("nowhere/due.ics", "no-folder"), ("file/due.ics", "no-folder"), ("bad\0name.ics", "embedded null byte")],
)
def test_a_place_that_is_none_is_refused(place: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(FileNotWritten) as refused:
        write_file(tmp_path / place, b"x", force=False)
    assert refused.value.params["reason"] == reason


@pytest.mark.parametrize(("number", "reason"), [(errno.ENOSPC, "no-room"), (errno.EACCES, "no-right-to-write")])
def test_a_full_disk_leaves_what_was_there(
    number: int, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "due.ics"
    path.write_bytes(b"mine")

    def full(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileNotWritten) as refused:
        write_file(path, b"other", force=True)
    assert refused.value.params["reason"] == reason
    assert path.read_bytes() == b"mine"
    assert [one.name for one in tmp_path.iterdir()] == ["due.ics"]


def test_what_cannot_be_removed_hides_neither_that_all_went_well_nor_what_went_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_arguments: object, **_more: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(Path, "unlink", refused)
    write_file(tmp_path / "a.txt", b"a", force=False)
    assert (tmp_path / "a.txt").read_bytes() == b"a"
    monkeypatch.setattr(os, "fsync", refused)
    with pytest.raises(FileNotWritten):
        write_file(tmp_path / "b.txt", b"b", force=False)
    assert not (tmp_path / "b.txt").exists()


def test_a_file_whose_manifest_cannot_be_written_goes_again_unless_it_was_there(tmp_path: Path) -> None:
    def written(path: Path) -> None:
        with taken_back(path):
            write_file(path, b"new", force=True)
            raise FileNotWritten(path="manifest", reason="no-room")

    (tmp_path / "old").write_bytes(b"old")
    for name in ("new", "old"):
        with pytest.raises(FileNotWritten):
            written(tmp_path / name)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"old": b"new"}
