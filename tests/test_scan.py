"""One file through the whole line: text in, outcome out."""

import io
import time
import zipfile
from datetime import date

import docx
import pytest
from builders_picture import jpeg
from docx.shared import Pt
from msoffcrypto.format.ooxml import OOXMLFile

from markscan import Config, Scanner, Severity, Source, Status, assess, reading
from markscan.finding import Role, Verdict
from markscan.policy import Location, Policy
from markscan.rules import RULES

TODAY = date(2026, 1, 1)
PLAIN = (
    "云山市人民政府办公室文件\n云政办〔2025〕5号\n关于召开会议的通知\n\n各区县：\n"
    + "现将有关事项通知如下。\n" * 30
)


def scanned(tmp_path, text, name="通知.txt", **options):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return Scanner(Config(today=TODAY, **options)).scan_file(path)


DRAFTS_ONLY = {rule.code for rule in RULES if rule.drafts_only}


def codes(outcome):
    """The rules that found something, but for those about the make-up of a draft."""
    return {finding.rule for finding in outcome.findings} - DRAFTS_ONLY


def effective(outcome):
    return [seen.marking.canonical for seen in outcome.markings if seen.effective]


WHERE_A_FULL_MARKING_COUNTS = {
    "the first line": "机密★10年\n" + PLAIN,
    "below the copy number": "000012\n机密★10年\n特急\n" + PLAIN,
    "beside the copy number, far away": "000012        机密★10年\n" + PLAIN,
    "a line of its own far down": PLAIN + "机密★10年\n" + PLAIN,
    "the last line without a line end": PLAIN + "机密★10年",
    "after form feed": PLAIN + "\f机密★10年\n" + PLAIN,
    "a heading of Markdown": "# 机密★10年\n\n" + PLAIN,
    "bold in Markdown": "**机密★10年**\n\n" + PLAIN,
    "traditional script with zero-width characters": "機\u200b密★10年\n" + PLAIN,
    "pinyin inside": "機(jī)密★10年\n" + PLAIN,
    "in a column of a line": "紧急程度：特急\t机密★10年\n" + PLAIN,
}


@pytest.mark.parametrize(
    "text", WHERE_A_FULL_MARKING_COUNTS.values(), ids=WHERE_A_FULL_MARKING_COUNTS
)
def test_a_full_marking_is_seen(tmp_path, text):
    outcome = scanned(tmp_path, text)

    assert effective(outcome) == ["机密★10年"]
    assert outcome.status is Status.EXAMINED


MENTIONS = {
    "in a sentence": PLAIN + "标志应当写作“机密★10年”，不得省略五角星。\n",
    "in a long line": PLAIN + "据介绍，" * 20 + "机密★10年" + "，请注意。" * 20 + "\n",
    "a lesson": "公文写作培训\n" + "本节讲解版头要素。\n" * 8 + "机密★10年\n秘密★5年\n",
    "an example with its announcement": PLAIN + "密级标注示例：\n机密★10年\n",
    "an example announced near the top": "工作提示\n首页左上角的写法如下：\n\n机密★10年\n" + PLAIN,
    "a quiz": PLAIN
    + "一份文件应当怎样标注？（）\nA. 秘密 10年\nB. 秘密★\nC. 秘密★10年\nD. 秘密●10年\n",
    "a list of examples": PLAIN + "绝密★30年\n机密★20年\n秘密★10年\n机密★5年\n",
    "a law": "保密规定\n"
    + "".join(f"第{n}条 应当遵守规定。\n" for n in "一二三四五")
    + "秘密★10年\n",
}


@pytest.mark.parametrize("text", MENTIONS.values(), ids=MENTIONS)
def test_text_about_markings_is_not_marked(tmp_path, text):
    outcome = scanned(tmp_path, text, policy=Policy())

    assert not effective(outcome)
    assert not outcome.findings
    assert outcome.verdict in {Verdict.MENTION, Verdict.CLEAN}


