"""Facts about reading workbooks: every hiding place, both readers, hostile files."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from builders_docx import relations, zipped
from builders_xlsx import (
    DRAWING_SPACES,
    STRICT,
    Entry,
    inline,
    main,
    number,
    row,
    shared,
    sheet,
    strings,
    styles,
    workbook,
)
from corpora import folder

from markscan.document import Area, Part, Place
from markscan.errors import DamagedFile, LimitExceeded, NoTextLayer, UnreadError, UnsupportedFormat
from markscan.extract import xlsx
from markscan.extract.extractor import Budget, Item, Limits
from markscan.source import Source

DENSE = Limits(unpacked_ratio=1 << 30)


def outcome(content: bytes, budget: Budget | None = None) -> list[Item]:
    """What is yielded, and at the end what was raised."""
    items: list[Item] = []
    try:
        source = Source(Path("名册.xlsx"), (), content)
        for item in xlsx.extract(source, budget or Budget(DENSE)):
            items.append(item)
    except UnreadError as error:
        items.append(error)
    return items


def found(content: bytes) -> list[tuple[str, str, str]]:
    """Area, label and text of each part; fails where there is a problem."""
    items = outcome(content)
    assert not problems(items)
    return [(i.place.area.value, i.place.label, i.text) for i in items if isinstance(i, Part)]


def cells(content: bytes) -> list[tuple[str, str, str]]:
    return [one for one in found(content) if one[1] != "sheet name"]


def problems(items: list[Item]) -> list[str]:
    return [item.reason for item in items if isinstance(item, UnreadError)]


# Cells.


@pytest.mark.parametrize(
    ("cell", "seen"),
    [
        (inline("B4", "机密"), "机密"),
        (inline("B4", "&#26426;&#x5bc6;&amp;&lt;"), "机密&<"),
        (inline("B4", "&#38;lt;"), "&lt;"),
        (inline("B4", "_x673A_密_x005F_x"), "机密_x"),
        (inline("B4", "机\r\n密"), "机\n密"),
        ('<c r="B4" t="inlineStr"><is><r><t>机</t></r><r><t>密</t></r></is></c>', "机密"),
        ('<c r="B4" t="inlineStr"><is><t xml:space="preserve">机密</t></is></c>', "机密"),
        ("<c r='B4' t='inlineStr'><is><t>机密</t></is></c>", "机密"),
        ('<c t="inlineStr" r="B4"><is><t>机密</t></is></c>', "机密"),
        ('<c r="B4" t="str"><f>A1</f><v>机密</v></c>', "机密"),
        ('<c r="B4" t="str"><v>机密</v></c>', "机密"),
        ('<c r="B4" t="inlineStr"><is><t>机<!-- x -->密</t></is></c>', "机密"),
        ('<c r="B4" t="inlineStr"><is><t><![CDATA[机密]]></t></is></c>', "机密"),
        (shared("B4", 0), "共享"),
        (shared("B4", 1), "机密"),
        ('<c r="B4" s="0" t="s" ><v>0</v></c>', "共享"),
    ],
)
def test_a_cell_with_text_is_a_part(cell, seen):
    data = workbook(
        sheet(row(4, cell)), entries=(strings("共享", "<r><t>机</t></r><r><t>密</t></r>"),)
    )
    assert ("cell", "sheet 1!B4", seen) in cells(data)


def test_the_cells_of_a_row_share_its_number():
    first = sheet(
        row(1, inline("A1", "a"), number("B1", 7), inline("C1", "b")), row(9, inline("A9", "c"))
    )
    parts = [i for i in outcome(workbook(first, first)) if isinstance(i, Part)][2:]
    assert [p.row for p in parts] == [1, 1, 2, 3, 3, 4]
    assert parts[3].place == Place(Area.CELL, None, "sheet 2!A1")


def test_parts_made_at_once_are_parts_like_others():
    data = workbook(sheet(row(1, shared("A1", 0))), entries=(strings("机密"),))
    assert outcome(data)[-1] == Part("机密", Place(Area.CELL, None, "sheet 1!A1"), 1)


def test_a_cell_without_reference_stands_behind_the_last():
    xml = sheet('<row><c t="str"><v>a</v></c><c><v>1</v></c><c t="str"><v>b</v></c></row>')
    assert cells(workbook(xml)) == [("cell", "sheet 1!A1", "a"), ("cell", "sheet 1!C1", "b")]


def test_the_number_of_years_beside_its_label_is_read():
    data = workbook(sheet(row(1, inline("A1", "保密期限"), number("B1", 10), number("C1", 3))))
    assert ("cell", "sheet 1!B1", "10") in cells(data)
    assert "3" not in [text for _, _, text in cells(data)]


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("&quot;机密★&quot;0&quot;年&quot;", "机密★10年"),
        ("0\\密", "10密"),
        ("0&quot;元&quot;", None),
        ("yyyy&quot;密&quot;", None),
    ],
)
def test_a_number_format_that_says_words_is_read_with_its_number(code, shown):
    style = styles(
        xfs='<xf numFmtId="170"/>', formats=f'<numFmt numFmtId="170" formatCode="{code}"/>'
    )
    data = workbook(sheet(row(1, number("A1", 10, ' s="1"'))), entries=(style,))
    seen = [text for area, _, text in cells(data) if area == "cell"]
    assert seen == ([shown] if shown else [])


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ('"机密"&amp;"★10年"', ["机密★10年"]),
        ('CONCATENATE("机","密")', ["机密"]),
        ('IF(A1,"机密","秘密")', ["机密\n秘密"]),
        ('"说""密"""', ['说"密"']),
        ("SUM(A1:A9)", []),
    ],
)
def test_the_strings_of_a_formula_are_hidden_text(formula, said):
    data = workbook(sheet(row(1, f'<c r="A1"><f>{formula}</f><v>1</v></c>')))
    assert cells(data) == [("hidden", "sheet 1!A1 formula", text) for text in said]


