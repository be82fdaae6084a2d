"""Facts about compound files, their properties and the objects in them."""

import random
import struct
import time
from pathlib import Path

import pytest
from builders_ole import compound

from markscan.document import Area, Part
from markscan.errors import DamagedFile, LimitExceeded, UnreadError, UnsupportedFormat
from markscan.extract.extractor import Budget, Item, Limits
from markscan.extract.ole import stray
from markscan.extract.ole.carve import carve
from markscan.extract.ole.codepages import codec_of, decode
from markscan.extract.ole.compound import Compound
from markscan.extract.ole.drawing import read_shapes
from markscan.extract.ole.objects import read_object
from markscan.extract.ole.properties import DOCUMENT, SUMMARY, read_properties
from markscan.extract.ole.rebuild import rebuild, write
from markscan.source import Source

CLASS = "00020906-0000-0000-C000-000000000046"
STREAMS = {
    "WordDocument": bytes(range(256)) * 40,
    "\x05SummaryInformation": b"small",
    "ObjectPool/_1/Contents": b"x" * 100,
    "ObjectPool/_2/Package": b"y" * 5000,
    "Empty": b"",
}


def source(data: bytes) -> Source:
    return Source(Path("a.doc"), (), data)


def opened(data: bytes, budget: Budget | None = None) -> Compound:
    return Compound(source(data), budget or Budget())


def contents(file: Compound) -> dict[str, bytes | None]:
    return {path: file.read(path) for path in file.streams}


def problems(file: Compound) -> list[str]:
    return [problem.reason for problem in file.drain()]


# The container.


@pytest.mark.parametrize("version", [3, 4])
def test_every_stream_is_found(version):
    with opened(compound(STREAMS, version=version)) as file:
        assert contents(file) == STREAMS
        assert not problems(file)


def test_names_are_found_whatever_their_case():
    with opened(compound(STREAMS)) as file:
        assert file.has("worddocument") and not file.has("Workbook")
        assert file.read("OBJECTPOOL/_1/contents") == b"x" * 100
        assert file.read("nothing") is None


def test_a_storage_is_seen_as_a_file_of_its_own():
    with opened(compound(STREAMS, classids={"": CLASS, "ObjectPool/_1": CLASS})) as file:
        pool = file.under("objectpool")

        assert file.storages() == ["ObjectPool"]
        assert file.storages("ObjectPool") == ["ObjectPool/_1", "ObjectPool/_2"]
        assert pool.streams == ("_1/Contents", "_2/Package")
        assert pool.storages() == ["_1", "_2"]
        assert pool.under("_2").read("package") == b"y" * 5000
        assert file.classid() == file.classid("ObjectPool/_1") == pool.classid("_1") == CLASS
        assert pool.under("_1").classid() == CLASS
        assert file.classid("ObjectPool/_2") == ""


def test_a_table_of_tables_is_followed():
    big = {"Big": bytes(8 << 20), "Last": b"z" * 5000}

    with opened(compound(big)) as file:
        assert contents(file) == big
        assert not problems(file)


def test_a_short_last_sector_is_no_damage():
    data = compound(STREAMS)

    with opened(data[:-200]) as file:  # the links there are all free
        assert contents(file) == STREAMS
        assert not problems(file)


@pytest.mark.parametrize("data", [b"", b"\xd0\xcf\x11\xe0", compound(STREAMS)[:512], bytes(4096)])
def test_what_has_no_streams_is_damage(data):
    with pytest.raises(DamagedFile):
        opened(data)


def test_a_chain_that_turns_back_ends():
    data = bytearray(compound({"A": b"a" * 50_000}))
    table = data.rindex(struct.pack("<3I", 1, 2, 3))
    struct.pack_into("<I", data, table + 40, 3)

    with opened(bytes(data)) as file:
        assert len(file.read("A") or b"") < 50_000
        assert problems(file) == ["ole.stream"]


def test_lost_links_are_guessed():
    data = bytearray(compound({"A": bytes(range(250)) * 200}))
    struct.pack_into("<I", data, 76, 0xFFFFFF)  # where the header says the table is

    with opened(bytes(data)) as file:
        assert file.read("A") == bytes(range(250)) * 200
        assert problems(file)[0] == "ole.damaged"


