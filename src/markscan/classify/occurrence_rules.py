"""What needs no model: a level word that is no word, and a marking in full on its own line.

Rules of few exceptions. Each has a name, under which a model says how often it was right.
"""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["marking", "mention", "exam", "template", "reference", "other"]

KINDS: tuple[Kind, ...] = ("marking", "mention", "exam", "template", "reference", "other")

# 随机密码, 拒绝密码, 神秘密林: the word is an end and a beginning.
_ENDS = {
    "机": re.compile(r"(?:随|主|有|无|计算|飞|司|动|时|手|相|耕|投|危|契|转|电|单|本|待|关"
                    r"|开|真|整)$"),
    "绝": re.compile(r"(?:拒|谢|杜|断|隔|灭|回|弃|超|根)$"),
    "秘": re.compile(r"(?:神|奥|隐|诡|便|文|揭|莫测之)$"),
}  # fmt: skip
_BEGINS = re.compile(r"[码钥匙封度集切闭布植友谋]")
# 商业秘密, 商业机密, and what else is no state's.
_OTHERS = re.compile(
    r"(?:商业|技术|经营|通信|通讯|职业|医疗|客户|个人|婚姻|生命|宇宙|心底|心中)的?$"
)
_STATE = re.compile(r"(?:国家|军事|国防|党和国家|党的|国家的)的?$")
# 机密计算, 秘密侦查, 秘密投票: a word of its own.
_COMPOUND = re.compile(
    r"(?:计算|虚拟机|容器空间|客户端|共享|分享|侦查|逮捕|拘捕|投票|基地|通道|花园|武器|潜入|前往"
    r"|会见|会谈|警察|接头|结社|联络|转移|武装|访问|抵达|处决|潜逃|集会)"
)
_FULL = re.compile(
    r"★(?:[1-9]\d?年|[1-9]\d?个月|长期|[12]\d{3}年\d{1,2}月\d{1,2}日)(?=[^\S\n]*(?:\n|\Z))"
)
# ☑机密 □绝密: the one ticked of several that are not.
_TICKED, _UNTICKED = re.compile(r"[☑✓✔■●√]\s?$"), re.compile(r"[□○☐]")
_AT_START = re.compile(r"(?:^|\n)[^\S\n]*$")
_AT_BORDER = re.compile(r"(?:^|[\n\0])[^\S\n]*$")
_EXAM = re.compile(r"★?\s?(?:启用|考试(?:结束|启用)?|开考|使用|统考结束)前")
# What introduces an example: then the line below is one.
_INTRODUCED = re.compile(
    r"(?:如|例|示例|样式|如下|标注为|写作|写成|格式|形式)[^\n]{0,8}\s*$|[:：?？]\s*$"
    r"|[(（]\s*[)）][。.]?\s*$"
)


def ruled(left: str, word: str, right: str) -> tuple[str, Kind] | None:
    """Return the name of the rule that decides an occurrence and its kind; None if none does.

    Args:
        left: folded text before the word, its lines and parts divided.
        word: the word, folded.
        right: folded text behind it.
    """
    head, tail = word[:1], word[1:2]
    if tail == "密" and head in _ENDS and _ENDS[head].search(left):
        if head == "机" and not _BEGINS.match(right):
            return None
        return "two-words", "other"
    if _FULL.match(right) and _AT_START.search(left):
        above = left.rstrip().rpartition("\n")[2][-40:] if left.strip() else ""
        return None if _INTRODUCED.search(above) else ("full", "marking")
    if _TICKED.search(left) and _UNTICKED.search(_own_line(left, right)):
        return "ticked", "marking"
    if _EXAM.match(right) and _AT_BORDER.search(left):
        return "before-use", "exam"
    if word == "秘密" and right[:1] not in ("★", "级") and _STATE.search(left):
        return "state-secret", "mention"
    if right[:1] in ("★", "☆", "级"):
        return None
    if _OTHERS.search(left) and word != "绝密":
        return "others-secret", "other"
    return ("compound", "other") if _COMPOUND.match(right) else None


def _own_line(left: str, right: str) -> str:
    """Return what stands beside the word in its line."""
    return re.split(r"[\n\0]", left)[-1] + re.split(r"[\n\0]", right, maxsplit=1)[0]
