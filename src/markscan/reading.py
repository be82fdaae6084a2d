"""Takes out of one file what its reader yields: text, pages, files inside, what is missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from markscan.config import Config
from markscan.document import Area, Document, Layout, Page, Part, Place
from markscan.errors import UnreadError
from markscan.extract import Budget, extract, layout
from markscan.sniff import sniff
from markscan.source import Source


@dataclass(slots=True)
class Reading:
    """What has come out of one file so far. `source` is what was read: decrypted, if need be."""

    source: Source
    format: str = ""
    parts: list[Part] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)

    def take(
        self,
        budget: Budget,
        inside: Callable[[Source], None],
        missing: Callable[[UnreadError], None],
    ) -> None:
        """Take in what the file holds, in reading order.

        Args:
            budget: what may be read of it, and how.
            inside: is given each file inside.
            missing: is told of each piece that could not be read.

        Raises:
            UnreadError: reading must end here; what was read so far counts.
        """
        source = self.source
        self.format = sniff(source)
        for item in extract(source, self.format, budget):
            match item:
                case Part():
                    self.parts.append(item)
                case Page():
                    self.pages.append(item)
                case Source() if item.members == source.members:
                    self.source = item  # the same file, decrypted
                    self.take(budget, inside, missing)
                case Source():
                    inside(item)
                case UnreadError():
                    missing(item)

    @property
    def document(self) -> Document:
        """The parts that were read, and the name of the file as the last of them."""
        source = self.source
        parts = (*self.parts, Part(source.name, Place(Area.FILENAME)))
        return Document(source.locator, source.name, self.format, parts, tuple(self.pages))

    def late_layout(self, config: Config) -> Callable[[], Layout | None]:
        """Return what reads how the first pages are set, at its first call: text comes first."""
        source, format = self.source, self.format

        @cache
        def read() -> Layout | None:
            try:
                return layout(source, format, Budget(config.limits, config.passwords))
            except UnreadError:  # why, the reading of its text has told
                return None

        return read
