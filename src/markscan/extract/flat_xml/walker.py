"""Walks through the elements of one XML document and cuts its text into parts."""

from __future__ import annotations

from dataclasses import dataclass, field

from markscan.document import Area, Part, Place
from markscan.extract.docx.fields import spoken
from markscan.extract.docx.styles import is_on, is_tiny, is_white
from markscan.extract.flat_xml.binaries import Binary, read_control
from markscan.extract.flat_xml.vocabulary import ANY, Vocabulary, plain_name
from markscan.extract.xlsx.grid import sheet_label

_LONGEST = 1 << 20
_ANNOTATIONS = {"Word.Deletion": Area.DELETED, "Word.Comment": Area.COMMENT}
_REVISION, _REVISION_END = "修订开始", "修订结束"  # GB/T 20916-2007: marks, no elements around
_UNSEEN = frozenset((Area.PROPERTY, Area.HIDDEN, Area.DELETED))
_HEADER_DATA = {"Header": Area.HEADER, "Footer": Area.FOOTER}


@dataclass(slots=True)
class _Context:
    """An open element that says where its text goes."""

    depth: int
    area: Area | None = None
    silent: bool = False
    property: bool = False
    name: str = ""  # of what it holds in base64
    digits: list[str] | None = None


@dataclass(slots=True)
class _Sheet:
    name: str = ""
    row: int = 0
    column: int = 0


