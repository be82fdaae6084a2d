"""The demonstration: its share and its drafts, and that what was planted in them is found."""

import io
import json
import zipfile
from datetime import date

import docx
import pytest
from docx.shared import Mm

from markscan import Config, Scanner
from markscan.cli import main
from markscan.cli.sample_drafts import ADVISED, EXPECTED, FAULTY, RIGHT, write_drafts
from markscan.cli.sample_share import PLANTED, write_share
from markscan.rules import RULES


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where the demonstration lies."""
    return tmp_path_factory.mktemp("demo") / "share"


@pytest.fixture(scope="module")
def told(folder):
    """What scan and check of the demonstration print, by locator below its folder."""
    buffer = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stdout", buffer)
        assert main(["demo", str(folder), "--format", "jsonl", "--quiet", "--jobs", "1"]) == 0
    objects = [json.loads(line) for line in buffer.getvalue().splitlines()]
    prefix = folder.as_posix() + "/"
    by_locator = {one["locator"].removeprefix(prefix): one for one in objects}
    assert len(by_locator) == len(objects)  # nothing is told twice: the scan leaves drafts out
    return by_locator


@pytest.fixture(scope="module")
def found(told):
    """What the scan prints."""
    return {name: one for name, one in told.items() if not name.startswith("起草/")}


@pytest.fixture(scope="module")
def checked(told):
    """What the check of the drafts prints, by name of the draft."""
    return {name.removeprefix("起草/"): one for name, one in told.items() if "起草/" in name}


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


def test_the_scan_leaves_the_drafts_to_the_check(found, checked):
    assert len([name for name in found if "!" not in name]) == 25
    assert checked.keys() == EXPECTED.keys()


@pytest.mark.parametrize("name", EXPECTED)
def test_the_check_of_a_draft_says_what_is_expected(checked, name):
    assert {finding["code"] for finding in checked[name]["findings"]} == EXPECTED[name]


def test_advice_is_given_on_the_unmarked_draft_alone(checked):
    assert [name for name, one in checked.items() if one.get("advice")] == [ADVISED]


@pytest.mark.parametrize("today", [date(2027, 1, 1), date(2035, 6, 30), date(2056, 2, 29)])
def test_the_right_draft_is_right_on_any_day(tmp_path, today):
    right, *_ = write_drafts(tmp_path, today)

    outcome = Scanner(Config(today=today)).scan_file(right)

    assert right.name == RIGHT
    assert (outcome.findings, outcome.advice) == ((), ())


def test_the_right_draft_is_set_by_the_book(tmp_path):
    right, *_ = write_drafts(tmp_path, date(2026, 11, 16))

    section = docx.Document(str(right)).sections[0]
    margins = section.top_margin, section.bottom_margin, section.left_margin, section.right_margin
    copy_number, marking, *_ = docx.Document(str(right)).paragraphs

    for margin, millimetres in zip(margins, (37, 35, 28, 26), strict=True):
        assert abs(margin - Mm(millimetres)) < Mm(0.1)
    assert (copy_number.text, marking.text) == ("000001", "机密★10年")
    assert (marking.runs[0].font.name, marking.runs[0].font.size.pt) == ("黑体", 16)


def test_the_annotated_copy_has_a_comment_for_each_finding(folder, checked):
    copy = docx.Document(str(folder / "起草/批注.docx"))

    said = [comment.text for comment in copy.comments]

    assert copy.paragraphs[0].text == "机密☆25年"
    for code in EXPECTED[FAULTY]:
        assert any(code in text for text in said)


def test_the_page_names_every_draft_and_quotes_none(folder, checked):
    page = (folder / "起草/报告.html").read_text("utf-8")

    assert page.rstrip().endswith("</html>")
    assert all(name in page for name in EXPECTED)
    assert "<svg" in page
    assert "储备轮换" not in page


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [("zh", "一、检查共享目录", "二、印发前自查"), ("en", "1. Scan", "2. Check")],
)
def test_a_second_run_tells_both_parts_and_where_the_report_lies(
    folder, told, capsys, language, first, second
):
    assert main(["demo", str(folder), "--lang", language, "--jobs", "1"]) == 0

    out, err = capsys.readouterr()
    assert err.index(first) < err.index(second) < err.index("批注.docx") < err.index("报告.html")
    assert FAULTY in out
    assert ADVISED in out


@pytest.mark.parametrize("form", ["html", "sarif"])
def test_a_format_of_one_whole_holds_the_scan_alone(folder, told, capsys, form):
    (folder / "起草/报告.html").unlink()

    assert main(["demo", str(folder), "--format", form, "--jobs", "1"]) == 0

    out = capsys.readouterr().out
    assert FAULTY not in out
    assert out.count("</html>") == (form == "html")
    assert (folder / "起草/报告.html").is_file()


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
