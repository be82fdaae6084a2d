"""Facts about documents that are one XML file, and about XML of any other kind."""

from __future__ import annotations

import base64
import random
import struct
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from builders_ole import compound
from builders_picture import bmp
from corpora import folder

from markscan.document import Area, Part, Place
from markscan.errors import UnreadError
from markscan.extract import flat_xml
from markscan.extract.extractor import Budget, Item, Limits
from markscan.sniff import sniff
from markscan.source import Source

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
WORD = (
    DECLARATION + '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"'
    ' xmlns:o="o" xmlns:v="v" xmlns:aml="aml"><w:body><wx:sect xmlns:wx="wx">{}</wx:sect></w:body>'
    "</w:wordDocument>"
)
EXCEL = (
    DECLARATION + '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"'
    ' xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="x">{}</Workbook>'
)
UOF = (
    DECLARATION
    + '<uof:UOF xmlns:uof="http://schemas.uof.org/cn/2003/uof" xmlns:字="z">{}</uof:UOF>'
)
PACKAGE = (
    DECLARATION + '<pkg:package xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage">'
    "{}</pkg:package>"
)


def read(text: str | bytes, budget: Budget | None = None) -> list[Item]:
    data = text.encode() if isinstance(text, str) else text
    return list(flat_xml.extract(Source(Path("a.xml"), (), data), budget or Budget()))


def places(items: list[Item], word: str = "MARK") -> list[tuple[Area, str]]:
    found = [i for i in items if isinstance(i, Part) and word in i.text]
    return [(part.place.area, part.place.label) for part in found]


def problems(items: list[Item]) -> list[str]:
    return [item.reason for item in items if isinstance(item, UnreadError)]


def run(text: str, look: str = "") -> str:
    return f"<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>"


def word(inside: str) -> str:
    return WORD.format(inside)


def sheet(inside: str) -> str:
    return EXCEL.format(f"<Worksheet ss:Name='S'><Table>{inside}</Table></Worksheet>")


def element(name: str, inside: str) -> str:
    return f"<字:{name}>{inside}</字:{name}>"


PARA = f"<w:p>{run('MARK')}</w:p>"
RUN = "<w:r><w:delText>MARK</w:delText></w:r>"
DELETED_RUN = (
    "<字:段落><字:修订开始{0} 字:标识符{1}='r1' 字:类型='delete'/><字:句>MARK</字:句>"
    "<字:修订结束 字:开始标识引用='r1'/><字:句>x</字:句></字:段落>"
)
VISIBLE = "<w:vanish w:val='off'/>"
UOF_LOOK = (
    "<字:句属性><字:是否粗体_4130>true</字:是否粗体_4130>"
    "<字:是否隐藏文字>{}</字:是否隐藏文字></字:句属性>"
)
TITLE = "<o:Title>MARK</o:Title>"


