"""What a PDF holds besides plain pages: locks, properties, layers, stamps, forms, pictures."""

from __future__ import annotations

import struct
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from builders_pdf import encrypted, one_page, stream, string
from corpora import folder

from markscan.cli.sample_pdf import SamplePage, TextLine, write_pdf
from markscan.document import Area, Box, Layout, Part, Place
from markscan.errors import DamagedFile, EncryptedFile, LimitExceeded, UnreadError
from markscan.extract.extractor import Budget, Item, Limits, Recogniser
from markscan.extract.pdf import extract, layout
from markscan.source import Source

MARKING = "机密★10年"
HELLO = b"BT /H 12 Tf 20 50 Td (Hello there) Tj ET"


def read(
    data: bytes,
    recognise: Recogniser | None = None,
    passwords: tuple[str, ...] = (),
    limits: Limits | None = None,
) -> tuple[list[Item], list[str]]:
    """Return what is yielded, and the problems, the one that ended reading last."""
    items: list[Item] = []
    problems: list[str] = []
    budget = Budget(limits or Limits(), passwords=passwords, recognise=recognise)
    try:
        for item in extract(Source(Path("a.pdf"), (), data), budget):
            items.append(item)
            if isinstance(item, UnreadError):
                problems.append(str(item))
    except UnreadError as error:
        problems.append(str(error))
    return items, problems


def found(data: bytes) -> list[tuple[Area, str, str]]:
    items, problems = read(data)
    assert problems == []
    return [(p.place.area, p.place.label, p.text) for p in items if isinstance(p, Part)]


BODY = (Area.BODY, "", "Hello there")


# --- passwords --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("word", "code"),
    [("secret", b"secret"), ("é1", "é1".encode("latin-1")), ("密码", "密码".encode("gb18030"))],
)
def test_a_password_opens(word: str, code: bytes) -> None:
    items, problems = read(encrypted(code, HELLO), passwords=("wrong", word))
    assert [item.text for item in items if isinstance(item, Part)] == ["Hello there"]
    assert problems == []


@pytest.mark.parametrize("words", [(), ("wrong", "\x00", "😀")])
def test_without_the_password_the_file_is_locked(words: tuple[str, ...]) -> None:
    assert read(encrypted(b"secret", HELLO), passwords=words) == ([], ["pdf.encrypted"])
    with pytest.raises(EncryptedFile):
        layout(Source(Path("a.pdf"), (), encrypted(b"secret", HELLO)), Budget(passwords=words))


def test_a_file_locked_against_change_only_opens() -> None:
    items, problems = read(encrypted(b"", HELLO))
    assert [item.text for item in items if isinstance(item, Part)] == ["Hello there"]
    assert problems == []


# --- properties -------------------------------------------------------------------------


def test_entries_of_its_own_in_the_document_information_are_read() -> None:
    info = b"<</Title%s/#E5#AF#86#E7#BA#A7%s/CreationDate(D:2024)>>" % (
        string("题目"),
        string(MARKING),
    )
    data = one_page(HELLO, more={10: info}, trailer=b"/Info 10 0 R")
    assert found(data) == [
        (Area.PROPERTY, "Title", "题目"),
        (Area.PROPERTY, "密级", MARKING),
        BODY,
    ]


def test_packed_metadata_are_read() -> None:
    xmp = (
        "<x:xmpmeta><rdf:Description><pdfx:Level>" + MARKING + "</pdfx:Level>"
        "</rdf:Description></x:xmpmeta>"
    ).encode()
    more = {10: stream(xmp, b"/Type/Metadata/Subtype/XML", packed=True)}
    data = one_page(HELLO, catalogue=b"/Metadata 10 0 R", more=more)
    assert found(data) == [(Area.PROPERTY, "xmp pdfx:Level", MARKING), BODY]


