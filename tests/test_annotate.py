"""The annotated copy of a draft: comments at their places, and nothing else changed."""

import io
import os
import re
import zipfile

import docx
import pytest
from builders_docx import STRICT, W, body, box, document, para, table

from markscan import Config, Scanner
from markscan.cli import main
from markscan.cli.exit_code import ExitCode
from markscan.document import Area, Place
from markscan.extract import Budget, extract
from markscan.finding import Finding, Outcome, Severity, Status
from markscan.limits import Limits
from markscan.report.annotate import annotate
from markscan.report.word_paragraphs import find_paragraphs
from markscan.source import Source
from markscan.wording import Text

MARKS = re.compile(
    rb'<w:commentRangeStart w:id="\d+"/>'
    rb'|<w:commentRangeEnd w:id="\d+"/><w:r><w:commentReference w:id="\d+"/></w:r>'
)
LONG = "\n".join(["某某市人民政府文件", "关于做好有关工作的通知", *["请认真贯彻执行。"] * 8])


def finding(*places, rule="MS103", message="缺“★”", severity=Severity.HIGH):
    said = Text(message, "no ★"), Text("请改正。", "Put it right."), Text("标志第4条", "art. 4")
    first, *others = places
    return Finding(rule, severity, None, *said, first, "v1:0", others=tuple(others))


def outcome(*findings, members=(), status=Status.EXAMINED):
    return Outcome("draft.docx", "docx", status, findings=findings, members=members)


def at(label, area=Area.BODY):
    return Place(area, 1, label)


def entries(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def main_part(data):
    return entries(data)["word/document.xml"]


def anchored(data):
    """What stands in the paragraph of each comment, in the order of comments."""
    opened = docx.Document(io.BytesIO(data))
    found = []
    for comment in opened.comments:
        mark = f'.//w:commentRangeStart[@w:id="{comment.comment_id}"]/ancestor::w:p[1]'
        [paragraph] = opened.element.xpath(mark)
        found.append("".join(paragraph.xpath("./w:r/w:t/text()")))
    return found


def word(text, folder, name="draft.docx"):
    """A draft made with python-docx, a paragraph a line."""
    made = docx.Document()
    made.core_properties.title = ""
    for line in text.split("\n"):
        made.add_paragraph(line)
    path = folder / name
    made.save(path)
    return path


DRAFT = document(
    body(
        para("一"),
        "<w:p/>",
        para(),
        para("四", box(para("框"))),
        table(["五", para("六") + para("七")], ["八", "<w:p/>" + table(["内"]) + para("九")]),
        para("十", properties="<w:jc/>"),
    )
)


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (at("p1"), "一"),
        (at("p2"), ""),
        (at("p3"), ""),
        (at("p4"), "四"),
        (at("p12"), "十"),
        (at("T1!R1C1", Area.CELL), "五"),
        (at("T1!R1C2", Area.CELL), "六"),
        (at("T1!R2C2", Area.CELL), "九"),
        (at("T2!R1C1", Area.CELL), "内"),
        (at("p4 textbox", Area.TEXTBOX), "四"),
        (at("word/header1.xml", Area.HEADER), "一"),
        (at("title", Area.PROPERTY), "一"),
        (at("", Area.FILENAME), "一"),
        (at("p99"), "一"),
        (None, "一"),
    ],
)
def test_a_comment_stands_at_the_paragraph_of_its_place(place, text):
    copy = annotate(DRAFT, outcome(finding(place)), "zh")

    assert copy.comments == 1
    assert anchored(copy.data) == [text]


def test_paragraphs_are_counted_as_the_reader_counts_them(tmp_path):
    path = tmp_path / "draft.docx"
    path.write_bytes(DRAFT)
    parts = list(extract(Source(path), "docx", Budget(Limits(), (), None)))
    found = find_paragraphs(main_part(DRAFT))

    for part in parts:
        if part.place.area in {Area.BODY, Area.CELL}:
            start = found.at(part.place.label).content
            assert part.text[0] in main_part(DRAFT)[start:].decode()[:120]


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (at("p1"), "高·MS103：缺“★”\n处理：请改正。\n依据：标志第4条"),
        (at("word/header1.xml", Area.HEADER), "位置（第1页 页眉）。高·MS103：缺“★”"),
        (None, "位置（整个文件）。高·MS103：缺“★”"),
    ],
)
def test_a_comment_says_severity_rule_fault_fix_and_basis(place, words):
    copy = annotate(DRAFT, outcome(finding(place)), "zh")
    [comment] = docx.Document(io.BytesIO(copy.data)).comments

    assert comment.text.startswith(words)
    assert (comment.author, comment.initials) == ("MarkScan", "MS")


