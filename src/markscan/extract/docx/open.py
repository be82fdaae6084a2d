"""What is open while a story is walked: paragraphs, runs, drop-down lists, alternatives."""

from __future__ import annotations

from dataclasses import dataclass, field

from markscan.extract.docx.styles import PLAIN, Look
from markscan.extract.markup import by_local_name

_DEEPEST = 16  # alternatives in alternatives; real ones nest two or three deep
_LONGEST_LIST = 1000


@dataclass(slots=True)
class OpenParagraph:
    """What is collected of one open paragraph."""

    look: Look | None = None
    shaded: bool = False
    ends_section: bool = False
    page: int | None = None
    visible: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    ruby: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)


@dataclass(slots=True)
class OpenRun:
    """How one open run looks; `hidden` is None until its first text."""

    look: Look = PLAIN
    style: Look | None = None
    hidden: bool | None = None


class DropDown:
    """The drop-down list of a form field: only the entry chosen is shown (17.16.9)."""

    def __init__(self) -> None:
        self._entries: list[str] = []
        self._chosen = 0

    def clear(self) -> None:
        """Start a list."""
        self._entries, self._chosen = [], 0

    def add(self, attributes: dict[str, str]) -> None:
        """Take the next entry."""
        if len(self._entries) < _LONGEST_LIST:
            self._entries.append(by_local_name(attributes).get("val", ""))

    def choose(self, attributes: dict[str, str]) -> None:
        """Take the number of the entry chosen."""
        value = by_local_name(attributes).get("val", "")
        self._chosen = int(value) if len(value) < 9 and value.isdecimal() else 0

    def result(self) -> str:
        """Return the entry chosen."""
        return self._entries[self._chosen] if self._chosen < len(self._entries) else ""


@dataclass(slots=True)
class _Alternative:
    paragraph: OpenParagraph
    branch: int = 0
    said: set[str] = field(default_factory=set)
    inline: str = ""
    inline_start: int = 0


class Alternatives:
    """The open mc:AlternateContent elements: the same content for new and for old readers.

    What the first branch said, the later ones need not repeat; what only they say is kept.
    """

    def __init__(self) -> None:
        self._open: list[_Alternative] = []

    def start(self, paragraph: OpenParagraph) -> None:
        """Open one that stands in `paragraph`."""
        self._open.append(_Alternative(paragraph))

    def end(self) -> None:
        """Close the innermost one."""
        if self._open:
            self._open.pop()

    def stand_in(self, paragraph: OpenParagraph) -> bool:
        """Tell whether the innermost one is open and stands in `paragraph`."""
        return bool(self._open) and self._open[-1].paragraph is paragraph

    def start_branch(self) -> None:
        """Open the next branch of the innermost one."""
        if self._open:
            alternative = self._open[-1]
            alternative.branch += 1
            alternative.inline_start = len(alternative.paragraph.visible)

    def end_branch(self) -> None:
        """Close a branch: of text in the line itself, only the first one's is shown."""
        if not self._open:
            return
        alternative = self._open[-1]
        paragraph = alternative.paragraph
        pieces = paragraph.visible[alternative.inline_start :]
        inline = "".join(pieces)
        if alternative.branch == 1 or not alternative.inline:
            alternative.inline = inline
            return
        del paragraph.visible[alternative.inline_start :]
        if _bare(inline) != _bare(alternative.inline):
            paragraph.hidden.extend(pieces)

    def repeat(self, text: str) -> bool:
        """Tell whether an earlier branch has said this already; note it if none has."""
        bare = _bare(text) if self._open else ""
        if not bare:
            return False
        around = self._open[-_DEEPEST:]
        if any(alternative.branch > 1 and bare in alternative.said for alternative in around):
            return True
        for alternative in around:
            alternative.said.add(bare)
        return False


def _bare(text: str) -> str:
    return "".join(text.split())
