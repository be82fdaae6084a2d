"""Facts about zip archives, kind and hostile."""

from __future__ import annotations

import io
import struct
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from builders_archive import (
    SevenFile,
    cabinet,
    file4,
    file5,
    pkzip_member,
    rar4,
    rar5,
    winzip_member,
)
from builders_archive import (
    sevenzip as sevenzip_of,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from readings import cuts, flips, reading

from markscan.document import Area
from markscan.errors import DamagedFile, LimitExceeded, UnreadError
from markscan.extract.archive import (
    cabinets,
    foreign,
    program,
    rar,
    sevenzip,
    streams,
    tar,
    zip_crypto,
    zipped,
)
from markscan.extract.archive.names import Names, decode_name, legacy_encoding, tidy_name
from markscan.extract.archive.zip_salvage import salvage
from markscan.extract.extractor import Budget, Item, Limits
from markscan.sniff import sniff
from markscan.source import Source

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
TEXT = "各单位应当按照要求做好工作。\n".encode() * 20


def zipped_up(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, content in members:
            file.writestr(name, content)
    return out.getvalue()


def read(content: bytes, budget: Budget | None = None) -> list[Item]:
    return list(zipped.extract(Source(Path("a.zip"), (), content), budget or Budget()))


def members(items: list[Item]) -> dict[str, bytes | None]:
    return {item.members[-1]: item.content for item in items if isinstance(item, Source)}


def reasons(items: list[Item]) -> list[str]:
    return [item.reason for item in items if isinstance(item, UnreadError)]


METHODS = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]


@pytest.mark.parametrize("method", METHODS)
def test_members_come_with_name_and_content(method: int) -> None:
    items = read(zipped_up(("目录/一.txt", TEXT), ("目录/", b""), ("b.txt", b""), method=method))
    assert members(items) == {"目录/一.txt": TEXT, "b.txt": b""}
    assert reasons(items) == []


def test_an_empty_archive_yields_nothing() -> None:
    assert read(zipped_up()) == []


def test_an_archive_comment_is_read() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.comment = "机密★10年".encode("gb18030")
    (part,) = read(out.getvalue())
    assert getattr(part, "text", "") == "机密★10年"


@pytest.mark.parametrize(
    ("raw", "flags", "name"),
    [
        ("机密.txt".encode("gb18030"), 0, "机密.txt"),
        ("机密.txt".encode(), 0, "机密.txt"),
        ("机密.txt".encode(), 0x800, "机密.txt"),
        (b"caf\x82", 0, "café"),
        (b"a.txt", 0, "a.txt"),
    ],
)
def test_names_are_decoded(raw: bytes, flags: int, name: str) -> None:
    assert decode_name(raw, flags) == name


def test_a_unicode_path_wins_if_it_belongs_to_the_name() -> None:
    path = "绝密.txt".encode()
    field = struct.pack("<HHBI", 0x7075, 5 + len(path), 1, zlib.crc32(b"old.txt")) + path
    assert decode_name(b"old.txt", 0, field) == "绝密.txt"
    assert decode_name(b"renamed.txt", 0, field) == "renamed.txt"


@pytest.mark.parametrize(
    ("name", "tidy"),
    [
        ("../../evil.txt", "evil.txt"),
        ("/etc/evil.txt", "etc/evil.txt"),
        ("C:\\windows\\evil.txt", "C/windows/evil.txt"),
        ("a\nb\u202e.txt", "a\ufffdb\ufffd.txt"),
        ("..", "unnamed"),
        ("", "unnamed"),
    ],
)
def test_locators_are_plain_paths(name: str, tidy: str) -> None:
    assert tidy_name(name) == tidy


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_of_one_name_are_all_read() -> None:
    items = read(zipped_up(("a.txt", b"1"), ("a.txt", b"2"), ("../a.txt", b"3")))
    assert members(items) == {"a.txt": b"1", "a.txt#2": b"2", "a.txt#3": b"3"}


def patched(content: bytes, offset: int, form: str, value: int) -> bytes:
    """Change a field of the first entry of the central directory."""
    at = content.index(b"PK\x01\x02") + offset
    return content[:at] + struct.pack(form, value) + content[at + struct.calcsize(form) :]


def test_an_encrypted_member_is_told_and_the_others_are_read() -> None:
    items = read(patched(zipped_up(("a.txt", TEXT), ("b.txt", b"b")), 8, "<H", 1))
    assert members(items) == {"b.txt": b"b"}
    assert reasons(items) == ["archive.encrypted-member"]


def test_an_unknown_method_is_told() -> None:
    items = read(patched(zipped_up(("a.txt", TEXT), ("b.txt", b"b")), 10, "<H", 6))
    assert members(items) == {"b.txt": b"b"}
    assert reasons(items) == ["archive.method"]


@pytest.mark.parametrize("method", METHODS)
def test_a_member_that_declares_too_little_is_a_liar(method: int) -> None:
    content = zipped_up(("a.txt", TEXT), ("b.txt", b"b"), method=method)
    items = read(patched(content, 24, "<I", 5))
    assert members(items) == {"a.txt": TEXT[:5], "b.txt": b"b"}
    assert reasons(items) == ["archive.lying-size"]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_wrong_checksum_is_told_and_the_text_read_all_the_same(method: int) -> None:
    content = zipped_up(("a.txt", TEXT), ("b.txt", b"b"), method=method)
    items = read(patched(content, 16, "<I", 99))
    assert members(items) == {"a.txt": TEXT, "b.txt": b"b"}
    assert reasons(items) == ["archive.damaged-member"]


def test_a_directory_that_points_wrongly_is_repaired() -> None:
    items = read(patched(zipped_up(("a.txt", TEXT), ("b.txt", b"b")), 42, "<I", 7))
    assert members(items) == {"a.txt": TEXT, "b.txt": b"b"}
    assert "archive.damaged-member" in reasons(items)


def test_a_bomb_is_refused_and_the_file_beside_it_read() -> None:
    items = read(zipped_up(("bomb", bytes(8 << 20)), ("a.txt", b"a")))
    assert members(items) == {"a.txt": b"a"}
    (problem,) = (item for item in items if isinstance(item, UnreadError))
    assert (problem.reason, problem.values["name"]) == ("limit.ratio", "bomb")


def test_overlapping_members_are_refused() -> None:
    content = zipped_up(("a.txt", TEXT), ("b.txt", TEXT), ("c.txt", b"c"))
    second = content.index(b"PK\x01\x02", content.index(b"PK\x01\x02") + 4) + 42
    items = read(content[:second] + bytes(4) + content[second + 4 :])
    assert set(members(items)) == {"a.txt", "c.txt"}
    assert reasons(items) == ["archive.overlap"]


def test_too_many_entries_end_the_reading() -> None:
    content = zipped_up(*((f"{n}", b"") for n in range(30)))
    seen: list[Item] = []
    with pytest.raises(LimitExceeded, match=r"limit\.entries"):
        for item in zipped.extract(
            Source(Path("a.zip"), (), content), Budget(Limits(archive_entries=10))
        ):
            seen.append(item)
    assert len(members(seen)) == 10


def test_many_problems_are_summed_up() -> None:
    content = bytearray(zipped_up(*((f"{n}", TEXT) for n in range(50))))
    at = content.index(b"PK\x01\x02")
    while at >= 0:
        content[at + 8] = 1
        at = content.find(b"PK\x01\x02", at + 4)
    problems = [item for item in read(bytes(content)) if isinstance(item, UnreadError)]
    assert len(problems) == 21
    assert (problems[-1].reason, problems[-1].values) == ("archive.more-unread", {"count": 30})


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_an_archive_without_directory_is_salvaged(method: int) -> None:
    content = zipped_up(("a.txt", TEXT), ("d/", b""), ("机密.txt", TEXT), method=method)
    items = read(content[: content.index(b"PK\x01\x02")])
    assert members(items) == {"a.txt": TEXT, "机密.txt": TEXT}
    assert reasons(items) == ["archive.truncated"]


class Pipe(io.RawIOBase):
    """A stream that cannot seek, so that zipfile writes sizes behind the data."""

    def __init__(self) -> None:
        self.content = b""

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(data)  # type: ignore[call-overload]
        self.content += piece
        return len(piece)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_sizes_behind_the_data_do_not_hinder_salvage(method: int) -> None:
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", method) as file:
        file.writestr("a.txt", TEXT)
        file.writestr("b.txt", b"b")
    cut = pipe.content[: pipe.content.index(b"PK\x01\x02")]
    assert members(read(cut)) == {"a.txt": TEXT, "b.txt": b"b"}


def test_salvage_of_nested_headers_stays_linear() -> None:
    head = struct.pack("<4sHHH4xIIIHH", b"PK\x03\x04", 20, 0, 8, 0, 0, 0, 1, 0) + b"x"
    content = (head + b"\x00\x00\x00\xff\xff") * 20_000
    started = time.perf_counter()
    list(salvage(content, 1 << 28, 200))
    assert time.perf_counter() - started < 5


def test_a_bomb_without_directory_is_refused() -> None:
    content = zipped_up(("bomb", bytes(64 << 20)), ("a.txt", b"a"))
    items = read(content[: content.index(b"PK\x01\x02")])
    assert all(len(data or b"") <= 20 << 20 for data in members(items).values())
    assert "archive.truncated" in reasons(items)


def test_what_is_no_archive_raises() -> None:
    with pytest.raises(DamagedFile, match=r"archive\.no-members"):
        read(b"PK\x03\x04 and nothing else")


SAMPLE = zipped_up(("a.txt", TEXT), ("目录/b.bin", bytes(range(256)) * 9), ("c.txt", b"c"))


def ends_well(content: bytes) -> None:
    try:
        for item in read(content):
            assert isinstance(item, UnreadError | Source) or item
    except UnreadError:
        pass


@pytest.mark.parametrize("share", range(0, 100, 7))
def test_every_cut_ends_in_items_or_a_problem(share: int) -> None:
    content = SAMPLE[: len(SAMPLE) * share // 100]
    try:
        assert reasons(read(content))
    except UnreadError as error:
        assert error.reason == "archive.no-members"


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, len(SAMPLE) - 1), st.integers(0, 255)), min_size=1, max_size=6
    )
)
def test_flipped_bytes_end_in_items_or_a_problem(flips: list[tuple[int, int]]) -> None:
    content = bytearray(SAMPLE)
    for at, value in flips:
        content[at] = value
    ends_well(bytes(content))


