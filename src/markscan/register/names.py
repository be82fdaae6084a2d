"""Titles and document numbers of registered documents, as keyed digests.

What stands in running prose is found by `titles`; here are names that stand for themselves.

A number (发文字号) is looked for as a whole. A title also with one character missing, so that
whatever differs from it by one character, put in, left out or changed, meets it: the digests
of both with one character less have one in common. To try that for every line of a text would
take long; but such a line begins or ends like the title, which two digests tell.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from markscan.fold import fold
from markscan.register.entry import Entry
from markscan.register.titles import VARIANTS, Titles
from markscan.register.wordings import wordings

SHORTEST = 8  # ideographs of a title that is looked for
LONGEST = 80
_EXACT_BELOW = 12  # shorter titles are looked for as they are: one change makes another title
_END = 5  # characters at either end of a title; one change leaves one of the ends as it is
_BYTES = 8

# 〔2020〕5号 in any brackets, or 二〇二〇年第五号, behind one to sixteen ideographs that name
# issuer and series. Those are looked at last: they stand everywhere.
_COUNT = r"(\d{1,6}|[〇○零一二三四五六七八九十百]{1,6})"
_YEAR = re.compile(
    r"(?:[〔\[(【{〈<]{1,2} ?([12]\d{3}|[〇○零一二三四五六七八九]{4})年? ?"
    rf"[〕\])】}}〉>]{{1,2}} ?第? ?{_COUNT} ?号"
    rf"|([12]\d{{3}}|[〇○零一二三四五六七八九]{{4}})年 ?第 ?{_COUNT} ?号)"
)
# As a file may be named: 2020-5号, 2020年第5号, (2020)5, 〔2020〕5.
_YEAR_IN_NAME = re.compile(
    r"[〔\[(【{〈<_-]{0,2} ?([12]\d{3}|[〇○零一二三四五六七八九]{4})年?[〕\])】}〉>]{0,2}"
    r"[ _.—–-]{0,3}第? ?(\d{1,6})(?: ?号|(?!\d| ?[-_.—–年月] ?\d))"
)
_HAN_COUNT = re.compile(
    r"(?=.*[百十])(?:([一二三四五六七八九]?)百)?[零〇○]?"
    r"(?:([一二三四五六七八九]?)十)?([一二三四五六七八九]?)"
)
_SERIES = re.compile(r"([\u3400-\u9fff]{1,16}) ?\Z")
_LONGEST_SERIES = 16
_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


@dataclass(frozen=True, eq=False)
class Names:
    """Digests of the names of the entries, ordered; `entries` has the number of each row.

    `kinds` is 0 for a document number, 1 for a title, 2 for a title with one character less, 3
    for either end of a title.
    """

    secret: bytes
    digests: NDArray[np.uint64]
    entries: NDArray[np.uint32]
    kinds: NDArray[np.uint8]
    titles: Titles

    @classmethod
    def of(cls, entries: Iterable[Entry], secret: bytes) -> Names:
        """Digest the names of `entries` under `secret`."""
        entries = list(entries)
        rows = [
            (_digest(secret, kind, text), entry.number, kind)
            for entry in entries
            for kind, text in _names(entry)
        ]
        rows.sort()
        columns = list(zip(*rows, strict=True)) or [(), (), ()]
        kinds: tuple[type[np.unsignedinteger[Any]], ...] = (np.uint64, np.uint32, np.uint8)
        titles = Titles.of(
            (
                (entry.number, variant, title)
                for entry in entries
                for variant, title in enumerate(wordings(entry.title)[:VARIANTS])
            ),
            secret,
        )
        made = [np.array(c, k) for c, k in zip(columns, kinds, strict=True)]
        return cls(secret, made[0], made[1], made[2], titles)

    @classmethod
    def unpack(cls, columns: Mapping[str, NDArray[Any]], secret: bytes) -> Names:
        """Return the names that `columns` were taken from.

        Raises:
            KeyError, ValueError: they are none of names.
        """
        digests, numbers, told = (columns[f"name_{part}"] for part in _PARTS)
        names = cls(secret, digests, numbers, told, Titles.unpack(columns, secret))
        if not len(names.digests) == len(names.entries) == len(names.kinds):
            raise ValueError("names")
        return names

    @property
    def columns(self) -> dict[str, NDArray[Any]]:
        """The columns by name."""
        return {f"name_{part}": getattr(self, part) for part in _PARTS} | self.titles.columns

    def __len__(self) -> int:
        """The number of digests."""
        return len(self.digests)

    def numbered(self, text: str, *, file_name: bool = False) -> Iterator[tuple[int, int, int]]:
        """Yield entry, start and end of each document number in folded `text`.

        In a `file_name` it may stand without brackets and 号: 市政发2020-5号.
        """
        year = _YEAR_IN_NAME if file_name else _YEAR
        for start, end, series, rest in _numbers(text, year):
            # Other ideographs may stand before the number: 根据市政发〔2020〕5号.
            for skipped in range(len(series)):
                for entry in self._look_up(0, series[skipped:] + rest):
                    yield entry, start + skipped, end

    def titled(self, text: str) -> list[int]:
        """Return the entries whose title folded `text` is, but for one character at most."""
        title = _bare(text)
        if not SHORTEST <= len(title) <= LONGEST + 1:
            return []
        if len(title) < _EXACT_BELOW - 1:
            return sorted(self._look_up(1, title))
        if not any(self._look_up(3, end) for end in _ends(title)):
            return []  # one change leaves one of the ends as it is
        found = set(self._look_up(1, title))
        found.update(self._look_up(2, title))
        for shorter in _shorter(title):
            found.update(self._look_up(1, shorter))
            found.update(self._look_up(2, shorter))
        return sorted(found)

    def _look_up(self, kind: int, text: str) -> list[int]:
        digest = _digest(self.secret, kind, text)
        at, found = bisect_left(self._ordered, digest), []
        while at < len(self) and self._ordered[at] == digest:
            if self.kinds[at] == kind:
                found.append(int(self.entries[at]))
            at += 1
        return found

    @cached_property
    def _ordered(self) -> Sequence[int]:
        """The digests as plain numbers: one by one quicker than an array."""
        return self.digests.data


_PARTS = ("digests", "entries", "kinds")


def sought(entry: Entry) -> tuple[bool, bool]:
    """Return whether the title of `entry`, and whether its number, can be looked for."""
    kinds = {kind for kind, _ in _names(entry)}
    return 1 in kinds, 0 in kinds


def _names(entry: Entry) -> Iterator[tuple[int, str]]:
    for _, _, series, rest in _numbers(fold(entry.document_number).text):
        yield 0, series + rest
    for title in dict.fromkeys(_bare(each) for each in wordings(entry.title)):
        if SHORTEST <= len(title) <= LONGEST:
            yield 1, title
            if len(title) >= _EXACT_BELOW - 2:  # what has one more may be looked for, too
                yield from ((3, end) for end in _ends(title))
            if len(title) >= _EXACT_BELOW:
                yield from ((2, shorter) for shorter in _shorter(title))


def _numbers(text: str, year: re.Pattern[str] = _YEAR) -> Iterator[tuple[int, int, str, str]]:
    """Yield start, end, series and 〔2020〕5号 of each document number in folded `text`."""
    behind = 0
    for found in year.finditer(text):
        first = max(found.start() - _LONGEST_SERIES - 1, behind)
        series = _SERIES.search(text[first : found.start()])
        if series is not None:
            behind = found.end()
            told, count = (group for group in found.groups() if group is not None)
            rest = f"〔{told.translate(_DIGITS)}〕{_counted(count)}号"
            yield first + series.start(), behind, series[1], rest


def _counted(count: str) -> str:
    """Return 5, 05, 五, 十一, 二十, 一百零五, 一〇五 as an Arabic number; else as it is written."""
    found = _HAN_COUNT.fullmatch(count)
    if found is None:
        digits = count.translate(_DIGITS)
        return str(int(digits)) if digits.isdecimal() else count
    read = [int((each or "").translate(_DIGITS) or "1") for each in found.groups()]
    places = (found[1] is not None, found[2] is not None, bool(found[3]))
    return str(sum(100 // 10**n * one for n, one in enumerate(read) if places[n]))


def _shorter(title: str) -> set[str]:
    return {title[:n] + title[n + 1 :] for n in range(len(title))}


def _ends(title: str) -> tuple[str, str]:
    return title[:_END], title[-_END:]


def _bare(text: str) -> str:
    """A folded title as its ideographs and digits: 2024 tells one notice from the next."""
    return _NOT_ALPHANUMERIC.sub("", text)


def _digest(secret: bytes, kind: int, text: str) -> int:
    keyed = hashlib.blake2b(text.encode(), key=secret, digest_size=_BYTES, person=bytes([kind]))
    return int.from_bytes(keyed.digest(), "little")