def test_a_formula_whose_value_says_the_same_is_not_said_twice():
    data = workbook(sheet(row(1, '<c r="A1" t="str"><f>"机"&amp;"密"</f><v>机密</v></c>')))
    assert cells(data) == [("cell", "sheet 1!A1", "机密")]


@pytest.mark.parametrize("prefix", ["", "x:"])
@pytest.mark.parametrize("space", ["", STRICT])
def test_any_prefix_and_strict_names_are_read(prefix, space):
    space = space or "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    name = f"xmlns:{prefix[:-1]}" if prefix else "xmlns"
    p = prefix
    xml = (
        f'<{p}worksheet {name}="{space}"><{p}sheetData><{p}row r="1"><{p}c r="A1" t="inlineStr">'
        f'<{p}is><{p}t>机密</{p}t></{p}is></{p}c><{p}c r="B1" t="str"><{p}f>"密"</{p}f>'
        f"<{p}v>乙</{p}v></{p}c></{p}row></{p}sheetData></{p}worksheet>"
    )
    want = [("cell", "sheet 1!A1", "机密"), ("cell", "sheet 1!B1", "乙")]
    assert [c for c in cells(workbook(xml)) if c[0] == "cell"] == want


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "gb18030"])
def test_any_encoding_is_read(encoding):
    declared = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>'
    xml = (declared + sheet(row(1, inline("A1", "机密")))).encode(encoding)
    assert cells(workbook(xml)) == [("cell", "sheet 1!A1", "机密")]


def test_both_entries_of_one_name_are_read():
    name = "xl/worksheets/sheet1.xml"
    with pytest.warns(UserWarning, match="Duplicate"):
        data = workbook(
            sheet(row(1, inline("A1", "甲"))), entries=((name, sheet(row(1, inline("A1", "乙")))),)
        )
    assert [text for _, _, text in cells(data)] == ["甲", "乙"]


