"""Facts about reading OpenDocument: every hiding place, sheets, slides, locks, hostile files."""

from __future__ import annotations

import base64
import random
import time
from pathlib import Path

import pytest
from builders_docx import zipped
from builders_odf import (
    SPACES,
    box,
    cell,
    content,
    encrypted,
    masters,
    package,
    para,
    row,
    sheet,
    style,
    text,
)

from markscan.document import Area, Box, Page, Part, Place
from markscan.errors import EncryptedFile, UnreadError
from markscan.extract import extract
from markscan.extract.extractor import Budget, Item, Limits
from markscan.source import Source

WHITE = '<style:text-properties fo:color="#ffffff"/>'
TEXT_STYLES = (
    style("W", "text", WHITE)
    + style("H", "text", '<style:text-properties text:display="none"/>')
    + style("T", "text", '<style:text-properties fo:font-size="1pt"/>')
    + style("WH", "text", WHITE.replace("/>", ' fo:background-color="#0000ff"/>'))
    + style("WP", "paragraph", WHITE)
    + style("Child", "paragraph", "", 'style:parent-style-name="WP"')
    + style("Dark", "table-cell", '<style:table-cell-properties fo:background-color="#000080"/>')
)


def read(data: bytes, budget: Budget | None = None, form: str = "odt") -> list[Item]:
    """What is yielded, and at the end what was raised."""
    items: list[Item] = []
    try:
        for item in extract(Source(Path("a.odt"), (), data), form, budget or Budget()):
            items.append(item)
    except UnreadError as error:
        items.append(error)
    return items


def said(data: bytes) -> list[tuple[str, str, str]]:
    """Area, label and text of each part."""
    return [
        (part.place.area.value, part.place.label, part.text)
        for part in read(data)
        if isinstance(part, Part)
    ]


def problems(items: list[Item]) -> list[str]:
    return [item.reason for item in items if isinstance(item, UnreadError)]


# Text.


@pytest.mark.parametrize(
    ("inside", "seen"),
    [
        ("机密★10年", "机密★10年"),
        ("机<text:span>密</text:span>", "机密"),
        ("机<text:s text:c='2'/>密", "机  密"),
        ("机<text:s/>密", "机 密"),
        ("机<text:tab/>密", "机\t密"),
        ("机<text:line-break/>密", "机\n密"),
        ("\n  机\n   密 ", "机 密"),
        ("<text:a xlink:href='#x'>机密</text:a>", "机密"),
        ("机<text:bookmark text:name='x'/>密", "机密"),
        ("机<text:change-start text:change-id='x'/>密", "机密"),
        ("<text:ruby><text:ruby-base>密</text:ruby-base><text:ruby-text>mi</text:ruby-text>"
         "</text:ruby>", "密"),
        ("<text:user-field-get text:name='x'>机密</text:user-field-get>", "机密"),
        ("<text:meta><text:span>机密</text:span></text:meta>", "机密"),
        ("机<text:note><text:note-citation>1</text:note-citation></text:note>密", "机密"),
        ("&#x673A;&amp;密", "机&密"),
    ],
)  # fmt: skip
def test_what_a_reader_sees_is_the_paragraph(inside, seen):
    assert said(text(para(inside))) == [("body", "p1", seen)]


