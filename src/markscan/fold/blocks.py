"""Cuts a text where folding its sides apart gives the same as folding the whole.

After a digit, comma, full stop or the like nothing depends on what stood before: such a
character is no ideograph, so white space after it stays, and pinyin follows an ideograph.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# As many characters as the caches of a processor hold, with what is made of them.
BLOCK = 1 << 16

_SAFE = re.compile("[0-9,.;:?!，。；：？！]")


def blocks(text: str, size: int = BLOCK) -> Iterator[str]:
    """Yield `text` in pieces of about `size` characters; longer ones where no cut is safe."""
    start = 0
    while (end := cut(text, start + size)) < len(text):
        yield text[start:end]
        start = end
    yield text[start:] if start else text


def cut(text: str, near: int) -> int:
    """Return the first safe place to cut `text` after `near`; its end if there is none."""
    found = _SAFE.search(text, near)
    return found.end() if found else len(text)
