"""`markscan check` and `markscan review` of addresses: single files and batches on shares."""

import json
import shutil
import sys
import tempfile
from pathlib import Path

import builders_docx as docx
import pytest
from share_servers import PASSWORD, USER, samba, sshd
from store_nights import CLEAN, MARKED, put

from markscan.cli import main
from markscan.remote import reach
from markscan.remote.accounts import VARIABLE

pytestmark = pytest.mark.filterwarnings("ignore:unclosed SMB handle:ResourceWarning")
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="the servers are those of POSIX systems")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """A working folder of its own."""
    monkeypatch.setenv(VARIABLE, PASSWORD)
    monkeypatch.chdir(tmp_path)
    yield tmp_path
    reach.leave()


@pytest.fixture
def place():
    """A folder that the user of a share can reach, with a tree in it."""
    top = Path(tempfile.mkdtemp(prefix="markscan-share-"))
    top.chmod(0o755)
    put(top / "tree" / "科室" / "标密.txt", MARKED)
    put(top / "tree" / "a.txt", CLEAN)
    put(top / "tree" / "archive" / "b.txt", CLEAN)
    yield top
    shutil.rmtree(top)


def said(capsys, command, *arguments):
    capsys.readouterr()
    code = main([command, *arguments, "--format", "jsonl", "--no-ocr", "--jobs", "1"])
    captured = capsys.readouterr()
    return code, [json.loads(line) for line in captured.out.splitlines()], captured.err


def states(records):
    return {one["locator"]: (one["status"], bool(one["findings"])) for one in records}


@pytest.mark.parametrize("command", ["check", "review"])
@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("smb://u:geheim@fs01/d/a.docx", VARIABLE),
        ("smb://fs01", "smb://"),
        ("ftp://fs01/d", "ftp"),
        ("sftp://fs01:x/d", "sftp://"),
    ],
)
def test_an_address_that_cannot_be_meant_ends_with_2(command, address, words, capsys):
    assert main([command, address]) == 2
    told = capsys.readouterr().err
    assert words in told
    assert "geheim" not in told


@pytest.mark.parametrize("command", ["check", "review"])
@pytest.mark.parametrize(
    ("address", "extra"),
    [("smb://fs01/d/a", "remote"), ("sftp://fs01/a", "sftp"), ("s3://bucket/a", "s3")],
)
def test_a_missing_package_is_named(command, address, extra, capsys, monkeypatch):
    monkeypatch.setattr(reach.importlib.util, "find_spec", lambda name: None)

    assert main([command, address]) == 2
    assert f'pip install "markscan[{extra}]"' in capsys.readouterr().err


@pytest.mark.parametrize("command", ["check", "review"])
def test_the_url_of_a_file_here_is_its_path(command, folder, capsys):
    path = folder / "科室 1" / "标密.txt"
    put(path, MARKED)

    code, records, _ = said(capsys, command, path.as_uri())

    assert (code, states(records)) == (1, {path.as_posix(): ("examined", True)})


def test_a_draft_on_a_share_gets_no_comments(folder, capsys):
    assert main(["check", "sftp://fs01/a.docx", "--annotate", "b.docx"]) == 2
    assert "复制到本机" in capsys.readouterr().err
    assert not (folder / "b.docx").exists()


@POSIX
def test_files_of_an_ssh_server_are_checked_and_reviewed(folder, place, capsys):
    pytest.importorskip("paramiko", reason="the extra `sftp` is not installed")
    tree = place / "tree"
    (tree / "draft.docx").write_bytes(docx.document(docx.body(docx.para("机密☆10年"))))
    with sshd(place / "ssh") as server:
        key, known = place / "ssh" / "key", place / "ssh" / "known"
        told = f"[remote]\nkey-file = '{key}'\nknown-hosts = '{known}'\npatience = 2\n"
        (folder / "markscan.toml").write_text(told, "utf-8")
        base = f"sftp://root@127.0.0.1:{server.port}{tree}"
        url = base.replace("root@", "")
        names = ("科室/标密.txt", "a.txt", "none.txt", "archive", "draft.docx")
        files = [f"{base}/{name}" for name in names]
        checked = said(capsys, "check", *files, "--slip", "slip.docx")
        (folder / "markscan.toml").write_text(f"{told}[scan]\nexclude = ['archive']\n", "utf-8")
        reviewed = said(capsys, "review", base)

    assert checked[0] == 1
    assert states(checked[1]) == {
        f"{url}/科室/标密.txt": ("examined", True),
        f"{url}/a.txt": ("examined", False),
        f"{url}/none.txt": ("unread", False),
        f"{url}/archive": ("unread", False),
        f"{url}/draft.docx": ("examined", True),
    }
    assert (folder / "slip.docx").stat().st_size
    assert reviewed[0] == 1
    assert sorted(states(reviewed[1])) == sorted(
        f"{url}/{name}" for name in ("a.txt", "draft.docx", "科室/标密.txt")
    )
    assert sorted(path.name for path in tree.rglob("*")) == sorted(
        ("a.txt", "archive", "b.txt", "draft.docx", "科室", "标密.txt")
    )


@POSIX
def test_files_of_a_samba_share_are_checked_and_reviewed(folder, place, capsys):
    pytest.importorskip("smbclient", reason="the extra `remote` is not installed")
    (folder / "markscan.toml").write_text("[remote]\npatience = 0.3\n", "utf-8")
    with samba(place / "smbd", place / "tree") as server:
        url = f"smb://127.0.0.1:{server.port}/docs"
        named = url.replace("//", f"//{USER}@")
        checked = said(capsys, "check", f"{named}/科室/标密.txt", f"{named}/a.txt")
        reviewed = said(capsys, "review", named)
        server.kill()
        broken = said(capsys, "check", f"{named}/a.txt")

    assert (checked[0], reviewed[0], broken[0]) == (1, 1, 3)
    assert states(checked[1]) == {
        f"{url}/科室/标密.txt": ("examined", True),
        f"{url}/a.txt": ("examined", False),
    }
    assert states(reviewed[1]) == {
        **states(checked[1]),
        f"{url}/archive/b.txt": ("examined", False),
    }
    assert "共享中断" in broken[1][0]["problems"][0]["message"]
    assert USER not in str((checked, reviewed, broken))
