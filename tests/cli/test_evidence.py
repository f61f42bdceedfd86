"""Evidence at the front door: options, settings, files, what is shown, and what must not happen."""

import csv
import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyte
import pytest

from lawcheck.cli import viewer
from lawcheck.errors import FileNotWritten
from lawcheck.export import evidence as exported
from support import TODAY, Program, Run

Front = Callable[..., Run]
OnTerminal = Callable[..., Run]
STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
OTHER = "PL-01"


def _data(run: Run) -> dict[str, Any]:
    assert (run.code, run.err) == (0, "")
    held: dict[str, Any] = json.loads(run.out)["data"]
    return held


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "papers" / "会议纪要.pdf"
    path.parent.mkdir()
    path.write_bytes(b"hello")
    return path


@pytest.fixture
def with_paper(front: Front, started: Path, paper: Path) -> Front:
    """The front door of a register with a file, a page and a number on TT-01."""
    assert started.exists()
    options = ("--file", paper, "--link", "https://example.invalid/1", "--doc", "小府〔2026〕1号")
    assert front("evidence", "add", "TT-01", *options, "--dated", "2026-05-20").code == 0
    return front


def _vault(register: Path) -> list[Path]:
    return [one for one in register.with_name(register.name + ".vault").rglob("*") if one.is_file()]


# --- added ------------------------------------------------------------------------------------


def test_what_is_printed_of_evidence_pastes_back(with_paper: Front) -> None:
    said = with_paper("evidence", "list").out
    addresses = [line.split()[0] for line in said.splitlines()[1:]]
    assert addresses == ["TT-01#1", "TT-01#2", "TT-01#3"]
    assert with_paper("evidence", "remove", addresses[2], "--why", "x").code == 0
    assert with_paper("evidence", "remove", "tt-01", "2", "--why", "x").code == 0
    assert with_paper("evidence", "remove", "TT-01 #1", "--why", "x").code == 0
    assert with_paper("evidence", "list").out == "There is no evidence.\n"
    assert len(_data(with_paper("evidence", "list", "--all", "--json"))["evidence"]) == 3


def test_a_tick_takes_evidence_along(front: Front, started: Path, paper: Path) -> None:
    run = front("tick", "TT-01", "--file", paper, "--doc", "1号", "--link", "https://example.invalid", "--json")
    (row,) = _data(run)["rows"]
    assert (row["state"], [(one["n"], one["kind"]) for one in row["evidence"]]) == (
        "done", [(1, "file"), (2, "link"), (3, "document")],
    )  # fmt: skip
    assert len(_vault(started)) == 1
    run = front("tick", "TT-02.Q1.FZ", "--partial", "one signature", "--file", paper, "--json")
    assert [one["name"] for one in _data(run)["rows"][0]["evidence"]] == ["会议纪要.pdf"]
    assert len(_data(front("log", "--json"))["entries"]) == 3
    assert len(_vault(started)) == 1


def test_evidence_stands_in_json_of_every_list_of_rows(with_paper: Front) -> None:
    wanted = {
        "n": 1, "kind": "file", "name": "会议纪要.pdf", "place": None, "hash": f"sha256:{HELLO}", "size": 5,
        "dated": "2026-05-20", "person": "lihua", "added_on": TODAY, "purged_on": None,
    }  # fmt: skip
    for command in (["list", "TT-01"], ["next"], ["show", "TT-01"], ["assign", "TT-01", "wang"], ["tick", "TT-01"]):
        rows = _data(with_paper(*command, "--json"))["rows"]
        (row,) = [one for one in rows if one["ref"] == "TT-01"]
        assert row["evidence"][0] == wanted
        assert [one["n"] for one in row["evidence"]] == [1, 2, 3]
    board = _data(with_paper("--json"))
    assert all(row["evidence"] == [] for row in board["overdue"])


@pytest.mark.parametrize(("spoken", "said"), [("en", "3 evidence"), ("zh", "佐证3")])
def test_a_table_of_rows_says_how_much_evidence_stands_on_each(spoken: str, said: str, with_paper: Front) -> None:
    lines = with_paper("--lang", spoken, "list").out.splitlines()
    assert [line.split()[0] for line in lines if said in line] == ["TT-01"]


