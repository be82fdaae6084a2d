"""Pages, masters, headers and shapes of OpenDocument XML.

OASIS OpenDocument 1.3 part 3: bodies 3.4 to 3.8, shapes 10, presentations 11, masters 16.9.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from markscan.document import Area, Box
from markscan.extract.ground import Ground
from markscan.extract.odf.frames import Frame
from markscan.extract.odf.state import Attributes, FinishedPage, Master, State
from markscan.extract.odf.styles import CLEAR, UNKNOWN, points
from markscan.extract.page_pictures import is_large

_FOOT = frozenset(("footer", "date-time", "page-number"))
# Names that programs give by themselves: "Image1", "文本框 3".
_GIVEN_NAME = re.compile(r"[\x00-\x7f]*|[^★☆\d]{1,40} ?\d+")
_MOST_PICTURES = 1000
_UNSHOWN = ("none", "printer")


# Bodies.


def _start_body(state: State, _attributes: Attributes) -> None:
    state.has_body = True


def _start_text(state: State, attributes: Attributes) -> None:
    if attributes.get("text:use-soft-page-breaks") == "true":
        state.story.page = 1


def _start_sheets(state: State, _attributes: Attributes) -> None:
    state.is_sheet = True


def _start_chart(state: State, _attributes: Attributes) -> None:
    state.story.frames[0].area = Area.TEXTBOX


def _start_slides(state: State, _attributes: Attributes) -> None:
    state.pages.word = "slide"


# Masters and their headers.


def _start_master(state: State, attributes: Attributes) -> None:
    styles = state.story.styles
    layout = attributes.get("style:page-layout-name") or attributes.get(
        "style:page-master-name", ""
    )
    width = points(styles.get("page-layout", layout, "fo:page-width"))
    height = points(styles.get("page-layout", layout, "fo:page-height"))
    ground = styles.ground("page-layout", layout)
    drawn = styles.ground("drawing-page", attributes.get("draw:style-name", ""))
    master = Master(
        attributes.get("style:name", ""),
        (width, height) if width and height else None,
        Ground(_colour(drawn if drawn not in (None, CLEAR) else ground)),
    )
    state.pages.masters[master.name] = state.pages.master = master
    state.story.push(Frame(Area.TEXTBOX, master.name or "master", []))
    if master.ground.colour != "ffffff":
        state.story.ground = Ground(None)  # which pages of a text are coloured is not known


def _colour(ground: str | None) -> str | None:
    if ground is None or ground == CLEAR:
        return "ffffff"
    return None if ground == UNKNOWN else ground


def _end_master(state: State) -> None:
    state.pages.master = None
    state.story.pop()


def _start_header(word: str, state: State, attributes: Attributes) -> None:
    master = state.pages.master
    state.hide(attributes.get("style:display") == "false")
    area = Area.HEADER if word.startswith("header") else Area.FOOTER
    name = master.name if master else ""
    state.story.push(Frame(area, f"{name} {word}".strip(), []))


def _end_header(state: State) -> None:
    state.story.pop()
    state.end_hiding()


# Pages.


def _start_page(state: State, attributes: Attributes) -> None:
    pages, story = state.pages, state.story
    pages.number += 1
    pages.is_open = True
    pages.pictures = []
    master = pages.masters.get(attributes.get("draw:master-page-name", "")) or Master()
    style = attributes.get("draw:style-name", "")
    own = story.styles.ground("drawing-page", style)
    colour = _colour(own) if own not in (None, CLEAR) else master.ground.colour
    ground = Ground(colour, list(master.ground.covers))
    story.start_page(pages.number, master.size, ground)
    visibility = story.styles.get("drawing-page", style, "presentation:visibility")
    state.hide(visibility == "hidden")
    story.push(Frame(Area.TEXTBOX, f"{pages.word or 'page'} {pages.number}", []))
    story.has_text = False
    name = attributes.get("draw:name", "")
    if not _GIVEN_NAME.fullmatch(name):
        story.aside(name, "name")


def _end_page(state: State) -> None:
    story, pages = state.story, state.pages
    story.pop()
    is_hidden = story.hidden > 0
    state.end_hiding()
    pages.is_open = False
    large = [
        link for link, box in pages.pictures
        if story.size is None or is_large(box, *story.size)
    ]  # fmt: skip
    if not is_hidden and (large or story.has_text):
        pages.finished.append(FinishedPage(pages.number, large, story.has_text))
    story.end_page()


def _start_notes(state: State, _attributes: Attributes) -> None:
    pages = state.pages
    pages.in_notes = True
    label = pages.master.name if pages.master is not None else str(pages.number)
    state.story.push(Frame(Area.NOTE, f"notes {label}", []))


def _end_notes(state: State) -> None:
    state.pages.in_notes = False
    state.story.pop()


def _start_declared(area: Area, state: State, attributes: Attributes) -> None:
    state.take(partial(_give_declared, state, area))


def _give_declared(state: State, area: Area, text: str) -> None:
    state.story.add(text, area, "slides")


# Shapes.


def _start_shape(kind: str, state: State, attributes: Attributes) -> None:
    story, pages = state.story, state.pages
    style = attributes.get("draw:style-name", "")
    own = "graphic" if style else "presentation"
    style = style or attributes.get("presentation:style-name", "")
    ground = story.styles.ground(own, style)
    if ground is None and kind not in ("frame", "control"):
        ground = UNKNOWN  # filled, unless it says otherwise
    is_placed = pages.is_open and not pages.in_notes
    box = _box(attributes) if is_placed or pages.master is not None else None
    area = _area(state, attributes)
    shown = attributes.get("drawooo:display") or attributes.get("draw:display", "always")
    frame = Frame(
        area,
        story.place("" if pages.is_open else "textbox"),
        [],
        story.styles.look("paragraph", attributes.get("draw:text-style-name", "")),
        ground,
        box if is_placed else None,
        is_away=shown in _UNSHOWN or (is_placed and story.is_beside(box)),
    )
    story.push(frame)
    name = attributes.get("draw:name", "")
    if not _GIVEN_NAME.fullmatch(name):
        story.aside(name, "name")


def _area(state: State, attributes: Attributes) -> Area:
    """Return where the text of a shape stands, by its class (ODF part 3, 19.389)."""
    pages = state.pages
    outer = state.story.frames[-1].area
    kind = attributes.get("presentation:class", "")
    if outer in (Area.DELETED, Area.HIDDEN):
        return outer
    if pages.master is not None and (outer is Area.TEXTBOX or pages.in_notes):
        return Area.HIDDEN if kind else Area.TEXTBOX  # a prompt, or what slides may repeat
    if attributes.get("presentation:placeholder") == "true":
        return Area.HIDDEN
    if kind == "header":
        return Area.HEADER
    if kind in _FOOT:
        return Area.FOOTER
    if pages.in_notes:
        return Area.NOTE
    return Area.BODY if kind else Area.TEXTBOX


def _end_shape(state: State) -> None:
    story, pages = state.story, state.pages
    if len(story.frames) < 2:
        return
    frame = story.pop()
    if frame.is_picture or frame.ground not in (None, CLEAR):
        ground = pages.master.ground if pages.master is not None else story.ground
        if pages.is_open or pages.master is not None:
            ground.cover(frame.box)


def _box(attributes: Attributes) -> Box | None:
    sides = [points(attributes.get(f"svg:{side}", "")) for side in ("x", "y", "width", "height")]
    x, y, width, height = sides
    if x is None or y is None or width is None or height is None or "draw:transform" in attributes:
        return None
    return Box(x, y, x + width, y + height)


def _image(state: State, attributes: Attributes) -> None:
    pages, frame = state.pages, state.story.frames[-1]
    frame.is_picture = True
    link = attributes.get("xlink:href", "")
    if frame.is_object:  # a view of what is read elsewhere
        return
    if pages.is_open and not pages.in_notes and len(pages.pictures) < _MOST_PICTURES:
        pages.pictures.append((link, frame.box))
    if "://" in link:
        state.story.aside(link, "link")


def _object(state: State, _attributes: Attributes) -> None:
    state.story.frames[-1].is_object = True


def _start_words(state: State, _attributes: Attributes) -> None:
    state.take(lambda text: state.story.aside(text, "alt"))


def _end_words(state: State) -> None:
    state.end_words()


_DRAWN = (
    "frame", "custom-shape", "rect", "ellipse", "circle", "line", "polyline", "polygon",
    "regular-polygon", "path", "connector", "caption", "measure", "control",
)  # fmt: skip
_HEADERS = ("header", "header-left", "header-first", "footer", "footer-left", "footer-first")
_WORDS = ("svg:title", "svg:desc", "table:title", "table:desc")

STARTS: dict[str, Callable[[State, Attributes], None]] = {
    "office:body": _start_body,
    "office:text": _start_text,
    "office:spreadsheet": _start_sheets,
    "office:chart": _start_chart,
    "office:presentation": _start_slides,
    "style:master-page": _start_master,
    "style:handout-master": _start_master,
    "draw:page": _start_page,
    "presentation:notes": _start_notes,
    "presentation:header-decl": partial(_start_declared, Area.HEADER),
    "presentation:footer-decl": partial(_start_declared, Area.FOOTER),
    "presentation:date-time-decl": partial(_start_declared, Area.FOOTER),
    "draw:image": _image,
    "draw:object": _object,
    **{f"draw:{name}": partial(_start_shape, name) for name in _DRAWN},
    **{f"style:{name}": partial(_start_header, name) for name in _HEADERS},
    **{f"loext:{name}": partial(_start_header, name) for name in _HEADERS},
    **dict.fromkeys(_WORDS, _start_words),
}
ENDS: dict[str, Callable[[State], None]] = {
    "style:master-page": _end_master,
    "style:handout-master": _end_master,
    "draw:page": _end_page,
    "presentation:notes": _end_notes,
    "presentation:header-decl": _end_words,
    "presentation:footer-decl": _end_words,
    "presentation:date-time-decl": _end_words,
    **{f"draw:{name}": _end_shape for name in _DRAWN},
    **{f"style:{name}": _end_header for name in _HEADERS},
    **{f"loext:{name}": _end_header for name in _HEADERS},
    **dict.fromkeys(_WORDS, _end_words),
}
