"""What a walk over OpenDocument XML keeps in mind, beside the story it tells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

from markscan.document import Area, Box
from markscan.extract.ground import Ground
from markscan.extract.odf.frames import Frame
from markscan.extract.odf.story import Story
from markscan.extract.odf.styles import PLAIN, Look

Attributes = dict[str, str]


@dataclass(slots=True)
class Words:
    """Text of an element that is no paragraph: `give` takes it when the element ends."""

    give: Callable[[str], None] | None
    pieces: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Master:
    """A master page: the size and the ground of the pages made with it."""

    name: str = ""
    size: tuple[float, float] | None = None
    ground: Ground = field(default_factory=Ground)


class FinishedPage(NamedTuple):
    """A page that is closed; `pictures` are the entries of its large pictures."""

    number: int
    pictures: list[str]
    has_text: bool


@dataclass(slots=True)
class Pages:
    """The drawn pages of the document."""

    word: str = ""  # "slide" or "page", once it is known to have some
    number: int = 0
    masters: dict[str, Master] = field(default_factory=dict)
    master: Master | None = None  # that is open
    is_open: bool = False
    in_notes: bool = False
    pictures: list[tuple[str, Box | None]] = field(default_factory=list)  # of the open page
    finished: list[FinishedPage] = field(default_factory=list)  # those with pictures


@dataclass(slots=True)
class State:
    """The story, and what is open around it."""

    story: Story
    pages: Pages
    has_body: bool = False
    is_sheet: bool = False  # the tables met are sheets
    in_meta: bool = False
    automatic: bool = False  # the styles met are those of one stream
    words: list[Words] = field(default_factory=list)
    cells: list[tuple[int, bool, str]] = field(default_factory=list)  # repeated, hidden, value
    hiding: list[bool] = field(default_factory=list)  # of open sections, groups and headers
    objects: int = 0  # open objects whose text is not yet taken
    binaries: list[str] = field(default_factory=list)  # files written as text, complete

    def take(self, give: Callable[[str], None] | None) -> None:
        """Collect the text that comes until the element ends, for `give` or for nobody."""
        self.words.append(Words(give))

    def end_words(self) -> None:
        """Close the innermost of those elements."""
        if self.words:
            words = self.words.pop()
            if words.give is not None:
                words.give("".join(words.pieces).strip())

    def insert(self, text: str) -> None:
        """Take text that is written as an element, such as a tab."""
        sink = self.words[-1].pieces if self.words else self.story.sink()
        if sink is not None:
            sink.append(text)

    def push(self, area: Area, word: str, look: Look = PLAIN) -> None:
        """Open a frame of the story; inside deleted text all is deleted."""
        outer = self.story.frames[-1].area
        area = outer if outer is Area.DELETED else area
        self.story.push(Frame(area, self.story.place(word), [], look))

    def hide(self, hidden: bool) -> None:
        """Open an element that may hide what is in it."""
        self.hiding.append(hidden)
        self.story.hidden += hidden

    def end_hiding(self) -> None:
        """Close the innermost of those elements."""
        if self.hiding:
            self.story.hidden -= self.hiding.pop()


def count(text: str, most: int = 1 << 20) -> int:
    """Return a number of repetitions, 1 where none is given."""
    return min(int(text), most) if text.isdecimal() and 0 < len(text) < 10 else 1
