"""Facts about reading OFD: every hiding place, lines, damage, hostile files, layout."""

from __future__ import annotations

import random
import time
import warnings
from pathlib import Path

import pytest
from builders_ofd import (
    body,
    code,
    document,
    fill,
    image,
    package,
    page,
    part,
    path,
    resources,
    text,
    zipped,
)
from corpora import folder

from markscan.document import Area, Box, Page, Part, Place, Style
from markscan.errors import DamagedFile, EncryptedFile, LimitExceeded, NoTextLayer, UnreadError
from markscan.extract import ofd
from markscan.extract.extractor import Budget, Item, Limits
from markscan.source import Source

MARK = "机密★10年"
POINT = 72 / 25.4
DENSE = Limits(unpacked_ratio=1 << 30)


def read(content: bytes, budget: Budget | None = None) -> list[Item]:
    """What is yielded, and at the end what was raised."""
    items: list[Item] = []
    try:
        for item in ofd.extract(Source(Path("a.ofd"), (), content), budget or Budget()):
            items.append(item)
    except UnreadError as error:
        items.append(error)
    return items


def parts(content: bytes) -> list[Part]:
    return [item for item in read(content) if isinstance(item, Part)]


def texts(content: bytes, area: Area | None = None) -> list[str]:
    return [p.text for p in parts(content) if area is None or p.place.area is area]


def labels(content: bytes, area: Area) -> list[tuple[str, str]]:
    return [(p.text, p.place.label) for p in parts(content) if p.place.area is area]


def problems(items: list[Item]) -> list[str]:
    return [item.reason for item in items if isinstance(item, UnreadError)]


# Lines.


def test_a_line_has_its_page_box_and_style():
    items = read(package(page(text(MARK, 28, 37))))
    assert items[0] == Page(1, 595.28, 841.89)
    [line] = [item for item in items if isinstance(item, Part)]
    assert line.text == MARK
    assert line.style == Style("黑体", 14.17)
    assert line.place.area is Area.BODY
    assert line.place.page == 1
    box = line.place.box
    assert box is not None
    assert box.left == pytest.approx(28 * POINT, abs=0.01)
    assert box.bottom == pytest.approx((37 + 5 + 0.6) * POINT, abs=0.01)
    assert box.top == pytest.approx((37 + 5 - 4.4) * POINT, abs=0.01)
    assert 28 + 28 < box.right / POINT < 28 + 31
    assert not problems(items)


def test_the_matrix_moves_and_scales_text():
    scaled = text("甲乙", 30, 40, size=12, attributes='CTM="0.3528 0 0 0.3528 0 0"')
    [line] = parts(package(page(scaled)))
    assert line.style == Style("黑体", 12.0)
    assert line.place.box is not None
    assert line.place.box.left == pytest.approx(30 * POINT, abs=0.01)
    assert line.place.box.right == pytest.approx(30 * POINT + 24, abs=0.1)


SPLIT = {
    "each character alone": [text(c, 28 + 5 * n, 37) for n, c in enumerate(MARK)],
    "drawn in disorder": [text(c, 28 + 5 * n, 37) for n, c in reversed([*enumerate(MARK)])],
    "two words with others between": [
        text("机密", 28, 37), text("正文", 28, 80), text("★10年", 38, 37),
    ],
    "codes of one object": [
        text("机密", 28, 37, inside=code("★10年", 'X="10" Y="5" DeltaX="5 2.5 2.5"')),
    ],
    "bold by drawing twice": [text(MARK, 28, 37), text(MARK, 28.1, 37)],
    "far steps written short": [text(MARK, 28, 37, step="g 5 5")],
    "more steps than characters": [text(MARK, 28, 37, step="g 900000000 5")],
    "written downwards": [
        '<ofd:TextObject ID="1" Boundary="20 20 8 90" Font="3" Size="5">'
        f'<ofd:TextCode X="0" Y="5" DeltaY="g 5 5">{MARK}</ofd:TextCode></ofd:TextObject>'
    ],
    "a column of single characters": [text(c, 28, 37 + 6 * n) for n, c in enumerate("机密件")],
    "turned by a right angle": [
        text(MARK, 100, 100, attributes='CTM="0 1 -1 0 0 0"'),
    ],
    "indented markup": [text(f"\n   {MARK}\n  ", 28, 37, step="g 5 5")],
    "characters by number": [text("&#26426;密★10年", 28, 37, step="g 5 5")],
}  # fmt: skip