@pytest.mark.parametrize(
    ("block", "area", "found"),
    [
        (para("<text:span text:style-name='W'>机密</text:span>"), "hidden", "机密"),
        (para("<text:span text:style-name='H'>机密</text:span>"), "hidden", "机密"),
        (para("<text:span text:style-name='T'>机密</text:span>"), "hidden", "机密"),
        (para("<text:span text:style-name='WH'>机密</text:span>"), "body", "机密"),
        (para("机密", "WP"), "hidden", "机密"),
        (para("机密", "Child"), "hidden", "机密"),
        (sheet("x", row(cell("机密"))), "cell", "机密"),
        ("<text:section text:display='none'>" + para("机密") + "</text:section>",
         "hidden", "机密"),
        ("<text:section text:display='condition' text:is-hidden='false'>" + para("机密")
         + "</text:section>", "body", "机密"),
        (para("<text:hidden-paragraph text:is-hidden='true'/>机密"), "hidden", "机密"),
        (para("<text:hidden-text text:string-value='机密'/>"), "hidden", "机密"),
        (para("<text:note><text:note-citation>1</text:note-citation><text:note-body>"
              + para("机密") + "</text:note-body></text:note>"), "note", "机密"),
        (para("<text:footnote><text:footnote-body>" + para("机密")
              + "</text:footnote-body></text:footnote>"), "note", "机密"),
        (para("<office:annotation>" + para("机") + para("密") + "</office:annotation>"),
         "comment", "机\n密"),
        ("<text:tracked-changes><text:changed-region><text:deletion>" + para("机密")
         + "</text:deletion></text:changed-region></text:tracked-changes>", "deleted", "机密"),
        (para(box("机密")), "textbox", "机密"),
        (para("<draw:custom-shape>" + para("机密") + "</draw:custom-shape>"),
         "textbox", "机密"),
        (para("<draw:frame><svg:desc>机密</svg:desc></draw:frame>"), "hidden", "机密"),
        (para("<draw:frame><svg:title>机密</svg:title></draw:frame>"), "hidden", "机密"),
        (para("<text:a xlink:href='http://x/机密'/>"), "hidden", "http://x/机密"),
        (para("<text:bookmark-start text:name='机密'/>"), "hidden", "机密"),
        (para("<text:conditional-text text:string-value-if-true='机密'/>"), "hidden", "机密"),
        ("<text:user-field-decls><text:user-field-decl office:string-value='机密' "
         "text:name='x'/></text:user-field-decls>", "property", "机密"),
        ("<office:forms><form:form><form:button form:label='机密'/></form:form></office:forms>",
         "textbox", "机密"),
    ],
)  # fmt: skip
def test_every_hiding_place_of_a_text_gives_its_words(block, area, found):
    assert [(a, t) for a, _, t in said(text(block, styles=TEXT_STYLES))] == [(area, found)]


def test_white_text_in_a_dark_cell_is_seen():
    dark = sheet("x", row(f"<table:table-cell table:style-name='Dark'>{para('机密', 'WP')}"
                          "</table:table-cell>"))  # fmt: skip
    assert said(text(dark, styles=TEXT_STYLES)) == [("cell", "T1!R1C1", "机密")]


def test_cells_of_nested_tables_know_their_rows():
    inner = f"<table:table-cell>{para('a')}{sheet('y', row('b'))}</table:table-cell>"
    items = read(text(para("p"), sheet("x", row("k", inner), row("c"))))

    assert [(i.text, i.place.label, i.row) for i in items if isinstance(i, Part)] == [
        ("p", "p1", None),
        ("k", "T1!R1C1", 1),
        ("b", "T1!R1C2 T2!R1C1", 2),
        ("a", "T1!R1C2", 1),
        ("c", "T1!R2C1", 3),
    ]


def test_headers_and_footers_of_all_kinds_are_read_with_their_page():
    page = "".join(
        f"<style:{name}>{para(name)}</style:{name}>"
        for name in ("header", "header-left", "header-first", "footer", "footer-first")
    )
    hidden = f"<style:header style:display='false'>{para('机密')}</style:header>"
    data = package(
        content("text", para("x")),
        masters(
            f"<style:master-page style:name='Standard'>{page}</style:master-page>",
            f"<style:master-page style:name='B'>{hidden}</style:master-page>",
        ),
    )

    assert said(data)[:-1] == [
        ("header", "Standard header", "header"),
        ("header", "Standard header-left", "header-left"),
        ("header", "Standard header-first", "header-first"),
        ("footer", "Standard footer", "footer"),
        ("footer", "Standard footer-first", "footer-first"),
        ("hidden", "B header", "机密"),
    ]


