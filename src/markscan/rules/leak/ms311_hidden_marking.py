"""MS311 hidden-marking: a state marking stands in the file, and nobody who reads it sees it."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.document import Area
from markscan.finding import Severity, Verdict
from markscan.rules.leak.unseen import hidden, shown_elsewhere
from markscan.rules.proper_form import shown
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text


def judge(case: Case) -> Iterator[Hit]:
    """Look for a marking in hidden text of a scanned file that shows none. A draft's is MS101."""
    if case.task is not Task.SCAN or shown_elsewhere(case):
        return
    found = hidden(case)
    if found:
        yield Hit((found[0],), {"mark": shown(case, found[0].marking)})


RULE = Rule(
    code="MS311",
    name=Text("隐藏的密级标志", "Marking present but hidden"),
    trigger=Text(
        "扫描的文件在隐藏文字、隐藏的行列、工作表或者幻灯片中有国家秘密标志，读者看到的文内没有",
        "a scanned file has a state-secret marking in hidden text, hidden rows, columns, sheets or "
        "slides, and none where a reader sees it",
    ),
    severity=Severity.CRITICAL,
    verdict=Verdict.MARKING_MISSING,
    basis=Text(
        "《保守国家秘密法》第22条；《保守国家秘密法实施条例》第21条（标志应当明显）",
        "Secrets law art. 22; its regulation art. 21 (the marking is to be plain to see)",
    ),
    message=Text(
        "标志“{mark}”只在隐藏内容中，读者看不到",
        "the marking “{mark}” stands in hidden content only, where no reader sees it",
    ),
    fix=Text(
        "请取消隐藏后核对：属于本文件的，在首页恢复标志，按密件管理，查明何人何时隐藏并报告保密工作机构；"
        "不属于的，删除隐藏内容。",
        "Show what is hidden and check it: if the marking is this file's, restore it on the first "
        "page, handle the file as classified, find out who hid it and report it; if not, delete "
        "the hidden content.",
    ),
    judge=judge,
    found=(
        Example(
            "关于召开会议的通知",
            parts=((Area.HIDDEN, "p1", "机密★10年"),),
            task=Task.SCAN,
        ),
        Example(
            "关于召开会议的通知",
            parts=((Area.HIDDEN, "Sheet2!A1", "秘密★5年"),),
            task=Task.SCAN,
            highest="",
        ),
        Example("", parts=((Area.HIDDEN, "slide 3", "绝密★30年"),), task=Task.SCAN),
    ),
    clean=(
        Example(
            "机密★10年\n关于召开会议的通知",
            parts=((Area.HIDDEN, "p1", "机密★10年"),),
            task=Task.SCAN,
        ),
        Example("关于召开会议的通知", parts=((Area.HIDDEN, "p1", "机密★10年"),)),
        Example(
            "关于召开会议的通知", parts=((Area.HIDDEN, "p1 alt", "机密★10年"),), task=Task.SCAN
        ),
        Example(
            "请选择密级",
            parts=tuple(
                (Area.HIDDEN, f"选项!A{n}", word)
                for n, word in enumerate(("绝密★30年", "机密★20年", "秘密★10年"))
            ),
            task=Task.SCAN,
        ),
        Example(
            "关于召开会议的通知",
            parts=((Area.HIDDEN, "p1", "涉及机密的应当标明。"),),
            task=Task.SCAN,
        ),
    ),
)