def test_packed_metadata_without_end_are_named() -> None:
    more = {10: stream(b"<x:xmpmeta>" + b" " * (4 << 20), b"/Type/Metadata", packed=True)}
    _, problems = read(one_page(HELLO, catalogue=b"/Metadata 10 0 R", more=more))
    assert problems == [f"limit.member-bytes allowed={1 << 20}"]


def test_names_of_pages_are_read_and_numbers_are_not() -> None:
    named = b"/PageLabels<</Nums[0<</P%s/S/D>>]>>" % string("机密-")
    assert found(one_page(HELLO, catalogue=named)) == [
        (Area.PROPERTY, "page label", "机密-1"),
        BODY,
    ]
    assert found(one_page(HELLO, catalogue=b"/PageLabels<</Nums[0<</S/r>>]>>")) == [BODY]


# --- layers -----------------------------------------------------------------------------


def layered(off: bytes) -> bytes:
    marked = b"/OC /L BDC BT /H 12 Tf 20 20 Td (Under cover) Tj ET EMC " + HELLO
    return one_page(
        marked,
        resources=b"/Properties<</L 10 0 R>>",
        catalogue=b"/OCProperties<</OCGs[10 0 R]/D<<%s/Order[10 0 R]>>>>" % off,
        more={10: b"<</Type/OCG/Name%s>>" % string("内部层")},
    )


def test_text_on_a_layer_that_is_off_is_hidden() -> None:
    name = (Area.PROPERTY, "layer", "内部层")
    assert found(layered(b"/OFF[10 0 R]")) == [name, (Area.HIDDEN, "", "Under cover"), BODY]
    assert found(layered(b"/ON[10 0 R]")) == [name, (Area.BODY, "", "Under cover"), BODY]


# --- annotations and forms --------------------------------------------------------------


def annotated(annotation: bytes, drawing: bytes = b"") -> bytes:
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 100 20]/Resources<</Font<</H 5 0 R>>>>"
    return one_page(
        HELLO,
        page=b"/Annots[10 0 R]",
        more={
            10: b"<</Type/Annot/Rect[20 70 120 90]%s>>" % annotation,
            11: stream(drawing, form),
        },
    )


STAMPED = b"BT /H 12 Tf 2 2 Td (TOP SECRET) Tj ET"


@pytest.mark.parametrize("flags", [b"", b"/F 2", b"/F 4"])
def test_the_words_drawn_in_a_stamp_are_read(flags: bytes) -> None:
    data = annotated(b"/Subtype/Stamp/AP<</N 11 0 R>>" + flags, STAMPED)
    assert found(data) == [BODY, (Area.COMMENT, "drawing", "TOP SECRET")]


def test_the_words_of_a_note_that_its_drawing_repeats_come_once() -> None:
    data = annotated(b"/Subtype/FreeText/Contents(TOP SECRET)/AP<</N 11 0 R>>", STAMPED)
    assert found(data) == [BODY, (Area.COMMENT, "", "TOP SECRET")]


def test_a_hidden_note_is_hidden() -> None:
    assert found(annotated(b"/Subtype/Text/F 2/Contents(note)")) == [
        BODY,
        (Area.HIDDEN, "", "note"),
    ]


def test_a_field_that_no_page_shows_is_hidden() -> None:
    data = one_page(
        HELLO,
        catalogue=b"/AcroForm<</Fields[10 0 R]>>",
        more={10: b"<</FT/Tx/T(level)/V%s/TU(a \\(hint\\))>>" % string(MARKING)},
    )
    assert found(data) == [
        BODY,
        (Area.HIDDEN, "level", MARKING),
        (Area.HIDDEN, "level", "a (hint)"),
    ]


def test_the_words_of_an_xfa_form_are_read_and_its_scripts_are_not() -> None:
    words = "<xfa:data><level>机密&#9733;10年</level><script x='1'>if (a) b()</script></xfa:data>"
    data = one_page(
        HELLO,
        catalogue=b"/AcroForm<</Fields[]/XFA[(config)11 0 R(datasets)10 0 R]>>",
        more={10: stream(words.encode(), packed=True), 11: stream(b"<a>no word</a>")},
    )
    assert found(data) == [BODY, (Area.CELL, "xfa datasets", MARKING)]


