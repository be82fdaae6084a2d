"""Finds terms in a text of any length that is read piece by piece, in constant memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from markscan.fold import fold
from markscan.fold.blocks import cut
from markscan.match.terms.finder import BATCH, TermFinder
from markscan.match.terms.hits import Hits

# A text without a safe place to cut is cut all the same after so many characters, and a
# term is not found across so much white space.
LONGEST = 1 << 20


def find_in_stream(finder: TermFinder, pieces: Iterable[str], block: int = BATCH) -> Iterator[Hits]:
    """Yield the hits of `finder` in the text that `pieces` make up, block by block.

    The hits together are those of the whole text, offsets counted from its beginning, if
    nothing of it is longer than LONGEST. About `block` characters are searched at a time.
    """
    carried, at = "", 0  # the end of what was searched, and where it begins in the text
    for text in _blocks(pieces, block):
        folded = fold(carried + text)
        hits = finder.find(folded)
        new = hits.where(hits.ends > len(carried))  # the others were found before
        yield Hits(new.starts + at, new.ends + at, new.terms)
        # A term that ends later has all but one of its units in here at most.
        units, start = len(folded.bare.units), len(carried) + len(text)
        overlap = min(finder.longest - 1, units)
        if overlap > 0:
            start = int(folded.bare.origin(np.array([units - overlap]))[0])
        start = max(start, len(carried) + len(text) - LONGEST)
        at += start
        carried = (carried + text)[start:]


def _blocks(pieces: Iterable[str], size: int) -> Iterator[str]:
    """Yield the text in blocks of about `size` characters, cut where the fold allows it."""
    held: list[str] = []
    length = 0
    for piece in pieces:
        held.append(piece)
        length += len(piece)
        if length < size:
            continue
        text = "".join(held)
        start = 0
        while len(text) - start >= size:
            end = cut(text, start + size - 1)
            if end == len(text) and end - start < LONGEST:
                break
            yield text[start:end]
            start = end
        held, length = [text[start:]], len(text) - start
    yield "".join(held)
