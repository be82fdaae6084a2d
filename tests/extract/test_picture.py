"""What the extractor of pictures yields, for files made here and for real ones."""

from __future__ import annotations

import random
import struct
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from builders_picture import (
    bmp,
    emf,
    emf_bitmap,
    emf_plus_text,
    emf_text,
    gif,
    iptc,
    jpeg,
    png,
    tiff,
    webp,
    wmf,
)
from corpora import folder

from markscan.document import Area, Box, Page, Part, Place
from markscan.errors import DamagedFile, LimitExceeded, NoTextLayer, UnreadError
from markscan.extract.extractor import Budget, Item, Limits, Recogniser
from markscan.extract.picture import extract
from markscan.sniff import sniff
from markscan.source import Source

MARKING = "机密★10年"
GBK, UTF8 = MARKING.encode("gb18030"), MARKING.encode()
WIDE = MARKING.encode("utf-16-le")


def read(
    data: bytes, recognise: Recogniser | None = None, limits: Limits | None = None
) -> tuple[list[Item], UnreadError | None]:
    items: list[Item] = []
    budget = Budget(limits or Limits(), recognise=recognise)
    try:
        for item in extract(Source(Path("a.png"), (), data), budget):
            items.append(item)
    except UnreadError as error:
        return items, error
    return items, None


def texts(items: list[Item], area: Area = Area.PROPERTY) -> list[tuple[str, str]]:
    parts = [item for item in items if isinstance(item, Part) and item.place.area is area]
    return [(part.place.label, part.text) for part in parts]


def problems(items: list[Item], error: UnreadError | None) -> list[str]:
    yielded = [item for item in items if isinstance(item, UnreadError)]
    return [str(problem) for problem in (*yielded, *([error] if error else []))]


def saying(*words: str) -> Recogniser:
    """A recogniser that finds `words` on every picture."""

    def recognise(draw: Callable[[], bytes], place: Place, budget: Budget) -> list[Part]:
        if budget.pictures >= budget.limits.pictures:
            raise LimitExceeded("limit.pictures", allowed=budget.limits.pictures)
        budget.pictures += 1
        assert draw()
        return [Part(word, Place(Area.IMAGE, place.page, "ocr 1.00", place.box)) for word in words]

    return recognise


XMP = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description>'
    b"<dc:title><rdf:Alt><rdf:li>" + UTF8 + b"</rdf:li></rdf:Alt></dc:title>"
    b"</rdf:Description></rdf:RDF></x:xmpmeta>"
)


@pytest.mark.parametrize(
    ("data", "label"),
    [
        (png((b"tEXt", b"Title\x00" + UTF8)), "Title"),
        (png((b"tEXt", b"Title\x00" + GBK + "关于某事的通知".encode("gb18030"))), "Title"),
        (png((b"zTXt", b"Comment\x00\x00" + zlib.compress(UTF8))), "Comment"),
        (png((b"iTXt", b"Subject\x00\x00\x00zh\x00\x00" + UTF8)), "Subject"),
        (png((b"iTXt", b"Subject\x00\x01\x00\x00\x00" + zlib.compress(UTF8))), "Subject"),
        (png((b"eXIf", tiff({270: UTF8}))), "ImageDescription"),
        (png((b"iTXt", b"XML:com.adobe.xmp\x00\x00\x00\x00\x00" + XMP)), "xmp rdf:li"),
        (
            png((b"iTXt", b"XML:com.adobe.xmp\x00\x01\x00\x00\x00" + zlib.compress(XMP))),
            "xmp rdf:li",
        ),
        (jpeg((0xFE, UTF8)), "comment"),
        (jpeg((0xE1, b"Exif\x00\x00" + tiff({0x9C9B: WIDE}))), "XPTitle"),
        (jpeg((0xE1, b"Exif\x00\x00" + tiff({0x9C9E: WIDE}, order=">"))), "XPKeywords"),
        (
            jpeg((0xE1, b"Exif\x00\x00" + tiff({}, exif={0x9286: b"UNICODE\x00" + WIDE}))),
            "UserComment",
        ),
        (jpeg((0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + XMP)), "xmp rdf:li"),
        (jpeg((0xED, iptc((120, UTF8)))), "iptc caption"),
        (tiff({269: UTF8}), "DocumentName"),
        (tiff({}, {270: UTF8}, order=">"), "ImageDescription"),
        (gif(UTF8), "comment"),
        (webp((b"EXIF", tiff({0x9C9F: WIDE}))), "XPSubject"),
        (webp((b"XMP ", XMP)), "xmp rdf:li"),
    ],
)
def test_the_words_in_the_metadata_are_properties(data: bytes, label: str) -> None:
    items, error = read(data)
    ((name, text),) = texts(items)
    assert name == label
    assert text.startswith(MARKING)
    assert problems(items, error) == ["picture"]