@pytest.mark.parametrize("objects", SPLIT.values(), ids=SPLIT)
def test_what_stands_on_one_line_is_one_part(objects):
    found = texts(package(page(*objects)), Area.BODY)
    assert (MARK in found) or "机密件" in found
    assert sum("密" in line for line in found) == 1


def test_columns_of_a_table_and_lines_of_a_paragraph_stay_apart():
    cells = [text("甲方", 28, 37), text("乙方", 90, 37), text("下一行", 28, 45)]
    assert texts(package(page(*cells))) == ["甲方", "乙方", "下一行"]
    one_code = text("甲方乙方丙", 28, 37, step="5 60 5 -70")
    assert texts(package(page(one_code))) == ["甲方", "乙方", "丙"]


def test_a_gap_between_latin_words_is_a_space():
    words = [text("Top", 28, 37, step="2.5 2.5"), text("Secret", 37.5, 37, step="g 5 2.5")]
    assert texts(package(page(*words))) == ["Top Secret"]


def test_pages_behind_the_first_ones_are_one_part():
    many = [page(text(f"第{n}页", 28, 37), text("第二行", 28, 50)) for n in range(3)]
    found = [(p.text, p.place.page, p.place.box is None) for p in parts(package(*many))]
    assert found[-1] == ("第2页\n第二行", 3, True)
    assert len(found) == 5


# Places.


