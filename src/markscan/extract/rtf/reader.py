"""Reads RTF: the text with headers, notes, comments, shapes and properties, and the objects.

A mail that was HTML comes as RTF with the page inside ([MS-OXRTFEX]): then the page is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from markscan.document import Area, Place
from markscan.errors import DamagedFile, LimitExceeded, NoTextLayer, UnreadError
from markscan.extract.extractor import Budget, Item
from markscan.extract.html.reader import read_text
from markscan.extract.rtf.objects import from_digits, read_embedded, read_store
from markscan.extract.rtf.walker import Walker
from markscan.source import Source

_FROM_HTML = re.compile(rb"\\fromhtml1?(?![0-9])")
_PICTURE = re.compile(rb"89504e47|ffd8ff|424d", re.IGNORECASE)  # png, jpg, bmp; no metafile
_WMF = b"\x01\x00\x09\x00"  # RTF leaves out the header that files of this kind begin with
_PLACEABLE = b"\xd7\xcd\xc6\x9a" + bytes(18)  # [MS-WMF] 2.3.2.3
_HEAD = 4096


def read(source: Source, budget: Budget) -> Iterator[Item]:
    """Yield the text of an RTF document and the files in it.

    Raises:
        LimitExceeded: its groups lie too deep within each other.
        UnreadError: whatever `Source.open` raises.
    """
    most = budget.limits.member_bytes
    data = source.read(most + 1)
    is_page = _FROM_HTML.search(data, 0, _HEAD) is not None
    keeper = _Keeper(source, budget)
    walker = Walker(data[:most], keeper.keep, budget.recognise is not None, is_page)
    yield from walker.items()
    if not (is_page or walker.tally.seen):
        yield from keeper.drawings()
    if is_page:
        yield from read_text(walker.html, source, budget)
    if len(data) > most:
        yield LimitExceeded("markup.too-large", allowed=most)
    elif walker.is_cut:
        yield DamagedFile("rtf.cut")
    if walker.has_junk:
        yield DamagedFile("package.junk")
    if walker.bad:
        yield DamagedFile("text.bad-bytes", count=walker.bad)
    if walker.pictures and not walker.tally.seen and budget.recognise is None:
        yield NoTextLayer("docx.only-pictures")


class _Keeper:
    """Reads objects and pictures as they come, numbered in their order."""

    def __init__(self, source: Source, budget: Budget) -> None:
        self._source = source
        self._budget = budget
        self._counts = {"objdata": 0, "pict": 0, "datastore": 0}
        self._drawings: list[tuple[str, bytes]] = []

    def keep(self, word: str, digits: bytes) -> Iterator[Item]:
        """Yield what lies in these digits, met behind the control word `word`."""
        self._counts[word] += 1
        try:
            self._budget.unpack(len(digits) // 2, len(digits))
            yield from self._open(word, self._counts[word], digits)
        except UnreadError as error:
            yield error

    def _open(self, word: str, number: int, digits: bytes) -> Iterator[Item]:
        if word == "objdata":
            data = from_digits(digits)
            yield from read_embedded(data, self._source, self._budget, f"object{number}")
        elif word == "datastore":
            yield from read_store(from_digits(digits), self._source, self._budget)
        elif self._budget.recognise is not None and not _PICTURE.match(digits):
            self._drawings.append((f"picture{number}", digits))
        elif self._budget.recognise is not None:
            place = Place(Area.IMAGE, None, f"picture{number}")
            yield from self._budget.recognise(partial(from_digits, digits), place, self._budget)

    def drawings(self) -> Iterator[Item]:
        """Yield the metafiles, which keep their text as text, as files of their own."""
        for name, digits in self._drawings:
            data = from_digits(digits)
            yield self._source.member(name, _PLACEABLE + data if data[:4] == _WMF else data)
