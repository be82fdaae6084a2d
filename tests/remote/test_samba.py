"""Shares of a real Samba server: what lies there, what is read, and what breaks."""

import os
import shutil
import sys
import tempfile
import threading
import time
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

pytest.importorskip("smbclient", reason="the extra `remote` is not installed")
if sys.platform == "win32":
    pytest.skip("Samba is a server of POSIX systems", allow_module_level=True)

import smbclient
from share_servers import PASSWORD, USER, Slow, samba
from share_work import bytes_of, count
from store_nights import CLEAN, MARKED, night, put

from markscan.errors import AccessDenied, UnreadError, VanishedFile
from markscan.finding import Status
from markscan.remote.accounts import Account
from markscan.remote.address import root_of
from markscan.remote.file import source_in
from markscan.remote.reach import Reach, leave
from markscan.remote.tree import everything
from markscan.remote.tree import listings as tree_listings
from markscan.run import run
from markscan.shares import Shares
from markscan.store.comparison import Change, compare
from markscan.store.database import open_database
from markscan.store.runs import one_run
from markscan.walk import Listing, Stat, Unlisted, listings

LONG = "长" * 60
LARGE = bytes(range(256)) * 20_000  # 5 MB


@pytest.fixture(scope="module")
def place():
    """A folder that the user of the share can reach: those of pytest are closed to him."""
    top = Path(tempfile.mkdtemp(prefix="markscan-share-"))
    top.chmod(0o755)
    yield top
    shutil.rmtree(top)


@pytest.fixture(scope="module")
def tree(place):
    root = place / "tree"
    put(root / "科室" / "关于 会议#1%20;a.txt", CLEAN)
    put(root / "科室" / "标密.txt", MARKED)
    put(root / "a-b" / "x.txt", CLEAN)
    put(root / "a" / "y.txt", CLEAN)
    put(root / "控制\x01字符.txt", CLEAN)
    put(root.joinpath(*[LONG] * 7, "深.txt"), MARKED)
    (root / "large.bin").write_bytes(LARGE)
    put(root / "private.txt", CLEAN).chmod(0o600)
    put(root / "closed" / "secret.txt", MARKED)
    (root / "closed").chmod(0o700)
    (root / "a" / "loop").symlink_to(root)
    yield root
    leave()


@pytest.fixture(scope="module")
def server(place, tree):
    with samba(place / "smbd", tree) as running:
        yield running


@pytest.fixture
def reach(server):
    """How the share is reached; its address."""
    yield partial(reach_of, server.port)
    leave()


def reach_of(port, password=PASSWORD, patience=0.5):
    account = Account("smb", "127.0.0.1", port, USER, password)
    return Reach((account,), Shares(patience=patience)), f"smb://127.0.0.1:{port}/docs"


def told(reach, url, exclude=()):
    return list(everything([root_of(url)], reach, exclude))


def opened(reach, url, name):
    """Return the file `name` as a scan would be given it."""
    reach.enter()
    folder, _, last = f"{url}/{name}".rpartition("/")
    listing = next(tree_listings([root_of(folder)]))
    assert isinstance(listing, Listing)
    return source_in(folder, next(each for each in listing.files if each.name == last))


def shape(found, root):
    """Return what was told of each folder, by its path from the root, without what cannot agree."""
    return [
        (
            one.path[len(root) :],
            one.error.reason
            if isinstance(one, Unlisted)
            else [(f.name, f.size, f.mtime // 1000) for f in one.files if "控制" not in f.name],
        )
        for one in found
    ]


def test_a_share_is_listed_as_the_disk_is(reach, tree):
    there, url = reach()
    over = [each for each in shape(told(there, url), url) if each[0] != "/closed"]
    here = [each for each in shape(listings([tree]), str(tree)) if each[0] != "/closed"]
    mangled = [f for f in over[0][1] if "~" in f[0].upper()]

    assert len(mangled) == 1  # the name with a control character, as Samba spells it
    over[0] = (over[0][0], [f for f in over[0][1] if f not in mangled])
    assert over == here


def test_what_cannot_be_listed_or_is_a_loop_is_told(reach):
    there, url = reach()
    found = told(there, url)
    unlisted = {one.path: one.error for one in found if isinstance(one, Unlisted)}
    odd = {each.locator: each.error.reason for one in found for each in getattr(one, "odd", ())}

    assert list(unlisted) == [f"{url}/closed"]
    assert isinstance(unlisted[f"{url}/closed"], AccessDenied)
    assert odd == {f"{url}/a/loop": "link-loop"}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("科室/关于 会议#1%20;a.txt", CLEAN.encode()),
        ("/".join([*[LONG] * 7, "深.txt"]), MARKED.encode()),
        ("large.bin", LARGE),
    ],
)
def test_a_file_has_the_bytes_it_has_on_disk(reach, name, data):
    source = opened(*reach(), name)

    assert source.read() == data
    assert source.read(7) == data[:7]
    assert source.size() == source.told_size() == len(data)


