"""The secret of a store, and the content keys of findings that rest on no passage.

A content key goes with what a finding rests on, wherever it lies: verdicts hang on it. What
rests on a passage has one from the rules (rules/content_key.py); what rests on a file as a
whole gets one here, from the bytes of that file. Both are keyed with the secret, so that nobody
who reads a report can try guesses on them.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import replace

from sqlalchemy import Connection, insert, select

from markscan.finding import Finding, Outcome
from markscan.store.paths import as_bytes
from markscan.store.schema import SECRET

_LENGTH = 32


def finding_key(connection: Connection) -> bytes:
    """Return the secret, 32 bytes; it is made, and committed, when first asked for.

    To be asked for by the run that writes: two that make one at once would disagree.
    """
    key = kept_or_made(connection)
    connection.commit()
    return key


def kept_or_made(connection: Connection) -> bytes:
    """Return the secret, 32 bytes; where there is none, make one in the transaction at hand."""
    kept = connection.execute(select(SECRET.c.finding_key)).scalar()
    if kept is None:
        kept = secrets.token_bytes(_LENGTH)
        connection.execute(insert(SECRET).values(id=1, finding_key=kept))
    return bytes(kept)


def content_key(key: bytes, found: Finding, content: bytes, member: str) -> str:
    """Return the content key of a finding: its own, or that of the file it is about.

    Empty where there is neither passage nor bytes: nothing that a verdict could hang on.

    Args:
        key: the secret of the store.
        content: digest of the bytes of the file on disk (`Outcome.content`), empty if unread.
        member: the way to the file inside, with its !; empty for the file itself.
    """
    if found.content_key or not key or not content:
        return found.content_key
    digest = hashlib.blake2b(found.rule.encode(), key=key, digest_size=16)
    digest.update(b"\0" + content + b"\0" + as_bytes(member))
    return f"c2:{digest.hexdigest()}"


def keyed(key: bytes, outcome: Outcome) -> Outcome:
    """Return `outcome` of a file on disk with the content key in each finding, members' too.

    What has no finding is returned as it is.
    """
    if not any(one.findings for one in outcome.flat()):
        return outcome
    return _keyed(key, outcome, outcome.content, len(outcome.locator))


def _keyed(key: bytes, one: Outcome, content: bytes, start: int) -> Outcome:
    member = one.locator[start:]
    return replace(
        one,
        findings=tuple(
            replace(found, content_key=content_key(key, found, content, member))
            for found in one.findings
        ),
        members=tuple(_keyed(key, each, content, start) for each in one.members),
    )
