"""What the style sheet of a Word document says of a run (`Look`) and of a paragraph (`Form`).

Resolved through direct formatting, character style, numbering, paragraph style, defaults and
theme (ECMA-376 part 1, 17.7.2 and 20.1.4.1). Toggles are taken from the nearest level.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from docx.oxml.ns import qn

from markscan.extract.docx.measures import length, number, twips

Said = dict[str, Any]  # what one or more levels say, by short names of this module

_VAL = qn("w:val")
_OFF = frozenset(("0", "false", "off", "none"))
_COLOUR = re.compile(r"[0-9A-Fa-f]{6}")
_HAN = re.compile(r"[\u3400-\u9fff]")
# Families of Han characters whose names are written in Latin letters.
_CHINESE = re.compile(
    r"n?sim(?:sun|hei|kai|li|you|fang)|st(?:heiti|song|kaiti|fangsong|zhongsong|xihei|xingkai"
    r"|xinwei|caiyun|hupo|liti)|fangsong|kaiti|songti|heiti|dengxian|youyuan|lisu"
    r"|(?:microsoft|ms) ?yahei|microsoft jhenghei|p?mingliu|fz[a-z]|wenquanyi"
    r"|(?:noto|source han) ?(?:sans|serif) ?(?:cjk|sc|cn|tc)",
    re.IGNORECASE,
)
_RUN_VALUES = {
    qn("w:sz"): "sz", qn("w:color"): "color", qn("w:spacing"): "spacing", qn("w:w"): "w",
    qn("w:rStyle"): "style",
}  # fmt: skip
_RUN_TOGGLES = {
    qn("w:b"): "b", qn("w:vanish"): "vanish", qn("w:specVanish"): "vanish",
    qn("w:strike"): "strike", qn("w:dstrike"): "strike",
}  # fmt: skip
_RUN_FONTS = qn("w:rFonts")
_PARAGRAPH_VALUES = {qn("w:jc"): "jc", qn("w:pStyle"): "style"}
_PARAGRAPH_TOGGLES = {
    qn("w:snapToGrid"): "snap", qn("w:contextualSpacing"): "contextual",
    qn("w:pageBreakBefore"): "page",
}  # fmt: skip
_IND, _SPACING, _TABS = qn("w:ind"), qn("w:spacing"), qn("w:tabs")
_PBDR, _FRAMEPR, _NUMPR = qn("w:pBdr"), qn("w:framePr"), qn("w:numPr")
_INDENTS = {
    "left": "left", "start": "left", "right": "right", "end": "right", "firstLine": "first",
    "leftChars": "leftChars", "startChars": "leftChars", "rightChars": "rightChars",
    "endChars": "rightChars", "firstLineChars": "firstChars",
}  # fmt: skip
_ELEMENTS = frozenset(("tabs", "top", "bottom", "frame"))  # keys whose values have no hash
_SPACES = frozenset(("before", "after", "line", "lineRule", "beforeLines", "afterLines"))


class Look(NamedTuple):
    """How a run is set. `spacing` is added to each character; `scale` widens it."""

    font: str = ""
    size: float | None = None
    colour: str = "#000000"
    bold: bool = False
    hidden: bool = False
    struck: bool = False
    spacing: float = 0.0
    scale: float = 1.0

    @property
    def height(self) -> float:
        """The size in points, where none is given that of the standard (17.3.2.38)."""
        return self.size or 10.0


class Form(NamedTuple):
    """How a paragraph is set; lengths are points, `first` counts from `left`.

    `line` is a height where `rule` is "exact" or "atLeast", a factor where it is "auto".
    `tabs` are position, from the edge of the column, and kind. `top` and `bottom` are the
    elements of its borders, `frame` its w:framePr.
    """

    left: float
    right: float
    first: float
    align: str
    before: float
    after: float
    line: float
    rule: str
    tabs: tuple[tuple[float, str], ...]
    snap: bool
    contextual: bool
    style: str
    top: Any
    bottom: Any
    frame: Any


class Sheet:
    """The style sheet of one document.

    Args:
        styles: the root of styles.xml, None where there is none.
        numbering: the root of numbering.xml, None where there is none.
        theme: the fonts of the theme for Han characters, by "major" and "minor".
    """

    def __init__(self, styles: Any, numbering: Any, theme: dict[str, str]) -> None:
        self._theme = theme
        self._styles: dict[str | None, Any] = {}
        self._default: str | None = None
        self._numbers: dict[tuple[str, str], Said] = {}
        self._run_defaults: Said = {}
        self._paragraph_defaults: Said = {}
        if styles is not None:
            self._read_styles(styles)
        if numbering is not None:
            self._read_numbering(numbering)
        self.runs_of = cache(self._runs_of)
        self._paragraphs_of = cache(self._chain)
        self._looks: dict[tuple[Any, ...], Look] = {}
        self._forms: dict[tuple[Any, ...] | None, Form] = {}

    def look(self, properties: Any, style: str | None) -> Look:
        """Return how a run looks by its w:rPr, or None, in a paragraph of this style."""
        own = said_of_run(properties, self._theme) if properties is not None else {}
        key = (style, *own.items())
        found = self._looks.get(key)
        if found is None:
            by_style = self._chain(own["style"], "run") if "style" in own else {}
            found = _look({**self.runs_of(style), **by_style, **own})
            if len(self._looks) < 10_000:
                self._looks[key] = found
        return found

    def form(self, properties: Any, character: float, line: float) -> Form:
        """Return how a paragraph is set by its w:pPr, or None.

        Args:
            properties: its w:pPr.
            character: points of a character of the paragraph, for indents in characters.
            line: points of a line of the grid, for spaces in lines.
        """
        own = said_of_paragraph(properties) if properties is not None else {}
        key = None if _ELEMENTS & own.keys() else (character, line, *own.items())
        if key in self._forms:
            return self._forms[key]
        form = self._resolved(own, character, line)
        if key is not None and len(self._forms) < 10_000:
            self._forms[key] = form
        return form

    def _resolved(self, own: Said, character: float, line: float) -> Form:
        style = self._paragraphs_of(own.get("style", self._default), "paragraph")
        defaults = self._paragraph_defaults
        numbered = self._numbers.get(own.get("number") or style.get("number") or ("", ""), {})
        levels = (own, numbered, style) if "number" in own else (own, style, numbered)
        said: Said = {}
        tabs: dict[float, str] = {}
        for level in (defaults, *reversed(levels)):
            said.update(level)
            tabs.update(level.get("tabs", {}))
        said["tabs"] = tabs
        return _form(said, own.get("style", ""), character, line)

    def _runs_of(self, style: str | None) -> Said:
        return {**self._run_defaults, **self._chain(style or self._default, "run")}

    def _read_styles(self, styles: Any) -> None:
        for style in styles.iter(qn("w:style")):
            name = style.get(qn("w:styleId"))
            self._styles[name] = style
            is_default = style.get(qn("w:default"), "0").lower() not in _OFF
            if is_default and style.get(qn("w:type")) == "paragraph":
                self._default = name
        defaults = styles.find(qn("w:docDefaults"))
        if defaults is not None:
            runs = defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}")
            paragraphs = defaults.find(f"{qn('w:pPrDefault')}/{qn('w:pPr')}")
            if runs is not None:
                self._run_defaults = said_of_run(runs, self._theme)
            if paragraphs is not None:
                self._paragraph_defaults = said_of_paragraph(paragraphs)

    def _read_numbering(self, numbering: Any) -> None:
        levels: dict[str, list[tuple[str, Said]]] = {}
        for abstract in numbering.iter(qn("w:abstractNum")):
            found = levels.setdefault(abstract.get(qn("w:abstractNumId"), ""), [])
            for level in abstract.iter(qn("w:lvl")):
                properties = level.find(qn("w:pPr"))
                if properties is not None and len(found) < 9:
                    said = said_of_paragraph(properties)
                    found.append((level.get(qn("w:ilvl"), "0"), said))
        for one in numbering.iter(qn("w:num")):
            kind = one.find(qn("w:abstractNumId"))
            for depth, said in levels.get(_val(kind) or "", ()):
                self._numbers[(one.get(qn("w:numId"), ""), depth)] = said

    def _chain(self, name: str | None, kind: str) -> Said:
        """Return what a style says with those it is based on."""
        found: list[Said] = []
        seen: set[str | None] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            style = self._styles[name]
            properties = style.find(qn("w:rPr" if kind == "run" else "w:pPr"))
            if properties is not None:
                is_run = kind == "run"
                found.append(
                    said_of_run(properties, self._theme)
                    if is_run
                    else said_of_paragraph(properties)
                )
            name = _val(style.find(qn("w:basedOn")))
        said: Said = {}
        tabs: dict[float, str] = {}
        for level in reversed(found):
            said.update(level)
            tabs.update(level.get("tabs", {}))
        if tabs:
            said["tabs"] = tabs
        return said


def said_of_run(properties: Any, theme: dict[str, str]) -> Said:
    """Return what one w:rPr says."""
    said: Said = {}
    for child in properties:
        key = _RUN_VALUES.get(child.tag)
        if key is not None:
            value = child.get(_VAL)
            if value is not None:
                said[key] = value
        elif child.tag in _RUN_TOGGLES:
            said[_RUN_TOGGLES[child.tag]] = child.get(_VAL, "1").lower() not in _OFF
        elif child.tag == _RUN_FONTS and (font := _font(child, theme)):
            said["font"] = font
    return said


def said_of_paragraph(properties: Any) -> Said:
    """Return what one w:pPr says."""
    said: Said = {}
    for child in properties:
        tag = child.tag
        if tag in _PARAGRAPH_VALUES:
            if (value := child.get(_VAL)) is not None:
                said[_PARAGRAPH_VALUES[tag]] = value
        elif tag in _PARAGRAPH_TOGGLES:
            said[_PARAGRAPH_TOGGLES[tag]] = child.get(_VAL, "1").lower() not in _OFF
        elif tag == _IND:
            said.update(_indents(child))
        elif tag == _SPACING:
            attributes = ((key.rpartition("}")[2], value) for key, value in child.attrib.items())
            said.update((key, value) for key, value in attributes if key in _SPACES)
        elif tag == _TABS:
            stops = child.findall(qn("w:tab"))[:100]
            said["tabs"] = {twips(s.get(qn("w:pos"))): s.get(_VAL, "left") for s in stops}
        elif tag == _PBDR:
            said["top"], said["bottom"] = child.find(qn("w:top")), child.find(qn("w:bottom"))
        elif tag == _FRAMEPR:
            said["frame"] = child
        elif tag == _NUMPR:
            level = _val(child.find(qn("w:ilvl"))) or "0"
            said["number"] = (_val(child.find(qn("w:numId"))) or "", level)
    return said


def colour_of(value: str | None) -> str:
    """Return "#rrggbb" for a colour as WordprocessingML writes it; black for automatic."""
    return f"#{value.lower()}" if value and _COLOUR.fullmatch(value) else "#000000"


def is_chinese(font: str) -> bool:
    """Tell by its name whether a font has Han characters."""
    return bool(_HAN.search(font) or _CHINESE.match(font))


def _val(element: Any) -> str | None:
    found = element.get(_VAL) if element is not None else None
    return str(found) if found is not None else None


def _indents(element: Any) -> Said:
    said: Said = {}
    hanging: Said = {}
    for key, value in element.attrib.items():
        local = key.rpartition("}")[2]
        if local == "hanging":
            hanging["first"] = -twips(value)
        elif local == "hangingChars":
            hanging["firstChars"] = -number(value) / 100
        elif (name := _INDENTS.get(local)) is not None:
            said[name] = number(value) / 100 if name.endswith("Chars") else twips(value)
    return said | hanging


def _font(fonts: Any, theme: dict[str, str]) -> str:
    """Return the font for Han characters that one w:rFonts means.

    Drafters' tools that name only ascii and hAnsi mean a Chinese font for all characters.
    """
    by_theme = fonts.get(qn("w:eastAsiaTheme"), "")
    named = theme.get(by_theme[:5]) or fonts.get(qn("w:eastAsia"))
    if named:
        return str(named)
    latin = (fonts.get(qn("w:ascii"), ""), fonts.get(qn("w:hAnsi"), ""))
    return next((str(font) for font in latin if is_chinese(font)), "")


def _look(said: Said) -> Look:
    size = length(said.get("sz"), 0.5)
    return Look(
        font=said.get("font", ""),
        size=size if size > 0 else None,
        colour=colour_of(said.get("color")),
        bold=said.get("b", False),
        hidden=said.get("vanish", False),
        struck=said.get("strike", False),
        spacing=twips(said.get("spacing")),
        scale=min(max(number((said.get("w") or "").rstrip("%"), 100) / 100, 0.01), 6.0),
    )


def _form(said: Said, style: str, character: float, grid: float) -> Form:
    def indent(name: str) -> float:
        by_characters: float = said.get(f"{name}Chars", 0.0) * character
        return by_characters or said.get(name, 0.0)

    def space(name: str) -> float:
        by_lines = number(said.get(f"{name}Lines")) / 100 * (grid or 12.0)
        return max(by_lines or twips(said.get(name)), 0.0)

    rule = said.get("lineRule", "auto")
    line = twips(said.get("line"), 12.0)
    tabs = sorted((at, kind) for at, kind in said["tabs"].items() if kind not in ("clear", "bar"))
    return Form(
        left=indent("left"),
        right=indent("right"),
        first=indent("first"),
        align=said.get("jc", "left"),
        before=space("before"),
        after=space("after"),
        line=(line / 12 if rule not in ("exact", "atLeast") else abs(line)) or 1.0,
        rule=rule,
        tabs=tuple(tabs),
        snap=said.get("snap", True),
        contextual=said.get("contextual", False),
        style=style,
        top=said.get("top"),
        bottom=said.get("bottom"),
        frame=said.get("frame"),
    )
