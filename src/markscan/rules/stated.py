"""What a document states of itself, for a review slip (定密审核单)."""

from __future__ import annotations

from markscan.finding import Element, Stated
from markscan.match.issue_date import issue_date
from markscan.rules.rule import Case


def stated(case: Case) -> Stated:
    """Return day of issue, and whether 发文字号 and 份号 stand in the text (GB/T 9704, 7.2)."""
    elements = case.elements()
    return Stated(
        issued=case.issued or issue_date(case.document),
        number=elements.first(Element.NUMBER) is not None,
        copy_number=elements.first(Element.COPY_NUMBER) is not None,
    )
