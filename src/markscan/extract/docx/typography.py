"""How the first pages of a Word document are set: font, size, colour and weight of each run.

python-docx opens the package; the values are resolved through direct formatting, character
style, paragraph style, defaults and theme (ECMA-376 part 1, 17.7.2 and 20.1.4.1).
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import docx
from docx.oxml.ns import qn

from markscan.document import Area, Box, Layout, Line, Page, Place, Run
from markscan.errors import DamagedFile, LimitExceeded
from markscan.extract.extractor import Budget
from markscan.extract.package import Package
from markscan.source import Source

_MOST_BYTES = 64 << 20  # unpacked; a tree takes several times as much
_MOST_RUNS = 5_000
_TWIPS = 20.0
# All that python-docx and its XML parser raise for broken packages.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, AttributeError, IndexError,
    SyntaxError, OSError, EOFError, NotImplementedError, RuntimeError,
)  # fmt: skip
_OFF = frozenset(("0", "false", "off", "none"))
_THEME_FONT = re.compile(
    rb"<a:(major|minor)Font>.*?<a:ea[^>]*typeface=\"([^\"]*)\".*?"
    rb"(?:<a:font script=\"Hans\" typeface=\"([^\"]*)\".*?)?</a:\1Font>",
    re.DOTALL,
)
_PAGE_BREAK = f"{qn('w:lastRenderedPageBreak')}"


def layout(source: Source, budget: Budget) -> Layout:
    """Return the runs of the first `budget.limits.layout_pages` pages, tables among them.

    Pages are those that Word last saw, or that the document breaks by hand; `Place.line`
    of a run is the number of its paragraph. What is deleted or hidden is left out.

    Raises:
        DamagedFile: the package is broken.
        LimitExceeded: the document is too large to be held as a tree.
        UnreadError: whatever `Source.open` raises.
    """
    _check_size(source, budget)
    try:
        document = docx.Document(io.BytesIO(source.read()))
        sheet = _Sheet(document.styles.element, _theme_fonts(document.part))
        section = document.sections[0]
        size = Page(1, (section.page_width or 0) / 12700, (section.page_height or 0) / 12700)
        runs = tuple(_runs(document.element.body, sheet, budget.limits.layout_pages))
    except _BROKEN:
        raise DamagedFile("docx.layout") from None
    last = max((run.place.page or 1 for run in runs), default=1)
    pages = tuple(size if n == 1 else Page(n, size.width, size.height) for n in range(1, last + 1))
    return Layout(pages, tuple(Line(r.text, r.place, Box(0, 0, 0, 0), (r,)) for r in runs))


def _check_size(source: Source, budget: Budget) -> None:
    allowed = min(_MOST_BYTES, budget.limits.unpacked_bytes)
    with Package(source, Budget(budget.limits)) as package:
        if package.unpacked > allowed:
            raise LimitExceeded("limit.unpacked-bytes", allowed=allowed)


def _runs(body: Any, sheet: _Sheet, most_pages: int) -> Iterator[Run]:
    page, count = 1, 0
    for number, paragraph in enumerate(body.iter(qn("w:p")), start=1):
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        of_paragraph = sheet.paragraph(style.get(qn("w:val")) if style is not None else None)
        for run in paragraph.iter(qn("w:r")):
            page += _breaks(run)
            if page > most_pages or count >= _MOST_RUNS:
                return
            text = "".join(piece.text or "" for piece in run.iter(qn("w:t")))
            levels = (*sheet.run(run), *of_paragraph)
            if text and not _on(levels, "w:vanish"):
                count += 1
                yield _set(text, Place(Area.BODY, page, line=number), levels, sheet)


def _breaks(run: Any) -> int:
    by_hand = sum(1 for each in run.iter(qn("w:br")) if each.get(qn("w:type")) == "page")
    # Where Word saw a break that the author made, it counts once.
    return max(by_hand, sum(1 for _ in run.iter(_PAGE_BREAK)))


def _set(text: str, place: Place, levels: tuple[Any, ...], sheet: _Sheet) -> Run:
    size = _value(levels, "w:sz", "w:val")
    colour = _value(levels, "w:color", "w:val") or "auto"
    return Run(
        text,
        place,
        font=_font(levels, sheet.theme),
        size=int(size) / 2 if size and size.isdecimal() else None,
        colour="#000000" if colour == "auto" else f"#{colour.lower()}",
        bold=_on(levels, "w:b"),
    )


def _value(levels: tuple[Any, ...], tag: str, attribute: str) -> str | None:
    """Return what the nearest level that has this property says."""
    for level in levels:
        found = level.find(qn(tag))
        if found is not None and found.get(qn(attribute)) is not None:
            return str(found.get(qn(attribute)))
    return None


def _on(levels: tuple[Any, ...], tag: str) -> bool:
    for level in levels:
        found = level.find(qn(tag))
        if found is not None:
            return (found.get(qn("w:val")) or "1").lower() not in _OFF
    return False


def _font(levels: tuple[Any, ...], theme: dict[str, str]) -> str:
    for level in levels:
        fonts = level.find(qn("w:rFonts"))
        if fonts is None:
            continue
        by_theme = fonts.get(qn("w:eastAsiaTheme"), "")
        named = theme.get(by_theme[:5]) or fonts.get(qn("w:eastAsia"))
        if named:
            return str(named)
    return ""


class _Style(NamedTuple):
    based_on: str | None
    properties: Any  # its w:rPr, or None


class _Sheet:
    """The style sheet: what a style says of its runs, nearest first."""

    def __init__(self, styles: Any, theme: dict[str, str]) -> None:
        self.theme = theme
        self._styles: dict[str, _Style] = {}
        self._default: str | None = None
        for style in styles.iter(qn("w:style")):
            name, base = style.get(qn("w:styleId")), style.find(qn("w:basedOn"))
            based_on = base.get(qn("w:val")) if base is not None else None
            self._styles[name] = _Style(based_on, style.find(qn("w:rPr")))
            is_default = style.get(qn("w:default"), "0").lower() not in _OFF
            if is_default and style.get(qn("w:type")) == "paragraph":
                self._default = name
        way = f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}"
        defaults = styles.find(way)
        self._defaults = () if defaults is None else (defaults,)
        self.paragraph = cache(self._paragraph)
        self._named = cache(self._chain)

    def run(self, run: Any) -> tuple[Any, ...]:
        """Return the levels of one run: its own properties, then its character style."""
        own = run.find(qn("w:rPr"))
        if own is None:
            return ()
        style = own.find(qn("w:rStyle"))
        return (own, *(self._named(style.get(qn("w:val"))) if style is not None else ()))

    def _paragraph(self, name: str | None) -> tuple[Any, ...]:
        return (*self._named(name or self._default), *self._defaults)

    def _chain(self, name: str | None) -> tuple[Any, ...]:
        found, seen = [], set()
        while name in self._styles and name not in seen:
            seen.add(name)
            style = self._styles[name]
            if style.properties is not None:
                found.append(style.properties)
            name = style.based_on
        return tuple(found)


def _theme_fonts(part: Any) -> dict[str, str]:
    """Return the fonts that a theme gives to Han characters, by "major" and "minor"."""
    for relation in part.rels.values():
        if relation.reltype.endswith("/theme") and not relation.is_external:
            found = _THEME_FONT.findall(relation.target_part.blob)
            return {
                kind.decode(): (direct or hans).decode("utf-8", "replace")
                for kind, direct, hans in found
            }
    return {}