def test_pages_are_counted_where_the_program_noted_them():
    broken = style("B", "paragraph", '<style:paragraph-properties fo:break-before="page"/>')
    blocks = [para("a"), "<text:soft-page-break/>", para("b"), para("c", "B"),
              para("d<text:soft-page-break/>e"), para("f")]  # fmt: skip
    flag = 'text:use-soft-page-breaks="true"'

    for attributes, pages in ((flag, [1, 2, 3, 3, 4]), ("", [None] * 5)):
        items = read(text(*blocks, styles=broken, attributes=attributes))
        assert [i.place.page for i in items if isinstance(i, Part)] == pages


def test_properties_keep_the_names_their_author_gave_them():
    meta = (
        f"<office:document-meta {SPACES}><office:meta><dc:title>标题</dc:title>"
        "<meta:keyword>机密</meta:keyword><meta:generator>LibreOffice</meta:generator>"
        "<dc:creator>张三</dc:creator><meta:user-defined meta:name='密级'>秘密</meta:user-defined>"
        "</office:meta></office:document-meta>"
    )
    assert said(package(content("text"), ("meta.xml", meta))) == [
        ("property", "title", "标题"),
        ("property", "keyword", "机密"),
        ("property", "creator", "张三"),
        ("property", "密级", "秘密"),
    ]


# Sheets.


def sheets(*blocks: str, styles: str = "") -> bytes:
    return package(content("spreadsheet", *blocks, styles=styles), kind="spreadsheet")


def test_cells_of_sheets_are_named_as_the_program_names_them():
    many = "table:number-columns-repeated='{}'".format
    rows = "table:number-rows-repeated='{}'".format
    data = sheets(
        sheet(
            "表 1",
            row("a", cell(attributes=many(25)), "b", cell("c", many(3))),
            row(cell(), attributes=rows(1_000_000)),
            row("d", attributes=rows(2)),
            row("e"),
        )
    )
    assert [entry for entry in said(data) if entry[0] == "cell"] == [
        ("cell", "sheet 1!A1", "a"),
        ("cell", "sheet 1!AA1", "b"),
        ("cell", "sheet 1!AB1:AD1", "c"),
        ("cell", "sheet 1!A1000002:A1000003", "d"),
        ("cell", "sheet 1!A1000004", "e"),
    ]


@pytest.mark.parametrize(
    ("block", "area", "label", "found"),
    [
        (sheet("S", row("机密"), attributes="table:style-name='ta'"),
         "hidden", "sheet 1!A1", "机密"),
        (sheet("S", row("机密", attributes="table:visibility='collapse'")),
         "hidden", "sheet 1!A1", "机密"),
        (sheet("S", row("机密", attributes="table:visibility='filter'")),
         "hidden", "sheet 1!A1", "机密"),
        (sheet("S", "<table:table-column table:visibility='collapse'/>", row("机密")),
         "hidden", "sheet 1!A1", "机密"),
        (sheet("S", row(cell("机密", "table:style-name='ce'"))), "hidden", "sheet 1!A1", "机密"),
        (sheet("S", "<table:table-column table:default-cell-style-name='ce'/>", row("机密")),
         "hidden", "sheet 1!A1", "机密"),
        (sheet("S", row(cell("机密", "table:style-name='cb'"))), "cell", "sheet 1!A1", "机密"),
        (sheet("S", "<table:table-row-group table:display='false'>", row("机密"),
               "</table:table-row-group>"), "hidden", "sheet 1!A1", "机密"),
        (sheet("S", row("<table:table-cell office:string-value='机密'/>")),
         "cell", "sheet 1!A1", "机密"),
        (sheet("S", row("<table:table-cell office:string-value='机密'><text:p/>"
                        "</table:table-cell>")), "hidden", "sheet 1!A1 value", "机密"),
        (sheet("S", row("<table:table-cell table:formula='of:=&quot;机密&quot;'/>")),
         "hidden", "sheet 1!A1 formula", 'of:="机密"'),
        (sheet("S", row("<table:table-cell><office:annotation>" + para("机密")
                        + "</office:annotation></table:table-cell>")),
         "comment", "sheet 1!A1 comment", "机密"),
        (sheet("S", "<table:shapes>" + box("机密") + "</table:shapes>"),
         "textbox", "sheet 1 textbox", "机密"),
        ("<table:content-validations><table:content-validation><table:help-message>"
         + para("机密") + "</table:help-message></table:content-validation>"
         "</table:content-validations>", "hidden", "validation", "机密"),
        ("<table:named-expressions><table:named-range table:name='机密'/>"
         "</table:named-expressions>", "hidden", "defined name", "机密"),
        ("<table:tracked-changes><table:cell-content-change><table:previous>"
         "<table:change-track-table-cell>" + para("机密") + "</table:change-track-table-cell>"
         "</table:previous></table:cell-content-change></table:tracked-changes>",
         "deleted", "p0 deleted", "机密"),
    ],
)  # fmt: skip
def test_every_hiding_place_of_a_sheet_gives_its_words(block, area, label, found):
    styles = (
        style("ta", "table", '<style:table-properties table:display="false"/>')
        + style("ce", "table-cell", WHITE)
        + style("cb", "table-cell",
                WHITE + '<style:table-cell-properties fo:background-color="#ff0000"/>')
    )  # fmt: skip
    named = [entry for entry in said(sheets(block, styles=styles)) if entry[0] != "property"]
    assert named == [(area, label, found)]


