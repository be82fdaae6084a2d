"""Facts about PowerPoint binaries: every place of text, damage, encryption, cost."""

from __future__ import annotations

import random
import struct
import time
from pathlib import Path

import pytest
from builders_ole import compound
from builders_ppt import (
    anchor,
    atom,
    box,
    characters,
    child_anchor,
    comment,
    drawing,
    embedded,
    group,
    headers,
    in_bytes,
    master,
    notes,
    options,
    placeholder,
    shape,
    slide,
    streams,
    string,
)
from corpora import folder
from reading import read as read_all

from markscan.document import Area, Box, Page, Part
from markscan.errors import UnreadError
from markscan.extract.extractor import Budget, Item, Limits
from markscan.extract.ole import powerpoint
from markscan.source import Source

SECRET = "机密★10年"
TITLE, DATE, FOOTER, HEADER = 13, 7, 9, 10
HIDDEN_SHAPE, TABLE = (0x03BF, 0x00020002), (0x039F, 1)


def read(data: bytes, budget: Budget | None = None) -> list[Item]:
    return list(powerpoint.extract(Source(Path("a.ppt"), (), data), budget or Budget()))


def ppt(*slides: bytes, **more) -> bytes:
    return compound(streams(list(slides), **more))


def found(data: bytes) -> list[tuple[str, Area, int | None, str]]:
    items = read(data)
    assert not [item for item in items if isinstance(item, UnreadError)]
    parts = [item for item in items if isinstance(item, Part)]
    return [(p.text, p.place.area, p.place.page, p.place.label) for p in parts]


def reasons(items: list[Item]) -> list[str]:
    return [item.reason for item in items if isinstance(item, UnreadError)]


PLACES = [
    (drawing(shape(placeholder(TITLE), text=SECRET)), Area.BODY, "slide 1"),
    (drawing(shape(text=SECRET)), Area.TEXTBOX, "slide 1"),
    (drawing(shape(placeholder(FOOTER), text=SECRET)), Area.FOOTER, "slide 1"),
    (drawing(shape(placeholder(DATE), text=SECRET)), Area.FOOTER, "slide 1"),
    (drawing(shape(placeholder(HEADER), text=SECRET)), Area.HEADER, "slide 1"),
    (drawing(group(group(shape(text=SECRET)))), Area.TEXTBOX, "slide 1"),
    (drawing(shape(options(HIDDEN_SHAPE), text=SECRET)), Area.HIDDEN, "slide 1"),
    (drawing(shape(anchor(-900, 0, -10, 90), text=SECRET)), Area.HIDDEN, "slide 1"),
    (drawing(shape(anchor(0, 4400, 90, 4500), text=SECRET)), Area.HIDDEN, "slide 1"),
    (drawing(shape(options((0x00C0, SECRET)))), Area.TEXTBOX, "slide 1 wordart"),
    (drawing(shape(options((0x0381, SECRET)))), Area.HIDDEN, "slide 1 alt"),
    (headers(0x20, string(SECRET, 2)), Area.FOOTER, "slide 1 footer"),
    (headers(0x00, string(SECRET, 2)), Area.HIDDEN, "slide 1 footer"),
    (headers(0x10, string(SECRET, 1)), Area.HEADER, "slide 1 header"),
    (comment("张三", SECRET), Area.COMMENT, "slide 1 comment"),
    (string(SECRET, 3), Area.HIDDEN, "slide 1"),
]


@pytest.mark.parametrize(("content", "area", "where"), PLACES)
def test_each_place_of_a_slide_is_read(content, area, where):
    parts = found(ppt(slide(content)))

    assert [part for part in parts if part[0] == SECRET] == [(SECRET, area, 1, where)]


def test_the_author_of_a_comment_is_a_property():
    parts = found(ppt(slide(comment("张三", SECRET))))

    assert ("张三", Area.PROPERTY, None, "comment author") in parts


def test_a_tag_is_a_property():
    tag = box(0x1388, box(0x1389, string("密级"), string(SECRET, 1)))

    assert (SECRET, Area.PROPERTY, None, "密级") in found(ppt(slide(tag)))


def test_slides_come_in_order_with_their_size_and_notes():
    data = ppt(
        slide(drawing(shape(text="一"))),
        slide(drawing(shape(text="二"))),
        pages=[notes(257, drawing(shape(text="备注")))],
    )
    items = read(data)

    assert [item for item in items if isinstance(item, Page)] == [
        Page(1, 720.0, 540.0),
        Page(2, 720.0, 540.0),
    ]
    assert found(data) == [
        ("一", Area.TEXTBOX, 1, "slide 1"),
        ("二", Area.TEXTBOX, 2, "slide 2"),
        ("备注", Area.NOTE, 2, "notes 2"),
    ]


