"""What is found under roots, in which order, and what is said of the rest."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from markscan import walk as walking
from markscan.errors import UnreadError
from markscan.source import Source
from markscan.walk import (
    Excluded,
    Found,
    Listing,
    Skipped,
    extended,
    listings,
    printable,
    source_in,
    walk,
)

posix = pytest.mark.skipif(os.name == "nt", reason="links, pipes and names of POSIX")
linux = pytest.mark.skipif(sys.platform != "linux", reason="any bytes are a name on Linux only")


def make(folder: Path, *names: str) -> Path:
    """Make files; a name that ends in a slash is a folder."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir() if name.endswith("/") else path.write_text("x")
    return folder


def told(found: Found, folder: Path) -> str:
    """One word for what was found: `a/b`, `a (reason)`, `a (excluded)`."""
    below = found.locator.removeprefix(folder.as_posix() + "/")
    match found:
        case Source():
            return below
        case Skipped():
            return f"{below} ({found.error.reason})"
        case Excluded():
            return f"{below} (excluded)"


def tell(folder: Path, *roots: Path, exclude: tuple[str, ...] = ()) -> list[str]:
    return [told(each, folder) for each in walk(roots or (folder,), exclude=exclude)]


def test_files_come_folder_by_folder_by_code_point(tmp_path):
    make(tmp_path, "b/2", "b/10", "B", "a.docx", "中", "丙/x", ".hidden", "~$lock.docx")

    assert tell(tmp_path) == [
        *(".hidden", "B", "a.docx", "~$lock.docx", "中", "b/10", "b/2", "丙/x"),
    ]


def test_the_order_does_not_depend_on_the_disk(tmp_path):
    make(tmp_path / "one", *(f"{n}/x" for n in range(30)))
    make(tmp_path / "two", *(f"{n}/x" for n in reversed(range(30))))

    one, two = (tell(tmp_path / name) for name in ("one", "two"))

    assert one == two and len(one) == 30


def test_an_empty_folder_has_nothing(tmp_path):
    assert tell(make(tmp_path, "a/")) == []


def test_a_root_that_is_a_file_is_itself(tmp_path):
    make(tmp_path, "a", "b")

    assert tell(tmp_path, tmp_path / "b") == ["b"]


def test_a_missing_root_is_said_to_be_missing(tmp_path):
    assert tell(tmp_path, tmp_path / "no") == ["no (missing)"]


def test_roots_come_in_the_order_given_and_nothing_twice(tmp_path):
    make(tmp_path, "a/1", "a/b/2", "c/3", "c/4")
    a, b, c = tmp_path / "a", tmp_path / "a" / "b", tmp_path / "c"

    assert tell(tmp_path, c / "4", b, a, c / "4", a / "1") == ["c/4", "a/1", "a/b/2"]
    assert tell(tmp_path, c, a, b) == ["c/3", "c/4", "a/1", "a/b/2"]
    assert tell(tmp_path, c, c / "..", c) == ["c/../a/1", "c/../a/b/2", "c/../c/3", "c/../c/4"]


def test_a_root_beside_one_of_a_longer_name_is_its_own(tmp_path):
    make(tmp_path, "ab/1", "a/2")

    assert tell(tmp_path, tmp_path / "a", tmp_path / "ab") == ["a/2", "ab/1"]


def test_relative_roots_stay_relative(tmp_path, monkeypatch):
    make(tmp_path, "a/1")
    monkeypatch.chdir(tmp_path)

    assert [each.locator for each in walk([Path("a")])] == ["a/1"]
    assert [each.locator for each in walk([Path()])] == ["a/1"]


EXCLUDES = [
    ("*.tmp", ["a (excluded)"], "a.tmp"),
    ("x", ["x (excluded)"], "x/y/z"),
    ("x", ["w/x (excluded)"], "w/x"),
    ("w/x", ["w/x (excluded)"], "w/x/y"),
    ("w/x", ["v/w/x"], "v/w/x"),
    ("**/x", ["v/w/x (excluded)"], "v/w/x"),
    ("w/*/x", ["w/v/x (excluded)"], "w/v/x"),
    ("w/**/x", ["w/x (excluded)"], "w/x"),
    ("y", ["x"], "x"),
]


@pytest.mark.parametrize(("pattern", "expected", "name"), EXCLUDES)
def test_what_is_excluded_is_counted_and_not_entered(tmp_path, pattern, expected, name):
    make(tmp_path, name)

    found = tell(tmp_path, exclude=(pattern,))

    assert [each.replace("a.tmp (", "a (") for each in found] == expected


