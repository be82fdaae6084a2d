"""Folds texts of a line: a plain loop beats twenty calls of numpy."""

from __future__ import annotations

from functools import reduce
from itertools import compress
from operator import or_

from markscan.fold.folded import Folded
from markscan.fold.table import CODE, CR, DROPPED, LF, MANY, SPACE, TONE, table

_SHORT = 64  # characters

_ASCII = bytes(range(256)).lower()
_ASCII = _ASCII.translate(bytes.maketrans(b"\t\v\f\x1c\x1d\x1e\x1f", b" \n\n\n\n\n "))
# Control characters that the table drops, and \r, whose fold depends on what follows.
_ASCII_HARD = bytes([*range(1, 9), CR, *range(14, 28), 127])


def ascii_fold(text: str) -> Folded | None:
    """Fold a text of ASCII characters; None where it has others, or control characters."""
    if not text.isascii():
        return None
    plain = text.encode().translate(_ASCII, _ASCII_HARD)
    if len(plain) < len(text):
        return None
    return Folded(text, plain.decode("ascii"))


def fold_short(text: str) -> Folded | None:
    """Fold a short text; None where it is long, or has expansions or tone marks."""
    if len(text) > _SHORT:
        return None
    known = table().known
    units = list(map(known.__getitem__, text))
    found = reduce(or_, units, 0)
    if found <= CODE:
        return Folded(text, "".join(map(chr, units)))
    return None if found & (TONE | MANY) else _without_marks(text, units)


def _without_marks(text: str, units: list[int]) -> Folded:
    han = table().han
    marks = [place for place, unit in enumerate(units) if unit > CODE]
    kept = [True] * len(units)
    start = 0
    for rank, place in enumerate(marks):
        if units[place] & DROPPED:
            kept[place] = False
        elif units[place] == SPACE | CR:
            kept[place] = units[place + 1 : place + 2] != [SPACE | LF]
            units[place] = LF
        units[place] &= CODE
        if marks[rank + 1 : rank + 2] == [place + 1]:
            continue
        # A run of marks ends here. At the ends of the text this looks at the run itself.
        before, after = max(marks[start] - 1, 0), min(place + 1, len(units) - 1)
        if han[units[before]] and han[units[after]]:
            kept[marks[start] : place + 1] = [False] * (place + 1 - marks[start])
        start = rank + 1
    shown = "".join(map(chr, compress(units, kept)))
    return Folded(text, shown, None if all(kept) else kept)
