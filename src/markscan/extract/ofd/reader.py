"""Reads an OFD package from its entry point to the last part nobody points at.

GB/T 33190—2016, 7.4: OFD.xml holds a DocBody for each document, with its properties, the
entry of the document, its versions and its signatures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markscan.document import Area, Page, Part, Place
from markscan.errors import DamagedFile, EncryptedFile
from markscan.extract.extractor import Budget, Item
from markscan.extract.ofd.document import Book, Index
from markscan.extract.ofd.entries import Entries, as_chinese, faults
from markscan.extract.ofd.pages import Pages
from markscan.extract.ofd.side import everything, information, seal_name, signer
from markscan.extract.ofd.tally import Tally
from markscan.extract.ofd.tree import Node, Tree
from markscan.extract.package import Package
from markscan.source import Source

ENTRY = "OFD.xml"
_DOCUMENT = re.compile(r"(.*/)?Document[^/]*\.xml", re.IGNORECASE)
# Lists of files, checksums and fonts (GM/T 0099—2020), which hold no text of the document.
_LISTS = frozenset(("DocEntries", "Encryptions", "Signatures", "Signature", "DocVersion", "Res"))
# Fonts, pictures, colour profiles, seals, signatures and keys.
_NO_TEXT = re.compile(
    r".*\.(ttf|otf|ttc|cff|pfb|png|jpe?g|bmp|tiff?|gif|webp|jb2|jbig2|icc|esl|dat|gbig2)",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"(\d+)")
_DRAWN = re.compile(rb"<(?:[^\s<>/:]+:)?(?:TextCode|Annot)[\s>]")


def read(source: Source, budget: Budget) -> Iterator[Item]:
    """Yield the text of an OFD and the files in it.

    Raises:
        DamagedFile: it is no package at all.
        UnreadError: whatever `Source.open` raises.
    """
    with Package(source, budget) as package:
        yield from _Reader(Entries(package), source, budget).items()


class _Reader:
    """Reads one opened package."""

    def __init__(self, entries: Entries, source: Source, budget: Budget) -> None:
        self._entries = entries
        self._source = source
        self._budget = budget
        self._tally = Tally()
        self._documents = 0
        self._page = 0  # the last one read
        self._is_damaged = False

    def items(self) -> Iterator[Item]:
        """Yield everything there is."""
        for item in self._all():
            self._is_damaged |= isinstance(item, DamagedFile)
            yield item

    def _all(self) -> Iterator[Item]:
        entries = self._entries
        yield from entries.drain()
        if entries.named("Encryptions.xml"):
            entries.is_locked = True
            yield EncryptedFile("ofd.encrypted")
        bodies: list[tuple[str, Node]] = []
        for name in entries.named(ENTRY):
            for member in entries.read(name):
                tree = Tree(member.data)
                yield from faults(tree, member, name)
                bodies += [(name, body) for body in tree.root.all("DocBody")]
            yield from entries.drain()
        for name, body in bodies:
            yield from information(body)
            yield from self._body(name, body)
        yield from self._lost()
        for name, body in bodies:
            yield from self._signatures(name, body)
        yield from self._leftovers()
        yield from self._tally.problems()

    def _body(self, name: str, body: Node) -> Iterator[Item]:
        """Yield a document, then what its other versions say that it does not."""
        for location in [c.text.strip() for c in body.children if c.name == "DocRoot"]:
            entry = self._entries.find(location, name)
            if entry is None:
                yield from self._entries.missing(location)
            else:
                yield from self._document(entry)
        for version in body.all("Version"):
            place = self._entries.find(version.get("BaseLoc"), name)
            if place is None or self._entries.has_read(place):
                continue
            for member in self._entries.read(place):
                tree = Tree(member.data)
                yield from faults(tree, member, place)
                for root in tree.root.all("DocRoot"):
                    entry = self._entries.find(root.text, place)
                    if entry is not None:
                        is_current = version.get("Current").lower() == "true"
                        yield from self._document(entry, hidden=not is_current)
            yield from self._entries.drain()

    def _document(self, entry: str, hidden: bool = False) -> Iterator[Item]:
        if self._entries.has_read(entry):
            return
        self._documents += 1
        index = Index(self._entries, entry)
        book = Book(index, self._entries, self._source, self._budget, self._tally, hidden)
        for item in book.items(self._page + 1):
            if isinstance(item, Page):
                self._page = item.number
            yield item

    def _lost(self) -> Iterator[Item]:
        """Yield documents that the entry point should have named and does not."""
        for name in self._entries.names:
            if not self._entries.has_read(name) and _DOCUMENT.fullmatch(name):
                yield from self._document(name, hidden=self._documents > 0)
        if not self._documents and not self._entries.is_locked:
            yield DamagedFile("ofd.no-document")

    def _signatures(self, name: str, body: Node) -> Iterator[Item]:
        entries = self._entries
        for location in [c.text for c in body.children if c.name == "Signatures"]:
            entry = entries.find(location, name)
            for member in entries.read(entry) if entry and not entries.has_read(entry) else ():
                for node in Tree(member.data).root.all("Signature"):
                    place = entries.find(node.get("BaseLoc"), entry or name)
                    if place is not None and not entries.has_read(place):
                        yield from self._signature(place)
        yield from entries.drain()

    def _signature(self, place: str) -> Iterator[Item]:
        for member in self._entries.read(place):
            tree = Tree(member.data)
            yield from faults(tree, member, place)
            yield from signer(tree.root)
            for seal in tree.root.all("Seal"):
                entry = self._entries.find(seal.child("BaseLoc"), place)
                for sealed in self._entries.read(entry) if entry is not None else ():
                    name = seal_name(sealed.data)
                    if name:
                        yield Part(name, Place(Area.PROPERTY, None, "seal"))
        yield from self._entries.drain()

    def _leftovers(self) -> Iterator[Item]:
        """Yield what nobody points at: to a reader it is hidden, unless its pointer is lost."""
        entries = self._entries
        area = Area.BODY if self._is_damaged else Area.HIDDEN
        pages = Pages(entries, self._budget, self._tally, (), hidden=False)
        left = [name for name in entries.names if not entries.has_read(name)]
        for name in sorted(left, key=_natural):
            if _NO_TEXT.fullmatch(name):
                continue
            for member in entries.read(name):
                if not name.lower().endswith(".xml"):
                    if member.data and not entries.is_locked:
                        yield self._source.member(as_chinese(name), member.data)
                elif _DRAWN.search(member.data) or b"\0" in member.data[:64]:
                    yield from pages.stray(name, [member], area)
                elif member.data:
                    tree = Tree(member.data)
                    if not entries.is_locked:  # ciphers are no broken XML
                        yield from faults(tree, member, name)
                    if not _LISTS & {node.name for node in tree.root.children}:
                        yield from everything(tree.root, name)
            yield from entries.drain()


def _natural(name: str) -> list[tuple[int, str]]:
    """Return a key that puts Page_2 before Page_10."""
    return [(int(word[-9:]), "") if word.isdecimal() else (0, word) for word in _DIGITS.split(name)]
