"""Where the lines of a page say that its text begins and ends."""

from __future__ import annotations

import pytest

from markscan.document import Area, Box, Layout, Line, Page, Place, Run
from markscan.match.typearea import type_area

WIDTH, HEIGHT = 595.3, 841.9
LEFT, RIGHT = 79.4, 521.6
NAMED = Box(79.4, 104.9, 521.6, 742.7)


def line(
    left: float, right: float, top: float, size: float = 16, page: int = 1, text: str = "正文"
) -> Line:
    box = Box(left, top, right, top + size)
    place = Place(Area.BODY, page, box=box)
    return Line(text, place, box, (Run(text, place, "仿宋", size),))


def full(top: float, page: int = 1) -> Line:
    return line(LEFT, RIGHT, top, page=page)


def first(top: float, right: float = RIGHT) -> Line:
    return line(LEFT + 32, right, top)


def short(top: float) -> Line:
    return line(LEFT, 250, top)


def area(*lines: Line, page: int = 1, pages: int = 1, named: Box | None = None) -> Box | None:
    sheets = tuple(Page(number, WIDTH, HEIGHT, named) for number in range(1, pages + 1))
    return type_area(Layout(sheets, lines), page)


def test_a_named_area_is_the_type_area():
    assert area(named=NAMED) == NAMED


@pytest.mark.parametrize(
    "lines",
    [
        (first(400), full(428), full(456), short(484)),
        (first(400), short(428), first(456), short(484)),
        (full(400), full(428)),
        (first(400), line(LEFT, RIGHT - 14, 428), line(LEFT, RIGHT - 2, 456), full(484)),
        (line(60, 560, 350, 36), first(400), full(428), full(456)),
        (line(140, 460, 350, 22), first(400), short(428), first(456), short(484)),
    ],
    ids=["paragraph", "two of two lines", "two lines", "ragged", "wide heading", "title"],
)
def test_lines_that_fill_the_width_and_those_after_them_tell_the_sides(lines):
    found = area(line(LEFT, 160, 110), *lines)
    assert found is not None
    assert (found.left, found.right) == (pytest.approx(LEFT), pytest.approx(RIGHT, abs=3))
    assert (found.top, found.bottom) == (110, max(line.box.bottom for line in lines))


def test_a_marking_beside_the_text_changes_nothing():
    found = area(line(40, 120, 110), first(400), full(428), full(456), short(484))
    assert found is not None and found.left == pytest.approx(LEFT)


def test_running_heads_and_page_numbers_lie_outside():
    head = line(200, 400, 40, 10, text="内部刊物")
    number = line(480, 520, 790, 14, text="— 1 —")
    found = area(head, line(LEFT, 160, 110), first(400), full(428), full(456), number)
    assert found is not None and (found.top, found.bottom) == (110, 472)


def test_a_page_of_few_lines_takes_its_sides_from_the_others():
    lines = (line(LEFT, 200, 110), full(110, 2), full(138, 2), full(166, 2))
    found = area(*lines, pages=2)
    assert found is not None and (found.left, found.right) == (LEFT, RIGHT)
    assert found.top == 110


@pytest.mark.parametrize(
    "lines",
    [
        (),
        (line(LEFT, 160, 110), line(LEFT, 200, 138)),
        (full(400),),
        (line(LEFT, 300, 400), line(LEFT, 240, 428), line(LEFT, 200, 456)),
        (first(400), first(428), first(456)),
        (first(400), line(200, 260, 700)),
    ],
    ids=["nothing", "short lines", "one line", "a list", "indented lines only", "far apart"],
)
def test_too_little_tells_nothing(lines):
    assert area(*lines) is None


def test_a_page_that_is_not_there_has_none():
    assert area(first(400), full(428), full(456), page=7) is None


def test_slanted_text_and_watermarks_tell_nothing():
    place = Place(Area.TEXTBOX, 1, "Watermark")
    box = Box(LEFT, 100, RIGHT, 116)
    mark = Line("机密", place, box, (Run("机密", place, "", 16),))
    slanted = Line("机密", Place(Area.BODY, 1), Box(100, 100, 500, 500), mark.runs)
    assert area(mark, mark, mark, slanted, slanted) is None