@dataclass(slots=True)
class Walker:
    """Takes the events of a parser; `ready` holds the parts until they are fetched.

    `binaries` holds what the document carries in base64.
    """

    words: Vocabulary
    ready: list[Part] = field(default_factory=list)
    binaries: list[Binary] = field(default_factory=list)
    root: str = ""
    seen: bool = False  # some of the text is shown
    _path: list[str] = field(default_factory=list)
    _mixed: list[bool] = field(default_factory=lambda: [False])  # elements with text of their own
    _contexts: list[_Context] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)
    _aside: list[tuple[Area, str]] = field(default_factory=list)
    _codes: list[str] = field(default_factory=list)
    _length: int = 0
    _ended: bool = False  # an element that may end a block has just ended
    _name: str = ""  # of that element
    _sheet: _Sheet = field(default_factory=_Sheet)
    _sheets: int = 0
    _cells: int = 0  # open cells
    _rows: int = 0
    _row: int | None = None
    _in_run: bool = False
    _run_hidden: bool = False
    _deletions: set[str] = field(default_factory=set)  # open ones, by their names

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""
        local = plain_name(name)
        words = self.words
        self._path.append(local)
        self.root = self.root or local
        if words is ANY and self._ended:
            self._flush()
        self._ended = False
        self._mixed.append(False)
        if words is not ANY:
            self._open(local, {plain_name(name): value for name, value in attributes.items()})
        for key, value in attributes.items():
            if not value.isascii():
                key = plain_name(key)
                area = words.spoken.get(key, Area.PROPERTY)
                self._say(value, area, f"{local} {key}")

    def end(self, _name: str) -> None:
        """Take the end of an element."""
        local = self._path.pop()
        words = self.words
        self._mixed.pop()
        if words is ANY or self._is_property():
            if not self._ended and not self._mixed[-1]:
                self._ended, self._name = True, local
            if words is not ANY:
                self._flush(local)
            self._leave()
            return
        if local in words.paragraphs:
            self._end_paragraph()
        elif local in words.cells:
            self._flush()
            self._cells = max(self._cells - 1, 0)
        elif local in words.runs:
            self._in_run = self._run_hidden = False
        self._leave()

    def chars(self, data: str) -> None:
        """Take characters."""
        words = self.words
        context = self._contexts[-1] if self._contexts else None
        if context is not None and context.silent:
            if context.digits is not None:
                context.digits.append(data)
            elif self._path[-1] in words.hiding and not data.isspace():
                self._hide(data.strip())
            return
        if words is ANY:
            if not data.isspace():
                self._ended = False
                self._mixed[-1] = True
            self._add(data)
            return
        local = self._path[-1] if self._path else ""
        if local in words.codes:
            self._codes.append(data)
        elif self._deletions or (context is not None and context.area is Area.DELETED):
            self._aside.append((Area.DELETED, data))
        elif self._run_hidden:
            self._aside.append((Area.HIDDEN, data))
        elif not words.texts or local in words.texts or self._is_property():
            self._add(data)
        elif not data.isascii():
            self._aside.append((Area.HIDDEN, data))

    def finish(self) -> None:
        """Hand out what is left."""
        self._flush()
        for context in self._contexts:
            self._keep(context)

    def _add(self, data: str) -> None:
        self._pieces.append(data)
        self._length += len(data)
        if self._length > _LONGEST:
            self._flush()

    def _open(self, local: str, said: dict[str, str]) -> None:
        words = self.words
        if local in words.characters:
            self._pieces.append(words.characters[local])
        elif local in words.rows:
            self._start_row(said)
        elif local in words.cells:
            self._flush()
            self._cells += 1
            column = said.get("Index", "")
            self._sheet.column = int(column) if column.isdigit() else self._sheet.column + 1
        elif local in words.sheets:
            name = said.get("Name") or said.get("名称") or ""
            self._sheets += 1
            self._sheet = _Sheet(sheet_label(self._sheets))
            if name:
                self._say(name, Area.PROPERTY, "sheet")
        elif local in words.runs:
            self._in_run, self._run_hidden = True, False
        elif local in words.hiding:
            self._hide(said.get("val", said.get("值", words.hiding[local])))
        elif self.words.runs and local in ("color", "sz"):
            white, tiny = local == "color" and is_white(said.get("val")), local == "sz"
            if white or (tiny and is_tiny(said.get("val"))):
                self._hide("true")
        elif local in _HEADER_DATA and said.get("Data"):
            self._say(said["Data"], _HEADER_DATA[local], local)
        elif local == _REVISION and said.get("类型") == "delete":
            self._deletions.add(said.get("标识符", ""))
        elif local == _REVISION_END:
            self._deletions.discard(said.get("开始标识引用", ""))
        elif local == "ocx":
            control = read_control(said.get("data", ""))
            self.ready += [control] if control else []
        for key, area in words.spoken.items():
            value = said.get(key, "")
            if value and value.isascii():
                self._say(value, area, f"{local} {key}")
        self._enter(local, said)

    def _hide(self, said: str) -> None:
        """Hide the run at hand; what marks of paragraphs look like hides nothing."""
        self._run_hidden = self._run_hidden or (self._in_run and is_on(said))

    def _enter(self, local: str, said: dict[str, str]) -> None:
        words = self.words
        if self._is_binary(local):
            name = said.get("name", "").rpartition("/")[2]
            self._contexts.append(_Context(len(self._path), silent=True, name=name, digits=[]))
            return
        area = words.areas.get(local)
        if local == "annotation":
            area = _ANNOTATIONS.get(said.get("type", ""))
        silent, is_property = local in words.silent, local in words.properties
        if area is not None or silent or is_property:
            if area is not Area.DELETED:
                self._flush()
            self._contexts.append(_Context(len(self._path), area, silent, is_property))

    def _is_binary(self, local: str) -> bool:
        holders = self.words.binaries.get(local)
        parent = self._path[-2] if len(self._path) > 1 else ""
        if holders is None or parent in self.words.silent:
            return False
        return not holders or parent in holders

    def _leave(self) -> None:
        if self._contexts and self._contexts[-1].depth > len(self._path):
            context = self._contexts[-1]
            if context.digits is None and context.area is not Area.DELETED:
                self._flush()
            self._contexts.pop()
            self._keep(context)

    def _keep(self, context: _Context) -> None:
        """Note what an element held in base64."""
        if context.digits:
            name = context.name or f"object{len(self.binaries) + 1}"
            self.binaries.append(Binary(name, "".join(context.digits)))

    def _is_property(self) -> bool:
        return bool(self._contexts) and self._contexts[-1].property

    def _start_row(self, said: dict[str, str]) -> None:
        self._rows += 1
        self._row = self._rows
        index = said.get("Index", "")
        self._sheet.row = int(index) if index.isdigit() and len(index) < 9 else self._sheet.row + 1
        self._sheet.column = 0

    def _end_paragraph(self) -> None:
        if self._cells:
            self._pieces.append("\n")
        else:
            self._flush()

    def _flush(self, label: str = "") -> None:
        text = "".join(self._pieces)
        self._pieces.clear()
        self._length = 0
        area, place = self._where(label)
        self._ended = False
        row = self._row if self._cells else None
        text = text.strip()
        if text:
            self.seen = self.seen or area not in _UNSEEN
            self.ready.append(Part(text, Place(area, None, place), row))
        for aside in dict.fromkeys(kind for kind, _ in self._aside):
            said = "".join(words for kind, words in self._aside if kind is aside).strip()
            if said:
                self.ready.append(Part(said, Place(aside, None, place), row))
        self._aside.clear()
        if self._codes:
            self._say(spoken("".join(self._codes)), Area.HIDDEN, "field")
            self._codes.clear()

    def _where(self, label: str) -> tuple[Area, str]:
        areas = (c.area for c in reversed(self._contexts) if c.area is not Area.DELETED)
        area = next(areas, None)
        if self._is_property():
            return Area.PROPERTY, label
        if area is not None:
            return area, label or area.value
        if self._cells:
            return Area.CELL, self._cell()
        if self.words is ANY:
            label = self._name if self._ended else "".join(self._path[-1:])
        return Area.BODY, label

    def _cell(self) -> str:
        sheet = self._sheet
        if not sheet.name:
            return f"R{self._rows}C{sheet.column}"
        letters, column = "", sheet.column
        while column > 0:
            column, digit = divmod(column - 1, 26)
            letters = chr(65 + digit) + letters
        return f"{sheet.name}!{letters}{sheet.row}"

    def _say(self, text: str, area: Area, label: str) -> None:
        if text.strip():
            self.ready.append(Part(text, Place(area, None, label)))
