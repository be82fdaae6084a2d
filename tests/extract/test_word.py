"""Facts about Word binaries, whole, hostile and damaged."""

import random
import struct
import time
from pathlib import Path

import pytest
from builders_ole import compound
from builders_word import (
    BOOKMARKS,
    COMMENT_AUTHORS,
    COMMENTS,
    DELETED,
    DRAWINGS,
    FONTS,
    FOOTNOTES,
    HEADERS,
    HIDDEN,
    IN_TABLE,
    PIECES,
    REVISION_AUTHORS,
    ROW_END,
    SHADED,
    TEXTBOXES,
    TINY,
    VARIABLES,
    WHITE,
    counted,
    font,
    options,
    pieces,
    plc,
    strings,
    word,
    word_streams,
)
from corpora import folder

from markscan.document import Area, Part
from markscan.errors import DamagedFile, EncryptedFile, LimitExceeded, UnreadError
from markscan.extract.extractor import Budget, Item, Limits
from markscan.extract.ole.word.reader import read
from markscan.source import Source


def items(data: bytes, budget: Budget | None = None) -> list[Item]:
    """What is yielded; the problem that ended reading comes last."""
    found: list[Item] = []
    try:
        found.extend(read(Source(Path("a.doc"), (), data), budget or Budget()))
    except UnreadError as error:
        found.append(error)
    return found


def told(data: bytes) -> list[tuple[str, str, str]]:
    return [
        (item.place.area.name, item.place.label, item.text)
        for item in items(data)
        if isinstance(item, Part)
    ]


def problems(data: bytes, budget: Budget | None = None) -> list[UnreadError]:
    return [item for item in items(data, budget) if isinstance(item, UnreadError)]


def test_paragraphs_are_numbered_and_pages_counted():
    data = word("机密★10年\r\r关于召开会议的通知\x0c第二页\r")

    parts = [item for item in items(data) if isinstance(item, Part)]

    assert [(p.text, p.place.label, p.place.page) for p in parts] == [
        ("机密★10年", "p1", 1),
        ("关于召开会议的通知", "p3", 1),
        ("第二页", "p3", 2),
    ]
    assert not problems(data)


@pytest.mark.parametrize("narrow", [False, True])
def test_text_is_read_in_both_widths(narrow):
    data = word("Plain “text”\r", narrow=narrow)

    assert told(data) == [("BODY", "p1", "Plain “text”")]


def test_characters_beyond_the_first_plane_do_not_shift_the_rest():
    data = word("𠀀𠀁甲\r乙\r", looks=[("乙", HIDDEN)])

    assert told(data) == [("BODY", "p1", "𠀀𠀁甲"), ("HIDDEN", "p2", "乙")]


@pytest.mark.parametrize(
    ("look", "area"),
    [
        (DELETED, "DELETED"),
        (HIDDEN, "HIDDEN"),
        (WHITE, "HIDDEN"),
        (TINY, "HIDDEN"),
        (WHITE + SHADED, "BODY"),
        (b"\x3c\x08\x00", "BODY"),
        (b"\x01\x08\x01", "BODY"),  # a tracked insertion
    ],
)
def test_what_the_formatting_does_to_a_run(look, area):
    data = word("前机密后\r", looks=[("机密", look)])

    if area == "BODY":
        assert told(data) == [("BODY", "p1", "前机密后")]
    else:
        assert told(data) == [(area, "p1", "机密"), ("BODY", "p1", "前后")]


def test_cells_know_their_row():
    body = "表前\r甲\x07乙一\r乙二\x07\x07丙\x07\x07表后\r"
    data = word(body, paragraphs=[("甲\x07乙一\r乙二\x07", IN_TABLE), ("丙\x07", IN_TABLE)])

    parts = [item for item in items(data) if isinstance(item, Part)]

    assert [(p.place.area.name, p.place.label, p.row, p.text) for p in parts] == [
        ("BODY", "p1", None, "表前"),
        ("CELL", "T1!R1C1", 1, "甲"),
        ("CELL", "T1!R1C2", 1, "乙一\n乙二"),
        ("CELL", "T1!R2C1", 2, "丙"),
        ("BODY", "p6", None, "表后"),
    ]


def test_an_empty_cell_ends_no_row_where_the_formatting_knows_better():
    body = "甲\x07\x07乙\x07终\x07丙\x07"
    data = word(body, paragraphs=[("甲\x07\x07乙\x07", IN_TABLE), ("终\x07", ROW_END)])

    labels = {text: label for _, label, text in told(data)}

    assert labels == {"甲": "T1!R1C1", "乙": "T1!R1C3", "丙": "T1!R2C1"}