READERS: dict[str, ModuleType] = {
    "zip": zipped,
    "7z": sevenzip,
    "rar": rar,
    "tar": tar,
    "gz": streams,
    "exe": program,
}


def walk(source: Source, budget: Budget) -> list[str]:
    """Read archives within archives, as the scanner does; return the reasons met."""
    found: list[str] = []
    waiting = [source]
    while waiting:
        current = waiting.pop()
        try:
            budget.enter(current)
            reader = READERS.get(sniff(current))
            if reader is None:
                continue
            for item in reader.extract(current, budget):
                if isinstance(item, Source):
                    waiting.append(item)
                elif isinstance(item, UnreadError):
                    found.append(item.reason)
        except UnreadError as error:
            found.append(error.reason)
    return found


def test_a_chain_of_archives_ends_at_the_depth() -> None:
    content = b"text"
    for level in range(20):
        content = zipped_up((f"{level}.zip" if level else "a.txt", content))
    assert walk(Source(Path("a.zip"), (), content), Budget()) == ["limit.depth"]


Build = Callable[[str, bytes, bytes], bytes]


@pytest.mark.parametrize("password", ["口令", "abc"])
def test_passwords_open_members(password: str) -> None:
    for build in (winzip_member, pkzip_member):
        content = build("机密★10年.txt", TEXT, password.encode("gb18030"))
        shut = reading(zipped, content)
        wrong = reading(zipped, content, passwords=("x", "y"))
        right = reading(zipped, content, passwords=("x", password))
        assert shut.reasons == wrong.reasons == ["archive.encrypted-member"]
        assert shut.texts("member") == ["机密★10年.txt"]
        assert right.members == {"机密★10年.txt": TEXT}
        assert not right.told


