"""Folders of a real SSH server."""

import os
import shutil
import socket
import sys
import tempfile
from pathlib import Path

import pytest

pytest.importorskip("paramiko", reason="the extra `sftp` is not installed")
if sys.platform == "win32":
    pytest.skip("the server is one of POSIX systems", allow_module_level=True)

from share_servers import Slow, sshd
from store_nights import CLEAN, MARKED, put

from markscan.errors import AccessDenied, VanishedFile
from markscan.remote.accounts import Account
from markscan.remote.address import root_of
from markscan.remote.file import source_in
from markscan.remote.reach import Reach, leave
from markscan.remote.tree import everything
from markscan.shares import Shares
from markscan.walk import Stat, Unlisted, listings

LARGE = bytes(range(256)) * 20_000
GBK = b"\xb9\xe3\xb2\xa5.txt"  # 广播


@pytest.fixture(scope="module")
def place():
    top = Path(tempfile.mkdtemp(prefix="markscan-ssh-"))
    yield top
    shutil.rmtree(top)


@pytest.fixture(scope="module")
def tree(place):
    root = place / "树"
    put(root / "科室" / "标密 1%20.txt", MARKED)
    put(root / "控制\x01\n字符.txt", CLEAN)
    put(root / os.fsdecode(GBK), CLEAN)
    (root / "large.bin").write_bytes(LARGE)
    (root / "科室" / "loop").symlink_to(root)
    (root / "inside").symlink_to(root / "科室" / "标密 1%20.txt")
    (root / "outside").symlink_to("/etc")
    (root / "nowhere").symlink_to(root / "none")
    os.mkfifo(root / "pipe")
    return root


@pytest.fixture(scope="module")
def server(place):
    with sshd(place / "ssh") as running:
        yield running


@pytest.fixture
def reach(server, place):
    yield reach_of(server.port, place)
    leave()


def reach_of(port, place, **changed):
    files = {"key_file": place / "ssh" / "key", "known_hosts": place / "ssh" / "known"}
    shares = Shares(**{**files, "patience": 2.0, **changed})
    return Reach((Account("sftp", "127.0.0.1", port, "root"),), shares)


def url_of(server, tree):
    return f"sftp://127.0.0.1:{server.port}{tree}"


def told(reach, url):
    return list(everything([root_of(url)], reach))


def test_a_folder_is_listed_as_the_disk_is(reach, server, tree):
    url = url_of(server, tree)
    over, here = told(reach, url), list(listings([tree]))

    assert [one.path[len(url) :] for one in over] == [one.path[len(str(tree)) :] for one in here]
    for far, near in zip(over, here, strict=True):
        assert [f[:2] for f in far.files] == [f[:2] for f in near.files]
        assert [f.mtime // 10**9 for f in far.files] == [f.mtime // 10**9 for f in near.files]
        said = {each.locator[len(url) :]: each.error.reason for each in far.odd}
        assert said == {each.locator[len(str(tree)) :]: each.error.reason for each in near.odd}
    assert {each.error.reason for one in over for each in one.odd} == {
        *("link-loop", "link-out-of-root", "dangling-link", "special-file"),
    }


def test_names_that_are_no_text_can_be_read(reach, server, tree):
    found = told(reach, url_of(server, tree))
    reach.enter()
    sources = {f.name: source_in(found[0].path, f) for f in found[0].files}

    assert sources[os.fsdecode(GBK)].read() == CLEAN.encode()
    assert sources["控制\x01\n字符.txt"].read() == CLEAN.encode()


def test_a_broken_line_in_the_middle_of_a_file_costs_nothing(server, place, tree):
    line = Slow(server.port)
    kind, key = (place / "ssh" / "host.pub").read_text().split()[:2]
    known = place / "through-line"
    known.write_text(f"[127.0.0.1]:{line.port} {kind} {key}\n")
    reach = reach_of(line.port, place, known_hosts=known, patience=5.0)
    (alone,) = told(reach, f"sftp://127.0.0.1:{line.port}{tree}/large.bin")
    reach.enter()
    line.cut_after = line.passed + 2_000_000
    read = source_in(alone.path, alone.files[0]).read()
    leave()
    line.close()

    assert read == LARGE
    assert line.cut_after == float("inf")


def test_a_file_that_is_gone_says_so(reach, server, tree):
    reach.enter()
    with pytest.raises(VanishedFile):
        source_in(url_of(server, tree), Stat("none.txt", 1, 0, 0)).open()


@pytest.mark.parametrize(
    ("changed", "reason"),
    [({"known_hosts": Path("/none")}, "remote.host-key"), ({"key_file": "host"}, "remote.login")],
    ids=["unknown server", "wrong key"],
)
def test_a_server_or_user_that_is_not_known_is_turned_away(
    server, place, tree, changed, reason, monkeypatch
):
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    monkeypatch.setenv("HOME", str(place))
    if "key_file" in changed:
        changed = {"key_file": place / "ssh" / "host"}
    (one,) = told(reach_of(server.port, place, **changed), url_of(server, tree))

    assert isinstance(one, Unlisted)
    assert isinstance(one.error, AccessDenied)
    assert one.error.reason == reason


def test_a_server_that_speaks_no_ssh_is_an_interrupted_share(place, tree):
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
        reach = reach_of(port, place, patience=0.1)
    (one,) = told(reach, f"sftp://127.0.0.1:{port}{tree}")

    assert one.error.reason == "remote.broken"
