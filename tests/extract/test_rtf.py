"""Facts about reading RTF: every hiding place, code pages, objects, damage."""

from __future__ import annotations

import random
import struct
import time
from pathlib import Path

import pytest
from builders_picture import wmf
from corpora import folder

from markscan.document import Area, Part
from markscan.errors import UnreadError
from markscan.extract import rtf
from markscan.extract.extractor import Budget, Item, Limits
from markscan.extract.ole.rebuild import write
from markscan.sniff import sniff
from markscan.source import Source

FONTS = (
    r"{\fonttbl{\f0 Times;}{\f1\fcharset134 \'cb\'ce\'cc\'e5;}{\f2\fcharset136 x;}"
    r"{\f3\fcharset128 x;}{\f4\fcharset2 Wingdings;}{\f5\fcharset204 x;}}"
)
COLOURS = r"{\colortbl;\red255\green255\blue255;\red255\green0\blue0;\red0\green0\blue0;}"


def document(inside: str | bytes, page: int = 936) -> bytes:
    """An RTF document with six fonts and three colours: white, red, black."""
    head = rf"{{\rtf1\ansi\ansicpg{page}\deff0{FONTS}{COLOURS}".encode("ascii")
    return head + (inside.encode("ascii") if isinstance(inside, str) else inside) + b"}"


def u(text: str) -> str:
    """Text as Unicode with a question mark to stand in for each character."""
    units = struct.unpack(f"<{len(text.encode('utf-16-le')) // 2}h", text.encode("utf-16-le"))
    return "".join(rf"\u{unit}?" for unit in units)


def escaped(text: str, codec: str = "gb18030") -> str:
    """Text as escaped bytes."""
    return "".join(rf"\'{byte:02x}" for byte in text.encode(codec))


def read(data: bytes, limits: Limits | None = None) -> list[Item]:
    """What is yielded, and at the end what was raised."""
    items: list[Item] = []
    try:
        items.extend(rtf.extract(Source(Path("a.rtf"), (), data), Budget(limits or Limits())))
    except UnreadError as error:
        items.append(error)
    return items


def parts(data: bytes) -> list[Part]:
    return [item for item in read(data) if isinstance(item, Part)]


def texts(data: bytes, area: Area) -> list[str]:
    return [part.text for part in parts(data) if part.place.area is area]


def problems(items: list[Item]) -> list[str]:
    return [item.reason for item in items if isinstance(item, UnreadError)]


SECRET = "机密★10年"


@pytest.mark.parametrize(
    ("inside", "seen"),
    [
        (u(SECRET), SECRET),
        (rf"\f1 {escaped(SECRET)}", SECRET),
        (escaped(SECRET), SECRET),  # the font leaves it to the document
        (rf"\f2 {escaped('機密', 'cp950')}", "機密"),
        (rf"\f3 {escaped('極秘', 'cp932')}", "極秘"),
        (r"\f3 \'83\\\'83{\f3 \'5c}", "ソソ"),  # the second byte is a backslash
        (rf"\f5 {escaped('Тайна', 'cp1251')}", "Тайна"),
        (rf"\loch\af0\hich\af0\dbch\af1 {escaped('机密')}", "机密"),
        (r"\f1 \'bb{\f1 \'fa}", "机"),  # one character in two groups
        (r"\uc2 \u26426\'bb\'fa\u23494\'c3\'dc\uc1 ok", "机密ok"),
        (r"\uc0 \u26426\u23494 ok", "机密ok"),
        (r"\u26426" + "\n" + r"\'3f\u23494?", "机密"),
        (r"{\uc2 a}\u26426?b", "a机b"),  # the end of a group restores the fallback
        (r"\u55357?\u56832?", "\U0001f600"),
        (r"\u-10179?\u-8704?", "\U0001f600"),
        (r"a\tab b\line c\~d\_e\-f\emdash g", "a\tb\nc\xa0d-ef—g"),
        (r"\{a\}\\b", r"{a}\b"),
        (r"{\b " + u("机") + r"}{\i " + u("密") + "}", "机密"),
        (u("机密") + r"{\f4 \'ab}10", "机密★10"),
        (u("机密") + r"{\field{\*\fldinst SYMBOL 171 \\f Wingdings}{\fldrslt}}", "机密★"),
        (r"{\field{\*\fldinst PAGE}{\fldrslt 7}}", "7"),
        (r"{\listtext 1.\tab}" + u("机密"), "1.\t机密"),
        (r"{\*\bkmkstart x}" + u("机密") + r"{\*\bkmkend x}", "机密"),
        (r"{\revised " + u("机密") + "}", "机密"),
        ("机密".encode("gb18030"), "机密"),
        ("乗".encode("gbk") + "乷｛".encode("gbk"), "乗乷｛"),  # second bytes \ and {
    ],
)
def test_what_a_reader_sees_is_the_paragraph(inside, seen):
    items = read(document(inside))

    assert [i.text for i in items if isinstance(i, Part) if i.place.area is Area.BODY] == [seen]
    assert not problems(items)


