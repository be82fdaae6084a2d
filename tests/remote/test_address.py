"""What a user may name as a root, and what is made of it."""

import sys
from pathlib import Path

import pytest

from markscan.errors import UsageError
from markscan.pathpattern import compiled, is_absolute, normal
from markscan.policy import Location, Policy
from markscan.remote.address import Address, root_of
from markscan.remote.file import RemoteFile, source_in
from markscan.walk import Stat


@pytest.mark.parametrize(
    ("text", "url", "user"),
    [
        ("smb://fs01/共享", "smb://fs01/共享", ""),
        ("SMB://FS01/Share/", "smb://fs01/Share", ""),
        ("smb://zhang@fs01/共享/人事 处", "smb://fs01/共享/人事 处", "zhang"),
        ("smb://CORP;zhang@fs01:4450/d", "smb://fs01:4450/d", "CORP;zhang"),
        ("smb://zhang@corp.example@fs01/d", "smb://fs01/d", "zhang@corp.example"),
        ("smb://fs01/d//a/./b/../c", "smb://fs01/d/a/c", ""),
        ("smb://fs01/d/100%25#1?.txt", "smb://fs01/d/100%25#1?.txt", ""),
        ("sftp://[::1]:22/srv", "sftp://[::1]:22/srv", ""),
        ("sftp://host/", "sftp://host", ""),
        ("s3://Bucket/a/b", "s3://Bucket/a/b", ""),
    ],
)
def test_an_address_is_written_without_user(text, url, user):
    found = root_of(text)

    assert isinstance(found, Address)
    assert (found.url, found.user) == (url, user)
    assert root_of(found.url) == found


@pytest.mark.parametrize("text", ["share/x", "/srv/x", "C:\\data", "\\\\fs01\\d", "a:b", "smb:/x"])
def test_what_is_no_url_is_a_path(text):
    assert root_of(text) == Path(text)


@pytest.mark.skipif(sys.platform == "win32", reason="paths of POSIX")
@pytest.mark.parametrize(
    ("text", "path"), [("file:///srv/a%20b", "/srv/a b"), ("file://localhost/srv", "/srv")]
)
def test_a_file_url_is_a_path(text, path):
    assert root_of(text) == Path(path)


@pytest.mark.parametrize(
    "text",
    [
        "ftp://host/x",
        "smb://fs01",
        "smb:///x",
        "smb://fs01:/x",
        "smb://fs01:99999/x",
        "smb://@fs01/x",
        "smb://[::1/x",
        "file://server/x",
        "http://host/x",
    ],
)
def test_an_address_that_cannot_be_meant_is_refused(text):
    with pytest.raises(UsageError):
        root_of(text)


def test_a_password_in_an_address_is_refused_and_not_repeated():
    with pytest.raises(UsageError) as refused:
        root_of("smb://zhang:kaimen@fs01/d")

    assert "MARKSCAN_REMOTE_PASSWORD" in refused.value.args[0].zh
    assert "kaimen" not in f"{refused.value.args[0].zh}{refused.value.args[0].en}"


@pytest.mark.parametrize(
    ("pattern", "path", "covers"),
    [
        ("smb://fs01/d", "smb://fs01/d/a.txt", True),
        ("smb://FS01/D/**", "smb://fs01/d/x/a.txt", True),
        ("smb://fs01/*/公开", "smb://fs01/d/公开/a.txt", True),
        ("smb://fs01/d", "smb://fs01/dd/a.txt", False),
        ("smb://fs01/d", "smb://fs02/d/a.txt", False),
        ("sftp://host/D", "sftp://host/d/a.txt", False),
        ("sftp://HOST/D", "sftp://host/D/a.txt", True),
        ("smb://fs01/d", "/fs01/d/a.txt", False),
    ],
)
def test_a_pattern_may_be_a_url(pattern, path, covers):
    assert is_absolute(normal(pattern))
    assert bool(compiled(normal(pattern)).fullmatch(normal(path))) is covers


def test_the_policy_knows_places_on_shares():
    policy = Policy((Location("smb://fs01/docs", owner="人事处"),))
    source = source_in("smb://fs01/docs/科室", Stat("a.docx", 7, 0, 0))

    assert policy.locate(source.path).owner == "人事处"
    assert not policy.locate(RemoteFile("smb://fs01/other", "a.docx")).listed


def test_a_file_on_a_share_is_named_by_its_url():
    source = source_in("smb://fs01/docs", Stat("报告.zip", 7, 5, 3))

    assert source.locator == "smb://fs01/docs/报告.zip"
    assert source.name == "报告.zip"
    assert source.told_size() == 7
    assert source.member("a/b.txt", b"").locator == "smb://fs01/docs/报告.zip!a/b.txt"


@pytest.mark.parametrize(
    ("language", "known"),
    [("zh", "可用：smb、sftp、s3、file"), ("en", "use smb, sftp, s3 or file")],
)
def test_an_unknown_scheme_is_told_with_those_that_are_known(language, known):
    with pytest.raises(UsageError) as caught:
        root_of("ftp://host/x")

    assert known in caught.value.args[0].of(language)
