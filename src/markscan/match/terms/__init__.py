"""Finds every occurrence of many terms at once, in folded text.

Terms are looked for without their white space in bare text (`Folded.bare`), which is quick
to make; only where a term, or the place it was found at, has white space does the folded
text decide. Which engine looks is chosen from the terms and from what is installed.
"""

from markscan.match.terms.choice import DENSE, ENGINES, density
from markscan.match.terms.finder import TermFinder, batches, kind_for, kind_wanted
from markscan.match.terms.hits import NOTHING, Hits
from markscan.match.terms.stream import find_in_stream

__all__ = [
    "DENSE",
    "ENGINES",
    "NOTHING",
    "Hits",
    "TermFinder",
    "batches",
    "density",
    "find_in_stream",
    "kind_for",
    "kind_wanted",
]
