"""What left the register proved at the front door without it: journals, manifests, backups, signatures."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from lawcheck.store.register import Register
from support import Program, Run

Front = Callable[..., Run]


@pytest.fixture
def journal(front: Front, lived: Path, tmp_path: Path) -> Path:
    """Return the journal of the register, written to a file; the register is gone."""
    run = front("log", "--export", tmp_path / "journal.jsonl")
    assert (run.code, run.err) == (0, "")
    lived.unlink()
    return tmp_path / "journal.jsonl"


def _lines(journal: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in journal.read_text(encoding="utf-8").splitlines()]


def _found(front: Front, file: Path, *options: str) -> list[tuple[str, str]]:
    run = front("verify", file, "--json", *options)
    held = json.loads(run.out)
    found = [(one["check"], one["where"]) for one in held["data"]["findings"]]
    assert (run.code, run.err) == (1 if found else 0, "")
    return found


# --- journals ---------------------------------------------------------------------------------


def test_an_exported_journal_is_proved_without_its_register(front: Front, journal: Path) -> None:
    lines = _lines(journal)
    head = lines[-1]["hash"]
    assert lines[0] == {
        "head": {"hash": head, "seq": 9},
        "lawcheck_journal": 1,
        "register_id": lines[0]["register_id"],
    }
    run = front("verify", journal)
    assert run == Run(
        0,
        f"The journal is whole: 9 entries, of the register {lines[0]['register_id']}.\n"
        f"Head of the chain: entry 9, {head}\n",
        "",
    )
    assert front("verify", journal, "--quiet") == Run(0, "", "")


def test_an_exported_journal_says_what_was_written_and_has_a_manifest(
    front: Front, lived: Path, tmp_path: Path
) -> None:
    run = front("log", "--export", tmp_path / "j.jsonl", "--json")
    data = json.loads(run.out)["data"]
    with Register.open(lived) as register:
        head = {"seq": register.head().seq, "hash": register.head().hash}
        assert data == {
            "file": str(tmp_path / "j.jsonl"),
            "manifest": str(tmp_path / "j.jsonl.manifest.json"),
            "head": head,
            "register_id": register.id(),
            "signed": False,
            "size": (tmp_path / "j.jsonl").stat().st_size,
        }
    manifest = json.loads((tmp_path / "j.jsonl.manifest.json").read_text(encoding="utf-8"))
    assert (manifest["kind"], manifest["head"], manifest["made_by"]) == ("journal", head, "lihua")
    assert _found(front, tmp_path / "j.jsonl.manifest.json") == []


def test_a_journal_goes_to_standard_output_byte_for_byte(front: Front, lived: Path, program: Program) -> None:
    assert front("log", "--export", "journal.jsonl" if not lived else lived.parent / "j.jsonl").code == 0
    run = program("log", "--export", "-")
    assert (run.code, run.err) == (0, "")
    assert run.out == (lived.parent / "j.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "arguments", [("TT-01", "--export", "x"), ("-n", "3", "--export", "x"), ("--export", "-", "--json")]
)
def test_a_journal_is_exported_whole(arguments: tuple[str, ...], front: Front, lived: Path) -> None:
    assert lived.exists()
    run = front("log", *arguments)
    assert run.code == 2
    assert not Path("x").exists()


def test_a_journal_takes_no_file_s_place_unasked(front: Front, lived: Path, tmp_path: Path) -> None:
    assert lived.exists()
    (tmp_path / "j.jsonl.manifest.json").write_text("mine", encoding="utf-8")
    assert front("log", "--export", tmp_path / "j.jsonl").code == 4
    assert not (tmp_path / "j.jsonl").exists()
    assert front("log", "--export", tmp_path / "j.jsonl", "--force").code == 0
    assert front("log", "--export", tmp_path / "j.jsonl").code == 4


CHANGED = {
    "another day in a payload": (
        lambda lines: lines[2].update(payload=str(lines[2]["payload"]).replace("2026-04-02", "2026-03-31")),
        ("chain.payload", "#2"),
    ),
    "another person": (lambda lines: lines[3].update(person="wang"), ("chain.head", "#3")),
    "another instant": (lambda lines: lines[3].update(at="2026-06-14T00:00:00Z"), ("chain.head", "#3")),
    "an entry less": (lambda lines: lines.pop(5), ("chain.sequence", "#6")),
    "the last entry less": (lambda lines: lines.pop(), ("chain.end", "#8")),
    "no entry": (lambda lines: lines.__delitem__(slice(1, None)), ("chain.end", "#0")),
    "an entry twice": (lambda lines: lines.insert(3, lines[2]), ("chain.sequence", "#2")),
    "another order": (lambda lines: lines.insert(3, lines.pop(5)), ("chain.sequence", "#5")),
    "another register": (lambda lines: lines[0].update(register_id=32 * "0"), ("chain.link", "#1")),
    "another head": (lambda lines: lines[0].update(head={"seq": 9, "hash": 64 * "0"}), ("chain.end", "#9")),
    "a blanked entry that nobody tells of": (
        lambda lines: lines[4].update(payload=None, salt=None),
        ("chain.redaction", "#4"),
    ),
    "a salt that is none": (lambda lines: lines[4].update(salt="法"), ("chain.payload", "#4")),
    "half a surrogate": (lambda lines: lines[4].update(person="\ud800"), ("chain.form", "5:1")),
    "a number for a text": (lambda lines: lines[4].update(person=5), ("chain.form", "5:1")),
    "a truth for a number": (lambda lines: lines[4].update(version=True), ("chain.form", "5:1")),
    "a number beyond all": (lambda lines: lines[4].update(seq=10**400), ("chain.form", "5:1")),
    "a field more": (lambda lines: lines[4].update(more=1), ("chain.form", "5:1")),
    "a field less": (lambda lines: lines[4].pop("salt"), ("chain.form", "5:1")),
}


@pytest.mark.parametrize("what", CHANGED)
def test_a_journal_that_was_changed_is_found_and_the_entry_named(what: str, front: Front, journal: Path) -> None:
    change, expected = CHANGED[what]
    lines = _lines(journal)
    change(lines)  # type: ignore[no-untyped-call]
    text = "".join(json.dumps(line) + "\n" for line in lines)
    journal.write_text(text, encoding="utf-8")
    assert _found(front, journal)[0] == expected


HOSTILE = {
    "no json": b"hello\n",
    "no text": b"\xff\xfe\n",
    "an open bracket": b"[\n",
    "too deep": b"[" * 100_000 + b"\n",
    "a bomb of lists": b"[" + b"[]," * 3_000_000 + b"1]\n",
    "a number of a million digits": b'{"seq":' + b"9" * 1_000_000 + b"}\n",
    "no end": b'{"seq":1',
    "nothing": b"\n",
    "null bytes": b"\x00" * 1000,
    "a list": b"[1,2]\n",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_journal_with_a_line_that_is_none_ends_there(what: str, front: Front, journal: Path) -> None:
    held = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join(held[:4]) + HOSTILE[what] + b"".join(held[4:]))
    assert _found(front, journal)[0] == ("chain.form", "5:1")


@pytest.mark.parametrize("what", HOSTILE)
def test_a_file_that_lawcheck_did_not_write_is_refused(what: str, front: Front, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(HOSTILE[what])
    run = front("verify", tmp_path / "x")
    assert (run.code, run.out) == (5, "")
    assert "is neither a register nor a journal nor a manifest" in run.err


def test_a_line_without_end_is_not_read_to_its_end(
    front: Front, journal: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lawcheck.service.verify_file.MAX_LINE", 10_000)
    with journal.open("ab") as file:
        file.truncate(1 << 40)  # sparse
    found = _found(front, journal)
    assert found[0] == ("chain.form", "11:1")


@pytest.mark.parametrize("what", ["folder", "missing", "pipe"])
def test_what_is_no_file_is_refused_at_once(what: str, front: Front, tmp_path: Path) -> None:
    import os

    place = tmp_path / "x"
    if what == "folder":
        place.mkdir()
    elif what == "pipe":
        os.mkfifo(place)
    run = front("verify", place)
    assert (run.code, run.out) == (3, "")


def test_a_journal_takes_a_printed_head_back(front: Front, journal: Path) -> None:
    head = str(_lines(journal)[4]["hash"])
    run = front("verify", journal, "--against", head[:16])
    assert "The head that was taken back is entry 4 of this chain" in run.out
    assert _found(front, journal, "--against", 64 * "0") == [("chain.ancestor", 64 * "0")]


# --- backups ----------------------------------------------------------------------------------


def test_a_backup_is_proved_as_a_register_is(front: Front, lived: Path, tmp_path: Path) -> None:
    assert front("backup", "-o", tmp_path / "b.db").code == 0
    lived.unlink()
    run = front("verify", tmp_path / "b.db", "--read-evidence")
    assert run.code == 0
    assert run.out.startswith("The record is whole: 9 entries, 10 rows; checked: ")
    assert _found(front, tmp_path / "b.db.manifest.json") == []
    with (tmp_path / "b.db").open("r+b") as file:
        file.seek(5000)
        file.write(b"x")
    assert _found(front, tmp_path / "b.db.manifest.json") == [("manifest.files", "b.db")]
    (tmp_path / "b.db").unlink()
    assert _found(front, tmp_path / "b.db.manifest.json") == [("manifest.absent", "b.db")]


@pytest.mark.parametrize(
    ("name", "check"),
    [
        ("../register.db", "manifest.files"),
        ("/etc/passwd", "manifest.files"),
        (".", "manifest.files"),
        ("\x00", "manifest.absent"),
        ("a" * 5000, "manifest.absent"),
        ("", "manifest.files"),
    ],
)
def test_no_name_in_a_manifest_leads_out_of_its_folder(name: str, check: str, front: Front, journal: Path) -> None:
    place = journal.with_name("journal.jsonl.manifest.json")
    manifest = json.loads(place.read_text(encoding="utf-8"))
    manifest["files"][0]["name"] = name
    place.write_text(json.dumps(manifest), encoding="utf-8")
    assert _found(front, place) == [(check, name)]


@pytest.mark.parametrize("hashed", ["md5:0", "shake_128:0", "", "sha256:", "sha256:zz"])
def test_a_hash_of_another_kind_in_a_manifest_is_found(hashed: str, front: Front, journal: Path) -> None:
    place = journal.with_name("journal.jsonl.manifest.json")
    manifest = json.loads(place.read_text(encoding="utf-8"))
    manifest["files"][0]["hash"] = hashed
    place.write_text(json.dumps(manifest), encoding="utf-8")
    assert _found(front, place) == [("manifest.files", "journal.jsonl")]


# --- manifests against a register ---------------------------------------------------------------


@pytest.fixture
def manifest(front: Front, lived: Path, tmp_path: Path) -> Path:
    """Return the manifest of a journal that was written when the register had nine entries; it has ten now."""
    assert lived.exists()
    assert front("log", "--export", tmp_path / "j.jsonl").code == 0
    assert front("note", "TT-01", "later").code == 0
    return tmp_path / "j.jsonl.manifest.json"


def test_a_manifest_is_taken_back_by_its_register(front: Front, manifest: Path) -> None:
    run = front("verify", "--against", manifest)
    assert (run.code, run.err) == (0, "")
    assert "The head that was taken back is entry 9 of this chain, of 2026-06-15T01:02:03Z; 1 entries" in run.out


def test_a_manifest_of_another_register_or_with_another_number_is_found(front: Front, manifest: Path) -> None:
    held = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps({**held, "register_id": 32 * "0"}), encoding="utf-8")
    found = json.loads(front("verify", "--against", manifest, "--json").out)["data"]["findings"]
    assert [(one["check"], one["where"]) for one in found] == [("manifest.register", 32 * "0")]
    manifest.write_text(json.dumps({**held, "head": {**held["head"], "seq": 8}}), encoding="utf-8")
    found = json.loads(front("verify", "--against", manifest, "--json").out)["data"]["findings"]
    assert [(one["check"], one["where"]) for one in found] == [("manifest.head", "#8")]
    manifest.write_text(json.dumps({**held, "head": {"seq": 9, "hash": 64 * "0"}}), encoding="utf-8")
    found = json.loads(front("verify", "--against", manifest, "--json").out)["data"]["findings"]
    assert [(one["check"], one["where"]) for one in found] == [("chain.ancestor", 64 * "0")]


def test_options_that_do_not_go_together_are_refused(front: Front, manifest: Path, tmp_path: Path) -> None:
    journal = tmp_path / "j.jsonl"
    assert front("verify", journal, "--read-evidence").code == 2
    assert front("verify", journal, "--against", manifest).code == 2
    assert front("verify", "--references").code == 2
    assert front("verify", "--key", journal).code == 2


# --- signatures -------------------------------------------------------------------------------


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a private key that signs every manifest; its public one lies beside it."""
    made = tmp_path / "key.pem"
    _make_key(made)
    monkeypatch.setenv("LAWCHECK_SIGNING_KEY", str(made))
    return made


