"""Manifests (存证单): what leaves the register beside a file, so that later both can be held against each other.

A manifest is JSON: `lawcheck_manifest` its version, `kind` what it goes with, the register's id, the head of the
journal when it was made, who made it and when, `files` with name, hash (`sha256:…`) and size of each, and `content`,
which is the kind's own. A signature, where there is one, stands beside all of that and is over the canonical JSON of
the rest.
"""

import json
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from lawcheck.core.canonical import canonical, read_json
from lawcheck.core.frozen import Document
from lawcheck.core.journal import Actor, Head

MANIFEST_VERSION = 1
SIGNATURE = "signature"


class ManifestKind(StrEnum):
    """What a manifest goes with."""

    CLOSING = "closing"
    BACKUP = "backup"
    EXPORT = "export"
    JOURNAL = "journal"
    REPORT = "report"


class ManifestFile(NamedTuple):
    """A file that a manifest names: where it lies as seen from the manifest, the hash of its bytes, how many."""

    name: str
    hash: str
    size: int


def manifest(  # a manifest is all of that
    kind: ManifestKind,
    register_id: str,
    head: Head,
    actor: Actor,
    files: Sequence[ManifestFile],
    content: Document,
) -> Document:
    """Return a manifest without signature."""
    return {
        "lawcheck_manifest": MANIFEST_VERSION,
        "kind": kind.value,
        "register_id": register_id,
        "head": {"seq": head.seq, "hash": head.hash},
        "made_at": actor.at,
        "made_by": actor.person,
        "files": [{"name": one.name, "hash": one.hash, "size": one.size} for one in files],
        "content": content,
    }


def signed_text(document: Document) -> str:
    """Return what a signature of a manifest is over: the canonical JSON of all but the signature."""
    return canonical({key: value for key, value in document.items() if key != SIGNATURE})


def manifest_text(document: Document) -> str:
    """Return a manifest as it is written to a file: JSON that people can read, keys sorted, one line end at its end."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n"


def read_manifest(text: str | bytes) -> Document:
    """Read a manifest back, of this version and with all of its parts.

    Raises:
        ValueError: it is none.

    """
    try:
        held = read_json(text)
        of_version = held["lawcheck_manifest"] == MANIFEST_VERSION
        said = (held["kind"], held["register_id"], held["made_at"], held["made_by"], held["head"]["hash"])
        numbers = [held["head"]["seq"], *(file["size"] for file in held["files"])]
        said += tuple(part for file in held["files"] for part in (file["name"], file["hash"]))
        fits = of_version and isinstance(held["content"], dict)
    except (LookupError, TypeError) as error:
        raise ValueError(str(error)) from error
    if not fits or not all(isinstance(one, str) for one in said) or not all(type(one) is int for one in numbers):
        raise ValueError(MANIFEST_VERSION)
    read: Document = held
    return read


def files_of(document: Document) -> list[ManifestFile]:
    """Return the files that a manifest names."""
    return [ManifestFile(one["name"], one["hash"], one["size"]) for one in document["files"]]
