"""What no line may say whatever the journal says: who accepted what, to what that is bound, what a closing froze."""

from collections.abc import Iterator

from lawcheck.core.checks import Finding
from lawcheck.core.totals import Totals
from lawcheck.errors import RegisterDamaged
from lawcheck.service.reviews import hash_seen
from lawcheck.store import codec
from lawcheck.store.entities import UNFIT, key_text
from lawcheck.store.register import Register

_FROZEN = ("rows", "done", "partial", "open", "na")


def review_findings(register: Register) -> Iterator[Finding]:
    """Check that nobody accepted what he did, and that what was accepted is what is there now."""
    for year, ref, person, did_it in register.each("review_accepted"):
        where = key_text(year, ref)
        if did_it:
            yield Finding("reviews.separation", where, str(person))
        held = register.one("row_get", year=year, ref=ref) if year else register.one("case_row_one", ref=ref)
        bound = register.one("review_get", key_year=year, key_ref=ref)
        if held is None or bound is None:
            continue  # the replay tells of a line that hangs on nothing
        try:
            found = hash_seen(register, codec.row(held) if year else codec.case_row(held))
        except RegisterDamaged:
            found = ""
        if found != bound[4]:
            yield Finding("reviews.content", where, f"{bound[4]} / {found}")


def closing_findings(register: Register) -> Iterator[Finding]:
    """Check that a closed year still counts what its closing froze."""
    for year, document, *_ in register.all("closing_all"):
        state = register.one("year_get", key_year=year)
        try:
            frozen = register.document(str(document)) or {}
            counted = Totals()
            for _, _, _, *counts in register.all("totals_by_template", year=year, as_of=frozen["closed_on"]):
                counted = counted.plus(Totals(*counts))  # type: ignore[arg-type]
            was = [frozen["totals"][name] for name in _FROZEN]
        except (*UNFIT, RegisterDamaged):
            yield Finding("closings.frozen", str(year), str(document))
            continue
        now = [getattr(counted, name) for name in _FROZEN]
        if now != was or state is None or state[0] != "closed":
            told = f"{' '.join(map(str, now))} / {' '.join(map(str, was))}"
            yield Finding("closings.frozen", str(year), told)
