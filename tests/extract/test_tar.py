"""Facts about tar archives, kind and hostile."""

from __future__ import annotations

import io
import tarfile
import time

import pytest
from corpora import folder
from readings import cuts, flips, reading

from markscan.extract.archive import tar
from markscan.extract.extractor import Budget, Limits
from markscan.source import Source

TEXT = "各单位应当按照要求做好工作。\n".encode() * 20
NAME = "目录/机密★10年.txt"
FORMATS = [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT]


def tarred(
    *members: tuple[str, bytes], format: int = tarfile.GNU_FORMAT, encoding: str = "utf-8"
) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=format, encoding=encoding) as file:
        for name, content in members:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            file.addfile(info, io.BytesIO(content))
    return out.getvalue()


def special(name: str, kind: bytes, target: str = "") -> bytes:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info.tobuf(tarfile.GNU_FORMAT)


def raw(name: str, content: bytes, kind: bytes = b"0", **fields: int) -> bytes:
    """A member without the end mark of an archive."""
    info = tarfile.TarInfo(name)
    info.type, info.size = kind, fields.get("size", len(content))
    return info.tobuf(tarfile.GNU_FORMAT) + content + bytes(-len(content) % 512)


END = bytes(1024)


@pytest.mark.parametrize("format", FORMATS)
def test_members_come_with_name_and_content(format):
    long = "长" * 30 + "/" + "名" * 20
    found = reading(tar, tarred((NAME, TEXT), ("b", b""), (long, b"c"), format=format))

    assert found.members == {NAME: TEXT, "b": b"", long: b"c"}
    assert not found.told
    assert found.texts("folder") == ["目录", "长" * 30]


@pytest.mark.parametrize("encoding", ["gb18030", "big5"])
def test_names_in_old_encodings_are_decoded(encoding):
    name = "會議記錄與機密文件的辦法/國家.txt" if encoding == "big5" else NAME
    found = reading(tar, tarred((name, TEXT), encoding=encoding))

    assert found.members == {name: TEXT}


def test_folders_links_and_devices_are_named_and_not_followed():
    content = special("绝密文件", tarfile.DIRTYPE) + special("软", tarfile.SYMTYPE, "../机密.txt")
    content += special("硬", tarfile.LNKTYPE, "/etc/passwd") + special("管", tarfile.FIFOTYPE)
    found = reading(tar, content + special("卷★", b"V") + END)

    assert found.members == {}
    assert found.texts("folder") == ["绝密文件"]
    assert found.texts("member") == ["软", "硬", "管"]
    assert found.hidden() == ["../机密.txt", "/etc/passwd"]
    assert found.texts("volume label") == ["卷★"]
    assert not found.told


def test_a_pax_comment_is_read():
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as file:
        info = tarfile.TarInfo("a")
        info.pax_headers = {"comment": "机密★10年"}
        file.addfile(info)

    assert reading(tar, out.getvalue()).texts("a comment") == ["机密★10年"]


def sparse_old() -> bytes:
    block = bytearray(special("疏.txt", b"S"))
    block[124:136] = b"00000000012\0"
    for at, (offset, size) in zip((386, 410), ((1000, 4), (5000, 6)), strict=True):
        block[at : at + 24] = b"%011o\0%011o\0" % (offset, size)
    block[483:495] = b"%011o\0" % 6000
    block[148:156] = b" " * 8
    block[148:155] = b"%06o\0" % sum(block)
    return bytes(block) + b"headbehind".ljust(512, b"\0") + END


