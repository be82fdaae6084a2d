"""Reads what stands beside the sheets: comments, drawings, caches, parts of any other kind.

All of them take UTF-8 XML and raise MarkupError where it is broken, after what came before.
Comments: ECMA-376 part 1, 18.7; threaded: [MS-XLSX] 2.6.205; drawings: 20.5; VML: part 4, 19.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from markscan.document import Area, Part, Place
from markscan.extract.markup import (
    Chars,
    End,
    MarkupError,
    Start,
    by_local_name,
    stream_events,
)
from markscan.extract.xlsx.grid import column_letters
from markscan.extract.xlsx.strings import RichText
from markscan.extract.xlsx.words import plain, unescape

_MOST_LINES = 1 << 12
_LONGEST = 1 << 16  # characters of one part of loose words
_SHAPES = frozenset(("sp", "cxnSp", "pic", "graphicFrame", "grpSp"))

_CACHED = re.compile(rb"<(?:\w+:)?s\s[^<]*?\bv\s*=\s*\"([^\"<]*)\"")
_NUMERIC = re.compile(r"[-+0-9.,:/eE%\s$!{}A-F]*")
# Attributes of parts of no special kind that their author writes, ASCII as they may be.
_AUTHORED = frozenset(
    (
        "name", "caption", "description", "displayName", "comment", "connection", "command",
        "sourceFile", "url", "userName", "text", "title", "author", "string", "tooltip",
        "dataCaption", "post", "prompt", "odcFile", "macro", "altText", "altTextSummary",
        "totalsRowLabel", "headerRowCaption", "rowHeaderCaption", "colHeaderCaption",
    )
)  # fmt: skip

_TAG = re.compile(r"<[^<>]*>")
_BREAK = re.compile(r"<(?:br\s*/?|/div|/p)>", re.IGNORECASE)
_BOX = re.compile(r"<(?:\w+:)?textbox[\s>]", re.IGNORECASE)
_BOX_END = re.compile(r"</(?:\w+:)?textbox\s*>", re.IGNORECASE)
_ART = re.compile(r"\sstring\s*=\s*(?:\"([^\"<]*)\"|'([^'<]*)')")
_ALTERNATIVE = re.compile(r"\s(?:alt|(?:\w+:)?title)\s*=\s*(?:\"([^\"<]*)\"|'([^'<]*)')")
_LOOSE = re.compile(r"(?:(?:>|^)([^<>]+)(?=<|$))|(?:=\s*\"([^\"<]*)\")|(?:=\s*'([^'<]*)')")

# Runs of text in binary data: UTF-16 of common Chinese and ASCII, or plain ASCII.
_WIDE = re.compile(
    rb"(?:[\x20-\x7e]\x00|[\x00-\xff][\x4e-\x9f]|[\x00-\x3f]\x30|[\x00-\xef]\xff){2,}"
)
_NARROW = re.compile(rb"[\x20-\x7e]{4,}")


def read_comments(data: bytes, sheet: str) -> Iterator[Part]:
    """Yield the comments of a sheet, and who wrote them."""
    text = RichText()
    state = {"ref": "", "in_author": ""}
    authors: list[str] = []
    found: list[Part] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "comment":
            state["ref"] = attributes.get("ref", "")
        elif local == "author":
            state["in_author"] = "1"
            authors.append("")
        else:
            text.start(local, attributes)

    def end(name: str) -> None:
        local = name.rpartition(":")[2]
        text.end(local)
        if local == "author":
            state["in_author"] = ""
            found.extend(_parts(authors[-1], Area.PROPERTY, "comment author"))
        elif local in ("text", "comment"):
            said = text.finish()
            label = f"{sheet}!{state['ref']}"
            found.extend(_parts(said.shown, Area.COMMENT, label))
            found.extend(_parts(said.hidden + said.phonetic, Area.HIDDEN, label))

    def chars(data: str) -> None:
        if state["in_author"]:
            authors[-1] += data
        text.chars(data)

    yield from _stream(data, found, start, end, chars)


def read_threaded(data: bytes, sheet: str) -> Iterator[Part]:
    """Yield the threaded comments of a sheet."""
    state = {"ref": "", "text": ""}
    pieces: list[str] = []
    found: list[Part] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "threadedComment":
            state["ref"] = attributes.get("ref", "")
        elif local == "text":
            state["text"] = "1"

    def end(name: str) -> None:
        if name.rpartition(":")[2] == "text":
            state["text"] = ""
            found.extend(_parts("".join(pieces), Area.COMMENT, f"{sheet}!{state['ref']}"))
            pieces.clear()

    def chars(data: str) -> None:
        if state["text"]:
            pieces.append(data)

    yield from _stream(data, found, start, end, chars)


def read_persons(data: bytes) -> Iterator[Part]:
    """Yield the names of those who comment."""
    found: list[Part] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "person":
            found.extend(_parts(attributes.get("displayName", ""), Area.PROPERTY, "comment author"))

    yield from _stream(data, found, start)


class _Drawing:
    """Collects the text boxes and alternative texts of one drawing."""

    def __init__(self, sheet: str) -> None:
        self.found: list[Part] = []
        self._sheet = sheet
        self._seen: set[tuple[Area, str]] = set()
        self._lines: list[str] = []
        self._text: list[str] | None = None
        self._hidden: list[bool] = []  # of each open shape
        self._mark = ""  # the element of the anchor that is open
        self._corner = {"col": "", "row": ""}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "t":
            self._text = []
        elif local == "br" and self._lines:
            self._lines[-1] += "\n"
        elif local == "p":
            self._lines.append("")
        elif local in _SHAPES:
            self._hidden.append(bool(self._hidden and self._hidden[-1]))
        elif local == "cNvPr":
            if attributes.get("hidden") in ("1", "true") and self._hidden:
                self._hidden[-1] = True
            for key in ("title", "descr"):
                self._say(attributes.get(key, ""), Area.HIDDEN, "alt")
        elif local == "from":
            self._corner = {"col": "", "row": ""}
            self._mark = "from"
        elif self._mark and local in self._corner:
            self._mark = local

    def chars(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)
        elif self._mark in self._corner:
            self._corner[self._mark] += data

    def end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if local == "t" and self._text is not None:
            if not self._lines:
                self._lines.append("")
            self._lines[-1] += "".join(self._text)
            self._text = None
        elif local == "txBody":
            self.flush()
        elif local in _SHAPES:
            self.flush()
            if self._hidden:
                self._hidden.pop()
        elif local == "from":
            self._mark = ""
        elif local in self._corner and self._mark:
            self._mark = "from"

    def flush(self) -> None:
        """Say what the open shape has gathered."""
        text = "\n".join(self._lines).strip("\n")
        self._lines = []
        hidden = self._hidden and self._hidden[-1]
        self._say(text, Area.HIDDEN if hidden else Area.TEXTBOX, "textbox")

    def _say(self, text: str, area: Area, what: str) -> None:
        if text.strip() and (area, text) not in self._seen:
            self._seen.add((area, text))
            self.found.append(Part(text, Place(area, None, f"{self._sheet}!{self._ref()} {what}")))

    def _ref(self) -> str:
        column, row = self._corner["col"].strip(), self._corner["row"].strip()
        if not (column.isdecimal() and row.isdecimal() and len(column) < 6 and len(row) < 8):
            return ""
        return f"{column_letters(int(column) + 1)}{int(row) + 1}"


def read_drawing(data: bytes, sheet: str) -> Iterator[Part]:
    """Yield the text boxes of a drawing and what stands for its pictures."""
    drawing = _Drawing(sheet)
    yield from _stream(data, drawing.found, drawing.start, drawing.end, drawing.chars)
    drawing.flush()
    yield from drawing.found


def read_vml(data: bytes, sheet: str) -> Iterator[Part]:
    """Yield the text of VML: boxes, form controls, art, names of pictures.

    Excel itself writes VML that is no whole XML, so no parser reads it.
    """
    text = data.decode("utf-8", "replace")
    for piece in _BOX.split(text)[1:]:
        end = _BOX_END.search(piece)
        inside = piece[piece.find(">") + 1 : end.start()] if end and ">" in piece else piece
        words = _TAG.sub("", _BREAK.sub("\n", inside))
        lines = (" ".join(line.split()) for line in unescape(words).split("\n"))
        said = "\n".join(line for line in lines if line)
        yield from _parts(said, Area.TEXTBOX, f"{sheet} textbox")
    for pattern, area, what in (
        (_ART, Area.TEXTBOX, "wordart"),
        (_ALTERNATIVE, Area.HIDDEN, "alt"),
    ):
        for said in dict.fromkeys(one or other for one, other in pattern.findall(text)):
            yield from _parts(unescape(said), area, f"{sheet} {what}")


def read_pivot(data: bytes, label: str) -> Iterator[Part]:
    """Yield the strings a pivot table remembers of its source, and the names of its fields."""
    cached = dict.fromkeys(_CACHED.findall(data))
    values = (plain(unescape(raw.decode("utf-8", "replace"))) for raw in cached)
    yield from _gathered(values, label)
    if b"pivotCacheRecords" not in data[:1024] or not cached:
        yield from read_words(_CACHED.sub(b'<s v=""', data), label)


def read_words(data: bytes, label: str) -> Iterator[Part]:
    """Yield the words of an XML part of any kind: its text, and attributes an author writes."""
    lines: list[str] = []
    pieces: list[str] = []

    def start(_name: str, attributes: dict[str, str]) -> None:
        end(_name)
        for name, value in by_local_name(attributes).items():
            if name in _AUTHORED or not value.isascii():
                lines.append(plain(value))

    def end(_name: str) -> None:
        if pieces:
            lines.append(plain("".join(pieces)))
            pieces.clear()

    try:
        for _ in stream_events(data, start, end, pieces.append, as_written=True):
            if len(lines) > _MOST_LINES:
                yield from _gathered(lines, label)
                lines.clear()
    finally:
        end("")
        yield from _gathered(lines, label)


def loose_words(data: bytes, label: str) -> Iterator[Part]:
    """Yield what may be words in XML that no parser reads to its end."""
    found = _LOOSE.findall(data.decode("utf-8", "replace"))
    words = (unescape(one or other or third) for one, other, third in found)
    yield from _gathered((word for word in words if not word.isascii()), label)


def carve_binary(data: bytes, label: str) -> Iterator[Part]:
    """Yield what may be words in binary data, such as the caption of a control."""
    wide = (raw.decode("utf-16-le", "replace") for raw in _WIDE.findall(data))
    # The text may begin at an odd place.
    odd = (raw.decode("utf-16-le", "replace") for raw in _WIDE.findall(data[1:]))
    chinese = (text for text in odd if not text.isascii())
    narrow = (raw.decode("ascii") for raw in _NARROW.findall(data))
    yield from _gathered([*wide, *chinese, *narrow], label)


def _gathered(lines: Iterator[str] | list[str], label: str) -> Iterator[Part]:
    """Yield lines that are more than numbers, a few parts of them."""
    taken: list[str] = []
    length = 0
    for line in dict.fromkeys(lines):
        if _NUMERIC.fullmatch(line):
            continue
        taken.append(line.strip())
        length += len(line)
        if length > _LONGEST:
            yield Part("\n".join(taken), Place(Area.HIDDEN, None, label))
            taken, length = [], 0
    if taken:
        yield Part("\n".join(taken), Place(Area.HIDDEN, None, label))


def _parts(text: str, area: Area, label: str) -> Iterator[Part]:
    if text.strip():
        yield Part(text, Place(area, None, label))


def _stream(
    data: bytes, found: list[Part], start: Start, end: End | None = None, chars: Chars | None = None
) -> Iterator[Part]:
    """Yield what the callbacks put into `found`. Raises MarkupError after the last of it."""
    try:
        for _ in stream_events(data, start, end, chars, as_written=True):
            yield from found
            found.clear()
    except MarkupError:
        yield from found
        raise
