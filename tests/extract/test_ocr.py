"""What the recogniser of pictures returns. Skips where the extra `ocr` is not installed."""

from __future__ import annotations

import io
import random
import struct
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from corpora import folder

from markscan.document import Area, Box, Part, Place
from markscan.errors import DamagedFile, LimitExceeded, UnreadError
from markscan.extract import load_recogniser, ocr
from markscan.extract.docx import extract as read_docx
from markscan.extract.extractor import Budget, Limits, Recogniser
from markscan.extract.pdf import extract as read_pdf
from markscan.source import Source

pytest.importorskip("rapidocr", reason="the extra ocr is not installed")
pytest.importorskip("onnxruntime", reason="the extra ocr is not installed")
Image = pytest.importorskip("PIL.Image")
ImageDraw = pytest.importorskip("PIL.ImageDraw")
ImageFont = pytest.importorskip("PIL.ImageFont")

MARKING = "机密★10年"
HAN_FONTS = (
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    "/System/Library/Fonts/PingFang.ttc",
    "C:/Windows/Fonts/simhei.ttf",
    "C:/Windows/Fonts/msyh.ttc",
)


@pytest.fixture(scope="module")
def recognise() -> Recogniser:
    return ocr.load()


def picture(
    *lines: tuple[str, int, int],
    size: tuple[int, int] = (640, 160),
    points: int = 40,
    han: bool = False,
) -> Any:
    """Lines of text, each with the left top corner, on white."""
    if han:
        path = next((path for path in HAN_FONTS if Path(path).exists()), None)
        if path is None:
            pytest.skip("no Chinese font on this machine to draw a picture with")
        font: Any = ImageFont.truetype(path, points)
    else:
        font = ImageFont.load_default(points)
    page = Image.new("RGB", size, "white")
    pen = ImageDraw.Draw(page)
    for text, x, y in lines:
        pen.text((x, y), text, fill="black", font=font)
    return page


def file_of(page: Any, form: str = "PNG", **options: Any) -> bytes:
    buffer = io.BytesIO()
    page.save(buffer, form, **options)
    return buffer.getvalue()


def read(
    recognise: Recogniser, data: bytes, budget: Budget | None = None, place: Place | None = None
) -> list[Part]:
    return recognise(lambda: data, place or Place(Area.IMAGE), budget or Budget())


HELLO = picture(("HELLO 2024", 40, 40))


def test_a_marking_is_read_as_it_stands(recognise: Recogniser) -> None:
    page = picture((MARKING, 60, 40), ("秘密★6个月", 60, 240), size=(900, 400), points=48, han=True)
    assert [part.text for part in read(recognise, file_of(page))] == [MARKING, "秘密★6个月"]


def test_a_line_has_its_place_its_box_and_the_trust_in_it(recognise: Recogniser) -> None:
    place = Place(Area.IMAGE, 3, "word/media/image1.png", Box(100, 200, 420, 280))
    (part,) = read(recognise, file_of(HELLO), place=place)
    assert (part.text, part.place.area, part.place.page) == ("HELLO 2024", Area.IMAGE, 3)
    name, word, trust = part.place.label.split(" ")
    assert (name, word) == ("word/media/image1.png", "ocr")
    assert 0.5 <= float(trust) <= 1
    box = part.place.box
    assert box is not None
    assert 115 <= box.left <= 125
    assert 218 <= box.top <= 232
    assert 220 <= box.right <= 260
    assert 235 <= box.bottom <= 255


def test_a_picture_whose_place_is_unknown_has_lines_without_boxes(recognise: Recogniser) -> None:
    (part,) = read(recognise, file_of(HELLO))
    assert part.place.box is None


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF"])
def test_every_common_format_is_read(recognise: Recogniser, form: str) -> None:
    assert [part.text for part in read(recognise, file_of(HELLO, form))] == ["HELLO 2024"]


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "I;16", "RGBA", "LA"])
def test_every_kind_of_colour_is_read(recognise: Recogniser, mode: str) -> None:
    form = "TIFF" if mode == "CMYK" else "PNG"
    if mode == "I;16":
        page = Image.new("I;16", HELLO.size)
        page.putdata([value * 257 for value in HELLO.convert("L").tobytes()])
    elif mode in ("RGBA", "LA"):  # black on nothing
        page = HELLO.convert(mode)
        page.putalpha(HELLO.convert("L").point(lambda value: 255 - value))
    else:
        page = HELLO.convert(mode)
    assert [part.text for part in read(recognise, file_of(page, form))] == ["HELLO 2024"]


