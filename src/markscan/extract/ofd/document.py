"""Reads one document of an OFD package: its index, its pages and all that hangs on them.

GB/T 33190—2016, 7.5: Document.xml names resources, templates, pages, annotations, tags and
attachments by their locations.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice

from markscan.document import Area, Part, Place
from markscan.extract.extractor import Budget, Item
from markscan.extract.ofd.entries import Entries, as_chinese, faults
from markscan.extract.ofd.geometry import Rect, rect_of
from markscan.extract.ofd.leaves import Leaf, Setter
from markscan.extract.ofd.pages import Pages, Plan
from markscan.extract.ofd.side import everything, outlines, references, tagged
from markscan.extract.ofd.tally import Tally
from markscan.extract.ofd.tree import Node, Tree
from markscan.extract.package import Member
from markscan.source import Source


class Index:
    """What the entry of one document names; every copy of the entry adds to it."""

    def __init__(self, entries: Entries, name: str) -> None:
        self._entries = entries
        self.name = name
        self.problems: list[Item] = []
        self.roots = [self._tree(member, name) for member in entries.read(name)]
        self.problems += entries.drain()

    def pages(self) -> Iterator[tuple[str, str, str | None]]:
        """Yield id, location and entry of every page, in document order."""
        for root in self.roots:
            for pages in root.all("Pages"):
                for page in pages.children:
                    if page.name == "Page":
                        location = page.get("BaseLoc")
                        yield page.get("ID"), location, self._entries.find(location, self.name)

    def area(self, name: str = "PhysicalBox") -> Rect | None:
        """Return the size of pages that give none, or another box of theirs."""
        for root in self.roots:
            for area in root.all("PageArea"):
                box = rect_of(area.child(name))
                if box is not None:
                    return box
        return None

    def resources(self) -> Iterator[tuple[str, str | None]]:
        """Yield location and entry of the parts of resources."""
        for name in ("PublicRes", "DocumentRes"):
            yield from self._named(name)

    def templates(self) -> Iterator[tuple[str, str, str | None]]:
        """Yield id, location and entry of the template pages."""
        for root in self.roots:
            for node in root.all("TemplatePage"):
                location = node.get("BaseLoc")
                yield node.get("ID"), location, self._entries.find(location, self.name)

    def trees(self, name: str) -> Iterator[tuple[str, Node]]:
        """Yield entry and root of every part that an element of this name locates."""
        for location, entry in list(self._named(name)):
            if entry is None:
                self.problems += self._entries.missing(location)
            elif not self._entries.has_read(entry):
                for member in self._entries.read(entry):
                    yield entry, self._tree(member, entry)
                self.problems += self._entries.drain()

    def files(
        self, root: Node, element: str, beside: str, needs: Callable[[Node], bool] = bool
    ) -> Iterator[tuple[Node, str]]:
        """Yield each element of an index with the entry its FileLoc means.

        That it is missing is a problem where the element `needs` it.
        """
        for node in root.all(element):
            for location in [c.text.strip() for c in node.children if c.name == "FileLoc"]:
                entry = self._entries.find(location, beside)
                if entry is not None:
                    yield node, entry
                elif needs(node):
                    self.problems += self._entries.missing(location)

    def drain(self) -> Iterator[Item]:
        """Yield what went wrong since the last call."""
        problems, self.problems = self.problems, []
        yield from problems

    def parse(self, entry: str) -> Iterator[Node]:
        """Yield the roots of an entry."""
        for member in self._entries.read(entry):
            yield self._tree(member, entry)
        self.problems += self._entries.drain()

    def _named(self, name: str) -> Iterator[tuple[str, str | None]]:
        for root in self.roots:
            for node in root.all(name):
                location = node.text.strip()
                if location:
                    yield location, self._entries.find(location, self.name)

    def _tree(self, member: Member, name: str) -> Node:
        tree = Tree(member.data)
        self.problems += faults(tree, member, name)
        return tree.root


class Book:
    """Reads one document.

    Args:
        index: of the document.
        entries: the package.
        source: the file, for what is attached.
        budget: pays for pictures.
        tally: is told of every page.
        hidden: whether none of it is shown to a reader: an older version.
        parted: whether lines are parted at every gap; see Placer.
    """

    def __init__(
        self,
        index: Index,
        entries: Entries,
        source: Source,
        budget: Budget,
        tally: Tally | None = None,
        hidden: bool = False,
        *,
        parted: bool = False,
    ) -> None:
        self._index = index
        self._entries = entries
        self._source = source
        self._wanted: set[str] = set()
        self._pages = Pages(entries, budget, tally or Tally(), self._wanted, hidden, parted=parted)
        self._hidden = hidden

    def items(self, first: int) -> Iterator[Item]:
        """Yield the document; its pages are counted from `first`."""
        index, pages = self._index, self._pages
        yield from index.drain()
        tags = list(self._tags())
        lost = []
        for location, entry in index.resources():
            if entry is None:
                lost.append(location)
            elif not self._entries.has_read(entry):
                yield from pages.load(entry)
        plan = self._plan()
        yield from index.drain()
        for number, (identity, location, entry) in enumerate(index.pages(), first):
            if entry is None:
                yield from self._entries.missing(location)
            elif self._hidden and self._entries.has_read(entry):
                continue
            yield from pages.page(number, entry, identity, plan)
        yield from pages.rest(plan)
        # Without its resources a page has its text still, but not that of its units.
        for location in (lost or sorted(pages.unresolved)) if pages.unresolved else ():
            yield from self._entries.missing(location)
        for root in index.roots:
            yield from outlines(root)
        for entry, root in tags:
            yield from tagged(root, pages.said, entry)
        for entry, root in index.trees("Extensions"):
            yield from everything(root, entry)
        yield from index.drain()
        yield from self._attachments()

    def leaves(self, most: int) -> Iterator[Leaf]:
        """Yield the first pages, at most so many, with what a reader sees on them."""
        for _, entry in self._index.resources():
            if entry is not None and not self._entries.has_read(entry):
                for _ in self._pages.load(entry):
                    pass
        plan = self._plan()
        setter = Setter(self._entries, self._pages, self._index.area("ContentBox"))
        for identity, _, entry in islice(self._index.pages(), max(most, 0)):
            if entry is not None:
                yield setter.leaf(entry, identity, plan)

    def _plan(self) -> Plan:
        index = self._index
        templates: dict[str, str] = {}
        for identity, location, entry in index.templates():
            if entry is not None:
                templates[identity] = entry
            else:
                index.problems += self._entries.missing(location)
        annotations: dict[str, list[str]] = {}
        # What is said of pages that have been taken out may be gone with them.
        known = {identity for identity, _, _ in index.pages()}
        for beside, root in index.trees("Annotations"):
            for page, entry in index.files(
                root, "Page", beside, lambda p: p.get("PageID") in known
            ):
                annotations.setdefault(page.get("PageID"), []).append(entry)
        return Plan(index.name, index.area(), templates, annotations)

    def _tags(self) -> Iterator[tuple[str, Node]]:
        """Yield the structure tags, and note the objects they point at."""
        index = self._index
        for beside, root in index.trees("CustomTags"):
            for _, entry in index.files(root, "CustomTag", beside):
                if not self._entries.has_read(entry):
                    for tags in index.parse(entry):
                        self._wanted |= references(tags)
                        yield entry, tags

    def _attachments(self) -> Iterator[Item]:
        index = self._index
        for beside, root in index.trees("Attachments"):
            for node in root.all("Attachment"):
                shown = node.get("Visible").lower() != "false"
                area = Area.PROPERTY if shown else Area.HIDDEN
                for text in (node.get("Name"), node.get("Usage")):
                    if text and text.lower() != "none":
                        yield Part(text, Place(area, None, "attachment"))
            for _, entry in index.files(root, "Attachment", beside):
                if not self._entries.has_read(entry):
                    for member in self._entries.read(entry):
                        yield self._source.member(as_chinese(entry), member.data)
                    index.problems += self._entries.drain()
        yield from index.drain()
