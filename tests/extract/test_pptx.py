"""Facts about reading presentations: every hiding place, places on slides, hostile files."""

from __future__ import annotations

import random
import re
import time
from pathlib import Path

import pytest
from builders_docx import zipped
from builders_pptx import (
    CONTENT_TYPES,
    SPACES,
    WHITE,
    links,
    picture,
    place,
    presentation,
    relations,
    run,
    shape,
    slide,
    table,
    tree,
    words,
)
from corpora import folder

from markscan.document import Area, Box, Page, Part, Place
from markscan.errors import DamagedFile, LimitExceeded, NoTextLayer, UnreadError
from markscan.extract import extract
from markscan.extract.extractor import Budget, Item, Limits
from markscan.sniff import sniff
from markscan.source import Source

BLUE = '<a:solidFill><a:srgbClr val="0000FF"/></a:solidFill>'
MEDIA = ("ppt/media/image1.png", b"no picture")


def source(content: bytes) -> Source:
    return Source(Path("a.pptx"), (), content)


def read(content: bytes, budget: Budget | None = None) -> list[Item]:
    """What is yielded, and at the end what was raised."""
    items: list[Item] = []
    try:
        for item in extract(source(content), "pptx", budget or Budget()):
            items.append(item)
    except UnreadError as error:
        items.append(error)
    return items


def said(content: bytes) -> list[tuple[str, str, str]]:
    """Area, label and text of each part."""
    return [
        (part.place.area.value, part.place.label, part.text)
        for part in read(content)
        if isinstance(part, Part)
    ]


def problems(items: list[Item]) -> list[str]:
    return [item.reason for item in items if isinstance(item, UnreadError)]


def one_slide(*shapes: str, **more: str) -> bytes:
    return presentation([slide(*shapes, **more)])


@pytest.mark.parametrize(
    ("inside", "area", "text"),
    [
        (shape("机密★10年", kind="title"), "body", "机密★10年"),
        (shape("机密★10年", kind=""), "body", "机密★10年"),
        (shape("机密", kind="ftr"), "footer", "机密"),
        (shape("3", kind="sldNum"), "footer", "3"),
        (shape("机密", kind="hdr"), "header", "机密"),
        (shape("机密"), "textbox", "机密"),
        (shape("机密", "★10年"), "textbox", "机密\n★10年"),
        (shape(run("机") + run("密")), "textbox", "机密"),
        (shape("<a:r><a:t>机</a:t></a:r><a:br/><a:r><a:t>密</a:t></a:r>"), "textbox", "机\n密"),
        (shape("<a:fld type='x'><a:t>机密</a:t></a:fld>"), "textbox", "机密"),
        (shape("机_x000B_密"), "textbox", "机\n密"),
        (f"<p:grpSp><p:grpSp>{shape('机密')}</p:grpSp></p:grpSp>", "textbox", "机密"),
        (shape("机密", attributes='hidden="1"'), "hidden", "机密"),
        (
            f"<p:grpSp><p:nvGrpSpPr><p:cNvPr id='1' name='' hidden='true'/></p:nvGrpSpPr>"
            f"{shape('机密')}</p:grpSp>",
            "hidden",
            "机密",
        ),
        (shape("机密", looks=place(-300, 0, 200, 50)), "hidden", "机密"),
        (shape("机密", looks=place(0, 541, 200, 50)), "hidden", "机密"),
        (shape("机密", looks=place(-100, 0, 200, 50)), "textbox", "机密"),
        (f"<a:p>{run('机密')}</a:p>", "textbox", "机密"),
    ],
)
def test_text_of_a_shape_stands_in_its_area(inside, area, text):
    assert said(one_slide(inside)) == [(area, "slide 1", text)]


@pytest.mark.parametrize(
    ("properties", "looks", "is_seen"),
    [
        (WHITE, "", False),
        ('<a:solidFill><a:schemeClr val="bg1"/></a:solidFill>', "", False),
        ('<a:solidFill><a:prstClr val="white"/></a:solidFill>', "", False),
        ('<a:solidFill><a:sysClr val="window" lastClr="FFFFFF"/></a:solidFill>', "", False),
        ("<a:noFill/>", "", False),
        ('<a:solidFill><a:srgbClr val="000000"><a:alpha val="0"/></a:srgbClr></a:solidFill>',
         "", False),
        (WHITE, BLUE, True),
        (BLUE, BLUE, False),
        (WHITE, "<a:gradFill/>", True),
        (f"<a:ln>{BLUE}</a:ln><a:noFill/>", "", True),
        (f"{WHITE}<a:highlight><a:srgbClr val='0000FF'/></a:highlight>", "", True),
        ('<a:solidFill><a:schemeClr val="bg1"><a:lumMod val="50000"/></a:schemeClr></a:solidFill>',
         "", True),
        ('<a:solidFill><a:srgbClr val="808080"/></a:solidFill>', "", True),
    ],
)  # fmt: skip
def test_text_in_the_colour_of_its_ground_is_hidden(properties, looks, is_seen):
    data = one_slide(shape(run("看得见") + run("机密", properties), looks=looks))

    if is_seen:
        assert said(data) == [("textbox", "slide 1", "看得见机密")]
    else:
        assert [(area, text) for area, _, text in said(data)] == [
            ("textbox", "看得见"),
            ("hidden", "机密"),
        ]


