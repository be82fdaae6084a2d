"""How the first pages of a Word document are set: lines with boxes and runs, ruled lines.

python-docx opens the package; `flow` sets the body, and the header and footer of page one.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable
from typing import Any, NamedTuple

from docx.opc.package import OpcPackage
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from markscan.document import Area, Layout, Stroke
from markscan.errors import DamagedFile, LimitExceeded
from markscan.extract.docx.column import Column, Rule
from markscan.extract.docx.flow import Flow
from markscan.extract.docx.measures import number, twips
from markscan.extract.docx.sections import Section, Sections, read_sections
from markscan.extract.docx.shape import hex_colour
from markscan.extract.docx.sheet import Sheet
from markscan.extract.docx.story import Story, Tally
from markscan.extract.extractor import Budget
from markscan.extract.package import Package
from markscan.extract.page_strokes import Rule as Bar
from markscan.extract.page_strokes import page_strokes
from markscan.source import Source

_MOST_BYTES = 64 << 20  # unpacked; a tree takes several times as much
_MOST_RULES = 2_000
# All that python-docx and its XML parser raise for broken packages.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, AttributeError, IndexError,
    SyntaxError, OSError, EOFError, NotImplementedError, RuntimeError,
)  # fmt: skip
_HAN_FONT = re.compile(r"<a:ea\s[^>]*?typeface=\"([^\"]*)\"")
_HANS_FONT = re.compile(r"<a:font\s+script=\"Hans\"\s+typeface=\"([^\"]*)\"")
_MOST_THEME = 200_000  # characters of a theme that are read
_TAB = 36.0  # points between tab stops where the settings name none (17.15.1.25)
_NEW_TABLES = 15  # from this compatibility mode on, cells begin at the edge of the column


class _Related(NamedTuple):
    """The parts that the main part points at; a root is None where there is no such part."""

    styles: Any
    numbering: Any
    settings: Any
    fonts: dict[str, str]
    colours: dict[str, str]


def layout(source: Source, budget: Budget) -> Layout:
    """Return how the first `budget.limits.layout_pages` pages are set.

    Pages are those that Word last saw, or that the document breaks by hand. `Place.line` is
    the number of a paragraph, that of its anchor for what stands in a text box. What is
    deleted or hidden is left out. Boxes may stand below the page: a text that is longer than
    the page does not begin another.

    Raises:
        DamagedFile: the package is broken.
        LimitExceeded: the document is too large to be held as a tree.
        UnreadError: whatever `Source.open` raises.
    """
    _check_size(source, budget)
    try:
        main = OpcPackage.open(io.BytesIO(source.read())).main_document_part
        return _set(main, budget)
    except _BROKEN:
        raise DamagedFile("docx.layout") from None


def _check_size(source: Source, budget: Budget) -> None:
    allowed = min(_MOST_BYTES, budget.limits.unpacked_bytes)
    with Package(source, Budget(budget.limits)) as package:
        if package.unpacked > allowed:
            raise LimitExceeded("limit.unpacked-bytes", allowed=allowed)


def _set(main: Any, budget: Budget) -> Layout:
    body = _root(main).find(qn("w:body"))
    related = _related(main)
    sections = read_sections(body, related.settings)
    sheet = Sheet(related.styles, related.numbering, related.fonts)
    tally = Tally(budget.limits.parts)
    breaks = [not section.is_continued for section in sections.all[1:]]
    most = budget.limits.layout_pages

    def flow(area: Area, label: str) -> Flow:
        story = Story(area, label, tally, lambda: breaks)
        tab, shift = _tab(related.settings), _cell_shift(related.settings)
        return Flow(sheet, sections, story, most, tab, related.colours, shift)

    text = flow(Area.BODY, "")
    area = sections.area(1)
    column = Column(area.left, area.right, area.top, 1, Area.BODY)
    text.blocks(body, column)
    text.finish(column)
    head, foot = (
        [
            _marginal(sections.all[0], kind, sections, flow(kind, name), part)
            for part, name in _marginal_part(main, sections.all[0], kind)
        ]
        for kind in (Area.HEADER, Area.FOOTER)
    )
    flows = (*head, text, *foot)
    lines = [line for found in flows for line in found.lines]
    lines.sort(key=lambda line: line.place.page or 1)
    last = min(max((line.place.page or 1 for line in lines), default=1), max(most, 1))
    pages = tuple(sections.page(number) for number in range(1, last + 1))
    rules = [rule for found in flows for rule in found.rules]
    return Layout(pages, tuple(lines), _strokes(rules))


def _root(part: Any) -> Any:
    element = getattr(part, "element", None)
    return parse_xml(part.blob) if element is None else element


def _related(main: Any) -> _Related:
    found: dict[str, Any] = {}
    for relation in main.rels.values():
        kind = relation.reltype.rpartition("/")[2]
        if not relation.is_external and kind in ("styles", "numbering", "settings", "theme"):
            found.setdefault(kind, relation.target_part)
    roots = {kind: _root(part) for kind, part in found.items() if kind != "theme"}
    theme = found["theme"].blob[:_MOST_THEME].decode("utf-8", "replace") if "theme" in found else ""
    return _Related(
        roots.get("styles"),
        roots.get("numbering"),
        roots.get("settings"),
        _theme_fonts(theme),
        _theme_colours(theme),
    )


def _theme_fonts(theme: str) -> dict[str, str]:
    """Return the fonts that a theme gives to Han characters, by "major" and "minor"."""
    fonts = {}
    for kind in ("major", "minor"):
        said = theme.partition(f"<a:{kind}Font>")[2].partition(f"</a:{kind}Font>")[0]
        direct, hans = _HAN_FONT.search(said), _HANS_FONT.search(said)
        fonts[kind] = (direct[1] if direct else "") or (hans[1] if hans else "")
    return fonts


def _theme_colours(theme: str) -> dict[str, str]:
    """Return the colours of a theme by the names they have in drawings."""
    said = theme.partition("<a:clrScheme")[2].partition("</a:clrScheme>")[0]
    found = re.findall(r"<a:(\w+)>\s*<a:s\w+Clr\s[^>]*?(?:lastClr|val)=\"(\w{6})\"", said)
    return {name: hex_colour(value) for name, value in found}


def _tab(settings: Any) -> float:
    found = settings.find(qn("w:defaultTabStop")) if settings is not None else None
    return (twips(found.get(qn("w:val"))) if found is not None else 0.0) or _TAB


def _cell_shift(settings: Any) -> float:
    """Return 1 where the text of cells stands at the edge of the column, 0 where borders do."""
    compat = settings.find(qn("w:compat")) if settings is not None else None
    for each in compat if compat is not None else ():
        if each.get(qn("w:name")) == "compatibilityMode":
            return 0.0 if number(each.get(qn("w:val"))) >= _NEW_TABLES else 1.0
    return 1.0


# Headers and footers.


def _marginal_part(main: Any, section: Section, kind: Area) -> Iterable[tuple[Any, str]]:
    """Yield the header or footer of page one and its name, if there is one."""
    element = section.element
    if element is None:
        return
    title = element.find(qn("w:titlePg"))
    wanted = "default"
    if title is not None and title.get(qn("w:val"), "1").lower() not in ("0", "false", "off"):
        wanted = "first"
    for reference in element.findall(qn(f"w:{kind.value}Reference")):
        if reference.get(qn("w:type"), "default") == wanted:
            part = main.related_parts.get(reference.get(qn("r:id")))
            if part is not None:
                yield part, str(part.partname).lstrip("/")
            return


def _marginal(section: Section, kind: Area, sections: Sections, flow: Flow, part: Any) -> Flow:
    """Set a header or a footer; the lower edge of a footer is fixed, its upper one is not."""
    root, area = _root(part), sections.area(1)
    top = section.header
    if kind is Area.FOOTER:
        trial = Flow(
            flow.sheet, sections, Story(kind, "", Tally(10**6), list), 1, flow.tab, {}, 0.0
        )
        column = Column(area.left, area.right, 0.0, 1, kind)
        trial.blocks(root, column)
        top = section.height - section.footer - column.y
    column = Column(area.left, area.right, top, 1, kind)
    flow.blocks(root, column)
    flow.finish(column)
    return flow


def _strokes(rules: list[Rule]) -> tuple[Stroke, ...]:
    """Return the ruled lines from the top down; two close together are one double line."""
    del rules[_MOST_RULES:]
    strokes = [Stroke(rule.page, rule.box, rule.colour, True) for rule in rules if rule.double]
    for page in sorted({rule.page for rule in rules}):
        bars = [
            Bar(rule.box.left, rule.box.top, rule.box.right, rule.box.bottom, rule.colour)
            for rule in rules
            if rule.page == page and not rule.double
        ]
        strokes += page_strokes(bars, page, float("inf"), float("inf"))
    return tuple(sorted(strokes, key=lambda stroke: (stroke.page, stroke.box.top)))
