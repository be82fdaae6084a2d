"""What stands around the text of an Office document, whole and broken."""

from __future__ import annotations

import time

import pytest

from markscan.document import Area, Part
from markscan.errors import UnreadError
from markscan.extract import ooxml

CORE = b'<p xmlns:dc="d"><dc:title>TITLE</dc:title><created>2020</created></p>'
APPLICATION = b"<P><Company>TITLE</Company><Pages>3</Pages></P>"
CUSTOM = b'<P><property name="n"><v>TITLE</v></property></P>'
SETTINGS = b'<s><docVar name="n" val="TITLE"/></s>'
FREE = b"<a><b>TITLE</b></a>"
CHART = (
    b'<c:c xmlns:c="x"><c:tx><c:v>TITLE</c:v></c:tx><c:numCache><c:v>1</c:v></c:numCache>'
    b"<c:spPr><c:v>2</c:v></c:spPr></c:c>"
)

READERS = [
    (ooxml.read_core, CORE),
    (ooxml.read_application, APPLICATION),
    (ooxml.read_custom, CUSTOM),
    (ooxml.read_settings, SETTINGS),
    (ooxml.read_custom_xml, FREE),
    (lambda data, name: ooxml.read_graphic(data, name, set()), CHART),
]


@pytest.mark.parametrize(("read", "data"), READERS)
def test_the_words_of_a_part_are_read(read, data):
    (part,) = read(data, "x.xml")

    assert part.text == "TITLE"
    assert part.place.area in (Area.PROPERTY, Area.TEXTBOX)


@pytest.mark.parametrize(("read", "data"), READERS)
def test_a_broken_part_gives_what_it_has_and_says_so(read, data):
    items = list(read(data[:-3], "x.xml"))

    assert [item.text for item in items if isinstance(item, Part)] == ["TITLE"]
    assert [str(item) for item in items if isinstance(item, UnreadError)] == [
        "package.xml part=x.xml"
    ]


def test_an_end_that_is_hidden_in_a_comment_ends_no_element():
    data = b"<c:c xmlns:c='x'><c:spPr><!-- </c:spPr> --></c:spPr><c:tx><c:v>A</c:v></c:tx></c:c>"

    assert [part.text for part in ooxml.read_graphic(data, "x", set())] == ["A"]


@pytest.mark.parametrize(
    "data", [b"<a>%s</a>" % (b"x" * 20_000_000), b"<c:spPr>" * 200_000], ids=["text", "openings"]
)
def test_a_long_part_is_read_in_linear_time(data):
    start = time.process_time()
    list(ooxml.read_custom_xml(data, "x"))
    list(ooxml.read_graphic(data, "x", set()))

    assert time.process_time() - start < 5
