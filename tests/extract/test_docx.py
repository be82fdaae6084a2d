"""Facts about reading Word documents: every hiding place, both readers, hostile files."""

from __future__ import annotations

import io
import time
from pathlib import Path

import docx as python_docx
import pytest
from builders_docx import (
    CONTENT_TYPES,
    MAIN_TYPE,
    SPACES,
    STRICT,
    W,
    alternatives,
    body,
    box,
    document,
    para,
    part,
    relations,
    run,
    table,
    vml_box,
    with_flags,
    zipped,
)
from hypothesis import example, given, settings
from hypothesis import strategies as st

from markscan.document import Area, Part
from markscan.errors import DamagedFile, EncryptedFile, LimitExceeded, NoTextLayer, UnreadError
from markscan.extract import docx, extract
from markscan.extract.docx.fast import find_breaks
from markscan.extract.docx.styles import Styles
from markscan.extract.extractor import Budget, Item, Limits
from markscan.source import Source

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
PAGE = '<w:r><w:br w:type="page"/></w:r>'
NOTED = "<w:r><w:lastRenderedPageBreak/></w:r>"
DENSE = Limits(unpacked_ratio=1 << 30)  # lets well-packed bombs through to the readers


def read(content: bytes, limits: Limits | None = None) -> list[Item]:
    budget = Budget(limits or Limits())
    return list(docx.extract(Source(Path("a.docx"), (), content), budget))


def parts(content: bytes) -> list[Part]:
    return [item for item in read(content) if isinstance(item, Part)]


def texts(content: bytes, area: Area | None = None) -> list[str]:
    return [p.text for p in parts(content) if area is None or p.place.area is area]


def labels(content: bytes, area: Area) -> list[tuple[str, str]]:
    return [(p.text, p.place.label) for p in parts(content) if p.place.area is area]


def problems(items: list[Item]) -> list[str]:
    return [item.reason for item in items if isinstance(item, UnreadError)]


def outcome(content: bytes, limits: Limits | None = None) -> list[Item]:
    """What is yielded, and at the end what was raised."""
    items: list[Item] = []
    try:
        source = Source(Path("a.docx"), (), content)
        for item in extract(source, "docx", Budget(limits or Limits())):
            items.append(item)
    except UnreadError as error:
        items.append(error)
    return items


# Text in the body.


@pytest.mark.parametrize(
    ("inside", "seen"),
    [
        (run("机") + run("密") + run("★10年"), "机密★10年"),
        (run("a") + "<w:r><w:tab/></w:r>" + run("b"), "a\tb"),
        ("<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:cr/><w:t>c</w:t></w:r>", "a\nb\nc"),
        ("<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t></w:r>", "a-b"),
        ('<w:r><w:t>机密</w:t><w:sym w:font="Wingdings" w:char="F0AB"/></w:r>', "机密★"),
        ('<w:r><w:sym w:font="Arial" w:char="2605"/></w:r>', "★"),
        ('<w:ins w:id="1" w:author="a">' + run("机密") + "</w:ins>", "机密"),
        ('<w:moveTo w:id="1" w:author="a">' + run("机密") + "</w:moveTo>", "机密"),
        ("<w:sdt><w:sdtPr/><w:sdtContent>" + run("机密") + "</w:sdtContent></w:sdt>", "机密"),
        ('<w:hyperlink r:id="x">' + run("机密") + "</w:hyperlink>", "机密"),
        ('<w:smartTag w:element="e">' + run("机密") + "</w:smartTag>", "机密"),
        ('<w:fldSimple w:instr=" PAGE ">' + run("7") + "</w:fldSimple>", "7"),
        (run("&#x673A;&#23494;&amp;&lt;&quot;"), '机密&<"'),
        ("<w:r><w:t><![CDATA[机<密]]></w:t></w:r>", "机<密"),
        ("<w:r><w:t>机<!-- x -->密<?y z?></w:t></w:r>", "机密"),
        ("<w:r><w:t xml:space='preserve'>机密</w:t ></w:r >", "机密"),
        ("<w:r><w:t foo='a>b'>机密</w:t></w:r>", "机密"),
        ("<w:r><w:t/><w:t></w:t><w:t>机密</w:t></w:r>", "机密"),
        ("<m:oMath><m:r><m:t>E=mc</m:t></m:r></m:oMath>", "E=mc"),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>mi</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>密</w:t>"
            "</w:r></w:rubyBase></w:ruby></w:r>",
            "密",
        ),
        (
            "<w:r><w:fldChar><w:ffData><w:ddList><w:result w:val='1'/><w:listEntry w:val='秘密'/>"
            "<w:listEntry w:val='机密'/></w:ddList></w:ffData></w:fldChar></w:r>",
            "机密",
        ),
    ],
)
def test_what_a_reader_sees_is_the_paragraph(inside, seen):
    assert texts(document(body(f"<w:p>{inside}</w:p>")), Area.BODY) == [seen]


def test_paragraphs_are_counted_from_one_the_empty_ones_too():
    data = document(body(para("a"), "<w:p/>", '<w:p w:rsidR="1"/>', para(), para("b")))
    assert labels(data, Area.BODY) == [("a", "p1"), ("b", "p5")]


