"""The classification review slip: facts filled in, the decision left open."""

import io
from datetime import date

import docx
import pytest

from markscan import Config, Scanner
from markscan.cli import main
from markscan.cli.exit_code import ExitCode
from markscan.finding import Advice, Input, Outcome, Severity, Status, Unjudged
from markscan.report.slip import slip
from markscan.wording import Text

TODAY = date(2026, 1, 1)
SECRET = "青禾渡口三号仓"
DRAFT = f"""000001
{{mark}}
某某市人民政府文件
某政发〔2024〕5号
关于做好{SECRET}安排的通知
各县区人民政府：
请认真贯彻执行。
某某市人民政府
2024年5月1日
"""


def texts(data):
    """All paragraphs and cells of a slip."""
    opened = docx.Document(io.BytesIO(data))
    paragraphs = [paragraph.text for paragraph in opened.paragraphs]
    return paragraphs + [c.text for t in opened.tables for row in t.rows for c in row.cells]


def field(data, label):
    """What stands beside a label, None where there is no such label."""
    rows = [r for t in docx.Document(io.BytesIO(data)).tables for r in t.rows]
    return next((r.cells[1].text for r in rows if r.cells[0].text == label), None)


def checked(folder, mark="机密★10年", name="草稿.txt"):
    path = folder / name
    path.write_text(DRAFT.format(mark=mark), "utf-8")
    return Scanner(Config(today=TODAY, explain=True, ocr=False)).scan_file(path)


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("文件名称", "文件“草稿.txt”"),
        ("文件格式", "text"),
        ("检查情况", "完整检查"),
        ("检查日期", "2026年1月1日"),
        ("现有标志", "文件有国家秘密标志“机密★10年”（正文 第2行）。"),
        ("期限届满", "按成文日期和标明的期限计算，至2034年5月1日止。"),
        ("成文日期", "2024年5月1日"),
        ("发文字号", "有"),
        ("份号", "有"),
        ("拟定密级", ""),
        ("保密期限", ""),
        ("知悉范围", ""),
        ("定密依据（保密事项范围条款）", ""),
        ("承办人意见", "签字：　　　　　　年　　月　　日"),
        ("定密责任人审核意见", "签字：　　　　　　年　　月　　日"),
    ],
)
def test_facts_are_filled_in_and_the_decision_is_not(label, value, tmp_path):
    assert field(slip([checked(tmp_path)], TODAY, "zh"), label) == value


@pytest.mark.parametrize(
    ("mark", "present", "ends"),
    [
        ("特急", "没有国家秘密标志", "无标志"),
        ("机密10年", "级别机密，期限10 年", "2034年5月1日"),
        ("机密★", "期限未标", "按法定最长期限估算至2044年5月1日"),
        ("秘密★正式公布前", "国家秘密标志“秘密★正式公布前”", "不能计算"),
    ],
)
def test_a_marking_and_its_end_are_told_as_far_as_they_are_known(mark, present, ends, tmp_path):
    data = slip([checked(tmp_path, mark)], TODAY, "zh")

    assert present in field(data, "现有标志")
    assert ends in field(data, "期限届满")


def test_findings_advice_and_silent_rules_are_listed(tmp_path):
    seen = checked(tmp_path, "机密10年")
    advice = Advice(Text("有份号，请判定", "decide"), Text("法19", "art. 19"), None)
    silent = Unjudged("MS215", Input.FORM)
    outcome = Outcome(
        seen.locator, "text", Status.EXAMINED, findings=seen.findings,
        advice=(advice,), unjudged=(silent,),
    )  # fmt: skip
    said = texts(slip([outcome], TODAY, "zh"))

    assert {"MS103", "高"} <= set(said)
    assert any(line.startswith("请改为“机密★10年”") for line in said)
    assert "有份号，请判定（整个文件；法19）" in said
    assert any("MS215" in line for line in said)


def test_a_slip_repeats_nothing_of_the_text_but_the_marking(tmp_path):
    assert not [t for t in texts(slip([checked(tmp_path)], TODAY, "zh")) if SECRET[:4] in t]


def test_each_file_has_a_page_of_its_own_in_a4(tmp_path):
    outcomes = [checked(tmp_path, name=f"{n}.txt") for n in range(3)]
    sections = docx.Document(io.BytesIO(slip(outcomes, TODAY, "zh"))).sections

    assert len(sections) == 3
    assert {(round(s.page_width.mm), round(s.page_height.mm)) for s in sections} == {(210, 297)}


def test_a_slip_is_set_in_the_faces_of_an_office():
    opened = docx.Document(io.BytesIO(slip([unread()], TODAY, "zh")))
    title, lead = (p.runs[0]._element.rPr.rFonts for p in opened.paragraphs[:2])
    east = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}eastAsia"

    assert opened.paragraphs[0].text == "定密审核单"
    assert (title.get(east), lead.get(east)) == ("方正小标宋简体", "仿宋")
    assert opened.paragraphs[0].runs[0].font.size.pt == 22


def unread():
    return Outcome("d/锁.docx", "docx", Status.UNREAD)


def test_an_unread_file_is_told_to_be_unread():
    data = slip([unread()], TODAY, "zh")

    assert field(data, "现有标志") == "文件未能读取，不能判断。"
    assert field(data, "发文字号") == "未读取"


@pytest.mark.parametrize(
    "mark", ["机密★10年", "机密10年", "绝密★", "秘密★XX年", "特急", "密级：秘密"]
)
@pytest.mark.parametrize("name", ["草稿.txt", "【机密】草稿.txt", "绝密★30年.txt"])
def test_a_slip_is_not_taken_for_a_marked_document(mark, name, tmp_path):
    (tmp_path / "单.docx").write_bytes(slip([checked(tmp_path, mark, name)], TODAY, "zh"))
    seen = Scanner(Config(today=TODAY, ocr=False)).scan_file(tmp_path / "单.docx")

    assert not [f for f in seen.findings if f.severity >= Severity.MEDIUM]
    assert not [m for m in seen.markings if m.marking.scheme == "cn-state"]
    assert not seen.advice


def test_check_writes_a_slip_for_all_files_beside_the_report(tmp_path, capsys):
    for name in ("a.txt", "b.txt"):
        checked(tmp_path, "机密10年", name)
    out = tmp_path / "单.docx"
    files = [str(tmp_path / name) for name in ("a.txt", "b.txt", "c.txt")]

    assert main(["check", *files, "--slip", str(out), "--format", "jsonl"]) == ExitCode.FINDINGS
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 3 and "定密审核单" in told.err
    named = [t for t in texts(out.read_bytes()) if t.startswith("文件“")]
    assert named == ["文件“a.txt”", "文件“b.txt”", "文件“c.txt”"]
    assert main(["check", *files, "--slip", str(out)]) == ExitCode.USAGE
