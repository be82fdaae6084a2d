"""Sets one paragraph: breaks it into lines of a width, with tabs, indents and alignment.

A wide character is as wide as its size, a narrow one half of that: so Chinese fonts are made.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple
from unicodedata import category, east_asian_width

from markscan.extract.docx.sheet import Form, Look

LINE, PAGE = "\n", "\f"
_SLACK = 0.5  # points by which a line may be too long
_NO_START = frozenset("，。、；：？！）》」』】〕〉”’％,.;:?!)]}%")
_NO_END = frozenset("（《「『【〔〈“‘([{")
BLANK = " \t\u00a0\u3000"
_BLANKS = re.compile(f"[{BLANK}]")
_BLANKS_OR_NOT = re.compile(f"[{BLANK}]+|[^{BLANK}]+")
_WIDEST_GAP = 4.0  # characters of blank; a wider gap parts two lines, as in PDF
_MOST_LINES = 2_000  # of one paragraph


class Piece(NamedTuple):
    """A part of a paragraph: text set alike, a tab, LINE or PAGE, or a picture in the line."""

    text: str
    look: Look
    page: int
    width: float = 0.0
    height: float = 0.0


@dataclass(slots=True)
class Span:
    """Text set alike on one line; `left` and `right` count from the edge of the column."""

    text: str
    look: Look
    left: float
    right: float


class SetLine(NamedTuple):
    """One line. `size` is that of its largest character, `height` that of its pictures."""

    page: int
    spans: tuple[Span, ...]
    size: float
    height: float
    wide: bool


class Measure(NamedTuple):
    """What lines are set in: the width of the column, its tabs, its grid (17.6.5).

    `pitch` is added to each wide character, half of it to each narrow one.
    """

    width: float
    tab: float = 36.0
    pitch: float = 0.0


class _Units(dict[str, float]):
    """The widths of characters, in em."""

    def __missing__(self, char: str) -> float:
        if category(char) in ("Mn", "Me", "Cc", "Cf"):
            unit = 0.0
        else:
            unit = 1.0 if east_asian_width(char) in "WFA" else 0.5
        if len(self) < 70_000:
            self[char] = unit
        return unit


_UNITS = _Units()


def set_lines(
    pieces: list[Piece], form: Form, measure: Measure, mark: Look, page: int
) -> list[SetLine]:
    """Return the lines of a paragraph; one without spans is empty, but has a size.

    Args:
        pieces: what it holds.
        form: how it is set.
        measure: what it is set in.
        mark: how its end is set, which gives an empty line its size.
        page: the page it begins on.
    """
    setter = _Setter(form, measure, mark, page)
    for piece in pieces:
        if len(setter.lines) >= _MOST_LINES:
            return setter.lines
        if piece.text == LINE:
            setter.finish(last=True)
        elif piece.text == PAGE:
            setter.break_page(piece.page)
        else:
            setter.turn_to(piece.page)
            if piece.text == "\t":
                setter.tab(piece.look)
            elif piece.width or piece.height:
                setter.picture(piece)
            else:
                setter.text(piece.text, piece.look)
    if setter.has_more or not setter.lines:
        setter.finish(last=True)
    return setter.lines


@dataclass(slots=True)
class _Tab:
    """A tab that ends, or centres, what follows it."""

    stop: float
    share: float  # of the text's width that stands left of the stop
    index: int  # of the first span behind it
    start: float


@dataclass(slots=True)
class _Setter:
    form: Form
    measure: Measure
    mark: Look
    page: int
    lines: list[SetLine] = field(default_factory=list)
    has_more: bool = False  # something stands behind the last line finished
    _spans: list[Span] = field(default_factory=list)
    _x: float = 0.0
    _start: float = 0.0
    _right: float = 0.0
    _height: float = 0.0
    _tab: _Tab | None = None

    def __post_init__(self) -> None:
        self._right = max(self.measure.width - self.form.right, 1.0)
        self._x = self._start = self.form.left + self.form.first

    # What a line is made of.

    def text(self, text: str, look: Look) -> None:
        """Add text, on as many lines as it takes."""
        at = 0
        while at < len(text) and len(self.lines) < _MOST_LINES:
            fit, x = self._fit(text, at, look)
            end = fit if fit == len(text) else self._cut(text, at, fit)
            if end != fit:
                x = self._x + sum(map(partial(self._advance, look), text[at:end]))
            if end > at:
                self._spans.append(Span(text[at:end], look, self._x, x))
                self._x = x
                self.has_more = True
            at = end
            if end < len(text):
                self.finish()

    def tab(self, look: Look) -> None:
        """Go to the next tab stop."""
        self._settle()
        stop, kind = self._next_stop()
        start, self.has_more = self._x, True
        if kind in ("right", "end", "center", "decimal"):
            share = 0.5 if kind == "center" else 1.0
            self._tab = _Tab(stop, share, len(self._spans) + 1, start)
        elif stop > self._right + _SLACK and self._spans:
            self.finish()
            return
        else:
            self._x = stop
        self._spans.append(Span("\t", look, start, self._x))

    def picture(self, piece: Piece) -> None:
        """Leave room for a picture."""
        if self._x + piece.width > self._right + _SLACK and self._spans:
            self.finish()
        self._spans.append(Span("", piece.look, self._x, self._x + piece.width))
        self._x += piece.width
        self._height = max(self._height, piece.height)
        self.has_more = True

    def turn_to(self, page: int) -> None:
        """Go on to a page that has begun without a break of the author's."""
        if page != self.page:
            if self._spans:
                self.finish()
            self.page = page

    def break_page(self, page: int) -> None:
        """End the line and the page."""
        if self.has_more or not self.lines:
            self.finish(last=True)
        self.page, self.has_more = page, False

    def finish(self, last: bool = False) -> None:
        """End the line; the `last` of a paragraph is not stretched."""
        self._settle()
        spans = self._spans
        sizes = [span.look.height for span in spans if span.text.strip(BLANK)]
        size = max(sizes or [span.look.height for span in spans] or [self.mark.height])
        wide = not spans or any(_UNITS[char] == 1 for span in spans for char in span.text[:20])
        self._align(last)
        self.lines.append(SetLine(self.page, tuple(spans), size, self._height, wide))
        self._spans, self._height, self._tab = [], 0.0, None
        self._x = self._start = self.form.left
        self.has_more = False

    # Widths.

    def _advance(self, look: Look, char: str) -> float:
        unit = _UNITS[char]
        if not unit:
            return 0.0
        return unit * (look.height * look.scale + self.measure.pitch) + look.spacing

    def _fit(self, text: str, at: int, look: Look) -> tuple[int, float]:
        """Return where text ceases to fit on the line, and where that is."""
        x, right, units = self._x, self._right + _SLACK, _UNITS
        em, spacing = look.height * look.scale + self.measure.pitch, look.spacing
        for index in range(at, len(text)):
            unit = units[text[index]]
            if not unit:
                continue
            step = unit * em + spacing
            if x + step > right and text[index] != " ":
                return index, x
            x += step
        return len(text), x

    def _cut(self, text: str, at: int, fit: int) -> int:
        """Return where a line that is full up to `fit` is broken."""
        last = text[fit - 1] if fit > at else self._spans[-1].text[-1:] if self._spans else ""
        if last and text[fit] in _NO_START and last not in _NO_START:
            fit += 1  # hangs
            if fit == len(text):
                return fit
        for end in range(fit, at, -1):
            if _may_break(text[end - 1], text[end]):
                return end
        if self._spans:
            before = self._spans[-1].text[-1:]
            if not before or before in BLANK or _may_break(before, text[at]):
                return at
        return fit if fit > at or self._spans else at + 1

    def _next_stop(self) -> tuple[float, str]:
        x = self._x + 0.01
        stops = self.form.tabs
        index = bisect_right(stops, (x, "~"))
        hangs = self.form.first < 0 and x < self.form.left and not self.lines
        if hangs and (index == len(stops) or stops[index][0] > self.form.left):
            return self.form.left, "left"
        if index < len(stops):
            return stops[index]
        step = max(self.measure.tab, 1.0)
        return (x // step + 1) * step, "left"

    def _settle(self) -> None:
        """Move what stands behind a right or centred tab to where it belongs."""
        tab, self._tab = self._tab, None
        if tab is None or tab.index > len(self._spans):
            return
        width = self._x - tab.start
        shift = max(min(tab.stop - width * tab.share, self._right - width) - tab.start, 0.0)
        if tab.stop > self._right:
            shift = max(tab.stop - width * tab.share - tab.start, 0.0)
        self._spans[tab.index - 1].right += shift
        for span in self._spans[tab.index :]:
            span.left += shift
            span.right += shift
        self._x += shift

    def _align(self, last: bool) -> None:
        spans, align = self._spans, self.form.align
        while spans and not spans[-1].text.rstrip(" ") and spans[-1].text:
            spans.pop()
        if not spans:
            return
        end = spans[-1].right - _blank_width(spans[-1], self.measure)
        room = self._right - end
        if align in ("distribute", "thaiDistribute") or (align == "both" and not last):
            self._stretch(room)
            return
        shift = {"center": room / 2, "right": room, "end": room}.get(align, 0.0)
        if align == "center" and room < 0:
            shift = 0.0
        for span in spans:
            span.left += shift
            span.right += shift

    def _stretch(self, room: float) -> None:
        count = sum(len(span.text) for span in self._spans) - 1
        if count < 1 or room <= 0 or any(span.text == "\t" for span in self._spans):
            return
        step, before = room / count, 0
        for span in self._spans:
            span.left += before * step
            before += len(span.text)
            span.right += min(before, count) * step


def _blank_width(span: Span, measure: Measure) -> float:
    """Return the width of the spaces at the end of a span, which hang over the edge."""
    count = len(span.text) - len(span.text.rstrip(" "))
    return count * ((span.look.height * span.look.scale + measure.pitch) / 2 + span.look.spacing)


def _may_break(before: str, after: str) -> bool:
    if after in _NO_START or before in _NO_END or after == " ":
        return False
    return _UNITS[before] == 1 or _UNITS[after] == 1 or before in " -"


def inked(spans: tuple[Span, ...], measure: Measure) -> list[tuple[Span, ...]]:
    """Return the stretches of a line that a reader sees, without blanks at their ends.

    A gap wider than four characters parts two stretches: 发文字号 at the left and 签发人 at
    the right are two.
    """
    if len(spans) == 1 and spans[0].text and not _BLANKS.search(spans[0].text):
        return [spans]
    words = [word for span in spans for word in _words(span, measure)]
    found: list[list[Span]] = []
    gap: list[Span] = []
    for word in words:
        if not word.text or word.text[0] in BLANK:
            gap.append(word)
            continue
        if found:
            last = found[-1][-1]
            em = min(last.look.height, word.look.height)
            if word.left - last.right > _WIDEST_GAP * em:
                found.append([])
            else:
                found[-1] += gap
        else:
            found.append([])
        found[-1].append(word)
        gap = []
    return [_joined(stretch) for stretch in found]


def _words(span: Span, measure: Measure) -> list[Span]:
    """Cut a span where blanks begin and end."""
    text = span.text
    if not _BLANKS.search(text):
        return [span]
    pieces = _BLANKS_OR_NOT.findall(text)
    em = span.look.height * span.look.scale + measure.pitch
    widths = [sum(_UNITS[c] * em + span.look.spacing for c in piece) for piece in pieces]
    whole = sum(widths) or 1.0
    scale = (span.right - span.left) / whole
    found, x = [], span.left
    for piece, width in zip(pieces, widths, strict=True):
        found.append(Span(piece, span.look, x, x + width * scale))
        x += width * scale
    return found


def _joined(spans: list[Span]) -> tuple[Span, ...]:
    """Return the spans, those that follow one another and are set alike as one."""
    done: list[Span] = []
    for span in spans:
        if done and done[-1].look == span.look and span.text and done[-1].text:
            done[-1] = Span(done[-1].text + span.text, span.look, done[-1].left, span.right)
        else:
            done.append(span)
    return tuple(done)