def test_white_text_over_a_picture_or_a_coloured_slide_is_seen():
    box = place(100, 100, 200, 50)
    white = shape(run("机密", WHITE), looks=box)
    blue = f"<p:bg><p:bgPr>{BLUE}</p:bgPr></p:bg>"

    assert said(one_slide(white))[0][0] == "hidden"
    assert said(one_slide(picture(looks=place(0, 0, 400, 300)), white))[0][0] == "textbox"
    assert said(one_slide(picture(looks=place(500, 0, 100, 100)), white))[0][0] == "hidden"
    assert said(one_slide(white, before=blue))[0][0] == "textbox"


def test_tiny_text_is_hidden():
    inside = "<a:r><a:rPr sz='100'/><a:t>机密</a:t></a:r>"
    assert said(one_slide(shape(inside))) == [("hidden", "slide 1", "机密")]


def test_shapes_tell_where_they_lie_in_points():
    group = (
        '<p:grpSp><p:grpSpPr><a:xfrm><a:off x="1270000" y="1270000"/>'
        '<a:ext cx="2540000" cy="2540000"/><a:chOff x="0" y="0"/>'
        f'<a:chExt cx="1270000" cy="1270000"/></a:xfrm></p:grpSpPr>'
        f"{shape('b', looks=place(10, 10, 50, 20))}</p:grpSp>"
    )
    data = one_slide(shape("a", looks=place(10, 20, 100, 50)), group, shape("c"))

    boxes = [item.place.box for item in read(data) if isinstance(item, Part)]

    assert boxes == [Box(10, 20, 110, 70), Box(120, 120, 220, 160), None]


def test_cells_know_their_row_their_place_and_their_slide():
    data = presentation([slide(), slide(table(["密级", "机密"], ["期限", "10年"]), table(["x"]))])

    cells = [item for item in read(data) if isinstance(item, Part)]

    assert [(c.text, c.row, c.place.label) for c in cells] == [
        ("密级", 1, "slide 2 T1!R1C1"),
        ("机密", 1, "slide 2 T1!R1C2"),
        ("期限", 2, "slide 2 T1!R2C1"),
        ("10年", 2, "slide 2 T1!R2C2"),
        ("x", 3, "slide 2 T2!R1C1"),
    ]
    assert cells[3].place == Place(Area.CELL, 2, "slide 2 T1!R2C2", Box(110, 40, 210, 60))


def test_pages_are_the_slides_in_the_order_they_are_shown():
    data = presentation([slide(shape("a")), slide(shape("b"))], order="2 1")
    items = read(data)

    assert [i for i in items if isinstance(i, Page)] == [Page(1, 720, 540), Page(2, 720, 540)]
    assert [(i.text, i.place.page) for i in items if isinstance(i, Part)] == [("b", 1), ("a", 2)]


def test_a_hidden_slide_and_one_that_is_not_listed_are_hidden():
    data = presentation([slide(shape("a"), attributes='show="0"'), slide(shape("b"))], order="1")

    assert said(data) == [("hidden", "slide 1", "a"), ("hidden", "ppt/slides/slide2.xml", "b")]