@pytest.mark.parametrize(
    ("text", "area", "label"),
    [
        (word(f"<w:p>{run('MA')}{run('RK')}</w:p>"), Area.BODY, ""),
        (word(f"<w:p>{run('MARK', '<w:vanish/>')}</w:p>"), Area.HIDDEN, ""),
        (word(f"<w:p>{run('MARK', '<w:color w:val=$FFFFFF$/>')}</w:p>"), Area.HIDDEN, ""),
        (word(f"<w:p>{run('MARK', '<w:sz w:val=$2$/>')}</w:p>"), Area.HIDDEN, ""),
        (word(f"<w:sectPr><w:hdr>{PARA}</w:hdr></w:sectPr>"), Area.HEADER, "header"),
        (word(f"<w:sectPr><w:ftr>{PARA}</w:ftr></w:sectPr>"), Area.FOOTER, "footer"),
        (word(f"<w:p><w:footnote>{PARA}</w:footnote></w:p>"), Area.NOTE, "note"),
        (word(f"<w:p><w:txbxContent>{PARA}</w:txbxContent></w:p>"), Area.TEXTBOX, "textbox"),
        (word("<w:p><v:textpath string='MARK'/></w:p>"), Area.TEXTBOX, "textpath string"),
        (word("<w:p><w:hlink w:dest='http://MARK'/></w:p>"), Area.HIDDEN, "hlink dest"),
        (word("<w:p><w:instrText>LINK MARK</w:instrText></w:p>"), Area.HIDDEN, "field"),
        (
            word(f"<aml:annotation w:type='Word.Comment'>{PARA}</aml:annotation>"),
            Area.COMMENT,
            "comment",
        ),
        (
            word(f"<w:p><aml:annotation w:type='Word.Deletion'>{RUN}</aml:annotation></w:p>"),
            Area.DELETED,
            "",
        ),
        (word(f"<o:DocumentProperties>{TITLE}</o:DocumentProperties>"), Area.PROPERTY, "Title"),
        (
            sheet("<Row ss:Index='3'><Cell ss:Index='28'><Data>MARK</Data></Cell></Row>"),
            Area.CELL,
            "sheet 1!AB3",
        ),
        (EXCEL.format("<Worksheet ss:Name='MARK'/>"), Area.PROPERTY, "sheet"),
        (sheet("<x:Header x:Data='MARK'/>"), Area.HEADER, "Header"),
        (
            sheet("<Row><Cell><Comment><Data>MARK</Data></Comment></Cell></Row>"),
            Area.COMMENT,
            "comment",
        ),
        (UOF.format(element("段落", element("句", "MA") + element("句", "RK"))), Area.BODY, ""),
        (UOF.format(element("首页页眉", element("段落_416B", "MARK"))), Area.HEADER, "header"),
        (UOF.format(element("元数据", element("标题", "MARK"))), Area.PROPERTY, "标题"),
        (
            UOF.format(element("段落", element("句", UOF_LOOK.format("true") + "MARK"))),
            Area.HIDDEN,
            "",
        ),
        (UOF.format(element("删除", element("句", "MARK"))), Area.DELETED, ""),
        (UOF.format(DELETED_RUN.format("", "")), Area.DELETED, ""),
        (UOF.format(DELETED_RUN.format("_421F", "_4220")), Area.DELETED, ""),
        (f"{DECLARATION}<a><b>x</b><密级>MARK</密级></a>", Area.BODY, "密级"),
        (f"{DECLARATION}<a><b x='机MARK'/></a>", Area.PROPERTY, "b x"),
        (f"{DECLARATION}<a><!-- 机MARK --></a>", Area.HIDDEN, "comment"),
        (f"{DECLARATION}<a><![CDATA[<p>MARK]]></a>", Area.BODY, "a"),
        (PACKAGE.format("<x>MARK</x>"), Area.HIDDEN, "package"),
        (PACKAGE.format("<!-- MARK -->"), Area.HIDDEN, "package"),
    ],
)
def test_every_place_has_its_area_and_label(text, area, label):
    items = read(text.replace("$", '"'))

    assert places(items) == [(area, label)]
    assert not problems(items)


@pytest.mark.parametrize(
    "text",
    [
        word(f"<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>{run('MARK')}</w:p>"),
        word(f"<w:p><w:rPr><w:vanish w:val='on'/></w:rPr></w:p><w:p>{run('MARK')}</w:p>"),
        word(f"<w:p>{run('MARK', VISIBLE)}</w:p>"),
        UOF.format(element("段落", element("句", UOF_LOOK.format("false") + "MARK"))),
    ],
)
def test_what_hides_no_run_of_text_hides_nothing(text):
    assert [(i.text, i.place.area) for i in read(text) if isinstance(i, Part)] == [
        ("MARK", Area.BODY)
    ]


def test_text_around_an_element_is_one_part_and_elements_beside_each_other_are_two():
    items = read(f"{DECLARATION}<a><p>机<b>密</b>★</p><x>10</x><y>年</y></a>")

    assert [i.text for i in items if isinstance(i, Part)] == ["机密★", "10", "年"]


def test_cells_share_the_number_of_their_row():
    row = "<Row><Cell><Data>a</Data></Cell><Cell><Data>b</Data></Cell></Row>"
    items = read(sheet(row + row))

    cells = [(i.text, i.row) for i in items if isinstance(i, Part) and i.place.area is Area.CELL]
    assert cells == [("a", 1), ("b", 1), ("a", 2), ("b", 2)]


def packed(data: bytes) -> str:
    return base64.encodebytes(data).decode()


def files(items: list[Item]) -> list[tuple[str, bytes]]:
    return [(i.members[-1], i.content or b"") for i in items if isinstance(i, Source)]


def binary(data: bytes, name: str = "wordml://a.bin", within: str = "pict") -> str:
    return f"<w:{within}><w:binData w:name='{name}'>{packed(data)}</w:binData></w:{within}>"


