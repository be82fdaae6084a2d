"""Reads what stands in one paragraph: its text as it is set, its pictures and shapes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from docx.oxml.ns import qn

from markscan.extract.docx.drawingml import drawn_extent
from markscan.extract.docx.fields import symbol
from markscan.extract.docx.open import DropDown
from markscan.extract.docx.setting import LINE, PAGE, Piece
from markscan.extract.docx.shape import local
from markscan.extract.docx.sheet import Look, Sheet
from markscan.extract.docx.story import Story
from markscan.extract.docx.styles import TINY
from markscan.extract.docx.vml import pictured_extent

_MOST_CHARACTERS = 100_000  # of one paragraph
_MOST_PIECES = 5_000
_FIELD, _LIST, _VAL = qn("w:fldChar"), qn("w:ddList"), qn("w:val")
_TEXT, _RUN, _PROPERTIES = qn("w:t"), qn("w:r"), qn("w:rPr")
_CHARACTERS = {
    qn("w:tab"): "\t", qn("w:ptab"): "\t", qn("w:cr"): LINE, qn("w:noBreakHyphen"): "-",
}  # fmt: skip
_BREAK, _NOTED, _SYMBOL = qn("w:br"), qn("w:lastRenderedPageBreak"), qn("w:sym")
_DRAWINGS = frozenset((qn("w:drawing"), qn("w:pict"), qn("w:object")))
# What is no text of the line.
_PASSED = frozenset(
    qn(name)
    for name in (
        "w:delText", "w:instrText", "w:delInstrText", "w:pPr", "w:rPr",
        "w:rt", "w:sdtPr", "w:sdtEndPr", "w:fldData", "w:ffData",
    )
)  # fmt: skip
_GONE = frozenset((qn("w:del"), qn("w:moveFrom")))
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"


class Drawing(NamedTuple):
    """A w:drawing or w:pict; `is_inline` where a piece leaves room for it in the line."""

    element: Any
    page: int
    is_inline: bool


@dataclass(slots=True)
class Content:
    """What one paragraph holds. Page breaks in it are told to `story`, unless in a box."""

    sheet: Sheet
    style: str | None
    story: Story | None
    page: int
    pieces: list[Piece] = field(default_factory=list)
    drawings: list[Drawing] = field(default_factory=list)
    _begun: bool = False
    _left: int = _MOST_CHARACTERS

    def read(self, element: Any, look: Look) -> None:
        """Read the children of a paragraph, a run or what stands between them."""
        for each in element:
            tag = each.tag
            if tag == _TEXT:
                self._text(each.text or "", look)
            elif tag == _RUN:
                self.read(each, self.sheet.look(each.find(_PROPERTIES), self.style))
            elif tag in _CHARACTERS:
                self._character(_CHARACTERS[tag], look)
            elif tag == _BREAK:
                self._break(each.get(qn("w:type")), look)
            elif tag == _NOTED:
                self._noted()
            elif tag == _SYMBOL:
                self._text(symbol(each.get(qn("w:font"), ""), each.get(qn("w:char"), "")), look)
            elif tag in _DRAWINGS:
                self._drawing(each, look)
            elif tag == _MATH:
                self._text(each.text or "", look)
            elif local(each) == "AlternateContent":
                branch = chosen(each)
                if branch is not None:
                    self.read(branch, look)
            elif tag == _FIELD:
                for found in each.iter(_LIST):
                    self._text(_selected(found), look)
            elif tag in _GONE:
                if any(gone.text for gone in each.iter(_TEXT, qn("w:delText"))):
                    self._begin()
            elif tag not in _PASSED and isinstance(tag, str):
                self.read(each, look)

    @property
    def height(self) -> float | None:
        """The size of the first character that is no blank; None without one."""
        return next((p.look.height for p in self.pieces if p.text.strip()), None)

    def _begin(self) -> None:
        if not self._begun:
            self._begun = True
            if self.story is not None:
                self.story.begin_text()

    def _add(self, piece: Piece) -> None:
        if len(self.pieces) < _MOST_PIECES:
            self.pieces.append(piece)

    def _text(self, text: str, look: Look) -> None:
        if not text:
            return
        self._begin()
        if look.hidden or look.height <= TINY / 2:
            return
        text = text[: self._left]
        self._left -= len(text)
        if text.isprintable():
            self._add(Piece(text, look, self.page))
            return
        for index, line in enumerate(text.replace("\r", "\n").split("\n")):
            # A line feed in a text is shown as a space.
            for place, stretch in enumerate((" " * bool(index) + line).split("\t")):
                if place:
                    self._add(Piece("\t", look, self.page))
                if stretch:
                    self._add(Piece(stretch, look, self.page))

    def _character(self, character: str, look: Look) -> None:
        if not look.hidden:
            self._add(Piece(character, look, self.page))

    def _break(self, kind: str | None, look: Look) -> None:
        if kind != "page":
            self._character(LINE, look)
            return
        if self.story is not None:
            self.story.break_page()
            self.page = self.story.page or self.page
        self._add(Piece(PAGE, look, self.page))

    def _noted(self) -> None:
        if self.story is not None:
            self.story.note_page()
            self.page = self.story.page or self.page

    def _drawing(self, element: Any, look: Look) -> None:
        is_drawing = local(element) == "drawing"
        size = drawn_extent(element) if is_drawing else pictured_extent(element)
        if size is not None:
            width, height = max(size[0], 0.0), max(size[1], 0.0)
            self._add(Piece("", look, self.page, width, height or 0.01))
        if len(self.drawings) < _MOST_PIECES:
            self.drawings.append(Drawing(element, self.page, size is not None))


def _selected(element: Any) -> str:
    """Return the entry that a drop-down list shows."""
    entries = DropDown()
    for each in element:
        if local(each) == "listEntry":
            entries.add({"val": each.get(_VAL, "")})
        elif local(each) == "result":
            entries.choose({"val": each.get(_VAL, "")})
    return entries.result()


def chosen(alternatives: Any) -> Any:
    """Return the branch of an mc:AlternateContent that is shown, None if it has none.

    The first that holds anything: what it requires, Word has had since 2010.
    """
    for branch in alternatives:
        if local(branch) in ("Choice", "Fallback") and len(branch):
            return branch
    return None
