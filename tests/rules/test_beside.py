"""What stands beside the head: forms, attachments, drawings, mails, through real files."""

import io
import zipfile
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import docx
import pytest

from markscan import Config, Scanner, Source
from markscan.errors import UsageError
from markscan.finding import Finding

TODAY = date(2026, 1, 1)
BODY = "关于召开会议的通知\n各单位：\n现将会议有关事项通知如下。\n某某市人民政府\n2026年1月1日"
HEAD = "某某市人民政府文件\n某政发〔2026〕3号\n"
OWN = frozenset(
    {"MS101", "MS120", "MS123", "MS124", "MS208", "MS213", "MS216", "MS221", "MS222"}
    | {"MS114", "MS116", "MS118", "MS119", "MS211", "MS212"}
)


def found(content: bytes, name: str, form: Path | None = None) -> list[Finding]:
    """The findings of this file itself that concern what stands beside the head."""
    scanner = Scanner(Config(today=TODAY, ocr=False, form=form))
    outcome = scanner.scan_file(Source(Path(name), content=content))
    assert not any(problem.code == "internal" for problem in outcome.problems)
    return [finding for finding in outcome.findings if finding.rule in OWN]


def codes(content: bytes, name: str, form: Path | None = None) -> list[str]:
    return [finding.rule for finding in found(content, name, form)]


def text(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def word(*lines: str, rows: tuple[tuple[str, ...], ...] = (), before: bool = True) -> bytes:
    """A Word file: a table of `rows` before or behind its `lines`, on a page of its own."""
    document = docx.Document()
    if rows and before:
        _form(document, rows)
        document.add_page_break()
    for line in lines:
        document.add_paragraph(line)
    if rows and not before:
        document.add_page_break()
        _form(document, rows)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _form(document, rows: tuple[tuple[str, ...], ...]) -> None:
    document.add_paragraph("发 文 稿 纸")
    table = document.add_table(len(rows), max(map(len, rows)))
    for r, row in enumerate(rows):
        for c, cell in enumerate(row):
            table.cell(r, c).text = cell


def rows_for(*level: str) -> tuple[tuple[str, ...], ...]:
    return (("密级", *level), ("标题", "关于召开会议的通知"), ("拟稿人", "张三", "核稿", "李四"))


def mail(subject: str, body: str = "请查收。", **files: bytes) -> bytes:
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = "office@example.cn"
    message.set_content(body)
    for name, data in files.items():
        message.add_attachment(
            data, maintype="application", subtype="octet-stream", filename=f"{name}.txt"
        )
    return message.as_bytes()


def archive(files: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return file.getvalue()


# A form inside the draft.


@pytest.mark.parametrize("before", [True, False])
@pytest.mark.parametrize(
    ("level", "head", "expected"),
    [
        (("机密★10年",), (), ["MS101"]),
        (("机密", "保密期限", "10年"), (), ["MS101"]),
        (("□绝密 ☑机密 □秘密 □非密",), (), ["MS101"]),
        (("机密★10年",), ("机密★10年",), []),
        (("机密", "保密期限", "10年"), ("机密★10年",), []),
        (("□绝密 ☑机密 □秘密 □非密",), ("机密★10年",), []),
        (("非密",), (), []),
        (("□绝密 □机密 □秘密 ☑非密",), (), []),
        (("", "缓急", "特急"), (), ["MS123"]),
        (("□绝密 □机密 □秘密 □非密",), (), ["MS123"]),
    ],
)
def test_a_form_in_the_draft_decides_and_does_not_mark(level, head, expected, before):
    content = word(*head, *HEAD.split(), *BODY.split("\n"), rows=rows_for(*level), before=before)

    assert codes(content, "草稿.docx") == expected


def test_a_form_that_is_a_file_of_its_own_bears_its_level():
    assert codes(word(rows=rows_for("机密", "保密期限", "10年")), "发文稿纸.docx") == []


def test_what_form_and_property_claim_is_one_finding_that_names_both():
    document = docx.Document(io.BytesIO(word(*BODY.split("\n"), rows=rows_for("机密★10年"))))
    document.core_properties.category = "机密★10年"
    file = io.BytesIO()
    document.save(file)

    (finding,) = found(file.getvalue(), "草稿.docx")

    assert finding.rule == "MS101"
    assert "定密表单" in finding.message.zh
    assert "文件属性" in finding.message.zh
    assert "“机密★10年”" in finding.fix.zh


# A form in a file of its own.


@pytest.mark.parametrize(
    ("level", "draft", "expected"),
    [
        ("机密★10年", f"{HEAD}{BODY}", ["MS101"]),
        ("机密★10年", f"机密★10年\n{HEAD}{BODY}", []),
        ("非密", f"{HEAD}{BODY}", []),
        ("", f"{HEAD}{BODY}", ["MS123"]),
        ("机密★10年", "某某工程总平面图\n比例尺 1：500", ["MS216"]),
        ("机密★10年", "某某工程总平面图\n机密★10年\n比例尺 1：500", []),
    ],
)
def test_a_form_given_beside_the_draft_decides_of_it(tmp_path, level, draft, expected):
    form = tmp_path / "发文稿纸.docx"
    form.write_bytes(word(rows=rows_for(level)))

    assert codes(draft.encode(), "草稿.txt", form) == expected


def test_a_finding_never_points_into_the_form_of_another_file(tmp_path):
    form = tmp_path / "发文稿纸.docx"
    form.write_bytes(word(rows=rows_for("机密★10年")))

    (finding,) = found(f"{HEAD}{BODY}".encode(), "草稿.txt", form)

    assert finding.place is None


@pytest.mark.parametrize(
    ("content", "name"),
    [(BODY.encode(), "通知.txt"), (b"PK\x03\x04broken", "发文稿纸.docx"), (b"", "发文稿纸.txt")],
)
def test_what_is_no_form_is_refused_before_anything_is_read(tmp_path, content, name):
    form = tmp_path / name
    form.write_bytes(content)

    with pytest.raises(UsageError):
        Scanner(Config(form=form))


def test_a_form_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(UsageError):
        Scanner(Config(form=tmp_path / "没有.docx"))


# Mails.

MARKED = text("机密★10年", "关于召开会议的通知", "各单位：")
PLAIN = text("关于召开会议的通知", "各单位：")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (mail("【机密★10年】关于会议的通知"), ["MS213"]),
        (mail("机密★10年 关于会议的通知"), ["MS213"]),
        (mail("【机密】关于会议的通知", 通知=PLAIN), ["MS213"]),
        (mail("机密★10年"), ["MS213"]),
        (mail("【机密★10年】关于会议的通知", 通知=MARKED), []),
        (mail("关于会议的通知", 通知=MARKED), ["MS222"]),
        (mail("关于会议的通知（机密）", 通知=MARKED), []),
        (mail("关于会议的通知", 通知=PLAIN), []),
        (mail("关于加强保密工作的通知"), []),
        (mail("【机密★10年】关于会议的通知", body="机密★10年\n关于会议的通知"), []),
    ],
)
def test_a_mail_names_the_level_of_what_it_carries_and_is_no_marking_itself(content, expected):
    assert codes(content, "邮件.eml") == expected


