"""Writes a draft as PDF by reportlab, where it is installed: exact fonts, sizes and places.

The glyphs are those of whatever Chinese font is there, under the name that is asked for.
"""

from __future__ import annotations

import io
import subprocess
from functools import lru_cache

from drafts.compose import Block, blocks
from drafts.paper import Draft, Prose, Setting
from drafts.writers import row_text
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 210 * mm, 297 * mm
NAMES = {
    "黑体": "SimHei",
    "宋体": "SimSun",
    "仿宋": "FangSong",
    "楷体": "KaiTi",
    "方正小标宋简体": "FZXBSJW--GB1-0",
    "方正黑体_GBK": "FZHTK--GBK1-0",
    "SimHei": "SimHei",
}


@lru_cache
def font(name: str) -> str:
    """The reportlab name of a font that calls itself `name` in the file."""
    registered = NAMES[name]
    if registered not in pdfmetrics.getRegisteredFontNames():
        made = TTFont(registered, _glyphs())
        made.face.name = registered.encode()
        pdfmetrics.registerFont(made)
    return registered


@lru_cache
def _glyphs() -> str:
    command = ["fc-match", "-f", "%{file}", "sans-serif:lang=zh-cn:fontformat=TrueType"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def covered(thing: Draft | Prose) -> bool:
    """Whether the font has a glyph for every character of the paper."""
    glyphs = pdfmetrics.getFont(font("黑体")).face.charToGlyph
    texts = [t for b in blocks(thing) for t in (b.text, b.right, *(c for r in b.rows for c in r))]
    return all(ord(character) in glyphs for text in texts for character in text)


def to_reportlab(thing: Draft | Prose) -> bytes:
    """The paper as PDF."""
    setting = thing.setting if isinstance(thing, Draft) else Setting()
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(WIDTH, HEIGHT), invariant=True)
    page = _Page(canvas, setting, thing if isinstance(thing, Draft) else None)
    for block in blocks(thing):
        page.set(block)
    page.end()
    canvas.save()
    return stream.getvalue()


class _Page:
    """The page being filled: `y` is the baseline of the next line."""

    def __init__(self, canvas: Canvas, setting: Setting, draft: Draft | None) -> None:
        top, left, bottom, right = setting.margins
        self.canvas, self.draft = canvas, draft
        self.left, self.right = left * mm, WIDTH - right * mm
        self.top, self.bottom = HEIGHT - top * mm, bottom * mm
        self.fresh = False
        self.start()

    def start(self) -> None:
        self.y, self.fresh = self.top, True
        if self.draft and self.draft.header:
            self.canvas.setFont(font("宋体"), 9)
            self.canvas.drawString(self.left, HEIGHT - 15 * mm, self.draft.header)
        if self.draft and self.draft.footer:
            self.canvas.setFont(font("宋体"), 9)
            self.canvas.drawCentredString(WIDTH / 2, 15 * mm, self.draft.footer)

    def end(self) -> None:
        self.canvas.showPage()

    def set(self, block: Block) -> None:
        if block.deleted:
            return
        if block.new_page and not self.fresh:
            self.end()
            self.start()
        for row in block.rows:
            self.line(row_text(row), Block(size=12, font="宋体"), 0, False)
        if not block.rows:
            lines = self.wrapped(block)
            for number, text in enumerate(lines):
                self.line(text, block, number, number == len(lines) - 1)

    def wrapped(self, block: Block) -> list[str]:
        name, lines, line = font(block.font), [], ""
        room = self.right - self.left
        for character in block.text:
            indent = block.indent * block.size if not lines else 0
            if pdfmetrics.stringWidth(line + character, name, block.size) > room - indent:
                lines.append(line)
                line = ""
            line += character
        return [*lines, line]

    def line(self, text: str, block: Block, number: int, last: bool) -> None:
        step = max(29, block.size * 1.3)
        if self.y - step < self.bottom:
            self.end()
            self.start()
        self.y -= block.size if self.fresh else step
        self.fresh = False
        self.canvas.setFont(font(block.font), block.size)
        self.canvas.setFillColor("red" if block.colour else "black")
        width = pdfmetrics.stringWidth(text, font(block.font), block.size)
        x = self.left + (block.indent * block.size if number == 0 else 0)
        if block.align == "center":
            x = (self.left + self.right - width) / 2
        elif block.align == "right":
            x = self.right - width
        self.canvas.drawString(x, self.y, text, charSpace=block.spacing)
        if block.right and last:
            self.canvas.setFont(font(block.right_font or block.font), block.size)
            self.canvas.drawRightString(self.right, self.y, block.right)
        if block.rule and last:
            self.rule(block.rule)

    def rule(self, kind: str) -> None:
        self.canvas.setStrokeColor("black" if kind == "black" else "red")
        for down, width in ((8, 2.5), (11, 0.8)) if kind == "double" else ((8, 1.2),):
            self.canvas.setLineWidth(width)
            self.canvas.line(self.left, self.y - down, self.right, self.y - down)
