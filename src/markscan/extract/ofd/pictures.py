"""Has the pictures of OFD pages read by whoever recognises text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from markscan.document import Area, Part, Place
from markscan.errors import DamagedFile, UnreadError
from markscan.extract.extractor import Budget, Item
from markscan.extract.ofd.entries import Entries
from markscan.extract.ofd.tally import Seen

# What can be recognised; JBIG2, the other format of the standard (7.9), cannot.
_KINDS = (".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".gif", ".webp")


class Pictures:
    """Reads each picture of a document once."""

    def __init__(self, entries: Entries, budget: Budget) -> None:
        self._entries = entries
        self._budget = budget
        self._read: set[str] = set()

    def read(self, name: str | None, share: float, page: int, seen: Seen) -> Iterator[Item]:
        """Yield the lines on a picture, or count it as unread.

        Args:
            name: its entry; None where it is missing.
            share: of the page that it covers.
            page: its number.
            seen: what there is on the page; grows.
        """
        if name is not None and name in self._read:
            return
        parts: list[Part] = []
        is_read = False
        if name is not None and self._budget.recognise and name.lower().endswith(_KINDS):
            self._read.add(name)
            place = Place(Area.IMAGE, page, name)
            try:
                parts = self._budget.recognise(partial(self._draw, name), place, self._budget)
                is_read = True
            except UnreadError as error:
                yield error
        yield from parts
        seen.words_around += sum(len(part.text) for part in parts)
        if not is_read:
            seen.pictures += 1
            seen.covered = max(seen.covered, share)

    def _draw(self, name: str) -> bytes:
        members = self._entries.read(name)
        for problem in self._entries.drain():
            raise problem
        if not members:
            raise DamagedFile("package.part", part=name)
        return members[-1].data