def test_a_sheet_nobody_points_at_is_read():
    stray = ("xl/worksheets/sheet9.xml", sheet(row(1, inline("A1", "机密"))))
    data = workbook(sheet(), entries=(stray,))
    assert ("cell", "sheet9!A1", "机密") in cells(data)


def test_a_package_without_relationships_is_read_by_names():
    data = zipped(
        ("xl/workbook.xml", main(("甲", "visible"))),
        ("xl/worksheets/sheet1.xml", sheet(row(1, shared("A1", 0)))),
        strings("机密"),
    )
    assert ("cell", "sheet1!A1", "机密") in cells(data)


# Hidden cells.


def test_hidden_sheets_rows_and_columns_are_hidden():
    book = main(("甲", "visible"), ("乙", "hidden"), ("丙", "veryHidden"))
    first = sheet(
        row(1, inline("A1", "a"), inline("D1", "b")),
        row(2, inline("A2", "c"), attributes=' hidden="1"'),
        row(3, inline("A3", "d"), attributes=' ht="0" customHeight="1"'),
        before='<cols><col min="4" max="16384" hidden="1"/></cols>',
    )
    other = sheet(row(1, inline("A1", "e")))
    seen = {label: area for area, label, _ in cells(workbook(first, other, other, book=book))}
    assert seen == {
        "sheet 1!A1": "cell", "sheet 1!D1": "hidden", "sheet 1!A2": "hidden",
        "sheet 1!A3": "hidden", "sheet 2!A1": "hidden", "sheet 3!A1": "hidden",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("font", "fill", "code", "area"),
    [
        ('<color rgb="FFFFFFFF"/>', "", "", "hidden"),
        ('<color theme="0"/>', "", "", "hidden"),
        ('<color theme="0" tint="-0.5"/>', "", "", "cell"),
        ('<color indexed="9"/>', "", "", "hidden"),
        ('<color rgb="FFFFFFFF"/>', '<fgColor rgb="FFFF0000"/>', "", "cell"),
        ('<color rgb="FFFF0000"/>', '<fgColor rgb="FFFF0000"/>', "", "hidden"),
        ('<sz val="1"/>', "", "", "hidden"),
        ('<sz val="11"/>', "", "", "cell"),
        ("", "", ";;;", "hidden"),
        ("", "", "0;0;0;@", "cell"),
    ],
)
def test_text_nobody_can_see_is_hidden(font, fill, code, area):
    pattern = f'<patternFill patternType="solid">{fill}</patternFill>' if fill else ""
    style = styles(
        f"<font/><font>{font}</font>",
        f"<fill/><fill>{pattern}</fill>",
        '<xf numFmtId="170" fontId="1" fillId="1"/>',
        f'<numFmt numFmtId="170" formatCode="{code}"/>',
    )
    data = workbook(sheet(row(1, inline("A1", "机密", ' s="1"'))), entries=(style,))
    assert cells(data) == [(area, "sheet 1!A1", "机密")]


def test_white_runs_and_phonetic_hints_of_a_string_are_told_apart():
    rich = (
        "<r><t>通知</t></r><r><rPr><color rgb='FFFFFFFF'/></rPr><t>机密</t></r>"
        "<rPh sb='0' eb='1'><t>拼音</t></rPh>"
    )
    data = workbook(sheet(row(1, shared("A1", 0))), entries=(strings(rich),))
    assert cells(data) == [
        ("cell", "sheet 1!A1", "通知"),
        ("hidden", "sheet 1!A1", "机密"),
        ("note", "sheet 1!A1 phonetic", "拼音"),
    ]


def test_strings_no_cell_shows_are_hidden():
    data = workbook(sheet(row(1, shared("A1", 1))), entries=(strings("绝密", "公开"),))
    assert cells(data)[1:] == [("hidden", "xl/sharedStrings.xml", "绝密")]