@pytest.mark.parametrize(
    "data",
    [png(), jpeg(), tiff({}), gif(), bmp(), webp()],
    ids=["png", "jpg", "tiff", "gif", "bmp", "webp"],
)
def test_a_picture_nobody_reads_says_so(data: bytes) -> None:
    items, error = read(data)
    assert items == []
    assert isinstance(error, NoTextLayer)


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (png(), (30, 15)),
        (png((b"pHYs", struct.pack(">IIB", 11811, 11811, 1))), (9.6, 4.8)),
        (jpeg((0xE0, b"JFIF\x00\x01\x01\x01" + struct.pack(">HH", 200, 200))), (14.4, 7.2)),
        (tiff({}), (30, 15)),
        (gif(), (1.5, 1.5)),
        (bmp(), (40, 20)),
        (webp(), (30, 15)),
    ],
)
def test_lines_lie_on_a_page_of_the_size_of_the_picture(
    data: bytes, size: tuple[float, float]
) -> None:
    items, error = read(data, saying(MARKING))
    page, line = items
    assert error is None
    assert page == Page(1, pytest.approx(size[0], abs=0.05), pytest.approx(size[1], abs=0.05))
    assert isinstance(line, Part)
    assert isinstance(page, Page)
    assert (line.text, line.place.page) == (MARKING, 1)
    assert line.place.box == Box(0, 0, page.width, page.height)


def test_the_pictures_of_a_tiff_are_its_pages_as_far_as_the_budget_goes() -> None:
    items, error = read(tiff({}, {}, {}), saying("字"), Limits(pictures=2))
    pages = [item.place.page for item in items if isinstance(item, Part)]
    assert pages == [1, 2]
    assert str(error) == "limit.pictures allowed=2"


def test_one_text_in_two_fields_comes_once() -> None:
    items, _ = read(tiff({269: UTF8, 270: UTF8}))
    assert texts(items) == [("DocumentName", MARKING)]


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ((emf_text("机密", 10), emf_text("★10年", 10), emf_text("正文", 40)), [MARKING, "正文"]),
        ((emf_plus_text(MARKING),), [MARKING]),
    ],
)
def test_a_metafile_keeps_its_text(records: tuple[bytes, ...], expected: list[str]) -> None:
    data = emf(*records)
    items, error = read(data)
    assert sniff(Source(Path("a"), (), data)) == "emf"
    assert [text for _, text in texts(items, Area.BODY)] == expected
    assert error is None


def test_an_old_metafile_keeps_its_text() -> None:
    even = GBK + b"\x00" * (len(GBK) % 2)
    long = struct.pack("<hhHH", 5, 0, len(GBK), 0) + even
    short = struct.pack("<H", 4) + "正文".encode("gb18030") + struct.pack("<hh", 9, 0)
    items, error = read(wmf((0x0A32, long), (0x0521, short)))
    assert [text for _, text in texts(items, Area.BODY)] == [MARKING, "正文"]
    assert error is None


def test_a_bitmap_in_a_metafile_is_a_picture() -> None:
    data = emf(emf_text("正文", 1), emf_bitmap(80, 30), emf_bitmap(8, 8))
    items, error = read(data)
    assert (texts(items, Area.BODY), str(error)) == ([("", "正文")], "picture")
    items, error = read(data, saying(MARKING))
    assert ([text for _, text in texts(items, Area.IMAGE)], error) == ([MARKING], None)


