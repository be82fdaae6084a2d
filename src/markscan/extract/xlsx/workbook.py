"""Reads the part that lists the sheets and the defined names.

ECMA-376 part 1, 18.2.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from markscan.document import Area, Part, Place
from markscan.extract.markup import MarkupError, by_local_name, stream_events, to_utf8
from markscan.extract.xlsx.words import literals, plain

_WORDS = {
    "fileSharing": "userName",
    "customWorkbookView": "name",
    "functionGroup": "name",
    "webPublishObject": "title",
}


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One sheet as the workbook lists it."""

    name: str
    relation: str  # the id of the relationship to its part
    hidden: bool


@dataclass(slots=True)
class Workbook:
    """What the main part says. `is_sound` is False where its XML is broken."""

    sheets: list[SheetEntry] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    is_sound: bool = True


def read_workbook(data: bytes) -> Workbook:
    """Return what a main part says, as far as it can be read."""
    book = Workbook()
    names: list[tuple[str, str]] = []  # name, what else it says
    texts: list[str] = []
    locals_: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        local = locals_.setdefault(name, name.rpartition(":")[2])
        if local == "sheet":
            said = by_local_name(attributes)
            hidden = said.get("state", "visible") not in ("visible", "")
            book.sheets.append(SheetEntry(plain(said.get("name", "")), said.get("id", ""), hidden))
        elif local == "definedName":
            said = by_local_name(attributes)
            more = (said.get(key, "") for key in ("comment", "description", "help"))
            names.append((said.get("name", ""), "\n".join(filter(None, more))))
            texts.append("")
        elif local in _WORDS:
            book.parts += _words(by_local_name(attributes).get(_WORDS[local], ""), local)

    def chars(data: str) -> None:
        if texts and len(texts[-1]) < 1 << 16:
            texts[-1] += data

    utf8, book.is_sound = to_utf8(data)
    try:
        for has_doctype in stream_events(utf8, start, None, chars, as_written=True):
            book.is_sound &= not has_doctype
    except MarkupError:
        book.is_sound = False
    for entry in book.sheets:
        area = Area.HIDDEN if entry.hidden else Area.PROPERTY
        if entry.name.strip():
            book.parts.append(Part(entry.name, Place(area, None, "sheet name")))
    for (name, more), text in zip(names, texts, strict=True):
        shown = "" if name.startswith("_xlnm") else plain(name)
        said = "\n".join(filter(None, (shown, more, literals(text))))
        book.parts += _words(said, "defined name")
    return book


def _words(text: str, label: str) -> Iterator[Part]:
    if text.strip():
        yield Part(text, Place(Area.HIDDEN, None, label))