def test_a_picture_taken_lying_is_read_upright(recognise: Recogniser) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    data = file_of(HELLO.rotate(90, expand=True), "JPEG", exif=exif)
    assert [part.text for part in read(recognise, data)] == ["HELLO 2024"]


def test_the_frames_of_a_picture_are_pages_and_repeated_ones_cost_nothing(
    recognise: Recogniser,
) -> None:
    other = picture(("SECOND", 40, 40))
    budget = Budget()
    data = file_of(HELLO, "TIFF", save_all=True, append_images=[HELLO, other])
    parts = read(recognise, data, budget)
    assert [(part.text, part.place.page) for part in parts] == [("HELLO 2024", 1), ("SECOND", 2)]
    assert budget.pictures == 2


def test_no_line_of_a_tall_picture_is_lost_or_read_twice(recognise: Recogniser) -> None:
    words = [f"LINE {number:02}" for number in range(10, 34)]
    lines = [(word, 60, 20 + 70 * row) for row, word in enumerate(words)]
    page = picture(*lines, size=(500, 1720), points=36)
    assert [part.text for part in read(recognise, file_of(page))] == words


def test_pieces_of_one_line_are_one_and_columns_are_two(recognise: Recogniser) -> None:
    page = picture(("LEFT", 40, 40), ("SIDE", 160, 40), ("FAR", 520, 40))
    assert [part.text for part in read(recognise, file_of(page))] == ["LEFT SIDE", "FAR"]


def test_a_picture_without_writing_has_no_lines(recognise: Recogniser) -> None:
    assert read(recognise, file_of(Image.new("RGB", (300, 300), "red"))) == []
    assert read(recognise, file_of(Image.new("L", (3000, 2)))) == []


# --- the budget -------------------------------------------------------------------------


def test_a_picture_too_many_is_not_even_drawn(recognise: Recogniser) -> None:
    budget = Budget(Limits(pictures=1))
    read(recognise, file_of(picture(("ONE", 40, 40))), budget)
    with pytest.raises(LimitExceeded, match=r"limit\.pictures"):
        recognise(lambda: pytest.fail("drawn"), Place(Area.IMAGE), budget)


def test_a_picture_seen_before_costs_nothing(recognise: Recogniser) -> None:
    budget = Budget()
    data = file_of(picture(("EMBLEM", 40, 40)))
    first, again = read(recognise, data, budget), read(recognise, data, budget)
    assert first == again
    assert budget.pictures == 1


@pytest.mark.parametrize("form", ["PNG", "BMP", "GIF", "TIFF", "WEBP", "JPEG"])
def test_a_picture_of_too_many_pixels_is_refused_by_its_header(
    recognise: Recogniser, form: str
) -> None:
    page = picture(("NOT SEEN BEFORE", 10, 10))
    with pytest.raises(LimitExceeded, match=r"limit\.pixels"):
        read(recognise, file_of(page, form), Budget(Limits(picture_pixels=100_000)))


def test_a_picture_that_claims_to_be_huge_takes_neither_time_nor_memory(
    recognise: Recogniser,
) -> None:
    data = bytearray(file_of(HELLO))
    struct.pack_into(">II", data, 16, 100_000, 100_000)
    start = time.process_time()
    with pytest.raises(UnreadError):
        read(recognise, bytes(data))
    assert time.process_time() - start < 1


# --- damaged ----------------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"", b"no picture", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7", b"GIF89a"])
def test_no_picture_is_damaged(recognise: Recogniser, data: bytes) -> None:
    with pytest.raises(DamagedFile):
        read(recognise, data)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF"])