@pytest.mark.parametrize(
    ("blocks", "pages"),
    [
        ([para("a"), para("b")], [1, 1]),
        ([para("a"), para(PAGE), para("b")], [1, 2]),
        ([para("a"), para(PAGE), para(NOTED, "b")], [1, 2]),
        ([para("a"), para(NOTED, "b"), para(NOTED, "c")], [1, 2, 3]),
        ([para("a", NOTED, "b"), para("c")], [1, 2]),
        ([para("a"), para("b", properties="<w:pageBreakBefore/>")], [1, 2]),
        ([para("a"), para("b", properties='<w:pageBreakBefore w:val="0"/>')], [1, 1]),
        ([para("a", properties="<w:pageBreakBefore/>")], [1]),
        ([para("a"), para(NOTED, "b", properties="<w:pageBreakBefore/>")], [1, 2]),
        ([para("a", properties="<w:sectPr/>"), para("b"), "<w:sectPr/>"], [1, 2]),
        (
            [
                para("a", properties="<w:sectPr/>"),
                para("b"),
                '<w:sectPr><w:type w:val="continuous"/></w:sectPr>',
            ],
            [1, 1],
        ),
        ([para("a"), table([para(NOTED, "b")]), para("c")], [1, 2, 2]),
    ],
)
def test_pages_are_counted(blocks, pages):
    assert [p.place.page for p in parts(document(body(*blocks)))] == pages


def test_a_cell_is_one_part_with_table_row_and_column():
    data = document(
        body(table(["a", para("b") + para("c")], ["d"]), para("x"), table(["e"], ["", "f"]))
    )
    cells = [(p.text, p.place.label, p.row) for p in parts(data) if p.place.area is Area.CELL]
    assert cells == [
        ("a", "T1!R1C1", 1),
        ("b\nc", "T1!R1C2", 1),
        ("d", "T1!R2C1", 2),
        ("e", "T2!R1C1", 3),
        ("f", "T2!R2C2", 4),
    ]
    assert labels(data, Area.BODY) == [("x", "p5")]


def test_a_table_in_a_cell_has_its_own_numbers():
    inner = table(["in"])
    data = document(body(table(["a", para("out") + inner + para()]), para("after")))
    assert [(p.text, p.place.label, p.row) for p in parts(data)] == [
        ("a", "T1!R1C1", 1),
        ("in", "T2!R1C1", 2),
        ("out", "T1!R1C2", 1),
        ("after", "p5", None),
    ]


# Text that is not shown, or not in line.


@pytest.mark.parametrize(
    "properties",
    [
        "<w:vanish/>",
        "<w:specVanish/>",
        '<w:vanish w:val="true"/>',
        '<w:color w:val="FFFFFF"/>',
        '<w:color w:val="ffffff"/>',
        '<w:sz w:val="2"/>',
        '<w:sz w:val="4"/>',
        '<w:sz w:val="1pt"/>',
        '<w:rStyle w:val="Gone"/>',
        '<w:rStyle w:val="Child"/>',
    ],
)
def test_a_run_nobody_sees_is_hidden(properties):
    styles = part(
        "styles",
        '<w:style w:type="character" w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>',
        '<w:style w:type="character" w:styleId="Child"><w:basedOn w:val="Gone"/></w:style>',
    )
    data = document(body(para("见", run("机密", properties), "见")), ("word/styles.xml", styles))
    assert labels(data, Area.BODY) == [("见见", "p1")]
    assert labels(data, Area.HIDDEN) == [("机密", "p1")]


@pytest.mark.parametrize(
    "properties",
    [
        '<w:vanish w:val="0"/>',
        '<w:vanish w:val="false"/>',
        "<w:webHidden/>",
        '<w:color w:val="FEFEFE"/>',
        '<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="000000"/>',
        '<w:color w:val="FFFFFF"/><w:highlight w:val="black"/>',
        '<w:sz w:val="5"/>',
        "<w:rPrChange><w:rPr><w:vanish/></w:rPr></w:rPrChange>",
    ],
)
def test_a_run_somebody_sees_is_not_hidden(properties):
    data = document(body(para(run("机密", properties))))
    assert texts(data) == ["机密"]
    assert texts(data, Area.BODY) == ["机密"]


@pytest.mark.parametrize(
    "styles",
    [
        "<w:docDefaults><w:rPrDefault><w:rPr><w:vanish/></w:rPr></w:rPrDefault></w:docDefaults>",
        '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:rPr><w:vanish/></w:rPr>'
        "</w:style>",
    ],
)
def test_a_default_may_hide_everything_but_what_says_otherwise(styles):
    data = document(
        body(para("暗", run("明", '<w:vanish w:val="0"/>'))),
        ("word/styles.xml", part("styles", styles)),
    )
    assert texts(data, Area.HIDDEN) == ["暗"] and texts(data, Area.BODY) == ["明"]


def test_a_paragraph_style_may_hide():
    styles = part(
        "styles",
        '<w:style w:type="paragraph" w:styleId="H"><w:rPr><w:vanish/></w:rPr></w:style>',
    )
    data = document(
        body(para("机密", properties='<w:pStyle w:val="H"/>'), para("见")),
        ("word/styles.xml", styles),
    )
    assert texts(data, Area.HIDDEN) == ["机密"]
    assert texts(data, Area.BODY) == ["见"]


