"""Facts about Excel binaries: every place where text can stand, damage, encryption, cost."""

from __future__ import annotations

import io
import random
import struct
import time
from pathlib import Path

import pytest
from builders_biff import (
    CHART,
    END,
    GLOBALS,
    SHEET,
    TEXT_RESULT,
    box_text,
    chars,
    columns,
    counted,
    font,
    form,
    formula,
    label,
    link,
    literal,
    name,
    note,
    number,
    number_format,
    options,
    record,
    row,
    shape_object,
    shared,
    start,
    strings,
    validation,
    workbook,
)
from builders_ole import compound
from corpora import folder
from reading import read as read_all

from markscan.document import Area, Part
from markscan.errors import UnreadError
from markscan.extract.extractor import Budget, Item
from markscan.extract.ole import excel
from markscan.source import Source

SECRET = "机密★10年"


def read(data: bytes, budget: Budget | None = None) -> list[Item]:
    return list(excel.extract(Source(Path("a.xls"), (), data), budget or Budget()))


def xls(globals_: bytes, *contents, names=(), **streams: bytes) -> bytes:
    return compound({"Workbook": workbook(globals_, *contents, names=names), **streams})


def found(data: bytes) -> list[tuple[str, Area, str]]:
    items = read(data)
    assert not [item for item in items if isinstance(item, UnreadError)]
    return [(p.text, p.place.area, p.place.label) for p in items if isinstance(p, Part)]


def reasons(items: list[Item]) -> list[str]:
    return [item.reason for item in items if isinstance(item, UnreadError)]


def drawn(content: bytes) -> bytes:
    return record(0x00EC, content)


BOXED = shape_object(1, 6) + box_text(SECRET)
REMARKED = shape_object(7, 0x19) + box_text(SECRET) + note(3, 1, 7, "张三")
CHARTED = start(CHART) + record(0x100D, b"\0\0" + counted(SECRET, "<B")) + END
HEADED = record(0x0014, counted(f'&L&"宋体,常规"&12{SECRET}&R&P'))
PLACES = [
    (shared(3, 1, 0), Area.CELL, "sheet 1!B4"),
    (shared(3, 300, 0), Area.CELL, "sheet 1!KO4"),
    (label(0, 0, SECRET), Area.CELL, "sheet 1!A1"),
    (record(0x00D6, label(0, 0, SECRET)[4:] + b"\0\0"), Area.CELL, "sheet 1!A1"),
    (formula(1, 1, b"", TEXT_RESULT) + record(0x0207, counted(SECRET)), Area.CELL, "sheet 1!B2"),
    (formula(1, 1, literal(SECRET)), Area.HIDDEN, "sheet 1!B2 formula"),
    (
        formula(1, 1, literal("机密") + literal("★10年") + b"\x08"),
        Area.HIDDEN,
        "sheet 1!B2 formula",
    ),
    (row(3, hidden=True) + shared(3, 1, 0), Area.HIDDEN, "sheet 1!B4"),
    (columns(1, 2, hidden=True) + shared(3, 1, 0), Area.HIDDEN, "sheet 1!B4"),
    (shared(3, 1, 0, 1), Area.HIDDEN, "sheet 1!B4"),
    (shared(3, 1, 0, 2), Area.CELL, "sheet 1!B4"),
    (shared(3, 1, 0, 3), Area.HIDDEN, "sheet 1!B4"),
    (shared(3, 1, 0, 4), Area.HIDDEN, "sheet 1!B4"),
    (
        formula(1, 1, b"\x20" + bytes(7), after=b"\0\0\0\2" + counted(SECRET)),
        Area.HIDDEN,
        "sheet 1!B2 formula",
    ),
    (HEADED, Area.HEADER, "sheet 1 oddHeader L"),
    (record(0x0015, counted(f"&C{SECRET}")), Area.FOOTER, "sheet 1 oddFooter C"),
    (
        record(0x089C, bytes(30) + struct.pack("<4H", 0, 0, 9, 0) + counted(f"&R{SECRET}")),
        Area.HEADER,
        "sheet 1 firstHeader R",
    ),
    (BOXED, Area.TEXTBOX, "sheet 1 textbox"),
    (REMARKED, Area.COMMENT, "sheet 1!B4"),
    (CHARTED, Area.TEXTBOX, "sheet 1 chart"),
    (start(CHART) + label(0, 0, SECRET) + END, Area.TEXTBOX, "sheet 1 chart"),
    (link(3, 1, f"http://a/{SECRET}"), Area.HIDDEN, "sheet 1!B4 hyperlink"),
    (validation(SECRET, "a,b"), Area.COMMENT, "sheet 1!C2:C4 validation"),
    (validation("", f"{SECRET},b"), Area.HIDDEN, "sheet 1!C2:C4 validation"),
    (drawn(options(0x00C0, SECRET)), Area.TEXTBOX, "sheet 1 wordart"),
    (drawn(options(0x0381, SECRET)), Area.HIDDEN, "sheet 1 alt"),
    (record(0x00CD, counted(SECRET)), Area.HIDDEN, "sheet 1 pivot"),
    (record(0x0ABC, b"\7\0\0\0" + SECRET.encode("utf-16-le") * 2), Area.HIDDEN, "sheet 1 record"),
]
LOOKS = (
    font()
    + font(colour=9)
    + font(height=20)
    + number_format(164, ";;;")
    + form()
    + form(font_number=1)
    + form(font_number=1, pattern=1, ground=10)
    + form(font_number=2)
    + form(code=164)
    + strings(SECRET)
)


