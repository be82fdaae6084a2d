"""MS901 degraded: characters of the text were lost or garbled by a conversion."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markscan.document import Span
from markscan.finding import Evidence, Severity
from markscan.rules.rule import VISIBLE, Case, Example, Hit, Rule, Task
from markscan.wording import Text

_LEAST = 3  # lost characters in one draft: one alone is a slip
# What a decoder puts for bytes it cannot read, and what such text becomes when it is read anew.
_LOST = re.compile("\ufffd|锟斤拷|烫烫烫|屯屯屯|[\ue000-\uf8ff]")


def judge(case: Case) -> Iterator[Hit]:
    """Count what was lost in the text that a reader sees."""
    first, count = None, 0
    for index, part in enumerate(case.document.parts):
        if part.place.area in VISIBLE:
            for found in _LOST.finditer(part.text):
                first = first or Evidence(index, Span(found.start(), found.end()))
                count += 1
    if first is not None and count >= _LEAST:
        yield Hit((first,), {"count": count})


RULE = Rule(
    code="MS901",
    name=Text("文本质量降级", "Degraded text"),
    trigger=Text(
        "核稿的文件中有三处以上丢失或者变成乱码的字，标志可能因此漏认",
        "three characters or more of a draft were lost or garbled; a marking may be missed for it",
    ),
    severity=Severity.INFO,
    verdict=None,
    basis=Text("系统提示", "a note of the program"),
    message=Text(
        "文本中有 {count} 处丢失或者乱码的字",
        "{count} characters of the text were lost or garbled",
    ),
    fix=Text(
        "请以原件为准核对；能重新导出的，重新导出后再查。",
        "Compare it with the original; export it again and check that, if possible.",
    ),
    judge=judge,
    found=(
        Example("关于\ufffd\ufffd工作的\ufffd知"),
        Example("关于召开锟斤拷锟斤拷锟斤拷的通知"),
        Example("机密★10年\n关于\ue005召开\ue006会议\ue007的通知"),
    ),
    clean=(
        Example("关于召开会议的通知"),
        Example("关于召开\ufffd会议的通知"),
        Example("关于\ufffd\ufffd工作的\ufffd知", task=Task.SCAN),
    ),
    drafts_only=True,
)
