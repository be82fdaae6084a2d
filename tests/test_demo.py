"""The demonstration: its share, and that the scan finds what was planted."""

import io
import json
import zipfile

import pytest

from markscan.cli import main
from markscan.cli.sample_share import PLANTED, write_share
from markscan.rules import RULES


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """What the scan of the demonstration prints, by locator below the share."""
    folder = tmp_path_factory.mktemp("demo") / "share"
    buffer = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdout", buffer)
        assert main(["demo", str(folder), "--format", "jsonl", "--quiet", "--jobs", "1"]) == 0
    objects = [json.loads(line) for line in buffer.getvalue().splitlines()]
    prefix = folder.as_posix() + "/"
    return {one["locator"].removeprefix(prefix): one for one in objects}


@pytest.mark.parametrize(("locator", "rule"), PLANTED.items())
def test_what_was_planted_is_found(found, locator, rule):
    if rule not in {each.code for each in RULES}:
        pytest.skip(f"there is no {rule} yet")
    assert rule in {finding["code"] for finding in found[locator]["findings"]}


def test_nothing_else_is_reported(found):
    for locator, one in found.items():
        if locator not in PLANTED:
            grave = [f["code"] for f in one["findings"] if f["severity"] not in ("low", "info")]
            assert not grave, f"{locator}: {grave}"


def test_a_lecture_about_secrecy_stays_clean(found):
    one = found["公开共享/保密常识讲座提纲.txt"]
    assert one["findings"] == []
    assert one["verdict"] in ("clean", "mention")


def test_the_configuration_itself_is_excluded(found):
    assert "markscan.toml" not in found


def test_what_cannot_be_read_is_told(found):
    assert found["公开共享/旧版通知.wps"]["status"] == "unread"
    assert found["公开共享/历史资料.zip"]["status"] == "unread"
    assert found["公开共享/历史资料.zip"]["problems"][0]["code"] == "encrypted"
    assert found["公开共享/待整理.txt"]["status"] == "examined"


def test_old_encodings_are_read(found):
    for name in ("老旧小区改造协调会纪要.txt", "国庆假期值班安排.txt"):
        assert found[f"公开共享/{name}"]["status"] == "examined"
    assert "公开共享/往来文件.zip!二季度/来文目录.txt" in found


def test_a_zip_with_old_names_opens(tmp_path):
    write_share(tmp_path)

    with zipfile.ZipFile(tmp_path / "公开共享/往来文件.zip") as archive:
        names = [name.encode("cp437").decode("gbk") for name in archive.namelist()]
        assert archive.testzip() is None

    assert names == ["二季度/附件.zip", "二季度/来文目录.txt"]


def test_a_folder_of_others_is_refused_and_kept(tmp_path, capsys):
    (tmp_path / "mine.txt").write_text("重要")

    assert main(["demo", str(tmp_path)]) == 2

    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
    assert "请另选文件夹" in capsys.readouterr().err
    assert (tmp_path / "mine.txt").read_text() == "重要"


def test_its_own_folder_may_be_written_again(tmp_path):
    from markscan.cli.sample_share import is_share

    write_share(tmp_path)
    assert is_share(tmp_path)
    assert write_share(tmp_path) == 25