def test_source_code_with_markings_is_not_marked(tmp_path):
    code = '"""Rules."""\n' + "import re\n" * 8 + 'LEVELS = [\n"机密★10年",\n]\n# 机密★10年\n'

    assert not effective(scanned(tmp_path, code, "rules.py"))


def test_a_bare_level_word_counts_at_the_top_of_an_official_document_only(tmp_path):
    assert "MS102" in codes(scanned(tmp_path, "机密\n" + PLAIN))
    assert not effective(scanned(tmp_path, PLAIN + "机密\n"))
    assert not effective(scanned(tmp_path, "秘密\n\n那年夏天，我和妹妹有一个约定。\n"))


def test_an_examination_paper_is_no_leak(tmp_path):
    paper = "绝密★启用前\n2025年全国统一考试\n数学试题\n本试卷共4页。考生注意：\n"

    outcome = scanned(tmp_path, paper, policy=Policy())

    assert [seen.role for seen in outcome.markings] == [Role.EXAM]
    assert codes(outcome) == {"MS509"}  # its day has passed


def test_a_marked_file_two_archives_deep_is_found(tmp_path):
    inner = tmp_path / "inner.zip"
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("深处/密件.txt", "机密★10年\n" + PLAIN)
    outer = tmp_path / "outer.zip"
    with zipfile.ZipFile(outer, "w") as archive:
        archive.write(inner, "inner.zip")

    outcome = Scanner(Config(today=TODAY, policy=Policy())).scan_file(outer)

    deepest = list(outcome.flat())[-1]
    assert deepest.locator.endswith("outer.zip!inner.zip!深处/密件.txt")
    assert codes(deepest) == {"MS301"}
    assert deepest.verdict is Verdict.ABOVE_CEILING


