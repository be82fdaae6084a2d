"""Folders that are listed ahead come as those that are listed when asked for."""

import io
import os
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from store_nights import put

from markscan.errors import AccessDenied, UnsupportedFormat, VanishedFile, WorkerError
from markscan.store.ahead import Ahead
from markscan.store.lister import batch_from, start, unpacked
from markscan.store.sealing import opened, sealed
from markscan.walk import Listing, Skipped, Stat, Unlisted, listings, numbered_listings

posix = pytest.mark.skipif(os.name == "nt", reason="links and names of POSIX")


@pytest.fixture
def tree(tmp_path):
    """Folders of five levels, files in each, a link, and a folder whose name sorts oddly."""
    root = tmp_path / "tree"
    for first in ("a", "a-b", "a.b", "a b", "乙", "z"):
        for second in ("x", "x-1", "y"):
            put(root / first / f"{second}.txt", first)
            put(root / first / second / "deep" / "er" / f"{first}.tmp", second)
            put(root / first / second / "1.txt", second)
    put(root / "skip" / "1.txt", "x")
    put(root / "0.txt", "x")
    if os.name != "nt":
        (root / "a" / "link").symlink_to("nowhere")
    return root


def plain(found):
    """What was listed, as values that can be compared."""
    made = []
    for one in found:
        if isinstance(one, Unlisted):
            made.append((one.path, one.error.reason))
        else:
            listing = one if isinstance(one, Listing) else opened(one)
            odd = [(each.locator, each.error.reason) for each in listing.odd]
            made.append((listing.path, listing.files, odd, listing.excluded, listing.closed))
    return made


def ahead_of(*roots, exclude=(), wanted=()):
    with closing(Ahead(roots, exclude)) as ahead:
        return list(ahead.listings(lambda: None, wanted))


def test_what_is_listed_ahead_is_what_a_walk_lists(tree, tmp_path):
    roots = [tree / "z", tree, tmp_path / "missing", tree / "0.txt"]
    exclude = ("skip", "*.tmp")
    found = ahead_of(*roots, exclude=exclude, wanted={str(tree / "a")})

    assert plain(found) == plain(listings(roots, exclude=exclude))
    assert [one.path for one in found if isinstance(one, Listing)] == [str(tree / "a")]


@pytest.mark.parametrize("count", [1, 2, 3, 7])
def test_shares_together_are_the_whole_and_none_has_what_another_has(count, tree):
    shares = [numbered_listings([tree], ("skip",), (which, count)) for which in range(count)]
    each = [plain(one for _, one in share) for share in shares]
    together = sorted((one for share in each for one in share), key=lambda one: one[0] + "/")

    assert together == plain(listings([tree], exclude=("skip",)))
    for share in each:
        assert share == sorted(share, key=lambda one: one[0] + "/")


@pytest.mark.parametrize("name", ["tree", "a"])
def test_a_folder_that_fails_to_list_is_told_by_every_share(name, tree, monkeypatch):
    real = os.scandir

    def scandir(path):
        if Path(path).name == name:
            raise PermissionError(13, "denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    for which in range(3):
        told = [one for _, one in numbered_listings([tree], (), (which, 3))]
        faults = [one for one in told if isinstance(one, Unlisted)]

        assert [Path(one.path).name for one in faults] == [name]


def test_where_one_share_fails_to_list_the_folder_counts_as_failed(tree):
    from markscan.store import ahead

    listing = sealed(Listing(str(tree), []))
    fault = Unlisted(str(tree), AccessDenied("folder-denied"))

    assert ahead._chosen([listing, fault]) is fault
    assert ahead._chosen([listing]) is listing


def test_a_process_that_dies_ends_the_run(tree):
    with closing(Ahead([tree])) as ahead:
        for process in ahead._started:
            process.kill()

        with pytest.raises(WorkerError):
            list(ahead.listings(lambda: None))


def test_where_no_process_can_be_started_the_folders_are_listed_here(tree, monkeypatch):
    def refuse(self, share):
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(Ahead, "_start", refuse)

    assert plain(ahead_of(tree)) == plain(listings([tree]))


def test_a_process_lists_its_share_alone(tree):
    process = start([str(tree)], ("skip",), (1, 3), low_priority=False)
    with process.stdout as pipe:
        found = [each for batch in iter(lambda: batch_from(pipe), b"") for each in unpacked(batch)]

    assert process.wait() == 0
    assert {number for number, _ in found} == {0}
    share = [one for _, one in numbered_listings([tree], ("skip",), (1, 3))]
    assert plain(one for _, one in found) == plain(share)


def test_a_process_ends_where_nobody_listens(tree):
    process = start([str(tree)], (), (0, 1), low_priority=False)
    process.stdout.close()

    assert process.wait(timeout=30) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="the priority of a process that ended")
def test_a_process_lets_others_go_first_if_asked(tree):
    before = os.getpriority(os.PRIO_PROCESS, 0)
    for low in (False, True):
        process = start([str(tree)], (), (0, 1), low_priority=low)
        with process.stdout as pipe:
            pipe.read()
        nice = os.getpriority(os.PRIO_PROCESS, process.pid)
        process.wait()

        assert nice == (max(before, 10) if low else before)


@pytest.mark.parametrize(
    ("sent", "batch"),
    [
        (b"\0\0\0\2abcd", b"ab"),
        (b"\0\0\0\0", b""),
        (b"", None),
        (b"\0\0\0", None),
        (b"\0\0\0\2a", None),
    ],
    ids=["whole", "end", "nothing", "no length", "cut short"],
)
def test_a_batch_that_is_not_whole_is_none(sent, batch):
    assert batch_from(io.BytesIO(sent)) == batch


def test_without_roots_on_disk_nothing_is_started():
    assert ahead_of() == []


LISTINGS = [
    Listing("/a", []),
    Listing("/a", [Stat("x", 1, 2, 3), Stat("\udcd6\udcd0", 0, -1, 1 << 64 - 1)]),
    Listing("/a", [], excluded=("b", "c"), closed=("/a/d",), whole=False),
    Listing(
        "/a",
        [Stat("文", 1 << 40, 1 << 60, 0)],
        odd=(
            Skipped("/a/l", VanishedFile("dangling-link")),
            Skipped("/a/p", UnsupportedFormat("special-file")),
        ),
    ),
]


@pytest.mark.parametrize("listing", LISTINGS)
def test_what_was_sealed_is_opened_as_it_was(listing):
    one = sealed(listing)

    assert plain([opened(one)]) == plain([listing])
    assert one.files == len(listing.files)
    assert opened(one).whole is listing.whole


CHANGES = [
    {"files": [Stat("x", 2, 2, 3)]},
    {"files": [Stat("x", 1, 3, 3)]},
    {"files": [Stat("x", 1, 2, 4)]},
    {"files": [Stat("y", 1, 2, 3)]},
    {"files": []},
    {"excluded": ("b",)},
    {"odd": (Skipped("/a/l", VanishedFile("dangling-link")),)},
]


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_in_a_folder_breaks_its_seal(change):
    before = Listing("/a", [Stat("x", 1, 2, 3)])

    assert sealed(before).seal == sealed(replace(before)).seal
    assert sealed(replace(before, **change)).seal != sealed(before).seal
