"""MS327 evasion: a marking is written so that people read it and programs do not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from unicodedata import category, normalize

from markscan.document import Area
from markscan.finding import Evidence, MarkingEvidence, Severity, TermEvidence, Verdict
from markscan.fold import fold, what_changed
from markscan.match.elements import TextLine, text_lines
from markscan.rules.rule import VISIBLE, Case, Example, Hit, Rule, Task
from markscan.wording import Text

_TOPIC = "evasion"
# From the first character of the level to the last: what stands around it is no evasion.
_LEVEL = re.compile(r"[绝絕机機秘祕].{1,12}?密", re.DOTALL)
_NO_WHITE = re.compile(r"\s+")
_PERIOD = r"(?:\d{1,4}(?:年|个月|月|天|日)|长期|\d{4}年\d{1,2}月(?:\d{1,2}日)?)"
# A line that is a marking but for how the level is written.
_WHOLE = re.compile(
    r"[【\[(（]?(?:jm|mm|juemi|jimi|mimi|jue密|ji密|mi密|[绝机秘]mi|木几密|禾必密|纟色密)(?:级|件)?"
    rf"(?:[★☆*·]{_PERIOD}|[★☆*])?[】\])）]?"
)
_HEAD = 3  # lines in which an official document bears its marking
_SIGN = r"[-*_·•.。,，、/|~+=^#&:：]{1,3}"
# So crude that it means a marking only where an official document bears one.
_CRUDE = re.compile(
    rf"[【\[(（]?(?:[绝机秘]{_SIGN}密|(?:jue|ji|mi|j|m)(?:{_SIGN})?密|[绝机秘](?:{_SIGN})?mi?"
    rf"|(?:jue|ji|mi)(?:{_SIGN})?mi|[jm](?:{_SIGN})?m)(?:级|件)?"
    rf"(?:[★☆*·]{{0,2}}{_PERIOD}|[★☆*])[】\])）]?"
)
_SIGNED = re.compile(r"[★☆*]")
_WAYS = {
    "zw": Text("插入零宽等不可见字符", "characters of no width"),
    "glyph": Text("改用其他字符集的同形字", "look-alike signs of other blocks"),
}
_SPELT = Text(
    "用拼音、首字母或者拆字代替密级", "pinyin, initials or split characters for the level"
)
_HALVES = frozenset({"evasion.split-jimi", "evasion.split-mimi", "evasion.split-juemi"})
_BROKEN = Text(
    "密级两字之间夹有符号，或者用拼音、首字母代替密级",
    "signs between the characters of the level, or pinyin or initials for them",
)


def judge(case: Case) -> Iterator[Hit]:
    """Look at the level of each marking in sight, then for lines that only lack a level.

    What was recognised in a picture is as the recogniser read it. Ordinary gaps (机 密), the old
    script, pinyin that a conversion left and a slip of the pen are none: MS115, MS121, MS106.
    A drafter is told by those what to mend; that somebody hides is for a scan to say.
    """
    for seen in case.state if case.task is Task.SCAN else ():
        if seen.place.area in VISIBLE and seen.place.area is not Area.IMAGE:
            way = _way(case, seen)
            if way is not None:
                yield Hit((seen,), {"way": way})
                return
    for term in case.terms:
        if term.topic == _TOPIC and not term.own and _is_marking(case, term):
            yield Hit((term,), {"way": _SPELT})
            return
    for line in islice(text_lines(case.document), _HEAD):
        if _is_crude(case, line):
            yield Hit((Evidence(line.part, line.span),), {"way": _BROKEN})
            return


def _is_crude(case: Case, line: TextLine) -> bool:
    """Whether a line in the head of an official document is a marking, its level broken up."""
    area = case.document.parts[line.part].place.area
    if len(line.text) > 40 or area not in VISIBLE or area is Area.IMAGE:
        return False
    letters = normalize("NFD", _NO_WHITE.sub("", fold(line.text).text))
    plain = "".join(each for each in letters if category(each) != "Mn")
    return _CRUDE.fullmatch(plain) is not None and case.elements().official and _earnest(case)


def _way(case: Case, seen: MarkingEvidence) -> Text | None:
    level = _LEVEL.search(case.text(seen))
    if level is None or len(level[0]) == 2:
        return None
    found = what_changed(_NO_WHITE.sub("", level[0]))
    return next((words for tag, words in _WAYS.items() if tag in found), None)


def _is_marking(case: Case, term: TermEvidence) -> bool:
    """Whether the line of the term is a marking and nothing else, in a text not about them."""
    part = case.document.parts[term.part]
    if part.place.area not in VISIBLE or part.place.area is Area.IMAGE:
        return False
    start = part.text.rfind("\n", 0, term.span.start) + 1
    end = part.text.find("\n", term.span.end)
    line = part.text[start : end if end >= 0 else len(part.text)]
    if len(line) > 40:
        return False
    plain = _NO_WHITE.sub("", fold(line).text)
    signed = _SIGNED.search(plain) is not None or term.term in _HALVES
    if not signed or _WHOLE.fullmatch(plain) is None:
        return False
    return _earnest(case)


def _earnest(case: Case) -> bool:
    context = case.context()
    return not (context.about_markings or context.template or context.fiction)


RULE = Rule(
    code="MS327",
    name=Text("规避检测的写法", "Evasion spelling inside a marking"),
    trigger=Text(
        "标志的密级两字之间夹有零宽字符或者换成同形字，或者整行是以拼音、首字母、拆字写密级的标志"
        "（JM★10年、机mi★10年）；公文首部还有夹"
        "符号的（机*密★10年）；字间空格、繁体字、夹注"
        "拼音、识别误差不算",
        "characters of no width stand between the two characters of the level, or look-alikes "
        "for them; or a whole line is a marking whose level is pinyin, initials or split "
        "characters (JM★10年); in the head of an official document also signs within the "
        "level (机*密★10年). Gaps, traditional script, pinyin in parentheses and errors of "
        "recognition do not count",
    ),
    severity=Severity.HIGH,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《保守国家秘密法》第22条、第31条；《国家秘密定密管理暂行规定》第24条（2014）",
        "Secrets law arts. 22 and 31; classification rules 2014 art. 24",
    ),
    message=Text(
        "标志的写法使检查程序难以识别：{way}",
        "the marking is written so that programs miss it: {way}",
    ),
    fix=Text(
        "请恢复规范标志，核实是有意规避还是转换所致；有意的，报告保密工作机构，并检查同一来源的其他文件。",
        "Write the marking as it should be and find out whether it was meant or came from a "
        "conversion. If it was meant, report it and check other files from there.",
    ),
    judge=judge,
    found=(
        Example("机\u200b密★10年\n关于召开会议的通知", task=Task.SCAN),
        Example("JM★10年\n某某市人民政府文件\n关于召开会议的通知", task=Task.SCAN),
        Example("机mi★10年\n关于召开会议的通知", task=Task.SCAN, highest=""),
        Example("木几密★5年\n关于召开会议的通知", task=Task.SCAN),
    ),
    clean=(
        Example("机密★10年\n关于召开会议的通知"),
        Example("机\u200b密★10年\n关于召开会议的通知"),
        Example("机 密★10年\n关于召开会议的通知"),
        Example("机(jī)密★10年\n关于召开会议的通知"),
        Example("机\u3000密\n某某市人民政府文件\n关于召开会议的通知\n2005年3月1日"),
        Example("機密★10年\n关于召开会议的通知"),
        Example("机密\u200b★10年\n关于召开会议的通知"),
        Example("厚度 5 mm\n关于召开会议的通知", task=Task.SCAN),
        Example("登录名 jimi★ 的用户发来消息", task=Task.SCAN),
        Example("常见的规避写法有：JM★10年、机mi★10年等，检查时应当留意。", task=Task.SCAN),
    ),
)