def test_an_absolute_pattern_is_compared_with_the_whole_path(tmp_path):
    make(tmp_path, "a/1", "b/a/2")

    assert tell(tmp_path, exclude=((tmp_path / "a").as_posix(),)) == ["a (excluded)", "b/a/2"]


def test_a_root_that_is_a_file_can_be_excluded(tmp_path):
    make(tmp_path, "a.tmp")

    assert tell(tmp_path, tmp_path / "a.tmp", exclude=("*.tmp",)) == ["a.tmp (excluded)"]


@posix
def test_links_within_the_roots_are_left_to_their_targets(tmp_path):
    make(tmp_path, "a/1", "b/2")
    (tmp_path / "a" / "file").symlink_to(tmp_path / "b" / "2")
    (tmp_path / "a" / "folder").symlink_to(tmp_path / "b")
    (tmp_path / "a" / "up").symlink_to("..")

    assert tell(tmp_path) == ["a/1", "a/up (link-loop)", "b/2"]
    assert tell(tmp_path, tmp_path / "a", tmp_path / "b") == [
        "a/1",
        "a/up (link-out-of-root)",
        "b/2",
    ]


@posix
def test_links_out_of_the_roots_are_told(tmp_path):
    make(tmp_path, "in/1", "out/2")
    (tmp_path / "in" / "file").symlink_to(tmp_path / "out" / "2")
    (tmp_path / "in" / "folder").symlink_to("../out")

    assert tell(tmp_path, tmp_path / "in") == [
        *("in/1", "in/file (link-out-of-root)", "in/folder (link-out-of-root)"),
    ]


@posix
def test_links_to_nothing_and_to_themselves_are_told(tmp_path):
    (tmp_path / "gone").symlink_to("no")
    (tmp_path / "self").symlink_to("self")
    (tmp_path / "x").symlink_to("y")
    (tmp_path / "y").symlink_to("x")

    assert tell(tmp_path) == [f"{name} (dangling-link)" for name in ("gone", "self", "x", "y")]


@posix
def test_a_root_that_is_a_link_is_followed(tmp_path):
    make(tmp_path, "real/1", "real/a/2")
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "file").symlink_to("real/1")

    assert tell(tmp_path, tmp_path / "link") == ["link/1", "link/a/2"]
    assert tell(tmp_path, tmp_path / "file") == ["file"]
    assert tell(tmp_path, tmp_path / "link", tmp_path / "real", tmp_path / "file") == [
        *("link/1", "link/a/2"),
    ]


@posix
def test_a_root_that_is_a_broken_link_is_missing(tmp_path):
    (tmp_path / "link").symlink_to("no")

    assert tell(tmp_path, tmp_path / "link") == ["link (missing)"]


@posix
def test_pipes_sockets_and_devices_are_told(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)  # names of sockets are short
    os.mkfifo("pipe")
    with socket.socket(socket.AF_UNIX) as open_socket:
        open_socket.bind("socket")

        assert tell(tmp_path) == ["pipe (special-file)", "socket (special-file)"]
        assert tell(tmp_path, tmp_path / "pipe") == ["pipe (special-file)"]


@posix
def test_a_folder_that_cannot_be_listed_is_told(tmp_path):
    make(tmp_path, "a/1", "b/2")
    (tmp_path / "a").chmod(0)
    try:
        if os.access(tmp_path / "a", os.R_OK):
            pytest.skip("this user may read everything")
        assert tell(tmp_path) == ["a (folder-denied)", "b/2"]
        assert tell(tmp_path, tmp_path / "a") == ["a (folder-denied)"]
    finally:
        (tmp_path / "a").chmod(0o700)


FAULTS = [
    (PermissionError(13, "denied"), "folder-denied", "permission"),
    (FileNotFoundError(2, "gone"), "vanished", "vanished"),
    (OSError(36, "File name too long"), "path-too-long", "limit"),
    (OSError(116, "Stale file handle"), "system", "internal"),
]


@posix
@pytest.mark.parametrize(("fault", "reason", "code"), FAULTS)
def test_a_folder_that_fails_is_told_and_the_others_are_walked(
    tmp_path, monkeypatch, fault, reason, code
):
    make(tmp_path, "a/1", "b/2", "c/3")
    real = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("b"):
            raise fault
        return real(path)

    monkeypatch.setattr(walking.os, "scandir", scandir)
    found = list(walk([tmp_path]))

    assert [told(each, tmp_path) for each in found] == ["a/1", f"b ({reason})", "c/3"]
    assert isinstance(found[1], Skipped) and found[1].error.code == code


