"""A manifest that left the register held against the register as it is now."""

from collections.abc import Iterator

from lawcheck.core.canonical import canonical, digest
from lawcheck.core.chain import Chain
from lawcheck.core.checks import Finding
from lawcheck.core.frozen import Document
from lawcheck.core.journal import Entry
from lawcheck.core.manifest import ManifestKind
from lawcheck.store.entities import UNFIT
from lawcheck.store.redaction import changes_of, left_of_redacted
from lawcheck.store.register import Register


def against_manifest(register: Register, document: Document, chain: Chain) -> Iterator[Finding]:
    """Hold register and head against a manifest, and what a closed year froze against the entry that froze it.

    The chain must have been walked to its end against the manifest's head.
    """
    if document["register_id"] != register.id():
        yield Finding("manifest.register", str(document["register_id"]), register.id())
    elif chain.ancestors and chain.ancestors[0].seq != document["head"]["seq"]:
        yield Finding("manifest.head", f"#{document['head']['seq']}", f"#{chain.ancestors[0].seq}")
    elif chain.ancestors and document["kind"] == ManifestKind.CLOSING:
        frozen = _frozen_by(register, chain.ancestors[0].seq)
        found = digest(canonical(document["content"]))
        if found not in frozen:
            yield Finding("manifest.content", f"#{chain.ancestors[0].seq}", f"{' '.join(sorted(frozen))} / {found}")


def _frozen_by(register: Register, seq: int) -> set[str]:
    """Return the hashes of the documents that an entry froze when it closed a year."""
    values = register.all("entry_after", seq=seq - 1)[0]
    try:
        changes = changes_of(Entry._make(values), left_of_redacted(register))
        return {str(one.new["document"]) for one in changes if one.entity == "closing" and isinstance(one.new, dict)}
    except UNFIT:
        return set()
