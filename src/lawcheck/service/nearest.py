"""What somebody may have meant."""

from difflib import get_close_matches


def nearest(wanted: str, known: list[str]) -> list[str]:
    """Return up to three known words that look most like the wanted one."""
    return get_close_matches(wanted, known, n=3, cutoff=0.6)
