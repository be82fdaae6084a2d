"""A plain list (.txt): one term a line; lines that begin with # are remarks.

The topic is the name of the file, the id that name and the line: 清单.12 tells nothing.
"""

from __future__ import annotations

from itertools import compress

from markscan.termlist.decoding import decoded
from markscan.termlist.term import Entries, Source


def read_plain(source: Source) -> Entries:
    """Return what a plain list says.

    Raises:
        LexiconError: it cannot be decoded.
    """
    lines = [line.strip() for line in decoded(source).split("\n")]
    told = [line != "" and not line.startswith("#") for line in lines]
    texts = list(compress(lines, told))
    numbers = list(compress(range(1, len(lines) + 1), told))
    stem = source.stem
    return Entries(
        source,
        numbers.__getitem__,
        texts,
        [f"{stem}.{number}" for number in numbers],
        [stem] * len(texts),
    )
