"""The small XML parts of an OFD package as trees: indexes, annotations of structure, tags."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from markscan.extract.markup import MarkupError, by_local_name, stream_events, to_utf8

_MOST = 400_000


class Node:
    """An element; names are without prefixes, for real files bind them wrongly or not at all."""

    __slots__ = ("attributes", "children", "name", "pieces")

    def __init__(self, name: str, attributes: dict[str, str]) -> None:
        self.name = name
        self.attributes = attributes
        self.children: list[Node] = []
        self.pieces: list[str] = []

    @property
    def text(self) -> str:
        """The text that stands in the element itself."""
        return "".join(self.pieces)

    def get(self, name: str) -> str:
        """Return an attribute, "" where it is missing."""
        return self.attributes.get(name, "").strip()

    def all(self, name: str) -> Iterator[Node]:
        """Yield every element of this name below, in document order."""
        return (node for node in self.walk() if node.name == name)

    def first(self, name: str) -> Node | None:
        """Return the first element of this name below, if any."""
        return next(self.all(name), None)

    def child(self, name: str) -> str:
        """Return the text of the first child of this name, "" where there is none."""
        return next((node.text for node in self.children if node.name == name), "").strip()

    def walk(self) -> Iterator[Node]:
        """Yield every element below, in document order."""
        waiting = self.children[::-1]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += node.children[::-1]


class Root(Node):
    """What holds a document element; knows all elements by their names."""

    __slots__ = ("named",)

    def __init__(self) -> None:
        super().__init__("", {})
        self.named: defaultdict[str, list[Node]] = defaultdict(list)

    def all(self, name: str) -> Iterator[Node]:
        """Yield every element of this name, in document order."""
        return iter(self.named.get(name, ()))


class Tree:
    """A parsed part: `root` holds the document element; damage leaves what came before it.

    `is_cut` tells that it had more elements than `allowed`.
    """

    def __init__(self, data: bytes) -> None:
        self.root = Root()
        self.has_doctype = False
        self.is_cut = False
        self.allowed = _MOST
        self._open: list[Node] = [self.root]
        self._texts: list[str] = []
        self._count = 0
        data, self.is_whole = to_utf8(data)
        try:
            for step in stream_events(data, self._start, self._end, self._chars, as_written=True):
                self.has_doctype = step
                if self._count > _MOST:
                    self.is_cut = True
                    break
        except MarkupError:
            self.is_whole = False

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._texts:
            self._settle()
        self._count += 1
        if self._count > _MOST:
            return
        if attributes and ":" in "".join(attributes):
            attributes = by_local_name(attributes)
        local = name[name.rfind(":") + 1 :]
        node = Node(local, attributes)
        self.root.named[local].append(node)
        self._open[-1].children.append(node)
        self._open.append(node)

    def _end(self, _name: str) -> None:
        if self._texts:
            self._settle()
        if len(self._open) > 1 and self._count <= _MOST:
            self._open.pop()

    def _chars(self, data: str) -> None:
        self._texts.append(data)

    def _settle(self) -> None:
        text = "".join(self._texts)
        if not text.isspace():
            self._open[-1].pieces.append(text)
        self._texts.clear()