def test_bytes_in_a_western_font_are_read_in_the_code_page_of_the_system():
    western = r"{\fonttbl{\f0\fcharset0 Times;}}\f0 "

    assert texts(document(western + escaped("机密"), 936), Area.BODY) == ["机密"]
    assert texts(document(western + escaped("绝密文件"), 1252), Area.BODY) == ["绝密文件"]
    assert texts(document(western + r"d\'e9cor \'e9t\'e9", 1252), Area.BODY) == ["décor été"]


@pytest.mark.parametrize(
    ("inside", "area", "label"),
    [
        *(
            (rf"{{\{kind}\pard MARK\par}}", Area.HEADER, kind)
            for kind in ("header", "headerl", "headerr", "headerf")
        ),
        (r"{\footerf\pard MARK\par}", Area.FOOTER, "footerf"),
        (r"{\*\pgdsctbl{\pgdsc0{\headerf MARK}Name;}}", Area.HEADER, "headerf"),
        (r"x{\footnote MARK}", Area.NOTE, "footnote"),
        (r"x{\*\footnote\ftnalt MARK}", Area.NOTE, "endnote"),
        (r"x{\*\atnauthor Me}{\*\annotation MARK}", Area.COMMENT, "comment"),
        (r"{\*\atnauthor MARK}", Area.PROPERTY, "comment author"),
        (r"{\shp{\*\shpinst{\shptxt MARK\par}}}", Area.TEXTBOX, "textbox"),
        (r"{\*\do{\dptxbxtext MARK\par}}", Area.TEXTBOX, "textbox"),
        (r"{\sp{\sn gtextUNICODE}{\sv MARK}}", Area.TEXTBOX, "wordart"),
        (r"{\pict{\*\picprop{\sp{\sn wzDescription}{\sv MARK}}}89}", Area.HIDDEN, "alt"),
        (r"{\v MARK}", Area.HIDDEN, "p1"),
        (r"{\cf1 MARK}", Area.HIDDEN, "p1"),
        (r"{\fs2 MARK}", Area.HIDDEN, "p1"),
        (r"{\dbch\afs2 MARK}", Area.HIDDEN, "p1"),
        (r"{\deleted MARK}", Area.DELETED, "p1"),
        (r"{\cf1\cb2 MARK}", Area.BODY, "p1"),
        (r"{\cf1\highlight2 MARK}", Area.BODY, "p1"),
        (r"\pard\cbpat2{\cf1 MARK}", Area.BODY, "p1"),
        (r"{\cf2 MARK}", Area.BODY, "p1"),
        (r"{\v a\v0 }{\cf1\plain MARK}", Area.BODY, "p1"),
        (r"{\info{\title MARK}}", Area.PROPERTY, "title"),
        (r"{\info{\upr{\title ??}{\*\ud{\title MARK}}}}", Area.PROPERTY, "title"),
        (r"{\info{\doccomm MARK}}", Area.PROPERTY, "doccomm"),
        (r"{\*\userprops{\propname N}\proptype30{\staticval MARK}}", Area.PROPERTY, "N"),
        (r"{\*\docvar {N}{MARK}}", Area.PROPERTY, "N"),
        (r"{\*\revtbl{Unknown;}{MARK;}}", Area.PROPERTY, "revision authors"),
        (r'{\field{\*\fldinst HYPERLINK "http://MARK"}{\fldrslt x}}', Area.HIDDEN, "field"),
        (r"{\field{\*\fldinst{\*\formfield{\*\ffdeftext MARK}}}}", Area.HIDDEN, "form"),
        (r"{\*\unheard " + u("机") + "MARK}", Area.HIDDEN, "unheard"),
        (r"{\xe MARK}", Area.HIDDEN, "index"),
        (r"a\bin4 MARKb", Area.HIDDEN, "bin"),
        (r"\trowd\cellx9\intbl MARK\cell\row", Area.CELL, "T1!R1C1"),
        (r"{\header\trowd\cellx9\intbl MARK\cell\row}", Area.HEADER, "header"),
    ],
)
def test_every_place_has_its_area_and_label(inside, area, label):
    found = [p for p in parts(document(inside)) if "MARK" in p.text]

    assert [(p.place.area, p.place.label) for p in found] == [(area, label)]


