"""Reads one leaf of a message: text of its own, or a file that travels with it."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator

from markscan.document import Area, Part, Place
from markscan.errors import DamagedFile, EncryptedFile
from markscan.extract.extractor import Budget, Item
from markscan.extract.html.reader import read_text as read_html
from markscan.source import Source

_UUENCODED = re.compile(r"^begin [0-7]{3,4} (.+)\n((?:[ -`]{1,62}\n)*?)`?\n?end\b", re.MULTILINE)
_PGP = re.compile(r"^-----BEGIN PGP MESSAGE-----", re.MULTILINE)
_BLOCK = re.compile(r"\n[ \t]*\n")


def plain_items(text: str, source: Source, budget: Budget) -> Iterator[Item]:
    """Yield the text of a plain body, a part a paragraph, and the files encoded in it.

    Raises:
        LimitExceeded: a file in it is too large.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for found in _UUENCODED.finditer(text):
        data = _uudecoded(found[2])
        budget.unpack(len(data), len(found[2]))
        yield source.member(found[1].strip(), data)
    for block in _BLOCK.split(_UUENCODED.sub("", text)):
        if block.strip():
            yield Part(block.strip("\n"), Place(Area.BODY))
    if _PGP.search(text):
        yield EncryptedFile("mail.encrypted")


class Alternatives:
    """Keeps what a plain body said, so that the same in HTML or RTF is not said twice."""

    def __init__(self) -> None:
        self._said: set[str] = set()

    def told(self, items: Iterator[Item]) -> Iterator[Item]:
        """Pass `items` on and remember their words."""
        for item in items:
            if isinstance(item, Part):
                self._said.update(_folded(line) for line in item.text.split("\n"))
                self._said.add(_folded(item.text))
            yield item

    def fresh(self, items: Iterator[Item]) -> Iterator[Item]:
        """Pass on what the other form of the body says beyond this one."""
        for item in items:
            known = (
                isinstance(item, Part)
                and item.place.area in (Area.BODY, Area.CELL)
                and _folded(item.text) in self._said
            )
            if not known:
                yield item


def html_items(text: str, source: Source, budget: Budget) -> Iterator[Item]:
    """Yield what an HTML body says. It may end anywhere: mail has no whole pages."""
    try:
        for item in read_html(text, source, budget):
            if not isinstance(item, DamagedFile):
                yield item
    except DamagedFile:
        return


def _folded(text: str) -> str:
    return "".join(text.split())


def _uudecoded(lines: str) -> bytes:
    pieces = []
    for line in filter(None, lines.split("\n")):
        try:
            pieces.append(binascii.a2b_uu(line))
        except binascii.Error:  # some writers pad wrongly
            count = ((ord(line[0]) - 32 & 63) * 4 + 5) // 3
            try:
                pieces.append(binascii.a2b_uu(line[:count]))
            except binascii.Error:
                continue
    return b"".join(pieces)