WHOLE = package(
    page(
        text("正文", 28, 60, identity=40),
        '<ofd:PageBlock ID="41">' + text("块内", 28, 70) + "</ofd:PageBlock>",
        '<ofd:CompositeObject ID="42" Boundary="28 80 50 20" ResourceID="77"/>',
        head='<ofd:Template TemplateID="50" ZOrder="Background"/>',
    ),
    page(text("次页", 28, 60), head='<ofd:Template TemplateID="50"/>'),
    bodies=body(
        information="<ofd:Title>标题</ofd:Title><ofd:Author>作者</ofd:Author>"
        "<ofd:Keywords><ofd:Keyword>关键词</ofd:Keyword></ofd:Keywords>"
        '<ofd:CustomDatas><ofd:CustomData Name="密级">秘密</ofd:CustomData></ofd:CustomDatas>',
        rest="<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>",
    ),
    common='<ofd:TemplatePage ID="50" BaseLoc="Tpls/T0.xml"/>'
    '<ofd:TemplatePage ID="51" BaseLoc="Tpls/T1.xml"/>',
    rest='<ofd:Outlines><ofd:OutlineElem Title="大纲"/></ofd:Outlines>'
    '<ofd:Actions><ofd:Action><ofd:URI URI="http://a.cn/密"/></ofd:Action></ofd:Actions>'
    '<ofd:Bookmarks><ofd:Bookmark Name="书签"/></ofd:Bookmarks>'
    "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>"
    "<ofd:CustomTags>Tags/CustomTags.xml</ofd:CustomTags>"
    "<ofd:Attachments>Attachs\\attachments.xml</ofd:Attachments>"
    "<ofd:Extensions>Extensions.xml</ofd:Extensions>",
    shared=resources(
        '<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="77"><ofd:Content>',
        text("单元", 0, 0),
        '</ofd:Content></ofd:CompositeGraphicUnit><ofd:CompositeGraphicUnit ID="78">',
        text("未用单元", 0, 0),
        "</ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>",
    ),
    extra=(
        ("Doc_0/Tpls/T0.xml", page(text("模板", 28, 10))),
        ("Doc_0/Tpls/T1.xml", page(text("未用模板", 28, 10))),
        (
            "Doc_0/Annots/Annotations.xml",
            part(
                "Annotations", '<ofd:Page PageID="101"><ofd:FileLoc>a.xml</ofd:FileLoc></ofd:Page>'
            ),
        ),
        (
            "Doc_0/Annots/a.xml",
            part(
                "PageAnnot",
                '<ofd:Annot ID="1" Type="Watermark" Creator="张三"><ofd:Appearance '
                f'Boundary="0 0 210 297">{text("水印", 10, 10)}{text("水印", 90, 90)}'
                "</ofd:Appearance></ofd:Annot>",
                '<ofd:Annot ID="2" Type="Highlight" Subtype="Text"><ofd:Remark>批注</ofd:Remark>'
                '<ofd:Parameters><ofd:Parameter Name="P">参数</ofd:Parameter></ofd:Parameters>'
                "</ofd:Annot>",
                '<ofd:Annot ID="3" Type="Stamp" Visible="false"><ofd:Appearance '
                f'Boundary="0 0 9 9">{text("隐去", 10, 10)}</ofd:Appearance></ofd:Annot>',
            ),
        ),
        (
            "Doc_0/Tags/CustomTags.xml",
            part("CustomTags", "<ofd:CustomTag><ofd:FileLoc>t.xml</ofd:FileLoc></ofd:CustomTag>"),
        ),
        (
            "Doc_0/Tags/t.xml",
            '<:公文 xmlns:=""><密级><ObjectRef PageRef="101">40</ObjectRef></密级>'
            '<块><ObjectRef PageRef="101">41</ObjectRef></块><词>直接</词></:公文>',
        ),
        (
            "Doc_0/Attachs/Attachments.xml",
            part(
                "Attachments",
                '<ofd:Attachment Name="附件一"><ofd:FileLoc>a.txt</ofd:FileLoc></ofd:Attachment>'
                '<ofd:Attachment Name="附件二" Visible="false"><ofd:FileLoc>/Doc_0/B.TXT'
                "</ofd:FileLoc></ofd:Attachment>",
            ),
        ),
        ("Doc_0/Attachs/a.txt", "附件内容"),
        ("Doc_0/b.txt", "第二个"),
        ("Doc_0/Extensions.xml", part("Extensions", "<ofd:Data>扩展</ofd:Data>")),
        ("Doc_0/Lost.xml", page(text("无人引用", 28, 10))),
        (
            "Doc_0/Signs/Signatures.xml",
            part("Signatures", '<ofd:Signature BaseLoc="S0/Signature.xml"/>'),
        ),
        (
            "Doc_0/Signs/S0/Signature.xml",
            part(
                "Signature",
                '<ofd:SignedInfo><ofd:Provider ProviderName="签章厂商" Company="公司"/>'
                "<ofd:Seal><ofd:BaseLoc>Seal.esl</ofd:BaseLoc></ofd:Seal></ofd:SignedInfo>",
            ),
        ),
        (
            "Doc_0/Signs/S0/Seal.esl",
            b"\x30\x1b\x30\x19\x30\x04\x16\x02ES\x16\x01x\x30\x0e\x02\x01\x01\x0c\x09"
            + "测试章".encode(),
        ),
    ),
)
PLACES = [
    ("标题", Area.PROPERTY, "Title"),
    ("作者", Area.PROPERTY, "Author"),
    ("关键词", Area.PROPERTY, "Keyword"),
    ("秘密", Area.PROPERTY, "密级"),
    ("模板", Area.BODY, "Doc_0/Tpls/T0.xml"),
    ("正文", Area.BODY, ""),
    ("块内", Area.BODY, ""),
    ("单元", Area.BODY, ""),
    ("水印", Area.TEXTBOX, "Watermark"),
    ("张三", Area.COMMENT, "author"),
    ("批注", Area.COMMENT, "Highlight Text"),
    ("参数", Area.PROPERTY, "P"),
    ("隐去", Area.HIDDEN, "Stamp"),
    ("次页", Area.BODY, ""),
    ("未用模板", Area.HIDDEN, "Doc_0/Tpls/T1.xml"),
    ("未用单元", Area.HIDDEN, "unit 78"),
    ("大纲", Area.PROPERTY, "outline"),
    ("http://a.cn/密", Area.HIDDEN, "URI"),
    ("书签", Area.PROPERTY, "bookmark"),
    ("正文", Area.PROPERTY, "密级"),
    ("块内", Area.PROPERTY, "块"),
    ("直接", Area.PROPERTY, "词"),
    ("扩展", Area.PROPERTY, "Doc_0/Extensions.xml"),
    ("附件一", Area.PROPERTY, "attachment"),
    ("附件二", Area.HIDDEN, "attachment"),
    ("签章厂商", Area.PROPERTY, "signature"),
    ("公司", Area.PROPERTY, "signature"),
    ("测试章", Area.PROPERTY, "seal"),
    ("无人引用", Area.HIDDEN, "Doc_0/Lost.xml"),
]


