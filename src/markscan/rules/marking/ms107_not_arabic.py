"""MS107 not-arabic: the period is not written in Arabic digits of normal width."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.finding import Severity, Verdict
from markscan.rules.proper_form import rewrite
from markscan.rules.rule import Case, Example, Hit, Rule, with_defect
from markscan.wording import Text

_FAULTS = {
    "cn-num": Text("汉字数字", "Chinese numerals"),
    "fullwidth": Text("全角数字", "full-width digits"),
}
_OTHERWISE = Text("期限请用阿拉伯数字书写。", "Write the period in Arabic digits.")


def judge(case: Case) -> Iterator[Hit]:
    """Look for 十年, 拾年, 两年 and full-width digits."""
    for seen in with_defect(case, *_FAULTS):
        yield rewrite(seen, _FAULTS, _OTHERWISE)


RULE = Rule(
    code="MS107",
    name=Text("期限数字不用阿拉伯数字", "Period not in Arabic numerals"),
    trigger=Text(
        "期限写作十年、拾年、两年，或者用全角数字",
        "the period is written 十年, 拾年, 两年, or in full-width digits",
    ),
    severity=Severity.LOW,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "GB/T 9704—2012 第7.2.2条（保密期限中的数字用阿拉伯数字标注）",
        "GB/T 9704-2012, 7.2.2 (the digits of the period are Arabic)",
    ),
    message=Text(
        "保密期限用了{fault}，应当用半角阿拉伯数字",
        "the period is written in {fault}, not in Arabic digits of normal width",
    ),
    fix=Text("请改为“{right}”。", "Write “{right}”."),
    judge=judge,
    found=(
        Example("机密★十年\n关于召开会议的通知"),
        Example("机密★１０年\n关于召开会议的通知"),
        Example("秘密★两年\n关于召开会议的通知"),
    ),
    clean=(
        Example("机密★10年\n关于召开会议的通知"),
        Example("机密★启用前\n关于召开会议的通知"),
        Example("关于会议的通知\n绝密级不超过三十年，机密级不超过二十年，秘密级不超过十年。"),
    ),
)
