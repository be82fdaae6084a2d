"""MS204 odd-copy-number: the copy number (份号) is no six Arabic digits flush left on line one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markscan.finding import Element, ElementEvidence, Evidence, Severity, Verdict
from markscan.match.draft import Draft
from markscan.rules.official_draft import copy_numbers, form, line_around, marked, written
from markscan.rules.rule import Case, Example, Hit, Rule
from markscan.rules.setting import setting
from markscan.wording import Text

_NAMED = re.compile(r"份\s*号|№|No", re.IGNORECASE)
_HAN = re.compile(r"[一二三四五六七八九十〇○零]")
_DIGITS = re.compile(r"\d+")
_HEADED = re.compile(r"(?:文件|纪要|令|简报|专报|快报)$")

_WORDS = Text("带有数字以外的字样", "it has more than digits")
_HAN_DIGITS = Text("用了汉字数字", "its digits are Chinese")
_WIDE = Text("用了全角数字", "its digits are full width")
_COUNT = Text("有{count}位数字，不是{digits}位", "it has {count} digits, not {digits}")
_LOW = Text("不在第一行", "it does not stand on the first line")
_INSIDE = Text("没有顶格", "it does not stand flush left")


def judge(case: Case) -> Iterator[Hit]:
    """Look for 第1份, No.12, 00001, and a copy number that stands too low or too far in."""
    draft = case.draft()
    if not written(case) or form(draft):
        return
    seen = _copy_number(case, draft)
    if seen is None:
        return
    digits = case.profile.norm.copy_number_digits
    faults = [*_writing(case.text(seen), digits), *_place(case, draft, seen)]
    if faults:
        fault = Text("，".join(each.zh for each in faults), "; ".join(each.en for each in faults))
        values = {"fault": fault, "digits": digits, "right": "1".zfill(digits)}
        yield Hit((seen,), values)


def _copy_number(case: Case, draft: Draft) -> ElementEvidence | None:
    """Return the copy number, a well written one before others; None where there is none.

    A bare number above an unmarked document may be anything.
    """
    found = list(copy_numbers(case, draft))
    if marked(case) is None:
        found = [seen for seen in found if _NAMED.search(case.text(seen))]
    digits = case.profile.norm.copy_number_digits
    right = (seen for seen in found if not list(_writing(case.text(seen), digits)))
    return next(right, found[0] if found else None)


def _writing(text: str, digits: int) -> Iterator[Text]:
    """Yield what is wrong with the way the number is written."""
    bare = "".join(text.split())
    number = "".join(_DIGITS.findall(bare))
    if not bare.isdecimal() and (number or not _HAN.fullmatch(bare[:1])):
        yield _WORDS
    if not number:
        yield _HAN_DIGITS
    elif not number.isascii():
        yield _WIDE
    if number and len(number) != digits:
        yield _COUNT.fill(count=len(number), digits=digits)


def _place(case: Case, draft: Draft, seen: ElementEvidence) -> Iterator[Text]:
    """Yield what is wrong with its place."""
    if draft.elements.telegram:
        return
    if _something_above(case, draft, seen):
        yield _LOW
    how = setting(case, seen)
    inside = how.from_left if how is not None else None
    if how is not None and (how.on_the_right or (inside or 0) > case.profile.norm.side_tolerance):
        yield _INSIDE


def _something_above(case: Case, draft: Draft, seen: ElementEvidence) -> bool:
    """Whether a line stands above it that is neither marking nor urgency (MS205).

    In a letter (信函格式, GB/T 9704—2012, 10.1) issuer and number stand above.
    """
    elsewhere: list[Evidence] = [*case.markings, *draft.elements.all(Element.URGENCY)]
    issuer = draft.first(Element.ISSUER)
    if issuer is not None and _HEADED.search("".join(case.text(issuer).split())) is None:
        elsewhere += [issuer, *draft.elements.all(Element.NUMBER)]
    others = {(each.part, line_around(case, each)[0]) for each in elsewhere}
    own = seen.part, line_around(case, seen)[0]
    for line in draft.lines():
        if line.bare == "目录":
            continue
        where = line.part, line_around(case, line)[0]
        if where >= own:
            return False
        if case.document.parts[line.part].place.area is seen.place.area and where not in others:
            return True
    return False


RULE = Rule(
    code="MS204",
    name=Text("份号格式不符", "Copy number malformed"),
    trigger=Text(
        "份号不是6位阿拉伯数字（第1份、No.12、00001、汉字数字），或者不在第一行，或者没有顶格",
        "the copy number is not six Arabic digits (第1份, No.12, 00001, Chinese digits), or not on "
        "the first line, or not flush left",
    ),
    severity=Severity.LOW,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text("GB/T 9704—2012 7.2.1", "GB/T 9704—2012, 7.2.1"),
    message=Text("份号不合规范：{fault}", "the copy number is malformed: {fault}"),
    fix=Text(
        "请在版心左上角第一行顶格写{digits}位阿拉伯数字，不加其他字样，例如“{right}”。",
        "Write {digits} Arabic digits and nothing else flush left on the first line of the type "
        "area, for example “{right}”.",
    ),
    judge=judge,
    found=(
        Example("No.12\n机密★10年\n关于召开会议的通知\n各县人民政府："),
        Example("00001\n机密★10年\n关于召开会议的通知\n各县人民政府："),
        Example("份号：000001\n秘密★5年\n关于召开会议的通知"),
        Example("第三份\n秘密★5年\n关于召开会议的通知"),
        Example("０００００１\n秘密★5年\n关于召开会议的通知"),
        Example("某某市人民政府文件\n000001\n机密★10年\n关于召开会议的通知"),
    ),
    clean=(
        Example("000001\n机密★10年\n特急\n某某市人民政府文件\n关于召开会议的通知"),
        Example("000001　　　机密★10年\n关于召开会议的通知"),
        Example("机密★10年\n000001\n关于召开会议的通知"),
        Example("某某市人民政府\n000001\n机密★10年\n市政函〔2025〕5号\n关于召开会议的函\n某某局："),
        Example("12\n某某市人民政府文件\n关于召开会议的通知\n各县人民政府："),
        Example("000001\n秘密★5年\n关于召开会议的通知\n请于3月1日前报名，电话65120。"),
    ),
    drafts_only=True,
)
