"""MS215 no-print-run: a marked document does not say how many copies were made (印制份数)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markscan.finding import Element, Severity, Verdict
from markscan.rules.lifecycle.registered_copy import registered_as
from markscan.rules.official_draft import bound, marked
from markscan.rules.proper_form import shown
from markscan.rules.rule import VISIBLE, Case, Example, Hit, Rule
from markscan.wording import Text

_COPIES = re.compile(
    r"(?:印\s*数|(?:印制|印发|印刷|打印|制作)\s*(?:份数|数量)|份\s*数)\s*[:：]?\s*[\d一二三四五六七八九十百]+"
    r"|印(?:制|发|刷)?\s*[\d一二三四五六七八九十百]+\s*份|^[^\S\n]*[（(]?共\s*[\d一二三四五六七八九十百]+\s*份[)）]?[^\S\n]*$",
    re.MULTILINE,
)
_RETURN = re.compile(
    r"(?:清退|退回|收回|交回|归还)(?:的?)(?:时间|日期|期限)"
    r"|[日月年底会阅用][^。；\n]{0,4}[前后内][^。；\n]{0,12}(?:清退|退回|收回|交回|归还)"
)
_PRINT = Text("没有注明印制份数", "it does not say how many copies were made")
_BACK = Text("没有注明清退时间", "it does not say when it is to be returned")
_ADD_PRINT = Text(
    "在版记末行标注印制份数，例如“共印30份”",
    "state the number of copies on the last line of the imprint, for example “共印30份”",
)
_ADD_BACK = Text(
    "注明清退时间，例如“2026年12月31日前清退”",
    "say when it is to be returned, for example “2026年12月31日前清退”",
)


def judge(case: Case) -> Iterator[Hit]:
    """Look for a marked document without 共印30份; where a profile asks, without 清退时间."""
    seen = marked(case)
    if seen is None or bound(case):
        return
    missing = []
    if case.profile.print_run_required and not _counted(case):
        missing.append((_PRINT, _ADD_PRINT))
    if case.profile.return_date_required and not _stands(case, _RETURN):
        missing.append((_BACK, _ADD_BACK))
    if missing:
        fault = Text("，也".join(m.zh for m, _ in missing), " and ".join(m.en for m, _ in missing))
        add = Text("，并".join(a.zh for _, a in missing), " and ".join(a.en for _, a in missing))
        yield Hit((seen,), {"mark": shown(case, seen.marking), "fault": fault, "add": add})


def _counted(case: Case) -> bool:
    if case.decision is not None and case.decision.copies is not None:
        return True
    entry = registered_as(case)
    if entry is not None and entry.copies is not None:
        return True
    return case.draft().first(Element.PRINT_RUN) is not None or _stands(case, _COPIES)


def _stands(case: Case, pattern: re.Pattern[str]) -> bool:
    seen = (part for part in case.document.parts if part.place.area in VISIBLE)
    return any(pattern.search(part.text) for part in seen)


RULE = Rule(
    code="MS215",
    name=Text("未注明印制份数、清退要求", "No number of copies or return date"),
    trigger=Text(
        "公文标有国家秘密标志，版记、定密表单和密件台账都没有印制份数；单位配置要求的，没有清退时间",
        "a marked official document states no number of copies, neither in its imprint nor on the "
        "form nor in the register; where the profile asks for it, no day of return",
    ),
    severity=Severity.LOW,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《关于国家秘密载体保密管理的规定》（2000）：注明发放范围及制作数量",
        "Rules on carriers of state secrets (2000): scope and number of copies are stated",
    ),
    message=Text(
        "公文标有“{mark}”，{fault}",
        "the document is marked “{mark}”: {fault}",
    ),
    fix=Text("请{add}。", "Please {add}."),
    judge=judge,
    found=(
        Example(
            "000001\n机密★10年\n关于召开会议的通知\n各县人民政府：\n某某市人民政府\n2025年3月1日"
        ),
        Example(
            "000001\n秘密★5年\n某某市人民政府文件\n市政发〔2025〕5号\n关于召开会议的通知\n各县人民政府："
        ),
        Example(
            "000001\n绝密★30年\n关于有关情况的报告\n市委：\n"
            "现将报告一式三份报上，请查收。\n某某局\n2025年3月1日\n某某局办公室　2025年3月1日印发"
        ),
    ),
    clean=(
        Example("000001\n机密★10年\n关于召开会议的通知\n某某局办公室　2025年3月1日印发\n共印30份"),
        Example("000001\n机密★10年\n关于召开会议的通知\n各县人民政府：\n（印20份）"),
        Example("000001\n秘密★5年\n关于召开会议的通知\n各县人民政府：\n印数：15"),
        Example("关于召开会议的通知\n各县人民政府：\n某某市人民政府\n2025年3月1日"),
    ),
    drafts_only=True,
)
