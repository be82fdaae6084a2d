"""The thorough reader of sheets: any prefix, any encoding, any order, whatever stands there.

It also reads what stands around the rows: headers, validations, filters, links. ECMA-376
part 1, 18.3; extensions: [MS-XLSX] 2.4. Elements are told by their local names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from markscan.document import Area, Part, Place
from markscan.extract.markup import MarkupError, stream_events
from markscan.extract.xlsx.grid import Grid, column_letters, column_number
from markscan.extract.xlsx.strings import RichText, Said
from markscan.extract.xlsx.words import header, literals, plain, unescape

_Attributes = dict[str, str]

_HEADERS = frozenset(
    ("oddHeader", "evenHeader", "firstHeader", "oddFooter", "evenFooter", "firstFooter")
)
_FORMULAS = frozenset(("formula", "formula1", "formula2", "f"))
_SUNK = _HEADERS | _FORMULAS | {"v"}
_RICH = frozenset(("t", "r", "rPr", "rPh", "color", "sz"))
# Attributes that hold words, and where they are said.
_WORDS = {
    "dataValidation": (Area.COMMENT, "validation", "promptTitle prompt errorTitle error"),
    "hyperlink": (Area.HIDDEN, "hyperlink", "display tooltip location"),
    "cfRule": (Area.HIDDEN, "conditional format", "text"),
    "filter": (Area.HIDDEN, "filter", "val"),
    "customFilter": (Area.HIDDEN, "filter", "val"),
    "protectedRange": (Area.HIDDEN, "protected range", "name"),
    "scenario": (Area.HIDDEN, "scenario", "name comment user"),
    "inputCells": (Area.HIDDEN, "scenario", "val"),
    "webPublishItem": (Area.HIDDEN, "web page", "title"),
}
_ON = frozenset(("1", "true", "on"))
_CARVED = re.compile(
    rb"<(?:\w+:)?c\s([^<>]*)>|<(?:\w+:)?(?P<tag>v|t)(?:\s[^<>]*)?(?<!/)>(?P<text>[^<]*)"
    rb"|<(?:\w+:)?row[\s>]"
)
_REFERENCE = re.compile(rb"\br\s*=\s*[\"']([A-Za-z]+[0-9]+)")
_TYPE = re.compile(rb"\bt\s*=\s*[\"'](\w+)")
_DIGITS = re.compile(r"[0-9]+$")
_MOST_REMEMBERED = 1 << 17


class SheetWalker:
    """Reads the XML of one sheet, or a piece of it.

    Args:
        grid: turns cells into parts.
        file: the name of the workbook, which headers may show.
    """

    def __init__(self, grid: Grid, file: str) -> None:
        self.has_doctype = False
        self.is_sound = True  # no piece was broken
        self._grid = grid
        self._file = file
        self._parts: list[Part] = []
        self._said: set[tuple[str, str]] = set()
        self._locals: dict[str, str] = {}
        self._sink: list[str] | None = None
        self._sunk: list[str] = []
        self._rich = RichText()
        self._cell: tuple[str, str, str] | None = None  # reference, type, style
        self._value = self._formula = self._range = ""
        self._row = self._column = 0
        self._starts: dict[str, Callable[[str, _Attributes], None]] = {
            "col": self._start_column,
            "row": self._start_row,
            "c": self._start_cell,
            "v": self._start_sink,
            **dict.fromkeys(_FORMULAS | _HEADERS, self._start_sink),
            **dict.fromkeys(_RICH, self._start_rich),
            **dict.fromkeys(_WORDS, self._say_words),
        }

    def walk(self, data: bytes) -> Iterator[Part]:
        """Yield the parts of UTF-8 XML.

        Raises:
            MarkupError: it is broken; what came before has been yielded.
        """
        steps = stream_events(data, self._start, self._end, self._characters, as_written=True)
        try:
            for has_doctype in steps:
                self.has_doctype |= has_doctype
                yield from self._drain()
        except MarkupError:
            self._end_cell()
            yield from self._drain()
            raise

    def piece(self, xml: str) -> list[Part]:
        """Return the parts of a row or a cell, broken as it may be."""
        data = xml.encode("utf-8", "replace")
        parts: list[Part] = []
        try:
            parts.extend(self.walk(data))
        except MarkupError as error:
            self.is_sound = False
            parts.extend(self.carve(data[error.offset :]))
        return parts

    def carve(self, data: bytes) -> Iterator[Part]:
        """Yield the cells behind an error, found by the names of the tags alone."""
        ref, kind = "", "n"
        for found in _CARVED.finditer(data):
            if found["tag"]:
                text = plain(unescape(found["text"].decode("utf-8", "replace")))
                shown = "inlineStr" if found["tag"] == b"t" else kind
                yield from self._grid.cell(ref, shown, "", Said(text), "")
            elif found[1] is not None:
                place, typed = _REFERENCE.search(found[1]), _TYPE.search(found[1])
                ref = place[1].decode() if place else ""
                kind = typed[1].decode("ascii", "replace") if typed else "n"
            else:
                self._grid.start_row(hidden=False)

    def _drain(self) -> list[Part]:
        parts = self._parts
        self._parts = []
        return parts

    # Events.

    def _start(self, name: str, attributes: _Attributes) -> None:
        local = self._locals.get(name)
        if local is None:
            local = self._locals[name] = name.rpartition(":")[2]
        handler = self._starts.get(local)
        if handler is not None:
            handler(local, attributes)

    def _end(self, name: str) -> None:
        local = self._locals.get(name, name)
        if local == "c":
            self._end_cell()
        elif local in _RICH:
            self._rich.end(local)
        elif self._sink is not None and local in _SUNK:
            self._take(local, "".join(self._sunk))

    def _characters(self, data: str) -> None:
        if self._sink is not None:
            self._sink.append(data)
        elif self._cell is not None:
            self._rich.chars(data)

    # Rows and cells.

    def _start_column(self, _local: str, attributes: _Attributes) -> None:
        hidden = attributes.get("hidden") in _ON or _is_zero(attributes.get("width"))
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if hidden and first.isdecimal() and last.isdecimal():
            self._grid.hide(int(first), int(last))

    def _start_row(self, _local: str, attributes: _Attributes) -> None:
        number = attributes.get("r", "")
        self._row = int(number) if number.isdecimal() and len(number) < 9 else self._row + 1
        self._column = 0
        hidden = attributes.get("hidden") in _ON or _is_zero(attributes.get("ht"))
        self._grid.start_row(hidden)

    def _start_cell(self, _local: str, attributes: _Attributes) -> None:
        ref = attributes.get("r", "")
        if ref:
            self._column = column_number(_DIGITS.sub("", ref).upper())
        else:
            self._column += 1
            ref = f"{column_letters(self._column)}{self._row}"
        self._cell = ref, attributes.get("t", "n"), attributes.get("s", "")
        self._value = self._formula = ""

    def _end_cell(self) -> None:
        said = self._rich.finish()
        if self._cell is None:
            return
        ref, kind, style = self._cell
        if self._sink is not None:
            self._value = "".join(self._sunk)
        self._sink = self._cell = None
        if self._value:
            self._grid.book.is_seen = True
        if not any(said):
            said = Said(plain(self._value))
        self._parts += self._grid.cell(ref, kind, style, said, self._formula)

    def _start_rich(self, local: str, attributes: _Attributes) -> None:
        if self._cell is not None:
            self._rich.start(local, attributes)

    def _start_sink(self, _local: str, _attributes: _Attributes) -> None:
        self._sunk.clear()
        self._sink = self._sunk

    def _take(self, local: str, text: str) -> None:
        """Take the text of an element that has just ended."""
        self._sink = None
        if local in _HEADERS:
            self._say_header(local, text)
        elif self._cell is None:
            self._say(literals(text), Area.HIDDEN, self._range or self._grid.name)
        elif local == "v":
            self._value = text
        else:
            self._formula = text

    # What stands around the rows.

    def _say(self, text: str, area: Area, label: str) -> None:
        if text.strip() and (label, text) not in self._said:
            if len(self._said) < _MOST_REMEMBERED:
                self._said.add((label, text))
            self._parts.append(Part(text, Place(area, None, label)))

    def _say_header(self, local: str, code: str) -> None:
        area = Area.HEADER if local.endswith("Header") else Area.FOOTER
        for side, text, white in header(code, self._grid.title, self._file):
            here = Area.HIDDEN if white or self._grid.hidden else area
            self._say(text, here, f"{self._grid.name} {local} {side}")

    def _say_words(self, local: str, attributes: _Attributes) -> None:
        area, label, names = _WORDS[local]
        ref = attributes.get("sqref") or attributes.get("ref") or ""
        label = f"{self._grid.name}!{ref} {label}" if ref else f"{self._grid.name} {label}"
        self._range = label
        said = [attributes[name] for name in names.split() if attributes.get(name)]
        self._say("\n".join(map(plain, said)), area, label)


def _is_zero(size: str | None) -> bool:
    try:
        return size is not None and float(size) == 0
    except ValueError:
        return False