def test_fields_show_their_result_and_keep_their_code():
    body = '见\x13HYPERLINK "http://a.cn/机密"\x14附件\x15。\r\x13 PAGE \x141\x15\r'

    assert told(word(body)) == [
        ("HIDDEN", "p1 field", 'HYPERLINK "http://a.cn/机密"'),
        ("BODY", "p1", "见附件。"),
        ("BODY", "p2", "1"),
    ]


def test_fields_may_lie_in_one_another_and_stay_open():
    assert told(word("\x13A\x13B\x14c\x15\x14甲\x15乙\r")) == [
        ("HIDDEN", "p1 field", "A\nBc"),
        ("BODY", "p1", "甲乙"),
    ]
    assert told(word("甲\x13乙\r丙\r")) == [("BODY", "p1", "甲乙"), ("BODY", "p2", "丙")]


def test_a_symbol_is_read_as_the_star_it_shows():
    sign = b"\x09\x6a" + struct.pack("<HH", 1, 0xF0AB)
    fonts = struct.pack("<HH", 2, 0) + font("宋体") + font("Wingdings")
    data = word("机密(10年\r", looks=[("(", sign)], tables={FONTS: fonts})

    assert told(data) == [("BODY", "p1", "机密★10年")]


def test_every_story_has_its_area():
    tables = {
        FOOTNOTES: plc([0, 3, 6]),
        HEADERS: plc([0, 2, 2, 2, 2, 2, 2, 5, 8, 11, 14, 17, 20]),
        COMMENTS: plc([0, 3]),
        TEXTBOXES: plc([0, 3, 6], 22),
        COMMENT_AUTHORS: counted("张三"),
        REVISION_AUTHORS: strings("Unknown", "李四"),
        VARIABLES: strings("密级", extra=4) + counted("机密"),
        BOOKMARKS: strings("书签", "_Toc1"),
    }
    data = word(
        "正文\r",
        tables=tables,
        notes="脚一\r脚二\r",
        headers="—\r偶眉\r奇眉\r偶脚\r奇脚\r首眉\r首脚\r",
        comments="批注\r",
        endnotes="尾注\r",
        boxes="框一\r框二\r",
        header_boxes="眉框\r",
    )

    assert told(data) == [
        ("BODY", "p1", "正文"),
        ("NOTE", "footnote 1", "脚一"),
        ("NOTE", "footnote 2", "脚二"),
        ("NOTE", "endnote 1", "尾注"),
        ("NOTE", "note separator", "—"),
        ("HEADER", "even header 1", "偶眉"),
        ("HEADER", "header 1", "奇眉"),
        ("FOOTER", "even footer 1", "偶脚"),
        ("FOOTER", "footer 1", "奇脚"),
        ("HEADER", "first header 1", "首眉"),
        ("FOOTER", "first footer 1", "首脚"),
        ("COMMENT", "comment 1", "批注"),
        ("TEXTBOX", "textbox 1", "框一"),
        ("TEXTBOX", "textbox 2", "框二"),
        ("TEXTBOX", "header textbox 1", "眉框"),
        ("PROPERTY", "密级", "机密"),
        ("HIDDEN", "bookmark", "书签"),
        ("PROPERTY", "comment author", "张三"),
        ("PROPERTY", "revision author", "李四"),
    ]
    assert not problems(data)


def test_words_on_shapes_are_read():
    shape = options((0xC0, "内部资料"), (0x381, "印章图片"), (0x380, "Picture 1"))
    box = struct.pack("<HHI", 0x0F, 0xF004, len(shape)) + shape

    assert told(word("\r", tables={DRAWINGS: b"\0" + box})) == [
        ("TEXTBOX", "wordart", "内部资料"),
        ("HIDDEN", "alt", "印章图片"),
    ]


def test_text_that_no_story_claims_is_read():
    streams = word_streams("正文\r藏\r")
    main = bytearray(streams["WordDocument"])
    struct.pack_into("<i", main, 0x4C, 3)

    assert told(compound({**streams, "WordDocument": bytes(main)}))[-1] == (
        "HIDDEN",
        "unclaimed",
        "藏",
    )


def test_an_embedded_document_is_a_file_of_its_own():
    inner = {f"ObjectPool/_1/{path}": data for path, data in word_streams("附件\r").items()}
    outer = compound({**word_streams("正文\r"), **inner})

    found = [item for item in items(outer) if isinstance(item, Source)]

    assert [source.members for source in found] == [("ObjectPool/_1",)]
    assert told(found[0].read()) == [("BODY", "p1", "附件")]


def test_a_document_before_word_97_is_read_in_the_code_page_of_its_language():
    text = "机密★10年\r第二段\r".encode("gb18030")
    main = bytearray(768) + text
    struct.pack_into("<HHHHHH", main, 0, 0xA5DC, 101, 0, 0x0804, 0, 0)
    struct.pack_into("<II", main, 24, 768, 768 + len(text))
    struct.pack_into("<i", main, 0x34, len(text))

    assert told(compound({"WordDocument": bytes(main)})) == [
        ("BODY", "p1", "机密★10年"),
        ("BODY", "p2", "第二段"),
    ]