def test_every_place_is_read_once_and_named():
    items = read(WHOLE)
    found = [(p.text, p.place.area, p.place.label) for p in items if isinstance(p, Part)]
    assert found == PLACES
    assert not problems(items)
    files = [item for item in items if isinstance(item, Source)]
    assert [f.locator for f in files] == ["a.ofd!Doc_0/Attachs/a.txt", "a.ofd!Doc_0/b.txt"]
    assert files[0].read() == "附件内容".encode()


UNSEEN = {
    "invisible": text("暗", attributes='Visible="false"'),
    "transparent": text("暗", attributes='Alpha="0"'),
    "of transparent colour": text("暗", inside=fill("0 0 0", 'Alpha="0"')),
    "not painted": text("暗", attributes='Fill="false"'),
    "white": text("暗", inside=fill("255 255 255")),
    "white in hexadecimals": text("暗", inside=fill("#FF #ff #FF")),
    "white in grey": text("暗", inside=fill("255")),
    "white in print colours": text("暗", inside=fill("0 0 0 0")),
    "white on a white ground": path("M 0 0", fill=fill("255 255 255"))
    + text("暗", inside=fill("255 255 255")),
    "off the page": text("暗", 500, 37),
    "tiny": text("暗", size=0.5),
}


@pytest.mark.parametrize("objects", UNSEEN.values(), ids=UNSEEN)
def test_what_no_reader_sees_is_hidden(objects):
    assert texts(package(page(objects, text("明", 28, 90))), Area.HIDDEN) == ["暗"]
    assert texts(package(page(objects, text("明", 28, 90))), Area.BODY) == ["明"]


def test_white_text_on_a_coloured_ground_is_seen():
    red = path("M 0 0", "20 30 100 20", fill=fill("255 0 0"))
    content = package(page(red, text("红头", inside=fill("255 255 255"))))
    assert texts(content, Area.BODY) == ["红头"]


def test_white_by_drawing_parameters_is_hidden():
    pens = (
        f'<ofd:DrawParams><ofd:DrawParam ID="8">{fill("255 255 255")}</ofd:DrawParam>'
        '<ofd:DrawParam ID="9" Relative="8"/></ofd:DrawParams>'
    )
    content = package(page(text("暗", attributes='DrawParam="9"')), shared=resources(pens))
    assert texts(content, Area.HIDDEN) == ["暗"]


def test_all_documents_and_versions_are_read():
    bodies = body(
        rest='<ofd:Versions><ofd:Version ID="v1" BaseLoc="Doc_0/V1.xml"/></ofd:Versions>'
    ) + body("Doc_1/Document.xml")
    old = document().replace("Page_0/Content", "Page_9/Content")
    content = package(
        page(text("现行", 28, 37)),
        bodies=bodies,
        extra=(
            ("Doc_0/V1.xml", part("DocVersion", "<ofd:DocRoot>Old.xml</ofd:DocRoot>")),
            ("Doc_0/Old.xml", old),
            ("Doc_0/Pages/Page_9/Content.xml", page(text("旧版", 28, 37))),
            ("Doc_1/Document.xml", document()),
            ("Doc_1/PublicRes.xml", resources()),
            ("Doc_1/Pages/Page_0/Content.xml", page(text("第二份", 28, 37))),
        ),
    )
    found = [(p.text, p.place.area, p.place.page) for p in parts(content)]
    assert found == [
        ("现行", Area.BODY, 1),
        ("旧版", Area.HIDDEN, 2),
        ("第二份", Area.BODY, 3),
    ]


def test_both_of_two_entries_with_one_name_are_read():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        content = package(
            page(text("前", 28, 37)),
            extra=(("Doc_0/Pages/Page_0/Content.xml", page(text("后", 28, 37))),),
        )
    assert texts(content) == ["前", "后"]