def test_a_stored_member_in_aes_is_opened() -> None:
    content = winzip_member("a", TEXT, b"x", method=0)
    assert reading(zipped, content, passwords=("x",)).members == {"a": TEXT}


def test_a_changed_member_in_aes_is_damaged() -> None:
    content = winzip_member("a", TEXT, b"x")
    at = content.index(b"PK\x01\x02") - 30
    changed = content[:at] + b"?" + content[at + 1 :]
    found = reading(zipped, changed, passwords=("x",))
    assert found.reasons == ["archive.damaged-member"]


def test_a_slow_cipher_has_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_crypto, "_MOST_PKZIP", 100)
    found = reading(zipped, pkzip_member("a", TEXT, b"x"), passwords=("x",))
    assert found.reasons == ["archive.slow-cipher"]


@pytest.mark.parametrize("build", [winzip_member, pkzip_member])
def test_changed_bytes_of_encrypted_members_break_no_rule(build: Build) -> None:
    content = build("a", TEXT, b"x")
    for changed in flips(content, 100):
        found = reading(zipped, changed, passwords=("x",))
        assert found.told or list(found.members.values()) == [TEXT]


def test_names_of_folders_and_of_members_unread_are_text() -> None:
    content = zipped_up(
        ("绝密文件/内部/a.txt", b"a"), ("空文件夹/", b""), ("秘密★5年.bin", bytes(8 << 20))
    )
    found = reading(zipped, content)
    assert found.texts("folder") == ["绝密文件", "内部", "空文件夹"]
    assert found.texts("member") == ["秘密★5年.bin"]
    assert all(part.place.area is Area.PROPERTY for part in found.parts)


def test_a_path_of_thousands_of_folders_is_one_text() -> None:
    found = reading(zipped, zipped_up(("a/" * 20_000 + "b", b"b")))
    assert len(found.texts("folder")) == 1