def uof_object(data: bytes) -> str:
    return f"<uof:其他对象><uof:数据>{packed(data)}</uof:数据></uof:其他对象>"


STORE = compound({"_1234/Package": b"PK\x03\x04x", "_1234/\x01CompObj": b"x"})
ACTIVE_MIME = b"ActiveMime\0\0" + struct.pack("<38x") + zlib.compress(STORE)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (word(binary(b"%PDF-1.4")), [("a.bin", b"%PDF-1.4")]),
        (word(binary(STORE, "oledata.mso", "docOleData")), [("_1234/Package", b"PK\x03\x04x")]),
        (word(binary(ACTIVE_MIME, "oledata.mso", "x")), [("_1234/Package", b"PK\x03\x04x")]),
        (UOF.format(uof_object(b"%PDF-1.4")), [("object1", b"%PDF-1.4")]),
        (
            UOF.format(uof_object(b"%PDF").replace("其他对象", "对象数据_D701")),
            [("object1", b"%PDF")],
        ),
        (word(binary(ACTIVE_MIME, "editdata.mso", "docSuppData")), []),
    ],
)
def test_what_is_embedded_is_a_file_of_its_own_and_macros_are_not_read(text, found):
    items = read(text)

    assert files(items) == found
    assert not problems(items)


def test_an_object_in_a_paragraph_does_not_tear_its_text():
    text = word(f"<w:p>{run('MA')}<w:r>{binary(b'%PDF')}</w:r>{run('RK')}</w:p>")

    assert places(read(text)) == [(Area.BODY, "")]


def test_words_on_a_control_are_text():
    data = base64.b64encode(b"\0" * 16 + "机密MARK文件资料".encode("utf-16-le")).decode()
    control = f"<w:ocx w:data='DATA:application/x-oleobject;BASE64,{data}'/>"

    assert places(read(word(control))) == [(Area.TEXTBOX, "ocx")]


def lines_of(draw: Callable[[], bytes], place: Place, budget: Budget) -> list[Part]:
    assert draw()
    return [Part("MARK", place)]


PAGE, BULLET = bmp(600, 800), bmp(8, 8)
DRAWING = zlib.compress(b"\x01\x00\x09\x00" + b"\0" * 40, wbits=31)


def test_a_document_of_pictures_alone_is_told_or_read():
    for data in (PAGE, BULLET, DRAWING):
        for text in (word(binary(data)), UOF.format(uof_object(data))):
            assert problems(read(text)) == ["docx.only-pictures"]
    assert problems(read(word(binary(PAGE)), Budget(recognise=lines_of))) == []
    assert places(read(word(binary(BULLET)), Budget(recognise=lines_of))) == [(Area.IMAGE, "a.bin")]
    assert len(files(read(word(binary(DRAWING)), Budget(recognise=lines_of)))) == 1


def test_in_a_document_with_text_only_pictures_like_pages_are_read_and_none_is_a_problem():
    text = word(f"<w:p>{run('x')}</w:p>" + binary(PAGE, "page.png") + binary(BULLET, "dot.png"))

    assert not problems(read(text))
    assert places(read(text, Budget(recognise=lines_of))) == [(Area.IMAGE, "page.png")]


@pytest.mark.parametrize(
    ("text", "limits", "reasons"),
    [
        (word(binary(b"%PDF").replace("JVBE", "J!!E")), Limits(), ["package.part"]),
        (word(binary(b"ActiveMime" + b"x" * 99)), Limits(), ["package.part"]),
        (word(binary(ACTIVE_MIME[:80])), Limits(), ["package.part", "ole.no-streams"]),
        (word(binary(b"%PDF" * 99)), Limits(unpacked_bytes=200), ["limit.unpacked-bytes"]),
        (word(binary(b"%PDF" * 99) * 3), Limits(archive_entries=2), ["limit.entries"]),
    ],
)
def test_what_is_embedded_and_broken_or_too_much_is_told(text, limits, reasons):
    assert problems(read(text, Budget(limits))) == reasons


def test_a_file_cut_within_an_object_gives_up_what_is_there():
    text = word(f"<w:p>{run('x')}</w:p>" + binary(b"%PDF" * 99))
    items = read(text[: text.index("</w:binData>") - 60])

    assert files(items)[0][1].startswith(b"%PDF")
    assert problems(items)


