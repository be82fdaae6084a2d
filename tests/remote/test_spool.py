"""Large files of shares: the network carries them once, and nothing readable comes to disk."""

import gc
import os
import random
import shutil
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest
from share_servers import Slow, sshd
from store_nights import MARKED

from markscan import Config, Scanner, read_once
from markscan.finding import Status
from markscan.policy import Policy
from markscan.read_once import ReadOnce
from markscan.remote import spool as spooling
from markscan.remote.accounts import Account
from markscan.remote.file import RemoteFile
from markscan.remote.reach import Reach, leave
from markscan.remote.spool import Spool
from markscan.shares import Shares
from markscan.source import Source

ORIGIN = RemoteFile("sftp://fs01/d", "a.txt", 7, 9)
DATA = random.Random(1).randbytes(1_000_003)
PADDING = "关于例行工作的记录，无其他内容。\n" * 60_000


@pytest.fixture
def spool():
    made = Spool(ORIGIN)
    for at in range(0, len(DATA), 99_991):
        made.add(DATA[at : at + 99_991])
    yield made
    made.close()


@pytest.mark.parametrize("begin", [0, 1, 15, 16, 17, 262_143, 999_990, 1_000_003, 2_000_000])
@pytest.mark.parametrize("most", [1, 16, 70_000])
def test_what_was_put_in_is_read_from_anywhere(begin, most, spool):
    assert spool.read_at(begin, most) == DATA[begin : begin + most]


def test_readers_do_not_disturb_each_other(spool):
    with spool.open() as one, spool.open() as other:
        one.seek(500_000)
        assert other.read(40) == DATA[:40]
        assert one.read() == DATA[500_000:]
        assert other.seek(-5, os.SEEK_END) == len(DATA) - 5
        assert other.read() == DATA[-5:]


def test_a_spool_goes_by_the_name_of_the_file(spool):
    source = Source(spool)

    assert (source.locator, source.name) == ("sftp://fs01/d/a.txt", "a.txt")
    assert source.size() == source.told_size() == len(DATA)


def test_what_lies_on_disk_cannot_be_read():
    made = Spool(ORIGIN)
    made.add(MARKED.encode() * 1000)
    made._file.seek(0)
    there = made._file.read()
    made.close()

    assert len(there) == len(MARKED.encode() * 1000)
    assert len(set(there)) == 256
    assert "机密".encode() not in there


@pytest.mark.skipif(sys.platform == "win32", reason="there the file has a name while it is open")
def test_the_file_has_no_name(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    made = Spool(ORIGIN)
    made.add(DATA)

    assert list(tmp_path.iterdir()) == []
    made.close()


@pytest.fixture
def share():
    """A folder served over a line that counts bytes: its files by name, and that line."""
    pytest.importorskip("paramiko", reason="the extra `sftp` is not installed")
    if sys.platform == "win32":
        pytest.skip("the server is one of POSIX systems")
    top = Path(tempfile.mkdtemp(prefix="markscan-spool-"))
    (top / "text.txt").write_text(MARKED + PADDING, "utf-8")
    with zipfile.ZipFile(top / "packed.zip", "w") as archive:
        archive.writestr("a.txt", MARKED)
        archive.writestr("b.txt", PADDING)
    with sshd(top / "ssh") as server:
        line = Slow(server.port)
        (top / "ssh" / "known").write_text(
            (top / "ssh" / "known").read_text().replace(str(server.port), str(line.port))
        )
        shares = Shares(key_file=top / "ssh" / "key", known_hosts=top / "ssh" / "known")
        Reach((Account("sftp", "127.0.0.1", line.port, "root"),), shares).enter()
        yield top, line
        leave()
        line.close()
    shutil.rmtree(top)


@pytest.fixture
def scan(monkeypatch):
    monkeypatch.setattr(read_once, "_WHOLE", 1 << 20)
    return ReadOnce(Scanner(Config(task="scan", policy=Policy(), ocr=False)))


def remote(top, line, name):
    return Source(RemoteFile(f"sftp://127.0.0.1:{line.port}{top}", name))


@pytest.mark.parametrize("name", ["text.txt", "packed.zip"])
def test_a_large_file_comes_over_the_network_once(name, share, scan):
    top, line = share
    size = (top / name).stat().st_size

    outcome = scan(remote(top, line, name))

    assert outcome.status is Status.EXAMINED
    assert [found.rule for one in outcome.flat() for found in one.findings].count("MS301") == 1
    assert size > 2 << 20
    assert size <= line.passed < 1.1 * size
    gc.collect()  # a spool that nobody closed would warn


def test_without_room_for_it_a_file_is_read_twice(share, scan, monkeypatch):
    top, line = share

    class Full(Spool):
        def add(self, data):
            if self.size:
                raise OSError(28, "No space left on device")
            super().add(data)

    monkeypatch.setattr(spooling, "Spool", Full)
    outcome = scan(remote(top, line, "text.txt"))

    assert outcome.status is Status.EXAMINED
    assert line.passed > 1.9 * (top / "text.txt").stat().st_size


def test_a_spool_is_gone_when_the_scan_fails(share, scan, monkeypatch):
    top, line = share
    made = []

    class Noted(Spool):
        def __init__(self, origin):
            super().__init__(origin)
            made.append(self)

    monkeypatch.setattr(spooling, "Spool", Noted)
    monkeypatch.setattr(Scanner, "scan_file", lambda self, file: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        scan(remote(top, line, "text.txt"))
    assert [each._file.closed for each in made] == [True]
