"""Tells how much of a text is in the register already: the same document, or public text of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from markscan.fingerprint import HanText, Prints, pieces, select
from markscan.register.book import Addition, Book
from markscan.register.entry import Entry

Tags = NDArray[np.uint64]

_SAME = 0.95  # of the fingerprints of both documents, from which on they are one
_ENTRY = np.uint64(32)


class Known:
    """The fingerprints of all entries, ordered, with the number of the entry of each."""

    def __init__(self, book: Book) -> None:
        """Read those of `book`."""
        tags, payload = book.rows()
        self.entries = {entry.number: entry for entry in book.entries()}
        there = np.array(list(self.entries), np.uint64)  # others may write meanwhile
        kept = np.isin(payload >> _ENTRY, there)
        self._take(tags[kept], payload[kept] >> _ENTRY)

    def add(self, added: Iterable[tuple[Entry, Tags]]) -> None:
        """Take in entries that have just been added to the book, with their fingerprints."""
        columns, numbers = [self._tags], [self._owners]
        for entry, tags in added:
            self.entries[entry.number] = entry
            columns.append(tags)
            numbers.append(np.full(len(tags), entry.number, np.uint64))
        self._take(np.concatenate(columns), np.concatenate(numbers))

    def shares(self, tags: Tags) -> dict[int, tuple[int, int]]:
        """Return by number, for each entry that has any of `tags`, how many, and of how many.

        `tags` are ascending and stand once.
        """
        first = np.searchsorted(self._tags, tags)
        counts = np.searchsorted(self._tags, tags, "right") - first
        steps = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
        owners = self._owners[np.repeat(first, counts) + steps]
        numbers, shared = np.unique(owners, return_counts=True)
        return {
            int(number): (int(count), self._sizes[int(number)])
            for number, count in zip(numbers, shared, strict=True)
        }

    def same(self, addition: Addition) -> Entry | None:
        """Return the entry of the same text; of what has none, that of the same name."""
        tags = np.unique(addition.tags)
        for number, (shared, size) in self.shares(tags).items():
            if shared >= _SAME * size and shared >= _SAME * len(tags):
                return self.entries[number]
        if len(tags):
            return None
        name = _name(addition.entry)
        return next((e for e in self.entries.values() if not e.kept and _name(e) == name), None)

    def _take(self, tags: Tags, owners: Tags) -> None:
        order = np.argsort(tags, kind="stable")
        self._tags, self._owners = tags[order], owners[order]
        numbers, counts = np.unique(owners, return_counts=True)
        self._sizes = {
            int(number): int(count) for number, count in zip(numbers, counts, strict=True)
        }


def tags_of(text: str, prints: Prints) -> Tags:
    """Return the fingerprints of all of `text`, public or not, ascending, each once."""
    han = HanText(text)
    return np.unique(prints.tags(pieces(han.units, select(han.units))))


def joined(tags: Sequence[Tags]) -> Tags:
    """Return the fingerprints of several texts as one column."""
    return np.concatenate(tags) if tags else np.zeros(0, np.uint64)


def is_same(one: Addition, other: Addition) -> bool:
    """Whether two documents that are not added yet are one."""
    least, most = sorted((len(one.tags), len(other.tags)))
    if not most:
        return _name(one.entry) == _name(other.entry)
    if least < _SAME * most:
        return False
    return len(np.intersect1d(one.tags, other.tags)) >= _SAME * most


def _name(entry: Entry) -> tuple[str, str]:
    return "".join(entry.document_number.split()), "".join(entry.title.split())
