"""Facts about 7z archives, kind and hostile."""

from __future__ import annotations

import random

import pytest
from builders_archive import SevenFile, sevenzip, sevenzip_start
from corpora import folder
from readings import cuts, flips, reading

from markscan.errors import UnreadError
from markscan.extract.archive import foreign
from markscan.extract.archive import sevenzip as reader
from markscan.extract.archive.sevenzip_header import HeaderError, read_header
from markscan.extract.extractor import Budget, Limits
from markscan.source import Source

TEXT = "各单位应当按照要求做好工作。\n".encode() * 20
CODE = (b"\x55\x8b\xec\xe8\x10\x20\x00\x00" + bytes(range(200))) * 40
A, B = SevenFile("目录/机密★10年.txt", TEXT), SevenFile("b.bin", CODE)


@pytest.mark.parametrize("method", ["copy", "lzma", "lzma2", "bcj", "delta"])
@pytest.mark.parametrize("packed_header", [False, True])
def test_members_come_with_name_and_content(method, packed_header):
    found = reading(reader, sevenzip([A, B], method=method, packed_header=packed_header))

    assert found.members == {A.name: TEXT, B.name: CODE}
    assert not found.told
    assert found.texts("folder") == ["目录"]


def test_every_block_starts_anew():
    found = reading(reader, sevenzip([A], [B, SevenFile("c", b"c")]))

    assert found.members == {A.name: TEXT, "b.bin": CODE, "c": b"c"}


def test_empty_files_are_members_and_folders_are_names():
    found = reading(reader, sevenzip([A, SevenFile("空.txt", b""), SevenFile("绝密文件", None)]))

    assert found.members == {A.name: TEXT, "空.txt": b""}
    assert "绝密文件" in found.texts("folder")


def test_an_archive_may_be_empty():
    assert not reading(reader, sevenzip_start(b"", b"")).told


def test_a_link_is_named_with_its_target_and_not_followed():
    mode = 0xA1FF << 16 | 0x8000
    found = reading(reader, sevenzip([SevenFile("链接", "../机密.txt".encode(), mode)]))

    assert found.members == {}
    assert found.texts("member") == ["链接"]
    assert found.hidden() == ["../机密.txt"]


@pytest.mark.parametrize("method", ["copy", "lzma2", "bcj"])
def test_a_password_opens_members(method):
    content = sevenzip([A], [B], method=method, password="口令")
    found = reading(reader, content, passwords=("wrong", "口令"))

    assert found.members == {A.name: TEXT, "b.bin": CODE}
    assert not found.told


@pytest.mark.parametrize("passwords", [(), ("wrong",)])
def test_without_the_password_members_are_named(passwords):
    found = reading(reader, sevenzip([A, B], password="口令"), passwords=passwords)

    assert found.reasons == ["archive.encrypted-member"] * 2
    assert found.texts("member") == ["机密★10年.txt", "b.bin"]


def test_an_encrypted_directory_asks_for_its_password():
    content = sevenzip([A], password="口令", hidden_header=True)

    assert reading(reader, content, passwords=("x",)).raised == "archive.encrypted"
    assert reading(reader, content, passwords=("口令",)).members == {A.name: TEXT}


def test_an_unknown_method_is_named():
    (problem,) = reading(reader, sevenzip([A], method="unknown")).problems

    assert (problem.reason, problem.values["method"]) == ("archive.method", "Brotli")


def test_without_the_library_it_is_asked_for(monkeypatch):
    monkeypatch.setattr(foreign, "_library", None)
    found = reading(reader, sevenzip([A], method="ppmd"))

    assert found.reasons == ["archive.library"]


def test_a_refused_member_takes_nothing_from_those_behind_it():
    limits = Limits(member_bytes=1 << 20)
    block = [SevenFile("bomb", bytes(4 << 20)), A]
    found = reading(reader, sevenzip(block), budget=Budget(limits))

    assert found.members == {A.name: TEXT}
    assert found.reasons == ["limit.member-bytes"]
    assert found.texts("member") == ["bomb"]


