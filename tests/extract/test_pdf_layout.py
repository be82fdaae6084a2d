"""How the pages of a PDF are set: visual lines, the runs in them, and ruled lines."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pdfplumber
import pytest
from builders_pdf import one_page, pdf_of, stream
from corpora import folder

from markscan.cli.sample_pdf import HEIGHT, SamplePage, TextLine, write_pdf
from markscan.document import Area, Layout
from markscan.errors import UnreadError
from markscan.extract.extractor import Budget, Limits
from markscan.extract.pdf import layout
from markscan.match.typearea import type_area
from markscan.source import Source

MARKING = "机密★10年"


def of(data: bytes | Path, **limits: int) -> Layout:
    source = Source(data) if isinstance(data, Path) else Source(Path("a.pdf"), (), data)
    return layout(source, Budget(Limits(**limits)))


def set_of(*lines: TextLine, operators: bytes = b"", rotate: int = 0) -> Layout:
    return of(write_pdf((SamplePage(lines, operators=operators, rotate=rotate),)))


def texts(*lines: TextLine) -> list[str]:
    return [line.text for line in set_of(*lines).lines]


# --- the reference reader ---------------------------------------------------------------


def test_words_fonts_sizes_and_places_are_those_that_pdfplumber_sees() -> None:
    lines = (
        TextLine("000001", 80, 100, 16),
        TextLine("机密★10年", 80, 130, 16),
        TextLine("某某市人民政府文件", 120, 200, 36),
    )
    data = write_pdf((SamplePage(lines),))
    with pdfplumber.open(io.BytesIO(data)) as reference:
        characters = reference.pages[0].chars
    runs = of(data).runs

    assert [run.text for run in runs] == ["000001", "机密★10年", "某某市人民政府文件"]
    for run in runs:
        own = [c for c in characters if abs(c["bottom"] - run.place.box.bottom) < c["size"] / 2]
        assert "".join(c["text"] for c in own) == run.text
        assert {c["fontname"].split("+")[-1] for c in own} == {run.font}
        assert {round(c["size"], 1) for c in own} == {round(run.size or 0, 1)}
        assert abs(min(c["x0"] for c in own) - run.place.box.left) < 1


# --- lines ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gap", "seen"),
    [
        (0, ["左边右边"]),
        (0.5, ["左边右边"]),  # an exporter's gap between glyphs is no space
        (0.7, ["左边 右边"]),
        (2, ["左边 右边"]),
        (3.9, ["左边 右边"]),
        (4.1, ["左边", "右边"]),
        (15, ["左边", "右边"]),
    ],
)
def test_what_stands_side_by_side_is_one_line_up_to_four_characters_apart(
    gap: float, seen: list[str]
) -> None:
    left, right = TextLine("左边", 80, 100, 16), TextLine("右边", 112 + 16 * gap, 100, 16)
    assert texts(left, right) == seen
    assert texts(right, left) == seen


@pytest.mark.parametrize(
    ("pieces", "seen"),
    [
        ((("秘密★3", 0), ("年", 60)), "秘密★3年"),
        ((("秘密", 0), ("★", 36), ("3", 56), ("年", 68)), "秘密★3年"),
        ((("机", 0), ("密", 32)), "机 密"),
        ((("plain", 0), ("words", 44)), "plain words"),
        ((("第", 0), ("A", 24)), "第 A"),
        ((("第", 0), ("A", 20)), "第A"),
    ],
)
def test_a_gap_of_more_than_half_a_character_is_a_space(
    pieces: tuple[tuple[str, float], ...], seen: str
) -> None:
    assert texts(*(TextLine(text, 80 + x, 100, 16) for text, x in pieces)) == [seen]


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("机密 ★ 10 年", ["机密 ★ 10 年"]),
        ("机　密", ["机　密"]),
        ("机   密", ["机 密"]),
        ("  正文  ", ["正文"]),
        ("某发〔2026〕3号" + " " * 20 + "签发人：王某", ["某发〔2026〕3号", "签发人：王某"]),
    ],
)
def test_spaces_in_the_file_stay_but_as_one(written: str, seen: list[str]) -> None:
    assert texts(TextLine(written, 80, 100, 16)) == seen


def test_blanks_have_no_ink() -> None:
    (line,) = set_of(TextLine("　　正文　", 80, 100, 16)).lines
    assert (line.text, line.box.left, line.box.right) == (
        "正文",
        pytest.approx(112, abs=0.1),
        pytest.approx(144, abs=0.1),
    )


@pytest.mark.parametrize(("pitch", "seen"), [(4, "机密文件"), (8, "机密文件"), (16, "机 密 文 件")])
def test_spaced_characters_are_spaced_from_six_tenths_of_one(pitch: float, seen: str) -> None:
    assert texts(TextLine("机密文件", 80, 100, 16, pitch=pitch)) == [seen]


def test_lines_come_from_the_top_and_from_the_left() -> None:
    drawn = [
        TextLine("三", 80, 300),
        TextLine("二右", 400, 202),
        TextLine("二左", 80, 200),
        TextLine("一", 300, 100),
    ]
    assert texts(*drawn) == ["一", "二左", "二右", "三"]


def test_runs_are_the_stretches_set_alike_and_make_up_the_line() -> None:
    seen = set_of(
        TextLine("密级：", 80, 100, 16, "SimSun"),
        TextLine(MARKING, 140, 100, 16, "SimHei", colour=(1, 0, 0)),
        TextLine("粗", 240, 100, 16, "SimHei", mode=2),
    )
    (line,) = seen.lines
    assert line.text == f"密级： {MARKING} 粗"
    assert "".join(run.text for run in line.runs) == line.text
    assert [(run.font, run.size, run.colour, run.bold) for run in line.runs] == [
        ("SimSun", 16, "#000000", False),
        ("SimHei", 16, "#ff0000", False),
        ("SimHei", 16, "#000000", True),
    ]
    assert (line.place.area, line.place.page, line.place.box) == (Area.BODY, 1, line.box)
    assert line.box.left == pytest.approx(80, abs=0.1)
    assert 80 < line.box.top < line.box.bottom < 106


def test_a_font_goes_by_its_name_without_the_tag_of_a_subset() -> None:
    (run,) = set_of(TextLine("字", 80, 100, 16, "ABCDEF+SimHei")).runs
    assert run.font == "SimHei"


def test_the_size_is_the_one_on_the_page() -> None:
    content = b"BT /H 8 Tf 2 0 0 2 20 50 Tm (Hello) Tj ET"
    assert of(one_page(content)).runs[0].size == 16


def test_what_is_not_seen_is_left_out() -> None:
    hidden = [
        TextLine("白字", 80, 200, colour=(1, 1, 1)),
        TextLine("无色", 80, 300, mode=3),
        TextLine("页外", 700, 400),
        TextLine("小字", 80, 500, 1),
    ]
    assert texts(TextLine("可见", 80, 100), *hidden) == ["可见"]


def test_a_layer_that_is_off_is_not_seen() -> None:
    layers = b"/OCProperties<</OCGs[10 0 R]/D<</OFF[10 0 R]>>>>"
    content = (
        b"BT /H 12 Tf 20 50 Td (Hello) Tj ET /OC /L BDC BT /H 12 Tf 20 20 Td (secret) Tj ET EMC"
    )
    data = one_page(
        content,
        catalogue=layers,
        resources=b"/Properties<</L 10 0 R>>",
        more={10: b"<</Type/OCG/Name(x)>>"},
    )
    assert [line.text for line in of(data).lines] == ["Hello"]


def test_what_is_drawn_twice_to_be_bold_is_one_line() -> None:
    twice = [TextLine(MARKING, 80, 100), TextLine(MARKING, 80.4, 100)]
    assert texts(*twice) == [MARKING]


def test_characters_below_one_another_are_one_line() -> None:
    assert texts(*(TextLine(c, 50, 100 + 20 * n) for n, c in enumerate("竖排文字"))) == ["竖排文字"]


def test_slanted_text_is_a_watermark_as_for_extract() -> None:
    content = b"BT /H 30 Tf .7 .7 -.7 .7 60 10 Tm (SECRET) Tj ET BT /H 12 Tf 20 50 Td (Hello) Tj ET"
    lines = {line.text: line for line in of(one_page(content)).lines}
    assert lines.keys() == {"SECRET", "Hello"}
    slanted = lines["SECRET"]
    assert (slanted.place.area, slanted.place.label) == (Area.TEXTBOX, "watermark")
    assert slanted.box.bottom - slanted.box.top > 2 * (slanted.runs[0].size or 0)


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_rotated_page_has_its_lines(rotate: int) -> None:
    seen = set_of(TextLine("左边", 80, 100), TextLine("右边", 300, 100), rotate=rotate)
    assert {line.text for line in seen.lines} == {"左边", "右边"}


def test_the_pages_have_no_type_area() -> None:
    assert [page.area for page in set_of(TextLine("字", 80, 100)).pages] == [None]


# --- ruled lines ------------------------------------------------------------------------


def bar(
    y: float, thick: float, x: float = 80, width: float = 440, colour: bytes = b"1 0 0"
) -> bytes:
    return b"%s rg %g %g %g %g re f\n" % (colour, x, HEIGHT - y - thick, width, thick)


def rule(
    y: float, thick: float, x: float = 80, width: float = 440, colour: bytes = b"1 0 0"
) -> bytes:
    y = HEIGHT - y
    return b"%s RG %g w %g %g m %g %g l S\n" % (colour, thick, x, y, x + width, y)


def strokes(operators: bytes) -> list[tuple[float, float, float, float, str, bool]]:
    seen = set_of(operators=operators).strokes
    assert all(stroke.page == 1 for stroke in seen)
    return [
        (*(round(edge, 1) for edge in (b.left, b.top, b.right, b.bottom)), s.colour, s.double)
        for s in seen
        for b in [s.box]
    ]


RED = "#ff0000"


@pytest.mark.parametrize(
    ("operators", "seen"),
    [
        (bar(300, 2), [(80, 300, 520, 302, RED, False)]),
        (rule(300, 2), [(80, 299, 520, 301, RED, False)]),
        (rule(300, 3) * 2, [(80, 298.5, 520, 301.5, RED, False)]),
        (bar(300, 2, colour=b"0 0 0"), [(80, 300, 520, 302, "#000000", False)]),
        (bar(100, 3) + bar(105, 1), [(80, 100, 520, 106, RED, True)]),
        (rule(100, 3) + rule(104, 1), [(80, 98.5, 520, 104.5, RED, True)]),
        (
            bar(100, 2) + bar(110, 2),
            [(80, 100, 520, 102, RED, False), (80, 110, 520, 112, RED, False)],
        ),
        (
            bar(100, 2) + bar(105, 2, 80, 200),
            [(80, 100, 520, 102, RED, False), (80, 105, 280, 107, RED, False)],
        ),
        (bar(300, 2, 80, 220) + bar(300, 2, 300, 220), [(80, 300, 520, 302, RED, False)]),
        (bar(300, 2, 80, 90), []),
        (bar(300, 40), []),
        (b"1 0 0 rg 80 100 2 400 re f", []),
        (bar(300, 2, colour=b"1 1 1"), []),
        (b"1 0 0 RG 1 w 80 300 440 200 re S", []),
        (b"80 300 440 2 re n", []),
        (b"80 300 m 200 302 300 302 520 300 c S", []),
    ],
    ids=[
        "bar", "line", "drawn twice", "black", "thick and thin", "two lines", "two far apart",
        "two of two lengths", "of two pieces", "short", "field of colour", "upright", "white",
        "frame", "not painted", "curve",
    ],
)  # fmt: skip
def test_long_level_bars_are_ruled_lines(
    operators: bytes, seen: list[tuple[float, float, float, float, str, bool]]
) -> None:
    assert strokes(operators) == seen


def test_lines_in_forms_stand_where_the_forms_do() -> None:
    inner = stream(b"0 0 1 RG 1 w 0 0 m 60 0 l S", b"/Type/XObject/Subtype/Form/BBox[0 -9 99 9]")
    outer = stream(
        b"2 0 0 1 5 0 cm /G Do",
        b"/Type/XObject/Subtype/Form/BBox[0 -9 999 9]/Resources<</XObject<</G 11 0 R>>>>",
    )
    data = one_page(
        b"1 0 0 1 20 40 cm /F Do",
        resources=b"/XObject<</F 10 0 R>>",
        more={10: outer, 11: inner},
    )
    (seen,) = of(data).strokes
    box = seen.box
    assert (box.left, box.top, box.right, box.bottom) == pytest.approx((25, 59.5, 145, 60.5))
    assert seen.colour == "#0000ff"


def test_a_rotated_page_has_its_upright_lines_level() -> None:
    seen = set_of(operators=b"1 0 0 rg 100 200 2 400 re f", rotate=90).strokes
    assert [(s.box.right - s.box.left, s.box.bottom - s.box.top) for s in seen] == [(400, 2)]


# --- real and broken files --------------------------------------------------------------


def test_damage_is_an_outcome() -> None:
    chance = random.Random(4)
    whole = write_pdf(
        (SamplePage((TextLine(MARKING, 80, 100), TextLine("正文", 80, 200)), operators=bar(9, 2)),)
    )
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(chance.randrange(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            seen = of(bytes(data))
        except UnreadError:
            continue
        assert all(line.text.strip() for line in seen.lines)


def test_a_page_of_nothing_but_drawings_takes_little_time() -> None:
    content = b"0 0 m 9 9 l S " * 60_000
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R>>"
    data = pdf_of(
        {
            1: b"<</Type/Catalog/Pages 2 0 R>>",
            2: b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            3: page,
            4: stream(content),
        }
    )
    assert of(data).strokes == ()


@pytest.mark.corpus
def test_real_files_are_set_within_their_margins() -> None:
    paths = sorted(folder("corpus", "formats", "law_pdf").glob("*.pdf"))
    areas = [type_area(of(path), 1) for path in paths]
    assert all(area is not None and abs(area.left - 79.5) < 0.2 for area in areas)