def test_a_metafile_without_words_says_so() -> None:
    assert problems(*read(emf())) == ["picture"]


# --- damaged and hostile ----------------------------------------------------------------

SAMPLES = {
    "png": png((b"tEXt", b"Title\x00" + UTF8)),
    "jpg": jpeg((0xFE, UTF8), (0xE1, b"Exif\x00\x00" + tiff({0x9C9B: WIDE}))),
    "tiff": tiff({269: UTF8}, {270: UTF8}),
    "gif": gif(UTF8),
    "bmp": bmp(),
    "webp": webp((b"EXIF", tiff({0x9C9F: WIDE}))),
    "emf": emf(emf_text(MARKING, 1), emf_bitmap(80, 30)),
    "wmf": wmf((0x0521, struct.pack("<H", 4) + "正文".encode("gb18030") + bytes(4))),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_picture_cut_anywhere_is_named_as_cut(name: str) -> None:
    data = SAMPLES[name]
    assert "picture.truncated" not in problems(*read(data, saying("字")))
    for step in range(1, 21):
        cut = data[: len(data) * step // 21]
        if len(cut) > 44:
            assert "picture.truncated" in problems(*read(cut, saying("字"))), len(cut)


@pytest.mark.parametrize("name", SAMPLES)
def test_flipped_bytes_never_escape(name: str) -> None:
    random_of = random.Random(7)
    for _ in range(150):
        data = bytearray(SAMPLES[name])
        for _ in range(random_of.randint(1, 8)):
            data[random_of.randrange(len(data))] = random_of.randrange(256)
        read(bytes(data), saying("字"))


def test_packed_text_is_bounded_and_its_rest_named() -> None:
    bomb = zlib.compress(b"x" * (8 << 20), 9)
    items, error = read(png((b"zTXt", b"Comment\x00\x00" + bomb), (b"tEXt", b"Title\x00" + UTF8)))
    assert max(len(text) for _, text in texts(items)) <= 1 << 20
    assert ("Title", MARKING) in texts(items)
    assert problems(items, error)[0].startswith("limit.")


@pytest.mark.parametrize(
    "data",
    [
        png(*[(b"tEXt", b"k\x00" + b"v%d" % n) for n in range(60_000)]),
        gif(*[b"x" * 200] * 20_000),
        b"II*\x00\x08\x00\x00\x00"
        + (b"\xff\xff" + b"\x0e\x01\x02\x00\xff\xff\x00\x00\x08\0\0\0" * 9) * 9000,
        tiff(*[{}] * 900),
        jpeg(*[(0xFE, b"c")] * 60_000),
        emf(*[emf_text("字", n) for n in range(20_000)]),
    ],
    ids=["chunks", "comments", "entries that overlap", "directories", "segments", "records"],
)
def test_many_pieces_take_little_time(data: bytes) -> None:
    start = time.process_time()
    read(data, saying(), Limits(pictures=3))
    assert time.process_time() - start < 4


def test_a_chain_of_directories_that_loops_ends() -> None:
    data = bytearray(tiff({}))
    (count,) = struct.unpack_from("<H", data, 8)
    struct.pack_into("<I", data, 10 + 12 * count, 8)
    items, error = read(bytes(data), saying("字"))
    assert texts(items, Area.IMAGE) == [("ocr 1.00", "字")]
    assert error is None


def test_what_cannot_be_decoded_is_damaged() -> None:
    def refusing(draw: Callable[[], bytes], place: Place, budget: Budget) -> list[Part]:
        raise DamagedFile("picture.damaged")

    assert problems(*read(png(), refusing)) == ["picture.damaged"]


@pytest.mark.corpus
def test_real_pictures_end_in_text_or_a_reason() -> None:
    for path in sorted(folder("corpus", "formats", "img").iterdir()):
        items, error = read(path.read_bytes(), saying("字"))
        assert problems(items, error) == [], path.name
        assert texts(items, Area.IMAGE), path.name
