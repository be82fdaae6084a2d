"""How the first pages of an OFD are set: each stretch of a line with its font and size."""

from __future__ import annotations

from markscan.document import Area, Box, Layout, Line, Page, Place, Run
from markscan.errors import DamagedFile, EncryptedFile
from markscan.extract.extractor import Budget
from markscan.extract.ofd.document import Book, Index
from markscan.extract.ofd.entries import Entries
from markscan.extract.ofd.geometry import POINTS
from markscan.extract.ofd.tree import Tree
from markscan.extract.package import Package
from markscan.source import Source


def layout(source: Source, budget: Budget) -> Layout:
    """Return the first pages, as many as the limits say, with all that a reader sees on them.

    Raises:
        EncryptedFile: it asks for a key.
        DamagedFile: it names no document.
        UnreadError: whatever `Source.open` raises.
    """
    pages: list[Page] = []
    runs: list[Run] = []
    with Package(source, budget) as package:
        entries = Entries(package)
        for entry in _documents(entries):
            book = Book(Index(entries, entry), entries, source, budget)
            for sheet, lines in book.lines(budget.limits.layout_pages - len(pages)):
                number = len(pages) + 1
                width, height = round(sheet.width * POINTS, 2), round(sheet.height * POINTS, 2)
                pages.append(Page(number, width, height))
                for line in lines:
                    if not line.hidden:
                        for text, box, look in line.spans():
                            place = Place(Area.BODY, number, box=box)
                            runs.append(
                                Run(text, place, look.font, look.size, look.colour, look.bold)
                            )
        if not pages:
            if entries.named("Encryptions.xml"):
                raise EncryptedFile("ofd.encrypted")
            raise next(entries.drain(), DamagedFile("ofd.no-document"))
    lines = (Line(r.text, r.place, r.place.box or Box(0, 0, 0, 0), (r,)) for r in runs)
    return Layout(tuple(pages), tuple(lines))


def _documents(entries: Entries) -> list[str]:
    """Return the entries of the documents, in order."""
    found: dict[str, None] = {}
    for name in entries.named("OFD.xml"):
        for member in entries.read(name):
            for root in Tree(member.data).root.all("DocRoot"):
                entry = entries.find(root.text, name)
                if entry is not None:
                    found[entry] = None
    return list(found)