def test_a_damaged_picture_ends_in_lines_or_a_reason(recognise: Recogniser, form: str) -> None:
    whole = file_of(picture(("A", 4, 4), size=(40, 40), points=20), form)
    random_of = random.Random(3)
    for step in range(1, 8):
        tries = [whole[: len(whole) * step // 8]]
        flipped = bytearray(whole)
        for _ in range(3):
            flipped[random_of.randrange(len(flipped))] ^= 1 << random_of.randrange(8)
        for data in (*tries, bytes(flipped)):
            try:
                read(recognise, data)
            except UnreadError:
                continue


# --- the process ------------------------------------------------------------------------


def test_without_the_engine_there_is_no_recogniser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "markscan.extract.find_spec", lambda name: None if name == "rapidocr" else name
    )
    assert load_recogniser() is None


def test_reading_says_nothing_fetches_nothing_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(file_of(HELLO))
    code = """if True:
        import sys
        def watch(event, args):
            if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo"):
                sys.exit(event)
            if event == "open" and isinstance(args[1], str) and set(args[1]) & set("wax+"):
                if "__pycache__" not in str(args[0]) and str(args[0]) != "/dev/null":
                    sys.exit(f"{args}")
        sys.dont_write_bytecode = True
        sys.addaudithook(watch)
        from markscan.document import Area, Place
        from markscan.extract import load_recogniser, ocr
        from markscan.extract.extractor import Budget
        data = open("a.png", "rb").read()
        parts = ocr.load()(lambda: data, Place(Area.IMAGE), Budget())
        assert [part.text for part in parts] == ["HELLO 2024"], parts
    """
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=120
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert [path.name for path in tmp_path.iterdir()] == ["a.png"]


# --- in documents -----------------------------------------------------------------------


def test_a_scanned_pdf_is_read_and_its_pages_are_missing_no_more(recognise: Recogniser) -> None:
    data = file_of(picture(("HELLO 2024", 100, 100), size=(1654, 1200)), "PDF", resolution=200)
    found = list(read_pdf(Source(Path("a.pdf"), (), data), Budget(recognise=recognise)))
    (line,) = [item for item in found if isinstance(item, Part) and item.place.area is Area.IMAGE]
    assert (line.text, line.place.page) == ("HELLO 2024", 1)
    assert line.place.box is not None
    assert line.place.box.left == pytest.approx(100 * 72 / 200, abs=4)
    assert not [item for item in found if isinstance(item, UnreadError)]


def test_a_docx_of_pictures_only_is_read(recognise: Recogniser, tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    document.add_picture(io.BytesIO(file_of(HELLO)))
    document.save(tmp_path / "a.docx")
    found = list(read_docx(Source(tmp_path / "a.docx"), Budget(recognise=recognise)))
    (line,) = [item for item in found if isinstance(item, Part) and item.place.area is Area.IMAGE]
    assert line.text == "HELLO 2024"
    assert line.place.label.startswith("word/media/image1.png ocr ")
    assert not [item for item in found if isinstance(item, UnreadError)]


@pytest.mark.corpus
def test_a_real_page_is_read_from_its_picture(recognise: Recogniser) -> None:
    from markscan.extract.pdf.drawing import page_picture
    from markscan.extract.pdf.open import opened

    data = (folder("corpus", "formats", "law_pdf") / "law003.pdf").read_bytes()
    true = [
        item.text
        for item in read_pdf(Source(Path("a.pdf"), (), data), Budget(Limits(pages=1)))
        if isinstance(item, Part) and item.place.page == 1
    ]
    with opened(data, ()) as (document, _, _):
        drawn = page_picture(document, 0, 10**8)
    seen = "".join(part.text for part in read(recognise, drawn))
    assert "内部资料★6个月" in seen
    wanted = [char for line in true for char in line if "一" <= char <= "鿿"]
    assert sum(char in seen for char in wanted) >= 0.98 * len(wanted)
