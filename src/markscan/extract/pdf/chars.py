"""The strokes of a PDF page: characters drawn at one go, where, how set, whether to be seen.

All lengths are points; places are those of the page as shown, from its top left corner.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from enum import IntEnum
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from markscan.document import Style
from markscan.extract.page_lines import DENSE
from markscan.extract.pdf.surface import WHITE, Edges, Frame, grounds
from markscan.extract.pdf.text import raw_text

_SMALLEST = 2.0  # text below this size cannot be read, in points
_FARTHEST = 1e6  # points: nothing real lies beyond
_LEVEL = (1.0, 0.0)
_TOKEN = re.compile(r"[ \r\n]|[^ \r\n]+")
# PDFium's signs for a hyphen at the end of a line are 2 and FFFE.
_CLEAN = dict.fromkeys([*range(0x20), 0xAD]) | {9: " ", 0xA0: " ", 2: "-", 0xFFFE: "-"}
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_INVISIBLE_MODES = (pdfium.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium.FPDF_TEXTRENDERMODE_CLIP)
_FILL_AND_STROKE = pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE
_FORCE_BOLD = 1 << 18  # among the flags of a font (ISO 32000-1, table 123)
_BOLD_NAME = re.compile(r"bold|black|heavy", re.IGNORECASE)
_STROKE = pdfium.FPDF_TEXTRENDERMODE_STROKE


class Sight(IntEnum):
    """Whether a reader sees a line."""

    SHOWN = 0
    UNPAINTED = 1  # the text is there to be searched or copied: an OCR layer, or a secret
    HIDDEN = 2  # white on white, transparent, off the page, too small


class Ink(NamedTuple):
    """What all characters of one text object share."""

    style: Style
    along: tuple[float, float]  # the direction of writing as shown, of length 1
    sight: Sight
    white: bool
    colour: str = ""  # of the fill, "#rrggbb"; empty where unknown
    bold: bool = False


class Stroke(NamedTuple):
    """Characters of one text object, drawn without a gap: place, extent and ink."""

    text: str
    start: float  # along the direction of writing
    end: float
    box: Edges
    ink: Ink
    level: float = 0.0  # of the baseline, across the direction of writing
    first: int = 0  # PDFium's index of the first character
    length: int = 0  # in PDFium's characters; 0 for a space put in between


def _fast(function: Any, result: Any, *arguments: Any) -> Any:
    """Return `function` as taking plain numbers, which spares an object for each call."""
    address = ctypes.cast(function, ctypes.c_void_p).value or 0
    return ctypes.CFUNCTYPE(result, *arguments)(address)


_AT = ctypes.c_void_p
_OF_CHAR = (_AT, ctypes.c_int)  # a text page, and the index of a character
_OBJECT = _fast(pdfium.FPDFText_GetTextObject, _AT, *_OF_CHAR)
_LOOSE_BOX = _fast(pdfium.FPDFText_GetLooseCharBox, ctypes.c_int, *_OF_CHAR, _AT)
_ORIGIN = _fast(pdfium.FPDFText_GetCharOrigin, ctypes.c_int, *_OF_CHAR, _AT, _AT)
_MATRIX = _fast(pdfium.FPDFText_GetMatrix, ctypes.c_int, *_OF_CHAR, _AT)
_SIZE = _fast(pdfium.FPDFText_GetFontSize, ctypes.c_double, *_OF_CHAR)
_FILL = _fast(pdfium.FPDFText_GetFillColor, ctypes.c_int, *_OF_CHAR, _AT, _AT, _AT, _AT)
_MODE = _fast(pdfium.FPDFTextObj_GetTextRenderMode, ctypes.c_int, _AT)
_FONT = _fast(pdfium.FPDFTextObj_GetFont, _AT, _AT)


class Pen:
    """Follows the characters of one page in the order they were drawn."""

    def __init__(self, text_page: Any, page: Any, frame: Frame) -> None:
        self._text_page = text_page
        self._page = page
        self._frame = frame
        self._inks: dict[int, Ink] = {}  # by text object
        self._known: dict[Any, Ink] = {}  # by what makes it
        self._bold: dict[int, bool] = {}  # by font
        self._styles: dict[tuple[int, float], Style] = {}
        self._matrix = pdfium.FS_MATRIX()
        self._at_matrix = ctypes.addressof(self._matrix)
        self._paint = (ctypes.c_uint * 4)()  # red, green, blue, alpha
        start = ctypes.addressof(self._paint)
        self._at_paint = [start, start + 4, start + 8, start + 12]
        self._rect = pdfium.FS_RECTF()
        self._at_rect = ctypes.addressof(self._rect)
        self._origin = (ctypes.c_double * 2)()
        self._at_origin = ctypes.addressof(self._origin)
        self._handle = ctypes.cast(text_page, ctypes.c_void_p).value or 0
        self._grounds: list[Edges] | None = None
        self._text = raw_text(text_page)

    def strokes(self) -> Iterator[Stroke | str]:
        """Yield the strokes, and as plain text what PDFium made up between them."""
        for item, first, end in self._pieces():
            if not item:
                yield self._text[first:end]
                continue
            stroke = self._stroke(item, first, end)
            if end - first > 1 and self._is_loose(stroke):
                yield from self.split(stroke)
            elif stroke.text:
                yield stroke

    def split(self, stroke: Stroke) -> Iterator[Stroke]:
        """Yield the characters of `stroke` as strokes of their own."""
        if stroke.length <= 1:
            yield stroke
            return
        for index in range(stroke.first, stroke.first + stroke.length):
            single = self._stroke(_OBJECT(self._handle, index) or 0, index, index + 1)
            if single.text:
                yield single

    def _pieces(self) -> Iterator[tuple[int, int, int]]:
        """Yield text object, first and end index of the longest runs of one object."""
        item, first, end = 0, 0, 0
        for token in _TOKEN.finditer(self._text):
            for new, start, stop in self._objects(token.start(), token.end() - 1):
                if new != item or not new:
                    if end > first:
                        yield item, first, end
                    item, first = new, start
                end = stop
        if end > first:
            yield item, first, end

    def _objects(self, first: int, last: int) -> list[tuple[int, int, int]]:
        """Return object, first and end index of the stretches from `first` to `last`.

        The characters of an object follow one another, so equal ends mean an equal middle.
        """
        handle = self._handle
        item = _OBJECT(handle, first) or 0
        if first == last or item == (_OBJECT(handle, last) or 0):
            return [(item, first, last + 1)]
        found = []
        for index in range(first + 1, last + 1):
            new = _OBJECT(handle, index) or 0
            if new != item:
                found.append((item, first, index))
                item, first = new, index
        found.append((item, first, last + 1))
        return found

    def _stroke(self, item: int, first: int, end: int) -> Stroke:
        ink = self._inks.get(item) or self._ink(item, first)
        start, stop, level, box = self._extent(ink, first)
        if end - first > 1:
            start2, stop2, level2, box2 = self._extent(ink, end - 1)
            start, stop = min(start, start2), max(stop, stop2)
            box = (
                min(box[0], box2[0]),
                min(box[1], box2[1]),
                max(box[2], box2[2]),
                max(box[3], box2[3]),
            )
            if abs(level2 - level) > ink.style.size / 10:  # written downwards
                stop = math.inf
        text = self._text[first:end]
        if " " in text:
            text = "".join(
                each for n, each in enumerate(text, first) if each != " " or not self._made_up(n)
            )
        text = text.translate(_CLEAN)
        return Stroke(text, start, stop, box, ink, level, first, end - first)

    def _made_up(self, index: int) -> bool:
        """Tell whether a space is PDFium's own, beside a Han character, a digit or a ★.

        It puts one wherever characters stand apart, as spread ones do.
        """
        beside = self._text[max(index - 1, 0) : index] + self._text[index + 1 : index + 2]
        if not any(map(DENSE.match, beside)):
            return False
        return int(pdfium.FPDFText_IsGenerated(self._text_page, index)) == 1

    def _is_loose(self, stroke: Stroke) -> bool:
        """Tell whether a stroke is so wide that gaps must be inside it."""
        wide = len(stroke.text.encode("utf-8", "replace")) - len(stroke.text)
        expected = (0.6 * len(stroke.text) + 0.2 * wide + 1.5) * stroke.ink.style.size
        return stroke.end - stroke.start > expected

    def _extent(self, ink: Ink, index: int) -> tuple[float, float, float, Edges]:
        rect = self._rect
        _LOOSE_BOX(self._handle, index, self._at_rect)
        _ORIGIN(self._handle, index, self._at_origin, self._at_origin + 8)
        a, b, c, d, e, f, _, _ = self._frame
        x, y = self._origin
        if a == 1 and ink.along == _LEVEL:  # as nearly all text: the same, only faster
            left, right, level = rect.left + e, rect.right + e, f - y
            if -_FARTHEST < left + right + level + rect.top + rect.bottom < _FARTHEST:
                return left, right, level, (left, f - rect.top, right, f - rect.bottom)
        box = self._frame.box(rect.left, rect.top, rect.right, rect.bottom)
        at = (a * x + c * y + e, b * x + d * y + f)
        if not -_FARTHEST < sum(box) + sum(at) < _FARTHEST:  # or not a number
            box, at = (0.0, 0.0, 0.0, 0.0), (0.0, 0.0)
        return *_measure(ink, box, at), box

    def _ink(self, item: int, index: int) -> Ink:
        handle, matrix, paint = self._handle, self._matrix, self._paint
        _MATRIX(handle, index, self._at_matrix)
        known = _FILL(handle, index, *self._at_paint)
        key = (
            _FONT(item),
            _SIZE(handle, index),
            (matrix.a, matrix.b, matrix.c, matrix.d),
            _MODE(item),
            tuple(paint) if known else None,
        )
        ink = self._known.get(key)
        if ink is None:
            ink = self._known[key] = self._new_ink(index, *key)
        self._inks[item] = ink
        return ink

    def _new_ink(
        self,
        index: int,
        font: int | None,
        named: float,
        matrix: tuple[float, float, float, float],
        mode: int,
        paint: tuple[int, ...] | None,
    ) -> Ink:
        a, b, c, d = matrix
        across = self._frame.a * a + self._frame.c * b
        down = self._frame.b * a + self._frame.d * b
        length = math.hypot(across, down)
        if not 0 < length < _FARTHEST:  # or not a number
            across, down, length = 1.0, 0.0, 1.0
        size = abs(named * math.hypot(c, d))
        size = size if size < _FARTHEST else 0.0
        sight = Sight.SHOWN
        if mode in _INVISIBLE_MODES:
            sight = Sight.UNPAINTED
        elif size < _SMALLEST or (paint and paint[3] == 0):
            sight = Sight.HIDDEN
        return Ink(
            self._style(font or 0, index, round(size, 2)),
            (round(across / length, 3), round(down / length, 3)),
            sight,
            paint is not None and min(paint[:3]) >= WHITE and mode != _STROKE,
            "#{:02x}{:02x}{:02x}".format(*paint) if paint else "",
            mode == _FILL_AND_STROKE or self._is_bold(font or 0, index),
        )

    def _is_bold(self, font: int, index: int) -> bool:
        # By its name or its flag: the weight PDFium tells is guessed from stems.
        known = self._bold.get(font)
        if known is None:
            flags = ctypes.c_int()
            pdfium.FPDFText_GetFontInfo(self._text_page, index, None, 0, flags)
            named = bool(_BOLD_NAME.search(self._font_name(index)))
            known = self._bold[font] = named or bool(flags.value & _FORCE_BOLD)
        return known

    def _style(self, font: int, index: int, size: float) -> Style:
        key = (font, size)
        style = self._styles.get(key)
        if style is None:
            style = self._styles[key] = Style(self._font_name(index), size)
        return style

    def _font_name(self, index: int) -> str:
        buffer = ctypes.create_string_buffer(256)
        length = pdfium.FPDFText_GetFontInfo(self._text_page, index, buffer, 256, None)
        if not 0 < length <= 256:
            return ""
        raw = buffer.value
        try:
            name = raw.decode("utf-8")
        except UnicodeDecodeError:  # Chinese producers write the name in GBK
            name = raw.decode("gb18030", "replace")
        return _SUBSET.sub("", name)

    def sight(self, stroke: Stroke) -> Sight:
        """Tell whether a reader sees `stroke`."""
        if stroke.ink.sight is not Sight.SHOWN:
            return stroke.ink.sight
        left, top, right, bottom = stroke.box
        frame = self._frame
        if right < 0 or bottom < 0 or left > frame.width or top > frame.height:
            return Sight.HIDDEN
        if stroke.ink.white and not self._on_ground((left + right) / 2, (top + bottom) / 2):
            return Sight.HIDDEN
        return Sight.SHOWN

    def _on_ground(self, x: float, y: float) -> bool:
        """Tell whether something painted lies at (x, y), against which white shows."""
        if self._grounds is None:
            self._grounds = list(grounds(self._page))
        a, b, c, d, e, f, _, _ = self._frame
        # The frame only turns and mirrors: its inverse is its transpose.
        px, py = a * (x - e) + b * (y - f), c * (x - e) + d * (y - f)
        return any(
            left <= px <= right and bottom <= py <= top
            for left, bottom, right, top in self._grounds
        )


def _measure(ink: Ink, box: Edges, at: tuple[float, float]) -> tuple[float, float, float]:
    """Return start and end along the direction of writing, and the level of the baseline."""
    across, down = ink.along
    level = at[1] * across - at[0] * down
    if down == 0 and across > 0:
        return box[0], box[2], level
    if across == 0:
        return (box[1], box[3], level) if down > 0 else (-box[3], -box[1], level)
    start = at[0] * across + at[1] * down
    # The box of a slanted character tells nothing of its width.
    return start, start + ink.style.size * 0.8, level