# Around the cells.


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (
            "<headerFooter><oddHeader>&amp;L&amp;&quot;宋体,常规&quot;&amp;12机密&amp;C&amp;A&amp;R&amp;F"
            "</oddHeader><firstFooter>第&amp;P页</firstFooter></headerFooter>",
            [
                ("header", "sheet 1 oddHeader L", "机密"),
                ("header", "sheet 1 oddHeader C", "Sheet1"),
                ("header", "sheet 1 oddHeader R", "名册.xlsx"),
                ("footer", "sheet 1 firstFooter C", "第页"),
            ],
        ),
        (
            "<headerFooter><evenHeader>&amp;C&amp;KFFFFFF机密</evenHeader></headerFooter>",
            [("hidden", "sheet 1 evenHeader C", "机密")],
        ),
        (
            '<dataValidations><dataValidation sqref="G1" prompt="机密" error="错">'
            '<formula1>"绝密,秘密"</formula1></dataValidation></dataValidations>',
            [
                ("comment", "sheet 1!G1 validation", "机密\n错"),
                ("hidden", "sheet 1!G1 validation", "绝密,秘密"),
            ],
        ),
        (
            '<conditionalFormatting><cfRule type="containsText" text="机密">'
            '<formula>A1="绝密"</formula></cfRule></conditionalFormatting>',
            [
                ("hidden", "sheet 1 conditional format", "机密"),
                ("hidden", "sheet 1 conditional format", "绝密"),
            ],
        ),
        (
            '<autoFilter ref="A1"><filterColumn><filters><filter val="机密"/></filters>'
            "</filterColumn></autoFilter>",
            [("hidden", "sheet 1 filter", "机密")],
        ),
        (
            '<hyperlinks><hyperlink ref="A1" tooltip="机密"/></hyperlinks>',
            [("hidden", "sheet 1!A1 hyperlink", "机密")],
        ),
        (
            '<protectedRanges><protectedRange name="机密" sqref="A1"/></protectedRanges>',
            [("hidden", "sheet 1!A1 protected range", "机密")],
        ),
    ],
)
def test_what_stands_around_the_rows_is_read(xml, expected):
    assert cells(workbook(sheet(behind=xml))) == expected


def around(*entries: Entry, kinds: tuple[tuple[str, str], ...] = ()) -> list[tuple[str, str, str]]:
    arrows = ("xl/worksheets/_rels/sheet1.xml.rels", relations(*kinds))
    return cells(workbook(sheet(), entries=(arrows, *entries)))


