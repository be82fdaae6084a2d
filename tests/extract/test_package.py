"""Facts about opening packages, kind and hostile."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

import pytest
from builders_docx import streamed, with_flags, with_wrong_size, zipped

from markscan.errors import DamagedFile, EncryptedFile, LimitExceeded, UnreadError
from markscan.extract.extractor import Budget, Limits
from markscan.extract.package import Package
from markscan.source import Source

TEXT = "机密★10年".encode() * 50


def opened(content: bytes, budget: Budget | None = None) -> Package:
    return Package(Source(Path("a.docx"), (), content), budget or Budget())


def reasons(package: Package) -> list[str]:
    return [problem.reason for problem in package.drain()]


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_an_entry_is_read_whole(method):
    with opened(zipped(("word/a.xml", TEXT), method=method)) as package:
        assert package.copies("word/a.xml") == [(TEXT, True)]
        assert not reasons(package)


@pytest.mark.parametrize("name", ["word/a.xml", "/word/a.xml", "WORD/A.XML", "word\\a.xml"])
def test_a_name_is_found_in_any_writing(name):
    with opened(zipped(("Word\\a.xml", TEXT))) as package:
        assert package.has(name)
        assert package.copies(name) == [(TEXT, True)]


def test_both_entries_of_one_name_are_read():
    with pytest.warns(UserWarning, match="Duplicate"):
        data = zipped(("a.xml", b"one"), ("A.xml", b"two"), ("a.xml", b"three"))
    with opened(data) as package:
        assert [member.data for member in package.copies("a.xml")] == [b"one", b"two", b"three"]
        assert package.names == ("a.xml",)


def test_a_missing_entry_has_no_copies():
    with opened(zipped(("a.xml", TEXT))) as package:
        assert package.copies("b.xml") == []


@pytest.mark.parametrize(
    ("before", "after"),
    [(b"x" * 400, b""), (b"", b"y" * 400), (b"", b"z" * 100_000), (b"PK\3\4" * 9, b"PK\5\6" * 3)],
)
def test_junk_around_the_package_is_noted_and_read_past(before, after):
    with opened(before + zipped(("a.xml", TEXT)) + after) as package:
        assert package.copies("a.xml") == [(TEXT, True)]
        assert reasons(package)[0] in ("package.junk", "package.directory")


def test_without_a_directory_entries_are_found_by_their_headers():
    data = zipped(("a.xml", TEXT), ("b.xml", TEXT))
    with opened(data[: data.find(b"PK\1\2")]) as package:
        assert reasons(package) == ["package.directory"]
        assert package.copies("a.xml") == package.copies("b.xml") == [(TEXT, True)]


def test_an_entry_without_sizes_is_inflated_to_its_end():
    with opened(streamed("a.xml", TEXT) + streamed("b.xml", b"second")) as package:
        assert package.copies("a.xml")[0].data == TEXT
        assert package.copies("b.xml")[0].data == b"second"


def test_a_cut_entry_is_given_as_far_as_it_goes():
    data = zipped(("a.xml", bytes(range(256)) * 40))
    with opened(data[:200]) as package:
        (member,) = package.copies("a.xml")
        assert not member.whole
        assert member.data and (bytes(range(256)) * 40).startswith(member.data)
        assert "package.part" in reasons(package)


@pytest.mark.parametrize("claimed", [0, 10, len(TEXT) - 1, len(TEXT) + 1, 1 << 20])
def test_a_lie_about_the_size_is_found_out(claimed):
    with opened(with_wrong_size(zipped(("a.xml", TEXT)), "a.xml", claimed)) as package:
        (member,) = package.copies("a.xml")
        assert len(member.data) <= claimed and not member.whole
        assert reasons(package) == ["package.part"]


def test_a_wrong_checksum_is_reported_but_the_bytes_are_kept():
    data = bytearray(zipped(("a.xml", TEXT), method=zipfile.ZIP_STORED))
    data[60] ^= 1
    with opened(bytes(data)) as package:
        (member,) = package.copies("a.xml")
        assert not member.whole and len(member.data) == len(TEXT)


def test_a_locked_package_says_so_once():
    data = zipped(("a.xml", TEXT), ("b.xml", TEXT))
    data = with_flags(with_flags(data, "a.xml", 1), "b.xml", 1)
    with opened(data) as package:
        assert package.copies("a.xml") == package.copies("b.xml") == []
        (problem,) = package.drain()
        assert isinstance(problem, EncryptedFile)


def test_an_unknown_method_of_packing_is_damage():
    with opened(zipped(("a.xml", TEXT), method=zipfile.ZIP_BZIP2)) as package:
        assert package.copies("a.xml") == []
        assert reasons(package) == ["package.method"]


@pytest.mark.parametrize("content", [b"", b"P", b"PK", b"PK\3\4", b"\xd0\xcf\x11\xe0" * 500])
def test_what_is_no_package_is_damaged(content):
    with pytest.raises(DamagedFile, match=r"package\.no-entries"):
        opened(content)


def test_a_bomb_is_refused_by_its_declared_size_at_once():
    data = zipped(("bomb.xml", bytes(64 << 20)), ("a.xml", TEXT))
    budget = Budget()
    start = time.monotonic()
    with opened(data, budget) as package:
        assert package.copies("bomb.xml") == []
        assert reasons(package) == ["limit.ratio"]
        assert package.copies("a.xml") == [(TEXT, True)]
    assert time.monotonic() - start < 0.5
    assert budget.unpacked_bytes == len(TEXT)


def test_a_bomb_without_sizes_is_inflated_no_further_than_the_budget():
    budget = Budget(Limits(member_bytes=1 << 16))
    with opened(streamed("bomb.xml", bytes(4 << 20)), budget) as package:
        assert package.copies("bomb.xml") == []
        assert "limit.member-bytes" in reasons(package)


def test_too_many_entries_are_refused():
    data = zipped(*((f"{n}.xml", b"") for n in range(50)))
    with pytest.raises(LimitExceeded):
        opened(data, Budget(Limits(archive_entries=49)))


def test_every_prefix_is_read_or_refused_with_a_reason():
    data = zipped(("a.xml", TEXT), ("b/c.xml", b"<x/>"))
    for end in range(len(data)):
        try:
            with opened(data[:end]) as package:
                for name in package.names:
                    package.copies(name)
        except UnreadError:
            continue


def test_zip64_sizes_are_understood(tmp_path):
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as file, file.open("a.xml", "w", force_zip64=True) as entry:
        entry.write(TEXT)
    data = path.read_bytes()
    for content in (data, data[: data.find(b"PK\1\2")]):
        with opened(content) as package:
            assert package.copies("a.xml")[0].data == TEXT
