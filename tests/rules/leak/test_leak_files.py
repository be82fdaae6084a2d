"""Rules about leaks on real files: where they lie, what hides in them, what they claim to be."""

import os
import time
from datetime import date, datetime
from functools import cache
from pathlib import Path

import builders_docx as word
import builders_pptx as slides
import builders_xlsx as sheets
import pytest
from builders_docx import zipped

from markscan import Config, Scanner
from markscan.finding import Finding, Outcome, Severity, Verdict
from markscan.policy import HIGHEST_OF_KIND, Location, Policy

TODAY = date(2026, 1, 1)
PLAIN = "关于召开会议的通知\n各单位：\n现将有关事项通知如下。\n某某市人民政府\n2025年3月1日\n"
MARKED = "机密★10年\n" + PLAIN
MARK = word.para("机密★10年")
TITLE = word.para("关于召开会议的通知")
NOTES = ("comments", "comments.xml")


def place(root: Path, kind: str = "", level: str = "") -> Policy:
    """A policy that lists `root` alone, as a place of this kind and highest level."""
    highest = (("cn-state", level),) if level else HIGHEST_OF_KIND.get(kind, ())
    return Policy((Location(root.as_posix(), kind=kind, highest=highest),))


def scan(path: Path, policy: Policy | None = None) -> Outcome:
    return _scanner(policy).scan_file(path)


@cache
def _scanner(policy: Policy | None) -> Scanner:
    return Scanner(Config(today=TODAY, policy=policy, ocr=False, task="scan"))


def leaks(outcome: Outcome) -> dict[str, Finding]:
    return {f.rule: f for f in outcome.findings if f.rule.startswith("MS3")}


def saved(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
    return path


def docx(*blocks: str, **parts: str) -> bytes:
    """A document; each of `parts` is the XML of word/NAME.xml."""
    relations = word.relations(*((name, f"{name}.xml") for name in parts)) if parts else ""
    entries = [(f"word/{name}.xml", xml) for name, xml in parts.items()]
    if relations:
        entries.append(("word/_rels/document.xml.rels", relations))
    return word.document(word.body(*blocks), *entries)


# What hides in a file: MS311, MS314.

HIDDEN_RUN = word.para(word.run("机密★10年", "<w:vanish/>"))
DELETED = '<w:p><w:del w:author="a"><w:r><w:delText>机密★10年</w:delText></w:r></w:del></w:p>'
COMMENT = word.part("comments", f'<w:comment w:id="1" w:author="a">{MARK}</w:comment>')


@pytest.mark.parametrize(
    ("name", "content", "rule"),
    [
        ("a.docx", docx(HIDDEN_RUN, TITLE), "MS311"),
        ("a.docx", docx(DELETED, TITLE), "MS314"),
        ("a.docx", docx(TITLE, comments=COMMENT), "MS314"),
        (
            "a.xlsx",
            sheets.workbook(
                sheets.sheet(sheets.row(1, sheets.inline("A1", "日程"))),
                sheets.sheet(sheets.row(1, sheets.inline("A1", "机密★10年"))),
                book=sheets.main(("一", "visible"), ("二", "veryHidden")),
            ),
            "MS311",
        ),
        (
            "a.pptx",
            slides.presentation(
                [
                    slides.slide(slides.shape("会议安排")),
                    slides.slide(slides.shape("机密★10年"), attributes='show="0"'),
                ]
            ),
            "MS311",
        ),
    ],
    ids=["hidden-run", "deletion", "comment", "hidden-sheet", "hidden-slide"],
)
def test_a_marking_out_of_sight_is_told(tmp_path, name, content, rule):
    found = leaks(scan(saved(tmp_path, name, content)))

    assert set(found) == {rule}


@pytest.mark.parametrize(
    "content",
    [
        docx(MARK, HIDDEN_RUN, TITLE),
        docx(MARK, TITLE, comments=COMMENT),
        docx(MARK, DELETED, TITLE),
    ],
    ids=["hidden-run", "comment", "deletion"],
)
def test_what_stands_in_sight_as_well_is_not_hidden(tmp_path, content):
    assert not leaks(scan(saved(tmp_path, "a.docx", content)))


def test_a_hidden_list_of_levels_to_choose_from_is_no_marking(tmp_path):
    words = ("绝密★30年", "机密★20年", "秘密★10年")
    rows = [sheets.row(n, sheets.inline(f"A{n}", word)) for n, word in enumerate(words, 1)]
    content = sheets.workbook(
        sheets.sheet(sheets.row(1, sheets.inline("A1", "审批表"))),
        sheets.sheet(*rows),
        book=sheets.main(("表", "visible"), ("选项", "hidden")),
    )

    assert not leaks(scan(saved(tmp_path, "a.xlsx", content)))


# What a file claims to be: MS315.


@pytest.mark.parametrize(
    ("name", "content", "severity"),
    [
        ("风景.jpg", docx(MARK, TITLE), Severity.HIGH),
        ("风景.jpg", docx(TITLE), Severity.LOW),
        ("说明.txt", zipped(("通知.txt", MARKED)), Severity.HIGH),
        ("字体.ttf", zipped(("通知.txt", PLAIN)), Severity.LOW),
        ("总结.pdf", zipped(("通知.txt", PLAIN)), Severity.LOW),
    ],
)
def test_a_file_under_a_false_suffix_is_told(tmp_path, name, content, severity):
    found = leaks(scan(saved(tmp_path, name, content)))

    assert found["MS315"].severity is severity


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("通知.docx", docx(TITLE)),
        ("通知.wps", docx(TITLE)),
        ("通知.doc", r"{\rtf1\ansi notice}"),
        ("通知.txt", r"{\rtf1\ansi notice}"),
        ("通知.docx", zipped(("未知.txt", PLAIN))),
        ("通知.xls", "序号\t事项\n1\t会议\n"),
        ("风景.jpg", "<html><body>404</body></html>"),
        ("通知.dat", docx(TITLE)),
        ("材料.zip", zipped(("通知.txt", PLAIN))),
    ],
)
def test_an_ordinary_file_is_not_disguised(tmp_path, name, content):
    assert "MS315" not in leaks(scan(saved(tmp_path, name, content)))


