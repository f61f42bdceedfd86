"""Files are taken in whole, as they are, and only if they are plain files."""

import os
import socket
import threading
import time
from pathlib import Path

import pytest

from lawcheck.errors import FileTooLarge, NoSuchFile
from lawcheck.store.intake import Incoming

MOST = 1 << 20


def _reason(path: Path) -> object:
    with pytest.raises(NoSuchFile) as error:
        Incoming(path, MOST)
    assert error.value.params["path"] == str(path)
    return error.value.params["reason"]


def test_a_plain_file_is_read_to_its_end(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"hello")
    with Incoming(path, 5) as source:
        assert (source.size, source.read(2), source.read(), source.read(9)) == (5, b"he", b"llo", b"")
    assert source.closed


def test_what_is_no_plain_file_is_told_apart(tmp_path: Path) -> None:
    assert _reason(tmp_path / "missing") == "no-file"
    assert _reason(tmp_path) == "not-a-file"
    assert _reason(Path("/dev/null")) == "not-a-file"
    assert _reason(tmp_path / "a\0b") == "no-file"
    assert _reason(tmp_path / ("x" * 300)) == os.strerror(36)


def test_no_link_is_followed_wherever_it_leads(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"hello")
    for name, target in (("good", "a.pdf"), ("gone", "nowhere"), ("folder", "."), ("passwd", "/etc/passwd")):
        (tmp_path / name).symlink_to(target)
        assert _reason(tmp_path / name) == "a-link"


def test_a_pipe_or_a_socket_holds_nobody_up(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    begun = time.monotonic()
    assert _reason(tmp_path / "pipe") == "not-a-file"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "s"))
        assert _reason(tmp_path / "s") == "not-a-file"
    assert time.monotonic() - begun < 5


def test_a_pipe_put_in_the_place_of_a_file_holds_nobody_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, pipe = tmp_path / "a.pdf", tmp_path / "pipe"
    path.write_bytes(b"hello")
    os.mkfifo(pipe)
    opened = os.open

    def swapped(place: object, flags: int) -> int:
        path.unlink()
        pipe.rename(path)
        return opened(str(place), flags)

    monkeypatch.setattr(os, "open", swapped)
    assert _reason(path) == "not-a-file"


def test_a_file_that_may_not_be_read_says_so(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root reads everything")
    path = tmp_path / "a.pdf"
    path.touch(mode=0)
    assert _reason(path) == "no-right"


def test_a_sparse_file_of_ten_gigabytes_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "sparse"
    with path.open("wb") as file:
        file.truncate(10 << 30)
    begun = time.monotonic()
    with pytest.raises(FileTooLarge) as error:
        Incoming(path, MOST)
    assert error.value.params == {"path": str(path), "size": 10 << 30, "most": MOST}
    assert time.monotonic() - begun < 1


@pytest.mark.parametrize("change", ["grows", "shrinks", "is written over"])
def test_a_file_that_changes_while_it_is_read_is_refused(change: str, tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    path.write_bytes(b"hello world")
    source = Incoming(path, MOST)
    assert source.read(5) == b"hello"
    os.utime(path, ns=(0, 0))
    if change == "grows":
        with path.open("ab") as file:
            file.write(b"!")
    elif change == "shrinks":
        os.truncate(path, 5)
    else:
        path.write_bytes(b"HELLO WORLD")
    with source, pytest.raises(NoSuchFile) as error:
        source.read(6)
    assert error.value.params["reason"] == "file-changed"


def test_a_file_that_grows_for_ever_is_not_read_for_ever(tmp_path: Path) -> None:
    path = tmp_path / "a.log"
    path.write_bytes(b"x" * 1000)
    stop = threading.Event()

    def grow() -> None:
        with path.open("ab", buffering=0) as file:
            while not stop.is_set():
                file.write(b"x")

    writer = threading.Thread(target=grow)
    with Incoming(path, MOST) as source:
        writer.start()
        try:
            time.sleep(0.05)
            with pytest.raises(NoSuchFile):
                list(iter(lambda: source.read(100), b""))
        finally:
            stop.set()
            writer.join()
