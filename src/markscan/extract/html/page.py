"""Walks through the tags of a page and cuts its text into parts: blocks, cells, what is hidden.

No tree is built: whatever is nested in whatever costs one step a tag, and a page that breaks
off is read to its last character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from urllib.parse import unquote

from markscan.document import Area, Part, Place
from markscan.extract.html import tags
from markscan.extract.html.asides import read_condition, words_of_code
from markscan.extract.html.styles import Styles
from markscan.extract.html.tags import (
    BLOCK,
    BREAK,
    CELL_END,
    CLOSED_BY_NEXT,
    INLINE,
    INSIDE,
    OTHER,
    RAW,
    TAG,
    TOKEN,
    VOID,
    Tag,
    parse_tag,
)  # fmt: skip

_SPACE = re.compile(r"[ \t\r\n\f]{2,}+|[\t\r\n\f]")
# A line end between Chinese characters is no space: editors break lines anywhere.
_WRAPPED = re.compile(
    r"(?<=[\u2e80-\u9fff\uff00-\uffef])[ \t]*\r?\n[ \t\r\n]*(?=[\u2e80-\u9fff\uff00-\uffef])"
)
_COLOURED = re.compile(r"background|bgcolor", re.IGNORECASE)
_BLANK = " \t\r\n\f\0"
_METAS = frozenset(
    (
        "author", "copyright", "description", "keywords", "subject", "title", "abstract",
        "summary", "category", "classification", "og:title", "og:description", "twitter:title",
        "twitter:description", "dc.title", "dc.subject",
    )
)  # fmt: skip
_RAW_ENDS = {name: re.compile(f"</{name}\\b", re.IGNORECASE) for name in RAW}
_LONGEST_CELL = 4096  # characters; pages are laid out in cells that hold everything
_LONGEST = 1 << 20
_MOST_TAGS = 20_000  # whose meaning is remembered
_LONGEST_TAG = 512
_KNOWN: dict[str, Tag] = {}  # where no style sheet has a say
_MOST_LINKS = 50_000
_UNSEEN = frozenset((Area.PROPERTY, Area.HIDDEN, Area.DELETED))


@dataclass(slots=True)
class _Region:
    """An element whose text is not that of the body, and how many of its name are open."""

    name: str
    area: Area
    label: str
    open: int = 1


@dataclass(slots=True)
class _Table:
    number: int
    rows: int = 0
    columns: int = 0
    row: int = 0  # in the document
    label: str = ""  # of the row
    in_cell: bool = False


class Page:
    """Reads the text of one page; `parts` yields it, then the rest tells what it was.

    `files` holds the addresses that hold a file, until they are taken.
    """

    def __init__(self, text: str) -> None:
        self.files: list[str] = []
        self.is_cut = False
        self.seen = False
        self._text = text
        self._styles = Styles()
        self._bare: bool | None = None  # whether nothing has a ground of its own
        self._known = _KNOWN
        self._ready: list[Part] = []
        self._pieces: list[str] = []
        self._length = 0
        self._start = 0  # of the block at hand, in the text
        self._counted = 0  # where lines have been counted to
        self._line = 1
        self._regions: list[_Region] = []
        self._tables: list[_Table] = []
        self._table_count = self._row_count = 0
        self._block = ""
        self._kept = 0  # elements open in which white space counts
        self._links: set[str] = set()

    def parts(self) -> Iterator[Part]:
        """Yield the parts of the page in reading order."""
        ready, pieces = self._ready, self._pieces
        regions, tables = self._regions, self._tables
        at: int | None = 0
        while at is not None:
            tokens, known, at = TOKEN.finditer(self._text, at), self._known, None
            for token in tokens:
                words, written = token.group(1, TAG)
                if words and (pieces or not words.isspace()):
                    if not pieces:
                        self._start = token.start()
                    pieces.append(words)
                    self._length += len(words)
                    if self._length > _LONGEST:
                        self._flush()
                if written is not None:
                    tag = known.get(written) or self._parse(written)
                    role = tag.role
                    if regions or role == OTHER:
                        after = self._tag(tag, token.end())
                        if after != token.end() or known is not self._known:
                            at = after
                            break
                    elif role == INSIDE:
                        continue
                    elif role == BREAK:
                        pieces.append("\0")
                    elif role == BLOCK:
                        name = "" if tag.is_end else tag.name
                        if pieces:
                            self._break(name)
                        else:
                            self._block = name
                    else:
                        self._flush()
                        if role != CELL_END:
                            self._open_table(tag.name)
                        elif tables:
                            tables[-1].in_cell = False
                elif token.lastindex != 1:
                    self._other(token)
                if ready:
                    yield from ready
                    ready.clear()
        self._flush()
        yield from ready
        ready.clear()

    def _parse(self, written: str) -> Tag:
        tag = parse_tag(written, self._styles)
        if len(self._known) >= _MOST_TAGS:
            self._known.clear()
        if len(written) < _LONGEST_TAG:
            self._known[written] = tag
        return tag

    # Tags.

    def _tag(self, tag: Tag, at: int) -> int:
        """Do what a tag says; return where reading goes on."""
        name = tag.name
        if tag.is_end:
            self._end(name)
            return at
        if name not in INLINE:
            self._break(name)
        if name in CLOSED_BY_NEXT and self._regions and self._regions[-1].name == name:
            self._leave(self._regions[-1])
        if tag.said or tag.links or tag.files or name == "meta":
            self._say(tag, at)
        region = self._regions[-1] if self._regions else None
        if region is not None and region.name == name and name not in VOID:
            region.open += 1
        elif name not in VOID:
            self._enter(tag)
        if name in RAW:
            return self._raw(name, at)
        if name in ("table", "tr", "td", "th"):
            self._open_table(name)
        elif name in ("pre", "listing", "plaintext"):
            self._kept += 1
        return at

    def _end(self, name: str) -> None:
        if name not in INLINE:
            self._break("")
        if name in ("table", "tr", "td", "th"):
            self._close_table(name)
        elif name in ("pre", "listing", "plaintext"):
            self._kept = max(self._kept - 1, 0)
        for region in reversed(self._regions[-4:]):
            if region.name == name:
                region.open -= 1
                if region.open <= 0:
                    self._leave(region)
                break

    def _enter(self, tag: Tag) -> None:
        style = tag.style
        area = style.area
        if style.hidden or (style.white and self._is_bare()) or tag.name == "template":
            area = Area.HIDDEN
        elif tag.name == "del":
            area = Area.DELETED
        elif tag.name == "xml":
            area = Area.PROPERTY
        if area is not None:
            self._flush()
            self._regions.append(_Region(tag.name, area, tag.name))

    def _leave(self, region: _Region) -> None:
        self._flush()
        while self._regions and self._regions.pop() is not region:
            pass

    def _break(self, name: str) -> None:
        """End a block; in a cell it is a line of the cell."""
        if name == "br":
            self._pieces.append("\0")
            return
        in_cell = self._tables and self._tables[-1].in_cell and not self._regions
        if in_cell and self._length < _LONGEST_CELL:
            if self._pieces and self._pieces[-1] != "\0":
                self._pieces.append("\0")
            return
        self._flush()
        self._block = name

    def _open_table(self, name: str) -> None:
        if name == "table":
            self._flush()
            self._table_count += 1
            self._tables.append(_Table(self._table_count))
        elif not self._tables:
            return
        elif name == "tr":
            self._end_cell()
            self._start_row()
        else:
            self._flush()
            table = self._tables[-1]
            if not table.rows:
                self._start_row()
            table.columns += 1
            table.in_cell = True

    def _close_table(self, name: str) -> None:
        if self._tables:
            self._end_cell()
            if name == "table":
                self._tables.pop()

    def _start_row(self) -> None:
        table = self._tables[-1]
        self._row_count += 1
        table.rows, table.columns, table.row = table.rows + 1, 0, self._row_count
        table.label = f"T{table.number}!R{table.rows}C"

    def _end_cell(self) -> None:
        self._flush()
        self._tables[-1].in_cell = False

    # What is no text of the page itself.

    def _other(self, token: re.Match[str]) -> None:
        kind = token.lastindex
        if kind == tags.SIGN:
            self._pieces.append("<")
        elif kind == tags.DECLARATION:
            said = token[5]
            if said.startswith("![CDATA["):
                self._pieces.append(said[8:].removesuffix("]]"))
            elif not said.isascii():
                self._add(said, Area.HIDDEN, "declaration")
        elif kind == tags.CUT:
            self.is_cut = True
            self._flush()
            self._add(token[6], Area.HIDDEN, "cut")
        else:
            self.is_cut = self.is_cut or kind == tags.OPEN_COMMENT
            self._comment(token[3] or "")

    def _comment(self, text: str) -> None:
        condition = read_condition(text)
        if condition is None:
            self._add(text, Area.HIDDEN, "comment")
            return
        for name, value in condition.properties:
            self._add(value, Area.PROPERTY, name)
        self._add(condition.text, Area.HIDDEN, "comment")
        self.files.extend(condition.files)

    def _raw(self, name: str, at: int) -> int:
        """Take the content of an element that holds no tags; return where it ends."""
        end = _RAW_ENDS[name].search(self._text, at)
        self.is_cut = self.is_cut or end is None
        content = self._text[at : end.start() if end else len(self._text)]
        if name == "title":
            self._add(_SPACE.sub(" ", unescape(content)), Area.PROPERTY, name)
        elif name == "textarea":
            self._add(unescape(content), self._area(), name)
        else:
            if name == "style":
                self._styles.read(content)
                if self._styles.rules:
                    self._known = {}
            self._add(words_of_code(content), Area.HIDDEN, name)
        return end.start() if end else len(self._text)

    def _say(self, tag: Tag, at: int) -> None:
        """Yield what stands in the attributes of a tag."""
        if tag.name == "meta":
            name = tag.get("name") or tag.get("property") or tag.get("http-equiv")
            content = tag.get("content")
            if name.lower() in _METAS or not content.isascii():
                self._add(content, Area.PROPERTY, name)
            return
        shown = tag.name == "input" and tag.get("type").lower() not in ("hidden", "password")
        for key, value in tag.said:
            area = self._area() if shown and key == "value" else Area.HIDDEN
            self._add(value, area, f"{tag.name} {key}")
        for link in tag.links:
            if link not in self._links and len(self._links) < _MOST_LINKS:
                self._links.add(link)
                self._add(unquote(link) if "%" in link else link, Area.HIDDEN, "link")
        self.files.extend(tag.files)

    def _is_bare(self) -> bool:
        if self._bare is None:
            self._bare = _COLOURED.search(self._text) is None
        return self._bare

    def _area(self) -> Area:
        return self._regions[-1].area if self._regions else Area.BODY

    def _add(self, text: str, area: Area, label: str) -> None:
        """Yield a text that stands beside the blocks."""
        text = text.strip()
        if text:
            self.seen = self.seen or area is Area.BODY
            self._ready.append(Part(text, Place(area, None, label, None, self._line)))

    # Text.

    def _flush(self) -> None:
        pieces = self._pieces
        if not pieces:
            return
        text = self._tidy(pieces[0] if len(pieces) == 1 else "".join(pieces))
        pieces.clear()
        self._length = 0
        if not text:
            return
        if self._start > self._counted:
            self._line += self._text.count("\n", self._counted, self._start)
            self._counted = self._start
        row = None
        seen = True
        if self._regions:
            region = self._regions[-1]
            area, label = region.area, region.label
            seen = area not in _UNSEEN
        elif self._tables and self._tables[-1].in_cell:
            table = self._tables[-1]
            area, label, row = Area.CELL, f"{table.label}{table.columns}", table.row
        else:
            area, label = Area.BODY, self._block
        self.seen = self.seen or seen
        self._ready.append(Part(text, Place(area, None, label, None, self._line), row))

    def _tidy(self, text: str) -> str:
        if "&" in text:
            text = unescape(text)
        if self._kept:
            return text.replace("\0", "\n").strip("\r\n")
        text = text.strip(_BLANK)
        if "\n" in text:
            text = _WRAPPED.sub("", text)
        if "\n" in text or "  " in text or "\t" in text or "\r" in text:
            text = _SPACE.sub(" ", text)
        if "\0" in text:
            text = "\n".join(line.strip(" ") for line in text.split("\0") if line.strip(" "))
        return text