def test_a_file_can_be_read_from_anywhere(reach):
    with opened(*reach(), "large.bin").open() as file:
        file.seek(-3, os.SEEK_END)
        assert file.read() == LARGE[-3:]
        file.seek(1_500_000)
        assert file.read(10) == LARGE[1_500_000:1_500_010]


def test_a_file_without_permission_says_so(reach):
    with pytest.raises(AccessDenied):
        opened(*reach(), "private.txt").open()


def test_a_file_that_is_gone_says_so(reach):
    source = opened(*reach(), "a/y.txt")
    gone = source_in(source.path.folder, Stat("z.txt", 1, 0, 0))

    with pytest.raises(VanishedFile):
        gone.open()


def test_a_file_held_by_somebody_alone_says_so_and_a_scan_holds_nobody_off(reach, server):
    there, url = reach()
    unc = r"\\127.0.0.1\docs\a\y.txt"
    how = {"username": USER, "password": PASSWORD, "port": server.port, "connection_cache": {}}
    with smbclient.open_file(unc, "rb", share_access=None, **how):
        with pytest.raises(AccessDenied) as fault:
            opened(there, url, "a/y.txt").open()
        assert fault.value.reason == "remote.in-use"
    with opened(there, url, "a/y.txt").open() as file:
        assert smbclient.open_file(unc, "rb", share_access="w", **how).read() == file.read()
    smbclient.reset_connection_cache(connection_cache=how["connection_cache"])


@pytest.mark.parametrize(
    ("exclude", "left"),
    [
        (("科室", "CLOSED", LONG), {"a", "a-b", ""}),
        (("a*", "closed", "长*"), {"科室", ""}),
        (("{url}/A", "{url}/closed/**", "**/科室", "长*"), {"a-b", ""}),
        (("长*/**", "closed"), {"a", "a-b", "科室", ""}),
    ],
)
def test_patterns_leave_out_what_they_name(reach, exclude, left):
    there, url = reach()
    found = told(there, url, tuple(each.format(url=url) for each in exclude))

    assert {one.path[len(url) + 1 :] for one in found} == left
    assert found[0].closed


def test_a_root_may_be_a_file_and_one_in_another_is_left_out(reach):
    there, url = reach()
    (alone,) = told(there, f"{url}/科室/标密.txt")
    both = list(everything([root_of(f"{url}/a-b"), root_of(f"{url}/科室/")], there))
    nested = list(everything([root_of(f"{url}/a"), root_of(url)], there))

    assert (alone.path, [f.name for f in alone.files], alone.whole) == (
        f"{url}/科室",
        ["标密.txt"],
        False,
    )
    assert [one.path for one in both] == [f"{url}/a-b", f"{url}/科室"]
    assert [one.path for one in nested if one.path == f"{url}/a"] == [f"{url}/a"]


@pytest.mark.parametrize(
    ("path", "password", "kind", "reason"),
    [
        ("docs/none", PASSWORD, VanishedFile, "missing"),
        ("none", PASSWORD, VanishedFile, "missing"),
        ("docs", "wrong", AccessDenied, "remote.login"),
    ],
)
def test_a_root_that_cannot_be_reached_says_why(reach, server, path, password, kind, reason):
    there, _ = reach(password)
    (one,) = told(there, f"smb://127.0.0.1:{server.port}/{path}")

    assert isinstance(one, Unlisted)
    assert (type(one.error), one.error.reason) == (kind, reason)


def test_a_server_that_is_not_there_is_an_interrupted_share(server):
    line = Slow(server.port)
    line.close()
    there, url = reach_of(line.port, patience=0.3)
    (one,) = told(there, url)

    assert one.error.reason == "remote.broken"