# --- text recognition -------------------------------------------------------------------

TEXT = SamplePage((TextLine("正文", 80, 100),))
SCAN = SamplePage(picture=True)
STAMP = SamplePage((TextLine("扫描全能王", 400, 800),), picture=True)
LAYER = SamplePage((TextLine("识别好的文字", 80, 100, mode=3),), picture=True)
GARBLED = SamplePage((TextLine("\ue001\ue002\ue003\ue004\ue005\ue006\ue007\ue008文", 80, 100),))


class Seeing:
    """A recogniser that finds `words` and remembers what it was shown."""

    def __init__(self, *words: str) -> None:
        self.words = words
        self.seen: list[tuple[Place, bytes]] = []

    def __call__(self, draw: Callable[[], bytes], place: Place, budget: Budget) -> list[Part]:
        if budget.pictures >= budget.limits.pictures:
            raise LimitExceeded("limit.pictures", allowed=budget.limits.pictures)
        budget.pictures += 1
        self.seen.append((place, draw()))
        return [Part(word, Place(Area.IMAGE, place.page, "ocr 0.99")) for word in self.words]


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ((TEXT, TEXT), []),
        ((SCAN, SCAN), [1, 2]),
        ((TEXT, SCAN, TEXT, SCAN), [2, 4]),
        ((STAMP,), [1]),
        ((LAYER,), []),
        ((TEXT, TEXT, LAYER), []),
        ((GARBLED,), [1]),
        ((SamplePage(),), []),
    ],
)
def test_pages_without_text_of_their_own_are_recognised(
    pages: tuple[SamplePage, ...], expected: list[int]
) -> None:
    seeing = Seeing(MARKING)
    items, problems = read(write_pdf(pages), seeing)
    lines = [item for item in items if isinstance(item, Part) and item.place.area is Area.IMAGE]
    assert [(line.text, line.place.page) for line in lines] == [(MARKING, n) for n in expected]
    assert [place.page for place, _ in seeing.seen] == expected
    assert problems == []


