"""Facts about files packed by themselves: gzip, bzip2, xz, lzma, zstd, lz4."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random

import pytest
from readings import cuts, flips, reading

from markscan.extract.archive import foreign, streams
from markscan.extract.extractor import Budget, Limits

TEXT = "各单位应当按照要求做好工作。\n".encode() * 2000
PACKERS = {
    "gz": lambda data: gzip.compress(data),
    "bz2": lambda data: bz2.compress(data),
    "xz": lambda data: lzma.compress(data),
    "lzma": lambda data: lzma.compress(data, lzma.FORMAT_ALONE),
}
WHOLE = [name for name in PACKERS if name != "lzma"]


@pytest.mark.parametrize("kind", PACKERS)
def test_the_member_bears_the_name_without_the_suffix(kind):
    found = reading(streams, PACKERS[kind](TEXT), f"通知.txt.{kind}")

    assert found.members == {"通知.txt": TEXT}
    assert not found.told


@pytest.mark.parametrize(
    ("name", "bare"),
    [("a.tgz", "a.tar"), ("a.TXZ", "a.tar"), ("a.tar.gz", "a.tar"), ("a.bin", "a.bin")],
)
def test_packed_archives_are_named_as_archives(name, bare):
    assert set(reading(streams, gzip.compress(b"a"), name).members) == {bare}


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_the_header_of_gzip_names_the_file(encoding):
    name, remark = "机密★10年.txt".encode(encoding), "绝密".encode(encoding)
    head = b"\x1f\x8b\x08\x1c" + bytes(6) + b"\x03\x00abc" + name + b"\0" + remark + b"\0"
    found = reading(streams, head + gzip.compress(TEXT, mtime=0)[10:], "a.gz")

    assert found.members == {"机密★10年.txt": TEXT}
    assert found.texts("comment") == ["绝密"]


@pytest.mark.parametrize("kind", WHOLE)
def test_streams_behind_one_another_are_one_file(kind):
    pack = PACKERS[kind]
    found = reading(streams, pack(TEXT) + pack(b"") + pack(TEXT) + bytes(512), "a")

    assert list(found.members.values()) == [TEXT * 2]
    assert not found.told


@pytest.mark.parametrize("kind", WHOLE)
def test_bytes_behind_the_end_are_told(kind):
    found = reading(streams, PACKERS[kind](TEXT) + b"hidden", "a")

    assert list(found.members.values()) == [TEXT]
    assert found.reasons == ["archive.junk"]


@pytest.mark.parametrize("kind", PACKERS)
def test_every_cut_is_told_and_what_stands_before_it_read(kind):
    noise = random.Random(1).randbytes(50_000)
    content = PACKERS[kind](noise)
    for cut in cuts(content):
        found = reading(streams, cut, "a")
        assert found.told
        for data in found.members.values():
            assert noise.startswith(data or b"")
    assert kind == "bz2" or found.members


def test_of_damaged_gzip_nothing_before_the_damage_is_lost():
    noise = random.Random(1).randbytes(100_000)
    content = bytearray(gzip.compress(noise, 1))
    content[60_000:60_400] = b"\xff" * 400
    (data,) = reading(streams, bytes(content), "a").members.values()

    assert (data or b"")[:59_000] == noise[:59_000]


def test_a_wrong_checksum_is_told_and_the_text_read():
    content = gzip.compress(TEXT)
    found = reading(streams, content[:-6] + bytes(6), "a")

    assert list(found.members.values()) == [TEXT]
    assert found.reasons == ["archive.damaged-stream"]


@pytest.mark.parametrize("kind", WHOLE)
def test_a_bomb_is_refused(kind):
    found = reading(streams, PACKERS[kind](bytes(4 << 20)), "a")

    assert found.members == {}
    assert found.reasons == ["limit.ratio"]


def test_what_is_too_long_is_refused():
    noise = random.Random(1).randbytes(3 << 20)
    budget = Budget(Limits(member_bytes=2 << 20))

    assert reading(streams, gzip.compress(noise, 1), "a", budget).reasons == ["limit.member-bytes"]


@pytest.mark.parametrize("kind", PACKERS)
def test_changed_bytes_end_in_a_file_or_a_problem(kind):
    for changed in flips(PACKERS[kind](TEXT), 200):
        found = reading(streams, changed, "a")
        assert found.told or kind in ("gz", "lzma") or list(found.members.values()) == [TEXT]


@pytest.mark.parametrize("magic", [b"\x28\xb5\x2f\xfd", b"\x04\x22\x4d\x18"])
def test_without_the_library_it_is_asked_for(magic, monkeypatch):
    monkeypatch.setattr(foreign, "_library", None)

    assert reading(streams, magic + bytes(20), "a.zst").raised == "archive.library"


@pytest.mark.skipif(not foreign.installed(), reason="libarchive is not installed")
def test_zstd_is_read_where_the_library_is():
    # One frame, one raw block: magic, no content size, window 1 KB, last block, size 5.
    frame = b"\x28\xb5\x2f\xfd\x00\x00" + (1 | 5 << 3).to_bytes(3, "little") + b"hello"
    found = reading(streams, frame, "a.txt.zst")

    assert found.members == {"a.txt": b"hello"}
    assert reading(streams, frame[:-2], "a.zst").told


def test_a_dictionary_too_large_is_refused():
    out = io.BytesIO()
    out.write(b"\x5d" + (1 << 30).to_bytes(4, "little") + b"\xff" * 8 + bytes(20))

    assert reading(streams, out.getvalue(), "a.lzma").reasons
