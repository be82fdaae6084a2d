"""What the PDF extractor yields, for files made here and for real ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pypdfium2.raw as pdfium
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from markscan.cli.sample_pdf import HEIGHT, WIDTH, SamplePage, TextLine, write_pdf
from markscan.document import Area, Page, Part
from markscan.errors import DamagedFile, EncryptedFile, LimitExceeded, NoTextLayer, UnreadError
from markscan.extract.extractor import Budget, Item, Limits
from markscan.extract.page_ranges import page_ranges
from markscan.extract.pdf import extract
from markscan.source import Source

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
# These take more time or memory than any file may: a worker's deadline and memory limit
# end them, so they are no subject for a test inside this process.
ENDLESS = {
    "pdf_9M_ops_324MB.pdf": "nine million drawing operators, 1.5 GB in PDFium",
    "pdf_flate_1GB.pdf": "one stream that inflates to 1 GB, 2.1 GB in PDFium",
    "pdf_recursive_form.pdf": "a form that draws itself, without end in PDFium",
    "pdf_form_10e7.pdf": "forms in forms, ten million in all, over 4 GB in PDFium",
}
MARKING = "机密★10年"


def read(data: bytes | Path, limits: Limits | None = None) -> tuple[list[Item], UnreadError | None]:
    """Return what is yielded and the error that ended reading, if any."""
    source = Source(data) if isinstance(data, Path) else Source(Path("a.pdf"), (), data)
    items: list[Item] = []
    try:
        for item in extract(source, Budget(limits or Limits())):
            items.append(item)
    except UnreadError as error:
        return items, error
    return items, None


def parts(data: bytes, limits: Limits | None = None) -> list[Part]:
    items, error = read(data, limits)
    assert error is None
    return [item for item in items if isinstance(item, Part)]


def reasons(data: bytes | Path, limits: Limits | None = None) -> list[str]:
    items, error = read(data, limits)
    yielded = [item for item in items if isinstance(item, UnreadError)]
    return [str(item) for item in (*yielded, *([error] if error else []))]


def one_page(*lines: TextLine, **of_page: Any) -> bytes:
    return write_pdf((SamplePage(lines, **of_page),))


def shown(data: bytes) -> list[str]:
    return [part.text for part in parts(data) if part.place.area is Area.BODY]


# --- lines, boxes, styles ---------------------------------------------------------------


@pytest.mark.parametrize("mapped", [False, True])
@pytest.mark.parametrize(
    "text", [MARKING, "秘密★6个月", "〔2024〕3号", "a plain line", "Ａ１！", "国务院办公厅 2024"]
)
def test_a_line_comes_out_as_it_was_written(text: str, mapped: bool) -> None:
    data = write_pdf((SamplePage((TextLine(text, 80, 100),)),), mapped=mapped)
    assert shown(data) == [text]


def test_a_line_has_its_page_box_font_and_size() -> None:
    (part,) = parts(one_page(TextLine(MARKING, 80, 100, 16, "SimHei")))
    box = part.place.box
    assert part.place.page == 1
    assert part.style is not None
    assert (part.style.font, part.style.size) == ("SimHei", 16)
    assert box is not None
    assert box.left == pytest.approx(80, abs=0.5)
    assert box.right == pytest.approx(80 + 5 * 16, abs=0.5)
    assert 80 < box.top < 90
    assert 99 < box.bottom < 106


def test_the_size_is_the_one_drawn_not_the_one_named() -> None:
    operators = b"BT /F0 1 Tf 22 0 0 22 80 700 Tm <673A5BC6> Tj ET"
    data = one_page(TextLine("x", 400, 400), operators=operators)
    assert [part.style.size for part in parts(data) if part.style] == [22, 16]


@pytest.mark.parametrize(
    ("rotate", "size", "corner"),
    [
        (0, (WIDTH, HEIGHT), (80, 100)),
        (90, (HEIGHT, WIDTH), (HEIGHT - 100, 80)),
        (180, (WIDTH, HEIGHT), (WIDTH - 80, HEIGHT - 100)),
        (270, (HEIGHT, WIDTH), (100, WIDTH - 80)),
    ],
)
def test_places_are_those_of_the_page_as_shown(
    rotate: int, size: tuple[int, int], corner: tuple[int, int]
) -> None:
    items, _ = read(one_page(TextLine(MARKING, 80, 100), rotate=rotate))
    page = next(item for item in items if isinstance(item, Page))
    part = next(item for item in items if isinstance(item, Part))
    box = part.place.box
    assert part.text == MARKING
    assert (page.width, page.height) == size
    assert box is not None
    assert box.left - 20 <= corner[0] <= box.right + 20
    assert box.top - 20 <= corner[1] <= box.bottom + 20
    assert max(box.right - box.left, box.bottom - box.top) == pytest.approx(80, abs=1)


def test_the_crop_box_is_the_page() -> None:
    items, _ = read(one_page(TextLine(MARKING, 80, 100), box=(50, 42, 550, 792)))
    page, part = items
    assert isinstance(page, Page)
    assert (page.width, page.height) == (500, 750)
    assert isinstance(part, Part)
    assert part.place.box is not None
    assert part.place.box.left == pytest.approx(30, abs=0.5)
    assert part.place.box.bottom == pytest.approx(50 + 2, abs=4)


@pytest.mark.parametrize(
    ("case", "lines", "expected"),
    [
        (
            "two things far apart on one baseline are two",
            [("000001", 80, 0), (MARKING, 400, 0)],
            ["000001", MARKING],
        ),
        (
            "pieces that touch are one",
            [("机密", 80, 0), ("★", 112, 0), ("10", 128, 0), ("年", 144, 0)],
            [MARKING],
        ),
        (
            "pieces that touch are one in whatever order they are drawn",
            [("10", 128, 0), ("机密", 80, 0), ("年", 144, 0), ("★", 112, 0)],
            [MARKING],
        ),
        ("wide gaps make no space", [("秘密★3年", 80, 20)], ["秘密★3年"]),
        (
            "text drawn twice to be bold is there once",
            [("机密", 80, 0), ("机密", 80.4, 0)],
            ["机密"],
        ),
        (
            "single characters drawn twice to be bold are there once",
            [(c, 80 + 16 * i + d, 0) for i, c in enumerate("机密机") for d in (0, 0.3)],
            ["机密机"],
        ),
        ("repeated characters stay", [("人人有责啊啊", 80, 0)], ["人人有责啊啊"]),
        ("spaces in the file stay", [("机 密", 80, 0)], ["机 密"]),
        ("words keep their distance", [("two words", 80, 0)], ["two words"]),
    ],
)
def test_lines_are_what_a_reader_sees_as_one(
    case: str, lines: list[tuple[str, float, float]], expected: list[str]
) -> None:
    del case
    drawn = [TextLine(text, x, 100, pitch=pitch) for text, x, pitch in lines]
    assert shown(one_page(*drawn)) == expected


def test_characters_below_one_another_are_one_line() -> None:
    column = [TextLine(char, 80, 100 + 20 * row) for row, char in enumerate("机密文件")]
    assert shown(one_page(*column)) == ["机密文件"]


def test_numbers_of_rows_are_not_one_line() -> None:
    column = [TextLine(str(row), 80, 100 + 20 * row) for row in range(1, 4)]
    assert shown(one_page(*column)) == ["1", "2", "3"]


def test_later_pages_come_whole_and_without_made_up_spaces() -> None:
    page = SamplePage((TextLine("秘密★3年", 80, 100, pitch=20), TextLine("two words", 80, 140)))
    *_, last = parts(write_pdf((page,) * 3))
    assert (last.text, last.place.page, last.style) == ("秘密★3年\ntwo words", 3, None)


def test_slanted_text_is_a_watermark() -> None:
    operators = b"BT /F0 40 Tf .707 .707 -.707 .707 100 300 Tm <5185 90E8 8D44 6599> Tj ET"
    slanted, level = parts(one_page(TextLine("x", 80, 80), operators=operators))
    assert (slanted.text, slanted.place.area) == ("内部资料", Area.TEXTBOX)
    assert slanted.place.label == "watermark"
    assert (level.text, level.place.area) == ("x", Area.BODY)


def test_a_sign_of_another_font_stands_in_the_gap_left_for_it() -> None:
    # The order in which programs draw it: the sign first, then what is around it.
    lines = (
        TextLine("★", 112, 100, size=16),
        TextLine("机密", 80, 100, size=16),
        TextLine("10年", 128, 100, size=16),
    )
    assert shown(one_page(*lines)) == ["机密★10年"]


# --- hidden text ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("why", "line"),
    [
        ("painted with nothing", TextLine(MARKING, 80, 100, mode=3)),
        ("white", TextLine(MARKING, 80, 100, colour=(1, 1, 1))),
        ("off the page", TextLine(MARKING, 700, 100)),
        ("too small", TextLine(MARKING, 80, 100, size=1)),
    ],
)
def test_text_a_reader_cannot_see_is_hidden(why: str, line: TextLine) -> None:
    del why
    found = parts(one_page(line, TextLine("正文", 80, 300)))
    assert [(p.text, p.place.area) for p in found] == [(MARKING, Area.HIDDEN), ("正文", Area.BODY)]


def test_white_text_on_a_dark_ground_is_shown() -> None:
    line = TextLine("表头", 80, 100, colour=(1, 1, 1))
    assert shown(one_page(line, operators=b"0 0 .5 rg 60 700 300 90 re f")) == ["表头"]


def test_unpainted_text_over_a_scan_is_the_text_of_the_page() -> None:
    lines = (TextLine(MARKING, 80, 100, mode=3), TextLine("正文", 80, 300, mode=3))
    assert shown(one_page(*lines, picture=True)) == [MARKING, "正文"]


# --- what is not page text --------------------------------------------------------------


def test_everything_around_the_pages_is_read() -> None:
    data = write_pdf(
        (SamplePage((TextLine("正文", 80, 100),), comments=("请核对密级",)),),
        information={"Title": "关于某事的通知", "Keywords": "机密"},
        attachments={"附件.txt": "秘密".encode()},
        bookmarks=("第一章", "第二章"),
    )
    items, error = read(data)
    assert error is None
    found = [(p.place.area, p.place.label, p.text) for p in items if isinstance(p, Part)]
    assert found == [
        (Area.PROPERTY, "Title", "关于某事的通知"),
        (Area.PROPERTY, "Keywords", "机密"),
        (Area.PROPERTY, "bookmark", "第一章"),
        (Area.PROPERTY, "bookmark", "第二章"),
        (Area.BODY, "", "正文"),
        (Area.COMMENT, "", "请核对密级"),
    ]
    (inner,) = [item for item in items if isinstance(item, Source)]
    assert (inner.name, inner.content) == ("附件.txt", "秘密".encode())


def test_an_attachment_over_the_budget_is_named_and_the_rest_is_read() -> None:
    page = SamplePage((TextLine("正文", 80, 100),))
    data = write_pdf((page,), attachments={"big": b"x" * 5000, "small": b"y"})
    items, error = read(data, Limits(member_bytes=100))
    assert error is None
    assert [item.name for item in items if isinstance(item, Source)] == ["small"]
    assert [str(i) for i in items if isinstance(i, UnreadError)] == [
        "limit.member-bytes allowed=100"
    ]


# --- what could not be read -------------------------------------------------------------

TEXT = SamplePage((TextLine("正文", 80, 100),))
SCAN = SamplePage(picture=True)
EMPTY = SamplePage()


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        ((TEXT, TEXT), []),
        ((EMPTY,), []),
        ((TEXT, EMPTY), []),
        ((SCAN, SCAN), ["pdf.no-text count=2"]),
        ((SCAN, EMPTY), ["pdf.no-text count=1"]),
        ((TEXT, SCAN, SCAN, TEXT, SCAN), ["pdf.pages-without-text pages=2-3, 5 count=3"]),
    ],
)
def test_pages_that_are_pictures_are_named(
    pages: tuple[SamplePage, ...], expected: list[str]
) -> None:
    assert reasons(write_pdf(pages)) == expected


def test_pages_come_before_the_word_that_there_is_no_text() -> None:
    items, error = read(write_pdf((SCAN, SCAN)))
    assert [item.number for item in items if isinstance(item, Page)] == [1, 2]
    assert isinstance(error, NoTextLayer)


def test_text_of_unknown_meaning_is_named() -> None:
    data = one_page(TextLine("\ue001\ue002\ue003\ue004\ue005\ue006\ue007\ue008文", 80, 100))
    assert reasons(data) == ["pdf.garbled pages=1 count=1"]
    assert reasons(one_page(TextLine("一些正常的文字加一个\ue001", 80, 100))) == []


@pytest.mark.parametrize(
    ("numbers", "words"),
    [([2, 3, 4, 7], "2-4, 7"), ([1], "1"), ([], ""), ([1, 3], "1, 3")],
)
def test_page_numbers_are_told_as_ranges(numbers: list[int], words: str) -> None:
    assert page_ranges(numbers) == words


def test_a_password_is_told() -> None:
    key = b"/Encrypt<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>/ID[<00><00>]" % (
        b"00" * 32,
        b"11" * 32,
    )
    _, error = read(one_page(TextLine(MARKING, 80, 100)).replace(b"/Root", key + b"/Root"))
    assert isinstance(error, EncryptedFile)
    assert error.reason == "pdf.encrypted"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"%PDF-1.7\n%%EOF", b"no PDF at all" * 50])
def test_no_pdf_is_damaged(data: bytes) -> None:
    _, error = read(data)
    assert isinstance(error, DamagedFile)
    assert error.reason == "pdf.damaged"


def test_junk_before_the_file_does_not_matter() -> None:
    assert shown(b"junk " * 100 + one_page(TextLine(MARKING, 80, 100))) == [MARKING]


def test_a_file_without_its_end_is_read_and_named() -> None:
    data = one_page(TextLine(MARKING, 80, 100))
    for end in (data.index(b"\nxref") + 1, data.index(b"trailer") + 12, data.index(b"startxref")):
        items, error = read(data[:end])
        assert error is None
        assert MARKING in [item.text for item in items if isinstance(item, Part)]
        assert [str(i) for i in items if isinstance(i, UnreadError)] == ["pdf.salvaged"]


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (Limits(pages=2), "limit.pages allowed=2"),
        (Limits(parts=2), "limit.parts allowed=2"),
        (Limits(text_characters=5), "limit.characters allowed=5"),
    ],
)
def test_limits_end_reading_after_what_was_read(limits: Limits, reason: str) -> None:
    items, error = read(write_pdf((TEXT,) * 4), limits)
    assert reason in [str(i) for i in (*items, error) if isinstance(i, LimitExceeded)]
    assert [item.text for item in items if isinstance(item, Part)] == ["正文", "正文"]


# --- hostile ----------------------------------------------------------------------------


def rich() -> bytes:
    lines = (TextLine(MARKING, 80, 100), TextLine("正文 text", 80, 300))
    return write_pdf(
        (SamplePage(lines, comments=("批注",)), SamplePage(lines, picture=True), SCAN),
        information={"Title": "题目"},
        attachments={"a.txt": b"inside"},
        bookmarks=("一", "二"),
        mapped=True,
    )


def test_a_file_cut_anywhere_ends_in_an_outcome() -> None:
    data = rich()
    for end in range(0, len(data) - 10, 37):
        items, error = read(data[:end])
        problems = [i for i in items if isinstance(i, UnreadError)]
        assert error is not None or problems, end


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=12))
def test_flipped_bytes_never_escape(flips: list[tuple[float, int]]) -> None:
    data = bytearray(rich())
    for where, value in flips:
        data[int(where * (len(data) - 1))] = value
    read(bytes(data))


@pytest.mark.parametrize(
    ("what", "old", "new"),
    [
        ("a page tree that holds itself", rb"/Kids\[\d+ 0 R", b"/Kids[1 0 R 1 0 R"),
        ("a bookmark that follows itself", rb"/Next (\d+) 0 R", None),
        ("pages without end", rb"/Count 3/Kids", b"/Count 99999999/Kids"),
        ("a negative number of pages", rb"/Count 3/Kids", b"/Count -3/Kids"),
    ],
)
def test_loops_and_lies_end(what: str, old: bytes, new: bytes | None) -> None:
    del what
    data = rich()
    if new is None:
        found = re.search(rb"(\d+) 0 obj\n<</Title<[^>]*>/Parent \d+ 0 R/Next", data)
        assert found is not None
        new = b"/Next %s 0 R" % found[1]
    changed, count = re.subn(old, new, data, count=1)
    assert count == 1
    items, _ = read(changed)
    assert len(items) < 20_000


# --- handles ----------------------------------------------------------------------------

PAIRS = {
    "FPDF_LoadMemDocument64": "FPDF_CloseDocument",
    "FPDF_LoadPage": "FPDF_ClosePage",
    "FPDFText_LoadPage": "FPDFText_ClosePage",
    "FPDFPage_GetAnnot": "FPDFPage_CloseAnnot",
}


@pytest.fixture
def handles(monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """Count the handles of each kind that are open."""
    opened: Counter[str] = Counter()

    def watch(name: str, kind: str, step: int) -> None:
        true = getattr(pdfium, name)

        def counted(*arguments: Any) -> Any:
            result = true(*arguments)
            if step < 0 or result:
                opened[kind] += step
            return result

        monkeypatch.setattr(pdfium, name, counted)

    for opening, closing in PAIRS.items():
        watch(opening, opening, 1)
        watch(closing, opening, -1)
    yield opened


@pytest.mark.parametrize("taken", [0, 1, 3, 5, 8, 1000])
def test_every_handle_is_closed_wherever_the_reader_stops(
    handles: Counter[str], taken: int
) -> None:
    stream = extract(Source(Path("a.pdf"), (), rich()), Budget())
    for _, _item in zip(range(taken), stream, strict=False):
        assert handles["FPDF_LoadMemDocument64"] <= 1
        assert handles["FPDF_LoadPage"] == handles["FPDFText_LoadPage"] == 0
    stream.close()  # type: ignore[attr-defined]
    assert not +handles
    assert not -handles


@pytest.mark.parametrize("cut", [0, 300, 900, 1500, 2500, -100])
def test_every_handle_is_closed_for_damaged_files(handles: Counter[str], cut: int) -> None:
    read(rich()[:cut])
    assert not +handles
    assert not -handles


def test_a_thousand_files_take_no_more_memory_than_a_hundred() -> None:
    psutil = pytest.importorskip("psutil")
    data = rich()
    process = psutil.Process()
    for _ in range(150):
        read(data)
    before = process.memory_info().rss
    for _ in range(1000):
        read(data)
    assert process.memory_info().rss - before < 8 << 20


# --- real files -------------------------------------------------------------------------


def corpus(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (CORPUS / folder).glob("*.pdf"))


def need(path: Path) -> Path:
    if not path.exists():
        pytest.skip(f"the test data folder is absent: {path}")
    return path


@pytest.mark.corpus
def test_real_files_end_in_text_or_in_a_reason() -> None:
    need(CORPUS / "formats" / "pdf")
    texts = 0
    for path in corpus("formats/pdf"):
        items, _ = read(path)  # anything but an UnreadError would escape
        texts += any(isinstance(item, Part) for item in items)
    assert texts >= 130


# Where the marker lies, and the area it must come out in.
MARKERS = {
    "MKTOPLEFT": Area.BODY,
    "MKBODY": Area.BODY,
    "MKWHITE": Area.HIDDEN,
    "MKINVISIBLE": Area.HIDDEN,
    "MKTINY": Area.HIDDEN,
    "MKOFFPAGE": Area.HIDDEN,
    "MKHEADER": Area.BODY,
    "MKFOOTER": Area.BODY,
    "MKCOVERED": Area.HIDDEN,
    "MKROTATED": Area.BODY,
    "MKOCGOFF": Area.HIDDEN,
    "MKOCGNAME": Area.PROPERTY,
    "MKANNOT": Area.COMMENT,
    "MKANNOTAUTHOR": Area.COMMENT,
    "MKFREETEXT": Area.COMMENT,
    "MKLINKURL": Area.COMMENT,
    "MKFIELDVALUE": Area.CELL,
    "MKPAGE2": Area.BODY,
    "MKSPACED": Area.BODY,
    "MKINFOTITLE": Area.PROPERTY,
    "MKKEYWORDS": Area.PROPERTY,
    "MKOUTLINE": Area.PROPERTY,
    "MKXMP": Area.PROPERTY,
}


@pytest.mark.corpus
def test_every_reachable_marker_is_found_in_its_area() -> None:
    items, error = read(need(CORPUS / "probe" / "probe.pdf"))
    assert error is None
    found: dict[Area, str] = {}
    for item in items:
        if isinstance(item, Part):
            text = item.text.replace(" ", "")  # MKSPACED stands letter by letter
            found[item.place.area] = found.get(item.place.area, "") + text + "\n"
    missing = [name for name, area in MARKERS.items() if name not in found.get(area, "")]
    assert missing == []
    (inner,) = [item for item in items if isinstance(item, Source)]
    assert inner.name == "MKATTACHNAME.txt"
    assert "MKATTACHMENT" in (inner.content or b"").decode()
    assert "MKFIELDNAME" in [i.place.label for i in items if isinstance(i, Part)]


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("name", "expected"), [("probe_enc_user.pdf", ["pdf.encrypted"]), ("probe_enc_owner.pdf", [])]
)
def test_only_a_password_for_reading_keeps_out(name: str, expected: list[str]) -> None:
    assert reasons(need(CORPUS / "probe" / name)) == expected


@pytest.mark.corpus
def test_chinese_statutes_keep_their_characters() -> None:
    need(CORPUS / "formats" / "law_pdf")
    import docx

    wanted: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    for path in corpus("formats/law_pdf"):
        twin = CORPUS / "formats" / "law_docx" / f"{path.stem}.docx"
        if not twin.exists():
            continue
        items, error = read(path)
        assert error is None
        got = Counter("".join(item.text for item in items if isinstance(item, Part)))
        true = Counter(
            char for p in docx.Document(str(twin)).paragraphs for char in p.text if char >= "一"
        )
        wanted += true
        lost += true - got
    assert wanted.total() > 100_000
    assert lost.total() <= wanted.total() / 1000


@pytest.mark.corpus
def test_hostile_files_end_in_an_outcome() -> None:
    need(CORPUS / "hostile")
    for path in corpus("hostile"):
        if path.name not in ENDLESS:
            with suppress(UnreadError):
                read(path)
    assert reasons(CORPUS / "hostile" / "truncated_tail.pdf") == ["pdf.salvaged"]
    assert reasons(CORPUS / "hostile" / "truncated_half.pdf") == ["pdf.damaged"]
    assert reasons(CORPUS / "hostile" / "empty.pdf") == ["pdf.damaged"]
