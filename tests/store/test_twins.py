"""Identical content is examined once, and each copy is told as if it had been examined."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from store_nights import CLEAN, CONFIG, MARKED, night, put

from markscan import Scanner
from markscan.circumstances import parted
from markscan.policy import Location, Policy
from markscan.read_once import ReadOnce
from markscan.source import Source
from markscan.store.nightly import Wish
from markscan.store.twins import Twins


class Counting:
    """A scanner that notes what it examines."""

    def __init__(self, config=CONFIG):
        self.scanner = Scanner(config)
        self.examined = []

    def scan_file(self, source):
        self.examined.append(source.path.as_posix())
        return self.scanner.scan_file(source)

    def circumstances(self, source):
        return self.scanner.circumstances(source)


def nobody(twin, locator):
    """Knows of no other file."""


CONTENTS = [
    CLEAN,
    MARKED,
    "秘密文件要按规定保管，标有“机密★10年”的不得复印。\n",
    "各单位：\n按照中发〔2024〕5号文件要求，请认真落实。\n",
    "绝密★启用前\n2024年普通高等学校招生全国统一考试\n语文\n",
    "内部资料 注意保存\n情况汇编\n",
]
PLACES = [
    "a/文.txt",
    "b/文.txt",
    "b/文件.txt",
    "$RECYCLE.BIN/S-1/文.txt",
    "WeChat Files/wxid_1/FileStorage/文.txt",
    "学习笔记/文.txt",
    "保密培训课件/文.txt",
    "文书模板/文.txt",
    "小说/文.txt",
    "历年真题/文.txt",
    "open/文.txt",
    "stick/文.txt",
    "a!b/文.txt",
]


@pytest.mark.parametrize("content", CONTENTS)
def test_a_copy_is_told_as_if_it_had_been_examined(content, tmp_path):
    public = Location(
        (tmp_path / "open").as_posix(), kind="public", highest=(("openness", "public"),)
    )
    stick = Location((tmp_path / "stick").as_posix(), kind="removable")
    config = replace(CONFIG, policy=Policy((public, stick)))
    counting, scanner = Counting(config), Scanner(config)
    scan = ReadOnce(counting, nobody)
    for place in [*PLACES, *PLACES]:
        source = Source(put(tmp_path / place, content))
        told = replace(scan(source), content=b"", twin=b"")

        assert told == scanner.scan_file(source), place

    assert len(counting.examined) >= 8
    if not any(one.findings for one in scanner.scan_file(tmp_path / "a/文.txt").flat()):
        assert counting.examined.count((tmp_path / "b/文.txt").as_posix()) == 0


@pytest.fixture
def share(tmp_path):
    root = tmp_path / "share"
    put(root / "a" / "文.txt", CLEAN)
    put(root / "b" / "文.txt", CLEAN)
    put(root / "c" / "marked.txt", MARKED)
    return root


def names(counting):
    return [path.split("/share/")[1] for path in counting.examined]


def test_copies_are_examined_once_in_a_run_and_not_at_all_in_a_later_one(share, tmp_path):
    first, second = Counting(), Counting()
    night(tmp_path / "store", share, scanner=first)
    put(share / "d" / "文.txt", CLEAN)
    put(share / "d" / "other.txt", CLEAN)
    later = night(tmp_path / "store", share, scanner=second)

    assert names(first) == ["a/文.txt", "c/marked.txt"]
    assert names(second) == ["d/other.txt"]
    assert len(later.outcomes) == 5


def test_copies_of_what_has_findings_are_examined_each(share, tmp_path):
    first, second = Counting(), Counting()
    night(tmp_path / "store", share, scanner=first)
    put(share / "d" / "marked.txt", MARKED)
    later = night(tmp_path / "store", share, scanner=second)

    assert names(second) == ["d/marked.txt"]
    keys = {f.key for one in later.outcomes.values() for f in one.findings}
    assert len(keys) == len([f for one in later.outcomes.values() for f in one.findings])


def test_full_examines_copies_too(share, tmp_path):
    counting = Counting()
    night(tmp_path / "store", share, scanner=counting, wish=Wish(full=True, every=True))

    assert names(counting) == ["a/文.txt", "b/文.txt", "c/marked.txt"]


def test_a_store_that_cannot_be_asked_knows_nothing(tmp_path):
    assert Twins(str(tmp_path / "none"), 1, 1)(b"1" * 16, "a") is None


@pytest.mark.skipif(os.name == "nt", reason="times of POSIX")
def test_where_it_counts_when_a_file_came_days_tell_copies_apart(tmp_path, monkeypatch):
    from datetime import date

    stick = Policy((Location(tmp_path.as_posix(), kind="removable"),))
    scanner = Scanner(replace(CONFIG, policy=stick))
    source = Source(put(tmp_path / "文.txt", CLEAN))
    seen = set()
    for day in (date(2026, 1, 1), date(2026, 1, 2)):
        monkeypatch.setattr(Source, "changed", lambda self, day=day: day)
        seen.add(scanner.circumstances(source))

    assert len(seen) == 2


LOCATORS = [
    ("/a/b/c.txt", "/a/b/", "c.txt"),
    ("c.txt", "", "c.txt"),
    ("/a/b.zip!c/d.txt", "/a/", "b.zip!c/d.txt"),
    ("/a/x!y/c.txt", "/a/", "x!y/c.txt"),
    ("/c", "/", "c"),
]


@pytest.mark.parametrize(("locator", "folders", "own"), LOCATORS)
def test_a_locator_is_parted_into_folders_and_what_is_its_own(locator, folders, own):
    assert parted(locator) == (folders, own)
    assert Path(folders + own) == Path(locator)