def test_the_names_of_sheets_are_told():
    assert ("property", "sheet", "机密名单") in said(sheets(sheet("机密名单", row("x"))))


# Slides.

LAYOUT = (
    '<style:page-layout style:name="PM"><style:page-layout-properties fo:page-width="720pt"'
    ' fo:page-height="540pt"/></style:page-layout>'
    + style("dark", "drawing-page",
            '<style:drawing-page-properties draw:fill="solid" draw:fill-color="#000080"/>')
)  # fmt: skip
MASTER = "<style:master-page style:name='M' style:page-layout-name='PM' {}>{}</style:master-page>"


def slides(*pages: str, master: str = "", attributes: str = "", styles: str = "") -> bytes:
    return package(
        content("presentation", *pages, styles=TEXT_STYLES + styles),
        masters(MASTER.format(attributes, master), styles=LAYOUT),
        kind="presentation",
    )


def page(*shapes: str, attributes: str = "") -> str:
    return f"<draw:page draw:master-page-name='M' {attributes}>{''.join(shapes)}</draw:page>"


def where(x: int, y: int, width: int, height: int) -> str:
    return f'svg:x="{x}pt" svg:y="{y}pt" svg:width="{width}pt" svg:height="{height}pt"'


@pytest.mark.parametrize(
    ("shape", "area", "label"),
    [
        (box("机密", "presentation:class='title'"), "body", "slide 1"),
        (box("机密"), "textbox", "slide 1"),
        (box("机密", "presentation:class='footer'"), "footer", "slide 1"),
        (box("机密", "presentation:class='header'"), "header", "slide 1"),
        (box("机密", "presentation:class='title' presentation:placeholder='true'"),
         "hidden", "slide 1"),
        (box("机密", where(-300, 0, 200, 50)), "hidden", "slide 1"),
        (box("机密", "drawooo:display='none'"), "hidden", "slide 1"),
        (f"<draw:g>{box('机密')}</draw:g>", "textbox", "slide 1"),
        ("<presentation:notes>" + box("机密", "presentation:class='notes'")
         + "</presentation:notes>", "note", "notes 1"),
        (f"<draw:frame>{sheet('x', row('机密'))}</draw:frame>", "cell", "slide 1 T1!R1C1"),
        (f"<office:annotation>{para('机密')}</office:annotation>", "comment", "slide 1 comment"),
    ],
)  # fmt: skip
def test_every_hiding_place_of_a_slide_gives_its_words(shape, area, label):
    items = read(slides(page(shape)))
    assert Page(1, 720, 540) in items
    parts = [item for item in items if isinstance(item, Part)]
    assert [(p.place.area.value, p.place.label, p.place.page, p.text) for p in parts] == [
        (area, label, 1, "机密")
    ]


