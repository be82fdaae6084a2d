"""Facts about RAR archives of both kinds, kind and hostile."""

from __future__ import annotations

import time
import zlib

import pytest
from builders_archive import block4, block5, cbc, file4, file5, rar4, rar5, vint
from corpora import folder
from readings import cuts, flips, reading

from markscan.errors import UnreadError
from markscan.extract.archive import foreign, rar
from markscan.extract.archive.rar4 import _name
from markscan.extract.extractor import Budget, Limits
from markscan.source import Source

TEXT = "各单位应当按照要求做好工作。\n".encode() * 20
NAME = "目录/机密★10年.txt"
_CUT = "archive.cut-member"
_PACKED = 3 << 7  # RAR 5: a method that compresses


def four(*members: tuple[str, bytes]) -> bytes:
    return rar4(*(file4(name.encode("gb18030"), content) for name, content in members))


def five(*members: tuple[str, bytes]) -> bytes:
    return rar5(*(file5(name, content) for name, content in members))


@pytest.mark.parametrize("build", [four, five])
def test_stored_members_come_without_any_library(build, monkeypatch):
    monkeypatch.setattr(foreign, "_library", None)
    found = reading(rar, build((NAME, TEXT), ("b", b""), ("c.txt", b"c")))

    assert found.members == {NAME: TEXT, "b": b"", "c.txt": b"c"}
    assert not found.told
    assert found.texts("folder") == ["目录"]


@pytest.mark.parametrize(
    ("raw", "flags", "name"),
    [
        ("机密.txt".encode("gb18030"), 0, "机密.txt"),
        ("机密.txt".encode(), 0x200, "机密.txt"),
        (b"a??.txt\0\x00\x68a\x3a\x67\xc6\x5b.\x00txt", 0x200, "a机密.txt"),
        (b"ab\0\x00\xff", 0x200, "ab"),
    ],
)
def test_names_of_rar_4_are_decoded(raw, flags, name):
    assert _name(raw, flags) == name


def test_comments_and_folders_and_links_are_told():
    remark = file5("CMT", "绝密★启用前".encode() + b"\0", kind=3)
    content = rar5(
        remark, file5("机密文件", b"", folder=True), file5("链接", b"", link="../秘密.txt")
    )
    found = reading(rar, content)

    assert found.texts("comment") == ["绝密★启用前"]
    assert found.texts("folder") == ["机密文件"]
    assert found.texts("member") == ["链接"]
    assert found.hidden() == ["../秘密.txt"]
    assert found.members == {}


def test_the_same_in_rar_4():
    remark = file4(b"CMT", "绝密★启用前".encode("gb18030"), kind=0x7A)
    link = file4("链接".encode("gb18030"), b"../a", attributes=0xA1FF, system=3)
    found = reading(rar, rar4(remark, file4(b"d", b"", flags=0xE0), link))

    assert found.texts("comment") == ["绝密★启用前"]
    assert found.texts("folder") == ["d"]
    assert found.hidden() == ["../a"]
    assert found.members == {}


def test_a_comment_inside_the_header_is_read_or_told():
    remark = b"\x00\x00\x75" + b"\x00\x00" + bytes([13 + 6, 0]) + b"\x06\x00\x0f\x30\x00\x00"
    main = b"\x00" * 6
    body = main + remark + "机密!!".encode("gb18030")
    block = block4(0x73, 0x02, body)
    head = block[2:13]
    content = b"Rar!\x1a\x07\x00" + (zlib.crc32(head) & 0xFFFF).to_bytes(2, "little") + block[2:]
    found = reading(rar, content + file4(b"a", b"a") + block4(0x7B, 0x4000, b""))

    assert found.texts("comment") == ["机密!!"]
    assert found.members == {"a": b"a"}


@pytest.mark.parametrize(
    "content",
    [
        rar5(file5(NAME, TEXT, password="口令"), file5("b", b"b")),
        rar4(file4(NAME.encode("gb18030"), TEXT, password="口令"), file4(b"b", b"b")),
    ],
)
def test_passwords_open_members(content):
    shut = reading(rar, content)
    wrong = reading(rar, content, passwords=("x",))
    right = reading(rar, content, passwords=("x", "口令"))

    assert shut.reasons == wrong.reasons == ["archive.encrypted-member"]
    assert shut.texts("member") == ["机密★10年.txt"]
    assert shut.members == {"b": b"b"}
    assert right.members == {NAME: TEXT, "b": b"b"}
    assert not right.told


def test_encrypted_headers_are_told():
    crypt = block5(4, 0, vint(0) + vint(0) + bytes([4]) + bytes(16))
    content = b"Rar!\x1a\x07\x01\x00" + crypt + bytes(16) + cbc(bytes(64), bytes(32))

    assert reading(rar, content).raised == "archive.encrypted"
    assert reading(rar, content, passwords=("x",)).raised == "archive.encrypted"
    assert reading(rar, rar4(flags=0x80) + bytes(64)).raised == "archive.encrypted"


