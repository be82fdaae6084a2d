"""Whose password is sent to which server."""

import pickle

import pytest

from markscan.errors import UsageError
from markscan.remote.accounts import VARIABLE, Account, accounts_for, read_accounts
from markscan.remote.address import root_of
from markscan.remote.reach import Reach

FILE = """# 办公网
smb://zhang@fs01 开 门 
smb://CORP;li@fs02:4450 x#y

sftp://backup@nas secret
"""


@pytest.fixture(autouse=True)
def no_variable(monkeypatch):
    monkeypatch.delenv(VARIABLE, raising=False)


@pytest.fixture
def known(tmp_path):
    path = tmp_path / "accounts.txt"
    path.write_text(FILE, "utf-8")
    return read_accounts(path)


@pytest.mark.parametrize(
    ("root", "user", "password"),
    [
        ("smb://fs01/d", "zhang", "开 门 "),
        ("smb://FS01:445/d", "zhang", "开 门 "),
        ("smb://zhang@fs01/d", "zhang", "开 门 "),
        ("smb://wang@fs01/d", "wang", ""),
        ("smb://fs02:4450/d", "CORP;li", "x#y"),
        ("smb://fs02/d", "", ""),
        ("sftp://nas/srv", "backup", "secret"),
        ("smb://nas/srv", "", ""),
    ],
)
def test_an_account_goes_to_its_server_alone(known, root, user, password):
    address = root_of(root)
    (account,) = accounts_for([address], known)

    assert (account.user, account.password) == (user, password)
    assert (account.host, account.port) == (address.host, address.port)


def test_the_file_goes_before_the_variable_and_that_before_a_question(known, monkeypatch):
    def ask(address):
        return "asked"

    roots = [root_of("smb://zhang@fs01/d"), root_of("smb://wang@fs03/d"), root_of("smb://fs04/d")]
    assert [a.password for a in accounts_for(roots, known, ask)] == ["开 门 ", "asked", ""]

    monkeypatch.setenv(VARIABLE, "set")
    assert [a.password for a in accounts_for(roots, known, ask)] == ["开 门 ", "set", "set"]


def test_two_roots_of_a_server_share_an_account(known):
    roots = [root_of("smb://zhang@fs01/a"), root_of("smb://fs01/b")]

    assert len(accounts_for(roots, known)) == 1


def test_two_users_of_a_server_are_refused():
    with pytest.raises(UsageError):
        accounts_for([root_of("smb://a@fs01/x"), root_of("smb://b@fs01/y")], ())


@pytest.mark.parametrize(
    "line", ["smb://fs01 x", "smb://a@fs01", "a b", "ftp://a@b c", "smb://a:b@fs01 c", "/x y"]
)
def test_a_line_that_names_no_account_is_refused_and_not_repeated(tmp_path, line):
    path = tmp_path / "accounts"
    path.write_text(f"smb://a@b c\n{line}\n", "utf-8")

    with pytest.raises(UsageError) as refused:
        read_accounts(path)

    assert "2" in refused.value.args[0].zh
    assert line not in refused.value.args[0].zh


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    with pytest.raises(UsageError) as refused:
        read_accounts(tmp_path / "none")

    assert "none" in refused.value.args[0].zh


def test_a_password_is_shown_by_nothing_and_travels():
    reach = Reach((Account("smb", "fs01", 0, "zhang", "kaimen"),))

    assert "kaimen" not in repr(reach) + repr(reach.accounts)
    assert pickle.loads(pickle.dumps(reach)) == reach