def test_shapes_tell_where_they_lie_and_slides_are_counted():
    data = slides(page(box("a", where(10, 20, 100, 50))), page(box("b")))
    assert [item.place for item in read(data) if isinstance(item, Part)] == [
        Place(Area.TEXTBOX, 1, "slide 1", Box(10, 20, 110, 70)),
        Place(Area.TEXTBOX, 2, "slide 2"),
    ]


def test_hidden_slides_are_hidden():
    off = style("off", "drawing-page",
                '<style:drawing-page-properties presentation:visibility="hidden"/>')  # fmt: skip
    data = slides(page(box("机密"), attributes="draw:style-name='off'"), styles=off)
    assert said(data) == [("hidden", "slide 1", "机密")]


def test_white_text_is_hidden_only_on_white():
    white = box("<text:span text:style-name='W'>机密</text:span>", where(10, 10, 100, 20))
    picture = f"<draw:frame {where(0, 0, 300, 300)}><draw:image xlink:href='x'/></draw:frame>"

    assert said(slides(page(white)))[0][0] == "hidden"
    assert said(slides(page(picture, white)))[0][0] == "textbox"
    assert said(slides(page(white), attributes="draw:style-name='dark'"))[0][0] == "textbox"
    assert said(slides(page(white), master=picture))[0][0] == "textbox"


def test_prompts_of_masters_are_hidden_and_their_own_words_are_not():
    prompt, own = box("单击此处", "presentation:class='title'"), box("内部资料")
    assert said(slides(page(), master=prompt + own)) == [
        ("hidden", "M textbox", "单击此处"),
        ("textbox", "M textbox", "内部资料"),
    ]


def test_slides_that_are_pictures_are_named():
    picture = "<draw:frame><draw:image xlink:href='Pictures/1.png'/></draw:frame>"
    items = read(slides(page(picture), page(box("x")), page(picture)))
    assert [str(i) for i in items if isinstance(i, UnreadError)] == [
        "slides.without-text pages=1, 3 count=2"
    ]


def test_a_text_that_is_only_pictures_is_read_or_told():
    def recognise(_draw, place, _budget):
        return [Part("机密", place)]

    frame = "<draw:frame><draw:image xlink:href='Pictures/1.png'/></draw:frame>"
    data = package(content("text", para(frame)), ("Pictures/1.png", b"png"))

    assert problems(read(data)) == ["docx.only-pictures"]
    assert [i.text for i in read(data, Budget(recognise=recognise)) if isinstance(i, Part)] == [
        "机密"
    ]


# Packages.


def test_documents_in_the_document_are_read_and_files_handed_on():
    chart = content("chart", f"<chart:chart><chart:title>{para('机密')}</chart:title>"
                    + sheet("local-table", row("秘密")) + "</chart:chart>")  # fmt: skip
    formula = (
        "<math xmlns='http://www.w3.org/1998/Math/MathML'><mi>密</mi><annotation>机</annotation>"
        "</math>"
    )
    data = package(
        content("text", para("x")),
        ("Object 1/content.xml", chart),
        ("Object 2/content.xml", formula),
        ("Object 3", b"\xd0\xcf\x11\xe0"),
        ("Versions/Version1", b"PK"),
        ("Pictures/1.png", b"png"),
        ("VersionList.xml", "<v xmlns:VL='q' VL:comment='旧稿'/>"),
    )

    assert said(data) == [
        ("body", "p1", "x"),
        ("textbox", "Object 1 p0", "机密"),
        ("cell", "Object 1 T1!R1C1", "秘密"),
        ("textbox", "Object 2 p0", "密机"),
        ("property", "VersionList.xml", "旧稿"),
    ]
    assert [i.name for i in read(data) if isinstance(i, Source)] == ["Object 3", "Version1"]


