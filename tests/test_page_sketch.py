"""The sketch of a first page: where lines stand, and no text but markings."""

import pytest
from builders_outcome import SECRET, line

from markscan.document import Area, Box, Layout, Page, Place, Stroke
from markscan.page_sketch import sketch, stands_at

PAGE = Page(1, 595.3, 841.9, Box(79.4, 104.9, 521.6, 742.7))
TOP = Box(79.4, 110, 179.4, 126)
BELOW = Box(79.4, 138, 179.4, 154)
P1 = Place(Area.BODY, 1, "p1")
MARKING = "机密★10年"


def drawn(*lines, markings=(), quote=False, strokes=()):
    return sketch(Layout((PAGE,), lines, strokes), markings, quote=quote)


def letters(found):
    return [piece.text for piece in found.lines]


@pytest.mark.parametrize("layout", [None, Layout((), ()), Layout((PAGE,), ())])
def test_without_lines_there_is_nothing_to_draw(layout):
    assert sketch(layout, (), quote=False) is None


def test_lines_that_stand_nowhere_are_not_drawn():
    assert drawn(line("p1", MARKING, Box(0, 0, 0, 0)), line("p2", "  ", TOP)) is None


def test_lines_estimated_below_the_type_area_are_not_drawn():
    low = Box(79.4, 750, 179.4, 766)

    assert drawn(line("p40", SECRET, low)) is None
    assert drawn(line("", SECRET, low)) is not None


def test_only_the_first_page_is_drawn():
    second = Stroke(2, BELOW)
    first = Stroke(1, BELOW, "#ff0000")

    found = drawn(line("p1", SECRET, TOP), line("p9", SECRET, TOP, page=2), strokes=(first, second))

    assert [piece.place.label for piece in found.lines] == ["p1"]
    assert found.strokes == (first,)
    assert found.page == PAGE


@pytest.mark.parametrize(
    ("text", "marking", "shown"),
    [
        (MARKING, MARKING, [MARKING]),
        ("机密 10年", "机密10年", ["机密 10年"]),
        ("机密★", "机密★\n10年", ["机密★"]),
        ("10年", "机密★\n10年", ["10年"]),
        (f"000001　{MARKING}　特急", MARKING, ["", MARKING, ""]),
        (f"{SECRET}{MARKING}", MARKING, ["", MARKING]),
        (SECRET, MARKING, [""]),
        (SECRET, "", [""]),
        ("(.*)", MARKING, [""]),
        (SECRET, ".*", [""]),
    ],
)
def test_letters_stand_for_markings_alone(text, marking, shown):
    found = drawn(line("p1", text, TOP), markings=[(P1, marking)])

    assert letters(found) == shown


def test_a_marking_elsewhere_makes_no_letters_here():
    found = drawn(line("p1", MARKING, TOP), markings=[(Place(Area.BODY, 1, "p2"), MARKING)])

    assert letters(found) == [""]


def test_pieces_of_a_line_stand_side_by_side():
    before, marking, after = drawn(
        line("p1", "甲乙　机密★　丙丁丁", Box(100, 100, 200, 116)), markings=[(P1, "机密★")]
    ).lines

    assert [before.box.left, before.box.right] == pytest.approx([100, 120])
    assert [marking.box.left, marking.box.right] == pytest.approx([130, 160])
    assert [after.box.left, after.box.right] == pytest.approx([170, 200])


def test_quoting_shows_all_text():
    assert letters(drawn(line("p1", SECRET, TOP), quote=True)) == [SECRET]


def test_a_line_without_a_label_is_found_by_its_box():
    mark = line("", MARKING, TOP)
    wide = Box(70, 100, 400, 127)

    assert stands_at(mark, Place(Area.BODY, 1, "", TOP))
    assert stands_at(mark, Place(Area.BODY, 1, "", wide))
    assert not stands_at(mark, Place(Area.BODY, 2, "", TOP))
    assert not stands_at(mark, Place(Area.BODY, 1, "", BELOW))
    assert not stands_at(mark, Place(Area.BODY, 1))


def test_colour_and_size_are_kept():
    (piece,) = drawn(line("p1", "某局文件", TOP, colour="#ff0000")).lines

    assert (piece.colour, piece.size) == ("#ff0000", 16)
