"""How a Word document is set: fonts through styles and theme, lines and boxes, ruled lines."""

from __future__ import annotations

import io
import random
import time
import zipfile
from pathlib import Path

import docx
import pytest
from builders_docx import body, document, para, part, relations, run, table
from corpora import folder
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_BREAK, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from markscan.document import Area, Layout, Part, Run
from markscan.errors import UnreadError
from markscan.extract import Budget, Limits, extract, layout
from markscan.source import Source

LEFT, RIGHT, TOP = 79.35, 521.6, 104.9  # of the type area of an official document
LONG = "为进一步加强保密工作，根据有关规定，现就有关事项通知如下，请各单位认真贯彻执行。"
SECTION = (
    '<w:sectPr>{}<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474"'
    ' w:bottom="1984" w:left="1587" w:header="851" w:footer="992" w:gutter="0"/>{}</w:sectPr>'
)


def of(document, **limits: int) -> Layout:
    return of_bytes(saved(document), **limits)


def saved(document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def of_bytes(data: bytes, **limits: int) -> Layout:
    found = layout(Source(Path("a.docx"), (), data), "docx", Budget(Limits(**limits)))
    assert found is not None
    return found


def one(document) -> Run:
    (run,) = of(document).runs
    return run


def draft():
    """An empty official document: A4 with the margins of GB/T 9704, 仿宋 of size 3."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    normal = document.styles["Normal"]
    normal.font.size = Pt(16)
    font_of(normal, "仿宋")
    form = normal.paragraph_format
    form.space_after, form.line_spacing_rule = Pt(0), WD_LINE_SPACING.EXACTLY
    form.line_spacing = Pt(28)
    return document


def xml(*blocks: str, marginal: str = "", grid: str = "", **parts: str) -> bytes:
    """A document of raw XML with the type area of an official one; size 3 by default."""
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="32"/></w:rPr></w:rPrDefault>'
        "</w:docDefaults>"
    )
    named = {"styles": styles, **parts}
    kinds = [(name.rstrip("0123456789"), f"{name}.xml") for name in named]
    roots = {"header": "hdr", "footer": "ftr"}
    entries = [
        (f"word/{name}.xml", part(roots.get(kind, kind), content))
        for (name, content), (kind, _) in zip(named.items(), kinds, strict=True)
    ]
    rels = ("word/_rels/document.xml.rels", relations(*kinds))
    return document(body(*blocks, SECTION.format(marginal, grid)), rels, *entries)


def lefts(layout: Layout) -> list[float]:
    return [round(line.box.left - LEFT, 1) for line in layout.lines]


def font_of(run_or_style, name: str) -> None:
    run_or_style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


# Looks.


def test_direct_formatting_wins():
    document = docx.Document()
    run = document.add_paragraph().add_run("机密★10年")
    run.font.size, run.font.bold, run.font.color.rgb = Pt(16), True, RGBColor(255, 0, 0)
    font_of(run, "黑体")

    seen = one(document)

    assert (seen.text, seen.font, seen.size) == ("机密★10年", "黑体", 16)
    assert (seen.colour, seen.bold, seen.place.line) == ("#ff0000", True, 1)


def test_a_style_speaks_through_those_it_is_based_on():
    document = docx.Document()
    base = document.styles.add_style("base", WD_STYLE_TYPE.PARAGRAPH)
    style = document.styles.add_style("mark", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = base
    font_of(base, "仿宋")
    style.font.size = Pt(16)
    document.add_paragraph("密级", style)

    seen = one(document)

    assert (seen.font, seen.size, seen.bold) == ("仿宋", 16, False)


def test_a_character_style_comes_before_that_of_the_paragraph():
    document = docx.Document()
    style = document.styles.add_style("strong", WD_STYLE_TYPE.CHARACTER)
    style.font.bold, style.font.size = True, Pt(22)
    document.add_paragraph().add_run("密级", style)

    assert (one(document).bold, one(document).size) == (True, 22)


def test_a_style_based_on_itself_ends():
    document = docx.Document()
    style = document.styles.add_style("round", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = style
    document.add_paragraph("密级", style)

    assert one(document).text == "密级"


@pytest.mark.parametrize(
    ("latin", "asian", "seen"),
    [
        ("黑体", None, "黑体"),
        ("SimHei", None, "SimHei"),
        ("STFangsong", None, "STFangsong"),
        ("Times New Roman", None, "仿宋"),
        ("Stencil", None, "仿宋"),
        ("黑体", "楷体", "楷体"),
    ],
)
def test_a_chinese_font_named_for_latin_letters_alone_is_meant_for_all(latin, asian, seen):
    document = draft()
    run = document.add_paragraph().add_run("机密★10年")
    run.font.name = latin
    if asian:
        font_of(run, asian)

    assert one(document).font == seen


def test_what_is_hidden_or_deleted_is_not_set_and_what_is_inserted_is():
    seen = of_bytes(
        xml(
            para(run("隐藏", "<w:vanish/>")),
            para(run("一")),
            para('<w:del w:id="1" w:author="a">' + run("删除") + "</w:del>"),
            para('<w:ins w:id="1" w:author="a">' + run("二") + "</w:ins>"),
            para(run("三", '<w:rPrChange w:id="1"><w:rPr><w:vanish/></w:rPr></w:rPrChange>')),
        )
    )
    assert [line.text for line in seen.lines] == ["一", "二", "三"]


# Pages, labels and order.


def test_only_the_first_pages_are_set():
    document = docx.Document()
    for number in range(1, 5):
        paragraph = document.add_paragraph(f"第{number}页")
        paragraph.add_run().add_break(WD_BREAK.PAGE)

    seen = of(document, layout_pages=2)

    assert [(run.text, run.place.page) for run in seen.runs] == [("第1页", 1), ("第2页", 2)]
    assert [page.number for page in seen.pages] == [1, 2]
    assert (round(seen.pages[0].width), round(seen.pages[0].height)) == (612, 792)


def test_a_page_begins_at_its_top_and_a_long_text_begins_none():
    document = draft()
    for _ in range(30):
        document.add_paragraph("一")
    document.add_page_break()
    document.add_paragraph("二")

    seen = of(document)

    assert {line.place.page for line in seen.lines[:30]} == {1}
    assert seen.lines[29].box.top > 842
    assert (seen.lines[30].place.page, seen.lines[30].box.top) == (2, seen.lines[0].box.top)


def test_the_type_area_is_the_page_without_margins_and_gutter():
    document = draft()
    document.sections[0].gutter = Pt(20)
    document.add_paragraph("一")

    seen = of(document)

    area = seen.pages[0].area
    assert (area.left, area.right) == pytest.approx((LEFT + 20, RIGHT), abs=0.1)
    assert (area.top, area.bottom) == pytest.approx((TOP, 742.7), abs=0.1)
    assert lefts(seen) == [20.0]


def test_margins_of_left_pages_may_be_those_of_right_ones_in_a_mirror():
    noted = "<w:r><w:lastRenderedPageBreak/></w:r>"
    data = xml(para("一"), para(noted, "二"), settings="<w:mirrorMargins/>")

    seen = of_bytes(data)

    assert [page.area.left for page in seen.pages] == [79.35, 73.7]
    assert [line.box.left for line in seen.lines] == [79.35, 73.7]


def test_labels_and_pages_are_those_of_the_text():
    noted = "<w:r><w:lastRenderedPageBreak/></w:r>"
    paragraph = '<w:pPr><w:sectPr><w:type w:val="continuous"/></w:sectPr></w:pPr>'
    data = xml(
        para("一"),
        "<w:p/>",
        table(["甲", para("乙") + table(["内"]) + para("丙")], ["丁"]),
        f"<w:p>{paragraph}{run('二')}</w:p>",
        f"<w:sdt><w:sdtContent>{para('三')}</w:sdtContent></w:sdt>",
        para(noted, "四"),
        table([para("戊"), para(noted, "己")]),
        para('<w:r><w:br w:type="page"/></w:r>', noted, "五", properties="<w:pageBreakBefore/>"),
    )
    seen = [(ln.text, ln.place[:3]) for ln in of_bytes(data, layout_pages=9).lines]
    read = [
        (line, item.place[:3])
        for item in extract(Source(Path("a.docx"), (), data), "docx", Budget(Limits()))
        if isinstance(item, Part)
        for line in item.text.split()
    ]
    assert sorted(seen, key=str) == sorted(read, key=str)
    assert ("内", (Area.CELL, 1, "T2!R1C1")) in seen


# Across the page.


@pytest.mark.parametrize(
    ("properties", "left"),
    [
        ("", 0),
        ('<w:ind w:left="640"/>', 32),
        ('<w:ind w:start="640" w:end="100"/>', 32),
        ('<w:ind w:firstLine="640"/>', 32),
        ('<w:ind w:left="640" w:hanging="320"/>', 16),
        ('<w:ind w:leftChars="200" w:left="1"/>', 32),
        ('<w:ind w:firstLineChars="200" w:firstLine="640"/>', 32),
        ('<w:ind w:leftChars="0" w:left="640"/>', 32),
        ('<w:ind w:left="640" w:hangingChars="100" w:hanging="1"/>', 16),
        ('<w:ind w:left="1cm"/>', 28.3),
        ('<w:jc w:val="center"/>', 189.1),
        ('<w:jc w:val="right"/>', 378.3),
        ('<w:jc w:val="end"/><w:ind w:right="640"/>', 346.3),
        ('<w:jc w:val="right"/><w:ind w:rightChars="400"/>', 314.3),
        ('<w:jc w:val="both"/>', 0),
        ('<w:jc w:val="distribute"/>', 0),
    ],
)
def test_a_line_stands_where_indents_and_alignment_put_it(properties, left):
    seen = lefts(of_bytes(xml(para("四个汉字", properties=properties))))
    assert seen == pytest.approx([left], abs=0.2)


@pytest.mark.parametrize(
    ("text", "left", "width"),
    [
        ("机密★10年", 0, 80),
        ("　　机密", 32, 32),
        ("    机密", 32, 32),
        ("000001", 0, 48),
        ("〔2024〕", 0, 64),
    ],
)
def test_narrow_characters_are_half_as_wide_as_wide_ones(text, left, width):
    (line,) = of_bytes(xml(para(text))).lines
    assert line.text == text.strip()
    assert (line.box.left - LEFT, line.box.right - line.box.left) == pytest.approx((left, width))


@pytest.mark.parametrize(
    ("tabs", "text", "left"),
    [
        ("", "\t字", [36]),
        ("", "甲乙丙\t字", [0]),
        ('<w:tab w:val="left" w:pos="2000"/>', "\t字", [100]),
        ('<w:tab w:val="right" w:pos="8845"/>', "左\t右端", [0, 410.2]),
        ('<w:tab w:val="center" w:pos="4400"/>', "\t居中", [204]),
        ('<w:tab w:val="clear" w:pos="2000"/>', "\t字", [36]),
    ],
)
def test_tabs_are_where_the_paragraph_puts_them(tabs, text, left):
    before, _, after = text.partition("\t")
    properties = f"<w:tabs>{tabs}</w:tabs>" if tabs else ""
    data = xml(para(*filter(None, [before]), "<w:r><w:tab/></w:r>", after, properties=properties))
    assert lefts(of_bytes(data)) == pytest.approx(left, abs=0.1)


def test_the_settings_tell_how_far_tabs_are_apart():
    data = xml(para("<w:r><w:tab/></w:r>", "字"), settings='<w:defaultTabStop w:val="420"/>')
    assert lefts(of_bytes(data)) == [21]


def test_what_a_wide_gap_parts_are_two_lines_as_in_pdf():
    document = draft()
    document.add_paragraph("×政办发〔2024〕7号　　　　　　签发人：张三")
    document.add_paragraph("抄送：省委办公厅　省人大")

    assert [line.text for line in of(document).lines] == [
        "×政办发〔2024〕7号",
        "签发人：张三",
        "抄送：省委办公厅　省人大",
    ]


def test_long_paragraphs_fill_lines_of_the_type_area():
    document = draft()
    paragraph = document.add_paragraph(LONG)
    paragraph.paragraph_format.first_line_indent = Pt(32)

    seen = of(document)

    assert [len(line.text) for line in seen.lines] == [25, len(LONG) - 25]
    assert lefts(seen) == [32, 0]
    assert {line.place.label for line in seen.lines} == {"p1"}
    tops = [line.box.top for line in seen.lines]
    assert (tops[0], tops[1] - tops[0]) == pytest.approx((TOP + 6, 28), abs=0.2)


def test_words_are_not_broken_and_punctuation_hangs():
    words = of_bytes(xml(para("字" * 25 + "security"))).lines
    hanging = of_bytes(xml(para("字" * 27 + "，后"))).lines

    assert [line.text for line in words] == ["字" * 25, "security"]
    assert [line.text for line in hanging] == ["字" * 27 + "，", "后"]


def test_runs_of_a_line_have_boxes_of_their_own():
    data = xml(para("一", run("大", '<w:sz w:val="44"/>'), properties='<w:jc w:val="right"/>'))

    (line,) = of_bytes(data).lines

    assert line.text == "一大"
    assert [(r.text, r.size, r.place.box.left - LEFT) for r in line.runs] == [
        ("一", 16, pytest.approx(404.3, abs=0.1)),
        ("大", 22, pytest.approx(420.3, abs=0.1)),
    ]
    assert line.runs[0].place.box.bottom == line.runs[1].place.box.bottom


def test_a_numbered_paragraph_is_indented_as_its_list_says():
    numbering = (
        '<w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:pPr><w:ind w:left="640"/></w:pPr>'
        '</w:lvl></w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="3"/></w:num>'
    )
    number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>'
    assert lefts(of_bytes(xml(para("一", properties=number), numbering=numbering))) == [32]


# Down the page.


@pytest.mark.parametrize(
    ("properties", "grid", "step"),
    [
        ('<w:spacing w:line="560" w:lineRule="exact"/>', "", 28),
        ('<w:spacing w:line="200" w:lineRule="atLeast"/>', "", 20.8),
        ('<w:spacing w:line="360"/>', "", 31.2),
        ('<w:spacing w:line="560" w:lineRule="exact" w:before="100" w:after="60"/>', "", 36),
        ("", '<w:docGrid w:type="lines" w:linePitch="579"/>', 28.95),
        ("", '<w:docGrid w:type="lines" w:linePitch="312"/>', 31.2),
        ("", '<w:docGrid w:linePitch="312"/>', 20.8),
        ('<w:snapToGrid w:val="0"/>', '<w:docGrid w:type="lines" w:linePitch="579"/>', 20.8),
    ],
)
def test_lines_follow_one_another_by_spacing_and_grid(properties, grid, step):
    lines = of_bytes(xml(para("一", properties=properties) * 2, grid=grid)).lines
    assert lines[1].box.top - lines[0].box.top == pytest.approx(step, abs=0.05)


def test_empty_paragraphs_take_room_but_give_no_line():
    document = draft()
    for text in ("一", "", "", "二"):
        document.add_paragraph(text)

    first, second = of(document).lines

    assert second.box.top - first.box.top == pytest.approx(3 * 28)
    assert second.place.label == "p4"


# Tables.


def test_cells_stand_where_the_columns_put_them():
    document = draft()
    table = document.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "并格"
    table.cell(0, 2).text, table.cell(1, 1).text = "右格", "下格"

    seen = of(document)

    assert [(ln.text, ln.place.area, ln.place.label) for ln in seen.lines] == [
        ("并格", Area.CELL, "T1!R1C1"),
        ("右格", Area.CELL, "T1!R1C2"),
        ("下格", Area.CELL, "T1!R2C2"),
    ]
    assert lefts(seen) == pytest.approx([0, 294.8, 147.4], abs=0.2)
    assert seen.lines[2].box.top - seen.lines[0].box.top == pytest.approx(28)


@pytest.mark.parametrize(
    ("properties", "left"),
    [
        ("", 0),
        ('<w:tblInd w:w="400" w:type="dxa"/>', 20),
        ('<w:jc w:val="center"/>', 126.5),
        ('<w:jc w:val="right"/>', 247.6),
        ('<w:tblCellMar><w:left w:w="200" w:type="dxa"/></w:tblCellMar>', 0),
    ],
)
def test_a_table_stands_where_it_is_indented_or_aligned(properties, left):
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>{para(text)}</w:tc>'
        for text in "甲乙"
    )
    properties = f"<w:tblPr>{properties}</w:tblPr>"
    data = xml(f"<w:tbl>{properties}<w:tr>{cells}</w:tr></w:tbl>")
    assert lefts(of_bytes(data)) == pytest.approx([left, left + 100], abs=0.2)


def test_since_word_2013_cells_begin_at_the_margin():
    mode = '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="u" w:val="15"/></w:compat>'
    assert lefts(of_bytes(xml(table(["甲"]), settings=mode))) == [5.4]


# Boxes, frames, headers.


def anchored(inner: str, across: str, down: str, width: int, height: int, name: str = "框") -> str:
    """A floating DrawingML shape; positions are given as XML."""
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor>"
        f"<wp:positionH {across}</wp:positionH><wp:positionV {down}</wp:positionV>"
        f'<wp:extent cx="{width * 12700}" cy="{height * 12700}"/><wp:docPr id="1" name="{name}"/>'
        f"<a:graphic><a:graphicData><wps:wsp>{inner}</wps:wsp></a:graphicData></a:graphic>"
        "</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"<w:txbxContent>{para('旧')}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def offset(points: float) -> str:
    return f"<wp:posOffset>{int(points * 12700)}</wp:posOffset>"


def boxed(text: str, turn: str = "") -> str:
    return (
        f'<wps:spPr><a:xfrm{turn}/><a:prstGeom prst="rect"/></wps:spPr><wps:txbx><w:txbxContent>'
        f"{para(text)}</w:txbxContent></wps:txbx><wps:bodyPr/>"
    )


@pytest.mark.parametrize(
    ("across", "down", "left", "top"),
    [
        (f'relativeFrom="page">{offset(100)}', f'relativeFrom="page">{offset(60)}', 107.2, 63.6),
        (f'relativeFrom="margin">{offset(10)}', f'relativeFrom="margin">{offset(-40)}', 96.6, 68.5),
        (
            f'relativeFrom="column">{offset(0)}',
            f'relativeFrom="paragraph">{offset(9)}',
            86.6,
            117.5,
        ),
        (
            'relativeFrom="margin"><wp:align>right</wp:align>',
            'relativeFrom="page"><wp:align>top</wp:align>',
            428.8,
            3.6,
        ),
        (
            'relativeFrom="page"><wp:align>center</wp:align>',
            'relativeFrom="topMargin"><wp:align>bottom</wp:align>',
            254.85,
            68.5,
        ),
    ],
)
def test_a_text_box_stands_where_its_anchor_puts_it(across, down, left, top):
    shape = anchored(boxed("框中"), across, down, 100, 40)
    data = xml(para(shape, "段"))

    line = next(line for line in of_bytes(data).lines if line.text == "框中")

    assert (line.place.area, line.place.label) == (Area.TEXTBOX, "p1 textbox")
    assert (line.box.left, line.box.top) == pytest.approx((left, top + 2.4), abs=0.2)
    assert "旧" not in "".join(line.text for line in of_bytes(data).lines)


def test_an_old_text_box_stands_where_its_style_puts_it():
    style = (
        "position:absolute;margin-left:50pt;margin-top:1in;width:150pt;height:40pt;"
        "mso-position-horizontal-relative:page;mso-position-vertical-relative:page"
    )
    shape = (
        f'<w:r><w:pict><v:shape style="{style}"><v:textbox inset="0,0,0,0"><w:txbxContent>'
        f"{para('框中')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    above, below = of_bytes(xml(para(shape, "段"))).lines
    assert (above.text, below.text) == ("框中", "段")
    assert (above.box.left, above.box.top) == pytest.approx((50, 74.4), abs=0.1)


def test_a_frame_is_a_text_box_with_the_label_of_its_paragraph():
    frame = '<w:framePr w:w="2000" w:vAnchor="page" w:hAnchor="page" w:x="6000" w:y="8000"/>'
    box, line = of_bytes(xml(para("框", properties=frame), para("段"))).lines
    assert (box.place.area, box.place.label) == (Area.TEXTBOX, "p1")
    assert (box.box.left, box.box.top) == pytest.approx((300, 402.4))
    assert (line.place.area, line.box.top) == (Area.BODY, pytest.approx(TOP + 2.4, abs=0.1))


def test_header_and_footer_of_page_one_stand_in_the_margins():
    document = draft()
    section = document.sections[0]
    section.header.paragraphs[0].text = "机密★10年"
    section.header.paragraphs[0].alignment = ALIGN.RIGHT
    section.footer.paragraphs[0].text = "1"
    document.add_paragraph("正文")

    head, text, foot = of(document).lines

    assert (head.place.area, head.place.label) == (Area.HEADER, "word/header1.xml")
    assert (foot.place.area, foot.place.label) == (Area.FOOTER, "word/footer1.xml")
    assert head.box.right == pytest.approx(RIGHT, abs=0.1)
    assert head.box.bottom < TOP < text.box.bottom < 742.7 < foot.box.top < foot.box.bottom < 842


def test_a_first_page_of_its_own_has_a_header_of_its_own():
    marginal = (
        '<w:headerReference w:type="default" r:id="r1"/>'
        '<w:headerReference w:type="first" r:id="r2"/>'
    )
    parts = {"header1": para("众"), "header2": para("首")}
    first = of_bytes(xml(para("段"), marginal=marginal, grid="<w:titlePg/>", **parts))
    default = of_bytes(xml(para("段"), marginal=marginal, **parts))
    assert [line.text for line in first.lines] == ["首", "段"]
    assert [line.text for line in default.lines] == ["众", "段"]


@pytest.mark.parametrize(
    ("shape", "label"),
    [
        ('<w:r><w:pict><v:shape id="PowerPlusWaterMarkObject1" fillcolor="silver" style="position:'
         'absolute;width:400pt;height:100pt"><v:textpath string="机密"/></v:shape></w:pict></w:r>',
         "word/header1.xml watermark"),
        (anchored(boxed("机密"), ">", ">", 90, 40), "word/header1.xml textbox"),
        (anchored(boxed("机密", ' rot="18900000"'), ">", ">", 90, 40),
         "word/header1.xml watermark"),
        (anchored(boxed("机密"), ">", ">", 90, 40, "PowerPlusWaterMarkObject2"),
         "word/header1.xml watermark"),
    ],
)  # fmt: skip
def test_a_watermark_is_labelled_as_the_text_labels_it(shape, label):
    marginal = '<w:headerReference w:type="default" r:id="r1"/>'
    data = xml(para("段"), marginal=marginal, header1=para(shape))
    (mark, _) = of_bytes(data).lines
    assert (mark.text, mark.place.area, mark.place.label) == ("机密", Area.TEXTBOX, label)


# Ruled lines.


@pytest.mark.parametrize(
    ("border", "colour", "double"),
    [
        ('<w:bottom w:val="single" w:sz="24" w:color="FF0000"/>', "#ff0000", False),
        ('<w:top w:val="double" w:sz="6" w:color="FF0000"/>', "#ff0000", True),
        ('<w:bottom w:val="thinThickSmallGap" w:sz="24" w:color="ff0000"/>', "#ff0000", True),
        ('<w:top w:val="thickThinMediumGap" w:sz="24" w:color="auto"/>', "#000000", True),
    ],
)
def test_a_border_of_a_paragraph_is_a_stroke(border, colour, double):
    (stroke,) = of_bytes(xml(para("段", properties=f"<w:pBdr>{border}</w:pBdr>"))).strokes
    assert (stroke.colour, stroke.double, stroke.page) == (colour, double, 1)
    assert (stroke.box.left, stroke.box.right) == pytest.approx((LEFT, 521.6), abs=0.1)


def test_paragraphs_of_the_same_borders_share_them():
    border = '<w:pBdr><w:top w:val="single" w:sz="4"/><w:bottom w:val="single" w:sz="4"/></w:pBdr>'
    data = xml(para("一", properties=border) * 3, para("二"))
    strokes = of_bytes(data).strokes
    assert len(strokes) == 2
    assert strokes[1].box.top - strokes[0].box.top == pytest.approx(3 * 20.8, abs=2)


def drawn_line(left: float, top: float, colour: str, kind: str = "line") -> str:
    """A straight line, 442 points long."""
    shape = (
        f'<wps:spPr><a:prstGeom prst="{kind}"/><a:ln w="28575"><a:solidFill><a:srgbClr'
        f' val="{colour}"/></a:solidFill></a:ln></wps:spPr><wps:bodyPr/>'
    )
    across, down = (f'relativeFrom="page">{offset(at)}' for at in (left, top))
    return anchored(shape, across, down, 442, 0)


@pytest.mark.parametrize(
    ("shape", "colour", "box"),
    [
        (drawn_line(79.4, 300, "FF0000"), "#ff0000", (79.4, 300, 521.4, 300)),
        (drawn_line(79.4, 300, "0000FF", "straightConnector1"), "#0000ff", (79.4, 300, 521.4, 300)),
        ('<w:r><w:pict><v:line style="position:absolute" from="0,60pt" to="442pt,60pt"'
         ' strokecolor="red"/></w:pict></w:r>', "#ff0000", (79.4, 164.9, 521.4, 164.9)),
        ('<w:r><w:pict><v:rect style="position:absolute;margin-left:0;margin-top:60pt;width:442pt;'
         'height:2pt" fillcolor="#f00" stroked="f"/></w:pict></w:r>',
         "#ff0000", (79.4, 164.9, 521.4, 166.9)),
        ('<w:r><w:pict><v:shape type="#_x0000_t32" style="position:absolute;margin-left:0;'
         'margin-top:60pt;width:442pt;height:0" strokecolor="red [3]"/></w:pict></w:r>',
         "#ff0000", (79.4, 164.9, 521.4, 164.9)),
    ],
)  # fmt: skip
def test_a_straight_line_is_a_stroke(shape, colour, box):
    (stroke,) = of_bytes(xml(para(shape, "段"))).strokes
    edges = stroke.box.left, stroke.box.top, stroke.box.right, stroke.box.bottom
    assert (stroke.colour, stroke.double) == (colour, False)
    assert edges == pytest.approx(box, abs=0.2)


def test_two_lines_close_together_are_a_double_one():
    near = drawn_line(79.4, 300, "FF0000") + drawn_line(79.4, 304, "FF0000")
    (stroke,) = of_bytes(xml(para(near))).strokes
    assert (stroke.double, stroke.box.top, stroke.box.bottom) == (True, 300, 304)
    apart = drawn_line(79.4, 300, "FF0000") + drawn_line(79.4, 320, "FF0000")
    assert [stroke.double for stroke in of_bytes(xml(para(apart))).strokes] == [False, False]


# Broken, odd and large.


@pytest.mark.parametrize("keep", [0, 200, 5_000])
def test_a_broken_package_is_an_outcome(keep):
    with pytest.raises(UnreadError):
        of_bytes(saved(docx.Document())[:keep])


def test_a_document_too_large_for_a_tree_is_refused():
    document = docx.Document()
    document.add_paragraph("长" * 100_000)

    with pytest.raises(UnreadError, match="unpacked"):
        of(document, unpacked_bytes=50_000)


def test_a_macro_document_is_set():
    kind = "application/vnd.ms-word.document.macroEnabled.main+xml"
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default'
        ' Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName='
        f'"/word/document.xml" ContentType="{kind}"/></Types>'
    )
    data = xml(para("段"))
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, types if name == "[Content_Types].xml" else old.read(name))
    assert [line.text for line in of_bytes(buffer.getvalue()).lines] == ["段"]


NONSENSE = ("-1", "0", "nan", "inf", "1e308", "99999999999999", "-99999999", "x", "", "１")


@pytest.mark.parametrize("value", NONSENSE)
def test_nonsense_in_any_measure_is_borne(value):
    said = (
        f'<w:ind w:left="{value}" w:firstLine="{value}" w:rightChars="{value}"/><w:spacing'
        f' w:line="{value}" w:before="{value}" w:afterLines="{value}"/><w:tabs><w:tab'
        f' w:val="right" w:pos="{value}"/></w:tabs><w:pBdr><w:top w:val="single" w:sz="{value}"'
        f' w:space="{value}"/></w:pBdr>'
    )
    shape = anchored(boxed("框"), f">{value}", f"><wp:posOffset>{value}</wp:posOffset>", 9, 9)
    cell = (
        f'<w:tbl><w:tblPr><w:tblW w:w="{value}" w:type="pct"/></w:tblPr><w:tblGrid><w:gridCol'
        f' w:w="{value}"/></w:tblGrid><w:tr><w:trPr><w:gridBefore w:val="{value}"/></w:trPr><w:tc>'
        f'<w:tcPr><w:gridSpan w:val="{value}"/><w:tcW w:w="{value}"/></w:tcPr>{para("格")}</w:tc>'
        "</w:tr></w:tbl>"
    )
    look = f'<w:sz w:val="{value}"/><w:w w:val="{value}"/><w:spacing w:val="{value}"/>'
    frame = f'<w:framePr w:x="{value}" w:y="{value}" w:w="{value}"/>'
    line = (
        f'<w:r><w:pict><v:line from="{value},0" to="9,{value}"/><v:group coordsize="{value},0">'
        f'<v:line from="{value},0" to="9,{value}"/></v:group></w:pict></w:r>'
    )
    grid = f'<w:docGrid w:type="linesAndChars" w:linePitch="{value}" w:charSpace="{value}"/>'
    blocks = (
        para(run("甲", look), "<w:r><w:tab/></w:r>", "乙", shape, line, properties=said),
        para("丙", properties=frame),
        cell,
    )
    seen = of_bytes(xml(*blocks, grid=grid + f'<w:pgSz w:w="{value}" w:h="{value}"/>'))
    assert {"丙", "格"} <= {line.text for line in seen.lines}


def test_bytes_flipped_in_the_xml_raise_nothing_else():
    shape = anchored(boxed("框"), f'relativeFrom="page">{offset(9)}', ">", 9, 9)
    properties = '<w:jc w:val="right"/><w:ind w:left="640"/><w:tabs><w:tab w:pos="9"/></w:tabs>'
    blocks = [para("甲", shape, properties=properties), table(["乙", "丙"])]
    sound = body(*blocks, SECTION.format("", "")).encode()
    chance = random.Random(7)
    for _ in range(200):
        broken = bytearray(sound)
        for _ in range(chance.randint(1, 3)):
            broken[chance.randrange(len(broken))] = chance.randrange(32, 127)
        try:
            of_bytes(document(bytes(broken)))
        except UnreadError:
            continue


@pytest.mark.parametrize(
    "block",
    [
        para("字" * 400_000),
        para("a" * 400_000),
        para("\u200b" * 400_000 + "字"),
        para(run("字", '<w:sz w:val="6"/>') * 20_000),
        para("字") * 20_000,
        "<w:p/>" * 40_000,
        para("<w:r><w:tab/></w:r>" * 20_000, "字"),
        para("<w:r><w:br/></w:r>" * 20_000, "字"),
        table(["字"] * 2_000),
        para(drawn_line(1, 1, "FF0000") * 1_000),
    ],
    ids=["long", "word", "nothing", "runs", "many", "empty", "tabs", "breaks", "cells", "lines"],
)
def test_large_documents_are_set_in_time(block):
    data = xml(block)
    start = time.process_time()
    seen = of_bytes(data, unpacked_ratio=1 << 30)
    assert time.process_time() - start < 5
    assert len(seen.lines) <= 5_000


def test_twenty_pages_are_set_at_once():
    document = draft()
    for _ in range(150):
        document.add_paragraph(LONG + LONG)
    data = saved(document)
    times = []
    for _ in range(3):
        start = time.process_time()
        of_bytes(data)
        times.append(time.process_time() - start)
    assert min(times) < 0.25  # a quarter of that on an idle machine


@pytest.mark.corpus
def test_real_documents_are_set(capsys):
    refused, runs, sized, outside = [], 0, 0, 0
    for path in sorted(folder("corpus", "office").rglob("*.docx")):
        try:
            seen = of_bytes(path.read_bytes())
        except UnreadError:
            refused.append(path.name)
            continue
        runs += len(seen.runs)
        sized += sum(run.size is not None and run.font != "" for run in seen.runs)
        widths = {page.number: page.width for page in seen.pages}
        outside += sum(not -5 < ln.box.left <= widths[ln.place.page] for ln in seen.lines)

    with capsys.disabled():
        print(
            f"\n{runs} runs, {sized / runs:.0%} with font and size, {outside} beside the page,"
            f" refused: {refused}"
        )
    assert runs > 1_000 and sized > 0.7 * runs and len(refused) < 5 and outside < 0.01 * runs