def test_notes_comments_charts_and_diagrams_belong_to_their_slide():
    a = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    data = presentation(
        [slide(), slide()],
        links(
            2,
            ("rId1", "notesSlide", "../notesSlides/notesSlide1.xml"),
            ("rId2", "comments", "../comments/comment1.xml"),
            ("rId3", "diagramData", "../diagrams/data1.xml"),
            ("rId4", "comments", "../comments/modernComment_1.xml"),
        ),
        ("ppt/notesSlides/notesSlide1.xml",
         tree("notes", shape("备注", kind="body"), shape("眉", kind="hdr"))),
        ("ppt/comments/comment1.xml",
         f"<p:cmLst {SPACES}><p:cm authorId='0'><p:text>批注</p:text></p:cm></p:cmLst>"),
        ("ppt/comments/modernComment_1.xml",
         f"<c:cmLst xmlns:c='x' {a}><c:cm><c:replyLst><c:reply><c:txBody><a:p><a:r><a:t>回复"
         "</a:t></a:r></a:p></c:txBody></c:reply></c:replyLst><c:txBody><a:p><a:r><a:t>新批注"
         "</a:t></a:r></a:p></c:txBody></c:cm></c:cmLst>"),
        ("ppt/diagrams/data1.xml", f"<d:m xmlns:d='y' {a}><a:p><a:t>图示</a:t></a:p></d:m>"),
        ("ppt/commentAuthors.xml",
         f"<p:cmAuthorLst {SPACES}><p:cmAuthor name='张三'/></p:cmAuthorLst>"),
    )  # fmt: skip

    found = {item.text: item.place for item in read(data) if isinstance(item, Part)}

    assert found["图示"] == Place(Area.TEXTBOX, 2, "ppt/diagrams/data1.xml")
    assert found["备注"] == Place(Area.NOTE, 2, "notes 2")
    assert found["眉"] == Place(Area.HEADER, 2, "notes 2")
    assert found["批注"] == Place(Area.COMMENT, 2, "slide 2 comment")
    assert {"回复\n新批注", "回复", "新批注"} & found.keys()
    assert found["张三"].area is Area.PROPERTY


def test_prompts_of_masters_are_hidden_and_what_slides_show_of_them_is_not():
    name = "ppt/slideLayouts/slideLayout{}.xml".format
    layout = tree("sldLayout", shape("单击此处编辑母版标题样式", kind="title"), shape("内部资料"))
    data = presentation(
        [slide()],
        links(1, ("rId1", "slideLayout", "../slideLayouts/slideLayout1.xml")),
        (name(1), layout),
        (name(2), layout),
        (name(3), tree("sldLayout", shape("单击此处编辑母版标题样式", kind="title"))),
        ("ppt/handoutMasters/handoutMaster1.xml",
         tree("handoutMaster", shape("机密", kind="hdr"), shape("日期", kind="dt"))),
    )  # fmt: skip

    assert said(data) == [
        ("hidden", name(1), "单击此处编辑母版标题样式"),
        ("textbox", name(1), "内部资料"),
        ("hidden", name(2), "内部资料"),
        ("header", "ppt/handoutMasters/handoutMaster1.xml", "机密"),
        ("hidden", "ppt/handoutMasters/handoutMaster1.xml", "日期"),
    ]


def test_words_in_attributes_and_addresses_are_hidden():
    described = shape("x", name="机密 图", attributes='descr="替代" title="标题"')
    linked = shape(
        '<a:r><a:rPr><a:hlinkClick r:id="rId1" tooltip="提示"/></a:rPr><a:t>y</a:t></a:r>'
    )
    data = presentation(
        [slide(described, linked)],
        links(1, ("rId1", "hyperlink", "http://oa.example/机密")),
        ("ppt/media/机密附图.png", b""),
        ("ppt/media/image1.png", b""),
        ("ppt/tags/tag1.xml", f"<p:tagLst {SPACES}><p:tag name='LEVEL' val='机密'/></p:tagLst>"),
        names='<p:custShowLst><p:custShow name="放映"/></p:custShowLst>'
        '<p:extLst><s:section xmlns:s="z" name="节"/></p:extLst>',
    )

    assert {entry for entry in said(data) if entry[0] in ("hidden", "property", "filename")} == {
        ("hidden", "slide 1 alt", "替代"),
        ("hidden", "slide 1 alt", "标题"),
        ("hidden", "slide 1 name", "机密 图"),
        ("hidden", "slide 1 link", "提示"),
        ("hidden", "hyperlink", "http://oa.example/机密"),
        ("filename", "ppt/media/机密附图.png", "机密附图.png"),
        ("property", "LEVEL", "机密"),
        ("property", "custom show", "放映"),
        ("property", "section", "节"),
    }


@pytest.mark.parametrize(
    ("choice", "fallback", "texts"),
    [
        (shape("机密"), shape("机密"), ["机密"]),
        (shape("机密"), shape("旧版"), ["机密", "旧版"]),
        (shape("机密"), shape("机 密"), ["机密"]),
    ],
)
def test_alternatives_are_read_without_repeating_them(choice, fallback, texts):
    data = one_slide(
        f"<mc:AlternateContent><mc:Choice>{choice}</mc:Choice><mc:Fallback>{fallback}"
        "</mc:Fallback></mc:AlternateContent>"
    )
    assert [text for _, _, text in said(data)] == texts


