"""How the pages of an OFD are set: visual lines, watermarks, ruled lines and the type area."""

from __future__ import annotations

import random
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from builders_ofd import fill, package, page, part, resources, text, zipped
from corpora import folder

from markscan.document import Area, Box, Layout, Stroke
from markscan.errors import UnreadError
from markscan.extract import ofd
from markscan.extract.extractor import Budget, Limits
from markscan.match.typearea import type_area
from markscan.source import Source

MARKING = "机密★10年"
POINT = 72 / 25.4  # in a millimetre
EM = 5.0  # millimetres: the size of `text`


def of(content: bytes | Path, **limits: int) -> Layout:
    source = Source(content) if isinstance(content, Path) else Source(Path("a.ofd"), (), content)
    return ofd.layout(source, Budget(Limits(**limits)))


def texts(*objects: str) -> list[str]:
    return [line.text for line in of(package(page(*objects))).lines]


# Lines.


@pytest.mark.parametrize(
    ("gap", "seen"),
    [
        (0, ["左边右边"]),
        (0.5, ["左边右边"]),  # an exporter's gap between glyphs is no space
        (0.7, ["左边 右边"]),
        (3.9, ["左边 右边"]),
        (4.1, ["左边", "右边"]),
    ],
)
def test_what_stands_side_by_side_is_one_line_up_to_four_characters_apart(gap, seen):
    left, right = text("左边", 28, 37), text("右边", 38 + EM * gap, 37)
    assert texts(left, right) == seen
    assert texts(right, left) == seen


@pytest.mark.parametrize(
    ("step", "seen"),
    [
        ("5 5 5 2.5", ["机密★10"]),
        ("7 7 7 5", ["机密★10"]),
        ("g 4 8.1", ["机 密 ★ 1 0"]),
        ("5 5 5 30", ["机密★1", "0"]),
    ],
)
def test_distances_of_more_than_half_a_character_are_spaces(step, seen):
    assert texts(text("机密★10", step=step)) == seen


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("机密 ★ 10年", ["机密 ★ 10年"]),
        ("机　密", ["机　密"]),
        ("发文　　　　　签发", ["发文", "签发"]),
    ],
)
def test_spaces_in_the_file_stay_but_as_one(written, seen):
    assert texts(text(written)) == seen


def test_blanks_have_no_ink():
    (line,) = of(package(page(text("　　正文　")))).lines
    assert (line.text, line.box.left, line.box.right) == (
        "正文",
        pytest.approx(38 * POINT, abs=0.1),
        pytest.approx(48 * POINT, abs=0.1),
    )


def test_lines_come_from_the_top_and_from_the_left():
    drawn = text("三", 28, 90), text("二右", 150, 60.2), text("二左", 28, 60), text("一", 90, 30)
    assert texts(*drawn) == ["一", "二左", "二右", "三"]


def test_runs_are_the_stretches_set_alike_and_make_up_the_line():
    content = page(text("密级", 28), text(MARKING, 42, inside=fill("255 0 0")), text("暗", 28, 99))
    line, _ = of(package(content)).lines
    assert line.text == f"密级 {MARKING}" == "".join(run.text for run in line.runs)
    assert [(run.font, run.size, run.colour, run.bold) for run in line.runs] == [
        ("黑体", 14.17, "#000000", True),
        ("黑体", 14.17, "#ff0000", True),
    ]
    assert (line.place.area, line.place.page, line.place.box) == (Area.BODY, 1, line.box)


def test_what_is_not_seen_is_left_out():
    hidden = text("白", 28, 60, inside=fill("255 255 255")), text("页外", 250, 70)
    gone = text("暗", 28, 80, attributes='Visible="false"')
    assert texts(text("可见"), *hidden, gone) == ["可见"]


def test_characters_below_one_another_are_one_line():
    assert texts(*(text(c, 20, 50 + 6 * n) for n, c in enumerate("竖排文字"))) == ["竖排文字"]


def test_the_fonts_of_a_page_of_its_own_are_known():
    own = part("Res", '<ofd:Fonts><ofd:Font ID="3" FontName="仿宋"/></ofd:Fonts>')
    head = "<ofd:PageRes>OwnRes.xml</ofd:PageRes>"
    found = of(package(page(text("字"), head=head), extra=(("Doc_0/OwnRes.xml", own),)))
    assert [run.font for run in found.runs] == ["仿宋"]


