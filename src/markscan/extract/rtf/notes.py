"""Says what stands beside the text of RTF: fields, properties, shapes, what nobody knows.

RTF Specification 1.9.1, "Fields", "User-Defined Document Properties", "Document Variables",
"Drawing Objects (Shapes)".
"""

from __future__ import annotations

import re

from markscan.document import Area, Part, Place
from markscan.extract.docx.fields import spoken, symbol
from markscan.extract.rtf.state import State
from markscan.extract.rtf.story import Tally

_SYMBOL = re.compile(r"\s*SYMBOL\s+(\d{1,5})\b", re.IGNORECASE)
_SYMBOL_FONT = re.compile(r"\\f\s*\"?([^\"\\]+)")
# Shape properties that hold words: of WordArt, and those that describe.
_DRAWN = frozenset(("gtextUNICODE", "gtextRTF"))
_DESCRIBING = frozenset(("wzDescription", "wzName", "wzTooltip", "wzScript", "pihlShape"))


class Notes:
    """Turns the texts of notes into parts; each method gets one text."""

    def __init__(self, tally: Tally, state: State) -> None:
        self._tally = tally
        self._state = state
        self._property = ""
        self._shape_property = ""

    def say(self, area: Area, label: str, text: str) -> None:
        """Yield a text as it is."""
        if text:
            self._tally.ready.append(Part(text, Place(area, None, label)))

    def field(self, code: str) -> None:
        """Yield an instruction that carries words; a SYMBOL field is a character."""
        found = _SYMBOL.match(code)
        if found is not None:
            number = min(int(found[1]), 0xFFFF)
            font = _SYMBOL_FONT.search(code)
            character = symbol(font[1].strip() if font else "", f"{number:X}")
            self._state.to.add(character, self._state.concealed)
        else:
            self.say(Area.HIDDEN, "field", spoken(code))

    def name_property(self, name: str) -> None:
        """Note the name of the property that follows."""
        self._property = name

    def user_property(self, value: str) -> None:
        """Yield the value of a property."""
        self.say(Area.PROPERTY, self._property, value)

    def variable(self, text: str) -> None:
        """Yield a document variable: its name and value are lines."""
        name, _, value = text.partition("\n")
        self.say(Area.PROPERTY, name, value.strip())

    def name_shape_property(self, name: str) -> None:
        """Note the name of the property that follows."""
        self._shape_property = name

    def shape_property(self, value: str) -> None:
        """Yield a property of a shape if it holds words."""
        if self._shape_property in _DRAWN:
            self._tally.seen = self._tally.seen or bool(value)
            self.say(Area.TEXTBOX, "wordart", value)
        elif self._shape_property in _DESCRIBING or not value.isascii():
            self.say(Area.HIDDEN, "alt", value)

    def fallback_of_shape(self, text: str) -> None:
        """Yield what old readers show in place of a shape, unless the shape said it."""
        text = "\n".join(line for line in text.split("\n") if line not in self._tally.boxes)
        self.say(Area.HIDDEN, "textbox", text)

    def unknown(self, word: str, text: str) -> None:
        """Yield what stands in a destination of unknown meaning; ASCII is code there."""
        if not text.isascii():
            self.say(Area.HIDDEN, word, text)