@pytest.mark.parametrize(("content", "area", "where"), PLACES)
def test_each_place_of_a_sheet_is_read(content, area, where):
    parts = found(xls(LOOKS, content))

    assert [(a, w) for text, a, w in parts if SECRET in text and w != "shared string"] == [
        (area, where)
    ]


@pytest.mark.parametrize("state", [1, 2])
def test_a_hidden_sheet_is_hidden(state):
    parts = found(xls(strings(SECRET), shared(0, 0, 0), (shared(0, 0, 0) + BOXED, state)))

    assert (SECRET, Area.CELL, "sheet 1!A1") in parts
    assert (SECRET, Area.HIDDEN, "sheet 2!A1") in parts
    assert (SECRET, Area.HIDDEN, "sheet 2 textbox") in parts
    assert ("Sheet2", Area.HIDDEN, "sheet name") in parts


GLOBAL_PLACES = [
    (name("密级", literal(SECRET)), "密级\n" + SECRET, Area.HIDDEN, "defined name"),
    (strings("x", SECRET), SECRET, Area.HIDDEN, "shared string"),
    (number_format(164, f'0"{SECRET}"'), SECRET, Area.HIDDEN, "number format"),
    (record(0x005C, counted("张三").ljust(112)), "张三", Area.PROPERTY, "user name"),
    (
        record(0x01AE, b"\1\0" + counted(f"\1{SECRET}.xls") + counted("表")),
        f"{SECRET}.xls\n表",
        Area.HIDDEN,
        "external book",
    ),
    (record(0x0023, bytes(6) + counted(SECRET, "<B")), SECRET, Area.HIDDEN, "external name"),
]


@pytest.mark.parametrize(("content", "text", "area", "where"), GLOBAL_PLACES)
def test_each_place_of_the_workbook_is_read(content, text, area, where):
    assert (text, area, where) in found(xls(content, b""))


def test_names_of_sheets_are_read():
    assert (SECRET, Area.PROPERTY, "sheet name") in found(xls(b"", b"", names=(SECRET,)))


def test_the_author_of_a_comment_is_a_property():
    assert ("张三", Area.PROPERTY, "comment author") in found(xls(b"", REMARKED))


def test_cells_of_a_row_share_its_number_and_no_other_row_has_it():
    cells = shared(0, 0, 0) + shared(0, 1, 0) + shared(1, 0, 0)
    parts = [p for p in read(xls(strings("a"), cells, cells)) if isinstance(p, Part) and p.row]

    numbers = [part.row for part in parts]
    assert numbers[0] == numbers[1] and numbers[3] == numbers[4]
    assert len(set(numbers)) == 4 and min(numbers) >= 1