def test_any_encoding_and_any_prefix_is_read():
    odd = page(text(MARK)).replace("ofd:", "")
    for data in (
        odd,
        odd.encode("utf-16"),
        b'<?xml version="1.0" encoding="gbk"?>' + odd.encode("gbk"),
    ):
        content = package("x", extra=())
        entries = [
            ("OFD.xml", part("OFD", body())),
            ("Doc_0/Document.xml", document()),
            ("Doc_0/PublicRes.xml", resources()),
            ("Doc_0/Pages/Page_0/Content.xml", data),
        ]
        content = zipped(*entries)
        assert texts(content) == [MARK]
        assert not problems(read(content))


# Pages without text.


MEDIA = (
    '<ofd:MultiMedias><ofd:MultiMedia ID="5" Type="Image"><ofd:MediaFile>scan.png'
    '</ofd:MediaFile></ofd:MultiMedia><ofd:MultiMedia ID="6" Type="Image">'
    "<ofd:MediaFile>scan.jb2</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias>"
)
SCANS = (("Doc_0/Res/scan.png", b"png"), ("Doc_0/Res/scan.jb2", b"jb2"))
CURVES = path("M 0 0 B 1 1 2 2 3 3 Q 1 1 2 2 C")


@pytest.mark.parametrize("content", [CURVES, image(5), image(6)], ids=["outlines", "png", "jb2"])
def test_pages_that_only_show_pictures_are_named(content):
    alone = read(package(page(content), shared=resources(MEDIA), extra=SCANS))
    assert problems(alone) == ["ofd.no-text"]
    mixed = read(
        package(
            page(text("字")), page(content), page(content), shared=resources(MEDIA), extra=SCANS
        )
    )
    [problem] = [item for item in mixed if isinstance(item, UnreadError)]
    assert isinstance(problem, NoTextLayer)
    assert problem.values == {"pages": "2-3", "count": 2}


def test_a_frame_or_an_empty_page_is_no_picture_of_text():
    frame = path("M 0 0 L 70 0 L 70 30 L 0 30 C")
    assert not problems(read(package(page(), page(frame))))


def test_a_template_does_not_excuse_a_scan():
    content = package(
        page(image(5), head='<ofd:Template TemplateID="50"/>'),
        common='<ofd:TemplatePage ID="50" BaseLoc="T.xml"/>',
        shared=resources(MEDIA),
        extra=(("Doc_0/T.xml", page(text("眉"))), *SCANS),
    )
    assert problems(read(content)) == ["ofd.no-text"]


def test_pictures_are_recognised_where_asked():
    asked = []

    def recognise(draw, place: Place, budget: Budget) -> list[Part]:
        asked.append((draw(), place))
        return [Part(MARK, place)]

    content = package(page(image(5)), page(image(6)), shared=resources(MEDIA), extra=SCANS)
    items = read(content, Budget(recognise=recognise))
    place = Place(Area.IMAGE, 1, "Doc_0/Res/scan.png")
    assert asked == [(b"png", place)]
    assert Part(MARK, place) in items
    [problem] = [item for item in items if isinstance(item, UnreadError)]
    assert problem.values == {"pages": "2", "count": 1}  # which nobody can decode


def test_a_recogniser_that_gives_up_leaves_the_page_unread():
    def recognise(draw, place: Place, budget: Budget) -> list[Part]:
        raise LimitExceeded("limit.pages", allowed=1)

    content = package(page(image(5)), shared=resources(MEDIA), extra=SCANS)
    assert problems(read(content, Budget(recognise=recognise))) == ["limit.pages", "ofd.no-text"]


GLYPHS = (
    '<ofd:TextObject ID="1" Boundary="9 9 99 9" Font="3" Size="5"><ofd:CGTransform '
    'CodePosition="0" GlyphCount="2"><ofd:Glyphs>4 5</ofd:Glyphs></ofd:CGTransform>'
    "<ofd:TextCode></ofd:TextCode></ofd:TextObject>"
)


@pytest.mark.parametrize("objects", [text("\ue001" * 9), text("¤" * 20), GLYPHS])
def test_text_without_a_meaning_is_no_text(objects):
    items = read(package(page(text("明文", 28, 90), objects)))
    assert "ofd.garbled" in problems(items)


# Damage and encryption.


