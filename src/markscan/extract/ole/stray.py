"""Compound files of a kind that nobody knows, or whose directory is lost."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.document import Area, Part, Place
from markscan.errors import DamagedFile, UnsupportedFormat
from markscan.extract.extractor import Budget, Item
from markscan.extract.ole.carve import carve
from markscan.extract.ole.compound import Compound
from markscan.extract.ole.properties import read_properties
from markscan.source import Source


def extract(source: Source, budget: Budget) -> Iterator[Item]:
    """Yield the properties of an unknown file, or what looks like text in a broken one.

    Raises:
        UnsupportedFormat: it is whole, and of no kind that is read here.
        DamagedFile: none of its streams can be found any more.
        UnreadError: whatever `Source.open` raises.
    """
    try:
        compound = Compound(source, budget)
    except DamagedFile:
        yield from salvage(source.read(budget.limits.member_bytes))
        return
    with compound:
        yield from read_properties(compound)
    raise UnsupportedFormat("unsupported", format="ole")


def salvage(data: bytes) -> Iterator[Item]:
    """Yield what looks like text in a file whose structure is lost, then say so."""
    for text in carve(data):
        if text and not text.isspace():
            yield Part(text, Place(Area.BODY))
    yield DamagedFile("ole.carved")