@pytest.mark.parametrize("cut", range(1, 24))
def test_strings_go_on_in_the_next_record_with_their_flags_repeated(cut):
    text = "机密★10年abcdefgh"
    body = text.encode("utf-16-le")
    head = struct.pack("<II", 2, 2) + struct.pack("<HB", len(text), 1)
    last = struct.pack("<HB", 1, 0) + b"z"
    pieces = (
        record(0x00FC, head + body[: 2 * cut]) if cut < len(text) else record(0x00FC, head + body)
    )
    if 6 <= cut < len(text):  # the rest is ASCII: in bytes
        pieces += record(0x003C, b"\0" + text[cut:].encode("latin-1") + last)
    elif cut < len(text):
        pieces += record(0x003C, b"\1" + body[2 * cut :] + last)
    else:
        pieces += record(0x003C, last)

    parts = found(xls(pieces, shared(0, 0, 0) + shared(0, 1, 1)))

    assert (text, Area.CELL, "sheet 1!A1") in parts
    assert ("z", Area.CELL, "sheet 1!B1") in parts


def test_rich_strings_and_phonetics_are_told_apart():
    runs = struct.pack("<HHHH", 2, 1, 4, 0)
    spoken = "ジミツ"
    extra = struct.pack("<HHIHHH", 1, 20, 0, 0, 3, 3) + spoken.encode("utf-16-le")
    text = "公开机密文件"
    data = struct.pack("<II", 1, 1) + struct.pack("<HBHI", 6, 0x0D, 2, len(extra))
    data += text.encode("utf-16-le") + runs + extra
    parts = found(xls(font() + font(colour=9) + record(0x00FC, data), shared(0, 0, 0)))

    assert ("公开文件", Area.CELL, "sheet 1!A1") in parts
    assert ("机密", Area.HIDDEN, "sheet 1!A1") in parts
    assert (spoken, Area.NOTE, "sheet 1!A1 phonetic") in parts


def test_a_number_is_read_where_its_format_has_words_or_a_period_is_to_follow():
    looks = number_format(164, '"机密★"0"年"') + form() + form(code=164) + strings("保密期限")
    content = number(0, 0, 5) + number(1, 0, 10, 1) + shared(2, 0, 0) + number(2, 1, 20)
    texts = [text for text, area, _ in found(xls(looks, content)) if area is Area.CELL]

    assert texts == ["机密★10年", "保密期限", "20"]


def test_the_copy_for_excel_95_is_not_said_twice():
    book = start(GLOBALS, 0x0500) + END + start(SHEET, 0x0500)
    raw = "独有".encode("gb18030") + b"abcd"
    book += record(0x0204, struct.pack("<HHHH", 0, 0, 0, len(raw)) + raw)
    book += record(0x0204, struct.pack("<HHHH", 0, 0, 0, 1) + b"a") + END
    parts = found(
        xls(record(0x0042, struct.pack("<H", 1200)) + strings("a"), shared(0, 0, 0), Book=book)
    )

    assert [text for text, _, _ in parts].count("a") == 1
    assert any("独有" in text and area is Area.HIDDEN for text, area, _ in parts)


@pytest.mark.parametrize("page", [936, 1252])
def test_older_workbooks_are_read_in_their_code_page(page):
    raw = "本文件属于机密".encode("gb18030")
    data = start(GLOBALS, 0x0500) + record(0x0042, struct.pack("<H", page)) + END
    data += (
        start(SHEET, 0x0500) + record(0x0204, struct.pack("<HHHH", 3, 1, 0, len(raw)) + raw) + END
    )
    parts = found(compound({"Book": data}))

    assert ("本文件属于机密", Area.CELL, "sheet 1!B4") in parts


OLD_STARTS = [
    (record(0x0009, b"\0\0\x10\0"), record(0x0004, struct.pack("<HH3sB", 3, 1, bytes(3), 6))),
    (record(0x0209, b"\0\0\x10\0\0\0"), record(0x0204, struct.pack("<HHHH", 3, 1, 0, 6))),
    (record(0x0409, b"\0\0\x10\0\0\0"), record(0x0204, struct.pack("<HHHH", 3, 1, 0, 6))),
]


