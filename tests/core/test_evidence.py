"""What evidence is, how it is named, and what may be done with it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lawcheck import errors
from lawcheck.core.evidence import (
    NAME_MOST,
    Evidence,
    Piece,
    added,
    check_dated,
    document_number,
    file_hash,
    is_program,
    kept_hash,
    kept_name,
    link_text,
    parse_address,
    taken_off,
    written_name,
    written_names,
)

TODAY = date(2026, 6, 15)
HASH = "sha256:" + 64 * "a"
FILE = Evidence(2026, "PL-03", 2, "file", "minutes.pdf", None, HASH, 9, "2026-06-01", "lihua", "2026-06-10")


# --- what is typed ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["PL-03#2"], ("PL-03", 2)),
        (["PL-03", "2"], ("PL-03", 2)),
        (["PL-03", "#2"], ("PL-03", 2)),
        (["pl-03＃２"], ("PL-03", 2)),
        (["ＰＬ－０３ # 12"], ("PL-03", 12)),
        (["AJ-17.PUB#1"], ("AJ-17.PUB", 1)),
        (["ES-11.Q2.ZF", "3"], ("ES-11.Q2.ZF", 3)),
        (["cases_total.2#1"], ("cases_total.2", 1)),
        (["ｃａｓｅｓ_Total", "＃1"], ("cases_Total", 1)),
    ],
)
def test_evidence_is_named_by_its_row_and_its_number(words: list[str], found: tuple[str, int]) -> None:
    assert parse_address(words) == found


@pytest.mark.parametrize(
    "words",
    [
        [], [""], ["PL-03"], ["#2"], ["PL-03#"], ["PL-03#0"], ["PL-03#-1"], ["PL-03#x"], ["PL-03", "x"], ["PL-03#1#2"],
        ["PL-03#1", "2"], ["PL-03", "1", "2"], ["PL-03#12345678901"], ["PL-03#1; rm -rf /"],
    ],
)  # fmt: skip
def test_what_names_no_evidence_is_quoted(words: list[str]) -> None:
    with pytest.raises(errors.InvalidEvidence) as error:
        parse_address(words)
    assert error.value.params == {"text": " ".join(words)}


def test_what_is_printed_is_read_back() -> None:
    assert parse_address([FILE.address()]) == ("PL-03", 2)


@given(st.text(max_size=40))
def test_whatever_is_typed_names_evidence_or_is_refused(text: str) -> None:
    try:
        ref, n = parse_address([text])
    except errors.InvalidEvidence:
        return
    assert parse_address([f"{ref}#{n}"]) == (ref, n)


@pytest.mark.parametrize(
    "link",
    [
        "https://www.gov.cn/zhengce/1.htm", "HTTP://example.invalid", "http://10.1.2.3:8080/a?b=c#d",
        "https://政府.cn/路径?q=一", "https://example.invalid/a@b",
    ],
)  # fmt: skip
def test_the_address_of_a_page_is_kept_as_it_was_typed(link: str) -> None:
    assert link_text(f" {link} ") == link


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ("www.gov.cn", "scheme"),
        ("ftp://example.invalid/x", "scheme"),
        ("file:///etc/passwd", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("data:text/html,x", "scheme"),
        ("-o=https://example.invalid", "scheme"),
        ("https:/example.invalid", "host"),
        ("https://", "host"),
        ("https:///path", "host"),
        ("https://:@/", "host"),
        ("https:\\\\example.invalid", "host"),
        ("https://lihua:secret@example.invalid/", "password"),
        ("https://lihua@example.invalid/", "password"),
        ("https://example.invalid/a b", "space"),
        ("https://example.invalid/\x1b[31m", "space"),
        ("https://example.invalid/\u202e", "space"),
        ("https://example.invalid/\nx", "space"),
        ("https://example.invalid/" + 2000 * "a", "long"),
    ],
)
def test_what_is_no_page_of_the_web_is_refused_with_the_reason(link: str, why: str) -> None:
    with pytest.raises(errors.InvalidLink) as error:
        link_text(link)
    assert error.value.params == {"text": link, "why": why}


def test_a_link_without_words_is_refused() -> None:
    with pytest.raises(errors.EmptyText):
        link_text("  ")


def test_the_number_of_a_document_stands_on_one_line() -> None:
    assert document_number("  海市监案字\n〔2022〕88号 ") == "海市监案字 〔2022〕88号"


def test_a_text_is_no_number_of_a_document() -> None:
    with pytest.raises(errors.TooLong) as error:
        document_number("文" * 201)
    assert error.value.params == {"option": "--doc", "most": 200}
    with pytest.raises(errors.EmptyText):
        document_number("\n")


def test_evidence_bears_a_day_up_to_today() -> None:
    check_dated(TODAY, TODAY)
    check_dated(date(1949, 10, 1), TODAY)
    check_dated(None, TODAY)
    with pytest.raises(errors.FutureDate) as error:
        check_dated(date(2026, 6, 16), TODAY)
    assert error.value.params == {"date": "2026-06-16", "today": "2026-06-15"}


# --- names ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "kept", "written"),
    [
        ("会议纪要 (终稿).pdf", "会议纪要 (终稿).pdf", "会议纪要 (终稿).pdf"),
        ("/etc/passwd", "passwd", "passwd"),
        ("..\\..\\windows\\x.pdf", "x.pdf", "x.pdf"),
        ("..", "_", "_"),
        ("", "_", "_"),
        ("a\x1b[31m\nb.pdf", "a_[31m_b.pdf", "a_[31m_b.pdf"),
        ("fdp.\u202eexe", "fdp._exe", "fdp._exe"),
        ("\udcff.pdf", "?.pdf", "_.pdf"),
        ("a:b*c?.pdf", "a:b*c?.pdf", "a_b_c_.pdf"),
        ("CON", "CON", "_CON"),
        ("con.txt.pdf", "con.txt.pdf", "_con.txt.pdf"),
        ("LPT1 .pdf", "LPT1 .pdf", "_LPT1 .pdf"),
        ("COM².pdf", "COM².pdf", "_COM².pdf"),
        ("-rf", "-rf", "_-rf"),
        ("~x", "~x", "_~x"),
        (".bashrc", ".bashrc", "bashrc"),
        ("report.pdf. .", "report.pdf. .", "report.pdf"),
        ("=cmd|' /C calc'!A0.csv", "=cmd|' /C calc'!A0.csv", "=cmd_' _C calc'!A0.csv"),
        ("[red]x[/red].pdf", "red].pdf", "red].pdf"),
    ],
)
def test_a_name_is_kept_without_folders_and_written_without_tricks(name: str, kept: str, written: str) -> None:
    if name.startswith("=cmd"):
        kept, written = "C calc'!A0.csv", "C calc'!A0.csv"  # a slash ends a folder
    assert (kept_name(name), written_name(name)) == (kept, written)


def test_a_long_name_keeps_its_ending() -> None:
    name = kept_name("长" * 200 + ".pdf")
    assert name == "长" * 78 + ".pdf"
    assert len(name.encode()) <= NAME_MOST
    assert len(kept_name("a" * 300 + "." + "b" * 300).encode()) == NAME_MOST


def test_no_two_files_of_a_folder_have_the_same_name_on_any_system() -> None:
    names = ["a.pdf", "A.PDF", "a.pdf", "x/a.pdf", "b", "B", "a (2).pdf"]
    assert written_names(names) == ["a.pdf", "A (2).PDF", "a (3).pdf", "a (4).pdf", "b", "B (2)", "a (2) (2).pdf"]


@given(st.lists(st.text(max_size=300), max_size=8))
def test_whatever_files_are_called_they_can_be_written_side_by_side(names: list[str]) -> None:
    written = written_names(names)
    assert len({one.casefold() for one in written}) == len(names)
    for one in written:
        assert not set('<>:"/\\|?*\0\n\r').intersection(one)
        assert one.strip(" .") == one != ""
        assert not one.startswith(("-", "~"))
        assert len(one.encode()) <= NAME_MOST + 10


@pytest.mark.parametrize("name", ["x.exe", "x.pdf.BAT", "x.desktop", "x.lnk ", "x.sh.", "x.html", "x.ps1", "x.jar"])
def test_what_would_be_run_is_a_program(name: str) -> None:
    assert is_program(name)


@pytest.mark.parametrize("name", ["x.pdf", "exe", "x.exe.pdf", "纪要.docx", "x.png", "x.ofd", ""])
def test_what_would_be_shown_is_none(name: str) -> None:
    assert not is_program(name)


# --- what may be done -------------------------------------------------------------------------


def test_what_is_added_says_what_it_is_who_added_it_and_when() -> None:
    pieces = [Piece("file", "a.pdf", None, HASH, 9), Piece("document", "1号")]
    standing: dict[str, object] = {
        "dated": "2026-06-01", "person": "wang", "added_on": "2026-06-15", "removed_on": None, "removed_by": None,
        "why": None, "purged_on": None,
    }  # fmt: skip
    assert added(pieces, [], dated=date(2026, 6, 1), by="wang", today=TODAY) == [
        {"kind": "file", "name": "a.pdf", "place": None, "hash": HASH, "size": 9, **standing},
        {"kind": "document", "name": "1号", "place": None, "hash": None, "size": None, **standing},
    ]


@pytest.mark.parametrize("kind", ["file", "reference"])
def test_the_same_bytes_under_another_name_are_the_same_evidence(kind: str) -> None:
    with pytest.raises(errors.EvidenceThere) as error:
        added([Piece(kind, "other.pdf", None, HASH, 9)], [FILE], dated=None, by="wang", today=TODAY)
    assert error.value.params == {"name": "other.pdf", "address": "PL-03#2"}


def test_what_was_taken_off_can_be_added_again() -> None:
    off = FILE._replace(removed_on="2026-06-12", removed_by="wang", why="wrong row")
    assert len(added([Piece("file", "minutes.pdf", None, HASH, 9)], [off], dated=None, by="wang", today=TODAY)) == 1


def test_the_same_is_not_offered_twice() -> None:
    pieces = [Piece("link", "https://example.invalid"), Piece("link", "https://example.invalid")]
    with pytest.raises(errors.EvidenceThere) as error:
        added(pieces, [], dated=None, by="wang", today=TODAY)
    assert error.value.params == {"name": "https://example.invalid", "address": None}


def test_evidence_is_taken_off_once() -> None:
    off = taken_off(FILE, by="wang", why="wrong row", today=TODAY)
    assert off == {"removed_on": "2026-06-15", "removed_by": "wang", "why": "wrong row"}
    with pytest.raises(errors.EvidenceRemoved) as error:
        taken_off(
            FILE._replace(removed_on="2026-06-15", removed_by="wang", why="wrong row"),
            by="wang",
            why="again",
            today=TODAY,
        )
    assert error.value.params == {"address": "PL-03#2", "day": "2026-06-15", "person": "wang"}


def test_only_a_file_that_was_copied_has_bytes_in_the_vault() -> None:
    assert file_hash(FILE) == kept_hash(FILE) == HASH
    erased = FILE._replace(purged_on="2026-06-12")
    assert file_hash(erased) == HASH
    with pytest.raises(errors.EvidenceErased) as error:
        kept_hash(erased)
    assert error.value.params == {"address": "PL-03#2", "day": "2026-06-12"}
    for kind, place in (("link", None), ("document", None), ("reference", "/safe/1")):
        with pytest.raises(errors.NoBytesKept):
            kept_hash(FILE._replace(kind=kind, place=place))