def test_cells_of_a_row_share_its_number_and_paragraphs_in_a_cell_are_lines():
    row = r"\trowd\cellx9\cellx19\pard\intbl a\par b\cell c\cell\row"
    nested = (
        r"\intbl d\par\pard\intbl\itap2 e\nestcell"
        r"{\*\nesttableprops\trowd\nestrow}{\nonesttables x}"
    )
    cells = parts(document(row + row + r"\pard y\par" + nested + r"\pard\intbl\cell\row"))

    assert [(p.text, p.place.label, p.row) for p in cells] == [
        ("a\nb", "T1!R1C1", 1), ("c", "T1!R1C2", 1),
        ("a\nb", "T1!R2C1", 2), ("c", "T1!R2C2", 2),
        ("y", "p1", None), ("d", "T2!R1C1", 3), ("e", "T3!R1C1", 4),
    ]  # fmt: skip


def test_what_old_readers_show_in_place_of_a_shape_is_told_once():
    shape = r"{\shp{\*\shpinst{\shptxt MARK\par}}{\shprslt MARK\par other}}"

    assert texts(document(shape), Area.TEXTBOX) == ["MARK"]
    assert texts(document(shape), Area.HIDDEN) == ["other"]


def test_tables_of_the_file_are_no_text():
    noise = r"{\stylesheet{\s0 Normal;}}{\*\generator X}{\*\listtable{\list\bin1 {}}{\*\rsidtbl}"

    assert [p.text for p in parts(document(noise + "x"))] == ["x"]


def ole1(kind: bytes, native: bytes) -> str:
    """An object as OLE 1.0 writes it, in digits."""
    name = struct.pack("<I", len(kind) + 1) + kind + b"\0"
    data = struct.pack("<2I", 0x501, 2) + name + bytes(8) + struct.pack("<I", len(native)) + native
    return data.hex()


def test_a_packed_file_is_read_on():
    packed = struct.pack("<H", 2) + "附件.txt".encode("gbk") + b"\0C:\\a.txt\0" + bytes(2)
    packed += struct.pack("<HI", 3, 9) + b"C:\\a.txt\0" + struct.pack("<I", 4) + b"text"
    items = read(document(r"{\object{\*\objdata " + ole1(b"Package", packed) + "}}"))

    assert [(i.name, i.content) for i in items if isinstance(i, Source)] == [("附件.txt", b"text")]
    assert "附件.txt" in [i.text for i in items if isinstance(i, Part)]


def test_an_embedded_document_is_read_on():
    compound = write({"Package": b"PK\x03\x04 and so on"})
    items = read(document(r"{\object{\*\objdata " + ole1(b"Word.Document.12", compound) + "}}"))

    assert [i.content for i in items if isinstance(i, Source)] == [b"PK\x03\x04 and so on"]


@pytest.mark.parametrize("digits", ["00", "zz", "0105000002000000ffffffff"])
def test_a_broken_object_is_told(digits):
    items = read(document(r"x{\object{\*\objdata " + digits + "}}"))

    assert problems(items) == ["rtf.object"]


def test_a_mail_that_was_html_is_read_as_the_page():
    page = (
        rb"{\rtf1\ansi\ansicpg936\fromhtml1 {\*\htmltag64 <html><body>}{\*\htmltag84 <!-- hid -->}"
        rb"\htmlrtf {\htmlrtf0 \'bb\'fa{\*\htmltag84 <b>}\htmlrtf {\b \htmlrtf0 \'c3\'dc"
        rb"\htmlrtf }\htmlrtf0{\*\htmltag92 </b>}\htmlrtf }\htmlrtf0{\*\htmltag58 </body></html>}}"
    )
    items = read(page)

    assert [(p.place.area, p.text) for p in items if isinstance(p, Part)] == [
        (Area.HIDDEN, "hid"), (Area.BODY, "机密"),
    ]  # fmt: skip
    assert not problems(items)