@pytest.mark.parametrize(("head", "cell"), OLD_STARTS)
def test_workbooks_without_a_compound_file_are_read(head, cell):
    cell = cell[:2] + struct.pack("<H", len(cell) + 2) + cell[4:] + b"secret"

    assert found(head + cell + END) == [("secret", Area.CELL, "sheet 1!B4")]


def test_pivot_caches_controls_and_tracked_changes_are_read():
    cache = record(0x00C7, bytes(14) + counted("部门")) + record(0x00CD, counted(SECRET))
    streams = {
        "_SX_DB_CUR/0001": cache,
        "Ctls": SECRET.encode("utf-16-le"),
        "Revision Log": b"\1\2" + "旧的机密文字".encode("utf-16-le"),
    }
    parts = found(xls(b"", b"", **streams))

    assert (f"部门\n{SECRET}", Area.HIDDEN, "_SX_DB_CUR/0001") in parts
    assert (SECRET, Area.TEXTBOX, "control") in parts
    assert ("旧的机密文字", Area.DELETED, "revision log") in parts


def test_an_embedded_package_is_a_file_of_its_own():
    items = read(xls(b"", b"", **{"MBD0001/Package": b"PK\3\4 inside"}))

    assert [item.content for item in items if isinstance(item, Source)] == [b"PK\3\4 inside"]


def test_pictures_without_text_are_told():
    picture = struct.pack("<HHI", 0x6E00, 0xF01E, 20) + bytes(20)
    items = read(xls(record(0x00EB, picture), drawn(b"")))

    assert reasons(items) == ["office.only-pictures"]
    assert reasons(read(xls(record(0x00EB, picture), number(0, 0, 1)))) == []


def test_pictures_are_recognised_where_somebody_can():
    def recognise(draw, place, _budget):
        return [Part(draw().decode(), place)]

    picture = struct.pack("<HHI", 0x6E00, 0xF01E, 17 + 4) + bytes(17) + b"seen"
    items = read(xls(record(0x00EB, picture), b""), Budget(recognise=recognise))

    assert [(p.text, p.place.area) for p in items if isinstance(p, Part)][-1] == (
        "seen",
        Area.IMAGE,
    )


# Damage.


def test_a_broken_sheet_does_not_hide_the_next_one():
    stream = workbook(strings("a", SECRET), label(0, 0, "first") * 3, shared(0, 0, 1))
    at = stream.index(b"first") - 11  # the length of a record
    broken = stream[:at] + b"\xff\x0f" + stream[at + 2 :]
    items = read(compound({"Workbook": broken}))

    assert (SECRET, "sheet 2!A1") in [(p.text, p.place.label) for p in items if isinstance(p, Part)]
    assert "excel.records" in reasons(items)


def test_a_cell_of_no_string_is_told():
    assert reasons(read(xls(strings("a"), shared(0, 0, 5)))) == ["excel.records"]


def test_a_broken_table_of_strings_is_carved():
    table = strings("a", "这里是机密文件的内容")
    items = read(xls(record(0x00FC, table[4:-4]), shared(0, 0, 0)))

    assert reasons(items) == ["excel.records"]
    assert "这里是机密文件的" in [p.text for p in items if isinstance(p, Part)]


def test_a_missing_sheet_is_told():
    stream = workbook(strings("a"), shared(0, 0, 0), shared(0, 0, 0))
    second = stream.rindex(start(SHEET))
    assert "excel.records" in reasons(read(compound({"Workbook": stream[:second]})))


RICH = workbook(LOOKS, *(content * 2 for content, _, _ in PLACES))