def sparse_pax(records: dict[str, str], head: bytes = b"") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as file:
        info = tarfile.TarInfo("GNUSparseFile.1/疏.txt")
        data = (head.ljust(512, b"\0") if head else b"") + b"headbehind"
        info.size = len(data)
        info.pax_headers = {f"GNU.sparse.{key}": value for key, value in records.items()}
        file.addfile(info, io.BytesIO(data))
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        sparse_old(),
        sparse_pax({"size": "6000", "map": "1000,4,5000,6", "name": "疏.txt"}),
        sparse_pax(
            {"major": "1", "minor": "0", "realsize": "6000", "name": "疏.txt"},
            b"2\n1000\n4\n5000\n6\n",
        ),
    ],
)
def test_the_holes_of_a_sparse_file_are_filled(content):
    found = reading(tar, content)

    assert found.members == {"疏.txt": bytes(1000) + b"head" + bytes(3996) + b"behind" + bytes(994)}
    assert not found.told


@pytest.mark.parametrize("map", ["9,x", "5000,4,1000,6", "1000,400", "0,-1", ""])
def test_a_map_that_cannot_be_is_told(map):
    found = reading(tar, sparse_pax({"size": "6000", "map": map}))

    assert found.reasons == ["archive.method"]


def test_a_hole_too_large_is_refused():
    found = reading(tar, sparse_pax({"size": str(1 << 40), "map": "0,4,5000,6"}))

    assert found.reasons == ["limit.member-bytes"]


def test_the_search_goes_on_behind_a_broken_header():
    content = (
        raw("a", TEXT) + bytearray(raw("b", TEXT)).replace(b"ustar", b"?????") + raw("c", b"c")
    )
    found = reading(tar, content + END)

    assert found.members == {"a": TEXT, "c": b"c"}
    assert found.reasons == ["archive.truncated"]


def test_archives_behind_one_another_are_read():
    assert set(reading(tar, tarred(("a", b"a")) + tarred(("b", b"b"))).members) == {"a", "b"}


def test_bytes_behind_the_end_and_a_missing_end_are_told():
    assert reading(tar, raw("a", b"a") + END + b"hidden text").reasons == ["archive.junk"]
    assert reading(tar, raw("a", b"a")).reasons == ["archive.truncated"]


def test_a_member_continued_from_another_volume_is_told():
    found = reading(tar, raw("机密.txt", TEXT, b"M") + END)

    assert found.reasons == ["archive.volume-missing"]
    assert found.texts("member") == ["机密.txt"]


def test_a_size_beyond_the_end_gives_what_is_there():
    found = reading(tar, raw("a", TEXT, size=len(TEXT) + 5000))

    assert found.members == {"a": TEXT + bytes(-len(TEXT) % 512)}
    assert found.reasons == ["archive.damaged-member", "archive.truncated"]


def test_too_many_entries_end_the_reading():
    content = tarred(*((f"{n}", b"x") for n in range(30)))
    found = reading(tar, content, budget=Budget(Limits(archive_entries=10)))

    assert len(found.members) == 10
    assert found.raised == "limit.entries"


def test_what_is_no_archive_raises():
    assert reading(tar, b"no tar at all".ljust(5000, b"?")).raised == "archive.no-members"


@pytest.mark.parametrize("format", FORMATS)
def test_every_cut_is_told(format):
    content = tarred((NAME, TEXT), ("b", TEXT), format=format).rstrip(b"\0")
    for cut in cuts(content):
        assert reading(tar, cut).told


@pytest.mark.parametrize("format", FORMATS)
def test_changed_bytes_break_no_rule(format):
    for changed in flips(tarred((NAME, TEXT), ("b", TEXT), format=format), 200):
        reading(tar, changed)
    for changed in flips(sparse_old(), 200):
        reading(tar, changed)


def test_holes_and_damage_stay_linear():
    started = time.perf_counter()
    reading(tar, raw("a", b"a") + (b"x" * 512 + bytes(512)) * 20_000)
    assert time.perf_counter() - started < 5


@pytest.mark.corpus
def test_a_real_archive_is_read():
    from markscan.extract.archive import streams

    for path in sorted(folder("corpus", "formats", "tgz").iterdir()):
        (packed,) = (i for i in streams.extract(Source(path), Budget()) if isinstance(i, Source))
        found = reading(tar, packed.content or b"")
        assert len(found.members) == 9
        assert not found.told
