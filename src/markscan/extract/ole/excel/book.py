"""What the sheets of a workbook share, gathered from the records at its beginning.

Sources: [MS-XLS] 2.1.7.20.3 (globals), 2.4.28 (BoundSheet8).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from markscan.document import Area, Part, Place
from markscan.extract.ole.excel.records import Dialect
from markscan.extract.ole.excel.strings import Strings
from markscan.extract.ole.excel.styles import Styles

_MOST_REMEMBERED = 1 << 17
_MACRO_CODE = 6

UNSEEN = frozenset((Area.PROPERTY, Area.HIDDEN, Area.DELETED))


class Entry(NamedTuple):
    """A sheet as the workbook lists it."""

    name: str
    hidden: bool
    is_code: bool  # of macros: it has no records of its own


@dataclass(slots=True)
class Book:
    """The state of reading one stream of records."""

    dialect: Dialect = field(default_factory=Dialect)
    styles: Styles = field(default_factory=Styles)
    strings: Strings = field(default_factory=Strings)
    sheets: dict[int, Entry] = field(default_factory=dict)  # by the place of their first record
    shapes: list[bytes] = field(default_factory=list)  # of all sheets: the pictures
    rows: int = 0  # table rows of all sheets so far
    is_seen: bool = False  # there is something for a reader to see
    is_locked: bool = False
    has_numbers: bool = False
    is_broken: bool = False  # a record does not hold what it must
    next_name: str = ""  # of the sheet that follows, in a workspace of BIFF4
    title: str = ""  # the name of the sheet that is read, as its headers show it
    _said: set[tuple[str, str]] = field(default_factory=set)

    def add_sheet(self, data: bytes) -> None:
        """Take an entry of the list of sheets."""
        place, state, kind = struct.unpack_from("<IBB", data)
        name = self.dialect.counted(data, 6, 1)[0]
        self.sheets[place] = Entry(name, bool(state & 3), kind == _MACRO_CODE)

    def is_new(self, text: str, label: str) -> bool:
        """Tell whether these words are heard here for the first time."""
        key = label, text
        if key in self._said:
            return False
        if len(self._said) < _MOST_REMEMBERED:
            self._said.add(key)
        return True

    def say(self, text: str, area: Area, label: str) -> Iterator[Part]:
        """Yield words that may be repeated many times, once."""
        if text and not text.isspace() and self.is_new(text, label):
            yield Part(text, Place(area, None, label))
