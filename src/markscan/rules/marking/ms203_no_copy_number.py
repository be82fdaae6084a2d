"""MS203 no-copy-number: a marked official document bears no copy number (份号)."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.finding import Severity, Verdict
from markscan.rules.official_draft import bound, copy_numbered, marked
from markscan.rules.proper_form import shown
from markscan.rules.rule import Case, Example, Hit, Rule
from markscan.wording import Text

_HIGH = frozenset({"juemi", "jimi"})


def judge(case: Case) -> Iterator[Hit]:
    """Look for a marked document without 份号, as far as the profile asks for one."""
    seen = marked(case)
    if seen is None or bound(case) or case.profile.copy_number == "none":
        return
    high = any(each.marking.level in _HIGH for each in case.visible)
    if (high or case.profile.copy_number == "all") and not copy_numbered(case, case.draft()):
        digits = case.profile.norm.copy_number_digits
        values = {"mark": shown(case, seen.marking), "digits": digits, "right": "1".zfill(digits)}
        yield Hit((seen,), values, severity=Severity.HIGH if high else Severity.MEDIUM)


RULE = Rule(
    code="MS203",
    name=Text("涉密公文缺份号", "Copy number missing"),
    trigger=Text(
        "公文标有国家秘密标志，版头没有份号；绝密、机密为高，秘密为中；单位配置可以只要求绝密、机密件编份号",
        "an official document bears a state-secret marking and its head has no copy number; high "
        "for 绝密 and 机密, medium for 秘密; a profile may ask for it only from 机密 upwards",
    ),
    severity=Severity.HIGH,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《党政机关公文处理工作条例》第9条第1项（涉密公文应当标注份号）；GB/T 9704—2012 7.2.1",
        "Official documents regulation art. 9(1); GB/T 9704—2012, 7.2.1",
    ),
    message=Text(
        "公文标有“{mark}”，版头没有份号",
        "the document is marked “{mark}” and has no copy number at its head",
    ),
    fix=Text(
        "请在版心左上角第一行、密级和保密期限上方，顶格标注{digits}位份号，例如“{right}”。",
        "Put a copy number of {digits} digits flush left on the first line of the type area, above "
        "the marking, for example “{right}”.",
    ),
    judge=judge,
    found=(
        Example(
            "机密★10年\n某某市人民政府文件\n市政发〔2025〕5号\n关于召开会议的通知\n各县人民政府：\n"
            "请按时参加。\n某某市人民政府\n2025年3月1日"
        ),
        Example("秘密★5年\n特急\n关于召开会议的通知\n各县人民政府：\n某某市人民政府\n2025年3月1日"),
        Example("绝密★30年\n关于有关情况的报告"),
        Example("机密★10年\n2025年3月1日\n联系电话：123456\n关于召开会议的通知\n各县人民政府："),
    ),
    clean=(
        Example("000001\n机密★10年\n某某市人民政府文件\n市政发〔2025〕5号\n关于召开会议的通知"),
        Example("000001　　机密★10年\n关于召开会议的通知"),
        Example("No.12\n秘密★5年\n关于召开会议的通知\n各县人民政府："),
        Example("某某市人民政府文件\n市政发〔2025〕5号\n关于召开会议的通知\n各县人民政府："),
        Example("绝密★启用前\n2026年普通高等学校招生全国统一考试\n语文试卷"),
        Example("机密★10年\n涉密文件登记表\n名称\n文号\n份数"),
        Example("×密★×年\n关于召开会议的通知\n各县人民政府："),
    ),
    drafts_only=True,
)