def test_encryption_is_told_once():
    locked = zipped(
        ("OFD.xml", part("OFD", body())),
        ("Encryptions.xml", part("Encryptions", "<ofd:EncryptInfo/>")),
        ("Doc_0/x.dat", b"\x93\x11\x07"),
    )
    items = read(locked)
    assert problems(items) == ["ofd.encrypted"]
    assert isinstance(items[0], EncryptedFile)


def test_what_is_missing_is_told():
    whole = [
        ("OFD.xml", part("OFD", body())),
        ("Doc_0/Document.xml", document()),
        ("Doc_0/PublicRes.xml", resources()),
        ("Doc_0/Pages/Page_0/Content.xml", page(text(MARK))),
    ]
    assert problems(read(zipped(*whole))) == []
    assert problems(read(zipped(*whole[:3]))) == ["ofd.missing-part"]
    assert problems(read(zipped(*whole[:1]))) == ["ofd.missing-part", "ofd.no-document"]
    assert problems(read(zipped(whole[0], *whole[2:]))) == ["ofd.missing-part", "ofd.no-document"]
    assert texts(zipped(whole[0], *whole[2:])) == [MARK]
    assert texts(zipped(*whole[1:])) == [MARK]
    without_fonts = read(zipped(whole[0], whole[1], whole[3]))
    assert problems(without_fonts) == []
    unit = '<ofd:CompositeObject ID="1" Boundary="0 0 9 9" ResourceID="7"/>'
    assert problems(read(package(page(unit, text("字"))))) == ["ofd.missing-part"]


BROKEN = [
    page(text("甲"), text(MARK, 28, 60))[:-40],
    page(text("甲"), "</wrong>", text(MARK, 28, 60)),
    page(text("甲"), "<a", text(MARK, 28, 60)),
    page(text("甲"), "\x01", text(MARK, 28, 60)),
    page(text("甲"), text(MARK, 28, 60).replace("</ofd:TextObject>", "")),
    page(text("甲\x01"), text(MARK, 28, 60)),
    page(text("甲"), '<ofd:TextObject><ofd:TextCode X="0">' + MARK + "</ofd:TextCode>\x02"),
]


@pytest.mark.parametrize("broken", BROKEN)
def test_broken_markup_gives_what_is_left_and_is_told(broken):
    items = read(package(broken))
    assert problems(items) == ["package.xml"]
    found = [item.text for item in items if isinstance(item, Part)]
    assert found == ["甲", MARK]


def test_entities_are_not_expanded_but_told():
    bomb = '<!DOCTYPE a [<!ENTITY b "密">]>' + page(text("字&b;"))
    items = read(package(bomb))
    assert problems(items) == ["package.doctype"]
    assert "字" in [item.text for item in items if isinstance(item, Part)]


def outcome(content: bytes) -> tuple[bool, bool]:
    """Whether all text came, and whether a problem was told. Anything else raised fails."""
    items = read(content)
    told = " ".join(item.text for item in items if isinstance(item, Part))
    return all(said in told for said, _, _ in PLACES), bool(problems(items))


