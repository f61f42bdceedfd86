from lawcheck.core.canonical import canonical
from lawcheck.core.journal import Actor, Head
from lawcheck.core.manifest import ManifestFile, ManifestKind, manifest, manifest_text, signed_text

ACTOR = Actor("lihua", "os-lihua", "desk-1", "2026-06-15T01:02:03.000004Z", "2026-06-15", today_set=False)
MADE = manifest(
    ManifestKind.CLOSING, 32 * "0", Head(3, 64 * "a"), ACTOR, [ManifestFile("一.pdf", "sha256:x", 7)], {"rows": 9}
)


def test_a_manifest_holds_the_head_who_made_it_and_the_files() -> None:
    assert MADE == {
        "lawcheck_manifest": 1,
        "kind": "closing",
        "register_id": 32 * "0",
        "head": {"seq": 3, "hash": 64 * "a"},
        "made_at": "2026-06-15T01:02:03.000004Z",
        "made_by": "lihua",
        "files": [{"name": "一.pdf", "hash": "sha256:x", "size": 7}],
        "content": {"rows": 9},
    }


def test_a_signature_is_over_all_but_itself() -> None:
    assert signed_text(MADE | {"signature": {"value": "x"}}) == canonical(MADE)


def test_a_manifest_is_written_for_people_too() -> None:
    text = manifest_text(MADE)
    assert text.startswith('{\n "content": {\n  "rows": 9\n },\n "files"')
    assert "一.pdf" in text
    assert text.endswith("}\n")
