"""Sets the blocks of a Word document one below the other: paragraphs, frames, text boxes.

`Story` counts paragraphs, pages and tables as it does for the text reader, so that both give
one place one label. Across the page everything is exact, downwards it is an estimate.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from docx.oxml.ns import qn

from markscan.document import Area, Box, Line, Place, Run
from markscan.extract.docx.column import Column, Rule, border_key, depth, gap, is_drawn, ruled
from markscan.extract.docx.drawingml import drawn
from markscan.extract.docx.grid import set_table
from markscan.extract.docx.inline import Content, Drawing, chosen
from markscan.extract.docx.measures import twips
from markscan.extract.docx.sections import Sections
from markscan.extract.docx.setting import PAGE, Measure, SetLine, Span, inked, set_lines
from markscan.extract.docx.shape import Ground, Shape, local
from markscan.extract.docx.sheet import Form, Sheet
from markscan.extract.docx.story import Story
from markscan.extract.docx.styles import is_on
from markscan.extract.docx.vml import pictured

P, TABLE = qn("w:p"), qn("w:tbl")
_PROPERTIES, _MARK, _STYLE, _VAL = qn("w:pPr"), qn("w:rPr"), qn("w:pStyle"), qn("w:val")
_NEW_PAGE, _SECTION = qn("w:pageBreakBefore"), qn("w:sectPr")
_MOST_LINES = 5_000
_LATIN, _CHINESE = 1.15, 1.3  # height of a line, in sizes of its characters


@dataclass(slots=True)
class Flow:
    """Sets one story.

    Args:
        sheet: the styles.
        sections: the pages.
        story: counts and labels.
        most_pages: what stands behind them is left out.
        tab: the distance of default tab stops, in points.
        colours: of the theme, by their names.
        cell_shift: how far a cell stands out to the left of the column, in its margins.
    """

    sheet: Sheet
    sections: Sections
    story: Story
    most_pages: int
    tab: float
    colours: dict[str, str]
    cell_shift: float
    lines: list[Line] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)

    @property
    def is_full(self) -> bool:
        """Whether all pages that are wanted have been set, or too many lines."""
        return (self.story.page or 1) > self.most_pages or len(self.lines) >= _MOST_LINES

    def page(self, column: Column) -> int:
        """Return the page that text met now stands on."""
        return column.page if column.label else self.story.page or column.page

    def blocks(self, element: Any, column: Column) -> None:
        """Set the paragraphs and tables that are children of an element."""
        for each in element:
            if self.is_full:
                return
            if each.tag == P:
                self._paragraph(each, column)
            elif each.tag == TABLE:
                set_table(self, each, column)
            elif local(each) == "AlternateContent":
                self._alternatives(each, column)
            elif isinstance(each.tag, str) and not each.tag.endswith("Pr"):
                self.blocks(each, column)

    def finish(self, column: Column) -> None:
        """Draw what waited for a next paragraph."""
        self.finish_border(column)
        if column.frame is not None:
            self.finish(column.frame[1])

    def _alternatives(self, element: Any, column: Column) -> None:
        shown = chosen(element)
        for branch in element:
            if branch is shown:
                self.blocks(branch, column)
            elif not column.label and local(branch) in ("Choice", "Fallback"):
                for _ in range(sum(1 for _ in branch.iter(P))):
                    self.story.start_paragraph()

    # Paragraphs.

    def _paragraph(self, element: Any, column: Column) -> None:
        story = None if column.label else self.story
        properties = element.find(_PROPERTIES)
        if story is not None:
            story.start_paragraph()
            before = properties.find(_NEW_PAGE) if properties is not None else None
            if before is not None and is_on(before.get(_VAL)):
                story.note_page()
        style = properties.find(_STYLE) if properties is not None else None
        name = style.get(_VAL) if style is not None else None
        mark_set = properties.find(_MARK) if properties is not None else None
        mark = self.sheet.look(mark_set, name)
        page = self.page(column)
        content = Content(self.sheet, name, story, page)
        content.read(element, self.sheet.look(None, name))
        section = self.sections.current
        character = (content.height or mark.height) + section.character
        form = self.sheet.form(properties, character, section.line)
        frame = self._frame(form, column)
        target = column if frame is None else frame
        if content.pieces and content.pieces[0].text != PAGE:
            page = content.pieces[0].page
        self._turn(target, page)
        pitch = section.character if form.snap else 0.0
        measure = Measure(target.right - target.left, self.tab, pitch)
        lines = set_lines(content.pieces, form, measure, mark, page)
        self._set(lines, form, measure, target, content)
        if story is not None and properties is not None:
            self._end_section(properties, column)

    def _end_section(self, properties: Any, column: Column) -> None:
        if properties.find(_SECTION) is not None and column.area is Area.BODY:
            self.story.end_section()
            self.sections.end()
            column.left, column.right = self.sections.columns(self.story.page or 1)

    def _turn(self, column: Column, page: int) -> None:
        if page != column.page:
            area, last = self.sections.area(page), self.sections.area(column.page)
            if self.sections.mirrors:
                column.left += area.left - last.left
                column.right += area.left - last.left
            column.page, column.y, column.before = page, area.top, None

    def _set(
        self, lines: list[SetLine], form: Form, measure: Measure, column: Column, content: Content
    ) -> None:
        """Place the lines of a paragraph, its borders, and what floats beside it."""
        self._space(form, column)
        self._open_border(form, column)
        start, top, page = len(self.lines), column.y, column.page
        room: list[tuple[float, float]] = []
        for line in lines:
            self._turn(column, line.page)
            height = self._height(line, form)
            ink = column.y + (height - line.size) / (1 if line.height else 2)
            room += [(column.left + s.left, column.y) for s in line.spans if not s.text]
            if line.page <= self.most_pages:
                self._emit(inked(line.spans, measure), ink, line.size, column)
            column.y += height
        self._close_border(form, column)
        column.y += form.after
        column.before = form
        if content.drawings:
            self._draw(content.drawings, room, start, (top, page), column)

    def _space(self, form: Form, column: Column) -> None:
        before = column.before
        if form.contextual and before is not None and before.style == form.style:
            column.y -= before.after if before.contextual else 0.0
        else:
            column.y += form.before

    def _height(self, line: SetLine, form: Form) -> float:
        if form.rule == "exact":
            return form.line
        height = line.size * (_CHINESE if line.wide else _LATIN)
        grid = self.sections.current.line if form.snap else 0.0
        if grid:
            height = math.ceil(height / grid - 0.01) * grid
        height = max(height, form.line) if form.rule == "atLeast" else height * form.line
        return max(height, line.height)

    def _emit(
        self, stretches: list[tuple[Span, ...]], top: float, size: float, column: Column
    ) -> None:
        for stretch in stretches:
            if len(self.lines) >= _MOST_LINES:
                return
            left, right = column.left + stretch[0].left, column.left + stretch[-1].right
            box = _box(left, top, right, top + size)
            place = self._place(column, box)
            if len(stretch) == 1:
                (span,) = stretch
                run = _set(span, place)
                self.lines.append(Line(span.text, place, box, (run,)))
                continue
            runs = tuple(_run(span, place, column.left, box.bottom) for span in stretch)
            self.lines.append(Line("".join(run.text for run in runs), place, box, runs))

    def _place(self, column: Column, box: Box) -> Place:
        story, area = self.story, column.area
        if area is Area.BODY and story.row is not None:
            area = Area.CELL
        return Place(area, column.page, column.label or story.here(), box, story.number)

    # Borders.

    def _open_border(self, form: Form, column: Column) -> None:
        if column.border is not None and column.border[0] == border_key(form):
            column.y -= depth(form.bottom)
            column.border = None
            return
        self.finish_border(column)
        if is_drawn(form.top) and column.page <= self.most_pages:
            self.rules.append(ruled(form.top, form, column, column.y))
        column.y += depth(form.top)

    def _close_border(self, form: Form, column: Column) -> None:
        if is_drawn(form.bottom) and column.page <= self.most_pages:
            rule = ruled(form.bottom, form, column, column.y + gap(form.bottom))
            column.border = (border_key(form), rule)
        column.y += depth(form.bottom)

    def finish_border(self, column: Column) -> None:
        """Draw the lower border that waited for a paragraph of the same borders."""
        if column.border is not None:
            self.rules.append(column.border[1])
            column.border = None

    # Frames and shapes.

    def _frame(self, form: Form, column: Column) -> Column | None:
        """Return what a paragraph with w:framePr is set in (17.3.1.11), None without one."""
        said = form.frame
        if said is None or said.get(qn("w:dropCap"), "none") != "none" or column.label:
            if column.frame is not None:
                self.finish(column.frame[1])
                column.frame = None
            return None
        key = repr(sorted(said.attrib.items()))
        if column.frame is not None and column.frame[0] == key:
            return column.frame[1]
        area = self.sections.area(column.page)
        section = self.sections.of(column.page)
        across = {"page": (0.0, section.width), "margin": (area.left, area.right)}
        start, end = across.get(said.get(qn("w:hAnchor"), "text"), (column.left, column.right))
        width = twips(said.get(qn("w:w"))) or column.right - column.left
        left = start + twips(said.get(qn("w:x")))
        how = said.get(qn("w:xAlign"))
        if how == "center":
            left = (start + end - width) / 2
        elif how in ("right", "outside"):
            left = end - width
        down = {"page": (0.0, section.height), "margin": (area.top, area.bottom)}
        upper, lower = down.get(said.get(qn("w:vAnchor"), "text"), (column.y, column.y))
        top = upper + twips(said.get(qn("w:y")))
        if said.get(qn("w:yAlign")) == "bottom":
            top = lower - twips(said.get(qn("w:h")), 20.0)
        kind = Area.TEXTBOX if column.area is Area.BODY else column.area
        frame = Column(left, left + width, top, column.page, kind)
        column.frame = (key, frame)
        return frame

    def _draw(
        self,
        drawings: list[Drawing],
        room: list[tuple[float, float]],
        start: int,
        anchor: tuple[float, int],
        column: Column,
    ) -> None:
        """Set the shapes of a paragraph: those above its first line before that."""
        places = iter(room)
        above: list[Line] = []
        own = self.lines[start:]
        del self.lines[start:]
        below: list[Line] = []
        for drawing in drawings:
            page = drawing.page
            top = anchor[0] if page == anchor[1] else self.sections.area(page).top
            x, y = next(places, (column.left, top)) if drawing.is_inline else (column.left, top)
            if page > self.most_pages:
                continue
            for shape in self._shapes(drawing.element, page, x, y, column):
                found = self._shape(shape, page, column)
                (above if found and found[0].box.top < top else below).extend(found)
        self.lines += [*above, *own, *below]

    def _shapes(
        self, element: Any, page: int, x: float, y: float, column: Column
    ) -> Iterator[Shape]:
        section, area = self.sections.of(page), self.sections.area(page)
        ground = Ground(section.width, section.height, area, column.left, column.right, x, y, page)
        if local(element) == "drawing":
            return drawn(element, ground, self.colours)
        return pictured(element, ground)

    def _shape(self, shape: Shape, page: int, column: Column) -> list[Line]:
        if shape.is_line:
            self.rules.append(Rule(page, shape.box, shape.colour, shape.double))
            return []
        if shape.art:
            kind = "watermark" if self.story.is_marginal or shape.is_named else "wordart"
            label = column.label or self.story.here(kind)
            place = Place(Area.TEXTBOX, page, label, shape.box, self.story.number)
            run = Run(shape.art, place, shape.font, None, shape.colour)
            return [Line(shape.art, place, shape.box, (run,))]
        is_watermark = shape.is_named or (self.story.is_marginal and shape.is_slanted)
        label = column.label or self.story.here("watermark" if is_watermark else "textbox")
        room = shape.room
        box = Column(room.left, max(room.right, room.left + 1), room.top, page, Area.TEXTBOX, label)
        start = len(self.lines)
        self.blocks(shape.content, box)
        self.finish(box)
        found = self.lines[start:]
        del self.lines[start:]
        spare = max(room.bottom - box.y, 0.0)
        shift = {"ctr": spare / 2, "b": spare}.get(shape.anchor, 0.0)
        return [lowered(line, shift) for line in found] if shift else found


def lowered(line: Line, shift: float) -> Line:
    """Return a line so many points further down."""

    def moved(place: Place) -> Place:
        return place._replace(box=_lower(place.box, shift) if place.box else None)

    runs = tuple(replace(run, place=moved(run.place)) for run in line.runs)
    return replace(line, box=_lower(line.box, shift), place=moved(line.place), runs=runs)


def _run(span: Span, place: Place, edge: float, bottom: float) -> Run:
    """Return the run of a span that stands on `bottom` in a column that begins at `edge`."""
    look = span.look
    box = _box(edge + span.left, bottom - look.height, edge + span.right, bottom)
    place = place._replace(box=box)
    return _set(span, place)


def _set(span: Span, place: Place) -> Run:
    look = span.look
    return Run(span.text, place, look.font, look.size, look.colour, look.bold, look.struck)


def _lower(box: Box, shift: float) -> Box:
    return _box(box.left, box.top + shift, box.right, box.bottom + shift)


def _box(left: float, top: float, right: float, bottom: float) -> Box:
    return Box(round(left, 2), round(top, 2), round(right, 2), round(bottom, 2))