def test_white_on_a_coloured_ground_is_seen():
    white = run("机密", '<w:color w:val="FFFFFF"/>')
    shade = '<w:shd w:val="clear" w:fill="1F4E79"/>'
    cell = f"<w:tbl><w:tr><w:tc><w:tcPr>{shade}</w:tcPr>{para(white)}</w:tc></w:tr></w:tbl>"
    styled = (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Blue"/></w:tblPr><w:tr><w:tc>{para(white)}</w:tc>'
        "</w:tr></w:tbl>"
    )
    styles = part(
        "styles",
        f'<w:style w:type="table" w:styleId="Blue"><w:tblStylePr>{shade}</w:tblStylePr></w:style>',
    )
    data = document(
        body(cell, styled, para(white, properties=shade), table([para(white)])),
        ("word/styles.xml", styles),
    )
    assert texts(data, Area.CELL) == ["机密", "机密"]
    assert texts(data, Area.BODY) == ["机密"]
    assert labels(data, Area.HIDDEN) == [("机密", "T3!R1C1")]


@pytest.mark.parametrize(
    "inside",
    [
        '<w:del w:id="1" w:author="a"><w:r><w:delText>机密</w:delText></w:r></w:del>',
        '<w:del w:id="1" w:author="a">' + run("机密") + "</w:del>",
        '<w:moveFrom w:id="1" w:author="a">' + run("机密") + "</w:moveFrom>",
    ],
)
def test_a_tracked_deletion_is_kept_apart(inside):
    data = document(body(para("前", inside, "后")))
    assert texts(data, Area.BODY) == ["前后"]
    assert labels(data, Area.DELETED) == [("机密", "p1")]


@pytest.mark.parametrize("wrap", ["p", "block", "cell", "header"])
def test_a_text_box_written_twice_is_read_once(wrap):
    twice = alternatives(
        box(para("机密"), para("★10年"))[5:-6], vml_box(para("机密"), para("★10年"))
    )
    block = para("前", f"<w:r>{twice}</w:r>", "后")
    if wrap == "header":
        data = document(body(para("x")), ("word/header1.xml", part("hdr", block)))
        label = "word/header1.xml textbox"
    elif wrap == "cell":
        data = document(body(table([block])))
        label = "T1!R1C1 textbox"
    else:
        data = document(body(block))
        label = "p1 textbox"
    assert labels(data, Area.TEXTBOX) == [("机密\n★10年", label)]
    assert "前后" in texts(data)


def test_a_fallback_that_says_more_is_not_lost():
    twice = alternatives(box(para("一"))[5:-6], vml_box(para("一")) + vml_box(para("二")))
    data = document(body(para(f"<w:r>{twice}</w:r>")))
    assert texts(data, Area.TEXTBOX) == ["一", "二"]


@pytest.mark.parametrize(
    ("choice", "fallback", "seen", "hidden"),
    [
        (run("机密"), run("机密"), ["机密"], []),
        (run("机密"), run("秘密"), ["机密"], ["秘密"]),
        (run("机密"), "", ["机密"], []),
        ("", run("机密"), ["机密"], []),
    ],
)
def test_of_alternatives_in_line_the_first_is_shown(choice, fallback, seen, hidden):
    data = document(body(para(alternatives(choice, fallback))))
    assert (texts(data, Area.BODY), texts(data, Area.HIDDEN)) == (seen, hidden)


def test_alternative_paragraphs_are_read_once():
    data = document(body(alternatives(para("机密"), para("机密") + para("旧"))))
    assert texts(data) == ["机密", "旧"]


@pytest.mark.parametrize(
    ("inside", "area", "text", "label"),
    [
        ('<w:r><w:pict><v:shape><v:textpath string="机密"/></v:shape></w:pict></w:r>',
         Area.TEXTBOX, "机密", "p1 wordart"),
        ('<w:r><w:drawing><wp:docPr id="1" name="n" descr="机密"/></w:drawing></w:r>',
         Area.HIDDEN, "机密", "p1 alt"),
        ('<w:r><w:drawing><wp:docPr id="1" name="n" title=\'机密\'/></w:drawing></w:r>',
         Area.HIDDEN, "机密", "p1 alt"),
        ('<w:r><w:pict><v:shape alt="机密"/></w:pict></w:r>', Area.HIDDEN, "机密", "p1 alt"),
        ("<w:r><w:instrText> QUOTE 机</w:instrText></w:r><w:r><w:instrText>密</w:instrText></w:r>",
         Area.HIDDEN, "QUOTE 机密", "p1 field"),
        ('<w:fldSimple w:instr=" DOCPROPERTY mark "/>',
         Area.HIDDEN, "DOCPROPERTY mark", "p1 field"),
        ("<w:r><w:ruby><w:rt><w:r><w:t>密</w:t></w:r></w:rt></w:ruby></w:r>",
         Area.NOTE, "密", "p1 ruby"),
    ],
)  # fmt: skip
def test_what_stands_beside_the_line_is_found(inside, area, text, label):
    assert labels(document(body(f"<w:p>{inside}</w:p>")), area) == [(text, label)]


@pytest.mark.parametrize("code", [" PAGE ", " TOC \\o ", ' HYPERLINK \\l "_Toc1" ', "= 1 + 2"])
def test_fields_that_only_count_and_point_say_nothing(code):
    inside = f"<w:r><w:instrText>{code}</w:instrText></w:r>"
    assert texts(document(body(para(inside, "1")))) == ["1"]


