"""MS223 urgency-words: a document bears an urgency of telegrams, or a telegram bears none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, takewhile

from markscan.finding import Element, Evidence, Severity, Verdict
from markscan.match.draft import Draft
from markscan.rules.official_draft import form, line_around, sample, written
from markscan.rules.rule import Case, Example, Hit, Rule
from markscan.wording import Text

_OF_TELEGRAMS = {"特提": "特急", "平急": "加急"}
_URGENCY = re.compile(r"特提|特急|加急|平急")
_TELEGRAM_WORD = re.compile("|".join(_OF_TELEGRAMS))
_HEADING = re.compile(r"电报|[密明]传|密码|传真|[密明]电|发电$")
_TOP = 25  # lines in which a telegram says how urgent it is
_MISSING = Text("电报没有标明紧急程度", "the telegram does not state its urgency")
_STATE = Text(
    "请按紧急程度标注“特提”“特急”“加急”或者“平急”。",
    "State the urgency: 特提, 特急, 加急 or 平急.",
)


def judge(case: Case) -> Iterator[Hit]:
    """Look for 特提 or 平急 on a document, and for a telegram without any of the four."""
    draft = case.draft()
    if not written(case) or form(draft):
        return
    if draft.elements.telegram:
        yield from _telegram(case, draft)
    elif draft.elements.official:
        seen = _borrowed(case, draft)
        if seen is not None:
            word = _word(case, seen)
            yield Hit((seen,), {"word": word, "right": _OF_TELEGRAMS[word]})


def _telegram(case: Case, draft: Draft) -> Iterator[Hit]:
    """Look for any of the four words in the head of a text with the heading of a telegram."""
    if case.own_problems or sample(case):
        return
    head = list(
        takewhile(lambda each: (each.part, each.span.start) < draft.title_at, draft.lines())
    )
    heading = "".join(line.bare for line in head[:_TOP])
    top = islice(draft.lines(), _TOP)
    if not _HEADING.search(heading) or any(_URGENCY.search(line.bare) for line in top):
        return
    seen = draft.first(Element.ISSUER) or Evidence(head[0].part, head[0].span)
    yield Hit((seen,), message=_MISSING, fix=_STATE)


def _borrowed(case: Case, draft: Draft) -> Evidence | None:
    """Return the urgency of the head, alone or beside the marking, if it is one of telegrams."""
    heads = [*draft.elements.all(Element.URGENCY), *filter(draft.holds, case.visible)]
    above = (seen for seen in heads if (seen.part, seen.span.start) < draft.title_at)
    return next((seen for seen in above if _word(case, seen)), None)


def _word(case: Case, seen: Evidence) -> str:
    """Return the telegrams' word on the line of `seen`; empty if there is none."""
    found = _TELEGRAM_WORD.search(line_around(case, seen)[1])
    return found[0] if found else ""


RULE = Rule(
    code="MS223",
    name=Text("紧急程度与电报等级混用", "Urgency words mixed up"),
    trigger=Text(
        "公文标有特提、平急（只用于电报），或者电报没有标明特提、特急、加急、平急",
        "a document bears 特提 or 平急, which are for telegrams; or a telegram bears none of 特提, "
        "特急, 加急, 平急",
    ),
    severity=Severity.INFO,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text("《党政机关公文处理工作条例》第9条第3项", "Official documents regulation art. 9(3)"),
    message=Text(
        "公文的紧急程度标为“{word}”，这是电报用语",
        "the urgency is “{word}”, a word of telegrams",
    ),
    fix=Text(
        "公文的紧急程度只有“特急”“加急”，请改为“{right}”；用电报发出的，使用电报格式。",
        "Documents have “特急” and “加急” only: write “{right}”, or send it as a telegram.",
    ),
    judge=judge,
    found=(
        Example("特提\n某某市人民政府文件\n市政发〔2025〕5号\n关于召开会议的通知\n各县人民政府："),
        Example("000001\n机密★10年\n平急\n某某市人民政府文件\n关于召开会议的通知\n各县人民政府："),
        Example("内部传真电报\n签批盖章：\n关于召开会议的通知\n各县人民政府："),
    ),
    clean=(
        Example("特急\n某某市人民政府文件\n市政发〔2025〕5号\n关于召开会议的通知\n各县人民政府："),
        Example("某某市人民政府文件\n市政发〔2025〕5号\n关于召开会议的通知\n各县人民政府："),
        Example("内部传真电报\n等级：平急\n关于召开会议的通知\n各县人民政府："),
        Example(
            "关于规范紧急程度的通知\n各单位：\n电报分别标注特提、特急、加急、平急。\n2025年3月1日"
        ),
    ),
    drafts_only=True,
)