# Archives.


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"正文.txt": MARKED, "总平面图.txt": text("总平面图", "比例尺")}, ["MS216"]),
        ({"正文.txt": MARKED, "总平面图.txt": text("总平面图", "机密★10年")}, []),
        ({"正文.txt": PLAIN, "总平面图.txt": text("总平面图", "比例尺")}, []),
        ({"正文.txt": MARKED, "总平面图.docx": b"PK\x03\x04broken"}, []),
        ({"正文.txt": MARKED, "企图.txt": PLAIN}, []),
        (
            {"通知.txt": text("秘密★5年", BODY), "附件1.txt": text("机密★10年", "建设方案")},
            ["MS208"],
        ),
        ({"通知.txt": text(BODY), "附件1.txt": text("机密★10年", "建设方案")}, ["MS208"]),
        ({"通知.txt": MARKED, "附件1.txt": text("秘密★5年", "建设方案")}, []),
        ({"通知.txt": PLAIN, "附件1.txt": text("建设方案")}, []),
    ],
)
def test_the_files_of_an_archive_are_judged_together(files, expected):
    assert codes(archive(files), "材料.zip") == expected


# Attachments and portions.


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("秘密★5年", BODY, "附件1", "机密★10年", "建设方案"), ["MS208"]),
        (("机密★10年", BODY, "附件1", "秘密★5年", "建设方案"), []),
        (("机密★10年", BODY, "附件1", "机密★10年", "建设方案"), []),
        (("机密★10年", BODY, "附件1", "建设方案"), []),
        (("秘密★5年", BODY, "（机密）该工程位于市区北部。"), ["MS120"]),
        (("机密★10年", BODY, "（秘密）该工程位于市区北部。"), []),
    ],
)
def test_attachments_and_paragraphs_stay_below_the_head(lines, expected):
    assert codes(text(*lines), "草稿.txt") == expected