def test_a_hidden_slide_is_hidden():
    parts = found(ppt(slide(drawing(shape(text=SECRET)), hidden=True)))

    assert parts == [(SECRET, Area.HIDDEN, 1, "slide 1")]


def test_a_box_is_given_in_points():
    items = read(ppt(slide(drawing(shape(anchor(80, 160, 800, 320), text="a")))))

    (part,) = [item for item in items if isinstance(item, Part)]
    assert part.place.box == Box(10.0, 20.0, 100.0, 40.0)


@pytest.mark.parametrize("said", [characters("一\r二\x0b三"), in_bytes("a\rb")])
def test_paragraphs_and_lines_end_in_line_feeds(said):
    (part,) = found(ppt(slide(drawing(shape(text=said)))))

    assert part[0] in ("一\n二\n三", "a\nb")


def test_fields_without_a_text_are_left_out():
    assert found(ppt(slide(drawing(shape(text="*"))))) == []


def test_the_cells_of_a_row_share_its_number():
    cells = [
        shape(child_anchor(x, y, x + 9, y + 9), text=f"{x},{y}") for y in (0, 9) for x in (0, 9)
    ]
    table = group(*cells, of=options(TABLE, kind=0xF122))
    items = read(ppt(slide(drawing(table, table))))

    parts = [item for item in items if isinstance(item, Part)]
    assert {part.place.area for part in parts} == {Area.CELL}
    assert [part.row for part in parts] == [1, 1, 2, 2, 3, 3, 4, 4]


def test_a_placeholder_may_keep_its_text_in_the_outline():
    outline = atom(0x0F9F, bytes(4)) + characters(SECRET)
    shown = shape(placeholder(TITLE), text=atom(0x0F9E, struct.pack("<I", 0)))
    data = ppt(slide(drawing(shown)), outline=[outline])

    assert found(data) == [(SECRET, Area.BODY, 1, "slide 1")]


def test_an_outline_that_no_placeholder_shows_is_read():
    data = ppt(slide(drawing()), outline=[atom(0x0F9F, bytes(4)) + characters(SECRET)])

    assert found(data) == [(SECRET, Area.BODY, 1, "slide 1 outline")]


def test_what_a_master_draws_is_seen_and_its_prompts_are_hidden():
    data = ppt(
        slide(),
        masters=[master(drawing(shape(placeholder(TITLE), text="单击"), shape(text=SECRET)))],
    )

    assert found(data) == [
        ("单击", Area.HIDDEN, None, "master 1"),
        (SECRET, Area.TEXTBOX, None, "master 1"),
    ]


def test_links_and_footers_of_the_document_are_read():
    link = box(0x0409, box(0x0FD7, string("显示"), string(f"http://a/{SECRET}", 1)))
    data = ppt(slide(), document=link + headers(0x20, string(SECRET, 2)))

    assert (f"http://a/{SECRET}", Area.HIDDEN, None, "hyperlink") in found(data)
    assert (SECRET, Area.FOOTER, None, "document footer") in found(data)


def test_a_superseded_slide_is_hidden_and_says_nothing_twice():
    older = slide(drawing(shape(text="旧文字"), shape(text="同样")))
    data = ppt(slide(drawing(shape(text="同样"))), loose=older)

    assert found(data) == [
        ("同样", Area.TEXTBOX, 1, "slide 1"),
        ("旧文字", Area.HIDDEN, None, "superseded"),
    ]


def test_an_embedded_object_is_a_file_of_its_own():
    inner = compound({"Package": b"PK\3\4 inside"})
    items = read(ppt(slide(), loose=embedded(inner)))

    assert [item.content for item in items if isinstance(item, Source)] == [b"PK\3\4 inside"]
    assert reasons(items) == []


def test_macros_are_no_embedded_object():
    assert read(ppt(loose=embedded(compound({"VBA/dir": b"x"})))) == []


@pytest.mark.parametrize("size", [1 << 31, 1 << 20])
def test_an_object_that_lies_about_its_size_is_told(size):
    items = read(ppt(slide(drawing(shape(text="a"))), loose=embedded(b"x" * 99, size=size)))

    assert set(reasons(items)) <= {"limit.member-bytes", "ole.stream", "ole.no-streams"}
    assert reasons(items)
    assert "a" in [item.text for item in items if isinstance(item, Part)]


