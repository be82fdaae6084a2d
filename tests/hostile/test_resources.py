"""Bad input, through the command line: each file ends in one outcome and the scan goes on."""

import json
import os
import struct
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import pytest
from corpora import folder

MARKED = "机密★10年\n关于召开会议的通知\n"


def scan(*paths, command="scan", **options):
    """Exit code and the outcomes by file name of a real process."""
    told = subprocess.run(
        [sys.executable, "-m", "markscan", command, "--format", "jsonl", *map(str, paths)],
        capture_output=True,
        check=False,
        timeout=120,
        **options,
    )
    outcomes = [json.loads(line) for line in told.stdout.decode("utf-8").splitlines()]
    return told.returncode, {Path(o["locator"]).name: o for o in outcomes}


def ending(outcome):
    return outcome["status"], sorted({problem["code"] for problem in outcome["problems"]})


def encrypted_zip(path):
    """A zip whose only entry says that it is encrypted."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "x" * 40)
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", data, data.index(signature) + offset, 1)
    path.write_bytes(data)


@pytest.fixture
def share(tmp_path):
    root = tmp_path / "share"
    root.mkdir()
    (root / "marked.txt").write_text(MARKED, "utf-8")
    return root


def test_every_kind_of_bad_file_has_its_ending(share):
    docx = folder_of_one_docx(share)
    (share / "empty.txt").touch()
    (share / "cut.docx").write_bytes(docx[: len(docx) // 2])
    (share / "picture.docx").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (share / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    (share / "noise.bin").write_bytes(bytes(range(256)) * 40)
    encrypted_zip(share / "locked.zip")

    code, outcomes = scan(share)

    assert code == 1
    assert ending(outcomes["marked.txt"]) == ("examined", [])
    assert outcomes["marked.txt"]["verdict"] == "above-ceiling"
    assert ending(outcomes["empty.txt"]) == ("examined", [])
    assert ending(outcomes["whole.docx"]) == ("examined", [])
    assert outcomes["cut.docx"]["status"] in {"partial", "unread"}
    assert ending(outcomes["cut.docx"])[1] == ["damaged"]
    assert ending(outcomes["picture.docx"]) == ("unread", ["damaged", "no-text-layer"])
    assert ending(outcomes["old.doc"]) == ("unread", ["damaged"])
    assert ending(outcomes["noise.bin"]) == ("unread", ["unsupported"])
    assert ending(outcomes["locked.zip"]) == ("unread", ["encrypted"])
    assert all(o["verdict"] is None for o in outcomes.values() if o["status"] == "unread")


def folder_of_one_docx(share):
    import docx

    document = docx.Document()
    document.add_paragraph("关于召开会议的通知")
    document.save(str(share / "whole.docx"))
    return (share / "whole.docx").read_bytes()


def test_a_missing_path_is_an_outcome_and_the_others_are_scanned(share):
    code, outcomes = scan(share / "no-such.txt", share / "marked.txt", command="review")

    assert code == 1
    assert ending(outcomes["no-such.txt"]) == ("unread", ["vanished"])
    assert outcomes["marked.txt"]["status"] == "examined"


def test_nothing_found_but_not_all_read_is_exit_code_three(tmp_path):
    (tmp_path / "note.txt").write_text("普通通知。", "utf-8")
    (tmp_path / "noise.bin").write_bytes(bytes(range(256)) * 40)

    assert scan(tmp_path)[0] == 3


def test_a_gigabyte_of_holes_ends_quickly_and_not_as_clean(tmp_path):
    hollow, tail = tmp_path / "hollow.txt", tmp_path / "tail.txt"
    for path in (hollow, tail):
        with path.open("wb") as file:
            file.truncate(1 << 30)
    with tail.open("r+b") as file:
        file.seek((1 << 30) - 40)
        file.write(MARKED.encode())
    began = time.monotonic()

    _, outcomes = scan(tmp_path)

    assert time.monotonic() - began < 60
    for outcome in outcomes.values():
        assert outcome["status"] != "examined"
        assert outcome["verdict"] != "clean"


@pytest.mark.skipif(sys.platform == "win32", reason="needs links and pipes of a Unix system")
def test_loops_pipes_and_links_out_are_not_followed(share, tmp_path):
    outside = tmp_path / "outside.txt"
    outside.write_text(MARKED, "utf-8")
    (share / "self").symlink_to(share, target_is_directory=True)
    (share / "one").symlink_to(share / "two")
    (share / "two").symlink_to(share / "one")
    (share / "out.txt").symlink_to(outside)
    os.mkfifo(share / "pipe.docx")

    code, outcomes = scan(share)

    assert code == 1
    assert outcomes["marked.txt"]["status"] == "examined"
    assert "outside.txt" not in outcomes
    for name in ("one", "two", "out.txt", "pipe.docx"):
        assert outcomes[name]["status"] == "unread", name


@pytest.mark.skipif(sys.platform == "win32", reason="file names of a Unix system")
def test_names_that_are_no_text_are_reported_without_harm(share):
    (share / "a\nb.txt").write_text(MARKED, "utf-8")
    (share / "\x1b[31mred.txt").write_text(MARKED, "utf-8")
    Path(os.fsdecode(os.fsencode(share) + b"/\xc3\xdc\xbc\xb6.txt")).write_text(MARKED, "utf-8")

    code, outcomes = scan(share)

    assert code == 1
    assert len(outcomes) == 4
    assert all(o["status"] == "examined" for o in outcomes.values())


def test_nothing_under_a_root_is_changed(share):
    folder_of_one_docx(share)
    old = time.time() - 10 * 86400
    for path in share.iterdir():
        os.utime(path, (old, old))
    before = {path: path.stat() for path in share.iterdir()}

    scan(share)

    after = {path: path.stat() for path in share.iterdir()}
    assert before.keys() == after.keys()
    for path, was in before.items():
        assert was.st_mtime_ns == after[path].st_mtime_ns
        if hasattr(os, "O_NOATIME"):
            assert was.st_atime_ns == after[path].st_atime_ns


def test_a_wrong_key_is_refused_before_anything_is_scanned(share, tmp_path):
    config = tmp_path / "markscan.toml"
    config.write_text('[[location]]\npath = "/x"\nhightest = { cn-state = "jimi" }\n', "utf-8")

    told = subprocess.run(
        [sys.executable, "-m", "markscan", "scan", "--config", str(config), str(share)],
        capture_output=True,
        check=False,
        timeout=60,
    )

    said = told.stderr.decode("utf-8")
    assert told.returncode == 2
    assert told.stdout == b""
    assert "markscan.toml:3" in said
    assert "hightest" in said and "highest" in said


@pytest.mark.corpus
def test_every_hostile_file_ends_in_one_outcome(tmp_path):
    hostile = folder("corpus", "hostile")
    # Archives made to explode have one line a file inside; the top ones are counted here.
    left_out = {"fanout_650GB.zip", "many_entries_200k.zip"}
    files = [path for path in sorted(hostile.iterdir()) if path.name not in left_out]
    listed = tmp_path / "list"
    listed.write_text("\n".join(map(str, files)), "utf-8")
    told = subprocess.run(
        [
            sys.executable,
            "-m",
            "markscan",
            "review",
            "--format",
            "jsonl",
            "--files-from",
            str(listed),
        ],
        capture_output=True,
        check=False,
        timeout=300,
    )
    outcomes = [json.loads(line) for line in told.stdout.decode("utf-8").splitlines()]
    own = {o["locator"]: o for o in outcomes if "!" not in o["locator"]}

    assert told.returncode in {1, 3}
    assert set(own) == {path.as_posix() for path in files}
    for outcome in own.values():
        if outcome["status"] != "examined":
            assert outcome["problems"], outcome["locator"]
            assert outcome["verdict"] != "clean"