def test_what_a_disguised_file_hides_decides_the_verdict_by_where_it_lies(tmp_path):
    path = saved(tmp_path, "风景.jpg", zipped(("通知.txt", MARKED)))

    low = leaks(scan(path, Policy()))["MS315"]
    allowed = leaks(scan(path, place(tmp_path, level="jimi")))["MS315"]

    assert low.verdict is Verdict.ABOVE_CEILING
    assert allowed.verdict is Verdict.MARKING_FAULTY


def test_an_archive_in_an_archive_is_told_once_where_its_file_may_not_lie(tmp_path):
    inner = zipped(("通知.txt", MARKED))
    path = saved(tmp_path, "a.zip", zipped(("b.zip", zipped(("c.zip", inner)))))

    low = [set(leaks(each)) for each in scan(path, Policy()).flat()]
    allowed = [set(leaks(each)) for each in scan(path, place(tmp_path, level="jimi")).flat()]

    assert low == [set(), {"MS315"}, set(), {"MS301"}]
    assert allowed == [set(), set(), set(), set()]


def test_top_secret_and_other_files_in_one_archive_are_told(tmp_path):
    mixed = zipped(("一.txt", MARKED), ("二.txt", MARKED.replace("机密★10年", "绝密★30年")))
    alike = zipped(("一.txt", MARKED), ("二.txt", MARKED))

    assert "MS332" in leaks(scan(saved(tmp_path, "a.zip", mixed)))
    assert "MS332" not in leaks(scan(saved(tmp_path, "b.zip", alike)))


# Where a file lies: MS319, MS329, MS333, MS334, MS318.


@pytest.mark.parametrize(
    ("folder", "rule"),
    [
        ("WeChat Files/wxid_1/FileStorage/File/2025-12", "MS319"),
        ("OneDrive - 某公司", "MS319"),
        ("Outlook Files", "MS319"),
        ("OA/webapps/oa/UploadFiles", "MS329"),
        ("Users/a/Desktop", "MS334"),
    ],
)
def test_a_marked_file_is_told_by_the_folder_it_lies_in(tmp_path, folder, rule):
    path = saved(tmp_path, f"{folder}/通知.txt", MARKED)
    plain = saved(tmp_path, f"{folder}/说明.txt", PLAIN)

    assert set(leaks(scan(path))) == {rule}
    assert not leaks(scan(plain))


