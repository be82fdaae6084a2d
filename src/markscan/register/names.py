"""Titles and document numbers of registered documents, as keyed digests.

A number (发文字号) is looked for as a whole. A title also with one character missing, so that
whatever differs from it by one character, put in, left out or changed, meets it: the digests
of both with one character less have one in common.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from markscan.fold import fold
from markscan.register.entry import Entry

SHORTEST = 8  # ideographs of a title that is looked for
LONGEST = 80
_EXACT_BELOW = 12  # shorter titles are looked for as they are: one change makes another title
_BYTES = 8

# 〔2020〕5号 in any brackets, behind two to sixteen characters that name issuer and series.
_NUMBER = re.compile(
    r"([\u3400-\u9fff]{1,16}) ?[〔\[(【{〈<]{1,2} ?([12]\d{3}|[〇○零一二三四五六七八九]{4})年? ?"
    r"[〕\])】}〉>]{1,2} ?第? ?(\d{1,6}) ?号"
)
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


@dataclass(frozen=True, eq=False)
class Names:
    """Digests of the names of the entries, ordered; `entries` has the number of each row.

    `kinds` is 0 for a document number, 1 for a title, 2 for a title with one character less.
    """

    secret: bytes
    digests: NDArray[np.uint64]
    entries: NDArray[np.uint32]
    kinds: NDArray[np.uint8]

    @classmethod
    def of(cls, entries: Iterable[Entry], secret: bytes) -> Names:
        """Digest the names of `entries` under `secret`."""
        rows = [
            (_digest(secret, kind, text), entry.number, kind)
            for entry in entries
            for kind, text in _names(entry)
        ]
        rows.sort()
        columns = list(zip(*rows, strict=True)) or [(), (), ()]
        kinds = (np.uint64, np.uint32, np.uint8)
        return cls(secret, *(np.array(c, k) for c, k in zip(columns, kinds, strict=True)))

    @classmethod
    def unpack(cls, columns: Mapping[str, NDArray[Any]], secret: bytes) -> Names:
        """Return the names that `columns` were taken from.

        Raises:
            KeyError, ValueError: they are none of names.
        """
        names = cls(secret, *(columns[f"name_{part}"] for part in _PARTS))
        if not len(names.digests) == len(names.entries) == len(names.kinds):
            raise ValueError("names")
        return names

    @property
    def columns(self) -> dict[str, NDArray[Any]]:
        """The columns by name."""
        return {f"name_{part}": getattr(self, part) for part in _PARTS}

    def __len__(self) -> int:
        """The number of digests."""
        return len(self.digests)

    def numbered(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Yield entry, start and end of each document number in folded `text`."""
        for found in _NUMBER.finditer(text):
            series, year, count = found[1], found[2].translate(_DIGITS), int(found[3])
            # Other ideographs may stand before the number: 根据市政发〔2020〕5号.
            for skipped in range(len(series)):
                written = f"{series[skipped:]}〔{year}〕{count}号"
                for entry in self._look_up(0, written):
                    yield entry, found.start() + skipped, found.end()

    def titled(self, text: str) -> list[int]:
        """Return the entries whose title `text` is, but for one character at most."""
        title = _bare(text)
        if not SHORTEST <= len(title) <= LONGEST + 1:
            return []
        found = set(self._look_up(1, title)) | set(self._look_up(2, title))
        if len(title) >= _EXACT_BELOW - 1:
            for shorter in _shorter(title):
                found.update(self._look_up(1, shorter))
                found.update(self._look_up(2, shorter))
        return sorted(found)

    def _look_up(self, kind: int, text: str) -> list[int]:
        digest = np.uint64(_digest(self.secret, kind, text))
        at, end = (
            np.searchsorted(self.digests, digest),
            np.searchsorted(self.digests, digest, "right"),
        )
        return [
            int(e)
            for e, k in zip(self.entries[at:end], self.kinds[at:end], strict=True)
            if k == kind
        ]


_PARTS = ("digests", "entries", "kinds")


def _names(entry: Entry) -> Iterator[tuple[int, str]]:
    for found in _NUMBER.finditer(fold(entry.document_number).text):
        yield 0, f"{found[1]}〔{found[2].translate(_DIGITS)}〕{int(found[3])}号"
    title = _bare(entry.title)
    if SHORTEST <= len(title) <= LONGEST:
        yield 1, title
        if len(title) >= _EXACT_BELOW:
            yield from ((2, shorter) for shorter in _shorter(title))


def _shorter(title: str) -> set[str]:
    return {title[:n] + title[n + 1 :] for n in range(len(title))}


def _bare(text: str) -> str:
    """A title as its ideographs and digits: 2024 tells one notice from the next."""
    return "".join(c for c in fold(text).text if c.isalnum())


def _digest(secret: bytes, kind: int, text: str) -> int:
    keyed = hashlib.blake2b(text.encode(), key=secret, digest_size=_BYTES, person=bytes([kind]))
    return int.from_bytes(keyed.digest(), "little")
