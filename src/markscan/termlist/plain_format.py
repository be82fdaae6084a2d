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
        LexiconError: it cannot be decoded, or looks like a table.
    """
    text = decoded(source)
    lines = [line.strip() for line in text.split("\n")]
    told = [line != "" and not line.startswith("#") for line in lines]
    texts = list(compress(lines, told))
    numbers = list(compress(range(1, len(lines) + 1), told))
    if "\t" in text:
        _refuse_table(source, texts, numbers)
    stem = source.stem
    return Entries(
        source,
        numbers.__getitem__,
        texts,
        [f"{stem}.{number}" for number in numbers],
        [stem] * len(texts),
    )


def _refuse_table(source: Source, texts: list[str], numbers: list[int]) -> None:
    for text, number in zip(texts, numbers, strict=True):
        if "\t" in text:
            raise source.wrong(
                "有制表符，像表格：请改用 .csv，第一行写列名，其中有“词条”一列",
                'holds a tab, like a table: name it .csv, with a first row that names "text"',
                number,
            )
