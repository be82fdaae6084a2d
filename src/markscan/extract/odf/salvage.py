"""Saves text of OpenDocument XML that no parser reads to its end."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

_END = re.compile(rb"</(?:\w+:)?[ph]\s*>")
_TAG = re.compile(rb"<[^<>]*>?")


def carve(data: bytes) -> Iterator[str]:
    """Yield the paragraphs behind an error: what stands between tags, cut at their ends."""
    for piece in _END.split(data):
        text = html.unescape(_TAG.sub(b"", piece).decode("utf-8", "replace"))
        if text and not text.isspace():
            yield text
