"""A bucket, as a file system of fsspec tells of it: here one in memory."""

import pytest

pytest.importorskip("fsspec", reason="fsspec is not installed")

import fsspec

from markscan.errors import VanishedFile
from markscan.remote import reach
from markscan.remote.accounts import Account
from markscan.remote.address import root_of
from markscan.remote.file import source_in
from markscan.remote.link import Link
from markscan.remote.objects import Objects
from markscan.remote.tree import file_at, files, listings
from markscan.shares import Shares
from markscan.source import Source
from markscan.walk import Excluded, Skipped, Stat, Unlisted


@pytest.fixture
def bucket(monkeypatch):
    """A bucket called `Docs`, reached by this process."""
    files = fsspec.filesystem("memory", skip_instance_cache=True)
    monkeypatch.setattr(type(files), "store", {})
    monkeypatch.setattr(type(files), "pseudo_dirs", [""])
    files.pipe({"/Docs/a.txt": b"12345", "/Docs/科室/b 1.txt": b"67", "/Docs/科室/x/c.txt": b"8"})
    link = Link(
        Account("s3", "Docs", 0),
        Shares(patience=0.1),
        connect=lambda account, shares, seconds: Objects(files, f"/{account.host}"),
    )
    monkeypatch.setitem(reach._here, "s3://Docs", link)
    return files


def test_a_bucket_is_listed_by_its_prefixes(bucket):
    found = list(listings([root_of("s3://Docs")]))

    assert [(one.path, [(f.name, f.size) for f in one.files]) for one in found] == [
        ("s3://Docs", [("a.txt", 5)]),
        ("s3://Docs/科室", [("b 1.txt", 2)]),
        ("s3://Docs/科室/x", [("c.txt", 1)]),
    ]
    assert all(f.mtime for one in found for f in one.files)


@pytest.mark.parametrize("pattern", ["s3://Docs/科室", "科室", "科室/**"])
def test_a_prefix_can_be_left_out(bucket, pattern):
    found = list(listings([root_of("s3://Docs")], exclude=(pattern,)))

    assert [(one.path, one.closed) for one in found] == [("s3://Docs", ("s3://Docs/科室",))]


def test_an_object_can_be_read(bucket):
    (first, *_) = listings([root_of("s3://Docs/科室")])
    source = source_in(first.path, first.files[0])

    assert (source.read(), source.locator) == (b"67", "s3://Docs/科室/b 1.txt")


def test_a_bucket_is_walked_file_by_file(bucket):
    found = [*files([root_of("s3://Docs")], None, ("x",)), *files([root_of("s3://Docs/no")], None)]

    assert [(type(one), one.locator) for one in found] == [
        (Source, "s3://Docs/a.txt"),
        (Source, "s3://Docs/科室/b 1.txt"),
        (Excluded, "s3://Docs/科室/x"),
        (Skipped, "s3://Docs/no"),
    ]
    assert found[3].error.reason == "missing"


@pytest.mark.parametrize(("name", "reason"), [("科室", "folder"), ("none", "missing")])
def test_what_is_no_file_is_not_taken_for_one(bucket, name, reason):
    one = file_at(root_of(f"s3://Docs/{name}"))

    assert isinstance(one, Skipped)
    assert (one.locator, one.error.reason) == (f"s3://Docs/{name}", reason)


def test_one_object_is_found_by_its_address(bucket):
    one = file_at(root_of("s3://Docs/科室/b 1.txt"))

    assert (one.locator, one.told_size(), one.read()) == ("s3://Docs/科室/b 1.txt", 2, b"67")


def test_what_is_not_there_says_so(bucket):
    (one,) = listings([root_of("s3://Docs/none")])

    assert isinstance(one, Unlisted)
    assert one.error.reason == "missing"
    with pytest.raises(VanishedFile):
        source_in("s3://Docs", Stat("none", 1, 0, 0)).open()
