"""The thorough reader of WordprocessingML: every construct, any prefix, any depth.

Which element goes where stands in `names`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from markscan.document import Area, Part
from markscan.extract.docx.fields import spoken, symbol
from markscan.extract.docx.names import (
    CHARACTERS,
    LOOKS,
    WORD,
    counter,
    end_method,
    is_word,
    start_method,
)
from markscan.extract.docx.open import Alternatives, DropDown, OpenParagraph, OpenRun
from markscan.extract.docx.story import Story
from markscan.extract.docx.styles import PLAIN, Styles, change_look, is_on, is_shade
from markscan.extract.docx.watermark import is_named, is_slanted
from markscan.extract.markup import by_local_name, stream_events

_Attributes = dict[str, str]

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


class Walker:
    """Feeds one XML part to a `Story`.

    Args:
        story: takes what is found.
        styles: tells which styles hide.
        coloured_ground: whether the page itself is coloured, so that white text shows.
    """

    def __init__(self, story: Story, styles: Styles, coloured_ground: bool = False) -> None:
        self.root = ""  # name of the first element, "namespace local"
        self.has_doctype = False
        self.has_unbound = False  # a prefix without a namespace: taken for Word's
        self._bindings: dict[str, str] = {}
        self._story = story
        self._styles = styles
        self._coloured_ground = coloured_ground
        self._paragraphs = [OpenParagraph()]  # the first takes text outside all paragraphs
        self._runs: list[OpenRun] = []
        self._boxes: list[list[str]] = []
        self._is_watermark = False  # the drawing that is open
        self._alternatives = Alternatives()
        self._sink: list[str] | None = None
        self._depth = dict.fromkeys(("pPr", "rPr", "silent", "deleted", "rt"), 0)
        self._said_once: set[tuple[str, str]] = set()
        self._list = DropDown()
        self._starts: dict[str, Callable[[_Attributes], None] | None] = {}
        self._ends: dict[str, Callable[[], None] | None] = {}

    def walk(self, data: bytes, spaces: dict[str, str] | None) -> Iterator[Part]:
        """Yield the parts of UTF-8 XML; `finish` yields those still open at an error.

        Args:
            data: the XML.
            spaces: what its prefixes mean, None where that changes.

        Raises:
            MarkupError: the XML is broken; what came before has been yielded.
            LimitExceeded: it has too many paragraphs.
        """
        self._bindings = spaces or {}
        steps = stream_events(
            data, self._start, self._end, self._characters, as_written=spaces is not None
        )
        for has_doctype in steps:
            self.has_doctype = has_doctype
            yield from self._story.drain()

    def finish(self, rest: Iterator[str] | tuple[str, ...] = ()) -> Iterator[Part]:
        """Close what is open, then yield `rest` as paragraphs."""
        while len(self._paragraphs) > 1:
            self._end_p()
        while self._boxes:
            self._end_box()
        self._story.close_tables()
        if self._paragraphs[0].visible:
            self._story.paragraph("".join(self._paragraphs[0].visible), self._story.page)
        self._aside(self._paragraphs[0])
        for text in rest:
            self._story.start_paragraph()
            self._story.paragraph(text, self._story.begin_text())
            yield from self._story.drain()
        yield from self._story.drain()

    # Events.

    def _start(self, name: str, attributes: _Attributes) -> None:
        try:
            handler = self._starts[name]
        except KeyError:
            handler = self._starts[name] = self._find_start(self._expand(name))
        if handler is not None:
            handler(attributes)

    def _end(self, name: str) -> None:
        try:
            handler = self._ends[name]
        except KeyError:
            expanded = self._expand(name)
            method = end_method(expanded)
            handler = getattr(self, method) if method else self._leave(expanded)
            self._ends[name] = handler
        if handler is not None:
            handler()

    def _characters(self, data: str) -> None:
        sink = self._sink
        if sink is not None:
            paragraph = self._paragraphs[-1]
            if paragraph.page is None and sink is not paragraph.fields:
                paragraph.page = self._story.begin_text()
            sink.append(data)

    def _expand(self, name: str) -> str:
        """Return a name as "namespace local"."""
        if " " in name or not self._bindings:
            return name
        prefix, _, local = name.rpartition(":")
        space = self._bindings.get(prefix)
        if space is None:
            self.has_unbound = True
            space = WORD
        return f"{space} {local}"

    def _find_start(self, name: str) -> Callable[[_Attributes], None] | None:
        if not self.root:
            self.root = name
        local = name.rpartition(" ")[2]
        if is_word(name):
            if depth := counter(local):
                return lambda _attributes: self._count(depth, 1)
            if local in LOOKS:
                return lambda attributes: self._change_look(local, attributes)
            if local in CHARACTERS:
                return lambda _attributes: self._choose().append(CHARACTERS[local])
        method = start_method(name)
        return getattr(self, method) if method else None

    def _leave(self, name: str) -> Callable[[], None] | None:
        depth = counter(name.rpartition(" ")[2]) if is_word(name) else ""
        return (lambda: self._count(depth, -1)) if depth else None

    def _count(self, depth: str, step: int) -> None:
        self._depth[depth] += step

    # Text.

    def _choose(self) -> list[str]:
        """Return the list that takes text standing here."""
        paragraph = self._paragraphs[-1]
        if self._depth["rt"]:
            return paragraph.ruby
        if self._depth["deleted"]:
            return paragraph.deleted
        return paragraph.hidden if self._is_hidden(paragraph) else paragraph.visible

    def _is_hidden(self, paragraph: OpenParagraph) -> bool:
        if not self._runs:
            return False
        run = self._runs[-1]
        if run.hidden is None:
            base = self._styles.default if paragraph.look is None else paragraph.look
            look = run.look
            for under in (run.style, base, self._styles.base):
                if under is not None and under is not PLAIN:
                    look = look.over(under)
            run.hidden = look is not PLAIN and look.hides(
                self._coloured_ground
                or bool(self._boxes)
                or paragraph.shaded
                or self._story.in_shaded_table
            )
        return run.hidden

    def _start_t(self, _attributes: _Attributes) -> None:
        self._sink = self._choose()

    def _start_deleted_text(self, _attributes: _Attributes) -> None:
        self._sink = self._paragraphs[-1].deleted

    def _start_instruction(self, _attributes: _Attributes) -> None:
        self._sink = self._paragraphs[-1].fields

    def _end_text(self) -> None:
        self._sink = None

    def _tab(self, attributes: _Attributes) -> None:
        if not attributes:  # a tab stop has some
            self._choose().append("\t")

    def _break(self, attributes: _Attributes) -> None:
        if "page" in attributes.values() and not self._boxes:
            self._story.break_page()
        self._choose().append("\n")

    def _symbol(self, attributes: _Attributes) -> None:
        said = by_local_name(attributes)
        self._sink, keep = self._choose(), self._sink
        self._characters(symbol(said.get("font", ""), said.get("char", "")))
        self._sink = keep

    def _field_mark(self, _attributes: _Attributes) -> None:
        self._paragraphs[-1].fields.append("\n")

    def _simple_field(self, attributes: _Attributes) -> None:
        self._paragraphs[-1].fields.append("\n" + by_local_name(attributes).get("instr", "") + "\n")

    def _start_list(self, _attributes: _Attributes) -> None:
        self._list.clear()

    def _list_entry(self, attributes: _Attributes) -> None:
        self._list.add(attributes)

    def _list_result(self, attributes: _Attributes) -> None:
        self._list.choose(attributes)

    def _end_list(self) -> None:
        self._choose().append(self._list.result())

    # Properties.

    def _is_live(self) -> bool:
        return not self._depth["silent"]

    def _start_r(self, _attributes: _Attributes) -> None:
        self._runs.append(OpenRun())

    def _end_r(self) -> None:
        if self._runs:
            self._runs.pop()

    def _change_look(self, local: str, attributes: _Attributes) -> None:
        depth = self._depth
        if self._runs and depth["rPr"] and not depth["pPr"] and self._is_live():
            run = self._runs[-1]
            run.look = change_look(run.look, local, by_local_name(attributes))
            run.hidden = None

    def _run_style(self, attributes: _Attributes) -> None:
        if self._runs and not self._depth["pPr"] and self._is_live():
            name = by_local_name(attributes).get("val", "")
            self._runs[-1].style = self._styles.looks.get(name)

    def _paragraph_style(self, attributes: _Attributes) -> None:
        if self._is_live():
            name = by_local_name(attributes).get("val", "")
            self._paragraphs[-1].look = self._styles.looks.get(name, PLAIN)

    def _table_style(self, attributes: _Attributes) -> None:
        if by_local_name(attributes).get("val", "") in self._styles.shaded_tables:
            self._story.shade_table()

    def _shade(self, attributes: _Attributes) -> None:
        if not self._is_live() or not is_shade(said := by_local_name(attributes)):
            return
        if self._depth["pPr"]:
            self._paragraphs[-1].shaded = True
        elif self._depth["rPr"]:
            self._change_look("shd", said)
        else:
            self._story.shade_table()

    def _page_before(self, attributes: _Attributes) -> None:
        if self._is_live() and not self._boxes and is_on(by_local_name(attributes).get("val")):
            self._story.note_page()

    def _noted_page(self, _attributes: _Attributes) -> None:
        if not self._boxes:
            self._story.note_page()

    def _section(self, _attributes: _Attributes) -> None:
        if self._depth["pPr"] and self._is_live() and not self._boxes:
            self._paragraphs[-1].ends_section = True

    # Paragraphs, tables, boxes.

    def _start_p(self, _attributes: _Attributes) -> None:
        if self._boxes:
            self._story.start_box_paragraph()
        else:
            self._story.start_paragraph()
        self._paragraphs.append(OpenParagraph())

    def _end_p(self) -> None:
        if len(self._paragraphs) < 2:
            return
        paragraph = self._paragraphs.pop()
        text = "".join(paragraph.visible)
        if self._boxes:
            self._boxes[-1].append(text)
        elif not (
            self._alternatives.stand_in(self._paragraphs[-1]) and self._alternatives.repeat(text)
        ):
            self._story.paragraph(text, paragraph.page)
        self._aside(paragraph)
        if paragraph.ends_section:
            self._story.end_section()

    def _aside(self, paragraph: OpenParagraph) -> None:
        """Hand on what the paragraph holds beside its visible text."""
        here = self._story.here
        if paragraph.hidden:
            self._add("".join(paragraph.hidden), Area.HIDDEN, here())
        if paragraph.deleted:
            self._add("".join(paragraph.deleted), Area.DELETED, here())
        if paragraph.ruby and _HAN.search(text := "".join(paragraph.ruby)):
            self._add(text, Area.NOTE, here("ruby"))
        if paragraph.fields:
            self._add(spoken("".join(paragraph.fields)), Area.HIDDEN, here("field"))

    def _add(self, text: str, area: Area, label: str) -> None:
        if text and not self._alternatives.repeat(text):
            self._story.add(text, area, label)

    def _add_once(self, text: str, area: Area, label: str, *, kind: str) -> None:
        """Add what the story says in several elements, such as one picture's two alts."""
        if text and (kind, text) not in self._said_once:
            self._said_once.add((kind, text))
            self._add(text, area, label)

    def _start_box(self, _attributes: _Attributes) -> None:
        self._boxes.append([])

    def _end_box(self) -> None:
        if self._boxes:
            text = "\n".join(self._boxes.pop()).strip("\n")
            kind = "watermark" if self._is_watermark else "textbox"
            self._add(text, Area.TEXTBOX, self._story.here(kind))

    def _start_tbl(self, _attributes: _Attributes) -> None:
        if not self._boxes:
            self._story.start_table()

    def _start_tr(self, _attributes: _Attributes) -> None:
        if not self._boxes:
            self._story.start_row()

    def _start_tc(self, _attributes: _Attributes) -> None:
        if not self._boxes:
            self._story.start_cell()

    def _end_tc(self) -> None:
        if not self._boxes:
            self._story.end_cell()

    def _end_tbl(self) -> None:
        if not self._boxes:
            self._story.end_table()

    # Things that say their text in attributes.

    def _art(self, attributes: _Attributes) -> None:
        kind = "watermark" if self._is_watermark or self._story.is_marginal else "wordart"
        self._add(attributes.get("string", ""), Area.TEXTBOX, self._story.here(kind))

    def _start_drawing(self, _attributes: _Attributes) -> None:
        self._is_watermark = False

    def _drawing(self, attributes: _Attributes) -> None:
        if is_named(attributes) or (self._story.is_marginal and is_slanted(attributes)):
            self._is_watermark = True
        for key in ("title", "descr", "alt"):
            text = attributes.get(key, "")
            self._add_once(text, Area.HIDDEN, self._story.here("alt"), kind="alt")

    def _table_words(self, attributes: _Attributes) -> None:
        text = by_local_name(attributes).get("val", "")
        self._add_once(text, Area.HIDDEN, self._story.here("alt"), kind="alt")

    def _author(self, attributes: _Attributes) -> None:
        text = by_local_name(attributes).get("author", "")
        self._add_once(text, Area.PROPERTY, "comment author", kind="author")

    def _end_drawn_paragraph(self) -> None:
        if self._paragraphs[-1].visible:
            self._paragraphs[-1].visible.append("\n")

    def _start_alternatives(self, _attributes: _Attributes) -> None:
        self._alternatives.start(self._paragraphs[-1])

    def _end_alternatives(self) -> None:
        self._alternatives.end()

    def _start_branch(self, _attributes: _Attributes) -> None:
        self._alternatives.start_branch()

    def _end_branch(self) -> None:
        self._alternatives.end_branch()
