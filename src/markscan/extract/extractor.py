"""What an extractor is, and how much it may spend."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from typing import Protocol

from markscan.document import Layout, Page, Part, Place
from markscan.errors import LimitExceeded, UnreadError
from markscan.limits import Limits
from markscan.source import Source

__all__ = ["Budget", "Extractor", "Item", "Limits", "Recogniser"]

# What an extractor yields, in reading order. A yielded UnreadError says that a piece
# is missing and reading goes on; a raised one says that reading has ended.
Item = Part | Page | Source | UnreadError


class Recogniser(Protocol):
    """Reads the text of pictures (OCR)."""

    def __call__(self, draw: Callable[[], bytes], place: Place, budget: Budget) -> list[Part]:
        """Return the lines on a picture, from top to bottom, each a part of Area.IMAGE.

        Args:
            draw: gives the picture as a file (png, jpg, tiff, bmp, webp); called once,
                and only if the budget still allows it.
            place: of the picture; its page and label are those of the lines, whose label
                ends in the trust in them: "word/media/image1.png ocr 0.97".
            budget: pays for the pictures.

        Raises:
            LimitExceeded: it is too large, or too many have been read already.
            DamagedFile: it is no picture.
        """
        ...


@dataclass(slots=True)
class Budget:
    """What is left of the limits while one file on disk is read, with all inside it.

    `passwords` are tried on whatever is encrypted, in order. `recognise` reads pictures;
    None where nobody asked for it or it is not installed.
    """

    limits: Limits = field(default_factory=Limits)
    passwords: tuple[str, ...] = field(default=(), repr=False)
    recognise: Recogniser | None = None
    unpacked_bytes: int = 0
    entries: int = 0
    characters: int = 0
    parts: int = 0
    pages: int = 0
    pictures: int = 0

    def unpack(self, unpacked: int, packed: int) -> None:
        """Take one member of `unpacked` bytes, stored as `packed`, or leave all as it was.

        A refusal takes nothing: a bomb must not starve the files that lie beside it.

        Raises:
            LimitExceeded: it is too large, too dense, or the budget has fewer bytes left.
        """
        limits = self.limits
        if unpacked > limits.member_bytes:
            raise LimitExceeded("limit.member-bytes", allowed=limits.member_bytes)
        if unpacked > 1 << 20 and unpacked > limits.unpacked_ratio * max(packed, 1):
            raise LimitExceeded("limit.ratio", allowed=limits.unpacked_ratio)
        if self.unpacked_bytes + unpacked > limits.unpacked_bytes:
            raise LimitExceeded("limit.unpacked-bytes", allowed=limits.unpacked_bytes)
        self.unpacked_bytes += unpacked

    def entry(self) -> None:
        """Count one archive entry.

        Raises:
            LimitExceeded: there were too many.
        """
        if self.entries >= self.limits.archive_entries:
            raise LimitExceeded("limit.entries", allowed=self.limits.archive_entries)
        self.entries += 1

    def enter(self, source: Source) -> None:
        """Check that `source` does not lie too deep, and that there is something left for it.

        Raises:
            LimitExceeded: it does, or what was read before has used the limits up.
        """
        limits = self.limits
        if len(source.members) > limits.archive_depth:
            raise LimitExceeded("limit.depth", allowed=limits.archive_depth)
        if self.characters >= limits.total_characters:
            raise LimitExceeded("limit.characters", allowed=limits.total_characters)
        if self.parts >= limits.total_parts:
            raise LimitExceeded("limit.parts", allowed=limits.total_parts)
        if self.pages >= limits.total_pages:
            raise LimitExceeded("limit.pages", allowed=limits.total_pages)

    def spend(self, characters: int, parts: int, pages: int) -> None:
        """Note what one document has given."""
        self.characters += characters
        self.parts += parts
        self.pages += pages


@dataclass(frozen=True, slots=True)
class Extractor:
    """Reads one family of formats.

    `module` has a function `extract(source, budget)` that yields what it meets, in reading
    order, and `layout(source, budget)` if `has_layout`; it is imported when the first file
    of its kind is met, for most libraries take long to load. `version` is raised with every
    change in what it yields, so that what was stored under an older one is read anew.
    """

    name: str
    formats: frozenset[str]
    version: int
    has_layout: bool = False

    @property
    def module(self) -> str:
        """The name of the module that reads."""
        return f"markscan.extract.{self.name}"

    def extract(self, source: Source, budget: Budget) -> Iterator[Item]:
        """Yield the text of `source` and the files in it. Raises UnreadError."""
        items: Iterator[Item] = import_module(self.module).extract(source, budget)
        return items

    def layout(self, source: Source, budget: Budget) -> Layout | None:
        """Return how its first pages are set; None where the format does not tell."""
        if not self.has_layout:
            return None
        found: Layout = import_module(self.module).layout(source, budget)
        return found