def _make_key(place: Path, passphrase: bytes | None = None) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
    from cryptography.hazmat.primitives.serialization import (
        BestAvailableEncryption,
        Encoding,
        NoEncryption,
        PrivateFormat,
        PublicFormat,
    )

    key = Ed25519PrivateKey.generate()
    encryption = NoEncryption() if passphrase is None else BestAvailableEncryption(passphrase)
    place.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption))
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    place.with_name(place.name + ".pub").write_bytes(public)


def test_a_signed_manifest_is_by_its_key_and_shows_its_fingerprint(
    front: Front, key: Path, lived: Path, tmp_path: Path
) -> None:
    assert lived.exists()
    run = front("log", "--export", tmp_path / "j.jsonl")
    assert "The manifest is signed." in run.out
    manifest = tmp_path / "j.jsonl.manifest.json"
    run = front("verify", manifest, "--key", f"{key}.pub")
    assert (run.code, run.err) == (0, "")
    (said,) = [line for line in run.out.splitlines() if line.startswith("Signed by")]
    der = subprocess.run(
        ["openssl", "pkey", "-pubin", "-in", f"{key}.pub", "-outform", "DER"], capture_output=True, check=True
    ).stdout
    import hashlib

    assert said == f"Signed by the key with the fingerprint {hashlib.sha256(der).hexdigest()}"
    assert json.loads(front("verify", manifest, "--json").out)["data"]["notes"] == []