def test_an_encrypted_document_says_so():
    streams = word_streams("正文\r")
    main = bytearray(streams["WordDocument"])
    main[11] |= 1

    assert [type(p) for p in problems(compound({**streams, "WordDocument": bytes(main)}))] == [
        EncryptedFile
    ]


def test_a_document_under_rights_management_is_more_than_its_notice():
    found = problems(compound({**word_streams("本文件受保护\r"), "\x09DRMContent": b"x"}))

    assert [type(problem) for problem in found] == [EncryptedFile]


def test_pictures_alone_are_told():
    assert [p.reason for p in problems(word("\x01\r"))] == ["docx.only-pictures"]
    assert not problems(word("\r"))


@pytest.mark.parametrize(
    "main",
    [b"", b"\xec\xa5", bytes(2000), word_streams("机密\r")["WordDocument"][:100]],
    ids=["empty", "short", "zeros", "cut"],
)
def test_a_broken_main_stream_is_damage(main):
    found = problems(compound({"WordDocument": main, "1Table": b""}))

    assert any(isinstance(problem, DamagedFile) for problem in found)


def test_text_is_carved_where_the_table_of_pieces_is_lost():
    streams = word_streams("机密文件的正文在这里\r")
    main = bytearray(streams["WordDocument"])
    struct.pack_into("<II", main, 0x9A + 8 * PIECES, 0, 0)
    struct.pack_into("<II", main, 24, 0, 0)

    data = compound({"WordDocument": bytes(main)})

    assert any("机密文件的正文在这里" in text for _, _, text in told(data))
    assert [problem.reason for problem in problems(data)] == ["ole.carved"]


def test_pieces_that_share_their_bytes_do_not_multiply_the_text():
    streams = word_streams("机密" * 500)
    shared = pieces([(0, 1000 * (n + 1), 1024, False) for n in range(1000)])
    main = bytearray(streams["WordDocument"])
    table = streams["1Table"] + shared
    struct.pack_into("<II", main, 0x9A + 8 * PIECES, len(streams["1Table"]), len(shared))

    data = compound({"WordDocument": bytes(main), "1Table": table})

    assert sum(len(text) for _, _, text in told(data)) < 10_000
    assert any(isinstance(problem, DamagedFile) for problem in problems(data))


def test_more_paragraphs_than_parts_are_refused():
    found = problems(word("\r" * 50), Budget(Limits(parts=40)))

    assert [type(problem) for problem in found] == [LimitExceeded]


@pytest.mark.parametrize(
    "body",
    ["\x13" * 200_000 + "\x15", "\x13\x14" * 200_000, "\x07" * 200_000, "甲\x0b" * 200_000],
    ids=["fields", "separators", "cells", "lines"],
)
def test_time_is_linear_in_the_text(body):
    begun = time.process_time()
    items(word(body))

    assert time.process_time() - begun < 5


def whole() -> bytes:
    return word(
        "机密★10年\r关于召开会议的通知\r" + "各单位应当做好保密工作。\r" * 200,
        looks=[("通知", HIDDEN)],
        tables={HEADERS: plc([0, 0, 0, 0, 0, 0, 0, 0, 3])},
        headers="页眉\r",
    )


def test_a_cut_file_is_never_whole():
    data = whole()
    full = "".join(text for _, _, text in told(data))
    for n in range(20):
        cut = data[: len(data) * n // 20]

        text = "".join(text for _, _, text in told(cut))

        assert text == full or problems(cut), n


def test_flipped_bytes_raise_nothing_else():
    data = whole()
    for seed in range(300):
        chance = random.Random(seed)
        broken = bytearray(data)
        for _ in range(chance.choice((1, 4, 20, 100))):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        items(bytes(broken))


@pytest.mark.corpus
def test_every_hiding_place_of_the_probe_is_found():
    probe = folder("corpus", "probe") / "probe_lo.doc"

    found = {
        word[:20]
        for item in items(probe.read_bytes())
        if isinstance(item, Part)
        for word in f"{item.text} {item.place.label}".split("MK")[1:]
    }

    assert len({mark.split()[0].split("探")[0] for mark in found}) >= 32


@pytest.mark.corpus
def test_real_files_are_read_in_full():
    for path in sorted(folder("corpus", "formats", "law_doc").iterdir()):
        parts = items(path.read_bytes())

        assert not [part for part in parts if isinstance(part, UnreadError)], path.name
        assert any(isinstance(p, Part) and p.place.area is Area.BODY for p in parts), path.name
