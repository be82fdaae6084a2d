"""`scan --sketch` keeps fingerprints; `hunt` looks in them for what is registered later."""

import json
import random
import shutil
import zipfile
from pathlib import Path

import pytest

from markscan.cli import main
from markscan.fingerprint import Prints
from markscan.register import Entry
from markscan.register.book import Book
from markscan.register.keys import new_key, read_key, write_scan_key
from markscan.register.opening import export
from markscan.register.registering import prepare


def prose(seed, length):
    chance = random.Random(seed)
    return "".join(chr(chance.randrange(0x4E00, 0x9000)) for _ in range(length))


ORIGINAL = prose(1, 2000)
SECOND = prose(2, 800)


def said(capsys, *arguments):
    capsys.readouterr()
    code = main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def records(out):
    return [json.loads(line) for line in out.splitlines()]


def add(name, key, text, **more):
    with Book(Path(name), key) as book:
        addition = prepare(Entry(0, level="secret", **more), text, Prints(key.prints)).addition
        book.add([addition])


@pytest.fixture(scope="module")
def scanned(tmp_path_factory):
    """A share with a copy, an excerpt, an archive, a clean file; scanned when nothing was
    registered yet.
    """
    folder = tmp_path_factory.mktemp("office")
    Book.create(folder / "book", new_key(folder / "book.key")).__exit__()
    share = folder / "share"
    share.mkdir()
    (share / "copy.txt").write_text(ORIGINAL, "utf-8")
    (share / "part.txt").write_text(prose(3, 300) + ORIGINAL[500:700] + prose(4, 300), "utf-8")
    (share / "clean.txt").write_text(prose(5, 900), "utf-8")
    with zipfile.ZipFile(share / "old.zip", "w") as archive:
        archive.writestr("inside.txt", SECOND)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        scan()
    return folder


@pytest.fixture
def office(tmp_path, monkeypatch, scanned):
    """A folder with its register, what the scan has kept, and a copy of the share; its key.

    The names that were kept are those of the share that was scanned.
    """
    shutil.copytree(scanned, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return read_key(tmp_path / "book.key")


def scan():
    told = ["scan", "share", "--sketch", "kept", "--register", "book", "-q", "--jobs", "1"]
    assert main(told) in (0, 1, 3)


def hunted(capsys, *more):
    told = ("hunt", "--sketch", "kept", "--register", "book", "--format", "jsonl", *more)
    code, out, err = said(capsys, *told)
    return code, {(r["locator"].rpartition("/share/")[2], r["entry"]): r for r in records(out)}, err


def test_a_document_registered_after_the_scan_is_found(capsys, office):
    add("book", office, ORIGINAL, id="A")
    add("book", office, SECOND, id="B")
    code, rows, err = hunted(capsys)

    assert code == 1
    assert list(rows) == [("copy.txt", "A"), ("old.zip!inside.txt", "B"), ("part.txt", "A")]
    assert rows["copy.txt", "A"]["share"] == pytest.approx(1, abs=0.15)
    assert rows["part.txt", "A"]["share"] == pytest.approx(0.1, rel=0.6)
    assert {row["state"] for row in rows.values()} == {"suspected"}
    assert "4 个文件" in err and "2 件密件" in err and "3 条" in err


def test_an_export_and_the_key_for_scanning_are_enough(capsys, office, tmp_path):
    add("book", office, ORIGINAL, id="A")
    with Book(tmp_path / "book", office) as book:
        export(book, tmp_path / "out")
    write_scan_key(office, tmp_path / "out.key")
    code, out, _ = said(capsys, "hunt", "--sketch", "kept", "--register", "out")

    assert code == 1
    assert out.count("疑似") == 2


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (["--entry", "B"], {"B"}),
        (["--since", "B"], {"B", "C"}),
        (["--since", "C", "--entry", "A"], {"A", "C"}),
        ([], {"A", "B", "C"}),
    ],
    ids=["one", "since one", "both", "all"],
)
def test_only_the_entries_asked_for_are_sought(capsys, office, asked, expected):
    for name, text in (("A", ORIGINAL), ("B", SECOND), ("C", prose(5, 900))):
        add("book", office, text, id=name)

    assert {entry for _, entry in hunted(capsys, *asked)[1]} == expected


