"""The named checks of `verify`: fixed ids, each with its severity. What each says stands in `render/proof.py`."""

from enum import StrEnum
from typing import NamedTuple


class Severity(StrEnum):
    """How grave a finding is; of notes alone nothing is wrong."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


CHECKS = {
    "file.integrity": Severity.ERROR,
    "file.references": Severity.ERROR,
    "file.schema": Severity.ERROR,
    "chain.form": Severity.ERROR,
    "chain.sequence": Severity.ERROR,
    "chain.begin": Severity.ERROR,
    "chain.link": Severity.ERROR,
    "chain.payload": Severity.ERROR,
    "chain.head": Severity.ERROR,
    "chain.version": Severity.ERROR,
    "chain.redaction": Severity.ERROR,
    "chain.clock": Severity.NOTE,
    "chain.end": Severity.ERROR,
    "chain.ancestor": Severity.ERROR,
    "documents.hash": Severity.ERROR,
    "documents.missing": Severity.ERROR,
    "documents.form": Severity.ERROR,
    "replay.applies": Severity.ERROR,
    "replay.tables": Severity.ERROR,
    "replay.touched": Severity.ERROR,
    "balance.rows": Severity.ERROR,
    "balance.totals": Severity.ERROR,
    "reviews.separation": Severity.ERROR,
    "reviews.content": Severity.ERROR,
    "closings.frozen": Severity.ERROR,
    "manifest.register": Severity.ERROR,
    "manifest.head": Severity.ERROR,
    "manifest.content": Severity.ERROR,
    "manifest.files": Severity.ERROR,
    "manifest.absent": Severity.WARNING,
    "manifest.signature": Severity.ERROR,
    "manifest.unsigned": Severity.NOTE,
    "evidence.missing": Severity.ERROR,
    "evidence.bytes": Severity.ERROR,
    "evidence.link": Severity.ERROR,
    "evidence.purged": Severity.WARNING,
    "evidence.stray": Severity.NOTE,
    "evidence.reference": Severity.WARNING,
    "evidence.unreachable": Severity.NOTE,
}
"""In the order in which they are documented. An id is never reused for something else."""


class Finding(NamedTuple):
    """Something that is not as it must be: the id of the check that found it, where, and the detail."""

    check: str
    where: str
    detail: str = ""

    @property
    def severity(self) -> Severity:
        """Return how grave it is."""
        return CHECKS[self.check]
