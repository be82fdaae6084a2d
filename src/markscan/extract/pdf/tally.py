"""What the pages of one PDF amount to: limits they may pass, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.document import Part
from markscan.errors import DamagedFile, LimitExceeded, NoTextLayer, UnreadError
from markscan.extract.extractor import Item, Limits
from markscan.extract.page_ranges import page_ranges


class Meter:
    """Counts what one file has yielded against its limits."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._characters = 0
        self._parts = 0

    def expect(self, characters: int) -> None:
        """Raise LimitExceeded when so many characters more would be too many."""
        if self._characters + characters > self._limits.text_characters:
            raise LimitExceeded("limit.characters", allowed=self._limits.text_characters)

    def count(self, item: Item) -> Item:
        """Count `item` and return it. Raises LimitExceeded."""
        if isinstance(item, Part):
            self.expect(len(item.text))
            self._characters += len(item.text)
            self._parts += 1
            if self._parts > self._limits.parts:
                raise LimitExceeded("limit.parts", allowed=self._limits.parts)
        return item


class Tally:
    """The numbers of the pages that could not be read as they should."""

    def __init__(self) -> None:
        self.read = 0
        self.pictures: list[int] = []
        self.garbled: list[int] = []
        self.damaged: list[int] = []

    def problems(self) -> Iterator[UnreadError]:
        """Yield one problem for each kind; raise when no page had any text."""
        if self.damaged:
            pages = page_ranges(self.damaged)
            yield DamagedFile("pdf.pages-damaged", pages=pages, count=len(self.damaged))
        if self.garbled:
            yield NoTextLayer(
                "pdf.garbled", pages=page_ranges(self.garbled), count=len(self.garbled)
            )
        if self.pictures and not self.read:
            raise NoTextLayer("pdf.no-text", count=len(self.pictures))
        if self.pictures:
            pages = page_ranges(self.pictures)
            yield NoTextLayer("pdf.pages-without-text", pages=pages, count=len(self.pictures))