def test_confirm_reads_the_files_again_and_says_where(capsys, office):
    add("book", office, ORIGINAL, id="A")
    code, rows, _ = hunted(capsys, "--confirm", "--jobs", "1")

    assert code == 1
    assert list(rows) == [("copy.txt", "A"), ("part.txt", "A")]
    row = rows["part.txt", "A"]
    assert row["state"] in ("confirmed", "review")
    assert row["share"] == pytest.approx(0.1, rel=0.1)
    assert row["passages"] == 1 and row["place"]["label"]


def test_confirm_keeps_what_is_no_longer_there(capsys, office, tmp_path):
    (tmp_path / "kept").unlink()
    scan()
    add("book", office, ORIGINAL, id="A")
    (tmp_path / "share" / "copy.txt").unlink()
    (tmp_path / "share" / "part.txt").write_text(prose(7, 500), "utf-8")

    rows = hunted(capsys, "--confirm", "--jobs", "1")[1]
    assert {key[0]: row["state"] for key, row in rows.items()} == {"copy.txt": "unread"}


def test_a_second_scan_replaces_what_was_kept(capsys, office, tmp_path):
    (tmp_path / "kept").unlink()
    scan()
    (tmp_path / "share" / "copy.txt").write_text(prose(7, 500), "utf-8")
    scan()
    add("book", office, ORIGINAL, id="A")

    assert set(hunted(capsys)[1]) == {("part.txt", "A")}


def test_nothing_found_ends_well_unless_something_is_damaged(capsys, office, tmp_path):
    add("book", office, prose(8, 900), id="A")
    assert hunted(capsys)[0] == 0

    path = tmp_path / "kept"
    path.write_bytes(path.read_bytes()[:-7])
    code, _, err = hunted(capsys)
    assert code == 3
    assert "损坏、被截断" in err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["hunt", "--sketch", "none", "--register", "book"], "没有指纹存档"),
        (["hunt", "--sketch", "book", "--register", "book"], "不是指纹存档"),
        (["hunt", "--sketch", "kept"], "--register"),
        (["hunt", "--sketch", "kept", "--register", "book", "--entry", "X"], "没有编号“X”"),
        (["hunt", "--sketch", "kept", "--register", "book", "--key", "other.key"], "密钥"),
        (["scan", "share", "--sketch", "kept"], "--register"),
        (["scan", "share", "--sketch", "share/copy.txt", "--register", "book"], "不是指纹存档"),
        (["scan", "share", "--sketch", "no/kept", "--register", "book"], "无法写出"),
    ],
)
def test_misuse_is_refused_before_anything_is_read(capsys, office, tmp_path, arguments, says):
    new_key(tmp_path / "other.key")
    before = (tmp_path / "kept").read_bytes()
    code, out, err = said(capsys, *arguments)

    assert (code, out) == (2, "")
    assert says in err
    assert (tmp_path / "kept").read_bytes() == before


def test_a_sketch_among_the_files_is_not_scanned(capsys, office, tmp_path):
    shutil.move("kept", "share/kept")
    told = ("scan", "share", "--sketch", "share/kept", "--register", "book", "--format", "jsonl")
    _, out, _ = said(capsys, *told)

    assert not [row for row in records(out) if row["locator"].endswith("kept")]


def test_a_disk_that_is_full_does_not_end_the_scan(capsys, office, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("markscan.register.sketch_writer.put_segment", full)
    told = ("scan", "share", "--sketch", "new", "--register", "book", "--format", "jsonl")
    code, out, err = said(capsys, *told)

    assert code == 4
    assert len(records(out)) == 5
    assert "指纹存档没有写完" in err


def test_nothing_that_is_printed_or_kept_holds_text(capsys, office, tmp_path):
    add("book", office, ORIGINAL, id="A", title="绝不外传的题目")
    _, out, err = said(capsys, "hunt", "--sketch", "kept", "--register", "book")

    for secret in (ORIGINAL[500:508], "绝不外传的题目"):
        assert secret not in out + err
        assert secret.encode() not in (tmp_path / "kept").read_bytes()