def test_a_row_is_shown_with_its_evidence_and_what_was_taken_off(with_paper: Front) -> None:
    assert with_paper("evidence", "remove", "TT-01#2", "--why", "moved away").code == 0
    said = with_paper("show", "TT-01").out
    off = "TAKEN OFF by lihua on 2026-06-15: moved away"
    block = said[said.index("\nEvidence\n") :].splitlines()[2:5]
    assert block == [
        "  TT-01#1  file  会议纪要.pdf; dated 2026-05-20; added by lihua on 2026-06-15; 5 bytes, sha256:2cf24dba5fb0",
        f"  TT-01#2  link  https://example.invalid/1; dated 2026-05-20; added by lihua on {TODAY}; {off}",
        "  TT-01#3  document number  小府〔2026〕1号; dated 2026-05-20; added by lihua on 2026-06-15",
    ]
    history = said[said.index("\nHistory\n") :]
    assert "2026/TT-01#2 taken off; 2026/TT-01#2 why: - -> moved away" in history
    assert "2026/TT-01#1 file 会议纪要.pdf" in history


def test_a_file_that_may_not_be_copied_is_told_by_its_place(front: Front, started: Path, paper: Path) -> None:
    run = front("evidence", "add", "TT-01", "--file", paper, "--reference")
    assert f"lies at {paper}" in run.out
    assert _vault(started) == []
    opened = front("evidence", "open", "TT-01#1")
    assert (opened.code, f"the file lies at {paper}" in opened.err) == (4, True)


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("LAWCHECK_EVIDENCE_MOST_MIB", "lots"),
        ("LAWCHECK_EVIDENCE_MOST_MIB", "-1"),
        ("LAWCHECK_EVIDENCE_HASH", "md5"),
        ("LAWCHECK_EVIDENCE_HASH", ""),
    ],
)
def test_a_wrong_setting_is_named(
    setting: str, value: str, front: Front, started: Path, paper: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(setting, value)
    run = front("evidence", "add", "TT-01", "--file", paper)
    if not value:
        assert run.code == 0
        return
    assert run.code == 2
    assert setting.removeprefix("LAWCHECK_").lower() in run.err
    assert _vault(started) == []


def test_a_file_larger_than_the_setting_is_refused_before_it_is_read(
    front: Front, started: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sparse = tmp_path / "sparse.bin"
    with sparse.open("wb") as file:
        file.truncate(10 << 30)
    run = front("evidence", "add", "TT-01", "--file", sparse)
    assert run.code == 4
    assert run.err.startswith(f"Error: The file '{sparse}' has 10.0 GiB; evidence may have 1.0 GiB at most.\n")
    monkeypatch.setenv("LAWCHECK_EVIDENCE_MOST_MIB", "0.000001")
    assert front("tick", "TT-01", "--file", sparse).code == 4
    assert _vault(started) == []
    assert _data(front("show", "TT-01", "--json"))["rows"][0]["state"] == "open"


@pytest.mark.parametrize("command", [["evidence", "add", "TT-01"], ["tick", "TT-01"]])
def test_what_is_no_plain_file_is_refused(command: list[str], front: Front, started: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("/etc/passwd")
    for name, said in (
        ("pipe", "it is no regular file"),
        ("link", "it is a link; name the file that it leads to"),
        (".", "it is no regular file"),
        ("missing", "there is no such file"),
        ("/dev/zero", "it is no regular file"),
        ("a\0b", "there is no such file"),
    ):
        run = front(*command, "--file", str(tmp_path / name) if "/" not in name else name)
        assert (run.code, said in run.err) == (3, True)
    assert _vault(started) == []


# --- hostile names ----------------------------------------------------------------------------


HOSTILE = [
    "\x1b[31mred\x1b]0;x\x07.pdf",
    "[bold]x {0} %s.pdf",
    "=cmd|calc!A0.csv",
    "-rf",
    "\u202efdp.exe",
    "a\nb",
]


def test_a_hostile_name_reaches_neither_terminal_nor_spreadsheet_nor_folder(
    front: Front, started: Path, tmp_path: Path
) -> None:
    assert started.exists()
    folder = tmp_path / "papers"
    folder.mkdir()
    for number, name in enumerate(HOSTILE):
        (folder / name).write_text(str(number), encoding="utf-8")
        assert front("evidence", "add", "TT-01", f"--file={folder / name}").code == 0
    out = tmp_path / "out"
    assert front("evidence", "export", "-o", out).code == 0
    for arguments in (
        ["evidence", "list"],
        ["evidence", "list", "--format", "csv"],
        ["show", "TT-01"],
        ["list"],
        ["log"],
        ["evidence", "open", "TT-01#1"],
        ["evidence", "open", "TT-01#5"],
        ["evidence", "remove", "TT-01#1", "--why", "\x1b[31m"],
        ["evidence", "purge", "TT-01#2", "--why", "\x1b[31m"],
    ):
        run = front(*arguments)
        assert (run.code, STEERING.findall(run.out), run.err) == (0, [], "")
    written = sorted(one.relative_to(out).as_posix() for one in out.rglob("*") if one.is_file())
    assert written == [
        "2026/TT-01/=cmd_calc!A0.csv",
        "2026/TT-01/[bold]x {0} %s.pdf",
        "2026/TT-01/_-rf",
        "2026/TT-01/_[31mred_]0;x_.pdf",
        "2026/TT-01/_fdp.exe",
        "2026/TT-01/a_b",
        "index.csv",
    ]
    cells = [one for row in csv.reader((out / "index.csv").read_text("utf-8-sig").splitlines()) for one in row]
    assert not [one for one in cells if one.startswith(("=", "+", "@", "-"))]


# --- looked at --------------------------------------------------------------------------------


def _copy_of(run: Run) -> Path:
    return Path(run.out.splitlines()[1].rpartition("at ")[2])


def test_what_is_opened_is_a_copy_that_only_its_reader_can_read(with_paper: Front) -> None:
    run = with_paper("evidence", "open", "TT-01#1")
    assert run.code == 0
    assert run.out.splitlines()[1].startswith("There is no viewer here. It is at ")
    copy = _copy_of(run)
    assert (copy.name, copy.read_bytes()) == ("会议纪要.pdf", b"hello")
    assert (stat.S_IMODE(copy.stat().st_mode), stat.S_IMODE(copy.parent.stat().st_mode)) == (0o400, 0o700)


def test_a_viewer_is_called_without_a_shell(with_paper: Front, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "bin" / ("open" if sys.platform == "darwin" else "xdg-open")
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nprintf "%s" "$*" > {tmp_path}/called\n', encoding="utf-8")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", str(program.parent) + os.pathsep + os.environ["PATH"])
    monkeypatch.setenv("DISPLAY", ":9")
    run = with_paper("evidence", "open", "TT-01#2", "--json")
    assert (_data(run)["shown"], _data(run)["target"]) == (True, "https://example.invalid/1")
    assert (tmp_path / "called").read_text() == "https://example.invalid/1"
    run = with_paper("evidence", "open", "TT-01#1", "--json")
    assert _data(run)["shown"]
    assert (tmp_path / "called").read_text() == _data(run)["target"]


def test_a_viewer_that_gives_up_counts_as_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / ("open" if sys.platform == "darwin" else "xdg-open")
    program.write_text("#!/bin/sh\nexit 3\n", encoding="utf-8")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    monkeypatch.setenv("DISPLAY", ":9")
    assert not viewer.view("https://example.invalid/1")
    program.write_text("nothing that runs", encoding="utf-8")
    assert not viewer.view("https://example.invalid/1")
    monkeypatch.delenv("DISPLAY")
    assert not viewer.view("https://example.invalid/1")


def test_a_program_is_never_handed_to_a_viewer(
    front: Front, started: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert started.exists()
    (tmp_path / "x.desktop").write_text("[Desktop Entry]\nExec=rm -rf /", encoding="utf-8")
    assert front("evidence", "add", "TT-01", "--file", tmp_path / "x.desktop").code == 0
    monkeypatch.setattr(viewer, "view", pytest.fail)
    run = front("evidence", "open", "TT-01#1")
    assert (run.code, "would be run and not shown" in run.out) == (0, True)


def test_damaged_evidence_is_never_shown(with_paper: Front, started: Path, tmp_path: Path) -> None:
    (place,) = _vault(started)
    place.chmod(0o600)
    place.write_bytes(b"jello")
    run = with_paper("evidence", "open", "TT-01#1")
    assert (run.code, run.out) == (6, "")
    assert "its bytes are not those that were kept" in run.err
    place.unlink()
    run = with_paper("evidence", "open", "TT-01#1")
    assert (run.code, "there is no such file" in run.err) == (6, True)
    os.mkfifo(place)
    assert with_paper("evidence", "open", "TT-01#1").code == 6
    place.unlink()
    place.symlink_to("/dev/zero")
    assert with_paper("evidence", "open", "TT-01#1").code == 6
    assert not list(tmp_path.glob("lawcheck-evidence-*"))


# --- handed out -------------------------------------------------------------------------------


def test_what_is_handed_out_has_an_index_that_a_spreadsheet_reads(
    with_paper: Front, paper: Path, tmp_path: Path
) -> None:
    assert with_paper("evidence", "add", "TT-02.Q1.FZ", "--file", paper).code == 0
    run = with_paper("evidence", "export", "-o", tmp_path / "for" / "inspection")
    folder = tmp_path / "for" / "inspection"
    assert (run.code, run.out) == (
        0,
        f"2 files written to {folder}; the index lists 4 pieces of evidence: {folder}/index.csv\n",
    )
    assert (folder / "2026" / "TT-01" / "会议纪要.pdf").read_bytes() == b"hello"
    assert (folder / "2026" / "TT-02.Q1.FZ" / "会议纪要.pdf").read_bytes() == b"hello"
    assert (folder / "index.csv").read_bytes().startswith(b"\xef\xbb\xbfEvidence,Year,Item,")
    rows = list(csv.reader((folder / "index.csv").read_text("utf-8-sig").splitlines()))
    assert rows[1] == [
        "TT-01#1", "2026", "Yearly item", "file", "会议纪要.pdf", "2026/TT-01/会议纪要.pdf", "2026-05-20", "lihua",
        TODAY, "5", f"sha256:{HELLO}", "",
    ]  # fmt: skip
    assert rows[2][:6] == ["TT-01#2", "2026", "Yearly item", "link", "https://example.invalid/1", ""]
    assert {stat.S_IMODE(one.stat().st_mode) for one in folder.rglob("*") if one.is_file()} == {0o600}


def test_files_of_one_name_stand_side_by_side(front: Front, started: Path, tmp_path: Path) -> None:
    assert started.exists()
    for number, folder in enumerate(("a", "b", "c")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "纪要.pdf").write_text(str(number), encoding="utf-8")
        assert front("evidence", "add", "TT-01", "--file", tmp_path / folder / "纪要.pdf").code == 0
    assert front("evidence", "export", "TT-01", "-o", tmp_path / "out").code == 0
    names = sorted(one.name for one in (tmp_path / "out" / "2026" / "TT-01").iterdir())
    assert names == ["纪要 (2).pdf", "纪要 (3).pdf", "纪要.pdf"]


def test_no_file_that_is_there_is_ever_written_over(with_paper: Front, tmp_path: Path) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "index.csv").write_text("mine", encoding="utf-8")
    run = with_paper("evidence", "export", "-o", full)
    assert (run.code, "is not empty" in run.err) == (4, True)
    assert [one.name for one in full.iterdir()] == ["index.csv"]
    run = with_paper("evidence", "export", "-o", full / "index.csv")
    assert (run.code, (full / "index.csv").read_text()) == (4, "mine")
    empty = tmp_path / "empty"
    empty.mkdir()
    assert with_paper("evidence", "export", "-o", empty).code == 0
    assert with_paper("evidence", "export", "-o", empty).code == 4


def test_what_is_damaged_is_left_out_and_said(with_paper: Front, started: Path, tmp_path: Path) -> None:
    (place,) = _vault(started)
    place.chmod(0o600)
    place.write_bytes(b"jello")
    run = with_paper("evidence", "export", "-o", tmp_path / "out")
    assert (run.code, run.err) == (1, "")
    assert "NOT handed out: TT-01#1 会议纪要.pdf: its bytes are not those that were kept\n" in run.out
    rows = list(csv.reader((tmp_path / "out" / "index.csv").read_text("utf-8-sig").splitlines()))
    assert (rows[1][5], rows[1][11]) == ("", "DAMAGED in the register: its bytes are not those that were kept")
    assert [one.name for one in (tmp_path / "out").rglob("*") if one.is_file()] == ["index.csv"]


@pytest.mark.parametrize("is_new", [True, False])
def test_a_disk_that_is_full_leaves_nothing_of_what_was_handed_out(
    is_new: bool, with_paper: Front, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    if not is_new:
        out.mkdir()

    def full(path: Path, _content: bytes, *, force: bool) -> None:
        assert not force
        raise FileNotWritten(path=str(path), reason="no-room")

    monkeypatch.setattr(exported, "write_file", full)
    run = with_paper("evidence", "export", "-o", out)
    assert (run.code, "the disk is full" in run.err) == (6, True)
    assert list(out.iterdir()) == [] if not is_new else not out.exists()


# --- erased -----------------------------------------------------------------------------------


def test_what_is_erased_says_which_rows_and_what_is_left_to_do(with_paper: Front, started: Path, paper: Path) -> None:
    assert with_paper("evidence", "add", "TT-02.Q1.FZ", "--file", paper).code == 0
    run = with_paper("evidence", "purge", "TT-01#1", "--why", "classified")
    assert run.code == 0
    lines = run.out.splitlines()
    assert lines[0] == f"Erased for good: sha256:{HELLO}"
    assert [line.split()[0] for line in lines[1:3]] == ["TT-01#1", "TT-02.Q1.FZ#1"]
    assert lines[3].startswith("Copies made before still hold it")
    assert _vault(started) == []
    again = with_paper("evidence", "purge", "TT-01#1", "--why", "classified")
    assert (again.code, "was erased on 2026-06-15" in again.err) == (4, True)
    undone = with_paper("undo")
    assert (undone.code, "erased something for good" in undone.err) == (4, True)
    assert "ERASED on 2026-06-15" in with_paper("show", "TT-01").out
    assert ": classified" in with_paper("log", "-n", "1").out
    assert with_paper("verify").code == 0


def test_what_was_added_by_mistake_is_said_to_be_erased(front: Front, started: Path, paper: Path) -> None:
    assert front("evidence", "add", "TT-01", "--file", paper).code == 0
    assert front("undo").code == 0
    assert front("evidence", "purge", "TT-01#1", "--why", "classified").code == 0
    assert "2026/TT-01#1 file 会议纪要.pdf · erased: classified" in front("log", "-n", "1").out
    assert _vault(started) == []
    assert front("verify", "--read-evidence").code == 0


# --- machines ---------------------------------------------------------------------------------


def test_a_home_that_cannot_be_written_takes_no_evidence(program: Program, started: Path, paper: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root writes everywhere")
    started.parent.chmod(0o500)
    try:
        run = program("evidence", "add", "TT-01", "--file", str(paper))
    finally:
        started.parent.chmod(0o700)
    assert (run.code, run.out) == (6, "")


def test_a_vault_that_is_no_folder_is_named(front: Front, started: Path, paper: Path) -> None:
    started.with_name(started.name + ".vault").write_text("mine", encoding="utf-8")
    run = front("evidence", "add", "TT-01", "--file", paper)
    assert (run.code, run.out) == (6, "")
    assert f"The evidence folder '{started}.vault' cannot be used" in run.err
    assert _data(front("log", "--json"))["head"]["seq"] == 1


def test_a_tick_without_evidence_loads_nothing_of_it(program: Program, started: Path) -> None:
    assert started.exists()
    code = (
        "import sys; from lawcheck.cli import main; main.run(['tick', 'TT-01']); "
        "print([one for one in sys.modules if one.split('.')[-1] in ('evidence', 'intake', 'vault', 'tempfile')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=program.env, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.fixture
def large(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "large.bin"
    with path.open("wb") as file:
        file.truncate(600 << 20)
    yield path
    path.unlink()


def _screen(sent: str, columns: int) -> list[str]:
    screen = pyte.Screen(columns, 300)
    pyte.Stream(screen).feed(sent)
    return [line.rstrip() for line in screen.display]


@pytest.mark.parametrize("columns", [80, 100])
@pytest.mark.parametrize("spoken", ["en", "zh"])
def test_evidence_fits_a_terminal(
    columns: int, spoken: str, on_terminal: OnTerminal, with_paper: Front, tmp_path: Path
) -> None:
    long = tmp_path / ("关于印发行政执法公示办法的通知" * 4 + ".pdf")
    long.write_bytes(b"long")
    assert with_paper("evidence", "add", "TT-02.Q1.FZ", "--file", long).code == 0
    for command in (["evidence", "list"], ["show", "TT-01"], ["list"]):
        run = on_terminal("--lang", spoken, *command, columns=columns)
        lines = _screen(run.out, columns)
        assert run.code == 0
        assert "…" not in "".join(lines)
        if command == ["evidence", "list"]:
            (line,) = [one for one in lines if one.strip().startswith("TT-01#1")]
            assert "会议纪要" in line
            assert line.split()[1] == "2026"


def test_a_large_file_shows_how_far_it_is(
    on_terminal: OnTerminal, started: Path, large: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert started.exists()
    monkeypatch.setattr("lawcheck.cli.progress.PATIENCE_SECONDS", 0)
    run = on_terminal("evidence", "add", "TT-01", "--file", str(large), "--reference")
    assert run.code == 0
    assert "600.0 MiB" in run.out


def test_a_tick_with_a_file_says_what_was_put_on_the_row(front: Front, started: Path, tmp_path: Path) -> None:
    assert started.exists()
    (tmp_path / "minutes.pdf").write_bytes(b"signed")
    run = front("tick", "TT-01", "--on", "2026-03-01", "--file", tmp_path / "minutes.pdf")
    assert run.out.splitlines()[1].startswith(
        "  TT-01#1  file  minutes.pdf; added by lihua on 2026-06-15; 6 bytes, sha256:"
    )