def test_a_comment_speaks_the_language_of_the_run():
    copy = annotate(DRAFT, outcome(finding(at("p1"))), "en")
    [comment] = docx.Document(io.BytesIO(copy.data)).comments

    assert comment.text == "high, MS103: no ★\nWhat to do: Put it right.\nBasis: art. 4"


def test_each_place_of_each_finding_has_its_comment():
    header = Place(Area.HEADER, None, "word/header1.xml")
    first = finding(at("p1"), at("p4"), header, header._replace(label="word/header2.xml"))
    copy = annotate(DRAFT, outcome(first, finding(at("p1"), rule="MS202")), "zh")

    assert anchored(copy.data) == ["一", "四", "一", "一"]  # headers that read alike are one


def test_a_finding_in_a_file_inside_names_the_file():
    inside = Outcome(
        "draft.docx!表.xlsx", "xlsx", Status.EXAMINED, findings=(finding(at("sheet 1!A1")),)
    )
    copy = annotate(DRAFT, outcome(members=(inside,)), "zh")
    [comment] = docx.Document(io.BytesIO(copy.data)).comments

    assert comment.text.startswith("位置（表.xlsx 第1页 正文）。")


def test_nothing_but_the_marks_of_comments_is_added_to_the_text():
    findings = [finding(at(label)) for label in ("p1", "p3", "p12", "T1!R2C2")]
    copy = annotate(DRAFT, outcome(*findings), "zh")

    assert MARKS.sub(b"", main_part(copy.data)) == main_part(DRAFT)
    other = {"word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"}
    before, after = entries(DRAFT), entries(copy.data)
    assert {n: d for n, d in before.items() if n not in other}.items() <= after.items()


def test_comments_tracked_changes_and_headers_of_the_draft_stay(tmp_path):
    made = docx.Document()
    run = made.add_paragraph("机密10年").runs[0]
    made.add_comment(run, "请核。", author="某处", initials="某")
    made.sections[0].header.paragraphs[0].text = "某某市人民政府"
    made.save(tmp_path / "draft.docx")
    draft = (tmp_path / "draft.docx").read_bytes()

    copy = annotate(draft, outcome(finding(at("p1"))), "zh")

    texts = [c.text.partition("\n")[0] for c in docx.Document(io.BytesIO(copy.data)).comments]
    assert texts == ["请核。", "高·MS103：缺“★”"]
    held = entries(draft)["word/comments.xml"].removesuffix(b"</w:comments>")
    assert entries(copy.data)["word/comments.xml"].startswith(held)
    changed = {n for n, d in entries(draft).items() if entries(copy.data)[n] != d}
    assert changed == {"word/document.xml", "word/comments.xml"}


def test_any_prefix_and_the_strict_namespace_are_written_as_they_are():
    main = f'<document xmlns="{STRICT}"><body><p><r><t>一</t></r></p></body></document>'
    copy = annotate(document(main), outcome(finding(at("p1"))), "zh")

    marked = main_part(copy.data).decode()
    assert f'<p><w:commentRangeStart xmlns:w="{STRICT}" w:id="0"/><r><t>一' in marked
    assert f'<w:comments xmlns:w="{STRICT}">'.encode() in entries(copy.data)["word/comments.xml"]
    assert W not in marked


def test_a_draft_without_findings_is_copied_byte_for_byte():
    copy = annotate(DRAFT, outcome(), "zh")

    assert (copy.data, copy.comments) == (DRAFT, 0)