def test_pictures_alone_are_no_text():
    assert problems(read(document(r"{\pict\pngblip 89504e47}"))) == ["docx.only-pictures"]
    assert problems(read(document(r"x{\pict\pngblip 89504e47}"))) == []


def test_pictures_are_recognised_where_somebody_can():
    drawn = []
    budget = Budget(recognise=lambda draw, place, budget: drawn.append(draw()) or [])
    source = Source(Path("a.rtf"), (), document(r"x{\pict\pngblip 8950" + "\n4e47}{\\pict 01}"))

    list(rtf.extract(source, budget))

    assert drawn == [b"\x89PNG"]


def test_a_document_of_drawings_alone_gives_them_up_as_files():
    drawing = wmf((0x0521, struct.pack("<H4shh", 4, b"MARK", 9, 9)))
    budget = Budget(recognise=lambda draw, place, budget: [])
    for text, count in (("", 1), ("x", 0)):
        data = document(text + r"{\pict\wmetafile8 " + drawing[22:].hex() + "}")
        items = list(rtf.extract(Source(Path("a.rtf"), (), data), budget))

        assert [sniff(i) for i in items if isinstance(i, Source)] == ["wmf"] * count
        assert not problems(items)


def test_text_behind_the_end_is_read_and_told():
    items = read(document("x") + b"\r\n\0" + rb"{\rtf1 MARK}")

    assert "MARK" in "".join(i.text for i in items if isinstance(i, Part))
    assert problems(items) == ["package.junk"]
    assert not problems(read(document("x") + b"\r\n\0\0"))


FULL = document(
    r"{\info{\title T}}{\header H\par}\pard "
    + u("机密") + escaped("★") + r"\par{\v hid}\par\trowd\intbl c\cell\row\pard end\par"
    + r"{\object{\*\objdata " + ole1(b"x", b"native") + "}}"
)  # fmt: skip


def test_a_file_cut_anywhere_is_never_whole():
    for at in range(8, len(FULL) - 1, len(FULL) // 20):
        assert problems(read(FULL[:at])), at


def test_broken_bytes_raise_nothing_else():
    for seed in range(80):
        random.seed(seed)
        data = bytearray(FULL)
        for _ in range(5):
            data[random.randrange(len(data))] = random.choice(b"{}\\'*\x00\xff09u")
        read(bytes(data))


@pytest.mark.parametrize(
    "hostile",
    [
        b"{" * 1_000_000,
        b"{\\rtf1 " + b"{\\f1{\\f2" * 40_000,
        b"{\\rtf1 " + b"{\\*\\foo x" * 20_000,
        b"{\\rtf1 " + b"\\'" * 200_000,
        b"{\\rtf1 \\bin4000000000 x}",
        b"{\\rtf1 \\uc2000000000 \\u1 " + b"x" * 100_000,
        b"{\\rtf1 \\u" + b"9" * 100_000,
        b"{\\rtf1{\\stylesheet" + b"{\\stylesheet" * 100_000,
    ],
    ids=lambda data: repr(data[:24]),
)
def test_a_hostile_file_costs_little_and_is_told(hostile):
    start = time.process_time()

    found = problems(read(hostile))

    assert found
    assert time.process_time() - start < 5


def test_groups_that_change_something_have_a_limit(monkeypatch):
    monkeypatch.setattr("markscan.extract.rtf.state._MOST_SAVED", 1000)

    assert problems(read(b"{\\rtf1 MARK\\par" + b"{\\f1{\\f2" * 1000)) == ["limit.depth"]


def test_a_paragraph_without_end_is_cut():
    sizes = [len(part.text) for part in parts(document("abcd\\b " * 300_000))]

    assert len(sizes) > 1 and sum(sizes) == 1_200_000


@pytest.mark.corpus
def test_real_files_end_without_fault_and_the_probe_gives_up_every_place(capsys):
    told = {}
    for path in sorted(folder("corpus", "formats", "rtf").glob("*.rtf")):
        found = problems(read(path.read_bytes()))
        if found:
            told[path.name] = found
    marks = 0
    for name in ("probe.rtf", "probe_lo.rtf"):
        items = read((folder("corpus", "probe") / name).read_bytes())
        assert not problems(items)
        marks += len({w for p in items if isinstance(p, Part) for w in p.text.split() if "MK" in w})
    with capsys.disabled():
        print(f"\nrtf: {len(told)} with problems: {told}")
    assert len(told) <= 6
    assert marks > 40
