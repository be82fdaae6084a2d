"""What a finding rests on, as a keyed digest: the same wherever the text lies.

A decision of a person about a finding (核查结论) holds for this text, not for a place: it goes
with the file when it moves, holds for copies, and ends when what stands there or around it is
changed. The digest is keyed with the secret of a store, so that whoever reads a report cannot
try guesses of the text on it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from markscan.document import Area, Document, Span
from markscan.finding import Evidence
from markscan.fold import fold

# So many letters to each side count. With fewer, two documents of one office that bear the same
# marking and head would be one.
REACH = 200
_RAW = 4 * REACH  # characters that are looked at for them: a table is half blanks
_NO_LETTERS = re.compile(r"[\W_]+")


def content_key(key: bytes, rule: str, document: Document, seen: tuple[Evidence, ...]) -> str:
    """Return the digest of what `rule` saw and of the letters around it, as c1: and 32 digits.

    Empty without a key, and where the rule saw nothing at a certain place: such a finding
    rests on the file as a whole. The name of the file does not count, unless it was seen.

    Args:
        key: the secret of the store, at most 64 bytes.
    """
    if not key or not seen:
        return ""
    digest = hashlib.blake2b(rule.encode(), key=key, digest_size=16)
    for each in seen:
        for letters in _around(document, each.part, each.span):
            digest.update(b"\0" + letters.encode("utf-8", "replace"))
    return f"c1:{digest.hexdigest()}"


def _around(document: Document, part: int, span: Span) -> Iterator[str]:
    """Yield the letters before, in, and behind `span` of a part."""
    text = document.parts[part].text
    before, behind = text[max(0, span.start - _RAW) : span.start], text[span.end :][:_RAW]
    yield _letters(_filled(before, document, range(part - 1, -1, -1)))[-REACH:]
    yield _letters(text[span.start : span.end])
    yield _letters(_filled(behind, document, range(part + 1, len(document.parts))))[:REACH]


def _filled(text: str, document: Document, others: range) -> str:
    """Return `text` with those of other parts beside it, the nearest first, as far as needed."""
    for number in others:
        if len(text) >= _RAW:
            break
        part = document.parts[number]
        if part.place.area is not Area.FILENAME:
            text = f"{part.text}\n{text}" if others.step < 0 else f"{text}\n{part.text}"
    return text[-_RAW:] if others.step < 0 else text[:_RAW]


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", fold(text).text)