def test_a_link_is_named_with_its_target_and_not_followed() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        info = zipfile.ZipInfo("链接")
        info.external_attr = 0o120777 << 16
        file.writestr(info, "../机密.txt")
    found = reading(zipped, out.getvalue())
    assert found.members == {}
    assert found.hidden() == ["../机密.txt"]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (b"", b"", []),
        (b"MZ and a stub", b"", []),
        (b"PK00", b"", []),
        (b"", bytes(100), []),
        (b"hidden", b"", ["archive.junk"]),
        (b"", b"hidden", ["archive.junk"]),
    ],
)
def test_bytes_around_an_archive_are_told(before: bytes, after: bytes, told: list[str]) -> None:
    found = reading(zipped, before + zipped_up(("a", b"a")) + after)
    assert found.members == {"a": b"a"}
    assert found.reasons == told


def test_volumes_ask_for_the_others() -> None:
    content = zipped_up(("a", TEXT), ("b", b"b"))
    end = content.rindex(b"PK\x05\x06")
    last = content[: end + 4] + b"\x01\x00" + content[end + 6 :]
    assert reading(zipped, last).reasons == ["archive.volume-missing"]
    first = b"PK\x07\x08" + content[: content.index(b"PK\x01\x02")]
    assert reading(zipped, first).reasons == ["archive.volume-missing"]
    assert reading(zipped, first).members == {"a": TEXT, "b": b"b"}


def test_big5_is_told_from_gb_by_all_names_together() -> None:
    names = [name.encode("big5") for name in ("會議記錄與機密文件的辦法", "國家秘密", "說明.txt")]
    assert legacy_encoding(names) == "big5"
    assert decode_name(names[1], legacy="big5") == "國家秘密"
    assert legacy_encoding([name.encode("gb18030") for name in ("会议记录", "说明")]) == "gb18030"


def test_names_made_unique_stay_so_however_they_were_chosen() -> None:
    names = Names()
    chain = ["a"]
    for _ in range(2000):
        chain.append(chain[-1] + "#2")
    given = [names.unique(name) for name in (*chain, *chain[:50])]
    assert len(set(given)) == len(given)


def exe(content: bytes) -> bytes:
    return b"MZ" + bytes(60) + b"\x00\x00" + b"stub" * 50 + content


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (zipped_up(("a", b"a")), "安装.zip"),
        (rar5(file5("a", b"a")), "安装.rar"),
        (rar4(file4(b"a", b"a")), "安装.rar"),
        (sevenzip_of([SevenFile("a", b"a")]), "安装.7z"),
    ],
)
def test_a_program_that_unpacks_itself_is_read(content: bytes, name: str) -> None:
    found = reading(program, exe(content), "安装.exe")
    assert found.members == {name: content}
    assert not found.told


def test_offsets_may_count_from_the_start_of_the_program() -> None:
    out = io.BytesIO(exe(b""))
    out.seek(0, 2)
    with zipfile.ZipFile(out, "a") as file:
        file.writestr("a", TEXT)
    (inner,) = reading(program, out.getvalue(), "a.exe").members.values()
    assert reading(zipped, inner or b"").members == {"a": TEXT}


@pytest.mark.parametrize("content", [b"", b"7z\xbc\xaf\x27\x1c" + bytes(40), b"Rar!\x1a\x07\x00x"])
def test_a_plain_program_is_not_supported(content: bytes) -> None:
    assert reading(program, exe(content), "a.exe").raised == "unsupported"


@pytest.mark.parametrize("content", [b"MSCF" + bytes(60), b"!\x10-lh5-" + bytes(60)])
def test_broken_cabinets_end_in_a_problem(content: bytes) -> None:
    assert reading(cabinets, content).told


def test_a_cabinet_is_read_where_the_library_is(monkeypatch: pytest.MonkeyPatch) -> None:
    content = cabinet("机密.txt".encode("gb18030"), TEXT)
    if foreign.installed():
        assert reading(cabinets, content).members == {"机密.txt": TEXT}
        for changed in flips(content, 100):
            reading(cabinets, changed)
        for cut in cuts(content):
            assert reading(cabinets, cut).told
    monkeypatch.setattr(foreign, "_library", None)
    assert reading(cabinets, content).raised == "archive.library"


@pytest.mark.corpus
def test_real_and_hostile_archives_end_in_time() -> None:
    if not CORPUS.is_dir():
        pytest.skip(f"no test data at {CORPUS}")
    paths = [*sorted((CORPUS / "hostile").iterdir()), *sorted((CORPUS / "formats/zip").iterdir())]
    seen = 0
    for path in paths:
        seen += sniff(Source(path)) in READERS
        started = time.perf_counter()
        walk(Source(path), Budget())
        assert time.perf_counter() - started < 30, path.name
    assert seen > 25