def test_without_the_library_what_is_compressed_is_named(monkeypatch):
    monkeypatch.setattr(foreign, "_library", None)
    five, four = file5(NAME, TEXT, info=_PACKED), file4(b"a.txt", TEXT, method=0x33)
    for content in (rar5(five), rar4(four)):
        (problem,) = reading(rar, content).problems
        assert (problem.reason, problem.values["library"]) == ("archive.library", "libarchive")


@pytest.mark.skipif(not foreign.installed(), reason="libarchive is not installed")
def test_broken_compressed_data_is_damage_of_its_member_only():
    content = rar5(file5("a", TEXT, info=_PACKED), file5("b", b"b"), file5("c", TEXT, info=_PACKED))
    found = reading(rar, content)

    assert found.members["b"] == b"b"
    assert [problem.values["name"] for problem in found.problems] == ["a", "c"]


@pytest.mark.parametrize(
    ("content", "members", "reasons"),
    [
        (rar5(file5("a", TEXT, flags=0x10), volume=1, more=True), {"a"}, [_CUT]),
        (rar5(file5("a", TEXT, flags=0x08), file5("b", b"b"), volume=3), {"a", "b"}, [_CUT]),
        (rar5(file5("a", TEXT, flags=0x08, info=_PACKED), volume=3), set(), [_CUT]),
        (rar4(file4(b"a", TEXT, flags=0x02), flags=0x101, more=True), {"a"}, [_CUT]),
        (rar5(file5("a", TEXT), volume=1), {"a"}, []),
    ],
)  # fmt: skip
def test_a_volume_asks_for_the_others(content, members, reasons):
    found = reading(rar, content)

    assert set(found.members) == members
    assert found.reasons == [*reasons, "archive.volume-missing"]


def test_a_bomb_is_refused_and_the_file_beside_it_read():
    bomb = file5("bomb", bytes(1000), info=_PACKED, size=200 << 20)
    found = reading(rar, rar5(bomb, file5("a", b"a")))

    assert found.members == {"a": b"a"}
    assert found.reasons == ["limit.ratio"]


def test_too_many_entries_end_the_reading():
    content = five(*((f"{n}", b"x") for n in range(30)))
    found = reading(rar, content, budget=Budget(Limits(archive_entries=10)))

    assert len(found.members) == 10
    assert found.raised == "limit.entries"


def test_an_old_version_is_named():
    found = reading(rar, rar4(file4(b"a", TEXT, method=0x33, version=20)))

    if foreign.installed():
        assert found.problems[0].values["method"] == "RAR 2.0"


@pytest.mark.parametrize("build", [four, five])
def test_the_search_goes_on_behind_a_broken_header(build):
    content = bytearray(build(("a", TEXT), ("b", TEXT), ("c", b"c")))
    second = content.index(TEXT) + len(TEXT)
    content[second + 8] ^= 0xFF
    found = reading(rar, bytes(content))

    assert found.members == {"a": TEXT, "c": b"c"}
    assert found.reasons == ["archive.truncated"]


@pytest.mark.parametrize("build", [four, five])
def test_a_wrong_checksum_is_told(build):
    found = reading(rar, build(("a", TEXT)).replace(TEXT, TEXT[:-3] + b"!!!"))

    assert found.members == {"a": TEXT[:-3] + b"!!!"}
    assert found.reasons == ["archive.damaged-member"]


@pytest.mark.parametrize("build", [four, five])
def test_bytes_behind_the_end_are_told(build):
    assert reading(rar, build(("a", b"a")) + b"hidden").reasons == ["archive.junk"]


@pytest.mark.parametrize("build", [four, five])
def test_every_cut_is_told(build):
    content = build((NAME, TEXT), ("b", TEXT))
    for cut in cuts(content):
        found = reading(rar, cut)
        assert found.told or found.members == {NAME: TEXT, "b": TEXT}


@pytest.mark.parametrize("build", [four, five])
def test_changed_bytes_end_in_members_or_a_problem(build):
    content = build((NAME, TEXT), ("b", TEXT), ("c", b"c"))
    for changed in flips(content, 300):
        found = reading(rar, changed, passwords=("x",))
        assert found.told or list(found.members.values()) == [TEXT, TEXT, b"c"]


def test_the_search_for_headers_stays_linear():
    started = time.perf_counter()
    noise = bytes(range(256)) * (16 << 10)
    reading(rar, b"Rar!\x1a\x07\x01\x00" + noise)
    reading(rar, b"Rar!\x1a\x07\x00" + noise)
    assert time.perf_counter() - started < 5


@pytest.mark.corpus
def test_real_archives_are_read_or_told():
    unread = {}
    for path in sorted(folder("corpus", "formats", "rar").iterdir()):
        try:
            items = list(rar.extract(Source(path), Budget(passwords=("password",))))
            reasons = [item.reason for item in items if isinstance(item, UnreadError)]
        except UnreadError as error:
            reasons = [error.reason]
        if reasons:
            unread[path.name] = reasons
    whole = {name for name, reasons in unread.items() if "archive.volume-missing" not in reasons}
    # RAR 1.5 and 2, solid RAR 3, one password unknown.
    assert len(whole) <= 11, unread
