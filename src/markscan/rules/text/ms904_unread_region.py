"""MS904 unread-region: reading stopped at a limit of size, depth or time."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.finding import Severity
from markscan.rules.rule import Case, Example, Hit, Rule, Task
from markscan.wording import Text

# Encrypted, damaged and unsupported files are MS310, pictures without text MS316.
_KINDS = {
    "limit": Text("大小、层数或者数量超过上限", "a limit of size, depth or number was reached"),
    "timeout": Text("用时超过上限", "it took longer than allowed"),
    "internal": Text("程序内部出错", "an error of the program"),
}
_OTHERS = frozenset({"encrypted", "damaged", "unsupported", "no-text-layer"})


def judge(case: Case) -> Iterator[Hit]:
    """Report the file once, by the first reason, where no other rule tells that it is unread."""
    codes = [problem.code for problem in case.own_problems]
    kind = next((_KINDS[code] for code in codes if code in _KINDS), None)
    if kind is not None and _OTHERS.isdisjoint(codes):
        yield Hit((), {"kind": kind})


RULE = Rule(
    code="MS904",
    name=Text("未解析区域", "Region not parsed"),
    trigger=Text(
        "文件的一部分没有检查：大小、层数、数量或者用时超过上限，或者程序出错",
        "part of the file was not examined: a limit of size, depth, number or time was reached, or "
        "the program failed",
    ),
    severity=Severity.LOW,
    verdict=None,
    basis=Text("系统提示", "a note of the program"),
    message=Text(
        "有一部分内容没有检查（{kind}），不能视为无问题",
        "part of the file was not examined ({kind}) and must not count as clean",
    ),
    fix=Text(
        "请人工检查没有检查的部分；可以拆分文件，或者放宽上限后复查。",
        "Look at that part yourself; or split the file, or raise the limit, and check it again.",
    ),
    judge=judge,
    found=(
        Example("关于召开会议的通知", problem="limit"),
        Example("关于召开会议的通知", problem="timeout", task=Task.SCAN),
        Example(name="数据.xlsx", problem="internal", task=Task.SCAN, highest=""),
    ),
    clean=(
        Example("关于召开会议的通知"),
        Example(name="会议纪要.docx", problem="encrypted"),
        Example(name="扫描件.pdf", problem="no-text-layer"),
    ),
)