def test_a_key_made_by_openssl_signs(
    front: Front, lived: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert lived.exists()
    made = tmp_path / "made.pem"
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", str(made)], check=True)
    monkeypatch.setenv("LAWCHECK_SIGNING_KEY", str(made))
    assert front("log", "--export", tmp_path / "j.jsonl").code == 0
    assert _found(front, tmp_path / "j.jsonl.manifest.json") == []


@pytest.mark.parametrize("part", ["made_by", "register_id", "made_at"])
def test_a_signed_manifest_that_was_changed_is_found(
    part: str, front: Front, key: Path, lived: Path, tmp_path: Path
) -> None:
    assert key.exists()
    assert lived.exists()
    manifest = tmp_path / "j.jsonl.manifest.json"
    front("log", "--export", tmp_path / "j.jsonl")
    held = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps({**held, part: held[part][:-1]}), encoding="utf-8")
    assert _found(front, manifest) == [("manifest.signature", manifest.name)]
    run = front("verify", "--against", manifest)
    assert (run.code, run.out) == (5, "")


SIGNATURES: dict[str, object] = {
    "no mapping": "x",
    "nothing in it": {},
    "no base64": {"algorithm": "ed25519", "public_key": "*", "value": "*"},
    "another algorithm": {"algorithm": "rot13", "public_key": "", "value": ""},
    "no key": {"algorithm": "ed25519", "public_key": "AAAA", "value": "AAAA"},
    "numbers": {"algorithm": "ed25519", "public_key": 5, "value": 5},
    "a list": [],
}


