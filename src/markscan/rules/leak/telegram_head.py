"""Tells a telegram (电报) by its heading: a cipher telegram, or one sent in clear."""

from __future__ import annotations

from typing import Literal

from markscan.finding import Element, MarkingEvidence, Zone
from markscan.rules.rule import VISIBLE, Case

# One of these stands in the head of any telegram; an article about telegrams has none.
_OF_HEAD = (Element.URGENCY, Element.NUMBER, Element.SIGNER, Element.COPY_NUMBER)


def telegram_heading(case: Case, kind: Literal["mima", "ming"]) -> MarkingEvidence | None:
    """Return the heading of a telegram of this kind (mima: 密码电报, ming: 明传电报); None: none.

    A line in the place of a heading counts if something else of a head stands in the document.
    """
    for seen in case.effective("telegram"):
        here = seen.marking.level == kind and seen.zone is Zone.STRONG
        if here and seen.place.area in VISIBLE and _is_document(case):
            return seen
    return None


def _is_document(case: Case) -> bool:
    context = case.context()
    if context.about_markings or context.template or context.fiction or context.exam:
        return False
    elements = case.elements()
    return bool(case.visible) or any(elements.first(each) is not None for each in _OF_HEAD)