def test_a_folder_that_goes_while_it_is_walked_is_told(tmp_path):
    make(tmp_path, "a/1", "b/2", "c/3")
    walked = walk([tmp_path])

    first = next(walked)
    shutil.rmtree(tmp_path / "b")

    assert [told(each, tmp_path) for each in (first, *walked)] == ["a/1", "b (vanished)", "c/3"]


@linux
def test_a_name_that_is_no_utf8_is_found_opened_and_printable(tmp_path):
    name = "机密.txt".encode("gb18030")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text("x")

    (found,) = walk([tmp_path])

    assert isinstance(found, Source) and found.read() == b"x"
    assert printable(found.locator).endswith("/\\xbb\\xfa\\xc3\\xdc.txt")
    printable(found.locator).encode("utf-8")


@linux
def test_paths_beyond_the_longest_end_as_skipped_and_stop_nothing(tmp_path, monkeypatch):
    make(tmp_path, "z/1")
    name = "长" * 80
    monkeypatch.chdir(tmp_path)
    for _ in range(20):  # 20 times 241 bytes is more than 4096
        Path(name).mkdir()
        os.chdir(name)
    Path("secret.txt").write_text("x")
    os.chdir(tmp_path)

    found = list(walk([tmp_path]))

    assert told(found[0], tmp_path) == "z/1"
    assert [told(each, tmp_path).rpartition(" ")[2] for each in found[1:]] == ["(path-too-long)"]
    shutil.rmtree(tmp_path / name)


def test_a_deep_tree_is_walked_without_recursion(tmp_path, monkeypatch):
    depth = 900 if os.name != "nt" else 50
    make(tmp_path, "a/" * depth + "x")

    assert tell(tmp_path) == ["a/" * depth + "x"]


LONG = "x" * 300
EXTENDED = [
    (f"D:\\{LONG}", f"\\\\?\\D:\\{LONG}"),
    (f"D:/{LONG}", f"\\\\?\\D:\\{LONG}"),
    (f"\\\\server\\share\\{LONG}", f"\\\\?\\UNC\\server\\share\\{LONG}"),
    (f"\\\\?\\D:\\{LONG}", f"\\\\?\\D:\\{LONG}"),
    ("D:\\short", "D:\\short"),
    (f"relative\\{LONG}", f"relative\\{LONG}"),
]


@pytest.mark.parametrize(("path", "longer"), EXTENDED)
def test_long_paths_of_windows_get_their_prefix(path, longer):
    assert extended(path, windows=True) == longer
    assert extended(path, windows=False) == path


PRINTABLE = [
    ("机密★10年.docx", "机密★10年.docx"),
    ("a\nb\x1b[31m", "a\\x0ab\\x1b[31m"),
    ("cod\u202exslx.exe", "cod\\u202exslx.exe"),
    ("a\ud800", "a\\ud800"),
    ("\udcd6\udcd0", "\\xd6\\xd0"),
]


@pytest.mark.parametrize(("locator", "printed"), PRINTABLE)
def test_what_cannot_be_printed_is_written_out(locator, printed):
    assert printable(locator) == printed


@given(st.text(st.characters(), max_size=20))
def test_every_name_becomes_one_printable_line(name):
    line = printable(name)

    line.encode("utf-8")
    assert len(line.splitlines()) <= 1


def test_every_skipped_thing_carries_an_error_with_a_reason(tmp_path):
    (found,) = walk([tmp_path / "no"])

    assert isinstance(found, Skipped) and isinstance(found.error, UnreadError)
    assert found.error.code == "vanished"


def test_listings_yield_what_a_walk_yields_in_the_order_of_paths(tmp_path):
    for name in ("a/x/1", "a-b/2", "a.b/3", "a/4", "a b/x/y/5", "zero", "skip/6", "a/x.tmp"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, "utf-8")
    exclude = ("skip", "*.tmp")
    told = [each for each in listings([tmp_path], exclude=exclude) if isinstance(each, Listing)]
    walked = list(walk([tmp_path], exclude=exclude))

    paths = [f"{Path(each.path).as_posix()}/" for each in told]
    files = {source_in(each.path, file.name) for each in told for file in each.files}
    assert paths == sorted(paths)
    assert files == {each for each in walked if isinstance(each, Source)}
    left_out = sum(len(each.excluded) + len(each.closed) for each in told)
    assert left_out == sum(isinstance(each, Excluded) for each in walked) == 2
    for each in told:
        for file in each.files:
            assert file.size == Path(each.path, file.name).stat().st_size