@pytest.mark.parametrize(
    ("name", "kind", "xml", "expected"),
    [
        (
            "comments1.xml",
            "comments",
            "<comments><authors><author>张三</author></authors><commentList>"
            '<comment ref="A5"><text><r><t>机</t></r><r><t>密</t></r></text></comment>'
            "</commentList></comments>",
            [("property", "comment author", "张三"), ("comment", "sheet 1!A5", "机密")],
        ),
        (
            "threadedComments/t1.xml",
            "threadedComment",
            '<T><threadedComment ref="A5"><text>机密</text></threadedComment></T>',
            [("comment", "sheet 1!A5", "机密")],
        ),
        (
            "drawings/drawing1.xml",
            "drawing",
            f"<xdr:wsDr {DRAWING_SPACES}><xdr:twoCellAnchor><xdr:from><xdr:col>1</xdr:col>"
            "<xdr:row>3</xdr:row></xdr:from><xdr:sp><xdr:nvSpPr><xdr:cNvPr descr='图'/>"
            "</xdr:nvSpPr>"
            "<xdr:txBody><a:p><a:r><a:t>机</a:t></a:r><a:r><a:t>密</a:t></a:r></a:p><a:p><a:r>"
            "<a:t>十年</a:t></a:r></a:p></xdr:txBody></xdr:sp><xdr:sp><xdr:nvSpPr>"
            "<xdr:cNvPr hidden='1'/></xdr:nvSpPr><xdr:txBody><a:p><a:r><a:t>藏</a:t></a:r></a:p>"
            "</xdr:txBody></xdr:sp></xdr:twoCellAnchor></xdr:wsDr>",
            [
                ("hidden", "sheet 1!B4 alt", "图"),
                ("textbox", "sheet 1!B4 textbox", "机密\n十年"),
                ("hidden", "sheet 1!B4 textbox", "藏"),
            ],
        ),
        (
            "drawings/vmlDrawing1.vml",
            "vmlDrawing",
            "<xml><v:shape alt='图'><v:textbox><div><font>机密</font><br>十年</div></v:textbox>"
            '<v:textpath string="样稿"/><v:imagedata o:title="印章"/></v:shape></xml>',
            [
                ("textbox", "sheet 1 textbox", "机密\n十年"),
                ("textbox", "sheet 1 wordart", "样稿"),
                ("hidden", "sheet 1 alt", "图"),
                ("hidden", "sheet 1 alt", "印章"),
            ],
        ),
        (
            "tables/table1.xml",
            "table",
            '<table displayName="Roll"><tableColumns><tableColumn name="密级"/></tableColumns>'
            "</table>",
            [("hidden", "xl/tables/table1.xml", "Roll\n密级")],
        ),
        (
            "pivotCache/pivotCacheDefinition1.xml",
            "pivotCacheDefinition",
            '<pivotCacheDefinition><cacheField name="密级"><sharedItems><s v="机密"/></sharedItems>'
            "</cacheField></pivotCacheDefinition>",
            [
                ("hidden", "xl/pivotCache/pivotCacheDefinition1.xml", "机密"),
                ("hidden", "xl/pivotCache/pivotCacheDefinition1.xml", "密级"),
            ],
        ),
        (
            "externalLinks/externalLink1.xml",
            "externalLink",
            '<externalLink><sheetNames><sheetName val="名单"/></sheetNames><sheetDataSet><cell>'
            "<v>机密</v></cell><cell><v>12.5</v></cell></sheetDataSet></externalLink>",
            [("hidden", "xl/externalLinks/externalLink1.xml", "名单\n机密")],
        ),
        (
            "connections.xml",
            "connections",
            '<connections><connection name="db" description="机密库"/></connections>',
            [("hidden", "xl/connections.xml", "db\n机密库")],
        ),
        (
            "activeX/activeX1.bin",
            "activeXControlBinary",
            b"\0\2\x14\0" + "机密按钮".encode("utf-16-le") + b"\0\0\0",
            [("hidden", "xl/activeX/activeX1.bin", "机密按钮")],
        ),
    ],
)
def test_a_part_beside_a_sheet_is_read(name, kind, xml, expected):
    assert around((f"xl/{name}", xml), kinds=((kind, f"../{name}"),)) == expected


def test_names_properties_addresses_and_charts_are_read():
    book = main(
        ("名册", "visible"),
        behind='<definedNames><definedName name="密级表">"机密"</definedName>'
        '<definedName name="_xlnm.Print_Area">Sheet1!$A$1</definedName></definedNames>',
    )
    c = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    a = "http://schemas.openxmlformats.org/drawingml/2006/main"
    data = workbook(
        sheet(),
        book=book,
        entries=(
            ("docProps/core.xml", "<p><title>题名</title></p>"),
            ("docProps/custom.xml", '<P><property name="密级"><v>机密</v></property></P>'),
            (
                "xl/charts/chart1.xml",
                f'<c:c xmlns:c="{c}" xmlns:a="{a}"><c:tx><a:p><a:t>图题</a:t></a:p></c:tx></c:c>',
            ),
            (
                "xl/worksheets/_rels/sheet1.xml.rels",
                relations(("hyperlink", "http://oa/机密", "External")),
            ),
        ),
    )
    assert found(data) == [
        ("property", "sheet name", "名册"),
        ("hidden", "defined name", "密级表\n机密"),
        ("textbox", "xl/charts/chart1.xml", "图题"),
        ("property", "title", "题名"),
        ("property", "密级", "机密"),
        ("hidden", "hyperlink", "http://oa/机密"),
    ]


