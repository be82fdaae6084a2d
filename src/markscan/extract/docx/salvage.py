"""Saves text of WordprocessingML that no parser reads to its end."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

_PIECE = re.compile(
    rb"<(?:\w+:)?(?:t|delText)(?:\s[^<>]*)?(?<!/)>(?P<text>[^<]*)"
    rb"|<(?:\w+:)?(?P<tab>tab)\s*/>"
    rb"|</(?:\w+:)?(?P<end>p)\s*>"
)


def carve(data: bytes) -> Iterator[str]:
    """Yield the paragraphs behind an error, found by the names of the tags alone.

    Args:
        data: UTF-8 from the error on; may start inside a text.
    """
    first = data[: data.find(b"<")] if b"<" in data else b""
    pieces = [] if b">" in first else [first]
    for match in _PIECE.finditer(data):
        if match["end"]:
            yield _text(pieces)
            pieces = []
        else:
            pieces.append(b"\t" if match["tab"] else match["text"])
    yield _text(pieces)


def _text(pieces: list[bytes]) -> str:
    return html.unescape(b"".join(pieces).decode("utf-8", "replace"))
