"""What was compiled is read again only where it can be trusted."""

import os

import numpy as np
import pytest

from markscan import cache

COLUMNS = {
    "wide": np.arange(5, dtype=np.int64),
    "narrow": np.array([[1, 2], [3, 4]], np.uint16),
    "none": np.zeros(0, np.float32),
}
KEY, OTHER_KEY = bytes(32), bytes(range(32))


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv(cache.FOLDER, str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.mark.parametrize("secret", [None, KEY], ids=["open", "sealed"])
def test_columns_come_back_as_they_were(secret):
    cache.save("kind", b"digest", COLUMNS, secret)
    loaded = cache.load("kind", b"digest", secret)
    assert loaded is not None
    assert loaded.keys() == COLUMNS.keys()
    for name, column in COLUMNS.items():
        assert loaded[name].dtype == column.dtype
        assert loaded[name].tolist() == column.tolist()


def test_columns_that_were_not_saved_are_not_there():
    assert cache.load("kind", b"digest") is None
    cache.save("kind", b"digest", COLUMNS)
    assert cache.load("kind", b"another") is None
    assert cache.load("other", b"digest") is None


@pytest.mark.parametrize(
    ("saved", "read"), [(KEY, OTHER_KEY), (KEY, None), (None, KEY)], ids=["wrong", "none", "open"]
)
def test_columns_are_read_under_their_own_key_only(saved, read):
    cache.save("kind", b"digest", COLUMNS, saved)
    assert cache.load("kind", b"digest", read) is None


def test_sealed_columns_do_not_lie_open(folder):
    text = np.frombuffer("绝密工程代号".encode("utf-16-le"), np.uint16)
    cache.save("open", b"digest", {"text": text})
    cache.save("sealed", b"digest", {"text": text}, KEY)
    holding = [path.name[:4] for path in folder.iterdir() if text.tobytes() in path.read_bytes()]
    assert holding == ["open"]


@pytest.mark.parametrize("secret", [None, KEY], ids=["open", "sealed"])
@pytest.mark.parametrize("at", [0, 20, 70, -1])
def test_a_changed_entry_is_not_read(folder, at, secret):
    cache.save("kind", b"digest", COLUMNS, secret)
    (path,) = folder.iterdir()
    raw = bytearray(path.read_bytes())
    raw[at] ^= 1
    path.write_bytes(raw)
    assert cache.load("kind", b"digest", secret) is None


@pytest.mark.parametrize("length", [0, 1, 30, 100])
def test_an_entry_cut_short_is_not_read(folder, length):
    cache.save("kind", b"digest", COLUMNS)
    (path,) = folder.iterdir()
    path.write_bytes(path.read_bytes()[:length])
    assert cache.load("kind", b"digest") is None


def test_an_entry_of_another_format_is_not_read(monkeypatch):
    cache.save("kind", b"digest", COLUMNS)
    monkeypatch.setattr(cache, "FORMAT", cache.FORMAT + 1)
    assert cache.load("kind", b"digest") is None


def test_a_place_that_cannot_be_written_costs_only_time(folder):
    folder.write_text("a file where the folder should be")
    cache.save("kind", b"digest", COLUMNS)
    assert cache.load("kind", b"digest") is None


DIGEST = bytes(range(16))
OURS = (f"kind-{DIGEST.hex()}.columns", f"kind-{DIGEST.hex()}.{DIGEST.hex()[:16]}.part")
NOT_OURS = ("a.columns", "a.part", "report-2025.columns", f"kind-{DIGEST.hex()}.part", "list.txt")


def test_entries_that_nobody_reads_go(folder):
    cache.save("old", DIGEST, COLUMNS)
    (path,) = folder.iterdir()
    os.utime(path, (0, 0))
    cache.save("new", DIGEST, COLUMNS)
    assert [entry.name[:3] for entry in folder.iterdir()] == ["new"]


def old_files(folder):
    folder.mkdir(mode=0o700)
    for name in (*OURS, *NOT_OURS):
        (folder / name).write_text("of somebody")
        os.utime(folder / name, (0, 0))


def test_only_files_with_names_of_our_own_go(folder):
    old_files(folder)
    cache.save("new", DIGEST, COLUMNS)
    left = {path.name for path in folder.iterdir()}
    assert left == {*NOT_OURS, f"new-{DIGEST.hex()}.columns"}


def test_the_whole_cache_can_be_forgotten(folder):
    assert cache.forget() == (0, 0)
    old_files(folder)
    cache.save("new", DIGEST, COLUMNS)
    cache.save("new", DIGEST[::-1], COLUMNS, KEY)
    assert cache.forget() == (2, 0)
    assert {path.name for path in folder.iterdir()} == set(NOT_OURS)


def test_what_cannot_be_removed_is_counted(folder, monkeypatch):
    cache.save("new", DIGEST, COLUMNS)

    def refuse(path):
        raise PermissionError

    monkeypatch.setattr(type(folder), "unlink", refuse)
    assert cache.forget() == (0, 1)


def test_an_entry_that_is_not_used_is_no_warning(folder, caplog):
    caplog.set_level("INFO")
    cache.save("kind", DIGEST, COLUMNS)
    (path,) = folder.iterdir()
    path.write_bytes(b"")
    assert cache.load("kind", DIGEST) is None
    assert [record.levelname for record in caplog.records] == ["INFO"]


@pytest.mark.skipif(os.name == "nt", reason="the profile of the user is private there")
def test_a_folder_that_others_may_write_to_is_not_used(folder):
    folder.mkdir()
    folder.chmod(0o777)
    cache.save("kind", b"digest", COLUMNS)
    assert list(folder.iterdir()) == []
    folder.chmod(0o700)
    cache.save("kind", b"digest", COLUMNS)
    assert cache.load("kind", b"digest") is not None
    folder.chmod(0o777)
    assert cache.load("kind", b"digest") is None