# Watermarks.


def marked(*drawn: str, kind: str = "Watermark") -> bytes:
    note = (
        f'<ofd:Annot ID="5" Type="{kind}"><ofd:Appearance Boundary="0 0 210 297">{"".join(drawn)}'
        "</ofd:Appearance></ofd:Annot>"
    )
    return package(
        page(text("正文")),
        rest="<ofd:Annotations>Annots.xml</ofd:Annotations>",
        extra=(
            (
                "Doc_0/Annots.xml",
                part(
                    "Annotations",
                    '<ofd:Page PageID="101"><ofd:FileLoc>A.xml</ofd:FileLoc></ofd:Page>',
                ),
            ),
            ("Doc_0/A.xml", part("PageAnnot", note)),
        ),
    )


def test_a_watermark_is_a_line_with_area_and_label_of_the_text_reader():
    slanted = 'CTM="0.7 0.7 -0.7 0.7 0 0"'
    content = marked(
        text(MARKING, 28, 50, attributes=slanted), text(MARKING, 28, 150, attributes=slanted)
    )
    plain, mark = of(content).lines
    assert (plain.text, plain.place.area) == ("正文", Area.BODY)
    assert (mark.text, mark.place.area, mark.place.page) == (MARKING, Area.TEXTBOX, 1)
    read = [p.place for p in ofd.extract(Source(Path("a.ofd"), (), content), Budget())
            if getattr(p, "text", "") == MARKING]  # fmt: skip
    assert [(place.area, place.label) for place in read] == [(mark.place.area, mark.place.label)]


def test_what_others_wrote_upon_the_page_is_no_line_of_it():
    assert [line.text for line in of(marked(text("批注", 28, 60), kind="Highlight")).lines] == [
        "正文"
    ]


# Ruled lines.


