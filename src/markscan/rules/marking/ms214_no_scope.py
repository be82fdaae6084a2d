"""MS214 no-scope: a marked document does not say who may know it (知悉范围)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from markscan.finding import Element, Severity, Verdict
from markscan.match.draft import Draft
from markscan.rules.lifecycle.registered_copy import registered_as
from markscan.rules.official_draft import head_lines, marked
from markscan.rules.proper_form import shown
from markscan.rules.rule import Case, Example, Hit, Rule
from markscan.wording import Text

_WHO = r"(?:知悉|知晓|发送|发放|阅知|阅读|传达|印发|分发|送阅|传阅|阅看)(?:的?人员)?(?:范围|对象)"
_NAMED = re.compile(
    rf"{_WHO}\s*(?:[:：]|为|是|限于|仅限)\s*[^\s:：]|^{_WHO}[\s\u3000]+\S"
    r"|(?:主\s*送|抄\s*送|抄\s*报|分\s*送|呈\s*送|报\s*送|呈\s*报|发\s*送|发\s*至)\s*[:：]\s*\S"
    r"|(?:此件|本件|该件|此文|本文件)[^。\n]{0,8}(?:[发阅送]至|发到|传达|[限供].{0,30}[阅知])"
    r"|^[（(](?:仅)?[限供发].{1,30}[阅知读][）)]?$"
)
_LABEL = re.compile(rf"(?:{_WHO}|主送(?:机关)?|抄送(?:机关)?|发往)[:：]?")
_LONGEST = 200  # characters of a line that names the scope
# What ends in a colon below the title and addresses nobody: 现将有关情况报告如下：
_LEAD_IN = re.compile(
    r"如下|以下|下列|现将|时间|地点|^[一二三四五六七八九十\d]+[、.．]|^[（(]|^第.{1,3}[章条]"
)
# 各区人民政府，市政府各委、办、局：
_ADDRESSEE = re.compile(
    r"(?!.*(?:如下|以下|下列|附件|电话|联系人))[^。；！？\d]{1,120}"
    r"(?:单位|部门|机关|政府|委员会|党[委组]|[委办局厅部院署处科室会组]|公司|中心|集团|学[校院]|大学"
    r"|医院|研究所|支队|总队|支部|领导|同志|书记|[省市县区]长|主任|人员|代表)[)）]?[:：]"
)


def judge(case: Case) -> Iterator[Hit]:
    """Look for a marked document without 主送, 抄送, 此件发至… or a line 知悉范围."""
    seen = marked(case)
    if seen is None or (case.decision is not None and case.decision.scope):
        return
    entry = registered_as(case)
    if entry is not None and entry.scope:
        return  # told in writing: it cannot stand on the carrier (定密2014 art. 23)
    draft = case.draft()
    if case.effective("scope") or _element(case, draft) or _named(draft) or _addressed(draft):
        return
    yield Hit((seen,), {"mark": shown(case, seen.marking)})


def _element(case: Case, draft: Draft) -> bool:
    if draft.first(Element.COPIES_TO) is not None:
        return True
    addressee = draft.first(Element.ADDRESSEE)
    if addressee is None:
        return False
    text = "".join(case.text(addressee).split())
    return _LEAD_IN.search(text) is None and _LABEL.fullmatch(text) is None


def _named(draft: Draft) -> bool:
    """Whether a line names the scope, or a cell beside its label does."""
    lines = list(draft.lines())
    for line in lines:
        if len(line.text) <= _LONGEST and _NAMED.search(line.text):
            return True
    for label, value in pairwise(lines):
        rows = draft.document.parts[label.part].row, draft.document.parts[value.part].row
        if rows[0] is not None and rows[0] == rows[1] and _LABEL.fullmatch(label.bare):
            return True
    return False


def _addressed(draft: Draft) -> bool:
    """Whether a line of the head addresses somebody, where no title was recognised."""
    return any(_ADDRESSEE.fullmatch(line.bare) for line in head_lines(draft))


RULE = Rule(
    code="MS214",
    name=Text("未标知悉（传达）范围", "Scope of knowledge not stated"),
    trigger=Text(
        "公文标有国家秘密标志，没有主送、抄送、分送，没有此件发至……的附注，也没有知悉范围、发送范围、"
        "传达范围；已登记并在台账写明知悉范围的不报",
        "a marked official document has no addressee, no copies-to, no note 此件发至… and no line "
        "知悉范围, 发送范围 or 传达范围; not where it is registered with a scope",
    ),
    severity=Severity.MEDIUM,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《保守国家秘密法》第19条、第21条；《国家秘密定密管理暂行规定》第23条（2014）；"
        "《党政机关公文处理工作条例》第9条",
        "Secrets law arts. 19 and 21; classification rules 2014 art. 23; official documents "
        "regulation art. 9",
    ),
    message=Text(
        "公文标有“{mark}”，没有写明知悉范围",
        "the document is marked “{mark}” and does not say who may know it",
    ),
    fix=Text(
        "请写明主送机关，或者在成文日期下一行加附注“（此件发至……）”；不能标明的，书面通知知悉范围内的"
        "机关、单位和人员。",
        "Name the addressee, or add a note “（此件发至…）” on the line below the date; where that "
        "cannot be, notify those who may know it in writing.",
    ),
    judge=judge,
    found=(
        Example(
            "000001\n机密★10年\n某某市人民政府文件\n市政发〔2025〕5号\n关于某某工作的方案\n2025年3月1日"
        ),
        Example(
            "000001\n秘密★5年\n关于有关情况的报告\n现将有关情况报告如下：\n某某局\n2025年3月1日"
        ),
        Example("000001\n绝密★30年\n某某工作预案\n一、总则\n知悉范围应当严格控制。\n2025年3月1日"),
    ),
    clean=(
        Example(
            "000001\n机密★10年\n关于召开会议的通知\n各县人民政府：\n某某市人民政府\n2025年3月1日"
        ),
        Example("000001\n秘密★5年\n某某工作方案\n2025年3月1日\n（此件发至县团级）"),
        Example("000001\n秘密★5年\n某某工作方案\n知悉范围：项目组成员\n2025年3月1日"),
        Example("000001\n机密★10年\n会议纪要\n会议议定以下事项。\n分送：各副市长，有关部门"),
        Example("某某市人民政府文件\n市政发〔2025〕5号\n某某工作方案\n2025年3月1日"),
    ),
    drafts_only=True,
)
