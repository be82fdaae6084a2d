"""`markscan scan` of addresses: what it refuses, how it ends, and what it keeps to itself."""

import json
import shutil
import sys
import tempfile
import time
from pathlib import Path
from types import SimpleNamespace

import pytest
from share_servers import PASSWORD, USER, samba
from store_nights import CLEAN, MARKED, put

from markscan.cli import main, roots
from markscan.config import Config, read_config
from markscan.remote import reach
from markscan.remote.accounts import VARIABLE
from markscan.remote.address import root_of

pytestmark = pytest.mark.filterwarnings("ignore:unclosed SMB handle:ResourceWarning")


@pytest.fixture(autouse=True)
def state(tmp_path, monkeypatch):
    monkeypatch.setenv("MARKSCAN_STATE", str(tmp_path / "state"))
    monkeypatch.setenv(VARIABLE, PASSWORD)
    monkeypatch.chdir(tmp_path)
    yield tmp_path / "state"
    reach.leave()


@pytest.fixture
def place():
    """A folder that the user of the share can reach: those of pytest are closed to him."""
    top = Path(tempfile.mkdtemp(prefix="markscan-share-"))
    top.chmod(0o755)
    yield top
    shutil.rmtree(top)


@pytest.mark.parametrize(
    ("root", "said"),
    [
        ("smb://u:geheim@fs01/d", VARIABLE),
        ("smb://fs01", "smb://"),
        ("ftp://fs01/d", "ftp"),
        ("sftp://fs01:x/d", "sftp://"),
    ],
)
def test_an_address_that_cannot_be_meant_ends_with_2(root, said, capsys):
    assert main(["scan", root]) == 2
    told = capsys.readouterr().err
    assert said in told
    assert "geheim" not in told


@pytest.mark.parametrize(
    ("root", "command"),
    [
        ("smb://fs01/d", 'pip install "markscan[remote]"'),
        ("sftp://fs01/d", 'pip install "markscan[sftp]"'),
        ("s3://bucket/d", 'pip install "markscan[s3]"'),
    ],
)
def test_a_missing_package_is_named_with_the_command_that_brings_it(
    root, command, capsys, monkeypatch
):
    monkeypatch.setattr(reach.importlib.util, "find_spec", lambda name: None)

    assert main(["scan", root]) == 2
    assert command in capsys.readouterr().err


def test_the_configuration_says_how_shares_are_reached(tmp_path):
    path = tmp_path / "markscan.toml"
    path.write_text('[remote]\naccounts = "a.txt"\nkey-file = "k"\npatience = 3\n', "utf-8")
    told = read_config(path).shares

    assert (told.accounts, told.key_file) == (tmp_path / "a.txt", tmp_path / "k")
    assert (told.known_hosts, told.patience) == (None, 3)


def test_a_person_is_asked_unseen_for_what_nobody_has_written_down(monkeypatch):
    asked = []

    def prompt(text, **how):
        asked.append((text, how["hide_input"], how["err"]))
        return "kaimen"

    monkeypatch.delenv(VARIABLE)
    monkeypatch.setattr(reach, "require", lambda addresses: None)
    monkeypatch.setattr(roots.click, "prompt", prompt)
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(isatty=lambda: True))
    made = roots.reach_of([root_of("smb://zhang@fs01/d"), root_of("sftp://li@nas/x")], Config())

    assert [account.password for account in made.accounts] == ["kaimen", ""]
    assert asked == [("zhang 在 smb://fs01 的口令", True, True)]


def scan(*arguments):
    return main(["scan", *arguments, "--format", "jsonl", "--no-ocr", "--jobs", "1", "-q"])


@pytest.mark.skipif(sys.platform == "win32", reason="Samba is a server of POSIX systems")
def test_a_share_is_scanned_reported_again_and_scanned_anew(tmp_path, capsys, state, place):
    pytest.importorskip("smbclient", reason="the extra `remote` is not installed")
    put(place / "tree" / "科室" / "标密.txt", MARKED)
    put(place / "tree" / "a.txt", CLEAN)
    (tmp_path / "patient.toml").write_text("[remote]\npatience = 0.3\n")
    with samba(place / "smbd", place / "tree") as server:
        url = f"smb://127.0.0.1:{server.port}/docs"
        named = url.replace("//", f"//{USER}@")
        assert scan(named, "--config", "patient.toml") == 1
        first = capsys.readouterr().out
        assert main(["report", "--root", url, "--format", "jsonl", "-q"]) == 1
        again = capsys.readouterr().out
        server.kill()
        begun = time.monotonic()
        assert scan(named, "--config", "patient.toml") == 3
        broken = capsys.readouterr().out
        assert time.monotonic() - begun < 30
    found = [json.loads(line) for line in first.splitlines()]
    located = {one["locator"] for one in found if "locator" in one}

    assert located == {f"{url}/a.txt", f"{url}/科室/标密.txt"}
    assert {one["locator"] for one in map(json.loads, again.splitlines()) if "locator" in one} == (
        located
    )
    assert "共享中断" in broken
    everything = (
        first
        + again
        + broken
        + "".join(path.read_bytes().decode("latin-1") for path in state.iterdir())
    )
    assert PASSWORD.encode().decode("latin-1") not in everything
    assert f"{USER}@" not in everything
