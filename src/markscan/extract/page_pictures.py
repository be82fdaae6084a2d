"""Pages and slides that show text as a picture: reads them, or tells which they are."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator

from markscan.document import Area, Box, Place
from markscan.errors import DamagedFile, LimitExceeded, NoTextLayer, UnreadError
from markscan.extract.extractor import Budget, Item
from markscan.extract.package import Package
from markscan.extract.page_ranges import page_ranges

_SHARE = 8  # a picture that covers less than one part in so many of a page is no page


class PagePictures:
    """Reads the large pictures of pages, and counts the pages that are nothing else."""

    def __init__(self, package: Package, budget: Budget) -> None:
        self._package = package
        self._budget = budget
        self._read: set[str] = set()
        self._unread: list[int] = []
        self._pages = 0  # with anything on them
        self._limit: LimitExceeded | None = None  # once there was no more to spend

    def read(
        self, names: Iterable[str], page: int | None, *, has_text: bool
    ) -> Generator[Item, None, bool]:
        """Yield the lines on the pictures of a page, if somebody reads pictures.

        Args:
            names: the entries of the package that hold them.
            page: its number.
            has_text: whether the page shows text of its own.

        Returns:
            Whether the text of one of them is lost.
        """
        known = dict.fromkeys(names)
        self._pages += bool(known) or has_text
        unread = False
        for name in known:
            if name.lower() not in self._read:
                items = self._recognise(name, page)
                unread = unread or items is None
                yield from items or ()
        if unread and not has_text and page is not None:
            self._unread.append(page)
        return unread

    def problems(self) -> Iterator[UnreadError]:
        """Yield which pages were not read."""
        if self._limit is not None:
            yield self._limit
        count = len(self._unread)
        if count and count == self._pages:
            yield NoTextLayer("slides.no-text", count=count)
        elif count:
            yield NoTextLayer("slides.without-text", pages=page_ranges(self._unread), count=count)

    def _recognise(self, name: str, page: int | None) -> list[Item] | None:
        """Return what a picture says, None where its text is lost."""
        recognise = self._budget.recognise
        if recognise is None or self._limit is not None:
            return None
        members = self._package.copies(name)[-1:]
        if not members:
            return None
        data = members[0].data
        try:
            lines = recognise(lambda: data, Place(Area.IMAGE, page, name), self._budget)
        except DamagedFile:  # a drawing of vectors, or none at all
            return None
        except LimitExceeded as error:
            self._limit = error
            return None
        self._read.add(name.lower())
        return [*lines]


def is_large(box: Box | None, width: float, height: float) -> bool:
    """Tell whether a picture may be what a page is there for."""
    if box is None:
        return True
    across = min(box.right, width) - max(box.left, 0)
    down = min(box.bottom, height) - max(box.top, 0)
    return across > 0 < down and across * down * _SHARE >= width * height