def test_a_tree_that_turns_back_ends_and_loses_nothing():
    data = bytearray(compound({"A": b"a", "BB": b"b", "CCC": b"c"}))
    first = data.index("Root Entry".encode("utf-16-le"))
    for entry in range(first + 128, first + 4 * 128, 128):
        struct.pack_into("<II", data, entry + 68, 1, 1)

    with opened(bytes(data)) as file:
        assert sorted(file.streams) == ["A", "BB", "CCC"]
        assert problems(file) == ["ole.damaged"]


def test_a_large_stream_is_refused_and_told():
    with opened(compound({"A": b"a" * 9000, "B": b"b"}), Budget(Limits(member_bytes=6000))) as file:
        assert file.read("A") is None
        assert file.read("B") == b"b"
        assert [type(problem) for problem in file.drain()] == [LimitExceeded]


def test_a_size_beyond_the_file_costs_nothing():
    data = bytearray(compound({"A": b"a" * 9000}))
    struct.pack_into("<I", data, data.index(struct.pack("<IQ", 0, 9000)) + 4, 0xFFFFFFF0)

    with opened(bytes(data)) as file:
        assert (file.read("A") or b"").startswith(b"a" * 9000)
        assert problems(file) == ["ole.stream"]


def test_thousands_of_names_in_a_row_are_found_in_linear_time():
    begun = time.process_time()

    with opened(compound({f"n{n}": b"" for n in range(20_000)})) as file:
        assert len(file.streams) == 20_000
    assert time.process_time() - begun < 5


def test_more_names_than_entries_are_allowed_are_told():
    data = compound({f"n{n}": b"" for n in range(100)})

    with opened(data, Budget(Limits(archive_entries=50))) as file:
        assert 0 < len(file.streams) < 100
        assert "limit.entries" in problems(file)


def test_storages_are_followed_only_so_deep():
    with opened(compound({"a/" * 60 + "b": b"x", "c": b"y"})) as file:
        assert file.streams == ("c",)
        assert "limit.depth" in problems(file)