def flat(*blocks: str) -> bytes:
    return (
        f"<?xml version='1.0'?><office:document {SPACES}><office:meta><dc:title>标题</dc:title>"
        f"</office:meta><office:automatic-styles>{TEXT_STYLES}</office:automatic-styles>"
        "<office:master-styles><style:master-page style:name='S'><style:header>"
        f"{para('页眉')}</style:header></style:master-page></office:master-styles><office:body>"
        f"<office:text>{''.join(blocks)}</office:text></office:body></office:document>"
    ).encode()


def test_flat_xml_is_read_like_a_package():
    ole = base64.b64encode(b"ole").decode()
    file = f"<draw:object-ole><office:binary-data>{ole}</office:binary-data></draw:object-ole>"
    data = flat(para("机密"), para("秘密", "WP"), para(f"<draw:frame>{file}</draw:frame>"))

    assert said(data) == [
        ("property", "title", "标题"),
        ("header", "S header", "页眉"),
        ("body", "p1", "机密"),
        ("hidden", "p2", "秘密"),
    ]
    assert [i.content for i in read(data) if isinstance(i, Source)] == [b"ole"]
    assert said(data.decode().encode("utf-16")) == said(data)


def test_other_prefixes_and_the_names_of_openoffice_mean_the_same():
    xml = content("text", para("机密<text:s text:c='2'/>x"))
    for old, new in (("text:", "t:"), ("xmlns:text", "xmlns:t"), ("office:", "o:"),
                     ("xmlns:office", "xmlns:o")):  # fmt: skip
        xml = xml.replace(old, new)
    xml = xml.replace("xmlns:t:1.0", "xmlns:text:1.0").replace("xmlns:o:1.0", "xmlns:office:1.0")
    old = (
        "<o:document-content xmlns:o='http://openoffice.org/2000/office' "
        "xmlns:t='http://openoffice.org/2000/text'><o:body><t:p>机密</t:p></o:body>"
        "</o:document-content>"
    )

    assert said(package(xml)) == [("body", "p1", "机密  x")]
    assert said(package(old)) == [("body", "p1", "机密")]


# Locks.

SECRET = {"content.xml": content("text", para("机密★10年")).encode(), "Object 1": b"ole"}


def test_a_locked_file_is_opened_by_the_right_password_only():
    data = encrypted(SECRET, "开门")

    opened = read(data, Budget(passwords=("x", "开门")))

    assert [i.text for i in opened if isinstance(i, Part)] == ["机密★10年"]
    assert [i.content for i in opened if isinstance(i, Source)] == [b"ole"]
    assert problems(opened) == []
    for passwords in ((), ("x",)):
        items = read(data, Budget(passwords=passwords))
        assert len(items) == 1
        assert isinstance(items[0], EncryptedFile)


@pytest.mark.parametrize(
    ("stated", "reasons"),
    [
        (0, []),
        (9, ["package.xml", "package.part", "odf.no-content"]),
        (99_999_999_999, ["limit.member-bytes", "odf.no-content"]),
    ],
)
def test_the_size_a_locked_entry_states_is_not_trusted(stated, reasons):
    main = {"content.xml": SECRET["content.xml"]}
    items = read(encrypted(main, "x", stated), Budget(passwords=("x",)))

    assert problems(items) == reasons


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"aes256-cbc", b"aes256-gcm"),
        (b'"PBKDF2"', b'"argon2"'),
        (b'count="1000"', b'count="9999999999"'),
        (b'key-size="32" manifest:iter', b'key-size="31" manifest:iter'),
        (b'vector="', b'vector="AAAA'),
    ],
)
def test_unknown_locks_are_told_as_locked(old, new):
    data = encrypted(SECRET, "开门")
    manifest = data[data.index(b"<manifest:manifest") : data.rindex(b"</manifest:manifest>") + 20]
    start = data.index(b"content.xml") + 11
    stored = data[start : data.index(b"PK\3\4", start)]
    changed = zipped(
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", stored),
        ("META-INF/manifest.xml", manifest.replace(old, new)),
        method=0,
    )

    assert problems(read(changed, Budget(passwords=("开门",)))) == ["encrypted-package"]