def test_an_archive_with_an_unread_file_is_only_partly_examined(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("note.txt", PLAIN)
        archive.writestr("photo.jpg", jpeg())

    outcome = Scanner(Config(today=TODAY, ocr=False)).scan_file(path)

    assert outcome.status is Status.PARTIAL
    assert {problem.code for problem in outcome.problems} == {"no-text-layer"}
    assert [one.status for one in outcome.members] == [Status.EXAMINED, Status.UNREAD]


def locked_docx(password):
    document, plain, locked = docx.Document(), io.BytesIO(), io.BytesIO()
    document.add_paragraph("机密★10年")
    document.add_paragraph(PLAIN)
    document.save(plain)
    OOXMLFile(plain).encrypt(password, locked)
    return locked.getvalue()


@pytest.mark.parametrize(
    ("passwords", "format", "status", "found"),
    [
        (("错", "春江花月"), "docx", Status.EXAMINED, {"MS301"}),
        (("错",), "encrypted-ooxml", Status.UNREAD, {"MS310"}),
    ],
)
def test_a_document_is_read_with_its_password(tmp_path, passwords, format, status, found):
    path = tmp_path / "a.docx"
    path.write_bytes(locked_docx("春江花月"))

    outcome = Scanner(Config(today=TODAY, policy=Policy(), passwords=passwords)).scan_file(path)

    assert (outcome.status, codes(outcome)) == (status, found)
    assert [problem.code for problem in outcome.problems] == ["encrypted"] * (
        status.value == "unread"
    )
    assert outcome.format == ("docx" if found == {"MS301"} else "encrypted-ooxml")
    assert outcome.members == ()


@pytest.mark.parametrize(("text", "times"), [("机密★10年", 1), ("关于召开例会的通知", 0)])
def test_how_pages_are_set_is_read_once_and_only_for_a_marking(tmp_path, monkeypatch, text, times):
    asked, read = [], []
    judge, layout = assess.judge, reading.layout

    def judged(case, **more):
        asked.append(case)
        return judge(case, **more)

    monkeypatch.setattr(assess, "judge", judged)
    monkeypatch.setattr(reading, "layout", lambda *args: read.append(args) or layout(*args))
    path = tmp_path / "a.docx"
    document = docx.Document()
    document.add_paragraph().add_run(text).font.size = Pt(16)
    document.save(str(path))

    Scanner(Config(today=TODAY)).scan_file(path)

    assert len(read) == times
    (case,) = asked
    assert [(run.text, run.size) for run in case.layout().runs] == [(text, 16)]


def test_raising_a_ceiling_never_adds_a_finding(tmp_path):
    found = []
    for level in (None, "mimi", "jimi", "juemi"):
        highest = (("cn-state", level),) if level else ()
        policy = Policy(default=Location("", highest=highest, listed=False))
        found.append(codes(scanned(tmp_path, "机密★10年\n" + PLAIN, policy=policy)))

    assert found == [{"MS301"}, {"MS301"}, set(), set()]


def test_a_disabled_rule_stays_silent(tmp_path):
    assert codes(scanned(tmp_path, "机密☆10年\n" + PLAIN)) == {"MS104"}
    assert not codes(scanned(tmp_path, "机密☆10年\n" + PLAIN, disabled=("MS104",)))


def test_a_finding_keeps_its_key_when_text_moves(tmp_path):
    first = scanned(tmp_path, "机密☆10年\n" + PLAIN).findings[0]
    moved = scanned(tmp_path, "\n\n机密☆10年\n" + PLAIN + "另行通知。\n").findings[0]
    other = scanned(tmp_path, "秘密☆10年\n" + PLAIN).findings[0]

    assert first.key == moved.key != other.key


def test_a_quote_is_there_only_when_asked_for(tmp_path):
    silent = scanned(tmp_path, "机密☆10年\n" + PLAIN).findings[0]
    spoken = scanned(tmp_path, "机密☆10年\n" + PLAIN, quote=True).findings[0]

    assert silent.quote == ""
    assert spoken.quote == "机密☆10年"


def test_bytes_in_memory_are_scanned_as_well_as_files(tmp_path):
    source = Source(tmp_path / "not-there.txt", content="机密☆10年\n关于开会的通知\n".encode())

    assert codes(Scanner(Config(today=TODAY)).scan_file(source)) == {"MS104"}


def test_severities_have_an_order():
    assert Severity.CRITICAL > Severity.HIGH > Severity.MEDIUM > Severity.LOW > Severity.INFO


def test_a_fault_of_our_own_ends_in_an_outcome_and_tells_no_text(tmp_path, monkeypatch, caplog):
    scanner = Scanner(Config(today=TODAY))

    def broken(*_args):
        raise ZeroDivisionError("机密内容")

    monkeypatch.setattr(scanner._assessor._matcher, "observe", broken, raising=False)
    path = tmp_path / "a.txt"
    path.write_text(PLAIN, "utf-8")

    outcome = scanner.scan_file(path)

    assert outcome.status is Status.UNREAD
    assert [problem.code for problem in outcome.problems] == ["internal"]
    assert "机密内容" not in caplog.text + outcome.problems[0].message.zh


CROWDS = {
    "a marking a line": lambda n: "机密★10年\n秘密★5年\n绝密★30年\n" * n,
    "a number a line": lambda n: "根据中办发〔2019〕998号\n" * n,
    "fenced blocks": lambda n: "```\n机密★10年\n```\n" * n,
    "level words in one line": lambda n: "关于绝密机密秘密的规定" * n,
}


@pytest.mark.parametrize("make", CROWDS.values(), ids=CROWDS)
def test_ten_times_the_markings_take_about_ten_times_as_long(tmp_path, make):
    """Quadratic work would take a hundred times as long; the bound leaves room for noise."""
    scanner = Scanner(Config(today=TODAY))

    def seconds(times):
        source = Source(tmp_path / "a.md", content=make(times).encode())
        began = time.process_time()
        scanner.scan_file(source)
        return time.process_time() - began

    seconds(50)
    assert seconds(4000) < 40 * max(seconds(400), 0.005)