@pytest.mark.parametrize(
    ("name", "root", "area"),
    [
        ("word/header1.xml", "hdr", Area.HEADER),
        ("word/header2.xml", "hdr", Area.HEADER),
        ("word/footer1.xml", "ftr", Area.FOOTER),
        ("word/footnotes.xml", "footnotes", Area.NOTE),
        ("word/endnotes.xml", "endnotes", Area.NOTE),
        ("word/comments.xml", "comments", Area.COMMENT),
        ("word/glossary/document.xml", "glossaryDocument", Area.HIDDEN),
    ],
)
def test_other_stories_are_labelled_with_their_part(name, root, area):
    data = document(body(para("x")), (name, part(root, para("机密"), table(["甲", "乙"]))))
    found = [(p.text, p.place.label, p.row) for p in parts(data) if p.place.area is area]
    assert found == [("机密", name, None), ("甲", name, 1), ("乙", name, 1)]


def shape_of_word(
    name: str = "文本框 1", turn: str = "", style: str = "position:absolute", identity: str = "s1"
) -> str:
    """A text box as Word writes it: DrawingML, and VML for old readers."""
    text = f"<w:txbxContent>{para('机密★10年')}</w:txbxContent>"
    drawn = (
        f'<w:drawing><wp:anchor behindDoc="1"><wp:docPr id="1" name="{name}"/><a:graphic>'
        f'<a:graphicData><wps:wsp><wps:cNvPr id="2" name="x"/><wps:spPr><a:xfrm{turn}/></wps:spPr>'
        f"<wps:txbx>{text}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>"
        "</wp:anchor></w:drawing>"
    )
    old = (
        f'<w:pict><v:shape id="{identity}" style="{style}"><v:textbox>{text}</v:textbox></v:shape>'
        "</w:pict>"
    )
    return f"<w:r>{alternatives(drawn, old)}</w:r>"


WORD_WATERMARK = (
    '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Watermarks"/></w:docPartObj></w:sdtPr>'
    "<w:sdtContent><w:r><w:rPr><w:noProof/></w:rPr><w:pict>"
    '<v:shapetype id="_x0000_t136" coordsize="21600,21600"><v:textpath on="t" fitshape="t"/>'
    '</v:shapetype><v:shape id="PowerPlusWaterMarkObject357476642" type="#_x0000_t136"'
    ' style="position:absolute;width:412pt;height:247pt;rotation:315" fillcolor="silver">'
    '<v:textpath style="font-family:&quot;宋体&quot;;font-size:1pt" string="机密★10年"/>'
    "</v:shape></w:pict></w:r></w:sdtContent></w:sdt>"
)
OLD_BOX = "<w:r><w:pict><v:shape style='{}'><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"  # noqa: E501


@pytest.mark.parametrize(
    ("shape", "kind"),
    [
        ('<w:r><w:pict><v:shape><v:textpath string="机密★10年"/></v:shape></w:pict></w:r>',
         "watermark"),
        (WORD_WATERMARK, "watermark"),
        (shape_of_word(name="PowerPlusWaterMarkObject1"), "watermark"),
        (shape_of_word(name="水印 3"), "watermark"),
        (shape_of_word(turn=' rot="18900000"'), "watermark"),
        (shape_of_word(turn=' rot="-2700000"'), "watermark"),
        (OLD_BOX.format("rotation:-45", para("机密★10年")), "watermark"),
        (OLD_BOX.format("rotation:20643840fd", para("机密★10年")), "watermark"),
        (OLD_BOX.format("rotation:90", para("机密★10年")), "textbox"),
        (shape_of_word(), "textbox"),
        (shape_of_word(turn=' rot="16200000"'), "textbox"),
    ],
)  # fmt: skip
def test_a_watermark_is_told_from_a_text_box_of_its_header(shape, kind):
    data = document(body(para("x")), ("word/header1.xml", part("hdr", para(shape))))
    assert labels(data, Area.TEXTBOX) == [("机密★10年", f"word/header1.xml {kind}")]


@pytest.mark.parametrize(
    ("shape", "kind"),
    [
        (WORD_WATERMARK, "watermark"),
        (shape_of_word(name="PowerPlusWaterMarkObject1"), "watermark"),
        (shape_of_word(turn=' rot="18900000"'), "textbox"),
        (shape_of_word(), "textbox"),
        (shape_of_word(name="watermark") + shape_of_word().replace("机密", "秘密"), "textbox"),
    ],
)
def test_in_the_body_only_its_name_tells_a_watermark(shape, kind):
    found = labels(document(body(para(shape, "x"))), Area.TEXTBOX)
    assert found[-1][1] == f"p1 {kind}"


def test_the_author_of_a_comment_is_read_once():
    comment = f'<w:comment w:id="1" w:author="张三">{para("机密")}</w:comment>'
    data = document(body(para("x")), ("word/comments.xml", part("comments", comment * 2)))
    assert labels(data, Area.PROPERTY) == [("张三", "comment author")]


CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"