DOCX_PART = (
    '<pkg:part pkg:name="/word/document.xml" pkg:contentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"><pkg:xmlData><w:document xmlns:w="http://'
    'schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>MARK</w:t></w:r>'
    "</w:p></w:body></w:document></pkg:xmlData></pkg:part>"
)


def test_an_office_package_in_one_file_is_read_as_what_it_is():
    data = base64.b64encode(b"PK\x03\x04x").decode()
    binary = (
        '<pkg:part pkg:name="/word/embeddings/a.bin" pkg:contentType="x">'
        f"<pkg:binaryData>{data}</pkg:binaryData></pkg:part>"
    )
    items = read(PACKAGE.format(DOCX_PART + binary))

    assert places(items) == [(Area.BODY, "p1")]
    assert [i.content for i in items if isinstance(i, Source)] == [b"PK\x03\x04x"]
    assert not problems(items)


def test_a_package_of_other_kind_is_a_file_of_its_own():
    part = '<pkg:part pkg:name="/ppt/presentation.xml"><pkg:xmlData><p/></pkg:xmlData></pkg:part>'
    files = [i for i in read(PACKAGE.format(part)) if isinstance(i, Source)]

    assert [sniff(file) for file in files] == ["pptx"]


@pytest.mark.parametrize("codec", ["gb2312", "GBK", "utf-16", "big5"])
def test_the_declared_encoding_is_believed(codec):
    text = f'<?xml version="1.0" encoding="{codec}"?><a>機密國家</a>'
    used = {"gb2312": "gb18030", "big5": "cp950"}.get(codec, codec)

    assert places(read(text.encode(used)), "機密國家")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (f"{DECLARATION}<a>x<b>MARK</a>", "package.xml"),
        (f"{DECLARATION}<a>x</b><c>MARK</c>", "package.xml"),
        (f"{DECLARATION}<a>&unheard;<c>MARK</c></a>", "package.xml"),
        (f'{DECLARATION}<!DOCTYPE a [<!ENTITY x "机MARK">]><a>&x;</a>', "package.doctype"),
        (PACKAGE.format(DOCX_PART)[:-40], "xml.cut"),
    ],
)
def test_what_is_broken_is_read_to_its_end_and_told(text, reason):
    items = read(text)

    assert places(items)
    assert reason in problems(items)


def test_entities_are_never_expanded():
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "MARK"}">' for n in range(9))
    items = read(f"{DECLARATION}<!DOCTYPE a [{bomb}]><a>&a8;</a>")

    assert sum(len(i.text) for i in items if isinstance(i, Part)) < 1000
    assert problems(items) == ["package.doctype"]


def test_a_document_type_alone_is_no_problem():
    assert not problems(read(f"{DECLARATION}<!DOCTYPE svg PUBLIC 'x' 'y'><svg>x</svg>"))


FULL = word(f"<w:p>{run('机密')}</w:p>" * 9)


def test_a_file_cut_anywhere_is_never_whole():
    data = FULL.encode()
    for at in range(60, len(data) - 1, len(data) // 20):
        assert problems(read(data[:at])), at


def test_broken_bytes_raise_nothing_else():
    for seed in range(100):
        random.seed(seed)
        for data in (bytearray(FULL.encode()), bytearray(PACKAGE.format(DOCX_PART).encode())):
            for _ in range(4):
                data[random.randrange(len(data))] = random.choice(b"<>\"'=/!-\x00\xff&")
            read(bytes(data))


@pytest.mark.parametrize(
    "hostile",
    [
        DECLARATION + "<a>" * 100_000,
        "<a>" + "<!--" * 100_000,
        "<a>" + "<" * 100_000,
        word("<w:hdr><w:p><w:r><w:t>x" * 20_000),
        PACKAGE.format(DOCX_PART[:80] * 20_000),
    ],
    ids=lambda text: repr(text[:24]),
)
def test_a_hostile_file_costs_little_and_is_told(hostile):
    start = time.process_time()

    assert problems(read(hostile))

    assert time.process_time() - start < 4


@pytest.mark.corpus
def test_real_files_give_up_every_chinese_character(capsys):
    told = {}
    for path in sorted(folder("corpus", "formats", "txt").glob("*.xml")):
        if not sniff(Source(path)).startswith("xml"):
            continue
        items = read(path.read_bytes())
        if problems(items):
            told[path.name] = problems(items)
    with capsys.disabled():
        print(f"\nxml: {len(told)} with problems: {told}")
    assert len(told) <= 1