def test_embedded_files_are_sources_of_their_own():
    data = workbook(
        sheet(), entries=(("xl/embeddings/a.docx", b"PK"), ("xl/embeddings/b.bin", b"x"))
    )
    members = [i for i in outcome(data) if isinstance(i, Source)]
    assert [(m.members, m.content) for m in members] == [
        (("xl/embeddings/a.docx",), b"PK"),
        (("xl/embeddings/b.bin",), b"x"),
    ]


# Pictures.


def test_a_workbook_of_pictures_has_no_text_layer():
    picture = ("xl/media/image1.png", b"\x89PNG")
    assert problems(outcome(workbook(sheet(), entries=(picture,)))) == ["xlsx.only-pictures"]
    full = workbook(sheet(row(1, number("A1", 3))), entries=(picture,))
    assert problems(outcome(full)) == []


def test_pictures_are_read_where_they_are_all_there_is():
    def recognise(draw, place, budget):
        return [Part(draw().decode(), place)]

    data = workbook(sheet(), entries=(("xl/media/image1.png", "机密".encode()),))
    items = outcome(data, Budget(recognise=recognise))
    assert items[-1] == Part("机密", Place(Area.IMAGE, None, "xl/media/image1.png"))
    assert not any(isinstance(item, NoTextLayer) for item in items)


# Damage.


def rich_workbook() -> bytes:
    rows = [
        row(n, inline(f"A{n}", f"名{n}"), shared(f"B{n}", n % 7), number(f"C{n}", n))
        for n in range(1, 200)
    ]
    header = "<headerFooter><oddHeader>机密</oddHeader></headerFooter>"
    return workbook(
        sheet(*rows, behind=header),
        sheet(row(1, inline("A1", "末"))),
        entries=(strings(*(f"串{n}" for n in range(7))), styles()),
    )


@pytest.mark.parametrize(
    ("xml", "texts"),
    [
        (sheet(row(1, inline("A1", "甲")), row(2, inline("A2", "乙")))[:-43], ["甲", "乙"]),
        (sheet(row(1, inline("A1", "甲"), "<c r='B1' t='str'><v>丙")), ["甲", "丙"]),
        ("<!DOCTYPE x>" + sheet(row(1, inline("A1", "甲"))), ["甲"]),
        (sheet(row(1, inline("A1", "甲"))).encode().replace("甲".encode(), b"\xff\xb9"), []),
        ("<!-- -->" + sheet(row(1, inline("A1", "甲"), "<x>", inline("B1", "乙"))), ["甲", "乙"]),
    ],
)
def test_a_broken_sheet_says_so_and_gives_what_it_has(xml, texts):
    items = outcome(workbook(xml))
    assert {p.split(".")[0] for p in problems(items)} == {"package"}
    said = [i.text for i in items if isinstance(i, Part)]
    assert set(texts) <= set(said)


def test_broken_strings_say_so_and_give_what_they_have():
    name, xml = strings("甲", "<r><t>乙</t>", "丙")
    items = outcome(workbook(sheet(row(1, shared("A1", 0))), entries=((name, xml),)))
    assert problems(items) == ["package.xml"]
    assert {"甲", "乙", "丙"} <= {i.text for i in items if isinstance(i, Part)}


@pytest.mark.parametrize(
    "name", ["xl/comments1.xml", "xl/tables/table1.xml", "xl/drawings/drawing1.xml"]
)
def test_a_broken_part_beside_the_sheets_says_so(name):
    items = outcome(workbook(sheet(), entries=((name, "<a><b>机密</b><c"),)))
    assert problems(items) == ["package.xml"]
    assert any("机密" in i.text for i in items if isinstance(i, Part))