def test_charts_and_diagrams_are_read():
    chart = (
        f'<c:chartSpace xmlns:c="{CHART}" xmlns:a="{DRAWING}"><c:title><a:p><a:r><a:t>机密图'
        "</a:t></a:r></a:p></c:title><c:ser><c:tx><c:v>系列</c:v></c:tx><c:cat><c:strCache><c:pt>"
        "<c:v>类</c:v></c:pt></c:strCache></c:cat><c:val><c:numCache><c:pt><c:v>42</c:v></c:pt>"
        "</c:numCache></c:val></c:ser></c:chartSpace>"
    )
    diagram = f'<d xmlns:a="{DRAWING}"><a:p><a:r><a:t>甲</a:t></a:r></a:p></d>'
    data = document(
        body(para("x")),
        ("word/diagrams/drawing1.xml", diagram),
        ("word/diagrams/data1.xml", diagram),
        ("word/charts/chart1.xml", chart),
    )
    assert labels(data, Area.TEXTBOX) == [
        ("甲", "word/diagrams/data1.xml"),
        ("机密图\n系列\n类", "word/charts/chart1.xml"),
    ]


def test_properties_are_labelled_with_their_names():
    custom = (
        '<Properties xmlns:vt="v"><property name="密级"><vt:lpwstr>机密</vt:lpwstr></property>'
        '<property name="MSIP_Label_1_Name"><vt:lpwstr>内部</vt:lpwstr></property></Properties>'
    )
    core = '<c xmlns:dc="d"><dc:title>题</dc:title><created>2024</created></c>'
    data = document(
        body(para("x")),
        ("docProps/core.xml", core),
        ("docProps/app.xml", "<P><Company>公司</Company><Pages>3</Pages></P>"),
        ("docProps/custom.xml", custom),
        ("word/settings.xml", part("settings", '<w:docVar w:name="级" w:val="秘密"/>')),
        ("customXml/item1.xml", '<a b="属">文<c>字</c></a>'),
    )
    assert labels(data, Area.PROPERTY) == [
        ("题", "title"),
        ("公司", "Company"),
        ("机密", "密级"),
        ("内部", "MSIP_Label_1_Name"),
        ("秘密", "级"),
        ("属\n文\n字", "customXml/item1.xml"),
    ]


def test_addresses_and_embedded_files_are_handed_out():
    rels = relations(
        ("hyperlink", "http://oa.example.gov/机密", "External"), ("aFChunk", "/word/chunk.html")
    )
    inner = document(body(para("内")))
    data = document(
        body(para("x")),
        ("word/_rels/document.xml.rels", rels),
        ("word/chunk.html", "<p>机密</p>"),
        ("word/embeddings/inner.docx", inner),
    )
    assert labels(data, Area.HIDDEN) == [("http://oa.example.gov/机密", "hyperlink")]
    inside = [item for item in read(data) if isinstance(item, Source)]
    assert [s.members[-1] for s in inside] == ["word/chunk.html", "word/embeddings/inner.docx"]
    assert inside[1].content == inner


# Which part is the document.


@pytest.mark.parametrize(
    ("name", "by"),
    [
        ("word/document.xml", "relation"),
        ("WORD/Document.XML", "relation"),
        ("word/document2.xml", "relation"),
        ("x/y.xml", "relation"),
        ("x/y.xml", "type"),
        ("word/document.xml", "nothing"),
        ("word/document2.xml", "nothing"),
        ("wor\u0001/doc.xml", "nothing"),
    ],
)
def test_the_main_part_is_found(name, by):
    entries: list[tuple[str, str | bytes]] = [(name, body(para("机密")))]
    if by == "relation":
        entries.append(("_rels/.rels", relations(("officeDocument", name.lower()))))
    if by == "type":
        types = CONTENT_TYPES.replace("/word/document.xml", f"/{name}")
        entries.append(("[Content_Types].xml", types))
    assert texts(zipped(*entries)) == ["机密"]


@pytest.mark.parametrize("kind", ["document", "template", "macro"])
def test_templates_and_macro_documents_are_documents(kind):
    types = {
        "document": MAIN_TYPE,
        "template": MAIN_TYPE.replace("document.main", "template.main"),
        "macro": "application/vnd.ms-word.document.macroEnabled.main+xml",
    }
    declared = CONTENT_TYPES.replace(MAIN_TYPE, types[kind]).replace("/word/doc", "/x/doc")
    data = zipped(("[Content_Types].xml", declared), ("x/document.xml", body(para("机密"))))
    assert texts(data) == ["机密"]


@pytest.mark.parametrize(
    "data",
    [
        zipped(("xl/workbook.xml", "<workbook/>"), ("xl/sharedStrings.xml", "<sst/>")),
        document("<html><body>机密</body></html>"),
        zipped(("a.txt", "x")),
    ],
)
def test_a_package_without_a_document_is_damaged(data):
    assert problems(read(data)) == ["docx.no-body"]


def test_both_bodies_of_one_name_are_read():
    with pytest.warns(UserWarning, match="Duplicate"):
        data = document(body(para("一")), ("word/document.xml", body(para("二"))))
    assert texts(data) == ["一", "二"]


def test_pictures_without_a_word_are_reported():
    data = document(body(para()), ("word/media/image1.png", b"\x89PNG"))
    assert [type(item) for item in read(data)] == [NoTextLayer]
    assert not problems(read(document(body(para("a")), ("word/media/image1.png", b"\x89PNG"))))
    assert not read(document(body(para())))


