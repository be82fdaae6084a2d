"""MS219 no-openness: an official document says nothing of whether it may be published."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markscan.finding import Element, ElementEvidence, Severity, Verdict
from markscan.rules.official_draft import bound, company, form, sample, written
from markscan.rules.rule import Case, Example, Hit, Rule
from markscan.wording import Text

# Schemes of papers that are not for the public, and need no note to say so.
_CLOSED = frozenset(
    ("cn-state", "cn-work", "cn-internal", "cn-commercial", "cn-company", "cn-military", "tw")
)
_NOTE = re.compile(
    r"公开(?:属性|方式|类别|形式|选项|类型|范围|期限|与否)|是否(?:可以)?公开|信息公开(?:选项|类别|审查|审核)"
    r"|(?:此|本|该)(?:件|文|文件)[^。]{0,12}公开|公开发布|公开刊[发登]"
    r"|^[（(\[【]?[□☐☑√✓■●○]?(?:主动|依申请|不予?|非|暂不|删减后|免予)公开[^。]{0,20}$"
)
_SIGN = re.compile(r"[★☆㊙]")
_LONGEST = 60  # characters of a line that states the openness
_HEADING = re.compile(
    r"[一二三四五六七八九十]+[、.．]|[（(][一二三四五六七八九十]+[)）]|\d+[.．、]"
)
_ARTICLE = re.compile(r"第[一二三四五六七八九十百零\d]{1,5}条")
_ARTICLES = 3  # so many before any addressee make a law or rule


def judge(case: Case) -> Iterator[Hit]:
    """Look for an unmarked official document without 此件公开发布 or 公开属性."""
    if not case.profile.openness_required or bound(case):
        return
    if case.own_problems or case.exam or _starred(case):
        return
    if any(seen.marking.scheme in _CLOSED for seen in case.markings):
        return
    if case.decision is not None and case.decision.marking is not None:
        return
    title = _title(case)
    if title is not None and not case.effective("openness") and not _noted(case, title):
        yield Hit((title,))


def _starred(case: Case) -> bool:
    """Whether the text speaks about markings, or holds one that could not be read."""
    return case.mentions > 0 or any(_SIGN.search(part.text) for part in case.document.parts)


def _title(case: Case) -> ElementEvidence | None:
    """Return the title of a draft that has the form of an official document; None otherwise.

    Number or heading, title, and addressee or date; without a head both of the latter.
    """
    draft = case.draft()
    title = draft.first(Element.TITLE)
    if title is None or not written(case):
        return None
    head = any(draft.first(kind) is not None for kind in (Element.ISSUER, Element.NUMBER))
    addressed = draft.first(Element.ADDRESSEE) is not None
    dated = draft.first(Element.DATE) is not None
    whole = (addressed or dated) if head else (addressed and dated)
    if (
        not whole
        or company(case, draft)
        or form(draft)
        or sample(case)
        or _law(case, addressed=addressed)
    ):
        return None
    return title


def _law(case: Case, *, addressed: bool) -> bool:
    """Whether it is a law or rule as such, not a document that issues one."""
    if addressed:
        return False
    articles = sum(_ARTICLE.match(line.bare) is not None for line in case.lines())
    return articles >= _ARTICLES


def _noted(case: Case, title: ElementEvidence) -> bool:
    """Whether a short line that is no title or heading speaks of the document's openness."""
    return any(
        _NOTE.search(line.bare) and not _HEADING.match(line.bare)
        for line in case.lines()
        if len(line.bare) <= _LONGEST
        and (line.part, line.span.start) != (title.part, title.span.start)
    )


RULE = Rule(
    code="MS219",
    name=Text("缺公开属性", "No openness attribute"),
    trigger=Text(
        "没有密级、也不是内部文件或者工作秘密的公文草稿，没有此件公开发布、依申请公开、不予公开等字样",
        "an official document that bears no state marking and is no internal paper or work secret "
        "has no note 此件公开发布, 依申请公开 or 不予公开",
    ),
    severity=Severity.INFO,
    verdict=Verdict.MARKING_FAULTY,
    basis=Text(
        "《政府信息公开条例》第17条；《保守国家秘密法实施条例》第42条",
        "Openness regulation art. 17; regulation under the secrets law art. 42",
    ),
    message=Text("公文没有标明公开属性", "the document does not say whether it may be published"),
    fix=Text(
        "请经保密审查后选定公开属性，在成文日期下一行加附注，例如“（此件公开发布）”“（此件依申请公开）”；"
        "不予公开的写明理由。",
        "After review choose an attribute and add a note on the line below the date: "
        "“（此件公开发布）” or “（此件依申请公开）”; give the reason where it is not public.",
    ),
    judge=judge,
    found=(
        Example(
            "某某市人民政府文件\n市政发〔2025〕5号\n关于召开会议的通知\n各县人民政府：\n"
            "请按时参加。\n某某市人民政府\n2025年3月1日"
        ),
        Example("关于召开会议的通知\n各县人民政府：\n请按时参加。\n某某市教育局\n2025年3月1日"),
        Example(
            "某某市财政局文件\n市财发〔2025〕5号\n关于做好主动公开工作的通知\n各科室：\n"
            "一、做好主动公开工作\n请抓好落实。\n某某市财政局\n2025年3月1日"
        ),
    ),
    clean=(
        Example("关于召开会议的通知\n各县人民政府：\n某某市教育局\n2025年3月1日\n（此件公开发布）"),
        Example(
            "关于召开会议的通知\n各县人民政府：\n某某市教育局\n2025年3月1日\n公开方式：主动公开"
        ),
        Example("机密★10年\n关于召开会议的通知\n各县人民政府：\n某某市教育局\n2025年3月1日"),
        Example(
            "内部资料 注意保存\n关于召开会议的通知\n各县人民政府：\n某某市教育局\n2025年3月1日"
        ),
        Example("关于召开会议的通知\n各部门：\n某某科技有限公司\n2025年3月1日"),
        Example("关于规范标志的通知\n各单位：\n首页标“机密★10年”。\n某某市保密局\n2025年3月1日"),
        Example("某某工作总结\n一年来，各项工作进展顺利。"),
        Example(
            "某某市公务用车管理办法\n第一条 为了规范管理。\n第二条 适用于本市。\n"
            "第三条 市政府负责。\n2025年3月1日"
        ),
    ),
    drafts_only=True,
)