def test_what_lies_behind_too_much_is_told():
    limits = Limits(member_bytes=1 << 20, unpacked_bytes=2 << 20)
    block = [SevenFile("bomb", bytes(4 << 20)), A]
    found = reading(reader, sevenzip(block), budget=Budget(limits))

    assert found.reasons == ["limit.member-bytes", "archive.behind-refused"]


def test_too_many_entries_end_the_reading():
    content = sevenzip([SevenFile(f"{n}", b"x") for n in range(30)])
    found = reading(reader, content, budget=Budget(Limits(archive_entries=10)))

    assert len(found.members) == 10
    assert found.raised == "limit.entries"


def test_a_damaged_member_is_given_as_far_as_it_goes_and_the_others_are_named():
    noise = random.Random(1).randbytes(300_000)
    block = [SevenFile("a", noise[:100_000]), SevenFile("b", noise[100_000:]), SevenFile("c", b"c")]
    content = bytearray(sevenzip(block, [B], method="lzma"))
    content[200_000:200_100] = bytes(100)
    found = reading(reader, bytes(content))

    assert found.members["a"] == noise[:100_000]
    assert found.members["b.bin"] == CODE
    assert {problem.values["name"] for problem in found.problems} >= {"b", "c"}


def test_a_wrong_checksum_is_told():
    content = sevenzip([A], method="copy").replace(TEXT, TEXT[:-3] + b"!!!", 1)
    found = reading(reader, content)

    assert found.members == {A.name: TEXT[:-3] + b"!!!"}
    assert found.reasons == ["archive.damaged-member"]


def test_a_cut_archive_gives_what_its_first_block_holds():
    content = sevenzip([A, B])
    found = reading(reader, content[: len(content) - 40])

    assert found.raised == "archive.directory"
    assert (found.members["unnamed"] or b"").startswith(TEXT)


def test_the_first_volume_of_a_set_asks_for_the_others():
    content = sevenzip([A, B])
    found = reading(reader, content[: len(content) // 2], "a.7z.001")

    assert found.raised == "archive.volume-missing"


def test_bytes_behind_the_end_are_told():
    assert reading(reader, sevenzip([A]) + b"hidden").reasons == ["archive.junk"]
    assert not reading(reader, sevenzip([A]) + bytes(100)).told


@pytest.mark.parametrize("method", ["copy", "lzma", "lzma2", "bcj"])
def test_every_cut_is_told(method):
    for content in cuts(sevenzip([A, B], method=method)):
        assert reading(reader, content).told


@pytest.mark.parametrize("method", ["copy", "lzma", "bcj"])
def test_changed_bytes_end_in_members_or_a_problem(method):
    whole = {A.name: TEXT, B.name: CODE}
    for content in flips(sevenzip([A, B], method=method), 150):
        found = reading(reader, content)
        same = all(found.members.get(name) == data for name, data in whole.items())
        assert found.told or same


def test_a_changed_header_breaks_no_rule():
    content = sevenzip([A, B, SevenFile("d", None)])
    start = len(content) - int.from_bytes(content[20:28], "little")
    body, header = content[32:start], content[start:]
    for changed in flips(header, 400):
        reading(reader, sevenzip_start(body, changed) + body + changed)


@pytest.mark.parametrize(
    "header",
    [
        b"\x01\x05" + b"\xff" * 9,  # more members than bytes
        b"\x01\x04\x06\x00\xff" + b"\xff" * 8,
        b"\x01\x04\x07\x0b\xfe" + b"\xff" * 8,
        b"\x17",
        b"",
        b"\x02",
    ],
)
def test_counts_that_cannot_be_are_damage(header):
    with pytest.raises(HeaderError):
        read_header(header)


@pytest.mark.corpus
def test_real_archives_are_read_or_told():
    unread = []
    for path in sorted(folder("corpus", "formats", "7z").iterdir()):
        budget = Budget(passwords=("secret", "password"))
        try:
            reasons = [
                i for i in reader.extract(Source(path), budget) if isinstance(i, UnreadError)
            ]
        except UnreadError as error:
            reasons = [error]
        if reasons:
            unread.append(path.name)
    # Damaged ones, passwords unknown, Brotli, LZ4, Zstandard, Deflate64.
    assert len(unread) <= 12, unread
