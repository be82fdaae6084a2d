"""MS209 header-differs: a header, footer or watermark bears another marking than page one."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.document import Area
from markscan.finding import Severity, Verdict
from markscan.rules.agreement import disagreement
from markscan.rules.rule import Case, Example, Hit, Rule
from markscan.wording import Text


def judge(case: Case) -> Iterator[Hit]:
    """Compare what each page shows again with the head. Its absence is no fault (标志 art. 3)."""
    yield from disagreement(case, "MS209")


RULE = Rule(
    code="MS209",
    name=Text("页眉页脚密级与首页不一致", "Running header or footer disagrees with page one"),
    trigger=Text(
        "页眉、页脚或者水印中有标志，而密级或者期限与首页不同；页眉没有标志不算问题",
        "a header, footer or watermark bears a marking that differs from that of page one; none "
        "there is no fault",
    ),
    severity=Severity.MEDIUM,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text("《保守国家秘密法实施条例》第21条", "Secrets law regulation art. 21"),
    message=Text(
        "页眉、页脚或者水印与首页的标志不一致：{places}",
        "a header, footer or watermark differs from page one: {places}",
    ),
    fix=Text(
        "请按定密结论统一，首页现标“{mark}”；不需要的页眉、水印标志可以删除。",
        "Make them agree as decided, page one says “{mark}”; a marking in header or watermark that "
        "is not needed may go.",
    ),
    judge=judge,
    found=(
        Example("机密★10年\n关于召开会议的通知", parts=((Area.HEADER, "header1", "秘密★5年"),)),
        Example("机密★10年\n关于召开会议的通知", parts=((Area.FOOTER, "footer1", "机密★5年"),)),
        Example("秘密★5年\n关于召开会议的通知", parts=((Area.TEXTBOX, "watermark", "机密★10年"),)),
    ),
    clean=(
        Example("机密★10年\n关于召开会议的通知", parts=((Area.HEADER, "header1", "机密★10年"),)),
        Example(
            "机密★10年\n关于召开会议的通知", parts=((Area.HEADER, "header1", "某某市人民政府"),)
        ),
        Example("机密★10年\n关于召开会议的通知"),
        Example("关于召开会议的通知", parts=((Area.HEADER, "header1", "内部资料 注意保存"),)),
    ),
)
