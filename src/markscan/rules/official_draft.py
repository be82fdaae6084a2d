"""Tells what kind of draft a rule of completeness has before it, and reads its lines.

What a paper must have depends on what it is: an official document (公文), a form to be
filled in, a table. What was not read in full is never said to lack anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from markscan.finding import Element, ElementEvidence, Evidence, MarkingEvidence, Role, Zone
from markscan.match.draft import Draft
from markscan.match.elements import (
    TextLine,
    own_number,
)
from markscan.rules.rule import VISIBLE, Case

# Tables, slides, mails and pictures: official documents are none of these.
_NO_PAPER = frozenset(
    (
        *("xlsx", "xlsb", "ods", "ole-xls", "xls-biff", "xml-excel2003", "pptx", "odp", "ole-ppt"),
        *("odg", "eml", "mht", "mbox", "ole-msg", "tnef"),
        *("png", "jpg", "gif", "tiff", "bmp", "webp", "emf", "wmf"),
    )
)
_TOP = 8  # lines among which a form or a sample says what it is
_HEAD = 60  # lines in which the head of a paper ends, were there a cover before it
_LONGEST_HEADING = 40  # characters
_FORM = re.compile(
    r"(?:(?:审批|呈批|报批|审核|审签|登记|审定|确定|核定|签批|汇总|一览|统计|分发|记录|申请)表"
    r"|稿纸|交接单|送件单|发送单|送达单|签收单|回执|清单|处理单|批办单|签批单|传阅单|审批单|呈批单|登记簿|登记册|台账)(?:[（(].{1,12}[）)])?$"
)
_SAMPLE = re.compile(
    r"模板|模版|样式|样本|样例|样稿|范本|(?<![规示防模典])范文|格式样|示例|填写说明|空白页|template",
    re.IGNORECASE,
)
_HOLES = re.compile(r"[×✕XＸ]{2}|_{3}", re.IGNORECASE)
_COMPANY = re.compile(r"公司|集团|合作社|事务所|商会|有限合伙")
# 第000012号: six digits and more words than the standard has; 第7号 is an order's.
_WORDED = re.compile(
    r"第\s*(?:0\d{2,8}|\d{5,9})\s*[号份]|(?:份\s*号|№|No[.．:：]?)\s*[:：]?\s*\d{1,9}"
)
_WIDE_GAP = re.compile(r"[\t\u3000]+|[ \u00a0]{2,}")
_COLUMNS = re.compile(r"\t+|[ \u00a0]{2,}|\u3000+|(?<=\d) ")


def marked(case: Case) -> MarkingEvidence | None:
    """Return the state marking of a draft that is a marked official document (涉密公文).

    None where the draft is no such thing: unmarked, a form, a table, an examination paper,
    a template, a company's own paper, or not read in full.
    """
    if case.own_problems or case.exam or case.profile.own_star or not case.visible:
        return None
    if not written(case) or template(case):
        return None
    draft = case.draft()
    top = next((seen for seen in case.visible if seen.zone is Zone.STRONG), None)
    if form(draft):
        return None
    if draft.elements.official:
        return top or case.visible[0]
    return top if draft.first(Element.TITLE) is not None else None


def bound(case: Case) -> bool:
    """Return whether it stands behind another document in its file, as those of a 汇编 do.

    Copy number, print run and openness are then those of the volume.
    """
    return case.piece[0] > 1


def written(case: Case) -> bool:
    """Return whether the file is of a kind in which official documents are written.

    A file that is a draft form and nothing else is none.
    """
    own = case.decision is not None and not case.decision.separate and not case.decision.taken
    return case.document.format not in _NO_PAPER and not own


def template(case: Case) -> bool:
    """Return whether the draft has a marking that is to be filled in (MS114)."""
    return any(
        seen.role is Role.TEMPLATE and seen.place.area in VISIBLE
        for seen in case.markings
        if seen.marking.scheme == "cn-state"
    )


def sample(case: Case) -> bool:
    """Return whether a draft is a sample: by holes to be filled in, or by its name or head.

    A whole official document may be about samples and templates.
    """
    lines = [line.bare for line in islice(case.lines(), _TOP)]
    top = [case.document.name, *lines]
    if any(_HOLES.search(each) for each in top):
        return True
    return not case.context().issued and any(_SAMPLE.search(each) for each in top)


def form(draft: Draft) -> bool:
    """Return whether one of the first lines is the heading of a form (登记表, 传阅单)."""
    top = islice(draft.lines(), _TOP)
    return any(len(line.bare) <= _LONGEST_HEADING and _FORM.search(line.bare) for line in top)


def company(case: Case, draft: Draft) -> bool:
    """Return whether the draft's issuer or signature is a company."""
    return any(
        _COMPANY.search(case.text(seen)) is not None
        for element in (Element.ISSUER, Element.SIGNATURE)
        for seen in draft.elements.all(element)
    )


def head_lines(draft: Draft) -> Iterator[TextLine]:
    """Yield the first lines of a draft, in which head, title and addressee stand."""
    return islice(draft.lines(), _HEAD)


def copy_numbers(case: Case, draft: Draft) -> Iterator[ElementEvidence]:
    """Yield what may be the copy number (份号) in the head of a draft, well written or not."""
    yield from draft.elements.all(Element.COPY_NUMBER)
    for line in head_lines(draft):
        if (line.part, line.span.start) < draft.title_at and _WORDED.fullmatch(line.text):
            place = draft.document.parts[line.part].place
            yield ElementEvidence(line.part, line.span, Element.COPY_NUMBER, place)


def copy_numbered(case: Case, draft: Draft) -> bool:
    """Return whether a copy number stands in the head or on the cover, well written or not."""
    if next(copy_numbers(case, draft), None) is not None:
        return True
    digits = case.profile.norm.copy_number_digits
    top = islice(case.lines(), _HEAD)
    firsts = [_COLUMNS.split(line.text, maxsplit=1)[0] for line in top]
    return any((len(each) == digits and each.isdecimal()) or _WORDED.match(each) for each in firsts)


def number_of(text: str) -> re.Match[str] | None:
    """Return the pieces of a 发文字号 as `own_number` does, of the column that holds it."""
    columns = (own_number(column) for column in _WIDE_GAP.split(text))
    return next((found for found in columns if found), None) or own_number(text)


def line_around(case: Case, seen: Evidence | TextLine) -> tuple[int, str]:
    """Return the line that `seen` stands in: where it begins in its part, and its text."""
    text = case.document.parts[seen.part].text
    start = text.rfind("\n", 0, seen.span.start) + 1
    end = text.find("\n", seen.span.end)
    return start, text[start : len(text) if end < 0 else end]