def test_cut_and_flipped_files_raise_nothing_else_and_say_what_is_lost():
    data = compound({**STREAMS, "Big": bytes(range(256)) * 100})
    full = contents(opened(data))
    for n in range(20):
        try:
            with opened(data[: len(data) * n // 20]) as file:
                assert contents(file) == full or problems(file)
        except DamagedFile:
            pass
    for seed in range(300):
        chance = random.Random(seed)
        broken = bytearray(data)
        for _ in range(chance.choice((1, 5, 50))):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        try:
            with opened(bytes(broken)) as file:
                contents(file)
        except DamagedFile:
            pass


def test_what_is_written_is_read_again():
    data = write({**STREAMS, "Big": bytes(8 << 20)}, CLASS)

    with opened(data) as file:
        assert contents(file) == {**STREAMS, "Big": bytes(8 << 20)}
        assert file.classid() == CLASS
        again = rebuild(file.under("ObjectPool"), {"_1/contents": b"new"})
    with opened(again) as file:
        assert contents(file) == {"_1/Contents": b"new", "_2/Package": b"y" * 5000}
        assert not problems(file)


# Properties.


def value(kind: int, data: bytes) -> bytes:
    return struct.pack("<I", kind) + data


def lpstr(data: bytes) -> bytes:
    return value(0x1E, struct.pack("<I", len(data)) + data)


def lpwstr(text: str) -> bytes:
    return value(0x1F, struct.pack("<I", len(text)) + text.encode("utf-16-le"))


def property_set(page: int, properties: dict[int, bytes]) -> bytes:
    whole = {1: value(2, struct.pack("<Hxx", page)), **properties}
    places, body = b"", b""
    for number, data in whole.items():
        places += struct.pack("<II", number, 8 + 8 * len(whole) + len(body))
        body += data + bytes(-len(data) % 4)
    return struct.pack("<II", 8 + len(places) + len(body), len(whole)) + places + body


def property_stream(*sets: bytes) -> bytes:
    kinds = [bytes(16), bytes.fromhex("05d5cdd59c2e1b10939708002b2cf9ae")]
    data = struct.pack("<HHI16sI", 0xFFFE, 0, 0, bytes(16), len(sets))
    at = 28 + 20 * len(sets)
    for kind, one in zip(kinds, sets, strict=False):
        data += kind + struct.pack("<I", at)
        at += len(one)
    return data + b"".join(sets)


def told(streams: dict[str, bytes]) -> list[tuple[str, str]]:
    with opened(compound(streams)) as file:
        return [
            (item.place.label, item.text)
            for item in read_properties(file)
            if isinstance(item, Part) and item.place.area is Area.PROPERTY
        ]


@pytest.mark.parametrize(
    ("page", "text"),
    [
        (936, "机密文件"),
        (54936, "机密文件"),
        (20936, "机密文件"),
        (10008, "机密文件"),
        (950, "機密文件"),
        (932, "機密テスト"),
        (949, "기밀문서"),
        (1251, "секретно"),
        (65001, "机密★10年"),
        (1200, "机密★10年"),
    ],
)
def test_a_property_is_read_in_its_code_page(page, text):
    data = text.encode(codec_of(page)) + (b"\0\0" if page == 1200 else b"\0")

    assert told({SUMMARY: property_stream(property_set(page, {2: lpstr(data)}))}) == [
        ("title", text)
    ]


def test_chinese_under_a_western_code_page_is_still_chinese():
    assert decode("关于召开会议的通知".encode("gb18030"), 1252) == "关于召开会议的通知"
    assert decode("关于召开会议的通知".encode(), 936) == "关于召开会议的通知"
    assert decode("Café crème à la carte".encode("cp1252"), 1252) == "Café crème à la carte"
    assert decode(b"abc", 99999) == "abc"


def test_properties_of_an_author_are_read_and_those_of_a_program_are_not():
    first = property_set(936, {3: lpwstr("主题"), 14: value(3, b"\1\0\0\0")})
    vector = struct.pack("<I", 2) + lpwstr("一页")[4:] + lpwstr("二页")[4:]
    second = property_set(936, {15: lpstr(b"ACME\0"), 13: value(0x101F, vector)})

    assert told({SUMMARY: property_stream(first), DOCUMENT: property_stream(second)}) == [
        ("subject", "主题"),
        ("Company", "ACME"),
        ("TitlesOfParts", "一页\n二页"),
    ]


@pytest.mark.parametrize("page", [936, 1200])
def test_properties_that_a_user_names_are_read(page):
    if page == 1200:
        names = struct.pack("<III", 2, 2, 3) + "密级\0".encode("utf-16-le") + b"\0\0"
        names += struct.pack("<II", 3, 3) + "年限\0".encode("utf-16-le") + b"\0\0"
    else:
        raw = ["密级\0".encode("gbk"), "年限\0".encode("gbk")]
        names = struct.pack("<III", 2, 2, 5) + raw[0] + struct.pack("<II", 3, 5) + raw[1]
    user = property_set(page, {0: names, 2: lpwstr("机密"), 3: value(3, struct.pack("<i", 10))})

    assert told({DOCUMENT: property_stream(property_set(936, {}), user)}) == [
        ("密级", "机密"),
        ("年限", "10"),
    ]


@pytest.mark.parametrize(
    "data",
    [
        b"short",
        property_stream(property_set(936, {2: lpstr(b"x")[:4] + b"\xff\xff\xff\x7f"})),
        property_stream(property_set(936, {}))[:60] + b"\xff" * 40,
    ],
)
def test_damaged_properties_are_told(data):
    with opened(compound({SUMMARY: data})) as file:
        found = list(read_properties(file))

    assert not [item for item in found if isinstance(item, Part)]
    assert len(found) <= 1


def test_values_that_share_their_bytes_are_read_only_so_often():
    big = lpstr(b"a" * 50_000)
    places = struct.pack("<II", 1, 8 + 8 * 5000) + b"".join(
        struct.pack("<II", n, 16 + 8 * 5000) for n in range(2, 5001)
    )
    data = struct.pack("<II", 0, 5000) + places + value(2, b"\xa8\x03\0\0") + big
    begun = time.process_time()

    with opened(compound({SUMMARY: property_stream(data)})) as file:
        found = list(read_properties(file))

    assert time.process_time() - begun < 2
    assert any(isinstance(item, DamagedFile) for item in found)


# Objects.


def objects(streams: dict[str, bytes], classid: str = "") -> list[Item]:
    inside = {f"_1/{path}": data for path, data in streams.items()}
    with opened(compound(inside, classids={"_1": classid})) as file:
        return list(read_object(file.under("_1"), source(b""), "_1"))


def native(label: bytes, content: bytes, wide: str = "") -> bytes:
    data = struct.pack("<H", 2) + label + b"\0" + b"C:\\" + label + b"\0"
    data += struct.pack("<HHI", 0, 3, 4) + b"tmp\0" + struct.pack("<I", len(content)) + content
    for text in ("tmp", wide) if wide else ():
        data += struct.pack("<I", len(text)) + text.encode("utf-16-le")
    return struct.pack("<I", len(data)) + data


def test_a_packaged_file_bears_its_own_name():
    found = objects({"\x01Ole10Native": native("机密.txt".encode("gbk"), b"text")})

    assert [(p.text, p.place.area) for p in found if isinstance(p, Part)] == [
        ("机密.txt", Area.HIDDEN)
    ]
    assert [(s.name, s.content) for s in found if isinstance(s, Source)] == [("机密.txt", b"text")]


def test_a_name_in_utf_16_wins():
    found = objects({"\x01Ole10Native": native(b"??.txt", b"text", "机密.txt")})

    assert [item.name for item in found if isinstance(item, Source)] == ["机密.txt"]


@pytest.mark.parametrize(
    ("streams", "names"),
    [
        ({"Package": b"PK\3\4"}, ["_1/Package"]),
        ({"CONTENTS": b"%PDF-1.4"}, ["_1/CONTENTS"]),
        ({"Workbook": b"\x09\x08"}, ["_1"]),
        ({"\x01Ole10Native": b"\x04\0\0\0BM__"}, ["_1/native"]),
        ({"\x01CompObj": b"x", "\x03ObjInfo": b"x", "\x02OlePres000": b"x"}, []),
        ({"Equation Native": b"x"}, []),
    ],
)
def test_what_an_object_holds_becomes_a_file(streams, names):
    found = objects(streams)

    assert ["!".join(item.members) for item in found if isinstance(item, Source)] == names


def test_a_formula_holds_no_text():
    assert not objects({"\x01Ole10Native": b"\x04\0\0\0xxxx"}, "00021700-" + "0" * 4 + CLASS[13:])


def test_a_control_shows_its_words():
    words = b"\0\2" + "保密审查意见".encode("utf-16-le")
    found = objects({"\x03OCXNAME": b"", "contents": words})

    assert [(item.text, item.place.area) for item in found if isinstance(item, Part)] == [
        ("保密审查意见", Area.TEXTBOX)
    ]


def test_a_linked_file_gives_its_address():
    link = bytes((1, 0, 0, 2, 1)) + bytes(20) + b"C:\\share\\secret.doc\0"
    found = objects({"\x01Ole": link})

    assert [item.place.area for item in found if isinstance(item, Part)] == [Area.HIDDEN]


# Shapes, carving and what nobody knows.


def test_shapes_in_garbage_raise_nothing():
    for seed in range(50):
        list(read_shapes(random.Random(seed).randbytes(4000)))


def test_text_is_carved_in_every_encoding():
    data = b"\1\2" + "机密文件内容".encode("utf-16-le") + bytes(8)
    data += "关于召开会议的通知".encode("gbk") + bytes(8) + b"plain ASCII text" + bytes(3)

    assert list(carve(data)) == ["机密文件内容", "关于召开会议的通知", "plain ASCII text"]


def test_noise_is_no_text():
    noise = random.Random(1).randbytes(200_000)

    assert sum(len(text) for text in carve(noise)) < 400


def test_a_file_without_directory_gives_what_can_be_carved():
    broken = compound({"WordDocument": "机密文件的正文在这里".encode("utf-16-le") * 300})
    broken = broken[: len(broken) // 2]

    found = list(stray.extract(source(broken), Budget()))

    assert any(isinstance(item, Part) and "机密文件的正文在这里" in item.text for item in found)
    assert [item.reason for item in found if isinstance(item, UnreadError)] == ["ole.carved"]


def test_an_unknown_file_is_unsupported_but_for_its_properties():
    data = compound({"Thing": b"x", SUMMARY: property_stream(property_set(936, {2: lpwstr("题")}))})
    found: list[Item] = []

    with pytest.raises(UnsupportedFormat):
        found.extend(stray.extract(source(data), Budget()))