def test_alternatives_inside_a_line_are_read_once():
    both = (
        f"<mc:AlternateContent><mc:Choice>{run('密')}</mc:Choice>"
        f"<mc:Fallback>{run('密')}</mc:Fallback></mc:AlternateContent>"
    )
    assert said(one_slide(shape(run("机") + both))) == [("textbox", "slide 1", "机密")]


def test_embedded_files_are_handed_on():
    data = presentation([slide()], ("ppt/embeddings/book.xlsx", b"PK"), MEDIA)
    found = [item for item in read(data) if isinstance(item, Source)]
    assert [(f.members, f.content) for f in found] == [(("ppt/embeddings/book.xlsx",), b"PK")]


# Pictures instead of text.

LARGE, SMALL = place(0, 0, 720, 540), place(0, 0, 40, 40)
TO_PICTURE = ("rId9", "image", "../media/image1.png")


def pictured(*slides: str) -> bytes:
    return presentation(
        [*slides], MEDIA, *(links(n, TO_PICTURE) for n in range(1, len(slides) + 1))
    )


@pytest.mark.parametrize(
    ("slides", "expected"),
    [
        ([slide(picture(looks=LARGE))], ["slides.no-text count=1"]),
        ([slide(picture())], ["slides.no-text count=1"]),
        ([slide(picture(looks=SMALL))], []),
        ([slide(picture(looks=LARGE), shape("x"))], []),
        ([slide(picture(looks=LARGE), shape("1", kind="sldNum"))], ["slides.no-text count=1"]),
        ([slide(picture(looks=LARGE), attributes='show="0"')], []),
        (
            [slide(picture(looks=LARGE))] * 3 + [slide(shape("x")), slide(picture(looks=LARGE))],
            ["slides.without-text pages=1-3, 5 count=4"],
        ),
    ],
)
def test_slides_that_are_pictures_are_named(slides, expected):
    found = [i for i in read(pictured(*slides)) if isinstance(i, UnreadError)]
    assert [str(problem) for problem in found] == expected
    assert all(isinstance(problem, NoTextLayer) for problem in found)


def test_large_pictures_are_read_by_whoever_reads_pictures():
    def recognise(draw, place, _budget):
        assert draw() == MEDIA[1]
        return [Part("机密★10年", place)]

    items = read(pictured(slide(picture(looks=LARGE))), Budget(recognise=recognise))

    assert Part("机密★10年", Place(Area.IMAGE, 1, "ppt/media/image1.png")) in items
    assert problems(items) == []


@pytest.mark.parametrize(
    ("error", "reasons"),
    [
        (DamagedFile("picture"), ["slides.no-text"]),
        (LimitExceeded("limit.ratio", allowed=1), ["limit.ratio", "slides.no-text"]),
    ],
)
def test_a_picture_that_cannot_be_read_is_no_text(error, reasons):
    def recognise(*_):
        raise error

    items = read(pictured(slide(picture(looks=LARGE))), Budget(recognise=recognise))

    assert problems(items) == reasons


# Damage.


def full() -> bytes:
    return presentation(
        [slide(shape(f"机密第{n}号" * 20), table(["密级", "机密"])) for n in range(8)],
        links(1, ("rId1", "notesSlide", "../notesSlides/notesSlide1.xml")),
        ("ppt/notesSlides/notesSlide1.xml", tree("notes", shape("备注", kind="body"))),
    )


def test_a_slide_cut_in_the_middle_gives_what_is_left():
    whole = slide(shape("机密"), shape("秘密"))
    for cut in range(len(SPACES) + 40, len(whole) - 1, 7):
        items = read(presentation([whole[:cut]]))
        assert "package.xml" in problems(items)


def test_text_behind_broken_xml_is_saved():
    broken = slide(shape("机密"), "<a:p></a:r>", shape("秘密★1年"))
    items = read(presentation([broken]))

    assert any(isinstance(i, Part) and "秘密★1年" in i.text for i in items)
    assert "package.xml" in problems(items)


def test_a_lost_slide_is_named():
    data = presentation([slide(shape("a"))], order="1 2 3")
    found = [str(i) for i in read(data) if isinstance(i, UnreadError)]
    assert found == ["pptx.slides-lost pages=2-3 count=2"]


