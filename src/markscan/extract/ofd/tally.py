"""Counts the pages of an OFD whose text cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markscan.errors import NoTextLayer, UnreadError
from markscan.extract.page_ranges import page_ranges

_COVERS = 0.8  # share of the page that a scan covers
_GARBLED = 0.3  # the share of meaningless characters from which a page cannot be judged
_FEWEST = 8  # on fewer characters no share is taken: bullets and icons are private use
# Where a character has no code, writers put U+00A4 (11.3), U+FFFD or one of private use.
_NO_LETTERS = re.compile(r"\W+")
_MEANINGLESS = re.compile("[\xa4\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff\x01-\x08\x0b-\x1f]")


@dataclass(slots=True)
class Seen:
    """What there is on one page."""

    words: int = 0  # characters of its own text, spaces left out
    letters: int = 0  # those of them that are letters, Chinese characters or digits
    words_around: int = 0  # those of templates and annotations
    meaningless: int = 0
    wordless: int = 0  # text objects that have glyphs only
    drawings: int = 0
    pictures: int = 0  # not recognised
    covered: float = 0.0  # the largest of them, as a share of the page

    def hear(self, text: str) -> None:
        """Count the characters of one line of the page's own text."""
        self.words += len("".join(text.split()))
        self.letters += len(_NO_LETTERS.sub("", text))
        self.meaningless += len(_MEANINGLESS.findall(text))


class Tally:
    """The numbers of the pages that could not be read as they should."""

    def __init__(self) -> None:
        self._read = 0
        self._pictures: list[int] = []
        self._garbled: list[int] = []

    def judge(self, number: int, seen: Seen) -> None:
        """File a page that has been read to its end."""
        shows = seen.pictures or seen.drawings
        odd = seen.meaningless + seen.wordless
        total = seen.letters + odd
        if odd > _GARBLED * total and (total >= _FEWEST or seen.wordless):
            self._garbled.append(number)
        if seen.words:
            self._read += 1
        elif shows and (not seen.words_around or seen.covered >= _COVERS):
            self._pictures.append(number)
        elif seen.words_around:
            self._read += 1

    def problems(self) -> Iterator[UnreadError]:
        """Yield one problem for each kind."""
        if self._garbled:
            count = len(self._garbled)
            yield NoTextLayer("ofd.garbled", pages=page_ranges(self._garbled), count=count)
        if self._pictures:
            count = len(self._pictures)
            if self._read:
                pages = page_ranges(self._pictures)
                yield NoTextLayer("ofd.pages-without-text", pages=pages, count=count)
            else:
                yield NoTextLayer("ofd.no-text", count=count)