def test_an_object_is_paid_for_before_it_is_inflated():
    budget = Budget(Limits(member_bytes=1 << 16))
    items = read(ppt(slide(), loose=embedded(bytes(1 << 20))), budget)

    assert reasons(items) == ["limit.member-bytes"]


PICTURE = struct.pack("<HHI", 0x6E00, 0xF01E, 17 + 4) + bytes(17) + b"seen"


def test_slides_of_pictures_are_told():
    data = compound({**streams([slide(), slide()]), "Pictures": PICTURE})
    items = read(data)

    assert [str(item) for item in items if isinstance(item, UnreadError)] == [
        "slides.no-text count=2"
    ]


def test_pictures_are_recognised_where_somebody_can():
    def recognise(draw, place, _budget):
        return [Part(draw().decode(), place)]

    data = compound({**streams([slide()]), "Pictures": PICTURE})
    items = read(data, Budget(recognise=recognise))

    assert [p.text for p in items if isinstance(p, Part)] == ["seen"]
    assert reasons(items) == []


def test_pictures_beside_text_are_no_problem():
    data = compound({**streams([slide(drawing(shape(text="a")))]), "Pictures": PICTURE})

    assert reasons(read(data)) == []


def test_the_new_stream_of_a_file_for_two_versions_is_read():
    both = {
        f"PP97_DUALSTORAGE/{n}": d for n, d in streams([slide(drawing(shape(text="a")))]).items()
    }

    assert found(compound({"PP40": b"older", **both})) == [("a", Area.TEXTBOX, 1, "slide 1")]


def test_an_older_version_is_not_supported():
    with pytest.raises(UnreadError) as error:
        read(compound({"PP40": b"older"}))

    assert error.value.reason == "slides.old"


# Damage.


@pytest.mark.parametrize("lost", ["edit", "user", "directory"])
def test_without_its_directory_the_slides_are_found_and_the_damage_told(lost):
    parts = streams([slide(drawing(shape(text=SECRET)))])
    data = parts["PowerPoint Document"]
    if lost == "user":
        del parts["Current User"]
    elif lost == "edit":
        parts["Current User"] = parts["Current User"][:16] + b"\xff" * 4 + bytes(8)
    else:
        parts["PowerPoint Document"] = data.replace(struct.pack("<HH", 0, 0x1772), b"\0\0\0\1")
    items = read(compound(parts))

    assert SECRET in [item.text for item in items if isinstance(item, Part)]
    assert "slides.records" in reasons(items)


def test_a_slide_that_is_not_there_is_told():
    parts = streams([slide(drawing(shape(text="a"))), slide(drawing(shape(text=SECRET)))])
    data = bytearray(parts["PowerPoint Document"])
    at = data.index(SECRET.encode("utf-16-le"))
    second = data.rindex(struct.pack("<H", 0x03EE), 0, at)
    data[second : second + 2] = b"\1\1"
    items = read(compound({**parts, "PowerPoint Document": bytes(data)}))

    assert "pptx.slides-lost pages=2 count=1" in [
        str(i) for i in items if isinstance(i, UnreadError)
    ]


def test_groups_nested_too_deep_are_told_and_their_text_is_read():
    nested = shape(text="这里是机密文件的内容")
    for _ in range(300):
        nested = group(nested)
    items = read(ppt(slide(drawing(nested))))

    assert reasons(items) == ["limit.depth"]
    assert "这里是机密文件的内容" in [p.text for p in items if isinstance(p, Part)]


def test_objects_that_overlap_are_read_only_so_often():
    parts = streams([slide(drawing(shape(text="a")))] * 3)
    data = parts["PowerPoint Document"]
    inner = b"".join(struct.pack("<HHI", 0x0F, 0x03EE, 1 << 30) for _ in range(20_000))
    begin = time.process_time()
    items = read(compound({**parts, "PowerPoint Document": data + inner}))

    assert "slides.records" in reasons(items)
    assert time.process_time() - begin < 5


RICH = streams(
    [slide(content) for content, _, _ in PLACES],
    masters=[master(drawing(shape(text="母版")))],
    pages=[notes(256, drawing(shape(text="备注")))],
    document=headers(0x20, string(SECRET, 2)),
    loose=slide(drawing(shape(text="旧文字"))) + embedded(compound({"Package": b"inside"})),
)