# Damage and hostile files.


def full() -> bytes:
    return package(
        content("text", *[para(f"机密第{n}号" * 9) for n in range(40)], sheet("x", row("a", "b"))),
        masters(f"<style:master-page><style:header>{para('页眉')}</style:header>"
                "</style:master-page>"),
        ("Object 1/content.xml", content("chart", para("图"))),
    )  # fmt: skip


def test_a_cut_file_is_never_clean():
    data = full()
    for n in range(1, 21):
        assert problems(read(data[: len(data) * n // 21]))


def test_a_cut_flat_file_is_never_clean():
    data = flat(*[para(f"机密第{n}号") for n in range(40)], sheet("x", row("a")))
    for n in range(1, 21):
        assert problems(read(data[: len(data) * n // 21], form="xml-odf"))


def test_flipped_bytes_end_in_parts_and_problems():
    for data in (full(), flat(para("机密"), sheet("x", row("a", "b"))), encrypted(SECRET, "x")):
        for seed in range(40):
            chance = random.Random(seed)
            broken = bytearray(data)
            for _ in range(8):
                broken[chance.randrange(len(broken))] = chance.randrange(256)
            read(bytes(broken), Budget(passwords=("x",)))


def test_text_behind_broken_xml_is_saved():
    items = read(package(content("text", para("a"), "<text:p></text:h>", para("秘密★1年"))))
    assert any(isinstance(i, Part) and "秘密★1年" in i.text for i in items)
    assert "package.xml" in problems(items)


def test_a_package_without_content_says_so():
    assert problems(read(zipped(("mimetype", "application/vnd.oasis.opendocument.text")))) == [
        "odf.no-content"
    ]


def test_elements_in_the_wrong_place_do_no_harm():
    wrong = (
        "<table:table-cell><text:span><text:p>机密</text:p></text:span></table:table-cell>"
        "<draw:page/><text:s text:c='x'/><table:table-row/><style:header/><text:note-body/>"
        "<text:ruby-text/><draw:image/><svg:desc/><office:binary-data/>"
    )
    assert [t for _, _, t in said(text(wrong))] == ["机密"]


def test_deep_sections_and_frames_end_in_linear_time():
    def seconds(depth: int) -> float:
        data = text(
            "<text:section>" * depth + "<text:p><draw:frame><draw:text-box>" * depth
            + para("机密") + "</draw:text-box></draw:frame></text:p>" * depth
            + "</text:section>" * depth
        )  # fmt: skip
        start = time.process_time()
        assert [t for _, _, t in said(data)] == ["机密"]
        return time.process_time() - start

    fast, slow = (min(seconds(depth) for _ in range(3)) for depth in (2_000, 8_000))
    assert slow < 12 * max(fast, 0.02)


def test_many_styles_and_hidden_columns_end_in_linear_time():
    def seconds(count: int) -> float:
        chain = "".join(
            style(f"s{n}", "paragraph", "", f"style:parent-style-name='s{n + 1}'")
            for n in range(count)
        )
        columns = "<table:table-column table:visibility='collapse'/>" * 100
        cells = row(*["x"] * 20)
        data = sheets(sheet("S", columns, cells * (count // 20)), styles=chain)
        start = time.process_time()
        read(data)
        return time.process_time() - start

    assert min(seconds(4000), seconds(4000)) < 12 * max(seconds(1000), 0.02)


def test_too_many_paragraphs_are_a_limit():
    data = text(*["<text:p/>"] * 50)
    assert problems(read(data, Budget(Limits(parts=40)))) == ["limit.parts"]