@pytest.mark.parametrize("share", range(1, 21))
def test_a_truncated_workbook_is_never_clean(share):
    whole = compound({"Workbook": RICH})
    reading = read_all(whole[: len(whole) * share // 21], "a.xls")

    # The last sectors only say in which order the others stand, and may be made up for.
    assert reading.problems or reading.texts == read_all(whole, "a.xls").texts


@pytest.mark.parametrize("share", range(1, 21))
def test_truncated_records_are_never_clean(share):
    items = read(RICH[: len(RICH) * share // 21])

    assert reasons(items)


def test_flipped_bytes_raise_nothing_else():
    rng = random.Random(7)
    for _ in range(400):
        data = bytearray(RICH)
        for _ in range(rng.choice((1, 3, 20))):
            data[rng.randrange(len(data))] = rng.randrange(256)
        try:
            read(bytes(data))
        except UnreadError:
            continue


# Encryption.


def test_a_locked_workbook_says_so():
    locked = xls(record(0x002F, b"\1\0\1\0\1\0" + bytes(48)) + strings(SECRET), shared(0, 0, 0))
    with pytest.raises(UnreadError) as error:
        read(locked)

    assert error.value.reason == "encrypted-package"


def test_a_locked_row_of_records_says_so():
    with pytest.raises(UnreadError) as error:
        read(record(0x0009, b"\0\0\x10\0") + record(0x002F, bytes(4)) + END)

    assert error.value.reason == "encrypted-package"


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("file", "password"),
    [
        ("msoffcrypto-tool__rc4cryptoapi_password.xls", "Password1234_"),
        ("tika__testEXCEL_protected_passtika.xls", "tika"),
        ("tika__password.xls", "password"),
    ],
)
def test_a_password_opens_a_workbook(file, password):
    path = folder("corpus", "formats", "xls") / file

    assert read_all(path).codes == ["encrypted"] or file == "tika__password.xls"
    assert not read_all(path, budget=Budget(passwords=("wrong", password))).problems


# Cost.


def seconds(data: bytes) -> float:
    begin = time.process_time()
    for _ in excel.extract(Source(Path("a.xls"), (), data), Budget()):
        pass
    return time.process_time() - begin


TRAPS = {
    "many starts without an end": lambda n: start(GLOBALS) * n,
    "starts and cells": lambda n: workbook(strings("a"), (start(CHART) + shared(0, 0, 0)) * n),
    "columns": lambda n: workbook(b"", columns(0, 65535, hidden=True) * n),
    "long extension": lambda n: (
        start(GLOBALS)
        + record(0x00FC, struct.pack("<IIHBI", 1, 1, 0, 4, 1 << 30))
        + record(0x003C, bytes(8000)) * n
    ),
    "junk": lambda n: (END + b"\7" * 40 + start(SHEET) + END) * n,
}


@pytest.mark.parametrize("trap", TRAPS)
def test_time_is_linear(trap):
    small, large = (seconds(TRAPS[trap](n)) for n in (500, 4000))

    assert large < 20 * small + 1.0


def test_a_far_cell_costs_nothing():
    assert seconds(xls(strings("a"), shared(65535, 255, 0))) < 0.5


# Real files.


@pytest.mark.corpus
def test_every_text_cell_that_another_reader_finds_is_found():
    xlrd = pytest.importorskip("xlrd")
    cells = 0
    for path in sorted(folder("corpus", "formats", "xls").glob("*.xls")):
        try:
            book = xlrd.open_workbook(path, logfile=io.StringIO())
        except xlrd.XLRDError:
            continue
        texts = set(read_all(path).texts)
        for sheet in book.sheets():
            for cell in (cell for n in range(sheet.nrows) for cell in sheet.row(n)):
                if cell.ctype == xlrd.XL_CELL_TEXT and cell.value.strip():
                    cells += 1
                    assert cell.value in texts, path
    assert cells > 1000


@pytest.mark.corpus
def test_no_ordinary_file_has_a_problem_of_its_own():
    for path in sorted(folder("corpus", "formats", "xls").glob("*.xls")):
        own = {problem.reason for problem in read_all(path).problems}
        assert not own & {"excel.records", "ole.damaged", "ole.stream", "ole.carved"}, path


def test_chars_are_bytes_only_where_they_can_be():
    assert chars("a") == b"\0a" and chars("机") == b"\1" + "机".encode("utf-16-le")