def test_a_zip_without_a_workbook_is_damaged():
    assert isinstance(outcome(zipped(("a.txt", "x")))[-1], DamagedFile)


@pytest.mark.parametrize("name", ["xl/model/item.data", "xl/worksheets/sheet7.bin"])
def test_what_no_reader_knows_is_told_of(name):
    items = outcome(workbook(sheet(), entries=((name, b"x"),)))
    assert isinstance(items[-1], UnsupportedFormat)


def test_a_truncated_workbook_is_never_whole():
    data = rich_workbook()
    whole = {i.text for i in outcome(data) if isinstance(i, Part)}
    assert not problems(outcome(data))
    for part in range(20):
        items = outcome(data[: len(data) * part // 20])
        if whole - {i.text for i in items if isinstance(i, Part)}:
            assert problems(items)


def test_flipped_bytes_raise_nothing_else():
    data = rich_workbook()
    plain = zipped(
        *(("xl/worksheets/sheet1.xml", sheet(row(1, inline("A1", "甲")))), strings("a")), method=0
    )
    for seed in range(300):
        chance = random.Random(seed)
        broken = bytearray(data if seed % 2 else plain)
        for _ in range(chance.randint(1, 6)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        outcome(bytes(broken))


# Size.


def test_a_far_cell_costs_nothing():
    data = workbook(sheet(row(1, inline("A1", "近")), row(1048576, inline("XFD1048576", "远"))))
    started = time.process_time()
    assert cells(data)[-1] == ("cell", "sheet 1!XFD1048576", "远")
    assert time.process_time() - started < 0.5


def test_more_shared_strings_than_allowed_are_told_of():
    data = workbook(sheet(row(1, shared("A1", 0))), entries=(strings(*"abcdef"),))
    items = outcome(data, Budget(Limits(parts=3)))
    assert any(isinstance(item, LimitExceeded) for item in items)
    assert any(isinstance(item, Part) and item.text == "a" for item in items)


@pytest.mark.parametrize(
    "xml",
    [
        "<worksheet><sheetData>" + '<row r="1">' * 200_000,
        "<worksheet><sheetData>" + '<row r="1"><c r="A1" t="str"><f>' * 50_000,
        "<worksheet><sheetData><row>" + '<c r="A1"><v>1</v></c>' * 200_000,
        "<worksheet><sheetData>" + "<c " * 300_000,
        "<worksheet><sheetData>"
        + '<row><c r="A1" t="inlineStr"><is><t>a</t></is><c></row>' * 20_000,
        "<a>" * 300_000,
    ],
)
def test_time_stays_linear(xml):
    started = time.process_time()
    outcome(workbook(xml))
    assert time.process_time() - started < 4


@pytest.mark.parametrize("name", ["xl/sharedStrings.xml", "xl/styles.xml", "xl/drawings/a.vml"])
@pytest.mark.parametrize(
    "piece", ["<si><t>", "<font>", "<fonts><xf ", "<v:textbox", "<si><r>", "</si>"]
)
def test_time_stays_linear_beside_the_sheets(name, piece):
    started = time.process_time()
    outcome(workbook(sheet(), entries=((name, "<sst>" + piece * 100_000),)))
    assert time.process_time() - started < 4


# Real files.


@pytest.mark.corpus
def test_every_real_workbook_ends_without_surprise():
    deserved = {"package.no-entries", "xlsx.only-pictures"}  # encrypted ones are no packages
    paths = sorted(folder("corpus", "formats", "xlsx").iterdir())
    for path in paths:
        assert set(problems(outcome(path.read_bytes(), Budget()))) <= deserved, path
    assert len(paths) > 70


@pytest.mark.corpus
def test_every_place_of_the_probe_is_found():
    text = "\n".join(
        text for _, _, text in found((folder("corpus", "probe") / "probe.xlsx").read_bytes())
    )
    assert text.count("MK") >= 34