def test_a_line_that_breaks_in_the_middle_of_a_file_costs_nothing(server):
    line = Slow(server.port)
    there, url = reach_of(line.port, patience=5)
    source = opened(there, url, "large.bin")
    line.cut_after = line.passed + 2_000_000

    assert source.read() == LARGE
    assert line.cut_after == float("inf")  # it was cut indeed
    leave()
    line.close()


def test_a_file_that_changes_while_the_line_is_broken_is_not_pieced_together(server, tree):
    put(tree / "changing.bin", "x" * 5_000_000)
    line = Slow(server.port)
    there, url = reach_of(line.port, patience=5)
    source = opened(there, url, "changing.bin")
    with source.open() as file:
        file.read(1_500_000)
        (tree / "changing.bin").write_text("y" * 5_000_000)
        line.cut()
        with pytest.raises(UnreadError) as fault:
            file.read()
    (tree / "changing.bin").unlink()
    leave()
    line.close()

    assert fault.value.reason == "remote.changed"


def test_on_a_slow_line_the_time_of_a_file_holds(server):
    line = Slow(server.port)
    there, url = reach_of(line.port)
    sources = [opened(there, url, name) for name in ("large.bin", "a/y.txt")]
    leave()
    threading.Timer(0.1, lambda: setattr(line, "rate", 200_000)).start()
    time.sleep(0.2)
    begun = time.monotonic()
    large, small = run(
        partial(bytes_of, there), iter(sources), workers=1, seconds=2, megabytes=4096
    )
    line.close()

    assert [problem.code for problem in large.problems] == ["timeout"]
    assert small.status is Status.EXAMINED
    assert time.monotonic() - begun < 60


def test_files_reach_worker_processes_and_each_connects_once(reach):
    there, url = reach()
    names = ["a/y.txt", "a-b/x.txt", "科室/标密.txt"]
    sources = [opened(there, url, name) for name in names]
    leave()
    outcomes = list(
        run(partial(count, there), iter(sources), workers=1, seconds=60, megabytes=4096)
    )

    assert [each.locator for each in outcomes] == [f"{url}/{name}" for name in names]
    assert {each.format for each in outcomes} == {"1"}  # connections made so far


def over_share(store, url, reach, after=None):
    """Scan a share once, in this process."""
    return night(store, found=everything([root_of(url)], reach), after=after)


def test_a_scan_over_a_share_says_what_one_of_the_disk_says(reach, tree, tmp_path):
    there, url = reach()
    root = tree / "科室"
    over = over_share(tmp_path / "smb.sqlite", f"{url}/科室", there)
    here = night(tmp_path / "disk.sqlite", root)

    def alike(seen, prefix):
        return {
            locator[len(prefix) :]: (
                each.status,
                each.format,
                each.content,
                [(f.rule, f.severity, f.place, f.message) for f in each.findings],
            )
            for locator, each in seen.outcomes.items()
        }

    assert alike(over, f"{url}/科室") == alike(here, root.as_posix())
    assert any(found for *_, found in alike(over, f"{url}/科室").values())
    assert over_share(tmp_path / "smb.sqlite", f"{url}/科室", there).names == []


def test_when_the_server_dies_nothing_is_gone_and_the_next_scan_goes_on(place, tmp_path):
    root = place / "dying"
    for folder in "abc":
        for number in range(3):
            put(root / folder / f"{number}.txt", MARKED)
    store = tmp_path / "store.sqlite"
    with samba(place / "dying-smbd", root) as mortal:
        there, url = reach_of(mortal.port, patience=0.3)
        first = over_share(store, url, there)
        for path in sorted(root.rglob("*.txt")):
            put(path, MARKED + "改")
        broken = over_share(store, url, there, after={2: mortal.kill})
        mortal.start()
        healed = over_share(store, url, there)
    leave()
    with closing(open_database(str(store))) as connection:
        found = compare(connection, one_run(connection, 1), one_run(connection, 3))
        changes = {each.change for each in found}

    assert len(first.examined) == 9
    read = [each for each in broken.outcomes.values() if each.status is Status.EXAMINED]
    lost = [each for each in broken.outcomes.values() if each.status is Status.UNREAD]
    assert len(read) >= 2
    assert lost
    assert all("共享中断" in each.problems[0].message.zh for each in lost)
    assert {each.locator for each in lost} >= {f"{url}/b", f"{url}/c"}
    assert Change.GONE not in changes
    assert len(healed.outcomes) == 9
    assert all(each.status is Status.EXAMINED for each in healed.outcomes.values())