def test_a_file_inside_an_archive_lies_where_the_archive_lies(tmp_path):
    path = saved(tmp_path, "微信文件/a.zip", zipped(("OneDrive/通知.txt", MARKED)))
    other = saved(tmp_path, "资料/a.zip", zipped(("OneDrive/通知.txt", MARKED)))

    assert set(leaks(scan(path).members[0])) == {"MS319"}
    assert not leaks(scan(other).members[0])


def test_in_a_low_place_one_finding_speaks_of_one_marking(tmp_path):
    sent = saved(tmp_path, "WeChat Files/通知.txt", MARKED)
    kept = saved(tmp_path, "Users/a/Desktop/通知.txt", MARKED)
    thrown = saved(tmp_path, "$RECYCLE.BIN/通知.txt", MARKED)

    assert set(leaks(scan(sent, Policy()))) == {"MS319"}
    assert set(leaks(scan(kept, Policy()))) == {"MS301"}
    assert set(leaks(scan(thrown, Policy()))) == {"MS301"}


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        (MARKED, Severity.CRITICAL),
        ("工作秘密 1年\n" + PLAIN, Severity.HIGH),
        ("内部资料 注意保存\n" + PLAIN, Severity.MEDIUM),
    ],
)
def test_what_a_marking_is_worth_in_a_channel(tmp_path, text, severity):
    path = saved(tmp_path, "百度网盘/通知.txt", text)

    assert leaks(scan(path))["MS319"].severity is severity


def test_a_personal_folder_that_the_policy_lists_by_itself_is_silent(tmp_path):
    path = saved(tmp_path, "Users/a/Desktop/通知.txt", MARKED)
    desktop = tmp_path / "Users/a/Desktop"

    around = leaks(scan(path, place(tmp_path, "classified", "jimi")))
    named = leaks(scan(path, place(desktop, "personal", "jimi")))

    assert around["MS334"].severity is Severity.MEDIUM
    assert named["MS334"].severity is Severity.HIGH
    assert not leaks(scan(path, place(desktop, "classified", "jimi")))


def test_a_channel_that_the_policy_admits_is_silent(tmp_path):
    path = saved(tmp_path, "Outlook Files/通知.txt", MARKED)

    assert not leaks(scan(path, place(tmp_path, "classified", "jimi")))
    assert set(leaks(scan(path, place(tmp_path, "classified", "mimi")))) == {"MS319"}


@pytest.mark.parametrize(("days", "told"), [(10, False), (40, True)])
def test_a_file_left_on_a_medium_is_told_by_its_day(tmp_path, monkeypatch, days, told):
    path = saved(tmp_path, "通知.txt", MARKED)
    noon = datetime(2026, 1, 1, 12).timestamp() - days * 86_400
    os.utime(path, (noon, noon))
    real = Path.stat

    class Told:
        st_mtime = st_ctime = noon  # a test cannot set the day of the entry

    monkeypatch.setattr(
        Path, "stat", lambda self, **how: Told() if self == path else real(self, **how)
    )

    assert ("MS333" in leaks(scan(path, place(tmp_path, "removable", "jimi")))) is told


def test_a_copy_that_keeps_its_time_of_change_counts_from_when_it_came(tmp_path):
    path = saved(tmp_path, "通知.txt", MARKED)
    old = time.time() - 3000 * 86_400
    os.utime(path, (old, old))
    from markscan.source import Source

    assert abs((Source(path).changed() - date.today()).days) <= 1
    assert Source(path).member("a", b"").changed() is None
    assert Source(tmp_path / "none").changed() is None


# No rule looks at the path but by its kinds.


def test_no_rule_reads_the_path_itself():
    from markscan import rules

    folder = Path(rules.__file__).parent
    reading = [
        path.name
        for path in folder.rglob("ms[0-9]*.py")
        if "document.locator" in path.read_text("utf-8")
    ]

    assert not reading