def test_without_a_presentation_the_slides_are_read_by_their_numbers():
    slides = [(f"ppt/slides/slide{n}.xml", slide(shape(str(n)))) for n in (10, 2)]
    items = read(zipped(("[Content_Types].xml", CONTENT_TYPES), *slides))

    assert [(i.text, i.place.page) for i in items if isinstance(i, Part)] == [("2", 1), ("10", 2)]
    assert problems(items) == ["pptx.no-presentation"]


def test_a_cut_file_is_never_clean():
    data = full()
    whole = len([i for i in read(data) if isinstance(i, Part)])
    for n in range(1, 21):
        items = read(data[: len(data) * n // 21])
        assert len([i for i in items if isinstance(i, Part)]) <= whole
        assert problems(items)


def test_flipped_bytes_end_in_parts_and_problems():
    data = full()
    for seed in range(60):
        chance = random.Random(seed)
        broken = bytearray(data)
        for _ in range(8):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        read(bytes(broken))


def test_odd_numbers_and_attributes_do_no_harm():
    odd = (
        '<p:sp><p:spPr><a:xfrm rot="x"><a:off x="9999999999999999" y="-"/><a:ext cx="" cy="1"/>'
        "</a:xfrm></p:spPr>" + words("机密") + "</p:sp>"
        '<p:grpSp><p:grpSpPr><a:xfrm><a:off x="1" y="1"/><a:ext cx="0" cy="0"/>'
        '<a:chOff x="0" y="0"/><a:chExt cx="0" cy="0"/></a:xfrm></p:grpSpPr>'
        + shape("秘密", looks=place(1, 1, 1, 1))
        + "</p:grpSp>"
    )
    assert [text for _, _, text in said(one_slide(odd))] == ["机密", "秘密"]


def test_entities_are_not_expanded():
    bomb = '<!DOCTYPE p [<!ENTITY a "机密">]>' + slide(shape("x&a;y"))
    items = read(presentation([bomb]))
    assert [i.text for i in items if isinstance(i, Part)] == ["xy"]
    assert problems(items) == ["package.doctype"]


# Hostile sizes.


def test_deep_groups_end_in_linear_time():
    def seconds(depth: int) -> float:
        data = one_slide("<p:grpSp>" * depth + shape("机密") + "</p:grpSp>" * depth)
        start = time.process_time()
        assert said(data) == [("textbox", "slide 1", "机密")]
        return time.process_time() - start

    large = min(seconds(40_000), seconds(40_000))
    assert large < 12 * max(seconds(10_000), 0.02)


def test_white_text_over_many_pictures_ends_in_linear_time():
    def seconds(count: int) -> float:
        white = shape(run("机密", WHITE), looks=place(1, 1, 9, 9))
        data = one_slide((picture(looks=place(50, 50, 5, 5)) + white) * count)
        start = time.process_time()
        read(data)
        return time.process_time() - start

    assert seconds(4000) < 12 * max(seconds(1000), 0.02)


def test_too_many_paragraphs_are_a_limit():
    data = one_slide(shape(*["x"] * 50))
    assert problems(read(data, Budget(Limits(parts=40)))) == ["limit.parts"]


def test_too_many_slides_are_a_limit():
    items = read(presentation([slide()] * 5), Budget(Limits(pages=3)))
    assert problems(items) == ["limit.pages"]


def test_relations_with_odd_names_are_understood():
    data = zipped(
        ("[Content_Types].xml", CONTENT_TYPES),
        ("_rels/.rels", relations(("a", "officeDocument", "/x/deck.xml"))),
        ("x/deck.xml", f"<p:presentation {SPACES}><p:sldIdLst><p:sldId r:id='q&amp;1'/>"
         "</p:sldIdLst></p:presentation>"),
        ("x/_rels/deck.xml.rels", relations(("q&amp;1", "slide", "one.xml"))),
        ("x/one.xml", slide(shape("机密"))),
    )  # fmt: skip
    assert said(data) == [("textbox", "slide 1", "机密")]


# Real files.


@pytest.mark.corpus
def test_the_probe_gives_up_every_hiding_place():
    path = folder("corpus", "probe") / "probe.pptx"
    words = set()
    for item in extract(Source(path), sniff(Source(path)), Budget()):
        if isinstance(item, Part):
            words |= set(re.findall("MK[A-Z0-9]+", f"{item.text} {item.place.label}"))
    assert len(words) >= 20  # the last one stands in the workbook embedded


@pytest.mark.corpus
def test_whole_real_files_come_out_without_damage():
    for path in sorted(folder("corpus", "formats", "pptx").iterdir()):
        if sniff(Source(path)) == "pptx":
            for item in extract(Source(path), "pptx", Budget()):
                assert not isinstance(item, DamagedFile), path
