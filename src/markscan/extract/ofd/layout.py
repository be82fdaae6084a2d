"""How the first pages of an OFD are set: lines of text and ruled lines, as a reader sees them."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.document import Box, Layout, Page, Stroke
from markscan.document import Line as SetLine
from markscan.errors import DamagedFile, EncryptedFile
from markscan.extract.extractor import Budget
from markscan.extract.ofd.document import Book, Index
from markscan.extract.ofd.entries import Entries
from markscan.extract.ofd.geometry import POINTS, Rect
from markscan.extract.ofd.leaves import Leaf
from markscan.extract.ofd.lines import Line
from markscan.extract.ofd.tree import Tree
from markscan.extract.package import Package
from markscan.extract.page_lines import Glyphs, Look, page_lines
from markscan.extract.page_strokes import page_strokes
from markscan.source import Source


def layout(source: Source, budget: Budget) -> Layout:
    """Return the first pages, as many as the limits say, with all that a reader sees on them.

    `Page.area` is the ContentBox (GB/T 33190—2016, 7.5) where that is smaller than the page.
    Watermarks have the area and label that `extract` gives them, and follow their page.

    Raises:
        EncryptedFile: it asks for a key.
        DamagedFile: it names no document.
        UnreadError: whatever `Source.open` raises.
    """
    pages: list[Page] = []
    lines: list[SetLine] = []
    strokes: list[Stroke] = []
    with Package(source, budget) as package:
        entries = Entries(package)
        for entry in _documents(entries):
            book = Book(Index(entries, entry), entries, source, budget, parted=True)
            for leaf in book.leaves(budget.limits.layout_pages - len(pages)):
                page = _page(leaf, len(pages) + 1)
                pages.append(page)
                lines += page_lines(_rows(leaf.lines), page.number)
                for mark, found in leaf.marks:
                    lines += page_lines(_rows(found), page.number, mark)
                strokes += page_strokes(leaf.rules, page.number, page.width, page.height)
        if not pages:
            if entries.named("Encryptions.xml"):
                raise EncryptedFile("ofd.encrypted")
            raise next(entries.drain(), DamagedFile("ofd.no-document"))
    return Layout(tuple(pages), tuple(lines), tuple(strokes))


def _page(leaf: Leaf, number: int) -> Page:
    width, height = round(leaf.sheet.width * POINTS, 2), round(leaf.sheet.height * POINTS, 2)
    return Page(number, width, height, _inside(leaf.content, width, height))


def _inside(content: Rect | None, width: float, height: float) -> Box | None:
    """Return a content box that leaves margins, None for any other."""
    if content is None:
        return None
    x, y, across, down = content
    left, top, right, bottom = (round(edge * POINTS, 2) for edge in (x, y, x + across, y + down))
    is_inside = 0 <= left < right <= width and 0 <= top < bottom <= height
    is_page = right - left > width - 1 and bottom - top > height - 1
    return Box(left, top, right, bottom) if is_inside and not is_page else None


def _rows(lines: list[Line]) -> Iterator[list[Glyphs]]:
    for line in lines:
        if not line.hidden:
            yield [
                Glyphs(p.text, p.along, p.start, p.end, p.level, _edges(p.box), Look(*p.look))
                for p in line.pieces
            ]


def _edges(box: Rect) -> tuple[float, float, float, float]:
    x, y, width, height = box
    return x * POINTS, y * POINTS, (x + width) * POINTS, (y + height) * POINTS


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