def test_a_truncated_file_is_never_clean():
    for step in range(20):
        cut = WHOLE[: len(WHOLE) * step // 20]
        assert outcome(cut)[1], step
    assert outcome(WHOLE) == (True, False)


def test_flipped_bytes_raise_nothing_and_lose_nothing_silently():
    for seed in range(120):
        dice = random.Random(seed)
        data = bytearray(WHOLE)
        for _ in range(dice.choice([1, 4, 20])):
            data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        whole, told = outcome(bytes(data))
        assert whole or told, seed


def test_flipped_bytes_in_stored_markup_raise_nothing():
    markup = page(*(text(c, 28 + 5 * n, 37) for n, c in enumerate(MARK)), GLYPHS, CURVES).encode()
    for seed in range(120):
        dice = random.Random(seed)
        data = bytearray(markup)
        for _ in range(5):
            data[dice.randrange(len(data))] = dice.randrange(256)
        read(package(data.decode("latin-1")))
        read(zipped(("OFD.xml", part("OFD", body())), ("Doc_0/Document.xml", bytes(data))))


# Hostile files.


def test_numbers_that_are_none_do_no_harm():
    for word in ("nan", "inf", "-1e999", "1e308", "x", "9" * 5000, "", "g g g", "g -1 5", "g 5"):
        objects = (
            f'<ofd:TextObject ID="{word}" Boundary="{word} {word} {word} {word}" Size="{word}" '
            f'CTM="{word} {word} {word} {word} {word} {word}" Font="{word}" HScale="{word}">'
            f'<ofd:FillColor Value="{word} #zz 1"/><ofd:TextCode X="{word}" Y="{word}" '
            f'DeltaX="{word} {word}" DeltaY="{word}">密级</ofd:TextCode></ofd:TextObject>'
        )
        head = f"<ofd:Area><ofd:PhysicalBox>{word} 0 {word} 1</ofd:PhysicalBox></ofd:Area>"
        told = "".join(texts(package(page(objects, path("M", word), head=head))))
        assert sorted(told) == ["密", "级"] or sorted(told) == ["级", "密"], word


def test_units_that_hold_each_other_are_given_once():
    def use(n: int) -> str:
        return f'<ofd:CompositeObject Boundary="0 0 9 9" ResourceID="{n}"/>'

    units = "".join(
        f'<ofd:CompositeGraphicUnit ID="{n}">{text(f"单元{n}")}{use((n + 1) % 40) * 10}'
        "</ofd:CompositeGraphicUnit>"
        for n in range(40)
    )
    found = texts(package(page(use(0) * 10), shared=resources(units)))
    assert sorted(found) == sorted(f"单元{n}" for n in range(40))


def test_a_page_without_a_size_is_a4():
    head = "<ofd:Area><ofd:PhysicalBox>0 0 0 -1</ofd:PhysicalBox></ofd:Area>"
    items = read(package(page(text(MARK), head=head)))
    assert items[0] == Page(1, 595.28, 841.89)
    assert texts(package(page(text(MARK), head=head)), Area.BODY) == [MARK]


def test_locations_are_found_in_any_case_and_nearby_but_in_no_other_document():
    wrong = document().replace("Pages/Page_0", "/DOC_0\\pages\\Page_0")
    near = document().replace("Pages/Page_0", "Page_0")
    other = document().replace("Page_0", "Page_1")
    for index, told in ((wrong, []), (near, []), (other, ["ofd.missing-part"])):
        content = zipped(
            ("OFD.xml", part("OFD", body())),
            ("Doc_0/Document.xml", index),
            ("Doc_0/Pages/Page_0/Content.xml", page(text(MARK))),
            ("Doc_1/Pages/Page_1/Content.xml", page(text("别处"))),
        )
        assert problems(read(content)) == told
        assert MARK in texts(content)


def test_names_written_by_chinese_windows_are_found():
    content = package(
        page(text("字")),
        rest="<ofd:Attachments>Attachments.xml</ofd:Attachments>",
        extra=(
            (
                "Doc_0/Attachments.xml",
                part(
                    "Attachments",
                    "<ofd:Attachment><ofd:FileLoc>附.txt</ofd:FileLoc></ofd:Attachment>",
                ),
            ),
            ("Doc_0/XX.txt", "附件"),
        ),
    ).replace(b"Doc_0/XX.txt", b"Doc_0/" + "附".encode("gb18030") + b".txt")
    items = read(content)
    assert [item.name for item in items if isinstance(item, Source)] == ["附.txt"]
    assert not problems(items)


def test_a_template_that_uses_itself_ends():
    content = package(
        page(text("字"), head='<ofd:Template TemplateID="50"/>'),
        common='<ofd:TemplatePage ID="50" BaseLoc="T.xml"/>',
        extra=(("Doc_0/T.xml", page(text("眉"), head='<ofd:Template TemplateID="50"/>')),),
    )
    assert texts(content) == ["眉", "字"]
    found = ofd.layout(Source(Path("a.ofd"), (), content), Budget())
    assert [run.text for run in found.runs] == ["眉", "字"]


TRAPS = {
    "one line": lambda n: [text("密", 1, 37) for _ in range(n)],
    "distinct on one line": lambda n: [text(str(k), k % 200, 37, step="") for k in range(n)],
    "one column": lambda n: [text("密", 1, k) for k in range(n)],
    "white": lambda n: [path("M") + text("密", 1, k, inside=fill("255")) for k in range(n)],
    "unclosed": lambda n: ["\x01", '<ofd:TextObject ID="1">' * n],
    "huge repeats": lambda n: [text("密级", 1, 1, step="g 999999999 5 " * n)],
    "many codes": lambda n: ['<ofd:TextObject Size="5">', code("密") * n, "</ofd:TextObject>"],
    "nested": lambda n: ["<ofd:PageBlock>" * n, text("密"), "</ofd:PageBlock>" * n],
    "nested, with text": lambda n: [f"<ofd:PageBlock>{text('密')}" * n, "</ofd:PageBlock>" * n],
    "remarks": lambda n: ["<ofd:Annot>", "<ofd:Remark>密级</ofd:Remark>" * n, "</ofd:Annot>"],
}  # fmt: skip


@pytest.mark.parametrize("trap", TRAPS.values(), ids=TRAPS)
def test_time_grows_with_the_size_only(trap):
    def seconds(count: int) -> float:
        content = package(page(*trap(count)))
        start = time.process_time()
        read(content, Budget(DENSE))
        return time.process_time() - start

    small = max(min(seconds(500), seconds(500)), 0.002)
    assert min(seconds(4000), seconds(4000)) < 8 * small * 4


def test_a_bomb_is_refused_before_it_is_unpacked():
    content = package(page(text("密", inside=" " * (8 << 20))))
    items = read(content, Budget(Limits(member_bytes=1 << 20)))
    assert "limit.member-bytes" in problems(items)


def test_what_is_no_package_is_damaged():
    assert problems(read(b"")) == ["package.no-entries"]
    assert isinstance(read(b"PK")[0], DamagedFile)
    assert problems(read(zipped(("a.xml", "<a/>")))) == ["ofd.no-document"]


# Layout.


def test_the_layout_has_each_stretch_with_font_size_and_colour():
    content = package(
        page(
            text("机密", 28, 37, inside=fill("255 0 0")),
            text("★10年", 38, 37),
            text("暗", 28, 60, attributes='Visible="false"'),
            head='<ofd:Template TemplateID="50"/>',
        ),
        page(text("次页", 28, 37), head='<ofd:Template TemplateID="50"/>'),
        page(text("三页", 28, 37)),
        common='<ofd:TemplatePage ID="50" BaseLoc="T.xml"/>',
        extra=(("Doc_0/T.xml", page(text("眉", 28, 10))),),
    )
    found = ofd.layout(Source(Path("a.ofd"), (), content), Budget())
    assert [p.number for p in found.pages] == [1, 2]
    assert [(r.text, r.place.page, r.colour, r.font, r.size, r.bold) for r in found.runs] == [
        ("眉", 1, "#000000", "黑体", 14.17, True),
        ("机密", 1, "#ff0000", "黑体", 14.17, True),
        ("★10年", 1, "#000000", "黑体", 14.17, True),
        ("眉", 2, "#000000", "黑体", 14.17, True),
        ("次页", 2, "#000000", "黑体", 14.17, True),
    ]
    assert isinstance(found.runs[0].place.box, Box)


def test_the_layout_of_what_cannot_be_read_is_an_error():
    for content, kind in (
        (zipped(("Encryptions.xml", "<a/>")), EncryptedFile),
        (zipped(("a.xml", "<a/>")), DamagedFile),
        (b"", DamagedFile),
    ):
        with pytest.raises(kind):
            ofd.layout(Source(Path("a.ofd"), (), content), Budget())


# Real files.


@pytest.mark.corpus
def test_real_files_are_read_and_only_pictures_and_glyphs_are_not():
    unread = {}
    files = sorted(folder("corpus", "office", "ofdrw__ofdrw").glob("*.ofd"))
    for file in files:
        items = list(ofd.extract(Source(file), Budget()))
        ofd.layout(Source(file), Budget())
        if problems(items):
            unread[file.name.rpartition("resources_")[2]] = problems(items)
    assert len(files) == 45
    assert unread == {"ano.ofd": ["ofd.garbled"], "containsJPEG.ofd": ["ofd.no-text"]}


@pytest.mark.corpus
def test_every_place_of_the_probe_is_found():
    items = list(ofd.extract(Source(folder("corpus", "probe") / "probe.ofd"), Budget()))
    assert len([item for item in items if isinstance(item, Part) and "探针" in item.text]) == 17
    assert len([item for item in items if isinstance(item, Source)]) == 1
    assert not problems(items)