@pytest.mark.parametrize(
    "draft",
    [b"", b"PK\x03\x04", DRAFT[: len(DRAFT) // 2], document("<w:p"), document(body())],
    ids=["empty", "stub", "cut", "broken", "no-paragraph"],
)
def test_a_damaged_draft_is_refused_not_mended(draft):
    with pytest.raises(Exception, match="不能加批注"):
        annotate(draft, outcome(finding(at("p1"))), "zh")


def test_an_unread_draft_is_refused():
    with pytest.raises(Exception, match="不能加批注"):
        annotate(DRAFT, outcome(status=Status.UNREAD), "zh")


def said(path):
    seen = Scanner(Config(ocr=False)).scan_file(path)
    return [(f.rule, f.severity, f.message, f.place, f.others) for f in seen.findings]


@pytest.mark.parametrize(
    "mark",
    ["机密10年", "绝密☆30年", "10年★机密", "机密★25年", "机密★", "密级：机密★10年", "秘密★XX年"],
)
def test_the_copy_has_the_findings_of_the_draft(mark, tmp_path, capsys):
    path = word(f"{mark}\n{LONG}", tmp_path)
    before = said(path)
    code = main(["check", str(path), "--annotate", str(tmp_path / "o.docx"), "--no-ocr", "-q"])

    assert before and code == ExitCode.FINDINGS
    assert said(tmp_path / "o.docx") == before


# The command line.


def check(*arguments):
    return main(["check", *map(str, arguments), "--no-ocr"])


def test_the_draft_is_not_written_to(tmp_path, capsys):
    path = word("机密10年\n关于开会的通知", tmp_path)
    before = path.read_bytes()

    assert check(path, "--annotate", tmp_path / "out.docx") == ExitCode.FINDINGS
    assert path.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["draft.docx", "out.docx"]
    assert "批注" in capsys.readouterr().err


def test_the_draft_is_never_the_output_by_whatever_name(tmp_path, capsys):
    path = word("机密10年\n关于开会的通知", tmp_path)
    before = path.read_bytes()
    os.link(path, tmp_path / "hard.docx")
    (tmp_path / "soft.docx").symlink_to(path)
    (tmp_path / "loose.docx").symlink_to(tmp_path / "nowhere.docx")
    (tmp_path / "sub").mkdir()

    for name in ("draft.docx", "hard.docx", "soft.docx", "sub/../draft.docx"):
        assert check(path, "--annotate", tmp_path / name) == ExitCode.USAGE
        assert "就是被检查的文件" in capsys.readouterr().err
    assert check(path, "--annotate", tmp_path / "loose.docx") == ExitCode.USAGE
    assert path.read_bytes() == before and not (tmp_path / "nowhere.docx").exists()


@pytest.mark.parametrize(
    ("files", "out", "why"),
    [
        (["a.txt"], "out.docx", "--format html"),
        (["a.docx", "b.docx"], "out.docx", "一次只能"),
        (["a.docx"], "out.pdf", ".docx"),
        (["a.docx"], "b.docx", "不会覆盖"),
        (["a.docx"], "no/out.docx", "没有文件夹"),
    ],
)
def test_wrong_usage_is_refused_before_anything_is_read(files, out, why, tmp_path, capsys):
    for name in ("a.docx", "b.docx"):
        word("机密10年\n关于开会的通知", tmp_path, name)
    (tmp_path / "a.txt").write_text("机密10年", "utf-8")
    paths = [tmp_path / name for name in files]

    assert check(*paths, "--annotate", tmp_path / out) == ExitCode.USAGE
    told = capsys.readouterr()
    assert told.out == "" and why in told.err


def test_both_outputs_need_names_of_their_own(tmp_path, capsys):
    path, out = word("机密10年", tmp_path), tmp_path / "out.docx"

    assert check(path, "--annotate", out, "--slip", tmp_path / "." / "out.docx") == ExitCode.USAGE
    assert not out.exists()


def test_what_cannot_be_written_fails_the_run_and_leaves_nothing(tmp_path, capsys, monkeypatch):
    path = word("机密10年\n关于开会的通知", tmp_path)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)

    assert check(path, "--annotate", tmp_path / "out.docx") == ExitCode.INTERNAL
    assert "磁盘已满" in capsys.readouterr().err
    assert [p.name for p in tmp_path.iterdir()] == ["draft.docx"]


def test_an_unread_draft_stays_incomplete_and_is_not_copied(tmp_path, capsys):
    path = tmp_path / "draft.docx"
    path.write_bytes(b"PK\x03\x04 broken")

    assert check(path, "--annotate", tmp_path / "out.docx") == ExitCode.INCOMPLETE
    assert not (tmp_path / "out.docx").exists()