def test_the_page_is_drawn_upright_at_two_hundred_dots_an_inch() -> None:
    seeing = Seeing(MARKING)
    read(write_pdf((SamplePage(picture=True, rotate=90),)), seeing)
    ((place, data),) = seeing.seen
    assert place == Place(Area.IMAGE, 1, box=Box(0, 0, 842, 595))
    kind, size, start, _, width, height = struct.unpack_from("<2sI4xIIii", data)
    assert (kind, size, start) == (b"BM", len(data), 54)
    assert (width, -height) == (842 * 200 // 72, 595 * 200 // 72)
    assert 0 < min(data[54:]) < 255  # the grey of the picture


def test_a_page_is_drawn_with_no_more_pixels_than_allowed() -> None:
    seeing = Seeing(MARKING)
    data = write_pdf((SCAN,)).replace(b"/MediaBox[0 0 595 842]", b"/MediaBox[0 0 14400 9]")
    read(data, seeing, limits=Limits(picture_pixels=200_000))
    assert all(len(drawn) < 4 * 200_000 for _, drawn in seeing.seen)


def test_pages_over_the_limit_are_still_missing() -> None:
    items, problems = read(write_pdf((SCAN,) * 4), Seeing("字"), limits=Limits(pictures=2))
    assert problems == [
        "limit.pictures allowed=2",
        "pdf.pages-without-text pages=3-4 count=2",
    ]
    assert sum(isinstance(item, Part) for item in items) == 2


def test_a_page_that_cannot_be_recognised_is_still_missing() -> None:
    def failing(draw: Callable[[], bytes], place: Place, budget: Budget) -> list[Part]:
        raise DamagedFile("picture.ocr-failed")

    _, problems = read(write_pdf((TEXT, SCAN)), failing)
    assert problems == ["picture.ocr-failed", "pdf.pages-without-text pages=2 count=1"]


def test_a_garbled_page_on_which_nothing_was_seen_stays_garbled() -> None:
    assert read(write_pdf((GARBLED,)), Seeing())[1] == ["pdf.garbled pages=1 count=1"]


def test_what_the_page_says_already_is_not_repeated() -> None:
    items, _ = read(write_pdf((STAMP,)), Seeing("扫描 全能王", MARKING))
    texts = [item.text for item in items if isinstance(item, Part)]
    assert texts == ["扫描全能王", MARKING]


def test_a_scan_with_the_name_of_its_scanner_is_a_scan() -> None:
    assert read(write_pdf((STAMP,)))[1] == ["pdf.pages-without-text pages=1 count=1"]
    assert read(write_pdf((TEXT, TEXT, STAMP)))[1] == ["pdf.pages-without-text pages=3 count=1"]


# --- layout -----------------------------------------------------------------------------


def layout_of(data: bytes, limits: Limits | None = None) -> Layout:
    return layout(Source(Path("a.pdf"), (), data), Budget(limits or Limits()))


def test_the_layout_has_a_run_for_each_stretch_set_alike() -> None:
    lines = (
        TextLine("机密", 80, 100, 16, "SimHei", colour=(1, 0, 0)),
        TextLine("★10年", 112, 100, 16, "SimHei", colour=(1, 0, 0)),
        TextLine("正文", 80, 200, 12, "SimSun"),
        TextLine("粗体", 104, 200, 12, "SimSun", mode=2),
        TextLine("看不见", 80, 300, 12, colour=(1, 1, 1)),
    )
    found = layout_of(write_pdf((SamplePage(lines), TEXT, TEXT)))
    assert [page.number for page in found.pages] == [1, 2]
    assert [(r.text, r.font, r.size, r.colour, r.bold) for r in found.runs] == [
        (MARKING, "SimHei", 16, "#ff0000", False),
        ("正文", "SimSun", 12, "#000000", False),
        ("粗体", "SimSun", 12, "#000000", True),
        ("正文", "SimSun", 16, "#000000", False),
    ]
    first = found.runs[0].place
    assert first.page == 1
    assert first.box is not None
    assert first.box.left == pytest.approx(80, abs=0.5)
    assert first.box.right == pytest.approx(160, abs=0.5)
    assert 80 < first.box.top < first.box.bottom < 106


def test_the_layout_of_no_pdf_is_damage() -> None:
    with pytest.raises(DamagedFile):
        layout_of(b"no PDF")


# --- hostile ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        one_page(HELLO, trailer=b"/Info 10 0 R" * 50_000),
        one_page(HELLO, more={10: b"<<" + b"/OCG/Name(x)" * 100_000 + b">>"}),
        one_page(HELLO, more={10: b"<<" + b"/FT/Tx/V((((((((((((" * 50_000 + b">>"}),
        one_page(HELLO, more={10: b"/Type/Metadata " * 100_000}),
        one_page(HELLO, more={10: b"<</Type/OCG/Name(" + b"\\(" * 60_000 + b">>"}),
        annotated(b"/Subtype/Stamp/AP<</N 11 0 R>>", b"/X Do " * 100_000),
    ],
    ids=["information", "layers", "fields", "metadata", "string", "stamp"],
)
def test_many_pieces_take_little_time(data: bytes) -> None:
    start = time.process_time()
    read(data)
    assert time.process_time() - start < 4


@pytest.mark.corpus
def test_the_layout_of_real_files_agrees_with_their_text() -> None:
    for path in sorted(folder("corpus", "formats", "law_pdf").glob("*.pdf"))[::6]:
        items, _ = read(path.read_bytes(), limits=Limits(pages=2))
        text = "".join(i.text for i in items if isinstance(i, Part) and i.place.page)
        runs = "".join(run.text for run in layout(Source(path), Budget()).runs)
        assert "".join(runs.split()) == "".join(text.split()), path.name
