"""The journal (流水): what an entry holds and how entries are chained.

The format is version 1 and cannot change for entries already written. An entry's payload is the canonical JSON
`{"changes": [[entity, key, field, old, new], …], "undoes": seq | null}`; a change of the field `*` makes or unmakes a
whole thing. An entry that blanks others has version 2 and two more parts: `"redacts": [[seq, payload], …]`, what is
left of each in its place, so that a replay goes on, and `"why"`. The payload's hash is salted, so that a payload
blanked by law cannot be guessed back from its hash; the entry's hash covers the previous hash, its own head and the
payload's hash. The first entry follows the register's id.
"""

from collections.abc import Iterable
from json.encoder import encode_basestring as _q
from typing import NamedTuple

from lawcheck.core.canonical import canonical, digest, sha256_hex

PAYLOAD_VERSION, REDACTING_VERSION = 1, 2
WHOLE = "*"
REDACTED = "█████"
"""Stands for words that were erased."""


class Change(NamedTuple):
    """One value that changed: JSON values, None where there was or is nothing."""

    entity: str
    key: str
    field: str
    old: object
    new: object


def fallen(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Return those of changes by which acceptances fall away: each unmakes what a reviewer said."""
    return tuple(
        change
        for change in changes
        if change.entity == "review"
        and change.new is None
        and isinstance(change.old, dict)
        and change.old["verdict"] == "accepted"
    )


class Actor(NamedTuple):
    """Who acts, where and when: `at` is the instant in UTC (ISO 8601), `today` the day that counts (ISO).

    `today_set` says that the day was set by hand and is not the instant's own.
    """

    person: str
    os_user: str
    host: str
    at: str
    today: str
    today_set: bool


class Entry(NamedTuple):
    """One command in the journal; `payload` and `salt` are None once redacted, `today` unless it was set."""

    seq: int
    at: str
    person: str
    os_user: str
    host: str
    command: str
    version: int
    today: str | None
    payload: str | None
    salt: str | None
    payload_hash: str
    prev: str
    hash: str


class Head(NamedTuple):
    """The journal's last entry: its sequence number and hash, 0 and the register's id while there is none."""

    seq: int
    hash: str


class Redaction(NamedTuple):
    """Entries that are blanked, by number, each with the payload that stands in its place from now on, and why."""

    left: list[tuple[int, str]]
    why: str


def payload_text(changes: list[Change], undoes: int | None, redaction: Redaction | None = None) -> str:
    """Return the payload of an entry as canonical JSON; what is left of a blanked entry is such already."""
    if redaction is None:
        return canonical({"changes": changes, "undoes": undoes})
    left = ",".join(f"[{seq},{payload}]" for seq, payload in redaction.left)
    head = f'{{"changes":{canonical(changes)},"redacts":[{left}]'
    return f'{head},"undoes":{canonical(undoes)},"why":{canonical(redaction.why)}}}'


def payload_hash(salt: str, payload: str) -> str:
    """Return SHA-256 over the salt's bytes (hexadecimal) followed by the payload's bytes."""
    return sha256_hex(bytes.fromhex(salt) + payload.encode("utf-8"))


def entry_hash(prev: str, entry: Entry) -> str:
    """Return the hash that chains an entry to the one before it, or to the register's id.

    It is over the canonical JSON of a list, written out here because `verify` does it for every entry.

    Raises:
        TypeError: a text of the entry is none.

    """
    seq, at, person, os_user, host, command, version, today, _, _, hashed, _, _ = entry
    return digest(
        f'["lawcheck-entry-1",{_q(prev)},{seq:d},{_q(at)},{_q(person)},{_q(os_user)},{_q(host)},{_q(command)},'
        f"{version:d},{'null' if today is None else _q(today)},{_q(hashed)}]"
    )


def next_entry(  # noqa: PLR0913  # an entry is all of that
    last: Head,
    actor: Actor,
    command: str,
    changes: list[Change],
    undoes: int | None,
    salt: str,
    redaction: Redaction | None = None,
) -> Entry:
    """Return the entry that follows the last one, the head of the chain."""
    seq, prev = last
    payload = payload_text(changes, undoes, redaction)
    entry = Entry(
        seq + 1,
        actor.at,
        actor.person,
        actor.os_user,
        actor.host,
        command,
        PAYLOAD_VERSION if redaction is None else REDACTING_VERSION,
        actor.today if actor.today_set else None,
        payload,
        salt,
        payload_hash(salt, payload),
        prev,
        "",
    )
    return entry._replace(hash=entry_hash(prev, entry))