def drawn(data: str, box: str = "0 0 210 297", attributes: str = "", inside: str = "") -> str:
    return (
        f'<ofd:PathObject ID="1" Boundary="{box}" {attributes}>{inside}'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def edges_of(stroke: Stroke) -> tuple[float, float, float, float]:
    box = stroke.box
    return box.left, box.top, box.right, box.bottom


RED = '<ofd:StrokeColor Value="255 0 0"/>'
BAR = 'Fill="true" Stroke="false"'


@pytest.mark.parametrize(
    ("objects", "seen"),
    [
        (drawn("M 28 100 L 184 100", attributes='LineWidth="1"', inside=RED),
         [(28, 99.5, 184, 100.5, "#ff0000", False)]),
        (drawn("M 0 0 L 156 0", "28 100 156 1", 'LineWidth="1"'),
         [(28, 99.5, 184, 100.5, "#000000", False)]),
        (drawn("M 0 0 L 78 0", "28 100 156 1", 'LineWidth="1" CTM="2 0 0 1 0 0"'),
         [(28, 99.5, 184, 100.5, "#000000", False)]),
        (drawn("M 0 0 L 156 0 L 156 1 L 0 1 C", "28 100 156 1", BAR, fill("255 0 0")),
         [(28, 100, 184, 101, "#ff0000", False)]),
        (drawn("M 28 50 L 184 50", attributes='LineWidth="1"', inside=RED)
         + drawn("M 28 51.5 L 184 51.5", attributes='LineWidth="0.4"', inside=RED),
         [(28, 49.5, 184, 51.7, "#ff0000", True)]),
        (drawn("M 28 50 L 100 50 M 100 50 L 184 50", attributes='LineWidth="1"'),
         [(28, 49.5, 184, 50.5, "#000000", False)]),
        (drawn("M 28 50 L 50 50"), []),
        (drawn("M 28 50 L 28 200"), []),
        (drawn("M 28 50 B 60 50 80 50 184 50"), []),
        (drawn("M 28 50 L 184 50", attributes='Visible="false"'), []),
        (drawn("M 28 50 L 184 50", attributes='Stroke="false"'), []),
        (drawn("M 28 50 L 184 50", inside='<ofd:StrokeColor Value="255 255 255"/>'), []),
    ],
    ids=["line", "in a boundary", "stretched", "bar", "thick and thin", "of two pieces", "short",
         "upright", "curve", "invisible", "not painted", "white"],
)  # fmt: skip
def test_long_level_bars_are_ruled_lines(objects, seen):
    found = [
        (*(round(edge / POINT, 1) for edge in edges_of(stroke)), stroke.colour, stroke.double)
        for stroke in of(package(page(objects))).strokes
    ]
    assert found == seen


def test_a_line_takes_its_colour_from_drawing_parameters():
    shared = resources(
        '<ofd:DrawParams><ofd:DrawParam ID="7"><ofd:FillColor Value="0 0 255"/>'
        '<ofd:StrokeColor Value="255 0 0"/></ofd:DrawParam>'
        '<ofd:DrawParam ID="8" Relative="7"/></ofd:DrawParams>'
    )
    content = page(
        drawn("M 28 50 L 184 50", attributes='DrawParam="8"'),
        drawn("M 28 90 L 184 90 L 184 91 L 28 91 C", attributes=f'{BAR} DrawParam="8"'),
    )
    found = of(package(content, shared=shared)).strokes
    assert [stroke.colour for stroke in found] == ["#ff0000", "#0000ff"]


def test_a_template_has_its_lines_on_the_page():
    content = package(
        page(text("字"), head='<ofd:Template TemplateID="50"/>'),
        common='<ofd:TemplatePage ID="50" BaseLoc="T.xml"/>',
        extra=(("Doc_0/T.xml", page(drawn("M 28 100 L 184 100"))),),
    )
    assert [(stroke.page, stroke.colour) for stroke in of(content).strokes] == [(1, "#000000")]


# The type area.


@pytest.mark.parametrize(
    ("box", "seen"),
    [
        ("28 37 156 225", Box(79.37, 104.88, 521.57, 742.68)),
        ("0 0 210 297", None),
        ("28 37 500 225", None),
        ("28 37 0 0", None),
        ("nonsense", None),
    ],
)
def test_the_type_area_is_the_content_box_where_there_are_margins(box, seen):
    head = (
        "<ofd:Area><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>"
        f"<ofd:ContentBox>{box}</ofd:ContentBox></ofd:Area>"
    )
    assert [p.area for p in of(package(page(text("字"), head=head))).pages] == [seen]


def test_the_content_box_of_the_document_is_that_of_pages_that_give_none():
    content = package(page(text("字")))
    with zipfile.ZipFile(BytesIO(content)) as file:
        entries = [(name, file.read(name).decode()) for name in file.namelist()]
    box = "</ofd:PhysicalBox><ofd:ContentBox>28 37 156 225</ofd:ContentBox>"
    changed = [
        (n, c.replace("</ofd:PhysicalBox>", box) if "Document.xml" in n else c) for n, c in entries
    ]
    assert of(zipped(*changed)).pages[0].area == Box(79.37, 104.88, 521.57, 742.68)


# Broken and real files.


def test_damage_is_an_outcome():
    chance = random.Random(4)
    whole = page(text(MARKING), text("　正 文", 28, 60), drawn("M 28 100 L 184 100"))
    for _ in range(150):
        broken = bytearray(whole.encode())
        for _ in range(chance.randrange(1, 6)):
            broken[chance.randrange(len(broken))] = chance.randrange(32, 127)
        try:
            seen = of(package(broken.decode("utf-8", "replace")))
        except UnreadError:
            continue
        assert all(line.text.strip() for line in seen.lines)


@pytest.mark.parametrize("count", [8_000])
def test_many_figures_take_little_time(count):
    content = package(page(drawn("M 28 100 L 184 100 " * 50) * (count // 50)))
    assert len(of(content, unpacked_ratio=1 << 30).strokes) == 1


@pytest.mark.corpus
def test_a_real_letter_is_set_as_it_looks():
    (path,) = folder("corpus", "office", "ofdrw__ofdrw").glob("*resources_n.ofd")
    seen = of(path)
    first = [line for line in seen.lines if line.place.page == 1]
    assert [line.text for line in first[:3]] == [
        "测试符路桥区卫生局文件",
        "路卫发〔2011〕76号",
        "关于同意张阿三同志辞职的批复",
    ]
    assert first[0].runs[0].colour == "#ee2025"
    assert seen.strokes[0].colour == "#ee2025"
    area = type_area(seen, 1)
    assert area is not None and abs(area.left - 79.37) < 0.1