@pytest.mark.parametrize("share", range(1, 21))
def test_a_truncated_presentation_is_never_clean(share):
    whole = compound(RICH)
    reading = read_all(whole[: len(whole) * share // 21], "a.ppt")

    # The last sectors only say in which order the others stand, and may be made up for.
    assert reading.problems or reading.texts == read_all(whole, "a.ppt").texts


@pytest.mark.parametrize("share", range(1, 21))
def test_truncated_records_are_never_clean(share):
    data = RICH["PowerPoint Document"]
    items = read(compound({**RICH, "PowerPoint Document": data[: len(data) * share // 21]}))

    assert reasons(items)


def test_flipped_bytes_raise_nothing_else():
    rng = random.Random(7)
    for _ in range(300):
        data = bytearray(RICH["PowerPoint Document"])
        for _ in range(rng.choice((1, 3, 20))):
            data[rng.randrange(len(data))] = rng.randrange(256)
        try:
            read(compound({**RICH, "PowerPoint Document": bytes(data)}))
        except UnreadError:
            continue


# Encryption.


def test_a_locked_presentation_says_so():
    with pytest.raises(UnreadError) as error:
        read(compound(streams([slide()], token=0xF3D1C4DF)))

    assert error.value.reason == "encrypted-package"


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("file", "password", "text"),
    [
        ("msoffcrypto-tool__rc4cryptoapi_password.ppt", "Password1234_", "Lorem ipsum"),
        ("tika__testPPT_protected_passtika.ppt", "tika", "Encrypted"),
    ],
)
def test_a_password_opens_a_presentation(file, password, text):
    path = folder("corpus", "formats", "ppt") / file
    opened = read_all(path, budget=Budget(passwords=("wrong", password)))

    assert read_all(path).codes == ["encrypted"]
    assert not opened.problems and text in opened.texts


# Cost.


TRAPS = {
    "slides": lambda n: streams([slide(drawing(shape(text="a")))] * n),
    "shapes": lambda n: streams([slide(drawing(*[shape(text="a")] * n))]),
    "edits": lambda n: {
        "PowerPoint Document": b"".join(
            atom(0x0FF5, struct.pack("<7I", 0, 0, 36 * (i - 1) if i else 0, 0, 1, 1, 0))
            for i in range(n)
        ),
        "Current User": bytes(16) + struct.pack("<I", 36 * (n - 1)),
    },
}


@pytest.mark.parametrize("trap", TRAPS)
def test_time_is_linear(trap):
    def seconds(count: int) -> float:
        data = compound(TRAPS[trap](count))
        begin = time.process_time()
        read(data)
        return time.process_time() - begin

    assert seconds(4000) < 20 * seconds(400) + 1.0


# Real files.


@pytest.mark.corpus
def test_every_text_atom_of_the_real_files_is_found():
    """Found without any structure: by the head of the record alone."""
    atoms = 0
    for path in sorted(folder("corpus", "formats", "ppt").glob("*.ppt")):
        reading = read_all(path)
        if reading.format != "ole-ppt" or reading.codes == ["encrypted"]:
            continue
        said = "".join(reading.texts).replace("\n", "")
        for text in _atoms(path.read_bytes()):
            atoms += 1
            assert text in said, path
    assert atoms > 100


def _atoms(data: bytes) -> list[str]:
    texts = []
    for kind, codec in ((b"\0\0\xa0\x0f", "utf-16-le"), (b"\0\0\xa8\x0f", "latin-1")):
        at = data.find(kind)
        while at >= 0:
            size = int.from_bytes(data[at + 4 : at + 8], "little")
            # What lies in one sector is whole.
            if 2 < size < 400 and at // 512 == (at + 8 + size) // 512:
                text = data[at + 8 : at + 8 + size].decode(codec, "replace")
                text = text.replace("\r", "").replace("\x0b", "").strip("\0")
                texts += [text] if text.strip() and text != "*" else []
            at = data.find(kind, at + 1)
    return texts


@pytest.mark.corpus
def test_no_ordinary_file_has_a_problem_of_its_own():
    damaged = {"brokenpersist", "deepnest", "skipBadCompressedObject"}
    for path in sorted(folder("corpus", "formats", "ppt").glob("*.ppt")):
        own = {problem.reason for problem in read_all(path).problems}
        deserved = any(name in path.name for name in damaged)
        assert deserved or not own & {"slides.records", "ole.damaged", "ole.stream"}, path
