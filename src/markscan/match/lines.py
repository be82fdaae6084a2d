"""Where the lines of a text begin and end, found once a document and asked often."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property

from markscan.document import Area, Document, Place

_FENCE = "```"


class Lines:
    """The lines of one document. Built once a document that has candidates."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._fences: dict[int, list[int]] = {}

    @cached_property
    def _ends(self) -> list[int]:
        """Where the lines of the first part end, in code points of its text."""
        return [found.start() for found in re.finditer("\n", self._document.parts[0].text)]

    def place(self, part: int, offset: int) -> Place:
        """Return the place of a character of a part, with its line in a plain text."""
        place = self._document.parts[part].place
        if self._document.format != "text" or part or place.area is not Area.BODY:
            return place
        return place._replace(line=bisect_left(self._ends, offset) + (place.line or 1))

    def fenced(self, part: int, offset: int) -> bool:
        """Return whether a character stands in a block of code of a Markdown text."""
        fences = self._fences.get(part)
        if fences is None:
            text = self._document.parts[part].text
            fences = [found.start() for found in re.finditer(_FENCE, text)]
            self._fences[part] = fences
        return bisect_left(fences, offset) % 2 == 1