@pytest.mark.parametrize("what", SIGNATURES)
def test_a_signature_that_is_none_is_found(what: str, front: Front, key: Path, lived: Path, tmp_path: Path) -> None:
    assert key.exists()
    assert lived.exists()
    manifest = tmp_path / "j.jsonl.manifest.json"
    front("log", "--export", tmp_path / "j.jsonl")
    held = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps({**held, "signature": SIGNATURES[what]}), encoding="utf-8")
    assert _found(front, manifest) == [("manifest.signature", manifest.name)]


def test_a_manifest_signed_by_somebody_else_or_by_nobody_is_found(
    front: Front, key: Path, lived: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert lived.exists()
    _make_key(tmp_path / "other.pem")
    manifest = tmp_path / "j.jsonl.manifest.json"
    front("log", "--export", tmp_path / "j.jsonl")
    assert _found(front, manifest, "--key", f"{tmp_path / 'other.pem'}.pub") == [("manifest.signature", manifest.name)]
    monkeypatch.delenv("LAWCHECK_SIGNING_KEY")
    front("log", "--export", tmp_path / "j.jsonl", "--force")
    assert _found(front, manifest) == []
    assert _found(front, manifest, "--key", f"{key}.pub") == [("manifest.signature", manifest.name)]
    (note,) = json.loads(front("verify", manifest, "--json").out)["data"]["notes"]
    assert (note["check"], note["severity"]) == ("manifest.unsigned", "note")


def test_a_backup_is_signed_and_restored_only_as_it_was_signed(
    front: Front, key: Path, lived: Path, tmp_path: Path
) -> None:
    assert key.exists()
    assert front("backup", "-o", tmp_path / "b.db").code == 0
    lived.unlink()
    manifest = tmp_path / "b.db.manifest.json"
    held = json.loads(manifest.read_text(encoding="utf-8"))
    manifest.write_text(json.dumps({**held, "made_by": "wang"}), encoding="utf-8")
    run = front("restore", tmp_path / "b.db")
    assert (run.code, run.out, lived.exists()) == (5, "", False)
    manifest.write_text(json.dumps(held), encoding="utf-8")
    run = front("restore", tmp_path / "b.db", "--json")
    assert (run.code, json.loads(run.out)["data"]["signed"]) == (0, True)


@pytest.mark.parametrize(
    ("command", "manifest"),
    [
        (("report", "2026", "-o", "{folder}/r.docx", "--with-gaps"), "r.docx.manifest.json"),
        (("year", "close", "2026", "--confirm", "-o", "{folder}/2026.json"), "2026.json"),
        (("backup", "-o", "{folder}/b.db"), "b.db.manifest.json"),
    ],
)
def test_every_manifest_that_is_written_is_signed(
    command: tuple[str, ...], manifest: str, front: Front, key: Path, lived: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAWCHECK_TODAY", "2027-01-10")
    run = front(*(word.format(folder=lived.parent) for word in command))
    assert run.code == 0, run
    assert _found(front, lived.parent / manifest, "--key", f"{key}.pub") == []


KEYS = {
    "nothing": b"",
    "no key": b"hello",
    "a public key": b"-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----\n",
    "much": b"x" * 100_000,
}


@pytest.mark.parametrize("what", KEYS)
def test_a_key_that_is_none_is_refused_before_anything_is_written(
    what: str, front: Front, key: Path, lived: Path, tmp_path: Path
) -> None:
    assert lived.exists()
    key.write_bytes(KEYS[what])
    run = front("log", "--export", tmp_path / "j.jsonl")
    assert (run.code, run.out) == (5, "")
    assert not (tmp_path / "j.jsonl").exists()
    key.unlink()
    assert front("log", "--export", tmp_path / "j.jsonl").code == 5


def test_an_encrypted_key_is_refused_where_nobody_can_be_asked(
    front: Front, key: Path, lived: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert lived.exists()
    _make_key(key, b"secret")
    run = front("log", "--export", tmp_path / "j.jsonl")
    assert (run.code, run.out) == (5, "")
    assert "there is no terminal on which its passphrase can be asked" in run.err
    monkeypatch.setattr("lawcheck.cli.app._passphrase", lambda: "wrong")
    assert "the passphrase is another" in front("log", "--export", tmp_path / "j.jsonl").err
    monkeypatch.setattr("lawcheck.cli.app._passphrase", lambda: "secret")
    assert front("log", "--export", tmp_path / "j.jsonl").code == 0


def test_without_the_library_the_extra_is_named(
    front: Front, key: Path, lived: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert lived.exists()
    front("log", "--export", tmp_path / "j.jsonl")
    for name in [one for one in sys.modules if one.startswith("cryptography")]:
        monkeypatch.setitem(sys.modules, name, None)
    said = "Install it with: pip install 'lawcheck[sign]'"
    for arguments in (("log", "--export", tmp_path / "k.jsonl"), ("verify", tmp_path / "j.jsonl.manifest.json")):
        run = front(*arguments)
        assert (run.code, run.out) == (2, "")
        assert said in run.err.replace("\n", " ")
    assert not (tmp_path / "k.jsonl").exists()
    assert key.exists()