# XML in other clothes.


@pytest.mark.parametrize(
    "main",
    [
        body(para("机密")).encode("utf-8-sig"),
        b'<?xml version="1.0" encoding="UTF-16"?>'.decode().encode("utf-16")
        + body(para("机密")).encode("utf-16-le"),
        body(para("机密")).encode("utf-16-be"),
        b'<?xml version="1.0" encoding="gb18030"?>' + body(para("机密")).encode("gb18030"),
        b'<?xml version="1.0" encoding="nonsense"?>' + body(para("机密")).encode(),
        b"<?xml version='1.0' encoding='utf-8'?>\r\n" + body(para("机密")).encode(),
        f"<x:document xmlns:x='{W}'><x:body><x:p><x:r><x:t>机密</x:t></x:r></x:p></x:body>"
        "</x:document>",
        f"<document xmlns='{W}'><body><p><r><t>机密</t></r></p></body></document>",
        f'<w:document xmlns:w="{STRICT}"><w:body>{para("机密")}</w:body></w:document>',
        f'<w:document xmlns:w="urn:x" xmlns:y="{W}"><y:body><y:p><y:r><y:t>机密</y:t></y:r></y:p>'
        f"</y:body></w:document>".replace("w:document", "y:document"),
        f'<w:document {SPACES}><w:body><w:p><w:r><q:t xmlns:q="{W}">机密</q:t></w:r></w:p>'
        "</w:body></w:document>",
    ],
)
def test_the_same_text_in_other_xml_is_the_same(main):
    items = read(document(main))
    assert [(i.text, i.place.label) for i in items if isinstance(i, Part)] == [("机密", "p1")]
    assert not problems(items)


# Both readers.

WORDS = st.sampled_from(["机密★10年", "a", " ", "&amp;", "&lt;x&gt;", "第1条", '="', "'"])
INLINE = st.one_of(
    WORDS.map(run),
    WORDS.map(lambda word: f"<w:r><w:t>{word}</w:t><w:t/></w:r>"),
    st.sampled_from(
        [
            "<w:r><w:tab/></w:r>",
            "<w:r><w:br/></w:r>",
            '<w:r><w:br w:type="textWrapping" w:clear="all"/></w:r>',
            "<w:r><w:noBreakHyphen/></w:r>",
            PAGE,
            NOTED,
            "<w:bookmarkStart w:id='1' w:name='n'/>",
            "<w:r><w:instrText> PAGE </w:instrText></w:r>",
            run("x", '<w:color w:val="FF0000"/><w:sz w:val="44"/><w:szCs w:val="2"/>'),
            '<w:ins w:id="1" w:author="a">' + run("新") + "</w:ins>",
            '<w:hyperlink r:id="r1">' + run("链") + "</w:hyperlink>",
        ]
    ),
)
SURPRISES = st.sampled_from(
    [
        run("藏", "<w:vanish/>"),
        run("白", '<w:color w:val="FFFFFF"/>'),
        '<w:del w:id="1"><w:r><w:delText>删</w:delText></w:r></w:del>',
        "<w:r><w:t>a<!-- b -->c</w:t></w:r>",
        "<w:r><w:t>&#x673A;</w:t></w:r>",
        "<w:r><w:tab></w:tab></w:r>",
        '<w:r><w:sym w:font="Wingdings" w:char="F0AB"/></w:r>',
        "<w:r><w:t>机\r\n密</w:t></w:r>",
        '<w:r><w:drawing><wp:docPr id="1" descr="图"/></w:drawing></w:r>',
        "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>",
        "<w:r><w:instrText> QUOTE x </w:instrText></w:r>",
        box(para("框")),
    ]
)
PROPERTIES = st.sampled_from(
    [
        "",
        "",
        "<w:pPr><w:tabs><w:tab w:val='left' w:pos='1'/></w:tabs></w:pPr>",
        "<w:pPr><w:pageBreakBefore/></w:pPr>",
        "<w:pPr><w:pageBreakBefore w:val='off'/></w:pPr>",
        "<w:pPr><w:sectPr><w:type w:val='continuous'/></w:sectPr></w:pPr>",
        "<w:pPr><w:sectPr w:rsidR='1'><w:pgSz w:w='1'/></w:sectPr></w:pPr>",
    ]
)


