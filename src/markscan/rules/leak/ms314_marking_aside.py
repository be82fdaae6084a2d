"""MS314 marking-aside: the only marking stands in a property, comment, note or deletion."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.document import Area
from markscan.finding import Severity, Verdict
from markscan.rules.leak.unseen import aside, hidden, shown_elsewhere
from markscan.rules.proper_form import shown
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import INTERFACE, Text


def judge(case: Case) -> Iterator[Hit]:
    """Look for a marking beside the text of a scanned file that shows none. A draft's is MS101."""
    if case.task is not Task.SCAN or shown_elsewhere(case) or hidden(case):
        return
    found = aside(case)
    if found:
        values: dict[str, object] = {
            "mark": shown(case, found[0].marking),
            "where": INTERFACE[f"place.{found[0].place.area.value}"],
        }
        yield Hit((found[0],), values)


RULE = Rule(
    code="MS314",
    name=Text("标志仅存于隐蔽部位", "Marking only in properties, comments, notes, deletions"),
    trigger=Text(
        "扫描的文件只在文件属性、批注、备注、脚注、替代文字或者修订删除内容中有国家秘密标志，正文没有；"
        "登记密件的标志被删除的，由 MS313 报告",
        "the only state-secret marking of a scanned file stands in a property, a comment, a note, "
        "alternative text or a tracked deletion; that of a registered document is MS313",
    ),
    severity=Severity.HIGH,
    verdict=Verdict.MARKING_MISSING,
    basis=Text(
        "《保守国家秘密法》第22条；《国家秘密定密管理暂行规定》第24条（2014）（标注在首页或者封面的明显位置）",
        "Secrets law art. 22; classification rules 2014 art. 24 (on the cover or first page, plain "
        "to see)",
    ),
    message=Text(
        "标志“{mark}”只见于{where}，正文没有标志",
        "the marking “{mark}” stands in one place only ({where}); the text bears none",
    ),
    fix=Text(
        "请核对：属于本文件的，在首页作出标志并核对存放位置；不属于的，删除该处内容。",
        "Check it: if the marking is this file's, mark the first page and check where the file "
        "may lie; if not, delete it there.",
    ),
    judge=judge,
    found=(
        Example("关于召开会议的通知", parts=((Area.PROPERTY, "密级", "机密"),), task=Task.SCAN),
        Example("关于召开会议的通知", parts=((Area.COMMENT, "张三", "机密★10年"),), task=Task.SCAN),
        Example(
            "关于召开会议的通知",
            parts=((Area.DELETED, "p1", "秘密★5年"),),
            task=Task.SCAN,
            highest="",
        ),
        Example(
            "关于召开会议的通知", parts=((Area.HIDDEN, "p1 alt", "机密★10年"),), task=Task.SCAN
        ),
    ),
    clean=(
        Example(
            "机密★10年\n关于召开会议的通知",
            parts=((Area.PROPERTY, "密级", "机密"),),
            task=Task.SCAN,
        ),
        Example("关于召开会议的通知", parts=((Area.PROPERTY, "密级", "机密"),)),
        Example("关于召开会议的通知", parts=((Area.PROPERTY, "密级", "非密"),), task=Task.SCAN),
        Example("关于召开会议的通知", parts=((Area.HIDDEN, "p1", "机密★10年"),), task=Task.SCAN),
        Example("关于召开会议的通知", name="【机密】会议通知.txt", task=Task.SCAN),
        Example(
            name="扫描件.pdf",
            parts=((Area.PROPERTY, "密级", "机密"),),
            problem="no-text-layer",
            task=Task.SCAN,
        ),
        Example("保密知识培训课件", parts=((Area.COMMENT, "张三", "机密★10年"),), task=Task.SCAN),
    ),
)
