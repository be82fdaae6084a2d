"""MS121 variant-script: the marking is in traditional script, with pinyin, or a sign like ㊙."""

from __future__ import annotations

from collections.abc import Iterator

from markscan.finding import Severity, Verdict
from markscan.rules.proper_form import rewrite
from markscan.rules.rule import Case, Example, Hit, Rule, with_defect
from markscan.wording import Text

_FAULTS = {
    "trad": Text("繁体字或者异体字", "traditional or variant characters"),
    "ruby": Text("注音", "pinyin"),
    "glyph": Text("㊙等特殊符号", "a sign such as ㊙"),
}
_OTHERWISE = Text(
    "请改用规范简体字，删去注音。", "Write it in standard simplified characters, without pinyin."
)


def judge(case: Case) -> Iterator[Hit]:
    """Look for 絕密★10年, 機(jī)密, ㊙."""
    for seen in with_defect(case, *_FAULTS):
        yield rewrite(seen, _FAULTS, _OTHERWISE)


RULE = Rule(
    code="MS121",
    name=Text("标志变体字、拼音注入", "Marking in variant script"),
    trigger=Text(
        "标志用了繁体字、异体字、带注音或者用㊙等符号：絕密★10年、機(jī)密★20年",
        "traditional or variant characters, pinyin or signs like ㊙ in the marking: 絕密★10年, "
        "機(jī)密★20年",
    ),
    severity=Severity.LOW,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《国家秘密定密管理暂行规定》第24条（2014）（明显并易于识别）",
        "Classification rules 2014 art. 24 (plain to see and recognise)",
    ),
    message=Text(
        "标志用了{fault}，不利于识别",
        "the marking has {fault}",
    ),
    fix=Text(
        "请改用规范简体字，写作“{right}”。",
        "Write it in standard simplified characters: “{right}”.",
    ),
    judge=judge,
    found=(
        Example("絕密★10年\n关于召开会议的通知"),
        Example("祕密★5年\n关于召开会议的通知"),
        Example("機(jī)密★20年\n关于召开会议的通知"),
    ),
    clean=(
        Example("绝密★10年\n关于召开会议的通知"),
        Example("機密情報の取り扱いについて\nこのファイルは機密です。"),
        Example("極機密\n國家機密保護法"),
        Example("關於召開會議的通知\n應當嚴格遵守保密規定，不得洩露國家秘密。"),
    ),
)
