"""Tells what kind of draft a rule of completeness has before it, and reads its lines.

What a paper must have depends on what it is: an official document (公文), a form to be
filled in, a table, a telegram. What was not read in full is never said to lack anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from markscan.document import Area
from markscan.finding import Element, Evidence, MarkingEvidence, Role, Zone
from markscan.match.elements import TextLine, text_lines
from markscan.rules.rule import VISIBLE, Case

# Tables, slides, mails and pictures: official documents are none of these.
_NO_PAPER = frozenset(
    "xlsx xlsb ods ole-xls xls-biff xml-excel2003 pptx odp ole-ppt odg eml mht mbox ole-msg tnef"
    " png jpg gif tiff bmp webp emf wmf".split()
)
_TOP = 8  # lines among which a form or a sample says what it is
_LONGEST_HEADING = 40  # characters
_HEAD = 60  # lines in which the head of a paper ends, were there a cover before it
_FORM = re.compile(
    r"(?:(?:审批|呈批|报批|审核|审签|登记|审定|确定|核定|签批|汇总|一览|统计|分发|记录|申请)表"
    r"|稿纸|处理单|批办单|签批单|传阅单|审批单|呈批单|登记簿|登记册|台账)(?:[（(].{1,12}[）)])?$"
)
_SAMPLE = re.compile(
    r"模板|模版|样式|样本|样例|样稿|范本|范文|格式样|示例|填写说明|空白页|[×✕XＸ]{2}|_{3}|template",
    re.IGNORECASE,
)
_COMPANY = re.compile(r"公司|集团|合作社|事务所|商会|有限合伙")
_COPY_NUMBER = re.compile(r"(?:份\s*号|№|No[.．:：]?)\s*[:：]?\s*\d{1,9}", re.IGNORECASE)
_COLUMNS = re.compile(r"\t+|[ \u00a0]{2,}|\u3000+|(?<=\d) ")


def marked(case: Case) -> MarkingEvidence | None:
    """Return the state marking of a draft that is a marked official document (涉密公文).

    None where the draft is no such thing: unmarked, a form, a table, an examination paper,
    a template, a company's own paper, or not read in full.
    """
    if case.own_problems or case.exam or case.profile.own_star or not written(case):
        return None
    if template(case) or form(case) or not case.visible:
        return None
    top = next((seen for seen in case.visible if seen.zone is Zone.STRONG), None)
    if case.elements().official:
        return top or case.visible[0]
    return top if case.elements().first(Element.TITLE) is not None else None


def written(case: Case) -> bool:
    """Return whether the file is of a kind in which official documents are written."""
    return case.document.format not in _NO_PAPER


def template(case: Case) -> bool:
    """Return whether the draft is a form or sample whose marking is to be filled in (MS114)."""
    return any(
        seen.role is Role.TEMPLATE and seen.place.area in VISIBLE
        for seen in case.markings
        if seen.marking.scheme == "cn-state"
    )


def sample(case: Case) -> bool:
    """Return whether its name or its first lines say that the draft is a sample (模板, 样本)."""
    lines = [line.bare for line in islice(text_lines(case.document), _TOP)]
    return any(_SAMPLE.search(each) is not None for each in (case.document.name, *lines))


def form(case: Case) -> bool:
    """Return whether one of the first lines is the heading of a form (发文稿纸, 定密审批表)."""
    top = islice(text_lines(case.document), _TOP)
    return any(len(line.bare) <= _LONGEST_HEADING and _FORM.search(line.bare) for line in top)


def company(case: Case) -> bool:
    """Return whether the draft's issuer or signature is a company."""
    return any(
        _COMPANY.search(case.text(seen)) is not None
        for element in (Element.ISSUER, Element.SIGNATURE)
        for seen in case.elements().all(element)
    )


def head_lines(case: Case) -> Iterator[TextLine]:
    """Yield the first lines of the draft in which head, title and addressee may stand."""
    return islice(text_lines(case.document), _HEAD)


def copy_numbered(case: Case) -> bool:
    """Return whether a copy number (份号) stands in the head, well written or not."""
    if case.elements().first(Element.COPY_NUMBER) is not None:
        return True
    digits = case.profile.norm.copy_number_digits
    for line in head_lines(case):
        first = _COLUMNS.split(line.text, maxsplit=1)[0]
        if (len(first) == digits and first.isdecimal()) or _COPY_NUMBER.match(line.text):
            return True
    return False


def line_around(case: Case, seen: Evidence) -> tuple[int, str]:
    """Return the line that `seen` stands in: where it begins in its part, and its text."""
    text = case.document.parts[seen.part].text
    start = text.rfind("\n", 0, seen.span.start) + 1
    end = text.find("\n", seen.span.end)
    return start, text[start : len(text) if end < 0 else end]


def body_areas(case: Case) -> Iterator[str]:
    """Yield the text of each part that a reader sees as the draft's text or its notes."""
    for part in case.document.parts:
        if part.place.area in VISIBLE or part.place.area is Area.NOTE:
            yield part.text

