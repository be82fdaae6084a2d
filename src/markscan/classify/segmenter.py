"""Cuts Chinese text into words: always the longest word of jieba's dictionary.

Only the dictionary of jieba is read, at the first call; its code is not run, since the most
probable cut takes ten times as long, logs to the console and keeps a cache in the folder of
temporary files. Words of more than five characters are left out: they are names and sayings.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from markscan.errors import ModelError
from markscan.wording import MODEL

_LONGEST = 5
_WORD = re.compile(rf"^(\S{{2,{_LONGEST}}}) ", re.MULTILINE)  # followed by how common it is


def split_words(text: str) -> list[str]:
    """Return `text` cut into words and single characters; joined they are the text again.

    Raises:
        ModelError: the dictionary is not there.
    """
    known, begun = _dictionary(), _beginnings()
    words, start, size = [], 0, len(text)
    while start < size:
        begins = text[start : start + 2] in begun
        end = min(start + _LONGEST, size) if begins else start + 1
        while end > start + 1 and text[start:end] not in known:
            end -= 1
        words.append(text[start:end])
        start = end
    return words


@lru_cache(maxsize=1)
def _dictionary() -> frozenset[str]:
    spec = find_spec("jieba")
    if spec is None or spec.origin is None:
        raise ModelError(MODEL["model.no-words"])
    try:
        text = (Path(spec.origin).parent / "dict.txt").read_text("utf-8")
    except OSError:
        raise ModelError(MODEL["model.no-words"]) from None
    return frozenset(_WORD.findall(text))


@lru_cache(maxsize=1)
def _beginnings() -> frozenset[str]:
    """The first two characters of all words: most places of a text begin none."""
    return frozenset(word[:2] for word in _dictionary())