def paragraphs(inline: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    full = st.tuples(
        st.sampled_from(["<w:p>", '<w:p w:rsidR="00AB">', "<w:p\tw:rsidR='1'\nw:x='2'>"]),
        PROPERTIES,
        st.lists(inline, max_size=5).map("".join),
        st.just("</w:p>"),
    ).map("".join)
    return full | st.sampled_from(["<w:p/>", '<w:p w:rsidR="1"/>', "<w:p />"])


def blocks(inline: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    def tables(block: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        cell = st.lists(block, max_size=3).map(lambda c: f"<w:tc><w:tcPr/>{''.join(c)}</w:tc>")
        row = st.lists(cell | st.just("<w:tc/>"), max_size=3).map(
            lambda r: f'<w:tr w:rsidR="1">{"".join(r)}</w:tr>'
        )
        return st.lists(row, max_size=3).map(lambda t: f"<w:tbl><w:tblPr/>{''.join(t)}</w:tbl>")

    sdt = "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>".format
    leaf = paragraphs(inline) | paragraphs(inline).map(sdt)
    return st.recursive(leaf, tables, max_leaves=6)


SIMPLE = st.lists(blocks(INLINE), max_size=6).map(lambda b: body(*b, "<w:sectPr/>"))
MIXED = st.lists(blocks(INLINE | SURPRISES), max_size=6).map(lambda b: body(*b))


@settings(max_examples=300, deadline=None)
@given(SIMPLE | MIXED)
@example(body(para(run("a"), properties="<w:sectPr/>"), "<w:sectPr/>"))
def test_both_readers_give_the_same(main):
    data = document(main)
    fast = read(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("markscan.extract.docx.reader.find_breaks", lambda *_: None)
        thorough = read(data)
    assert fast == thorough


@settings(max_examples=50, deadline=None)
@given(st.lists(paragraphs(WORDS.map(run)).filter(lambda p: " />" not in p), max_size=4))
def test_plain_documents_take_the_fast_reader(blocks):
    main = body(*(b.replace("\t", " ").replace("\n", " ") for b in blocks)).encode()
    assert find_breaks(main, Styles()) is not None


# Hostile files.


def generated() -> bytes:
    made = python_docx.Document()
    made.add_paragraph("机密★10年")
    made.add_table(rows=2, cols=2).cell(0, 0).text = "密级"
    made.sections[0].header.paragraphs[0].text = "内部资料"
    made.core_properties.title = "标题"
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def test_a_document_of_another_writer_is_read():
    data = generated()
    assert {"机密★10年", "密级", "内部资料", "标题"} <= set(texts(data))
    assert not problems(read(data))


def test_every_prefix_is_read_or_refused_with_a_reason():
    data = generated()
    saved = 0
    for end in range(0, len(data), max(1, len(data) // 150)):
        items = outcome(data[:end])
        assert problems(items)
        saved += any(isinstance(i, Part) and i.text == "机密★10年" for i in items)
    assert saved > 10


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_flipped_bytes_raise_nothing_else(data):
    content = bytearray(SMALL)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    outcome(bytes(content))


SMALL = document(
    body(para("机密"), table(["甲", "乙"]), para(box(para("框")), run("藏", "<w:vanish/>"))),
    ("word/header1.xml", part("hdr", para("眉"))),
    ("docProps/core.xml", "<c><title>题</title></c>"),
)


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 2000), st.binary(max_size=6))
def test_broken_xml_is_saved_as_far_as_possible(at, junk):
    main = body(*(para(f"第{n}条") for n in range(20))).encode()
    at = min(at, len(main))
    items = read(document(main[:at] + junk + main[at:]))
    found = "".join(i.text for i in items if isinstance(i, Part))
    assert problems(items) or len(found) >= sum(len(f"第{n}条") for n in range(20))


def test_text_behind_an_error_is_saved():
    items = read(document(body(para("前"), "</w:oops>", para("&nope;后"), para("机密"))))
    assert [i.text for i in items if isinstance(i, Part)] == ["前", "&nope;后", "机密"]
    assert problems(items) == ["package.xml"]


def test_a_prefix_without_a_namespace_is_taken_for_words_and_reported():
    items = read(document(body(para("前"), "<q:p><q:r><q:t>机密</q:t></q:r></q:p>")))
    assert [i.text for i in items if isinstance(i, Part)] == ["前", "机密"]
    assert problems(items) == ["package.xml"]


def test_bytes_that_are_no_characters_are_reported():
    items = read(document(body(para("机密")).encode().replace("密".encode(), b"\xc3\xdc")))
    assert problems(items) == ["package.xml"]


@pytest.mark.parametrize("twist", ["<!-- x -->", "<w:del/>", "<w:sym/>"])
def test_settings_of_text_never_take_text_along(twist):
    inside = "<w:r><w:t><![CDATA[<w:b/>机]]></w:t></w:r>" if "!" in twist else run("&lt;w:b/&gt;机")
    properties = '<w:rFonts w:ascii="a"/><w:b/><w:sz w:val="2"/>'
    data = document(body(para(inside, run("密", properties), f"<w:r>{twist}</w:r>")))
    assert texts(data, Area.BODY) == ["<w:b/>机"]
    assert texts(data, Area.HIDDEN) == ["密"]


@pytest.mark.parametrize(
    "doctype",
    [
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x [<!ENTITY e "' + "A" * 1000 + '">]>',
        '<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY e "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE x SYSTEM "http://example.invalid/x.dtd">',
    ],
)
def test_no_entity_is_ever_expanded(doctype):
    items = read(document(doctype + body(para("A&e;B" * 3))))
    assert [i.text for i in items if isinstance(i, Part)] == ["ABABAB"]
    assert problems(items) == ["package.doctype"]


def test_a_locked_document_is_reported_as_locked():
    data = document(body(para("机密")))
    for name in ("[Content_Types].xml", "_rels/.rels", "word/document.xml"):
        data = with_flags(data, name, 1)
    (item,) = read(data)
    assert isinstance(item, EncryptedFile)


def timed(content: bytes, limits: Limits = DENSE) -> list[Item]:
    start = time.process_time()
    items = outcome(content, limits)
    assert time.process_time() - start < 10
    return items


@pytest.mark.parametrize(
    "xml",
    [
        "<w:tbl><w:tr><w:tc>" * 30_000 + para("深") + "</w:tc></w:tr></w:tbl>" * 30_000,
        "<w:sdt>" * 200_000 + para("深") + "</w:sdt>" * 200_000,
        "<mc:AlternateContent><mc:Choice>" * 3_000
        + para("深")
        + "</mc:Choice></mc:AlternateContent>" * 3_000,
        "<w:p>" * 50_000 + run("深") + "</w:p>" * 50_000,
        "<w:p><w:r><w:txbxContent>" * 20_000 + run("深") + "</w:txbxContent></w:r></w:p>" * 20_000,
    ],
    ids=["tables", "controls", "alternatives", "paragraphs", "boxes"],
)
def test_depth_costs_no_more_than_length(xml):
    items = timed(document(body(xml)))
    assert any(isinstance(i, Part) and "深" in i.text for i in items)


@pytest.mark.parametrize(
    "block",
    [para("x"), "<w:p/>", para("x", "<w:r><w:sym/></w:r>"), table(["x"])],
    ids=["plain", "empty", "thorough", "table"],
)
def test_millions_of_paragraphs_end_at_the_limit(block):
    data = document(body(block * 150_000))
    items = timed(data, Limits(unpacked_ratio=1 << 30, parts=100_000))
    assert isinstance(items[-1], LimitExceeded) and items[-1].reason == "limit.parts"
    if "x" in block:
        assert len(items) > 95_000


def test_characters_end_at_the_limit():
    items = outcome(
        document(body(para("机密" * 30), para("机密" * 30))), Limits(text_characters=100)
    )
    assert [len(i.text) for i in items if isinstance(i, Part)] == [60, 40]
    assert problems(items) == ["limit.characters"]


def test_a_bomb_is_refused_at_once_and_the_rest_is_read():
    bomb = zipped(
        ("word/document.xml", body(para("x" * (40 << 20)))),
        ("word/header1.xml", part("hdr", para("机密"))),
    )
    start = time.process_time()
    items = outcome(bomb)
    assert time.process_time() - start < 0.5
    assert [type(i) for i in items] == [LimitExceeded, Part]


def test_damage_is_told_from_limits():
    assert problems(outcome(b"no zip")) == ["package.no-entries"]
    assert isinstance(outcome(b"")[0], DamagedFile)


# Real files.


def corpus(*folders: str) -> list[Path]:
    found = [p for f in folders for p in sorted((CORPUS / f).rglob("*"))]
    kinds = {".docx", ".docm", ".dotx", ".dotm"}
    return [p for p in found if p.suffix.lower() in kinds or "docx_as" in p.name]


def need(path: Path) -> None:
    if not path.exists():
        pytest.skip(f"{path} is not there")


@pytest.mark.corpus
def test_the_probe_gives_up_all_its_hiding_places():
    path = CORPUS / "probe" / "probe.docx"
    need(path)
    items = list(docx.extract(Source(path), Budget()))
    found = " ".join(f"{i.text} {i.place.label}" if isinstance(i, Part) else "" for i in items)
    words = """FIRST BODY INSERTED DELETED MOVEDFROM VANISH WHITE TINY STYLEVANISH CELL NESTEDCELL
        TEXTBOX VMLBOX ALTTEXT FOOTNOTE ENDNOTE COMMENT CMTAUTHOR SDTBLOCK SDTINLINE LINKTEXT
        LINKURL FIELDCODE FIELDRESULT FLDSIMPLE SMARTTAG SPLIT HEADER HEADERFIRST HEADEREVEN
        FOOTER WATERMARK CHARTTITLE SMARTART GLOSSARY COREPROP KEYWORDS CUSTOMPROP PROPNAME
        DOCVAR LABELID CUSTOMXML""".split()  # noqa: SIM905
    assert not [word for word in words if f"MK{word}" not in found]
    assert found.count("MKTEXTBOX") == 1
    inside = [i.members[-1] for i in items if isinstance(i, Source)]
    assert [name.rsplit("/", 1)[1] for name in inside] == [
        "afchunk1.html",
        "inner.xlsx",
        "inner.docx",
    ]
    assert not problems(items)


@pytest.mark.corpus
@pytest.mark.parametrize("folder", ["formats", "office", "hostile", "probe"])
def test_every_real_file_is_read_or_refused_in_time(folder):
    need(CORPUS / folder)
    for path in corpus(folder):
        start = time.process_time()
        items = []
        try:
            items.extend(docx.extract(Source(path), Budget()))
        except UnreadError as error:
            items.append(error)
        assert time.process_time() - start < 10, path
        assert items or "docx" in path.name, path


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("truncated_half", 40),
        ("truncated_tail", 40),
        ("trailing_junk_100KB", 40),
        ("prefixed_junk", 40),
        ("flip0", 33),
        ("flip1", 15),
        ("flip2", 36),
    ],
)
def test_a_damaged_probe_is_saved_in_part(name, least):
    path = CORPUS / "hostile" / f"{name}.docx"
    need(path)
    items = list(docx.extract(Source(path), Budget()))
    text = " ".join(f"{i.text} {i.place.label}" for i in items if isinstance(i, Part))
    words = {word for word in text.replace("_", " ").split() if "MK" in word}
    assert len({w[w.index("MK") :] for w in words}) >= least - 2
    assert problems(items)
