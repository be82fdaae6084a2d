"""Walks one stream of OpenDocument XML and tells a story what it meets.

What each element means stands in `text`, `tables`, `shapes` and `marginal`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from markscan.document import Page, Part
from markscan.extract.markup import bindings, stream_events
from markscan.extract.odf import marginal, shapes, tables, text
from markscan.extract.odf.names import is_usual, usual
from markscan.extract.odf.state import Attributes, State

_STARTS: dict[str, Callable[[State, Attributes], None]] = {
    **text.STARTS,
    **tables.STARTS,
    **shapes.STARTS,
    **marginal.STARTS,
}
_ENDS: dict[str, Callable[[State], None]] = {
    **text.ENDS,
    **tables.ENDS,
    **shapes.ENDS,
    **marginal.ENDS,
}


class Walker:
    """Feeds one stream to the story of a state."""

    def __init__(self, state: State) -> None:
        self.has_doctype = False
        self._state = state
        self._usual: dict[str, str] | None = None  # names in other than the usual words

    def walk(self, data: bytes) -> Iterator[Part | Page]:
        """Yield what UTF-8 XML holds; `finish` yields what is still open at an error.

        Raises:
            MarkupError: the XML is broken; what came before has been yielded.
            LimitExceeded: it has too many elements.
        """
        spaces = bindings(data)
        plain = spaces is not None and is_usual(spaces)
        self._usual = None if plain else {}
        start, end = (self._start, self._end) if plain else (self._start_other, self._end_other)
        for doctype in stream_events(data, start, end, self._chars, as_written=plain):
            self.has_doctype = doctype
            yield from self._state.story.drain()

    def finish(self, rest: Iterator[str] | tuple[str, ...] = ()) -> Iterator[Part | Page]:
        """Close what is open, then yield `rest` as paragraphs."""
        state = self._state
        while state.words:
            state.end_words()
        while state.hiding:
            state.end_hiding()
        story = state.story
        story.close()
        for line in rest:
            story.start_paragraph("")
            story.text(line)
            story.end_paragraph()
            yield from story.drain()
        yield from story.drain()

    def _start(self, name: str, attributes: Attributes) -> None:
        handler = _STARTS.get(name)
        if handler is not None:
            handler(self._state, attributes)

    def _end(self, name: str) -> None:
        handler = _ENDS.get(name)
        if handler is not None:
            handler(self._state)

    def _chars(self, data: str) -> None:
        if self._state.words:
            self._state.words[-1].pieces.append(data)
        else:
            self._state.story.text(data)

    def _start_other(self, name: str, attributes: Attributes) -> None:
        known = self._known
        self._start(known(name), {known(key): value for key, value in attributes.items()})

    def _end_other(self, name: str) -> None:
        self._end(self._known(name))

    def _known(self, name: str) -> str:
        names = self._usual if self._usual is not None else {}
        if name not in names:
            names[name] = usual(name)
        return names[name]
