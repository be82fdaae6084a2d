"""MS224 odd-number: the document's own number (发文字号) is not of the form 代字〔2025〕5号."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markscan.document import Area
from markscan.finding import Element, ElementEvidence, Severity, Verdict
from markscan.match.draft import Draft
from markscan.rules.official_draft import form, number_of, sample, written
from markscan.rules.rule import Case, Example, Hit, Rule
from markscan.wording import Text

# Orders, announcements, minutes, journals, permits and cases have numbers of other forms.
_OTHER_NUMBERS = re.compile(
    r"(?:令|公告|通告|公报|纪要|简报|快报|专报|信息|期|卷|证|备|档|合同|协议|项目|[民刑行执赔初终再监]字?|案)$"
)
_CODE = re.compile(r"(?=.*[\u3400-\u9fff]).{2,20}")
# Extracted from pages, blanks between digits and ideographs may be distances only.
_DRAWN = frozenset({"pdf", "ofd"})
_DIGITS = str.maketrans("〇○零Ｏ０一二三四五六七八九", "00000123456789")

_BRACKETS = Text("年份没有用六角括号“〔〕”括起来", "the year is not in the brackets “〔〕”")
_SHORT_YEAR = Text("年份没有写全4位", "the year has not all four digits")
_HAN_YEAR = Text("年份用了汉字数字", "the year is in Chinese digits")
_YEAR_WORD = Text("年份后多了“年”字", "“年” stands behind the year")
_ORDINAL = Text("序号前多了“第”字", "“第” stands before the serial number")
_ZERO = Text("序号前补了0", "the serial number has leading zeros")
_NO_END = Text("末尾没有“号”字", "“号” is missing at the end")
_WIDE = Text("用了全角数字", "the digits are full width")
_BLANK = Text("中间有空格", "there are blanks in it")


def judge(case: Case) -> Iterator[Hit]:
    """Look for 市政发[2025]5号, 市政发〔2025〕第5号 and the like at the head of a draft."""
    draft = case.draft()
    if not written(case) or form(draft) or sample(case) or not _paper(draft):
        return
    seen = draft.first(Element.NUMBER)
    number = number_of(case.text(seen)) if seen is not None else None
    if seen is None or number is None or not _issued_so(number):
        return
    faults = list(_faults(case, seen, number))
    if faults:
        fault = Text("，".join(each.zh for each in faults), ", ".join(each.en for each in faults))
        yield Hit((seen,), {"fault": fault, "right": _right(case, number)})


def _paper(draft: Draft) -> bool:
    kinds = (Element.TITLE, Element.ISSUER)
    return any(draft.first(kind) is not None for kind in kinds)


def _issued_so(number: re.Match[str]) -> bool:
    """Whether numbers of this series are written in the form of a 发文字号 at all."""
    code = number["code"]
    return _CODE.fullmatch(code) is not None and _OTHER_NUMBERS.search(code) is None


def _faults(case: Case, seen: ElementEvidence, number: re.Match[str]) -> Iterator[Text]:
    year, serial = number["year"], number["serial"]
    if (number["open"], number["close"]) != ("〔", "〕"):
        yield _BRACKETS
    if not year.isdecimal():
        yield _HAN_YEAR
    elif len(year) != 4:
        yield _SHORT_YEAR
    if "年" in number[0][number.end("year") : number.start("serial")]:
        yield _YEAR_WORD
    if number["ordinal"] or "第" in number[0][number.end("code") : number.start("year")]:
        yield _ORDINAL
    if serial.startswith(("0", "０")):
        yield _ZERO
    if not number["end"]:
        yield _NO_END
    if (year.isdecimal() and not year.isascii()) or not serial.isascii():
        yield _WIDE
    drawn = case.document.format in _DRAWN or seen.place.area is Area.IMAGE
    if not drawn and number[0] not in case.text(seen):
        yield _BLANK


def _right(case: Case, number: re.Match[str]) -> Text:
    """The form to write from the bracket on; the issuer's code is not repeated."""
    year, serial = number["year"].translate(_DIGITS), int(number["serial"])
    if len(year) == 2 and int(year) <= case.today.year % 100:
        year = str(case.today.year // 100 * 100 + int(year))
    if len(year) == 4 and year.isdecimal() and serial:
        return Text(f"〔{int(year)}〕{serial}号", f"〔{int(year)}〕{serial}号")
    return Text("〔年份〕序号号", "〔year〕serial号")


RULE = Rule(
    code="MS224",
    name=Text("发文字号格式不符", "Document number malformed"),
    trigger=Text(
        "本文发文字号的年份没有用六角括号、没有写全4位阿拉伯数字，序号前有第字、补了0，末尾缺号字，"
        "或者中间有空格",
        "the year of the document's own number is not four Arabic digits in 〔〕, its serial "
        "number has 第 or leading zeros, 号 is missing, or there are blanks",
    ),
    severity=Severity.INFO,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text("GB/T 9704—2012 7.2.5", "GB/T 9704—2012, 7.2.5"),
    message=Text("发文字号不合规范：{fault}", "the document number is malformed: {fault}"),
    fix=Text(
        "发文机关代字不变，其后请写作“{right}”。",
        "Keep the issuer's code and write “{right}” behind it.",
    ),
    judge=judge,
    found=(
        Example("某某市人民政府文件\n市政发[2025]5号\n关于召开会议的通知\n各县人民政府："),
        Example("某某市人民政府文件\n市政发〔2025〕第5号\n关于召开会议的通知\n各县人民政府："),
        Example("某某市人民政府文件\n市政发〔2025〕005号\n关于召开会议的通知\n各县人民政府："),
        Example("某某市人民政府文件\n市政发（2025）5号\n关于召开会议的通知\n各县人民政府："),
        Example("某某市人民政府文件\n市政发〔25〕5号\n关于召开会议的通知\n各县人民政府："),
        Example("某某市人民政府文件\n市政发〔2025〕5\n关于召开会议的通知\n各县人民政府："),
        Example("某某市人民政府文件\n市政发2025年5号\n关于召开会议的通知\n各县人民政府："),
        Example("某某市人民政府文件\n市政发 〔2025〕 5 号\n关于召开会议的通知\n各县人民政府："),
    ),
    clean=(
        Example("某某市人民政府文件\n市政发〔2025〕5号\n关于召开会议的通知\n各县人民政府："),
        Example(
            "某某市人民政府文件\n市政发〔2025〕5号　　签发人：某某\n关于有关情况的报告\n市委："
        ),
        Example("某某市人民政府令\n第5号\n某某市公务用车管理办法\n2025年3月1日"),
        Example("某某市中级人民法院\n（2025）某01民初1号\n关于召开会议的通知\n各县人民法院："),
        Example("某某市人民政府专题会议纪要\n〔2025〕第5期\n会议纪要\n2025年3月1日"),
        Example("某某市财政局公告\n某某市财政局公告2025年第5号\n关于有关事项的公告\n2025年3月1日"),
        Example(
            "某某市人民政府文件\n市政发〔2025〕5号\n关于转发省政发[2024]8号文件的通知\n各县人民政府："
        ),
        Example(
            "关于召开会议的通知\n各单位：\n根据市政发[2025]005号要求，抓好落实。\n2025年3月1日"
        ),
    ),
    drafts_only=True,
)
